/*
 * sentences.c - where Swedish sentences end (facts/conventions.md, "Sentences")
 *
 * Only gaps between tokens that hold more than a space and maybe a comma are looked at
 * (rules.c has listed them). A gap is read once into its parts,
 *
 *     word  .   ”)     \n      –     Word
 *           mark closers blanks       next
 *
 * and then a boundary is decided by the mark, by what stands before it and by the first
 * letter of what follows:
 *
 *     ? !    split, but not before a clause of saying (”Får jag?” undrade hon.)
 *     ...    split before a capital only
 *     face   as an ellipsis, where some words stand before it
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

struct finder {
    const struct efti_tokenizer *t;
    struct efti_lines lines;
    struct efti_segments *out;
    size_t first;        /* first token of the sentence that is open */
    uint32_t start;      /* its first byte */
    size_t pending;      /* word before the mark, while emoji stand behind it */
    enum efti_mark held; /* that mark */
    int lower_case;      /* is this all-lower-case writing? -1: not yet counted */
};

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
            high += efti_token_begins(f->lines.text, &f->lines.tokens[i]) == BEGINS_HIGH;
        }
        f->lower_case = high * 50 <= words + 25;
    }
    return f->lower_case == 1;
}

/* --- the decision --- */

static bool
is_list_number(const struct finder *f, size_t index)
{
    const struct efti_token *token = &f->lines.tokens[index];

    char before = token->start > 0 ? f->lines.text.bytes[token->start - 1] : ' ';

    if (index == f->first || (token->flags & EFTI_TOKEN_LINE_START) != 0)
        return true;
    /* after a colon or bracket and a blank; in 08:00, 3–4 and -5 the mark touches */
    return (token->flags & EFTI_TOKEN_AFTER_MARK) != 0 && strchr(" \t(", before) != NULL;
}

static bool
follows_number(const struct finder *f, size_t index)
{
    return index > 0 && f->lines.tokens[index - 1].kind == EFTI_NUMBER;
}

static bool
splits_before_lower(struct finder *f, size_t before, const struct efti_gap *g,
                    const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (!g->space || g->quoted)
        return false;
    if (efti_token_degree(text, word))
        return false; /* fil. dr */
    if (word->kind == EFTI_NUMBER) {
        if (is_list_number(f, before) || efti_token_month(text, next))
            return false;
        return is_lower_case_text(f) || efti_token_value(text, word) > 999;
    }
    if (efti_token_looks_abbreviated(text, word) || efti_token_letters(text, word) == 1 ||
        efti_token_measure(text, word))
        return false;
    return is_lower_case_text(f) || efti_token_plain_word(text, word);
}

static bool
splits_before_digit(const struct finder *f, size_t before, const struct efti_gap *g,
                    const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (!g->space)
        return false;
    if (word->kind == EFTI_NUMBER) {
        long a = efti_token_value(text, word), b = efti_token_value(text, next);
        if (before == f->first)
            return false;
        /* 3. 5. 2020: a date with blanks */
        return !(a >= 1 && a <= 31 && ((b >= 1 && b <= 12) || (b >= 1900 && b < 2100)));
    }
    return efti_token_letters(text, word) > 1 &&
           !efti_token_looks_abbreviated(text, word) &&
           !efti_token_no_vowel(text, word) &&
           (follows_number(f, before) || !efti_token_takes_number(text, word)) &&
           !efti_token_street(text, word);
}

static bool
splits_after_letter(const struct finder *f, size_t before, const struct efti_token *next)
{
    eft_text text = f->lines.text;

    if (before == f->first)
        return false; /* a. b. A. B. of a list, or a name */
    if (efti_token_letters(text, next) == 1 && next->end < text.size &&
        text.bytes[next->end] == '.')
        return false; /* A. I. Berg: this I is no word */
    if (efti_token_compass(text, &f->lines.tokens[before], next))
        return false;                        /* N. Kyrkogatan */
    return efti_token_starter(text, next) || /* Storg. 12 B. Trappen */
           f->lines.tokens[before - 1].kind == EFTI_NUMBER ||
           /* med K. Samtalet, but med K. Lind */
           (efti_token_begins(text, &f->lines.tokens[before - 1]) == BEGINS_LOWER &&
            f->t->lists != NULL && !efti_token_name(f->t->lists, text, next)) ||
           efti_token_takes_letter(text, &f->lines.tokens[before - 1]);
}

/* "Steg 1. Lyssna.": the number of a list, said in words. */
static bool
is_step(const struct finder *f, size_t number)
{
    return number == f->first + 1 &&
           efti_token_step(f->lines.text, &f->lines.tokens[f->first]);
}

static bool
is_roman(eft_text text, const struct efti_token *word)
{
    return efti_roman_size(text, word->start) == word->end - word->start;
}

static bool
splits_before_high(const struct finder *f, size_t before, const struct efti_gap *g,
                   const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];

    if (word->kind == EFTI_NUMBER ? is_list_number(f, before) || is_step(f, before)
                                  : is_list_number(f, before) && is_roman(text, word))
        return false;
    if (word->kind == EFTI_NUMBER)
        return !efti_token_month(text, next);
    if (!g->space) /* slut.Sedan, but not A.B or v.Anna */
        return g->end > g->from + 1 ||
               (efti_token_letters(text, word) > 1 &&
                efti_token_letters(text, next) > 1 && word->kind != EFTI_URL);
    if (word->kind == EFTI_WORD && efti_token_letters(text, word) == 1)
        return splits_after_letter(f, before, next);
    return !efti_token_looks_abbreviated(text, word) || efti_token_starter(text, next);
}

/* "mat, sömn, lågaff. m.m.": it goes on with what only closes a list of things. Without
 * its stops it may be what people say: mm de va bra. */
static bool
closes_list(const struct finder *f, const struct efti_token *next)
{
    static const char *const forms[] = {
        "m.m.", "m.fl.", "o.s.v.", "etc.", "e.d.", "o.d.", "dyl.", "e.dyl.", "o.dyl.",
    };
    const char *bytes = f->lines.text.bytes + next->start;
    const size_t size = next->end - next->start;

    if (next->kind != EFTI_ABBREVIATION || memchr(bytes, '.', size) == NULL)
        return false;
    const struct efti_abbreviation *a = efti_abbreviation_of(f->t->lists, bytes, size);

    for (size_t i = 0; a != NULL && i < EFTI_COUNT(forms); i++)
        if (efti_equal(forms[i], strlen(forms[i]), a->canonical.bytes, a->canonical.size))
            return true;
    return false;
}

/* min. is minutes behind a number, else at least: min. 3 i personalen */
static bool
is_least(eft_text text, const struct efti_token *word)
{
    return word->end - word->start == 4 && (text.bytes[word->start] | 32) == 'm' &&
           memcmp(text.bytes + word->start + 1, "in.", 3) == 0;
}

/* What does not end sentences by itself (dr., bl.a.) does so before a word that begins
 * them, if it is none that always has something behind it. */
static bool
splits_after_abbreviation(struct finder *f, size_t before, enum efti_begins b,
                          const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];
    const struct efti_abbreviation *a = efti_abbreviation_of(
        f->t->lists, text.bytes + word->start, word->end - word->start);

    if (a == NULL || (text.bytes[word->start] == 'S' && word->end - word->start < 5))
        return false; /* St. Petersburg, not 12 st. */
    if (b != BEGINS_DIGIT && follows_number(f, before) && efti_token_unit(text, word))
        return b == BEGINS_HIGH || /* satt i 2 h. Pust; "tog 2 h. sen kom hon" */
               (efti_token_starter(text, next) && is_lower_case_text(f));
    if (b == BEGINS_LOWER) /* "va typ 10 st. alla hade", "två ggr. ingen svara" */
        return a->ends && !a->number && efti_token_starter(text, next) &&
               is_lower_case_text(f);
    if (b == BEGINS_DIGIT)
        return a->ends && !a->number &&
               (!is_least(text, word) || follows_number(f, before));
    if (a->ends)
        return true;
    /* kap. I and dr. De Geer go on */
    return efti_token_starter(text, next) &&
           (!a->number || efti_token_letters(text, next) > 2);
}

static bool
ends_with_stop(eft_text text, const struct efti_token *token)
{
    return token->kind == EFTI_ABBREVIATION && text.bytes[token->end - 1] == '.';
}

/* "(Storgatan 1, 2 tr.). Välkommen": a stop of the sentence, behind the bracket. */
static bool
is_closed_before_stop(eft_text text, const struct efti_gap *g)
{
    return g->end > g->from + 1 && text.bytes[g->from] == ')' &&
           text.bytes[g->end - 1] == '.';
}

static bool
splits_at_mark(struct finder *f, size_t before, const struct efti_gap *g,
               const struct efti_token *next)
{
    eft_text text = f->lines.text;
    const struct efti_token *word = &f->lines.tokens[before];
    enum efti_begins b = efti_token_begins(text, next);

    if (g->comma || (!g->space && g->newline == g->to && b == BEGINS_LOWER))
        return false;
    if (g->bracketed && b == BEGINS_LOWER)
        return false; /* kom hem (äntligen!) och somnade */
    if (b == BEGINS_DIGIT && text.bytes[next->start - 1] == '(')
        return false; /* Ek m.fl. (2019) */
    if (g->mark == MARK_STRONG) {
        if (b ==
            BEGINS_LOWER) /* "Vem är du? i bokcirkeln", but "va ska man göra? orka" */
            return !g->quoted && !efti_token_saying(text, next) &&
                   (efti_token_subject(text, next) || is_lower_case_text(f));
        return g->space || b == BEGINS_HIGH;
    }
    if (g->mark == MARK_ELLIPSIS)
        return b == BEGINS_HIGH;
    if (before == f->first && efti_token_opens_note(text, word))
        return false;
    if (b == BEGINS_LOWER && closes_list(f, next))
        return false;
    if (word->kind == EFTI_ABBREVIATION && !is_closed_before_stop(text, g))
        return splits_after_abbreviation(f, before, b, next);
    switch (b) {
    case BEGINS_LOWER: return splits_before_lower(f, before, g, next);
    case BEGINS_DIGIT: return splits_before_digit(f, before, g, next);
    default: return splits_before_high(f, before, g, next);
    }
}

/* Does a new line without a mark end the sentence? */
static bool
splits_at_line(const struct finder *f, size_t before, const struct efti_gap *g)
{
    eft_text text = f->lines.text;
    uint32_t line = g->newline;

    if (g->newline == g->to)
        return false;
    while (line < g->to && efti_is_blank((unsigned char)text.bytes[line]))
        line++;
    return efti_line_begins_sentence(&f->lines, before, line) ||
           efti_line_is_title(&f->lines, before);
}

/* --- the walk --- */

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
    return strchr(":;=", p[-1]) != NULL && efti_is_blank((unsigned char)p[-2]);
}

#define FACE_WORDS 3 /* before a face that ends a sentence: Tack :) Anna is none */

/* Behind a face without any other mark: fredag :) Nu ska jag hem. The end of the face; 0:
 * it ends nothing. */
static uint32_t
ends_with_face(struct finder *f, size_t i, const struct efti_gap *g)
{
    eft_text text = f->lines.text;
    const struct efti_token *token = &f->lines.tokens[i], *next = token + 1;
    uint32_t end = efti_emoticon_end(text, token->end, next->start);
    size_t words = i - f->first + (end != 0 ? 1 : 0);

    if (g->mark != MARK_NONE ||
        (next->kind != EFTI_WORD && next->kind != EFTI_ABBREVIATION))
        return 0;
    if (end == 0 && !g->comma && is_face(text, token))
        end = token->end;
    if (end == 0 || end == next->start || words == 0)
        return 0;
    if (efti_token_begins(text, next) == BEGINS_HIGH)
        return words >= FACE_WORDS || efti_token_starter(text, next) ||
                       !efti_token_name(f->t->lists, text, next)
                   ? end
                   : 0;
    return token->kind != EFTI_EMOJI && words >= FACE_WORDS && is_lower_case_text(f) ? end
                                                                                     : 0;
}

static bool
close_sentence(struct finder *f, uint32_t end, size_t end_token)
{
    eft_text text = f->lines.text;
    struct efti_segments *out = f->out;

    uint32_t least = end_token > f->first ? f->lines.tokens[end_token - 1].end : f->start;

    while (end > least && efti_is_blank(efti_utf8_before(text.bytes, end))) {
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
        if (!efti_is_blank(efti_utf8_next(text.bytes, text.size, &i)))
            break;
        at = (uint32_t)i;
    }
    f->start = at;
    f->first = token;
}

static inline bool
begins_with_capital(eft_text text, uint32_t at)
{
    unsigned char c = (unsigned char)text.bytes[at];

    if (c == 0xC3) /* À..Þ less × */
        return (unsigned char)text.bytes[at + 1] <= 0x9E &&
               (unsigned char)text.bytes[at + 1] != 0x97;
    return c >= 'A' && c <= 'Z';
}

/* The commonest end by far: a word of letters, one of . ? !, a space, and a word with a
 * capital that is no face and no single letter. What the rules below say of it is known:
 * it splits. */
static inline bool
is_ordinary_end(eft_text text, const struct efti_token *token,
                const struct efti_token *next)
{
    char mark = text.bytes[token->end];

    return next->start == token->end + 2 && text.bytes[token->end + 1] == ' ' &&
           (mark == '.' || mark == '?' || mark == '!') && token->kind == EFTI_WORD &&
           token->holds == EFTI_HOLDS_PLAIN && token->end - token->start > 2 &&
           next->end - next->start > 2 && begins_with_capital(text, next->start);
}

/* An abbreviation inside its sentence: one space and a word in small letters. */
static inline bool
goes_on_plainly(eft_text text, const struct efti_token *token,
                const struct efti_token *next)
{
    return token->kind == EFTI_ABBREVIATION && next->start == token->end + 1 &&
           text.bytes[token->end] == ' ' && next->end - next->start > 2 &&
           text.bytes[next->start] >= 'a' && text.bytes[next->start] <= 'z' &&
           next->kind == EFTI_WORD && text.bytes[token->end - 1] != '.';
}

static inline bool
end_ordinarily(struct finder *f, size_t i)
{
    struct efti_segments *out = f->out;
    const struct efti_token *token = &f->lines.tokens[i];

    if (!EFTI_PUSH(f->t->mem, &out->sentences))
        return false;
    out->sentences.items[out->sentences.count - 1] =
        (struct efti_sentence){.start = f->start,
                               .end = token->end + 1,
                               .first_token = (uint32_t)f->first,
                               .end_token = (uint32_t)i + 1};
    out->tokens.items[f->first].flags |= EFTI_TOKEN_SENTENCE_START;
    f->start = token->end + 2;
    f->first = i + 1;
    return true;
}

/* The gap behind token i. False: no memory. */
static bool
visit(struct finder *f, size_t i)
{
    eft_text text = f->lines.text;
    const struct efti_token *token = &f->lines.tokens[i], *next = token + 1;
    enum efti_mark held = f->held != MARK_NONE          ? f->held
                          : ends_with_stop(text, token) ? MARK_STOP
                                                        : MARK_NONE;
    size_t before = f->held != MARK_NONE ? f->pending : i;

    /* one word alone may be the number of a list: III. */
    if (f->held == MARK_NONE && i != f->first && is_ordinary_end(text, token, next))
        return end_ordinarily(f, i);
    if (f->held == MARK_NONE && goes_on_plainly(text, token, next))
        return true;
    struct efti_gap g = efti_read_gap(text, token->end, next->start, held);
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
    uint32_t end = g.end, face = split ? 0 : ends_with_face(f, i, &g);
    if (face != 0) {
        split = true;
        end = face;
    }
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
    size_t next = 0; /* the first token whose gap has not been seen */

    open_sentence(&f, 0, 0);
    for (size_t k = 0; k < t->gaps.count; k++) {
        size_t i = t->gaps.items[k];
        if (i < next || i + 1 >= out->tokens.count)
            continue;
        do { /* a mark before emoji is held until behind them */
            if (!visit(&f, i))
                return efti_no_memory(err, "a list of sentences");
            i++;
        } while (f.held != MARK_NONE && i + 1 < out->tokens.count);
        next = i;
    }
    if (f.start < text.size &&
        !close_sentence(&f, (uint32_t)text.size, out->tokens.count))
        return efti_no_memory(err, "a list of sentences");
    return EFT_OK;
}
