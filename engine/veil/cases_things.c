/*
 * cases_things.c - numbers of cases, cars, land and machines
 *
 *   dnr SN 2025/0876   mål T 4471-25   INC0048213     a keyword, or letters and a shape
 *   MLB 84A   Hörby Brunnsåker 4:12   192.0.2.118
 *
 * What stays, and why: SFS 2001:453 and prop. 2008/09:150 have the code of a publication
 * or a colon after the year; SEK 100, LSS 123 are known acronyms; Joh 3:16 and 08:30 are
 * verses and times.
 */
#include "veil/find.h"

/* --------------------------------------------------------------------- cases */

/* Capital letters right before the run, one separator allowed: "SOC-", "T ", "INC". */
static size_t
code_start(const struct efti_veil *v, size_t run_start)
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

/* "nr K-2025/77": the word for a number stands right before it. */
static bool
after_number_word(const struct efti_veil *v, size_t start)
{
    static const char *const words[] = {"nr ", "nr. ", "nummer ", "nr: ", "id "};

    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        size_t n = strlen(words[i]);

        if (start > n && memcmp(v->text.bytes + start - n, words[i], n) == 0)
            return true;
    }
    return false;
}

/* Codes of publications: what follows is a source, nobody's matter. */
static bool
public_code(const char *code, size_t size)
{
    static const char *const codes[] = {
        "SFS", "SOU", "DS",  "PROP", "BET", "RSKR", "HSLF", "SOSFS", "EU",  "EG",  "EEG",
        "KOM", "ISO", "NJA", "HFD",  "AD",  "JO",   "ISBN", "HT",    "VT",  "SKR", "EN",
        "SS",  "LO",  "MFS", "KL",   "NR",  "V",    "S",    "SID",   "COM", "DIR"};

    for (size_t i = 0; i < EFTI_COUNT(codes); i++)
        if (efti_equal(code, size, codes[i], strlen(codes[i])))
            return true;
    return false;
}

static size_t
code_letters(const struct efti_veil *v, size_t start, size_t run_start)
{
    size_t n = run_start - start;

    return n > 0 && !efti_veil_is_alnum(v->text.bytes[run_start - 1]) ? n - 1 : n;
}

/* LVU 1990:52, SoL 2025:400: laws by the letters that units and matters have too. */
static bool
is_law_number(const struct efti_veil *v, size_t at)
{
    static const char *const laws[] = {"199052",   "1988870", "1993387", "19911128",
                                       "19911129", "2001453", "2025400", "201730",
                                       "1980620",  "1982763", "2010659", "2009400",
                                       "2010800",  "2014821", "2019909", "2022913"};
    size_t size = v->runs.items[at].count + v->runs.items[at + 1].count;
    const char *digits = efti_veil_digits(v, at);

    for (size_t i = 0; i < EFTI_COUNT(laws); i++)
        if (efti_equal(digits, size, laws[i], strlen(laws[i])))
            return true;
    return false;
}

/* BUP 2023:457, LVU 2024:118: kept letters that matters are kept by; FOI 2018:521 is
 * printed in a series. */
static bool
is_matter_code(const char *folded, size_t size)
{
    static const char *const codes[] = {"bup", "ifo", "ivo", "hvb", "lvu", "lvm", "lpt",
                                        "lrv", "lss", "sol", "sip", "jo",  "vux"};

    return efti_is_among(folded, size, codes, EFTI_COUNT(codes));
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
    size_t letters = code_letters(v, start, run->start), digits = 0;
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
static bool
case_shape(const struct efti_veil *v, size_t at, size_t start, size_t last, size_t end)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t letters = code_letters(v, start, run->start);

    if (letters == 0 || public_code(v->text.bytes + start, letters))
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
static bool
dotted_case(struct efti_veil *v, size_t at, size_t start, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t letters = code_letters(v, start, run->start);

    if (letters < 2 || public_code(v->text.bytes + start, letters) ||
        !efti_veil_is_year(v, at) || at + 1 >= v->runs.count ||
        run[1].gap != VEIL_GAP_DOT || run[1].count < 3 || run[1].start - run->end != 1 ||
        v->casing == VEIL_CASING_HIGH)
        return false;
    *last = at + 1;
    efti_veil_propose(v, start, run[1].end, VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 3.5.1-40211/2024: a class of the archive, a number and its year. */
static bool
archived_case(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at];

    if (a->count > 2 || at + 4 >= v->runs.count || a[1].gap != VEIL_GAP_DOT ||
        a[2].gap != VEIL_GAP_DOT || a[3].gap != VEIL_GAP_DASH || a[3].count < 3 ||
        (a[4].gap != VEIL_GAP_SLASH && a[4].gap != VEIL_GAP_DASH) ||
        !efti_veil_is_year(v, at + 4))
        return false;
    *last = at + 4;
    size_t end = efti_veil_chunk_end(v, v->runs.items[*last].end);
    while (*last + 1 < v->runs.count && v->runs.items[*last + 1].start < end)
        (*last)++;
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

/* The same, and 5000-K123456-25: station, letter, number and year of a report to the
 * police. */
static bool
police_case(struct efti_veil *v, size_t at, size_t *last)
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
    } else if (diary_case(v, at, last)) {
        start = code_start(v, a->start);
        if (start < a->start)
            start = efti_veil_chunk_start(v, start);
    } else {
        return false;
    }
    efti_veil_propose(v, start, v->runs.items[*last].end, VEIL_RULE_CASE_SHAPE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
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
    while (*last + 1 < v->runs.count && v->runs.items[*last + 1].start < to)
        (*last)++;
}

/* BT 130/85: a pressure, no diary. */
static bool
is_measure(const char *code, size_t size)
{
    return size >= 2 && code[0] == 'B' && (code[1] == 'T' || code[1] == 'P') &&
           (size == 2 || code[2] == ' ');
}

bool
efti_veil_case(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t key_end = 0, end, start = code_start(v, run->start);
    bool coded = start < run->start;

    if (police_case(v, at, last) || archived_case(v, at, last))
        return true;
    end = case_end(v, at, last);
    if (*last == at && !coded && (run->count < 3 || efti_veil_is_year(v, at)))
        return false; /* 5, 40, 2024: no word before it makes a case of these */
    enum veil_keyword key = efti_veil_key_before(v, run->start, &key_end);
    if (key == VEIL_KEY_LAW || key == VEIL_KEY_EXTENSION ||
        (key == VEIL_KEY_PHONE && efti_veil_digits(v, at)[0] == '0'))
        return false;
    if (v->runs.items[*last].gap == VEIL_GAP_COLON && *last == at + 1 &&
        efti_veil_is_year(v, at) && run->start > 0 &&
        v->text.bytes[run->start - 1] == '(') {
        *last = at; /* körkortslagen (1998:488) */
        return false;
    }
    if (coded && is_measure(v->text.bytes + start, run->start - start))
        return false;
    if (!coded && *last == at && run->count == 3 && run->gap == VEIL_GAP_SPACE &&
        at > 0 && v->runs.items[at - 1].count <= 3 &&
        memcmp(efti_veil_digits(v, at), "000", 3) == 0)
        return false;    /* målet är 10 000 */
    if (start < key_end) /* DNR 2024-118: the code is the keyword itself */
        start = run->start, coded = false;
    /* 2024:5519, K10442, 448812; a year alone and a sum are not */
    bool clear =
        (coded && run->count >= 3) || (*last > at && run->count >= 2) || run->count >= 6;
    if (key == VEIL_KEY_CASE && only_codes_between(v, key_end, run->start, clear) &&
        (efti_veil_digits_in(v, at, *last) >= 3 || coded) &&
        !(efti_veil_is_year(v, at) && *last == at) &&
        !(efti_veil_is_year(v, at) && v->runs.items[*last].gap == VEIL_GAP_DASH &&
          efti_veil_is_year(v, *last) &&
          efti_veil_number(efti_veil_digits(v, *last), 4) >=
              efti_veil_number(efti_veil_digits(v, at), 4)) &&
        efti_veil_key_after(v->text, end) != VEIL_KEY_UNIT) {
        if (*last == at && !coded && key_end + 4 > start)
            end = grouped_case(v, last, end);
        whole_chunk(v, key_end, last, &start, &end);
        efti_veil_propose(v, start, end, VEIL_RULE_CASE,
                          EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_SHAPE);
        return true;
    }
    bool hung = coded && v->text.bytes[run->start - 1] == '-'; /* T-118 */
    if (after_number_word(v, start) &&
        (coded || (*last > at && efti_veil_digits(v, at)[0] != '0')) &&
        efti_veil_digits_in(v, at, *last) >= (hung ? 3u : 4u) &&
        !public_code(v->text.bytes + start, code_letters(v, start, run->start)) &&
        efti_veil_key_after(v->text, end) != VEIL_KEY_UNIT) {
        efti_veil_propose(v, start, end, VEIL_RULE_CASE,
                          EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_SHAPE);
        return true;
    }
    if (coded && dotted_case(v, at, start, last))
        return true;
    if (coded && case_shape(v, at, start, *last, end)) {
        start = efti_veil_chunk_start(v, start);
        efti_veil_propose(v, start, end, VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
        return true;
    }
    *last = at;
    return false;
}

/* ---------------------------------------------------------- cars, land, machines */

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
    if (near) /* bilen har 240 hästar, skylten med 120 på */
        return small < 3 ||
               (efti_lists_word(v->lists, folded, 3) & EFTI_LIST_FUNCTION) == 0;
    if (small != 0 && (small < 3 || v->dictionary == NULL))
        return false; /* mlb 841: in small letters no word that anybody knows */
    if (public_code(letters, 3) || memcmp(folded, "sek", 3) == 0 ||
        memcmp(folded, "eur", 3) == 0 || memcmp(folded, "usd", 3) == 0 ||
        memcmp(folded, "nok", 3) == 0 || memcmp(folded, "dkk", 3) == 0)
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
    size_t gap =
        run->start > 0 && strchr(" -", v->text.bytes[run->start - 1]) != NULL ? 1 : 0;
    size_t start, end = run->end;
    bool near;

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
    static const char *const books[] = {
        "johannes", "matteus",  "markus",    "lukas",    "psaltaren", "jesaja",
        "jeremia",  "hesekiel", "daniel",    "job",      "petrus",    "jakob",
        "hosea",    "joel",     "amos",      "titus",    "timoteus",  "samuel",
        "rut",      "ester",    "moseboken", "galaterna"};
    static const char *const reads[] = {"om",       "ur",      "läste",   "läser",
                                        "citerade", "citerar", "enligt",  "evangelium",
                                        "vers",     "läsa",    "aposteln"};

    return efti_veil_is_one_of(v, book, books, EFTI_COUNT(books)) && book > 0 &&
           efti_veil_follows(v, book) &&
           efti_veil_is_one_of(v, book - 1, reads, EFTI_COUNT(reads));
}

/* "Hörby Brunnsåker 4:12": words with a capital, then n:n. Bible, law and clock stay. */
static bool
ip_property(struct efti_veil *v, size_t at, size_t *last)
{
    static const char *const books[] = {"joh", "matt", "luk", "mark", "mos", "kor",
                                        "rom", "ps",   "jes", "kl",   "kap", "art"};
    static const char *const quarters[] = {"östra", "västra", "norra", "södra",
                                           "stora", "lilla",  "övre",  "nedre"};
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
    for (size_t i = 0; i < EFTI_COUNT(books); i++)
        if (efti_equal(form->folded, form->folded_size, books[i], strlen(books[i])))
            return false;
    if (is_verse(v, first)) {
        v->words.items[first].state |= VEIL_STATE_KEEP;
        return false;
    }
    if ((bits & VEIL_ORDINARY) != 0 && (bits & (VEIL_PLACE | VEIL_PLACE_WORD)) == 0 &&
        !near &&
        !(first > 0 && efti_veil_follows(v, first) &&
          (efti_veil_is(v, first - 1, VEIL_CLASS_IN) ||
           efti_veil_is_one_of(v, first - 1, quarters, EFTI_COUNT(quarters)))))
        return false; /* på Näs 2:17 */
    while (first > 0 && efti_veil_follows(v, first) &&
           (v->words.items[first - 1].bits & VEIL_CAPITAL) != 0 &&
           ((v->words.items[first - 1].bits & VEIL_WORD) == 0 || /* Stora Hjälmaryd */
            efti_veil_is_one_of(v, first - 1, quarters, EFTI_COUNT(quarters))))
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
    static const char *const words[] = {
        "version", "versionen",   "versioner",     "ver",      "ver.",          "v",
        "v.",      "release",     "releasen",      "build",    "patch",         "utgåva",
        "utgåvan", "uppdatering", "uppdateringen", "firmware", "programversion"};
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    for (size_t k = 0; k < 2 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; k++)
        if (efti_veil_is_one_of(v, --i, words, EFTI_COUNT(words)))
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
    while (*last + 1 < v->runs.count && v->runs.items[*last + 1].start < end)
        (*last)++;
    efti_veil_propose(v, start, end, VEIL_RULE_IP, EFTI_EVIDENCE_SHAPE);
    return true;
}

bool
efti_veil_thing(struct efti_veil *v, size_t at, size_t *last)
{
    return ip_four(v, at, last) || ip_six(v, at, last) || ip_vehicle(v, at, last) ||
           ip_property(v, at, last) || ip_block(v, at, last);
}
