/*
 * json.c - jansson, asked so that short memory does not pass for bad data
 *
 * jansson 2.14 does not say when malloc failed it. Where a growing string could not grow
 * it goes on without the byte, and gives out a shorter text or number; elsewhere it
 * answers that the JSON is wrong. Either would change what is counted, silently. Its
 * allocator can be replaced for the whole process only, which a library must not do. So:
 *
 *   - before a parse, room for its longest string, grown by doubling, is taken and given
 *     back. Where the quote that closes a string finds no room, 2.14 reads and writes
 *     beyond it; nobody but jansson can mend that (the fault test spares its calls)
 *   - a document that it refuses is asked about again, after making sure that there was
 *     room: a block of the size that a parse can need is taken and given back
 *   - a document that it accepts is weighed: the bytes of all strings, decoded, by number
 *     and sum, once as they stand in the document and once as they came out. A lost byte
 *     makes it lighter. Numbers of up to 14 characters fit the buffer that jansson starts
 *     with; a document with longer ones is parsed twice and the two compared.
 */
#include "read/json.h"

#include "text/unicode.h"

#define SHORT_NUMBER 14

struct weight {
    uint64_t bytes, sum;
    bool long_number;
};

/* ------------------------------------------------------- as the document says */

static unsigned
hex_value(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static uint32_t
code_unit(const char *digits)
{
    uint32_t unit = 0;

    for (int i = 0; i < 4; i++)
        unit = unit << 4 | hex_value(digits[i]);
    return unit;
}

static void
weigh_code_point(struct weight *w, uint32_t c)
{
    char utf8[4];
    size_t n = efti_utf8_put(c, utf8);

    w->bytes += n;
    for (size_t i = 0; i < n; i++)
        w->sum += (unsigned char)utf8[i];
}

/* `at` is behind a backslash; jansson has checked that what follows is an escape. */
static size_t
weigh_escape(struct weight *w, eft_text doc, size_t at)
{
    static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
    const char *known = strchr(names, doc.bytes[at]);

    if (doc.bytes[at] != 'u' || doc.size - at < 5) {
        w->bytes++;
        w->sum += (unsigned char)(known == NULL ? doc.bytes[at] : values[known - names]);
        return at + 1;
    }
    uint32_t c = code_unit(doc.bytes + at + 1);
    at += 5;
    if (c >= 0xD800 && c < 0xDC00 && doc.size - at >= 6) {
        c = 0x10000 + ((c - 0xD800) << 10) + (code_unit(doc.bytes + at + 2) - 0xDC00);
        at += 6;
    }
    weigh_code_point(w, c);
    return at;
}

static size_t
weigh_string(struct weight *w, eft_text doc, size_t at)
{
    while (at < doc.size && doc.bytes[at] != '"') {
        if (doc.bytes[at] == '\\' && doc.size - at > 1) {
            at = weigh_escape(w, doc, at + 1);
        } else {
            w->bytes++;
            w->sum += (unsigned char)doc.bytes[at++];
        }
    }
    return at + 1;
}

static struct weight
weight_of_document(eft_text doc)
{
    struct weight w = {0};
    size_t digits = 0;

    for (size_t at = 0; at < doc.size;) {
        if (doc.bytes[at] == '"') {
            digits = 0;
            at = weigh_string(&w, doc, at + 1);
            continue;
        }
        digits = memchr("0123456789+-.eE", doc.bytes[at++], 15) != NULL ? digits + 1 : 0;
        w.long_number |= digits > SHORT_NUMBER;
    }
    return w;
}

/* -------------------------------------------------------------- as it came out */

static void
weigh_bytes(struct weight *w, const char *bytes, size_t size)
{
    w->bytes += size;
    for (size_t i = 0; i < size; i++)
        w->sum += (unsigned char)bytes[i];
}

/* As deep as jansson lets a document be: 2048. */
static void
weigh_value(struct weight *w, json_t *value) // NOLINT(misc-no-recursion): bounded
{
    const char *key;
    json_t *part;
    size_t i;

    if (json_is_string(value)) {
        weigh_bytes(w, json_string_value(value), json_string_length(value));
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, part) weigh_value(w, part);
    } else if (json_is_object(value)) {
        json_object_foreach(value, key, part)
        {
            weigh_bytes(w, key, strlen(key));
            weigh_value(w, part);
        }
    }
}

static bool
came_out_whole(eft_text doc, size_t flags, json_t *value)
{
    struct weight in = weight_of_document(doc), out = {0};
    json_error_t problem;

    weigh_value(&out, value);
    if (in.bytes != out.bytes || in.sum != out.sum)
        return false;
    if (!in.long_number)
        return true;
    json_t *again = json_loadb(doc.bytes, doc.size, flags, &problem);
    bool same = again != NULL && json_equal(value, again);
    json_decref(again);
    return same;
}

/* ---------------------------------------------------------------------- parsing */

/* Text takes up to three times its bytes while it grows; documents of nothing but empty
 * lists take more, and are not what is read here. */
static bool
has_room(size_t bytes, size_t times)
{
    size_t need = 0;
    void *block = efti_mul(bytes, times, &need) ? efti_alloc(&efti_malloc, need) : NULL;

    efti_release(&efti_malloc, block, need);
    return block != NULL;
}

eft_status
efti_json_parse(eft_text bytes, size_t flags, json_t **out, struct efti_json_fault *fault,
                eft_error *err)
{
    json_error_t problem = {0};

    *out = NULL;
    if (!has_room(bytes.size + 128, 2))
        return efti_no_memory(err, "a JSON line");
    *out = json_loadb(bytes.bytes, bytes.size, flags, &problem);
    if (*out == NULL) {
        if (json_error_code(&problem) == json_error_out_of_memory ||
            !has_room(bytes.size + 8192, 8))
            return efti_no_memory(err, "a JSON line");
        *out = json_loadb(bytes.bytes, bytes.size, flags, &problem);
    }
    if (fault != NULL)
        *fault = (struct efti_json_fault){problem.line, problem.column};
    if (*out == NULL || came_out_whole(bytes, flags, *out))
        return EFT_OK;
    json_decref(*out);
    *out = NULL;
    return efti_no_memory(err, "a JSON line");
}
