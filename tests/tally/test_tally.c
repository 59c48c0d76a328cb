/* What is counted does not depend on who came first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made.h"
#include "support/failing.h"

static const struct made_options with_names = {true, true, 7, 40, 5, 1};
static const struct made_options without_keys = {true, false, 3, 5, 3, 1};
static const struct made_options without_names = {false, true, 7, 40, 5, 1};
static const struct made_options anonymous = {false, false, 7, 3, 2, 1};

static struct efti_tally *
new_tally(const struct made_options *m)
{
    struct efti_tally_settings s = made_settings(m);
    struct efti_tally *t;

    assert_int_equal(efti_tally_new(&efti_malloc, &s, &t, NULL), EFT_OK);
    return t;
}

static struct efti_tally *
tally_of(uint32_t from, uint32_t to, const struct made_options *m)
{
    struct efti_tally *t = new_tally(m);

    for (uint32_t i = from; i < to; i++)
        assert_int_equal(made_add(t, i, m), EFT_OK);
    return t;
}

static struct efti_bytes
bytes_of(struct efti_tally *t)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    assert_int_equal(efti_tally_write(t, &b, NULL), EFT_OK);
    return b;
}

static void
assert_same_bytes(struct efti_tally *a, struct efti_tally *b)
{
    struct efti_bytes x = bytes_of(a), y = bytes_of(b);

    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.data, y.data, x.size);
    efti_bytes_free(&x);
    efti_bytes_free(&y);
}

/* ------------------------------------------------------ order and partition */

enum { N = 60, PARTS = 5 };

static struct efti_tally *
through_a_file(struct efti_tally *t)
{
    struct efti_bytes b = bytes_of(t);
    struct efti_tally *back;
    eft_error err;

    assert_int_equal(efti_tally_read(&efti_malloc, b.data, b.size, &back, &err), EFT_OK);
    efti_bytes_free(&b);
    efti_tally_free(t);
    return back;
}

static struct efti_tally *
any_partition(uint64_t *s, const struct made_options *m)
{
    uint32_t order[N], count = 1 + lcg(s) % PARTS;
    struct efti_tally *parts[PARTS];

    for (uint32_t i = 0; i < N; i++)
        order[i] = i;
    for (uint32_t i = N - 1; i > 0; i--) {
        uint32_t j = lcg(s) % (i + 1), hold = order[i];
        order[i] = order[j];
        order[j] = hold;
    }
    for (uint32_t p = 0; p < count; p++)
        parts[p] = new_tally(m);
    for (uint32_t i = 0; i < N; i++) {
        uint32_t p = lcg(s) % count;
        assert_int_equal(made_add(parts[p], order[i], m), EFT_OK);
        if (lcg(s) % 20 == 0)
            assert_int_equal(efti_tally_freeze(parts[p], NULL), EFT_OK);
    }
    for (uint32_t p = 0; p < count; p++) {
        if (lcg(s) % 2 == 0)
            parts[p] = through_a_file(parts[p]);
    }
    while (count > 1) { /* any two, so that the tree of merges is random too */
        uint32_t to = lcg(s) % count, from = (to + 1 + lcg(s) % (count - 1)) % count;
        assert_int_equal(efti_tally_merge(parts[to], parts[from], NULL), EFT_OK);
        efti_tally_free(parts[from]);
        parts[from] = parts[--count];
    }
    return parts[0];
}

static void
check_any_partition(const struct made_options *m)
{
    struct efti_tally *whole = tally_of(0, N, m);
    uint64_t s = 2024;

    for (int trial = 0; trial < 25; trial++) {
        struct efti_tally *t = any_partition(&s, m);
        assert_same_bytes(whole, t);
        efti_tally_free(t);
    }
    efti_tally_free(whole);
}

static void
any_order_and_partition_gives_the_same_bytes(void **state)
{
    (void)state;
    check_any_partition(&with_names);
    check_any_partition(&without_keys);
    check_any_partition(&without_names);
}

/* Nothing but postings tells these writers apart: no hash, no key, equal records. */
static void
writers_without_names_are_told_apart_by_their_words(void **state)
{
    (void)state;
    check_any_partition(&anonymous);
}

static void
freezing_twice_changes_nothing(void **state)
{
    struct efti_tally *t = tally_of(0, N, &with_names);
    struct efti_bytes first = bytes_of(t);

    (void)state;
    (void)efti_tally_term(t, "never used", 10); /* thaws */
    assert_null(efti_tally_frozen(t));
    struct efti_bytes second = bytes_of(t);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    efti_bytes_free(&first);
    efti_bytes_free(&second);
    efti_tally_free(t);
}

static void
an_empty_tally_has_bytes_too(void **state)
{
    struct efti_tally *t = new_tally(&with_names), *back;
    struct efti_bytes b = bytes_of(t);

    (void)state;
    assert_int_equal(efti_tally_read(&efti_malloc, b.data, b.size, &back, NULL), EFT_OK);
    assert_same_bytes(t, back);
    assert_int_equal(efti_tally_frozen(back)->record_count, 0);
    assert_int_equal(efti_tally_frozen(back)->term_count, 1);
    assert_int_equal(efti_tally_frozen(back)->no_writer, EFTI_NO_ID);
    assert_int_equal(efti_tally_merge(t, back, NULL), EFT_OK);
    efti_bytes_free(&b);
    efti_tally_free(t);
    efti_tally_free(back);
}

/* ------------------------------------------------------------------- content */

/* Tokens and reflections of a term, counted here by hand. */
static void
count_by_hand(uint32_t term, const struct made_options *m, uint64_t *tokens,
              uint64_t *reflections, uint32_t *writers)
{
    bool seen[16] = {false};

    *tokens = *reflections = *writers = 0;
    for (uint32_t i = 0; i < N; i++) {
        struct made r = made_from(i, m);
        bool here = false;
        for (uint32_t j = 0; j < r.term_count; j++) {
            if (r.terms[j] != term)
                continue;
            here = true;
            *tokens += r.tokens[j];
        }
        *reflections += here;
        uint32_t w = r.has_writer ? r.writer : 15;
        *writers += here && !seen[w];
        seen[w] = seen[w] || here;
    }
}

/* Place of a text in a dictionary of the frozen tally; EFTI_NO_ID: it is not there. */
static uint32_t
id_of(const eft_text *texts, uint32_t count, const char *bytes, size_t size)
{
    for (uint32_t i = 0; i < count; i++)
        if (efti_compare(texts[i].bytes, texts[i].size, bytes, size) == 0)
            return i;
    return EFTI_NO_ID;
}

static void
postings_are_what_was_added(void **state)
{
    struct efti_tally *t = tally_of(0, N, &with_names);
    uint32_t seen = 0;

    (void)state;
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    const struct efti_frozen *f = efti_tally_frozen(t);
    for (uint32_t term = 0; term < with_names.terms; term++) {
        char text[24];
        uint64_t tokens, reflections, sum = 0, in = 0;
        uint32_t writers, who = 0, last = EFTI_NO_ID;
        int n =
            snprintf(text, sizeof(text), "\xC3\xA5rstid%u", (unsigned)(term * 37 % 1009));
        uint32_t id = id_of(f->terms, f->term_count, text, term == 0 ? 0 : (size_t)n);

        count_by_hand(term, &with_names, &tokens, &reflections, &writers);
        assert_int_equal(id != EFTI_NO_ID, term == 0 || tokens > 0);
        struct efti_posting_walk w = {0};
        struct efti_posting x;
        if (id != EFTI_NO_ID)
            w = efti_postings_of(f, id);
        while (efti_posting_next(&w, &x)) {
            sum += x.tokens;
            in += x.reflections;
            who += x.writer != last;
            last = x.writer;
            seen++;
        }
        assert_int_equal(sum, tokens);
        assert_int_equal(in, reflections);
        assert_int_equal(who, writers);
    }
    assert_int_equal(seen, f->posting_count);
    efti_tally_free(t);
}

static void
everything_stands_in_order(void **state)
{
    struct efti_tally *t = tally_of(0, N, &with_names);

    (void)state;
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    const struct efti_frozen *f = efti_tally_frozen(t);
    for (uint32_t i = 2; i < f->term_count; i++)
        assert_true(efti_compare(f->terms[i - 1].bytes, f->terms[i - 1].size,
                                 f->terms[i].bytes, f->terms[i].size) < 0);
    for (uint32_t i = 1; i < f->label_count; i++)
        assert_true(f->labels[i - 1].role < f->labels[i].role ||
                    (f->labels[i - 1].role == f->labels[i].role &&
                     efti_id_compare(&f->labels[i - 1].hash, &f->labels[i].hash) < 0));
    for (uint32_t i = 1; i < f->record_count; i++)
        assert_true(f->records[i - 1].writer <= f->records[i].writer);
    assert_int_equal(f->records[f->record_count - 1].writer, f->no_writer);
    for (uint32_t term = 0; term < f->term_count; term++) {
        struct efti_posting_walk w = efti_postings_of(f, term);
        struct efti_posting a, b;
        for (bool more = efti_posting_next(&w, &a); more && efti_posting_next(&w, &b);
             a = b)
            assert_true(a.writer < b.writer || (a.writer == b.writer && a.cell < b.cell));
    }
    for (size_t i = 0; i < f->pair_count; i++)
        assert_true(f->pairs[i].a < f->pairs[i].b);
    assert_int_equal(f->counters[EFTI_COUNT_READ], N);
    assert_int_equal(f->writer_sentence_count, f->writer_count);
    efti_tally_free(t);
}

/* With other hashes of writers the same records come in the same order. */
static void
writers_are_numbered_by_what_they_wrote(void **state)
{
    struct made_options salted = with_names;
    struct efti_tally *a = tally_of(0, N, &with_names), *b;

    (void)state;
    salted.salt = 99;
    b = tally_of(0, N, &salted);
    assert_int_equal(efti_tally_freeze(a, NULL), EFT_OK);
    assert_int_equal(efti_tally_freeze(b, NULL), EFT_OK);
    const struct efti_frozen *f = efti_tally_frozen(a), *g = efti_tally_frozen(b);
    assert_int_equal(f->record_count, g->record_count);
    for (uint32_t i = 0; i < f->record_count; i++) {
        assert_int_equal(f->records[i].writer, g->records[i].writer);
        assert_memory_equal(&f->records[i].key, &g->records[i].key, EFTI_ID_SIZE);
    }
    assert_int_equal(f->posting_count, g->posting_count);
    assert_memory_equal(f->posting_ends, g->posting_ends,
                        f->term_count * sizeof(*f->posting_ends));
    size_t entries = f->posting_ends[f->term_count - 1];
    assert_memory_equal(f->posting_entries, g->posting_entries,
                        entries * sizeof(*f->posting_entries));
    for (size_t i = 0; i < entries; i++) {
        size_t slot = (size_t)(f->posting_entries[i] >> 32);
        assert_int_equal(f->posting_slots[slot], g->posting_slots[slot]);
    }
    efti_tally_free(a);
    efti_tally_free(b);
}

static void
sentences_and_pairs_are_summed_per_writer(void **state)
{
    static const uint32_t sentence_themes[] = {0, 1, 0};
    struct efti_tally *t = new_tally(&with_names);
    struct efti_theme_pair pair = {0, 1, 2};
    struct efti_observation o = {
        .has_writer = true,
        .unit = EFTI_NO_ID,
        .assignment = EFTI_NO_ID,
        .facets = {EFTI_NO_ID},
        .day = EFTI_NO_DAY_VALUE,
        .votes = -1,
        .sentences = 4,
        .pairs = &pair,
        .pair_count = 1,
        .sentence_themes = sentence_themes,
        .sentence_theme_count = 3,
    };

    (void)state;
    assert_int_equal(efti_tally_theme(t, "oro", 3), 0);
    assert_int_equal(efti_tally_theme(t, "gladje", 6), 1);
    for (int i = 0; i < 3; i++)
        assert_int_equal(efti_tally_add(t, &o, NULL), EFT_OK);
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    const struct efti_frozen *f = efti_tally_frozen(t);
    assert_int_equal(f->pair_count, 1);
    assert_int_equal(f->pairs[0].a, 0); /* gladje */
    assert_int_equal(f->pairs[0].b, 1);
    assert_int_equal(f->pairs[0].times, 6);
    assert_int_equal(f->theme_sentence_count, 2);
    assert_int_equal(f->theme_sentences[0].sentences, 3);
    assert_int_equal(f->theme_sentences[1].theme,
                     id_of(f->themes, f->theme_count, "oro", 3));
    assert_int_equal(f->theme_sentences[1].sentences, 6);
    assert_int_equal(f->writer_sentences[0].sentences, 12);
    efti_tally_free(t);
}

static void
a_label_printed_in_two_ways_is_hidden(void **state)
{
    struct efti_tally *t = new_tally(&with_names);
    struct efti_id hash = made_id("label", 1, 0);
    struct efti_observation o = {.assignment = EFTI_NO_ID,
                                 .facets = {EFTI_NO_ID},
                                 .day = EFTI_NO_DAY_VALUE,
                                 .votes = -1};

    (void)state;
    o.unit = efti_tally_label(t, EFTI_LABEL_UNIT, hash, (eft_text){"Syd", 3});
    assert_int_equal(efti_tally_label(t, EFTI_LABEL_UNIT, hash, (eft_text){"Nord", 4}),
                     o.unit);
    assert_int_equal(efti_tally_label(t, EFTI_LABEL_UNIT, hash, (eft_text){"Syd", 3}),
                     o.unit);
    assert_int_equal(efti_tally_add(t, &o, NULL), EFT_OK);
    assert_int_equal(efti_tally_freeze(t, NULL), EFT_OK);
    assert_int_equal(efti_tally_frozen(t)->label_count, 1);
    assert_int_equal(efti_tally_frozen(t)->labels[0].printable.size, 0);
    efti_tally_free(t);
}

static void
foreign_ids_are_refused_and_change_nothing(void **state)
{
    struct efti_tally *t = tally_of(0, 5, &with_names);
    struct efti_term_count term = {1000000, 1};
    struct efti_observation o = {.has_writer = true,
                                 .unit = EFTI_NO_ID,
                                 .assignment = EFTI_NO_ID,
                                 .facets = {EFTI_NO_ID},
                                 .day = EFTI_NO_DAY_VALUE,
                                 .votes = -1};

    (void)state;
    struct efti_bytes before = bytes_of(t);
    o.terms = &term, o.term_count = 1;
    assert_int_equal(efti_tally_add(t, &o, NULL), EFT_E_RANGE);
    o.term_count = 0, o.unit = 77;
    assert_int_equal(efti_tally_add(t, &o, NULL), EFT_E_RANGE);
    struct efti_bytes after = bytes_of(t);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    efti_bytes_free(&before);
    efti_bytes_free(&after);
    efti_tally_free(t);
}

/* ----------------------------------------------------------------- conflicts */

static void
merging_counts_the_reflections_two_states_share(void **state)
{
    struct efti_tally *a = tally_of(0, 20, &with_names),
                      *b = tally_of(17, 30, &with_names);
    struct efti_bytes before = bytes_of(a);
    eft_error err;

    (void)state;
    assert_int_equal(efti_tally_merge(a, b, &err), EFT_E_CONFLICT);
    assert_int_equal(err.offset, 3);
    assert_non_null(strstr(err.message, "share 3 reflections"));
    assert_int_equal(efti_tally_merge(a, a, &err), EFT_E_CONFLICT);
    struct efti_bytes after = bytes_of(a);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    efti_bytes_free(&before);
    efti_bytes_free(&after);
    efti_tally_free(a);
    efti_tally_free(b);
}

static void
a_key_added_twice_is_found_when_freezing(void **state)
{
    struct efti_tally *t = tally_of(0, 20, &with_names);
    eft_error err;

    (void)state;
    assert_int_equal(made_add(t, 7, &with_names), EFT_OK);
    assert_int_equal(efti_tally_freeze(t, &err), EFT_E_CONFLICT);
    assert_int_equal(err.offset, 1);
    assert_null(efti_tally_frozen(t));
    efti_tally_free(t);
}

static void
expect_difference(const struct efti_tally_settings *s, const char *name)
{
    struct efti_tally *a = new_tally(&with_names), *b;
    eft_error err;

    assert_int_equal(efti_tally_new(&efti_malloc, s, &b, NULL), EFT_OK);
    assert_int_equal(efti_tally_merge(a, b, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, name));
    efti_tally_free(a);
    efti_tally_free(b);
}

static void
merging_names_the_settings_that_differ(void **state)
{
    struct efti_tally_settings s = made_settings(&with_names);

    (void)state;
    s.writer_column = false;
    expect_difference(&s, "writer column");
    s = made_settings(&with_names);
    s.feeling_high = 10;
    expect_difference(&s, "feeling scale");
    s.facet_names[0] = (eft_text){"Anna Svensson", 13};
    expect_difference(&s, "feeling scale, facet names");
    s = made_settings(&with_names);
    s.fingerprints = (eft_text){"lexicon-karna 12ab\nstemmer 98\n", 30};
    expect_difference(&s, "in: stemmer;");
    s.fingerprints = (eft_text){"lexicon-karna 12ab\nstemmer 99\nveil 3\n", 37};
    expect_difference(&s, "in: veil;");
    s.fingerprints = (eft_text){"Anna 12ab\nstemmer 99\n", 21};
    expect_difference(&s, "in: lexicon-karna, another setting;");
}

static void
settings_that_are_not_canonical_are_refused(void **state)
{
    struct efti_tally_settings s = made_settings(&with_names);
    struct efti_tally *t;

    (void)state;
    s.facet_count = 2;
    s.facet_names[1] = (eft_text){"a", 1};
    assert_int_equal(efti_tally_new(&efti_malloc, &s, &t, NULL), EFT_E_RANGE);
    assert_null(t);
    s.facet_count = 9;
    assert_int_equal(efti_tally_new(&efti_malloc, &s, &t, NULL), EFT_E_RANGE);
    s = made_settings(&with_names);
    s.version = EFTI_STATE_VERSION + 1;
    assert_int_equal(efti_tally_new(&efti_malloc, &s, &t, NULL), EFT_E_RANGE);
}

static void
bytes_held_follow_what_is_held(void **state)
{
    struct efti_tally *t = new_tally(&with_names);
    size_t empty = efti_tally_bytes(t);

    (void)state;
    for (uint32_t i = 0; i < 2000; i++)
        assert_int_equal(made_add(t, i, &with_names), EFT_OK);
    assert_true(efti_tally_bytes(t) > empty + 2000 * 20);
    efti_tally_free(t);
}

/* ---------------------------------------------------------------- allocation */

static eft_status
whole_way(const eft_allocator *mem, const struct made_options *m)
{
    struct efti_tally_settings s = made_settings(m);
    struct efti_tally *a = NULL, *b = NULL, *c = NULL;
    struct efti_bytes bytes;
    eft_status st = efti_tally_new(mem, &s, &a, NULL);

    efti_bytes_init(&bytes, mem);
    if (st == EFT_OK)
        st = efti_tally_new(mem, &s, &b, NULL);
    for (uint32_t i = 0; st == EFT_OK && i < 24; i++)
        st = made_add(i % 3 == 0 ? a : b, i, m);
    if (st == EFT_OK)
        st = efti_tally_write(a, &bytes, NULL);
    if (st == EFT_OK)
        st = efti_tally_read(mem, bytes.data, bytes.size, &c, NULL);
    if (st == EFT_OK)
        st = efti_tally_merge(c, b, NULL);
    if (st == EFT_OK)
        st = efti_tally_freeze(c, NULL);
    efti_tally_free(a);
    efti_tally_free(b);
    efti_tally_free(c);
    efti_bytes_free(&bytes);
    return st;
}

static void
check_each_refusal(const struct made_options *m)
{
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_status st = whole_way(&mem, m);

        if (failing_got_through(&f, st))
            break;
    }
}

static void
every_refused_allocation_is_survived(void **state)
{
    (void)state;
    check_each_refusal(&with_names);
    check_each_refusal(&anonymous);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_and_partition_gives_the_same_bytes),
        cmocka_unit_test(writers_without_names_are_told_apart_by_their_words),
        cmocka_unit_test(freezing_twice_changes_nothing),
        cmocka_unit_test(an_empty_tally_has_bytes_too),
        cmocka_unit_test(postings_are_what_was_added),
        cmocka_unit_test(everything_stands_in_order),
        cmocka_unit_test(writers_are_numbered_by_what_they_wrote),
        cmocka_unit_test(sentences_and_pairs_are_summed_per_writer),
        cmocka_unit_test(a_label_printed_in_two_ways_is_hidden),
        cmocka_unit_test(foreign_ids_are_refused_and_change_nothing),
        cmocka_unit_test(merging_counts_the_reflections_two_states_share),
        cmocka_unit_test(a_key_added_twice_is_found_when_freezing),
        cmocka_unit_test(merging_names_the_settings_that_differ),
        cmocka_unit_test(settings_that_are_not_canonical_are_refused),
        cmocka_unit_test(bytes_held_follow_what_is_held),
        cmocka_unit_test(every_refused_allocation_is_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
