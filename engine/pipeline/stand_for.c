/*
 * stand_for.c - which sentences stand for a pair of themes, or for a community
 *
 *     edge        what is told of it              a sentence that has both ends
 *     ledning ── oro    theme_pairs, shown        "Jag blev orolig när chefen slutade."
 *
 * A subject is a pair of themes that attract, or a community with its edges. An edge is a
 * pair that is shown at both levels: in reflections, where it attracts, and in sentences,
 * for what is told are sentences. One is a candidate of a subject if it (with its
 * neighbours, as any quote) has both ends of an edge of it. Such sentences are a cell of
 * their own: unless k writers have one, none is told, nor how many there are. It keeps
 * all rules of a quote (quotes.c), and where a person approved, its very words were
 * approved.
 *
 * Central is what is most like the others: of each candidate the mean Dice coefficient of
 * its content words with those of the other candidates of the subject, in thousandths;
 * five are taken off for each word above eighteen. Candidates are at most 64 (or k, if
 * that is more) a subject, one of each writer, the best by edges and length, ties by
 * bytes: so neither the order of texts nor the number of threads matters. Three are told,
 * of different writers.
 *
 * What stands is held against earlier releases by its writers, as terms and pairs are
 * (release/hold.c): where fewer than k had a sentence when it was asked before, it stands
 * only when k more have. The log has these numbers, and no sentence.
 *
 * Subjects and edges are in stand_subjects.c, candidates in stand_windows.c; what is
 * told of them is chosen here.
 *
 * Cost: a look for each term of a sentence, and its edges to other terms of the sentence.
 */
#include "pipeline/standing.h"

#define TOLD 3u        /* of a subject */
#define CANDIDATES 64u /* of a subject, or k */
#define WORD_COST 5u   /* thousandths of likeness for a word more */

void
efti_stand_for_free(struct efti_stand_for *s)
{
    if (s == NULL)
        return;
    efti_strings_free(s->nodes);
    efti_strings_free(s->close);
    efti_strings_free(s->words);
    efti_strings_free(s->only);
    EFTI_ARRAY_FREE(s->mem, &s->subjects);
    EFTI_ARRAY_FREE(s->mem, &s->edges);
    EFTI_ARRAY_FREE(s->mem, &s->first);
    EFTI_ARRAY_FREE(s->mem, &s->present);
    EFTI_ARRAY_FREE(s->mem, &s->met);
    EFTI_ARRAY_FREE(s->mem, &s->counts);
    EFTI_ARRAY_FREE(s->mem, &s->of_window);
    EFTI_ARRAY_FREE(s->mem, &s->pool);
    EFTI_ARRAY_FREE(s->mem, &s->wanted);
    efti_bytes_free(&s->key);
    efti_bytes_free(&s->text);
    efti_arena_free(&s->arena);
    efti_release(s->mem, s, sizeof(*s));
}

static eft_status
list_texts(struct efti_stand_for *s, const eft_quote *only, size_t count, eft_error *err)
{
    eft_status st = efti_strings_new(s->mem, &s->only, err);

    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if (efti_strings_add(s->only, only[i].text.bytes, only[i].text.size, NULL) ==
            EFTI_NOT_FOUND)
            st = efti_no_memory(err, "the approved quotes");
    }
    return st;
}

eft_status
efti_stand_for_new(const eft_tally *t, const eft_results *results, const eft_quote *only,
                   size_t only_count, struct efti_stand_for **out, eft_error *err)
{
    struct efti_stand_for *s = efti_zalloc(t->mem, 1, sizeof(*s));
    eft_status st;

    *out = NULL;
    if (s == NULL)
        return efti_no_memory(err, "what sentences stand for");
    s->tally = t;
    s->mem = t->mem;
    s->k = results->k;
    s->most = s->k > CANDIDATES ? s->k : CANDIDATES;
    efti_arena_init(&s->arena, t->mem);
    efti_bytes_init(&s->key, t->mem);
    efti_bytes_init(&s->text, t->mem);
    if ((st = efti_strings_new(s->mem, &s->nodes, err)) == EFT_OK &&
        (st = efti_strings_new(s->mem, &s->words, err)) == EFT_OK &&
        (st = efti_strings_new(s->mem, &s->close, err)) == EFT_OK &&
        (only == NULL || (st = list_texts(s, only, only_count, err)) == EFT_OK) &&
        (st = efti_stand_subjects(s, results, err)) == EFT_OK) {
        *out = s;
        return EFT_OK;
    }
    efti_stand_for_free(s);
    return st;
}

/* ------------------------------------------------------------------- the table */

/* Dice's coefficient of two sets of words, in thousandths. */
static uint32_t
dice(const struct stand_candidate *a, const struct stand_candidate *b)
{
    size_t i = 0, k = 0, both = 0, all = a->word_count + b->word_count;

    while (i < a->word_count && k < b->word_count) {
        both += a->words[i] == b->words[k];
        bool first = a->words[i] <= b->words[k], second = b->words[k] <= a->words[i];
        i += first;
        k += second;
    }
    return all == 0 ? 0 : (uint32_t)(2000 * both / all);
}

static void
measure_likeness(const struct efti_stand_for *s, struct stand_candidate *c)
{
    uint64_t sum = 0, others = 0;

    for (size_t i = 0; i < s->pool.count; i++) {
        const struct stand_candidate *o = &s->pool.items[i];
        if (o->subject != c->subject || o->writer == c->writer)
            continue;
        sum += dice(c, o);
        others++;
    }
    c->likeness = others == 0 ? 0 : (uint32_t)(sum / others);
}

/* How central, less what it is too long. Words are counted by blanks. */
static int64_t
standing(const struct stand_candidate *c)
{
    int64_t words = 1;

    for (size_t i = 0; i < c->text.size; i++)
        words += c->text.bytes[i] == ' ';
    return (int64_t)c->likeness -
           (words > SHORT_WORDS ? (words - SHORT_WORDS) * WORD_COST : 0);
}

static int
by_subject_then_standing(const void *a, const void *b, void *user)
{
    const struct stand_candidate *x = a, *y = b;
    int64_t m = standing(x), n = standing(y);

    (void)user;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    if (m != n)
        return m > n ? -1 : 1;
    return efti_stand_better(x, y);
}

/* May sentences of the subject be told? And what the log is to know of it. */
static eft_status
settle_subject(const struct efti_stand_for *s, struct stand_subject *of,
               eft_results *results, eft_error *err)
{
    const char *kind = of->community == 0 ? "pair" : of->of_terms ? "terms" : "themes";
    struct efti_stood now = {
        .kind = {kind, strlen(kind)}, .name = of->name, .writers = of->writers};
    const struct efti_stood *before =
        efti_results_stood_before(results, now.kind, now.name);
    bool silent = before != NULL && before->writers < s->k; /* it did not stand */

    of->stands = of->writers >= s->k &&
                 (!silent || of->writers >= (uint64_t)before->writers + s->k);
    if (silent && !of->stands)
        now.writers = before->writers;
    return efti_results_stood(results, false, &now, err);
}

eft_status
efti_stand_for_release(struct efti_stand_for *s, eft_results *results, bool approved,
                       eft_error *err)
{
    const eft_text by =
        approved ? (eft_text){"by a person", 11} : (eft_text){"by rules alone", 14};
    eft_table *t;
    uint32_t rank = 0;
    eft_status st = efti_results_add(results, EFTI_TABLE_REPRESENTATIVES, NULL, &t, err);

    for (size_t i = 0; i < s->pool.count; i++) /* one of each writer */
        s->subjects.items[s->pool.items[i].subject].writers++;
    for (size_t i = 0; i < s->subjects.count && st == EFT_OK; i++)
        st = settle_subject(s, &s->subjects.items[i], results, err);
    for (size_t i = 0; i < s->wanted.count; i++)
        measure_likeness(s, &s->wanted.items[i]);
    efti_sort(s->wanted.items, s->wanted.count, sizeof(struct stand_candidate),
              by_subject_then_standing, NULL);
    for (size_t i = 0; i < s->wanted.count && st == EFT_OK; i++) {
        const struct stand_candidate *c = &s->wanted.items[i];
        const struct stand_subject *of = &s->subjects.items[c->subject];
        rank = i > 0 && c[-1].subject == c->subject ? rank + 1 : 1;
        if (rank > TOLD || !of->stands || (st = efti_table_row(t, err)) != EFT_OK)
            continue;
        efti_table_set_text(t, "network",
                            of->of_terms ? (eft_text){"terms", 5}
                                         : (eft_text){"themes", 6});
        if (of->community != 0)
            efti_table_set_integer(t, "community", of->community);
        efti_table_set_text(t, "name", of->name);
        efti_table_set_integer(t, "rank", rank);
        efti_table_set_text(t, "quote", c->text);
        efti_table_set_text(t, "approved", by);
    }
    return st == EFT_OK ? efti_table_done(t, err) : st;
}
