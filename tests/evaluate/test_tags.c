/*
 * test_tags.c - the writers' own tags as gold: what is judged, bad maps, no memory
 */
#include "support/failing.h"
#include "support/scratch.h"

#include <eftertanke.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Memory fails at every one of the last DENSE allocations, which are those of the tags
 * and figures, and at some of the many before, which set up a plan. */
#define DENSE 1200
#define STRIDE 97

static const char lexicon_text[] =
    "<lexicon xmlns=\"urn:eftertanke:lexicon:1\" id=\"liten\" version=\"1.0.0\" "
    "lang=\"sv\" licence=\"CC0-1.0\"><title xml:lang=\"sv\">Liten</title>"
    "<title xml:lang=\"en\">Small</title><source>Test.</source>"
    "<theme id=\"god_somn\"><label xml:lang=\"sv\">God s\xC3\xB6mn</label>"
    "<label xml:lang=\"en\">Good sleep</label><definition xml:lang=\"sv\">S\xC3\xB6mn."
    "</definition><definition xml:lang=\"en\">Sleep.</definition><source>Test.</source>"
    "<entry>sov | sova</entry></theme>"
    "<theme id=\"mat\"><label xml:lang=\"sv\">Mat</label>"
    "<label xml:lang=\"en\">Food</label><definition xml:lang=\"sv\">Mat.</definition>"
    "<definition xml:lang=\"en\">Food.</definition><source>Test.</source>"
    "<entry>mat*</entry></theme></lexicon>";
static const char input_text[] = "id,skribent,enhet,taggar,text,kon\n"
                                 "1,A,Norr,God s\xC3\x96MN|vila,Vi sov gott.,k\n"
                                 "1,A,Norr,mat,Samma en g\xC3\xA5ng till.,k\n"
                                 "2,B,Norr,#god_somn,Inget av det.,k\n"
                                 "3,B,S\xC3\xB6"
                                 "der,vila,Vi sov inte. Det fanns mat.,m\n"
                                 "4,C,S\xC3\xB6"
                                 "der,,Vi sov.,m\n"
                                 "5,C,S\xC3\xB6"
                                 "der,vila,,m\n";

struct rig {
    struct failing f;
    eft_allocator mem;
    struct scratch folder;
    const char *path, *map;
    double precision, recall;
    uint64_t themes, groups, negation, mistakes, mapped, tags, tagged, texts;
};

static void
open_rig(struct rig *r, const char *map)
{
    static char paths[2][4200];

    memset(r, 0, sizeof(*r));
    r->mem = failing_at(&r->f, 0);
    assert_true(scratch_open(&r->folder));
    (void)snprintf(paths[0], sizeof(paths[0]), "%s", scratch_path(&r->folder, "in.csv"));
    (void)snprintf(paths[1], sizeof(paths[1]), "%s", scratch_path(&r->folder, "map.csv"));
    r->path = paths[0];
    assert_true(scratch_write(r->path, input_text));
    if (map != NULL) {
        r->map = paths[1];
        assert_true(scratch_write(r->map, map));
    }
}

static void
take_share(struct rig *r, const eft_figure *f)
{
    if (strcmp(f->measure, "texts with tags") == 0) {
        r->tagged = f->part;
        r->texts = f->whole;
    } else {
        r->mapped = f->part;
        r->tags = f->whole;
    }
}

static eft_status
take_figure(void *user, const eft_figure *f)
{
    struct rig *r = user;

    r->negation += strncmp(f->measure, "negation", 8) == 0;
    r->themes += strcmp(f->group, "theme") == 0 && strcmp(f->measure, "f1") == 0;
    r->groups += strcmp(f->group, "unit") == 0 || strcmp(f->group, "kon") == 0;
    if (strcmp(f->group, "tags") == 0)
        take_share(r, f);
    if (strcmp(f->group, "all") == 0 && strcmp(f->measure, "precision") == 0)
        r->precision = f->estimate;
    if (strcmp(f->group, "all") == 0 && strcmp(f->measure, "recall") == 0)
        r->recall = f->estimate;
    return EFT_OK;
}

static eft_status
take_mistake(void *user, const eft_mistake *m)
{
    struct rig *r = user;

    assert_int_equal(m->text.size, 0);
    r->mistakes++;
    return EFT_OK;
}

static eft_status
evaluate(struct rig *r, eft_error *err)
{
    const eft_column_map facet = {.role = "facet", .facet = "kon", .column = "kon"};
    eft_context *ctx = NULL;
    eft_lexicon *lexicon = NULL;
    eft_status st = eft_context_new(&r->mem, &ctx, err);

    if (st == EFT_OK)
        st = eft_lexicon_read(ctx, (eft_text){lexicon_text, sizeof(lexicon_text) - 1},
                              &lexicon, err);
    eft_plan_options plan = {.struct_size = sizeof(plan),
                             .flags = EFT_PLAN_NO_DICTIONARY | EFT_PLAN_ACCEPT_LANGUAGE,
                             .lexicons = &lexicon,
                             .lexicon_count = 1};
    eft_input_options input = {.struct_size = sizeof(input),
                               .paths = &r->path,
                               .path_count = 1,
                               .maps = &facet,
                               .map_count = 1};
    eft_evaluate_options o = {.struct_size = sizeof(o),
                              .flags = EFT_EVALUATE_TAGS,
                              .kind = EFT_EVALUATE_THEMES,
                              .figure = take_figure,
                              .mistake = take_mistake,
                              .user = r,
                              .tag_map = r->map};
    if (st == EFT_OK)
        st = eft_evaluate(ctx, &plan, &input, &o, err);
    eft_lexicon_unref(lexicon);
    eft_context_free(ctx);
    return st;
}

static void
a_tag_stands_for_the_theme_whose_id_or_label_it_is(void **state)
{
    struct rig r;
    eft_error err = {0};

    (void)state;
    open_rig(&r, NULL);
    assert_int_equal(evaluate(&r, &err), EFT_OK);
    /* texts 1, 2 and 3 have tags; 4 has none, 5 no text, and the second 1 is a double */
    assert_int_equal(r.tagged, 3);
    assert_int_equal(r.texts, 4);
    assert_int_equal(r.mapped, 2);
    assert_int_equal(r.tags, 4);
    assert_int_equal(r.themes, 1); /* no tag was about food */
    assert_true(fabs(r.precision - .5) < 1e-12 && fabs(r.recall - .5) < 1e-12);
    assert_int_equal(r.mistakes, 2);
    assert_int_equal(r.groups, 4);
    assert_int_equal(r.negation, 0);
    scratch_close(&r.folder);
}

static void
a_map_says_which_themes_are_judged(void **state)
{
    struct rig r;
    eft_error err = {0};

    (void)state;
    open_rig(&r, "\xEF\xBB\xBFTagg;Tema\r\n# en anm\xC3\xA4rkning\r\nVILA;God s\xC3\xB6mn"
                 "\r\n\"god s\xC3\xB6mn\";\r\n#kost;mat\r\nvila;mat\r\n");
    assert_int_equal(evaluate(&r, &err), EFT_OK);
    assert_int_equal(r.themes, 2);
    assert_int_equal(r.mapped, 2);
    /* sleep: 1 and 3 tagged, 1 and 3 found; food: 1 and 3 tagged, 3 found */
    assert_true(fabs(r.precision - 1) < 1e-12 && fabs(r.recall - .75) < 1e-12);
    scratch_close(&r.folder);
}

static void
refused(const char *map, eft_status status, const char *says)
{
    struct rig r;
    eft_error err = {0};

    open_rig(&r, map);
    assert_int_equal(evaluate(&r, &err), status);
    assert_non_null(strstr(err.message, says));
    assert_null(strstr(err.message, "Zebulonia"));
    assert_int_equal(r.f.held, 0);
    scratch_close(&r.folder);
}

static void
a_wrong_map_names_its_line_and_nothing_of_it(void **state)
{
    (void)state;
    refused("a;mat\nZebulonia;Zebulonia\n", EFT_E_FORMAT, "line 2: no lexicon has such");
    refused("a\tmat\nZebulonia\n", EFT_E_FORMAT, "line 2: a tag and its theme");
    refused("Zebulonia,mat,mat\n", EFT_E_FORMAT, "line 1: more than two");
    refused("Zebulonia;mat\nb\xE4;mat\n", EFT_E_ENCODING, "not UTF-8");
    refused("Zebulonia;mat\n", EFT_E_MISSING, "no tag is");
    refused("", EFT_E_MISSING, "no tag is");
}

/* Each byte of a good map in turn becomes one that means something, or nothing. */
static void
any_byte_in_a_map_is_read_or_refused(void **state)
{
    static const char good[] = "tag;theme\nvila;god_somn\n# x\n\"mat\";Mat\n";
    static const char bytes[] = {'\n', ';', '\t',   ',',    '#',
                                 '"',  ' ', '\xC3', '\x7F', '\r'};

    (void)state;
    for (size_t at = 0; at < sizeof(good) - 1; at++) {
        for (size_t i = 0; i < sizeof(bytes); i++) {
            char map[sizeof(good)];
            struct rig r;
            eft_error err = {0};
            memcpy(map, good, sizeof(map));
            map[at] = bytes[i];
            open_rig(&r, map);
            eft_status st = evaluate(&r, &err);
            assert_true(st == EFT_OK || st == EFT_E_FORMAT || st == EFT_E_ENCODING ||
                        st == EFT_E_MISSING);
            assert_true(st == EFT_OK || err.message[0] != '\0');
            assert_int_equal(r.f.held, 0);
            scratch_close(&r.folder);
        }
    }
}

static void
memory_that_runs_out_is_given_back(void **state)
{
    struct rig r;
    eft_error err = {0};

    (void)state;
    open_rig(&r, "vila;god_somn\ngod_somn;mat\n");
    assert_int_equal(evaluate(&r, &err), EFT_OK);
    uint64_t calls = r.f.calls, dense = calls > DENSE ? calls - DENSE : 0;
    for (uint64_t n = 1; n <= calls; n += n < dense ? STRIDE : 1) {
        r.f.calls = 0;
        r.f.fail_at = n;
        r.f.failed = false;
        eft_status st = evaluate(&r, &err);
        assert_int_equal(r.f.held, 0);
        assert_false(r.f.wrong_size);
        assert_int_equal(st, r.f.failed ? EFT_E_NOMEM : EFT_OK);
    }
    scratch_close(&r.folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tag_stands_for_the_theme_whose_id_or_label_it_is),
        cmocka_unit_test(a_map_says_which_themes_are_judged),
        cmocka_unit_test(a_wrong_map_names_its_line_and_nothing_of_it),
        cmocka_unit_test(any_byte_in_a_map_is_read_or_refused),
        cmocka_unit_test(memory_that_runs_out_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
