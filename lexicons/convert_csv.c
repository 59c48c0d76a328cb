/*
 * convert_csv.c - a lexicon from a spreadsheet
 *
 * Rows come in the order of the file: a theme begins with its first row and ends with the
 * first of another. What a row does not say is made up: a theme without a row of its own
 * is called by what stands there, which may be a name: "Rast och vila" has the id
 * rast_och_vila. The XML of row n stands on line n, so that what the reader of
 * lexicons says about a line is true of the row.
 *
 * The separator is what the first line has most of: comma, semicolon or tab.
 */
#include "lexicons/import.h"

#define NO_COLUMN UINT32_MAX

struct csv_reader {
    eft_text text;
    size_t at;
    uint32_t line;  /* of the row at hand, from 1 */
    uint32_t lines; /* that the row takes */
    char separator;
    eft_text lexicon;        /* the id of a table that has none */
    bool open;               /* a cell of the row began with a quote that never ended */
    struct efti_bytes cells; /* of the row, without quotes, each ended by NUL */
    struct efti_bytes id, parent; /* of the row's theme and of the one above it */
    struct efti_bytes name;       /* of the open theme, as its first row has it */
    struct efti_strings *themes;  /* that have begun */
    struct {
        size_t from, size;
    } cell[EFTI_CSV_COLUMNS * 2];
    size_t count;
    uint32_t place[EFTI_CSV_COLUMNS]; /* column of the CSV, or NO_COLUMN */
};

static char
separator_of(eft_text text)
{
    size_t counts[3] = {0};
    static const char signs[] = ",;\t";

    for (size_t i = 0; i < text.size && text.bytes[i] != '\n'; i++) {
        for (size_t k = 0; k < 3; k++)
            counts[k] += text.bytes[i] == signs[k];
    }
    size_t best = counts[1] > counts[0] ? 1 : 0;
    return signs[counts[2] > counts[best] ? 2 : best];
}

/* The bytes of one cell from r->at on; the sign behind it is taken too. */
static void
read_cell(struct csv_reader *r)
{
    bool quoted = r->at < r->text.size && r->text.bytes[r->at] == '"';

    r->at += quoted;
    for (; r->at < r->text.size; r->at++) {
        char c = r->text.bytes[r->at];
        if (quoted && c == '"') {
            if (r->at + 1 < r->text.size && r->text.bytes[r->at + 1] == '"') {
                r->at++;
            } else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (c == r->separator || c == '\n')) {
            return;
        }
        r->lines += c == '\n';
        if (c != '\r')
            efti_put_char(&r->cells, c == '\n' ? ' ' : c);
    }
    r->open = quoted;
}

/* False: the end. */
static bool
read_csv_row(struct csv_reader *r)
{
    if (r->at >= r->text.size)
        return false;
    r->line += r->lines;
    r->lines = 1;
    r->count = 0;
    efti_bytes_clear(&r->cells);
    for (;;) {
        size_t from = r->cells.size;
        read_cell(r);
        if (r->count < EFTI_COUNT(r->cell)) {
            r->cell[r->count].from = from;
            r->cell[r->count++].size = r->cells.size - from;
        }
        efti_put_char(&r->cells, '\0');
        if (r->at >= r->text.size || r->text.bytes[r->at++] == '\n')
            return true;
    }
}

/* Trimmed, without the apostrophe that keeps a spreadsheet from running it. */
static eft_text
cell(const struct csv_reader *r, size_t column)
{
    uint32_t place = r->place[column];

    if (place == NO_COLUMN || place >= r->count || r->cells.failed)
        return (eft_text){NULL, 0};
    eft_text text = {r->cells.data + r->cell[place].from, r->cell[place].size};
    while (text.size > 0 && text.bytes[0] == ' ')
        text = (eft_text){text.bytes + 1, text.size - 1};
    while (text.size > 0 && text.bytes[text.size - 1] == ' ')
        text.size--;
    if (text.size > 1 && text.bytes[0] == '\'')
        text = (eft_text){text.bytes + 1, text.size - 1};
    return text;
}

static bool
is_text(eft_text text, const char *word)
{
    return efti_equal(text.bytes, text.size, word, strlen(word));
}

static eft_status
csv_fault(const struct csv_reader *r, const char *what, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s", r->line, what);
}

/* A header in any case; in Swedish those that every table has. */
static bool
is_header(eft_text name, const char *wanted)
{
    size_t n = strlen(wanted);

    if (name.size != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = name.bytes[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != wanted[i])
            return false;
    }
    return true;
}

static bool
names_column(eft_text name, size_t column)
{
    if (column == EFTI_CSV_THEME)
        return is_header(name, "theme") || is_header(name, "tema");
    if (column == EFTI_CSV_TEXT)
        return is_header(name, "text") || is_header(name, "entry") ||
               is_header(name, "ord") || is_header(name, "uttryck");
    return is_header(name, efti_convert_column(column));
}

/* Which column of the first row is which. */
static eft_status
read_columns(struct csv_reader *r, eft_error *err)
{
    if (!read_csv_row(r))
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "line 1: the table is empty (is it the right file?)");
    for (size_t c = 0; c < EFTI_CSV_COLUMNS; c++) {
        r->place[c] = NO_COLUMN;
        for (uint32_t k = 0; k < r->count && !r->cells.failed; k++) {
            eft_text name = {r->cells.data + r->cell[k].from, r->cell[k].size};
            if (!names_column(name, c))
                continue;
            if (r->place[c] != NO_COLUMN)
                return csv_fault(r, "two columns for the same (remove one)", err);
            r->place[c] = k;
        }
    }
    if (r->place[EFTI_CSV_THEME] == NO_COLUMN || r->place[EFTI_CSV_TEXT] == NO_COLUMN)
        return csv_fault(r, "no columns theme and entry (name them in the first row)",
                         err);
    return EFT_OK;
}

/* The ids of a row: what stands there, or made of it. */
static void
read_ids(struct csv_reader *r, bool lexicon)
{
    eft_text theme = cell(r, EFTI_CSV_THEME), parent = cell(r, EFTI_CSV_ROLE + 1);

    efti_bytes_clear(&r->id);
    efti_bytes_clear(&r->parent);
    if (lexicon)
        efti_put(&r->id, theme.bytes, theme.size);
    else if (theme.size > 0)
        efti_import_slug(&r->id, theme);
    if (parent.size > 0)
        efti_import_slug(&r->parent, parent);
}

static eft_text
either(eft_text text, eft_text other)
{
    return text.size > 0 ? text : other;
}

/* The head of a theme; for a row that is none, its id stands for all of it. */
static void
put_theme(struct efti_bytes *out, const struct csv_reader *r, bool row)
{
    const eft_text none = {NULL, 0}, id = cell(r, EFTI_CSV_THEME);
    const eft_text parent = {r->parent.data, r->parent.size};
    eft_text t[7];

    for (size_t i = 0; i < EFTI_COUNT(t); i++)
        t[i] = row ? cell(r, EFTI_CSV_ROLE + i) : none;
    const struct efti_convert_head h = {
        .id = {r->id.data, r->id.size},
        .role = t[0],
        .parent = row ? parent : none,
        .label_sv = either(t[2], id),
        .label_en = either(t[3], either(t[2], id)),
        .definition_sv = either(t[4], id),
        .definition_en = either(t[5], either(t[4], id)),
        .source = either(t[6], id),
    };
    efti_convert_theme(out, &h);
}

static void
put_lexicon(struct efti_bytes *out, const struct csv_reader *r, bool row)
{
    const eft_text none = {NULL, 0}, id = r->lexicon, one = {"1.0.0", 5};
    const eft_text unknown = {"unknown", 7};
    const struct efti_convert_head h = {
        .id = row ? cell(r, EFTI_CSV_THEME) : id,
        .version = either(row ? cell(r, EFTI_CSV_TEXT) : none, one),
        .licence = either(row ? cell(r, EFTI_CSV_ROLE + 4) : none, unknown),
        .label_sv = either(row ? cell(r, EFTI_CSV_ROLE + 2) : none, id),
        .label_en = either(row ? cell(r, EFTI_CSV_ROLE + 3) : none, id),
        .source = either(row ? cell(r, EFTI_CSV_ROLE + 6) : none, unknown),
    };
    efti_convert_lexicon(out, &h);
}

static eft_status
put_row(struct efti_bytes *out, const struct csv_reader *r, eft_text kind, eft_error *err)
{
    eft_text text = cell(r, EFTI_CSV_TEXT);
    bool example = is_text(kind, "yes") || is_text(kind, "no");
    const char *name = example ? "example" : is_text(kind, "except") ? "except" : "entry";

    if (kind.size > 0 && !example && !is_text(kind, "entry") && !is_text(kind, "except"))
        return csv_fault(r,
                         "a kind that is none of lexicon, theme, entry, except, yes, no "
                         "(correct it)",
                         err);
    efti_put_char(out, '<');
    efti_put_text(out, name);
    if (example)
        efti_convert_attribute(out, "counts", kind);
    for (size_t c = EFTI_CSV_ATTRIBUTES; c < EFTI_CSV_ROLE && !example; c++)
        efti_convert_attribute(out, efti_convert_column(c), cell(r, c));
    efti_put_char(out, '>');
    efti_convert_escaped(out, text.bytes, text.size);
    efti_put_text(out, "</");
    efti_put_text(out, name);
    efti_put_char(out, '>');
    return EFT_OK;
}

/* Capitals and the letters of Latin-1, which are all that ids are made of. */
static uint32_t
small_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ? c + 32 : c;
}

/* "Oro" and "oro" are one theme; "Öga" and "Oga" have one id and are two. */
static bool
is_same_name(eft_text a, eft_text b)
{
    size_t i = 0, k = 0;
    bool same = true;

    while (same && i < a.size && k < b.size)
        same = small_letter(efti_utf8_next(a.bytes, a.size, &i)) ==
               small_letter(efti_utf8_next(b.bytes, b.size, &k));
    return same && i == a.size && k == b.size;
}

/* One row behind the first. `theme` holds the id of the theme that is open. */
static eft_status
convert_row(struct csv_reader *r, struct efti_bytes *xml, struct efti_bytes *theme,
            bool *lexicon, eft_error *err)
{
    eft_text kind = cell(r, EFTI_CSV_KIND);

    read_ids(r, is_text(kind, "lexicon"));
    const eft_text id = {r->id.data, r->id.size}, name = cell(r, EFTI_CSV_THEME);
    if (kind.size == 0 && id.size == 0 && cell(r, EFTI_CSV_TEXT).size == 0)
        return EFT_OK; /* an empty row */
    if (!*lexicon) {
        put_lexicon(xml, r, is_text(kind, "lexicon"));
        *lexicon = true;
    } else if (is_text(kind, "lexicon")) {
        return csv_fault(r, "a row of the lexicon that is not the first (move it)", err);
    }
    if (is_text(kind, "lexicon"))
        return EFT_OK;
    if (id.size == 0)
        return csv_fault(r,
                         "a row without a theme (write it in each row, also where cells "
                         "were merged)",
                         err);
    if (!efti_equal(id.bytes, id.size, theme->data, theme->size)) {
        bool added = true;
        if (efti_strings_add(r->themes, id.bytes, id.size, &added) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the lexicon");
        if (!added)
            return csv_fault(r,
                             "rows of a theme that do not stand together (sort the table "
                             "by theme), or of another whose name gives the same id",
                             err);
        if (theme->size > 0)
            efti_put_text(xml, "</theme>");
        put_theme(xml, r, is_text(kind, "theme"));
        efti_bytes_clear(theme);
        efti_put(theme, id.bytes, id.size);
        efti_bytes_clear(&r->name);
        efti_put(&r->name, name.bytes, name.size);
    } else if (!is_same_name(name, (eft_text){r->name.data, r->name.size})) {
        return csv_fault(r,
                         "a theme whose name gives the same id as that of the rows above "
                         "(write both alike, or rename one)",
                         err);
    } else if (is_text(kind, "theme")) {
        return csv_fault(r, "a second row for the same theme (join the two)", err);
    }
    return is_text(kind, "theme") ? EFT_OK : put_row(xml, r, kind, err);
}

/* Clearing forgets that there was no room: it is asked after each row. */
static bool
has_no_room(const struct csv_reader *r, const struct efti_bytes *xml,
            const struct efti_bytes *theme)
{
    return r->cells.failed || r->id.failed || r->parent.failed || r->name.failed ||
           theme->failed || xml->failed;
}

eft_status
efti_convert_csv(eft_text csv, eft_text id, struct efti_bytes *xml, eft_error *err)
{
    struct csv_reader r = {.text = csv, .line = 1, .lexicon = id};
    struct efti_bytes theme;
    bool lexicon = false;
    uint32_t line = 1;

    if (csv.size >= 3 && memcmp(csv.bytes, "\xEF\xBB\xBF", 3) == 0)
        r.at = 3;
    if (efti_utf8_valid_prefix(csv.bytes, csv.size) != csv.size ||
        (csv.size > 0 && memchr(csv.bytes, '\0', csv.size) != NULL))
        return efti_fail(
            err, EFT_E_FORMAT, EFT_NO_OFFSET,
            "line 1: bytes that are not UTF-8 (save the table as CSV UTF-8)");
    r.separator = separator_of(csv);
    efti_bytes_init(&r.cells, xml->mem);
    efti_bytes_init(&r.id, xml->mem);
    efti_bytes_init(&r.parent, xml->mem);
    efti_bytes_init(&r.name, xml->mem);
    efti_bytes_init(&theme, xml->mem);
    eft_status st = efti_strings_new(xml->mem, &r.themes, err);
    if (st == EFT_OK)
        st = read_columns(&r, err);
    bool room = !has_no_room(&r, xml, &theme);
    while (st == EFT_OK && room && read_csv_row(&r)) {
        for (; line < r.line; line++)
            efti_put_char(xml, '\n');
        st = r.open
                 ? csv_fault(&r, "a quote that does not end (write \" at its end)", err)
                 : convert_row(&r, xml, &theme, &lexicon, err);
        room = !has_no_room(&r, xml, &theme);
    }
    if (lexicon)
        efti_put_text(xml, theme.size > 0 ? "</theme></lexicon>" : "</lexicon>");
    if (!room || xml->failed) /* and whatever looked wrong for that */
        st = efti_no_memory(err, "the lexicon");
    efti_bytes_free(&r.cells);
    efti_bytes_free(&r.id);
    efti_bytes_free(&r.parent);
    efti_bytes_free(&r.name);
    efti_strings_free(r.themes);
    efti_bytes_free(&theme);
    return st;
}
