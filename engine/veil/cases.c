/*
 * cases.c - numbers of cases: the keyword before them, and how far they reach
 *
 *   dnr | SN 2025/0876 |            a keyword, and only codes and small words between
 *   mål | T 4471-25 |
 *   kundnummer | 900 221 7 |        groups right behind the keyword
 *   nr | K-2025/77 |                the word for a number
 *
 * A number is its runs of figures, joined by / - or :, the capital letters right before
 * it and all that hangs together with it:
 *
 *     SN-    IFO   2024 / 118 - 3   B
 *     chunk  code  run    run   run letters
 *
 * Without a keyword the shape has to tell, which is asked in cases_shapes.c.
 *
 * What stays, and why: körkortslagen (1998:488) is a law, "målet är 10 000" a sum, BT
 * 130/85 a pressure; 2024 alone is a year, whatever stands before it.
 */
#include "veil/cases.h"

/* "u-24519-26", "avv-5580", "dnr sn 2024/0932": where the writer has no capitals. Behind
 * a blank it is a code only if it is no word. */
static size_t
small_code_start(const struct efti_veil *v, size_t run_start)
{
    size_t at = run_start;

    if (at < 2 || strchr("-/ ", v->text.bytes[at - 1]) == NULL)
        return run_start;
    for (at--; at > 0 && run_start - at < 6 && v->text.bytes[at - 1] >= 'a' &&
               v->text.bytes[at - 1] <= 'z';)
        at--;
    if (run_start - at < 2 || (at > 0 && efti_veil_is_alnum(v->text.bytes[at - 1])))
        return run_start;
    if (v->text.bytes[run_start - 1] != ' ')
        return at;
    size_t i = efti_veil_token_at(v, at);
    const struct veil_word *w = i < v->words.count ? &v->words.items[i] : NULL;
    return w != NULL && w->form != NULL && run_start - at < 6 &&
                   (w->bits & VEIL_WORD) == 0 &&
                   (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
                   w->form->kind == EFTI_WORD &&
                   !efti_veil_in(v, i, GROUP_SMALL_NUMBER_WORDS)
               ? at
               : run_start;
}

/* Capital letters right before the run, one separator allowed: "SOC-", "T ", "INC". */
size_t
efti_case_code_start(const struct efti_veil *v, size_t run_start)
{
    size_t at = run_start, letters = 0;

    if (at > 0 && strchr("- /:", v->text.bytes[at - 1]) != NULL)
        at--;
    while (at > 0 && letters < 7) {
        char c = v->text.bytes[at - 1];

        if (efti_veil_is_capital(c)) {
            at--;
        } else if (at > 1 && v->text.bytes[at - 2] == '\xC3' &&
                   (c == '\x85' || c == '\x84' || c == '\x96')) {
            at -= 2; /* Å Ä Ö: courts write Ö 123-24 */
        } else if (letters == 1 && at > 1 && c >= 'a' && c <= 'z' &&
                   v->text.bytes[at] != 'U' && /* FiU, SoU: of parliament */
                   efti_veil_is_capital(v->text.bytes[at - 2])) {
            at--; /* SoN, VoO, PaN */
        } else {
            break;
        }
        letters++;
    }
    if (letters == 0 && v->casing == VEIL_CASING_LOW)
        return small_code_start(v, run_start);
    if (letters == 0 || letters > 6 ||
        (at > 0 && efti_veil_is_alnum(v->text.bytes[at - 1])))
        return run_start;
    return at;
}

/* The runs of one case number, joined by / - : and a letter code at the end. No authority
 * writes more than six; without a bound a text of nothing else would take its square. */
#define MOST_CASE_RUNS 6
static size_t
case_end(const struct efti_veil *v, size_t at, size_t *last)
{
    size_t end;

    *last = at;
    while (*last - at + 1 < MOST_CASE_RUNS) {
        enum veil_gap gap = efti_veil_next_gap(v, *last);

        if ((gap != VEIL_GAP_SLASH && gap != VEIL_GAP_DASH && gap != VEIL_GAP_COLON) ||
            v->runs.items[*last + 1].start - v->runs.items[*last].end > 1)
            break;
        (*last)++;
    }
    end = v->runs.items[*last].end;
    if (end + 1 < v->text.size && v->text.bytes[end] == '-' &&
        efti_veil_is_capital(v->text.bytes[end + 1])) /* 2024-118-SN */
        end++;
    if (v->casing == VEIL_CASING_LOW && efti_veil_byte(v, end) == '-' && /* avv-5580-b */
        efti_veil_byte(v, end + 1) >= 'a' && efti_veil_byte(v, end + 1) <= 'z' &&
        !efti_veil_is_alnum(efti_veil_byte(v, end + 2)))
        return end + 2;
    while (end < v->text.size && efti_veil_is_capital(v->text.bytes[end]))
        end++;
    return end;
}

/* Between keyword and number only codes and small words may stand; before a number that
 * looks like one of a case (`clear`) any few words. */
static bool
only_codes_between(const struct efti_veil *v, size_t from, size_t to, bool clear)
{
    size_t word = 0;
    bool small = false;

    if (to < from || to - from > (clear ? 40u : 24u))
        return false;
    for (size_t i = from; i < to; i++) {
        char c = v->text.bytes[i];

        if (c == '\n' || c == ';' || (c == ',' && !clear) || c == '[')
            return false;
        if (!efti_veil_is_alnum(c)) {
            word = 0;
            small = false;
            continue;
        }
        small = small || (c >= 'a' && c <= 'z');
        word++;
        if (!clear && (word > 6 || (small && word > 3)))
            return false;
    }
    return true;
}

/* "Vid 14-16", "på heltid 2024-2026", "sid 12-14": words that end like elevid.
 * Not uid or pid. */
bool
efti_case_ends_by_chance(const char *bytes, size_t end)
{
    bool three = end > 2 && strchr("stv", bytes[end - 3] | 0x20) != NULL &&
                 memcmp(bytes + end - 2, "id", 2) == 0 &&
                 (end == 3 || !(efti_veil_is_alnum(bytes[end - 4]) ||
                                (bytes[end - 4] & '\x80') != 0));

    return three || (efti_veil_word_ends_in(bytes, end, ENDS_LIKE_AN_ID, 0) &&
                     !efti_veil_word_ends_in(bytes, end, ENDS_IDS_LIKE_TIMES, 0));
}

/* "nr K-2025/77": the word for a number stands right before it. */
static bool
after_number_word(const struct efti_veil *v, size_t start)
{
    return start > 1 && v->text.bytes[start - 1] == ' ' &&
           efti_veil_word_ends_in(v->text.bytes, start - 1, ENDS_NUMBER_BEFORE, 1) &&
           !efti_case_ends_by_chance(v->text.bytes, start - 1);
}

/* "kundnummer 900 221 7": groups right behind the keyword. */
static size_t
grouped_case(const struct efti_veil *v, size_t *last, size_t end)
{
    size_t total = v->runs.items[*last].count;

    while (efti_veil_next_gap(v, *last) == VEIL_GAP_SPACE &&
           total + v->runs.items[*last + 1].count <= 14) {
        total += v->runs.items[++*last].count;
        end = v->runs.items[*last].end;
    }
    return end;
}

/* All that hangs together around the number, and one code more before it: XK4T9P,
 * 24-1187/B, SN-IFO 2024/118-3. */
static void
whole_chunk(const struct efti_veil *v, size_t key_end, size_t *last, size_t *start,
            size_t *end)
{
    size_t from = efti_veil_chunk_start(v, *start), to = efti_veil_chunk_end(v, *end);

    if (from >= key_end)
        *start = from;
    *end = to;
    *last = efti_veil_last_run(v, *last, to);
}

/* BT 130/85: a pressure, no diary. */
static bool
is_measure(const char *code, size_t size)
{
    return size >= 2 && code[0] == 'B' && (code[1] == 'T' || code[1] == 'P') &&
           (size == 2 || code[2] == ' ');
}

/* (EU) nr 305/2011, (EU, Euratom) nr 966/2012: whatever stands further before it, and be
 * it a tag of ours. */
bool
efti_veil_is_of_the_union(const struct efti_veil *v, size_t start)
{
    const char *bytes = v->text.bytes;
    size_t at = start;

    if (at < 9 || memcmp(bytes + at - 5, ") nr ", 5) != 0)
        return false;
    for (at -= 5; at > 0 && start - at < 32 && bytes[at] != '(';)
        at--;
    return bytes[at] == '(' &&
           (memcmp(bytes + at, "(EU", 3) == 0 || memcmp(bytes + at, "(EEG", 4) == 0);
}

/* What may be the number of a case: the runs `at` to `*last`, the bytes with its code. */
struct case_number {
    size_t at, *last;
    size_t start, end;
    bool coded; /* letters begin it */
};

/* "5, 40, 2024": no word before it makes a case of these. */
static bool
is_too_short(const struct efti_veil *v, const struct case_number *c)
{
    return *c->last == c->at && !c->coded &&
           (v->runs.items[c->at].count < 3 || efti_veil_is_year(v, c->at));
}

/* körkortslagen (1998:488) */
static bool
is_law_in_brackets(const struct efti_veil *v, const struct case_number *c)
{
    const size_t start = v->runs.items[c->at].start;

    return v->runs.items[*c->last].gap == VEIL_GAP_COLON && *c->last == c->at + 1 &&
           efti_veil_is_year(v, c->at) && start > 0 && v->text.bytes[start - 1] == '(';
}

/* målet är 10 000 */
static bool
ends_a_sum(const struct efti_veil *v, const struct case_number *c)
{
    const struct veil_run *run = &v->runs.items[c->at];

    return *c->last == c->at && run->count == 3 && run->gap == VEIL_GAP_SPACE &&
           c->at > 0 && v->runs.items[c->at - 1].count <= 3 &&
           memcmp(efti_veil_digits(v, c->at), "000", 3) == 0;
}

/* 2024, 2019-2024: of time, whatever stands before them. */
static bool
is_year_or_years(const struct efti_veil *v, const struct case_number *c)
{
    const size_t at = c->at, last = *c->last;

    if (!efti_veil_is_year(v, at) || last == at)
        return efti_veil_is_year(v, at);
    return v->runs.items[last].gap == VEIL_GAP_DASH && efti_veil_is_year(v, last) &&
           efti_veil_number(efti_veil_digits(v, last), 4) >=
               efti_veil_number(efti_veil_digits(v, at), 4);
}

/* Behind a keyword that ends at `key_end`: dnr SN 2025/0876. */
static bool
behind_keyword(struct efti_veil *v, struct case_number *c, size_t key_end)
{
    const struct veil_run *run = &v->runs.items[c->at];
    /* 2024:5519, K10442, 448812; a year alone and a sum are not */
    bool clear = (c->coded && run->count >= 3) || (*c->last > c->at && run->count >= 2) ||
                 run->count >= 6;

    if (!only_codes_between(v, key_end, run->start, clear) ||
        (efti_veil_digits_in(v, c->at, *c->last) < 3 && !c->coded) ||
        is_year_or_years(v, c) || efti_veil_key_after(v->text, c->end) == VEIL_KEY_UNIT)
        return false;
    if (!c->coded && efti_veil_rather_phone(v, c->at, c->last))
        return true;
    if (*c->last == c->at && !c->coded && key_end + 4 > c->start)
        c->end = grouped_case(v, c->last, c->end);
    whole_chunk(v, key_end, c->last, &c->start, &c->end);
    efti_veil_propose(v, c->start, c->end, VEIL_RULE_CASE,
                      EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_SHAPE);
    return true;
}

/* Behind the word for a number: nr K-2025/77. */
static bool
behind_number_word(struct efti_veil *v, const struct case_number *c)
{
    const struct veil_run *run = &v->runs.items[c->at];
    bool hung = c->coded && v->text.bytes[run->start - 1] == '-'; /* T-118 */

    if (!after_number_word(v, c->start) ||
        !(c->coded || (*c->last > c->at && efti_veil_digits(v, c->at)[0] != '0')) ||
        efti_veil_digits_in(v, c->at, *c->last) < (hung ? 3u : 4u) ||
        efti_case_is_public_code(v->text.bytes + c->start,
                                 efti_case_letters(v, c->start, run->start)) ||
        efti_veil_key_after(v->text, c->end) == VEIL_KEY_UNIT)
        return false;
    efti_veil_propose(v, c->start, c->end, VEIL_RULE_CASE,
                      EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_SHAPE);
    return true;
}

bool
efti_veil_case(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    struct case_number c = {.at = at, .last = last};
    size_t key_end = 0;

    if (efti_case_of_authority(v, at, last) || efti_case_of_archive(v, at, last))
        return true;
    c.start = efti_case_code_start(v, run->start);
    c.coded = c.start < run->start;
    c.end = case_end(v, at, last);
    if (is_too_short(v, &c))
        return false;
    enum veil_keyword key = efti_veil_key_before(v, run->start, &key_end);
    if (key == VEIL_KEY_LAW || key == VEIL_KEY_EXTENSION ||
        efti_veil_is_of_the_union(v, run->start) ||
        (key == VEIL_KEY_PHONE && efti_veil_digits(v, at)[0] == '0'))
        return false;
    if (is_law_in_brackets(v, &c)) {
        *last = at;
        return false;
    }
    if (c.coded ? is_measure(v->text.bytes + c.start, run->start - c.start)
                : ends_a_sum(v, &c))
        return false;
    if (c.start < key_end) { /* DNR 2024-118: the code is the keyword itself */
        c.start = run->start;
        c.coded = false;
    }
    if ((key == VEIL_KEY_CASE && behind_keyword(v, &c, key_end)) ||
        behind_number_word(v, &c) ||
        (c.coded && efti_case_with_stop(v, at, c.start, last)))
        return true;
    if (c.coded && efti_case_has_shape(v, at, c.start, *last, c.end)) {
        efti_veil_propose(v, efti_veil_chunk_start(v, c.start), c.end,
                          VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
        return true;
    }
    *last = at;
    return false;
}
