#!/usr/bin/env python3
"""Texts that nobody writes: done in linear time and within a bound of memory, no crash.

Arguments: the program; then perhaps a number that the sizes are multiplied by (10: tokens
of 10 MB, a million distinct words; take 100 with --max-text 0). What is not linear does not
end within the bound, which is far above what each takes.
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SET_ASIDE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SIZE = 1_000_000 * TIMES  # bytes of a text
BOUND = (1 << 20) + TIMES * (100 << 10)  # KiB of address space; half of it maps files
SECONDS = 120 * TIMES


LIMIT = BOUND


def bounded(*arguments):
    shell = f'ulimit -v {LIMIT}; exec "$0" "$@"'
    return subprocess.run(["sh", "-c", shell, program.path, *map(str, arguments)],
                          cwd=program.folder, capture_output=True, timeout=SECONDS,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, check=False)


if bounded("--version").returncode != DONE:  # a sanitizer maps terabytes and takes its time
    LIMIT, SIZE = "unlimited", SIZE // 10
    print("# without a limit on memory, a tenth of the size")


def words(count):
    for i in range(count):
        n, word = i * 7919 + 12345, ""
        while n > 0:
            word += "bdfghjklmnprstv"[n % 15] + "aeiouåäö"[n // 15 % 8]
            n //= 120
        yield word


def one(text):
    return "id,writer,text\n1,a,\"" + text + "\"\n"


def many(texts):
    return "id,writer,text\n" + "".join(f"{i},w{i % 50},{t}\n" for i, t in enumerate(texts))


distinct = list(words(SIZE // 10))
INPUTS = {
    "one token": one("a" * SIZE),
    "distinct words": many(" ".join(distinct[i:i + 1000]) for i in range(0, len(distinct), 1000)),
    "words without blanks": one("".join(distinct)[:SIZE]),
    "emoji": one("\U0001F600" * (SIZE // 4)),
    "families of emoji": one("\U0001F469\u200D\U0001F467" * (SIZE // 11)),
    "combining marks": one("\u0301" * (SIZE // 2)),
    "a letter and marks out of order": one("a" + "\u0301\u0327" * (SIZE // 4)),
    "digits and hyphens": one("1234567890-" * (SIZE // 11)),
    "letters and stops": one("a." * (SIZE // 2)),
    "short lines": one("a\n" * (SIZE // 2)),
    "quotes": one('""' * (SIZE // 2)),
    "names in frames": one("träffade Anna " * (SIZE // 15)),
    "decomposed letters": one("ra\u030aa\u0308o\u0308 " * (SIZE // 10)),
    "right-to-left marks": one("a\u200f\u202e" * (SIZE // 7)),
    # rows that a rule for the next name walks along: once for all of them, or not in time
    "names and small words of names": one("Jan van der " * (SIZE // 3)),
    "firms joined by ampersands": one("Ahl & Berg AB " * (SIZE // 4)),
    "nicknames in quotes": one("S\u00f6ren \"\"Kubben\"\" " * (SIZE // 5)),
    "places that overlap": one("i V\u00e4st " * (SIZE // 2)),
    "negations": one("inte aldrig inte " * (SIZE // 17)),
    "empty records": many([""] * (SIZE // 10)),
    "tags": "id,writer,tags,text\n" + "1,a," + "|".join(distinct[:2000]) + ",Hej\n",
}


def ends_well(path, *arguments):
    try:
        done = bounded(arguments[0], "-q", "--max-text", "0", *arguments[1:], path)
    except subprocess.TimeoutExpired:
        return f"{arguments[0]} does not end"
    good = done.returncode in (0, 1) or (done.returncode == USAGE and b"at most" in done.stderr)
    return None if good else f"{arguments[0]}: exit {done.returncode} {done.stderr[-90:]}"


source = program.path_of("in.csv")
for name, text in INPUTS.items():
    source.write_text(text, encoding="utf-8", newline="")
    out = program.path_of("out")
    wrong = [w for w in (ends_well(source, "tally", "--force", "-o", out),
                         ends_well(source, "anonymise", "--force", "-o", out)) if w]
    tap.ok(not wrong, f"{name}: {len(text.encode())} bytes")
    for line in wrong:
        print(f"# {line}")

facets = [f"f{i}" for i in range(64)]
source.write_text(",".join(["id", "writer", "text", *facets]) + "\n" +
                  ",".join(["1", "a", "Hej", *facets]) + "\n")
done = bounded("tally", source, "-o", "facets.state",
               *[x for f in facets for x in ("--facet", f"{f}={f}")])
tap.ok(done.returncode == USAGE and b"facets" in done.stderr, "64 facets are refused, and said so")
source.write_text(one("Vi hann inte med allt i dag. " * ((16 << 20) // 29)))
done = bounded("tally", "-q", source, "-o", "full.state")
tap.ok(done.returncode == DONE, "a text of almost 16 MiB is taken")
source.write_text(one("Vi hann inte med allt i dag. " * ((17 << 20) // 29)))
done = bounded("tally", source, "-o", "more.state")
tap.ok(done.returncode == SET_ASIDE and b"set aside: 1" in done.stderr, "a longer one is set aside")
tap.done()
