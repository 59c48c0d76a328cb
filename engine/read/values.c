/*
 * values.c - days, feelings and votes out of what people type into a column
 *
 * A day is a local civil date without a zone: "when was it written" is asked of the
 * writer's calendar, so time of day and zone behind the date are not even read. It is
 * kept as the number of days since 1970-01-01.
 *
 *     2024-03-04   2024-03-04T10:15:00+01:00   20240304   4/3 2024   4.3.2024   45355
 *
 * The last is Excel's serial: days since 1899-12-30 (two days off because Excel believes
 * in 29 February 1900), 45355 = 25569 + 19786. Only five digits are taken for a serial
 * (1927-2173), so that a lone year is not read as a day in 1905.
 */
#include "read/reader.h"

#define EXCEL_1970 25569
#define FIRST_YEAR 1900
#define LAST_YEAR 2199

eft_text
efti_trim(eft_text t)
{
    while (t.size > 0) {
        size_t at = 0;
        if (!efti_is_space(efti_utf8_next(t.bytes, t.size, &at)))
            break;
        t.bytes += at;
        t.size -= at;
    }
    while (t.size > 0) {
        const uint32_t c = efti_utf8_before(t.bytes, t.size);
        char unused[4];
        if (!efti_is_space(c))
            break;
        t.size -= efti_utf8_put(c, unused);
    }
    return t;
}

/* ------------------------------------------------------------------ calendar */

/* Days before 1 January of `year` (proleptic Gregorian), counted from year 1. */
static int64_t
values_days_before_year(int64_t year)
{
    const int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

static bool
values_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
values_month_length(int year, int month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && values_is_leap(year) ? 1 : 0);
}

int32_t
efti_day_of(int year, int month, int day)
{
    int64_t days;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > values_month_length(year, month))
        return EFTI_NO_DAY;
    days = values_days_before_year(year) - values_days_before_year(1970) + day - 1;
    for (int m = 1; m < month; m++)
        days += values_month_length(year, m);
    return (int32_t)days;
}

void
efti_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int64_t left = (int64_t)day + values_days_before_year(1970);
    int y = (int)(left / 366) + 1, m = 1; /* never too late; a few steps too early */

    while (values_days_before_year((int64_t)y + 1) <= left)
        y++;
    left -= values_days_before_year(y);
    while (m < 12 && left >= values_month_length(y, m)) {
        left -= values_month_length(y, m);
        m++;
    }
    *year = y;
    *month = m;
    *day_of_month = (int)left + 1;
}

/* --------------------------------------------------------------------- dates */

struct values_scan {
    const char *at, *end;
};

/* Between `least` and `most` digits, and no digit behind them; -1: there are not. */
static int
values_digits(struct values_scan *s, int least, int most)
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
values_take(struct values_scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

/* Behind a date: nothing, a time of day (T or space, then a digit), or a zone alone.
 * Which time does not matter, but it must look like one. */
static bool
values_ends_date(const struct values_scan *from)
{
    struct values_scan s = *from;

    if (s.at == s.end)
        return true;
    if (*s.at == 'T' || *s.at == 't' || *s.at == ' ' || *s.at == ',') {
        while (s.at < s.end && (*s.at == ' ' || *s.at == ','))
            s.at++;
        (void)(values_take(&s, 'T') || values_take(&s, 't'));
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
values_checked_day(int year, int month, int day)
{
    return year < FIRST_YEAR || year > LAST_YEAR ? EFTI_NO_DAY
                                                 : efti_day_of(year, month, day);
}

/* yyyy-m-d, also with / or . in place of the hyphens */
static int32_t
values_year_first(struct values_scan s)
{
    const int year = values_digits(&s, 4, 4);
    const char mark = s.at < s.end ? *s.at : '\0';
    int month, day;

    if (year < 0 || (mark != '-' && mark != '/' && mark != '.'))
        return EFTI_NO_DAY;
    s.at++;
    month = values_digits(&s, 1, 2);
    if (month < 0 || !values_take(&s, mark))
        return EFTI_NO_DAY;
    day = values_digits(&s, 1, 2);
    if (day < 0 || !values_ends_date(&s))
        return EFTI_NO_DAY;
    return values_checked_day(year, month, day);
}

/* d/m yyyy and d.m.yyyy */
static int32_t
values_day_first(struct values_scan s)
{
    const int day = values_digits(&s, 1, 2);
    const char mark = s.at < s.end ? *s.at : '\0';
    int month, year;

    if (day < 0 || (mark != '/' && mark != '.'))
        return EFTI_NO_DAY;
    s.at++;
    month = values_digits(&s, 1, 2);
    if (month < 0)
        return EFTI_NO_DAY;
    if (mark == '.' ? !values_take(&s, '.') : !values_take(&s, ' '))
        return EFTI_NO_DAY;
    while (values_take(&s, ' '))
        continue;
    year = values_digits(&s, 4, 4);
    if (year < 0 || !values_ends_date(&s))
        return EFTI_NO_DAY;
    return values_checked_day(year, month, day);
}

/* yyyymmdd, and an Excel serial with or without a fraction */
static int32_t
values_one_number(struct values_scan s)
{
    const char *from = s.at;
    const int value = values_digits(&s, 5, 8);
    const ptrdiff_t count = s.at - from;

    if (value < 0)
        return EFTI_NO_DAY;
    if (count == 8 && values_ends_date(&s))
        return values_checked_day(value / 10000, value / 100 % 100, value % 100);
    if (count != 5 || value < 10000)
        return EFTI_NO_DAY;
    if (values_take(&s, '.') || values_take(&s, ',')) {
        while (s.at < s.end && *s.at >= '0' && *s.at <= '9')
            s.at++;
    }
    return s.at == s.end ? value - EXCEL_1970 : EFTI_NO_DAY;
}

int32_t
efti_parse_day(const char *bytes, size_t size)
{
    const eft_text t = efti_trim((eft_text){bytes, size});
    const struct values_scan s = {t.bytes, t.bytes == NULL ? NULL : t.bytes + t.size};
    int32_t day;

    if (t.size == 0)
        return EFTI_NO_DAY;
    day = values_year_first(s);
    if (day == EFTI_NO_DAY)
        day = values_day_first(s);
    if (day == EFTI_NO_DAY)
        day = values_one_number(s);
    return day;
}

/* ------------------------------------------------------------------- numbers */

/* Digits of both sides of the decimal sign in one integer, then one division: exact for
 * 15 digits, because both integer and power of ten are exact in a double. */
bool
efti_parse_decimal(eft_text value, double *out)
{
    static const double power[16] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const eft_text t = efti_trim(value);
    int64_t digits = 0;
    size_t at = 0, count = 0, decimals = 0;
    bool negative = false, fraction = false;

    if (t.size > 0 && (t.bytes[0] == '-' || t.bytes[0] == '+')) {
        negative = t.bytes[0] == '-';
        at = 1;
    } else if (t.size > 3 && memcmp(t.bytes, "\xE2\x88\x92", 3) == 0) { /* U+2212 */
        negative = true;
        at = 3;
    }
    for (; at < t.size; at++) {
        const char c = t.bytes[at];
        if ((c == '.' || c == ',') && !fraction && count > 0) {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9' || ++count > 15)
            return false;
        digits = digits * 10 + (c - '0');
        decimals += fraction;
    }
    if (count == 0)
        return false;
    *out = (double)(negative ? -digits : digits) / power[decimals];
    return true;
}

bool
efti_parse_feeling(eft_text value, double low, double high, double *out)
{
    double number;

    if (!efti_parse_decimal(value, &number) || number < low || number > high)
        return false;
    *out = number;
    return true;
}

bool
efti_parse_consent(eft_text value)
{
    static const char *const yes[] = {"ja", "j", "yes", "y", "true", "sant", "1", "x"};
    const eft_text t = efti_trim(value);
    char lower[8];

    if (t.size == 0 || t.size >= sizeof(lower))
        return false;
    for (size_t i = 0; i < t.size; i++)
        lower[i] = t.bytes[i] >= 'A' && t.bytes[i] <= 'Z' ? (char)(t.bytes[i] - 'A' + 'a')
                                                          : t.bytes[i];
    for (size_t i = 0; i < EFTI_COUNT(yes); i++) {
        if (efti_equal(lower, t.size, yes[i], strlen(yes[i])))
            return true;
    }
    return false;
}

bool
efti_parse_votes(eft_text value, int64_t *out)
{
    const eft_text t = efti_trim(value);
    int64_t votes = 0;

    if (t.size == 0 || t.size > 9) /* ten and twelve digits are a personnummer */
        return false;
    for (size_t i = 0; i < t.size; i++) {
        if (t.bytes[i] < '0' || t.bytes[i] > '9')
            return false;
        votes = votes * 10 + (t.bytes[i] - '0');
    }
    *out = votes;
    return true;
}
