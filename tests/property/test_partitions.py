#!/usr/bin/env python3
"""Same bytes for any threads, batches and partitions; merging commutes and associates."""
import csv
import io
import json
import random
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])


def tally(name, *arguments):
    out = program.path_of(name)
    done = program.run("tally", "-q", *arguments, "-o", out, "--force")
    return out.read_bytes() if done.returncode == DONE else None


whole = tally("whole.state", SAMPLE)
tap.ok(whole is not None and whole[:8] == b"EFTSTATE", "a state is written")
for threads in (1, 2, 17):
    for batch in (1, 3, 64):
        tap.ok(tally("t.state", "-j", threads, "--batch", batch, SAMPLE) == whole,
               f"{threads} threads and batches of {batch} give the same state")

with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.reader(f))
header, rows = rows[0], rows[1:]


def write_csv(name, part):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(part)
    path = program.path_of(name)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def merged(*states):
    out = program.path_of("merged.state")
    done = program.run("merge", "-q", *states, "-o", out, "--force")
    return out.read_bytes() if done.returncode == DONE else None


luck = random.Random(7)
for turn in range(4):
    parts = [[] for _ in range(turn + 2)]
    for row in rows:
        luck.choice(parts).append(row)
    for part in parts:
        luck.shuffle(part)
    names = []
    for i, part in enumerate(parts):
        name = f"part-{turn}-{i}"
        tally(name + ".state", write_csv(name + ".csv", part))
        names.append(program.path_of(name + ".state"))
    luck.shuffle(names)
    tap.ok(merged(*names) == whole, f"a random partition in {turn + 2} merges to the same state")
    tap.ok(merged(*reversed(names)) == whole, "in any order")

left = program.path_of("left.state")
program.run("merge", "-q", names[0], names[1], "-o", left, "--force")
tap.ok(merged(left, *names[2:]) == whole, "merging associates")
again = program.run("merge", "-q", names[0], names[0], "-o", left, "--force")
tap.ok(again.returncode == USAGE, "a state is not merged with itself")
other = tally("other.state", "--accept-language", write_csv("other.csv", rows[:3]))
unlike = program.run("merge", "-q", names[0], program.path_of("other.state"), "-o", left, "--force")
tap.ok(other is not None and unlike.returncode == USAGE and b"veil" in unlike.stderr,
       "unlike states are refused and the difference is named")


def results(name, *arguments):
    out = program.path_of(name)
    program.run("analyse", "-q", *arguments, "--out", out, "--force", "--no-log")
    files = contents(out)
    files.pop("run.json", None)
    return files


one = results("one", SAMPLE)
tap.ok(one != {} and one == results("two", "-j", "2", "--batch", "3", SAMPLE),
       "result folders are the same bytes for one thread and two")
state = results("state", program.path_of("whole.state"))
OF_PAIRS = ("term_pairs", "topics", "columns")  # need the texts again
same = [n for n in one if n.startswith("tables/") and not any(w in n for w in OF_PAIRS)]


def lines(name, data):
    """Of the networks and of tests, what comes from pairs of terms and topics is left out."""
    skip = b"terms," if "communities" in name else b"topics,"
    return [line for line in (data or b"").splitlines() if not line.startswith(skip)]


tap.ok(all(lines(n, one[n]) == lines(n, state.get(n)) for n in same),
       "a state gives the same tables as the texts")
lacking = json.loads(one["summary.json"])["missing"]
tap.ok(lacking in ([], ["communities"])  # without igraph
       and json.loads(state["summary.json"])["missing"] == ["term_pairs", *lacking, "topics"],
       "what needs the texts is named as missing")
tap.done()
