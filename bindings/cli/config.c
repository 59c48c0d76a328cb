/*
 * config.c - settings from a YAML file (libyaml)
 *
 *     k: 7                          a value
 *     lexicon: [a.xml, b.xml]       a list
 *     map: {text: Fritext}          pairs
 *
 * One mapping of such keys; anchors, tags of types and further documents are refused, for
 * nobody should have to guess what a file of settings means. Events are read one by one
 * and every scalar is text (1.10 stays 1.10, no is not false unless a flag is asked for).
 * The library's messages may quote the file: only line and kind are told.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define MOST_BYTES ((size_t)1 << 20)

struct config {
    struct cli *cli;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    char *texts; /* of `room` bytes: each scalar once, NUL behind it */
    size_t used, room;
};

static int
refuse(unsigned long line, const char *what)
{
    fprintf(stderr, "eftertanke: the file of --config, line %lu: %s\n", line, what);
    return CLI_USAGE;
}

static unsigned long
line_of(const struct config *f)
{
    return (unsigned long)f->event.start_mark.line + 1;
}

/* The next event; one with an anchor or a type is refused here, once for all. */
static int
next_event(struct config *f)
{
    if (f->has_event)
        yaml_event_delete(&f->event);
    f->has_event = yaml_parser_parse(&f->parser, &f->event) != 0;
    if (!f->has_event && f->parser.error == YAML_MEMORY_ERROR) {
        fprintf(stderr, "eftertanke: no memory for the settings\n");
        return CLI_INTERNAL;
    }
    if (!f->has_event)
        return refuse((unsigned long)f->parser.problem_mark.line + 1,
                      "this is not YAML; a key is followed by a colon and a blank");
    bool special = f->event.type == YAML_ALIAS_EVENT;
    if (f->event.type == YAML_SCALAR_EVENT)
        special = f->event.data.scalar.anchor != NULL || f->event.data.scalar.tag != NULL;
    return special ? refuse(line_of(f), "anchors and types are not used here") : CLI_DONE;
}

/* The scalar at hand, kept. NULL: it holds a NUL, which no setting can. */
static const char *
keep_scalar(struct config *f)
{
    const char *value = (const char *)f->event.data.scalar.value;
    size_t n = f->event.data.scalar.length;

    if (memchr(value, '\0', n) != NULL || f->room - f->used <= n)
        return NULL;
    char *kept = f->texts + f->used;
    memcpy(kept, value, n);
    kept[n] = '\0';
    f->used += n + 1;
    return kept;
}

/* "null", "~" and nothing at all: the setting is not made. */
static bool
is_null(const struct config *f)
{
    const char *value = (const char *)f->event.data.scalar.value;

    return f->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (value[0] == '\0' || strcmp(value, "~") == 0 || strcmp(value, "null") == 0);
}

static int
set_scalar(struct config *f, const char *key, const char *part)
{
    unsigned long line = line_of(f);

    if (is_null(f))
        return cli_shape_of(key) == CLI_SHAPE_ONE ? CLI_DONE
                                                  : refuse(line, "a value is missing");
    const char *value = keep_scalar(f);
    if (value == NULL)
        return refuse(line, "a value holds a character that no setting can");
    return cli_set_from_file(f->cli, key, part, value, line);
}

static int
read_list(struct config *f, const char *key)
{
    int code;

    while ((code = next_event(f)) == CLI_DONE && f->event.type == YAML_SCALAR_EVENT) {
        if ((code = set_scalar(f, key, NULL)) != CLI_DONE)
            return code;
    }
    if (code == CLI_DONE && f->event.type != YAML_SEQUENCE_END_EVENT)
        code = refuse(line_of(f), "a list of single values was expected");
    return code;
}

static int
read_pairs(struct config *f, const char *key)
{
    int code;

    while ((code = next_event(f)) == CLI_DONE && f->event.type == YAML_SCALAR_EVENT) {
        const char *part = keep_scalar(f);
        if (part == NULL)
            return refuse(line_of(f), "a name holds a character that no setting can");
        if ((code = next_event(f)) != CLI_DONE)
            return code;
        if (f->event.type != YAML_SCALAR_EVENT)
            return refuse(line_of(f), "name: column was expected");
        if ((code = set_scalar(f, key, part)) != CLI_DONE)
            return code;
    }
    if (code == CLI_DONE && f->event.type != YAML_MAPPING_END_EVENT)
        code = refuse(line_of(f), "name: column was expected");
    return code;
}

static int
read_setting(struct config *f)
{
    unsigned long line = line_of(f);
    const char *key = keep_scalar(f);
    int code;

    if (key == NULL)
        return refuse(line, "a key holds a character that no setting can");
    enum cli_shape shape = cli_shape_of(key);
    if ((code = next_event(f)) != CLI_DONE)
        return code;
    if (f->event.type == YAML_SCALAR_EVENT && is_null(f))
        return cli_check_key(key, line);
    if (f->event.type == YAML_SCALAR_EVENT && shape != CLI_SHAPE_PAIRS)
        return set_scalar(f, key, NULL);
    if ((code = cli_check_key(key, line)) != CLI_DONE)
        return code;
    if (f->event.type == YAML_SEQUENCE_START_EVENT && shape == CLI_SHAPE_LIST)
        return read_list(f, key);
    if (f->event.type == YAML_MAPPING_START_EVENT && shape == CLI_SHAPE_PAIRS)
        return read_pairs(f, key);
    return refuse(line_of(f), shape == CLI_SHAPE_PAIRS
                                  ? "pairs were expected, as in map: {text: Fritext}"
                              : shape == CLI_SHAPE_LIST ? "a value or a list was expected"
                                                        : "one value was expected");
}

static int
expect(struct config *f, yaml_event_type_t type, const char *otherwise)
{
    int code = next_event(f);

    return code == CLI_DONE && f->event.type != type ? refuse(line_of(f), otherwise)
                                                     : code;
}

static int
read_document(struct config *f)
{
    int code = expect(f, YAML_STREAM_START_EVENT, "this is not YAML");

    if (code == CLI_DONE)
        code = next_event(f);
    if (code != CLI_DONE || f->event.type == YAML_STREAM_END_EVENT)
        return code; /* a file of nothing but remarks */
    if ((code = next_event(f)) != CLI_DONE)
        return code;
    if (f->event.type == YAML_SCALAR_EVENT && is_null(f))
        return CLI_DONE;
    if (f->event.type != YAML_MAPPING_START_EVENT)
        return refuse(line_of(f), "settings are written key: value");
    while ((code = next_event(f)) == CLI_DONE && f->event.type == YAML_SCALAR_EVENT) {
        if ((code = read_setting(f)) != CLI_DONE)
            return code;
    }
    if (code == CLI_DONE && f->event.type != YAML_MAPPING_END_EVENT)
        return refuse(line_of(f), "settings are written key: value");
    if (code == CLI_DONE)
        code = expect(f, YAML_DOCUMENT_END_EVENT, "settings are written key: value");
    if (code == CLI_DONE)
        code = expect(f, YAML_STREAM_END_EVENT, "one document of settings is enough");
    return code;
}

int
cli_read_config(struct cli *c)
{
    struct config f = {.cli = c};
    size_t size;
    char *bytes = cli_read_file(c->config, "the file of --config", &size);
    int code = CLI_INTERNAL;

    if (bytes == NULL)
        return CLI_INPUT;
    if (size > MOST_BYTES) {
        free(bytes);
        fprintf(stderr, "eftertanke: the file of --config is larger than 1 MiB\n");
        return CLI_USAGE;
    }
    /* a scalar is never longer than what it was written with, but an escape may be: \L,
     * \N and \P are two bytes that stand for three */
    f.room = 2 * size + 2;
    f.texts = malloc(f.room);
    if (f.texts == NULL || yaml_parser_initialize(&f.parser) == 0) {
        fprintf(stderr, "eftertanke: no memory for the settings\n");
    } else {
        yaml_parser_set_encoding(&f.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&f.parser, (const unsigned char *)bytes, size);
        code = read_document(&f);
        if (f.has_event)
            yaml_event_delete(&f.event);
        yaml_parser_delete(&f.parser);
    }
    c->config_text = f.texts;
    free(bytes);
    return code;
}
