/*
 * state.c - the canonical bytes of a tally
 *
 *     "EFTSTATE" | version
 *     settings:   writer column | scale, twice 8 bytes | n facet names | fingerprints
 *     themes:     n | texts, rising
 *     terms:      n | texts, rising; "open" is not written and has number 0
 *     labels:     n | (role | hash | printable), rising by role and hash
 *     writers:    n | last one has no name (0 or 1)
 *                   | (hash if it has one | n records | bodies as in record.c)
 *     cells:      n | (labels + 1), rising
 *     postings:   per term: n | (step and kind | [cell] | [tokens | reflections])
 *     pairs:      n | (a | b | writer | sentences)
 *     sentences:  n | (theme | writer | sentences)
 *     windows:    n | (a | b | writer | windows)
 *     counters:   n | numbers
 *     BLAKE2b of all before, 32 bytes
 *
 * A posting's first number is 4 * (writer less the one before) + kind. Kind 1 says that
 * the cell is another than the one before (which is 0 at first), kind 2 that it is not
 * just one token in one reflection, 3 both: three of four postings are one or two bytes.
 *
 * Numbers are varints of the shortest spelling, texts their size and bytes. Nothing says
 * where or when, in which order or in how many parts it was counted. Sentences per writer
 * are not written: the records tell.
 */
#include "tally/state_format.h"

void
efti_state_put_text(struct efti_bytes *out, eft_text text)
{
    efti_put_varint(out, text.size);
    efti_put(out, text.bytes, text.size);
}

void
efti_state_put_double(struct efti_bytes *out, double value)
{
    uint64_t word;

    memcpy(&word, &value, sizeof(word));
    efti_put_le64(out, word);
}

void
efti_state_put_settings(struct efti_bytes *out, const struct efti_tally_settings *s)
{
    efti_put_varint(out, s->writer_column ? 1 : 0);
    efti_state_put_double(out, s->feeling_low);
    efti_state_put_double(out, s->feeling_high);
    efti_put_varint(out, s->facet_count);
    for (uint32_t i = 0; i < s->facet_count; i++)
        efti_state_put_text(out, s->facet_names[i]);
    efti_state_put_text(out, s->fingerprints);
}

static void
put_dictionaries(struct efti_bytes *out, const struct efti_frozen *f)
{
    efti_put_varint(out, f->theme_count);
    for (uint32_t i = 0; i < f->theme_count; i++)
        efti_state_put_text(out, f->themes[i]);
    efti_put_varint(out, f->term_count - 1);
    for (uint32_t i = 1; i < f->term_count; i++)
        efti_state_put_text(out, f->terms[i]);
    efti_put_varint(out, f->label_count);
    for (uint32_t i = 0; i < f->label_count; i++) {
        efti_put_varint(out, f->labels[i].role);
        efti_put(out, f->labels[i].hash.b, EFTI_ID_SIZE);
        efti_state_put_text(out, f->labels[i].printable);
    }
}

static bool
put_record(struct efti_bytes *out, const struct efti_record_view *r, uint32_t facet_count)
{
    size_t need;

    if (out->failed ||
        !efti_add(out->size, efti_body_bound(r->theme_count, r->tag_count), &need) ||
        !efti_reserve(out->mem, (void **)&out->data, &out->capacity, need, 1)) {
        out->failed = true;
        return false;
    }
    unsigned char *begin = (unsigned char *)out->data + out->size;
    out->size += (size_t)(efti_body_put(begin, r, facet_count, NULL) - begin);
    return true;
}

static void
put_writers(struct efti_bytes *out, const struct efti_tally *t)
{
    const struct efti_frozen *f = &t->view;
    uint32_t at = 0;

    efti_put_varint(out, f->writer_count);
    efti_put_varint(out, f->no_writer == EFTI_NO_ID ? 0 : 1);
    for (uint32_t w = 0; w < f->writer_count; w++) {
        uint32_t end = at;
        if (t->dict.writers.items[w].kind == TALLY_WRITER_HASHED)
            efti_put(out, t->dict.writers.items[w].hash.b, EFTI_ID_SIZE);
        while (end < f->record_count && f->records[end].writer == w)
            end++;
        efti_put_varint(out, end - at);
        for (; at < end; at++) {
            if (!put_record(out, &f->records[at], f->settings.facet_count))
                return;
        }
    }
}

static void
put_cells(struct efti_bytes *out, const struct efti_frozen *f)
{
    efti_put_varint(out, f->cell_count);
    for (uint32_t i = 0; i < f->cell_count; i++) {
        const struct efti_label_cell *c = &f->cells[i];
        efti_put_varint(out, c->unit + 1u);
        efti_put_varint(out, c->assignment + 1u);
        for (uint32_t j = 0; j < f->settings.facet_count; j++)
            efti_put_varint(out, c->facets[j] + 1u);
    }
}

/* No posting is longer: a step of 34 bits, and three numbers of 32. */
#define POSTING_BOUND 20

static unsigned char *
put_posting(unsigned char *p, const struct efti_posting *x, uint32_t writer,
            uint32_t cell)
{
    bool moved = x->cell != cell, single = x->tokens == 1 && x->reflections == 1;

    uint64_t head = (uint64_t)(x->writer - writer) << 2 | (moved ? POSTING_CELL : 0u) |
                    (single ? 0u : POSTING_COUNTS);
    if (EFTI_LIKELY(head < 0x80))
        *p++ = (unsigned char)head;
    else
        p = tally_put64(p, head);
    if (moved)
        p = tally_put32(p, x->cell);
    if (!single) {
        p = tally_put32(p, x->tokens);
        p = tally_put32(p, x->reflections);
    }
    return p;
}

/* How many there are. Where some take several entries, those of one slot are counted. */
static size_t
count_postings(struct efti_posting_walk w)
{
    size_t count = w.end - w.at;

    if (w.f->posting_count == w.f->posting_ends[w.f->term_count - 1])
        return count;
    for (size_t i = w.at + 1; i < w.end; i++)
        count -= w.f->posting_entries[i] >> 32 == w.f->posting_entries[i - 1] >> 32;
    return count;
}

static void
put_postings(struct efti_bytes *out, const struct efti_frozen *f)
{
    for (uint32_t term = 0; term < f->term_count; term++) {
        struct efti_posting_walk w = efti_postings_of(f, term);
        struct efti_posting x;
        uint32_t writer = 0, cell = 0;
        size_t count = count_postings(w), need;
        efti_put_varint(out, count);
        if (out->failed || !efti_mul(count, POSTING_BOUND, &need) ||
            !efti_add(out->size, need, &need) ||
            !efti_reserve(out->mem, (void **)&out->data, &out->capacity, need, 1)) {
            out->failed = true;
            return;
        }
        unsigned char *p = (unsigned char *)out->data + out->size, *begin = p;
        for (; efti_posting_next(&w, &x); writer = x.writer, cell = x.cell)
            p = put_posting(p, &x, writer, cell);
        out->size += (size_t)(p - begin);
    }
}

static void
put_pairs(struct efti_bytes *out, const struct efti_writer_pair *pairs, size_t count)
{
    efti_put_varint(out, count);
    for (size_t i = 0; i < count; i++) {
        efti_put_varint(out, pairs[i].a);
        efti_put_varint(out, pairs[i].b);
        efti_put_varint(out, pairs[i].writer);
        efti_put_varint(out, pairs[i].times);
    }
}

static void
put_theme_sentences(struct efti_bytes *out, const struct efti_frozen *f)
{
    efti_put_varint(out, f->theme_sentence_count);
    for (size_t i = 0; i < f->theme_sentence_count; i++) {
        efti_put_varint(out, f->theme_sentences[i].theme);
        efti_put_varint(out, f->theme_sentences[i].writer);
        efti_put_varint(out, f->theme_sentences[i].sentences);
    }
}

static void
put_counters(struct efti_bytes *out, const struct efti_frozen *f)
{
    efti_put_varint(out, EFTI_COUNTER_COUNT);
    for (size_t i = 0; i < EFTI_COUNTER_COUNT; i++)
        efti_put_varint(out, f->counters[i]);
}

void
efti_state_put(const struct efti_tally *t, struct efti_bytes *out)
{
    const struct efti_frozen *f = &t->view;

    efti_put(out, TALLY_MAGIC, TALLY_MAGIC_SIZE);
    efti_put_varint(out, f->settings.version);
    efti_state_put_settings(out, &f->settings);
    put_dictionaries(out, f);
    put_writers(out, t);
    put_cells(out, f);
    put_postings(out, f);
    put_pairs(out, f->pairs, f->pair_count);
    put_theme_sentences(out, f);
    put_pairs(out, f->windows, f->window_count);
    put_counters(out, f);
}

eft_status
efti_tally_write(struct efti_tally *t, struct efti_bytes *out, eft_error *err)
{
    size_t begin = out->size;
    unsigned char digest[TALLY_DIGEST_SIZE];
    eft_status st = efti_tally_freeze(t, err);

    if (st != EFT_OK)
        return st;
    efti_state_put(t, out);
    if (!out->failed) {
        efti_checksum(out->data + begin, out->size - begin, digest);
        efti_put(out, digest, sizeof(digest));
    }
    if (!out->failed)
        return EFT_OK;
    out->size = begin;
    return efti_no_memory(err, "the bytes of a state");
}
