/*
 * gold_codes.c - codes that were kept in a spreadsheet become documents
 *
 *     id;themes;negated
 *     P1-001;oro|ledning;ledning
 *     P1-002;;                        read, and about none
 *
 * Codes stand in one cell, split as tags are. Text, writer and unit may stand beside,
 * with the names that they have in an input. A table with a column for each theme has no
 * such header, and is read by gold_sheet.c.
 */
#include "evaluate/evaluate.h"

#include <strings.h>

static const char *const themes_names[] = {"themes", "teman", "codes", "koder"};
static const char *const negated_names[] = {"negated", "nekade"};

/* The next cell of a header, without blanks and quotes around it; false: none is left. */
static bool
next_header(eft_text *rest, eft_text *cell)
{
    size_t n = 0;

    if (rest->bytes == NULL)
        return false;
    while (n < rest->size && strchr(";,\t", rest->bytes[n]) == NULL)
        n++;
    *cell = (eft_text){rest->bytes, n};
    while (cell->size > 0 && strchr(" \"", cell->bytes[0]) != NULL) {
        cell->bytes++;
        cell->size--;
    }
    while (cell->size > 0 && strchr(" \"", cell->bytes[cell->size - 1]) != NULL)
        cell->size--;
    *rest = n < rest->size ? (eft_text){rest->bytes + n + 1, rest->size - n - 1}
                           : (eft_text){NULL, 0};
    return true;
}

/* Which of `names` is a header of the line; NULL: none. */
static const char *
header_among(eft_text line, const char *const *names, size_t count)
{
    eft_text cell;

    while (next_header(&line, &cell)) {
        for (size_t i = 0; i < count; i++) {
            if (cell.size == strlen(names[i]) &&
                strncasecmp(cell.bytes, names[i], cell.size) == 0)
                return names[i];
        }
    }
    return NULL;
}

bool
efti_gold_is_codes(eft_text line)
{
    return header_among(line, themes_names, EFTI_COUNT(themes_names)) != NULL;
}

static eft_status
keep(struct efti_gold *g, eft_text from, eft_text *to, eft_error *err)
{
    char *copy = efti_arena_copy(&g->arena, from.bytes, from.size);

    if (copy == NULL)
        return efti_no_memory(err, "a gold document");
    *to = (eft_text){copy, from.size};
    return EFT_OK;
}

static eft_status
add_code(struct efti_gold *g, struct efti_gold_part *part, eft_text code, eft_error *err)
{
    if (part->count == 0)
        part->first = (uint32_t)g->names.count;
    if (!EFTI_PUSH(g->mem, &g->names))
        return efti_no_memory(err, "the gold themes");
    part->count++;
    return keep(g, code, &g->names.items[g->names.count - 1], err);
}

/* "oro|ledning", or with ; or , between. */
static eft_status
add_negated(struct efti_gold *g, struct efti_gold_doc *doc, eft_text cell, eft_error *err)
{
    const char split = memchr(cell.bytes, '|', cell.size) != NULL   ? '|'
                       : memchr(cell.bytes, ';', cell.size) != NULL ? ';'
                                                                    : ',';
    eft_status st = EFT_OK;

    for (size_t from = 0, i = 0; i <= cell.size && st == EFT_OK; i++) {
        if (i < cell.size && cell.bytes[i] != split)
            continue;
        const eft_text code = efti_trim((eft_text){cell.bytes + from, i - from});
        if (code.size > 0)
            st = add_code(g, &doc->negated, code, err);
        from = i + 1;
    }
    return st;
}

static eft_status
take_row(struct efti_gold *g, const struct efti_record *r, bool negated, eft_error *err)
{
    eft_text id = {0};
    eft_status st = keep(g, r->id, &id, err);

    if (st != EFT_OK)
        return st;
    struct efti_gold_doc *doc = efti_gold_add(g, id, (uint32_t)r->row + 1, err);
    if (doc == NULL)
        return err != NULL && err->status != EFT_OK ? err->status : EFT_E_NOMEM;
    doc->has = EFTI_GOLD_THEMES | (negated ? EFTI_GOLD_NEGATED : 0u);
    if (r->text.size > 0) {
        doc->has |= EFTI_GOLD_TEXT;
        st = keep(g, r->text, &doc->text, err);
    }
    if (st == EFT_OK)
        st = keep(g, r->writer, &doc->writer, err);
    if (st == EFT_OK && r->unit.size > 0) {
        g->group_name = "unit";
        st = keep(g, r->unit, &doc->group, err);
    }
    for (size_t i = 0; i < r->tag_count && st == EFT_OK; i++)
        st = add_code(g, &doc->themes, r->tags[i], err);
    if (st == EFT_OK && negated && r->facets[0].size > 0)
        st = add_negated(g, doc, r->facets[0], err);
    return st == EFT_OK ? efti_gold_join_negated(g, doc, err) : st;
}

/* Gold is read as a whole or not at all. */
static eft_status
refuse_row(void *user, uint32_t input, uint64_t row, uint64_t byte,
           enum efti_reason reason)
{
    (void)input, (void)byte, (void)reason;
    *(uint64_t *)user = row;
    return EFT_E_FORMAT;
}

eft_status
efti_gold_codes(struct efti_gold *g, eft_error *err)
{
    eft_text rest = g->body, line = {0};
    uint64_t damaged = 0;
    struct efti_reader *reader = NULL;
    struct efti_record record;

    (void)efti_gold_line(&rest, &line);
    const char *negated = header_among(line, negated_names, EFTI_COUNT(negated_names));
    const struct efti_mapping maps[] = {
        {.role = EFTI_ROLE_TAGS,
         .column = header_among(line, themes_names, EFTI_COUNT(themes_names))},
        {.role = EFTI_ROLE_FACET, .facet = "negated", .column = negated}};
    const struct efti_read_options options = {.mappings = maps,
                                              .mapping_count = negated != NULL ? 2 : 1,
                                              .text_optional = true,
                                              .set_aside = refuse_row,
                                              .set_aside_user = &damaged};
    eft_status st = efti_reader_over(g->mem, g->body, "csv", &options, &reader, err);
    while (st == EFT_OK && (st = efti_reader_next(reader, &record, err)) == EFT_OK)
        st = take_row(g, &record, negated != NULL, err);
    bool of_reader = st == EFT_E_MISSING || st == EFT_E_CONFLICT;
    efti_reader_free(reader);
    if (damaged != 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s, record %llu is damaged",
                         g->name, (unsigned long long)damaged);
    if (of_reader)
        return efti_fail(err, st, EFT_NO_OFFSET,
                         "%s: a table of codes has one column id and one themes, and one "
                         "each of text, writer, unit and negated if it has them",
                         g->name);
    return st == EFT_END ? EFT_OK : st;
}
