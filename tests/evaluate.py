#!/usr/bin/env python3
"""Measure the veil and the themes of a built eftertanke against gold.

    evaluate.py EFTERTANKE FOLDER NAME [--misses]

Reads FOLDER/NAME.csv, NAME.spans.jsonl and NAME.themes.jsonl. Definitions:
  identifier recall     gold spans of which every code point was taken out
  identifier precision  spans taken out that touch a gold span
  words untouched       words of texts without gold identifiers that no span touches
  theme P, R, F1        micro, over (text, theme); present = affirmed or negated hit
  negation P, R         over (text, theme) found in both: marked negated
--misses shows texts and is for the development set only.
"""
import csv
import json
import re
import subprocess
import sys


def lines_of(text):
    return {r["id"]: r for r in map(json.loads, text.splitlines())}


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{arguments[0]} ended with {done.returncode}")
    return lines_of(done.stdout)


def share(part, whole):
    return part / whole if whole else float("nan")


def measure_spans(found, gold, texts, misses):
    by_category, hit, touched_gold, total = {}, 0, 0, 0
    words = untouched = 0
    for key, text in texts.items():
        spans = found[key]["spans"]
        taken = set()
        for s in spans:
            taken.update(range(s["start"], s["end"]))
        golden = gold[key]["spans"]
        for g in golden:
            ok = all(i in taken for i in range(g["start"], g["end"]))
            n, k = by_category.get(g["category"], (0, 0))
            by_category[g["category"]] = (n + 1, k + ok)
            hit += ok
            if misses and not ok:
                print("  missed", g["category"], key,
                      repr(text[max(0, g["start"] - 30):g["end"] + 20]))
        for s in spans:
            total += 1
            good = any(s["start"] < g["end"] and g["start"] < s["end"] for g in golden)
            touched_gold += good
            if misses and not good:
                print("  false ", s["category"], s["rule"], key,
                      repr(text[max(0, s["start"] - 30):s["end"] + 20]))
        if not golden:
            for word in re.finditer(r"\S+", text):
                words += 1
                untouched += not any(i in taken for i in range(*word.span()))
    return by_category, hit, touched_gold, total, words, untouched


def measure_themes(found, gold, misses):
    tp = fp = fn = 0
    neg_tp = neg_fp = neg_fn = 0
    per = {}
    for key, g in gold.items():
        got = set(found[key]["themes"])
        want = set(g["themes"])
        for theme in got | want:
            t = per.setdefault(theme, [0, 0, 0])
            t[0] += theme in got and theme in want
            t[1] += theme in got and theme not in want
            t[2] += theme in want and theme not in got
        tp += len(got & want)
        fp += len(got - want)
        fn += len(want - got)
        negated = {h["theme"] for h in found[key]["hits"] if h["polarity"] == "negated"}
        for theme in got & want:
            neg_tp += theme in negated and theme in g["negated"]
            neg_fp += theme in negated and theme not in g["negated"]
            neg_fn += theme in g["negated"] and theme not in negated
    if misses:
        for theme, (a, b, c) in sorted(per.items()):
            print(f"  {theme:20} P {share(a, a + b):.2f} R {share(a, a + c):.2f}")
    return tp, fp, fn, neg_tp, neg_fp, neg_fn


def main():
    program, folder, name = sys.argv[1:4]
    misses = "--misses" in sys.argv
    table = f"{folder}/{name}.csv"
    with open(table, encoding="utf-8", newline="") as f:
        texts = {r["id"]: r["reflektion"] for r in csv.DictReader(f)}
    with open(f"{folder}/{name}.spans.jsonl", encoding="utf-8") as f:
        spans = lines_of(f.read())
    with open(f"{folder}/{name}.themes.jsonl", encoding="utf-8") as f:
        themes = lines_of(f.read())
    veil = measure_spans(run(program, "anonymise", "-q", "--spans", table), spans, texts, misses)
    by_category, hit, good, total, words, untouched = veil
    golds = sum(n for n, _ in by_category.values())
    recall, precision = share(hit, golds), share(good, total)
    tp, fp, fn, ntp, nfp, nfn = measure_themes(run(program, "themes", "-q", table), themes, misses)
    p, r = share(tp, tp + fp), share(tp, tp + fn)
    f1 = share(2 * tp, 2 * tp + fp + fn)
    print(f"{name}: {len(texts)} texts, {golds} identifiers, {tp + fn} theme labels")
    print(f"  identifiers     recall {recall:.3f}  precision {precision:.3f}")
    print("  by category     " + "  ".join(f"{c} {k}/{n}" for c, (n, k) in sorted(by_category.items())))
    print(f"  words untouched {share(untouched, words):.4f} ({words - untouched} of {words} lost)")
    print(f"  themes          P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")
    print(f"  negation        P {share(ntp, ntp + nfp):.3f}  R {share(ntp, ntp + nfn):.3f}")
    return recall, f1


if __name__ == "__main__":
    main()
