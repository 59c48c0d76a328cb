/*
 * log.c - what was released, kept so that a later release can be held against it
 *
 * Two releases of nearly the same reflections tell by their difference what neither tells
 * alone (rule 8.8). The log holds for each release what it takes to find that out:
 * which reflections were in it and every cell that was shown. JSON Lines, one release a
 * line:
 *
 *     {"release":1,"date":"2026-11-22","fingerprint":"…","k":5,"audience":"internal",
 *      "writer_column":true,
 *      "settings":"lexicon karna …\n…","feeling":[1,5],"facets":["kön"],
 *      "records":432,"keys":["00ab…", …],
 *      "cells":[["themes",["oro","any"],84,41], …],
 *      "rows":[["themes",17,[[1,"oro",…], …]], …],
 *      "stood":[["pair","ledning, oro",7], …]}
 *
 * A cell is table, values of its key columns, reflections (or sentences), writers; null
 * where the row is shown but that number is not. `rows` are whole tables: name, number of
 * columns, and the rows that are shown, which begin with the release that they are from
 * (log_read.c); also rows that an earlier line has and this release left out, so that the
 * last line of a corpus has all that was told of it (hold.c). `stood`: how many writers
 * had a sentence for a pair or community; no sentence. `records` counts all records, with
 * key or without, so that a reader knows whether keys are complete.
 *
 * The log names terms and labels that are public anyhow, and who was in which release, so
 * it is 0600. Its folder must be there, as that of every output: a name misspelt would
 * begin a log that knows of nothing. It is locked while a line is appended. A
 * line is there whole or not at all: one write, fsync, and the file is cut back if either
 * fails. What a killed process left behind its last newline is no release and is cut off
 * before the next one.
 */
#include "release/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ------------------------------------------------------------------ the line */

/* Columns label_... say the same as a key, and so does `label` beside `term` where terms
 * are the rows. */
static bool
is_key_column(const eft_table *t, size_t column)
{
    const char *name = eft_table_column_name(t, column);

    if (eft_table_column_type(t, column) != EFT_TYPE_TEXT ||
        strncmp(name, "label_", 6) == 0 || strcmp(name, "as_of") == 0)
        return false;
    return strcmp(name, "label") != 0 || eft_table_column_find(t, "term") == SIZE_MAX ||
           eft_table_column_find(t, "label_term") != SIZE_MAX;
}

static void
log_number(struct efti_bytes *b, const eft_table *t, size_t row, size_t column)
{
    if (eft_table_missing(t, row, column))
        efti_put_text(b, "null");
    else
        efti_put_i64(b, eft_table_integer(t, row, column));
}

static void
log_cells(struct efti_bytes *b, const eft_table *t, bool *first)
{
    size_t shown = eft_table_column_find(t, "shown");
    size_t count = eft_table_column_find(t, "reflections");
    size_t writers = eft_table_column_find(t, "writers");

    if (count == SIZE_MAX)
        count = eft_table_column_find(t, "o11");
    if (count == SIZE_MAX || writers == SIZE_MAX)
        return; /* says nothing of reflections that other tables do not */
    for (size_t r = 0; r < eft_table_rows(t); r++) {
        if (shown != SIZE_MAX && eft_table_integer(t, r, shown) != 1)
            continue;
        efti_put_text(b, *first ? "[" : ",[");
        *first = false;
        efti_put_json(b, eft_table_name(t), strlen(eft_table_name(t)));
        efti_put_text(b, ",[");
        bool first_key = true;
        for (size_t c = 0; c < eft_table_columns(t); c++) {
            if (!is_key_column(t, c))
                continue;
            eft_text key = eft_table_text(t, r, c);
            if (!first_key)
                efti_put_char(b, ',');
            efti_put_json(b, key.bytes, key.size);
            first_key = false;
        }
        efti_put_text(b, "],");
        log_number(b, t, r, count);
        efti_put_char(b, ',');
        log_number(b, t, r, writers);
        efti_put_char(b, ']');
    }
}

static void
log_settings(struct efti_bytes *b, const struct efti_tally_settings *s)
{
    efti_put_text(b, ",\"settings\":");
    efti_put_json(b, s->fingerprints.bytes, s->fingerprints.size);
    efti_put_text(b, ",\"feeling\":[");
    efti_put_double(b, s->feeling_low);
    efti_put_char(b, ',');
    efti_put_double(b, s->feeling_high);
    efti_put_text(b, "],\"facets\":[");
    for (uint32_t i = 0; i < s->facet_count; i++) {
        if (i > 0)
            efti_put_char(b, ',');
        efti_put_json(b, s->facet_names[i].bytes, s->facet_names[i].size);
    }
    efti_put_char(b, ']');
}

static void
log_keys(struct efti_bytes *b, const struct efti_frozen *f)
{
    char hex[2 * EFTI_ID_SIZE + 1];
    bool first = true;

    efti_put_text(b, ",\"records\":");
    efti_put_u64(b, f->record_count);
    efti_put_text(b, ",\"keys\":[");
    for (uint32_t i = 0; i < f->record_count; i++) {
        if (!f->records[i].has_key)
            continue;
        efti_hex(f->records[i].key.b, EFTI_ID_SIZE, hex);
        efti_put_text(b, first ? "\"" : ",\"");
        efti_put_text(b, hex);
        efti_put_char(b, '"');
        first = false;
    }
    efti_put_char(b, ']');
}

/* The day in Greenwich: `as_of` is to say which release, not which hour. */
static void
put_today(struct efti_bytes *b)
{
    char day[16] = "";
    time_t now = time(NULL);
    struct tm tm;

    if (gmtime_r(&now, &tm) != NULL)
        (void)strftime(day, sizeof(day), "%Y-%m-%d", &tm);
    efti_put_text(b, day);
}

static void
log_value(struct efti_bytes *b, const eft_table *t, size_t row, size_t column)
{
    eft_text text;

    if (eft_table_missing(t, row, column)) {
        efti_put_text(b, "null");
        return;
    }
    switch (eft_table_column_type(t, column)) {
    case EFT_TYPE_INTEGER: efti_put_i64(b, eft_table_integer(t, row, column)); break;
    case EFT_TYPE_REAL: efti_put_double(b, eft_table_real(t, row, column)); break;
    case EFT_TYPE_TEXT:
    default:
        text = eft_table_text(t, row, column);
        efti_put_json(b, text.bytes, text.size);
    }
}

static void
log_rows(struct efti_bytes *b, const eft_table *t, uint64_t number, bool first_row)
{
    size_t shown = eft_table_column_find(t, "shown");

    for (size_t r = 0; r < eft_table_rows(t); r++) {
        uint64_t from = efti_table_release(t, r);
        if (shown != SIZE_MAX && eft_table_integer(t, r, shown) != 1)
            continue;
        efti_put_text(b, first_row ? "[" : ",[");
        first_row = false;
        efti_put_u64(b, from > 0 ? from : number);
        for (size_t c = 0; c < eft_table_columns(t); c++) {
            efti_put_char(b, ',');
            log_value(b, t, r, c);
        }
        efti_put_char(b, ']');
    }
}

/* No sentence outlives its release; and what follows from other tables follows anew. */
static bool
outlives_release(const eft_table *t)
{
    enum efti_table_id id = efti_table_id_of(t);

    return id != EFTI_TABLE_QUOTES && id != EFTI_TABLE_REPRESENTATIVES &&
           id != EFTI_TABLE_PROMPTS && id != EFTI_TABLE_COMMUNITIES &&
           id != EFTI_TABLE_TOPICS;
}

/* `carried`: rows of the same table that this release does not tell, or NULL. */
static void
log_table(struct efti_bytes *b, const eft_table *t, const eft_table *carried,
          uint64_t number, bool first)
{
    efti_put_text(b, first ? "[" : ",[");
    efti_put_json(b, eft_table_name(t), strlen(eft_table_name(t)));
    efti_put_char(b, ',');
    efti_put_u64(b, eft_table_columns(t));
    efti_put_text(b, ",[");
    size_t before = b->size;
    log_rows(b, t, number, true);
    if (carried != NULL)
        log_rows(b, carried, number, b->size == before);
    efti_put_text(b, "]]");
}

static const eft_table *
carried_of(const struct eft_results *r, const eft_table *t)
{
    return r->carried == NULL ? NULL : eft_results_find(r->carried, eft_table_name(t));
}

static void
log_tables(struct efti_bytes *b, const struct eft_results *r, uint64_t number)
{
    bool first = true;

    for (size_t i = 0; i < eft_results_count(r); i++) {
        const eft_table *t = eft_results_table(r, i);
        if (!outlives_release(t))
            continue;
        log_table(b, t, carried_of(r, t), number, first);
        first = false;
    }
    for (size_t i = 0; r->carried != NULL && i < eft_results_count(r->carried); i++) {
        const eft_table *t = eft_results_table(r->carried, i);
        if (eft_results_find(r, eft_table_name(t)) != NULL)
            continue;
        log_table(b, t, NULL, number, first);
        first = false;
    }
}

static void
log_stood_one(struct efti_bytes *b, const struct efti_stood *s, bool first)
{
    efti_put_text(b, first ? "[" : ",[");
    efti_put_json(b, s->kind.bytes, s->kind.size);
    efti_put_char(b, ',');
    efti_put_json(b, s->name.bytes, s->name.size);
    efti_put_char(b, ',');
    efti_put_u64(b, s->writers);
    efti_put_char(b, ']');
}

/* What this release says of sentences that stand for something, and what the last line of
 * the corpus says of all else. */
static void
log_stood(struct efti_bytes *b, const struct eft_results *r)
{
    size_t written = 0;

    for (size_t i = 0; i < r->stood.count; i++)
        log_stood_one(b, &r->stood.items[i], written++ == 0);
    for (size_t i = 0; i < r->stood_before.count; i++) {
        const struct efti_stood *s = &r->stood_before.items[i];
        bool again = false;
        for (size_t k = 0; k < r->stood.count && !again; k++) {
            const struct efti_stood *t = &r->stood.items[k];
            again =
                efti_equal(s->kind.bytes, s->kind.size, t->kind.bytes, t->kind.size) &&
                efti_equal(s->name.bytes, s->name.size, t->name.bytes, t->name.size);
        }
        if (!again)
            log_stood_one(b, s, written++ == 0);
    }
}

static void
log_line(struct efti_bytes *b, const struct efti_frozen *f, const struct eft_results *r,
         uint64_t number)
{
    bool first = true;

    efti_put_text(b, "{\"release\":");
    efti_put_u64(b, number);
    efti_put_text(b, ",\"date\":\"");
    put_today(b);
    efti_put_char(b, '"');
    efti_put_text(b, ",\"fingerprint\":");
    efti_put_json(b, r->fingerprint, strlen(r->fingerprint));
    efti_put_text(b, ",\"k\":");
    efti_put_u64(b, r->k);
    efti_put_text(b, r->external ? ",\"audience\":\"external\""
                                 : ",\"audience\":\"internal\"");
    efti_put_text(b, r->writer_column ? ",\"writer_column\":true"
                                      : ",\"writer_column\":false");
    log_settings(b, &f->settings);
    log_keys(b, f);
    efti_put_text(b, ",\"cells\":[");
    for (size_t i = 0; i < eft_results_count(r); i++) {
        if (outlives_release(eft_results_table(r, i)))
            log_cells(b, eft_results_table(r, i), &first);
    }
    efti_put_text(b, "],\"rows\":[");
    log_tables(b, r, number);
    efti_put_text(b, "],\"stood\":[");
    log_stood(b, r);
    efti_put_text(b, "]}\n");
}

/* ------------------------------------------------------------------ the file */

eft_status
efti_log_refused(eft_error *err)
{
    const char *why = "";

    if (errno == ENOSPC || errno == EDQUOT)
        why = ": the disk is full";
    else if (errno == ENOENT || errno == ENOTDIR)
        why = ": the folder it should lie in is not there";
    else if (errno == EACCES || errno == EPERM || errno == EROFS)
        why = ": you may not write there";
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     "the release log could not be written%s; nothing was released", why);
}

int
efti_log_open(const char *path)
{
    struct stat st;
    /* not a pipe or device that would block or swallow the line */
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || fchmod(fd, 0600) != 0) {
        (void)close(fd);
        return -1;
    }
    int locked;
    do
        locked = flock(fd, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

/* Whole lines so far, and where the last one ends. */
bool
efti_log_lines(int fd, uint64_t *lines, off_t *end)
{
    char buffer[4096];
    off_t at = 0;

    *lines = 0;
    *end = 0;
    for (;;) {
        ssize_t n = pread(fd, buffer, sizeof(buffer), at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        for (ssize_t i = 0; i < n; i++) {
            if (buffer[i] == '\n') {
                (*lines)++;
                *end = at + i + 1;
            }
        }
        at += n;
    }
}

static void
cut_back(int fd, off_t end)
{
    int why = errno;

    if (ftruncate(fd, end) == 0)
        (void)fsync(fd);
    errno = why;
}

bool
efti_log_put(int fd, const struct efti_bytes *b, off_t end)
{
    ssize_t n;

    if (ftruncate(fd, end) != 0)
        return false;
    do
        n = pwrite(fd, b->data, b->size, end);
    while (n < 0 && errno == EINTR);
    if (n >= 0 && (size_t)n == b->size && fsync(fd) == 0)
        return true;
    if (n >= 0 && (size_t)n < b->size)
        errno = ENOSPC;
    cut_back(fd, end);
    return false;
}

eft_status
efti_release_log_append(const eft_allocator *mem, const char *path,
                        const struct efti_frozen *f, const struct eft_results *results,
                        uint64_t *number, eft_error *err)
{
    struct efti_bytes b;
    uint64_t lines = 0;
    off_t end = 0;
    eft_status st = EFT_OK;

    *number = 0;
    int fd = efti_log_open(path);
    if (fd < 0)
        return efti_log_refused(err);
    efti_bytes_init(&b, mem);
    if (!efti_log_lines(fd, &lines, &end))
        st = efti_log_refused(err);
    else if (results->log_read && lines != results->log_lines)
        st = efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                       "another release was logged meanwhile: release again");
    if (st == EFT_OK) {
        log_line(&b, f, results, lines + 1);
        if (b.failed)
            st = efti_no_memory(err, "a line of the release log");
    }
    if (st == EFT_OK && !efti_log_put(fd, &b, end))
        st = efti_log_refused(err);
    efti_bytes_free(&b);
    (void)close(fd); /* and with it the lock */
    if (st == EFT_OK)
        *number = lines + 1;
    return st;
}
