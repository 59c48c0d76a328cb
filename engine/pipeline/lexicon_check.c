/*
 * lexicon_check.c - the public face of checking a lexicon (the work is done in match/)
 */
#include "pipeline/pipeline.h"

struct check_call {
    eft_notice_fn fn;
    void *user;
};

static eft_status
one_notice(void *user, uint32_t line, const char *notice)
{
    struct check_call *call = user;

    return call->fn(call->user, line, notice);
}

eft_status
eft_lexicon_check(eft_context *ctx, eft_lexicon *lexicon, const eft_plan_options *opts,
                  eft_notice_fn fn, void *user, eft_error *err)
{
    struct check_call call = {fn, user};
    eft_plan *plan;
    eft_status st = eft_plan_new(ctx, opts, &plan, err);

    if (st != EFT_OK)
        return st;
    st = efti_matcher_check(&plan->allocator, lexicon, plan->lists, plan->dictionary,
                            one_notice, &call, err);
    eft_plan_unref(plan);
    return st;
}
