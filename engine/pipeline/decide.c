/*
 * decide.c - a model within a plan, and what it says of a text
 *
 * A model counts what its training counted, so lexicons, terms and compounds must be the
 * same; everything else (versions of ICU, of word lists, of the dictionary) only makes a
 * feature rarer or more frequent.
 */
#include "pipeline/model_features.h"

/* ---------------------------------------------------------------------- plan */

static bool
take_line(eft_text *rest, eft_text *line)
{
    const char *end = rest->size == 0 ? NULL : memchr(rest->bytes, '\n', rest->size);

    if (end == NULL)
        return false;
    *line = (eft_text){rest->bytes, (size_t)(end - rest->bytes)};
    rest->bytes = end + 1;
    rest->size -= line->size + 1;
    return true;
}

static bool
has_line(eft_text lines, eft_text wanted)
{
    eft_text line;
    bool found = false;

    while (!found && take_line(&lines, &line))
        found = efti_equal(line.bytes, line.size, wanted.bytes, wanted.size);
    return found;
}

/* Every line of `a` that binds stands in `b`. */
static bool
binds_all(eft_text a, eft_text b)
{
    eft_text line;
    bool all = true;

    while (all && take_line(&a, &line))
        all = !efti_model_binds(line) || has_line(b, line);
    return all;
}

static bool
join_text(struct efti_arena *arena, eft_text text, const char *more, eft_text *out)
{
    size_t n = strlen(more);
    char *copy = efti_arena_alloc(arena, text.size + n + 1, 1);

    if (copy == NULL)
        return false;
    if (text.size > 0)
        memcpy(copy, text.bytes, text.size);
    memcpy(copy + text.size, more, n + 1);
    *out = (eft_text){copy, text.size + n};
    return true;
}

/* The theme of the lexicons with the same id; NULL: only people have coded it so far. */
static const struct efti_theme *
theme_of(const struct efti_matcher *m, eft_text id)
{
    for (uint32_t i = 0; i < efti_matcher_theme_count(m); i++) {
        const struct efti_theme *t = efti_matcher_theme(m, i);
        if (efti_equal(t->id.bytes, t->id.size, id.bytes, id.size))
            return t;
    }
    return NULL;
}

/* Which theme of the model each theme of the lexicons is. */
static eft_status
link_themes(eft_plan *plan, const eft_model *m, eft_error *err)
{
    uint32_t themes = efti_matcher_theme_count(plan->matcher);

    plan->model_of = efti_arena_alloc(
        &plan->arena, (themes + 1) * sizeof(*plan->model_of), alignof(uint32_t));
    if (plan->model_of == NULL)
        return efti_no_memory(err, "the themes of a model");
    for (uint32_t i = 0; i < themes; i++) {
        const eft_text id = efti_matcher_theme(plan->matcher, i)->id;
        plan->model_of[i] = EFTI_NOT_FOUND;
        for (uint32_t k = 0; k < m->themes.count; k++) {
            const eft_text of = m->themes.items[k].id;
            if (efti_equal(of.bytes, of.size, id.bytes, id.size))
                plan->model_of[i] = k;
        }
    }
    return EFT_OK;
}

eft_status
efti_plan_model(eft_plan *plan, eft_error *err)
{
    const eft_model *m = plan->model;

    if (m == NULL)
        return EFT_OK;
    const eft_text made = plan->settings.fingerprints;
    if (!binds_all(m->made_with, made) || !binds_all(made, m->made_with))
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the model was trained with other lexicons, terms or compounds: "
                         "use those, or train again");
    plan->model_names =
        efti_arena_alloc(&plan->arena, (m->themes.count + 1) * sizeof(*plan->model_names),
                         alignof(struct efti_model_name));
    if (plan->model_names == NULL)
        return efti_no_memory(err, "the themes of a model");
    for (size_t i = 0; i < m->themes.count; i++) {
        const eft_text id = m->themes.items[i].id;
        const struct efti_theme *t = theme_of(plan->matcher, id);
        struct efti_model_name *n = &plan->model_names[i];
        if (!join_text(&plan->arena, id, EFTI_MODEL_SUFFIX, &n->id) ||
            !join_text(&plan->arena, t == NULL ? id : t->label_sv, " (modell)",
                       &n->label_sv) ||
            !join_text(&plan->arena, t == NULL ? id : t->label_en, " (model)",
                       &n->label_en))
            return efti_no_memory(err, "the themes of a model");
    }
    return link_themes(plan, m, err);
}

/* -------------------------------------------------------------------- worker */

eft_status
efti_worker_decide_open(struct efti_worker *w, eft_error *err)
{
    const eft_model *m = w->plan->model;

    if (m == NULL)
        return EFT_OK;
    w->features = efti_zalloc(w->mem, 1, sizeof(*w->features));
    if (w->features == NULL ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->scores, m->themes.count + 1) ||
        !EFTI_ARRAY_RESERVE(w->mem, &w->hit_counts, m->themes.count + 1))
        return efti_no_memory(err, "a worker");
    w->scores.count = w->hit_counts.count = m->themes.count;
    return efti_features_open(w->features, w, m->words, err);
}

void
efti_worker_decide_close(struct efti_worker *w)
{
    EFTI_ARRAY_FREE(w->mem, &w->scores);
    EFTI_ARRAY_FREE(w->mem, &w->hit_counts);
    if (w->features == NULL)
        return;
    efti_features_close(w->features);
    efti_release(w->mem, w->features, sizeof(*w->features));
    w->features = NULL;
}

/* How often the lexicon finds each theme of the model. */
static void
count_hits(struct efti_worker *w)
{
    const struct efti_hits *h = &w->hits;

    if (w->hit_counts.count > 0)
        memset(w->hit_counts.items, 0, w->hit_counts.count);
    for (size_t i = 0; i < h->hits.count; i++) {
        uint32_t theme = w->plan->model_of[h->hits.items[i].theme];
        if (theme != EFTI_NOT_FOUND)
            efti_hit_add(w->hit_counts.items, theme, h->hits.items[i].polarity);
    }
}

eft_status
efti_worker_decide(struct efti_worker *w, bool counted, eft_error *err)
{
    eft_status st;

    if (w->features == NULL)
        return EFT_OK;
    for (size_t i = 0; i < w->scores.count; i++)
        w->scores.items[i] = INT64_MIN;
    if (!counted || (st = efti_features_find(w->features, err)) != EFT_OK)
        return counted ? st : EFT_OK;
    count_hits(w);
    efti_model_scores(w->plan->model, w->features->present.items,
                      w->features->present.count, w->hit_counts.items, w->scores.items);
    return EFT_OK;
}
