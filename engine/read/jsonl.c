/*
 * jsonl.c - JSON Lines: one object on each line, parsed by jansson
 *
 *     {"id": 7, "writer": 12, "text": "Vi hann ...", "tags": ["ledning", "tid"]}
 *
 * Members have the names that columns have. A value may be a string, or a number where a
 * person would write either (id, writer, labels, time, feeling, votes: 12 and "12" are
 * the same writer); tags may also be an array of strings; null is an empty value.
 * Anything else for a role (an object, true, a number for the text) sets the record
 * aside: we would have to guess what was meant. Members without a role are parsed and
 * dropped, however deep they are.
 *
 * jansson's messages quote the text, so they are thrown away: only that it failed is
 * told. Its memory is its own; json.c finds out when it ran short.
 */
#include "read/json.h"
#include "read/reader.h"

/* Member names remembered with their slot. A file whose names are all different must not
 * make the table grow for ever; beyond this, names are folded each time. */
#define JSONL_MAX_KEYS 4096

/* The record given out. */
static void
drop_record(struct efti_reader *r)
{
    json_decref(r->jsonl.root);
    r->jsonl.root = NULL;
}

void
efti_jsonl_free(struct efti_reader *r)
{
    drop_record(r);
    efti_strings_free(r->jsonl.keys);
    r->jsonl.keys = NULL;
    EFTI_ARRAY_FREE(r->mem, &r->jsonl.slots);
}

/* Names of one input say nothing about the next: positions and mappings are the same, but
 * the message about a scale should come for each. */
eft_status
efti_jsonl_open(struct efti_reader *r, eft_error *err)
{
    for (size_t i = 0; i < r->map_count; i++) {
        if (r->maps[i].position != 0)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             EFTI_READ_AT
                             " is JSON Lines, where members have no position; "
                             "map %s by name",
                             EFTI_READ_PLACE(r), efti_role_name(r->maps[i].role));
    }
    efti_jsonl_free(r);
    memset(r->jsonl.seen, 0, sizeof(r->jsonl.seen));
    return efti_strings_new(r->mem, &r->jsonl.keys, err);
}

static size_t
jsonl_place(struct efti_slot slot)
{
    return slot.role == EFTI_ROLE_FACET ? EFTI_ROLE_COUNT + slot.facet : slot.role;
}

/* At the end: a mapping to a member that no record had is a slip of the pen, as for the
 * columns of a table. */
static eft_status
jsonl_check_mapped(const struct efti_reader *r, eft_error *err)
{
    if (efti_strings_count(r->jsonl.keys) == 0)
        return EFT_END; /* nothing was read */
    for (size_t i = 0; i < r->map_count; i++) {
        const struct efti_slot want = {(uint8_t)r->maps[i].role, r->maps[i].facet};

        if (!r->jsonl.seen[jsonl_place(want)])
            return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                             EFTI_READ_AT
                             ": the member of mapping %zu (%s) is in no record; see "
                             "\"eftertanke columns FILE\"",
                             EFTI_READ_PLACE(r), i + 1, efti_role_name(r->maps[i].role));
    }
    return EFT_END;
}

/* ------------------------------------------------------------------- members */

static eft_status
jsonl_look_up(struct efti_reader *r, eft_text name, struct efti_slot *out, eft_error *err)
{
    bool scale;
    const eft_status status = efti_roles_of_name(r, name, out, &scale, err);

    if (status != EFT_OK)
        return status;
    if (scale)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         EFTI_READ_AT
                         ": the name of the feeling states another scale than "
                         "1-5; say which with --feeling-scale LOW-HIGH",
                         EFTI_READ_PLACE(r));
    return EFT_OK;
}

static eft_status
jsonl_slot(struct efti_reader *r, eft_text name, struct efti_slot *out, eft_error *err)
{
    struct efti_jsonl *j = &r->jsonl;
    uint32_t id = efti_strings_find(j->keys, name.bytes, name.size);
    eft_status status;

    if (id != EFTI_NOT_FOUND) {
        *out = j->slots.items[id];
        return EFT_OK;
    }
    status = jsonl_look_up(r, name, out, err);
    if (status != EFT_OK || efti_strings_count(j->keys) >= JSONL_MAX_KEYS)
        return status;
    if (!EFTI_PUSH(r->mem, &j->slots))
        return efti_no_memory(err, "a member name");
    j->slots.items[j->slots.count - 1] = *out;
    id = efti_strings_add(j->keys, name.bytes, name.size, NULL);
    if (id == EFTI_NOT_FOUND) {
        j->slots.count--;
        return efti_no_memory(err, "a member name");
    }
    r->counts.unknown_columns += out->role == EFTI_ROLE_NONE;
    return EFT_OK;
}

/* -------------------------------------------------------------------- values */

/* A number as the text a person would have typed: 12, 12 (for 12.0), 3.5. */
static eft_status
jsonl_number(struct efti_reader *r, const json_t *value, eft_text *out, eft_error *err)
{
    const double real = json_is_real(value) ? json_real_value(value) : 0;
    char *copy;

    efti_bytes_clear(&r->bytes);
    if (json_is_integer(value))
        efti_put_i64(&r->bytes, json_integer_value(value));
    else if (real > -1e15 && real < 1e15 && !((double)(int64_t)real < real) &&
             !((double)(int64_t)real > real))
        efti_put_i64(&r->bytes, (int64_t)real);
    else
        efti_put_double(&r->bytes, real);
    if (r->bytes.failed)
        return efti_no_memory(err, "a number");
    copy = efti_arena_copy(&r->scratch, r->bytes.data, r->bytes.size);
    if (copy == NULL)
        return efti_no_memory(err, "a number");
    *out = (eft_text){copy, r->bytes.size};
    return EFT_OK;
}

static bool
jsonl_takes_number(enum efti_role role)
{
    return role != EFTI_ROLE_TEXT && role != EFTI_ROLE_PROMPT &&
           role != EFTI_ROLE_COMMENTS && role != EFTI_ROLE_TAGS;
}

static enum efti_reason
jsonl_tags(struct efti_record *out, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *tag = json_array_get(array, i);
        if (!json_is_string(tag))
            return EFTI_REASON_BAD_TYPE;
        efti_record_tag(out, (eft_text){json_string_value(tag), json_string_length(tag)});
    }
    return EFTI_REASON_NONE;
}

static eft_status
jsonl_value(struct efti_reader *r, struct efti_record *out, struct efti_slot slot,
            const json_t *value, enum efti_reason *reason, eft_error *err)
{
    eft_text text = {"", 0};
    eft_status status = EFT_OK;

    if (json_is_string(value)) {
        text = (eft_text){json_string_value(value), json_string_length(value)};
    } else if (json_is_number(value) && jsonl_takes_number((enum efti_role)slot.role)) {
        status = jsonl_number(r, value, &text, err);
    } else if (json_is_boolean(value) && slot.role == EFTI_ROLE_CONSENT) {
        text = json_is_true(value) ? (eft_text){"1", 1} : (eft_text){"0", 1};
    } else if (json_is_array(value) && slot.role == EFTI_ROLE_TAGS) {
        *reason = jsonl_tags(out, value);
        return EFT_OK;
    } else if (!json_is_null(value)) {
        *reason = EFTI_REASON_BAD_TYPE;
    }
    if (status == EFT_OK && *reason == EFTI_REASON_NONE)
        efti_record_set(r, out, slot, text);
    return status;
}

/* ------------------------------------------------------------------- objects */

static eft_status
jsonl_twice(struct efti_reader *r, uint64_t byte, struct efti_slot slot, eft_error *err)
{
    const char *name = efti_role_name((enum efti_role)slot.role);

    return efti_fail(err, EFT_E_CONFLICT, byte,
                     EFTI_READ_AT
                     ", record %llu: two members are both %s; choose one with "
                     "--map %s=NAME",
                     EFTI_READ_PLACE(r), (unsigned long long)r->row, name, name);
}

static eft_status
jsonl_object(struct efti_reader *r, struct efti_record *out, enum efti_reason *reason,
             eft_error *err)
{
    bool seen[EFTI_ROLE_COUNT + EFTI_MAX_FACETS] = {false};
    json_t *root = r->jsonl.root;

    for (void *at = json_object_iter(root); at != NULL;
         at = json_object_iter_next(root, at)) {
        const char *key = json_object_iter_key(at);
        struct efti_slot slot;
        size_t place;
        eft_status status = jsonl_slot(r, (eft_text){key, strlen(key)}, &slot, err);

        if (status != EFT_OK)
            return status;
        if (slot.role == EFTI_ROLE_NONE)
            continue;
        place = jsonl_place(slot);
        if (seen[place])
            return jsonl_twice(r, out->byte, slot, err);
        seen[place] = r->jsonl.seen[place] = true;
        efti_roles_note(r, slot);
        status = jsonl_value(r, out, slot, json_object_iter_value(at), reason, err);
        if (status != EFT_OK || *reason != EFTI_REASON_NONE)
            return status;
    }
    if (!seen[EFTI_ROLE_TEXT])
        *reason = EFTI_REASON_NO_TEXT;
    return EFT_OK;
}

/* --------------------------------------------------------------------- lines */

enum jsonl_line { JSONL_LINE, JSONL_LARGE, JSONL_END };

/* The line at the start of the source, without its end; `*used` counts the end too. */
static eft_status
jsonl_line(struct efti_reader *r, enum jsonl_line *kind, eft_text *line, size_t *used,
           eft_error *err)
{
    struct efti_source *s = &r->source;
    size_t looked = 0;

    for (;;) {
        const char *from = s->buffer + s->start;
        const size_t size = s->end - s->start;
        const char *end =
            size > looked ? memchr(from + looked, '\n', size - looked) : NULL;
        eft_status status;

        if (end != NULL || s->eof || size > EFTI_READ_LARGEST) {
            line->bytes = from;
            line->size = end != NULL ? (size_t)(end - from) : size;
            *used = line->size + (end != NULL);
            *kind = line->size > EFTI_READ_LARGEST ? JSONL_LARGE
                    : *used == 0                   ? JSONL_END
                                                   : JSONL_LINE;
            return EFT_OK;
        }
        looked = size;
        status = efti_read_fill(r, err);
        if (status != EFT_OK)
            return status;
    }
}

static bool
jsonl_is_blank(eft_text line)
{
    for (size_t i = 0; i < line.size; i++) {
        if (strchr(" \t\r", line.bytes[i]) == NULL || line.bytes[i] == '\0')
            return false;
    }
    return true;
}

/* Parse one line into r->jsonl.root. */
static eft_status
jsonl_parse(struct efti_reader *r, eft_text line, enum efti_reason *reason,
            eft_error *err)
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *root;

    drop_record(r);
    eft_status st = efti_json_parse(line, flags, &root, NULL, err);
    r->jsonl.root = root;
    if (st == EFT_OK && root == NULL)
        *reason = EFTI_REASON_BAD_JSON;
    else if (st == EFT_OK && !json_is_object(root))
        *reason = EFTI_REASON_NOT_OBJECT;
    return st;
}

static eft_status
jsonl_read(struct efti_reader *r, eft_text line, struct efti_record *out,
           enum efti_reason *reason, eft_error *err)
{
    eft_text utf8;
    eft_status status = efti_record_convert(r, line.bytes, line.size, false, &utf8, err);

    if (status == EFT_E_ENCODING ||
        (status == EFT_OK &&
         efti_utf8_valid_prefix(utf8.bytes, utf8.size) != utf8.size)) {
        *reason = EFTI_REASON_NOT_UTF8;
        return EFT_OK;
    }
    if (status == EFT_OK)
        status = jsonl_parse(r, utf8, reason, err);
    if (status == EFT_OK && *reason == EFTI_REASON_NONE)
        status = jsonl_object(r, out, reason, err);
    return status;
}

static eft_status
jsonl_skip_large(struct efti_reader *r, eft_error *err)
{
    const uint64_t byte = r->source.offset + r->source.start;
    int number = 0;
    const eft_status status = efti_source_skip_line(&r->source, false, &number);

    r->row++;
    if (status != EFT_OK)
        return efti_read_source_failed(r, status, number, err);
    return efti_record_aside(r, byte, EFTI_REASON_TOO_LARGE, err);
}

static eft_status
jsonl_take_line(struct efti_reader *r, eft_text line, size_t used,
                struct efti_record *out, bool *given, eft_error *err)
{
    const uint64_t byte = r->source.offset + r->source.start;
    enum efti_reason reason = EFTI_REASON_NONE;
    eft_status status;

    r->source.start += used;
    if (jsonl_is_blank(line))
        return EFT_OK;
    r->row++;
    efti_arena_reset(&r->scratch);
    efti_record_begin(r, out, byte);
    status = jsonl_read(r, line, out, &reason, err);
    if (status != EFT_OK)
        return status;
    if (reason != EFTI_REASON_NONE)
        return efti_record_aside(r, byte, reason, err);
    return efti_record_done(r, out, given, err);
}

eft_status
efti_jsonl_next(struct efti_reader *r, struct efti_record *out, eft_error *err)
{
    bool given = false;

    while (!given) {
        enum jsonl_line kind;
        eft_text line;
        size_t used;
        eft_status status = jsonl_line(r, &kind, &line, &used, err);

        if (status != EFT_OK)
            return status;
        if (kind == JSONL_END)
            return jsonl_check_mapped(r, err);
        status = kind == JSONL_LARGE ? jsonl_skip_large(r, err)
                                     : jsonl_take_line(r, line, used, out, &given, err);
        if (status != EFT_OK)
            return status;
    }
    return EFT_OK;
}

/* The members of the first line that is an object. */
eft_status
efti_jsonl_columns(struct efti_reader *r, efti_column_fn fn, void *user, eft_error *err)
{
    uint32_t position = 0;

    for (;;) {
        enum efti_reason reason = EFTI_REASON_NONE;
        enum jsonl_line kind;
        eft_text line;
        size_t used;
        eft_status status = jsonl_line(r, &kind, &line, &used, err);

        if (status != EFT_OK || kind != JSONL_LINE)
            return status;
        r->source.start += used;
        status = jsonl_parse(r, line, &reason, err);
        if (status != EFT_OK)
            return status;
        if (reason == EFTI_REASON_NONE)
            break;
    }
    json_t *root = r->jsonl.root;
    for (void *at = json_object_iter(root); at != NULL;
         at = json_object_iter_next(root, at)) {
        const char *key = json_object_iter_key(at);
        const eft_text name = {key, strlen(key)};
        struct efti_slot slot;
        eft_status status = efti_roles_of_name(r, name, &slot, NULL, err);

        if (status == EFT_OK)
            status = fn(user, ++position, name, (enum efti_role)slot.role);
        if (status != EFT_OK)
            return status == EFT_STOP ? EFT_OK : status;
    }
    return EFT_OK;
}

const char *
efti_jansson_version(void)
{
    return jansson_version_str();
}
