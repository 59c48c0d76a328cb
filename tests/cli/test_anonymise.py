#!/usr/bin/env python3
"""anonymise: offsets of veiled text, the way back in a file of its own, days moved.

    test_anonymise.py EFTERTANKE
"""
import json
import re
import stat
import sys

sys.path.insert(0, str(__import__("pathlib").Path(__file__).resolve().parents[1] / "support"))
from tap import DONE, SAMPLE, UNREADABLE, USAGE, Program, Tap  # noqa: E402

tap, program = Tap(), Program(sys.argv[1])
key = program.path_of("key")
key.write_bytes(b"k" * 32)


def lines(data):
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def anonymise(*arguments):
    return program.run("anonymise", "-q", *arguments)


# Offsets and the way back -------------------------------------------------------------------

raw = {r["id"]: r for r in lines(program.run("tokenise", "-q", SAMPLE).stdout)}
for how in ("tag", "mask", "surrogate", "generalise", "key"):
    way_back = program.path_of("map.jsonl")
    done = anonymise("--spans", "--replace", how, "--seed", 7, "--key", key, "--shift-dates", 30,
                     "--map-out", way_back, "--force", SAMPLE)
    records = lines(done.stdout)
    tap.ok(done.returncode == DONE and all(
        r["text"][s["veiled_start"]:s["veiled_end"]] == s["replacement"]
        for r in records for s in r["spans"]), f"{how}: offsets of the veiled text hold")
    back = {r["id"]: r["spans"] for r in lines(way_back.read_bytes())}
    bad = 0
    for r in records:
        text, spans = r["text"], back.get(r["id"], [])
        bad += len(spans) != len(r["spans"])
        for s in reversed(spans):
            bad += text[s["veiled_start"]:s["veiled_end"]] != s["replacement"]
            text = text[:s["veiled_start"]] + s["original"] + text[s["veiled_end"]:]
        for t in raw[r["id"]]["tokens"]:
            bad += text[t["start"]:t["end"]] != t["form"]
    tap.ok(bad == 0, f"{how}: the map leads back to every word of the original")
    tap.ok(stat.S_IMODE(way_back.stat().st_mode) == 0o600, f"{how}: nobody else may read the map")
fields = program.path_of("fields.csv")
fields.write_text("id,text,kommentarer,fråga\n1,Jag ringde Fatima.,Hälsa Fatima.,Kom Fatima?\n", "utf-8")
done = anonymise("--map-out", program.path_of("m2.jsonl"), fields)
tap.ok({r["field"] for r in lines(program.path_of("m2.jsonl").read_bytes())} >= {"text"} and
       b"Fatima" not in done.stdout, "the map knows the fields")
fields.write_text("id,text,kommentarer,fråga\n1,Jag ringde Fatima och Lars.,Hälsa Lars och Anna.,"
                  "Vad sa Anna till Fatima?\n2,Jag ringde Anna.,Vad sa [PERSON_3] och Anna?,\n", "utf-8")
one, other = lines(anonymise(fields).stdout)
tap.ok(one["text"] == "Jag ringde [PERSON_1] och [PERSON_2]." and
       one["prompt"] == "Vad sa [PERSON_3] till [PERSON_1]?" and
       one["comments"] == "Hälsa [PERSON_2] och [PERSON_3].", "a person has one number in all fields")
tap.ok(other["text"] == "Jag ringde [PERSON_4]." and
       other["comments"] == "Vad sa [PERSON_3] och [PERSON_4]?", "and none that stands in one of them")
tap.ok([r["text"] for r in lines(anonymise("--spans", fields).stdout)] == [one["text"], other["text"]],
       "--spans prints the same tags")
again = program.path_of("again.jsonl")
again.write_bytes(anonymise(fields).stdout)
tap.ok([(r["text"], r.get("comments")) for r in lines(anonymise(again).stdout)] ==
       [(r["text"], r.get("comments")) for r in (one, other)], "veiling again changes nothing")
# a pseudonym by key, as the number of a tag; a tag of the input may be large
fields.write_text("id,text,kommentarer,fråga\n1,Jag ringde Anna Berglund.,Hälsa Anna och Lars.,Vad sa fru Berglund?\n"
                  "2,Jag ringde Anna.,Hälsa Anna Berglund.,\n3,Jag ringde Anna.,,\n"
                  "4,[PERSON_999999999] ringde Fatima.,,\n", "utf-8")
keyed = ("--replace", "key", "--key", key)
records = lines(anonymise(*keyed, fields).stdout)
person = [{f: re.findall(r"\[PERSON_\d+\]", r[f]) for f in ("text", "comments", "prompt") if f in r} for r in records]
tap.ok(person[0]["text"] == person[0]["prompt"] == person[0]["comments"][:1] and
       person[0]["comments"][1:] != person[0]["text"], "key: a person has one pseudonym in all fields")
tap.ok(person[1]["text"] == person[1]["comments"] == person[2]["text"] != person[0]["text"],
       "that of the text, also where the comments say more")
tap.ok([r["text"] for r in lines(anonymise("--spans", *keyed, fields).stdout)] == [r["text"] for r in records],
       "and --spans prints the same")
tap.ok(len(person[3]["text"]) == 2 and
       anonymise(fields).stdout.count(b"[PERSON_1000000000]") == 1, "numbers go on behind the greatest")
for where in ("-", "/dev/stdout", "/dev/null"):
    done = anonymise("--map-out", where, SAMPLE)
    tap.ok(done.returncode == USAGE and done.stdout == b"", f"a map to {where} is refused")
both = program.path_of("both.jsonl")
done = anonymise("--map-out", both, "-o", both, SAMPLE)
tap.ok(done.returncode == USAGE and not both.exists(), "a map into the output is refused")
done = anonymise("--map-out", program.folder / "." / "both.jsonl", "-o", "both.jsonl", "--force", SAMPLE)
tap.ok(done.returncode == USAGE and not both.exists(), "however its name is written")
before = fields.read_bytes()
done = anonymise("--map-out", fields, "--force", fields)
tap.ok(done.returncode == USAGE and fields.read_bytes() == before, "and one over an input")

fields.write_text("id,text\n1,Hej du.\n1,Hej igen.\n2,Hej.\n", "utf-8")
done = program.run("anonymise", fields)
tap.ok(len(lines(done.stdout)) == 2 and b"of an earlier one: 1;" in done.stderr, "a repeated id is told")

# Moved days ---------------------------------------------------------------------------------

days = program.path_of("days.csv")
days.write_text("id,writer,time,text\n1,Eva,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "2,Bo,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "3,Eva,2025-03-12,Vi sågs 2025-03-05 och 2025-03-12 på mötet.\n", "utf-8")
done = anonymise("--shift-dates", 400, "--seed", 3, days)
moved = lines(done.stdout)
tap.ok(done.returncode == DONE and moved[0]["time"] in moved[0]["text"] and
       moved[2]["time"] in moved[2]["text"], "the time of a record moves with its days")
tap.ok(moved[0]["time"] != "2025-03-05" and moved[0]["time"] in moved[2]["text"],
       "a writer's days move alike")
tap.ok(moved[0]["time"] != moved[1]["time"], "another writer's move otherwise")
months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december"]
days.write_text("id,writer,time,text\n" + "".join(
    f"{i},w{i},2024-03-04,Vi sågs den 4 mars på mötet.\n" for i in range(40)), "utf-8")
same = []
for row in lines(anonymise("--shift-dates", 120, "--seed", 3, days).stdout):
    _, month, day = map(int, row["time"].split("-"))
    same.append(f"den {day} {months[month - 1]} på" in row["text"])
tap.ok(len(same) == 40 and all(same), "a day without a year moves as far as the time of the record")
days.write_text("id,writer,time,text\n1,Eva,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "2,Bo,2025-03-05,Vi sågs 2025-03-05 på mötet.\n"
                "3,Eva,2025-03-12,Vi sågs 2025-03-05 och 2025-03-12 på mötet.\n", "utf-8")
tap.ok(anonymise("--shift-dates", 400, "--seed", 3, "-j", 2, "--batch", 1, days).stdout == done.stdout,
       "threads and batches change nothing")
tap.ok(anonymise("--shift-dates", 400, days).returncode == USAGE, "without seed and key it is refused")
tap.ok(anonymise("--shift-dates", 4000, "--seed", 3, days).returncode == USAGE, "ten years at most")

# Lists of one's own -------------------------------------------------------------------------


def file_of(name, text):
    path = program.path_of(name)
    path.write_text(text, "utf-8")
    return path


OWN = ("Vi var på förskolan solgläntorp och i solgläntorpsgruppen. Solgläntorps personal kom. "
       "A. Svensson och Anna S. ringde, A.S. också men inte a s i listan. zorvin satt med och "
       "kvastelmötet blev bra. Projekt 7 i Gröna husets trappa. Vi bor i Mjölby. Hon är 14 år gammal.")
own = file_of("own.csv", f'id,text\n1,"{OWN}"\n')
roster = file_of("roster.txt", "ORG\tFörskolan Solgläntorp\nAnna Svensson # chef\nPERSON\tZorvin Kvastel\n")
deny = file_of("deny.txt", "CASE_ID\tprojekt 7\nORG\tGröna  huset\n")
allow = file_of("allow.txt", "PLACE\tMjölby\nfatima\n")
lists = ("--roster", roster, "--deny", deny, "--allow", allow)
done = anonymise(*lists, own)
text = lines(done.stdout)[0]["text"]
for word in ("solgläntorp", "Solgläntorp", "Svensson", "Anna", "A.S", "zorvin", "kvastel", "Projekt 7", "Gröna"):
    tap.ok(word not in text, f"a list takes out {word}")
for word in ("Mjölby", "a s i listan", "s trappa", "s personal"):
    tap.ok(word in text, f"and leaves {word}")
spans = lines(anonymise("--spans", "--explain", *lists, own).stdout)[0]["spans"]
listed = [s for s in spans if s["rule"] == "own-list"]
tap.ok(len(listed) >= 8 and all("own-list" in s["evidence"] for s in listed), "spans tell that a list did it")
tap.ok({"ORG", "CASE_ID", "PERSON"} <= {s["category"] for s in listed}, "each as its category")
off = lines(anonymise("--categories", "-PLACE,-AGE", own).stdout)[0]["text"]
tap.ok("Mjölby" in off and "14 år" in off and "Svensson" not in off, "categories are left alone")

# One of the roster is one number, one span: whatever it is called, whatever a rule took besides.
several = file_of("several.txt", "Berit Lindkvist\nAnna Svensson\nAnna Berg\nAnna  berg\nORG\tGröna huset\nORG\tSolgläntan\n")


def veiled(text):
    return lines(anonymise("--roster", several, file_of("one.csv", f'id,text\n1,"{text}"\n')).stdout)[0]["text"]


for text, as_one in (
        ("Berit Lindkvist kom. Berit L ringde och B.L. svarade. B. Lindkvist såg Lindkvists bil.",
         "[PERSON_1] kom. [PERSON_1] ringde och [PERSON_1]. svarade. [PERSON_1] såg [PERSON_1]s bil."),
        ("Anna Berg och A. Svensson kom. Sedan gick A.B. hem och Anna S. stannade.",
         "[PERSON_1] och [PERSON_2] kom. Sedan gick [PERSON_1]. hem och [PERSON_2]. stannade."),
        ("Jag såg Lindkvist och Kalle Lindkvist. Berit Lindkvist Holm kom.",
         "Jag såg [PERSON_1] och [PERSON_2]. [PERSON_1] kom."),
        ("Vi satt i Gröna husets kök. Gröna huset är fint.", "Vi satt i [ORG_1]s kök. [ORG_1] är fint."),
        ("Vi var i Gröna husets", "Vi var i [ORG_1]s"),
        ("Förskolan Solgläntan är bra. På Solgläntans äldreboende var det lugnt.",
         "[ORG_1] är bra. På [ORG_1]s äldreboende var det lugnt."),
        ("Vi åkte på utflykt med Projektet Gröna huset Malmö.", "Vi åkte på utflykt med [ORG_1].")):
    tap.ok(veiled(text) == as_one, f"one span and one number: {as_one}")

done = anonymise("--categories", "-PERSON", own)
tap.ok(done.returncode == USAGE and done.stdout == b"", "people are left only if that is affirmed")
done = anonymise("--categories=-PERSON,-PERSONNUMMER", "--leave-people", own)
tap.ok(b"Svensson" in done.stdout, "then they are")
for wrong, content in (("--deny", "QZXWJ\tqzxwj\n"), ("--roster", "PLACE\tqzxwj\n"), ("--allow", "QZXWJ\tqzxwj\n"),
                       ("--deny", "LANGUAGE\tqzxwj\n")):
    done = anonymise(wrong, file_of("wrong.txt", content), own)
    tap.ok(done.returncode == USAGE and b"qzxwj" not in done.stderr.lower(), f"{wrong}: a wrong category is refused")
for content, line in (("# remark\nfatima\nNorra Berget\n", b"line 3:"), ("\ufefffatima lindkvist # of the board\n", b"line 1:")):
    done = anonymise("--allow", file_of("wrong.txt", content), own)
    tap.ok(done.returncode == USAGE and line in done.stderr and b"category" in done.stderr and not done.stdout
           and not any(w in done.stderr.lower() for w in (b"fatima", b"lindkvist", b"remark")),
           "--allow: several words without a category are refused, by line")
done = anonymise("--allow", file_of("fine.txt", "PLACE\tNorra Berget\n\nmjölby # the town\n"), own)
tap.ok(done.returncode == DONE and "Mjölby" in lines(done.stdout)[0]["text"], "a remark behind a word is none of it")
done = program.run("analyse", "-q", "--no-log", "--stop", file_of("stop.txt", "och\nt ex\nen gång\n"), SAMPLE, "--out", program.path_of("no"))
tap.ok(done.returncode == USAGE and b"word 3 is several words" in done.stderr, "--stop: several words in a line are refused")
for option, content in (("--roster", "BjÃ¶rn\n"), ("--deny", "PERSON\tbj\ufffdrn\n"), ("--allow", "PLACE\tMj√∂lby\n")):
    done = anonymise(option, file_of("lost.txt", content), own)
    tap.ok(done.returncode == UNREADABLE and b"has lost letters" in done.stderr and done.stdout == b"",
           f"{option}: a name whose letters were lost is refused")
tap.ok(anonymise("--categories", "DATE", own).returncode == USAGE and
       anonymise("--categories", "-QZXWJ", own).returncode == USAGE, "so is one of --categories")

# The manifest has counts, and with a key a hash.
for extra in ((), ("--key", key)):
    out = program.path_of("out")
    done = program.run("analyse", "-q", "--no-log", "--force", *lists, "--categories=-DATE", *extra, SAMPLE, "--out", out)
    word = file_of("word.txt", "solbacken\nklurgbar\n")
    other = program.path_of("other")
    program.run("analyse", "-q", "--no-log", "--force", "--allow", word, *extra, SAMPLE, "--out", other)
    allowed = json.loads((other / "manifest.json").read_text("utf-8"))["instrument"]["allow"]
    tap.ok(allowed == "2" if not extra else re.fullmatch("2 [0-9a-f]{16}", allowed), "words that may be shown are counted too")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))["instrument"]
    tap.ok(done.returncode == DONE and manifest["categories"] == "-DATE" and
           all(manifest[name].split(" ")[0] == n for name, n in
               (("deny", "2"), ("allow-spans", "1"), ("roster", "2"), ("units", "1"))),
           "the manifest counts the lists")
    tap.ok(all((" " in manifest[n]) == bool(extra) for n in ("deny", "allow-spans", "roster", "units")),
           "and hashes them only with a key")
config = file_of("own.yaml", f"roster: {roster}\ndeny: {deny}\nallow: {allow}\ncategories: -DATE\n")
tap.ok(anonymise("--config", config, own).stdout == anonymise(*lists, "--categories", "-DATE", own).stdout,
       "a file of settings says the same")

# What points at somebody without a name ---------------------------------------------------

PLAIN = ["Vi hann inte med planeringen den här veckan och jag kände oro inför mötet.",
         "Samtalet med föräldrarna gick bra och alla fick komma till tals."]
rows = ["id,writer,text"]
for i in range(24):
    more = {6: "Logopeden var med.", 7: "Logopeden i Sorsele var med.", 8: "Kuratorn i Sorsele var med.",
            9: "Kuratorn i Sorsele var med.", 3: "Min torvskördarförman ville gå hem.", 4: "Tvillingarna bråkade med min torvskördarförman."}
    rows.append(f"r{i},w{ {4: 3, 7: 6}.get(i, i % 12)},{PLAIN[i % 2]} {more.get(i, '')}")
risky, out = file_of("risky.csv", "\n".join(rows) + "\n"), program.path_of("out")
done = program.run("analyse", "-q", "--no-log", "--review", "--force", risky, "--out", out)
found = {r["id"]: r for r in lines((out / "review" / "risks.jsonl").read_bytes())}
tap.ok(done.returncode == DONE and set(found) == {"r3", "r4", "r6", "r7"}, "texts with a risk are listed, no others")
tap.ok(found["r3"]["reasons"] == ["own-term"] and found["r3"]["score"] == 20,
       "a rare term of one writer alone is a weak reason")
tap.ok(found["r4"]["reasons"] == ["children", "own-term"] and found["r4"]["quoted"] is False,
       "with another it forbids quoting")
tap.ok(found["r6"]["reasons"] == ["own-occupation"] and "quoted" not in found["r6"],
       "an occupation that one writer alone tells of is a weak reason")
tap.ok(found["r7"]["reasons"] == ["occupation", "own-occupation"] and found["r7"]["quoted"] is False,
       "with a place it is one of few; what others tell of too is none")
tap.ok(b"orv" not in (out / "review" / "risks.jsonl").read_bytes(), "no word of a text is in the list")
tap.ok(stat.S_IMODE((out / "review" / "risks.jsonl").stat().st_mode) == 0o600, "nobody else may read it")
quotes = (out / "review" / "quotes.jsonl").read_bytes()
tap.ok("Tvillingarna".encode() not in quotes and len(quotes) > 0, "and it is not quoted")
tap.done()
