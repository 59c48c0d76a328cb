/*
 * train_rows.c - coded texts as rows of features, and their writers
 *
 * Rows stand in the order of ids, and writers are dealt to folds in the order of theirs:
 * the same codes give the same rows however they came.
 */
#include "evaluate/training.h"

#include "stats/random.h"

#define LEAST_CODED 50u

static size_t
theme_rows(const struct training *t)
{
    return t->rows.count * t->themes.count + 1;
}
static int
by_document(const void *a, const void *b, void *user)
{
    const struct training *t = user;
    const struct efti_gold_doc *x = &t->e.gold.docs.items[*(const uint32_t *)a];
    const struct efti_gold_doc *y = &t->e.gold.docs.items[*(const uint32_t *)b];
    int c = efti_compare(x->id.bytes, x->id.size, y->id.bytes, y->id.size);

    return c != 0
               ? c
               : efti_compare(x->text.bytes, x->text.size, y->text.bytes, y->text.size);
}

int
efti_training_by_name(const void *a, const void *b, void *user)
{
    const eft_text x = efti_strings_get(user, *(const uint32_t *)a);
    const eft_text y = efti_strings_get(user, *(const uint32_t *)b);

    return efti_compare(x.bytes, x.size, y.bytes, y.size);
}

static eft_status
name_codes(struct training *t, const struct efti_gold_doc *doc, eft_error *err)
{
    for (uint32_t i = 0; i < doc->themes.count; i++) {
        const eft_text name = t->e.gold.names.items[doc->themes.first + i];
        bool added = false;
        if (!efti_is_slug(name.bytes, name.size))
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "the gold file, line %u: a code that is no word of a-z, 0-9 "
                             "and _ (rename it)",
                             doc->line);
        uint32_t id = efti_strings_add(t->names, name.bytes, name.size, &added);
        if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(t->e.mem, &t->themes)))
            return efti_no_memory(err, "the codes");
        if (added)
            t->themes.items[t->themes.count - 1] = id;
    }
    return EFT_OK;
}

eft_status
efti_training_list_rows(struct training *t, eft_error *err)
{
    for (size_t i = 0; i < t->e.gold.docs.count; i++) {
        const struct efti_gold_doc *doc = &t->e.gold.docs.items[i];
        if ((doc->has & EFTI_GOLD_THEMES) == 0)
            continue;
        eft_status st = name_codes(t, doc, err);
        if (st != EFT_OK)
            return st;
        if (!EFTI_PUSH(t->e.mem, &t->rows))
            return efti_no_memory(err, "the coded texts");
        t->rows.items[t->rows.count - 1] = (uint32_t)i;
        t->has_writers |= doc->writer.size > 0;
    }
    if (t->rows.count < LEAST_CODED)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "%zu coded reflections are too few to learn from: at least %u",
                         t->rows.count, LEAST_CODED);
    if (t->themes.count > EFTI_MODEL_THEMES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the codes name %zu themes; a model has %u at most",
                         t->themes.count, EFTI_MODEL_THEMES);
    efti_sort(t->rows.items, t->rows.count, sizeof(uint32_t), by_document, t);
    efti_sort(t->themes.items, t->themes.count, sizeof(uint32_t), efti_training_by_name,
              t->names);
    return EFT_OK;
}

/* ---------------------------------------------------------------------- features */

/* Place of a theme in `themes`; SIZE_MAX: nobody coded it. */
static size_t
theme_place(const struct training *t, eft_text id)
{
    uint32_t name = efti_strings_find(t->names, id.bytes, id.size);

    for (size_t i = 0; i < t->themes.count && name != EFTI_NOT_FOUND; i++) {
        if (t->themes.items[i] == name)
            return i;
    }
    return SIZE_MAX;
}

void
efti_training_name_hit(struct efti_bytes *out, eft_text theme, unsigned times)
{
    efti_bytes_clear(out);
    efti_put_text(out, "hit:");
    efti_put(out, theme.bytes, theme.size);
    efti_put_char(out, ':');
    efti_put_u64(out, times);
}

/* One more hit of a theme that was coded: its next feature. */
static eft_status
take_hit(struct training *t, size_t theme, eft_error *err)
{
    struct efti_bytes *name = &t->features.name;
    uint8_t *counts = t->hit_counts;
    uint8_t before = counts[theme];

    efti_hit_add(counts, theme, EFTI_AFFIRMED);
    if (counts[theme] == before)
        return EFT_OK;
    efti_training_name_hit(name, efti_strings_get(t->names, t->themes.items[theme]),
                           counts[theme]);
    uint32_t id = name->failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(t->features.names, name->data, name->size, NULL);
    if (id == EFTI_NOT_FOUND || !EFTI_PUSH(t->e.mem, &t->values))
        return efti_no_memory(err, "the features of the texts");
    t->values.items[t->values.count - 1] = id;
    return EFT_OK;
}

static eft_status
mark_lexicon(struct training *t, size_t row, eft_error *err)
{
    const struct efti_hits *h = &t->e.core.hits;
    eft_status st = EFT_OK;

    memset(t->hit_counts, 0, t->themes.count);

    for (size_t i = 0; i < h->hits.count && st == EFT_OK; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        size_t theme =
            theme_place(t, efti_matcher_theme(t->e.plan->matcher, hit->theme)->id);
        if (hit->polarity == EFTI_UNCERTAIN || theme == SIZE_MAX)
            continue;
        t->found[theme * t->rows.count + row] = 1;
        st = take_hit(t, theme, err);
    }
    return st;
}

static eft_status
read_row(struct training *t, size_t row, eft_error *err)
{
    const struct efti_gold_doc *doc = &t->e.gold.docs.items[t->rows.items[row]];
    struct efti_worker *w = &t->e.core;
    uint32_t flags = 0;
    eft_status st;

    t->starts.items[row] = t->values.count;
    if ((st = efti_worker_answer(w, doc->text, &flags, err)) != EFT_OK || flags != 0 ||
        (st = efti_worker_match(w, doc->text, err)) != EFT_OK || w->veiled.withheld)
        return st; /* what counts nowhere has no features */
    if ((st = efti_features_find(&t->features, err)) != EFT_OK)
        return st;
    size_t n = t->features.present.count;
    if (!EFTI_ARRAY_RESERVE(t->e.mem, &t->values, t->values.count + n + 1))
        return efti_no_memory(err, "the features of the texts");
    if (n > 0)
        memcpy(t->values.items + t->values.count, t->features.present.items,
               n * sizeof(uint32_t));
    t->values.count += n;
    st = mark_lexicon(t, row, err);
    return st == EFT_OK && (t->o->flags & EFT_TRAIN_HANDS) != 0
               ? efti_training_note_denials(t, row, err)
               : st;
}

eft_status
efti_training_read_rows(struct training *t, eft_error *err)
{
    size_t n = t->rows.count;
    eft_status st = EFT_OK;

    t->found_size = theme_rows(t) + t->themes.count;
    t->found = efti_zalloc(t->e.mem, t->found_size, 1);
    if (t->found != NULL)
        t->hit_counts = t->found + theme_rows(t);
    if (t->found == NULL || !EFTI_ARRAY_RESERVE(t->e.mem, &t->starts, n + 1))
        return efti_no_memory(err, "the coded texts");
    t->starts.count = n + 1;
    for (size_t row = 0; row < n && st == EFT_OK; row++)
        st = read_row(t, row, err);
    t->starts.items[n] = t->values.count;
    return st;
}

/* The writer of each row. Texts without one are of one writer where others have one, for
 * nobody knows how many wrote them, and each its own where none has. */
eft_status
efti_training_find_writers(struct training *t, eft_error *err)
{
    struct efti_bytes key;
    bool ok = EFTI_ARRAY_RESERVE(t->e.mem, &t->cluster, t->rows.count) &&
              EFTI_ARRAY_RESERVE(t->e.mem, &t->fold, t->rows.count);

    efti_bytes_init(&key, t->e.mem);
    for (size_t row = 0; row < t->rows.count && ok; row++) {
        const struct efti_gold_doc *doc = &t->e.gold.docs.items[t->rows.items[row]];
        efti_bytes_clear(&key);
        efti_put_char(&key, doc->writer.size > 0 ? 'w' : 't');
        if (doc->writer.size > 0)
            efti_put(&key, doc->writer.bytes, doc->writer.size);
        else if (!t->has_writers)
            efti_put_u64(&key, row);
        t->cluster.items[row] =
            key.failed ? EFTI_NOT_FOUND
                       : efti_strings_add(t->writers, key.data, key.size, NULL);
        ok = t->cluster.items[row] != EFTI_NOT_FOUND;
    }
    efti_bytes_free(&key);
    return ok ? EFT_OK : efti_no_memory(err, "the writers");
}

static eft_status
number_hands(struct training *t, struct efti_strings *hands, eft_error *err)
{
    const struct efti_gold *g = &t->e.gold;

    for (size_t row = 0; row < t->rows.count; row++) {
        const struct efti_gold_doc *doc = &g->docs.items[t->rows.items[row]];
        if (doc->hand.size == 0)
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "the gold file, line %u: no \"hand\" says who coded",
                             doc->line);
        t->fold.items[row] =
            efti_strings_add(hands, doc->hand.bytes, doc->hand.size, NULL);
        if (t->fold.items[row] == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the hands");
    }
    return EFT_OK;
}

eft_status
efti_training_fold_hands(struct training *t, uint32_t *folds, eft_error *err)
{
    struct efti_strings *hands = NULL;
    eft_status st = efti_strings_new(t->e.mem, &hands, err);

    if (st == EFT_OK && (st = number_hands(t, hands, err)) == EFT_OK) {
        *folds = efti_strings_count(hands);
        if (*folds < 2)
            st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                           "one hand says nothing of another: at least two");
    }
    efti_strings_free(hands);
    return st;
}

/* Writers by bytes, shuffled, dealt out one by one. */
eft_status
efti_training_deal_folds(struct training *t, uint32_t folds, eft_error *err)
{
    uint32_t writers = efti_strings_count(t->writers);
    uint32_t *order = efti_zalloc(t->e.mem, 2 * (size_t)writers, sizeof(*order));
    struct efti_random *random = NULL;
    eft_status st = order == NULL
                        ? efti_no_memory(err, "the folds")
                        : efti_random_new(t->e.mem, t->o->seed, 0, &random, err);

    for (uint32_t i = 0; i < writers && st == EFT_OK; i++)
        order[i] = i;
    if (st == EFT_OK) {
        efti_sort(order, writers, sizeof(*order), efti_training_by_name, t->writers);
        efti_random_shuffle(random, order, writers);
        for (uint32_t i = 0; i < writers; i++)
            order[writers + order[i]] = i % folds;
        for (size_t row = 0; row < t->rows.count; row++)
            t->fold.items[row] = order[writers + t->cluster.items[row]];
    }
    efti_random_free(random);
    efti_release(t->e.mem, order, 2 * (size_t)writers * sizeof(*order));
    return st;
}
