#!/usr/bin/env python3
"""Every number of the report stands in tables/*.csv, and is printed as it stands there.

    test_numbers.py EFTERTANKE

Reads the page with a parser of its own: cells of tables by row and column, numbers in
sentences and figures by the place they carry (data-s). Figures are XML, their Vega-Lite is
JSON, and a report drawn again from the folder is the same bytes.
"""
import csv
import html.parser
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402
import make_inputs  # noqa: E402

VOID = {"meta", "img", "br", "wbr", "rect", "line", "circle", "polygon", "path"}


class Page(html.parser.HTMLParser):
    """Numbers with their places, and the cells of tables."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.placed, self.cells = [], []     # (source, value, text), (table, row, column, value, text, hidden)
        self.open, self.table, self.row, self.columns, self.at = [], None, None, [], 0
        self.text, self.value, self.source = "", None, None
        self.hidden = False

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "table":
            self.table, self.columns, self.row = a["data-table"], [], None
        elif tag == "th" and "data-c" in a:
            self.columns.append(a["data-c"])
        elif tag == "tr" and "data-r" in a:
            self.row, self.at = int(a["data-r"]), -1
        elif tag in ("td", "th") and self.row is not None:
            self.at += 1
            self.hidden = False
        elif tag == "data" or (tag == "text" and "data-s" in a):
            self.text, self.value, self.source = "", a.get("value", a.get("data-v")), a.get("data-s")
        elif tag == "span" and a.get("class") == "dold" and self.row is not None:
            self.cells.append((self.table, self.row, self.columns[self.at], None, "", True))

    def handle_endtag(self, tag):
        if tag in ("data", "text") and self.value is not None:
            if self.source is not None:
                self.placed.append((self.source, self.value, self.text))
            elif self.row is not None:
                self.cells.append((self.table, self.row, self.columns[self.at], self.value, self.text, False))
            self.value = self.source = None
        elif tag == "table":
            self.table = self.row = None

    def handle_data(self, data):
        self.text += data


def number(text):
    """What a Swedish reader reads."""
    text = re.sub(r"[\u25b4\u25be]", "", text).replace("\u2212", "-").replace("\u00a0", "").replace(",", ".")
    return (float(text.rstrip("%")), text.endswith("%"), len(text.rstrip("%").partition(".")[2]))


def reads_as(text, value):
    """Is the printed text the exact value, rounded to as many digits as it shows?"""
    shown, percent, digits = number(text)
    exact = float(value) * (100 if percent else 1)
    return abs(float(f"{exact:.{digits}f}") - shown) < 1e-9 or f"{exact:.10g}" == f"{shown:.10g}"


def check(tap, name, folder):
    tables = {p.stem: list(csv.DictReader(open(p, encoding="utf-8", newline="")))
              for p in (folder / "tables").glob("*.csv")}
    page = Page()
    page.feed((folder / "report.html").read_text(encoding="utf-8"))
    wrong = []
    for source, value, text in page.placed:
        table, row, column = source.split(":")
        cell = tables[table][int(row)][column]
        if column == "share" and "%" not in text:
            text += "%"                  # thin cells of a heat map leave the sign to the note
        if cell != value or not reads_as(text, value):
            wrong.append((source, cell, value, text))
    tap.ok(len(page.placed) > 5 and not wrong, f"{name}: numbers in sentences and figures are those of the tables")
    for line in wrong[:5]:
        print("#", line)
    wrong = []
    for table, row, column, value, text, hidden in page.cells:
        line = tables[table][row]
        if hidden:
            bad = line["shown"] != "0" or line[column] != ""
        else:
            bad = line[column] != value or not reads_as(text, value)
        if bad:
            wrong.append((table, row, column, line[column], value, text))
    tap.ok(len(page.cells) > 20 and not wrong, f"{name}: cells of tables are those of the files")
    for line in wrong[:5]:
        print("#", line)


def check_figures(tap, folder):
    names = sorted(p.name for p in (folder / "figures").iterdir())
    for path in (folder / "figures").glob("*.svg"):
        xml.etree.ElementTree.parse(path)
    for path in (folder / "figures").glob("*.vl.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["data"]["values"]
    tap.ok(len(names) >= 20 and {n.partition(".")[0] for n in names if n.endswith(".svg")}
           == {n.partition(".")[0] for n in names if n.endswith(".vl.json")},
           "figures are XML and Vega-Lite is JSON")
    text = (folder / "report.html").read_text(encoding="utf-8")
    tap.ok(all(f'id="f-{n[:-4]}"' in text for n in names if n.endswith(".svg")),
           "each figure of the folder is in the page")


def main():
    tap, program = Tap(), Program(sys.argv[1])
    inputs = program.path_of("in")
    sys.argv = [sys.argv[0], str(inputs)]
    make_inputs.main()
    for name, path in [("sample", SAMPLE)] + [(p.stem, p) for p in sorted(inputs.glob("*.csv"))]:
        out = program.path_of(name)
        done = program.run("analyse", "-q", "--no-log", path, "--out", out, "--quotes", "auto")
        if not tap.ok(done.returncode == DONE, f"{name} is analysed"):
            print("#", done.stderr.decode("utf-8", "replace")[:300])
            continue
        check(tap, name, out)
    out = program.path_of("sample")
    check_figures(tap, out)
    size = sum(p.stat().st_size for p in program.folder.glob("*/report.html")) // 7
    tap.ok(size < 2_000_000, "reports are small")
    before, mode = (out / "report.html").read_bytes(), (out / "report.html").stat().st_mode
    done = program.run("report", out)
    tap.ok(done.returncode == DONE and (out / "report.html").read_bytes() == before
           and (out / "report.html").stat().st_mode == mode,
           "a report drawn again from the folder is the same bytes, for the same readers")
    done = program.run("report", out, "--lang", "en", "--sections", "themes", "--out", "-")
    tap.ok(b'<html lang="en">' in done.stdout and b'id="who"' not in done.stdout, "language and sections can be chosen")
    page = done.stdout.decode("utf-8")
    ids = set(re.findall(r'id="([^"]+)"', page))
    leads = re.findall(r'<a class="n" href="([^"]+)"', page)
    tap.ok(leads and all(x[1:] in ids if x[0] == "#" else (out / x).exists() for x in leads),
           "a number leads to its table in the page")
    done = program.run("report", out, "--sections", "years,units,sheets,time", "--out", "-")
    page = done.stdout.decode("utf-8")
    ids = set(re.findall(r'id="([^"]+)"', page))
    leads = re.findall(r'href="(#[^"]+|tables/[^"]+)"', page)
    tap.ok(leads and all(x[1:] in ids if x[0] == "#" else (out / x).exists() for x in leads),
           "and to its file where the page has not got it")
    done = program.run("report", inputs)
    tap.ok(done.returncode == UNREADABLE and b"no results folder" in done.stderr, "what is no results folder is refused")
    done = program.run("report", out, "--sections", "citat")
    tap.ok(done.returncode == USAGE and (out / "report.html").read_bytes() == before,
           "an unknown section leaves the report as it was")
    done = program.run("analyse", "--no-log", SAMPLE, "--out", program.path_of("plain"), "--no-report", "--lang", "en")
    tap.ok(not program.path_of("plain").joinpath("report.html").exists() and b"420 reflections by 60 writers"
           in done.stdout, "the summary follows --lang, and a report can be left out")
    out = program.path_of("facet")
    program.run("analyse", "-q", "--no-log", SAMPLE, "--out", out, "--no-pairs", "--no-inference", "--facet", "kön=känsla")
    titles = re.findall(r'data-title="([^"]+)" data-table="(?:themes|keyness)_by_kon"', (out / "report.html").read_text())
    tap.ok(titles and all(t.endswith("kön") for t in titles), "a facet is called as the user did")
    tap.ok(not any(line.endswith(b" ") for line in done.stdout.split(b"\n")), "no line of it ends in a blank")
    tap.done()


main()
