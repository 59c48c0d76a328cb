#!/usr/bin/env python3
"""Weights across hands: learnt from what some people wrote and coded, they decide over another's.

    python3 tests/evaluate_hands.py build/bindings/cli/eftertanke [HAND ...]

Hands are those of tests/data/hands.py, all for development. Each is left out once (or those that are
named). Prints texts, codes a text, and precision, recall and micro F1 of the core lexicon's entries
alone and with weights from all other hands, as a table of Markdown; then all hands of themes-hands
together.
"""
import json
import pathlib
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


def figures(sums):
    hit, found, coded = sums
    return f"{hit / found:.3f} | {hit / coded:.3f} | {2 * hit / (found + coded):.3f}"


def main():
    named, whole = hands.hands(), {"none": [0, 0, 0], "weights": [0, 0, 0]}
    print("| Hand | texts | codes a text | entries P | R | F1 | with weights P | R | F1 |\n" + "|---" * 9 + "|")
    for hand, rows in named:
        if WANTED and hand not in WANTED:
            continue
        weights = FOLDER / "weights.json"
        run("train", "-q", "--hands", "--k", 3, "--force", "-o", weights,
            "--gold", put("train.jsonl", [(h, r) for h, r in named if h != hand]))
        test = put("test.jsonl", [(hand, rows)])
        told = {"none": count(rows, test, "none"), "weights": count(rows, test, weights)}
        if (hands.DATA / "themes-hands" / hand).is_dir():
            for kind, sums in told.items():
                whole[kind] = [a + b for a, b in zip(whole[kind], sums)]
        print(f"| {hand} | {len(rows)} | {told['none'][2] / len(rows):.2f} | {figures(told['none'])} "
              f"| {figures(told['weights'])} |", flush=True)
    if whole["none"][1]:
        print(f"| all of themes-hands | | | {figures(whole['none'])} | {figures(whole['weights'])} |")


main()
