/*
 * test_sentences.c - difficult Swedish sentence ends
 *
 * Each example is the text with a `|` before every sentence but the first; the bar is
 * taken out before segmentation. All written for this test, after facts/conventions.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tokenizers/tokens_tool.h"

static bool
holds(const char *example)
{
    char text[1024], got[1200];
    uint32_t starts[64];
    size_t size = 0, count = 1, n = 0, next = 1;

    starts[0] = 0;
    for (const char *p = example; *p != '\0'; p++) {
        if (*p == '|')
            starts[count++] = (uint32_t)size;
        else
            text[size++] = *p;
    }
    while (starts[0] < size && strchr(" \n\t", text[starts[0]]) != NULL)
        starts[0]++;
    assert_int_equal(efti_segment(tokenizer, (eft_text){text, size}, &segments, NULL),
                     EFT_OK);
    bool same = segments.sentences.count == count;
    for (size_t i = 0; same && i < count; i++)
        same = segments.sentences.items[i].start == starts[i];
    if (same)
        return true;
    for (size_t i = 0; i < size; i++) {
        if (next < segments.sentences.count &&
            segments.sentences.items[next].start == i) {
            got[n++] = '|';
            next++;
        }
        got[n++] = text[i];
    }
    got[n] = '\0';
    print_message("# want %s\n# got  %s\n", example, got);
    return false;
}

static void
check(const char *const *examples, size_t count)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++)
        wrong += !holds(examples[i]);
    assert_int_equal(wrong, 0);
}

static void
stops_questions_and_calls_end_sentences(void **state)
{
    static const char *const e[] = {
        "Vi gick hem. |Det var sent.",
        "Gick det bra? |Ja, det gjorde det!",
        "Vad?! |Nej.",
        "Vi var tre. |12 barn kom.",
        "Vad hände? |ingen visste",
        "Vi läste Vem är du? i bokcirkeln. |Bra.",
        "Utropet Aj! hördes i hela huset.",
        "va typ 10 st. |alla hade me sej nåt",
        "vi va 4 st. |de andra va sjuka",
        "Vi var 5 st. |3 gick tidigt.",
        "Vi satt i 2 h. |Vi hann ändå.",
        "Klart efter 3 d. |Pust.",
        "det tog 2 h. |sen kom hon",
        "Han bor på 3:e vån. |Hissen är trasig.",
        "Han bor på vån. 3. |Hissen är trasig.",
        "De läser 2 kap. SoL och 12 v. praktik ingår.",
        "Vi bor på 12 N. Kyrkogatan.",
        "De lär sig MI, lågaff. m.m. |Sedan övar de.",
        "vi gick hem. |mm de va bra",
        "Fråga 1. Vad gick bra? |Allt.",
        "Den heter plan.docx. |Spara det.",
        "Den hette A.pdf. |Vi sparade den.",
        "Vi ställde fråga 1. |Ingen svarade.",
        "Det är fyra, max. fem, platser.",
        "Vi bor på N. Kyrkogatan. |Fint där.",
        "Kom förbi (Storgatan 1, 2 tr.). |Välkommen!",
        "Puls 90. |Bltr. 130/80.",
        "- ingen ska gå ensam\n|- alla ska veta\n|Det skrevs på tavlan.",
        "Oj! |Så kul!! |Verkligen!!!",
        "Det var bra.  |Sedan åt vi.",
        "Det var bra.\t|Ja.",
        "Vi sov (det var sent). |Sedan åt vi.",
        "Vi sov. |(Det var sent.) |Sedan åt vi.",
        "Det var bra (!) tyckte jag.",
        "Han kom (?) och gick.",
        "Hej",
        "   Hej. |Hej.   ",
        "Det kostade mycket . |Vi betalade .",
        "Vi jobbar med .docx och .pdf i dag.",
        "Vi träffade [PERSON_1]. |[PERSON_2] kom sen.",
        "Läs mer på www.skolan.se. |Där finns allt.",
        "Mejla anna@skolan.se. |Hon svarar.",
        "Det var EU:s fel. |Eller SIP:ens.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
speech_and_its_clause_of_saying_are_one(void **state)
{
    static const char *const e[] = {
        "”Får jag?” undrade hon. |Jag nickade.",
        "\"Får jag?\" undrade hon.",
        "”Nej!” ropade han och gick.",
        "– Får jag? undrade hon. |– Ja, sa jag.",
        "Vad ska jag göra? tänkte jag.",
        "”Får jag?” |Jag svarade inte.",
        "Hon sa: ”Jag vill. |Jag kan.” |Sedan gick hon.",
        "Han sa ”Kom hit.” |Hon kom.",
        "”Jag kan inte.” sade barnet.",
        "Hon frågade ”varför?” och gick.",
        "’Hej!’ sa han.",
        "– Hej! |– Hej! |– Vad gör du?",
        "Kom hit! |– Varför? undrade hon.",
        "»Nu går vi.« |Alla gick.",
        "Boken heter ”Hur mår du?”, sa hon.",
        "”Jag tror det”, sa hon. |Sedan blev det tyst.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
an_ellipsis_splits_before_a_capital_only(void **state)
{
    static const char *const e[] = {
        "Det var... svårt.",
        "Det var… svårt.",
        "Jag vet inte... |Det var svårt.",
        "Jag vet inte… |Det var svårt.",
        "Jag tänkte .. men nej.",
        "Hmm. . . kanske det.",
        "... och så gick vi.",
        "Det kostade... 50 kronor.",
        "Vad då?... |Jaha.",
        "Jag undrar...\nmen vågar inte fråga.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
abbreviations_do_not_end_sentences(void **state)
{
    static const char *const e[] = {
        "Vi har t.ex. Anna och bl.a. Bo här.",
        "Vi tog äpplen, päron m.m. |Sedan åt vi.",
        "Vi tog äpplen, päron m.m. och gick.",
        "Det kostade 50 kr. |Vi betalade.",
        "Vi ses kl. 10.30 på torget.",
        "Se kap. 3 och s. 45 i boken.",
        "Han är dr. Svensson.",
        "Prof. Berg kom.",
        "Barn, unga osv. |Alla får vara med.",
        "Barn, unga osv... |Alla får vara med.",
        "Enl. Skolverket är det så.",
        "Ring tel. 08-123 45 67.",
        "Skolan, fritids etc. |Vi var där.",
        "Möte på avd. 5 i dag.",
        "Det gäller fr.o.m. Måndag.",
        "Vi var där t ex i går. |Och i dag.",
        "Det är p.g.a. Covid.",
        "Vi hann med lek m.m.! |Kul.",
        "Vi såg mycket (böcker m.m.) |Sedan gick vi.",
        "Det var f.ö. Anna som kom f.ö. också.",
        "Vi var 5 st. |Alla var nöjda.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
numbers_and_initials_do_not_end_sentences(void **state)
{
    static const char *const e[] = {
        "Den 3. maj åkte vi.",
        "Vi går i 3. klass nu.",
        "Vi var 12. |Sedan gick vi.",
        "Det började 2019. |Då var allt nytt.",
        "Den 3. 5. 2020 flyttade vi.",
        "1. Vi åt. |2. Vi sov.",
        "Vi gjorde så här: 1. Vi åt. |2. Vi sov.",
        "A. Svensson kom.",
        "Vi mötte A. B. Svensson där.",
        "Anna B. Svensson kom.",
        "Boken är skriven av A. I. Berg och B. O. Ek.",
        "Vi valde plan B. |Barnen var nöjda.",
        "Vi mötte Anna B. |Hon var glad.",
        "Se avsnitt 3.2.1 om detta.",
        "Det är 1.5 mil. |Vi gick.",
        "Klockan 10.30 åt vi. |Klockan 11.15 gick vi.",
        "Kl 10.30. |Sedan åt vi.",
        "Den 1. Maj kom hon.",
        "Vi läste punkt a. |Sedan åt vi.",
        "Filen rapport.docx är klar. |Filen a.pdf också.",
        "Version 2.0 kom i går.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
new_lines_split_where_something_begins(void **state)
{
    static const char *const e[] = {
        "Det var en lång dag\nmed många möten.",
        "Det var en lång dag som aldrig tog slut och vi var trötta\nMen vi klarade det.",
        "Rubrik\n\n|Vi gick hem",
        "En mening utan stopp\n\n|En till utan stopp",
        "Bra saker:\n|- lek\n|- lugn\n|- mat",
        "Bra saker:\n|• lek\n|• lugn",
        "Vi gjorde tre saker\n|1. åt\n|2. sov\n|3. lekte",
        "Vi valde\n|a) lek\n|b) lugn",
        "Det var bra\n|Fråga 2: Vad lärde du dig?\n|Svar: Mycket",
        "Fråga 2:\n|Jag lärde mig mycket.",
        "Allt gick bra den här gången\n|Mvh Anna",
        "Allt gick bra den här gången\n|Med vänlig hälsning\nAnna",
        "Allt gick bra den här gången\n|/Anna",
        "Bakgrund\n|Skolan har arbetat länge med frågan och många har varit med.",
        "Vi är klara.\n|Nästa steg\n|Skolan fortsätter med samma arbete under hela året.",
        "Slut.\n|sedan gick vi",
        "Slut.\r\n|Sedan gick vi.\r\n\r\n|Hej",
        "Punkt ett. |Punkt två.\n|- tre. |Fyra.",
        "– bra\n|– dåligt",
        "Första stycket.\n \n|Andra stycket.",
        "# Rubrik\n|Skolan är stor och gammal.",
        "Jag är glad\nVi är trötta",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
sloppy_writing_is_understood(void **state)
{
    static const char *const e[] = {
        "Det är slut.|Sedan gick vi.",
        "Gick det bra?|Ja!|Kul.",
        "jag var trött. |det var sent. |men kul",
        "vi åt mat. |sen sov vi. |allt var bra",
        "vi tog t.ex. bussen. |sen gick vi",
        "Vi gick hem. |sen åt vi.",
        "Det var så. |sen blev det bättre. |Tror jag.",
        "vi var 12. |sen gick vi",
        "vi ses den 3. maj. |hej",
        "det var v. Anna.",
        "vad gör jag? |ingen aning. |hej då!",
        "jaha... ok... då så",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
faces_and_closing_marks_stay_with_the_sentence_before(void **state)
{
    static const char *const e[] = {
        "Det var kul! 😀 |Sedan åt vi.",  "Det var kul! 😀😀 👍 |Sedan åt vi.",
        "Det var kul! :) |Sedan åt vi.", "Det var kul. ;-) |Sedan åt vi.",
        "Det var kul. :D |Sedan åt vi.", "Tack. <3 |Ses snart.",
        "Det var kul 😀 och bra.",        "Det var kul... 😀 och bra.",
        "Det var *kul.* |Sedan åt vi.",  "😀 Hej.",
        "Det var kul.😀 |Sedan åt vi.",   "[Vi gick.] |Sedan åt vi.",
        "Kul! XD |Vi skrattade.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
a_face_ends_a_sentence_when_one_begins_behind_it(void **state)
{
    static const char *const e[] = {
        "Så skönt att det är fredag :) |Nu ska jag hem.",
        "Trött ;) |Nu sover jag.",
        "Det blev bra :D |Tack!",
        "Tack för allt <3 |Kram",
        "Jag blev så glad \xE2\x9D\xA4\xEF\xB8\x8F |Det blev en bra dag.",
        "Tack :) Anna",
        "Tack \xF0\x9F\x91\x8D Anna",
        "så trött idag :( |orkar inte mer. |hoppas det blir bättre",
        "Jag är :) idag.",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
what_a_shortened_word_belongs_to_stays_with_it(void **state)
{
    static const char *const e[] = {
        "Familjen bor på Björkg. 12 B. |Trappen är hal.",
        "Adressen är Kungsg. 12. |Ring först.",
        "Vi bor i Göteborg. |12 barn bor här.",
        "Det kostar ung. 2.500 kr. |Det är dyrt.",
        "Max. 5 per grupp. |Annars blir det rörigt.",
        "Vi har min. 3 i personalen.",
        "Det tog 20 min. |3 personer gick hem.",
        "Hon är ung. |Det märks.",
        "Se bil. 3. |Där står det.",
        "Fil. dr Anna Ek kom.",
        "PS. Glöm inte nyckeln. |Den ligger i skåpet.",
        "P.S. Jag glömde en sak.",
        "Vi åkte till St. Petersburg.",
        "Ring dr. Berg. |Han vet.",
        "Det gällde lärare, bl.a. |Vi var överens.",
        "Mötet är den 3 jan. |Kom då.",
        "Ek m.fl. (2019) skriver om tillit.",
        "Jag träffade K. |Samtalet blev bra.",
        "Jag träffade K. Anna igår.",
        "Han låg på avd. |Därför väntade vi.",
        "Vi kom in. |sen gick vi ut. |Anna var med.",
        "Att göra\n|\xE2\x98\x90 ringa\n|\xE2\x98\x92 boka",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
lists_are_counted_in_several_ways(void **state)
{
    static const char *const examples[] = {
        "I. Inledning\n|II. Samtal\n|III. Avslut",
        "Vi b\xC3\xB6rjade s\xC3\xA5.\n|III. Det tredje.\n|IV. Det fj\xC3\xA4rde.",
        "Det var under Karl XII. |Sedan kom freden.",
        "1 Bakgrund\n|2 Vad vi gjorde\n|3 Vad som h\xC3\xA4nde sedan",
        "Vi var fem den dagen och hade\n3 barn i gruppen.",
        "Steg 1. Lyssna. |Steg 2. Fr\xC3\xA5ga. |Vi tog steg 3. |Det gick.",
        "Vad l\xC3\xA4rde jag mig? |att v\xC3\xA4nta",
    };

    (void)state;
    check(examples, sizeof(examples) / sizeof(*examples));
}

static void
marks_that_touch_numbers_make_no_list(void **state)
{
    static const char *const e[] = {
        "IT-stödet låg nere 08:00\xE2\x80\x93"
        "11:30. |Vi skrev på papper.",
        "Se s. 12\xE2\x80\x93"
        "14. |Där finns svaret.",
        "Det var -5. |Kallt.",
        "Mål: 1. Sova och vila",
        "Han kom hem (äntligen!) och somnade.",
        "Tack för hjälpen! |Med vänlig hälsning\nEva Ek",
    };

    (void)state;
    check(e, EFTI_COUNT(e));
}

static void
sentences_hold_tokens_and_trim_blanks(void **state)
{
    static const char text[] = "  Hej du!  \n\n Vi ses.  ";

    (void)state;
    assert_int_equal(
        efti_segment(tokenizer, (eft_text){text, sizeof(text) - 1}, &segments, NULL),
        EFT_OK);
    assert_int_equal(segments.sentences.count, 2);
    assert_int_equal(segments.sentences.items[0].start, 2);
    assert_int_equal(segments.sentences.items[0].end, 9);
    assert_int_equal(segments.sentences.items[0].first_token, 0);
    assert_int_equal(segments.sentences.items[0].end_token, 2);
    assert_int_equal(segments.sentences.items[1].end_token, 4);
    assert_int_equal(segments.sentences.items[1].end, 21);
}

static void
text_without_words_is_one_empty_sentence_or_none(void **state)
{
    (void)state;
    assert_int_equal(efti_segment(tokenizer, (eft_text){" - ", 3}, &segments, NULL),
                     EFT_OK);
    assert_int_equal(segments.sentences.count, 1);
    assert_int_equal(segments.sentences.items[0].end_token, 0);
    assert_int_equal(efti_segment(tokenizer, (eft_text){" \n ", 3}, &segments, NULL),
                     EFT_OK);
    assert_int_equal(segments.sentences.count, 0);
    assert_int_equal(efti_segment(tokenizer, (eft_text){NULL, 0}, &segments, NULL),
                     EFT_OK);
    assert_int_equal(segments.sentences.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_questions_and_calls_end_sentences),
        cmocka_unit_test(speech_and_its_clause_of_saying_are_one),
        cmocka_unit_test(an_ellipsis_splits_before_a_capital_only),
        cmocka_unit_test(abbreviations_do_not_end_sentences),
        cmocka_unit_test(numbers_and_initials_do_not_end_sentences),
        cmocka_unit_test(new_lines_split_where_something_begins),
        cmocka_unit_test(sloppy_writing_is_understood),
        cmocka_unit_test(faces_and_closing_marks_stay_with_the_sentence_before),
        cmocka_unit_test(a_face_ends_a_sentence_when_one_begins_behind_it),
        cmocka_unit_test(what_a_shortened_word_belongs_to_stays_with_it),
        cmocka_unit_test(lists_are_counted_in_several_ways),
        cmocka_unit_test(marks_that_touch_numbers_make_no_list),
        cmocka_unit_test(sentences_hold_tokens_and_trim_blanks),
        cmocka_unit_test(text_without_words_is_one_empty_sentence_or_none),
    };

    return cmocka_run_group_tests(tests, tokens_set_up, tokens_tear_down);
}
