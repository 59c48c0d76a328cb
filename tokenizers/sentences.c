/*
 * sentences.c - where Swedish sentences end (facts/conventions.md, "Sentences")
 *
 * Only the gaps between tokens are looked at, and most gaps are one space. A gap is read
 * once into its parts,
 *
 *     word  .   ”)     \n      –     Word
 *           mark closers blanks       next
 *
 * and then a boundary is decided by the mark, by what stands before it and by the first
 * letter of what follows:
 *
 *     ? !    split, but not before a clause of saying (”Får jag?” undrade hon.)
 *     ...    split before a capital only
 *     .      split, but not after abbreviations, ordinals, initials, list numbers; before
 *            a small letter only when the word before it is an ordinary one
 *     blank line: split. New line: see lines.c
 *
 * Closing quotes, brackets, emoticons and emoji stay with the sentence before; opening
 * ones, dashes and bullets go with the one after. What is not handled: a sentence that
 * ends in an unlisted abbreviation before a name (it stays whole), and a name after an
 * ellipsis (it splits).
 */
#include "tokenizers/internal.h"

enum mark { MARK_NONE, MARK_STOP, MARK_ELLIPSIS, MARK_STRONG };

struct gap {
    uint32_t from, to;
    enum mark mark;
    uint32_t end;     /* behind mark and closers */
    uint32_t newline; /* the first line feed at or behind `end`; `to`: none */
    bool blank_line;
    bool space;  /* something blank behind the mark */
    bool quoted; /* a closing quote behind the mark */
    bool comma;  /* the sentence goes on: , ; : behind the mark */
};

struct finder {
    const struct efti_tokenizer *t;
    struct efti_lines lines;
    struct efti_segments *out;
    size_t first;       /* first token of the sentence that is open */
    uint32_t start;     /* its first byte */
    size_t pending;     /* word before the mark, while emoji stand behind it */
    enum mark held;     /* that mark */
    int lower_case;     /* is this all-lower-case writing? -1: not yet counted */
};

/* ---------------------------------------------------------------------- reading a gap */

static bool
sentence_blank(uint32_t c)
{
    return c == '\n' || c == '\r' || efti_is_space(c);
}

static bool
is_terminator(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x203D || c == 0x203C ||
           (c >= 0x2047 && c <= 0x2049);
}

static bool
is_closing_quote(uint32_t c)
{
    return c == '"' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0xAB ||
           c == 0x201C;
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

/* The run of marks at `at` (spaced dots included). */
static uint32_t
read_marks(eft_text text, uint32_t at, uint32_t to, enum mark *mark)
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
read_closers(eft_text text, uint32_t at, uint32_t to, struct gap *g)
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
            if (next < to && !sentence_blank((unsigned char)text.bytes[next]) &&
                strchr(")]}.,;:!?'\"", text.bytes[next]) == NULL &&
                (unsigned char)text.bytes[next] < 0x80)
                return at;
            g->quoted = true;
            at = (uint32_t)next;
        } else if (c == ')' || c == ']' || c == '}' || c == '*' || c == '_' ||
                   is_terminator(c)) {
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
            bool inside = c == '.' && sentence_blank(before) && i == to;
            if (!aside && !inside)
                return at;
        }
        before = c;
    }
    return to;
}

static void
read_rest(eft_text text, struct gap *g)
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
        } else if (!sentence_blank(c)) {
            if (!seen && (c == ',' || c == ';' || c == ':'))
                g->comma = true;
            seen = true;
            only_blank = false;
        }
        if (at == g->end && sentence_blank(c))
            g->space = true;
    }
}

static struct gap
read_gap(eft_text text, uint32_t from, uint32_t to, enum mark held)
{
    struct gap g = {.from = from, .to = to, .end = from};
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

/* ---------------------------------------------------------- what stands on either side */

enum begins { BEGINS_LOWER, BEGINS_DIGIT, BEGINS_HIGH };

static enum begins
begins_with(eft_text text, const struct efti_token *token)
{
    size_t at = token->start;
    uint32_t c = efti_utf8_next(text.bytes, text.size, &at);

    if (token->kind == EFTI_URL || token->kind == EFTI_EMAIL || token->kind == EFTI_VEIL)
        return BEGINS_HIGH;
    return efti_is_lower(c) ? BEGINS_LOWER : efti_is_digit(c) ? BEGINS_DIGIT : BEGINS_HIGH;
}

static bool
in_words(eft_text text, const struct efti_token *token, const char *const *words, size_t n)
{
    size_t size = token->end - token->start;
    char small[16];

    if (size > sizeof(small))
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.bytes[token->start + i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
        if (i > 0 && (unsigned char)small[i - 1] == 0xC3 && (unsigned char)c < 0x9F)
            small[i] = (char)((unsigned char)c | 0x20);
    }
    for (size_t i = 0; i < n; i++)
        if (efti_equal(words[i], strlen(words[i]), small, size))
            return true;
    return false;
}

static bool
is_saying(eft_text text, const struct efti_token *token)
{
    static const char *const verbs[] = {
        "sa", "sade", "säger", "frågade", "frågar", "undrade", "undrar", "svarade", "svarar",
        "tänkte", "tänker", "ropade", "ropar", "skrek", "viskade", "mumlade", "menade",
        "menar", "tyckte", "tycker", "förklarade", "utbrast", "suckade", "fortsatte", "löd",
        "skrev", "skriver", "berättade", "påpekade", "skrattade", "invände", "konstaterade",
    };
    return in_words(text, token, verbs, EFTI_COUNT(verbs));
}

/* Words that begin sentences and are no names: after an initial they end the doubt. */
static bool
is_starter(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "jag", "vi", "du", "ni", "han", "hon", "hen", "de", "det", "den", "dom", "man",
        "detta", "dessa", "denna", "där", "då", "här", "nu", "sedan", "sen", "men", "och",
        "så", "när", "om", "att", "som", "i", "på", "för", "med", "av", "efter", "innan",
        "under", "idag", "igår", "ibland", "ändå", "alla", "ingen", "inget", "vissa", "mina",
        "min", "mitt", "vår", "våra", "vårt", "deras", "hans", "hennes", "vad", "varför",
        "hur", "vem", "kanske", "eftersom", "trots", "dessutom", "därför", "däremot", "en",
        "ett", "båda", "många", "till", "genom", "först", "både",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

static bool
is_month(eft_text text, const struct efti_token *token)
{
    static const char *const months[] = {
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
        "september", "oktober", "november", "december", "jan", "feb", "apr", "aug", "sept",
        "okt", "nov", "dec",
    };
    return in_words(text, token, months, EFTI_COUNT(months));
}

/* Nouns that take a letter: plan B, vitamin D. The letter behind them is no initial. */
static bool
takes_letter(eft_text text, const struct efti_token *token)
{
    static const char *const nouns[] = {
        "plan", "vitamin", "hepatit", "grupp", "klass", "alternativ", "typ", "nivå", "team",
        "lag", "del", "bilaga", "avdelning", "betyg", "ett", "fick", "block", "spår",
        "modell", "variant", "punkt", "steg", "hus", "sal",
    };
    return in_words(text, token, nouns, EFTI_COUNT(nouns));
}

/* Digits alone: their value, else -1. */
static long
value_of(eft_text text, const struct efti_token *token)
{
    long value = 0;

    if (token->end - token->start > 6)
        return -1;
    for (uint32_t i = token->start; i < token->end; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
    }
    return value;
}

static size_t
letters_in(eft_text text, const struct efti_token *token)
{
    return efti_utf8_length(text.bytes + token->start, token->end - token->start);
}

/* Is it plausibly a whole word, not an unlisted abbreviation? Three letters with a vowel,
 * or two with a vowel last (så, nu, ja). */
static bool
is_plain_word(eft_text text, const struct efti_token *token)
{
    size_t letters = letters_in(text, token);
    bool vowel = false, last = false;

    if (token->kind != EFTI_WORD)
        return token->kind != EFTI_ABBREVIATION;
    if (memchr(text.bytes + token->start, '.', token->end - token->start) != NULL)
        return false;
    for (uint32_t i = token->start; i < token->end; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        last = c >= 0x80 || memchr("aeiouyAEIOUY", c, 12) != NULL;
        vowel = vowel || last;
    }
    return letters >= 3 ? vowel : letters == 2 && last;
}

/* Dotted and short throughout, but on no list: f.ö, e.m */
static bool
looks_abbreviated(eft_text text, const struct efti_token *token)
{
    uint32_t run = 0;
    bool dotted = false;

    for (uint32_t i = token->start; i < token->end; i++) {
        dotted = dotted || text.bytes[i] == '.';
        run = text.bytes[i] == '.' ? 0 : run + 1;
        if (run > 4)
            return false;
    }
    return dotted && token->kind == EFTI_WORD;
}

/* All-lower-case writing: at most one word in fifty begins with a capital. */
static bool
is_lower_case_text(struct finder *f)
{
    size_t words = 0, high = 0;

    if (f->lower_case < 0) {
        for (size_t i = 0; i < f->lines.count; i++) {
            if (f->lines.tokens[i].kind != EFTI_WORD)
                continue;
            words++;
            high += begins_with(f->lines.text, &f->lines.tokens[i]) == BEGINS_HIGH;
        }
        f->lower_case = high * 50 <= words + 25;
    }
    return f->lower_case == 1;
}

/* ------------------------------------------------------------------------- the decision */

static bool
is_list_number(const struct finder *f, size_t index)
{
    const struct efti_token *token = &f->lines.tokens[index];

    return index == f->first || (token->flags & (EFTI_TOKEN_LINE_START |
                                                 EFTI_TOKEN_AFTER_MARK)) != 0;
}

static bool
splits_before_lower(struct finder *f, size_t before, const struct gap *g,
                    const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (!g->space || g->quoted)
        return false;
    if (word->kind == EFTI_NUMBER) {
        if (is_list_number(f, before) || is_month(text, next))
            return false;
        return is_lower_case_text(f) || value_of(text, word) > 999;
    }
    if (looks_abbreviated(text, word) || letters_in(text, word) == 1)
        return false;
    return is_lower_case_text(f) || is_plain_word(text, word);
}

static bool
splits_before_digit(const struct finder *f, size_t before, const struct gap *g,
                    const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (!g->space)
        return false;
    if (word->kind == EFTI_NUMBER) {
        long a = value_of(text, word), b = value_of(text, next);
        if (before == f->first)
            return false;
        /* 3. 5. 2020: a date with blanks */
        return !(a >= 1 && a <= 31 && ((b >= 1 && b <= 12) || (b >= 1900 && b < 2100)));
    }
    return letters_in(text, word) > 1 && !looks_abbreviated(text, word);
}

static bool
splits_after_letter(const struct finder *f, size_t before, const struct efti_token *next)
{
    eft_text text = f->lines.text;

    if (before == f->first)
        return false; /* a. b. A. B. of a list, or a name */
    if (letters_in(text, next) == 1 && next->end < text.size && text.bytes[next->end] == '.')
        return false; /* A. I. Berg: this I is no word */
    return is_starter(text, next) || takes_letter(text, &f->lines.tokens[before - 1]);
}

static bool
splits_before_high(const struct finder *f, size_t before, const struct gap *g,
                   const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (word->kind == EFTI_NUMBER && is_list_number(f, before))
        return false;
    if (word->kind == EFTI_NUMBER)
        return !is_month(text, next);
    if (!g->space) /* slut.Sedan, but not A.B or v.Anna */
        return g->end > g->from + 1 ||
               (letters_in(text, word) > 1 && letters_in(text, next) > 1 &&
                word->kind != EFTI_URL);
    if (word->kind == EFTI_WORD && letters_in(text, word) == 1)
        return splits_after_letter(f, before, next);
    return !looks_abbreviated(text, word) || is_starter(text, next);
}

static bool
splits_after_abbreviation(const struct finder *f, size_t before, enum begins b)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];
    const struct efti_abbreviation *a = efti_abbreviation_of(
        f->t->lists, text.bytes + word->start, word->end - word->start);

    if (a == NULL || b == BEGINS_LOWER || !a->ends)
        return false;
    return b == BEGINS_HIGH || !a->number;
}

static bool
ends_with_stop(eft_text text, const struct efti_token *token)
{
    return token->kind == EFTI_ABBREVIATION && text.bytes[token->end - 1] == '.';
}

static bool
splits_at_mark(struct finder *f, size_t before, const struct gap *g,
               const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];
    enum begins b = begins_with(text, next);

    if (g->comma || (!g->space && g->newline == g->to && b == BEGINS_LOWER))
        return false;
    if (g->mark == MARK_STRONG) {
        if (b == BEGINS_LOWER)
            return !g->quoted && !is_saying(text, next);
        return g->space || b == BEGINS_HIGH;
    }
    if (g->mark == MARK_ELLIPSIS)
        return b == BEGINS_HIGH;
    if (word->kind == EFTI_ABBREVIATION)
        return splits_after_abbreviation(f, before, b);
    switch (b) {
    case BEGINS_LOWER: return splits_before_lower(f, before, g, next);
    case BEGINS_DIGIT: return splits_before_digit(f, before, g, next);
    default: return splits_before_high(f, before, g, next);
    }
}

/* Does a new line without a mark end the sentence? */
static bool
splits_at_line(const struct finder *f, size_t before, const struct gap *g)
{
    eft_text text = f->lines.text;
    uint32_t line = g->newline;

    if (g->newline == g->to)
        return false;
    while (line < g->to && sentence_blank((unsigned char)text.bytes[line]))
        line++;
    return efti_line_begins_sentence(&f->lines, before, line) ||
           efti_line_is_title(&f->lines, before);
}

/* -------------------------------------------------------------------------- the walk */

/* Emoji, and emoticons with a letter or digit that ICU takes for a word: :D :-P <3 xD */
static bool
is_face(eft_text text, const struct efti_token *token)
{
    const char *p = text.bytes + token->start;
    size_t size = token->end - token->start;

    if (token->kind == EFTI_EMOJI)
        return true;
    if (size == 2 && (p[0] | 32) == 'x' && p[1] == 'D')
        return true;
    if (size != 1 || token->start < 2)
        return false;
    if (*p == '3')
        return p[-1] == '<';
    if (strchr("DPpOoSs", *p) == NULL)
        return false;
    if (p[-1] == '-')
        return strchr(":;=", p[-2]) != NULL;
    return strchr(":;=", p[-1]) != NULL && sentence_blank((unsigned char)p[-2]);
}

static bool
close_sentence(struct finder *f, uint32_t end, size_t end_token)
{
    eft_text text = f->lines.text;
    struct efti_segments *out = f->out;

    uint32_t least = end_token > f->first ? f->lines.tokens[end_token - 1].end : f->start;

    while (end > least && sentence_blank(efti_utf8_before(text.bytes, end))) {
        char scratch[4];
        end -= (uint32_t)efti_utf8_put(efti_utf8_before(text.bytes, end), scratch);
    }
    if (!EFTI_PUSH(f->t->mem, &out->sentences))
        return false;
    out->sentences.items[out->sentences.count - 1] =
        (struct efti_sentence){.start = f->start,
                               .end = end,
                               .first_token = (uint32_t)f->first,
                               .end_token = (uint32_t)end_token};
    if (f->first < end_token)
        out->tokens.items[f->first].flags |= EFTI_TOKEN_SENTENCE_START;
    return true;
}

static void
open_sentence(struct finder *f, uint32_t at, size_t token)
{
    eft_text text = f->lines.text;
    size_t most = token < f->lines.count ? f->lines.tokens[token].start : text.size;

    for (size_t i = at; i < most;) {
        if (!sentence_blank(efti_utf8_next(text.bytes, text.size, &i)))
            break;
        at = (uint32_t)i;
    }
    f->start = at;
    f->first = token;
}

/* The gap behind token i. False: no memory. */
static bool
visit(struct finder *f, size_t i)
{
    eft_text text = f->lines.text;
    const struct efti_token *token = &f->lines.tokens[i], *next = token + 1;
    enum mark held = f->held != MARK_NONE             ? f->held
                     : ends_with_stop(text, token) ? MARK_STOP
                                                      : MARK_NONE;
    size_t before = f->held != MARK_NONE ? f->pending : i;
    struct gap g = read_gap(text, token->end, next->start, held);

    f->held = MARK_NONE;
    if (g.blank_line) {
        if (!close_sentence(f, g.mark != MARK_NONE ? g.end : g.newline, i + 1))
            return false;
        open_sentence(f, g.mark != MARK_NONE ? g.end : g.newline, i + 1);
        return true;
    }
    if (g.mark != MARK_NONE && g.newline == g.to && is_face(text, next)) {
        f->held = g.mark;
        f->pending = before;
        return true;
    }
    bool split = g.mark != MARK_NONE && splits_at_mark(f, before, &g, next);
    uint32_t end = g.end;
    if (!split && splits_at_line(f, i, &g)) {
        split = true;
        end = g.newline;
    }
    if (!split)
        return true;
    if (!close_sentence(f, end, i + 1))
        return false;
    open_sentence(f, end, i + 1);
    return true;
}

eft_status
efti_find_sentences(struct efti_tokenizer *t, eft_text text, struct efti_segments *out,
                    eft_error *err)
{
    struct finder f = {.t = t,
                       .lines = {text, out->tokens.items, out->tokens.count},
                       .out = out,
                       .lower_case = -1};
    const struct efti_token *tokens = out->tokens.items;

    open_sentence(&f, 0, 0);
    for (size_t i = 0; i + 1 < out->tokens.count; i++) {
        uint32_t end = tokens[i].end;
        if (EFTI_LIKELY(f.held == MARK_NONE && tokens[i].kind != EFTI_ABBREVIATION &&
                        tokens[i + 1].start == end + 1 && text.bytes[end] == ' '))
            continue;
        if (!visit(&f, i))
            return efti_no_memory(err, "a list of sentences");
    }
    if (f.start < text.size && !close_sentence(&f, (uint32_t)text.size, out->tokens.count))
        return efti_no_memory(err, "a list of sentences");
    return EFT_OK;
}
