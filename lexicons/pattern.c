/*
 * pattern.c - "ont =i magen | klump* =i halsen" as two patterns of three words
 *
 *   entry       = alternative { "|" alternative }
 *   alternative = word { blank word }                at most eight
 *   word        = form | "=" form | form "*" | "*" form
 *
 * A form is made of letters, digits and the signs that stand inside Swedish words and
 * codes: hyphen, apostrophe, colon (SIP:en), stop (t.ex.), ampersand. Anything else is a
 * slip of the pen, and refused: a pattern that can never match would look like a theme
 * that nobody mentions. So is a wildcard with fewer than three letters, which would match
 * half the language ("in*"), and a star in the middle, which has no meaning here.
 */
#include "lexicons/pattern.h"

static bool
is_pattern_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static eft_status
pattern_fault(eft_error *err, uint32_t line, const char *what)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s", line, what);
}

/* Take the marks off and tell what they mean; NULL: fine, else what is wrong. */
static const char *
read_marks(eft_text *word, enum efti_pattern_kind *kind)
{
    bool before = word->bytes[0] == '*', exact = word->bytes[0] == '=';
    bool after = word->size > 1 && word->bytes[word->size - 1] == '*';

    if (before || exact) {
        word->bytes++;
        word->size--;
    }
    if (after)
        word->size--;
    if (word->size == 0)
        return "a mark stands without a word (write =ord, ord* or *ord, without a blank)";
    if (before + exact + after > 1)
        return "a word has two marks (use one of =ord, ord*, *ord)";
    *kind = before  ? EFTI_PATTERN_SUFFIX
            : exact ? EFTI_PATTERN_EXACT
            : after ? EFTI_PATTERN_PREFIX
                    : EFTI_PATTERN_STEM;
    return NULL;
}

static const char *
check_form(eft_text form, enum efti_pattern_kind kind)
{
    size_t letters = 0, all = 0; /* "ai-*" has three: the hyphen narrows it enough */

    for (size_t at = 0; at < form.size; all++) {
        uint32_t c = efti_utf8_next(form.bytes, form.size, &at);
        bool letter = efti_is_letter(c) || efti_is_digit(c);
        letters += letter;
        if (c == '*')
            return "a star in the middle of a word (it may begin or end a word)";
        if (!letter && c != '-' && c != '\'' && c != ':' && c != '.' && c != '&')
            return "a sign that no pattern has (marks are = * and |, inside a word - : . "
                   "' &)";
    }
    if (letters == 0)
        return "a word without letters (leave it out)";
    if ((kind == EFTI_PATTERN_PREFIX || kind == EFTI_PATTERN_SUFFIX) &&
        all < EFTI_PATTERN_LETTERS)
        return "a wildcard with fewer than three letters (write out the words it means)";
    return NULL;
}

static eft_status
read_pattern_word(struct efti_pattern_reader *r, eft_text word, uint32_t line,
                  struct efti_pattern_word *out, eft_error *err)
{
    const char *problem = read_marks(&word, &out->kind);

    if (problem != NULL)
        return pattern_fault(err, line, problem);
    eft_status st = efti_fold(r->unicode, word.bytes, word.size, &r->folded, err);
    if (st != EFT_OK)
        return st;
    eft_text folded = {r->folded.data, r->folded.size};
    problem = check_form(folded, out->kind);
    if (problem != NULL)
        return pattern_fault(err, line, problem);
    out->folded.bytes = efti_arena_copy(r->arena, folded.bytes, folded.size);
    out->folded.size = folded.size;
    return out->folded.bytes == NULL ? efti_no_memory(err, "the lexicon") : EFT_OK;
}

static eft_status
read_alternative(struct efti_pattern_reader *r, eft_text text,
                 const struct efti_pattern *like, eft_error *err)
{
    struct efti_pattern_word words[EFTI_PATTERN_WORDS];
    struct efti_pattern p = *like;
    size_t at = 0;

    p.word_count = 0;
    for (;;) {
        while (at < text.size && is_pattern_blank(text.bytes[at]))
            at++;
        if (at == text.size)
            break;
        size_t from = at;
        while (at < text.size && !is_pattern_blank(text.bytes[at]))
            at++;
        if (p.word_count == EFTI_PATTERN_WORDS)
            return pattern_fault(err, p.line,
                                 "a phrase of more than eight words (shorten it)");
        eft_status st = read_pattern_word(r, (eft_text){text.bytes + from, at - from},
                                          p.line, &words[p.word_count++], err);
        if (st != EFT_OK)
            return st;
    }
    if (p.word_count == 0)
        return pattern_fault(err, p.line, "an empty alternative (remove the extra |)");
    if (p.word_count == 1)
        p.gap = 0;
    size_t size = p.word_count * sizeof(words[0]);
    void *kept = efti_arena_alloc(r->arena, size, alignof(struct efti_pattern_word));
    if (kept == NULL || !EFTI_PUSH(r->mem, &r->patterns))
        return efti_no_memory(err, "the lexicon");
    memcpy(kept, words, size);
    p.words = kept;
    r->patterns.items[r->patterns.count - 1] = p;
    return EFT_OK;
}

eft_status
efti_pattern_read(struct efti_pattern_reader *r, eft_text entry,
                  const struct efti_pattern *like, eft_error *err)
{
    size_t from = 0;

    for (size_t at = 0; at <= entry.size; at++) {
        if (at < entry.size && entry.bytes[at] != '|')
            continue;
        eft_status st =
            read_alternative(r, (eft_text){entry.bytes + from, at - from}, like, err);
        if (st != EFT_OK)
            return st;
        from = at + 1;
    }
    return EFT_OK;
}
