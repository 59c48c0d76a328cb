/*
 * lines.c - which new lines begin a sentence although no stop stands before them
 *
 * A new line alone does not end a sentence (facts/conventions.md): people press return in
 * the middle of one, and mail programs wrap. It does when the next line is
 *
 *     a list item     - bra   • bra   1. bra   2) bra   a) bra   II. bra
 *     the next number 3 Bra           where the line before begins with 2 and a blank
 *     a label         Fråga 2: ...      at most four words, a capital, a colon
 *     a heading       Bakgrund          see below
 *     a sign-off      Mvh Anna   Med vänlig hälsning   /Anna
 *     what follows the item of a list, with a capital and no indent
 *
 * A heading is a line of at most six tokens with a capital or digit in front, no closing
 * punctuation but a colon, no subject pronoun in it (*Jag är trött* is a sentence), after
 * a line that is over (a stop, a blank line, another short line), and before one that
 * does not go on in small letters. It also ends at its own line break.
 */
#include "tokenizers/internal.h"

#define TITLE_TOKENS 6
#define TITLE_BYTES 80
#define SHORT_BYTES 48 /* a wrapped line is longer than this */
#define LABEL_BYTES 48
#define LIST_BYTES 200 /* a longer item is prose, wrapped */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static uint32_t
skip_blanks(eft_text text, uint32_t at)
{
    while (at < text.size && is_blank(text.bytes[at]))
        at++;
    return at;
}

static uint32_t
line_end(eft_text text, uint32_t at)
{
    const char *lf =
        at < text.size ? memchr(text.bytes + at, '\n', text.size - at) : NULL;
    uint32_t end = lf == NULL ? (uint32_t)text.size : (uint32_t)(lf - text.bytes);

    while (end > at && is_blank(text.bytes[end - 1]))
        end--;
    return end;
}

static bool
is_bullet(uint32_t c)
{
    switch (c) {
    case '-':
    case '*':
    case '+':
    case '#':
    case 0xB7:   /* · */
    case 0x2022: /* bullet */
    case 0x2023:
    case 0x2043:
    case 0xF0A7: /* bullets of Word's symbol fonts */
    case 0xF0B7: return true;
    default: break;
    }
    return (c >= 0x2010 && c <= 0x2015) || (c >= 0x2190 && c <= 0x21FF) ||
           (c >= 0x25A0 && c <= 0x25FF) || (c >= 0x2610 && c <= 0x2612) ||
           (c >= 0x2713 && c <= 0x2718) || (c >= 0x27A1 && c <= 0x27BE);
}

/* Bytes of a Roman numeral below 40 at `at`: I to XXXIX, written in capitals; 0: none. */
uint32_t
efti_roman_size(eft_text text, uint32_t at)
{
    uint32_t size = 0;

    while (at + size < text.size && size < 6 &&
           (text.bytes[at + size] == 'I' || text.bytes[at + size] == 'V' ||
            text.bytes[at + size] == 'X'))
        size++;
    return size;
}

/* The number that a line begins with, if a blank stands behind it; -1: none. */
static long
line_number(eft_text text, uint32_t line)
{
    long value = 0;
    uint32_t at = line;

    for (; at < text.size && at < line + 3 && text.bytes[at] >= '0' &&
           text.bytes[at] <= '9';
         at++)
        value = 10 * value + (text.bytes[at] - '0');
    return at > line && at < text.size && is_blank(text.bytes[at]) ? value : -1;
}

/* "2 Samtal" behind "1 Bakgrund": numbers without a stop count on. */
static bool
counts_on(eft_text text, uint32_t line)
{
    long value = line_number(text, line);
    uint32_t start = line;

    if (value < 1 || line == 0 || text.bytes[line - 1] != '\n')
        return false;
    for (start--; start > 0 && text.bytes[start - 1] != '\n';)
        if (line - start-- > LIST_BYTES)
            return false;
    return line_number(text, start) == value - 1;
}

static bool
is_list_item(eft_text text, uint32_t line)
{
    size_t at = line, digits = 0;
    uint32_t c = efti_utf8_next(text.bytes, text.size, &at);

    if (is_bullet(c))
        return c >= 0x80 || c == '-' || at == text.size || text.bytes[at] == ' ' ||
               text.bytes[at] == '\t' || text.bytes[at] == '#';
    at = line;
    if (text.bytes[at] == '(')
        at++;
    while (at < text.size && text.bytes[at] >= '0' && text.bytes[at] <= '9' &&
           digits < 3) {
        digits++;
        at++;
    }
    uint32_t roman = digits == 0 ? efti_roman_size(text, (uint32_t)at) : 0;
    if (roman > 1)
        at += roman;
    else if (digits == 0 && at < text.size && (text.bytes[at] | 32) >= 'a' &&
             (text.bytes[at] | 32) <= 'z')
        at++;
    else if (digits == 0)
        return false;
    if (at >= text.size)
        return false;
    if (text.bytes[at] == ')')
        return true;
    if (text.bytes[at] != '.' && (digits == 0 || text.bytes[at] != ':'))
        return false;
    return at + 1 < text.size &&
           (text.bytes[at + 1] == ' ' || text.bytes[at + 1] == '\t');
}

static bool
begins_high(eft_text text, uint32_t at)
{
    size_t next = at;
    uint32_t c;

    do {
        if (next >= text.size)
            return false;
        c = efti_utf8_next(text.bytes, text.size, &next);
    } while (c == '"' || c == 0x201D || c == 0x201C || c == '(' || c == '*' || c == '_');
    return efti_is_upper(c) || efti_is_digit(c);
}

/* "Fråga 2:", "Tid och plats:": at most four words before a colon with blank behind. */
static bool
is_label(eft_text text, uint32_t line)
{
    uint32_t words = 0;

    if (!begins_high(text, line))
        return false;
    for (uint32_t at = line; at < text.size && at < line + LABEL_BYTES; at++) {
        char c = text.bytes[at];
        if (c == ':' && (at + 1 == text.size || is_blank(text.bytes[at + 1]) ||
                         text.bytes[at + 1] == '\n'))
            return true;
        if (c == '\n' || c == '.' || c == '!' || c == '?' || c == ',')
            return false;
        words += c == ' ';
        if (words > 3)
            return false;
    }
    return false;
}

static bool
is_sign_off(eft_text text, uint32_t line)
{
    static const char *const openings[] = {
        "mvh",      "vh",          "hälsning",   "hälsar",          "vänlig",
        "vänligen", "med vänlig",  "bästa häls", "varma häls",      "med varma häls",
        "hälsn",    "soliga häls", "med värme",  "tack på förhand", "trevlig helg",
        "m.v.h",    "m v h",       "kram",       "kramar",          "tack och hej",
        "hej då",   "allt gott",
    };
    char small[20];
    size_t n = 0;

    if (text.bytes[line] == '/')
        return begins_high(text, line + 1) ||
               (line + 1 < text.size && text.bytes[line + 1] == '/');
    if (strchr("mvhbktas", text.bytes[line] | 32) == NULL ||
        line_end(text, line) - line > SHORT_BYTES)
        return false;
    while (n < sizeof(small) && line + n < text.size) {
        char c = text.bytes[line + n];
        small[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    for (size_t i = 0; i < EFTI_COUNT(openings); i++) {
        size_t size = strlen(openings[i]);
        bool whole = i < 2 || i >= EFTI_COUNT(openings) -
                                       5; /* the others are beginnings of words */
        if (n >= size && memcmp(small, openings[i], size) == 0 &&
            (!whole || n == size || (unsigned char)small[size] < 'a'))
            return true;
    }
    return false;
}

static bool
is_subject(eft_text text, const struct efti_token *token)
{
    static const char *const subjects[] = {"jag", "vi",  "du",  "ni",  "han",
                                           "hon", "hen", "man", "mig", "oss"};
    size_t size = token->end - token->start;
    char small[4];

    if (size > 3)
        return false;
    for (size_t i = 0; i < size; i++)
        small[i] = (char)(text.bytes[token->start + i] | 32);
    for (size_t i = 0; i < EFTI_COUNT(subjects); i++)
        if (efti_equal(subjects[i], strlen(subjects[i]), small, size))
            return true;
    return false;
}

static bool
ends_open(eft_text text, uint32_t end)
{
    uint32_t c = efti_utf8_before(text.bytes, end);

    return c != '.' && c != '!' && c != '?' && c != ',' && c != ';' && c != '-' &&
           c != 0x2026 && c != 0x2013 && c != '&';
}

/* Is the line before the one at `line` over: none, blank, closed by a mark, or short? */
static bool
previous_is_over(eft_text text, uint32_t line)
{
    uint32_t end = line, start;

    while (end > 0 && is_blank(text.bytes[end - 1]))
        end--;
    if (end == 0)
        return true;
    end--; /* the line feed */
    while (end > 0 && is_blank(text.bytes[end - 1]))
        end--;
    if (end == 0 || text.bytes[end - 1] == '\n')
        return true;
    start = end;
    while (start > 0 && text.bytes[start - 1] != '\n' && end - start <= SHORT_BYTES)
        start--;
    if (end - start <= SHORT_BYTES && begins_high(text, skip_blanks(text, start)))
        return true;
    uint32_t c = efti_utf8_before(text.bytes, end);
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 || c == ')' ||
           c == 0x201D || c == '"';
}

/* Does a sentence end inside the line? Then it is no heading. */
static bool
has_mark_inside(eft_text text, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i + 1 < end; i++)
        if (text.bytes[i + 1] == ' ' && strchr(".!?", text.bytes[i]) != NULL &&
            text.bytes[i] != '\0')
            return true;
    return false;
}

/* Is the line whose first token is `first` a heading? */
static bool
is_title_from(const struct efti_lines *l, size_t first)
{
    eft_text text = l->text;
    uint32_t start = l->tokens[first].start, end = line_end(text, start);
    size_t i = first;

    if (end - start > TITLE_BYTES || !begins_high(text, start) || !ends_open(text, end) ||
        has_mark_inside(text, start, end))
        return false;
    for (; i < l->count && l->tokens[i].start < end; i++)
        if (i - first >= TITLE_TOKENS || is_subject(text, &l->tokens[i]))
            return false;
    uint32_t next = skip_blanks(text, end);
    if (i == l->count || next >= text.size || !previous_is_over(text, start))
        return false;
    next = skip_blanks(text, next + 1);
    return next < text.size && (text.bytes[next] == '\n' || begins_high(text, next) ||
                                is_list_item(text, next));
}

bool
efti_line_is_title(const struct efti_lines *l, size_t token)
{
    size_t back = 0;

    while ((l->tokens[token].flags & EFTI_TOKEN_LINE_START) == 0) {
        if (token == 0 || ++back > TITLE_TOKENS)
            return false;
        token--;
    }
    return !is_sign_off(l->text, l->tokens[token].start) && is_title_from(l, token);
}

/* The item of a list before the line at `line` is over when the line has a capital and no
 * indent: what follows a list is no part of its last item. */
static bool
follows_list(eft_text text, uint32_t line)
{
    uint32_t end = line, start;

    if (!begins_high(text, line) || line == 0 || text.bytes[line - 1] != '\n')
        return false;
    end--;
    for (start = end; start > 0 && text.bytes[start - 1] != '\n';)
        if (end - start-- > LIST_BYTES)
            return false;
    start = skip_blanks(text, start);
    return start < end && is_list_item(text, start);
}

bool
efti_line_begins_sentence(const struct efti_lines *l, size_t previous, uint32_t line)
{
    size_t next = previous + 1;

    if (line >= l->text.size)
        return false;
    if (is_list_item(l->text, line) || counts_on(l->text, line) ||
        is_label(l->text, line) || is_sign_off(l->text, line) ||
        follows_list(l->text, line))
        return true;
    return next < l->count && l->tokens[next].start == line && is_title_from(l, next);
}
