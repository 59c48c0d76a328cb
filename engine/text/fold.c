/*
 * fold.c - NFC, and the folded form under which spellings of one word meet
 *
 *     fold(w) = NFC(casefold(NFC(w without invisible marks))), then ' and - made plain
 *
 *     "A\u030Angest" (NFD)  -> "ångest"      "sam\u00ADarbete" -> "samarbete"
 *     "STRAßE"              -> "strasse"     "\uFB01lm" (fi)   -> "film"
 *     "Anna\u2019s"         -> "anna's"      "IT\u2011stöd"    -> "it-stöd"
 *
 * Full case folding (Unicode, section 3.13, the C and F lines of CaseFolding.txt) also
 * opens the Latin ligatures U+FB00-FB06, so there is no table for them here. Diacritics
 * are kept: in Swedish å, ä and ö are letters, and é tells idé from ide.
 *
 * Text whose code points are all below U+0300, or in ranges where each code point is
 * inert (NFC_Quick_Check=Yes, combining class 0), is NFC already; for folding, ASCII and
 * Latin-1 are mapped in place. Everything else goes through UTF-16 and ICU, which is
 * slow, and is paid once per form. Runs of more than 30 combining marks are broken first
 * (Unicode's stream-safe format), which keeps the cost linear in any text.
 */
#include "text/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct fold_units {
    UChar *items;
    size_t count, capacity;
};

struct efti_unicode {
    const eft_allocator *mem;
    const UNormalizer2 *nfc; /* owned by ICU */
    struct fold_units from, to;
};

eft_status
efti_unicode_new(const eft_allocator *mem, struct efti_unicode **out, eft_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    struct efti_unicode *u;

    *out = NULL;
    u = efti_zalloc(mem, 1, sizeof *u);
    if (u == NULL)
        return efti_no_memory(err, "Unicode data");
    u->mem = mem;
    u->nfc = unorm2_getNFCInstance(&code);
    if (U_FAILURE(code)) {
        efti_release(mem, u, sizeof *u);
        if (code == U_MEMORY_ALLOCATION_ERROR)
            return efti_no_memory(err, "Unicode data");
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "ICU has no normal form NFC (%d)", (int)code);
    }
    *out = u;
    return EFT_OK;
}

void
efti_unicode_free(struct efti_unicode *u)
{
    const eft_allocator *mem;

    if (u == NULL)
        return;
    mem = u->mem;
    EFTI_ARRAY_FREE(mem, &u->from);
    EFTI_ARRAY_FREE(mem, &u->to);
    efti_release(mem, u, sizeof *u);
}

static eft_status
fold_icu_failure(UErrorCode code, eft_error *err)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return efti_no_memory(err, "a normal form");
    if (code == U_INVALID_CHAR_FOUND)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET, "the text is not UTF-8");
    return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET, "ICU failed with code %d",
                     (int)code);
}

/* UTF-8 to `u->from`. UTF-16 never has more units than UTF-8 has bytes. */
static eft_status
fold_to_utf16(struct efti_unicode *u, const char *bytes, size_t size, eft_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = 0;

    /* Folding and NFC at most treble UTF-16, and ICU counts in int32_t. */
    if (size > (size_t)INT32_MAX / 4)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "a text of %zu bytes is too large", size);
    if (!EFTI_ARRAY_RESERVE(u->mem, &u->from, size + 1))
        return efti_no_memory(err, "a normal form");
    u_strFromUTF8(u->from.items, (int32_t)(size + 1), &count, bytes, (int32_t)size,
                  &code);
    if (U_FAILURE(code))
        return fold_icu_failure(code, err);
    u->from.count = (size_t)count;
    return EFT_OK;
}

/* Unicode's Stream-Safe Text Process (UAX #15, section 13): a combining grapheme joiner
 * goes behind each 30th mark of a run. No word has such a run; without this, ICU sorts
 * the marks by insertion, and a letter with a million of them takes hours. */
#define FOLD_MOST_MARKS 30
#define FOLD_JOINER 0x034F

static inline uint32_t
fold_next_unit(const struct efti_unicode *u, size_t *at)
{
    uint32_t c = u->from.items[(*at)++];

    if (c >= 0xD800 && c <= 0xDBFF && *at < u->from.count)
        c = 0x10000 + ((c - 0xD800) << 10) + (u->from.items[(*at)++] - 0xDC00U);
    return c;
}

static bool
fold_run_ends(uint32_t c, size_t *run)
{
    *run = c >= 0x300 && u_getCombiningClass((UChar32)c) != 0 ? *run + 1 : 0;
    return *run > FOLD_MOST_MARKS;
}

static bool
fold_is_stream_safe(const struct efti_unicode *u)
{
    size_t run = 0, at = 0;

    while (at < u->from.count) {
        if (fold_run_ends(fold_next_unit(u, &at), &run))
            return false;
    }
    return true;
}

static eft_status
fold_make_stream_safe(struct efti_unicode *u, eft_error *err)
{
    size_t run = 0, kept = 0;

    if (fold_is_stream_safe(u))
        return EFT_OK;
    if (!EFTI_ARRAY_RESERVE(u->mem, &u->to,
                            u->from.count + u->from.count / FOLD_MOST_MARKS + 2))
        return efti_no_memory(err, "a normal form");
    for (size_t at = 0; at < u->from.count;) {
        size_t before = at;
        if (fold_run_ends(fold_next_unit(u, &at), &run)) {
            u->to.items[kept++] = FOLD_JOINER;
            run = 1;
        }
        while (before < at)
            u->to.items[kept++] = u->from.items[before++];
    }
    u->to.count = kept;
    const struct fold_units swap = u->from;
    u->from = u->to;
    u->to = swap;
    return EFT_OK;
}

enum fold_step { FOLD_STEP_NFC, FOLD_STEP_CASE };

static int32_t
fold_run_step(struct efti_unicode *u, enum fold_step step, UErrorCode *code)
{
    const int32_t length = (int32_t)u->from.count, capacity = (int32_t)u->to.capacity;

    if (step == FOLD_STEP_NFC)
        return unorm2_normalize(u->nfc, u->from.items, length, u->to.items, capacity,
                                code);
    return u_strFoldCase(u->to.items, capacity, u->from.items, length,
                         U_FOLD_CASE_DEFAULT, code);
}

/* One ICU step from `from` to `to`, after which the two change places. */
static eft_status
fold_step(struct efti_unicode *u, enum fold_step step, eft_error *err)
{
    eft_status st = step == FOLD_STEP_NFC ? fold_make_stream_safe(u, err) : EFT_OK;
    size_t need = u->from.count + 1;

    if (st != EFT_OK)
        return st;
    for (;;) {
        UErrorCode code = U_ZERO_ERROR;
        int32_t count;

        if (!EFTI_ARRAY_RESERVE(u->mem, &u->to, need))
            return efti_no_memory(err, "a normal form");
        count = fold_run_step(u, step, &code);
        if (code == U_BUFFER_OVERFLOW_ERROR && (size_t)count >= need) {
            need = (size_t)count + 1;
            continue;
        }
        if (U_FAILURE(code))
            return fold_icu_failure(code, err);
        u->to.count = (size_t)count;
        break;
    }
    {
        const struct fold_units swap = u->from;
        u->from = u->to;
        u->to = swap;
    }
    return EFT_OK;
}

/* `u->from` to UTF-8 at the end of `out`, surrogate pairs joined. */
static eft_status
fold_from_utf16(const struct efti_unicode *u, struct efti_bytes *out, eft_error *err)
{
    for (size_t i = 0; i < u->from.count; i++) {
        uint32_t c = u->from.items[i];
        char utf8[4];

        if (c >= 0xD800 && c <= 0xDBFF && i + 1 < u->from.count)
            c = 0x10000 + ((c - 0xD800) << 10) + (u->from.items[++i] - 0xDC00U);
        efti_put(out, utf8, efti_utf8_put(c, utf8));
    }
    return out->failed ? efti_no_memory(err, "a normal form") : EFT_OK;
}

/* Code points that no neighbour can change under NFC: nothing below U+0300 combines or
 * decomposes canonically into something else; the others are general punctuation with
 * currency signs (U+2000 and U+2001 have singleton mappings and are left out), variation
 * selectors, and the planes of pictographs. */
static inline bool
fold_is_inert(uint32_t c)
{
    return c < 0x300 || (c >= 0x2002 && c < 0x20D0) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0x1F000 && c <= 0x1FFFF);
}

static bool
fold_is_nfc(const char *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        if ((unsigned char)bytes[at] < 0xCC) /* below U+0300 */
            at++;
        else if (!fold_is_inert(efti_utf8_next(bytes, size, &at)))
            return false;
    }
    return true;
}

eft_status
efti_nfc(struct efti_unicode *u, const char *bytes, size_t size, struct efti_bytes *out,
         eft_error *err)
{
    eft_status status;

    efti_bytes_clear(out);
    if (size == 0)
        return EFT_OK;
    if (fold_is_nfc(bytes, size)) {
        efti_put(out, bytes, size);
        return out->failed ? efti_no_memory(err, "a normal form") : EFT_OK;
    }
    status = fold_to_utf16(u, bytes, size, err);
    if (status == EFT_OK)
        status = fold_step(u, FOLD_STEP_NFC, err);
    if (status == EFT_OK)
        status = fold_from_utf16(u, out, err);
    if (status != EFT_OK)
        efti_bytes_clear(out);
    return status;
}

/* ------------------------------------------------------------------ folding */

/* Marks that one cannot see and that split a word for a machine: soft hyphen, zero-width
 * space, joiner and non-joiner, word joiner, directional marks and isolates, byte order
 * mark. Combining grapheme joiner and variation selectors stay: they change shapes. */
static inline bool
fold_is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           c == 0x2060 || (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

static inline uint32_t
fold_plain_mark(uint32_t c)
{
    if (c == 0x2019 || c == 0x02BC)
        return '\'';
    if (c == 0x2010 || c == 0x2011)
        return '-';
    return c;
}

/* Latin-1 by CaseFolding.txt: À-Þ have their small letters 32 further on; ß is "ss" and
 * the micro sign is Greek mu (both folds leave Latin-1 behind, neither composes). */
static void
fold_put_latin1(struct efti_bytes *out, uint32_t c)
{
    char utf8[4];

    if (c == 0xDF) {
        efti_put(out, "ss", 2);
        return;
    }
    if (c - 'A' < 26U || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        c += 0x20;
    else if (c == 0xB5)
        c = 0x3BC;
    efti_put(out, utf8, efti_utf8_put(c, utf8));
}

/* The fast path; false when a code point needs ICU (`out` then holds half a form). */
static bool
fold_latin1(const char *bytes, size_t size, struct efti_bytes *out)
{
    for (size_t at = 0; at < size;) {
        uint32_t c = (unsigned char)bytes[at];

        if (c < 0x80) {
            efti_put_char(out, (char)(c - 'A' < 26U ? c + 0x20 : c));
            at++;
            continue;
        }
        c = efti_utf8_next(bytes, size, &at);
        if (fold_is_invisible(c))
            continue;
        c = fold_plain_mark(c);
        if (c >= 0x100)
            return false;
        fold_put_latin1(out, c);
    }
    return true;
}

/* Take invisible marks out of `u->from`; all of them are single UTF-16 units. They go
 * before NFC, so that a letter and its accent meet even with a mark between them. */
static void
fold_drop_invisible(struct efti_unicode *u)
{
    size_t kept = 0;

    for (size_t i = 0; i < u->from.count; i++) {
        if (!fold_is_invisible(u->from.items[i]))
            u->from.items[kept++] = u->from.items[i];
    }
    u->from.count = kept;
}

/* Last of all, because folding can make U+02BC (from U+0149). */
static void
fold_plain_marks(struct efti_unicode *u)
{
    for (size_t i = 0; i < u->from.count; i++)
        u->from.items[i] = (UChar)fold_plain_mark(u->from.items[i]);
}

static eft_status
fold_by_icu(struct efti_unicode *u, const char *bytes, size_t size,
            struct efti_bytes *out, eft_error *err)
{
    eft_status status = fold_to_utf16(u, bytes, size, err);

    if (status != EFT_OK)
        return status;
    fold_drop_invisible(u);
    status = fold_step(u, FOLD_STEP_NFC, err);
    if (status == EFT_OK)
        status = fold_step(u, FOLD_STEP_CASE, err);
    if (status == EFT_OK)
        status = fold_step(u, FOLD_STEP_NFC, err);
    if (status != EFT_OK)
        return status;
    fold_plain_marks(u);
    return fold_from_utf16(u, out, err);
}

eft_status
efti_fold(struct efti_unicode *u, const char *bytes, size_t size, struct efti_bytes *out,
          eft_error *err)
{
    eft_status status = EFT_OK;

    efti_bytes_clear(out);
    if (!fold_latin1(bytes, size, out)) {
        efti_bytes_clear(out);
        status = fold_by_icu(u, bytes, size, out, err);
    }
    if (status == EFT_OK && out->failed)
        status = efti_no_memory(err, "a folded form");
    if (status != EFT_OK)
        efti_bytes_clear(out);
    return status;
}
