#!/usr/bin/env python3
"""evaluate: its figures against counts of our own, its forms of gold, its manners."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1] / "support"), str(HERE.parents[1])]
from tap import DONE, ROOT, SAMPLE, UNREADABLE, Program, Tap  # noqa: E402
import evaluate as own  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
DATA = ROOT / "tests" / "data"
SECRET = "Zebulonia"


def made(name, text):
    path = program.path_of(name)
    path.write_text(text, encoding="utf-8")
    return path


def figures(*arguments):
    done = program.run("evaluate", *arguments, "--json")
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, rows, {(r["group"], r["value"], r["figure"]): r for r in rows if "figure" in r}


def close(a, b):
    return abs(a - b) < 1e-9


def lines_of(path):
    return own.lines_of(path.read_text(encoding="utf-8"))


# identifiers of the sample
import csv  # noqa: E402
with open(SAMPLE, encoding="utf-8", newline="") as f:
    texts = {r["id"]: r["reflektion"] for r in csv.DictReader(f)}
gold_spans, gold_themes = (lines_of(DATA / f"reflektioner.{n}.jsonl") for n in ("spans", "themes"))
code, rows, got = figures("anonymise", "--gold", DATA / "reflektioner.spans.jsonl", SAMPLE, "--mistakes")
found = lines_of(made("spans.jsonl", program.run("anonymise", "-q", "--spans", SAMPLE).stdout.decode()))
by_category, hit, good, total, _, _ = own.measure_spans(found, gold_spans, texts, False)
tap.ok(code == DONE and got[("all", "", "recall")]["part"] == hit
       and got[("all", "", "recall")]["whole"] == sum(n for n, _ in by_category.values()),
       "recall is that of another count")
tap.ok(got[("all", "", "precision")]["part"] == good and got[("all", "", "precision")]["whole"] == total,
       "so is precision")
tap.ok(all(got[("category", c, "recall")]["part"] == k and got[("category", c, "recall")]["whole"] == n
           for c, (n, k) in by_category.items()), "and recall by category")
missed = [r for r in rows if r.get("mistake") == "missed"]
false = [r for r in rows if r.get("mistake") == "false alarm"]
whole = got[("all", "", "recall")]
tap.ok(len(missed) == whole["whole"] - whole["part"] and len(false) == total - good,
       "mistakes are as many as the figures say")
tap.ok(all("text" not in r for r in rows), "mistakes have no text")

named = '{"id":"1","text":"Fatima bor i Lund.","spans":[{"start":0,"end":6,"category":"PERSON"},{"start":13,"end":17,"category":"PLACE"}]}\n'
tap.ok(figures("anonymise", "--gold", made("named.jsonl", named))[1]
       == figures("anonymise", "--gold", made("per.jsonl", named.replace("PERSON", "PER").replace("PLACE", "LOC")))[1],
       "PER and LOC are ours by another name")
done = program.run("evaluate", "anonymise", "--gold", made("odd.jsonl", named.replace("PERSON", SECRET)))
tap.ok(done.returncode not in (DONE, 4) and b"line 1" in done.stderr and SECRET.encode() not in done.stderr, "other categories are refused")

# codes in other forms than ours
LABELS = {"oro": "Oro och uppgivenhet", "gladje": "GLÄDJE", "ledning": "#ledning"}
codes = [json.loads(line) for line in (DATA / "reflektioner.themes.jsonl").read_text(encoding="utf-8").splitlines()]
plain = figures("themes", "--gold", made("plain.jsonl", "".join(
    json.dumps({"id": c["id"], "themes": c["themes"]}) + "\n" for c in codes)), SAMPLE)[1]
for name, head, row in (
        ("codes.csv", "id;themes", lambda c: f"{c['id']};{'|'.join(c['themes'])}"),
        ("koder.csv", '"ID","Koder"', lambda c: f"{c['id']},\"{', '.join(c['themes'])}\""),
        ("teman.tsv", "Teman\tid", lambda c: f"{'|'.join(LABELS.get(t, t) for t in c['themes'])}\t{c['id']}")):
    table = made(name, head + "\n" + "".join(row(c) + "\n" for c in codes))
    tap.ok(plain and figures("themes", "--gold", table, SAMPLE)[1] == plain, f"codes in a table ({name}) count as those in JSON Lines")
tap.ok(not any(r["figure"].startswith("negation") for r in plain), "gold that never says what is negated judges no negation")
table = made("nekade.csv", "id;themes;negated\n" + "".join(
    f"{c['id']};{'|'.join(c['themes'])};{'|'.join(c.get('negated', []))}\n" for c in codes))
tap.ok(figures("themes", "--gold", table, SAMPLE)[1] == figures("themes", "--gold", DATA / "reflektioner.themes.jsonl", SAMPLE)[1],
       "a column says what is negated")
for text, wanted in (("id;themes\nP1-001;oro;ledning\n", "record 1 is damaged"), ("id;themes;themes\nx;oro;oro\n", "one column id and one themes"),
                     ("id;themes\nP1-001;oro\nP1-001;oro\n", "line 3: this id stands")):
    done = program.run("evaluate", "themes", "--gold", made("bad.csv", text), SAMPLE)
    tap.ok(done.returncode not in (DONE, 4) and wanted in done.stderr.decode() and b"P1" not in done.stderr, f"a bad table is refused: {wanted}")

# a column for each theme, as spreadsheets have codes
THEMES = sorted({t for c in codes for t in c["themes"]})
mark = lambda c, t: "-1" if t in c.get("negated", []) else "1" if t in c["themes"] else "0"
wide = lambda themes, mark: "id;" + ";".join(themes) + "\n" + "".join(
    f"{c['id']};" + ";".join(mark(c, t) for t in themes) + "\n" for c in codes)
tap.ok(figures("themes", "--gold", made("wide.csv", wide(THEMES, mark)), SAMPLE)[1]
       == figures("themes", "--gold", DATA / "reflektioner.themes.jsonl", SAMPLE)[1], "a column for each theme counts as a list of themes")
tap.ok(figures("themes", "--gold", made("ones.csv", wide(THEMES, lambda c, t: mark(c, t).strip("-"))), SAMPLE)[1] == plain,
       "ones and zeros alone judge no negation")
few = figures("themes", "--gold", made("few.csv", wide(["oro", "Ledning"], lambda c, t: mark(c, t.lower()))), SAMPLE)
tap.ok(few[0] == DONE and {r["value"] for r in few[1] if r["group"] == "theme"} == {"oro", "ledning"}
       and all(close(few[2]["theme", r["value"], "f1"]["estimate"], r["estimate"]) for r in plain
               if r["group"] == "theme" and r["figure"] == "f1" and r["value"] in ("oro", "ledning")),
       "themes without a column are not judged")
for measure in "precision", "recall":
    of = [few[2]["theme", t, measure] for t in ("oro", "ledning")]
    tap.ok(close(few[2]["all", "", measure]["estimate"], sum(r["part"] for r in of) / sum(r["whole"] for r in of)),
           f"nor counted among all: {measure}")
two = figures("themes", "--gold", made("few.csv", wide(["oro", "ledning"], mark)), "--against", made("other.csv", wide(["ledning", "tillit"], mark)))
tap.ok(two[0] == DONE and {r["value"] for r in two[1] if r["group"] == "theme"} == {"ledning"}
       and close(two[2]["all", "", "f1"]["estimate"], 1), "two tables are compared over the themes that both have")
for text, wanted in (("id;oro;kön\nP1-001;1;0\n", "column 3: no lexicon has a theme"), ("id;oro;ledning\nP1-001;1;ja\n", "row 2, column 3: a code"),
                     ("id;oro;Oro\nP1-001;1;0\n", "column 3: a column before it"), ("id;oro\nP1-001;1\nP0-000;1\n", "row 3: there is no text")):
    done = program.run("evaluate", "themes", "--gold", made("bad.csv", text), SAMPLE)
    tap.ok(done.returncode not in (DONE, 4) and wanted in done.stderr.decode() and b"P1" not in done.stderr, f"a bad table is refused: {wanted}")

# a row for each span
rows_of = "".join(f"{g['id']},{s['start']},{s['end']},{s['category']}\n" for g in lines_of(DATA / "reflektioner.spans.jsonl").values()
                  for s in g["spans"] or [{"start": "", "end": "", "category": ""}])
tap.ok(figures("anonymise", "--gold", made("spans.csv", "id,start,end,category\n" + rows_of), SAMPLE)[1]
       == figures("anonymise", "--gold", DATA / "reflektioner.spans.jsonl", SAMPLE)[1], "a row for each span counts as JSON Lines")
for text, wanted in (("id;start;end;category\nP1-001;0;90000;PERSON\n", "row 2: a position lies outside"), ("id;start;end\nP1-001;0;9\n", "row 2, column 3: a code"),
                     ("id;oro\nP1-001;1\n", "the gold file has no spans")):
    done = program.run("evaluate", "anonymise", "--gold", made("bad.csv", text), SAMPLE)
    tap.ok(done.returncode not in (DONE, 4) and wanted in done.stderr.decode() and b"P1" not in done.stderr, f"a bad table is refused: {wanted}")

# themes of the sample
code, rows, got = figures("themes", "--gold", DATA / "reflektioner.themes.jsonl", SAMPLE)
hits = lines_of(made("themes.jsonl", program.run("themes", "-q", SAMPLE).stdout.decode()))
tp, fp, fn, ntp, nfp, nfn = own.measure_themes(hits, gold_themes, False)
tap.ok(code == DONE and close(got[("all", "", "precision")]["estimate"], tp / (tp + fp))
       and close(got[("all", "", "recall")]["estimate"], tp / (tp + fn))
       and close(got[("all", "", "f1")]["estimate"], 2 * tp / (2 * tp + fp + fn)),
       "micro precision, recall and F1 are those of another count")
tap.ok(close(got[("all", "", "negation precision")]["estimate"], ntp / (ntp + nfp))
       and close(got[("all", "", "negation recall")]["estimate"], ntp / (ntp + nfn)), "and of negation")
n = len(gold_themes) * sum(1 for k in got if k[0] == "theme" and k[2] == "f1")
tn = n - tp - fp - fn
agree, chance = (tp + tn) / n, ((tp + fp) * (tp + fn) + (fp + tn) * (fn + tn)) / n ** 2
tap.ok(close(got[("all", "", "kappa")]["estimate"], (agree - chance) / (1 - chance)), "kappa by its formula")
tap.ok(close(got[("all", "", "pabak")]["estimate"], 2 * agree - 1), "PABAK by its formula")
ones = 2 * tp + fp + fn
alpha = 1 - (fp + fn) / n / (2 * ones * (2 * n - ones) / (2 * n * (2 * n - 1)))
tap.ok(close(got[("all", "", "alpha")]["estimate"], alpha), "Krippendorff's alpha by its formula")
f1 = got[("all", "", "f1")]
tap.ok(f1["low"] < f1["estimate"] < f1["high"], "F1 has an interval")
tap.ok(figures("themes", "--gold", DATA / "reflektioner.themes.jsonl", SAMPLE)[1] == rows,
       "the same seed gives the same figures")
code, _, same = figures("themes", "--gold", DATA / "reflektioner.themes.jsonl",
                        "--against", DATA / "reflektioner.themes.jsonl")
tap.ok(code == DONE and close(same[("all", "", "f1")]["estimate"], 1), "a reader agrees with himself")
pair = [made("one.jsonl", '{"id":1,"themes":["oro"]}\n{"id":2,"themes":["oro"]}\n'),
        made("two.jsonl", '{"id":"1","themes":["oro"]}\n{"id":"2","text":"Ja"}\n{"id":3,"themes":["oro"]}\n')]
code, rows, got = figures("themes", "--gold", pair[0], "--against", pair[1], "--mistakes")
tap.ok(code == DONE and got[("theme", "oro", "recall")]["whole"] == 1 and not [r for r in rows if "mistake" in r],
       "two readers are compared over the texts that both have coded")
pair = [made("one.jsonl", '{"id":1,"themes":["oro"],"negated":["oro"]}\n{"id":2,"themes":[]}\n'
             '{"id":4,"themes":["tillit"]}\n{"id":5,"themes":[]}\n'),
        made("two.jsonl", '{"id":5,"themes":["oro"]}\n{"id":1,"themes":["oro"]}\n{"id":3,"themes":["oro"]}\n')]
code, _, got = figures("themes", "--gold", pair[0], "--against", pair[1])
both = got.get(("against", "", "texts coded by both"), {})
tap.ok(code == DONE and (both.get("part"), both.get("whole")) == (2, 5)
       and close(got[("all", "", "precision")]["estimate"], .5) and got[("theme", "oro", "recall")]["whole"] == 1,
       "also where each has texts that the other has not, and it is told how many both have")
tap.ok(("all", "", "negation recall") not in got, "a reader who never says what is negated is not judged for it")
done = program.run("evaluate", "themes", "--gold", pair[0], "--mistakes", "--against",
                   made("two.jsonl", '{"id":"x1","themes":["oro"]}\n'))
tap.ok(done.returncode == UNREADABLE and not done.stdout, "no text in both: neither figures nor mistakes")

# a code that is misspelt
typo = made("typo.jsonl", '{"id":"1","text":"Jag är orolig.","themes":["orro","Oro"]}\n')
done = program.run("evaluate", "themes", "--json", "--gold", typo)
codes = [json.loads(line) for line in done.stdout.decode().splitlines() if "codes that" in line]
tap.ok(done.returncode == DONE and (codes[0]["part"], codes[0]["whole"]) == (1, 2)
       and b"1 of 2 codes are no theme" in done.stderr, "codes that are no theme are counted")

# a text that was changed since it was coded
then = made("then.jsonl", '{"id":"1","text":"Jag är orolig.","themes":["oro"]}\n'
            '{"id":"2","text":"Vi hann inte  klart.","themes":["arbetsbelastning"]}\n'
            '{"id":"3","text":"Bara här.","themes":[]}\n')
now = made("now.csv", "id,text\n1,Jag är inte orolig.\n2,Vi hann inte klart.\n9,En annan text.\n")
done = program.run("evaluate", "themes", "--json", "--mistakes", "--gold", then, now)
told = [json.loads(line) for line in done.stdout.decode().splitlines()]
texts = [t for t in told if t.get("figure") == "texts as in the input"]
others = [t for t in told if t.get("mistake") == "other text"]
tap.ok(done.returncode == DONE and len(texts) == 1 and (texts[0]["part"], texts[0]["whole"]) == (1, 2)
       and b"1 of 2 texts of the gold" in done.stderr, "a text that is another in the input is counted and said")
tap.ok(len(others) == 1 and others[0]["id"] == "1" and others[0]["by"] == "line 1" and b"orolig" not in
       done.stdout + done.stderr, "by its id and line, never its words")
done = program.run("evaluate", "themes", "--gold", then)
tap.ok(b"texts as in" not in done.stdout, "without an input nothing is compared")

# positions that were counted in bytes
off = made("off.jsonl", json.dumps({"id": "1", "text": "Å, å! På måndag kom Fatima Ali hit.",
           "spans": [{"start": 24, "end": 34, "category": "PERSON"}]}, ensure_ascii=False) + "\n")
done = program.run("evaluate", "anonymise", "--json", "--gold", off)
inside = [json.loads(line) for line in done.stdout.decode().splitlines() if "gold inside" in line]
tap.ok(done.returncode == DONE and inside[0]["part"] == 1 and b"not bytes" in done.stderr,
       "gold that begins inside words is doubted")

# the writers' own tags
LABELS = {"kollega": "kollegialt_larande", "lärande": "kollegialt_larande", "chef": "ledning",
          "dokumentation": "administration", "barn": "barn_familj", "möte": ""}
tag_map = made("tags.csv", "tag;theme\n" + "".join(f"{t};{theme}\n" for t, theme in LABELS.items()))
code, rows, got = figures("themes", "--by-tags", "--tag-map", tag_map, SAMPLE, "--facet", "dag=datum",
                          "--mistakes")
judged = {t for t in LABELS.values() if t}
tagged = {}
with open(SAMPLE, encoding="utf-8", newline="") as f:
    for r in csv.DictReader(f):
        if r["taggar"]:
            tagged[r["id"]] = {LABELS.get(t, "") for t in r["taggar"].split("|")} - {""}
found = {i: set(h["themes"]) & judged for i, h in hits.items()}
tp = sum(len(found[i] & g) for i, g in tagged.items())
fp = sum(len(found[i] - g) for i, g in tagged.items())
fn = sum(len(g - found[i]) for i, g in tagged.items())
tap.ok(code == DONE and close(got[("all", "", "precision")]["estimate"], tp / (tp + fp))
       and close(got[("all", "", "recall")]["estimate"], tp / (tp + fn)), "tags stand in for codes")
tap.ok({k[1] for k in got if k[0] == "theme"} == judged, "only themes that a tag stands for are judged")
tap.ok(got[("tags", "", "texts with tags")]["part"] == len(tagged) and ("all", "", "negation f1") not in got,
       "texts without tags are left out, and so is polarity")
tap.ok(any(k[0] == "dag" for k in got) and any(k[0] == "unit" for k in got), "figures by unit and facet")
twice = [figures("themes", "--by-tags", "--tag-map", tag_map, SAMPLE, "--facet", "dag=datum", "--replicates", 400,
                 *more)[2] for more in ([], [], ["--seed", 3])]
tap.ok(twice[0] == twice[1] != twice[2] and set(twice[0]) == set(got)
       and all(close(f["estimate"], got[k]["estimate"]) for k, f in twice[0].items() if f["estimate"] is not None),
       "writers drawn again: the same figures, and the same intervals for a seed")
near = [(twice[0][k][end], got[k][end]) for k in (("all", "", "f1"), ("all", "", "kappa")) for end in ("low", "high")]
tap.ok(all(abs(a - b) < .02 for a, b in near), "with 60 writers the two kinds of intervals are near each other")
tap.ok(all(":" in r["by"] for r in rows if r.get("mistake") == "false alarm")
       and sum(r.get("mistake") == "missed" for r in rows) >= fn, "mistakes name the entries that made them")
code, _, both = figures("themes", "--by-tags", "--tag-map", tag_map, SAMPLE, "--against",
                        DATA / "reflektioner.themes.jsonl")
coded = {i: set(g["themes"]) & judged for i, g in gold_themes.items()}
same = sum(len(coded[i] & g) for i, g in tagged.items())
tap.ok(code == DONE and close(both[("all", "", "f1")]["estimate"], 2 * same / sum(
    len(coded[i]) + len(g) for i, g in tagged.items())), "tags against the codes of a reader")

# segmentation
code, rows, got = figures("segment", "--gold", made("s.jsonl", json.dumps(
    {"id": 1, "text": "Vi åt. Sedan gick vi. Bra!", "sentences": ["Vi åt.", "Sedan gick vi. Bra!"]})), "--mistakes")
tap.ok(code == DONE and got[("all", "", "boundary recall")]["part"] == 1
       and got[("all", "", "boundary precision")]["whole"] == 2
       and [(r["mistake"], r["start"]) for r in rows if "mistake" in r] == [("split", 22)],
       "a boundary too many is counted and placed")
code, rows, got = figures("segment", "--gold", made("w.jsonl", json.dumps(
    {"id": 1, "text": "Vårt IT-stöd, e-post och ja.", "tokens": ["Vårt", "IT", "stöd", "e-", "och ja"]}) + "\n" +
    json.dumps({"id": 2, "text": "Hej! (1) du", "tokens": ["Hej", "!", "du"]})), "--mistakes")
kinds = [r["mistake"] for r in rows if "mistake" in r]
tap.ok(code == DONE and [got[("all", "", f"words {k}")]["part"] for k in ("joined", "split", "missing", "extra")]
       == [kinds.count(f"word {k}") for k in ("joined", "split", "missing", "extra")] == [3, 1, 1, 1]
       and len(kinds) == 6, "words joined, split, missing and extra are told apart, counted and placed")
code, rows, got = figures("segment", "--gold", made("c2.tsv", "nätverksarbete\tnätverksarbete\nansvar\tan|svar\n"
                                                    "barnbok\tbar|nbok\n"), "--mistakes")
tap.ok(code == DONE and sorted(r["mistake"] for r in rows if "mistake" in r) == ["not split", "split", "split elsewhere"]
       and got[("all", "", "not split")]["part"] == got[("all", "", "split elsewhere")]["part"] == 1
       and got[("all", "", "kept whole")]["part"] == 0, "and so are kinds of splits")
code, _, got = figures("segment", "--gold", made("c.tsv", "nätverksarbete\tnätverk+s|arbete\nansvar\n"))
tap.ok(code == DONE and got[("all", "", "compounds right")]["whole"] == 2, "compounds by line")
code, _, got = figures("segment", "--gold", made("t.tsv", "bok\tbok boken\nlampa\tlampa lampor\n"))
tap.ok(code == DONE and got[("all", "", "lemmas united")]["whole"] == 2, "terms by line")
code, _, got = figures("anonymise", "--gold", made("n.iob", "Jag\tO\nträffade\tO\nFatima\tB-PER\n"))
tap.ok(code == DONE and got[("category", "PERSON", "recall")]["part"] == 1, "labels of tokens")

# manners
def fails(claim, status, says, *arguments):
    done = program.run("evaluate", *arguments)
    message = done.stderr.decode("utf-8", "replace")
    if not tap.ok(done.returncode == status and says in message and SECRET not in message
                  and SECRET.encode() not in done.stdout, claim):
        print(f"# exit {done.returncode}: {message.strip()[:200]}")


fails("no gold", 2, "--gold", "themes")
fails("no kind", 2, "kinds", "--gold", SAMPLE)
fails("gold that is not there", 3, "gold", "themes", "--gold", program.path_of(SECRET))
fails("gold without text or input", 3, "input", "anonymise", "--gold", DATA / "reflektioner.spans.jsonl")
fails("gold of another kind", 3, "spans", "anonymise", "--gold", made("w.tsv", "a\ta\n"))
fails("words set apart by semicolons", 3, "tabs", "segment", "--gold", made("w.tsv", "arbetslag;arbet+s|lag\n"))
fails("a second reader without any of these ids", 3, "ids must be the same", "themes", "--gold",
      made("a.jsonl", '{"id":"x","themes":[]}\n{"id":"y","themes":["oro"]}\n'), "--against",
      made("b.jsonl", '{"id":"X1","themes":["oro"]}\n'))
fails("--against for spans", 2, "themes", "anonymise", "--gold",
      made("g.jsonl", '{"id":"x","text":"Ja","spans":[]}'), "--against", made("b.jsonl", '{"id":"x"}'))
fails("tags and gold", 2, "--against", "themes", "--by-tags", "--gold", SAMPLE, SAMPLE)
fails("tags of identifiers", 2, "themes only", "anonymise", "--by-tags", SAMPLE)
fails("a map without tags", 2, "by tags", "themes", "--gold", SAMPLE, "--tag-map", tag_map, SAMPLE)
fails("tags that are no themes", 3, "--tag-map", "themes", "--by-tags", SAMPLE)
fails("an input without tags", 3, "no text has tags", "themes", "--by-tags", made("no.csv", "id,text\n1,Hej\n"))
fails("a map that is not there", 3, "tag map", "themes", "--by-tags", "--tag-map", program.path_of(SECRET), SAMPLE)
fails("raw text on a pipe", 2, "terminal", "themes", "--gold", SAMPLE, "--show-text")
plain = program.run("evaluate", "anonymise", "--mistakes", "--gold", made("z.jsonl", json.dumps(
    {"id": SECRET, "text": "vi pratade om skolan idag",
     "spans": [{"start": 14, "end": 20, "category": "PERSON"}]})))
tap.ok(plain.returncode == DONE and SECRET.encode() not in plain.stdout
       and b"line 1" in plain.stdout, "an id that could be a name is told by its line")
odd = made("odd.jsonl", "".join(json.dumps({"id": str(i), "text": "Vi hann inte vila.", "writer": "a",
                                            "unit": SECRET, "themes": [SECRET]}) + "\n" for i in range(3)))
for arguments in (["--gold", odd, "--mistakes"], ["--gold", odd, "--against", odd]):
    done = program.run("evaluate", "themes", *arguments)
    tap.ok(done.returncode == DONE and SECRET.encode() not in done.stdout + done.stderr and b"code-1" in done.stdout,
           "a unit or code that could be a name is numbered")
tap.done()
