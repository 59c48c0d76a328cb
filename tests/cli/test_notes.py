#!/usr/bin/env python3
"""--notes: notes of a few words from a workshop, with votes; notes that say the same."""
import csv
import io
import itertools
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap, contents  # noqa: E402

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
    return contents(program.path_of(name)) if done.returncode == DONE else {}


def rows(files, table):
    return list(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode())))


whole = wrote("notes.csv", NOTES)
plain, notes = analysed("plain", whole), analysed("notes", "--notes", whole)
said = program.run("analyse", "--no-log", "--lang", "en", "--out", "why", "--notes", whole).stdout.decode()
page = program.path_of("why/report.html").read_text(encoding="utf-8")
tap.ok(" sentences\n" not in said and "readability (counted by sentence, not of notes" in said
       and "readability is missing (counted by sentence" in page, "what is told by sentence is left out, and why")
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
heavy = [r for r in rows(plain, "readability") if r["shown"] == "1"]
of_all = next(r for r in rows(plain, "overview") if r["scope"] == "all")
tap.ok(heavy and all(abs(float(r["lix"]) - float(r["sentence_length"]) - 100 * float(r["long_words"])) < 1e-6 for r in heavy)
       and abs(float(heavy[0]["sentence_length"]) - int(of_all["tokens"]) / int(of_all["sentences"])) < 1e-6,
       "of other texts length of sentences and share of long words are told, which LIX is the sum of")
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

# ---------------------------------------------------------------- notes that say the same


def written(name, texts, votes=lambda w: 1):
    """texts: (writer, text)."""
    return wrote(name, [(f"n{i}", f"w{w}", text, votes(w)) for i, (w, text) in enumerate(texts)])


def told(name, path, *arguments):
    files = analysed(name, "--notes", "--no-report", path, *arguments)
    return {r["words"]: r for r in rows(files, "notes")}, files


EVERY = range(12)
MORE = ["Mer personal på kvällarna!", "Vi behöver mer personal på kväll", "personal kväll, mer"]
SAID = ([(w, MORE[w % 3]) for w in EVERY] +
        [(w, "Mycket personal på kvällen") for w in EVERY] +
        [(w, "Bra stöd av chefen i svåra ärenden" + (" varje vecka" if w < 3 else "")) for w in EVERY] +
        [(w, "Inte bra stöd av chefen i svåra ärenden") for w in EVERY] +
        [(w, "Dåligt stöd av chefen i svåra ärenden") for w in EVERY] +
        [(w, "Tre fikaraster i veckan") for w in EVERY] + [(w, "3 fikaraster i veckan") for w in EVERY] +
        [(w, "Mindre zzblurp på mötena") for w in EVERY] +
        [(w, "Tack Anna Svensson") for w in EVERY] +
        [(w, f"Skogen och {'häst katt hund gris anka mus fisk ko tupp apa lamm kalv'.split()[w]}") for w in EVERY])
table, files = told("said", written("said.csv", SAID))
one = table.get("kväll, mer, personal", {})
tap.ok(one.get("reflections") == "12" and one["writers"] == "12" and one["votes"] == "12"
       and abs(float(one["share"]) - 12 / len(SAID)) < 1e-9,
       "order, inflection, punctuation and function words make no other note")
tap.ok("kväll, mycket, personal" in table and "fikarast, tre, vecka" in table,
       "a comparative does, and a number")
five = table.get("bra, chef, stöd, svår, ärende", {})
tap.ok(five.get("writers_min", "") + five.get("writers", "") in ("5", "12") and
       not any("vecka" in words for words in table if "chef" in words),
       "of five terms one may be more")
tap.ok("bra, chef, inte, stöd, svår, ärende" in table and "chef, dålig, stöd, svår, ärende" in table,
       "but no negation, nor the opposite in its place")
tap.ok(any(words.endswith(", ...") for words in table) and "zzblurp" not in str(files) and
       all(r["reflections"] == "" and r["votes"] == "" for words, r in table.items() if "..." in words),
       "a word that may not be shown is not, and its note has no number")
tap.ok(not any("tack" in words for words in table), "what the veil took out is never the same")
tap.ok(all("different" not in r for r in rows(files, "overview")),
       "how many notes differ is not told: less the rows it gives what a hidden number is")
LEAD = [(0, "Cancer personal kväll helg natt")] * 4 + [(w, "Personal kväll helg natt") for w in range(1, 5)]
OTHERS = [t for t in SAID if t[1].startswith(("Skogen", "Tack"))]
lead, files_of_lead = told("lead", written("lead.csv", LEAD + OTHERS))
tap.ok("helg, kväll, natt, personal" in lead and "cancer" not in files_of_lead["tables/notes.csv"].decode(),
       "of a group the words that all its notes have: one writer's is not told, in the commonest wording")
FIVE = "personal kväll helg natt chef".split()
apart = [(w, " ".join(FIVE)) for w in EVERY] + [
    (w, " ".join(x for x in FIVE if x != FIVE[w % 5])) for w in EVERY]
tap.ok(not any("helg" in words or "natt" in words for words in
               told("apart", written("apart.csv", apart + OTHERS))[0]),
       "and no row where they have none")
# two groups whose notes have the same words in common, and the same numbers
same = [(w, f"Personal kväll helg {words}") for a, b in (("natt", "schema"), ("hund", "katt"))
        for part, words in enumerate((f"{a} {b}", a, b)) for w in (EVERY, range(3), range(3, 6))[part]]
random.Random(5).shuffle(same)
twice = [analysed(f"twice{i}", "--notes", "--no-report", written(f"twice{i}.csv", texts))["tables/notes.csv"]
         for i, texts in enumerate((same + OTHERS, OTHERS + same[::-1]))]
tap.ok(twice[0] == twice[1] and twice[0].decode().count('"helg, kväll, personal"') == 2,
       "rows alike but for what is not printed come in one order")
mixed = SAID[:]
random.Random(4).shuffle(mixed)
again = [told(f"again{i}", written(f"again{i}.csv", texts), *arguments)[1]["tables/notes.csv"]
         for i, (texts, arguments) in enumerate(((mixed, ()), (SAID, ("-j", "2", "--batch", "1")),
                                                 (mixed, ("-j", "2", "--batch", "3"))))]
tap.ok(set(again) == {files["tables/notes.csv"]}, "the same in any order, with any threads")
lonely, _ = told("fika", written("fika.csv", SAID + [(3, "Fler gröna kvällar")]))
evenings = [lonely["kväll, mer, personal"], lonely["kväll, mycket, personal"]]
tap.ok(sorted((r["reflections"], r["writers_min"]) for r in evenings) == [("", "5"), ("12", "")],
       "no number beside a term's that would leave one writer's note")
tap.ok("notes" in json.loads(merged["manifest.json"])["missing"], "from states the table is named as missing")
tap.ok(not told("three", written("three.csv", [t for t in SAID if t[0] < 4]))[0], "four writers are too few")

# What can be worked out: over made-up notes of known words, of each word and each two of
# them, the notes less the rows that tell a number are none, or of k writers.
WORDS = "skola möte chef lokal dator rutin kollega barn personal arbete".split()
bad = numbers = bounded = 0
for seed in range(6):
    draw = random.Random(seed)
    corpus = [(draw.randrange(14), " ".join(sorted(draw.sample(WORDS[:3 + seed], draw.choice((1, 1, 2, 2, 3))))))
              for _ in range(220)]
    table, _ = told(f"made{seed}", written(f"made{seed}.csv", corpus, lambda w: w % 3))
    with_number = {w for w, r in table.items() if r["reflections"]}
    numbers, bounded = numbers + len(with_number), bounded + len(table) - len(with_number)
    for words, row in table.items():
        mine = [w for w, text in corpus if ", ".join(text.split()) == words]
        bad += len(set(mine)) < 5 or row["reflections"] not in ("", str(len(mine)))
    for pair in [*itertools.combinations(WORDS, 2), *((w, w) for w in WORDS), ((), ())]:
        about = {a for a in pair if a}
        if not any(about <= set(words.split(", ")) for words in with_number):
            continue
        left = [w for w, text in corpus if about <= set(text.split())
                and ", ".join(text.split()) not in with_number]
        sizes = sorted((left.count(w) for w in set(left)), reverse=True)
        bad += bool(left) and (len(sizes) < 5 or 2 * sizes[0] > len(left)
                               or 100 * sum(sizes[:2]) > 85 * len(left))
tap.ok(bad == 0 and numbers > 5 and bounded > 5,
       f"nothing is left over of fewer than k writers ({numbers} rows with a number, {bounded} without)")

log = program.path_of("notes.log")


def logged(name, texts):
    done = program.run("analyse", "-q", "--no-report", "--notes", "--log", log, "--out", name,
                       written(f"{name}.csv", texts))
    return contents(program.path_of(name))["tables/notes.csv"].decode() if done.returncode == DONE else ""


first = {r["words"]: r for r in csv.DictReader(io.StringIO(logged("first", SAID)))}
later = {r["words"]: r for r in csv.DictReader(io.StringIO(logged("later", SAID + [(2, MORE[0])])))}
tap.ok(first and set(first) == set(later) and all(
       r["as_of"] and r["reflections"] == first[w]["reflections"] for w, r in later.items()),
       "one note more since an earlier release is not told")
kept = [r["theme"] for r in rows(contents(program.path_of("later")), "votes")]
tap.ok(len(kept) > 1 and kept == [r["theme"] for r in rows(contents(program.path_of("first")), "votes")],
       "and rows of votes keep their themes")
grown = {r["words"]: r for r in csv.DictReader(io.StringIO(
    logged("grown", SAID + [(2, MORE[0])] + [(w + 20, text) for w, text in SAID])))}
tap.ok(grown and all(not r["as_of"] for r in grown.values()) and
       grown["kväll, mer, personal"]["reflections"] == "25", "those of twelve more writers are")
tap.done()
