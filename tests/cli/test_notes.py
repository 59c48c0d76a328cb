#!/usr/bin/env python3
"""--notes: notes of a few words from a workshop, with votes."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import SAMPLE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])

# Ten writers; who writes about worry gets few votes, about time many. One note of writer 9
# has nearly all votes on the theme of joy.
NOTES = []
for writer in range(10):
    NOTES.append((f"a{writer}", f"w{writer}", "Jag känner oro för framtiden", writer % 3))
    NOTES.append((f"b{writer}", f"w{writer}", "För hög arbetsbelastning, vi hinner inte", 5))
    if writer > 2:
        NOTES.append((f"c{writer}", f"w{writer}", "Jag är glad i arbetet!", 30 if writer == 9 else 1))
    NOTES.append((f"d{writer}", f"w{writer}", "Bättre lokaler", 5))
    NOTES.append((f"e{writer}", f"w{writer}", "Mer tid tillsammans", ""))


def wrote(name, notes):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([("id", "writer", "note", "votes"), *notes])
    return path


def analysed(name, *arguments):
    done = program.run("analyse", "-q", "--no-log", "--out", name, *arguments)
    return contents(program.path_of(name)) if done.returncode == 0 else {}


def rows(files, table):
    return list(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode())))


whole = wrote("notes.csv", NOTES)
plain, notes = analysed("plain", whole), analysed("notes", "--notes", whole)
votes = {r["theme"]: r for r in rows(notes, "votes")}
total = sum(v for *_, v in NOTES if v != "")
tap.ok(votes[""]["votes"] == str(total) and votes[""]["reflections"] == str(len(NOTES))
       and votes[""]["writers"] == "10", "all notes, their writers and votes are told")
load, worry, joy = votes["arbetsbelastning"], votes["oro"], votes["gladje"]
tap.ok(load["reflections"] == "10" and load["votes"] == "50" and load["votes_per_note"] == "5"
       and abs(float(load["vote_share"]) - 50 / total) < 1e-9, "votes are summed by theme")
tap.ok(joy["shown"] == "0" and joy["votes"] == "" and joy["reflections"] == ""
       and next(r for r in rows(notes, "themes") if r["theme"] == "gladje"
                and r["polarity"] == "any")["shown"] == "1",
       "votes that one writer's notes hold are hidden, though the theme is shown")
tap.ok(worry["votes"] == str(sum(w % 3 for w in range(10))),
       "notes without a vote count as notes, and so do their writers")
tap.ok(all(plain[f] == notes[f] for f in ("tables/themes.csv", "tables/terms.csv")),
       "a vote weighs nothing where notes are counted")
missing = json.loads(notes["manifest.json"])["missing"]
tap.ok("readability" in missing and "tables/readability.csv" not in notes
       and all(r["sentences"] == "" for r in rows(notes, "overview"))
       and {r["level"] for t in ("term_pairs", "theme_pairs") for r in rows(notes, t)} ==
       {"reflection"}, "nothing is told by sentence")
tap.ok("tables/votes.csv" not in plain and rows(plain, "overview")[0]["sentences"] != "",
       "without --notes there is no such table, and there are sentences")

wrote("one.csv", NOTES[:17])
wrote("two.csv", NOTES[17:])
for part in ("one", "two"):
    program.run("tally", "-q", f"{part}.csv", "-o", f"{part}.state")
merged = analysed("merged", "--notes", "two.state", "one.state")
tap.ok(merged["tables/votes.csv"] == notes["tables/votes.csv"],
       "states merge to the same votes")
threads = analysed("threads", "--notes", "-j", "2", "--batch", "1", whole)
tap.ok(threads["tables/votes.csv"] == notes["tables/votes.csv"], "and so do threads")

few = [(i, w, n, v) for i, w, n, v in NOTES if w < "w4"]
hidden = rows(analysed("few", "--notes", wrote("few.csv", few)), "votes")
tap.ok(hidden and all(r["shown"] == "0" and r["votes"] == "" for r in hidden),
       "four writers are too few for any vote")
none = rows(analysed("none", "--notes", SAMPLE), "votes")
tap.ok(none and all(r["shown"] == "0" for r in none), "no votes at all: nothing is shown")
odd = [(i, w, n, {"a1": "9" * 30, "a2": "-3", "a4": "9223372036854775807"}.get(i, v))
       for i, w, n, v in NOTES]
tap.ok(rows(analysed("odd", "--notes", wrote("odd.csv", odd)), "votes"),
       "votes beyond all reason do not stop the work")
tap.done()
