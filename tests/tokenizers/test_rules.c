/*
 * test_rules.c - the project rules and the kinds, as tables of text and expected tokens
 *
 * Expected tokens are written `form` or `form/k` where k is the first letter of the kind:
 * n(umber) c(ode) a(bbreviation) e(mail) u(rl) h(andle) j (emoji) l(ong) v(eil); a word
 * has none. A `~` behind says suspended. Tokens are separated by `|`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/failing.h"
#include "tokenizers/internal.h"
#include "tokenizers/tokens_tool.h"

struct example {
    const char *text, *tokens;
};

static void
show(const char *text, struct efti_bytes *out)
{
    static const char letters[] = {
        [EFTI_NUMBER] = 'n', [EFTI_CODE] = 'c', [EFTI_ABBREVIATION] = 'a',
        [EFTI_EMAIL] = 'e',  [EFTI_URL] = 'u',  [EFTI_HANDLE] = 'h',
        [EFTI_EMOJI] = 'j',  [EFTI_LONG] = 'l', [EFTI_VEIL] = 'v'};

    efti_bytes_clear(out);
    for (size_t i = 0; i < segments.tokens.count; i++) {
        const struct efti_token *t = &segments.tokens.items[i];
        if (i > 0)
            efti_put_char(out, '|');
        efti_put(out, text + t->start, t->end - t->start);
        if (t->kind != EFTI_WORD) {
            efti_put_char(out, '/');
            efti_put_char(out, letters[t->kind]);
        }
        if ((t->flags & EFTI_TOKEN_SUSPENDED) != 0)
            efti_put_char(out, '~');
    }
    efti_put_char(out, '\0');
}

static void
check(const struct example *examples, size_t count)
{
    struct efti_bytes got;
    size_t wrong = 0;

    efti_bytes_init(&got, &efti_malloc);
    for (size_t i = 0; i < count; i++) {
        eft_text text = {examples[i].text, strlen(examples[i].text)};
        assert_int_equal(efti_segment(tokenizer, text, &segments, NULL), EFT_OK);
        show(examples[i].text, &got);
        assert_false(got.failed);
        if (strcmp(got.data, examples[i].tokens) != 0) {
            print_message("# text %s\n# want %s\n# got  %s\n", examples[i].text,
                          examples[i].tokens, got.data);
            wrong++;
        }
    }
    efti_bytes_free(&got);
    assert_int_equal(wrong, 0);
}

static void
hyphens_between_letters_or_digits_join(void **state)
{
    static const struct example e[] = {
        {"IT-stöd och e-post", "IT-stöd|och|e-post"},
        {"Anna-Karin på 1990-talet", "Anna-Karin|på|1990-talet"},
        {"811218-9876 och 2023-05-01", "811218-9876/n|och|2023-05-01/n"},
        {"EU:s-regler", "EU:s-regler"},
        {"kl 10\xE2\x80\x93"
         "12",
         "kl/a|10/n|12/n"},
        {"sid 10-12", "sid|10-12/n"}, /* a hyphen joins numbers too, a dash does not */
        {"e\xE2\x80\x90post e\xE2\x80\x91post", "e\xE2\x80\x90post|e\xE2\x80\x91post"},
        {"ord--ord ord - ord -ord ord-", "ord|ord|ord|ord|ord|ord"},
        {"a_-b", "a|b"},
        {"e\xCC\x81-post", "e\xCC\x81-post"},
        {"14-åring B12-brist covid-19 ABC-123 mp3-fil",
         "14-åring|B12-brist|covid-19|ABC-123/c|mp3-fil"},
        {"08-123 45 67", "08-123/n|45/n|67/n"},
        {"upp-och-ner-vänd", "upp-och-ner-vänd"},
        {"kl-10", "kl-10/c"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
a_word_before_a_suspended_hyphen_is_marked(void **state)
{
    static const struct example e[] = {
        {"för- och nackdelar", "för~|och|nackdelar"},
        {"barn-, elev- och vuxenhälsa", "barn~|elev~|och|vuxenhälsa"},
        {"barn-/ungdomsvård", "barn~|ungdomsvård"},
        {"mellan- eller högstadiet", "mellan~|eller|högstadiet"},
        {"bra- jag gick", "bra|jag|gick"},
        {"in- och", "in~|och"},
        {"in- ochså", "in|ochså"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
ordinals_with_colon_join(void **state)
{
    static const struct example e[] = {
        {"3:e och 1:a", "3:e/n|och|1:a/n"},
        {"den 2:dra 3:dje 1:sta", "den|2:dra/n|3:dje/n|1:sta/n"},
        {"en 5:a-klass", "en|5:a-klass"},
        {"10:30 och 1:10", "10/n|30/n|och|1/n|10/n"},
        {"Fråga 2:hur", "Fråga|2/n|hur"},
        {"7:eleven", "7/n|eleven"},
        {"EU:s SIP:en tv:n S:t", "EU:s|SIP:en|tv:n|S:t"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
a_missing_space_splits(void **state)
{
    static const struct example e[] = {
        {"slut.Sedan", "slut|Sedan"},
        {"Det är slut.Sedan gick vi.Hem", "Det|är|slut|Sedan|gick|vi|Hem"},
        {"hår.Ärlig hå.Åsa", "hår|Ärlig|hå|Åsa"},
        {"slut.sedan", "slut.sedan"},
        {"a.Sedan", "a.Sedan"},
        {"slut.SEDAN", "slut.SEDAN"},
        {"rapport.Docx", "rapport.Docx"},
        {"www.Skolan.Se/Om", "www.Skolan.Se/Om/u"},
        {"Handledare:Anna Fråga:Hur", "Handledare|Anna|Fråga|Hur"},
        {"för-slut.Sedan-dess", "för-slut|Sedan-dess"},
        {"med anna.Svensson@uu.se", "med|anna.Svensson@uu.se/e"},
        {"se\xCC\x88n.Sa\xCC\x88g", "se\xCC\x88n.Sa\xCC\x88g"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
addresses_are_one_token(void **state)
{
    static const struct example e[] = {
        {"mejla anna.svensson@uu.se.", "mejla|anna.svensson@uu.se/e"},
        {"a1.b2-c+d@ex-1.example.se!", "a1.b2-c+d@ex-1.example.se/e"},
        {"(anna@uu.se)", "anna@uu.se/e"},
        {"mejl:anna@uu.se", "mejl|anna@uu.se/e"},
        {"åsa.öst@skåne.se, hej", "åsa.öst@skåne.se/e|hej"},
        {"<anna@uu.se>;bo@uu.se", "anna@uu.se/e|bo@uu.se/e"},
        {"anna@uu.se.Sedan", "anna@uu.se/e|Sedan"},
        {"anna@jobbet", "anna@jobbet/e"},
        {"@anna och @anna_b-c", "@anna/h|och|@anna_b-c/h"},
        {"@anna@example.se", "@anna@example.se/h"},
        {"@anna:t ex en", "@anna/h|t ex/a|en"},
        {"a @ b a@ @", "a|b|a"},
        {"se https://x.se/a?b=c&d=1.", "se|https://x.se/a?b=c&d=1/u"},
        {"(www.x.se/a_(b))", "www.x.se/a_(b)/u"},
        {"www.a1.se, http://x.se/ö", "www.a1.se/u|http://x.se/ö/u"},
        {"”http://x.se”", "http://x.se/u"},
        {"https://x.se/[PERSON_1]", "https://x.se/[PERSON_1/u"},
        {"http://", "http"},
        {"http:// och", "http|och"},
        {"uu.se", "uu.se"},
        {"ftp://a-b.se/x-y,z)", "ftp://a-b.se/x-y,z/u"},
        {"anna@uu.se:bo", "anna@uu.se/e|bo"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
abbreviations_are_one_token_in_every_spelling(void **state)
{
    static const struct example e[] = {
        {"t.ex. t.ex t ex t. ex. tex T.ex. Tex",
         "t.ex./a|t.ex/a|t ex/a|t. ex./a|tex/a|T.ex./a|Tex/a"},
        {"bl.a. bl a bla", "bl.a./a|bl a/a|bla"},
        {"t.\xC2\xA0"
         "ex. o.\xC2\xA0s.\xC2\xA0v. kl.\xC2\xA0"
         "10", /* as Word spaces them */
         "t.\xC2\xA0"
         "ex./a|o.\xC2\xA0s.\xC2\xA0v./a|kl./a|10/n"},
        {"t\xC2\xA0"
         "ex bl\xC2\xA0"
         "a i\xC2\xA0st\xC2\xA0"
         "f d\xC2\xA0v\xC2\xA0s t\xC2\xA0"
         "ex. i\xC2\xA0maj",
         "t\xC2\xA0"
         "ex/a|bl\xC2\xA0"
         "a/a|i\xC2\xA0st\xC2\xA0"
         "f/a|d\xC2\xA0v\xC2\xA0s/a|t\xC2\xA0"
         "ex./a|i|maj"},
        {"t\xE2\x80\xAF"
         "ex bl\xE2\x80\xAF"
         "a o.\xE2\x80\xAFs.\xE2\x80\xAFv. d\xE2\x80\xAFv\xE2\x80\xAFs t.\xE2\x80\xAF"
         "ex i\xE2\x80\xAFmaj",
         "t\xE2\x80\xAF"
         "ex/a|bl\xE2\x80\xAF"
         "a/a|o.\xE2\x80\xAFs.\xE2\x80\xAFv./a|"
         "d\xE2\x80\xAFv\xE2\x80\xAFs/a|t.\xE2\x80\xAF"
         "ex/a|i|maj"},
        {"d v s att o s v", "d v s/a|att|o s v/a"},
        {"fr.o.m. fr o m t.o.m. t o m tom", "fr.o.m./a|fr o m/a|t.o.m./a|t o m/a|tom"},
        {"i st.f. och i st f", "i st.f./a|och|i st f/a"},
        {"kl. 10.30", "kl./a|10.30/n"},
        {"kl 10", "kl/a|10/n"},
        {"ett kap. i ett kap", "ett|kap./a|i|ett|kap"},
        {"osv.", "osv./a"},
        {"osv...", "osv/a"},
        {"50 kr.", "50/n|kr/a"},
        {"ca 5", "ca/a|5/n"},
        {"p.g.a. p g a pga", "p.g.a./a|p g a/a|pga/a"},
        {"PGA P.G.A. KAP. Kap. TEX", "PGA|P.G.A./a|KAP|Kap./a|TEX"},
        {"st ex", "st/a|ex"},
        {"o dyl.", "o dyl./a"},
        {"tom.", "tom"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
tags_of_ours_are_one_token(void **state)
{
    static const struct example e[] = {
        {"med [PERSON_1] i [PLACE_12].", "med|[PERSON_1]/v|i|[PLACE_12]/v"},
        {"[CASE_ID_1] [PERSONNUMMER_3]s", "[CASE_ID_1]/v|[PERSONNUMMER_3]/v|s"},
        {"[ANNA_1] [PERSON] [PERSON_] [person_1]", "ANNA_1/c|PERSON|PERSON|person_1/c"},
        {"[PERSON_1", "PERSON_1/c"},
        {"mejl:[EMAIL_1]", "mejl|[EMAIL_1]/v"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
kinds_are_told_apart(void **state)
{
    static const struct example e[] = {
        {"7B ABC123 A4 åk7", "7B/c|ABC123/c|A4/c|åk7/c"},
        {"1,5 1.000.000 10.30", "1,5/n|1.000.000/n|10.30/n"},
        {"1\xE2\x80\xAF"
         "000",
         "1\xE2\x80\xAF"
         "000/n"},
        {"Anna\xE2\x80\xAF"
         "Ek 5\xE2\x80\xAFkr \xE2\x80\xAF_en\xE2\x80\xAF\xE2\x80\xAFtv\xC3\xA5_",
         "Anna|Ek|5/n|kr/a|en|tv\xC3\xA5"},
        {"d'accord", "d'accord"},
        {"Bra 😀👍🏽 👨‍👩‍👧 🇸🇪 ❤️ 1️⃣",
         "Bra|😀/j|👍🏽/j|👨‍👩‍👧/j|🇸🇪/j|❤️/j|1️⃣/j"},
        {"© ® ™ ▪ punkt", "punkt"},
        {"_Anna_ __ _", "Anna"},
        {"Αθήνα Москва 東", "Αθήνα|Москва|東"},
        {"bud\xC2\xADget", "bud\xC2\xADget"},
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
tokens_above_a_kibibyte_are_long_and_whole(void **state)
{
    char text[3000];

    (void)state;
    memset(text, 'a', sizeof(text));
    text[1024] = ' ';
    assert_int_equal(
        efti_segment(tokenizer, (eft_text){text, sizeof(text)}, &segments, NULL), EFT_OK);
    assert_int_equal(segments.tokens.count, 2);
    assert_int_equal(segments.tokens.items[0].kind, EFTI_WORD);
    assert_int_equal(segments.tokens.items[1].kind, EFTI_LONG);
    assert_int_equal(segments.tokens.items[1].end, sizeof(text));
}

static uint16_t
flags_of(const char *text, size_t index)
{
    assert_int_equal(
        efti_segment(tokenizer, (eft_text){text, strlen(text)}, &segments, NULL), EFT_OK);
    assert_true(index < segments.tokens.count);
    return segments.tokens.items[index].flags;
}

static void
flags_tell_starts_lines_and_marks(void **state)
{
    (void)state;
    assert_int_equal(flags_of("Hej du", 0),
                     EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START);
    assert_int_equal(flags_of("Hej du", 1), 0);
    assert_int_equal(flags_of("Hej du\nOch", 2), EFTI_TOKEN_LINE_START);
    assert_int_equal(flags_of("Han sa: Anna", 2), EFTI_TOKEN_AFTER_MARK);
    assert_int_equal(flags_of("Han sa ”Anna”", 2), EFTI_TOKEN_AFTER_MARK);
    assert_int_equal(flags_of("Han ”sa” Anna", 2), 0);
    assert_int_equal(flags_of("Han – Anna", 1), EFTI_TOKEN_AFTER_MARK);
    assert_int_equal(flags_of("Han (Anna) Berg", 1), EFTI_TOKEN_AFTER_MARK);
    assert_int_equal(flags_of("Han (Anna) Berg", 2), 0);
    assert_int_equal(flags_of("Slut. Hej", 1), EFTI_TOKEN_SENTENCE_START);
    assert_int_equal(flags_of("\n- Hej", 0), EFTI_TOKEN_SENTENCE_START |
                                                 EFTI_TOKEN_LINE_START |
                                                 EFTI_TOKEN_AFTER_MARK);
}

static void
decomposed_input_keeps_its_offsets(void **state)
{
    static const char text[] = "Jag a\xCC\x8At gro\xCC\x88t. A\xCC\x8Asa sa\xCC\x8Ag.";

    (void)state;
    assert_int_equal(
        efti_segment(tokenizer, (eft_text){text, sizeof(text) - 1}, &segments, NULL),
        EFT_OK);
    assert_int_equal(segments.tokens.count, 5);
    assert_int_equal(segments.tokens.items[1].start, 4);
    assert_int_equal(segments.tokens.items[1].end, 8);
    assert_int_equal(segments.sentences.count, 2);
    assert_int_equal(segments.sentences.items[1].start, 17);
    assert_int_equal(segments.sentences.items[1].end, sizeof(text) - 1);
}

static void
kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(efti_kind_name(EFTI_WORD), "word");
    assert_string_equal(efti_kind_name(EFTI_ABBREVIATION), "abbreviation");
    assert_string_equal(efti_kind_name(EFTI_VEIL), "veil");
    assert_string_equal(efti_kind_name((enum efti_kind)0), "none");
    assert_string_equal(efti_kind_name((enum efti_kind)99), "none");
}

static void
a_failing_allocator_is_survived_at_every_call(void **state)
{
    static const char text[] =
        "Hej! Jag mejlade anna.svensson@uu.se, t ex i går. Bra 😀 jobbat a\xCC\x8A.\n\n- "
        "Ja\n"
        "- Nej. 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27.";
    bool done = false;

    (void)state;
    for (size_t n = 1; !done; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_tokenizer *t = NULL;
        struct efti_segments s = {0};
        eft_error err = {0};
        eft_status st = efti_tokenizer_new(&mem, fake_lists(), &t, &err);
        if (st == EFT_OK) {
            st = efti_segment(t, (eft_text){text, sizeof(text) - 1}, &s, &err);
            if (st != EFT_OK) {
                assert_int_equal(s.tokens.count, 0);
                assert_int_equal(s.sentences.count, 0);
            }
        } else {
            assert_null(t);
        }
        assert_true(st == EFT_OK || (st == EFT_E_NOMEM && err.status == EFT_E_NOMEM));
        efti_tokenizer_free(t);
        efti_segments_free(&mem, &s);
        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        done = !f.failed;
        assert_true(n < 1000);
    }
}

/* Runs are copied four segments at a time, also where splitting has filled the memory
 * that the kernels asked for. */
static void
behind_the_last_segment_there_is_room(void **state)
{
    enum { MOST = 3600 };
    static const char pair[] = "slut.Sedan ";
    static char text[MOST * (sizeof(pair) - 1)];
    struct efti_tokenizer *t;
    struct efti_segments s = {0};

    (void)state;
    for (size_t i = 0; i < MOST; i++)
        memcpy(text + i * (sizeof(pair) - 1), pair, sizeof(pair) - 1);
    assert_int_equal(efti_tokenizer_new(&efti_malloc, fake_lists(), &t, NULL), EFT_OK);
    for (size_t n = 2000; n <= MOST; n++) {
        const eft_text some = {text, n * (sizeof(pair) - 1)};
        assert_int_equal(efti_segment_words(t, some, &s, NULL), EFT_OK);
        assert_int_equal(s.tokens.count, 2 * n);
        assert_true(t->raw.capacity >= t->raw.count + 3);
    }
    efti_tokenizer_free(t);
    efti_segments_free(&efti_malloc, &s);
}

/* Is the gap behind the first token listed as one in which a sentence may end? */
static bool
is_listed(void)
{
    return tokenizer->gaps.count > 0 && tokenizer->gaps.items[0] == 0;
}

/* Near the end of a text gaps are read, elsewhere they are remembered from the last time:
 * see tokenizers/gap_flags.h. */
static void
gaps_say_the_same_when_remembered(void **state)
{
    static const char *const pieces[] = {" ",
                                         ".",
                                         ",",
                                         ":",
                                         ";",
                                         "-",
                                         "<",
                                         "=",
                                         "(",
                                         ")",
                                         "\"",
                                         "*",
                                         "\n",
                                         "\t",
                                         "!",
                                         "?",
                                         "\xC2\xA0",
                                         "\xC2\xA7",
                                         "^",
                                         "]",
                                         "\r\n",
                                         "\xC2\xAB",
                                         "\xE2\x80\xA6",
                                         "\xE2\x80\x9D"};
    static const char *const behind[] = {"D", "P3", "3", "Sen", "o"};
    char text[64];

    (void)state;
    for (size_t n = 0; n < EFTI_COUNT(pieces) * EFTI_COUNT(pieces) * EFTI_COUNT(behind);
         n++) {
        const char *first = pieces[n % EFTI_COUNT(pieces)];
        const char *second = pieces[n / EFTI_COUNT(pieces) % EFTI_COUNT(pieces)];
        const char *next = behind[n / EFTI_COUNT(pieces) / EFTI_COUNT(pieces)];
        int size = snprintf(text, sizeof(text), "ord%s%s%s och flera andra ord", first,
                            second, next);
        eft_text whole = {text, (size_t)size};
        eft_text cut = {text, 3 + strlen(first) + strlen(second) + strlen(next)};
        assert_int_equal(efti_segment_words(tokenizer, cut, &segments, NULL), EFT_OK);
        bool listed = is_listed();
        uint16_t flags = segments.tokens.count > 1 ? segments.tokens.items[1].flags : 0;
        for (int again = 0; again < 2; again++) {
            assert_int_equal(efti_segment_words(tokenizer, whole, &segments, NULL),
                             EFT_OK);
            if (segments.tokens.items[1].end > cut.size)
                break; /* joined: the words behind are part of it */
            assert_int_equal(is_listed(), listed);
            assert_int_equal(segments.tokens.items[1].flags, flags);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hyphens_between_letters_or_digits_join),
        cmocka_unit_test(a_word_before_a_suspended_hyphen_is_marked),
        cmocka_unit_test(ordinals_with_colon_join),
        cmocka_unit_test(a_missing_space_splits),
        cmocka_unit_test(addresses_are_one_token),
        cmocka_unit_test(abbreviations_are_one_token_in_every_spelling),
        cmocka_unit_test(tags_of_ours_are_one_token),
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(tokens_above_a_kibibyte_are_long_and_whole),
        cmocka_unit_test(flags_tell_starts_lines_and_marks),
        cmocka_unit_test(gaps_say_the_same_when_remembered),
        cmocka_unit_test(behind_the_last_segment_there_is_room),
        cmocka_unit_test(decomposed_input_keeps_its_offsets),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(a_failing_allocator_is_survived_at_every_call),
    };

    return cmocka_run_group_tests(tests, tokens_set_up, tokens_tear_down);
}
