#!/usr/bin/env python3
"""same_spans.py - do two builds take the same out of the same texts?

    bench/same_spans.py OLD-BUILD NEW-BUILD FILE.jsonl [FILE.jsonl ...]

For work on speed that must change nothing: spans, rules, scores, evidence and numbers of
each text, as `eftertanke anonymise --spans --explain` writes them, compared byte for byte.
With --mixed each text comes once more shuffled, shouted, in small letters and with other
figures in it, so that rules meet what no text has. Prints the ids that differ, no text.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile


def mixed(text, rng):
    words = text.split(" ")
    yield text.upper()
    yield text.lower()
    rng.shuffle(words)
    yield " ".join(words)
    yield " ".join(w.capitalize() if rng.random() < 0.2 else w for w in words)
    yield "".join(rng.choice("0123456789") if c.isdigit() and rng.random() < 0.4
                  else rng.choice(" -/:.,+()") if c in " -/:" and rng.random() < 0.1
                  else c for c in text)


def spans(build, path):
    program = os.path.join(build, "bindings", "cli", "eftertanke")
    run = subprocess.run([program, "anonymise", "-q", "--spans", "--explain", path],
                         capture_output=True)
    if run.returncode != 0:
        sys.exit(f"same_spans: {build} failed")
    return run.stdout.splitlines()


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("old")
    p.add_argument("new")
    p.add_argument("files", nargs="+", metavar="FILE.jsonl")
    p.add_argument("--mixed", action="store_true")
    a = p.parse_args()
    rng, differ = random.Random(1), 0
    for path in a.files:
        with tempfile.TemporaryDirectory() as folder:
            rows = os.path.join(folder, "rows.jsonl")
            with open(path, encoding="utf-8") as f, open(rows, "w", encoding="utf-8") as to:
                for n, line in enumerate(f):
                    text = json.loads(line)["text"]
                    kinds = [text, *mixed(text, rng)] if a.mixed else [text]
                    for k, t in enumerate(kinds):
                        row = {"id": f"{n}-{k}", "text": t}
                        to.write(json.dumps(row, ensure_ascii=False) + "\n")
            old, new = spans(a.old, rows), spans(a.new, rows)
        bad = [json.loads(x)["id"] for x, y in zip(old, new) if x != y]
        if len(old) != len(new):
            bad.append("(another number of texts)")
        differ += len(bad)
        print(f"{os.path.basename(path)}: {len(old)} texts, {len(bad)} differ",
              *bad[:20])
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
