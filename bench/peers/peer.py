#!/usr/bin/env python3
"""One peer in Python over the lines of a file: prints seconds and tokens."""
import collections
import sys
import time


def sklearn(lines):
    import Stemmer
    from sklearn.feature_extraction.text import CountVectorizer
    base = CountVectorizer().build_analyzer()
    stemmer = Stemmer.Stemmer("swedish")
    begin = time.perf_counter()
    vectors = CountVectorizer(analyzer=lambda text: stemmer.stemWords(base(text))).fit_transform(lines)
    return time.perf_counter() - begin, int(vectors.sum())


def spacy(lines):
    import spacy as library
    tokenizer = library.blank("sv").tokenizer
    begin = time.perf_counter()
    counts = collections.Counter()
    for doc in tokenizer.pipe(lines):
        counts.update(t.lower_ for t in doc if not (t.is_punct or t.is_space))
    return time.perf_counter() - begin, sum(counts.values())


def fts5(lines):
    import sqlite3
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
    begin = time.perf_counter()
    with db:
        db.executemany("INSERT INTO t(rowid, text) VALUES(?, ?)", enumerate(lines, 1))
    seconds = time.perf_counter() - begin
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    return seconds, db.execute("SELECT sum(cnt) FROM v").fetchone()[0]


with open(sys.argv[2], encoding="utf-8") as f:
    took, tokens = {"sklearn": sklearn, "spacy": spacy, "fts5": fts5}[sys.argv[1]](f.read().splitlines())
print(f"{took:.6f} {tokens}")
