/*
 * test_match.c - patterns of each kind, phrases, overlaps, order, failure
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "support/failing.h"

static void
each_kind_of_pattern_finds_what_it_says(void **state)
{
    static const char *const specs[] = {"stem: reflektion; möte", "exact: =lag",
                                        "begin: nätverks*", "end: *belastning", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Reflektioner och reflektionen.",
                "stem:Reflektioner stem:reflektionen");
    assert_hits(&f, "En lag, lagen, LAG.", "exact:lag exact:LAG");
    assert_hits(&f, "nätverks nätverksarbete nätverk",
                "begin:nätverks begin:nätverksarbete");
    assert_hits(&f, "Arbetsbelastning, belastning, belastningen.",
                "end:Arbetsbelastning end:belastning");
    assert_hits(&f, "Mo\xCC\x88te", "stem:Mo\xCC\x88te"); /* decomposed ö */
    assert_hits(&f, "", "");
    fixture_close(&f);
}

static void
phrases_keep_to_their_gap(void **state)
{
    static const char *const specs[] = {"near: hålla =i", "far: 2: ont =i magen",
                                        "long: =en =gång =till =i =dag", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Att hålla i det.", "near:hålla i");
    assert_hits(&f, "Att hålla hårt i det.", "");
    assert_hits(&f, "Jag har ont i magen.", "far:ont i magen");
    assert_hits(&f, "Det gör ont ganska ofta i hela magen.",
                "far:ont ganska ofta i hela magen");
    assert_hits(&f, "Det gör ont väldigt ofta just i magen.", "");
    assert_hits(&f, "Fråga en gång till i dag.", "long:en gång till i dag");
    fixture_close(&f);
}

/* Eight words with five others between each, over 43 tokens, in a sentence that goes on
 * for as many. Other phrases make the last word the rarest, where it is looked for. */
static void
the_longest_phrase_is_found_from_its_last_word(void **state)
{
    static const char *const specs[] = {
        "t: 5: =ett =två =tre =fyra =fem =sex =sju =åtta",
        "u: =ett =två =tre; =ett =två =fyra; =fem =sex =sju; =sex =sju =fem", NULL};
    static const char *const words[] = {"ett", "två", "tre", "fyra",
                                        "fem", "sex", "sju", "åtta"};
    struct fixture f;
    struct efti_bytes text;

    (void)state;
    efti_bytes_init(&text, &efti_malloc);
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        efti_put_text(&text, words[i]);
        efti_put_text(&text, i == 0 ? " ett a b c d " : " a b c d e ");
    }
    for (size_t i = 0; i < 45; i++)
        efti_put_text(&text, "a ");
    efti_put_char(&text, '\0');
    assert_false(text.failed);
    fixture_open(&f, specs, NULL, NULL, 0);
    find_in(&f, text.data);
    assert_int_equal(f.hits.hits.count, 1);
    assert_int_equal(f.hits.hits.items[0].first_token, 0);
    assert_int_equal(f.hits.hits.items[0].end_token, 43);
    fixture_close(&f);
    efti_bytes_free(&text);
}

static void
phrases_stay_inside_a_sentence(void **state)
{
    static const char *const specs[] = {"t: 5: ont =i magen", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Det gör ont. Sedan i magen.", "");
    assert_hits(&f, "Ont\n\ni magen", "");
    fixture_close(&f);
}

static void
nothing_matches_across_a_veiled_token(void **state)
{
    static const char *const specs[] = {"t: 3: träffade hemma; person", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Jag träffade henne hemma.", "t:träffade henne hemma");
    assert_hits(&f, "Jag träffade [PERSON_1] hemma.", "");
    fixture_close(&f);
}

/* The rarest word leads to a phrase (anchors.c), from wherever it stands in it. */
static void
a_phrase_is_found_from_any_of_its_words(void **state)
{
    static const char *const specs[] = {"t: =ax =bo =rar ; =ax =rar =bo ; =sen =ax =bo",
                                        "u: 1:=ax =bo =ax =bo ; =ax =cyl ; =bo =cyl",
                                        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "ax bo rar", "t:ax bo rar");
    assert_hits(&f, "rar ax rar bo rar", "t:ax rar bo");
    assert_hits(&f, "ax sen ax bo", "t:sen ax bo");
    assert_hits(&f, "ax x bo x ax ax bo bo", "u:ax x bo x ax ax bo");
    assert_hits(&f, "bo rar", "");
    fixture_close(&f);
}

/* Words in many sets have a bit each, as long as there are some (find.c): 70 words, each
 * in 16 sets, each set in three phrases. */
#define COMMON 70
#define COMMON_SETS 16
#define RARE(set) (char)('a' + (set))

static void
put_common_word(struct efti_bytes *out, int word)
{
    efti_put_char(out, 'q');
    efti_put_char(out, (char)('a' + word / 7));
    efti_put_char(out, (char)('a' + word % 7));
}

static void
put_common_sets(struct efti_bytes *xml)
{
    for (int set = 0; set < COMMON_SETS; set++) {
        efti_put_text(xml, "@s");
        efti_put_char(xml, RARE(set));
        for (int word = 0; word < COMMON; word++) {
            efti_put_text(xml, word == 0 ? ": =" : " | =");
            put_common_word(xml, word);
        }
        efti_put_char(xml, '\0');
    }
    efti_put_text(xml, "t:");
    for (int set = 0; set < COMMON_SETS; set++) {
        char entry[96];
        (void)snprintf(entry, sizeof(entry),
                       " 2: =xyl%c @s%c ; 2: @s%c =pod%c ; 2: =hyv%c @s%c =slut ;",
                       RARE(set), RARE(set), RARE(set), RARE(set), RARE(set), RARE(set));
        efti_put_text(xml, entry);
    }
    efti_put_char(xml, '\0');
}

/* `pattern` with a set's letter for % and a common word for $; "t:" and all of it, or
 * nothing, is what is found. */
static void
assert_common(struct fixture *f, const char *pattern, int set, int word, bool found)
{
    struct efti_bytes text;

    efti_bytes_init(&text, &efti_malloc);
    efti_put_text(&text, "t:");
    for (const char *c = pattern; *c != '\0'; c++) {
        if (*c == '$')
            put_common_word(&text, word);
        else
            efti_put_char(&text, *c == '%' ? RARE(set) : *c);
    }
    efti_put_char(&text, '\0');
    assert_hits(f, text.data + 2, found ? text.data : "");
    efti_bytes_free(&text);
}

static void
a_phrase_is_found_however_common_its_words_are(void **state)
{
    struct efti_bytes xml;
    struct fixture f;
    const char *specs[COMMON_SETS + 2] = {NULL};

    (void)state;
    efti_bytes_init(&xml, &efti_malloc);
    put_common_sets(&xml);
    specs[0] = xml.data;
    for (int i = 1; i <= COMMON_SETS; i++)
        specs[i] = specs[i - 1] + strlen(specs[i - 1]) + 1;
    fixture_open(&f, specs, NULL, NULL, 0);
    for (int word = 0; word < COMMON; word++) {
        for (int set = 0; set < COMMON_SETS; set += 5) {
            assert_common(&f, "xyl% x x $", set, word, true);
            assert_common(&f, "xyl% x x x $", set, word, false);
            assert_common(&f, "$ x x pod%", set, word, true);
            assert_common(&f, "$ x x x pod%", set, word, false);
            assert_common(&f, "pod% $ xyl%", set, word, false);
            assert_common(&f, "hyv% x $ x slut", set, word, true);
            assert_common(&f, "slut $ hyv% $", set, word, false);
            assert_common(&f, "hyv% $ x x x slut", set, word, false);
        }
    }
    fixture_close(&f);
    efti_bytes_free(&xml);
}

static void
a_phrase_is_found_at_every_start(void **state)
{
    static const char *const specs[] = {"t: =ax =ax =bo", "u: =ax =bo; 1: =bo =cyl",
                                        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "ax ax ax bo ax bo", "t:ax ax bo u:ax bo u:ax bo");
    assert_hits(&f, "bo här cyl bo cyl", "u:bo här cyl u:bo cyl");
    fixture_close(&f);
}

static void
of_overlapping_hits_of_a_theme_the_longest_stays(void **state)
{
    static const char *const specs[] = {
        "t: rädd; =riktigt rädd; rädd =för; =för katter =och hundar", "other: rädd",
        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Hon var rädd.", "t:rädd other:rädd");
    assert_hits(&f, "Hon var riktigt rädd.", "t:riktigt rädd other:rädd");
    assert_hits(&f, "Riktigt rädd för katter.", "t:Riktigt rädd other:rädd");
    assert_hits(&f, "Riktigt rädd för katter och hundar.",
                "t:Riktigt rädd other:rädd t:för katter och hundar");
    fixture_close(&f);
}

static void
of_patterns_with_one_span_the_first_of_the_lexicon_stays(void **state)
{
    static const char *const specs[] = {"t: stress*; stress; =stress", NULL};
    struct fixture f;
    struct efti_bytes entry;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    find_in(&f, "Stress.");
    assert_int_equal(f.hits.hits.count, 1);
    efti_bytes_init(&entry, &efti_malloc);
    efti_matcher_entry(f.matcher, f.hits.hits.items[0].theme,
                       f.hits.hits.items[0].pattern, &entry);
    assert_true(efti_equal(entry.data, entry.size, "test:t:1", 8));
    efti_bytes_free(&entry);
    fixture_close(&f);
}

static void
hits_come_in_order_and_lie_inside(void **state)
{
    static const char *const specs[] = {"b: =i dag; dag; 3: =i =i", "a: =i; =i dag =i",
                                        NULL};
    static const char text[] = "I dag i dag i, i dag.\nI dag i dag! Dag i dag";
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    find_in(&f, text);
    assert_true(f.hits.hits.count > 5);
    for (size_t i = 0; i < f.hits.hits.count; i++) {
        const struct efti_hit *h = &f.hits.hits.items[i], *before = h - 1;
        assert_true(h->start < h->end && h->end < sizeof(text));
        assert_int_equal(h->start, f.tokens.tokens.items[h->first_token].start);
        assert_int_equal(h->end, f.tokens.tokens.items[h->end_token - 1].end);
        if (i == 0)
            continue;
        assert_true(before->start < h->start ||
                    (before->start == h->start &&
                     (before->end < h->end ||
                      (before->end == h->end && before->theme < h->theme))));
    }
    fixture_close(&f);
}

static void
a_text_made_to_hurt_costs_little(void **state)
{
    static const char *const specs[] = {"t: 5: =ax =ax =ax =ax =ax =ax =ax =bo; =ax =ax",
                                        NULL};
    enum { WORDS = 20000 };
    static char text[3 * WORDS + 1];
    struct fixture f;

    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        memcpy(text + 3 * i, "ax ", 3);
    fixture_open(&f, specs, NULL, NULL, 0);
    find_in(&f, text);
    assert_int_equal(f.hits.hits.count, WORDS / 2);
    fixture_close(&f);
}

static void
themes_are_numbered_over_all_lexicons(void **state)
{
    static const char *const first[] = {"a: alfa", "b: beta", NULL};
    static const char *const second[] = {"b: gamma", NULL};
    eft_lexicon *lexicons[2] = {lexicon_of(first), lexicon_of(second)};
    struct efti_matcher *m;

    (void)state;
    assert_int_equal(efti_matcher_new(&efti_malloc,
                                      &(struct efti_matcher_parts){.lexicons = lexicons,
                                                                   .lexicon_count = 2},
                                      &m, NULL),
                     EFT_OK);
    eft_lexicon_unref(lexicons[0]); /* the matcher holds its own references */
    eft_lexicon_unref(lexicons[1]);
    assert_int_equal(efti_matcher_theme_count(m), 3);
    assert_memory_equal(efti_matcher_theme(m, 2)->id.bytes, "b", 1);
    assert_null(efti_matcher_theme(m, 3));
    efti_matcher_free(m);
    efti_matcher_free(NULL);
    efti_match_worker_free(NULL);
}

static void
no_lexicon_finds_nothing(void **state)
{
    struct efti_matcher *m;

    (void)state;
    assert_int_equal(
        efti_matcher_new(&efti_malloc, &(struct efti_matcher_parts){0}, &m, NULL),
        EFT_OK);
    assert_int_equal(efti_matcher_theme_count(m), 0);
    efti_matcher_free(m);
}

/* Everything of one text with an allocator that refuses the n-th request. */
static eft_status
whole_way(const eft_allocator *mem, struct fixture *f, uint32_t *hits)
{
    static const char text[] =
        "Vi hinner inte reflektera, men är otrygga. Brist på stöd!";
    const eft_text t = {text, sizeof(text) - 1};
    struct efti_matcher *m = NULL;
    struct efti_forms *forms = NULL;
    struct efti_match_worker *w = NULL;
    struct efti_hits out = {0};
    eft_status st = efti_matcher_new(mem,
                                     &(struct efti_matcher_parts){.lexicons = &f->lexicon,
                                                                  .lexicon_count = 1,
                                                                  .lists = f->lists,
                                                                  .allow = &t,
                                                                  .allow_count = 1},
                                     &m, NULL);

    if (st == EFT_OK)
        st = efti_forms_new(mem, f->lists, NULL, &forms, NULL);
    if (st == EFT_OK)
        st = efti_match_worker_new(mem, m, forms, &w, NULL);
    if (st == EFT_OK)
        st = efti_segment(f->tokenizer, t, &f->tokens, NULL);
    if (st == EFT_OK)
        st = efti_forms_intern(forms, t, &f->tokens, NULL);
    if (st == EFT_OK)
        st = efti_match_find(w, t, &f->tokens, &out, NULL);
    *hits = (uint32_t)out.hits.count;
    EFTI_ARRAY_FREE(mem, &out.hits);
    efti_match_worker_free(w);
    efti_forms_free(forms);
    efti_matcher_free(m);
    return st;
}

static void
a_refused_allocation_leaks_nothing(void **state)
{
    static const char *const specs[] = {
        "t: reflektera; trygg; *trygg; stöd; =hinner =inte", "u: 2: hinner reflektera",
        NULL};
    struct fixture f;
    uint32_t hits = 0;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    for (uint64_t n = 1;; n++) {
        struct failing failing;
        const eft_allocator mem = failing_at(&failing, n);
        eft_status st = whole_way(&mem, &f, &hits);
        if (failing_got_through(&failing, st))
            break;
        assert_int_equal(hits, 0);
    }
    assert_true(hits >= 4);
    fixture_close(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_pattern_finds_what_it_says),
        cmocka_unit_test(phrases_keep_to_their_gap),
        cmocka_unit_test(the_longest_phrase_is_found_from_its_last_word),
        cmocka_unit_test(phrases_stay_inside_a_sentence),
        cmocka_unit_test(nothing_matches_across_a_veiled_token),
        cmocka_unit_test(a_phrase_is_found_from_any_of_its_words),
        cmocka_unit_test(a_phrase_is_found_however_common_its_words_are),
        cmocka_unit_test(a_phrase_is_found_at_every_start),
        cmocka_unit_test(of_overlapping_hits_of_a_theme_the_longest_stays),
        cmocka_unit_test(of_patterns_with_one_span_the_first_of_the_lexicon_stays),
        cmocka_unit_test(hits_come_in_order_and_lie_inside),
        cmocka_unit_test(a_text_made_to_hurt_costs_little),
        cmocka_unit_test(themes_are_numbered_over_all_lexicons),
        cmocka_unit_test(no_lexicon_finds_nothing),
        cmocka_unit_test(a_refused_allocation_leaks_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
