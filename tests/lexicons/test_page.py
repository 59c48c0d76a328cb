#!/usr/bin/env python3
"""test_page.py - lexicons/data/README.md tells of each list what is in it

Version and number of entries of every row are counted again, and no list is without a row.
With --mend they are written into the page.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap  # noqa: E402

DATA = tap.ROOT / "lexicons" / "data"
PAGE = DATA / "README.md"
ROW = re.compile(r"^\| `([^`]+)` (\|.*\|) ([\d.]+) \| (\d+) \|$")


def lines_of(pattern):
    return [line for path in sorted(DATA.glob(pattern))
            for line in path.read_text(encoding="utf-8").splitlines()]


def entries(pattern):
    """Groups have their words below them, behind a tab."""
    grouped = "groups/" in pattern
    return sum(1 for line in lines_of(pattern)
               if line and line[0] != "#" and not (grouped and line[0] == "\t"))


def version(pattern):
    return next((line.split(": ")[1] for line in lines_of(pattern)
                 if line.startswith("# version: ")), "")


def main():
    check, told, page = tap.Tap(), set(), []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if row:
            pattern, middle, said, count = row.groups()
            told.update(DATA.glob(pattern))
            check.ok(said == version(pattern), f"{pattern} is of version {version(pattern)}")
            check.ok(int(count) == entries(pattern), f"{pattern} has {entries(pattern)}")
            line = f"| `{pattern}` {middle} {version(pattern)} | {entries(pattern)} |"
        page.append(line)
    for path in sorted([*DATA.glob("**/*.tsv"), *DATA.glob("**/*.txt")]):
        check.ok(path in told, f"{path.relative_to(DATA)} has a row")
    if "--mend" in sys.argv:
        PAGE.write_text("\n".join(page) + "\n", encoding="utf-8")
    check.done()


main()
