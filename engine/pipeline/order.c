/*
 * order.c - the order of assignments, as the user names them
 *
 * A value is compared as a label is (where.c): NFC, trimmed, hashed under the key of the
 * plan, so that an assignment whose name may not be shown can be named too. Which place
 * each gets is told to release/order.c.
 */
#include "pipeline/pipeline.h"

static eft_status
place_value(struct efti_worker *w, const struct efti_frozen *f, eft_text value,
            uint32_t place, uint32_t *places, eft_error *err)
{
    struct efti_bytes normal;
    struct efti_id hash;
    bool found = false;

    efti_bytes_init(&normal, w->mem);
    eft_status st = efti_label_identity(w, "assignment", value, &normal, &hash, err);
    efti_bytes_free(&normal);
    for (uint32_t i = 0; i < f->label_count && st == EFT_OK && !found; i++) {
        if (f->labels[i].role != EFTI_LABEL_ASSIGNMENT ||
            !efti_id_equal(&f->labels[i].hash, &hash))
            continue;
        found = true;
        if (places[i] != EFTI_NO_ID && places[i] != place)
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "assignments %u and %u of the order are the same",
                             (unsigned)places[i] + 1, (unsigned)place + 1);
        places[i] = place;
    }
    /* a slip of the pen would leave an assignment out without a word */
    if (st != EFT_OK || found)
        return st;
    return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                     "assignment %u of the order is in none of the texts",
                     (unsigned)place + 1);
}

eft_status
efti_assignment_places(struct efti_worker *w, const struct efti_frozen *f,
                       const eft_text *values, size_t count, uint32_t *places,
                       eft_error *err)
{
    eft_status st = EFT_OK;

    for (uint32_t i = 0; i < f->label_count; i++)
        places[i] = EFTI_NO_ID;
    for (uint32_t i = 0; i < count && st == EFT_OK; i++)
        st = place_value(w, f, values[i], i, places, err);
    return st;
}
