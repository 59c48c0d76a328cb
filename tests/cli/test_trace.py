#!/usr/bin/env python3
"""--keep-hits: counting working.sqlite again gives the released numbers, and a number leads
to the texts behind it."""
import csv
import json
import random
import re
import sqlite3
import stat
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program, luck = Tap(), Program(sys.argv[1]), random.Random(17)
SENTENCES = ["Jag kände mig orolig idag.", "Jag är inte orolig för mötet.", "Jag blev glad.",
             "Samarbetet med skolan fungerade bra.", "Stressen var hög på jobbet.",
             "Jag träffade Zelmira Brunquist och blev orolig.", "Det var kanske glädje.",
             "Kollegorna stöttade varandra och jag kände tillit."]
UNITS = ["Norr"] * 9 + ["Syd"] * 7 + ["Öst", "Väst", "Hos Zelmira Brunquist", "", "other"]


def make(name, count=70):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["id", "writer", "enhet", "kön", "Uppdrag", "datum", "känsla", "taggar",
                      "röster", "text"])
        for w in range(count):
            for i in range(luck.randint(2, 5)):
                text = " ".join(luck.sample(SENTENCES, luck.randint(1, 4)))
                out.writerow([f"r{w}-{i}" if luck.random() < .9 else "", f"w{w}" if w else "",
                              UNITS[w % len(UNITS)], luck.choice(["kvinna", "man", "annat", ""]),
                              luck.choice(["Samtal", "Samtal", "Möten", "Resor", "Sällan"][:4 + (w < 3)]),
                              f"2024-{luck.randint(1, 12):02}-1{w % 10}" if w % 9 else "",
                              luck.choice(["1", "2", "3", "4", "5", ""]),
                              "|".join(luck.sample(["möte", "stöd", "skola"], luck.randint(0, 3))),
                              luck.choice(["", "2"]), text])
        out.writerow(["e1", "w1", "Norr", "man", "Samtal", "", "", "", "", "vet ej"])
        out.writerow(["e2", "w1", "Norr", "man", "Samtal", "", "", "", "", ""])
    return path


def analyse(out, *arguments):
    return program.run("analyse", "-q", "--no-report", "--no-log", "--out", program.path_of(out),
                       "--force", *arguments)


def table(out, name):
    with open(program.path_of(out) / "tables" / f"{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def database(out):
    return sqlite3.connect(program.path_of(out) / "working.sqlite")


TRACED = {"themes": ["theme", "polarity"], "themes_by_unit": ["label", "theme"],
          "themes_by_kon": ["label", "theme"], "assignment_themes": ["assignment", "theme"],
          "assignment_tags": ["assignment", "tag"], "trend": ["period", "theme"],
          "feeling_by_theme": ["theme", "feeling"], "feeling_by_tag": ["tag", "feeling"],
          "feeling_by_assignment": ["assignment", "feeling"]}


def recount(out, tables=tuple(TRACED)):
    """Rows whose numbers are not those of working.sqlite, and how many were looked at."""
    wrong, looked = [], 0
    db = database(out)
    for name in tables:
        keys = TRACED[name]
        counted = {tuple(r[:len(keys)]): r[len(keys):] for r in db.execute(
            f"SELECT {','.join('t.' + k for k in keys)}, count(*), count(DISTINCT writer)"
            f" FROM {name}_texts t JOIN reflections USING(reflection) GROUP BY"
            f" {','.join('t.' + k for k in keys)}")}
        hits = dict(((a, b), c) for a, b, c in db.execute(
            "SELECT theme, polarity, count(*) FROM hits GROUP BY 1, 2"))
        for r in table(out, name):
            if r["shown"] != "1":
                continue
            reflections, writers = counted.get(tuple(r[k] for k in keys), (0, 0))
            looked += 1
            if (r["reflections"] and int(r["reflections"]) != reflections) or \
                    (r["writers"] and int(r["writers"]) != writers) or \
                    (r["writers_min"] and int(r["writers_min"]) > writers):
                wrong.append((name, r, reflections, writers))
            if r.get("hits") and r["polarity"] != "any" and \
                    int(r["hits"]) != hits.get((r["theme"], r["polarity"]), 0):
                wrong.append((name, r, hits))
    for r in table(out, "theme_pairs"):
        if r["shown"] == "1" and r["level"] == "reflection":
            looked += 1
            n = db.execute("SELECT count(*), count(DISTINCT writer) FROM theme_pairs_texts t JOIN"
                           " reflections USING(reflection) WHERE level = 'reflection' AND"
                           " theme_a = ? AND theme_b = ?", (r["theme_a"], r["theme_b"])).fetchone()
            if int(r["o11"]) != n[0] or (r["writers"] and int(r["writers"]) != n[1]):
                wrong.append(("theme_pairs", r, n))
    return wrong, looked


data = make("data.csv")
facet = ["--facet", "kön=kön"]
done = analyse("out", data, *facet, "--keep-hits")
wrong, looked = recount("out")
if wrong:
    print("#", len(wrong), "of", looked, wrong[:3])
tap.ok(done.returncode == DONE and not wrong and looked > 60,
       "counting again gives every released number of nine tables and of pairs")
rows = {t: table("out", t) for t in TRACED}
tap.ok(any(r["label"] == "other" and r["shown"] == "1" for r in rows["themes_by_unit"]) and
       len([1 for r in rows["themes_by_kon"] if r["shown"] == "1"]) > 8,
       "... pooled labels and those of a facet too")
for name, more in (("hidden", ["--hide-labels", "unit"]), ("external", ["--one-text-per-writer"])):
    analyse(name, data, *facet, "--keep-hits", *more)
    wrong, looked = recount(name)
    tap.ok(not wrong and looked > 60, "... with " + more[0])
done = analyse("sample", SAMPLE, "--keep-hits")
wrong, looked = recount("sample", [t for t in TRACED if t != "themes_by_kon"])
tap.ok(done.returncode == DONE and not wrong and looked > 100, "... on the sample")

# ----------------------------------------------------------------- what the file is
file = program.path_of("out") / "working.sqlite"
run = json.loads((program.path_of("out") / "run.json").read_text())
tap.ok(stat.S_IMODE(file.stat().st_mode) == 0o600 and run["sensitive"] == ["working.sqlite"] and
       "working.sqlite" not in run["files"] and
       not [p for p in program.path_of("out").iterdir() if "journal" in p.name],
       "working.sqlite is mode 0600 and listed as sensitive")
raw = file.read_bytes().lower()
tap.ok(b"zelmira" not in raw and b"brunquist" not in raw and b"unit-1" in raw and b"w17" not in raw,
       "it names nobody: labels are numbered, writers are numbers")
analyse("nothing", data, *facet)
tap.ok(not (program.path_of("nothing") / "working.sqlite").exists() and
       json.loads((program.path_of("nothing") / "run.json").read_text())["sensitive"] == [],
       "it is there only if asked for")
first = file.read_bytes()
same = []
for threads, batch in ((2, 1), (17, 3), (1, 64)):
    analyse("again", data, *facet, "--keep-hits", "--veiled", "-j", threads, "--batch", batch)
    same.append(((program.path_of("again") / "working.sqlite").read_bytes(),
                 (program.path_of("again") / "veiled.jsonl").read_bytes()))
tap.ok(all(s[0] == first and s[1] == same[0][1] for s in same),
       "the same bytes for any threads and batches")
tap.ok(program.run("verify", program.path_of("again")).returncode == DONE, "verify finds nothing wrong")

# ------------------------------------------------------------------------- tracing
rows = list(csv.DictReader(open(data, encoding="utf-8", newline="")))
original = {r["id"]: r["text"] for r in rows if r["id"]}


def trace(*arguments, out="again"):
    done = program.run("trace", program.path_of(out), *arguments)
    return done, [json.loads(line) for line in done.stdout.decode().splitlines()]


done, lines = trace("--table", "themes", "--where", "theme=oro")
shown = {(r["theme"], r["polarity"]): r for r in table("again", "themes")}
tap.ok(done.returncode == DONE and len(lines) == int(shown["oro", "any"]["reflections"]) and
       len({x["writer"] for x in lines}) == int(shown["oro", "any"]["writers"]) and
       all(h["theme"] == "oro" and h["polarity"] != "uncertain" for x in lines for h in x["hits"]) and
       b"orolig" not in done.stdout, "trace gives the reflections of a cell, without text")
named = [x for x in lines if x["id"] in original]
tap.ok(len(named) > 20 and all(
    re.search("oro|stress", original[x["id"]][h["span"][0]:h["span"][1]].lower()) and
    original[x["id"]][h["sentence"][0]:h["sentence"][1]] in SENTENCES
    for x in named for h in x["hits"]), "spans and sentences are places of the original")
done, lines = trace("--table", "themes", "--where", "theme=oro", "--veiled")
tap.ok(len(lines) > 20 and any("[PERSON_1]" in x["text"] for x in lines) and all(
    re.search("oro|stress", x["text"][h["veiled_span"][0]:h["veiled_span"][1]].lower()) and
    re.fullmatch(r"[A-ZÅÄÖ].*\.", x["text"][h["veiled_sentence"][0]:h["veiled_sentence"][1]])
    for x in lines for h in x["hits"]) and "Zelmira" not in done.stdout.decode(),
    "... and of the veiled text, which --veiled prints")
done, lines = trace("--table", "themes", "--where", "theme=oro", "--where", "polarity=negated")
tap.ok(len(lines) == int(shown["oro", "negated"]["reflections"]) and
       all(h["polarity"] == "negated" for x in lines for h in x["hits"]), "of one polarity")
done, lines = trace("--table", "themes_by_unit", "--where", "label=Norr", "--where", "theme=oro")
cell = [r for r in table("again", "themes_by_unit") if r["label"] == "Norr" and r["theme"] == "oro"][0]
tap.ok(lines and len(lines) == int(cell["reflections"]), "of a unit")
done, lines = trace("--table", "theme_pairs", "--where", "theme_a=gladje", "--where", "theme_b=oro")
tap.ok(lines and all({h["theme"] for h in x["hits"]} == {"gladje", "oro"} for x in lines),
       "of a pair: hits of both themes")
_, swapped = trace("--table", "theme_pairs", "--where", "theme_a=oro", "--where", "theme_b=gladje")
tap.ok(swapped == lines, "... in either order")

# --------------------------------------------------------------------------- wrong
for arguments, code, words, claim in (
        (["--table", "themes", "--where", "unit=Norr"], 2, "theme, polarity", "a key that is none"),
        (["--table", "overview"], 2, "themes_by_unit", "a table that cannot be traced"),
        (["--table", "themes\" --"], 2, "themes_by_unit", "a table that is no name"),
        (["--table", "themes", "--where", "oro"], 2, "key=value", "no condition"),
        (["--where", "theme=oro"], 2, "trace resultat", "no table"),
        (["--table", "themes", "--where", "theme=oro", "--where", "theme=gladje"], 2, "twice",
         "a key twice"),
        (["--table", "themes_by_unit", "--where", "label=Finnsinte"], 2, "other", "a label that has no row"),
        (["--table", "assignment_tags", "--where", "tag=finnsinte"], 2, "other", "a tag that has none"),
        (["--table", "trend", "--where", "period=1971"], 2, "period", "a period without texts"),
        (["--table", "themes", "--where", "theme=finnsinte"], 2, "lexicon list",
         "a theme that no text has"),
        (["--table", "theme_pairs", "--where", "level=window"], 2, "not to windows",
         "a level that is not traced")):
    done, lines = trace(*arguments)
    tap.ok(done.returncode == code and words in done.stderr.decode() and not lines, claim)
done, _ = trace("--table", "themes", out="nothing")
tap.ok(done.returncode == UNREADABLE and b"--keep-hits" in done.stderr, "a folder without hits says how")
done, _ = trace("--table", "themes", "--veiled", out="out")
tap.ok(done.returncode == UNREADABLE and b"--veiled" in done.stderr, "a folder without texts says how")
(program.path_of("again") / "veiled.jsonl").write_text('{"reflection":1,"id":"x","text":"y"}\n')
done, _ = trace("--table", "themes", "--veiled")
tap.ok(done.returncode == UNREADABLE and b"does not go with" in done.stderr, "texts of another run are refused")
(program.path_of("again") / "working.sqlite").write_bytes(b"SQLite format 3\0" + bytes(4080))
done, _ = trace("--table", "themes")
tap.ok(done.returncode == UNREADABLE, "a damaged file is refused")
state = program.path_of("a.state")
program.run("tally", data, "-o", state)
done = analyse("from-state", state, "--keep-hits")
tap.ok(done.returncode != DONE and not program.path_of("from-state").exists() and
       b"not states" in done.stderr, "states have no hits: refused, and no folder is left")
for option in (["--window", "7"], ["--facet", "kön=kön"], ["--feeling-scale", "0-9"]):
    done = analyse("from-state", state, *option)
    tap.ok(done.returncode == USAGE and b"made with another" in done.stderr and
           not program.path_of("from-state").exists(), f"a state has its own {option[0]}")
done = analyse("from-state", state, "--feeling-scale", "1-5")
tap.ok(done.returncode == DONE, "... and the same may be said")
done = analyse("protected", data, "--keep-hits", "--protect", "round:10")
tap.ok(done.returncode == USAGE and not program.path_of("protected").exists(),
       "rounded counts and hits do not go together")
done = program.run("analyse", data, *facet, "--keep-hits", "--out", program.path_of("out"))
tap.ok(done.returncode == USAGE and file.read_bytes() == first, "a folder that is there stays as it was")
tap.done()
