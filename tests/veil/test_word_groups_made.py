#!/usr/bin/env python3
"""test_word_groups_made.py CLASSES.tsv KEYWORDS.tsv GROUPS.tsv...

What lexicons/build/word_groups.py makes and refuses, and that the rules and the files know
the same groups: one that no rule asks about is words that do nothing.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap  # noqa: E402

MAKER = tap.ROOT / "lexicons" / "build" / "word_groups.py"
VEIL = tap.ROOT / "engine" / "veil"
PREFIX = {"words": "GROUP_", "endings": "ENDS_", "beginnings": "BEGINS_"}
HEAD = ("# what\n# kind: {kind}\n# version: 1.0.0\n# source: written for this project\n"
        "# licence: Apache-2.0\n# columns: {columns}\n")
WORDS = HEAD.format(kind="words", columns="group<TAB>note; below it, behind a tab, its words")
ENDINGS = WORDS.replace("words\n# version", "endings\n# version")
BEGINNINGS = WORDS.replace("words\n# version", "beginnings\n# version")
CLASSES = HEAD.format(kind="", columns="word<TAB>class").replace("# kind: \n", "")
KEYWORDS = CLASSES.replace("word<TAB>class", "keyword<TAB>kind")
GOOD = {"classes": CLASSES + "apr\tmonth\nmaj\tmonth\n",
        "keywords": KEYWORDS + "tel\tphone\ntelefon*\tphone\n",
        "words": WORDS + "animals\twhat lives\n\thund katt\n\tål\nbirds\twhat flies\n\tkatt\n",
        "ends": ENDINGS + "definite\tthe\n\ten\n", "begins": BEGINNINGS + "days\ton\n\tfredags\n"}

check = tap.Tap()


def make(**files):
    """The exit code and complaint, and what was made."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        paths = []
        for name, content in {**GOOD, **files}.items():
            path = folder / (name + ".tsv")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        out = folder / "out.h", folder / "out.c"
        run = subprocess.run([MAKER, *out, *paths], capture_output=True, text=True)
        made = [p.read_text() if p.exists() else "" for p in out]
        return run.returncode, run.stderr, *made


def refuses(claim, where, **files):
    code, said, *_ = make(**files)
    check.ok(code != 0 and where in said and "Traceback" not in said,
             f"{claim} is refused with file and line")


code, said, header, table = make()
check.ok(code == 0 and said == "" and "GROUP_ANIMALS,\n    GROUP_BIRDS,\n" in header
         and "#define VEIL_GROUP_WORDS 5\n" in header and "ENDS_DEFINITE" in header
         and "BEGINS_DAYS" in header and "VEIL_CLASS_MONTH" in table, "good files make a table")

with_words = len(WORDS.splitlines()) + 1  # the line of the first group
refuses("a word that stands twice", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\tx x\n")
refuses("a word out of order", f"words.tsv:{with_words + 2}:", words=WORDS + "a\tb\n\tx\n\tb\n")
refuses("a group out of order", f"words.tsv:{with_words + 2}:", words=WORDS + "b\tb\n\tx\na\tc\n\ty\n")
refuses("a group without a note", f"words.tsv:{with_words}:", words=WORDS + "a\n\tx\n")
refuses("a group without words", f"words.tsv:{with_words}:", words=WORDS + "a\tb\n")
refuses("another column", f"words.tsv:{with_words}:", words=WORDS + "a\tb\tc\n\tx\n")
refuses("another column of words", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\tx\ty\n")
refuses("words before a group", f"words.tsv:{with_words}:", words=WORDS + "\tx\n")
refuses("two blanks", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\tx  y\n")
refuses("a name with capitals", f"words.tsv:{with_words}:", words=WORDS + "A\tb\n\tx\n")
refuses("a word with a capital", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\tXa\n")
refuses("a letter in two parts", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\ta\u030a\n")
refuses("a control character", f"words.tsv:{with_words + 1}:", words=WORDS + "a\tb\n\tx\x01\n")
refuses("no UTF-8", f"words.tsv:{with_words + 1}:", words=WORDS.encode() + b"a\tb\n\t\xff\n")
refuses("a carriage return", "words.tsv:", words=WORDS + "a\tb\n\tx\r\n")
refuses("a last line without an end", "words.tsv:", words=WORDS + "a\tb\n\tx")
refuses("an empty file", "words.tsv:", words="")
refuses("a header without a licence", "words.tsv:", words=WORDS.replace("# licence", "# free"))
refuses("an unknown kind", "words.tsv:", words=WORDS.replace("kind: words", "kind: suffixes"))
refuses("an unknown column", "words.tsv:", words=WORDS.replace("group<TAB>", "set<TAB>"))
refuses("one set with two names", f"words.tsv:{with_words + 2}:", words=WORDS + "a\tb\n\tx\nb\tc\n\tx\n")
refuses("one name in two files", "more.tsv:", more=WORDS + "birds\tagain\n\tx\n")
refuses("a class out of order", "classes.tsv:", classes=CLASSES + "maj\tmonth\napr\tmonth\n")
refuses("a word of two classes", "classes.tsv:", classes=CLASSES + "maj\tmonth\nmaj\tday\n")
refuses("a word without a class", "classes.tsv:", classes=CLASSES + "maj\n")

refuses("a keyword with a star inside", "keywords.tsv:", keywords=KEYWORDS + "te*l\tphone\n")
refuses("a keyword of one letter", "keywords.tsv:", keywords=KEYWORDS + "t\tphone\n")
refuses("a keyword that stands twice", "keywords.tsv:", keywords=KEYWORDS + "tel\tphone\ntel\tcar\n")
refuses("no keyword at all", "keywords.tsv:", keywords=KEYWORDS[:-1] + "\n")
check.ok("VEIL_KEY_PHONE" in table and "#define VEIL_KEYWORDS 2\n" in header,
         "keywords stand in the table")

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "words.tsv"
    long = " ".join(f"ord{n:03}" for n in range(60, 0, -1))
    path.write_text(WORDS + f"b\tnote\n\t{long}\na\tnote\n\tö å ä z z\n", encoding="utf-8")
    subprocess.run([MAKER, "--tidy", path], check=True)
    once = path.read_text(encoding="utf-8")
    subprocess.run([MAKER, "--tidy", path], check=True)
    check.ok(make(words=once)[0] == 0 and once == path.read_text(encoding="utf-8")
             and "a\tnote\n\tz ä å ö\nb\t" in once and max(map(len, once.split("\n"))) <= 90,
             "--tidy sorts and wraps, and changes nothing more")

classes, keywords, *paths = sys.argv[1:]
code = "".join(p.read_text(encoding="utf-8") for p in sorted(VEIL.glob("*.[ch]")))
asked = set(re.findall(r"\b(?:GROUP|ENDS|BEGINS)_[A-Z0-9_]+\b", code))
known = set()
for path in paths:
    kind = None
    for n, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("# kind: "):
            kind = line[8:]
        elif line and line[0] not in "#\t":
            name = PREFIX[kind] + line.split("\t")[0].upper()
            known.add(name)
            if name not in asked:
                print(f"# {path}:{n}: no rule asks about this group")
# Where the order of words is a value: months, numbers, what is put in the place of a name.
VALUES = {"categories.c", "coarse.c", "days.c", "rules.c", "slips.c", "surrogates.c"}
LISTS = re.compile(r"static const (?:char \*const|struct word_end) \w+\[[^=;]*= *\{([^;]*?)\};")
lists = 0
for path in sorted(set(VEIL.glob("*.[ch]")) - {VEIL / name for name in VALUES}):
    text = path.read_text(encoding="utf-8")
    for found in LISTS.finditer(text):
        if found.group(1).count('"') > 2 * 4:
            line = text.count("\n", 0, found.start()) + 1
            print(f"# {path.name}:{line}: a list of words: lexicons/data/README.md, Groups of words")
            lists += 1
check.ok(lists == 0, "no list of more than four words stands in the rules")
check.ok(known <= asked, "some rule asks about each group")
check.ok(asked <= known, "each group that a rule asks about is there")
check.done()
