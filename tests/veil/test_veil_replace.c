/*
 * test_veil_replace.c - what stands where an identifier stood, and what is left to risk
 */
#include "veil_tool.h"
#include <stdio.h>

static const unsigned char key_one[32] = {1}, key_two[32] = {2};

/* The text with the replacements of `r`, until the next call. */
static const char *
replaced(const char *bytes, const struct efti_replacer *r)
{
    (void)veil_tool_run(&tool, bytes);
    efti_bytes_clear(&tool.out);
    assert_int_equal(efti_veil_print_as(tool.veil, r, (eft_text){bytes, strlen(bytes)},
                                        &tool.found, NULL, &tool.out, NULL),
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
fields_of_a_record_share_their_numbers(void **state)
{
    static const struct {
        const char *text, *comments, *tags, *answered;
    } cases[] = {
        {"Jag ringde Anna och Fatima.", "Hälsa Fatima. Vad sa Anna Svensson och Lars?",
         "Jag ringde [PERSON_1] och [PERSON_2].",
         "Hälsa [PERSON_2]. Vad sa [PERSON_1] och [PERSON_3]?"},
        {"Jag ringde Anna Svensson.", "Jag ska ringa Svensson igen, och Lars Svensson.",
         "Jag ringde [PERSON_1].", "Jag ska ringa [PERSON_1] igen, och [PERSON_2]."},
        /* a number once given stays, and nobody is brought together by that */
        {"Jag ringde Anna. Jag ringde också Svensson.",
         "Vad sa Anna Svensson? Fråga Svensson och Anna.",
         "Jag ringde [PERSON_1]. Jag ringde också [PERSON_2].",
         "Vad sa [PERSON_1]? Fråga [PERSON_2] och [PERSON_1]."},
        /* tags that stand in any field are not used again */
        {"Jag ringde Anna.", "Vad sa [PERSON_4] i Sorsele? Fråga Anna.",
         "Jag ringde [PERSON_5].", "Vad sa [PERSON_4] i [PLACE_1]? Fråga [PERSON_5]."},
        {"Jag ringde Anna.", "Hälsa [SVEN_9] och ]PERSON_7[ i [x",
         "Jag ringde [PERSON_1].", NULL},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        const eft_text fields[] = {{cases[i].text, strlen(cases[i].text)},
                                   {cases[i].comments, strlen(cases[i].comments)}};

        efti_veil_open_record(tool.veil, fields, 2);
        assert_string_equal(veil_tool_run(&tool, cases[i].text), cases[i].tags);
        if (cases[i].answered != NULL)
            assert_string_equal(veil_tool_run(&tool, cases[i].comments),
                                cases[i].answered);
        efti_veil_close_record(tool.veil);
        assert_string_equal(veil_tool_run(&tool, "Jag ringde Fatima."),
                            "Jag ringde [PERSON_1].");
    }
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

/* A mark that nobody sees may be all of a span, where others took what stood around
 * it. */
static void
nothing_stands_for_a_mark_that_nobody_sees(void **state)
{
    const struct efti_replacer surrogate = {.mode = EFTI_REPLACE_SURROGATE, .seed = 5};

    (void)state;
    assert_null(strstr(replaced("Un_n\xE2\x80\x8B"
                                "ka_r",
                                &surrogate),
                       "ka_r"));
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

/* ------------------------------------------------------------ spans made by hand */

/* `surface` as one span of `category`, replaced. Until the next call. */
static const char *
replaced_span(const char *surface, enum efti_category category,
              const struct efti_replacer *r)
{
    struct efti_span span = {
        .end = (uint32_t)strlen(surface), .number = 1, .category = (uint8_t)category};
    struct efti_veiled veiled = {.spans = {&span, 1, 1}};

    efti_bytes_clear(&tool.out);
    assert_int_equal(efti_veil_print_as(tool.veil, r,
                                        (eft_text){surface, strlen(surface)}, &veiled,
                                        NULL, &tool.out, NULL),
                     EFT_OK);
    efti_put_char(&tool.out, '\0');
    return tool.out.data;
}

static void
a_span_that_says_more_than_a_day_becomes_a_tag(void **state)
{
    static const struct {
        const char *surface, *coarse;
    } cases[] = {
        {"fredag den 5 maj 2024", "maj 2024"},
        {"den 5:e maj", "maj"},
        {"5–7 maj 2024", "maj 2024"},
        {"5 och 7 maj", "maj"},
        {"tjugotredje mars", "mars"},
        {"3/5", "maj"},
        {"3/5-24", "maj 2024"},
        {"3.5.2024", "maj 2024"},
        {"20240503", "2024-05"},
        {"2024-05-03", "2024-05"},
        {"5 maj hos Anna", "[DATE_1]"},
        {"Anna 5 maj", "[DATE_1]"},
        {"den 5:e", "[DATE_1]"},
        {"5 maj 2024 kl 14", "[DATE_1]"},
        {"2024-05-03T10", "[DATE_1]"},
        {"31/2", "[DATE_1]"},
    };
    static const struct efti_replacer r = {.mode = EFTI_REPLACE_GENERALISE};

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++)
        assert_string_equal(replaced_span(cases[i].surface, EFTI_DATE, &r),
                            cases[i].coarse);
}

static void
a_municipality_becomes_its_county(void **state)
{
    static const struct efti_replacer r = {.mode = EFTI_REPLACE_GENERALISE};

    (void)state;
    assert_string_equal(replaced_span("Mjölby", EFTI_PLACE, &r), "Östergötlands län");
    assert_string_equal(replaced_span("HÖÖR", EFTI_PLACE, &r), "Skåne län");
    assert_string_equal(replaced_span("Lilla Edet", EFTI_PLACE, &r),
                        "Västra Götalands län");
    assert_string_equal(replaced_span("Åre kommun", EFTI_PLACE, &r), "Jämtlands län");
    assert_string_equal(replaced_span("Tjovalda", EFTI_PLACE, &r), "[PLACE_1]");
    assert_string_equal(replaced_span("ale|aling", EFTI_PLACE, &r), "[PLACE_1]");
}

static void
a_moved_day_keeps_its_style(void **state)
{
    static const struct {
        const char *surface;
        int32_t days;
        const char *moved;
    } cases[] = {
        {"2024-05-03", 14, "2024-05-17"},
        {"20240503", -7, "20240426"},
        {"3/5", 7, "10/5"},
        {"03/05", 7, "10/05"},
        {"3/5-24", -7, "26/4-24"},
        {"28.12.2024", 7, "4.1.2025"},
        {"5 maj 2024", 28, "2 juni 2024"},
        {"den 5:e maj", -14, "den 21:a april"},
        {"femtonde mars", 7, "22:a mars"},
        {"12 Okt", 7, "19 Okt"},
        {"12 okt.", 21, "2 nov."},
        {"fredag den 3 maj 2024", 7, "fredag den 10 maj 2024"},
        {"fredag 3 maj 2024", 1, "lördag 4 maj 2024"},
        {"fredag 3 maj", 7, "fredag 10 maj"},
        {"fredag 3 maj", 1, "[DATE_1]"},
        {"5 och 7 maj", 7, "[DATE_1]"},
        {"den 5:e", 7, "[DATE_1]"},
        {"maj 2024", 7, "[DATE_1]"},
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(cases); i++) {
        const struct efti_replacer r = {.mode = EFTI_REPLACE_TAG, .shift = cases[i].days};
        assert_string_equal(replaced_span(cases[i].surface, EFTI_DATE, &r),
                            cases[i].moved);
    }
    /* over the end of February as far as the day of the record, 2024-03-04 */
    struct efti_replacer r = {.mode = EFTI_REPLACE_TAG, .shift = -56};
    assert_string_equal(replaced_span("4 mars", EFTI_DATE, &r), "7 januari");
    r.near = 19786;
    assert_string_equal(replaced_span("4 mars", EFTI_DATE, &r), "8 januari");
    r.shift = 364;
    assert_string_equal(replaced_span("30 december", EFTI_DATE, &r), "28 december");
    assert_string_equal(replaced_span("29 februari", EFTI_DATE, &r), "27 februari");
}

static void
a_writer_has_one_shift_of_whole_weeks(void **state)
{
    static const eft_text eva = {"eva", 3}, bo = {"bo", 2};
    int32_t first, again, other;
    bool differ = false;

    (void)state;
    for (uint64_t seed = 1; seed < 50; seed++) {
        assert_int_equal(efti_veil_shift(tool.veil, NULL, seed, eva, 60, &first, NULL),
                         0);
        assert_int_equal(efti_veil_shift(tool.veil, NULL, seed, eva, 60, &again, NULL),
                         0);
        assert_int_equal(efti_veil_shift(tool.veil, NULL, seed, bo, 60, &other, NULL), 0);
        assert_int_equal(first, again);
        differ = differ || first != other;
        assert_true(first != 0 && first % 7 == 0 && first >= -60 && first <= 60);
        assert_int_equal(efti_veil_shift(tool.veil, NULL, seed, eva, 3, &first, NULL), 0);
        assert_true(first != 0 && first >= -3 && first <= 3);
    }
    assert_true(differ);
}

/* Letters that no word of ours has three of in a row. */
static const char rare[] = "qxzwjQXZWJ";

static bool
shares(const char *out, const char *in, size_t run, const char *alphabet)
{
    for (size_t i = 0; i + run <= strlen(in); i++) {
        char piece[8] = "";
        memcpy(piece, in + i, run);
        if (strspn(piece, alphabet) == run && strstr(out, piece) != NULL)
            return true;
    }
    return false;
}

static bool
keeps_shape(int category)
{
    return category == EFTI_ORGNR || category == EFTI_POSTCODE ||
           category == EFTI_CASE_ID || category == EFTI_VEHICLE ||
           category == EFTI_BANK || category == EFTI_PROPERTY;
}

/* Is another letter or digit in every place? */
static bool
differs_everywhere(const char *out, const char *in)
{
    for (size_t i = 0; in[i] != '\0' && (in[i] & '\x80') == 0; i++)
        if (in[i] == out[i] && strchr(" -/.:", in[i]) == NULL)
            return false;
    return true;
}

/* Whatever a recogniser puts into a span: letters, digits, months, marks, thrown
 * together. Digits may live on as a year, a month, a band, a region, and by chance in
 * surrogates. */
static void
no_operator_copies_what_it_does_not_understand(void **state)
{
    static const char *const pieces[] = {"qxzw",  "XJQZ", "jwq",   "5",   "maj",  "2024",
                                         "den",   "-",    "/",     " ",   " ",    ".",
                                         "98761", ":e",   "åring", "von", "3847", "och"};
    uint32_t luck = 12345;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        char surface[64] = "";
        for (int k = 0; k < 6; k++) {
            luck = luck * 1664525u + 1013904223u;
            strcat(surface, pieces[(luck >> 16) % EFTI_COUNT(pieces)]);
        }
        for (int mode = EFTI_REPLACE_TAG; mode <= EFTI_REPLACE_KEY; mode++) {
            for (int c = 0; c < EFTI_LANGUAGE; c++) {
                const struct efti_replacer r = {.mode = (enum efti_replace)mode,
                                                .key = key_one,
                                                .seed = 3,
                                                .shift = round % 2 == 0 ? 0 : 21};
                const char *out = replaced_span(surface, (enum efti_category)c, &r);
                assert_true(out[0] != '\0');
                if (mode == EFTI_REPLACE_SURROGATE && keeps_shape(c))
                    assert_true(differs_everywhere(out, surface));
                else
                    assert_false(shares(out, surface, 3, rare));
                if (mode != EFTI_REPLACE_SURROGATE && mode != EFTI_REPLACE_KEY &&
                    c != EFTI_DATE && c != EFTI_AGE && c != EFTI_POSTCODE)
                    assert_false(shares(out, surface, 2, "0123456789"));
            }
        }
    }
}

static void
every_surface_of_a_person_has_one_pseudonym(void **state)
{
    const struct efti_replacer r = {.mode = EFTI_REPLACE_KEY, .key = key_one};
    char *text = strdup(replaced(
        "Jag ringde Anna. Anna  Svensson svarade, Annas bror och Svensson kom.", &r));
    char tag[40] = "";
    int seen = 0;

    (void)state;
    assert_non_null(text);
    const char *from = strstr(text, "[PERSON_");
    assert_non_null(from);
    memcpy(tag, from, (size_t)(strchr(from, ']') - from) + 1);
    for (const char *at = text; (at = strstr(at, "[PERSON_")) != NULL; at++, seen++)
        assert_int_equal(strncmp(at, tag, strlen(tag)), 0);
    assert_int_equal(seen, 4);
    assert_non_null(strstr(replaced("Jag ringde ANNA SVENSSON.", &r), tag));
    free(text);
}

/* Fields of a reflection: the pseudonym of the first field, whatever the others say of
 * the name; a surrogate goes by the fullest name so far. */
static void
a_person_keeps_the_pseudonym_from_field_to_field(void **state)
{
    static const char *const fields[] = {"Jag ringde Anna.", "Anna Berg svarade.",
                                         "Hälsa Anna och Berg."};
    eft_text texts[3];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        texts[i] = (eft_text){fields[i], strlen(fields[i])};
    for (int mode = EFTI_REPLACE_SURROGATE; mode <= EFTI_REPLACE_KEY; mode += 2) {
        const struct efti_replacer r = {
            .mode = (enum efti_replace)mode, .key = key_one, .seed = 3};
        char out[3][120];

        efti_veil_open_record(tool.veil, texts, 3);
        for (size_t i = 0; i < 3; i++)
            (void)snprintf(out[i], sizeof(out[i]), "%s", replaced(fields[i], &r));
        efti_veil_close_record(tool.veil);
        assert_string_equal(out[0], replaced(fields[0], &r));
        const char *name = strstr(out[0], "ringde ") + 7;
        const size_t n = strlen(name) - 1; /* without the stop */
        if (mode == EFTI_REPLACE_KEY) {
            char expected[120];
            (void)snprintf(expected, sizeof(expected), "%.*s svarade.", (int)n, name);
            assert_string_equal(out[1], expected);
            (void)snprintf(expected, sizeof(expected), "Hälsa %.*s och %.*s.", (int)n,
                           name, (int)n, name);
            assert_string_equal(out[2], expected);
        } else { /* "Maria Karlsson svarade.", "Hälsa Maria och Karlsson." */
            assert_memory_equal(out[1], name, n);
            const char *family = strrchr(out[2], ' ') + 1;
            assert_memory_equal(out[1] + n + 1, family, strlen(family) - 1);
        }
    }
}

static void
one_number_in_two_spellings_has_one_pseudonym(void **state)
{
    const struct efti_replacer r = {.mode = EFTI_REPLACE_KEY, .key = key_one};
    char first[64];

    (void)state;
    strcpy(first, replaced_span("811218-9827", EFTI_PERSONNUMMER, &r));
    assert_string_equal(replaced_span("198112189827", EFTI_PERSONNUMMER, &r), first);
    strcpy(first, replaced_span("070-1740605", EFTI_PHONE, &r));
    assert_string_equal(replaced_span("+46 70 174 06 05", EFTI_PHONE, &r), first);
    assert_string_equal(replaced_span("+46 (0)70-174 06 05", EFTI_PHONE, &r), first);
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
        {"Kyrkvaktm\xC3\xA4staren kom f\xC3\xB6rbi.", EFTI_RISK_OCCUPATION},
        {"Skolsk\xC3\xB6terskan p\xC3\xA5 den lilla \xC3\xB6n slutade.",
         EFTI_RISK_ONLY_ONE},
        {"L\xC3\xA4raren i byn fick sluta.", EFTI_RISK_ONLY_ONE},
        {"I den lilla kommunen lyssnade f\xC3\xB6rest\xC3\xA5ndarens barn "
         "p\xC3\xA5 diakonen.",
         EFTI_RISK_ONLY_ONE},
        {"Hon \xC3\xA4r kommunens enda logoped.", EFTI_RISK_ONLY_ONE},
        {"Den enda manliga sjuksk\xC3\xB6terskan blev ledsen.", EFTI_RISK_ONLY_ONE},
        {"Den ende pr\xC3\xA4sten tog emot oss.", EFTI_RISK_ONLY_ONE},
    };
    static const char *const plain[] = {
        "Vi pratade om hur mötet gick och vad vi lärt oss.",
        "Vi pratade med kuratorn om mötet.",
        "Det enda läraren gjorde var att lyssna.",
        "Den enda gången jag träffade läkaren gick det bra.",
        "I den lilla gruppen fick läraren mer tid.",
        "Lärare i byn träffas ofta.",
        "Hon har två barn och mår bra.",
        "Det somaliska köket är gott."};
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

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_keeps_one_number),
        cmocka_unit_test(fields_of_a_record_share_their_numbers),
        cmocka_unit_test(a_mask_tells_the_class_alone),
        cmocka_unit_test(tag_mask_and_key_change_nothing_the_second_time),
        cmocka_unit_test(a_key_gives_the_same_pseudonym_until_it_is_another),
        cmocka_unit_test(nothing_stands_for_a_mark_that_nobody_sees),
        cmocka_unit_test(a_surrogate_keeps_casing_genitive_and_the_person),
        cmocka_unit_test(nothing_of_an_identifier_is_left_by_any_operator),
        cmocka_unit_test(generalised_ages_are_bands_and_days_months),
        cmocka_unit_test(a_span_that_says_more_than_a_day_becomes_a_tag),
        cmocka_unit_test(a_municipality_becomes_its_county),
        cmocka_unit_test(a_moved_day_keeps_its_style),
        cmocka_unit_test(a_writer_has_one_shift_of_whole_weeks),
        cmocka_unit_test(no_operator_copies_what_it_does_not_understand),
        cmocka_unit_test(every_surface_of_a_person_has_one_pseudonym),
        cmocka_unit_test(a_person_keeps_the_pseudonym_from_field_to_field),
        cmocka_unit_test(one_number_in_two_spellings_has_one_pseudonym),
        cmocka_unit_test(what_points_at_somebody_without_a_name_is_a_risk),
    };

    veil_tool_dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, open_tool_of_any_language, close_tool);
}
