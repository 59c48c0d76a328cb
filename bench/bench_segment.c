/*
 * bench_segment.c - the stages of segmentation, each on every path of the scanner
 *
 *     bench_segment [--runs N] [--jsonl MEMBER] FILE     ns per token of each stage
 *     bench_segment --once STAGE PATH [--jsonl MEMBER] FILE
 *     bench_segment --hostile [KIND SIZE]
 *
 * Stages add up: `scan` is the kernel and ICU alone, `words` the rules and abbreviations
 * too, `sentences` all. Runs go round all rows, the median is printed, and beside it what
 * ICU's word break needs on the same texts in UTF-16, in the same run.
 *
 * --once does one stage once, for counting instructions:
 *     valgrind --tool=callgrind --toggle-collect=run_stage bench_segment --once ...
 *
 * (callgrind knows no AVX-512: there the fastest path is avx2).
 *
 * --hostile makes texts of nothing but one hard thing, of SIZE bytes and of ten times
 * that: time for ten times the text should be some ten times as much.
 */
#include "texts.h"

#include "tokenizers/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#define MOST_RUNS 51
#define MOST_PATHS 8

enum stage { SCAN, WORDS, SENTENCES, STAGES };
static const char *const stage_names[STAGES] = {"scan", "words", "sentences"};

struct bench {
    struct efti_lists *lists;
    struct efti_tokenizer *tokenizer;
    struct efti_segments segments;
    struct bench_texts texts;
    uint64_t tokens;
};

static double
now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool
open_bench(struct bench *b)
{
    return efti_lists_new(&efti_malloc, &b->lists, NULL) == EFT_OK &&
           efti_tokenizer_new(&efti_malloc, b->lists, &b->tokenizer, NULL) == EFT_OK;
}

static void
close_bench(struct bench *b)
{
    efti_tokenizer_free(b->tokenizer);
    efti_segments_free(&efti_malloc, &b->segments);
    efti_lists_free(b->lists);
    bench_texts_free(&b->texts);
}

/* Not static: callgrind is told to count in it. */
bool run_stage(struct bench *b, enum stage stage);
bool
run_stage(struct bench *b, enum stage stage)
{
    b->tokens = 0;
    for (size_t i = 0; i < b->texts.count; i++) {
        eft_text text = b->texts.items[i];
        eft_status st =
            stage == SCAN
                ? efti_scan(b->tokenizer, text, text.bytes + EFTI_TEXT_AHEAD, NULL)
            : stage == WORDS ? efti_segment_words(b->tokenizer, text, &b->segments, NULL)
                             : efti_segment(b->tokenizer, text, &b->segments, NULL);
        if (st != EFT_OK)
            return false;
        b->tokens += stage == SCAN ? b->tokenizer->raw.count : b->segments.tokens.count;
    }
    return true;
}

/* ICU's boundaries of all texts, the UTF-16 already made. */
struct icu_bench {
    UBreakIterator *breaker;
    UChar **texts;
    int32_t *sizes;
};

static bool
open_icu(struct icu_bench *icu, const struct bench_texts *texts)
{
    UErrorCode code = U_ZERO_ERROR;

    icu->breaker = ubrk_open(UBRK_WORD, "sv", NULL, 0, &code);
    icu->texts = calloc(texts->count + 1, sizeof(*icu->texts));
    icu->sizes = calloc(texts->count + 1, sizeof(*icu->sizes));
    if (U_FAILURE(code) || icu->texts == NULL || icu->sizes == NULL)
        return false;
    for (size_t i = 0; i < texts->count; i++) {
        eft_text t = texts->items[i];
        icu->texts[i] = malloc((t.size + 1) * sizeof(UChar));
        if (icu->texts[i] == NULL)
            return false;
        u_strFromUTF8(icu->texts[i], (int32_t)t.size + 1, &icu->sizes[i], t.bytes,
                      (int32_t)t.size, &code);
    }
    return U_SUCCESS(code);
}

static uint64_t
run_icu(struct icu_bench *icu, size_t count)
{
    uint64_t words = 0;

    for (size_t i = 0; i < count; i++) {
        UErrorCode code = U_ZERO_ERROR;
        ubrk_setText(icu->breaker, icu->texts[i], icu->sizes[i], &code);
        if (U_FAILURE(code))
            return 0;
        while (ubrk_next(icu->breaker) != UBRK_DONE)
            words += ubrk_getRuleStatus(icu->breaker) >= UBRK_WORD_NUMBER;
    }
    return words;
}

static void
close_icu(struct icu_bench *icu, size_t count)
{
    for (size_t i = 0; i < count && icu->texts != NULL; i++)
        free(icu->texts[i]);
    free(icu->texts);
    free(icu->sizes);
    ubrk_close(icu->breaker);
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(double *values, size_t runs)
{
    qsort(values, runs, sizeof(*values), by_value);
    return values[runs / 2];
}

static void
print_row(const char *path, const char *stage, double seconds, const struct bench *b,
          uint64_t tokens, double icu)
{
    (void)printf("%-9s %-10s %8.0f %9.2f %8.1fx\n", path, stage,
                 (double)b->texts.bytes / 1e6 / seconds, seconds * 1e9 / (double)tokens,
                 icu / seconds);
}

static bool
run_rows(struct bench *b, size_t runs)
{
    static double times[MOST_PATHS][STAGES][MOST_RUNS], icu_times[MOST_RUNS];
    uint64_t tokens[STAGES] = {0}, icu_words = 0;
    struct icu_bench icu;
    size_t count;
    const struct efti_scan_path *paths = efti_scan_paths(&count);
    bool done = count <= MOST_PATHS && open_icu(&icu, &b->texts);

    for (size_t run = 0; run < runs && done; run++) {
        double start = now();
        icu_words = run_icu(&icu, b->texts.count);
        icu_times[run] = now() - start;
        for (size_t p = 0; p < count && done; p++)
            for (enum stage s = SCAN; s < STAGES && done; s++) {
                if (!efti_tokenizer_set_path(b->tokenizer, paths[p].name))
                    continue;
                start = now();
                done = run_stage(b, s);
                times[p][s][run] = now() - start;
                tokens[s] = b->tokens;
            }
    }
    if (!done)
        return false;
    double icu_time = median(icu_times, runs);
    (void)printf("%zu texts, %.1f MB, median of %zu runs\n\n%-9s %-10s %8s %9s %9s\n",
                 b->texts.count, (double)b->texts.bytes / 1e6, runs, "path", "stage",
                 "MB/s", "ns/token", "of ICU");
    print_row("ICU", "words", icu_time, b, icu_words, icu_time);
    for (size_t p = 0; p < count; p++)
        for (enum stage s = SCAN; s < STAGES; s++)
            if (paths[p].available())
                print_row(paths[p].name, stage_names[s], median(times[p][s], runs), b,
                          tokens[s], icu_time);
            else
                (void)printf("%-9s %-10s  skipped: not on this CPU\n", paths[p].name,
                             stage_names[s]);
    close_icu(&icu, b->texts.count);
    return true;
}

/* --- hostile texts --- */

static const struct {
    const char *name, *piece;
} hostile[] = {
    {"one word", "a"},
    {"emoji", "\xF0\x9F\x98\x80"},
    {"emoji, spaces", "\xF0\x9F\x98\x80 "},
    {"marks", "\xCC\x88"},
    {"letter, mark", "a\xCC\x88"},
    {"no spaces", "a.b,c;"},
    {"addresses", "a@"},
    {"stops", "."},
    {"low lines", "__ "},
    {"missing spaces", "ab.Cd"},
    {"urls", "www.a "},
    {"sentences", "Ja. "},
    {"abbreviations", "t ex "},
    {"lines", "Ord\n"},
    {"bullets", "- a\n"},
    {"other script", "\xD0\xB0\xD0\xB1 "},
};

static double
time_hostile(struct bench *b, const char *piece, size_t size)
{
    size_t n = strlen(piece);
    char *text = malloc(size + n);

    if (text == NULL)
        return -1;
    for (size_t i = 0; i < size; i += n)
        memcpy(text + i, piece, n);
    size -= size % n;
    double start = now();
    eft_status st =
        efti_segment(b->tokenizer, (eft_text){text, size}, &b->segments, NULL);
    double seconds = now() - start;
    free(text);
    return st == EFT_OK ? seconds : -1;
}

static bool
run_hostile(struct bench *b, const char *kind, size_t size)
{
    if (kind == NULL)
        (void)printf("%-16s %10s %10s %8s\n", "text", "ms, 1 MB", "ms, 10 MB", "growth");
    for (size_t i = 0; i < EFTI_COUNT(hostile); i++) {
        if (kind != NULL) {
            if (strcmp(kind, hostile[i].name) == 0)
                return time_hostile(b, hostile[i].piece, size) >= 0;
            continue;
        }
        double once = time_hostile(b, hostile[i].piece, 1000000);
        once = time_hostile(b, hostile[i].piece, 1000000);
        double ten = time_hostile(b, hostile[i].piece, 10000000);
        if (once < 0 || ten < 0)
            return false;
        (void)printf("%-16s %10.1f %10.1f %8.2f\n", hostile[i].name, once * 1e3,
                     ten * 1e3, ten / once / 10);
    }
    return kind == NULL;
}

static int
usage(void)
{
    (void)fputs("usage: bench_segment [--runs N] [--jsonl MEMBER] FILE\n"
                "       bench_segment --once STAGE PATH [--jsonl MEMBER] FILE\n"
                "       bench_segment --hostile [KIND SIZE]\n",
                stderr);
    return 2;
}

static enum stage
stage_called(const char *name)
{
    enum stage s = SCAN;

    while (s < STAGES && strcmp(stage_names[s], name) != 0)
        s++;
    return s;
}

int
main(int argc, char **argv)
{
    const char *file = NULL, *member = NULL, *path = NULL;
    enum stage once = STAGES;
    size_t runs = 7;
    struct bench b = {0};

    if (!open_bench(&b))
        return 4;
    if (argc > 1 && strcmp(argv[1], "--hostile") == 0)
        return run_hostile(&b, argc > 3 ? argv[2] : NULL,
                           argc > 3 ? strtoul(argv[3], NULL, 10) : 0)
                   ? 0
                   : 4;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc) {
            runs = strtoul(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--jsonl") == 0 && i + 1 < argc) {
            member = argv[++i];
        } else if (strcmp(argv[i], "--once") == 0 && i + 2 < argc) {
            once = stage_called(argv[++i]);
            path = argv[++i];
        } else {
            file = argv[i];
        }
    }
    if (file == NULL || runs == 0 || runs > MOST_RUNS ||
        (path != NULL && once == STAGES) ||
        (path != NULL && !efti_tokenizer_set_path(b.tokenizer, path)))
        return usage();
    if (!bench_texts_read(file, member, &b.texts))
        return 3;
    bool done = path != NULL ? run_stage(&b, once) : run_rows(&b, runs);
    if (path != NULL)
        (void)printf("%llu tokens\n", (unsigned long long)b.tokens);
    close_bench(&b);
    return done ? 0 : 4;
}
