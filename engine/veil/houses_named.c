/*
 * houses_named.c - workplaces that are told by a house with a name before it
 *
 *   Kullens ridskola, Lindhs Trädgård     a genitive and a house
 *   Lyckebo äldreboende, ekeby vårdcentral  homes and schools: without a genitive too
 *   Somaliska föreningen                  whose club it is
 *   Strandgläntans särskilda boende       an adjective between
 *   Sankt Eriks skola                     but Annas skola is where Anna goes
 */
#include "veil/orgs.h"

/* BVC, dagliga, geriatriska: what a house is called in short, its noun left out. */
static bool
is_short_kind(const struct efti_form *f)
{
    static const char *const kinds[] = {
        "rehab.",     "bvc.",        "bvc",         "vc",           "mvc",
        "hvb",        "dagliga",     "geriatriska", "psykiatriska", "medicinska",
        "kirurgiska", "ortopediska", "barnpsyk",    "vuxenpsyk"};

    return efti_is_among(f->folded, f->folded_size, kinds, EFTI_COUNT(kinds));
}

static const struct word_end house_ends[] = {WORD_END("skola"),
                                             WORD_END("gymnasium"),
                                             WORD_END("vårdcentral"),
                                             WORD_END("hälsocentral"),
                                             WORD_END("församling"),
                                             WORD_END("förening"),
                                             WORD_END("boende"),
                                             WORD_END("trädgård"),
                                             WORD_END("konsulentstöd"),
                                             WORD_END("kyrka"),
                                             WORD_END("hem"),
                                             WORD_END("mottagning"),
                                             WORD_END("klubb"),
                                             WORD_END("bibliotek"),
                                             WORD_END("konditori"),
                                             WORD_END("bageri"),
                                             WORD_END("livs"),
                                             WORD_END("åkeri"),
                                             WORD_END("kiosk"),
                                             WORD_END("grill"),
                                             WORD_END("restaurang"),
                                             WORD_END("pizzeria"),
                                             WORD_END("salong"),
                                             WORD_END("handel"),
                                             WORD_END("krog"),
                                             WORD_END("café"),
                                             WORD_END("kafé"),
                                             WORD_END("hotell"),
                                             WORD_END("camping"),
                                             WORD_END("tandvård"),
                                             WORD_END("familjecentral"),
                                             WORD_END("apotek"),
                                             WORD_END("verkstad"),
                                             WORD_END("fritidsgård"),
                                             WORD_END("sjukhus"),
                                             WORD_END("lasarett"),
                                             WORD_END("måleri"),
                                             WORD_END("städ"),
                                             WORD_END("snickeri"),
                                             WORD_END("bostad"),
                                             WORD_END("byrå"),
                                             WORD_END("assistans"),
                                             WORD_END("omsorg"),
                                             WORD_END("hemtjänst"),
                                             WORD_END("stiftelse"),
                                             WORD_END("moské"),
                                             WORD_END("stall"),
                                             WORD_END("herrgård"),
                                             WORD_END("kapell"),
                                             WORD_END("förlag"),
                                             WORD_END("frisör"),
                                             WORD_END("bygg"),
                                             WORD_END("taxi"),
                                             WORD_END("gatukök"),
                                             WORD_END("kök"),
                                             WORD_END("museum"),
                                             WORD_END("kulturhus"),
                                             WORD_END("badhus"),
                                             WORD_END("simhall"),
                                             WORD_END("ishall"),
                                             WORD_END("sporthall"),
                                             WORD_END("servicehus"),
                                             WORD_END("service"),
                                             WORD_END("konsult"),
                                             WORD_END("vård"),
                                             WORD_END("behandling"),
                                             WORD_END("utbildning"),
                                             WORD_END("omvårdnad"),
                                             WORD_END("stöd"),
                                             WORD_END("fritids"),
                                             WORD_END("dagis"),
                                             WORD_END("scoutkår"),
                                             WORD_END("fastigheter"),
                                             WORD_END("bostäder"),
                                             WORD_END("pastorat"),
                                             WORD_END("kår"),
                                             WORD_END("enhet"),
                                             WORD_END("barnhem"),
                                             WORD_END("avdelning"),
                                             WORD_END("fsk"),
                                             WORD_END("resursteam"),
                                             WORD_END("lägenheter"),
                                             WORD_END("centrum"),
                                             WORD_END("träffpunkt"),
                                             WORD_END("mötesplats"),
                                             WORD_END("habilitering"),
                                             WORD_END("familjerätt"),
                                             WORD_END("dagcenter"),
                                             WORD_END("rehab"),
                                             WORD_END("dialys"),
                                             WORD_END("studio"),
                                             WORD_END("akutmottagning"),
                                             WORD_END("förlossning"),
                                             WORD_END("elevhälsa"),
                                             WORD_END("elevhälsoteam"),
                                             WORD_END("skolområde"),
                                             WORD_END("rektorsområde"),
                                             WORD_END("hemtjänstområde"),
                                             WORD_END("stadium"),
                                             WORD_END("center"),
                                             WORD_END("central"),
                                             WORD_END("sgård"),
                                             WORD_END("bygdegård"),
                                             WORD_END("medborgarkontor"),
                                             WORD_END("annex"),
                                             WORD_END("konferens"),
                                             WORD_END("korttids"),
                                             WORD_END("korttidsvistelse"),
                                             WORD_END("idrottsplats"),
                                             WORD_END("bowling"),
                                             WORD_END("jour"),
                                             WORD_END("anstalt"),
                                             WORD_END("häkte"),
                                             WORD_END("internat"),
                                             WORD_END("gymnasiesär"),
                                             WORD_END("grundsär"),
                                             WORD_END("förskolor"),
                                             WORD_END("konsthall"),
                                             WORD_END("larm"),
                                             WORD_END("medborgarhus"),
                                             WORD_END("shus")};

/* Larm, Flytt, Express: what a firm does, which names one only with a capital of its own
 * behind another: Kevra Larm. */
static bool
is_trade(const struct efti_form *f)
{
    static const struct word_end trades[] = {
        WORD_END("flytt"),        WORD_END("bemanning"), WORD_END("transport"),
        WORD_END("transporter"),  WORD_END("bil"),       WORD_END("bilar"),
        WORD_END("rör"),          WORD_END("vvs"),       WORD_END("redovisning"),
        WORD_END("care"),         WORD_END("express"),   WORD_END("corner"),
        WORD_END("sushi"),        WORD_END("wok"),       WORD_END("kebab"),
        WORD_END("pizza"),        WORD_END("pub"),       WORD_END("bistro"),
        WORD_END("entreprenad"),  WORD_END("däck"),      WORD_END("plåt"),
        WORD_END("svets"),        WORD_END("värme"),     WORD_END("juridik"),
        WORD_END("advokater"),    WORD_END("advokat"),   WORD_END("tolk"),
        WORD_END("fönsterputs"),  WORD_END("tjänster"),  WORD_END("catering"),
        WORD_END("möbler"),       WORD_END("blommor"),   WORD_END("begagnat"),
        WORD_END("frisörer"),     WORD_END("massage"),   WORD_END("fysioterapi"),
        WORD_END("buss"),         WORD_END("bussar"),    WORD_END("resor"),
        WORD_END("hälsovård"),    WORD_END("golv"),      WORD_END("tak"),
        WORD_END("glas"),         WORD_END("lack"),      WORD_END("smide"),
        WORD_END("begravningar"), WORD_END("tryck"),     WORD_END("foto"),
        WORD_END("bolag"),        WORD_END("kooperativ")};

    return f->kind == EFTI_WORD && f->casing == EFTI_CASING_INITIAL &&
           org_ends_in(f, trades, EFTI_COUNT(trades));
}

/* Thailand Express: what stays by itself is part of the name of where one eats. */
static bool
is_kitchen(const struct efti_veil *v, size_t i)
{
    static const char *const kitchens[] = {
        "express", "corner", "grill", "wok",      "sushi",      "kebab", "kök",
        "krog",    "pub",    "café",  "pizzeria", "restaurang", "kiosk", "livs"};

    return efti_veil_is_one_of(v, i, kitchens, EFTI_COUNT(kitchens));
}

/* skola, gymnasium, konditori: houses and shops in the form that stands behind a
 * genitive, and compounds of them. */
static bool
is_house(const struct efti_form *f)
{
    return f != NULL && (f->lists & EFTI_LIST_FUNCTION) == 0 &&
           (is_short_kind(f) ||
            (f->kind == EFTI_WORD && org_ends_in(f, house_ends, EFTI_COUNT(house_ends))));
}

/* Those whose name stands before them without a genitive too: Lyckebo äldreboende. */
static bool
is_home(const struct efti_form *f)
{
    static const struct word_end homes[] = {WORD_END("äldreboende"),
                                            WORD_END("gruppboende"),
                                            WORD_END("demensboende"),
                                            WORD_END("boende"),
                                            WORD_END("servicehus"),
                                            WORD_END("förskola"),
                                            WORD_END("skola"),
                                            WORD_END("vårdcentral"),
                                            WORD_END("hälsocentral"),
                                            WORD_END("gymnasium"),
                                            WORD_END("kyrka"),
                                            WORD_END("församling"),
                                            WORD_END("hemtjänst"),
                                            WORD_END("familjecentral"),
                                            WORD_END("folkhögskola"),
                                            WORD_END("sjukhus"),
                                            WORD_END("lasarett"),
                                            WORD_END("behandlingshem"),
                                            WORD_END("vårdhem"),
                                            WORD_END("friskola"),
                                            WORD_END("gruppbostad"),
                                            WORD_END("stödboende"),
                                            WORD_END("fritidsgård"),
                                            WORD_END("särskola"),
                                            WORD_END("barnhem"),
                                            WORD_END("fritids"),
                                            WORD_END("fsk"),
                                            WORD_END("träningslägenheter"),
                                            WORD_END("träningsboende"),
                                            WORD_END("vårdcentrum"),
                                            WORD_END("lärcentrum"),
                                            WORD_END("lärcenter"),
                                            WORD_END("familjecentrum"),
                                            WORD_END("bygdegård"),
                                            WORD_END("högstadium"),
                                            WORD_END("mellanstadium"),
                                            WORD_END("lågstadium"),
                                            WORD_END("gymnasiesär"),
                                            WORD_END("grundsär"),
                                            WORD_END("medborgarhus")};
    static const char *const short_form[] = {"vc", "hvb", "bvc", "mvc"};

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

/* föreningen: that of a people, by what stands before it. */
static bool
is_peoples_club(const struct efti_form *f)
{
    static const struct word_end ends[] = {
        WORD_END("föreningen"), WORD_END("församlingen"), WORD_END("förbundet"),
        WORD_END("kyrkan"),     WORD_END("moskén"),       WORD_END("klubben"),
        WORD_END("skolan"),     WORD_END("gymnasiet")};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* Can it be the house in any of the ways below? */
static bool
is_any_house(const struct efti_form *f)
{
    return is_house(f) || is_home(f) || is_peoples_club(f) || is_trade(f);
}

bool
efti_veil_is_kind_of_house(const struct efti_veil *v, size_t i)
{
    return efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house) &&
           is_house(org_word(v, i)->form);
}

bool
efti_veil_is_trade(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house) &&
           (is_house(w->form) || is_trade(w->form));
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
        "särskilda", "nya",          "gamla",       "öppna",
        "kommunala", "fria",         "sociala",     "internationella",
        "anpassade", "psykiatriska", "geriatriska", "medicinska"};
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

/* Tallmons korttids, Hagmarkens förskola: no word of the dictionary but made of some, in
 * the genitive before a home, at a start too. A part of a town or county is nobody's. */
static bool
is_only_a_name(const struct efti_veil *v, const struct veil_word *w,
               const struct efti_form *house)
{
    static const struct word_end parts[] = {
        WORD_END("dels"),       WORD_END("delens"),     WORD_END("kommuns"),
        WORD_END("läns"),       WORD_END("ortens"),     WORD_END("stadens"),
        WORD_END("stads"),      WORD_END("byns"),       WORD_END("områdets"),
        WORD_END("bolags"),     WORD_END("bolagets"),   WORD_END("företagets"),
        WORD_END("sidans"),     WORD_END("ägarens"),    WORD_END("barnens"),
        WORD_END("marknadens"), WORD_END("sjukhusets"), WORD_END("stiftelsens"),
        WORD_END("föreningens")};
    struct efti_form bare = *w->form;

    if ((w->bits & VEIL_WORD) != 0 || w->form->code_points < 7 || !in_genitive(w->form) ||
        !is_home(house) || org_ends_in(w->form, parts, EFTI_COUNT(parts)))
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare) &&
           !efti_lists_thing_end(v->lists, bare.folded, bare.folded_size);
}

/* The same of token `i`, which is a house, behind a capital. */
static void
house_behind(struct efti_veil *v, size_t i)
{
    static const char *const saints[] = {"sankta", "sankt", "s:ta",   "s:t",   "norra",
                                         "södra",  "östra", "västra", "lilla", "stora"};
    static const char *const common[] = {
        "öppen",    "öppna",       "kommunal", "kommunala",  "fristående", "privat",
        "särskilt", "särskild",    "skyddat",  "skyddad",    "samma",      "svensk",
        "social",   "tillfälligt", "allmän",   "integrerad", "kristen"};
    const struct veil_word *before = org_word(v, i - 1);
    size_t first = i - 1;

    if (org_of_people(v, first) || special_house(v, i))
        return;
    /* Guldkant Hemservice: a capital of its own in mid-sentence speaks for the house */
    bool titled = (org_word(v, i)->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
                  efti_veil_is_mid(v, i);
    if ((before->bits & VEIL_CAPITAL) == 0 || before->form == NULL ||
        (org_kept(before) &&
         !(titled && (before->bits & VEIL_UPPER) == 0 && is_kitchen(v, i))) ||
        org_word(v, i)->form == NULL || before->form->kind != EFTI_WORD ||
        before->form->code_points < 3 ||
        (v->casing == VEIL_CASING_HIGH && !efti_veil_is_called(v, before->form) &&
         before->form->shape == EFTI_SHAPE_NONE))
        return;
    if (in_genitive(before->form) || titled
            ? !is_house(org_word(v, i)->form) &&
                  !(titled && is_trade(org_word(v, i)->form))
            : !is_home(org_word(v, i)->form))
        return;
    if (!in_genitive(before->form) && /* Öppen förskola, which every town has */
        efti_veil_is_one_of(v, i - 1, common, EFTI_COUNT(common)) &&
        !(efti_veil_follows(v, i + 1) && (org_word(v, i + 1)->bits & VEIL_CAPITAL) != 0))
        return;
    bool given =
        (before->bits & VEIL_GIVEN_1) != 0 && (org_word(v, i)->bits & VEIL_CAPITAL) == 0;
    if (given && first > 0 && efti_veil_follows(v, first) && /* Sankt Eriks skola */
        efti_veil_is_one_of(v, first - 1, saints, 4))
        given = false;
    if (given || (before->bits & VEIL_ROLE) != 0) /* Annas skola, Mammas kök */
        return;
    bool known = (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 &&
                 !efti_veil_is_called(v, before->form) &&
                 !is_only_a_name(v, before, org_word(v, i)->form);
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
