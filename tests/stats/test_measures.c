/*
 * test_measures.c - association, keyness, Fisher's test against published values
 *
 * Dunning 1993, table 2; Evert's "black box"; R 4.2.2 and quanteda's tests. R finds odds
 * ratios by a search that stops at 1e-4, so those are compared with fewer digits.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "stats/fisher.h"
#include "stats/keyness.h"
#include "support/failing.h"

static struct efti_association
measures(uint64_t o11, uint64_t r1, uint64_t c1, uint64_t n)
{
    struct efti_association a;
    const struct efti_contingency t = {o11, r1, c1, n};

    assert_int_equal(efti_associate(&t, &a, NULL), EFT_OK);
    return a;
}

static struct efti_fisher
fisher(uint64_t o11, uint64_t r1, uint64_t c1, uint64_t n)
{
    struct efti_fisher f;
    const struct efti_contingency t = {o11, r1, c1, n};

    assert_int_equal(efti_fisher(&t, &f, NULL), EFT_OK);
    return f;
}

static void
dunnings_bigrams_have_their_published_values(void **state)
{
    static const struct {
        uint64_t a, b, c, d;
        double g2, x2;
    } bigrams[] = {
        {110, 2442, 111, 29114, 270.7219, 525.0211},
        {29, 13, 123, 31612, 263.8966, 4153.6949},
        {31, 23, 139, 31584, 256.8365, 3287.9829},
        {10, 0, 3, 31764, 167.2298, 24441.5377},
        {76, 104, 2476, 29121, 157.2124, 286.5235},
        {16, 16, 51, 31694, 157.0273, 3774.0861},
        {16, 0, 865, 30896, 115.0184, 561.3905},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(bigrams); i++) {
        uint64_t a = bigrams[i].a, b = bigrams[i].b, c = bigrams[i].c;
        struct efti_association m = measures(a, a + b, a + c, a + b + c + bigrams[i].d);
        assert_true(within(m.g2, bigrams[i].g2, 5.1e-5));
        assert_true(within(m.x2, bigrams[i].x2, 5.1e-5));
    }
}

/* By row of the reference table; each for the three tables. */
static void
every_measure_matches_the_reference_on_three_tables(void **state)
{
    const struct efti_association m[3] = {measures(10, 30, 20, 100),
                                          measures(110, 2552, 221, 31777),
                                          measures(123, 13168, 1810, 4951756)};
#define ROW(field, x, y, z)                                                              \
    assert_true(same(m[0].field, x) && same(m[1].field, y) && same(m[2].field, z))

    (void)state;
    ROW(expected, 6, 17.7484344022, 4.8132581654);
    ROW(pmi, 0.7369655942, 2.6317398492, 4.6755006991);
    ROW(npmi, 0.2218487496, 0.3219515297, 0.3056483261);
    ROW(mi2, 4.0588936891, 9.4130995627, 11.6180152045);
    ROW(mi3, 7.3808217839, 16.1944592763, 18.5605297098);
    ROW(lmi, 7.3696559417, 289.4913834138, 575.0865859929);
    ROW(t_score, 1.2649110641, 8.7958416597, 10.6565396333);
    ROW(z_score, 1.6329931619, 21.8974589269, 53.8702736999);
    ROW(g2, 4.4733500496, 270.7218769362, 569.8453591965);
    ROW(simple_ll, 2.2165124753, 216.8171412239, 560.8658076484);
    ROW(g2_williams, 4.3307947233, 268.1856946273, 550.7738083432);
    ROW(x2, 4.7619047619, 525.0211048194, 2910.8081294833);
    ROW(x2_yates, 3.6458333333, 519.3453387319, 2886.2313380243);
    ROW(dice, 0.4, 0.0793364587, 0.0164240887);
    ROW(logdice, 12.6780719051, 10.3441278125, 8.0719571310);
    ROW(jaccard, 0.25, 0.0413067968, 0.0082800404);
    ROW(min_sensitivity, 1.0 / 3, 0.0431034483, 0.0093408262);
    ROW(odds_ratio, 3, 11.8147877607, 27.5930916714);
    ROW(lambda, 1.0822184789, 2.4692051570, 3.3212876733);
    ROW(lambda_sigma, 0.5057525125, 0.1358754847, 0.0936302084);
    ROW(phi, 0.2182178902, 0.1285381171, 0.0242452782);
    ROW(delta_p_21, 0.1904761905, 0.0393053302, 0.0089992306);
    ROW(delta_p_12, 0.25, 0.4203513226, 0.0653204188);
#undef ROW
    assert_true(same(m[0].lambda / m[0].lambda_sigma, 2.1398182948));
    assert_true(same(m[1].lambda / m[1].lambda_sigma, 18.1725582212));
    assert_true(same(m[2].lambda / m[2].lambda_sigma, 35.4723943252));
}

static void
single_measures_have_their_published_values(void **state)
{
    struct efti_association m = measures(8, 1105, 44, 15000000);

    (void)state;
    assert_true(within(m.pmi, 11.3, 0.05)); /* Church and Hanks 1990 */
    m = measures(5610, 5610 + 168938, 5610 + 2257, 5610 + 168938 + 2257 + 10233063);
    assert_true(within(m.delta_p_21, 0.032, 0.0005)); /* Gries 2013 */
    assert_true(within(m.delta_p_12, 0.697, 0.0005));
    assert_true(same(measures(10, 10, 10, 100).npmi, 1)); /* Bouma 2009 */
    assert_true(within(measures(1, 10, 10, 100).npmi, 0, 1e-12));
    assert_true(same(measures(0, 10, 10, 100).npmi, -1));
    m = measures(1, 4, 4, 8); /* Pedersen 1996 */
    assert_true(same(m.x2_yates, 0.5));
    m = measures(3, 17, 5, 29); /* Yates capped as in R; quanteda goes on to .1851 */
    assert_true(m.x2_yates < 1e-12);
}

/* quanteda's tests: "good ice" twice among nine bigrams; "capital gains tax", where
 * places have all, some or none of the three words (bit 0 is the first). */
static void
lambda_of_phrases_matches_quanteda(void **state)
{
    static const uint64_t three[8] = {12, 2, 3, 1, 0, 0, 1, 2};
    static const uint64_t two[4] = {7, 0, 0, 2};
    struct efti_association m = measures(2, 2, 2, 9);
    double lambda, sigma;

    (void)state;
    assert_true(within(m.lambda, 4.317488, 5e-7));
    assert_true(within(m.lambda / m.lambda_sigma, 2.027787, 5e-7));
    efti_phrase_lambda(two, 2, &lambda, &sigma);
    assert_true(same(lambda, m.lambda) && same(sigma, m.lambda_sigma));
    efti_phrase_lambda(three, 3, &lambda, &sigma);
    assert_true(same(lambda, -0.2513144283) && same(sigma, 2.549322973));
    assert_true(same(lambda / sigma, -0.0985808511));
    efti_phrase_lambda(three, 9, &lambda, &sigma);
    assert_true(isnan(lambda) && isnan(sigma));
}

/* Texts abc, ab, ac, bc, abd, d: npmi of each pair, and the topic (a, b, c). */
static void
coherence_of_a_topic_matches_the_reference(void **state)
{
    static const uint64_t joint[] = {3, 2, 2}, first[] = {4, 4, 4};
    double ab = measures(3, 4, 4, 6).npmi, ac = measures(2, 4, 3, 6).npmi;

    (void)state;
    assert_true(within(ab, 0.169925, 5e-7) && within(ac, 0, 1e-12));
    assert_true(within(measures(2, 4, 3, 6).npmi, 0, 1e-12)); /* b and c */
    assert_true(within(measures(1, 4, 2, 6).npmi, -0.160558, 5e-7));
    assert_true(same(measures(0, 3, 2, 6).npmi, -1)); /* c and d */
    assert_true(same((ab + ac + 0) / 3, 0.0566416671));
    assert_true(same(efti_umass(joint, first, 3), -0.1917880483));
    assert_true(isnan(efti_umass(joint, first, 0)));
}

static void
fisher_matches_the_reference_also_far_out_in_the_tail(void **state)
{
    (void)state;
    assert_true(same(exp(fisher(10, 30, 20, 100).log_greater), 0.0306964294));
    assert_true(same(fisher(110, 2552, 221, 31777).log_greater, log(9.7634845392e-61)));
    assert_true(same(exp(fisher(110, 2552, 221, 31777).log_greater + 138) / exp(138) /
                         9.7634845392e-61,
                     1));
    assert_true(
        same(fisher(123, 13168, 1810, 4951756).log_greater, log(7.0554270764e-126)));
    assert_true(within(-fisher(100, 1000, 1000, 1000000).log_greater / log(10),
                       162.7661449, 5e-8));
}

static void
fishers_own_examples_have_rs_odds_ratios(void **state)
{
    const struct efti_contingency tea = {3, 4, 4, 8}, convictions = {2, 17, 12, 30};
    double odds, low, high;
    struct efti_fisher f = fisher(3, 4, 4, 8);

    (void)state;
    assert_true(same(exp(f.log_greater), 0.2428571429));
    assert_true(same(exp(f.log_two_sided), 0.4857142857));
    assert_int_equal(efti_fisher_odds(&tea, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(within(odds, 6.408308867, 2e-5)); /* R stops searching at 1e-4 */
    f = fisher(2, 17, 12, 30);
    assert_true(within(exp(f.log_less), 0.0004651809, 5e-11));
    assert_true(within(exp(f.log_two_sided), 0.0005367241, 5e-11));
    assert_int_equal(efti_fisher_odds(&convictions, 0.95, &odds, &low, &high, NULL),
                     EFT_OK);
    assert_true(within(odds, 0.0469366088, 1e-6));
    assert_true(within(low, 0.0033257640, 1e-5) && within(high, 0.3631822715, 1e-4));
}

/* Two-sided are all tables no likelier, as in R; not twice the smaller tail, which is
 * another convention and larger here but for the first, where the two are the same. */
static void
fisher_two_sided_adds_up_what_is_no_likelier(void **state)
{
    static const struct {
        uint64_t o11, r1, c1, n;
        double two_sided, doubled;
    } rows[] = {{1, 10, 12, 24, .002759456185, .002759456185},
                {10, 12, 13, 30, .000536724119, .000930361887},
                {4, 5, 6, 17, .027634130575, .055268261151},
                {3, 3, 4, 10, .033333333333, .066666666667},
                {0, 6, 5, 31, .553295548846, .625386231615}};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(rows); i++) {
        struct efti_fisher f = fisher(rows[i].o11, rows[i].r1, rows[i].c1, rows[i].n);
        double tail = exp(fmin(f.log_greater, f.log_less));
        assert_true(fabs(exp(f.log_two_sided) - rows[i].two_sided) < 1e-11);
        assert_true(fabs(2 * tail - rows[i].doubled) < 1e-11);
    }
}

static void
fisher_at_the_ends_is_certain_and_its_odds_ratio_open(void **state)
{
    const struct efti_contingency none = {0, 3, 3, 9}, all = {3, 3, 3, 9};
    const struct efti_contingency one = {0, 0, 3, 9}, wrong = {4, 3, 5, 9};
    double odds, low, high;
    struct efti_fisher f;

    (void)state;
    assert_true(same(fisher(0, 3, 3, 9).log_greater, 0));
    assert_true(same(fisher(3, 3, 3, 9).log_less, 0));
    assert_int_equal(efti_fisher_odds(&none, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(odds == 0 && low == 0 && high > 0);
    assert_int_equal(efti_fisher_odds(&all, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(isinf(odds) && low > 0 && isinf(high));
    assert_int_equal(efti_fisher_odds(&one, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(isnan(odds) && low == 0 && isinf(high));
    assert_int_equal(efti_fisher(&wrong, &f, NULL), EFT_E_RANGE);
    assert_int_equal(efti_fisher_odds(&wrong, 0.95, &odds, &low, &high, NULL),
                     EFT_E_RANGE);
}

/* Hypergeometric probabilities of one table add up to one. */
static void
the_tails_of_fisher_meet(void **state)
{
    (void)state;
    for (uint64_t o = 2; o <= 12; o++) {
        struct efti_fisher f = fisher(o, 12, 30, 40), next = {0};
        if (o < 12)
            next = fisher(o + 1, 12, 30, 40);
        assert_true(
            within(exp(f.log_less) + (o < 12 ? exp(next.log_greater) : 0), 1, 1e-12));
    }
}

/* ------------------------------------------------------------------ keyness */

static struct efti_keyness
keyness(uint64_t x, uint64_t n, uint64_t y, uint64_t m)
{
    struct efti_keyness k;

    assert_int_equal(efti_keyness(x, n, y, m, &k, NULL), EFT_OK);
    return k;
}

static void
keyness_of_two_texts_matches_quanteda(void **state)
{
    struct efti_keyness k = keyness(3, 10, 7, 9);
    double odds, low, high;
    const struct efti_contingency t = {3, 10, 10, 19};

    (void)state;
    assert_true(same(k.x2, 4.337160494) && same(k.yates, 2.632438272));
    assert_true(same(k.g2, 4.534939332) && same(k.g2 / k.williams, 1.079533247));
    assert_true(same(k.williams, 4.200833412));
    assert_int_equal(efti_fisher_odds(&t, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(within(odds, 0.1395423741, 1e-6));
    assert_true(same(exp(fisher(3, 10, 10, 19).log_two_sided), 0.0697785187));
}

static void
keyness_of_eight_types_matches_quanteda(void **state)
{
    /* d1 has 17 words, d2 has 12: a 3/2, c 6/2, d 1/4, g 1/0 */
    struct efti_keyness a = keyness(3, 17, 2, 12), c = keyness(6, 17, 2, 12);
    struct efti_keyness d = keyness(1, 17, 4, 12), g = keyness(1, 17, 0, 12);
    double odds, low, high;
    const struct efti_contingency ct = {6, 17, 8, 29};

    (void)state;
    assert_true(same(a.x2, 0.0047385621) && same(a.g2, 0.0047514087));
    assert_true(same(a.pmi_nats, 0.0232568622));
    assert_true(same(c.x2, 1.2218720820) && same(c.g2, 1.2742380100));
    assert_true(same(d.x2, 3.7150326800) && same(d.g2, 3.7794405330));
    assert_true(same(d.pmi_nats, -1.0753554270));
    assert_true(same(exp(fisher(1, 17, 5, 29).log_two_sided), 0.1296366469));
    assert_true(same(g.g2, 1.0932909830) && isinf(g.odds_ratio));
    assert_true(isinf(g.log_ratio) && isinf(g.diff));
    assert_int_equal(efti_fisher_odds(&ct, 0.95, &odds, &low, &high, NULL), EFT_OK);
    assert_true(within(odds, 2.637598434, 2e-5));
}

static void
effect_sizes_have_their_published_values(void **state)
{
    struct efti_keyness k = keyness(16217, 2796938, 735, 2087946);
    double delta, variance, z;

    (void)state;
    assert_true(within(k.odds_ratio, 16.6, 0.05)); /* Pojanapunya and Todd */
    assert_true(k.odds_low < k.odds_ratio && k.odds_ratio < k.odds_high);
    k = keyness(206523, 959641, 178174, 1562358); /* Gabrielatos and Marchi */
    assert_true(within(k.diff, 88.7, 0.05));
    efti_dirichlet_log_odds(20, 1000, 5, 1000, 2.5, 200, &delta, &variance, &z);
    assert_true(same(delta, 1.1112706855) && same(variance, 0.1777777778));
    assert_true(same(z, 2.6356098475));
}

static void
impossible_keyness_is_refused(void **state)
{
    struct efti_keyness k;

    (void)state;
    assert_int_equal(efti_keyness(3, 2, 1, 5, &k, NULL), EFT_E_RANGE);
    assert_int_equal(efti_keyness(0, 0, 1, 5, &k, NULL), EFT_E_RANGE);
    assert_true(k.g2 == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dunnings_bigrams_have_their_published_values),
        cmocka_unit_test(every_measure_matches_the_reference_on_three_tables),
        cmocka_unit_test(single_measures_have_their_published_values),
        cmocka_unit_test(lambda_of_phrases_matches_quanteda),
        cmocka_unit_test(coherence_of_a_topic_matches_the_reference),
        cmocka_unit_test(fisher_matches_the_reference_also_far_out_in_the_tail),
        cmocka_unit_test(fishers_own_examples_have_rs_odds_ratios),
        cmocka_unit_test(fisher_two_sided_adds_up_what_is_no_likelier),
        cmocka_unit_test(fisher_at_the_ends_is_certain_and_its_odds_ratio_open),
        cmocka_unit_test(the_tails_of_fisher_meet),
        cmocka_unit_test(keyness_of_two_texts_matches_quanteda),
        cmocka_unit_test(keyness_of_eight_types_matches_quanteda),
        cmocka_unit_test(effect_sizes_have_their_published_values),
        cmocka_unit_test(impossible_keyness_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
