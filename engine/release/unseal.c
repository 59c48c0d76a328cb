/*
 * unseal.c - sealed states of several parties, added up to tables
 *
 *     Mjölby   oro  any   66 of 182   41 writers  ┐
 *     Höör     oro  any   (hidden)                ├─►  oro any  94 of 260, 63 writers,
 *     Hörby    oro  any   28 of  78   22 writers  ┘    from 2 of 3 parties
 *
 * Rows of one key are added over the parties that tell them; shares and means are over
 * those parties alone. Writers add up because the parties declare that nobody writes in
 * two of them. Parties without a number are small ones, or have no such label.
 *
 * unseal_gather.c brings rows of one key together, unseal_sums.c adds them up.
 */
#include "release/unseal.h"

#include "release/sealing.h"

#include <math.h>

/* --------------------------------------------------------------------- order */

/* Keys that are ours stand in the order of other tables; all else by bytes. */
static int
rank_of(int table, size_t key, eft_text text)
{
    static const char *const scopes[] = {"all", "party", "unit"};
    static const char *const late[] = {"assignment", "tag", "period", "veiled"};
    static const char *const polarities[] = {"any", "affirmed", "negated", "uncertain"};

    if (table == EFTI_SEALED_OVERVIEW && key == 0) {
        for (int i = 0; i < (int)EFTI_COUNT(scopes); i++) {
            if (efti_is_word(text, scopes[i]))
                return i;
        }
        for (int i = 0; i < (int)EFTI_COUNT(late); i++) {
            if (efti_is_word(text, late[i]))
                return 20 + i;
        }
        return 10; /* a facet */
    }
    if (table == EFTI_SEALED_THEMES && key == 1) {
        for (int i = 0; i < (int)EFTI_COUNT(polarities); i++) {
            if (efti_is_word(text, polarities[i]))
                return i;
        }
    }
    if (table == EFTI_SEALED_FEELING_BY_THEME && key == 1)
        return !efti_is_word(text, "all");
    return efti_is_word(text, "other"); /* the pool comes last */
}

static int
in_order(const void *a, const void *b, void *user)
{
    const struct unsealed *x = a, *y = b;
    const int *table = user;

    for (size_t i = 0; i < EFTI_COUNT(x->key); i++) {
        int p = rank_of(*table, i, x->key[i]), q = rank_of(*table, i, y->key[i]);
        if (p != q)
            return p < q ? -1 : 1;
        int c = efti_compare(x->key[i].bytes, x->key[i].size, y->key[i].bytes,
                             y->key[i].size);
        if (c != 0)
            return c;
    }
    return 0;
}

/* ----------------------------------------------------------------------- rows */

static int64_t
as_integer(uint64_t n)
{
    return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

static void
put_mean(const struct unseal *u, struct eft_table *t, const struct unseal_sum *s,
         const char *column, const char *low, const char *high)
{
    const struct efti_tally_settings *settings = &u->sealed->settings;

    if (!s->has_mean || s->count == 0)
        return;
    double mean = s->sum / (double)s->count;
    efti_table_set_real(t, column, s->rough ? round(mean * 10) / 10 : mean);
    if (!isnan(s->low))
        efti_row_interval(t, low, high, fmax(s->low, settings->feeling_low),
                          fmin(s->high, settings->feeling_high), 100);
}

static void
put_counts(const struct unseal *u, struct eft_table *t, int table,
           const struct unseal_sum *s)
{
    bool feeling = table == EFTI_SEALED_FEELING_BY_THEME;

    efti_table_set_integer(t, "shown", s->shown);
    efti_table_set_integer(t, "parties", s->parties);
    efti_table_set_integer(t, "of_parties", as_integer(u->sealed->parties.count));
    if (!s->shown)
        return;
    efti_table_set_integer(t, s->exact ? "writers" : "writers_min",
                           as_integer(s->writers));
    if (table == EFTI_SEALED_THEME_PAIRS)
        return;
    if (s->has_x)
        efti_table_set_integer(t, "reflections", as_integer(s->x));
    if (s->has_n && !feeling)
        efti_table_set_integer(t, "of", as_integer(s->n));
    if (s->has_x && s->has_n)
        efti_row_share(t, "share", s->x, s->n);
    if (!isnan(s->low))
        efti_table_set_integer(t, "interval_parties", s->told);
}

static eft_status
put_values(const struct unseal *u, struct eft_table *t, int table,
           const struct unseal_sum *s, eft_error *err)
{
    put_counts(u, t, table, s);
    if (!s->shown) {
        efti_table_add_hidden(t, 1);
        return EFT_OK;
    }
    if (table == EFTI_SEALED_THEME_PAIRS) {
        const struct efti_contingency c = {
            .o11 = s->x, .r1 = s->r1, .c1 = s->c1, .n = s->n};
        return efti_row_measures(t, &c, true, err);
    }
    if (table == EFTI_SEALED_OVERVIEW) {
        if (s->has_mean && !s->rough)
            efti_table_set_integer(t, "feelings", as_integer(s->count));
        put_mean(u, t, s, "feeling_mean", "feeling_low", "feeling_high");
    } else if (table == EFTI_SEALED_FEELING_BY_THEME) {
        put_mean(u, t, s, "mean", "mean_low", "mean_high");
    } else {
        efti_row_interval(t, "share_low", "share_high", s->low, s->high, 1000);
    }
    return EFT_OK;
}

static const struct {
    enum efti_table_id id;
    const char *keys[3];
} unsealed_tables[EFTI_SEALED_TABLES] = {
    [EFTI_SEALED_OVERVIEW] = {EFTI_TABLE_SEALED_OVERVIEW, {"scope", "label"}},
    [EFTI_SEALED_THEMES] = {EFTI_TABLE_SEALED_THEMES, {"theme", "polarity"}},
    [EFTI_SEALED_THEMES_BY_FACET] = {EFTI_TABLE_SEALED_THEMES_BY_FACET,
                                     {"facet", "label", "theme"}},
    [EFTI_SEALED_ASSIGNMENT_TAGS] = {EFTI_TABLE_SEALED_ASSIGNMENT_TAGS,
                                     {"assignment", "tag"}},
    [EFTI_SEALED_ASSIGNMENT_THEMES] = {EFTI_TABLE_SEALED_ASSIGNMENT_THEMES,
                                       {"assignment", "theme"}},
    [EFTI_SEALED_FEELING_BY_THEME] = {EFTI_TABLE_SEALED_FEELING_BY_THEME,
                                      {"theme", "feeling"}},
    [EFTI_SEALED_TREND] = {EFTI_TABLE_SEALED_TREND, {"period", "theme"}},
    [EFTI_SEALED_THEME_PAIRS] = {EFTI_TABLE_SEALED_THEME_PAIRS,
                                 {"level", "theme_a", "theme_b"}},
};

static eft_status
put_row_of(struct unseal *u, struct eft_table *t, int table, size_t from, size_t to,
           eft_error *err)
{
    const struct unsealed *first = &u->rows.items[from];
    struct unseal_sum s = efti_unseal_add(u, table, from, to);
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < 3 && unsealed_tables[table].keys[i] != NULL; i++)
        efti_table_set_text(t, unsealed_tables[table].keys[i], first->key[i]);
    if (table == EFTI_SEALED_THEMES) {
        efti_table_set_text(t, "label_sv", first->row->label[0]);
        efti_table_set_text(t, "label_en", first->row->label[1]);
    }
    return put_values(u, t, table, &s, err);
}

/* All rows that were gathered and have the first key `facet` (NULL: any). */
static eft_status
write_gathered(struct unseal *u, int table, const char *name, const eft_text *facet,
               eft_error *err)
{
    struct eft_table *t;
    eft_status st =
        efti_results_add(u->results, unsealed_tables[table].id, name, &t, err);

    if (st != EFT_OK)
        return st;
    efti_sort(u->rows.items, u->rows.count, sizeof(*u->rows.items), in_order, &table);
    for (size_t from = 0, to; from < u->rows.count && st == EFT_OK; from = to) {
        const struct unsealed *x = &u->rows.items[from];
        for (to = from + 1; to < u->rows.count; to++) {
            if (efti_unsealed_by_keys(x, &u->rows.items[to], NULL) != 0)
                break;
        }
        if (facet == NULL ||
            efti_equal(x->key[0].bytes, x->key[0].size, facet->bytes, facet->size))
            st = put_row_of(u, t, table, from, to, err);
    }
    u->results->hidden_cells += eft_table_hidden(t);
    return st == EFT_OK ? efti_table_done(t, err) : st;
}

/* ------------------------------------------------------------------- tables */

/* One table for each facet: party, unit, then those of the settings. */
static eft_status
unseal_facets(struct unseal *u, eft_error *err)
{
    const struct efti_tally_settings *settings = &u->sealed->settings;
    const struct release_job job = {.mem = u->mem, .results = u->results};
    eft_text facet = {"party", 5};
    struct efti_bytes name;
    eft_status st = EFT_OK;

    u->rows.count = 0;
    efti_bytes_init(&name, u->mem);
    if ((st = efti_unseal_parties(u, EFTI_SEALED_THEMES, err)) == EFT_OK)
        st = write_gathered(u, EFTI_SEALED_THEMES_BY_FACET, "themes_by_party", &facet,
                            err);
    if (st == EFT_OK)
        st = efti_unseal_rows(u, EFTI_SEALED_THEMES_BY_FACET, err);
    facet = (eft_text){"unit", 4};
    if (st == EFT_OK)
        st = write_gathered(u, EFTI_SEALED_THEMES_BY_FACET, NULL, &facet, err);
    for (uint32_t i = 0; i < settings->facet_count && st == EFT_OK; i++) {
        facet = settings->facet_names[i];
        st = efti_facet_table_name(&job, "themes_by_", facet, &name, err);
        if (st == EFT_OK)
            st = write_gathered(u, EFTI_SEALED_THEMES_BY_FACET, name.data, &facet, err);
    }
    efti_bytes_free(&name);
    return st;
}

static eft_status
unseal_table(struct unseal *u, int table, eft_error *err)
{
    if (table == EFTI_SEALED_THEMES_BY_FACET)
        return unseal_facets(u, err);
    eft_status st = efti_unseal_rows(u, table, err);
    if (st == EFT_OK && table == EFTI_SEALED_OVERVIEW)
        st = efti_unseal_parties(u, table, err);
    return st == EFT_OK ? write_gathered(u, table, NULL, NULL, err) : st;
}

static eft_status
name_missing(struct unseal *u, eft_error *err)
{
    static const char *const names[] = {"terms",      "keyness_by_unit", "dispersion",
                                        "term_pairs", "readability",     "tests"};
    struct release_job job = {.results = u->results};
    eft_status st = EFT_OK;

    for (size_t i = 0; i < EFTI_COUNT(names) && st == EFT_OK; i++)
        st = efti_table_missing(&job, names[i], err);
    return st;
}

/* The manifest's name for the corpus: SHA-256 of the sealed bytes. */
static eft_status
fingerprint_of(struct unseal *u, eft_error *err)
{
    struct efti_bytes bytes;
    unsigned char sum[32];

    efti_bytes_init(&bytes, u->mem);
    eft_status st = efti_sealed_put(u->sealed, &bytes, err);
    if (st == EFT_OK) {
        efti_sha256(bytes.data, bytes.size, sum);
        efti_hex(sum, sizeof(sum), u->results->fingerprint);
    }
    efti_bytes_free(&bytes);
    return st;
}

eft_status
efti_unseal(const eft_allocator *mem, const struct eft_sealed *sealed,
            struct eft_results **out, eft_error *err)
{
    struct unseal u = {.mem = mem, .sealed = sealed};
    eft_status st;

    *out = NULL;
    if (sealed->parties.count == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no party is in the seal");
    if ((st = efti_results_new(mem, &u.results, err)) != EFT_OK)
        return st;
    u.results->writer_column = sealed->settings.writer_column;
    u.results->external = true;
    u.results->k = UINT32_MAX;
    for (size_t i = 0; i < sealed->parties.count; i++) {
        const struct efti_sealed_party *p = &sealed->parties.items[i];
        u.results->k = p->k < u.results->k ? p->k : u.results->k;
        u.results->external = u.results->external && p->external;
    }
    efti_unseal_periods(&u);
    for (int t = 0; t < EFTI_SEALED_TABLES && st == EFT_OK; t++)
        st = unseal_table(&u, t, err);
    if (st == EFT_OK)
        st = efti_unseal_shared(mem, sealed, u.results, err);
    if (st == EFT_OK && (st = name_missing(&u, err)) == EFT_OK)
        st = fingerprint_of(&u, err);
    EFTI_ARRAY_FREE(mem, &u.rows);
    if (st != EFT_OK) {
        eft_results_free(u.results);
        return st;
    }
    *out = u.results;
    return EFT_OK;
}
