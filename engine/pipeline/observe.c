/*
 * observe.c - one reflection becomes counts
 *
 * What the tally gets of a text: which themes with which polarity, which closed terms how
 * often, lengths, and the categories of what was veiled. Terms and lengths are uses.c's;
 * ids of the tally are looked up again after it was sorted (t->stale).
 */
#include "pipeline/pipeline.h"

EFTI_PIN_SIZE(eft_reflection, 176);

/* Themes of the matcher, then those of the model that count. */
static eft_status
name_themes(eft_tally *t, eft_error *err)
{
    const eft_model *m = t->plan->model;
    uint32_t themes = efti_matcher_theme_count(t->plan->matcher);
    size_t all = themes + (m == NULL ? 0 : m->themes.count);

    if (!EFTI_ARRAY_RESERVE(t->mem, &t->theme_ids, all))
        return efti_no_memory(err, "the themes of a tally");
    t->theme_ids.count = all;
    for (uint32_t i = 0; i < all; i++) {
        t->theme_ids.items[i] = EFTI_NO_ID;
        if (i >= themes && !m->themes.items[i - themes].used)
            continue;
        const eft_text id = i < themes ? efti_matcher_theme(t->plan->matcher, i)->id
                                       : t->plan->model_names[i - themes].id;
        t->theme_ids.items[i] = efti_tally_theme(t->counts, id.bytes, id.size);
        if (t->theme_ids.items[i] == EFTI_NO_ID)
            return efti_no_memory(err, "the themes of a tally");
    }
    return EFT_OK;
}

static eft_status
refresh_ids(eft_tally *t, eft_error *err)
{
    if (!t->stale)
        return EFT_OK;
    t->label_ids.count = 0;
    efti_strings_free(t->labels);
    t->labels = NULL;
    eft_status st = efti_strings_new(t->mem, &t->labels, err);
    if (st != EFT_OK)
        return st;
    if ((st = name_themes(t, err)) != EFT_OK)
        return st;
    if (!efti_local_ids_renew(t))
        return efti_no_memory(err, "the terms of a tally");
    t->stale = false;
    return EFT_OK;
}

/* ------------------------------------------------------------------ themes */

static eft_status
add_theme(eft_tally *t, uint32_t theme, uint8_t polarity, eft_error *err)
{
    for (size_t i = 0; i < t->theme_counts.count; i++) {
        struct efti_theme_count *c = &t->theme_counts.items[i];
        if (c->theme == theme && c->polarity == polarity) {
            c->hits++;
            return EFT_OK;
        }
    }
    if (!EFTI_PUSH(t->mem, &t->theme_counts))
        return efti_no_memory(err, "the themes of a reflection");
    t->theme_counts.items[t->theme_counts.count - 1] =
        (struct efti_theme_count){.theme = theme, .polarity = polarity, .hits = 1};
    return EFT_OK;
}

static eft_status
add_pair(eft_tally *t, uint32_t a, uint32_t b, eft_error *err)
{
    for (size_t i = 0; i < t->pairs.count; i++) {
        struct efti_theme_pair *p = &t->pairs.items[i];
        if ((p->a == a && p->b == b) || (p->a == b && p->b == a)) {
            p->sentences++;
            return EFT_OK;
        }
    }
    if (!EFTI_PUSH(t->mem, &t->pairs))
        return efti_no_memory(err, "the theme pairs of a reflection");
    t->pairs.items[t->pairs.count - 1] = (struct efti_theme_pair){a, b, 1};
    return EFT_OK;
}

/* Themes of one sentence are the tail of sentence_themes from `from`. */
static eft_status
add_sentence_theme(eft_tally *t, size_t from, uint32_t theme, eft_error *err)
{
    for (size_t i = from; i < t->sentence_themes.count; i++) {
        if (t->sentence_themes.items[i] == theme)
            return EFT_OK;
    }
    for (size_t i = from; i < t->sentence_themes.count; i++) {
        eft_status st = add_pair(t, t->sentence_themes.items[i], theme, err);
        if (st != EFT_OK)
            return st;
    }
    if (!EFTI_PUSH(t->mem, &t->sentence_themes))
        return efti_no_memory(err, "the themes of a sentence");
    t->sentence_themes.items[t->sentence_themes.count - 1] = theme;
    return EFT_OK;
}

/* Themes that the model finds are themes of their own: affirmed, and without hits that
 * could stand in a sentence. */
static eft_status
observe_model(eft_tally *t, eft_error *err)
{
    const eft_model *m = t->plan->model;
    uint32_t first = efti_matcher_theme_count(t->plan->matcher);
    eft_status st = efti_worker_decide(t->worker, true, err);

    for (uint32_t i = 0; m != NULL && i < m->themes.count && st == EFT_OK; i++) {
        if (m->themes.items[i].used && efti_model_present(t->worker, i))
            st = add_theme(t, t->theme_ids.items[first + i], EFTI_AFFIRMED, err);
    }
    return st;
}

static eft_status
observe_hits(eft_tally *t, struct efti_observation *o, eft_error *err)
{
    const struct efti_hits *h = &t->worker->hits;
    uint32_t sentence = EFTI_NO_ID;
    size_t from = 0;
    eft_status st;

    t->theme_counts.count = t->pairs.count = t->sentence_themes.count = 0;
    for (size_t i = 0; i < h->hits.count; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        uint32_t theme = t->theme_ids.items[hit->theme];
        if ((st = add_theme(t, theme, hit->polarity, err)) != EFT_OK)
            return st;
        if (hit->polarity == EFTI_UNCERTAIN)
            continue;
        if (hit->sentence != sentence) {
            sentence = hit->sentence;
            from = t->sentence_themes.count;
        }
        if ((st = add_sentence_theme(t, from, theme, err)) != EFT_OK)
            return st;
    }
    if ((st = observe_model(t, err)) != EFT_OK)
        return st;
    o->themes = t->theme_counts.items;
    o->theme_count = (uint32_t)t->theme_counts.count;
    o->pairs = t->pairs.items;
    o->pair_count = (uint32_t)t->pairs.count;
    o->sentence_themes = t->sentence_themes.items;
    o->sentence_theme_count = (uint32_t)t->sentence_themes.count;
    return EFT_OK;
}

/* ------------------------------------------------------------------- whole */

static eft_status
observe_text(eft_tally *t, eft_text text, struct efti_observation *o, eft_error *err)
{
    struct efti_worker *w = t->worker;
    eft_status st;

    if ((st = efti_worker_answer(w, text, &o->flags, err)) != EFT_OK || o->flags != 0)
        return st;
    if ((st = efti_worker_match_valid(w, text, err)) != EFT_OK)
        return st;
    o->categories = w->veiled.categories;
    if (w->veiled.withheld) {
        o->flags |= EFTI_RECORD_WITHHELD;
        return EFT_OK;
    }
    if ((st = efti_observe_tokens(t, o, err)) != EFT_OK)
        return st;
    st = observe_hits(t, o, err);
    return st == EFT_OK ? efti_observe_windows(t, o, err) : st;
}

enum { MOST_PROMPTS = 256, MOST_PROMPT_BYTES = 400 };

/* The prompt of a record, veiled once for each spelling, for the spool. A column of
 * prompts that are hardly ever the same is not a list of questions: after the first 256
 * no more are taken. Before the text is looked at, for both need the worker. */
static eft_status
prompt_of(eft_tally *t, eft_text prompt, eft_text *out, eft_error *err)
{
    *out = (eft_text){"", 0};
    if (t->spool == NULL || efti_blank(prompt) || prompt.size > MOST_PROMPT_BYTES)
        return EFT_OK;
    eft_status st =
        t->prompts == NULL ? efti_strings_new(t->mem, &t->prompts, err) : EFT_OK;
    if (st != EFT_OK)
        return st;
    uint32_t at = efti_strings_find(t->prompts, prompt.bytes, prompt.size);
    if (at == EFTI_NOT_FOUND && t->prompt_texts.count == MOST_PROMPTS)
        return EFT_OK;
    if (at == EFTI_NOT_FOUND) {
        efti_bytes_clear(&t->veiled_text);
        if ((st = efti_worker_veil(t->worker, prompt, err)) != EFT_OK ||
            (st = efti_veil_print(prompt, &t->worker->veiled, &t->veiled_text, err)) !=
                EFT_OK)
            return st;
        size_t size = t->veiled_text.size;
        char *copy = efti_arena_copy(&t->prompt_arena, t->veiled_text.data, size);
        if (copy == NULL ||
            !EFTI_ARRAY_RESERVE(t->mem, &t->prompt_texts, t->prompt_texts.count + 1) ||
            (at = efti_strings_add(t->prompts, prompt.bytes, prompt.size, NULL)) ==
                EFTI_NOT_FOUND)
            return efti_no_memory(err, "a prompt");
        t->prompt_texts.items[t->prompt_texts.count++] = (eft_text){copy, size};
    }
    *out = t->prompt_texts.items[at];
    t->has_prompts = true;
    return EFT_OK;
}

/* Into t->veiled_text, with tags; where each went is asked for only if hits are kept. */
static eft_status
print_veiled(eft_tally *t, eft_text text, eft_error *err)
{
    const struct efti_replacer tags = {.mode = EFTI_REPLACE_TAG};
    const struct efti_veiled *veiled = &t->worker->veiled;

    efti_bytes_clear(&t->veiled_text);
    return (t->plan->flags & EFT_PLAN_KEEP_HITS) != 0
               ? efti_veil_print_as(t->worker->veil, &tags, text, veiled, &t->places,
                                    &t->veiled_text, err)
               : efti_veil_print(text, veiled, &t->veiled_text, err);
}

static eft_status
spool_reflection(eft_tally *t, const eft_reflection *r, const struct efti_observation *o,
                 eft_text prompt, eft_error *err)
{
    eft_status st;

    if (t->spool == NULL || o->flags != 0)
        return EFT_OK;
    if ((st = print_veiled(t, r->text, err)) != EFT_OK ||
        ((t->plan->flags & EFT_PLAN_KEEP_HITS) != 0 &&
         (st = efti_keep(t, r, o, err)) != EFT_OK))
        return st;
    const eft_text assignment = efti_tally_label_text(t->counts, o->assignment);
    bool keep = false;
    if (r->id.size > 0 && (st = efti_veil_id(t->worker->veil, t->worker->tokenizer, r->id,
                                             &keep, err)) != EFT_OK)
        return st;
    struct efti_spooled record = {
        .record = t->number != 0 ? t->number : t->counted + 1,
        .input = t->input,
        .row = t->number != 0 ? t->row : t->counted + 1,
        .kept = {t->kept.data, t->kept.size},
        .assignment = assignment,
        .prompt = prompt,
        .votes = o->votes <= 0           ? 0
                 : o->votes > UINT32_MAX ? UINT32_MAX
                                         : (uint32_t)o->votes,
        .has_writer = o->has_writer,
        .writer = o->writer,
        .id = keep ? r->id : (eft_text){NULL, 0},
        .veiled = {t->veiled_text.data, t->veiled_text.size},
        .terms = t->spool_terms.items,
        .term_count = t->spool_terms.count,
        .sentence_ends = t->spool_ends.items,
        .sentence_count = t->spool_ends.count,
        .words = t->plan->window > 0 ? o->tokens : 0,
        .places = t->spool_places.items,
    };
    return efti_spool_put(t->spool, &record, err);
}

static void
count_record(eft_tally *t, const struct efti_observation *o)
{
    efti_tally_count(t->counts, EFTI_COUNT_READ, 1);
    efti_tally_count(t->counts, EFTI_COUNT_EMPTY, (o->flags & EFTI_RECORD_EMPTY) != 0);
    efti_tally_count(t->counts, EFTI_COUNT_UNINFORMATIVE,
                     (o->flags & EFTI_RECORD_UNINFORMATIVE) != 0);
    efti_tally_count(t->counts, EFTI_COUNT_WITHHELD,
                     (o->flags & EFTI_RECORD_WITHHELD) != 0);
    efti_tally_count(t->counts, EFTI_COUNT_NO_WRITER,
                     !o->has_writer && t->plan->settings.writer_column);
}

/* Before anything is decoded. Labels and tags are checked where they are normalised. */
static eft_status
check_text(const struct efti_worker *w, eft_text text, eft_error *err)
{
    if (efti_worker_is_ahead(w, text))
        return EFT_OK;
    size_t good = efti_utf8_valid_prefix(text.bytes, text.size);

    return good == text.size
               ? EFT_OK
               : efti_fail(err, EFT_E_ENCODING, good, "the text is not UTF-8");
}

static eft_status
check_fields(const eft_reflection *r, eft_error *err)
{
    const eft_text fields[] = {r->id, r->writer, r->prompt, r->comments};

    for (size_t i = 0; i < EFTI_COUNT(fields); i++) {
        if (efti_utf8_valid_prefix(fields[i].bytes, fields[i].size) != fields[i].size)
            return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET,
                             "a field of the record is not UTF-8");
    }
    return EFT_OK;
}

static eft_status
check_reflection(const eft_tally *t, const eft_reflection *r, eft_error *err)
{
    const struct efti_tally_settings *s = &t->plan->settings;

    if (r->flags != 0 || r->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown flag in a reflection");
    if (r->tag_count > EFTI_MAX_TAGS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "more than %d tags",
                         EFTI_MAX_TAGS);
    if (r->tags == NULL && r->tag_count > 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a number of tags, and no tags");
    if (r->has_feeling != 0 &&
        !(r->feeling >= s->feeling_low && r->feeling <= s->feeling_high))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a feeling outside the scale of the plan");
    return check_fields(r, err);
}

/* Writers come again and again: one hash for each distinct spelling. */
static eft_status
writer_of(eft_tally *t, eft_text writer, struct efti_id *out, eft_error *err)
{
    uint32_t at = efti_strings_find(t->writers, writer.bytes, writer.size);

    if (at != EFTI_NOT_FOUND) {
        *out = t->writer_ids.items[at];
        return EFT_OK;
    }
    eft_status st = efti_writer_identity(t->worker, writer, out, err);
    if (st != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(t->mem, &t->writer_ids, t->writer_ids.count + 1) ||
        efti_strings_add(t->writers, writer.bytes, writer.size, NULL) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "a writer");
    t->writer_ids.items[t->writer_ids.count++] = *out;
    return EFT_OK;
}

static eft_status
observe_record(eft_tally *t, const eft_reflection *r, struct efti_observation *o,
               eft_error *err)
{
    eft_status st = efti_observe_labels(t, r, o, err);

    if (st != EFT_OK)
        return st;
    o->has_writer = !efti_blank(r->writer) && t->plan->settings.writer_column;
    if (o->has_writer && (st = writer_of(t, r->writer, &o->writer, err)) != EFT_OK)
        return st;
    o->day = r->day == EFT_NO_DAY ? EFTI_NO_DAY_VALUE : r->day;
    o->has_feeling = r->has_feeling != 0;
    o->feeling = r->feeling;
    o->votes = r->votes > 0 ? r->votes : -1;
    return observe_text(t, r->text, o, err);
}

/* Has its key been counted? Checks the text while the set's line is on its way. */
static eft_status
check_key(eft_tally *t, const eft_reflection *r, const struct efti_id *key,
          struct efti_observation *o, bool *known, eft_error *err)
{
    eft_status st = EFT_OK;

    *known = false;
    o->has_key = !efti_blank(r->id);
    if (o->has_key && key != NULL)
        o->key = *key;
    else if (o->has_key)
        st = efti_record_identity(t->worker, r->id, r->assignment, &o->key, err);
    bool asked = o->has_key && !t->no_keys;
    if (st == EFT_OK && asked && (st = efti_keys_reserve(&t->keys, 1, err)) == EFT_OK)
        efti_keys_prefetch(&t->keys, &o->key);
    if (st == EFT_OK)
        st = check_text(t->worker, r->text, err);
    *known = st == EFT_OK && asked && efti_keys_has(&t->keys, &o->key);
    return st;
}

eft_status
efti_observe(eft_tally *t, const eft_reflection *r, const struct efti_id *key,
             eft_error *err)
{
    struct efti_observation o = {0};
    eft_text prompt;
    bool known;
    eft_status st;

    if ((st = check_reflection(t, r, err)) != EFT_OK ||
        (st = refresh_ids(t, err)) != EFT_OK ||
        (st = check_key(t, r, key, &o, &known, err)) != EFT_OK)
        return st;
    if (known) {
        efti_tally_count(t->counts, EFTI_COUNT_DUPLICATE, 1);
        t->released[0] = '\0';
        return EFT_OK;
    }
    if ((st = prompt_of(t, r->prompt, &prompt, err)) != EFT_OK ||
        (st = observe_record(t, r, &o, err)) != EFT_OK ||
        (st = spool_reflection(t, r, &o, prompt, err)) != EFT_OK)
        return st;
    if ((st = efti_tally_add(t->counts, &o, err)) != EFT_OK) {
        t->from_state = true; /* the spool has one too many: no pairs from it */
        return st;
    }
    t->released[0] = '\0';
    bool seen;
    if (o.has_key && !t->no_keys)
        st = efti_keys_add(&t->keys, &o.key, &seen, err);
    count_record(t, &o);
    t->counted++;
    return st;
}
