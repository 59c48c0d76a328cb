/*
 * fixture.h - a lexicon in a few lines, and texts matched against it without a veil
 *
 * Themes are given as "id: entry ; entry" lines; "2: ont =i magen" sets a gap,
 * "[near='=jag'] glad" attributes, "! glad =påsk" is an exception, and "sub parent='id':"
 * gives the theme attributes. A line "@kroppen: mage | hals" is a set of words. The word
 * lists are the ones compiled in, since negation is what they say it is.
 */
#ifndef EFTI_TESTS_MATCH_FIXTURE_H
#define EFTI_TESTS_MATCH_FIXTURE_H

#include "match/match.h"

#include <stdio.h>

struct fixture {
    struct efti_lists *lists;
    eft_lexicon *lexicon;
    struct efti_matcher *matcher;
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_match_worker *worker;
    struct efti_segments tokens;
    struct efti_hits hits;
};

/* One entry of `size` bytes, with what stands before it. */
static inline void
put_entry(struct efti_bytes *xml, const char *at, size_t size)
{
    const char *element = at[0] == '!' ? "except" : "entry";
    size_t skip = at[0] == '!';
    char start[64];

    skip += strspn(at + skip, " ");
    (void)snprintf(start, sizeof(start), "<%s", element);
    efti_put_text(xml, start);
    if (at[skip] >= '1' && at[skip] <= '5' && at[skip + 1] == ':') {
        (void)snprintf(start, sizeof(start), " gap=\"%c\"", at[skip]);
        efti_put_text(xml, start);
        skip += 2;
    } else if (at[skip] == '[') {
        size_t attributes = strcspn(at + skip + 1, "]");
        efti_put_char(xml, ' ');
        efti_put(xml, at + skip + 1, attributes);
        skip += attributes + 2;
    }
    efti_put_char(xml, '>');
    efti_put(xml, at + skip, size - skip);
    (void)snprintf(start, sizeof(start), "</%s>\n", element);
    efti_put_text(xml, start);
}

static inline void
put_theme(struct efti_bytes *xml, const char *spec)
{
    const char *colon = strchr(spec, ':');
    size_t id = strcspn(spec, " :");

    if (spec[0] == '@') {
        efti_put_text(xml, "<words id=\"");
        efti_put(xml, spec + 1, id - 1);
        efti_put_text(xml, "\">");
        efti_put_text(xml, colon + 1);
        efti_put_text(xml, "</words>\n");
        return;
    }
    efti_put_text(xml, "<theme id=\"");
    efti_put(xml, spec, id);
    efti_put_text(xml, "\"");
    efti_put(xml, spec + id, (size_t)(colon - spec) - id);
    efti_put_text(xml, "><label xml:lang=\"sv\">a</label><label xml:lang=\"en\">a</label>"
                       "<definition xml:lang=\"sv\">a</definition>"
                       "<definition xml:lang=\"en\">a</definition><source>a</source>\n");
    for (const char *at = colon + 1; *at != '\0';) {
        at += strspn(at, " ;");
        size_t size = strcspn(at, ";");
        if (size == 0)
            break;
        put_entry(xml, at, size);
        at += size;
    }
    efti_put_text(xml, "</theme>\n");
}

/* The XML of a lexicon called `test`. `specs` ends with NULL. */
static inline void
put_lexicon(struct efti_bytes *xml, const char *const *specs)
{
    efti_put_text(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<lexicon xmlns=\"urn:eftertanke:lexicon:1\" id=\"test\" "
                       "version=\"1.0.0\" lang=\"sv\" licence=\"Apache-2.0\">"
                       "<title xml:lang=\"sv\">a</title><title xml:lang=\"en\">a</title>"
                       "<source>a</source>\n");
    for (; *specs != NULL; specs++)
        put_theme(xml, *specs);
    efti_put_text(xml, "</lexicon>\n");
}

static inline eft_lexicon *
lexicon_of(const char *const *specs)
{
    struct efti_bytes xml;
    eft_lexicon *lexicon = NULL;
    eft_error err = {0};

    efti_bytes_init(&xml, &efti_malloc);
    put_lexicon(&xml, specs);
    if (efti_lexicon_parse(&efti_malloc, xml.data, xml.size, &lexicon, &err) != EFT_OK)
        print_error("the test's own lexicon: %s\n", err.message);
    efti_bytes_free(&xml);
    assert_non_null(lexicon);
    return lexicon;
}

static inline void
fixture_open(struct fixture *f, const char *const *specs,
             const struct efti_dictionary *dictionary, const eft_text *allow,
             size_t allowed)
{
    eft_error err = {0};

    *f = (struct fixture){0};
    f->lexicon = lexicon_of(specs);
    assert_int_equal(efti_lists_new(&efti_malloc, &f->lists, &err), EFT_OK);
    assert_int_equal(
        efti_matcher_new(&efti_malloc,
                         &(struct efti_matcher_parts){.lexicons = &f->lexicon,
                                                      .lexicon_count = 1,
                                                      .lists = f->lists,
                                                      .dictionary = dictionary,
                                                      .allow = allow,
                                                      .allow_count = allowed},
                         &f->matcher, &err),
        EFT_OK);
    assert_int_equal(efti_tokenizer_new(&efti_malloc, f->lists, &f->tokenizer, &err),
                     EFT_OK);
    assert_int_equal(efti_forms_new(&efti_malloc, f->lists, dictionary, &f->forms, &err),
                     EFT_OK);
    assert_int_equal(
        efti_match_worker_new(&efti_malloc, f->matcher, f->forms, &f->worker, &err),
        EFT_OK);
}

static inline void
fixture_close(struct fixture *f)
{
    EFTI_ARRAY_FREE(&efti_malloc, &f->hits.hits);
    efti_segments_free(&efti_malloc, &f->tokens);
    efti_match_worker_free(f->worker);
    efti_forms_free(f->forms);
    efti_tokenizer_free(f->tokenizer);
    efti_matcher_free(f->matcher);
    efti_lists_free(f->lists);
    eft_lexicon_unref(f->lexicon);
}

static inline void
find_in(struct fixture *f, const char *text)
{
    eft_text t = {text, strlen(text)};
    eft_error err = {0};

    assert_int_equal(efti_segment(f->tokenizer, t, &f->tokens, &err), EFT_OK);
    assert_int_equal(efti_forms_intern(f->forms, t, &f->tokens, &err), EFT_OK);
    assert_int_equal(efti_match_find(f->worker, t, &f->tokens, &f->hits, &err), EFT_OK);
}

/* "t:rädd t-u:riktigt rädd": theme, n or u unless affirmed, words of each hit. */
static inline void
write_hits(struct fixture *f, const char *text, struct efti_bytes *out)
{
    efti_bytes_clear(out);
    for (size_t i = 0; i < f->hits.hits.count; i++) {
        const struct efti_hit *h = &f->hits.hits.items[i];
        eft_text id = efti_matcher_theme(f->matcher, h->theme)->id;
        if (i > 0)
            efti_put_char(out, ' ');
        efti_put(out, id.bytes, id.size);
        if (h->polarity != EFTI_AFFIRMED)
            efti_put_text(out, h->polarity == EFTI_NEGATED ? "-n" : "-u");
        efti_put_char(out, ':');
        efti_put(out, text + h->start, h->end - h->start);
    }
    efti_put_char(out, '\0');
}

static inline void
assert_hits(struct fixture *f, const char *text, const char *expected)
{
    struct efti_bytes out;

    efti_bytes_init(&out, &efti_malloc);
    find_in(f, text);
    write_hits(f, text, &out);
    assert_string_equal(out.data, expected);
    efti_bytes_free(&out);
}

#endif
