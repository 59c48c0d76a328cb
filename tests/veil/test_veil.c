/*
 * test_veil.c - what every result of the veil promises, the language gate, faults
 */
#include "veil_tool.h"

#include <stdio.h>

#include "lexicons/list_table.h"
#include "support/failing.h"
#include "veil/find.h"

/* Texts of many kinds; each goes through every property below. */
static const char *const texts[] = {
    "",
    " \n\t ",
    "Igår mötte jag Tjovalda Ydrek, 811218-9827, på Storgatan 12 B, 587 31 Linköping.",
    "hej! kalle o jag va i kumla. ring 070 - 174 06 05 el maila kalle@example.se",
    "JAG TRÄFFADE FATIMA PÅ SKOLAN. HON ÄR 12 ÅR.",
    "Möte den 3 maj 2024 med Anna-Karins mamma (47) och Rune-gruppen på HVB Lönngården.\n"
    "- Ring Lars\n- dnr SN 2025/0876\n\nMvh\nMoa Tjovalds",
    "Vi fortsätter med [PERSON_3] och [DATE_1]. Sen kom Fatima, Fatima och fatima.",
    "I met the client today and we talked about her plans for the future.\nSen gick vi "
    "hem "
    "tillsammans och pratade om mötet.",
    "\xF0\x9F\x98\x80 Anna\xCC\x8A\xE2\x80\x99s \xEF\xBC\x98\xEF\xBC\x91 \xC2\xA0 fika "
    "\xE2\x80\x94 "
    "k\xC3\xB6ket",
    "Ali, Fatima & Lars AB; T 4471-25/26, 1.2.3.4.5, 2024-05-03-9827, ++46 70 +46",
    "Мария kom igår. Vi pratade länge med henne om allt möjligt.",
};

static const char *
again(const char *veiled)
{
    static char copy[4096];

    snprintf(copy, sizeof(copy), "%s", veiled);
    return veil_tool_run(&tool, copy);
}

static void
veiling_twice_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        char first[4096];

        snprintf(first, sizeof(first), "%s", veil_tool_run(&tool, texts[i]));
        assert_string_equal(again(first), first);
    }
}

static void
spans_are_sorted_apart_inside_and_on_code_points(void **state)
{
    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        size_t size = strlen(texts[i]), last = 0;

        veil_tool_run(&tool, texts[i]);
        for (size_t k = 0; k < tool.found.spans.count; k++) {
            const struct efti_span *s = &tool.found.spans.items[k];

            assert_true(s->start >= last && s->start < s->end && s->end <= size);
            assert_true(((unsigned char)texts[i][s->start] & 0xC0) != 0x80);
            assert_true(((unsigned char)texts[i][s->end] & 0xC0) != 0x80);
            assert_true(s->number > 0 && s->category < EFTI_CATEGORY_COUNT);
            assert_true((tool.found.categories >> s->category & 1) == 1);
            assert_true(efti_rule_name(s->rule)[0] != '\0');
            last = s->end;
        }
    }
}

/* Each candidate overlaps the next, so that all are one cluster: of any size it comes to
 * spans that leave no letter out but the first. */
static void
a_long_row_of_overlaps_is_taken_as_a_short_one(void **state)
{
    enum { ROW = 3000, SHORT = 12 };
    static const char unit[] = "i V\xC3\xA4st ";
    static char text[ROW * (sizeof(unit) - 1) + 1];

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    for (size_t count = SHORT; count <= ROW; count += ROW - SHORT) {
        size_t last = 1;

        for (size_t i = 0; i < count; i++)
            memcpy(text + i * (sizeof(unit) - 1), unit, sizeof(unit));
        veil_tool_run(&tool, text);
        for (size_t k = 0; k < tool.found.spans.count; k++) {
            const struct efti_span *s = &tool.found.spans.items[k];

            assert_true(s->start >= last && s->start <= last + 1 && s->start < s->end);
            assert_true(s->start == last || text[last] == ' ');
            last = s->end;
        }
        assert_int_equal(last, strlen(text) - 1);
    }
}

static void
veiled_tokens_cover_every_span_and_keep_the_rest(void **state)
{
    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        const struct efti_segments *t = &tool.found.tokens;
        size_t reached = 0;

        veil_tool_run(&tool, texts[i]);
        assert_int_equal(t->sentences.count, tool.segments.sentences.count);
        for (size_t k = 0; k < t->tokens.count; k++) {
            const struct efti_token *token = &t->tokens.items[k];

            assert_true(k == 0 || token->start >= t->tokens.items[k - 1].end);
            for (size_t s = 0; s < tool.found.spans.count; s++)
                if (tool.found.spans.items[s].start < token->end &&
                    tool.found.spans.items[s].end > token->start)
                    assert_int_equal(token->kind, EFTI_VEIL);
        }
        for (size_t k = 0; k < t->sentences.count; k++) {
            assert_int_equal(t->sentences.items[k].first_token, reached);
            reached = t->sentences.items[k].end_token;
        }
        assert_int_equal(reached, t->sentences.count > 0 ? t->tokens.count : 0);
    }
}

static void
the_same_surface_has_the_same_number(void **state)
{
    (void)state;
    assert_string_equal(veil_tool_run(&tool,
                                      "Jag mötte Fatima och Leyla. FATIMA log. Sen kom "
                                      "Leyla och fatima igen."),
                        "Jag mötte [PERSON_1] och [PERSON_2]. [PERSON_1] log. Sen kom "
                        "[PERSON_2] och [PERSON_1] igen.");
}

static void
numbering_goes_on_after_tags_in_the_text(void **state)
{
    (void)state;
    assert_string_equal(
        veil_tool_run(
            &tool, "Sen kom [PERSON_3] med [DATE_7] och pratade med Fatima den 3 maj."),
        "Sen kom [PERSON_3] med [DATE_7] och pratade med [PERSON_4] den [DATE_8].");
}

static void
a_token_above_one_kib_is_veiled_whole(void **state)
{
    static char text[1500];

    (void)state;
    memset(text, 'a', 1200);
    memcpy(text + 1200, " slut", 6);
    assert_string_equal(veil_tool_run(&tool, text), "[LONG_1] slut");
}

static void
other_languages_are_withheld_and_swedish_is_not(void **state)
{
    static const char *const foreign[] = {
        "Jeg er så glad for at arbejde sammen med min kollega og hun er meget dygtig.",
        "Vi snakket lenge om hvordan hun har det hjemme og hva hun ønsker seg nå.",
        "Today I met the client and we talked about her future plans.",
        "Tänään tapasin asiakkaan ja puhuimme hänen tulevaisuudestaan yhdessä.",
        "Waxaan la kulmay qoyska maanta oo waxaan ka hadalnay qorshahooda mustaqbalka.",
        "\xD8\xA7\xD9\x84\xD8\xAA\xD9\x82\xD9\x8A\xD8\xAA", /* Arabic: I met */
    };
    static const char *const swedish[] = {
        "Vi pratade länge om hur hon har det hemma och vad hon önskar sig.",
        "jag fråga mamman va hon ville å hon sa att hon va trött å lessen på allt",
        "Bra möte.",
        "Kort dag. Två hembesök. Trött.",
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    for (size_t i = 0; i < EFTI_COUNT(foreign); i++) {
        veil_tool_run(&tool, foreign[i]);
        if (!tool.found.withheld || tool.found.spans.items[0].category != EFTI_LANGUAGE)
            fail_msg("foreign text %zu passed", i);
    }
    for (size_t i = 0; i < EFTI_COUNT(swedish); i++) {
        veil_tool_run(&tool, swedish[i]);
        if (tool.found.withheld || (tool.found.categories >> EFTI_LANGUAGE & 1) != 0)
            fail_msg("Swedish text %zu was withheld", i);
    }
}

static void
a_foreign_paragraph_goes_and_the_rest_stays(void **state)
{
    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    assert_string_equal(
        veil_tool_run(&tool, "Vi pratade länge om hur hon har det hemma.\n"
                             "She told me that everything was fine at home now\n"
                             "Sen gick vi hem."),
        "Vi pratade länge om hur hon har det hemma.\n[LANGUAGE_1]\nSen gick vi hem.");
    assert_false(tool.found.withheld);
}

static void
the_language_gate_can_be_opened(void **state)
{
    static const struct efti_veil_options options = {.flags = EFTI_VEIL_ACCEPT_LANGUAGE};
    struct veil_tool own;

    (void)state;
    veil_tool_open(&own, &options);
    assert_string_equal(veil_tool_run(&own, "we talked about her plans for the future"),
                        "we talked about her plans for the future");
    veil_tool_close(&own);
}

static void
categories_have_names_and_names_have_categories(void **state)
{
    (void)state;
    for (int c = 0; c < EFTI_CATEGORY_COUNT; c++) {
        const char *name = efti_category_name((enum efti_category)c);

        assert_int_equal(efti_category_of(name, strlen(name)), c);
    }
    assert_int_equal(efti_category_of("NOBODY", 6), EFTI_CATEGORY_COUNT);
    assert_int_equal(efti_category_of("", 0), EFTI_CATEGORY_COUNT);
}

/* The binary search leans on the order of its table: every word finds itself. */
static void
small_words_have_their_class(void **state)
{
    static const struct {
        const char *word;
        enum veil_class class;
    } want[] = {
        {"ab", VEIL_CLASS_COMPANY},
        {"januari", VEIL_CLASS_MONTH},
        {"okt.", VEIL_CLASS_MONTH},
        {"år", VEIL_CLASS_YEAR},
        {"är", VEIL_CLASS_BE},
        {"å", VEIL_CLASS_AND},
        {"mvh", VEIL_CLASS_SIGN_OFF},
        {"fyller", VEIL_CLASS_TURNS},
        {"tolv", VEIL_CLASS_NUMBER},
        {"femte", VEIL_CLASS_ORDINAL},
        {"5:e", VEIL_CLASS_ORDINAL},
        {"fyrtiofem", VEIL_CLASS_NUMBER},
        {"treåring", VEIL_CLASS_YEARLING},
        {"tjugofemte", VEIL_CLASS_ORDINAL},
        {"14-årig", VEIL_CLASS_YEARLING},
        {"övrigt", VEIL_CLASS_NONE},
        {"sexig", VEIL_CLASS_NONE},
        {"", VEIL_CLASS_NONE},
    };

    struct veil_number_map map;

    (void)state;
    efti_veil_map_numbers(&map);
    for (size_t i = 0; i < EFTI_COUNT(want); i++)
        assert_int_equal(efti_veil_word_class(&map, want[i].word, strlen(want[i].word)),
                         want[i].class);
}

/* An allowed word that nobody writes sends each form the long way. */
static void
the_short_way_of_quiet_words_says_what_the_long_one_does(void **state)
{
    static const eft_text nobodys[] = {{"qqqvvvzzz", 9}};
    const struct efti_veil_options options = {.allow = nobodys, .allow_count = 1};
    struct veil_tool slow;
    uint32_t flags;
    size_t at = 0;

    (void)state;
    if (tool.dictionary == NULL)
        skip();
    veil_tool_open(&slow, &options);
    for (uint32_t n = 0;; n++) {
        char word[64];
        eft_text form = efti_dictionary_next(tool.dictionary, &at, &flags);
        if (form.size == 0)
            break;
        if (n % 13 != 0 || form.size > sizeof(word))
            continue;
        memcpy(word, form.bytes, form.size);
        if (n % 2 == 0 && word[0] >= 'a' && word[0] <= 'z')
            word[0] = (char)(word[0] - 'a' + 'A');
        eft_text text = {word, form.size};
        uint32_t one, two;
        assert_int_equal(efti_forms_word(tool.forms, text, &one, NULL), EFT_OK);
        assert_int_equal(efti_forms_word(slow.forms, text, &two, NULL), EFT_OK);
        assert_int_equal(efti_forms_get(tool.forms, one)->veil,
                         efti_forms_get(slow.forms, two)->veil);
    }
    veil_tool_close(&slow);
}

/* What forms, keywords and rules were found to be is kept from text to text. */
static void
what_came_before_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(texts); i++) {
        struct veil_tool fresh;
        char *alone;

        veil_tool_open(&fresh, NULL);
        alone = strdup(veil_tool_run(&fresh, texts[i]));
        for (size_t k = EFTI_COUNT(texts); k-- > 0;)
            veil_tool_run(&fresh, texts[k]);
        assert_string_equal(veil_tool_run(&fresh, texts[i]), alone);
        free(alone);
        veil_tool_close(&fresh);
    }
}

static uint32_t
cues_of_word(const char *folded, size_t size)
{
    const struct efti_form form = {.folded = folded,
                                   .folded_size = (uint32_t)size,
                                   .casing = EFTI_CASING_LOWER,
                                   .veil = VEIL_PHRASE | VEIL_NEXT};
    return efti_veil_phrase_cues(&form);
}

static void
every_phrase_of_the_lists_may_begin_with_its_words(void **state)
{
    const struct efti_list_table *t = efti_lists_table(tool.lists);
    size_t phrases = 0;

    (void)state;
    for (uint32_t i = 0; i < t->form_count; i++) {
        const struct efti_list_form *f = &t->forms[i];
        const char *first = t->letters + f->at, *end = first + f->size;
        const char *blank = memchr(first, ' ', f->size), *last;

        if (blank == NULL || f->phrases == 0)
            continue;
        last = memchr(blank + 1, ' ', (size_t)(end - blank - 1));
        last = last != NULL ? last : end;
        assert_true(efti_veil_may_be_phrase(
            tool.veil, cues_of_word(first, (size_t)(blank - first)),
            cues_of_word(blank + 1, (size_t)(last - blank - 1))));
        phrases++;
    }
    assert_true(phrases > 100);
}

static eft_status
whole_run(const eft_allocator *mem, bool *visible, eft_error *err)
{
    struct veil_tool t = {.lists = tool.lists, .dictionary = tool.dictionary};
    const char *bytes = texts[5];
    eft_text text = {bytes, strlen(bytes)};
    static const eft_text allowed[] = {{"lönngården", 11}};
    const struct efti_veil_options options = {.allow = allowed, .allow_count = 1};
    eft_status st = efti_tokenizer_new(mem, t.lists, &t.tokenizer, err);

    efti_bytes_init(&t.out, mem);
    if (st == EFT_OK)
        st = efti_forms_new(mem, t.lists, t.dictionary, &t.forms, err);
    if (st == EFT_OK)
        st = efti_veil_new(mem, t.lists, t.dictionary, t.forms, &options, &t.veil, err);
    if (st == EFT_OK)
        st = efti_segment(t.tokenizer, text, &t.segments, err);
    if (st == EFT_OK)
        st = efti_forms_intern(t.forms, text, &t.segments, err);
    if (st == EFT_OK) {
        st = efti_veil_find(t.veil, text, &t.segments, &t.found, err);
        if (st != EFT_OK) { /* nothing half done */
            assert_int_equal(t.found.spans.count, 0);
            assert_int_equal(t.found.tokens.tokens.count, 0);
        }
    }
    if (st == EFT_OK)
        st = efti_veil_print(text, &t.found, &t.out, err);
    if (st == EFT_OK)
        st = efti_veil_label(t.veil, t.tokenizer, (eft_text){"Barn och familj", 15},
                             visible, err);
    if (st == EFT_OK)
        st = efti_veil_id(t.veil, t.tokenizer, (eft_text){"svar-17", 7}, visible, err);
    efti_bytes_free(&t.out);
    efti_veiled_free(mem, &t.found);
    efti_segments_free(mem, &t.segments);
    efti_veil_free(t.veil);
    efti_forms_free(t.forms);
    efti_tokenizer_free(t.tokenizer);
    return st;
}

static void
memory_may_run_out_anywhere(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        eft_error err = {0};
        bool visible = false;
        eft_status st = whole_run(&mem, &visible, &err);

        if (failing_got_through(&f, st))
            break;
        assert_int_equal(err.status, EFT_E_NOMEM);
    }
}

/* Tokens are read in blocks: whatever stands over a border of two is seen as anywhere. */
static void
names_numbers_and_phrases_are_found_wherever_a_block_ends(void **state)
{
    static const char found[] = "jag pratade med Fatima Alawi om mobilen 070-174 06 05";
    static const char veiled[] = "jag pratade med [PERSON_1] om mobilen [PHONE_1]";
    struct veil_tool t;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    veil_tool_open(&t, NULL);
    for (size_t before = 110; before <= 270; before++) {
        char text[270 * 4 + sizeof(found)], want[sizeof(text)];

        for (size_t i = 0; i < before; i++) {
            memcpy(text + i * 4, "och ", 4);
            memcpy(want + i * 4, "och ", 4);
        }
        memcpy(text + before * 4, found, sizeof(found));
        memcpy(want + before * 4, veiled, sizeof(veiled));
        assert_string_equal(veil_tool_run(&t, text), want);
    }
    veil_tool_close(&t);
}

static void
spans_of_a_veil_that_never_prints_are_the_same_without_numbers(void **state)
{
    static const char text[] = "Anna Svensson ringde 070-174 06 05. Anna bor i Lund.";
    struct veil_tool numbered, bare;

    (void)state;
    veil_tool_open(&numbered, NULL);
    veil_tool_open(&bare, NULL);
    efti_veil_leave_numbers(bare.veil);
    (void)veil_tool_run(&numbered, text);
    (void)veil_tool_run(&bare, text);
    assert_true(numbered.found.spans.count > 2);
    assert_int_equal(bare.found.spans.count, numbered.found.spans.count);
    assert_int_equal(bare.found.categories, numbered.found.categories);
    for (size_t i = 0; i < numbered.found.spans.count; i++) {
        struct efti_span span = numbered.found.spans.items[i];

        assert_true(span.number > 0);
        span.number = 0;
        assert_memory_equal(&bare.found.spans.items[i], &span, sizeof(span));
    }
    veil_tool_close(&numbered);
    veil_tool_close(&bare);
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(veiling_twice_changes_nothing),
        cmocka_unit_test(spans_are_sorted_apart_inside_and_on_code_points),
        cmocka_unit_test(a_long_row_of_overlaps_is_taken_as_a_short_one),
        cmocka_unit_test(veiled_tokens_cover_every_span_and_keep_the_rest),
        cmocka_unit_test(the_same_surface_has_the_same_number),
        cmocka_unit_test(numbering_goes_on_after_tags_in_the_text),
        cmocka_unit_test(a_token_above_one_kib_is_veiled_whole),
        cmocka_unit_test(other_languages_are_withheld_and_swedish_is_not),
        cmocka_unit_test(a_foreign_paragraph_goes_and_the_rest_stays),
        cmocka_unit_test(the_language_gate_can_be_opened),
        cmocka_unit_test(categories_have_names_and_names_have_categories),
        cmocka_unit_test(small_words_have_their_class),
        cmocka_unit_test(the_short_way_of_quiet_words_says_what_the_long_one_does),
        cmocka_unit_test(what_came_before_changes_nothing),
        cmocka_unit_test(every_phrase_of_the_lists_may_begin_with_its_words),
        cmocka_unit_test(names_numbers_and_phrases_are_found_wherever_a_block_ends),
        cmocka_unit_test(spans_of_a_veil_that_never_prints_are_the_same_without_numbers),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };

    veil_tool_dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, open_tool, close_tool);
}
