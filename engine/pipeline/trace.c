/*
 * trace.c - from a number of a table to the texts behind it
 *
 * working.sqlite says which reflections a cell counts and where in them; with the veiled
 * texts (veiled.jsonl, a line for each reflection, in the same order) they can be read on
 * the spot. The two files are read side by side, and the texts are needed only then.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"
#include "export/export.h"
#include "read/json.h"
#include "store/working.h"

EFTI_PIN_SIZE(eft_trace_options, 40);

#define MOST_CONDITIONS 8

struct tracing {
    eft_write_fn write;
    void *user;
    bool veiled;
    struct efti_bytes texts; /* the lines of veiled.jsonl */
    size_t at;               /* in it */
    struct efti_bytes line;
};

/* The next line of veiled.jsonl; empty: there is none. */
static eft_text
next_line(struct tracing *t)
{
    const char *from = t->texts.data + t->at;
    size_t left = t->texts.size - t->at;
    const char *end = left == 0 ? NULL : memchr(from, '\n', left);

    if (end == NULL)
        return (eft_text){NULL, 0};
    t->at += (size_t)(end - from) + 1;
    return (eft_text){from, (size_t)(end - from)};
}

/* ,"text":"..." of that reflection behind the line. */
static eft_status
put_traced_text(struct tracing *t, uint64_t reflection, eft_error *err)
{
    eft_text line;

    while ((line = next_line(t)).size > 0) {
        json_t *root = NULL;
        eft_status st = efti_json_parse(line, JSON_REJECT_DUPLICATES, &root, NULL, err);
        if (st != EFT_OK)
            return st;
        const json_t *number = json_object_get(root, "reflection");
        const json_t *text = json_object_get(root, "text");
        bool here = json_is_integer(number) && json_is_string(text) &&
                    json_integer_value(number) == (json_int_t)reflection;
        if (here) {
            efti_put_text(&t->line, ",\"text\":");
            efti_put_json(&t->line, json_string_value(text), json_string_length(text));
        }
        json_decref(root);
        if (here)
            return EFT_OK;
    }
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "veiled.jsonl does not go with working.sqlite");
}

static eft_status
write_traced(void *user, uint64_t reflection, uint64_t writer, eft_text id, eft_text hits,
             eft_error *err)
{
    struct tracing *t = user;
    eft_status st = EFT_OK;

    efti_bytes_clear(&t->line);
    efti_put_text(&t->line, "{\"reflection\":");
    efti_put_u64(&t->line, reflection);
    efti_put_text(&t->line, ",\"id\":");
    efti_put(&t->line, id.bytes, id.size);
    efti_put_text(&t->line, ",\"writer\":");
    efti_put_u64(&t->line, writer);
    efti_put_text(&t->line, ",\"hits\":");
    efti_put(&t->line, hits.bytes, hits.size);
    if (t->veiled)
        st = put_traced_text(t, reflection, err);
    efti_put_text(&t->line, "}\n");
    if (st == EFT_OK && t->line.failed)
        st = efti_no_memory(err, "the lines");
    if (st != EFT_OK)
        return st;
    st = t->write(t->user, t->line.data, t->line.size);
    if (st != EFT_OK && st != EFT_STOP)
        return efti_fail(err, st, EFT_NO_OFFSET, "the output could not be written");
    return st;
}

static eft_status
read_veiled(struct tracing *t, const eft_allocator *mem, const char *folder,
            eft_error *err)
{
    struct efti_bytes path;
    eft_status st = efti_path_in(mem, folder, "veiled.jsonl", &path, err);

    if (st == EFT_OK)
        st = efti_file_get(path.data, &t->texts, err);
    efti_bytes_free(&path);
    if (st != EFT_OK && st != EFT_E_NOMEM)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "there is no veiled.jsonl that can be read: analyse with --veiled "
                       "makes one");
    return st;
}

/* "theme=oro" */
static eft_status
split_condition(eft_text text, struct efti_working_condition *out, eft_error *err)
{
    const char *eq = text.size == 0 ? NULL : memchr(text.bytes, '=', text.size);

    if (eq == NULL || eq == text.bytes)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a condition is written key=value, as in theme=oro");
    size_t n = (size_t)(eq - text.bytes);
    *out = (struct efti_working_condition){{text.bytes, n}, {eq + 1, text.size - n - 1}};
    return EFT_OK;
}

static eft_status
check_trace(const eft_trace_options *o, eft_error *err)
{
    if ((o->flags & ~(uint32_t)EFT_TRACE_VEILED) != 0 || o->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown flag in the options");
    if (o->table == NULL)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no table was named");
    if (o->where == NULL && o->where_count > 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a list of the options is NULL and has a count");
    if (o->where_count > MOST_CONDITIONS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d conditions",
                         MOST_CONDITIONS);
    return EFT_OK;
}

eft_status
eft_trace_folder(eft_context *ctx, const char *folder, const eft_trace_options *opts,
                 eft_write_fn write, void *user, eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct efti_working_condition conditions[MOST_CONDITIONS];
    struct tracing t = {.write = write, .user = user};
    struct efti_bytes path;
    eft_trace_options o;

    if (ctx == NULL || folder == NULL || write == NULL)
        return efti_left_out(err);
    eft_status st = efti_options_take(&o, sizeof(o), opts, "eft_trace_options", err);
    if (st != EFT_OK || (st = check_trace(&o, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < o.where_count && st == EFT_OK; i++)
        st = split_condition(o.where[i], &conditions[i], err);
    if (st != EFT_OK)
        return st;
    const struct efti_trace_options asked = {
        .table = o.table, .conditions = conditions, .condition_count = o.where_count};
    efti_bytes_init(&t.texts, mem);
    efti_bytes_init(&t.line, mem);
    t.veiled = (o.flags & EFT_TRACE_VEILED) != 0;
    st = efti_path_in(mem, folder, "working.sqlite", &path, err);
    if (st == EFT_OK && t.veiled)
        st = read_veiled(&t, mem, folder, err);
    if (st == EFT_OK)
        st = efti_working_trace(mem, path.data, &asked, write_traced, &t, err);
    efti_bytes_free(&path);
    efti_bytes_free(&t.texts);
    efti_bytes_free(&t.line);
    return st == EFT_STOP ? EFT_OK : st;
}
