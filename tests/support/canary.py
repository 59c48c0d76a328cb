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
NEEDLE = re.compile(r"[a-z]{6,}|[0-9]{9,}")  # all that is searched for is like this
LETTERS = re.compile(r"[a-z]{6,}")
BETWEEN = r"[ \-+\u00a0\u2010-\u2013]"  # what people write between the digits of a number
DIGITS = re.compile(rf"[0-9](?:{BETWEEN}*[0-9]){{8,}}")
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
            self.add(name, needle(piece))
        return text

    def number(self, name, text):
        digits = re.sub(r"\D", "", text)
        self.add(name, digits[-10:] if len(digits) >= 12 else digits)
        if len(digits) > 10:  # +46 70...: also as 070...
            self.add(name, digits[-9:])
        return text

    def add(self, name, one):
        assert NEEDLE.fullmatch(one), name
        self.classes.setdefault(name, set()).add(one)

    def found(self, data):
        """Classes of which something stands in these bytes, in any of the encodings."""
        hits = set()
        for words, digits in letters_and_digits(data):
            for name, needles in self.classes.items():
                if name not in hits and any(
                        n in (digits if n.isdigit() else words) for n in needles):
                    hits.add(name)
        return hits


def unescape(text):
    """JSON, XML and percent escapes of single characters."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)
    text = re.sub(r"&#x([0-9a-fA-F]{1,5});", lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r"&#(\d{1,6});", lambda m: chr(min(int(m.group(1)), 0x10FFFF)), text)


def readings(data):
    """The bytes as text in every way somebody might read them."""
    ways = [data.decode("utf-8", "replace"), data.decode("cp1252", "replace"),
            data.decode("utf-16-le", "replace"), data[1:].decode("utf-16-le", "replace")]
    return [unescape(text) for text in dict.fromkeys(ways)]


def haystacks(data):
    """Folded text and bare digits of each reading."""
    for text in readings(data):
        yield fold(text), re.sub(BETWEEN, "", text)


def letters_and_digits(data):
    """The same, but of the folded text only runs of letters, of the digits only runs of them,
    each once: a needle is nothing but letters, or nothing but digits, and lies in one of them.
    Folding joins no words that blanks part, so that a piece is folded once, too."""
    for text in readings(data):
        pieces = fold(" ".join(set(text.split())))
        words = " ".join(set(LETTERS.findall(pieces)))
        digits = " ".join(re.sub(BETWEEN, "", run) for run in set(DIGITS.findall(text)))
        yield words, digits
