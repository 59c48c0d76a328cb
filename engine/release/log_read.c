/*
 * log_read.c - the release log, read back
 *
 * A log is lines that log.c wrote, so this reader knows them: a JSON object of one level
 * whose members are numbers, texts, or arrays. Anything else is EFT_E_FORMAT, and nothing
 * is released beside a log that cannot be read. What a killed process left behind the
 * last newline is no release.
 *
 * The members that matter are release, date, records, keys and rows:
 *
 *     "rows":[["themes",[[1,"oro","Oro",null,…,0.25],…]],…]
 *
 * The first value of a row is the number of the release that it is from; then the columns
 * of the schema. Of the last line of the corpus all rows are kept in mind, of those
 * before it the rows that tables together are held against (increments.c,
 * feelings_tags.c). A table of another shape (an older engine) is left out: its rows
 * cannot be kept, so they will be hidden where keeping is called for.
 */
#include "release/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

struct log_line {
    const char *at, *end;
    bool bad, no_memory;
    uint64_t number;        /* from 1 */
    uint64_t records, keys; /* that it says it has; that stand in it */
    bool shared;            /* one of the keys is of this corpus */
    bool rows;              /* they were taken */
};
struct log_reader {
    struct efti_history *h;
    const struct efti_frozen *f;
    EFTI_ARRAY(uint32_t) by_key; /* records with a key, by key */
    struct efti_bytes text;      /* a string, unescaped */
    struct efti_bytes seen;      /* lines of this corpus */
    EFTI_ARRAY(struct efti_log_day) dates;
};

/* ------------------------------------------------------------------ values */

static bool
next_is(struct log_line *l, char c)
{
    if (l->bad || l->at == l->end || *l->at != c)
        return false;
    l->at++;
    return true;
}

static void
must_be(struct log_line *l, char c)
{
    if (!next_is(l, c))
        l->bad = true;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \uXXXX: efti_put_json() writes it for controls and U+2028, U+2029. */
static void
take_escape(struct log_line *l, struct efti_bytes *out)
{
    static const char plain[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    unsigned code = 0;

    if (l->at == l->end) {
        l->bad = true;
        return;
    }
    char c = *l->at++;
    const char *found = strchr(plain, c);
    if (c != '\0' && found != NULL) {
        efti_put_char(out, means[found - plain]);
        return;
    }
    for (int i = 0; i < 4; i++) {
        int digit = c == 'u' && l->at < l->end ? hex_digit(*l->at) : -1;
        if (digit < 0) {
            l->bad = true;
            return;
        }
        code = code * 16 + (unsigned)digit;
        l->at++;
    }
    if (code < 0x80) {
        efti_put_char(out, (char)code);
    } else if (code < 0x800) {
        efti_put_char(out, (char)(0xC0 | code >> 6));
        efti_put_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        efti_put_char(out, (char)(0xE0 | code >> 12));
        efti_put_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
        efti_put_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

static void
take_string(struct log_line *l, struct efti_bytes *out)
{
    efti_bytes_clear(out);
    must_be(l, '"');
    while (!l->bad && !next_is(l, '"')) {
        if (l->at == l->end)
            l->bad = true;
        else if (next_is(l, '\\'))
            take_escape(l, out);
        else
            efti_put_char(out, *l->at++);
    }
    efti_put_char(out, '\0');
    out->size -= !out->failed;
    if (out->failed)
        l->bad = l->no_memory = true;
}

/* A number as efti_put_double() prints it; no locale decides what a point is. */
static double
take_number(struct log_line *l)
{
    bool minus = next_is(l, '-'), point = false, any = false;
    double value = 0;
    int exponent = 0, given = 0;

    for (; !l->bad && l->at < l->end; l->at++) {
        if (*l->at == '.' && !point) {
            point = true;
            continue;
        }
        if (*l->at < '0' || *l->at > '9')
            break;
        value = value * 10 + (*l->at - '0');
        exponent -= point;
        any = true;
    }
    if (next_is(l, 'e')) {
        bool down = next_is(l, '-');
        if (!down)
            (void)next_is(l, '+');
        for (; l->at < l->end && *l->at >= '0' && *l->at <= '9' && given < 1000; l->at++)
            given = given * 10 + (*l->at - '0');
        exponent += down ? -given : given;
    }
    if (!any)
        l->bad = true;
    value = exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
    return minus ? -value : value;
}

static void
skip_value(struct log_line *l, struct efti_bytes *scratch)
{
    unsigned depth = 0;

    do {
        if (l->at == l->end) {
            l->bad = true;
        } else if (*l->at == '"') {
            take_string(l, scratch);
        } else {
            depth += *l->at == '[' || *l->at == '{';
            if (*l->at == ']' || *l->at == '}') {
                l->bad = l->bad || depth == 0;
                depth -= depth > 0;
            }
            l->at++;
        }
    } while (!l->bad && (depth > 0 || (l->at < l->end && *l->at != ',' && *l->at != '}' &&
                                       *l->at != ']')));
}

/* -------------------------------------------------------------------- members */

static int
by_record_key(const void *a, const void *b, void *user)
{
    const struct efti_frozen *f = user;
    const uint32_t *x = a, *y = b;

    return efti_id_compare(&f->records[*x].key, &f->records[*y].key);
}

static void
see_key(struct log_reader *r, struct log_line *l, const char *hex)
{
    struct efti_id id;
    size_t low = 0, high = r->by_key.count;

    for (size_t i = 0; i < EFTI_ID_SIZE; i++)
        id.b[i] = (unsigned char)(hex_digit(hex[2 * i]) * 16 + hex_digit(hex[2 * i + 1]));
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        uint32_t record = r->by_key.items[mid];
        int c = efti_id_compare(&r->f->records[record].key, &id);
        if (c == 0) {
            l->shared = true;
            if (r->h->first_seen[record] > l->number)
                r->h->first_seen[record] = l->number;
            return;
        }
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
}

static uint64_t
take_keys(struct log_reader *r, struct log_line *l)
{
    uint64_t count = 0;

    must_be(l, '[');
    if (next_is(l, ']'))
        return 0;
    do {
        take_string(l, &r->text);
        if (r->text.size != 2 * EFTI_ID_SIZE)
            l->bad = true;
        for (size_t i = 0; !l->bad && i < r->text.size; i++)
            l->bad = hex_digit(r->text.data[i]) < 0;
        if (!l->bad && !r->text.failed)
            see_key(r, l, r->text.data);
        count++;
    } while (next_is(l, ','));
    must_be(l, ']');
    return count;
}

/* The schema of a table by its name; facets have names of their own. */
static int
schema_of(const char *name)
{
    if (strncmp(name, "themes_by_", 10) == 0)
        return EFTI_TABLE_THEMES_BY_FACET;
    if (strncmp(name, "keyness_by_", 11) == 0)
        return EFTI_TABLE_KEYNESS_BY_FACET;
    for (int i = 0; i < EFTI_TABLE_COUNT; i++) {
        if (strcmp(efti_schema[i].name, name) == 0)
            return i;
    }
    return -1;
}

static eft_status
take_row(struct log_reader *r, struct log_line *l, struct eft_table *t, eft_error *err)
{
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    must_be(l, '[');
    efti_table_set_release(t, (uint64_t)take_number(l));
    for (size_t c = 0; c < eft_table_columns(t) && !l->bad; c++) {
        const char *name = eft_table_column_name(t, c);
        must_be(l, ',');
        if (l->end - l->at >= 4 && memcmp(l->at, "null", 4) == 0) {
            l->at += 4;
            continue;
        }
        if (eft_table_column_type(t, c) == EFT_TYPE_TEXT) {
            take_string(l, &r->text);
            if (r->text.failed)
                return efti_no_memory(err, "the release log");
            if (!l->bad)
                efti_table_set_text(t, name, (eft_text){r->text.data, r->text.size});
        } else if (eft_table_column_type(t, c) == EFT_TYPE_INTEGER) {
            efti_table_set_integer(t, name, (int64_t)take_number(l));
        } else {
            efti_table_set_real(t, name, take_number(l));
        }
    }
    must_be(l, ']');
    return EFT_OK;
}

/* Rows of the log are shown ones. */
static eft_status
note_filters(struct log_reader *r, const struct eft_table *t, eft_error *err)
{
    size_t column = eft_table_column_find(t, "filter");

    for (size_t i = 0; i < eft_table_rows(t); i++) {
        eft_text filter = eft_table_text(t, i, column);
        if (efti_strings_add(r->h->filters, filter.bytes, filter.size, NULL) ==
            EFTI_NOT_FOUND)
            return efti_no_memory(err, "the release log");
    }
    return EFT_OK;
}

static bool
is_held_together(enum efti_table_id id)
{
    return id == EFTI_TABLE_THEMES_BY_FACET || id == EFTI_TABLE_ASSIGNMENT_THEMES ||
           id == EFTI_TABLE_TREND || id == EFTI_TABLE_FEELING_BY_TAG ||
           id == EFTI_TABLE_FEELING_BY_ASSIGNMENT;
}

/* ["name",columns,[row,…]] */
static eft_status
take_table(struct log_reader *r, struct log_line *l, eft_error *err)
{
    struct eft_table *t = NULL;
    eft_status st = EFT_OK;

    must_be(l, '[');
    take_string(l, &r->text);
    if (r->text.failed)
        return efti_no_memory(err, "the release log");
    int id = l->bad ? -1 : schema_of(r->text.data);
    must_be(l, ',');
    double columns = take_number(l);
    must_be(l, ',');
    if (l->bad || id < 0 || columns != (double)efti_schema[id].column_count) {
        r->h->unreadable = true;
        r->h->told_lost =
            r->h->told_lost || (id >= 0 && is_held_together((enum efti_table_id)id));
        skip_value(l, &r->text);
        must_be(l, ']');
        return EFT_OK;
    }
    st = efti_results_add(r->h->results, (enum efti_table_id)id, r->text.data, &t, err);
    must_be(l, '[');
    if (!next_is(l, ']')) {
        while (st == EFT_OK && !l->bad) {
            st = take_row(r, l, t, err);
            if (!next_is(l, ','))
                break;
        }
        must_be(l, ']');
    }
    must_be(l, ']');
    if (st == EFT_OK && !l->bad && id == EFTI_TABLE_THEMES_WHERE)
        st = note_filters(r, t, err);
    return st == EFT_OK ? efti_table_done(t, err) : st;
}

/* What the line in hand told anew, before another takes its place; `all`: whatever it
 * has. */
static eft_status
remember_told(struct efti_history *h, bool all, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; h->results != NULL && i < h->results->tables.count; i++) {
        const struct eft_table *t = h->results->tables.items[i];
        struct eft_table *to = NULL;
        if (!is_held_together(efti_table_id_of(t)))
            continue;
        st = efti_results_add(h->told, efti_table_id_of(t), eft_table_name(t), &to, err);
        for (size_t row = 0; row < eft_table_rows(t) && st == EFT_OK; row++) {
            if (all || efti_table_release(t, row) == h->last)
                st = efti_table_copy_row(to, t, row, 0, err);
        }
        if (st == EFT_OK)
            st = efti_table_done(to, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static eft_status
take_rows(struct log_reader *r, struct log_line *l, eft_error *err)
{
    eft_status st = remember_told(r->h, false, err);

    eft_results_free(r->h->results);
    r->h->results = NULL;
    if (st != EFT_OK)
        return st;
    r->h->unreadable = false;
    if ((st = efti_results_new(r->h->mem, &r->h->results, err)) != EFT_OK)
        return st;
    must_be(l, '[');
    if (next_is(l, ']'))
        return EFT_OK;
    do
        st = take_table(r, l, err);
    while (st == EFT_OK && next_is(l, ','));
    must_be(l, ']');
    return st;
}

/* [["pair","ledning, oro",7],…], behind the rows */
static eft_status
take_stood(struct log_reader *r, struct log_line *l, eft_error *err)
{
    eft_status st = EFT_OK;

    must_be(l, '[');
    if (next_is(l, ']'))
        return EFT_OK;
    do {
        struct efti_bytes name;
        efti_bytes_init(&name, r->h->mem);
        must_be(l, '[');
        take_string(l, &r->text);
        must_be(l, ',');
        take_string(l, &name);
        must_be(l, ',');
        double writers = take_number(l);
        must_be(l, ']');
        const struct efti_stood s = {
            .kind = {r->text.data, r->text.size},
            .name = {name.data, name.size},
            .writers = writers >= 0 && writers <= UINT32_MAX ? (uint32_t)writers : 0};
        if (r->text.failed || name.failed)
            st = efti_no_memory(err, "the release log");
        else if (!l->bad)
            st = efti_results_stood(r->h->results, false, &s, err);
        efti_bytes_free(&name);
    } while (st == EFT_OK && !l->bad && next_is(l, ','));
    must_be(l, ']');
    return st;
}

/* ---------------------------------------------------------------------- lines */

static eft_status
damaged(uint64_t line, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "line %llu of the release log is damaged: nothing is released "
                     "beside a log that cannot be read",
                     (unsigned long long)line);
}

/* The member whose name was just read: its value. */
static eft_status
take_log_member(struct log_reader *r, struct log_line *l, const char *name,
                eft_error *err)
{
    struct efti_log_day *day = &r->dates.items[l->number - 1];

    if (strcmp(name, "records") == 0) {
        l->records = (uint64_t)take_number(l);
    } else if (strcmp(name, "k") == 0) {
        double k = take_number(l);
        day->k = k >= 0 && k <= UINT32_MAX ? (uint32_t)k : 0;
    } else if (strcmp(name, "keys") == 0) {
        l->keys = take_keys(r, l);
    } else if (strcmp(name, "date") == 0) {
        take_string(l, &r->text);
        if (r->text.size == 10)
            memcpy(day->text, r->text.data, 10);
    } else if (strcmp(name, "rows") == 0 && l->shared) {
        l->rows = true;
        return take_rows(r, l, err);
    } else if (strcmp(name, "stood") == 0 && l->rows && r->h->results != NULL) {
        return take_stood(r, l, err);
    } else {
        skip_value(l, &r->text);
    }
    return EFT_OK;
}

/* A release of texts that are in this corpus too. */
static eft_status
note_release(struct log_reader *r, const struct log_line *l, const char *bytes,
             size_t size, eft_error *err)
{
    struct efti_history *h = r->h;

    h->earlier++;
    h->k = efti_history_k(h, r->dates.items[l->number - 1].k);
    h->unreadable = h->unreadable || !l->rows;
    h->told_lost = h->told_lost || !l->rows;
    h->last = l->number;
    efti_put(&r->seen, bytes, size);
    return r->seen.failed ? efti_no_memory(err, "the release log") : EFT_OK;
}

static eft_status
take_line(struct log_reader *r, const char *bytes, size_t size, eft_error *err)
{
    struct log_line l = {.at = bytes, .end = bytes + size, .number = ++r->h->lines};
    char name[16];
    eft_status st = EFT_OK;

    if (!EFTI_PUSH(r->h->mem, &r->dates))
        return efti_no_memory(err, "the release log");
    r->dates.items[l.number - 1] = (struct efti_log_day){.text = ""};
    must_be(&l, '{');
    while (st == EFT_OK && !l.bad) {
        take_string(&l, &r->text);
        if (r->text.failed)
            return efti_no_memory(err, "the release log");
        (void)memset(name, 0, sizeof(name));
        memcpy(name, r->text.data, r->text.size < 15 ? r->text.size : 15);
        must_be(&l, ':');
        st = take_log_member(r, &l, name, err);
        if (!next_is(&l, ','))
            break;
    }
    must_be(&l, '}');
    if (st == EFT_OK && l.no_memory)
        return efti_no_memory(err, "the release log");
    if (st == EFT_OK && (l.bad || l.at != l.end))
        return damaged(l.number, err);
    r->h->complete = r->h->complete && l.keys == l.records;
    return st == EFT_OK && l.shared ? note_release(r, &l, bytes, size, err) : st;
}

static eft_status
read_whole(const char *path, struct efti_bytes *out, eft_error *err)
{
    char buffer[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = 0;

    if (fd < 0 && errno == ENOENT)
        return EFT_OK;
    while (fd >= 0 && !out->failed) {
        n = read(fd, buffer, sizeof(buffer));
        if (n == 0 || (n < 0 && errno != EINTR))
            break;
        if (n > 0)
            efti_put(out, buffer, (size_t)n);
    }
    if (fd >= 0)
        (void)close(fd);
    if (fd < 0 || n < 0)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the release log could not be read; nothing was released");
    return out->failed ? efti_no_memory(err, "the release log") : EFT_OK;
}

static eft_status
prepare_reader(struct log_reader *r, eft_error *err)
{
    const struct efti_frozen *f = r->f;
    struct efti_history *h = r->h;

    h->first_seen = efti_zalloc(h->mem, f->record_count, sizeof(*h->first_seen));
    h->record_count = h->first_seen == NULL ? 0 : f->record_count;
    if (h->first_seen == NULL || !EFTI_ARRAY_RESERVE(h->mem, &r->by_key, f->record_count))
        return efti_no_memory(err, "the release log");
    h->complete = true;
    for (uint32_t i = 0; i < f->record_count; i++) {
        h->first_seen[i] = UINT64_MAX;
        h->complete = h->complete && f->records[i].has_key;
        if (f->records[i].has_key)
            r->by_key.items[r->by_key.count++] = i;
    }
    struct efti_frozen view = *f; /* the sort hands a pointer that is not const */
    efti_sort(r->by_key.items, r->by_key.count, sizeof(*r->by_key.items), by_record_key,
              &view);
    return EFT_OK;
}

static eft_status
find_same(struct efti_history *h, eft_error *err)
{
    size_t count = (size_t)h->lines + 1;

    h->same_as = efti_zalloc(h->mem, count, sizeof(*h->same_as));
    if (h->same_as == NULL)
        return efti_no_memory(err, "the release log");
    h->same_as_count = count;
    for (size_t i = 0; i < h->record_count; i++) {
        if (h->first_seen[i] < count)
            h->same_as[h->first_seen[i]] = h->first_seen[i];
    }
    for (size_t n = 1; n < count; n++)
        h->same_as[n] = h->same_as[n] == 0 ? h->same_as[n - 1] : n;
    return EFT_OK;
}

eft_status
efti_history_read(const eft_allocator *mem, const char *path, const struct efti_frozen *f,
                  struct efti_history *out, eft_error *err)
{
    struct log_reader r = {.h = out, .f = f};
    struct efti_bytes file;
    unsigned char sum[32];

    *out = (struct efti_history){.mem = mem};
    efti_bytes_init(&file, mem);
    efti_bytes_init(&r.text, mem);
    efti_bytes_init(&r.seen, mem);
    eft_status st = efti_strings_new(mem, &out->filters, err);
    if (st == EFT_OK)
        st = efti_results_new(mem, &out->told, err);
    if (st == EFT_OK)
        st = read_whole(path, &file, err);
    if (st == EFT_OK)
        st = prepare_reader(&r, err);
    for (size_t at = 0; st == EFT_OK && at < file.size;) {
        const char *end = memchr(file.data + at, '\n', file.size - at);
        if (end == NULL)
            break;
        size_t size = (size_t)(end - file.data) - at;
        st = take_line(&r, file.data + at, size, err);
        at += size + 1;
    }
    if (st == EFT_OK)
        st = remember_told(out, true, err);
    if (st == EFT_OK)
        st = find_same(out, err);
    if (st == EFT_OK && out->earlier > 0) {
        efti_sha256(r.seen.data, r.seen.size, sum);
        efti_hex(sum, sizeof(sum), out->fingerprint);
    }
    out->dates = r.dates.items;
    out->date_room = r.dates.capacity;
    efti_bytes_free(&file);
    efti_bytes_free(&r.text);
    efti_bytes_free(&r.seen);
    EFTI_ARRAY_FREE(mem, &r.by_key);
    return st;
}

void
efti_history_free(struct efti_history *h)
{
    if (h->mem == NULL)
        return;
    efti_release(h->mem, h->first_seen, h->record_count * sizeof(*h->first_seen));
    efti_release(h->mem, h->dates, h->date_room * sizeof(*h->dates));
    efti_release(h->mem, h->same_as, h->same_as_count * sizeof(*h->same_as));
    eft_results_free(h->results);
    eft_results_free(h->told);
    efti_strings_free(h->filters);
    *h = (struct efti_history){0};
}
