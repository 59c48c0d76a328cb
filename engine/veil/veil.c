/*
 * veil.c - one text through all recognisers
 *
 * The order of the passes is the order in which they lean on each other: digits before
 * dates, streets before postcodes, frames before names, names before ages.
 *
 * The tokens are gone over once. What a form may begin was asked when it was new
 * (cues.c): a token with no such cue costs one test; in ordinary Swedish these are two in
 * three. The others go on the lists of the passes that look for them: candidates (may be
 * names), phrases, terms of dates and addresses, heads of organisations, digits,
 * keywords. After that no pass looks at anything but its list and what stands beside it,
 * and none runs in a text that has nothing for it. The same look counts what casing and
 * language are told by.
 */
#include "veil/find.h"

#include "text/unicode.h"

/* ---------------------------------------------------------------------- set-up */

/* The words of the roster's names, but for those of one or two letters. */
static bool
add_roster_name(struct efti_strings *roster, eft_text name)
{
    for (size_t at = 0, end; at < name.size; at = end + 1) {
        for (end = at; end < name.size && name.bytes[end] != ' ';)
            end++;
        if (efti_utf8_length(name.bytes + at, end - at) > 2 &&
            efti_strings_add(roster, name.bytes + at, end - at, NULL) == EFTI_NOT_FOUND)
            return false;
    }
    return true;
}

static eft_status
take_roster(struct efti_veil *v, const struct efti_veil_options *options, eft_error *err)
{
    eft_status st;

    if (options->roster_count == 0)
        return EFT_OK;
    if ((st = efti_strings_new(v->mem, &v->roster, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < options->roster_count; i++)
        if (!add_roster_name(v->roster, options->roster[i]))
            return efti_no_memory(err, "no memory for the roster");
    return EFT_OK;
}

static eft_status
take_options(struct efti_veil *v, const struct efti_veil_options *options, eft_error *err)
{
    eft_status st;

    if (options == NULL)
        return EFT_OK;
    v->flags = options->flags;
    v->off = options->off;
    v->weaken_per_mille = options->weaken_per_mille;
    v->weaken_seed = options->weaken_seed;
    st = efti_veil_own_new(v->mem, options->listed, options->listed_count, &v->own_lists,
                           err);
    if (st != EFT_OK)
        return st;
    if (options->allow_count == 0)
        return take_roster(v, options, err);
    if ((st = efti_strings_new(v->mem, &v->allow, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < options->allow_count; i++)
        if (efti_strings_add(v->allow, options->allow[i].bytes, options->allow[i].size,
                             NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "no memory for the allow list");
    return take_roster(v, options, err);
}

eft_status
efti_veil_new(const eft_allocator *mem, const struct efti_lists *lists,
              const struct efti_dictionary *dictionary, struct efti_forms *forms,
              const struct efti_veil_options *options, struct efti_veil **out,
              eft_error *err)
{
    struct efti_veil *v = efti_zalloc(mem, 1, sizeof(*v));
    eft_status st;

    *out = NULL;
    if (v == NULL)
        return efti_no_memory(err, "no memory for a veil");
    v->mem = mem;
    v->lists = lists;
    v->dictionary = dictionary;
    v->forms = forms;
    v->unicode = efti_forms_unicode(forms);
    efti_veil_chain_keywords(&v->key_chains);
    efti_veil_map_classes(&v->class_map);
    efti_veil_map_tales(&v->tale_map);
    efti_veil_map_pairs(lists, v->pair_map);
    efti_bytes_init(&v->digits, mem);
    efti_bytes_init(&v->phrase, mem);
    efti_arena_init(&v->arena, mem);
    st = take_options(v, options, err);
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_veil_analyse, v, err);
    if (st != EFT_OK) {
        efti_veil_free(v);
        return st;
    }
    *out = v;
    return EFT_OK;
}

static void
free_lists_of_tokens(const eft_allocator *mem, struct efti_veil *v)
{
    EFTI_ARRAY_FREE(mem, &v->words);
    EFTI_ARRAY_FREE(mem, &v->candidates);
    EFTI_ARRAY_FREE(mem, &v->phrases);
    EFTI_ARRAY_FREE(mem, &v->sign_offs);
    EFTI_ARRAY_FREE(mem, &v->terms);
    EFTI_ARRAY_FREE(mem, &v->capitals);
    EFTI_ARRAY_FREE(mem, &v->heads);
    EFTI_ARRAY_FREE(mem, &v->surnames);
    EFTI_ARRAY_FREE(mem, &v->full_names);
    EFTI_ARRAY_FREE(mem, &v->digit_tokens);
    EFTI_ARRAY_FREE(mem, &v->numbers);
    EFTI_ARRAY_FREE(mem, &v->keys);
    EFTI_ARRAY_FREE(mem, &v->named);
}

void
efti_veil_free(struct efti_veil *v)
{
    if (v == NULL)
        return;
    const eft_allocator *mem = v->mem;

    efti_strings_free(v->allow);
    efti_strings_free(v->roster);
    efti_veil_own_free(mem, v->own_lists);
    free_lists_of_tokens(mem, v);
    EFTI_ARRAY_FREE(mem, &v->kinds);
    EFTI_ARRAY_FREE(mem, &v->answers);
    EFTI_ARRAY_FREE(mem, &v->runs);
    EFTI_ARRAY_FREE(mem, &v->found);
    EFTI_ARRAY_FREE(mem, &v->repeats);
    efti_bytes_free(&v->digits);
    efti_bytes_free(&v->phrase);
    efti_arena_free(&v->arena);
    efti_segments_free(mem, &v->own);
    efti_release(mem, v, sizeof(*v));
}

/* ------------------------------------------------------------ words of a text */

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

        if (c == '\n' || c == '\r')
            return VEIL_GLUE_FAR;
        if (c == '\xC2' && i + 1 < to && bytes[i + 1] == '\xA0') { /* no-break space */
            blank = true;
            i++;
        } else if (c == ' ' || c == '\t') {
            blank = true;
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

static bool
reserve_words(struct efti_veil *v, size_t count)
{
    v->words.count = v->candidates.count = v->phrases.count = v->sign_offs.count = 0;
    v->terms.count = v->capitals.count = v->heads.count = v->digit_tokens.count = 0;
    v->keys.count = v->named.count = v->surnames.count = v->full_names.count = 0;
    v->numbers.count = 0;
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

    if ((w->bits & (VEIL_UPPER | VEIL_ROLE)) == 0 && efti_veil_is_mid(v, i))
        v->capitals.items[v->capitals.count++] = (uint32_t)i;
    else if (w->glue != VEIL_GLUE_SPACE && t->start > 1 &&
             (v->text.bytes[t->start - 1] == '/' || v->text.bytes[t->start - 2] == '/'))
        v->candidates.items[v->candidates.count++] = (uint32_t)i;
}

/* Put a token that may matter on the lists of those who look for it. */
static void
list_token(struct efti_veil *v, struct first_look *look, size_t i,
           const struct veil_word *w)
{
    uint32_t bits = w->bits, cues = w->cues;

    if ((bits & VEIL_KEY) != 0)
        v->keys.items[v->keys.count++] = (uint32_t)i;
    if ((cues & VEIL_CUE_TERM) != 0) {
        v->terms.items[v->terms.count++] = (uint32_t)i;
        v->classes |= 1u << efti_veil_class(bits);
    }
    if ((bits & VEIL_DIGITS) != 0)
        v->digit_tokens.items[v->digit_tokens.count++] = (uint32_t)i;
    if ((cues & VEIL_CUE_AGE) != 0)
        v->numbers.items[v->numbers.count++] = (uint32_t)i;
    if ((cues & (VEIL_CUE_HEAD | VEIL_CUE_SIGN_OFF)) != 0) {
        if ((cues & VEIL_CUE_HEAD) != 0)
            v->heads.items[v->heads.count++] = (uint32_t)i;
        if ((cues & VEIL_CUE_SIGN_OFF) != 0)
            v->sign_offs.items[v->sign_offs.count++] = (uint32_t)i;
    }
    if ((cues & VEIL_CUE_LARGE) != 0) {
        look->large++;
        look->initial += (cues & VEIL_CUE_INITIAL) != 0;
        look->upper += (cues & VEIL_CUE_UPPER) != 0;
        if ((cues & VEIL_CUE_AUTHOR) != 0)
            v->surnames.items[v->surnames.count++] = (uint32_t)i;
    }
    if ((cues & VEIL_CUE_CANDIDATE) != 0)
        v->candidates.items[v->candidates.count++] = (uint32_t)i;
    else if ((bits & VEIL_CAPITAL) != 0)
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
        w->form = v->kinds.items[t->form].form;
    if (!is_special(t))
        return;
    v->any_special = true;
    v->digit_tokens.items[v->digit_tokens.count++] = (uint32_t)i;
    v->terms.items[v->terms.count++] = (uint32_t)i;
    v->candidates.items[v->candidates.count++] = (uint32_t)i;
}

/* In a text all in capitals ULF is no method: the candidates once more, with such words.
 */
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
        else if ((w->bits & VEIL_CAPITAL) != 0)
            list_capital(v, i, w);
    }
}

/* The one pass over all tokens: fills the words and the lists, and counts. What is
 * counted for every token is kept apart, where the compiler may hold it in registers. */
static uint32_t
read_tokens(struct efti_veil *v, struct first_look *look)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct veil_kind *kinds = v->kinds.items;
    struct veil_word *w = v->words.items;
    const char *bytes = v->text.bytes;
    const size_t count = v->words.count, forms = v->kinds.count;
    uint32_t end = 0, before = 0, present = 0, small = 0, known = 0;

    for (size_t i = 0; i < count; i++, w++) {
        const struct efti_token *t = &tokens[i];

        w->evidence = 0;
        w->state = 0;
        w->category = EFTI_CATEGORY_COUNT;
        w->rule = 0;
        w->glue = VEIL_GLUE_SPACE;
        if (EFTI_UNLIKELY(t->start != end + 1 || bytes[end] != ' ')) {
            w->glue = (uint8_t)glue_of(bytes, end, t->start);
            v->any_amp = v->any_amp || w->glue == VEIL_GLUE_AMP;
        }
        end = t->end;
        if (EFTI_UNLIKELY((t->flags & EFTI_TOKEN_LINE_START) != 0) && i > 0) {
            end_paragraph(look, small, known / VEIL_CUE_KNOWN);
            small = known = 0;
        }
        if (EFTI_UNLIKELY(t->kind > EFTI_ABBREVIATION || t->form >= forms)) {
            read_odd(v, look, i);
            before = 0;
            continue;
        }
        const struct veil_kind *k = &kinds[t->form];
        uint32_t bits = k->bits, cues = k->cues;

        w->form = k->form;
        w->bits = bits;
        w->cues = cues;
        /* two words that may be the first of a phrase: PHRASE << 1 is NEXT */
        if (EFTI_UNLIKELY((before << 1 & bits & VEIL_NEXT) != 0) &&
            efti_veil_may_be_phrase(v, w[-1].cues, cues))
            v->phrases.items[v->phrases.count++] = (uint32_t)i - 1;
        before = bits;
        present |= cues;
        small += cues & VEIL_CUE_SMALL;
        known += cues & VEIL_CUE_KNOWN;
        if ((bits & VEIL_LISTED) != 0)
            list_token(v, look, i, w);
    }
    if (count > 0)
        end_paragraph(look, small, known / VEIL_CUE_KNOWN);
    return present;
}

static bool
read_words(struct efti_veil *v)
{
    size_t count = v->segments->tokens.count;
    struct first_look look = {0};

    if (!efti_veil_know_forms(v) || !reserve_words(v, count))
        return false;
    v->words.count = count;
    /* what stands behind the last is nothing, for those who look two words ahead */
    v->words.items[count] = v->words.items[count + 1] = (struct veil_word){0};
    v->casing = VEIL_CASING_USUAL; /* until it is known */
    v->any_amp = v->any_tag = v->any_special = false;
    v->classes = 0;
    v->present = read_tokens(v, &look);
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

size_t
efti_veil_token_near(const struct efti_veil *v, size_t token, size_t at)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const size_t count = v->segments->tokens.count;

    while (token < count && tokens[token].end <= at)
        token++;
    while (token > 0 && token <= count && tokens[token - 1].end > at)
        token--;
    return token < count ? token : count;
}

size_t
efti_veil_token_at(const struct efti_veil *v, size_t at)
{
    size_t low = 0, high = v->segments->tokens.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (v->segments->tokens.items[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ------------------------------------------------------------------- find */

static void
veil_clear(struct efti_veiled *out)
{
    out->spans.count = 0;
    out->tokens.tokens.count = 0;
    out->tokens.sentences.count = 0;
    out->categories = 0;
    out->withheld = false;
}

eft_status
efti_veil_find(struct efti_veil *v, eft_text text, const struct efti_segments *segments,
               struct efti_veiled *out, eft_error *err)
{
    static void (*const passes[])(struct efti_veil *) = {
        efti_veil_contact, efti_veil_runs,    efti_veil_numbers, efti_veil_dates,
        efti_veil_frames,  efti_veil_authors, efti_veil_address, efti_veil_names,
        efti_veil_ages,    efti_veil_groups,  efti_veil_own,
    };
    eft_status st;

    veil_clear(out);
    v->text = text;
    v->segments = segments;
    v->no_memory = v->foreign_all = false;
    v->found.count = 0;
    v->phrase.failed = v->digits.failed = false;
    if (!read_words(v))
        return efti_no_memory(err, "no memory for the words of a text");
    for (size_t i = 0; i < EFTI_COUNT(passes) && !v->no_memory; i++)
        passes[i](v);
    if (!v->no_memory && (v->flags & EFTI_VEIL_ACCEPT_LANGUAGE) == 0)
        efti_veil_language(v);
    if (v->no_memory)
        st = efti_no_memory(err, "no memory for the spans of a text");
    else
        st = efti_veil_decide(v, out, err);
    if (st != EFT_OK)
        veil_clear(out);
    v->segments = NULL;
    v->text = (eft_text){NULL, 0};
    return st;
}
