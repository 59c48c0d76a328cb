/*
 * identity.c - who wrote, which record, which label: as hashes
 *
 * Unkeyed hashes of names protect nobody (a list of employees can be hashed and looked
 * up); they only keep names out of files by accident. With --key they are HMACs.
 */
#include "pipeline/pipeline.h"

/* Nothing to do: printable ASCII, no blank at an edge or beside another, and no capital
 * when it is to be folded. True for nearly all ids. */
static bool
is_normal(eft_text value, bool fold)
{
    char before = ' ';

    if (value.bytes == NULL)
        return value.size == 0;
    for (size_t i = 0; i < value.size; i++) {
        char c = value.bytes[i];
        if (c < ' ' || c > '~' || (c == ' ' && before == ' ') ||
            (fold && c >= 'A' && c <= 'Z'))
            return false;
        before = c;
    }
    return value.size == 0 || before != ' ';
}

eft_status
efti_normal_value(struct efti_worker *w, eft_text value, bool fold,
                  struct efti_bytes *out, eft_error *err)
{
    struct efti_unicode *u = efti_forms_unicode(w->forms);
    struct efti_bytes raw;
    eft_status st;

    if (is_normal(value, fold)) {
        efti_put(out, value.bytes, value.size);
        return out->failed ? efti_no_memory(err, "a field of the record") : EFT_OK;
    }
    if (efti_utf8_valid_prefix(value.bytes, value.size) != value.size)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET,
                         "a field of the record is not UTF-8");
    efti_bytes_init(&raw, w->mem);
    st = fold ? efti_fold(u, value.bytes, value.size, &raw, err)
              : efti_nfc(u, value.bytes, value.size, &raw, err);
    bool blank = false;
    for (size_t at = 0; st == EFT_OK && at < raw.size;) {
        size_t from = at;
        if (efti_is_space(efti_utf8_next(raw.data, raw.size, &at))) {
            blank = out->size > 0;
            continue;
        }
        if (blank)
            efti_put_char(out, ' ');
        blank = false;
        efti_put(out, raw.data + from, at - from);
    }
    if (st == EFT_OK && (raw.failed || out->failed))
        st = efti_no_memory(err, "a field of the record");
    efti_bytes_free(&raw);
    return st;
}

eft_status
efti_writer_identity(struct efti_worker *w, eft_text writer, struct efti_id *out,
                     eft_error *err)
{
    struct efti_bytes normal;
    eft_status st;

    efti_bytes_init(&normal, w->mem);
    if ((st = efti_normal_value(w, writer, true, &normal, err)) == EFT_OK)
        *out = efti_identity(efti_plan_key(w->plan), "writer",
                             normal.data == NULL ? "" : normal.data, normal.size);
    efti_bytes_free(&normal);
    return st;
}

eft_status
efti_label_identity(struct efti_worker *w, const char *role, eft_text value,
                    struct efti_bytes *normal, struct efti_id *out, eft_error *err)
{
    char domain[96] = "label:";
    size_t n = strlen(role);
    eft_status st;

    if (n > sizeof(domain) - 7)
        n = sizeof(domain) - 7;
    memcpy(domain + 6, role, n);
    domain[6 + n] = '\0';
    efti_bytes_clear(normal);
    if ((st = efti_normal_value(w, value, false, normal, err)) == EFT_OK)
        *out = efti_identity(efti_plan_key(w->plan), domain,
                             normal->data == NULL ? "" : normal->data, normal->size);
    return st;
}

#define SHORT_RECORD 160 /* bytes of id and assignment that need no memory */

/* Nearly all: both are plain already. NUL between: ("a", "bc") is not ("ab", "c"). */
static bool
short_record(const struct efti_worker *w, eft_text id, eft_text assignment,
             struct efti_id *out)
{
    char both[SHORT_RECORD + 1];

    if (id.size > SHORT_RECORD || assignment.size > SHORT_RECORD - id.size ||
        !is_normal(id, false) || !is_normal(assignment, false))
        return false;
    if (id.size > 0)
        memcpy(both, id.bytes, id.size);
    both[id.size] = '\0';
    if (assignment.size > 0)
        memcpy(both + id.size + 1, assignment.bytes, assignment.size);
    *out = efti_identity(efti_plan_key(w->plan), "record", both,
                         id.size + 1 + assignment.size);
    return true;
}

eft_status
efti_record_identity(struct efti_worker *w, eft_text id, eft_text assignment,
                     struct efti_id *out, eft_error *err)
{
    struct efti_bytes both, second;

    if (short_record(w, id, assignment, out))
        return EFT_OK;
    efti_bytes_init(&both, w->mem);
    efti_bytes_init(&second, w->mem);
    eft_status st = efti_normal_value(w, id, false, &both, err);
    if (st == EFT_OK)
        st = efti_normal_value(w, assignment, false, &second, err);
    efti_put(&both, "", 1);
    efti_put(&both, second.data, second.size);
    if (st == EFT_OK && both.failed)
        st = efti_no_memory(err, "a record key");
    if (st == EFT_OK)
        *out = efti_identity(efti_plan_key(w->plan), "record", both.data, both.size);
    efti_bytes_free(&both);
    efti_bytes_free(&second);
    return st;
}

void
efti_keys_init(struct efti_keys *k, const eft_allocator *mem)
{
    *k = (struct efti_keys){.mem = mem};
}

void
efti_keys_free(struct efti_keys *k)
{
    if (k->mem != NULL)
        efti_release(k->mem, k->slots, k->slot_count * sizeof(*k->slots));
    k->slots = NULL;
    k->slot_count = k->count = 0;
}

/* The keys are hashes already: their own first bytes will do. */
static size_t
key_slot(const struct efti_id *slots, size_t slot_count, const struct efti_id *id)
{
    static const struct efti_id none;
    uint64_t h;

    memcpy(&h, id->b, sizeof(h));
    size_t at = (size_t)h & (slot_count - 1);
    while (!efti_id_equal(&slots[at], &none) && !efti_id_equal(&slots[at], id))
        at = (at + 1) & (slot_count - 1);
    return at;
}

eft_status
efti_keys_reserve(struct efti_keys *k, size_t more, eft_error *err)
{
    static const struct efti_id none;
    size_t count = k->slot_count == 0 ? 256 : k->slot_count;

    while ((k->count + more) * 3 > count * 2)
        count *= 2;
    if (count == k->slot_count || more == 0)
        return EFT_OK;
    struct efti_id *slots = efti_zalloc(k->mem, count, sizeof(*slots));
    if (slots == NULL)
        return efti_no_memory(err, "the set of record keys");
    efti_write_soon(slots, count * sizeof(*slots));
    for (size_t i = 0; i < k->slot_count; i++) {
        if (!efti_id_equal(&k->slots[i], &none))
            slots[key_slot(slots, count, &k->slots[i])] = k->slots[i];
    }
    efti_release(k->mem, k->slots, k->slot_count * sizeof(*k->slots));
    k->slots = slots;
    k->slot_count = count;
    return EFT_OK;
}

void
efti_keys_prefetch(const struct efti_keys *k, const struct efti_id *id)
{
    uint64_t h;

    memcpy(&h, id->b, sizeof(h));
    if (k->slot_count > 0)
        EFTI_PREFETCH(&k->slots[(size_t)h & (k->slot_count - 1)]);
}

bool
efti_keys_has(const struct efti_keys *k, const struct efti_id *id)
{
    return k->slot_count > 0 &&
           efti_id_equal(&k->slots[key_slot(k->slots, k->slot_count, id)], id);
}

eft_status
efti_keys_add(struct efti_keys *k, const struct efti_id *id, bool *seen, eft_error *err)
{
    eft_status st = efti_keys_reserve(k, 1, err);

    if (st != EFT_OK)
        return st;
    size_t at = key_slot(k->slots, k->slot_count, id);
    *seen = efti_id_equal(&k->slots[at], id);
    if (!*seen) {
        k->slots[at] = *id;
        k->count++;
    }
    return EFT_OK;
}
