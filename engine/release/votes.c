/*
 * votes.c - what the others found important: votes on notes, by theme
 *
 * In workshops the notes are put on a wall and everybody gets some votes, often five. A
 * vote is no writer: k counts who wrote the notes, as everywhere, and reflections stay
 * counts of notes. What is summed here is who wrote the notes that got the votes, so for
 * the gate a writer holds the votes on the own notes:
 *
 *     cell    votes on notes with the theme (affirmed or negated), by writer of the note
 *     rest    votes on all other notes
 *
 * A row is shown if cell and rest pass (rule 8.6), and the row of the theme in `themes`
 * is shown too. Themes overlap, so no further row has to be hidden for their sake. The
 * first row, without a theme, is all notes. A note without votes counts as a note.
 */
#include "release/internal.h"

struct vote_table {
    struct release_job *j;
    struct eft_table *t;
    struct release_sets sets; /* per theme, then all */
};

static bool
has_theme(const struct efti_record_view *r, uint32_t i)
{
    const struct efti_theme_count *t = &r->themes[i];
    bool first = t->polarity != EFTI_UNCERTAIN && t->hits > 0;

    for (uint32_t k = 0; k < i && first; k++)
        first = r->themes[k].theme != t->theme || r->themes[k].hits == 0 ||
                r->themes[k].polarity == EFTI_UNCERTAIN;
    return first;
}

static void
vote_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    const struct vote_table *x = user;

    if (r->votes <= 0)
        return;
    uint32_t votes = r->votes > UINT32_MAX ? UINT32_MAX : (uint32_t)r->votes;
    efti_builder_add(b, x->j->f->theme_count, votes);
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (has_theme(r, i))
            efti_builder_add(b, r->themes[i].theme, votes);
    }
}

static void
vote_values(struct vote_table *x, const struct efti_cell *notes,
            const struct efti_cell *votes, bool exact, uint64_t of)
{
    efti_row_cell(x->j, x->t, notes, exact);
    efti_table_set_integer(x->t, "votes", (int64_t)votes->count);
    efti_row_share(x->t, "vote_share", votes->count, of);
    efti_table_set_real(x->t, "votes_per_note",
                        (double)votes->count / (double)notes->count);
}

static eft_status
all_row(struct vote_table *x, struct efti_cell all, eft_error *err)
{
    struct release_job *j = x->j;
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "theme", (eft_text){"", 0});
    efti_row_fresh(x->t, &j->base, RELEASE_BASE_POPULATION);
    if (efti_job_shows(j, &all, NULL, 0))
        vote_values(x, &j->population, &all, true, all.count);
    else
        efti_row_hidden(x->t);
    return EFT_OK;
}

static eft_status
theme_row_of_votes(struct vote_table *x, uint32_t theme, struct efti_cell all,
                   eft_error *err)
{
    struct release_job *j = x->j;
    size_t base = efti_base_theme(j, theme, RELEASE_ANY);
    struct release_set with = efti_base_set(j, base);
    struct efti_cell notes = efti_set_cell(with), without = efti_population_rest(j, with);
    struct release_set part = efti_set_at(&x->sets, theme);
    struct efti_cell votes = efti_set_cell(part),
                     rest = efti_set_rest(efti_set_at(&x->sets, j->f->theme_count), part);
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "theme", j->f->themes[theme]);
    efti_row_fresh(x->t, &j->base, base);
    if (j->theme_shown.items[theme] != 0 && efti_job_shows(j, &all, NULL, 0) &&
        efti_job_shows(j, &votes, &rest, 1))
        vote_values(x, &notes, &votes, efti_writers_exact(j, &notes, &without, 1),
                    all.count);
    else
        efti_row_hidden(x->t);
    return EFT_OK;
}

eft_status
efti_release_votes(struct release_job *j, eft_error *err)
{
    struct vote_table x = {.j = j};
    eft_status st = efti_results_add(j->results, EFTI_TABLE_VOTES, NULL, &x.t, err);

    if (st == EFT_OK)
        st = efti_sets_build(j, (size_t)j->f->theme_count + 1, vote_emit, &x, &x.sets,
                             err);
    if (st == EFT_OK) {
        struct efti_cell all = efti_set_cell(efti_set_at(&x.sets, j->f->theme_count));
        st = all_row(&x, all, err);
        for (uint32_t theme = 0; theme < j->f->theme_count && st == EFT_OK; theme++)
            st = theme_row_of_votes(&x, theme, all, err);
    }
    efti_sets_free(j->mem, &x.sets);
    return st == EFT_OK ? efti_table_end(j, x.t, err) : st;
}
