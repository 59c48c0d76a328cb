/*
 * test_api.c - the public calls as a program would use them, and as it should not
 *
 * On the public headers alone: sizes and flags, and workers. Random texts ask whether
 * columns rise, stay inside and lie at the borders of code points. Tallies and runs have
 * their own files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/plan_tool.h"
#include "support/scratch.h"
#include "support/sink.h"

/* ------------------------------------------------------------------ bytes */

/* Strict UTF-8, written anew: the library's own judgement is not asked. */
static bool
is_utf8(const unsigned char *b, size_t size)
{
    for (size_t i = 0; i < size;) {
        int more = b[i] < 0x80                   ? 0
                   : b[i] >= 0xC2 && b[i] < 0xE0 ? 1
                   : (b[i] & 0xF0) == 0xE0       ? 2
                   : b[i] >= 0xF0 && b[i] < 0xF5 ? 3
                                                 : -1;
        if (more < 0 || i + (size_t)more >= size)
            return false;
        for (int k = 1; k <= more; k++) {
            if ((b[i + (size_t)k] & 0xC0) != 0x80)
                return false;
        }
        if ((b[i] == 0xE0 && b[i + 1] < 0xA0) || (b[i] == 0xED && b[i + 1] >= 0xA0) ||
            (b[i] == 0xF0 && b[i + 1] < 0x90) || (b[i] == 0xF4 && b[i + 1] >= 0x90))
            return false;
        i += (size_t)more + 1;
    }
    return true;
}

/* --------------------------------------------------- sizes and flags refused */

static void
structs_of_senseless_size_are_refused(void **state)
{
    static const uint32_t wrong[] = {0, 1, 4, 4096, UINT32_MAX};
    eft_tally *t = NULL;
    eft_error err;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        eft_plan_options p = plan_options(0);
        eft_plan *made = plan;
        p.struct_size = wrong[i];
        assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_ABI);
        assert_null(made);
        eft_reflection r = {.struct_size = wrong[i], .text = TEXT("Hej.")};
        assert_int_equal(eft_tally_add(t, &r, &err), EFT_E_ABI);
        eft_release_options o = {.struct_size = wrong[i]};
        eft_results *results = (eft_results *)ctx;
        assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_E_ABI);
        assert_null(results);
        eft_input_options in = {.struct_size = wrong[i]};
        eft_run_counts counts;
        eft_tally *read = t;
        assert_int_equal(eft_run_tally(ctx, NULL, &in, &read, NULL, NULL, &counts, &err),
                         EFT_E_ABI);
        assert_null(read);
        struct sink s = {0};
        assert_int_equal(eft_run_lines(ctx, NULL, &in, EFT_LINES_THEMES, sink_write, &s,
                                       NULL, NULL, &counts, &err),
                         EFT_E_ABI);
        assert_int_equal(err.status, EFT_E_ABI);
    }
    assert_int_equal(eft_tally_count(t), 0);
    eft_tally_free(t);
}

/* As compiled against an older header, and against a newer one. */
static void
shorter_structs_and_longer_ones_with_zeroes_behind_are_read(void **state)
{
    struct {
        eft_reflection r;
        uint64_t more[2];
    } longer = {.r = {.struct_size = sizeof(longer), .text = TEXT("Samtalet gick bra.")}};
    struct {
        eft_plan_options o;
        uint64_t more[2];
    } options = {.o = plan_options(0)};
    eft_tally *t = NULL;
    eft_plan *made = NULL;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    assert_int_equal(eft_tally_add(t, &longer.r, NULL), EFT_OK);
    longer.more[1] = 1;
    assert_int_equal(eft_tally_add(t, &longer.r, NULL), EFT_E_ABI);
    longer.r.struct_size = offsetof(eft_reflection, prompt); /* up to the text */
    assert_int_equal(eft_tally_add(t, &longer.r, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(t), 2);
    eft_tally_free(t);
    options.o.struct_size = sizeof(options);
    assert_int_equal(eft_plan_new(ctx, &options.o, &made, NULL), EFT_OK);
    eft_plan_unref(made);
    options.more[0] = 1;
    assert_int_equal(eft_plan_new(ctx, &options.o, &made, NULL), EFT_E_ABI);
    options.o.struct_size = offsetof(eft_plan_options, allow);
    assert_int_equal(eft_plan_new(ctx, &options.o, &made, NULL), EFT_OK);
    eft_plan_unref(made);
}

static void
unknown_flags_and_settings_out_of_range_are_refused(void **state)
{
    eft_plan *made;
    eft_tally *t = NULL;
    eft_error err;

    (void)state;
    for (int bit = 6; bit < 32; bit++) {
        eft_plan_options p = plan_options(UINT32_C(1) << bit);
        assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_RANGE);
        assert_null(made);
    }
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    eft_reflection r = {.struct_size = sizeof(r), .flags = 1, .text = TEXT("Hej.")};
    assert_int_equal(eft_tally_add(t, &r, &err), EFT_E_RANGE);
    r.flags = 0;
    r.has_feeling = 1;
    r.feeling = 7;
    assert_int_equal(eft_tally_add(t, &r, &err), EFT_E_RANGE);
    r.has_feeling = 0;
    r.tag_count = 1000;
    assert_int_equal(eft_tally_add(t, &r, &err), EFT_E_RANGE);
    r.tag_count = 3; /* of nothing */
    assert_int_equal(eft_tally_add(t, &r, &err), EFT_E_RANGE);
    eft_release_options o = {.struct_size = sizeof(o), .flags = 1u << 31};
    eft_results *results;
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_E_RANGE);
    o.flags = 0;
    o.k = 2; /* rule 8.6: never below 3 */
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_E_REFUSED);
    assert_null(results);
    o = (eft_release_options){.struct_size = sizeof(o), .where_count = 1};
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_E_RANGE);
    o.where = &(const eft_text){"", 0};
    assert_int_equal(eft_tally_release(t, &o, &results, &err), EFT_E_RANGE);
    const char *const same[] = {"lag", "lag"};
    eft_plan_options p = plan_options(0);
    p.facets = same;
    p.facet_count = 2;
    assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_CONFLICT);
    for (int list = 0; list < 9; list++) {
        p = plan_options(0);
        size_t *const counts[] = {
            &p.lexicon_count,    &p.allow_count,  &p.facet_count,
            &p.stop_count,       &p.roster_count, &p.deny_count,
            &p.allow_span_count, &p.unit_count,   &p.category_off_count};
        *counts[list] = 2;
        assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_RANGE);
        assert_null(made);
    }
    p = plan_options(0);
    p.feeling_low = 5;
    p.feeling_high = 1;
    assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_RANGE);
    p = plan_options(0);
    p.flags = 0;
    p.dictionary = "/nowhere/ordbok.efd";
    assert_int_equal(eft_plan_new(ctx, &p, &made, &err), EFT_E_MISSING);
    eft_tally_free(t);
}

/* ----------------------------------------------------------------- worker */

static void
assert_columns(const uint64_t *starts, const uint64_t *ends, size_t count, size_t size)
{
    uint64_t last = 0;

    for (size_t i = 0; i < count; i++) {
        assert_true(starts[i] >= last);
        assert_true(ends[i] > starts[i]);
        assert_true(ends[i] <= size);
        last = ends[i];
    }
}

static void
assert_at_borders(eft_text text, const uint64_t *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(at[i] == text.size ||
                    ((unsigned char)text.bytes[at[i]] & 0xC0) != 0x80);
}

/* Everything a worker says of a text, held against what the headers promise. */
static void
assert_text(eft_worker *w, eft_text text)
{
    eft_tokens t;
    eft_veiled v;
    eft_hits h;
    eft_error err = {0};

    assert_int_equal(eft_worker_tokenise(w, text, &t, &err), EFT_OK);
    assert_columns(t.starts, t.ends, t.count, text.size);
    assert_at_borders(text, t.starts, t.count);
    assert_at_borders(text, t.ends, t.count);
    assert_columns(t.sentence_starts, t.sentence_ends, t.sentence_count, text.size);
    for (size_t i = 0; i < t.count; i++) {
        assert_non_null(t.kinds[i]);
        assert_true(is_utf8((const unsigned char *)t.stems[i].bytes, t.stems[i].size));
        assert_true(t.suspended[i] <= 1);
    }
    assert_int_equal(eft_worker_veil(w, text, &v, &err), EFT_OK);
    assert_columns(v.starts, v.ends, v.count, text.size);
    assert_at_borders(text, v.starts, v.count);
    assert_at_borders(text, v.ends, v.count);
    assert_true(is_utf8((const unsigned char *)v.text.bytes, v.text.size));
    uint64_t length = text.size;
    for (size_t i = 0; i < v.count; i++) {
        assert_true(v.scores[i] <= 100);
        length = length - (v.ends[i] - v.starts[i]) + v.replacements[i].size;
    }
    if (!v.withheld)
        assert_int_equal(length, v.text.size);
    assert_int_equal(eft_worker_themes(w, text, &h, &err), EFT_OK);
    for (size_t i = 0; i < h.count; i++) { /* hits may lie over each other */
        assert_true(i == 0 || h.starts[i] >= h.starts[i - 1]);
        assert_true(h.starts[i] < h.ends[i] && h.ends[i] <= text.size);
    }
    assert_at_borders(text, h.starts, h.count);
    for (size_t i = 1; i < h.theme_count; i++) {
        size_t n = h.present[i - 1].size < h.present[i].size ? h.present[i - 1].size
                                                             : h.present[i].size;
        assert_true(memcmp(h.present[i - 1].bytes, h.present[i].bytes, n) <= 0);
    }
}

static uint64_t
random_next(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

static size_t
put_code_point(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(heads[n] | c);
    return n;
}

/* Swedish pieces, names, numbers, and code points from everywhere. */
static size_t
random_text(uint64_t *x, char *out, size_t pieces)
{
    static const char *const words[] = {"och ",
                                        "jag k\xC3\xA4nde oro ",
                                        "Fatima ",
                                        "pratade med ",
                                        "811218-9876 ",
                                        ". ",
                                        "\n",
                                        "t.ex. ",
                                        "inte ",
                                        "[PERSON_3] ",
                                        "anna@example.org ",
                                        "\xE2\x80\x94 ",
                                        "f\xC3\xB6r- ",
                                        "www.example.org/a?b=c ",
                                        "070-1740612",
                                        "a\xCC\x8A",
                                        "\xF0\x9F\x98\x80",
                                        "VI ",
                                        "\"",
                                        "samverkan ",
                                        "stolt ",
                                        "3:e ",
                                        "\xC2\xA0",
                                        "\xE2\x80\x8B",
                                        "Mvh\nMoa",
                                        "\t",
                                        "slut.Sedan "};
    size_t size = 0;

    for (size_t i = 0; i < pieces; i++) {
        uint64_t r = random_next(x);
        if (r % 4 != 0) {
            const char *word = words[(r >> 8) % COUNT_OF(words)];
            memcpy(out + size, word, strlen(word));
            size += strlen(word);
            continue;
        }
        static const uint32_t limits[] = {0x80, 0x800, 0x10000, 0x110000};
        uint32_t c = (uint32_t)((r >> 8) % limits[(r >> 40) % 4]);
        if (c >= 0xD800 && c < 0xE000)
            c = 0x0; /* NUL is a letter like any other here */
        size += put_code_point(c, out + size);
    }
    return size;
}

static void
columns_rise_and_stay_inside_any_text(void **state)
{
    static const eft_text fixed[] = {BARE(""),
                                     BARE(" "),
                                     BARE("\n\n\n"),
                                     BARE("\0"),
                                     BARE("a\0b c\0\0"),
                                     BARE("."),
                                     BARE("["),
                                     BARE("[PERSON_1]"),
                                     BARE("[PERSON_99999999999999999999]"),
                                     BARE("\xEF\xBB\xBFHej."),
                                     BARE("\xEF\xBF\xBF"),
                                     BARE("\xF4\x8F\xBF\xBF"),
                                     BARE("\xCC\x8A"),
                                     BARE("\xE2\x80\x8D"),
                                     BARE("@"),
                                     BARE("a@b"),
                                     BARE("www."),
                                     BARE("http://"),
                                     BARE("-"),
                                     BARE("\xE2\x80\x91x")};
    uint64_t x = 88172645463325252u;
    eft_worker *w = NULL;
    char buffer[4096];

    (void)state;
    assert_int_equal(eft_worker_new(plan, &w, NULL), EFT_OK);
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        assert_text(w, fixed[i]);
    for (size_t i = 0; i < 600; i++)
        assert_text(w, (eft_text){buffer, random_text(&x, buffer, 1 + i % 90)});
    eft_worker_free(w);
}

static void
a_mebibyte_of_one_letter_is_one_token_and_is_veiled(void **state)
{
    size_t size = (size_t)1 << 20;
    char *bytes = malloc(size);
    eft_worker *w = NULL;
    eft_tokens t;
    eft_veiled v;

    (void)state;
    assert_int_equal(eft_worker_new(plan, &w, NULL), EFT_OK);
    memset(bytes, 'a', size);
    assert_text(w, (eft_text){bytes, size});
    assert_int_equal(eft_worker_tokenise(w, (eft_text){bytes, size}, &t, NULL), EFT_OK);
    assert_int_equal(t.count, 1);
    assert_string_equal(t.kinds[0], "long");
    assert_int_equal(eft_worker_veil(w, (eft_text){bytes, size}, &v, NULL), EFT_OK);
    assert_true(v.text.size < 64);
    for (size_t i = 0; i < size; i += 2)
        bytes[i] = ' '; /* and half a million words */
    assert_text(w, (eft_text){bytes, size});
    eft_worker_free(w);
    free(bytes);
}

static void
text_that_is_not_utf8_is_refused_with_its_byte(void **state)
{
    static const struct {
        eft_text text;
        uint64_t byte;
    } cases[] = {
        {BARE("\xFF"), 0},
        {BARE("Hej \xC3("), 4},
        {BARE("Hej\xED\xA0\x80"), 3},
        {BARE("ab\xC0\x80"), 2},
        {BARE("abc\xE2\x82"), 3},
        {BARE("a\xF4\x90\x80\x80"), 1},
        {BARE("\x80"), 0},
        {{NULL, 3}, 0},
        {BARE(
             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xF8"),
         69}};
    eft_worker *w = NULL;
    eft_tally *tally = NULL;

    (void)state;
    assert_int_equal(eft_worker_new(plan, &w, NULL), EFT_OK);
    assert_int_equal(eft_tally_new(plan, &tally, NULL), EFT_OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        eft_tokens t = {.count = 9};
        eft_veiled v = {.count = 9};
        eft_hits h = {.count = 9};
        eft_error err;
        assert_int_equal(eft_worker_tokenise(w, cases[i].text, &t, &err), EFT_E_ENCODING);
        assert_int_equal(err.offset, cases[i].byte);
        assert_int_equal(t.count, 0);
        assert_int_equal(eft_worker_veil(w, cases[i].text, &v, &err), EFT_E_ENCODING);
        assert_int_equal(err.offset, cases[i].byte);
        assert_true(v.count == 0 && v.text.bytes == NULL);
        assert_int_equal(eft_worker_themes(w, cases[i].text, &h, &err), EFT_E_ENCODING);
        assert_int_equal(h.count, 0);
        eft_reflection r = {.struct_size = sizeof(r), .text = cases[i].text};
        assert_int_equal(eft_tally_add(tally, &r, &err), EFT_E_ENCODING);
        assert_int_equal(err.offset, cases[i].byte);
        r = (eft_reflection){.struct_size = sizeof(r), .writer = cases[i].text};
        assert_int_equal(eft_tally_add(tally, &r, &err), EFT_E_ENCODING);
        r = (eft_reflection){.struct_size = sizeof(r), .id = cases[i].text};
        assert_int_equal(eft_tally_add(tally, &r, &err), EFT_E_ENCODING);
        r = (eft_reflection){
            .struct_size = sizeof(r), .tags = &cases[i].text, .tag_count = 1};
        assert_int_equal(eft_tally_add(tally, &r, &err), EFT_E_ENCODING);
    }
    assert_int_equal(eft_tally_count(tally), 0);
    eft_tally_free(tally);
    assert_text(w, TEXT("Och sedan gick det bra igen.")); /* the worker goes on */
    eft_worker_free(w);
}

static void
veiling_twice_changes_nothing(void **state)
{
    static const eft_text text =
        BARE("Sedan pratade jag med Fatima Lindqvist, 811218-9876, som "
             "bor p\xC3\xA5 Storgatan 5 i Lund. Ring 070-1740612.");
    eft_worker *w = NULL;
    eft_veiled once, twice;

    (void)state;
    assert_int_equal(eft_worker_new(plan, &w, NULL), EFT_OK);
    assert_int_equal(eft_worker_veil(w, text, &once, NULL), EFT_OK);
    assert_true(once.count >= 3);
    char *copy = malloc(once.text.size);
    size_t size = once.text.size;
    memcpy(copy, once.text.bytes, size);
    assert_int_equal(eft_worker_veil(w, (eft_text){copy, size}, &twice, NULL), EFT_OK);
    assert_int_equal(twice.text.size, size);
    assert_memory_equal(twice.text.bytes, copy, size);
    free(copy);
    eft_worker_free(w);
}

static void
versions_and_names_are_there(void **state)
{
    (void)state;
    assert_non_null(strchr(eft_version(), '.'));
    for (int s = 0; s < 100; s++)
        assert_non_null(eft_status_name((eft_status)s));
    eft_text lines = eft_plan_fingerprints(plan);
    assert_true(lines.size > 0 && lines.bytes[lines.size - 1] == '\n');
    assert_int_equal(eft_plan_has_dictionary(plan), dictionary != NULL);
}

static void
freeing_nothing_is_fine(void **state)
{
    (void)state;
    eft_worker_free(NULL);
    eft_tally_free(NULL);
    eft_results_free(NULL);
    eft_plan_unref(NULL);
    eft_context_free(NULL);
    eft_lexicon_unref(NULL);
}

static void
objects_hold_what_they_need(void **state)
{
    eft_plan_options o = plan_options(0);
    eft_context *other = NULL;
    eft_plan *own = NULL;
    eft_worker *w = NULL;
    eft_tally *t = NULL;
    eft_results *results = NULL;

    (void)state;
    assert_int_equal(eft_context_new(NULL, &other, NULL), EFT_OK);
    assert_int_equal(eft_plan_new(other, &o, &own, NULL), EFT_OK);
    eft_context_free(other); /* as a garbage collector may: in any order */
    assert_int_equal(eft_worker_new(own, &w, NULL), EFT_OK);
    assert_int_equal(eft_tally_new(own, &t, NULL), EFT_OK);
    eft_plan_unref(own);
    assert_text(w, TEXT("Samtalet med Fatima gick bra."));
    eft_reflection r = {.struct_size = sizeof(r), .text = TEXT("Samtalet gick bra.")};
    assert_int_equal(eft_tally_add(t, &r, NULL), EFT_OK);
    assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK);
    eft_tally_free(t);
    eft_worker_free(w);
    assert_non_null(eft_results_find(results, "overview"));
    assert_null(eft_results_find(results, "no such table"));
    assert_true(eft_results_k(results) >= 5);
    eft_results_free(results);
}

/* ---------------------------------------------------- sizes without anything there */

static eft_status
drop(void *user, const void *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return EFT_OK;
}

/* text.h promises it of every text; a list of options is held to it too. */
static void
a_size_and_no_bytes_is_refused(void **state)
{
    const eft_text nothing = {NULL, 4};
    const eft_quote quote = {TEXT("oro"), nothing};
    eft_lexicon *lexicon;
    eft_model *model;
    eft_tally *t;
    eft_results *results;

    (void)state;
    assert_int_equal(eft_lexicon_read(ctx, nothing, &lexicon, NULL), EFT_E_ENCODING);
    assert_null(lexicon);
    assert_int_equal(eft_lexicon_read_csv(ctx, nothing, &lexicon, NULL), EFT_E_ENCODING);
    assert_null(lexicon);
    for (int f = EFT_LEXICON_XML; f <= EFT_LEXICON_DICX; f++) {
        assert_int_equal(
            eft_lexicon_import(ctx, nothing, (eft_lexicon_format)f, &lexicon, NULL, NULL),
            EFT_E_ENCODING);
        assert_null(lexicon);
    }
    assert_int_equal(eft_model_read(ctx, nothing, &model, NULL), EFT_E_ENCODING);
    assert_null(model);
    assert_int_equal(eft_tally_read(plan, nothing, &t, NULL), EFT_E_FORMAT);
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    eft_release_options o = {
        .struct_size = sizeof(o), .where = &nothing, .where_count = 1};
    assert_int_equal(eft_tally_release(t, &o, &results, NULL), EFT_E_RANGE);
    o = (eft_release_options){
        .struct_size = sizeof(o), .quotes = &quote, .quote_count = 1};
    assert_int_equal(eft_tally_release(t, &o, &results, NULL), EFT_E_ENCODING);
    assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK);
    eft_save_options save = {
        .struct_size = sizeof(save), .folder = "nowhere/never", .run_json = nothing};
    assert_int_not_equal(eft_save_results(ctx, t, results, &save, NULL), EFT_OK);
    eft_results_free(results);
    eft_tally_free(t);
}

static void
a_count_and_no_list_is_refused(void **state)
{
    const char *const no_path[] = {NULL};
    eft_input_options in = {.struct_size = sizeof(in), .path_count = 1};
    size_t added = 7;
    eft_tally *t;

    (void)state;
    for (int i = 0; i < 3; i++) {
        in.paths = i == 0 ? NULL : no_path;
        in.map_count = i == 2 ? 1 : 0;
        assert_int_equal(eft_run_lines(ctx, NULL, &in, EFT_LINES_THEMES, drop, NULL, NULL,
                                       NULL, NULL, NULL),
                         EFT_E_RANGE);
        assert_int_equal(eft_run_tally(ctx, NULL, &in, &t, NULL, NULL, NULL, NULL),
                         EFT_E_RANGE);
        assert_null(t);
    }
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    assert_int_equal(eft_tally_add(t, NULL, NULL), EFT_E_RANGE);
    assert_int_equal(eft_tally_add_columns(t, NULL, 3, &added, NULL), EFT_E_RANGE);
    assert_int_equal(added, 0);
    assert_int_equal(eft_tally_add_columns(t, NULL, 0, &added, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(t), 0);
    eft_tally_free(t);
}

/* ------------------------------------------------------------------- run.json */

/* What `verify` says of a folder saved with this run.json: 0, or SIZE_MAX for an answer
 * that is not EFT_OK. */
static uint64_t
saved_and_verified(eft_tally *t, const eft_results *results, const char *run,
                   eft_status expected)
{
    struct scratch s;
    uint64_t found = 0;

    assert_true(scratch_open(&s));
    eft_save_options save = {.struct_size = sizeof(save),
                             .folder = scratch_path(&s, "out"),
                             .run_json = {run, strlen(run)}};
    eft_status st = eft_save_results(ctx, t, results, &save, NULL);
    if (st == EFT_OK)
        st = eft_verify_folder(ctx, save.folder, NULL, NULL, &found, NULL);
    else
        found = access(save.folder, F_OK) == 0 ? SIZE_MAX : 0;
    scratch_close(&s);
    return st == expected ? found : SIZE_MAX;
}

static void
what_a_caller_says_is_one_object_and_a_party_has_a_name(void **state)
{
    static const char *const good[] = {"", "{}", " {\n} \n", "{\"inputs\": 2}",
                                       "{\"a\": {}}\r\n"};
    static const char *const bad[] = {"[1]",
                                      "x}",
                                      "{\"a\": 1}}",
                                      "{\"a\" 1}",
                                      "{\"a\": 1, \"a\": 2}",
                                      "{\"files\": {}}",
                                      "{\"sensitive\": []}",
                                      "{\"a\": \"\xFF\"}"};
    eft_results *results;
    eft_tally *t;

    (void)state;
    assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
    assert_int_equal(eft_tally_release(t, NULL, &results, NULL), EFT_OK);
    for (size_t i = 0; i < COUNT_OF(good); i++)
        if (saved_and_verified(t, results, good[i], EFT_OK) != 0)
            fail_msg("object %zu should do", i);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (saved_and_verified(t, results, bad[i], EFT_E_RANGE) != 0)
            fail_msg("object %zu should be refused", i);
    eft_sealed *sealed;
    assert_int_equal(eft_results_seal(t, results, TEXT("  \xC2\xA0"), &sealed, NULL),
                     EFT_E_RANGE);
    assert_null(sealed);
    eft_results_free(results);
    eft_tally_free(t);
}

/* ------------------------------------------------------------------- labels */

/* "-" is what many write where there is no unit. It has no token, and may be the first
 * thing of all that a tally's worker reads. */
static void
labels_without_a_word_are_labels(void **state)
{
    static const char *const labels[] = {"-", "???", "\xE2\x80\xA6", "\xC2\xA0"};

    (void)state;
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        const eft_text bare = {labels[i], strlen(labels[i])};
        eft_tally *t = NULL;
        assert_int_equal(eft_tally_new(plan, &t, NULL), EFT_OK);
        eft_reflection r = {.struct_size = sizeof(r),
                            .unit = bare,
                            .assignment = bare,
                            .tags = &bare,
                            .tag_count = 1,
                            .text = TEXT("Samtalet gick bra.")};
        assert_int_equal(eft_tally_add(t, &r, NULL), EFT_OK);
        assert_int_equal(eft_tally_count(t), 1);
        eft_tally_free(t);
    }
}

/* ------------------------------------------------------------------- offsets */

static void
check_offsets(const eft_veiled *v, eft_text text)
{
    assert_int_equal(v->size, text.size);
    for (uint64_t at = 0; at <= text.size; at++) {
        bool inside = false;
        for (size_t i = 0; i < v->count; i++)
            inside = inside || (v->starts[i] < at && at < v->ends[i]);
        uint64_t from = eft_veiled_offset(v, at, false);
        uint64_t to = eft_veiled_offset(v, at, true);

        assert_true(from <= to && to <= v->text.size);
        if (at > 0)
            assert_true(from >= eft_veiled_offset(v, at - 1, false));
        if (inside)
            continue;
        assert_int_equal(from, to);
        assert_int_equal(eft_original_offset(v, from, false), at);
        assert_int_equal(eft_original_offset(v, from, true), at);
        if (at < text.size &&
            from < v->text.size) { /* the same byte, unless a span starts */
            bool starts = false;
            for (size_t i = 0; i < v->count; i++)
                starts = starts || v->starts[i] == at;
            if (!starts)
                assert_int_equal(v->text.bytes[from], text.bytes[at]);
        }
    }
    for (uint64_t at = 0; at <= v->text.size; at++) {
        uint64_t from = eft_original_offset(v, at, false);
        uint64_t to = eft_original_offset(v, at, true);

        assert_true(eft_veiled_offset(v, from, false) <= at);
        assert_true(eft_veiled_offset(v, to, true) >= at);
    }
    for (size_t i = 0; i < v->count; i++) {
        const eft_text r = v->replacements[i];
        assert_int_equal(v->veiled_ends[i] - v->veiled_starts[i], r.size);
        assert_memory_equal(v->text.bytes + v->veiled_starts[i], r.bytes, r.size);
        assert_int_equal(eft_original_offset(v, v->veiled_starts[i], false),
                         v->starts[i]);
        assert_int_equal(eft_original_offset(v, v->veiled_ends[i], true), v->ends[i]);
    }
    assert_int_equal(eft_veiled_offset(v, UINT64_MAX, false), v->text.size);
}

static void
every_offset_goes_there_and_back_under_every_replacement(void **state)
{
    static const char *const pieces[] = {
        "Anna Svensson", " ",       "ringde ", "Fatima",     ".",
        "070-1740605",   "Sorsele", "å",       "5 maj 2024", "14 år gammal ",
        "Jag träffade ", "\n",      "s"};
    const unsigned char key[32] = {7};
    uint32_t luck = 99;

    (void)state;
    for (uint32_t mode = 0; mode <= EFT_REPLACE_KEY; mode++) {
        eft_plan_options o = plan_options(EFT_PLAN_ACCEPT_LANGUAGE);
        eft_worker *w = NULL;
        eft_plan *p = NULL;
        eft_veiled v;
        o.replace = mode;
        o.key = key;
        o.shift_days = mode == EFT_REPLACE_GENERALISE ? 0 : 60;
        assert_int_equal(eft_plan_new(ctx, &o, &p, NULL), EFT_OK);
        assert_int_equal(eft_worker_new(p, &w, NULL), EFT_OK);
        for (int round = 0; round < 120; round++) {
            char text[256] = "";
            for (int k = 0; k < 10; k++) {
                luck = luck * 1664525u + 1013904223u;
                strcat(text, pieces[(luck >> 16) % COUNT_OF(pieces)]);
            }
            eft_text t = {text, strlen(text)};
            assert_int_equal(eft_worker_veil(w, t, &v, NULL), EFT_OK);
            check_offsets(&v, t);
        }
        eft_worker_free(w);
        eft_plan_unref(p);
    }
}

static void
the_days_of_one_writer_move_alike(void **state)
{
    eft_plan_options o = plan_options(EFT_PLAN_ACCEPT_LANGUAGE);
    char first[128] = "", second[128] = "";
    eft_worker *w = NULL;
    eft_plan *p = NULL;
    eft_veiled v;

    (void)state;
    o.shift_days = 400;
    assert_int_equal(eft_plan_new(ctx, &o, &p, NULL), EFT_E_RANGE); /* no key, no seed */
    o.seed = 5;
    assert_int_equal(eft_plan_new(ctx, &o, &p, NULL), EFT_OK);
    assert_int_equal(eft_worker_new(p, &w, NULL), EFT_OK);
    assert_int_equal(eft_worker_set_writer(w, TEXT("Eva"), NULL), EFT_OK);
    assert_int_equal(eft_worker_veil(w, TEXT("Mötet var 2024-05-03."), &v, NULL), EFT_OK);
    memcpy(first, v.replacements[0].bytes, v.replacements[0].size);
    assert_int_equal(eft_worker_set_writer(w, TEXT(" EVA "), NULL), EFT_OK);
    assert_int_equal(eft_worker_veil(w, TEXT("Vi ses 2024-05-03 igen."), &v, NULL),
                     EFT_OK);
    memcpy(second, v.replacements[0].bytes, v.replacements[0].size);
    assert_string_equal(first, second);
    assert_string_not_equal(first, "2024-05-03");
    assert_int_equal(eft_worker_set_writer(w, TEXT("\xFF"), NULL), EFT_E_ENCODING);
    eft_worker_free(w);
    eft_plan_unref(p);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_offset_goes_there_and_back_under_every_replacement),
        cmocka_unit_test(the_days_of_one_writer_move_alike),
        cmocka_unit_test(structs_of_senseless_size_are_refused),
        cmocka_unit_test(shorter_structs_and_longer_ones_with_zeroes_behind_are_read),
        cmocka_unit_test(unknown_flags_and_settings_out_of_range_are_refused),
        cmocka_unit_test(columns_rise_and_stay_inside_any_text),
        cmocka_unit_test(a_mebibyte_of_one_letter_is_one_token_and_is_veiled),
        cmocka_unit_test(text_that_is_not_utf8_is_refused_with_its_byte),
        cmocka_unit_test(veiling_twice_changes_nothing),
        cmocka_unit_test(versions_and_names_are_there),
        cmocka_unit_test(freeing_nothing_is_fine),
        cmocka_unit_test(objects_hold_what_they_need),
        cmocka_unit_test(labels_without_a_word_are_labels),
        cmocka_unit_test(a_size_and_no_bytes_is_refused),
        cmocka_unit_test(a_count_and_no_list_is_refused),
        cmocka_unit_test(what_a_caller_says_is_one_object_and_a_party_has_a_name),
    };
    plan_tool_arguments(argc, argv);
    return cmocka_run_group_tests_name("api", tests, plan_set_up, plan_tear_down);
}
