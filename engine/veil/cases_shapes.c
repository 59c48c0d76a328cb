/*
 * cases_shapes.c - numbers of cases that no keyword stands before
 *
 *   SN 2025/0876   K-88/07   INC0048213      a code of letters and what hangs on it
 *   ÄN 24-3307     BUF24/1102                two figures of a year first
 *   BUP 2023:457   SN 2024:118               a year and a colon, behind a board's code
 *   VON 2025.0311                            a stop between year and number
 *   2025:00318-4   ÄO 2025:0093              filled up with zeros, as diaries write them
 *   2023-SN-0412                             the letters of an office in the middle
 *   12-ÄÅ/2024   8-IFO-2024                  the same, the year behind
 *   5000-K123456-25                          a report to the police
 *   3.5.1-40211/2024                         a class of the archive
 *
 * What stays, and why: SFS 2001:453 and prop. 2008/09:150 have the code of a publication
 * or a colon after the year; LVU 1990:52 is a law, RH 2004:118 a yearbook of the courts,
 * FOI 2018:521 is printed in a series.
 */
#include "veil/cases.h"

/* Codes of publications: what follows is a source, nobody's matter. */
bool
efti_case_is_public_code(const char *code, size_t size)
{
    char folded[VEIL_GROUP_LONGEST];

    if (size > sizeof(folded))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (!efti_veil_is_capital(code[i])) /* "dir" and "v" are words */
            return false;
        folded[i] = (char)(code[i] + 32);
    }
    return efti_veil_word_in(folded, size, GROUP_PUBLIC_CODES);
}

size_t
efti_case_letters(const struct efti_veil *v, size_t start, size_t run_start)
{
    size_t n = run_start - start;

    return n > 0 && !efti_veil_is_alnum(v->text.bytes[run_start - 1]) ? n - 1 : n;
}

/* LVU 1990:52, SoL 2025:400: laws by the letters that units and matters have too. */
static bool
is_law_number(const struct efti_veil *v, size_t at)
{
    size_t size = v->runs.items[at].count + v->runs.items[at + 1].count;

    return efti_veil_word_in(efti_veil_digits(v, at), size, GROUP_LAW_NUMBERS);
}

/* BUP 2023:457, LVU 2024:118: kept letters that matters are kept by; FOI 2018:521 is
 * printed in a series. */
static bool
is_matter_code(const char *folded, size_t size)
{
    return efti_veil_word_in(folded, size, GROUP_MATTER_CODES);
}

/* RÅ 1999:35, RH 2004:118, MÖD 2015:3: years and numbers of the courts' yearbooks, which
 * are never filled up with zeros nor written with a slash. */
static bool
is_yearbook(const struct efti_veil *v, size_t at, const char *code, size_t letters)
{
    static const char *const books[] = {"RÅ", "RH", "MÖD"};
    const struct veil_run *next = &v->runs.items[at + 1];
    bool book = false;

    for (size_t i = 0; i < EFTI_COUNT(books); i++)
        book = book || efti_equal(code, letters, books[i], strlen(books[i]));
    return book && next->gap == VEIL_GAP_COLON && next->count <= 3 &&
           v->text.bytes[next->start] != '0';
}

/* ÄN 24-3307, LÖF 24-118-552, BUF24/1102, SN 2024:118: two figures of a year first, three
 * groups, or a year and a colon. A writer of capitals only writes ranges so. */
static bool
coded_case(const struct efti_veil *v, size_t at, size_t start, size_t last)
{
    const struct veil_run *run = &v->runs.items[at], *next = &v->runs.items[at + 1];
    size_t letters = efti_case_letters(v, start, run->start), digits = 0;
    const char *code = v->text.bytes + start;
    char folded[8];

    if (letters < 2 || letters > 6 || v->casing == VEIL_CASING_HIGH ||
        is_yearbook(v, at, code, letters))
        return false;
    if (next->gap == VEIL_GAP_COLON && last == at + 1) {
        for (size_t k = 0; k < letters; k++) /* Å Ä Ö: in no acronym on the lists */
            folded[k] = (char)(code[k] | 0x20);
        bool board = code[letters - 1] == 'N' && letters <= 4; /* SN, ÖFN: a board */
        return efti_veil_is_year(v, at) &&
               next->count >= (board && letters > 2 ? 2 : 3) &&
               !is_law_number(v, at) && /* FOI 2018:521 */
               (board || is_matter_code(folded, letters) ||
                (efti_lists_word(v->lists, folded, letters) &
                 (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) == 0);
    }
    if (last > at + 1) {
        digits = efti_veil_digits_in(v, at, last);
        return digits >= 7 && v->runs.items[last].gap != VEIL_GAP_COLON &&
               next->gap != VEIL_GAP_COLON;
    }
    return run->count == 2 && next->count >= 3 && next->count <= 6 &&
           next->gap != VEIL_GAP_COLON &&
           (next->count > 3 || efti_veil_digits(v, at)[0] == '2');
}

/* "SN 2025/0876", "T 4471-25", "INC0048213" without a keyword. */
bool
efti_case_has_shape(const struct efti_veil *v, size_t at, size_t start, size_t last,
                    size_t end)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t letters = efti_case_letters(v, start, run->start);

    if (letters == 0 || efti_case_is_public_code(v->text.bytes + start, letters))
        return false;
    if (last == at) { /* INC0048213, RS-LOGG-5512 */
        bool twice = start > 2 && v->text.bytes[start - 1] == '-' &&
                     efti_veil_is_capital(v->text.bytes[start - 2]) &&
                     !efti_veil_is_year(v, at);
        return letters >= 2 && letters <= 4 && run->count >= (twice ? 4u : 5u) &&
               run->count <= 9 && v->text.bytes[run->start - 1] != ' ';
    }
    if (efti_veil_key_after(v->text, end) != VEIL_KEY_UNIT &&
        coded_case(v, at, start, last))
        return true;
    if (last != at + 1 || v->runs.items[last].gap == VEIL_GAP_COLON)
        return false;
    if (efti_veil_is_year(v, at))
        return letters >= 2 && v->runs.items[last].count >= 2;
    if (efti_veil_is_year(v, last))
        return letters >= 2 && run->count >= 2;
    if (run->count == 2) /* K-88/07 */
        return letters == 1 && v->text.bytes[run->start - 1] == '-' &&
               v->runs.items[last].gap == VEIL_GAP_SLASH &&
               v->runs.items[last].count == 2;
    return letters <= 3 && run->count >= 3 && run->count <= 6 &&
           v->runs.items[last].count == 2;
}

/* VON 2025.0311: a stop between year and number. */
bool
efti_case_with_stop(struct efti_veil *v, size_t at, size_t start, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t letters = efti_case_letters(v, start, run->start);

    if (letters < 2 || efti_case_is_public_code(v->text.bytes + start, letters) ||
        !efti_veil_is_year(v, at) || at + 1 >= v->runs.count ||
        run[1].gap != VEIL_GAP_DOT || run[1].count < 3 || run[1].start - run->end != 1 ||
        v->casing == VEIL_CASING_HIGH)
        return false;
    *last = at + 1;
    efti_veil_propose(v, start, run[1].end, VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 3.5.1-40211/2024: a class of the archive, a number and its year. */
bool
efti_case_of_archive(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];

    if (a->count > 2 || at + 4 >= v->runs.count || a[1].gap != VEIL_GAP_DOT ||
        a[2].gap != VEIL_GAP_DOT || a[3].gap != VEIL_GAP_DASH || a[3].count < 3 ||
        (a[4].gap != VEIL_GAP_SLASH && a[4].gap != VEIL_GAP_DASH) ||
        !efti_veil_is_year(v, at + 4))
        return false;
    size_t end = efti_veil_chunk_end(v, a[4].end);
    *last = efti_veil_last_run(v, at + 4, end);
    efti_veil_propose(v, a->start, end, VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 2025:00318, 2025:00318-4, ÄO 2025:0093: a year and a number filled up with zeros, as
 * diaries write them, the letters of a committee before it, a running number behind. */
static bool
diary_case(const struct efti_veil *v, size_t at, size_t *last)
{
    if (!efti_veil_is_year(v, at) || efti_veil_next_gap(v, at) != VEIL_GAP_COLON ||
        v->runs.items[at + 1].count < 4 || efti_veil_digits(v, at + 1)[0] != '0')
        return false;
    *last = at + 1;
    enum veil_gap behind = efti_veil_next_gap(v, at + 1);
    if ((behind == VEIL_GAP_DASH || behind == VEIL_GAP_SLASH) &&
        v->runs.items[at + 2].count <= 3)
        *last = at + 2;
    else if (behind != VEIL_GAP_FAR)
        return false;
    return true;
}

/* 2024-BU-00731, 2023-SN-0412: a year, the letters of an office, a number; a course
 * (2024-HT-3) has one figure or two. */
static bool
year_office_case(const struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];
    size_t letters = 0, end = a->end + 1;

    if (a->count != 4 || !efti_veil_is_year(v, at) || at + 1 >= v->runs.count ||
        a[1].count < 3 || a[1].taken != 0 || efti_veil_byte(v, a->end) != '-')
        return false;
    while (letters < 5 && efti_veil_is_capital(efti_veil_byte(v, end + letters)))
        letters++;
    if (letters == 0 || letters > 4 || efti_veil_byte(v, end + letters) != '-' ||
        a[1].start != end + letters + 1)
        return false;
    *last = at + 1;
    return true;
}

/* 12-ÄÅ/2024, 331-BKN/2023, 8-IFO-2024: a number, the letters of an office, a year; terms
 * of a school are written so too (3-HT-2024). */
static bool
office_year_case(const struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];
    size_t end = a->end + 1, letters = 0;

    if (a->count > 5 || at + 1 >= v->runs.count || a[1].taken != 0 ||
        efti_veil_byte(v, a->end) != '-' || a[1].count != 4 ||
        !efti_veil_is_year(v, at + 1))
        return false;
    for (; letters < 5; letters++) {
        char c = efti_veil_byte(v, end), low = efti_veil_byte(v, end + 1);

        if (efti_veil_is_capital(c))
            end++;
        else if (c == '\xC3' && (low == '\x84' || low == '\x85' || low == '\x96'))
            end += 2;
        else
            break;
    }
    char mark = efti_veil_byte(v, end);
    if (letters == 0 || letters > 4 || (mark != '/' && mark != '-') ||
        a[1].start != end + 1 ||
        (letters == 2 && (memcmp(v->text.bytes + end - 2, "HT", 2) == 0 ||
                          memcmp(v->text.bytes + end - 2, "VT", 2) == 0)))
        return false;
    *last = at + 1;
    return true;
}

/* The same, and 5000-K123456-25: station, letter, number and year of a report to the
 * police. */
bool
efti_case_of_authority(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];
    size_t start = a->start;

    if (a->count == 4 && efti_veil_byte(v, a->end) == '-' &&
        efti_veil_byte(v, a->end + 1) == 'K' && at + 1 < v->runs.count &&
        v->runs.items[at + 1].start == a->end + 2 && v->runs.items[at + 1].count >= 4) {
        *last = at + 1;
        if (efti_veil_next_gap(v, at + 1) == VEIL_GAP_DASH)
            *last = at + 2;
    } else if (year_office_case(v, at, last)) {
        start = efti_veil_chunk_start(v, start);
    } else if (office_year_case(v, at, last)) {
        start = efti_case_code_start(v, a->start); /* SN 45-VO/2024 */
    } else if (diary_case(v, at, last)) {
        start = efti_case_code_start(v, a->start);
        if (start < a->start)
            start = efti_veil_chunk_start(v, start);
    } else {
        return false;
    }
    efti_veil_propose(v, start, v->runs.items[*last].end, VEIL_RULE_CASE_SHAPE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}
