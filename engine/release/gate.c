/*
 * gate.c - may this set of reflections be told about? (rule 8.6)
 *
 *                       with t        without t
 *     unit D            the cell      a rest (D, but not t)
 *     other units       a rest        -
 *                       (t, but not D)
 *
 * A cell says something about those who are in it, and as much about those who are not:
 * "all but two of D mention t". So the cell and its rest for each condition must each
 * have at least k writers, and in none may one writer hold more than half of what is
 * counted, or two together more than 85 %: then the two could work out each other's
 * share.
 *
 * Shares are compared as whole numbers, 100 * share against percent * count, so exactly
 * half passes and no rounding decides. Two disjoint sets that pass pass together.
 */
#include "release/release.h"

#define DEFAULT_K 5u
#define EXTERNAL_K 10u
#define LEAST_K 3u
#define MOST_K 1000000000u /* doubled it still fits */

eft_status
efti_gate_make(uint32_t k, bool external, bool writer_column, bool one_text_per_writer,
               struct efti_gate *out, eft_error *err)
{
    *out = (struct efti_gate){0};
    if (k != 0 && k < LEAST_K)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "k is %u; below %u a cell can point at a person", (unsigned)k,
                         LEAST_K);
    if (k > MOST_K)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "k is too large");
    bool known = writer_column || one_text_per_writer;
    if (external && !known)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "an external release needs a writer column, or the assurance "
                         "that each writer wrote one text");
    if (k == 0)
        k = external ? EXTERNAL_K : DEFAULT_K;
    *out =
        (struct efti_gate){.k = known ? k : 2 * k, .one_percent = 50, .two_percent = 85};
    return EFT_OK;
}

bool
efti_gate_passes(const struct efti_gate *g, const struct efti_cell *c)
{
    return c->writers >= g->k && c->top1 * 100 <= c->count * g->one_percent &&
           (c->top1 + c->top2) * 100 <= c->count * g->two_percent;
}

bool
efti_gate_shows(const struct efti_gate *g, const struct efti_cell *cell,
                const struct efti_cell *rests, size_t rest_count)
{
    if (!efti_gate_passes(g, cell))
        return false;
    for (size_t i = 0; i < rest_count; i++) {
        if (!efti_gate_passes(g, &rests[i]))
            return false;
    }
    return true;
}
