/*
 * values.c - feelings, votes and consent out of what people type into a column
 */
#include "read/reader.h"

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

/* The number that an answer of a survey begins with ("5 - mycket bra", "4. Bra"): a blank
 * or mark behind it, and no other digit ("3-4", "4 av 5"). All of it, if it is no
 * such. */
static eft_text
values_leading_number(eft_text t)
{
    size_t end = t.size > 0 && t.bytes[0] == '-' ? 1 : 0;

    while (end < t.size &&
           ((t.bytes[end] >= '0' && t.bytes[end] <= '9') ||
            ((t.bytes[end] == ',' || t.bytes[end] == '.') && end + 1 < t.size &&
             t.bytes[end + 1] >= '0' && t.bytes[end + 1] <= '9')))
        end++;
    if (end == t.size ||
        (memchr(" .:=()-", t.bytes[end], 7) == NULL && (t.bytes[end] & '\x80') == 0))
        return t;
    for (size_t i = end; i < t.size; i++) {
        if (t.bytes[i] >= '0' && t.bytes[i] <= '9')
            return t;
    }
    return (eft_text){t.bytes, end};
}

bool
efti_parse_feeling(eft_text value, double low, double high, double *out)
{
    double number;

    if (!efti_parse_decimal(values_leading_number(efti_trim(value)), &number) ||
        number < low || number > high)
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
