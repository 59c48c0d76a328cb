/*
 * list_read.c - from the bytes of a list file to flags on folded forms
 *
 * A list is UTF-8: lines of tab-separated fields, '#' at the start of a line is a
 * comment. Which list sets what is one table (list_rows.c); a row goes to a small
 * function that knows its columns.
 *
 * Across lists: a name on also_words.tsv keeps that rule alone, since "Alla" must not
 * count as a given name of the common kind; a foreign word that is also a Swedish
 * function word ("de", "man") says nothing about the language.
 */
#include "lexicons/list_rows.h"

static eft_text
trimmed(const char *bytes, size_t size)
{
    while (size > 0 && (bytes[size - 1] == ' ' || bytes[size - 1] == '\r'))
        size--;
    while (size > 0 && *bytes == ' ') {
        bytes++;
        size--;
    }
    return (eft_text){bytes, size};
}

static void
split_row(eft_text line, struct efti_list_row *row)
{
    size_t from = 0;

    *row = (struct efti_list_row){0};
    while (row->count < EFTI_COUNT(row->fields) && from <= line.size) {
        size_t to = from;
        while (to < line.size && line.bytes[to] != '\t')
            to++;
        row->fields[row->count++] = trimmed(line.bytes + from, to - from);
        from = to + 1;
    }
}

static eft_status
read_row(struct efti_list_reader *r, size_t list, eft_text line, uint32_t number,
         eft_error *err)
{
    const struct efti_list_file *file = efti_list_file(list);
    struct efti_list_row row;

    if (trimmed(line.bytes, line.size).size == 0 || line.bytes[0] == '#')
        return EFT_OK;
    split_row(line, &row);
    if (row.count < file->fields || row.fields[0].size == 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "%s line %u: %u fields are needed (separate them with tabs)",
                         file->name, number, (unsigned)file->fields);
    if (row.fields[0].size > EFTI_LIST_FIELD_MAX)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "%s line %u: the first field is longer than %u bytes",
                         file->name, number, EFTI_LIST_FIELD_MAX);
    bool taken = file->read != NULL
                     ? file->read(r, &row)
                     : efti_list_note(r, row.fields[0], file->flags, file->class);
    if (!taken)
        return efti_no_memory(err, "the word lists");
    if (row.problem != NULL)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s line %u: %s", file->name,
                         number, row.problem);
    return EFT_OK;
}

eft_status
efti_list_read(struct efti_list_reader *r, size_t list, eft_text bytes, eft_error *err)
{
    uint32_t number = 0;
    size_t from = 0;

    if (efti_utf8_valid_prefix(bytes.bytes, bytes.size) != bytes.size)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET,
                         "%s is not UTF-8 (save it so)", efti_list_name(list));
    while (from < bytes.size) {
        size_t to = from;
        while (to < bytes.size && bytes.bytes[to] != '\n')
            to++;
        eft_status st =
            read_row(r, list, (eft_text){bytes.bytes + from, to - from}, ++number, err);
        if (st != EFT_OK)
            return st;
        from = to + 1;
    }
    return EFT_OK;
}

void
efti_list_settle(struct efti_list_pool *pool)
{
    const uint32_t also =
        EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME | EFTI_LIST_ALSO_NEVER;
    const uint32_t names =
        EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2;

    for (size_t i = 0; i < pool->forms.count; i++) {
        struct efti_list_says *f = &pool->forms.items[i];
        if (f->flags & also)
            f->flags &= ~names;
        if (f->flags & EFTI_LIST_FUNCTION)
            f->flags &= ~(uint32_t)EFTI_LIST_FOREIGN;
    }
}
