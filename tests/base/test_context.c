/*
 * test_context.c - engine/base/context.c
 */
#include "base/context.h"
#include "support/failing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static eft_status
answer(void *user)
{
    return *(eft_status *)user;
}

static void
a_context_uses_the_allocator_it_was_given(void **state)
{
    struct failing f;
    eft_context *ctx;

    (void)state;
    eft_allocator mem = failing_at(&f, 0);
    assert_int_equal(eft_context_new(&mem, &ctx, NULL), EFT_OK);
    mem = (eft_allocator){0}; /* it was copied */
    void *p = efti_alloc(efti_context_allocator(ctx), 10);
    assert_non_null(p);
    efti_release(efti_context_allocator(ctx), p, 10);
    eft_context_free(ctx);
    assert_int_equal(f.held, 0);
    eft_context_free(NULL);
}

static void
no_memory_leaves_no_context(void **state)
{
    struct failing f;
    eft_context *ctx = (eft_context *)&f;
    const eft_allocator mem = failing_at(&f, 1);
    eft_error err;

    (void)state;
    assert_int_equal(eft_context_new(&mem, &ctx, &err), EFT_E_NOMEM);
    assert_null(ctx);
    assert_int_equal(err.status, EFT_E_NOMEM);
}

static void
the_cancel_callback_decides(void **state)
{
    eft_context *ctx;
    eft_status says = EFT_OK;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &ctx, NULL), EFT_OK);
    assert_int_equal(efti_context_cancelled(ctx), EFT_OK);
    eft_context_on_cancel(ctx, answer, &says);
    assert_int_equal(efti_context_cancelled(ctx), EFT_OK);
    says = EFT_E_CANCELLED;
    assert_int_equal(efti_context_cancelled(ctx), EFT_E_CANCELLED);
    says = EFT_STOP;
    assert_int_equal(efti_context_cancelled(ctx), EFT_E_CANCELLED);
    eft_context_on_cancel(ctx, NULL, NULL);
    assert_int_equal(efti_context_cancelled(ctx), EFT_OK);
    eft_context_free(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_context_uses_the_allocator_it_was_given),
        cmocka_unit_test(no_memory_leaves_no_context),
        cmocka_unit_test(the_cancel_callback_decides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
