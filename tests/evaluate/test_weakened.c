/*
 * test_weakened.c - with every tenth span lost, is anything released that should not be?
 *
 * The recognisers are weakened through a hook that only tests reach: of the spans of each
 * text one in ten is dropped, the same ones whenever the text comes. Each text of the
 * sample and of the veil's development set is then told by twelve writers, so that the
 * gate, which would hide what few people wrote, lets everything by. What must hold is the
 * closed vocabulary, the shapes of names and the rules of quotes alone: no cell of any
 * table has a word that stands only inside labelled identifiers, nor one of them whole.
 *
 *     test_weakened DICTIONARY GOLD INPUT (or -) [GOLD INPUT ...]
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "evaluate/evaluate.h"

#define WRITERS 12
#define MOST_SETS 4

static const char *dictionary;
static const char *golds[MOST_SETS], *inputs[MOST_SETS];
static size_t set_count;

struct corpus {
    eft_context *ctx;
    struct efti_evaluation sets[MOST_SETS];
    eft_evaluate_options options[MOST_SETS];
    struct efti_unicode *unicode;
    struct efti_strings *outside; /* words of texts that no label covers */
    struct efti_strings *inside;  /* words of labels that are never outside */
};

static eft_status
no_figure(void *user, const eft_figure *figure)
{
    (void)user;
    (void)figure;
    return EFT_OK;
}

static bool
in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c & '\x80') != 0;
}

/* Call `fn` for each word of `text`, folded. */
static void
each_word(struct corpus *c, eft_text text, void (*fn)(void *, eft_text), void *user)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    assert_int_equal(efti_fold(c->unicode, text.bytes, text.size, &b, NULL), EFT_OK);
    for (size_t at = 0, end; at < b.size; at = end + 1) {
        for (end = at; end < b.size && in_word(b.data[end]);)
            end++;
        if (end > at)
            fn(user, (eft_text){b.data + at, end - at});
    }
    efti_bytes_free(&b);
}

static void
add_outside(void *user, eft_text word)
{
    struct corpus *c = user;
    assert_int_not_equal(efti_strings_add(c->outside, word.bytes, word.size, NULL),
                         EFTI_NOT_FOUND);
}

static bool
is_number(eft_text word)
{
    for (size_t i = 0; i < word.size; i++)
        if (word.bytes[i] < '0' || word.bytes[i] > '9')
            return false;
    return true;
}

/* A name that is also a word, and that a person has looked at: it may be shown (8.4). */
static bool
is_reviewed(const struct corpus *c, eft_text word)
{
    return (efti_lists_word(c->sets[0].plan->lists, word.bytes, word.size) &
            (EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME | EFTI_LIST_ALSO_NEVER)) != 0;
}

/* Words of three letters and more; names that are words only where
 * nobody reviewed them. */
static void
add_inside(void *user, eft_text word)
{
    struct corpus *c = user;

    if (efti_utf8_length(word.bytes, word.size) < 3 ||
        (is_number(word) && word.size < 4) ||
        efti_strings_find(c->outside, word.bytes, word.size) != EFTI_NOT_FOUND ||
        is_reviewed(c, word))
        return;
    assert_int_not_equal(efti_strings_add(c->inside, word.bytes, word.size, NULL),
                         EFTI_NOT_FOUND);
}

/* Months, number words and the parts of an address on the web are everybody's; of the
 * name of a workplace or an address each word alone is an ordinary one (Guldkant
 * Hemservice): those count when they stand alone. */
static bool
each_word_tells(eft_text label, eft_text surface)
{
    enum efti_category c = efti_category_of(label.bytes, label.size);

    if (c == EFTI_DATE || c == EFTI_AGE || c == EFTI_URL_ADDRESS)
        return false;
    return c == EFTI_PERSON || c == EFTI_PLACE || c < EFTI_URL_ADDRESS ||
           memchr(surface.bytes, ' ', surface.size) == NULL;
}

static void
collect_words(struct corpus *c, const struct efti_gold *g, bool inside)
{
    for (size_t i = 0; i < g->docs.count; i++) {
        const struct efti_gold_doc *doc = &g->docs.items[i];
        size_t at = 0;
        for (uint32_t k = 0; k < doc->spans.count; k++) {
            const struct efti_gold_span *s = &g->spans.items[doc->spans.first + k];
            const eft_text word = {doc->text.bytes + s->start, s->end - s->start};
            if (inside && each_word_tells(s->label, word))
                each_word(c, word, add_inside, c);
            if (!inside && s->start > at)
                each_word(c, (eft_text){doc->text.bytes + at, s->start - at}, add_outside,
                          c);
            at = s->end > at ? s->end : at;
        }
        if (!inside)
            each_word(c, (eft_text){doc->text.bytes + at, doc->text.size - at},
                      add_outside, c);
    }
}

static void
open_corpus(struct corpus *c)
{
    memset(c, 0, sizeof(*c));
    assert_int_equal(eft_context_new(NULL, &c->ctx, NULL), EFT_OK);
    assert_int_equal(efti_unicode_new(&efti_malloc, &c->unicode, NULL), EFT_OK);
    assert_int_equal(efti_strings_new(&efti_malloc, &c->outside, NULL), EFT_OK);
    assert_int_equal(efti_strings_new(&efti_malloc, &c->inside, NULL), EFT_OK);
    for (size_t i = 0; i < set_count; i++) {
        eft_plan_options plan = {.struct_size = sizeof(plan), .dictionary = dictionary};
        eft_input_options input = {.struct_size = sizeof(input),
                                   .paths = &inputs[i],
                                   .path_count = strcmp(inputs[i], "-") == 0 ? 0 : 1};
        eft_error err = {0};
        c->options[i] = (eft_evaluate_options){.struct_size = sizeof(c->options[i]),
                                               .kind = EFT_EVALUATE_ANONYMISE,
                                               .gold = golds[i],
                                               .figure = no_figure};
        c->sets[i] =
            (struct efti_evaluation){.mem = &efti_malloc, .options = &c->options[i]};
        assert_int_equal(efti_evaluation_open(&c->sets[i], c->ctx, &plan, &input, &err),
                         EFT_OK);
        collect_words(c, &c->sets[i].gold, false);
    }
    for (size_t i = 0; i < set_count; i++)
        collect_words(c, &c->sets[i].gold, true);
    assert_true(efti_strings_count(c->inside) > 200);
}

static void
close_corpus(struct corpus *c)
{
    for (size_t i = 0; i < set_count; i++)
        efti_evaluation_close(&c->sets[i]);
    efti_strings_free(c->outside);
    efti_strings_free(c->inside);
    efti_unicode_free(c->unicode);
    eft_context_free(c->ctx);
}

/* Every text by every writer. */
static void
tell_all(struct corpus *c, eft_tally *t)
{
    char id[64], writer[16];
    uint64_t n = 0;

    for (size_t set = 0; set < set_count; set++) {
        const struct efti_gold *g = &c->sets[set].gold;
        for (size_t i = 0; i < g->docs.count; i++) {
            for (unsigned w = 0; w < WRITERS; w++) {
                int size = snprintf(id, sizeof(id), "%llu", (unsigned long long)++n);
                int name = snprintf(writer, sizeof(writer), "w%u", w);
                eft_reflection r = {.struct_size = sizeof(r),
                                    .id = {id, (size_t)size},
                                    .writer = {writer, (size_t)name},
                                    .day = EFT_NO_DAY,
                                    .text = g->docs.items[i].text};
                assert_int_equal(eft_tally_add(t, &r, NULL), EFT_OK);
            }
        }
    }
}

struct look {
    const struct corpus *corpus;
    const char *table;
    uint64_t words, leaks;
};

/* Names of the library and its themes are in its own words: only what is of the texts. */
static void
look_at_word(void *user, eft_text word)
{
    struct look *look = user;

    look->words++;
    if (efti_strings_find(look->corpus->inside, word.bytes, word.size) == EFTI_NOT_FOUND)
        return;
    look->leaks++;
    print_message("# in %s: %.*s\n", look->table, (int)word.size, word.bytes);
}

static void
look_at_table(struct corpus *c, const eft_table *table, struct look *look)
{
    look->table = eft_table_name(table);
    for (size_t row = 0; row < eft_table_rows(table); row++)
        for (size_t column = 0; column < eft_table_columns(table); column++)
            each_word(c, eft_table_text(table, row, column), look_at_word, look);
}

static void
no_released_word_is_an_identifier_when_every_tenth_span_is_lost(void **state)
{
    struct corpus c;
    struct look look = {.corpus = &c};
    size_t quotes = 0, terms = 0;

    (void)state;
    if (dictionary == NULL)
        skip();
    open_corpus(&c);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        eft_plan_options o = {
            .struct_size = sizeof(o), .flags = EFT_PLAN_SPOOL, .dictionary = dictionary};
        eft_release_options r = {.struct_size = sizeof(r),
                                 .k = 3,
                                 .flags = EFT_RELEASE_NO_STOP | EFT_RELEASE_NO_INFERENCE |
                                          EFT_RELEASE_QUOTES_AUTO | EFT_RELEASE_SUGGEST};
        eft_plan *plan = NULL;
        eft_tally *t = NULL;
        eft_results *results = NULL;
        assert_int_equal(eft_plan_new(c.ctx, &o, &plan, NULL), EFT_OK);
        plan->weaken_per_mille = 100;
        plan->weaken_seed = seed;
        assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
        tell_all(&c, t);
        assert_int_equal(eft_tally_release(t, &r, &results, NULL), EFT_OK);
        for (size_t i = 0; i < eft_results_count(results); i++)
            look_at_table(&c, eft_results_table(results, i), &look);
        quotes += eft_table_rows(eft_results_find(results, "quotes"));
        terms += eft_table_rows(eft_results_find(results, "terms"));
        eft_results_free(results);
        eft_tally_free(t);
        eft_plan_unref(plan);
    }
    print_message(
        "# %llu words of cells, %zu quotes, %zu terms; %u words of identifiers\n",
        (unsigned long long)look.words, quotes, terms, efti_strings_count(c.inside));
    assert_true(quotes > 50 && terms > 500);
    assert_int_equal(look.leaks, 0);
    close_corpus(&c);
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_released_word_is_an_identifier_when_every_tenth_span_is_lost),
    };

    dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    for (int i = 2; i + 1 < argc && set_count < MOST_SETS; i += 2) {
        golds[set_count] = argv[i];
        inputs[set_count++] = argv[i + 1];
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
