#!/usr/bin/env python3
"""A build without GSL and igraph: the same counts as the expected tables, no inference,
and it says so.

    test_permissive.py EFTERTANKE
"""
import csv
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap  # noqa: E402

EXPECTED = pathlib.Path(__file__).resolve().parent / "expected"
INFERRED = {"p", "q", "log_ratio"}
COUNTED = {"shown", "reflections", "of", "writers", "writers_min", "share", "hits", "o11",
           "r1", "c1", "n", "tokens"}
OTHERWISE = {"tests.csv", "columns.csv", "communities.csv"}  # not of counts alone


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def alike(a, b):
    return a == b or ("" not in (a, b) and abs(float(a) - float(b)) < 1e-5)


def main():
    tap, program = Tap(), Program(sys.argv[1])
    out = program.path_of("out")
    code = program.run("analyse", "-q", "--no-log", SAMPLE, "--out", out).returncode
    tap.ok(code == DONE, f"the sample is analysed ({code})")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    tap.ok(manifest["libraries"]["gsl"] == "none", "the manifest names no GSL")
    notes = {row["note"] for row in rows(out / "tables" / "tests.csv")
             if row["table_name"] != "topics"}
    tap.ok(notes == {"built without GSL"}, "each test says why there is none")
    same = inferred = compared = 0
    for path in sorted(EXPECTED.glob("*.csv")):
        if path.name in OTHERWISE or path.name.startswith("keyness"):
            continue
        here = rows(out / "tables" / path.name)
        for old, new in zip(rows(path), here, strict=True):
            for column, value in new.items():
                if column in COUNTED:
                    compared += 1
                    same += alike(value, old[column])
                elif column in INFERRED or column.endswith(("_low", "_high")):
                    inferred += value != "" and not column.startswith("writer_share")
    tap.ok(compared > 1000 and same == compared, f"{same} of {compared} counts are the same")
    tap.ok(inferred == 0, f"{inferred} inferred values")
    tap.done()


main()
