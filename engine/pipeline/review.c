/*
 * review.c - reading the spools again, and the words that wait for a person
 *
 * A word is open when no dictionary, lexicon or allow list closes it (rule 8.4): it may
 * be a name that the veil did not see. Below k writers nobody could be shown it anyway,
 * so nobody is asked.
 */
#include "pipeline/review.h"

/* ------------------------------------------------------------ the spools again */

struct walk {
    const eft_tally *tally;
    struct efti_strings *writers;
    uint64_t texts;
    efti_spooled_fn fn;
    void *user;
};

/* As in phase B: without a writer a text stands alone, or all share one. */
static eft_status
number_writer(struct walk *w, const struct efti_spooled *r, uint32_t *out, eft_error *err)
{
    char alone[9] = {1};

    if (r->has_writer) {
        *out =
            efti_strings_add(w->writers, (const char *)r->writer.b, EFTI_ID_SIZE, NULL);
    } else if (w->tally->plan->settings.writer_column) {
        *out = efti_strings_add(w->writers, "", 0, NULL);
    } else {
        memcpy(alone + 1, &w->texts, 8);
        *out = efti_strings_add(w->writers, alone, sizeof(alone), NULL);
    }
    w->texts++;
    return *out == EFTI_NOT_FOUND ? efti_no_memory(err, "the writers") : EFT_OK;
}

static eft_status
walk_spool(struct walk *w, struct efti_spool *spool, eft_error *err)
{
    struct efti_spooled r;
    uint32_t writer;
    eft_status st = efti_spool_rewind(spool, err);

    while (st == EFT_OK && (st = efti_spool_next(spool, &r, err)) == EFT_OK) {
        if ((st = number_writer(w, &r, &writer, err)) == EFT_OK)
            st = w->fn(w->user, &r, writer, err);
    }
    return st == EFT_END ? EFT_OK : st;
}

eft_status
efti_each_spooled(eft_tally *t, efti_spooled_fn fn, void *user, eft_error *err)
{
    struct walk w = {.tally = t, .fn = fn, .user = user};

    if (t->spool == NULL || t->from_state)
        return EFT_END;
    eft_status st = efti_strings_new(t->mem, &w.writers, err);
    for (size_t i = 0; i < t->parts.count && st == EFT_OK; i++)
        st = walk_spool(&w, t->parts.items[i].spool, err);
    if (st == EFT_OK)
        st = walk_spool(&w, t->spool, err);
    efti_strings_free(w.writers);
    return st;
}

/* ------------------------------------------------------------------ open terms */

struct open_term {
    uint32_t form; /* in `forms` */
    uint32_t writers, reflections;
    uint64_t text; /* the last one it was seen in, + 1 */
    bool name;     /* stands on a list of names or has their shape */
};
struct open_terms {
    struct efti_worker worker;
    const eft_allocator *mem;
    struct efti_strings *forms;
    struct efti_strings *seen; /* (form, writer) */
    EFTI_ARRAY(struct open_term) items;
    uint64_t texts;
};

static eft_status
add_open(struct open_terms *o, const struct efti_form *form, uint32_t writer,
         eft_error *err)
{
    bool added = false;
    char pair[8];
    uint32_t at = efti_strings_add(o->forms, form->folded, form->folded_size, &added);

    if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(o->mem, &o->items)))
        return efti_no_memory(err, "the words that wait");
    struct open_term *t = &o->items.items[at];
    if (added)
        *t = (struct open_term){.form = at,
                                .name = (form->lists & EFTI_LIST_ANY_NAME) != 0 ||
                                        form->shape != EFTI_SHAPE_NONE};
    memcpy(pair, &at, 4);
    memcpy(pair + 4, &writer, 4);
    if (efti_strings_add(o->seen, pair, sizeof(pair), &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the words that wait");
    t->writers += added;
    t->reflections += t->text != o->texts;
    t->text = o->texts;
    return EFT_OK;
}

static eft_status
open_in_text(void *user, const struct efti_spooled *r, uint32_t writer, eft_error *err)
{
    struct open_terms *o = user;
    eft_status st = efti_worker_segment(&o->worker, r->veiled, err);

    o->texts++;
    for (size_t i = 0; i < o->worker.segments.tokens.count && st == EFT_OK; i++) {
        const struct efti_token *token = &o->worker.segments.tokens.items[i];
        if (token->kind != EFTI_WORD)
            continue;
        const struct efti_form *form = efti_forms_get(o->worker.forms, token->form);
        if (form->closed == 0)
            st = add_open(o, form, writer, err);
    }
    return st;
}

static int
by_writers(const void *a, const void *b, void *user)
{
    const struct open_term *x = a, *y = b;
    const struct open_terms *o = user;

    if (x->writers != y->writers)
        return x->writers > y->writers ? -1 : 1;
    if (x->reflections != y->reflections)
        return x->reflections > y->reflections ? -1 : 1;
    const eft_text s = efti_strings_get(o->forms, x->form);
    const eft_text t = efti_strings_get(o->forms, y->form);
    return efti_compare(s.bytes, s.size, t.bytes, t.size);
}

static void
print_open(struct open_terms *o, uint32_t k, struct efti_bytes *out)
{
    efti_sort(o->items.items, o->items.count, sizeof(struct open_term), by_writers, o);
    efti_put_text(out, "term\twriters\treflections\twhy\tdecision\n");
    for (size_t i = 0; i < o->items.count; i++) {
        const struct open_term *t = &o->items.items[i];
        const eft_text form = efti_strings_get(o->forms, t->form);
        if (t->writers < k || memchr(form.bytes, '\t', form.size) != NULL ||
            memchr(form.bytes, '\n', form.size) != NULL)
            continue;
        efti_put(out, form.bytes, form.size);
        efti_put_char(out, '\t');
        efti_put_u64(out, t->writers);
        efti_put_char(out, '\t');
        efti_put_u64(out, t->reflections);
        efti_put_text(out, t->name ? "\tlike a name\t\n" : "\tunknown\t\n");
    }
}

eft_status
efti_put_open_terms(eft_tally *t, uint32_t k, struct efti_bytes *out, eft_error *err)
{
    struct open_terms o = {.mem = t->mem};
    eft_status st;

    if (t->spool == NULL || t->from_state)
        return EFT_END;
    if ((st = efti_worker_open(&o.worker, t->plan, err)) != EFT_OK)
        return st;
    if ((st = efti_strings_new(t->mem, &o.forms, err)) == EFT_OK &&
        (st = efti_strings_new(t->mem, &o.seen, err)) == EFT_OK &&
        (st = efti_each_spooled(t, open_in_text, &o, err)) == EFT_OK) {
        print_open(&o, k, out);
        st = out->failed ? efti_no_memory(err, "the words that wait") : EFT_OK;
    }
    efti_worker_close(&o.worker);
    efti_strings_free(o.forms);
    efti_strings_free(o.seen);
    EFTI_ARRAY_FREE(t->mem, &o.items);
    return st;
}
