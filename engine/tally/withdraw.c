/*
 * withdraw.c - a person taken out of a tally, as if never there
 *
 * Everything that a state counts by writer goes with the writer: records, postings, pairs
 * and sentences of themes. Terms, labels and cells that nobody else uses go when the
 * tally is frozen next, and the canonical order does not remember. So the bytes are those
 * of a tally that was built without the person, but for what the reader counted before it
 * knew whose it was: duplicates and records set aside.
 *
 * Without a column of writers each record is a writer of its own, and records are named
 * by their key.
 */
#include "tally/state.h"

struct withdrawal {
    const struct efti_id *who;
    size_t count;
    bool *found;
    uint64_t records;
    EFTI_ARRAY(uint8_t) gone; /* by writer */
};

static void
mark_id(struct withdrawal *x, const struct efti_id *id, uint32_t writer)
{
    for (size_t i = 0; i < x->count; i++) {
        if (!efti_id_equal(&x->who[i], id))
            continue;
        x->found[i] = true;
        x->gone.items[writer] = 1;
    }
}

static void
mark_writers(struct efti_tally *t, struct withdrawal *x)
{
    const struct efti_frozen *f = &t->view;

    for (uint32_t i = 0; i < f->record_count && !t->settings.writer_column; i++) {
        if (f->records[i].has_key)
            mark_id(x, &f->records[i].key, f->records[i].writer);
    }
    for (uint32_t w = 0; w < t->dict.writers.count; w++) {
        if (t->dict.writers.items[w].kind == TALLY_WRITER_HASHED)
            mark_id(x, &t->dict.writers.items[w].hash, w);
    }
}

static bool
is_gone(const struct withdrawal *x, uint32_t writer)
{
    return x->gone.items[writer] != 0;
}

/* What the tally counted of each record when it was added. */
static void
take_back(struct efti_tally *t, const struct efti_record_view *r)
{
    bool nobody = t->settings.writer_column && r->writer == t->view.no_writer;
    const struct {
        uint32_t counter;
        bool counted;
    } all[] = {
        {EFTI_COUNT_READ, true},
        {EFTI_COUNT_EMPTY, (r->flags & EFTI_RECORD_EMPTY) != 0},
        {EFTI_COUNT_UNINFORMATIVE, (r->flags & EFTI_RECORD_UNINFORMATIVE) != 0},
        {EFTI_COUNT_WITHHELD, (r->flags & EFTI_RECORD_WITHHELD) != 0},
        {EFTI_COUNT_NO_WRITER, nobody},
    };

    for (size_t i = 0; i < EFTI_COUNT(all); i++) {
        if (all[i].counted && t->counters[all[i].counter] > 0)
            t->counters[all[i].counter]--;
    }
}

/* The log without the entries of who is gone. */
static eft_status
copy_log(struct efti_tally *t, struct withdrawal *x, struct efti_bytes *out,
         eft_error *err)
{
    struct tally_walk w;
    const unsigned char *from;
    eft_status st;

    efti_walk_init(&w, &t->log, t->settings.facet_count, &t->mem);
    for (from = w.at; (st = efti_walk_next(&w, err)) == EFT_OK; from = w.at) {
        if (is_gone(x, w.record.writer))
            x->records++;
        else
            efti_put(out, from, (size_t)(w.at - from));
    }
    efti_walk_free(&w);
    if (st == EFT_END)
        st = out->failed ? efti_no_memory(err, "the records of a tally") : EFT_OK;
    return st;
}

#define DROP_GONE(x, array)                                                              \
    do {                                                                                 \
        size_t kept_ = 0;                                                                \
        for (size_t i_ = 0; i_ < (array)->count; i_++) {                                 \
            if (!is_gone(x, (array)->items[i_].writer))                                  \
                (array)->items[kept_++] = (array)->items[i_];                            \
        }                                                                                \
        (array)->count = kept_;                                                          \
    } while (0)

static void
drop_postings(const struct withdrawal *x, struct tally_postings *p)
{
    size_t at = 0, kept = 0;

    for (size_t i = 0; i < p->terms.count; i++) {
        for (; at < p->ends.items[i]; at++) {
            uint64_t entry = p->entries.items[at];
            if (!is_gone(x, tally_entry_writer(p, entry)))
                p->entries.items[kept++] = entry;
        }
        p->ends.items[i] = kept;
    }
    p->entries.count = kept;
}

static void
drop_writers(struct efti_tally *t, struct withdrawal *x, struct efti_bytes *log)
{
    const struct efti_frozen *f = &t->view;

    for (uint32_t i = 0; i < f->record_count; i++) {
        if (is_gone(x, f->records[i].writer))
            take_back(t, &f->records[i]);
    }
    drop_postings(x, &t->sums.postings);
    DROP_GONE(x, &t->sums.pairs);
    DROP_GONE(x, &t->sums.theme_sentences);
    DROP_GONE(x, &t->sums.windows);
    t->record_count -= (uint32_t)x->records;
    efti_tally_thaw(t);
    struct efti_bytes old = t->log;
    t->log = *log;
    *log = old;
}

static size_t
keys_of_gone(const struct efti_tally *t, const struct withdrawal *x, struct efti_id *keys)
{
    const struct efti_frozen *f = &t->view;
    size_t count = 0;

    for (uint32_t i = 0; i < f->record_count; i++) {
        if (f->records[i].has_key && is_gone(x, f->records[i].writer))
            keys[count++] = f->records[i].key;
    }
    return count;
}

eft_status
efti_tally_withdraw(struct efti_tally *t, const struct efti_id *who, size_t count,
                    bool *found, struct efti_gone *gone, eft_error *err)
{
    struct withdrawal x = {.who = who, .count = count, .found = found};
    struct efti_bytes log;

    gone->records = 0;
    gone->key_count = 0;
    for (size_t i = 0; i < count; i++)
        found[i] = false;
    eft_status st = efti_tally_freeze(t, err);
    if (st != EFT_OK)
        return st;
    if (!TALLY_ARRAY_MAKE(&t->mem, &x.gone, t->dict.writers.count))
        return efti_no_memory(err, "the writers of a tally");
    if (x.gone.count > 0)
        memset(x.gone.items, 0, x.gone.count);
    mark_writers(t, &x);
    efti_bytes_init(&log, &t->mem);
    if ((st = copy_log(t, &x, &log, err)) == EFT_OK && x.records > 0) {
        if (gone->keys != NULL)
            gone->key_count = keys_of_gone(t, &x, gone->keys);
        drop_writers(t, &x, &log);
    }
    gone->records = st == EFT_OK ? x.records : 0;
    efti_bytes_free(&log);
    EFTI_ARRAY_FREE(&t->mem, &x.gone);
    return st;
}
