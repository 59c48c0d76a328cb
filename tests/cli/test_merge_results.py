#!/usr/bin/env python3
"""Several results in one file: a column run, comments, views over runs."""
import csv
import sqlite3
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = list(csv.DictReader(f))
half = program.path_of("half.csv")
with open(half, "w", encoding="utf-8", newline="") as f:
    out = csv.DictWriter(f, rows[0].keys())
    out.writeheader()
    out.writerows(rows[: len(rows) * 2 // 3])
a, b, both = (program.path_of(n) for n in ("a", "b", "both.sqlite"))
program.run("analyse", "-q", "--no-log", SAMPLE, "--out", a)
program.run("analyse", "-q", "--no-log", "--no-pairs", "--k", "6", half, "--out", b)

done = program.run("merge-results", f"2024={a}", b, "-o", both)
tap.ok(done.returncode == DONE and both.exists(), "two results make one file")
db = sqlite3.connect(both)
runs = db.execute("SELECT run, k, audience, length(corpus) FROM runs ORDER BY run").fetchall()
tap.ok(runs == [("2024", 5, "internal", 64), ("run-2", 6, "internal", 64)],
       "runs are told with what they are")


def same(folder, run, table):
    one = sqlite3.connect(folder / "results.sqlite")
    return (one.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() ==
            [r[1:] for r in db.execute(f"SELECT * FROM {table} WHERE run = ? ORDER BY rowid",
                                       (run,))])


names = [n for n, in db.execute("SELECT name FROM tables WHERE run = '2024'")]
tap.ok(len(names) >= 12 and all(same(a, "2024", n) for n in names), "every row of the first")
names = [n for n, in db.execute("SELECT name FROM tables WHERE run = 'run-2'")]
tap.ok(all(same(b, "run-2", n) for n in names), "and of the second")
over = db.execute("SELECT theme, count(*) FROM themes_over_runs GROUP BY theme").fetchall()
tap.ok(any(n == 2 for _, n in over), "a view sets runs side by side")
sql = "\n".join(s for s, in db.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL"))
tap.ok("-- the run, as in runs" in sql and "-- distinct writers behind the cell" in sql,
       "the schema says what columns mean")
tap.ok("-- distinct writers behind the cell" in "\n".join(
    s for s, in sqlite3.connect(a / "results.sqlite").execute(
        "SELECT sql FROM sqlite_schema WHERE sql NOT NULL")), "in single results too")
views = [v for v, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
tap.ok(len(views) > 8 and all(db.execute(f"SELECT * FROM {v}").fetchall() is not None
                              for v in views), "all views can be read")
tap.ok(program.run("merge-results", a, b, "-o", both).returncode == USAGE,
       "a file that is there stays")
done = program.run("merge-results", f"x={a}", f"x={b}", "-o", program.path_of("c.sqlite"))
tap.ok(done.returncode == USAGE and b"same name" in done.stderr, "names must differ")
done = program.run("merge-results", program.folder, "-o", program.path_of("d.sqlite"))
tap.ok(done.returncode == UNREADABLE and not program.path_of("d.sqlite").exists(),
       "what is no results folder is refused")
state, seal, over_parties = (program.path_of(n) for n in ("p.state", "p.sealed", "p"))
program.run("seal", SAMPLE, "--no-log", "--party", "Norr", "-o", seal)
program.run("analyse", "-q", seal, "--out", over_parties)
done = program.run("merge-results", a, over_parties, "-o", program.path_of("e.sqlite"))
tap.ok(done.returncode == USAGE and b"over parties" in done.stderr and
       not program.path_of("e.sqlite").exists(), "tables of unlike columns do not go together")
tap.done()
