#!/usr/bin/env python3
"""A lexicon by somebody new, in a spreadsheet: converted, checked, used, and a codebook of it."""
import csv
import json
import sys
import xml.etree.ElementTree as xml

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, ROOT, SAMPLE, SET_ASIDE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])

# as a spreadsheet with Swedish settings saves it: semicolons, a byte order mark, CRLF
sheet = program.path_of("eget.csv")
sheet.write_bytes("\ufefftheme;entry\r\nrast;rast\r\nrast;vila | vilan\r\nrast;hinner =inte äta\r\n"
                  "musik;musik*\r\nmusik;part:sång\r\nmusik;xyzzyxord\r\n".encode())


def run(*arguments):
    done = program.run(*arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


own = program.path_of("eget.xml")
tap.ok(run("lexicon", "convert", sheet, own)[0] == 0 and own.exists(), "a spreadsheet becomes a lexicon")
code, _, err = run("lexicon", "convert", sheet, own)
tap.ok(code == 2 and "--force" in err, "nothing that is there is written over")
tap.ok(run("lexicon", "convert", sheet, own, "--force")[0] == 0, "unless that is asked for")
code, said, _ = run("lexicon", "check", own)
tap.ok(code == SET_ASIDE and "dead" in said and "xyzzy" not in said, "a word that nobody writes is found, by line")
code, said, _ = run("lexicon", "list", own)
tap.ok(code == DONE and "rast" in said and "3 entries" in said, "its themes are listed")
texts = program.path_of("texter.csv")
texts.write_text("id,writer,text\n1,a,Vi hinner inte äta i dag.\n2,b,Musiken hördes i korridoren.\n"
                 "3,c,Planeringen tog tid.\n", encoding="utf-8")
code, said, _ = run("themes", "-q", "--lexicon", own, texts)
lines = [json.loads(line) for line in said.splitlines()]
tap.ok([r["themes"] for r in lines] == [["rast"], ["musik"], []], "it finds what it says")
same = run("themes", "-q", "--lexicon", sheet, texts)[1]
tap.ok(same == said, "the spreadsheet itself does as well")
code, said, _ = run("lexicon", "check", own, "--corpus", texts)
rows = {p[1]: p[2:] for p in (line.split("\t") for line in said.splitlines()) if len(p) == 4}
tap.ok(code == DONE and rows["eget:rast:3"] == ["1 reflections", "1 writers"]
       and rows["eget:musik:3"] == ["0 reflections", "0 writers"]
       and "2 of 3 reflections have a theme (66.7 %); 4 of 6 entries" in said, "what each entry reaches of a corpus")
twice = program.path_of("samma.csv")
twice.write_text("id,writer,text\n1,Ada Ek,Vi hinner inte äta.\n2,ADA  EK ,Vi hinner inte äta nu.\n"
                 "2,Bo,Vi hinner inte äta.\n", encoding="utf-8")
tap.ok("2 reflections\t1 writers" in run("lexicon", "check", own, "--corpus", twice)[1], "a writer is one in any casing, a repeat counts once")
tap.ok(run("lexicon", "check", own, "--corpus", "-q", texts)[1].count("line ") == 4, "dead ones alone if asked")
code, said, _ = run("themes", "-q", "--lexicon", own, "--kwic", "rast", texts)
tap.ok('"match":"hinner inte äta"' in said, "each hit is seen with the words around it")
code, said, err = run("themes", "-q", "--lexicon", own, "--kwic", "Rast", texts)
tap.ok(code == USAGE and said == "" and "did you mean rast?" in err, "a theme that is none is told, with the nearest")
named = program.path_of("namn.csv")
named.write_text("Tema;Uttryck\nRast & vila;rast\nRast & vila;vila\nMusik;musik*\n", encoding="utf-8")
code, said, err = run("themes", "-q", "--lexicon", named, "--kwic", "musik", texts)
tap.ok(code == DONE and '"match":"Musiken"' in said, "themes may be named as people name them")
tap.ok("rast_vila\t2 entries\tRast & vila" in run("lexicon", "list", named)[1], "an id is made of the name")
two = program.path_of("tva.csv")
for other, said in (("rast-vila", "same id as that of the rows above"), ("Rast & VILA", "")):
    two.write_text(f"Tema;Uttryck\nRast & vila;rast\n{other};vila\n", encoding="utf-8")
    code, _, err = run("lexicon", "list", two)
    tap.ok(code == (UNREADABLE if said else DONE) and said in err and ("line 3" in err or not said),
           "two names that make one id are told, by line" if said else "capitals make no other name")
two.write_text("Tema;Uttryck\nÖga;öga\nMusik;musik\nOga;oga\n", encoding="utf-8")
code, _, err = run("lexicon", "check", two)
tap.ok(code == UNREADABLE and "line 4" in err and "same id" in err, "also where others stand between them")
code, _, err = run("themes", "-q", "--lexicon", named, "--lexicon", sheet, texts)
tap.ok(code == USAGE and "the same id" in err and "ID=FILE" in err, "two lexicons of one id are told, and where an id is given")
one = program.path_of("ett.csv")
one.write_text("Tema;Uttryck\nMat;äta\n", encoding="utf-8")
code, said, _ = run("themes", "-q", "--lexicon", named, "--lexicon", f"mat={one}", texts)
entries = [h["entry"] for line in said.splitlines() for h in json.loads(line)["hits"]]
tap.ok(code == DONE and entries == ["mat:mat:1", "eget:musik:1"], "a table without an id is given one by ID=FILE")
tap.ok(run("lexicon", "list", f"mat={one}")[1].startswith("mat 1.0.0: mat\n"), "lexicon list calls it so")
code, _, err = run("lexicon", "list", f"Mat={one}")
tap.ok(code == USAGE and "a word of a-z, 0-9 and _" in err, "what an id may be is told")
odd = program.path_of("a=b.csv")
odd.write_text("Tema;Uttryck\nMat;äta\n", encoding="utf-8")
tap.ok(run("lexicon", "list", "a=b.csv")[1].startswith("eget "), "a file may be called so")
code, _, err = run("lexicon", "list", "Kärna")
tap.ok(code == UNREADABLE and "by id: karna salutogent" in err, "an id that is none is answered with those that are")
renamed = program.path_of("mat.xml")
code = run("lexicon", "convert", f"mat={one}", renamed)[0]
tap.ok(code == DONE and xml.parse(renamed).getroot().get("id") == "mat", "and convert writes it")
code, _, err = run("lexicon", "list", f"annan={renamed}")
tap.ok(code == USAGE and "an id of its own, mat" in err, "a file that has an id keeps it")
settings = program.path_of("eftertanke.yaml")
settings.write_text(f"lexicon: ['a={named}', 'b={one}']\n", encoding="utf-8")
code, said, _ = run("themes", "-q", "--config", settings, texts)
tap.ok(code == DONE and '"b:mat:1"' in said and '"a:musik:1"' in said, "as do settings in a file")
two.write_text("kind;theme;entry\nlexicon;annat;\n;musik;sång\n", encoding="utf-8")
code, _, err = run("themes", "-q", "--lexicon", named, "--lexicon", two, texts)
tap.ok(code == USAGE and "theme with the id musik" in err, "two that share a theme too")
out = program.path_of("ut")
code, _, _ = run("analyse", "-q", "--no-log", "--no-inference", "--lexicon", own, SAMPLE, "--out", out)
with open(out / "tables" / "themes.csv", encoding="utf-8", newline="") as f:
    themes = {r["theme"] for r in csv.DictReader(f)}
tap.ok(code == DONE and themes == {"rast", "musik"}, "an analysis counts its themes")
both = program.path_of("bada")
code, _, _ = run("analyse", "-q", "--no-log", "--no-inference", "--lexicon", f"mat={one}", "--lexicon", named, SAMPLE,
                 "--out", both)
manifest = (both / "manifest.json").read_text(encoding="utf-8")
tap.ok(code == DONE and '"lexicon mat": "1.0.0' in manifest and '"lexicon eget": "1.0.0' in manifest, "the manifest has their ids")
book = program.path_of("eget.qdc")
code, _, err = run("lexicon", "convert", own, book)
names = [c.get("name") for c in xml.parse(book).iter("{urn:QDA-XML:codebook:1.0}Code")]
tap.ok(code == DONE and names == ["rast", "musik"] and "left out" in err, "it is a codebook for other programs")

# the lexicons that are carried keep what their examples promise
for path in sorted((ROOT / "lexicons" / "data" / "themes").glob("*.xml")):
    code, said, _ = run("lexicon", "check", path)
    tap.ok(code in (DONE, SET_ASIDE) and "or change the example" not in said,
           f"examples of {path.stem} come out as they say")

# through every other format and back
for ending in ("dic", "dicx", "yaml", "qdc"):
    there, back = program.path_of("dit." + ending), program.path_of("hem." + ending + ".xml")
    code, _, err = run("lexicon", "convert", own, there)
    code += run("lexicon", "convert", there, back)[0]
    found = [json.loads(line)["themes"] for line in run("themes", "-q", "--lexicon", back, texts)[1].splitlines()]
    tap.ok(code == DONE and len(found) == 3, f"there and back by .{ending}")
    if ending != "qdc":
        tap.ok(found[0] == [] or "rast" in found[0], f".{ending} keeps what it can say")
code, _, err = run("themes", "--lexicon", program.path_of("dit.yaml"), texts)
tap.ok(code == DONE, "a dictionary of another program is a lexicon as it is")
bad = program.path_of("bad.dic")
bad.write_text("%\n1\tOro\n%\nZebulonia\t9\n", encoding="utf-8")
code, _, err = run("lexicon", "check", bad)
tap.ok(code == UNREADABLE and "line 4" in err and "Zebulonia" not in err, "what is broken is told by its line")
tap.done()
