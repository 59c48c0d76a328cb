/*
 * test_history.c - what may change between two releases of the same texts
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "corpus.h"
#include "support/failing.h"

enum { K = 3, MOST = 400 };

struct world {
    char path[64];
    struct said said[MOST];
    uint32_t count;
    uint64_t work; /* bound of what is asked of all partitions together; 0: as it is */
};

/* 20 writers in two units, four texts each; themes 0 and 1 here and there. */
static int
open_world(void **state)
{
    static struct world x;
    uint64_t seed = 3;

    x = (struct world){.path = "/tmp/eftertanke-history-XXXXXX"};
    int fd = mkstemp(x.path);
    if (fd < 0)
        return -1;
    (void)close(fd);
    for (uint32_t w = 0; w < 20; w++) {
        for (int t = 0; t < 4; t++)
            x.said[x.count++] = (struct said){.writer = w,
                                              .unit = w < 10 ? 'A' : 'B',
                                              .assignment = t < 2 ? 'P' : 'Q',
                                              .themes = corpus_random(&seed) % 4,
                                              .terms = corpus_random(&seed) % 4,
                                              .feeling = 1 + corpus_random(&seed) % 5};
    }
    *state = &x;
    return 0;
}

static int
close_world(void **state)
{
    struct world *x = *state;

    return unlink(x->path);
}

static eft_status
release_of(const struct world *x, const eft_allocator *mem, bool external, bool log,
           struct eft_results **out, eft_error *err)
{
    struct efti_tally *t = corpus_tally(x->said, x->count);
    struct efti_release_options o = corpus_options(K);
    uint64_t number;

    o.log = x->path;
    o.external = external;
    o.joint_work = x->work;
    eft_status st = efti_release_tables(mem, efti_tally_frozen(t), &o, NULL, out, err);
    if (st == EFT_OK && log)
        st = efti_release_log_append(mem, x->path, efti_tally_frozen(t), *out, &number,
                                     err);
    efti_tally_free(t);
    return st;
}

static struct eft_results *
released(const struct world *x)
{
    struct eft_results *r;
    eft_error err = {0};

    assert_int_equal(release_of(x, &efti_malloc, false, true, &r, &err), EFT_OK);
    return r;
}

/* More texts with theme 0 in unit A, by `writers` who had some before. */
static void
add_texts(struct world *x, uint32_t writers)
{
    for (uint32_t w = 0; w < writers; w++)
        x->said[x->count++] = (struct said){.writer = w,
                                            .unit = 'A',
                                            .assignment = 'P',
                                            .themes = 1,
                                            .terms = 1,
                                            .feeling = 2};
}

static int64_t
everybody(const struct eft_results *r)
{
    return number_at(find(r, "overview"), 0, "reflections");
}

static bool
is_kept(const eft_table *t, size_t row)
{
    return !eft_table_missing(t, row, eft_table_column_find(t, "as_of"));
}

static void
the_same_texts_again_are_released_as_they_were(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b = released(x);

    assert_int_equal(b->earlier, 1);
    assert_int_equal(b->kept_rows, 0);
    assert_int_equal(eft_table_rows(find(a, "themes")),
                     eft_table_rows(find(b, "themes")));
    eft_results_free(a);
    eft_results_free(b);
}

/* Rows of many releases stand side by side after a while; when enough have written all is
 * new again. */
static void
many_releases_later_rows_may_still_be_new(void **state)
{
    struct world *x = *state;
    uint64_t seed = 11, kept = 0;

    for (int week = 0; week < 9; week++) {
        for (uint32_t i = 0; i < 6; i++)
            x->said[x->count++] =
                (struct said){.writer = corpus_random(&seed) % 20,
                              .unit = corpus_random(&seed) % 4 == 0 ? 'B' : 'A',
                              .assignment = corpus_random(&seed) % 2 == 0 ? 'P' : 'Q',
                              .themes = corpus_random(&seed) % 4};
        struct eft_results *r = released(x);
        kept += r->kept_rows;
        eft_results_free(r);
    }
    assert_true(kept > 0);
    for (uint32_t i = 0; i < 80; i++)
        x->said[x->count++] = (struct said){.writer = i % 20,
                                            .unit = i % 2 == 0 ? 'A' : 'B',
                                            .assignment = i % 4 < 2 ? 'P' : 'Q',
                                            .themes = i / 4 % 4};
    struct eft_results *r = released(x);
    const eft_table *t = find(r, "themes_by_unit"), *a = find(r, "assignment_themes");
    size_t row = row_of(t, "label", "A", "theme", "th0");
    assert_int_equal(number_at(t, row, "shown"), 1);
    assert_false(is_kept(t, row));
    assert_false(is_kept(a, row_of(a, "assignment", "P", "theme", "th0")));
    eft_results_free(r);
}

static void
texts_of_too_few_leave_every_row_as_it_was(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x);

    add_texts(x, K - 1);
    struct eft_results *b = released(x);
    assert_int_equal(everybody(b), everybody(a));
    const eft_table *t = find(b, "themes_by_unit"), *old = find(a, "themes_by_unit");
    for (size_t r = 0; r < eft_table_rows(t); r++) {
        assert_true(is_kept(t, r) == (number_at(t, r, "shown") == 1));
        assert_int_equal(number_at(t, r, "reflections"),
                         number_at(old, r, "reflections"));
    }
    eft_results_free(a);
    eft_results_free(b);
}

static void
texts_that_trickle_in_are_told_when_enough_have_come(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b, *c;
    int64_t before = everybody(a);

    eft_results_free(a);
    add_texts(x, K - 1); /* writers 0 and 1, held back */
    b = released(x);
    assert_int_equal(everybody(b), before);
    eft_results_free(b);
    x->said[x->count++] = (struct said){.writer = 19,
                                        .unit = 'A',
                                        .assignment = 'P',
                                        .themes = 1,
                                        .terms = 1,
                                        .feeling = 2};
    c = released(x); /* against what was told, three writers are new */
    assert_int_equal(everybody(c), before + K);
    assert_false(is_kept(find(c, "overview"), 0));
    eft_results_free(c);
}

/* What cannot be asked any more is not let through. */
static void
rows_stay_when_the_work_is_used_up(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *whole, *cut;
    eft_error err = {0};

    eft_results_free(a);
    for (uint32_t w = 0; w < 10; w++)
        x->said[x->count++] = (struct said){.writer = w,
                                            .unit = 'A',
                                            .assignment = w < 5 ? 'P' : 'Q',
                                            .themes = w < 5 ? w % 2 : w == 6,
                                            .feeling = 2};
    assert_int_equal(release_of(x, &efti_malloc, false, false, &whole, &err), EFT_OK);
    x->work = 1;
    assert_int_equal(release_of(x, &efti_malloc, false, false, &cut, &err), EFT_OK);
    assert_true(cut->kept_rows > whole->kept_rows);
    eft_results_free(whole);
    eft_results_free(cut);
}

/* One text in B beside many in A: B stays, so the theme's units stay, and its total is
 * new. */
static void
parts_stay_together_when_one_of_them_must(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x);

    add_texts(x, 8);
    x->said[x->count++] = (struct said){.writer = 15,
                                        .unit = 'B',
                                        .assignment = 'P',
                                        .themes = 1,
                                        .terms = 1,
                                        .feeling = 2};
    struct eft_results *b = released(x);
    const eft_table *themes = find(b, "themes"), *units = find(b, "themes_by_unit");
    const eft_table *overview = find(b, "overview");
    assert_false(is_kept(themes, row_of(themes, "theme", "th0", "polarity", "any")));
    assert_true(is_kept(units, row_of(units, "label", "A", "theme", "th0")));
    assert_true(is_kept(units, row_of(units, "label", "B", "theme", "th0")));
    assert_true(is_kept(overview, row_of(overview, "scope", "unit", "label", "A")));
    assert_int_equal(everybody(b), everybody(a) + 9);
    eft_results_free(a);
    eft_results_free(b);
}

static struct eft_results *
released_by(const struct world *x, const char *facet)
{
    struct efti_tally *t = corpus_tally_of(x->said, x->count, true, facet);
    struct efti_release_options o = corpus_options(K);
    struct eft_results *r;
    uint64_t number;

    o.log = x->path;
    assert_int_equal(
        efti_release_tables(&efti_malloc, efti_tally_frozen(t), &o, NULL, &r, NULL),
        EFT_OK);
    assert_int_equal(efti_release_log_append(&efti_malloc, x->path, efti_tally_frozen(t),
                                             r, &number, NULL),
                     EFT_OK);
    efti_tally_free(t);
    return r;
}

/* A facet is told, left out for two releases, and told again when two writers were added
 * in one zone, many in the other. */
static void
what_a_release_leaves_out_is_not_forgotten(void **state)
{
    struct world *x = *state;

    for (uint32_t i = 0; i < x->count; i++)
        x->said[i].facet = x->said[i].writer % 2 == 0 ? 'S' : 'T';
    struct eft_results *a = released_by(x, "zon"), *b = released_by(x, NULL), *c, *d;

    for (uint32_t w = 0; w < 14; w++)
        x->said[x->count++] = (struct said){.writer = 100 + w,
                                            .unit = w % 2 == 0 ? 'A' : 'B',
                                            .facet = w < K - 1 ? 'S' : 'T',
                                            .assignment = 'P',
                                            .themes = 1,
                                            .terms = 1,
                                            .feeling = 2};
    c = released_by(x, NULL);
    d = released_by(x, "zon");
    assert_null(eft_results_find(b, "themes_by_zon"));
    assert_null(eft_results_find(c, "themes_by_zon"));
    assert_int_equal(everybody(d), everybody(a) + 14);
    assert_int_equal(row_of(find(c, "overview"), "scope", "zon", "label", "S"), SIZE_MAX);
    const char *const names[] = {"overview", "themes_by_zon"};
    for (size_t i = 0; i < 2; i++) {
        const eft_table *old = find(a, names[i]), *t = find(d, names[i]);
        const char *key = i == 0 ? "scope" : "theme", *is = i == 0 ? "zon" : "th0";
        for (int z = 0; z < 2; z++) {
            const char *zone = z == 0 ? "S" : "T";
            size_t row = row_of(t, key, is, "label", zone);
            assert_int_equal(number_at(t, row, "shown"), 1);
            assert_true(is_kept(t, row));
            assert_int_equal(
                number_at(t, row, "reflections"),
                number_at(old, row_of(old, key, is, "label", zone), "reflections"));
        }
    }
    eft_results_free(a);
    eft_results_free(b);
    eft_results_free(c);
    eft_results_free(d);
}

/* `with` of `count` texts have theme 0; each is of a writer of its own. */
static void
add_some(struct world *x, uint32_t first, uint32_t count, char unit, char assignment,
         uint32_t with)
{
    for (uint32_t i = 0; i < count; i++)
        x->said[x->count++] = (struct said){.writer = first + i,
                                            .unit = unit,
                                            .assignment = assignment,
                                            .themes = i < with,
                                            .feeling = 2};
}

/* Units are told in May, and anew in June when assignments keep their values: too few
 * wrote in P and R. What one writer adds in B and Q would follow from assignments of July
 * with the units of May. Nothing of June alone says so. */
static void
what_an_earlier_release_told_counts_when_a_later_one_tells_it_anew(void **state)
{
    static const char *const names[] = {"P", "Q", "R"};
    struct world *x = *state;

    x->count = 0;
    for (uint32_t u = 0; u < 4; u++) {
        for (uint32_t a = 0; a < 3; a++)
            add_some(x, 10 * u, 7, (char)('A' + u), (char)('P' + a), 3);
    }
    struct eft_results *may = released(x);
    add_some(x, 100, K, 'A', 'Q', 0);
    add_some(x, 110, K, 'C', 'Q', K);
    add_some(x, 120, K - 1, 'D', 'P', K - 1);
    add_some(x, 130, K - 1, 'D', 'R', 1);
    struct eft_results *june = released(x);
    add_some(x, 140, 2, 'B', 'Q', 1);
    add_some(x, 150, 5, 'B', 'P', 3);
    add_some(x, 160, 5, 'B', 'R', 3);
    struct eft_results *july = released(x);
    const eft_table *units = find(june, "themes_by_unit");
    assert_false(is_kept(units, row_of(units, "label", "C", "theme", "th0")));
    for (size_t i = 0; i < 3; i++) {
        const eft_table *old = find(may, "assignment_themes");
        const eft_table *t = find(july, "assignment_themes");
        size_t row = row_of(t, "assignment", names[i], "theme", "th0");
        assert_int_equal(number_at(t, row, "reflections"),
                         number_at(old,
                                   row_of(old, "assignment", names[i], "theme", "th0"),
                                   "reflections"));
        assert_true(is_kept(t, row));
    }
    eft_results_free(may);
    eft_results_free(june);
    eft_results_free(july);
}

/* tag0 is P and Q. Of what comes between, one text at the lowest step is in Q: it would
 * follow from the tag and P of today with Q of the first release. */
static void
steps_of_a_tag_wait_for_the_assignments_within(void **state)
{
    struct world *x = *state;

    for (int one = 0; one < 2; one++) {
        x->count = 0;
        for (uint32_t i = 0; i < 120; i++)
            x->said[x->count++] = (struct said){.writer = i % 40,
                                                .assignment = (char)('P' + i / 40),
                                                .tags = i < 80 ? 1 : 2,
                                                .feeling = 1 + i % 5};
        assert_int_equal(truncate(x->path, 0), 0);
        struct eft_results *a = released(x);
        for (uint32_t i = 0; i < 16; i++) {
            bool low = i < 8 ? i % 2 == 0 : i == 8 && one != 0;
            x->said[x->count++] = (struct said){.writer = 50 + i,
                                                .assignment = i < 8 ? 'P' : 'Q',
                                                .tags = 1,
                                                .feeling = low ? 1 : 2};
        }
        struct eft_results *b = released(x);
        const eft_table *old = find(a, "feeling_by_tag"), *t = find(b, "feeling_by_tag");
        size_t row = row_of(t, "tag", "tag0", "feeling", "1");
        assert_int_equal(number_at(old, row, "shown"), 1);
        assert_true((number_at(t, row, "shown") == 1 && !is_kept(t, row)) == (one == 0));
        eft_results_free(a);
        eft_results_free(b);
    }
}

/* Analysing the same texts again and again is no release that narrows anything down. */
static void
releases_of_the_same_texts_are_one(void **state)
{
    struct world *x = *state;

    for (int i = 0; i < 12; i++)
        eft_results_free(released(x));
    add_some(x, 100, 8, 'A', 'P', 8);
    add_some(x, 110, 8, 'B', 'Q', 8);
    struct eft_results *r = released(x);
    const eft_table *units = find(r, "themes_by_unit");
    assert_false(is_kept(units, row_of(units, "label", "A", "theme", "th0")));
    eft_results_free(r);
}

static void
a_text_that_was_taken_away_is_not_told(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x);

    x->count--;
    struct eft_results *b = released(x);
    assert_int_equal(everybody(b), everybody(a));
    assert_true(is_kept(find(b, "overview"), 0));
    eft_results_free(a);
    eft_results_free(b);
}

static void
other_texts_are_another_corpus(void **state)
{
    struct world *x = *state, *y = calloc(1, sizeof(*y));
    struct eft_results *a = released(x), *b;
    struct efti_release_options o = corpus_options(K);
    struct efti_tally *t;

    assert_non_null(y);
    for (uint32_t i = 0; i < 200; i++) /* numbers are the keys: these begin behind */
        y->said[i] = x->said[i % x->count];
    t = corpus_tally(y->said, 200);
    struct efti_frozen f = *efti_tally_frozen(t);
    struct efti_record_view *records = calloc(f.record_count, sizeof(*records));
    assert_non_null(records);
    for (uint32_t i = 0; i < f.record_count; i++) {
        records[i] = f.records[i];
        records[i].key.b[0] ^= 0x55;
        records[i].key.b[1] ^= 0x55;
    }
    f.records = records;
    o.log = x->path;
    assert_int_equal(efti_release_tables(&efti_malloc, &f, &o, NULL, &b, NULL), EFT_OK);
    assert_int_equal(b->earlier, 0);
    assert_int_equal(b->log_lines, 1);
    eft_results_free(a);
    eft_results_free(b);
    efti_tally_free(t);
    free(records);
    free(y);
}

static void
a_log_that_cannot_be_read_stops_the_release(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b;
    FILE *f = fopen(x->path, "a");
    eft_error err = {0};

    assert_non_null(f);
    (void)fputs("{\"release\":2,\"keys\":[\"zz\"]}\n", f);
    (void)fclose(f);
    assert_int_equal(release_of(x, &efti_malloc, false, false, &b, &err), EFT_E_FORMAT);
    assert_null(b);
    eft_results_free(a);
}

static void
a_line_cut_short_is_no_release(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b;
    FILE *f = fopen(x->path, "a");

    assert_non_null(f);
    (void)fputs("{\"release\":2,\"keys\":[\"zz", f);
    (void)fclose(f);
    b = released(x);
    assert_int_equal(b->log_lines, 1);
    eft_results_free(a);
    eft_results_free(b);
}

static void
a_log_that_grew_meanwhile_is_a_conflict(void **state)
{
    struct world *x = *state;
    struct eft_results *a, *b = NULL;
    struct efti_tally *t = corpus_tally(x->said, x->count);
    uint64_t number;

    assert_int_equal(release_of(x, &efti_malloc, false, false, &a, NULL), EFT_OK);
    b = released(x);
    assert_int_equal(efti_release_log_append(&efti_malloc, x->path, efti_tally_frozen(t),
                                             a, &number, NULL),
                     EFT_E_CONFLICT);
    eft_results_free(a);
    eft_results_free(b);
    efti_tally_free(t);
}

static void
a_second_external_release_needs_ids(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b;
    struct efti_tally *t = corpus_tally(x->said, x->count);
    struct efti_frozen f = *efti_tally_frozen(t);
    struct efti_record_view *records = calloc(f.record_count, sizeof(*records));
    struct efti_release_options o = corpus_options(K);

    assert_non_null(records);
    memcpy(records, f.records, f.record_count * sizeof(*records));
    records[3].has_key = false;
    f.records = records;
    o.log = x->path;
    o.external = true;
    assert_int_equal(efti_release_tables(&efti_malloc, &f, &o, NULL, &b, NULL),
                     EFT_E_REFUSED);
    assert_int_equal(release_of(x, &efti_malloc, true, false, &b, NULL), EFT_OK);
    eft_results_free(a);
    eft_results_free(b);
    efti_tally_free(t);
    free(records);
}

static void
every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    struct world *x = *state;
    struct eft_results *a = released(x), *b;
    struct efti_tally *t;
    struct efti_release_options o = corpus_options(K);

    eft_results_free(a);
    add_texts(x, 8);
    a = released(x);
    add_texts(x, 9);
    t = corpus_tally(x->said, x->count);
    o.log = x->path;
    o.no_inference = true;
    for (uint64_t n = 1;; n += n < 200 ? 1 : 7) {
        struct failing fail;
        const eft_allocator mem = failing_at(&fail, n);
        eft_status st =
            efti_release_tables(&mem, efti_tally_frozen(t), &o, NULL, &b, NULL);
        eft_results_free(b);
        if (failing_got_through(&fail, st))
            break;
    }
    eft_results_free(a);
    efti_tally_free(t);
}

int
main(void)
{
#define IN_WORLD(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(the_same_texts_again_are_released_as_they_were),
        IN_WORLD(many_releases_later_rows_may_still_be_new),
        IN_WORLD(texts_of_too_few_leave_every_row_as_it_was),
        IN_WORLD(texts_that_trickle_in_are_told_when_enough_have_come),
        IN_WORLD(rows_stay_when_the_work_is_used_up),
        IN_WORLD(parts_stay_together_when_one_of_them_must),
        IN_WORLD(what_a_release_leaves_out_is_not_forgotten),
        IN_WORLD(what_an_earlier_release_told_counts_when_a_later_one_tells_it_anew),
        IN_WORLD(steps_of_a_tag_wait_for_the_assignments_within),
        IN_WORLD(releases_of_the_same_texts_are_one),
        IN_WORLD(a_text_that_was_taken_away_is_not_told),
        IN_WORLD(other_texts_are_another_corpus),
        IN_WORLD(a_log_that_cannot_be_read_stops_the_release),
        IN_WORLD(a_line_cut_short_is_no_release),
        IN_WORLD(a_log_that_grew_meanwhile_is_a_conflict),
        IN_WORLD(a_second_external_release_needs_ids),
        IN_WORLD(every_failing_allocation_is_reported_and_nothing_leaks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
