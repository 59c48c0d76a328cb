#!/usr/bin/env python3
"""Makes dev.jsonl from source.txt, as ../themes-dev/make.py does for its own folder."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import sibling  # noqa: E402

MAKE = sibling.maker("themes-dev", HERE)
MAKE.main(HERE, "te")
