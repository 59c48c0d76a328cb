/*
 * periods.c - time in pieces that nobody stands alone in (rule 8.8)
 *
 *     week 2023-W07    month 2023-02    term 2023-VT, 2023-HT    year 2023
 *
 * The finest of the four is taken in which every period from the first day to the last
 * has at least 2k writers and passes the gate, as any label; a period of nobody counts as
 * one of too few, so a summer break makes months into terms. Weeks are those of ISO 8601,
 * terms the Swedish half-years (VT January to June, HT July to December).
 *
 * Reflections without a day have no period. They are what the total holds beside all
 * periods, so there must be none of them, or they must pass the gate too; they then
 * get a slot that is not printed.
 *
 * Dates are the proleptic Gregorian calendar (Hinnant's days_from_civil, turned round).
 */
#include "release/internal.h"

enum period_kind { PERIOD_WEEK, PERIOD_MONTH, PERIOD_TERM, PERIOD_YEAR, PERIOD_KINDS };

#define MOST_PERIODS 2000 /* of one table; a date of 1023 by mistake makes no million */

/* Floor division. */
static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Years are taken to begin in March, so that the leap day is the last; 400 of them, an
 * era, have 146097 days (Hinnant, chrono-compatible low-level date algorithms). Any day
 * does, also before our era. */
#define DAYS_OF_AN_ERA 146097
static void
civil_of(int64_t day, int64_t *year, int *month)
{
    int64_t z = day + 719468; /* days since 0000-03-01 */
    int64_t era = floor_div(z, DAYS_OF_AN_ERA), of_era = z - era * DAYS_OF_AN_ERA;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (int)((5 * of_year + 2) / 153);

    *month = m < 10 ? m + 3 : m - 9;
    *year = era * 400 + y + (*month <= 2);
}

/* 1970-01-05 was a Monday: the number of weeks since. */
static int64_t
week_of(int64_t day)
{
    return floor_div(day - 4, 7);
}

/* A number that rises by one from a period to the next. */
static int64_t
period_number(enum period_kind kind, int64_t day)
{
    int64_t year;
    int month;

    if (kind == PERIOD_WEEK)
        return week_of(day);
    civil_of(day, &year, &month);
    if (kind == PERIOD_MONTH)
        return year * 12 + month - 1;
    return kind == PERIOD_TERM ? year * 2 + (month > 6) : year;
}

static void
put_two(struct efti_bytes *b, int64_t n)
{
    if (n < 10)
        efti_put_char(b, '0');
    efti_put_i64(b, n);
}

/* A week belongs to the year of its Thursday, and is numbered from that year's first. */
static void
put_week(struct efti_bytes *b, int64_t week)
{
    int64_t thursday = week * 7 + 4 + 3, year, first;
    int month;

    civil_of(thursday, &year, &month);
    first = thursday;
    for (int64_t y = year; y == year;) {
        first -= 7;
        civil_of(first, &y, &month);
    }
    efti_put_i64(b, year);
    efti_put_text(b, "-W");
    put_two(b, (thursday - first) / 7);
}

static void
put_period(struct efti_bytes *b, enum period_kind kind, int64_t number)
{
    switch (kind) {
    case PERIOD_WEEK: put_week(b, number); break;
    case PERIOD_MONTH:
        efti_put_i64(b, floor_div(number, 12));
        efti_put_char(b, '-');
        put_two(b, number - floor_div(number, 12) * 12 + 1);
        break;
    case PERIOD_TERM:
        efti_put_i64(b, floor_div(number, 2));
        efti_put_text(b, number % 2 == 0 ? "-VT" : "-HT");
        break;
    case PERIOD_YEAR:
    default: efti_put_i64(b, number);
    }
}

/* -------------------------------------------------------------------- choice */

struct periods {
    struct release_job *j;
    enum period_kind kind;
    int64_t first;
    uint32_t count;
    bool undated; /* some text has no day */
};

static uint32_t
period_of(const struct periods *p, int32_t day)
{
    if (day == EFTI_NO_DAY_VALUE)
        return p->count;
    return (uint32_t)(period_number(p->kind, day) - p->first);
}

static void
period_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    efti_builder_add(b, period_of(user, r->day), 1);
}

/* Do all of them pass? A set that is all of the population is no part of it. */
static eft_status
periods_pass(struct periods *p, bool *pass, eft_error *err)
{
    struct release_sets sets;
    eft_status st =
        efti_sets_build(p->j, (size_t)p->count + 1, period_emit, p, &sets, err);

    if (st != EFT_OK)
        return st;
    *pass = p->count >= 2;
    for (uint32_t i = 0; i <= p->count && *pass; i++) {
        struct release_set set = efti_set_at(&sets, i);
        struct efti_cell cell = efti_set_cell(set),
                         rest = efti_population_rest(p->j, set);
        if (i == p->count && set.count == 0)
            break; /* every text has a day */
        *pass = efti_job_shows(p->j, &cell, &rest, 1) &&
                (i == p->count || cell.writers >= 2 * (uint64_t)p->j->gate.k);
    }
    efti_sets_free(p->j->mem, &sets);
    return EFT_OK;
}

static eft_status
choose_periods(struct periods *p, int32_t first, int32_t last, eft_error *err)
{
    eft_status st = EFT_OK;
    bool pass = false;

    for (int k = 0; k < PERIOD_KINDS && st == EFT_OK && !pass; k++) {
        p->kind = (enum period_kind)k;
        p->first = period_number(p->kind, first);
        int64_t span = period_number(p->kind, last) - p->first + 1;
        if (span > MOST_PERIODS)
            continue;
        p->count = (uint32_t)span;
        st = periods_pass(p, &pass, err);
    }
    if (!pass)
        p->count = 0;
    return st;
}

/* Slots: the periods, then those without a day, which are not printed. */
static eft_status
name_periods(struct periods *p, eft_error *err)
{
    struct release_role *role = &p->j->period;
    struct efti_bytes name;
    eft_status st = EFT_OK;

    if (!EFTI_ARRAY_RESERVE(p->j->mem, &role->slots, (size_t)p->count + 1))
        return efti_no_memory(err, "the periods of a release");
    efti_bytes_init(&name, p->j->mem);
    for (uint32_t i = 0; i < p->count + p->undated && st == EFT_OK; i++) {
        efti_bytes_clear(&name);
        if (i < p->count)
            put_period(&name, p->kind, p->first + i);
        char *copy = name.failed
                         ? NULL
                         : efti_arena_copy(&p->j->results->arena, name.data, name.size);
        if (copy == NULL)
            st = efti_no_memory(err, "the name of a period");
        else
            role->slots.items[role->slots.count++] =
                (struct release_slot){.name = {copy, name.size},
                                      .label = EFTI_NO_ID,
                                      .printed = i < p->count,
                                      .shown = true};
    }
    efti_bytes_free(&name);
    role->first = (uint32_t)p->kind; /* what efti_period_slot() needs to know */
    role->count = p->count;
    p->j->period_first = p->first;
    return st;
}

eft_status
efti_periods_make(struct release_job *j, eft_error *err)
{
    struct periods p = {.j = j};
    int32_t first = INT32_MAX, last = INT32_MIN;

    j->period.role = RELEASE_PERIOD;
    j->period.word = "period";
    j->period.name = (eft_text){"period", 6};
    for (size_t i = 0; i < j->order.count; i++) {
        int32_t day = j->f->records[j->order.items[i]].day;
        if (day == EFTI_NO_DAY_VALUE) {
            p.undated = true;
            continue;
        }
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    if (first > last || !j->open)
        return EFT_OK;
    eft_status st = choose_periods(&p, first, last, err);
    return st == EFT_OK && p.count > 0 ? name_periods(&p, err) : st;
}

uint32_t
efti_period_slot(const struct release_job *j, const struct efti_record_view *r)
{
    if (j->period.slots.count == 0)
        return EFTI_NO_ID;
    const struct periods p = {.kind = (enum period_kind)j->period.first,
                              .first = j->period_first,
                              .count = j->period.count};
    return period_of(&p, r->day);
}
