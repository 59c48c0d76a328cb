/*
 * orders.c - which terms and labels are used, and dictionaries in order of bytes
 *
 * Terms and labels that no record uses are dropped: a caller may have asked for the
 * number of a word that the veil then took, and whether it did must not show. Themes
 * stay, for a lexicon has them whether or not somebody wrote about them.
 */
#include "tally/freeze.h"

#include <sodium.h>

/* --------------------------------------------------------------------- uses */

static bool
plan_uses_begin(struct tally_plan *p)
{
    const struct tally_dictionaries *d = &p->t->dict;
    size_t terms = efti_strings_count(d->terms);

    if (!TALLY_ARRAY_MAKE(p->mem, &p->uses, terms) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->label_map, d->labels.count))
        return false;
    size_t logged = p->t->log_uses.count; /* at most terms */
    if (logged > 0)
        memcpy(p->uses.items, p->t->log_uses.items, logged * sizeof(*p->uses.items));
    memset(p->uses.items + logged, 0, (terms - logged) * sizeof(*p->uses.items));
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
}

/* Keys of records, at most half full; all-zero is free (one id in 2^128). Keyed, for the
 * keys of a state that somebody made up may begin alike. */
struct key_set {
    struct efti_id *slots;
    size_t count; /* power of two */
    uint64_t key;
};

static bool
key_set_make(const struct tally_plan *p, struct key_set *k)
{
    k->count = 16;
    while (k->count < 2 * (size_t)p->t->record_count)
        k->count *= 2;
    k->slots = efti_zalloc(p->mem, k->count, sizeof(*k->slots));
    randombytes_buf(&k->key, sizeof(k->key));
    return k->slots != NULL;
}

/* True: it was there already. */
static bool
key_set_add(struct key_set *k, const struct efti_id *id)
{
    static const struct efti_id none;
    size_t at = (size_t)efti_hash(k->key, id->b, EFTI_ID_SIZE) & (k->count - 1);

    for (;; at = (at + 1) & (k->count - 1)) {
        if (efti_id_compare(&k->slots[at], &none) == 0) {
            k->slots[at] = *id;
            return false;
        }
        if (efti_id_compare(&k->slots[at], id) == 0)
            return true;
    }
}

/* Two records with one key cannot both be counted: they are the same reflection. */
static eft_status
walk_uses(struct tally_plan *p, struct key_set *keys, eft_error *err)
{
    struct tally_walk w;
    uint64_t repeats = 0;
    eft_status st;

    efti_walk_init(&w, &p->t->log, p->t->settings.facet_count, p->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK) {
        repeats += w.record.has_key && key_set_add(keys, &w.record.key);
        use_record(p, &w);
    }
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
    struct key_set keys = {0};

    if (!plan_uses_begin(p) || !key_set_make(p, &keys))
        return efti_no_memory(err, "the order of a tally");
    eft_status st = walk_uses(p, &keys, err);
    efti_release(p->mem, keys.slots, keys.count * sizeof(*keys.slots));
    for (size_t i = 0; i < p->t->sums.postings.count; i++) {
        const struct efti_posting *x = &p->t->sums.postings.items[i];
        p->uses.items[x->term] += tally_entries(x->tokens, x->reflections);
    }
    return st;
}

/* ------------------------------------------------------------------- orders */

/* By eight bytes of the string at a time: radix sort of the heads, then each run of equal
 * heads by comparing (long compounds begin alike, so there are some). */
struct string_head {
    uint64_t head;
    uint32_t id, reserved;
};

static int
compare_strings(const void *user, uint32_t a, uint32_t b)
{
    eft_text x = efti_strings_get(user, a), y = efti_strings_get(user, b);

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

static void
sort_heads(struct string_head **in, struct string_head **out, size_t count)
{
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t starts[256] = {0}, at = 0;
        for (size_t i = 0; i < count; i++)
            starts[(*in)[i].head >> shift & 0xFF]++;
        for (size_t b = 0; b < 256; b++) {
            size_t n = starts[b];
            starts[b] = at;
            at += n;
        }
        for (size_t i = 0; i < count; i++)
            (*out)[starts[(*in)[i].head >> shift & 0xFF]++] = (*in)[i];
        struct string_head *swap = *in;
        *in = *out;
        *out = swap;
    }
}

#define FEW_STRINGS 64 /* below, comparing beats eight times 256 buckets */

eft_status
efti_sort_strings(const eft_allocator *mem, const struct efti_strings *strings,
                  uint32_t *order, size_t count, eft_error *err)
{
    EFTI_ARRAY(struct string_head) heads = {0}, other = {0};
    EFTI_ARRAY(uint32_t) scratch = {0};
    eft_status st = EFT_OK;
    size_t sorted = count < FEW_STRINGS ? 0 : count;

    if (!TALLY_ARRAY_MAKE(mem, &heads, sorted) ||
        !TALLY_ARRAY_MAKE(mem, &other, sorted) || !TALLY_ARRAY_MAKE(mem, &scratch, count))
        st = efti_no_memory(err, "the order of a dictionary");
    if (st == EFT_OK && sorted == 0)
        efti_sort_index(order, scratch.items, count, compare_strings, strings);
    if (st == EFT_OK && sorted > 0) {
        struct string_head *in = heads.items, *out = other.items;
        for (size_t i = 0; i < count; i++)
            in[i] = (struct string_head){head_of(efti_strings_get(strings, order[i])),
                                         order[i], 0};
        sort_heads(&in, &out, count);
        for (size_t i = 0, end; i < count; i = end) {
            for (end = i; end < count && in[end].head == in[i].head; end++)
                order[end] = in[end].id;
            if (end - i > 1)
                efti_sort_index(order + i, scratch.items, end - i, compare_strings,
                                strings);
        }
    }
    EFTI_ARRAY_FREE(mem, &heads);
    EFTI_ARRAY_FREE(mem, &other);
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
