/*
 * kwic.c - the theme of --kwic, before any work is done for it
 *
 * Lines of a theme that no lexicon has would be none at all, which looks like an answer.
 * A label in place of an id is the likely slip, so the nearest id is told.
 */
#include "options.h"

#include <string.h>

static void
suggest_theme(const char *said, const eft_lexicon *lexicon, char best[80], size_t *least)
{
    for (size_t i = 0; i < eft_lexicon_theme_count(lexicon); i++) {
        const eft_text id = eft_lexicon_theme_id(lexicon, i);
        char name[80];
        if (id.size >= sizeof(name))
            continue;
        memcpy(name, id.bytes, id.size);
        name[id.size] = '\0';
        size_t d = cli_distance(said, name);
        if (d < *least) {
            *least = d;
            memcpy(best, name, sizeof(name));
        }
    }
}

int
cli_kwic_check(eft_context *ctx, const struct cli *c, const struct cli_plan *plan)
{
    eft_lexicon *core = NULL;
    eft_error err = {0};
    char best[80] = "";
    size_t least = SIZE_MAX;

    if (c->kwic == NULL)
        return CLI_DONE;
    if (plan->options.lexicon_count == 0 && eft_lexicon_core(ctx, &core, &err) != EFT_OK)
        return cli_fail(&err);
    for (size_t i = 0; i < plan->options.lexicon_count; i++)
        suggest_theme(c->kwic, plan->options.lexicons[i], best, &least);
    if (core != NULL)
        suggest_theme(c->kwic, core, best, &least);
    eft_lexicon_unref(core);
    if (least == 0)
        return CLI_DONE;
    fprintf(stderr, "eftertanke: --kwic names no theme by its id");
    if (least < 4)
        fprintf(stderr, "; did you mean %s?", best);
    fprintf(stderr, " (eftertanke lexicon list shows the ids)\n");
    return CLI_USAGE;
}
