/* Parties that seal their results, and what is made of them together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "corpus.h"
#include "release/sealing.h"
#include "support/failing.h"

enum { K = 5, MOST = 4000 };

struct party {
    struct said said[MOST];
    uint32_t count;
};

/* `writers` from number `first` on, three to seven texts each; themes go by writer. */
static void
write_texts(struct party *p, uint32_t first, uint32_t writers, uint64_t seed)
{
    for (uint32_t w = 0; w < writers; w++) {
        uint32_t texts = 3 + corpus_random(&seed) % 5, often = corpus_random(&seed) % 8;
        for (uint32_t i = 0; i < texts; i++) {
            uint32_t themes = 0;
            for (uint32_t t = 0; t < 3; t++)
                themes |= (uint32_t)(corpus_random(&seed) % 10 < often + t) << t;
            p->said[p->count++] =
                (struct said){.writer = first + w,
                              .unit = corpus_random(&seed) % 2 == 0 ? 'A' : 'B',
                              .assignment = i % 2 == 0 ? 'P' : 'Q',
                              .day = (int32_t)(19760 + (i % 6) * 30),
                              .themes = themes,
                              .tags = corpus_random(&seed) % 8,
                              .feeling = 1 + corpus_random(&seed) % 5};
        }
    }
}

static struct eft_results *
results_of(const struct party *p, uint32_t k)
{
    struct efti_tally *t = corpus_tally(p->said, p->count);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), k);

    efti_tally_free(t);
    return r;
}

static struct eft_sealed *
seal_party_of(const struct party *p, const char *name)
{
    struct efti_tally *t = corpus_tally(p->said, p->count);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), K);
    struct eft_sealed *s;

    assert_int_equal(efti_seal(&efti_malloc, r, &efti_tally_frozen(t)->settings,
                               (eft_text){name, strlen(name)}, &s, NULL),
                     EFT_OK);
    eft_results_free(r);
    efti_tally_free(t);
    return s;
}

static struct eft_results *
unsealed_of(const struct eft_sealed *s)
{
    struct eft_results *r;

    assert_int_equal(efti_unseal(&efti_malloc, s, &r, NULL), EFT_OK);
    return r;
}

/* Three parties of 40, 60 and 30 writers, and all of their texts together. */
struct world {
    struct party parties[3], all;
    struct eft_sealed *sealed[3];
};

static int
open_world(void **state)
{
    static struct world w;
    static const char *const names[] = {"Norr", "Mitt", "Syd"};
    static const uint32_t writers[] = {40, 60, 30};

    w = (struct world){.all = {.count = 0}};
    for (uint32_t i = 0; i < 3; i++) {
        write_texts(&w.parties[i], 1000 * i, writers[i], 7 + i);
        write_texts(&w.all, 1000 * i, writers[i], 7 + i);
        w.sealed[i] = seal_party_of(&w.parties[i], names[i]);
    }
    *state = &w;
    return 0;
}

static int
close_world(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < 3; i++)
        efti_sealed_free(w->sealed[i]);
    return 0;
}

/* ------------------------------------------------------------------ agreement */

static bool
same_keys(const eft_table *a, size_t i, const eft_table *b, size_t k)
{
    for (size_t c = 0; c < eft_table_columns(a); c++) {
        const char *name = eft_table_column_name(a, c);
        if (eft_table_column_type(a, c) != EFT_TYPE_TEXT || strcmp(name, "as_of") == 0)
            continue;
        eft_text x = eft_table_text(a, i, c);
        eft_text y = eft_table_text(b, k, eft_table_column_find(b, name));
        if (!efti_equal(x.bytes, x.size, y.bytes, y.size))
            return false;
    }
    return true;
}

/* Half width of an interval; NaN: none. */
static double
half_width(const eft_table *t, size_t row, const char *low, const char *high)
{
    size_t a = eft_table_column_find(t, low), b = eft_table_column_find(t, high);

    if (a == SIZE_MAX || eft_table_missing(t, row, a) || eft_table_missing(t, row, b))
        return (double)NAN;
    return (eft_table_real(t, row, b) - eft_table_real(t, row, a)) / 2;
}

struct agreement {
    size_t rows, intervals;
};

/* Every row that both tell, from all of the parties. */
static void
compare_tables(const struct eft_results *working, const struct eft_results *sealed,
               const char *name, int64_t parties, struct agreement *found)
{
    static const char *const intervals[][2] = {{"share_low", "share_high"},
                                               {"mean_low", "mean_high"},
                                               {"feeling_low", "feeling_high"}};
    static const char *const counts[] = {"reflections", "writers", "of", "o11",
                                         "r1",          "c1",      "n",  "feelings"};
    const eft_table *a = find(working, name), *b = find(sealed, name);

    for (size_t i = 0; i < eft_table_rows(a); i++) {
        for (size_t k = 0; k < eft_table_rows(b); k++) {
            if (!same_keys(a, i, b, k) || number_at(a, i, "shown") != 1 ||
                number_at(b, k, "shown") != 1 || number_at(b, k, "parties") != parties)
                continue;
            found->rows++;
            for (size_t c = 0; c < EFTI_COUNT(counts); c++) {
                if (eft_table_column_find(a, counts[c]) == SIZE_MAX ||
                    eft_table_column_find(b, counts[c]) == SIZE_MAX ||
                    number_at(a, i, counts[c]) < 0 || number_at(b, k, counts[c]) < 0)
                    continue;
                assert_int_equal(number_at(a, i, counts[c]), number_at(b, k, counts[c]));
            }
            for (size_t c = 0; c < EFTI_COUNT(intervals); c++) {
                double x = half_width(a, i, intervals[c][0], intervals[c][1]);
                double y = half_width(b, k, intervals[c][0], intervals[c][1]);
                /* ends are rounded outwards: of means to 0.01, of shares to 0.001 */
                double step = c == 0 ? .001 : .01;
                if (isnan(x) || isnan(y))
                    continue;
                assert_true(fabs(x - y) <= .05 * x + step);
                found->intervals++;
            }
        }
    }
}

static const char *const both_have[] = {
    "overview",          "themes",           "themes_by_unit", "assignment_tags",
    "assignment_themes", "feeling_by_theme", "trend",          "theme_pairs"};

static void
one_party_unsealed_tells_what_it_released(void **state)
{
    struct world *w = *state;
    struct agreement found = {0};

    for (int i = 0; i < 3; i++) {
        struct eft_results *a = results_of(&w->parties[i], K);
        struct eft_results *b = unsealed_of(w->sealed[i]);
        for (size_t t = 0; t < EFTI_COUNT(both_have); t++)
            compare_tables(a, b, both_have[t], 1, &found);
        eft_results_free(a);
        eft_results_free(b);
    }
    assert_true(found.rows > 200 && found.intervals > 60);
}

static struct eft_sealed *
all_sealed(const struct world *w, const int order[3])
{
    struct eft_sealed *s;

    assert_int_equal(efti_sealed_new(&efti_malloc, &w->sealed[0]->settings, &s, NULL),
                     EFT_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(efti_sealed_join(s, w->sealed[order[i]], NULL), EFT_OK);
    return s;
}

static void
parties_together_count_as_one_state_and_intervals_agree(void **state)
{
    struct world *w = *state;
    struct eft_sealed *s = all_sealed(w, (const int[]){0, 1, 2});
    struct eft_results *a = results_of(&w->all, K), *b = unsealed_of(s);
    struct agreement found = {0};

    for (size_t t = 0; t < EFTI_COUNT(both_have); t++)
        compare_tables(a, b, both_have[t], 3, &found);
    assert_true(found.rows > 60 && found.intervals > 20);
    const eft_table *parties = find(b, "themes_by_party");
    assert_true(row_of(parties, "label", "Mitt", "theme", "th0") != SIZE_MAX);
    assert_int_equal(number_at(parties, 0, "of_parties"), 3);
    eft_results_free(a);
    eft_results_free(b);
    efti_sealed_free(s);
}

/* -------------------------------------------------------------- small parties */

static void
a_small_party_is_absent_and_counted(void **state)
{
    static struct party four;
    struct world *w = *state;

    four.count = 0;
    write_texts(&four, 9000, K - 1, 3);
    struct eft_sealed *s = all_sealed(w, (const int[]){0, 1, 2});
    struct eft_sealed *small = seal_party_of(&four, "Liten");
    assert_int_equal(efti_sealed_join(s, small, NULL), EFT_OK);
    struct eft_results *r = unsealed_of(s);
    const eft_table *t = find(r, "overview");
    assert_int_equal(number_at(t, 0, "parties"), 3);
    assert_int_equal(number_at(t, 0, "of_parties"), 4);
    size_t row = row_of(t, "scope", "party", "label", "Liten");
    assert_int_equal(number_at(t, row, "shown"), 0);
    assert_int_equal(number_at(t, row, "reflections"), -1);
    eft_results_free(r);

    r = unsealed_of(small); /* alone it tells nothing at all */
    for (size_t i = 0; i < eft_results_count(r); i++) {
        t = eft_results_table(r, i);
        for (size_t k = 0; k < eft_table_rows(t); k++)
            assert_int_equal(number_at(t, k, "shown"), 0);
    }
    eft_results_free(r);
    efti_sealed_free(small);
    efti_sealed_free(s);
}

static void
moments_have_two_digits_and_ten_writers(void **state)
{
    static struct party nine;
    struct world *w = *state;
    size_t with = 0;

    for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
        const struct efti_sealed_rows *rows = &w->sealed[1]->parties.items[0].tables[t];
        for (size_t i = 0; i < rows->list.count; i++) {
            const struct efti_sealed_row *r = &rows->list.items[i];
            if (!r->has_moments)
                continue;
            with++;
            assert_true(r->writers >= 10 || !r->exact);
            for (int m = 0; m < EFTI_MOMENTS; m++)
                assert_true(abs(r->moments[m].mantissa) < 100);
        }
    }
    assert_true(with > 20);
    nine.count = 0;
    write_texts(&nine, 0, 9, 3);
    struct eft_sealed *s = seal_party_of(&nine, "Nio");
    for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
        const struct efti_sealed_rows *rows = &s->parties.items[0].tables[t];
        for (size_t i = 0; i < rows->list.count; i++)
            assert_false(rows->list.items[i].has_moments);
    }
    efti_sealed_free(s);
}

static void
months_of_one_party_add_up_to_the_terms_of_another(void **state)
{
    static struct party two[2];

    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        two[i].count = 0;
        for (uint32_t n = 0; n < 60 * 8; n++) {
            uint32_t writer = n / 8, month = n % 8; /* March to October 2024 */
            if (i == 1 && month != 0 && month != 7)
                continue; /* the other party wrote twice, half a year apart */
            two[i].said[two[i].count++] =
                (struct said){.writer = writer,
                              .day = (int32_t)(19789 + 30 * month + (writer % 5)),
                              .themes = (writer + month) % 2};
        }
    }
    struct eft_sealed *s = seal_party_of(&two[0], "A"), *b = seal_party_of(&two[1], "B");
    struct eft_results *r = unsealed_of(s);
    const eft_table *t = find(r, "trend");
    int64_t months = 0;
    for (size_t i = 0; i < eft_table_rows(t); i++) {
        eft_text period = eft_table_text(t, i, eft_table_column_find(t, "period"));
        if (text_is(t, i, "theme", "th0") && period.bytes[5] == '0' &&
            period.bytes[6] <= '6')
            months += number_at(t, i, "reflections");
    }
    assert_int_equal(months, 4 * 30);
    eft_results_free(r);
    r = unsealed_of(b);
    int64_t term = number_at(
        find(r, "trend"), row_of(find(r, "trend"), "period", "2024-VT", "theme", "th0"),
        "reflections");
    eft_results_free(r);
    assert_int_equal(efti_sealed_join(s, b, NULL), EFT_OK);
    r = unsealed_of(s);
    size_t row = row_of(find(r, "trend"), "period", "2024-VT", "theme", "th0");
    assert_int_equal(number_at(find(r, "trend"), row, "parties"), 2);
    assert_int_equal(number_at(find(r, "trend"), row, "reflections"), months + term);
    eft_results_free(r);
    efti_sealed_free(s);
    efti_sealed_free(b);
}

/* --------------------------------------------------------------------- joining */

static void
unlike_seals_are_refused_with_the_difference_and_no_party_twice(void **state)
{
    struct world *w = *state;
    struct eft_sealed *s = all_sealed(w, (const int[]){0, 1, 2}), *other;
    struct efti_tally_settings settings = w->sealed[0]->settings;
    eft_error err = {0};

    assert_int_equal(efti_sealed_join(s, w->sealed[1], &err), EFT_E_CONFLICT);
    assert_int_equal(s->parties.count, 3);
    settings.feeling_high = 10;
    assert_int_equal(efti_sealed_new(&efti_malloc, &settings, &other, NULL), EFT_OK);
    assert_int_equal(efti_sealed_join(s, other, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, "feeling scale"));
    efti_sealed_free(other);

    settings = w->sealed[0]->settings; /* keys and rosters are each party's own */
    settings.fingerprints = (eft_text){"key 12ab\nlexicon test 1\nroster 3\n", 33};
    assert_int_equal(efti_sealed_new(&efti_malloc, &settings, &other, NULL), EFT_OK);
    assert_int_equal(efti_sealed_join(s, other, &err), EFT_OK);
    efti_sealed_free(other);
    efti_sealed_free(s);
}

static struct efti_bytes
bytes_of(const struct eft_sealed *s)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    assert_int_equal(efti_sealed_put(s, &b, NULL), EFT_OK);
    return b;
}

static void
any_order_gives_the_same_bytes_and_reading_gives_them_back(void **state)
{
    struct world *w = *state;
    struct eft_sealed *a = all_sealed(w, (const int[]){0, 1, 2});
    struct eft_sealed *b = all_sealed(w, (const int[]){2, 0, 1}), *again;
    struct efti_bytes x = bytes_of(a), y = bytes_of(b);

    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.data, y.data, x.size);
    assert_int_equal(efti_sealed_take(&efti_malloc, x.data, x.size, &again, NULL),
                     EFT_OK);
    efti_bytes_free(&y);
    y = bytes_of(again);
    assert_memory_equal(x.data, y.data, x.size);
    efti_bytes_free(&x);
    efti_bytes_free(&y);
    efti_sealed_free(a);
    efti_sealed_free(b);
    efti_sealed_free(again);
}

/* With a checksum that fits, too: then all is told by the numbers themselves. */
static void
changed_and_cut_bytes_are_refused_or_are_another_seal(void **state)
{
    struct world *w = *state;
    struct efti_bytes b = bytes_of(w->sealed[2]);
    struct eft_sealed *s;
    struct eft_results *r;

    for (size_t n = 0; n < b.size; n += 7)
        assert_int_equal(efti_sealed_take(&efti_malloc, b.data, n, &s, NULL),
                         EFT_E_FORMAT);
    for (size_t i = 0; i + 32 < b.size; i += b.size / 1500 + 1) {
        for (int bit = 0; bit < 8; bit += 3) {
            b.data[i] ^= (char)(1 << bit);
            assert_int_equal(efti_sealed_take(&efti_malloc, b.data, b.size, &s, NULL),
                             EFT_E_FORMAT);
            efti_checksum(b.data, b.size - 32, (unsigned char *)b.data + b.size - 32);
            eft_status st = efti_sealed_take(&efti_malloc, b.data, b.size, &s, NULL);
            if (st == EFT_OK) { /* tables are made of it, or it is refused */
                st = efti_unseal(&efti_malloc, s, &r, NULL);
                assert_true(st == EFT_OK || st == EFT_E_RANGE);
                if (st == EFT_OK)
                    eft_results_free(r);
                efti_sealed_free(s);
            } else {
                assert_int_equal(st, EFT_E_FORMAT);
            }
            b.data[i] ^= (char)(1 << bit);
            efti_checksum(b.data, b.size - 32, (unsigned char *)b.data + b.size - 32);
        }
    }
    efti_bytes_free(&b);
}

static void
a_failing_allocator_leaves_nothing_behind(void **state)
{
    static struct party few;
    struct efti_bytes bytes;
    struct failing f;

    (void)state;
    few.count = 0;
    write_texts(&few, 0, 12, 3);
    struct efti_tally *t = corpus_tally(few.said, few.count);
    struct eft_results *r = corpus_release(efti_tally_frozen(t), K);
    struct eft_sealed *other = seal_party_of(&few, "B");
    for (uint64_t n = 1;; n++) {
        eft_allocator mem = failing_at(&f, n);
        struct eft_sealed *s = NULL, *back = NULL;
        struct eft_results *tables = NULL;
        eft_status st = efti_seal(&mem, r, &efti_tally_frozen(t)->settings,
                                  (eft_text){"A", 1}, &s, NULL);
        efti_bytes_init(&bytes, &mem);
        if (st == EFT_OK)
            st = efti_sealed_join(s, other, NULL);
        if (st == EFT_OK)
            st = efti_sealed_put(s, &bytes, NULL);
        if (st == EFT_OK)
            st = efti_sealed_take(&mem, bytes.data, bytes.size, &back, NULL);
        if (st == EFT_OK)
            st = efti_unseal(&mem, back, &tables, NULL);
        assert_true(st == EFT_OK || tables == NULL);
        eft_results_free(tables);
        efti_sealed_free(back);
        efti_bytes_free(&bytes);
        efti_sealed_free(s);
        if (failing_got_through(&f, st))
            break;
    }
    efti_sealed_free(other);
    eft_results_free(r);
    efti_tally_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_party_unsealed_tells_what_it_released),
        cmocka_unit_test(parties_together_count_as_one_state_and_intervals_agree),
        cmocka_unit_test(a_small_party_is_absent_and_counted),
        cmocka_unit_test(moments_have_two_digits_and_ten_writers),
        cmocka_unit_test(months_of_one_party_add_up_to_the_terms_of_another),
        cmocka_unit_test(unlike_seals_are_refused_with_the_difference_and_no_party_twice),
        cmocka_unit_test(any_order_gives_the_same_bytes_and_reading_gives_them_back),
        cmocka_unit_test(changed_and_cut_bytes_are_refused_or_are_another_seal),
        cmocka_unit_test(a_failing_allocator_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
