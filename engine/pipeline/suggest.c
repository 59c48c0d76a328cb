/*
 * suggest.c - what else a theme's texts speak of
 *
 *                     texts with the theme      other texts
 *     with the word        a of m                  b of n - m        of each writer
 *
 * The measure is the log ratio of the two shares with its interval by writer (linearised,
 * stats/cluster.h), and the rank is by the lower end of that interval: few writers make
 * it wide, so one writer's habit does not come first. Words stand in both groups of one
 * writer, which makes the interval wider than it need be, never narrower.
 *
 * A word is in the theme already when in half of the theme's texts that have it, it
 * stands within a hit of the theme; a pair when one of its words is, or when it is no
 * more telling than one of its words. What is left are ways of saying it that the lexicon
 * lacks.
 *
 * The gate: the cell and both its rests (the theme without the word, the word without the
 * theme) have k writers and nobody dominates. Only the measure is told, to one decimal,
 * and no count: a row cannot be subtracted from that of another release.
 *
 * Cost: the texts are looked at once more; 4 bytes for each different word of a text.
 */
#include "pipeline/suggest.h"

#include "pipeline/model_features.h"
#include "pipeline/review.h"
#include "stats/cluster.h"

#include <math.h>

#define MOST_OF_A_THEME 20u

struct covered {
    uint32_t feature, theme;
};
struct suggest_text {
    uint32_t writer;
    size_t values, themes; /* where its features and themes begin */
};
struct suggestion {
    uint32_t feature;
    struct efti_log_ratio ratio;
};
struct suggesting {
    eft_tally *tally;
    const eft_allocator *mem;
    const struct efti_gate *gate;
    eft_results *results;
    struct efti_worker worker;
    struct efti_features features;
    uint32_t theme_count, writer_count;
    uint32_t feature_count; /* of the texts: examples bring more */
    EFTI_ARRAY(struct suggest_text) texts;
    EFTI_ARRAY(uint32_t) values, themes;
    EFTI_ARRAY(struct covered) covered;
    EFTI_ARRAY(uint32_t) order;                 /* texts by writer */
    EFTI_ARRAY(size_t) first;                   /* of each feature in `postings` */
    EFTI_ARRAY(uint32_t) postings;              /* texts of a feature, by writer */
    EFTI_ARRAY(uint32_t) of_writer, with_theme; /* texts of each writer */
    EFTI_ARRAY(uint32_t) having;  /* texts of each writer with theme and word */
    EFTI_ARRAY(uint8_t) in_theme; /* of each text */
    EFTI_ARRAY(double) low;       /* of each feature, for the theme at hand */
    EFTI_ARRAY(uint32_t) covers;  /* texts in which a hit covers the feature */
    EFTI_ARRAY(struct suggestion) found;
};

/* -------------------------------------------------------------------- gathering */

/* What --stop leaves out is no suggestion by itself. */
static bool
is_word_feature(const struct suggesting *s, uint32_t id)
{
    const eft_text name = efti_strings_get(s->features.names, id);
    const struct efti_strings *stop = s->tally->plan->stop;

    if (memcmp(name.bytes, "pair:", 5) == 0)
        return true;
    return memcmp(name.bytes, "term:", 5) == 0 &&
           (stop == NULL ||
            efti_strings_find(stop, name.bytes + 5, name.size - 5) == EFTI_NOT_FOUND);
}

/* Words that a hit stands on. Each (word, theme) once a text. */
static eft_status
take_covered(struct suggesting *s, const struct efti_hit *hit, size_t from,
             eft_error *err)
{
    const struct efti_token *tokens = s->worker.veiled.tokens.tokens.items;

    for (uint32_t k = hit->first_token; k < hit->end_token; k++) {
        if (tokens[k].kind == EFTI_VEIL || tokens[k].form == EFTI_NOT_FOUND)
            continue;
        const struct efti_form_features *of = &s->features.forms.items[tokens[k].form];
        for (uint32_t i = 0; i < of->count; i++) {
            const struct covered c = {of->ids[i], hit->theme};
            bool known = false;
            for (size_t j = from; j < s->covered.count && !known; j++)
                known = s->covered.items[j].feature == c.feature &&
                        s->covered.items[j].theme == c.theme;
            if (known)
                continue;
            if (!EFTI_PUSH(s->mem, &s->covered))
                return efti_no_memory(err, "the suggestions");
            s->covered.items[s->covered.count - 1] = c;
        }
    }
    return EFT_OK;
}

static eft_status
take_text_hits(struct suggesting *s, size_t themes, eft_error *err)
{
    const struct efti_hits *h = &s->worker.hits;
    size_t from = s->covered.count;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < h->hits.count && st == EFT_OK; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        bool known = false;
        st = take_covered(s, hit, from, err);
        for (size_t k = themes; k < s->themes.count && !known; k++)
            known = s->themes.items[k] == hit->theme;
        if (known || hit->polarity == EFTI_UNCERTAIN || st != EFT_OK)
            continue;
        if (!EFTI_PUSH(s->mem, &s->themes))
            return efti_no_memory(err, "the suggestions");
        s->themes.items[s->themes.count - 1] = hit->theme;
    }
    return st;
}

static eft_status
take_suggested_text(void *user, const struct efti_spooled *r, uint32_t writer,
                    eft_error *err)
{
    struct suggesting *s = user;
    eft_status st;

    if ((st = efti_worker_match(&s->worker, r->veiled, err)) != EFT_OK ||
        s->worker.veiled.withheld)
        return st;
    if ((st = efti_features_find(&s->features, err)) != EFT_OK)
        return st;
    if (s->texts.count >= UINT32_MAX - 1 || !EFTI_PUSH(s->mem, &s->texts) ||
        !EFTI_ARRAY_RESERVE(s->mem, &s->values,
                            s->values.count + s->features.present.count))
        return efti_no_memory(err, "the suggestions");
    s->texts.items[s->texts.count - 1] =
        (struct suggest_text){writer, s->values.count, s->themes.count};
    if (writer >= s->writer_count)
        s->writer_count = writer + 1;
    for (size_t i = 0; i < s->features.present.count; i++) {
        if (is_word_feature(s, s->features.present.items[i]))
            s->values.items[s->values.count++] = s->features.present.items[i];
    }
    return take_text_hits(s, s->themes.count, err);
}

/* ------------------------------------------------------------------- turning round */

static int
by_text_writer(const void *a, const void *b, void *user)
{
    const struct suggest_text *texts = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (texts[x].writer != texts[y].writer)
        return texts[x].writer < texts[y].writer ? -1 : 1;
    return x < y ? -1 : x > y;
}

#define MAKE(array, n)                                                                   \
    (EFTI_ARRAY_RESERVE(s->mem, &s->array, (n) + 1)                                      \
         ? (s->array.count = (n),                                                        \
            memset(s->array.items, 0, ((n) + 1) * sizeof(*s->array.items)), true)        \
         : false)

static size_t
end_of_values(const struct suggesting *s, size_t text)
{
    return text + 1 < s->texts.count ? s->texts.items[text + 1].values : s->values.count;
}

/* Texts of each feature, writer by writer. */
static eft_status
turn_texts(struct suggesting *s, eft_error *err)
{
    size_t features = efti_strings_count(s->features.names), n = s->texts.count;

    s->feature_count = (uint32_t)features;
    if (!MAKE(order, n) || !MAKE(first, features + 2) ||
        !MAKE(postings, s->values.count) || !MAKE(of_writer, s->writer_count) ||
        !MAKE(with_theme, s->writer_count) || !MAKE(having, s->writer_count) ||
        !MAKE(in_theme, n) || !MAKE(low, features) || !MAKE(covers, features))
        return efti_no_memory(err, "the suggestions");
    for (size_t i = 0; i < n; i++) {
        s->order.items[i] = (uint32_t)i;
        s->of_writer.items[s->texts.items[i].writer]++;
    }
    efti_sort(s->order.items, n, sizeof(uint32_t), by_text_writer, s->texts.items);
    for (size_t i = 0; i < s->values.count; i++)
        s->first.items[s->values.items[i] + 2]++;
    for (size_t f = 2; f < features + 2; f++)
        s->first.items[f] += s->first.items[f - 1];
    for (size_t i = 0; i < n; i++) {
        uint32_t text = s->order.items[i];
        for (size_t k = s->texts.items[text].values; k < end_of_values(s, text); k++)
            s->postings.items[s->first.items[s->values.items[k] + 1]++] = text;
    }
    return EFT_OK;
}

/* --------------------------------------------------------------------- measuring */

/* Both shares of no word at all: what each feature starts from. */
struct shares {
    struct efti_ratio inside, outside;
};

static struct shares
start_theme(struct suggesting *s, uint32_t theme)
{
    struct shares base;

    memset(&base, 0, sizeof(base));
    memset(s->with_theme.items, 0, s->writer_count * sizeof(uint32_t));
    for (size_t i = 0; i < s->texts.count; i++) {
        size_t from = s->texts.items[i].themes;
        size_t to =
            i + 1 < s->texts.count ? s->texts.items[i + 1].themes : s->themes.count;
        bool has = theme == s->theme_count && from == to; /* without any theme */
        for (size_t k = from; k < to && !has; k++)
            has = s->themes.items[k] == theme;
        s->in_theme.items[i] = has;
        s->with_theme.items[s->texts.items[i].writer] += has;
    }
    for (uint32_t w = 0; w < s->writer_count; w++) {
        efti_ratio_add(&base.inside, 0, s->with_theme.items[w]);
        efti_ratio_add(&base.outside, 0, s->of_writer.items[w] - s->with_theme.items[w]);
    }
    memset(s->covers.items, 0, s->covers.count * sizeof(uint32_t));
    for (size_t i = 0; i < s->covered.count; i++) {
        if (s->covered.items[i].theme == theme)
            s->covers.items[s->covered.items[i].feature]++;
    }
    return base;
}

static void
add_share(struct efti_ratio *r, double x, double n)
{
    r->x += x;
    r->xx += x * x;
    r->xn += x * n;
}

/* Theme without the word: over all writers, for those few that came so far. */
static bool
theme_rest_passes(const struct suggesting *s)
{
    struct efti_cell rest = {0};

    for (uint32_t w = 0; w < s->writer_count; w++)
        efti_cell_add(&rest, s->with_theme.items[w] - s->having.items[w]);
    return efti_gate_passes(s->gate, &rest);
}

/* The log ratio of one feature; false: the gate hides it, or it says nothing. */
static bool
measure_feature(struct suggesting *s, uint32_t f, const struct shares *base,
                struct efti_log_ratio *out)
{
    struct shares r = *base;
    struct efti_cell cell = {0}, word_rest = {0};
    size_t end = s->first.items[f + 1], i = s->first.items[f];

    while (i < end) {
        uint32_t w = s->texts.items[s->postings.items[i]].writer, a = 0, b = 0;
        for (; i < end && s->texts.items[s->postings.items[i]].writer == w; i++) {
            a += s->in_theme.items[s->postings.items[i]];
            b += s->in_theme.items[s->postings.items[i]] == 0;
        }
        efti_cell_add(&cell, a);
        efti_cell_add(&word_rest, b);
        s->having.items[w] = a;
        add_share(&r.inside, a, s->with_theme.items[w]);
        add_share(&r.outside, b, s->of_writer.items[w] - s->with_theme.items[w]);
    }
    bool shows = 2 * (uint64_t)s->covers.items[f] < cell.count &&
                 efti_gate_passes(s->gate, &cell) &&
                 efti_gate_passes(s->gate, &word_rest) && theme_rest_passes(s);
    for (i = s->first.items[f]; i < end; i++)
        s->having.items[s->texts.items[s->postings.items[i]].writer] = 0;
    if (!shows)
        return false;
    *out = efti_log_ratio_interval(&r.inside, &r.outside, 0.95);
    return out->low > 0;
}

static int
by_low(const void *a, const void *b, void *user)
{
    const struct suggestion *x = a, *y = b;
    const struct suggesting *s = user;

    if (x->ratio.low > y->ratio.low || x->ratio.low < y->ratio.low)
        return x->ratio.low > y->ratio.low ? -1 : 1;
    const eft_text m = efti_strings_get(s->features.names, x->feature);
    const eft_text n = efti_strings_get(s->features.names, y->feature);
    return efti_compare(m.bytes, m.size, n.bytes, n.size);
}

/* A word of a pair; EFTI_NOT_FOUND: a function word, which is no feature by itself. */
static uint32_t
part_of_pair(struct suggesting *s, eft_text part)
{
    struct efti_bytes *name = &s->features.name;

    efti_bytes_clear(name);
    efti_put_text(name, "term:");
    efti_put(name, part.bytes, part.size);
    return name->failed ? EFTI_NOT_FOUND
                        : efti_strings_find(s->features.names, name->data, name->size);
}

/* A pair whose words are in the theme, or say as much alone. */
static bool
is_idle_pair(struct suggesting *s, const struct suggestion *one)
{
    const eft_text name = efti_strings_get(s->features.names, one->feature);
    const char *blank = name.bytes[0] == 'p' ? memchr(name.bytes, ' ', name.size) : NULL;
    bool idle = false;

    if (blank == NULL)
        return false;
    const eft_text parts[2] = {{name.bytes + 5, (size_t)(blank - name.bytes) - 5},
                               {blank + 1, name.size - (size_t)(blank + 1 - name.bytes)}};
    for (size_t i = 0; i < 2; i++) {
        uint32_t id = part_of_pair(s, parts[i]);
        idle |= id != EFTI_NOT_FOUND &&
                (s->covers.items[id] > 0 || s->low.items[id] >= one->ratio.low);
    }
    return idle;
}

static eft_status
find_suggestions(struct suggesting *s, uint32_t theme, eft_error *err)
{
    const struct shares base = start_theme(s, theme);
    struct suggestion one;
    size_t kept = 0;

    s->found.count = 0;
    memset(s->low.items, 0, s->low.count * sizeof(double));
    for (uint32_t f = 0; f < s->feature_count; f++) {
        if (s->first.items[f + 1] - s->first.items[f] < 2 * s->gate->k ||
            !measure_feature(s, f, &base, &one.ratio))
            continue;
        one.feature = f;
        s->low.items[f] = one.ratio.low;
        if (!EFTI_PUSH(s->mem, &s->found))
            return efti_no_memory(err, "the suggestions");
        s->found.items[s->found.count - 1] = one;
    }
    for (size_t i = 0; i < s->found.count; i++) {
        if (!is_idle_pair(s, &s->found.items[i]))
            s->found.items[kept++] = s->found.items[i];
    }
    s->found.count = kept;
    efti_sort(s->found.items, kept, sizeof(struct suggestion), by_low, s);
    return EFT_OK;
}

/* ---------------------------------------------------------------------- printing */

/* The first released quote, of this theme if there is one, that has the word. */
static eft_status
find_example(struct suggesting *s, const eft_table *quotes, eft_text theme,
             uint32_t feature, eft_text *out, eft_error *err)
{
    size_t text = eft_table_column_find(quotes, "quote");
    size_t id = eft_table_column_find(quotes, "theme");

    for (size_t row = 0; row < eft_table_rows(quotes); row++) {
        const eft_text quote = eft_table_text(quotes, row, text);
        const eft_text of = eft_table_text(quotes, row, id);
        bool own = efti_equal(of.bytes, of.size, theme.bytes, theme.size), has = false;
        if (out->size > 0 && !own)
            continue;
        eft_status st = efti_worker_match(&s->worker, quote, err);
        if (st != EFT_OK || (st = efti_features_find(&s->features, err)) != EFT_OK)
            return st;
        for (size_t i = 0; i < s->features.present.count && !has; i++)
            has = s->features.present.items[i] == feature;
        if (has)
            *out = quote;
        if (has && own)
            return EFT_OK;
    }
    return EFT_OK;
}

static eft_status
put_suggestion(struct suggesting *s, eft_table *table, const eft_table *quotes,
               eft_text theme, uint32_t rank, eft_error *err)
{
    const struct suggestion *one = &s->found.items[rank - 1];
    const eft_text name = efti_strings_get(s->features.names, one->feature);
    bool pair = name.bytes[0] == 'p';
    const eft_text term = {name.bytes + 5, name.size - 5};
    eft_text label = term, example = {NULL, 0};
    eft_status st = efti_table_row(table, err);

    if (st != EFT_OK)
        return st;
    if (!pair && s->tally->plan->terms == EFT_TERMS_STEM)
        label = efti_dictionary_label(s->tally->plan->dictionary, term.bytes, term.size);
    efti_table_set_text(table, "theme", theme);
    efti_table_set_integer(table, "rank", rank);
    efti_table_set_text(table, "kind",
                        pair ? (eft_text){"phrase", 6} : (eft_text){"word", 4});
    efti_table_set_text(table, "term", term);
    efti_table_set_text(table, "label", label.size > 0 ? label : term);
    efti_table_set_integer(table, "writers_min", s->gate->k);
    efti_table_set_real(table, "log_ratio", round(10 * one->ratio.value) / 10);
    efti_table_set_real(table, "log_ratio_low", floor(10 * one->ratio.low) / 10);
    efti_table_set_real(table, "log_ratio_high", ceil(10 * one->ratio.high) / 10);
    if (quotes != NULL)
        st = find_example(s, quotes, theme, one->feature, &example, err);
    if (example.size > 0)
        efti_table_set_text(table, "example", example);
    return st;
}

static bool
is_shown(const eft_results *results, eft_text theme)
{
    const eft_table *themes = eft_results_find(results, "themes");
    size_t id = eft_table_column_find(themes, "theme");
    size_t polarity = eft_table_column_find(themes, "polarity");
    size_t flag = eft_table_column_find(themes, "shown");
    bool shown = false;

    for (size_t row = 0; row < eft_table_rows(themes) && !shown; row++) {
        const eft_text name = eft_table_text(themes, row, id);
        const eft_text kind = eft_table_text(themes, row, polarity);
        shown = efti_equal(kind.bytes, kind.size, "any", 3) &&
                efti_equal(name.bytes, name.size, theme.bytes, theme.size) &&
                eft_table_integer(themes, row, flag) == 1;
    }
    return shown;
}

static eft_status
suggest_for(struct suggesting *s, eft_table *table, const eft_table *quotes,
            uint32_t theme, eft_error *err)
{
    const eft_text none = {"", 0};
    const eft_text id = theme == s->theme_count
                            ? none
                            : efti_matcher_theme(s->tally->plan->matcher, theme)->id;

    if (theme < s->theme_count && !is_shown(s->results, id))
        return EFT_OK;
    eft_status st = find_suggestions(s, theme, err);
    for (uint32_t rank = 1;
         st == EFT_OK && rank <= s->found.count && rank <= MOST_OF_A_THEME; rank++)
        st = put_suggestion(s, table, quotes, id, rank, err);
    return st;
}

static eft_status
suggest_all(struct suggesting *s, eft_error *err)
{
    const eft_table *quotes = eft_results_find(s->results, "quotes");
    eft_table *table;
    eft_status st;

    if ((st = efti_features_open_pairs(&s->features, &s->worker, err)) != EFT_OK ||
        (st = efti_each_spooled(s->tally, take_suggested_text, s, err)) != EFT_OK ||
        (st = turn_texts(s, err)) != EFT_OK ||
        (st = efti_results_add(s->results, EFTI_TABLE_SUGGESTIONS, NULL, &table, err)) !=
            EFT_OK)
        return st;
    for (uint32_t theme = 0; theme <= s->theme_count && st == EFT_OK; theme++)
        st = suggest_for(s, table, quotes, theme, err);
    return st == EFT_OK ? efti_table_done(table, err) : st;
}

eft_status
efti_release_suggestions(eft_tally *t, const struct efti_gate *gate, eft_results *results,
                         eft_error *err)
{
    struct suggesting one = {.tally = t,
                             .mem = t->mem,
                             .gate = gate,
                             .results = results,
                             .theme_count = efti_matcher_theme_count(t->plan->matcher)};
    struct suggesting *s = &one;

    if (t->spool == NULL || t->from_state)
        return EFT_END;
    eft_status st = efti_worker_open(&s->worker, t->plan, err);
    if (st != EFT_OK)
        return st;
    st = suggest_all(s, err);
    efti_features_close(&s->features);
    efti_worker_close(&s->worker);
    EFTI_ARRAY_FREE(s->mem, &s->texts);
    EFTI_ARRAY_FREE(s->mem, &s->values);
    EFTI_ARRAY_FREE(s->mem, &s->themes);
    EFTI_ARRAY_FREE(s->mem, &s->covered);
    EFTI_ARRAY_FREE(s->mem, &s->order);
    EFTI_ARRAY_FREE(s->mem, &s->first);
    EFTI_ARRAY_FREE(s->mem, &s->postings);
    EFTI_ARRAY_FREE(s->mem, &s->of_writer);
    EFTI_ARRAY_FREE(s->mem, &s->with_theme);
    EFTI_ARRAY_FREE(s->mem, &s->having);
    EFTI_ARRAY_FREE(s->mem, &s->in_theme);
    EFTI_ARRAY_FREE(s->mem, &s->low);
    EFTI_ARRAY_FREE(s->mem, &s->covers);
    EFTI_ARRAY_FREE(s->mem, &s->found);
    return st;
}
