/*
 * sections_who.c - who answered
 *
 * Each section begins with sentences made from released numbers. They say what can be
 * seen, not what it means, and where intervals overlap they say that the order may be
 * chance.
 */
#include "report/page.h"

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
