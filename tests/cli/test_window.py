#!/usr/bin/env python3
"""--window N: themes and terms together in windows, against counting every window by hand."""
import collections
import csv
import io
import itertools
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
luck, WORDS, WRITERS = random.Random(6), 5, 14
SENTENCES = ["Jag kände oro inför mötet.", "Chefen gav oss tydligt stöd.",
             "Jag är stolt över hur vi samverkar med skolan.", "Vi hann inte med.",
             "Barnen fick lugn och ro på eftermiddagen.", "Stressen märks.",
             "Dokumentationen tar mycket tid.", "Jag blev glad.", "Samtalet gick bra."]


def write(name, rows):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f)
        w.writerow(["id", "skribent", "reflektion"])
        w.writerows(rows)
    return path


rows = []
for w in range(WRITERS):
    for i in range(6):
        text = " ".join(luck.choice(SENTENCES) for _ in range(luck.randint(1, 5)))
        rows.append((f"{w}-{i}", f"w{w}", "Stressen märks." if i == 5 else text))
source = write("window.csv", rows)


def lines(command, *options):
    entries = () if command == "tokenise" else ("--decide", "none")  # made-up sentences, one theme each
    done = program.run(command, *entries, *options, source)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def windows(words):
    return 0 if words == 0 else max(1, words - WORDS + 1)


def count(places, words, single, both):
    """Every window of one text; `places`: of each name the words where it stands."""
    for first in range(windows(words)):
        here = sorted(n for n, at in places.items()
                      if any(first <= k < first + WORDS for k in at))
        single.update(here)
        both.update(itertools.combinations(here, 2))


tokens = {d["id"]: d["tokens"] for d in lines("tokenise")}
n = sum(windows(len(t)) for t in tokens.values())
themes, theme_pairs = collections.Counter(), collections.Counter()
for d in lines("themes"):
    places = collections.defaultdict(set)
    for h in d["hits"]:
        if h["polarity"] != "uncertain":
            places[h["theme"]].add(next(i for i, t in enumerate(tokens[d["id"]])
                                        if t["start"] <= h["start"] < t["end"]))
    count(places, len(tokens[d["id"]]), themes, theme_pairs)
terms, term_pairs = collections.Counter(), collections.Counter()
for t in tokens.values():
    places = collections.defaultdict(set)
    for i, token in enumerate(t):
        places[token["term"]].add(i)
    count(places, len(t), terms, term_pairs)


def analysed(name, *options, what=(source,)):
    done = program.run("analyse", "-q", "--decide", "none", "--no-log", "--no-report", "--k", 3, *what, "--out",
                       name, *options)
    return done, contents(program.path_of(name)) if done.returncode == DONE else {}


def table(files, name):
    return list(csv.DictReader(io.StringIO(files[f"tables/{name}.csv"].decode("utf-8-sig"))))


def of_windows(files, name, a, b, single, both):
    told = [r for r in table(files, name)
            if r["level"] == "window" and r.get("shown", "1") == "1"]
    wrong = [r for r in told if [int(r[c]) for c in ("o11", "r1", "c1", "n")] != [
        both[min(r[a], r[b]), max(r[a], r[b])], single[r[a]], single[r[b]], n]]
    return told, wrong


_, plain = analysed("plain")
_, near = analysed("near", "--window", WORDS)
told, wrong = of_windows(near, "theme_pairs", "theme_a", "theme_b", themes, theme_pairs)
tap.ok(len(told) > 5 and not wrong, f"{len(told)} pairs of themes are as counted by hand")
told, wrong = of_windows(near, "term_pairs", "term_a", "term_b", terms, term_pairs)
tap.ok(len(told) > 20 and not wrong, f"{len(told)} pairs of terms are as counted by hand")
tap.ok(all(not r["fisher_p"] for r in told), "windows overlap: no exact test of them")
same = all(table(plain, t) == [r for r in table(near, t) if r["level"] != "window"]
           for t in ("theme_pairs", "term_pairs"))
tap.ok(same, "the other levels stay as they are")
tap.ok(all(near[f] == plain[f] for f in plain
           if f.startswith("tables/") and "_pairs" not in f and "communities" not in f),
       "and so do the other tables")

half = len(rows) // 2
states = []
for name, part in (("a", rows[:half]), ("b", rows[half:])):
    states.append(program.path_of(f"{name}.state"))
    program.run("tally", "-q", "--decide", "none", "--window", WORDS, write(f"{name}.csv", part), "-o", states[-1])
program.run("tally", "-q", "--decide", "none", "--window", WORDS, source, "-o", program.path_of("whole.state"))
program.run("merge", "-q", *states[::-1], "-o", program.path_of("merged.state"))
tap.ok(program.path_of("merged.state").read_bytes() ==
       program.path_of("whole.state").read_bytes(), "states with windows merge exactly")
_, again = analysed("again", what=(program.path_of("merged.state"),))
tap.ok(again.get("tables/theme_pairs.csv") == near["tables/theme_pairs.csv"],
       "and give the same pairs of themes")
program.run("tally", "-q", "--decide", "none", program.path_of("b.csv"), "-o", program.path_of("other.state"))
done = program.run("merge", "-q", states[0], program.path_of("other.state"), "-o",
                   program.path_of("unlike.state"))
tap.ok(done.returncode != DONE and b"window" in done.stderr, "unlike windows do not merge")
gone = program.path_of("gone.txt")
gone.write_text("w3\n", encoding="utf-8")
program.run("tally", "-q", "--decide", "none", program.path_of("whole.state"), "--withdraw", gone, "-o",
            program.path_of("less.state"))
program.run("tally", "-q", "--decide", "none", "--window", WORDS,
            write("without.csv", [r for r in rows if r[1] != "w3"]), "-o",
            program.path_of("without.state"))
tap.ok(program.path_of("less.state").read_bytes() ==
       program.path_of("without.state").read_bytes(), "a writer takes own windows along")
for bad in ("1", "101"):
    tap.ok(analysed("bad", "--window", bad)[0].returncode == USAGE, f"--window {bad} is refused")
tap.done()
