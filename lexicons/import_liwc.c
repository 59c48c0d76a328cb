/*
 * import_liwc.c - dictionaries of LIWC
 *
 *     .dic     %                        .dicx    DicTerm,oro,natverk
 *              1    oro                          ont i magen,X,
 *              2    natverk                      kontakt*,,X
 *              %
 *              ont i magen    1
 *              kontakt*       2
 *
 * What is met in the wild: numbers with zeros before them, blanks for tabs, tabs before
 * a category for its depth (2015 and later), Windows-1252, CRLF. Entries with conditions
 * ("like <of>52/31", "(02 134)125/464") are left out, as quanteda does.
 */
#include "lexicons/import.h"

struct liwc {
    struct efti_import *im;
    eft_text rest;
    uint32_t line;
    struct {
        uint64_t number;
        uint32_t theme;
    } themes[EFTI_IMPORT_THEMES];
    size_t count;
};

/* The next line without its end; false: none is left. */
static bool
take_liwc_line(eft_text *rest, uint32_t *number, eft_text *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->bytes, '\n', rest->size);
    size_t size = end == NULL ? rest->size : (size_t)(end - rest->bytes);
    *line = (eft_text){rest->bytes, size};
    size_t whole = end == NULL ? size : size + 1;
    *rest = (eft_text){rest->bytes + whole, rest->size - whole};
    while (line->size > 0 &&
           (line->bytes[line->size - 1] == '\r' || line->bytes[line->size - 1] == ' ' ||
            line->bytes[line->size - 1] == '\t'))
        line->size--;
    (*number)++;
    return true;
}

static bool
is_liwc_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Digits at `at`, up to a blank or the end; false: something else. */
static bool
take_liwc_number(eft_text line, size_t at, size_t end, uint64_t *out)
{
    *out = 0;
    for (size_t i = at; i < end; i++) {
        if (line.bytes[i] < '0' || line.bytes[i] > '9' || *out > 1000000000)
            return false;
        *out = *out * 10 + (uint64_t)(line.bytes[i] - '0');
    }
    return end > at;
}

/* -------------------------------------------------------------------- categories */

static eft_status
take_category(struct liwc *l, eft_text line, uint32_t parents[EFTI_IMPORT_DEPTH],
              eft_error *err)
{
    size_t depth = 0, at, end;
    uint64_t number;
    uint32_t theme;

    while (depth < line.size && line.bytes[depth] == '\t')
        depth++;
    for (end = depth; end < line.size && !is_liwc_blank(line.bytes[end]);)
        end++;
    if (!take_liwc_number(line, depth, end, &number))
        return efti_import_fault(l->line, "a category is a number and a name", err);
    for (at = end; at < line.size && is_liwc_blank(line.bytes[at]);)
        at++;
    if (at == line.size)
        return efti_import_fault(l->line, "a category without a name", err);
    if (depth >= EFTI_IMPORT_DEPTH || (depth > 0 && parents[depth - 1] == EFTI_NO_PARENT))
        return efti_import_fault(l->line, "a category deeper than the one above it", err);
    for (size_t i = 0; i < l->count; i++) {
        if (l->themes[i].number == number)
            return efti_import_fault(l->line, "a number that was there before", err);
    }
    eft_status st =
        efti_import_theme(l->im, (eft_text){line.bytes + at, line.size - at},
                          depth == 0 ? EFTI_NO_PARENT : parents[depth - 1], &theme, err);
    if (st != EFT_OK)
        return st;
    parents[depth] = theme;
    for (size_t i = depth + 1; i < EFTI_IMPORT_DEPTH; i++)
        parents[i] = EFTI_NO_PARENT;
    l->themes[l->count].number = number;
    l->themes[l->count++].theme = theme;
    return EFT_OK;
}

static eft_status
take_categories(struct liwc *l, eft_error *err)
{
    uint32_t parents[EFTI_IMPORT_DEPTH];
    eft_text line;

    for (size_t i = 0; i < EFTI_IMPORT_DEPTH; i++)
        parents[i] = EFTI_NO_PARENT;
    do {
        if (!take_liwc_line(&l->rest, &l->line, &line))
            return efti_import_fault(l->line == 0 ? 1 : l->line,
                                     "no list of categories between two lines of %", err);
    } while (line.size == 0);
    if (line.bytes[0] != '%')
        return efti_import_fault(l->line, "the first line is % in a LIWC dictionary",
                                 err);
    while (take_liwc_line(&l->rest, &l->line, &line)) {
        if (line.size > 0 && line.bytes[0] == '%')
            return EFT_OK;
        eft_status st = line.size == 0 ? EFT_OK : take_category(l, line, parents, err);
        if (st != EFT_OK)
            return st;
    }
    return efti_import_fault(l->line, "no second % behind the categories", err);
}

/* ----------------------------------------------------------------------- entries */

static eft_status
take_member(struct liwc *l, eft_text term, uint64_t number, eft_error *err)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->themes[i].number == number)
            return efti_import_pattern(l->im, l->themes[i].theme, term, false, err);
    }
    return efti_import_fault(l->line, "a number that no category has", err);
}

/* Numbers stand behind the term, which may have blanks itself. */
static eft_status
take_entry(struct liwc *l, eft_text line, eft_error *err)
{
    size_t end = line.size, first = line.size;
    uint64_t number;
    eft_status st = EFT_OK;

    while (end > 0) {
        size_t from = end;
        while (from > 0 && !is_liwc_blank(line.bytes[from - 1]))
            from--;
        if (from == 0 || !take_liwc_number(line, from, end, &number))
            break;
        first = from;
        for (end = from; end > 0 && is_liwc_blank(line.bytes[end - 1]);)
            end--;
    }
    const eft_text term = {line.bytes, end};
    if (memchr(line.bytes, '<', line.size) != NULL ||
        memchr(line.bytes, '/', line.size) != NULL ||
        (line.bytes[0] != '(' &&
         memchr(line.bytes + end, '(', line.size - end) != NULL)) {
        l->im->left_out++;
        return EFT_OK;
    }
    if (first == line.size)
        return efti_import_fault(l->line, "a word without the number of a category", err);
    for (size_t at = first; at < line.size && st == EFT_OK;) {
        for (end = at; end < line.size && !is_liwc_blank(line.bytes[end]);)
            end++;
        (void)take_liwc_number(line, at, end, &number);
        st = take_member(l, term, number, err);
        for (at = end; at < line.size && is_liwc_blank(line.bytes[at]);)
            at++;
    }
    return st;
}

eft_status
efti_import_dic(struct efti_import *im, eft_text text, eft_error *err)
{
    struct liwc *l = efti_zalloc(im->mem, 1, sizeof(*l));
    eft_text line;

    if (l == NULL)
        return efti_no_memory(err, "the lexicon");
    l->im = im;
    l->rest = text;
    eft_status st = take_categories(l, err);
    while (st == EFT_OK && take_liwc_line(&l->rest, &l->line, &line)) {
        while (line.size > 0 && is_liwc_blank(line.bytes[0]))
            line = (eft_text){line.bytes + 1, line.size - 1};
        if (line.size > 0)
            st = take_entry(l, line, err);
    }
    efti_release(im->mem, l, sizeof(*l));
    return st;
}

/* ------------------------------------------------------------------------- .dicx */

/* A cell stands on its line: what a quote opens ends there. */
static bool
has_open_quote(eft_text line)
{
    size_t quotes = 0;

    for (size_t i = 0; i < line.size; i++)
        quotes += line.bytes[i] == '"';
    return quotes % 2 != 0;
}

/* The next cell of a line, without quotes; false: none is left. */
static bool
take_dicx_cell(eft_text *rest, struct efti_bytes *cell)
{
    bool quoted = false;
    size_t at = 0;

    efti_bytes_clear(cell);
    if (rest->bytes == NULL)
        return false;
    for (; at < rest->size && (quoted || rest->bytes[at] != ','); at++) {
        if (rest->bytes[at] == '"')
            quoted = !quoted;
        else
            efti_put_char(cell, rest->bytes[at]);
    }
    *rest = at == rest->size ? (eft_text){NULL, 0}
                             : (eft_text){rest->bytes + at + 1, rest->size - at - 1};
    return true;
}

static eft_status
take_dicx_head(struct efti_import *im, eft_text line, struct efti_bytes *cell,
               eft_error *err)
{
    uint32_t theme;

    bool first = take_dicx_cell(&line, cell);
    if (cell->failed)
        return efti_no_memory(err, "the lexicon");
    if (!first || !efti_equal(cell->data, cell->size, "DicTerm", 7))
        return efti_import_fault(1, "the first column is DicTerm in LIWC-22", err);
    while (take_dicx_cell(&line, cell)) {
        if (cell->failed)
            return efti_no_memory(err, "the lexicon");
        if (cell->size == 0)
            return efti_import_fault(1, "a column without a name", err);
        eft_status st = efti_import_theme(im, (eft_text){cell->data, cell->size},
                                          EFTI_NO_PARENT, &theme, err);
        if (st != EFT_OK)
            return st;
    }
    return im->themes.count > 0 ? EFT_OK
                                : efti_import_fault(1, "no column of a category", err);
}

static eft_status
take_dicx_row(struct efti_import *im, eft_text line, uint32_t number,
              struct efti_bytes *cell, struct efti_bytes *term, eft_error *err)
{
    eft_status st = EFT_OK;

    (void)take_dicx_cell(&line, cell);
    efti_bytes_clear(term);
    efti_put(term, cell->data, cell->size);
    if (cell->failed || term->failed)
        return efti_no_memory(err, "the lexicon");
    for (uint32_t t = 0; st == EFT_OK && take_dicx_cell(&line, cell); t++) {
        bool has = cell->size > 0 && !efti_equal(cell->data, cell->size, "0", 1);
        if (cell->failed)
            st = efti_no_memory(err, "the lexicon");
        else if (has && t >= im->themes.count)
            st = efti_import_fault(number, "more cells than the first line has", err);
        else if (has)
            st = efti_import_pattern(im, t, (eft_text){term->data, term->size}, false,
                                     err);
    }
    return st;
}

eft_status
efti_import_dicx(struct efti_import *im, eft_text text, eft_error *err)
{
    struct efti_bytes cell, term;
    eft_text line = {"", 0};
    uint32_t number = 0;

    efti_bytes_init(&cell, im->mem);
    efti_bytes_init(&term, im->mem);
    (void)take_liwc_line(&text, &number, &line);
    eft_status st = take_dicx_head(im, line, &cell, err);
    while (st == EFT_OK && take_liwc_line(&text, &number, &line)) {
        if (has_open_quote(line))
            st = efti_import_fault(number, "a quote that does not end", err);
        else if (line.size > 0)
            st = take_dicx_row(im, line, number, &cell, &term, err);
    }
    efti_bytes_free(&cell);
    efti_bytes_free(&term);
    return st;
}
