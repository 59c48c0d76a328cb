#!/usr/bin/env python3
"""Quotes and words that wait for a person: what is offered, what an approval changes."""
import csv
import json
import os
import pty
import re
import stat
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
MOST_OF_A_THEME, LEAST_WORDS = 12, 6  # of what is offered (engine/pipeline/quotes.c)
PAIRS_STOOD_FOR = 1  # of the sample, by the entries of the core lexicon alone


def analyse(name, *arguments, source=SAMPLE):
    out = program.path_of(name)
    done = program.run("analyse", "-q", "--no-log", "--decide", "none", "--no-pairs", "--force", source, "--out", out, *arguments)
    return done, out


def quotes_of(out):
    path = out / "tables" / "quotes.csv"
    return list(csv.DictReader(open(path, encoding="utf-8", newline=""))) if path.exists() else None


def manifest(out):
    return json.loads((out / "manifest.json").read_text())["quotes"]


def plain(cell):  # without the mark that keeps a spreadsheet from running a cell
    return cell[1:] if cell[:1] == "'" else cell


done, out = analyse("plain")
tap.ok(done.returncode == DONE and quotes_of(out) is None and manifest(out) == {"count": 0, "approved": "none"}
       and not (out / "review").exists(), "unasked there are no quotes and no review")
done, out = analyse("review", "--review")
lines = (out / "review" / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
offered = [json.loads(line) for line in lines]
tap.ok(done.returncode == DONE and quotes_of(out) is None and len(offered) > 50, "a review alone quotes nothing")
tap.ok(all(stat.S_IMODE(os.stat(out / "review" / n).st_mode) == 0o600 for n in ("quotes.jsonl", "terms.tsv")),
       "files of the review have mode 0600")
tap.ok(all(not re.search(r"\d|\[[A-Z]+_", q["text"]) for q in offered), "no digit and no veiled span is offered")
tap.ok(all(LEAST_WORDS <= len(q["text"].split()) for q in offered), "quotes are sentences, not scraps")
by_theme = {}
for q in offered:
    by_theme.setdefault(q["theme"], []).append(q["text"])
tap.ok(all(len(t) <= MOST_OF_A_THEME and len(set(t)) == len(t) for t in by_theme.values()), "at most twelve a theme, none twice")

# whose they are
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
raw = [(r["skribent"], " ".join(r["reflektion"].split())) for r in rows if "skribent" in r]
writers = {}
for theme, texts in by_theme.items():
    owners = [[w for w, t in raw if text in t] for text in texts]
    writers[theme] = [o[0] for o in owners if o]
tap.ok(raw and all(len(set(w)) == len(w) for w in writers.values()), "each quote of a theme is of another writer")
tap.ok(sum(map(len, writers.values())) > 0.95 * len(offered), "quotes are the writers' own words")

again = program.path_of("mall.csv")
with open(again, "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f)
    w.writerow(["id", "skribent", "text"])
    for i in range(60):
        w.writerow([i + 1, f"p{i % 30}", "Vi hinner inte med allt som vi borde göra i dag." if i % 2
                    else "Solen sken över sjön och vi åt glass."])
done, out = analyse("mall", "--review", source=again)
same = [json.loads(q) for q in (out / "review" / "quotes.jsonl").read_text(encoding="utf-8").splitlines()]
tap.ok(0 < len(same) == len({(q["theme"], q["text"]) for q in same}), "what several wrote in the same words is offered once")

done, out = analyse("auto", "--quotes", "auto")
tap.ok(done.returncode == DONE and [plain(q["quote"]) for q in quotes_of(out)] == [q["text"] for q in offered]
       and manifest(out) == {"count": len(offered), "approved": "by rules alone"},
       "--quotes auto quotes what would be offered, and says so")


def rows_of(out, name):
    with open(out / "tables" / f"{name}.csv", encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


subjects = {}
for row in rows_of(out, "representatives"):
    subjects.setdefault((row["network"], row["community"], row["name"]), []).append(plain(row["quote"]))
met = {f"{r['theme_a']}, {r['theme_b']}" for r in rows_of(out, "theme_pairs")
       if r["level"] == "reflection" and r["shown"] == "1" and float(r["npmi"] or 0) > 0}
divided = (out / "tables" / "communities.csv").exists()  # a build with igraph
tap.ok(len({n for _, c, n in subjects if not c}) == PAIRS_STOOD_FOR and (len(subjects) > 2 or not divided)
       and {n for _, c, n in subjects if not c} <= met,
       "sentences stand for pairs of themes that are shown and attract")
groups = {(r["network"], r["community"], r["name"]) for r in rows_of(out, "communities")} \
    if (out / "tables" / "communities.csv").exists() else set()
tap.ok({s for s in subjects if s[1]} <= groups and (not groups or any(s[1] for s in subjects)),
       "and for communities, where there are any")
whose = {s: [{w for w, t in raw if q in t} for q in texts] for s, texts in subjects.items()}
tap.ok(all(len(o) <= 3 and all(not a & b for i, a in enumerate(o) for b in o[i + 1:]) for o in whose.values())
       and not any(re.search(r"\d|\[[A-Z]+_", q) for texts in subjects.values() for q in texts),
       "at most three of each, of different writers, without digit or veiled span")
# what stands in a cell that is hidden stands for nothing: the pair is told in reflections, not in sentences
together = "Jag kände mig orolig av den höga arbetsbelastningen under veckan."
apart = ("Jag kände mig orolig under hela den långa veckan. Vi hade ett möte om planen på eftermiddagen. "
         "Det var hög arbetsbelastning på jobbet hela tiden.")
unquotable = "Jag kände mig orolig av den höga arbetsbelastningen under vecka 12."
neither = ["Jag kände mig orolig under hela den långa veckan.",
           "Det var hög arbetsbelastning på jobbet hela tiden.",
           "Vi hade ett möte om planen på eftermiddagen."]


def stands(name, *texts):
    """Levels at which the pair is shown, and how many sentences stand for it."""
    source = program.path_of(f"{name}.csv")
    source.write_text("id,skribent,text\n" + "".join(f'{i},w{i},"{t}"\n' for i, t in enumerate(
        [*texts, *[neither[0]] * 6, *[neither[1]] * 6, *[neither[2]] * 40])), encoding="utf-8")
    done, out = analyse(name, "--quotes", "auto", source=source)
    pair = ("arbetsbelastning", "oro")
    return ([r["level"] for r in rows_of(out, "theme_pairs")
             if (r["theme_a"], r["theme_b"]) == pair and r["shown"] == "1"],
            sum(not r["community"] and r["name"] == ", ".join(pair) for r in rows_of(out, "representatives")))


tap.ok(stands("two", *[together] * 2, *[apart] * 20) == (["reflection"], 0),
       "a pair that is hidden in sentences has none that stand for it")
tap.ok(stands("four", *[together] * 4, *[unquotable] * 10) == (["reflection", "sentence"], 0),
       "nor one with candidates of fewer than k writers")
tap.ok(stands("five", *[together] * 5, *[unquotable] * 10) == (["reflection", "sentence"], 3),
       "with those of k there are three")
chosen = program.path_of("chosen.jsonl")
offered[0]["approved"] = offered[3]["approved"] = True
offered[1]["approved"] = False
foreign = {"theme": offered[0]["theme"], "text": "Zebulonia bor granne med oss alla här.", "approved": True}
chosen.write_text("".join(json.dumps(q) + "\n" for q in [*offered, foreign]))
done, out = analyse("chosen", "--quotes", chosen)
tap.ok(done.returncode == DONE and {plain(q["quote"]) for q in quotes_of(out)} == {offered[0]["text"], offered[3]["text"]}
       and {q["approved"] for q in quotes_of(out)} == {"by a person"},
       "only approved quotes are shown, and only what the texts hold")
tap.ok({plain(r["quote"]) for r in rows_of(out, "representatives")} <= {offered[0]["text"], offered[3]["text"]}
       and {r["approved"] for r in rows_of(out, "representatives")} <= {"by a person"},
       "nor does any other sentence stand for anything")
done, out = analyse("none", "--quotes", chosen, "--no-quotes")
tap.ok(done.returncode == DONE and quotes_of(out) is None, "--no-quotes wins")
same = [analyse("same", "--review", "--quotes", "auto", *a)[1] for a in (["-j", "1"],)]
first = {k: v for k, v in contents(same[0]).items() if k != "run.json"}
analyse("same", "--review", "--quotes", "auto", "-j", "2", "--batch", "3")
tap.ok(first == {k: v for k, v in contents(same[0]).items() if k != "run.json"},
       "the same bytes for other threads and batches")
few = program.path_of("few.csv")
few.write_text("id,skribent,text\n" + "".join(
    f"{i},w{i % 4},Vi hann inte med allt vi hade planerat och jag blev orolig.\n" for i in range(12)), encoding="utf-8")
done, out = analyse("few", "--quotes", "auto", "--review", source=few)
tap.ok(done.returncode == DONE and quotes_of(out) == [] and (out / "review" / "quotes.jsonl").read_text() == "",
       "a theme that is hidden is not quoted")
state = program.path_of("s.state")
program.run("tally", "-q", "--decide", "none", SAMPLE, "-o", state)
done, out = analyse("state", "--quotes", "auto", source=state)
tap.ok(done.returncode == DONE and {"quotes", "representatives"} <= set(json.loads((out / "manifest.json").read_text())["missing"]),
       "states have no texts: quotes are named as missing")
done, out = analyse("statereview", "--review", source=state)
tap.ok(done.returncode == USAGE and not out.exists(), "a review of states is refused")
wrong = program.path_of("wrong.jsonl")
wrong.write_text('{"theme":"oro","text":"Ja"}\n{"Zebulonia":1}\n')
done, out = analyse("wrong", "--quotes", wrong)
tap.ok(done.returncode == UNREADABLE and b"line 2" in done.stderr and b"Zebulonia" not in done.stderr
       and not out.exists(), "a wrong file of quotes names its line")
wrong.write_text('{"theme":"oro","text":"Ja","approved":null}\n')
done, _ = analyse("wrong", "--quotes", wrong)
tap.ok(done.returncode == USAGE and b"approved" in done.stderr, "a file without approvals is told")

# words that wait
word = "klurgbar"
odd = program.path_of("odd.csv")
odd.write_text("id,skribent,text\n" + "".join(
    f"{i},w{i % 40},{text}\n" for i, text in enumerate(
        [f"Det var en {word} dag och jag blev glad över samtalet."] * 20
        + ["Mötet gick bra men tiden räckte inte till allt."] * 20)), encoding="utf-8")
done, out = analyse("odd", "--review", source=odd)
terms = (out / "review" / "terms.tsv").read_text(encoding="utf-8")
tap.ok(f"{word}\t20\t20\tunknown\t\n" in terms, "a word that nobody knows waits, with its writers")
tap.ok(word not in (out / "tables" / "terms.csv").read_text(), "and is in no table")


def answer(path, keys):
    """The review on a terminal of its own."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(program.path, [program.path, "review", str(path)])
    seen = b""
    os.write(fd, keys)
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode("utf-8", "replace")


code, seen = answer(out / "review" / "terms.tsv", b"y\n")
terms = (out / "review" / "terms.tsv").read_text(encoding="utf-8")
tap.ok(code == DONE and word in seen and f"{word}\t20\t20\tunknown\tallow\n" in terms, "a word is allowed on the terminal")
tap.ok(stat.S_IMODE(os.stat(out / "review" / "terms.tsv").st_mode) == 0o600, "the file keeps its mode")
done, again = analyse("allowed", "--allow", out / "review" / "terms.tsv", source=odd)
tap.ok(done.returncode == DONE and word[:5] in (again / "tables" / "terms.csv").read_text(), "an allowed word is shown")
before = contents(out)
for name, option in ("quotes.jsonl", "--quotes"), ("terms.tsv", "--allow"):
    done, _ = analyse("odd", option, out / "review" / name, source=odd)
    tap.ok(done.returncode == USAGE and option.encode() in done.stderr and contents(out) == before,
           f"a folder that holds the decisions of {option} is not replaced")
_, out = analyse("asked", "--review")
code, seen = answer(out / "review" / "quotes.jsonl", b"y\nn\n\nb\ny\nq\n")
decided = [json.loads(x)["approved"] for x in (out / "review" / "quotes.jsonl").read_text().splitlines()]
tap.ok(code == DONE and decided[:4] == [True, False, True, None] and "2 of" in seen,
       "yes, no, open, back and quit do what they say")
done = program.run("review", out / "review" / "quotes.jsonl")
tap.ok(done.returncode == USAGE and b"terminal" in done.stderr and not done.stdout, "a review is for a terminal only")
tap.done()
