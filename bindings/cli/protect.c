/*
 * protect.c - --protect and --privacy-budget: what stands in the place of hiding
 *
 * A wrong number is told with the numbers that would do: a budget is spent once, so
 * nobody should have to try.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

struct way {
    const char *word;
    uint32_t way;
    double least, most;
    bool whole;
    const char *range; /* in words */
};
static const struct way ways[] = {
    {"round", EFT_PROTECT_ROUND, 2, 1000, true,
     "--protect round:BASE rounds counts to multiples of BASE, a whole number from k to "
     "1000, as in round:10"},
    {"laplace", EFT_PROTECT_LAPLACE, 0.001, 10, false,
     "--protect laplace:EPSILON takes an epsilon from 0.001 to 10 with a decimal point, "
     "as in laplace:0.5; 0 would tell nothing"},
    {"gaussian", EFT_PROTECT_GAUSSIAN, 0.001, 10, false,
     "--protect gaussian:RHO takes a rho from 0.001 to 10 with a decimal point, as in "
     "gaussian:0.1; 0 would tell nothing"},
};

static int
wrong(const char *message)
{
    fprintf(stderr, "eftertanke: %s\n", message);
    return CLI_USAGE;
}

/* A plain number: no "inf", "nan" or "0x". */
static bool
read_number(const char *text, double *out)
{
    char *end;

    if (text[0] == '\0' || text[strspn(text, "0123456789.")] != '\0')
        return false;
    *out = strtod(text, &end);
    return *end == '\0';
}

static int
read_budget(const struct cli *c, eft_release_options *release)
{
    double budget;

    if (c->budget == NULL)
        return CLI_DONE;
    if (release->protect != EFT_PROTECT_LAPLACE &&
        release->protect != EFT_PROTECT_GAUSSIAN)
        return wrong("--privacy-budget goes with --protect laplace:EPSILON or "
                     "gaussian:RHO");
    if (!read_number(c->budget, &budget) || budget < 0.001 || budget > 1000)
        return wrong("--privacy-budget is a rho from 0.001 to 1000 with a decimal point, "
                     "for all draws of the log together; 0.5 unless it is said");
    release->privacy_budget = (uint32_t)(budget * 1000 + 0.5);
    return CLI_DONE;
}

int
cli_protection(const struct cli *c, eft_release_options *release)
{
    if (c->protect == NULL)
        return read_budget(c, release);
    if (strcmp(c->protect, "noise") == 0) {
        release->protect = EFT_PROTECT_NOISE;
        if (c->key == NULL)
            return wrong(
                "--protect noise needs --key FILE: the noise of a cell is looked "
                "up with it");
        return read_budget(c, release);
    }
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        const struct way *w = &ways[i];
        size_t n = strlen(w->word);
        double amount;
        if (strncmp(c->protect, w->word, n) != 0 ||
            (c->protect[n] != '\0' && c->protect[n] != ':'))
            continue;
        if (c->protect[n] == '\0' || !read_number(c->protect + n + 1, &amount) ||
            amount < w->least || amount > w->most ||
            (w->whole && (double)(uint32_t)amount < amount))
            return wrong(w->range);
        release->protect = w->way;
        release->protect_amount = (uint32_t)(w->whole ? amount : amount * 1000 + 0.5);
        return read_budget(c, release);
    }
    return wrong("--protect is round:10, noise, laplace:0.5 or gaussian:0.1");
}
