/*
 * withdraw.c - people named as in the data, taken out of a tally
 *
 * A state holds no names, so a name is hashed as it was when it was counted: normalised
 * the same way and under the same key. With another key nobody would be found, so that is
 * an error and not an answer. Names are neither kept nor told.
 */
#include "pipeline/pipeline.h"

/* The value of the line "key ..." of fingerprints. */
static eft_text
key_of(eft_text lines)
{
    for (size_t at = 0, end; at < lines.size; at = end + 1) {
        const char *stop = memchr(lines.bytes + at, '\n', lines.size - at);
        end = stop == NULL ? lines.size : (size_t)(stop - lines.bytes);
        if (end - at > 4 && memcmp(lines.bytes + at, "key ", 4) == 0)
            return (eft_text){lines.bytes + at + 4, end - at - 4};
    }
    return (eft_text){"", 0};
}

static eft_status
check_withdrawal(const eft_tally *t, eft_error *err)
{
    eft_text plan = key_of(t->plan->settings.fingerprints), state;

    if (t->spent)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "this tally was merged into another and can only be freed");
    if (t->spool != NULL || t->parts.count > 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "nobody can be taken out of a spool: tally without it");
    eft_status st = efti_tally_freeze(t->counts, err);
    if (st != EFT_OK)
        return st;
    state = key_of(efti_tally_frozen(t->counts)->settings.fingerprints);
    if (!efti_equal(plan.bytes, plan.size, state.bytes, state.size))
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the state was made with another key, or with none: names can "
                         "be looked up with the same --key alone");
    return EFT_OK;
}

/* A writer; or the key of a record: its id, and behind a tab its assignment. */
static eft_status
identity_of(struct efti_worker *w, bool writers, eft_text name, struct efti_id *out,
            eft_error *err)
{
    if (writers)
        return efti_writer_identity(w, name, out, err);
    const char *tab = name.size == 0 ? NULL : memchr(name.bytes, '\t', name.size);
    size_t id = tab == NULL ? name.size : (size_t)(tab - name.bytes);
    eft_text assignment = {"", 0};
    if (tab != NULL)
        assignment = (eft_text){tab + 1, name.size - id - 1};
    return efti_record_identity(w, (eft_text){name.bytes, id}, assignment, out, err);
}

/* Keys that are left: those of `all` that are not among `gone`. */
static void
keep_keys(const struct efti_keys *all, const struct efti_keys *gone,
          struct efti_keys *kept)
{
    static const struct efti_id none;
    bool seen;

    for (size_t i = 0; i < all->slot_count; i++) {
        const struct efti_id *key = &all->slots[i];
        if (!efti_id_equal(key, &none) && !efti_keys_has(gone, key) &&
            efti_keys_add(kept, key, &seen, NULL) != EFT_OK)
            return; /* there was room for all of them */
    }
}

/* All memory first: once they are out there is no way back. */
static eft_status
withdraw_ids(eft_tally *t, const struct efti_id *who, size_t count, bool *found,
             uint64_t *reflections, eft_error *err)
{
    uint32_t records = efti_tally_frozen(t->counts)->record_count;
    struct efti_id *keys = efti_zalloc(t->mem, records + (size_t)1, sizeof(*keys));
    struct efti_gone out = {.keys = keys};
    struct efti_keys gone, kept;
    bool seen;

    efti_keys_init(&gone, t->mem);
    efti_keys_init(&kept, t->mem);
    eft_status st = keys == NULL ? efti_no_memory(err, "a withdrawal")
                                 : efti_keys_reserve(&gone, records, err);
    if (st == EFT_OK)
        st = efti_keys_reserve(&kept, t->keys.count, err);
    if (st == EFT_OK)
        st = efti_tally_withdraw(t->counts, who, count, found, &out, err);
    *reflections = out.records;
    for (size_t i = 0; i < out.key_count && st == EFT_OK; i++)
        st = efti_keys_add(&gone, &keys[i], &seen, err);
    if (st == EFT_OK && out.records > 0) {
        t->stale = true;
        t->released[0] = '\0';
        t->counted -= out.records;
        keep_keys(&t->keys, &gone, &kept);
        struct efti_keys old = t->keys;
        t->keys = kept;
        kept = old;
    }
    efti_keys_free(&gone);
    efti_keys_free(&kept);
    efti_release(t->mem, keys, (records + (size_t)1) * sizeof(*keys));
    return st;
}

eft_status
eft_tally_withdraw(eft_tally *t, const eft_text *people, size_t count,
                   uint64_t *reflections, size_t *unknown, eft_error *err)
{
    struct efti_worker *worker = NULL;
    EFTI_ARRAY(struct efti_id) ids = {0};
    EFTI_ARRAY(bool) found = {0};
    uint64_t taken = 0;
    size_t strangers = 0;

    if (reflections != NULL)
        *reflections = 0;
    if (unknown != NULL)
        *unknown = 0;
    if (t == NULL || (people == NULL && count > 0))
        return efti_left_out(err);
    eft_status st = check_withdrawal(t, err);
    if (st != EFT_OK || count == 0)
        return st;
    worker = efti_zalloc(t->mem, 1, sizeof(*worker));
    if (worker == NULL || !EFTI_ARRAY_RESERVE(t->mem, &ids, count) ||
        !EFTI_ARRAY_RESERVE(t->mem, &found, count)) {
        efti_release(t->mem, worker, sizeof(*worker));
        worker = NULL;
        st = efti_no_memory(err, "a withdrawal");
    }
    bool writers = efti_tally_frozen(t->counts)->settings.writer_column;
    if (st == EFT_OK)
        st = efti_worker_open(worker, t->plan, err);
    bool open = st == EFT_OK;
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        st = identity_of(worker, writers, people[i], &ids.items[i], err);
    if (st == EFT_OK)
        st = withdraw_ids(t, ids.items, count, found.items, &taken, err);
    for (size_t i = 0; i < count && st == EFT_OK; i++)
        strangers += !found.items[i];
    if (reflections != NULL)
        *reflections = taken;
    if (unknown != NULL)
        *unknown = strangers;
    if (open)
        efti_worker_close(worker);
    efti_release(t->mem, worker, sizeof(*worker));
    EFTI_ARRAY_FREE(t->mem, &ids);
    EFTI_ARRAY_FREE(t->mem, &found);
    return st;
}
