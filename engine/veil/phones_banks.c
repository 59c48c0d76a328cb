/*
 * phones_banks.c - telephones and accounts
 *
 * One function per kind, each a statement about neighbouring runs (numbers.c), the bytes
 * around them, and the nearest keyword before. What stays, and why:
 *
 *   112  1177  114 14  116 123   public short numbers: fewer than eight digits, no 0
 *   2019-2023  1200-1500         years and ranges: the second is larger than the first
 *   06.45-08.30                  clock times: dots between pairs
 */
#include "veil/find.h"

size_t
efti_veil_digits_in(const struct efti_veil *v, size_t first, size_t last)
{
    size_t n = 0;

    for (size_t i = first; i <= last; i++)
        n += v->runs.items[i].count;
    return n;
}

size_t
efti_veil_last_run(const struct efti_veil *v, size_t last, size_t end)
{
    while (last + 1 < v->runs.count && v->runs.items[last + 1].start < end)
        last++;
    return last;
}

/* ---------------------------------------------------------------- telephones */

static size_t
phone_end(const struct efti_veil *v, size_t at, size_t least, size_t most, size_t largest)
{
    size_t total = v->runs.items[at].count, last = at;

    while (total < most) {
        enum veil_gap gap = efti_veil_next_gap(v, last);
        size_t count = gap == VEIL_GAP_FAR ? 0 : v->runs.items[last + 1].count;

        if (gap == VEIL_GAP_FAR || gap == VEIL_GAP_COLON || gap == VEIL_GAP_COMMA ||
            total + count > most)
            break;
        /* groups have two to four digits, but for the one right after the area code */
        if (last > at && (count < 2 || count > largest) && total + count != most)
            break;
        total += count;
        last++;
    }
    return total >= least ? last : SIZE_MAX;
}

static bool
phone_abroad(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    const char *d = efti_veil_digits(v, at);
    bool plus = run->start > 0 && v->text.bytes[run->start - 1] == '+';
    bool zeros = run->count >= 4 && d[0] == '0' && d[1] == '0';
    size_t most = 15, end;

    if ((!plus && !zeros) ||
        (plus && run->start > 1 && efti_veil_is_alnum(v->text.bytes[run->start - 2])))
        return false;
    if (plus && run->count >= 2 && memcmp(d, "46", 2) == 0)
        most = efti_veil_next_gap(v, at) == VEIL_GAP_BRACKET ? 12 : 11;
    end = phone_end(v, at, plus ? 8 : 10, most, plus ? 7 : 4);
    if (end == SIZE_MAX && plus &&
        most == 11) /* 46 and 10: a 0 that should not be there */
        end = phone_end(v, at, 8, 12, 4);
    if (end == SIZE_MAX)
        return false;
    *last = end;
    efti_veil_propose(v, run->start - (plus ? 1 : 0), v->runs.items[end].end,
                      VEIL_RULE_PHONE_ABROAD, EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 0xx-xxx xx xx: the first group is an area code, or all of it. */
static bool
area_code(const struct efti_veil *v, size_t at)
{
    const struct veil_run *run = &v->runs.items[at];
    const char *d = efti_veil_digits(v, at);
    enum veil_gap gap = efti_veil_next_gap(v, at);

    if (run->count < 2 || d[0] != '0' || d[1] == '0')
        return false;
    if (run->count == 2)
        return d[1] == '8' && (gap == VEIL_GAP_DASH || gap == VEIL_GAP_SPACE ||
                               gap == VEIL_GAP_SLASH || gap == VEIL_GAP_BRACKET);
    return run->count <= 4 || run->count >= 7;
}

static bool
short_number(const struct efti_veil *v, size_t at)
{
    uint32_t n = efti_veil_number(efti_veil_digits(v, at), v->runs.items[at].count);

    return n == 112 || n == 113 || n == 114 || n == 116 || n == 118 || n == 1177 ||
           n == 90;
}

/* ankn. 4412, anknytning är 44 12 */
static bool
extension(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t end, key_end;

    if (efti_veil_key_before(v, run->start, &key_end) != VEIL_KEY_EXTENSION ||
        run->start - key_end > 8 || (end = phone_end(v, at, 3, 8, 4)) == SIZE_MAX)
        return false;
    *last = end;
    efti_veil_propose(v, run->start, v->runs.items[end].end, VEIL_RULE_PHONE_NEAR,
                      EFTI_EVIDENCE_CONTEXT);
    return true;
}

/* 0 7 0 1 7 4 0 6 1 2: digit by digit, eight and more. */
static bool
single_digits(struct efti_veil *v, size_t at, size_t *last)
{
    size_t end = at;

    while (end - at < 15 && v->runs.items[end].count == 1 &&
           efti_veil_next_gap(v, end) == VEIL_GAP_SPACE &&
           v->runs.items[end + 1].count == 1)
        end++;
    if (end - at < 7)
        return false;
    *last = end;
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[end].end, VEIL_RULE_PHONE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 070 174 0 651, 07 01 74 06 12, 070,174 06 12: ten digits that begin as those of a
 * mobile telephone, in whatever groups. */
static bool
mobile_phone(struct efti_veil *v, size_t at, size_t *last)
{
    const char *d = efti_veil_digits(v, at); /* those of the next runs lie behind */
    size_t total = v->runs.items[at].count, end = at;

    while (total < 10) {
        enum veil_gap gap = efti_veil_next_gap(v, end);

        if (gap == VEIL_GAP_FAR || gap == VEIL_GAP_COLON)
            return false;
        total += v->runs.items[++end].count;
    }
    if (total != 10 || d[0] != '0' || d[1] != '7' || strchr("02369", d[2]) == NULL ||
        efti_veil_key_after(v->text, v->runs.items[end].end) == VEIL_KEY_UNIT)
        return false;
    *last = end;
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[end].end, VEIL_RULE_PHONE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}

/* O70-174 06 12: the letter for the figure. */
static bool
letter_for_zero(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t end;

    if (run->start == 0 || (v->text.bytes[run->start - 1] | 0x20) != 'o' ||
        (run->start > 1 && efti_veil_is_alnum(v->text.bytes[run->start - 2])) ||
        efti_veil_digits(v, at)[0] != '7' ||
        (end = phone_end(v, at, 9, 9, 4)) == SIZE_MAX)
        return false;
    *last = end;
    efti_veil_propose(v, run->start - 1, v->runs.items[end].end, VEIL_RULE_PHONE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}

bool
efti_veil_phone(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t end;

    if (phone_abroad(v, at, last))
        return true;
    /* "2 070 760 000 kronor": a sum, seen from its second group */
    if (area_code(v, at) && (end = phone_end(v, at, 8, 10, 4)) != SIZE_MAX &&
        efti_veil_key_after(v->text, v->runs.items[end].end) != VEIL_KEY_UNIT) {
        bool bracket = run->start > 0 && v->text.bytes[run->start - 1] == '(' &&
                       efti_veil_byte(v, run->end) == ')'; /* (0500) 12 34 56 */

        *last = end;
        efti_veil_propose(v, run->start - (bracket ? 1 : 0), v->runs.items[end].end,
                          VEIL_RULE_PHONE, EFTI_EVIDENCE_SHAPE);
        return true;
    }
    if (mobile_phone(v, at, last) || letter_for_zero(v, at, last) ||
        extension(v, at, last) || single_digits(v, at, last))
        return true;
    if (short_number(v, at) || efti_veil_is_year(v, at))
        return false;
    if ((end = phone_end(v, at, 6, 12, 4)) == SIZE_MAX ||
        efti_veil_key_before(v, run->start, NULL) != VEIL_KEY_PHONE)
        return false;
    if (efti_veil_key_after(v->text, v->runs.items[end].end) == VEIL_KEY_UNIT)
        return false;
    *last = end;
    efti_veil_propose(v, run->start, v->runs.items[end].end, VEIL_RULE_PHONE_NEAR,
                      EFTI_EVIDENCE_CONTEXT);
    return true;
}

/* "numret är 070-174 06 05": groups behind what would be a case are those of a phone. */
bool
efti_veil_rather_phone(struct efti_veil *v, size_t at, size_t *last)
{
    size_t phone_last = at;

    if (efti_veil_digits(v, at)[0] != '0' ||
        efti_veil_next_gap(v, *last) != VEIL_GAP_SPACE ||
        !efti_veil_phone(v, at, &phone_last) || phone_last <= *last)
        return false;
    *last = phone_last;
    return true;
}

/* --------------------------------------------------------------------- banks */

/* An IBAN that begins with the two letters before the run; its end in the text, or 0.
 * Modulus 97 with the first four characters last (ISO 7064). */
static size_t
iban_end(const struct efti_veil *v, size_t start)
{
    uint32_t head = 0, body = 0;
    size_t n = 0, good = 0, p = start;
    uint32_t head_weight = 1;

    for (; p < v->text.size && n < 34; p++) {
        char c = v->text.bytes[p];
        uint32_t value, base;

        if (n < 2 && c >= 'a' && c <= 'z') /* se35 5000: the country in small letters */
            c = (char)(c - 'a' + 'A');

        if (c == ' ' && n > 0)
            continue;
        if (c >= '0' && c <= '9')
            value = (uint32_t)(c - '0'), base = 10;
        else if (efti_veil_is_capital(c))
            value = (uint32_t)(c - 'A') + 10, base = 100;
        else
            break;
        if (n < 4) {
            head = (head * base + value) % 97;
            head_weight = head_weight * base % 97;
        } else {
            body = (body * base + value) % 97;
        }
        n++;
        if (n >= 15 && (body * head_weight + head) % 97 == 1 &&
            !efti_veil_is_alnum(efti_veil_byte(v, p + 1)))
            good = p + 1;
    }
    return good;
}

static bool
after_country_code(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t start = run->start - 2, end;

    if (run->start < 2 || !efti_veil_is_ascii_letter(v->text.bytes[start]) ||
        !efti_veil_is_ascii_letter(v->text.bytes[start + 1]) ||
        (start > 0 && efti_veil_is_alnum(v->text.bytes[start - 1])))
        return false;
    end = run->count >= 2 ? iban_end(v, start) : 0;
    if (end > 0) {
        *last = efti_veil_last_run(v, *last, end);
        efti_veil_propose(v, start, end, VEIL_RULE_IBAN,
                          EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_CHECKSUM);
        return true;
    }
    if (memcmp(v->text.bytes + start, "SE", 2) != 0 || run->count < 10)
        return false; /* in capitals only: se 5560001234 is a verb */
    end = efti_veil_chunk_end(v, run->end);
    if (end > run->end + 1) { /* an HSA-id: who gave it, and whom */
        *last = efti_veil_last_run(v, *last, end);
        efti_veil_propose(v, start, end, VEIL_RULE_CASE_SHAPE, EFTI_EVIDENCE_SHAPE);
        return true;
    }
    efti_veil_propose(v, start, run->end, VEIL_RULE_VAT, EFTI_EVIDENCE_SHAPE);
    return true;
}

/* "clearing 6112, konto 400 217 338": after a clearing number of which `end` is the last
 * run, the last of the account that its word follows; or `end`. */
static size_t
account_behind(struct efti_veil *v, size_t end)
{
    const struct veil_run *run = &v->runs.items[end];
    size_t key_end = 0, total = 0, last = end;

    if (end + 1 >= v->runs.count || run[1].taken != 0 || run[1].start - run->end > 24 ||
        efti_veil_key_before(v, run[1].start, &key_end) != VEIL_KEY_BANK ||
        key_end <= run->end || run[1].start - key_end > 4)
        return end;
    do
        total += v->runs.items[++last].count;
    while (total < 12 && (efti_veil_next_gap(v, last) == VEIL_GAP_SPACE ||
                          efti_veil_next_gap(v, last) == VEIL_GAP_DASH));
    return total >= 6 && total <= 13 ? last : end;
}

/* A chain of groups behind "konto", "bg", "clearing": five digits and more. */
static bool
phone_account(struct efti_veil *v, size_t at, size_t *last)
{
    size_t key_end, end = at, start = v->runs.items[at].start;
    size_t total = v->runs.items[at].count;

    if (start == 0 || !v->any_key || efti_veil_is_alnum(v->text.bytes[start - 1]))
        return false;
    while (total < 16) {
        enum veil_gap gap = efti_veil_next_gap(v, end);

        if (gap == VEIL_GAP_FAR || gap == VEIL_GAP_COLON || gap == VEIL_GAP_BRACKET ||
            (gap == VEIL_GAP_COMMA && total > 5))
            break;
        total += v->runs.items[++end].count;
    }
    if (total == 4 || total == 5)
        end = account_behind(v, end);
    total = efti_veil_digits_in(v, at, end);
    if (total < 5 || (efti_veil_is_year(v, at) && total <= 8 &&
                      efti_veil_next_gap(v, at) == VEIL_GAP_DASH))
        return false;
    /* words last: to look for them costs more than all of the above */
    if (efti_veil_key_before(v, start, &key_end) != VEIL_KEY_BANK ||
        start - key_end > 24 || (at > 0 && v->runs.items[at - 1].end > key_end) ||
        efti_veil_key_after(v->text, v->runs.items[end].end) == VEIL_KEY_UNIT)
        return false;
    *last = end;
    efti_veil_propose(v, start, v->runs.items[end].end, VEIL_RULE_ACCOUNT,
                      EFTI_EVIDENCE_CONTEXT);
    return true;
}

/* 991-2346 without a word for it: Luhn, and not a range or two years. */
static bool
phone_giro(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    const char *d = efti_veil_digits(v, at);

    if ((run->count != 3 && run->count != 4) || d[0] == '0' ||
        efti_veil_next_gap(v, at) != VEIL_GAP_DASH || v->runs.items[at + 1].count != 4 ||
        v->runs.items[at + 1].start - run->end > 3)
        return false;
    if (efti_veil_next_gap(v, at + 1) != VEIL_GAP_FAR ||
        !efti_veil_luhn(d, run->count + 4u) ||
        (efti_veil_is_year(v, at) && efti_veil_is_year(v, at + 1)))
        return false;
    if (efti_veil_number(d, run->count) < efti_veil_number(d + run->count, 4) &&
        run->count == 4)
        return false;
    *last = at + 1;
    efti_veil_propose(v, run->start, v->runs.items[at + 1].end, VEIL_RULE_GIRO,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_CHECKSUM);
    return true;
}

/* 6999-512 448 903, 9024-12.345.67: a clearing number, then an account in groups; and
 * 8327-9, 994 321 058-4: a fifth figure, as savings banks have it. */
static bool
clearing_account(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t end = at, total = 0;

    if (run->count != 4 || efti_veil_digits(v, at)[0] == '0' ||
        efti_veil_next_gap(v, at) != VEIL_GAP_DASH ||
        (run->start > 0 && efti_veil_is_alnum(v->text.bytes[run->start - 1])))
        return false;
    bool fifth = efti_veil_digits(v, at)[0] == '8' && v->runs.items[at + 1].count == 1;
    size_t most = fifth ? 11 : 10;
    while (total < most) {
        enum veil_gap gap = efti_veil_next_gap(v, end);

        if (end > at && gap != VEIL_GAP_SPACE && gap != VEIL_GAP_DOT &&
            gap != VEIL_GAP_DASH && !(fifth && end == at + 1 && gap == VEIL_GAP_COMMA))
            break;
        if (gap == VEIL_GAP_FAR || total + v->runs.items[end + 1].count > most)
            break;
        total += v->runs.items[++end].count;
    }
    if (end < at + 2 || total < 7 || efti_veil_is_year(v, at + 1) ||
        efti_veil_key_after(v->text, v->runs.items[end].end) == VEIL_KEY_UNIT)
        return false;
    *last = end;
    efti_veil_propose(v, run->start, v->runs.items[end].end, VEIL_RULE_ACCOUNT_SHAPE,
                      EFTI_EVIDENCE_SHAPE);
    return true;
}

/* 4581 0012 3456 7890: four times four, as cards have it. */
static bool
card_number(struct efti_veil *v, size_t at, size_t *last)
{
    for (size_t i = at; i < at + 4; i++)
        if (i >= v->runs.count || v->runs.items[i].count != 4 ||
            v->runs.items[i].taken != 0 ||
            (i > at && v->runs.items[i].gap != VEIL_GAP_SPACE &&
             v->runs.items[i].gap != VEIL_GAP_DASH))
            return false;
    *last = at + 3;
    efti_veil_propose(v, v->runs.items[at].start, v->runs.items[at + 3].end,
                      VEIL_RULE_ACCOUNT_SHAPE, EFTI_EVIDENCE_SHAPE);
    return true;
}

bool
efti_veil_bank(struct efti_veil *v, size_t at, size_t *last)
{
    return after_country_code(v, at, last) || card_number(v, at, last) ||
           phone_account(v, at, last) || phone_giro(v, at, last) ||
           clearing_account(v, at, last);
}

/* ------------------------------------------------------------- said digit by digit */

/* nittonhundraåttiofem, tjugohundratolv: a year in one word. */
static bool
is_spoken_year(const struct efti_form *f)
{
    return f->kind == EFTI_WORD && f->folded_size > 11 &&
           (memcmp(f->folded, "nittonhundra", 12) == 0 ||
            memcmp(f->folded, "tjugohundra", 11) == 0 ||
            memcmp(f->folded, "tv\xC3\xA5tusen", 9) == 0);
}

/* Digits that a word of a spoken number stands for: sju 1, tolv 2, nollsju 2; 0: it is
 * none. Tens and ones said apart (sjuttio fyra) make two digits or three: as a sum it
 * does not matter. */
static size_t
spoken_digits(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? v->words.items[i].form : NULL;

    if (f == NULL)
        return 0;
    if (v->segments->tokens.items[i].kind == EFTI_NUMBER)
        return f->folded_size <= 4 ? f->folded_size : 0;
    switch (efti_veil_class(v->words.items[i].bits)) {
    case VEIL_CLASS_ZERO: return f->folded_size > 4 ? 2 : 1;
    case VEIL_CLASS_NUMBER:
        return f->folded_size > 5 || efti_equal(f->folded, f->folded_size, "elva", 4) ||
                       efti_equal(f->folded, f->folded_size, "tolv", 4) ||
                       efti_equal(f->folded, f->folded_size, "tjugo", 5)
                   ? 2
                   : 1;
    default: return is_spoken_year(f) ? 4 : 0;
    }
}

/* A number said in words: its tokens, and the digits that they stand for. */
struct spoken {
    size_t first, last, digits;
};

/* As far as it goes on behind token `i`. */
static struct spoken
spoken_from(const struct efti_veil *v, size_t i)
{
    struct spoken s = {i, i, spoken_digits(v, i)};
    size_t n;

    while (s.last + 1 < v->words.count &&
           v->words.items[s.last + 1].glue != VEIL_GLUE_FAR &&
           (n = spoken_digits(v, s.last + 1)) > 0) {
        s.digits += n;
        s.last++;
    }
    return s;
}

/* åttiofem noll tre tolv, nittioåtta noll två: ten digits or twelve, or so, of which a
 * zero is not the first. */
static bool
is_spoken_person(const struct efti_veil *v, struct spoken *s)
{
    size_t first = s->first, digits = s->digits, n;

    while (first > 0 && s->first - first < 12 &&
           v->words.items[first].glue != VEIL_GLUE_FAR &&
           (n = spoken_digits(v, first - 1)) > 0) {
        digits += n;
        first--;
    }
    if (first == s->first || digits < 9 || digits > 14 || s->last - first < 3)
        return false;
    s->first = first;
    s->digits = digits;
    return true;
}

static void
propose_spoken_person(struct efti_veil *v, const struct spoken *s)
{
    efti_veil_propose_as(v, v->segments->tokens.items[s->first].start,
                         v->segments->tokens.items[s->last].end, VEIL_RULE_PHONE_SPELLED,
                         EFTI_EVIDENCE_SHAPE, EFTI_PERSONNUMMER);
}

/* "personnumret är sjuttiotre elva tjugofyra": token `i` is a number; the word for it
 * stands before the first, and small words may stand between. */
void
efti_veil_spoken_behind(struct efti_veil *v, size_t i)
{
    if (v->keys.count == 0 || (v->words.items[i].bits & VEIL_DIGITS) != 0)
        return;
    for (size_t k = i, n = 0; n < 5 && k > 0 && v->words.items[k].glue != VEIL_GLUE_FAR;
         n++) {
        if (!efti_veil_in(v, --k, GROUP_NUMBER_OF_PERSON))
            continue;
        for (k++; k < i && spoken_digits(v, k) == 0;)
            k++;
        const struct spoken s = spoken_from(v, k);
        if (s.digits >= 6 && s.last - s.first >= 2)
            propose_spoken_person(v, &s);
        return;
    }
}

/* "noll sju noll, ett sju fyra, noll sex, tre tre"; "noll-sjuttio": token `i` begins
 * with a zero. Seven digits and more in five words: no score and no time is so long. */
void
efti_veil_spoken_number(struct efti_veil *v, size_t i)
{
    if ((v->words.items[i].state & VEIL_STATE_TAKEN) != 0)
        return; /* seen from its beginning */
    struct spoken s = spoken_from(v, i);
    for (size_t k = i; k <= s.last; k++) /* once only, however long it goes on */
        v->words.items[k].state |= VEIL_STATE_TAKEN;
    if (is_spoken_person(v, &s))
        propose_spoken_person(v, &s);
    else if (s.digits >= 7 && s.last - s.first >= 3)
        efti_veil_propose(v, v->segments->tokens.items[s.first].start,
                          v->segments->tokens.items[s.last].end, VEIL_RULE_PHONE_SPELLED,
                          EFTI_EVIDENCE_SHAPE);
}
