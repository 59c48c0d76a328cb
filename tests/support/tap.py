"""A few lines of TAP for tests in Python, and the ways they run the program."""
import atexit
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "data" / "reflektioner.csv"
DONE, SET_ASIDE, USAGE, UNREADABLE, INTERNAL = range(5)  # exit codes of the program


class Tap:
    def __init__(self):
        self.number = self.bad = 0

    def ok(self, good, claim):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {claim}", flush=True)
        return good

    def done(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.bad else 0)


class Program:
    """The built command line, in a folder of its own with no home to write to."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="eftertanke-test-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)

    def run(self, *arguments, stdin=None, timeout=300):
        env = {"PATH": "/usr/bin:/bin", "XDG_STATE_HOME": str(self.folder / "state"),
               "LC_ALL": "C.UTF-8"}
        import os
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        return subprocess.run([self.path, *map(str, arguments)], input=stdin, env=env,
                              capture_output=True, timeout=timeout, cwd=self.folder,
                              check=False)

    def path_of(self, name):
        return self.folder / name


def contents(folder):
    """Every file below a folder: name -> bytes."""
    return {str(p.relative_to(folder)): p.read_bytes()
            for p in sorted(pathlib.Path(folder).rglob("*")) if p.is_file()}
