#!/usr/bin/env python3
"""Sentences that stand for a pair are held against earlier releases, as its numbers are."""
import csv
import json
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
QUOTABLE = "Jag blev orolig när vår chef slutade och ingen visste vem som tog över."
DATED = "Jag blev orolig den 3 maj när vår chef slutade och ingen visste något."  # has a digit
OTHER = ["Vi planerade dagen tillsammans i lugn och ro.", "Lunchen var god och solen sken.",
         "Min chef berättade om den nya gården.", "Jag var orolig för bussen som aldrig kom."]


def rows(quotable, dated=9, others=40):
    out = [(f"q{i}", QUOTABLE) for i in range(quotable)] + [(f"d{i}", DATED) for i in range(dated)]
    return out + [(f"o{i}", OTHER[i % 4 if i % 4 < 2 or i % 3 else 0]) for i in range(others)]


def analyse(texts, out, *more, log="log"):
    path = program.path_of("in.csv")
    with open(path, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f)
        w.writerow(["id", "skribent", "text"])
        w.writerows([(i, i, t) for i, t in texts])
    done = program.run("analyse", "-q", "--no-report", "--decide", "none", "--k", 3, "--log", program.path_of(log), path,
                       "--out", program.path_of(out), "--force", *more)
    if done.returncode != DONE:
        print("#", done.stderr)
    try:
        with open(program.path_of(out) / "tables/representatives.csv", encoding="utf-8") as f:
            told = [r for r in csv.DictReader(f) if r["network"] == "themes" and not r["community"]]
    except FileNotFoundError:
        told = None
    with open(program.path_of(out) / "tables/theme_pairs.csv", encoding="utf-8") as f:
        pairs = [(r["level"], r["shown"], r["as_of"]) for r in csv.DictReader(f)
                 if (r["theme_a"], r["theme_b"]) == ("ledning", "oro")]
    return told, pairs


auto = ("--quotes", "auto")
told, pairs = analyse(rows(3), "first", log="alone")
tap.ok(told is None and [p[:2] for p in pairs] == [("reflection", "1"), ("sentence", "1")],
       "the pair is told, and nothing stands for it where quotes are not asked for")
told, pairs = analyse(rows(3), "first", *auto, log="alone2")
tap.ok(told and told[0]["name"] == "ledning, oro" and told[0]["quote"] == QUOTABLE,
       "three writers have a sentence for it")
told, pairs = analyse(rows(2), "second", *auto)
tap.ok(told == [] and len(pairs) == 2, "two are too few")
told, pairs = analyse(rows(3), "third", *auto)
tap.ok(told == [] and len(pairs) == 2,
       "one more writer does not make it stand: who holds both releases would know what was added")
told, pairs = analyse(rows(4), "fourth")
told, pairs = analyse(rows(4), "fifth", *auto)
tap.ok(told == [], "nor do two, one after the other, with a release without quotes between")
line = json.loads(program.path_of("log").read_text(encoding="utf-8").splitlines()[-1])
tap.ok(["pair", "ledning, oro", 2] in line["stood"] and
       QUOTABLE not in program.path_of("log").read_text(encoding="utf-8"),
       "the log has how many it was, and no sentence")
told, pairs = analyse(rows(5), "sixth", *auto)
tap.ok(told and told[0]["quote"] == QUOTABLE, "three more writers do")
told, pairs = analyse(rows(6), "seventh", *auto)
tap.ok(bool(told), "what stood stays")
tap.done()
