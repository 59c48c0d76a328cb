#!/usr/bin/env python3
"""An attacker with a linear-programming solver of its own (SciPy) against hidden cells.

    attack.py EFTERTANKE CORPORA [sealed]

Random corpora with units inside municipalities, assignments that mostly stay within terms,
and two themes are analysed with k = 3. The attacker knows every number of overview, themes,
themes_by_unit, themes_by_kommun, assignment_themes and trend, and besides which
combinations of unit, municipality, assignment and term occur at all. For each hidden cell
and each side of it that has too few writers (in it; its label without the theme; the theme
elsewhere) the count must be able to be 0 and to be k or more. Then each writer of the label
attacks as an insider: own texts are subtracted, k becomes k - 1. Where every part of a theme
is hidden, its total alone may set a bound; the range must then be k wide.

With `sealed` the attacker is the receiver of a sealed state and sees what is made of it.

Also told: how many of the cells that pass the gate by themselves were shown. An engine that
hides everything fails. Skipped without SciPy.
"""
import csv
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from scipy.optimize import linprog
except ImportError:
    print("1..0 # SKIP SciPy is not installed")
    sys.exit(0)

K = 3
SEALED = "sealed" in sys.argv[3:]
THEMES = {"oro": "Jag kände mig orolig idag. ", "gladje": "Jag blev glad idag. "}
TABLES = {"unit": ("themes_by_unit", "label"), "kommun": ("themes_by_kommun", "label"),
          "assignment": ("assignment_themes", "assignment"), "period": ("trend", "period")}


def reflection(w, i, unit, town, task, late, has, day=None):
    """Text `i` of writer `w`; `has` tells of each theme whether it is there."""
    text = "Vi hade ett möte. " + "".join(s for t, s in THEMES.items() if has[t])
    return {"id": f"r{w}-{i}", "writer": f"w{w}", "unit": unit, "kommun": town,
            "assignment": f"Uppdrag {task}", "period": "2024-HT" if late else "2024-VT",
            "date": f"2024-{'10' if late else '03'}-1{i if day is None else day}", "has": has,
            "text": text}


def corpus(rng):
    rows = []
    towns = {f"U{i}": f"K{i % 2}" for i in range(rng.randint(3, 6))}
    units = sorted(towns)
    often = {u: {t: rng.choice((.05, .1, .3, .6, .9)) for t in THEMES} for u in units}
    for w in range(rng.randint(14, 36)):
        home = rng.choice(units)
        for i in range(rng.randint(2, 6)):
            unit = home if rng.random() < .95 else rng.choice(units)
            late = rng.random() < .5
            task = rng.choice("PQR" if late == (rng.random() < .9) else "STV")
            has = {t: rng.random() < often[unit][t] for t in THEMES}
            rows.append(reflection(w, i, unit, towns[unit], task, late, has))
    return rows


def release(program, rows, folder):
    path = folder / "in.csv"
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["id", "writer", "unit", "kommunen", "assignment", "date", "text"])
        for r in rows:
            w.writerow([r[c] for c in ("id", "writer", "unit", "kommun", "assignment",
                                       "date", "text")])
    out = folder / "out"
    how = ["-q", "--no-log", "--k", str(K), "--facet", "kommun=kommunen"]
    if SEALED:
        seal = folder / "in.sealed"
        run(program, "seal", *how, "--party", "P", path, "-o", seal, "--force")
        run(program, "analyse", "-q", "--no-report", seal, "--out", out, "--force")
    else:
        run(program, "analyse", *how, "--no-inference", "--no-pairs", "--no-report", path,
            "--out", out, "--force")
    return out / "tables"


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"not ok - {arguments[1]}: {done.stderr[:200]}")


def table(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def passes(texts):
    by = {}
    for r in texts:
        by[r["writer"]] = by.get(r["writer"], 0) + 1
    top = sorted(by.values(), reverse=True) + [0, 0]
    return len(by) >= K and 2 * top[0] <= len(texts) and 100 * (top[0] + top[1]) <= 85 * len(texts)


class Knowledge:
    """Linear equations over the combinations that occur: with the theme, without it."""

    def __init__(self, rows, labels):
        self.labels = labels
        self.cells = sorted({tuple(labels[p](r) for p in TABLES) for r in rows})
        self.eq, self.value = [], []

    def vector(self, test, with_theme, without):
        n = len(self.cells)
        v = np.zeros(2 * n)
        for i, c in enumerate(self.cells):
            if test(c):
                v[i], v[n + i] = with_theme, without
        return v

    def know(self, vector, value):
        self.eq.append(vector)
        self.value.append(value)

    def range(self, vector, own):
        bounds = np.column_stack([own, np.full(len(own), np.inf)])
        equations, values, answer = np.array(self.eq), np.array(self.value), []
        for sign in (1, -1):  # too small for it to be worth that the solver simplifies first
            r = linprog(sign * vector, A_eq=equations, b_eq=values, bounds=bounds,
                        method="highs", options={"presolve": False})
            if r.status == 3:
                answer.append(-sign * float("inf"))
            elif r.status == 0:
                answer.append(sign * r.fun)
            else:
                raise SystemExit(f"not ok - the solver says {r.message}")
        return answer


def printed_labels(folder):
    """How each record's label is printed: itself, or in the pool."""
    overview = table(folder, "overview")
    out = {}
    for p in TABLES:
        told = {r["label"] for r in overview if r["scope"] == p}
        out[p] = (lambda r, p=p, told=told: r[p] if r[p] in told else "other")
    return overview, out


def attack(program, rows, folder, counts):
    tables = release(program, rows, folder)
    overview, labels = printed_labels(tables)
    themes = {r["theme"]: r for r in table(tables, "themes") if r["polarity"] == "any"}
    bad = []
    for theme in THEMES:
        if themes[theme]["shown"] != "1":
            continue
        know = Knowledge(rows, labels)
        everyone = know.vector(lambda c: True, 1, 1)
        know.know(everyone, len(rows))
        know.know(know.vector(lambda c: True, 1, 0), int(themes[theme]["reflections"]))
        for r in overview:
            if r["scope"] in TABLES and r["shown"] == "1":
                at = list(TABLES).index(r["scope"])
                know.know(know.vector(lambda c: c[at] == r["label"], 1, 1),
                          int(r["reflections"]))
        hidden, base = [], len(know.value)
        for p, (name, column) in TABLES.items():
            at = list(TABLES).index(p)
            for r in table(tables, name):
                if r["theme"] != theme:
                    continue
                label = r[column]
                v = know.vector(lambda c: c[at] == label, 1, 0)
                rest = know.vector(lambda c: c[at] == label, 0, 1)
                away = know.vector(lambda c: c[at] != label, 1, 0)
                here = [x for x in rows if labels[p](x) == label]
                sides = [(v, [x for x in here if x["has"][theme]]),
                         (rest, [x for x in here if not x["has"][theme]]),
                         (away, [x for x in rows if labels[p](x) != label
                                 and x["has"][theme]])]
                good = all(passes(s) for _, s in sides)
                counts["pass"] += good
                counts["shown"] += r["shown"] == "1"
                if r["shown"] == "1":
                    if not good:
                        bad.append((theme, p, label, "shown and does not pass"))
                    know.know(v, int(r["reflections"]))
                else:
                    hidden.append((p, label, here, [s for s in sides if not passes(s[1])]))
        told = len(know.value) > base
        for p, label, here, sides in hidden:
            if len(here) == len(rows):
                continue  # the pool of everybody is no part of anything
            for vector, texts in sides:
                people = [None] + sorted({x["writer"] for x in here})
                for who in people:
                    own = np.zeros(2 * len(know.cells))
                    for x in rows:
                        if x["writer"] == who:
                            i = know.cells.index(tuple(labels[q](x) for q in TABLES))
                            own[i + (0 if x["has"][theme] else len(know.cells))] += 1
                    low, high = know.range(vector, own)
                    mine = float(vector @ own)
                    counts["asked"] += 1
                    need = K if who is None else K - 1
                    # with every part hidden it is the total that tells, and totals stay
                    # (rule 8.7): then the range must be k wide
                    wide = high - low > need - 1e-6 and not told
                    if not wide and (low - mine > 1e-6 or high - mine < need - 1e-6):
                        bad.append((theme, p, label, who, low - mine, high - mine))
    return bad


def verdict(claim, found, figures, other, holds):
    """TAP: that nothing was found, the figures, and a claim that keeps the first from being empty."""
    print("1..2")
    print(f"{'not ok' if found else 'ok'} 1 - {claim}")
    for f in found[:20]:
        print("#", *f)
    print("#", figures)
    print(f"{'ok' if holds else 'not ok'} 2 - {other}")
    sys.exit(bool(found) or not holds)


def main():
    program, trials = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    counts = {"pass": 0, "shown": 0, "asked": 0}
    rng, found = random.Random(20261122), []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(trials):
            found += attack(program, corpus(rng), pathlib.Path(folder), counts)
    verdict("no hidden cell can be narrowed below k", found,
            f"{trials} corpora, {counts['asked']} questions, {len(found)} answered; shown "
            f"{counts['shown']} of {counts['pass']} cells that pass by themselves",
            "most cells that may be shown are", counts["shown"] >= .5 * counts["pass"])


if __name__ == "__main__":
    main()
