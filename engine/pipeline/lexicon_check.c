/*
 * lexicon_check.c - the public face of checking a lexicon (the work is done in match/)
 */
#include "pipeline/pipeline.h"

#include <stdio.h>

struct check_call {
    eft_notice_fn fn;
    void *user;
    eft_status answer;
};

/* "repeated, see line 12: take one of them out". Never the words: a lexicon of somebody's
 * own can hold a name. */
static eft_status
one_notice(void *user, const struct efti_check_note *note)
{
    struct check_call *call = user;
    char text[200];

    if (note->other_line > 0)
        (void)snprintf(text, sizeof(text), "%s, see line %u: %s",
                       efti_check_name(note->kind), note->other_line, note->hint);
    else
        (void)snprintf(text, sizeof(text), "%s: %s", efti_check_name(note->kind),
                       note->hint);
    call->answer = call->fn(call->user, note->line, text);
    return call->answer;
}

eft_status
eft_lexicon_check(eft_context *ctx, eft_lexicon *lexicon, const eft_plan_options *opts,
                  eft_notice_fn fn, void *user, eft_error *err)
{
    struct check_call call = {.fn = fn, .user = user};
    eft_plan *plan;

    if (ctx == NULL || lexicon == NULL || fn == NULL)
        return efti_left_out(err);
    eft_status st = eft_plan_new(ctx, opts, &plan, err);
    if (st != EFT_OK)
        return st;
    st = efti_matcher_check(&plan->allocator, lexicon, plan->lists, plan->dictionary,
                            one_notice, &call, err);
    eft_plan_unref(plan);
    if (call.answer != EFT_OK)
        return efti_callback_answer(call.answer, "the receiver of the notices", err);
    return st;
}
