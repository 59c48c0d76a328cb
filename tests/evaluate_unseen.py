#!/usr/bin/env python3
"""Print the quality figures on the unseen set (README.md has the bars).

Figures only, never a text: nobody who builds the rules looks at these reflections.
"""
import pathlib
import sys

import evaluate

here = pathlib.Path(__file__).parent
sys.argv = [sys.argv[0], sys.argv[1], str(here / "data" / "unseen"), "unseen"]
evaluate.main()
