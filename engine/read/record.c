/*
 * record.c - values into the fields of a record; what is given out and what set aside
 *
 * A bad date, feeling, vote or tag list costs that field, never the record: the text is
 * what was come for. Both are counted, the field by its role, the record by its reason.
 *
 * Where an input asks for consent, only a plain yes lets a record through: an empty cell,
 * a word that we do not know, or (in JSON Lines) a member that is left out after it was
 * there once, does not. Such records are counted, and nothing else of them is kept.
 */
#include "read/reader.h"

const char *
efti_reason_name(enum efti_reason reason)
{
    static const char *const names[EFTI_REASON_COUNT] = {
        [EFTI_REASON_NONE] = "none",
        [EFTI_REASON_NOT_UTF8] = "not-utf8",
        [EFTI_REASON_CELL_COUNT] = "cell-count",
        [EFTI_REASON_OPEN_QUOTE] = "open-quote",
        [EFTI_REASON_STRAY_QUOTE] = "stray-quote",
        [EFTI_REASON_BAD_JSON] = "bad-json",
        [EFTI_REASON_NOT_OBJECT] = "not-object",
        [EFTI_REASON_NO_TEXT] = "no-text",
        [EFTI_REASON_BAD_TYPE] = "bad-type",
        [EFTI_REASON_TOO_LARGE] = "too-large",
        [EFTI_REASON_UNREADABLE] = "unreadable",
        [EFTI_REASON_GARBLED] = "garbled",
    };
    return (unsigned)reason < EFTI_REASON_COUNT ? names[reason] : "unknown";
}

void
efti_record_begin(struct efti_reader *r, struct efti_record *out, uint64_t byte)
{
    memset(out, 0, sizeof *out);
    out->input = r->input;
    out->row = r->row;
    out->byte = byte;
    out->day = EFTI_NO_DAY;
    out->votes = -1;
}

/* ---------------------------------------------------------------------- tags */

void
efti_record_tag(struct efti_record *out, eft_text tag)
{
    tag = efti_trim(tag);
    if (tag.size == 0)
        return;
    if (out->tag_count == EFTI_MAX_TAGS)
        out->field_errors |= UINT32_C(1) << EFTI_ROLE_TAGS;
    else
        out->tags[out->tag_count++] = tag;
}

/* The strongest separator that is there: a tag may hold a comma when semicolons are used,
 * and both when bars are. */
static void
record_split_tags(struct efti_record *out, eft_text value)
{
    char separator = ',';
    size_t from = 0;

    if (value.size == 0)
        return;
    if (memchr(value.bytes, '|', value.size) != NULL)
        separator = '|';
    else if (memchr(value.bytes, ';', value.size) != NULL)
        separator = ';';
    for (size_t i = 0; i <= value.size; i++) {
        if (i < value.size && value.bytes[i] != separator)
            continue;
        efti_record_tag(out, (eft_text){value.bytes + from, i - from});
        from = i + 1;
    }
}

/* -------------------------------------------------------------------- fields */

/* Values that are numbers underneath; an empty one is no answer, not an error. */
static bool
record_set_number(const struct efti_reader *r, struct efti_record *out,
                  enum efti_role role, eft_text value)
{
    switch (role) {
    case EFTI_ROLE_TIME:
        out->day = efti_parse_day(value.bytes, value.size);
        return out->day != EFTI_NO_DAY;
    case EFTI_ROLE_FEELING:
        out->has_feeling = efti_parse_feeling(value, r->options.feeling_low,
                                              r->options.feeling_high, &out->feeling);
        return out->has_feeling;
    default: return efti_parse_votes(value, &out->votes);
    }
}

void
efti_record_set(struct efti_reader *r, struct efti_record *out, struct efti_slot slot,
                eft_text value)
{
    const eft_text trimmed = efti_trim(value);

    switch ((enum efti_role)slot.role) {
    case EFTI_ROLE_TEXT: out->text = value; break;
    case EFTI_ROLE_ID: out->id = trimmed; break;
    case EFTI_ROLE_WRITER: out->writer = trimmed; break;
    case EFTI_ROLE_UNIT: out->unit = trimmed; break;
    case EFTI_ROLE_ASSIGNMENT: out->assignment = trimmed; break;
    case EFTI_ROLE_PROMPT: out->prompt = trimmed; break;
    case EFTI_ROLE_COMMENTS: out->comments = trimmed; break;
    case EFTI_ROLE_FACET: out->facets[slot.facet] = trimmed; break;
    case EFTI_ROLE_TAGS: record_split_tags(out, trimmed); break;
    case EFTI_ROLE_CONSENT:
        r->asks_consent = true;
        out->consents = efti_parse_consent(trimmed);
        break;
    case EFTI_ROLE_TIME:
    case EFTI_ROLE_FEELING:
    case EFTI_ROLE_VOTES:
        if (trimmed.size > 0 &&
            !record_set_number(r, out, (enum efti_role)slot.role, trimmed))
            out->field_errors |= UINT32_C(1) << slot.role;
        break;
    case EFTI_ROLE_NONE:
    case EFTI_ROLE_COUNT: break;
    }
}

/* ------------------------------------------------------- given out, set aside */

eft_status
efti_record_aside(struct efti_reader *r, uint64_t byte, enum efti_reason reason,
                  eft_error *err)
{
    r->counts.set_aside[reason]++;
    if (r->options.strict) {
        const eft_status status =
            reason == EFTI_REASON_NOT_UTF8 || reason == EFTI_REASON_GARBLED
                ? EFT_E_ENCODING
            : reason == EFTI_REASON_TOO_LARGE  ? EFT_E_LIMIT
            : reason == EFTI_REASON_UNREADABLE ? EFT_E_IO
                                               : EFT_E_FORMAT;
        return efti_fail(err, status, byte,
                         EFTI_READ_AT
                         ", record %llu at byte %llu: %s; mend it, or leave out "
                         "--strict to set such records aside",
                         EFTI_READ_PLACE(r), (unsigned long long)r->row,
                         (unsigned long long)byte, efti_reason_name(reason));
    }
    if (r->options.set_aside == NULL)
        return EFT_OK;
    return r->options.set_aside(r->options.set_aside_user, r->input, r->row, byte,
                                reason);
}

/* A name in any field would pass the veil as something else. */
static bool
record_garbled(const struct efti_record *r)
{
    bool is = efti_garbled(r->text) || efti_garbled(r->comments) ||
              efti_garbled(r->prompt) || efti_garbled(r->unit) ||
              efti_garbled(r->assignment);

    for (size_t i = 0; i < EFTI_MAX_FACETS && !is; i++)
        is = efti_garbled(r->facets[i]);
    for (size_t i = 0; i < r->tag_count && !is; i++)
        is = efti_garbled(r->tags[i]);
    return is;
}

eft_status
efti_record_done(struct efti_reader *r, struct efti_record *record, bool *given,
                 eft_error *err)
{
    *given = false;
    /* JSON Lines tell their members one by one: those before cannot be called back */
    if (r->asks_consent && r->gave_unasked)
        return efti_fail(err, EFT_E_CONFLICT, record->byte,
                         EFTI_READ_AT
                         ", record %llu says whether it consents, and records before it "
                         "do not: give all of them the member",
                         EFTI_READ_PLACE(r), (unsigned long long)r->row);
    if (r->asks_consent && !record->consents) {
        r->counts.no_consent++;
        return EFT_OK;
    }
    if ((record->field_errors >> EFTI_ROLE_TAGS & 1U) != 0)
        record->tag_count = 0; /* more than we hold: none, rather than some of them */
    if (r->options.max_text != 0 && record->text.size > r->options.max_text)
        return efti_record_aside(r, record->byte, EFTI_REASON_TOO_LARGE, err);
    if (record_garbled(record))
        return efti_record_aside(r, record->byte, EFTI_REASON_GARBLED, err);
    for (int role = 0; role < EFTI_ROLE_COUNT; role++)
        r->counts.field_errors[role] += record->field_errors >> role & 1U;
    r->counts.records++;
    r->gave_unasked = !r->asks_consent;
    *given = true;
    return EFT_OK;
}

/* ---------------------------------------------------------------- conversion */

/* "" -> " within a quoted cell; every quote in it is doubled, or it would have ended. */
static size_t
record_single_quotes(char *to, const char *bytes, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        to[count++] = bytes[i];
        if (bytes[i] == '"')
            i++;
    }
    return count;
}

eft_status
efti_record_convert(struct efti_reader *r, const char *bytes, size_t size, bool doubled,
                    eft_text *out, eft_error *err)
{
    char *copy;

    *out = (eft_text){bytes, size};
    if (doubled) {
        copy = efti_arena_alloc(&r->scratch, size, 1);
        if (copy == NULL)
            return efti_no_memory(err, "a record");
        *out = (eft_text){copy, record_single_quotes(copy, bytes, size)};
    }
    if (r->source.encoding == EFTI_CP1252 && out->size > 0) {
        const eft_status status = efti_from_cp1252(out->bytes, out->size, &r->bytes, err);
        if (status != EFT_OK)
            return status;
        copy = efti_arena_copy(&r->scratch, r->bytes.data, r->bytes.size);
        if (copy == NULL)
            return efti_no_memory(err, "a record");
        *out = (eft_text){copy, r->bytes.size};
    }
    return EFT_OK;
}
