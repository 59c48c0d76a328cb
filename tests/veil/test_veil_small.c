/*
 * test_veil_small.c - texts wholly in small letters: people by names that are words too
 *
 * Every claim has the names and the same words where they are words.
 */
#include "veil_tool.h"

#define CHECK(cases) veil_tool_check(&tool, cases, EFTI_COUNT(cases))

static void
a_word_without_an_article_that_does_what_people_do_is_somebody(void **state)
{
    static const struct veil_case cases[] = {
        {"han trodde att björn somnade men stig satt kvar",
         "han trodde att [PERSON_1] somnade men [PERSON_2] satt kvar"},
        {"ingen fattade att sten gått hem igen",
         "ingen fattade att [PERSON_1] gått hem igen"},
        {"igår fyllde liv 82 och alla sjöng",
         "igår fyllde [PERSON_1] [AGE_1] och alla sjöng"},
        {"sen hjälpte saga mig med disken", "sen hjälpte [PERSON_1] mig med disken"},
        {"i natt ramla viola i duschen", "i natt ramla [PERSON_1] i duschen"},
        {"glöm inte att rita vill sova nu", "glöm inte att [PERSON_1] vill sova nu"},
        {"rosa och sol ville hem igår", /* nothing stands before the first word */
         "[PERSON_1] och [PERSON_2] ville hem igår"},
        {"vi såg en björn som satt vid en sten", NULL},
        {"det tar tid att rita och att lova saker", NULL},
        {"solen gick upp och en ny dag kom", NULL},
        {"stark är den som vågar be om hjälp", NULL},
        {"alla säger att inga regler gäller här", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
function_words_that_are_names_go_where_they_can_only_be_names(void **state)
{
    static const struct veil_case cases[] = {
        {"hans sov dåligt men hans hosta är bättre",
         "[PERSON_1] sov dåligt men hans hosta är bättre"},
        {"per e sjuk så jag ringde jan igår kväll",
         "[PERSON_1] e sjuk så jag ringde [PERSON_2] igår kväll"},
        {"ville sa att mina har feber idag",
         "[PERSON_1] sa att [PERSON_2] har feber idag"},
        {"inga e ledsen för att inga barn ringer",
         "[PERSON_1] e ledsen för att inga barn ringer"},
        {"inga på femman har inga strumpor kvar",
         "[PERSON_1] på femman har inga strumpor kvar"},
        {"en gång per dag och två timmar per person", NULL},
        {"dag 1 var trist, dag 3 sa hon att jag räknar fel", NULL},
        {"skannern står på plan två och den är trasig", NULL},
        {"hans mamma ville prata men mina barn ville hem", NULL},
        {"ville inte gå hem, ville bara prata en stund", NULL},
        {"inga pengar och inga svar på mina frågor", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
who_owns_or_is_cared_for_or_stands_beside_somebody_goes(void **state)
{
    static const struct veil_case cases[] = {
        {"glöm inte stens ögondroppar ikväll",
         "glöm inte [PERSON_1]s ögondroppar ikväll"},
        {"det var dags fru som ringde oss", "det var [PERSON_1]s fru som ringde oss"},
        {"jag (liv) kommer in klockan tre", "jag ([PERSON_1]) kommer in klockan tre"},
        {"vi duschade gull och matade maj sen",
         "vi duschade [PERSON_1] och matade [PERSON_2] sen"},
        {"rosa o sol lekte hela dagen ute",
         "[PERSON_1] o [PERSON_2] lekte hela dagen ute"},
        {"idag kom stig, maj, sten o lilja",
         "idag kom [PERSON_1], [PERSON_2], [PERSON_3] o [PERSON_4]"},
        {"tina på köket lagar mat och kan inte bo kvar",
         "[PERSON_1] på köket lagar mat och kan inte bo kvar"},
        {"det är dags att gå hem till skogs", NULL},
        {"bordets ben och stenens form är fina", NULL},
        {"vi har sol och regn och mycket snö", NULL},
        {"jag jobbar dag och natt i maj", NULL},
        {"hon mötte en varg i en saga", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
what_somebody_is_called_and_letters_for_somebody_go(void **state)
{
    static const struct veil_case cases[] = {
        {"alla säger bara lilja. hon är snäll mot oss",
         "alla säger bara [PERSON_1]. hon är snäll mot oss"},
        {"hon som heter loppan grät och sen gick loppan",
         "hon som heter [PERSON_1] grät och sen gick [PERSON_1]"},
        {"en mamma, r kan vi kalla henne, var rädd",
         "en mamma, [PERSON_1] kan vi kalla henne, var rädd"},
        {"vi pratade länge och k sa att hon orkar",
         "vi pratade länge och [PERSON_1] sa att hon orkar"},
        {"um yusuf kom och sen kom von tjoval", "[PERSON_1] kom och sen kom [PERSON_2]"},
        {"ringde bonus-mats och lill-maj igår kväll",
         "ringde [PERSON_1] och [PERSON_2] igår kväll"},
        {"gardinerna är borta. det är bara så. tilde",
         "gardinerna är borta. det är bara så. [PERSON_1]"},
        {"boken heter stenen och mötet heter så med", NULL},
        {"vi gick ut och det var bra. tack", NULL},
        {"plan b och grupp c sa nej båda två", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
names_that_need_an_article_and_surnames_go_wherever_they_stand(void **state)
{
    static const struct veil_case cases[] = {
        {"sen blev ju tuva och en till arga", "sen blev ju [PERSON_1] och en till arga"},
        {"kvar på rummet: stig, trött men nöjd ändå",
         "kvar på rummet: [PERSON_1], trött men nöjd ändå"},
        {"enligt bengtsson ska vi vänta lite till",
         "enligt [PERSON_1] ska vi vänta lite till"},
        {"evald tjovalqvist ringde och sa nej igen", "[PERSON_1] ringde och sa nej igen"},
        {"dnr sn 2024/0932 gäller fortfarande här",
         "dnr [CASE_ID_1] gäller fortfarande här"},
        {"den rosa mössan och en saga om en viking", NULL},
        {"stig in och ta max 4 kakor var", NULL},
        {"varje svan har sin damm och min storm la sig", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
places_and_workplaces_need_no_capital(void **state)
{
    static const struct veil_case cases[] = {
        {"vi talade om tensta och skövde hela dagen",
         "vi talade om [PLACE_1] och [PLACE_2] hela dagen"},
        {"hon vill bo kvar i lund och flytta till vara sen",
         "hon vill bo kvar i [PLACE_1] och flytta till [PLACE_2] sen"},
        {"hon går på vallmons skola och han på tjovals förskola",
         "hon går på [ORG_1] och han på [ORG_2]"},
        {"vi fick hjälp av tjovals assistans från avdelning två igår",
         "vi fick hjälp av [ORG_1] från [ORG_2] igår"},
        {"vi står utanför hasselskolan i regnet", "vi står utanför [ORG_1] i regnet"},
        {"vi kom in i hallen och gick hem till viken", NULL},
        {"vi ska vara i skolan och ta det lugnt i lunden", NULL},
        {"alla stockholmare och stockholmsbarn kom hit", NULL},
        {"barnens skola och kommunens äldreboende är bra", NULL},
        {"mammas jobb och brukarens hem är långt bort", NULL},
        {"vi gick till skolan utan barnen och tog en avdelning till", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
ages_numbers_of_houses_and_matters_need_no_capital(void **state)
{
    static const struct veil_case cases[] = {
        {"alfhild som e 99 klappa mig på kinden",
         "[PERSON_1] som e [AGE_1] klappa mig på kinden"},
        {"vi kom till storgatan 22 a och ringde på",
         "vi kom till [ADDRESS_1] och ringde på"},
        {"det gäller ärende u-24519-26 hos dom", "det gäller ärende [CASE_ID_1] hos dom"},
        {"maj 84 glömmer och saga 9 år är här",
         "[PERSON_1] [AGE_1] glömmer och [PERSON_2] [AGE_2] år är här"},
        {"vi va 3 som klappa händerna", NULL},
        {"den 3 maj var det max 9 grader", "den [DATE_1] var det max 9 grader"},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* With capitals in the text the small letter itself says that it is the word. */
static void
texts_with_capitals_keep_their_small_words(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi trodde att björn fanns här. Sten på sten byggde vi.", NULL},
        {"Sen kom sol och sen kom regn. Dags frukost nu.", NULL},
        {"Per dag är det två. Mina barn är här.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_without_an_article_that_does_what_people_do_is_somebody),
        cmocka_unit_test(function_words_that_are_names_go_where_they_can_only_be_names),
        cmocka_unit_test(who_owns_or_is_cared_for_or_stands_beside_somebody_goes),
        cmocka_unit_test(what_somebody_is_called_and_letters_for_somebody_go),
        cmocka_unit_test(names_that_need_an_article_and_surnames_go_wherever_they_stand),
        cmocka_unit_test(places_and_workplaces_need_no_capital),
        cmocka_unit_test(ages_numbers_of_houses_and_matters_need_no_capital),
        cmocka_unit_test(texts_with_capitals_keep_their_small_words),
    };

    veil_tool_dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, open_tool_of_any_language, close_tool);
}
