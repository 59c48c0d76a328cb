/*
 * own.c - what the user says: always take this out, never that, leave these categories
 *
 *   deny       CATEGORY and words: taken out wherever they stand, in any casing
 *   initials   of a person of the roster: A. Svensson, Anna S, A.S.; capitals only
 *   word       of the roster that is nothing else: alone, and inside compounds
 *              (Solgläntangruppen, Kvastel-mötet)
 *   allow      CATEGORY and words: such a span is left where it is, unless it is denied
 *   off        categories that are left alone
 *
 * Words are matched token by token, folded; what stands between them does not matter as
 * long as it is one stretch, and the last may carry a genitive -s. Allowed spans and
 * categories that are off are dropped after overlapping candidates were settled: else the
 * digits of a date that may stay would come out as a case number.
 *
 * Costs nothing without lists; with them some look-ups for each token.
 */
#include "veil/find.h"

struct veil_own {
    struct efti_strings *keys;    /* words joined by blanks, of what is taken out */
    struct efti_strings *firsts;  /* their first words */
    struct efti_strings *allowed; /* category byte, words */
    EFTI_ARRAY(struct efti_listed) items; /* of keys */
    uint32_t most_words;
};

static uint32_t
count_words(eft_text key)
{
    uint32_t n = 1;

    for (size_t i = 0; i < key.size; i++)
        n += key.bytes[i] == ' ';
    return n;
}

static bool
add_allowed(struct veil_own *own, const struct efti_listed *item, struct efti_bytes *b)
{
    efti_bytes_clear(b);
    efti_put_char(b, (char)(item->category + 1));
    efti_put(b, item->key.bytes, item->key.size);
    return !b->failed &&
           efti_strings_add(own->allowed, b->data, b->size, NULL) != EFTI_NOT_FOUND;
}

/* The first of two entries with the same words counts: the caller has sorted them. What
 * two of the roster are called (Anna) says nothing of who it is. */
static bool
add_key(const eft_allocator *mem, struct veil_own *own, const struct efti_listed *item)
{
    const char *blank = memchr(item->key.bytes, ' ', item->key.size);
    size_t first = blank == NULL ? item->key.size : (size_t)(blank - item->key.bytes);
    uint32_t words = count_words(item->key);
    bool added;
    uint32_t at = efti_strings_add(own->keys, item->key.bytes, item->key.size, &added);

    if (at == EFTI_NOT_FOUND ||
        efti_strings_add(own->firsts, item->key.bytes, first, NULL) == EFTI_NOT_FOUND)
        return false;
    if (!added) {
        if (own->items.items[at].who != item->who)
            own->items.items[at].who = 0;
        return true;
    }
    if (!EFTI_PUSH(mem, &own->items))
        return false;
    own->items.items[own->items.count - 1] = (struct efti_listed){
        .category = item->category, .kind = item->kind, .who = item->who};
    own->most_words = words > own->most_words ? words : own->most_words;
    return true;
}

eft_status
efti_veil_own_new(const eft_allocator *mem, const struct efti_listed *listed,
                  size_t count, struct veil_own **out, eft_error *err)
{
    struct veil_own *own;
    struct efti_bytes b;
    bool ok = true;

    *out = NULL;
    if (count == 0)
        return EFT_OK;
    if ((own = efti_zalloc(mem, 1, sizeof(*own))) == NULL)
        return efti_no_memory(err, "lists of one's own");
    efti_bytes_init(&b, mem);
    eft_status st = efti_strings_new(mem, &own->keys, err);
    if (st == EFT_OK)
        st = efti_strings_new(mem, &own->firsts, err);
    if (st == EFT_OK)
        st = efti_strings_new(mem, &own->allowed, err);
    for (size_t i = 0; i < count && st == EFT_OK && ok; i++)
        ok = listed[i].key.size == 0 ||
             (listed[i].kind == EFTI_LISTED_ALLOW ? add_allowed(own, &listed[i], &b)
                                                  : add_key(mem, own, &listed[i]));
    efti_bytes_free(&b);
    if (st == EFT_OK && !ok)
        st = efti_no_memory(err, "lists of one's own");
    if (st != EFT_OK) {
        efti_veil_own_free(mem, own);
        return st;
    }
    *out = own;
    return EFT_OK;
}

void
efti_veil_own_free(const eft_allocator *mem, struct veil_own *own)
{
    if (own == NULL)
        return;
    efti_strings_free(own->keys);
    efti_strings_free(own->firsts);
    efti_strings_free(own->allowed);
    EFTI_ARRAY_FREE(mem, &own->items);
    efti_release(mem, own, sizeof(*own));
}

/* --------------------------------------------------------------- taking out */

/* As it is, else without a genitive -s; `*hanging`: the -s was taken off. */
static uint32_t
find_inflected(const struct efti_strings *in, const char *bytes, size_t size,
               bool *hanging)
{
    uint32_t at = efti_strings_find(in, bytes, size);

    *hanging = false;
    if (at == EFTI_NOT_FOUND && size > 3 && bytes[size - 1] == 's') {
        at = efti_strings_find(in, bytes, size - 1);
        *hanging = at != EFTI_NOT_FOUND;
    }
    return at;
}

/* a to z, and what stands in Latin-1 above them: ß to ÿ (U+00F7 is no letter). */
static bool
is_small(const char *raw, size_t size)
{
    const unsigned char *b = (const unsigned char *)raw;

    return (b[0] >= 'a' && b[0] <= 'z') || (size > 1 && b[0] == 0xC3 && b[1] >= 0x9F);
}

/* A lone letter or A.S. tells nobody apart unless it is a capital. */
static bool
initials_are_capitals(const struct efti_veil *v, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        const struct efti_form *f = v->words.items[i].form;
        bool initial = f->code_points <= 1 || memchr(f->raw, '.', f->raw_size) != NULL;

        if (initial && is_small(f->raw, f->raw_size))
            return false;
    }
    return true;
}

/* Until spans are numbered (tag_numbers.c) the number says who of the roster it is. */
static void
propose_own(struct efti_veil *v, size_t first, size_t last, bool hanging,
            const struct efti_listed *item)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    size_t end = tokens[last].end - (hanging ? 1u : 0u), before = v->found.count;

    efti_veil_propose_as(v, tokens[first].start, end, VEIL_RULE_OWN, EFTI_EVIDENCE_ROSTER,
                         (enum efti_category)item->category);
    if (v->found.count > before)
        v->found.items[before].number = item->who;
}

/* The longest entry that begins at token `i`; true: one does. */
static bool
match_words(struct efti_veil *v, size_t i)
{
    const struct veil_own *own = v->own_lists;
    size_t last = i;
    uint32_t best = EFTI_NOT_FOUND;
    bool hanging = false, hangs;

    efti_bytes_clear(&v->phrase);
    for (size_t n = 0; n < own->most_words && i + n < v->words.count; n++) {
        const struct veil_word *w = &v->words.items[i + n];
        if (w->form == NULL || (n > 0 && w->glue == VEIL_GLUE_FAR))
            break;
        if (n > 0)
            efti_put_char(&v->phrase, ' ');
        efti_put(&v->phrase, w->form->folded, w->form->folded_size);
        if (v->phrase.failed) {
            v->no_memory = true;
            return false;
        }
        uint32_t at = find_inflected(own->keys, v->phrase.data, v->phrase.size, &hangs);
        if (at != EFTI_NOT_FOUND && (own->items.items[at].kind != EFTI_LISTED_INITIALS ||
                                     initials_are_capitals(v, i, i + n))) {
            best = at;
            last = i + n;
            hanging = hangs;
        }
    }
    if (best != EFTI_NOT_FOUND)
        propose_own(v, i, last, hanging, &own->items.items[best]);
    return best != EFTI_NOT_FOUND;
}

/* The entry, if `folded` up to `cut` is a word of the roster. */
static const struct efti_listed *
word_before(const struct veil_own *own, const char *folded, size_t cut)
{
    bool hangs;
    uint32_t at = find_inflected(own->keys, folded, cut, &hangs);

    if (at == EFTI_NOT_FOUND || own->items.items[at].kind != EFTI_LISTED_WORD)
        return NULL;
    return &own->items.items[at];
}

/* Solgläntangruppen, Kvastel-mötet: a word of the roster and an ordinary one. */
static void
match_inside(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    const char *hyphen = memchr(f->folded, '-', f->folded_size);

    for (size_t cut = f->folded_size > 6 ? f->folded_size - 3 : 0; cut >= 4; cut--) {
        size_t tail = f->folded_size - cut;
        if (((unsigned char)f->folded[cut] & 0xC0) == 0x80)
            continue;
        const struct efti_listed *item = word_before(v->own_lists, f->folded, cut);
        if (item == NULL)
            continue;
        if (f->folded + cut == hyphen && item->category == EFTI_PERSON)
            return; /* a name before a hyphen is found as one (words.c) */
        if (f->folded + cut == hyphen ||
            (efti_dictionary_find(v->dictionary, f->folded + cut, tail) &
             (EFTI_DICT_LOWER | EFTI_DICT_END)) != 0) {
            propose_own(v, i, i, false, item);
            return;
        }
    }
}

void
efti_veil_own(struct efti_veil *v)
{
    bool hangs;

    if (v->own_lists == NULL)
        return;
    for (size_t i = 0; i < v->words.count && !v->no_memory; i++) {
        const struct efti_form *f = v->words.items[i].form;

        if (f == NULL)
            continue;
        if (find_inflected(v->own_lists->firsts, f->folded, f->folded_size, &hangs) ==
                EFTI_NOT_FOUND ||
            !match_words(v, i))
            match_inside(v, i);
    }
}

bool
efti_veil_own_run(const struct efti_veil *v, const char *folded, size_t size)
{
    bool hangs;

    return (v->own_lists != NULL &&
            find_inflected(v->own_lists->keys, folded, size, &hangs) != EFTI_NOT_FOUND) ||
           (v->roster != NULL &&
            find_inflected(v->roster, folded, size, &hangs) != EFTI_NOT_FOUND);
}

/* ------------------------------------------------------------------ leaving */

/* v->phrase is a category and words joined by blanks: does the user allow these? */
static bool
is_allowed_phrase(struct efti_veil *v)
{
    bool hangs;

    if (v->phrase.failed) {
        v->no_memory = true; /* and the text is withheld */
        return false;
    }
    return find_inflected(v->own_lists->allowed, v->phrase.data, v->phrase.size,
                          &hangs) != EFTI_NOT_FOUND;
}

static void
put_allowed_word(struct efti_veil *v, const struct efti_form *f)
{
    if (v->phrase.size > 1)
        efti_put_char(&v->phrase, ' ');
    efti_put(&v->phrase, f->folded, f->folded_size);
}

static bool
is_allowed_span(struct efti_veil *v, const struct efti_span *s)
{
    const struct efti_token *tokens = v->segments->tokens.items;

    if (v->own_lists == NULL || efti_strings_count(v->own_lists->allowed) == 0 ||
        s->rule == VEIL_RULE_OWN) /* denied besides: in doubt it goes */
        return false;
    efti_bytes_clear(&v->phrase);
    efti_put_char(&v->phrase, (char)(s->category + 1));
    for (size_t i = efti_veil_token_at(v, s->start), n = 0;
         i < v->words.count && tokens[i].start < s->end; i++, n++) {
        const struct efti_form *f = v->words.items[i].form;
        if (f == NULL || n > 16)
            return false;
        put_allowed_word(v, f);
    }
    return is_allowed_phrase(v);
}

bool
efti_veil_allows_label(struct efti_veil *v, enum efti_category category)
{
    if (v->own_lists == NULL || v->own.tokens.count == 0 || v->own.tokens.count > 16)
        return false;
    efti_bytes_clear(&v->phrase);
    efti_put_char(&v->phrase, (char)(category + 1));
    for (size_t i = 0; i < v->own.tokens.count; i++)
        put_allowed_word(v, efti_forms_get(v->forms, v->own.tokens.items[i].form));
    return is_allowed_phrase(v);
}

/* For tests alone: lose some spans, the same ones whenever this text comes. */
static bool
is_weakened(const struct efti_veil *v, const struct efti_span *s)
{
    char bytes[12];
    struct efti_id id;

    if (v->weaken_per_mille == 0)
        return false;
    memcpy(bytes, &v->weaken_seed, 8);
    memcpy(bytes + 8, &s->start, 4);
    id = efti_identity(NULL, "weaken", bytes, sizeof(bytes));
    return (id.b[0] * 256u + id.b[1]) % 1000u < v->weaken_per_mille;
}

bool
efti_veil_leave(struct efti_veil *v, struct efti_veiled *out)
{
    size_t kept = 0;

    if (v->own_lists == NULL && v->off == 0 && v->weaken_per_mille == 0)
        return true;
    for (size_t i = 0; i < out->spans.count; i++) {
        const struct efti_span *s = &out->spans.items[i];
        bool whole = s->category == EFTI_LANGUAGE || s->category == EFTI_OTHER_LONG;

        if (!whole && ((v->off >> s->category & 1) != 0 || is_allowed_span(v, s) ||
                       is_weakened(v, s)))
            continue;
        out->spans.items[kept++] = *s;
    }
    out->spans.count = kept;
    return !v->no_memory;
}
