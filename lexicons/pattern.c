/*
 * pattern.c - "ont =i (magen/bröstet) | klump* =i halsen" as two patterns of three words
 *
 *   entry       = alternative { "|" alternative }
 *   alternative = word { blank word }                at most eight
 *   word        = form | "=" form | form "*" | "*" form | glob
 *               | ( "term:" | "+" | "head:" | "modifier:" | "part:" ) form
 *               | "@" id | "(" word { "/" word } ")"
 *   words       = word { "|" word }                  one word each
 *   condition   = words { "+" words }                a blank on both sides of the +
 *
 * A form is made of letters, digits and the signs that stand inside Swedish words and
 * codes: hyphen, apostrophe, colon (SIP:en), stop (t.ex.), ampersand; or it is emoji. In
 * a glob "*" stands for any letters and "?" for one. Anything else is a slip of the pen,
 * and refused: a pattern that can never match would look like a theme that nobody
 * mentions. So is a wildcard with fewer than three letters, which would match half the
 * language ("in*").
 *
 * A set of words is one word of a pattern. Its members are copied where it is named, so
 * that sets are flat, and equal groups written in two places are one set.
 */
#include "lexicons/pattern.h"

static bool
is_pattern_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static eft_text
trim_blanks(eft_text text)
{
    while (text.size > 0 && is_pattern_blank(text.bytes[0]))
        text = (eft_text){text.bytes + 1, text.size - 1};
    while (text.size > 0 && is_pattern_blank(text.bytes[text.size - 1]))
        text.size--;
    return text;
}

static eft_status
pattern_fault(eft_error *err, uint32_t line, const char *what)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s", line, what);
}

/* The text up to `sign` (not inside parentheses), taken off `rest`; false: none left. */
static bool
next_piece(eft_text *rest, char sign, eft_text *piece)
{
    size_t depth = 0, at = 0;

    if (rest->bytes == NULL)
        return false;
    for (; at < rest->size; at++) {
        char c = rest->bytes[at];
        depth += c == '(';
        depth -= c == ')' && depth > 0;
        if (c == sign && depth == 0)
            break;
    }
    *piece = (eft_text){rest->bytes, at};
    *rest = at == rest->size ? (eft_text){NULL, 0}
                             : (eft_text){rest->bytes + at + 1, rest->size - at - 1};
    return true;
}

/* ------------------------------------------------------------------ a single word */

struct pattern_mark {
    const char *mark;
    enum efti_pattern_kind kind;
};
static const struct pattern_mark pattern_marks[] = {
    {"=", EFTI_PATTERN_EXACT},    {"+", EFTI_PATTERN_TERM},
    {"term:", EFTI_PATTERN_TERM}, {"head:", EFTI_PATTERN_HEAD},
    {"part:", EFTI_PATTERN_PART}, {"modifier:", EFTI_PATTERN_MODIFIER},
};

static void
drop(eft_text *word, size_t size)
{
    word->bytes += size;
    word->size -= size;
}

/* Take the marks off and tell what they mean; NULL: fine, else what is wrong. */
static const char *
read_marks(eft_text *word, enum efti_pattern_kind *kind)
{
    *kind = EFTI_PATTERN_STEM;
    for (size_t i = 0; i < EFTI_COUNT(pattern_marks); i++) {
        size_t size = strlen(pattern_marks[i].mark);
        if (word->size >= size && memcmp(word->bytes, pattern_marks[i].mark, size) == 0) {
            *kind = pattern_marks[i].kind;
            drop(word, size);
            break;
        }
    }
    bool marked = *kind != EFTI_PATTERN_STEM;
    size_t stars = 0, holes = 0;
    for (size_t i = 0; i < word->size; i++) {
        stars += word->bytes[i] == '*';
        holes += word->bytes[i] == '?';
    }
    if (word->size == stars + holes)
        return "a mark stands without a word (write =ord, ord* or *ord, without a blank)";
    if (stars + holes == 0)
        return NULL;
    if (marked)
        return "a word has two marks (use one of =ord, +ord, ord*, *ord, head:ord)";
    bool before = word->bytes[0] == '*', after = word->bytes[word->size - 1] == '*';
    *kind = stars + holes > 1 || holes == 1 || !(before || after) ? EFTI_PATTERN_GLOB
            : before                                              ? EFTI_PATTERN_SUFFIX
                                                                  : EFTI_PATTERN_PREFIX;
    if (*kind == EFTI_PATTERN_SUFFIX)
        drop(word, 1);
    if (*kind == EFTI_PATTERN_PREFIX)
        word->size--;
    return NULL;
}

/* Emoji and the like are words of their own; ASCII signs are not. */
static bool
is_symbol(uint32_t c)
{
    return c == 0x200D || c == 0xFE0F || (c >= 0x2600 && c < 0x2800) || c >= 0x1F000;
}

static const char *
check_form(eft_text form, enum efti_pattern_kind kind)
{
    size_t letters = 0, all = 0; /* "ai-*" has three: the hyphen narrows it enough */
    bool wild = kind == EFTI_PATTERN_PREFIX || kind == EFTI_PATTERN_SUFFIX ||
                kind == EFTI_PATTERN_GLOB;

    for (size_t at = 0; at < form.size;) {
        uint32_t c = efti_utf8_next(form.bytes, form.size, &at);
        bool letter = efti_is_letter(c) || efti_is_digit(c) || is_symbol(c);
        letters += letter;
        all += c != '*' && c != '?';
        if (!letter && c != '-' && c != '\'' && c != ':' && c != '.' && c != '&' &&
            !(kind == EFTI_PATTERN_GLOB && (c == '*' || c == '?')))
            return "a sign that no pattern has (marks are = + * ? @ ( / ) and |, inside "
                   "a "
                   "word - : . ' &)";
    }
    if (letters == 0)
        return "a word without letters (leave it out)";
    if (wild && all < EFTI_PATTERN_LETTERS)
        return "a wildcard with fewer than three letters (write out the words it means)";
    return NULL;
}

static eft_status
read_form(struct efti_pattern_reader *r, eft_text word, uint32_t line,
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
    out->set = 0;
    out->folded.bytes = efti_arena_copy(r->arena, folded.bytes, folded.size);
    out->folded.size = folded.size;
    return out->folded.bytes == NULL ? efti_no_memory(err, "the lexicon") : EFT_OK;
}

/* ------------------------------------------------------------------ sets of words */

static eft_status
add_member(struct efti_pattern_reader *r, struct efti_pattern_word word, eft_error *err)
{
    if (!EFTI_PUSH(r->mem, &r->members))
        return efti_no_memory(err, "the lexicon");
    r->members.items[r->members.count - 1] = word;
    return EFT_OK;
}

/* The number of the set that "@id" names; EFTI_NOT_FOUND: there is none. */
static uint32_t
named_set(const struct efti_pattern_reader *r, eft_text word)
{
    return efti_strings_find(r->set_keys, word.bytes, word.size);
}

static eft_status
read_member(struct efti_pattern_reader *r, eft_text word, uint32_t line, eft_error *err)
{
    struct efti_pattern_word member;

    word = trim_blanks(word);
    if (word.size == 0)
        return pattern_fault(err, line, "an empty alternative (remove the extra sign)");
    if (word.bytes[0] == '(')
        return pattern_fault(err, line, "a group inside a group (write one group)");
    for (size_t i = 0; i < word.size; i++) {
        if (is_pattern_blank(word.bytes[i]))
            return pattern_fault(err, line,
                                 "a phrase where one word is meant (only an entry has "
                                 "phrases)");
    }
    if (word.bytes[0] == '@') {
        uint32_t set = named_set(r, word);
        if (set == EFTI_NOT_FOUND)
            return pattern_fault(err, line,
                                 "no <words> before this has that id (check "
                                 "the spelling after @)");
        for (uint32_t i = 0; i < r->sets.items[set].word_count; i++) {
            eft_status st = add_member(r, r->sets.items[set].words[i], err);
            if (st != EFT_OK)
                return st;
        }
        return EFT_OK;
    }
    eft_status st = read_form(r, word, line, &member, err);
    return st == EFT_OK ? add_member(r, member, err) : st;
}

/* Read members parted by `sign` as the set called `key`; one that is there already is
 * the same. */
static eft_status
read_set(struct efti_pattern_reader *r, eft_text key, eft_text text, char sign,
         uint32_t line, uint32_t *set, eft_error *err)
{
    eft_text rest = text, piece;

    *set = efti_strings_find(r->set_keys, key.bytes, key.size);
    if (*set != EFTI_NOT_FOUND)
        return EFT_OK;
    r->members.count = 0;
    while (next_piece(&rest, sign, &piece)) {
        eft_status st = read_member(r, piece, line, err);
        if (st != EFT_OK)
            return st;
    }
    size_t size = r->members.count * sizeof(*r->members.items);
    void *kept = efti_arena_alloc(r->arena, size, alignof(struct efti_pattern_word));
    if (kept == NULL || !EFTI_ARRAY_RESERVE(r->mem, &r->sets, r->sets.count + 1))
        return efti_no_memory(err, "the lexicon");
    memcpy(kept, r->members.items, size);
    *set = efti_strings_add(r->set_keys, key.bytes, key.size, NULL);
    if (*set == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the lexicon");
    r->sets.items[r->sets.count++] =
        (struct efti_word_set){kept, (uint32_t)r->members.count, line};
    return EFT_OK;
}

eft_status
efti_pattern_words(struct efti_pattern_reader *r, eft_text id, eft_text words,
                   uint32_t line, eft_error *err)
{
    uint32_t set;

    efti_bytes_clear(&r->folded);
    efti_put_char(&r->folded, '@');
    efti_put(&r->folded, id.bytes, id.size);
    if (r->folded.failed)
        return efti_no_memory(err, "the lexicon");
    char *key = efti_arena_copy(r->arena, r->folded.data, r->folded.size);
    if (key == NULL)
        return efti_no_memory(err, "the lexicon");
    if (efti_strings_find(r->set_keys, key, id.size + 1) != EFTI_NOT_FOUND)
        return pattern_fault(err, line,
                             "a second <words> with the same id (join the two)");
    return read_set(r, (eft_text){key, id.size + 1}, words, '|', line, &set, err);
}

eft_status
efti_pattern_condition(struct efti_pattern_reader *r, eft_text text, uint32_t line,
                       uint32_t sets[EFTI_CONDITIONS], uint8_t *count, eft_error *err)
{
    *count = 0;
    for (size_t from = 0, at = 0; at <= text.size; at++) {
        /* "+gå" is a mark: the + between groups has a blank on both sides */
        bool between = at > 0 && at + 1 < text.size && text.bytes[at] == '+' &&
                       is_pattern_blank(text.bytes[at - 1]) &&
                       is_pattern_blank(text.bytes[at + 1]);
        if (at < text.size && !between)
            continue;
        eft_text group = trim_blanks((eft_text){text.bytes + from, at - from});
        if (*count == EFTI_CONDITIONS)
            return pattern_fault(err, line,
                                 "more than four groups in a condition (join "
                                 "some with |)");
        if (group.size == 0)
            return pattern_fault(err, line,
                                 "an empty group in a condition (remove the +)");
        eft_status st = read_set(r, group, group, '|', line, &sets[(*count)++], err);
        if (st != EFT_OK)
            return st;
        from = at + 1;
    }
    return EFT_OK;
}

/* ----------------------------------------------------------------------- phrases */

static eft_status
read_pattern_word(struct efti_pattern_reader *r, eft_text word, uint32_t line,
                  struct efti_pattern_word *out, eft_error *err)
{
    bool group = word.bytes[0] == '(';
    eft_text inner = word;

    if (!group && word.bytes[0] != '@')
        return read_form(r, word, line, out, err);
    *out = (struct efti_pattern_word){.kind = EFTI_PATTERN_SET};
    if (group) {
        if (word.size < 3 || word.bytes[word.size - 1] != ')')
            return pattern_fault(err, line,
                                 "a group that is not closed (write (ord/ord), without "
                                 "blanks)");
        inner = (eft_text){word.bytes + 1, word.size - 2};
    } else if (named_set(r, word) == EFTI_NOT_FOUND) {
        return pattern_fault(err, line,
                             "no <words> before this has that id (check the "
                             "spelling after @)");
    }
    return read_set(r, word, inner, '/', line, &out->set, err);
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
    eft_text rest = entry, piece;

    while (next_piece(&rest, '|', &piece)) {
        eft_status st = read_alternative(r, piece, like, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}
