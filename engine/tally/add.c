/*
 * add.c - one reflection becomes one entry of the log
 *
 * The hot path of phase A: for each term of a reflection a word or two, written straight
 * into bytes that were reserved for the longest case. Nothing is looked up or counted by
 * term here: freezing does so, when nothing else wants the cache. Ids are checked before.
 */
#include "tally/state.h"

static bool
label_fits(const struct efti_tally *t, uint32_t label, uint32_t role)
{
    if (label == EFTI_NO_ID)
        return true;
    return label < t->dict.labels.count && t->dict.labels.items[label].role == role;
}

static bool
labels_fit(const struct efti_tally *t, const struct efti_observation *o)
{
    bool good = label_fits(t, o->unit, EFTI_LABEL_UNIT) &&
                label_fits(t, o->assignment, EFTI_LABEL_ASSIGNMENT);

    for (uint32_t i = 0; i < t->settings.facet_count; i++)
        good = good && label_fits(t, o->facets[i], EFTI_LABEL_FACET0 + i);
    for (uint32_t i = 0; i < o->tag_count; i++)
        good =
            good && o->tags[i] != EFTI_NO_ID && label_fits(t, o->tags[i], EFTI_LABEL_TAG);
    return good;
}

static bool
themes_fit(const struct efti_tally *t, const struct efti_observation *o)
{
    uint32_t count = efti_strings_count(t->dict.themes);
    bool good = true;

    for (uint32_t i = 0; i < o->theme_count; i++)
        good = good && o->themes[i].theme < count &&
               o->themes[i].polarity < EFTI_POLARITY_COUNT;
    for (uint32_t i = 0; i < o->pair_count; i++)
        good = good && o->pairs[i].a < count && o->pairs[i].b < count &&
               o->pairs[i].a != o->pairs[i].b;
    for (uint32_t i = 0; o->sentence_themes != NULL && i < o->sentence_theme_count; i++)
        good = good && o->sentence_themes[i] < count;
    for (uint32_t i = 0; o->windows != NULL && i < o->window_count; i++)
        good = good && o->windows[i].a < count && o->windows[i].b < count;
    return good;
}

/* Ids of terms; `*kept`: those with tokens, which alone are kept. */
static bool
terms_fit(const struct efti_tally *t, const struct efti_observation *o, uint32_t *kept)
{
    const uint32_t terms = efti_strings_count(t->dict.terms);
    uint32_t unknown = 0, count = 0;

    for (uint32_t i = 0; i < o->term_count; i++) {
        unknown |= o->terms[i].term >= terms;
        count += o->terms[i].tokens != 0;
    }
    *kept = count;
    return unknown == 0;
}

static eft_status
check_observation(const struct efti_tally *t, const struct efti_observation *o,
                  uint32_t *terms, eft_error *err)
{
    if (o->tag_count > TALLY_LIST_MAX || o->theme_count > TALLY_LIST_MAX ||
        o->term_count > TALLY_LIST_MAX || o->pair_count > TALLY_LIST_MAX ||
        o->sentence_theme_count > TALLY_LIST_MAX || o->window_count > TALLY_LIST_MAX ||
        t->record_count >= EFTI_NO_ID - 1u)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "too much for one tally");
    if (!labels_fit(t, o) || !themes_fit(t, o) || !terms_fit(t, o, terms))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "an id is not of this tally");
    if (o->has_feeling && o->feeling - o->feeling != 0.0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a feeling is no number");
    return EFT_OK;
}

static uint32_t
observed_writer(struct efti_tally *t, const struct efti_observation *o)
{
    struct tally_writer w = {.kind = TALLY_WRITER_OWN};

    if (t->settings.writer_column) {
        w.kind = o->has_writer ? TALLY_WRITER_HASHED : TALLY_WRITER_NONE;
        if (o->has_writer)
            w.hash = o->writer;
    }
    return efti_tally_writer(t, &w);
}

static struct efti_record_view
observed_record(const struct efti_observation *o)
{
    return (struct efti_record_view){
        .has_key = o->has_key,
        .has_feeling = o->has_feeling,
        .unit = o->unit,
        .assignment = o->assignment,
        .facets = o->facets,
        .tags = o->tags,
        .tag_count = o->tag_count,
        .day = o->day,
        .feeling = o->feeling,
        .votes = o->votes,
        .flags = o->flags,
        .categories = o->categories,
        .tokens = o->tokens,
        .sentences = o->sentences,
        .words = o->words,
        .long_words = o->long_words,
        .forms = o->forms,
        .themes = o->themes,
        .theme_count = o->theme_count,
        .key = o->key,
    };
}

static unsigned char *
put_terms(unsigned char *p, const struct efti_observation *o, uint32_t kept)
{
    p = tally_put32(p, kept);
    for (uint32_t i = 0; i < o->term_count; i++) {
        const struct efti_term_count *c = &o->terms[i];
        if (EFTI_LIKELY(c->tokens != 0))
            p = tally_put_term(p, c->term, c->tokens);
    }
    return p;
}

static unsigned char *
put_theme_pairs(unsigned char *p, const struct efti_theme_pair *pairs, uint32_t count)
{
    p = tally_put32(p, count);
    for (uint32_t i = 0; i < count; i++) {
        p = tally_put32(p, pairs[i].a);
        p = tally_put32(p, pairs[i].b);
        p = tally_put32(p, pairs[i].sentences);
    }
    return p;
}

static unsigned char *
put_tail(unsigned char *p, const struct efti_observation *o, uint32_t terms)
{
    uint32_t sentence_themes = o->sentence_themes == NULL ? 0 : o->sentence_theme_count;

    uint32_t windows = o->windows == NULL ? 0 : o->window_count;

    if (terms == 0 && o->pair_count == 0 && sentence_themes == 0 && windows == 0)
        return p;
    p = put_theme_pairs(p, o->pairs, o->pair_count);
    p = tally_put32(p, sentence_themes);
    for (uint32_t i = 0; i < sentence_themes; i++)
        p = tally_put32(p, o->sentence_themes[i]);
    p = put_theme_pairs(p, o->windows, windows);
    return put_terms(p, o, terms);
}

static eft_status
reserve_entry(struct efti_tally *t, const struct efti_observation *o, eft_error *err)
{
    size_t need = 5 + efti_body_bound(o->theme_count, o->tag_count) + 4 + 20 +
                  (size_t)o->pair_count * 15 + (size_t)o->sentence_theme_count * 5 +
                  (size_t)o->window_count * 15 + (size_t)o->term_count * TALLY_TERM_BOUND;

    if (!efti_add(t->log.size, need, &need) ||
        !efti_reserve(&t->mem, (void **)&t->log.data, &t->log.capacity, need, 1))
        return efti_no_memory(err, "a reflection in a tally");
    return EFT_OK;
}

eft_status
efti_tally_add(struct efti_tally *t, const struct efti_observation *o, eft_error *err)
{
    uint32_t terms;
    eft_status st = check_observation(t, o, &terms, err);

    if (st == EFT_OK)
        st = reserve_entry(t, o, err);
    if (st != EFT_OK)
        return st;
    uint32_t writer = observed_writer(t, o);
    if (writer == EFTI_NO_ID)
        return efti_no_memory(err, "a writer");
    struct efti_record_view record = observed_record(o);
    unsigned char *begin = (unsigned char *)t->log.data + t->log.size;
    unsigned char *size_at =
        efti_body_put(tally_put32(begin, writer), &record, t->settings.facet_count, NULL);
    unsigned char *end = put_tail(size_at + 4, o, terms);
    for (int i = 0; i < 4; i++)
        size_at[i] = (unsigned char)((size_t)(end - size_at - 4) >> (8 * i));
    t->log.size += (size_t)(end - begin);
    t->record_count++;
    efti_tally_thaw(t);
    return EFT_OK;
}
