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

VECTOR = 4  # weights of a row come in whole vectors
source = pathlib.Path(sys.argv[1]).read_bytes()
model = json.loads(source, parse_float=Decimal, parse_int=Decimal)
if model["format"] != "eftertanke-model" or model["version"] not in (2, 3) or model["scale"] != "sqrt":
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
denial = model["denial"] if model["version"] == 3 else None # version 2 has none
lanes = len(themes) + (denial is not None)
if not themes or not words or not all(t["used"] for t in themes) or any(len(row) != lanes for _, row in words):
    sys.exit("bake_weights: a theme that is not used, or a word without a weight for each theme")
stride = -(-lanes // VECTOR) * VECTOR
most = max(sum(abs(row[i]) for _, row in words) for i in range(lanes))
if most * 10000 > 2**31 - 1:
    sys.exit("bake_weights: the weights of a theme sum to too much")
ends, end = [], 0
for name, _ in words:
    end += len(name.encode())
    ends.append(end)
number_of = {name: i for i, (name, _) in enumerate(words)}
if denial and any(name not in number_of for name in denial["cues"]):
    sys.exit("bake_weights: a cue that is no word")


def row_of(numbers):
    return "{" + ", ".join(units(n) for n in numbers) + "}"


with open(sys.argv[2], "w", encoding="ascii") as out:
    out.write('/* Made by lexicons/build/bake_weights.py. */\n#include "lexicons/weights.h"\n\n')
    out.write("static const struct efti_weights_theme themes[] = {\n")
    for i, t in enumerate(themes):
        a, b = (float(n) for n in t["calibration"])
        denied = row_of(denial["themes"][i] if denial else [0, 0])
        out.write(f"{{{text(t['id'])}, {units(t['bias'])}, {units(t['least'])}, {row_of(t['hits'])}, {denied}, "
                  f"{a!r}, {b!r}}},\n")
    out.write("};\nstatic const struct efti_weights_cue cues[] = {\n")
    for name, weight in (denial["cues"].items() if denial else [("", 0)]): # no empty array in C
        out.write(f"{{{number_of.get(name, 0)}, {units(weight)}}},\n")
    out.write("};\nstatic const char names[] = {\n") # a string of this length is no standard C
    out.writelines("".join(f"'\\{byte:03o}'," for byte in name.encode()) + "\n" for name, _ in words)
    out.write("};\nstatic const uint32_t name_ends[] = {\n" + ",\n".join(map(str, ends)) + "};\n")
    out.write("static const int32_t rows[] = {\n")
    for _, row in words:
        out.write(",".join([units(n) for n in row] + ["0"] * (stride - len(row))) + ",\n")
    out.write("};\nconst struct efti_weights efti_core_weights = {\n")
    out.write(f'"{hashlib.sha256(source).hexdigest()}",\n')
    out.write("\n".join(text(line + "\n") for line in model["made_with"]) + ",\n")
    out.write("themes, names, name_ends, rows, {")
    if denial:
        out.write(", ".join([units(denial["bias"]), units(denial["least"]), row_of(denial["negated"]),
                             row_of(denial["affirmed"]), units(denial["uncertain"]), units(denial["none"])]))
        out.write(f", cues, {len(denial['cues'])}")
    else:
        out.write("0, 0, {0, 0, 0}, {0, 0, 0}, 0, 0, cues, 0")
    out.write(f"}}, {len(themes)}, {len(words)}, {lanes}, {stride}}};\n")
