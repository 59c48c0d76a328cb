#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the plain texts and the gold spans from the marked-up sources.

The source of truth is NAME.source.jsonl with inline markup
[[CATEGORY|surface]]. For each source this writes NAME.jsonl (the record with
plain text) and NAME.spans.jsonl (the same and its spans, with offsets in code
points, end exclusive). Stops on unknown categories, unbalanced markup,
repeated ids or, in the name frames, an unknown origin.
"""

import json
import pathlib
import re

CATEGORIES = set(
    "PERSON PERSONNUMMER ORGNR PHONE EMAIL URL HANDLE ADDRESS POSTCODE PLACE"
    " ORG DATE AGE CASE_ID VEHICLE BANK PROPERTY IP".split())
ORIGINS = set(
    "swedish finnish sami arabic somali persian balkan polish tigrinya"
    " thai_vietnamese romani".split())
MARK = re.compile(r"\[\[([A-Z_]+)\|([^\[\]|]+)\]\]")


def plain(marked):
    """The text without markup, and its spans."""
    parts, spans, length, after = [], [], 0, 0
    for mark in MARK.finditer(marked):
        category, surface = mark.groups()
        if category not in CATEGORIES:
            raise ValueError("unknown category " + category)
        between = marked[after:mark.start()]
        start = length + len(between)
        length = start + len(surface)
        spans.append({"start": start, "end": length, "category": category})
        parts += [between, surface]
        after = mark.end()
    parts.append(marked[after:])
    text = "".join(parts)
    if "[[" in text or "]]" in text:
        raise ValueError("unbalanced markup")
    return text, spans


def line(record):
    return json.dumps(record, ensure_ascii=False) + "\n"


def make(folder, name):
    seen = set()
    texts, gold = [], []
    with open(folder / (name + ".source.jsonl"), encoding="utf-8") as source:
        for raw in source:
            record = json.loads(raw)
            if record["id"] in seen:
                raise ValueError("repeated id " + record["id"])
            if "origin" in record and record["origin"] not in ORIGINS:
                raise ValueError("unknown origin in " + record["id"])
            seen.add(record["id"])
            record["text"], spans = plain(record["text"])
            texts.append(line(record))
            gold.append(line({**record, "spans": spans}))
    for suffix, lines in ((".jsonl", texts), (".spans.jsonl", gold)):
        with open(folder / (name + suffix), "w", encoding="utf-8",
                  newline="\n") as out:
            out.writelines(lines)


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    for each in ("test", "origins"):
        make(here, each)
