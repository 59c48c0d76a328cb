/*
 * test_pairs_large.c - pairs of 50,000 terms keep within the memory that pairs.h states
 *
 * 20,000 texts of 60 words each, by 400 writers; terms are drawn so that the k-th comes
 * about as often as 1/k, as words do. Two levels see 1.2 million occurrences each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "made.h"
#include "tally/pairs.h"

enum { TERMS = 50000, TEXTS = 20000, WORDS = 60, WRITERS = 400, SENTENCES = 5 };

struct meter {
    size_t held, peak;
};

static void *
meter_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    struct meter *m = user;
    void *moved = realloc(ptr, new_size);

    if (moved == NULL)
        return NULL;
    /* both may be held while it moves */
    if (m->held + new_size > m->peak)
        m->peak = m->held + new_size;
    m->held = m->held - old_size + new_size;
    return moved;
}

static void *
meter_alloc(void *user, size_t size)
{
    return meter_resize(user, NULL, 0, size);
}

static void
meter_release(void *user, void *ptr, size_t size)
{
    struct meter *m = user;

    m->held -= size;
    free(ptr);
}

/* Near to 1/k: a uniform number of bits, then uniform below that power of two. */
static uint32_t
some_term(uint64_t *s)
{
    for (;;) {
        uint32_t term = lcg(s) % (1u << lcg(s) % 17);
        if (term < TERMS)
            return term;
    }
}

static void
fifty_thousand_terms_keep_within_the_stated_memory(void **state)
{
    struct meter m = {0};
    const eft_allocator mem = {meter_alloc, meter_resize, meter_release, &m};
    struct efti_pair_counter *c;
    struct efti_term_pairs pairs;
    uint32_t *terms = malloc(TERMS * sizeof(*terms)), words[WORDS], ends[SENTENCES];
    uint64_t s = 11;

    (void)state;
    assert_non_null(terms);
    for (uint32_t i = 0; i < TERMS; i++)
        terms[i] = i;
    for (uint32_t i = 0; i < SENTENCES; i++)
        ends[i] = (i + 1) * (WORDS / SENTENCES);
    assert_int_equal(efti_pair_counter_new(&mem, terms, TERMS, 5, &c, NULL), EFT_OK);
    free(terms);
    for (uint32_t i = 0; i < TEXTS; i++) {
        for (uint32_t k = 0; k < WORDS; k++)
            words[k] = some_term(&s);
        const struct efti_pair_text text = {.writer = i % WRITERS,
                                            .terms = words,
                                            .term_count = WORDS,
                                            .sentence_ends = ends,
                                            .sentence_count = SENTENCES};
        assert_int_equal(efti_pair_counter_add(c, &text, NULL), EFT_OK);
    }
    assert_int_equal(efti_pair_counter_finish(c, &pairs, NULL), EFT_OK);
    efti_pair_counter_free(c);
    size_t told = pairs.level[0].pairs.count + pairs.level[1].pairs.count;
    size_t occurrences = (size_t)TEXTS * WORDS;
    /* growing arrays may be twice as large as what is in them, and hold both while they
     * move; a row has at most a list entry for each term and writer */
    size_t bound = 3 * (22 * occurrences + told * sizeof(struct efti_term_pair)) +
                   64u * TERMS + ((size_t)16 << 20);
    print_message("# %zu pairs told, peak %.1f MB, bound %.1f MB\n", told,
                  (double)m.peak / 1e6, (double)bound / 1e6);
    assert_true(told > 100000);
    assert_true(m.peak <= bound);
    efti_term_pairs_free(&mem, &pairs);
    assert_int_equal(m.held, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifty_thousand_terms_keep_within_the_stated_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
