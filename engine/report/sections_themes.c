/*
 * sections_themes.c - how many wrote about each theme, and how often it is denied
 *
 * Themes come in the order of the page (most reflections first); the figure has a bar for
 * each with its interval, and inside it the part that is negated. Where the intervals of
 * the first two overlap, the text says that their order is not sure.
 */
#include "report/page.h"

size_t
efti_shown_themes(const struct efti_page *p)
{
    size_t n = 0;

    while (n < p->theme_count && efti_shown(p->themes, p->list[n].any))
        n++;
    return n;
}

/* Do the intervals of two rows overlap? Without intervals nobody can tell: true. */
static bool
overlap(const eft_table *t, size_t a, size_t b, const char *low, const char *high)
{
    if (!efti_has(t, a, low) || !efti_has(t, b, low))
        return true;
    return efti_real(t, a, low) <= efti_real(t, b, high) &&
           efti_real(t, b, low) <= efti_real(t, a, high);
}

static void
say_themes(struct efti_page *p, size_t shown)
{
    const eft_table *t = p->themes;
    const struct efti_theme *a = &p->list[0], *b = &p->list[1];

    EFTI_SAY(p, EFTI_MSG_THEMES_TOP, EFTI_TEXT(a->label),
             EFTI_VALUE(t, a->any, "share", EFTI_PERCENT),
             EFTI_VALUE(t, a->any, "writers", EFTI_WHOLE));
    if (shown < 2)
        return;
    EFTI_SAY(p, EFTI_MSG_THEMES_NEXT, EFTI_TEXT(b->label),
             EFTI_VALUE(t, b->any, "share", EFTI_PERCENT));
    if (efti_has(t, a->any, "share_low") &&
        overlap(t, a->any, b->any, "share_low", "share_high"))
        EFTI_SAY(p, EFTI_MSG_ORDER_UNSURE, EFTI_NUMBER(0));
}

static void
say_negated(struct efti_page *p, size_t shown)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < shown; i++) {
        size_t row = p->list[i].negated;
        if (row != SIZE_MAX && efti_shown(p->themes, row) &&
            (best == SIZE_MAX ||
             efti_int(p->themes, row, "reflections") >
                 efti_int(p->themes, p->list[best].negated, "reflections")))
            best = i;
    }
    if (best != SIZE_MAX)
        EFTI_SAY(p, EFTI_MSG_THEMES_NEGATED, EFTI_TEXT(p->list[best].label),
                 EFTI_VALUE(p->themes, p->list[best].negated, "reflections", EFTI_WHOLE));
}

/* Themes that are shown: rows of dots would say nothing. */
static void
put_theme_figures(struct efti_page *p, size_t n)
{
    eft_text *labels = efti_page_array(p, n, sizeof(*labels));
    struct efti_mark *share = efti_page_array(p, 2 * n, sizeof(*share));
    struct efti_mark *writers = efti_page_array(p, n, sizeof(*writers));
    eft_text parts[] = {efti_text_of(efti_word(p, EFTI_MSG_POLARITY_ANY)),
                        efti_text_of(efti_word(p, EFTI_MSG_POLARITY_NEGATED))};

    if (p->failed)
        return;
    struct efti_figure bars = {.kind = EFTI_BARS,
                               .id = "themes",
                               .rows = n,
                               .columns = 2,
                               .row_labels = labels,
                               .column_labels = parts,
                               .marks = share,
                               .title = efti_text_of(efti_word(p, EFTI_MSG_T_THEMES))};
    struct efti_figure dots = {.kind = EFTI_DOTS,
                               .id = "themes-writers",
                               .rows = n,
                               .columns = 1,
                               .high = 1,
                               .row_labels = labels,
                               .marks = writers,
                               .title =
                                   efti_text_of(efti_word(p, EFTI_MSG_T_THEME_WRITERS))};
    for (size_t i = 0; i < n; i++) {
        const struct efti_theme *t = &p->list[i];
        labels[i] = t->label;
        share[2 * i] = efti_mark_of(p->themes, t->any, "share", "share_low", "share_high",
                                    EFTI_PERCENT);
        share[2 * i + 1] =
            efti_mark_of(p->themes, t->negated, "share", NULL, NULL, EFTI_PERCENT);
        writers[i] = efti_mark_of(p->themes, t->any, "writer_share", "writer_share_low",
                                  "writer_share_high", EFTI_PERCENT);
        double top = share[2 * i].interval ? share[2 * i].high : share[2 * i].value;
        bars.high = top > bars.high ? top : bars.high;
    }
    bool parts_shown = false;
    for (size_t i = 0; i < n; i++)
        parts_shown = parts_shown || share[2 * i + 1].shown;
    bars.description = efti_describe_rows(p, &bars);
    dots.description = efti_describe_rows(p, &dots);
    efti_put_figure(p, &bars,
                    parts_shown && share[0].interval ? EFTI_MSG_N_THEMES_INTERVAL
                    : parts_shown                    ? EFTI_MSG_N_THEMES
                    : share[0].interval              ? EFTI_MSG_N_MEANS
                                                     : EFTI_MSG_NOTHING);
    if (p->facts.writer_column && writers[0].shown)
        efti_put_figure(p, &dots, EFTI_MSG_N_WILSON);
}

/* Votes on the notes of a workshop. */
static void
put_votes(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "votes");
    eft_text *labels = efti_page_array(p, p->theme_count, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, p->theme_count, sizeof(*marks));
    struct efti_figure f = {.kind = EFTI_BARS,
                            .id = "votes",
                            .columns = 1,
                            .bare = true,
                            .row_labels = labels,
                            .marks = marks,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_TN_VOTES))};

    for (size_t i = 0; i < p->theme_count && t != NULL && !p->failed; i++) {
        size_t row = efti_row_of(t, 0, "theme", p->list[i].id, NULL, NULL);
        marks[f.rows] = efti_mark_of(t, row, "votes", NULL, NULL, EFTI_WHOLE);
        labels[f.rows] = p->list[i].label;
        f.high = marks[f.rows].value > f.high ? marks[f.rows].value : f.high;
        f.rows += marks[f.rows].shown;
    }
    f.description = efti_describe_rows(p, &f);
    if (f.rows > 1 && f.high > 0 && !p->failed)
        efti_put_figure(p, &f, EFTI_MSG_NOTHING);
    efti_put_table(p, t, "", (struct efti_rows){0});
}

void
efti_section_themes(struct efti_page *p)
{
    size_t shown = efti_shown_themes(p);

    efti_section_open(p, "themes", EFTI_MSG_H_THEMES);
    efti_say_open(p);
    if (shown == 0) {
        EFTI_SAY(p, EFTI_MSG_THEMES_NONE, EFTI_NUMBER(p->results->k));
    } else {
        say_themes(p, shown);
        say_negated(p, shown);
    }
    if (shown > 0 && 2 * shown < p->theme_count)
        EFTI_SAY(p, EFTI_MSG_THEMES_FEW, EFTI_NUMBER(p->theme_count - shown),
                 EFTI_NUMBER(p->theme_count));
    efti_say_close(p);
    if (shown > 0)
        put_theme_figures(p, shown);
    if (shown > 0 && shown < p->theme_count) {
        efti_html(p, "<p class=\"note\">");
        efti_html_word(p, EFTI_MSG_N_DRAWN);
        efti_html(p, "</p>\n");
    }
    efti_put_table(p, p->themes, "", (struct efti_rows){0});
    put_votes(p);
    efti_put_table(p, eft_results_find(p->results, "notes"), "", (struct efti_rows){0});
    efti_section_close(p);
}
