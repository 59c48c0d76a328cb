#!/usr/bin/env python3
"""Weights across hands: learnt from what some people wrote and coded, they decide over another's.

    python3 tests/evaluate_hands.py build/bindings/cli/eftertanke [HAND ...]

Hands are those of tests/data/hands.py, all for development. Each is left out once (or those that are
named). Prints texts, codes a text, and precision, recall and micro F1 of the core lexicon's entries
alone and with weights from all other hands, as a table of Markdown; then all hands of themes-hands
together. Then the same of negation over themes that are coded and found with the weights: as the rules
tell it of each hit, and as the weights decide, with intervals of 95 percent by drawing hands.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "data"))
import hands  # noqa: E402

PROGRAM, WANTED = sys.argv[1], sys.argv[2:]
SCRATCH = tempfile.TemporaryDirectory(prefix="eftertanke-hands-")
FOLDER = pathlib.Path(SCRATCH.name)


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def put(name, named):
    path = FOLDER / name
    path.write_text("".join(hands.gold(named)), encoding="utf-8")
    return path


def count(rows, path, decide):
    """True positives, found, coded."""
    found = [set(json.loads(line)["themes"]) for line in run("themes", "-q", "--decide", decide, path).splitlines()]
    coded = [set(r["themes"]) for r in rows]
    if len(found) != len(coded):
        sys.exit("some texts have no line")
    return [sum(len(f & c) for f, c in zip(found, coded)), sum(map(len, found)), sum(map(len, coded))]


def without_denial(path):
    """The same weights, leaving it to the rules what is said to be missing."""
    model, rules = json.loads(path.read_text(encoding="utf-8")), FOLDER / "rules.json"
    if model.pop("denial", None) is not None:
        model["words"] = {word: row[:-1] for word, row in model["words"].items()}
    rules.write_text(json.dumps(dict(model, version=2)), encoding="utf-8")
    return rules


def count_negated(rows, path, decide):
    """As count(), of (text, theme) that are coded and found."""
    sums = [0, 0, 0]
    for line, row in zip(run("themes", "-q", "--decide", decide, path).splitlines(), rows):
        there = json.loads(line)
        both = set(there["themes"]) & set(row["themes"])
        found = {h["theme"] for h in there["hits"] if h["polarity"] == "negated"} & both
        coded = set(row.get("negated", [])) & both
        sums = [a + b for a, b in zip(sums, (len(found & coded), len(found), len(coded)))]
    return sums


def shares(sums):
    hit, found, coded = sums
    return hit / max(found, 1), hit / max(coded, 1), 2 * hit / max(found + coded, 1)


def figures(sums):
    return " | ".join(f"{share:.3f}" for share in shares(sums))


def interval(hands_sums):
    """Hands drawn again 2,000 times: the middle 95 percent of each share of their sum."""
    draw = random.Random(20230501)
    drawn = [shares([sum(c) for c in zip(*draw.choices(hands_sums, k=len(hands_sums)))]) for _ in range(2000)]
    return " | ".join(f"{low:.3f} to {high:.3f}" for low, high in
                      ((v[49], v[1950]) for v in map(sorted, zip(*drawn))))


def print_negation(negated):
    print("\n| Hand | negated, found | rules P | R | F1 | weights P | R | F1 |\n" + "|---" * 8 + "|")
    for hand, (rules, weights) in negated.items():
        print(f"| {hand} | {rules[2]} | {figures(rules)} | {figures(weights)} |")
    told = [pair for hand, pair in negated.items() if (hands.DATA / "themes-hands" / hand).is_dir()]
    if told:
        rules, weights = ([pair[i] for pair in told] for i in (0, 1))
        whole = [[sum(c) for c in zip(*sums)] for sums in (rules, weights)]
        print(f"| all of themes-hands | {whole[0][2]} | {figures(whole[0])} | {figures(whole[1])} |")
        print(f"| 95 % by hand | | {interval(rules)} | {interval(weights)} |")


def main():
    named, whole, negated = hands.hands(), {"none": [0, 0, 0], "weights": [0, 0, 0]}, {}
    print("| Hand | texts | codes a text | entries P | R | F1 | with weights P | R | F1 |\n" + "|---" * 9 + "|")
    for hand, rows in named:
        if WANTED and hand not in WANTED:
            continue
        weights = FOLDER / "weights.json"
        run("train", "-q", "--hands", "--k", 3, "--force", "-o", weights,
            "--gold", put("train.jsonl", [(h, r) for h, r in named if h != hand]))
        test = put("test.jsonl", [(hand, rows)])
        told = {"none": count(rows, test, "none"), "weights": count(rows, test, weights)}
        negated[hand] = [count_negated(rows, test, w) for w in (without_denial(weights), weights)]
        if (hands.DATA / "themes-hands" / hand).is_dir():
            for kind, sums in told.items():
                whole[kind] = [a + b for a, b in zip(whole[kind], sums)]
        print(f"| {hand} | {len(rows)} | {told['none'][2] / len(rows):.2f} | {figures(told['none'])} "
              f"| {figures(told['weights'])} |", flush=True)
    if whole["none"][1]:
        print(f"| all of themes-hands | | | {figures(whole['none'])} | {figures(whole['weights'])} |")
    print_negation(negated)


main()
