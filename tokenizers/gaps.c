/*
 * gaps.c - what stands between two tokens, read for sentence ends
 *
 *     word  .   ”)     \n      –     Word
 *           mark closers blanks       next
 *
 * The mark is the first stop, question mark, exclamation mark or ellipsis before a line
 * feed, with what follows it closely (?!, ..., . . .). `(!)` is no mark, nor is the stop
 * of `.docx`. Closers are quotes, brackets, emphasis and emoticons of punctuation.
 */
#include "tokenizers/internal.h"

bool
efti_is_blank(uint32_t c)
{
    return c == '\n' || c == '\r' || efti_is_space(c);
}

static bool
is_terminator(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203D ||
           c == 0x203C || (c >= 0x2047 && c <= 0x2049);
}

static bool
is_closing_quote(uint32_t c)
{
    return c == '"' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB ||
           c == 0xAB || c == 0x201C;
}

/* An emoticon of punctuation alone: :) ;-) :( :/ ^^ =) . Its size, 0: none. */
static uint32_t
emoticon_at(eft_text text, uint32_t at, uint32_t to)
{
    uint32_t i = at;

    if (to - at >= 2 && text.bytes[at] == '^') {
        while (i < to && strchr("^_.", text.bytes[i]) != NULL)
            i++;
        return i - at >= 2 ? i - at : 0;
    }
    if (at >= to || strchr(":;=", text.bytes[at]) == NULL)
        return 0;
    i++;
    if (i < to && (text.bytes[i] == '-' || text.bytes[i] == '\''))
        i++;
    uint32_t mouth = i;
    while (i < to && text.bytes[i] != '\0' && strchr(")(/|\\*][", text.bytes[i]) != NULL)
        i++;
    return i > mouth ? i - at : 0;
}

uint32_t
efti_emoticon_end(eft_text text, uint32_t from, uint32_t to)
{
    uint32_t at = from < to && text.bytes[from] == ' ' ? from + 1 : from;
    uint32_t size = emoticon_at(text, at, to);

    return size == 0 ? 0 : at + size;
}

/* The run of marks at `at` (spaced dots included). */
static uint32_t
read_marks(eft_text text, uint32_t at, uint32_t to, enum efti_mark *mark)
{
    uint32_t dots = 0, end = at;
    bool strong = false;

    for (size_t i = at; i < to;) {
        uint32_t c = efti_utf8_next(text.bytes, to, &i);
        if (c == ' ' && i < to && is_terminator((unsigned char)text.bytes[i]))
            continue;
        if (!is_terminator(c))
            break;
        dots += c == '.' ? 1 : c == 0x2026 ? 3 : 0;
        strong = strong || (c != '.' && c != 0x2026);
        end = (uint32_t)i;
    }
    *mark = strong ? MARK_STRONG : dots > 1 ? MARK_ELLIPSIS : MARK_STOP;
    return end;
}

static uint32_t
read_closers(eft_text text, uint32_t at, uint32_t to, struct efti_gap *g)
{
    for (;;) {
        size_t next = at;
        if (at >= to)
            return at;
        uint32_t c = efti_utf8_next(text.bytes, to, &next);
        uint32_t face = emoticon_at(text, at, to);
        if (face == 0 && c == ' ')
            face = emoticon_at(text, at + 1, to) + 1;
        if (face > (c == ' ' ? 1u : 0u)) {
            at += face;
        } else if (is_closing_quote(c)) {
            /* quotes that also open: only with a blank, the end or a closer behind */
            if (next < to && !efti_is_blank((unsigned char)text.bytes[next]) &&
                strchr(")]}.,;:!?'\"", text.bytes[next]) == NULL &&
                (unsigned char)text.bytes[next] < 0x80)
                return at;
            g->quoted = true;
            at = (uint32_t)next;
        } else if (c == ')' || c == ']' || c == '}' || c == '*' || c == '_' ||
                   is_terminator(c)) {
            g->bracketed = g->bracketed || c == ')' || c == ']' || c == '}';
            at = (uint32_t)next;
        } else {
            return at;
        }
    }
}

/* Find the mark before the first line feed. `(!)` and `.docx` are none. */
static uint32_t
find_mark(eft_text text, uint32_t from, uint32_t to)
{
    uint32_t before = 'x';

    for (size_t i = from; i < to;) {
        uint32_t at = (uint32_t)i;
        uint32_t c = efti_utf8_next(text.bytes, to, &i);
        if (c == '\n')
            break;
        if (is_terminator(c)) {
            bool aside = before == '(' && i < to && text.bytes[i] == ')';
            bool inside = c == '.' && efti_is_blank(before) && i == to;
            if (!aside && !inside)
                return at;
        }
        before = c;
    }
    return to;
}

static void
read_rest(eft_text text, struct efti_gap *g)
{
    bool seen = false, only_blank = false;

    g->newline = g->to;
    for (size_t i = g->end; i < g->to;) {
        uint32_t at = (uint32_t)i;
        uint32_t c = efti_utf8_next(text.bytes, g->to, &i);
        if (c == '\n' || c == 0x2029) {
            g->blank_line = g->blank_line || only_blank || c == 0x2029;
            if (g->newline == g->to)
                g->newline = at;
            only_blank = true;
        } else if (!efti_is_blank(c)) {
            if (!seen && (c == ',' || c == ';' || c == ':'))
                g->comma = true;
            seen = true;
            only_blank = false;
        }
        if (at == g->end && efti_is_blank(c))
            g->space = true;
    }
}

struct efti_gap
efti_read_gap(eft_text text, uint32_t from, uint32_t to, enum efti_mark held)
{
    struct efti_gap g = {.from = from, .to = to, .end = from};
    uint32_t at = find_mark(text, from, to);

    if (at < to) {
        g.end = read_marks(text, at, to, &g.mark);
        g.end = read_closers(text, g.end, to, &g);
    } else if (held != MARK_NONE) { /* the mark is in the token, or before an emoji */
        g.mark = held;
        g.end = read_closers(text, from, to, &g);
    }
    read_rest(text, &g);
    return g;
}
