/* Filters beside the other tables of a release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "corpus.h"
#include "support/failing.h"

enum { K = 3, WRITERS = 24, TEXTS = 4 };

/* Writers of an even number; those below 12; units B and C below 12 and one writer of
 * unit A, so that few are in both A and it; unit B and one writer, so that few are in it
 * and not in B. */
static bool
meets(char filter, uint32_t w)
{
    switch (filter) {
    case 'a': return w % 2 == 0;
    case 'c': return w < 12;
    case 'b': return w == 0 || (w % 3 != 0 && w < 12);
    default: return w == 0 || w % 3 == 1;
    }
}

static eft_status
mask_of(void *user, const struct efti_frozen *f, eft_text filter, uint8_t *mask,
        eft_error *err)
{
    (void)user;
    (void)err;
    for (uint32_t i = 0; i < f->record_count; i++)
        mask[i] = meets(filter.bytes[0], (uint32_t)f->records[i].votes);
    return EFT_OK;
}

static struct efti_tally *
made(void)
{
    static struct said said[WRITERS * TEXTS];
    uint64_t seed = 9;

    for (uint32_t i = 0; i < WRITERS * TEXTS; i++)
        said[i] = (struct said){.writer = i / TEXTS,
                                .unit = "ABC"[i / TEXTS % 3],
                                .themes = corpus_random(&seed) % 4,
                                .votes = i / TEXTS};
    return corpus_tally(said, WRITERS * TEXTS);
}

static eft_status
release_where(const eft_allocator *mem, const struct efti_tally *t,
              const char *const *names, size_t count, struct eft_results **out)
{
    struct efti_release_options o = corpus_options(K);
    eft_text where[3];
    char log[] = "/tmp/eftertanke-where-XXXXXX";
    int fd = mkstemp(log);

    assert_true(fd >= 0);
    (void)close(fd);

    for (size_t i = 0; i < count; i++)
        where[i] = (eft_text){names[i], 1};
    o.where = where;
    o.where_count = count;
    o.where_mask = mask_of;
    o.log = log;
    eft_status st = efti_release_tables(mem, efti_tally_frozen(t), &o, NULL, out, NULL);
    (void)unlink(log);
    return st;
}

static void
a_filter_with_few_in_both_or_in_one_alone_is_not_told(void **state)
{
    static const char *const names[] = {"a", "b", "d"};
    struct efti_tally *t = made();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct eft_results *r;
        assert_int_equal(release_where(&efti_malloc, t, names + i, 1, &r), EFT_OK);
        const eft_table *w = find(r, "themes_where");
        size_t row = row_of(w, "filter", names[i], "theme", "th0");
        assert_int_equal(number_at(w, row, "shown"), i == 0);
        assert_true((number_at(w, row, "of") == -1) == (i > 0));
        eft_results_free(r);
    }
    efti_tally_free(t);
}

static void
one_filter_is_told_and_none_without_a_log(void **state)
{
    static const char *const names[] = {"a", "c"};
    struct efti_tally *t = made();
    struct efti_release_options o = corpus_options(K);
    const eft_text where = {"a", 1};
    struct eft_results *r;

    (void)state;
    assert_int_equal(release_where(&efti_malloc, t, names, 2, &r), EFT_E_CONFLICT);
    assert_null(r);
    o.where = &where;
    o.where_count = 1;
    o.where_mask = mask_of;
    assert_int_equal(
        efti_release_tables(&efti_malloc, efti_tally_frozen(t), &o, NULL, &r, NULL),
        EFT_E_REFUSED);
    assert_null(r);
    efti_tally_free(t);
}

static void
a_failing_allocator_leaves_nothing_behind(void **state)
{
    static const char *const names[] = {"a"};
    struct efti_tally *t = made();
    struct failing f;

    (void)state;
    for (uint64_t n = 1;; n++) {
        eft_allocator mem = failing_at(&f, n);
        struct eft_results *r;
        eft_status st = release_where(&mem, t, names, 1, &r);
        assert_true((r == NULL) == f.failed);
        eft_results_free(r);
        if (failing_got_through(&f, st))
            break;
    }
    efti_tally_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filter_with_few_in_both_or_in_one_alone_is_not_told),
        cmocka_unit_test(one_filter_is_told_and_none_without_a_log),
        cmocka_unit_test(a_failing_allocator_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
