#!/usr/bin/env python3
"""The suite of the report that needs a browser: ./dev test --all.

    browser.py EFTERTANKE [FOLDER FOR PICTURES]

Makes reports of seven kinds, the sample's in both languages, and of perturbed counts, and
hands them to browse.mjs. playwright-core and axe-core come from npm into a folder that is thrown away.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
sys.path.insert(0, str(HERE))
from tap import SAMPLE, Program  # noqa: E402
import make_inputs  # noqa: E402

PACKAGES = ["playwright-core@1.65.1", "axe-core@4.14.1"]


def main():
    program = Program(sys.argv[1])
    pictures = sys.argv[2] if len(sys.argv) > 2 else "-"
    if pictures != "-":
        pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="eftertanke-npm-") as work:
        (pathlib.Path(work) / "package.json").write_text('{"private": true}')
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", *PACKAGES],
                       cwd=work, check=True)
        inputs = program.path_of("in")
        sys.argv = [sys.argv[0], str(inputs)]
        make_inputs.main()
        reports = []
        for name, path, language in [("sample", SAMPLE, "sv"), ("sample-en", SAMPLE, "en")] + [
                (p.stem, p, "sv") for p in sorted(inputs.glob("*.csv"))]:
            out = program.path_of(name)
            program.run("analyse", "-q", "--no-log", path, "--out", out, "--lang", language, "--quotes", "auto")
            reports.append(f"{name}={out / 'report.html'}")
        for way in ("round:5", "laplace:2"):
            out = program.path_of(way.replace(":", "-"))
            budget = ["--privacy-budget", "3"] if way.startswith("laplace") else []
            program.run("analyse", "-q", "--log", f"{out}.jsonl", "--protect", way, *budget, SAMPLE, "--out", out)
            reports.append(f"{out.name}={out / 'report.html'}")
        sys.exit(subprocess.run(["node", str(HERE / "browse.mjs"), chromium, work, pictures, *reports],
                                check=False).returncode)


main()
