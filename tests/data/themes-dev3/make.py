#!/usr/bin/env python3
"""Makes a.jsonl, b.jsonl and c.jsonl from the texts of the same name.

A text follows a line "== WRITER | theme, -theme"; a minus says that the theme is negated.
"""
import collections
import json
import pathlib
import re

HERE = pathlib.Path(__file__).parent
KNOWN = set("delaktighet bemotande tillit kollegialt_larande samverkan natverk "
            "feedback_reflektion ledning arbetsbelastning administration digitalt_stod evidens "
            "vardegrund halsoframjande utveckling barn_familj gladje oro".split())
HEAD = re.compile(r"^== (w\d\d) \|(.*)\n", flags=re.M)


def read(path):
    parts = HEAD.split(path.read_text(encoding="utf-8"))
    assert not parts[0].strip(), path.name
    for n, (writer, codes, text) in enumerate(zip(*[iter(parts[1:])] * 3), 1):
        codes = [c.strip() for c in codes.split(",") if c.strip()]
        themes = [c.lstrip("-") for c in codes]
        assert KNOWN.issuperset(themes) and len(set(themes)) == len(themes), codes
        yield {"id": f"{path.stem}3-{n:02}", "writer": writer, "text": text.strip("\n"),
               "themes": themes, "negated": [c[1:] for c in codes if c[0] == "-"]}


def tell(name, rows):
    there = collections.Counter(t for r in rows for t in r["themes"])
    gone = collections.Counter(t for r in rows for t in r["negated"])
    words = sorted(len(r["text"].split()) for r in rows)
    print(f"{name}: {len(rows)} texts of {words[0]} to {words[-1]} words ({sum(words)} in all), "
          f"{len({r['writer'] for r in rows})} writers, "
          f"{sum(not r['themes'] for r in rows)} without a theme, "
          f"{sum(bool(r['negated']) for r in rows)} with a negated one, "
          f"{there.total()} codes, {gone.total()} negated")
    return there, gone


whole = []
for source in sorted(HERE.glob("?.txt")):
    rows = list(read(source))
    source.with_suffix(".jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    tell(source.name, rows)
    whole += rows
there, gone = tell("all", whole)
for theme, n in there.most_common():
    print(f"{theme} {n} ({gone[theme]})")
