#!/usr/bin/env python3
"""Makes a.jsonl and b.jsonl from the texts, as ../themes-dev/make.py does for its own."""
import importlib.util
import pathlib

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("make", HERE.parent / "themes-dev" / "make.py")
MAKE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MAKE)
for source in sorted(HERE.glob("?.txt")):
    MAKE.main(HERE, source.stem + "4", source.name, source.stem + ".jsonl")
