/*
 * files.c - from a CSV file to finished results, on two threads
 *
 * The texts are written to a CSV file before the clock starts: id, writer (ten texts
 * each), unit, assignment, text. Ours does what `analyse` does without term pairs,
 * inference and report: read, count, release through the gate, write a results folder
 * (SQLite, CSV, JSON). The reference reads the same file byte by byte, runs the reference
 * pipeline with NFC and sentences on one thread, and appends one row to SQLite for each
 * text (id, writer, unit, assignment) and for each stem that was seen ten times or more:
 * about the rows that our tables hold, and no gate. Both write to the same file system.
 */
#define _XOPEN_SOURCE 700
#include "rows.h"

#include <eftertanke.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXTS_PER_WRITER 10
#define LEAST_COUNT 10
#define PATH_SIZE 128

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void
put_quoted(FILE *f, eft_text text)
{
    (void)fputc('"', f);
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '"')
            (void)fputc('"', f);
        (void)fputc(text.bytes[i], f);
    }
    (void)fputc('"', f);
}

/* A folder of its own with the input in it. */
static bool
make_input(const struct bench_texts *texts, char folder[PATH_SIZE], char csv[PATH_SIZE])
{
    (void)snprintf(folder, PATH_SIZE, "/tmp/eftertanke-bench-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return false;
    (void)snprintf(csv, PATH_SIZE, "%s/in.csv", folder);
    FILE *f = fopen(csv, "w");
    if (f == NULL)
        return false;
    (void)fputs("id,writer,unit,assignment,text\n", f);
    for (size_t i = 0; i < texts->count; i++) {
        (void)fprintf(f, "t%zu,w%zu,enhet %zu,uppdrag %zu,", i, i / TEXTS_PER_WRITER,
                      i / TEXTS_PER_WRITER % 7, i % 5);
        put_quoted(f, texts->items[i]);
        (void)fputc('\n', f);
    }
    return fclose(f) == 0;
}

/* --------------------------------------------------------------------- reference */

struct csv {
    char *bytes;
    size_t size, at;
};

static bool
read_file(const char *path, struct csv *c)
{
    struct stat st;
    FILE *f = fopen(path, "rb");

    if (f == NULL || fstat(fileno(f), &st) != 0)
        return false;
    c->size = (size_t)st.st_size;
    c->at = 0;
    c->bytes = malloc(c->size + 1);
    bool done = c->bytes != NULL && fread(c->bytes, 1, c->size, f) == c->size;
    return fclose(f) == 0 && done;
}

/* The next cell, unquoted over itself. */
static eft_text
next_cell(struct csv *c)
{
    char *from = c->bytes + c->at, *to = from;
    bool quoted = false;

    for (; c->at < c->size; c->at++) {
        char b = c->bytes[c->at];
        if (b == '"') {
            if (quoted && c->at + 1 < c->size && c->bytes[c->at + 1] == '"')
                *to++ = c->bytes[c->at++];
            else
                quoted = !quoted;
        } else if (!quoted && (b == ',' || b == '\n')) {
            break;
        } else {
            *to++ = b;
        }
    }
    c->at++;
    return (eft_text){from, (size_t)(to - from)};
}

struct rows {
    sqlite3 *db;
    sqlite3_stmt *text, *stem;
};

static bool
open_rows(const char *path, struct rows *r)
{
    return sqlite3_open(path, &r->db) == SQLITE_OK &&
           sqlite3_exec(r->db,
                        "create table texts(id text, writer text, unit text, "
                        "assignment text);"
                        "create table stems(stem text, tokens integer); begin",
                        NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(r->db, "insert into texts values(?, ?, ?, ?)", -1, &r->text,
                              NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(r->db, "insert into stems values(?, ?)", -1, &r->stem,
                              NULL) == SQLITE_OK;
}

static bool
put_stem(void *user, const char *stem, size_t size, uint64_t n)
{
    struct rows *r = user;

    if (n < LEAST_COUNT)
        return true;
    return sqlite3_bind_text(r->stem, 1, stem, (int)size, SQLITE_STATIC) == SQLITE_OK &&
           sqlite3_bind_int64(r->stem, 2, (sqlite3_int64)n) == SQLITE_OK &&
           sqlite3_step(r->stem) == SQLITE_DONE && sqlite3_reset(r->stem) == SQLITE_OK;
}

static bool
put_text(struct rows *r, const eft_text cells[4])
{
    for (int i = 0; i < 4; i++)
        if (sqlite3_bind_text(r->text, i + 1, cells[i].bytes, (int)cells[i].size,
                              SQLITE_STATIC) != SQLITE_OK)
            return false;
    return sqlite3_step(r->text) == SQLITE_DONE && sqlite3_reset(r->text) == SQLITE_OK;
}

static bool
reference_rows(struct csv *c, struct rows *r, struct bench_texts *texts)
{
    for (int i = 0; i < 5; i++)
        (void)next_cell(c); /* header */
    while (c->at < c->size) {
        eft_text cells[4];
        for (int i = 0; i < 4; i++)
            cells[i] = next_cell(c);
        texts->items[texts->count++] = next_cell(c);
        if (!put_text(r, cells))
            return false;
    }
    return true;
}

static bool
run_reference(const char *csv, const char *folder, struct bench_texts *texts,
              struct bench_result *out)
{
    char path[PATH_SIZE];
    struct csv c;
    struct rows r;

    (void)snprintf(path, sizeof(path), "%.100s/rows.sqlite", folder);
    return read_file(csv, &c) && open_rows(path, &r) && reference_rows(&c, &r, texts) &&
           bench_reference_each(texts, true, put_stem, &r, out) &&
           sqlite3_exec(r.db, "commit", NULL, NULL, NULL) == SQLITE_OK &&
           sqlite3_finalize(r.text) == SQLITE_OK &&
           sqlite3_finalize(r.stem) == SQLITE_OK && sqlite3_close(r.db) == SQLITE_OK;
}

bool
bench_csv_reference(const struct bench_texts *texts, struct bench_result *out)
{
    char folder[PATH_SIZE], csv[PATH_SIZE];
    struct bench_texts own = {.items = malloc(texts->count * sizeof(eft_text))};

    bool made = own.items != NULL && make_input(texts, folder, csv);
    double start = bench_now();
    bool done = made && run_reference(csv, folder, &own, out);
    out->seconds = bench_now() - start;
    if (made)
        (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(own.items);
    return done && own.count == texts->count;
}

/* -------------------------------------------------------------------------- ours */

static eft_status
drop_line(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return EFT_OK;
}

static bool
run_ours(const char *csv, const char *folder, struct bench_result *out)
{
    char path[PATH_SIZE];
    const eft_input_options input = {
        .struct_size = sizeof(input), .paths = &csv, .path_count = 1, .threads = 2};
    const eft_release_options release = {.struct_size = sizeof(release),
                                         .flags = EFT_RELEASE_NO_PAIRS |
                                                  EFT_RELEASE_NO_INFERENCE};
    const eft_save_options save = {
        .struct_size = sizeof(save), .folder = path, .flags = EFT_SAVE_NO_REPORT};
    eft_context *context;
    eft_run_counts counts = {0};
    eft_tally *tally = NULL;
    eft_results *results = NULL;

    (void)snprintf(path, sizeof(path), "%.100s/results", folder);
    bool done = eft_context_new(NULL, &context, NULL) == EFT_OK &&
                eft_run_tally(context, NULL, &input, &tally, drop_line, NULL, &counts,
                              NULL) == EFT_OK;
    done = done && eft_tally_release(tally, &release, &results, NULL) == EFT_OK &&
           eft_save_results(context, tally, results, &save, NULL) == EFT_OK;
    out->sum = counts.counted;
    return done;
}

bool
bench_csv_results(const struct bench_texts *texts, struct bench_result *out)
{
    char folder[PATH_SIZE], csv[PATH_SIZE];

    if (!make_input(texts, folder, csv))
        return false;
    double start = bench_now();
    bool done = run_ours(csv, folder, out);
    out->seconds = bench_now() - start;
    (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return done && out->sum == texts->count;
}
