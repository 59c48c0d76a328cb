/*
 * houses.c - workplaces that are told by a house, a part of the town, or a capital alone
 *
 *   Kullens ridskola, Lyckebo äldreboende    a name before a house
 *   Västra skolan, Hemtjänst City            a quarter of the sky, a part of the town
 *   Glada Tassen, Återbruket i Sala          capitals in mid-sentence
 *   på Bryggan, hos Aftonstjärnan            an ordinary word with a capital where one
 *                                            works or lives
 *
 * What every place has (på Vuxenenheten, i Ledningsgruppen) stays: capitals there are
 * habit.
 */
#include "veil/orgs.h"

/* ------------------------------------------------------------ a name before a house */

/* skola, gymnasium, konditori: houses and shops in the form that stands behind a
 * genitive, and compounds of them. */
static bool
is_house(const struct efti_form *f)
{
    static const struct org_end houses[] = {
        ORG_END("skola"),        ORG_END("gymnasium"),  ORG_END("vårdcentral"),
        ORG_END("hälsocentral"), ORG_END("församling"), ORG_END("förening"),
        ORG_END("boende"),       ORG_END("trädgård"),   ORG_END("konsulentstöd"),
        ORG_END("kyrka"),        ORG_END("hem"),        ORG_END("mottagning"),
        ORG_END("klubb"),        ORG_END("bibliotek"),  ORG_END("konditori"),
        ORG_END("bageri"),       ORG_END("livs"),       ORG_END("åkeri"),
        ORG_END("kiosk"),        ORG_END("grill"),      ORG_END("restaurang"),
        ORG_END("pizzeria"),     ORG_END("salong"),     ORG_END("handel"),
        ORG_END("krog"),         ORG_END("café"),       ORG_END("hotell"),
        ORG_END("camping"),      ORG_END("tandvård"),   ORG_END("familjecentral"),
        ORG_END("apotek"),       ORG_END("verkstad"),   ORG_END("fritidsgård"),
        ORG_END("sjukhus"),      ORG_END("lasarett"),   ORG_END("måleri"),
        ORG_END("städ"),         ORG_END("snickeri"),   ORG_END("bostad"),
        ORG_END("byrå"),         ORG_END("assistans"),  ORG_END("omsorg"),
        ORG_END("hemtjänst"),    ORG_END("stiftelse"),  ORG_END("moské"),
        ORG_END("stall"),        ORG_END("herrgård"),   ORG_END("kapell"),
        ORG_END("förlag"),       ORG_END("frisör"),     ORG_END("bygg"),
        ORG_END("taxi"),         ORG_END("gatukök"),    ORG_END("kök"),
        ORG_END("museum"),       ORG_END("kulturhus"),  ORG_END("badhus"),
        ORG_END("simhall"),      ORG_END("ishall"),     ORG_END("sporthall"),
        ORG_END("servicehus"),   ORG_END("service"),    ORG_END("konsult"),
        ORG_END("vård"),         ORG_END("behandling"), ORG_END("utbildning"),
        ORG_END("omvårdnad"),    ORG_END("stöd"),       ORG_END("fritids"),
        ORG_END("dagis"),        ORG_END("scoutkår"),   ORG_END("fastigheter"),
        ORG_END("bostäder"),     ORG_END("pastorat"),   ORG_END("kår"),
        ORG_END("enhet"),        ORG_END("barnhem"),    ORG_END("avdelning"),
        ORG_END("fsk")};

    return f != NULL && f->kind == EFTI_WORD && (f->lists & EFTI_LIST_FUNCTION) == 0 &&
           org_ends_in(f, houses, EFTI_COUNT(houses));
}

/* Those whose name stands before them without a genitive too: Lyckebo äldreboende. */
static bool
is_home(const struct efti_form *f)
{
    static const struct org_end homes[] = {
        ORG_END("äldreboende"), ORG_END("gruppboende"),    ORG_END("demensboende"),
        ORG_END("boende"),      ORG_END("servicehus"),     ORG_END("förskola"),
        ORG_END("skola"),       ORG_END("vårdcentral"),    ORG_END("hälsocentral"),
        ORG_END("gymnasium"),   ORG_END("kyrka"),          ORG_END("församling"),
        ORG_END("hemtjänst"),   ORG_END("familjecentral"), ORG_END("folkhögskola"),
        ORG_END("sjukhus"),     ORG_END("lasarett"),       ORG_END("behandlingshem"),
        ORG_END("vårdhem"),     ORG_END("friskola"),       ORG_END("gruppbostad"),
        ORG_END("stödboende"),  ORG_END("fritidsgård"),    ORG_END("särskola"),
        ORG_END("barnhem"),     ORG_END("fritids"),        ORG_END("fsk")};
    static const char *const short_form[] = {"vc", "hvb", "bvc"};

    for (size_t k = 0; k < EFTI_COUNT(short_form); k++)
        if (efti_equal(f->folded, f->folded_size, short_form[k], strlen(short_form[k])))
            return true;

    return org_ends_in(f, homes, EFTI_COUNT(homes));
}

static bool
in_genitive(const struct efti_form *f)
{
    char c = f->folded[f->folded_size - 1];

    return c == 's' || c == 'x' || c == 'z';
}

/* On the list of what workplaces are called, in the genitive too. */
static bool
is_called(const struct efti_veil *v, const struct efti_form *f)
{
    return (f->lists & EFTI_LIST_ORG_NAME) != 0 ||
           (f->folded_size > 4 && f->folded[f->folded_size - 1] == 's' &&
            (efti_lists_word(v->lists, f->folded, f->folded_size - 1) &
             EFTI_LIST_ORG_NAME) != 0);
}

/* föreningen: that of a people, by what stands before it. */
static bool
is_peoples_club(const struct efti_form *f)
{
    static const struct org_end ends[] = {ORG_END("föreningen"), ORG_END("församlingen"),
                                          ORG_END("förbundet"),  ORG_END("kyrkan"),
                                          ORG_END("moskén"),     ORG_END("klubben"),
                                          ORG_END("skolan"),     ORG_END("gymnasiet")};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* Can it be the house in any of the ways below? */
static bool
is_any_house(const struct efti_form *f)
{
    return is_house(f) || is_home(f) || is_peoples_club(f);
}

/* Somaliska föreningen, Irakiska kulturföreningen: whose club it is. */
static bool
org_of_people(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;
    static const char *const authorities[] = {"svenska",   "europeiska", "nationella",
                                              "kommunala", "sociala",    "regionala",
                                              "nordiska"};

    if (f == NULL || !efti_veil_follows(v, i + 1) || f->code_points < 6 ||
        (org_word(v, i)->bits & (VEIL_CAPITAL | VEIL_UPPER)) != VEIL_CAPITAL ||
        (memcmp(f->folded + f->folded_size - 4, "iska", 4) != 0 &&
         (memcmp(f->folded + f->folded_size - 3, "ska", 3) != 0 ||
          (org_word(v, i)->bits & VEIL_KEEP) == 0)) ||
        efti_veil_is_one_of(v, i, authorities, EFTI_COUNT(authorities)) ||
        org_word(v, i + 1)->form == NULL || !is_peoples_club(org_word(v, i + 1)->form))
        return false;
    bool somewhere = efti_veil_follows(v, i + 3) && /* Finska klubben i Surahammar */
                     efti_veil_is(v, i + 2, VEIL_CLASS_IN) && org_named(v, i + 3) &&
                     org_word(v, i + 3)->category == EFTI_PLACE;
    mark_org(v, i, somewhere ? i + 3 : i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Strandgläntans särskilda boende: an adjective between the name and its house. */
static bool
special_house(struct efti_veil *v, size_t i)
{
    static const char *const special[] = {
        "särskilda", "nya",  "gamla",   "öppna",
        "kommunala", "fria", "sociala", "internationella"};
    const struct veil_word *w = i > 1 ? org_word(v, i - 2) : NULL;

    if (w == NULL || w->form == NULL || (w->bits & VEIL_CAPITAL) == 0 || org_kept(w) ||
        !in_genitive(w->form) || !org_named(v, i - 2) || !efti_veil_follows(v, i) ||
        !efti_veil_follows(v, i - 1) || !is_house(org_word(v, i)->form) ||
        !efti_veil_is_one_of(v, i - 1, special, EFTI_COUNT(special)) ||
        (w->bits & VEIL_GIVEN_1) != 0)
        return false;
    mark_org(v, i - 2, i, VEIL_RULE_ORG_HEAD);
    return true;
}

/* The same of token `i`, which is a house, behind a capital. */
static void
house_behind(struct efti_veil *v, size_t i)
{
    static const char *const saints[] = {"sankta", "sankt", "s:ta",   "s:t",   "norra",
                                         "södra",  "östra", "västra", "lilla", "stora"};
    const struct veil_word *before = org_word(v, i - 1);
    size_t first = i - 1;

    if (org_of_people(v, first) || special_house(v, i))
        return;
    if ((before->bits & VEIL_CAPITAL) == 0 || org_kept(before) ||
        org_word(v, i)->form == NULL || before->form->kind != EFTI_WORD ||
        before->form->code_points < 3 ||
        (v->casing == VEIL_CASING_HIGH && !is_called(v, before->form) &&
         before->form->shape == EFTI_SHAPE_NONE))
        return;
    /* Guldkant Hemservice: a capital of its own in mid-sentence speaks for the house */
    bool titled = (org_word(v, i)->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
                  efti_veil_is_mid(v, i);
    if (in_genitive(before->form) || titled ? !is_house(org_word(v, i)->form)
                                            : !is_home(org_word(v, i)->form))
        return;
    bool given =
        (before->bits & VEIL_GIVEN_1) != 0 && (org_word(v, i)->bits & VEIL_CAPITAL) == 0;
    if (given && first > 0 && efti_veil_follows(v, first) && /* Sankt Eriks skola */
        efti_veil_is_one_of(v, first - 1, saints, 4))
        given = false;
    if (given || (before->bits & VEIL_ROLE) != 0) /* Annas skola, Mammas kök */
        return;
    bool known =
        (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 && !is_called(v, before->form);
    if (!org_named(v, first) && known && !efti_veil_is_mid(v, first) && !titled &&
        before->form->shape == EFTI_SHAPE_NONE)
        return;
    if (titled && (before->form->lists & EFTI_LIST_FUNCTION) != 0)
        return;
    while (first > 0 && efti_veil_follows(v, first) &&
           (org_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
           efti_veil_is_one_of(v, first - 1, saints, EFTI_COUNT(saints)))
        first--;
    mark_org(v, first, i, VEIL_RULE_ORG_HEAD);
}

/* Kullens ridskola, Lyckebo äldreboende, Lindhs Trädgård: `i` is the house. */
void
efti_veil_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (i > 0 && (w[-1].bits & (VEIL_PLACE | VEIL_CAPITAL | VEIL_WORD)) == VEIL_PLACE &&
        efti_veil_follows(v, i) && w->form != NULL && w[-1].form != NULL &&
        (w->bits & VEIL_CAPITAL) == 0 && !org_named(v, i) && is_home(w->form)) {
        mark_org(v, i - 1, i, VEIL_RULE_ORG_HEAD); /* ekeby vårdcentral */
        return;
    }
    if (efti_veil_follows(v, i) &&
        ((w[-1].bits | (i > 1 ? w[-2].bits : 0)) & VEIL_CAPITAL) != 0 &&
        efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house))
        house_behind(v, i);
}

static const char *const quarters[] = {"västra", "östra", "norra",    "södra", "gamla",
                                       "nya",    "lilla", "stora",    "övre",  "nedre",
                                       "inre",   "yttre", "mellersta"};
static const char *const colours[] = {"röda", "gröna", "blå",    "blåa",  "gula", "lila",
                                      "vita", "rosa",  "svarta", "bruna", "grå"};
static const char *const town_parts[] = {"norr",  "syd",    "söder", "öst",    "öster",
                                         "väst",  "väster", "city",  "nord",   "centrum",
                                         "norra", "södra",  "östra", "västra", "mitt"};

static bool
is_title_word(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, quarters, EFTI_COUNT(quarters)) ||
           efti_is_among(f->folded, f->folded_size, colours, EFTI_COUNT(colours)) ||
           efti_is_among(f->folded, f->folded_size, town_parts, EFTI_COUNT(town_parts));
}

static bool is_common_kind(const struct efti_form *f);
static bool is_clinic(const struct efti_form *f);

/* Västra skolan, Norra kyrkan: a quarter of the sky and a house. */
static void
org_quarter(struct efti_veil *v, size_t i)
{
    static const struct org_end houses[] = {
        ORG_END("skolan"),    ORG_END("förskolan"),    ORG_END("kyrkan"),
        ORG_END("stationen"), ORG_END("gymnasiet"),    ORG_END("enheten"),
        ORG_END("teamet"),    ORG_END("gruppen"),      ORG_END("distriktet"),
        ORG_END("boendet"),   ORG_END("församlingen"), ORG_END("gården"),
        ORG_END("området"),   ORG_END("hemtjänsten"),  ORG_END("sjukhuset"),
        ORG_END("skola"),     ORG_END("station"),      ORG_END("torget")};

    if (efti_veil_follows(v, i + 1) &&
        efti_veil_is_one_of(v, i, quarters, EFTI_COUNT(quarters)) &&
        org_ends_in(org_word(v, i + 1)->form != NULL ? org_word(v, i + 1)->form
                                                     : org_word(v, i)->form,
                    houses, EFTI_COUNT(houses)))
        mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
}

/* ------------------------------------------------------------- titles, names alone */

static const char *const at_work[] = {"på", "hos", "från", "till", "vid"};

static bool
is_at(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, at_work, EFTI_COUNT(at_work));
}

/* Does one of the words stand before token `i` that one is at a place by? */
bool
efti_veil_after_at(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_ask(v, i - 1, VEIL_ASK_AT, is_at);
}

static bool
plain_capital(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count)
        return false;
    w = org_word(v, i);
    return !org_kept(w) && w->form->kind == EFTI_WORD && w->form->code_points > 1 &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) == VEIL_CAPITAL &&
           (v->segments->tokens.items[i].flags & EFTI_TOKEN_SUSPENDED) == 0 &&
           efti_veil_is_mid(v, i);
}

/* The number of one among several: small, and nothing is counted by it. */
static bool
is_which(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = efti_veil_follows(v, i) ? org_word(v, i)->form : NULL;

    if (f == NULL || f->folded_size > 2 || f->kind != EFTI_NUMBER)
        return false;
    if (efti_veil_follows(v, i + 1) && org_word(v, i + 1)->form == NULL)
        return (org_word(v, i + 1)->state & VEIL_STATE_TAG) == 0; /* it was a name */
    return !efti_veil_follows(v, i + 1) ||
           (org_word(v, i + 1)->form->lists & EFTI_LIST_FUNCTION) != 0 ||
           (org_word(v, i + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0;
}

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

    if (!efti_veil_is(v, i + 1, VEIL_CLASS_IN) || !efti_veil_follows(v, i + 1) ||
        !efti_veil_follows(v, i + 2) || !efti_veil_is_one_of(v, i + 1, to, 1) ||
        !plain_capital(v, i + 2))
        return false;
    for (size_t k = i; k <= i + 2; k += 2)
        if ((org_word(v, k)->bits & VEIL_HEAD) != 0 || org_named(v, k) ||
            efti_veil_class(org_word(v, k)->bits) != VEIL_CLASS_NONE ||
            (org_word(v, k)->form->lists & (EFTI_LIST_FIELD | EFTI_LIST_FUNCTION)) != 0 ||
            efti_veil_is_one_of(v, k, degrees, EFTI_COUNT(degrees)) ||
            is_clinic(org_word(v, k)->form) ||
            efti_veil_ask(v, k, VEIL_ASK_COMMON, is_common_kind))
            return false;
    return true;
}

/* Glada Tassen, Arbetscentrum Kvarnen, Linjen i Väst: two capitals in mid-sentence that
 * only a name explains, ordinary as the words are. */
static bool
org_title(struct efti_veil *v, size_t i)
{
    static const char *const ways[] = {"till", "från", "ifrån"}; /* A till B: two */
    size_t last = i;

    if (i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
        !(efti_veil_is(v, i - 1, VEIL_CLASS_IN) && !efti_veil_is_mid(v, i - 1)))
        return false; /* but "På Mottagning Ekonomi" */
    if (efti_veil_follows(v, i + 1) && (plain_capital(v, i + 1) || is_of_whom(v, i + 1)))
        last = i + 1;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
             !efti_veil_is_one_of(v, i + 1, ways, EFTI_COUNT(ways)) &&
             efti_veil_follows(v, i + 2) && plain_capital(v, i + 2) &&
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
        if (is_which(v, last + 1))
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
        "avgiftning",   "pass",          "jour"};

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
static bool
is_common_kind(const struct efti_form *f)
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
           !efti_veil_ask(v, i, VEIL_ASK_COMMON, is_common_kind);
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

    return (w->bits & VEIL_HEAD) == 0 && w->form->code_points >= 4 &&
           efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           !efti_veil_follows(v, i + 1) &&
           memchr(w->form->raw, '-', w->form->raw_size) == NULL &&
           (efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) ||
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
static void
org_called(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (is_room(v, i))
        return;
    if (is_called(v, w->form) || is_acting_house(v, i) ||
        (is_yard(w->form) && efti_veil_after_at(v, i)) || is_ours(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (!efti_veil_after_at(v, i) && !efti_veil_at_work(v, i))
        return;
    else if (ends_clause_at(v, i) &&
             !efti_veil_ask(v, i, VEIL_ASK_COMMON, is_common_kind))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points >= 5 && (w->bits & VEIL_HEAD) == 0 &&
             org_is_definite(w) &&
             !efti_veil_ask(v, i, VEIL_ASK_COMMON, is_common_kind) &&
             (ends_as_house(w->form) ||
              !efti_veil_ends_as_thing(w->form->folded, w->form->folded_size)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points > 2 && (w->bits & VEIL_HEAD) == 0 &&
             (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD)) ==
                 0 &&
             efti_veil_at_work(v, i) && !is_generic(w->form))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
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

/* "tillhör Återbruket i Sala": a capital in mid-sentence and where it is. */
static bool
org_in_place(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || !org_is_definite(org_word(v, i)))
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Norra IFO, Västra BUP: a quarter of the sky and a service by its letters. */
static bool
org_side(struct efti_veil *v, size_t i)
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
static bool
org_direction(struct efti_veil *v, size_t i)
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
    mark_org(v, first, is_which(v, i + 1) ? i + 1 : i, VEIL_RULE_ORG_TITLE);
    return true;
}

static bool
is_one_letter(const struct efti_form *f)
{
    return f->raw_size == 1 && f->raw[0] >= 'A' && f->raw[0] <= 'H';
}

static bool
is_clinic(const struct efti_form *f)
{
    static const char *const clinics[] = {
        "medicin",  "kirurgi",   "kirurg",  "kirurgen",  "geriatrik", "geriatriken",
        "ortopedi", "ortopeden", "psyk",    "psykiatri", "infektion", "neurologi",
        "neuro",    "hjärt",     "lung",    "stroke",    "rehab",     "barn",
        "onkologi", "onkologen", "urologi", "gyn",       "vuxenpsyk", "rättspsyk",
        "avd",      "avdelning", "vård",    "omsorg",    "hemvård",   "hemtjänst"};

    return efti_is_among(f->folded, f->folded_size, clinics, EFTI_COUNT(clinics));
}

/* "på Medicin 3", "på Haga 3:an", "Psyk 4 Norr": a capital where one is, and which of
 * several. */
static bool
org_numbered(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på",         "från",    "hos",     "ringde",
                                     "ringer",     "ring",    "mejlade", "mailade",
                                     "kontaktade", "besökte", "till"};
    static const char *const houses[] = {"hus", "villa", "flygel", "paviljong"};
    const struct veil_word *w = org_word(v, i);
    size_t n = i + 1, last;

    if (!efti_veil_follows(v, n) || org_word(v, n)->form == NULL ||
        ((org_word(v, n)->bits & VEIL_DIGITS) == 0 &&
         !is_one_letter(org_word(v, n)->form)))
        return false;
    if (efti_veil_is_mid(v, i) && /* i Hus F */
        efti_veil_is_one_of(v, i, houses, EFTI_COUNT(houses)) &&
        (is_one_letter(org_word(v, n)->form) || is_which(v, n))) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD);
        return true;
    }

    if (i == 0 || !efti_veil_follows(v, i) || !efti_veil_follows(v, n) ||
        !efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) || w->form == NULL ||
        w->form->kind != EFTI_WORD || !efti_veil_is_mid(v, i) ||
        ((w->bits & VEIL_UPPER) != 0 && w->form->code_points < 4) || /* PIVA 2 */
        org_word(v, n)->form == NULL)
        return false;
    if (is_clinic(w->form) && is_one_letter(org_word(v, n)->form)) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD); /* Medicin B */
        return true;
    }
    if ((org_word(v, n)->bits & VEIL_DIGITS) == 0)
        return false;
    const struct efti_form *f = org_word(v, n)->form;
    if (f->folded_size > 4 || (f->folded_size > 2 && f->folded[1] != ':') ||
        (efti_veil_follows(v, n + 1) &&
         (org_word(v, n + 1)->form == NULL ||
          ((org_word(v, n + 1)->bits & VEIL_WORD) != 0 &&
           (org_word(v, n + 1)->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           (org_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (org_word(v, n + 1)->bits & VEIL_CAPITAL) == 0))))
        return false; /* på Coop 3 gånger */
    last = n;
    if (efti_veil_follows(v, n + 1) && efti_veil_is_mid(v, n + 1) &&
        (org_word(v, n + 1)->bits & VEIL_UPPER) == 0)
        last = n + 1;
    mark_org(v, i, last, VEIL_RULE_ORG_WARD);
    return true;
}

static void
org_capital(struct efti_veil *v, size_t i)
{
    bool plain = plain_capital(v, i);
    bool title = efti_veil_ask(v, i, VEIL_ASK_TITLE, is_title_word);

    if (title &&
        ((plain && (org_side(v, i) || org_direction(v, i))) || efti_veil_coloured(v, i)))
        return;
    if (org_numbered(v, i))
        return;
    if (!org_named(v, i) && plain) {
        if (title)
            org_quarter(v, i);
        if (!org_named(v, i) && !org_title(v, i) && !org_in_place(v, i))
            org_called(v, i);
    }
    if (i + 1 < v->words.count)
        efti_veil_house(v, i + 1);
    if (i > 0 && !org_named(v, i))
        efti_veil_house(v, i); /* Guldkant Hemservice at a start */
}

/* A word that may be a name: without a capital on it or on the two before it nothing of
 * the above can begin there, but for what is in small letters. */
static void
org_candidate(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    uint32_t bits = w->bits | (i > 0 ? w[-1].bits : 0) | (i > 1 ? w[-2].bits : 0);

    if ((bits & VEIL_CAPITAL) != 0)
        org_capital(v, i);
    else if (efti_veil_ask(v, i, VEIL_ASK_TITLE, is_title_word))
        (void)efti_veil_coloured(v, i);
    if ((w->bits & (VEIL_CAPITAL | VEIL_WORD)) == 0)
        efti_veil_org_in_small(v, i);
}

/* psyk, mava, kirurgen: what has wards that are told apart by numbers. */
static bool
is_warded(const struct efti_veil *v, size_t i)
{
    static const char *const wards[] = {
        "psyk",     "mava",   "kava",      "ava",      "piva",        "iva",
        "hia",      "tiva",   "niva",      "akutpsyk", "gyn",         "kir",
        "med",      "ort",    "ortopeden", "kirurgen", "geriatriken", "rehab",
        "korttids", "demens", "medicin",   "kirurgi",  "ortopedi"};
    const struct veil_word *w = org_word(v, i);

    return efti_veil_is_one_of(v, i, wards, EFTI_COUNT(wards)) ||
           ((w->bits & (VEIL_UPPER | VEIL_KEEP)) == VEIL_UPPER &&
            w->form->code_points >= 3 && w->form->code_points <= 5 &&
            v->casing != VEIL_CASING_HIGH);
}

/* "inne på psyk 84", "på MAVA 2", "Slussen 4 skyller på oss"; token `i` is the number. */
static void
org_number(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;

    if (w == NULL || w->form == NULL || f == NULL ||
        !((w->bits & VEIL_CAPITAL) != 0 || efti_veil_after_at(v, i - 1)) ||
        !efti_veil_follows(v, i) || org_named(v, i) || w->form->kind != EFTI_WORD ||
        !is_which(v, i))
        return;
    bool ward = efti_veil_after_at(v, i - 1) && is_warded(v, i - 1);
    bool house = (w->bits & VEIL_CAPITAL) != 0 &&
                 (w->form->lists & EFTI_LIST_ORG_NAME) != 0 && w->form->code_points > 3 &&
                 (w->bits & VEIL_GIVEN_1) == 0;

    if (ward || house)
        mark_org(v, i - 1, i, VEIL_RULE_ORG_WARD);
}

void
efti_veil_houses(struct efti_veil *v)
{
    for (size_t h = 0; h < v->numbers.count; h++)
        if ((org_word(v, v->numbers.items[h])->bits & VEIL_DIGITS) != 0)
            org_number(v, v->numbers.items[h]);
    for (size_t h = 0; h < v->capitals.count; h++)
        org_capital(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++)
        org_candidate(v, v->candidates.items[h]);
}
