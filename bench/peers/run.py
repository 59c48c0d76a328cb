#!/usr/bin/env python3
"""Ours and what users would pick instead, in one run on one text.

    run.py BENCH_TEXT FOLDER FILE [--runs N]

FOLDER is thrown away by hand; what the peers need is installed there when it is missing.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent


def quietly(*command, cwd=None):
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip().splitlines()[-1:] or ["failed"])
    return done.stdout


def python_of(folder):
    python = folder / "python" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "python", with_pip=True)
        quietly(python, "-m", "pip", "install", "-q", "scikit-learn", "PyStemmer", "spacy")
    return python


def lucene_of(folder):
    work = folder / "lucene"
    if not (work / "target" / "classes").exists():
        if shutil.which("mvn") is None:
            raise RuntimeError("mvn is not installed")
        shutil.copytree(HERE / "lucene", work, dirs_exist_ok=True)
        quietly("mvn", "-q", "compile", "dependency:copy-dependencies", cwd=work)
    return ["java", "-cp", f"{work}/target/classes:{work}/target/dependency/*", "LucenePeer"]


def tantivy_of(folder):
    work = folder / "tantivy"
    program = work / "target" / "release" / "tantivy-peer"
    if not program.exists():
        if shutil.which("cargo") is None:
            raise RuntimeError("cargo is not installed")
        shutil.copytree(HERE / "tantivy", work, dirs_exist_ok=True)
        quietly("cargo", "build", "--release", "--quiet", cwd=work)
    return [program]


def r_of(_):
    if shutil.which("Rscript") is None:
        raise RuntimeError("R is not installed (apt-get install r-cran-tokenizers r-cran-snowballc)")
    return ["Rscript", HERE / "tokenizers.R"]


def in_python(name):
    return lambda folder: [python_of(folder), HERE / "peer.py", name]


# name, command, most MB of text, what it does
PEERS = [
    ("tantivy", tantivy_of, 40, "words, fold, stem, count"),
    ("lucene", lucene_of, 40, "words, fold, stop words, stem, count"),
    ("fts5", in_python("fts5"), 40, "words, fold, index; no stem"),
    ("sklearn", in_python("sklearn"), 10, "words, fold, stem, count"),
    ("r-tokenizers", r_of, 5, "words, fold, stem, count"),
    ("spacy", in_python("spacy"), 5, "words, fold, count; no stem"),
]


def first_part(text, folder, megabytes):
    """The first lines of at most so many MB, as a file."""
    part = folder / f"text-{megabytes}.txt"
    with open(text, "rb") as f:
        data = f.read(megabytes * 1_000_000)
    if len(data) == megabytes * 1_000_000:
        data = data[:data.rfind(b"\n") + 1]
    part.write_bytes(data)
    return part, len(data)


def ours(bench, part, runs):
    rows = json.loads(quietly(bench, "--json", "--rows", "3", "--runs", runs, part))["rows"]
    return {r["row"]: r["seconds"] for r in rows}


def main():
    bench, folder, text = map(pathlib.Path, sys.argv[1:4])
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 3
    folder.mkdir(exist_ok=True)
    print(f"{'peer':14} {'MB':>5} {'MB/s':>8} {'ours cold':>10}   what it does")
    cache = {}
    for name, command_of, most, does in PEERS:
        part, size = first_part(text, folder, most)
        if size not in cache:
            rows = ours(bench, part, runs)
            cache[size] = next(s for row, s in rows.items() if row.startswith("ours: stem and count, cold"))
            print(f"{'ours, cold':14} {size / 1e6:5.1f} {size / 1e6 / cache[size]:8.1f} {1.0:9.1f}x   words, fold, stem, count")
        try:
            command = command_of(folder)
            took = statistics.median(float(quietly(*command, part).split()[0]) for _ in range(runs))
        except RuntimeError as why:
            print(f"{name:14} skipped: {why}")
            continue
        print(f"{name:14} {size / 1e6:5.1f} {size / 1e6 / took:8.1f} {took / cache[size]:9.1f}x   {does}", flush=True)
    print("'ours cold': how many times the time of ours on the same part of the text.")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    main()
