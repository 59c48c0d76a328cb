/*
 * dates.c - calendar days, and the ages of people
 *
 * DATE is a day: 2024-05-03, 3/5, 3/5-24, 3.5.2024, den 3 maj, den 5:e maj 2024, 12 okt,
 * femtonde mars. Months, years, weekdays and holidays (första maj) stay: many share them.
 *
 * AGE is how old a person is: 14-åring, 14 år gammal, fyller 12, hon är 15 och, Amina
 * (13), en man, 47 år. What decides is who the number speaks about and whether the number
 * is the end of what is said: "han är 12 och" is an age, "de är 12 barn" counts children,
 * "i 5 år" is a duration and "40-årsåldern", "åk 7" are bands.
 */
#include "veil/dates.h"
#include "veil/cases.h"

/* ------------------------------------------------------------ days in figures */

static bool
year_run(const struct efti_veil *v, size_t at, bool two_digits)
{
    if (!date_is_free(v, at))
        return false;
    if (two_digits && v->runs.items[at].count == 2)
        return true;
    if (v->runs.items[at].count != 4)
        return false;
    uint32_t year = date_value(v, at);
    return year >= 1800 && year <= 2099;
}

/* 2024-05-03, 3.5.2024, 3/5-24, 3/5 2024: three runs. */
static bool
three_runs(struct efti_veil *v, size_t at, size_t *last)
{
    enum veil_gap one = date_gap(v, at + 1), two = date_gap(v, at + 2);
    bool marks = one == VEIL_GAP_DASH || one == VEIL_GAP_DOT || one == VEIL_GAP_SLASH;

    if (!date_is_free(v, at + 1) || !date_is_free(v, at + 2) || one == VEIL_GAP_FAR)
        return false;
    if (year_run(v, at, false) && one == two && (marks || one == VEIL_GAP_SPACE) &&
        date_is_small(v, at + 1) && date_is_small(v, at + 2) &&
        efti_veil_day_month(date_value(v, at + 2), date_value(v, at + 1))) {
        *last = at + 2;
        return date_propose(v, at, *last);
    }
    if (!date_is_small(v, at) || !date_is_small(v, at + 1) || !marks ||
        !efti_veil_day_month(date_value(v, at), date_value(v, at + 1)))
        return false;
    if (one == two ? !year_run(v, at + 2, true)
                   : !(one == VEIL_GAP_SLASH &&
                       ((two == VEIL_GAP_DASH && year_run(v, at + 2, true)) ||
                        (two == VEIL_GAP_SPACE && year_run(v, at + 2, false)))))
        return false;
    if (date_gap(v, at + 3) ==
        one) /* 1.2.24.3: sections, addresses; 9/1-14/1: two days */
        return false;
    *last = at + 2;
    return date_propose(v, at, *last);
}

/* "ångesten är 8/10", "Betyg: 9/10": marks of ten or five, behind what is marked. */
static bool
is_mark(const struct efti_veil *v, size_t at)
{
    uint32_t of = date_value(v, at + 1);
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    if ((of != 10 && of != 5) || (i > 0 && efti_veil_follows(v, i) && /* ont sedan 3/5 */
                                  efti_veil_in(v, i - 1, GROUP_SINCE)))
        return false;
    for (size_t k = 0; k < 5 && i > 0; k++) {
        if (v->words.items[i].glue == VEIL_GLUE_FAR)
            return false;
        i--;
        if (efti_veil_in(v, i, GROUP_MARKS))
            return true;
    }
    return false;
}

/* 1/2 tablett, 1/4 miljon, 3/4 dl: `next` is what it is a part of. */
static bool
is_share(const struct efti_veil *v, size_t at, size_t next)
{
    return date_value(v, at) < date_value(v, at + 1) && date_value(v, at) <= 3 &&
           date_value(v, at + 1) <= 8 && efti_veil_follows(v, next) &&
           efti_veil_in(v, next, GROUP_SHARE_UNITS);
}

/* 3/4-modell, "3/8 är mindre än 1/2": a part that nothing follows which it is a
 * part of. */
static bool
is_part_of_one(const struct efti_veil *v, size_t at)
{
    const struct veil_run *b = &v->runs.items[at + 1];
    size_t end = b->end,
           i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    if (date_value(v, at) >= date_value(v, at + 1) || date_value(v, at + 1) > 8 ||
        (i > 0 && efti_veil_is(v, i - 1, VEIL_CLASS_DEN)))
        return false;
    const char *behind = v->text.bytes + end;
    size_t left = v->text.size - end;
    if (efti_veil_word_begins_with(behind, left, BEGINS_PARTS_OF_ONE, 0) ||
        (left >= 5 && memcmp(behind, "-del ", 5) == 0))
        return true;
    if (i > 1 && efti_veil_in(v, i - 1, GROUP_THAN) &&
        efti_veil_in(v, i - 2, GROUP_MORE_OR_LESS))
        return true;
    size_t n = efti_veil_token_near(v, b->token, end);
    return efti_veil_is(v, n, VEIL_CLASS_BE) && efti_veil_follows(v, n) &&
           efti_veil_in(v, n + 1, GROUP_MORE_OR_LESS);
}

/* An equals sign that ends before byte `at` (`step` -1) or stands there, and figures on
 * its other side: no arrow (=> 3/4). */
static bool
equals(const struct efti_veil *v, size_t at, int step)
{
    size_t sign = step < 0 ? at - 1 : at, other = step < 0 ? at - 2 : at + 1;

    if ((step < 0 && at < 3) || efti_veil_byte(v, sign) != '=')
        return false;
    if (efti_veil_byte(v, other) == ' ')
        other = step < 0 ? other - 1 : other + 1;
    const char c = efti_veil_byte(v, other); /* a tag of ours was a figure */
    return (c >= '0' && c <= '9') || c == '[' || c == ']';
}

/* "bråktalen 1/3 och 3/8", "3/4 = 6/8", "jobbar 3/4 tid": a part, whatever it is a part
 * of. "Möten 1/4 + 3/4" are days, and so is what one counted on (räknade med 3/4). */
static bool
is_reckoned(const struct efti_veil *v, size_t at, size_t next)
{
    const struct veil_run *a = &v->runs.items[at], *b = a + 1;
    const char *bytes = v->text.bytes;
    size_t from = a->start, to = b->end, i = efti_veil_token_near(v, a->token, a->start);

    if (date_value(v, at) >= date_value(v, at + 1) || date_value(v, at + 1) > 12)
        return false;
    while (from > 0 && bytes[from - 1] == ' ')
        from--;
    while (efti_veil_byte(v, to) == ' ')
        to++;
    if (equals(v, from, -1) || equals(v, to, 1))
        return true;
    if (i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_WORKS) &&
        efti_veil_is_word(v, next, "tid") && efti_veil_follows(v, next))
        return true;
    for (size_t k = i, n = 0; n < 6 && k > 0 && v->words.items[k].glue != VEIL_GLUE_FAR;
         n++)
        if (efti_veil_in(v, --k, GROUP_FRACTION_WORDS))
            return true;
    for (size_t k = next; k < next + 3 && efti_veil_follows(v, k); k++)
        if (efti_veil_in(v, k, GROUP_FRACTION_WORDS))
            return true;
    return false;
}

/* 3/5. Not 24/7, and not a part of something: 3/4 av tiden. */
static bool
day_slash_month(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *b = &v->runs.items[at + 1];

    if (!date_is_small(v, at) || !date_is_small(v, at + 1) ||
        date_gap(v, at + 1) != VEIL_GAP_SLASH || b->start - v->runs.items[at].end != 1 ||
        v->runs.items[at].gap == VEIL_GAP_SLASH)
        return false;
    if (!efti_veil_day_month(date_value(v, at), date_value(v, at + 1)) ||
        date_gap(v, at + 2) == VEIL_GAP_SLASH || date_gap(v, at + 2) == VEIL_GAP_COLON)
        return false;
    size_t start = v->runs.items[at].start;
    if (date_value(v, at) == 1 && date_value(v, at + 1) == 2 && at > 0 &&
        v->runs.items[at].gap == VEIL_GAP_SPACE && v->runs.items[at - 1].count <= 3)
        return false; /* 4 1/2 */
    if ((date_value(v, at) == 24 && date_value(v, at + 1) == 7) || is_mark(v, at) ||
        is_part_of_one(v, at) ||
        (start > 1 && v->text.bytes[start - 1] == '-' && /* A-1/2, L-21/09 */
         efti_veil_is_capital(v->text.bytes[start - 2])))
        return false;
    size_t next = efti_veil_token_near(v, b->token, b->end);
    if (efti_veil_follows(v, next) && v->words.items[next].form != NULL) {
        const struct efti_form *f = v->words.items[next].form;

        if (efti_equal(f->folded, f->folded_size, "av", 2) ||
            efti_equal(f->folded, f->folded_size, "tjänst", 7))
            return false;
    }
    if ((efti_veil_is_alnum(efti_veil_byte(v, b->end)) &&
         date_gap(v, at + 2) != VEIL_GAP_DASH) || /* 3/2–9/2: a dash of three bytes */
        is_share(v, at, next) ||
        is_reckoned(v, at, next) || efti_veil_key_after(v->text, b->end) == VEIL_KEY_UNIT)
        return false;
    *last = at + 1;
    return date_propose(v, at, *last);
}

/* kostade, cirka, antal: before what is a sum or a count, over two words at most */
static bool
is_amount(const struct efti_veil *v, size_t i)
{
    for (size_t k = 0; k < 3 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; k++)
        if (efti_veil_in(v, --i, GROUP_AMOUNTS))
            return true;
    return false;
}

/* artikelnummer, kod, id before token `i`; not vårdtid, which only ends so. */
static bool
is_behind_number_word(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f =
        i > 0 && efti_veil_follows(v, i) ? v->words.items[i - 1].form : NULL;

    return f != NULL && efti_veil_ends_in(f, ENDS_NUMBERS, 0) &&
           !efti_case_ends_by_chance(f->folded, f->folded_size);
}

/* "Hon dog 240503 på natten", "Anna, 811218, ringde": a day, perhaps a birthday, by
 * itself. One number in 26 of six figures is one by chance, and numbers so long count
 * something or are a sum; then what is counted stands behind. */
static bool
is_lone_day(const struct efti_veil *v, size_t at)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t i = efti_veil_token_near(v, run->token, run->start);
    size_t next = efti_veil_token_near(v, run->token, run->end);

    if (efti_veil_key_after(v->text, run->end) == VEIL_KEY_UNIT || is_amount(v, i) ||
        efti_veil_is_alnum(efti_veil_byte(v, run->end)) ||
        (run->start > 0 && efti_veil_is_alnum(v->text.bytes[run->start - 1])))
        return false;
    if (i > 0 && efti_veil_follows(v, i) &&
        (efti_veil_in(v, i - 1, GROUP_LONE_SINCE) ||
         efti_veil_is_word(v, i - 1, "fr o m") || efti_veil_is_word(v, i - 1, "t o m")))
        return true;
    if (is_behind_number_word(v, i))
        return false; /* of an order: the others look at it */
    if (next >= v->words.count || !efti_veil_follows(v, next))
        return true;
    const struct veil_word *w = &v->words.items[next];
    return w->form != NULL && ((w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
                               efti_veil_in(v, next, GROUP_LONE_SINCE) || /* t.o.m. */
                               (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0);
}

/* "240314 Samtal med pappan", "Uppföljning 240314 kl 13": first in a line or a sentence,
 * as in a journal, or before a time. */
static bool
is_entry_day(const struct efti_veil *v, size_t at, size_t i)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t next = efti_veil_token_near(v, run->token, run->end);

    if (efti_veil_is_alnum(efti_veil_byte(v, run->end)) || !efti_veil_follows(v, next))
        return false;
    if (!efti_veil_is_capital(v->text.bytes[v->segments->tokens.items[next].start]) &&
        (efti_veil_key_after(v->text, run->end) == VEIL_KEY_UNIT ||
         efti_veil_in(v, next, GROUP_MEASURED)))
        return false; /* 240314 kronor; "240314 Samtal" counts nothing */
    return efti_veil_in(v, next, GROUP_CLOCK) || i == 0 ||
           v->words.items[i].glue == VEIL_GLUE_FAR;
}

/* "Protokoll 250114", "EHT 241014": six figures that are a day of this century, behind
 * what has a day or the letters of a meeting; or any day where nothing is counted. */
static bool
short_day(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];
    size_t i = efti_veil_token_near(v, run->token, run->start);

    if (run->count != 6 || run->gap != VEIL_GAP_FAR ||
        efti_veil_next_gap(v, at) != VEIL_GAP_FAR ||
        !efti_veil_day(efti_veil_digits(v, at), 6, false))
        return false;
    if (is_lone_day(v, at)) {
        *last = at;
        return date_propose(v, at, at);
    }
    if (efti_veil_number(efti_veil_digits(v, at), 2) > 39)
        return false;
    if (!is_entry_day(v, at, i)) {
        if (i == 0 || !efti_veil_follows(v, i))
            return false;
        const struct veil_word *w = &v->words.items[i - 1];
        if (!efti_date_is_said(v, at) && !((w->bits & VEIL_UPPER) != 0 &&
                                           w->form != NULL && w->form->code_points == 3))
            return false;
    }
    *last = at;
    return date_propose(v, at, at);
}

/* artikelnummer, kostade before the number at token `i`; kr, personer behind it. */
static bool
is_period_counted(const struct efti_veil *v, size_t i, size_t next, size_t end)
{
    return is_amount(v, i) || efti_veil_key_after(v->text, end) == VEIL_KEY_UNIT ||
           (efti_veil_follows(v, next) && efti_veil_in(v, next, GROUP_MEASURED)) ||
           is_behind_number_word(v, i);
}

/* "230901-240630", "230901/240630": six figures twice, each a day. */
static bool
from_day_to_day(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *a = &v->runs.items[at], *b = a + 1;
    enum veil_gap gap = efti_veil_next_gap(v, at);

    if (a->count != 6 || (gap != VEIL_GAP_DASH && gap != VEIL_GAP_SLASH) ||
        b->count != 6 || b->start - a->end > 5 ||
        efti_veil_is_alnum(efti_veil_byte(v, b->end)) ||
        (a->start > 0 && efti_veil_is_alnum(v->text.bytes[a->start - 1])) ||
        efti_veil_next_gap(v, at + 1) == VEIL_GAP_DASH ||
        !efti_veil_day(efti_veil_digits(v, at), 6, false) ||
        !efti_veil_day(efti_veil_digits(v, at + 1), 6, false) ||
        is_period_counted(v, efti_veil_token_near(v, a->token, a->start),
                          efti_veil_token_near(v, b->token, b->end), b->end))
        return false;
    *last = at + 1;
    return date_propose(v, at, at) && date_propose(v, at + 1, at + 1);
}

bool
efti_veil_numeric_date(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *run = &v->runs.items[at];

    if (at + 1 < v->runs.count &&
        (three_runs(v, at, last) || day_slash_month(v, at, last) ||
         efti_date_stop_month(v, at, last)))
        return true;
    if (short_day(v, at, last) || from_day_to_day(v, at, last))
        return true;
    if (run->count != 8 || efti_veil_number(efti_veil_digits(v, at), 4) < 1900 ||
        !efti_veil_day(efti_veil_digits(v, at), 8, false))
        return false;
    *last = at;
    return date_propose(v, at, at);
}

/* -------------------------------------------------------------- days in words */

static const struct efti_token *
date_token(const struct efti_veil *v, size_t i)
{
    return &v->segments->tokens.items[i];
}

/* A token of digits only (or 5-7): its last number; 0: it is none. */
static uint32_t
date_figure(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? v->words.items[i].form : NULL;
    uint32_t n = 0;

    if (f == NULL || f->folded_size > 7 || f->folded_size == 0)
        return 0;
    for (uint32_t k = 0; k < f->folded_size; k++) {
        char c = f->folded[k];

        if (c >= '0' && c <= '9')
            n = n * 10 + (uint32_t)(c - '0');
        else if (c == '-' && k > 0)
            n = 0;
        else
            return 0;
    }
    return n;
}

static bool
is_day_token(const struct efti_veil *v, size_t i)
{
    uint32_t n = date_figure(v, i);

    return (n >= 1 && n <= 31 && v->words.items[i].form->folded_size <= 5) ||
           efti_veil_is(v, i, VEIL_CLASS_ORDINAL);
}

static bool
first_of_may(const struct efti_veil *v, size_t month)
{
    const struct efti_form *m = v->words.items[month].form;
    const struct efti_form *d = v->words.items[month - 1].form;

    return efti_equal(m->folded, m->folded_size, "maj", 3) &&
           efti_equal(d->folded, d->folded_size, "första", 7);
}

/* "1 mars -25", "3 maj '24": behind byte `end` the end of a year in two figures. */
static size_t
short_year(const struct efti_veil *v, size_t end)
{
    size_t at = end + (efti_veil_byte(v, end) == ' ');
    char mark = efti_veil_byte(v, at);

    for (size_t k = 1; k <= 2; k++)
        if (efti_veil_byte(v, at + k) < '0' || efti_veil_byte(v, at + k) > '9')
            return end;
    return (mark == '-' || mark == '\'') && !efti_veil_is_alnum(efti_veil_byte(v, at + 3))
               ? at + 3
               : end;
}

static void
month_word(struct efti_veil *v, size_t i)
{
    size_t first = i - 1, last = i;

    if (i == 0 || v->words.items[i].glue != VEIL_GLUE_SPACE || !is_day_token(v, first) ||
        first_of_may(v, i))
        return;
    if (efti_veil_follows(v, i + 1) && date_figure(v, i + 1) >= 1900 &&
        date_figure(v, i + 1) <= 2099)
        last = i + 1;
    efti_veil_propose(v, date_token(v, first)->start,
                      short_year(v, date_token(v, last)->end), VEIL_RULE_DATE_MONTH,
                      EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_DATE_OK);
    /* 5 och 7 maj, 5–7 maj */
    if (first >= 1 && v->words.items[first].glue == VEIL_GLUE_MARK)
        first--;
    else if (first >= 2 && efti_veil_is(v, first - 1, VEIL_CLASS_AND))
        first -= 2;
    else
        return;
    if (is_day_token(v, first) && v->words.items[first + 1].glue != VEIL_GLUE_FAR)
        efti_veil_propose(v, date_token(v, first)->start, date_token(v, first)->end,
                          VEIL_RULE_DATE_MONTH, EFTI_EVIDENCE_CONTEXT);
}

/* Nothing is counted by the ordinal: "den 22:a ska vi", not "den 3:e gången". */
static bool
ends_day(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f;

    if (!efti_veil_follows(v, i) || efti_veil_is(v, i, VEIL_CLASS_AND))
        return true;
    f = v->words.items[i].form;
    if (f != NULL && f->folded_size >= 2 && f->folded_size <= 3 &&
        memcmp(f->folded, "kl", 2) == 0)
        return true; /* den 6:e kl 18 */
    return f != NULL && (f->lists & EFTI_LIST_FUNCTION) != 0 &&
           !efti_equal(f->folded, f->folded_size, "i", 1);
}

/* "måndagen den sjunde", "natten till den sjunde": what else a word of a day needs. */
static bool
after_weekday(const struct efti_veil *v, size_t den)
{
    const struct efti_form *f;

    if (den == 0 || !efti_veil_follows(v, den))
        return false;
    if (efti_veil_is(v, den - 1, VEIL_CLASS_DAY))
        return true;
    f = den > 1 && efti_veil_is(v, den - 1, VEIL_CLASS_IN) ? v->words.items[den - 2].form
                                                           : NULL;
    return f != NULL && (efti_equal(f->folded, f->folded_size, "natten", 6) ||
                         efti_equal(f->folded, f->folded_size, "fram", 4));
}

/* "den 15:e" that ends there: a day of this month. "den 3:e gången" goes on. */
static void
day_alone(struct efti_veil *v, size_t i)
{
    char c = v->words.items[i].form->folded[0];

    if (i == 0 || !efti_veil_is(v, i - 1, VEIL_CLASS_DEN) ||
        efti_veil_is(v, i + 1, VEIL_CLASS_MONTH))
        return;
    if ((c < '0' || c > '9') && !after_weekday(v, i - 1))
        return;
    if (ends_day(v, i + 1) || after_weekday(v, i - 1))
        efti_veil_propose(v, date_token(v, i)->start, date_token(v, i)->end,
                          VEIL_RULE_DATE_MONTH, EFTI_EVIDENCE_CONTEXT);
}

/* "den sjätte i tolfte", "tolfte i tredje", "5:e i 3:e": a day and its month by number;
 * "femte i andra klass" goes on. */
static void
day_in_month(struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 2) && efti_veil_is_word(v, i + 1, "i") &&
        efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 2, VEIL_CLASS_ORDINAL) &&
        (ends_day(v, i + 3) || /* fjortonde i sjätte i Borås */
         (efti_veil_is_word(v, i + 3, "i") && i + 4 < v->words.count &&
          (v->words.items[i + 4].bits & VEIL_CAPITAL) != 0)))
        efti_veil_propose(v, date_token(v, i)->start, date_token(v, i + 2)->end,
                          VEIL_RULE_DATE_MONTH,
                          EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_DATE_OK);
}

void
efti_veil_dates(struct efti_veil *v)
{
    if ((v->classes &
         (VEIL_CLASS_BIT(MONTH) | VEIL_CLASS_BIT(ORDINAL) | VEIL_CLASS_BIT(ZERO))) == 0)
        return;
    for (size_t h = 0; h < v->terms.count; h++) {
        size_t i = v->terms.items[h];
        enum veil_class class = efti_veil_class(v->words.items[i].bits);

        if (class == VEIL_CLASS_MONTH)
            month_word(v, i);
        else if (class == VEIL_CLASS_ORDINAL) {
            day_alone(v, i);
            day_in_month(v, i);
        } else if (class == VEIL_CLASS_ZERO)
            efti_veil_spoken_number(v, i);
    }
}
