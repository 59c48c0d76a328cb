#!/usr/bin/env python3
"""make.py OUT [HAND ...] - writes OUT/HAND-PART.jsonl and .spans.jsonl from HAND/PART.txt

With --from FOLDER the parts of that folder alone (veil-unread): OUT/unread-PART.jsonl.

The marks are those of veil-dev2 and are read by its make.py. Prints what README.md counts. No
two texts of one hand may begin with the same four words.
"""
import argparse
import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sibling  # noqa: E402


def hand_of(path):
    return path.parent.name.removeprefix("veil-")


def part_rows(maker, path):
    """The numbered texts of a part."""
    hand = hand_of(path)
    parts = maker.BREAK.split(path.read_text(encoding="utf-8"))
    if parts[0] or any(parts[1::2]):
        raise ValueError(f"{hand}/{path.name}: a text follows a line of == alone")
    rows = []
    for source in parts[2::2]:
        text, spans = maker.unmark(source.strip("\n"))
        rows.append({"id": f"vh-{hand}{path.stem}-{len(rows) + 1:02}", "text": text,
                     "spans": spans})
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("hands", nargs="*")
    parser.add_argument("--from", dest="folder", type=pathlib.Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    maker = sibling.maker("veil-dev2", args.out)
    openings = collections.Counter()
    parts = args.folder.glob("?.txt") if args.folder else HERE.glob("?/?.txt")
    for path in sorted(parts):
        hand = hand_of(path)
        if args.hands and hand not in args.hands:
            continue
        rows = part_rows(maker, path)
        openings.update((hand, *row["text"].lower().split()[:4]) for row in rows)
        maker.write(f"{hand}-{path.stem}", rows)
        print(f"{hand}/{path.name}:", end=" ")
        maker.tell(rows, lambda row, span: span["category"])
    twice = [opening for opening, n in openings.items() if n > 1]
    if twice:
        raise SystemExit(f"the same beginning twice: {twice}")


if __name__ == "__main__":
    main()
