#!/usr/bin/env python3
"""growth.py - time and memory for ten times the text, beside what is allowed

    bench/growth.py build FILE.txt               each line is a text

The first tenth of the lines and all of them through bench_text, one row a process: processor
time, and peak memory beyond the texts. Allowed is the growth of the vocabulary (120 bytes a
distinct form), 64 bytes a text, 8 a posting and a block of 16 MiB.
Postings are counted here, as distinct words of each text, so roughly.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

ROWS = {"3": "stem and count, cold", "6": "everything to the working state, cold",
        "7": "the same, state not written"}
FORM, TEXT, POSTING, BLOCK = 120, 64, 8, 16 << 20


def measure(build, path):
    program = os.path.join(build, "bench/bench_text")
    done = subprocess.run([program, "--cpu", "--json", "--runs", "5", "--rows", ",".join(ROWS), path],
                          capture_output=True, check=True, text=True)
    rows = {r["row"]: r for r in json.loads(done.stdout)["rows"]}
    return {name: rows[f"ours: {name}"] for name in ROWS.values()}


def vocabulary(lines):
    forms, postings = set(), 0
    for line in lines:
        words = set(re.findall(r"\w+", line))
        forms |= words
        postings += len({w.casefold() for w in words})
    return len(forms), postings


def main():
    build, path = sys.argv[1:]
    with open(path, encoding="utf-8") as f:
        lines = f.readlines()
    found = []
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as part:
        for some in (lines[:len(lines) // 10], lines):
            part.seek(0)
            part.truncate()
            part.writelines(some)
            part.flush()
            forms, postings = vocabulary(some)
            found.append((len(some), sum(len(s.encode()) for s in some), forms, postings,
                          measure(build, part.name)))
    small, big = found
    for i, what in enumerate(("texts", "bytes", "distinct forms", "postings")):
        print(f"{what:40} {small[i]:12,} {big[i]:12,} {big[i] / small[i]:6.1f}x")
    for name in ROWS.values():
        a, b = small[4][name], big[4][name]
        print(f"{name + ', ms':40} {a['seconds'] * 1e3:12,.1f} {b['seconds'] * 1e3:12,.1f} "
              f"{b['seconds'] / a['seconds']:6.1f}x")
    allowed = (FORM * (big[2] - small[2]) + TEXT * (big[0] - small[0]) +
               POSTING * (big[3] - small[3]) + BLOCK) / 2**20
    for name in ROWS.values():
        a, b = small[4][name]["peak_mib"], big[4][name]["peak_mib"]
        print(f"{name + ', MiB':40} {a:12,.1f} {b:12,.1f} {b / a:6.1f}x  grew {b - a:.1f}, "
              f"allowed {allowed:.1f}")


main()
