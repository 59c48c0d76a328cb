/*
 * pairs.c - gathering which eligible terms stand in which sentence, by writer
 *
 * An eligible term is known by its index, 16 bits. Adding keeps for each sentence its
 * distinct indexes, rising, and an end mark; finishing puts the reflections in order of
 * their writers (numbers are only told apart, so any will do) and makes from them the
 * units of each level: sentences as they are, a reflection as the union of its own.
 *
 * Windows of N words are asked for: then each place of the window is one more unit, in a
 * stream of its own (pipeline/windows.c has the picture). They overlap, so a pair of
 * neighbours is counted up to N - 1 times, and one of N - 1 words apart once.
 */
#include "tally/pairs.h"

#include "tally/pairs_state.h"
#include "tally/state.h"
#include "tally/tally.h"

struct pair_text {
    size_t at, windows_at; /* in the streams */
    uint32_t writer;
};

/* A set of indexes that gives them back in order. Few are sorted by insertion; more are
 * ticked off on a board with one bit for each term, whose words are then read through. */
struct pair_set {
    EFTI_ARRAY(uint64_t) board;
    EFTI_ARRAY(uint16_t) items;
};
#define PAIR_FEW 24 /* insertion costs n*n/4 steps, the board count/64 */

/* Units one after the other: indexes, rising, and an end mark. */
struct pair_stream {
    EFTI_ARRAY(uint16_t) terms;
};

struct efti_pair_counter {
    eft_allocator mem;
    uint32_t least_writers;
    EFTI_ARRAY(uint32_t) terms;    /* by index */
    EFTI_ARRAY(uint16_t) index_of; /* by term id; PAIR_END: not eligible */
    struct pair_stream sentences, windows;
    EFTI_ARRAY(struct pair_text) texts;
    uint64_t sentence_count, window_count;
    uint32_t window; /* words; 0: none */
    struct pair_set set;
};

void
efti_term_pairs_free(const eft_allocator *mem, struct efti_term_pairs *pairs)
{
    for (int i = 0; i < EFTI_LEVEL_COUNT; i++)
        EFTI_ARRAY_FREE(mem, &pairs->level[i].pairs);
    *pairs = (struct efti_term_pairs){0};
}

static eft_status
pair_terms(struct efti_pair_counter *c, const uint32_t *terms, size_t count,
           eft_error *err)
{
    size_t ids = count == 0 ? 0 : (size_t)terms[count - 1] + 1;

    for (size_t i = 1; i < count; i++) {
        if (terms[i - 1] >= terms[i])
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "terms of pairs do not rise");
    }
    if (!TALLY_ARRAY_MAKE(&c->mem, &c->terms, count) ||
        !TALLY_ARRAY_MAKE(&c->mem, &c->index_of, ids) ||
        !TALLY_ARRAY_MAKE(&c->mem, &c->set.board, count / 64 + 1))
        return efti_no_memory(err, "a counter of pairs");
    memset(c->set.board.items, 0, (count / 64 + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < ids; i++)
        c->index_of.items[i] = PAIR_END;
    for (size_t i = 0; i < count; i++) {
        c->terms.items[i] = terms[i];
        c->index_of.items[terms[i]] = (uint16_t)i;
    }
    return EFT_OK;
}

eft_status
efti_pair_counter_new(const eft_allocator *mem, const uint32_t *terms, size_t count,
                      uint32_t least_writers, struct efti_pair_counter **out,
                      eft_error *err)
{
    *out = NULL;
    if (count > EFTI_PAIR_TERMS_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "at most %u terms can make pairs",
                         (unsigned)EFTI_PAIR_TERMS_MAX);
    struct efti_pair_counter *c = efti_zalloc(mem, 1, sizeof(*c));
    if (c == NULL)
        return efti_no_memory(err, "a counter of pairs");
    c->mem = *mem;
    c->least_writers = least_writers;
    eft_status st = pair_terms(c, terms, count, err);
    if (st != EFT_OK) {
        efti_pair_counter_free(c);
        return st;
    }
    *out = c;
    return EFT_OK;
}

static void
pair_forget(struct efti_pair_counter *c)
{
    EFTI_ARRAY_FREE(&c->mem, &c->sentences.terms);
    EFTI_ARRAY_FREE(&c->mem, &c->windows.terms);
    EFTI_ARRAY_FREE(&c->mem, &c->texts);
    c->sentence_count = c->window_count = 0;
}

void
efti_pair_counter_free(struct efti_pair_counter *c)
{
    if (c == NULL)
        return;
    eft_allocator mem = c->mem;
    pair_forget(c);
    EFTI_ARRAY_FREE(&mem, &c->terms);
    EFTI_ARRAY_FREE(&mem, &c->index_of);
    EFTI_ARRAY_FREE(&mem, &c->set.board);
    EFTI_ARRAY_FREE(&mem, &c->set.items);
    efti_release(&mem, c, sizeof(*c));
}

void
efti_pair_counter_windows(struct efti_pair_counter *c, uint32_t words)
{
    c->window = words;
}

/* ---------------------------------------------------------------------- sets */

static size_t
sort_few(uint16_t *items, size_t count)
{
    size_t kept = 0;

    for (size_t i = 1; i < count; i++) {
        uint16_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > item; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    }
    return kept;
}

static size_t
sort_on_board(struct pair_set *set)
{
    size_t kept = 0;

    for (size_t i = 0; i < set->items.count; i++)
        set->board.items[set->items.items[i] / 64] |= (uint64_t)1
                                                      << set->items.items[i] % 64;
    for (size_t w = 0; w < set->board.count; w++) {
        uint64_t word = set->board.items[w];
        set->board.items[w] = 0;
        for (size_t bit = 0; word != 0; bit++, word >>= 1) {
            if ((word & 1) != 0)
                set->items.items[kept++] = (uint16_t)(64 * w + bit);
        }
    }
    return kept;
}

/* Sorted and without repeats. */
static void
settle_set(struct pair_set *set)
{
    set->items.count = set->items.count <= PAIR_FEW
                           ? sort_few(set->items.items, set->items.count)
                           : sort_on_board(set);
}

/* -------------------------------------------------------------------- adding */

static bool
ends_are_good(const struct efti_pair_text *text)
{
    uint32_t last = 0;

    for (size_t i = 0; i < text->sentence_count; i++) {
        if (text->sentence_ends[i] < last || text->sentence_ends[i] > text->term_count)
            return false;
        last = text->sentence_ends[i];
    }
    return last == text->term_count;
}

static uint16_t
index_of_term(const struct efti_pair_counter *c, uint32_t term)
{
    return term < c->index_of.count ? c->index_of.items[term] : PAIR_END;
}

/* What is in the set, settled, and an end mark. Nothing of an empty one. */
static bool
put_unit(struct efti_pair_counter *c, struct pair_stream *to)
{
    struct pair_set *set = &c->set;

    if (set->items.count == 0)
        return true;
    settle_set(set);
    set->items.items[set->items.count++] = PAIR_END; /* there is room for one more */
    if (!EFTI_ARRAY_RESERVE(&c->mem, &to->terms, to->terms.count + set->items.count))
        return false;
    memcpy(to->terms.items + to->terms.count, set->items.items,
           set->items.count * sizeof(uint16_t));
    to->terms.count += set->items.count;
    return true;
}

static bool
add_unit(struct efti_pair_counter *c, const uint32_t *terms, size_t count,
         struct pair_stream *to)
{
    struct pair_set *set = &c->set;

    set->items.count = 0;
    if (!EFTI_ARRAY_RESERVE(&c->mem, &set->items, count + 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        uint16_t index = index_of_term(c, terms[i]);
        if (index != PAIR_END)
            set->items.items[set->items.count++] = index;
    }
    return put_unit(c, to);
}

/* One unit for each place of the window: the terms from `from` to `to` stand in it. */
static bool
add_windows(struct efti_pair_counter *c, const struct efti_pair_text *text)
{
    uint32_t count = efti_windows_of(text->words, c->window);
    size_t from = 0, to = 0;

    for (uint32_t first = 0; first < count; first++) {
        while (from < text->term_count && text->places[from] < first)
            from++;
        while (to < text->term_count && text->places[to] - first < c->window)
            to++;
        if (to > from && !add_unit(c, text->terms + from, to - from, &c->windows))
            return false;
    }
    c->window_count += count;
    return true;
}

eft_status
efti_pair_counter_add(struct efti_pair_counter *c, const struct efti_pair_text *text,
                      eft_error *err)
{
    size_t begin = c->sentences.terms.count, windows = c->windows.terms.count, from = 0;
    uint64_t window_count = c->window_count;
    bool good = true;

    if (!ends_are_good(text))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "ends of sentences do not fit the terms");
    if (c->texts.count >= UINT32_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "too many reflections for pairs");
    if (!EFTI_ARRAY_RESERVE(&c->mem, &c->texts, c->texts.count + 1))
        return efti_no_memory(err, "the terms of a reflection");
    for (size_t i = 0; i < text->sentence_count && good; i++) {
        size_t end = text->sentence_ends[i];
        good = end == from || add_unit(c, text->terms + from, end - from, &c->sentences);
        from = end;
    }
    if (!good || (c->window > 0 && !add_windows(c, text))) {
        c->sentences.terms.count = begin;
        c->windows.terms.count = windows;
        c->window_count = window_count;
        return efti_no_memory(err, "the terms of a reflection");
    }
    c->texts.items[c->texts.count++] =
        (struct pair_text){.at = begin, .windows_at = windows, .writer = text->writer};
    c->sentence_count += text->sentence_count;
    return EFT_OK;
}

/* ----------------------------------------------------------------- finishing */

static void
units_free(const eft_allocator *mem, struct pair_units *units)
{
    EFTI_ARRAY_FREE(mem, &units->terms);
    EFTI_ARRAY_FREE(mem, &units->writer_end);
}

static bool
append_unit(const eft_allocator *mem, struct pair_units *units, const uint16_t *terms,
            size_t count)
{
    if (!EFTI_ARRAY_RESERVE(mem, &units->terms, units->terms.count + count))
        return false;
    memcpy(units->terms.items + units->terms.count, terms, count * sizeof(*terms));
    units->terms.count += count;
    return true;
}

/* The union of the sentences of a reflection, as one unit. */
static bool
append_union(struct efti_pair_counter *c, struct pair_units *units, const uint16_t *terms,
             size_t count)
{
    struct pair_set *set = &c->set;

    set->items.count = 0;
    if (!EFTI_ARRAY_RESERVE(&c->mem, &set->items, count + 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (terms[i] != PAIR_END)
            set->items.items[set->items.count++] = terms[i];
    }
    settle_set(set);
    set->items.items[set->items.count++] = PAIR_END;
    return append_unit(&c->mem, units, set->items.items, set->items.count);
}

static bool
append_text(struct efti_pair_counter *c, struct pair_units *units, uint32_t text,
            enum efti_pair_level level)
{
    bool last = text + 1 == c->texts.count;
    size_t from = c->texts.items[text].at;
    size_t end = last ? c->sentences.terms.count : c->texts.items[text + 1].at;

    if (level == EFTI_LEVEL_WINDOW) {
        from = c->texts.items[text].windows_at;
        end = last ? c->windows.terms.count : c->texts.items[text + 1].windows_at;
        return from == end ||
               append_unit(&c->mem, units, c->windows.terms.items + from, end - from);
    }
    if (from == end)
        return true;
    if (level == EFTI_LEVEL_REFLECTION)
        return append_union(c, units, c->sentences.terms.items + from, end - from);
    return append_unit(&c->mem, units, c->sentences.terms.items + from, end - from);
}

/* writer << 32 | text, rising */
static bool
order_texts(struct efti_pair_counter *c, uint64_t *order)
{
    EFTI_ARRAY(uint64_t) scratch = {0};

    if (!TALLY_ARRAY_MAKE(&c->mem, &scratch, c->texts.count))
        return false;
    for (uint32_t i = 0; i < c->texts.count; i++)
        order[i] = (uint64_t)c->texts.items[i].writer << 32 | i;
    efti_sort64(order, scratch.items, c->texts.count, 0);
    EFTI_ARRAY_FREE(&c->mem, &scratch);
    return true;
}

static eft_status
make_units(struct efti_pair_counter *c, enum efti_pair_level level, const uint64_t *order,
           struct pair_units *units, eft_error *err)
{
    size_t n = c->texts.count;

    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n || order[i + 1] >> 32 != order[i] >> 32;
        if (!append_text(c, units, (uint32_t)order[i], level) ||
            (last && !EFTI_PUSH(&c->mem, &units->writer_end)))
            return efti_no_memory(err, "the units of pairs");
        if (last)
            units->writer_end.items[units->writer_end.count - 1] = units->terms.count;
    }
    if (units->terms.count >= UINT32_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too many words for pairs");
    return EFT_OK;
}

static eft_status
count_level(struct efti_pair_counter *c, enum efti_pair_level level,
            const uint64_t *order, struct efti_term_pairs *out, eft_error *err)
{
    const struct pair_wanted wanted = {c->terms.items, c->terms.count, c->least_writers};
    struct pair_units units = {0};
    eft_status st = make_units(c, level, order, &units, err);

    if (st == EFT_OK)
        st = efti_pair_rows(&c->mem, &units, &wanted, &out->level[level], err);
    units_free(&c->mem, &units);
    return st;
}

eft_status
efti_pair_counter_finish(struct efti_pair_counter *c, struct efti_term_pairs *out,
                         eft_error *err)
{
    EFTI_ARRAY(uint64_t) order = {0};
    eft_status st = EFT_OK;

    *out = (struct efti_term_pairs){0};
    if (!TALLY_ARRAY_MAKE(&c->mem, &order, c->texts.count) ||
        !order_texts(c, order.items))
        st = efti_no_memory(err, "the order of reflections");
    int levels = c->window > 0 ? EFTI_LEVEL_COUNT : EFTI_LEVEL_WINDOW;
    for (int i = 0; st == EFT_OK && i < levels; i++)
        st = count_level(c, (enum efti_pair_level)i, order.items, out, err);
    out->level[EFTI_LEVEL_REFLECTION].n = c->texts.count;
    out->level[EFTI_LEVEL_SENTENCE].n = c->sentence_count;
    out->level[EFTI_LEVEL_WINDOW].n = c->window_count;
    EFTI_ARRAY_FREE(&c->mem, &order);
    pair_forget(c);
    if (st != EFT_OK)
        efti_term_pairs_free(&c->mem, out);
    return st;
}
