#!/usr/bin/env python3
"""verify finds what was changed in a finished folder, with file and row."""
import json
import shutil
import sqlite3
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, SET_ASIDE, UNREADABLE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
whole, out = program.path_of("whole"), program.path_of("out")
program.run("analyse", "-q", "--no-log", SAMPLE, "--out", whole)
done = program.run("verify", whole)
tap.ok(done.returncode == DONE and done.stdout == b"nothing differs\n", "a fresh folder is whole")


def changed(change):
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(whole, out)
    change()
    return program.run("verify", out)


def edit(name, old, new):
    path = out / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rehash():
    """What somebody does who knows of the hashes."""
    import hashlib
    run = json.loads((out / "run.json").read_text())
    run["files"] = {n: hashlib.sha256((out / n).read_bytes()).hexdigest() for n in run["files"]}
    (out / "run.json").write_text(json.dumps(run))


lines = (whole / "tables" / "themes.csv").read_text(encoding="utf-8").split("\n")
row = next(i for i, line in enumerate(lines) if ",any,1," in line)


def other_csv():
    edit("tables/themes.csv", lines[row], lines[row].replace(",any,1,", ",any,1,9"))
    rehash()


done = changed(other_csv)
tap.ok(done.returncode == SET_ASIDE and f"tables/themes.csv: row {row + 1} ".encode() in done.stdout,
       "a number changed in a CSV file is found by its row, hash or not")
done = changed(lambda: edit("report.html", "</body>", " </body>"))
tap.ok(done.returncode == SET_ASIDE and b"report.html: is not the one" in done.stdout,
       "a changed report is found by its hash")
done = changed(lambda: (out / "tables" / "terms.csv").unlink())
tap.ok(done.returncode == SET_ASIDE and b"tables/terms.csv: is not there" in done.stdout,
       "a lost file is found")


def other_database(sql):
    def change():
        db = sqlite3.connect(out / "results.sqlite")
        db.execute(sql)
        db.commit()
        db.close()
        rehash()
    return change


done = changed(other_database("UPDATE themes SET reflections = 4 WHERE shown = 0"))
tap.ok(done.returncode == SET_ASIDE and b"is hidden and has a number" in done.stdout,
       "a hidden row with a number is found")
done = changed(other_database("UPDATE themes SET writers = 2 WHERE shown = 1"))
tap.ok(done.returncode == SET_ASIDE and b"fewer than k" in done.stdout,
       "a shown row on too few is found")


def other_summary():
    text = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    text["tables"]["overview"]["rows"][0]["reflections"] += 1
    (out / "summary.json").write_text(json.dumps(text), encoding="utf-8")
    rehash()


done = changed(other_summary)
tap.ok(done.returncode == SET_ASIDE and b"summary.json: row 1 " in done.stdout,
       "a number changed in the summary is found")


def foreign_names():
    run = json.loads((out / "run.json").read_text())
    run["files"]["../../etc/passwd"] = "0"
    run["files"]["/Anna Svensson"] = "0"
    (out / "run.json").write_text(json.dumps(run))


done = changed(foreign_names)
tap.ok(done.returncode == SET_ASIDE and b"none of ours" in done.stdout and b"Anna" not in done.stdout
       and b"passwd" not in done.stdout, "names that are none of ours are neither read nor told")
for broken in (b"", b"{", b"[]", b'{"files": 3}', b"\xff"):
    done = changed(lambda broken=broken: (out / "run.json").write_bytes(broken))
    tap.ok(done.returncode == SET_ASIDE, "a broken run.json is a difference")
done = changed(lambda: (out / "results.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 90))
tap.ok(done.returncode == SET_ASIDE and b"results.sqlite: " in done.stdout, "so is a broken database")
done = program.run("verify", program.folder)
tap.ok(done.returncode == UNREADABLE, "what is no results folder is an input error")
tap.done()
