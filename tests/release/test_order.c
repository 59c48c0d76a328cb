/*
 * test_order.c - which assignment comes first
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "corpus.h"

enum { K = 3, WRITERS = 20, MOST = 400 };

/* Each writer has a text in R, then P, then Q; theme 0 is more common from R to Q. */
static uint32_t
study(struct said *s)
{
    static const char order[] = {'R', 'P', 'Q'};
    static const uint32_t often[] = {4, 9, 15};
    uint32_t n = 0;

    for (uint32_t w = 0; w < WRITERS; w++) {
        for (uint32_t a = 0; a < 3; a++)
            s[n++] = (struct said){.writer = w,
                                   .assignment = order[a],
                                   .themes = (w * 7 % WRITERS < often[a] ? 1u : 0u) |
                                             (w % 2 == 0 ? 2u : 0u),
                                   .day = (int32_t)(19000 + 40 * a + w)};
    }
    return n;
}

static struct eft_results *
released(const struct said *s, uint32_t count, const struct efti_release_options *o)
{
    struct efti_tally *t = corpus_tally(s, count);
    struct eft_results *r;

    assert_int_equal(
        efti_release_tables(&efti_malloc, efti_tally_frozen(t), o, NULL, &r, NULL),
        EFT_OK);
    efti_tally_free(t);
    return r;
}

static int64_t
place_of(const struct eft_results *r, const char *assignment)
{
    const eft_table *t = find(r, "assignment_themes");

    return number_at(t, row_of(t, "assignment", assignment, NULL, NULL), "place");
}

static void
assignments_come_in_the_order_of_their_days(void **state)
{
    struct efti_release_options o = corpus_options(K);
    static struct said s[MOST];
    uint32_t n = study(s);

    (void)state;
    struct eft_results *r = released(s, n, &o);
    assert_int_equal(place_of(r, "R"), 1);
    assert_int_equal(place_of(r, "P"), 2);
    assert_int_equal(place_of(r, "Q"), 3);
    eft_results_free(r);

    s[2].day = 10; /* one date is wrong, far too early, and others come backwards */
    for (uint32_t i = 0; i < n / 2; i++) {
        struct said other = s[i];
        s[i] = s[n - 1 - i];
        s[n - 1 - i] = other;
    }
    r = released(s, n, &o);
    assert_int_equal(place_of(r, "R"), 1);
    assert_int_equal(place_of(r, "Q"), 3);
    eft_results_free(r);

    for (uint32_t i = 0; i < n; i++) { /* half an order would mislead */
        if (s[i].assignment == 'P')
            s[i].day = 0;
    }
    r = released(s, n, &o);
    assert_int_equal(place_of(r, "R"), -1);
    assert_int_equal(place_of(r, "Q"), -1);
    eft_results_free(r);
}

static void
names_and_what_the_user_says_go_before_days(void **state)
{
    struct efti_release_options o = corpus_options(K);
    static struct said s[MOST];
    uint32_t n = study(s), places[8];

    (void)state;
    o.assignments_by_name = true;
    struct eft_results *r = released(s, n, &o);
    assert_int_equal(place_of(r, "P"), 1);
    assert_int_equal(place_of(r, "Q"), 2);
    assert_int_equal(place_of(r, "R"), 3);
    eft_results_free(r);

    /* labels of a frozen tally are by role, then hash: Q first, then R, P not at all */
    struct efti_tally *t = corpus_tally(s, n);
    const struct efti_frozen *f = efti_tally_frozen(t);
    assert_true(f->label_count <= 8);
    for (uint32_t i = 0; i < f->label_count; i++) {
        char c = f->labels[i].printable.size == 1 ? f->labels[i].printable.bytes[0] : '-';
        places[i] = c == 'Q' ? 0 : c == 'R' ? 1 : EFTI_NO_ID;
    }
    efti_tally_free(t);
    o = corpus_options(K);
    o.assignment_places = places;
    r = released(s, n, &o);
    assert_int_equal(place_of(r, "Q"), 1);
    assert_int_equal(place_of(r, "R"), 2);
    assert_int_equal(place_of(r, "P"), -1);
    eft_results_free(r);
}

/* Numbers in names are numbers, however they are written. */
static void
the_tenth_comes_after_the_second(void **state)
{
    static const char *const names[] = {"Uppdrag 1", "Uppdrag 02", "Uppdrag 2b",
                                        "Uppdrag 10"};
    struct efti_tally_settings settings = {
        .writer_column = true,
        .feeling_low = 1,
        .feeling_high = 5,
        .fingerprints = {"lexicon test 1\n", 15},
    };
    struct efti_release_options o = corpus_options(K);
    struct efti_tally *t;
    struct eft_results *r;

    (void)state;
    assert_int_equal(efti_tally_new(&efti_malloc, &settings, &t, NULL), EFT_OK);
    for (uint32_t i = 0; i < 40; i++) {
        eft_text name = {names[i % 4], strlen(names[i % 4])};
        uint32_t writer = i / 4;
        struct efti_theme_count theme = {efti_tally_theme(t, "th0", 3), 0, 1};
        struct efti_observation x = {
            .has_key = true,
            .has_writer = true,
            .key = efti_identity(NULL, "record", &i, 4),
            .writer = efti_identity(NULL, "writer", &writer, 4),
            .unit = EFTI_NO_ID,
            .assignment = efti_tally_label(
                t, EFTI_LABEL_ASSIGNMENT,
                efti_identity(NULL, "label", name.bytes, name.size), name),
            .day = EFTI_NO_DAY_VALUE,
            .tokens = 10,
            .words = 10,
            .sentences = 1,
            .themes = &theme,
            .theme_count = i % 8 < 4};
        assert_int_equal(efti_tally_add(t, &x, NULL), EFT_OK);
    }
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    o.assignments_by_name = true;
    assert_int_equal(
        efti_release_tables(&efti_malloc, efti_tally_frozen(t), &o, NULL, &r, NULL),
        EFT_OK);
    for (int i = 0; i < 4; i++)
        assert_int_equal(place_of(r, names[i]), i + 1);
    eft_results_free(r);
    efti_tally_free(t);
}

/* A small assignment that is pooled has no place, and the pool has none. */
static void
the_pool_has_no_place(void **state)
{
    struct efti_release_options o = corpus_options(K);
    static struct said s[MOST];
    uint32_t n = study(s);

    (void)state;
    for (uint32_t w = 0; w < 2; w++) {
        s[n++] = (struct said){.writer = w, .assignment = 'X', .day = 18000};
        s[n++] = (struct said){.writer = 8 + w, .assignment = 'Y', .day = 18000};
    }
    struct eft_results *r = released(s, n, &o);
    const eft_table *t = find(r, "assignment_themes");
    size_t row = row_of(t, "assignment", "other", NULL, NULL);
    assert_true(row != SIZE_MAX);
    assert_int_equal(number_at(t, row, "place"), -1);
    assert_int_equal(place_of(r, "R"), 1);
    eft_results_free(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignments_come_in_the_order_of_their_days),
        cmocka_unit_test(names_and_what_the_user_says_go_before_days),
        cmocka_unit_test(the_tenth_comes_after_the_second),
        cmocka_unit_test(the_pool_has_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
