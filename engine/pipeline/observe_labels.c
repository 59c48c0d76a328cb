/*
 * observe_labels.c - the labels of a reflection: unit, assignment, facets, tags
 *
 * A value is looked at once: its identity, and whether the veil lets it be printed. Ids
 * are those of the tally, and are looked up again after it was sorted (t->stale).
 */
#include "pipeline/pipeline.h"

static eft_status
label_of(eft_tally *t, uint32_t role, const char *role_name, eft_text value,
         uint32_t *out, eft_error *err)
{
    struct efti_bytes key;
    struct efti_id hash;
    bool added = false, visible = false;
    eft_status st = EFT_OK;

    *out = EFTI_NO_ID;
    if (value.size == 0)
        return EFT_OK;
    if (value.bytes == NULL)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET,
                         "a label of the record has a size and no bytes");
    efti_bytes_init(&key, t->mem);
    efti_put_char(&key, (char)role);
    efti_put(&key, value.bytes, value.size);
    uint32_t at = key.failed ? EFTI_NOT_FOUND
                             : efti_strings_add(t->labels, key.data, key.size, &added);
    efti_bytes_free(&key);
    if (at == EFTI_NOT_FOUND)
        return efti_no_memory(err, "a label");
    if (at < t->label_ids.count && t->label_ids.items[at] != EFTI_NO_ID) {
        *out = t->label_ids.items[at];
        return EFT_OK;
    }
    while (t->label_ids.count <= at) {
        if (!EFTI_PUSH(t->mem, &t->label_ids))
            return efti_no_memory(err, "a label");
        t->label_ids.items[t->label_ids.count - 1] = EFTI_NO_ID;
    }
    struct efti_bytes normal;
    efti_bytes_init(&normal, t->mem);
    st = efti_label_identity(t->worker, role_name, value, &normal, &hash, err);
    eft_text text = {normal.data, normal.size};
    if (st == EFT_OK && normal.size > 0 && normal.size <= EFTI_MAX_LABEL)
        st = efti_veil_label(t->worker->veil, t->worker->tokenizer, text, &visible, err);
    if (st == EFT_OK && normal.size > 0) {
        *out =
            efti_tally_label(t->counts, role, hash, visible ? text : (eft_text){"", 0});
        if (*out == EFTI_NO_ID)
            st = efti_no_memory(err, "a label");
        t->label_ids.items[at] = *out;
    }
    efti_bytes_free(&normal);
    return st;
}

eft_status
efti_observe_labels(eft_tally *t, const eft_reflection *r, struct efti_observation *o,
                    eft_error *err)
{
    eft_status st;

    if ((st = label_of(t, EFTI_LABEL_UNIT, "unit", r->unit, &o->unit, err)) != EFT_OK ||
        (st = label_of(t, EFTI_LABEL_ASSIGNMENT, "assignment", r->assignment,
                       &o->assignment, err)) != EFT_OK)
        return st;
    for (uint32_t i = 0; i < t->plan->settings.facet_count; i++)
        o->facets[i] = EFTI_NO_ID;
    for (uint32_t i = 0; r->facets != NULL && i < t->plan->settings.facet_count; i++) {
        uint32_t slot = t->plan->facet_slot[i];
        char name[80] = "facet:"; /* names have at most 64 bytes */
        eft_text facet = t->plan->settings.facet_names[slot];
        memcpy(name + 6, facet.bytes, facet.size);
        name[6 + facet.size] = '\0';
        st = label_of(t, EFTI_LABEL_FACET0 + slot, name, r->facets[i], &o->facets[slot],
                      err);
        if (st != EFT_OK)
            return st;
    }
    t->tags.count = 0;
    for (size_t i = 0; i < r->tag_count; i++) {
        uint32_t tag;
        if ((st = label_of(t, EFTI_LABEL_TAG, "tag", r->tags[i], &tag, err)) != EFT_OK)
            return st;
        bool known = tag == EFTI_NO_ID;
        for (size_t j = 0; j < t->tags.count && !known; j++)
            known = t->tags.items[j] == tag;
        if (known)
            continue;
        if (!EFTI_PUSH(t->mem, &t->tags))
            return efti_no_memory(err, "the tags");
        t->tags.items[t->tags.count - 1] = tag;
    }
    o->tags = t->tags.items;
    o->tag_count = (uint32_t)t->tags.count;
    return EFT_OK;
}
