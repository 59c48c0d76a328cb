#!/usr/bin/env python3
"""Thirteen small municipalities, two of them with fewer than five writers: sealed, sent,
added up and compared, on the command line."""
import csv
import json
import random
import sqlite3
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SET_ASIDE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program, luck = Tap(), Program(sys.argv[1]), random.Random(5)
TOWNS = dict(zip(["Alby", "Berga", "Dalby", "Ekeby", "Fors", "Granby", "Hult", "Lunda", "Mora",
                  "Nyby", "Orsa", "Ryd", "Sala"],
                 [24, 30, 18, 12, 40, 9, 4, 15, 22, 3, 11, 26, 16]))
THEMES = {"oro": "Jag kände mig orolig idag. ", "gladje": "Jag blev glad idag. ",
          "samverkan": "Vi samverkar med skolan. "}


def texts(town, writers):
    level = {t: luck.choice((.2, .3, .4, .5)) for t in THEMES}
    for w in range(writers):
        own = {t: min(.95, max(.05, level[t] + luck.gauss(0, .15))) for t in THEMES}
        for i in range(luck.randint(3, 8)):
            yield [f"{town}-{w}-{i}", f"{town} {w}", town, luck.choice(["Samtal", "Möten"]),
                   f"2024-{luck.choice(['02', '03', '10', '11'])}-1{i}", luck.randint(1, 5),
                   "Vi hade ett möte. " + "".join(
                       s for t, s in THEMES.items() if luck.random() < own[t])]


def write(name, rows):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow("id writer unit assignment date feeling text".split())
        out.writerows(rows)
    return path


def table(folder, name):
    with open(folder / "tables" / f"{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


inputs = {town: list(texts(town, n)) for town, n in TOWNS.items()}
seals, codes = [], []
for town, rows in inputs.items():
    state, seal = program.path_of(town + ".state"), program.path_of(town + ".sealed")
    codes.append(program.run("tally", write(town + ".csv", rows), "-o", state).returncode)
    done = program.run("seal", state, "--party", town, "-o", seal, "--log",
                       program.path_of(town + ".log"))
    codes.append(done.returncode)
    seals.append(seal)
tap.ok(not any(codes), "thirteen municipalities seal what they counted")
tap.ok(all((program.path_of(t + ".log")).read_text().count("\n") == 1 for t in TOWNS),
       "each seal is a release in its log")

damaged = write("skadad.csv", [*inputs["Fors"], ["en", "kort", "rad"]])
done = program.run("seal", damaged, "--party", "Fors", "--no-log", "-o", program.path_of("skadad.sealed"))
tap.ok(done.returncode == SET_ASIDE and b'"reason":' in done.stderr and b"kort" not in done.stderr,
       "what was set aside is told where texts are sealed too")

refused = ["Anna Svensson", "anna@example.org", "070-1740605", "Alby\nBerga", "Al\u202eby", "", "A" * 121]
codes = [program.run("seal", program.path_of("Alby.state"), "--party", name, "-o", program.path_of("no.sealed"),
                     "--no-log").returncode for name in refused]
tap.ok(codes == [2] * len(refused) and not program.path_of("no.sealed").exists(),
       "names that could point at somebody, or upset a line, are refused for a party")

out = program.path_of("all")
done = program.run("analyse", *seals, "--out", out)
tap.ok(done.returncode == USAGE and b"--disjoint-writers" in done.stderr,
       "several parties need the word that nobody writes in two")
done = program.run("analyse", *seals, "--disjoint-writers", "--out", out)
tap.ok(done.returncode == DONE, "thirteen seals make tables")
whole = program.path_of("whole")
program.run("analyse", "-q", "--no-pairs", "--no-log", write("all.csv", sum(inputs.values(), [])),
            "--out", whole)

every = table(out, "overview")[0]
tap.ok((every["parties"], every["of_parties"]) == ("11", "13"), "the two small ones are absent")
told = sum(len(r) for t, r in inputs.items() if TOWNS[t] >= 5)
tap.ok(int(every["reflections"]) == told, "the number of all is that of the other eleven")
tap.ok(all(r["shown"] == "0" and not r["reflections"] for r in table(out, "themes_by_party")
           if r["label"] in ("Hult", "Nyby")), "of the small ones nothing is told")
party = [r for r in table(out, "themes_by_party") if r["theme"] == "oro" and r["shown"] == "1"]
tap.ok(len(party) >= 8 and all(r["share"] for r in party), "parties can be compared")

intervals = json.loads((out / "manifest.json").read_text("utf-8"))["libraries"]["gsl"] != "none"
near = []
apart = {r["theme"]: r for r in table(whole, "themes") if r["polarity"] == "any"}
for r in table(out, "themes"):
    if r["polarity"] == "any" and r["shown"] == "1":
        a = apart[r["theme"]]
        if not intervals:
            near.append(r["share_low"] == a["share_low"] == "")
            continue
        x, y = ((float(q["share_high"]) - float(q["share_low"])) / 2 for q in (r, a))
        near.append(abs(x - y) < .08 * y)  # two parties are missing, some have no moments
tap.ok(len(near) == 3 and all(near), "intervals are close to those over all texts" if intervals else "without GSL there are none")

merged, again = program.path_of("m.sealed"), program.path_of("again")
done = program.run("merge", *reversed(seals), "-o", merged)
tap.ok(done.returncode == DONE, "seals merge")
program.run("analyse", "-q", merged, "--disjoint-writers", "--out", again)
names = ("overview", "themes", "themes_by_party", "trend", "theme_pairs", "feeling_by_theme")
tap.ok(all(table(out, n) == table(again, n) for n in names) and
       (out / "manifest.json").read_bytes() == (again / "manifest.json").read_bytes(),
       "merged in another order they give the same tables and manifest")
done = program.run("merge", seals[0], seals[0], "-o", program.path_of("twice.sealed"))
tap.ok(done.returncode == USAGE and b"same name" in done.stderr, "no party counts twice")
done = program.run("merge", seals[0], program.path_of("Alby.state"), "-o",
                   program.path_of("mixed"))
tap.ok(done.returncode == USAGE, "seals and working states are not mixed")

other = program.path_of("other.sealed")
program.run("seal", program.path_of("Alby.csv"), "--feeling-scale", "0-10", "--party", "X",
            "--no-log", "-o", other)
done = program.run("analyse", seals[1], other, "--disjoint-writers", "--out",
                   program.path_of("unlike"))
tap.ok(done.returncode == USAGE and b"feeling scale" in done.stderr,
       "unlike seals are refused with the difference")

data = b"".join(s.read_bytes() for s in seals)
tap.ok(not any(f"{t} {w}".encode() in data or f"{t}-{w}-0".encode() in data
               for t in TOWNS for w in range(4)), "no writer or id is in a seal")
damaged = program.path_of("damaged.sealed")
damaged.write_bytes(seals[0].read_bytes()[:-1])
done = program.run("analyse", damaged, "--out", program.path_of("no"))
tap.ok(done.returncode == UNREADABLE and b"sealed state" in done.stderr, "a damaged seal is refused")

db = sqlite3.connect(out / "results.sqlite")
rows = db.execute("SELECT parties, of_parties FROM themes WHERE shown = 1").fetchall()
tap.ok(rows and all(m <= 13 and n == 13 for m, n in rows), "the database tells from how many")
tap.ok((out / "report.html").stat().st_size > 10000 and
       program.run("report", out, "--force").returncode == DONE, "a report is drawn of it")

done = program.run("analyse", "-q", program.path_of("Alby.csv"), "--audience", "external",
                   "--no-log", "--out", program.path_of("ext"))
tap.ok(done.returncode == USAGE and not program.path_of("ext").exists(),
       "an external release without a log is refused")
# three parties: two share an assignment, the third has its own
mixed = []
for name, tasks, odds in (("Fors", ("Samtal", "Resor"), (.7, .3)), ("Mora", ("Samtal", "Möten"), (.4, .3)),
                          ("Ryd", ("Kartan",), (.5,))):
    lines = [[f"{name}{task}{w}", f"{name} {w}", name, task, "2024-02-11", 3, "Vi hade ett möte. "
              + (THEMES["oro"] if w < 40 * odd else "")] for task, odd in zip(tasks, odds) for w in range(40)]
    state, seal = program.path_of(name + "x.state"), program.path_of(name + "x.sealed")
    program.run("tally", write(name + "x.csv", lines), "-o", state)
    program.run("seal", state, "--party", name, "-o", seal, "--no-log")
    mixed.append(seal)
out = program.path_of("mixed")
done = program.run("analyse", *mixed, "--disjoint-writers", "--out", out)
found = {r["party"]: r for r in table(out, "shared_assignments") if r["theme"] == "oro"}
tap.ok(done.returncode == DONE and [(found[p]["assignments"], found[p]["reflections"], found[p]["of"], found[p]["share"],
                                  found[p]["expected_share"]) for p in ("Fors", "Mora")] ==
       [("1", "28", "40", "0.7", "0.55"), ("1", "16", "40", "0.4", "0.55")]
       and found["Fors"]["ratio"] == "1.273",
       "parties with different assignments are compared on the one they share")
tap.ok(found["Ryd"]["shown"] == "0" and found["Ryd"]["note"] != "" and found["Ryd"]["share"] == "",
       "and one that shares none says so")
tap.done()
