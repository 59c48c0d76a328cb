/*
 * sections.c - who answered, the themes, what goes together
 *
 * Each section begins with sentences made from released numbers. They say what can be
 * seen, not what it means, and where intervals overlap they say that the order may be
 * chance.
 */
#include "report/page.h"

/* ------------------------------------------------------------------ who */

static size_t
labels_of(const eft_table *t, const char *scope)
{
    size_t count = 0;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++)
        count += efti_is(efti_cell(t, i, "scope"), scope) &&
                 !efti_is(efti_cell(t, i, "label"), "other");
    return count;
}

static void
put_key(struct efti_page *p, enum efti_message name, const char *column,
        enum efti_number how)
{
    if (!efti_has(p->overview, 0, column) &&
        !(strcmp(column, "writers") == 0 && efti_has(p->overview, 0, "writers_min")))
        return;
    efti_html(p, "<div><dt>");
    efti_html_word(p, name);
    efti_html(p, "</dt><dd>");
    if (strcmp(column, "writers") == 0)
        efti_put_writers(p, p->overview, 0);
    else
        efti_put_value(p, p->overview, 0, column, how);
    efti_html(p, "</dd></div>");
}

/* From the first to the last period that has a row. */
static void
say_period(struct efti_page *p)
{
    const eft_table *t = p->overview;
    size_t first = SIZE_MAX, last = SIZE_MAX;

    for (size_t i = 0; i < eft_table_rows(t); i++) {
        if (!efti_is(efti_cell(t, i, "scope"), "period") ||
            efti_is(efti_cell(t, i, "label"), "other"))
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    if (first != last)
        EFTI_SAY(p, EFTI_MSG_WHO_PERIOD,
                 EFTI_TEXT(efti_period(p, efti_cell(t, first, "label"), false)),
                 EFTI_TEXT(efti_period(p, efti_cell(t, last, "label"), false)));
}

static void
say_who(struct efti_page *p)
{
    const eft_table *t = p->overview;
    size_t units = labels_of(t, "unit"), assignments = labels_of(t, "assignment");

    efti_say_open(p);
    if (p->facts.writer_column)
        EFTI_SAY(p, EFTI_MSG_WHO, EFTI_VALUE(t, 0, "reflections", EFTI_WHOLE),
                 EFTI_VALUE(t, 0, "writers", EFTI_WHOLE));
    else
        EFTI_SAY(p, EFTI_MSG_WHO_NO_WRITERS, EFTI_VALUE(t, 0, "reflections", EFTI_WHOLE));
    if (units > 1)
        EFTI_SAY(p, EFTI_MSG_WHO_UNITS, EFTI_NUMBER(units));
    if (assignments > 1)
        EFTI_SAY(p, EFTI_MSG_WHO_ASSIGNMENTS, EFTI_NUMBER(assignments));
    say_period(p);
    if (efti_has(t, 0, "of_parties"))
        EFTI_SAY(p, EFTI_MSG_WHO_PARTIES, EFTI_VALUE(t, 0, "of_parties", EFTI_WHOLE));
    if (efti_has(t, 0, "feeling_mean"))
        EFTI_SAY(p, EFTI_MSG_WHO_FEELING, EFTI_VALUE(t, 0, "feeling_mean", EFTI_TENTH));
    efti_say_close(p);
    efti_html(p, "<dl class=\"key\">");
    put_key(p, EFTI_MSG_REFLECTIONS, "reflections", EFTI_WHOLE);
    if (p->facts.writer_column)
        put_key(p, EFTI_MSG_WRITERS, "writers", EFTI_WHOLE);
    put_key(p, EFTI_MSG_WORDS, "tokens", EFTI_WHOLE);
    put_key(p, EFTI_MSG_SENTENCES, "sentences", EFTI_WHOLE);
    put_key(p, EFTI_MSG_FEELING_MEAN, "feeling_mean", EFTI_TENTH);
    efti_html(p, "</dl>\n");
}

eft_text
efti_describe_rows(struct efti_page *p, const struct efti_figure *f)
{
    struct efti_argument a[6];
    size_t n = 0;

    for (size_t i = 0; i < f->rows && n < 3; i++) {
        const struct efti_mark *m = &f->marks[i * f->columns];
        if (!m->shown)
            continue;
        a[2 * n] = EFTI_TEXT(f->row_labels[i]);
        a[2 * n + 1] = EFTI_VALUE(m->table, m->row, m->column, m->how);
        n++;
    }
    return efti_plain(p,
                      n == 3   ? EFTI_MSG_ALT_THREE
                      : n == 2 ? EFTI_MSG_ALT_TWO
                      : n == 1 ? EFTI_MSG_ALT_ONE
                               : EFTI_MSG_ALT_NONE,
                      a, 2 * n);
}

static int
compare_rows(const void *a, const void *b, void *user)
{
    const eft_table *t = user;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    int64_t x = efti_shown(t, i) ? efti_int(t, i, "reflections") : -1;
    int64_t y = efti_shown(t, j) ? efti_int(t, j, "reflections") : -1;

    return x != y ? (x < y ? 1 : -1) : i < j ? -1 : i > j;
}

/* Reflections of each label of a scope. */
static void
put_scope(struct efti_page *p, eft_text scope, const char *id, eft_text title,
          size_t most)
{
    const eft_table *t = p->overview;
    size_t rows = eft_table_rows(t), n = 0;
    size_t *order = efti_page_array(p, rows, sizeof(*order));
    eft_text *labels = efti_page_array(p, rows, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, rows, sizeof(*marks));

    if (p->failed)
        return;
    for (size_t i = 0; i < rows; i++) {
        if (efti_same(efti_cell(t, i, "scope"), scope))
            order[n++] = i;
    }
    void *user = (void *)(uintptr_t)t; /* read only */
    efti_sort(order, n, sizeof(*order), compare_rows, user);
    n = n > most ? most : n;
    struct efti_figure f = {.kind = EFTI_BARS,
                            .id = id,
                            .title = title,
                            .rows = n,
                            .columns = 1,
                            .bare = true,
                            .row_labels = labels,
                            .marks = marks};
    for (size_t i = 0; i < n; i++) {
        labels[i] = efti_label(p, efti_cell(t, order[i], "label"));
        marks[i] = efti_mark_of(t, order[i], "reflections", NULL, NULL, EFTI_WHOLE);
        f.high = marks[i].value > f.high ? marks[i].value : f.high;
    }
    if (n < 2 || !(f.high > 0))
        return;
    f.description = efti_describe_rows(p, &f);
    efti_put_figure(p, &f, EFTI_MSG_NOTHING);
}

/* Scopes that are not ours are facets. */
static void
put_facets(struct efti_page *p)
{
    static const char *const ours[] = {"all", "unit",   "assignment",
                                       "tag", "period", "veiled"};
    size_t count;
    const eft_text *scopes = efti_distinct(p, p->overview, "scope", 32, &count);

    for (size_t i = 0; i < count && !p->failed; i++) {
        bool own = false;
        for (size_t k = 0; k < EFTI_COUNT(ours); k++)
            own = own || efti_is(scopes[i], ours[k]);
        if (own)
            continue;
        char id[16] = "who-facet-00";
        id[10] = (char)('0' + i / 10);
        id[11] = (char)('0' + i % 10);
        char *kept = efti_arena_copy(&p->arena, id, strlen(id));
        if (kept == NULL)
            p->failed = true;
        else
            put_scope(
                p, scopes[i], kept,
                EFTI_PLAIN(p, EFTI_MSG_T_FACET, EFTI_TEXT(efti_facet_name(p, scopes[i]))),
                20);
    }
}

/* Questions that were put without an assignment, or in all of them. */
static void
put_prompts(struct efti_page *p)
{
    const eft_table *t = eft_results_find(p->results, "prompts");
    size_t count;
    const eft_text *prompts = efti_distinct(p, t, "prompt", 12, &count);

    if (p->failed || count == 0)
        return;
    efti_html(p, "<h3>");
    efti_html_word(p, EFTI_MSG_T_PROMPTS);
    efti_html(p, "</h3>\n<ul class=\"asked\">");
    for (size_t i = 0; i < count; i++) {
        efti_html(p, "<li>");
        efti_put_html_broken(p->out, prompts[i]);
        efti_html(p, "</li>");
    }
    efti_html(p, "</ul>\n");
}

void
efti_section_who(struct efti_page *p)
{
    efti_section_open(p, "who", EFTI_MSG_H_WHO);
    if (p->overview == NULL || eft_table_rows(p->overview) == 0 ||
        !efti_shown(p->overview, 0)) {
        efti_say_open(p);
        EFTI_SAY(p, EFTI_MSG_NOTHING_SHOWN, EFTI_NUMBER(p->results->k));
        efti_say_close(p);
        efti_section_close(p);
        return;
    }
    say_who(p);
    put_prompts(p);
    efti_html(p, "<div class=\"two\">");
    put_scope(p, efti_text_of("unit"), "who-units",
              efti_text_of(efti_word(p, EFTI_MSG_T_UNITS)), 30);
    put_facets(p);
    put_scope(p, efti_text_of("assignment"), "who-assignments",
              efti_text_of(efti_word(p, EFTI_MSG_T_ASSIGNMENTS)), 30);
    put_scope(p, efti_text_of("tag"), "who-tags",
              efti_text_of(efti_word(p, EFTI_MSG_T_TAGS)), 20);
    efti_html(p, "</div>\n");
    efti_put_table(p, p->overview, "", (struct efti_rows){0});
    efti_section_close(p);
}

/* ------------------------------------------------------------------ themes */

static size_t
shown_themes(const struct efti_page *p)
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
    size_t shown = shown_themes(p);

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

/* ------------------------------------------------------------------ together */

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

    for (size_t i = 0; i < shown_themes(p) && n < MOST_NODES; i++) {
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
            eft_text a = list[i]->id, b = list[k]->id;
            for (size_t row = 0; row < eft_table_rows(t) && k < i; row++) {
                eft_text x = efti_cell(t, row, "theme_a"),
                         y = efti_cell(t, row, "theme_b");
                if (efti_is(efti_cell(t, row, "level"), "reflection") &&
                    ((efti_same(a, x) && efti_same(b, y)) ||
                     (efti_same(a, y) && efti_same(b, x))))
                    *m = efti_mark_of(t, row, "o11", NULL, NULL, EFTI_WHOLE);
            }
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
