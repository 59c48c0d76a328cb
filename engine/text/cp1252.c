/*
 * cp1252.c - Windows-1252, what Excel in Swedish writes when it does not write UTF-8
 *
 * Bytes 00-7F and A0-FF mean the code point with the same number; 80-9F are the table
 * below (the mapping that Microsoft registered with IANA). Five of those bytes have no
 * meaning: a text that holds one is not Windows-1252, and we say so rather than guess.
 */
#include "text/unicode.h"

static const uint16_t cp1252_high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80-87 */
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,      /* 88-8F */
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90-97 */
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178, /* 98-9F */
};

eft_status
efti_from_cp1252(const char *bytes, size_t size, struct efti_bytes *out, eft_error *err)
{
    size_t plain = 0; /* start of the ASCII run not yet copied */

    efti_bytes_clear(out);
    for (size_t i = 0; i < size; i++) {
        const unsigned char b = (unsigned char)bytes[i];
        uint32_t c = b;
        char utf8[4];

        if (b < 0x80)
            continue;
        if (b < 0xA0)
            c = cp1252_high[b - 0x80];
        if (c == 0) {
            efti_bytes_clear(out);
            return efti_fail(err, EFT_E_ENCODING, i,
                             "a byte without meaning in Windows-1252");
        }
        efti_put(out, bytes + plain, i - plain);
        efti_put(out, utf8, efti_utf8_put(c, utf8));
        plain = i + 1;
    }
    if (plain < size)
        efti_put(out, bytes + plain, size - plain);
    if (out->failed)
        return efti_no_memory(err, "a converted text");
    return EFT_OK;
}
