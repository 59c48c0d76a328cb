/*
 * merge.c - two tallies become one, as if it had been one from the start
 *
 * What `from` holds is added with its ids translated: dictionaries are joined, entries of
 * its log appended, sums appended to the sums. Freezing then does what it always does,
 * and that is why merging is commutative and associative in bytes: the canonical form
 * does not see who came first.
 *
 * Refused, before anything is changed: unlike settings, and a reflection (by key) that
 * both have, which would count twice.
 */
#include "tally/state.h"

struct merge_maps {
    const eft_allocator *mem;
    EFTI_ARRAY(uint32_t) themes, terms, labels, writers;
};

/* ------------------------------------------------------------------ settings */

/* Names of unlike settings, as many as a message holds. */
struct unlike {
    char names[128];
    size_t size;
    unsigned more;
};

static void
note_unlike(struct unlike *u, const char *name, size_t size)
{
    if (u->size + size + 2 > sizeof(u->names)) {
        u->more++;
        return;
    }
    if (u->size > 0) {
        memcpy(u->names + u->size, ", ", 2);
        u->size += 2;
    }
    memcpy(u->names + u->size, name, size);
    u->size += size;
}

/* A line "name value". The name goes into a message, and a state is a foreign file: only
 * what looks like a name of ours is shown. */
static void
note_line(struct unlike *u, const char *line, size_t size)
{
    const char *space = memchr(line, ' ', size);
    size_t n = space == NULL ? size : (size_t)(space - line);
    bool plain = n > 0 && n <= 40;

    for (size_t i = 0; i < n && plain; i++)
        plain = (line[i] >= 'a' && line[i] <= 'z') ||
                (line[i] >= '0' && line[i] <= '9') || line[i] == '-' || line[i] == '_' ||
                line[i] == '.';
    if (plain)
        note_unlike(u, line, n);
    else
        note_unlike(u, "another setting", 15);
}

static size_t
line_size(eft_text text, size_t at)
{
    const char *end =
        at < text.size ? memchr(text.bytes + at, '\n', text.size - at) : NULL;

    return end == NULL ? text.size - at : (size_t)(end - (text.bytes + at));
}

static bool
has_line(eft_text text, const char *line, size_t size)
{
    for (size_t at = 0; at < text.size; at += line_size(text, at) + 1) {
        if (efti_equal(text.bytes + at, line_size(text, at), line, size))
            return true;
    }
    return false;
}

static bool
same_name(const char *a, size_t a_size, const char *b, size_t b_size)
{
    const char *x = memchr(a, ' ', a_size), *y = memchr(b, ' ', b_size);

    return efti_equal(a, x == NULL ? a_size : (size_t)(x - a), b,
                      y == NULL ? b_size : (size_t)(y - b));
}

static bool
has_name(eft_text text, const char *line, size_t size)
{
    for (size_t at = 0; at < text.size; at += line_size(text, at) + 1) {
        if (same_name(text.bytes + at, line_size(text, at), line, size))
            return true;
    }
    return false;
}

static void
compare_fingerprints(struct unlike *u, eft_text a, eft_text b)
{
    unsigned before = u->more;
    size_t named = u->size;

    if (efti_equal(a.bytes, a.size, b.bytes, b.size))
        return;
    for (size_t at = 0; at < a.size; at += line_size(a, at) + 1) {
        if (!has_line(b, a.bytes + at, line_size(a, at)))
            note_line(u, a.bytes + at, line_size(a, at));
    }
    for (size_t at = 0; at < b.size; at += line_size(b, at) + 1) {
        if (!has_name(a, b.bytes + at, line_size(b, at)))
            note_line(u, b.bytes + at, line_size(b, at));
    }
    if (u->size == named && u->more == before)
        note_unlike(u, "another setting", 15); /* the same lines, in another order */
}

static bool
same_double(double a, double b)
{
    return a >= b && a <= b; /* the very same number; NaN never comes this far */
}

static bool
same_facets(const struct efti_tally_settings *a, const struct efti_tally_settings *b)
{
    bool same = a->facet_count == b->facet_count;

    for (uint32_t i = 0; same && i < a->facet_count; i++)
        same = efti_equal(a->facet_names[i].bytes, a->facet_names[i].size,
                          b->facet_names[i].bytes, b->facet_names[i].size);
    return same;
}

eft_status
efti_settings_compare(const struct efti_tally_settings *a,
                      const struct efti_tally_settings *b, const char *advice,
                      eft_error *err)
{
    struct unlike u = {.size = 0};

    if (a->version != b->version)
        note_unlike(&u, "version", 7);
    if (a->writer_column != b->writer_column)
        note_unlike(&u, "writer column (k doubled)", 25);
    if (!same_double(a->feeling_low, b->feeling_low) ||
        !same_double(a->feeling_high, b->feeling_high))
        note_unlike(&u, "feeling scale", 13);
    if (!same_facets(a, b))
        note_unlike(&u, "facet names", 11);
    compare_fingerprints(&u, a->fingerprints, b->fingerprints);
    if (u.size == 0)
        return EFT_OK;
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     "the states differ in: %.*s%s; %s", (int)u.size, u.names,
                     u.more > 0 ? " and more" : "", advice);
}

/* ---------------------------------------------------------------------- keys */

static eft_status
collect_keys(const struct efti_tally *t, const eft_allocator *mem,
             struct efti_strings *keys, eft_error *err)
{
    struct tally_walk w;
    eft_status st;

    efti_walk_init(&w, &t->log, t->settings.facet_count, mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK) {
        if (w.record.has_key && efti_strings_add(keys, (const char *)w.record.key.b,
                                                 EFTI_ID_SIZE, NULL) == EFTI_NOT_FOUND) {
            st = efti_no_memory(err, "the keys of a tally");
            break;
        }
    }
    efti_walk_free(&w);
    return st == EFT_END ? EFT_OK : st;
}

static eft_status
count_shared(const struct efti_tally *t, const eft_allocator *mem,
             const struct efti_strings *keys, uint64_t *shared, eft_error *err)
{
    struct tally_walk w;
    eft_status st;

    *shared = 0;
    efti_walk_init(&w, &t->log, t->settings.facet_count, mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK) {
        if (w.record.has_key && efti_strings_find(keys, (const char *)w.record.key.b,
                                                  EFTI_ID_SIZE) != EFTI_NOT_FOUND)
            (*shared)++;
    }
    efti_walk_free(&w);
    return st == EFT_END ? EFT_OK : st;
}

static eft_status
refuse_shared(const struct efti_tally *into, const struct efti_tally *from,
              const eft_allocator *mem, eft_error *err)
{
    struct efti_strings *keys;
    uint64_t shared = 0;
    eft_status st = efti_strings_new(mem, &keys, err);

    if (st != EFT_OK)
        return st;
    st = collect_keys(from, mem, keys, err);
    if (st == EFT_OK && efti_strings_count(keys) > 0)
        st = count_shared(into, mem, keys, &shared, err);
    efti_strings_free(keys);
    if (st == EFT_OK && shared > 0)
        st =
            efti_fail(err, EFT_E_CONFLICT, shared,
                      "the states share %llu reflections (same id and assignment): leave "
                      "one of them out, or tally the inputs together",
                      (unsigned long long)shared);
    return st;
}

/* ---------------------------------------------------------------------- maps */

static void
maps_free(struct merge_maps *m)
{
    EFTI_ARRAY_FREE(m->mem, &m->themes);
    EFTI_ARRAY_FREE(m->mem, &m->terms);
    EFTI_ARRAY_FREE(m->mem, &m->labels);
    EFTI_ARRAY_FREE(m->mem, &m->writers);
}

static bool
join_dictionaries(struct efti_tally *into, const struct tally_dictionaries *d,
                  struct merge_maps *m)
{
    bool good = true;

    for (uint32_t i = 0; good && i < m->themes.count; i++) {
        eft_text text = efti_strings_get(d->themes, i);
        m->themes.items[i] = efti_tally_theme(into, text.bytes, text.size);
        good = m->themes.items[i] != EFTI_NO_ID;
    }
    for (uint32_t i = 0; good && i < m->terms.count; i++) {
        eft_text text = efti_strings_get(d->terms, i);
        m->terms.items[i] = efti_tally_term(into, text.bytes, text.size);
        good = m->terms.items[i] != EFTI_NO_ID;
    }
    for (uint32_t i = 0; good && i < m->labels.count; i++) {
        const struct efti_label_view *l = &d->labels.items[i];
        m->labels.items[i] = efti_tally_label(into, l->role, l->hash, l->printable);
        good = m->labels.items[i] != EFTI_NO_ID;
    }
    for (uint32_t i = 0; good && i < m->writers.count; i++) {
        m->writers.items[i] = efti_tally_writer(into, &d->writers.items[i]);
        good = m->writers.items[i] != EFTI_NO_ID;
    }
    return good;
}

static eft_status
make_maps(struct efti_tally *into, const struct efti_tally *from, struct merge_maps *m,
          eft_error *err)
{
    const struct tally_dictionaries *d = &from->dict;

    if (!TALLY_ARRAY_MAKE(m->mem, &m->themes, efti_strings_count(d->themes)) ||
        !TALLY_ARRAY_MAKE(m->mem, &m->terms, efti_strings_count(d->terms)) ||
        !TALLY_ARRAY_MAKE(m->mem, &m->labels, d->labels.count) ||
        !TALLY_ARRAY_MAKE(m->mem, &m->writers, d->writers.count) ||
        !join_dictionaries(into, d, m))
        return efti_no_memory(err, "the dictionaries of a merged tally");
    return EFT_OK;
}

static uint32_t
merged_label(const struct merge_maps *m, uint32_t label)
{
    return label == EFTI_NO_ID ? EFTI_NO_ID : m->labels.items[label];
}

/* ------------------------------------------------------------------- entries */

static unsigned char *
merge_pairs(unsigned char *p, const struct merge_maps *m, const unsigned char **at)
{
    uint32_t n = tally_get32(at);

    for (p = tally_put32(p, n); n > 0; n--) {
        p = tally_put32(p, m->themes.items[tally_get32(at)]);
        p = tally_put32(p, m->themes.items[tally_get32(at)]);
        p = tally_put32(p, tally_get32(at));
    }
    return p;
}

static unsigned char *
merge_tail(unsigned char *p, const struct merge_maps *m, const unsigned char *at,
           const unsigned char *end)
{
    uint32_t n;

    if (at == end)
        return p;
    p = merge_pairs(p, m, &at);
    for (p = tally_put32(p, n = tally_get32(&at)); n > 0; n--)
        p = tally_put32(p, m->themes.items[tally_get32(&at)]);
    p = merge_pairs(p, m, &at); /* in windows */
    for (p = tally_put32(p, n = tally_get32(&at)); n > 0; n--) {
        uint32_t tokens, term = tally_get_term(&at, &tokens);
        p = tally_put_term(p, m->terms.items[term], tokens);
    }
    return p;
}

static void
translate_record(const struct merge_maps *m, struct tally_walk *w)
{
    w->record.unit = merged_label(m, w->record.unit);
    w->record.assignment = merged_label(m, w->record.assignment);
    for (uint32_t i = 0; i < w->facet_count; i++)
        w->scratch.facets[i] = merged_label(m, w->scratch.facets[i]);
    for (uint32_t i = 0; i < w->record.tag_count; i++)
        w->scratch.tags.items[i] = merged_label(m, w->scratch.tags.items[i]);
    for (uint32_t i = 0; i < w->record.theme_count; i++)
        w->scratch.themes.items[i].theme =
            m->themes.items[w->scratch.themes.items[i].theme];
}

/* A translated number may be spelled in five bytes where it took one. */
static eft_status
merge_entry(struct efti_bytes *log, const struct merge_maps *m, struct tally_walk *w,
            eft_error *err)
{
    const struct efti_record_view *r = &w->record;
    size_t tail = (size_t)(w->tail_end - w->tail);
    size_t need = 9 + efti_body_bound(r->theme_count, r->tag_count) + 5 * tail;

    if (!efti_add(log->size, need, &need) ||
        !efti_reserve(log->mem, (void **)&log->data, &log->capacity, need, 1))
        return efti_no_memory(err, "the records of a merged tally");
    translate_record(m, w);
    unsigned char *begin = (unsigned char *)log->data + log->size;
    unsigned char *size_at = efti_body_put(
        tally_put32(begin, m->writers.items[r->writer]), r, w->facet_count, NULL);
    unsigned char *end = merge_tail(size_at + 4, m, w->tail, w->tail_end);
    size_t size = (size_t)(end - size_at - 4);
    if (size > UINT32_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "a reflection too large to merge");
    for (int i = 0; i < 4; i++)
        size_at[i] = (unsigned char)(size >> (8 * i));
    log->size += (size_t)(end - begin);
    return EFT_OK;
}

static eft_status
merge_log(struct efti_tally *into, const struct efti_tally *from, struct merge_maps *m,
          eft_error *err)
{
    struct tally_walk w;
    size_t before = into->log.size;
    eft_status st;

    if (from->record_count >= EFTI_NO_ID - 1u - into->record_count)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too much for one tally");
    efti_walk_init(&w, &from->log, from->settings.facet_count, m->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK &&
           (st = merge_entry(&into->log, m, &w, err)) == EFT_OK)
        ;
    efti_walk_free(&w);
    if (st != EFT_END) {
        into->log.size = before;
        return st;
    }
    into->record_count += from->record_count;
    return EFT_OK;
}

/* ---------------------------------------------------------------------- sums */

static bool
reserve_postings(const eft_allocator *mem, struct tally_postings *p,
                 const struct tally_postings *add)
{
    return EFTI_ARRAY_RESERVE(mem, &p->slots, p->slots.count + add->slots.count) &&
           EFTI_ARRAY_RESERVE(mem, &p->entries, p->entries.count + add->entries.count) &&
           EFTI_ARRAY_RESERVE(mem, &p->terms, p->terms.count + add->terms.count) &&
           EFTI_ARRAY_RESERVE(mem, &p->ends, p->ends.count + add->ends.count);
}

static bool
reserve_sums(struct efti_tally *into, const struct tally_sums *add)
{
    struct tally_sums *s = &into->sums;
    const eft_allocator *mem = &into->mem;

    return EFTI_ARRAY_RESERVE(mem, &s->cells, s->cells.count + add->cells.count) &&
           reserve_postings(mem, &s->postings, &add->postings) &&
           EFTI_ARRAY_RESERVE(mem, &s->pairs, s->pairs.count + add->pairs.count) &&
           EFTI_ARRAY_RESERVE(mem, &s->theme_sentences,
                              s->theme_sentences.count + add->theme_sentences.count) &&
           EFTI_ARRAY_RESERVE(mem, &s->windows, s->windows.count + add->windows.count);
}

/* Its slots and runs behind ours. */
static void
merge_postings(struct tally_postings *p, const struct tally_postings *add,
               uint32_t first_cell, const struct merge_maps *m)
{
    const uint64_t first_slot = (uint64_t)p->slots.count << 32;
    const size_t first = p->entries.count;

    for (size_t i = 0; i < add->slots.count; i++) {
        uint64_t slot = add->slots.items[i];
        p->slots.items[p->slots.count++] =
            (uint64_t)m->writers.items[slot >> 32] << 32 | ((uint32_t)slot + first_cell);
    }
    for (size_t i = 0; i < add->entries.count; i++)
        p->entries.items[p->entries.count++] = add->entries.items[i] + first_slot;
    for (size_t i = 0; i < add->terms.count; i++) {
        p->terms.items[p->terms.count++] = m->terms.items[add->terms.items[i]];
        p->ends.items[p->ends.count++] = first + add->ends.items[i];
    }
}

static void
merge_writer_pairs(tally_writer_pairs *pairs, const tally_writer_pairs *add,
                   const struct merge_maps *m)
{
    for (size_t i = 0; i < add->count; i++) {
        struct efti_writer_pair x = add->items[i];
        x.a = m->themes.items[x.a];
        x.b = m->themes.items[x.b];
        x.writer = m->writers.items[x.writer];
        pairs->items[pairs->count++] = x;
    }
}

/* Room is reserved: this cannot fail. */
static void
merge_sums(struct tally_sums *s, const struct tally_sums *add, const struct merge_maps *m)
{
    uint32_t first_cell = (uint32_t)s->cells.count;

    for (size_t i = 0; i < add->cells.count; i++) {
        struct efti_label_cell cell = add->cells.items[i];
        cell.unit = merged_label(m, cell.unit);
        cell.assignment = merged_label(m, cell.assignment);
        for (size_t j = 0; j < EFTI_COUNT(cell.facets); j++)
            cell.facets[j] = merged_label(m, cell.facets[j]);
        s->cells.items[s->cells.count++] = cell;
    }
    merge_postings(&s->postings, &add->postings, first_cell, m);
    merge_writer_pairs(&s->pairs, &add->pairs, m);
    for (size_t i = 0; i < add->theme_sentences.count; i++) {
        struct efti_theme_sentences x = add->theme_sentences.items[i];
        x.theme = m->themes.items[x.theme];
        x.writer = m->writers.items[x.writer];
        s->theme_sentences.items[s->theme_sentences.count++] = x;
    }
    merge_writer_pairs(&s->windows, &add->windows, m);
}

static eft_status
check_sizes(const struct efti_tally *into, const struct efti_tally *from, eft_error *err)
{
    bool good =
        from->sums.cells.count < EFTI_NO_ID - into->sums.cells.count &&
        from->sums.postings.slots.count < EFTI_NO_ID - into->sums.postings.slots.count;

    for (size_t i = 0; i < EFTI_COUNTER_COUNT; i++)
        good = good && into->counters[i] <= UINT64_MAX - from->counters[i];
    return good ? EFT_OK
                : efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too much for one tally");
}

eft_status
efti_tally_merge(struct efti_tally *into, const struct efti_tally *from, eft_error *err)
{
    struct merge_maps maps = {.mem = &into->mem};
    eft_status st;

    if (into == from)
        return efti_fail(err, EFT_E_CONFLICT, into->record_count,
                         "a state cannot be merged with itself");
    if ((st = efti_settings_compare(&into->settings, &from->settings,
                                    "tally all with the same settings", err)) != EFT_OK ||
        (st = check_sizes(into, from, err)) != EFT_OK ||
        (st = refuse_shared(into, from, &into->mem, err)) != EFT_OK)
        return st;
    efti_tally_thaw(into); /* what the view points at may move from here on */
    st = make_maps(into, from, &maps, err);
    if (st == EFT_OK && !reserve_sums(into, &from->sums))
        st = efti_no_memory(err, "the sums of a merged tally");
    if (st == EFT_OK)
        st = merge_log(into, from, &maps, err);
    if (st == EFT_OK) {
        merge_sums(&into->sums, &from->sums, &maps);
        for (size_t i = 0; i < EFTI_COUNTER_COUNT; i++)
            into->counters[i] += from->counters[i];
    }
    maps_free(&maps);
    return st;
}
