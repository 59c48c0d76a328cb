/*
 * decimal.c - floats as text, with 10 significant digits, the same on every machine
 *
 * The same bytes as printf's "%.10g" gives in the C locale, and a tenth of its time: a
 * fifth of an analysis with term pairs went into printing. A float is m * 2^x, so between
 * 10^-4 and 10^10 its digits are (m * 10^k) >> -x, which 128 bits hold whole: nothing is
 * rounded but the last digit, half to even. All else is left to printf, whose decimal
 * sign would follow the locale: the comma a Swedish one may give is turned into a stop.
 */
#include "base/base.h"

#include <math.h>
#include <stdio.h>

#define DIGITS 10
#define LEAST 1000000000u /* of numbers of 10 digits */

__extension__ typedef unsigned __int128 wide;

/* m * 10^k * 2^x, of which x is -19 to -69, to the nearest whole number. */
static uint64_t
scaled(uint64_t m, int x, int k)
{
    static const uint64_t tens[] = {1,
                                    10,
                                    100,
                                    1000,
                                    10000,
                                    100000,
                                    1000000,
                                    10000000,
                                    100000000,
                                    1000000000,
                                    10000000000,
                                    100000000000,
                                    1000000000000,
                                    10000000000000,
                                    100000000000000,
                                    1000000000000000};
    wide all = (wide)m * tens[k];
    uint64_t whole = (uint64_t)(all >> -x);
    wide rest = all & (((wide)1 << -x) - 1), half = (wide)1 << (-x - 1);

    return whole + (rest > half || (rest == half && (whole & 1) != 0));
}

/* The digits of a float above 0 and the power of ten of the first; false: for printf. */
static bool
digits_of(double value, uint64_t *digits, int *power)
{
    int x, e;
    uint64_t m;

    if (!(value >= 1e-4 && value < 9999999999.))
        return false;
    m = (uint64_t)ldexp(frexp(value, &x), 53);
    x -= 53;
    e = (x + 52) * 1233 >> 12; /* log10(2); too small by one at most */
    *digits = scaled(m, x, DIGITS - 1 - e);
    if (*digits >= 10ull * LEAST) {
        e++; /* once more from the float: a rounded number is not rounded again */
        *digits = scaled(m, x, DIGITS - 1 - e);
    }
    if (*digits == 10ull * LEAST) /* 9.99999999999 */
        *digits = LEAST, e++;
    *power = e;
    return e < DIGITS;
}

static void
put_digits(struct efti_bytes *b, uint64_t digits, int power)
{
    char text[DIGITS], out[DIGITS + 8];
    size_t n = DIGITS, at = 0, point = power < 0 ? 0 : (size_t)power + 1;

    for (size_t i = DIGITS; i-- > 0; digits /= 10)
        text[i] = (char)('0' + digits % 10);
    while (n > point && n > 1 && text[n - 1] == '0')
        n--;
    if (power < 0) {
        out[at++] = '0';
        out[at++] = '.';
        for (int i = -1; i > power; i--)
            out[at++] = '0';
    }
    for (size_t i = 0; i < n; i++) {
        if (i == point && power >= 0)
            out[at++] = '.';
        out[at++] = text[i];
    }
    efti_put(b, out, at);
}

static void
put_printed(struct efti_bytes *b, double value)
{
    char text[40];
    int n = snprintf(text, sizeof(text), "%.10g", value);

    for (int i = 0; i < n; i++)
        if (text[i] == ',')
            text[i] = '.';
    if (n > 0)
        efti_put(b, text, (size_t)n);
}

void
efti_put_double(struct efti_bytes *b, double value)
{
    uint64_t digits;
    int power;

    if (!isfinite(value))
        return;
    if (value == 0.0) {
        efti_put_char(b, '0'); /* no "-0" */
    } else if (digits_of(fabs(value), &digits, &power)) {
        if (value < 0)
            efti_put_char(b, '-');
        put_digits(b, digits, power);
    } else {
        put_printed(b, value);
    }
}
