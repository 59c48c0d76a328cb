#!/usr/bin/env python3
"""role_pairs: what theme_pairs tells of themes with roles, in their order, and nothing more."""
import csv
import sqlite3
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
ORDER = ["context", "action", "effect"]
ROLES = {"stress": "context", "barn": "context", "lara": "action", "samtal": "action", "glad": "effect", "oro": "effect"}
WORDS = {"stress": "hinner | stress*", "barn": "barn*", "lara": "lär* | kollega", "samtal": "samtal* | prata*",
         "glad": "glad* | stolt*", "oro": "oro* | rädd*", "mat": "fika* | mat"}


def lexicon(name, roles):
    path = program.path_of(name)
    path.write_text("kind,theme,text,role\n" + "".join(
        f"theme,{t},,{roles.get(t, '')}\nentry,{t},{w},\n" for t, w in WORDS.items()), encoding="utf-8")
    return path


def rows(folder, table):
    path = folder / "tables" / f"{table}.csv"
    if not path.exists():
        return None
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def analyse(name, roles, *more):
    out = program.path_of(name)
    done = program.run("analyse", "-q", "--no-inference", "--lexicon", lexicon(name + ".csv", roles), SAMPLE,
                       "--out", out, "--force", *more)
    return done.returncode, out


code, out = analyse("ut", ROLES, "--no-log")
told, pairs = rows(out, "role_pairs"), rows(out, "theme_pairs")
wanted, hidden = {}, 0
for p in pairs:
    a, b = p["theme_a"], p["theme_b"]
    if a not in ROLES or b not in ROLES or ROLES[a] == ROLES[b]:
        continue
    turned = ORDER.index(ROLES[a]) > ORDER.index(ROLES[b])
    hidden += p["shown"] == "0"
    if p["shown"] == "1":
        first, second = ("c1", "r1") if turned else ("r1", "c1")
        wanted[(p["level"], *((b, a) if turned else (a, b)))] = (
            p["writers"], p["writers_min"], p["o11"], p[first], p[second], p["n"], p["npmi"], p["logdice"], p["g2"])
found = {(r["level"], r["theme_a"], r["theme_b"]): (
    r["writers"], r["writers_min"], r["o11"], r["r1"], r["c1"], r["n"], r["npmi"], r["logdice"], r["g2"]) for r in told}
tap.ok(code == DONE and len(wanted) > 2 and hidden > 0 and found == wanted, "rows are the shown ones of theme_pairs, turned")
tap.ok(all((r["role_a"], r["role_b"]) == (ROLES[r["theme_a"]], ROLES[r["theme_b"]])
           and ORDER.index(r["role_a"]) < ORDER.index(r["role_b"])
           and abs(float(r["share"]) - int(r["o11"]) / int(r["r1"])) < 1e-9 for r in told), "with the earlier role first")
db = sqlite3.connect(out / "results.sqlite")
chains = {(c, a, e): (x, y) for c, a, e, x, y in db.execute(
    "SELECT context, action, effect, context_action, action_effect FROM role_chains WHERE level = 'reflection'")}
both = {(c, a, e): (int(found["reflection", c, a][2]), int(found["reflection", a, e][2]))
        for _, c, a in found for e in ROLES if ("reflection", c, a) in found and ("reflection", a, e) in found}
tap.ok(len(chains) > 0 and chains == both, "role_chains joins two of them over their action")
code, plain = analyse("utan", {})
tap.ok(code == DONE and rows(plain, "role_pairs") is None, "without roles there is no such table")

# a later release of a few more texts keeps old rows, here as there
log = program.path_of("log.jsonl")
analyse("ett", ROLES, "--log", log)
more = program.path_of("mer.csv")
text = SAMPLE.read_text(encoding="utf-8")
more.write_text(text + 'X1,En Till,Barn och familj,Ny,2025-09-01,3,tid,"Vi lär oss och är glada, barnen pratar om oro.",\n',
                encoding="utf-8")
out = program.path_of("tva")
done = program.run("analyse", "-q", "--no-inference", "--lexicon", program.path_of("ett.csv"), more, "--out", out, "--log", log)
kept = {(p["level"], p["theme_a"], p["theme_b"]): p["as_of"] for p in rows(out, "theme_pairs") if p["shown"] == "1"}
again = rows(out, "role_pairs")
tap.ok(done.returncode == DONE and any(r["as_of"] for r in again) and all(
    r["as_of"] == kept.get((r["level"], *sorted((r["theme_a"], r["theme_b"])))) for r in again),
    "a row that is kept from an earlier release says so")
tap.done()
