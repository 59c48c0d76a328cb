/*
 * coverage.c - a lexicon against a corpus: what it reaches, and which entries do nothing
 *
 * For the one who writes the lexicon and has the texts. Counts are plain ones that passed
 * the veil and no gate, as those of `themes` and its lines: they are to work with, not to
 * be given away.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"

struct coverage_entry {
    uint32_t line;
    uint64_t reflections, writers, last; /* last: the reflection it was seen in */
};
struct coverage {
    const eft_allocator *mem;
    struct efti_worker worker;
    struct efti_strings *names, *pairs; /* of entries; (entry, writer) */
    struct efti_bytes writer;           /* of the record, as a run tells writers apart */
    EFTI_ARRAY(struct coverage_entry) entries;
    struct efti_bytes name;
    struct efti_keys keys; /* of the records so far: a repeat counts once, as elsewhere */
    eft_coverage sums;
};

static eft_status
name_entries(struct coverage *c, const struct eft_lexicon *lex, eft_error *err)
{
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        const eft_text theme = lex->themes[p->theme].id;
        bool added = false;
        if (p->rules != NULL && (p->rules->flags & EFTI_ENTRY_EXCEPT) != 0)
            continue;
        efti_bytes_clear(&c->name);
        efti_put(&c->name, lex->id.bytes, lex->id.size);
        efti_put_char(&c->name, ':');
        efti_put(&c->name, theme.bytes, theme.size);
        efti_put_char(&c->name, ':');
        efti_put_u64(&c->name, p->entry);
        if (c->name.failed ||
            efti_strings_add(c->names, c->name.data, c->name.size, &added) ==
                EFTI_NOT_FOUND ||
            (added && !EFTI_PUSH(c->mem, &c->entries)))
            return efti_no_memory(err, "the entries");
        if (added)
            c->entries.items[c->entries.count - 1] =
                (struct coverage_entry){.line = p->line};
    }
    return EFT_OK;
}

/* A record without a writer is its own. */
static eft_status
count_hit(struct coverage *c, uint32_t pattern, eft_error *err)
{
    bool added = false;

    efti_bytes_clear(&c->name);
    efti_matcher_entry(c->worker.plan->matcher, 0, pattern, &c->name);
    uint32_t at = c->name.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_find(c->names, c->name.data, c->name.size);
    if (at == EFTI_NOT_FOUND)
        return c->name.failed ? efti_no_memory(err, "the entries") : EFT_OK;
    struct coverage_entry *e = &c->entries.items[at];
    if (e->last == c->sums.reflections)
        return EFT_OK;
    e->last = c->sums.reflections;
    e->reflections++;
    efti_bytes_clear(&c->name);
    efti_put_u64(&c->name, at);
    efti_put_char(&c->name, c->writer.size > 0 ? 'w' : 't');
    if (c->writer.size > 0)
        efti_put(&c->name, c->writer.data, c->writer.size);
    else
        efti_put_u64(&c->name, c->sums.reflections);
    if (c->name.failed ||
        efti_strings_add(c->pairs, c->name.data, c->name.size, &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the writers");
    e->writers += added;
    return EFT_OK;
}

static eft_status
is_repeat(struct coverage *c, const struct efti_record *r, bool *seen, eft_error *err)
{
    struct efti_id key;

    *seen = false;
    if (efti_blank(r->id))
        return EFT_OK;
    eft_status st = efti_record_identity(&c->worker, r->id, r->assignment, &key, err);
    return st == EFT_OK ? efti_keys_add(&c->keys, &key, seen, err) : st;
}

static eft_status
cover_record(struct coverage *c, const struct efti_record *r, eft_error *err)
{
    struct efti_worker *w = &c->worker;
    uint32_t flags = 0;
    bool covered = false, seen;
    eft_status st;

    if ((st = is_repeat(c, r, &seen, err)) != EFT_OK || seen)
        return st;
    if ((st = efti_worker_answer(w, r->text, &flags, err)) != EFT_OK || flags != 0 ||
        (st = efti_worker_match(w, r->text, err)) != EFT_OK || w->veiled.withheld)
        return st;
    efti_bytes_clear(&c->writer);
    if ((st = efti_normal_value(w, r->writer, true, &c->writer, err)) != EFT_OK)
        return st;
    c->sums.reflections++;
    for (size_t i = 0; i < w->hits.hits.count && st == EFT_OK; i++) {
        const struct efti_hit *hit = &w->hits.hits.items[i];
        covered |= hit->polarity != EFTI_UNCERTAIN;
        st = count_hit(c, hit->pattern, err);
    }
    c->sums.with_theme += covered;
    return st;
}

static eft_status
read_corpus(struct coverage *c, const eft_input_options *in, eft_error *err)
{
    struct efti_mapping maps[EFTI_MAX_MAPS];
    struct efti_read_options o = {.mappings = maps,
                                  .mapping_count = in->map_count,
                                  .max_text = in->max_text,
                                  .arguments = in->arguments,
                                  .strict = (in->flags & EFT_INPUT_STRICT) != 0};
    struct efti_reader *reader = NULL;
    struct efti_record record;
    eft_status st = efti_take_maps(in, maps, err);

    if (st == EFT_OK)
        st = efti_reader_new(c->mem, in->paths, in->path_count, &o, &reader, err);
    while (st == EFT_OK && (st = efti_reader_next(reader, &record, err)) == EFT_OK)
        st = cover_record(c, &record, err);
    efti_reader_free(reader);
    return st == EFT_END ? EFT_OK : st;
}

static eft_status
tell_entries(struct coverage *c, eft_entry_fn fn, void *user, eft_error *err)
{
    for (uint32_t i = 0; i < c->entries.count; i++) {
        const struct coverage_entry *e = &c->entries.items[i];
        const eft_entry_count told = {.entry = efti_strings_get(c->names, i),
                                      .line = e->line,
                                      .reflections = e->reflections,
                                      .writers = e->writers};
        c->sums.entries++;
        c->sums.dead += e->reflections == 0;
        eft_status st = fn == NULL ? EFT_OK : fn(user, &told);
        if (st != EFT_OK)
            return efti_callback_answer(st, "the receiver of the entries", err);
    }
    return EFT_OK;
}

static eft_status
cover(struct coverage *c, eft_plan *plan, eft_lexicon *lexicon,
      const eft_input_options *in, eft_error *err)
{
    eft_status st = efti_worker_open(&c->worker, plan, err);

    if (st != EFT_OK)
        return st;
    if ((st = efti_strings_new(c->mem, &c->names, err)) == EFT_OK &&
        (st = efti_strings_new(c->mem, &c->pairs, err)) == EFT_OK &&
        (st = name_entries(c, lexicon, err)) == EFT_OK)
        st = read_corpus(c, in, err);
    efti_worker_close(&c->worker);
    return st;
}

eft_status
eft_lexicon_coverage(eft_context *ctx, eft_lexicon *lexicon, const eft_plan_options *opts,
                     const eft_input_options *input, eft_entry_fn fn, void *user,
                     eft_coverage *out, eft_error *err)
{
    struct coverage c = {.mem = efti_context_allocator(ctx)};
    eft_plan_options own;
    eft_input_options in;
    eft_plan *plan = NULL;
    eft_status st;

    if (out == NULL)
        return efti_left_out(err);
    *out = c.sums;
    if (ctx == NULL || lexicon == NULL)
        return efti_left_out(err);
    if ((st = efti_options_take(&own, sizeof(own), opts, "eft_plan_options", err)) !=
            EFT_OK ||
        (st = efti_take_input(&in, input, err)) != EFT_OK)
        return st;
    if (in.path_count == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no corpus was named");
    own.struct_size = sizeof(own);
    own.lexicons = &lexicon;
    own.lexicon_count = 1;
    own.model = own.weights = NULL;
    own.decide = EFT_DECIDE_NONE; /* what entries reach */
    if ((st = eft_plan_new(ctx, &own, &plan, err)) != EFT_OK)
        return st;
    efti_bytes_init(&c.name, c.mem);
    efti_bytes_init(&c.writer, c.mem);
    efti_keys_init(&c.keys, c.mem);
    st = cover(&c, plan, lexicon, &in, err);
    if (st == EFT_OK)
        st = tell_entries(&c, fn, user, err);
    if (st == EFT_OK)
        *out = c.sums;
    efti_bytes_free(&c.name);
    efti_bytes_free(&c.writer);
    efti_keys_free(&c.keys);
    efti_strings_free(c.names);
    efti_strings_free(c.pairs);
    EFTI_ARRAY_FREE(c.mem, &c.entries);
    eft_plan_unref(plan);
    return st;
}
