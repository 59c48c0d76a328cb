#!/usr/bin/env python3
"""stages.py - instructions per running token, stage by stage, by callgrind

    bench/stages.py build FILE.jsonl            text in member "text", a line each
    bench/stages.py --plain build FILE.txt

Seconds are noise on a shared machine; instructions are not: the same program on the same
text gives the same count within some thousandths (hash keys are random). A stage is the
cost of one function and all that it calls, less the stages inside it. Cache misses are
not instructions: what a stage waits for does not show here.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

ROW = 6  # "everything to the working state": see bench_rows in bench_text.c
# (name, function, what is inside it and counted apart)
STAGES = [
    ("start-up: plan and worker", ["eft_plan_new", "efti_worker_open"], []),
    ("UTF-8 check", ["efti_utf8_valid_prefix"], []),
    ("words: the scan", ["efti_scan"], []),
    ("words: project rules", ["efti_rules_apply"], []),
    ("sentences", ["efti_find_sentences"], []),
    ("segment: the rest", ["efti_segment"],
     ["words: the scan", "words: project rules", "sentences"]),
    ("intern, new forms with it", ["efti_forms_intern"], []),
    ("veil", ["efti_veil_find"], []),
    ("match", ["efti_match_find"], []),
    ("numbers expected", ["efti_worker_expect_begin", "efti_worker_expect_of",
                          "efti_worker_expect_end", "efti_worker_number_expected"], []),
    ("weigh", ["efti_worker_weigh"], []),
    ("identities", ["efti_record_identity", "efti_writer_identity"], []),
    ("tally add", ["efti_tally_add"], []),
    # texts go through the rooms ahead, each room for several (engine/pipeline/ahead.c)
    ("look ahead and observe: the rest", ["efti_worker_look_ahead", "efti_observe"],
     ["UTF-8 check", "*segment", "intern, new forms with it", "veil", "match",
      "numbers expected", "weigh", "identities", "tally add"]),
    ("freeze", ["efti_tally_freeze"], []),
    ("write and checksum", ["efti_tally_write"], ["freeze"]),
]


def inclusive(path):
    """Function -> inclusive cost, from a callgrind file (names may be compressed)."""
    names, self_cost, calls = {}, {}, {}
    current = callee = None
    pending = False
    name = re.compile(r"^(c?fn)=\((\d+)\)(?: (.*))?$")
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            m = name.match(line)
            if m:
                kind, number, text = m.groups()
                if text is not None:
                    names[number] = re.sub(r"'\d+$", "", text)
                if kind == "fn":
                    current = names[number]
                else:
                    callee = names[number]
            elif line.startswith("calls="):
                pending = True
            elif line[:1].isdigit() or line[:1] in "+-*":
                cost = int(line.split()[1]) if len(line.split()) > 1 else 0
                if pending:
                    pending = False
                    if callee != current:  # recursion is counted once
                        calls[callee] = calls.get(callee, 0) + cost
                else:
                    self_cost[current] = self_cost.get(current, 0) + cost
    return {**self_cost, **calls}, self_cost


def measure(build, path, plain):
    program = os.path.join(build, "bench", "bench_text")
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
                   program, "--once", str(ROW), path]
        if not plain:
            command[-1:-1] = ["--jsonl", "text"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit("stages: bench_text failed")
        return json.loads(run.stdout), *inclusive(out)


def count_tokens(build, path, plain):
    program = os.path.join(build, "bench", "bench_text")
    command = [program, "--once", "2"] + ([] if plain else ["--jsonl", "text"]) + [path]
    return json.loads(subprocess.run(command, capture_output=True, text=True,
                                     check=True).stdout)["tokens"]


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("build")
    p.add_argument("file")
    p.add_argument("--plain", action="store_true", help="a line is a text")
    p.add_argument("--functions", type=int, default=0, metavar="N",
                   help="also the N functions with most instructions of their own")
    a = p.parse_args()
    tokens = count_tokens(a.build, a.file, a.plain)
    done, cost, own = measure(a.build, a.file, a.plain)
    of = {name: sum(cost.get(f, 0) for f in functions) for name, functions, _ in STAGES}
    of["*segment"] = of["segment: the rest"]  # all of it
    total = 0
    print(f"{tokens} tokens, {done['texts']} texts, {done['bytes'] / 1e6:.1f} MB")
    print(f"{'stage':34} {'instructions/token':>18} {'/byte':>8}")
    for name, _, inside in STAGES:
        n = of[name] - sum(of[i] for i in inside)
        if n == 0:
            continue
        total += n
        print(f"{name:34} {n / tokens:18.1f} {n / done['bytes']:8.2f}")
    print(f"{'all of these':34} {total / tokens:18.1f} {total / done['bytes']:8.2f}")
    for name in sorted(own, key=own.get, reverse=True)[:a.functions]:
        print(f"    {own[name] / tokens:8.1f}  {name}")


if __name__ == "__main__":
    main()
