#!/usr/bin/env python3
"""check_tree.py FILE... - what no compiler says of our C sources; exit code 1 if there is something

- lines of more than 90 columns: .clang-format leaves comments as they are written;
- two functions of one room (folder) that are static and have one name: a unity build joins files.
  engine/arch is several libraries, one for each kind of CPU.
"""
import collections
import os
import re
import sys

STATIC = re.compile(r"^static [^;{}()]*?\b([a-z_][a-z0-9_]*)\(", re.M)


def main():
    found, rooms = [], collections.defaultdict(set)
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        found += [f"{path}:{n}: more than 90 columns"
                  for n, line in enumerate(text.split("\n"), 1) if len(line) > 90]
        room = os.path.dirname(path)
        if path.endswith(".c") and room.split("/")[0] in ("engine", "lexicons", "tokenizers") \
                and not room.endswith("/build") and room != "engine/arch":
            for name in STATIC.findall(text):
                rooms[room, name].add(path)
    found += [f"{name}() is static in {' and '.join(sorted(paths))}"
              for (_, name), paths in sorted(rooms.items()) if len(paths) > 1]
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
