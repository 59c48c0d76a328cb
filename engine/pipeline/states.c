/*
 * states.c - inputs that are states: told apart by their first bytes, loaded and merged
 *
 * A state and a text are never mixed: a text says nothing of the settings that the state
 * was made with, and counting it under others would make sums of unlike things.
 */
#include "pipeline/pipeline.h"
#include "tally/sealed.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATE_MAGIC "EFTSTATE"

enum { INPUT_STATE, INPUT_SEALED, INPUT_TEXT, INPUT_UNREADABLE };

/* Looks into ordinary files only: what is read from a pipe is gone. */
static int
kind_of_input(const char *path)
{
    char magic[sizeof(STATE_MAGIC) - 1];
    struct stat st;

    if (strcmp(path, "-") == 0)
        return INPUT_TEXT;
    if (stat(path, &st) != 0)
        return INPUT_UNREADABLE;
    if (!S_ISREG(st.st_mode))
        return INPUT_TEXT;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return INPUT_UNREADABLE;
    ssize_t n = read(fd, magic, sizeof(magic));
    (void)close(fd);
    if (n != (ssize_t)sizeof(magic))
        return INPUT_TEXT;
    return memcmp(magic, STATE_MAGIC, sizeof(magic)) == 0         ? INPUT_STATE
           : memcmp(magic, EFTI_SEALED_MAGIC, sizeof(magic)) == 0 ? INPUT_SEALED
                                                                  : INPUT_TEXT;
}

static uint32_t
argument_of(const eft_input_options *input, size_t i)
{
    return input->arguments == NULL ? (uint32_t)i + 1 : input->arguments[i];
}

/* All inputs are sealed states, or none is. */
eft_status
efti_are_sealed(const eft_input_options *input, bool *sealed, eft_error *err)
{
    size_t count = 0, other = 0;

    for (size_t i = input->path_count; i > 0; i--) {
        bool is = kind_of_input(input->paths[i - 1]) == INPUT_SEALED;
        count += is;
        other = is ? other : i;
    }
    *sealed = count > 0 && count == input->path_count;
    if (count == 0 || *sealed)
        return EFT_OK;
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     "input-%zu (argument %u) is no sealed state, and others are: they "
                     "add up with sealed states alone",
                     other, argument_of(input, other - 1));
}

eft_status
efti_are_states(const eft_input_options *input, bool *states, eft_error *err)
{
    size_t count = 0, other = 0;
    int kind = INPUT_STATE;

    for (size_t i = input->path_count; i > 0; i--) {
        int k = kind_of_input(input->paths[i - 1]);
        count += k == INPUT_STATE;
        if (k != INPUT_STATE) {
            other = i; /* the first one in the end */
            kind = k;
        }
    }
    *states = count == input->path_count;
    if (*states ||
        (count == 0 && kind != INPUT_SEALED && (input->flags & EFT_INPUT_STATES) == 0))
        return EFT_OK;
    if (kind == INPUT_SEALED)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "input-%zu (argument %u) is a sealed state: here only working "
                         "states go",
                         other, argument_of(input, other - 1));
    if (kind == INPUT_UNREADABLE)
        return efti_fail(
            err, EFT_E_IO, EFT_NO_OFFSET,
            "input-%zu (argument %u) cannot be read: check how it is spelled and "
            "its permissions",
            other, argument_of(input, other - 1));
    return efti_fail(
        err, EFT_E_CONFLICT, EFT_NO_OFFSET,
        "input-%zu (argument %u) is no state, and states and texts cannot be "
        "mixed: run tally on texts first",
        other, argument_of(input, other - 1));
}

/* What was asked for and is otherwise in the state: it cannot be counted again. Settings
 * left at their defaults ask for nothing. */
static const char *
asked_otherwise(const eft_plan_options *plan, const eft_input_options *input,
                const struct efti_tally_settings *has)
{
    bool scale = plan->feeling_low < 0 || plan->feeling_low > 0 ||
                 plan->feeling_high < 0 || plan->feeling_high > 0;

    if (plan->window != 0 && plan->window != efti_settings_window(has))
        return "window";
    if (scale &&
        (plan->feeling_low < has->feeling_low || plan->feeling_low > has->feeling_low ||
         plan->feeling_high < has->feeling_high ||
         plan->feeling_high > has->feeling_high))
        return "scale of feelings";
    for (size_t i = 0; i < input->map_count; i++) {
        const char *name = input->maps[i].facet;
        uint32_t k = 0;

        while (name != NULL && k < has->facet_count &&
               !efti_equal(has->facet_names[k].bytes, has->facet_names[k].size, name,
                           strlen(name)))
            k++;
        if (name != NULL && k == has->facet_count)
            return "facet";
    }
    return NULL;
}

/* How a line of fingerprints begins that these options ask for something by. */
static bool
is_asked_line(const eft_plan_options *plan, eft_text line)
{
    const struct {
        const char *name;
        bool asked;
    } lines[] = {
        {"lexicon ", plan->lexicon_count > 0},
        {"terms ", plan->terms != EFT_TERMS_BASE},
        {"compounds ", plan->compounds != EFT_COMPOUNDS_WHOLE},
        {"model ", plan->model != NULL},
        /* who asks for these means to take somebody out: never in vain */
        {"allow ", plan->allow_count > 0 || plan->allow_span_count > 0},
        {"deny ", plan->deny_count > 0},
        {"roster ", plan->roster_count > 0},
        {"units ", plan->unit_count > 0},
        {"categories ", plan->category_off_count > 0},
        {"veil ", (plan->flags & EFT_PLAN_ACCEPT_LANGUAGE) != 0},
        {"decide ", plan->decide != EFT_DECIDE_DEFAULT || plan->weights != NULL},
    };

    for (size_t i = 0; i < EFTI_COUNT(lines); i++) {
        size_t size = strlen(lines[i].name);
        if (lines[i].asked && line.size > size &&
            memcmp(line.bytes, lines[i].name, size) == 0)
            return true;
    }
    return false;
}

/* What counted these texts. A plan as it is asked for says what would be in the state. */
static eft_status
check_counting(eft_context *ctx, const eft_plan_options *asked, const eft_tally *t,
               eft_error *err)
{
    const eft_text has = efti_tally_frozen(t->counts)->settings.fingerprints;
    eft_plan *plan = NULL;
    bool good = true;

    if ((asked->flags & EFT_PLAN_ACCEPT_LANGUAGE) == 0 && asked->allow_count == 0 &&
        asked->allow_span_count == 0 && asked->deny_count == 0 &&
        asked->roster_count == 0 && asked->unit_count == 0 &&
        asked->category_off_count == 0 && asked->lexicon_count == 0 &&
        asked->terms == EFT_TERMS_BASE && asked->compounds == EFT_COMPOUNDS_WHOLE &&
        asked->model == NULL && asked->decide == EFT_DECIDE_DEFAULT &&
        asked->weights == NULL)
        return EFT_OK;
    eft_status st = eft_plan_new(ctx, asked, &plan, err);
    if (st != EFT_OK)
        return st;
    eft_text lines = eft_plan_fingerprints(plan), here = lines, line;
    while (good && efti_take_line(&lines, &line))
        good = !is_asked_line(asked, line) || efti_has_line(has, line);
    lines = has;
    while (good && efti_take_line(&lines, &line)) /* and no lexicon besides */
        good = !is_asked_line(asked, line) || efti_has_line(here, line);
    eft_plan_unref(plan);
    return good ? EFT_OK
                : efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                            "the state was made with other lexicons, terms, compounds, "
                            "model, weights, own lists or languages: leave those "
                            "options out, or tally the texts again with them");
}

static eft_status
check_asked(const eft_plan_options *plan, const eft_input_options *input,
            const eft_tally *t, eft_error *err)
{
    const char *what =
        asked_otherwise(plan, input, &efti_tally_frozen(t->counts)->settings);

    return what == NULL
               ? EFT_OK
               : efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                           "the state was made with another %s: leave that option out, "
                           "or tally the texts again with it",
                           what);
}

eft_status
efti_merge_states(eft_context *ctx, const eft_plan_options *plan,
                  const eft_input_options *input, eft_tally **out, eft_run_counts *counts,
                  eft_error *err)
{
    eft_tally *all = NULL;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < input->path_count && st == EFT_OK; i++) {
        eft_tally *one = NULL;
        eft_error inner = {0};
        st = eft_load_state(ctx, plan, input->paths[i], &one, &inner);
        if (st == EFT_OK)
            st = check_asked(plan, input, one, &inner);
        if (st == EFT_OK && i == 0) /* the others are as the first */
            st = check_counting(ctx, plan, one, &inner);
        if (st == EFT_OK && all != NULL)
            st = eft_tally_merge(all, one, &inner);
        if (st != EFT_OK)
            (void)efti_fail(err, st, inner.offset, "input-%zu (argument %u): %s", i + 1,
                            argument_of(input, i), inner.message);
        if (all == NULL)
            all = one;
        else
            eft_tally_free(one);
    }
    if (st == EFT_OK && all == NULL)
        st = efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no input was named");
    if (st != EFT_OK) {
        eft_tally_free(all);
        return st;
    }
    counts->counted = all->counted;
    counts->writer_column = all->plan->settings.writer_column;
    counts->dictionary = eft_plan_has_dictionary(all->plan);
    *out = all;
    return EFT_OK;
}
