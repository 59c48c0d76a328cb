/*
 * test_leiden.c - igraph behind its door
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <igraph.h>

#include "discover/karate.h"
#include "discover/leiden.h"

extern const struct efti_leiden efti_leiden_module;

static void
the_best_known_division_of_the_club_is_found(void **state)
{
    struct efti_graph g = karate();
    uint32_t member[KARATE_NODES];
    double best = 0;

    (void)state;
    for (uint32_t seed = 1; seed <= 25; seed++) {
        assert_int_equal(efti_leiden_module.run(&g, seed, member), EFT_OK);
        best = fmax(best, efti_modularity(&g, member));
    }
    assert_true(fabs(best - 0.4197896121) < 1e-9); /* Brandes and others 2008 */
}

static void
the_same_seed_finds_the_same(void **state)
{
    struct efti_graph g = karate();
    uint32_t a[KARATE_NODES], b[KARATE_NODES];

    (void)state;
    assert_int_equal(efti_leiden_module.run(&g, 7, a), EFT_OK);
    assert_int_equal(efti_leiden_module.run(&g, 7, b), EFT_OK);
    assert_memory_equal(a, b, sizeof(a));
}

static void
what_the_process_had_is_put_back(void **state)
{
    struct efti_graph g = karate();
    uint32_t member[KARATE_NODES];
    igraph_rng_t own;

    (void)state;
    assert_int_equal(igraph_rng_init(&own, &igraph_rngtype_mt19937), IGRAPH_SUCCESS);
    assert_int_equal(igraph_rng_seed(&own, 42), IGRAPH_SUCCESS);
    igraph_rng_t before = *igraph_rng_default();
    igraph_rng_set_default(&own);
    igraph_error_handler_t *handler =
        igraph_set_error_handler(igraph_error_handler_printignore);
    igraph_integer_t first = igraph_rng_get_integer(igraph_rng_default(), 0, 1000000);
    assert_int_equal(igraph_rng_seed(&own, 42), IGRAPH_SUCCESS);

    assert_int_equal(efti_leiden_module.run(&g, 7, member), EFT_OK);
    assert_int_equal(igraph_rng_get_integer(igraph_rng_default(), 0, 1000000), first);
    assert_ptr_equal(igraph_set_error_handler(handler), igraph_error_handler_printignore);
    igraph_rng_set_default(&before);
    igraph_rng_destroy(&own);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_known_division_of_the_club_is_found),
        cmocka_unit_test(the_same_seed_finds_the_same),
        cmocka_unit_test(what_the_process_had_is_put_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
