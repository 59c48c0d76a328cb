#!/usr/bin/env python3
"""The texts that were coded for development, by the hand that wrote and coded them, as gold.

    python3 tests/data/hands.py > hands.jsonl
    python3 tests/data/hands.py tests/data/themes-unread > unread.jsonl     # the one in a folder

Hands are the sample, the sets themes-dev* and the folders of themes-hands. In those a text
stands behind a line "== writer | theme, -theme said to be missing". Ids and writers of
different hands stay apart; a member "hand" names who coded, as `train --hands` wants it. Hand S is
given by its folder only.
"""
import csv
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent
# Coded in one go and half the size of others; weights that learn from it decide over E, J, O and R
# a little worse (themes-hands/README.md).
NOT_LEARNT = {"S"}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def coded(path):
    """The texts of one file of themes-hands."""
    for number, block in enumerate(("\n" + path.read_text(encoding="utf-8")).split("\n== ")[1:], 1):
        head, _, text = block.partition("\n")
        writer, _, codes = head.partition("|")
        codes = [c.strip() for c in codes.split(",") if c.strip()]
        yield {"id": f"{path.stem}{number}", "writer": writer.strip(), "text": text.strip(),
               "themes": [c.lstrip("-") for c in codes], "negated": [c[1:] for c in codes if c[0] == "-"]}


def texts(folder):
    return [r for path in sorted(folder.glob("?.txt")) for r in coded(path)]


def hands():
    """Name and texts of each hand, always in the same order."""
    with open(DATA / "reflektioner.csv", encoding="utf-8", newline="") as f:
        written = {r["id"]: r for r in csv.DictReader(f)}
    sample = [{**g, "writer": written[g["id"]]["skribent"], "text": written[g["id"]]["reflektion"]}
              for g in lines(DATA / "reflektioner.themes.jsonl")]
    named = [("sample", sample)]
    for folder in sorted(DATA.glob("themes-dev*")):
        named.append((folder.name, [r for path in sorted(folder.glob("*.jsonl")) for r in lines(path)]))
    for folder in sorted(path for path in (DATA / "themes-hands").iterdir() if path.is_dir()):
        if folder.name not in NOT_LEARNT:
            named.append((folder.name, texts(folder)))
    return named


def gold(named):
    """One line of gold a text."""
    for hand, rows in named:
        for r in rows:
            yield json.dumps({"id": f"{hand}-{r['id']}", "hand": hand, "writer": f"{hand}-{r['writer']}",
                              "text": r["text"], "themes": r["themes"], "negated": r.get("negated", [])},
                             ensure_ascii=False) + "\n"


if __name__ == "__main__":
    folders = [pathlib.Path(name) for name in sys.argv[1:]]
    sys.stdout.writelines(gold([(folder.name, texts(folder)) for folder in folders] or hands()))
