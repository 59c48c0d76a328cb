#!/usr/bin/env python3
"""An attacker who holds two releases of a growing corpus, with a solver of its own (SciPy).

    attack_pairs.py EFTERTANKE CORPORA

A random corpus is released in part, then whole, under one release log. The attacker knows
every number of both (as attack.py), and which combinations of unit, municipality, assignment
and term the added texts have. Asked is, for everybody and each label, how many of the *added*
texts have a theme, wherever that number comes from one to k - 1 writers. Nothing that was
released may tell it. Bounds from a total that k writers changed are no answer; nor is that
all or none of the added texts have a theme, which may be told (rule 8.8). Also told: how many rows of
the second release were new, for one that keeps all old ones tells nothing.
"""
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import attack  # noqa: E402  (prints SKIP without SciPy)
from attack import K, TABLES, THEMES, np, table  # noqa: E402


def release(program, rows, folder, name):
    path = folder / f"{name}.csv"
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = attack.csv.writer(f)
        w.writerow(["id", "writer", "unit", "kommunen", "assignment", "date", "text"])
        for r in rows:
            w.writerow([r[c] for c in ("id", "writer", "unit", "kommun", "assignment",
                                       "date", "text")])
    out = folder / name
    attack.run(program, "analyse", "-q", "--k", K, "--facet", "kommun=kommunen",
               "--no-inference", "--no-pairs", "--no-report", path, "--out", out, "--force",
               "--log", folder / "log")
    return out / "tables"


class TwoReleases:
    """Counts of old and of added texts, with the theme and without, by combination."""

    def __init__(self, old, added, labels):
        at = [tuple(labels[p](r) for p in TABLES) for r in old]
        new = [tuple(labels[p](r) for p in TABLES) for r in added]
        self.cells = sorted({(0, c) for c in at} | {(1, c) for c in new})
        self.eq, self.value = [], []

    def vector(self, test, groups, with_theme, without):
        n = len(self.cells)
        v = np.zeros(2 * n)
        for i, (group, c) in enumerate(self.cells):
            if group in groups and test(c):
                v[i], v[n + i] = with_theme, without
        return v

    def know(self, vector, value):
        self.eq.append(vector)
        self.value.append(value)

    range = attack.Knowledge.range


def learn(know, tables, theme, groups, counts):
    """Every number of one release; a row that was kept is of the old texts."""
    everybody = (lambda c: True)
    for r in table(tables, "overview"):
        if r["shown"] != "1" or (r["scope"] not in TABLES and r["scope"] != "all"):
            continue
        if r["scope"] == "all":
            test = everybody
        else:
            at = list(TABLES).index(r["scope"])
            test = (lambda c, at=at, label=r["label"]: c[at] == label)
        know.know(know.vector(test, {0} if r["as_of"] else groups, 1, 1),
                  int(r["reflections"]))
    for r in table(tables, "themes"):
        if r["theme"] == theme and r["polarity"] == "any" and r["shown"] == "1":
            know.know(know.vector(everybody, {0} if r["as_of"] else groups, 1, 0),
                      int(r["reflections"]))
    for at, (name, column) in enumerate(TABLES.values()):
        for r in table(tables, name):
            if r["theme"] != theme or r["shown"] != "1":
                continue
            if groups == {0, 1}:
                counts["rows"] += 1
                counts["new"] += r["as_of"] == ""
            know.know(know.vector(lambda c, at=at, label=r[column]: c[at] == label,
                                  {0} if r["as_of"] else groups, 1, 0),
                      int(r["reflections"]))


def questions(know, added, labels, theme):
    yield "all", "", know.vector(lambda c: True, {1}, 1, 0), added
    for at, p in enumerate(TABLES):
        for label in sorted({labels[p](r) for r in added}):
            yield (p, label, know.vector(lambda c: c[at] == label, {1}, 1, 0),
                   [r for r in added if labels[p](r) == label])


def attack_pair(program, rows, rng, folder, counts):
    order = sorted(rows, key=lambda r: (r["period"], rng.random()))
    cut = len(order) - rng.choice((1, 2, 3, 6, 12, 24))
    old, added = order[:cut], order[cut:]
    (folder / "log").unlink(missing_ok=True)
    first = release(program, old, folder, "first")
    second = release(program, order, folder, "second")
    labels = {p: (lambda r, p=p: r[p]) for p in TABLES}
    printed = [attack.printed_labels(t)[1] for t in (first, second)]
    for p in TABLES:  # labels that both print alike; else the pool of either
        if any(printed[0][p](r) != printed[1][p](r) for r in rows):
            counts["moved"] += 1
            return []
        labels[p] = printed[0][p]
    bad = []
    for theme in THEMES:
        if sum(r["has"][theme] for r in added) in (0, len(added)):
            continue
        know = TwoReleases(old, added, labels)
        learn(know, first, theme, {0}, counts)
        learn(know, second, theme, {0, 1}, counts)
        # who added what is known: how many texts each combination got
        for group, c in know.cells:
            if group == 1:
                n = sum(tuple(labels[p](r) for p in TABLES) == c for r in added)
                know.know(know.vector(lambda x, c=c: x == c, {1}, 1, 1), n)
        for scope, label, vector, texts in questions(know, added, labels, theme):
            who = {r["writer"] for r in texts if r["has"][theme]}
            if not 0 < len(who) < K:
                continue
            low, high = know.range(vector, np.zeros(2 * len(know.cells)))
            counts["asked"] += 1
            if high - low < 1 - 1e-6:
                bad.append((theme, scope, label, low, high, len(texts), len(who)))
    return bad


def main():
    program, trials = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    counts = {"asked": 0, "rows": 0, "new": 0, "moved": 0}
    rng, found = random.Random(20261123), []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(trials):
            found += attack_pair(program, attack.corpus(rng), rng, pathlib.Path(folder), counts)
    attack.verdict("what few writers added cannot be told from two releases", found,
                   f"{trials} pairs, {counts['moved']} with other labels passed over, "
                   f"{counts['asked']} questions, {len(found)} answered; new {counts['new']} of "
                   f"{counts['rows']} rows", "and a second release does tell something new",
                   counts["new"] > 0 and counts["asked"] > 0)


if __name__ == "__main__":
    main()
