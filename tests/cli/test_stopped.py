#!/usr/bin/env python3
"""A signal in the middle, and files and folders that one may not read or write: outputs are
whole or not there, nothing unfinished is left, and what is wrong is told.

    test_stopped.py EFTERTANKE
"""
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
at = program.path_of
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": str(at("state"))}
ENV.update({n: os.environ[n] for n in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if n in os.environ})

with open(SAMPLE, encoding="utf-8", newline="") as f, open(at("big.csv"), "w", encoding="utf-8", newline="") as g:
    rows = list(csv.reader(f))
    out = csv.writer(g)
    out.writerow(rows[0])
    out.writerows([f"{r[0]}-{turn}", *r[1:]] for turn in range(3) for r in rows[1:])
program.run("tally", "-q", SAMPLE, "-o", at("a.state"))
program.run("analyse", "-q", "--no-log", "--no-pairs", SAMPLE, "--out", at("res"))
program.run("seal", at("a.state"), "--party", "Norr", "--no-log", "-o", at("n.sealed"))


def is_json_lines(path):
    return all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def is_folder(path):
    return program.run("verify", path).returncode == DONE


def is_database(path):
    db = sqlite3.connect(path)
    return db.execute("SELECT count(*) FROM runs").fetchone() == (2,)


# A signal ------------------------------------------------------------------------------------
COMMANDS = {
    "analyse": (["analyse", "-q", "--no-log", "--review", "--veiled", "--keep-hits", "big.csv", "--out", "new"], is_folder),
    "anonymise": (["anonymise", "-q", "big.csv", "--map-out", "new.map", "-o", "new"], is_json_lines),
    "themes": (["themes", "-q", "big.csv", "-o", "new"], is_json_lines),
    "tally": (["tally", "-q", "big.csv", "-o", "new"],
              lambda p: program.run("merge", "-q", p, "-o", at("again"), "--force").returncode == DONE),
    "merge": (["merge", "-q", "a.state", "-o", "new"], lambda p: p.read_bytes() == at("a.state").read_bytes()),
    "seal": (["seal", "a.state", "--party", "Norr", "--no-log", "-o", "new"],
             lambda p: p.read_bytes() == at("n.sealed").read_bytes()),
    "merge-results": (["merge-results", "a=res", "b=res", "-o", "new"], is_database),
    "report": (["report", "res", "-o", "new"], lambda p: p.read_text(encoding="utf-8").rstrip().endswith("</html>")),
    "lexicon": (["lexicon", "convert", "karna", "new.xml"],
                lambda p: p.read_text(encoding="utf-8").rstrip().endswith("</lexicon>")),
}
MOMENTS = 10
known = set(os.listdir(program.folder)) | {"state", "again"}


def clear():
    for left in set(os.listdir(program.folder)) - known:
        shutil.rmtree(at(left)) if at(left).is_dir() else at(left).unlink()


for name, (words, whole) in COMMANDS.items():
    clear()
    started = time.monotonic()
    first = subprocess.run([program.path, *words], cwd=program.folder, env=ENV, capture_output=True, check=False)
    took, bad, ended = time.monotonic() - started, [], 0
    new = at(words[-1])
    good = first.returncode == DONE and whole(new)
    for moment in range(MOMENTS):
        clear()
        child = subprocess.Popen([program.path, *words], cwd=program.folder, env=ENV, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(took * (moment + 0.5) / MOMENTS)
        child.send_signal(signal.SIGTERM)
        ended += child.wait() == -signal.SIGTERM
        # the map is in place before the text: alone it is whole too
        unfinished = set(os.listdir(program.folder)) - known - {new.name, "new.map"}
        bad += [moment] if unfinished or (new.exists() and not whole(new)) else []
    tap.ok(good and not bad, f"{name}: a signal leaves all of it or nothing ({ended} of {MOMENTS} ended by it)")

# Permissions ---------------------------------------------------------------------------------
AS = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
closed, mine = at("closed"), at("mine")
for folder in (closed, mine):
    folder.mkdir()
mine.chmod(0o777)
closed.chmod(0o555)
program.folder.chmod(0o755)
for name, origin in (("no.csv", SAMPLE), ("no.state", at("a.state")), ("no.txt", SAMPLE)):
    shutil.copyfile(origin, at(name))
    at(name).chmod(0)
shutil.copytree(at("res"), at("no-res"))
(at("no-res") / "manifest.json").chmod(0)


def other(*words):
    return subprocess.run([program.path, *map(str, words)], cwd=program.folder,
                          env=dict(ENV, XDG_STATE_HOME=str(closed)), capture_output=True, check=False, **AS)


try:
    able = other("--version").returncode == DONE
except OSError:
    able = False
if not able:
    print("# another user cannot run the program here: permissions are not tried")
for words, said in (
        (("analyse", "-q", "no.csv", "--no-log", "--out", mine / "x"), "may not be read"),
        (("analyse", "-q", SAMPLE, "--no-log", "--out", closed / "x"), "you may not write there"),
        (("analyse", "-q", SAMPLE, "--no-log", "--force", "--out", at("res")), "you may not write there"),
        (("analyse", "-q", SAMPLE, "--out", mine / "x"), "--log FILE names another"),
        (("analyse", "-q", SAMPLE, "--log", closed / "x", "--out", mine / "x"), "you may not write there"),
        (("analyse", "-q", SAMPLE, "--no-log", "--key", "no.txt", "--out", mine / "x"), "--key"),
        (("anonymise", "-q", SAMPLE, "-o", closed / "x"), "you may not write there"),
        (("anonymise", "-q", SAMPLE, "-o", mine / "x", "--map-out", closed / "x"), "you may not write there"),
        (("tally", "-q", SAMPLE, "-o", closed / "x"), "you may not write there"),
        (("merge", "no.state", "-o", mine / "x"), "may not be read"),
        (("report", "no-res", "-o", mine / "x"), "or not one that you may read"),
        (("verify", "no-res"), "or not one that you may read"),
        (("merge-results", "no-res", "-o", mine / "x"), "or not one that you may read"),
        (("merge-results", "res", "-o", closed / "x"), "you may not write there"),
        (("lexicon", "check", "no.txt"), "is it a file that you may read?")):
    if able:
        done = other(*words)
        tap.ok(done.returncode in (UNREADABLE, USAGE) and said.encode() in done.stderr
               and not os.listdir(mine) and not os.listdir(closed), f"{words[0]}: {said}")
done = program.run("merge-results", "a=res", "-o", at("a.state"))
tap.ok(done.returncode == USAGE and b"--force" not in done.stderr, "no option is named that the command does not have")
closed.chmod(0o755)
tap.done()
