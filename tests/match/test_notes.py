#!/usr/bin/env python3
"""Themes of notes of a few words, as from a workshop: tests/data/themes-notes.

    test_notes.py EFTERTANKE FOLDER [--show a|b]

Prints TAP: for each file found, coded, right over (note, theme), and what is held of notes with
no theme; then the claims. What readers may differ about ("?theme") counts neither way. --show lists
the mistakes of a file.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def read(path):
    """(themes, missing themes, doubtful themes, note) of each line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("//"):
            continue
        codes, note = line.split("|")
        codes = [c.strip() for c in codes.split(",") if c.strip()]
        yield ({c.lstrip("-") for c in codes if not c.startswith("?")},
               {c[1:] for c in codes if c.startswith("-")},
               {c[1:] for c in codes if c.startswith("?")}, note.strip())


def find(program, notes):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
        for number, note in enumerate(notes):
            texts.write(json.dumps({"id": f"n{number}", "text": note}) + "\n")
        texts.flush()
        done = subprocess.run([program, "themes", "-q", texts.name], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def judge(program, path, show):
    rows = list(read(path))
    right = found = coded = clean = empty = denied = said = 0
    for (themes, missing, doubtful, note), result in zip(rows, find(program, [r[-1] for r in rows])):
        there = set(result["themes"]) - doubtful
        negated = {h["theme"] for h in result["hits"] if h["polarity"] == "negated"}
        right, found, coded = right + len(there & themes), found + len(there), coded + len(themes)
        empty, clean = empty + (not themes), clean + (not themes and not there)
        said += len(there & themes)
        denied += sum((t in negated) == (t in missing) for t in there & themes)
        wrong = sorted(t for t in there & themes if (t in negated) != (t in missing))
        if show and (there != themes or wrong):
            entries = sorted({f"{h['entry']} {h['polarity']}" for h in result["hits"]})
            print(f"# {note}: missed {sorted(themes - there)} wrong {sorted(there - themes)} polarity {wrong} {entries}")
    precision, recall = right / max(found, 1), right / max(coded, 1)
    print(f"# {path.stem}: {len(rows)} notes, precision {precision:.3f} ({right} of {found}), recall {recall:.3f} "
          f"({right} of {coded}), without a theme {clean} of {empty}, polarity {denied} of {said}")
    return precision, recall, clean / max(empty, 1), denied / max(said, 1)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    wanted = sys.argv[4] if len(sys.argv) > 4 else ""
    figures = [judge(program, folder / f"{name}.txt", name == wanted) for name in "ab"]
    claims = (
        ("what a note of a few words is about is mostly found", all(f[1] >= 0.85 for f in figures)),
        ("and what it is not about seldom", all(f[0] >= 0.85 for f in figures)),
        ("notes about no theme have none", all(f[2] >= 0.9 for f in figures)),
        ("a note tells what is missing from what is there", all(f[3] >= 0.85 for f in figures)),
    )
    print(f"1..{len(claims)}")
    for number, (claim, holds) in enumerate(claims, 1):
        print(f"{'ok' if holds else 'not ok'} {number} - {claim}")
    return 0 if all(holds for _, holds in claims) else 1


sys.exit(main())
