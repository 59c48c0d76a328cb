#!/usr/bin/env python3
"""The file of --config: says what the command line can say, loses to it, never guesses."""
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
SECRET = "Zebulonia"


def made(text):
    path = program.path_of("settings.yaml")
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def shown(text, *more):
    done = program.run("config", "--show", "--config", made(text), *more)
    return done, done.stdout.decode().splitlines()


def takes(claim, text, line, *more):
    done, lines = shown(text, *more)
    if not tap.ok(done.returncode == DONE and line in lines, claim):
        print(f"# exit {done.returncode}, {[l for l in lines if not l.endswith('default')]}")


def refuses(claim, text, says, code=2):
    done, _ = shown(text)
    message = done.stderr.decode("utf-8", "replace")
    good = done.returncode == code and says in message and SECRET not in message \
        and not done.stdout and str(program.folder) not in message
    if not tap.ok(good, claim):
        print(f"# exit {done.returncode}: {message.strip()[:200]}")


takes("a number", "k: 7\n", "k: 7 # file")
takes("the command line wins", "k: 7\n", "k: 9 # command line", "--k", "9")
takes("the short name of an option wins too", "threads: 2\n", "threads: 3 # command line", "-j3")
takes("a flag", "strict: true\n", "strict: true # file")
takes("a flag that is off", "strict: no\n", "strict: false # file")
takes("a list in brackets", "lexicon: [a.xml, 'b.xml']\n", 'lexicon: ["a.xml", "b.xml"] # file')
takes("a list in lines", "lexicon:\n  - a.xml\n  - b.xml\n", 'lexicon: ["a.xml", "b.xml"] # file')
takes("a list of one", "lexicon: a.xml\n", 'lexicon: ["a.xml"] # file')
takes("pairs", "map: {text: Fritext}\nfacet: {kön: Kolumn7}\n", 'facet: {"kön": "Kolumn7"} # file')
takes("a word with quotes", 'key: "a\\"b\\\\c"\n', 'key: "a\\"b\\\\c" # file')
takes("null makes no setting", "key: null\nk: ~\n", "key: null # default")
takes("remarks alone", "# nothing yet\n", "k: 0 # default")
takes("an empty file", "", "k: 0 # default")
takes("a byte order mark", "\ufeffk: 7\n", "k: 7 # file")
takes("windows line ends", "k: 7\r\nstrict: true\r\n", "strict: true # file")

refuses("an unknown key gets a suggestion", f"# {SECRET}\nlexicn: {SECRET}\n", "line 2: unknown key; did you mean lexicon?")
refuses("an unknown key far from any", f"{SECRET}: 3\n", "line 1: unknown key; eftertanke config --show")
refuses("an unknown key without a value", f"{SECRET}:\n", "unknown key")
refuses("the program's own options are no settings", "help: true\n", "unknown key")
refuses("a setting that is there twice", "k: 7\nk: 8\n", "line 2")
refuses("a list where one value is meant", "k: [7]\n", "line 1: one value")
refuses("pairs where one value is meant", "k: {a: 7}\n", "line 1: one value")
refuses("one value where pairs are meant", f"map: {SECRET}\n", "pairs")
refuses("pairs in pairs", "map: {text: {a: b}}\n", "name: column")
refuses("lists in lists", "lexicon: [[a]]\n", "single values")
refuses("no number", f"k: {SECRET}\n", "whole number")
refuses("no flag", f"strict: {SECRET}\n", "true or false")
refuses("anchors", "k: &a 7\n", "anchors")
refuses("types", "k: !!int 7\n", "anchors and types")
refuses("aliases without end", "a: &a [1]\nb: [*a, *a]\n", "line 1")
refuses("two documents", "k: 7\n---\nk: 8\n", "one document")
refuses("a list for the whole", "- k\n", "key: value")
refuses("a text for the whole", f"{SECRET}\n", "key: value")
refuses("brackets that never end", f"map: {{text: {SECRET}\n", "not YAML")
refuses("bytes that are no text", b"k: \xff\xfe\x00" + SECRET.encode() + b"\n", "not YAML")
refuses("a NUL in a value", f'key: "{SECRET}\\0"\n', "character")

missing = program.run("config", "--show", "--config", program.path_of(SECRET + ".yaml"))
tap.ok(missing.returncode == UNREADABLE and SECRET.encode() not in missing.stderr, "a missing file")
plain = program.run("config", "--show")
again = program.run("config", "--show", "--config", made(plain.stdout))
tap.ok(plain.returncode == DONE and again.returncode == DONE
       and again.stdout.replace(b"# file", b"# default") == plain.stdout,
       "what --show prints is read back as the same")
tap.ok(program.run("config").returncode == USAGE, "config alone tells how it is used")

one, two = program.path_of("one"), program.path_of("two")
program.run("analyse", "-q", "--no-log", "--k", "7", "--no-pairs", SAMPLE, "--out", one)
ran = program.run("analyse", SAMPLE, "--out", two, "--config",
                  made("k: 7\nno-log: true\nno-pairs: true\nquiet: true\nspans: true\n"))
same = {k: v for k, v in contents(one).items() if k != "run.json"}
tap.ok(ran.returncode == DONE and same
       and same == {k: v for k, v in contents(two).items() if k != "run.json"},
       "a run by file gives the bytes of a run by flags; settings of other commands wait")
tap.done()
