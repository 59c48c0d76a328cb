/*
 * runs.c - runs of digits
 *
 * Works on bytes, not tokens, because numbers are written inside words ("pnr811218-9876")
 * and across them ("070 - 174 06 05"). The text becomes a list of runs; each knows what
 * stands between it and the run before:
 *
 *   ring 070 - 174 06 05, kl 8.30      runs  070  174  06  05  8  30
 *                                      gaps  far  dash space space far dot
 *
 * A kind of number is then a statement about neighbouring runs. Full-width digits, and
 * Arabic ones, count as digits; blanks and hyphens of every width as ' ' and '-'
 * (efti_look_alike). Only tokens whose form has a digit are looked into.
 */
#include "veil/find.h"

/* The ASCII digit that a code point looks like or means: full-width, Arabic and Persian
 * ones, bold ones of mathematics; '\0': none. */
static char
digit_of(uint32_t c)
{
    if ((c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9))
        return (char)('0' + (c & 0xF));
    if (c >= 0x1D7CE && c <= 0x1D7FF)
        return (char)('0' + (c - 0x1D7CE) % 10);
    c = efti_look_alike(c);
    return c >= '0' && c <= '9' ? (char)c : '\0';
}

/* The first byte of any of them but the ASCII ones. */
static bool
begins_wide_digit(unsigned char c)
{
    return c == 0xEF || c == 0xD9 || c == 0xDB || c == 0xF0;
}

static bool
read_digit(eft_text text, size_t at, size_t *next, char *digit)
{
    unsigned char c = (unsigned char)text.bytes[at];
    size_t end = at;

    if (c >= '0' && c <= '9') {
        *digit = (char)c;
        *next = at + 1;
        return true;
    }
    if (!begins_wide_digit(c))
        return false;
    char ascii = digit_of(efti_utf8_next(text.bytes, text.size, &end));
    if (ascii == '\0')
        return false;
    *digit = ascii;
    *next = end;
    return true;
}

/* Soft hyphens, joiners and direction marks: nobody sees them, some programs put them
 * into numbers. */
static bool
is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/* The digit at `at`, behind invisible characters if need be. */
static bool
next_digit(eft_text text, size_t at, size_t *next, char *digit)
{
    while (at < text.size && (text.bytes[at] & '\x80') != 0 &&
           !read_digit(text, at, next, digit)) {
        if (!is_invisible(efti_utf8_next(text.bytes, text.size, &at)))
            return false;
    }
    return at < text.size && read_digit(text, at, next, digit);
}

/* A mark among `n` characters, the others blanks; '\0': nothing but blanks. */
static enum veil_gap
gap_of_mark(char mark, size_t n)
{
    switch (mark) {
    case 0: return n <= 2 ? VEIL_GAP_SPACE : VEIL_GAP_FAR;
    case '-':
    case '_':
    case '+': return VEIL_GAP_DASH;
    case '.': return n == 1 ? VEIL_GAP_DOT : VEIL_GAP_FAR;
    case '/': return VEIL_GAP_SLASH;
    case ':': return n == 1 ? VEIL_GAP_COLON : VEIL_GAP_FAR;
    case ',': return VEIL_GAP_COMMA;
    case '(':
    case ')': return VEIL_GAP_BRACKET;
    default: return VEIL_GAP_FAR;
    }
}

/* What stands between two runs, at most four code points. */
static enum veil_gap
gap_between(eft_text text, size_t from, size_t to)
{
    size_t n = 0;
    char mark = 0;

    while (from < to) {
        uint32_t c = efti_look_alike(efti_utf8_next(text.bytes, to, &from));

        if (is_invisible(c))
            continue;
        if (n == 3 || c > 0x7F)
            return VEIL_GAP_FAR;
        if (c == ' ' || c == '\n' || c == '\t') {
            if (c == '\n' && mark != '-') /* lines stay apart, but for a broken number */
                return VEIL_GAP_FAR;
        } else if (mark == 0) {
            mark = (char)c;
        } else if ((mark == ')' || mark == '(') && (c == '-' || c == '(')) {
            mark = '('; /* "+46 (0)-70" */
        } else {
            return VEIL_GAP_FAR;
        }
        n++;
    }
    return gap_of_mark(mark, n);
}

/* The same; mostly they are far from each other, or one mark apart. */
static enum veil_gap
gap_before(eft_text text, size_t from, size_t to)
{
    if (to - from > 16)
        return VEIL_GAP_FAR;
    char c = text.bytes[from];
    if (to - from > 1 && (c & '\x80') == 0 &&
        (efti_veil_is_ascii_letter(c) || efti_veil_is_ascii_letter(text.bytes[from + 1])))
        return VEIL_GAP_FAR; /* 3 och 4: no mark joins over a letter */
    if (to - from != 1 || (c & '\x80') != 0)
        return gap_between(text, from, to);
    if (c == '\n')
        return VEIL_GAP_FAR;
    return gap_of_mark(c == ' ' || c == '\t' ? '\0' : c, 1);
}

static bool
is_ascii_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Are these the first bytes of a full-width digit, or of what is_invisible() finds? Most
 * that stand behind a number are of a dash or a blank. */
static bool
may_go_on(eft_text text, size_t at)
{
    const unsigned char *b = (const unsigned char *)text.bytes + at;

    if (at + 1 >= text.size || b[0] < 0x80)
        return false;
    return begins_wide_digit(b[0]) || (b[0] == 0xC2 && b[1] == 0xAD) ||
           (b[0] == 0xE2 && (b[1] == 0x81 || (b[1] == 0x80 && at + 2 < text.size &&
                                              b[2] >= 0x8B && b[2] <= 0x8F)));
}

/* Digits of the text put behind those of the other runs: mostly a few. */
static void
put_digits(struct efti_veil *v, size_t at, size_t count)
{
    struct efti_bytes *d = &v->digits;

    if (EFTI_UNLIKELY(count > 8 || d->capacity - d->size < 8 || v->text.size - at < 8)) {
        efti_put(d, v->text.bytes + at, count);
        return;
    }
    memcpy(d->data + d->size, v->text.bytes + at, 8); /* and what comes next over them */
    d->size += count;
}

/* The digits from `at` on, put behind those of the other runs; where they end. */
static size_t
read_digits(struct efti_veil *v, size_t at)
{
    size_t next = at;
    char digit;

    while (next < v->text.size && is_ascii_digit(v->text.bytes[next]))
        next++;
    put_digits(v, at, next - at);
    while (may_go_on(v->text, next) && next_digit(v->text, next, &next, &digit)) {
        efti_put_char(&v->digits, digit);
        while (next < v->text.size && is_ascii_digit(v->text.bytes[next]))
            efti_put_char(&v->digits, v->text.bytes[next++]);
    }
    return next;
}

/* The run of bytes [start, end), whose digits are the last of all from `from` on. */
static bool
push_run(struct efti_veil *v, size_t token, size_t start, size_t end, size_t from)
{
    const size_t count = v->digits.size - from;
    const char *digits = v->digits.data + from;
    struct veil_run *run;

    if (v->digits.failed || !EFTI_PUSH(v->mem, &v->runs))
        return false;
    run = &v->runs.items[v->runs.count - 1];
    *run =
        (struct veil_run){.start = (uint32_t)start,
                          .end = (uint32_t)end,
                          .digit = (uint32_t)from,
                          .token = (uint32_t)token,
                          .count = (uint16_t)(count > UINT16_MAX ? UINT16_MAX : count),
                          .year = count == 4 && ((digits[0] == '1' && digits[1] == '9') ||
                                                 (digits[0] == '2' && digits[1] == '0'))};
    if (v->runs.count > 1)
        run->gap = (uint8_t)gap_before(v->text, run[-1].end, start);
    return true;
}

static bool
add_run(struct efti_veil *v, size_t token, size_t *at)
{
    const size_t from = v->digits.size, start = *at;

    *at = read_digits(v, start);
    return push_run(v, token, start, *at, from);
}

/* 1998, 12, 5: a token of up to eight ASCII digits and nothing else, which does not go on
 * behind it. Nearly all numbers are such; false: it has to be looked into. */
static bool
add_plain(struct efti_veil *v, size_t token, const struct efti_token *t)
{
    const size_t size = t->end - t->start, from = v->digits.size;
    const char *at = v->text.bytes + t->start;

    if (size > 8 || (efti_veil_byte(v, t->end) & '\x80') != 0)
        return false;
    for (size_t i = 0; i < size; i++)
        if (!is_ascii_digit(at[i]))
            return false;
    put_digits(v, t->start, size);
    if (!push_run(v, token, t->start, t->end, from))
        v->no_memory = true;
    return true;
}

static bool
may_be_digit(char byte)
{
    unsigned char c = (unsigned char)byte;

    return (unsigned char)(c - '0') < 10 || begins_wide_digit(c);
}

static void
runs_of_token(struct efti_veil *v, size_t token, size_t from, size_t to)
{
    for (size_t at = from, next; at < to;) {
        char digit;

        if (!may_be_digit(v->text.bytes[at]) || !read_digit(v->text, at, &next, &digit)) {
            at++;
        } else if (!add_run(v, token, &at)) {
            v->no_memory = true;
            return;
        }
    }
}

void
efti_veil_runs_in(struct efti_veil *v, size_t from, size_t to)
{
    runs_of_token(v, 0, from, to);
}

/* Digits stand in tokens whose forms have one (words.c), and in those without a form. The
 * number in a tag of ours is nobody's: tags are not on the list. */
void
efti_veil_runs(struct efti_veil *v)
{
    v->runs.count = 0;
    v->key_at = v->key_next = 0; /* another text: what was asked is forgotten */
    efti_bytes_clear(&v->digits);
    for (size_t h = 0; h < v->digit_tokens.count && !v->no_memory; h++) {
        const struct efti_token *t = &v->segments->tokens.items[v->digit_tokens.items[h]];
        size_t from = t->start;

        if (v->runs.count > 0 && v->runs.items[v->runs.count - 1].end > from)
            from = v->runs.items[v->runs.count - 1].end; /* a run over two tokens */
        if (from > t->start || !add_plain(v, v->digit_tokens.items[h], t))
            runs_of_token(v, v->digit_tokens.items[h], from, t->end);
    }
}
