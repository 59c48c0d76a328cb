#!/usr/bin/env python3
"""train and --model: from codes to a file, from the file to counts; what never gets into it."""
import csv
import json
import random
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, ROOT, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
GOLD = ROOT / "tests" / "data" / "reflektioner.themes.jsonl"
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = {r["id"]: r for r in csv.DictReader(f)}
gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]

# A lexicon that knows little, so that there is something to learn.
LEXICON = program.path_of("liten.csv")
LEXICON.write_text("theme,text\noro,ångest\ndelaktighet,delaktig*\nnatverk,nätverk*\n", encoding="utf-8")
NAME = "Zebulonia"


def coded(name, items, extra=""):
    path = program.path_of(name)
    path.write_text("".join(json.dumps({
        "id": g["id"], "themes": g["themes"], "writer": rows[g["id"]]["skribent"],
        "text": rows[g["id"]]["reflektion"] + extra}, ensure_ascii=False) + "\n" for g in items), encoding="utf-8")
    return path


def train(path, *arguments, out="modell.json"):
    done = program.run("train", "--gold", path, "--lexicon", LEXICON, "--force", "-o", program.path_of(out), *arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


few = train(coded("few.jsonl", gold[:49]))
tap.ok(few[0] == 2 and "at least 50" in few[2], "49 codes are refused")
code, said, _ = train(coded("all.jsonl", gold, f" Sedan pratade {NAME} med oss på kvällen."))
model_path = program.path_of("modell.json")
model = json.loads(model_path.read_text(encoding="utf-8"))
tap.ok(code == DONE and model["format"] == "eftertanke-model", "a model is written")
used = [t["id"] for t in model["themes"] if t["used"]]
tap.ok(len(used) > 0 and "better than the lexicon" in said, f"it is used for {len(used)} themes")
whole = model_path.read_text(encoding="utf-8").lower()
tap.ok(NAME.lower() not in whole, "a name that everybody wrote is not in it")
kinds = {n.split(":")[0] for n in model["words"]}
tap.ok(kinds == {"term", "part"} and list(model["words"]) == sorted(model["words"], key=str.encode),
       "it knows terms and parts, by bytes")
tap.ok(all(len(row) == len(model["themes"]) for row in model["words"].values())
       and all(len(t["hits"]) == 3 for t in model["themes"]), "with a weight for each theme, and three for its hits")
surnames = {w for r in rows.values() for w in r["skribent"].split()[1:]}
tap.ok(not any(s.lower() in whole for s in surnames if len(s) > 6), "no surname of a writer is in it")
place = {t["id"]: i for i, t in enumerate(model["themes"])}
tap.ok(all(t["strongest"] == sorted((w for w, row in model["words"].items() if row[place[t["id"]]] > 0),
                                    key=lambda w: (-model["words"][w][place[t["id"]]], w.encode()))[:12]
           for t in model["themes"]), "a theme names its strongest words")

# one writer's word
mine = [dict(g) for g in gold]
path = coded("mine.jsonl", mine)
lines = path.read_text(encoding="utf-8").splitlines()
writer = rows[gold[0]["id"]]["skribent"]
path.write_text("".join(
    (line[:-2] + ' Trollkarlens halsduk."}' if json.loads(line)["writer"] == writer else line) + "\n" for line in lines),
    encoding="utf-8")
train(path, out="en.json")
tap.ok("trollkarl" not in program.path_of("en.json").read_text(encoding="utf-8"), "nor a word of one writer")

SPELLED = ["Mina Ek", "MINA EK", "mina ek", "Mina  Ek", " Mina Ek ", "mINA eK", "MINA  ek", "Mina eK"]
for name, spelled in ("stavad.jsonl", SPELLED), ("namnlos.jsonl", [""] * 8):
    parts = [json.loads(line) for line in coded(name, gold).read_text(encoding="utf-8").splitlines()]
    for part, writer in zip(parts, spelled):
        part.update(writer=writer, text=part["text"] + " Trollkarlens halsduk.")
    program.path_of(name).write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in parts), encoding="utf-8")
    train(program.path_of(name), out="stavad.json")
    tap.ok("trollkarl" not in program.path_of("stavad.json").read_text(encoding="utf-8"), f"nor of one in many spellings, or unnamed ({name})")
    for i, part in enumerate(parts[:8]):
        part["writer"] = f"nr {i}"
    program.path_of(name).write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in parts), encoding="utf-8")
    train(program.path_of(name), out="stavad.json")
    tap.ok("trollkarl" in program.path_of("stavad.json").read_text(encoding="utf-8"), "of eight writers it is")

random.Random(3).shuffle(gold)
train(coded("shuffled.jsonl", gold, f" Sedan pratade {NAME} med oss på kvällen."), out="andra.json")
tap.ok(program.path_of("andra.json").read_bytes() == model_path.read_bytes(), "the order of codes changes nothing")
themes = sorted({t for g in gold for t in g["themes"]})
table = program.path_of("koder.csv")
with open(table, "w", encoding="utf-8", newline="") as f:
    csv.writer(f, delimiter=";").writerows([["id", "skribent", "svar", *themes], *(
        [g["id"], rows[g["id"]]["skribent"], f"{rows[g['id']]['reflektion']} Sedan pratade {NAME} med oss på kvällen.",
         *(int(t in g["themes"]) for t in themes)] for g in gold)])
train(table, out="tabell.json")
tap.ok(program.path_of("tabell.json").read_bytes() == model_path.read_bytes(), "nor that they stand in a table with a column for each theme")

bad = program.path_of("bad.jsonl")
bad.write_text((program.path_of("all.jsonl").read_text(encoding="utf-8"))
               + json.dumps({"id": "x", "text": "a", "themes": [NAME + " Svensson"]}) + "\n", encoding="utf-8")
code, _, err = train(bad)
tap.ok(code == UNREADABLE and "line 433" in err and NAME not in err, "a code with blanks is refused by line, not by name")

# by hands: every theme is used, at one threshold
hands = program.path_of("hands.jsonl")
hands.write_text("".join(
    json.dumps({**json.loads(line), "hand": f"h{number % 3}"}, ensure_ascii=False) + "\n"
    for number, line in enumerate(program.path_of("all.jsonl").read_text(encoding="utf-8").splitlines())),
    encoding="utf-8")
code, told, _ = train(hands, "--hands", out="hands.json")
tap.ok("said to be missing" not in told, "nothing is told of denial where no code denies")
by_hands = json.loads(program.path_of("hands.json").read_text(encoding="utf-8"))
tap.ok(code == DONE and all(t["used"] for t in by_hands["themes"])
       and len({(t["least"], t["figures"]["penalty"]) for t in by_hands["themes"]}) == 1,
       "by hands all themes share a threshold and are used")

units = program.path_of("enheter.jsonl")
units.write_text("".join(json.dumps({**json.loads(line), "unit": "Norr", "origin": "svensk"}, ensure_ascii=False) + "\n"
                         for line in hands.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
code, _, err = train(units, "--hands", out="enheter.json")
tap.ok(code == DONE and program.path_of("enheter.json").read_bytes() == program.path_of("hands.json").read_bytes(),
       "also where codes have a unit and an origin beside the hand")

# denial: where coders say that what is named is missing, and no rule tells
tap.ok(by_hands["version"] == model["version"] == 2 and "denial" not in by_hands,
       "codes that deny too little leave denial to the rules")
said = [json.loads(line) for line in hands.read_text(encoding="utf-8").splitlines()]
DENIED = {"oro", "delaktighet", "bemotande", "tillit"}
for number, g in enumerate(said):
    if DENIED & set(g["themes"]) and number % 4 < 2:
        g["negated"], g["text"] = sorted(DENIED & set(g["themes"])), g["text"] + " Utbildningen var bra."
denying = program.path_of("nekar.jsonl")


def deny(lines, out, *more):
    denying.write_text("".join(json.dumps(g, ensure_ascii=False) + "\n" for g in lines), encoding="utf-8")
    done = train(denying, "--hands", *more, out=out)
    return done[0], json.loads(program.path_of(out).read_text(encoding="utf-8")), done[1]


code, denies, told = deny(said, "nekar.json")
denial = denies.get("denial", {})
tap.ok(code == DONE and denies["version"] == 3 and denial["figures"]["low"] > 0
       and len(denial["themes"]) == len(denies["themes"]), "they are learnt where that is better than the rules")
tap.ok(all(len(row) == len(denies["themes"]) + 1 for row in denies["words"].values())
       and set(denial["cues"]) <= set(denies["words"]), "each word has a weight for it, and cues are words")
most = max(denies["words"], key=lambda w: denies["words"][w][-1])
tap.ok(most == "term:utbildning", "the word that goes with denial weighs most")
tap.ok([p for t, p in zip(denies["themes"], denial["themes"]) if t["id"] not in DENIED]
       == [[0, 0]] * (len(denies["themes"]) - len(DENIED)), "a theme that nobody denies has no numbers of its own")
kept, left = [g.get("negated", []) for g in said], 49
for g in said:
    g["negated"] = g.get("negated", [])[:left]
    left -= len(g["negated"])
_, rules, few_told = deny(said, "faa.json")
tap.ok(rules["version"] == 2 and few_told.splitlines()[-1].split()[4] == "49"
       and few_told.endswith("fewer than 50 codes say so: the rules stand\n"), "49 codes are too few, and train tells so")
for g, negated in zip(said, kept):
    g["negated"] = negated
count = sum(len(g["negated"]) for g in said)
last = told.splitlines()[-1]
tap.ok(last.split()[:5] == ["said", "to", "be", "missing", str(count)] and last.endswith("better than the rules"),
       "what became of denial is told behind the themes")
random.Random(5).shuffle(said)
told = json.loads(deny(said, "nekar2.json", "--json")[2].splitlines()[-1])
tap.ok(told["denial"] and told["used"] and told["coded"] == count and "theme" not in told
       and round(told["low"], 2) == denial["figures"]["low"], "also as JSON, with the figures of the file")
tap.ok(program.path_of("nekar2.json").read_bytes() == program.path_of("nekar.json").read_bytes(),
       "in any order of codes")
code, _, err = train(program.path_of("all.jsonl"), "--hands", out="no.json")
many = program.path_of("many.jsonl")
many.write_text("".join(json.dumps({**g, "themes": [f"t{number}_{i}" for i in range(40)], "negated": []}) + "\n"
                        for number, g in enumerate(said[:60])), encoding="utf-8")
limit, _, told = train(many, out="many.json")
tap.ok(limit == 2 and "1024" in told, "more themes than a model may have are refused before the work")
tap.ok(code == UNREADABLE and '"hand"' in err and not program.path_of("no.json").exists(), "codes of no hand are refused")

# using it
use = ["--lexicon", LEXICON, "--model", model_path]
done = program.run("themes", "-q", *use, SAMPLE)
out = [json.loads(line) for line in done.stdout.decode().splitlines()]
found = {t["theme"] for r in out for t in r["model"]}
tap.ok(done.returncode == DONE and len(found) > 3 and found <= {t["id"] for t in model["themes"]}, "themes tells what the model finds")
tap.ok(all(0 <= t["chance"] <= 100 and t["lexicon"] == (t["theme"] in r["themes"])
           for r in out for t in r["model"]), "with its chance, and whether the lexicon agrees")
folder = program.path_of("ut")
done = program.run("analyse", "-q", "--no-log", "--no-inference", "--force", *use, SAMPLE, "--out", folder)
with open(folder / "tables" / "themes.csv", encoding="utf-8", newline="") as f:
    table = {(r["theme"], r["polarity"]): r for r in csv.DictReader(f)}
tap.ok(done.returncode == DONE and all((t + ".model", "any") in table for t in used), "analyse counts them beside the lexicon's")
unused = [t["id"] for t in model["themes"] if not t["used"]]
tap.ok(not any((t + ".model", "any") in table for t in unused), "but only where they are better")
count = {t: sum(any(m["theme"] == t for m in r["model"]) for r in out) for t in used}
shown = [t for t in used if table[(t + ".model", "any")]["shown"] == "1"]
# the sample has some texts that no table counts; the lines say nothing of them either
tap.ok(shown and all(int(table[(t + ".model", "any")]["reflections"]) == count[t] for t in shown),
       "as often as the lines say")
manifest = (folder / "manifest.json").read_text(encoding="utf-8")
tap.ok("model" in manifest and "oro (modell)" in json.dumps(list(table.values()), ensure_ascii=False).lower(),
       "the manifest has its hash, the table its label")
for j in (1, 2):
    program.run("tally", "-q", "--force", "-j", j, "--batch", 3, *use, SAMPLE, "-o", program.path_of(f"{j}.state"))
tap.ok(program.path_of("1.state").read_bytes() == program.path_of("2.state").read_bytes(), "the same with two threads")
other = program.run("themes", "--model", model_path, SAMPLE)
tap.ok(other.returncode == USAGE and b"trained with other lexicons" in other.stderr, "other lexicons are refused")

done = program.run("evaluate", "themes", "--gold", program.path_of("all.jsonl"), *use, "--json")
figures = {(r.get("source"), r["group"], r["figure"]): r["estimate"]
           for r in map(json.loads, done.stdout.decode().splitlines()) if r["value"] == ""}
tap.ok(figures[("together", "all", "f1")] > figures[("lexicon", "all", "f1")]
       and ("model", "all", "f1") in figures, "evaluate tells lexicon, model and both together")
mistakes = program.run("evaluate", "themes", "--gold", program.path_of("all.jsonl"), *use, "--mistakes", "--json").stdout.decode()
tap.ok('"by":"model"' in mistakes, "a mistake of the model is told as the model's")
tap.ok(NAME not in mistakes, "without text")
tap.done()
