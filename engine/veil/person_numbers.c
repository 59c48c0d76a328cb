/*
 * person_numbers.c - personnummer and its relatives
 *
 *   811218-9876  19811218-9876  8112189876  811218+9876      ten or twelve digits
 *   811278-9873                                              samordningsnummer: day + 60
 *   811218-T123  19810829M071                                interim and reserve numbers
 *   811218-XXXX  811218-****                                 masked, the day remains
 *   pnr 811218                                               the day after a keyword
 *
 * Fail closed: every isolated run of 10 or 12 digits and every 6-4 or 8-4 shape with a
 * hyphen, plus or blank goes, whatever date and checksum say; those only decide what it
 * is called. So do 81 12 18-9876 and the like: four digits behind a hyphen, no
 * group of three before. Further groupings need a date and a check digit, other marks
 * between (811218/9876) a date.
 */
#include "veil/find.h"

#define MOST_GROUPS 12

/* A stretch of runs that together make one number. */
struct chain {
    char digits[20];
    size_t count, first, last;
    bool odd;    /* joined by something else than hyphens and blanks */
    bool threes; /* a group of three: telephones have them */
};

static bool
pnr_joins(const struct veil_run *run)
{
    return run->gap == VEIL_GAP_SPACE || run->gap == VEIL_GAP_DASH ||
           (run->gap == VEIL_GAP_BRACKET && (run[-1].count == 6 || run[-1].count == 8));
}

static uint32_t
day_evidence(const char *digits, size_t count)
{
    const char *ten = digits + (count - 10);
    uint32_t evidence = EFTI_EVIDENCE_SHAPE;

    if (efti_veil_day(digits, count - 4, true))
        evidence |= EFTI_EVIDENCE_DATE_OK;
    if (efti_veil_luhn(ten, 10))
        evidence |= EFTI_EVIDENCE_CHECKSUM;
    return evidence;
}

static bool
pnr_mobile(const char *digits)
{
    return digits[0] == '0' && digits[1] == '7' && strchr("02369", digits[2]) != NULL;
}

/* What to call ten or twelve digits that go in any case. */
static uint16_t
forced_rule(struct efti_veil *v, const struct chain *c, uint32_t *evidence)
{
    const struct veil_run *run = &v->runs.items[c->first];
    enum veil_keyword key = efti_veil_key_before(v, run->start, NULL);
    bool day = (*evidence & EFTI_EVIDENCE_DATE_OK) != 0;
    bool luhn = (*evidence & EFTI_EVIDENCE_CHECKSUM) != 0;
    bool born = efti_veil_day(c->digits, c->count - 4, false);

    if (key == VEIL_KEY_PERSON || key == VEIL_KEY_BORN || key == VEIL_KEY_PHONE ||
        key == VEIL_KEY_CASE || key == VEIL_KEY_ORG)
        *evidence |= EFTI_EVIDENCE_CONTEXT;
    *evidence |= EFTI_EVIDENCE_FORCED;
    if (key == VEIL_KEY_ORG)
        return VEIL_RULE_ORGNR;
    if (key == VEIL_KEY_PERSON)
        return day ? VEIL_RULE_PNR : VEIL_RULE_PNR_FORCED;
    if (key == VEIL_KEY_CASE && !(day && luhn))
        return VEIL_RULE_CASE;
    /* 0701740605 could be the 14th (74 - 60) of January: a telephone is likelier */
    if (c->count == 10 && pnr_mobile(c->digits) && !(born && luhn))
        return VEIL_RULE_PHONE;
    if (day)
        return VEIL_RULE_PNR;
    if (c->count == 10 && c->digits[0] == '0' && c->digits[1] != '0')
        return VEIL_RULE_PHONE;
    if (luhn && (c->count == 10 ? c->digits[2] >= '2'
                                : memcmp(c->digits, "16", 2) == 0 && c->digits[4] >= '2'))
        return VEIL_RULE_ORGNR;
    return VEIL_RULE_PNR_FORCED;
}

/* 811218/9876, 1981.12.18-9876: another single mark between, which needs a real day. */
static bool
odd_join(const struct efti_veil *v, size_t i)
{
    const struct veil_run *run = &v->runs.items[i];

    return run->start - v->runs.items[i - 1].end == 1 &&
           strchr("/.:_,)*|=~", v->text.bytes[run->start - 1]) != NULL;
}

/* Is a chain that has come to 10 or 12 digits a personnummer? */
static bool
chain_counts(const struct efti_veil *v, const struct chain *c)
{
    const struct veil_run *last = &v->runs.items[c->last];
    size_t first = v->runs.items[c->first].count, groups = c->last - c->first + 1;
    uint32_t evidence = day_evidence(c->digits, c->count);
    bool day = (evidence & EFTI_EVIDENCE_DATE_OK) != 0;
    bool birth = groups > 1 && last->count == 4; /* the four behind the day */

    if (c->odd)
        return day && birth && first != 3;
    if (groups == 1 || (groups == 2 && birth))
        return true;
    if (first > 8 || first == 3)
        return false;
    if (birth && !c->threes && (last->gap == VEIL_GAP_DASH || groups == 4))
        return true; /* 81 12 18-9876, 81 12 18 9876, 8112 18-9876: whatever day it is */
    /* a telephone number in groups may pass as a date by chance */
    return !pnr_mobile(c->digits) && day && (evidence & EFTI_EVIDENCE_CHECKSUM) != 0;
}

/* Collect runs from `at` while they may belong together; true at 10 or 12 digits. */
static bool
longest_chain(struct efti_veil *v, size_t at, struct chain *best)
{
    struct chain c = {.first = at};
    bool found = false;

    for (size_t i = at; i < v->runs.count && i - at < MOST_GROUPS; i++) {
        const struct veil_run *run = &v->runs.items[i];

        if (run->taken != 0 || c.count + run->count > 12)
            break;
        if (i > at && !pnr_joins(run)) {
            if (!odd_join(v, i))
                break;
            c.odd = true;
        }
        c.threes = c.threes || run->count == 3;
        memcpy(c.digits + c.count, efti_veil_digits(v, i), run->count);
        c.count += run->count;
        c.last = i;
        if ((c.count == 10 || c.count == 12) && chain_counts(v, &c)) {
            *best = c;
            found = true;
        }
    }
    return found;
}

/* T123, M071, SF1A, XXXX, ****: the four places after a day. Their end, or 0. */
static size_t
four_places(const struct efti_veil *v, size_t at, bool dashed, bool *masked)
{
    size_t n = 0, letters = 0, digits = 0, masks = 0, p = at;

    for (; p < v->text.size && n < 7; n++) {
        char c = v->text.bytes[p];

        if (v->text.size - p >= 3 && memcmp(v->text.bytes + p, "\xE2\x80\xA2", 3) == 0) {
            masks++; /* bullet */
            p += 3;
            continue;
        }
        if (c == 'X' || c == 'x' || c == '*' || c == '_' || c == '?' || c == '#')
            masks++;
        else if (c >= '0' && c <= '9')
            digits++;
        else if (efti_veil_is_capital(c) || (dashed && c >= 'a' && c <= 'z'))
            letters++;
        else
            break;
        p++;
    }
    if (p < v->text.size && efti_veil_is_alnum(v->text.bytes[p]))
        return 0;
    *masked = masks >= 3 && n == masks && n <= 6;
    if (*masked)
        return p;
    /* X among them may be the letter of an interim number */
    return n == 4 && digits > 0 && letters + masks > 0 && digits + letters + masks == 4
               ? p
               : 0;
}

static bool
day_and_more(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t from = run->end, end;
    bool masked = false, dashed = false;

    if ((run->count != 6 && run->count != 8) ||
        !efti_veil_day(efti_veil_digits(v, at), run->count, true))
        return false;
    if (from < v->text.size) {
        size_t next = from;
        uint32_t c = efti_look_alike(efti_utf8_next(v->text.bytes, v->text.size, &next));

        dashed = c == '-' || c == '+';
        if (dashed || c == ' ')
            from = next;
    }
    if (from >= v->text.size || (end = four_places(v, from, dashed, &masked)) == 0)
        return false;
    *last = efti_veil_last_run(v, at, end);
    efti_veil_propose(v, run->start, end,
                      masked ? VEIL_RULE_PNR_MASKED : VEIL_RULE_PNR_LETTER,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_DATE_OK);
    return true;
}

/* "pnr 811218", "född 19811218", "pnr 81 12 18": a day is enough after a keyword. */
static bool
bare_day(struct efti_veil *v, size_t at, size_t *last)
{
    char digits[8];
    size_t count = 0, i = at;

    for (; i < v->runs.count && i - at < 3; i++) {
        const struct veil_run *run = &v->runs.items[i];

        if (run->taken != 0 || (i > at && !pnr_joins(run)) || count + run->count > 8)
            return false;
        memcpy(digits + count, efti_veil_digits(v, i), run->count);
        count += run->count;
        if (count == 6 || count == 8)
            break;
    }
    if (i >= v->runs.count || (count != 6 && count != 8) ||
        !efti_veil_day(digits, count, true))
        return false;
    enum veil_keyword key = efti_veil_key_before(v, v->runs.items[at].start, NULL);
    if (key != VEIL_KEY_PERSON && !(key == VEIL_KEY_BORN && i == at))
        return false;
    *last = i;
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[i].end,
                      VEIL_RULE_PNR_BARE, EFTI_EVIDENCE_DATE_OK | EFTI_EVIDENCE_CONTEXT);
    return true;
}

bool
efti_veil_person_number(struct efti_veil *v, size_t at, size_t *last)
{
    struct chain c;

    if (longest_chain(v, at, &c)) {
        uint32_t evidence = day_evidence(c.digits, c.count);
        uint16_t rule = forced_rule(v, &c, &evidence);

        if (rule == VEIL_RULE_CASE)
            evidence |= EFTI_EVIDENCE_CONTEXT;
        *last = c.last;
        efti_veil_propose(v, v->runs.items[at].start, v->runs.items[c.last].end, rule,
                          evidence);
        return true;
    }
    return day_and_more(v, at, last) || bare_day(v, at, last);
}
