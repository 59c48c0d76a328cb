#!/usr/bin/env python3
"""Makes dev.jsonl from source.txt, as ../themes-dev/make.py does for its own folder."""
import importlib.util
import pathlib

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("make", HERE.parent / "themes-dev" / "make.py")
MAKE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MAKE)
MAKE.main(HERE, "te")
