/*
 * own_lists.c - the user's own lists: --allow, --deny, --roster, --categories
 *
 * One entry a line, "CATEGORY<TAB>words"; what follows # is a remark. Without a category
 * a line of --roster is a person, one of --deny too, and one of --allow a word that may
 * be shown. A line that cannot be used is told by its number, never quoted.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* The next line of `bytes` without remark and blanks at its ends; false: no more. */
static bool
next_line(const char *bytes, size_t size, size_t *at, eft_text *out)
{
    if (*at >= size)
        return false;
    const char *newline = memchr(bytes + *at, '\n', size - *at);
    size_t to = newline == NULL ? size : (size_t)(newline - bytes);
    eft_text line = {bytes + *at, to - *at};

    *at = to + 1;
    const char *remark = memchr(line.bytes, '#', line.size);
    if (remark != NULL)
        line.size = (size_t)(remark - line.bytes);
    while (line.size > 0 && (unsigned char)line.bytes[line.size - 1] <= ' ')
        line.size--;
    while (line.size > 0 && (unsigned char)line.bytes[0] <= ' ') {
        line.bytes++;
        line.size--;
    }
    *out = line;
    return true;
}

static size_t
skip_mark(const char *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static size_t
count_lines(const char *bytes, size_t size)
{
    size_t n = 2;

    for (size_t i = 0; i < size; i++)
        n += bytes[i] == '\n';
    return n;
}

/* "PLACE<TAB>Solgården" in place: the tab becomes the end of the category. */
static bool
split_line(eft_text line, eft_listed *out)
{
    char *tab = memchr(line.bytes, '\t', line.size);

    if (tab == NULL)
        return false;
    size_t from = (size_t)(tab - line.bytes) + 1;
    while (from < line.size && (unsigned char)line.bytes[from] <= ' ')
        from++;
    *tab = '\0';
    *out = (eft_listed){line.bytes, {line.bytes + from, line.size - from}};
    return true;
}

static int
out_of_memory(void)
{
    fprintf(stderr, "eftertanke: no memory for the lists\n");
    return CLI_INTERNAL;
}

/* --------------------------------------------------------- --deny, --roster */

int
cli_read_deny(const char *path, struct cli_plan *p)
{
    size_t size;
    eft_text line;

    p->deny_bytes = cli_read_file(path, "the file of --deny", &size);
    if (p->deny_bytes == NULL)
        return CLI_INPUT;
    p->deny = calloc(count_lines(p->deny_bytes, size), sizeof(*p->deny));
    if (p->deny == NULL)
        return out_of_memory();
    for (size_t at = skip_mark(p->deny_bytes, size);
         next_line(p->deny_bytes, size, &at, &line);) {
        eft_listed *item = &p->deny[p->options.deny_count];
        if (line.size == 0)
            continue;
        if (!split_line(line, item))
            *item = (eft_listed){"PERSON", line};
        p->options.deny_count++;
    }
    p->options.deny = p->deny;
    return CLI_DONE;
}

/* People, and units behind "ORG<TAB>". */
int
cli_read_roster(const char *path, struct cli_plan *p)
{
    size_t size, lines;
    eft_text line;

    p->roster_bytes = cli_read_file(path, "the file of --roster", &size);
    if (p->roster_bytes == NULL)
        return CLI_INPUT;
    lines = count_lines(p->roster_bytes, size);
    p->roster = calloc(lines, sizeof(*p->roster));
    p->units = calloc(lines, sizeof(*p->units));
    if (p->roster == NULL || p->units == NULL)
        return out_of_memory();
    for (size_t at = skip_mark(p->roster_bytes, size), number = 1;
         next_line(p->roster_bytes, size, &at, &line); number++) {
        eft_listed item = {"PERSON", line};
        if (line.size == 0)
            continue;
        (void)split_line(line, &item);
        if (strcmp(item.category, "ORG") == 0) {
            p->units[p->options.unit_count++] = item.text;
        } else if (strcmp(item.category, "PERSON") == 0) {
            p->roster[p->options.roster_count++] = item.text;
        } else {
            fprintf(stderr,
                    "eftertanke: the file of --roster, line %zu: PERSON or ORG was "
                    "expected before the tab\n",
                    number);
            return CLI_USAGE;
        }
    }
    p->options.roster = p->roster;
    p->options.units = p->units;
    return CLI_DONE;
}

/* ------------------------------------------------------------------ --allow */

/* The term of a row of review/terms.tsv that a person allowed; empty: any other row. */
static eft_text
allowed_term(eft_text row)
{
    static const char decision[] = "\tallow";
    const size_t n = sizeof(decision) - 1;

    if (row.size <= n || memcmp(row.bytes + row.size - n, decision, n) != 0)
        return (eft_text){row.bytes, 0};
    const char *tab = memchr(row.bytes, '\t', row.size);
    return (eft_text){row.bytes, (size_t)(tab - row.bytes)};
}

/* Is this review/terms.tsv? What stands before its tabs is no category. */
static bool
is_review(const char *bytes, size_t size)
{
    static const char head[] = "term\twriters\t";

    return size > sizeof(head) && memcmp(bytes, head, sizeof(head) - 1) == 0;
}

/* A line of one's own: a word that may be shown, or what is left as a category. Words
 * are looked up one by one, so several without a category would do nothing. */
static int
take_allowed(struct cli_plan *p, eft_text line, size_t number)
{
    if (split_line(line, &p->allow_spans[p->options.allow_span_count])) {
        p->options.allow_span_count++;
        return CLI_DONE;
    }
    if (memchr(line.bytes, ' ', line.size) != NULL) {
        fprintf(stderr,
                "eftertanke: the file of --allow, line %zu: several words need a "
                "category and a tab before them, as in PLACE<TAB>Norra Berget\n",
                number);
        return CLI_USAGE;
    }
    p->allow[p->options.allow_count++] = line;
    return CLI_DONE;
}

int
cli_read_allow(const char *path, struct cli_plan *p)
{
    size_t size, lines;
    eft_text line;
    int code = CLI_DONE;

    p->allow_bytes = cli_read_file(path, "the file of --allow", &size);
    if (p->allow_bytes == NULL)
        return CLI_INPUT;
    lines = count_lines(p->allow_bytes, size);
    p->allow = calloc(lines, sizeof(*p->allow));
    p->allow_spans = calloc(lines, sizeof(*p->allow_spans));
    if (p->allow == NULL || p->allow_spans == NULL)
        return out_of_memory();
    size_t at = skip_mark(p->allow_bytes, size);
    const bool review = is_review(p->allow_bytes + at, size - at);
    for (size_t number = 1;
         code == CLI_DONE && next_line(p->allow_bytes, size, &at, &line); number++) {
        if (review)
            line = allowed_term(line);
        if (review && line.size > 0)
            p->allow[p->options.allow_count++] = line;
        else if (line.size > 0)
            code = take_allowed(p, line, number);
    }
    p->options.allow = p->allow;
    p->options.allow_spans = p->allow_spans;
    return code;
}

/* ------------------------------------------------------------- --categories */

/* "-DATE,-AGE" */
int
cli_read_categories(const char *list, struct cli_plan *p)
{
    size_t n = strlen(list), at = 0;

    if (n >= sizeof(p->off_text)) {
        fprintf(stderr, "eftertanke: --categories is too long\n");
        return CLI_USAGE;
    }
    memcpy(p->off_text, list, n + 1);
    while (at < n) {
        char *name = p->off_text + at, *comma = strchr(name, ',');
        size_t end = comma == NULL ? n : (size_t)(comma - p->off_text);

        p->off_text[end] = '\0';
        if (name[0] != '-' ||
            p->options.category_off_count == sizeof(p->off) / sizeof(p->off[0])) {
            fprintf(stderr, "eftertanke: --categories names what is left alone, as in "
                            "--categories -DATE,-AGE\n");
            return CLI_USAGE;
        }
        p->off[p->options.category_off_count++] = name + 1;
        at = end + 1;
    }
    p->options.categories_off = p->off;
    return CLI_DONE;
}
