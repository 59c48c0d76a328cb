#!/usr/bin/env python3
"""--decide: the hits that are left say what the weights decided, and everything follows from them."""
import csv
import json
import re
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, ROOT, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
WEIGHTS = ROOT / "lexicons" / "data" / "themes" / "karna.weights.json"
model = json.loads(WEIGHTS.read_text(encoding="utf-8"))
place = {t["id"]: i for i, t in enumerate(model["themes"])}
words = sorted(model["words"], key=str.encode)
with open(SAMPLE, encoding="utf-8", newline="") as f:
    texts = {r["id"]: r["reflektion"] for r in csv.DictReader(f)}


def themes(*arguments):
    done = program.run("themes", "-q", *arguments, SAMPLE)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()


code, entries, _ = themes("--decide", "none")
same, decided, _ = themes()
tap.ok(code == same == 0 and len(entries) == len(decided) > 400, "texts with and without weights")
tap.ok(themes("--decide", "core")[1] == decided and themes("--decide", WEIGHTS)[1] == decided,
       "the weights of the core lexicon are the default, and the file says the same")
numbered = [(h, int(h["entry"].rpartition(":")[2])) for r in decided for h in r["hits"]]
learnt = [(h, n) for h, n in numbered if n > 100000]
tap.ok(learnt and not any(int(h["entry"].rpartition(":")[2]) > 100000 for r in entries for h in r["hits"]),
       f"{len(learnt)} hits stand where a word weighs most")
tap.ok(all(model["words"][words[n - 100001]][place[h["theme"]]] > 0 for h, n in learnt)
       and all(h["polarity"] in ("affirmed", "negated") for h, _ in learnt), "at a word that speaks for the theme")
listed = program.run("lexicon", "list", "--weights").stdout.decode().splitlines()
rows = [line.split("\t") for line in listed]
cues = model["denial"]["cues"]
tap.ok(rows[0] == ["entry", "word", *place, "denial:text", "denial:cue"]
       and [int(r[0]) for r in rows[1:]] == list(range(100001, 100001 + len(words)))
       and [r[1] for r in rows[1:]] == words
       and all([float(x) for x in r[2:-1]] == model["words"][r[1]] for r in rows[1:]),
       "lexicon list --weights tells the word of each number")
tap.ok(len(cues) > 20 and {r[1]: float(r[-1]) for r in rows[1:] if r[-1] != ""} == cues,
       "and which of them are cues of denial, with what they weigh beside a hit")


def said(r):
    return {h["theme"] for h in r["hits"] if h["polarity"] != "uncertain"}


def bare(hits):
    return [h for h in hits if int(h["entry"].rpartition(":")[2]) <= 100000]


tap.ok(all(set(r["themes"]) == said(r) for r in decided), "themes are those of the hits that are left")
def variant(name, **denial):
    """The same weights with other numbers of denial; with none, of the version that has no denial."""
    other = dict(model, version=3 if denial else 2, denial={**model["denial"], **denial})
    if not denial:
        del other["denial"]
        other["words"] = {word: row[:-1] for word, row in model["words"].items()}
    path = program.path_of(name)
    path.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
    return themes("--decide", path)


code, undenied, _ = variant("utan.json")
head = program.run("lexicon", "list", "--weights", "--decide", program.path_of("utan.json")).stdout.decode().split("\n")[0]
tap.ok(head.split("\t") == ["entry", "word", *place], "weights without denial list none")
tap.ok(code == DONE and [[{**h, "polarity": ""} for h in r["hits"]] for r in undenied]
       == [[{**h, "polarity": ""} for h in r["hits"]] for r in decided], "denial moves no hit")


def polarities(r, theme):
    return [h["polarity"] for h in r["hits"] if h["theme"] == theme]


def turned(before):
    """What denial makes of hits where it does not agree with the rules."""
    to = "affirmed" if "negated" in before else "negated"
    return [p if p == "uncertain" else to for p in before]


pairs = [(polarities(a, t), polarities(b, t)) for a, b in zip(undenied, decided) for t in b["themes"]]
changed = [(a, b) for a, b in pairs if a != b]
tap.ok(all(b == turned(a) for a, b in changed) and {"negated" in b for _, b in changed} == {True, False},
       f"{len(changed)} themes of texts are turned, each as a whole, some to either side")
none, every = variant("ingen.json", least=1000)[1], variant("alla.json", least=-1000)[1]
long = [len(re.findall(r"\w+", texts[r["id"]])) > 20 for r in decided]
tap.ok(not any("negated" in polarities(r, t) for r, n in zip(none, long) if n for t in r["themes"])
       and all("negated" in polarities(r, t) for r, n in zip(every, long) if n for t in r["themes"]),
       "where the threshold is beyond reach none is denied, or all are")

good = uncertain = True
for before, after in zip(entries, undenied):
    kept = bare(after["hits"])
    good &= all(h in before["hits"] for h in kept)
    uncertain &= [h for h in before["hits"] if h["polarity"] == "uncertain"] == \
        [h for h in kept if h["polarity"] == "uncertain"]
    for theme in place:  # all of them, or none, or one that was put there
        had = [h for h in before["hits"] if h["theme"] == theme and h["polarity"] != "uncertain"]
        has = [h for h in after["hits"] if h["theme"] == theme and h["polarity"] != "uncertain"]
        good &= has in ([], had) or (had == [] and len(has) == 1 and bare(has) == [])
short = [before["hits"] == after["hits"] for before, after in zip(entries, decided)
         if len(re.findall(r"\w+", texts[before["id"]])) < 12]
tap.ok(len(short) >= 5 and all(short), f"{len(short)} short texts are left to the entries")
tap.ok(good, "a theme keeps its hits, loses them, or gets one")
tap.ok(uncertain, "uncertain hits stay as they are")
order = [(h["start"], h["end"], h["theme"]) for r in decided for h in r["hits"]]
tap.ok(all([(h["start"], h["end"]) for h in r["hits"]] == sorted((h["start"], h["end"]) for h in r["hits"])
           for r in decided), "in the order of the text")

kwic = [json.loads(line) for line in program.run("themes", "-q", "--kwic", "oro", SAMPLE).stdout.decode().splitlines()]
tap.ok(len(kwic) == sum(h["theme"] == "oro" for r in decided for h in r["hits"]), "a concordance has the same hits")

# tables, and states of one, two and three
folder = program.path_of("ut")
done = program.run("analyse", "-q", "--no-log", "--no-inference", "--keep-hits", "--quotes", "auto", SAMPLE, "--out", folder)
with open(folder / "tables" / "themes.csv", encoding="utf-8", newline="") as f:
    table = {(r["theme"], r["polarity"]): r for r in csv.DictReader(f)}
shown = [t for t in place if table[t, "any"]["shown"] == "1"]
# the sample has some texts that no table counts; the lines say nothing of them either
counts = {t: sum(t in r["themes"] for r in decided) for t in place}
tap.ok(done.returncode == DONE and len(shown) > 9 and all(int(table[t, "any"]["reflections"]) == counts[t] for t in shown),
       "tables count what the hits say")
manifest = (folder / "manifest.json").read_text(encoding="utf-8")
import hashlib  # noqa: E402

tap.ok(hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() in manifest, "the manifest has the hash of the weights")
import sqlite3  # noqa: E402

base = sqlite3.connect(folder / "working.sqlite")
kept = base.execute("SELECT count(*) FROM hits WHERE CAST(substr(entry, -6) AS INTEGER) > 100000").fetchone()[0]
tap.ok(kept == len(learnt), "kept hits name the same entries")
states = []
for j, batch in ((1, 64), (2, 3), (17, 1)):
    program.run("tally", "-q", "--force", "-j", j, "--batch", batch, SAMPLE, "-o", program.path_of(f"{j}.state"))
    states.append(program.path_of(f"{j}.state").read_bytes())
tap.ok(len(set(states)) == 1, "the same bytes for any threads and batches")
program.run("tally", "-q", "--decide", "none", SAMPLE, "-o", program.path_of("none.state"))
done = program.run("merge", program.path_of("none.state"), program.path_of("1.state"), "-o", program.path_of("m.state"))
tap.ok(done.returncode == USAGE and b"decide" in done.stderr, "states with and without weights do not merge")

# where they do not fit
own = program.path_of("eget.csv")
own.write_text("theme,text\noro,ont i magen\n", encoding="utf-8")
code, lines, err = themes("--lexicon", own)
tap.ok(code == DONE and lines == themes("--lexicon", own, "--decide", "none")[1], "another lexicon stands alone")
code, _, err = themes("--lexicon", own, "--decide", "core")
tap.ok(code == USAGE and "core lexicon" in err, "and refuses the weights of the core lexicon")
code, _, err = themes("--lexicon", own, "--decide", WEIGHTS)
tap.ok(code == USAGE and "trained with other lexicons" in err, "or those of a file")
code, _, err = themes("--lexicon", "karna", "--lexicon", own)
tap.ok(code == USAGE and "both have a theme with the id oro" in err, "a theme stands in one lexicon alone")
own.write_text("theme,text\nmage,ont i magen\n", encoding="utf-8")
code, both, _ = themes("--lexicon", "karna", "--lexicon", own)
tap.ok(code == DONE and any(h["entry"].startswith("karna:") and int(h["entry"].rpartition(":")[2]) > 100000
                         for r in both for h in r["hits"]), "beside the core lexicon another changes nothing of that")
code, _, err = themes("--model", WEIGHTS, "--decide", "core")
tap.ok(code == USAGE and "stands beside" in err, "a model stands beside entries, not weights")
damaged = program.path_of("cut.json")
damaged.write_bytes(WEIGHTS.read_bytes()[:5000])
code, _, err = themes("--decide", damaged)
tap.ok(code == UNREADABLE and "no JSON (line " in err, "damaged weights are refused")
code, _, err = variant("fel.json", negated=[1, "2", 3])
tap.ok(code == UNREADABLE and "line 1, denial" in err and "three numbers" in err and "train it again" in err,
       "and those with what is no number, by line and with what to do")
tap.done()
