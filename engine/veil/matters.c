/*
 * matters.c - numbers that a word before them calls one of somebody's matter
 *
 *   anställningsnummer 99812     any compound of nummer, nr, -id, but those of rooms,
 *                                pages, telephones (other kinds know them)
 *   orosanmälan nr 331           a paper that a matter has, and "nr"
 *   utredning U-2024-118         such a paper, and a number that is no date, sum or time
 *
 * The words that always speak of a matter (dnr, akt, ocr) are keywords (checks.c,
 * cases.c). What is taken out is the whole chunk of letters, figures and marks without a
 * blank: numbers of authorities have any shape (3.2.1-18834/2023, XK4T9P).
 */
#include "veil/cases.h"
#include "veil/orgs.h" /* endings of words */

#define LONGEST_CHUNK 40

static bool
is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_ascii_alnum(char c)
{
    return (c & '\x80') == 0 && efti_veil_is_alnum(c);
}

/* Bytes of the figure or letter at `at`, Å Ä Ö in capitals among them; 0: none. */
static size_t
code_letter(const struct efti_veil *v, size_t at)
{
    if (is_ascii_alnum(efti_veil_byte(v, at)))
        return 1;
    return efti_veil_byte(v, at) == '\xC3' && efti_veil_byte(v, at + 1) != '\0' &&
                   strchr("\x84\x85\x96", efti_veil_byte(v, at + 1)) != NULL
               ? 2
               : 0;
}

/* Forward over letters, figures, and marks with one of them behind. */
size_t
efti_veil_chunk_end(const struct efti_veil *v, size_t end)
{
    size_t at = end;

    while (at < v->text.size && at - end < LONGEST_CHUNK) {
        char c = v->text.bytes[at];
        size_t n = code_letter(v, at);

        if (n == 0 && c != '\0' && strchr("-/._:", c) != NULL &&
            code_letter(v, at + 1) > 0)
            n = 1;
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

/* Back as far as the chunk goes; a colon or stop behind a word in small letters ends it
 * (dnr:44, dnr.345/22). */
size_t
efti_veil_chunk_start(const struct efti_veil *v, size_t start)
{
    size_t at = start;

    while (at > 0 && start - at < LONGEST_CHUNK) {
        char c = v->text.bytes[at - 1];
        char before = at > 1 ? v->text.bytes[at - 2] : ' ';

        if (!is_ascii_alnum(c) &&
            !(strchr("-/._#", c) != NULL && (is_ascii_alnum(before) || c == '#')))
            break;
        if ((c == '.' || c == '-') && before >= 'a' && before <= 'z')
            break;
        at--;
    }
    while (at < start && !is_ascii_alnum(v->text.bytes[at]) && v->text.bytes[at] != '#')
        at++;
    return at;
}

/* ------------------------------------------------------------- the word before it */

/* Does the word end as one for a number? Then `*own` says whether of a matter:
 * anställningsnummer, passnr, klient-id; not rumsnummer, telefonnummer. */
static bool
is_number_word(const struct efti_form *f, bool *own)
{
    *own = f->folded_size >= 3 &&
           (memcmp(f->folded, "lma", 3) == 0 ||
            efti_equal(f->folded, f->folded_size, "hyresobjekt", 11) ||
            efti_equal(f->folded, f->folded_size, "lägenhetsobjekt", 16));
    if (*own)
        return true;
    if (f->folded_size < 5 || !efti_veil_ends_in(f, ENDS_NUMBER_WORDS, 0) ||
        efti_equal(f->folded, f->folded_size, "nummer", 6) ||
        efti_equal(f->folded, f->folded_size, "numret", 6))
        return false;
    if (efti_veil_begins_with(f, BEGINS_OTHER_NUMBERS, 1) ||
        (f->folded[0] == 'p' && (f->folded[1] == '-' || f->folded[1] == 'n')))
        return true; /* p-nummer too */
    *own = true;
    return true;
}

/* Papers that a matter has, and who gives them their number. */
static bool
is_matter(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_MATTERS, 0) &&
           !(f->folded_size == 3 &&
             efti_case_ends_by_chance(f->folded, 3)); /* sid, vid */
}

/* What a word is to a number behind it. */
static enum veil_matter_word
matter_word(const struct efti_form *f)
{
    bool own;

    if (f->folded_size > 3 && memcmp(f->folded, "kön", 4) == 0) /* könummer 14 stays */
        return is_number_word(f, &own) ? VEIL_MATTER_PAPER : VEIL_MATTER_NOTHING;
    if (is_number_word(f, &own))
        return own ? VEIL_MATTER_OWN : VEIL_MATTER_OTHER;
    if (efti_veil_form_in(f, GROUP_NUMBER_SHORT))
        return VEIL_MATTER_NR;
    if (is_matter(f))
        return VEIL_MATTER_PAPER;
    return efti_veil_form_in(f, GROUP_BETWEEN_NUMBER) ? VEIL_MATTER_BETWEEN
                                                      : VEIL_MATTER_NOTHING;
}

/* The same of token `i`, asked once per form. */
static enum veil_matter_word
matter_word_at(const struct efti_veil *v, size_t i)
{
    uint32_t *answers = efti_veil_answers(v, i);

    if (EFTI_UNLIKELY(*answers >> VEIL_ASK_MATTER_SHIFT == VEIL_MATTER_UNASKED))
        *answers |= (uint32_t)matter_word(v->words.items[i].form)
                    << VEIL_ASK_MATTER_SHIFT;
    return (enum veil_matter_word)(*answers >> VEIL_ASK_MATTER_SHIFT);
}

enum matter { MATTER_NONE, MATTER_CLEAR, MATTER_GIVEN, MATTER_NR, MATTER_NUMBER };

/* F, SN, KS: capitals that belong to the number behind them. */
static bool
is_code(const struct efti_form *f)
{
    return f->code_points <= 4 && f->capitals == f->code_points && f->kind == EFTI_WORD &&
           !efti_equal(f->folded, f->folded_size, "nr", 2) &&
           !efti_equal(f->folded, f->folded_size, "id", 2) &&
           !efti_equal(f->folded, f->folded_size, "ivo", 3);
}

/* "fick nummer 20931": what a matter is given, where no word says what it is. */
static bool
is_given(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_GIVEN_NUMBER);
}

/* What stands before token `i`, and where its code begins: small words may be between. */
static enum matter
matter_before(const struct efti_veil *v, size_t i, size_t *code)
{
    bool numbered = false;

    for (int n = 0; n < 5 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; n++) {
        const struct efti_form *f = v->words.items[--i].form;

        if (f == NULL)
            return MATTER_NONE;
        if (n == 0 && v->words.items[i + 1].glue == VEIL_GLUE_SPACE &&
            is_code(f)) { /* arkivnummer: F 12:203 */
            *code = i;
            continue;
        }
        switch (matter_word_at(v, i)) {
        case VEIL_MATTER_OWN: return MATTER_NUMBER;
        case VEIL_MATTER_NR:
            numbered = true;
            if (is_given(v, i))
                return MATTER_GIVEN;
            break;
        case VEIL_MATTER_PAPER: return numbered ? MATTER_NR : MATTER_CLEAR;
        case VEIL_MATTER_BETWEEN: break;
        default: return MATTER_NONE;
        }
    }
    return MATTER_NONE;
}

bool
efti_veil_is_numbered(const struct efti_veil *v, size_t at)
{
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);
    size_t code = i;

    return i > 0 && i < v->words.count && matter_before(v, i, &code) >= MATTER_NR;
}

bool
efti_veil_matters_before(const struct efti_veil *v, size_t at)
{
    size_t i = v->runs.items[at].token, code = i;

    return i > 0 && i < v->words.count && matter_before(v, i, &code) != MATTER_NONE;
}

/* ----------------------------------------------------------------- the number */

/* U-2024-118, 4412991, 41-118834-24; no range of years, no time and no sum. */
static bool
is_clear(const struct efti_veil *v, size_t at, size_t last, size_t start, size_t end)
{
    size_t digits = 0, letters = 0, years = 0;

    for (size_t p = start; p < end; p++) {
        char c = v->text.bytes[p];

        digits += is_figure(c);
        letters += efti_veil_is_capital(c);
        if (c == ':')
            return false;
    }
    for (size_t i = at; i <= last; i++)
        years += efti_veil_is_year(v, i);
    if (years == last - at + 1)
        return false;
    if (letters > 0)
        return digits >= 3;
    return digits >= 6 && !(last == at + 1 && v->runs.items[at].count == 4 &&
                            v->runs.items[last].count == 4);
}

/* "Anmälan (2024:118)": a year, a colon and a number behind what somebody hands in; laws
 * and what is printed in series are written so too, and other words stand before them. */
static bool
is_handed_in(const struct efti_veil *v, size_t i, size_t at, size_t last)
{
    const struct efti_form *f = v->words.items[i - 1].form;

    if (f == NULL || f->folded_size == 0 || last != at + 1 ||
        !efti_veil_ends_in(f, ENDS_HANDED_IN, 0))
        return false;
    const struct veil_run *a = &v->runs.items[at], *b = &v->runs.items[last];
    if (efti_veil_is_year(v, at))
        return b->gap == VEIL_GAP_COLON && b->count <= 5;
    return a->count >= 3 && b->count == 2 && /* Inkom anmälan 118/24 */
           (b->gap == VEIL_GAP_SLASH || b->gap == VEIL_GAP_DASH);
}

/* #20931, "ticket #551": a number of a list of matters; a rank (#12) and the numbers that
 * all know (#112, #1177, #2024) are shorter and have no word for a number before them. */
static bool
is_hashed(const struct efti_veil *v, size_t at)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t hash = run->start - 1;

    if (run->start == 0 || v->text.bytes[hash] != '#' ||
        (hash > 0 && efti_veil_is_alnum(v->text.bytes[hash - 1])))
        return false;
    return run->count >= 5 ||
           (run->count >= 3 && hash > 1 && v->text.bytes[hash - 1] == ' ' &&
            efti_veil_word_ends_in(v->text.bytes, hash - 1, ENDS_BEFORE_HASH, 0));
}

/* 735 112 4: groups behind, as long as they are no sum. */
static size_t
with_groups(const struct efti_veil *v, size_t *last, size_t end)
{
    size_t total = v->runs.items[*last].count;

    while (end == v->runs.items[*last].end &&
           efti_veil_next_gap(v, *last) == VEIL_GAP_SPACE &&
           total + v->runs.items[*last + 1].count <= 16) {
        total += v->runs.items[++*last].count;
        end = v->runs.items[*last].end;
    }
    return end;
}

/* A number behind a word of a matter: the runs `at` to `last`, the bytes of its chunk. */
struct matter_number {
    enum matter kind;
    size_t token; /* that it begins in; the word stands before this */
    size_t at, last, start, end;
};

/* The word before the number at run `at`, if there is one, and where the number begins:
 * with `token`, `start` and `kind` set. */
static bool
find_matter(const struct efti_veil *v, size_t at, struct matter_number *m)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t code;

    /* with a blank before its token the chunk begins in that: mostly no
     * word speaks there */
    if (run->token > 0 && efti_veil_follows(v, run->token) &&
        matter_before(v, run->token, &code) == MATTER_NONE)
        return false;
    m->start = efti_veil_chunk_start(v, run->start);
    if (run->start - m->start > 8)
        return false; /* figures inside a longer word */
    bool hashed = m->start < run->start && v->text.bytes[m->start] == '#';
    m->token = efti_veil_token_near(v, run->token, hashed ? run->start : m->start);
    if (m->token == 0 || m->token >= v->words.count)
        return false;
    code = m->token;
    m->kind = matter_before(v, m->token, &code);
    if (code < m->token)
        m->start = v->segments->tokens.items[code].start;
    return m->kind != MATTER_NONE;
}

/* How far the number goes; behind "nummer" in groups too. */
static void
reach_end(const struct efti_veil *v, struct matter_number *m)
{
    m->end = efti_veil_chunk_end(v, v->runs.items[m->at].end);
    m->last = efti_veil_last_run(v, m->at, m->end);
    if (m->kind != MATTER_NUMBER)
        return;
    size_t whole = with_groups(v, &m->last, m->end);
    if (whole > m->end) /* 71 4402 18-6 */
        m->end = efti_veil_chunk_end(v, whole);
    m->last = efti_veil_last_run(v, m->last, m->end);
}

/* The clearer the word before it, the fewer figures are enough. */
static bool
has_enough(const struct efti_veil *v, const struct matter_number *m, size_t digits)
{
    switch (m->kind) {
    case MATTER_NUMBER: return digits >= 2;
    case MATTER_GIVEN: return digits >= 4;
    case MATTER_NR: return digits >= 3 || is_clear(v, m->at, m->last, m->start, m->end);
    default:
        return is_clear(v, m->at, m->last, m->start, m->end) ||
               is_handed_in(v, m->token, m->at, m->last);
    }
}

/* A law, a telephone, so many of something, a year alone. */
static bool
is_other_number(struct efti_veil *v, const struct matter_number *m, size_t digits)
{
    const struct veil_run *run = &v->runs.items[m->at];

    return (efti_veil_digits(v, m->at)[0] == '0' && digits >= 8) ||
           efti_veil_is_of_the_union(v, run->start) ||
           efti_veil_key_before(v, run->start, NULL) == VEIL_KEY_LAW ||
           efti_veil_key_after(v->text, m->end) == VEIL_KEY_UNIT ||
           (m->start == run->start && m->last == m->at && efti_veil_is_year(v, m->at) &&
            m->kind != MATTER_NUMBER);
}

bool
efti_veil_matter(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    struct matter_number m = {.at = at};

    if (is_hashed(v, at)) {
        *last = at;
        efti_veil_propose(v, run->start, efti_veil_chunk_end(v, run->end),
                          VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
        return true;
    }
    if (!find_matter(v, at, &m))
        return false;
    reach_end(v, &m);
    size_t digits = efti_veil_digits_in(v, at, m.last);
    if (!has_enough(v, &m, digits) || is_other_number(v, &m, digits)) {
        *last = at;
        return false;
    }
    *last = m.last;
    if (m.start == run->start && efti_veil_rather_phone(v, at, last))
        return true;
    efti_veil_propose(v, m.start, m.end, VEIL_RULE_CASE,
                      EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_SHAPE);
    return true;
}
