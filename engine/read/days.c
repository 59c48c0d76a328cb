/*
 * days.c - a day out of what people type into a column, and the calendar
 *
 * A day is a local civil date without a zone: "when was it written" is asked of the
 * writer's calendar, so time of day and zone behind the date are not even read. It is
 * kept as the number of days since 1970-01-01.
 *
 *     2024-03-04   2024-03-04T10:15:00+01:00   20240304   4/3 2024   4.3.2024   45355
 *     4/3-24       måndag den 4 mars 2024      04-mar-24
 *
 * 45355 is Excel's serial: days since 1899-12-30 (two days off because Excel believes
 * in 29 February 1900), 45355 = 25569 + 19786. Only five digits are taken for a serial
 * (1927-2173), so that a lone year is not read as a day in 1905. Two digits are a year
 * behind a hyphen alone, where Swedish writes them. Not 4/3/2024, 04-03-24 or 240304: it
 * cannot be told which of the numbers is what.
 */
#include "read/reader.h"

#define EXCEL_1970 25569
#define FIRST_YEAR 1900
#define LAST_YEAR 2199

/* ------------------------------------------------------------------ calendar */

/* Days before 1 January of `year` (proleptic Gregorian), counted from year 1. */
static int64_t
days_before_year(int64_t year)
{
    const int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

static bool
days_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_month_length(int year, int month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && days_is_leap(year) ? 1 : 0);
}

int32_t
efti_day_of(int year, int month, int day)
{
    int64_t days;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_month_length(year, month))
        return EFTI_NO_DAY;
    days = days_before_year(year) - days_before_year(1970) + day - 1;
    for (int m = 1; m < month; m++)
        days += days_month_length(year, m);
    return (int32_t)days;
}

void
efti_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t left = (int64_t)day + days_before_year(1970);
    int y = (int)(left / 366) + 1, m = 1; /* never too late; a few steps too early */

    while (days_before_year((int64_t)y + 1) <= left)
        y++;
    left -= days_before_year(y);
    while (m < 12 && left >= days_month_length(y, m)) {
        left -= days_month_length(y, m);
        m++;
    }
    *year = y;
    *month = m;
    *day_of_month = (int)left + 1;
}

/* --------------------------------------------------------------------- dates */

struct days_scan {
    const char *at, *end;
};

/* Between `least` and `most` digits, and no digit behind them; -1: there are not. */
static int
days_digits(struct days_scan *s, int least, int most)
{
    int value = 0, count = 0;

    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
        if (++count > most)
            return -1;
        value = value * 10 + (*s->at++ - '0');
    }
    return count < least ? -1 : value;
}

static bool
days_take(struct days_scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

/* Behind a date: nothing, a time of day (T or space, then a digit), or a zone alone.
 * Which time does not matter, but it must look like one. */
static bool
days_ends_date(const struct days_scan *from)
{
    struct days_scan s = *from;

    if (s.at == s.end)
        return true;
    if (*s.at == 'T' || *s.at == 't' || *s.at == ' ' || *s.at == ',') {
        while (s.at < s.end && (*s.at == ' ' || *s.at == ','))
            s.at++;
        if (s.end - s.at > 3 &&
            (memcmp(s.at, "kl ", 3) == 0 || memcmp(s.at, "kl.", 3) == 0))
            s.at += s.at[2] == '.' && s.at[3] == ' ' ? 4 : 3;
        (void)(days_take(&s, 'T') || days_take(&s, 't'));
        if (s.at == s.end || *s.at < '0' || *s.at > '9')
            return false;
    } else if (*s.at != 'Z' && *s.at != 'z' && *s.at != '+' && *s.at != '-') {
        return false;
    }
    for (; s.at < s.end; s.at++) {
        const unsigned char c = (unsigned char)*s.at;
        const bool known = (c | 0x20U) - 'a' < 26U || c - (unsigned)'0' < 10U ||
                           memchr(":.,+- ", c, 6) != NULL;
        if (!known)
            return false;
    }
    return true;
}

static int32_t
days_checked_day(int year, int month, int day)
{
    return year < FIRST_YEAR || year > LAST_YEAR ? EFTI_NO_DAY
                                                 : efti_day_of(year, month, day);
}

/* yyyy-m-d, also with / or . in place of the hyphens */
static int32_t
days_year_first(struct days_scan s)
{
    const int year = days_digits(&s, 4, 4);
    const char mark = s.at < s.end ? *s.at : '\0';
    int month, day;

    if (year < 0 || (mark != '-' && mark != '/' && mark != '.'))
        return EFTI_NO_DAY;
    s.at++;
    month = days_digits(&s, 1, 2);
    if (month < 0 || !days_take(&s, mark))
        return EFTI_NO_DAY;
    day = days_digits(&s, 1, 2);
    if (day < 0 || !days_ends_date(&s))
        return EFTI_NO_DAY;
    return days_checked_day(year, month, day);
}

static void
days_skip_blanks(struct days_scan *s)
{
    while (days_take(s, ' '))
        continue;
}

/* Four digits, or two behind a hyphen: those of a living writer's years. */
static int
days_year(struct days_scan *s, bool hyphen)
{
    const char *from = s->at;
    const int year = days_digits(s, 2, 4);

    if (s->at - from == 4)
        return year;
    return year >= 0 && hyphen && s->at - from == 2 ? year + (year < 70 ? 2000 : 1900)
                                                    : -1;
}

/* d/m yyyy, d/m-yy and d.m.yyyy */
static int32_t
days_day_first(struct days_scan s)
{
    const int day = days_digits(&s, 1, 2);
    const char mark = s.at < s.end ? *s.at : '\0';
    int month, year;
    bool hyphen = false;

    if (day < 0 || (mark != '/' && mark != '.'))
        return EFTI_NO_DAY;
    s.at++;
    if (mark == '.')
        days_skip_blanks(&s);
    month = days_digits(&s, 1, 2);
    if (month < 0)
        return EFTI_NO_DAY;
    if (mark == '.') {
        if (!days_take(&s, '.'))
            return EFTI_NO_DAY;
        days_skip_blanks(&s);
    } else {
        const char *from = s.at;
        days_skip_blanks(&s);
        hyphen = days_take(&s, '-');
        if (s.at == from)
            return EFTI_NO_DAY;
    }
    year = days_year(&s, hyphen);
    if (year < 0 || !days_ends_date(&s))
        return EFTI_NO_DAY;
    return days_checked_day(year, month, day);
}

/* The place of the next word among `names`, of which it may be a beginning of three bytes
 * or more (mar, mars, sept); SIZE_MAX: it is none of them. A stop behind it goes with
 * it. */
static size_t
days_name(struct days_scan *s, const char *const *names, size_t count)
{
    const char *from = s->at;
    size_t size;

    while (s->at < s->end && (((unsigned char)*s->at | 0x20U) - 'a' < 26U ||
                              ((unsigned char)*s->at & 0x80U) != 0))
        s->at++;
    size = (size_t)(s->at - from);
    (void)days_take(s, '.');
    for (size_t i = 0; i < count && size >= 3; i++) {
        size_t k = 0;

        while (k < size && names[i][k] != '\0' &&
               (from[k] >= 'A' && from[k] <= 'Z' ? from[k] + 32 : from[k]) == names[i][k])
            k++;
        if (k == size)
            return i;
    }
    return SIZE_MAX;
}

/* [måndag] [den] 4 mars 2024, 04-mar-24 */
static int32_t
days_month_in_words(struct days_scan s)
{
    static const char *const weekdays[] = {
        "m\xC3\xA5ndagen", "tisdagen",        "onsdagen",       "torsdagen",
        "fredagen",        "l\xC3\xB6rdagen", "s\xC3\xB6ndagen"};
    static const char *const months[] = {
        "januari", "februari", "mars",      "april",   "maj",      "juni",
        "juli",    "augusti",  "september", "oktober", "november", "december",
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    const struct days_scan start = s;
    size_t month;
    int day, year;
    bool hyphen;

    if (days_name(&s, weekdays, EFTI_COUNT(weekdays)) == SIZE_MAX)
        s = start;
    (void)days_take(&s, ',');
    days_skip_blanks(&s);
    if (s.end - s.at > 4 && memcmp(s.at, "den ", 4) == 0)
        s.at += 4;
    day = days_digits(&s, 1, 2);
    if (day < 0 || !(days_take(&s, '-') || days_take(&s, ' ')))
        return EFTI_NO_DAY;
    month = days_name(&s, months, EFTI_COUNT(months));
    if (month == SIZE_MAX)
        return EFTI_NO_DAY;
    days_skip_blanks(&s);
    hyphen = days_take(&s, '-');
    year = days_year(&s, hyphen);
    if (year < 0 || !days_ends_date(&s))
        return EFTI_NO_DAY;
    return days_checked_day(year, (int)(month % 12) + 1, day);
}

/* yyyymmdd, and an Excel serial with or without a fraction */
static int32_t
days_one_number(struct days_scan s)
{
    const char *from = s.at;
    const int value = days_digits(&s, 5, 8);
    const ptrdiff_t count = s.at - from;

    if (value < 0)
        return EFTI_NO_DAY;
    if (count == 8 && days_ends_date(&s))
        return days_checked_day(value / 10000, value / 100 % 100, value % 100);
    if (count != 5 || value < 10000)
        return EFTI_NO_DAY;
    if (days_take(&s, '.') || days_take(&s, ',')) {
        while (s.at < s.end && *s.at >= '0' && *s.at <= '9')
            s.at++;
    }
    return s.at == s.end ? value - EXCEL_1970 : EFTI_NO_DAY;
}

int32_t
efti_parse_day(const char *bytes, size_t size)
{
    const eft_text t = efti_trim((eft_text){bytes, size});
    const struct days_scan s = {t.bytes, t.bytes == NULL ? NULL : t.bytes + t.size};
    int32_t day;

    if (t.size == 0)
        return EFTI_NO_DAY;
    day = days_year_first(s);
    if (day == EFTI_NO_DAY)
        day = days_day_first(s);
    if (day == EFTI_NO_DAY)
        day = days_one_number(s);
    return day != EFTI_NO_DAY ? day : days_month_in_words(s);
}
