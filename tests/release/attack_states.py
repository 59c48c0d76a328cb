#!/usr/bin/env python3
"""An attacker who holds several releases of overlapping texts, or many parties' results.

    attack_states.py EFTERTANKE CORPORA overlap
    attack_states.py EFTERTANKE CORPORA grow
    attack_states.py EFTERTANKE CORPORA anew
    attack_states.py EFTERTANKE CORPORA parties

overlap: three releases under one log, each of another part of a pool of texts (some added,
some taken away), at times as sealed states. The attacker knows every number of all three, which
of them are kept from earlier (as_of), which texts are in which release, and which combinations
of unit, municipality, assignment and term they have; not which have the theme. Asked is, for
everybody and each label, how many of the texts that one release has and another has not have the
theme, wherever that comes from one to k - 1 writers, and where some and not all of them have it:
no number of all releases together may tell.

grow: the same of three releases while texts go on arriving, where rows of the second may be kept
from the first.

anew: grow again, made so that the first release tells units and assignments, the second units
anew and assignments as they were, and the third assignments anew. What the first said of units
is in no later one.

parties: thirteen small parties, some with fewer than five writers, each sealed. Whoever sees the
results of several different subsets of them sees nothing but sums of what single seals tell:
every number of every subset is the sum over those of its parties that tell that row, and their
number is `parties`. Each seal is attacked by itself as in attack.py.
"""
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.argv.append("sealed")  # attack.py reads it
import attack  # noqa: E402  (prints SKIP without SciPy)
from attack import K, TABLES, THEMES, Knowledge, np, table  # noqa: E402


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = attack.csv.writer(f)
        w.writerow(["id", "writer", "unit", "kommunen", "assignment", "date", "text"])
        w.writerows([r[c] for c in ("id", "writer", "unit", "kommun", "assignment", "date",
                                    "text")] for r in rows)


# ------------------------------------------------------------------------- overlap

def versions(rows, rng):
    """Three overlapping parts of a pool."""
    order = sorted(rows, key=lambda r: (r["period"], rng.random()))
    n, out = len(order), []
    few = rng.choice((1, 2, 3, 6, 12))
    for kind in rng.sample(("begin", "end", "less", "writers", "whole"), 3):
        gone = set(rng.sample(sorted({r["writer"] for r in rows}), min(2, few)))
        out.append({"begin": order[:n - few], "end": order[few:],
                    "less": [r for r in order if r["id"] not in
                             {x["id"] for x in rng.sample(order, few)}],
                    "writers": [r for r in order if r["writer"] not in gone],
                    "whole": order}[kind])
    return out


def grown(rows, rng):
    order, n = sorted(rows, key=lambda r: (r["period"], rng.random())), len(rows)
    few, more = (rng.choice((1, 2, 3, 6, 9, 12, 20)) for _ in range(2))
    return [order[:n - few - more], order[:n - few], order]


def anew(rng):
    """A pool and its three versions. Fewer than K writers arrive second in some assignments, so
    that these wait; third arrive two texts in a unit and assignment, and enough elsewhere."""
    rows, ends = [], []
    units, tasks = rng.sample(("U1", "U2", "U3", "U4"), 4), rng.sample("PQR", 3)

    def add(count, who, unit, task, with_theme):
        for i in range(count):
            has = {t: i < with_theme if t == "oro" else rng.random() < .5 for t in THEMES}
            text = "Vi hade ett möte. " + "".join(s for t, s in THEMES.items() if has[t])
            rows.append({"id": f"r{len(rows)}", "writer": f"{who}{i}", "unit": unit,
                         "kommun": "K" + unit[1:], "assignment": f"Uppdrag {task}",
                         "period": "2024-VT", "date": "2024-03-11", "has": has, "text": text})

    for unit in units:
        for task in tasks:
            add(rng.randint(7, 9), f"{unit}w", unit, task, rng.randint(3, 5))
    ends.append(len(rows))
    n, m = rng.randint(K, 6), K - 1
    add(n, "p", units[0], tasks[1], 0)
    add(n, "q", units[2], tasks[1], n)
    add(m, "s", units[3], tasks[0], m)
    add(m, "t", units[3], tasks[2], rng.randint(1, m))
    ends.append(len(rows))
    add(2, "r", units[1], tasks[1], 1)
    for who, task in (("v", tasks[0]), ("y", tasks[2])):
        add(rng.randint(5, 8), who, units[1], task, rng.randint(3, 4))
    return rows, [rows[:ends[0]], rows[:ends[1]], rows]


def release_one(program, rows, folder, name, sealed):
    """Tables with as_of. Of a seal as_of is not told, so the attacker gets it from the same
    release made once more against a copy of the log."""
    write(folder / f"{name}.csv", rows)
    log, how = folder / "log", ["-q", "--k", K, "--facet", "kommun=kommunen"]
    if sealed:
        before = log.read_bytes() if log.exists() else b""
        attack.run(program, "seal", *how, "--party", "P", folder / f"{name}.csv", "--log", log,
                   "-o", folder / f"{name}.sealed", "--force")
        log, copy = folder / "copy", before
        log.write_bytes(copy)
    attack.run(program, "analyse", *how, "--no-inference", "--no-pairs", "--no-report",
               folder / f"{name}.csv", "--out", folder / name, "--force", "--log", log)
    return folder / name / "tables"


class Versions(Knowledge):
    """Texts by the releases they are in and their combination of labels."""

    def __init__(self, pool, within, labels):
        self.key = lambda r: (within[r["id"]],) + tuple(labels[p](r) for p in TABLES)
        self.cells = sorted({self.key(r) for r in pool})
        self.eq, self.value = [], []
        for cell in self.cells:  # who wrote what is known; the themes are not
            self.know(self.vector(lambda c: c == cell, 1, 1),
                      sum(self.key(r) == cell for r in pool))


def attack_overlap(program, pool, rng, folder, counts, parts_of):
    (folder / "log").unlink(missing_ok=True)
    parts = parts_of(pool, rng)
    tables = [release_one(program, rows, folder, f"v{i}", rng.random() < .4)
              for i, rows in enumerate(parts)]
    within = {r["id"]: tuple(r["id"] in {x["id"] for x in part} for part in parts)
              for r in pool}
    pool = [r for r in pool if any(within[r["id"]])]
    printed = [attack.printed_labels(t)[1] for t in tables]
    if any(printed[i][p](r) != printed[0][p](r) for i in (1, 2) for p in TABLES for r in pool):
        counts["moved"] += 1
        return []
    labels, bad = printed[0], []
    for theme in THEMES:
        know = Versions(pool, within, labels)
        for i, folder_of in enumerate(tables):
            rows = [(lambda c: True, r) for r in table(folder_of, "themes")
                    if r["theme"] == theme and r["polarity"] == "any"]
            for at, (name, column) in enumerate(TABLES.values()):
                rows += [(lambda c, at=at, label=r[column]: c[1 + at] == label, r)
                         for r in table(folder_of, name) if r["theme"] == theme]
            for test, r in rows:
                counts["rows"] += r["shown"] == "1"
                if r["shown"] != "1" or r["as_of"]:
                    continue  # not told, or told before
                counts["new"] += i > 0
                know.know(know.vector(lambda c: c[0][i] and test(c), 1, 0),
                          int(r["reflections"]))
        for a in range(3):
            for b in range(3):
                here = (lambda w, a=a, b=b: w[a] and not w[b])
                for p, label in [(None, None)] + [(p, x) for p in TABLES for x in sorted(
                        {labels[p](r) for r in pool if here(within[r["id"]])})]:
                    texts = [r for r in pool if here(within[r["id"]]) and
                             (p is None or labels[p](r) == label)]
                    of = [r for r in texts if r["has"][theme]]
                    if not 0 < len({r["writer"] for r in of}) < K or len(of) == len(texts):
                        continue
                    at = 0 if p is None else 1 + list(TABLES).index(p)
                    vector = know.vector(lambda c: here(c[0]) and (p is None or c[at] == label),
                                         1, 0)
                    low, high = know.range(vector, np.zeros(2 * len(know.cells)))
                    counts["asked"] += 1
                    if high - low < 1 - 1e-6:
                        bad.append((theme, f"in {a} not in {b}", p, label, low, high,
                                    len(texts), len(of)))
    return bad


# ------------------------------------------------------------------------- parties

def parties_of(rng):
    """Thirteen corpora as in attack.py; two have four writers."""
    out = []
    for i in range(13):
        rows = attack.corpus(rng)
        if i % 6 == 5:
            few = sorted({r["writer"] for r in rows})[:4]
            rows = [r for r in rows if r["writer"] in few]
        out.append([dict(r, id=f"{i}-{r['id']}", writer=f"{i}-{r['writer']}") for r in rows])
    return out


def numbers(tables):
    """(table, keys) -> (count, parties) of every shown row."""
    out = {}
    for name, keys in {"overview": ("scope", "label"), "themes": ("theme", "polarity"),
                       "themes_by_unit": ("label", "theme"),
                       "themes_by_kommun": ("label", "theme"),
                       "assignment_themes": ("assignment", "theme"),
                       "trend": ("period", "theme"),
                       "feeling_by_theme": ("theme", "feeling")}.items():
        for r in table(tables, name):
            if r["shown"] == "1" and r.get("scope") not in ("parties", "identifiers"):
                out[(name,) + tuple(r[k] for k in keys)] = r
    return out


def attack_parties(program, rng, folder, counts):
    seals, told, bad = [], [], []
    for i, rows in enumerate(parties_of(rng)):
        write(folder / "p.csv", rows)
        seal = folder / f"p{i}.sealed"
        attack.run(program, "seal", "-q", "--no-log", "--k", K, "--facet", "kommun=kommunen",
                   "--party", f"P{i}", folder / "p.csv", "-o", seal, "--force")
        attack.run(program, "analyse", "-q", "--no-report", seal, "--out", folder / "one",
                   "--force")
        seals.append(seal)
        told.append(numbers(folder / "one" / "tables"))
        if i == 5 or rng.random() < counts["share"]:  # one of few writers always
            bad += [(f"party {i}",) + b for b in attack.attack(program, rows, folder, counts)]
    for _ in range(3):
        chosen = sorted(rng.sample(range(13), rng.randint(2, 13)))
        attack.run(program, "analyse", "-q", "--no-report", "--disjoint-writers",
                   *(seals[i] for i in chosen), "--out", folder / "merged", "--force")
        for key, row in numbers(folder / "merged" / "tables").items():
            have = [told[i][key] for i in chosen if key in told[i]]
            if key[0] == "trend" and not have:
                continue
            counts["sums"] += 1
            value = row["reflections"]
            total = sum(int(h["reflections"]) for h in have if h["reflections"])
            if row.get("parties") and int(row["parties"]) != len(have):
                bad.append((key, "parties", row["parties"], len(have)))
            elif value and int(value) != total:
                bad.append((key, "sum", value, total))
    return bad


# Found once, when rows of older bases were not held against: looked at first.
FOUND = {"grow": [25]}


def main():
    program, trials, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    counts = dict.fromkeys(("asked", "rows", "new", "moved", "pass", "shown", "sums"), 0)
    counts["share"] = .15
    first, found = FOUND.get(mode, []), []
    with tempfile.TemporaryDirectory() as name:
        for i in (first + [x for x in range(trials) if x not in first])[:trials]:
            rng, folder = random.Random(f"{mode}-{i}"), pathlib.Path(name)
            if mode == "parties":
                found += [(i, *f) for f in attack_parties(program, rng, folder, counts)]
            else:
                pool, parts = anew(rng) if mode == "anew" else (attack.corpus(rng), None)
                found += [(i, *f) for f in attack_overlap(
                    program, pool, rng, folder, counts,
                    (lambda *_, parts=parts: parts) if parts else
                    grown if mode == "grow" else versions)]
    attack.verdict("subsets of parties tell sums of what their seals tell, and no seal can be narrowed"
                   if mode == "parties" else
                   "three releases of overlapping texts do not tell what few of them say", found,
                   f"{trials} corpora, {counts['moved']} with other labels passed over, "
                   f"{counts['asked']} questions, {len(found)} answered; {counts['rows']} rows, "
                   f"{counts['new']} new in later ones; {counts['sums']} sums looked at",
                   "and something is told",
                   counts["asked"] > 0 and (counts["rows"] > 0 or counts["sums"] > 0))


if __name__ == "__main__":
    main()
