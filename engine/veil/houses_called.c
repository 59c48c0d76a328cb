/*
 * houses_called.c - workplaces that are called by one ordinary word with a capital
 *
 *   på Bryggan, hos Aftonstjärnan         what workplaces are called
 *   jobbar på Plåtteknik, chefen på Solsidan   where one works, lives or is placed
 *   Men Pelaren säger nej                 what does something
 *   folk på Rofylld.                      where the clause ends
 *
 * What every place has (på Vuxenenheten), what there is one of (på Jorden) and rooms
 * (sal Björken) have their capitals by habit and stay.
 */
#include "veil/orgs.h"

/* On the list of what workplaces are called, in the genitive too. */
bool
efti_veil_is_called(const struct efti_veil *v, const struct efti_form *f)
{
    return (f->lists & EFTI_LIST_ORG_NAME) != 0 ||
           (f->folded_size > 4 && f->folded[f->folded_size - 1] == 's' &&
            (efti_lists_word(v->lists, f->folded, f->folded_size - 1) &
             EFTI_LIST_ORG_NAME) != 0);
}

/* ------------------------------------------------------------- what every place has */

/* Endings of what every place has: capitals there are habit (på Vuxenenheten). */
static bool
is_generic(const struct efti_form *f)
{
    static const struct word_end ends[] = {
        WORD_END("enheten"),       WORD_END("gruppen"),       WORD_END("kontoret"),
        WORD_END("förvaltningen"), WORD_END("mottagningen"),  WORD_END("nämnden"),
        WORD_END("byrån"),         WORD_END("centralen"),     WORD_END("kliniken"),
        WORD_END("avdelningen"),   WORD_END("skolan"),        WORD_END("vården"),
        WORD_END("tjänsten"),      WORD_END("verksamheten"),  WORD_END("träffen"),
        WORD_END("mötet"),         WORD_END("dagen"),         WORD_END("aftonen"),
        WORD_END("helgen"),        WORD_END("programmet"),    WORD_END("jouren"),
        WORD_END("centret"),       WORD_END("linjen"),        WORD_END("utbildningen"),
        WORD_END("kursen"),        WORD_END("plattformen"),   WORD_END("portalen"),
        WORD_END("appen"),         WORD_END("systemet"),      WORD_END("sidan"),
        WORD_END("gymnasiet"),     WORD_END("universitetet"), WORD_END("akuten"),
        WORD_END("biblioteket"),   WORD_END("teamet"),        WORD_END("ledningen"),
        WORD_END("styrelsen"),     WORD_END("utskottet"),     WORD_END("rådet"),
        WORD_END("planen"),        WORD_END("grunden"),       WORD_END("modellen"),
        WORD_END("metoden"),       WORD_END("insatsen"),      WORD_END("processen"),
        WORD_END("arbetet"),       WORD_END("samtalet"),      WORD_END("stödet"),
        WORD_END("boendet"),       WORD_END("hemmet"),        WORD_END("huset"),
        WORD_END("rummet"),        WORD_END("tiden"),         WORD_END("veckan"),
        WORD_END("kanalen"),       WORD_END("ordningen"),     WORD_END("myndigheten"),
        WORD_END("verket"),        WORD_END("rätten"),        WORD_END("staten"),
        WORD_END("kommunen"),      WORD_END("regionen"),      WORD_END("landet"),
        WORD_END("sektionen"),     WORD_END("hälsan"),        WORD_END("pedagogiken"),
        WORD_END("ministern"),     WORD_END("lagen"),         WORD_END("balken"),
        WORD_END("utredningen"),   WORD_END("handledningen"), WORD_END("chefen"),
        WORD_END("ledaren"),       WORD_END("läraren"),       WORD_END("personalen")};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* What there is one of, and what everybody goes to: på Jorden, till Kungen, på Nätet. */
static bool
is_one_of_a_kind(const struct efti_form *f)
{
    static const char *const kinds[] = {
        "jorden",         "solen",           "månen",          "himlen",
        "himmelen",       "kungen",          "drottningen",    "staten",
        "nätet",          "posten",          "banken",         "systemet",
        "bolaget",        "facket",          "partiet",        "kassan",
        "polisen",        "bibeln",          "koranen",        "påven",
        "gatan",          "landet",          "havet",          "himlarna",
        "internet",       "riksdagen",       "regeringen",     "kommissionen",
        "påsken",         "pingsten",        "julen",          "advent",
        "midsommar",      "sommaren",        "vintern",        "hösten",
        "våren",          "morgonen",        "kvällen",        "ministern",
        "statsministern", "socialministern", "chefen",         "rektorn",
        "herren",         "djävulen",        "jultomten",      "tomten",
        "matsalen",       "hallen",          "köket",          "tvättstugan",
        "gympasalen",     "kapprummet",      "bilden",         "slöjden",
        "skyddsombudet",  "vaktmästeriet",   "förrådet",       "plattan",
        "balkan",         "mellanöstern",    "västen",         "norden",
        "baltikum",       "levanten",        "skolan",         "kommunen",
        "regionen",       "landstinget",     "vården",         "omsorgen",
        "socialen",       "migrationen",     "kriminalvården", "tullen",
        "apoteket",       "sociala",         "radion",         "tv:n",
        "pressen",        "metron",          "tunnelbanan",    "friskvården",
        "kyrkan",         "moderaterna",     "centern",        "vänstern",
        "högern",         "alliansen",       "oppositionen",   "majoriteten",
        "rättsstaten",    "välfärdsstaten",  "folkhemmet",     "unionen",
        "europaunionen",  "telefonen",       "mobilen",        "datorn",
        "intranätet",     "chatten",         "loggen",         "lunchen",
        "rasten",         "pausen",          "semestern",      "frukosten",
        "fikat",          "schemat",         "julafton",       "nyårsafton",
        "midsommarafton", "påskafton",       "valborg"};
    static const struct word_end ends[] = {
        WORD_END("departementet"),  WORD_END("inspektionen"), WORD_END("domstolen"),
        WORD_END("parlamentet"),    WORD_END("kansliet"),     WORD_END("beredningen"),
        WORD_END("organisationen"), WORD_END("delegationen"), WORD_END("kommissionen"),
        WORD_END("ombudsmannen"),   WORD_END("förordningen"), WORD_END("konventionen"),
        WORD_END("direktivet"),     WORD_END("avtalet"),      WORD_END("partiet"),
        WORD_END("fonden"),         WORD_END("institutet"),   WORD_END("akademien"),
        WORD_END("akademin"),       WORD_END("museet"),       WORD_END("vägen"),
        WORD_END("året"),           WORD_END("månaden"),      WORD_END("banan"),
        WORD_END("mässan"),         WORD_END("festivalen"),   WORD_END("loppet"),
        WORD_END("tidningen"),      WORD_END("bladet"),       WORD_END("loggen"),
        WORD_END("registret"),      WORD_END("journalen"),    WORD_END("kortet"),
        WORD_END("provet"),         WORD_END("testet"),       WORD_END("listan"),
        WORD_END("boken"),          WORD_END("spelet"),       WORD_END("pärmen"),
        WORD_END("mallen"),         WORD_END("enkäten"),      WORD_END("blanketten"),
        WORD_END("schemat"),        WORD_END("skalan"),       WORD_END("analysen"),
        WORD_END("cirkeln"),        WORD_END("hjulet"),       WORD_END("signalen")};

    static const char *const papers[] = {
        "schemat",       "journalen",    "enkäten",      "listan",      "boken",
        "fonden",        "avtalet",      "provet",       "testet",      "mallen",
        "registret",     "banan",        "mässan",       "loppet",      "tidningen",
        "året",          "månaden",      "vägen",        "direktivet",  "konventionen",
        "museet",        "inspektionen", "delegationen", "beredningen", "organisationen",
        "domstolen",     "parlamentet",  "akademin",     "akademien",   "institutet",
        "departementet", "kansliet",     "festivalen",   "kortet",      "pärmen",
        "blanketten",    "analysen",     "loggen"};

    if (efti_is_among(f->folded, f->folded_size, kinds, EFTI_COUNT(kinds)) ||
        efti_is_among(f->folded, f->folded_size, papers, EFTI_COUNT(papers)))
        return true;
    for (size_t k = 0; k < EFTI_COUNT(ends);
         k++) /* Hjulet is a house, Deminghjulet none */
        if (f->folded_size > ends[k].size && org_ends_in(f, &ends[k], 1))
            return true;
    return false;
}

/* Either of the two, asked once per form. */
bool
efti_veil_is_common_kind(const struct efti_form *f)
{
    return is_generic(f) || is_one_of_a_kind(f);
}

/* konferensrum Kråkan, sal Björken: rooms are called as houses are. */
static bool
is_room(const struct efti_veil *v, size_t i)
{
    static const struct word_end rooms[] = {WORD_END("rum"),     WORD_END("rummet"),
                                            WORD_END("sal"),     WORD_END("salen"),
                                            WORD_END("lokalen"), WORD_END("lokal")};

    return i > 0 && efti_veil_follows(v, i) && org_word(v, i - 1)->form != NULL &&
           org_ends_in(org_word(v, i - 1)->form, rooms, EFTI_COUNT(rooms));
}

/* ---------------------------------------------------------------- one word as a name */

/* "jobbar på Plåtteknik", "chefen på Solsidan", "praktik hos Kinabambu": a capital where
 * one works, lives or is placed names the house, be the word as common as it will. */
bool
efti_veil_at_work(const struct efti_veil *v, size_t i)
{
    static const char *const acts[] = {
        "jobbar",       "jobbade",       "jobbat",
        "jobba",        "arbetar",       "arbetade",
        "arbetat",      "började",       "börjar",
        "börjat",       "slutade",       "slutar",
        "bor",          "bodde",         "bott",
        "placerad",     "placerades",    "inskriven",
        "vikarierar",   "vikarierade",   "praktik",
        "praktiserar",  "praktiserade",  "vikariat",
        "timvikarie",   "natt",          "nattpass",
        "anställd",     "chefen",        "chef",
        "enhetschefen", "enhetschef",    "rektorn",
        "rektor",       "kuratorn",      "kurator",
        "personalen",   "kollegan",      "kollegor",
        "kollegorna",   "studiebesök",   "studiebesöket",
        "konsulenten",  "läraren",       "pedagogerna",
        "tränar",       "flyttade",      "flyttades",
        "hemtjänsten",  "föreståndaren", "verksamhetschefen",
        "sköterskan",   "extrajobb",     "jobb",
        "tjänst",       "behandlingen",  "insatsen",
        "avgiftning",   "pass",          "jour",
        "husrådet",     "brukarrådet",   "boenderådet",
        "husmötet",     "brukarmötet",   "husmöte",
        "brukarmöte",   "föräldramötet", "föräldramöte",
        "vakansen",     "inskrivningen", "hospiteringen"};

    static const char *const lives[] = {"bor",     "bodde",   "jobbar",
                                        "jobbade", "arbetar", "arbetade"};
    static const char *const bosses[] = {"chefen",     "enhetschefen", "chef",
                                         "enhetschef", "rektorn",      "föreståndaren",
                                         "rektor"};
    static const char *const of[] = {"för"};

    if (i > 1 && efti_veil_follows(v, i) && efti_veil_is_one_of(v, i - 1, of, 1) &&
        efti_veil_follows(v, i - 1) && org_is_definite(org_word(v, i)) &&
        efti_veil_is_one_of(v, i - 2, bosses, EFTI_COUNT(bosses)))
        return true; /* chefen för Hjulet */
    if (i < 2 || !efti_veil_after_at(v, i) || !efti_veil_follows(v, i - 1))
        return false;
    return efti_veil_is_one_of(v, i - 2, acts, EFTI_COUNT(acts)) ||
           efti_veil_is_one_of(v, efti_veil_before_subject(v, i - 2), lives,
                               EFTI_COUNT(lives)); /* nu bor hon på Solsidan */
}

/* Klockargården, Prästgården: a yard that is not every place's. */
static bool
is_yard(const struct efti_form *f)
{
    static const struct word_end yard[] = {WORD_END("gården")};
    static const char *const common[] = {"fritids", "bond",     "skol",        "förskole",
                                         "kyrko",   "herr",     "begravnings", "bak",
                                         "inner",   "lek",      "församlings", "hembygds",
                                         "rid",     "ungdoms",  "stadsdels",   "framfart",
                                         "bygde",   "semester", "kurs",        "kollo"};

    if (f->code_points < 9 || !org_ends_in(f, yard, 1))
        return false;
    return !efti_is_among(f->folded, f->folded_size - yard[0].size, common,
                          EFTI_COUNT(common));
}

/* "Men Pelaren säger nej", "På Havre finns en soffa": who says something with a capital
 * in mid-sentence, and where something is. */
static bool
is_acting_house(const struct efti_veil *v, size_t i)
{
    static const char *const there[] = {"finns",   "fanns",    "jobbar", "jobbade",
                                        "arbetar", "bor",      "bodde",  "sover",
                                        "trivs",   "serveras", "brukar"};
    const struct veil_word *w = org_word(v, i);

    if ((w->bits & VEIL_HEAD) != 0 || w->form->code_points < 5 ||
        !efti_veil_follows(v, i + 1))
        return false;
    if (efti_veil_after_at(v, i)
            ? !efti_veil_is_one_of(v, i + 1, there, EFTI_COUNT(there))
            : (w[1].bits & VEIL_AFTER_STRONG) == 0 || !org_is_definite(w))
        return false;
    return memchr(w->form->raw, '-', w->form->raw_size) == NULL && /* A-kassan */
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind);
}

/* "på Kapellet (vår mötesvilla)": token `i` tells whose it is. */
static bool
is_ours_by_bracket(const struct efti_veil *v, size_t i)
{
    static const char *const whose[] = {"vår", "vårt", "våran", "deras", "ett", "en"};

    return i < v->words.count && org_word(v, i)->glue == VEIL_GLUE_MARK &&
           v->text.bytes[v->segments->tokens.items[i].start - 1] == '(' &&
           efti_veil_is_one_of(v, i, whose, EFTI_COUNT(whose));
}

/* "folk på Rofylld.", "Skriver från Råg,": an ordinary word with a capital behind på and
 * från, and the clause ends there. */
static bool
ends_clause_at(const struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"från", "hos"}, *const on[] = {"på"};
    static const char *const who[] = {
        "folk",       "alla",     "vi",       "oss",      "personalen", "natten",
        "dom",        "de",       "kvar",     "läget",    "barnen",     "gänget",
        "kollegorna", "personal", "brukarna", "eleverna", "ungdomarna", "hyresgästerna"};
    const struct veil_word *w = org_word(v, i);

    return ((w->bits & VEIL_HEAD) == 0 || is_ours_by_bracket(v, i + 1)) &&
           w->form->code_points >= 4 && efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           !efti_veil_follows(v, i + 1) &&
           memchr(w->form->raw, '-', w->form->raw_size) == NULL &&
           (is_ours_by_bracket(v, i + 1) ||
            efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) ||
            (efti_veil_is_one_of(v, i - 1, on, EFTI_COUNT(on)) && i > 1 &&
             efti_veil_follows(v, i - 1) &&
             efti_veil_is_one_of(v, i - 2, who, EFTI_COUNT(who))));
}

/* Silverfjärilen, Nyponbusken: things that small children's houses are called by. */
static bool
ends_as_house(const struct efti_form *f)
{
    static const struct word_end ends[] = {
        WORD_END("fjärilen"),   WORD_END("busken"),   WORD_END("gräset"),
        WORD_END("skalbaggen"), WORD_END("svampen"),  WORD_END("sången"),
        WORD_END("lampan"),     WORD_END("stolen"),   WORD_END("soffan"),
        WORD_END("karusellen"), WORD_END("färjan"),   WORD_END("dansen"),
        WORD_END("valsen"),     WORD_END("marschen"), WORD_END("kakan"),
        WORD_END("tårtan"),     WORD_END("grytan"),   WORD_END("tomaten"),
        WORD_END("nyckeln"),    WORD_END("cirkeln"),  WORD_END("pusslet"),
        WORD_END("mössan"),     WORD_END("tröjan"),   WORD_END("strumpan"),
        WORD_END("tavlan"),     WORD_END("väskan"),   WORD_END("finten")};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* "Vi på Pausen är fyra": a meal or break with a capital, and who works there. */
static bool
is_ours(const struct efti_veil *v, size_t i)
{
    static const char *const on[] = {"på"};
    static const char *const who[] = {"vi", "oss", "ni", "personalen", "kollegorna"};
    static const char *const meals[] = {"pausen", "rasten", "lunchen", "frukosten",
                                        "fikat"};

    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_is_one_of(v, i, meals, EFTI_COUNT(meals)) &&
           efti_veil_is_one_of(v, i - 1, on, EFTI_COUNT(on)) &&
           efti_veil_is_one_of(v, i - 2, who, EFTI_COUNT(who));
}

/* "på Hermelinens lärcenter", "till Lundagårdens stämma": a house's name in the genitive,
 * be it an ordinary noun, in mid-sentence where one is or goes. */
static bool
is_whose_house(const struct efti_veil *v, size_t i)
{
    static const struct word_end ends[] = {WORD_END("ens"), WORD_END("ans"),
                                           WORD_END("ets")};
    static const struct word_end states[] = {
        WORD_END("bankens"),   WORD_END("maktens"), WORD_END("revisionens"),
        WORD_END("polisens"),  WORD_END("svarets"), WORD_END("konungens"),
        WORD_END("kungens"),   WORD_END("tågets"),  WORD_END("rikets"),
        WORD_END("väsendets"), WORD_END("fogdens"), WORD_END("folkets"),
        WORD_END("världens"),  WORD_END("livets")};
    const struct veil_word *w = org_word(v, i);
    struct efti_form bare = *w->form;

    if (w->form->code_points < 7 || (w->bits & VEIL_HEAD) != 0 ||
        (w->form->lists &
         (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0 ||
        !org_ends_in(w->form, ends, EFTI_COUNT(ends)) ||
        org_ends_in(w->form, states, EFTI_COUNT(states)) ||
        !efti_veil_follows(v, i + 1) || (org_word(v, i + 1)->bits & VEIL_CAPITAL) != 0)
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare) &&
           !efti_lists_thing_end(v->lists, bare.folded, bare.folded_size);
}

/* "i Bulltofsens matsal", "Kullbackens aula": a room or body that houses have, and whose.
 */
static bool
is_in_house(const struct efti_veil *v, size_t i)
{
    static const char *const rooms[] = {
        "matsal",     "aula",        "gympasal",  "gymnastiksal", "skolgård",
        "expedition", "personalrum", "fritids",   "elevråd",      "föräldraråd",
        "husmöte",    "årsmöte",     "reception", "entré",        "samlingssal",
        "slöjdsal",   "parkering",   "korridor",  "rektor",       "anhörigråd",
        "brukarråd",  "gårdsplan"};
    const struct veil_word *w = org_word(v, i);
    struct efti_form bare = *w->form;

    if (!efti_veil_follows(v, i + 1) || w->form->code_points < 6 ||
        w->form->folded[w->form->folded_size - 1] != 's' ||
        (w->form->lists &
         (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0 ||
        !efti_veil_is_one_of(v, i + 1, rooms, EFTI_COUNT(rooms)))
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare);
}

/* "Kåken kallades den", "stället hette Källaren", "bytte namn till Havet": a word with a
 * capital that something, nobody, is called. */
static bool
is_called_so(const struct efti_veil *v, size_t i)
{
    static const char *const calls[] = {"kallas", "kallades", "kallade",
                                        "kallar", "hette",    "heter"};
    static const char *const what[] = {"den", "det", "vi", "dom", "de", "alla", "man"};
    static const char *const places[] = {
        "stället",    "huset",   "lokalen",     "hemmet",       "gården", "villan",
        "lägenheten", "kåken",   "stugan",      "verksamheten", "caféet", "klubben",
        "skolan",     "gruppen", "avdelningen", "mötesplatsen"};
    static const char *const name[] = {"namn", "namnet"}, *const to[] = {"till"};

    if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
        efti_veil_is_one_of(v, i + 1, calls, EFTI_COUNT(calls)) &&
        efti_veil_is_one_of(v, i + 2, what, EFTI_COUNT(what)))
        return true;
    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1))
        return false;
    return (efti_veil_is_one_of(v, i - 1, calls, EFTI_COUNT(calls)) &&
            efti_veil_is_one_of(v, i - 2, places, EFTI_COUNT(places))) ||
           (efti_veil_is_one_of(v, i - 1, to, EFTI_COUNT(to)) &&
            efti_veil_is_one_of(v, i - 2, name, EFTI_COUNT(name)) &&
            org_is_definite(org_word(v, i)) &&
            !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind));
}

/* "på Bryggan", "va Bojen har för tider": a word that workplaces are called,
 * with a capital; behind på and hos any compound in the definite form that
 * is nothing generic. */
void
efti_veil_org_called(struct efti_veil *v, size_t i)
{
    static const char *const how[] = {"öppen", "sluten",  "egen",   "liten",  "vuxen",
                                      "mogen", "tvungen", "rutten", "ledsen", "nyfiken"};
    const struct veil_word *w = org_word(v, i);

    if (is_room(v, i) || efti_veil_is_heard(v, i) || /* på Öppen scen */
        (efti_veil_follows(v, i + 1) && efti_veil_is_one_of(v, i, how, EFTI_COUNT(how)) &&
         (w[1].bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) ==
             VEIL_WORD &&
         w[1].form != NULL && (w[1].form->lists & EFTI_LIST_FUNCTION) == 0))
        return;
    if (efti_veil_is_called(v, w->form) || is_acting_house(v, i) ||
        (is_yard(w->form) && efti_veil_after_at(v, i)) || is_ours(v, i) ||
        is_called_so(v, i) || is_in_house(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (!efti_veil_after_at(v, i) && !efti_veil_at_work(v, i))
        return;
    else if (is_whose_house(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (ends_clause_at(v, i) &&
             (is_ours_by_bracket(v, i + 1) ||
              !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points >= 5 && (w->bits & VEIL_HEAD) == 0 &&
             org_is_definite(w) &&
             !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind) &&
             (ends_as_house(w->form) ||
              !efti_lists_thing_end(v->lists, w->form->folded, w->form->folded_size)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points > 2 && (w->bits & VEIL_HEAD) == 0 &&
             (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD)) ==
                 0 &&
             efti_veil_at_work(v, i) && !is_generic(w->form))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}
