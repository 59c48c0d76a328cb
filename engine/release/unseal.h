/*
 * unseal.h - shared by the files that add up sealed states (unseal.c says how)
 */
#ifndef EFTI_RELEASE_UNSEAL_H
#define EFTI_RELEASE_UNSEAL_H

#include "release/internal.h"

/* One party's row under the key that it gets in the table. */
struct unsealed {
    eft_text key[3];
    const struct efti_sealed_row *row;
    struct efti_sealed_row *made; /* added up from several; NULL: `row` as it is */
};
struct unseal {
    const eft_allocator *mem;
    const struct eft_sealed *sealed;
    struct eft_results *results;
    EFTI_ARRAY(struct unsealed) rows; /* of the table at hand */
    int coarsest;                     /* period that all parties can tell */
};

/* What the rows of one key come to. */
struct unseal_sum {
    uint64_t x, n, r1, c1, writers, count;
    double sum;
    uint32_t parties, told; /* with a number; with moments */
    bool shown, exact, has_x, has_n, has_mean, rough;
    double low, high; /* NaN: no interval */
};

static inline bool
efti_is_word(eft_text t, const char *word)
{
    return efti_equal(t.bytes, t.size, word, strlen(word));
}

/* "unit-12" where the role is "unit". */

/* ---------------------------------------------------------- unseal_gather.c */

/** The period that all parties can tell, into u->coarsest. */
void efti_unseal_periods(struct unseal *u);
/** Rows of a table under the keys that they get, over all parties. */
eft_status efti_unseal_rows(struct unseal *u, int table, eft_error *err);
/** The parties side by side, behind these: rows of all reflections under their names. */
eft_status efti_unseal_parties(struct unseal *u, int table, eft_error *err);
/** By keys, for rows that are added up. */
int efti_unsealed_by_keys(const void *a, const void *b, void *user);

/* ------------------------------------------------------------ unseal_sums.c */

/** Rows from .. to, which have one key. */
struct unseal_sum efti_unseal_add(const struct unseal *u, int table, size_t from,
                                  size_t to);

#endif
