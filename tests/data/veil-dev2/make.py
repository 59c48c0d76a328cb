#!/usr/bin/env python3
"""Makes the plain and the marked files from source.txt and origins.source.txt.

A text follows a line of two equal signs; in the file of origins that line names the origin. An
identifier is written [[CATEGORY:surface]]. Positions count code points of the plain text, half
open. Prints what README.md counts.
"""
import collections
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
BREAK = re.compile(r"^== ?(\w*)\n", re.M)
MARK = re.compile(r"\[\[([A-Z_]+):(.+?)\]\]")
CATEGORIES = frozenset(
    "PERSON PERSONNUMMER ORGNR PHONE EMAIL URL HANDLE ADDRESS POSTCODE PLACE ORG DATE AGE "
    "CASE_ID VEHICLE BANK PROPERTY IP".split())
ORIGINS = {
    "swedish": "swe", "finnish": "fin", "sami": "smi", "arabic": "ara", "somali": "som",
    "persian": "per", "balkan": "blk", "polish": "pol", "tigrinya": "tir",
    "thai_vietnamese": "tv", "romani": "rom"}


def unmark(source):
    """The plain text of a marked one, and its spans."""
    pieces, spans, length, read = [], [], 0, 0
    for mark in MARK.finditer(source):
        category, surface = mark.groups()
        if category not in CATEGORIES or surface != surface.strip():
            raise ValueError(mark[0])
        before = source[read:mark.start()]
        length += len(before)
        spans.append({"start": length, "end": length + len(surface), "category": category})
        length += len(surface)
        pieces += [before, surface]
        read = mark.end()
    text = "".join(pieces) + source[read:]
    if re.search(r"\[\[|\]\]", text):
        raise ValueError(text)
    return text, spans


def records(name):
    """The records of a source file: (head, text, spans), head being the word after ==."""
    parts = BREAK.split((HERE / name).read_text(encoding="utf-8"))
    if parts[0]:
        raise ValueError(name + " begins without ==")
    for head, source in zip(parts[1::2], parts[2::2]):
        yield (head, *unmark(source.strip("\n")))


def write(name, rows):
    """Two files of lines: without and with the spans."""
    for ending, left_out in ((".jsonl", {"spans"}), (".spans.jsonl", set())):
        with open(HERE / (name + ending), "w", encoding="utf-8") as out:
            for row in rows:
                kept = {key: row[key] for key in row if key not in left_out}
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def tell(rows, key):
    """Prints how many texts and spans there are, and of what."""
    counts = collections.Counter(key(row, span) for row in rows for span in row["spans"])
    words = sum(len(row["text"].split()) for row in rows)
    bare = sum(not row["spans"] for row in rows)
    print(len(rows), "texts,", bare, "without identifiers,", words, "words,",
          counts.total(), "spans:", ", ".join(f"{k} {n}" for k, n in counts.most_common()))


def make_dev():
    rows = [{"id": f"vd2-{n:03}", "text": text, "spans": spans}
            for n, (_, text, spans) in enumerate(records("source.txt"), 1)]
    write("dev", rows)
    tell(rows, lambda row, span: span["category"])


def make_origins():
    rows, seen = [], collections.Counter()
    for origin, text, spans in records("origins.source.txt"):
        seen[origin] += 1
        rows.append({"id": f"{ORIGINS[origin]}-{seen[origin]:02}", "origin": origin,
                     "text": text, "spans": spans})
    write("origins", rows)
    tell(rows, lambda row, span: row["origin"])


if __name__ == "__main__":
    make_dev()
    if (HERE / "origins.source.txt").exists():
        make_origins()
