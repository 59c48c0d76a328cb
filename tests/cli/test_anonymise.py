#!/usr/bin/env python3
"""anonymise: offsets of veiled text, the way back in a file of its own, days moved.

    test_anonymise.py EFTERTANKE
"""
import json
import stat
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import SAMPLE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
key = program.path_of("key")
key.write_bytes(b"k" * 32)


def lines(data):
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def anonymise(*arguments):
    return program.run("anonymise", "-q", *arguments)


# Offsets and the way back -------------------------------------------------------------------

raw = {r["id"]: r for r in lines(program.run("tokenise", "-q", SAMPLE).stdout)}
for how in ("tag", "mask", "surrogate", "generalise", "key"):
    way_back = program.path_of("map.jsonl")
    done = anonymise("--spans", "--replace", how, "--seed", 7, "--key", key, "--shift-dates", 30,
                     "--map-out", way_back, "--force", SAMPLE)
    records = lines(done.stdout)
    tap.ok(done.returncode == 0 and all(
        r["text"][s["veiled_start"]:s["veiled_end"]] == s["replacement"]
        for r in records for s in r["spans"]), f"{how}: offsets of the veiled text hold")
    back = {r["id"]: r["spans"] for r in lines(way_back.read_bytes())}
    bad = 0
    for r in records:
        text, spans = r["text"], back.get(r["id"], [])
        bad += len(spans) != len(r["spans"])
        for s in reversed(spans):
            bad += text[s["veiled_start"]:s["veiled_end"]] != s["replacement"]
            text = text[:s["veiled_start"]] + s["original"] + text[s["veiled_end"]:]
        for t in raw[r["id"]]["tokens"]:
            bad += text[t["start"]:t["end"]] != t["form"]
    tap.ok(bad == 0, f"{how}: the map leads back to every word of the original")
    tap.ok(stat.S_IMODE(way_back.stat().st_mode) == 0o600, f"{how}: nobody else may read the map")
fields = program.path_of("fields.csv")
fields.write_text("id,text,kommentarer,fråga\n1,Jag ringde Fatima.,Hälsa Fatima.,Kom Fatima?\n", "utf-8")
done = anonymise("--map-out", program.path_of("m2.jsonl"), fields)
tap.ok({r["field"] for r in lines(program.path_of("m2.jsonl").read_bytes())} >= {"text"} and
       b"Fatima" not in done.stdout, "the map knows the fields")
for where in ("-", "/dev/stdout", "/dev/null"):
    done = anonymise("--map-out", where, SAMPLE)
    tap.ok(done.returncode == 2 and done.stdout == b"", f"a map to {where} is refused")
both = program.path_of("both.jsonl")
done = anonymise("--map-out", both, "-o", both, SAMPLE)
tap.ok(done.returncode == 2 and not both.exists(), "a map into the output is refused")

# Moved days ---------------------------------------------------------------------------------

days = program.path_of("days.csv")
days.write_text("id,writer,time,text\n1,Eva,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "2,Bo,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "3,Eva,2025-03-12,Vi sågs 2025-03-05 och 2025-03-12 på mötet.\n", "utf-8")
done = anonymise("--shift-dates", 400, "--seed", 3, days)
moved = lines(done.stdout)
tap.ok(done.returncode == 0 and moved[0]["time"] in moved[0]["text"] and
       moved[2]["time"] in moved[2]["text"], "the time of a record moves with its days")
tap.ok(moved[0]["time"] != "2025-03-05" and moved[0]["time"] in moved[2]["text"],
       "a writer's days move alike")
tap.ok(moved[0]["time"] != moved[1]["time"], "another writer's move otherwise")
tap.ok(anonymise("--shift-dates", 400, "--seed", 3, "-j", 2, "--batch", 1, days).stdout == done.stdout,
       "threads and batches change nothing")
tap.ok(anonymise("--shift-dates", 400, days).returncode == 2, "without seed and key it is refused")
tap.ok(anonymise("--shift-dates", 4000, "--seed", 3, days).returncode == 2, "ten years at most")
tap.done()
