#!/usr/bin/env python3
"""The weights of the core lexicon as C tables: bake_weights.py MODEL.json OUT.c

The file is one that `eftertanke train` wrote, and all of its themes are used. Numbers have four
decimals and become ten-thousandths, exactly.
"""
import hashlib
import json
import pathlib
import sys
from decimal import Decimal

LANES = 4  # weights of a row come in whole vectors
source = pathlib.Path(sys.argv[1]).read_bytes()
model = json.loads(source, parse_float=Decimal, parse_int=Decimal)
if (model["format"], model["version"], model["scale"]) != ("eftertanke-model", 2, "sqrt"):
    sys.exit("bake_weights: no model of this version")


def units(number):
    whole = number * 10000
    if whole != int(whole) or abs(number) > 1000:
        sys.exit("bake_weights: a number with more than four decimals, or beyond 1000")
    return str(int(whole))


def text(value):
    """A C string of bytes: nothing in it can end it or be a trigraph."""
    return '"' + "".join(f"\\{byte:03o}" for byte in value.encode()) + '"'


themes, words = model["themes"], sorted(model["words"].items(), key=lambda pair: pair[0].encode())
if not themes or not words or not all(t["used"] for t in themes) or any(len(row) != len(themes) for _, row in words):
    sys.exit("bake_weights: a theme that is not used, or a word without a weight for each theme")
stride = -(-len(themes) // LANES) * LANES
most = max(sum(abs(row[i]) for _, row in words) for i in range(len(themes)))
if most * 10000 > 2**31 - 1:
    sys.exit("bake_weights: the weights of a theme sum to too much")
ends, end = [], 0
for name, _ in words:
    end += len(name.encode())
    ends.append(end)
with open(sys.argv[2], "w", encoding="ascii") as out:
    out.write('/* Made by lexicons/build/bake_weights.py. */\n#include "lexicons/weights.h"\n\n')
    out.write("static const struct efti_weights_theme themes[] = {\n")
    for t in themes:
        hits = ", ".join(units(n) for n in t["hits"])
        a, b = (float(n) for n in t["calibration"])
        out.write(f"{{{text(t['id'])}, {units(t['bias'])}, {units(t['least'])}, {{{hits}}}, {a!r}, {b!r}}},\n")
    out.write("};\nstatic const char names[] = {\n") # a string of this length is no standard C
    out.writelines("".join(f"'\\{byte:03o}'," for byte in name.encode()) + "\n" for name, _ in words)
    out.write("};\nstatic const uint32_t name_ends[] = {\n" + ",\n".join(map(str, ends)) + "};\n")
    out.write("static const int32_t rows[] = {\n")
    for _, row in words:
        out.write(",".join([units(n) for n in row] + ["0"] * (stride - len(row))) + ",\n")
    out.write("};\nconst struct efti_weights efti_core_weights = {\n")
    out.write(f'"{hashlib.sha256(source).hexdigest()}",\n')
    out.write("\n".join(text(line + "\n") for line in model["made_with"]) + ",\n")
    out.write(f"themes, names, name_ends, rows, {len(themes)}, {len(words)}, {stride}}};\n")
