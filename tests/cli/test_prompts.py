#!/usr/bin/env python3
"""What was asked: which prompts a release tells, and where quotes stand.

    test_prompts.py EFTERTANKE

A prompt is told only if every word of it is ordinary, nothing in it was veiled, and k
writers answered it in an assignment that is shown.
"""
import csv
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
# question, writers who answer it
ASKED = [("Vad hände då?", 12), ("Vad gjorde du sedan?", 4), ("Vad sa tjovalda då?", 12),
         ("Vad sa Tjovalda då?", 12), ("Vad gör du om 811218-9876 ringer?", 12),
         ("Ring 070-1740605 om du undrar.", 12), ("Vad tycker fatima?", 12), ("Vad lärde du dig?", 5)]
FORBIDDEN = [b"jovalda", b"811218", b"1740605", b"atima"]


def rows(out, table):
    path = out / "tables" / f"{table}.csv"
    return list(csv.DictReader(open(path, encoding="utf-8", newline=""))) if path.exists() else None


def write(name, header, lines):
    path = program.path_of(name)
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([header, *lines])
    return path


def analyse(name, source, *arguments):
    out = program.path_of(name)
    done = program.run("analyse", "-q", "--no-log", "--force", source, "--out", out, *arguments)
    return done, out


lines = [[f"p{n}-{i}", f"w{i}", question, f"Samverkan med skolan gick bättre den {i} gången vi sågs."]
         for n, (question, writers) in enumerate(ASKED) for i in range(writers)]
source = write("asked.csv", ["id", "skribent", "fråga", "text"], lines)
done, out = analyse("asked", source)
told = [r["prompt"] for r in rows(out, "prompts") or []]
tap.ok(done.returncode == DONE and told == ["Vad hände då?", "Vad lärde du dig?"],
       "a prompt of ordinary words that k writers answered is told")
everything = b"".join(contents(out).values())
tap.ok(not any(word in everything for word in FORBIDDEN), "no other prompt is anywhere in the results")
page = (out / "report.html").read_text(encoding="utf-8")
tap.ok("Vad hände då?" in page and "Vad gjorde du sedan?" not in page, "the report says what was asked")
_, wide = analyse("k", source, "--k", "6")
tap.ok([r["prompt"] for r in rows(wide, "prompts")] == ["Vad hände då?"], "more writers are asked for with a larger k")
_, threads = analyse("threads", source, "-j", "4")
tap.ok(rows(threads, "prompts") == rows(out, "prompts"), "threads tell the same prompts")
alone = write("alone.csv", ["id", "fråga", "text"], [[r[0], r[2], r[3]] for r in lines])
_, nobody = analyse("alone", alone)
tap.ok([r["prompt"] for r in rows(nobody, "prompts")] == ["Vad hände då?"],
       "without a column of writers twice as many answers are needed")

# seven writers, one of whom answered ten times
loud = [[f"q{i}", f"w{max(0, i - 9)}", q, f"Samverkan med skolan gick bättre den {i} gången."]
        for q, n in (("Vad hände då?", 16), ("Vad lärde du dig?", 16)) for i in range(n) if q[4] == "l" or i > 7]
_, out = analyse("loud", write("loud.csv", ["id", "skribent", "fråga", "text"],
                               [[f"{n}", *r[1:]] for n, r in enumerate(loud)]))
tap.ok([r["prompt"] for r in rows(out, "prompts")] == ["Vad hände då?"],
       "nor one to which one writer gave most of the answers")

# assignments: five whom nobody may see, and a name
few = [[f"f{a}{i}", f"w{i}", a, "Vad hände då?", "Samverkan med skolan gick bättre."]
       for a, n in [("Mötet", 20), ("Tjovalda", 20), ("Kartan", 20), ("Samtalet", 2), ("Resan", 20)] for i in range(n)]
done, out = analyse("assignments", write("few.csv", ["id", "skribent", "uppdrag", "fråga", "text"], few))
labels = {r["label"] for r in rows(out, "overview") if r["scope"] == "assignment" and r["shown"] == "1"}
named = [r["assignment"] for r in rows(out, "prompts")]
tap.ok(len(named) == 2 and set(named) == labels & {"Kartan", "Mötet", "Resan"} and "other" in labels,
       "prompts of an assignment that has no row of its own are not told")
tap.ok(b"jovalda" not in b"".join(contents(out).values()), "nor is the name of a hidden assignment")
one = write("one.csv", ["id", "skribent", "uppdrag", "fråga", "text"],
            [[r[0], r[1], "Enkäten", r[3], r[4]] for r in few])
_, out = analyse("one", one)
tap.ok([(r["assignment"], r["prompt"]) for r in rows(out, "prompts")] == [("", "Vad hände då?")],
       "where no assignment is shown a prompt is told once, without one")
_, plain = analyse("plain", SAMPLE, "--quotes", "auto")
tap.ok(rows(plain, "prompts") is None, "where nobody asked there is no table")

# quotes
shown = {(r["assignment"], r["theme"]) for r in rows(plain, "assignment_themes") if r["shown"] == "1"}
placed = [r for r in rows(plain, "quotes") if r["assignment"]]
with open(SAMPLE, encoding="utf-8", newline="") as f:
    texts = [(r["uppdrag"], " ".join(r["reflektion"].split())) for r in csv.DictReader(f)]
tap.ok(len(placed) > 20 and all((r["assignment"], r["theme"]) in shown for r in placed),
       "a quote names its assignment only where theme and assignment are shown together")
tap.ok(all(any(a == r["assignment"] and r["quote"].lstrip("'") in t for a, t in texts) for r in placed),
       "and it is the one the text was written for")
tap.done()
