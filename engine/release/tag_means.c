/*
 * tag_means.c - means of a tag beside those of assignments and of other tags
 *
 *     tag ht: all texts of assignment P and one text more; both have a mean and a number
 *
 * What the two differ by follows from them, so that text's feeling would be told. A tag
 * has a mean only where, for each assignment (also none) and each other tag that is
 * shown, the texts of just one of the two are none or pass the gate, and so do those of
 * both or neither (the other one's complement in all texts).
 *
 * Not looked through: three sets together, and what an earlier release told.
 */
#include "release/internal.h"

struct apart {
    const struct release_job *j;
    const struct release_role *tags, *assignments;
    size_t tag_count, other_count; /* others: assignments, none, tags */
    uint64_t all, most;            /* texts with a feeling; most of one writer */
    EFTI_ARRAY(uint64_t) of;       /* by other */
    EFTI_ARRAY(uint64_t) both;     /* by tag and other */
};

static size_t
assignment_of(const struct apart *a, const struct efti_record_view *r)
{
    uint32_t slot = efti_record_slot(a->j, a->assignments, r);

    return slot == EFTI_NO_ID ? a->assignments->slots.count : slot;
}

static bool
has_tag_slot(const struct apart *a, const struct efti_record_view *r, size_t tag)
{
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (efti_label_slot(a->tags, r->tags[i]) == tag)
            return true;
    }
    return false;
}

static bool
is_in(const struct apart *a, const struct efti_record_view *r, size_t other)
{
    size_t assignments = a->assignments->slots.count + 1;

    return other < assignments ? assignment_of(a, r) == other
                               : has_tag_slot(a, r, other - assignments);
}

/* Two labels of one slot count once. */
static bool
is_repeated(const struct apart *a, const struct efti_record_view *r, uint32_t i)
{
    uint32_t slot = efti_label_slot(a->tags, r->tags[i]);

    for (uint32_t k = 0; k < i; k++) {
        if (efti_label_slot(a->tags, r->tags[k]) == slot)
            return true;
    }
    return slot == EFTI_NO_ID;
}

static void
count_felt(struct apart *a, const struct efti_record_view *r)
{
    size_t assignment = assignment_of(a, r), first = a->assignments->slots.count + 1;

    a->all++;
    a->of.items[assignment]++;
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (is_repeated(a, r, i))
            continue;
        size_t tag = efti_label_slot(a->tags, r->tags[i]);
        a->of.items[first + tag]++;
        a->both.items[tag * a->other_count + assignment]++;
        for (uint32_t k = 0; k < r->tag_count; k++) {
            if (k != i && !is_repeated(a, r, k))
                a->both.items[tag * a->other_count + first +
                              efti_label_slot(a->tags, r->tags[k])]++;
        }
    }
}

static void
count_all(struct apart *a)
{
    const struct release_job *j = a->j;
    uint32_t writer = EFTI_NO_ID;
    uint64_t here = 0;

    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        if (!r->has_feeling)
            continue;
        here = r->writer == writer ? here + 1 : 1;
        writer = r->writer;
        a->most = here > a->most ? here : a->most;
        count_felt(a, r);
    }
}

/* The texts that are in one of the two alone, or in both or neither, by writers. */
static bool
side_passes(const struct apart *a, size_t tag, size_t other, bool alone)
{
    const struct release_job *j = a->j;
    struct efti_cell cell = {0};
    uint64_t here = 0;
    uint32_t writer = EFTI_NO_ID;

    for (size_t i = 0; i <= j->order.count; i++) {
        bool end = i == j->order.count;
        const struct efti_record_view *r = end ? NULL : &j->f->records[j->order.items[i]];
        if (!end &&
            (!r->has_feeling || (has_tag_slot(a, r, tag) != is_in(a, r, other)) != alone))
            continue;
        if (end || r->writer != writer) {
            cell.writers += here > 0;
            if (here > cell.top1) {
                cell.top2 = cell.top1;
                cell.top1 = here;
            } else if (here > cell.top2) {
                cell.top2 = here;
            }
            here = 0;
        }
        if (!end) {
            writer = r->writer;
            here++;
            cell.count++;
        }
    }
    return cell.count == 0 || efti_gate_passes(&j->gate, &cell);
}

/* Passing is sure where no writer can hold a k-th, or half, of so many texts. */
static bool
side_is_apart(const struct apart *a, size_t tag, size_t other, bool alone, uint64_t count)
{
    uint64_t parts = a->j->gate.k < 3 ? 3 : a->j->gate.k;

    return count == 0 || count / parts >= a->most || side_passes(a, tag, other, alone);
}

static bool
is_shown_other(const struct apart *a, size_t other)
{
    size_t none = a->assignments->slots.count;

    return other == none || (other < none ? a->assignments->slots.items[other].shown
                                          : a->tags->slots.items[other - none - 1].shown);
}

static bool
mean_tag_is_apart(const struct apart *a, size_t tag)
{
    size_t self = a->assignments->slots.count + 1 + tag;

    for (size_t other = 0; other < a->other_count; other++) {
        uint64_t both = a->both.items[tag * a->other_count + other];
        uint64_t alone = a->of.items[self] + a->of.items[other] - 2 * both;

        if (other == self || a->of.items[other] == 0 || !is_shown_other(a, other))
            continue;
        if (!side_is_apart(a, tag, other, true, alone) ||
            !side_is_apart(a, tag, other, false, a->all - alone))
            return false;
    }
    return true;
}

eft_status
efti_tag_means(const struct release_job *j, const struct release_role *tags,
               struct release_feeling *of, eft_error *err)
{
    struct apart a = {.j = j,
                      .tags = tags,
                      .assignments = &j->roles.items[EFTI_LABEL_ASSIGNMENT],
                      .tag_count = tags->slots.count};
    size_t pairs;
    eft_status st = EFT_OK;

    a.other_count = a.assignments->slots.count + 1 + a.tag_count;
    if (!efti_mul(a.tag_count, a.other_count, &pairs) ||
        !RELEASE_ARRAY_MAKE(j->mem, &a.of, a.other_count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &a.both, pairs)) {
        st = efti_no_memory(err, "the means of tags");
    } else {
        memset(a.of.items, 0, a.other_count * sizeof(*a.of.items));
        if (pairs > 0)
            memset(a.both.items, 0, pairs * sizeof(*a.both.items));
        count_all(&a);
        for (size_t t = 0; t < a.tag_count; t++)
            of[t].mean = of[t].mean && mean_tag_is_apart(&a, t);
    }
    EFTI_ARRAY_FREE(j->mem, &a.of);
    EFTI_ARRAY_FREE(j->mem, &a.both);
    return st;
}
