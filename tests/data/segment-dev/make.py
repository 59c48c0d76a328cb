#!/usr/bin/env python3
"""Makes dev.jsonl from source.txt.

A text stands between lines of two equal signs; a broken bar stands where a sentence ends and
another follows.
"""
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent


def main():
    raw = (HERE / "source.txt").read_text(encoding="utf-8")
    sources = [t.strip("\n") for t in re.split(r"^==\n", raw, flags=re.M) if t.strip()]
    count = 0
    with open(HERE / "dev.jsonl", "w", encoding="utf-8") as out:
        for n, source in enumerate(sources, 1):
            sentences = [s.strip() for s in source.split("¦")]
            assert all(sentences), source
            count += len(sentences)
            row = {"id": f"sd-{n:03}", "text": source.replace("¦", ""), "sentences": sentences}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(len(sources), "texts,", count, "sentences")


main()
