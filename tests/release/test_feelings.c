/*
 * test_feelings.c - feelings with a theme, with a tag and in an assignment
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "corpus.h"

enum { K = 5, MOST = 1200 };

static struct eft_results *
released(const struct said *s, uint32_t count)
{
    struct efti_tally *t = corpus_tally(s, count);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), K);

    efti_tally_free(t);
    return r;
}

/* `writers` people with a text each in P, Q and R; two of three are tagged; one feels a
 * step better in Q. `left_out` texts, the first ones, have no feeling. */
static uint32_t
study(struct said *s, uint32_t writers, uint32_t left_out)
{
    uint64_t seed = 7;
    uint32_t n = 0;

    for (uint32_t w = 0; w < writers; w++) {
        for (uint32_t a = 0; a < 3; a++) {
            uint32_t feeling = 1 + corpus_random(&seed) % 4 + (a == 1);
            s[n] = (struct said){.writer = w,
                                 .assignment = (char)('P' + a),
                                 .themes = 1u << corpus_random(&seed) % 3,
                                 .tags = 1u << corpus_random(&seed) % 2,
                                 .feeling = n < left_out ? 0 : feeling};
            n++;
        }
    }
    return n;
}

static void
tags_and_assignments_say_what_the_overview_says(void **state)
{
    static struct said s[MOST];
    static const struct {
        const char *table, *key;
    } of[] = {{"feeling_by_tag", "tag"}, {"feeling_by_assignment", "assignment"}};

    (void)state;
    for (uint32_t left_out = 0; left_out < 12; left_out += 3) {
        struct eft_results *r = released(s, study(s, 40, left_out));
        const eft_table *all = find(r, "overview");
        size_t rows = 0;
        for (size_t i = 0; i < eft_table_rows(all); i++) {
            for (size_t k = 0; k < 2; k++) {
                if (!text_is(all, i, "scope", of[k].key))
                    continue;
                const eft_table *t = find(r, of[k].table);
                char label[16];
                eft_text text =
                    eft_table_text(all, i, eft_table_column_find(all, "label"));
                (void)snprintf(label, sizeof(label), "%.*s", (int)text.size, text.bytes);
                size_t row = row_of(t, of[k].key, label, "feeling", "all");
                assert_int_equal(number_at(t, row, "reflections"),
                                 number_at(all, i, "feelings"));
                assert_true(fabs(real_at(t, row, "mean") -
                                 real_at(all, i, "feeling_mean")) < 1e-12);
                assert_true(fabs(real_at(t, row, "mean_low") -
                                 real_at(all, i, "feeling_low")) < 1e-12);
                rows++;
            }
        }
        assert_int_equal(rows, 5);
        eft_results_free(r);
    }
}

static void
steps_of_an_assignment_are_shown_together_or_not_at_all(void **state)
{
    static struct said s[MOST];
    uint32_t n = 0, hit = 0;

    (void)state;
    for (uint32_t f = 1; f <= 5; f++) {
        for (uint32_t w = 0; w < 6; w++, n += 2) {
            s[n] = (struct said){.writer = 6 * f + w, .assignment = 'P', .feeling = f};
            s[n + 1] =
                (struct said){.writer = 6 * f + w, .assignment = 'Q', .feeling = 6 - f};
        }
    }
    struct eft_results *r = released(s, n);
    const eft_table *t = find(r, "feeling_by_assignment");
    size_t row = row_of(t, "assignment", "Q", "feeling", "2");
    assert_int_equal(number_at(t, row, "reflections"), 6);
    assert_true(fabs(real_at(t, row, "share") - 0.2) < 1e-12);
    eft_results_free(r);

    for (uint32_t i = 0; i < n && hit < 2; i++) { /* six at step 2 in Q, and now four */
        if (s[i].assignment == 'Q' && s[i].feeling < 2.5 && s[i].feeling > 1.5) {
            s[i].feeling = 3;
            hit++;
        }
    }
    r = released(s, n);
    t = find(r, "feeling_by_assignment");
    for (char step[2] = "1"; step[0] <= '5'; step[0]++) {
        row = row_of(t, "assignment", "Q", "feeling", step);
        assert_int_equal(number_at(t, row, "shown"), 0);
        assert_true(real_at(t, row, "share") < 0);
        /* and so P, where those at step 2 elsewhere are four */
        row = row_of(t, "assignment", "P", "feeling", step);
        assert_int_equal(number_at(t, row, "shown"), 0);
    }
    eft_results_free(r);
}

/* Can n people with a feeling have these shares, in twentieths, and this mean, in tenths,
 * with k or more at each step? Every way to deal them out is looked at. */
static bool
some_counts_agree(int n, const int share[5], int mean)
{
    int c[5], from[5], to[5];

    for (int s = 0; s < 5; s++) { /* (40 c + n) / 2n == share, rounded down */
        from[s] = (2 * share[s] * n - n + 39) / 40;
        from[s] = from[s] < K ? K : from[s];
        to[s] = (2 * share[s] * n + n - 1) / 40;
    }
    for (c[0] = from[0]; c[0] <= to[0]; c[0]++) {
        for (c[1] = from[1]; c[1] <= to[1]; c[1]++) {
            for (c[2] = from[2]; c[2] <= to[2]; c[2]++) {
                for (c[3] = from[3]; c[3] <= to[3]; c[3]++) {
                    c[4] = n - c[0] - c[1] - c[2] - c[3];
                    int sum = c[0] + 2 * c[1] + 3 * c[2] + 4 * c[3] + 5 * c[4];
                    if (c[4] >= from[4] && c[4] <= to[4] &&
                        (20 * sum + n) / (2 * n) == mean)
                        return true;
                }
            }
        }
    }
    return false;
}

/* A few gave no feeling: their number must not follow from shares and mean. */
static void
rounded_shares_do_not_tell_how_many_gave_a_feeling(void **state)
{
    static struct said s[MOST];
    struct eft_results *r = released(s, study(s, 120, 6));
    const eft_table *t = find(r, "feeling_by_tag"), *all = find(r, "overview");

    (void)state;
    for (int tag = 0; tag < 2; tag++) {
        const char *name = tag == 0 ? "tag0" : "tag1";
        size_t row = row_of(t, "tag", name, "feeling", "all");
        int mean = (int)(real_at(t, row, "mean") * 10 + 0.5), share[5];
        int64_t whole =
            number_at(all, row_of(all, "scope", "tag", "label", name), "reflections");
        assert_int_equal(number_at(t, row, "reflections"), -1);
        for (int f = 0; f < 5; f++) {
            const char step[2] = {(char)('1' + f), '\0'};
            row = row_of(t, "tag", name, "feeling", step);
            assert_int_equal(number_at(t, row, "shown"), 1);
            assert_int_equal(number_at(t, row, "reflections"), -1);
            assert_int_equal(number_at(t, row, "writers_min"), K);
            double twentieths = real_at(t, row, "share") * 20;
            share[f] = (int)(twentieths + 0.5);
            assert_true(fabs(twentieths - share[f]) < 1e-9);
        }
        for (int n = (int)whole - K; n <= whole; n++)
            assert_true(some_counts_agree(n, share, mean));
    }
    eft_results_free(r);
}

/* ------------------------------------------------------------------- classes */

/* Can step s be `v`, with the classes and the sum of the steps as they are? Every table
 * of five counts is looked at; `own` are known to be there. */
static bool
some_table_has(const int told[5], const int own[5], int s, int v)
{
    int low = told[0] + told[1] + told[2], high = told[3] + told[4];
    int sum = told[1] + 2 * told[2] + 3 * told[3] + 4 * told[4];

    for (int a = own[0]; a <= low; a++) {
        for (int b = own[1]; a + b + own[2] <= low; b++) {
            for (int d = own[3]; d + own[4] <= high; d++) {
                const int c[5] = {a, b, low - a - b, d, high - d};
                if (c[s] == v && c[1] + 2 * c[2] + 3 * c[3] + 4 * c[4] == sum)
                    return true;
            }
        }
    }
    return false;
}

/* The texts of one assignment, by step: of all, or of one writer. */
static void
count_steps(const struct said *s, uint32_t n, char assignment, int64_t writer, int out[5])
{
    memset(out, 0, 5 * sizeof(*out));
    for (uint32_t i = 0; i < n; i++) {
        if (s[i].assignment == assignment && (writer < 0 || s[i].writer == writer))
            out[(int)s[i].feeling - 1]++;
    }
}

static void
check_hidden_steps(const struct said *s, uint32_t n, char assignment, uint32_t writers)
{
    static const int nobody[5] = {0};
    int told[5], own[5];

    count_steps(s, n, assignment, -1, told);
    for (int f = 0; f < 5; f++) {
        uint32_t people = 0;
        for (uint32_t w = 0; w < writers; w++) {
            count_steps(s, n, assignment, w, own);
            people += own[f] > 0;
        }
        if (people >= K)
            continue;
        assert_true(some_table_has(told, nobody, f, 0));
        assert_true(some_table_has(told, nobody, f, K));
        for (uint32_t w = 0; w < writers; w++) {
            count_steps(s, n, assignment, w, own);
            assert_true(some_table_has(told, own, f, own[f]));
            assert_true(some_table_has(told, own, f, own[f] + K - 1));
        }
    }
}

static void
classes_are_told_where_no_hidden_step_follows(void **state)
{
    static struct said s[MOST];
    enum { WRITERS = 12 };
    uint64_t seed = 99;
    int shown = 0, hidden = 0;

    (void)state;
    for (int round = 0; round < 60; round++) {
        uint32_t n = 0, spread = 2 + corpus_random(&seed) % 4;
        for (uint32_t w = 0; w < WRITERS; w++) {
            for (char a = 'P'; a <= 'R'; a++) {
                for (uint32_t i = corpus_random(&seed) % 3 + 1; i > 0; i--) {
                    uint32_t up = corpus_random(&seed) % spread;
                    s[n++] = (struct said){
                        .writer = w, .assignment = a, .feeling = 5 - (up > 4 ? 4 : up)};
                }
            }
        }
        struct eft_results *r = released(s, n);
        const eft_table *t = find(r, "feeling_by_assignment");
        for (char a = 'P'; a <= 'R'; a++) {
            const char name[2] = {a, '\0'};
            size_t low = row_of(t, "assignment", name, "feeling", "1-3");
            size_t step = row_of(t, "assignment", name, "feeling", "3");
            if (number_at(t, step, "shown") == 1)
                continue;
            shown += number_at(t, low, "shown") == 1;
            hidden += number_at(t, low, "shown") == 0;
            if (number_at(t, low, "shown") == 1)
                check_hidden_steps(s, n, a, WRITERS);
        }
        eft_results_free(r);
    }
    assert_true(shown > 20 && hidden > 10);
}

static struct eft_results *
released_on(const struct said *s, uint32_t count, double high)
{
    struct efti_tally *t = corpus_tally_on(s, count, true, NULL, 1, high);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), K);

    efti_tally_free(t);
    return r;
}

/* In P all but one writer feel the highest, of 20 with `texts` each; that one has some a
 * step lower. In Q and R everybody feels the ends. */
static uint32_t
one_against_all(struct said *s, uint32_t texts, uint32_t lower, double high)
{
    uint32_t n = 0;

    for (uint32_t w = 0; w < 20; w++) {
        for (uint32_t i = 0; i < texts; i++)
            s[n++] = (struct said){
                .writer = w, .assignment = 'P', .tags = 1, .feeling = high, .themes = 1};
        for (uint32_t i = 0; i < 6; i++)
            s[n++] = (struct said){.writer = w,
                                   .assignment = i < 3 ? 'Q' : 'R',
                                   .tags = 2,
                                   .feeling = w % 2 == 0 ? 1 : high};
    }
    for (uint32_t i = 0; i < lower; i++)
        s[n++] = (struct said){
            .writer = 99, .assignment = 'P', .tags = 1, .feeling = high - 1, .themes = 1};
    return n;
}

static void
number_and_mean_do_not_give_back_the_steps_of_one_writer(void **state)
{
    static const double high[] = {2, 5};
    static const char *const tables[][3] = {
        {"feeling_by_assignment", "assignment", "P"},
        {"feeling_by_tag", "tag", "tag0"},
        {"feeling_by_theme", "theme", "th0"},
    };
    static struct said s[MOST];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        uint32_t n = one_against_all(s, i == 0 ? 3 : 1, 6, high[i]);
        struct eft_results *r = released_on(s, n, high[i]);
        const eft_table *all = find(r, "overview");
        for (size_t k = 0; k < EFTI_COUNT(tables); k++) {
            const eft_table *t = find(r, tables[k][0]);
            size_t row = row_of(t, tables[k][1], tables[k][2], "feeling", "all");
            assert_true(real_at(t, row, "mean") < 0);
            assert_true(real_at(t, row, "mean_low") < 0);
            row = row_of(t, tables[k][1], tables[k][2], "feeling", "1");
            assert_int_equal(number_at(t, row, "shown"), 0);
            if (k == 2)
                continue;
            row = row_of(all, "scope", tables[k][1], "label", tables[k][2]);
            assert_true(real_at(all, row, "feeling_mean") < 0);
        }
        /* nor do they follow from those of everybody, Q and R */
        int exact = 0;
        for (char label[] = "P"; label[0] <= 'R'; label[0]++)
            exact += number_at(all, row_of(all, "scope", "assignment", "label", label),
                               "feelings") >= 0;
        assert_int_equal(exact, 1);
        eft_results_free(r);
    }
}

/* Of several writers it may be told. */
static void
a_mean_near_the_end_is_told_of_enough_writers(void **state)
{
    static struct said s[MOST];
    uint32_t n = one_against_all(s, 3, 0, 5);

    (void)state;
    for (uint32_t w = 0; w < K; w++)
        s[n++] = (struct said){.writer = w, .assignment = 'P', .tags = 1, .feeling = 4};
    for (uint32_t w = 0; w < K; w++)
        s[n++] = (struct said){.writer = w, .assignment = 'P', .tags = 1, .feeling = 2};
    struct eft_results *r = released_on(s, n, 5);
    const eft_table *t = find(r, "feeling_by_assignment");
    size_t row = row_of(t, "assignment", "P", "feeling", "all");
    assert_true(fabs(real_at(t, row, "mean") - 330.0 / 70) < 1e-12);
    eft_results_free(r);
}

/* `count` writers at each step in an assignment, with these tags. */
static uint32_t
add_steps(struct said *s, uint32_t n, char assignment, uint32_t tags,
          const uint32_t count[5])
{
    uint32_t writer = 0;

    for (uint32_t step = 0; step < 5; step++) {
        for (uint32_t i = 0; i < count[step]; i++)
            s[n++] = (struct said){.writer = writer++,
                                   .assignment = assignment,
                                   .tags = tags,
                                   .feeling = step + 1};
    }
    return n;
}

static int64_t
shown_step(const struct eft_results *r, const char *table, const char *key,
           const char *label, const char *step)
{
    const eft_table *t = find(r, table);

    return number_at(t, row_of(t, key, label, "feeling", step), "shown");
}

/* tag0 is P and Q, tag1 is R; two people are at the lowest step of Q. */
static void
steps_of_a_tag_do_not_tell_those_of_an_assignment_within(void **state)
{
    static const uint32_t many[5] = {7, 7, 8, 9, 9};
    static const uint32_t some[5] = {2, 8, 8, 8, 8}, none[5] = {0, 8, 8, 8, 8};
    static struct said s[MOST];

    (void)state;
    for (int i = 0; i < 3; i++) {
        uint32_t n = add_steps(s, 0, 'P', 1, many);
        n = add_steps(s, n, 'Q', 1, i == 0 ? some : i == 1 ? none : many);
        n = add_steps(s, n, 'R', 2, many);
        struct eft_results *r = released(s, n);
        assert_int_equal(shown_step(r, "feeling_by_assignment", "assignment", "P", "1"),
                         1);
        assert_int_equal(shown_step(r, "feeling_by_assignment", "assignment", "Q", "2"),
                         i == 2);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag0", "2"), i == 2);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag0", "all"), 1);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag1", "2"), 1);
        eft_results_free(r);
    }
}

/* tag0 is P and one text of Q; tag1 is tag0 and R, and falls with it. */
static void
tags_that_share_texts_stand_or_fall_together(void **state)
{
    static const uint32_t many[5] = {7, 7, 8, 9, 9};
    static struct said s[MOST];

    (void)state;
    for (uint32_t one = 0; one < 2; one++) {
        uint32_t n = add_steps(s, 0, 'P', 3, many), q = n;
        n = add_steps(s, n, 'Q', 0, many);
        n = add_steps(s, n, 'R', 2, many);
        n = add_steps(s, n, 'S', 4, many);
        s[q].tags = one != 0 ? 3 : 0;
        struct eft_results *r = released(s, n);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag0", "2"), one == 0);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag1", "2"), one == 0);
        assert_int_equal(shown_step(r, "feeling_by_tag", "tag", "tag2", "2"), 1);
        eft_results_free(r);
    }
}

static bool
has_mean(const struct eft_results *r, const char *table, const char *label)
{
    const eft_table *t = find(r, table);
    bool tag = strcmp(table, "feeling_by_tag") == 0;
    size_t row = row_of(t, tag ? "tag" : "assignment", label, "feeling", "all");

    return real_at(t, row, "mean") > 0;
}

/* tag0 is P and one text of Q, or all but one: the mean of one text would follow. */
static void
a_tag_has_no_mean_where_one_text_would_have_one(void **state)
{
    static const uint32_t many[5] = {7, 7, 8, 9, 9};
    static struct said s[MOST];

    (void)state;
    for (uint32_t one = 0; one < 2; one++) {
        for (uint32_t rest = 0; rest < 2; rest++) {
            uint32_t n = add_steps(s, 0, 'P', rest == 0 ? 1 : 0, many), q = n;
            n = add_steps(s, n, 'Q', rest == 0 ? 0 : 1, many);
            s[q].tags = rest == 0 ? one : 1 - one;
            struct eft_results *r = released(s, n);
            assert_true(has_mean(r, "feeling_by_assignment", "P"));
            assert_int_equal(has_mean(r, "feeling_by_tag", "tag0"), one == 0);
            eft_results_free(r);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_and_assignments_say_what_the_overview_says),
        cmocka_unit_test(steps_of_an_assignment_are_shown_together_or_not_at_all),
        cmocka_unit_test(classes_are_told_where_no_hidden_step_follows),
        cmocka_unit_test(rounded_shares_do_not_tell_how_many_gave_a_feeling),
        cmocka_unit_test(number_and_mean_do_not_give_back_the_steps_of_one_writer),
        cmocka_unit_test(a_mean_near_the_end_is_told_of_enough_writers),
        cmocka_unit_test(steps_of_a_tag_do_not_tell_those_of_an_assignment_within),
        cmocka_unit_test(tags_that_share_texts_stand_or_fall_together),
        cmocka_unit_test(a_tag_has_no_mean_where_one_text_would_have_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
