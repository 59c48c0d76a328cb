#!/usr/bin/env python3
"""--assignment-order and --fdr: in what order assignments are read, how many tests are one."""
import csv
import io
import json
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])


def analysed(name, *options, source=SAMPLE):
    done = program.run("analyse", "-q", "--no-log", "--no-report", "--no-pairs", source,
                       "--out", name, *options)
    return done, contents(program.path_of(name)) if done.returncode == DONE else {}


def rows(files, table):
    return list(csv.DictReader(io.StringIO(files[f"tables/{table}.csv"].decode("utf-8-sig"))))


def order(files):
    of = {(int(r["place"]), r["assignment"]) for r in rows(files, "assignment_themes")
          if r["place"]}
    return [name for _, name in sorted(of)]


with open(SAMPLE, encoding="utf-8-sig", newline="") as f:
    sample = list(csv.DictReader(f))
days = {}
for r in sample:
    days.setdefault(r["uppdrag"], []).append(r["datum"])
expected = sorted(days, key=lambda a: (statistics.median_low(days[a]), a))

_, plain = analysed("plain")
tap.ok(order(plain) == expected, "assignments are in the order of their median days")

shuffled = program.path_of("shuffled.csv")
with open(shuffled, "w", encoding="utf-8", newline="") as f:
    w = csv.DictWriter(f, sample[0].keys())
    w.writeheader()
    w.writerows(sorted(sample, key=lambda r: r["id"][::-1]))
_, other = analysed("shuffled", source=shuffled)
same = all(other[n] == plain[n] for n in plain if n.startswith("tables/"))
tap.ok(same, "the order of the rows of a file changes nothing")

_, named = analysed("named", "--assignment-order", "name")
tap.ok(order(named) == sorted(days), "--assignment-order name")
wanted = [expected[3], expected[0], expected[5]]
_, said = analysed("said", "--assignment-order", "|".join(wanted))
tap.ok(order(said) == wanted, "--assignment-order with the names: the others have no place")
kept = [{k: v for k, v in r.items() if k != "place"} for r in rows(plain, "assignment_themes")]
now = [{k: v for k, v in r.items() if k != "place"} for r in rows(said, "assignment_themes")]
tap.ok(kept == now, "an order changes no number of the table")

config = program.path_of("order.yaml")
config.write_text(f'assignment-order: "{"|".join(wanted)}"\nfdr: by\n', encoding="utf-8")
_, configured = analysed("configured", "--config", config)
tap.ok(order(configured) == wanted, "the same from a file of settings")
manifest = json.loads(configured["manifest.json"])["false_discovery"]
tap.ok(manifest["method"] == "by" and len(manifest["families"]) > 3,
       "the manifest names method and families")

done, _ = analysed("wrong", "--assignment-order", f"{expected[0]}|Zebraparken")
tap.ok(done.returncode == USAGE and b"Zebra" not in done.stderr and b"2 of the order" in done.stderr,
       "an assignment that no text has is an error, told by its place")
for bad in (["--assignment-order", "A||B"], ["--fdr", "none"],
            ["--assignment-order", f"{expected[0]}|{expected[0]}"]):
    tap.ok(analysed("bad", *bad)[0].returncode == USAGE, " ".join(bad) + " is refused")

for how, name in (("bh", "Hochberg"), ("by", "Yekutieli"), ("holm", "Holm")):
    done = program.run("analyse", "-q", "--no-pairs", "--no-log", SAMPLE, "--fdr", how, "--out",
                       program.path_of("told"), "--force")
    page = (program.path_of("told") / "report.html").read_text(encoding="utf-8")
    tap.ok(done.returncode == DONE and f"{name})." in page, f"the report names the method of --fdr {how}")

gsl = json.loads(plain["manifest.json"])["libraries"]["gsl"] != "none"
for how in ("bh", "by", "holm"):
    _, files = analysed(how, "--fdr", how)
    tests = [r for r in rows(files, "tests") if r["p"]]
    family = {}
    for r in tests:
        family.setdefault((r["table_name"], r["test"]), []).append(r)
    good = all(r["family"] == f"{how} over the {len(of)} test{'s' * (len(of) > 1)} "
                              f"{test} of {table}"
               for (table, test), of in family.items() for r in of)
    m = [len(of) for of in family.values()]
    least = [min((float(r["p"]), float(r["q"])) for r in of) for of in family.values()]
    bound = [sum(1 / i for i in range(1, n + 1)) if how == "by" else 1 for n in m]
    good = good and all(q <= 1 and q <= 1.06 * n * b * p
                        for (p, q), n, b in zip(least, m, bound))
    tap.ok(good and (len(family) > 2) == gsl, f"--fdr {how}: families and their size are named")
tap.done()
