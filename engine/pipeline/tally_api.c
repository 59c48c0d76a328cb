/*
 * tally_api.c - the public tally: feeding, merging, states
 *
 * A tally owns a worker of its own, made when the first text arrives: a state that is
 * only read, merged and released costs no form table.
 */
#include "pipeline/pipeline.h"

eft_status
eft_tally_new(eft_plan *plan, eft_tally **out, eft_error *err)
{
    eft_status st;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (plan == NULL)
        return efti_left_out(err);
    eft_tally *t = efti_zalloc(&plan->allocator, 1, sizeof(*t));
    if (t == NULL)
        return efti_no_memory(err, "a tally");
    t->plan = eft_plan_ref(plan);
    t->mem = &plan->allocator;
    t->stale = true;
    efti_keys_init(&t->keys, t->mem);
    efti_bytes_init(&t->veiled_text, t->mem);
    efti_bytes_init(&t->kept, t->mem);
    efti_arena_init(&t->prompt_arena, t->mem);
    if ((st = efti_tally_new(t->mem, &plan->settings, &t->counts, err)) == EFT_OK &&
        (st = efti_strings_new(t->mem, &t->labels, err)) == EFT_OK)
        st = efti_strings_new(t->mem, &t->writers, err);
    if (st == EFT_OK && (plan->flags & (EFT_PLAN_SPOOL | EFT_PLAN_KEEP_HITS)) != 0)
        st = efti_spool_new(t->mem, &t->spool, err);
    if (st != EFT_OK) {
        eft_tally_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

static void
free_part(struct efti_spool_part *part)
{
    efti_spool_free(part->spool);
    efti_strings_free(part->terms);
    EFTI_ARRAY_FREE(&part->plan->allocator, &part->function);
    eft_plan_unref(part->plan);
}

/* What one reflection is put together in. */
static void
free_scratch(eft_tally *t)
{
    const eft_allocator *mem = t->mem;

    efti_uses_free(t);
    EFTI_ARRAY_FREE(mem, &t->theme_counts);
    EFTI_ARRAY_FREE(mem, &t->pairs);
    EFTI_ARRAY_FREE(mem, &t->sentence_themes);
    EFTI_ARRAY_FREE(mem, &t->spans);
    EFTI_ARRAY_FREE(mem, &t->window_pairs);
    EFTI_ARRAY_FREE(mem, &t->tags);
}

void
eft_tally_free(eft_tally *t)
{
    if (t == NULL)
        return;
    const eft_allocator *mem = t->mem;
    if (t->worker != NULL) {
        efti_worker_close(t->worker);
        efti_release(mem, t->worker, sizeof(*t->worker));
    }
    efti_tally_free(t->counts);
    efti_keys_free(&t->keys);
    efti_strings_free(t->labels);
    efti_strings_free(t->writers);
    EFTI_ARRAY_FREE(mem, &t->writer_ids);
    efti_strings_free(t->prompts);
    EFTI_ARRAY_FREE(mem, &t->prompt_texts);
    efti_arena_free(&t->prompt_arena);
    efti_spool_free(t->spool);
    for (size_t i = 0; i < t->parts.count; i++)
        free_part(&t->parts.items[i]);
    EFTI_ARRAY_FREE(mem, &t->parts);
    EFTI_ARRAY_FREE(mem, &t->label_ids);
    EFTI_ARRAY_FREE(mem, &t->theme_ids);
    EFTI_ARRAY_FREE(mem, &t->terms.tally_ids);
    EFTI_ARRAY_FREE(mem, &t->terms.function);
    free_scratch(t);
    efti_bytes_free(&t->veiled_text);
    efti_bytes_free(&t->kept);
    EFTI_ARRAY_FREE(mem, &t->places);
    eft_plan *plan = t->plan;
    efti_release(mem, t, sizeof(*t));
    eft_plan_unref(plan);
}

eft_status
efti_tally_need_worker(eft_tally *t, eft_error *err)
{
    if (t->worker != NULL)
        return EFT_OK;
    struct efti_worker *w = efti_zalloc(t->mem, 1, sizeof(*w));
    if (w == NULL)
        return efti_no_memory(err, "a worker");
    eft_status st = efti_worker_open(w, t->plan, err);
    if (st != EFT_OK) {
        efti_release(t->mem, w, sizeof(*w));
        return st;
    }
    if (t->spool == NULL) /* nothing will be printed */
        efti_veil_leave_numbers(w->veil);
    t->worker = w;
    return EFT_OK;
}

eft_status
efti_tally_not_spent(const eft_tally *t, eft_error *err)
{
    if (t->spent)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "this tally was merged into another and can only be freed");
    return EFT_OK;
}

eft_status
efti_tally_feed(eft_tally *t, const eft_reflection *r, const struct efti_id *key,
                eft_error *err)
{
    eft_reflection own;
    eft_status st = efti_tally_not_spent(t, err);

    if (st == EFT_OK && t->unlike)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the state was made with other settings than the plan's: tally "
                         "apart and merge, which names the difference");
    if (st != EFT_OK ||
        (st = efti_options_take(&own, sizeof(own), r, "eft_reflection", err)) != EFT_OK ||
        (st = efti_tally_need_worker(t, err)) != EFT_OK)
        return st;
    return efti_observe(t, &own, key, err);
}

eft_status
eft_tally_add(eft_tally *t, const eft_reflection *r, eft_error *err)
{
    if (t == NULL || r == NULL)
        return efti_left_out(err);
    return efti_tally_feed(t, r, NULL, err);
}

/* Reflections of one struct_size, which is the caller's and not ours. */
struct columns {
    const char *first;
    size_t size, count;
};

static const eft_reflection *
column_at(const struct columns *c, size_t i)
{
    return (const eft_reflection *)(const void *)(c->first + i * c->size);
}

eft_status
efti_tally_look_ahead(eft_tally *t, const eft_text *texts, size_t count, eft_error *err)
{
    eft_status st = efti_tally_need_worker(t, err);

    return st == EFT_OK ? efti_worker_look_ahead(t->worker, texts, count, err) : st;
}

void
efti_tally_look_back(eft_tally *t)
{
    if (t->worker != NULL)
        (void)efti_worker_look_ahead(t->worker, NULL, 0, NULL);
}

/* The texts of those from `*seen` on, as far as they can be read. */
static eft_status
look_at_columns(eft_tally *t, const struct columns *c, size_t *seen, eft_error *err)
{
    eft_text texts[EFTI_AHEAD_MOST];
    eft_reflection own;
    size_t n = 0;

    for (; n < EFTI_AHEAD_MOST && *seen + n < c->count; n++) {
        const eft_reflection *r = column_at(c, *seen + n);
        if (r->struct_size != c->size ||
            efti_options_take(&own, sizeof(own), r, "eft_reflection", NULL) != EFT_OK)
            break;
        texts[n] = own.text;
    }
    *seen += n > 0 ? n : 1; /* what cannot be read is refused in its turn */
    return efti_tally_look_ahead(t, texts, n, err);
}

static eft_status
add_column(eft_tally *t, const struct columns *c, size_t i, eft_error *err)
{
    const eft_reflection *r = column_at(c, i);

    if (r->struct_size != c->size)
        return efti_fail(err, EFT_E_ABI, EFT_NO_OFFSET,
                         "reflections of one call have unlike struct_size");
    return eft_tally_add(t, r, err);
}

eft_status
eft_tally_add_columns(eft_tally *t, const eft_reflection *reflections, size_t count,
                      size_t *added, eft_error *err)
{
    if (added != NULL)
        *added = 0;
    if (t == NULL || (reflections == NULL && count > 0))
        return efti_left_out(err);
    const uint32_t size = count > 0 ? reflections->struct_size : 0;
    const struct columns c = {(const char *)reflections, size, count};
    const bool fed = !t->spent && !t->unlike; /* else each is refused */
    size_t done = 0, seen = 0; /* seen: texts of those before were looked at */
    eft_status st = EFT_OK;

    while (done < count && st == EFT_OK) {
        if (done == seen && fed)
            st = look_at_columns(t, &c, &seen, err);
        if (st == EFT_OK)
            st = add_column(t, &c, done, err);
        done += st == EFT_OK ? 1 : 0;
    }
    efti_tally_look_back(t);
    if (added != NULL)
        *added = done;
    return st;
}

uint64_t
eft_tally_count(const eft_tally *t)
{
    return t == NULL ? 0 : t->counted;
}

/* ------------------------------------------------------------------- merge */

/* Hand the spool of `from`, with its numbering of terms, over to `into`. Room for it was
 * made before. */
static void
take_spool(eft_tally *into, eft_tally *from)
{
    if (from->spool != NULL) {
        struct efti_spool_part *part = &into->parts.items[into->parts.count++];
        *part = (struct efti_spool_part){
            .plan = eft_plan_ref(from->plan),
            .spool = from->spool,
            .terms = from->worker == NULL ? NULL : from->worker->terms.strings,
        };
        part->function.items = from->terms.function.items;
        part->function.count = from->terms.function.count;
        part->function.capacity = from->terms.function.capacity;
        from->spool = NULL;
        if (from->worker != NULL)
            from->worker->terms.strings = NULL; /* it is not asked any more */
        from->terms.function.items = NULL;
        from->terms.function.count = from->terms.function.capacity = 0;
    }
    for (size_t i = 0; i < from->parts.count; i++)
        into->parts.items[into->parts.count++] = from->parts.items[i];
    from->parts.count = 0;
    into->has_prompts = into->has_prompts || from->has_prompts;
}

/* All keys of `from` move over; the table was made large enough before. */
static eft_status
merge_keys(eft_tally *into, const eft_tally *from, eft_error *err)
{
    static const struct efti_id none;
    bool seen;

    for (size_t i = 0; i < from->keys.slot_count; i++) {
        if (efti_id_compare(&from->keys.slots[i], &none) == 0)
            continue;
        eft_status st = efti_keys_add(&into->keys, &from->keys.slots[i], &seen, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

eft_status
eft_tally_merge(eft_tally *into, eft_tally *from, eft_error *err)
{
    struct efti_tally *fresh = NULL;
    eft_status st;

    if (into == NULL || from == NULL)
        return efti_left_out(err);
    size_t parts = into->parts.count + from->parts.count + 1;
    if (into == from)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a tally merged with itself");
    if ((st = efti_tally_not_spent(into, err)) != EFT_OK ||
        (st = efti_tally_not_spent(from, err)) != EFT_OK ||
        (st = efti_keys_reserve(&into->keys, from->keys.count, err)) != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(into->mem, &into->parts, parts))
        return efti_no_memory(err, "a merge");
    if ((st = efti_tally_new(from->mem, &from->plan->settings, &fresh, err)) != EFT_OK)
        return st;
    if ((st = efti_tally_merge(into->counts, from->counts, err)) != EFT_OK) {
        efti_tally_free(fresh);
        return st;
    }
    st = merge_keys(into, from, err);
    into->from_state = into->from_state || from->from_state ||
                       (from->spool == NULL && from->counted > 0);
    take_spool(into, from);
    into->stale = true;
    into->released[0] = '\0';
    into->counted += from->counted;
    efti_tally_free(from->counts);
    from->counts = fresh;
    from->counted = 0;
    from->spent = true;
    efti_keys_free(&from->keys);
    return st;
}

/* ------------------------------------------------------------------- state */

eft_status
eft_tally_write(eft_tally *t, eft_write_fn write, void *user, eft_error *err)
{
    struct efti_bytes bytes;

    if (t == NULL || write == NULL)
        return efti_left_out(err);
    eft_status st = efti_tally_not_spent(t, err);
    if (st != EFT_OK)
        return st;
    efti_bytes_init(&bytes, t->mem);
    t->stale = true; /* writing sorts, and sorting renumbers */
    st = efti_tally_write(t->counts, &bytes, err);
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, bytes.data, bytes.size),
                                  "the receiver of the state", err);
    efti_bytes_free(&bytes);
    return st;
}

static bool
same_text(eft_text a, eft_text b)
{
    return efti_equal(a.bytes, a.size, b.bytes, b.size);
}

/* Would counts made under `plan` merge with these? */
static bool
settings_agree(const struct efti_tally_settings *a, const struct efti_tally_settings *b)
{
    bool same =
        a->writer_column == b->writer_column && a->facet_count == b->facet_count &&
        !(a->feeling_low < b->feeling_low) && !(a->feeling_low > b->feeling_low) &&
        !(a->feeling_high < b->feeling_high) && !(a->feeling_high > b->feeling_high) &&
        same_text(a->fingerprints, b->fingerprints);

    for (uint32_t i = 0; same && i < a->facet_count; i++)
        same = same_text(a->facet_names[i], b->facet_names[i]);
    return same;
}

eft_status
efti_tally_over(eft_plan *plan, struct efti_tally *counts, eft_tally **out,
                eft_error *err)
{
    eft_tally *t = NULL;
    bool seen;
    eft_status st = eft_tally_new(plan, &t, err);

    *out = NULL;
    if (st != EFT_OK) {
        efti_tally_free(counts);
        return st;
    }
    efti_tally_free(t->counts);
    t->counts = counts;
    t->from_state = true;
    const struct efti_frozen *f = efti_tally_frozen(counts);
    t->unlike = !settings_agree(&f->settings, &plan->settings);
    t->counted = f->record_count;
    for (uint32_t i = 0; i < f->record_count && st == EFT_OK; i++) {
        if (f->records[i].has_key)
            st = efti_keys_add(&t->keys, &f->records[i].key, &seen, err);
    }
    if (st != EFT_OK) {
        eft_tally_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

eft_status
eft_tally_read(eft_plan *plan, eft_text bytes, eft_tally **out, eft_error *err)
{
    struct efti_tally *counts = NULL;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (plan == NULL)
        return efti_left_out(err);
    eft_status st =
        efti_tally_read(&plan->allocator, bytes.bytes, bytes.size, &counts, err);
    return st == EFT_OK ? efti_tally_over(plan, counts, out, err) : st;
}
