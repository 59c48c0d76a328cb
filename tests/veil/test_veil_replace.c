/*
 * test_veil_replace.c - what stands where an identifier stood, and what is left to risk
 */
#include "veil_tool.h"

static struct veil_tool tool;
static const unsigned char key_one[32] = {1}, key_two[32] = {2};

/* The text with the replacements of `r`, until the next call. */
static const char *
replaced(const char *bytes, const struct efti_replacer *r)
{
    (void)veil_tool_run(&tool, bytes);
    efti_bytes_clear(&tool.out);
    assert_int_equal(efti_veil_print_as(tool.veil, r, (eft_text){bytes, strlen(bytes)},
                                        &tool.found, &tool.out, NULL),
                     EFT_OK);
    efti_put_char(&tool.out, '\0');
    return tool.out.data;
}

static const char story[] =
    "Anna Svensson kom och Annas bror ringde. Jag tror att Svensson var arg. "
    "Hon bor i Sorsele och fyller 14 den 5 maj 2024, pnr 811218-9827, tel 070-1740605.";

static void
one_person_keeps_one_number(void **state)
{
    static const struct veil_case cases[] = {
        {"Jag ringde Anna Svensson. Annas bror svarade, och Svensson var arg.",
         "Jag ringde [PERSON_1]. [PERSON_1]s bror svarade, och [PERSON_1] var arg."},
        {"Jag ringde Anna. Anna Svensson och Anna Berglund kom.",
         "Jag ringde [PERSON_1]. [PERSON_1] och [PERSON_2] kom."},
        {"Jag ringde Anna och Fatima.", "Jag ringde [PERSON_1] och [PERSON_2]."},
    };

    (void)state;
    veil_tool_check(&tool, cases, EFTI_COUNT(cases));
}

static void
a_mask_tells_the_class_alone(void **state)
{
    static const struct efti_replacer mask = {.mode = EFTI_REPLACE_MASK};

    (void)state;
    assert_string_equal(replaced("Jag ringde Anna och Fatima på 070-1740605.", &mask),
                        "Jag ringde [PERSON_0] och [PERSON_0] på [PHONE_0].");
}

static void
tag_mask_and_key_change_nothing_the_second_time(void **state)
{
    const struct efti_replacer modes[] = {{.mode = EFTI_REPLACE_TAG},
                                          {.mode = EFTI_REPLACE_MASK},
                                          {.mode = EFTI_REPLACE_KEY, .key = key_one}};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(modes); i++) {
        char *once = strdup(replaced(story, &modes[i]));

        assert_non_null(once);
        assert_string_equal(replaced(once, &modes[i]), once);
        free(once);
    }
}

static void
a_key_gives_the_same_pseudonym_until_it_is_another(void **state)
{
    const struct efti_replacer one = {.mode = EFTI_REPLACE_KEY, .key = key_one},
                               two = {.mode = EFTI_REPLACE_KEY, .key = key_two};
    char *first = strdup(replaced("Jag ringde Fatima.", &one));

    (void)state;
    assert_non_null(first);
    assert_string_equal(replaced("Jag ringde FATIMA.", &one), first);
    assert_string_not_equal(replaced("Jag ringde Fatima.", &two), first);
    free(first);
}

static void
a_surrogate_keeps_casing_genitive_and_the_person(void **state)
{
    const struct efti_replacer r = {.mode = EFTI_REPLACE_SURROGATE, .seed = 7};
    char *text = strdup(replaced("Anna Svensson kom. Annas bror. ANNA!", &r));
    char given[32] = "", upper[32] = "";

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; text[i] != ' ' && i < sizeof(given) - 1; i++) {
        given[i] = text[i];
        upper[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    }
    assert_null(strstr(text, "Anna"));
    assert_null(strstr(text, "Svensson kom"));
    assert_true(given[0] >= 'A' && given[0] <= 'Z');
    char *again = strstr(text + 1, given);
    assert_non_null(again);
    assert_int_equal(again[strlen(given)], 's');
    assert_non_null(strstr(text, upper));
    free(text);
}

static void
nothing_of_an_identifier_is_left_by_any_operator(void **state)
{
    static const char *const secrets[] = {"Anna", "Svensson", "Sorsele", "811218",
                                          "9827", "1740605",  "5 maj"};

    (void)state;
    for (int mode = EFTI_REPLACE_TAG; mode <= EFTI_REPLACE_KEY; mode++) {
        for (uint64_t seed = 0; seed < 20; seed++) {
            const struct efti_replacer r = {
                .mode = (enum efti_replace)mode, .key = key_one, .seed = seed};
            const char *text = replaced(story, &r);

            for (size_t i = 0; i < EFTI_COUNT(secrets); i++)
                if (mode != EFTI_REPLACE_SURROGATE || strcmp(secrets[i], "Svensson") != 0)
                    assert_null(strstr(text, secrets[i]));
        }
    }
}

static void
generalised_ages_are_bands_and_days_months(void **state)
{
    static const struct efti_replacer r = {.mode = EFTI_REPLACE_GENERALISE};

    (void)state;
    assert_string_equal(replaced("Hon är 14 år och han 83 år gammal.", &r),
                        "Hon är 13-17 år och han 80+ år gammal.");
    assert_string_equal(replaced("Mötet var 2024-05-03 och 5 maj 2024.", &r),
                        "Mötet var 2024-05 och maj 2024.");
    assert_string_equal(replaced("Jag ringde Anna.", &r), "Jag ringde [PERSON_1].");
}

static uint32_t
risk_of(const char *bytes, uint32_t *reasons)
{
    (void)veil_tool_run(&tool, bytes);
    return efti_veil_risk(tool.veil, (eft_text){bytes, strlen(bytes)}, &tool.segments,
                          tool.found.categories, reasons);
}

static void
what_points_at_somebody_without_a_name_is_a_risk(void **state)
{
    static const struct {
        const char *text;
        uint32_t reason;
    } risky[] = {
        {"Brandchefen grät på mötet.", EFTI_RISK_OCCUPATION},
        {"En somalisk mamma i Sorsele.", EFTI_RISK_ORIGIN},
        {"En somalisk mamma i [PLACE_1].", EFTI_RISK_ORIGIN},
        {"Hon har sju barn hemma.", EFTI_RISK_CHILDREN},
        {"Tvillingarna bråkade.", EFTI_RISK_CHILDREN},
        {"Eleven går i 8B nu.", EFTI_RISK_CLASS},
        {"Han går i åk 7 och trivs.", EFTI_RISK_CLASS},
        {"Det var efter branden [DATE_1].", EFTI_RISK_EVENT},
        {"Han är 14 år och bor i Sorsele.", EFTI_RISK_AGE},
        {"Hon har narkolepsi.", EFTI_RISK_ILLNESS},
    };
    static const char *const plain[] = {
        "Vi pratade om hur mötet gick och vad vi lärt oss.",
        "Hon har två barn och mår bra.", "Det somaliska köket är gott."};
    uint32_t reasons;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    for (size_t i = 0; i < EFTI_COUNT(risky); i++) {
        uint32_t score = risk_of(risky[i].text, &reasons);

        assert_true((reasons & risky[i].reason) != 0);
        assert_true(score >= (risky[i].reason == EFTI_RISK_AGE ? 20 : EFTI_RISK_FLAG));
    }
    for (size_t i = 0; i < EFTI_COUNT(plain); i++)
        assert_int_equal(risk_of(plain[i], &reasons), 0);
}

static int
open_tool(void **state)
{
    static const struct efti_veil_options options = {.flags = EFTI_VEIL_ACCEPT_LANGUAGE};

    (void)state;
    veil_tool_open(&tool, &options);
    return 0;
}

static int
close_tool(void **state)
{
    (void)state;
    veil_tool_close(&tool);
    return 0;
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_keeps_one_number),
        cmocka_unit_test(a_mask_tells_the_class_alone),
        cmocka_unit_test(tag_mask_and_key_change_nothing_the_second_time),
        cmocka_unit_test(a_key_gives_the_same_pseudonym_until_it_is_another),
        cmocka_unit_test(a_surrogate_keeps_casing_genitive_and_the_person),
        cmocka_unit_test(nothing_of_an_identifier_is_left_by_any_operator),
        cmocka_unit_test(generalised_ages_are_bands_and_days_months),
        cmocka_unit_test(what_points_at_somebody_without_a_name_is_a_risk),
    };

    veil_tool_dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, open_tool, close_tool);
}
