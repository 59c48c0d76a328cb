#!/usr/bin/env python3
"""Analyse the sample, by entries and as weights decide, and let tests/reference.py count again."""
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS)]
import reference  # noqa: E402
from tap import DONE, ROOT, SAMPLE, Program  # noqa: E402

program = Program(sys.argv[1])
silent = ROOT / "lexicons" / "data" / "words" / "uninformative.txt"
bad = 0
for first, decide in ((1, "none"), (3, "core")):
    out = program.path_of(decide)
    done = program.run("analyse", "-q", "--no-log", "--decide", decide, SAMPLE, "--out", out)
    if done.returncode != DONE:
        print(f"not ok {first} - the sample is analysed\n1..{first}")
        sys.exit(1)
    sys.argv = ["reference.py", program.path, str(SAMPLE), str(out), str(silent), decide]
    bad |= reference.main(first)
print("1..4")
sys.exit(bad)
