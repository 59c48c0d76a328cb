#!/usr/bin/env python3
"""The library exports exactly what the public headers declare with EFT_API, and each call
that takes a pointer is in the test that hands it NULL.

    test_symbols.py LIBRARY INCLUDE_FOLDER NM
"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import Tap  # noqa: E402

tap = Tap()
library, include, nm = sys.argv[1:4]
declared, pointers = set(), set()
for header in pathlib.Path(include).rglob("*.h"):
    text = re.sub(r"/\*.*?\*/", " ", header.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"^[ \t]*#.*(?:\\\n.*)*$", "", text, flags=re.M)
    for call, taken in re.findall(r"\bEFT_API\b[^;{}]*?\b(eft_\w+)\s*\(([^;]*)\);", text):
        declared.add(call)
        if "*" in taken:
            pointers.add(call)
out = subprocess.run([nm, "-D", "--defined-only", library], capture_output=True, text=True,
                     check=True).stdout
# Versions and what linkers and sanitizers define for themselves are no part of the ABI.
OURS_NOT = re.compile(r"_init|_fini|__bss_start|_edata|_end|__asan.*|__odr_asan.*|__ubsan.*|__tsan.*")
exported = {line.split()[-1].split("@")[0] for line in out.splitlines()}
exported = {s for s in exported if not OURS_NOT.fullmatch(s)}

tap.ok(len(declared) > 40, f"{len(declared)} functions are declared")
missing, extra = sorted(declared - exported), sorted(exported - declared)
if not tap.ok(not missing, "what is declared is exported"):
    print("# missing:", *missing)
if not tap.ok(not extra, "nothing else is exported"):
    print("# not declared:", *extra[:20])
tap.ok(all(s.startswith("eft_") for s in exported), "every symbol begins with eft_")
nulls = (pathlib.Path(__file__).parents[1] / "pipeline" / "test_nulls.c").read_text(encoding="utf-8")
unasked = sorted(call for call in pointers if not re.search(rf"\b{call}\(", nulls))
if not tap.ok(len(pointers) > 40 and not unasked, "each that takes a pointer is handed NULL"):
    print("# not asked:", *unasked)
tap.done()
