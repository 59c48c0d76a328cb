#!/usr/bin/env python3
"""--suggest: words that go with a theme by many writers, and nothing that one writer says."""
import csv
import json
import math
import random
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
LEXICON = program.path_of("liten.csv")
LEXICON.write_text("theme,text\noro,ångest\nvila,vila\n", encoding="utf-8")
COMMON = ["Vi hade ett samtal om planen.", "Gruppen skrev en lapp.", "Mötet var efter lunch."]


def corpus(name, columns=("id", "writer", "text"), order=None):
    made, draw = [], random.Random(5)
    for i in range(240):
        w = i % 20
        oro = (i // 20 + w) % 3 == 0
        text = [draw.choice(COMMON), draw.choice(COMMON)]
        if oro:
            text.append("Ångest var ordet.")
        if oro and draw.random() < .7 or not oro and draw.random() < .25:
            text.append("Det satt en klump under tröjan.")
        if oro and w == 3:
            text.append("En kanin sprang förbi.")
        if oro and draw.random() < .7 or draw.random() < .3:
            text.append("Vi mötte Zebulonia på vägen.")
        if draw.random() < (.2 if oro else .6):
            text.append("Cykeln var lagad.")
        made.append({"id": f"a{i}", "writer": f"w{w}", "text": " ".join(text)})
    (random.Random(order).shuffle(made) if order else None)
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(made)
    return path, made


def suggest(path, *arguments):
    out = program.path_of("ut")
    done = program.run("analyse", "-q", "--no-log", "--no-report", "--force", "--suggest", "--lexicon", LEXICON,
                       path, "--out", out, *arguments)
    table = out / "tables" / "suggestions.csv"
    if done.returncode != DONE or not table.exists():
        return [], out
    with open(table, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f)), out


path, made = corpus("a.csv")
rows, out = suggest(path)
manifest, summary = (json.loads((out / f"{n}.json").read_text("utf-8")) for n in ("manifest", "summary"))
if manifest["libraries"]["gsl"] == "none":
    tap.ok(not rows and "suggestions" in summary["missing"], "without intervals the table is named as missing")
    tap.done()
oro = [r for r in rows if r["theme"] == "oro"]
terms = {r["term"] for r in rows}
tap.ok("klump" in {r["term"] for r in oro}, "what goes with a theme is suggested")
tap.ok(not {"ångest", "ångest vara"} & terms, "what is in the theme already is not")
tap.ok("kanin" not in terms and not any("kanin" in t for t in terms), "nor a word of one writer")
tap.ok(not any("zebulonia" in json.dumps(r).lower() for r in rows), "nor a name")
tap.ok("cykel" not in {r["term"] for r in oro} and "cykel" in {r["term"] for r in rows if r["theme"] == ""},
       "texts without a theme have words of their own")
lows = [float(r["log_ratio_low"]) for r in oro]
tap.ok(lows == sorted(lows, reverse=True) and all(low >= 0 for low in lows), "the surest comes first")
with_theme = [m for m in made if "Ångest" in m["text"]]
inside = sum("klump" in m["text"] for m in with_theme) / len(with_theme)
rest = [m for m in made if "Ångest" not in m["text"]]
outside = sum("klump" in m["text"] for m in rest) / len(rest)
klump = next(r for r in oro if r["term"] == "klump")
tap.ok(abs(float(klump["log_ratio"]) - math.log2(inside / outside)) <= .051, "the measure is that of a count by hand")
tap.ok(float(klump["log_ratio_low"]) < float(klump["log_ratio"]) < float(klump["log_ratio_high"]), "inside its interval")
first = (out / "tables" / "suggestions.csv").read_bytes()
suggest(path, "-j", 2, "--batch", 3)
tap.ok((out / "tables" / "suggestions.csv").read_bytes() == first, "the same with two threads")
suggest(corpus("c.csv", order=9)[0])
tap.ok((out / "tables" / "suggestions.csv").read_bytes() == first, "and in any order")
suggest(path, "--k", 21)
tap.ok(not list(csv.DictReader(open(out / "tables" / "suggestions.csv", encoding="utf-8"))),
       "nothing passes a gate of more writers than there are")

rows, out = suggest(corpus("b.csv", ("id", "text"))[0])
summary = (out / "manifest.json").read_text(encoding="utf-8") + (out / "summary.json").read_text(encoding="utf-8")
tap.ok(not rows and "suggestions" in summary, "without writers the table is named as missing")
quoted, _ = suggest(path, "--quotes", "auto")
tap.ok(any(r["example"] for r in quoted) and all("Zebulonia" not in r["example"] for r in quoted),
       "examples are quotes that were released")
tap.done()
