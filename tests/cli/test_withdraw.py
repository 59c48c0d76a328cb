#!/usr/bin/env python3
"""Who withdraws was never there; who does not consent never comes in."""
import csv
import json
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, SET_ASIDE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
columns = list(rows[0])
gone = sorted({r["skribent"] for r in rows if r["skribent"]})[3:6]


def write(name, records, fields=None):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8", newline="") as out:
        w = csv.DictWriter(out, fields or columns, extrasaction="ignore")
        w.writeheader()
        w.writerows(records)
    return path


def tally(name, *arguments):
    path = program.path_of(name)
    done = program.run("tally", *arguments, "-o", path, "--force")
    return (path.read_bytes() if path.exists() else b""), done


names = program.path_of("names")
names.write_text("".join(f"  {n.upper()} \n" for n in gone), encoding="utf-8")
whole = write("whole.csv", rows)
left = write("left.csv", [r for r in rows if r["skribent"] not in gone])
key = program.path_of("key")
key.write_bytes(b"k" * 32)
for how in ((), ("--key", key)):
    told = " under a key" if how else ""
    tally("all.state", *how, whole)
    state, done = tally("less.state", *how, program.path_of("all.state"), "--withdraw", names)
    expected, _ = tally("left.state", *how, left)
    tap.ok(done.returncode == DONE and len(state) > 1000 and state == expected,
           "a state without three writers is one that never had them" + told)
taken = sum(r["skribent"] in gone for r in rows)
tap.ok(f"{taken} reflections of 3 named".encode() in done.stderr, "how many is told")
tap.ok(not any(n.encode() in done.stdout + done.stderr for n in gone), "and not who")

_, done = tally("no.state", program.path_of("all.state"), "--withdraw", names)
tap.ok(done.returncode == USAGE and b"another key" in done.stderr,
       "names cannot be looked up with another key")
names.write_text("Ingen Alls\n", encoding="utf-8")
state, done = tally("same.state", "--key", key, program.path_of("all.state"), "--withdraw",
                    names)
tap.ok(done.returncode == SET_ASIDE and state == program.path_of("all.state").read_bytes() and
       b"Ingen" not in done.stderr, "who is not there changes nothing and is counted")

parts = [write(f"p{i}.csv", rows[i::3]) for i in range(3)]
for i in range(3):
    tally(f"p{i}.state", parts[i])
names.write_text("".join(n + "\n" for n in gone), encoding="utf-8")
state, _ = tally("parts.state", *(program.path_of(f"p{i}.state") for i in range(3)),
                 "--withdraw", names)
tap.ok(state == tally("left.state", left)[0], "also out of merged parts")

bare = [c for c in columns if c != "skribent"]
gone_ids = [(r["id"], r["uppdrag"]) for r in rows[10:14]]
names.write_text("".join(f"{i}\t{u}\n" for i, u in gone_ids), encoding="utf-8")
tally("bare.state", write("bare.csv", rows, bare))
state, _ = tally("bare2.state", program.path_of("bare.state"), "--withdraw", names)
tap.ok(state == tally("bare3.state", write("bare3.csv", [
    r for r in rows if (r["id"], r["uppdrag"]) not in gone_ids], bare))[0],
    "without a column of writers reflections are taken out by id")

yes = ["ja", "JA", "yes", "1", "true", " x ", "J"]
no = ["nej", "no", "0", "", "kanske", "ja tack, men inte allt"]
for i, r in enumerate(rows):
    r["Samtycke"] = yes[i % len(yes)] if i % 3 else no[i // 3 % len(no)]
asked = write("asked.csv", rows, columns + ["Samtycke"])
given = write("given.csv", [r for i, r in enumerate(rows) if i % 3], columns)
left_out = len(rows) - sum(bool(i % 3) for i in range(len(rows)))
out, other = program.path_of("out"), program.path_of("other")
done = program.run("analyse", "--no-log", asked, "--out", out)
program.run("analyse", "-q", "--no-log", given, "--out", other)
tap.ok(f"records without consent: {left_out}".encode() in done.stderr, "they are counted")
a, b = contents(out / "tables"), contents(other / "tables")
tap.ok(a == b, "tables are those of the records with consent")
manifest = json.loads((out / "manifest.json").read_text())
tap.ok(manifest["records"]["no_consent"] == left_out, "the manifest has their number")
lines = program.run("anonymise", "-q", asked).stdout.count(b"\n")
tap.ok(lines == len(rows) - left_out, "veiled lines are of the records with consent too")
lines = program.run("tokenise", "-q", "--veil", asked).stdout.count(b"\n")
tap.ok(lines == len(rows) - left_out, "and tokens")


def same_but_counter(one, two):
    """States differ in the counter of those left out alone: the tables of both are equal."""
    made = []
    for n, state in enumerate((one, two)):
        folder = program.path_of(f"of{n}")
        program.run("analyse", "-q", "--no-log", "--no-report", state, "--out", folder, "--force")
        made.append((contents(folder / "tables"), json.loads((folder / "manifest.json").read_text())))
    return made[0][0] == made[1][0] and len(made[0][0]) > 5 and \
        made[0][1]["records"]["no_consent"] == left_out


asked_state, given_state = program.path_of("asked.state"), program.path_of("given.state")
tally("asked.state", asked)
tally("given.state", given)
tap.ok(same_but_counter(asked_state, given_state), "a state holds those with consent alone, and how "
       "many were left out")
seals = []
for name, source in (("asked", asked), ("given", given), ("of-state", asked_state)):
    path = program.path_of(name + ".sealed")
    done = program.run("seal", source, "--party", "Ettan", "--no-log", "-o", path, "--force")
    seals.append((done.returncode, path.read_bytes() if path.exists() else b""))
tap.ok(seals[0][0] == 0 and len(seals[0][1]) > 500 and seals[0] == seals[1] == seals[2],
       "a sealed state too, of texts and of a state")
people = program.path_of("people")
people.write_text("".join(n + "\n" for n in gone), encoding="utf-8")
seals = []
for name, arguments in (("went", [whole, "--withdraw", people]), ("never", [left])):
    tally(name + ".state", *arguments)
    path = program.path_of(name + ".sealed")
    program.run("seal", program.path_of(name + ".state"), "--party", "Ettan", "--no-log", "-o", path)
    seals.append(path.read_bytes())
tap.ok(len(seals[0]) > 500 and seals[0] == seals[1],
       "who is taken out while texts are tallied is in no seal of that state")
for name, source in (("went", program.path_of("went.state")), ("never", left)):
    program.run("analyse", "-q", "--no-log", "--no-report", "--no-pairs", source, "--out",
                program.path_of(name))
a, b = (contents(program.path_of(n) / "tables") for n in ("went", "never"))
tap.ok(a == b and len(a) > 5, "... and in no table")
path = program.path_of("asked.jsonl")
with open(path, "w", encoding="utf-8") as f:
    for i, r in enumerate(rows):
        f.write(json.dumps({"id": r["id"], "text": r["reflektion"], "consent":
                            [True, False, None, 1, "ja", 0][i % 6]}) + "\n")
lines = program.run("themes", "-q", path).stdout.count(b"\n")
tap.ok(lines == sum(i % 6 in (0, 3, 4) for i in range(len(rows))), "JSON says true and false")
with open(path, "w", encoding="utf-8") as f:
    for i, r in enumerate(rows[:40]):
        one = {"id": r["id"], "text": r["reflektion"]}
        f.write(json.dumps(one if i in (20, 30) else dict(one, consent=i % 2 == 1)) + "\n")
lines = program.run("themes", "-q", path).stdout.count(b"\n")
tap.ok(lines == 20, "a record without the member, where others have it, does not consent")
text = path.read_text(encoding="utf-8").splitlines()
path.write_text("\n".join([text[20]] + text[:20]) + "\n", encoding="utf-8")
done = program.run("analyse", "-q", "--no-log", path, "--out", program.path_of("late"))
tap.ok(done.returncode == USAGE and b"record 2 says whether it consents" in done.stderr and
       not program.path_of("late").exists(),
       "a member of consent that comes late is refused: those before may not have given it")
mapped = write("mapped.csv", [dict(r, ok=r["Samtycke"]) for r in rows], columns + ["ok"])
lines = program.run("anonymise", "-q", "--map", "consent=ok", mapped).stdout.count(b"\n")
tap.ok(lines == len(rows) - left_out, "another column can be mapped")
tap.done()
