/*
 * test_values.c - days.c, values.c and record.c of engine/read
 */
#include "read/reader.h"
#include "reading.h"

static int32_t
day(const char *text)
{
    return efti_parse_day(text, strlen(text));
}

static void
days_and_civil_dates_are_inverse(void **state)
{
    int32_t want = efti_day_of(1, 1, 1);

    (void)state;
    assert_int_equal(efti_day_of(1970, 1, 1), 0);
    assert_int_equal(efti_day_of(1969, 12, 31), -1);
    assert_int_equal(efti_day_of(2024, 3, 4), 19786);
    for (int y = 1; y <= 2400; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= 31; d++) {
                const int32_t n = efti_day_of(y, m, d);
                int cy, cm, cd;
                if (n == EFTI_NO_DAY)
                    continue;
                assert_int_equal(n, want);
                efti_civil(n, &cy, &cm, &cd);
                assert_true(cy == y && cm == m && cd == d);
                want++;
            }
        }
    }
    assert_int_equal(efti_day_of(2023, 2, 29), EFTI_NO_DAY);
    assert_int_equal(efti_day_of(1900, 2, 29), EFTI_NO_DAY);
    assert_int_not_equal(efti_day_of(2000, 2, 29), EFTI_NO_DAY);
    assert_int_equal(efti_day_of(2024, 13, 1), EFTI_NO_DAY);
    assert_int_equal(efti_day_of(2024, 0, 1), EFTI_NO_DAY);
    assert_int_equal(efti_day_of(0, 1, 1), EFTI_NO_DAY);
}

static void
a_day_is_read_in_every_form_of_the_design(void **state)
{
    static const char *const same[] = {
        "2024-03-04",
        "2024-3-4",
        " 2024-03-04 ",
        "2024-03-04T10:15:00+01:00",
        "2024-03-04T10:15Z",
        "2024-03-04 10:15:00.123",
        "2024-03-04 10.15",
        "2024-03-04 23:59:59 CET",
        "2024-03-04Z",
        "2024-03-04+01:00",
        "2024-03-04, 10:15",
        "20240304",
        "20240304T101500",
        "20240304 10:15",
        "4/3 2024",
        "04/03 2024",
        "4/3  2024 kl",
        "4.3.2024",
        "04.03.2024 10:15",
        "2024/03/04",
        "2024.03.04",
        "45355",
        "45355.427083",
        "45355,5",
        "2024-03-04 10:15 PM",
        "2024-03-04 kl 10.15",
        "2024-03-04 kl. 10.15",
        "4/3-24",
        "4/3 -24",
        "4/3-2024",
        "4. 3. 2024",
        "4 mars 2024",
        "den 4 mars 2024",
        "04 MAR 2024 10:15",
        "4 mar. 2024",
        "04-mar-24",
        "4-March-2024",
        "m\xC3\xA5ndag 4 mars 2024",
        "M\xC3\xA5n, 4 mars 2024 kl 10.15",
        "m\xC3\xA5ndagen den 4 mars 2024",
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(same); i++) {
        if (strcmp(same[i], "4/3  2024 kl") == 0)
            assert_int_equal(day(same[i]), EFTI_NO_DAY); /* a word, no time */
        else if (day(same[i]) != 19786)
            fail_msg("%s", same[i]);
    }
}

static void
what_is_no_day_is_not_read_as_one(void **state)
{
    static const char *const bad[] = {
        "",
        " ",
        "2024",
        "2024-13-01",
        "2024-02-30",
        "3/4/2024",
        "4/3 24",
        "4/3",
        "20241301",
        "202403041",
        "1234",
        "9999",
        "100000",
        "igår",
        "2024-03",
        "2024-03-04x",
        "2024-03-04 ungefär",
        "2024-03-04T",
        "0001-01-01",
        "2500-01-01",
        "-2024-03-04",
        "1700000000",
        "2024-03.04",
        "04-03-24",
        "240304",
        "4 mars 24",
        "4 mars",
        "mars 2024",
        "4 marsvin 2024",
        "4 ma 2024",
        "31 juni 2024",
        "i 4 mars 2024",
        "4 mars 2024 ungef\xC3\xA4r",
        "4/3-024",
        "m\xC3\xA5ndag",
        "den ",
        "4-",
        "45355 st",
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(bad); i++) {
        if (day(bad[i]) != EFTI_NO_DAY)
            fail_msg("%s", bad[i]);
    }
    assert_int_equal(efti_parse_day(NULL, 0), EFTI_NO_DAY);
    assert_int_equal(efti_parse_day("2024-03-04\0x", 12), EFTI_NO_DAY);
}

static void
decimals_take_point_and_comma(void **state)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"3", 3},
                {"3,5", 3.5},
                {" 4.25 ", 4.25},
                {"-2", -2},
                {"+1,0", 1},
                {"0", 0},
                {"\xE2\x88\x92"
                 "3",
                 -3},
                {"5.", 5},
                {"0,1", 0.1}};
    static const char *const bad[] = {
        "",    ",5", "1,2,3",  "1.000,5",         "fem", "4/5", "1e3", "- 2", "nan",
        "inf", "-",  "3 av 5", "1234567890123456"};
    double value;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(good); i++) {
        assert_true(
            efti_parse_decimal((eft_text){good[i].text, strlen(good[i].text)}, &value));
        assert_true(memcmp(&value, &good[i].value, sizeof value) == 0);
    }
    for (size_t i = 0; i < EFTI_COUNT(bad); i++)
        assert_false(efti_parse_decimal((eft_text){bad[i], strlen(bad[i])}, &value));
}

static void
white_space_of_any_width_is_trimmed(void **state)
{
    const eft_text t = efti_trim((eft_text){"\xC2\xA0\t \xE2\x80\x89"
                                            "a b\xE3\x80\x80\n",
                                            13});

    (void)state;
    assert_int_equal(t.size, 3);
    assert_memory_equal(t.bytes, "a b", 3);
    assert_int_equal(efti_trim((eft_text){"\xC2\xA0 ", 3}).size, 0);
    assert_int_equal(efti_trim((eft_text){NULL, 0}).size, 0);
}

static void
a_bad_value_costs_the_field_not_the_record(void **state)
{
    struct reading *got;

    (void)state;
    READS_AS("csv", NULL,
             "text;datum;känsla;röster\n"
             "a;2024-03-04;4,5;3\n"
             "b;i går;6;-1\n"
             "c;;;\n",
             "1@27 day=19786 feeling=4.5 votes=3 text=a\n"
             "2@46 errors=980 text=b\n"
             "3@60 text=c\n");
    got = reading_of_bytes("text;datum\na;x\nb;y\n", 19, "csv", NULL);
    assert_int_equal(got->counts.field_errors[EFTI_ROLE_TIME], 2);
    assert_int_equal(got->counts.records, 2);
}

static void
feelings_stay_on_the_scale_that_was_given(void **state)
{
    const struct efti_read_options o = {.feeling_low = 0, .feeling_high = 10};
    const struct efti_read_options bad = {.feeling_low = 5, .feeling_high = 5};

    (void)state;
    READS_AS("csv", &o, "text,feeling\na,0\nb,10\nc,11\nd,-1\ne,\"7,5\"\n",
             "1@13 feeling=0 text=a\n2@17 feeling=10 text=b\n3@22 errors=100 text=c\n"
             "4@27 errors=100 text=d\n5@32 feeling=7.5 text=e\n");
    assert_int_equal(reading_of_bytes("text\n", 5, "csv", &bad)->status, EFT_E_RANGE);
}

static void
an_answer_of_a_survey_is_the_number_it_begins_with(void **state)
{
    static const char *const four[] = {"4 - bra",
                                       "4. Bra",
                                       "4 (bra)",
                                       "4=bra",
                                       "4 \xE2\x80\x93 bra",
                                       "4\xE2\x80\x93v\xC3\xA4l",
                                       "4 bra",
                                       "4,0 - bra"};
    static const char *const none[] = {"bra",   "3-4", "4 av 5", "4a",
                                       "bra 4", "4/5", "-",      ""};
    double got;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(four); i++) {
        if (!efti_parse_feeling((eft_text){four[i], strlen(four[i])}, 1, 5, &got) ||
            got < 4 || got > 4)
            fail_msg("%s", four[i]);
    }
    for (size_t i = 0; i < EFTI_COUNT(none); i++) {
        if (efti_parse_feeling((eft_text){none[i], strlen(none[i])}, 1, 5, &got))
            fail_msg("%s", none[i]);
    }
    assert_true(efti_parse_feeling((eft_text){"-2 (uselt)", 10}, -2, 2, &got));
    assert_true(got < -1.5);
}

static void
tags_split_on_the_strongest_separator(void **state)
{
    (void)state;
    READS_AS("csv", NULL,
             "text\ttaggar\n"
             "a\tledning, tid\n"
             "b\tledning, oro; tid ;;\n"
             "c\tledning; oro| tid, mer\n"
             "d\t , \n"
             "e\ttid\n",
             "1@12 tag=ledning tag=tid text=a\n"
             "2@27 tag=ledning, oro tag=tid text=b\n"
             "3@50 tag=ledning; oro tag=tid, mer text=c\n"
             "4@75 text=d\n"
             "5@81 tag=tid text=e\n");
}

static void
more_tags_than_we_hold_are_a_field_error(void **state)
{
    char text[1024] = "text;tags\na;";
    struct reading *got;

    (void)state;
    for (int i = 0; i < EFTI_MAX_TAGS; i++)
        strcat(text, "x|");
    got = reading_of_bytes(text, strlen(text), "csv", NULL);
    assert_int_equal(got->counts.field_errors[EFTI_ROLE_TAGS], 0);
    strcat(text, "y|");
    got = reading_of_bytes(text, strlen(text), "csv", NULL);
    assert_int_equal(got->counts.field_errors[EFTI_ROLE_TAGS], 1);
    assert_string_equal(got->text, "1@10 errors=200 text=a\n");
}

static bool
is_garbled(const char *text)
{
    return efti_garbled((eft_text){text, strlen(text)});
}

static void
letters_that_were_lost_are_seen(void **state)
{
    static const char *const lost[] = {
        "Bj\xC3\x83\xC2\xB6rn",          /* as Windows-1252 */
        "\xC3\x83\xE2\x80\xA6sa",        /* Asa with a ring */
        "\xC3\x83\xE2\x80\x93rn",        /* Orn with dots */
        "Bj\xE2\x88\x9A\xE2\x88\x82rn",  /* Macintosh */
        "fr\xE2\x88\x9A\xE2\x80\xA2gan", /* fragan with a ring */
        "Bj\xE2\x94\x9C\xC3\x82rn",      /* DOS */
        "Bj\xEF\xBF\xBDrn",              /* replaced */
        "\xEF\xBF\xBD\xC3\xB6",          /* one of two */
        "bj\xC2\x94rn",                  /* as Latin-1 */
        "m\xC2\x8Ate",
        "p\xC2\x86 v\xC2\x84g",         /* at the end of a word */
        "Bj\xC3\x83\xC6\x92\xC3\x82rn", /* twice */
        ("\xC3\x83\xC5\x93"
         "ber"),                        /* an u with dots */
        "Andr\xE2\x88\x9A\xC2\xA9",     /* e of Andre, Macintosh */
        "Bj\xE2\x94\x9C\xE2\x95\xA2rn", /* DOS, 437 */
        "Bj\xC4\x82\xC2\xB6rn",         /* an Eastern code page */
        "h\xE2\x80\x9Er",               /* DOS as Windows-1252 */
        "h\xC5\xA0r, p\xC5\x92",        /* Macintosh as Windows-1252 */
        "Bj\xC3\xB7rn",
        "Bj\xCB\x86rn", /* Latin-1 as DOS, as Macintosh */
        "f\xC3\x82r",
        "p\xEF\xBF\xBD",
        "Bj?rn",
        "f??r", /* where no word ends */
        "Bj&ouml;rn",
        "&amp;Aring;sa",
        "Bj&#246;rn",
        "&#xC5;sa",
        "&#65;nna",
        "Bj=C3=B6rn",
        "Bj=F6rn",
        "Bj\\u00f6rn",
        "Bj\\'f6rn",
        "Bj\\xc3\\xb6rn",
    };
    static const char *const sound[] = {
        "",
        "Bj\xC3\xB6rn i S\xC3\x83o Paulo",            /* Sao with a tilde */
        "\xE2\x88\x9Ax \xE2\x94\x9C\xE2\x94\x80",     /* a root, a drawn line */
        "bra \xEF\xBF\xBD, \xEF\xBF\xBD\xEF\xBF\xBD", /* lost emoji */
        "det\xC2\xADta \xC2\xA7 5\xC2\xA0kap",        /* soft hyphen, section, blank */
        "it\xC2\x92s, rad\xC2\x85ny",                 /* an apostrophe, a line end */
        "\xC3\x83",
        "\xEF\xBF\xBD",
        "a\xC2\x94",
        "Fran\xC3\xA7oise, Jo\xC3\xA3o",
        "LSS\xEF\xBF\xBD, mvh\xEF\xBF\xBD, ok\xEF\xBF\xBD", /* lost emoji */
        "hm?nej, bra?ja, plan B?ja, x.se/p?q, ?id=3",
        "a&b, AT&T; &amp; &nbsp;&lt;b&gt; &#39;hej&#39; &#8211; &#128512; &",
        "x=E4, a=b=C3, 2=C3=",
        "C:\\u, \\'fel\\', \\n, \\",
        "Bj\xC3\xB6rn\xE2\x80\xA0 1990, \xE2\x80\x9E"
        "cit\xE2\x80\x9C, 5 \xE2\x80\xB0",
        "a\xC3\xB7"
        "b, 8\xC3\xB7"
        "2, \xC5\xA0"
        "arka, c\xC5\x93ur, \xC3\x82ngela",
        "DE\xC3\x83\xE2\x80\x9D", /* a quotation mark behind it */
    };

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(lost); i++)
        assert_true(is_garbled(lost[i]));
    for (size_t i = 0; i < EFTI_COUNT(sound); i++)
        assert_false(is_garbled(sound[i]));
}

static void
names_of_roles_and_reasons_are_there(void **state)
{
    (void)state;
    for (int i = 0; i < EFTI_ROLE_COUNT; i++)
        assert_true(strlen(efti_role_name((enum efti_role)i)) > 1);
    for (int i = 0; i < EFTI_REASON_COUNT; i++)
        assert_true(strlen(efti_reason_name((enum efti_reason)i)) > 1);
    assert_string_equal(efti_reason_name(EFTI_REASON_NOT_UTF8), "not-utf8");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_civil_dates_are_inverse),
        cmocka_unit_test(a_day_is_read_in_every_form_of_the_design),
        cmocka_unit_test(what_is_no_day_is_not_read_as_one),
        cmocka_unit_test(decimals_take_point_and_comma),
        cmocka_unit_test(white_space_of_any_width_is_trimmed),
        cmocka_unit_test(a_bad_value_costs_the_field_not_the_record),
        cmocka_unit_test(feelings_stay_on_the_scale_that_was_given),
        cmocka_unit_test(an_answer_of_a_survey_is_the_number_it_begins_with),
        cmocka_unit_test(tags_split_on_the_strongest_separator),
        cmocka_unit_test(more_tags_than_we_hold_are_a_field_error),
        cmocka_unit_test(letters_that_were_lost_are_seen),
        cmocka_unit_test(names_of_roles_and_reasons_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
