/*
 * theme_pairs.c - themes that occur together in a reflection, a sentence, a window
 *
 * Two conditions (theme a, theme b), so the rests are a without b and b without a. Within
 * reflections pairs are counted from the records, within sentences and within windows of
 * words (where they were counted) from the sums that the tally keeps for each writer;
 * what is counted is then sentences or windows, and so is dominance. A
 * pair is shown only if both themes are shown by themselves at that level: their counts
 * are r1 and c1. Every pair has a row, in order of ids by bytes.
 *
 * Texts of one writer are alike, so what the measures call attraction may be a writer's
 * habit. Within reflections each shown pair has a test: under its null the one theme
 * falls on the other by chance among the texts of each writer (Mantel and Haenszel,
 * writers are the strata). The family is all shown pairs within reflections.
 */
#include "release/internal.h"

#include "stats/adjust.h"
#include "stats/distribution.h"

#include <math.h>

/* Sentences, or windows. */
struct pair_units {
    EFTI_ARRAY(struct release_share) shares; /* all, themes, pairs */
    struct release_set all;
    EFTI_ARRAY(struct release_set) themes, pairs;
    EFTI_ARRAY(uint8_t) shown; /* themes */
    uint64_t count;
};
struct pair_table {
    struct release_job *j;
    struct eft_table *t;
    struct release_sets within; /* pairs within reflections */
    struct pair_units sentences, windows;
    EFTI_ARRAY(double) p, q; /* pairs within reflections; NaN: no test */
};

/* Pairs a < b in the order of the rows: (0,1) (0,2) ... (1,2) ... */
static size_t
pair_index(size_t themes, size_t a, size_t b)
{
    return a * themes - a * (a + 1) / 2 + (b - a - 1);
}

static bool
first_of_theme(const struct efti_record_view *r, uint32_t i)
{
    if (r->themes[i].hits == 0 || r->themes[i].polarity >= EFTI_UNCERTAIN)
        return false;
    for (uint32_t k = 0; k < i; k++) {
        if (r->themes[k].theme == r->themes[i].theme && r->themes[k].hits > 0 &&
            r->themes[k].polarity < EFTI_UNCERTAIN)
            return false;
    }
    return true;
}

static void
pair_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct pair_table *x = user;

    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (!first_of_theme(r, i))
            continue;
        for (uint32_t k = 0; k < i; k++) {
            uint32_t p = r->themes[k].theme, q = r->themes[i].theme;
            if (p != q && first_of_theme(r, k))
                efti_builder_add(
                    b, pair_index(x->j->f->theme_count, p < q ? p : q, p < q ? q : p), 1);
        }
    }
}

/* ------------------------------------------------------- sentences and windows */

static uint32_t
share_of(uint64_t units)
{
    return units > UINT32_MAX ? UINT32_MAX : (uint32_t)units;
}

static void
push_units(struct pair_units *u, struct release_set *set, uint32_t writer, uint64_t units)
{
    if (units == 0)
        return;
    if (set->count == 0)
        set->items = u->shares.items + u->shares.count;
    u->shares.items[u->shares.count++] = (struct release_share){writer, share_of(units)};
    set->count++;
}

static void
units_free(const eft_allocator *mem, struct pair_units *u)
{
    EFTI_ARRAY_FREE(mem, &u->shares);
    EFTI_ARRAY_FREE(mem, &u->themes);
    EFTI_ARRAY_FREE(mem, &u->pairs);
    EFTI_ARRAY_FREE(mem, &u->shown);
}

/* Room for `need` shares, so that sets stay where they are. */
static eft_status
units_make(const struct release_job *j, struct pair_units *u, size_t need, size_t pairs,
           eft_error *err)
{
    if (!EFTI_ARRAY_RESERVE(j->mem, &u->shares, need) ||
        !RELEASE_ARRAY_MAKE(j->mem, &u->themes, j->f->theme_count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &u->shown, j->f->theme_count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &u->pairs, pairs))
        return efti_no_memory(err, "the theme pairs of the sentences");
    for (size_t i = 0; i < u->themes.count; i++)
        u->themes.items[i] = (struct release_set){NULL, 0};
    for (size_t i = 0; i < pairs; i++)
        u->pairs.items[i] = (struct release_set){NULL, 0};
    return EFT_OK;
}

static void
units_gate(const struct release_job *j, struct pair_units *u)
{
    for (uint32_t i = 0; i < j->f->theme_count; i++) {
        struct efti_cell cell = efti_set_cell(u->themes.items[i]);
        struct efti_cell rest = efti_set_rest(u->all, u->themes.items[i]);
        u->shown.items[i] = efti_job_shows(j, &cell, &rest, 1);
    }
}

/* The sums of the tally are by theme or pair, then writer: they only
 * change their form. */
static eft_status
read_sentences(struct release_job *j, struct pair_units *u, size_t pair_count,
               eft_error *err)
{
    const struct efti_frozen *f = j->f;
    size_t need;

    if (!efti_add(f->pair_count, f->theme_sentence_count, &need) ||
        !efti_add(need, f->writer_sentence_count, &need))
        return efti_no_memory(err, "the theme pairs of the sentences");
    eft_status st = units_make(j, u, need, pair_count, err);
    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < f->writer_sentence_count; i++) {
        const struct efti_writer_sentences *w = &f->writer_sentences[i];
        u->count += w->sentences;
        push_units(u, &u->all, w->writer, w->sentences);
    }
    for (size_t i = 0; i < f->theme_sentence_count; i++) {
        const struct efti_theme_sentences *s = &f->theme_sentences[i];
        push_units(u, &u->themes.items[s->theme], s->writer, s->sentences);
    }
    for (size_t i = 0; i < f->pair_count; i++) {
        const struct efti_writer_pair *p = &f->pairs[i];
        push_units(u, &u->pairs.items[pair_index(f->theme_count, p->a, p->b)], p->writer,
                   p->times);
    }
    units_gate(j, u);
    return EFT_OK;
}

/* How many windows a text has follows from its length. */
static eft_status
read_windows(struct release_job *j, struct pair_units *u, size_t pair_count,
             eft_error *err)
{
    const struct efti_frozen *f = j->f;
    uint32_t window = efti_settings_window(&f->settings), writer = EFTI_NO_ID;
    uint64_t here = 0;
    size_t need;

    if (!efti_add(f->window_count, f->writer_count, &need))
        return efti_no_memory(err, "the theme pairs of the windows");
    eft_status st = units_make(j, u, need, pair_count, err);
    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < j->order.count; i++) { /* by writer */
        const struct efti_record_view *r = &f->records[j->order.items[i]];
        if (r->writer != writer) {
            push_units(u, &u->all, writer, here);
            u->count += here;
            here = 0;
        }
        writer = r->writer;
        here += efti_windows_of(r->tokens, window);
    }
    push_units(u, &u->all, writer, here);
    u->count += here;
    for (size_t i = 0; i < f->window_count; i++) {
        const struct efti_writer_pair *w = &f->windows[i];
        if (w->a == w->b)
            push_units(u, &u->themes.items[w->a], w->writer, w->times);
    }
    for (size_t i = 0; i < f->window_count; i++) { /* a set lies in one piece */
        const struct efti_writer_pair *w = &f->windows[i];
        if (w->a != w->b)
            push_units(u, &u->pairs.items[pair_index(f->theme_count, w->a, w->b)],
                       w->writer, w->times);
    }
    units_gate(j, u);
    return EFT_OK;
}

/* ---------------------------------------------------------------------- rows */

/* All shown pairs within reflections are one family. */
static eft_status
test_theme_pairs(struct pair_table *x, size_t count, eft_error *err)
{
    struct release_job *j = x->j;

    if (!RELEASE_ARRAY_MAKE(j->mem, &x->p, count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &x->q, count))
        return efti_no_memory(err, "the tests of a table");
    for (uint32_t a = 0; a < j->f->theme_count; a++) {
        for (uint32_t b = a + 1; b < j->f->theme_count; b++) {
            size_t at = pair_index(j->f->theme_count, a, b);
            struct release_set pair = efti_set_at(&x->within, at);
            struct release_set with[2] = {
                efti_base_set(j, efti_base_theme(j, a, RELEASE_ANY)),
                efti_base_set(j, efti_base_theme(j, b, RELEASE_ANY))};
            struct efti_cell cell = efti_set_cell(pair);
            struct efti_cell rests[2] = {efti_set_rest(with[1], pair),
                                         efti_set_rest(with[0], pair)};
            struct efti_within w = {0};
            if (j->no_inference == NULL && j->theme_shown.items[a] != 0 &&
                j->theme_shown.items[b] != 0 && efti_job_shows(j, &cell, rests, 2))
                w = efti_within_of(j, with[0], with[1], pair);
            x->p.items[at] = efti_normal_two_sided(efti_within_z(&w));
        }
    }
    return efti_adjust(j->mem, x->p.items, count, j->o->adjustment, x->q.items, err);
}

static eft_status
pair_of_themes(struct pair_table *x, int level, uint32_t a, uint32_t b, eft_error *err)
{
    static const char *const names[EFTI_LEVEL_COUNT] = {"reflection", "sentence",
                                                        "window"};
    struct release_job *j = x->j;
    bool within = level == EFTI_LEVEL_REFLECTION;
    size_t at = pair_index(j->f->theme_count, a, b);
    const struct pair_units *u = level == EFTI_LEVEL_WINDOW ? &x->windows : &x->sentences;
    struct release_set pair = within ? efti_set_at(&x->within, at) : u->pairs.items[at];
    struct release_set set_a = within
                                   ? efti_base_set(j, efti_base_theme(j, a, RELEASE_ANY))
                                   : u->themes.items[a];
    struct release_set set_b = within
                                   ? efti_base_set(j, efti_base_theme(j, b, RELEASE_ANY))
                                   : u->themes.items[b];
    const uint8_t *shown = within ? j->theme_shown.items : u->shown.items;
    struct efti_cell cell = efti_set_cell(pair);
    struct efti_cell rests[2] = {efti_set_rest(set_b, pair), efti_set_rest(set_a, pair)};
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "level", (eft_text){names[level], strlen(names[level])});
    efti_table_set_text(x->t, "theme_a", j->f->themes[a]);
    efti_table_set_text(x->t, "theme_b", j->f->themes[b]);
    if (shown[a] == 0 || shown[b] == 0 || !efti_job_shows(j, &cell, rests, 2)) {
        efti_row_hidden(x->t);
        return EFT_OK;
    }
    efti_table_set_integer(x->t, "shown", 1);
    if (efti_writers_exact(j, &cell, rests, 2))
        efti_table_set_integer(x->t, "writers", cell.writers);
    else
        efti_table_set_integer(x->t, "writers_min", j->gate.k);
    struct efti_contingency c = efti_pair_contingency(
        &cell, &rests[0], &rests[1], within ? j->population.count : u->count);
    if (within) {
        efti_row_p(x->t, "p", x->p.items[at]);
        efti_row_p(x->t, "q", x->q.items[at]);
    }
    return efti_row_measures(x->t, &c, level != EFTI_LEVEL_WINDOW, err);
}

static eft_status
pair_rows(struct pair_table *x, eft_error *err)
{
    size_t themes = x->j->f->theme_count;
    size_t count = themes < 2 ? 0 : themes * (themes - 1) / 2; /* themes are 32 bits */
    eft_status st = efti_sets_build(x->j, count, pair_emit, x, &x->within, err);

    if (st == EFT_OK)
        st = test_theme_pairs(x, count, err);
    int levels = x->j->o->notes                                  ? EFTI_LEVEL_SENTENCE
                 : efti_settings_window(&x->j->f->settings) == 0 ? EFTI_LEVEL_WINDOW
                                                                 : EFTI_LEVEL_COUNT;
    if (st == EFT_OK && levels > EFTI_LEVEL_SENTENCE)
        st = read_sentences(x->j, &x->sentences, count, err);
    if (st == EFT_OK && levels > EFTI_LEVEL_WINDOW)
        st = read_windows(x->j, &x->windows, count, err);
    for (int level = 0; level < levels; level++) {
        for (uint32_t a = 0; a < themes && st == EFT_OK; a++) {
            for (uint32_t b = a + 1; b < themes && st == EFT_OK; b++)
                st = pair_of_themes(x, level, a, b, err);
        }
    }
    return st;
}

eft_status
efti_release_theme_pairs(struct release_job *j, eft_error *err)
{
    struct pair_table x = {.j = j};
    eft_status st = efti_results_add(j->results, EFTI_TABLE_THEME_PAIRS, NULL, &x.t, err);

    if (st == EFT_OK)
        st = pair_rows(&x, err);
    efti_sets_free(j->mem, &x.within);
    units_free(j->mem, &x.sentences);
    units_free(j->mem, &x.windows);
    EFTI_ARRAY_FREE(j->mem, &x.p);
    EFTI_ARRAY_FREE(j->mem, &x.q);
    return st == EFT_OK ? efti_table_end(j, x.t, err) : st;
}
