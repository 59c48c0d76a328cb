/*
 * test_fault.c - the whole pipeline with an allocator that says no once
 *
 * Each step of the public API is done again and again: the first, the second, the third
 * ... allocation in it is refused, until it gets through. Each time the step must answer
 * EFT_E_NOMEM, leave its outputs empty, and give everything back. A tally must also be
 * able to go on: the same reflection again, and the state is as if nothing had happened.
 *
 * Every allocation up to DENSE is refused in its turn, later ones in growing strides:
 * word lists alone make thousands, and a step costs as much as the allocations before it.
 * libxml2, ICU, jansson and SQLite take memory by themselves and are not covered here.
 */
#include "support/failing.h"
#include "support/sink.h"

#include <eftertanke.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DENSE 2000
#define CROWD 150
#define STRIDE 50 /* after that n grows by n / STRIDE */

static const char *dictionary; /* NULL: none */

#define BARE(s)                                                                          \
    {                                                                                    \
        s, sizeof(s) - 1                                                                 \
    }
#define TEXT(s) ((eft_text)BARE(s))

static const eft_text texts[] = {
    BARE("Vi hann inte med planeringen och jag k\xC3\xA4nde oro. Pratade med Fatima "
         "Lindqvist p\xC3\xA5 070-1740612 om det."),
    BARE("Samtalet gick bra. Alla fick komma till tals och vi samverkade med skolan."),
    BARE(
        "Jag \xC3\xA4r stolt \xC3\xB6ver gruppen. Anna-Karin mejlade anna@example.org om "
        "811218-9876."),
    /* a theme by the weights of a word */
    BARE("Det \xC3\xA4r bra att arbeta med h\xC3\xA4nderna. Jag blir lugn och stark och "
         "sover bra."),
    BARE(""),
    BARE(
        "The meeting was about the new system and they were not happy with it because of "
        "the weather and the people who came."),
};
#define TEXTS (sizeof(texts) / sizeof(texts[0]))

/* ------------------------------------------------------------- the machine */

struct rig {
    struct failing f;
    eft_allocator mem;
    eft_context *ctx;
    eft_plan *plan;
};

static void
arm(struct rig *r, uint64_t n)
{
    r->f.calls = 0;
    r->f.fail_at = n;
    r->f.failed = false;
}

static uint64_t
following(uint64_t n)
{
    return n < DENSE ? n + 1 : n + n / STRIDE;
}

static eft_status
make_plan(struct rig *r, uint32_t flags, eft_error *err)
{
    const eft_text allow[] = {TEXT("Rutan"), TEXT("tratten")};
    const char *const facets[] = {"lag", "ort"};
    const eft_listed deny[] = {{"ORG", TEXT("Huset Ek")}, {"CASE_ID", TEXT("akt 7")}};
    const eft_text roster[] = {TEXT("Zorvin Kvastel")}, units[] = {TEXT("Solgläntorp")};
    eft_plan_options o = {
        .struct_size = sizeof(o),
        .flags = flags | (dictionary == NULL ? (uint32_t)EFT_PLAN_NO_DICTIONARY : 0),
        .dictionary = dictionary,
        .allow = allow,
        .allow_count = 2,
        .stop = allow,
        .stop_count = 2,
        .facets = facets,
        .facet_count = 2,
        .deny = deny,
        .deny_count = 2,
        .allow_spans = deny,
        .allow_span_count = 1,
        .roster = roster,
        .roster_count = 1,
        .units = units,
        .unit_count = 1,
        .replace = EFT_REPLACE_SURROGATE,
        .seed = 7,
        .shift_days = 30,
    };
    return eft_plan_new(r->ctx, &o, &r->plan, err);
}

static void
open_rig(struct rig *r, uint32_t flags)
{
    memset(r, 0, sizeof(*r));
    r->mem = failing_at(&r->f, 0);
    assert_int_equal(eft_context_new(&r->mem, &r->ctx, NULL), EFT_OK);
    assert_int_equal(make_plan(r, flags, NULL), EFT_OK);
}

static void
close_rig(struct rig *r)
{
    eft_plan_unref(r->plan);
    eft_context_free(r->ctx);
    assert_int_equal(r->f.held, 0);
    assert_false(r->f.wrong_size);
}

/* A step does its calls and frees what it made. Its outputs point at something before, so
 * that an output that nobody set is seen. `*empty`: outputs of the call that failed
 * were empty. */
typedef eft_status (*step_fn)(struct rig *r, void *user, eft_error *err, bool *empty);

static void
refuse_each(struct rig *r, step_fn step, void *user, const char *name)
{
    uint64_t held = r->f.held, n = 1, refused = 0;

    for (;; n = following(n)) {
        eft_error err = {0};
        bool empty = true;
        arm(r, n);
        eft_status st = step(r, user, &err, &empty);
        bool hit = r->f.failed;
        arm(r, 0);
        if (r->f.held != held || r->f.wrong_size || !empty ||
            st != (hit ? EFT_E_NOMEM : EFT_OK))
            fail_msg("%s, allocation %llu: %s, %lld bytes not given back, outputs %s%s",
                     name, (unsigned long long)n, eft_status_name(st),
                     (long long)(r->f.held - held), empty ? "empty" : "not empty",
                     r->f.wrong_size ? ", a wrong size" : "");
        if (!hit)
            break;
        assert_int_equal(err.status, EFT_E_NOMEM);
        assert_true(err.message[0] != '\0');
        refused++;
    }
    assert_true(refused > 0);
    print_message("# %s: %llu allocations refused\n", name, (unsigned long long)refused);
}

/* ------------------------------------------------------------------- steps */

static eft_status
step_context(struct rig *r, void *user, eft_error *err, bool *empty)
{
    eft_context *ctx = (eft_context *)r;
    eft_status st = eft_context_new(&r->mem, &ctx, err);

    (void)user;
    *empty = st == EFT_OK || ctx == NULL;
    eft_context_free(ctx);
    return st;
}

static eft_status
step_plan(struct rig *r, void *user, eft_error *err, bool *empty)
{
    eft_plan *kept = r->plan;
    eft_status st;

    (void)user;
    st = make_plan(r, EFT_PLAN_SPOOL, err);
    *empty = st == EFT_OK || r->plan == NULL;
    eft_plan_unref(r->plan);
    r->plan = kept;
    return st;
}

static eft_status
step_worker(struct rig *r, void *user, eft_error *err, bool *empty)
{
    static const eft_tokens no_tokens;
    static const eft_veiled no_veiled;
    static const eft_hits no_hits;
    eft_worker *w = (eft_worker *)r;
    eft_tokens tokens;
    eft_veiled veiled;
    eft_hits hits;
    eft_status st = eft_worker_new(r->plan, &w, err);

    (void)user;
    if (st != EFT_OK) {
        *empty = w == NULL;
        return st;
    }
    for (size_t i = 0; i < TEXTS && st == EFT_OK; i++) {
        if ((st = eft_worker_tokenise(w, texts[i], &tokens, err)) != EFT_OK)
            *empty = memcmp(&tokens, &no_tokens, sizeof(tokens)) == 0;
        else if ((st = eft_worker_veil(w, texts[i], &veiled, err)) != EFT_OK)
            *empty = memcmp(&veiled, &no_veiled, sizeof(veiled)) == 0;
        else if ((st = eft_worker_themes(w, texts[i], &hits, err)) != EFT_OK)
            *empty = memcmp(&hits, &no_hits, sizeof(hits)) == 0;
    }
    eft_worker_free(w);
    return st;
}

/* Reflection `i` of part `part`; enough of everything that a record can have. */
static eft_reflection
made_up(int part, size_t i)
{
    static const char *const ids[2][TEXTS] = {{"a1", "a2", "a3", "a4", "a5", "a6"},
                                              {"b1", "b2", "b3", "b4", "b5", "b6"}};
    static const char *const writers[] = {"Moa Alm", "Per Ek", "Liv Ask"};
    static const eft_text tags[] = {BARE("samtal"), BARE("oro")};
    static const eft_text facets[] = {BARE("dag"), BARE("Lund")};
    eft_reflection r = {
        .struct_size = sizeof(r),
        .id = {ids[part][i], 2},
        .writer = {writers[i % 3], strlen(writers[i % 3])},
        .unit = i % 2 == 0 ? TEXT("Barn och familj") : TEXT("Vuxen"),
        .assignment = TEXT("Samtal"),
        .prompt = i % 2 == 0 ? TEXT("Vad h\xC3\xA4nde?") : TEXT("Hur gick det?"),
        .text = texts[i],
        .facets = facets,
        .tags = tags,
        .tag_count = 2,
        .day = 20000 + (int32_t)i,
        .has_feeling = 1,
        .feeling = 3,
        .votes = 1,
    };
    return r;
}

static eft_status
fill_tally(eft_plan *plan, int part, eft_tally **out, eft_error *err)
{
    eft_status st = eft_tally_new(plan, out, err);

    for (size_t i = 0; i < TEXTS && st == EFT_OK; i++) {
        eft_reflection r = made_up(part, i);
        st = eft_tally_add(*out, &r, err);
    }
    return st;
}

static eft_status
step_tally(struct rig *r, void *user, eft_error *err, bool *empty)
{
    eft_tally *t = (eft_tally *)r;
    eft_status st = eft_tally_new(r->plan, &t, err);

    (void)user;
    if (st != EFT_OK) {
        *empty = t == NULL;
        return st;
    }
    for (size_t i = 0; i < TEXTS && st == EFT_OK; i++) {
        eft_reflection one = made_up(0, i);
        if ((st = eft_tally_add(t, &one, err)) != EFT_OK)
            *empty = eft_tally_count(t) == i;
    }
    eft_tally_free(t);
    return st;
}

/* Several at a time: as many as it says were counted. */
static eft_status
step_columns(struct rig *r, void *user, eft_error *err, bool *empty)
{
    eft_reflection all[TEXTS];
    eft_tally *t = NULL;
    size_t added = 99;
    eft_status st = eft_tally_new(r->plan, &t, err);

    (void)user;
    if (st != EFT_OK) {
        *empty = t == NULL;
        return st;
    }
    for (size_t i = 0; i < TEXTS; i++)
        all[i] = made_up(0, i);
    st = eft_tally_add_columns(t, all, TEXTS, &added, err);
    *empty = eft_tally_count(t) == added && (added == TEXTS) == (st == EFT_OK);
    eft_tally_free(t);
    return st;
}

/* Only the call itself is refused: what it works on is made before. */
static eft_status
step_merge(struct rig *r, void *user, eft_error *err, bool *empty)
{
    uint64_t n = r->f.fail_at;
    eft_tally *a = NULL, *b = NULL;

    (void)user;
    (void)empty;
    arm(r, 0);
    assert_int_equal(fill_tally(r->plan, 0, &a, NULL), EFT_OK);
    assert_int_equal(fill_tally(r->plan, 1, &b, NULL), EFT_OK);
    arm(r, n);
    eft_status st = eft_tally_merge(a, b, err);
    eft_tally_free(b);
    eft_tally_free(a);
    return st;
}

static eft_status
step_write(struct rig *r, void *user, eft_error *err, bool *empty)
{
    uint64_t n = r->f.fail_at;
    struct sink s = {0};
    eft_tally *a = NULL;

    (void)user;
    arm(r, 0);
    assert_int_equal(fill_tally(r->plan, 0, &a, NULL), EFT_OK);
    arm(r, n);
    eft_status st = eft_tally_write(a, sink_write, &s, err);
    *empty = st == EFT_OK || s.size == 0;
    eft_tally_free(a);
    free(s.bytes);
    return st;
}

static eft_status
step_read(struct rig *r, void *user, eft_error *err, bool *empty)
{
    const struct sink *state = user;
    eft_tally *t = (eft_tally *)r;
    eft_status st =
        eft_tally_read(r->plan, (eft_text){state->bytes, state->size}, &t, err);

    *empty = st == EFT_OK || t == NULL;
    eft_tally_free(t);
    return st;
}

static eft_status
step_release(struct rig *r, void *user, eft_error *err, bool *empty)
{
    eft_tally *t = user;
    eft_release_options o = {
        .struct_size = sizeof(o), .flags = EFT_RELEASE_SUGGEST, .k = 3};
    eft_results *results = (eft_results *)r;
    eft_status st = eft_tally_release(t, &o, &results, err);

    *empty = st == EFT_OK || results == NULL;
    eft_results_free(results);
    return st;
}

/* What the tally keeps after the first release (its sorted form) is no leak. */
static eft_status
step_fresh_release(struct rig *r, void *user, eft_error *err, bool *empty)
{
    uint64_t n = r->f.fail_at;
    eft_tally *t = NULL;

    (void)user;
    arm(r, 0);
    assert_int_equal(fill_tally(r->plan, 0, &t, NULL), EFT_OK);
    arm(r, n);
    eft_status st = step_release(r, t, err, empty);
    eft_tally_free(t);
    return st;
}

/* Notes that three writers wrote in the same words, and others. */
static eft_status
step_release_of_notes(struct rig *r, void *user, eft_error *err, bool *empty)
{
    static const eft_text notes[] = {
        BARE("Mer personal"), BARE("Inte fler blanketter alls, tack"),
        BARE("Fika tillsammans oftare p\xC3\xA5 l\xC3\xB6rdag"),
        BARE("Fika tillsammans oftare p\xC3\xA5 l\xC3\xB6rdag i skolans k\xC3\xB6k")};
    const eft_release_options o = {
        .struct_size = sizeof(o), .flags = EFT_RELEASE_NOTES, .k = 3};
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f",
                                      "g", "h", "i", "j", "k", "l"};
    uint64_t n = r->f.fail_at;
    eft_results *results = NULL;
    eft_tally *t = NULL;

    (void)user;
    arm(r, 0);
    assert_int_equal(eft_tally_new(r->plan, &t, NULL), EFT_OK);
    for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
        eft_reflection one = made_up(0, i % 3);
        one.id = (eft_text){ids[i], 1};
        one.text = notes[i / 3];
        assert_int_equal(eft_tally_add(t, &one, NULL), EFT_OK);
    }
    arm(r, n);
    eft_status st = eft_tally_release(t, &o, &results, err);
    *empty = st == EFT_OK || results == NULL;
    if (st == EFT_OK)
        assert_true(eft_table_rows(eft_results_find(results, "notes")) > 1);
    eft_results_free(results);
    eft_tally_free(t);
    return st;
}

/* ------------------------------------------------------------------- tests */

static void
a_context_is_made_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_context, NULL, "context");
    close_rig(&r);
}

static void
a_plan_is_made_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_plan, NULL, "plan");
    close_rig(&r);
}

static void
a_worker_answers_or_gives_back(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_worker, NULL, "worker");
    close_rig(&r);
}

static void
a_tally_with_a_spool_counts_or_gives_back(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    refuse_each(&r, step_tally, NULL, "tally");
    refuse_each(&r, step_columns, NULL, "columns");
    close_rig(&r);
}

static void
a_merge_is_done_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    refuse_each(&r, step_merge, NULL, "merge");
    close_rig(&r);
}

static void
a_state_is_written_whole_or_not_at_all(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_write, NULL, "write");
    close_rig(&r);
}

static struct sink
state_of(eft_tally *t)
{
    struct sink s = {0};

    assert_int_equal(eft_tally_write(t, sink_write, &s, NULL), EFT_OK);
    return s;
}

static void
a_state_is_read_or_not(void **state)
{
    eft_tally *t = NULL;
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    assert_int_equal(fill_tally(r.plan, 0, &t, NULL), EFT_OK);
    struct sink s = state_of(t);
    eft_tally_free(t);
    refuse_each(&r, step_read, &s, "read");
    free(s.bytes);
    close_rig(&r);
}

static void
results_are_released_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    refuse_each(&r, step_fresh_release, NULL, "release");
    refuse_each(&r, step_release_of_notes, NULL, "release of notes");
    close_rig(&r);
}

/* One allocation refused while filling; the call is made again. */
static bool
fill_with_one_refusal(struct rig *r, uint64_t n, struct sink *out)
{
    eft_tally *t = NULL;

    assert_int_equal(eft_tally_new(r->plan, &t, NULL), EFT_OK);
    arm(r, n);
    for (size_t i = 0; i < TEXTS; i++) {
        eft_reflection one = made_up(0, i);
        eft_status st = eft_tally_add(t, &one, NULL);
        if (st != EFT_OK) {
            assert_int_equal(st, EFT_E_NOMEM);
            assert_int_equal(eft_tally_count(t), i);
            st = eft_tally_add(t, &one, NULL);
        }
        if (st != EFT_OK)
            fail_msg("allocation %llu: adding again answers %s", (unsigned long long)n,
                     eft_status_name(st));
        assert_int_equal(eft_tally_count(t), i + 1);
    }
    bool hit = r->f.failed;
    arm(r, 0);
    *out = state_of(t);
    eft_tally_free(t);
    return hit;
}

static void
a_reflection_that_found_no_memory_can_be_added_again(void **state)
{
    struct sink want = {0}, got;
    struct rig r;
    bool hit = true;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    assert_false(fill_with_one_refusal(&r, 0, &want));
    for (uint64_t n = 1; hit; n = following(n)) {
        hit = fill_with_one_refusal(&r, n, &got);
        if (got.size != want.size || memcmp(got.bytes, want.bytes, want.size) != 0)
            fail_msg("after allocation %llu was refused the state is another",
                     (unsigned long long)n);
        free(got.bytes);
    }
    free(want.bytes);
    close_rig(&r);
}

/* So many records that the set of their keys must grow when two tallies are merged. */
static void
crowd(eft_tally *t, char part)
{
    char id[] = "?000";

    id[0] = part;
    for (int i = 0; i < CROWD; i++) {
        id[1] = (char)('0' + i / 100);
        id[2] = (char)('0' + i / 10 % 10);
        id[3] = (char)('0' + i % 10);
        eft_reflection r = {.struct_size = sizeof(r), .id = {id, 4}};
        assert_int_equal(eft_tally_add(t, &r, NULL), EFT_OK);
    }
}

/* A merge that found no memory leaves two tallies that can be merged, or freed. */
static void
a_merge_that_found_no_memory_leaves_both_as_they_were(void **state)
{
    struct sink want = {0};
    struct rig r;
    bool hit = true;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    for (uint64_t n = 0; hit; n = n == 0 ? 1 : following(n)) {
        eft_tally *a = NULL, *b = NULL;
        assert_int_equal(fill_tally(r.plan, 0, &a, NULL), EFT_OK);
        assert_int_equal(fill_tally(r.plan, 1, &b, NULL), EFT_OK);
        crowd(a, 'a');
        crowd(b, 'b');
        arm(&r, n);
        eft_status st = eft_tally_merge(a, b, NULL);
        hit = n == 0 || r.f.failed;
        arm(&r, 0);
        if (st != EFT_OK && (st = eft_tally_merge(a, b, NULL)) != EFT_OK)
            fail_msg("after allocation %llu was refused merging again answers %s",
                     (unsigned long long)n, eft_status_name(st));
        crowd(a, 'b'); /* repeats, if the keys came over */
        assert_int_equal(eft_tally_count(a), 2 * (TEXTS + CROWD));
        struct sink got = state_of(a);
        if (n == 0)
            want = got;
        else if (got.size != want.size || memcmp(got.bytes, want.bytes, want.size) != 0)
            fail_msg("after allocation %llu was refused the merged state is another",
                     (unsigned long long)n);
        if (n != 0)
            free(got.bytes);
        eft_tally_free(b);
        eft_tally_free(a);
    }
    free(want.bytes);
    close_rig(&r);
}

/* ------------------------------------------------------------------- learning */

#define CODED 60
#define DENIED 120 /* texts, so that half of them are enough codes */

/* `hands`: two who coded, and who say that the theme is missing. */
static void
write_codes(const char *path, bool hands)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (int i = 0; i < (hands ? DENIED : CODED); i++)
        fprintf(f,
                "{\"id\":\"%d\",\"writer\":\"w%d\",%s\"themes\":[%s],\"text\":\"%s\"}\n",
                i, i % 12,
                !hands       ? ""
                : i % 4 == 0 ? "\"hand\":\"a\",\"negated\":[\"oro\"],"
                : i % 4 == 2 ? "\"hand\":\"b\",\"negated\":[\"oro\"],"
                : i % 4 == 1 ? "\"hand\":\"a\","
                             : "\"hand\":\"b\",",
                i % 2 == 0 ? "\"oro\"" : "\"vila\"",
                i % 2 == 0 ? "Jag k\xC3\xA4nde oro inf\xC3\xB6r m\xC3\xB6tet."
                           : "Vi vilade en stund i personalrummet.");
    assert_int_equal(fclose(f), 0);
}

static eft_status
sink_model(void *user, const void *bytes, size_t size)
{
    struct sink *s = user;

    s->bytes = malloc(size + 1);
    assert_non_null(s->bytes);
    memcpy(s->bytes, bytes, size);
    s->bytes[size] = '\0';
    s->size = size;
    return EFT_OK;
}

/* Train, read what came out, and count a text with it: what hands taught decides. */
static eft_status
learn_and_count(struct rig *r, const char *gold, bool hands, eft_error *err)
{
    struct sink model = {0};
    eft_model *m = NULL;
    eft_plan *plan = NULL;
    eft_tally *t = NULL;
    const eft_train_options train = {.struct_size = sizeof(train),
                                     .gold = gold,
                                     .flags = hands ? EFT_TRAIN_HANDS : 0,
                                     .folds = 2,
                                     .write = sink_model,
                                     .write_user = &model};
    eft_plan_options o = {.struct_size = sizeof(o),
                          .flags = dictionary == NULL ? EFT_PLAN_NO_DICTIONARY : 0,
                          .dictionary = dictionary};
    eft_status st = eft_train(r->ctx, &o, NULL, &train, err);

    if (st == EFT_OK)
        st = eft_model_read(r->ctx, (eft_text){(char *)model.bytes, model.size}, &m, err);
    if (st == EFT_OK && hands != (strstr((char *)model.bytes, "\"denial\"") != NULL))
        fail_msg("denial is learnt from hands, and from nothing else");
    o.model = hands ? NULL : m;
    o.weights = hands ? m : NULL;
    if (st == EFT_OK)
        st = eft_plan_new(r->ctx, &o, &plan, err);
    if (st == EFT_OK)
        st = eft_tally_new(plan, &t, err);
    for (size_t i = 0; i < TEXTS && st == EFT_OK; i++) {
        eft_reflection one = made_up(0, i);
        one.facets = NULL;
        st = eft_tally_add(t, &one, err);
    }
    eft_tally_free(t);
    eft_plan_unref(plan);
    eft_model_unref(m);
    free(model.bytes);
    return st;
}

/* Some hundred of all allocations, evenly: most of them are those of the plans. */
static void
learn_and_fail(bool hands)
{
    char path[] = "/tmp/eftertanke-codes-XXXXXX";
    int fd = mkstemp(path);
    uint64_t calls, refused = 0;
    struct rig r;

    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    write_codes(path, hands);
    open_rig(&r, 0);
    uint64_t held = r.f.held;
    arm(&r, 0);
    assert_int_equal(learn_and_count(&r, path, hands, NULL), EFT_OK);
    calls = r.f.calls;
    for (uint64_t n = 1; n <= calls; n += calls < 800 ? 1 : calls / 400) {
        eft_error err = {0};
        arm(&r, n);
        eft_status st = learn_and_count(&r, path, hands, &err);
        bool hit = r.f.failed;
        arm(&r, 0);
        if (st != (hit ? EFT_E_NOMEM : EFT_OK) || r.f.held != held || r.f.wrong_size)
            fail_msg("allocation %llu: %s, %lld bytes not given back",
                     (unsigned long long)n, eft_status_name(st),
                     (long long)(r.f.held - held));
        refused += hit;
    }
    assert_true(refused > 300);
    close_rig(&r);
    assert_int_equal(unlink(path), 0);
}

static void
a_model_is_learnt_and_used_or_not(void **state)
{
    (void)state;
    learn_and_fail(false);
}

static void
denial_is_learnt_and_decides_or_not(void **state)
{
    (void)state;
    learn_and_fail(true);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_context_is_made_or_not),
        cmocka_unit_test(a_plan_is_made_or_not),
        cmocka_unit_test(a_worker_answers_or_gives_back),
        cmocka_unit_test(a_tally_with_a_spool_counts_or_gives_back),
        cmocka_unit_test(a_merge_is_done_or_not),
        cmocka_unit_test(a_state_is_written_whole_or_not_at_all),
        cmocka_unit_test(a_state_is_read_or_not),
        cmocka_unit_test(results_are_released_or_not),
        cmocka_unit_test(a_reflection_that_found_no_memory_can_be_added_again),
        cmocka_unit_test(a_model_is_learnt_and_used_or_not),
        cmocka_unit_test(denial_is_learnt_and_decides_or_not),
        cmocka_unit_test(a_merge_that_found_no_memory_leaves_both_as_they_were),
    };
    if (argc > 1 && argv[1][0] != '\0' && access(argv[1], R_OK) == 0)
        dictionary = argv[1];
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
