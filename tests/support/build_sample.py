#!/usr/bin/env python3
"""Turn marked-up source texts into what the engine reads and what it is measured against.

    build_sample.py SOURCE.jsonl [SOURCE.jsonl ...] --out FOLDER --name reflektioner

Source lines carry inline gold markup, [[CATEGORY|surface]], in `text` and `comments`.
Writes NAME.csv (comma separated, the columns of docs/input.md), NAME.spans.jsonl (spans of
`text`), NAME.comments.jsonl (spans of `comments`) and NAME.themes.jsonl. Positions are code
points, half open. Running it twice gives the same bytes.
"""
import argparse
import csv
import io
import json
import pathlib
import re

MARK = re.compile(r"\[\[([A-Z_]+)\|(.*?)\]\]", re.S)
COLUMNS = ["id", "skribent", "enhet", "uppdrag", "datum", "känsla", "taggar",
           "reflektion", "kommentarer"]


def strip_markup(marked):
    """The plain text and its gold spans."""
    plain, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        plain += marked[at:mark.start()]
        start = len(plain)
        plain += mark.group(2)
        spans.append({"start": start, "end": len(plain), "category": mark.group(1)})
        at = mark.end()
    plain += marked[at:]
    if "[[" in plain or "]]" in plain:
        raise SystemExit("unbalanced markup in a source text")
    return plain, spans


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--name", required=True)
    args = parser.parse_args()

    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    outputs = {"spans": [], "comments": [], "themes": []}
    for source in args.sources:
        for line in source.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text, spans = strip_markup(row["text"])
            comments, comment_spans = strip_markup(row.get("comments") or "")
            feeling = row.get("feeling")
            writer.writerow([row["id"], row["writer"], row["unit"], row["assignment"],
                             row["time"], "" if feeling is None else feeling,
                             row.get("tags") or "", text, comments])
            outputs["spans"].append({"id": row["id"], "spans": spans})
            if comments:
                outputs["comments"].append({"id": row["id"], "spans": comment_spans})
            outputs["themes"].append({"id": row["id"], "themes": sorted(row["themes"]),
                                      "negated": sorted(row.get("negated") or [])})
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / f"{args.name}.csv").write_text(table.getvalue(), encoding="utf-8")
    for kind, rows in outputs.items():
        lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
        (args.out / f"{args.name}.{kind}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
