/*
 * json_where.c - where in its document a value stands
 *
 * jansson does not remember. Who finds a value that will not do asks here, once, for the
 * byte to name in a message:
 *
 *     {"themes": [{"id": "oro"}, {"id": 7}]}        themes, 1, "id"  ->  byte 34
 *
 * The document was parsed before, so brackets and quotes are known to match; what is
 * skipped is not looked into. Names are compared as they are written: one with an escape
 * is not found, and then its object is what is told.
 */
#include "read/json.h"

static size_t
skip_blanks(eft_text doc, size_t at)
{
    while (at < doc.size && memchr(" \t\r\n,:", doc.bytes[at], 6) != NULL)
        at++;
    return at;
}

/* From a quote to behind the one that closes. */
static size_t
skip_string(eft_text doc, size_t at)
{
    for (at++; at < doc.size && doc.bytes[at] != '"'; at++)
        at += doc.bytes[at] == '\\';
    return at < doc.size ? at + 1 : doc.size;
}

static size_t
skip_value(eft_text doc, size_t at)
{
    size_t depth = 0;

    while (at < doc.size) {
        const char c = doc.bytes[at];
        if (depth == 0 && memchr(",]} \t\r\n", c, 7) != NULL)
            break;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        at = c == '"' ? skip_string(doc, at) : at + 1;
        if (depth == 0 && (c == '"' || c == '}' || c == ']'))
            break;
    }
    return at;
}

static bool
is_named(eft_text doc, size_t at, size_t end, const char *name)
{
    return end - at >= 2 &&
           efti_equal(doc.bytes + at + 1, end - at - 2, name, strlen(name));
}

/* One step into the list or object at `at`; false: it has no such value. */
static bool
step_into(eft_text doc, size_t *at, const struct efti_json_step *step)
{
    const bool object = step->key != NULL;
    size_t next = *at;

    if (next >= doc.size || doc.bytes[next] != (object ? '{' : '['))
        return false;
    next = skip_blanks(doc, next + 1);
    for (size_t i = 0; next < doc.size && doc.bytes[next] != ']'; i++) {
        bool here = !object && i == step->index;
        if (object) {
            if (doc.bytes[next] != '"')
                return false;
            size_t end = skip_string(doc, next);
            here = is_named(doc, next, end, step->key);
            next = skip_blanks(doc, end);
        }
        if (here) {
            *at = next;
            return true;
        }
        next = skip_blanks(doc, skip_value(doc, next));
    }
    return false;
}

size_t
efti_json_where(eft_text doc, const struct efti_json_step *steps, size_t count)
{
    size_t at = skip_blanks(doc, 0);

    for (size_t i = 0; i < count && step_into(doc, &at, &steps[i]); i++) {
    }
    return at;
}

size_t
efti_json_line(eft_text doc, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at && i < doc.size; i++)
        line += doc.bytes[i] == '\n';
    return line;
}
