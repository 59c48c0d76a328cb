/*
 * import_yaml.c - dictionaries of quanteda
 *
 *     oro:                          a mapping is a category, a list its patterns; a
 *       - orolig*                   category with patterns and categories keeps its
 *       - "ont i magen"             own patterns under "__"
 *     natverk:
 *       __: [nätverk*]
 *       anhoriga: [mamma, pappa]
 *
 * Read as events, every scalar a text: "ja", "nej" and "på" stay words. Aliases and
 * several documents are refused.
 */
#include "lexicons/import.h"

#include <yaml.h>

struct yaml_import {
    struct efti_import *im;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
};

static uint32_t
yaml_line(const struct yaml_import *y)
{
    return (uint32_t)(y->has_event ? y->event.start_mark.line
                                   : y->parser.problem_mark.line) +
           1;
}

static eft_status
yaml_fault(const struct yaml_import *y, const char *what, eft_error *err)
{
    return efti_import_fault(yaml_line(y), what, err);
}

static eft_status
next_event(struct yaml_import *y, eft_error *err)
{
    if (y->has_event)
        yaml_event_delete(&y->event);
    y->has_event = yaml_parser_parse(&y->parser, &y->event) != 0;
    if (y->has_event)
        return y->event.type == YAML_ALIAS_EVENT
                   ? yaml_fault(y, "an alias (write the words out)", err)
                   : EFT_OK;
    return y->parser.error == YAML_MEMORY_ERROR
               ? efti_no_memory(err, "the lexicon")
               : yaml_fault(y, "this is no YAML (check indents and quotes)", err);
}

static eft_text
scalar_text(const struct yaml_import *y)
{
    return (eft_text){(const char *)y->event.data.scalar.value,
                      y->event.data.scalar.length};
}

static eft_status
take_scalar(struct yaml_import *y, uint32_t theme, eft_error *err)
{
    const eft_text text = scalar_text(y);

    if (text.size == 0)
        return EFT_OK; /* "oro:" and nothing: a category that has no words yet */
    if (theme == EFTI_NO_PARENT)
        return yaml_fault(y, "words outside a category", err);
    return efti_import_pattern(y->im, theme, text, true, err);
}

/* The event at hand begins a value of `theme`; afterwards it is the value's last one. */
static eft_status take_value(struct yaml_import *y, uint32_t theme, uint32_t depth,
                             eft_error *err);

static eft_status
take_list(struct yaml_import *y, uint32_t theme, uint32_t depth, eft_error *err)
{
    eft_status st;

    while ((st = next_event(y, err)) == EFT_OK &&
           y->event.type != YAML_SEQUENCE_END_EVENT) {
        if ((st = take_value(y, theme, depth + 1, err)) != EFT_OK)
            return st;
    }
    return st;
}

/* A category by its name, beneath `parent`. Headings give theirs to what is below. */
static eft_status
name_category(struct yaml_import *y, uint32_t parent, uint32_t *theme, eft_error *err)
{
    const eft_text name = scalar_text(y);
    struct efti_bytes whole;

    if (name.size == 0)
        return yaml_fault(y, "a category without a name", err);
    if (parent == EFTI_NO_PARENT)
        return efti_import_theme(y->im, name, parent, theme, err);
    const eft_text above = y->im->themes.items[parent].label;
    efti_bytes_init(&whole, y->im->mem);
    efti_put(&whole, above.bytes, above.size);
    efti_put_char(&whole, ' ');
    efti_put(&whole, name.bytes, name.size);
    eft_status st = whole.failed
                        ? efti_no_memory(err, "the lexicon")
                        : efti_import_theme(y->im, (eft_text){whole.data, whole.size},
                                            parent, theme, err);
    efti_bytes_free(&whole);
    return st;
}

static eft_status
take_mapping(struct yaml_import *y, uint32_t parent, uint32_t depth, eft_error *err)
{
    eft_status st;

    while ((st = next_event(y, err)) == EFT_OK &&
           y->event.type != YAML_MAPPING_END_EVENT) {
        uint32_t theme = parent;
        if (y->event.type != YAML_SCALAR_EVENT)
            return yaml_fault(y, "a category whose name is no word", err);
        const eft_text name = scalar_text(y);
        bool own = parent != EFTI_NO_PARENT && efti_equal(name.bytes, name.size, "__", 2);
        if (!own && (st = name_category(y, parent, &theme, err)) != EFT_OK)
            return st;
        if ((st = next_event(y, err)) != EFT_OK ||
            (st = take_value(y, theme, depth + 1, err)) != EFT_OK)
            return st;
    }
    return st;
}

static eft_status
take_value(struct yaml_import *y, uint32_t theme, uint32_t depth,
           eft_error *err) // NOLINT(misc-no-recursion): bounded by depth
{
    if (depth > EFTI_IMPORT_DEPTH)
        return yaml_fault(y, "categories too deep", err);
    switch (y->event.type) {
    case YAML_SCALAR_EVENT: return take_scalar(y, theme, err);
    case YAML_SEQUENCE_START_EVENT: return take_list(y, theme, depth, err);
    case YAML_MAPPING_START_EVENT: return take_mapping(y, theme, depth, err);
    default: return yaml_fault(y, "this is no dictionary of quanteda", err);
    }
}

static eft_status
take_document(struct yaml_import *y, eft_error *err)
{
    eft_status st;

    if ((st = next_event(y, err)) != EFT_OK || /* the stream */
        (st = next_event(y, err)) != EFT_OK)   /* the document */
        return st;
    if (y->event.type != YAML_DOCUMENT_START_EVENT)
        return yaml_fault(y, "an empty file", err);
    if ((st = next_event(y, err)) != EFT_OK)
        return st;
    if (y->event.type != YAML_MAPPING_START_EVENT)
        return yaml_fault(y, "a dictionary begins with the name of a category", err);
    if ((st = take_value(y, EFTI_NO_PARENT, 0, err)) != EFT_OK ||
        (st = next_event(y, err)) != EFT_OK || /* the end of the document */
        (st = next_event(y, err)) != EFT_OK)
        return st;
    return y->event.type == YAML_STREAM_END_EVENT
               ? EFT_OK
               : yaml_fault(y, "a second document in one file", err);
}

eft_status
efti_import_yaml(struct efti_import *im, eft_text text, eft_error *err)
{
    struct yaml_import y = {.im = im};

    if (yaml_parser_initialize(&y.parser) == 0)
        return efti_no_memory(err, "the lexicon");
    yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y.parser, (const unsigned char *)text.bytes, text.size);
    eft_status st = take_document(&y, err);
    if (y.has_event)
        yaml_event_delete(&y.event);
    yaml_parser_delete(&y.parser);
    return st;
}
