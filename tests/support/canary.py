"""Canaries: invented names and test numbers, and the search for them in outputs.

A canary is a word that exists nowhere else: made of syllables, on no list of names, places
or words, no longer word's part. So a byte of it in an output can only come from the texts.
Tests report which *class* of canary leaked into which output, never the canary.
"""
import pathlib
import random
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
ONSETS = ["z", "v", "tr", "dr", "kv", "bl", "gr", "fj", "m", "n", "pl", "sk", "st", "r", "l"]
VOWELS = ["a", "e", "i", "o", "u", "y", "å", "ä", "ö"]
CODAS = ["l", "r", "n", "m", "x", "ft", "rk", "lv", "nd", "sk", "rp", "mb"]
LAST = ["ax", "ox", "yx", "ilp", "orf", "ump", "yft", "usk", "arp", "elk"]
MARKS = re.compile("[\u0300-\u036f]+")
DICTIONARY = pathlib.Path("/usr/share/hunspell/sv_SE.dic")


def fold(text):
    """Case and marks away: å, ä, ö are searched for as a, a, o too."""
    text = text.casefold()
    if text.isascii():
        return text
    return MARKS.sub("", unicodedata.normalize("NFKD", text))


def known_words():
    """Everything on a list of ours, and in the dictionary if it is here, folded."""
    words, endings = set(), []
    for path in (ROOT / "lexicons" / "data").rglob("*.t[sx][vt]"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            entry = fold(line.split("\t")[0])
            if path.name == "shape_endings.tsv":
                endings.append(entry)
            words.update(entry.split())
    if DICTIONARY.exists():
        for line in DICTIONARY.read_text(encoding="utf-8", errors="replace").splitlines():
            words.add(fold(line.split("/")[0]))
    return words, tuple(endings)


class Names:
    """Fresh canaries, the same in every run. No ending of a name list: fail closed has to
    hold without the help of a shape."""

    def __init__(self, seed):
        self.luck = random.Random(seed)
        self.words, self.endings = known_words()
        self.stems = []

    def may_be_compound(self, word):
        cuts = range(3, len(word) - 2)
        return any(word[:i] in self.words for i in cuts) and \
            any(word[i:] in self.words for i in cuts)

    def word(self):
        pick = self.luck.choice
        while True:
            word = (pick(ONSETS) + pick(VOWELS) + pick(CODAS) + pick(ONSETS) + pick(VOWELS)
                    + pick(ONSETS) + pick(LAST))
            stem = needle(word)
            if (8 <= len(word) <= 12 and len(stem) >= 6 and fold(word) not in self.words
                    and not fold(word).endswith(self.endings)
                    and not self.may_be_compound(fold(word))
                    and not any(stem in other or other in stem for other in self.stems)
                    and not any(stem in known for known in self.words)):
                self.stems.append(stem)
                return word


def needle(word):
    """What is searched for: the front of the folded word, which stemming leaves whole."""
    return fold(word)[:max(6, len(fold(word)) - 2)]


def personnummer(luck, separator="-", century=False):
    """Birth numbers 980-999 belong to nobody (Skatteverket); the checksum is right."""
    year, month, day = luck.randint(30, 99), luck.randint(1, 12), luck.randint(1, 28)
    nine = f"{year:02}{month:02}{day:02}{luck.randint(980, 999)}"
    total = 0
    for i, digit in enumerate(nine):
        n = int(digit) * (2 - i % 2)
        total += n // 10 + n % 10
    return ("19" if century else "") + nine[:6] + separator + nine[6:] + str(-total % 10)


def phone(luck, shape):
    """070-17406xx: set aside by PTS for fiction."""
    last = f"{luck.randint(5, 99):02}"
    return {"plain": f"07017406{last}", "dash": f"070-17406{last}",
            "space": f"070-174 06 {last}", "abroad": f"+46 70 174 06 {last}"}[shape]


class Aviary:
    """The canaries of one test: class -> what to search for."""

    def __init__(self):
        self.classes = {}

    def word(self, name, text):
        for piece in text.split():
            self.classes.setdefault(name, set()).add(needle(piece))
        return text

    def number(self, name, text):
        digits = re.sub(r"\D", "", text)
        self.classes.setdefault(name, set()).add(digits[-10:] if len(digits) >= 12 else digits)
        if len(digits) > 10:  # +46 70...: also as 070...
            self.classes[name].add(digits[-9:])
        return text

    def found(self, data):
        """Classes of which something stands in these bytes, in any of the encodings."""
        hits = set()
        for hay, digits in haystacks(data):
            for name, needles in self.classes.items():
                if name not in hits and any(
                        n in (digits if n.isdigit() else hay) for n in needles):
                    hits.add(name)
        return hits


def unescape(text):
    """JSON, XML and percent escapes of single characters."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)
    text = re.sub(r"&#x([0-9a-fA-F]{1,5});", lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r"&#(\d{1,6});", lambda m: chr(min(int(m.group(1)), 0x10FFFF)), text)


def haystacks(data):
    """Folded text and bare digits of the bytes, read in every way somebody might."""
    readings = [data.decode("utf-8", "replace"), data.decode("cp1252", "replace"),
                data.decode("utf-16-le", "replace"), data[1:].decode("utf-16-le", "replace")]
    for text in dict.fromkeys(readings):
        text = unescape(text)
        yield fold(text), re.sub(r"[ \-+\u00a0\u2010-\u2013]", "", text)
