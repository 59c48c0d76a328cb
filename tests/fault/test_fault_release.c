/*
 * test_fault_release.c - what is made of a tally, with an allocator that says no once
 *
 * As test_fault.c, for the calls after counting: quotes and what they stand for, counts
 * that are perturbed, seals, withdrawals, and the two that look at finished folders.
 */
#include "support/failing.h"
#include "support/scratch.h"

#include <eftertanke.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DENSE 1500
#define STRIDE 25 /* after that n grows by n / STRIDE */
#define WRITERS 16
#define TEXT(s) ((eft_text){s, sizeof(s) - 1})

struct rig {
    struct failing f;
    eft_allocator mem;
    eft_context *ctx;
    eft_plan *plan;
    struct scratch folder;
};

static const char *dictionary; /* NULL: none */

static void
arm(struct rig *r, uint64_t n)
{
    r->f.calls = 0;
    r->f.fail_at = n;
    r->f.failed = false;
}

static void
open_rig(struct rig *r, uint32_t flags)
{
    memset(r, 0, sizeof(*r));
    r->mem = failing_at(&r->f, 0);
    assert_true(scratch_open(&r->folder));
    assert_int_equal(eft_context_new(&r->mem, &r->ctx, NULL), EFT_OK);
    eft_plan_options o = {
        .struct_size = sizeof(o),
        .flags = flags | (dictionary == NULL ? (uint32_t)EFT_PLAN_NO_DICTIONARY : 0),
        .dictionary = dictionary,
        .decide = EFT_DECIDE_NONE}; /* two themes by the entries of made-up sentences */
    assert_int_equal(eft_plan_new(r->ctx, &o, &r->plan, NULL), EFT_OK);
}

static void
close_rig(struct rig *r)
{
    eft_plan_unref(r->plan);
    eft_context_free(r->ctx);
    scratch_close(&r->folder);
    assert_int_equal(r->f.held, 0);
    assert_false(r->f.wrong_size);
}

/* Sixteen writers in two units, with two themes that attract each other. */
static eft_tally *
filled(struct rig *r)
{
    static const char *const units[] = {"Barn och familj", "Vuxen"};
    char id[8], writer[8];
    eft_tally *t = NULL;

    assert_int_equal(eft_tally_new(r->plan, &t, NULL), EFT_OK);
    for (int i = 0; i < 2 * WRITERS; i++) {
        (void)snprintf(id, sizeof(id), "%d", i);
        (void)snprintf(writer, sizeof(writer), "w%d", i % WRITERS);
        const char *unit = units[i % 2];
        eft_reflection one = {
            .struct_size = sizeof(one),
            .id = {id, strlen(id)},
            .writer = {writer, strlen(writer)},
            .unit = {unit, strlen(unit)},
            .assignment = TEXT("Samtal"),
            .text = i < 12   ? TEXT("Jag blev orolig n\xC3\xA4r v\xC3\xA5r chef slutade.")
                    : i < 17 ? TEXT("Jag blev orolig n\xC3\xA4r bussen aldrig kom.")
                    : i < 22
                        ? TEXT("Min chef pratade l\xC3\xA4nge om den nya g\xC3\xA5rden.")
                        : TEXT("Vi planerade dagen i lugn och ro."),
            .day = 20000 + i,
            .has_feeling = 1,
            .feeling = 1 + i % 5};
        assert_int_equal(eft_tally_add(t, &one, NULL), EFT_OK);
    }
    return t;
}

/* A step prepares unarmed, arms, does its calls, and frees. */
typedef eft_status (*step_fn)(struct rig *r, uint64_t n, eft_error *err, bool *empty);

static void
refuse_each(struct rig *r, step_fn step, const char *name)
{
    uint64_t held = r->f.held, refused = 0;

    for (uint64_t n = 1;; n = n < DENSE ? n + 1 : n + n / STRIDE) {
        eft_error err = {0};
        bool empty = true;
        arm(r, 0);
        eft_status st = step(r, n, &err, &empty);
        bool hit = r->f.failed;
        arm(r, 0);
        if (r->f.held != held || r->f.wrong_size || !empty ||
            st != (hit ? EFT_E_NOMEM : EFT_OK))
            fail_msg("%s, allocation %llu: %s, %lld bytes not given back, outputs %s",
                     name, (unsigned long long)n, eft_status_name(st),
                     (long long)(r->f.held - held), empty ? "empty" : "not empty");
        if (!hit)
            break;
        refused++;
    }
    assert_true(refused > 0);
    print_message("# %s: %llu allocations refused\n", name, (unsigned long long)refused);
}

static eft_status
release_once(struct rig *r, uint64_t n, eft_release_options *o, const char *table,
             eft_error *err, bool *empty)
{
    eft_tally *t = filled(r);
    eft_results *results = (eft_results *)r;

    o->struct_size = sizeof(*o);
    o->k = 3;
    arm(r, n);
    eft_status st = eft_tally_release(t, o, &results, err);
    *empty = st == EFT_OK || results == NULL;
    if (st == EFT_OK && dictionary != NULL)
        assert_true(eft_table_rows(eft_results_find(results, table)) > 0);
    eft_results_free(results);
    eft_tally_free(t);
    return st;
}

static eft_status
step_quotes(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    eft_release_options o = {.flags = EFT_RELEASE_QUOTES_AUTO};

    return release_once(r, n, &o, "representatives", err, empty);
}

static void
quotes_are_released_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, EFT_PLAN_SPOOL);
    refuse_each(&r, step_quotes, "quotes");
    close_rig(&r);
}

static eft_status
step_protect(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    char log[128];
    eft_release_options o = {
        .log = log, .protect = EFT_PROTECT_ROUND, .protect_amount = 5};

    (void)snprintf(log, sizeof(log), "%s/log%llu", r->folder.folder,
                   (unsigned long long)n);
    return release_once(r, n, &o, "counts", err, empty);
}

static void
counts_are_perturbed_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_protect, "protect");
    close_rig(&r);
}

static eft_status
step_withdraw(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    const eft_text people[] = {TEXT("w3"), TEXT("nobody")};
    eft_tally *t = filled(r);
    uint64_t gone = 0;
    size_t unknown = 0;

    arm(r, n);
    eft_status st = eft_tally_withdraw(t, people, 2, &gone, &unknown, err);
    *empty = st == EFT_OK ? gone == 2 && unknown == 1 : eft_tally_count(t) == 2 * WRITERS;
    eft_tally_free(t);
    return st;
}

static void
a_writer_is_withdrawn_or_all_stays(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_withdraw, "withdraw");
    close_rig(&r);
}

static eft_status
step_seal(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    eft_release_options o = {.struct_size = sizeof(o), .k = 3};
    eft_sealed *sealed = NULL, *other = NULL;
    eft_results *results = NULL, *all = NULL;
    eft_tally *t = filled(r);

    assert_int_equal(eft_tally_release(t, &o, &results, NULL), EFT_OK);
    arm(r, n);
    eft_status st = eft_results_seal(t, results, TEXT("Norr"), &sealed, err);
    *empty = st == EFT_OK || sealed == NULL;
    if (st == EFT_OK &&
        (st = eft_results_seal(t, results, TEXT("Syd"), &other, err)) != 0)
        *empty = other == NULL;
    if (st == EFT_OK && (st = eft_sealed_merge(sealed, other, err)) != EFT_OK)
        *empty = eft_sealed_count(sealed) == 1;
    if (st == EFT_OK &&
        (st = eft_sealed_release(r->ctx, sealed, EFT_SEALED_DISJOINT, &all, err)) != 0)
        *empty = all == NULL;
    eft_results_free(all);
    eft_results_free(results);
    eft_sealed_free(other);
    eft_sealed_free(sealed);
    eft_tally_free(t);
    return st;
}

static void
parties_are_sealed_and_added_up_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    refuse_each(&r, step_seal, "seal");
    close_rig(&r);
}

/* Two finished folders, made once. */
static void
make_folders(struct rig *r)
{
    eft_release_options o = {.struct_size = sizeof(o), .k = 3};
    eft_results *results = NULL;
    eft_tally *t = filled(r);

    assert_int_equal(eft_tally_release(t, &o, &results, NULL), EFT_OK);
    for (int i = 0; i < 2; i++) {
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/%d", r->folder.folder, i);
        eft_save_options save = {
            .struct_size = sizeof(save), .folder = path, .flags = EFT_SAVE_NO_REPORT};
        assert_int_equal(eft_save_results(r->ctx, t, results, &save, NULL), EFT_OK);
    }
    eft_results_free(results);
    eft_tally_free(t);
}

static eft_status
step_verify(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    uint64_t found = 0;

    arm(r, n);
    eft_status st =
        eft_verify_folder(r->ctx, scratch_path(&r->folder, "0"), NULL, NULL, &found, err);
    *empty = found == 0; /* short of memory is no difference */
    return st;
}

static eft_status
keep_page(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return EFT_OK;
}

static eft_status
step_report(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    size_t size = 0;

    arm(r, n);
    eft_status st = eft_report_folder(r->ctx, scratch_path(&r->folder, "0"), NULL,
                                      keep_page, &size, err);
    *empty = (size > 0) == (st == EFT_OK);
    return st;
}

static eft_status
step_merge_results(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    char one[128], two[128], all[128];
    const eft_run_folder runs[] = {{"ett", one}, {"tva", two}};

    (void)snprintf(one, sizeof(one), "%s/0", r->folder.folder);
    (void)snprintf(two, sizeof(two), "%s/1", r->folder.folder);
    (void)snprintf(all, sizeof(all), "%s/all.sqlite", r->folder.folder);
    arm(r, n);
    eft_status st = eft_merge_results(r->ctx, runs, 2, all, err);
    *empty = (access(all, F_OK) == 0) == (st == EFT_OK);
    (void)remove(all);
    return st;
}

static void
finished_folders_are_looked_at_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, 0);
    make_folders(&r);
    refuse_each(&r, step_verify, "verify");
    refuse_each(&r, step_merge_results, "merge-results");
    refuse_each(&r, step_report, "report");
    close_rig(&r);
}

static eft_status
count_lines(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size > 0;
    return EFT_OK;
}

/* Add, release, save with hits and texts, trace: the folder is whole or is not there. */
static eft_status
step_keep_hits(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    const eft_text where[] = {TEXT("theme=oro")};
    eft_release_options o = {.struct_size = sizeof(o), .k = 3};
    eft_results *results = NULL;
    size_t lines = 0;
    char path[128];
    const eft_trace_options trace = {.struct_size = sizeof(trace),
                                     .flags = EFT_TRACE_VEILED,
                                     .table = "themes",
                                     .where = where,
                                     .where_count = 1};
    eft_save_options save = {.struct_size = sizeof(save),
                             .folder = path,
                             .flags =
                                 EFT_SAVE_NO_REPORT | EFT_SAVE_HITS | EFT_SAVE_VEILED};
    eft_tally *t = filled(r);

    (void)snprintf(path, sizeof(path), "%s/kept%llu", r->folder.folder,
                   (unsigned long long)n);
    assert_int_equal(eft_tally_release(t, &o, &results, NULL), EFT_OK);
    arm(r, n);
    eft_status st = eft_save_results(r->ctx, t, results, &save, err);
    *empty = (access(path, F_OK) == 0) == (st == EFT_OK);
    if (st == EFT_OK)
        st = eft_trace_folder(r->ctx, path, &trace, count_lines, &lines, err);
    *empty = *empty && (st != EFT_OK || lines == 17);
    eft_results_free(results);
    eft_tally_free(t);
    return st;
}

static eft_status
step_keep(struct rig *r, uint64_t n, eft_error *err, bool *empty)
{
    eft_tally *t = filled(r);
    eft_reflection one = {.struct_size = sizeof(one),
                          .id = TEXT("x"),
                          .writer = TEXT("w1"),
                          .unit = TEXT("Barn och familj"),
                          .text = TEXT("Jag m\xC3\xB6tte Anna Berg och blev orolig.")};

    arm(r, n);
    eft_status st = eft_tally_add(t, &one, err);
    *empty = eft_tally_count(t) == (st == EFT_OK ? 2 * WRITERS + 1 : 2 * WRITERS);
    eft_tally_free(t);
    return st;
}

static void
hits_are_kept_and_traced_or_not(void **state)
{
    struct rig r;

    (void)state;
    open_rig(&r, EFT_PLAN_KEEP_HITS);
    refuse_each(&r, step_keep, "keep-hits, adding");
    refuse_each(&r, step_keep_hits, "keep-hits, saving and tracing");
    close_rig(&r);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_released_or_not),
        cmocka_unit_test(counts_are_perturbed_or_not),
        cmocka_unit_test(a_writer_is_withdrawn_or_all_stays),
        cmocka_unit_test(parties_are_sealed_and_added_up_or_not),
        cmocka_unit_test(finished_folders_are_looked_at_or_not),
        cmocka_unit_test(hits_are_kept_and_traced_or_not),
    };
    if (argc > 1 && argv[1][0] != '\0' && access(argv[1], R_OK) == 0)
        dictionary = argv[1];
    return cmocka_run_group_tests_name("fault release", tests, NULL, NULL);
}
