/*
 * rows.h - what is measured: one function per row of the benchmark
 *
 * A row does its own setting up, works through all texts in order and says how long that
 * took. It runs in a process of its own, so it may leak.
 *
 * To add a row: write a function of type bench_fn in a file of its own, declare it here,
 * list it in bench_rows of bench_text.c with the row that it is compared to.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include "texts.h"

struct bench_result {
    double seconds;
    double start_up; /* of those seconds, before the first text */
    /* Of words and numbers; rows differ by the project rules; 0: unknown. */
    uint64_t tokens;
    uint64_t types; /* distinct things counted (stems), 0: not applicable */
    uint64_t sum;   /* what the compiler must not leave out */
};

typedef bool (*bench_fn)(const struct bench_texts *texts, struct bench_result *out);

double bench_now(void); /* seconds, monotonic */

/* reference.c */
bool bench_reference(const struct bench_texts *texts, struct bench_result *out);
bool bench_reference_full(const struct bench_texts *texts, struct bench_result *out);
/* The same, then `each` for every stem (NULL: not). */
typedef bool (*bench_count_fn)(void *user, const char *stem, size_t size, uint64_t n);
bool bench_reference_each(const struct bench_texts *texts, bool full, bench_count_fn each,
                          void *user, struct bench_result *out);
/* ours.c */
bool bench_words_cold(const struct bench_texts *texts, struct bench_result *out);
bool bench_words_warm(const struct bench_texts *texts, struct bench_result *out);
bool bench_sentences_cold(const struct bench_texts *texts, struct bench_result *out);
bool bench_segment_only(const struct bench_texts *texts, struct bench_result *out);
/* whole.c: everything to the working state, without and with its bytes, two threads */
bool bench_whole(const struct bench_texts *texts, struct bench_result *out);
bool bench_whole_unwritten(const struct bench_texts *texts, struct bench_result *out);
bool bench_whole_threads(const struct bench_texts *texts, struct bench_result *out);
bool bench_whole_threads_unwritten(const struct bench_texts *texts,
                                   struct bench_result *out);
/* files.c: from a CSV file to finished results, the reference and two threads of ours */
bool bench_csv_reference(const struct bench_texts *texts, struct bench_result *out);
bool bench_csv_results(const struct bench_texts *texts, struct bench_result *out);

#endif
