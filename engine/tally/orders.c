/*
 * orders.c - which terms and labels are used, and dictionaries in order of bytes
 *
 * Terms and labels that no record uses are dropped: a caller may have asked for the
 * number of a word that the veil then took, and whether it did must not show. Themes
 * stay, for a lexicon has them whether or not somebody wrote about them.
 */
#include "tally/freeze.h"

/* --------------------------------------------------------------------- uses */

static bool
plan_uses_begin(struct tally_plan *p)
{
    const struct tally_dictionaries *d = &p->t->dict;
    size_t terms = efti_strings_count(d->terms);

    if (!TALLY_ARRAY_MAKE(p->mem, &p->uses, terms) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->label_map, d->labels.count))
        return false;
    memset(p->uses.items, 0, terms * sizeof(*p->uses.items));
    for (size_t i = 0; i < d->labels.count; i++)
        p->label_map.items[i] = EFTI_NO_ID;
    return true;
}

static void
use_label(struct tally_plan *p, uint32_t label)
{
    if (label != EFTI_NO_ID)
        p->label_map.items[label] = 0; /* used; its number comes with the order */
}

static void
use_record(struct tally_plan *p, const struct tally_walk *w)
{
    const struct efti_record_view *r = &w->record;

    use_label(p, r->unit);
    use_label(p, r->assignment);
    for (uint32_t i = 0; i < p->t->settings.facet_count; i++)
        use_label(p, r->facets[i]);
    for (uint32_t i = 0; i < r->tag_count; i++)
        use_label(p, r->tags[i]);
    const unsigned char *at = efti_tail_terms(w->tail, w->tail_end);
    for (uint32_t n = at == NULL ? 0 : tally_get32(&at); n > 0; n--) {
        uint32_t term = tally_get32(&at);
        p->uses.items[term] += tally_entries(tally_get32(&at), 1);
    }
}

/* Two records with one key cannot both be counted: they are the same reflection. */
static eft_status
note_key(struct efti_strings *keys, const struct efti_record_view *r, uint64_t *repeats,
         eft_error *err)
{
    bool added = true;

    if (r->has_key && efti_strings_add(keys, (const char *)r->key.b, EFTI_ID_SIZE,
                                       &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the keys of a tally");
    if (!added)
        (*repeats)++;
    return EFT_OK;
}

static eft_status
walk_uses(struct tally_plan *p, struct efti_strings *keys, eft_error *err)
{
    struct tally_walk w;
    uint64_t repeats = 0;
    eft_status st;

    efti_walk_init(&w, &p->t->log, p->t->settings.facet_count, p->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK &&
           (st = note_key(keys, &w.record, &repeats, err)) == EFT_OK)
        use_record(p, &w);
    efti_walk_free(&w);
    if (st != EFT_END)
        return st;
    if (repeats > 0)
        return efti_fail(
            err, EFT_E_CONFLICT, repeats,
            "%llu records have the id and assignment of another record: drop "
            "them before counting",
            (unsigned long long)repeats);
    return EFT_OK;
}

eft_status
efti_plan_uses(struct tally_plan *p, eft_error *err)
{
    struct efti_strings *keys;

    if (!plan_uses_begin(p))
        return efti_no_memory(err, "the order of a tally");
    eft_status st = efti_strings_new(p->mem, &keys, err);
    if (st != EFT_OK)
        return st;
    st = walk_uses(p, keys, err);
    efti_strings_free(keys);
    for (size_t i = 0; i < p->t->sums.postings.count; i++) {
        const struct efti_posting *x = &p->t->sums.postings.items[i];
        p->uses.items[x->term] += tally_entries(x->tokens, x->reflections);
    }
    return st;
}

/* ------------------------------------------------------------------- orders */

struct string_order {
    const struct efti_strings *strings;
    const uint64_t *heads; /* first eight bytes, so that most comparisons end there */
};

static int
compare_strings(const void *user, uint32_t a, uint32_t b)
{
    const struct string_order *o = user;

    if (o->heads[a] != o->heads[b])
        return o->heads[a] < o->heads[b] ? -1 : 1;
    eft_text x = efti_strings_get(o->strings, a), y = efti_strings_get(o->strings, b);
    return efti_compare(x.bytes, x.size, y.bytes, y.size);
}

static uint64_t
head_of(eft_text text)
{
    uint64_t head = 0;

    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < text.size ? (unsigned char)text.bytes[i] : 0u);
    return head;
}

eft_status
efti_sort_strings(const eft_allocator *mem, const struct efti_strings *strings,
                  uint32_t *order, size_t count, eft_error *err)
{
    EFTI_ARRAY(uint64_t) heads = {0};
    EFTI_ARRAY(uint32_t) scratch = {0};
    eft_status st = EFT_OK;

    if (TALLY_ARRAY_MAKE(mem, &heads, efti_strings_count(strings)) &&
        TALLY_ARRAY_MAKE(mem, &scratch, count)) {
        const struct string_order how = {strings, heads.items};
        for (uint32_t i = 0; i < heads.count; i++)
            heads.items[i] = head_of(efti_strings_get(strings, i));
        efti_sort_index(order, scratch.items, count, compare_strings, &how);
    } else {
        st = efti_no_memory(err, "the order of a dictionary");
    }
    EFTI_ARRAY_FREE(mem, &heads);
    EFTI_ARRAY_FREE(mem, &scratch);
    return st;
}

static eft_status
order_themes(struct tally_plan *p, eft_error *err)
{
    const struct efti_strings *themes = p->t->dict.themes;
    uint32_t count = efti_strings_count(themes);

    if (!TALLY_ARRAY_MAKE(p->mem, &p->theme_order, count) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->theme_map, count))
        return efti_no_memory(err, "the order of themes");
    for (uint32_t i = 0; i < count; i++)
        p->theme_order.items[i] = i;
    eft_status st = efti_sort_strings(p->mem, themes, p->theme_order.items, count, err);
    for (uint32_t i = 0; i < count; i++)
        p->theme_map.items[p->theme_order.items[i]] = i;
    return st;
}

static eft_status
order_terms(struct tally_plan *p, eft_error *err)
{
    const struct efti_strings *terms = p->t->dict.terms;
    uint32_t count = efti_strings_count(terms), used = 0;

    if (!TALLY_ARRAY_MAKE(p->mem, &p->term_order, count) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->term_map, count))
        return efti_no_memory(err, "the order of terms");
    for (uint32_t i = 0; i < count; i++) {
        p->term_map.items[i] = EFTI_NO_ID;
        if (i != EFTI_TERM_OPEN && p->uses.items[i] > 0)
            p->term_order.items[used++] = i;
    }
    p->term_order.count = used;
    eft_status st = efti_sort_strings(p->mem, terms, p->term_order.items, used, err);
    p->term_map.items[EFTI_TERM_OPEN] = EFTI_TERM_OPEN;
    for (uint32_t i = 0; i < used; i++)
        p->term_map.items[p->term_order.items[i]] = i + 1;
    return st;
}

static eft_status
order_labels(struct tally_plan *p, eft_error *err)
{
    uint32_t used = 0;

    if (!TALLY_ARRAY_MAKE(p->mem, &p->label_order, p->label_map.count))
        return efti_no_memory(err, "the order of labels");
    for (uint32_t i = 0; i < p->label_map.count; i++) {
        if (p->label_map.items[i] != EFTI_NO_ID)
            p->label_order.items[used++] = i;
    }
    p->label_order.count = used;
    eft_status st =
        efti_sort_strings(p->mem, p->t->dict.label_keys, p->label_order.items, used, err);
    for (uint32_t i = 0; i < used; i++)
        p->label_map.items[p->label_order.items[i]] = i;
    return st;
}

eft_status
efti_plan_orders(struct tally_plan *p, eft_error *err)
{
    eft_status st = order_themes(p, err);

    if (st == EFT_OK)
        st = order_terms(p, err);
    return st == EFT_OK ? order_labels(p, err) : st;
}
