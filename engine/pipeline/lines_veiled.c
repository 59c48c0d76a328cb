/*
 * lines_veiled.c - the JSON Lines of anonymise, and the map that leads back
 *
 * A field is veiled and printed once; the printing tells where each span went, and from
 * that come replacements, offsets in the veiled text, and the map. The map holds what was
 * taken out, in a file of its own that the user asked for: it is as sensitive as the
 * input. A person has one number in all fields of a reflection; the text is veiled before
 * the others, so that its tags are those of --spans, where it stands alone.
 */
#include "pipeline/lines.h"

static eft_status
put_label_value(struct efti_worker *w, const char *role, uint64_t number, eft_text value,
                struct efti_bytes *out, eft_error *err)
{
    bool visible = false;
    eft_status st = EFT_OK;

    if (value.size <= EFTI_MAX_LABEL)
        st = efti_veil_label(w->veil, w->tokenizer, value, &visible, err);
    if (st != EFT_OK)
        return st;
    if (visible) {
        efti_put_json(out, value.bytes, value.size);
        return EFT_OK;
    }
    efti_put_char(out, '"');
    efti_put_text(out, role);
    efti_put_char(out, '-');
    efti_put_u64(out, number);
    efti_put_char(out, '"');
    return EFT_OK;
}

static eft_status
put_label(struct efti_worker *w, const char *role, uint64_t number, eft_text value,
          struct efti_bytes *out, eft_error *err)
{
    if (value.size == 0)
        return EFT_OK;
    efti_put_text(out, ",\"");
    efti_put_text(out, role);
    efti_put_text(out, "\":");
    return put_label_value(w, role, number, value, out, err);
}

/* How this record is written: days are moved by what its writer's are. A record without a
 * writer stands alone. */
static eft_status
replacer_of(struct efti_worker *w, const struct efti_batch_record *r,
            struct efti_replacer *out, eft_error *err)
{
    struct efti_id id = r->key;
    char alone[sizeof(uint64_t)];
    eft_text who = {(const char *)id.b, EFTI_ID_SIZE};
    eft_status st = EFT_OK;

    *out = efti_plan_replacer(w->plan);
    if (w->plan->shift_days == 0)
        return EFT_OK;
    out->near = r->record.day == EFTI_NO_DAY ? 0 : r->record.day;
    if (!efti_blank(r->record.writer)) {
        st = efti_writer_identity(w, r->record.writer, &id, err);
    } else if (!r->has_key) {
        memcpy(alone, &r->number, sizeof(alone));
        who = (eft_text){alone, sizeof(alone)};
    }
    if (st != EFT_OK)
        return st;
    return efti_veil_shift(w->veil, out->key, out->seed, who, w->plan->shift_days,
                           &out->shift, err);
}

/* One field while it is printed: veiled bytes, and where each span went. */
struct veiled_field {
    eft_text raw;
    struct efti_bytes text;
    struct efti_span_places places;
};

static void
field_free(const struct efti_worker *w, struct veiled_field *f)
{
    efti_bytes_free(&f->text);
    EFTI_ARRAY_FREE(w->mem, &f->places);
}

/* Veil `raw` and print it. The field is to be freed whatever the answer. */
static eft_status
field_veil(struct efti_worker *w, const struct efti_replacer *how, eft_text raw,
           struct veiled_field *f, eft_error *err)
{
    *f = (struct veiled_field){.raw = raw};
    efti_bytes_init(&f->text, w->mem);
    eft_status st = efti_worker_veil(w, raw, err);
    if (st == EFT_OK)
        st = efti_veil_print_as(w->veil, how, raw, &w->veiled, &f->places, &f->text, err);
    return st;
}

static eft_text
replacement_of(const struct veiled_field *f, size_t span)
{
    const struct efti_span_place *at = &f->places.items[span];

    return (eft_text){f->text.data + at->start, at->end - at->start};
}

/* ------------------------------------------------------------------ the way back */

static void
put_veiled_range(const struct veiled_field *f, struct efti_positions *p, size_t span,
                 struct efti_bytes *out)
{
    const struct efti_span_place *at = &f->places.items[span];
    uint64_t from = efti_position(p, at->start);

    efti_put_text(out, ",\"veiled_start\":");
    efti_put_u64(out, from);
    efti_put_text(out, ",\"veiled_end\":");
    efti_put_u64(out,
                 from + efti_utf8_length(f->text.data + at->start, at->end - at->start));
}

/* A line of the map: what stood where, in the original's own words. */
static eft_status
put_map(struct efti_worker *w, const struct efti_batch_record *r, const char *name,
        const struct veiled_field *f, struct efti_bytes *map, eft_error *err)
{
    struct efti_positions from = {.text = f->raw};
    struct efti_positions to = {.text = {f->text.data, f->text.size}};

    if (map == NULL || w->veiled.spans.count == 0)
        return EFT_OK;
    eft_status st = efti_put_id(w, r, map, err);
    if (st != EFT_OK)
        return st;
    efti_put_text(map, ",\"field\":\"");
    efti_put_text(map, name);
    efti_put_text(map, "\",\"spans\":[");
    for (size_t i = 0; i < w->veiled.spans.count; i++) {
        const struct efti_span *span = &w->veiled.spans.items[i];
        const eft_text put = replacement_of(f, i);

        efti_put_text(map, i == 0 ? "{" : ",{");
        efti_put_range(&from, span->start, span->end, map);
        put_veiled_range(f, &to, i, map);
        efti_put_text(map, ",\"category\":\"");
        efti_put_text(map, efti_category_name((enum efti_category)span->category));
        efti_put_text(map, "\",\"replacement\":");
        efti_put_json(map, put.bytes, put.size);
        efti_put_text(map, ",\"original\":");
        efti_put_json(map, f->raw.bytes + span->start, span->end - span->start);
        efti_put_char(map, '}');
    }
    efti_put_text(map, "]}\n");
    return map->failed ? efti_no_memory(err, "the map") : EFT_OK;
}

/* ----------------------------------------------------------------- veiled fields */

static eft_status
put_veiled(struct efti_worker *w, const struct efti_batch_record *r,
           const struct efti_replacer *how, const char *name, eft_text text,
           struct efti_bytes *map, struct efti_bytes *out, eft_error *err)
{
    struct veiled_field f;

    if (text.size == 0 && strcmp(name, "text") != 0)
        return EFT_OK;
    eft_status st = field_veil(w, how, text, &f, err);
    if (st == EFT_OK) {
        efti_put_text(out, ",\"");
        efti_put_text(out, name);
        efti_put_text(out, "\":");
        efti_put_json(out, f.text.data, f.text.size);
        st = put_map(w, r, name, &f, map, err);
    }
    field_free(w, &f);
    return st;
}

static void
put_day(int32_t day, struct efti_bytes *out)
{
    int year, month, date;

    efti_civil(day, &year, &month, &date);
    efti_put_text(out, ",\"time\":\"");
    for (int unit = 1000; unit > 1 && year < unit; unit /= 10)
        efti_put_char(out, '0');
    efti_put_i64(out, year);
    efti_put_text(out, month < 10 ? "-0" : "-");
    efti_put_i64(out, month);
    efti_put_text(out, date < 10 ? "-0" : "-");
    efti_put_i64(out, date);
    efti_put_char(out, '"');
}

static eft_status
put_tags(struct efti_worker *w, const struct efti_batch_record *r, struct efti_bytes *out,
         eft_error *err)
{
    if (r->record.tag_count == 0)
        return EFT_OK;
    efti_put_text(out, ",\"tags\":[");
    for (size_t i = 0; i < r->record.tag_count; i++) {
        if (i > 0)
            efti_put_char(out, ',');
        eft_status st =
            put_label_value(w, "tag", r->tag_numbers[i], r->record.tags[i], out, err);
        if (st != EFT_OK)
            return st;
    }
    efti_put_char(out, ']');
    return EFT_OK;
}

static eft_status
put_facets(struct efti_worker *w, const struct efti_batch_record *r,
           struct efti_bytes *out, eft_error *err)
{
    const eft_plan *plan = w->plan;

    for (uint32_t i = 0; i < plan->settings.facet_count; i++) {
        eft_text name = plan->settings.facet_names[plan->facet_slot[i]];
        if (r->record.facets[i].size == 0)
            continue;
        efti_put_char(out, ',');
        efti_put_json(out, name.bytes, name.size);
        efti_put_char(out, ':');
        eft_status st = put_label_value(w, "facet", r->label_numbers[3 + i],
                                        r->record.facets[i], out, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static void
open_record(struct efti_worker *w, const struct efti_record *r)
{
    const eft_text fields[] = {r->prompt, r->text, r->comments};

    efti_veil_open_record(w->veil, fields, EFTI_COUNT(fields));
}

/* The question stands before the text, and is veiled after it. */
static eft_status
put_texts(struct efti_worker *w, const struct efti_batch_record *r,
          const struct efti_replacer *how, struct efti_bytes *map, struct efti_bytes *out,
          eft_error *err)
{
    const struct efti_record *rec = &r->record;
    struct efti_bytes text;
    eft_status st;

    efti_bytes_init(&text, w->mem);
    open_record(w, rec);
    if ((st = put_veiled(w, r, how, "text", rec->text, map, &text, err)) == EFT_OK &&
        (st = put_veiled(w, r, how, "prompt", rec->prompt, map, out, err)) == EFT_OK) {
        efti_put(out, text.data, text.size);
        st = text.failed
                 ? efti_no_memory(err, "a veiled text")
                 : put_veiled(w, r, how, "comments", rec->comments, map, out, err);
    }
    efti_veil_close_record(w->veil);
    efti_bytes_free(&text);
    return st;
}

eft_status
efti_line_veiled(struct efti_worker *w, const struct efti_batch_record *r,
                 struct efti_bytes *map, struct efti_bytes *out, eft_error *err)
{
    const struct efti_record *rec = &r->record;
    struct efti_replacer how;
    eft_status st = replacer_of(w, r, &how, err);

    if (st != EFT_OK)
        return st;
    if (r->writer_number > 0) {
        efti_put_text(out, ",\"writer\":");
        efti_put_u64(out, r->writer_number);
    }
    if ((st = put_label(w, "unit", r->label_numbers[0], rec->unit, out, err)) != EFT_OK ||
        (st = put_label(w, "assignment", r->label_numbers[1], rec->assignment, out,
                        err)) != EFT_OK ||
        (st = put_facets(w, r, out, err)) != EFT_OK)
        return st;
    if (rec->day != EFTI_NO_DAY)
        put_day(rec->day + how.shift, out);
    if (rec->has_feeling) {
        efti_put_text(out, ",\"feeling\":");
        efti_put_double(out, rec->feeling);
    }
    if (rec->votes >= 0) {
        efti_put_text(out, ",\"votes\":");
        efti_put_i64(out, rec->votes);
    }
    if ((st = put_tags(w, r, out, err)) != EFT_OK)
        return st;
    return put_texts(w, r, &how, map, out, err);
}

/* ------------------------------------------------------------------- spans */

/* Which pieces of evidence the rule was decided on. */
static void
put_evidence(uint32_t evidence, struct efti_bytes *out)
{
    bool first = true;

    efti_put_text(out, ",\"evidence\":[");
    for (unsigned bit = 0; efti_evidence_name(bit) != NULL; bit++) {
        if ((evidence >> bit & 1) == 0)
            continue;
        efti_put_text(out, first ? "\"" : ",\"");
        efti_put_text(out, efti_evidence_name(bit));
        efti_put_char(out, '"');
        first = false;
    }
    efti_put_char(out, ']');
}

/* What points at somebody besides. */
static void
put_risk(const struct efti_worker *w, eft_text text, struct efti_bytes *out)
{
    uint32_t reasons, score = efti_veil_risk(w->veil, text, &w->segments,
                                             w->veiled.categories, &reasons);
    bool first = true;

    efti_put_text(out, ",\"risk\":");
    efti_put_u64(out, score);
    efti_put_text(out, ",\"reasons\":[");
    for (unsigned bit = 0; efti_risk_name(bit) != NULL; bit++) {
        if ((reasons >> bit & 1) == 0)
            continue;
        efti_put_text(out, first ? "\"" : ",\"");
        efti_put_text(out, efti_risk_name(bit));
        efti_put_char(out, '"');
        first = false;
    }
    efti_put_char(out, ']');
}

static void
put_span(const struct efti_worker *w, const struct veiled_field *f, size_t i,
         struct efti_positions *from, struct efti_positions *to, struct efti_bytes *out)
{
    const struct efti_span *span = &w->veiled.spans.items[i];
    const eft_text put = replacement_of(f, i);

    efti_put_text(out, i == 0 ? "{" : ",{");
    efti_put_range(from, span->start, span->end, out);
    efti_put_text(out, ",\"category\":\"");
    efti_put_text(out, efti_category_name((enum efti_category)span->category));
    efti_put_text(out, "\",\"replacement\":");
    efti_put_json(out, put.bytes, put.size);
    efti_put_text(out, ",\"rule\":\"");
    efti_put_text(out, efti_rule_name(span->rule));
    efti_put_text(out, "\",\"score\":");
    efti_put_double(out, span->score / 100.0);
    put_veiled_range(f, to, i, out);
    if (w->plan->explain)
        put_evidence(span->evidence, out);
    efti_put_char(out, '}');
}

eft_status
efti_line_spans(struct efti_worker *w, const struct efti_batch_record *r,
                struct efti_bytes *map, struct efti_bytes *out, eft_error *err)
{
    struct efti_replacer how;
    struct veiled_field f;
    eft_status st = replacer_of(w, r, &how, err);

    if (st != EFT_OK)
        return st;
    open_record(w, &r->record);
    st = field_veil(w, &how, r->record.text, &f, err);
    efti_veil_close_record(w->veil);
    if (st == EFT_OK) {
        struct efti_positions from = {.text = f.raw};
        struct efti_positions to = {.text = {f.text.data, f.text.size}};

        efti_put_text(out, ",\"text\":");
        efti_put_json(out, f.text.data, f.text.size);
        efti_put_text(out, ",\"spans\":[");
        for (size_t i = 0; i < w->veiled.spans.count; i++)
            put_span(w, &f, i, &from, &to, out);
        efti_put_char(out, ']');
        if (w->plan->explain)
            put_risk(w, r->record.text, out);
        st = put_map(w, r, "text", &f, map, err);
    }
    field_free(w, &f);
    return st;
}
