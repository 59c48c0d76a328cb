#!/usr/bin/env python3
"""Made-up reflections for reports of many kinds: fictional people, seeded, no file needed.

    make_inputs.py FOLDER       writes workshop.csv survey.csv five.csv tiny.csv
                                nowriter.csv hostile.csv, and large.csv with --large N
"""
import csv
import pathlib
import random
import sys

SENTENCES = {
    "arbetsbelastning": ["Det är för mycket att göra.", "Vi har ont om tid och är stressade.",
                         "Arbetsbelastningen är hög igen."],
    "samverkan": ["Samverkan med skolan fungerar bättre.", "Vi samverkade med öppenvården.",
                  "Det blev ingen samverkan den här veckan."],
    "glädje": ["Jag blev glad av mötet.", "Det var roligt att se att det gick."],
    "oro": ["Jag känner oro inför hösten.", "Vi är oroliga för vad som händer."],
    "nätverk": ["Vi ritade en nätverkskarta tillsammans.", "Nätverket runt familjen växer."],
    "administration": ["Dokumentationen tar över.", "Jag skrev journal hela eftermiddagen."],
    "delaktighet": ["Hon fick vara med och bestämma.", "Barnet var delaktigt i planen."],
    "bemötande": ["Jag blev bemött med respekt.", "De lyssnade på mig."],
    "fyllnad": ["Vi provade en gång till.", "Det tog en stund.", "Nästa vecka fortsätter vi.",
                "Vi åt lunch efteråt.", "Mötet blev kortare än vanligt."],
}
NAMES = [f"Skribent {a}{b}" for a in "ABCDEFGHIJ" for b in "abcdefghijklmnopqrst"]


def text(rng, lean, short=False):
    topics = rng.sample([t for t in SENTENCES if t != "fyllnad"], rng.choice([1, 1, 2]))
    if lean is not None and rng.random() < 0.6:
        topics[0] = lean
    parts = [rng.choice(SENTENCES[t]) for t in topics]
    if not short:
        parts += rng.sample(SENTENCES["fyllnad"], 2)
        rng.shuffle(parts)
    return " ".join(parts[:1] if short else parts)


def write(folder, name, header, rows):
    with open(folder / name, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def workshop(rng):
    questions = ["Vad fungerar inte?", "Hur skulle det kunna vara?", "Vad gör vi först?"]
    for i in range(40):
        yield [f"n{i}", NAMES[i % 20], questions[i % 3], text(rng, "samverkan", short=True)]


def survey(rng):
    for i in range(400):
        year = 2022 + i % 2
        yield [f"s{i}", f"{NAMES[i % 200]} {year}", f"{year}-10-{1 + i % 28:02}", rng.randint(1, 5),
               "Brukarenkät", "Blev du lyssnad på?", text(rng, "bemötande" if year == 2023 else "oro")]


def five(rng):
    towns = ["Nordby kommun", "Sörby kommun", "Österby kommun", "Västby kommun", "Mittby kommun"]
    leans = ["nätverk", "samverkan", "administration", "delaktighet", "glädje"]
    for i in range(500):
        k = i % 5
        yield [f"f{i}", f"{NAMES[i // 5 % 30]} {k}", towns[k], f"Uppdrag {1 + i // 5 % 3} i {towns[k]}",
               ["Vad gjorde du?", "Vad hände då?", "Vad lärde du dig?"][i // 5 % 3],
               f"2024-{1 + i % 11:02}-{1 + i % 27:02}", rng.randint(1, 5),
               rng.choice(["möte", "barn", "kollega", "metod"]), text(rng, leans[k])]


def tiny(rng):
    for i in range(14):
        yield [f"t{i}", NAMES[i % 7], "Enda uppdraget", rng.randint(1, 5), text(rng, None)]


def nowriter(rng):
    for i in range(240):
        yield [f"u{i}", ["Kväll", "Dag", "Natt"][i % 3], rng.randint(1, 5), text(rng, "oro" if i % 3 else "glädje")]


HOSTILE = ["<script>window.hacked=1</script>", "</style><img src=x onerror=window.hacked=1>",
           "\u202eomvänt <b>", "x" * 300, "=HYPERLINK(\"http://example.org\")", "glad \U0001f469\u200d\U0001f4bb & \"så\"",
           "javascript:alert(1)", "]]>--><!--"]


def hostile(rng):
    for i in range(480):
        k = i % 8
        yield [f"h{i}", f"{NAMES[i // 8 % 20]}", HOSTILE[k], HOSTILE[(k + 3) % 8], rng.randint(1, 5),
               HOSTILE[(k + 5) % 8].replace("|", ""), text(rng, None) + " " + HOSTILE[k]]


def large(rng, count):
    units = [f"Enhet {i}" for i in range(12)]
    for i in range(count):
        yield [f"g{i}", f"{NAMES[i % 200]} {i % 7}", units[i % 12], f"Uppdrag {i % 9}",
               f"2024-{1 + i % 12:02}-{1 + i % 28:02}", rng.randint(1, 5), rng.choice(["möte", "barn", "tid"]),
               text(rng, None)]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "workshop.csv", ["id", "skribent", "uppdrag", "text"], workshop(random.Random(1)))
    write(folder, "survey.csv", ["id", "skribent", "datum", "känsla", "uppdrag", "fråga", "svar"], survey(random.Random(2)))
    write(folder, "five.csv", ["id", "skribent", "kommun", "uppdrag", "fråga", "datum", "känsla", "taggar", "text"],
          five(random.Random(3)))
    write(folder, "tiny.csv", ["id", "skribent", "uppdrag", "känsla", "text"], tiny(random.Random(4)))
    write(folder, "nowriter.csv", ["id", "enhet", "känsla", "text"], nowriter(random.Random(5)))
    write(folder, "hostile.csv", ["id", "skribent", "enhet", "uppdrag", "känsla", "taggar", "text"],
          hostile(random.Random(6)))
    if len(sys.argv) > 3:
        write(folder, "large.csv", ["id", "skribent", "enhet", "uppdrag", "datum", "känsla", "taggar", "text"],
              large(random.Random(7), int(sys.argv[3])))


if __name__ == "__main__":
    main()
