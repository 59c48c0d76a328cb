/*
 * bench_text.c - reference and library side by side, in one run, on any text
 *
 *     bench_text [--runs N] [--jsonl MEMBER] [--json] FILE|-
 *
 * Every row of every run is a process of its own (fork), so that each starts cold and its
 * peak memory can be told apart: the number printed is what the row held beyond the
 * texts. Runs go round the rows, not row by row, so that a busy neighbour hurts all
 * alike; the median is printed. Trust the ratio, not the absolute figures
 * (facts/performance.md).
 */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_RUNS 101

struct bench_row {
    const char *name;
    bench_fn run;
    size_t against; /* index of the row that it is compared to */
};

/* The hook: add a row here (see rows.h); the last field is the number of another row. */
static const struct bench_row bench_rows[] = {
    {"reference: words, fold, stem, count", bench_reference, 0},
    {"reference: + NFC and sentences", bench_reference_full, 1},
    {"ours: segment only", bench_segment_only, 0},
    {"ours: stem and count, cold", bench_words_cold, 0},
    {"ours: stem and count, warm", bench_words_warm, 0},
    {"ours: + sentences, cold", bench_sentences_cold, 1},
    {"ours: everything to the working state, cold", bench_whole, 1},
    {"ours: the same, state not written", bench_whole_unwritten, 1},
    {"ours: two threads, merged, written", bench_whole_threads, 6},
    {"ours: two threads, merged, not written", bench_whole_threads_unwritten, 7},
};
#define ROWS (sizeof(bench_rows) / sizeof(bench_rows[0]))

struct measured {
    struct bench_result result;
    long peak_kib;
};

double
bench_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static long
peak_kib(void)
{
    struct rusage use;

    return getrusage(RUSAGE_SELF, &use) == 0 ? use.ru_maxrss : 0;
}

static void
child(const struct bench_row *row, const struct bench_texts *texts, int to)
{
    struct measured m = {0};
    long before = peak_kib();

    if (!row->run(texts, &m.result))
        _exit(1);
    m.peak_kib = peak_kib() - before;
    _exit(write(to, &m, sizeof(m)) == (ssize_t)sizeof(m) ? 0 : 1);
}

static bool
measure(const struct bench_row *row, const struct bench_texts *texts,
        struct measured *out)
{
    int ends[2], status = 1;

    if (pipe(ends) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0)
        child(row, texts, ends[1]);
    (void)close(ends[1]);
    bool got = pid > 0 && read(ends[0], out, sizeof(*out)) == (ssize_t)sizeof(*out);
    (void)close(ends[0]);
    return pid > 0 && waitpid(pid, &status, 0) == pid && got && status == 0;
}

static int
by_time(const void *a, const void *b)
{
    double x = ((const struct measured *)a)->result.seconds;
    double y = ((const struct measured *)b)->result.seconds;

    return (x > y) - (x < y);
}

static void
print_row(size_t i, const struct measured *median, const struct bench_texts *texts,
          bool json)
{
    const struct measured *m = &median[i];
    double mbs = (double)texts->bytes / 1e6 / m->result.seconds;
    double ns =
        m->result.tokens == 0 ? 0 : m->result.seconds * 1e9 / (double)m->result.tokens;
    double ratio = median[bench_rows[i].against].result.seconds / m->result.seconds;
    double mib = (double)m->peak_kib / 1024;
    double start_ms = m->result.start_up * 1e3;

    if (json)
        (void)printf("%s{\"row\":\"%s\",\"seconds\":%.6f,\"mb_per_s\":%.2f,"
                     "\"ns_per_token\":%.2f,\"ratio\":%.3f,\"against\":\"%s\","
                     "\"start_up_ms\":%.2f,\"peak_mib\":%.1f,\"tokens\":%llu,"
                     "\"types\":%llu}",
                     i == 0 ? "" : ",", bench_rows[i].name, m->result.seconds, mbs, ns,
                     ratio, bench_rows[bench_rows[i].against].name, start_ms, mib,
                     (unsigned long long)m->result.tokens,
                     (unsigned long long)m->result.types);
    else
        (void)printf("%-43s %8.1f %8.1f %7.2fx %8.1f %8.1f %10llu %8llu\n",
                     bench_rows[i].name, mbs, ns, ratio, start_ms, mib,
                     (unsigned long long)m->result.tokens,
                     (unsigned long long)m->result.types);
}

static bool
run_all(const struct bench_texts *texts, size_t runs, bool json)
{
    static struct measured all[ROWS][MOST_RUNS];
    struct measured median[ROWS];

    for (size_t run = 0; run < runs; run++)
        for (size_t i = 0; i < ROWS; i++)
            if (!measure(&bench_rows[i], texts, &all[i][run])) {
                (void)fprintf(stderr, "bench: row %zu failed\n", i);
                return false;
            }
    for (size_t i = 0; i < ROWS; i++) {
        qsort(all[i], runs, sizeof(all[i][0]), by_time);
        median[i] = all[i][runs / 2];
    }
    if (json)
        (void)printf("{\"texts\":%zu,\"bytes\":%zu,\"runs\":%zu,\"rows\":[", texts->count,
                     texts->bytes, runs);
    else
        (void)printf(
            "%zu texts, %.1f MB, median of %zu runs\n\n%-43s %8s %8s %8s %8s %8s "
            "%10s %8s\n",
            texts->count, (double)texts->bytes / 1e6, runs, "", "MB/s", "ns/token",
            "ratio", "start ms", "MiB", "tokens", "types");
    for (size_t i = 0; i < ROWS; i++)
        print_row(i, median, texts, json);
    (void)printf(json ? "]}\n"
                      : "\nratio: time of the row compared to / own time; start-up is "
                        "part of cold rows\n");
    return true;
}

int
main(int argc, char **argv)
{
    const char *path = NULL, *member = NULL;
    size_t runs = 5;
    bool json = false;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc)
            runs = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--jsonl") == 0 && i + 1 < argc)
            member = argv[++i];
        else if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (path == NULL && (argv[i][0] != '-' || argv[i][1] == '\0'))
            path = argv[i];
        else
            path = NULL, i = argc;
    }
    if (path == NULL || runs == 0 || runs > MOST_RUNS) {
        (void)fputs("usage: bench_text [--runs N] [--jsonl MEMBER] [--json] FILE|-\n",
                    stderr);
        return 2;
    }
    struct bench_texts texts;
    if (!bench_texts_read(path, member, &texts))
        return 3;
    bool done = run_all(&texts, runs, json);
    bench_texts_free(&texts);
    return done ? 0 : 4;
}
