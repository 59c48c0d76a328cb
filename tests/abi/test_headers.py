#!/usr/bin/env python3
"""Each public header compiles alone, as C11 and as C++11, with warnings as errors.

    test_headers.py INCLUDE_FOLDER C_COMPILER... [--cpp CPP_COMPILER...]
"""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Tap  # noqa: E402

tap, include = Tap(), pathlib.Path(sys.argv[1])
commands = sys.argv[2:]
cut = commands.index("--cpp") if "--cpp" in commands else len(commands)
LANGUAGES = [("C11", "c", [*commands[:cut], "-std=c11", "-Wstrict-prototypes"]),
             ("C++11", "cpp", [*commands[cut + 1:], "-std=c++11"])]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wundef", "-Werror", "-fsyntax-only"]

headers = sorted(p.relative_to(include) for p in include.rglob("*.h"))
tap.ok(len(headers) > 5, "there are public headers")
with tempfile.TemporaryDirectory() as folder:
    for language, suffix, compiler in LANGUAGES:
        if len(compiler) < 2:
            print(f"# no compiler for {language}: skipped")
            continue
        for header in headers:
            unit = pathlib.Path(folder) / f"alone.{suffix}"
            unit.write_text(f"#include <{header}>\n#include <{header}>\nint main(void) {{ return 0; }}\n")
            done = subprocess.run([*compiler, *WARNINGS, "-I", str(include), str(unit)],
                                  capture_output=True, text=True, check=False)
            if not tap.ok(done.returncode == DONE, f"{header} alone, {language}"):
                print("#", "\n# ".join(done.stderr.splitlines()[:5]))
used = (include / "eftertanke.h").read_text()
tap.ok(all(f"eftertanke/{h.name}" in used for h in headers if h.parent.name == "eftertanke"),
       "eftertanke.h includes them all")
tap.done()
