/*
 * role_pairs.c - in context X, do Y to reach Z: pairs of themes in the order of their
 * roles
 *
 *     theme_pairs   ledning  samverkan        ->   context ledning   -> action samverkan
 *                   gladje   samverkan             action  samverkan -> effect gladje
 *
 * A lexicon says of a theme whether it is a context, an action or an effect (role="...").
 * The rows are those of theme_pairs that are shown, as they were released, turned so that
 * the earlier role comes first: nothing is told that theme_pairs does not tell.
 *
 * There is no row for all three themes at once. With the pairs beside it such a cell
 * would be one of a family of three conditions, and those are refused (rule 8.8): n(X,
 * Y, Z) gives away n(X, Y, not Z), n(X, not Y, not Z) and so on, down to single texts.
 * Two pairs that share their action are the chain that can be told; the view role_chains
 * joins them.
 */
#include "release/internal.h"

/* In the order of the rows. */
static const struct {
    const char *first, *second;
} steps[] = {{"context", "action"}, {"action", "effect"}, {"context", "effect"}};

struct role_pairs {
    const struct efti_release_options *o;
    const eft_table *from;
    struct eft_table *t;
};

static eft_text
role_of_theme(const struct role_pairs *x, eft_text theme)
{
    for (size_t i = 0; i < x->o->theme_name_count; i++) {
        const struct efti_theme_name *n = &x->o->theme_names[i];
        if (efti_equal(n->id.bytes, n->id.size, theme.bytes, theme.size))
            return n->role;
    }
    return (eft_text){"", 0};
}

static bool
is_role(eft_text role, const char *name)
{
    return efti_equal(role.bytes, role.size, name, strlen(name));
}

static size_t
column(const struct role_pairs *x, const char *name)
{
    return eft_table_column_find(x->from, name);
}

static void
copy_integer(struct role_pairs *x, size_t row, const char *to, const char *from)
{
    size_t at = column(x, from);

    if (!eft_table_missing(x->from, row, at))
        efti_table_set_integer(x->t, to, eft_table_integer(x->from, row, at));
}

static eft_status
put_role_pair(struct role_pairs *x, size_t row, size_t step, bool turned, eft_error *err)
{
    static const char *const as_they_are[] = {"npmi", "logdice", "g2"};
    eft_text a = eft_table_text(x->from, row, column(x, turned ? "theme_b" : "theme_a"));
    eft_text b = eft_table_text(x->from, row, column(x, turned ? "theme_a" : "theme_b"));
    const char *with_first = turned ? "c1" : "r1";
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "level", eft_table_text(x->from, row, column(x, "level")));
    efti_table_set_text(x->t, "role_a",
                        (eft_text){steps[step].first, strlen(steps[step].first)});
    efti_table_set_text(x->t, "theme_a", a);
    efti_table_set_text(x->t, "role_b",
                        (eft_text){steps[step].second, strlen(steps[step].second)});
    efti_table_set_text(x->t, "theme_b", b);
    copy_integer(x, row, "writers", "writers");
    copy_integer(x, row, "writers_min", "writers_min");
    copy_integer(x, row, "o11", "o11");
    copy_integer(x, row, "r1", with_first);
    copy_integer(x, row, "c1", turned ? "r1" : "c1");
    copy_integer(x, row, "n", "n");
    efti_table_set_real(
        x->t, "share",
        (double)eft_table_integer(x->from, row, column(x, "o11")) /
            (double)eft_table_integer(x->from, row, column(x, with_first)));
    for (size_t i = 0; i < EFTI_COUNT(as_they_are); i++) {
        size_t at = column(x, as_they_are[i]);
        if (!eft_table_missing(x->from, row, at))
            efti_table_set_real(x->t, as_they_are[i], eft_table_real(x->from, row, at));
    }
    if (!eft_table_missing(x->from, row, column(x, "as_of")))
        efti_table_set_text(x->t, "as_of",
                            eft_table_text(x->from, row, column(x, "as_of")));
    return EFT_OK;
}

static eft_status
step_rows(struct role_pairs *x, size_t step, eft_error *err)
{
    size_t shown = column(x, "shown"), first = column(x, "theme_a"),
           second = column(x, "theme_b");
    eft_status st = EFT_OK;

    for (size_t row = 0; row < eft_table_rows(x->from) && st == EFT_OK; row++) {
        eft_text a = role_of_theme(x, eft_table_text(x->from, row, first));
        eft_text b = role_of_theme(x, eft_table_text(x->from, row, second));
        bool straight = is_role(a, steps[step].first) && is_role(b, steps[step].second);
        bool turned = is_role(b, steps[step].first) && is_role(a, steps[step].second);
        if (!straight && !turned)
            continue;
        if (eft_table_integer(x->from, row, shown) == 0)
            efti_table_add_hidden(x->t, 1);
        else
            st = put_role_pair(x, row, step, turned, err);
    }
    return st;
}

eft_status
efti_release_role_pairs(struct eft_results *results,
                        const struct efti_release_options *options, eft_error *err)
{
    struct role_pairs x = {.o = options,
                           .from = eft_results_find(results, "theme_pairs")};
    bool any = false;
    eft_status st;

    for (size_t i = 0; i < options->theme_name_count; i++)
        any = any || options->theme_names[i].role.size > 0;
    if (!any || x.from == NULL)
        return EFT_OK;
    if ((st = efti_results_add(results, EFTI_TABLE_ROLE_PAIRS, NULL, &x.t, err)) !=
        EFT_OK)
        return st;
    for (size_t step = 0; step < EFTI_COUNT(steps) && st == EFT_OK; step++)
        st = step_rows(&x, step, err);
    return st == EFT_OK ? efti_table_done(x.t, err) : st;
}
