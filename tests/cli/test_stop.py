#!/usr/bin/env python3
"""--stop FILE: what stays out of pairs and keyness, and nothing else."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])


def analysed(name, *options, source=(SAMPLE,)):
    done = program.run("analyse", "-q", "--no-log", *source, "--out", name, *options)
    return done, contents(program.path_of(name)) if done.returncode == DONE else {}


def rows(files, table):
    return list(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode())))


def paired(files):
    return {r[c] for r in rows(files, "term_pairs") for c in ("term_a", "term_b")}


def keys(files):
    return {r["term"] for r in rows(files, "keyness_by_unit")}


def listed(text, encoding="utf-8"):
    path = program.path_of("stop.txt")
    path.write_bytes(text.encode(encoding))
    return path


_, plain = analysed("plain")
usual = paired(plain)
chosen = sorted(usual & {"möte", "barn", "samtal", "tid", "stöd"})[0]
_, own = analysed("own", "--stop", listed(f"# of ours\n  {chosen.upper()}EN \r\n{chosen} # too\n\nvar\n"))
tap.ok(chosen in usual and chosen not in paired(own),
       "a word of the file is in no pair, whatever its case")
tap.ok(chosen not in keys(own), "nor in keyness")
tap.ok("jag" not in usual and "jag" in paired(own) and "vara" not in paired(own),
       "it replaces our list; an inflected word stands for its term")
tap.ok(all(plain[f] == own[f] for f in plain if f.startswith("tables/")
           and not f.endswith(("term_pairs.csv", "communities.csv", "columns.csv"))
           and "keyness" not in f), "no other table changes")
themes, own_themes = ([r for r in rows(x, "communities") if r["network"] == "themes"]
                      if "tables/communities.csv" in x else [] for x in (plain, own))
tap.ok(themes == own_themes, "nor the network of themes")
manifest, before = (json.loads(x["manifest.json"]) for x in (own, plain))
tap.ok(len(manifest["stop"]) == 16 and "stop" not in before
       and manifest["corpus"] == before["corpus"],
       "the manifest tells the list, and the corpus is the same")

program.run("tally", "-q", SAMPLE, "-o", "a.state")
_, state = analysed("state", "--stop", listed(f"{chosen}\nvar\n"), source=("a.state",))
tap.ok(rows(state, "keyness_by_unit") and chosen not in keys(state),
       "a state is analysed with it too: counts do not depend on it")
_, again = analysed("again", "--stop", listed(f"var\n{chosen}en\n{chosen}\n"))
tap.ok(json.loads(again["manifest.json"])["stop"] == manifest["stop"]
       and again["tables/term_pairs.csv"] == own["tables/term_pairs.csv"],
       "the order and the comments of a list are no setting")

done = program.run("analyse", "--no-log", SAMPLE, "--out", "negated", "--stop",
                   listed("och\ninte\naldrig\n"))
tap.ok(done.returncode == DONE and b"negation in the file of --stop: 2" in done.stderr,
       "negations among them are warned of")
empty, latin = program.path_of("empty.txt"), program.path_of("latin.txt")
empty.write_text("# none\n\n")
latin.write_bytes("och\nför\n".encode("latin-1"))
garbled = program.path_of("garbled.txt")
garbled.write_bytes("och\nför\n".encode().decode("cp1252").encode())
for claim, code, says, options in [
        ("an empty list is refused", 2, b"--no-stop", ["--stop", empty]),
        ("--stop beside --no-stop is refused", 2, b"--no-stop", ["--stop", latin, "--no-stop"]),
        ("a list that is not UTF-8 is refused", 3, b"word 2 is not UTF-8",
         ["--stop", latin]),
        ("a list whose letters were lost is refused", 3, b"word 2 has lost letters",
         ["--stop", garbled]),
        ("a list that is not there is refused", 3, b"the file of --stop", ["--stop", "none.txt"])]:
    done, _ = analysed("wrong", *options)
    tap.ok(done.returncode == code and says in done.stderr
           and not program.path_of("wrong").exists(), claim)
tap.done()
