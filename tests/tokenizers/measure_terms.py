#!/usr/bin/env python3
"""How many words get one term, and one term only.

    measure_terms.py PROGRAM [ARG...] FILE.conllu [--show learn|kept] [--side term|stem]

PROGRAM reads words, one a line, and answers "word TAB term TAB stem" (print_terms.c).
FILE is gold in CoNLL-U; development uses sv_talbanken-ud-dev.conllu. Nothing of it is in
the project, so this is a measurement to run by hand and no test.

Content words (NOUN, VERB, ADJ), forms folded to lower case; a lemma is its lemma string.
Figures, as in facts/swedish.md section 2 (Paice 1994):

    united   lemmas with several forms that all get one term
    UI       pairs of forms of one lemma that get different terms, of all such pairs
    OI       pairs of forms without a lemma in common that share a term, of all such pairs
    shared   terms that stand for forms of more than one lemma

The lemmas are split in two halves by a hash of the lemma. Rules are written looking at the
first half ("learn") only; the second ("kept") tells what they are worth. --show lists the
errors; never ask for those of the kept half while working on the rules.
"""
import argparse
import collections
import hashlib
import itertools
import subprocess


def half_of(lemma):
    return hashlib.sha256(lemma.encode()).digest()[0] & 1


def read_gold(path):
    """Lemma -> forms, and lemma -> parts of speech."""
    forms, classes = collections.defaultdict(set), collections.defaultdict(set)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            field = line.rstrip("\n").split("\t")
            if len(field) == 10 and field[0].isdigit() and \
                    field[3] in ("NOUN", "VERB", "ADJ"):
                lemma = field[2].lower()
                forms[lemma].add(field[1].lower())
                classes[lemma].add(field[3])
    return forms, classes


def ask(program, words):
    """Word -> (term, stem)."""
    done = subprocess.run(program, input="".join(w + "\n" for w in words),
                          capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    if [row[0] for row in rows] != list(words):
        raise SystemExit("the program did not answer each word in order")
    return {row[0]: (row[1], row[2]) for row in rows}


def pairs(n):
    return n * (n - 1) // 2


def figures(gold, term_of):
    many = [fs for fs in gold.values() if len(fs) > 1]
    united = sum(len({term_of[f] for f in fs}) == 1 for fs in many)
    apart = sum(term_of[a] != term_of[b] for fs in many
                for a, b in itertools.combinations(fs, 2))
    within = sum(pairs(len(fs)) for fs in many)
    lemmas_of = collections.defaultdict(set)
    for lemma, fs in gold.items():
        for form in fs:
            lemmas_of[form].add(lemma)
    by_term, lemmas_by_term = collections.defaultdict(set), collections.defaultdict(set)
    for form, lemmas in lemmas_of.items():
        by_term[term_of[form]].add(form)
        lemmas_by_term[term_of[form]] |= lemmas
    wrong = sum(not lemmas_of[a] & lemmas_of[b] for fs in by_term.values()
                for a, b in itertools.combinations(fs, 2))
    between = pairs(len(lemmas_of)) - within
    return {
        "lemmas": len(gold), "forms": len(lemmas_of), "multi": len(many),
        "united": 100.0 * united / max(1, len(many)),
        "UI": apart / max(1, within), "OI": 1e5 * wrong / max(1, between),
        "shared": 100.0 * sum(len(ls) > 1 for ls in lemmas_by_term.values()) /
        max(1, len(by_term)),
    }


def show_errors(gold, term_of):
    for lemma in sorted(gold):
        terms = {f: term_of[f] for f in gold[lemma]}
        if len(set(terms.values())) > 1:
            print("  apart  %s: %s" % (lemma, "  ".join(
                "%s=%s" % item for item in sorted(terms.items()))))
    lemmas_by_term = collections.defaultdict(set)
    for lemma, fs in gold.items():
        for form in fs:
            lemmas_by_term[term_of[form]].add(lemma)
    for term, lemmas in sorted(lemmas_by_term.items()):
        if len(lemmas) > 1:
            print("  shared %s: %s" % (term, " ".join(sorted(lemmas))))


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("program", nargs="+")
    args.add_argument("gold")
    args.add_argument("--show", choices=("learn", "kept"))
    args.add_argument("--side", choices=("term", "stem"), default="term")
    args = args.parse_args()
    gold, classes = read_gold(args.gold)
    answers = ask(args.program, sorted(set().union(*gold.values())))
    parts = {
        "learn": {l: fs for l, fs in gold.items() if half_of(l) == 0},
        "kept": {l: fs for l, fs in gold.items() if half_of(l) == 1},
        "all": gold,
    }
    for pos in ("NOUN", "VERB", "ADJ"):
        parts[pos] = {l: fs for l, fs in gold.items() if pos in classes[l]}
    print("%-6s %-6s %7s %7s %7s %8s %7s %8s %8s" % (
        "side", "part", "lemmas", "forms", "multi", "united", "UI", "OI e-5", "shared"))
    for number, side in enumerate(("term", "stem", "form")):
        term_of = {w: (w if side == "form" else a[number]) for w, a in answers.items()}
        for name, part in parts.items():
            f = figures(part, term_of)
            print("%-6s %-6s %7d %7d %7d %7.1f%% %7.3f %8.2f %7.1f%%" % (
                side, name, f["lemmas"], f["forms"], f["multi"], f["united"], f["UI"],
                f["OI"], f["shared"]))
    if args.show:
        side = {"term": 0, "stem": 1}[args.side]
        show_errors(parts[args.show], {w: a[side] for w, a in answers.items()})


if __name__ == "__main__":
    main()
