/*
 * alike.c - sets of terms that are nearly the same
 *
 *     mer personal kväll helg natt        12 notes    leads
 *     mer personal kväll helg              3 notes    one term less: of its group
 *     mer personal kväll helg natt nu      2 notes    one term more: of its group
 *     mer personal kväll helg nu           1 note     another term: not of it
 *
 * Two sets are alike when one is the other and one term more, and the larger has at least
 * five. A term in the place of another is a difference: "bra" and "dålig" in one place
 * make opposites. So does a negation more, or a number: what the caller says is never
 * spared is never the term that differs.
 *
 * Likeness is no equivalence (the second and third row above are not alike), and chains
 * of it end anywhere. So groups have a lead: sets in the order of their notes, then of
 * their terms by bytes; each that is in no group yet leads one and takes the sets like it
 * that are in none. All of a group are then one term from its lead, and the order of
 * notes does not matter.
 *
 * Who is alike is found by leaving each term out once and looking for what is left, not
 * by comparing pairs: a look for each term of each set. Above MOST_TERMS a set is no note
 * and is alike to itself alone, for leaving out is square in the size of a set.
 */
#include "pipeline/alike.h"

#define LEAST_TERMS 5u
#define MOST_TERMS 40u

struct alike_edge {
    uint32_t larger, smaller;
};
struct alike_work {
    struct efti_alike *a;
    EFTI_ARRAY(struct alike_edge) edges;
    EFTI_ARRAY(size_t) first; /* of each set in near */
    EFTI_ARRAY(uint32_t) near;
    EFTI_ARRAY(uint32_t) ranked; /* terms of all sets as ranks, rising */
    EFTI_ARRAY(size_t) ranks_of; /* of each set in ranked, one more */
};

#define ALIKE_MAKE(w, array, n)                                                          \
    (EFTI_ARRAY_RESERVE((w)->a->mem, array, (n) + 1) ? ((array)->count = (n), true)      \
                                                     : false)

static uint32_t
set_size(const struct efti_alike *a, uint32_t set)
{
    return (uint32_t)(efti_strings_get(a->sets, set).size / sizeof(uint32_t));
}

static uint32_t
set_term(const struct efti_alike *a, uint32_t set, uint32_t i)
{
    uint32_t term;

    memcpy(&term, efti_strings_get(a->sets, set).bytes + i * sizeof(term), sizeof(term));
    return term;
}

/* --------------------------------------------------------------------- who is alike */

static eft_status
find_smaller(struct alike_work *w, uint32_t set, eft_error *err)
{
    const struct efti_alike *a = w->a;
    const eft_text whole = efti_strings_get(a->sets, set);
    uint32_t rest[MOST_TERMS], n = set_size(a, set);

    if (n < LEAST_TERMS || n > MOST_TERMS)
        return EFT_OK;
    for (uint32_t i = 0; i < n; i++) {
        if (a->no_spare[set_term(a, set, i)] != 0)
            continue;
        memcpy(rest, whole.bytes, i * sizeof(*rest));
        memcpy(rest + i, whole.bytes + (i + 1) * sizeof(*rest),
               (n - i - 1) * sizeof(*rest));
        uint32_t smaller =
            efti_strings_find(a->sets, (const char *)rest, (n - 1) * sizeof(*rest));
        if (smaller == EFTI_NOT_FOUND)
            continue;
        if (!EFTI_PUSH(a->mem, &w->edges))
            return efti_no_memory(err, "notes that are alike");
        w->edges.items[w->edges.count - 1] = (struct alike_edge){set, smaller};
    }
    return EFT_OK;
}

/* Both ways round, by set. */
static eft_status
turn_edges(struct alike_work *w, uint32_t sets, eft_error *err)
{
    if (!ALIKE_MAKE(w, &w->first, (size_t)sets + 1) ||
        !ALIKE_MAKE(w, &w->near, 2 * w->edges.count))
        return efti_no_memory(err, "notes that are alike");
    size_t *first = w->first.items;
    memset(first, 0, ((size_t)sets + 2) * sizeof(*first));
    for (size_t i = 0; i < w->edges.count; i++) {
        first[w->edges.items[i].larger + 1]++;
        first[w->edges.items[i].smaller + 1]++;
    }
    for (size_t s = 1; s <= sets; s++)
        first[s] += first[s - 1];
    for (size_t i = 0; i < w->edges.count; i++) {
        const struct alike_edge e = w->edges.items[i];
        w->near.items[first[e.larger]++] = e.smaller;
        w->near.items[first[e.smaller]++] = e.larger;
    }
    for (size_t s = sets; s > 0; s--) /* each had moved to the end of its own */
        first[s] = first[s - 1];
    first[0] = 0;
    return EFT_OK;
}

/* ------------------------------------------------------------------------- the order */

static int
by_term_bytes(const void *a, const void *b, void *user)
{
    const struct efti_strings *terms = user;
    const eft_text x = efti_strings_get(terms, *(const uint32_t *)a);
    const eft_text y = efti_strings_get(terms, *(const uint32_t *)b);

    return efti_compare(x.bytes, x.size, y.bytes, y.size);
}

static int
by_rank_of_term(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return x < y ? -1 : x > y;
}

static int
by_notes(const void *a, const void *b, void *user)
{
    const struct alike_work *w = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (w->a->notes[x] != w->a->notes[y])
        return w->a->notes[x] > w->a->notes[y] ? -1 : 1;
    const size_t *of = w->ranks_of.items;
    size_t i = of[x], k = of[y];
    for (; i < of[x + 1] && k < of[y + 1]; i++, k++) {
        if (w->ranked.items[i] != w->ranked.items[k])
            return w->ranked.items[i] < w->ranked.items[k] ? -1 : 1;
    }
    return (k == of[y + 1]) - (i == of[x + 1]);
}

static eft_status
rank_terms(struct alike_work *w, eft_error *err)
{
    struct efti_alike *a = w->a;
    uint32_t n = efti_strings_count(a->terms);
    EFTI_ARRAY(uint32_t) ids = {0};

    if (!ALIKE_MAKE(w, &ids, n) || !ALIKE_MAKE(w, &a->rank, n)) {
        EFTI_ARRAY_FREE(a->mem, &ids);
        return efti_no_memory(err, "notes that are alike");
    }
    for (uint32_t i = 0; i < n; i++)
        ids.items[i] = i;
    efti_sort(ids.items, n, sizeof(uint32_t), by_term_bytes, (void *)(uintptr_t)a->terms);
    for (uint32_t i = 0; i < n; i++)
        a->rank.items[ids.items[i]] = i;
    EFTI_ARRAY_FREE(a->mem, &ids);
    return EFT_OK;
}

static eft_status
order_sets(struct alike_work *w, uint32_t sets, eft_error *err)
{
    struct efti_alike *a = w->a;
    size_t all = 0;

    for (uint32_t s = 0; s < sets; s++)
        all += set_size(a, s);
    if (!ALIKE_MAKE(w, &w->ranked, all) || !ALIKE_MAKE(w, &a->order, sets) ||
        !ALIKE_MAKE(w, &w->ranks_of, sets))
        return efti_no_memory(err, "notes that are alike");
    all = 0;
    for (uint32_t s = 0; s < sets; s++) {
        uint32_t n = set_size(a, s);
        w->ranks_of.items[s] = all;
        a->order.items[s] = s;
        for (uint32_t i = 0; i < n; i++)
            w->ranked.items[all + i] = a->rank.items[set_term(a, s, i)];
        efti_sort(w->ranked.items + all, n, sizeof(uint32_t), by_rank_of_term, NULL);
        all += n;
    }
    w->ranks_of.items[sets] = all;
    efti_sort(a->order.items, sets, sizeof(uint32_t), by_notes, w);
    return EFT_OK;
}

static void
choose_leads(struct alike_work *w, uint32_t sets)
{
    uint32_t *lead = w->a->lead.items;

    for (uint32_t s = 0; s < sets; s++)
        lead[s] = EFTI_NOT_FOUND;
    for (uint32_t i = 0; i < sets; i++) {
        uint32_t s = w->a->order.items[i];
        if (lead[s] != EFTI_NOT_FOUND)
            continue;
        lead[s] = s;
        for (size_t k = w->first.items[s]; k < w->first.items[s + 1]; k++) {
            uint32_t *other = &lead[w->near.items[k]];
            *other = *other == EFTI_NOT_FOUND ? s : *other;
        }
    }
}

eft_status
efti_find_alike(struct efti_alike *a, eft_error *err)
{
    struct alike_work w = {.a = a};
    uint32_t sets = efti_strings_count(a->sets);
    eft_status st = ALIKE_MAKE(&w, &a->lead, sets)
                        ? EFT_OK
                        : efti_no_memory(err, "notes that are alike");

    for (uint32_t s = 0; s < sets && st == EFT_OK; s++)
        st = find_smaller(&w, s, err);
    if (st == EFT_OK && (st = turn_edges(&w, sets, err)) == EFT_OK &&
        (st = rank_terms(&w, err)) == EFT_OK &&
        (st = order_sets(&w, sets, err)) == EFT_OK)
        choose_leads(&w, sets);
    EFTI_ARRAY_FREE(a->mem, &w.edges);
    EFTI_ARRAY_FREE(a->mem, &w.first);
    EFTI_ARRAY_FREE(a->mem, &w.near);
    EFTI_ARRAY_FREE(a->mem, &w.ranked);
    EFTI_ARRAY_FREE(a->mem, &w.ranks_of);
    return st;
}

void
efti_alike_free(struct efti_alike *a)
{
    EFTI_ARRAY_FREE(a->mem, &a->lead);
    EFTI_ARRAY_FREE(a->mem, &a->order);
    EFTI_ARRAY_FREE(a->mem, &a->rank);
}
