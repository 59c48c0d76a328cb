#!/usr/bin/env python3
"""What is installed is enough for a program: it is compiled by pkg-config, and runs.

    test_installed.py MESON BUILD_FOLDER PKG_CONFIG PROGRAM.c C_COMPILER...
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, Tap  # noqa: E402

tap = Tap()
meson, build, pkg_config, source, *compiler = sys.argv[1:]


def run(words, **env):
    return subprocess.run([str(w) for w in words], env=dict(os.environ, **env), capture_output=True, text=True, check=False)


with tempfile.TemporaryDirectory() as root:
    done = run([meson, "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root])
    tap.ok(done.returncode == DONE, "it is installed")
    folder = next(pathlib.Path(root).rglob("eftertanke.pc")).parent
    shared = any(folder.parent.glob("libeftertanke.so"))
    static = any(folder.parent.glob("libeftertanke.a"))
    for kind, words, there in (("shared", [], shared), ("static", ["--static"], static)):
        if not there:
            print(f"# no {kind} library was built")
            continue
        env = {"PKG_CONFIG_PATH": str(folder), "PKG_CONFIG_SYSROOT_DIR": root}
        if kind == "shared" and not static: # nobody needs the headers of what it stands on
            env = {"PKG_CONFIG_LIBDIR": str(folder), "PKG_CONFIG_PATH": "", "PKG_CONFIG_SYSROOT_DIR": root}
        flags = run([pkg_config, *words, "--cflags", "--libs", "eftertanke"], **env)
        tap.ok(flags.returncode == DONE and "-leftertanke" in flags.stdout, f"{kind}: pkg-config knows it")
        # with both in one folder the linker takes the shared one: name the archive
        libs = [str(folder.parent / "libeftertanke.a") if f == "-leftertanke" and kind == "static" else f
                for f in flags.stdout.split()]
        program = pathlib.Path(root) / f"program-{kind}"
        done = run([*compiler, source, *libs, "-o", program])
        if not tap.ok(done.returncode == DONE, f"{kind}: a program compiles"):
            print("#", "\n# ".join(done.stderr.splitlines()[:5]))
        done = run([program], LD_LIBRARY_PATH=str(folder.parent))
        tap.ok(done.returncode == DONE and "[PERSON_1]" in done.stdout, f"{kind}: and runs")
tap.done()
