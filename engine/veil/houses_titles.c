/*
 * houses_titles.c - workplaces of several words that only a name explains together
 *
 *   Västra skolan, Norra IFO              a quarter of the sky
 *   Hemtjänst City, Team Familj Norr      a part of the town behind capitals
 *   Blå huset, "till gula villan"         a colour
 *   Glada Tassen, Utredning Ung 1         two capitals in mid-sentence
 *   från Råg till Vete                    two houses
 *   Återbruket i Sala                     where it is
 */
#include "veil/orgs.h"

static const char *const quarters[] = {"västra", "östra", "norra",    "södra", "gamla",
                                       "nya",    "lilla", "stora",    "övre",  "nedre",
                                       "inre",   "yttre", "mellersta"};
static const char *const colours[] = {"röda", "gröna", "blå",    "blåa",  "gula", "lila",
                                      "vita", "rosa",  "svarta", "bruna", "grå"};
static const char *const town_parts[] = {
    "norr", "syd",     "söder",    "öst",     "öster",  "väst",    "väster",
    "city", "nord",    "centrum",  "norra",   "södra",  "östra",   "västra",
    "mitt", "nordost", "nordväst", "nordöst", "sydost", "sydväst", "sydöst"};

bool
efti_veil_is_title_word(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, quarters, EFTI_COUNT(quarters)) ||
           efti_is_among(f->folded, f->folded_size, colours, EFTI_COUNT(colours)) ||
           efti_is_among(f->folded, f->folded_size, town_parts, EFTI_COUNT(town_parts));
}

/* Västra skolan, Norra kyrkan: a quarter of the sky and a house. */
void
efti_veil_org_quarter(struct efti_veil *v, size_t i)
{
    static const struct word_end houses[] = {
        WORD_END("skolan"),    WORD_END("förskolan"),    WORD_END("kyrkan"),
        WORD_END("stationen"), WORD_END("gymnasiet"),    WORD_END("enheten"),
        WORD_END("teamet"),    WORD_END("gruppen"),      WORD_END("distriktet"),
        WORD_END("boendet"),   WORD_END("församlingen"), WORD_END("gården"),
        WORD_END("området"),   WORD_END("hemtjänsten"),  WORD_END("sjukhuset"),
        WORD_END("skola"),     WORD_END("station"),      WORD_END("torget")};

    if (efti_veil_follows(v, i + 1) &&
        efti_veil_is_one_of(v, i, quarters, EFTI_COUNT(quarters)) &&
        org_ends_in(org_word(v, i + 1)->form != NULL ? org_word(v, i + 1)->form
                                                     : org_word(v, i)->form,
                    houses, EFTI_COUNT(houses)))
        mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
}

/* "till gula villan": no article stands there, as it would before any yellow house. */
static bool
is_bare_before(const struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"i", "på", "till", "från", "hos", "vid"};

    return i > 0 && efti_veil_follows(v, i) &&
           efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at));
}

/* Blå huset, Gula villan, "gröna gruppen": a colour and a house or group. */
bool
efti_veil_coloured(struct efti_veil *v, size_t i)
{
    static const char *const houses[] = {"huset",  "villan",    "stugan",      "gården",
                                         "hemmet", "flygeln",   "paviljongen", "längan",
                                         "skolan", "förskolan", "boendet"};
    static const char *const groups[] = {"gruppen", "avdelningen", "teamet",
                                         "arbetslaget"};

    if (!efti_veil_follows(v, i + 1) ||
        !efti_veil_is_one_of(v, i, colours, EFTI_COUNT(colours)))
        return false;
    bool house =
        (((org_word(v, i)->bits & VEIL_CAPITAL) != 0 && efti_veil_is_mid(v, i)) ||
         is_bare_before(v, i)) &&
        efti_veil_is_one_of(v, i + 1, houses, EFTI_COUNT(houses));
    if (!house && !efti_veil_is_one_of(v, i + 1, groups, EFTI_COUNT(groups)))
        return false;
    mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Norra IFO, Västra BUP: a quarter of the sky and a service by its letters. */
bool
efti_veil_org_side(struct efti_veil *v, size_t i)
{
    static const char *const sides[] = {"västra", "östra", "norra",
                                        "södra",  "inre",  "yttre"};

    if (!efti_veil_follows(v, i + 1) ||
        !efti_veil_is_one_of(v, i, sides, EFTI_COUNT(sides)) ||
        (org_word(v, i + 1)->bits & VEIL_UPPER) == 0 ||
        org_word(v, i + 1)->form == NULL || org_word(v, i + 1)->form->code_points > 5)
        return false;
    mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Hemtjänst City, Team Familj Norr: a part of the town behind capitals. */
bool
efti_veil_org_direction(struct efti_veil *v, size_t i)
{
    size_t first = i;

    if (!efti_veil_is_one_of(v, i, town_parts, EFTI_COUNT(town_parts)))
        return false;
    while (first > 0 && i - first < 3 && efti_veil_follows(v, first) &&
           org_word(v, first - 1)->form != NULL &&
           (org_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
           (org_word(v, first - 1)->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           org_word(v, first - 1)->form->code_points > 1 &&
           (efti_veil_is_mid(v, first - 1) || /* "Ringde Norra" is a verb */
            (org_word(v, first - 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0))
        first--;
    /* handläggargrupp Syd 2: a unit in small letters */
    if (first == i && i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & (VEIL_HEAD | VEIL_CAPITAL)) == VEIL_HEAD &&
        org_word(v, i - 1)->form != NULL &&
        (org_word(v, i - 1)->form->lists & EFTI_LIST_ORG_NAME) == 0)
        first = i - 1;
    bool turned = first == i && i > 0 && efti_veil_follows(v, i) && /* Ringde Norra */
                  efti_veil_is_mid(v, i) &&
                  (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
                  (org_word(v, i - 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0;
    if ((first == i && !turned) || /* Mikael Öst */
        (org_word(v, i - 1)->bits & VEIL_GIVEN) != 0)
        return false;
    mark_org(v, first, efti_veil_is_which(v, i + 1) ? i + 1 : i, VEIL_RULE_ORG_TITLE);
    return true;
}

/* ------------------------------------------------------------ two capitals together */

/* Mottag Barn, Utredning Ungdom: for whom a unit is. */
static bool
is_of_whom(const struct efti_veil *v, size_t i)
{
    static const char *const whom[] = {"barn",  "unga",  "ungdom", "ungdomar", "vuxna",
                                       "vuxen", "äldre", "familj", "anhöriga"};

    return org_word(v, i)->form != NULL && efti_veil_is_mid(v, i) &&
           (org_word(v, i)->bits & VEIL_UPPER) == 0 &&
           efti_veil_is_one_of(v, i, whom, EFTI_COUNT(whom));
}

static const char *const degrees[] = {
    "kandidat", "master", "magister", "examen", "kurs",      "doktor", "betyg",
    "prov",     "lektor", "diplom",   "kursen", "licentiat", "höst",   "vår",
    "sommar",   "vinter", "start",    "natt",   "dag",       "morgon"};

/* "från Råg till Vete": two houses, unless they are what every place has. */
static bool
from_one_to_another(const struct efti_veil *v, size_t i)
{
    static const char *const to[] = {"till"};
    static const char *const ways[] = {"vägen",   "steget", "resan",    "går",
                                       "gå",      "gick",   "pilen",    "pilar",
                                       "pilarna", "cykeln", "processen"};

    if (i > 1 && efti_veil_is_one_of(v, i - 2, ways, EFTI_COUNT(ways)))
        return false; /* det går från Studera till Planera */
    if (!efti_veil_is(v, i + 1, VEIL_CLASS_IN) || !efti_veil_follows(v, i + 1) ||
        !efti_veil_follows(v, i + 2) || !efti_veil_is_one_of(v, i + 1, to, 1) ||
        !efti_veil_plain_capital(v, i + 2))
        return false;
    for (size_t k = i; k <= i + 2; k += 2)
        if ((org_word(v, k)->bits & VEIL_HEAD) != 0 || org_named(v, k) ||
            efti_veil_class(org_word(v, k)->bits) != VEIL_CLASS_NONE ||
            (org_word(v, k)->form->lists & (EFTI_LIST_FIELD | EFTI_LIST_FUNCTION)) != 0 ||
            efti_veil_is_one_of(v, k, degrees, EFTI_COUNT(degrees)) ||
            efti_veil_is_clinic(org_word(v, k)->form) ||
            efti_veil_ask(v, k, VEIL_ASK_COMMON, efti_veil_is_common_kind))
            return false;
    return true;
}

/* Glada Tassen, Arbetscentrum Kvarnen, Linjen i Väst: two capitals in mid-sentence that
 * only a name explains, ordinary as the words are. */
bool
efti_veil_org_title(struct efti_veil *v, size_t i)
{
    static const char *const ways[] = {"till", "från", "ifrån"}; /* A till B: two */
    size_t last = i;

    if (i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
        !(efti_veil_is(v, i - 1, VEIL_CLASS_IN) && !efti_veil_is_mid(v, i - 1)))
        return false; /* but "På Mottagning Ekonomi" */
    if (efti_veil_follows(v, i + 1) &&
        (efti_veil_plain_capital(v, i + 1) || is_of_whom(v, i + 1)))
        last = i + 1;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
             !efti_veil_is_one_of(v, i + 1, ways, EFTI_COUNT(ways)) &&
             efti_veil_follows(v, i + 2) && efti_veil_plain_capital(v, i + 2) &&
             !org_named(v, i + 2))
        last = i + 2;
    if (last == i && from_one_to_another(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
        mark_org(v, i + 2, i + 2, VEIL_RULE_ORG_CALLED);
        return true;
    }
    if (last > i && efti_veil_is_one_of(v, i, degrees, EFTI_COUNT(degrees)))
        return false; /* Master i Ledarskap */
    if (last > i) {   /* Utredning Ung 1, IFO Vux i Tibro */
        if (efti_veil_is_which(v, last + 1))
            last++;
        else if (efti_veil_follows(v, last + 1) &&
                 efti_veil_is(v, last + 1, VEIL_CLASS_IN) &&
                 efti_veil_follows(v, last + 2) && org_named(v, last + 2) &&
                 org_word(v, last + 2)->category == EFTI_PLACE)
            last += 2;
        mark_org(v, i, last, VEIL_RULE_ORG_TITLE);
    }
    return last > i;
}

/* "tillhör Återbruket i Sala": a capital in mid-sentence and where it is. */
bool
efti_veil_org_in_place(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || !org_is_definite(org_word(v, i)))
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_TITLE);
    return true;
}
