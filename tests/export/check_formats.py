"""The formats that others read, read by somebody else.

    check_formats.py MAKE_RESULTS

MAKE_RESULTS writes a sample as a results folder and, beside it, every value in a plain
form. Here the folder is read with Python's own csv, json and sqlite3, which share no code
with the writers, and compared value by value. Prints TAP.
"""
import csv
import json
import math
import pathlib
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile

TEXT, INTEGER, REAL = 1, 2, 3
TYPES = {TEXT: "text", INTEGER: "integer", REAL: "real"}
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
OPEN = {"terms", "term_pairs"}
SUMMARY_ROWS = 100


class Sample:
    """A results folder, and what should be in it."""

    def __init__(self, program, base, name, writers):
        self.path = base / name
        expected = base / (name + ".expected")
        subprocess.run([program, self.path, expected, writers], check=True)
        self.columns = {}  # table -> [(column, type)]
        self.rows = {}  # table -> [[value]]
        for line in expected.read_text(encoding="ascii").splitlines():
            table, row, column, kind, value = line.split("\t")
            rows = self.rows.setdefault(table, [])
            columns = self.columns.setdefault(table, [])
            if int(row) == len(rows):
                rows.append([])
            if int(row) == 0:
                columns.append((column, int(kind)))
            rows[-1].append(self.value(int(kind), value))

    @staticmethod
    def value(kind, text):
        if text == "-":
            return None
        if kind == TEXT:
            return bytes.fromhex(text).decode("utf-8")
        return int(text) if kind == INTEGER else float.fromhex(text)

    def csv_rows(self, table):
        with open(self.path / "tables" / (table + ".csv"), encoding="utf-8", newline="") as f:
            return list(csv.reader(f, strict=True))

    def database(self):
        return sqlite3.connect(f"file:{self.path / 'results.sqlite'}?mode=ro", uri=True)

    def summary(self):
        return json.loads((self.path / "summary.json").read_text(encoding="utf-8"),
                          object_pairs_hook=once, parse_constant=refuse)


def once(pairs):
    assert len(dict(pairs)) == len(pairs), "a member twice"
    return dict(pairs)


def refuse(constant):
    raise AssertionError(constant + " is no JSON")


def ten_digits(a, b):
    return math.isclose(a, b, rel_tol=1e-9)


def as_cell(kind, value):
    """What the cell of a text or an integer must read."""
    if value is None:
        return ""
    if kind == TEXT and value.startswith(FORMULA):
        return "'" + value
    return str(value)


def csv_holds_every_value(s):
    for table, columns in s.columns.items():
        head, *rows = s.csv_rows(table)
        assert head == [name for name, _ in columns], table
        assert len(rows) == len(s.rows[table]), table
        for cells, values in zip(rows, s.rows[table]):
            assert len(cells) == len(columns), table
            for (_, kind), cell, value in zip(columns, cells, values):
                if kind == REAL and value is not None:
                    assert ten_digits(float(cell), value), (table, cell)
                else:
                    assert cell == as_cell(kind, value), (table, cell)


def csv_lines_end_in_lf_without_a_byte_order_mark(s):
    for path in (s.path / "tables").iterdir():
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\n"), path.name
        outside = re.sub(rb'"[^"]*"', b"", data)  # cells with line ends are quoted
        assert b"\r" not in outside, path.name


def no_cell_runs_as_a_formula(s):
    texts = defused = 0
    for table, columns in s.columns.items():
        for cells in s.csv_rows(table)[1:]:
            for (_, kind), cell in zip(columns, cells):
                if kind == TEXT:
                    texts += 1
                    assert not cell.startswith(FORMULA), (table, cell)
                    defused += cell.startswith("'") and cell[1:].startswith(FORMULA)
                else:
                    assert re.fullmatch(r"(-?\d+(\.\d+)?(e[+-]\d+)?)?", cell), (table, cell)
    assert texts > 300 and defused == 8, (texts, defused)


def reals_have_at_most_ten_digits(s):
    for table, columns in s.columns.items():
        for cells in s.csv_rows(table)[1:]:
            for (_, kind), cell in zip(columns, cells):
                if kind == REAL and cell:
                    digits = re.sub(r"e.*|[^0-9]", "", cell).lstrip("0")
                    assert len(digits) <= 10, (table, cell)


def columns_csv_describes_every_column_in_order(s):
    head, *rows = s.csv_rows("columns")
    assert head == ["table", "column", "type", "unit", "description"]
    told = {}
    for table, column, kind, _, description in rows:
        assert description
        told.setdefault(table, []).append((column, kind))
    for table, columns in s.columns.items():
        assert told.pop(table) == [(name, TYPES[kind]) for name, kind in columns], table
    assert list(told) == ["themes"]  # the only table without rows
    assert not any("no writer column" in row[4] for row in rows)


def sqlite_holds_every_value(s):
    with s.database() as db:
        for table, columns in s.columns.items():
            told = db.execute(f'SELECT name, type FROM pragma_table_info("{table}")')
            assert told.fetchall() == [(n, TYPES[k].upper()) for n, k in columns], table
            rows = db.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
            assert rows == [tuple(r) for r in s.rows[table]], table  # reals bit for bit
            for row, values in zip(rows, s.rows[table]):
                assert [type(v) for v in row] == [type(v) for v in values], table


def sqlite_is_sound_and_leaves_nothing_beside(s):
    with s.database() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert not list(s.path.glob("results.sqlite-*"))
    head = (s.path / "results.sqlite").read_bytes()[:100]
    assert head[18:20] == b"\x01\x01"  # no WAL
    assert head[68:72] == b"EFTR"  # application id


def sqlite_describes_itself(s):
    with s.database() as db:
        tables = dict(db.execute("SELECT name, rows FROM tables"))
        assert tables == {"themes": 0} | {t: len(r) for t, r in s.rows.items()}
        told = db.execute("SELECT table_name, name, lower(type), unit, description"
                          " FROM columns ORDER BY table_name, position").fetchall()
        told = [tuple(as_cell(TEXT, v) for v in row) for row in told]  # npmi: "-1 to 1"
        assert sorted(told) == sorted(map(tuple, s.csv_rows("columns")[1:]))
        marks = db.execute("SELECT DISTINCT k, writer_column FROM tables")
        assert marks.fetchall() == [(5, 1)]


def views_can_all_be_read(s):
    with s.database() as db:
        views = [v for v, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        shown = {v for v in views if v.endswith("_shown")}
        for view in shown:
            rows = db.execute(f"SELECT count(*) FROM {view.removesuffix('_shown')} WHERE shown = 1")
            assert db.execute(f"SELECT count(*) FROM {view}").fetchall() == rows.fetchall(), view
        assert shown
        views = [v for v in views if v not in shown]
        assert sorted(views) == ["feeling_by_theme_mean", "term_pairs_ranked",
                                 "theme_by_unit_range", "theme_pairs_ranked"]
        for view in views:
            assert db.execute(f"SELECT * FROM {view}").fetchall(), view
        ranked = db.execute("SELECT level, logdice FROM term_pairs_ranked").fetchall()
        assert ranked == sorted(ranked, key=lambda r: (r[0], -r[1]))
        ranges = db.execute("SELECT theme, difference, units FROM theme_by_unit_range")
        assert ranges.fetchall() == [("oro", 0.75, 2), ("gladje", 0.25, 2)]


def summary_holds_every_value(s):
    summary = s.summary()
    for table, columns in s.columns.items():
        told = summary["tables"][table]
        rows, wanted = told["rows"], s.rows[table]
        assert told["row_count"] == len(wanted), table
        if table in OPEN:
            wanted = wanted[:SUMMARY_ROWS]
        assert len(rows) == len(wanted), table
        for row, values in zip(rows, wanted):
            assert list(row) == [name for name, _ in columns], table
            for (name, kind), value in zip(columns, values):
                if kind == REAL and value is not None:
                    assert ten_digits(row[name], value), (table, name)
                else:
                    assert row[name] == value, (table, name)


def summary_says_what_the_figures_stand_on(s):
    summary = s.summary()
    assert {k: v for k, v in summary.items() if k != "tables"} == {
        "k": 5, "audience": "internal", "writer_column": True, "hidden_cells": 10,
        "missing": ["quotes"]}
    assert set(summary["tables"]) == set(s.rows) | {"themes"}
    assert summary["tables"]["terms"]["hidden"] == 7


def hidden_rows_hold_their_keys_only(s):
    keys = {"scope", "label", "facet", "theme", "feeling", "level", "theme_a", "theme_b",
            "shown"}
    hidden = 0
    for table in s.summary()["tables"].values():
        for row in table["rows"]:
            if row.get("shown") == 0:
                hidden += 1
                assert {name for name, v in row.items() if v is not None} <= keys
    assert hidden == 8


def modes_are_as_documented(s):
    def mode(path):
        return stat.S_IMODE(path.stat().st_mode)

    folder = mode(s.path)  # what the umask left
    assert folder & ~0o755 == 0 and folder & 0o700 == 0o700
    for path in s.path.rglob("*"):
        assert mode(path) == (folder if path.is_dir() else folder & 0o644), path.name


def same_bytes_from_the_same_results(s, again):
    names = sorted(p.relative_to(s.path) for p in s.path.rglob("*"))
    assert names == sorted(p.relative_to(again.path) for p in again.path.rglob("*"))
    for name in names:
        if (s.path / name).is_file():
            assert (s.path / name).read_bytes() == (again.path / name).read_bytes(), name


def without_a_writer_column_every_table_is_marked(s):
    summary = s.summary()
    assert summary["writer_column"] is False
    assert all(t["writer_column"] is False for t in summary["tables"].values())
    marked = {row[0] for row in s.csv_rows("columns") if "no writer column" in row[4]}
    assert marked == set(summary["tables"])
    with s.database() as db:
        assert db.execute("SELECT sum(writer_column) FROM tables").fetchone() == (0,)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="eftertanke-test-") as folder:
        base = pathlib.Path(folder)
        one = Sample(program, base, "one", "writers")
        two = Sample(program, base, "two", "writers")
        unmarked = Sample(program, base, "three", "none")
        claims = [(claim, (one,)) for claim in (
            csv_holds_every_value, csv_lines_end_in_lf_without_a_byte_order_mark,
            no_cell_runs_as_a_formula, reals_have_at_most_ten_digits,
            columns_csv_describes_every_column_in_order, sqlite_holds_every_value,
            sqlite_is_sound_and_leaves_nothing_beside, sqlite_describes_itself,
            views_can_all_be_read, summary_holds_every_value,
            summary_says_what_the_figures_stand_on, hidden_rows_hold_their_keys_only,
            modes_are_as_documented)]
        claims.append((same_bytes_from_the_same_results, (one, two)))
        claims.append((without_a_writer_column_every_table_is_marked, (unmarked,)))
        print(f"1..{len(claims)}")
        failed = 0
        for number, (claim, samples) in enumerate(claims, 1):
            try:
                claim(*samples)
                print(f"ok {number} - {claim.__name__}")
            except Exception as fault:  # any fault of a reader is a failed claim
                failed += 1
                print(f"not ok {number} - {claim.__name__}")
                print(f"# {type(fault).__name__}: {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
