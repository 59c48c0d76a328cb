/*
 * test_words.c - dispersion and readability against published values
 *
 * Gries 2008 (five parts of 9, 10, 10, 10, 11 words), Carroll 1970, Lijffijt and Gries
 * 2012; Sparv and Wordless for LIX; Latin John for Yule's K.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "stats/dispersion.h"
#include "stats/readability.h"

static void
gries_example_has_its_published_dispersion(void **state)
{
    static const double size[5] = {9, 10, 10, 10, 11}, count[5] = {1, 2, 3, 4, 5};
    struct efti_dispersion d = efti_disperse(count, size, 5);

    (void)state;
    assert_true(same(d.dp, 0.18) && same(d.dp_norm, 0.2195121951));
    assert_true(same(d.juilland, 0.7851504535) && same(d.carroll, 0.9379213033));
    assert_true(same(d.rosengren, 0.9498163423) && same(d.kl, 0.1369717294));
    struct efti_equal_parts e = efti_disperse_equal(count, 5);
    assert_true(within(e.lyne, 0.944, 5e-4) && within(e.zhang, 0.937, 5e-4));
    e = efti_disperse_equal(size, 0);
    assert_true(isnan(e.lyne) && isnan(e.zhang));
}

static void
equal_parts_have_the_values_of_carroll(void **state)
{
    static const double size[5] = {10, 10, 10, 10, 10}, one[5] = {3, 0, 0, 0, 0};
    static const double a[5] = {0, 4, 3, 2, 1}, b[5] = {2, 1, 1, 1, 0};
    static const double even[5] = {2, 2, 2, 2, 2}, gries[5] = {1, 2, 3, 4, 5};
    struct efti_dispersion d = efti_disperse(one, size, 5);

    (void)state;
    assert_true(same(d.dp, 0.8) && same(d.dp_norm, 1));
    assert_true(within(efti_disperse(a, size, 5).juilland, 0.6464, 5e-5));
    assert_true(within(efti_disperse(b, size, 5).carroll, 0.8277, 5e-5));
    assert_true(within(efti_disperse(gries, size, 5).rosengren, 0.937, 5e-4));
    assert_true(same(efti_disperse(gries, size, 5).juilland, 0.7642977396));
    d = efti_disperse(even, size, 5);
    assert_true(d.dp == 0 && same(d.juilland, 1) && same(d.carroll, 1) &&
                same(d.rosengren, 1) && d.kl == 0);
}

static void
dispersion_needs_a_word_and_two_parts(void **state)
{
    static const double size[3] = {4, 0, 0}, count[3] = {1, 0, 0}, none[3] = {0, 0, 0};
    static const double full[3] = {4, 4, 4};

    (void)state;
    assert_true(isnan(efti_disperse(count, size, 3).dp));
    assert_true(isnan(efti_disperse(none, full, 3).dp));
}

static void
parts_without_the_word_need_not_be_walked(void **state)
{
    static const double size[7] = {9, 0, 10, 10, 3, 10, 11},
                        count[7] = {0, 0, 2, 0, 3, 4, 0};
    static const uint32_t where[3] = {5, 2, 4};
    struct efti_parts all = efti_parts_of(size, 7);
    struct efti_dispersion d = efti_disperse(count, size, 7);
    struct efti_dispersion few = efti_disperse_at(&all, count, size, where, 3);

    (void)state;
    assert_true(all.count == 6 && all.words == 53 && all.smallest == 3);
    assert_true(same(d.dp, few.dp) && same(d.dp_norm, few.dp_norm));
    assert_true(same(d.juilland, few.juilland) && same(d.rosengren, few.rosengren));
    assert_true(isnan(few.carroll) && isnan(few.kl)); /* nobody asks for them */
    assert_true(isnan(efti_disperse_at(&all, count, size, NULL, 0).dp));
}

static void
lix_and_rix_match_the_reference(void **state)
{
    (void)state;
    /* four sentences "a bc def ghij klmno pqrstu vxyzåäö": 28 words, 4 long */
    assert_true(same(efti_lix(28, 4, 4), 21.2857142857));
    assert_true(same(efti_lix(12, 3, 3), 29) && same(efti_rix(3, 3), 1));
    assert_true(isnan(efti_lix(12, 0, 3)) && isnan(efti_rix(0, 3)));
}

static void
ovix_matches_the_reference(void **state)
{
    (void)state;
    assert_true(isnan(efti_ovix(0, 0)) && isinf(efti_ovix(7, 7)));
    assert_true(same(efti_ovix(14, 7), 11.3161146195));
    assert_true(same(efti_ovix(21, 7), 9.8813280918));
    assert_true(same(efti_ovix(28, 7), 9.5792472626));
    assert_true(same(efti_ovix(100, 60), 43.7785285316));
    assert_true(same(efti_ovix(1000, 400), 55.4585520544));
}

static void
mattr_and_the_measures_of_a_vocabulary_match_the_reference(void **state)
{
    static const uint32_t ids[7] = {0, 1, 0, 0, 1, 1, 0};
    uint32_t seen[2] = {0, 0};

    (void)state;
    assert_true(same(efti_mattr(ids, 7, 2, seen), 5.0 / 6));
    assert_true(seen[0] == 0 && seen[1] == 0);
    assert_true(isnan(efti_mattr(ids, 7, 8, seen)) && isnan(efti_mattr(ids, 7, 0, seen)));
    assert_true(same(efti_ttr(7, 2), .2857142857) &&
                same(efti_herdan(7, 2), .3562071871));
}

static void
latin_john_has_yules_k(void **state)
{
    static const double times[16] = {1,  2,  3,  4,  5,  6,  7,  8,
                                     10, 11, 13, 16, 17, 19, 21, 59};
    static const double forms[16] = {212, 51, 26, 13, 6, 6, 3, 4, 1, 1, 3, 1, 1, 1, 1, 1};

    (void)state;
    assert_true(same(efti_yule_k(times, forms, 16), 112.7669839042));
    assert_true(same(efti_simpson_d(times, forms, 16), .0112916542));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gries_example_has_its_published_dispersion),
        cmocka_unit_test(equal_parts_have_the_values_of_carroll),
        cmocka_unit_test(dispersion_needs_a_word_and_two_parts),
        cmocka_unit_test(parts_without_the_word_need_not_be_walked),
        cmocka_unit_test(lix_and_rix_match_the_reference),
        cmocka_unit_test(ovix_matches_the_reference),
        cmocka_unit_test(mattr_and_the_measures_of_a_vocabulary_match_the_reference),
        cmocka_unit_test(latin_john_has_yules_k),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
