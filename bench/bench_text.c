/*
 * bench_text.c - reference and library side by side, in one run, on any text
 *
 *     bench_text [--runs N] [--cpu] [--jsonl MEMBER] [--json] [--rows 2,7] FILE|-
 *     bench_text [--jsonl MEMBER] --once ROW FILE|-
 *
 * Every row of every run is a process of its own (fork), so that each starts cold and its
 * peak memory can be told apart: the number printed is what the row held beyond the
 * texts. Runs go round the rows, not row by row, so that a busy neighbour hurts all
 * alike; the median is printed. Trust the ratio, not the absolute figures
 * (facts/performance.md).
 *
 * --cpu measures the processor's time of all threads instead of the clock on the wall:
 * for a machine that others keep busy. Two threads against one then says what the second
 * costs besides (1.00: nothing), not how much sooner they are done.
 *
 * --rows runs some rows only (with those that they are compared to); --once runs one row
 * in this very process and prints its tokens, which is what a profiler wants (stages.py).
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
    {"reference: CSV to rows in SQLite", bench_csv_reference, 10},
    {"ours: CSV to finished results, two threads", bench_csv_results, 10},
};
#define ROWS (sizeof(bench_rows) / sizeof(bench_rows[0]))

struct measured {
    struct bench_result result;
    long peak_kib;
};

static clockid_t bench_clock = CLOCK_MONOTONIC;

double
bench_now(void)
{
    struct timespec t;

    (void)clock_gettime(bench_clock, &t);
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

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

struct settings {
    const char *path, *member;
    size_t runs;
    bool json;
    size_t once; /* row to run in this process; ROWS: none */
    bool chosen[ROWS];
};

static struct measured all[ROWS][MOST_RUNS];

/* Median of the ratios within each run: what slowed a whole run cancels out. */
static double
ratio_of(size_t row, size_t runs)
{
    double ratios[MOST_RUNS];

    for (size_t run = 0; run < runs; run++)
        ratios[run] = all[bench_rows[row].against][run].result.seconds /
                      all[row][run].result.seconds;
    qsort(ratios, runs, sizeof(ratios[0]), by_size);
    return ratios[runs / 2];
}

static void
print_row(size_t i, double ratio, const struct bench_texts *texts, bool json, bool first)
{
    const struct measured *m = &all[i][0];
    double mbs = (double)texts->bytes / 1e6 / m->result.seconds;
    double ns =
        m->result.tokens == 0 ? 0 : m->result.seconds * 1e9 / (double)m->result.tokens;
    double mib = (double)m->peak_kib / 1024;
    double start_ms = m->result.start_up * 1e3;

    if (json)
        (void)printf("%s{\"row\":\"%s\",\"seconds\":%.6f,\"mb_per_s\":%.2f,"
                     "\"ns_per_token\":%.2f,\"ratio\":%.3f,\"against\":\"%s\","
                     "\"start_up_ms\":%.2f,\"peak_mib\":%.1f,\"tokens\":%llu,"
                     "\"types\":%llu}",
                     first ? "" : ",", bench_rows[i].name, m->result.seconds, mbs, ns,
                     ratio, bench_rows[bench_rows[i].against].name, start_ms, mib,
                     (unsigned long long)m->result.tokens,
                     (unsigned long long)m->result.types);
    else
        (void)printf("%2zu %-43s %8.1f %8.1f %7.2fx %8.1f %8.1f %10llu %8llu\n", i,
                     bench_rows[i].name, mbs, ns, ratio, start_ms, mib,
                     (unsigned long long)m->result.tokens,
                     (unsigned long long)m->result.types);
}

static void
print_all(const struct settings *s, const struct bench_texts *texts)
{
    double ratios[ROWS] = {0};
    bool first = true;

    for (size_t i = 0; i < ROWS; i++)
        ratios[i] = s->chosen[i] ? ratio_of(i, s->runs) : 0;
    for (size_t i = 0; i < ROWS; i++) /* the middle one to the front */
        if (s->chosen[i]) {
            qsort(all[i], s->runs, sizeof(all[i][0]), by_time);
            all[i][0] = all[i][s->runs / 2];
        }
    if (s->json)
        (void)printf("{\"texts\":%zu,\"bytes\":%zu,\"runs\":%zu,\"rows\":[", texts->count,
                     texts->bytes, s->runs);
    else
        (void)printf(
            "%zu texts, %.1f MB, median of %zu runs\n\n   %-43s %8s %8s %8s %8s %8s "
            "%10s %8s\n",
            texts->count, (double)texts->bytes / 1e6, s->runs, "", "MB/s", "ns/token",
            "ratio", "start ms", "MiB", "tokens", "types");
    for (size_t i = 0; i < ROWS; i++)
        if (s->chosen[i]) {
            print_row(i, ratios[i], texts, s->json, first);
            first = false;
        }
    (void)printf(s->json ? "]}\n"
                         : "\nratio: time of the row compared to / own time, median of "
                           "the runs; start-up is part of cold rows\n");
}

static bool
run_all(const struct settings *s, const struct bench_texts *texts)
{
    for (size_t run = 0; run < s->runs; run++)
        for (size_t i = 0; i < ROWS; i++)
            if (s->chosen[i] && !measure(&bench_rows[i], texts, &all[i][run])) {
                (void)fprintf(stderr, "bench: row %zu failed\n", i);
                return false;
            }
    print_all(s, texts);
    return true;
}

/* For profilers: no fork, no clock, one line that says how much was done. */
static bool
run_once(const struct settings *s, const struct bench_texts *texts)
{
    struct bench_result result = {0};

    if (!bench_rows[s->once].run(texts, &result))
        return false;
    (void)printf("{\"row\":\"%s\",\"texts\":%zu,\"bytes\":%zu,\"tokens\":%llu,"
                 "\"sum\":%llu}\n",
                 bench_rows[s->once].name, texts->count, texts->bytes,
                 (unsigned long long)result.tokens, (unsigned long long)result.sum);
    return true;
}

/* "2,7": those rows and the ones they are compared to. */
static bool
choose_rows(struct settings *s, const char *list)
{
    memset(s->chosen, 0, sizeof(s->chosen));
    for (char *end; *list != '\0'; list = *end == ',' ? end + 1 : end) {
        unsigned long row = strtoul(list, &end, 10);
        if (end == list || row >= ROWS || (*end != ',' && *end != '\0'))
            return false;
        s->chosen[row] = s->chosen[bench_rows[row].against] = true;
    }
    return true;
}

static bool
take_arguments(int argc, char **argv, struct settings *s)
{
    *s = (struct settings){.runs = 5, .once = ROWS};
    for (size_t i = 0; i < ROWS; i++)
        s->chosen[i] = true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc)
            s->runs = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--jsonl") == 0 && i + 1 < argc)
            s->member = argv[++i];
        else if (strcmp(argv[i], "--json") == 0)
            s->json = true;
        else if (strcmp(argv[i], "--cpu") == 0)
            bench_clock = CLOCK_PROCESS_CPUTIME_ID;
        else if (strcmp(argv[i], "--once") == 0 && i + 1 < argc)
            s->once = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--rows") == 0 && i + 1 < argc) {
            if (!choose_rows(s, argv[++i]))
                return false;
        } else if (s->path == NULL && (argv[i][0] != '-' || argv[i][1] == '\0'))
            s->path = argv[i];
        else
            return false;
    }
    return s->path != NULL && s->runs > 0 && s->runs <= MOST_RUNS && s->once <= ROWS;
}

int
main(int argc, char **argv)
{
    struct settings s;
    struct bench_texts texts;

    if (!take_arguments(argc, argv, &s)) {
        (void)fputs("usage: bench_text [--runs N] [--cpu] [--rows N,N] [--once ROW] "
                    "[--jsonl MEMBER] [--json] FILE|-\n",
                    stderr);
        return 2;
    }
    if (!bench_texts_read(s.path, s.member, &texts))
        return 3;
    bool done = s.once < ROWS ? run_once(&s, &texts) : run_all(&s, &texts);
    bench_texts_free(&texts);
    return done ? 0 : 4;
}
