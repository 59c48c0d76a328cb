/*
 * dates_told.c - a day and a month with a stop between them, told by what is around
 *
 *   den 17.6, fre 9.5, 24.10 kl 9     den, a weekday or an hour beside it
 *   12.3.-25, från 30.1. gäller       a year behind it, a stop inside a sentence
 *   beställd till 12.11, dog 2.11     what is done on a day before it
 *
 * The same figures are decimals, sections, sums and hours of the day: what has those
 * (öppet, avsnitt, procent) says no, and so does a month that may be minutes.
 */
#include "veil/dates.h"

/* husmötet, protokoll, senast: what has a day. */
static bool
has_day(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_DAY, 0) || efti_veil_form_in(f, GROUP_DAY_WORDS);
}

/* The same among the two words before run `at`, small ones between them. */
bool
efti_date_is_said(const struct efti_veil *v, size_t at)
{
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    for (size_t k = 0; k < 4 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; k++) {
        i--;
        if (v->words.items[i].form == NULL)
            return false;
        if (has_day(v->words.items[i].form))
            return true;
        if (!efti_veil_in(v, i, GROUP_BETWEEN_DAY))
            return false;
    }
    return false;
}

/* flyttad, stänger, beslut, uppsagd: what is done on a day, by how the word begins. */
static bool
is_dated(const struct efti_form *f)
{
    return efti_veil_begins_with(f, BEGINS_DATED, 0);
}

/* Does one of the six words before token `i` speak of what is done on a day, and none of
 * what has decimals or hours? */
static bool
is_done_on_day(const struct efti_veil *v, size_t i)
{
    bool done = false;

    for (size_t k = 0; k < 6 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; k++) {
        i--;
        if (v->words.items[i].form == NULL || efti_veil_in(v, i, GROUP_NOT_DAYS))
            return false;
        done =
            done || is_dated(v->words.items[i].form) || has_day(v->words.items[i].form);
    }
    return done;
}

/* "12.3.-25", "5.12-24": the year behind it, in two figures; 0: there is none. */
static size_t
year_behind(const struct efti_veil *v, size_t end)
{
    size_t at = end + (efti_veil_byte(v, end) == '.');

    if (efti_veil_byte(v, at) != '-')
        return 0;
    for (size_t k = 1; k <= 2; k++)
        if (efti_veil_byte(v, at + k) < '0' || efti_veil_byte(v, at + k) > '9')
            return 0;
    return efti_veil_is_alnum(efti_veil_byte(v, at + 3)) ? 0 : at + 3;
}

/* Is 12.11 or 8.10 perhaps a time of the day? No month is told so with one figure, and
 * hardly a minute is 11 or 12. */
static bool
may_be_time(const struct efti_veil *v, size_t at)
{
    return v->runs.items[at + 1].count == 2 && date_value(v, at) <= 24 &&
           date_value(v, at + 1) != 11 && date_value(v, at + 1) != 12;
}

/* Is what follows byte `end` counted or measured: 12.11 procent, 3.5 km? */
static bool
is_measured(const struct efti_veil *v, size_t i, size_t end)
{
    return efti_veil_key_after(v->text, end) == VEIL_KEY_UNIT ||
           (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_MEASURED));
}

/* "den 17.6", "fre 9.5", "beställd till 12.11", "24.10 kl 9": does what stands around a
 * day and a month with a stop between them say so? */
static bool
is_told_day(const struct efti_veil *v, size_t at, size_t end)
{
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);

    if (efti_date_is_said(v, at))
        return true;
    if (is_measured(v, i, end))
        return false;
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_CLOCK))
        return true;
    if (i == 0 || !efti_veil_follows(v, i))
        return false;
    if (efti_veil_is(v, i - 1, VEIL_CLASS_DEN))
        return true;
    bool time = may_be_time(v, at);
    if (efti_veil_is(v, i - 1, VEIL_CLASS_DAY) && !efti_veil_in(v, i - 1, GROUP_CLOCK))
        return !time;
    bool bound = efti_veil_in(v, i - 1, GROUP_FROM_DAY);
    /* "från 30.1. gäller": a stop inside a sentence makes ordinals */
    if (bound && efti_veil_byte(v, end) == '.' && efti_veil_byte(v, end + 1) == ' ' &&
        efti_veil_byte(v, end + 2) >= 'a')
        return true;
    return !time && is_done_on_day(v, i);
}

/* "Nästa möte 22.1.": a day with a stop, which looks like a decimal, a section or a time;
 * behind what has a day it is one, and with a year. */
bool
efti_date_stop_month(struct efti_veil *v, size_t at, size_t *last)
{
    const struct veil_run *b = &v->runs.items[at + 1];

    if (!date_is_small(v, at) || !date_is_small(v, at + 1) ||
        date_gap(v, at + 1) != VEIL_GAP_DOT || v->runs.items[at].gap == VEIL_GAP_DOT ||
        date_gap(v, at + 2) == VEIL_GAP_DOT ||
        !efti_veil_day_month(date_value(v, at), date_value(v, at + 1)) ||
        efti_veil_is_alnum(efti_veil_byte(v, b->end)))
        return false;
    size_t year = year_behind(v, b->end);
    if (year != 0 && date_is_free(v, at + 2) &&
        (efti_veil_byte(v, b->end) == '.' || is_told_day(v, at, b->end))) {
        *last = at + 2;
        return date_propose(v, at, *last);
    }
    if (!is_told_day(v, at, b->end))
        return false;
    *last = at + 1;
    return date_propose(v, at, *last);
}
