/*
 * test_joint.c - what is asked of all partitions together does not hang on what was asked
 * before
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "corpus.h"
#include "release/joint.h"

enum { K = 3, TEXTS = 90, GRIDS = 3 };

struct bench {
    struct efti_tally *t;
    struct efti_release_options o;
    struct release_job j;
    struct release_grid items[GRIDS];
    struct release_grids grids;
    uint32_t *slots;
    uint8_t *has;
    struct release_joint *x;
};

/* Units in two municipalities, assignments across. */
static void
open_bench(struct bench *b, uint64_t seed, uint64_t work)
{
    static const uint32_t roles[GRIDS] = {EFTI_LABEL_UNIT, EFTI_LABEL_ASSIGNMENT,
                                          EFTI_LABEL_FACET0};
    struct said said[TEXTS];
    for (uint32_t i = 0; i < TEXTS; i++)
        said[i] = (struct said){.writer = i / 3,
                                .unit = (char)('A' + i / 3 % 5),
                                .facet = i / 3 % 5 < 2 ? 'X' : 'Y',
                                .assignment = (char)('P' + corpus_random(&seed) % 4),
                                .themes = corpus_random(&seed) % 3 == 0};
    *b = (struct bench){.t = corpus_tally_of(said, TEXTS, true, "kommun"),
                        .o = corpus_options(K)};
    b->o.joint_work = work;
    b->j = (struct release_job){
        .mem = &efti_malloc, .f = efti_tally_frozen(b->t), .o = &b->o, .gate = b->o.gate};
    assert_int_equal(efti_results_new(&efti_malloc, &b->j.results, NULL), EFT_OK);
    assert_int_equal(efti_job_open(&b->j, NULL), EFT_OK);
    b->slots = malloc(GRIDS * TEXTS * sizeof(*b->slots));
    b->has = malloc(TEXTS);
    for (size_t i = 0; i < TEXTS; i++) {
        const struct efti_record_view *r = &b->j.f->records[b->j.order.items[i]];
        b->has[i] = efti_record_has(r, 0);
        for (size_t g = 0; g < GRIDS; g++)
            b->slots[g * TEXTS + i] =
                efti_record_slot(&b->j, &b->j.roles.items[roles[g]], r);
    }
    for (size_t g = 0; g < GRIDS; g++)
        b->items[g] = (struct release_grid){.role = &b->j.roles.items[roles[g]]};
    b->grids = (struct release_grids){.items = b->items, .count = GRIDS};
}

static void
close_bench(struct bench *b)
{
    efti_joint_free(b->x);
    eft_results_free(b->j.results);
    efti_job_close(&b->j);
    efti_tally_free(b->t);
    free(b->slots);
    free(b->has);
}

/* Some labels of units and assignments are hidden, by bits. */
static void
begin(struct bench *b, uint32_t hidden)
{
    assert_int_equal(efti_joint_new(&b->j, &b->grids, b->slots, &b->x, NULL), EFT_OK);
    assert_non_null(b->x);
    efti_joint_column(b->x, b->has);
    for (size_t g = 0, bit = 0; g < 2; g++) {
        for (size_t s = 0; s < b->items[g].role->slots.count; s++, bit++) {
            if ((hidden >> bit & 1u) != 0)
                efti_joint_open(b->x, g, s);
        }
    }
}

struct question {
    size_t grid, slot;
};

/* Told and hidden again, a label has lost the tables that were found with another number
 * there: no question is answered by what another has found. */
static void
forget_found(struct bench *b, uint32_t hidden)
{
    for (size_t g = 0, bit = 0; g < 2; g++) {
        for (size_t s = 0; s < b->items[g].role->slots.count; s++, bit++) {
            if ((hidden >> bit & 1u) == 0)
                continue;
            efti_joint_tell(b->x, g, s);
            efti_joint_open(b->x, g, s);
        }
    }
}

/* Are they answered within that work? */
static bool
is_enough(uint64_t seed, uint32_t hidden, const struct question *q, size_t count,
          uint64_t work)
{
    struct bench b;

    open_bench(&b, seed, work);
    begin(&b, hidden);
    for (size_t i = 0; i < count; i++) {
        (void)efti_joint_is_narrow(b.x, q[i].grid, q[i].slot);
        forget_found(&b, hidden);
    }
    bool enough = !efti_joint_is_used_up(b.x);
    close_bench(&b);
    return enough;
}

static uint64_t
cost_of(uint64_t seed, uint32_t hidden, const struct question *q, size_t count)
{
    uint64_t low = 0, high = 1;

    while (!is_enough(seed, hidden, q, count, high))
        high *= 2;
    while (high - low > 1) {
        uint64_t mid = low + (high - low) / 2;
        if (is_enough(seed, hidden, q, count, mid))
            high = mid;
        else
            low = mid;
    }
    return high;
}

/* The first two hidden labels. */
static size_t
find_hidden(uint64_t seed, uint32_t hidden, struct question *q)
{
    struct bench b;
    size_t found = 0;

    open_bench(&b, seed, 0);
    for (size_t g = 0, bit = 0; g < 2; g++) {
        for (size_t s = 0; s < b.items[g].role->slots.count; s++, bit++) {
            if ((hidden >> bit & 1u) != 0 && found < 2)
                q[found++] = (struct question){g, s};
        }
    }
    close_bench(&b);
    return found;
}

/* What one question leaves behind would be where the next one begins: its answer, and
 * what it costs, would hang on those before it. Before the first one sums without room
 * leave the basis; that costs the same whichever is first. */
static void
each_question_begins_with_a_settled_basis(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        uint64_t random = seed;
        uint32_t hidden = corpus_random(&random) >> 3;
        struct question q[3];
        if (find_hidden(seed, hidden, q) < 2)
            continue;
        q[2] = q[0];
        uint64_t first = cost_of(seed, hidden, q, 1);
        uint64_t second = cost_of(seed, hidden, q, 2) - first;
        uint64_t first_again = cost_of(seed, hidden, q, 3) - first - second;
        uint64_t second_alone = cost_of(seed, hidden, q + 1, 1);
        assert_true(first - first_again == second_alone - second);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_question_begins_with_a_settled_basis),
    };
    return cmocka_run_group_tests_name("joint", tests, NULL, NULL);
}
