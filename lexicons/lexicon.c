/*
 * lexicon.c - from a checked XML tree to an eft_lexicon
 *
 *   bytes -> lexicon_xml.c (well-formed, valid) -> here (texts, ids) -> pattern.c (words)
 *
 * Everything is copied into the lexicon's arena, so that nothing of libxml2 stays behind
 * and one call frees it all. The patterns stay strings: what a stem is, match/ knows. The
 * core lexicon, known by the address of its bytes, goes another way: it went through all
 * this when we built, and its answer is unpacked (lexicon_image.h).
 */
#include "lexicons/lexicon.h"

#include "lexicons/embedded.h"
#include "lexicons/lexicon_image.h"
#include "lexicons/lexicon_xml.h"
#include "lexicons/pattern.h"

#include <stdatomic.h>

struct lexicon_reader {
    struct eft_lexicon *lex;
    struct efti_pattern_reader patterns;
    struct efti_strings *ids; /* of themes: no two alike */
    struct efti_theme *themes;
    eft_error *err;
};

static eft_status
out_of_memory(struct lexicon_reader *r)
{
    return efti_no_memory(r->err, "the lexicon");
}

static bool
is_xml_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A string of libxml2 with its blanks collapsed, kept in the arena; frees `text`. */
static eft_status
keep_text(struct lexicon_reader *r, xmlChar *text, eft_text *out)
{
    size_t size = 0;

    if (text == NULL)
        return out_of_memory(r);
    for (const xmlChar *p = text; *p != '\0'; p++) {
        if (!is_xml_blank(*p))
            text[size++] = *p;
        else if (size > 0 && text[size - 1] != ' ')
            text[size++] = ' ';
    }
    if (size > 0 && text[size - 1] == ' ')
        size--;
    out->bytes = efti_arena_copy(&r->lex->arena, (const char *)text, size);
    out->size = size;
    xmlFree(text);
    return out->bytes == NULL ? out_of_memory(r) : EFT_OK;
}

static eft_status
keep_attribute(struct lexicon_reader *r, const xmlNode *node, const char *name,
               eft_text *out)
{
    return keep_text(r, xmlGetProp(node, (const xmlChar *)name), out);
}

static bool
is_english(const xmlNode *node)
{
    xmlChar *lang = xmlGetProp(node, (const xmlChar *)"lang");
    bool english = lang != NULL && strcmp((const char *)lang, "en") == 0;

    xmlFree(lang);
    return english;
}

/* ------------------------------------------------------------------------ entries */

/* Does an attribute say one of these? `words` are parted by blanks; the number of the
 * one, counted from 1, or 0. */
static uint32_t
attribute_word(const xmlNode *node, const char *name, const char *words)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    uint32_t number = 0, found = 0;

    for (const char *at = words; value != NULL && *at != '\0';) {
        size_t size = strcspn(at, " ");
        number++;
        if (efti_equal(at, size, (const char *)value, strlen((const char *)value)))
            found = number;
        at += size + (at[size] == ' ');
    }
    xmlFree(value);
    return found;
}

/* Digits of an attribute as a number, other signs passed over: the schema has checked
 * them ("sentence" is 0, "0.25" is 25). */
static uint32_t
attribute_number(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    uint32_t number = 0;

    for (const xmlChar *p = value; p != NULL && *p != '\0' && number < 10000; p++) {
        if (*p >= '0' && *p <= '9')
            number = number * 10 + (uint32_t)(*p - '0');
    }
    xmlFree(value);
    return number;
}

/* "0.5" is 50, "0.25" is 25. */
static uint8_t
weight_of(const xmlNode *node)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)"weight");
    bool tenths = value != NULL && strlen((const char *)value) == 3;

    xmlFree(value);
    return (uint8_t)(attribute_number(node, "weight") * (tenths ? 10 : 1));
}

static uint8_t
polarities_of(const xmlNode *node)
{
    static const char *const names[] = {"affirmed", "negated", "uncertain"};
    xmlChar *value = xmlGetProp(node, (const xmlChar *)"polarity");
    uint8_t set = 0;

    for (size_t i = 0; i < EFTI_COUNT(names) && value != NULL; i++) {
        if (strstr((const char *)value, names[i]) != NULL)
            set |= (uint8_t)(1u << i);
    }
    xmlFree(value);
    return set;
}

static eft_status
condition_of(struct lexicon_reader *r, const xmlNode *node, const char *name,
             uint32_t *sets, uint8_t *count)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);

    *count = 0;
    if (value == NULL)
        return EFT_OK;
    eft_text text = {(const char *)value, strlen((const char *)value)};
    eft_status st = efti_pattern_condition(&r->patterns, text, efti_xml_line(node), sets,
                                           count, r->err);
    xmlFree(value);
    return st;
}

/* What the attributes say, in the arena; `*out` stays NULL where they say nothing. */
static eft_status
read_rules(struct lexicon_reader *r, const xmlNode *node,
           const struct efti_entry_rules **out)
{
    const struct efti_entry_rules plain = {0};
    struct efti_entry_rules rules = {
        .within = (uint8_t)attribute_number(node, "within"),
        .reach = (uint8_t)attribute_number(node, "reach"),
        .polarities = polarities_of(node),
        .casing = (uint8_t)attribute_word(node, "case", "lower initial upper"),
        .weight = weight_of(node),
    };

    if (attribute_word(node, "order", "free") != 0)
        rules.flags |= EFTI_ENTRY_FREE;
    if (attribute_word(node, "veil", "yes") != 0)
        rules.flags |= EFTI_ENTRY_VEIL;
    if (attribute_word(node, "negated", "yes") != 0)
        rules.flags |= EFTI_ENTRY_NEGATED;
    if (attribute_word(node, "negated", "never") != 0)
        rules.flags |= EFTI_ENTRY_NEVER;
    if (efti_xml_is(node, "except"))
        rules.flags |= EFTI_ENTRY_EXCEPT;
    eft_status st = condition_of(r, node, "near", rules.near, &rules.near_count);
    if (st == EFT_OK)
        st = condition_of(r, node, "without", rules.without, &rules.without_count);
    if (st != EFT_OK || memcmp(&rules, &plain, sizeof(rules)) == 0)
        return st;
    struct efti_entry_rules *kept =
        efti_arena_alloc(&r->lex->arena, sizeof(rules), alignof(struct efti_entry_rules));
    if (kept == NULL)
        return out_of_memory(r);
    *kept = rules;
    *out = kept;
    return EFT_OK;
}

/* `count`: entries of the theme so far, or its exceptions. */
static eft_status
read_entry(struct lexicon_reader *r, const xmlNode *node, uint32_t theme, uint32_t *count)
{
    struct efti_pattern like = {.gap = attribute_number(node, "gap"),
                                .theme = theme,
                                .entry = ++*count,
                                .line = efti_xml_line(node)};
    eft_status st = read_rules(r, node, &like.rules);

    if (st != EFT_OK)
        return st;
    xmlChar *text = xmlNodeGetContent(node);
    if (text == NULL)
        return out_of_memory(r);
    eft_text entry = {(const char *)text, strlen((const char *)text)};
    st = efti_pattern_read(&r->patterns, entry, &like, r->err);
    xmlFree(text);
    return st;
}

/* ------------------------------------------------------------------------- themes */

static eft_status
read_example(struct lexicon_reader *r, const xmlNode *node, struct efti_example *out)
{
    out->counts = attribute_word(node, "counts", "yes") != 0;
    out->line = efti_xml_line(node);
    return keep_text(r, xmlNodeGetContent(node), &out->text);
}

static eft_status
read_theme_child(struct lexicon_reader *r, const xmlNode *node, uint32_t number,
                 uint32_t *exceptions)
{
    struct efti_theme *theme = &r->themes[number];

    if (efti_xml_is(node, "entry"))
        return read_entry(r, node, number, &theme->entry_count);
    if (efti_xml_is(node, "except"))
        return read_entry(r, node, number, exceptions);
    eft_text *to = NULL;
    if (efti_xml_is(node, "label"))
        to = is_english(node) ? &theme->label_en : &theme->label_sv;
    else if (efti_xml_is(node, "definition"))
        to = is_english(node) ? &theme->definition_en : &theme->definition_sv;
    else if (efti_xml_is(node, "source"))
        to = &theme->source;
    return to == NULL ? EFT_OK : keep_text(r, xmlNodeGetContent(node), to);
}

static eft_status
read_examples(struct lexicon_reader *r, const xmlNode *node, struct efti_theme *theme)
{
    uint32_t count = 0;
    eft_status st = EFT_OK;

    for (const xmlNode *c = node->children; c != NULL; c = c->next)
        count += efti_xml_is(c, "example");
    if (count == 0)
        return EFT_OK;
    size_t size = count * sizeof(struct efti_example);
    struct efti_example *kept =
        efti_arena_alloc(&r->lex->arena, size, alignof(struct efti_example));
    if (kept == NULL)
        return out_of_memory(r);
    memset(kept, 0, size);
    theme->examples = kept;
    theme->example_count = count;
    for (const xmlNode *c = node->children; st == EFT_OK && c != NULL; c = c->next) {
        if (efti_xml_is(c, "example"))
            st = read_example(r, c, kept++);
    }
    return st;
}

/* The number of the theme that `parent` names among the first `count`. */
static eft_status
read_parent(struct lexicon_reader *r, const xmlNode *node, uint32_t count,
            struct efti_theme *theme)
{
    xmlChar *id = xmlGetProp(node, (const xmlChar *)"parent");

    theme->parent = EFTI_NO_PARENT;
    if (id == NULL)
        return EFT_OK;
    uint32_t found =
        efti_strings_find(r->ids, (const char *)id, strlen((const char *)id));
    xmlFree(id);
    if (found == EFTI_NOT_FOUND || found >= count)
        return efti_fail(r->err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "line %u: no theme before this has the id that parent names "
                         "(put the parent first)",
                         efti_xml_line(node));
    theme->parent = found;
    return EFT_OK;
}

static eft_status
read_theme(struct lexicon_reader *r, const xmlNode *node, uint32_t number)
{
    bool added;
    uint32_t exceptions = 0;
    struct efti_theme *theme = &r->themes[number];
    eft_status st = keep_attribute(r, node, "id", &theme->id);

    if (st == EFT_OK && xmlHasProp(node, (const xmlChar *)"role") != NULL)
        st = keep_attribute(r, node, "role", &theme->role);
    if (st == EFT_OK)
        st = read_parent(r, node, number, theme);
    if (st != EFT_OK)
        return st;
    if (efti_strings_add(r->ids, theme->id.bytes, theme->id.size, &added) ==
        EFTI_NOT_FOUND)
        return out_of_memory(r);
    if (!added)
        return efti_fail(r->err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "line %u: a second theme with the same id (join the two)",
                         efti_xml_line(node));
    st = read_examples(r, node, theme);
    for (const xmlNode *c = node->children; st == EFT_OK && c != NULL; c = c->next)
        st = read_theme_child(r, c, number, &exceptions);
    return st;
}

static eft_status
read_head(struct lexicon_reader *r, const xmlNode *root)
{
    struct eft_lexicon *lex = r->lex;
    eft_status st = keep_attribute(r, root, "id", &lex->id);

    if (st == EFT_OK)
        st = keep_attribute(r, root, "version", &lex->version);
    if (st == EFT_OK)
        st = keep_attribute(r, root, "licence", &lex->licence);
    for (const xmlNode *c = root->children; st == EFT_OK && c != NULL; c = c->next) {
        if (efti_xml_is(c, "title"))
            st = keep_text(r, xmlNodeGetContent(c),
                           is_english(c) ? &lex->title_en : &lex->title_sv);
        else if (efti_xml_is(c, "source"))
            st = keep_text(r, xmlNodeGetContent(c), &lex->source);
        lex->theme_count += efti_xml_is(c, "theme");
    }
    return st;
}

static eft_status
read_words(struct lexicon_reader *r, const xmlNode *node)
{
    eft_text id, words;
    eft_status st = keep_attribute(r, node, "id", &id);

    if (st == EFT_OK)
        st = keep_text(r, xmlNodeGetContent(node), &words);
    return st == EFT_OK
               ? efti_pattern_words(&r->patterns, id, words, efti_xml_line(node), r->err)
               : st;
}

static eft_status
read_themes(struct lexicon_reader *r, const xmlNode *root)
{
    struct eft_lexicon *lex = r->lex;
    size_t size = lex->theme_count * sizeof(*r->themes);
    uint32_t number = 0;
    eft_status st = EFT_OK;

    r->themes = efti_arena_alloc(&lex->arena, size, alignof(struct efti_theme));
    if (r->themes == NULL)
        return out_of_memory(r);
    memset(r->themes, 0, size);
    lex->themes = r->themes;
    for (const xmlNode *c = root->children; st == EFT_OK && c != NULL; c = c->next) {
        if (efti_xml_is(c, "words"))
            st = read_words(r, c);
        else if (efti_xml_is(c, "theme"))
            st = read_theme(r, c, number++);
    }
    return st;
}

/* Sets move from the growing array into the arena, as the patterns do. */
static eft_status
keep_sets(struct lexicon_reader *r)
{
    size_t count = r->patterns.sets.count, size = count * sizeof(struct efti_word_set);
    struct efti_word_set *kept =
        efti_arena_alloc(&r->lex->arena, size + 1, alignof(struct efti_word_set));

    if (kept == NULL || count > UINT32_MAX)
        return out_of_memory(r);
    if (count > 0)
        memcpy(kept, r->patterns.sets.items, size);
    r->lex->sets = kept;
    r->lex->set_count = (uint32_t)count;
    return EFT_OK;
}

/* The patterns move from the growing array into the arena. */
static eft_status
keep_patterns(struct lexicon_reader *r)
{
    size_t count = r->patterns.patterns.count, size = count * sizeof(struct efti_pattern);
    struct efti_pattern *kept =
        efti_arena_alloc(&r->lex->arena, size, alignof(struct efti_pattern));

    if (kept == NULL || count > UINT32_MAX)
        return out_of_memory(r);
    if (count > 0)
        memcpy(kept, r->patterns.patterns.items, size);
    r->lex->patterns = kept;
    r->lex->pattern_count = (uint32_t)count;
    return EFT_OK;
}

static eft_status
read_tree(struct lexicon_reader *r, const eft_allocator *mem, xmlDoc *doc)
{
    const xmlNode *root = xmlDocGetRootElement(doc);
    eft_status st = efti_strings_new(mem, &r->ids, r->err);

    if (st == EFT_OK)
        st = efti_unicode_new(mem, &r->patterns.unicode, r->err);
    if (st == EFT_OK)
        st = efti_strings_new(mem, &r->patterns.set_keys, r->err);
    if (st == EFT_OK)
        st = read_head(r, root);
    if (st == EFT_OK)
        st = read_themes(r, root);
    if (st == EFT_OK)
        st = keep_sets(r);
    return st == EFT_OK ? keep_patterns(r) : st;
}

static struct eft_lexicon *
lexicon_new(const eft_allocator *mem)
{
    struct eft_lexicon *lex = efti_zalloc(mem, 1, sizeof(*lex));

    if (lex == NULL)
        return NULL;
    lex->allocator = *mem;
    lex->mem = &lex->allocator;
    atomic_init(&lex->references, 1);
    efti_arena_init(&lex->arena, lex->mem);
    return lex;
}

/* The core lexicon was parsed and checked when we built. */
static eft_status
unpack_core(const eft_allocator *mem, struct eft_lexicon **out, eft_error *err)
{
    struct eft_lexicon *lex = lexicon_new(mem);

    if (lex == NULL)
        return efti_no_memory(err, "the lexicon");
    eft_status st =
        efti_lexicon_unpack(efti_baked_lexicon, efti_baked_lexicon_size, lex, err);
    if (st != EFT_OK) {
        eft_lexicon_unref(lex);
        return st;
    }
    *out = lex;
    return EFT_OK;
}

/* The XML into r->lex; nothing of libxml2 stays behind. */
static eft_status
read_watched(struct lexicon_reader *r, const eft_allocator *mem, const char *bytes,
             size_t size)
{
    struct efti_xml_watch watch;
    xmlDoc *doc;
    eft_status st = efti_xml_watch_begin(&watch, size, r->err);

    if (st != EFT_OK)
        return st;
    st = efti_lexicon_xml(bytes, size, &doc, r->err);
    if (st == EFT_OK)
        st = read_tree(r, mem, doc);
    xmlFreeDoc(doc);
    return efti_xml_watch_end(&watch, st, r->err);
}

static eft_status
parse_lexicon(const eft_allocator *mem, const char *bytes, size_t size,
              struct eft_lexicon **out, eft_error *err)
{
    struct lexicon_reader r = {.err = err};
    unsigned char digest[32];

    r.lex = lexicon_new(mem);
    if (r.lex == NULL)
        return out_of_memory(&r);
    r.patterns.mem = mem;
    r.patterns.arena = &r.lex->arena;
    efti_bytes_init(&r.patterns.folded, mem);
    eft_status st = read_watched(&r, mem, bytes, size);
    EFTI_ARRAY_FREE(mem, &r.patterns.patterns);
    EFTI_ARRAY_FREE(mem, &r.patterns.sets);
    EFTI_ARRAY_FREE(mem, &r.patterns.members);
    efti_strings_free(r.patterns.set_keys);
    efti_bytes_free(&r.patterns.folded);
    efti_unicode_free(r.patterns.unicode);
    efti_strings_free(r.ids);
    if (st != EFT_OK) {
        eft_lexicon_unref(r.lex);
        return st;
    }
    efti_sha256(bytes, size, digest);
    efti_hex(digest, sizeof(digest), r.lex->hash);
    *out = r.lex;
    return EFT_OK;
}

eft_status
efti_lexicon_parse(const eft_allocator *mem, const char *bytes, size_t size,
                   struct eft_lexicon **out, eft_error *err)
{
    eft_text core = efti_core_lexicon();

    *out = NULL;
    if (bytes == core.bytes && size == core.size && efti_baked_lexicon_size > 0)
        return unpack_core(mem, out, err);
    return parse_lexicon(mem, bytes, size, out, err);
}

eft_text
efti_core_lexicon(void)
{
    return efti_embedded("themes/karna.xml");
}
