#!/usr/bin/env python3
"""The tables of the sample against those kept in tests/golden/expected.

    golden.py EFTERTANKE [--remake]

Numbers with a decimal sign are compared to six significant digits: the last ones belong to
the processor. --remake writes the expected files anew; read the difference by eye.
"""
import csv
import io
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap  # noqa: E402

EXPECTED = pathlib.Path(__file__).resolve().parent / "expected"
REAL = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def rounded(cell):
    if REAL.fullmatch(cell) and not cell.lstrip("-").isdigit():
        return f"{float(cell):.6g}"
    return cell


def normal(data):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
        writer.writerow([rounded(cell) for cell in row])
    return text.getvalue()


def main():
    tap, program = Tap(), Program(sys.argv[1])
    out = program.path_of("out")
    done = program.run("analyse", "-q", "--no-log", SAMPLE, "--out", out)
    if not tap.ok(done.returncode == DONE, "the sample is analysed"):
        print("#", done.stderr.decode("utf-8", "replace")[:300])
        tap.done()
    tables = {p.name: normal(p.read_bytes()) for p in sorted((out / "tables").glob("*.csv"))}
    if "--remake" in sys.argv:
        EXPECTED.mkdir(exist_ok=True)
        for old in EXPECTED.glob("*.csv"):
            old.unlink()
        for name, text in tables.items():
            (EXPECTED / name).write_text(text, encoding="utf-8")
    kept = {p.name: p.read_text(encoding="utf-8") for p in sorted(EXPECTED.glob("*.csv"))}
    tap.ok(sorted(tables) == sorted(kept), "the tables are those that were expected")
    for name in sorted(set(tables) & set(kept)):
        if tap.ok(tables[name] == kept[name], name):
            continue
        now, then = tables[name].splitlines(), kept[name].splitlines()
        changed = [i for i, (a, b) in enumerate(zip(now, then)) if a != b]
        print(f"# {len(then)} lines expected, {len(now)} found; lines that differ: "
              f"{len(changed)}, first {changed[0] + 1 if changed else min(len(now), len(then)) + 1}")
    tap.done()


main()
