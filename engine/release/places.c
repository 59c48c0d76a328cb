/*
 * places.c - where the parts of a reflection stand in the tables of a release
 *
 * A reader who holds the texts wants to know which of them stand behind a number. The
 * tables name labels as labels.c settled it: hidden ones are numbered, small ones pooled
 * as `other`, periods are the finest that pass. So roles and periods are made again, by
 * the same code from the same frozen tally, and asked label by label.
 *
 * What comes out of here is for the file of those who hold the texts alone: it names
 * labels that no table tells.
 */
#include "release/internal.h"

struct efti_places {
    const eft_allocator *mem;
    struct efti_release_options options;
    struct release_job job;
};

void
efti_places_free(struct efti_places *p)
{
    if (p == NULL)
        return;
    const eft_allocator *mem = p->mem;
    efti_job_close(&p->job);
    eft_results_free(p->job.results);
    efti_release(mem, p, sizeof(*p));
}

eft_status
efti_places_new(const eft_allocator *mem, const struct efti_frozen *f,
                const struct eft_results *released, struct efti_places **out,
                eft_error *err)
{
    struct efti_places *p = efti_zalloc(mem, 1, sizeof(*p));

    *out = NULL;
    if (p == NULL)
        return efti_no_memory(err, "the places of texts in tables");
    p->mem = mem;
    p->options = (struct efti_release_options){.external = released->external,
                                               .hide_unit_labels = released->units_hidden,
                                               .no_inference = true};
    p->job = (struct release_job){.mem = mem, .f = f, .o = &p->options};
    /* released->k is the final one: doubled already where there are no writers */
    eft_status st = efti_gate_make(released->k, released->external, true, true,
                                   &p->options.gate, err);
    if (st == EFT_OK)
        st = efti_results_new(mem, &p->job.results, err);
    if (st == EFT_OK)
        st = efti_job_open(&p->job, err);
    if (st != EFT_OK) {
        efti_places_free(p);
        return st;
    }
    *out = p;
    return EFT_OK;
}

uint32_t
efti_places_label(const struct efti_places *p, uint32_t role, const struct efti_id *hash)
{
    const struct release_role *r = &p->job.roles.items[role];
    uint32_t low = r->first, high = r->first + r->count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c = memcmp(p->job.f->labels[mid].hash.b, hash->b, EFTI_ID_SIZE);
        if (c == 0)
            return mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return EFTI_NO_ID;
}

uint32_t
efti_places_role_count(const struct efti_places *p)
{
    return (uint32_t)p->job.roles.count;
}

eft_text
efti_places_role(const struct efti_places *p, uint32_t role)
{
    return p->job.roles.items[role].name;
}

eft_text
efti_places_name(const struct efti_places *p, uint32_t role, uint32_t label)
{
    const struct release_role *r = &p->job.roles.items[role];

    return label == EFTI_NO_ID ? (eft_text){NULL, 0} : r->names.items[label - r->first];
}

eft_text
efti_places_row(const struct efti_places *p, uint32_t role, uint32_t label)
{
    const struct release_role *r = &p->job.roles.items[role];
    uint32_t slot = efti_label_slot(r, label);

    return slot == EFTI_NO_ID || !r->slots.items[slot].printed
               ? (eft_text){NULL, 0}
               : r->slots.items[slot].name;
}

eft_text
efti_places_period(const struct efti_places *p, int32_t day)
{
    const struct efti_record_view at = {.day = day};
    uint32_t slot = efti_period_slot(&p->job, &at);

    return slot == EFTI_NO_ID || !p->job.period.slots.items[slot].printed
               ? (eft_text){NULL, 0}
               : p->job.period.slots.items[slot].name;
}
