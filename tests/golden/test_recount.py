#!/usr/bin/env python3
"""Analyse the sample, then let tests/reference.py count it again on its own."""
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS)]
import reference  # noqa: E402
from tap import ROOT, SAMPLE, Program  # noqa: E402

program = Program(sys.argv[1])
out = program.path_of("out")
done = program.run("analyse", "-q", "--no-log", SAMPLE, "--out", out)
if done.returncode != 0:
    print("not ok 1 - the sample is analysed\n1..1")
    sys.exit(1)
silent = ROOT / "lexicons" / "data" / "words" / "uninformative.txt"
sys.argv = ["reference.py", program.path, str(SAMPLE), str(out), str(silent)]
sys.exit(reference.main())
