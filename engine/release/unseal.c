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
 * Intervals. The moments of a party stand around its own share (tally/sealed.h) and are
 * moved to that of all. Parties of fewer than 10 writers tell none: writers there are
 * taken to differ as they do elsewhere, in proportion to the reflections, if those who
 * tell hold at least half of them. The interval is then that of stats/cluster.h.
 *
 * Labels that were numbered (unit-1) are different ones in each party and get its name in
 * front. The same name is the same label. Where one party tells months and another terms,
 * months are added up to terms; of a term of which one month is hidden nothing is told.
 * Weeks fit into neither and are left out then.
 */
#include "release/internal.h"
#include "release/sealing.h"

#include <math.h>

/* One party's row under the key that it gets in the table. */
struct unsealed {
    eft_text key[3];
    const struct efti_sealed_row *row;
    struct efti_sealed_row *made; /* added up from several; NULL: `row` as it is */
};
struct unseal {
    const eft_allocator *mem;
    const struct eft_sealed *sealed;
    struct eft_results *results;
    EFTI_ARRAY(struct unsealed) rows; /* of the table at hand */
    int coarsest;                     /* period that all parties can tell */
};

/* What the rows of one key come to. */
struct unseal_sum {
    uint64_t x, n, r1, c1, writers, count;
    double sum;
    uint32_t parties, told; /* with a number; with moments */
    bool shown, exact, has_x, has_n, has_mean, rough;
    double low, high; /* NaN: no interval */
};

/* ---------------------------------------------------------------------- text */

static bool
is_word(eft_text t, const char *word)
{
    return efti_equal(t.bytes, t.size, word, strlen(word));
}

/* "unit-12" where the role is "unit". */
static bool
is_numbered(eft_text label, eft_text role)
{
    if (label.size < role.size + 2 || memcmp(label.bytes, role.bytes, role.size) != 0 ||
        label.bytes[role.size] != '-')
        return false;
    for (size_t i = role.size + 1; i < label.size; i++) {
        if (label.bytes[i] < '0' || label.bytes[i] > '9')
            return false;
    }
    return true;
}

static bool
put_party_before(struct unseal *u, eft_text party, eft_text *label)
{
    char *copy =
        efti_arena_alloc(&u->results->arena, party.size + 1 + label->size + 1, 1);

    if (copy == NULL)
        return false;
    memcpy(copy, party.bytes, party.size);
    copy[party.size] = ' ';
    memcpy(copy + party.size + 1, label->bytes, label->size);
    *label = (eft_text){copy, party.size + 1 + label->size};
    return true;
}

/* Numbers of labels are each party's own. */
static bool
name_apart(struct unseal *u, int table, eft_text party, struct unsealed *to)
{
    static const eft_text assignment = {"assignment", 10}, tag = {"tag", 3};

    switch (table) {
    case EFTI_SEALED_OVERVIEW:
    case EFTI_SEALED_THEMES_BY_FACET:
        return !is_numbered(to->key[1], to->key[0]) ||
               put_party_before(u, party, &to->key[1]);
    case EFTI_SEALED_ASSIGNMENT_TAGS:
        if (is_numbered(to->key[1], tag) && !put_party_before(u, party, &to->key[1]))
            return false;
        return !is_numbered(to->key[0], assignment) ||
               put_party_before(u, party, &to->key[0]);
    case EFTI_SEALED_ASSIGNMENT_THEMES:
        return !is_numbered(to->key[0], assignment) ||
               put_party_before(u, party, &to->key[0]);
    default: return true;
    }
}

/* -------------------------------------------------------------------- periods */

enum { UNIT_WEEK, UNIT_MONTH, UNIT_TERM, UNIT_YEAR };

/* 2023-W07, 2023-02, 2023-VT, 2023; a year may have more digits or a sign. */
static int
unit_of_period(eft_text p)
{
    if (p.size >= 4 && p.bytes[p.size - 3] == 'W')
        return UNIT_WEEK;
    if (p.size >= 3 && p.bytes[p.size - 3] == '-')
        return p.bytes[p.size - 1] == 'T' ? UNIT_TERM : UNIT_MONTH;
    return UNIT_YEAR;
}

/* The period of unit `to` that holds `p`, which is finer. */
static bool
coarser_period(struct unseal *u, eft_text *p, int to)
{
    int from = unit_of_period(*p);

    if (from == to)
        return true;
    char *copy = efti_arena_copy(&u->results->arena, p->bytes, p->size);
    if (copy == NULL)
        return false;
    if (to == UNIT_TERM) { /* from a month */
        bool spring = copy[p->size - 2] == '0' && copy[p->size - 1] <= '6';
        memcpy(copy + p->size - 2, spring ? "VT" : "HT", 2);
    }
    *p = (eft_text){copy, to == UNIT_YEAR ? p->size - 3 : p->size};
    return true;
}

static void
find_coarsest(struct unseal *u)
{
    for (size_t i = 0; i < u->sealed->parties.count; i++) {
        const struct efti_sealed_rows *rows =
            &u->sealed->parties.items[i].tables[EFTI_SEALED_TREND];
        for (size_t r = 0; r < rows->list.count; r++) {
            int unit = unit_of_period(rows->list.items[r].key[0]);
            u->coarsest = unit > u->coarsest ? unit : u->coarsest;
        }
    }
}

static int
by_unsealed(const void *a, const void *b, void *user)
{
    const struct unsealed *x = a, *y = b;

    (void)user;
    return efti_sealed_compare(x->key, y->key);
}

/* Rows of one party and key, from..to, as one row: writers are in several periods, so
 * only a bound is left of their number, and no moments. */
static eft_status
add_periods(struct unseal *u, size_t from, size_t to, eft_error *err)
{
    struct efti_sealed_row *sum = efti_arena_alloc(&u->results->arena, sizeof(*sum),
                                                   _Alignof(struct efti_sealed_row));

    if (sum == NULL)
        return efti_no_memory(err, "the periods of a sealed state");
    *sum = *u->rows.items[from].row;
    sum->has_moments = sum->exact = false;
    for (size_t i = from + 1; i < to; i++) {
        const struct efti_sealed_row *r = u->rows.items[i].row;
        sum->shown = sum->shown && r->shown;
        sum->has_x = sum->has_x && r->has_x;
        sum->has_n = sum->has_n && r->has_n;
        sum->x += r->x;
        sum->n += r->n;
        sum->writers = r->writers > sum->writers ? r->writers : sum->writers;
        if (sum->mean != EFTI_MEAN_EXACT || r->mean != EFTI_MEAN_EXACT)
            sum->mean = EFTI_MEAN_NONE;
        sum->sum += r->sum;
        sum->count += r->count;
    }
    u->rows.items[from].made = sum;
    return EFT_OK;
}

/* The rows of one party from `start` on: equal keys become one row. In `overview` the
 * share of a period is of everybody, which is the same for each of its parts. */
static eft_status
join_periods(struct unseal *u, size_t start, bool overview, eft_error *err)
{
    size_t kept = start;
    eft_status st = EFT_OK;

    efti_sort(u->rows.items + start, u->rows.count - start, sizeof(*u->rows.items),
              by_unsealed, NULL);
    for (size_t from = start, to; from < u->rows.count && st == EFT_OK; from = to) {
        for (to = from + 1; to < u->rows.count; to++) {
            if (by_unsealed(&u->rows.items[from], &u->rows.items[to], NULL) != 0)
                break;
        }
        if (to > from + 1)
            st = add_periods(u, from, to, err);
        if (to > from + 1 && st == EFT_OK && overview)
            u->rows.items[from].made->n = u->rows.items[from].row->n;
        u->rows.items[kept++] = u->rows.items[from];
    }
    u->rows.count = kept;
    return st;
}

/* ------------------------------------------------------------------ gathering */

static eft_status
push_row(struct unseal *u, int table, eft_text party, const struct efti_sealed_row *row,
         eft_error *err)
{
    struct unsealed to = {.key = {row->key[0], row->key[1], row->key[2]}, .row = row};
    bool overview = table == EFTI_SEALED_OVERVIEW && is_word(row->key[0], "period");
    bool ok = name_apart(u, table, party, &to);

    if (ok && (overview || table == EFTI_SEALED_TREND)) {
        eft_text *period = &to.key[overview ? 1 : 0];
        if (unit_of_period(*period) == UNIT_WEEK && u->coarsest != UNIT_WEEK)
            return EFT_OK; /* weeks fit into nothing */
        ok = coarser_period(u, period, u->coarsest);
    }
    if (!ok || !EFTI_PUSH(u->mem, &u->rows))
        return efti_no_memory(err, "the rows of sealed states");
    u->rows.items[u->rows.count - 1] = to;
    return EFT_OK;
}

static eft_status
gather_rows(struct unseal *u, int table, eft_error *err)
{
    bool overview = table == EFTI_SEALED_OVERVIEW;
    eft_status st = EFT_OK;

    u->rows.count = 0;
    for (size_t i = 0; i < u->sealed->parties.count && st == EFT_OK; i++) {
        const struct efti_sealed_party *p = &u->sealed->parties.items[i];
        size_t start = u->rows.count;
        for (size_t r = 0; r < p->tables[table].list.count && st == EFT_OK; r++)
            st = push_row(u, table, p->name, &p->tables[table].list.items[r], err);
        if (st == EFT_OK && (overview || table == EFTI_SEALED_TREND))
            st = join_periods(u, start, overview, err);
    }
    return st;
}

/* The parties side by side: their rows of all reflections, under their names. */
static eft_status
gather_parties(struct unseal *u, int table, eft_error *err)
{
    for (size_t i = 0; i < u->sealed->parties.count; i++) {
        const struct efti_sealed_party *p = &u->sealed->parties.items[i];
        for (size_t r = 0; r < p->tables[table].list.count; r++) {
            const struct efti_sealed_row *row = &p->tables[table].list.items[r];
            bool all = table == EFTI_SEALED_OVERVIEW ? is_word(row->key[0], "all")
                                                     : is_word(row->key[1], "any");
            if (!all)
                continue;
            if (!EFTI_PUSH(u->mem, &u->rows))
                return efti_no_memory(err, "the rows of sealed states");
            struct unsealed *to = &u->rows.items[u->rows.count - 1];
            *to = (struct unsealed){.row = row};
            to->key[0] = (eft_text){"party", 5};
            to->key[1] = p->name;
            to->key[2] = table == EFTI_SEALED_OVERVIEW ? (eft_text){"", 0} : row->key[0];
        }
    }
    return EFT_OK;
}

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
            if (is_word(text, scopes[i]))
                return i;
        }
        for (int i = 0; i < (int)EFTI_COUNT(late); i++) {
            if (is_word(text, late[i]))
                return 20 + i;
        }
        return 10; /* a facet */
    }
    if (table == EFTI_SEALED_THEMES && key == 1) {
        for (int i = 0; i < (int)EFTI_COUNT(polarities); i++) {
            if (is_word(text, polarities[i]))
                return i;
        }
    }
    if (table == EFTI_SEALED_FEELING_BY_THEME && key == 1)
        return !is_word(text, "all");
    return is_word(text, "other"); /* the pool comes last */
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

/* ------------------------------------------------------------------ inference */

static double
moment_of(const struct efti_sealed_row *r, int which)
{
    return r->moments[which].mantissa * pow(10, r->moments[which].exponent);
}

static const struct efti_sealed_row *
row_at(const struct unseal *u, size_t i)
{
    const struct unsealed *x = &u->rows.items[i];

    return x->made != NULL ? x->made : x->row;
}

static bool
has_ratio(const struct efti_sealed_row *r, bool mean)
{
    return r->shown && (mean ? r->mean != EFTI_MEAN_NONE : r->has_x && r->has_n);
}

/* X and N of one party, of the mean or of the share. */
static void
ratio_of_row(const struct efti_sealed_row *r, bool mean, double *x, double *n)
{
    *x = mean ? r->sum : (double)r->x;
    *n = mean ? (double)r->count : (double)r->n;
}

/* Sums over all writers of the rows from..to; `writers` 0: too little is known. */
static struct efti_ratio
ratio_of_rows(const struct unseal *u, size_t from, size_t to, bool mean,
              struct unseal_sum *s)
{
    struct efti_ratio all = {0};
    double known = 0, squares = 0, sizes = 0, x, n;

    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!has_ratio(r, mean))
            continue;
        ratio_of_row(r, mean, &x, &n);
        all.x += x;
        all.n += n;
        if (!r->has_moments)
            continue;
        known += n;
        squares += moment_of(r, EFTI_MOMENT_SQUARES);
        sizes += moment_of(r, EFTI_MOMENT_SIZES);
        s->told++;
    }
    if (!(known > 0) || 2 * known < all.n)
        return all;
    double p = all.x / all.n, spread = 0;
    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!has_ratio(r, mean))
            continue;
        ratio_of_row(r, mean, &x, &n);
        double off = p - x / n, size = r->has_moments ? moment_of(r, EFTI_MOMENT_SIZES)
                                                      : sizes / known * n;
        spread += r->has_moments ? moment_of(r, EFTI_MOMENT_SQUARES) -
                                       2 * off * moment_of(r, EFTI_MOMENT_CROSS)
                                 : squares / known * n;
        spread += off * off * size;
        all.nn += size;
    }
    /* sums that give this spread around p, for the formulas of stats/cluster.c */
    all.xn = p * all.nn;
    all.xx = fmax(spread, 0) + p * all.xn;
    all.writers = s->writers > UINT32_MAX ? UINT32_MAX : (uint32_t)s->writers;
    return all;
}

static void
find_interval(const struct unseal *u, int table, size_t from, size_t to,
              struct unseal_sum *s)
{
    bool mean = table == EFTI_SEALED_OVERVIEW || table == EFTI_SEALED_FEELING_BY_THEME;

    s->low = s->high = (double)NAN;
    if (mean ? s->rough || !s->has_mean : !(s->has_x && s->has_n))
        return;
    struct efti_ratio r = ratio_of_rows(u, from, to, mean, s);
    if (r.writers == 0)
        return;
    struct efti_interval i =
        mean ? efti_ratio_interval(&r, 0.95) : efti_share_interval(&r, 0.95);
    s->low = i.low;
    s->high = i.high;
}

/* ----------------------------------------------------------------------- sums */

/* Over the parties that tell one. */
static void
add_mean(struct unseal_sum *s, const struct efti_sealed_row *r)
{
    bool rough = r->mean == EFTI_MEAN_ROUGH;

    if (r->mean == EFTI_MEAN_NONE)
        return;
    s->has_mean = true;
    s->rough = s->rough || rough;
    s->sum += rough ? r->sum * (double)r->count : r->sum;
    s->count += r->count;
}

static struct unseal_sum
add_rows(const struct unseal *u, int table, size_t from, size_t to)
{
    struct unseal_sum s = {.exact = true, .has_x = true, .has_n = true};

    for (size_t i = from; i < to; i++) {
        const struct efti_sealed_row *r = row_at(u, i);
        if (!r->shown)
            continue;
        s.shown = true;
        s.parties++;
        s.has_x = s.has_x && r->has_x;
        s.has_n = s.has_n && r->has_n;
        s.exact = s.exact && r->exact;
        s.x += r->x;
        s.n += r->n;
        s.r1 += r->r1;
        s.c1 += r->c1;
        s.writers += r->writers;
        add_mean(&s, r);
    }
    find_interval(u, table, from, to, &s);
    return s;
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
    struct unseal_sum s = add_rows(u, table, from, to);
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
            if (by_unsealed(x, &u->rows.items[to], NULL) != 0)
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
    if ((st = gather_parties(u, EFTI_SEALED_THEMES, err)) == EFT_OK)
        st = write_gathered(u, EFTI_SEALED_THEMES_BY_FACET, "themes_by_party", &facet,
                            err);
    if (st == EFT_OK)
        st = gather_rows(u, EFTI_SEALED_THEMES_BY_FACET, err);
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
    eft_status st = gather_rows(u, table, err);
    if (st == EFT_OK && table == EFTI_SEALED_OVERVIEW)
        st = gather_parties(u, table, err);
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
    find_coarsest(&u);
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
