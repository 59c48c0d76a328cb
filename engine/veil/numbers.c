/*
 * numbers.c - the order in which kinds of number are tried at each run of digits (runs.c)
 *
 * Most runs are a year, a chapter, a count: they stand plain, and no kind is asked. What
 * a run looks like says which kinds may want the others.
 */
#include "veil/find.h"

/* Eight digits and more that nothing else explains; not sums of money. */
static bool
long_number(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];

    if (run->count < 8 || efti_veil_key_after(v->text, run->end) == VEIL_KEY_UNIT)
        return false;
    efti_veil_propose(v, run->start, run->end, VEIL_RULE_DIGITS, EFTI_EVIDENCE_FORCED);
    *last = at;
    return true;
}

/* "Lejonet 3": a word with a capital right before it, and keywords in the text. */
static bool
after_capital(const struct efti_veil *v, const struct veil_run *run)
{
    size_t at = run->start;

    if (!v->any_key || at < 2 || v->text.bytes[at - 1] != ' ')
        return false;
    for (at--; at > 0 && run->start - at < 32 && v->text.bytes[at - 1] != ' ';)
        at--;
    return efti_veil_is_capital(v->text.bytes[at]) || v->text.bytes[at] == '\xC3';
}

/* 2024-BU-00731, 12-ÄÅ/2024: the letters of an office hang on it. */
static bool
before_office(const struct efti_veil *v, const struct veil_run *run)
{
    char next = efti_veil_byte(v, run->end + 1);

    return efti_veil_byte(v, run->end) == '-' &&
           (efti_veil_is_capital(next) || next == '\xC3');
}

/* "wmp 613": three small letters by themselves before the figures. */
static bool
is_small_plate(const struct efti_veil *v, const struct veil_run *run)
{
    const char *at = v->text.bytes + run->start;

    if (run->start < 4 || at[-1] != ' ' ||
        (run->start > 4 && at[-5] != ' ' && at[-5] != '\n' && efti_veil_is_alnum(at[-5])))
        return false;
    for (int k = -4; k < -1; k++)
        if (at[k] < 'a' || at[k] > 'z')
            return false;
    return true;
}

/* A year, "12 kap.", "5 procent": a short run by itself, with nothing before it that
 * could belong to it. Most runs are such, and no kind wants them. */
static bool
stands_plain(struct efti_veil *v, size_t at)
{
    const struct veil_run *run = &v->runs.items[at];
    const char *bytes = v->text.bytes;
    size_t before = run->start;

    if (run->count > 4 || efti_veil_next_gap(v, at) != VEIL_GAP_FAR)
        return false;
    if (before > 0 && (bytes[before - 1] == '-' || bytes[before - 1] == ' ' ||
                       bytes[before - 1] == '/' || bytes[before - 1] == ':'))
        before--;
    if (before > 0 && before == run->start && efti_veil_is_alnum(bytes[before - 1]))
        return false; /* ABC12, pnr 81 */
    if (before > 0 &&
        (efti_veil_is_capital(bytes[before - 1]) || (bytes[before - 1] & '\x80') != 0))
        return false; /* a code, a plate; Å Ä Ö in courts */
    if (run->start > 0 && bytes[run->start - 1] == '+')
        return false;
    if (run->count > 1 && run->count < 4 && is_small_plate(v, run))
        return false;
    if (after_capital(v, run) || before_office(v, run))
        return false;
    if (run->count > 2 && run->start > 0 && bytes[run->start - 1] == '#')
        return false;
    if (run->count < 3 && !(run->count == 2 && before > 2 && bytes[before - 1] >= 'a'))
        return true;
    if (efti_veil_is_year(v, at) && run->count == 4)
        return true;
    if (efti_veil_key_before(v, run->start, NULL) != VEIL_KEY_NONE)
        return false;
    return run->count < 3 || !efti_veil_is_numbered(v, at);
}

/* Digits of run `at` and of those behind it that might belong to it, up to a little above
 * what any kind has. */
#define MOST_CHAIN 16
static size_t
chain_digits(const struct efti_veil *v, size_t at)
{
    size_t total = v->runs.items[at].count;

    for (size_t i = at + 1; i < v->runs.count && total < MOST_CHAIN; i++) {
        const struct veil_run *run = &v->runs.items[i];

        if (run->gap == VEIL_GAP_FAR && run->start - run[-1].end != 1)
            break;
        total += run->count;
    }
    return total;
}

static bool
is_letter_of_hex(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') || c == ':';
}

/* Letters that may be a code end right before the run, or one mark before it. */
static bool
is_coded(const struct efti_veil *v, const struct veil_run *run)
{
    char before = run->start > 0 ? v->text.bytes[run->start - 1] : '\0';

    if (before == '-' || before == ' ' || before == '/' || before == ':')
        before = run->start > 1 ? v->text.bytes[run->start - 2] : '\0';
    return efti_veil_is_capital(before) || (before & '\x80') != 0;
}

/* "nr ", "nr. ", "nummer ", "nr: ", "id " end so. */
static bool
may_follow_number_word(const struct efti_veil *v, const struct veil_run *run)
{
    const char *at = v->text.bytes + run->start;

    return run->start > 2 && at[-1] == ' ' && strchr("r.:d", at[-2]) != NULL;
}

/* Three letters and a boundary before two or three figures: MLB 84A, mlb-841. */
static bool
may_be_plate(const struct efti_veil *v, const struct veil_run *run)
{
    const char *at = v->text.bytes + run->start;
    size_t gap = run->start > 0 && (at[-1] == ' ' || at[-1] == '-');

    if (run->start > 1 && memcmp(at - 2, "\xC2\xA0", 2) == 0)
        gap = 2; /* no-break space */
    return (run->count == 2 || run->count == 3) && run->start >= gap + 3 &&
           efti_veil_is_ascii_letter(at[-1 - (ptrdiff_t)gap]) &&
           efti_veil_is_ascii_letter(at[-3 - (ptrdiff_t)gap]) &&
           (run->start == gap + 3 || !efti_veil_is_alnum(at[-4 - (ptrdiff_t)gap]));
}

/* The kinds of number, in the order in which they are tried. */
enum {
    KIND_BANK = 1 << 0,
    KIND_PERSON = 1 << 1,
    KIND_DATE = 1 << 2,
    KIND_CASE = 1 << 3,
    KIND_MATTER = 1 << 4,
    KIND_PHONE = 1 << 5,
    KIND_THING = 1 << 6,
    KIND_LONG = 1 << 7
};

/* What a run looks like: told once, for all kinds. */
struct run_look {
    size_t count, chain;
    enum veil_gap gap; /* behind it */
    enum veil_keyword key;
    char first, before, behind;
};

/* Days in figures stand between these; with blanks only behind a year. */
static bool
may_be_date(const struct run_look *l)
{
    return l->gap == VEIL_GAP_DASH || l->gap == VEIL_GAP_DOT ||
           l->gap == VEIL_GAP_SLASH || (l->gap == VEIL_GAP_SPACE && l->count == 4) ||
           l->count == 8 || l->count == 6;
}

static bool
may_be_person(const struct run_look *l)
{
    return l->chain >= 10 || l->count == 6 || l->count == 8 ||
           (l->chain >= 6 && (l->key == VEIL_KEY_PERSON || l->key == VEIL_KEY_BORN));
}

static bool
may_be_bank(const struct run_look *l)
{
    bool three = l->count == 3 || l->count == 4;

    return efti_veil_is_ascii_letter(l->before) ||
           (l->key == VEIL_KEY_BANK && l->chain >= 4) || /* clearing 6112, konto .. */
           (three && l->gap == VEIL_GAP_DASH) ||
           (l->count == 4 && l->chain >= MOST_CHAIN);
}

static bool
may_be_phone(const struct run_look *l)
{
    return l->before == '+' || l->first == '0' ||
           (l->first == '7' && (l->before | 0x20) == 'o') ||
           (l->count == 1 && l->chain >= 8) || l->key == VEIL_KEY_EXTENSION ||
           l->key == VEIL_KEY_PHONE;
}

/* With another keyword than that of a case, too: it says no in its own way. */
static bool
may_be_case(const struct efti_veil *v, const struct run_look *l,
            const struct veil_run *run)
{
    return l->key != VEIL_KEY_NONE || is_coded(v, run) ||
           may_follow_number_word(v, run) ||
           (l->count == 4 && (l->behind == '-' || l->gap == VEIL_GAP_COLON)) ||
           before_office(v, run);
}

static bool
may_be_thing(const struct efti_veil *v, const struct run_look *l,
             const struct veil_run *run)
{
    return l->gap == VEIL_GAP_DOT || l->gap == VEIL_GAP_COLON ||
           is_letter_of_hex(l->before) || is_letter_of_hex(l->behind) ||
           l->key == VEIL_KEY_LAND || may_be_plate(v, run);
}

/* Which kinds may want run `at`, by its digits, what stands right beside it and the
 * keyword before it? A kind that is not named here would say no: each line above asks
 * for less than its kind does, and goes with it. */
static uint32_t
possible_kinds(struct efti_veil *v, size_t at)
{
    const struct veil_run *run = &v->runs.items[at];
    const struct run_look l = {
        .count = run->count,
        .chain = chain_digits(v, at),
        .gap = efti_veil_next_gap(v, at),
        .key = efti_veil_key_before(v, run->start, NULL),
        .first = efti_veil_digits(v, at)[0],
        .before = run->start > 0 ? v->text.bytes[run->start - 1] : '\0',
        .behind = efti_veil_byte(v, run->end),
    };

    return (may_be_bank(&l) ? KIND_BANK : 0u) | (may_be_person(&l) ? KIND_PERSON : 0u) |
           (may_be_date(&l) ? KIND_DATE : 0u) |
           (may_be_case(v, &l, run) ? KIND_CASE : 0u) | KIND_MATTER |
           (may_be_phone(&l) ? KIND_PHONE : 0u) |
           (may_be_thing(v, &l, run) ? KIND_THING : 0u) | (l.count >= 8 ? KIND_LONG : 0u);
}

/* "(1998:488)": a year, a colon and a number by itself, as laws have it and all that is
 * printed in series. What else is written so has a word of a matter before it, a code, a
 * zero in front (2025:00318) or more behind. Laws are most of the numbers that do not
 * stand plain, so they are told here, and no kind is tried for either run. */
static bool
is_number_of_law(struct efti_veil *v, size_t at)
{
    const struct veil_run *year = &v->runs.items[at], *number = year + 1;
    enum veil_keyword key;

    if (year->count != 4 || efti_veil_next_gap(v, at) != VEIL_GAP_COLON ||
        number->count > 4 || efti_veil_digits(v, at + 1)[0] == '0' ||
        efti_veil_next_gap(v, at + 1) != VEIL_GAP_FAR || !efti_veil_is_year(v, at) ||
        number->start - year->end != 1 || v->segments->tokens.count == 0 ||
        v->segments->tokens.items[year->token].start != year->start)
        return false; /* the number's own word before it is the year: nothing */
    char before = year->start > 0 ? v->text.bytes[year->start - 1] : '\0';
    char behind = efti_veil_byte(v, number->end);
    if (is_letter_of_hex(before) || is_letter_of_hex(behind) || behind == '-' ||
        before == '+' || is_coded(v, year) || may_follow_number_word(v, year) ||
        efti_veil_matters_before(v, at))
        return false;
    key = efti_veil_key_before(v, year->start, NULL);
    return key == VEIL_KEY_NONE || key == VEIL_KEY_LAW;
}

void
efti_veil_numbers(struct efti_veil *v)
{
    static bool (*const kinds[])(struct efti_veil *, size_t, size_t *) = {
        efti_veil_bank,   efti_veil_person_number, efti_veil_numeric_date, efti_veil_case,
        efti_veil_matter, efti_veil_phone,         efti_veil_thing,        long_number,
    };

    for (size_t i = 0; i < v->runs.count && !v->no_memory; i++) {
        size_t last = i;

        if (v->runs.items[i].taken != 0 || stands_plain(v, i))
            continue;
        if (is_number_of_law(v, i)) {
            i++;
            continue;
        }
        uint32_t possible = possible_kinds(v, i);
        for (; possible != 0 && v->runs.items[i].taken == 0; possible &= possible - 1) {
            if (!kinds[__builtin_ctz(possible)](v, i, &last))
                continue;
            for (size_t j = i; j <= last; j++)
                v->runs.items[j].taken = 1;
        }
        i = last;
    }
}
