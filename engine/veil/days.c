/*
 * days.c - a day as people write it: read, made coarse, moved, written again
 *
 *   2024-05-03  20240503  3/5  3/5-24  3.5.2024  den 5:e maj 2024  fredag 12 okt
 *   femtonde mars  5 och 7 maj
 *
 * A day is read only if every byte of it is understood: a number, a month, an ordinal, a
 * weekday, "den", or a mark between them. Whatever else stands in the span (a recogniser
 * may take more than it says) makes reading fail, and the caller prints a tag. So nothing
 * of the original is copied but marks, blanks and "den".
 *
 * Moving keeps the style: zeroes in front, short months, :a and :e. A weekday is written
 * anew when the year is known; without one it stays under whole weeks, else the day
 * becomes a tag. Without a year the day is counted in the year that brings it closest to
 * the day of the record: moved over the end of a February both must go as far, or the
 * difference would tell where the year was left. Where the record has no day it is
 * counted in one of 365 days.
 */
#include "veil/replace.h"

#include "read/read.h"

#include <stdlib.h>

static const char *const month_names[] = {
    "januari", "februari", "mars",      "april",   "maj",      "juni",
    "juli",    "augusti",  "september", "oktober", "november", "december"};
static const char *const short_months[] = {"jan", "feb", "mar", "apr", "maj", "jun",
                                           "jul", "aug", "sep", "okt", "nov", "dec"};
static const char *const weekdays[] = {"måndag", "tisdag", "onsdag", "torsdag",
                                       "fredag", "lördag", "söndag"};
static const char *const first_ordinals[] = {
    "första",   "andra",    "tredje",    "fjärde",  "femte",   "sjätte",    "sjunde",
    "åttonde",  "nionde",   "tionde",    "elfte",   "tolfte",  "trettonde", "fjortonde",
    "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde"};

/* ------------------------------------------------------------------------- reading */

/* What stands in a span, piece by piece. */
struct day_scan {
    eft_text raw;
    size_t at;
    struct veil_day *day;
    struct {
        size_t start, end;
        int value;
    } numbers[4];
    size_t number_count;
    bool bad;
};

static bool
is_digit_byte(char c)
{
    return c >= '0' && c <= '9';
}

/* ASCII letters, and Å Ä Ö in two bytes: no month or ordinal has others. */
static size_t
letter_at(eft_text raw, size_t at)
{
    char c = raw.bytes[at];

    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return 1;
    return c == '\xC3' && at + 1 < raw.size ? 2 : 0;
}

/* Marks and blanks between the parts; a dash and a no-break space are longer. */
static size_t
mark_at(eft_text raw, size_t at)
{
    static const char *const marks[] = {" ",
                                        "\t",
                                        "\n",
                                        "\r",
                                        "-",
                                        "/",
                                        ".",
                                        ",",
                                        ":",
                                        "\xC2\xA0",
                                        "\xE2\x80\x90",
                                        "\xE2\x80\x91",
                                        "\xE2\x80\x93",
                                        "\xE2\x80\xAF",
                                        "\xE2\x88\x92"};

    for (size_t i = 0; i < EFTI_COUNT(marks); i++) {
        size_t n = strlen(marks[i]);
        if (raw.size - at >= n && memcmp(raw.bytes + at, marks[i], n) == 0)
            return n;
    }
    return 0;
}

/* Small letters of a short word; 0: too long to be one of ours. */
static size_t
small_letters(eft_text word, char out[16])
{
    if (word.size > 15)
        return 0;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.bytes[i];
        bool second = i > 0 && word.bytes[i - 1] == '\xC3';
        if (second && (unsigned char)c >= 0x80 && (unsigned char)c <= 0x9E)
            c = (char)((unsigned char)c | 0x20u);
        else if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        out[i] = c;
    }
    return word.size;
}

static bool
is_day_word(const char *word, size_t size, const char *listed)
{
    return efti_equal(word, size, listed, strlen(listed));
}

/* The month of a name in full or in short (sept, too), from 1; 0: none. */
static int
month_of(const char *word, size_t size, bool *is_short)
{
    for (int m = 0; m < 12; m++) {
        if (is_day_word(word, size, month_names[m])) {
            *is_short = false;
            return m + 1;
        }
        if (is_day_word(word, size, short_months[m]) ||
            (m == 8 && is_day_word(word, size, "sept"))) {
            *is_short = true;
            return m + 1;
        }
    }
    return 0;
}

/* tjugotredje: 23; 0: no ordinal of a day. */
static int
ordinal_of(const char *word, size_t size)
{
    int tens = 0;

    if (is_day_word(word, size, "tjugonde") || is_day_word(word, size, "trettionde"))
        return word[1] == 'j' ? 20 : 30;
    if (size > 5 && memcmp(word, "tjugo", 5) == 0) {
        tens = 20;
        word += 5;
        size -= 5;
    } else if (size > 7 && memcmp(word, "trettio", 7) == 0) {
        tens = 30;
        word += 7;
        size -= 7;
    }
    for (size_t i = 0; i < EFTI_COUNT(first_ordinals); i++)
        if (is_day_word(word, size, first_ordinals[i]) && tens + (int)i + 1 <= 31)
            return tens + (int)i + 1;
    return 0;
}

/* fredag, fredagen; -1: none. */
static int
weekday_of(const char *word, size_t size)
{
    for (int d = 0; d < 7; d++) {
        size_t n = strlen(weekdays[d]);
        if (size >= n && memcmp(word, weekdays[d], n) == 0 &&
            (size == n || is_day_word(word + n, size - n, "en")))
            return d;
    }
    return -1;
}

static void
add_number(struct day_scan *s, size_t start, size_t end, int value)
{
    if (s->number_count == EFTI_COUNT(s->numbers)) {
        s->bad = true;
        return;
    }
    s->numbers[s->number_count].start = start;
    s->numbers[s->number_count].end = end;
    s->numbers[s->number_count++].value = value;
}

/* The e of 5:e belongs to the number before it. */
static bool
is_ordinal_ending(struct day_scan *s, size_t start, const char *word, size_t size)
{
    if (size != 1 || (word[0] != 'e' && word[0] != 'a') || s->number_count == 0)
        return false;
    size_t end = s->numbers[s->number_count - 1].end;
    if (end != start && !(end + 1 == start && s->raw.bytes[end] == ':'))
        return false;
    s->numbers[s->number_count - 1].end = start + 1;
    s->day->ordinal = true;
    return true;
}

static void
scan_word(struct day_scan *s, size_t start)
{
    eft_text raw = {s->raw.bytes + start, s->at - start};
    char word[16];
    size_t size = small_letters(raw, word);
    struct veil_day *d = s->day;
    int n;

    if (is_ordinal_ending(s, start, word, size) || is_day_word(word, size, "den") ||
        is_day_word(word, size, "och"))
        return;
    if (d->month == 0 && (n = month_of(word, size, &d->short_month)) > 0) {
        d->month = n;
        d->named = true;
        d->parts[VEIL_PART_MONTH].start = start;
        d->parts[VEIL_PART_MONTH].end = s->at;
    } else if ((n = ordinal_of(word, size)) > 0) {
        d->ordinal = true;
        add_number(s, start, s->at, n);
    } else if (d->weekday < 0 && (n = weekday_of(word, size)) >= 0) {
        d->weekday = n;
        d->parts[VEIL_PART_WEEKDAY].start = start;
        d->parts[VEIL_PART_WEEKDAY].end = s->at;
    } else {
        s->bad = true;
    }
}

static void
scan_piece(struct day_scan *s)
{
    size_t start = s->at, n;

    if (is_digit_byte(s->raw.bytes[s->at])) {
        while (s->at < s->raw.size && is_digit_byte(s->raw.bytes[s->at]))
            s->at++;
        add_number(s, start, s->at,
                   (int)efti_veil_number(s->raw.bytes + start, s->at - start));
    } else if (letter_at(s->raw, s->at) > 0) {
        while (s->at < s->raw.size && (n = letter_at(s->raw, s->at)) > 0)
            s->at += n;
        scan_word(s, start);
    } else if ((n = mark_at(s->raw, s->at)) > 0) {
        s->at += n;
    } else {
        s->bad = true;
    }
}

static void
set_part(struct day_scan *s, enum veil_day_part part, size_t number)
{
    s->day->parts[part].start = s->numbers[number].start;
    s->day->parts[part].end = s->numbers[number].end;
}

static size_t
digits_of(const struct day_scan *s, size_t number)
{
    return s->numbers[number].end - s->numbers[number].start;
}

/* Two digits are read as POSIX does: 69 to 99 belong to the last century. */
static bool
set_year(struct day_scan *s, size_t number)
{
    int year = s->numbers[number].value;

    if (digits_of(s, number) == 2)
        year += year < 69 ? 2000 : 1900;
    else if (digits_of(s, number) != 4)
        return false;
    s->day->year = year;
    set_part(s, VEIL_PART_YEAR, number);
    return year >= 1800 && year <= 2199;
}

static bool
set_day(struct day_scan *s, size_t number)
{
    s->day->day = s->numbers[number].value;
    set_part(s, VEIL_PART_DAY, number);
    return s->day->day >= 1 && s->day->day <= 31;
}

/* Numbers around the name of a month: days before it, a year behind. */
static bool
around_month(struct day_scan *s)
{
    size_t before = 0;

    while (before < s->number_count &&
           s->numbers[before].start < s->day->parts[VEIL_PART_MONTH].start)
        before++;
    s->day->several = before > 1;
    if (s->number_count > before + 1 ||
        (s->number_count == before + 1 && !set_year(s, before)))
        return false;
    return before == 0 || set_day(s, before - 1);
}

/* 20240503 in one number. */
static bool
joined_day(struct day_scan *s)
{
    int n = s->numbers[0].value;

    s->day->joined = true;
    s->day->year = n / 10000;
    s->day->month = n / 100 % 100;
    s->day->day = n % 100;
    for (int part = VEIL_PART_DAY; part <= VEIL_PART_YEAR; part++)
        set_part(s, (enum veil_day_part)part, 0);
    return s->day->year >= 1800 && s->day->year <= 2199;
}

static bool
set_numbered_month(struct day_scan *s, size_t number)
{
    s->day->month = s->numbers[number].value;
    set_part(s, VEIL_PART_MONTH, number);
    return digits_of(s, number) <= 2;
}

static bool
figures_alone(struct day_scan *s)
{
    switch (s->number_count) {
    case 1: return digits_of(s, 0) == 8 ? joined_day(s) : set_day(s, 0);
    case 2: return set_day(s, 0) && set_numbered_month(s, 1);
    case 3:
        if (digits_of(s, 0) == 4)
            return set_year(s, 0) && set_numbered_month(s, 1) && set_day(s, 2);
        return set_day(s, 0) && set_numbered_month(s, 1) && set_year(s, 2);
    default: return false;
    }
}

bool
efti_veil_read_day(eft_text raw, struct veil_day *out)
{
    struct day_scan s = {.raw = raw, .day = out};

    *out = (struct veil_day){.weekday = -1};
    while (s.at < raw.size && !s.bad)
        scan_piece(&s);
    if (s.bad || !(out->named ? around_month(&s) : figures_alone(&s)))
        return false;
    return out->month == 0 || out->day == 0 ||
           (out->month <= 12 &&
            efti_veil_day_month((uint32_t)out->day, (uint32_t)out->month));
}

/* ------------------------------------------------------------------------- writing */

static void
put_padded(int value, size_t width, struct efti_bytes *out)
{
    for (int unit = 1000; unit > 1; unit /= 10) {
        if (width >= 4 || (unit <= 10 && width >= 2)) {
            if (value < unit)
                efti_put_char(out, '0');
        }
    }
    efti_put_u64(out, (uint64_t)value);
}

/* `name`, with a capital if the word it stands for had one. */
static void
put_name(const char *name, eft_text like, struct efti_bytes *out)
{
    bool capital = like.size > 0 && like.bytes[0] >= 'A' && like.bytes[0] <= 'Z';
    bool upper = capital && like.size > 1 && like.bytes[1] >= 'A' && like.bytes[1] <= 'Z';

    for (size_t i = 0; name[i] != '\0'; i++) {
        bool raise = name[i] >= 'a' && name[i] <= 'z' && (i == 0 ? capital : upper);
        efti_put_char(out, (char)(name[i] - (raise ? 32 : 0)));
    }
}

struct moved {
    int day, month, year, weekday;
};

static void
put_day_part(eft_text raw, const struct veil_day *d, const struct moved *to,
             struct efti_bytes *out)
{
    eft_text was = {raw.bytes + d->parts[VEIL_PART_DAY].start,
                    d->parts[VEIL_PART_DAY].end - d->parts[VEIL_PART_DAY].start};
    bool first_a = to->day % 10 == 1 || to->day % 10 == 2;

    put_padded(to->day,
               was.bytes[0] == '0' || (!d->named && d->parts[VEIL_PART_YEAR].end > 0 &&
                                       d->parts[VEIL_PART_YEAR].start == 0)
                   ? 2
                   : 1,
               out);
    if (d->ordinal) /* 1:a 2:a 21:a 22:a 31:a, but 11:e and 12:e */
        efti_put_text(out, first_a && to->day / 10 != 1 ? ":a" : ":e");
}

static void
put_month_part(eft_text raw, const struct veil_day *d, const struct moved *to,
               struct efti_bytes *out)
{
    eft_text was = {raw.bytes + d->parts[VEIL_PART_MONTH].start,
                    d->parts[VEIL_PART_MONTH].end - d->parts[VEIL_PART_MONTH].start};
    bool year_first =
        d->parts[VEIL_PART_YEAR].end > 0 && d->parts[VEIL_PART_YEAR].start == 0;

    if (d->named)
        put_name(d->short_month ? short_months[to->month - 1]
                                : month_names[to->month - 1],
                 was, out);
    else
        put_padded(to->month, was.bytes[0] == '0' || year_first ? 2 : 1, out);
}

static void
put_part(enum veil_day_part part, eft_text raw, const struct veil_day *d,
         const struct moved *to, struct efti_bytes *out)
{
    size_t size = d->parts[part].end - d->parts[part].start;

    switch (part) {
    case VEIL_PART_DAY: put_day_part(raw, d, to, out); break;
    case VEIL_PART_MONTH: put_month_part(raw, d, to, out); break;
    case VEIL_PART_YEAR:
        put_padded(size == 2 ? to->year % 100 : to->year, size, out);
        break;
    case VEIL_PART_WEEKDAY:
        put_name(weekdays[to->weekday],
                 (eft_text){raw.bytes + d->parts[part].start, size}, out);
        if (size > strlen(weekdays[d->weekday]))
            efti_put_text(out, "en");
        break;
    }
}

/* The parts anew, in the order of the text; between them marks and "den". */
static void
put_parts(eft_text raw, const struct veil_day *d, const struct moved *to,
          struct efti_bytes *out)
{
    size_t at = 0;

    while (at < raw.size) {
        size_t next = raw.size;
        int first = -1;
        for (int part = VEIL_PART_DAY; part <= VEIL_PART_WEEKDAY; part++) {
            if (d->parts[part].end > d->parts[part].start && d->parts[part].start >= at &&
                d->parts[part].start < next) {
                next = d->parts[part].start;
                first = part;
            }
        }
        efti_put(out, raw.bytes + at, next - at);
        if (first < 0)
            return;
        put_part((enum veil_day_part)first, raw, d, to, out);
        at = d->parts[first].end;
    }
}

/* The year of a day that was written without one. */
static int
year_near(const struct veil_day *d, int32_t near)
{
    int best = d->month == 2 && d->day == 29 ? 2024 : 2023; /* any that has such a day */
    int year, month, day;
    int64_t least = INT64_MAX;

    if (near == 0)
        return best;
    efti_civil(near, &year, &month, &day);
    for (int y = year - 1; y <= year + 1; y++) {
        int32_t at = efti_day_of(y, d->month, d->day);
        int64_t away = at == EFTI_NO_DAY ? INT64_MAX : llabs((int64_t)at - near);
        if (away < least) {
            least = away;
            best = y;
        }
    }
    return best;
}

bool
efti_veil_put_moved(eft_text raw, const struct veil_day *d, int32_t days, int32_t near,
                    struct efti_bytes *out)
{
    struct moved to;

    if (d->month == 0 || d->day == 0 || d->several)
        return false;
    int32_t from =
        efti_day_of(d->year != 0 ? d->year : year_near(d, near), d->month, d->day);
    if (from == EFTI_NO_DAY)
        return false;
    efti_civil(from + days, &to.year, &to.month, &to.day);
    if (to.year < 1800 || to.year > 2199)
        return false;
    to.weekday = d->weekday;
    if (d->year != 0) /* 1 January 1970 was a Thursday */
        to.weekday = (int)(((int64_t)from + days + 3) % 7 + 7) % 7;
    else if (d->weekday >= 0 && days % 7 != 0)
        return false;
    if (d->joined) {
        put_padded(to.year, 4, out);
        put_padded(to.month, 2, out);
        put_padded(to.day, 2, out);
    } else {
        put_parts(raw, d, &to, out);
    }
    return true;
}

bool
efti_veil_put_month(const struct veil_day *d, struct efti_bytes *out)
{
    if (d->month < 1 || d->month > 12)
        return false;
    if (!d->named && d->year != 0 && d->parts[VEIL_PART_YEAR].start == 0) {
        put_padded(d->year, 4, out);
        efti_put_char(out, '-');
        put_padded(d->month, 2, out);
        return true;
    }
    efti_put_text(out, month_names[d->month - 1]);
    if (d->year != 0) {
        efti_put_char(out, ' ');
        efti_put_u64(out, (uint64_t)d->year);
    }
    return true;
}
