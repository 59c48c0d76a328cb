/*
 * state_read.c - a state file back into a tally
 *
 * The bytes come from somebody else: a state may be damaged, cut, or made to do harm.
 * Three nets, each of which would do alone against accidents:
 *
 *     1. the BLAKE2b at the end
 *     2. every number is compared with what it counts or points at, before it is used,
 *        and no memory is asked for on the word of a count: arrays grow as items come
 *     3. what was read is frozen and written anew, and must give the same bytes
 *
 * The third is what makes states canonical: dictionaries that do not rise, writers in
 * another order, a label nobody uses, a longer spelling of a number all come out
 * different. It costs as much again as reading; a state is small beside the texts.
 */
#include "tally/state_format.h"
#include "text/unicode.h"

struct state_reader {
    struct efti_cursor c;
    const eft_allocator *mem;
    struct efti_tally *t;
    struct tally_scratch scratch;
    uint32_t terms, writers;
    const unsigned char *postings; /* where they begin */
    bool keeps;                    /* postings are kept, not only gone through */
};

static eft_status
bad_state(eft_error *err, const char *what)
{
    return efti_fail(
        err, EFT_E_FORMAT, EFT_NO_OFFSET,
        "not a state that eftertanke wrote, or damaged (%s): make it again with "
        "tally",
        what);
}

static uint32_t
read32(struct state_reader *r)
{
    uint64_t value = efti_take_varint(&r->c);

    if (value > UINT32_MAX)
        r->c.failed = true;
    return r->c.failed ? 0 : (uint32_t)value;
}

/* A number below `limit`, for ids. */
static uint32_t
read_below(struct state_reader *r, uint32_t limit)
{
    uint32_t value = read32(r);

    if (value >= limit)
        r->c.failed = true;
    return r->c.failed ? 0 : value;
}

/* A count of items that take at least `least` bytes each. */
static uint64_t
read_count(struct state_reader *r, size_t least)
{
    uint64_t count = efti_take_varint(&r->c);

    if (count > (uint64_t)(r->c.end - r->c.at) / least || count >= EFTI_NO_ID - 1u)
        r->c.failed = true;
    return r->c.failed ? 0 : count;
}

static eft_text
read_text(struct state_reader *r)
{
    uint64_t size = read_count(r, 1);
    const char *bytes = (const char *)efti_take(&r->c, (size_t)size);

    if (bytes == NULL || efti_utf8_valid_prefix(bytes, (size_t)size) != size) {
        r->c.failed = true;
        return (eft_text){"", 0};
    }
    return (eft_text){bytes, (size_t)size};
}

static struct efti_id
read_id(struct state_reader *r)
{
    struct efti_id id = {{0}};
    const unsigned char *bytes = efti_take(&r->c, EFTI_ID_SIZE);

    if (bytes != NULL)
        memcpy(id.b, bytes, EFTI_ID_SIZE);
    return id;
}

static double
read_double(struct state_reader *r)
{
    uint64_t word = efti_take_le64(&r->c);
    double value;

    memcpy(&value, &word, sizeof(value));
    return value;
}

/* ------------------------------------------------------------------ settings */

static eft_status
read_settings(struct state_reader *r, eft_error *err)
{
    struct efti_tally_settings s = {.version = read32(r)};

    if (!r->c.failed && s.version != EFTI_STATE_VERSION)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "a state of version %u, this program reads %u: tally the input "
                         "again",
                         (unsigned)s.version, (unsigned)EFTI_STATE_VERSION);
    s.writer_column = read_below(r, 2) == 1;
    s.feeling_low = read_double(r);
    s.feeling_high = read_double(r);
    s.facet_count = read_below(r, EFTI_COUNT(s.facet_names) + 1);
    for (uint32_t i = 0; i < s.facet_count; i++)
        s.facet_names[i] = read_text(r);
    s.fingerprints = read_text(r);
    if (r->c.failed)
        return bad_state(err, "settings");
    eft_status st = efti_tally_new(r->mem, &s, &r->t, err);
    return st == EFT_E_RANGE ? bad_state(err, "settings") : st;
}

/* -------------------------------------------------------------- dictionaries */

/* Each must be new, and get the number of its place. */
static eft_status
read_texts(struct state_reader *r,
           uint32_t (*add)(struct efti_tally *, const char *, size_t), uint32_t first,
           const char *what, eft_error *err)
{
    uint64_t count = read_count(r, 1);

    for (uint32_t i = 0; i < count; i++) {
        eft_text text = read_text(r);
        if (r->c.failed)
            break;
        uint32_t id = add(r->t, text.bytes, text.size);
        if (id == EFTI_NO_ID)
            return efti_no_memory(err, "the dictionaries of a state");
        if (id != first + i)
            r->c.failed = true;
    }
    return r->c.failed ? bad_state(err, what) : EFT_OK;
}

static eft_status
read_labels(struct state_reader *r, eft_error *err)
{
    uint64_t count = read_count(r, 2 + EFTI_ID_SIZE);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t role = read_below(r, EFTI_LABEL_FACET0 + r->t->settings.facet_count);
        struct efti_id hash = read_id(r);
        eft_text printable = read_text(r);
        if (r->c.failed)
            break;
        uint32_t id = efti_tally_label(r->t, role, hash, printable);
        if (id == EFTI_NO_ID)
            return efti_no_memory(err, "the labels of a state");
        if (id != i)
            r->c.failed = true;
    }
    return r->c.failed ? bad_state(err, "labels") : EFT_OK;
}

static eft_status
read_dictionaries(struct state_reader *r, eft_error *err)
{
    eft_status st = read_texts(r, efti_tally_theme, 0, "themes", err);

    if (st == EFT_OK)
        st = read_texts(r, efti_tally_term, 1, "terms", err);
    return st == EFT_OK ? read_labels(r, err) : st;
}

/* ------------------------------------------------------------------- records */

static bool
role_fits(const struct efti_tally *t, uint32_t label, uint32_t role)
{
    return label < t->dict.labels.count && t->dict.labels.items[label].role == role;
}

static bool
labels_of_fit(const struct efti_tally *t, uint32_t unit, uint32_t assignment,
              const uint32_t *facets)
{
    bool good = unit == EFTI_NO_ID || role_fits(t, unit, EFTI_LABEL_UNIT);

    if (assignment != EFTI_NO_ID && !role_fits(t, assignment, EFTI_LABEL_ASSIGNMENT))
        good = false;
    for (uint32_t i = 0; i < t->settings.facet_count; i++)
        good = good && (facets[i] == EFTI_NO_ID ||
                        role_fits(t, facets[i], EFTI_LABEL_FACET0 + i));
    return good;
}

static bool
record_fits(const struct efti_tally *t, const struct efti_record_view *v)
{
    bool good = labels_of_fit(t, v->unit, v->assignment, v->facets);

    for (uint32_t i = 0; i < v->tag_count; i++)
        good = good && role_fits(t, v->tags[i], EFTI_LABEL_TAG);
    for (uint32_t i = 0; i < v->theme_count; i++)
        good = good && v->themes[i].theme < efti_strings_count(t->dict.themes) &&
               v->themes[i].polarity < EFTI_POLARITY_COUNT;
    return good;
}

/* One record: checked, and its bytes copied into the log as they are. */
static eft_status
read_record(struct state_reader *r, uint32_t writer, eft_error *err)
{
    struct efti_record_view record;
    struct efti_bytes *log = &r->t->log;
    const unsigned char *begin = r->c.at;
    eft_status st = efti_body_take(&r->c, r->mem, r->t->settings.facet_count, &r->scratch,
                                   &record, err);

    if (st != EFT_OK)
        return st;
    if (r->c.failed || !record_fits(r->t, &record))
        return bad_state(err, "records");
    efti_put_varint(log, writer);
    efti_put(log, begin, (size_t)(r->c.at - begin));
    efti_put_le32(log, 0);
    if (log->failed)
        return efti_no_memory(err, "the records of a state");
    r->t->record_count++;
    return EFT_OK;
}

static eft_status
read_writer(struct state_reader *r, uint32_t number, bool last_has_none, eft_error *err)
{
    struct tally_writer w = {.kind = TALLY_WRITER_OWN};

    if (r->t->settings.writer_column)
        w.kind = last_has_none && number + 1 == r->writers ? TALLY_WRITER_NONE
                                                           : TALLY_WRITER_HASHED;
    if (w.kind == TALLY_WRITER_HASHED)
        w.hash = read_id(r);
    uint64_t records = read_count(r, 8);
    if (r->c.failed || records == 0 || (w.kind == TALLY_WRITER_OWN && records > 1))
        return bad_state(err, "writers");
    uint32_t id = efti_tally_writer(r->t, &w);
    if (id == EFTI_NO_ID)
        return efti_no_memory(err, "the writers of a state");
    if (id != number)
        return bad_state(err, "writers");
    for (uint64_t i = 0; i < records; i++) {
        eft_status st = read_record(r, number, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static eft_status
read_writers(struct state_reader *r, eft_error *err)
{
    r->writers = (uint32_t)read_count(r, 9);
    bool last_has_none = read_below(r, 2) == 1;

    if (r->c.failed ||
        (last_has_none && (r->writers == 0 || !r->t->settings.writer_column)))
        return bad_state(err, "writers");
    for (uint32_t w = 0; w < r->writers; w++) {
        eft_status st = read_writer(r, w, last_has_none, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static eft_status
read_cells(struct state_reader *r, eft_error *err)
{
    uint32_t facets = r->t->settings.facet_count;
    uint64_t count = read_count(r, 2 + facets);

    for (uint64_t i = 0; i < count; i++) {
        struct efti_label_cell cell;
        cell.unit = read32(r) - 1u;
        cell.assignment = read32(r) - 1u;
        for (uint32_t j = 0; j < EFTI_COUNT(cell.facets); j++)
            cell.facets[j] = j < facets ? read32(r) - 1u : EFTI_NO_ID;
        if (r->c.failed || !labels_of_fit(r->t, cell.unit, cell.assignment, cell.facets))
            return bad_state(err, "cells");
        if (!EFTI_PUSH(&r->t->mem, &r->t->sums.cells))
            return efti_no_memory(err, "the cells of a state");
        r->t->sums.cells.items[r->t->sums.cells.count - 1] = cell;
    }
    return r->c.failed ? bad_state(err, "cells") : EFT_OK;
}

/* ---------------------------------------------------------------------- sums */

/* Each with a slot of its own, as far as the one before has another: freezing, which
 * follows, finds those that are the same. */
static bool
put_read_posting(struct state_reader *r, const struct efti_posting *x)
{
    struct tally_postings *p = &r->t->sums.postings;
    uint64_t slot = (uint64_t)x->writer << 32 | x->cell;
    uint32_t tokens = x->tokens, reflections = x->reflections;

    if (p->slots.count == 0 || p->slots.items[p->slots.count - 1] != slot) {
        if (p->slots.count >= EFTI_NO_ID || !EFTI_PUSH(&r->t->mem, &p->slots))
            return false;
        p->slots.items[p->slots.count - 1] = slot;
    }
    for (size_t n = tally_entries(tokens, reflections); n > 0; n--) {
        if (!EFTI_PUSH(&r->t->mem, &p->entries))
            return false;
        p->entries.items[p->entries.count - 1] =
            tally_take_entry(p->slots.count - 1, &tokens, &reflections);
    }
    return true;
}

static eft_status
read_postings_of(struct state_reader *r, uint32_t term, eft_error *err)
{
    struct tally_postings *p = &r->t->sums.postings;
    uint64_t count = read_count(r, 1);
    struct efti_posting x = {.term = term};

    for (uint64_t i = 0; i < count && !r->c.failed; i++) {
        uint64_t head = efti_take_varint(&r->c);
        if (head >> 2 >= r->writers - x.writer)
            return bad_state(err, "postings");
        x.writer += (uint32_t)(head >> 2);
        if ((head & POSTING_CELL) != 0)
            x.cell = read32(r);
        x.tokens = (head & POSTING_COUNTS) != 0 ? read32(r) : 1;
        x.reflections = (head & POSTING_COUNTS) != 0 ? read32(r) : 1;
        if (x.cell >= r->t->sums.cells.count || x.reflections == 0 ||
            x.tokens < x.reflections)
            r->c.failed = true;
        else if (r->keeps && !put_read_posting(r, &x))
            return efti_no_memory(err, "the postings");
    }
    if (r->c.failed)
        return bad_state(err, "postings");
    if (!r->keeps)
        return EFT_OK;
    if (!EFTI_PUSH(&r->t->mem, &p->terms))
        return efti_no_memory(err, "the postings");
    p->terms.items[p->terms.count - 1] = term;
    if (!EFTI_PUSH(&r->t->mem, &p->ends))
        return efti_no_memory(err, "the postings");
    p->ends.items[p->ends.count - 1] = p->entries.count;
    return EFT_OK;
}

/* At first they are only gone through: a large count takes many entries, and memory for
 * those is asked for when all of the state has been found to be one. */
static eft_status
read_postings(struct state_reader *r, eft_error *err)
{
    uint32_t terms = efti_strings_count(r->t->dict.terms);

    r->postings = r->c.at;
    for (uint32_t term = 0; term < terms; term++) {
        eft_status st = read_postings_of(r, term, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* Pairs of themes, as put_pairs() wrote them; of one theme with itself only if `same`. */
static eft_status
read_pairs_into(struct state_reader *r, tally_writer_pairs *pairs, bool same,
                const char *what, eft_error *err)
{
    uint32_t themes = efti_strings_count(r->t->dict.themes);
    uint64_t count = read_count(r, 4);

    for (uint64_t i = 0; i < count && !r->c.failed; i++) {
        if (!EFTI_PUSH(&r->t->mem, pairs))
            return efti_no_memory(err, "the pairs of a state");
        struct efti_writer_pair *x = &pairs->items[pairs->count - 1];
        x->a = read_below(r, themes);
        x->b = read_below(r, themes);
        x->writer = read_below(r, r->writers);
        x->times = read32(r);
        if (x->a > x->b || (x->a == x->b && !same) || x->times == 0)
            r->c.failed = true;
    }
    return r->c.failed ? bad_state(err, what) : EFT_OK;
}

static eft_status
read_pairs(struct state_reader *r, eft_error *err)
{
    return read_pairs_into(r, &r->t->sums.pairs, false, "pairs", err);
}

static eft_status
read_theme_sentences(struct state_reader *r, eft_error *err)
{
    struct tally_sums *s = &r->t->sums;
    uint32_t themes = efti_strings_count(r->t->dict.themes);
    uint64_t count = read_count(r, 3);

    for (uint64_t i = 0; i < count && !r->c.failed; i++) {
        if (!EFTI_PUSH(&r->t->mem, &s->theme_sentences))
            return efti_no_memory(err, "the sentences of a state");
        struct efti_theme_sentences *x =
            &s->theme_sentences.items[s->theme_sentences.count - 1];
        x->theme = read_below(r, themes);
        x->writer = read_below(r, r->writers);
        x->sentences = read32(r);
        if (x->sentences == 0)
            r->c.failed = true;
    }
    return r->c.failed ? bad_state(err, "sentences") : EFT_OK;
}

static eft_status
read_windows(struct state_reader *r, eft_error *err)
{
    return read_pairs_into(r, &r->t->sums.windows, true, "windows", err);
}

static eft_status
read_counters(struct state_reader *r, eft_error *err)
{
    uint32_t count = read32(r);

    if (count != EFTI_COUNTER_COUNT)
        return bad_state(err, "counters");
    for (uint32_t i = 0; i < count; i++)
        r->t->counters[i] = efti_take_varint(&r->c);
    if (r->c.failed || r->c.at != r->c.end)
        return bad_state(err, "counters");
    return EFT_OK;
}

static eft_status
keep_postings(struct state_reader *r, eft_error *err)
{
    r->c.at = r->postings;
    r->keeps = true;
    return read_postings(r, err);
}

/* -------------------------------------------------------------------- canon */

/* What we have read is canonical if writing it gives the same bytes. */
static eft_status
check_canon(struct state_reader *r, const void *bytes, size_t size, eft_error *err)
{
    struct efti_bytes again;
    eft_status st = efti_tally_freeze(r->t, err);

    if (st != EFT_OK)
        return st == EFT_E_NOMEM ? st : bad_state(err, "its sums or keys");
    efti_bytes_init(&again, r->mem);
    efti_state_put(r->t, &again);
    if (again.failed)
        st = efti_no_memory(err, "the check of a state");
    else if (again.size != size || memcmp(again.data, bytes, size) != 0)
        st = bad_state(err, "its order");
    efti_bytes_free(&again);
    return st;
}

static eft_status
read_all(struct state_reader *r, eft_error *err)
{
    static eft_status (*const steps[])(struct state_reader *, eft_error *) = {
        read_settings, read_dictionaries,    read_writers, read_cells,    read_postings,
        read_pairs,    read_theme_sentences, read_windows, read_counters, keep_postings,
    };

    for (size_t i = 0; i < EFTI_COUNT(steps); i++) {
        eft_status st = steps[i](r, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

eft_status
efti_tally_read(const eft_allocator *mem, const void *bytes, size_t size,
                struct efti_tally **out, eft_error *err)
{
    struct state_reader r = {.mem = mem};
    unsigned char digest[TALLY_DIGEST_SIZE];

    *out = NULL;
    if (size < TALLY_MAGIC_SIZE + TALLY_DIGEST_SIZE ||
        memcmp(bytes, TALLY_MAGIC, TALLY_MAGIC_SIZE) != 0)
        return bad_state(err, "how it begins");
    size -= TALLY_DIGEST_SIZE;
    efti_checksum(bytes, size, digest);
    if (memcmp((const char *)bytes + size, digest, TALLY_DIGEST_SIZE) != 0)
        return bad_state(err, "its checksum");
    r.c.at = (const unsigned char *)bytes + TALLY_MAGIC_SIZE;
    r.c.end = (const unsigned char *)bytes + size;
    eft_status st = read_all(&r, err);
    if (st == EFT_OK)
        st = check_canon(&r, bytes, size, err);
    efti_scratch_free(mem, &r.scratch);
    if (st != EFT_OK) {
        efti_tally_free(r.t);
        return st;
    }
    *out = r.t;
    return EFT_OK;
}
