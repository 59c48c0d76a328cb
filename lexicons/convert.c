/*
 * convert.c - a lexicon for other programs, and from a spreadsheet
 *
 *   XML    everything; what eft_lexicon_read() reads
 *   CSV    everything, a row for each theme, example, entry and exception:
 *
 *            kind,theme,text,gap,...        entry,oro,"ont =i (magen/hjärtat)",2,...
 *
 *          A file of two columns, theme and text, is a lexicon too. Cells that a
 *          spreadsheet would run as a formula ("=ord") begin with an apostrophe.
 *   DIC, DICX, YAML, QDC    convert_plain.c
 *
 * Sets of words come out where they are used, as groups.
 *
 * Reading CSV makes the XML of each row on the line of that row, and gives it to the
 * ordinary reader: so there is one set of rules, and messages tell the right line.
 */
#include "lexicons/convert.h"

#include "base/context.h"

/* ------------------------------------------------------------------ as patterns */

static void
put_word(struct efti_bytes *out, const struct eft_lexicon *lex,
         const struct efti_pattern_word *word)
{
    static const char *const marks[EFTI_PATTERN_KINDS] = {
        [EFTI_PATTERN_EXACT] = "=",    [EFTI_PATTERN_SUFFIX] = "*",
        [EFTI_PATTERN_TERM] = "+",     [EFTI_PATTERN_HEAD] = "head:",
        [EFTI_PATTERN_PART] = "part:", [EFTI_PATTERN_MODIFIER] = "modifier:"};

    if (word->kind == EFTI_PATTERN_SET) {
        const struct efti_word_set *set = &lex->sets[word->set];
        for (uint32_t i = 0; i < set->word_count; i++) {
            efti_put_char(out, i == 0 ? '(' : '/');
            put_word(out, lex, &set->words[i]);
        }
        efti_put_char(out, ')');
        return;
    }
    if (marks[word->kind] != NULL)
        efti_put_text(out, marks[word->kind]);
    efti_put(out, word->folded.bytes, word->folded.size);
    if (word->kind == EFTI_PATTERN_PREFIX)
        efti_put_char(out, '*');
}

static bool
same_entry(const struct efti_pattern *a, const struct efti_pattern *b)
{
    return a->theme == b->theme && a->entry == b->entry && a->rules == b->rules;
}

/* The alternatives of the entry that begins at pattern `first`; the one behind them. */
static uint32_t
put_entry(struct efti_bytes *out, const struct eft_lexicon *lex, uint32_t first)
{
    uint32_t i = first;

    for (; i < lex->pattern_count && same_entry(&lex->patterns[i], &lex->patterns[first]);
         i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        if (i > first)
            efti_put_text(out, " | ");
        for (uint32_t k = 0; k < p->word_count; k++) {
            if (k > 0)
                efti_put_char(out, ' ');
            put_word(out, lex, &p->words[k]);
        }
    }
    return i;
}

static void
put_condition(struct efti_bytes *out, const struct eft_lexicon *lex, const uint32_t *sets,
              uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct efti_word_set *set = &lex->sets[sets[i]];
        if (i > 0)
            efti_put_text(out, " + ");
        for (uint32_t k = 0; k < set->word_count; k++) {
            if (k > 0)
                efti_put_text(out, " | ");
            put_word(out, lex, &set->words[k]);
        }
    }
}

/* The attributes in the order of the CSV; each is asked for by its number. */
static const char *const attribute_names[] = {"gap",     "order",  "within",   "near",
                                              "without", "reach",  "polarity", "negated",
                                              "case",    "weight", "veil"};

static void
put_number_attribute(struct efti_bytes *out, uint32_t value)
{
    if (value > 0)
        efti_put_u64(out, value);
}

static void
put_polarities(struct efti_bytes *out, uint8_t polarities)
{
    static const char *const names[] = {"affirmed", "negated", "uncertain"};
    bool first = true;

    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        if (((uint32_t)polarities >> i & 1u) == 0)
            continue;
        if (!first)
            efti_put_char(out, ' ');
        efti_put_text(out, names[i]);
        first = false;
    }
}

/* Of all alternatives: one word alone has no gap, whatever its entry says. */
static uint32_t
entry_gap(const struct eft_lexicon *lex, const struct efti_pattern *first)
{
    const struct efti_pattern *end = lex->patterns + lex->pattern_count;
    uint32_t gap = 0;

    for (const struct efti_pattern *p = first; p < end && same_entry(p, first); p++)
        gap = p->gap > gap ? p->gap : gap;
    return gap;
}

static void
put_attribute(struct efti_bytes *out, const struct eft_lexicon *lex,
              const struct efti_pattern *p, size_t number)
{
    static const char *const cases[] = {"", "lower", "initial", "upper"};
    static const struct efti_entry_rules none = {0};
    const struct efti_entry_rules *r = p->rules == NULL ? &none : p->rules;

    switch (number) {
    case 0: put_number_attribute(out, entry_gap(lex, p)); break;
    case 1: efti_put_text(out, (r->flags & EFTI_ENTRY_FREE) != 0 ? "free" : ""); break;
    case 2: put_number_attribute(out, r->within); break;
    case 3: put_condition(out, lex, r->near, r->near_count); break;
    case 4: put_condition(out, lex, r->without, r->without_count); break;
    case 5: put_number_attribute(out, r->reach); break;
    case 6: put_polarities(out, r->polarities); break;
    case 7:
        efti_put_text(out, (r->flags & EFTI_ENTRY_NEGATED) != 0 ? "yes"
                           : (r->flags & EFTI_ENTRY_NEVER) != 0 ? "never"
                                                                : "");
        break;
    case 8: efti_put_text(out, cases[r->casing & 3u]); break;
    case 9:
        if (r->weight == 0)
            break;
        efti_put_text(out, r->weight < 10 ? "0.0" : "0.");
        efti_put_u64(out, r->weight);
        break;
    default: efti_put_text(out, (r->flags & EFTI_ENTRY_VEIL) != 0 ? "yes" : ""); break;
    }
}

static bool
is_except(const struct efti_pattern *p)
{
    return p->rules != NULL && (p->rules->flags & EFTI_ENTRY_EXCEPT) != 0;
}

/* ------------------------------------------------------------------ XML */

void
efti_convert_escaped(struct efti_bytes *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        switch (bytes[i]) {
        case '&': efti_put_text(out, "&amp;"); break;
        case '<': efti_put_text(out, "&lt;"); break;
        case '>': efti_put_text(out, "&gt;"); break;
        case '"': efti_put_text(out, "&quot;"); break;
        case '\n':
        case '\r':
        case '\t': efti_put_char(out, ' '); break;
        default: efti_put_char(out, bytes[i]);
        }
    }
}

void
efti_convert_element(struct efti_bytes *out, const char *name, const char *attribute,
                     eft_text text)
{
    efti_put_char(out, '<');
    efti_put_text(out, name);
    efti_put_text(out, attribute);
    efti_put_char(out, '>');
    efti_convert_escaped(out, text.bytes, text.size);
    efti_put_text(out, "</");
    efti_put_text(out, name);
    efti_put_char(out, '>');
}

void
efti_convert_attribute(struct efti_bytes *out, const char *name, eft_text value)
{
    if (value.size == 0)
        return;
    efti_put_char(out, ' ');
    efti_put_text(out, name);
    efti_put_text(out, "=\"");
    efti_convert_escaped(out, value.bytes, value.size);
    efti_put_char(out, '"');
}

static const char swedish[] = " xml:lang=\"sv\"", english[] = " xml:lang=\"en\"";

void
efti_convert_lexicon(struct efti_bytes *out, const struct efti_convert_head *h)
{
    efti_put_text(out, "<lexicon xmlns=\"urn:eftertanke:lexicon:1\" lang=\"sv\"");
    efti_convert_attribute(out, "id", h->id);
    efti_convert_attribute(out, "version", h->version);
    efti_convert_attribute(out, "licence", h->licence);
    efti_put_char(out, '>');
    efti_convert_element(out, "title", swedish, h->label_sv);
    efti_convert_element(out, "title", english, h->label_en);
    efti_convert_element(out, "source", "", h->source);
}

void
efti_convert_theme(struct efti_bytes *out, const struct efti_convert_head *h)
{
    efti_put_text(out, "<theme");
    efti_convert_attribute(out, "id", h->id);
    efti_convert_attribute(out, "role", h->role);
    efti_convert_attribute(out, "parent", h->parent);
    efti_put_char(out, '>');
    efti_convert_element(out, "label", swedish, h->label_sv);
    efti_convert_element(out, "label", english, h->label_en);
    efti_convert_element(out, "definition", swedish, h->definition_sv);
    efti_convert_element(out, "definition", english, h->definition_en);
    efti_convert_element(out, "source", "", h->source);
}

static struct efti_convert_head
head_of_lexicon(const struct eft_lexicon *lex)
{
    return (struct efti_convert_head){.id = lex->id,
                                      .version = lex->version,
                                      .licence = lex->licence,
                                      .label_sv = lex->title_sv,
                                      .label_en = lex->title_en,
                                      .source = lex->source};
}

static struct efti_convert_head
head_of_theme(const struct eft_lexicon *lex, const struct efti_theme *t)
{
    return (struct efti_convert_head){.id = t->id,
                                      .role = t->role,
                                      .parent = t->parent == EFTI_NO_PARENT
                                                    ? (eft_text){NULL, 0}
                                                    : lex->themes[t->parent].id,
                                      .label_sv = t->label_sv,
                                      .label_en = t->label_en,
                                      .definition_sv = t->definition_sv,
                                      .definition_en = t->definition_en,
                                      .source = t->source};
}

static void
put_xml_examples(struct efti_bytes *out, const struct efti_theme *theme)
{
    for (uint32_t i = 0; i < theme->example_count; i++) {
        const struct efti_example *e = &theme->examples[i];
        efti_convert_element(out, "example",
                             e->counts ? " counts=\"yes\"" : " counts=\"no\"", e->text);
        efti_put_char(out, '\n');
    }
}

/* The entry or exception that begins at pattern `p`; the pattern behind it. `cell` is
 * scratch. */
static uint32_t
put_xml_entry(struct efti_bytes *out, const struct eft_lexicon *lex, uint32_t p,
              struct efti_bytes *cell)
{
    const struct efti_pattern *first = &lex->patterns[p];

    efti_put_text(out, is_except(first) ? "<except" : "<entry");
    for (size_t a = 0; a < EFTI_COUNT(attribute_names); a++) {
        efti_bytes_clear(cell);
        put_attribute(cell, lex, first, a);
        out->failed = out->failed || cell->failed; /* clear forgets */
        efti_convert_attribute(out, attribute_names[a],
                               (eft_text){cell->data, cell->size});
    }
    efti_put_char(out, '>');
    efti_bytes_clear(cell);
    uint32_t behind = put_entry(cell, lex, p);
    out->failed = out->failed || cell->failed;
    efti_convert_escaped(out, cell->data, cell->size);
    efti_put_text(out, is_except(first) ? "</except>\n" : "</entry>\n");
    return behind;
}

static void
write_xml(struct efti_bytes *out, const struct eft_lexicon *lex, struct efti_bytes *cell)
{
    const struct efti_convert_head head = head_of_lexicon(lex);

    efti_put_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    efti_convert_lexicon(out, &head);
    efti_put_char(out, '\n');
    for (uint32_t t = 0, p = 0; t < lex->theme_count; t++) {
        const struct efti_convert_head of = head_of_theme(lex, &lex->themes[t]);
        efti_convert_theme(out, &of);
        efti_put_char(out, '\n');
        put_xml_examples(out, &lex->themes[t]);
        while (p < lex->pattern_count && lex->patterns[p].theme == t)
            p = put_xml_entry(out, lex, p, cell);
        efti_put_text(out, "</theme>\n");
    }
    efti_put_text(out, "</lexicon>\n");
}

/* ------------------------------------------------------------------ CSV */

static const char *const csv_tail[] = {
    "role", "parent", "label_sv", "label_en", "definition_sv", "definition_en", "source"};
_Static_assert(EFTI_CSV_ROLE == EFTI_CSV_ATTRIBUTES + EFTI_COUNT(attribute_names), "");
_Static_assert(EFTI_CSV_COLUMNS == EFTI_CSV_ROLE + EFTI_COUNT(csv_tail), "");

const char *
efti_convert_column(size_t column)
{
    static const char *const first[] = {"kind", "theme", "text"};

    if (column < EFTI_CSV_ATTRIBUTES)
        return first[column];
    return column < EFTI_CSV_ROLE ? attribute_names[column - EFTI_CSV_ATTRIBUTES]
                                  : csv_tail[column - EFTI_CSV_ROLE];
}

static bool
looks_like_formula(char c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\'';
}

static void
put_cell(struct efti_bytes *out, size_t column, const char *bytes, size_t size)
{
    if (column > 0)
        efti_put_char(out, ',');
    if (size == 0)
        return;
    efti_put_char(out, '"');
    if (looks_like_formula(bytes[0]))
        efti_put_char(out, '\'');
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '"')
            efti_put_char(out, '"');
        efti_put_char(out, bytes[i]);
    }
    efti_put_char(out, '"');
}

static void
put_text_cell(struct efti_bytes *out, size_t column, eft_text text)
{
    put_cell(out, column, text.bytes, text.size);
}

static eft_text
text_of(const char *nul_terminated)
{
    return (eft_text){nul_terminated, strlen(nul_terminated)};
}

/* A row that says what a lexicon or a theme is. */
static void
csv_head(struct efti_bytes *out, const char *kind, eft_text text,
         const struct efti_convert_head *h)
{
    const eft_text tail[] = {h->role,          h->parent,        h->label_sv, h->label_en,
                             h->definition_sv, h->definition_en, h->source};

    put_text_cell(out, 0, text_of(kind));
    put_text_cell(out, 1, h->id);
    put_text_cell(out, 2, text);
    for (size_t c = EFTI_CSV_ATTRIBUTES; c < EFTI_CSV_ROLE; c++)
        efti_put_char(out, ',');
    for (size_t i = 0; i < EFTI_COUNT(tail); i++)
        put_text_cell(out, EFTI_CSV_ROLE + i, tail[i]);
    efti_put_char(out, '\n');
}

static void
csv_end(struct efti_bytes *out, size_t from)
{
    for (size_t c = from; c < EFTI_CSV_COLUMNS; c++)
        efti_put_char(out, ',');
    efti_put_char(out, '\n');
}

static void
write_csv(struct efti_bytes *out, const struct eft_lexicon *lex, struct efti_bytes *cell)
{
    struct efti_convert_head head = head_of_lexicon(lex);

    for (size_t c = 0; c < EFTI_CSV_COLUMNS; c++) {
        efti_put_text(out, c == 0 ? "" : ",");
        efti_put_text(out, efti_convert_column(c));
    }
    efti_put_char(out, '\n');
    head.definition_sv = lex->licence;
    csv_head(out, "lexicon", lex->version, &head);
    for (uint32_t t = 0, p = 0; t < lex->theme_count; t++) {
        const struct efti_theme *theme = &lex->themes[t];
        const struct efti_convert_head of = head_of_theme(lex, theme);
        csv_head(out, "theme", (eft_text){NULL, 0}, &of);
        for (uint32_t i = 0; i < theme->example_count; i++) {
            put_text_cell(out, 0, text_of(theme->examples[i].counts ? "yes" : "no"));
            put_text_cell(out, 1, theme->id);
            put_text_cell(out, 2, theme->examples[i].text);
            csv_end(out, EFTI_CSV_ATTRIBUTES);
        }
        while (p < lex->pattern_count && lex->patterns[p].theme == t) {
            const struct efti_pattern *first = &lex->patterns[p];
            put_text_cell(out, 0, text_of(is_except(first) ? "except" : "entry"));
            put_text_cell(out, 1, theme->id);
            efti_bytes_clear(cell);
            p = put_entry(cell, lex, p);
            out->failed = out->failed || cell->failed; /* clear forgets */
            put_cell(out, 2, cell->data, cell->size);
            for (size_t a = 0; a < EFTI_COUNT(attribute_names); a++) {
                efti_bytes_clear(cell);
                put_attribute(cell, lex, first, a);
                out->failed = out->failed || cell->failed;
                put_cell(out, EFTI_CSV_ATTRIBUTES + a, cell->data, cell->size);
            }
            csv_end(out, EFTI_CSV_ROLE);
        }
    }
}

eft_status
eft_lexicon_write(const eft_lexicon *lexicon, eft_lexicon_format format,
                  eft_status (*write)(void *user, const void *bytes, size_t size),
                  void *user, size_t *left_out, eft_error *err)
{
    struct efti_bytes out, cell;
    eft_status st = EFT_OK;
    size_t left = 0;

    if (left_out != NULL)
        *left_out = 0;
    if (lexicon == NULL || write == NULL)
        return efti_left_out(err);
    efti_bytes_init(&out, lexicon->mem);
    efti_bytes_init(&cell, lexicon->mem);
    switch (format) {
    case EFT_LEXICON_XML: write_xml(&out, lexicon, &cell); break;
    case EFT_LEXICON_CSV: write_csv(&out, lexicon, &cell); break;
    case EFT_LEXICON_DIC: left = efti_convert_dic(&out, lexicon); break;
    case EFT_LEXICON_DICX: left = efti_convert_dicx(&out, lexicon); break;
    case EFT_LEXICON_YAML: left = efti_convert_yaml(&out, lexicon); break;
    case EFT_LEXICON_QDC:
        efti_convert_qdc(&out, lexicon);
        left = lexicon->pattern_count;
        break;
    default:
        st = efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "an unknown format of lexicons");
    }
    if (st == EFT_OK && (out.failed || cell.failed))
        st = efti_no_memory(err, "the lexicon");
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, out.data, out.size),
                                  "the receiver of the lexicon", err);
    if (left_out != NULL && st == EFT_OK)
        *left_out = left;
    efti_bytes_free(&out);
    efti_bytes_free(&cell);
    return st;
}

eft_status
efti_lexicon_read_csv(eft_context *ctx, eft_text source, eft_text id, eft_lexicon **out,
                      eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct efti_bytes xml;

    efti_bytes_init(&xml, mem);
    eft_status st = efti_text_is_there(source, "the table", err);
    if (st == EFT_OK)
        st = efti_convert_csv(source, id, &xml, err);
    if (st == EFT_OK)
        st = efti_lexicon_parse(mem, xml.data, xml.size, out, err);
    efti_bytes_free(&xml);
    return st;
}

eft_status
eft_lexicon_read_csv(eft_context *ctx, eft_text source, eft_lexicon **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    return efti_lexicon_read_csv(ctx, source, EFTI_OWN_LEXICON, out, err);
}
