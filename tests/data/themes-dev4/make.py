#!/usr/bin/env python3
"""Makes a.jsonl and b.jsonl from the texts, as ../themes-dev/make.py does for its own."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sibling  # noqa: E402

MAKE = sibling.maker("themes-dev", HERE)
for source in sorted(HERE.glob("?.txt")):
    MAKE.main(HERE, source.stem + "4", source.name, source.stem + ".jsonl")
