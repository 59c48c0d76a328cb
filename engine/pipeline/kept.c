/*
 * kept.c - hits with their places, kept for those who hold the texts (--keep-hits)
 *
 * A number of a table is a count of reflections. Whoever has the texts may want to read
 * the ones behind it, so each reflection of the spool can carry what was found in it:
 *
 *     labels   unit, assignment, facets, tags, each by its hash
 *     day, feeling
 *     hits     theme, entry, polarity; span and sentence in the text as it was written,
 *              and in the veiled text (code points, half open)
 *
 * No text is in it, and no label as it was written: labels are named when the file is
 * made, as the release named them (release/places.c). A theme that the model found has no
 * place. After the release one walk over the spools, merged by the number of the record,
 * gives working.sqlite and veiled.jsonl, so that both are in the order of the input.
 */
#include "pipeline/lines.h"

#include "export/export.h"
#include "release/release.h"
#include "store/working.h"

/* ------------------------------------------------------------------ one reflection */

/* A place of the original in the veiled text. What lies inside a span that was taken out
 * moves to an end of what stands there. */
struct shift {
    const struct efti_veiled *veiled;
    const struct efti_span_places *places;
};

static size_t
veiled_place(const struct shift *s, size_t at, bool is_end)
{
    size_t low = 0, high = s->veiled->spans.count;

    while (low < high) { /* spans that begin before `at` */
        size_t mid = low + (high - low) / 2;
        if (s->veiled->spans.items[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0)
        return at;
    const struct efti_span *span = &s->veiled->spans.items[low - 1];
    const struct efti_span_place *place = &s->places->items[low - 1];
    if (at < span->end)
        return is_end ? place->end : place->start;
    return place->end + (at - span->end);
}

/* Running counts of code points; hits come by their start, so each is cheap. */
struct kept_positions {
    struct efti_positions hit, sentence, veiled_hit, veiled_sentence;
    struct shift shift;
};

static void
put_place(struct efti_bytes *b, struct efti_positions *p, size_t start, size_t end)
{
    uint64_t from = efti_position(p, start);

    efti_put_varint(b, from);
    efti_put_varint(b, from + efti_utf8_length(p->text.bytes + start, end - start));
}

static void
put_places(struct efti_bytes *b, struct kept_positions *p, size_t start, size_t end,
           const struct efti_sentence *s)
{
    put_place(b, &p->hit, start, end);
    put_place(b, &p->sentence, s->start, s->end);
    put_place(b, &p->veiled_hit, veiled_place(&p->shift, start, false),
              veiled_place(&p->shift, end, true));
    put_place(b, &p->veiled_sentence, veiled_place(&p->shift, s->start, false),
              veiled_place(&p->shift, s->end, true));
}

static void
put_label_hash(eft_tally *t, uint32_t role, uint32_t label)
{
    struct efti_id hash = {{0}};

    if (label != EFTI_NO_ID)
        hash = efti_tally_label_hash(t->counts, label);
    efti_put_varint(&t->kept, role);
    efti_put_char(&t->kept, label != EFTI_NO_ID ? 1 : 0);
    if (label != EFTI_NO_ID)
        efti_put(&t->kept, hash.b, EFTI_ID_SIZE);
}

static void
keep_record(eft_tally *t, const struct efti_observation *o)
{
    uint32_t facets = t->plan->settings.facet_count;

    efti_put_varint(&t->kept, 2 + (uint64_t)facets + o->tag_count);
    put_label_hash(t, EFTI_LABEL_UNIT, o->unit);
    put_label_hash(t, EFTI_LABEL_ASSIGNMENT, o->assignment);
    for (uint32_t i = 0; i < facets; i++)
        put_label_hash(t, EFTI_LABEL_FACET0 + i, o->facets[i]);
    for (uint32_t i = 0; i < o->tag_count; i++)
        put_label_hash(t, EFTI_LABEL_TAG, o->tags[i]);
    efti_put(&t->kept, &o->day, sizeof(o->day)); /* never leaves this process */
    efti_put_char(&t->kept, o->has_feeling ? 1 : 0);
    efti_put(&t->kept, &o->feeling, sizeof(o->feeling));
}

/* Themes of the model that count, as observe.c has them. */
static uint64_t
model_themes(const eft_tally *t, struct efti_bytes *b)
{
    const eft_model *m = t->plan->model;
    uint32_t first = efti_matcher_theme_count(t->plan->matcher);
    uint64_t count = 0;

    for (uint32_t i = 0; m != NULL && i < m->themes.count; i++) {
        if (!m->themes.items[i].used || !efti_model_present(t->worker, i))
            continue;
        count++;
        if (b != NULL)
            efti_put_varint(b, first + i);
    }
    return count;
}

eft_status
efti_keep(eft_tally *t, const eft_reflection *r, const struct efti_observation *o,
          eft_error *err)
{
    const struct efti_worker *w = t->worker;
    const eft_text veiled = {t->veiled_text.data, t->veiled_text.size};
    struct kept_positions p = {.hit = {.text = r->text},
                               .sentence = {.text = r->text},
                               .veiled_hit = {.text = veiled},
                               .veiled_sentence = {.text = veiled},
                               .shift = {&w->veiled, &t->places}};

    efti_bytes_clear(&t->kept);
    keep_record(t, o);
    efti_put_varint(&t->kept, w->hits.hits.count);
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        const struct efti_hit *h = &w->hits.hits.items[i];
        efti_put_varint(&t->kept, h->theme);
        efti_put_varint(&t->kept, h->pattern);
        efti_put_char(&t->kept, (char)h->polarity);
        put_places(&t->kept, &p, h->start, h->end,
                   &w->veiled.tokens.sentences.items[h->sentence]);
    }
    efti_put_varint(&t->kept, model_themes(t, NULL));
    (void)model_themes(t, &t->kept);
    return t->kept.failed ? efti_no_memory(err, "the hits of a reflection") : EFT_OK;
}

/* --------------------------------------------------------------- the spools merged */

struct ordered_spool {
    struct efti_spool *spool;
    const eft_plan *plan;
    struct efti_spooled at;
    bool over;
};

static eft_status
step_spool(struct ordered_spool *s, eft_error *err)
{
    eft_status st = efti_spool_next(s->spool, &s->at, err);

    s->over = st == EFT_END;
    return s->over ? EFT_OK : st;
}

/* The spool with the lowest number; the first of equals. NULL: all are over. */
static struct ordered_spool *
lowest_spool(struct ordered_spool *all, size_t count)
{
    struct ordered_spool *best = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!all[i].over && (best == NULL || all[i].at.record < best->at.record))
            best = &all[i];
    }
    return best;
}

typedef eft_status (*in_order_fn)(void *user, const eft_plan *plan,
                                  const struct efti_spooled *r, eft_error *err);

/* Calls `fn` for every counted reflection that has a text, in the order of the input;
 * `plan` is the one that read it. EFT_END: some of the tally has no spool. */
static eft_status
each_in_order(eft_tally *t, in_order_fn fn, void *user, eft_error *err)
{
    size_t count = t->parts.count + 1;
    struct ordered_spool *best;
    eft_status st = EFT_OK;

    if (t->spool == NULL || t->from_state)
        return EFT_END;
    struct ordered_spool *all = efti_zalloc(t->mem, count, sizeof(*all));
    if (all == NULL)
        return efti_no_memory(err, "the spools");
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        bool own = i == t->parts.count;
        all[i].spool = own ? t->spool : t->parts.items[i].spool;
        all[i].plan = own ? t->plan : t->parts.items[i].plan;
        if ((st = efti_spool_rewind(all[i].spool, err)) == EFT_OK)
            st = step_spool(&all[i], err);
    }
    while (st == EFT_OK && (best = lowest_spool(all, count)) != NULL) {
        if ((st = fn(user, best->plan, &best->at, err)) == EFT_OK)
            st = step_spool(best, err);
    }
    efti_release(t->mem, all, count * sizeof(*all));
    return st;
}

/* ------------------------------------------------------------------------- files */

struct keeping {
    eft_tally *tally;
    struct efti_working *file;       /* NULL: hits are not asked for */
    struct efti_output_file *veiled; /* NULL: texts are not */
    struct efti_places *places;
    struct efti_strings *writers;
    uint64_t reflections;
    struct efti_bytes text, line;
};

/* As the gate counts them: one number for all who are not named, in data that have the
 * column; else each text has a writer of its own. By first appearance, from 1. */
static eft_status
writer_of_kept(struct keeping *k, const struct efti_spooled *r, uint64_t *out,
               eft_error *err)
{
    uint32_t at;

    if (!k->tally->plan->settings.writer_column) {
        *out = k->reflections;
        return EFT_OK;
    }
    at = efti_strings_add(k->writers, r->has_writer ? (const char *)r->writer.b : "",
                          r->has_writer ? EFTI_ID_SIZE : 0, NULL);
    *out = (uint64_t)at + 1;
    return at == EFTI_NOT_FOUND ? efti_no_memory(err, "the writers") : EFT_OK;
}

/* The id if it may be kept, else i<input>-<record>, as in every line. */
static eft_text
id_of_kept(struct keeping *k, const struct efti_spooled *r)
{
    if (r->id.size > 0)
        return r->id;
    efti_bytes_clear(&k->text);
    efti_put_char(&k->text, 'i');
    efti_put_u64(&k->text, r->input);
    efti_put_char(&k->text, '-');
    efti_put_u64(&k->text, r->row);
    return (eft_text){k->text.data, k->text.failed ? 0 : k->text.size};
}

static eft_status
save_labels(struct keeping *k, struct efti_cursor *c, eft_error *err)
{
    eft_status st = EFT_OK;

    for (uint64_t n = efti_take_varint(c); n > 0 && st == EFT_OK && !c->failed; n--) {
        uint32_t role = (uint32_t)efti_take_varint(c), label = EFTI_NO_ID;
        const unsigned char *has = efti_take(c, 1);
        if (has != NULL && *has != 0) {
            const unsigned char *bytes = efti_take(c, EFTI_ID_SIZE);
            struct efti_id hash = {{0}};
            if (bytes == NULL)
                break;
            memcpy(hash.b, bytes, EFTI_ID_SIZE);
            label = efti_places_label(k->places, role, &hash);
        }
        const eft_text name = efti_places_name(k->places, role, label);
        const eft_text row = efti_places_row(k->places, role, label);
        if (name.size > 0 || row.size > 0)
            st = efti_working_label(k->file, k->reflections,
                                    efti_places_role(k->places, role), name, row, err);
    }
    return st;
}

static eft_text
theme_id(const eft_plan *plan, uint32_t theme)
{
    uint32_t count = efti_matcher_theme_count(plan->matcher);

    return theme < count ? efti_matcher_theme(plan->matcher, theme)->id
                         : plan->model_names[theme - count].id;
}

static eft_status
save_hits(struct keeping *k, const eft_plan *plan, struct efti_cursor *c, eft_error *err)
{
    struct efti_working_hit hit = {.reflection = k->reflections, .placed = true};
    eft_status st = EFT_OK;

    for (uint64_t n = efti_take_varint(c); n > 0 && st == EFT_OK && !c->failed; n--) {
        uint32_t theme = (uint32_t)efti_take_varint(c);
        hit.theme = theme_id(plan, theme);
        efti_bytes_clear(&k->text);
        efti_matcher_entry(plan->matcher, theme, (uint32_t)efti_take_varint(c), &k->text);
        hit.entry = (eft_text){k->text.data, k->text.size};
        const unsigned char *polarity = efti_take(c, 1);
        hit.polarity = efti_polarity_name(
            polarity == NULL ? EFTI_AFFIRMED : (enum efti_polarity) * polarity);
        for (size_t i = 0; i < EFTI_COUNT(hit.at); i++)
            hit.at[i] = efti_take_varint(c);
        hit.number++;
        st = k->text.failed ? efti_no_memory(err, "an entry")
                            : efti_working_hit(k->file, &hit, err);
    }
    hit.placed = false;
    hit.entry = (eft_text){"model", 5};
    hit.polarity = efti_polarity_name(EFTI_AFFIRMED);
    for (uint64_t n = efti_take_varint(c); n > 0 && st == EFT_OK && !c->failed; n--) {
        hit.theme = theme_id(plan, (uint32_t)efti_take_varint(c));
        hit.number++;
        st = efti_working_hit(k->file, &hit, err);
    }
    return st;
}

static eft_status
save_reflection(struct keeping *k, const eft_plan *plan, const struct efti_spooled *r,
                eft_text id, eft_error *err)
{
    struct efti_cursor c = {.at = (const unsigned char *)r->kept.bytes,
                            .end = (const unsigned char *)r->kept.bytes + r->kept.size};
    struct efti_working_reflection row = {.reflection = k->reflections,
                                          .id = id,
                                          .input = r->input,
                                          .row = r->row,
                                          .votes = r->votes};
    eft_status st = writer_of_kept(k, r, &row.writer, err);

    if (st == EFT_OK)
        st = save_labels(k, &c, err);
    const unsigned char *day = efti_take(&c, sizeof(row.day));
    const unsigned char *has = efti_take(&c, 1);
    const unsigned char *feeling = efti_take(&c, sizeof(row.feeling));
    if (st == EFT_OK && feeling == NULL)
        st = efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET, "a kept record is malformed");
    if (st != EFT_OK)
        return st;
    memcpy(&row.day, day, sizeof(row.day));
    row.has_feeling = *has != 0;
    memcpy(&row.feeling, feeling, sizeof(row.feeling));
    row.has_day = row.day != EFTI_NO_DAY_VALUE;
    row.period = efti_places_period(k->places, row.day);
    st = efti_working_reflection(k->file, &row, err);
    if (st == EFT_OK)
        st = save_hits(k, plan, &c, err);
    if (st == EFT_OK && (c.failed || c.at != c.end))
        st = efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET, "a kept record is malformed");
    return st;
}

static eft_status
save_veiled(struct keeping *k, const struct efti_spooled *r, eft_text id, eft_error *err)
{
    efti_bytes_clear(&k->line);
    efti_put_text(&k->line, "{\"reflection\":");
    efti_put_u64(&k->line, k->reflections);
    efti_put_text(&k->line, ",\"id\":");
    efti_put_json(&k->line, id.bytes, id.size);
    efti_put_text(&k->line, ",\"text\":");
    efti_put_json(&k->line, r->veiled.bytes, r->veiled.size);
    efti_put_text(&k->line, "}\n");
    return k->line.failed
               ? efti_no_memory(err, "the veiled texts")
               : efti_output_file_add(k->veiled, k->line.data, k->line.size, err);
}

static eft_status
keep_one(void *user, const eft_plan *plan, const struct efti_spooled *r, eft_error *err)
{
    struct keeping *k = user;
    eft_status st = EFT_OK;

    k->reflections++;
    const eft_text id = id_of_kept(k, r);
    if (id.size == 0)
        return efti_no_memory(err, "the id of a reflection");
    if (k->veiled != NULL)
        st = save_veiled(k, r, id, err);
    if (st == EFT_OK && k->file != NULL)
        st = save_reflection(k, plan, r, id, err);
    return st;
}

/* Tables of themes by facet, in the order of the roles (crossed.c writes them so). */
static eft_status
name_tables(struct keeping *k, const eft_results *results, eft_error *err)
{
    uint32_t role = EFTI_LABEL_UNIT, roles = efti_places_role_count(k->places);
    eft_status st = EFT_OK;

    for (size_t i = 0; i < results->tables.count && st == EFT_OK; i++) {
        const struct eft_table *t = results->tables.items[i];
        if (efti_table_id_of(t) != EFTI_TABLE_THEMES_BY_FACET || role >= roles)
            continue;
        st = efti_working_facet(k->file, eft_table_name(t),
                                efti_places_role(k->places, role), err);
        role = role == EFTI_LABEL_UNIT ? EFTI_LABEL_FACET0 : role + 1;
    }
    return st;
}

static eft_status
keep_all(struct keeping *k, const eft_results *results, uint32_t flags,
         struct efti_output *folder, eft_error *err)
{
    const eft_allocator *mem = k->tally->mem;
    bool hits = (flags & EFT_SAVE_HITS) != 0;
    eft_status st = efti_strings_new(mem, &k->writers, err);

    if (st == EFT_OK && hits)
        st = efti_places_new(mem, efti_tally_frozen(k->tally->counts), results,
                             &k->places, err);
    if (st == EFT_OK && hits)
        st = efti_working_new(mem, efti_output_path(folder, "working.sqlite"),
                              eft_version(), results->fingerprint, &k->file, err);
    if (st == EFT_OK && (flags & EFT_SAVE_VEILED) != 0)
        st = efti_output_file_new(mem, folder, "veiled.jsonl", &k->veiled, err);
    if (st == EFT_OK)
        st = each_in_order(k->tally, keep_one, k, err);
    if (st == EFT_OK && k->veiled != NULL)
        st = efti_output_file_done(k->veiled, err);
    if (st == EFT_OK && hits && (st = name_tables(k, results, err)) == EFT_OK)
        st = efti_working_done(k->file, err);
    return st;
}

eft_status
efti_save_kept(eft_tally *t, const eft_results *results, uint32_t flags,
               struct efti_output *folder, eft_error *err)
{
    struct keeping k = {.tally = t};
    eft_status st = EFT_END;

    if ((flags & (EFT_SAVE_HITS | EFT_SAVE_VEILED)) == 0)
        return EFT_OK;
    if (results->perturbed)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "hits and texts tell exactly what perturbed counts do not");
    efti_bytes_init(&k.text, t->mem);
    efti_bytes_init(&k.line, t->mem);
    if ((flags & EFT_SAVE_HITS) == 0 || (t->plan->flags & EFT_PLAN_KEEP_HITS) != 0)
        st = keep_all(&k, results, flags, folder, err);
    efti_working_free(k.file);
    efti_output_file_free(k.veiled);
    efti_places_free(k.places);
    efti_strings_free(k.writers);
    efti_bytes_free(&k.text);
    efti_bytes_free(&k.line);
    if (st == EFT_END)
        st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                       "hits and veiled texts need the texts: not states, and with "
                       "EFT_PLAN_KEEP_HITS or EFT_PLAN_SPOOL");
    return st;
}
