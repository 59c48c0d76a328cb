/*
 * context.c - the allocator, the cancel callback, the version
 *
 * A context owns nothing but itself. Objects made from it copy the allocator, so that a
 * garbage collector may free context and objects in any order.
 *
 * The random source is opened here (sodium_init is safe to call again, from any thread):
 * keys of private tables and spools come from it later without a way to fail.
 */
#include "base/context.h"

#include <sodium.h>

struct eft_context {
    eft_allocator allocator;
    eft_cancel_fn cancel;
    void *user;
};

eft_status
eft_context_new(const eft_allocator *allocator, eft_context **out, eft_error *err)
{
    const eft_allocator *mem = allocator == NULL ? &efti_malloc : allocator;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (mem->alloc == NULL || mem->resize == NULL || mem->release == NULL)
        return efti_left_out(err);
    if (sodium_init() < 0)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "the random source of the system cannot be opened");
    eft_context *ctx = efti_zalloc(mem, 1, sizeof(*ctx));
    if (ctx == NULL)
        return efti_no_memory(err, "a context");
    ctx->allocator = *mem;
    *out = ctx;
    return EFT_OK;
}

void
eft_context_free(eft_context *ctx)
{
    if (ctx == NULL)
        return;
    const eft_allocator mem = ctx->allocator;
    efti_release(&mem, ctx, sizeof(*ctx));
}

void
eft_context_on_cancel(eft_context *ctx, eft_cancel_fn fn, void *user)
{
    if (ctx == NULL)
        return;
    ctx->cancel = fn;
    ctx->user = user;
}

const char *
eft_version(void)
{
    return EFTI_VERSION;
}

const eft_allocator *
efti_context_allocator(const eft_context *ctx)
{
    return ctx == NULL ? NULL : &ctx->allocator;
}

eft_status
efti_context_cancelled(const eft_context *ctx)
{
    eft_status st = ctx->cancel == NULL ? EFT_OK : ctx->cancel(ctx->user);

    /* "Stop early" from here cannot mean a whole result, so it is an error too. */
    return st == EFT_STOP || st == EFT_END ? EFT_E_CANCELLED : st;
}
