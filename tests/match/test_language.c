/*
 * test_language.c - the pattern language: kinds of words, sets, company, order, polarity,
 * exceptions, weights, sub-themes (README.md)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "support/failing.h"

static struct efti_dictionary *dictionary; /* NULL: built without */

static void
globs_find_letters_in_the_middle(void **state)
{
    static const char *const specs[] = {"star: s*verka; *led*", "one: ?ord; \xC3\xA5t?rd",
                                        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "samverka sverka motverka", "star:samverka star:sverka");
    assert_hits(&f, "handledning leder le", "star:handledning star:leder");
    assert_hits(&f, "kord ord bbord", "one:kord");
    assert_hits(&f, "\xC3\xA5tord \xC3\xA5t\xC3\xA4rd \xC3\xA5tgd",
                "one:\xC3\xA5tord one:\xC3\xA5t\xC3\xA4rd");
    fixture_close(&f);
}

static void
terms_find_every_inflection(void **state)
{
    static const char *const specs[] = {"go: +g\xC3\xA5", "long: term:m\xC3\xB6te", NULL};
    struct fixture f;

    (void)state;
    if (dictionary == NULL)
        skip();
    fixture_open(&f, specs, dictionary, NULL, 0);
    assert_hits(&f, "g\xC3\xA5r gick g\xC3\xA5tt g\xC3\xA5rd",
                "go:g\xC3\xA5r go:gick go:g\xC3\xA5tt");
    assert_hits(&f, "m\xC3\xB6tenas", "long:m\xC3\xB6tenas");
    fixture_close(&f);
}

static void
compounds_are_found_by_their_pieces(void **state)
{
    static const char *const specs[] = {
        "head: head:arbete", "mod: modifier:n\xC3\xA4tverk", "part: part:arbete",
        "no: head:n\xC3\xA4tverk", NULL};
    struct fixture f;

    (void)state;
    if (dictionary == NULL)
        skip();
    fixture_open(&f, specs, dictionary, NULL, 0);
    assert_hits(&f, "n\xC3\xA4tverksarbetet",
                "head:n\xC3\xA4tverksarbetet mod:n\xC3\xA4tverksarbetet "
                "part:n\xC3\xA4tverksarbetet");
    assert_hits(&f, "arbetsmiljö", "part:arbetsmiljö");
    assert_hits(&f, "arbetet", ""); /* no compound */
    fixture_close(&f);
}

static void
sets_stand_for_any_of_their_words(void **state)
{
    static const char *const specs[] = {"@kropp: mage | bröst* | axlar",
                                        "t: ont =i @kropp; 1: hård =i (@kropp/nacke)",
                                        "u: (ser/hör) =inte", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Ont i magen.", "t:Ont i magen");
    assert_hits(&f, "Ont i bröstet, ont i foten.", "t:Ont i bröstet");
    assert_hits(&f, "Hård i hela nacken och hård i axlarna.",
                "t:Hård i hela nacken t:hård i axlarna");
    assert_hits(&f, "De hör inte.", "u:hör inte"); /* affirmed: its own negation */
    fixture_close(&f);
}

static void
words_in_free_order_stand_within_so_many_tokens(void **state)
{
    static const char *const specs[] = {"five: [order='free' within='5'] barn röst",
                                        "all: [order='free'] alfa beta gamma", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Varje röst från ett barn räknas.", "five:röst från ett barn");
    assert_hits(&f, "Barn har en röst.", "five:Barn har en röst");
    assert_hits(&f, "Barnet i den stora gruppen har röst.", "");
    assert_hits(&f, "Gamma x alfa x x x x x x x x beta.",
                "all:Gamma x alfa x x x x x x x x beta");
    assert_hits(&f, "Gamma. Alfa beta.", "");
    fixture_close(&f);
}

static void
company_is_asked_for_or_refused(void **state)
{
    static const char *const specs[] = {"near: [near='=jag | =mig'] glad",
                                        "two: [near='=jag + dag*'] glad",
                                        "not: [without='påsk' reach='1'] glad", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Jag blev glad.", "near:glad not:glad");
    assert_hits(&f, "Hon blev glad.", "not:glad");
    assert_hits(&f, "Glad påsk till mig!", "near:Glad");
    assert_hits(&f, "Glad den påsk.", "not:Glad");
    assert_hits(&f, "I dagarna är jag glad.", "near:glad two:glad not:glad");
    assert_hits(&f, "Jag. Glad.", "not:Glad");
    fixture_close(&f);
}

static void
exceptions_take_back_what_they_touch(void **state)
{
    static const char *const specs[] = {
        "t: nätverk*; ledig; ! nätverkskabel*; ! 1: ledig =dag", "u: ledig", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "nätverket nätverkskabeln", "t:nätverket");
    assert_hits(&f, "Ledig en dag, ledig.", "u:Ledig t:ledig u:ledig");
    fixture_close(&f);
}

static void
an_entry_may_ask_for_a_polarity(void **state)
{
    static const char *const specs[] = {"t: [polarity='negated' negated='yes'] hinner",
                                        "u: [polarity='affirmed uncertain'] hinner",
                                        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Vi hinner inte.", "t:hinner"); /* affirmed: it says the theme */
    assert_hits(&f, "Vi hinner.", "u:hinner");
    assert_hits(&f, "Om vi hinner.", "u-u:hinner");
    fixture_close(&f);
}

static void
an_entry_may_say_that_its_theme_is_missing(void **state)
{
    static const char *const specs[] = {"t: [negated='yes'] ensam; stöd", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Jag var ensam.", "t-n:ensam");
    assert_hits(&f, "Jag är aldrig ensam.", "t:ensam");
    assert_hits(&f, "Jag får stöd.", "t:stöd");
    fixture_close(&f);
}

static void
case_tells_words_apart(void **state)
{
    static const char *const specs[] = {"up: [case='upper'] =sip",
                                        "low: [case='lower'] =sip",
                                        "first: [case='initial'] =sip", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "SIP sip Sip", "up:SIP low:sip first:Sip");
    fixture_close(&f);
}

static void
light_entries_count_together(void **state)
{
    static const char *const specs[] = {
        "t: [weight='0.5'] barn; [weight='0.5'] skola; familj; [weight='0.25'] hem",
        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Ett barn. Ett barn till.", "");
    assert_hits(&f, "Ett barn. Hem.", "");
    assert_hits(&f, "Ett barn. En skola.", "t:barn t:skola");
    assert_hits(&f, "En familj. Hem.", "t:familj t:Hem");
    fixture_close(&f);
}

/* Fifteen words to both sides; where a whole one has the theme, all count. */
static void
light_entries_count_together_only_where_they_stand_together(void **state)
{
    static const char *const specs[] = {
        "t: [weight='0.5'] barn; [weight='0.5'] skola; familj; [weight='0.34'] hem; "
        "[weight='0.34'] lek; [weight='0.34'] mat",
        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f,
                "Barn ett två tre fyra fem sex sju åtta nio tio ett två tre fyra skola.",
                "t:Barn t:skola");
    assert_hits(
        &f, "Barn ett två tre fyra fem sex sju åtta nio tio ett två tre fyra fem skola.",
        "");
    assert_hits(
        &f,
        "Barn. En skola ett två tre fyra fem sex sju åtta nio tio ett två tre fyra "
        "fem sex barn.",
        "t:Barn t:skola");
    assert_hits(&f,
                "Lek ett två tre fyra fem sex sju hem ett två tre fyra fem sex sju mat.",
                "t:hem");
    assert_hits(
        &f, "Barn ett två tre fyra fem sex sju åtta nio tio ett två tre fyra fem familj.",
        "t:Barn t:familj");
    fixture_close(&f);
}

/* Also where the lighter one is longer, and stands first. */
static void
a_light_entry_does_not_stand_in_for_a_whole_one(void **state)
{
    static const char *const specs[] = {
        "t: [weight='0.5'] =en =liten skola; [weight='0.5'] familj; familj; liten", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "En familj.", "t:familj");
    assert_hits(&f, "En liten skola.", "t:liten");
    fixture_close(&f);
}

/* "never" is not touched by a negation; a light hit denies where no whole one has the
 * theme. */
static void
some_entries_are_not_denied(void **state)
{
    static const char *const specs[] = {
        "t: [negated='never'] somnar; [weight='0.5'] barn; [weight='0.5'] skola; familj",
        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Hon somnar inte.", "t:somnar");
    assert_hits(&f, "Inga barn. Ingen skola.", "t-n:barn t-n:skola");
    assert_hits(&f, "Inga barn. En familj.", "t:barn t:familj");
    fixture_close(&f);
}

static void
a_phrase_may_reach_over_the_veil_if_it_says_so(void **state)
{
    static const char *const specs[] = {"t: [gap='2' veil='yes'] träffade hemma",
                                        "u: 2: träffade hemma", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Jag träffade [PERSON_1] hemma.", "t:träffade [PERSON_1] hemma");
    fixture_close(&f);
}

/* "Kim valde" says what "hon valde" says; a place is nobody. */
static void
a_name_taken_out_stands_for_a_pronoun(void **state)
{
    static const char *const specs[] = {
        "@hon: =hon | =han", "t: [veil='yes'] @hon valde; [veil='yes'] lät =honom",
        "u: =hon valde", "v: [near='=hon'] glass", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "[PERSON_1] valde.", "t:[PERSON_1] valde");
    assert_hits(&f, "Hon valde.", "t:Hon valde u:Hon valde");
    assert_hits(&f, "Jag lät [PERSON_12].", "t:lät [PERSON_12]");
    assert_hits(&f, "[PERSON_1] fick glass.", "v:glass");
    assert_hits(&f, "[PLACE_1] valde.", "");
    fixture_close(&f);
}

static void
sub_themes_add_up_by_union(void **state)
{
    static const char *const specs[] = {
        "stod: hjälp", "chef parent='stod': chefsstöd; ! chefsstöd =på =papper",
        "kollega parent='stod' role='action': kollegastöd", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Chefsstöd och kollegastöd.",
                "stod:Chefsstöd chef:Chefsstöd stod:kollegastöd kollega:kollegastöd");
    assert_hits(&f, "Hjälp.", "stod:Hjälp");
    assert_hits(&f, "Chefsstöd på papper.", "");
    assert_int_equal(efti_matcher_theme(f.matcher, 2)->role.size, 6);
    fixture_close(&f);
}

/* Many free phrases and exceptions in one long sentence: no more than linear. */
static void
a_sentence_made_to_hurt_costs_little(void **state)
{
    static const char *const specs[] = {
        "t: [order='free'] ax bo cyl; ax; ! ax bo; [near='dur'] bo; [weight='0.5'] bo",
        NULL};
    enum { WORDS = 20000 };
    static char text[6 * WORDS + 1];
    struct fixture f;

    (void)state;
    for (size_t i = 0; i < WORDS; i++)
        memcpy(text + 6 * i, "ax bo ", 6);
    fixture_open(&f, specs, NULL, NULL, 0);
    find_in(&f, text);
    assert_int_equal(f.hits.hits.count, 0);
    fixture_close(&f);
}

static eft_status
find_with(const eft_allocator *mem, struct fixture *f)
{
    static const char text[] = "Jag hinner inte, men chefsstöd och ont i magen. Hem.";
    const eft_text t = {text, sizeof(text) - 1};
    struct efti_matcher *m = NULL;
    struct efti_forms *forms = NULL;
    struct efti_match_worker *w = NULL;
    struct efti_hits out = {0};
    eft_status st =
        efti_matcher_new(mem,
                         &(struct efti_matcher_parts){.lexicons = &f->lexicon,
                                                      .lexicon_count = 1,
                                                      .lists = f->lists,
                                                      .dictionary = dictionary},
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
    if (st == EFT_OK)
        assert_true(out.hits.count >= 3);
    EFTI_ARRAY_FREE(mem, &out.hits);
    efti_match_worker_free(w);
    efti_forms_free(forms);
    efti_matcher_free(m);
    return st;
}

static void
a_refused_allocation_leaks_nothing_here(void **state)
{
    static const char *const specs[] = {
        "@kropp: mage | hals",
        "t: [polarity='negated' negated='yes'] hinner; ont =i @kropp",
        "u: +stöd; *stöd; [weight='0.5'] hem; ! stöd =på =papper; [order='free'] ont "
        "mage",
        "v parent='u': part:chef; che*st?d", NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    for (uint64_t n = 1;; n++) {
        struct failing failing;
        const eft_allocator mem = failing_at(&failing, n);
        eft_status st = find_with(&mem, &f);
        if (failing_got_through(&failing, st))
            break;
    }
    fixture_close(&f);
}

static void
one_denial_among_four_affirmations_denies_nothing(void **state)
{
    static const char *const specs[] = {"t: ax; bo; cyl; dur; eka",
                                        "u: [polarity='negated'] ax; bo; cyl; dur; eka",
                                        NULL};
    struct fixture f;

    (void)state;
    fixture_open(&f, specs, NULL, NULL, 0);
    assert_hits(&f, "Vi har bo. Vi har cyl. Vi har dur. Vi har inte ax.",
                "t:bo u:bo t:cyl u:cyl t:dur u:dur t-n:ax u-n:ax");
    assert_hits(&f, "Vi har bo. Vi har cyl. Vi har dur. Vi har eka. Vi har inte ax.",
                "t:bo u:bo t:cyl u:cyl t:dur u:dur t:eka u:eka t:ax u-n:ax");
    assert_hits(&f, "Bo. Cyl. Dur. Eka. Vi har inte ax. Vi har inte ax.",
                "t:Bo u:Bo t:Cyl u:Cyl t:Dur u:Dur t:Eka u:Eka t-n:ax u-n:ax t-n:ax "
                "u-n:ax");
    fixture_close(&f);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_denial_among_four_affirmations_denies_nothing),
        cmocka_unit_test(globs_find_letters_in_the_middle),
        cmocka_unit_test(terms_find_every_inflection),
        cmocka_unit_test(compounds_are_found_by_their_pieces),
        cmocka_unit_test(sets_stand_for_any_of_their_words),
        cmocka_unit_test(words_in_free_order_stand_within_so_many_tokens),
        cmocka_unit_test(company_is_asked_for_or_refused),
        cmocka_unit_test(exceptions_take_back_what_they_touch),
        cmocka_unit_test(an_entry_may_ask_for_a_polarity),
        cmocka_unit_test(an_entry_may_say_that_its_theme_is_missing),
        cmocka_unit_test(case_tells_words_apart),
        cmocka_unit_test(light_entries_count_together),
        cmocka_unit_test(light_entries_count_together_only_where_they_stand_together),
        cmocka_unit_test(a_light_entry_does_not_stand_in_for_a_whole_one),
        cmocka_unit_test(some_entries_are_not_denied),
        cmocka_unit_test(a_phrase_may_reach_over_the_veil_if_it_says_so),
        cmocka_unit_test(a_name_taken_out_stands_for_a_pronoun),
        cmocka_unit_test(sub_themes_add_up_by_union),
        cmocka_unit_test(a_sentence_made_to_hurt_costs_little),
        cmocka_unit_test(a_refused_allocation_leaks_nothing_here),
    };

    if (argc > 1 && argv[1][0] != '\0' &&
        efti_dictionary_open(&efti_malloc, argv[1], &dictionary, NULL) != EFT_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    efti_dictionary_free(dictionary);
    return failed;
}
