/*
 * test_discover.c - modularity, agreement, centralities, factors
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "discover/karate.h"
#include "support/failing.h"

static bool
close_to(double x, double y)
{
    return fabs(x - y) < 1e-9;
}

static const struct efti_edge triangles[] = {{0, 1, 1}, {0, 2, 1}, {1, 2, 1}, {2, 3, 1},
                                             {3, 4, 1}, {3, 5, 1}, {4, 5, 1}};

static void
two_triangles_have_their_modularity(void **state)
{
    const struct efti_graph g = {6, triangles, EFTI_COUNT(triangles)};
    const uint32_t cut[] = {0, 0, 0, 1, 1, 1};
    struct efti_edge heavy[EFTI_COUNT(triangles)];

    (void)state;
    assert_true(close_to(efti_modularity(&g, cut), 0.3571428571428571));
    /* weights are relative */
    for (size_t i = 0; i < EFTI_COUNT(triangles); i++) {
        heavy[i] = triangles[i];
        heavy[i].weight = 2.5;
    }
    const struct efti_graph h = {6, heavy, EFTI_COUNT(heavy)};
    assert_true(close_to(efti_modularity(&h, cut), 0.3571428571428571));
}

/* The factions of the club: node 9 went with the officer, whom it was not nearest to. */
static void
the_club_has_the_published_modularity(void **state)
{
    static const unsigned char hi[] = {1,  2,  3,  4,  5,  6,  7,  8,
                                       11, 12, 13, 14, 17, 18, 20, 22};
    struct efti_graph g = karate();
    uint32_t member[KARATE_NODES];

    (void)state;
    for (uint32_t i = 0; i < KARATE_NODES; i++)
        member[i] = 1;
    for (size_t i = 0; i < EFTI_COUNT(hi); i++)
        member[hi[i] - 1] = 0;
    assert_true(close_to(efti_modularity(&g, member), 0.3714661406969099));
    member[8] = 0;
    assert_true(close_to(efti_modularity(&g, member), 0.3582347140039448));
}

/* The usual split of the club into four, and the best one known: node 10 elsewhere. */
static void
four_communities_of_the_club_have_the_published_modularity(void **state)
{
    static const char of[] = "aaaabbbacabaaaccbacacacdddcddccdcc"; /* members 1 to 34 */
    struct efti_graph g = karate();
    uint32_t member[KARATE_NODES];

    (void)state;
    for (uint32_t i = 0; i < KARATE_NODES; i++)
        member[i] = (uint32_t)(of[i] - 'a');
    assert_true(close_to(efti_modularity(&g, member), 0.4188034188034188));
    member[9] = 2;
    assert_true(close_to(efti_modularity(&g, member), 0.4197896120973043));
}

static void
equal_partitions_agree_whatever_their_numbers(void **state)
{
    const uint32_t x[] = {0, 0, 0, 1, 1, 1}, y[] = {1, 1, 1, 0, 0, 0};
    const uint32_t z[] = {0, 0, 1, 1, 2, 2}, one[] = {0, 0, 0, 0, 0, 0};
    uint32_t cells[24];

    (void)state;
    assert_true(close_to(efti_adjusted_rand(x, y, 6, cells), 1));
    /* Hubert and Arabie: joint 2, rows 6, columns 3, of 15 pairs: (2 - 1.2) / 3.3 */
    assert_true(close_to(efti_adjusted_rand(x, z, 6, cells), 0.8 / 3.3));
    assert_true(close_to(efti_adjusted_rand(z, x, 6, cells), 0.8 / 3.3));
    assert_true(close_to(efti_adjusted_rand(x, one, 6, cells), 0));
    assert_true(close_to(efti_adjusted_rand(one, one, 6, cells), 1));
}

static void
the_middle_of_a_path_lies_between(void **state)
{
    static const struct efti_edge path[] = {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}, {3, 4, 1}};
    const struct efti_graph g = {6, path, EFTI_COUNT(path)}; /* 5 stands alone */
    struct efti_centrality c[6];
    double sum = 0;

    (void)state;
    assert_int_equal(efti_centralities(&efti_malloc, &g, c, NULL), EFT_OK);
    assert_true(close_to(c[0].betweenness, 0) && close_to(c[5].betweenness, 0));
    assert_true(close_to(c[1].betweenness, 3 / 10.0)); /* 0-2 0-3 0-4 of ten pairs */
    assert_true(close_to(c[2].betweenness, 4 / 10.0));
    assert_int_equal(c[2].degree, 2);
    assert_true(close_to(c[2].strength, 2) && c[5].degree == 0);
    for (int i = 0; i < 6; i++)
        sum += c[i].pagerank;
    assert_true(fabs(sum - 1) < 1e-6 && c[1].pagerank > c[0].pagerank);
}

/* networkx prints .437635 for node 0, .304075 for node 33, .145247 for node 32. */
static void
the_club_has_the_published_betweenness(void **state)
{
    struct efti_graph g = karate();
    struct efti_centrality c[KARATE_NODES];

    (void)state;
    assert_int_equal(efti_centralities(&efti_malloc, &g, c, NULL), EFT_OK);
    assert_true(fabs(c[0].betweenness - 0.437635) < 1e-6);
    assert_true(fabs(c[33].betweenness - 0.304075) < 1e-6);
    assert_true(fabs(c[32].betweenness - 0.145247) < 1e-6);
    assert_true(fabs(c[33].pagerank - 0.1009) < 1e-4);
}

static void
strong_ties_are_near(void **state)
{
    /* 0-2 directly is 1 / 0.4 long, over 1 it is 1 + 1 */
    static const struct efti_edge around[] = {{0, 1, 1}, {0, 2, 0.4}, {1, 2, 1}};
    const struct efti_graph g = {3, around, EFTI_COUNT(around)};
    struct efti_centrality c[3];

    (void)state;
    assert_int_equal(efti_centralities(&efti_malloc, &g, c, NULL), EFT_OK);
    assert_true(close_to(c[1].betweenness, 1));
}

/* Two groups of five that hang together inside: a factor each. */
static void
planted_groups_come_back_as_factors(void **state)
{
    struct efti_edge edges[45];
    struct efti_graph g = {10, edges, 0};
    struct efti_factors f;

    (void)state;
    for (uint32_t a = 0; a < 10; a++) {
        for (uint32_t b = a + 1; b < 10; b++)
            edges[g.edge_count++] =
                (struct efti_edge){a, b, (a < 6) == (b < 6) ? 0.8 : 0.01};
    }
    assert_int_equal(efti_factorise(&efti_malloc, &g, 2, 1, &f, NULL), EFT_OK);
    for (uint32_t v = 0; v < 10; v++)
        assert_true((f.h[2 * v] > f.h[2 * v + 1]) == (v < 6)); /* the larger one first */
    for (uint32_t k = 0; k < 2; k++) {
        double length = 0;
        for (uint32_t v = 0; v < 10; v++)
            length += f.h[2 * v + k] * f.h[2 * v + k];
        assert_true(close_to(length, 1));
    }
    efti_factors_free(&efti_malloc, &f);
    assert_int_equal(efti_factorise(&efti_malloc, &g, 0, 1, &f, NULL), EFT_E_RANGE);
    assert_int_equal(efti_factorise(&efti_malloc, &g, 65, 1, &f, NULL), EFT_E_RANGE);
}

static void
without_the_module_there_is_nothing_and_no_harm(void **state)
{
    struct efti_graph g = karate();
    struct efti_communities c;

    (void)state;
    if (efti_communities_possible())
        return;
    assert_int_equal(efti_communities_find(&efti_malloc, &g, 0, &c, NULL), EFT_END);
    assert_null(c.member);
    assert_string_equal(efti_igraph_version(), "none");
}

static void
any_allocation_may_fail(void **state)
{
    struct efti_graph g = karate();
    struct efti_centrality c[KARATE_NODES];

    (void)state;
    for (uint64_t n = 1; n < 100; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_factors factors = {0};
        eft_status st = efti_centralities(&mem, &g, c, NULL);
        if (st == EFT_OK)
            st = efti_factorise(&mem, &g, 3, 1, &factors, NULL);
        if (st == EFT_OK)
            efti_factors_free(&mem, &factors);
        if (failing_got_through(&f, st))
            return;
    }
    fail();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_triangles_have_their_modularity),
        cmocka_unit_test(the_club_has_the_published_modularity),
        cmocka_unit_test(four_communities_of_the_club_have_the_published_modularity),
        cmocka_unit_test(equal_partitions_agree_whatever_their_numbers),
        cmocka_unit_test(the_middle_of_a_path_lies_between),
        cmocka_unit_test(the_club_has_the_published_betweenness),
        cmocka_unit_test(strong_ties_are_near),
        cmocka_unit_test(planted_groups_come_back_as_factors),
        cmocka_unit_test(without_the_module_there_is_nothing_and_no_harm),
        cmocka_unit_test(any_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
