/*
 * manifest.c - what the manifest says, as facts and as a list that can be read
 *
 * jansson takes its memory from malloc, not from our allocator; nothing of it outlives a
 * call, and its messages are never passed on.
 */
#include "report/page.h"

#include "read/json.h"

static eft_text
kept_string(struct efti_page *p, const json_t *value)
{
    const char *s = json_string_value(value);

    if (s == NULL)
        return (eft_text){"", 0};
    size_t n = json_string_length(value);
    const char *copy = efti_arena_copy(&p->arena, s, n);
    p->failed = p->failed || copy == NULL;
    return copy == NULL ? (eft_text){"", 0} : (eft_text){copy, n};
}

static uint64_t
counter(const json_t *records, const char *name)
{
    json_int_t n = json_integer_value(json_object_get(records, name));

    return n < 0 ? 0 : (uint64_t)n;
}

static void
take_missing(struct efti_page *p, const json_t *names)
{
    eft_text *missing = efti_page_array(p, json_array_size(names), sizeof(*missing));

    for (size_t i = 0; i < json_array_size(names) && missing != NULL; i++)
        missing[p->facts.missing_count++] = kept_string(p, json_array_get(names, i));
    p->facts.missing = missing;
}

eft_status
efti_facts_read(struct efti_page *p, eft_error *err)
{
    p->facts = (struct efti_facts){.external = p->results->external,
                                   .writer_column = p->results->writer_column};
    if (p->manifest.size == 0)
        return EFT_OK;
    json_t *root;
    eft_status st =
        efti_json_parse(p->manifest, JSON_REJECT_DUPLICATES, &root, NULL, err);
    if (st != EFT_OK)
        return st;
    if (!json_is_object(root)) {
        json_decref(root);
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "the manifest is no JSON object");
    }
    const json_t *records = json_object_get(root, "records");
    p->facts.empty = counter(records, "empty");
    p->facts.uninformative = counter(records, "uninformative");
    p->facts.language = counter(records, "language");
    p->facts.duplicates = counter(records, "duplicates");
    p->facts.corpus = kept_string(p, json_object_get(root, "corpus"));
    p->facts.engine = kept_string(p, json_object_get(root, "engine"));
    p->facts.adjustment = kept_string(
        p, json_object_get(json_object_get(root, "false_discovery"), "method"));
    take_missing(p, json_object_get(root, "missing"));
    const char *decide =
        json_string_value(json_object_get(json_object_get(root, "instrument"), "decide"));
    p->facts.weighed = decide != NULL && strcmp(decide, "none") != 0;
    const char *audience = json_string_value(json_object_get(root, "audience"));
    if (audience != NULL)
        p->facts.external = strcmp(audience, "external") == 0;
    json_decref(root);
    return EFT_OK;
}

static void
put_scalar(struct efti_page *p, const json_t *value)
{
    if (json_is_string(value))
        efti_put_html_broken(
            p->out, (eft_text){json_string_value(value), json_string_length(value)});
    else if (json_is_integer(value))
        efti_put_i64(p->out, json_integer_value(value));
    else if (json_is_boolean(value))
        efti_html(p, json_is_true(value) ? "true" : "false");
}

static void put_members(struct efti_page *p, const char *prefix, json_t *object);

static void
put_member(struct efti_page *p, const char *prefix, const char *key, json_t *value)
{
    if (json_is_object(value)) { /* one level is all a manifest has, but two are fine */
        if (prefix[0] == '\0')
            put_members(p, key, value);
        return;
    }
    if (json_is_array(value) && json_array_size(value) == 0)
        return;
    efti_html(p, "<dt>");
    efti_put_html(p->out, efti_text_of(prefix));
    efti_html(p, prefix[0] == '\0' ? "" : " ");
    efti_put_html(p->out, efti_text_of(key));
    efti_html(p, "</dt><dd>");
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            efti_html(p, i == 0 ? "" : ", ");
            put_scalar(p, json_array_get(value, i));
        }
    } else {
        put_scalar(p, value);
    }
    efti_html(p, "</dd>");
}

/* jansson keeps members in the order of the file. */
static void
put_members(struct efti_page *p, const char *prefix, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value) put_member(p, prefix, key, value);
}

void
efti_put_manifest(struct efti_page *p)
{
    json_t *root = NULL;

    if (p->manifest.size > 0 &&
        efti_json_parse(p->manifest, JSON_REJECT_DUPLICATES, &root, NULL, NULL) != EFT_OK)
        p->failed = true;
    if (json_is_object(root)) {
        efti_html(p, "<dl class=\"manifest\">");
        put_members(p, "", root);
        efti_html(p, "</dl>");
    }
    json_decref(root);
}
