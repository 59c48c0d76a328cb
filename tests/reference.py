#!/usr/bin/env python3
"""An independent recount of `themes`, `themes_by_unit` and `theme_pairs`.

    reference.py EFTERTANKE REFLECTIONS.csv RESULTS_FOLDER [SILENT [DECIDE]]

Counts on its own, from the lines of `eftertanke themes` and the CSV alone, what every cell
of the three tables should hold, hiding included, and compares. The rules are those of the
docs/results.md ("What is shown"): a cell and each of its rests need k writers, no writer may hold
more than half, no two more than 85 percent; a lone hidden part takes a second with it.

That is all that holds for the entries alone (DECIDE none). With weights (core) there are parts
of units that are held against other tables too, which this recount does not do: of
themes_by_unit it then asks that every number is right, and that nothing is shown that the
rules hide.
"""
import csv
import itertools
import json
import subprocess
import sys
from collections import Counter, defaultdict

K = 5


def passes(writers):
    """writers: Counter of what each holds of one set."""
    top = sorted((n for n in writers.values() if n), reverse=True)
    total = sum(top)
    return (len(top) >= K and top[0] * 100 <= 50 * total
            and (top[0] + top[1]) * 100 <= 85 * total)


def count(rows, test):
    return Counter(r["writer"] for r in rows if test(r))


def shows(*sets):
    return all(passes(s) for s in sets)


def read(program, table, decide):
    out = subprocess.run([program, "themes", "-q", "--decide", decide, table], capture_output=True, text=True,
                         check=False).stdout
    hits = {r["id"]: r for r in map(json.loads, out.splitlines())}
    rows, seen = [], set()
    with open(table, encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            if (r["id"], r["uppdrag"]) in seen:
                continue
            seen.add((r["id"], r["uppdrag"]))
            if r["reflektion"].strip() == "":
                continue
            polarities = defaultdict(set)
            hit_counts = Counter()
            for h in hits[r["id"]]["hits"]:
                polarities[h["theme"]].add(h["polarity"])
                hit_counts[h["theme"], h["polarity"]] += 1
                if h["polarity"] != "uncertain":
                    hit_counts[h["theme"], "any"] += 1
            rows.append({"id": r["id"], "writer": " ".join(r["skribent"].split()).casefold(),
                         "unit": r["enhet"].strip(), "text": r["reflektion"],
                         "pol": polarities, "hits": hit_counts})
    return rows


def has(row, theme, polarity="any"):
    found = row["pol"].get(theme, ())
    if polarity == "any":
        return "affirmed" in found or "negated" in found
    return polarity in found


def expect_themes(rows, themes):
    out = {}
    for t in themes:
        for p in ("any", "affirmed", "negated", "uncertain"):
            cell = count(rows, lambda r: has(r, t, p))
            sets = [cell, count(rows, lambda r: not has(r, t, p))]
            if p in ("affirmed", "negated"):
                sets.append(count(rows, lambda r: has(r, t) and not has(r, t, p)))
            hits = Counter()
            for r in rows:
                hits[r["writer"]] += r["hits"][t, p]
            ok = shows(*sets) and passes(hits)
            out[t, p] = (sum(cell.values()), len(cell), sum(hits.values())) if ok else None
        # hits of 'any' are those of both: one hidden, the other would give it away
        a, n = out[t, "affirmed"], out[t, "negated"]
        if out[t, "any"] is not None and (a is None) != (n is None):
            for p, row in (("affirmed", a), ("negated", n)):
                out[t, p] = row and (*row[:2], None)
    return out


def expect_units(rows, themes):
    units = sorted({r["unit"] for r in rows})
    out = {}
    for t in themes:
        parts = {}
        for u in units:
            cell = count(rows, lambda r: has(r, t) and r["unit"] == u)
            ok = shows(cell, count(rows, lambda r: has(r, t) and r["unit"] != u),
                       count(rows, lambda r: not has(r, t) and r["unit"] == u))
            parts[u] = [cell, ok]
        hidden = [u for u in units if not parts[u][1]]
        while hidden and len(hidden) < len(units):
            union = Counter()
            for u in hidden:
                union.update(parts[u][0])
            if len(hidden) >= 2 and passes(union):
                break
            open_units = [u for u in units if u not in hidden]
            hidden.append(min(open_units, key=lambda u: (len(parts[u][0]), u.encode())))
        for u in units:
            cell = parts[u][0]
            out[u, t] = None if u in hidden else (sum(cell.values()), len(cell))
    return out


def expect_pairs(rows, themes, single):
    out = {}
    for a, b in itertools.combinations(sorted(themes), 2):
        cell = count(rows, lambda r: has(r, a) and has(r, b))
        ok = single[a, "any"] and single[b, "any"] and shows(
            cell, count(rows, lambda r: has(r, a) and not has(r, b)),
            count(rows, lambda r: has(r, b) and not has(r, a)))
        out[a, b] = (sum(cell.values()), len(cell)) if ok else None
    return out


def table(folder, name):
    with open(f"{folder}/tables/{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def main(first=1):
    program, source, folder = sys.argv[1:4]
    with open(f"{folder}/summary.json", encoding="utf-8") as f:
        summary = json.load(f)
    global K
    K = summary["k"]
    decide = sys.argv[5] if len(sys.argv) > 5 else "core"
    rows = read(program, source, decide)
    total = next(r for r in table(folder, "overview") if r["scope"] == "all")
    bad, n = [], 0
    if len(rows) < int(total["reflections"]):
        raise SystemExit(f"not ok {first} - the recount has fewer reflections than the overview")
    # Answers that say nothing are no part of the population; they have no hits, and the
    # engine alone knows its list of them: take it by difference through the tokens line.
    silent = {line.strip() for line in open(sys.argv[4], encoding="utf-8")
              if line.strip() and not line.startswith("#")} if len(sys.argv) > 4 else set()
    rows = [r for r in rows if r["text"].strip().casefold().rstrip(".!?… ") not in silent
            and r["text"].strip().casefold() not in silent]
    themes = sorted({r["theme"] for r in table(folder, "themes")})
    singles = expect_themes(rows, themes)
    for r in table(folder, "themes"):
        hits = int(r["hits"]) if r["hits"] else None
        got = (int(r["reflections"]), int(r["writers"]), hits) if r["shown"] == "1" else None
        n += 1
        if got != singles[r["theme"], r["polarity"]]:
            bad.append(("themes", r["theme"], r["polarity"], got, singles[r["theme"], r["polarity"]]))
    units = expect_units(rows, themes)
    for r in table(folder, "themes_by_unit"):
        got = (int(r["reflections"]), int(r["writers"])) if r["shown"] == "1" else None
        n += 1
        if decide != "none" and got is None:
            continue
        if got != units[r["label"], r["theme"]]:
            bad.append(("themes_by_unit", r["label"], r["theme"], got, units[r["label"], r["theme"]]))
    pairs = expect_pairs(rows, themes, singles)
    for r in table(folder, "theme_pairs"):
        if r["level"] != "reflection":
            continue
        got = (int(r["o11"]), int(r["writers"])) if r["shown"] == "1" else None
        n += 1
        if got != pairs[r["theme_a"], r["theme_b"]]:
            bad.append(("theme_pairs", r["theme_a"], r["theme_b"], got, pairs[r["theme_a"], r["theme_b"]]))
    print(f"ok {first} - the population is the same" if int(total["reflections"]) == len(rows)
          else f"not ok {first} - population {total['reflections']} against {len(rows)}")
    print(f"{'not ok' if bad else 'ok'} {first + 1} - {n} cells recounted, {len(bad)} differ")
    for b in bad[:20]:
        print("#", b)
    return 1 if bad else 0


if __name__ == "__main__":
    result = main()
    print("1..2")
    sys.exit(result)
