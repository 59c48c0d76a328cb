/*
 * plan_tool.h - a context and a plan with a spool, for the test programs that use the
 * public calls. The dictionary comes as the first argument, if there is one.
 */
#ifndef EFTI_TESTS_PLAN_TOOL_H
#define EFTI_TESTS_PLAN_TOOL_H

#include <eftertanke.h>

#include <unistd.h>

#define BARE(s)                                                                          \
    {                                                                                    \
        s, sizeof(s) - 1                                                                 \
    }
#define TEXT(s) ((eft_text)BARE(s))
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static const char *dictionary; /* NULL: none */
static eft_context *ctx;
static eft_plan *plan;

static inline void
plan_tool_arguments(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] != '\0' && access(argv[1], R_OK) == 0)
        dictionary = argv[1];
}

static inline eft_plan_options
plan_options(uint32_t flags)
{
    return (eft_plan_options){
        .struct_size = sizeof(eft_plan_options),
        .flags = flags | (dictionary == NULL ? (uint32_t)EFT_PLAN_NO_DICTIONARY : 0),
        .dictionary = dictionary,
    };
}

static inline int
plan_set_up(void **state)
{
    eft_plan_options o = plan_options(EFT_PLAN_SPOOL);

    (void)state;
    return eft_context_new(NULL, &ctx, NULL) != EFT_OK ||
           eft_plan_new(ctx, &o, &plan, NULL) != EFT_OK;
}

static inline int
plan_tear_down(void **state)
{
    (void)state;
    eft_plan_unref(plan);
    eft_context_free(ctx);
    return 0;
}

#endif
