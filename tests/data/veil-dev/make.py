#!/usr/bin/env python3
"""Makes dev.jsonl and dev.spans.jsonl from source.txt.

A text stands between lines of two equal signs; an identifier is written [[CATEGORY:surface]].
Positions count code points of the plain text, the end is exclusive.
"""
import collections
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
MARK = re.compile(r"\[\[([A-Z_]+):(.+?)\]\]")
KNOWN = set("PERSON PERSONNUMMER ORGNR PHONE EMAIL URL HANDLE ADDRESS POSTCODE PLACE ORG DATE "
            "AGE CASE_ID VEHICLE BANK PROPERTY IP".split())


def plain(source):
    text, spans, at = "", [], 0
    for m in MARK.finditer(source):
        assert m[1] in KNOWN, m[0]
        text += source[at:m.start()]
        spans.append({"start": len(text), "end": len(text) + len(m[2]), "category": m[1]})
        text += m[2]
        at = m.end()
    text += source[at:]
    assert "[[" not in text and "]]" not in text, text
    return text, spans


def main():
    raw = (HERE / "source.txt").read_text(encoding="utf-8")
    sources = [t.strip("\n") for t in re.split(r"^==\n", raw, flags=re.M) if t.strip()]
    counts, bare = collections.Counter(), 0
    with open(HERE / "dev.jsonl", "w", encoding="utf-8") as texts, \
            open(HERE / "dev.spans.jsonl", "w", encoding="utf-8") as gold:
        for n, source in enumerate(sources, 1):
            text, spans = plain(source)
            counts.update(s["category"] for s in spans)
            bare += not spans
            row = {"id": f"vd-{n:03}", "text": text}
            texts.write(json.dumps(row, ensure_ascii=False) + "\n")
            gold.write(json.dumps(row | {"spans": spans}, ensure_ascii=False) + "\n")
    print(len(sources), "texts,", bare, "without identifiers,", counts.total(), "spans")
    print(", ".join(f"{c} {n}" for c, n in counts.most_common()))


main()
