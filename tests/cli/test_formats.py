#!/usr/bin/env python3
"""The same texts give the same theme counts, whatever file they come in."""
import csv
import json
import os
import pty
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import SAMPLE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
with open(SAMPLE, encoding="utf-8", newline="") as f:
    rows = [r for r in csv.DictReader(f)]


def cp1252(text):
    return text.encode("cp1252", errors="ignore").decode("cp1252")


for r in rows:  # letters that Windows-1252 lacks would make other texts
    r["reflektion"] = cp1252(r["reflektion"]).replace("\r", "")
    r["skribent"] = cp1252(r["skribent"])
    r["kommentarer"] = cp1252(r["kommentarer"])


def written(name, encoding, delimiter, line):
    path = program.path_of(name)
    with open(path, "w", encoding=encoding, newline="") as out:
        w = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter, lineterminator=line)
        w.writeheader()
        w.writerows(rows)
    return path


def themes_of(*arguments):
    out = program.path_of("out")
    done = program.run("analyse", "-q", "--no-pairs", "--no-log", "--force", *arguments, "--out", out)
    if done.returncode > 1:
        return done.stderr
    return {n: (out / "tables" / f"{n}.csv").read_text(encoding="utf-8")
            for n in ("themes", "themes_by_unit", "theme_pairs")}


plain = themes_of(written("plain.csv", "utf-8", ",", "\n"))
tap.ok(isinstance(plain, dict), "the CSV is analysed")
tap.ok(themes_of(written("bom.csv", "utf-8-sig", ";", "\r\n")) == plain, "semicolons, BOM and CRLF")
excel = written("excel.csv", "cp1252", ";", "\r\n")
tap.ok(themes_of(excel) == plain, "an Excel export in Windows-1252")
warned = program.run("tally", excel, "-o", program.path_of("w.state"), "--force")
tap.ok(b"Windows-1252" in warned.stderr, "with a warning")
odd = program.path_of("odd.csv")
odd.write_text("id;text;datum;känsla;Hemvist;;Ålder;röster\n1;Vi hann.;i går;4;x;;7;2\n2;Vi hann inte.;2024-03-04;9;x;;7;två\n",
               encoding="utf-8")
said = program.run("tally", odd, "-o", program.path_of("o.state")).stderr.decode()
tap.ok("dropped: 2;" in said and "Hemvist" not in said, "columns that nobody asked for are counted, without their names")
tap.ok(all(f"{what} that could not be read: 1" in said for what in ("dates", "feelings", "votes or tags")),
       "values that cannot be read are counted by kind")


def columns(*arguments):
    """The columns as a terminal shows them: position, role, header."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(program.path, [program.path, "columns", *map(str, arguments)])
    seen = b""
    try:
        while part := os.read(fd, 65536):
            seen += part
    except OSError:  # the end, on Linux
        pass
    os.waitpid(pid, 0)
    return [line.split()[:2] for line in seen.decode().splitlines()]


tap.ok(columns(odd)[:5] == [["#1", "id"], ["#2", "text"], ["#3", "time"], ["#4", "feeling"], ["#5", "-"]], "columns are shown with their roles")
tap.ok(columns(odd, "--map", "unit=hemvist", "--facet", "alder=#7")[4:7] == [["#5", "unit"], ["#6", "-"], ["#7", "facet"]],
       "and as a mapping makes them")
tap.ok(themes_of(written("tabs.tsv", "utf-8", "\t", "\n")) == plain, "tabs")

lines = program.path_of("lines.jsonl")
with open(lines, "w", encoding="utf-8") as out:
    for r in rows:
        r = dict(r)
        r["taggar"] = [t for t in r["taggar"].split("|") if t]
        r["känsla"] = int(r["känsla"]) if r["känsla"] else None
        out.write(json.dumps(r, ensure_ascii=False) + "\n")
tap.ok(themes_of(lines) == plain, "JSON Lines")

folder = program.path_of("texts")
folder.mkdir()
for r in rows:
    (folder / f"{r['id']}.txt").write_text(r["reflektion"], encoding="utf-8")
bare = program.path_of("bare.csv")
with open(bare, "w", encoding="utf-8", newline="") as out:
    w = csv.writer(out)
    w.writerow(["id", "text"])
    w.writerows((r["id"], r["reflektion"]) for r in rows)
from_folder, from_bare = themes_of(folder), themes_of(bare)
tap.ok(isinstance(from_folder, dict) and from_folder["themes"] == from_bare["themes"],
       "a folder of texts, against the same texts without records")
tokens = [t for line in program.run("tokenise", "-q", SAMPLE).stdout.splitlines()
          for t in json.loads(line)["tokens"]]
tap.ok(tokens and all("".join(t["parts"]) == t["form"] for t in tokens),
       "the parts of every token concatenate to its form")
compounds = program.run("tokenise", "-q", "-", stdin="text\nFamiljehemmet ansvar\n".encode())
parts = [t["parts"] for t in json.loads(compounds.stdout)["tokens"]]
tap.ok(parts == [["Familje", "hemmet"], ["ansvar"]], "compounds are split, lexicalised words are not")
shown = [json.loads(line) for line in program.run("themes", "-q", "--kwic", "oro", SAMPLE).stdout.splitlines()]
found = [h for line in program.run("themes", "-q", SAMPLE).stdout.splitlines()
         for h in json.loads(line)["hits"] if h["theme"] == "oro"]
tap.ok([(h["entry"], h["polarity"]) for h in shown] == [(h["entry"], h["polarity"]) for h in found] and shown,
       "words in context come once for each hit of the theme")
tap.ok(all(h["match"] and len(h["left"].split()) < 40 for h in shown), "with the words around it")
tap.done()
