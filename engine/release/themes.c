/*
 * themes.c - each theme over all reflections
 *
 * One condition for 'any': the rest is the population without it. The rows of a polarity
 * have two (theme = t, polarity = p): for affirmed and negated the rests are the
 * reflections with t but not so, and all that do not have (t, p); an uncertain hit does
 * not make the theme present, so there only the second.
 *
 * Hits are counted too: a row is hidden if one writer has most of the hits. The hits of
 * 'any' are those affirmed and negated together. If one of the two is hidden, the other
 * would give it away (rule 7), so it keeps its reflections and loses its hits; 'any' is
 * the sum over both and stays.
 */
#include "release/internal.h"

const struct efti_theme_name *
efti_theme_name_of(const struct release_job *j, uint32_t theme)
{
    eft_text id = j->f->themes[theme];

    for (size_t i = 0; i < j->o->theme_name_count; i++) {
        const struct efti_theme_name *n = &j->o->theme_names[i];
        if (efti_equal(n->id.bytes, n->id.size, id.bytes, id.size))
            return n;
    }
    return NULL;
}

struct theme_cell {
    struct release_set set;
    struct efti_cell cell, hits, rests[2];
    size_t rest_count;
    bool shown;
    size_t base; /* number of the set */
};

static struct theme_cell
theme_cell_of(struct release_job *j, uint32_t theme, int polarity)
{
    struct theme_cell c = {.set = efti_base_set(j, efti_base_theme(j, theme, polarity))};

    c.base = efti_base_theme(j, theme, polarity);
    c.cell = efti_set_cell(c.set);
    c.hits = efti_set_cell(efti_base_set(j, efti_base_hits(j, theme, polarity)));
    c.rests[c.rest_count++] = efti_population_rest(j, c.set);
    if (polarity == EFTI_AFFIRMED || polarity == EFTI_NEGATED)
        c.rests[c.rest_count++] = efti_set_rest(
            efti_base_set(j, efti_base_theme(j, theme, RELEASE_ANY)), c.set);
    c.shown = efti_job_shows(j, &c.cell, c.rests, c.rest_count) &&
              efti_gate_passes(&j->gate, &c.hits);
    return c;
}

static eft_status
theme_row(struct release_job *j, struct eft_table *t, uint32_t theme,
          const char *polarity, const struct theme_cell *c, bool tell_hits,
          eft_error *err)
{
    const struct efti_theme_name *name = efti_theme_name_of(j, theme);
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(t, "theme", j->f->themes[theme]);
    if (name != NULL) {
        efti_table_set_text(t, "label_sv", name->label_sv);
        efti_table_set_text(t, "label_en", name->label_en);
    }
    efti_table_set_text(t, "polarity", (eft_text){polarity, strlen(polarity)});
    efti_row_fresh(t, &j->base, c->base);
    if (!c->shown) {
        efti_row_hidden(t);
        return EFT_OK;
    }
    efti_row_cell(j, t, &c->cell,
                  efti_writers_exact(j, &c->cell, c->rests, c->rest_count));
    efti_row_share(t, "share", c->cell.count, j->population.count);
    efti_row_share_interval(j, t, c->set, efti_base_set(j, RELEASE_BASE_POPULATION));
    if (tell_hits)
        efti_table_set_integer(t, "hits", (int64_t)c->hits.count);
    if (tell_hits && j->tokens > 0)
        efti_table_set_real(t, "hits_per_1000",
                            (double)c->hits.count * 1000 / (double)j->tokens);
    return efti_row_wilson(j, t, c->set, efti_base_set(j, RELEASE_BASE_POPULATION), err);
}

eft_status
efti_release_themes(struct release_job *j, eft_error *err)
{
    static const char *const names[RELEASE_POLARITIES] = {"affirmed", "negated",
                                                          "uncertain", "any"};
    static const int order[] = {RELEASE_ANY, EFTI_AFFIRMED, EFTI_NEGATED, EFTI_UNCERTAIN};
    struct eft_table *t;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_THEMES, NULL, &t, err);

    for (uint32_t theme = 0; theme < j->f->theme_count && st == EFT_OK; theme++) {
        struct theme_cell cells[RELEASE_POLARITIES];
        for (int p = 0; p < RELEASE_POLARITIES; p++)
            cells[p] = theme_cell_of(j, theme, p);
        j->theme_shown.items[theme] = cells[RELEASE_ANY].shown;
        bool apart = cells[EFTI_AFFIRMED].shown == cells[EFTI_NEGATED].shown ||
                     !cells[RELEASE_ANY].shown;
        for (size_t i = 0; i < EFTI_COUNT(order) && st == EFT_OK; i++) {
            int p = order[i];
            bool tell = apart || p == RELEASE_ANY || p == EFTI_UNCERTAIN;
            st = theme_row(j, t, theme, names[p], &cells[p], tell, err);
        }
    }
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
