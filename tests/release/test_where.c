/* Filters beside the other tables of a release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "corpus.h"
#include "support/failing.h"

enum { K = 3, WRITERS = 24, TEXTS = 4 };

/* "a": writers of an even number; "b": the same and writer 1; "c": writers below 12. */
static eft_status
mask_of(void *user, const struct efti_frozen *f, eft_text filter, uint8_t *mask,
        eft_error *err)
{
    (void)user;
    (void)err;
    for (uint32_t i = 0; i < f->record_count; i++) {
        uint32_t w = (uint32_t)f->records[i].votes;
        mask[i] = filter.bytes[0] == 'c'
                      ? w < 12
                      : w % 2 == 0 || (filter.bytes[0] == 'b' && w == 1);
    }
    return EFT_OK;
}

static struct efti_tally *
made(void)
{
    static struct said said[WRITERS * TEXTS];
    uint64_t seed = 9;

    for (uint32_t i = 0; i < WRITERS * TEXTS; i++)
        said[i] = (struct said){.writer = i / TEXTS,
                                .unit = i / TEXTS % 3 == 0 ? 'A' : 'B',
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

    for (size_t i = 0; i < count; i++)
        where[i] = (eft_text){names[i], 1};
    o.where = where;
    o.where_count = count;
    o.where_mask = mask_of;
    return efti_release_tables(mem, efti_tally_frozen(t), &o, NULL, out, NULL);
}

static void
a_filter_that_differs_by_one_writer_is_not_told(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    struct efti_tally *t = made();
    struct eft_results *r;

    (void)state;
    assert_int_equal(release_where(&efti_malloc, t, names, 3, &r), EFT_OK);
    const eft_table *w = find(r, "themes_where");
    assert_int_equal(number_at(w, row_of(w, "filter", "a", "theme", "th0"), "shown"), 1);
    assert_int_equal(number_at(w, row_of(w, "filter", "b", "theme", "th0"), "shown"), 0);
    assert_int_equal(number_at(w, row_of(w, "filter", "b", "theme", "th0"), "of"), -1);
    assert_int_equal(number_at(w, row_of(w, "filter", "c", "theme", "th0"), "shown"), 1);
    eft_results_free(r);
    efti_tally_free(t);
}

static void
a_failing_allocator_leaves_nothing_behind(void **state)
{
    static const char *const names[] = {"a", "c"};
    struct efti_tally *t = made();
    struct failing f;

    (void)state;
    for (uint64_t n = 1;; n++) {
        eft_allocator mem = failing_at(&f, n);
        struct eft_results *r;
        eft_status st = release_where(&mem, t, names, 2, &r);
        assert_int_equal(st, f.failed ? EFT_E_NOMEM : EFT_OK);
        assert_true((r == NULL) == f.failed);
        eft_results_free(r);
        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        if (!f.failed)
            break;
    }
    efti_tally_free(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_filter_that_differs_by_one_writer_is_not_told),
        cmocka_unit_test(a_failing_allocator_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
