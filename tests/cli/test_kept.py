#!/usr/bin/env python3
"""A second release of nearly the same texts: what few have added shows in no order, rank or gap."""
import csv
import pathlib
import random
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
WORDS = "möte elev skola grupp samtal vecka arbete tid lärare hjälp fråga dag morgon lunch bok rum".split()
draw = random.Random(5)
OFTEN = {u: {w: draw.choice([.1, .3, .5]) for w in WORDS} for u in ("Norr", "Syd", "Öst")}


def text(words):
    return "Så här var det. " + " ".join(f"Vi hade {w}." for w in words)


def writes(writer, unit, words, number):
    return [f"{writer}-{number}", writer, unit, ["Ett", "Två"][number % 2], text(words)]


rows = [writes(f"w{i}", u, [w for w in WORDS if draw.random() < OFTEN[u][w]], n)
        for i in range(36) for u in [list(OFTEN)[i % 3]] for n in range(2)]
LATE = ["lunch", "bok", "rum", "morgon"]
one = [writes("new", "Syd", LATE * 3, n) for n in range(2)]
many = [writes(f"n{i}", list(OFTEN)[i % 3], WORDS[:8] + (LATE if i < 2 else []), n) for i in range(9) for n in range(2)]


def analyse(records, log, name):
    path = program.path_of("data.csv")
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([["id", "skribent", "enhet", "uppdrag", "text"], *records])
    done = program.run("analyse", "-q", path, "--out", program.path_of(name), "--no-report", "--no-stop",
                       "--log", program.path_of(log))
    if done.returncode != DONE:
        print(f"# exit {done.returncode}: {done.stderr.decode()[:300]}")


def table(folder, name):
    with open(program.path_of(folder) / "tables" / f"{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def plain(folder, name):
    return [{k: v for k, v in r.items() if k != "as_of"} for r in table(folder, name)]


def hidden(folder):
    with sqlite3.connect(program.path_of(folder) / "results.sqlite") as db:
        return dict(db.execute("SELECT name, hidden FROM tables"))


analyse(rows, "log", "first")
analyse(rows + one, "log", "second")
analyse(rows + one, "log-of-its-own", "today")
OPEN = ["terms", "keyness_by_unit", "dispersion", "term_pairs"]
for name in OPEN:
    before, after, today = (plain(f, name) for f in ("first", "second", "today"))
    order = [tuple(r[k] for k in r if "term" in k or k in ("label", "level")) for r in before]
    fresh = [tuple(r[k] for k in r if "term" in k or k in ("label", "level")) for r in today]
    tap.ok(len(before) > 5 and after == before and (order != fresh or name == "dispersion"),
           f"{name} is as it was, row by row, where one writer came")
tap.ok(all(r["as_of"] for name in OPEN for r in table("second", name)), "and says of when it is")
first, second = hidden("first"), hidden("second")
tap.ok(all(first[n] == second[n] for n in first if n not in OPEN), "a kept row is hidden once")

# enough writers for a new total, and two for some words
analyse(rows + many, "log", "third")
third = table("third", "terms")
kept = [r for r in third if r["as_of"]]
tap.ok(0 < len(kept) < len(third) and {r["term"] for r in kept} >= set(LATE), "words that two more use are kept")
tap.ok([r["rank"] for r in third] == [str(i + 1) for i in range(len(third))], "ranks have no gap")
printed = [(-int(r["writers"] or r["writers_min"]), -int(r["reflections"]), -int(r["tokens"]), r["term"].encode())
           for r in third]
tap.ok(printed == sorted(printed), "and terms are in the order of what is printed")
pairs = table("third", "term_pairs")
strength = [-float(r["logdice"]) for r in pairs]
tap.ok(any(r["as_of"] for r in pairs) and not all(r["as_of"] for r in pairs) and strength == sorted(strength),
       "so are pairs")
ranks = {}
for r in table("third", "keyness_by_unit"):
    ranks.setdefault(r["label"], []).append(int(r["rank"]))
tap.ok(ranks and all(x == list(range(1, len(x) + 1)) for x in ranks.values()), "keyness is ranked anew in each label")
tap.done()
