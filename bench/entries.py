#!/usr/bin/env python3
"""entries.py - what 10,000 entries cost per running token, against 500, by callgrind

    bench/entries.py build FILE.jsonl            text in member "text", a line each

Both lexicons have the same 500 entries of the core lexicon, evenly taken; the big one has
9,500 more: phrases of two to four words, put together by a fixed seed from the words of
all core entries, so that they begin often and stand almost nowhere.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

from stages import inclusive

CORE = os.path.join(os.path.dirname(__file__), "../lexicons/data/themes/karna.xml")
HEAD = """<lexicon xmlns="urn:eftertanke:lexicon:1" id="x" version="1.0.0" lang="sv" licence="x">
<title xml:lang="sv">x</title><title xml:lang="en">x</title><source>x</source>
{sets}<theme id="x"><label xml:lang="sv">x</label><label xml:lang="en">x</label>
<definition xml:lang="sv">x</definition><definition xml:lang="en">x</definition>
<source>x</source>
"""


def made_up(entries, number):
    words = sorted({w for e in entries for w in re.findall(r"=[a-zåäö]{3,}(?![*\w])", e)})
    draw = random.Random(1)
    return [f"    <entry>{' '.join(draw.sample(words, 2 + n % 3))}</entry>\n"
            for n in range(number)]


def cost(build, lexicon, path, folder):
    out = os.path.join(folder, "callgrind")
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
                    os.path.join(build, "bindings/cli/eftertanke"), "themes", "-q", "-j", "1",
                    "--lexicon", lexicon, path], capture_output=True, check=True)
    return inclusive(out)[0]["efti_match_find"]


def main():
    build, path = sys.argv[1:]
    with open(CORE, encoding="utf-8") as f:
        core = f.read()
    sets = "".join(re.findall(r"  <words .*\n", core))
    entries = re.findall(r"    <entry.*</entry>\n", core)
    few = entries[:: len(entries) // 500][:500]
    many = few + made_up(entries, 10000 - len(few))
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in (few, many):
            lexicon = os.path.join(folder, "x.xml")
            with open(lexicon, "w", encoding="utf-8") as f:
                f.write(HEAD.format(sets=sets) + "".join(rows) + "</theme></lexicon>\n")
            found[len(rows)] = cost(build, lexicon, path, folder)
    low, high = found.values()
    print(json.dumps({"row": "match, by entries", **found, "ratio": round(high / low, 2)}))


main()
