/*
 * test_veil_kept.c - what stays though it has a capital, and who is called so
 *
 * Authorities, authors, makes, titles: each kind with the sentences in which it stays and
 * those in which somebody bears its name. Names are invented or known to all.
 */
#include "veil_tool.h"

#define CHECK(cases) veil_tool_check(&tool, cases, EFTI_COUNT(cases))

static void
a_name_spelled_like_an_authority_is_a_name(void **state)
{
    static const struct veil_case cases[] = {
        {"Hon heter Ester. Hon heter Kia. Han heter Sam.",
         "Hon heter [PERSON_1]. Hon heter [PERSON_2]. Han heter [PERSON_3]."},
        {"Jag pratade med Bo Svensson och Noa.",
         "Jag pratade med [PERSON_1] och [PERSON_2]."},
        {"KIA och SAM är metoder, IVO och LO kom på besök.", NULL},
        {"Enligt 11 kap. 1 § SoL ska vi börja. SoL gäller.", NULL},
        {"Vi letade efter boken Amira glömde.",
         "Vi letade efter boken [PERSON_1] glömde."},
        {"Det är appen som Jovanka visade.", "Det är appen som [PERSON_1] visade."},
        {"Jag lånade boken Tjovald hade skrivit.",
         "Jag lånade boken [PERSON_1] hade skrivit."},
        {"min snap är "
         "zorro.99\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6"
         "\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6"
         "\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6",
         "min snap är [HANDLE_1]\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6"
         "\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6"
         "\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6"},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
what_a_name_is_spelled_like_hides_nobody(void **state)
{
    static const struct veil_case cases[] = {
        /* the genitive of a given name that a method or product has in capitals */
        {"Ulfs mamma ringde igår och grät.", "[PERSON_1]s mamma ringde igår och grät."},
        {"Jag hjälpte Veras mamma i duschen.",
         "Jag hjälpte [PERSON_1]s mamma i duschen."},
        {"Unos medicinlista låg framme.", "[PERSON_1]s medicinlista låg framme."},
        {"Jag bytte Estrellas blöja.", "Jag bytte [PERSON_1]s blöja."},
        {"veras mamma är sjuk, ulfs mamma också",
         "[PERSON_1]s mamma är sjuk, [PERSON_2]s mamma också"},
        /* and in a text all in capitals */
        {"ULF RINGDE IGÅR OCH GRÄT. VERA ÄR SJUK. UNO KOM OCH RASMUS OCKSÅ",
         "[PERSON_1] RINGDE IGÅR OCH GRÄT. [PERSON_2] ÄR SJUK. [PERSON_3] KOM OCH "
         "[PERSON_4] OCKSÅ"},
        {"JAG HJÄLPTE VERAS MAMMA I DUSCHEN", "JAG HJÄLPTE [PERSON_1]S MAMMA I DUSCHEN"},
        /* an English word, a thing by its ending, an acronym and what hangs on it */
        {"jag träffade Health igår, hon är kurator",
         "jag träffade [PERSON_1] igår, hon är kurator"},
        {"igår kom Penny Health förbi", "igår kom [PERSON_1] förbi"},
        {"Hon heter Zelmarologin på snap", "Hon heter [PERSON_1] på snap"},
        {"Kontakta LSSlisa om det", "Kontakta [PERSON_1] om det"},
        {"Vi fick Mental Health First Aid. Memory finns på hyllan.", NULL},
        /* surnames that the dictionary has */
        {"Kollegan Malmberg är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Kollegan Stenmark är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Kollegan Sjöstrand är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Kollegan Lövkvist är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Kollegan Rosén är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Min chef Ågren är arg.", "Min chef [PERSON_1] är arg."},
        {"Vi pratade med Malmberg om det.", "Vi pratade med [PERSON_1] om det."},
        {"Malmberg ringde igår och var arg.", "[PERSON_1] ringde igår och var arg."},
        {"Kollegan Health är sjuk.", "Kollegan [PERSON_1] är sjuk."},
        {"Brukaren Zelmarologin ropade.", "Brukaren [PERSON_1] ropade."},
        {"ADHD, OCD och Down är inte samma sak.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
who_is_read_stays_and_who_is_met_does_not(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi läste Michael Whites bok och sedan mer av Vygotskij.", NULL},
        {"Enligt Nilholms perspektiv är det skolan. Nilholm menar det.", NULL},
        {"Det sägs ofta (Nilholm, 2019; Säljö, 2014) och stämmer.", NULL},
        {"Enligt Eriksson (1994) finns tre sorter.", NULL},
        {"Se Andersson & Berg (2017, s. 44) och Karlberg m.fl. (2020).", NULL},
        {"Jean Watson har tio faktorer. Jag gillar Watsons femte.", NULL},
        {"Argyris och Schön kallar det dubbelt lärande.", NULL},
        {"Prader-Willis syndrom och Ehlers-Danlos är ovanliga.", NULL},
        {"Vi har haft Youth Mental Health och Comic Strip Conversations.", NULL},
        {"Lex Sarah-rapporten skrevs och Time Care-schemat kom.", NULL},
        {"Validationsmetoden och Roxmodellen är nya. Fikalista hänger på dörren.", NULL},
        {"Love is all you need stod det på muggen.", NULL},
        {"Handlegaren är snäll. Mööten tar tid. Kurratorn sa att jag ska vila.", NULL},
        {"Lekrådet ville ha gungor. Julstressen stegras. Glasdunet är tunt.", NULL},
        {"Lexplågan fortsätter. Lekotekslådan kom. Planeringsdagsfikat var gott.", NULL},
        {"Affektsmitta kallas det. Utåtageringen försvann. Sväljtest: inget.", NULL},
        {"Downtonpoängen är densamma, enligt Norton också. JoyForAll står det.", NULL},
        {"Silverkullan kom hit och ringde sen.", "[PERSON_1] kom hit och ringde sen."},
        {"Vi tackar Sjöskog, Sandvall, Björkmark och Kvistander för allt.",
         "Vi tackar [PERSON_1], [PERSON_2], [PERSON_3] och [PERSON_4] för allt."},
        {"Kvistander är trött. Hallander är ny. Vi tackar Lekrådet.",
         "[PERSON_1] är trött. [PERSON_2] är ny. Vi tackar [PERSON_3]."},
        {"SIPmötet blev av och LSShandläggaren kom. Vi bokar i MittSchema.", NULL},
        {"Hon hänvisade till Skollagen 5 kap. och gick.", NULL},
        {"Vi skriver i LoopMe. Soffan Klippan är såld. Krukan Ingefära är tom.", NULL},
        {"Det gäller Mellansverige och skolverket.se har mer.", NULL},
        {"Crister är trött. Kaltrina sa nej.", "[PERSON_1] är trött. [PERSON_2] sa nej."},
        {"Facebookgruppen exploderade och hon läser en Master i Ledarskap.", NULL},
        {"Vi åt på Restaurang Titanic.", "Vi åt på [ORG_1]."},
        {"Alla prov görs i Exam.net och betalas i Unit4.", NULL},
        /* the same surnames in life */
        {"Vi ringde Eriksson i går. Det står (Eriksson, 1987) i akten.",
         "Vi ringde [PERSON_1] i går. Det står ([PERSON_1], 1987) i akten."},
        {"Mötet med Karin Nilholm blev av.", "Mötet med [PERSON_1] blev av."},
        {"Jean Watson är läst. Sedan ringde Elin Watson.",
         "Jean Watson är läst. Sedan ringde [PERSON_1]."},
        {"Handläggaren Watson svarade inte på hela dagen.",
         "Handläggaren [PERSON_1] svarade inte på hela dagen."},
        {"Hos Eriksson var dörren låst.", "Hos [PERSON_1] var dörren låst."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* What ends as things do may be a name that no list has; and who is met, joined to the
 * writer or somebody's is no word that stays. */
static void
a_word_that_would_stay_goes_where_only_somebody_stands(void **state)
{
    static const struct veil_case cases[] = {
        {"Jag tycker om Fredricka och vill ha kvar den kontakten.",
         "Jag tycker om [PERSON_1] och vill ha kvar den kontakten."},
        {"Det var Ingvalsen som tog hand om mig.",
         "Det var [PERSON_1] som tog hand om mig."},
        {"I natt sov Ammerulle dåligt.", "I natt sov [PERSON_1] dåligt."},
        {"Sen sa Ammerulle att vi skulle gå.", "Sen sa [PERSON_1] att vi skulle gå."},
        {"I går träffade jag Bambi på stan.", "I går träffade jag [PERSON_1] på stan."},
        {"Jag och Hattie pratade länge.", "Jag och [PERSON_1] pratade länge."},
        {"Min handläggare heter Bambi.", "Min handläggare heter [PERSON_1]."},
        {"I natt sov Hattie dåligt.", "I natt sov [PERSON_1] dåligt."},
        /* of a make, but of nobody whom the text names; no papers about somebody */
        {"Vi träffade Hevrin i går. Sen kom Hevrin-koppen och Hevrinmodellen.",
         "Vi träffade [PERSON_1] i går. Sen kom [PERSON_1]-koppen och [PERSON_2]."},
        {"Vi tog fram Hevrin-pärmen.", "Vi tog fram [PERSON_1]-pärmen."},
        {"Vi tog fram Hevrin-koppen.", NULL},
        /* a full name that many may have needs more than "enligt", on no list too */
        {"Enligt Eva Dahlgren ska vi ta rast.", "Enligt [PERSON_1] ska vi ta rast."},
        {"Vi tog Lena Philipsson till akuten.", "Vi tog [PERSON_1] till akuten."},
        {"I går träffade jag Lalla Hansson.", "I går träffade jag [PERSON_1]."},
        {"Vi lyssnade på Eva Dahlgren och Lena Philipsson.", NULL},
        /* letters with their reading beside them, and people in capitals */
        {"LISA står för lunchen i dag.", "[PERSON_1] står för lunchen i dag."},
        {"PIA, alltså personalen, ringde.", "[PERSON_1], alltså personalen, ringde."},
        {"Vi använder KASAM som står för känsla av sammanhang.", NULL},
        /* an article in small letters, and what nobody sees inside a name */
        {"Det var bra att al-Zharqabi kom hem.", "Det var bra att [PERSON_1] kom hem."},
        {"Vi har al-ved och en el-Volvo.", NULL},
        {"Det var bra att Zamo\xE2\x80\x8Bqorra kom hem.",
         "Det var bra att [PERSON_1] kom hem."},
        /* what hangs on it is somebody's, at a start too */
        {"Hevrin-familjen flyttade och Hevrin-fallet tar tid.",
         "[PERSON_1]-familjen flyttade och [PERSON_1]-fallet tar tid."},
        {"Tjovalda-ärendet är klart.", "[PERSON_1]-ärendet är klart."},
        {"Rosa-barnen sov gott.", "[PERSON_1]-barnen sov gott."},
        {"Hattie-familjen flyttade.", "[PERSON_1]-familjen flyttade."},
        {"LSS-ärendet är klart. Barn-ärendet drar ut. Facebook-fallet blev stort.", NULL},
        {"Jag och Netflix hela helgen.", NULL},
        {"I går mötte jag Foucault för första gången, på biblioteket.", NULL},
        {"Roxmodellen och Fikalistan är bra, och vi har Validationsmetoden.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    veil_tool_check(&tool, cases, EFTI_COUNT(cases));
}

/* A name that a make, a game or a planet has too stays where two signs speak for the
 * thing, and goes with one. */
static void
a_name_that_things_have_stays_beside_what_they_are_for(void **state)
{
    static const struct veil_case cases[] = {
        {"Mor körde därifrån i en röd Kia. Vi lånade bil, en liten Fabia.", NULL},
        {"Vi åt lunch på Sibylla. Vi spelade Fia. Han drack Solo.", NULL},
        {"Pluto är inte en planet. Jag skrev avvikelsen i Stella.", NULL},
        {"Appen vill ha BankID, Freja och SITHS. Jag loggade in med Freja.", NULL},
        {"Siri i högtalaren la sig i. Han ser ut som Elvis.", NULL},
        {"En macka med Kalles och ett glas mjölk.", NULL},
        {"Prästen berättade om Moses i bibeln. Anmälan till Ivo är inne.", NULL},
        {"Sjögren, Crohn och Bechterew är autoimmuna.", NULL},
        {"Ivo vill göra en anmälan. Noa i biblioteket är trött. Sjögren kom sent.",
         "[PERSON_1] vill göra en anmälan. [PERSON_2] i biblioteket är trött. "
         "[PERSON_3] kom sent."},
        {"David vill läsa bibeln. Tor är intresserad av mytologi.",
         "[PERSON_1] vill läsa bibeln. [PERSON_2] är intresserad av mytologi."},
        {"Busarna är Emil, Pippi och Madicken. Babblarna, Bobbo är lila.", NULL},
        {"Dockan Molly lär oss om känslor. Nallen Bruno följer med hem.", NULL},
        {"Frågor om solkräm (SPF 50, helst Evy). Solkräm, helst Evy, ska med.", NULL},
        {"Vi bad om 50 minuter, helst Evy.", "Vi bad om 50 minuter, helst [PERSON_1]."},
        {"Masken Max bor i jorden. Labradoodlar fäller inte.", NULL},
        {"Masken Max hittade var lång. På Björnen sitter Anna.",
         "Masken [PERSON_1] hittade var lång. På [ORG_1] sitter [PERSON_2]."},
        {"Dockan Alva fick är hennes.", "Dockan [PERSON_1] fick är hennes."},
        {"Dockan Mollys mamma köpte kom bort.",
         "Dockan [PERSON_1]s mamma köpte kom bort."},
        {"Vår Kia är sjuk. Kia körde bilen.", "Vår [PERSON_1] är sjuk. [PERSON_1] "
                                              "körde bilen."},
        {"Jag åt lunch med Max. Fia spelade kort.",
         "Jag åt lunch med [PERSON_1]. [PERSON_2] spelade kort."},
        {"Stella skrev en avvikelse. Jag hjälpte Freja logga in på BankID.",
         "[PERSON_1] skrev en avvikelse. Jag hjälpte [PERSON_2] logga in på BankID."},
        {"En macka med Kalles mamma. Emil läste om Pippi och Madicken.",
         "En macka med [PERSON_1]s mamma. [PERSON_2] läste om Pippi och Madicken."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* One of each trade: the lists are long, and what they are lists of is said here. */
static void
what_trades_call_their_things_stays(void **state)
{
    static const struct veil_case cases[] = {
        {"Jag kom inte in i Ivanti, så vi skrev en rubrik med Perplexity.", NULL},
        {"De ville ha Hitster men fick Sushi Go. Alla tjatar om Undertale.", NULL},
        {"Han tar en Magnecyl, och Crestor på kvällen. Dosen av Lamisil höjdes.", NULL},
        {"Hon kommer inte ut utan sin Minicrosser. Vi fick låna en Wendy Lett.", NULL},
        {"På menyn stod Fattoush, Gulab jamun och Rendang.", NULL},
        {"Hon dansar Bachata och spelar Saz. Klassen fick Boomwhackers.", NULL},
        {"Sonen har Beckwith-Wiedemanns syndrom. Farfar fick Hortons huvudvärk.", NULL},
        {"Vi gjorde Cognistat, och skolan Ravens matriser.", NULL},
        {"Kursen i Early Start Denver gav mycket, mer än Nobody's Perfect.", NULL},
        {"Huset är klassat enligt Energy Star, och kaffet har Rainforest Alliance.",
         NULL},
        /* the same words as people and houses have them */
        {"Vi ringde Wendy, och Denver kom. På Havtornet bor Carl-Oskar.",
         "Vi ringde [PERSON_1], och [PERSON_2] kom. På [PERSON_3] bor [PERSON_4]."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* Words that no list has: what an app is called, what one logs in to, what is dosed. */
static void
what_only_a_thing_can_be_stays_though_no_list_has_it(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi har köpt in systemet Zimplexo i år. Appen Blorkavi fungerar bra.", NULL},
        {"Vi köpte en stol av märket Blorkavi förra året.", NULL},
        {"Jag loggade in på Zimplexo igen. Ladda ner Blorkavi på mobilen.", NULL},
        {"Sonen har Zimplexos syndrom.", NULL},
        {"Farmor har morbus Sandström. Hon tar Zimplexo 20 mg. Han fick Blorkavi 5 mg.",
         NULL},
        {"Jag gav Zimplexo 5 mg Stesolid.", "Jag gav [PERSON_1] 5 mg Stesolid."},
        {"Då tog Zimplexo 20 mg till.", "Då tog [PERSON_1] 20 mg till."},
        {"Igår fick Brynjolfa Zimplexo 5 mg.", "Igår fick [PERSON_1] 5 mg."},
        {"Hon har Brynjolfa Zimplexos syndrom.", "Hon har [PERSON_1] syndrom."},
        {"Kemi är NaHCO3 och C6H12O6, kursen hette Prince2.", NULL},
        /* who takes it, gets it, does it or is it */
        {"Medicinen Zimplexo tar hjälper.", "Medicinen [PERSON_1] tar hjälper."},
        {"Rullstolen Zimplexo har är ny.", "Rullstolen [PERSON_1] har är ny."},
        {"Vi bakade Zimplexo en tårta.", "Vi bakade [PERSON_1] en tårta."},
        {"Vi använde Zimplexo ofta.", "Vi använde [PERSON_1] ofta."},
        {"Vi spelade Zimplexo igår.", "Vi spelade [PERSON_1] igår."},
        {"Det köpte vi åt Zimplexo.", "Det köpte vi åt [PERSON_1]."},
        {"Sen spelade Zimplexo fotboll.", "Sen spelade [PERSON_1] fotboll."},
        {"Jag loggade in på Zimplexos dator.", "Jag loggade in på [PERSON_1] dator."},
        {"Vi spelade Fredrika. Appen Sara är bra.",
         "Vi spelade [PERSON_1]. Appen [PERSON_2] är bra."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* The same words where they are somebody: a lunch, a drive and a system in the sentence
 * are no sign by themselves. */
static void
a_name_that_things_have_goes_where_it_may_be_somebody(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi hämtade vår Leon med bilen.", "Vi hämtade vår [PERSON_1] med bilen."},
        {"Min lilla Zoe satt i bilen.", "Min lilla [PERSON_1] satt i bilen."},
        {"Jag tittade på Max när vi åt lunch. Arg på Max under lunchen.",
         "Jag tittade på [PERSON_1] när vi åt lunch. Arg på [PERSON_1] under lunchen."},
        {"Vi åt lunch på Max rum.", "Vi åt lunch på [PERSON_1] rum."},
        {"Vi väntade på Sibylla vid lunch.", "Vi väntade på [PERSON_1] vid lunch."},
        {"Igår spelade Fia fotboll.", "Igår spelade [PERSON_1] fotboll."},
        {"Vi spelade Fia en låt.", "Vi spelade [PERSON_1] en låt."},
        {"På rasten spelade Uno kort.", "På rasten spelade [PERSON_1] kort."},
        {"Sen drack Solo sitt kaffe.", "Sen drack [PERSON_1] sitt kaffe."},
        {"Jag ser en oro i Lisa, och dokumenterade det.",
         "Jag ser en oro i [PERSON_1], och dokumenterade det."},
        {"Han är kär i Lisa, skrev han.", "Han är kär i [PERSON_1], skrev han."},
        {"Vi hade julbord med Janssons.", "Vi hade julbord med [PERSON_1]s."},
        {"Evy behöver solkräm.", "[PERSON_1] behöver solkräm."},
        {"Vi såg mello: Carola, Malena och Måns somnade.",
         "Vi såg mello: [PERSON_1], [PERSON_2] och [PERSON_3] somnade."},
        {"Siri på telefonen lät ledsen.", "[PERSON_1] på telefonen lät ledsen."},
        {"Planeten är fin tyckte Sirius.", "Planeten är fin tyckte [PERSON_1]."},
        {"Den dockan Alva sa att hon ville ha.",
         "Den dockan [PERSON_1] sa att hon ville ha."},
        {"Att spela Fia är kul. Hon bör skriva det i Stella.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* A full name that all know needs no sign that it is read; but the daily life of a house
 * has somebody of that name in it. */
static void
who_is_known_to_all_stays_where_nobody_is_met(void **state)
{
    static const struct veil_case cases[] = {
        {"Astrid Lindgren hade ingen resursbudget, tänker jag.", NULL},
        {"På tavlan hänger Selma Lagerlöf, Birger Jarl och Dag Hammarskjöld.", NULL},
        {"Astrid Lindgrens böcker och tio sidor Stephen King om dagen.", NULL},
        {"Alfons Åberg har blivit vår hjälpreda.", NULL},
        {"Lampan är från Clas Ohlson och kostade 79 kronor.", NULL},
        {"Polarn & Pyret har rea, Kjell & Company också.", NULL},
        {"Marcus & Martinus är bäst.", NULL},
        {"Astrid Lindgren fick hjälp med duschen.", "[PERSON_1] fick hjälp med duschen."},
        {"Ärendet gäller Moa Martinson.", "Ärendet gäller [PERSON_1]."},
        {"Birger Jarl är inlagd på sjukhus.", "[PERSON_1] är inlagd på sjukhus."},
        {"Jan Lööf (biträdande rektor) var med.",
         "[PERSON_1] (biträdande rektor) var med."},
        {"Vi tog Astrid Lindgren till akuten.", "Vi tog [PERSON_1] till akuten."},
        {"I går hjälpte jag Tove Jansson.", "I går hjälpte jag [PERSON_1]."},
        {"Clas Ohlson ringde.", "[PERSON_1] ringde."},
        {"Brukaren Alfons Åberg sov.", "Brukaren [PERSON_1] sov."},
        {"Mvh Astrid Lindgren", "Mvh [PERSON_1]"},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
who_is_met_goes_though_a_list_of_authors_has_the_name(void **state)
{
    static const struct veil_case cases[] = {
        {"Klienten Adam Grant är hotfull.", "Klienten [PERSON_1] är hotfull."},
        {"Brukaren Anders Bagge vägrar äta.", "Brukaren [PERSON_1] vägrar äta."},
        {"Vår brukare Hans Zetterberg har fått ett sår.",
         "Vår brukare [PERSON_1] har fått ett sår."},
        {"Kontaktperson: Tapio Salonen", "Kontaktperson: [PERSON_1]"},
        {"Närvarande: Karin, Tomas Ledin", "Närvarande: [PERSON_1], [PERSON_2]"},
        {"Tomas Ledins mamma ringde.", "[PERSON_1] mamma ringde."},
        {"KLIENTEN ADAM GRANT ÄR HOTFULL OCH ARG",
         "KLIENTEN [PERSON_1] ÄR HOTFULL OCH ARG"},
        {"Vår kollega Susan Folkman ringde igår, hon är sjukskriven.",
         "Vår kollega [PERSON_1] ringde igår, hon är sjukskriven."},
        {"Vår kollega Jean Watson ringde igår, hon är sjukskriven.",
         "Vår kollega [PERSON_1] ringde igår, hon är sjukskriven."},
        {"Hej, vi ses. /Susan Folkman", "Hej, vi ses. /[PERSON_1]"},
        {"Handläggare Karpman var otrevlig.", "Handläggare [PERSON_1] var otrevlig."},
        {"Kils kommun har fyra team. Vi ringde Köpings kommun och Mora kommun.",
         "[PLACE_1]s kommun har fyra team. Vi ringde [PLACE_2]s kommun och [PLACE_3] "
         "kommun."},
        {"Eldsvådefond är avsatt. Vi har en eldsvådefond till.",
         "[PERSON_1] är avsatt. Vi har en eldsvådefond till."},
        {"Thuvaraga är här. Vi såg thuvaraga och thuvaragas bil.",
         "[PERSON_1] är här. Vi såg [PERSON_1] och [PERSON_1]s bil."},
        {"K-Gs teori är ny. Vi läste A-Ks brev.",
         "[PERSON_1]s teori är ny. Vi läste [PERSON_2]s brev."},
        {"Fru Folkmans son ringde.", "Fru [PERSON_1]s son ringde."},
        {"Anställd: Sven Karpman", "Anställd: [PERSON_1]"},
        {"fru Maslow åt lunch.", "fru [PERSON_1] åt lunch."},
        {"Handläggare Liljefors ringde.", "Handläggare [PERSON_1] ringde."},
        {"Min son Erik Fröding bor kvar.", "Min son [PERSON_1] bor kvar."},
        {"Mvh Schumann", "Mvh [PERSON_1]"},
        {"Min kollega ULF sa nej.", "Min kollega [PERSON_1] sa nej."},
        {"Min handledare Antonovsky kom.", "Min handledare [PERSON_1] kom."},
        {"Nilholm menar att vi ska byta schema på avdelningen.",
         "[PERSON_1] menar att vi ska byta schema på avdelningen."},
        {"Enligt Turnell på vår enhet blir det inget möte.",
         "Enligt [PERSON_1] på vår enhet blir det inget möte."},
        {"Enligt Cullberg är brukaren farlig, han jobbar natt.",
         "Enligt [PERSON_1] är brukaren farlig, han jobbar natt."},
        {"Månsson skriver att hon slutar.", "[PERSON_1] skriver att hon slutar."},
        {"Nilholm visade mig liften. Sen gick Nilholm hem.",
         "[PERSON_1] visade mig liften. Sen gick [PERSON_1] hem."},
        {"Igår sa karin Nilholm menar att vi går.",
         "Igår sa [PERSON_1] menar att vi går."},
        {"Karin och Nilholm menar att vi går.",
         "[PERSON_1] och [PERSON_2] menar att vi går."},
        {"Vi hälsade på Hansson & Blomkvist (2022) i lägenheten.",
         "Vi hälsade på [PERSON_1] & [PERSON_2] (2022) i lägenheten."},
        {"Karlberg & Ek, 2017, var med på mötet.",
         "[PERSON_1] & [PERSON_2], 2017, var med på mötet."},
        {"Det var Nilsson & Holmkvist (2023) samt jag.",
         "Det var [PERSON_1] & [PERSON_2] (2023) samt jag."},
        {"Jag åkte hem med Peter Dalle idag.", "Jag åkte hem med [PERSON_1] idag."},
        {"Vi ses.\nMvh\nKatie Eriksson", "Vi ses.\nMvh\n[PERSON_1]"},
        {"Vi ses.\nMvh\nKarpman", "Vi ses.\nMvh\n[PERSON_1]"},
        {"Kollegan Karpman ringde. Jag svarade Karpman.",
         "Kollegan [PERSON_1] ringde. Jag svarade [PERSON_1]."},
        {"klienten adam grant är hotfull och arg",
         "klienten [PERSON_1] är hotfull och arg"},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
what_is_of_a_make_or_bears_a_name_stays_and_what_is_somebodys_goes(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi lånade Hilti-borren och Petri-skålarna.",
         "Vi lånade Hilti-borren och Petri-skålarna."},
        {"Allt står i Elina-pärmen.", "Allt står i [PERSON_1]-pärmen."},
        {"Vi såg stormen Hans på tv.", "Vi såg stormen Hans på tv."},
        {"Ett par Jofa-hjälmar och en Junghans. Väinämöinen blev till i Kalevala.", NULL},
        {"Charmander dör av vatten. Han läste Pessoa. Ingrid Marie är ett äpple.", NULL},
        {"Ingrid Marie ringde i dag. Kollegan Pessoa är sjuk.",
         "[PERSON_1] ringde i dag. Kollegan [PERSON_2] är sjuk."},
        {"Båten Eva köpte läcker.", "Båten [PERSON_1] köpte läcker."},
        {"Vi läste Houellebecq och Ernaux.", "Vi läste Houellebecq och Ernaux."},
        {"Hon fick Rosuvastatin av Haagdomstolen.",
         "Hon fick Rosuvastatin av Haagdomstolen."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
what_every_place_has_and_titles_stay(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi i Ledningsgruppen och på Vuxenenheten är trötta.", NULL},
        {"Vår Värdegrund hänger på väggen, Skolan och Fritids hjälps åt.", NULL},
        {"Vi såg filmen Sameblod och läste boken Gläntan tillsammans.", NULL},
        {"Förskolan stängde. Boendet var fullt. Enheten växer.", NULL},
        {"Lex Sarah-rapporten och Gröna Lund kom på tal.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* A sight of one town, its paper and its bridge say where somebody is. */
static void
what_one_town_alone_has_goes(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi åkte till Slottsskogen med barnen.", "Vi åkte till [PLACE_1] med barnen."},
        {"Jag läste i Smålandsposten om det.", "Jag läste i [PLACE_1] om det."},
        {"Hon cyklar över Älvsborgsbron varje dag.",
         "Hon cyklar över [PLACE_1] varje dag."},
        {"Vi åkte till Liseberg och Skansen.", NULL},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* Compounds that no dictionary has: what is done or how something is begins them, or they
 * are words put together. The same frames with names in them. */
static void
compounds_at_a_start_stay_and_names_like_them_go(void **state)
{
    static const struct veil_case cases[] = {
        {"Elsparkcykelolyckorna blev fler. Körkortshavaren har ansvar.", NULL},
        {"Förväntansdokumentet är långt. Fortsättningsblad finns.", NULL},
        {"Implementeringsrådets förslag är klart.", NULL},
        {"Daisyavgiften höjdes. Kvorgbeteendet ökar.", NULL},
        {"Det gäller en enskild mätvecka. Hoppledare behövs.", NULL},
        {"Personer med transerfarenhet kom.", NULL},
        {"Hemmingsfamiljen har flyttat.", "[PERSON_1] har flyttat."},
        {"Stjärnkvistander är trött.", "[PERSON_1] är trött."},
        {"Ekelöfsblad ringde. Sandermark är ny.", "[PERSON_1] ringde. [PERSON_2] är ny."},
        {"Läkaren lindkvist sa nej. Kurator strandberg var med.",
         "Läkaren [PERSON_1] sa nej. Kurator [PERSON_2] var med."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* What is said of things alone, and nearly the same of somebody. */
static void
what_only_things_are_and_do_stays(void **state)
{
    static const struct veil_case cases[] = {
        {"Han sa att Wilson är ett test med kort. Hertha är en roman.", NULL},
        {"Renilon dricks med sugrör. Vanderblitt innehåller socker.", NULL},
        {"Hexaflux är obligatoriskt. Playdo är ett bra brädspel.", NULL},
        {"Hon sa att Makerspice tillverkas där. Genogrum är svårläst, tycker jag.", NULL},
        {"Wilson är en klippa. Tsegay är ett test för mig.",
         "[PERSON_1] är en klippa. [PERSON_2] är ett test för mig."},
        {"Zubeyr används som tolk. Thuvaraga är svårt sjuk.",
         "[PERSON_1] används som tolk. [PERSON_2] är svårt sjuk."},
        {"Hevrin är dyr. Elsa är en maskin.",
         "[PERSON_1] är dyr. [PERSON_2] är en maskin."},
        {"Min kollega Wilson är ett test.", "Min kollega [PERSON_1] är ett test."},
        /* somebody who is no subject, and what meeting them is like */
        {"Att möta Tjovalda var svårt. Det blev enkelt med Tjovalda.",
         "Att möta [PERSON_1] var svårt. Det blev enkelt med [PERSON_1]."},
        {"Boken om Tjovalda innehåller mycket.",
         "Boken om [PERSON_1] innehåller mycket."},
        {"Det jag gav Tjovalda var nyttigt.", "Det jag gav [PERSON_1] var nyttigt."},
        {"Jag tror att Tjovalda kostar oss mer.",
         "Jag tror att [PERSON_1] kostar oss mer."},
        {"Stödet för Anna är en app. Det svåra för Björn är ett test med kort.",
         "Stödet för [PERSON_1] är en app. "
         "Det svåra för [PERSON_2] är ett test med kort."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* What is written so is no name; and nearly the same that is. */
static void
what_is_written_as_a_thing_stays(void **state)
{
    static const struct veil_case cases[] = {
        {"Det var på Erasmus+-resan. Vi grät mellan Hcf och Hcg.", NULL},
        {"De tre S:en är stanna, se och säg. Maskinen är en Ankarsrum från 1998.", NULL},
        {"Våld mot barn, unga och äldre. Några har Makuladegeneration.", NULL},
        {"Spelade Fia, Plump och Finns i sjön. De sjöng och drack Solo.", NULL},
        {"Dammsugarroboten heter Sugge. Vi vet att skrivaren kallas Dammis.", NULL},
        {"Ordspråket Borta är bra. Lappen Stängt hängde på dörren.", NULL},
        {"Mannen med dammsugaren kallas Sugge. Eleven heter Dammis.",
         "Mannen med dammsugaren kallas [PERSON_1]. Eleven heter [PERSON_2]."},
        {"Patrullen Kust har åkt.", "[ORG_1] har åkt."},
        {"Barnen fick välja mellan Glad, Ledsen och Arg.", NULL},
        {"Vi ringde Glad, Berg och Lund.",
         "Vi ringde [PERSON_1], [PERSON_2] och [PERSON_3]."},
        {"S:s mamma kom till Ankarsrum.", "[PERSON_1]:s mamma kom till [PLACE_1]."},
        {"Brukaren sven ville inte.", "Brukaren [PERSON_1] ville inte."},
        {"Vi träffade Hrvt och Ng.", "Vi träffade [PERSON_1] och [PERSON_2]."},
        {"Sen spelade Fia, Ali och Noor kort.",
         "Sen spelade [PERSON_1], [PERSON_2] och [PERSON_3] kort."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

static void
rides_medicines_phones_and_dishes_stay_and_who_is_called_so_goes(void **state)
{
    static const struct veil_case cases[] = {
        {"Mamma åt Alvedon, Furix och Waran.", NULL},
        {"Vi åkte till Liseberg och stod i kö till Balder i en timme.", NULL},
        {"På Liseberg åkte vi Balder två gånger.", NULL},
        {"Hon laddade ner appen på min Doro.", NULL},
        {"Det behövs ingen Predictive Index här.", NULL},
        {"Vi bakade Alexanderbakelser till kaffet.", NULL},
        {"Lapp 1: Kajsa Warg på torsdagar.", NULL},
        {"På Liseberg mötte vi Balder och hans syster.",
         "På Liseberg mötte vi [PERSON_1] och hans syster."},
        {"Vi åkte till Liseberg med Balder i måndags.",
         "Vi åkte till Liseberg med [PERSON_1] i måndags."},
        {"Jag stod i kö bakom Balder på Liseberg.",
         "Jag stod i kö bakom [PERSON_1] på Liseberg."},
        {"Vi åkte hem till Balder efter Liseberg.",
         "Vi åkte hem till [PERSON_1] efter Liseberg."},
        {"På Liseberg åkte Balder hem.", "På Liseberg åkte [PERSON_1] hem."},
        {"Från Liseberg åkte Luna hem till sin mamma.",
         "Från Liseberg åkte [PERSON_1] hem till sin mamma."},
        {"Doro grät när vi gick.", "[PERSON_1] grät när vi gick."},
        {"Jag är arg på min Dorotea.", "Jag är arg på min [PERSON_1]."},
        {"Kajsa Wargmark ringde mig.", "[PERSON_1] ringde mig."},
        {"Kajsa vill ha mat på torsdagar.", "[PERSON_1] vill ha mat på torsdagar."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

/* Gods and figures by what stands before them, feasts and wars by how they end; and
 * slang, which nobody is called. */
static void
what_is_told_and_celebrated_stays(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi pratade om guden Tor och gudinnan Freja.", NULL},
        {"Vi läste om profeten Elia och aposteln Paulus i boken.", NULL},
        {"Barnen ritade seriefiguren Woody hela dagen.", NULL},
        {"Vi firade Sepsisdagen, Handhygiendagen och Barnens dag.", NULL},
        {"Det var samma sak på Kräftskivan och på Sportlovet.", NULL},
        {"Hon kallade mig cringe och sa att jag skulle sluta.", NULL},
        {"Vi läste om Niflheim, Särimner och Matteusevangeliet.", NULL},
        {"Hon har gått med i Journalistförbundet.", NULL},
        /* and who is called so */
        {"Freja, Loke och Balder kom i dag.",
         "[PERSON_1], [PERSON_2] och [PERSON_3] kom i dag."},
        {"Vi tog in Tor, Oden och Balder.",
         "Vi tog in [PERSON_1], [PERSON_2] och [PERSON_3]."},
        {"Vi såg Blessing Good på mötet.", "Vi såg [PERSON_1] på mötet."},
        {"Jag lyssnade på Innocent Wise.", "Jag lyssnade på [PERSON_1]."},
        {"Gudinnan Fatima kom i dag.", "Gudinnan [PERSON_1] kom i dag."},
        {"Barnen läste om Elia.", "Barnen läste om [PERSON_1]."},
        {"Vi firade Tuvadagen.", "Vi firade [PERSON_1]."},
        {"Jag jobbar på Crazy Days.", "Jag jobbar på [ORG_1]."},
        {"Jag jobbar på Skogens förskola.", "Jag jobbar på [ORG_1]."},
        {"Hon kallade mig zutto när jag kom.", "Hon kallade mig [PERSON_1] när jag kom."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    CHECK(cases);
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_spelled_like_an_authority_is_a_name),
        cmocka_unit_test(what_a_name_is_spelled_like_hides_nobody),
        cmocka_unit_test(who_is_read_stays_and_who_is_met_does_not),
        cmocka_unit_test(compounds_at_a_start_stay_and_names_like_them_go),
        cmocka_unit_test(what_only_things_are_and_do_stays),
        cmocka_unit_test(what_is_written_as_a_thing_stays),
        cmocka_unit_test(a_word_that_would_stay_goes_where_only_somebody_stands),
        cmocka_unit_test(a_name_that_things_have_stays_beside_what_they_are_for),
        cmocka_unit_test(what_trades_call_their_things_stays),
        cmocka_unit_test(what_only_a_thing_can_be_stays_though_no_list_has_it),
        cmocka_unit_test(a_name_that_things_have_goes_where_it_may_be_somebody),
        cmocka_unit_test(who_is_known_to_all_stays_where_nobody_is_met),
        cmocka_unit_test(what_is_told_and_celebrated_stays),
        cmocka_unit_test(who_is_met_goes_though_a_list_of_authors_has_the_name),
        cmocka_unit_test(
            what_is_of_a_make_or_bears_a_name_stays_and_what_is_somebodys_goes),
        cmocka_unit_test(what_every_place_has_and_titles_stay),
        cmocka_unit_test(what_one_town_alone_has_goes),
        cmocka_unit_test(
            rides_medicines_phones_and_dishes_stay_and_who_is_called_so_goes),
    };

    veil_tool_dictionary = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, open_tool, close_tool);
}
