/*
 * words_cells.c - the cells of one term over the labels of a role, and the gate
 *
 * Cost: postings, and labels for each term. A term in a label has fewer writers than k
 * mostly, and is hidden before any rest is looked for. The texts of the label without the
 * term follow from the writers of the term (cells.c); those of the term elsewhere from
 * what is known of it in the labels before and behind, as long as nobody writes in two.
 */
#include "release/words.h"

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

void
efti_word_slots(struct word_table *x)
{
    for (uint32_t c = 0; c < x->j->f->cell_count; c++)
        x->cell_slots.items[c] = slot_of_cell(x, c);
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
bool
efti_word_gather(struct word_table *x, uint32_t term)
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
bool
efti_word_may_pass(const struct word_table *x)
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
        !efti_gate_passes(&j->gate, &place->tokens) ||
        !efti_gate_passes(&j->gate, &place->texts))
        return false;
    struct word_sums outside = sums_elsewhere(x, slot);
    if (!efti_gate_passes(&j->gate, &outside.tokens) ||
        !efti_gate_passes(&j->gate, &outside.texts))
        return false;
    struct efti_cell rests[2] = {
        efti_ordered_rest(j, efti_set_at(&x->slots, slot), &x->wholes.items[slot],
                          x->by_size.items + x->slots.start.items[slot],
                          x->of_writer.items + slot * j->f->writer_count, set),
        outside.texts};
    *exact = efti_writers_exact(j, &place->texts, rests, 2);
    return efti_job_shows(j, &place->texts, rests, 2);
}

/* What the gate says of each slot, then of all together. `exact`: by slot, the first 64.
 * Slots are asked from behind, so that what lies behind each is known. */
uint64_t
efti_word_judge(struct word_table *x)
{
    uint64_t exact = 0;

    sets_of_word(x);
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
