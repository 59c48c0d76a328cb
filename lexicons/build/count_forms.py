#!/usr/bin/env python3
"""Count the forms of running Swedish: which words the hot part of ordbok.efd begins with.

    count_forms.py OUT [--package NAME]... FILE...

Reads the Swedish documents of installed Debian packages and the files given: HTML, manual pages (also gzipped), XML, CSV and plain
text. Drops the markup and writes "form TAB count", the commonest first, ties by bytes.
The same files give the same bytes. A package that is not installed is named and left out. Counts decide the order of words in the file and nothing else: no figure depends on
them, nor does the fingerprint of the dictionary.
"""
import collections
import gzip
import html
import os
import re
import subprocess
import sys

WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019:][^\W\d_]+)*")
MARKUP = (
    re.compile(r"(?is)<(script|style|pre|code|tt)\b.*?</\1>"),
    re.compile(r"<[^<>]*>"),
)
ROFF_LINE = re.compile(r"(?m)^[.'](?:\\\"|TH|de|if|ie|el|so|nf|fi|ds).*$|^[.'][A-Z]+\b")
ROFF_ESCAPE = re.compile(r"\\f(?:\[[^]]*\]|.)|\\\*\(..|\\\(..|\\.")


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("iso-8859-1")


def plain(path, text):
    if path.endswith(".gz"):
        return ROFF_ESCAPE.sub("", ROFF_LINE.sub(" ", text)).replace("\u00ad", "")
    if path.endswith((".html", ".xml")):
        for pattern in MARKUP:
            text = pattern.sub(" ", text)
        return html.unescape(text).replace("\u00ad", "")
    return text


SWEDISH = re.compile(r"/man/sv/.*\.gz$|/cfi\.html$|\.sv\.html$")


def documents(package):
    """The Swedish documents of a package; none where it, or dpkg, is missing."""
    try:
        listed = subprocess.run(
            ["dpkg", "-L", package], capture_output=True, text=True, check=False
        ).stdout.splitlines()
    except OSError:
        listed = []
    found = [p for p in listed if SWEDISH.search(p) and os.path.isfile(p)]
    if not found:
        print(f"count_forms: no documents of {package}", file=sys.stderr)
    return found


def main(out, arguments):
    paths = []
    while arguments:
        first = arguments.pop(0)
        paths += documents(arguments.pop(0)) if first == "--package" else [first]
    counts = collections.Counter()
    for path in sorted(set(os.path.realpath(p) for p in paths)):
        words = WORD.findall(plain(path, read(path)))
        counts.update(word.lower() for word in words)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0].encode()))
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        for word, count in rows:
            if len(word.encode()) <= 64:
                file.write(f"{word}\t{count}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
