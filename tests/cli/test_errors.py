#!/usr/bin/env python3
"""Wrong use: clear errors, right exit codes, nothing half, no text, header or path told."""
import csv
import os
import signal
import stat
import subprocess
import re
import sys
import time

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, SET_ASIDE, UNREADABLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
SECRET = "Zebulonia"
out = program.path_of("out")


def fails(claim, code, says, *arguments, stdin=None):
    done = program.run(*arguments, stdin=stdin)
    message = done.stderr.decode("utf-8", "replace")
    good = done.returncode == code and says in message and SECRET not in message \
        and not out.exists() and str(program.folder) not in message
    if not tap.ok(good, claim):
        print(f"# exit {done.returncode}: {message.strip()[:200]}")


def made(name, text, encoding="utf-8"):
    path = program.path_of(name)
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


fails("no command", 2, "Commands", )
fails("an unknown command gets a suggestion", 2, "analyse", "analyze", SAMPLE)
fails("an unknown option gets a suggestion", 2, "--force", "analyse", "--forse", SAMPLE, "--out", out)
fails("an option of another command", 2, "does not go with", "themes", "--spans", SAMPLE)
fails("no --out", 2, "--out", "analyse", SAMPLE)
fails("a report of no folder", 3, "no results folder", "report", program.path_of(SECRET))
fails("no weights to list", 2, "no weights", "lexicon", "list", "--weights", "--decide", "none")
fails("weights that are not there", 3, "not core, not none", "themes", "--decide", "Core", SAMPLE)
fails("a missing file", 3, "input-1", "analyse", program.path_of(SECRET + ".csv"), "--out", out)
fails("a folder without texts", 3, "input-1", "analyse", program.folder, "--out", out)
no_text = made("notext.csv", f"id,{SECRET}\n1,hej\n")
fails("no column of texts", 3, "--map", "analyse", no_text, "--out", out)
two = made("two.csv", "id,text,reflektion\n1,a,b\n")
fails("two columns for one role", 2, "text", "analyse", two, "--out", out)
fails("a map without a role", 2, "--map", "analyse", "--map", "foo=bar", SAMPLE, "--out", out)
fails("a position that is none, of a facet", 2, "--facet", "analyse", "--facet", "x=#0", SAMPLE, "--out", out)
fails("an empty filter, as of a variable that is not set", 2, "needs a value",
      "analyse", "--where", "", SAMPLE, "--out", out)
fails("an empty list of categories", 2, "needs a value", "analyse", "--categories=", SAMPLE, "--out", out)
fails("k below 3", 2, "3", "analyse", "--k", "2", SAMPLE, "--out", out)
bare = made("bare.csv", "id,text\n" + "".join(f"{i},Vi hinner inte.\n" for i in range(30)))
fails("external without writers", 2, "writer", "analyse", "--audience", "external", bare, "--out", out)
fails("a missing parent of the results", 3, "folder", "analyse", SAMPLE, "--out",
      program.path_of("no/such/out"))
strict = made("strict.csv", f"id,text\n1,hej\n2,{SECRET},x,y\n")
fails("--strict stops at the first damaged row", 3, "record 2", "analyse", "--strict", strict, "--out", out)
lex = made("bad.xml", '<lexicon xmlns="urn:eftertanke:lexicon:1" id="x">\n<foo/></lexicon>')
fails("a wrong lexicon names the line", 3, "line", "analyse", "--lexicon", lex, SAMPLE, "--out", out)
fails("a damaged state", 3, "state", "analyse", made("x.state", b"EFTSTATE" + b"\0" * 40), "--out", out)
fails("raw tokens do not go to a file", 2, "names", "tokenise", SAMPLE, "-o", program.path_of("t.jsonl"))
fails("columns on a pipe", 2, "terminal", "columns", SAMPLE)

damaged = program.run("analyse", "-q", "--no-log", strict, "--out", out)
tap.ok(damaged.returncode == SET_ASIDE and (out / "set-aside.jsonl").read_text().count("\n") == 1
       and SECRET.encode() not in b"".join(contents(out).values()),
       "a damaged row is set aside, counted, and tells nothing")
again = program.run("analyse", "-q", "--no-log", strict, "--out", out)
tap.ok(again.returncode == USAGE and b"--force" in again.stderr, "results are not overwritten unasked")
before = contents(out)
foreign = program.path_of("foreign")
foreign.mkdir()
(foreign / "mine.txt").write_text("x")
mine = program.folder / "mine.csv"
for words in (("tally",), ("anonymise",), ("themes",), ("analyse", "-q")):
    mine.write_bytes(b"text\nHej\n")
    over = program.run(*words, mine, "-o", program.folder / "." / "mine.csv", "--force")
    tap.ok(over.returncode == USAGE and b"one of the inputs" in over.stderr
           and mine.read_bytes() == b"text\nHej\n", f"{words[0]}: --force spares the input")
kept = program.run("analyse", "-q", "--no-log", "--force", SAMPLE, "--out", foreign)
tap.ok(kept.returncode == USAGE and (foreign / "mine.txt").exists(), "a foreign folder is never replaced")
state = program.path_of("s.state")
program.run("tally", "-q", SAMPLE, "-o", state)
tap.ok(stat.S_IMODE(os.stat(state).st_mode) == 0o600, "a state has mode 0600")
for name in ("--help", "--version"):
    tap.ok(program.run(name).returncode == DONE, f"{name} works")
for name in ("analyse", "anonymise", "themes", "tokenise", "tally", "merge", "lexicon", "columns", "config", "evaluate", "review",
             "train", "seal", "report", "verify", "trace", "merge-results"):
    done = program.run(name, "--help")
    told = re.findall(r"^  (--?[a-z][a-z-]*)", done.stdout.decode(), re.M)
    refused = [o for o in told if b"does not go with" in program.run(name, o, "1").stderr]
    tap.ok(told + [name] and not refused, f"{name} takes what its help tells {refused}")
    tap.ok(done.returncode == DONE and done.stdout.find(b"Examples") < 200, f"{name} --help begins with examples")
piped = program.run("themes", "-q", "-", stdin=SAMPLE.read_bytes())
tap.ok(piped.stdout == program.run("themes", "-q", SAMPLE).stdout and piped.returncode == DONE,
       "standard input gives the same")

# kill -9 at many moments: the final name is whole or not there
big = program.path_of("big.csv")
with open(SAMPLE, encoding="utf-8", newline="") as f, open(big, "w", encoding="utf-8", newline="") as g:
    rows = list(csv.reader(f))
    w = csv.writer(g)
    w.writerow(rows[0])
    for turn in range(6):
        for row in rows[1:]:
            w.writerow([f"{row[0]}-{turn}", *row[1:]])
killed = program.path_of("killed")
whole = halves = 0
for moment in range(12):
    child = subprocess.Popen([program.path, "analyse", "-q", "--no-log", "--force", str(big),
                              "--out", str(killed)], cwd=program.folder,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.03 + 0.06 * moment)
    child.send_signal(signal.SIGKILL)
    child.wait()
    if killed.exists():
        whole += 1
        halves += not ((killed / "manifest.json").exists() and (killed / "results.sqlite").exists())
tap.ok(halves == 0, f"kill -9 leaves no half output ({whole} of 12 had finished)")

# a full disk is told as such, once, wherever the output goes
for what, arguments in (("a file of lines", ["anonymise", "-q", SAMPLE, "-o", "/dev/full"]),
                        ("standard output", ["tokenise", "-q", SAMPLE]),
                        ("a list", ["lexicon", "list", "--weights"])):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([program.path, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, check=False)
    tap.ok(done.returncode == UNREADABLE and done.stderr == b"eftertanke: the output could not be written: the disk is full\n",
           f"a full disk under {what} is told, once")

# the folder of a log must be there, as that of every output; the one in the state folder is made
nowhere = program.path_of("felstavad")
for words in (("analyse", "-q", SAMPLE, "--out", program.path_of("utan-logg")),
              ("analyse", "-q", SAMPLE, "--protect", "round:5", "--out", program.path_of("utan-logg")),
              ("seal", state, "--party", "Norr", "-o", program.path_of("utan-logg"))):
    done = program.run(*words, "--log", nowhere / "logg.jsonl")
    tap.ok(done.returncode == UNREADABLE and b"log could not be made: the folder it should lie in" in done.stderr
           and not nowhere.exists() and not program.path_of("utan-logg").exists(), f"{words[0]}: no folder is made for a log")
done = program.run("seal", state, "--party", "Norr", "-o", program.path_of("norr.sealed"))
own_log = program.folder / "state" / "eftertanke" / "releases.jsonl"
tap.ok(done.returncode == DONE and stat.S_IMODE(own_log.stat().st_mode) == 0o600
       and stat.S_IMODE(own_log.parent.stat().st_mode) == 0o700, "the state folder has one of its own")

# a log of a version whose tables had other columns is told apart from a damaged one
log = program.path_of("older.jsonl")
program.run("analyse", "-q", "--log", log, SAMPLE, "--out", program.path_of("older"))
line = re.sub(r'\["(overview|theme_pairs)",(\d+),', lambda m: f'["{m[1]}",{int(m[2]) - 1},',
              log.read_text(encoding="utf-8"))
log.write_text(line, encoding="utf-8")
done = program.run("analyse", "-q", "--log", log, SAMPLE, "--out", program.path_of("newer"))
tap.ok(done.returncode == USAGE and b"another version" in done.stderr and not program.path_of("newer").exists(),
       "a release log of another version is refused as such")
tap.done()
