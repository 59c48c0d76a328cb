/*
 * bench_forms.c - what it costs to intern: each running token, each new form
 *
 *   bench_forms [--jsonl MEMBER] [--runs N] ordbok.efd FILE
 *
 * The texts are segmented one by one, outside the measured time but between the measured
 * pieces, so that the caches are as worn as in a real run. Three passes over all texts:
 * without dictionary cold, with it cold, and warm. A new form costs what a cold pass
 * takes beyond the warm one, divided by the number of forms; so the figure holds cache
 * misses, growing of the table and page faults. Memory is what the table holds.
 *
 * Then what splitting compounds adds when each new form is split after its text was
 * interned, in microseconds beside the bar of issue 3. The mean is over all forms, those
 * that leave at once and those of which the dictionary's file tells included.
 *
 * Then, over all distinct forms in order of first appearance: what a base form costs, and
 * splitting a compound; both are asked for on demand only, once per form. Between a form
 * and its turn lies all of the text, so that no cache holds its letters.
 *
 * Times are processor time of the thread.
 *
 * Last it says how much of the text is in the hot part of the dictionary: of running
 * words and of distinct ones, and how much in all of the dictionary.
 */
#include "texts.h"

#include "tokenizers/compounds.h"
#include "tokenizers/terms.h"
#include "vocab/forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST_RUNS 51
#define SPLIT_TEXTS 16 /* a look at the clock costs as much as a form */

struct forms_bench {
    struct efti_lists *lists;
    struct efti_dictionary *dictionary;
    struct efti_tokenizer *tokenizer;
    struct efti_segments segments;
};

static double
now_ns(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* One pass over all texts: nanoseconds of interning, tokens. Negative: it failed. */
static double
pass(struct forms_bench *b, const struct bench_texts *texts, struct efti_forms *forms,
     uint64_t *tokens)
{
    double sum = 0;

    *tokens = 0;
    for (size_t i = 0; i < texts->count; i++) {
        if (efti_segment_words(b->tokenizer, texts->items[i], &b->segments, NULL) !=
            EFT_OK)
            return -1;
        double start = now_ns();
        if (efti_forms_intern(forms, texts->items[i], &b->segments, NULL) != EFT_OK)
            return -1;
        sum += now_ns() - start;
        *tokens += b->segments.tokens.count;
    }
    return sum;
}

struct forms_row {
    double cold, warm; /* ns */
    double bytes;      /* of the table, per form */
    uint64_t tokens;
    uint32_t forms;
};

static bool
measure(struct forms_bench *b, const struct bench_texts *texts, bool dictionary,
        struct forms_row *row)
{
    struct efti_forms *forms = NULL;

    if (efti_forms_new(&efti_malloc, b->lists, dictionary ? b->dictionary : NULL, &forms,
                       NULL) != EFT_OK)
        return false;
    row->cold = pass(b, texts, forms, &row->tokens);
    row->warm = pass(b, texts, forms, &row->tokens);
    row->forms = efti_forms_count(forms);
    row->bytes = (double)efti_forms_bytes(forms) / row->forms;
    efti_forms_free(forms);
    return row->cold >= 0 && row->warm >= 0 && row->forms > 0;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* ------------------------------------------------------------- asked on demand */

/* Nanoseconds for each form of the table; what is found is summed up in *found. */
typedef double (*each_form_fn)(struct forms_bench *b, struct efti_forms *forms,
                               uint64_t *found);

static double
base_terms(struct forms_bench *b, struct efti_forms *forms, uint64_t *found)
{
    struct efti_stemmer *stemmer = efti_forms_stemmer(forms);
    struct efti_bytes term;
    double start = now_ns();

    efti_bytes_init(&term, &efti_malloc);
    for (uint32_t i = 0; i < efti_forms_count(forms); i++) {
        const struct efti_form *f = efti_forms_get(forms, i);
        if (f->kind == EFTI_WORD)
            *found += efti_term(b->dictionary, stemmer, f->folded, f->folded_size,
                                &term) != EFTI_TERM_STEM;
    }
    double sum = now_ns() - start;
    efti_bytes_free(&term);
    return sum;
}

/* Of the forms from `first` on. */
static double
splits_from(struct forms_bench *b, struct efti_forms *forms, uint32_t first,
            uint64_t *found)
{
    const struct efti_compounds c =
        efti_compounds_of(b->dictionary, b->lists, efti_forms_engine());
    struct efti_compound_parts parts;
    double start = now_ns();

    for (uint32_t i = first; i < efti_forms_count(forms); i++) {
        const struct efti_form *f = efti_forms_get(forms, i);
        if (f->kind == EFTI_WORD)
            *found += efti_compound_split(&c, f->folded, f->folded_size, &parts);
    }
    return now_ns() - start;
}

static double
splits(struct forms_bench *b, struct efti_forms *forms, uint64_t *found)
{
    return splits_from(b, forms, 0, found);
}

/* The new forms of every few texts, right after those were interned: what splitting all
 * forms adds to reading. Nanoseconds a form; negative: no memory. */
static double
splits_as_they_come(struct forms_bench *b, const struct bench_texts *texts,
                    uint64_t *found)
{
    struct efti_forms *forms = NULL;
    double sum = 0;
    uint32_t seen = 0;

    if (efti_forms_new(&efti_malloc, b->lists, b->dictionary, &forms, NULL) != EFT_OK)
        return -1;
    *found = 0;
    for (size_t i = 0; i < texts->count; i++) {
        if (efti_segment_words(b->tokenizer, texts->items[i], &b->segments, NULL) !=
                EFT_OK ||
            efti_forms_intern(forms, texts->items[i], &b->segments, NULL) != EFT_OK)
            return -1;
        if (i % SPLIT_TEXTS != 0 && i + 1 != texts->count)
            continue;
        sum += splits_from(b, forms, seen, found);
        seen = efti_forms_count(forms);
    }
    efti_forms_free(forms);
    return seen == 0 ? 0 : sum / seen;
}

/* The bar of issue 3, whatever the word is and whoever knows the answer. */
static bool
print_splits(struct forms_bench *b, const struct bench_texts *texts, int runs)
{
    double each[MOST_RUNS];
    uint64_t found = 0;

    for (int i = 0; i < runs; i++)
        if ((each[i] = splits_as_they_come(b, texts, &found)) < 0)
            return false;
    qsort(each, (size_t)runs, sizeof(each[0]), by_size);
    (void)printf(
        "compounds: %.2f us a new form as they come (%.2f to %.2f in %d runs; bar "
        "0.30); %llu split\n",
        each[runs / 2] / 1e3, each[0] / 1e3, each[runs - 1] / 1e3, runs,
        (unsigned long long)found);
    return true;
}

static void
print_on_demand(struct forms_bench *b, struct efti_forms *forms, const char *name,
                each_form_fn each, int runs)
{
    double first = 0, best = 0;
    uint64_t found = 0;

    for (int i = 0; i < runs; i++) {
        found = 0;
        double ns = each(b, forms, &found) / efti_forms_count(forms);
        first = i == 0 ? ns : first;
        best = i == 0 || ns < best ? ns : best;
    }
    (void)printf("%-20s %10s %8u %10.1f %10.1f   first and best ns/form; %llu found\n",
                 name, "", efti_forms_count(forms), first, best,
                 (unsigned long long)found);
}

/* How many running words, and distinct ones, the dictionary and its hot part hold. */
static bool
print_coverage(struct forms_bench *b, const struct bench_texts *texts, int runs)
{
    struct efti_forms *forms = NULL;
    double tokens[3] = {0}, distinct[3] = {0}; /* all, listed, hot */
    uint32_t seen = 0;

    if (efti_forms_new(&efti_malloc, b->lists, b->dictionary, &forms, NULL) != EFT_OK)
        return false;
    for (size_t i = 0; i < texts->count; i++) {
        if (efti_segment_words(b->tokenizer, texts->items[i], &b->segments, NULL) !=
                EFT_OK ||
            efti_forms_intern(forms, texts->items[i], &b->segments, NULL) != EFT_OK)
            return false;
        for (size_t k = 0; k < b->segments.tokens.count; k++) {
            uint32_t id = b->segments.tokens.items[k].form;
            const struct efti_form *form = efti_forms_get(forms, id);
            struct efti_dictionary_word word;
            if (form->kind != EFTI_WORD)
                continue;
            bool listed = efti_dictionary_look(b->dictionary, form->folded,
                                               form->folded_size, &word);
            const double is[3] = {1, listed && word.flags != 0, listed && word.hot};
            for (int c = 0; c < 3; c++) {
                tokens[c] += is[c];
                distinct[c] += id >= seen ? is[c] : 0;
            }
            seen = id >= seen ? id + 1 : seen;
        }
    }
    print_on_demand(b, forms, "base forms", base_terms, runs);
    print_on_demand(b, forms, "compounds split", splits, runs);
    efti_forms_free(forms);
    (void)printf("the hot part, %u forms, holds %.1f %% of running words and %.1f %% of "
                 "distinct ones;\nthe dictionary, %u forms, %.1f %% and %.1f %%\n",
                 efti_dictionary_hot_count(b->dictionary), 100 * tokens[2] / tokens[0],
                 100 * distinct[2] / distinct[0], efti_dictionary_count(b->dictionary),
                 100 * tokens[1] / tokens[0], 100 * distinct[1] / distinct[0]);
    return true;
}

static int
by_cold(const void *a, const void *b)
{
    double x = ((const struct forms_row *)a)->cold,
           y = ((const struct forms_row *)b)->cold;

    return (x > y) - (x < y);
}

static bool
print_rows(struct forms_bench *b, const struct bench_texts *texts, int runs)
{
    static struct forms_row rows[2][MOST_RUNS];

    for (int i = 0; i < runs; i++)
        for (int d = 0; d < 2; d++)
            if (!measure(b, texts, d == 1, &rows[d][i]))
                return false;
    (void)printf("%-20s %10s %8s %10s %10s %12s %12s\n", "", "tokens", "forms",
                 "cold ns/t", "warm ns/t", "ns/new form", "bytes/form");
    for (int d = 0; d < 2; d++) {
        qsort(rows[d], (size_t)runs, sizeof(rows[d][0]), by_cold);
        const struct forms_row *r = &rows[d][runs / 2];
        (void)printf("%-20s %10llu %8u %10.1f %10.1f %12.1f %12.1f\n",
                     d == 1 ? "with dictionary" : "without dictionary",
                     (unsigned long long)r->tokens, r->forms, r->cold / (double)r->tokens,
                     r->warm / (double)r->tokens, (r->cold - r->warm) / r->forms,
                     r->bytes);
    }
    return true;
}

int
main(int argc, char **argv)
{
    const char *member = NULL, *names[2] = {NULL, NULL};
    struct forms_bench b = {0};
    struct bench_texts texts;
    int count = 0, runs = 3;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--jsonl") == 0 && i + 1 < argc)
            member = argv[++i];
        else if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc)
            runs = (int)strtol(argv[++i], NULL, 10);
        else if (count < 2)
            names[count++] = argv[i];
    }
    if (count < 2 || runs < 1 || runs > MOST_RUNS) {
        (void)fputs("usage: bench_forms [--jsonl MEMBER] [--runs N] ordbok.efd FILE\n",
                    stderr);
        return 2;
    }
    if (!bench_texts_read(names[1], member, &texts))
        return 3;
    bool done =
        efti_lists_new(&efti_malloc, &b.lists, NULL) == EFT_OK &&
        efti_dictionary_open(&efti_malloc, names[0], &b.dictionary, NULL) == EFT_OK &&
        efti_tokenizer_new(&efti_malloc, b.lists, &b.tokenizer, NULL) == EFT_OK &&
        print_rows(&b, &texts, runs) && print_splits(&b, &texts, runs) &&
        print_coverage(&b, &texts, runs);
    if (!done)
        (void)fputs("bench_forms: cannot read the dictionary, or no memory\n", stderr);
    efti_segments_free(&efti_malloc, &b.segments);
    efti_tokenizer_free(b.tokenizer);
    efti_dictionary_free(b.dictionary);
    efti_lists_free(b.lists);
    bench_texts_free(&texts);
    return done ? 0 : 4;
}
