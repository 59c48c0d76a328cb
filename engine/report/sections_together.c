/*
 * sections_together.c - which themes go together: a network of the surest pairs with its
 * communities, and a matrix of all
 */
#include "report/page.h"

enum { MOST_NODES = 30, MOST_TIES = 25 };

struct ties {
    size_t rows[MOST_TIES];
    size_t count;
};

/* Pairs that are together more often than by chance, the surest (G2) first. */
static void
find_ties(const eft_table *t, struct ties *ties)
{
    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (!efti_is(efti_cell(t, i, "level"), "reflection") || !efti_shown(t, i) ||
            efti_value(t, i, "o11") <= efti_real(t, i, "expected"))
            continue;
        size_t at = ties->count < MOST_TIES ? ties->count++ : MOST_TIES;
        for (; at > 0 && efti_real(t, ties->rows[at - 1], "g2") < efti_real(t, i, "g2");
             at--) {
            if (at < MOST_TIES)
                ties->rows[at] = ties->rows[at - 1];
        }
        if (at < MOST_TIES)
            ties->rows[at] = i;
    }
}

static size_t
node_of(eft_text *ids, size_t *count, eft_text id)
{
    size_t i = 0;

    while (i < *count && !efti_same(ids[i], id))
        i++;
    if (i == *count && *count < MOST_NODES)
        ids[(*count)++] = id;
    return i;
}

/* ------------------------------------------------------------------ communities */

static const eft_table *
theme_communities(const struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "communities");

    return efti_row_of(t, 0, "network", efti_text_of("themes"), NULL, NULL) == SIZE_MAX
               ? NULL
               : t;
}

/* The community of each theme; NULL: the release has none. */
static size_t *
theme_groups(struct efti_page *p, const eft_text *ids, size_t count)
{
    const eft_table *t = theme_communities(p);
    size_t *groups = t == NULL ? NULL : efti_page_array(p, count, sizeof(*groups));

    for (size_t i = 0; i < count && groups != NULL; i++) {
        size_t row = efti_row_of(t, 0, "node", ids[i], "network", "themes");
        groups[i] = row == SIZE_MAX ? 0 : (size_t)efti_int(t, row, "community");
    }
    return groups;
}

static size_t
community_count(const eft_table *t)
{
    int64_t most = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_is(efti_cell(t, i, "network"), "themes") &&
            efti_int(t, i, "community") > most)
            most = efti_int(t, i, "community");
    }
    return (size_t)most;
}

#define SHAKY 0.7 /* agreement of seeds below which a division is one of several */

static void
say_communities(struct efti_page *p)
{
    const eft_table *t = theme_communities(p);
    size_t row = efti_row_of(t, 0, "network", efti_text_of("themes"), NULL, NULL);

    if (t == NULL)
        return;
    efti_say_count(p, EFTI_MSG_COMMUNITIES_ONE, EFTI_MSG_COMMUNITIES, community_count(t));
    if (community_count(t) > 1 && efti_has(t, row, "agreement") &&
        efti_real(t, row, "agreement") < SHAKY)
        efti_html_word(p, EFTI_MSG_COMMUNITIES_SHAKY);
}

/* The key of the shapes, and the groups for those who do not see them. */
static void
put_communities(struct efti_page *p)
{
    static const char *const shapes[] = {"●", "■", "◆", "▲", "▼", "○"};
    const eft_table *t = theme_communities(p);

    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_T_COMMUNITIES);
    efti_html(p, "</h3>\n<ul class=\"groups\">");
    for (size_t group = 1; group <= community_count(t); group++) {
        size_t shape = group <= EFTI_OPEN_RING ? group - 1 : EFTI_OPEN_RING;
        const char number[] = {(char)('0' + shape), '\0'};
        const char *between = "";
        efti_html(p, "<li><span class=\"g");
        efti_html(p, number);
        efti_html(p, "\" aria-hidden=\"true\">");
        efti_html(p, shapes[shape]);
        efti_html(p, "</span> ");
        for (size_t i = 0; i < eft_table_rows(t); i++) {
            if (!efti_is(efti_cell(t, i, "network"), "themes") ||
                (size_t)efti_int(t, i, "community") != group)
                continue;
            efti_html(p, between);
            efti_put_html_broken(p->out, efti_theme_label(p, efti_cell(t, i, "node")));
            between = ", ";
        }
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n<p class=\"note\">");
    efti_html_word(p, EFTI_MSG_N_COMMUNITIES);
    efti_html(p, "</p>\n");
}

static void
put_network(struct efti_page *p, const eft_table *t, const struct ties *ties)
{
    eft_text *ids = efti_page_array(p, MOST_NODES, sizeof(*ids));
    eft_text *labels = efti_page_array(p, MOST_NODES, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, MOST_NODES * MOST_NODES, sizeof(*marks));
    size_t n = 0;

    if (p->failed)
        return;
    for (size_t i = 0; i < ties->count; i++) {
        (void)node_of(ids, &n, efti_cell(t, ties->rows[i], "theme_a"));
        (void)node_of(ids, &n, efti_cell(t, ties->rows[i], "theme_b"));
    }
    size_t *groups = theme_groups(p, ids, n);
    struct efti_figure f = {.kind = EFTI_NETWORK,
                            .id = "network",
                            .groups = groups,
                            .rows = n,
                            .columns = n,
                            .row_labels = labels,
                            .column_labels = labels,
                            .marks = marks,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_NETWORK))};
    for (size_t i = 0; i < n; i++)
        labels[i] = efti_theme_label(p, ids[i]);
    for (size_t i = 0; i < ties->count; i++) {
        size_t row = ties->rows[i];
        size_t a = node_of(ids, &n, efti_cell(t, row, "theme_a"));
        size_t b = node_of(ids, &n, efti_cell(t, row, "theme_b"));
        if (a >= n || b >= n)
            continue;
        marks[a * n + b] = efti_mark_of(t, row, "o11", NULL, NULL, EFTI_WHOLE);
        marks[b * n + a] = marks[a * n + b];
        f.high = marks[a * n + b].value > f.high ? marks[a * n + b].value : f.high;
    }
    f.description = EFTI_PLAIN(
        p, EFTI_MSG_ALT_NETWORK, EFTI_NUMBER(n), EFTI_NUMBER(ties->count),
        EFTI_TEXT(efti_theme_label(p, efti_cell(t, ties->rows[0], "theme_a"))),
        EFTI_TEXT(efti_theme_label(p, efti_cell(t, ties->rows[0], "theme_b"))));
    efti_put_figure(p, &f, EFTI_MSG_N_NETWORK);
    if (groups != NULL)
        put_communities(p);
}

/* Themes with a pair that is shown, in the order of the themes. A theme whose pairs are
 * all hidden would be a row of dots: the table has it. */
static size_t
paired_themes(struct efti_page *p, const eft_table *t, const struct efti_theme **out)
{
    size_t n = 0;

    for (size_t i = 0; i < efti_shown_themes(p) && n < MOST_NODES; i++) {
        bool any = false;
        for (size_t row = 0; row < eft_table_rows(t) && !any; row++)
            any = efti_shown(t, row) &&
                  efti_is(efti_cell(t, row, "level"), "reflection") &&
                  (efti_same(efti_cell(t, row, "theme_a"), p->list[i].id) ||
                   efti_same(efti_cell(t, row, "theme_b"), p->list[i].id));
        if (any)
            out[n++] = &p->list[i];
    }
    return n;
}

/* The mark of a pair of themes, whichever of them comes first in its row. */
static void
find_pair(const eft_table *t, eft_text a, eft_text b, struct efti_mark *out)
{
    for (size_t row = 0; row < eft_table_rows(t); row++) {
        eft_text x = efti_cell(t, row, "theme_a"), y = efti_cell(t, row, "theme_b");
        if (efti_is(efti_cell(t, row, "level"), "reflection") &&
            ((efti_same(a, x) && efti_same(b, y)) ||
             (efti_same(a, y) && efti_same(b, x))))
            *out = efti_mark_of(t, row, "o11", NULL, NULL, EFTI_WHOLE);
    }
}

/* Lower triangle, without the diagonal. */
static void
put_matrix(struct efti_page *p, const eft_table *t)
{
    const struct efti_theme *list[MOST_NODES];
    size_t n = paired_themes(p, t, list);

    eft_text *labels = efti_page_array(p, n, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, n * n, sizeof(*marks));
    if (p->failed || n < 2)
        return;
    struct efti_figure f = {.kind = EFTI_HEAT,
                            .id = "pairs",
                            .rows = n - 1,
                            .columns = n - 1,
                            .row_labels = labels + 1,
                            .column_labels = labels,
                            .marks = marks,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_PAIRS)),
                            .description =
                                efti_text_of(efti_word(p, EFTI_MSG_ALT_PAIRS))};
    for (size_t i = 0; i < n; i++)
        labels[i] = list[i]->label;
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k + 1 < n; k++) {
            struct efti_mark *m = &marks[(i - 1) * (n - 1) + k];
            m->blank = k >= i;
            m->how = EFTI_WHOLE;
            if (k < i)
                find_pair(t, list[i]->id, list[k]->id, m);
            f.high = m->shown && m->value > f.high ? m->value : f.high;
        }
    }
    efti_put_figure(p, &f, EFTI_MSG_N_PAIRS);
}

void
efti_section_together(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "theme_pairs");
    struct ties ties = {.count = 0};

    find_ties(t, &ties);
    efti_section_open(p, "together", EFTI_MSG_H_TOGETHER);
    efti_say_open(p);
    if (ties.count == 0) {
        EFTI_SAY(p, EFTI_MSG_TOGETHER_NONE, EFTI_NUMBER(0));
    } else {
        size_t row = ties.rows[0];
        EFTI_SAY(p, EFTI_MSG_TOGETHER_TOP,
                 EFTI_TEXT(efti_theme_label(p, efti_cell(t, row, "theme_a"))),
                 EFTI_TEXT(efti_theme_label(p, efti_cell(t, row, "theme_b"))),
                 EFTI_VALUE(t, row, "o11", EFTI_WHOLE),
                 EFTI_VALUE(t, row, "expected", EFTI_WHOLE));
        say_communities(p);
    }
    efti_say_close(p);
    if (ties.count > 0) {
        put_network(p, t, &ties);
        put_matrix(p, t);
    }
    efti_put_table(p, t, "",
                   (struct efti_rows){.column = "level", .value = "reflection"});
    efti_put_table(p, eft_results_find(p->results, "role_pairs"), "",
                   (struct efti_rows){.column = "level", .value = "reflection"});
    if (theme_communities(p) != NULL)
        efti_put_table(p, theme_communities(p), "",
                       (struct efti_rows){.column = "network", .value = "themes"});
    efti_section_close(p);
}
