/*
 * risks.c - texts that point at somebody without a name, over the whole run (phase B)
 *
 * veil/risk.c looks at one text. One reason needs all of them: a term that no other
 * writer uses. Most texts hold some word that nobody else happened to write, so only
 * these count:
 *
 *   unlisted     no dictionary lists the word by itself (torvbrytningsförmannen)
 *   its own      the writer comes back to it: three times or more
 *   occupation   what somebody works as, and nobody else tells of one (logopeden)
 *
 * They are weak reasons (20 points): with a second one the text is flagged, and where an
 * occupation stands with a place. A run of fewer writers than LEAST_WRITERS tells nothing
 * about what is rare.
 *
 * The list for a person has id, score and reasons, and no word of the text.
 */
#include "pipeline/review.h"

#define LEAST_WRITERS 10u
#define OWN_USES 3u

/* ----------------------------------------------------------------- lone terms */

struct walk_terms {
    struct efti_worker *worker;
    const eft_allocator *mem;
    struct efti_lone_terms *out;
    uint32_t writers;
};

static eft_status
add_use(struct walk_terms *w, const struct efti_form *form, uint32_t writer,
        eft_error *err)
{
    const eft_text stem = efti_form_stem(form);
    bool added = false;
    uint32_t at = efti_strings_add(w->out->stems, stem.bytes, stem.size, &added);

    if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(w->mem, &w->out->items)))
        return efti_no_memory(err, "the terms of writers");
    struct efti_lone_term *t = &w->out->items.items[at];
    if (added)
        *t = (struct efti_lone_term){.writer = writer};
    t->shared = t->shared || t->writer != writer;
    t->listed = t->listed || (form->dict & EFTI_DICT_LOWER) != 0;
    t->uses++;
    return EFT_OK;
}

static eft_status
terms_in_text(void *user, const struct efti_spooled *r, uint32_t writer, eft_error *err)
{
    struct walk_terms *w = user;
    eft_status st = efti_worker_segment(w->worker, r->veiled, err);

    w->writers = writer >= w->writers ? writer + 1 : w->writers;
    for (size_t i = 0; i < w->worker->segments.tokens.count && st == EFT_OK; i++) {
        const struct efti_token *t = &w->worker->segments.tokens.items[i];
        if (t->kind == EFTI_WORD)
            st = add_use(w, efti_forms_get(w->worker->forms, t->form), writer, err);
    }
    return st;
}

eft_status
efti_find_lone_terms(eft_tally *t, struct efti_worker *worker,
                     struct efti_lone_terms *out, eft_error *err)
{
    struct walk_terms w = {.worker = worker, .mem = t->mem, .out = out};

    *out = (struct efti_lone_terms){0};
    eft_status st = efti_strings_new(t->mem, &out->stems, err);
    if (st == EFT_OK)
        st = efti_each_spooled(t, terms_in_text, &w, err);
    out->enough = w.writers >= LEAST_WRITERS;
    return st;
}

void
efti_lone_terms_free(const eft_allocator *mem, struct efti_lone_terms *l)
{
    efti_strings_free(l->stems);
    EFTI_ARRAY_FREE(mem, &l->items);
}

/* What the words say that no other writer has. */
static uint32_t
risk_of_lone_terms(const struct efti_lone_terms *l, struct efti_worker *w)
{
    uint32_t reasons = 0;

    for (size_t i = 0; l->enough && i < w->segments.tokens.count; i++) {
        const struct efti_token *t = &w->segments.tokens.items[i];
        if (t->kind != EFTI_WORD)
            continue;
        const struct efti_form *form = efti_forms_get(w->forms, t->form);
        const eft_text stem = efti_form_stem(form);
        uint32_t at = efti_strings_find(l->stems, stem.bytes, stem.size);
        const struct efti_lone_term *term =
            at == EFTI_NOT_FOUND ? NULL : &l->items.items[at];
        if (term == NULL || term->shared)
            continue;
        if (!term->listed || term->uses >= OWN_USES)
            reasons |= EFTI_RISK_TERM;
        if (efti_veil_is_occupation(form))
            reasons |= EFTI_RISK_OWN_OCCUPATION;
    }
    return reasons;
}

uint32_t
efti_text_risk(struct efti_worker *w, const struct efti_lone_terms *lone, eft_text text,
               uint32_t *reasons)
{
    (void)efti_veil_risk(w->veil, text, &w->segments, w->veiled.categories, reasons);
    *reasons |= risk_of_lone_terms(lone, w);
    if ((*reasons & EFTI_RISK_OWN_OCCUPATION) != 0 &&
        ((w->veiled.categories | efti_veil_tags_in(text, &w->segments)) &
         EFTI_RISK_PLACES) != 0)
        *reasons |= EFTI_RISK_OCCUPATION;
    return efti_risk_score(*reasons);
}

/* --------------------------------------------------------------- for a person */

struct risky_text {
    eft_text id;
    uint64_t number; /* in the order of the spools, from 1 */
    uint32_t score, reasons;
};
struct risky_texts {
    struct efti_worker worker;
    struct efti_lone_terms lone;
    const eft_allocator *mem;
    struct efti_arena arena;
    EFTI_ARRAY(struct risky_text) items;
    uint64_t texts;
};

static eft_status
risk_in_text(void *user, const struct efti_spooled *r, uint32_t writer, eft_error *err)
{
    struct risky_texts *risky = user;
    struct risky_text one = {.number = ++risky->texts};
    eft_status st = efti_worker_veil(&risky->worker, r->veiled, err);

    (void)writer;
    if (st != EFT_OK)
        return st;
    one.score = efti_text_risk(&risky->worker, &risky->lone, r->veiled, &one.reasons);
    if (one.score == 0)
        return EFT_OK;
    one.id.bytes = efti_arena_copy(&risky->arena, r->id.bytes, r->id.size);
    one.id.size = r->id.size;
    if (one.id.bytes == NULL || !EFTI_PUSH(risky->mem, &risky->items))
        return efti_no_memory(err, "the risky texts");
    risky->items.items[risky->items.count - 1] = one;
    return EFT_OK;
}

static int
by_risk(const void *a, const void *b, void *user)
{
    const struct risky_text *x = a, *y = b;
    int c;

    (void)user;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    c = efti_compare(x->id.bytes, x->id.size, y->id.bytes, y->id.size);
    return c != 0 ? c : (x->number > y->number) - (x->number < y->number);
}

static void
print_risk(const struct risky_text *t, struct efti_bytes *out)
{
    bool first = true;

    efti_put_text(out, "{\"id\":");
    if (t->id.size > 0) {
        efti_put_json(out, t->id.bytes, t->id.size);
    } else {
        efti_put_text(out, "\"text-");
        efti_put_u64(out, t->number);
        efti_put_char(out, '"');
    }
    efti_put_text(out, ",\"score\":");
    efti_put_u64(out, t->score);
    efti_put_text(out, t->score >= EFTI_RISK_FLAG ? ",\"quoted\":false,\"reasons\":["
                                                  : ",\"reasons\":[");
    for (unsigned bit = 0; efti_risk_name(bit) != NULL; bit++) {
        if ((t->reasons >> bit & 1) == 0)
            continue;
        efti_put_text(out, first ? "\"" : ",\"");
        efti_put_text(out, efti_risk_name(bit));
        efti_put_char(out, '"');
        first = false;
    }
    efti_put_text(out, "]}\n");
}

eft_status
efti_put_risks(eft_tally *t, struct efti_bytes *out, eft_error *err)
{
    struct risky_texts risky = {.mem = t->mem};
    eft_status st;

    if (t->spool == NULL || t->from_state)
        return EFT_END;
    efti_arena_init(&risky.arena, t->mem);
    if ((st = efti_worker_open(&risky.worker, t->plan, err)) != EFT_OK)
        return st;
    st = efti_find_lone_terms(t, &risky.worker, &risky.lone, err);
    if (st == EFT_OK)
        st = efti_each_spooled(t, risk_in_text, &risky, err);
    if (st == EFT_OK) {
        efti_sort(risky.items.items, risky.items.count, sizeof(struct risky_text),
                  by_risk, NULL);
        for (size_t i = 0; i < risky.items.count; i++)
            print_risk(&risky.items.items[i], out);
        st = out->failed ? efti_no_memory(err, "the risky texts") : EFT_OK;
    }
    efti_lone_terms_free(t->mem, &risky.lone);
    efti_worker_close(&risky.worker);
    EFTI_ARRAY_FREE(t->mem, &risky.items);
    efti_arena_free(&risky.arena);
    return st;
}
