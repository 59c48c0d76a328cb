#!/usr/bin/env python3
"""readability: what is a word to LIX and its kin, and what only a token."""
import csv
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])

# 14 words in two sentences, two of them of more than six letters.
PLAIN = "Vi pratade länge om schemat och vad som kan bli bättre. Det tog tid"
# What is added is no word: two emoji, an address, a handle, an e-mail, a name.
ADDED = {"emoji": " 🙂🎉", "url": " https://www.exempel.se/a", "handle": " @fikagruppen",
         "mail": " post@exempel.se", "name": " Fatima Lindkvist"}
REPEATED = " ".join(["Vi satt kvar och pratade om det nya schemat i lugn och ro"] * 5)


def told(name, text):
    """The row of all texts, of eight writers with this text each; what `overview` has too."""
    with open(program.path_of(name + ".csv"), "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([("id", "writer", "text"),
                                 *((i, f"w{i}", text) for i in range(8))])
    done = program.run("analyse", "-q", "--no-log", "--out", name, name + ".csv")
    if done.returncode != DONE:
        return {}, 0
    files = contents(program.path_of(name))
    first = {table: next(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode())))
             for table in ("readability", "overview")}
    return first["readability"], int(first["overview"]["tokens"])


plain, tokens = told("plain", PLAIN + ".")
tap.ok(int(plain["words"]) == tokens == 14 * 8,
       "a text of words alone has as many words as tokens")
tap.ok(abs(float(plain["sentence_length"]) - tokens / 16) < 1e-9
       and abs(float(plain["lix"]) - float(plain["sentence_length"])
               - 100 * float(plain["long_words"])) < 1e-6, "LIX is the sum of its two parts")
for kind, more in ADDED.items():
    row, count = told(kind, PLAIN + more + ".")
    tap.ok(row == plain and count > tokens, f"{kind}: tokens, and no words")
short, count = told("short", PLAIN + " t.ex. fr.o.m. kl. 10.")
tap.ok(int(short["words"]) == count == tokens + 8 * 4
       and abs(float(short["long_words"]) * count - float(plain["long_words"]) * tokens) < 1e-6,
       "an abbreviation is a word, and no long one")
sober, _ = told("sober", REPEATED + ".")
merry, _ = told("merry", REPEATED + " 🙂 🎉 😀 @fikagruppen.")
tap.ok(sober["ovix"] != "" and merry["ovix"] == sober["ovix"], "OVIX has the same words")
tap.done()
