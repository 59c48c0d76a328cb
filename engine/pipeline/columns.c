/*
 * columns.c - the headers of an input, and the roles they are taken for
 */
#include "pipeline/pipeline.h"

#include "base/context.h"

struct column_call {
    eft_column_fn fn;
    void *user;
    eft_status answer;
};

static eft_status
one_column(void *user, uint32_t position, eft_text header, enum efti_role role)
{
    struct column_call *call = user;

    call->answer = call->fn(call->user, position, header,
                            role == EFTI_ROLE_NONE ? "-" : efti_role_name(role));
    return call->answer;
}

eft_status
eft_read_columns(eft_context *ctx, const eft_input_options *input, eft_column_fn fn,
                 void *user, eft_error *err)
{
    struct column_call call = {.fn = fn, .user = user};
    struct efti_mapping maps[EFTI_MAX_MAPS];
    struct efti_read_options o = {.mappings = maps};
    eft_input_options own;

    if (ctx == NULL || fn == NULL)
        return efti_left_out(err);
    eft_status st = efti_take_input(&own, input, err);
    if (st != EFT_OK)
        return st;
    if (own.path_count != 1)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "columns reads one file");
    if ((st = efti_take_maps(&own, maps, err)) != EFT_OK)
        return st;
    o.arguments = own.arguments;
    o.mapping_count = own.map_count;
    st = efti_read_columns(efti_context_allocator(ctx), own.paths[0], &o, one_column,
                           &call, err);
    return call.answer == EFT_OK
               ? st
               : efti_callback_answer(call.answer, "the receiver of the columns", err);
}
