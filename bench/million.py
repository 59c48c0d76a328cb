#!/usr/bin/env python3
"""From the reader to the tables: time, peak memory and their growth, on made-up reflections.

    million.py EFTERTANKE [RECORDS ...]        default 10000 31623 100000 316228 1000000

Reflections are three to eight sentences drawn from the fictional sample with a word changed
here and there, 8 a writer, 40 units, 12 assignments over two years; the same seed each time.
Prints one JSON object a line: records, bytes, seconds, peak memory (RSS), memory per record.
"""
import csv
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def sentences():
    with open(ROOT / "tests/data/reflektioner.csv", encoding="utf-8", newline="") as f:
        text = " ".join(r["reflektion"] for r in csv.DictReader(f))
    found = [s.strip() for s in re.split(r"(?<=[.!?])\s+", text)]
    return [s for s in found if 20 < len(s) < 200]


def write(path, count, pool):
    rng = random.Random(20261122)
    words = sorted({w for s in pool for w in re.findall(r"[a-zåäö]{5,}", s)})
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["id", "writer", "unit", "assignment", "date", "feeling", "text"])
        for i in range(count):
            text = []
            for s in rng.choices(pool, k=rng.randint(3, 8)):
                parts = s.split(" ")
                parts[rng.randrange(len(parts))] = rng.choice(words)
                text.append(" ".join(parts))
            writer = i // 8
            out.writerow([f"r{i}", f"w{writer}", f"Enhet {writer % 40}", f"Uppdrag {i % 12}",
                          f"20{24 + i % 2}-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}",
                          1 + rng.randrange(5), " ".join(text)])


def run(program, arguments):
    started = time.monotonic()
    child = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit("the program failed")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    program = sys.argv[1]
    counts = [int(a) for a in sys.argv[2:]] or [10000, 31623, 100000, 316228, 1000000]
    pool = sentences()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path, out = pathlib.Path(folder) / "in.csv", pathlib.Path(folder) / "out"
            write(path, count, pool)
            for how in (["tally", path, "-o", pathlib.Path(folder) / "s.state", "-q", "--force"],
                        ["analyse", path, "--out", out, "-q", "--no-log", "--no-pairs",
                         "--no-report", "--force"]):
                wall, cpu, peak = run(program, how)
                print(json.dumps({"command": how[0], "records": count,
                                  "bytes": path.stat().st_size, "seconds": round(wall, 1),
                                  "cpu": round(cpu, 1), "peak_mib": round(peak / 2**20),
                                  "bytes_per_record": round(peak / count)}), flush=True)


if __name__ == "__main__":
    main()
