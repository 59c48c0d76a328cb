/*
 * counts.c - writers per theme, perturbed instead of hidden
 *
 * Suppression tells the truth and hides some of it. These tell something about every
 * cell, and nothing exactly. Counted are distinct writers, to whom each adds one at the
 * most, so that nobody dominates a cell; no shares, no means, no other table.
 *
 * - rounded: to the nearest multiple of a base, at least k. The truth is within half a
 *   base; a count that changes by one may be seen to cross a boundary.
 * - noise: cell-key noise (Fraser and Wooton 2005). Each reflection has a number from the
 *   user's key, a cell the sum of its own, and that looks up the noise: -4 to 4, mean 0.
 *   The same cell has the same noise in every table, so asking again tells nothing more.
 *   Counts below 3 print as 0.
 * - laplace: discrete Laplace, epsilon-differential privacy for a writer.
 * - gaussian: discrete Gaussian, rho-zero-concentrated differential privacy.
 *
 * The last two are for the list of themes, which does not depend on the texts, over all
 * writers. A writer changes each of T themes and the sum by one: by T + 1 in all
 * (Laplace), by sqrt(T + 1) in length (Gaussian). Noisy counts may be negative: cut at 0
 * their sums would be too large.
 *
 * draws.c keeps what was drawn. Labels are printed as in all tables, if they pass.
 */
#include "release/internal.h"

#include "stats/noise.h"

#include <math.h>
#include <stdio.h>

#define NOISE_REACH 4
#define MOST_BASE 1000000        /* that counts are rounded to: more tells nothing */
#define MOST_EPSILON 10000       /* thousandths, also of rho: more protects nobody */
#define MOST_PRIVATE_THEMES 500u /* each needs noise for all: more would drown in it */
#define LEAST_TOLD 3

/* 256ths: how often each noise of -4 .. 4 comes. Mean 0, variance 2.6. */
static const uint16_t noise_weights[2 * NOISE_REACH + 1] = {4,  12, 28, 48, 72,
                                                            48, 28, 12, 4};

struct counting {
    struct release_job *j;
    const struct release_role *role; /* NULL: all */
    struct release_sets sets;        /* slots by (themes + 1) */
    EFTI_ARRAY(uint64_t) keys;       /* of the cells */
    struct eft_table *t;
    char method[40];
    double plus_minus;
};

/* ------------------------------------------------------------------- the cells */

static uint64_t
record_number(const struct release_job *j, const struct efti_record_view *r)
{
    struct efti_id id = efti_identity(j->o->key, "cell", r->key.b, EFTI_ID_SIZE);
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number = number << 8 | id.b[i];
    return number;
}

static void
count_cell(struct counting *x, size_t cell, uint64_t number, struct release_builder *b)
{
    efti_builder_add(b, cell, 1);
    x->keys.items[cell] += number;
}

static void
count_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct counting *x = user;
    size_t columns = x->j->f->theme_count + (size_t)1;
    uint32_t slot = x->role == NULL ? 0 : efti_record_slot(x->j, x->role, r);
    uint64_t number = 0;

    if (slot == EFTI_NO_ID)
        return;
    if (x->j->o->protect == EFTI_PROTECT_NOISE)
        number = record_number(x->j, r);
    count_cell(x, slot * columns, number, b);
    for (uint32_t i = 0; i < r->theme_count; i++) {
        bool again = r->themes[i].hits == 0 || r->themes[i].polarity >= EFTI_UNCERTAIN;
        for (uint32_t k = 0; k < i && !again; k++)
            again = r->themes[k].theme == r->themes[i].theme && r->themes[k].hits > 0 &&
                    r->themes[k].polarity < EFTI_UNCERTAIN;
        if (!again)
            count_cell(x, slot * columns + 1 + r->themes[i].theme, number, b);
    }
}

static eft_status
count_cells(struct counting *x, size_t slots, eft_error *err)
{
    size_t cells;

    if (!efti_mul(slots, x->j->f->theme_count + (size_t)1, &cells) ||
        !RELEASE_ARRAY_MAKE(x->j->mem, &x->keys, cells))
        return efti_no_memory(err, "the perturbed counts");
    memset(x->keys.items, 0, cells * sizeof(*x->keys.items));
    efti_sets_free(x->j->mem, &x->sets);
    return efti_sets_build(x->j, cells, count_emit, x, &x->sets, err);
}

/* ------------------------------------------------------------- rounding, noise */

static int64_t
cell_noise(uint64_t key)
{
    uint32_t sum = 0;

    /* The key of a cell is the sum of its records' numbers: mixed by steps that do not
     * add up (splitmix64, Steele and others 2014), else the noise of a whole would follow
     * from that of its parts. */
    key = (key ^ key >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    key = (key ^ key >> 27) * UINT64_C(0x94D049BB133111EB);
    uint32_t at = (uint32_t)((key ^ key >> 31) >> 56);

    for (int i = 0; i < 2 * NOISE_REACH; i++) {
        sum += noise_weights[i];
        if (at < sum)
            return i - NOISE_REACH;
    }
    return NOISE_REACH;
}

static int64_t
perturbed(const struct counting *x, size_t cell)
{
    int64_t count = (int64_t)efti_set_at(&x->sets, cell).count;
    int64_t base = x->j->o->protect_amount;

    if (x->j->o->protect == EFTI_PROTECT_ROUND)
        return (count + base / 2) / base * base;
    if (count == 0)
        return 0;
    count += cell_noise(x->keys.items[cell]);
    return count < LEAST_TOLD ? 0 : count;
}

static eft_status
count_row(struct counting *x, eft_text scope, eft_text label, uint32_t column,
          int64_t value, eft_error *err)
{
    eft_status st = efti_table_row(x->t, err);

    if (st != EFT_OK)
        return st;
    efti_table_set_text(x->t, "scope", scope);
    if (label.size > 0)
        efti_table_set_text(x->t, "label", label);
    if (column > 0) {
        const struct efti_theme_name *name = efti_theme_name_of(x->j, column - 1);
        efti_table_set_text(x->t, "theme", x->j->f->themes[column - 1]);
        if (name != NULL) {
            efti_table_set_text(x->t, "label_sv", name->label_sv);
            efti_table_set_text(x->t, "label_en", name->label_en);
        }
    }
    efti_table_set_integer(x->t, "writers_about", value);
    efti_table_set_real(x->t, "plus_minus", x->plus_minus);
    efti_table_set_text(x->t, "method", (eft_text){x->method, strlen(x->method)});
    return EFT_OK;
}

static eft_status
count_scope(struct counting *x, eft_text scope, eft_error *err)
{
    size_t slots = x->role == NULL ? 1 : x->role->slots.count;
    size_t columns = x->j->f->theme_count + (size_t)1;
    eft_status st = slots > 0 ? count_cells(x, slots, err) : EFT_OK;

    for (size_t s = 0; s < slots && st == EFT_OK; s++) {
        const struct release_slot *slot =
            x->role == NULL ? NULL : &x->role->slots.items[s];
        if (slot != NULL && !slot->printed)
            continue;
        for (uint32_t c = 0; c < columns && st == EFT_OK; c++)
            st = count_row(x, scope, slot == NULL ? (eft_text){"", 0} : slot->name, c,
                           perturbed(x, s * columns + c), err);
    }
    return st;
}

static eft_status
no_values(void *user, struct release_draw *d, eft_error *err)
{
    (void)user;
    (void)d;
    (void)err;
    return EFT_OK;
}

/* Rounding and noise follow from texts and key: nothing is kept but that it was done. */
static eft_status
count_all_scopes(struct counting *x, struct release_draw *d, eft_error *err)
{
    struct release_job *j = x->j;
    eft_status st = efti_draw_once(j->mem, j->o->log, d, no_values, x, err);

    if (st == EFT_OK)
        st = count_scope(x, (eft_text){"all", 3}, err);
    for (size_t i = 0; i < j->roles.count && st == EFT_OK; i++) {
        if (i == EFTI_LABEL_TAG)
            continue; /* a reflection may have several */
        x->role = &j->roles.items[i];
        st = count_scope(x, x->role->name, err);
    }
    x->role = &j->period;
    return st == EFT_OK ? count_scope(x, (eft_text){"period", 6}, err) : st;
}

/* -------------------------------------------------------- differential privacy */

static uint32_t
common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Laplace: scale (T + 1) / epsilon. Gaussian: variance (T + 1) / (2 rho). */
static void
noise_ratio(const struct counting *x, uint32_t *num, uint32_t *den)
{
    bool laplace = x->j->o->protect == EFTI_PROTECT_LAPLACE;
    uint32_t columns = x->j->f->theme_count + 1;

    *num = columns * (laplace ? 1000u : 500u);
    *den = x->j->o->protect_amount;
    uint32_t by = common_divisor(*num, *den);
    *num /= by;
    *den /= by;
}

static eft_status
draw_values(void *user, struct release_draw *d, eft_error *err)
{
    struct counting *x = user;
    size_t columns = x->j->f->theme_count + (size_t)1;
    uint32_t num, den;
    eft_status st = count_cells(x, 1, err);

    noise_ratio(x, &num, &den);
    for (size_t c = 0; c < columns && st == EFT_OK; c++) {
        int64_t count = (int64_t)efti_set_at(&x->sets, c).count;
        if (!EFTI_PUSH(x->j->mem, &d->values))
            return efti_no_memory(err, "the perturbed counts");
        d->values.items[c] = count + (x->j->o->protect == EFTI_PROTECT_LAPLACE
                                          ? efti_discrete_laplace(num, den)
                                          : efti_discrete_gaussian(num, den));
    }
    return st;
}

static eft_status
count_privately(struct counting *x, struct release_draw *d, eft_error *err)
{
    struct release_job *j = x->j;
    size_t columns = j->f->theme_count + (size_t)1;
    eft_status st = efti_draw_once(j->mem, j->o->log, d, draw_values, x, err);

    if (st == EFT_OK && d->values.count != columns)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "a line of the private release log is damaged");
    for (uint32_t c = 0; c < columns && st == EFT_OK; c++)
        st = count_row(x, (eft_text){"all", 3}, (eft_text){"", 0}, c, d->values.items[c],
                       err);
    return st;
}

/* -------------------------------------------------------------------- settings */

static eft_status
check_method(struct counting *x, eft_error *err)
{
    const struct efti_release_options *o = x->j->o;
    uint32_t num, den;

    if (o->protect == EFTI_PROTECT_ROUND &&
        (o->protect_amount < x->j->gate.k || o->protect_amount > MOST_BASE))
        return efti_fail(
            err, EFT_E_REFUSED, EFT_NO_OFFSET,
            "counts are rounded to multiples of at least k, which is %u here",
            (unsigned)x->j->gate.k);
    if (o->protect == EFTI_PROTECT_NOISE && o->key == NULL)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "noise by cell key needs a key");
    for (uint32_t i = 0; o->protect == EFTI_PROTECT_NOISE && i < x->j->f->record_count;
         i++) {
        if (!x->j->f->records[i].has_key)
            return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                             "noise needs an id for each text");
    }
    if (o->protect < EFTI_PROTECT_LAPLACE)
        return EFT_OK;
    if (!x->j->f->settings.writer_column && !o->one_text_per_writer)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "differential privacy needs a column of writers");
    if (o->protect_amount < 1 || o->protect_amount > MOST_EPSILON ||
        x->j->f->theme_count > MOST_PRIVATE_THEMES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "epsilon or rho is 0.001 to 10, for at most 500 themes");
    noise_ratio(x, &num, &den);
    double width = (double)num / (double)den;
    /* two-sided 95 %: exp(-x / scale) = 0.05; 1.96 deviations */
    x->plus_minus =
        ceil(o->protect == EFTI_PROTECT_LAPLACE ? 2.9957 * width : 1.96 * sqrt(width));
    return EFT_OK;
}

static void
name_method(struct counting *x)
{
    const struct efti_release_options *o = x->j->o;
    unsigned amount = o->protect_amount;

    switch (o->protect) {
    case EFTI_PROTECT_ROUND:
        (void)snprintf(x->method, sizeof(x->method), "rounded to %u", amount);
        x->plus_minus = amount / 2.0;
        break;
    case EFTI_PROTECT_NOISE:
        (void)snprintf(x->method, sizeof(x->method), "noise");
        x->plus_minus = NOISE_REACH;
        break;
    default:
        (void)snprintf(x->method, sizeof(x->method), "%s %u.%03u",
                       o->protect == EFTI_PROTECT_LAPLACE ? "laplace, epsilon"
                                                          : "gaussian, rho",
                       amount / 1000, amount % 1000);
    }
}

/* A hash of half a list would be that of another one, and be drawn for again. */
static eft_status
hash_themes(const struct release_job *j, char hex[17], eft_error *err)
{
    struct efti_bytes b;
    unsigned char sum[32];

    efti_bytes_init(&b, j->mem);
    for (uint32_t i = 0; i < j->f->theme_count; i++) {
        efti_put(&b, j->f->themes[i].bytes, j->f->themes[i].size);
        efti_put_char(&b, '\n');
    }
    if (!b.failed) {
        efti_sha256(b.data, b.size, sum);
        efti_hex(sum, 8, hex);
    }
    bool failed = b.failed;
    efti_bytes_free(&b);
    return failed ? efti_no_memory(err, "the perturbed counts") : EFT_OK;
}

eft_status
efti_release_counts(struct release_job *j, eft_error *err)
{
    struct counting x = {.j = j};
    struct release_draw d = {.corpus = j->o->corpus,
                             .method = j->o->protect,
                             .amount = j->o->protect_amount,
                             .budget = j->o->protect_budget};
    eft_status st;

    name_method(&x);
    if ((st = hash_themes(j, d.themes, err)) == EFT_OK &&
        (st = check_method(&x, err)) == EFT_OK &&
        (st = efti_results_add(j->results, EFTI_TABLE_COUNTS, NULL, &x.t, err)) ==
            EFT_OK &&
        j->open)
        st = j->o->protect < EFTI_PROTECT_LAPLACE ? count_all_scopes(&x, &d, err)
                                                  : count_privately(&x, &d, err);
    EFTI_ARRAY_FREE(j->mem, &d.values);
    EFTI_ARRAY_FREE(j->mem, &x.keys);
    efti_sets_free(j->mem, &x.sets);
    return st == EFT_OK ? efti_table_end(j, x.t, err) : st;
}
