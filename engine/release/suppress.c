/*
 * suppress.c - one hidden part of a shown sum is no secret (rule 8.8, one-way)
 *
 *     oro:   A 41   B 18   C ?   D ?      all 66      ?+? = 7
 *
 * Parts add up to a sum that is shown, so what is hidden is known together. If any part
 * is hidden, the shown part with fewest writers is hidden too, ties by bytes of its name,
 * until at least two are hidden and all that is hidden passes rule 8.6 as one set, or
 * nothing is left to hide.
 *
 * A part without a row of its own (reflections that name no unit) is never told, so it
 * counts among the hidden ones as soon as there is one; while all others are shown it
 * follows by subtraction, and then it must have passed the gate itself.
 */
#include "release/internal.h"

static bool
parts_protected(struct release_job *j, const struct release_part *parts, size_t count)
{
    size_t hidden = 0;

    for (size_t i = 0; i < count; i++) {
        if (!parts[i].hidden && parts[i].printed)
            continue;
        hidden++;
        efti_sum_add(j, parts[i].set);
    }
    struct efti_cell together = efti_sum_cell(j);
    efti_sum_clear(j);
    return hidden >= 2 && efti_gate_passes(&j->gate, &together);
}

static struct release_part *
smallest_shown(struct release_part *parts, size_t count)
{
    struct release_part *best = NULL;

    for (size_t i = 0; i < count; i++) {
        struct release_part *p = &parts[i];
        if (p->hidden || !p->printed)
            continue;
        if (best == NULL || p->writers < best->writers ||
            (p->writers == best->writers &&
             efti_compare(p->name.bytes, p->name.size, best->name.bytes,
                          best->name.size) < 0))
            best = p;
    }
    return best;
}

uint64_t
efti_suppress(struct release_job *j, struct release_part *parts, size_t count)
{
    bool any = false;
    uint64_t further = 0;

    for (size_t i = 0; i < count; i++)
        any = any || parts[i].hidden;
    while (any && !parts_protected(j, parts, count)) {
        struct release_part *p = smallest_shown(parts, count);
        if (p == NULL)
            break;
        p->hidden = true;
        further++;
    }
    return further;
}
