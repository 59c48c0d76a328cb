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
    memset(p->uses.items, 0, terms * sizeof(*p->uses.items)); /* one at least: open */
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

/* Entries of postings that the terms of a record take at most. */
static void
use_terms(struct tally_plan *p, const struct tally_walk *w)
{
    const unsigned char *at = efti_tail_terms(w->tail, w->tail_end);
    size_t *uses = p->uses.items;

    for (uint32_t n = at == NULL ? 0 : tally_get32(&at); n > 0; n--) {
        uint32_t tokens, term = tally_get_term(&at, &tokens);
        uses[term]++;
        if (EFTI_UNLIKELY(tokens > TALLY_ENTRY_MAX))
            uses[term] += tally_entries(tokens, 1) - 1;
    }
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
    if (k->slots != NULL)
        efti_write_soon(k->slots, k->count * sizeof(*k->slots));
    return k->slots != NULL;
}

/* True: it was there already. */
static bool
key_set_add(struct key_set *k, const struct efti_id *id)
{
    static const struct efti_id none;
    size_t at = (size_t)efti_hash(k->key, id->b, EFTI_ID_SIZE) & (k->count - 1);

    for (;; at = (at + 1) & (k->count - 1)) {
        if (efti_id_equal(&k->slots[at], &none)) {
            k->slots[at] = *id;
            return false;
        }
        if (efti_id_equal(&k->slots[at], id))
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
        use_terms(p, &w);
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
    const struct tally_postings *x = &p->t->sums.postings;
    for (size_t i = 0, at = 0; i < x->terms.count; at = x->ends.items[i++])
        p->uses.items[x->terms.items[i]] += x->ends.items[i] - at;
    return st;
}

/* ------------------------------------------------------------------- orders */

/*
 * Strings by bytes: eight at a time, made one number (a head), so that sorting looks at a
 * string once for each eight bytes and not in every comparison. Many are sorted by radix,
 * few by inserting; those with equal heads are sorted by their next eight bytes.
 */
struct string_head {
    uint64_t head;
    uint32_t id;
    uint32_t ends; /* 1: nothing of it is behind the head */
};
struct string_sort {
    const struct efti_strings *strings;
    struct string_head *items, *other;
};

#define FEW_STRINGS 96 /* below, inserting beats eight times 256 buckets */

static struct string_head
head_at(const struct string_sort *s, uint32_t id, size_t depth)
{
    eft_text text = efti_strings_get(s->strings, id);
    size_t left = text.size > depth ? text.size - depth : 0;
    uint64_t head = 0;

    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < left ? (unsigned char)text.bytes[depth + i] : 0u);
    return (struct string_head){head, id, left <= 8};
}

static void
insert_heads(struct string_head *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct string_head item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].head > item.head; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static void
radix_heads(struct string_head *items, struct string_head *other, size_t count)
{
    for (unsigned shift = 0; shift < 64; shift += 8) { /* even: ends in `items` */
        size_t starts[256] = {0}, at = 0;
        for (size_t i = 0; i < count; i++)
            starts[items[i].head >> shift & 0xFF]++;
        for (size_t b = 0; b < 256; b++) {
            size_t n = starts[b];
            starts[b] = at;
            at += n;
        }
        for (size_t i = 0; i < count; i++)
            other[starts[items[i].head >> shift & 0xFF]++] = items[i];
        struct string_head *swap = items;
        items = other;
        other = swap;
    }
}

/* Equal in all bytes so far, and one of them has no more: they differ in how many zero
 * bytes end them. Such strings are few and made by hand. */
static void
insert_by_size(const struct string_sort *s, struct string_head *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct string_head item = items[i];
        eft_text text = efti_strings_get(s->strings, item.id);
        size_t at = i;
        for (; at > 0; at--) {
            eft_text before = efti_strings_get(s->strings, items[at - 1].id);
            if (efti_compare(before.bytes, before.size, text.bytes, text.size) <= 0)
                break;
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

static void
sort_heads(const struct string_sort *s, size_t from, size_t to, size_t depth)
{
    struct string_head *items = s->items;

    for (size_t i = from; i < to; i++)
        items[i] = head_at(s, items[i].id, depth);
    if (to - from < FEW_STRINGS)
        insert_heads(items + from, to - from);
    else
        radix_heads(items + from, s->other + from, to - from);
    for (size_t i = from, end; i < to; i = end) {
        bool ends = false;
        for (end = i; end < to && items[end].head == items[i].head; end++)
            ends = ends || items[end].ends != 0;
        if (end - i > 1 && ends)
            insert_by_size(s, items + i, end - i);
        else if (end - i > 1)
            sort_heads(s, i, end, depth + 8);
    }
}

eft_status
efti_sort_strings(const eft_allocator *mem, const struct efti_strings *strings,
                  uint32_t *order, size_t count, eft_error *err)
{
    EFTI_ARRAY(struct string_head) items = {0}, other = {0};
    eft_status st = EFT_OK;

    if (TALLY_ARRAY_MAKE(mem, &items, count) && TALLY_ARRAY_MAKE(mem, &other, count)) {
        const struct string_sort s = {strings, items.items, other.items};
        for (size_t i = 0; i < count; i++)
            items.items[i].id = order[i];
        if (count > 1)
            sort_heads(&s, 0, count, 0);
        for (size_t i = 0; i < count && count > 1; i++)
            order[i] = items.items[i].id;
    } else {
        st = efti_no_memory(err, "the order of a dictionary");
    }
    EFTI_ARRAY_FREE(mem, &items);
    EFTI_ARRAY_FREE(mem, &other);
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
