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

/* An ordinary word with a capital: part of a title in mid-sentence, or a signature; then
 * it is a candidate. */
static bool
list_capital(struct efti_veil *v, size_t i, const struct veil_word *w)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if ((w->bits & VEIL_UPPER) == 0 &&
        ((w->bits & VEIL_ROLE) == 0 || /* lotsen, and who works at Lotsen */
         (w->form->lists & EFTI_LIST_ORG_NAME) != 0) &&
        efti_veil_is_mid(v, i)) {
        v->capitals.items[v->capitals.count++] = (uint32_t)i;
        return false;
    }
    return w->glue != VEIL_GLUE_SPACE && t->start > 1 &&
           (v->text.bytes[t->start - 1] == '/' || v->text.bytes[t->start - 2] == '/');
}

#define RARE_LISTS (VEIL_CUE_HEAD | VEIL_CUE_SIGN_OFF | VEIL_CUE_AUTHOR | VEIL_CUE_KEY)

/* Put token `i` on a list, or leave it as it is: without a branch, as nobody could guess
 * which. There is always room for one more. */
#define LIST_IF(list, i, wanted)                                                         \
    ((list)->items[(list)->count] = (uint32_t)(i), (list)->count += (wanted) ? 1 : 0)

/* The lists that seldom have anything. */
static void
list_rare(struct efti_veil *v, size_t i, uint32_t cues)
{
    LIST_IF(&v->keys, i, (cues & VEIL_CUE_KEY) != 0);
    LIST_IF(&v->heads, i, (cues & VEIL_CUE_HEAD) != 0);
    LIST_IF(&v->sign_offs, i, (cues & VEIL_CUE_SIGN_OFF) != 0);
    LIST_IF(&v->surnames, i,
            (cues & VEIL_CUE_AUTHOR) != 0 && (cues & VEIL_CUE_LARGE) != 0);
}

static bool
is_special(const struct efti_token *t)
{
    return t->kind >= EFTI_EMAIL && t->kind != EFTI_EMOJI;
}

/* An address, emoji, tag, or token too long to be a word; is it special? */
static bool
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
        return false;
    }
    if (t->kind == EFTI_EMOJI)
        return false;
    if (t->form < v->kinds.count)
        w->form = efti_forms_get(v->forms, t->form);
    v->any_special = v->any_special || is_special(t);
    return is_special(t);
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
        else if (w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 &&
                 list_capital(v, i, w))
            v->candidates.items[v->candidates.count++] = (uint32_t)i;
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

/* A small letter, and no blank but a new line before it: "**F**atima", "An-<line>na".
 * Whether it is one name is asked later (glued_parts.c). */
static bool
is_split_at(const char *bytes, const struct efti_token *t)
{
    char c = bytes[t->start], before = bytes[t->start - 1];

    return ((c >= 'a' && c <= 'z') || (c & '\x80') != 0) && t->start > t[-1].end &&
           before != ' ';
}

/* The tokens that stand apart from the one before. Behind a blank there is nothing but
 * the gap to tell. */
static void
look_at_gaps(struct efti_veil *v, const struct block *b)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const char *bytes = v->text.bytes;

    for (size_t k = 0; k < b->aparts; k++) {
        const size_t i = b->apart[k], at = tokens[i].start;
        const enum veil_glue glue = glue_of(bytes, i > 0 ? tokens[i - 1].end : 0, at);

        v->words.items[i].glue = (uint8_t)glue;
        v->any_amp = v->any_amp || glue == VEIL_GLUE_AMP;
        if (at == 0 || bytes[at - 1] == ' ')
            continue;
        v->any_unseen = v->any_unseen || is_unseen_before(v->text, at);
        v->any_sign = v->any_sign || bytes[at - 1] == '#' || bytes[at - 1] == '\\';
        LIST_IF(&v->splits, i, i > 0 && is_split_at(bytes, &tokens[i]));
    }
}

/* Two words: the first of a phrase? */
static void
look_at_pairs(struct efti_veil *v, const struct block *b)
{
    const struct veil_word *words = v->words.items;

    for (size_t k = 0; k < b->paired; k++) {
        const size_t i = b->pairs[k];

        LIST_IF(&v->phrases, i - 1,
                efti_veil_may_be_phrase(v, words[i - 1].cues, words[i].cues));
    }
}

/* Put tokens that may matter on the lists of those who look for them. The ends of the
 * common lists stay at hand: each token is written behind all of them. */
static void
look_at_wanted(struct efti_veil *v, struct first_look *look, const struct block *b)
{
    uint32_t *terms = v->terms.items + v->terms.count;
    uint32_t *figures = v->digit_tokens.items + v->digit_tokens.count;
    uint32_t *numbers = v->numbers.items + v->numbers.count;
    uint32_t *candidates = v->candidates.items + v->candidates.count;
    uint32_t classes = 0, large = 0, initial = 0, upper = 0;

    for (size_t k = 0; k < b->wants; k++) {
        const uint32_t i = b->wanted[k];
        const struct veil_word *w = &v->words.items[i];
        const uint32_t bits = w->bits, cues = w->cues;

        if (EFTI_UNLIKELY(w->form == NULL)) {
            if (read_odd(v, look, i))
                *terms++ = *figures++ = *candidates++ = i;
            continue;
        }
        const uint32_t term = cues / VEIL_CUE_TERM & 1;
        *terms = *figures = *numbers = *candidates = i;
        terms += term;
        classes |= term << efti_veil_class(bits);
        figures += bits / VEIL_DIGITS & 1;
        numbers += cues / VEIL_CUE_AGE & 1;
        candidates += cues / VEIL_CUE_CANDIDATE & 1;
        large += cues / VEIL_CUE_LARGE & 1;
        initial += cues / VEIL_CUE_INITIAL & 1;
        upper += cues / VEIL_CUE_UPPER & 1;
        if (EFTI_UNLIKELY((cues & RARE_LISTS) != 0))
            list_rare(v, i, cues);
        if ((bits & VEIL_CAPITAL) != 0 && (cues & VEIL_CUE_CANDIDATE) == 0 &&
            list_capital(v, i, w))
            *candidates++ = i;
    }
    v->terms.count = (size_t)(terms - v->terms.items);
    v->digit_tokens.count = (size_t)(figures - v->digit_tokens.items);
    v->numbers.count = (size_t)(numbers - v->numbers.items);
    v->candidates.count = (size_t)(candidates - v->candidates.items);
    v->classes |= classes;
    look->large += large;
    look->initial += initial;
    look->upper += upper;
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
        look_at_gaps(v, &b); /* which the others ask about */
        look_at_pairs(v, &b);
        look_at_wanted(v, look, &b);
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

    if (!reserve_words(v, count))
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
