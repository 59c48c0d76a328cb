#!/usr/bin/env python3
"""The groups of words that rules ask about, as C tables.

    word_groups.py OUT.h OUT.c CLASSES.tsv KEYWORDS.tsv GROUPS.tsv...    makes them
    word_groups.py --tidy GROUPS.tsv...    sorts and wraps the files

A file of groups has a header and blocks. A group is a name and, behind a tab, what it is
for; the lines below it begin with a tab and hold its words, with a blank between two:

    she_or_he<TAB>who says a name: "Lo, hette hon"
    <TAB>han hen hon

Groups and words are sorted by bytes. The header says of what kind they are: words, endings
or beginnings. In C they are the enums veil_group (GROUP_SHE_OR_HE), veil_ends (ENDS_) and
veil_begins (BEGINS_). CLASSES.tsv has a word and its class (enum veil_class) on each line,
KEYWORDS.tsv a keyword for numbers and its kind (enum veil_keyword).

Words go into one hash table. Each has the number of the set of groups that it stands in,
and a set is a row of bits: words of the same groups share one. A form keeps the number of
its set, so that a rule asks for a bit (engine/veil/word_groups.h).
"""
import collections
import io
import re
import sys
import unicodedata

HEADER = ("kind", "version", "source", "licence", "columns")
COLUMNS = {
    "groups": "group<TAB>note; below it, behind a tab, its words",
    "classes": "word<TAB>class",
    "keywords": "keyword<TAB>kind",
}
PREFIX = {"words": "GROUP", "endings": "ENDS", "beginnings": "BEGINS"}
NAME = re.compile(r"[a-z][a-z0-9_]*")
KEYWORD = re.compile(r"[^\W\d_][^*]+\*?")
WIDTH = 90
TAB = 4  # columns, where lines are wrapped


class Bad(Exception):
    def __init__(self, path, line, what):
        super().__init__(f"{path}:{line}: {what}")


Group = collections.namedtuple("Group", "name note words path line")


def read_header(path, lines, columns):
    """The header's values, and how many lines it has."""
    values, n = {}, 0
    while n < len(lines) and lines[n].startswith("#"):
        key, colon, value = lines[n][1:].strip().partition(": ")
        if colon and key in HEADER:
            values[key] = value
        n += 1
    missing = [key for key in HEADER if key not in values and (key != "kind" or columns == "groups")]
    if missing:
        raise Bad(path, n + 1, "the header does not say: " + ", ".join(missing))
    if values["columns"] != COLUMNS[columns]:
        raise Bad(path, n, "unknown columns; there are: " + COLUMNS[columns])
    if columns == "groups" and values["kind"] not in PREFIX:
        raise Bad(path, n, "unknown kind; there are: " + ", ".join(PREFIX))
    return values, n


def read_lines(path):
    with open(path, "rb") as f:
        content = f.read()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as e:
        raise Bad(path, content[:e.start].count(b"\n") + 1, "no UTF-8") from None
    if not text.endswith("\n") or "\r" in text:
        raise Bad(path, text.count("\n") + 1, "lines end in LF, the last one too")
    return text[:-1].split("\n")


def check_word(path, line, word):
    if word != unicodedata.normalize("NFC", word).casefold() or not word.isprintable():
        raise Bad(path, line, f"{word!r} is no word as forms are folded: small letters, NFC")
    if len(word.encode()) > 255:
        raise Bad(path, line, "a word of more than 255 bytes")


def check_order(path, line, before, now, what):
    if before is None or before.encode() < now.encode():
        return
    raise Bad(path, line, f"{what} {now!r} stands twice" if before == now else
              f"{what} {now!r} belongs before {before!r} (word_groups.py --tidy sorts)")


def read_groups(path, tidy=False):
    """Header, kind and groups of a file. With `tidy` they need not be sorted."""
    lines = read_lines(path)
    header, n = read_header(path, lines, "groups")
    groups = []
    for at, line in enumerate(lines[n:], n + 1):
        if line.startswith("\t"):
            if not groups:
                raise Bad(path, at, "words before the first group")
            for word in line[1:].split(" "):
                if not word or "\t" in word:
                    raise Bad(path, at, "one blank between two words, and no other column")
                check_word(path, at, word)
                words = groups[-1].words
                if not tidy:
                    check_order(path, at, words[-1] if words else None, word, "the word")
                words.append(word)
            continue
        name, tab, note = line.partition("\t")
        if not NAME.fullmatch(name):
            raise Bad(path, at, "no name of a group: small letters, figures and _")
        if not tab or not note.strip() or "\t" in note:
            raise Bad(path, at, f"the group {name} needs a note behind a tab, and no other column")
        if not tidy:
            check_order(path, at, groups[-1].name if groups else None, name, "the group")
        groups.append(Group(name, note, [], path, at))
    for group in groups:
        if not group.words:
            raise Bad(path, group.line, f"the group {group.name} has no words")
    return lines[:n], header["kind"], groups


def read_pairs(path, kind):
    """Words with their class, or keywords with their kind, and the line of each."""
    lines = read_lines(path)
    n = read_header(path, lines, kind)[1]
    pairs, before = {}, None
    for at, line in enumerate(lines[n:], n + 1):
        word, tab, value = line.partition("\t")
        if not word or not NAME.fullmatch(value):
            raise Bad(path, at, f"two columns, with a tab between them: {COLUMNS[kind]}")
        check_word(path, at, word)
        if kind == "keywords" and not KEYWORD.fullmatch(word):
            raise Bad(path, at, f"{word!r} is no keyword: two letters and more, * at the end only")
        check_order(path, at, before, word, "the word")
        before = word
        pairs[before] = (value, at)
    return pairs


def read_all(paths):
    """The groups of all files by kind, sorted. A name, or a set, stands once in a kind."""
    kinds = {kind: [] for kind in PREFIX}
    for path in paths:
        _, kind, groups = read_groups(path)
        kinds[kind] += groups
    for groups in kinds.values():
        groups.sort(key=lambda g: g.name)
        names, sets = {}, {}
        for g in groups:
            for seen, key, what in ((names, g.name, "a group"), (sets, tuple(g.words), "these words")):
                if key in seen:
                    other = seen[key]
                    raise Bad(g.path, g.line, f"{what}: {g.name} is {other.name} ({other.path}:{other.line})")
                seen[key] = g
    return kinds


def tidy(path):
    header, _, groups = read_groups(path, tidy=True)
    out = list(header)
    for g in sorted(groups, key=lambda g: g.name):
        out.append(f"{g.name}\t{g.note}")
        line = ""
        for word in sorted(set(g.words), key=str.encode):
            if line and TAB + len(line) + 1 + len(word) > WIDTH:
                out.append("\t" + line)
                line = ""
            line = f"{line} {word}" if line else word
        out.append("\t" + line)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(out) + "\n")


# ------------------------------------------------------------------------- C


def text(word):
    """A C string of bytes: nothing in it can end it or be a trigraph."""
    return '"' + "".join(f"\\{byte:03o}" for byte in word.encode()) + '"'


def slot_of(word, bits):
    """As in engine/veil/word_groups.c."""
    b = word.encode()
    if len(b) >= 4:
        first, last = int.from_bytes(b[:4], "little"), int.from_bytes(b[-4:], "little")
    else:
        first, last = b[0], b[len(b) // 2] << 8 | b[-1]
    h = (first ^ len(b) << 27 & 0xFFFFFFFF) * 0x9E3779B1 ^ last * 0x85EBCA6B
    h &= 0xFFFFFFFF
    return ((h ^ h >> 15) * 0xC2B2AE35 & 0xFFFFFFFF) >> 32 - bits


def number_sets(groups, words):
    """Of each word its groups as bits, and the number of each such set."""
    of_word = collections.defaultdict(int)
    for i, g in enumerate(groups):
        for w in g.words:
            of_word[w] |= 1 << i
    sets = {0: 0}  # the first is that of words in no group
    for w in sorted(words, key=str.encode):
        sets.setdefault(of_word[w], len(sets))
    return of_word, sets


def write_header(out, kinds, classes, keywords):
    out.write("/* Made by lexicons/build/word_groups.py from lexicons/data/context/groups. */\n"
              "#ifndef EFTI_GROUP_NAMES_H\n#define EFTI_GROUP_NAMES_H\n\n")
    for kind, prefix in PREFIX.items():
        enum = {"GROUP": "veil_group", "ENDS": "veil_ends", "BEGINS": "veil_begins"}[prefix]
        out.write(f"enum {enum} {{\n")
        for g in kinds[kind]:
            out.write(f"    {prefix}_{g.name.upper()},\n")
        out.write(f"    VEIL_{prefix}_COUNT\n}};\n\n")
    words = {w for g in kinds["words"] for w in g.words} | set(classes)
    longest = max(len(w.encode()) for w in words)
    bits = (2 * len(words)).bit_length()
    _, sets = number_sets(kinds["words"], words)
    out.write(f"#define VEIL_KEYWORDS {len(keywords)}\n"
              f"#define VEIL_KEYWORD_LONGEST {max(len(w.encode()) for w in keywords)}\n")
    out.write(f"#define VEIL_GROUP_WORDS {len(words)}\n"
              f"#define VEIL_GROUP_LONGEST {longest} /* bytes */\n"
              f"#define VEIL_GROUP_SLOT_BITS {bits}\n"
              f"#define VEIL_GROUP_SETS {len(sets)}\n"
              f"#define VEIL_GROUP_ROW {-(-len(kinds['words']) // 32)} /* words of 32 bits */\n\n#endif\n")
    return sorted(words, key=str.encode), bits


def write_words(out, groups, classes, words, bits):
    of_word, sets = number_sets(groups, words)
    if len(sets) >= 1 << 16 or len(words) >= 1 << 16:
        sys.exit("word_groups: too many words or sets for 16 bits")

    out.write("const char efti_veil_group_bytes[] = {\n") # a string of this length is no standard C
    for w in words:
        out.write("".join(f"'\\{byte:03o}'," for byte in w.encode()) + "\n")
    out.write("};\nconst struct veil_group_word efti_veil_group_words[VEIL_GROUP_WORDS] = {\n")
    at = 0
    for w in words:
        name = f"VEIL_CLASS_{classes[w][0].upper()}" if w in classes else "VEIL_CLASS_NONE"
        if w in classes: # so that the compiler names the line of an unknown class
            out.write(f'#line {classes[w][1]} "classes.tsv"\n')
        out.write(f"{{{at}, {sets[of_word[w]]}, {len(w.encode())}, {name}}},\n")
        at += len(w.encode())
    out.write(f'#line {out.getvalue().count(chr(10)) + 2} "group_words.c"\n')
    out.write("};\nconst uint16_t efti_veil_group_slots[1 << VEIL_GROUP_SLOT_BITS] = {\n")
    slots = [0] * (1 << bits)
    for i, w in enumerate(words):
        slot = slot_of(w, bits)
        while slots[slot]:
            slot = slot + 1 & (1 << bits) - 1
        slots[slot] = i + 1
    for i in range(0, len(slots), 16):
        out.write(",".join(map(str, slots[i:i + 16])) + ",\n")
    row = -(-len(groups) // 32)
    out.write("};\nconst uint32_t efti_veil_group_sets[VEIL_GROUP_SETS][VEIL_GROUP_ROW] = {\n")
    for s in sets:
        out.write("{" + ", ".join(f"0x{s >> 32 * k & 0xFFFFFFFF:X}u" for k in range(row)) + "},\n")
    out.write("};\n")


def write_affixes(out, groups, kind):
    """Endings or beginnings, by the low five bits of the byte that a word must end or
    begin with, and as a set those of the byte beside it."""
    name, prefix, place, beside = (("ends", "ENDS", -1, -2) if kind == "endings" else
                                   ("begins", "BEGINS", 0, 1))
    for i, g in enumerate(groups):
        out.write(f"static const struct word_end {name}_{i}[] = {{\n")
        for w in sorted(g.words, key=lambda w: (w.encode()[place] & 31, w.encode())):
            b = w.encode()
            beside_it = b[beside] if len(b) > 1 else 0
            out.write(f"{{{text(w)}, {len(b)}, '\\{b[place]:03o}', '\\{beside_it:03o}'}},\n")
        out.write("};\n")
    out.write(f"const struct veil_affixes efti_veil_{kind}[VEIL_{prefix}_COUNT] = {{\n")
    for i, g in enumerate(groups):
        if len(g.words) > 255:
            raise Bad(g.path, g.line, f"{g.name} has more than 255 {kind}")
        if any(len(w.encode()) > 255 for w in g.words):
            raise Bad(g.path, g.line, f"{g.name} has one of more than 255 bytes")
        inner = 0
        for b in map(str.encode, g.words):
            inner |= 1 << (b[beside] & 31) if len(b) > 1 else 0xFFFFFFFF
        begin = [sum(w.encode()[place] & 31 < low for w in g.words) for low in range(33)]
        out.write(f"{{{name}_{i}, {len(g.words)}, 0x{inner:X}u, {{{', '.join(map(str, begin))}}}}},\n")
    out.write("};\n")


def main():
    if sys.argv[1:2] == ["--tidy"]:
        for path in sys.argv[2:]:
            tidy(path)
        return
    out_h, out_c, class_path, keyword_path, *paths = sys.argv[1:]
    classes, keywords = read_pairs(class_path, "classes"), read_pairs(keyword_path, "keywords")
    kinds = read_all(paths)
    if not keywords or len(keywords) > 255:
        raise Bad(keyword_path, 1, "one to 255 keywords: their numbers are bytes")
    with open(out_h, "w", encoding="ascii") as out:
        words, bits = write_header(out, kinds, classes, keywords)
    out = io.StringIO()
    out.write('/* Made by lexicons/build/word_groups.py. */\n#include "veil/find.h"\n\n')
    write_affixes(out, kinds["endings"], "endings")
    write_affixes(out, kinds["beginnings"], "beginnings")
    write_words(out, kinds["words"], classes, words, bits)
    out.write("const struct veil_key_word efti_veil_keywords[VEIL_KEYWORDS] = {\n")
    for word, (kind, line) in keywords.items():
        out.write(f'#line {line} "keywords.tsv"\n{{{text(word)}, VEIL_KEY_{kind.upper()}}},\n')
    out.write("};\n")
    with open(out_c, "w", encoding="ascii") as f:
        f.write(out.getvalue())


if __name__ == "__main__":
    try:
        main()
    except Bad as e:
        sys.exit(f"word_groups: {e}")
