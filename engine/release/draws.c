/*
 * draws.c - perturbed counts are drawn once, and kept beside the release log
 *
 * Noise protects only while there is one draw of it: the mean of many draws is the truth.
 * So `<log>.private` (mode 0600) keeps each draw, one a line,
 *
 *     draw 1 <fingerprint of the corpus> <method> <amount> <hash of the themes> <n> v v v
 *
 * and the same question about the same texts gets the same answer from there. It is
 * written before anybody sees the counts: a draw that cannot be kept is none.
 *
 *     rounded, noise       one release per log: two of overlapping texts would be
 *                          subtracted from each other
 *     laplace, gaussian    draws add up: rho of all of them together (zero-concentrated
 *                          differential privacy, Bun and Steinke 2016; epsilon of a
 *                          Laplace draw is epsilon^2 / 2) stays within the budget
 */
#include "release/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define DRAW_SUFFIX ".private"
#define MOST_VALUES 4096u

struct draw_file {
    const eft_allocator *mem;
    char *path;
    size_t path_size;
    int fd;
    struct efti_bytes text; /* whole lines, each ended by NUL */
    uint64_t lines;
    off_t end;
};

static eft_status
draws_open(struct draw_file *f, const char *log, eft_error *err)
{
    size_t size = strlen(log);

    efti_bytes_init(&f->text, f->mem);
    f->fd = -1;
    f->path_size = size + sizeof(DRAW_SUFFIX);
    f->path = efti_alloc(f->mem, f->path_size);
    if (f->path == NULL)
        return efti_no_memory(err, "the path of the release log");
    memcpy(f->path, log, size);
    memcpy(f->path + size, DRAW_SUFFIX, sizeof(DRAW_SUFFIX));
    return EFT_OK;
}

static eft_status
draws_read(struct draw_file *f, eft_error *err)
{
    char buffer[4096];
    off_t at = 0;

    f->fd = efti_log_open(f->path);
    if (f->fd < 0 || !efti_log_lines(f->fd, &f->lines, &f->end))
        return efti_log_refused(err);
    while (at < f->end) {
        ssize_t n = pread(f->fd, buffer, sizeof(buffer), at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return efti_log_refused(err);
        if (at + n > f->end)
            n = (ssize_t)(f->end - at);
        efti_put(&f->text, buffer, (size_t)n);
        at += n;
    }
    for (size_t i = 0; i < f->text.size; i++) {
        if (f->text.data[i] == '\n')
            f->text.data[i] = '\0';
    }
    return f->text.failed ? efti_no_memory(err, "the release log") : EFT_OK;
}

static void
draws_close(struct draw_file *f)
{
    if (f->fd >= 0)
        (void)close(f->fd); /* and with it the lock */
    efti_bytes_free(&f->text);
    efti_release(f->mem, f->path, f->path_size);
}

/* ------------------------------------------------------------------- one line */

struct draw_line {
    char corpus[65], themes[17];
    uint32_t method, amount, count;
    const char *values;
};

/* A word of at most size - 1 bytes, and the blank behind it. */
static bool
take_word(const char **at, char *out, size_t size)
{
    size_t n = strcspn(*at, " ");

    if (n == 0 || n >= size)
        return false;
    memcpy(out, *at, n);
    out[n] = '\0';
    *at += n + ((*at)[n] == ' ');
    return true;
}

static bool
take_count(const char **at, uint32_t *out)
{
    char word[12], *end;

    if (!take_word(at, word, sizeof(word)) || word[0] < '0' || word[0] > '9')
        return false;
    unsigned long long value = strtoull(word, &end, 10);
    *out = (uint32_t)value;
    return *end == '\0' && value <= UINT32_MAX;
}

static bool
draw_parse(const char *line, struct draw_line *out)
{
    static const char kind[] = "draw 1 ";

    if (strncmp(line, kind, sizeof(kind) - 1) != 0)
        return false;
    line += sizeof(kind) - 1;
    bool good = take_word(&line, out->corpus, sizeof(out->corpus)) &&
                take_count(&line, &out->method) && take_count(&line, &out->amount) &&
                take_word(&line, out->themes, sizeof(out->themes)) &&
                take_count(&line, &out->count) && out->count <= MOST_VALUES &&
                out->method <= EFTI_PROTECT_GAUSSIAN;
    out->values = line;
    return good;
}

static bool
is_private(uint32_t method)
{
    return method == EFTI_PROTECT_LAPLACE || method == EFTI_PROTECT_GAUSSIAN;
}

/* What a draw costs, in halves of a millionth of rho: whole for both mechanisms. Amounts
 * are thousandths, of epsilon, whose rho is epsilon^2 / 2, or of rho itself. */
#define PARTS_OF_A_THOUSANDTH 2000u
static uint64_t
cost_of(uint32_t method, uint32_t amount)
{
    return method == EFTI_PROTECT_LAPLACE ? (uint64_t)amount * amount
                                          : (uint64_t)amount * PARTS_OF_A_THOUSANDTH;
}

/* In thousandths of rho, rounded up: a budget that is said to do does. */
static uint64_t
thousandths_of(uint64_t cost)
{
    return (cost + PARTS_OF_A_THOUSANDTH - 1) / PARTS_OF_A_THOUSANDTH;
}

static eft_status
take_values(const struct draw_file *f, const struct draw_line *line,
            struct release_draw *d, eft_error *err)
{
    const char *at = line->values;

    d->values.count = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        char *next;
        long long value = strtoll(at, &next, 10);
        if (next == at)
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "a line of the private release log is damaged");
        if (!EFTI_PUSH(f->mem, &d->values))
            return efti_no_memory(err, "the perturbed counts");
        d->values.items[i] = value;
        at = next;
    }
    return EFT_OK;
}

static eft_status
draw_write(struct draw_file *f, const struct release_draw *d, eft_error *err)
{
    struct efti_bytes b;
    eft_status st = EFT_OK;

    efti_bytes_init(&b, f->mem);
    efti_put_text(&b, "draw 1 ");
    efti_put_text(&b, d->corpus);
    efti_put_char(&b, ' ');
    efti_put_u64(&b, d->method);
    efti_put_char(&b, ' ');
    efti_put_u64(&b, d->amount);
    efti_put_char(&b, ' ');
    efti_put_text(&b, d->themes);
    efti_put_char(&b, ' ');
    efti_put_u64(&b, d->values.count);
    for (size_t i = 0; i < d->values.count; i++) {
        efti_put_char(&b, ' ');
        efti_put_i64(&b, d->values.items[i]);
    }
    efti_put_char(&b, '\n');
    if (b.failed)
        st = efti_no_memory(err, "a line of the release log");
    else if (!efti_log_put(f->fd, &b, f->end))
        st = efti_log_refused(err);
    efti_bytes_free(&b);
    return st;
}

/* ------------------------------------------------------------------- decisions */

static bool
is_same_draw(const struct draw_line *line, const struct release_draw *d)
{
    return strcmp(line->corpus, d->corpus) == 0 && line->method == d->method &&
           line->amount == d->amount && strcmp(line->themes, d->themes) == 0;
}

/* What was spent is no secret: it is how often somebody asked. */
static eft_status
within_budget(const struct release_draw *d, uint64_t spent, eft_error *err)
{
    uint64_t cost = cost_of(d->method, d->amount);

    if (spent + cost <= (uint64_t)d->budget * PARTS_OF_A_THOUSANDTH)
        return EFT_END;
    uint64_t of_this = thousandths_of(cost), before = thousandths_of(spent),
             needed = thousandths_of(spent + cost);
    return efti_fail(
        err, EFT_E_REFUSED, EFT_NO_OFFSET,
        "the privacy budget of this log does not reach: earlier draws have used rho "
        "%llu.%03llu of %u.%03u, and this one needs %llu.%03llu. The same counts as "
        "before cost nothing; a budget of %llu.%03llu would do, and protect less",
        (unsigned long long)before / 1000, (unsigned long long)before % 1000,
        d->budget / 1000, d->budget % 1000, (unsigned long long)of_this / 1000,
        (unsigned long long)of_this % 1000, (unsigned long long)needed / 1000,
        (unsigned long long)needed % 1000);
}

/* EFT_OK: found, values taken. EFT_END: may be drawn. */
static eft_status
look_back(const struct draw_file *f, struct release_draw *d, eft_error *err)
{
    uint64_t spent = 0;
    struct draw_line line;

    for (size_t at = 0; at < f->text.size; at += strlen(f->text.data + at) + 1) {
        if (!draw_parse(f->text.data + at, &line))
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "a line of the private release log is damaged");
        if (is_same_draw(&line, d))
            return take_values(f, &line, d, err);
        if (!is_private(d->method) || !is_private(line.method))
            return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                             "other counts were perturbed under this log before; two "
                             "such releases can be subtracted from each other");
        spent += cost_of(line.method, line.amount);
    }
    return is_private(d->method) ? within_budget(d, spent, err) : EFT_END;
}

eft_status
efti_draw_once(const eft_allocator *mem, const char *log, struct release_draw *d,
               release_make_draw make, void *user, eft_error *err)
{
    struct draw_file f = {.mem = mem};
    eft_status st = draws_open(&f, log, err);

    if (st == EFT_OK)
        st = draws_read(&f, err);
    if (st == EFT_OK)
        st = look_back(&f, d, err);
    if (st == EFT_END && (st = make(user, d, err)) == EFT_OK)
        st = draw_write(&f, d, err);
    draws_close(&f);
    return st;
}

eft_status
efti_draws_none(const eft_allocator *mem, const char *log, eft_error *err)
{
    struct draw_file f = {.mem = mem};
    eft_status st = draws_open(&f, log, err);

    if (st == EFT_OK && access(f.path, F_OK) == 0) {
        st = draws_read(&f, err);
        if (st == EFT_OK && f.lines > 0)
            st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                           "perturbed counts were released under this log: exact tables "
                           "beside them would undo it; name another log for other "
                           "texts");
    }
    draws_close(&f);
    return st;
}
