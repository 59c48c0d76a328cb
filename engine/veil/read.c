/*
 * read.c - the one look at all tokens of a text
 *
 *   token -> form -> bits and cues     v->words, 24 bytes a token, side by side
 *                 -> lists             candidates, terms, digits ...: who looks at it
 *
 * What a form may begin was asked when it was new (cues.c). Most tokens are on no list,
 * and nobody can guess which, so the look goes in blocks: first every token is noted
 * without a branch, and those that are wanted, begin a phrase or stand apart from the
 * token before are set aside; then each of these three heaps is gone through by itself.
 * The bits of a form may lie far away: all of a block are asked for before it is read.
 *
 * The same look counts what casing and language are told by.
 */
#include "veil/find.h"

/* ------------------------------------------------------------- between two tokens */

/* What one byte between two tokens is. */
static enum veil_glue
glue_of_mark(char mark)
{
    switch (mark) {
    case '\n':
    case '\r':
    case ';':
    case '!':
    case '?': return VEIL_GLUE_FAR;
    case '\t':
    case ' ': return VEIL_GLUE_SPACE;
    case ',': return VEIL_GLUE_COMMA;
    case '.': return VEIL_GLUE_STOP;
    case '&':
    case '+': return VEIL_GLUE_AMP;
    default: return VEIL_GLUE_MARK;
    }
}

/* Several bytes, or one of a longer character. */
static enum veil_glue
glue_of_many(const char *bytes, size_t from, size_t to)
{
    bool blank = false;
    char mark = 0;
    size_t marks = 0;

    for (size_t i = from; i < to; i++) {
        char c = bytes[i];

        size_t space = c == '\t' ? 1 : efti_space_size(bytes + i, to - i);

        if (c == '\n' || c == '\r')
            return VEIL_GLUE_FAR;
        if (space > 0) {
            blank = true;
            i += space - 1;
        } else if (((unsigned char)c & 0xC0) != 0x80) {
            mark = c;
            marks++;
        }
    }
    if (marks == 0)
        return blank ? VEIL_GLUE_SPACE : VEIL_GLUE_NONE;
    if (marks == 2 && mark == ',' && bytes[from] == '.')
        return VEIL_GLUE_COMMA; /* "Shirin K., 34 år" */
    return marks > 1 ? VEIL_GLUE_FAR : glue_of_mark(mark);
}

/* What stands between two tokens, if it is not one blank. */
static enum veil_glue
glue_of(const char *bytes, size_t from, size_t to)
{
    if (to == from)
        return VEIL_GLUE_NONE;
    if (to - from > 8)
        return VEIL_GLUE_FAR;
    if (to == from + 1 ||
        (to == from + 2 && bytes[from + 1] == ' ' && (bytes[from] & '\x80') == 0))
        return glue_of_mark(bytes[from]);
    return glue_of_many(bytes, from, to);
}

/* -------------------------------------------------------- casing and language */

/* What a first look at the tokens counts. */
struct first_look {
    size_t lower, initial, upper;   /* words in small letters; others of two and more */
    size_t tags;                    /* of ours: each stood for some of them */
    size_t swedish, brief, unclear; /* paragraphs */
    uint32_t large; /* other words of a line than those in small letters */
};

/* A line is clear when most of its words are known, or when it is too short to tell but
 * has no other script to speak of; language.c looks closer where one is not. `small`
 * words are in small letters, `known` of them known. */
static void
end_paragraph(struct first_look *look, uint32_t small, uint32_t known)
{
    look->lower += small;
    if (known * 2 < look->large + small)
        look->unclear++;
    else if (small < VEIL_LANGUAGE_WORDS)
        look->brief++;
    else if (known * 100 >= small * VEIL_LANGUAGE_KNOWN)
        look->swedish++;
    else
        look->unclear++;
    look->large = 0;
}

/* A writer who never uses capitals, and one who uses nothing else, are read otherwise. */
static enum veil_casing
casing_of(const struct first_look *look)
{
    size_t upper = look->upper + (look->upper > 0 ? look->tags : 0);
    size_t all = look->lower + look->initial + upper;

    if (look->upper >= 4 && upper * 10 >= all * 7)
        return VEIL_CASING_HIGH;
    return look->initial + look->tags == 0 && look->lower >= 4 ? VEIL_CASING_LOW
                                                               : VEIL_CASING_USUAL;
}

/* ------------------------------------------------------------------- the lists */

static bool
reserve_words(struct efti_veil *v, size_t count)
{
    v->words.count = v->candidates.count = v->phrases.count = v->sign_offs.count = 0;
    v->terms.count = v->capitals.count = v->heads.count = v->digit_tokens.count = 0;
    v->named.count = v->surnames.count = v->full_names.count = 0;
    v->numbers.count = v->keys.count = v->splits.count = 0;
    v->named_sorted = true;
    /* a token stands on each list once at most, so that the pass never has to ask */
    if (count < v->reserved)
        return true;
    bool done = EFTI_ARRAY_RESERVE(v->mem, &v->words, count + 2) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->numbers, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->candidates, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->phrases, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->sign_offs, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->terms, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->capitals, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->heads, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->digit_tokens, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->splits, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->surnames, count + 1) &&
                EFTI_ARRAY_RESERVE(v->mem, &v->keys, count + 1);
    v->reserved = done ? count + 1 : 0;
    return done;
}

/* An ordinary word with a capital: part of a title in mid-sentence, or a signature. */
static void
list_capital(struct efti_veil *v, size_t i, const struct veil_word *w)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if ((w->bits & VEIL_UPPER) == 0 &&
        ((w->bits & VEIL_ROLE) == 0 || /* lotsen, and who works at Lotsen */
         (w->form->lists & EFTI_LIST_ORG_NAME) != 0) &&
        efti_veil_is_mid(v, i))
        v->capitals.items[v->capitals.count++] = (uint32_t)i;
    else if (w->glue != VEIL_GLUE_SPACE && t->start > 1 &&
             (v->text.bytes[t->start - 1] == '/' || v->text.bytes[t->start - 2] == '/'))
        v->candidates.items[v->candidates.count++] = (uint32_t)i;
}

#define RARE_LISTS (VEIL_CUE_HEAD | VEIL_CUE_SIGN_OFF | VEIL_CUE_AUTHOR | VEIL_CUE_KEY)

/* Put token `i` on a list, or leave it as it is: without a branch, as nobody could guess
 * which. There is always room for one more. */
#define LIST_IF(list, i, wanted)                                                         \
    ((list)->items[(list)->count] = (uint32_t)(i), (list)->count += (wanted) ? 1 : 0)

/* Put a token that may matter on the lists of those who look for it. */
static void
list_token(struct efti_veil *v, struct first_look *look, size_t i,
           const struct veil_word *w)
{
    const uint32_t bits = w->bits, cues = w->cues;
    const bool term = (cues & VEIL_CUE_TERM) != 0;

    LIST_IF(&v->terms, i, term);
    v->classes |= (uint32_t)term << efti_veil_class(bits);
    LIST_IF(&v->digit_tokens, i, (bits & VEIL_DIGITS) != 0);
    LIST_IF(&v->numbers, i, (cues & VEIL_CUE_AGE) != 0);
    LIST_IF(&v->candidates, i, (cues & VEIL_CUE_CANDIDATE) != 0);
    look->large += (cues & VEIL_CUE_LARGE) != 0;
    look->initial += (cues & VEIL_CUE_INITIAL) != 0;
    look->upper += (cues & VEIL_CUE_UPPER) != 0;
    if (EFTI_UNLIKELY((cues & RARE_LISTS) != 0)) {
        LIST_IF(&v->keys, i, (cues & VEIL_CUE_KEY) != 0);
        LIST_IF(&v->heads, i, (cues & VEIL_CUE_HEAD) != 0);
        LIST_IF(&v->sign_offs, i, (cues & VEIL_CUE_SIGN_OFF) != 0);
        LIST_IF(&v->surnames, i,
                (cues & VEIL_CUE_AUTHOR) != 0 && (cues & VEIL_CUE_LARGE) != 0);
    }
    if ((bits & VEIL_CAPITAL) != 0 && (cues & VEIL_CUE_CANDIDATE) == 0)
        list_capital(v, i, w);
}

static bool
is_special(const struct efti_token *t)
{
    return t->kind >= EFTI_EMAIL && t->kind != EFTI_EMOJI;
}

/* An address, emoji, tag, or token too long to be a word. */
static void
read_odd(struct efti_veil *v, struct first_look *look, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    struct veil_word *w = &v->words.items[i];

    w->form = NULL;
    w->bits = w->cues = 0;
    if (t->kind == EFTI_VEIL) {
        w->state = VEIL_STATE_TAG;
        v->any_tag = true;
        look->tags++; /* so that a second veiling is not bolder than the first */
        return;
    }
    if (t->kind == EFTI_EMOJI)
        return;
    if (t->form < v->kinds.count)
        w->form = efti_forms_get(v->forms, t->form);
    if (!is_special(t))
        return;
    v->any_special = true;
    v->digit_tokens.items[v->digit_tokens.count++] = (uint32_t)i;
    v->terms.items[v->terms.count++] = (uint32_t)i;
    v->candidates.items[v->candidates.count++] = (uint32_t)i;
}

/* In a text all in capitals ULF is no method: the candidates once more,
 * with such words. */
static void
list_shouted(struct efti_veil *v)
{
    v->candidates.count = 0;
    for (size_t i = 0; i < v->words.count; i++) {
        const struct efti_token *t = &v->segments->tokens.items[i];
        struct veil_word *w = &v->words.items[i];
        bool special = is_special(t);

        if (t->kind == EFTI_VEIL || (!special && (w->bits & VEIL_LISTED) == 0))
            continue;
        if (w->form != NULL)
            w->bits = efti_veil_shouted(v, w->form, w->bits);
        if (special || efti_veil_is_candidate(w->bits))
            v->candidates.items[v->candidates.count++] = (uint32_t)i;
        else if (w->form != NULL && (w->bits & VEIL_CAPITAL) != 0)
            list_capital(v, i, w);
    }
}

/* -------------------------------------------------------------------- the look */

/* Tokens of one line that are noted at a time, and those set aside among them. */
#define BLOCK 128
struct block {
    size_t first, end;
    uint32_t wanted[BLOCK], pairs[BLOCK], apart[BLOCK];
    size_t wants, paired, aparts;
    uint32_t counts; /* words in small letters, and known ones of them << COUNTS_KNOWN */
};
#define COUNTS_MASK (VEIL_CUE_SMALL | VEIL_CUE_KNOWN)
#define COUNTS_KNOWN 8
_Static_assert(VEIL_CUE_SMALL == 1 && VEIL_CUE_KNOWN == 1 << COUNTS_KNOWN &&
                   BLOCK < 1 << COUNTS_KNOWN,
               "one addition counts both");

/* Where a block ends. The bits of its tokens are asked for: near or far, they come side
 * by side. */
static size_t
end_of_block(const struct efti_veil *v, size_t first)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct veil_kind *kinds = v->kinds.items;
    const size_t rest = v->words.count - first;
    const size_t most = first + (rest < BLOCK ? rest : BLOCK);
    size_t i = first;

    do
        EFTI_PREFETCH(&kinds[tokens[i].form]);
    while (++i < most && (tokens[i].flags & EFTI_TOKEN_LINE_START) == 0);
    return i;
}

/* Fill the words of a block. `*all`: bits of any. */
static void
note_block(struct efti_veil *v, struct block *b, uint32_t *all)
{
    const struct efti_forms_head head = efti_forms_head_of(v->forms);
    const struct efti_token *t = v->segments->tokens.items + b->first;
    const struct veil_kind *kinds = v->kinds.items;
    const char *bytes = v->text.bytes;
    struct veil_word *w = v->words.items + b->first;
    uint32_t end = b->first > 0 ? t[-1].end : 0;
    uint32_t before = b->first > 0 ? w[-1].bits : 0;
    uint32_t cues_all = 0, bits_all = 0, counts = 0;
    size_t wants = 0, paired = 0, aparts = 0;

    for (size_t i = b->first; i < b->end; i++, t++, w++) {
        const struct efti_form *form = NULL;
        uint32_t bits = VEIL_LISTED, cues = 0;

        if (EFTI_LIKELY(t->kind <= EFTI_ABBREVIATION)) {
            form = efti_forms_in(&head, t->form);
            bits = kinds[t->form].bits;
            cues = kinds[t->form].cues;
        }
        *w = (struct veil_word){.form = form,
                                .bits = bits,
                                .cues = cues,
                                .glue = VEIL_GLUE_SPACE,
                                .category = EFTI_CATEGORY_COUNT};
        b->apart[aparts] = b->pairs[paired] = b->wanted[wants] = (uint32_t)i;
        const bool apart = (t->start != end + 1) | (bytes[end] != ' ');
        aparts += apart ? 1 : 0;
        paired += before / VEIL_PHRASE & bits / VEIL_NEXT & 1;
        wants += bits / VEIL_LISTED & 1;
        counts += cues & COUNTS_MASK;
        cues_all |= cues;
        bits_all |= bits;
        before = bits;
        end = t->end;
    }
    b->aparts = aparts;
    b->paired = paired;
    b->wants = wants;
    b->counts = counts;
    v->present |= cues_all;
    *all |= bits_all;
}

/* U+200B to U+200F right before a place: blanks of no width, direction marks. */
static bool
is_unseen_before(eft_text text, size_t at)
{
    return at > 2 && (unsigned char)(text.bytes[at - 1] - 0x8B) <= 0x8F - 0x8B &&
           memcmp(text.bytes + at - 3, "\xE2\x80", 2) == 0;
}

/* #annasvensson, \nFatima */
static bool
is_sign_before(eft_text text, size_t at)
{
    return at > 0 && (text.bytes[at - 1] == '#' || text.bytes[at - 1] == '\\');
}

/* A small letter, and no blank but a new line before it: "**F**atima", "An-<line>na".
 * Whether it is one name is asked later (glued_parts.c). */
static bool
is_split_at(const char *bytes, const struct efti_token *t)
{
    char c = bytes[t->start], before = bytes[t->start - 1];

    return ((c >= 'a' && c <= 'z') || (c & '\x80') != 0) && t->start > t[-1].end &&
           before != ' ';
}

/* What was set aside of a block, in the order of the text. */
static void
look_at_block(struct efti_veil *v, struct first_look *look, const struct block *b)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    struct veil_word *words = v->words.items;

    for (size_t k = 0; k < b->aparts; k++) {
        size_t i = b->apart[k];

        words[i].glue = (uint8_t)glue_of(v->text.bytes, i > 0 ? tokens[i - 1].end : 0,
                                         tokens[i].start);
        v->any_amp = v->any_amp || words[i].glue == VEIL_GLUE_AMP;
        v->any_unseen = v->any_unseen || is_unseen_before(v->text, tokens[i].start);
        v->any_sign = v->any_sign || is_sign_before(v->text, tokens[i].start);
        LIST_IF(&v->splits, i, i > 0 && is_split_at(v->text.bytes, &tokens[i]));
    }
    for (size_t k = 0; k < b->paired; k++) { /* two words: the first of a phrase? */
        size_t i = b->pairs[k];

        LIST_IF(&v->phrases, i - 1,
                efti_veil_may_be_phrase(v, words[i - 1].cues, words[i].cues));
    }
    for (size_t k = 0; k < b->wants; k++) {
        size_t i = b->wanted[k];

        if (EFTI_UNLIKELY(words[i].form == NULL))
            read_odd(v, look, i);
        else
            list_token(v, look, i, &words[i]);
    }
}

/* Block after block; a paragraph ends with its line. */
static void
read_tokens(struct efti_veil *v, struct first_look *look)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const size_t count = v->words.count;
    uint32_t small = 0, known = 0, all = 0;
    struct block b;

    for (b.first = 0; b.first < count; b.first = b.end) {
        b.end = end_of_block(v, b.first);
        note_block(v, &b, &all);
        look_at_block(v, look, &b);
        small += b.counts & ((1u << COUNTS_KNOWN) - 1);
        known += b.counts >> COUNTS_KNOWN;
        if (b.end == count || (tokens[b.end].flags & EFTI_TOKEN_LINE_START) != 0) {
            end_paragraph(look, small, known);
            small = known = 0;
        }
    }
    v->any_key = (all & VEIL_KEY) != 0;
}

bool
efti_veil_read(struct efti_veil *v)
{
    size_t count = v->segments->tokens.count;
    struct first_look look = {0};

    if (!efti_veil_know_forms(v) || !reserve_words(v, count))
        return false;
    v->words.count = count;
    /* what stands behind the last is nothing, for those who look two words ahead */
    v->words.items[count] = v->words.items[count + 1] = (struct veil_word){0};
    v->casing = VEIL_CASING_USUAL; /* until it is known */
    v->any_amp = v->any_unseen = v->any_sign = false;
    v->any_tag = v->any_special = v->any_age = false;
    v->classes = v->present = 0;
    read_tokens(v, &look);
    if (count > 0)
        v->words.items[0].glue = VEIL_GLUE_FAR;
    v->casing = casing_of(&look);
    if (v->casing == VEIL_CASING_HIGH)
        list_shouted(v);
    v->all_swedish = look.unclear == 0 && (look.brief == 0 || look.swedish > 0) &&
                     v->casing != VEIL_CASING_HIGH &&
                     (v->present & VEIL_CUE_SCRIPT) == 0 && v->dictionary != NULL;
    return true;
}
