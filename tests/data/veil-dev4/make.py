#!/usr/bin/env python3
"""Makes the plain and the marked files from a.txt to d.txt.

The marks are those of veil-dev2 and are read by its make.py, as veil-dev3 does. Prints what
README.md counts. No two texts may be the same or begin with the same five words.
"""
import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sibling  # noqa: E402

BARE = "ac"


def part_rows(maker, part):
    """The numbered texts of a part; those of a and c must be bare."""
    rows = []
    for head, text, spans in maker.records(part + ".txt"):
        rows.append({"id": f"vd4-{part}-{len(rows) + 1:02}", "text": text, "spans": spans})
        if head or (spans and part in BARE):
            raise ValueError(rows[-1]["id"])
    return rows


def main():
    maker = sibling.maker("veil-dev2", HERE)
    openings = collections.Counter()
    for path in sorted(HERE.glob("?.txt")):
        rows = part_rows(maker, path.stem)
        openings.update(" ".join(row["text"].lower().split()[:5]) for row in rows)
        maker.write(path.stem, rows)
        print(path.stem, end=": ")
        maker.tell(rows, lambda row, span: span["category"])
    repeated = [opening for opening, n in openings.items() if n > 1]
    if repeated:
        raise ValueError(repeated)


if __name__ == "__main__":
    main()
