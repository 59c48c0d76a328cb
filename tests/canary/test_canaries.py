#!/usr/bin/env python3
"""Canaries (rule 8.11): invented names and test numbers that must not come out again.

(a) in running text, capitalised in mid-sentence, after a frame, signed: nowhere;
(b) in lower case without any support: nowhere but in veiled running text;
(c) in every field, key, header, tag, id and file name, in any case: nowhere;
(d) the same in rows that are damaged, truncated, duplicated or not UTF-8.

Twenty writers use each canary again and again, so that the gate would show it as a term or
label. "Nowhere" is every byte of outputs, messages, states, databases and logs.
"""
import csv
import io
import json
import random
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from canary import Aviary, Names, personnummer, phone  # noqa: E402
from tap import DONE, UNREADABLE, USAGE, Program, Tap, contents  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
names, birds, luck = Names(20250401), Aviary(), random.Random(11)
WRITERS, TURNS = 20, 3
COLUMNS = ["id", "skribent", "enhet", "uppdrag", "datum", "känsla", "taggar", "fråga",
           "reflektion", "kommentarer", "röster", "lag"]
ROLES = ["id", "writer", "unit", "assignment", "time", "feeling", "tags", "prompt", "text",
         "comments", "votes", "lag"]
NEUTRAL = ["Vi hann inte med planeringen den här veckan och jag kände oro inför mötet.",
           "Samtalet med föräldrarna gick bra och alla fick komma till tals.",
           "Jag är stolt över hur vi samverkar med skolan och hjälper varandra i gruppen.",
           "Dokumentationen tar för mycket tid och stressen märks på alla kollegor."]
OWN_LISTED = []
leaks = {}  # class -> outputs it was seen in
crashes = []


def look(output, data, spare=()):
    for name in birds.found(data):
        if name not in spare:
            leaks.setdefault(name, set()).add(output)


def run(where, *arguments, spare=(), stdin=None):
    """Run and look into both streams."""
    done = program.run(*arguments, stdin=stdin)
    if done.returncode not in (0, 1):
        crashes.append(f"{where}: exit {done.returncode}")
    look(where + " stdout", done.stdout, spare)
    look(where + " stderr", done.stderr)
    return done


def run_analyse(where, *arguments, spare_review=()):
    out, log = program.path_of("out"), program.path_of("releases.jsonl")
    private = program.path_of("releases.jsonl.private")  # what --protect drew
    log.unlink(missing_ok=True)
    private.unlink(missing_ok=True)
    run(where, "analyse", *arguments, "--out", out, "--force", "--log", log)
    for name, data in contents(out).items() if out.exists() else ():
        look(f"{where} {name}", data,
             spare_review if name.startswith("review/") or name == "veiled.jsonl" else ())
    if log.exists():
        look(where + " log", log.read_bytes())
    if private.exists():
        look(where + " private log", private.read_bytes())
    return out


def run_sealed(where, state):
    """What is made of a state besides tables: a seal, its tables, a state without some."""
    seal, out, left = (program.path_of(n) for n in ("one.sealed", "sealed", "left.state"))
    people = program.path_of("people")
    people.write_text("\n".join(sorted(n for c in birds.classes.values() for n in c)),
                      encoding="utf-8")
    run(where + " seal", "seal", state, "--party", "Ettan", "--k", 3, "--no-log", "-o", seal,
        "--force")
    look(where + " sealed", seal.read_bytes() if seal.exists() else b"")
    run(where + " analyse sealed", "analyse", seal, "--out", out, "--force")
    for name, data in contents(out).items() if out.exists() else ():
        look(f"{where} sealed {name}", data)
    run(where + " verify", "verify", out)
    merged = program.path_of("merged.sqlite")
    merged.unlink(missing_ok=True)
    run(where + " merge-results", "merge-results", f"a={out}", out, "-o", merged)
    look(where + " merged", merged.read_bytes() if merged.exists() else b"")
    run(where + " withdraw", "tally", state, "--withdraw", people, "-o", left, "--force")
    look(where + " withdrawn", left.read_bytes() if left.exists() else b"")
    people.unlink()


def run_everything(where, *inputs, facet=(), spare_veiled=()):
    """Every command over one input; `spare_veiled` may stand in veiled running text."""
    key, state = program.path_of("key"), program.path_of("one.state")
    key.write_bytes(b"k" * 32)
    run_analyse(where + " analyse", *facet, *inputs)
    run_analyse(where + " analyse -j 2", "-j", 2, "--batch", 3, "--k", 3, "--json", "--no-stop",
                *facet, *inputs)
    run_analyse(where + " analyse --window", "--window", 6, "--assignment-order", "name", "--k", 3,
                "--fdr", "holm", *facet, *inputs)
    run_analyse(where + " analyse --key", "--key", key, "-q", "--hide-labels", "unit", *inputs)
    run_analyse(where + " analyse --review", "--review", "--quotes", "auto", "--k", 3, *inputs,
                spare_review=spare_veiled)
    run_analyse(where + " analyse --keep-hits", "--keep-hits", "--veiled", "--k", 3, "-j", 2,
                *facet, *inputs, spare_review=spare_veiled)
    if (program.path_of("out") / "working.sqlite").exists():
        run(where + " trace", "trace", program.path_of("out"), "--table", "themes")
        run(where + " trace --veiled", "trace", program.path_of("out"), "--table", "themes",
            "--veiled", spare=spare_veiled)
    run_analyse(where + " analyse --protect", "--protect", "round:10", *facet, *inputs)
    run_analyse(where + " analyse --no-dictionary", "--no-dictionary", *facet, *inputs)
    run(where + " tally", "tally", *facet, *inputs, "-o", state, "--force")
    if state.exists():
        look(where + " state", state.read_bytes())
        run_analyse(where + " analyse state", state)
        run_sealed(where, state)
        state.unlink()
    for options in ((), ("-j", 2)):
        run(f"{where} anonymise {' '.join(map(str, options))}", "anonymise", *options, *facet,
            *inputs, spare=spare_veiled)
    run(where + " anonymise --spans", "anonymise", "--spans", *inputs, spare=spare_veiled)
    for how in ("tag", "mask", "surrogate", "generalise"):
        run(f"{where} --replace {how}", "anonymise", "--replace", how, "--seed", 7, *inputs,
            spare=spare_veiled)
    run(where + " --replace key", "anonymise", "--replace", "key", "--key", key, *inputs,
        spare=spare_veiled)
    way_back = program.path_of("map.jsonl")  # holds what was taken out: a file of its own
    run(where + " --map-out", "anonymise", "--map-out", way_back, "--force", "--shift-dates", 30,
        "--seed", 7, *inputs, spare=spare_veiled)
    if way_back.exists():
        if way_back.stat().st_mode & 0o077:
            crashes.append(f"{where}: others may read the map")
        way_back.unlink()
    own = program.path_of("own-list.txt")  # the canaries on the user's own lists
    own.write_text("".join(f"{c}\t{n}\n" for n in OWN_LISTED for c in ("PERSON", "ORG")), "utf-8")
    unlisted = spare_veiled - {"(b) bare", "(b) after a colon"} if spare_veiled else ()
    run(where + " own lists", "anonymise", "--roster", own, "--deny", own, "--spans", "--explain",
        *inputs, spare=unlisted)  # what is listed goes also in lower case, without support
    if OWN_LISTED and where.endswith(".csv") and spare_veiled:
        run_analyse(where + " analyse own lists", "--roster", own, "--deny", own, "--review",
                    "--key", key, "--k", 3, *inputs, spare_review=unlisted)
    run(where + " --explain", "anonymise", "--spans", "--explain", *inputs, spare=spare_veiled)
    run(where + " tokenise --veil", "tokenise", "--veil", *inputs, spare=spare_veiled)
    run(where + " themes", "themes", *inputs)
    run(where + " themes --kwic", "themes", "--kwic", "oro", *inputs, spare=spare_veiled)
    raw = program.run("tokenise", *inputs)  # raw forms are for the screen: stderr only
    look(where + " tokenise stderr", raw.stderr)
    return raw.stdout


def rows_of(change):
    """Sixty neutral records, each changed by change(record, turn, number)."""
    rows = []
    for i in range(WRITERS * TURNS):
        writer, turn = i % WRITERS, i // WRITERS
        r = {"id": f"r{i}", "writer": f"w{writer}", "unit": "Barn och familj",
             "assignment": ["Samtal", "Möten", "Planering"][turn], "time": f"2025-03-{turn + 10}",
             "feeling": str(1 + i % 5), "tags": "samtal", "prompt": "Hur gick det?",
             "text": " ".join(NEUTRAL[(i + k) % 4] for k in range(3)), "comments": "Bra jobbat.",
             "votes": str(i % 4), "lag": "dag"}
        change(r, turn, i)
        rows.append(r)
    return rows


def write_csv(name, rows, columns=tuple(COLUMNS)):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for r in rows:
        writer.writerow([*(r[role] for role in ROLES), *r.get("more", ())])
    path = program.path_of(name)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def write_jsonl(name, rows):
    path = program.path_of(name)
    with open(path, "w", encoding="utf-8") as out:
        for r in rows:
            record = {role: r[role] for role in ROLES}
            record["tags"] = r["tags"].split("|")
            record.update(r.get("members", {}))
            if r.get("as_numbers"):
                record.update({k: int(v) for k, v in record.items()
                               if isinstance(v, str) and v.isdigit()})
            out.write(json.dumps(record) + "\n")
    return path


def merge_halves(where, rows):
    states = []
    for half in (0, 1):
        path = program.path_of(f"half-{half}.state")
        run(where + " tally", "tally", "-q", write_csv(f"half-{half}.csv", rows[half::2]),
            "-o", path, "--force")
        states.append(path)
    merged = program.path_of("merged.state")
    run(where + " merge", "merge", *states, "-o", merged, "--force")
    if merged.exists():
        look(where + " merged state", merged.read_bytes())


# (a) running text -------------------------------------------------------------------------

NAMES_A = {f"(a) {k}": birds.word(f"(a) {k}", names.word()) for k in (
    "mid-sentence", "genitive", "capitals", "two words: first", "two words: second", "hyphen",
    "frame, lower case", "samtal med, lower case", "träffade, lower case", "heter, lower case",
    "signature", "signature, lower case")}
# After a colon a capital says nothing (8.1): like (b), a miss, but only in running text.
COLON = birds.word("(b) after a colon", names.word())
OWN_LISTED.append(COLON)
NUMBERS_A = {
    "(a) personnummer": personnummer(luck), "(a) personnummer +": personnummer(luck, "+"),
    "(a) personnummer without hyphen": personnummer(luck, ""),
    "(a) personnummer, twelve digits": personnummer(luck, "", True),
    "(a) personnummer 8-4": personnummer(luck, "-", True),
    "(a) personnummer with space": personnummer(luck, " "),
    "(a) phone": phone(luck, "plain"), "(a) phone with hyphen": phone(luck, "dash"),
    "(a) phone with spaces": phone(luck, "space"), "(a) phone from abroad": phone(luck, "abroad")}
for name, number in NUMBERS_A.items():
    birds.number(name, number)
MAIL = birds.word("(a) e-mail", names.word()), birds.word("(a) e-mail", names.word())


def running_text(r, turn, i):
    n = {k[4:]: v.capitalize() for k, v in NAMES_A.items()}
    low = {k[4:]: v for k, v in NAMES_A.items()}
    parts = [
        f"Det var skönt att {n['mid-sentence']} kom hem igen efter allt.",
        f"Jag följde med till {n['genitive']}s möte med skolan.",
        f"Vi tyckte att {n['capitals'].upper()} behövde mer stöd i gruppen.",
        f"Sedan ringde {n['two words: first']} {n['two words: second']} och frågade om mötet.",
        f"Då ville {n['hyphen']}-Maria vara med och planera.",
        f"Efteråt pratade jag med kollegan och vi pratade med {low['frame, lower case']} om oron.",
        f"Vi hade ett samtal med {low['samtal med, lower case']} om planen.",
        f"På eftermiddagen träffade jag henne, och jag träffade {low['träffade, lower case']} sedan.",
        f"Det finns en kille som heter {low['heter, lower case']} i gruppen.",
        f"Handläggare: {COLON.capitalize()}, som vi litar på."]
    numbers = [f"Numret är {number} enligt journalen." for number in NUMBERS_A.values()]
    mail = f"Skriv till {MAIL[0]}@example.org eller {MAIL[1]}.anna@example.org om något händer."
    signed = f"Mvh\n{n['signature']}" if i % 2 else f"mvh {low['signature, lower case']}"
    luck.shuffle(parts)
    r["text"] = "\n".join([r["text"], *parts, *numbers, mail, signed])


rows_a = rows_of(running_text)
texts = write_csv("texts.csv", rows_a)
raw = run_everything("texts.csv", texts, spare_veiled={"(b) after a colon"})
tap.ok(birds.found(raw) >= set(NAMES_A), "the search finds names in raw tokens")
tap.ok(birds.found(texts.read_bytes()) == set(birds.classes), "and all canaries in the input")
tap.ok(birds.found(write_jsonl("texts.jsonl", rows_a).read_bytes()) == set(birds.classes),
       "also when JSON escapes them")
run_everything("texts.jsonl", program.path_of("texts.jsonl"), spare_veiled={"(b) after a colon"})
merge_halves("texts", rows_a)
shown = run_analyse("texts.csv analyse", texts)
terms = (shown / "tables" / "terms.csv").read_text(encoding="utf-8") if shown.exists() else ""
tap.ok("planering" in terms, "the gate would show a word that these writers use")

# (b) lower case without support -----------------------------------------------------------

BARE = [birds.word("(b) bare", names.word()) for _ in range(3)]


OWN_LISTED += [*BARE]


def bare_text(r, turn, i):
    r["text"] += (f" Det blev en dag med mycket {BARE[0]} och lite vila på golvet. Allt kändes"
                  f" {BARE[1]} när vi gick hem och det luktade {BARE[2]}samtal i rummet.")


run_everything("bare.csv", write_csv("bare.csv", rows_of(bare_text)), spare_veiled={"(b) bare"})
merge_halves("bare", rows_of(bare_text))

# A model from texts with canaries: nothing of them is in it, nor in what it is used for.
coded = program.path_of("codes.jsonl")
coded.write_text("".join(json.dumps({
    "id": str(i), "writer": r["writer"], "text": r["text"], "themes": ["oro"] if i % 2 else ["vila"]}) + "\n"
    for i, r in enumerate(rows_of(running_text))), encoding="utf-8")
model = program.path_of("modell.json")
run("train", "train", "--gold", coded, "-o", model, "--force", "--k", 3)
look("model", model.read_bytes() if model.exists() else b"")
tap.ok(model.exists() and b"vila" in model.read_bytes(), "a model is made of texts with canaries")
run("themes --model", "themes", "--model", model, texts)
run_analyse("analyse --model", texts, "--model", model)
run_analyse("analyse --notes", texts, "--notes", "--k", 3)
run_analyse("analyse --suggest", texts, "--suggest", "--quotes", "auto", "--k", 3)
run("evaluate --model", "evaluate", "themes", "--gold", coded, "--model", model, "--mistakes")

# Codes and tags that hold canaries: figures are printed, and mistakes, but none of these.
CODES = {w: birds.word(f"(c) {w}", names.word()) for w in ("code", "unit of codes", "tag of a map")}
strange = program.path_of("strange.jsonl")
strange.write_text("".join(json.dumps({
    "id": r["id"] if i % 2 else f"{CODES['code']}-{i}", "writer": r["writer"], "text": r["text"], "unit": CODES["unit of codes"],
    "themes": ["oro", CODES["code"], CODES["code"].capitalize()], "negated": [CODES["code"].capitalize()] if i % 2 else []}) + "\n"
    for i, r in enumerate(rows_of(running_text))), encoding="utf-8")
for more in ((), ("--json",), ("--against", strange)):
    run(f"evaluate codes {' '.join(map(str, more[:1]))}", "evaluate", "themes", "--gold", strange, "--mistakes", *more)
tagged = write_csv("tagged.csv", rows_of(lambda r, t, i: (running_text(r, t, i), r.update(
    unit=CODES["unit of codes"].upper(), lag=CODES["unit of codes"], tags=f"{CODES['tag of a map']}|oro"))))
tag_map = program.path_of("map.csv")
tag_map.write_text(f"oro;oro\n{CODES['tag of a map']};ledning\n", encoding="utf-8")
for more in ((), ("--tag-map", tag_map, "--json"), ("--against", strange)):
    run(f"evaluate tags {' '.join(map(str, more[:1]))}", "evaluate", "themes", "--by-tags", tagged, "--mistakes",
        "--facet", "lag=lag", *more)

# (c) fields -------------------------------------------------------------------------------

CASES = ["lower", "Title", "UPPER"]
FIELDS = ("id", "writer", "unit", "assignment", "time", "feeling", "tags", "prompt", "comments",
          "votes", "lag", "unknown column", "header", "key", "nested value", "prompt sentence",
          "comment sentence")
field_words = {(f, c): getattr(birds.word(f"(c) {f} {c}", names.word()), c.lower()
                               if c != "Title" else "capitalize")()
               for f in FIELDS for c in CASES}
NUMBER_FIELDS = ("id", "writer", "unit", "assignment", "time", "feeling", "tags", "prompt",
                 "comments", "votes", "lag", "unknown column")
field_numbers = {f: [birds.number(f"(c) {f} personnummer", personnummer(luck)),
                     birds.number(f"(c) {f} phone", phone(luck, "dash")),
                     birds.number(f"(c) {f} twelve digits", personnummer(luck, "", True))]
                 for f in NUMBER_FIELDS}
field_mail = {f: birds.word(f"(c) {f} e-mail", names.word()) + "@example.org"
              for f in NUMBER_FIELDS}


def unknown_parts(r, of):
    r["more"] = [of["unknown column"], "x", "y", "z"]
    r["members"] = {field_words["key", c]: 1 for c in CASES}
    r["members"]["extra"] = {of["nested value"]: [of["nested value"]]}
    r["members"]["annat"] = of["unknown column"]


def in_fields(r, turn, i):
    of = {f: field_words[f, CASES[turn]] for f in FIELDS}
    r.update(id=f"{of['id']}-{i}", writer=f"{of['writer']} {i % WRITERS}",
             unit=[of["unit"], f"Grupp {of['unit']}", f"{of['unit']}s team"][i % 3],
             assignment=of["assignment"], time=of["time"], feeling=of["feeling"],
             tags=f"{of['tags']}|oro {of['tags']}|samtal", votes=of["votes"], lag=of["lag"],
             prompt=f"Hur var mötet när {of['prompt'].capitalize()} kom?",
             comments=f"Hälsa gärna {of['comments'].capitalize()} från mig, och ring"
                      f" om {of['comments'].upper()} vill.")
    unknown_parts(r, of)


def numbers_in_fields(r, turn, i):
    of = {f: v[turn] for f, v in field_numbers.items()}
    if i % 4 == 3:
        of = dict(field_mail)
    r.update({f: of[f] for f in NUMBER_FIELDS[:-1] if f not in ("prompt", "comments")})
    r.update(id=f"{of['id']}" if i % 2 else f"{of['id']}-{i}", prompt=f"Kontakta {of['prompt']} nu?",
             comments=f"Numret till dem är {of['comments']} om det behövs.")
    r["more"] = [of["unknown column"], "x", "y", "z"]
    r["members"] = {"annat": of["unknown column"], of["unknown column"]: [of["unknown column"]]}
    r["as_numbers"] = i % 3 == 0


def alone_in_strata(r, turn, i):
    """A word alone is veiled running text of a field: only anonymise may print it."""
    of = {f: field_words[f, CASES[turn]] for f in FIELDS}
    r.update(prompt=of["prompt sentence"], comments=f"bra att {of['comment sentence']} blev av")


headers = [*COLUMNS, *(field_words["header", c] for c in CASES), "annat"]
number_facet = ("--facet", "lag=#12")
rows_c = rows_of(in_fields)
for name, rows in (("fields", rows_c), ("numbers", rows_of(numbers_in_fields))):
    run_everything(f"{name}.csv", write_csv(f"{name}.csv", rows, headers), facet=number_facet)
    run_everything(f"{name}.jsonl", write_jsonl(f"{name}.jsonl", rows),
                   facet=("--facet", "lag=lag"))
    merge_halves(name, [dict(r, more=()) for r in rows])
strata = {f"(c) {f} {c}" for f in ("prompt sentence", "comment sentence") for c in ("lower", "UPPER")} \
    | {"(c) prompt sentence Title"}
run_everything("strata.csv", write_csv("strata.csv", rows_of(alone_in_strata)), spare_veiled=strata)

FILE = [birds.word("(c) file name", names.word()) for _ in range(4)]
renamed = program.path_of(f"{FILE[0]}.csv")
write_csv(renamed.name, rows_of(lambda r, t, i: None))
run_everything("a named file", renamed)
folder = program.path_of(FILE[1])
folder.mkdir()
for i, r in enumerate(rows_of(lambda r, t, i: None)):
    (folder / f"{FILE[2].capitalize()} {FILE[3].upper()} {i}.txt").write_text(r["text"], "utf-8")
run_everything("a named folder", folder)
run("standard input", "anonymise", "-", stdin=renamed.read_bytes())

# (d) damaged rows -------------------------------------------------------------------------

DAMAGE = ("too many cells", "too few cells", "open quote", "stray quote", "not UTF-8",
          "Windows-1252", "duplicate", "truncated", "NUL", "control", "bad JSON", "array",
          "wrong type", "no text", "duplicate member", "deep", "UTF-16", "too large", "surrogate")
damaged_words = {d: birds.word(f"(d) {d}", names.word()) for d in DAMAGE}


def sentence(damage):
    """All three ways a canary may stand in a text, as it would in a whole row."""
    w = damaged_words[damage]
    return (f"Det var skönt att {w.capitalize()} kom hem. Vi pratade med {w} om planen som vi "
            f"gjorde. Hälsningar från {w.upper()}.")


good = write_csv("good.csv", rows_of(lambda r, t, i: None)).read_bytes()
head = good.split(b"\n")[0] + b"\n"


def damaged_csv(name, *lines, after=b""):
    path = program.path_of(name)
    path.write_bytes(good + b"".join(lines) + after)
    run_everything(name, path)
    run_strict(name, path)


def run_strict(name, path):
    done = program.run("analyse", "--strict", "--no-log", path, "--out", program.path_of("strict"),
                       "--force")
    look(name + " --strict", done.stdout + done.stderr)


def row(damage, text=None, **cells):
    r = {"id": f"{damaged_words[damage]}-9", "writer": damaged_words[damage], "unit": damaged_words[damage],
         "assignment": damaged_words[damage], "time": "", "feeling": "3", "tags": damaged_words[damage],
         "prompt": "", "text": text or sentence(damage), "comments": sentence(damage), "votes": "",
         "lag": ""}
    r.update(cells)
    return ",".join(f'"{r[role]}"' for role in ROLES).encode() + b"\n"


damaged_csv("cells.csv", row("too many cells")[:-1] + b",x,y,z\n",
            f"a,{damaged_words['too few cells']},{sentence('too few cells')}\n".encode())
damaged_csv("quote.csv", row("stray quote").replace(b'","', b'"x,"', 3),
            after=b'o1,w1,Enhet,Samtal,,3,,,"' + sentence("open quote").encode())
damaged_csv("bytes.csv", row("not UTF-8", sentence("not UTF-8") + "\0").replace(b"\0", b"\xff\xc3("))
damaged_csv("nul.csv", row("NUL", sentence("NUL") + "\0"), row("control", sentence("control") + "\x1b[31m"))
damaged_csv("twice.csv", *[row("duplicate", id="r0", assignment="Samtal")] * 3)
damaged_csv("cut.csv", after=row("truncated")[:-120])
for name, encoding, damage in (("win.csv", "cp1252", "Windows-1252"), ("utf16.csv", "utf-16", "UTF-16")):
    path = program.path_of(name)
    path.write_bytes((good + row(damage)).decode().encode(encoding))
    if damage == "Windows-1252":
        run_everything(name, path)
    else:
        done = program.run("analyse", path, "--out", program.path_of("wide"), "--force")
        look(name, done.stdout + done.stderr)
    run_strict(name, path)
large = program.path_of("large.csv")
large.write_bytes(good + row("too large", sentence("too large") * 40))
run_everything("large.csv", large, facet=("--max-text", 2000), spare_veiled=())

whole = {"id": "x", "writer": "w1", "text": ""}


def line(damage, **more):
    w = damaged_words[damage]
    record = {**whole, "id": f"{w}-1", "writer": w, "unit": w, "tags": [w], "text": sentence(damage)}
    return json.dumps({**record, **more}, ensure_ascii=False).encode() + b"\n"


lines = [
    line("bad JSON")[:-40] + b"\n", json.dumps([sentence("array")]).encode() + b"\n",
    line("wrong type", text=[sentence("wrong type")]), line("wrong type", text={"a": sentence("wrong type")}),
    json.dumps({"id": damaged_words["no text"], damaged_words["no text"]: sentence("no text")}).encode() + b"\n",
    b'{"text":"x","text":"' + sentence("duplicate member").encode() + b'"}\n',
    b'{"text":"' + sentence("not UTF-8").encode() + b'\xff\xc3("}\n',
    b'{"text":"' + sentence("surrogate").encode() + b' \\ud800"}\n',
    b'{"text":"' + sentence("NUL").encode() + b'\\u0000"}\n',
    b'{"a":' + b"[" * 3000 + b'"' + sentence("deep").encode() + b'"' + b"]" * 3000 + b"}\n",
    line("duplicate", id="r0", assignment="Samtal") * 2,
    line("truncated")[:-60]]
damaged = program.path_of("damaged.jsonl")
damaged.write_bytes(write_jsonl("good.jsonl", rows_of(lambda r, t, i: None)).read_bytes() + b"".join(lines))
run_everything("damaged.jsonl", damaged)
for i, one in enumerate(lines):
    path = program.path_of("one.jsonl")
    path.write_bytes(b'{"text":"Vi hade ett bra samtal i gruppen."}\n' + one)
    run_strict(f"damaged.jsonl row {i + 1}", path)

# Messages for wrong input -------------------------------------------------------------------

WRONG = {w: birds.word(f"(messages) {w}", names.word()) for w in (
    "missing file", "header", "two roles", "lexicon", "lexicon entry", "key", "allow", "state",
    "dictionary", "option", "folder", "command", "mixed")}


def wrong(name, *arguments, content=None, suffix=".csv"):
    """The canary stands in the name of the file and in its content."""
    w = WRONG[name]
    path = program.path_of(w + suffix)
    if content is not None:
        path.write_bytes(content.replace("CANARY", w).encode())
    done = program.run(*[str(a).replace("FILE", str(path)).replace("CANARY", w) for a in arguments])
    look(f"message: {name}", done.stdout + done.stderr)
    return done.returncode


out = program.path_of("never")
SAMPLE = program.path_of("good.csv")
XML = ('<lexicon xmlns="urn:eftertanke:lexicon:1" id="x" version="1.0.0" lang="sv" licence="x">'
       '\n{}</lexicon>')
THEME = ('<title xml:lang="sv">x</title><title xml:lang="en">x</title><source>CANARY</source>'
         '<theme id="t"><label xml:lang="sv">a</label><label xml:lang="en">a</label>'
         '<definition xml:lang="sv">a</definition><definition xml:lang="en">a</definition>'
         '<source>a</source><entry>canary | canary | CANARY | =CANARY | CANARY*</entry>'
         '<entry>CANARY</entry><entry>{}</entry></theme>')
refused = [
    wrong("missing file", "analyse", "FILE", "--out", out),
    wrong("header", "analyse", "FILE", "--out", out, content="id,CANARY\n1,CANARY\n"),
    wrong("two roles", "analyse", "FILE", "--out", out, content="id,text,svar,CANARY\n1,CANARY,b,c\n"),
    wrong("key", "tally", "--key", "FILE", SAMPLE, "-o", out, content="CANARY"),
    wrong("allow", "tally", "--allow", "FILE", SAMPLE, "-o", program.path_of("a.state"), content="CANARY\0\n"),
    wrong("state", "analyse", "FILE", "--out", out, content="EFTSTATE CANARY CANARY CANARY CANARY"),
    wrong("dictionary", "anonymise", "--dictionary", "FILE", SAMPLE, content="CANARY"),
    wrong("folder", "analyse", SAMPLE, "--out", "FILE/x/y", suffix=""),
    wrong("command", "CANARY", SAMPLE), wrong("option", "analyse", "--CANARY", SAMPLE),
    wrong("mixed", "merge", SAMPLE, "FILE", "-o", out, content="EFTSTATE CANARY")]
for content in (XML.format("<CANARY/>"), XML.format("<CANARY>"), XML.format("&CANARY;"), "CANARY",
                XML.format("<theme id='CANARY'/>"), XML.format("<theme CANARY='1'/>"),
                '<!DOCTYPE CANARY [<!ENTITY a SYSTEM "file:///CANARY">]>' + XML.format("&a;"),
                XML.format(THEME.format("CANARY(")), XML.format(THEME.format("*CANARY*x*"))):
    wrong("lexicon", "lexicon", "check", "FILE", content=content, suffix=".xml")
    refused.append(wrong("lexicon", "themes", "--lexicon", "FILE", SAMPLE, content=content, suffix=".xml"))
checked = wrong("lexicon entry", "lexicon", "check", "FILE", suffix=".xml",
                content=XML.format(THEME.format("oro")))
tap.ok(all(code in (DONE, USAGE, UNREADABLE) for code in refused) and refused.count(DONE) <= 2,
       "wrong inputs are refused")
tap.ok(checked in (0, 1), "a lexicon with a canary among its entries is checked")

# Verdict ------------------------------------------------------------------------------------

for name in sorted(birds.classes):
    good = name not in leaks
    if not tap.ok(good, f"nowhere: {name}"):
        places = sorted(leaks[name])
        for place in places[:6]:
            print(f"# in {place}")
        if len(places) > 6:
            print(f"# and {len(places) - 6} more")
if not tap.ok(not crashes, "every run ends well"):
    for crash in crashes[:10]:
        print(f"# {crash}")
tap.done()
