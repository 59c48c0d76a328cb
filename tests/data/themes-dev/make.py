#!/usr/bin/env python3
"""Makes dev.jsonl from source.txt; ../themes-dev2 to ../themes-dev4 use it in their folders.

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


def main(folder, prefix, source="source.txt", coded="dev.jsonl"):
    raw = (folder / source).read_text(encoding="utf-8")
    parts = re.split(r"^== (w\d\d) \|(.*)\n", raw, flags=re.M)[1:]
    there, gone, bare, denied = collections.Counter(), collections.Counter(), 0, 0
    with open(folder / coded, "w", encoding="utf-8") as out:
        for n in range(0, len(parts), 3):
            codes = [c.strip() for c in parts[n + 1].split(",") if c.strip()]
            themes = [c.lstrip("-") for c in codes]
            negated = [c[1:] for c in codes if c[0] == "-"]
            assert KNOWN.issuperset(themes) and len(set(themes)) == len(themes), codes
            there.update(themes)
            gone.update(negated)
            bare += not themes
            denied += bool(negated)
            row = {"id": f"{prefix}-{n // 3 + 1:03}", "writer": parts[n],
                   "text": parts[n + 2].strip("\n"), "themes": themes, "negated": negated}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(len(parts) // 3, "texts,", bare, "without a theme,", denied, "with a negated one,",
          there.total(), "codes,", gone.total(), "negated")
    for theme, n in there.most_common():
        print(f"{theme} {n} ({gone[theme]})")


if __name__ == "__main__":
    main(HERE, "td")
