#!/usr/bin/env python3
"""Counts that are perturbed instead of hidden: drawn once, kept, refused beside exact ones.

    test_protect.py EFTERTANKE
"""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
KEY = "1f" * 32
key = program.path_of("key")
key.write_text(KEY)


def analyse(out, log, *more, source=SAMPLE):
    return program.run("analyse", "-q", source, "--out", program.path_of(out), "--force",
                       "--log", program.path_of(log), *more)


def counts(out):
    with open(program.path_of(out) / "tables" / "counts.csv", encoding="utf-8") as f:
        return {(r["scope"], r["label"], r["theme"]): int(r["writers_about"])
                for r in csv.DictReader(f)}


def sample_rows():
    text = SAMPLE.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""),
                           csv.Sniffer().sniff(text.splitlines()[0])))


def truth():
    head, *rows = sample_rows()
    column = next(i for i, name in enumerate(head) if name.strip().lower() in
                  ("writer", "author", "skribent", "författare", "deltagare"))
    return len({row[column].strip().casefold() for row in rows if len(row) > column})


done = analyse("r", "log-r", "--protect", "round:10")
tap.ok(done.returncode == DONE, "counts are rounded")
rounded = counts("r")
tap.ok(all(v % 10 == 0 for v in rounded.values()), "every count is a multiple of the base")
tap.ok(abs(rounded[("all", "", "")] - truth()) <= 10, "and near the truth")
tap.ok(sorted(p.name for p in (program.path_of("r") / "tables").iterdir()) ==
       ["columns.csv", "counts.csv"], "there is no other table")
page = (program.path_of("r") / "report.html").read_text(encoding="utf-8")
tap.ok("högst" in page and "ännu för få" not in page and 'id="themes"' not in page,
       "the report says how far the truth may be, and nothing of tables that are not there")
again = program.run("report", program.path_of("r"), "-o", program.path_of("again.html"))
tap.ok(again.returncode == DONE and program.path_of("again.html").read_text(encoding="utf-8") == page,
       "drawn again it is the same")
manifest = json.loads((program.path_of("r") / "manifest.json").read_text())
tap.ok("corpus" not in manifest and "records" not in manifest,
       "the manifest has neither hash nor exact counts of the texts")
bare = program.path_of("bare.csv")
bare.write_text("writer,text\n" + "".join(f"w{i},Jag är orolig.\n" for i in range(40)))
tap.ok(analyse("b", "log-b", source=bare).returncode == DONE, "texts without ids are released")
done = analyse("b", "log-b", "--protect", "round:10", source=bare)
tap.ok(done.returncode == USAGE and b"without an id" in done.stderr,
       "perturbed counts beside a log that cannot know them again are refused")
tap.ok(analyse("r", "log-r").returncode == USAGE, "exact tables under the same log are refused")
tap.ok(analyse("r2", "log-r", "--protect", "round:20").returncode == USAGE,
       "another base under the same log is refused")
tap.ok(analyse("r3", "log-q", "--protect", "round:3").returncode == USAGE, "a base below k is refused")
tap.ok(analyse("r4", "log-q", "--protect", "nonsense").returncode == USAGE, "an unknown way is refused")
tap.ok(program.run("analyse", "-q", SAMPLE, "--out", program.path_of("r5"), "--no-log",
                   "--protect", "round:10").returncode == USAGE, "without a log there is none")

tap.ok(analyse("n", "log-n", "--protect", "noise").returncode == USAGE, "noise needs a key")
tap.ok(analyse("n", "log-n", "--protect", "noise", "--key", key).returncode == DONE, "noise by cell key")
tap.ok(analyse("n2", "log-n2", "--protect", "noise", "--key", key).returncode == DONE and
       counts("n") == counts("n2"), "the same key gives the same noise")
key.write_text("2e" * 32)
analyse("n3", "log-n3", "--protect", "noise", "--key", key)
tap.ok(counts("n") != counts("n3"), "another key gives other noise")
tap.ok(all(v == 0 or v >= 3 for v in counts("n").values()), "no count of one or two is told")
tap.ok(not any(KEY.encode() in data or bytes.fromhex(KEY) in data
               for data in contents(program.path_of("n")).values()), "the key is in no file")

DP = ("--protect", "laplace:0.5", "--privacy-budget", "0.3")
tap.ok(analyse("d", "log-d", *DP).returncode == DONE, "a Laplace draw")
private = program.path_of("log-d.private")
tap.ok(private.stat().st_mode & 0o777 == 0o600, "is kept in a file of the owner's")
first = counts("d")
tap.ok(analyse("d2", "log-d", *DP).returncode == DONE and counts("d2") == first,
       "the same question gets the same answer")
tap.ok(len(private.read_text().splitlines()) == 1, "and draws nothing")
tap.ok(analyse("d3", "log-d", "--protect", "gaussian:0.1", "--privacy-budget", "0.3").returncode == DONE,
       "another draw within the budget (0.125 + 0.1 of 0.3)")
refused = analyse("d4", "log-d", "--protect", "laplace:0.6", "--privacy-budget", "0.3")
tap.ok(refused.returncode == USAGE and b"budget" in refused.stderr and
       len(private.read_text().splitlines()) == 2, "one beyond it is refused, and not drawn")
tap.ok(len(first) == 19 and {k[0] for k in first} == {"all"}, "the list of themes, over all")
half = program.path_of("half.csv")
with open(half, "w", encoding="utf-8", newline="") as f:
    csv.writer(f).writerows(sample_rows()[:301])
tap.ok(analyse("d5", "log-d", *DP, source=half).returncode == USAGE,
       "other texts under this log use the budget too")
analyse("e", "log-e")
tap.ok(analyse("e2", "log-e", *DP).returncode == USAGE, "noise after exact tables is refused")
tap.ok(program.run("verify", program.path_of("d")).returncode == DONE, "verify finds nothing")
# ------------------------------------------------------------- said in a wrong way
for words, wanted in (
        (["laplace:0"], "epsilon from 0.001 to 10"), (["laplace:-1"], "epsilon from 0.001 to 10"),
        (["laplace:"], "epsilon from 0.001"), (["laplace"], "laplace:0.5"),
        (["laplace:0,5"], "decimal point"), (["laplace:nan"], "epsilon"), (["laplace:inf"], "epsilon"),
        (["laplace:0x1"], "epsilon"), (["laplace:11"], "epsilon from 0.001 to 10"),
        (["gaussian:0"], "rho from 0.001 to 10"), (["gaussian:-0.1"], "rho from"),
        (["round:0"], "whole number"), (["round:2.5"], "whole number"), (["round:-10"], "whole number"),
        (["round:100000"], "whole number"), (["round:3"], "at least k, which is 5"),
        (["noise"], "--key FILE"), (["noise:3"], "--protect is"), (["Laplace:1"], "--protect is"),
        (["roundabout:3"], "--protect is"), ([""], "--protect needs a value"),
        (["laplace:1", "--privacy-budget", "0"], "--privacy-budget is"),
        (["laplace:1", "--privacy-budget", "-1"], "--privacy-budget is"),
        (["laplace:1", "--privacy-budget", "mycket"], "--privacy-budget is"),
        (["round:10", "--privacy-budget", "1"], "goes with"),
        (["laplace:2"], "needs 2.000. "), (["laplace:1.001"], "a budget of 0.502 would do")):
    done = analyse("wrong", "log-wrong", "--protect", *words)
    tap.ok(done.returncode == USAGE and wanted in done.stderr.decode() and
           not program.path_of("wrong").exists(), " ".join(words) + ": " + wanted)
done = analyse("wrong", "log-wrong", "--privacy-budget", "1")
tap.ok(done.returncode == USAGE and b"goes with --protect" in done.stderr, "a budget of nothing")
tap.ok(analyse("d1", "log-spent", "--protect", "laplace:0.8").returncode == DONE, "epsilon 0.8 is 0.32 of 0.5")
done = analyse("d2", "log-spent", "--protect", "gaussian:0.2")
tap.ok(done.returncode == USAGE and b"used rho 0.320 of 0.500, and this one needs 0.200" in done.stderr and
       b"a budget of 0.520 would do" in done.stderr, "an exhausted budget says what is left and needed")
tap.ok(analyse("d2", "log-spent", "--protect", "gaussian:0.2", "--privacy-budget", "0.52").returncode == DONE,
       "and what it says would do does")
tap.ok(analyse("d3", "log-spent", "--protect", "laplace:0.8").returncode == DONE and counts("d3") == counts("d1"),
       "asked twice the same counts come again, and cost nothing")
tap.done()
