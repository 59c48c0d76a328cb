/*
 * sections_counts.c - a release of perturbed counts: how many wrote about what, roughly
 *
 * Such a release has one table and nothing beside it. Whoever reads it must not take a
 * number for exact, so the range in which the truth lies is drawn with every bar and said
 * before the first.
 */
#include "report/page.h"

static const eft_table *
counts_of(const struct efti_page *p)
{
    return eft_results_find(p->results, "counts");
}

bool
efti_has_counts(const struct efti_page *p)
{
    return counts_of(p) != NULL;
}

/* Rows of themes over all writers; the first row is about all of them. */
static bool
is_theme_row(const eft_table *t, size_t row)
{
    return efti_is(efti_cell(t, row, "scope"), "all") &&
           efti_cell(t, row, "theme").size > 0;
}

static int
compare_counts(const void *a, const void *b, void *user)
{
    const eft_table *t = user;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    int64_t x = efti_int(t, i, "writers_about"), y = efti_int(t, j, "writers_about");

    return x != y ? (x < y ? 1 : -1) : i < j ? -1 : i > j;
}

static enum efti_message
message_of(eft_text method)
{
    static const char rounded[] = "rounded", noise[] = "noise";

    if (method.size >= sizeof(rounded) - 1 &&
        memcmp(method.bytes, rounded, sizeof(rounded) - 1) == 0)
        return EFTI_MSG_COUNTS_ROUNDED;
    return efti_is(method, noise) ? EFTI_MSG_COUNTS_NOISE : EFTI_MSG_COUNTS_PRIVATE;
}

static void
put_count_bars(struct efti_page *p, const eft_table *t, const size_t *rows, size_t n)
{
    eft_text *labels = efti_page_array(p, n, sizeof(*labels));
    struct efti_mark *marks = efti_page_array(p, n, sizeof(*marks));
    struct efti_figure f = {.kind = EFTI_BARS,
                            .id = "counts",
                            .rows = n,
                            .columns = 1,
                            .row_labels = labels,
                            .marks = marks,
                            .title = efti_text_of(efti_word(p, EFTI_MSG_T_COUNTS))};

    for (size_t i = 0; i < n && !p->failed; i++) {
        double reach = efti_real(t, rows[i], "plus_minus");
        struct efti_mark *m = &marks[i];
        labels[i] = efti_theme_label(p, efti_cell(t, rows[i], "theme"));
        *m = efti_mark_of(t, rows[i], "writers_about", NULL, NULL, EFTI_WHOLE);
        m->interval = true;
        m->low = m->value - reach;
        m->high = m->value + reach;
        f.low = m->low < f.low ? m->low : f.low;
        f.high = m->high > f.high ? m->high : f.high;
    }
    f.description = efti_describe_rows(p, &f);
    if (n > 0 && f.high > 0 && !p->failed)
        efti_put_figure(p, &f, EFTI_MSG_N_COUNTS);
}

void
efti_section_counts(struct efti_page *p)
{
    const eft_table *t = counts_of(p);
    size_t n = 0, all = efti_row_of(t, 0, "scope", efti_text_of("all"), "theme", "");
    size_t *rows = efti_page_array(p, eft_table_rows(t), sizeof(*rows));

    efti_section_open(p, "counts", EFTI_MSG_H_COUNTS);
    for (size_t i = 0; i < eft_table_rows(t) && rows != NULL; i++) {
        if (is_theme_row(t, i))
            rows[n++] = i;
    }
    efti_say_open(p);
    if (n == 0) {
        EFTI_SAY(p, EFTI_MSG_NOTHING_SHOWN, EFTI_NUMBER(p->results->k));
    } else {
        efti_sort(rows, n, sizeof(*rows), compare_counts, (void *)(uintptr_t)t);
        EFTI_SAY(p, message_of(efti_cell(t, rows[0], "method")),
                 EFTI_VALUE(t, rows[0], "plus_minus", EFTI_EXACT));
        if (all != SIZE_MAX)
            EFTI_SAY(p, EFTI_MSG_COUNTS_ALL,
                     EFTI_VALUE(t, all, "writers_about", EFTI_WHOLE));
    }
    efti_say_close(p);
    put_count_bars(p, t, rows, n);
    efti_put_table(p, t, "", (struct efti_rows){0});
    efti_section_close(p);
}
