/*
 * words.c - keyness between labels of the terms shown
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
 * Function words stay out of keyness unless asked for.
 *
 * Cost: postings, and labels for each term. A term in a label has fewer writers than k
 * mostly, and is hidden before any rest is looked for. The texts of the label without the
 * term follow from the writers of the term (cells.c); those of the term elsewhere from
 * what is known of it in the labels before and behind, as long as nobody writes in two.
 */
#include "release/internal.h"

#include "stats/adjust.h"
#include "stats/keyness.h"

#include <math.h>

#define KEY_TERMS 100u

struct word_count {
    uint32_t writer, texts, tokens;
};
/* The term at hand in the texts of a slot. */
struct word_slot {
    size_t first, count; /* of `counts`, and of `shares` */
    struct efti_cell texts, tokens;
};
/* The same in several slots. */
struct word_sums {
    struct efti_cell texts, tokens;
};
struct key_row {
    uint32_t term, slot, writers;
    bool exact;
    uint64_t texts, tokens;
    struct efti_keyness key;
    double here, elsewhere; /* per 1000 */
    struct efti_log_ratio ratio;
    struct efti_odds odds;
};
struct word_table {
    struct release_job *j;
    const struct release_role *role;
    struct release_sets slots;            /* texts of each slot by writer */
    EFTI_ARRAY(struct efti_cell) wholes;  /* the same, as cells */
    EFTI_ARRAY(uint32_t) by_size;         /* for each slot its writers, largest first */
    EFTI_ARRAY(uint32_t) cell_slots;      /* by cell of the postings */
    EFTI_ARRAY(struct word_slot) places;  /* of the term at hand, by slot */
    EFTI_ARRAY(struct word_count) counts; /* by slot, writer */
    EFTI_ARRAY(struct release_share) shares; /* the same, texts */
    EFTI_ARRAY(struct word_sums) before;     /* all slots before each, one more */
    struct word_sums behind;                 /* and all behind the one at hand */
    bool apart;                              /* no writer of the term is in two slots */
    EFTI_ARRAY(struct release_part) parts;   /* slots */
    EFTI_ARRAY(struct key_row) rows;
    EFTI_ARRAY(double) tokens;           /* by slot: all words of all texts */
    EFTI_ARRAY(double) writer_tokens;    /* by slot and writer */
    EFTI_ARRAY(double) all_tokens;       /* by writer: words in all slots */
    EFTI_ARRAY(double) once;             /* by writer: tokens of the term; zero between */
    EFTI_ARRAY(struct efti_ratio) rates; /* by slot, outside then inside: n alone */
    double all_words;                    /* of all slots */
    uint64_t all_once;                   /* tokens of the term at hand in all slots */
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

static uint32_t
plus_capped(uint32_t a, uint32_t b)
{
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

/* Where the counts of each slot begin, from how many postings it has. */
static bool
place_slots(struct word_table *x, struct efti_posting_walk w)
{
    struct efti_posting p;
    size_t first = 0, most = w.end - w.at;

    if (!EFTI_ARRAY_RESERVE(x->j->mem, &x->counts, most) ||
        !EFTI_ARRAY_RESERVE(x->j->mem, &x->shares, most))
        return false;
    for (size_t s = 0; s < x->places.count; s++)
        x->places.items[s] = (struct word_slot){0};
    while (efti_posting_next(&w, &p)) {
        uint32_t slot = x->cell_slots.items[p.cell];
        if (slot != EFTI_NO_ID)
            x->places.items[slot].count++;
    }
    for (size_t s = 0; s < x->places.count; s++) {
        struct word_slot *place = &x->places.items[s];
        place->first = first;
        first += place->count;
        place->count = 0;
    }
    return true;
}

/* Counts of one term by slot and writer, without repeats. They come by writer, and stay
 * so within each slot. */
static bool
gather_word(struct word_table *x, uint32_t term)
{
    struct efti_posting_walk w = efti_postings_of(x->j->f, term);
    struct efti_posting p;
    uint32_t last_writer = EFTI_NO_ID;
    size_t writers = 0, kept = 0;

    if (!place_slots(x, w))
        return false;
    while (efti_posting_next(&w, &p)) {
        uint32_t slot = x->cell_slots.items[p.cell];
        if (slot == EFTI_NO_ID)
            continue;
        struct word_slot *place = &x->places.items[slot];
        struct word_count *next = x->counts.items + place->first + place->count;
        writers += p.writer != last_writer;
        last_writer = p.writer;
        if (place->count > 0 && next[-1].writer == p.writer) {
            next[-1].texts = plus_capped(next[-1].texts, p.reflections);
            next[-1].tokens = plus_capped(next[-1].tokens, p.tokens);
        } else {
            *next = (struct word_count){p.writer, p.reflections, p.tokens};
            place->count++;
            kept++;
        }
    }
    x->apart = writers == kept;
    return true;
}

/* Texts of the term by slot, as sets and sums. */
static void
sets_of_word(struct word_table *x)
{
    for (size_t s = 0; s < x->places.count; s++) {
        struct word_slot *place = &x->places.items[s];
        struct release_part *part = &x->parts.items[s];
        for (size_t i = place->first; i < place->first + place->count; i++) {
            const struct word_count *c = &x->counts.items[i];
            x->shares.items[i] = (struct release_share){c->writer, c->texts};
            efti_cell_add(&place->texts, c->texts);
            efti_cell_add(&place->tokens, c->tokens);
        }
        *part = (struct release_part){
            .name = x->role->slots.items[s].name,
            .printed = x->role->slots.items[s].printed,
            .writers = (uint32_t)place->count,
        };
        if (place->count > 0)
            part->set =
                (struct release_set){x->shares.items + place->first, place->count};
    }
}

/* ------------------------------------------------------------------ elsewhere */

/* Cells of different writers. */
static void
join_cells(struct efti_cell *c, const struct efti_cell *other)
{
    uint64_t high = other->top1 > c->top1 ? c->top1 : other->top1;

    c->count += other->count;
    c->writers += other->writers;
    c->top1 = other->top1 > c->top1 ? other->top1 : c->top1;
    c->top2 = other->top2 > c->top2 ? other->top2 : c->top2;
    c->top2 = high > c->top2 ? high : c->top2;
}

static void
join_slot(struct word_sums *sums, const struct word_slot *slot)
{
    join_cells(&sums->texts, &slot->texts);
    join_cells(&sums->tokens, &slot->tokens);
}

static void
sum_before(struct word_table *x)
{
    struct word_sums sums = {0};

    for (size_t s = 0; s < x->places.count; s++) {
        x->before.items[s] = sums;
        join_slot(&sums, &x->places.items[s]);
    }
    x->behind = (struct word_sums){0};
}

/* The part outside a slot, texts and tokens (for dominance), writer by writer. */
static struct word_sums
sums_by_writer(struct word_table *x, size_t slot)
{
    struct release_job *j = x->j;
    struct word_sums sums;

    for (size_t s = 0; s < x->places.count; s++) {
        if (s != slot)
            efti_sum_add(j, x->parts.items[s].set);
    }
    sums.texts = efti_sum_cell(j);
    efti_sum_clear(j);
    for (size_t s = 0; s < x->places.count; s++) {
        const struct word_slot *place = &x->places.items[s];
        for (size_t i = place->first; s != slot && i < place->first + place->count; i++) {
            const struct word_count *c = &x->counts.items[i];
            if (j->sum.items[c->writer] == 0)
                j->touched.items[j->touched.count++] = c->writer;
            j->sum.items[c->writer] += c->tokens;
        }
    }
    sums.tokens = efti_sum_cell(j);
    efti_sum_clear(j);
    return sums;
}

/* The same; where nobody writes in two slots, from what lies before it and behind. */
static struct word_sums
sums_elsewhere(struct word_table *x, size_t slot)
{
    struct word_sums sums = x->before.items[slot];

    if (!x->apart)
        return sums_by_writer(x, slot);
    join_cells(&sums.texts, &x->behind.texts);
    join_cells(&sums.tokens, &x->behind.tokens);
    return sums;
}

/* --------------------------------------------------------------------- gate */

/* Has any slot as many writers as a cell must have? Of most terms none has. */
static bool
word_may_pass(const struct word_table *x)
{
    for (size_t s = 0; s < x->places.count; s++) {
        if (x->places.items[s].count >= x->j->gate.k && x->role->slots.items[s].shown)
            return true;
    }
    return false;
}

static bool
word_passes(struct word_table *x, size_t slot, bool *exact)
{
    struct release_job *j = x->j;
    struct release_set set = x->parts.items[slot].set;
    const struct word_slot *place = &x->places.items[slot];

    if (set.count < j->gate.k || !x->role->slots.items[slot].shown ||
        !efti_gate_passes(&j->gate, &place->tokens))
        return false;
    struct word_sums outside = sums_elsewhere(x, slot);
    if (!efti_gate_passes(&j->gate, &outside.tokens))
        return false;
    struct efti_cell rests[2] = {
        efti_ordered_rest(j, efti_set_at(&x->slots, slot), &x->wholes.items[slot],
                          x->by_size.items + x->slots.start.items[slot], set),
        outside.texts};
    *exact = efti_writers_exact(j, &place->texts, rests, 2);
    return efti_job_shows(j, &place->texts, rests, 2);
}

/* ------------------------------------------------------------------- measures */

/* Words of a writer inside the slot, or outside it. */
static double
words_of(const struct word_table *x, size_t slot, uint32_t writer, bool inside)
{
    double here = x->writer_tokens.items[slot * x->j->f->writer_count + writer];

    return inside ? here : x->all_tokens.items[writer] - here;
}

/* Add the tokens of a slot to x->once (`x` of a ratio), or take them out again. */
static void
count_once(struct word_table *x, size_t slot)
{
    const struct word_slot *place = &x->places.items[slot];

    for (size_t i = place->first; i < place->first + place->count; i++)
        x->once.items[x->counts.items[i].writer] += x->counts.items[i].tokens;
}

static void
take_once(struct word_table *x, size_t slot, size_t of, bool inside, struct efti_ratio *r)
{
    const struct word_slot *place = &x->places.items[of];

    for (size_t i = place->first; i < place->first + place->count; i++) {
        uint32_t writer = x->counts.items[i].writer;
        double tokens = x->once.items[writer];
        x->once.items[writer] = 0;
        if (writer == x->j->f->no_writer)
            continue;
        r->x += tokens;
        r->xx += tokens * tokens;
        r->xn += tokens * words_of(x, slot, writer, inside);
    }
}

/* The rate of the term at hand, by writer. Those who never use it are in the sums of the
 * slot already (base_rates), so the cost is that of the term. */
static struct efti_ratio
rate_of(struct word_table *x, size_t slot, bool inside)
{
    struct efti_ratio r = x->rates.items[2 * slot + inside];

    for (size_t s = 0; s < x->places.count; s++) {
        if ((s == slot) == inside)
            count_once(x, s);
    }
    for (size_t s = 0; s < x->places.count; s++) {
        if ((s == slot) == inside)
            take_once(x, slot, s, inside, &r);
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
    const struct efti_cell cell = x->places.items[slot].texts;
    uint64_t here = x->places.items[slot].tokens.count, there = x->all_once - here;
    double words = x->tokens.items[slot], others = x->all_words - words;
    struct key_row row = {.term = term,
                          .slot = (uint32_t)slot,
                          .writers = cell.writers,
                          .texts = cell.count,
                          .exact = exact,
                          .ratio = {.p = (double)NAN, .low = (double)NAN},
                          .odds = {.low = (double)NAN}};

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
        row.odds = efti_odds_interval(&a, &b, 0.95);
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

/* What the gate says of each slot, then of all together. `exact`: by slot, the first 64.
 * Slots are asked from behind, so that what lies behind each is known. */
static uint64_t
judge_slots(struct word_table *x)
{
    uint64_t exact = 0;

    sum_before(x);
    for (size_t s = x->places.count; s-- > 0;) {
        bool is_exact = false;
        x->parts.items[s].hidden = !word_passes(x, s, &is_exact);
        if (s < 64 && is_exact)
            exact |= (uint64_t)1 << s;
        join_slot(&x->behind, &x->places.items[s]);
    }
    x->all_once = x->behind.tokens.count;
    x->j->results->hidden_secondary +=
        efti_suppress(x->j, x->parts.items, x->places.count);
    return exact;
}

static eft_status
judge_word(struct word_table *x, uint32_t term, eft_error *err)
{
    size_t count = x->role->slots.count;
    eft_status st = EFT_OK;

    if (!word_may_pass(x)) {
        for (size_t s = 0; s < count; s++)
            x->hidden += x->role->slots.items[s].printed && x->places.items[s].count > 0;
        return EFT_OK;
    }
    sets_of_word(x);
    uint64_t exact = judge_slots(x);
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
    efti_row_interval(t, "diff_low", "diff_high", 100 * (exp2(r->ratio.low) - 1),
                      100 * (exp2(r->ratio.high) - 1), 1);
    efti_table_set_real(t, "odds_ratio", r->key.odds_ratio);
    efti_row_interval(t, "odds_ratio_low", "odds_ratio_high", r->odds.low, r->odds.high,
                      100);
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
        eft_status st = efti_adjust(x->j->mem, q + from, to - from, x->j->o->adjustment,
                                    q + from, err);
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
    for (size_t s = 0; s < x->tokens.count; s++)
        x->all_words += x->tokens.items[s];
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

/* What is asked of each slot and cell for every term. */
static bool
know_slots(struct word_table *x)
{
    const eft_allocator *mem = x->j->mem;
    size_t slots = x->role->slots.count, cells = x->j->f->cell_count;

    if (!RELEASE_ARRAY_MAKE(mem, &x->wholes, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->places, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->before, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->by_size, x->slots.shares.count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->cell_slots, cells))
        return false;
    for (size_t s = 0; s < slots; s++) {
        struct release_set set = efti_set_at(&x->slots, s);
        x->wholes.items[s] = efti_set_cell(set);
        efti_order_by_size(set, x->by_size.items + x->slots.start.items[s]);
    }
    for (uint32_t c = 0; c < cells; c++)
        x->cell_slots.items[c] = slot_of_cell(x, c);
    return true;
}

static eft_status
make_words(struct word_table *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    size_t slots = x->role->slots.count, writers = x->j->f->writer_count, cells;
    eft_status st = efti_sets_build(x->j, slots, slot_emit, x, &x->slots, err);

    if (st != EFT_OK)
        return st;
    if (!efti_mul(slots, writers, &cells) || !know_slots(x) ||
        !RELEASE_ARRAY_MAKE(mem, &x->parts, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->tokens, slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->once, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->all_tokens, writers) ||
        !RELEASE_ARRAY_MAKE(mem, &x->rates, 2 * slots) ||
        !RELEASE_ARRAY_MAKE(mem, &x->writer_tokens, cells))
        return efti_no_memory(err, "the keyness of the labels");
    if (slots > 0 && writers > 0)
        word_tokens(x);
    for (uint32_t term = 0; term < x->j->f->term_count && st == EFT_OK; term++) {
        if (x->j->term_shown.items[term] == 0 || is_function_word(x->j, term))
            continue;
        if (!gather_word(x, term))
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
    EFTI_ARRAY_FREE(j->mem, &x.wholes);
    EFTI_ARRAY_FREE(j->mem, &x.by_size);
    EFTI_ARRAY_FREE(j->mem, &x.cell_slots);
    EFTI_ARRAY_FREE(j->mem, &x.places);
    EFTI_ARRAY_FREE(j->mem, &x.before);
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
    return st;
}
