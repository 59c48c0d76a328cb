/*
 * test_feeding.c - tallies: however they are fed, written and merged, the same bytes
 *
 * A made-up corpus of 40 reflections by 8 writers. The state of all of them, added one by
 * one, is the measure for every other way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/plan_tool.h"
#include "support/sink.h"

#define CORPUS 40

static char ids[CORPUS][8], writers[CORPUS][16];

static int
set_up(void **state)
{
    for (int i = 0; i < CORPUS; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "r%d", i);
        (void)snprintf(writers[i], sizeof(writers[i]), "Skribent %d", i % 8);
    }
    return plan_set_up(state);
}

static eft_text
text_of(const char *s)
{
    return (eft_text){s, strlen(s)};
}

static eft_reflection
reflection(int i)
{
    static const eft_text texts[] = {
        BARE("Vi hann inte med planeringen och jag k\xC3\xA4nde oro inf\xC3\xB6r "
             "m\xC3\xB6tet."),
        BARE("Samtalet gick bra. Fatima Lindqvist fick komma till tals, ring "
             "070-1740612."),
        BARE("Jag \xC3\xA4r stolt \xC3\xB6ver gruppen och hur vi samverkar med skolan."),
        BARE("vet ej"),
        BARE(""),
        BARE("Dokumentationen tar f\xC3\xB6r mycket tid. Stressen m\xC3\xA4rks p\xC3\xA5 "
             "alla.")};
    static const eft_text units[] = {BARE("Barn och familj"), BARE("Vuxen"), BARE("")};
    static const eft_text assignments[] = {BARE("Samtal"), BARE("Planering")};
    static const eft_text tags[] = {BARE("samtal"), BARE("oro"), BARE("samtal")};

    return (eft_reflection){
        .struct_size = sizeof(eft_reflection),
        .id = text_of(ids[i]),
        .writer = text_of(writers[i]),
        .unit = units[i % 3],
        .assignment = assignments[i % 2],
        .text = texts[i % 6],
        .tags = tags,
        .tag_count = (size_t)(i % 4),
        .day = i % 5 == 0 ? EFT_NO_DAY : 20000 + i,
        .has_feeling = i % 3 != 0,
        .feeling = 1 + i % 5,
        .votes = i % 7,
    };
}

static void
add(eft_tally *t, int i)
{
    eft_reflection r = reflection(i);

    assert_int_equal(eft_tally_add(t, &r, NULL), EFT_OK);
}

static eft_tally *
fresh(void)
{
    eft_tally *t = NULL;

    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    return t;
}

static struct sink
state_of(eft_tally *t)
{
    struct sink s = {0};

    assert_int_equal(eft_tally_write(t, sink_write, &s, NULL), EFT_OK);
    return s;
}

/* The measure: all reflections, one by one, in order. */
static struct sink
measure(void)
{
    eft_tally *t = fresh();

    for (int i = 0; i < CORPUS; i++)
        add(t, i);
    struct sink s = state_of(t);
    eft_tally_free(t);
    return s;
}

static void
assert_measured(eft_tally *t)
{
    struct sink want = measure(), got = state_of(t);

    assert_int_equal(got.size, want.size);
    assert_memory_equal(got.bytes, want.bytes, want.size);
    assert_int_equal(eft_tally_count(t), CORPUS);
    free(got.bytes);
    free(want.bytes);
}

static void
the_order_of_adding_does_not_matter(void **state)
{
    eft_tally *t = fresh();

    (void)state;
    for (int i = 0; i < CORPUS; i++)
        add(t, (i * 17 + 5) % CORPUS);
    assert_measured(t);
    eft_tally_free(t);
}

static void
columns_are_fed_as_one_by_one(void **state)
{
    eft_reflection all[CORPUS];
    eft_tally *t = fresh();
    size_t added = 99;

    (void)state;
    for (int i = 0; i < CORPUS; i++)
        all[i] = reflection(i);
    assert_int_equal(eft_tally_add_columns(t, all, CORPUS, &added, NULL), EFT_OK);
    assert_int_equal(added, CORPUS);
    assert_measured(t);
    assert_int_equal(eft_tally_add_columns(t, NULL, 0, &added, NULL), EFT_OK);
    assert_int_equal(added, 0);
    eft_tally_free(t);
}

/* Columns are read several texts at a time, before it is known which of them count. */
static void
what_is_read_ahead_and_not_counted_leaves_nothing(void **state)
{
    static char long_text[60000];
    const eft_text texts[] = {
        TEXT("Kvarngr\xC3\xA4nden l\xC3\xA5g \xC3\xB6"
             "de n\xC3\xA4r vi kom dit p\xC3\xA5 kv\xC3\xA4llen."),
        TEXT("  "),
        TEXT("We had no time for the meeting and everybody was rather tired of it."),
        TEXT("vet ej                                                                    "
             "                                                                       .")};
    eft_reflection all[CORPUS + 4];
    eft_tally *one = fresh(), *many = fresh();
    size_t added;

    (void)state;
    memset(long_text, 'a', sizeof(long_text));
    for (size_t i = 0; i < sizeof(long_text); i += 6)
        long_text[i] = ' ';
    for (int i = 0; i < CORPUS; i++)
        all[i] = reflection(i);
    for (int i = 0; i < 4; i++) {
        all[CORPUS + i] = all[20 + i]; /* these were counted, with other texts */
        all[CORPUS + i].text = texts[i];
        all[30 + i].text = texts[i];
    }
    all[7].text = (eft_text){long_text, sizeof(long_text)};
    all[8].text = all[9].text = all[6].text; /* the same bytes again */
    for (int i = 0; i < CORPUS + 4; i++)
        assert_int_equal(eft_tally_add(one, &all[i], NULL), EFT_OK);
    assert_int_equal(eft_tally_add_columns(many, all, CORPUS + 4, &added, NULL), EFT_OK);
    assert_int_equal(added, CORPUS + 4);
    assert_int_equal(eft_tally_count(many), CORPUS);
    struct sink want = state_of(one), got = state_of(many);
    assert_int_equal(got.size, want.size);
    assert_memory_equal(got.bytes, want.bytes, want.size);
    free(got.bytes);
    free(want.bytes);
    eft_tally_free(one);
    eft_tally_free(many);
}

static void
nobody_has_to_take_the_counts(void **state)
{
    const eft_text people[] = {TEXT("w1")};
    eft_reflection one = reflection(0);
    eft_tally *t = fresh();

    (void)state;
    assert_int_equal(eft_tally_add_columns(t, &one, 1, NULL, NULL), EFT_OK);
    assert_int_equal(eft_tally_withdraw(t, people, 1, NULL, NULL, NULL),
                     EFT_E_RANGE); /* a spool */
    assert_string_equal(eft_library(0, NULL), "icu");
    assert_null(eft_library(1000, NULL));
    eft_tally_free(t);
}

static void
a_bad_reflection_among_columns_tells_how_far_they_came(void **state)
{
    eft_reflection all[CORPUS];
    eft_tally *t = fresh();
    size_t added = 0;

    (void)state;
    for (int i = 0; i < CORPUS; i++)
        all[i] = reflection(i);
    all[20].text = TEXT("Hej \xFF");
    all[20].unit = TEXT("Ny enhet");
    assert_int_equal(eft_tally_add_columns(t, all, CORPUS, &added, NULL), EFT_E_ENCODING);
    assert_int_equal(added, 20);
    assert_int_equal(eft_tally_count(t), 20);
    all[20] = reflection(20);
    assert_int_equal(eft_tally_add_columns(t, all + 20, CORPUS - 20, &added, NULL),
                     EFT_OK);
    assert_measured(t); /* nothing of the bad one was counted, its labels neither */
    eft_tally_free(t);
}

static void
fields_that_are_not_utf8_are_refused_and_leave_nothing(void **state)
{
    eft_tally *t = fresh();
    const eft_text bad = TEXT("Enhet \xC3(");

    (void)state;
    for (int field = 0; field < 5; field++) {
        eft_reflection r = reflection(field);
        r.tags = &bad;
        r.tag_count = field == 0;
        if (field > 0)
            *(field == 1   ? &r.id
              : field == 2 ? &r.writer
              : field == 3 ? &r.unit
                           : &r.assignment) = bad;
        assert_int_equal(eft_tally_add(t, &r, NULL), EFT_E_ENCODING);
    }
    for (int i = 0; i < CORPUS; i++)
        add(t, i);
    assert_measured(t);
    eft_tally_free(t);
}

static void
duplicates_count_once(void **state)
{
    eft_tally *t = fresh(), *once = fresh();

    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        for (int i = 0; i < CORPUS; i++)
            add(t, i);
    }
    assert_int_equal(eft_tally_count(t), CORPUS);
    eft_reflection other =
        reflection(3); /* the same id in another assignment is another */
    other.assignment = TEXT("Annat");
    assert_int_equal(eft_tally_add(t, &other, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(t), CORPUS + 1);
    eft_reflection same = reflection(3); /* the first counts, whatever the repeat says */
    same.text = TEXT("N\xC3\xA5got annat.");
    assert_int_equal(eft_tally_add(t, &same, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(t), CORPUS + 1);
    eft_reflection nameless = reflection(3); /* without an id nothing can be a repeat */
    nameless.id = TEXT("");
    assert_int_equal(eft_tally_add(t, &nameless, NULL), EFT_OK);
    assert_int_equal(eft_tally_add(t, &nameless, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(t), CORPUS + 3);
    eft_tally_free(once);
    eft_tally_free(t);
}

static void
adding_goes_on_after_writing(void **state)
{
    eft_tally *t = fresh();

    (void)state;
    for (int i = 0; i < CORPUS; i++) {
        add(t, i);
        if (i % 7 == 3)
            free(state_of(t).bytes);
    }
    assert_measured(t);
    eft_tally_free(t);
}

static void
adding_goes_on_after_a_release_without_spool(void **state)
{
    eft_plan_options o = plan_options(0);
    eft_plan *bare = NULL;
    eft_tally *t = NULL;
    eft_results *results = NULL;

    (void)state;
    assert_int_equal(eft_plan_new(ctx, &o, &bare, NULL), EFT_OK);
    assert_int_equal(eft_tally_new(bare, &t, NULL), EFT_OK);
    for (int i = 0; i < CORPUS; i++) {
        add(t, i);
        if (i % 13 == 5) {
            assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK);
            eft_results_free(results);
        }
    }
    assert_measured(t);
    eft_tally_free(t);
    eft_plan_unref(bare);
}

static void
a_released_spool_takes_no_more(void **state)
{
    eft_tally *t = fresh();
    eft_results *results = NULL;

    (void)state;
    add(t, 0);
    assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK);
    eft_results_free(results);
    eft_reflection r = reflection(1);
    assert_int_equal(eft_tally_add(t, &r, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK); /* but again */
    eft_results_free(results);
    assert_int_equal(eft_tally_count(t), 1);
    eft_tally_free(t);
}

static void
a_state_that_was_read_is_fed_on(void **state)
{
    eft_tally *t = fresh(), *read = NULL;

    (void)state;
    for (int i = 0; i < 25; i++)
        add(t, i);
    struct sink s = state_of(t);
    eft_tally_free(t);
    assert_int_equal(eft_tally_read(plan, (eft_text){s.bytes, s.size}, &read, NULL),
                     EFT_OK);
    assert_int_equal(eft_tally_count(read), 25);
    struct sink again = state_of(read);
    assert_int_equal(again.size, s.size);
    assert_memory_equal(again.bytes, s.bytes, s.size);
    for (int i = 25; i < CORPUS; i++)
        add(read, i);
    assert_measured(read);
    eft_reflection repeat = reflection(0); /* its key came with the state */
    assert_int_equal(eft_tally_add(read, &repeat, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(read), CORPUS);
    eft_tally_free(read);
    free(s.bytes);
    free(again.bytes);
}

/* Four parts, merged as the digits say: "01 23 02" merges 1 into 0, 3 into 2,
 * 2 into 0. */
static void
assert_merges(const char *how)
{
    eft_tally *parts[4];

    for (int k = 0; k < 4; k++) {
        parts[k] = fresh();
        for (int i = 0; i < CORPUS; i++) {
            if ((i * 7 + i / 5) % 4 == k)
                add(parts[k], i);
        }
    }
    int last = 0;
    for (; how[0] != '\0'; how += how[2] == '\0' ? 2 : 3) {
        last = how[0] - '0';
        assert_int_equal(eft_tally_merge(parts[last], parts[how[1] - '0'], NULL), EFT_OK);
    }
    assert_measured(parts[last]);
    for (int k = 0; k < 4; k++)
        eft_tally_free(parts[k]);
}

static void
merging_commutes_and_associates(void **state)
{
    (void)state;
    assert_merges("01 02 03");
    assert_merges("32 31 30");
    assert_merges("01 23 02");
    assert_merges("10 21 32");
    assert_merges("20 31 32");
}

static void
a_tally_that_was_merged_away_is_spent(void **state)
{
    eft_tally *a = fresh(), *b = fresh(), *c = fresh();
    struct sink s = {0};

    (void)state;
    add(a, 0);
    add(b, 1);
    assert_int_equal(eft_tally_merge(a, b, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(a), 2);
    eft_reflection r = reflection(2);
    assert_int_equal(eft_tally_add(b, &r, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_merge(c, b, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_merge(b, c, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_write(b, sink_write, &s, NULL), EFT_E_RANGE);
    eft_results *results = NULL;
    assert_int_equal(eft_tally_release(b, NULL, &results, NULL), EFT_E_RANGE);
    assert_null(results);
    assert_int_equal(eft_tally_merge(a, a, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_count(a), 2);
    free(s.bytes);
    eft_tally_free(a);
    eft_tally_free(b);
    eft_tally_free(c);
}

static void
tallies_that_share_a_record_are_not_merged(void **state)
{
    eft_tally *a = fresh(), *b = fresh();
    eft_error err;

    (void)state;
    for (int i = 0; i < 20; i++)
        add(a, i);
    for (int i = 19; i < CORPUS; i++)
        add(b, i);
    struct sink before = state_of(a);
    assert_int_equal(eft_tally_merge(a, b, &err), EFT_E_CONFLICT);
    struct sink after = state_of(a);
    assert_int_equal(after.size, before.size);
    assert_memory_equal(after.bytes, before.bytes, before.size);
    assert_int_equal(eft_tally_count(b), CORPUS - 19);
    free(before.bytes);
    free(after.bytes);
    eft_tally_free(a);
    eft_tally_free(b);
}

static void
tallies_of_unlike_plans_are_not_merged_and_the_difference_is_named(void **state)
{
    eft_plan_options o = plan_options(EFT_PLAN_ACCEPT_LANGUAGE);
    eft_plan *other = NULL;
    eft_tally *a = fresh(), *b = NULL;
    eft_error err = {0};

    (void)state;
    assert_int_equal(eft_plan_new(ctx, &o, &other, NULL), EFT_OK);
    assert_int_equal(eft_tally_new(other, &b, NULL), EFT_OK);
    add(a, 0);
    add(b, 1);
    assert_int_equal(eft_tally_merge(a, b, &err), EFT_E_CONFLICT);
    assert_non_null(strstr(err.message, "veil"));
    assert_int_equal(eft_tally_count(a), 1);
    eft_tally_free(a);
    eft_tally_free(b);
    eft_plan_unref(other);
}

static void
damaged_states_are_refused(void **state)
{
    eft_tally *t = fresh(), *read = t;
    eft_error err;

    (void)state;
    for (int i = 0; i < 10; i++)
        add(t, i);
    struct sink s = state_of(t);
    for (size_t cut = 0; cut < s.size; cut += 1 + s.size / 40) {
        assert_int_not_equal(eft_tally_read(plan, (eft_text){s.bytes, cut}, &read, &err),
                             EFT_OK);
        assert_null(read);
    }
    for (size_t at = 0; at < s.size; at += 1 + s.size / 40) {
        s.bytes[at] = (char)(s.bytes[at] ^ 0x10);
        assert_int_not_equal(
            eft_tally_read(plan, (eft_text){s.bytes, s.size}, &read, &err), EFT_OK);
        s.bytes[at] = (char)(s.bytes[at] ^ 0x10);
    }
    free(s.bytes);
    eft_tally_free(t);
}

static void
a_status_of_the_sink_of_a_state_comes_back(void **state)
{
    eft_tally *t = fresh();

    (void)state;
    add(t, 0);
    struct sink stop = {.answer = EFT_STOP}, io = {.answer = EFT_E_IO};
    assert_int_equal(eft_tally_write(t, sink_write, &stop, NULL), EFT_OK);
    assert_int_equal(eft_tally_write(t, sink_write, &io, NULL), EFT_E_IO);
    free(stop.bytes);
    free(io.bytes);
    eft_tally_free(t);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(columns_are_fed_as_one_by_one),
        cmocka_unit_test(what_is_read_ahead_and_not_counted_leaves_nothing),
        cmocka_unit_test(nobody_has_to_take_the_counts),
        cmocka_unit_test(a_bad_reflection_among_columns_tells_how_far_they_came),
        cmocka_unit_test(fields_that_are_not_utf8_are_refused_and_leave_nothing),
        cmocka_unit_test(duplicates_count_once),
        cmocka_unit_test(adding_goes_on_after_writing),
        cmocka_unit_test(adding_goes_on_after_a_release_without_spool),
        cmocka_unit_test(a_released_spool_takes_no_more),
        cmocka_unit_test(a_state_that_was_read_is_fed_on),
        cmocka_unit_test(merging_commutes_and_associates),
        cmocka_unit_test(a_tally_that_was_merged_away_is_spent),
        cmocka_unit_test(tallies_that_share_a_record_are_not_merged),
        cmocka_unit_test(
            tallies_of_unlike_plans_are_not_merged_and_the_difference_is_named),
        cmocka_unit_test(damaged_states_are_refused),
        cmocka_unit_test(a_status_of_the_sink_of_a_state_comes_back),
    };
    plan_tool_arguments(argc, argv);
    return cmocka_run_group_tests_name("feeding", tests, set_up, plan_tear_down);
}
