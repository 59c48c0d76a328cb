#!/usr/bin/env python3
"""The gold spans of the sample, followed through every output by place and by surface.

Recall by category is printed for a reader (it is measured on texts that the rules were
made with; tests/evaluate_unseen.py measures on others). What is asserted: no surface of a
person, personnummer, phone or e-mail reaches results, states, the log or a message.
"""
import csv
import json
import re
import sqlite3
import sys
from collections import Counter

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from canary import fold, haystacks  # noqa: E402
from tap import DONE, ROOT, SAMPLE, Program, Tap, contents  # noqa: E402

SENSITIVE = ("PERSON", "PERSONNUMMER", "PHONE", "EMAIL")
tap, program = Tap(), Program(sys.argv[1])


def lines(path_or_bytes):
    text = path_or_bytes.decode() if isinstance(path_or_bytes, bytes) else path_or_bytes.read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


gold = {r["id"]: r["spans"] for r in lines(ROOT / "tests/data/reflektioner.spans.jsonl")}
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
texts = {}
for r in rows:
    texts.setdefault(r["id"], r["reflektion"])

# By place -----------------------------------------------------------------------------------

done = program.run("anonymise", "--spans", "-q", SAMPLE)
spans = {r["id"]: r for r in lines(done.stdout)}
tap.ok(done.returncode == DONE and set(gold) <= set(spans), "every gold record has a line of spans")
safe, total, wrong_place, touched, found = Counter(), Counter(), 0, 0, 0
for ident, expected in gold.items():
    text, covered = texts[ident], set()
    for s in spans.get(ident, {"spans": []})["spans"]:
        wrong_place += not 0 <= s["start"] < s["end"] <= len(text)
        covered.update(range(s["start"], s["end"]))
        found += 1
        touched += any(g["start"] < s["end"] and s["start"] < g["end"] for g in expected)
    for g in expected:
        total[g["category"]] += 1
        safe[g["category"]] += set(range(g["start"], g["end"])) <= covered
tap.ok(wrong_place == 0, "spans lie inside their texts")
print(f"# recall over all gold spans: {sum(safe.values())} of {sum(total.values())}; "
      f"spans that touch gold: {touched} of {found}")
for category in sorted(total):
    print(f"# {category:14} {safe[category]:4} of {total[category]:4}")


def rebuilt(record):
    """The veiled text, made from the original and the spans."""
    text, out, at = texts[record["id"]], "", 0
    for s in record["spans"]:
        out += text[at:s["start"]] + s["replacement"]
        at = s["end"]
    return out + text[at:]


tap.ok(all(rebuilt(r) == r["text"] for r in spans.values()),
       "the text with its spans replaced is the veiled text")

# By surface -----------------------------------------------------------------------------------

surfaces, outside = set(), []
for ident, expected in gold.items():
    text, at = texts[ident], 0
    for g in sorted(expected, key=lambda g: g["start"]):
        outside.append(text[at:g["start"]])
        at = max(at, g["end"])
        surface = text[g["start"]:g["end"]]
        if g["category"] in SENSITIVE and len(surface) >= 4:
            surfaces.add(fold(surface))
    outside.append(text[at:])
ordinary = fold(" ".join(outside))
# What may be printed anyway: our own words and the labels of units, assignments and tags.
legit = [ordinary] + [fold(r[c]) for r in rows for c in ("enhet", "uppdrag", "taggar")]
for path in (ROOT / "lexicons/data/themes/karna.xml", ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
    legit.append(fold(path.read_text("utf-8")))
for path in (ROOT / "engine").rglob("*.c"):
    legit.append(fold(path.read_text("utf-8")))
legit = " ".join(legit)
unique = {s for s in surfaces if s not in legit}  # a byte of these can only come from gold
words = {s for s in surfaces - unique if not re.search(rf"(?<!\w){re.escape(s)}(?!\w)", legit)}
WHOLE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words))) or '(?!)'})(?!\w)")
print(f"# {len(surfaces)} surfaces: {len(unique)} searched for as bytes, {len(words)} as whole "
      "words, the rest are ordinary words of these texts too")


def leaks(data, whole_words, least=4):
    """How many surfaces stand in it. In binary files strings touch each other ("allt",
    "bil"), so short surfaces are looked for in the dump of a database, not in its bytes."""
    n = 0
    long_enough = [s for s in unique if len(s) >= least]
    for hay, digits in haystacks(data):
        n += sum(s in hay for s in long_enough)
        n += sum(len(d) >= 7 and d in digits for d in (re.sub(r"\D", "", s) for s in surfaces))
        if whole_words:
            n += len(set(WHOLE.findall(hay)))
    return n


def dump(path):
    """Every value and name of a database, one a line."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    values = [v for row in base.execute("SELECT * FROM sqlite_master") for v in row]
    for name in names:
        values += [v for row in base.execute(f'SELECT * FROM "{name}"') for v in row]
    return "\n".join(map(str, values)).encode()


tap.ok(len(unique) > 20 and leaks(SAMPLE.read_bytes(), True) >= len(unique),
       "the search finds the surfaces in the sample itself")
out, log = program.path_of("out"), program.path_of("releases.jsonl")
done = program.run("analyse", SAMPLE, "--k", "3", "--no-stop", "--out", out, "--log", log)
tap.ok(done.returncode == DONE, "the sample is analysed")
state = program.path_of("all.state")
tally = program.run("tally", SAMPLE, "-o", state)
outputs = {"stdout": done.stdout, "stderr": done.stderr + tally.stderr}
outputs.update(contents(out) if out.exists() else {})
for name, path in (("the release log", log), ("the state", state)):
    if path.exists():
        outputs[name] = path.read_bytes()
if "results.sqlite" in outputs:
    outputs["the dump of results.sqlite"] = dump(out / "results.sqlite")
for name, data in outputs.items():
    binary = name in ("results.sqlite", "the state")
    n = leaks(data, not binary, 8 if binary else 4)
    if not tap.ok(n == 0, f"no gold surface in {name}"):
        print(f"# {n} occurrences")
tap.done()
