#!/usr/bin/env python3
"""The release program with a malloc that fails: ICU, libxml2, jansson, SQLite and all.

Arguments: the program, the preloaded library, `run` or the reason to skip; then perhaps
`all` for every single call of every command (minutes).

Each command runs once as it is, then with call n failing, for n in strides that grow by
a tenth, and with everything from n to n + 50 failing, as when memory is short for a
while. Commands begin their strides at different n, so together they meet most of the
calls that all of them make. What must hold each time: no signal, no endless loop; either
the run succeeds with the same output as ever, or it fails with one of our exit codes and
a message of ours, with nothing under the final name and no document text in the message.

jansson 2.14 reads and writes beyond a string whose closing quote found no room: its own calls
are spared too (engine/read/json.c makes sure of room before, and weighs what came out).
libxml2 follows null pointers when malloc fails it, in RELAX NG and elsewhere; so does ICU
for the default locale, or it waits for itself. Those calls work here (EFT_MALLOC_SPARE):
before they are made the library makes sure that there is room. Whether that holds is tried
with a limit on memory, from far too little to enough.
"""
import concurrent.futures
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import INTERNAL, ROOT, SAMPLE, Program, Tap, contents  # noqa: E402

if sys.argv[3] != "run":
    print(f"1..0 # SKIP {sys.argv[3]}")
    sys.exit(0)
tap, program = Tap(), Program(sys.argv[1])
PRELOAD, EVERY = os.path.abspath(sys.argv[2]), sys.argv[4:] == ["all"]
SECRET = "Zebulonia"
BOUND = 60  # seconds; a run takes some hundredths of one


def inputs():
    """A dozen records of the sample, once as CSV and once as JSON Lines; gold; settings."""
    folder = program.folder
    rows = list(csv.reader(open(SAMPLE, encoding="utf-8", newline="")))[:13]
    text = rows[0].index("reflektion")
    rows[3][text] += f" Sedan ringde {SECRET} igen."
    with open(folder / "in.csv", "w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows(rows)
    with open(folder / "in.jsonl", "w", encoding="utf-8") as f:
        for row in rows[1:]:
            f.write(json.dumps(dict(zip(rows[0], row)), ensure_ascii=False) + "\n")
    with open(folder / "other.csv", "w", encoding="cp1252", errors="replace", newline="") as f:
        csv.writer(f, delimiter=";").writerows([rows[0]] + [
            [f"B-{i}", *row[1:]] for i, row in enumerate(rows[1:])])
    with open(folder / "spans.jsonl", "w", encoding="utf-8") as f:
        for row in rows[1:4]:
            at = row[text].find(SECRET)
            f.write(json.dumps({"id": row[0], "text": row[text], "spans": [] if at < 0 else [
                {"start": at, "end": at + len(SECRET), "category": "PERSON"}]}) + "\n")
    with open(folder / "themes.jsonl", "w", encoding="utf-8") as f:
        for row in rows[1:]:
            f.write(json.dumps({"id": row[0], "themes": ["oro"], "negated": []}) + "\n")
    (folder / "own.xml").write_text(
        '<lexicon xmlns="urn:eftertanke:lexicon:1" id="eget" version="1.0.0" lang="sv" '
        'licence="CC0-1.0"><title xml:lang="sv">Eget</title><title xml:lang="en">Own</title>'
        '<source>Test.</source><theme id="vila"><label xml:lang="sv">Vila</label>'
        '<label xml:lang="en">Rest</label><definition xml:lang="sv">Vila.</definition>'
        '<definition xml:lang="en">Rest.</definition><source>Test.</source>'
        '<entry>vila | vilan</entry></theme></lexicon>')
    tags = sorted({t for row in rows[1:] for t in row[rows[0].index("taggar")].split("|") if t})
    (folder / "tags.csv").write_text("".join(f"{t};oro\n" for t in tags), encoding="utf-8")
    (folder / "set.yaml").write_text("k: 3\nlexicon: [own.xml]\nno-log: true\n")
    for name in ("in", "other"):
        run(["tally", "-q", f"{name}.csv", "-o", f"{name}.state"], "ready", 0)


def run(arguments, name, first, last=None):
    """One run in a folder of its own; call `first` (0: none) to `last` fails."""
    cwd = program.folder
    outer, inner = os.pipe()
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LD_PRELOAD": PRELOAD,
           "XDG_STATE_HOME": str(cwd / f"state-{name}"), "EFT_MALLOC_COUNT": str(inner),
           "EFT_MALLOC_SPARE": "libxml2.so:libjansson.so:locale_get_default"}
    if first > 0:
        env |= {"EFT_MALLOC_FAIL_AT": str(first), "EFT_MALLOC_FAIL_TO": str(last or first)}
    try:
        done = subprocess.run([program.path, *arguments], env=env, cwd=cwd, timeout=BOUND,
                              capture_output=True, pass_fds=[inner], check=False)
    finally:
        os.close(inner)
        told = os.read(outer, 64)
        os.close(outer)
    return done, int(told or 0)


def output_of(path):
    """Bytes under a name; run.json tells the time, and SQLite counts its own writes."""
    if path.is_dir():
        return {k: v for k, v in contents(path).items()
                if k not in ("run.json", "results.sqlite")}
    return path.read_bytes() if path.exists() else None


def clear(name):
    for path in [program.path_of(name), program.path_of(f"state-{name}"),
                 *program.folder.glob(f".*{name}*"), *program.folder.glob(f"{name}?*")]:
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)


def wrong(command, reference, first, last):
    """What is wrong with one run, or None."""
    name = f"out-{first}-{last}."
    out = program.path_of(name)
    try:
        done, _ = run([a.replace("OUT", name) for a in command], name, first, last)
    except subprocess.TimeoutExpired:
        return "does not end"
    wrote, said = output_of(out), done.stderr.decode("utf-8", "replace")
    left = [*program.folder.glob(f".*{name}*"), *program.folder.glob(f"{name}?*")]
    clear(name)
    if done.returncode < 0 or done.returncode > 4:
        return f"ends with {done.returncode}"
    if SECRET in said or str(program.folder) in said:
        return "its message holds text or a path"
    if left:
        return "something unfinished is left"
    if done.returncode == reference[0]:
        same = wrote == reference[1] and (wrote is not None or done.stdout == reference[2])
        return None if same else "succeeds with other output"
    if wrote is not None:
        return f"exit {done.returncode} with output under the final name"
    if "eftertanke: " not in said:
        return f"exit {done.returncode} without a message"
    if done.returncode != INTERNAL:
        return f"exit {done.returncode}: {said.strip()[-90:]}"
    return None


def strides(calls, begin):
    if EVERY:
        return list(range(1, calls + 1))
    chosen, n = [], float(begin)
    while n <= calls:
        chosen.append(int(n))
        n += max(1.0, n / 10)
    return chosen


COMMANDS = {
    "analyse": ["analyse", "-q", "--k", "3", "in.csv", "--out", "OUT"],
    "analyse of states, as JSON": ["analyse", "--json", "--no-log", "in.state",
                                   "other.state", "--out", "OUT"],
    "analyse with two threads and settings": ["analyse", "-q", "-j", "2", "--batch", "1",
                                              "--config", "set.yaml", "in.jsonl", "--out",
                                              "OUT"],
    "analyse of notes": ["analyse", "-q", "--k", "3", "--notes", "in.csv", "--out", "OUT"],
    "analyse with hits and texts": ["analyse", "-q", "--k", "3", "--keep-hits", "--veiled",
                                    "--no-report", "--no-log", "in.csv", "--out", "OUT"],
    "tally of Windows-1252": ["tally", "-q", "other.csv", "-o", "OUT"],
    "merge": ["merge", "-q", "in.state", "other.state", "-o", "OUT"],
    "anonymise": ["anonymise", "in.csv"],
    "anonymise of JSON Lines, with spans": ["anonymise", "--spans", "in.jsonl", "-o", "OUT"],
    "themes with a lexicon": ["themes", "--lexicon", "own.xml", "in.csv", "-o", "OUT"],
    "tokenise": ["tokenise", "-q", "in.csv"],
    "lexicon check": ["lexicon", "check", "own.xml"],
    "evaluate segment": ["evaluate", "segment", "--gold",
                         str(ROOT / "tests/data/segment/sentences-dev.jsonl")],
    "evaluate anonymise": ["evaluate", "anonymise", "--gold", "spans.jsonl"],
    "evaluate themes": ["evaluate", "themes", "--gold", "themes.jsonl", "in.csv"],
    "evaluate by tags": ["evaluate", "themes", "--by-tags", "--tag-map", "tags.csv", "--facet",
                         "uppdraget=uppdrag", "--mistakes", "in.csv"],
}


def check(name, command, begin, pool):
    done, calls = run([a.replace("OUT", "ref") for a in command], "ref", 0)
    reference = (done.returncode, output_of(program.path_of("ref")), done.stdout)
    clear("ref")
    if done.returncode not in (0, 1) or calls == 0:
        return tap.ok(False, f"{name}: runs at all (exit {done.returncode})")
    jobs = [(n, last) for n in strides(calls, begin) for last in (n, n + 50)]
    found = pool.map(lambda job: (job, wrong(command, reference, *job)), jobs)
    bad = [(job, what) for job, what in found if what is not None]
    tap.ok(not bad, f"{name}: {len(jobs)} ways to run short of memory in {calls} calls")
    for job, what in bad[:12]:
        print(f"# calls {job[0]} to {job[1]}: {what}")
    return not bad


def check_limits(command, claim):
    """Address space from 40 MiB (not enough for the data of ICU) to plenty."""
    done, _ = run([a.replace("OUT", "ref") for a in command], "ref", 0)
    reference = (done.returncode, output_of(program.path_of("ref")), done.stdout)
    clear("ref")
    bad, codes = [], {}
    for kilobytes in range(40 << 10, 120 << 10, 1 << 10):
        shell = ["sh", "-c", f'ulimit -v {kilobytes}; exec "$0" "$@"', program.path]
        done = subprocess.run([*shell, *[a.replace("OUT", "ref") for a in command]],
                              cwd=program.folder, capture_output=True, check=False,
                              timeout=BOUND, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                                   "XDG_STATE_HOME": str(program.path_of("state-ref"))})
        wrote = output_of(program.path_of("ref"))
        clear("ref")
        ours = b"eftertanke: " in done.stderr or done.returncode == 127  # the loader's
        codes[done.returncode] = codes.get(done.returncode, 0) + 1
        if done.returncode == reference[0]:
            fine = wrote == reference[1] and (wrote is not None or done.stdout == reference[2])
        else:
            fine = done.returncode in (4, 127) and ours and wrote is None
        if not fine:
            bad.append(f"{kilobytes >> 10} MiB: {done.returncode} {done.stderr[-90:]}")
    tap.ok(not bad and codes.get(reference[0], 0) > 0 and codes.get(4, 0) > 0, claim)
    for line in bad[:12]:
        print(f"# {line}")
    print(f"# exit codes {codes}")


inputs()
with concurrent.futures.ThreadPoolExecutor(2) as threads:
    for place, (label, line) in enumerate(COMMANDS.items()):
        check(label, line, place + 1, threads)
check_limits(COMMANDS["lexicon check"], "lexicon check within a limit on memory")
check_limits(COMMANDS["analyse"], "analyse within a limit on memory")
tap.done()
