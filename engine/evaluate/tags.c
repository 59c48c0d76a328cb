/*
 * tags.c - the tags that writers gave their own texts, as gold
 *
 *     record  {"samtal", "#Oro"}  ->  map  ->  themes {"oro"}
 *
 * A tag is a choice out of a list that somebody made for a study, so which themes can be
 * judged depends on it: a theme that no tag stands for was not missed by anybody, and is
 * left out. Without a map a tag stands for the theme whose id or label it is, and those
 * themes are judged that some tag was found to be; a map names them all. A text without
 * tags says that its writer chose none, which is no judgement; it is left out too. Tags
 * know no polarity.
 *
 * Tags are document text: messages name lines of the map, never what stands there.
 */
#include "evaluate/evaluate.h"

#include "text/unicode.h"

struct tag_rule {
    uint32_t tag;   /* of keys */
    eft_text theme; /* its id, in the plan; empty: the tag is known to be about none */
};
struct tag_map {
    struct efti_evaluation *e;
    struct efti_strings *keys;    /* tags as they are compared */
    struct efti_strings *records; /* id NUL assignment: the first counts */
    EFTI_ARRAY(struct tag_rule) rules;
    struct efti_bytes key; /* scratch */
};

/* ----------------------------------------------------------------------- names */

/* A tag as it is compared: folded, without "#" before it, "_" as a blank. */
static eft_status
tag_key(struct tag_map *m, eft_text tag, eft_error *err)
{
    struct efti_bytes raw;

    if (tag.size > 0 && tag.bytes[0] == '#')
        tag = (eft_text){tag.bytes + 1, tag.size - 1};
    efti_bytes_init(&raw, m->e->mem);
    efti_put(&raw, tag.bytes, tag.size);
    for (size_t i = 0; i < raw.size; i++)
        raw.data[i] = raw.data[i] == '_' ? ' ' : raw.data[i];
    efti_bytes_clear(&m->key);
    eft_status st = raw.failed
                        ? efti_no_memory(err, "a tag")
                        : efti_normal_value(&m->e->core, (eft_text){raw.data, raw.size},
                                            true, &m->key, err);
    efti_bytes_free(&raw);
    return st;
}

/* A theme by its number over lexicons and model. */
static size_t
count_themes(const struct efti_evaluation *e)
{
    return efti_matcher_theme_count(e->plan->matcher) +
           (e->plan->model == NULL ? 0 : e->plan->model->themes.count);
}

static eft_text
theme_at(const struct efti_evaluation *e, size_t i)
{
    uint32_t lexicons = efti_matcher_theme_count(e->plan->matcher);

    return i < lexicons ? efti_matcher_theme(e->plan->matcher, (uint32_t)i)->id
                        : e->plan->model->themes.items[i - lexicons].id;
}

bool
efti_evaluation_has_theme(const struct efti_evaluation *e, eft_text theme)
{
    for (size_t i = 0; i < count_themes(e); i++) {
        const eft_text id = theme_at(e, i);
        if (efti_equal(id.bytes, id.size, theme.bytes, theme.size))
            return true;
    }
    return false;
}

/* In a table with a column for each theme, those that have one. */
static bool
has_column(const struct efti_gold *g, eft_text theme)
{
    for (size_t i = 0; i < g->columns.count; i++) {
        const eft_text own = g->columns.items[i].theme;
        if (efti_equal(own.bytes, own.size, theme.bytes, theme.size))
            return true;
    }
    return g->columns.count == 0;
}

bool
efti_evaluation_judges(const struct efti_evaluation *e, eft_text theme)
{
    return (e->judged == NULL ||
            efti_strings_find(e->judged, theme.bytes, theme.size) != EFTI_NOT_FOUND) &&
           has_column(&e->gold, theme) && has_column(&e->other, theme);
}

eft_status
efti_gold_check_columns(const struct efti_evaluation *e, const struct efti_gold *g,
                        eft_error *err)
{
    for (size_t i = 0; i < g->columns.count; i++) {
        if (!efti_evaluation_has_theme(e, g->columns.items[i].theme))
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                             "%s, column %u: no lexicon has a theme of this name "
                             "(`lexicon list` shows them); other columns than id, text, "
                             "writer and unit are left out of the table",
                             g->name, g->columns.items[i].place);
    }
    return EFT_OK;
}

static eft_status
add_rule(struct tag_map *m, eft_text tag, eft_text theme, eft_error *err)
{
    eft_status st = tag_key(m, tag, err);

    if (st != EFT_OK || m->key.size == 0)
        return st;
    uint32_t key = efti_strings_add(m->keys, m->key.data, m->key.size, NULL);
    if (key == EFTI_NOT_FOUND || !EFTI_PUSH(m->e->mem, &m->rules))
        return efti_no_memory(err, "the tags");
    m->rules.items[m->rules.count - 1] = (struct tag_rule){key, theme};
    return EFT_OK;
}

/* A tag for each id and label. */
static eft_status
rules_of_themes(struct tag_map *m, eft_error *err)
{
    uint32_t lexicons = efti_matcher_theme_count(m->e->plan->matcher);
    eft_status st = EFT_OK;

    for (size_t i = 0; i < count_themes(m->e) && st == EFT_OK; i++) {
        const eft_text id = theme_at(m->e, i);
        st = add_rule(m, id, id, err);
        if (i >= lexicons || st != EFT_OK)
            continue;
        const struct efti_theme *t = efti_matcher_theme(m->e->plan->matcher, (uint32_t)i);
        st = add_rule(m, t->label_sv, id, err);
        if (st == EFT_OK)
            st = add_rule(m, t->label_en, id, err);
    }
    return st;
}

/* The theme of an id or label; false: there is none such. */
static bool
theme_of_rules(const struct tag_map *m, eft_text *theme)
{
    uint32_t key = efti_strings_find(m->keys, m->key.data, m->key.size);

    for (size_t i = 0; i < m->rules.count && key != EFTI_NOT_FOUND; i++) {
        if (m->rules.items[i].tag == key) {
            *theme = m->rules.items[i].theme;
            return true;
        }
    }
    return false;
}

static eft_status
name_theme(struct tag_map *m, eft_text *name, eft_error *err)
{
    if (efti_evaluation_has_theme(m->e, *name))
        return EFT_OK;
    eft_status st = tag_key(m, *name, err);
    if (st == EFT_OK)
        (void)theme_of_rules(m, name);
    return st;
}

static bool
stands_before(const struct efti_gold *g, size_t column)
{
    const eft_text theme = g->columns.items[column].theme;

    for (size_t i = 0; i < column; i++) {
        const eft_text own = g->columns.items[i].theme;
        if (efti_equal(own.bytes, own.size, theme.bytes, theme.size))
            return true;
    }
    return false;
}

eft_status
efti_evaluation_name_themes(struct efti_evaluation *e, struct efti_gold *g,
                            eft_error *err)
{
    struct tag_map m = {.e = e};
    eft_status st = efti_strings_new(e->mem, &m.keys, err);

    efti_bytes_init(&m.key, e->mem);
    if (st == EFT_OK)
        st = rules_of_themes(&m, err);
    for (size_t i = 0; i < g->names.count && st == EFT_OK; i++)
        st = name_theme(&m, &g->names.items[i], err);
    for (size_t i = 0; i < g->columns.count && st == EFT_OK; i++) {
        struct efti_gold_column *column = &g->columns.items[i];
        st = name_theme(&m, &column->theme, err);
        if (st == EFT_OK && stands_before(g, i))
            st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                           "%s, column %u: a column before it is the same theme", g->name,
                           column->place);
    }
    efti_strings_free(m.keys);
    EFTI_ARRAY_FREE(e->mem, &m.rules);
    efti_bytes_free(&m.key);
    return st;
}

/* ------------------------------------------------------------------------- the map */

static eft_text
trimmed(eft_text t)
{
    while (t.size > 0 && (t.bytes[0] == ' ' || t.bytes[0] == '"')) {
        t.bytes++;
        t.size--;
    }
    while (t.size > 0 && (t.bytes[t.size - 1] == ' ' || t.bytes[t.size - 1] == '"'))
        t.size--;
    return t;
}

static eft_status
bad_line(uint32_t line, const char *what, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "the tag map, line %u: %s", line,
                     what);
}

/* The first line of a spreadsheet; a theme of that name would have been found. */
static bool
is_header(const struct tag_map *known)
{
    const struct efti_bytes *key = &known->key;

    return efti_equal(key->data, key->size, "theme", 5) ||
           efti_equal(key->data, key->size, "tema", 4);
}

/* `known` has a rule for each id and label, `m` gets those of the file. */
static eft_status
read_line(struct tag_map *m, struct tag_map *known, eft_text line, char separator,
          uint32_t number, eft_error *err)
{
    const char *at = memchr(line.bytes, separator, line.size);
    eft_text theme = {"", 0}, id = {"", 0};
    eft_status st;

    if (at == NULL)
        return bad_line(number, "a tag and its theme, with ; between them", err);
    eft_text tag = trimmed((eft_text){line.bytes, (size_t)(at - line.bytes)});
    theme = trimmed((eft_text){at + 1, line.size - (size_t)(at - line.bytes) - 1});
    if (memchr(theme.bytes, separator, theme.size) != NULL)
        return bad_line(number, "more than two columns", err);
    if (theme.size > 0) {
        if ((st = tag_key(known, theme, err)) != EFT_OK)
            return st;
        if (!theme_of_rules(known, &id) && number == 1 && is_header(known))
            return EFT_OK;
        if (id.size == 0)
            return bad_line(
                number, "no lexicon has such a theme (`lexicon list` shows them)", err);
        if (efti_strings_add(m->e->judged, id.bytes, id.size, NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the tag map");
    }
    return add_rule(m, tag, id, err);
}

static char
separator_of(eft_text text)
{
    static const char separators[] = "\t;,";

    for (size_t i = 0; separators[i] != '\0'; i++) {
        if (text.size > 0 && memchr(text.bytes, separators[i], text.size) != NULL)
            return separators[i];
    }
    return ';';
}

static eft_status
read_map(struct tag_map *m, struct tag_map *known, eft_text text, eft_error *err)
{
    size_t good = efti_utf8_valid_prefix(text.bytes, text.size);
    char separator = separator_of(text);
    eft_text line;
    eft_status st = EFT_OK;

    if (good != text.size)
        return efti_fail(err, EFT_E_ENCODING, good, "the tag map is not UTF-8 (byte %zu)",
                         good);
    if (good >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
        text = (eft_text){text.bytes + 3, good - 3};
    for (uint32_t number = 1; st == EFT_OK && efti_gold_line(&text, &line); number++) {
        bool remark = line.size > 0 && line.bytes[0] == '#' &&
                      (line.size == 1 || line.bytes[1] == ' ');
        if (!efti_blank(line) && !remark)
            st = read_line(m, known, line, separator, number, err);
    }
    return st;
}

/* ------------------------------------------------------------------------- records */

static eft_status
add_theme(struct tag_map *m, struct efti_gold_doc *doc, eft_text theme, eft_error *err)
{
    struct efti_gold *g = &m->e->gold;

    if (!EFTI_PUSH(g->mem, &g->names) ||
        efti_strings_add(m->e->judged, theme.bytes, theme.size, NULL) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the tags");
    g->names.items[g->names.count - 1] = theme;
    doc->themes.count++;
    return EFT_OK;
}

static eft_status
take_tag(struct tag_map *m, struct efti_gold_doc *doc, eft_text tag, eft_error *err)
{
    bool stands = false;
    eft_status st = tag_key(m, tag, err);
    uint32_t key = st == EFT_OK ? efti_strings_find(m->keys, m->key.data, m->key.size)
                                : EFTI_NOT_FOUND;

    for (size_t i = 0; i < m->rules.count && key != EFTI_NOT_FOUND && st == EFT_OK; i++) {
        const eft_text theme = m->rules.items[i].theme;
        if (m->rules.items[i].tag != key || theme.size == 0)
            continue;
        stands = true;
        st = add_theme(m, doc, theme, err);
    }
    m->e->tags++;
    m->e->mapped_tags += stands;
    return st;
}

/* Has the reflection been seen? As in a run, the first of an id and assignment counts. */
static eft_status
is_repeated(struct tag_map *m, const struct efti_record *r, bool *repeated,
            eft_error *err)
{
    bool added = true;

    *repeated = false;
    if (r->id.size == 0)
        return EFT_OK;
    efti_bytes_clear(&m->key);
    efti_put(&m->key, r->id.bytes, r->id.size);
    efti_put_char(&m->key, '\0');
    efti_put(&m->key, r->assignment.bytes, r->assignment.size);
    if (m->key.failed ||
        efti_strings_add(m->records, m->key.data, m->key.size, &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the records");
    *repeated = !added;
    return EFT_OK;
}

/* A second reader is compared over the texts that both have judged. */
static bool
second_has(const struct efti_evaluation *e, eft_text id)
{
    if (e->options->against == NULL)
        return true;
    uint32_t at = efti_strings_find(e->other.ids, id.bytes, id.size);
    return id.size > 0 && at != EFTI_NOT_FOUND &&
           (e->other.docs.items[at].has & EFTI_GOLD_THEMES) != 0;
}

static eft_status
take_record(struct tag_map *m, const struct efti_record *r, eft_error *err)
{
    struct efti_gold *g = &m->e->gold;
    bool repeated;
    eft_status st = is_repeated(m, r, &repeated, err);

    if (st != EFT_OK || repeated || efti_blank(r->text))
        return st;
    m->e->texts++;
    if (r->tag_count == 0 || !second_has(m->e, r->id))
        return EFT_OK;
    m->e->tagged_texts++;
    if (g->docs.count >= UINT32_MAX || !EFTI_PUSH(g->mem, &g->docs))
        return efti_no_memory(err, "the tagged texts");
    struct efti_gold_doc *doc = &g->docs.items[g->docs.count - 1];
    *doc = (struct efti_gold_doc){.has = EFTI_GOLD_THEMES,
                                  .line = r->row > UINT32_MAX ? 0 : (uint32_t)r->row,
                                  .themes.first = (uint32_t)g->names.count};
    char *id = efti_arena_copy(&g->arena, r->id.bytes, r->id.size);
    if (id == NULL)
        return efti_no_memory(err, "the tagged texts");
    doc->id = (eft_text){id, r->id.size};
    st = efti_gold_join(g, doc, r, err);
    for (size_t i = 0; i < r->tag_count && st == EFT_OK; i++)
        st = take_tag(m, doc, r->tags[i], err);
    return st;
}

static eft_status
read_records(struct tag_map *m, const eft_input_options *in, eft_error *err)
{
    struct efti_mapping maps[EFTI_MAX_MAPS];
    struct efti_reader *reader = NULL;
    struct efti_record record;
    eft_status st = efti_evaluation_reader(m->e->mem, in, maps, &reader, err);

    while (st == EFT_OK && (st = efti_reader_next(reader, &record, err)) == EFT_OK)
        st = take_record(m, &record, err);
    if (st == EFT_END)
        st = efti_gold_name_facets(&m->e->gold, efti_reader_shape(reader), err);
    efti_reader_free(reader);
    return st;
}

/* --------------------------------------------------------------------------- whole */

static eft_status
open_map(struct tag_map *m, struct efti_evaluation *e, eft_error *err)
{
    *m = (struct tag_map){.e = e};
    efti_bytes_init(&m->key, e->mem);
    eft_status st = efti_strings_new(e->mem, &m->keys, err);
    return st == EFT_OK ? efti_strings_new(e->mem, &m->records, err) : st;
}

static void
close_map(struct tag_map *m)
{
    efti_bytes_free(&m->key);
    efti_strings_free(m->keys);
    efti_strings_free(m->records);
    EFTI_ARRAY_FREE(m->e->mem, &m->rules);
}

static eft_status
fill_map(struct tag_map *m, eft_error *err)
{
    const char *path = m->e->options->tag_map;
    struct tag_map known;
    char *bytes = NULL;
    size_t size = 0;

    if (path == NULL)
        return rules_of_themes(m, err);
    eft_status st = open_map(&known, m->e, err);
    if (st == EFT_OK)
        st = rules_of_themes(&known, err);
    if (st == EFT_OK)
        st = efti_gold_load(m->e->mem, path, "the tag map", &bytes, &size, err);
    if (st == EFT_OK)
        st = read_map(m, &known, (eft_text){bytes, size}, err);
    if (bytes != NULL)
        efti_release(m->e->mem, bytes, size + 1);
    close_map(&known);
    return st;
}

/* A gold file of no bytes, for efti_gold_free() to take back. */
static eft_status
open_documents(struct efti_evaluation *e, eft_error *err)
{
    e->gold = (struct efti_gold){.mem = e->mem, .name = "the input"};
    e->gold.bytes = efti_zalloc(e->mem, 1, 1);
    if (e->gold.bytes == NULL)
        return efti_no_memory(err, "the tagged texts");
    efti_arena_init(&e->gold.arena, e->mem);
    return efti_strings_new(e->mem, &e->judged, err);
}

static eft_status
check_tags(const struct efti_evaluation *e, eft_error *err)
{
    if (e->tagged_texts == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "no text has tags (a column `tags` or `taggar`, or --map "
                         "tags=COLUMN)%s",
                         e->options->against == NULL ? "" : " and an id of the second");
    if (e->mapped_tags == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "no tag is the id or label of a theme: say with --tag-map which "
                         "tag stands for which");
    return EFT_OK;
}

eft_status
efti_evaluation_take_tags(struct efti_evaluation *e, const eft_input_options *input,
                          eft_error *err)
{
    struct tag_map m = {.e = e};
    eft_status st;

    if (input == NULL || input->path_count == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "name the input that has the texts and their tags");
    if ((st = open_documents(e, err)) != EFT_OK)
        return st;
    st = open_map(&m, e, err);
    if (st == EFT_OK)
        st = fill_map(&m, err);
    if (st == EFT_OK)
        st = read_records(&m, input, err);
    close_map(&m);
    return st == EFT_OK ? check_tags(e, err) : st;
}
