/*
 * review.c - a person looks at what waits: quotes and words, one by one
 *
 * The files are those of analyse --review. They hold words of people, so they are shown
 * on a terminal only and written back whole, mode 0600, after every answer.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --------------------------------------------------------------- approved quotes */

static int
bad_line(size_t line)
{
    fprintf(stderr,
            "eftertanke: the file of quotes, line %zu: expected "
            "{\"theme\", \"text\", \"approved\"}\n",
            line);
    return CLI_INPUT;
}

/* All lines of the file as one array; NULL after a message. */
static json_t *
read_quotes(const char *path, int *code)
{
    size_t size, number = 0;
    char *bytes = cli_read_file(path, "the file of quotes", &size);
    json_t *list = bytes == NULL ? NULL : json_array();

    *code = bytes == NULL ? CLI_INPUT : list == NULL ? CLI_INTERNAL : CLI_DONE;
    for (size_t at = 0; *code == CLI_DONE && at < size;) {
        const char *end = memchr(bytes + at, '\n', size - at);
        size_t n = end == NULL ? size - at : (size_t)(end - bytes) - at;
        number++;
        if (n > 0 && bytes[at] != '\r') {
            json_t *o = json_loadb(bytes + at, n, JSON_REJECT_DUPLICATES, NULL);
            bool risk = json_is_integer(json_object_get(o, "score")) &&
                        json_is_string(json_object_get(o, "id"));
            if (!risk && (!json_is_string(json_object_get(o, "theme")) ||
                          !json_is_string(json_object_get(o, "text")))) {
                json_decref(o);
                *code = bad_line(number);
                break;
            }
            if (json_array_append_new(list, o) != 0)
                *code = CLI_INTERNAL;
        }
        at += n + 1;
    }
    free(bytes);
    if (*code == CLI_DONE)
        return list;
    json_decref(list);
    return NULL;
}

static eft_text
text_of(const json_t *value)
{
    return (eft_text){json_string_value(value), json_string_length(value)};
}

int
cli_quotes_read(const char *path, struct cli_quotes *out)
{
    int code;
    size_t i;
    json_t *quote, *list = read_quotes(path, &code);

    *out = (struct cli_quotes){.root = list};
    if (list == NULL)
        return code;
    out->items = calloc(json_array_size(list) + 1, sizeof(*out->items));
    if (out->items == NULL) {
        cli_quotes_free(out);
        fprintf(stderr, "eftertanke: no memory for the quotes\n");
        return CLI_INTERNAL;
    }
    json_array_foreach(list, i, quote)
    {
        if (json_is_true(json_object_get(quote, "approved")))
            out->items[out->count++] =
                (eft_quote){text_of(json_object_get(quote, "theme")),
                            text_of(json_object_get(quote, "text"))};
    }
    if (out->count > 0)
        return CLI_DONE;
    cli_quotes_free(out);
    fprintf(stderr, "eftertanke: no quote in the file of --quotes is approved; see "
                    "eftertanke review --help\n");
    return CLI_USAGE;
}

void
cli_quotes_free(struct cli_quotes *q)
{
    free(q->items);
    json_decref(q->root);
    *q = (struct cli_quotes){0};
}

/* --------------------------------------------------------------------- asking */

/* What stands in the file, line by line or row by row, behind one face. */
struct review {
    const char *path;
    json_t *quotes;           /* quotes.jsonl, else NULL */
    char *bytes;              /* terms.tsv */
    char **rows;              /* its lines after the first */
    const char *decisions[3]; /* by enum answer: what is written for it */
    signed char *answers;     /* enum answer of each row */
    size_t count;
};
enum answer { OPEN, ALLOWED, REFUSED };

static bool
write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static bool
write_quotes(const struct review *r, int fd)
{
    bool ok = true;

    for (size_t i = 0; i < r->count && ok; i++) {
        char *line = json_dumps(json_array_get(r->quotes, i), JSON_COMPACT);
        ok = line != NULL && write_all(fd, line, strlen(line)) && write_all(fd, "\n", 1);
        free(line);
    }
    return ok;
}

static bool
write_terms(const struct review *r, int fd)
{
    static const char head[] = "term\twriters\treflections\twhy\tdecision\n";
    bool ok = write_all(fd, head, sizeof(head) - 1);

    for (size_t i = 0; i < r->count && ok; i++) {
        const char *decision = r->decisions[(int)r->answers[i]];
        ok = write_all(fd, r->rows[i], strlen(r->rows[i])) && write_all(fd, "\t", 1) &&
             write_all(fd, decision, strlen(decision)) && write_all(fd, "\n", 1);
    }
    return ok;
}

/* Whole or not at all: written beside and renamed. */
static int
save_review(const struct review *r)
{
    char unfinished[4200];
    int n = snprintf(unfinished, sizeof(unfinished), "%s.XXXXXX", r->path);
    int fd =
        n > 0 && (size_t)n < sizeof(unfinished) ? mkostemp(unfinished, O_CLOEXEC) : -1;
    bool ok = fd >= 0 && (r->quotes != NULL ? write_quotes(r, fd) : write_terms(r, fd)) &&
              fsync(fd) == 0;

    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    if (ok && rename(unfinished, r->path) == 0)
        return CLI_DONE;
    if (fd >= 0)
        (void)unlink(unfinished);
    fprintf(stderr, "eftertanke: the decision could not be written\n");
    return CLI_INPUT;
}

static void
set_answer(struct review *r, size_t i, enum answer a)
{
    r->answers[i] = (signed char)a;
    if (r->quotes != NULL)
        (void)json_object_set_new(json_array_get(r->quotes, i), "approved",
                                  a == OPEN      ? json_null()
                                  : a == ALLOWED ? json_true()
                                                 : json_false());
}

static void
show(const struct review *r, size_t i)
{
    printf("\n%zu of %zu", i + 1, r->count);
    if (r->quotes != NULL) {
        const json_t *quote = json_array_get(r->quotes, i);
        printf("  ");
        cli_put_text(stdout, text_of(json_object_get(quote, "theme")));
        printf("\n  ");
        cli_put_text(stdout, text_of(json_object_get(quote, "text")));
    } else {
        const char *row = r->rows[i];
        size_t word = strcspn(row, "\t");
        printf("  ");
        cli_put_text(stdout, (eft_text){row, word});
        printf("   (writers, reflections, why: ");
        cli_put_text(stdout, (eft_text){row + word, strlen(row + word)});
        printf(")");
    }
    printf("\nallow? [y/n/b/q/return] ");
    (void)fflush(stdout);
}

static int
ask_all(struct review *r)
{
    char line[64];
    size_t i = 0, allowed = 0;
    int code = CLI_DONE;

    while (i < r->count && r->answers[i] != OPEN)
        i++;
    while (i < r->count && code == CLI_DONE) {
        show(r, i);
        if (fgets(line, sizeof(line), stdin) == NULL || line[0] == 'q')
            break;
        if (line[0] == 'b') {
            i -= i > 0;
            continue;
        }
        if (line[0] == 'y' || line[0] == 'n' || line[0] == 'j') { /* j: ja */
            set_answer(r, i, line[0] == 'n' ? REFUSED : ALLOWED);
            code = save_review(r);
        } else if (line[0] != '\n') {
            continue;
        }
        i++;
    }
    for (size_t j = 0; j < r->count; j++)
        allowed += r->answers[j] == ALLOWED;
    printf("\n%zu of %zu are allowed\n", allowed, r->count);
    return code;
}

/* -------------------------------------------------------------------- opening */

/* Rows without their last column, which becomes the answer. */
static int
open_terms(struct review *r)
{
    size_t size, lines = 0;

    r->bytes = cli_read_file(r->path, "the file of the review", &size);
    if (r->bytes == NULL)
        return CLI_INPUT;
    for (size_t i = 0; i < size; i++)
        lines += r->bytes[i] == '\n';
    r->rows = calloc(lines + 2, sizeof(*r->rows));
    r->answers = calloc(lines + 2, 1);
    if (r->rows == NULL || r->answers == NULL) {
        fprintf(stderr, "eftertanke: no memory for the review\n");
        return CLI_INTERNAL;
    }
    char *save = NULL, *row = strtok_r(r->bytes, "\r\n", &save);
    if (row == NULL || strncmp(row, "term\twriters\t", 13) != 0) {
        fprintf(stderr, "eftertanke: expected review/quotes.jsonl or review/terms.tsv of "
                        "analyse --review\n");
        return CLI_INPUT;
    }
    while ((row = strtok_r(NULL, "\r\n", &save)) != NULL) {
        char *last = strrchr(row, '\t');
        if (last == NULL)
            continue;
        *last = '\0';
        r->rows[r->count] = row;
        r->answers[r->count++] = strcmp(last + 1, "allow") == 0    ? ALLOWED
                                 : strcmp(last + 1, "refuse") == 0 ? REFUSED
                                                                   : OPEN;
    }
    return CLI_DONE;
}

static int
open_quotes(struct review *r)
{
    int code;

    r->quotes = read_quotes(r->path, &code);
    if (r->quotes == NULL)
        return code;
    r->count = json_array_size(r->quotes);
    r->answers = calloc(r->count + 1, 1);
    if (r->answers == NULL)
        return CLI_INTERNAL;
    for (size_t i = 0; i < r->count; i++) {
        const json_t *a = json_object_get(json_array_get(r->quotes, i), "approved");
        r->answers[i] = json_is_true(a) ? ALLOWED : json_is_false(a) ? REFUSED : OPEN;
    }
    return CLI_DONE;
}

static bool
begins_with_brace(const char *path)
{
    char first = '\0';
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd >= 0) {
        if (read(fd, &first, 1) != 1)
            first = '\0';
        (void)close(fd);
    }
    return first == '{';
}

/* review/risks.jsonl: to be read, not decided. */
static bool
are_risks(const json_t *list)
{
    return json_object_get(json_array_get(list, 0), "score") != NULL;
}

static void
show_risks(const json_t *list)
{
    const json_t *one, *reason;
    size_t i, k;

    json_array_foreach(list, i, one)
    {
        cli_put_text(stdout, text_of(json_object_get(one, "id")));
        printf("\t%lld\t", (long long)json_integer_value(json_object_get(one, "score")));
        json_array_foreach(json_object_get(one, "reasons"), k, reason)
        {
            printf(k == 0 ? "" : ", ");
            cli_put_text(stdout, text_of(reason));
        }
        putchar('\n');
    }
    printf("\n%zu texts point at somebody without a name; from 40 on none is quoted\n",
           json_array_size(list));
}

int
cli_review(const struct cli *c)
{
    struct review r = {.decisions = {"", "allow", "refuse"}};

    if (c->path_count != 1) {
        fprintf(stderr, "eftertanke: as in eftertanke review "
                        "resultat/review/quotes.jsonl\n");
        return CLI_USAGE;
    }
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        fprintf(stderr,
                "eftertanke: a review shows people's words: on a terminal only\n");
        return CLI_USAGE;
    }
    r.path = c->paths[0];
    int code = begins_with_brace(r.path) ? open_quotes(&r) : open_terms(&r);
    if (code == CLI_DONE && are_risks(r.quotes))
        show_risks(r.quotes);
    else if (code == CLI_DONE)
        code = ask_all(&r);
    json_decref(r.quotes);
    free(r.bytes);
    free(r.rows);
    free(r.answers);
    return code;
}
