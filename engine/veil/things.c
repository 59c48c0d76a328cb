/*
 * things.c - numbers of cars, land and machines
 *
 *   MLB 84A   PZE 93 D                 three letters that are no word and no acronym
 *   Hörby Brunnsåker 4:12              words with a capital, then n:n
 *   kvarteret Lejonet 3                a block behind its keyword
 *   192.0.2.118   2001:db8::1          machines in a network
 *   00:1a:2b:3c:4d:5e
 *
 * What stays, and why: SEK 100 and LSS 123 are currencies and known acronyms; "Joh 3:16",
 * "läste Lukas 15:11" and 08:30 are verses and times; version 11.4.2.0 is a program's.
 */
#include "veil/cases.h"

/* Three letters that are no acronym, word or currency: lists and dictionary know. */
static bool
plate_letters(struct efti_veil *v, const char *letters, bool near)
{
    char folded[3];
    size_t small = 0;

    for (size_t i = 0; i < 3; i++) {
        char c = letters[i];

        if (!efti_veil_is_capital(c) && !(c >= 'a' && c <= 'z'))
            return false;
        small += c >= 'a';
        if (!near &&
            (c == 'I' || c == 'Q' || c == 'V' || c == 'i' || c == 'q' || c == 'v'))
            return false;
        folded[i] = (char)(c | 0x20);
    }
    if (memcmp(folded, "sek", 3) == 0 || memcmp(folded, "eur", 3) == 0 ||
        memcmp(folded, "usd", 3) == 0 || memcmp(folded, "nok", 3) == 0 ||
        memcmp(folded, "dkk", 3) == 0)
        return false; /* a car for SEK 900 */
    if (near)         /* bilen har 240 hästar, skylten med 120 på */
        return small < 3 ||
               (efti_lists_word(v->lists, folded, 3) & EFTI_LIST_FUNCTION) == 0;
    if (small != 0 && (small < 3 || v->dictionary == NULL))
        return false; /* mlb 841: in small letters no word that anybody knows */
    if (efti_case_is_public_code(letters, 3))
        return false;
    return (efti_lists_word(v->lists, folded, 3) & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) ==
               0 &&
           (efti_dictionary_find(v->dictionary, folded, 3) &
            (EFTI_DICT_LOWER | EFTI_DICT_ACRONYM)) == 0;
}

static bool
three_letters(const char *bytes)
{
    for (size_t i = 0; i < 3; i++)
        if ((bytes[i] | 0x20) < 'a' || (bytes[i] | 0x20) > 'z')
            return false;
    return true;
}

/* "PZE 93 D": the last letter by itself behind a blank; O, I, Q and V end no plate. Small
 * letters only where a car is spoken of, and never words: "bilen var 12 m lång". */
static bool
letter_apart(struct efti_veil *v, size_t start, size_t end, bool near)
{
    char c = efti_veil_byte(v, end + 1);
    bool capital = efti_veil_is_capital(v->text.bytes[start]);

    return efti_veil_byte(v, end) == ' ' && efti_veil_is_ascii_letter(c) &&
           efti_veil_is_capital(c) == capital && strchr("oiqv", c | 0x20) == NULL &&
           !efti_veil_is_alnum(efti_veil_byte(v, end + 2)) && (capital || near) &&
           plate_letters(v, v->text.bytes + start, false);
}

static bool
ip_vehicle(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    const char *before = v->text.bytes + run->start;
    size_t gap = run->start > 0 && strchr(" -", before[-1]) != NULL ? 1 : 0;
    size_t start, end = run->end;
    bool near;

    if (run->start > 1 && memcmp(before - 2, "\xC2\xA0", 2) == 0)
        gap = 2; /* no-break space */
    if (run->start < gap + 3 || (run->count != 2 && run->count != 3))
        return false;
    start = run->start - gap - 3;
    if ((start > 0 && efti_veil_is_alnum(v->text.bytes[start - 1])) ||
        !three_letters(v->text.bytes + start))
        return false;
    near = efti_veil_key_before(v, run->start, NULL) == VEIL_KEY_CAR;
    if (!plate_letters(v, v->text.bytes + start, near))
        return false;
    if (run->count == 2 &&
        (efti_veil_is_capital(efti_veil_byte(v, end)) ||
         ((near || v->text.bytes[start] >= 'a') && efti_veil_byte(v, end) >= 'a' &&
          efti_veil_byte(v, end) <= 'z')))
        end++;
    else if (run->count == 2 && letter_apart(v, start, end, near))
        end += 2;
    else if (run->count != 3)
        return false;
    if (efti_veil_is_alnum(efti_veil_byte(v, end)) ||
        efti_veil_key_after(v->text, end) == VEIL_KEY_UNIT ||
        (efti_veil_next_gap(v, at) != VEIL_GAP_FAR &&
         efti_veil_next_gap(v, at) != VEIL_GAP_COMMA && run->count == 3))
        return false;
    *last = at;
    efti_veil_propose(v, start, end, VEIL_RULE_VEHICLE,
                      EFTI_EVIDENCE_SHAPE | (near ? EFTI_EVIDENCE_CONTEXT : 0u));
    return true;
}

/* "om Johannes 3:16", "läste Lukas 15:11": a book of the Bible where one reads or speaks
 * of it. Johannes ran in 3:16 too, so something has to say so. */
static bool
is_verse(const struct efti_veil *v, size_t book)
{
    return efti_veil_in(v, book, GROUP_BIBLE_BOOKS) && book > 0 &&
           efti_veil_follows(v, book) && efti_veil_in(v, book - 1, GROUP_READS_BIBLE);
}

/* "Hörby Brunnsåker 4:12": words with a capital, then n:n. Bible, law and clock stay. */
static bool
ip_property(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];
    if (efti_veil_next_gap(v, at) != VEIL_GAP_COLON || a->count > 4 ||
        v->runs.items[at + 1].count > 4 ||
        efti_veil_next_gap(v, at + 1) == VEIL_GAP_COLON)
        return false;
    bool near = efti_veil_key_before(v, a->start, NULL) == VEIL_KEY_LAND;
    size_t word = efti_veil_token_near(v, a->token, a->start), first;
    if (word == 0 || word >= v->words.count ||
        v->words.items[word].glue != VEIL_GLUE_SPACE)
        return false;
    if (a->count == 2 && v->runs.items[at + 1].count == 2 && !near)
        return false; /* 08:30 */
    if (efti_veil_is_year(v, at) && !near)
        return false; /* RiR 2018:5, Ku 2024:01: series of reports */
    first = word - 1;
    uint32_t bits = v->words.items[first].bits;
    const struct efti_form *form = v->words.items[first].form;
    if (form == NULL || (bits & VEIL_CAPITAL) == 0 || ((bits & VEIL_UPPER) != 0 && !near))
        return false;
    if (efti_veil_form_in(form, GROUP_VERSE_BOOKS))
        return false;
    if (is_verse(v, first)) {
        v->words.items[first].state |= VEIL_STATE_KEEP;
        return false;
    }
    if ((bits & VEIL_ORDINARY) != 0 && (bits & (VEIL_PLACE | VEIL_PLACE_WORD)) == 0 &&
        !near &&
        !(first > 0 && efti_veil_follows(v, first) &&
          (efti_veil_is(v, first - 1, VEIL_CLASS_IN) ||
           efti_veil_in(v, first - 1, GROUP_FARM_QUARTERS))))
        return false; /* på Näs 2:17 */
    while (first > 0 && efti_veil_follows(v, first) &&
           (v->words.items[first - 1].bits & VEIL_CAPITAL) != 0 &&
           ((v->words.items[first - 1].bits & VEIL_WORD) == 0 || /* Stora Hjälmaryd */
            efti_veil_in(v, first - 1, GROUP_FARM_QUARTERS)))
        first--;
    *last = at + 1;
    efti_veil_propose(v, v->segments->tokens.items[first].start,
                      v->runs.items[at + 1].end, VEIL_RULE_PROPERTY,
                      EFTI_EVIDENCE_SHAPE | (near ? EFTI_EVIDENCE_CONTEXT : 0u));
    return true;
}

/* kvarteret Lejonet 3, fastighetsbeteckning KRÅKAN 7: a block and a number behind it. */
static bool
ip_block(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t key_end, word = efti_veil_token_near(v, run->token, run->start);

    if (run->count > 3 || word == 0 || word >= v->words.count ||
        v->words.items[word].glue != VEIL_GLUE_SPACE ||
        (v->words.items[word - 1].bits & (VEIL_CAPITAL | VEIL_ROLE)) != VEIL_CAPITAL ||
        efti_veil_key_before(v, run->start, &key_end) != VEIL_KEY_LAND ||
        efti_veil_key_after(v->text, run->end) == VEIL_KEY_UNIT)
        return false;
    size_t first = v->segments->tokens.items[word - 1].start;
    if (first < key_end || first - key_end > 3)
        return false;
    *last = at;
    efti_veil_propose(v, first, run->end, VEIL_RULE_PROPERTY,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_CONTEXT);
    return true;
}

/* "version 11.4.2.0", "uppdateringen till 12.0.4.1": what a program has, no machine. */
static bool
is_version(const struct efti_veil *v, size_t at)
{
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    for (size_t k = 0; k < 2 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; k++)
        if (efti_veil_in(v, --i, GROUP_VERSIONS))
            return true;
    return false;
}

static bool
ip_four(struct efti_veil *v, size_t at, size_t *last)
{
    for (size_t i = at; i < at + 4; i++) {
        if (i >= v->runs.count || v->runs.items[i].count > 3 ||
            v->runs.items[i].taken != 0 ||
            efti_veil_number(efti_veil_digits(v, i), v->runs.items[i].count) > 255 ||
            (i > at && v->runs.items[i].gap != VEIL_GAP_DOT))
            return false;
    }
    if (efti_veil_next_gap(v, at + 3) == VEIL_GAP_DOT ||
        v->runs.items[at].gap == VEIL_GAP_DOT || is_version(v, at))
        return false;
    *last = at + 3;
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[at + 3].end, VEIL_RULE_IP,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}

static bool
ip_is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* 2001:db8::1, and the hardware address of a machine 00:1a:2b:3c:4d:5e. */
static bool
ip_six(struct efti_veil *v, size_t at, size_t *last)
{
    size_t start = v->runs.items[at].start, end, colons = 0;
    bool doubled = false;

    while (start > 0 && v->runs.items[at].start - start < 40 &&
           (ip_is_hex(v->text.bytes[start - 1]) || v->text.bytes[start - 1] == ':'))
        start--;
    for (end = start; end < v->text.size && end - start < 48 &&
                      (ip_is_hex(v->text.bytes[end]) || v->text.bytes[end] == ':');
         end++) {
        if (v->text.bytes[end] != ':')
            continue;
        colons++;
        doubled = doubled || (end > start && v->text.bytes[end - 1] == ':');
    }
    if (end > start && v->text.bytes[end - 1] == ':')
        return false;
    if (!(colons >= 5 || (doubled && colons >= 2)) ||
        (start > 0 && efti_veil_is_alnum(v->text.bytes[start - 1])) ||
        efti_veil_is_alnum(efti_veil_byte(v, end)))
        return false;
    *last = efti_veil_last_run(v, *last, end);
    efti_veil_propose(v, start, end, VEIL_RULE_IP, EFTI_EVIDENCE_SHAPE);
    return true;
}

bool
efti_veil_thing(struct efti_veil *v, size_t at, size_t *last)
{
    return ip_four(v, at, last) || ip_six(v, at, last) || ip_vehicle(v, at, last) ||
           ip_property(v, at, last) || ip_block(v, at, last);
}
