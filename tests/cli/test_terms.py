#!/usr/bin/env python3
"""--terms and --compounds: what is counted, and that unlike counts never meet."""
import csv
import json
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])


def terms_of(*arguments):
    out = program.path_of("out")
    done = program.run("analyse", "-q", "--no-log", "--force", *arguments, "--out", out)
    if done.returncode != DONE:
        return {}
    with open(out / "tables" / "terms.csv", encoding="utf-8", newline="") as f:
        return {r["term"]: int(r["tokens"]) for r in csv.DictReader(f)}


def manifest():
    return json.loads((program.path_of("out") / "manifest.json").read_text(encoding="utf-8"))


base = terms_of(SAMPLE)
tap.ok("fråga" in base and "fråg" not in base, "base forms by default")
stem = terms_of("--terms", "stem", SAMPLE)
tap.ok("fråg" in stem, "stems if asked for")
tap.ok(len(base) < len(stem), "fewer words, as inflections meet")
parts = terms_of("--compounds", "parts", SAMPLE)
tap.ok('"compounds": "parts"' in json.dumps(manifest()), "the manifest says how compounds count")
head = terms_of("--compounds", "head", SAMPLE)
shared = [t for t in base if t in parts]
tap.ok(len(shared) > 100 and all(parts[t] >= base[t] for t in shared),
       "with parts, a word counts at least as often")
tap.ok(sum(parts[t] > base[t] for t in shared) > 10, "and some more often")
tap.ok(terms_of("--compounds", "parts", "-j", 2, "--batch", 3, SAMPLE) == parts,
       "the same with two threads")

with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
for name, half in (("a", rows[::2]), ("b", rows[1::2])):
    with open(program.path_of(name + ".csv"), "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(half)


def tally(name, *arguments):
    return program.run("tally", "-q", "--force", *arguments, program.path_of(name + ".csv"), "-o",
                       program.path_of(name + ".state")).returncode


both = [program.path_of("a.state"), program.path_of("b.state")]
merged = program.path_of("m.state")
tap.ok(tally("a", "--compounds", "parts") == tally("b", "--compounds", "parts") == 0, "halves")
tap.ok(program.run("merge", *both, "-o", merged).returncode == DONE, "like states merge")
tap.ok(terms_of(merged) == parts, "an analysis of states follows their settings")
tally("b")
done = program.run("merge", *both, "-o", merged, "--force")
tap.ok(done.returncode == USAGE and b"compounds" in done.stderr, "unlike ways to count are refused")
tally("a", "--terms", "stem")
done = program.run("merge", *both, "-o", merged, "--force")
tap.ok(done.returncode == USAGE and b"terms" in done.stderr, "unlike terms are refused")
tally("a")
state = program.path_of("a.state")


def analyse(*arguments):
    done = program.run("analyse", "-q", "--no-log", "--no-pairs", *arguments, state, "--out", program.path_of("ut"), "--force")
    return done.returncode, done.stderr


tap.ok(analyse()[0] == analyse("--decide", "core")[0] == analyse("--lexicon", "karna")[0] == 0,
       "what a state was counted with may be asked for")
told = [analyse(*a) for a in (("--decide", "none"), ("--lexicon", "salutogent"), ("--terms", "stem"),
                              ("--compounds", "head"), ("--lexicon", "karna", "--lexicon", "salutogent"))]
tap.ok(all(code == USAGE and b"the state was made with other" in err for code, err in told), "what it was not is refused")

# Who asks for these means to take somebody out: a state or seal without them must say that it cannot.
words, listed = program.path_of("ord.txt"), program.path_of("namn.txt")
words.write_text("planering\n", encoding="utf-8")
listed.write_text("PERSON\tplanering\n", encoding="utf-8")
OWN = (("--allow", words), ("--deny", listed), ("--roster", words), ("--categories", "-DATE"),
       ("--accept-language",))
told = [analyse(*a) for a in OWN]
tap.ok(all(code == USAGE and b"own lists" in err and b"tally" in err for code, err in told),
       "nor are lists of one's own that it was not counted with")
tally("a", *(x for a in OWN for x in a))
tap.ok(all(analyse(*a)[0] == 0 for a in OWN[:3] + OWN[4:]), "those that it was counted with may be")
tally("a")
seal = program.path_of("a.sealed")
if program.run("seal", "-q", "--no-log", "--k", 3, "--party", "A", state, "-o", seal).returncode == DONE:
    done = [program.run("analyse", "-q", *a, seal, "--out", program.path_of("ut"), "--force")
            for a in (*OWN, ("--terms", "stem"), ("--decide", "none"))]
    tap.ok(all(d.returncode == USAGE and b"counted already" in d.stderr for d in done),
           "a sealed state takes no setting of counting")
for arguments in (("--terms", "lemma"), ("--compounds", "all")):
    done = program.run("tally", *arguments, SAMPLE, "-o", merged)
    tap.ok(done.returncode == USAGE and arguments[0].encode() in done.stderr, f"no {arguments[0]} such")

# pairs among fewer words: some rows of the same, and the manifest says so


def pairs(name, *more):
    folder = program.path_of(name)
    done = program.run("analyse", "-q", "--no-log", "--no-report", "--no-inference", *more, SAMPLE, "--out", folder)
    with open(folder / "tables" / "term_pairs.csv", encoding="utf-8", newline="") as f:
        rows = {(r["level"], r["term_a"], r["term_b"]): r["o11"] for r in csv.DictReader(f)}
    return done.returncode, rows, json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


_, every, usual = pairs("alla-par")
code, some, said = pairs("nagra-par", "--pair-terms", "12")
tap.ok(code == DONE and 0 < len(some) < len(every) and some.items() <= every.items()
       and len({t for _, *both in some for t in both}) <= 12, "--pair-terms counts among so many words")
tap.ok(said.get("pair_terms") == 12 and "pair_terms" not in usual, "the manifest says so, where it is not the usual number")
for words in (("--pair-terms", "1"), ("--pair-terms", "9", "--no-pairs"), ("--pair-terms", "4000000")):
    done = program.run("analyse", "-q", "--no-log", *words, SAMPLE, "--out", program.path_of("inga-par"))
    tap.ok(done.returncode == USAGE and not program.path_of("inga-par").exists(), " ".join(words) + " is refused")
tap.done()
