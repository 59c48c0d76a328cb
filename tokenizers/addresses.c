/*
 * addresses.c - tokens that reach over ICU's boundaries: URL, e-mail, handle, our own
 * tags
 *
 * Each finder starts from a raw segment and answers with the bytes of the whole thing.
 * A URL goes from its scheme or www. to the next space, less closing punctuation; quotes
 * and angle brackets end it as well, since it often stands between them. An e-mail
 * address is wider than a mail server would allow (å, no dot needed after the @): what
 * looks like an address must not fall apart into words that then look harmless.
 */
#include "tokenizers/internal.h"

static bool
is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
starts_www(eft_text text, uint32_t at)
{
    const char *p = text.bytes + at;

    return text.size - at > 4 && (p[0] | 32) == 'w' && (p[1] | 32) == 'w' &&
           (p[2] | 32) == 'w' && p[3] == '.' && p[4] != '.' && p[4] != ' ';
}

static bool
starts_scheme(eft_text text, const struct efti_token *raw)
{
    if (text.size - raw->end < 4 || memcmp(text.bytes + raw->end, "://", 3) != 0 ||
        text.bytes[raw->end + 3] == ' ')
        return false;
    for (uint32_t i = raw->start; i < raw->end; i++)
        if (!is_ascii_letter(text.bytes[i]) && !is_ascii_digit(text.bytes[i]))
            return false;
    return true;
}

static bool
ends_url(uint32_t c)
{
    return efti_is_space(c) || c < 0x20 || c == '"' || c == '<' || c == '>' ||
           c == 0x201D || c == 0x201C || c == 0xAB || c == 0xBB;
}

/* Nearly all that a URL has in it; one answer, so that no processor has to guess whether
 * a letter, a stroke or a stop comes next. */
static inline bool
is_inside_url(char c)
{
    return (c >= '#' && c <= ';') || (c >= '?' && c <= '~');
}

/* Punctuation that closes a sentence or bracket around the address, not the address. A
 * right parenthesis belongs to it when its left one does (wiki addresses). */
static uint32_t
trim_url(eft_text text, uint32_t start, uint32_t end)
{
    int64_t open = 0; /* left parentheses more than right ones */

    for (uint32_t i = start; i < end; i++)
        open += (text.bytes[i] == '(') - (text.bytes[i] == ')');
    while (end > start) {
        uint32_t c = efti_utf8_before(text.bytes, end);
        if (c == ')' && open >= 0)
            break;
        open += c == ')';
        if (c >= 0x80 ? c != 0x2019 && c != 0x2026
                      : strchr(".,;:!?')]}*_", (int)c) == NULL)
            break;
        end -= c >= 0x80 ? 3 : 1;
    }
    return end;
}

struct efti_reach
efti_find_url(eft_text text, const struct efti_token *raw)
{
    struct efti_reach r = {raw->start, raw->end, 0};
    size_t at = raw->end;

    if (!starts_www(text, raw->start)) {
        if (!starts_scheme(text, raw))
            return r;
        at += 3;
    }
    while (at < text.size) {
        size_t next = at;
        if (EFTI_LIKELY(is_inside_url(text.bytes[at]))) {
            at++;
            continue;
        }
        if (ends_url(efti_utf8_next(text.bytes, text.size, &next)))
            break;
        at = next;
    }
    uint32_t end = trim_url(text, raw->start, (uint32_t)at);
    if (end > raw->end) {
        r.end = end;
        r.kind = EFTI_URL;
    } else if (starts_www(text, raw->start)) {
        r.kind = EFTI_URL;
    }
    return r;
}

static bool
is_address_char(uint32_t c, bool local)
{
    if (c < 0x80)
        return is_ascii_letter((char)c) || is_ascii_digit((char)c) || c == '-' ||
               c == '.' || c == '_' || (local && (c == '+' || c == '%'));
    return efti_is_letter(c);
}

static uint32_t
local_start(eft_text text, uint32_t floor, uint32_t at)
{
    while (at > floor) {
        uint32_t c = efti_utf8_before(text.bytes, at);
        if (!is_address_char(c, true))
            break;
        char scratch[4];
        at -= (uint32_t)efti_utf8_put(c, scratch);
    }
    while (text.bytes[at] == '.' || text.bytes[at] == '-') /* stops before the @ */
        at++;
    return at;
}

static uint32_t
domain_end(eft_text text, uint32_t at)
{
    uint32_t start = at;

    while (at < text.size) {
        size_t next = at;
        if (!is_address_char(efti_utf8_next(text.bytes, text.size, &next), false))
            break;
        at = (uint32_t)next;
    }
    while (at > start && strchr(".-", text.bytes[at - 1]) != NULL)
        at--;
    return at;
}

/* slut.Sedan in a domain: as in running text, a new sentence without its space */
static uint32_t
cut_at_sentence(eft_text text, uint32_t start, uint32_t end)
{
    for (uint32_t i = start + 2; i + 2 < end; i++)
        if (text.bytes[i] == '.' && text.bytes[i - 1] >= 'a' &&
            text.bytes[i - 1] <= 'z' && text.bytes[i + 1] >= 'A' &&
            text.bytes[i + 1] <= 'Z' && (unsigned char)text.bytes[i + 2] >= 'a' &&
            memchr(text.bytes + start, '.', i - start) != NULL)
            return i;
    return end;
}

struct efti_reach
efti_find_mail(eft_text text, uint32_t floor, const struct efti_token *raw)
{
    struct efti_reach r = {raw->start, raw->end, 0};
    const char *sign = memchr(text.bytes + raw->start, '@', raw->end - raw->start);

    if (sign == NULL)
        return r;
    uint32_t at = (uint32_t)(sign - text.bytes);
    uint32_t end = domain_end(text, at + 1);
    if (end == at + 1)
        return r;
    uint32_t start = local_start(text, floor, at);
    if (start == at && end < text.size && text.bytes[end] == '@')
        end = domain_end(text, end + 1); /* @anna@example.se */
    r.start = start;
    r.end = cut_at_sentence(text, at + 1, end);
    r.kind = start == at ? EFTI_HANDLE : EFTI_EMAIL;
    return r;
}

/* The names in veil/veil.h (that room comes after this one, so they stand here
 * too; a test in veil/ compares). Unknown names are no tags: [ANNA_1] must not
 * pass as veiled. */
static const char *const tag_names[] = {
    "PERSON",  "PERSONNUMMER", "ORGNR",    "PHONE", "EMAIL",    "URL",  "HANDLE",
    "ADDRESS", "POSTCODE",     "PLACE",    "ORG",   "DATE",     "AGE",  "CASE_ID",
    "VEHICLE", "BANK",         "PROPERTY", "IP",    "LANGUAGE", "LONG",
};

struct efti_reach
efti_find_tag(eft_text text, const struct efti_token *raw)
{
    struct efti_reach r = {raw->start, raw->end, 0};
    const char *name = text.bytes + raw->start;
    size_t size = raw->end - raw->start, digits = 0;

    if (raw->start == 0 || text.bytes[raw->start - 1] != '[' || raw->end >= text.size ||
        text.bytes[raw->end] != ']')
        return r;
    while (digits < size && is_ascii_digit(name[size - 1 - digits]))
        digits++;
    if (digits == 0 || digits > 9 || size < digits + 2 || name[size - 1 - digits] != '_')
        return r;
    for (size_t i = 0; i < EFTI_COUNT(tag_names); i++)
        if (efti_equal(tag_names[i], strlen(tag_names[i]), name, size - digits - 1))
            return (struct efti_reach){raw->start - 1, raw->end + 1, EFTI_VEIL};
    return r;
}

bool
efti_is_file_name(const char *bytes, size_t size)
{
    static const char *const endings[] = {
        "doc", "docx", "docm", "odt", "rtf",  "txt",  "pdf", "xls", "xlsx",
        "csv", "ppt",  "pptx", "jpg", "jpeg", "png",  "gif", "mp3", "mp4",
        "mov", "zip",  "html", "htm", "xml",  "json", "exe"};
    char last[5];
    size_t n = 0;

    while (n < size && n < sizeof(last) && bytes[size - 1 - n] != '.')
        n++;
    if (n == size || n == sizeof(last))
        return false;
    for (size_t i = 0; i < n; i++)
        last[i] = (char)(bytes[size - n + i] | 32);
    for (size_t i = 0; i < EFTI_COUNT(endings); i++)
        if (efti_equal(endings[i], strlen(endings[i]), last, n))
            return true;
    return false;
}
