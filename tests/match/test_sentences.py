#!/usr/bin/env python3
"""The core lexicon against made-up sentences: what is said, missing, and only sounds so.

    test_sentences.py EFTERTANKE SENTENCES [--show]

The entries alone: weights decide over whole reflections. Prints TAP: for each theme a line of figures, then three claims over all of them. --show
lists what was missed. The sentences are development data: high figures prove nothing.
"""
import collections
import json
import subprocess
import sys
import tempfile


def read_sentences(path):
    theme, rows = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# "):
                theme = line[2:]
            elif line[:2] in ("+ ", "! ", "- "):
                rows.append((theme, line[0], line[2:]))
    return rows


def find_hits(program, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
        for number, (_, _, text) in enumerate(rows):
            texts.write(json.dumps({"id": f"s{number}", "text": text}) + "\n")
        texts.flush()
        done = subprocess.run([program, "themes", "--decide", "none", texts.name], capture_output=True,
                              text=True, check=True)
    return [json.loads(line)["hits"] for line in done.stdout.splitlines()]


def main():
    rows = read_sentences(sys.argv[2])
    all_hits = find_hits(sys.argv[1], rows)
    counts = collections.defaultdict(collections.Counter)
    for (theme, kind, text), hits in zip(rows, all_hits):
        polarities = [h["polarity"] for h in hits if h["theme"] == theme]
        found = any(p != "uncertain" for p in polarities)
        for key in (theme, ""):
            counts[key][kind] += 1
            counts[key][kind + "found"] += found
            counts[key][kind + "negated"] += "negated" in polarities
        if "--show" in sys.argv and found == (kind == "-"):
            print(f"# {kind} {theme}: {text}")
    for theme, c in sorted(counts.items()):
        print(f"# {theme or 'all':20} said {c['+found']:3} of {c['+']:3}   "
              f"missing {c['!found']:2} of {c['!']:2}, as negated {c['!negated']:2}   "
              f"false {c['-found']:2} of {c['-']:2}")
    c = counts[""]
    claims = (
        ("most of what is said is found", c["+found"] >= 0.8 * c["+"]),
        ("most of what is missing is found as negated", c["!negated"] >= 0.6 * c["!"]),
        ("few of the false friends are found", c["-found"] <= 0.1 * c["-"]),
    )
    print(f"1..{len(claims)}")
    for number, (claim, holds) in enumerate(claims, 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {claim}")
    return 0 if all(holds for _, holds in claims) else 1


sys.exit(main())
