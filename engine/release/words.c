/*
 * words.c - keyness between labels, and dispersion over writers, of the terms shown
 *
 *     postings of one term, by writer and cell        unit A      unit B     other
 *       w0 A 3 tokens in 2 texts                  ──►  w0 3/2      w1 1/1     w4 2/1
 *       w1 B 1 in 1                                    w2 4/3
 *       w2 A 4 in 3
 *       w4 C 2 in 1
 *
 * A cell has two conditions, term and label; its rests are the label's texts without the
 * term and the term's texts elsewhere. What is told is tokens, so they must not be
 * dominated either, here or elsewhere. Over the labels the cells add up to the row of the
 * term in `terms`, so hidden ones are protected as in crossed.c.
 *
 * Only words that are more frequent in the label than elsewhere have a row, the first
 * KEY_TERMS by G2. G2 ranks; what is sure about a difference is said by the interval of
 * the log ratio, whose error comes from writers.
 *
 * Function words stay out of keyness unless asked for; dispersion has all terms shown.
 */
#include "release/internal.h"

#include "stats/adjust.h"
#include "stats/dispersion.h"
#include "stats/keyness.h"

#include <math.h>

#define KEY_TERMS 100u

struct word_count {
    uint32_t slot, writer, texts, tokens;
};
struct key_row {
    uint32_t term, slot, writers;
    bool exact;
    uint64_t texts, tokens;
    struct efti_keyness key;
    double here, elsewhere; /* per 1000 */
    struct efti_log_ratio ratio;
};
struct word_table {
    struct release_job *j;
    const struct release_role *role;
    struct release_sets slots;               /* texts of each slot by writer */
    EFTI_ARRAY(struct word_count) counts;    /* of the term at hand, by slot, writer */
    EFTI_ARRAY(struct release_share) shares; /* the same, texts; then those of the term */
    EFTI_ARRAY(struct release_part) parts;   /* slots */
    EFTI_ARRAY(struct key_row) rows;
    EFTI_ARRAY(double) tokens;           /* by slot: all words of all texts */
    EFTI_ARRAY(double) writer_tokens;    /* by slot and writer */
    EFTI_ARRAY(double) all_tokens;       /* by writer: words in all slots */
    EFTI_ARRAY(double) once;             /* by writer: tokens of the term; zero between */
    EFTI_ARRAY(struct efti_ratio) rates; /* by slot, outside then inside: n alone */
    uint64_t hidden;
};

/* ---------------------------------------------------------------- gathering */

static uint32_t
slot_of_cell(const struct word_table *x, uint32_t cell)
{
    const struct efti_label_cell *c = &x->j->f->cells[cell];
    uint32_t label = x->role->role == EFTI_LABEL_UNIT
                         ? c->unit
                         : c->facets[x->role->role - EFTI_LABEL_FACET0];

    return efti_label_slot(x->role, label);
}

static int
by_slot_and_writer(const void *a, const void *b, void *user)
{
    const struct word_count *x = a, *y = b;

    (void)user;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    return x->writer < y->writer ? -1 : x->writer > y->writer;
}

static uint32_t
plus_capped(uint32_t a, uint32_t b)
{
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

/* Counts of one term, postings [from, to), by slot and writer, without repeats. */
static bool
gather_word(struct word_table *x, size_t from, size_t to)
{
    const struct efti_frozen *f = x->j->f;
    size_t kept = 0;

    if (!EFTI_ARRAY_RESERVE(x->j->mem, &x->counts, to - from))
        return false;
    x->counts.count = 0;
    for (size_t i = from; i < to; i++) {
        const struct efti_posting *p = &f->postings[i];
        uint32_t slot = slot_of_cell(x, p->cell);
        if (slot != EFTI_NO_ID && p->writer < f->writer_count)
            x->counts.items[x->counts.count++] =
                (struct word_count){slot, p->writer, p->reflections, p->tokens};
    }
    efti_sort(x->counts.items, x->counts.count, sizeof(*x->counts.items),
              by_slot_and_writer, NULL);
    for (size_t i = 0; i < x->counts.count; i++) {
        struct word_count *c = &x->counts.items[i], *last = &x->counts.items[kept];
        if (kept > 0 && last[-1].slot == c->slot && last[-1].writer == c->writer) {
            last[-1].texts = plus_capped(last[-1].texts, c->texts);
            last[-1].tokens = plus_capped(last[-1].tokens, c->tokens);
        } else {
            *last = *c;
            kept++;
        }
    }
    x->counts.count = kept;
    return true;
}

/* Texts of the term by slot, as sets; the set of the whole term is summed in the job. */
static bool
sets_of_word(struct word_table *x)
{
    size_t count = x->role->slots.count;

    if (!EFTI_ARRAY_RESERVE(x->j->mem, &x->shares, x->counts.count))
        return false;
    for (size_t s = 0; s < count; s++)
        x->parts.items[s] = (struct release_part){
            .name = x->role->slots.items[s].name,
            .printed = x->role->slots.items[s].printed,
        };
    for (size_t i = 0; i < x->counts.count; i++) {
        struct release_set *set = &x->parts.items[x->counts.items[i].slot].set;
        x->shares.items[i] =
            (struct release_share){x->counts.items[i].writer, x->counts.items[i].texts};
        if (set->count == 0)
            set->items = x->shares.items + i;
        set->count++;
    }
    return true;
}

/* The part outside a slot: texts, and tokens (for dominance). */
static void
elsewhere_of(struct word_table *x, size_t slot, struct efti_cell *texts,
             struct efti_cell *tokens)
{
    struct release_job *j = x->j;

    for (size_t s = 0; s < x->role->slots.count; s++) {
        if (s != slot)
            efti_sum_add(j, x->parts.items[s].set);
    }
    *texts = efti_sum_cell(j);
    efti_sum_clear(j);
    *tokens = (struct efti_cell){0};
    for (size_t i = 0; i < x->counts.count; i++) {
        const struct word_count *c = &x->counts.items[i];
        if (c->slot == slot)
            continue;
        if (j->sum.items[c->writer] == 0)
            j->touched.items[j->touched.count++] = c->writer;
        j->sum.items[c->writer] += c->tokens;
    }
    *tokens = efti_sum_cell(j);
    efti_sum_clear(j);
}

static struct efti_cell
tokens_of(const struct word_table *x, size_t slot)
{
    struct efti_cell c = {0};

    for (size_t i = 0; i < x->counts.count; i++) {
        if (x->counts.items[i].slot == slot)
            efti_cell_add(&c, x->counts.items[i].tokens);
    }
    return c;
}

/* --------------------------------------------------------------------- gate */

static bool
word_passes(struct word_table *x, size_t slot, bool *exact)
{
    struct release_job *j = x->j;
    struct release_set set = x->parts.items[slot].set;
    struct efti_cell cell = efti_set_cell(set), tokens = tokens_of(x, slot), outside;
    struct efti_cell rests[2] = {efti_set_rest(efti_set_at(&x->slots, slot), set)};

    if (set.count < j->gate.k || !x->role->slots.items[slot].shown)
        return false;
    elsewhere_of(x, slot, &rests[1], &outside);
    *exact = efti_writers_exact(j, &cell, rests, 2);
    return efti_job_shows(j, &cell, rests, 2) && efti_gate_passes(&j->gate, &tokens) &&
           efti_gate_passes(&j->gate, &outside);
}

/* ------------------------------------------------------------------- measures */

/* Words of a writer inside the slot, or outside it. */
static double
words_of(const struct word_table *x, size_t slot, uint32_t writer, bool inside)
{
    double here = x->writer_tokens.items[slot * x->j->f->writer_count + writer];

    return inside ? here : x->all_tokens.items[writer] - here;
}

/* The rate of the term at hand, by writer. Those who never use it are in the sums of the
 * slot already (base_rates), so the cost is that of the term. */
static struct efti_ratio
rate_of(struct word_table *x, size_t slot, bool inside)
{
    struct efti_ratio r = x->rates.items[2 * slot + inside];
    size_t count = x->counts.count;

    for (size_t i = 0; i < count; i++) {
        if ((x->counts.items[i].slot == slot) == inside)
            x->once.items[x->counts.items[i].writer] += x->counts.items[i].tokens;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t writer = x->counts.items[i].writer;
        double tokens = x->once.items[writer];
        x->once.items[writer] = 0;
        if (writer == x->j->f->no_writer)
            continue;
        r.x += tokens;
        r.xx += tokens * tokens;
        r.xn += tokens * words_of(x, slot, writer, inside);
    }
    return r;
}

static void
base_rates(struct word_table *x)
{
    uint32_t writers = x->j->f->writer_count;

    for (size_t i = 0; i < x->rates.count; i++) {
        x->rates.items[i] = (struct efti_ratio){0};
        for (uint32_t w = 0; w < writers; w++) {
            if (w != x->j->f->no_writer)
                efti_ratio_add(&x->rates.items[i], 0, words_of(x, i / 2, w, i % 2 == 1));
        }
    }
}

static eft_status
word_measures(struct word_table *x, uint32_t term, size_t slot, bool exact,
              eft_error *err)
{
    uint64_t here = 0, there = 0;
    double words = x->tokens.items[slot], others = -words;
    struct efti_cell cell = efti_set_cell(x->parts.items[slot].set);
    struct key_row row = {.term = term,
                          .slot = (uint32_t)slot,
                          .writers = cell.writers,
                          .texts = cell.count,
                          .exact = exact,
                          .ratio = {.p = (double)NAN, .low = (double)NAN}};

    for (size_t s = 0; s < x->role->slots.count; s++)
        others += x->tokens.items[s];
    for (size_t i = 0; i < x->counts.count; i++) {
        bool inside = x->counts.items[i].slot == slot;
        here += inside ? x->counts.items[i].tokens : 0;
        there += inside ? 0 : x->counts.items[i].tokens;
    }
    if (!(words > 0 && others > 0) || (double)here / words <= (double)there / others)
        return EFT_OK; /* not more frequent here */
    eft_status st =
        efti_keyness(here, (uint64_t)words, there, (uint64_t)others, &row.key, err);
    if (st != EFT_OK)
        return st;
    row.tokens = here;
    row.here = 1000 * (double)here / words;
    row.elsewhere = 1000 * (double)there / others;
    if (x->j->no_inference == NULL) {
        struct efti_ratio a = rate_of(x, slot, true), b = rate_of(x, slot, false);
        row.ratio = efti_log_ratio_interval(&a, &b, 0.95);
    }
    if (!EFTI_PUSH(x->j->mem, &x->rows))
        return efti_no_memory(err, "the keyness of the labels");
    x->rows.items[x->rows.count - 1] = row;
    return EFT_OK;
}

static bool
is_function_word(const struct release_job *j, uint32_t term)
{
    eft_text t = j->f->terms[term];

    if (j->o->stop != NULL && !j->o->no_stop)
        return efti_strings_find(j->o->stop, t.bytes, t.size) != EFTI_NOT_FOUND;
    return j->o->lists != NULL && !j->o->no_stop &&
           (efti_lists_word(j->o->lists, t.bytes, t.size) & EFTI_LIST_FUNCTION) != 0;
}

static eft_status
judge_word(struct word_table *x, uint32_t term, eft_error *err)
{
    size_t count = x->role->slots.count;
    uint64_t exact = 0;
    eft_status st = EFT_OK;

    if (!sets_of_word(x))
        return efti_no_memory(err, "the keyness of the labels");
    for (size_t s = 0; s < count; s++) {
        bool is_exact = false;
        struct release_part *p = &x->parts.items[s];
        p->writers = (uint32_t)p->set.count;
        p->hidden = !word_passes(x, s, &is_exact);
        if (s < 64 && is_exact)
            exact |= (uint64_t)1 << s;
    }
    x->j->results->hidden_secondary += efti_suppress(x->j, x->parts.items, count);
    for (size_t s = 0; s < count && st == EFT_OK; s++) {
        const struct release_part *p = &x->parts.items[s];
        if (p->hidden && p->printed && p->set.count > 0)
            x->hidden++;
        if (!p->hidden && p->printed)
            st = word_measures(x, term, s, s < 64 && (exact >> s & 1u) != 0, err);
    }
    return st;
}

/* --------------------------------------------------------------------- rows */

static int
by_label_and_g2(const void *a, const void *b, void *user)
{
    const struct key_row *x = a, *y = b;

    (void)user;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    if (x->key.g2 > y->key.g2 || x->key.g2 < y->key.g2)
        return x->key.g2 > y->key.g2 ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

static void
key_values(struct word_table *x, struct eft_table *t, const struct key_row *r, double q)
{
    efti_table_set_integer(t, "reflections", (int64_t)r->texts);
    if (r->exact)
        efti_table_set_integer(t, "writers", r->writers);
    else
        efti_table_set_integer(t, "writers_min", x->j->gate.k);
    efti_table_set_integer(t, "tokens", (int64_t)r->tokens);
    efti_table_set_real(t, "per_1000", r->here);
    efti_table_set_real(t, "elsewhere_per_1000", r->elsewhere);
    efti_table_set_real(t, "log_ratio", r->key.log_ratio);
    efti_row_interval(t, "log_ratio_low", "log_ratio_high", r->ratio.low, r->ratio.high,
                      100);
    efti_table_set_real(t, "diff", r->key.diff);
    efti_table_set_real(t, "odds_ratio", r->key.odds_ratio);
    efti_table_set_real(t, "g2", r->key.g2);
    efti_row_p(t, "p", r->ratio.p);
    efti_row_p(t, "q", q);
}

static eft_status
key_rows(struct word_table *x, struct eft_table *t, const double *q, struct efti_bytes *b,
         eft_error *err)
{
    uint32_t rank = 0;

    for (size_t i = 0; i < x->rows.count; i++) {
        const struct key_row *r = &x->rows.items[i];
        rank = i > 0 && r[-1].slot == r->slot ? rank + 1 : 1;
        if (rank > KEY_TERMS)
            continue;
        eft_status st = efti_table_row(t, err);
        if (st != EFT_OK)
            return st;
        efti_table_set_text(t, "label", x->role->slots.items[r->slot].name);
        efti_table_set_integer(t, "rank", rank);
        efti_table_set_text(t, "term", x->j->f->terms[r->term]);
        efti_table_set_text(t, "label_term", efti_term_label(x->j, r->term, b));
        if (b->failed)
            return efti_no_memory(err, "the label of a term");
        key_values(x, t, r, q[i]);
    }
    return EFT_OK;
}

/* The family is all words of a label that are more frequent there. */
static eft_status
adjust_words(struct word_table *x, double *q, eft_error *err)
{
    for (size_t i = 0; i < x->rows.count; i++)
        q[i] = x->rows.items[i].ratio.p;
    for (size_t from = 0; from < x->rows.count;) {
        size_t to = from;
        while (to < x->rows.count && x->rows.items[to].slot == x->rows.items[from].slot)
            to++;
        eft_status st =
            efti_adjust(x->j->mem, q + from, to - from, EFTI_ADJUST_BH, q + from, err);
        if (st != EFT_OK)
            return st;
        from = to;
    }
    return EFT_OK;
}

static void
word_tokens(struct word_table *x)
{
    const struct release_job *j = x->j;
    size_t writers = j->f->writer_count;

    memset(x->tokens.items, 0, x->tokens.count * sizeof(*x->tokens.items));
    memset(x->once.items, 0, writers * sizeof(*x->once.items));
    memset(x->all_tokens.items, 0, writers * sizeof(*x->all_tokens.items));
    memset(x->writer_tokens.items, 0,
           x->writer_tokens.count * sizeof(*x->writer_tokens.items));
    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        uint32_t slot = efti_record_slot(j, x->role, r);
        if (slot == EFTI_NO_ID)
            continue;
        x->tokens.items[slot] += r->tokens;
        x->writer_tokens.items[slot * writers + r->writer] += r->tokens;
        x->all_tokens.items[r->writer] += r->tokens;
    }
    base_rates(x);
}

static void
slot_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct word_table *x = user;
    uint32_t slot = efti_record_slot(x->j, x->role, r);

    if (slot != EFTI_NO_ID)
        efti_builder_add(b, slot, 1);
}

static eft_status
make_words(struct word_table *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    size_t slots = x->role->slots.count, writers = x->j->f->writer_count, cells;
    eft_status st = efti_sets_build(x->j, slots, slot_emit, x, &x->slots, err);

    if (st != EFT_OK)
        return st;
    if (!efti_mul(slots, writers, &cells) || !RELEASE_ARRAY_MAKE(mem, &x->parts, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->tokens, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->once, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->all_tokens, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->rates, 2 * slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->writer_tokens, cells))
        return efti_no_memory(err, "the keyness of the labels");
    if (slots > 0 && writers > 0)
        word_tokens(x);
    for (size_t at = 0; at < x->j->f->posting_count && st == EFT_OK;) {
        uint32_t term = x->j->f->postings[at].term;
        size_t from = at;
        while (at < x->j->f->posting_count && x->j->f->postings[at].term == term)
            at++;
        if (x->j->term_shown.items[term] == 0 || is_function_word(x->j, term))
            continue;
        if (!gather_word(x, from, at))
            return efti_no_memory(err, "the keyness of the labels");
        st = judge_word(x, term, err);
    }
    return st;
}

static eft_status
keyness_of_role(struct release_job *j, const struct release_role *role, const char *name,
                eft_error *err)
{
    struct word_table x = {.j = j, .role = role};
    EFTI_ARRAY(double) q = {0};
    struct efti_bytes label;
    struct eft_table *t;
    eft_status st =
        efti_results_add(j->results, EFTI_TABLE_KEYNESS_BY_FACET, name, &t, err);

    efti_bytes_init(&label, j->mem);
    if (st == EFT_OK && (st = make_words(&x, err)) == EFT_OK) {
        efti_sort(x.rows.items, x.rows.count, sizeof(*x.rows.items), by_label_and_g2,
                  NULL);
        if (!RELEASE_ARRAY_MAKE(j->mem, &q, x.rows.count))
            st = efti_no_memory(err, "the keyness of the labels");
    }
    if (st == EFT_OK && (st = adjust_words(&x, q.items, err)) == EFT_OK) {
        efti_table_add_hidden(t, x.hidden);
        st = key_rows(&x, t, q.items, &label, err);
    }
    if (st == EFT_OK)
        st = efti_table_end(j, t, err);
    efti_bytes_free(&label);
    EFTI_ARRAY_FREE(j->mem, &q);
    efti_sets_free(j->mem, &x.slots);
    EFTI_ARRAY_FREE(j->mem, &x.counts);
    EFTI_ARRAY_FREE(j->mem, &x.shares);
    EFTI_ARRAY_FREE(j->mem, &x.parts);
    EFTI_ARRAY_FREE(j->mem, &x.rows);
    EFTI_ARRAY_FREE(j->mem, &x.tokens);
    EFTI_ARRAY_FREE(j->mem, &x.writer_tokens);
    EFTI_ARRAY_FREE(j->mem, &x.once);
    EFTI_ARRAY_FREE(j->mem, &x.all_tokens);
    EFTI_ARRAY_FREE(j->mem, &x.rates);
    return st;
}

/* --------------------------------------------------------------- dispersion */

struct spread {
    struct release_job *j;
    struct efti_parts all;      /* writers */
    EFTI_ARRAY(double) size;    /* by writer: words */
    EFTI_ARRAY(double) count;   /* by writer: tokens of the term; zero between terms */
    EFTI_ARRAY(uint32_t) where; /* writers of the term */
    struct efti_bytes label;
};

static eft_status
dispersion_row(struct spread *x, struct eft_table *t, uint32_t term, eft_error *err)
{
    const double *count = x->count.items;
    struct efti_dispersion d =
        efti_disperse_at(&x->all, count, x->size.items, x->where.items, x->where.count);
    double tokens = 0;
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < x->where.count; i++)
        tokens += count[x->where.items[i]];
    efti_table_set_text(t, "term", x->j->f->terms[term]);
    efti_table_set_text(t, "label", efti_term_label(x->j, term, &x->label));
    if (x->label.failed)
        return efti_no_memory(err, "the label of a term");
    efti_table_set_integer(t, "tokens", (int64_t)tokens);
    efti_table_set_real(t, "dp", round(d.dp * 1000) / 1000);
    efti_table_set_real(t, "dp_norm", round(d.dp_norm * 1000) / 1000);
    efti_table_set_real(t, "juilland_d", round(d.juilland * 1000) / 1000);
    efti_table_set_real(t, "rosengren_s", round(d.rosengren * 1000) / 1000);
    return EFT_OK;
}

/* Postings [from, to) of one term. There is room for all writers in `where`. */
static void
spread_count(struct spread *x, size_t from, size_t to)
{
    double *count = x->count.items;

    x->where.count = 0;
    for (size_t i = from; i < to; i++) {
        const struct efti_posting *p = &x->j->f->postings[i];
        if (count[p->writer] <= 0 && p->tokens > 0)
            x->where.items[x->where.count++] = p->writer;
        count[p->writer] += p->tokens;
    }
}

static eft_status
dispersion_rows(struct spread *x, struct eft_table *t, eft_error *err)
{
    const struct efti_frozen *f = x->j->f;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < x->j->order.count; i++) {
        const struct efti_record_view *r = &f->records[x->j->order.items[i]];
        x->size.items[r->writer] += r->tokens;
    }
    x->all = efti_parts_of(x->size.items, x->size.count);
    for (size_t at = 0; at < f->posting_count && st == EFT_OK;) {
        size_t from = at;
        while (at < f->posting_count && f->postings[at].term == f->postings[from].term)
            at++;
        if (x->j->term_shown.items[f->postings[from].term] == 0)
            continue;
        spread_count(x, from, at);
        st = dispersion_row(x, t, f->postings[from].term, err);
        for (size_t i = 0; i < x->where.count; i++)
            x->count.items[x->where.items[i]] = 0;
    }
    return st;
}

static eft_status
dispersion_table(struct release_job *j, eft_error *err)
{
    struct spread x = {.j = j};
    struct eft_table *t;
    size_t writers = j->f->writer_count;
    eft_status st = efti_results_add(j->results, EFTI_TABLE_DISPERSION, NULL, &t, err);

    efti_bytes_init(&x.label, j->mem);
    if (st == EFT_OK && (!RELEASE_ARRAY_MAKE(j->mem, &x.size, writers) ||
                         !RELEASE_ARRAY_MAKE(j->mem, &x.count, writers) ||
                         !RELEASE_ARRAY_MAKE(j->mem, &x.where, writers)))
        st = efti_no_memory(err, "the dispersion of the terms");
    for (size_t i = 0; i < writers && st == EFT_OK; i++)
        x.size.items[i] = x.count.items[i] = 0;
    if (st == EFT_OK && writers > 0 && j->f->settings.writer_column)
        st = dispersion_rows(&x, t, err);
    efti_bytes_free(&x.label);
    EFTI_ARRAY_FREE(j->mem, &x.size);
    EFTI_ARRAY_FREE(j->mem, &x.count);
    EFTI_ARRAY_FREE(j->mem, &x.where);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}

eft_status
efti_release_words(struct release_job *j, eft_error *err)
{
    const struct release_role *roles = j->roles.items;
    eft_status st = keyness_of_role(j, &roles[EFTI_LABEL_UNIT], NULL, err);
    struct efti_bytes name;

    efti_bytes_init(&name, j->mem);
    for (size_t i = EFTI_LABEL_FACET0; i < j->roles.count && st == EFT_OK; i++) {
        st = efti_facet_table_name(j, "keyness_by_", roles[i].name, &name, err);
        if (st == EFT_OK)
            st = keyness_of_role(j, &roles[i], name.data, err);
    }
    efti_bytes_free(&name);
    return st == EFT_OK ? dispersion_table(j, err) : st;
}
