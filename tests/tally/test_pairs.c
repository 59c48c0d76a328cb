/* Pairs against counting them one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made.h"
#include "support/failing.h"
#include "tally/pairs.h"

enum {
    TEXTS = 120,
    WRITERS = 9,
    TERMS = 40,
    LONGEST = 60,
    SENTENCES = 5,
    ELIGIBLE = 14,
    WINDOW = 4
};

struct text {
    uint32_t writer, terms[LONGEST], ends[SENTENCES];
    size_t term_count;
    uint32_t places[LONGEST], words; /* of the terms among all words */
};
struct corpus {
    struct text texts[TEXTS];
    uint32_t eligible[ELIGIBLE];
};

static void
make_corpus(struct corpus *c)
{
    uint64_t s = 7;

    memset(c, 0, sizeof(*c));
    for (uint32_t i = 0; i < ELIGIBLE; i++)
        c->eligible[i] = 2 + 2 * i + (i > 5);
    for (size_t i = 0; i < TEXTS; i++) {
        struct text *t = &c->texts[i];
        uint32_t spread = i % 10 == 0 ? TERMS : 12;    /* some long, all terms */
        t->writer = 1000000007u * (lcg(&s) % WRITERS); /* any numbers will do */
        t->term_count = 0;
        for (size_t k = 0; k < SENTENCES; k++) {
            size_t n = lcg(&s) % (i % 10 == 0 ? 13 : 5);
            for (size_t j = 0; j < n; j++)
                t->terms[t->term_count++] = lcg(&s) % spread + (i % 3 == 0 ? 20 : 0);
            t->ends[k] = (uint32_t)t->term_count;
        }
    }
    /* words that are no terms stand between them, and parts of compounds in one place */
    for (size_t i = 0; i < TEXTS; i++) {
        struct text *t = &c->texts[i];
        for (size_t k = 0; k < t->term_count; k++) {
            t->places[k] = t->words;
            t->words += lcg(&s) % 4;
        }
        t->words += 1 + lcg(&s) % 3;
        t->words = i % 7 == 0 && t->term_count == 0 ? 0 : t->words;
    }
}

static bool
has(const struct text *t, size_t from, size_t end, uint32_t term)
{
    for (size_t i = from; i < end; i++) {
        if (t->terms[i] == term)
            return true;
    }
    return false;
}

/* Does the window that begins at `first` have the term? */
static bool
window_has(const struct text *t, uint32_t first, uint32_t term)
{
    for (size_t i = 0; i < t->term_count; i++) {
        if (t->terms[i] == term && t->places[i] >= first && t->places[i] < first + WINDOW)
            return true;
    }
    return false;
}

/* Units of one text with a, b (1: with, 0: without). */
static uint64_t
units_with(const struct text *t, enum efti_pair_level level, uint32_t a, bool with_a,
           uint32_t b, bool with_b)
{
    uint64_t n = 0;
    size_t from = 0;

    if (level == EFTI_LEVEL_REFLECTION)
        return has(t, 0, t->term_count, a) == with_a &&
               has(t, 0, t->term_count, b) == with_b;
    if (level == EFTI_LEVEL_WINDOW) {
        uint32_t last = t->words < WINDOW ? 0 : t->words - WINDOW;
        for (uint32_t first = 0; t->words > 0 && first <= last; first++)
            n += window_has(t, first, a) == with_a && window_has(t, first, b) == with_b;
        return n;
    }
    for (size_t k = 0; k < SENTENCES; k++) {
        n += has(t, from, t->ends[k], a) == with_a &&
             has(t, from, t->ends[k], b) == with_b;
        from = t->ends[k];
    }
    return n;
}

static struct efti_cell
cell_by_hand(const struct corpus *c, enum efti_pair_level level, uint32_t a, bool with_a,
             uint32_t b, bool with_b)
{
    struct efti_cell cell = {0};

    for (uint32_t w = 0; w < WRITERS; w++) {
        uint64_t n = 0;
        for (size_t i = 0; i < TEXTS; i++) {
            if (c->texts[i].writer == 1000000007u * w)
                n += units_with(&c->texts[i], level, a, with_a, b, with_b);
        }
        efti_cell_add(&cell, n);
    }
    return cell;
}

static void
assert_same_cell(const struct efti_cell *a, const struct efti_cell *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->writers, b->writers);
    assert_int_equal(a->top1, b->top1);
    assert_int_equal(a->top2, b->top2);
}

static eft_status
count_corpus(const eft_allocator *mem, const struct corpus *c, uint32_t least,
             size_t stride, struct efti_term_pairs *out)
{
    struct efti_pair_counter *counter;
    eft_status st =
        efti_pair_counter_new(mem, c->eligible, ELIGIBLE, least, &counter, NULL);

    *out = (struct efti_term_pairs){0};
    if (st == EFT_OK)
        efti_pair_counter_windows(counter, WINDOW);
    for (size_t i = 0; st == EFT_OK && i < TEXTS; i++) {
        const struct text *t = &c->texts[i * stride % TEXTS];
        struct efti_pair_text text = {t->writer, t->terms, t->term_count, t->ends,
                                      SENTENCES, t->words, t->places};
        st = efti_pair_counter_add(counter, &text, NULL);
    }
    if (st == EFT_OK)
        st = efti_pair_counter_finish(counter, out, NULL);
    efti_pair_counter_free(counter);
    return st;
}

static void
check_level(const struct corpus *c, const struct efti_term_pairs *pairs,
            enum efti_pair_level level, uint32_t least)
{
    size_t at = 0;
    uint64_t hidden = 0;

    for (size_t i = 0; i < ELIGIBLE; i++) {
        for (size_t j = i + 1; j < ELIGIBLE; j++) {
            uint32_t a = c->eligible[i], b = c->eligible[j];
            struct efti_cell cell = cell_by_hand(c, level, a, true, b, true);
            if (cell.count == 0)
                continue;
            if (cell.writers < least) {
                hidden++;
                continue;
            }
            assert_true(at < pairs->level[level].pairs.count);
            const struct efti_term_pair *p = &pairs->level[level].pairs.items[at++];
            struct efti_cell rest_a = cell_by_hand(c, level, a, false, b, true);
            struct efti_cell rest_b = cell_by_hand(c, level, a, true, b, false);
            assert_int_equal(p->a, a);
            assert_int_equal(p->b, b);
            assert_same_cell(&p->cell, &cell);
            assert_same_cell(&p->rest_a, &rest_a);
            assert_same_cell(&p->rest_b, &rest_b);
        }
    }
    assert_int_equal(at, pairs->level[level].pairs.count);
    assert_int_equal(hidden, pairs->level[level].hidden);
}

static void
pairs_are_those_counted_one_by_one(void **state)
{
    struct corpus c;

    (void)state;
    make_corpus(&c);
    for (uint32_t least = 0; least <= 6; least += 3) {
        struct efti_term_pairs pairs;
        assert_int_equal(count_corpus(&efti_malloc, &c, least, 1, &pairs), EFT_OK);
        assert_int_equal(pairs.level[EFTI_LEVEL_REFLECTION].n, TEXTS);
        assert_int_equal(pairs.level[EFTI_LEVEL_SENTENCE].n, TEXTS * SENTENCES);
        assert_true(pairs.level[EFTI_LEVEL_REFLECTION].pairs.count > 15);
        check_level(&c, &pairs, EFTI_LEVEL_REFLECTION, least);
        check_level(&c, &pairs, EFTI_LEVEL_SENTENCE, least);
        assert_true(pairs.level[EFTI_LEVEL_WINDOW].n > TEXTS);
        check_level(&c, &pairs, EFTI_LEVEL_WINDOW, least);
        efti_term_pairs_free(&efti_malloc, &pairs);
    }
}

static void
the_order_of_adding_does_not_matter(void **state)
{
    struct corpus c;
    struct efti_term_pairs a, b;

    (void)state;
    make_corpus(&c);
    assert_int_equal(count_corpus(&efti_malloc, &c, 2, 1, &a), EFT_OK);
    assert_int_equal(count_corpus(&efti_malloc, &c, 2, 47, &b), EFT_OK);
    for (int level = 0; level < EFTI_LEVEL_COUNT; level++) {
        assert_int_equal(a.level[level].pairs.count, b.level[level].pairs.count);
        for (size_t i = 0; i < a.level[level].pairs.count; i++) {
            const struct efti_term_pair *x = &a.level[level].pairs.items[i];
            const struct efti_term_pair *y = &b.level[level].pairs.items[i];
            assert_int_equal(x->a, y->a);
            assert_int_equal(x->b, y->b);
            assert_same_cell(&x->cell, &y->cell);
            assert_same_cell(&x->rest_a, &y->rest_a);
            assert_same_cell(&x->rest_b, &y->rest_b);
        }
    }
    efti_term_pairs_free(&efti_malloc, &a);
    efti_term_pairs_free(&efti_malloc, &b);
}

static void
nothing_added_gives_no_pairs(void **state)
{
    struct efti_pair_counter *c;
    struct efti_term_pairs pairs;

    (void)state;
    assert_int_equal(efti_pair_counter_new(&efti_malloc, NULL, 0, 5, &c, NULL), EFT_OK);
    assert_int_equal(efti_pair_counter_finish(c, &pairs, NULL), EFT_OK);
    assert_int_equal(pairs.level[0].pairs.count + pairs.level[1].pairs.count, 0);
    efti_pair_counter_free(c);
    efti_term_pairs_free(&efti_malloc, &pairs);
    efti_pair_counter_free(NULL);
}

static void
bad_arguments_are_refused(void **state)
{
    static const uint32_t falling[] = {4, 3}, good[] = {3, 4}, ends[] = {2, 1},
                          short_end[] = {1};
    struct efti_pair_counter *c;
    struct efti_pair_text text = {1, good, 2, ends, 2, 0, NULL};

    (void)state;
    assert_int_equal(efti_pair_counter_new(&efti_malloc, falling, 2, 5, &c, NULL),
                     EFT_E_RANGE);
    assert_null(c);
    assert_int_equal(efti_pair_counter_new(&efti_malloc, good, 65536, 5, &c, NULL),
                     EFT_E_LIMIT);
    assert_int_equal(efti_pair_counter_new(&efti_malloc, good, 2, 5, &c, NULL), EFT_OK);
    assert_int_equal(efti_pair_counter_add(c, &text, NULL), EFT_E_RANGE);
    text.sentence_ends = short_end, text.sentence_count = 1;
    assert_int_equal(efti_pair_counter_add(c, &text, NULL), EFT_E_RANGE);
    efti_pair_counter_free(c);
}

static void
every_refused_allocation_is_survived(void **state)
{
    struct corpus c;

    (void)state;
    make_corpus(&c);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_term_pairs pairs;
        eft_status st = count_corpus(&mem, &c, 1, 1, &pairs);

        efti_term_pairs_free(&mem, &pairs);
        if (failing_got_through(&f, st))
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_those_counted_one_by_one),
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(nothing_added_gives_no_pairs),
        cmocka_unit_test(bad_arguments_are_refused),
        cmocka_unit_test(every_refused_allocation_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
