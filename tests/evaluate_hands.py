#!/usr/bin/env python3
"""Models across hands: train on texts that some people wrote and coded, test on another's.

    python3 tests/evaluate_hands.py build/bindings/cli/eftertanke [LEXICON]

Hands are the sample and the sets tests/data/themes-dev*, which are all for development. Each
is left out once. With the lexicon as it is (or LEXICON), and with two thirds of its entries
taken out at random (three draws), where there is more to learn. Prints micro F1 of the
lexicon, the model alone and both together, and for how many themes the model is used. Then
the same within each hand, trained on some of its writers: the mean of five draws.
"""
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

DATA = pathlib.Path(__file__).resolve().parent / "data"
KARNA = DATA.parents[1] / "lexicons" / "data" / "themes" / "karna.xml"
PROGRAM, LEXICON = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else KARNA
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="eftertanke-hands-"))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hands():
    with open(DATA / "reflektioner.csv", encoding="utf-8", newline="") as f:
        texts = {r["id"]: r for r in csv.DictReader(f)}
    yield "sample", [{**g, "writer": texts[g["id"]]["skribent"], "text": texts[g["id"]]["reflektion"]}
                     for g in lines(DATA / "reflektioner.themes.jsonl")]
    for folder in sorted(DATA.glob("themes-dev*")):
        yield folder.name, [r for path in sorted(folder.glob("*.jsonl")) for r in lines(path)]


def put(name, *sets):
    """Ids and writers of different hands stay apart."""
    path = FOLDER / name
    path.write_text("".join(json.dumps({
        "id": f"{hand}-{r['id']}", "writer": f"{hand}-{r['writer']}", "text": r["text"], "themes": r["themes"]},
        ensure_ascii=False) + "\n" for hand, rows in sets for r in rows), encoding="utf-8")
    return path


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def thin(draw):
    """The entries of the lexicon, but one in three."""
    whole, path = FOLDER / f"whole{draw}.csv", FOLDER / f"thin{draw}.csv"
    run("lexicon", "convert", LEXICON, whole)
    luck = random.Random(draw)
    with open(whole, encoding="utf-8-sig", newline="") as f, open(path, "w", encoding="utf-8", newline="") as to:
        rows = [r for r in csv.reader(f) if r[0] not in ("yes", "no") and (r[0] != "entry" or luck.random() < 1 / 3)]
        csv.writer(to).writerows(rows)
    return path


def measure(lexicon, train, test):
    model = FOLDER / "model.json"
    said = run("train", "--lexicon", lexicon, "--gold", train, "-o", model, "--force", "--k", 3)
    used = sum(line.endswith("  better than the lexicon") for line in said.splitlines())
    figures = [json.loads(line) for line in run("evaluate", "themes", "--lexicon", lexicon, "--gold", test, "--model",
                                                 model, "--json", "--replicates", 2).splitlines()]
    f1 = {r["source"]: r["estimate"] for r in figures if r["group"] == "all" and r["figure"] == "f1"}
    return f1["lexicon"], f1["model"], f1["together"], used


def tell(what, rows):
    mean = [sum(column) / len(rows) for column in zip(*rows)]
    print(f"{what:44} {mean[0]:.3f} {mean[1]:.3f} {mean[2]:.3f} {mean[3]:5.1f}", flush=True)


print(f"{'':44} lexicon model together used")
sets, lexicons = list(hands()), {"whole": [LEXICON], "a third": [thin(n) for n in (1, 2, 3)]}
for kind, several in lexicons.items():
    for left, rows in sets:
        train, test = put("train", *(s for s in sets if s[0] != left)), put("test", (left, rows))
        tell(f"{kind}, all others -> {left}", [measure(one, train, test) for one in several])
for name, rows in sets:
    for size in (50, 100, 200):
        told = []
        for draw in range(5):
            writers = sorted({r["writer"] for r in rows})
            random.Random(draw).shuffle(writers)
            train = []
            while len(train) < size and len(writers) > 1:
                one = writers.pop()
                train += [r for r in rows if r["writer"] == one]
            rest = [r for r in rows if r["writer"] in writers]
            if len(train) < size or len(rest) < 50:
                break
            told.append(measure(LEXICON, put("train", (name, train)), put("test", (name, rest))))
        if told:
            tell(f"whole, {size} texts of {name} -> its others", told)
