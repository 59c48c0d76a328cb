/*
 * gold_json.c - gold in JSON Lines: one text on each line, with what is told of it
 *
 *     {"id","text","writer","spans":[{"start","end","category"}],"themes":[],
 *      "negated":[],"sentences":[strings or [start, end]],"tokens":[the same]}
 *
 * Members that are not there say nothing; one that is empty says that there is none.
 */
#include "evaluate/evaluate.h"

#include "read/json.h"

struct json_place {
    struct efti_gold *g;
    struct efti_gold_doc *doc;
    uint32_t line;
};

static eft_status
bad_member(const struct json_place *p, const char *what, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s, line %u: %s", p->g->name,
                     p->line, what);
}

static eft_status
take_string(const struct json_place *p, const json_t *value, eft_text *out,
            eft_error *err)
{
    size_t n = json_string_length(value);
    char *copy = efti_arena_copy(&p->g->arena, json_string_value(value), n);

    if (copy == NULL)
        return efti_no_memory(err, "a gold document");
    *out = (eft_text){copy, n};
    return EFT_OK;
}

/* A member that may be missing: text, or a whole number where a person
 * may write either. */
static eft_status
take_label(const struct json_place *p, const json_t *object, const char *name,
           eft_text *out, eft_error *err)
{
    const json_t *value = json_object_get(object, name);
    struct efti_bytes b;

    if (value == NULL || json_is_null(value))
        return EFT_OK;
    if (json_is_string(value))
        return take_string(p, value, out, err);
    if (!json_is_integer(value))
        return bad_member(p, "id, writer and groups are strings or whole numbers", err);
    efti_bytes_init(&b, p->g->mem);
    efti_put_i64(&b, json_integer_value(value));
    char *copy = b.failed ? NULL : efti_arena_copy(&p->g->arena, b.data, b.size);
    size_t n = b.size;
    efti_bytes_free(&b);
    if (copy == NULL)
        return efti_no_memory(err, "a gold document");
    *out = (eft_text){copy, n};
    return EFT_OK;
}

static bool
take_position(const json_t *value, uint32_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) >= UINT32_MAX)
        return false;
    *out = (uint32_t)json_integer_value(value);
    return true;
}

static struct efti_gold_span *
push_span(struct efti_gold *g, struct efti_gold_part *part, eft_error *err)
{
    if (!EFTI_PUSH(g->mem, &g->spans)) {
        (void)efti_no_memory(err, "the gold spans");
        return NULL;
    }
    part->count++;
    return &g->spans.items[g->spans.count - 1];
}

static eft_status
take_spans(struct json_place *p, const json_t *list, bool *veiled, eft_error *err)
{
    p->doc->spans.first = (uint32_t)p->g->spans.count;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const json_t *category = json_object_get(item, "category");
        struct efti_gold_span *s = push_span(p->g, &p->doc->spans, err);
        if (s == NULL)
            return EFT_E_NOMEM;
        *s = (struct efti_gold_span){0};
        if (!take_position(json_object_get(item, "start"), &s->start) ||
            !take_position(json_object_get(item, "end"), &s->end) || s->start >= s->end ||
            !json_is_string(category))
            return bad_member(p, "a span is {\"start\", \"end\", \"category\"}", err);
        *veiled = *veiled || json_object_get(item, "replacement") != NULL;
        eft_status st = take_string(p, category, &s->label, err);
        if (st != EFT_OK)
            return st;
        s->label = efti_gold_category(s->label);
        if (s->label.size == 0)
            return bad_member(p,
                              "a span has a category that is none of ours (PERSON, "
                              "PLACE ...: README, Categories)",
                              err);
    }
    p->doc->has |= EFTI_GOLD_SPANS;
    return EFT_OK;
}

static eft_status
take_names(struct json_place *p, const json_t *list, struct efti_gold_part *part,
           eft_error *err)
{
    part->first = (uint32_t)p->g->names.count;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (!json_is_string(item))
            return bad_member(p, "themes are names in a list", err);
        if (!EFTI_PUSH(p->g->mem, &p->g->names))
            return efti_no_memory(err, "the gold themes");
        eft_status st =
            take_string(p, item, &p->g->names.items[p->g->names.count - 1], err);
        if (st != EFT_OK)
            return st;
        part->count++;
    }
    return EFT_OK;
}

/* [start, end], or the very words, which are looked for behind the piece before. */
static eft_status
take_pieces(struct json_place *p, const json_t *list, struct efti_gold_part *part,
            eft_error *err)
{
    const eft_text text = p->doc->text;
    size_t at = 0, points = 0;
    uint32_t before = 0;

    part->first = (uint32_t)p->g->spans.count;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        struct efti_gold_span *s = push_span(p->g, part, err);
        if (s == NULL)
            return EFT_E_NOMEM;
        *s = (struct efti_gold_span){0};
        if (json_is_array(item) && json_array_size(item) == 2 &&
            take_position(json_array_get(item, 0), &s->start) &&
            take_position(json_array_get(item, 1), &s->end) && s->start < s->end) {
            if (s->start < before)
                return bad_member(
                    p, "sentences and tokens stand in order, none begins in another",
                    err);
            before = s->end;
            continue;
        }
        if (!json_is_string(item) || json_string_length(item) == 0)
            return bad_member(p, "sentences and tokens are strings or [start, end]", err);
        size_t n = json_string_length(item);
        const char *found = text.size == 0 ? NULL
                                           : memmem(text.bytes + at, text.size - at,
                                                    json_string_value(item), n);
        if (found == NULL)
            return bad_member(
                p, "a sentence or token does not stand in the text, in order", err);
        size_t from = (size_t)(found - text.bytes);
        points += efti_utf8_length(text.bytes + at, from - at);
        s->start = (uint32_t)points;
        points += efti_utf8_length(found, n);
        s->end = before = (uint32_t)points;
        at = from + n;
    }
    return EFT_OK;
}

/* One group a file: where names come from, or the unit. */
static eft_status
take_group(struct json_place *p, const json_t *object, eft_error *err)
{
    static const char *const names[] = {"origin", "unit", "hand"};

    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        if (json_object_get(object, names[i]) == NULL)
            continue;
        if (p->g->group_name == NULL)
            p->g->group_name = names[i];
        if (strcmp(p->g->group_name, names[i]) == 0)
            return take_label(p, object, names[i], &p->doc->group, err);
    }
    return EFT_OK;
}

/* A member that is not there, or null, says nothing. */
static bool
may_be_list(const json_t *value)
{
    return value == NULL || json_is_null(value) || json_is_array(value);
}

static eft_status
take_lists(struct json_place *p, const json_t *object, eft_error *err)
{
    const json_t *spans = json_object_get(object, "spans");
    const json_t *themes = json_object_get(object, "themes");
    const json_t *negated = json_object_get(object, "negated");
    const json_t *sentences = json_object_get(object, "sentences");
    const json_t *tokens = json_object_get(object, "tokens");
    bool veiled = false;
    eft_status st = EFT_OK;

    if (!may_be_list(spans) || !may_be_list(themes) || !may_be_list(negated) ||
        !may_be_list(sentences) || !may_be_list(tokens))
        return bad_member(
            p, "spans, themes, negated, sentences and tokens are lists, as in [\"oro\"]",
            err);
    if (json_is_array(spans))
        st = take_spans(p, spans, &veiled, err);
    if (veiled) /* our own output: its text has tags where the identifiers were */
        p->doc->has &= ~(uint32_t)EFTI_GOLD_TEXT;
    if (st == EFT_OK && json_is_array(themes)) {
        p->doc->has |= EFTI_GOLD_THEMES;
        st = take_names(p, themes, &p->doc->themes, err);
    }
    if (st == EFT_OK && json_is_array(negated)) {
        p->doc->has |= EFTI_GOLD_NEGATED;
        st = take_names(p, negated, &p->doc->negated, err);
    }
    if (st == EFT_OK && p->doc->negated.count > 0) {
        p->doc->has |= EFTI_GOLD_THEMES;
        st = efti_gold_join_negated(p->g, p->doc, err);
    }
    if (st == EFT_OK && json_is_array(sentences)) {
        p->doc->has |= EFTI_GOLD_SENTENCES;
        st = take_pieces(p, sentences, &p->doc->sentences, err);
    }
    if (st == EFT_OK && json_is_array(tokens)) {
        p->doc->has |= EFTI_GOLD_TOKENS;
        st = take_pieces(p, tokens, &p->doc->tokens, err);
    }
    return st;
}

static eft_status
take_object(struct efti_gold *g, const json_t *object, uint32_t line, eft_error *err)
{
    struct json_place p = {.g = g, .line = line};
    eft_text id = {0};

    if (!json_is_object(object))
        return bad_member(&p, "this is not a JSON object", err);
    eft_status st = take_label(&p, object, "id", &id, err);
    if (st != EFT_OK)
        return st;
    if ((p.doc = efti_gold_add(g, id, line, err)) == NULL)
        return err != NULL && err->status != EFT_OK ? err->status : EFT_E_NOMEM;
    const json_t *text = json_object_get(object, "text");
    if (json_is_string(text)) {
        p.doc->has |= EFTI_GOLD_TEXT;
        st = take_string(&p, text, &p.doc->text, err);
    }
    if (st == EFT_OK)
        st = take_label(&p, object, "writer", &p.doc->writer, err);
    if (st == EFT_OK)
        st = take_label(&p, object, "hand", &p.doc->hand, err);
    if (st == EFT_OK)
        st = take_group(&p, object, err);
    return st == EFT_OK ? take_lists(&p, object, err) : st;
}

eft_status
efti_gold_jsonl(struct efti_gold *g, eft_error *err)
{
    eft_text rest = g->body, line;

    for (uint32_t number = 1; efti_gold_line(&rest, &line); number++) {
        if (efti_blank(line))
            continue;
        json_t *object;
        struct efti_json_fault fault;
        eft_status st =
            efti_json_parse(line, JSON_REJECT_DUPLICATES, &object, &fault, err);
        if (st != EFT_OK)
            return st;
        if (object == NULL)
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "%s, line %u: this is not JSON (column %d)", g->name, number,
                             fault.column);
        st = take_object(g, object, number, err);
        json_decref(object);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}
