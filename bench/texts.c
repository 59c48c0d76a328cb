/*
 * texts.c - a file of texts in memory: lines, or one member of JSON Lines
 */
#include "texts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
read_all(const char *path, size_t *size)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    size_t room = 1 << 20, n = 0;
    char *all = malloc(room);

    if (f == NULL || all == NULL) {
        free(all);
        return NULL;
    }
    for (size_t got; (got = fread(all + n, 1, room - n, f)) > 0;) {
        n += got;
        if (n == room) {
            char *more = realloc(all, room *= 2);
            if (more == NULL) {
                free(all);
                return NULL;
            }
            all = more;
        }
    }
    if (f != stdin)
        (void)fclose(f);
    *size = n;
    return all;
}

/* The text of one line, written over the line itself (JSON is never shorter). */
static size_t
take_member(char *line, size_t size, const char *member)
{
    json_t *row = json_loadb(line, size, 0, NULL);
    const json_t *value = json_object_get(row, member);
    size_t n = json_string_length(value);

    if (json_is_string(value) && n <= size)
        memcpy(line, json_string_value(value), n);
    else
        n = 0;
    json_decref(row);
    return n;
}

bool
bench_texts_read(const char *path, const char *member, struct bench_texts *out)
{
    size_t size, room = 0;

    memset(out, 0, sizeof(*out));
    out->buffer = read_all(path, &size);
    if (out->buffer == NULL) {
        (void)fputs("bench: the file cannot be read\n", stderr);
        return false;
    }
    for (size_t at = 0; at < size;) {
        char *line = out->buffer + at;
        char *lf = memchr(line, '\n', size - at);
        size_t n = lf == NULL ? size - at : (size_t)(lf - line);
        at += n + 1;
        if (member != NULL)
            n = take_member(line, n, member);
        if (n == 0)
            continue;
        if (out->count == room) {
            room = room == 0 ? 1024 : room * 2;
            eft_text *more = realloc(out->items, room * sizeof(*more));
            if (more == NULL) {
                bench_texts_free(out);
                return false;
            }
            out->items = more;
        }
        out->items[out->count++] = (eft_text){line, n};
        out->bytes += n;
    }
    if (out->count == 0) {
        (void)fputs("bench: no text in the file (--jsonl MEMBER for JSON Lines)\n",
                    stderr);
        bench_texts_free(out);
        return false;
    }
    return true;
}

void
bench_texts_free(struct bench_texts *texts)
{
    free(texts->items);
    free(texts->buffer);
    memset(texts, 0, sizeof(*texts));
}
