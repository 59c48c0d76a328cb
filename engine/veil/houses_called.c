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
    static const struct org_end ends[] = {
        ORG_END("enheten"),       ORG_END("gruppen"),       ORG_END("kontoret"),
        ORG_END("förvaltningen"), ORG_END("mottagningen"),  ORG_END("nämnden"),
        ORG_END("byrån"),         ORG_END("centralen"),     ORG_END("kliniken"),
        ORG_END("avdelningen"),   ORG_END("skolan"),        ORG_END("vården"),
        ORG_END("tjänsten"),      ORG_END("verksamheten"),  ORG_END("träffen"),
        ORG_END("mötet"),         ORG_END("dagen"),         ORG_END("aftonen"),
        ORG_END("helgen"),        ORG_END("programmet"),    ORG_END("jouren"),
        ORG_END("centret"),       ORG_END("linjen"),        ORG_END("utbildningen"),
        ORG_END("kursen"),        ORG_END("plattformen"),   ORG_END("portalen"),
        ORG_END("appen"),         ORG_END("systemet"),      ORG_END("sidan"),
        ORG_END("gymnasiet"),     ORG_END("universitetet"), ORG_END("akuten"),
        ORG_END("biblioteket"),   ORG_END("teamet"),        ORG_END("ledningen"),
        ORG_END("styrelsen"),     ORG_END("utskottet"),     ORG_END("rådet"),
        ORG_END("planen"),        ORG_END("grunden"),       ORG_END("modellen"),
        ORG_END("metoden"),       ORG_END("insatsen"),      ORG_END("processen"),
        ORG_END("arbetet"),       ORG_END("samtalet"),      ORG_END("stödet"),
        ORG_END("boendet"),       ORG_END("hemmet"),        ORG_END("huset"),
        ORG_END("rummet"),        ORG_END("tiden"),         ORG_END("veckan"),
        ORG_END("kanalen"),       ORG_END("ordningen"),     ORG_END("myndigheten"),
        ORG_END("verket"),        ORG_END("rätten"),        ORG_END("staten"),
        ORG_END("kommunen"),      ORG_END("regionen"),      ORG_END("landet"),
        ORG_END("sektionen"),     ORG_END("hälsan"),        ORG_END("pedagogiken"),
        ORG_END("ministern"),     ORG_END("lagen"),         ORG_END("balken"),
        ORG_END("utredningen"),   ORG_END("handledningen"), ORG_END("chefen"),
        ORG_END("ledaren"),       ORG_END("läraren"),       ORG_END("personalen")};

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
        "plattan",        "balkan",          "mellanöstern",   "västen",
        "norden",         "baltikum",        "levanten",       "skolan",
        "kommunen",       "regionen",        "landstinget",    "vården",
        "omsorgen",       "socialen",        "migrationen",    "kriminalvården",
        "tullen",         "apoteket",        "sociala",        "radion",
        "tv:n",           "pressen",         "metron",         "tunnelbanan",
        "friskvården",    "kyrkan",          "moderaterna",    "centern",
        "vänstern",       "högern",          "alliansen",      "oppositionen",
        "majoriteten",    "rättsstaten",     "välfärdsstaten", "folkhemmet",
        "unionen",        "europaunionen",   "telefonen",      "mobilen",
        "datorn",         "intranätet",      "chatten",        "loggen",
        "lunchen",        "rasten",          "pausen",         "semestern",
        "frukosten",      "fikat",           "schemat",        "julafton",
        "nyårsafton",     "midsommarafton",  "påskafton",      "valborg"};
    static const struct org_end ends[] = {
        ORG_END("departementet"),  ORG_END("inspektionen"), ORG_END("domstolen"),
        ORG_END("parlamentet"),    ORG_END("kansliet"),     ORG_END("beredningen"),
        ORG_END("organisationen"), ORG_END("delegationen"), ORG_END("kommissionen"),
        ORG_END("ombudsmannen"),   ORG_END("förordningen"), ORG_END("konventionen"),
        ORG_END("direktivet"),     ORG_END("avtalet"),      ORG_END("partiet"),
        ORG_END("fonden"),         ORG_END("institutet"),   ORG_END("akademien"),
        ORG_END("akademin"),       ORG_END("museet"),       ORG_END("vägen"),
        ORG_END("året"),           ORG_END("månaden"),      ORG_END("banan"),
        ORG_END("mässan"),         ORG_END("festivalen"),   ORG_END("loppet"),
        ORG_END("tidningen"),      ORG_END("bladet"),       ORG_END("loggen"),
        ORG_END("registret"),      ORG_END("journalen"),    ORG_END("kortet"),
        ORG_END("provet"),         ORG_END("testet"),       ORG_END("listan"),
        ORG_END("boken"),          ORG_END("spelet"),       ORG_END("pärmen"),
        ORG_END("mallen"),         ORG_END("enkäten"),      ORG_END("blanketten"),
        ORG_END("schemat"),        ORG_END("skalan"),       ORG_END("analysen"),
        ORG_END("cirkeln"),        ORG_END("hjulet"),       ORG_END("signalen")};

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
    static const struct org_end rooms[] = {ORG_END("rum"),     ORG_END("rummet"),
                                           ORG_END("sal"),     ORG_END("salen"),
                                           ORG_END("lokalen"), ORG_END("lokal")};

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

    static const char *const bosses[] = {"chefen",     "enhetschefen", "chef",
                                         "enhetschef", "rektorn",      "föreståndaren",
                                         "rektor"};
    static const char *const of[] = {"för"};

    if (i > 1 && efti_veil_follows(v, i) && efti_veil_is_one_of(v, i - 1, of, 1) &&
        efti_veil_follows(v, i - 1) && org_is_definite(org_word(v, i)) &&
        efti_veil_is_one_of(v, i - 2, bosses, EFTI_COUNT(bosses)))
        return true; /* chefen för Hjulet */
    return i > 1 && efti_veil_after_at(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_is_one_of(v, i - 2, acts, EFTI_COUNT(acts));
}

/* Klockargården, Prästgården: a yard that is not every place's. */
static bool
is_yard(const struct efti_form *f)
{
    static const struct org_end yard[] = {ORG_END("gården")};
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
    static const struct org_end ends[] = {
        ORG_END("fjärilen"),   ORG_END("busken"),   ORG_END("gräset"),
        ORG_END("skalbaggen"), ORG_END("svampen"),  ORG_END("sången"),
        ORG_END("lampan"),     ORG_END("stolen"),   ORG_END("soffan"),
        ORG_END("karusellen"), ORG_END("färjan"),   ORG_END("dansen"),
        ORG_END("valsen"),     ORG_END("marschen"), ORG_END("kakan"),
        ORG_END("tårtan"),     ORG_END("grytan"),   ORG_END("tomaten"),
        ORG_END("nyckeln"),    ORG_END("cirkeln"),  ORG_END("pusslet"),
        ORG_END("mössan"),     ORG_END("tröjan"),   ORG_END("strumpan"),
        ORG_END("tavlan"),     ORG_END("väskan"),   ORG_END("finten")};

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

/* "på Bryggan", "va Bojen har för tider": a word that workplaces are called, with a
 * capital; behind på and hos any compound in the definite form that is nothing generic.
 */
void
efti_veil_org_called(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (is_room(v, i))
        return;
    if (efti_veil_is_called(v, w->form) || is_acting_house(v, i) ||
        (is_yard(w->form) && efti_veil_after_at(v, i)) || is_ours(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (!efti_veil_after_at(v, i) && !efti_veil_at_work(v, i))
        return;
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
