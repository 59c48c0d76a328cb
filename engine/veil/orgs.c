/*
 * orgs.c - named workplaces, homes, schools, firms and clubs
 *
 *   Familjecentralen Lönnen       a head before a capital
 *   vårdcentralen kronan          the same in small letters: two nouns in the definite
 *                                 form side by side are a thing and its name
 *   på Bryggan, på Solgläntan     an ordinary word with a capital where one works or
 *                                 lives, if workplaces are called so
 *   Hagaviks gymnasium            a name in the genitive before a house
 *   Rönneholms IF, IFK Rönneholm  a firm or club by its end or its beginning
 *   Glada Tassen                  two capitals in mid-sentence that only a name explains
 *   BUP Rönneholm                 a service that stays, and the place it is named with
 *   avdelning 4B                  a ward
 *
 * Generic ones stay (skolan, enheten, Socialtjänsten): a head alone names nobody.
 * Authorities, countries and methods never come here: the lists keep them (words.c).
 */
#include "veil/find.h"

static const struct veil_word *
org_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static bool
org_named(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (org_word(v, i)->state & VEIL_STATE_NAME) != 0;
}

static bool
org_kept(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
}

static void
mark_org(struct efti_veil *v, size_t first, size_t last, uint16_t rule)
{
    for (size_t i = first; i <= last; i++)
        efti_veil_mark(v, i, rule, EFTI_ORG);
}

static bool
org_is_one_of(const struct efti_veil *v, size_t i, const char *const *words, size_t count)
{
    const struct efti_form *f = i < v->words.count ? org_word(v, i)->form : NULL;

    for (size_t k = 0; f != NULL && k < count; k++)
        if (efti_equal(f->folded, f->folded_size, words[k], strlen(words[k])))
            return true;
    return false;
}

static bool
org_ends_in(const struct efti_form *f, const char *const *ends, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t n = strlen(ends[k]);

        if (f->folded_size >= n &&
            memcmp(f->folded + f->folded_size - n, ends[k], n) == 0)
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ firms and clubs */

/* May token `i` be a word of a firm's name, seen from its end? */
static bool
firm_word(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (org_kept(w) || (w->bits & VEIL_CAPITAL) == 0 || w->form->kind != EFTI_WORD)
        return false;
    return efti_veil_is_mid(v, i) || (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

/* One step back from word `first` of a firm; how many words it takes, 0: none. */
static size_t
firm_step(const struct efti_veil *v, size_t first)
{
    uint8_t glue = org_word(v, first)->glue;

    if (first == 0 || (glue != VEIL_GLUE_SPACE && glue != VEIL_GLUE_AMP))
        return 0;
    if (firm_word(v, first - 1))
        return 1;
    /* Plåt och Svets; Stöd i Väst: a small word between two of them */
    if (first > 1 && firm_word(v, first - 2) && efti_veil_follows(v, first - 1) &&
        firm_word(v, first) &&
        (efti_veil_is(v, first - 1, VEIL_CLASS_AND) ||
         efti_veil_is(v, first - 1, VEIL_CLASS_IN)))
        return 2;
    return 0;
}

/* IFK Rönneholm, FC Rönneholm: clubs and firms that say first what they are. */
static void
firm_ahead(struct efti_veil *v, size_t i)
{
    static const char *const before[] = {"fc",  "if",  "ifk", "ik", "bk",  "gif", "ibk",
                                         "hk",  "fk",  "sk",  "gk", "aik", "ff",  "ab",
                                         "brf", "hvb", "hb",  "kb", "kf"};

    if (org_is_one_of(v, i, before, EFTI_COUNT(before)) && efti_veil_follows(v, i + 1) &&
        firm_word(v, i + 1) && (org_word(v, i + 1)->bits & VEIL_UPPER) == 0)
        mark_org(v, i, i + 1, VEIL_RULE_ORG_COMPANY);
}

/* "Sandells Plåt & Svets AB": back over capitals, & and och between them. */
static void
org_company(struct efti_veil *v, size_t i)
{
    size_t first = i, step;

    if ((org_word(v, i)->bits & VEIL_UPPER) == 0)
        return;
    while (i - first < 6 && (step = firm_step(v, first)) > 0)
        first -= step;
    if (first < i)
        mark_org(v, first, i, VEIL_RULE_ORG_COMPANY);
    else
        firm_ahead(v, i);
}

/* ------------------------------------------------------------------ head and name */

/* A quote may stand between head and name, no colon or slash. */
static bool
is_quoted(const struct efti_veil *v, size_t i)
{
    char c = v->text.bytes[v->segments->tokens.items[i].start - 1];

    return (c & '\x80') != 0 || c == '"' || c == '\'';
}

/* May token `i` be the next word of a name behind the head `head`? */
static bool
after_head(const struct efti_veil *v, size_t i, size_t head)
{
    const struct veil_word *w = org_word(v, i);
    bool near = w->glue == VEIL_GLUE_SPACE ||
                (w->glue == VEIL_GLUE_AMP && i > head + 1) ||
                (w->glue == VEIL_GLUE_MARK && i == head + 1 && is_quoted(v, i));

    return near && !org_kept(w) && (w->bits & VEIL_CAPITAL) != 0 &&
           w->form->kind == EFTI_WORD && (w->bits & VEIL_ROLE) == 0 &&
           v->casing != VEIL_CASING_HIGH &&
           !((w->bits & VEIL_UPPER) != 0 && (w->bits & VEIL_ORDINARY) != 0);
}

/* Linjen i Väst, Hand i Hand: a small word inside a name. */
static bool
joins_name(const struct efti_veil *v, size_t i, size_t head)
{
    return efti_veil_follows(v, i) && i + 1 < v->words.count &&
           (efti_veil_is(v, i, VEIL_CLASS_IN) || efti_veil_is(v, i, VEIL_CLASS_AND)) &&
           efti_veil_follows(v, i + 1) && after_head(v, i + 1, head);
}

/* The definite form of a noun, and no small word: kronan, tallhöjden, ankaret. */
static bool
is_definite(const struct veil_word *w)
{
    static const char *const ends[] = {"an", "en", "et", "gården", "on"};

    return w->form->kind == EFTI_WORD && w->form->code_points > 3 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_ORG_HEAD |
                              EFTI_LIST_FIELD | EFTI_LIST_KEEP)) == 0 &&
           org_ends_in(w->form, ends, EFTI_COUNT(ends));
}

/* "hos vårdcentralen kronan": in small letters only behind what is mostly called
 * something, and a word that workplaces are called or that nobody knows. */
static void
head_in_small(struct efti_veil *v, size_t i)
{
    static const char *const heads[] = {
        "förskolan",         "vårdcentralen",    "hvb",           "fritidsgården",
        "boendet",           "familjecentralen", "gruppbostaden", "gruppboendet",
        "äldreboendet",      "demensboendet",    "stödboendet",   "hvb-hemmet",
        "lss-boendet",       "resursskolan",     "korttids",      "kvinnojouren",
        "tjejjouren",        "servicebostaden",  "dagiset",       "serviceboendet",
        "behandlingshemmet", "korttidshemmet",   "verksamhet",    "hälsocentralen"};
    size_t n = i + 1;
    const struct veil_word *w;

    if (!efti_veil_follows(v, n) || org_named(v, n) ||
        !org_is_one_of(v, i, heads, EFTI_COUNT(heads)))
        return;
    w = org_word(v, n);
    if (w->form == NULL || (w->bits & VEIL_CAPITAL) != 0 || org_kept(w))
        return;
    bool called = (w->form->lists & EFTI_LIST_ORG_NAME) != 0;
    bool unknown = (w->bits & VEIL_WORD) == 0 && w->form->shape != EFTI_SHAPE_NONE;
    if (called || (is_definite(w) && (unknown || (w->bits & VEIL_ORDINARY) == 0 ||
                                      (w->bits & VEIL_KNOWN) == 0)))
        mark_org(v, n, n, VEIL_RULE_ORG_HEAD);
}

/* Familjecentralen Lönnen, hunddagiset Glada Tassen, förskolan "Solrosen". */
static void
org_head(struct efti_veil *v, size_t i)
{
    size_t last = i;
    bool own = (org_word(v, i)->bits & VEIL_CAPITAL) != 0;

    while (last + 1 < v->words.count && last - i < 5) {
        if (after_head(v, last + 1, i))
            last++;
        else if (last > i && joins_name(v, last + 1, i))
            last += 2;
        else
            break;
    }
    if (last > i)
        mark_org(v, own ? i : i + 1, last, VEIL_RULE_ORG_HEAD);
    else
        head_in_small(v, i);
}

/* Socialkontoret i Rönneholm: the words of a phrase before its last belong to it. */
static void
org_phrase(struct efti_veil *v, size_t i)
{
    size_t first = i;

    if (!efti_veil_is(v, i, VEIL_CLASS_IN) || i == 0 || !efti_veil_follows(v, i) ||
        !org_named(v, i + 1))
        return;
    for (first = i - 1; first > 0 && efti_veil_follows(v, first) &&
                        (org_word(v, first)->bits & VEIL_CAPITAL) == 0 && i - first < 4;)
        first--;
    if ((org_word(v, first)->bits & VEIL_CAPITAL) != 0)
        mark_org(v, first, i + 1, VEIL_RULE_ORG_HEAD);
}

/* -------------------------------------------------------------------- wards */

/* 4B, 62, B12: what a ward is told by. */
static bool
is_ward_code(const struct efti_form *f)
{
    size_t digits = 0;

    if (f == NULL || f->folded_size == 0 || f->folded_size > 4)
        return false;
    for (size_t k = 0; k < f->folded_size; k++)
        digits += f->folded[k] >= '0' && f->folded[k] <= '9';
    return digits > 0;
}

/* avdelning 4B, avd. 62, Team 3: figures behind a head with a capital, or a ward. */
static void
org_ward(struct efti_veil *v, size_t i)
{
    static const char *const wards[] = {"avdelning", "avd", "avd.", "vårdavdelning"};
    static const char *const groups[] = {"team", "enhet", "arbetslag", "boende"};
    size_t n = i + 1;

    if (n >= v->words.count ||
        (org_word(v, n)->glue != VEIL_GLUE_SPACE &&
         org_word(v, n)->glue != VEIL_GLUE_STOP) ||
        !is_ward_code(org_word(v, n)->form))
        return;
    if (org_is_one_of(v, i, wards, EFTI_COUNT(wards)) ||
        (org_is_one_of(v, i, groups, EFTI_COUNT(groups)) && efti_veil_is_mid(v, i)))
        mark_org(v, i, n, VEIL_RULE_ORG_WARD);
}

/* ------------------------------------------------------------ a name before a house */

/* skola, gymnasium, konditori: houses and shops in the form that stands behind a
 * genitive, and compounds of them. */
static bool
is_house(const struct efti_form *f)
{
    static const char *const houses[] = {
        "skola",      "gymnasium",  "vårdcentral", "hälsocentral",  "församling",
        "förening",   "boende",     "trädgård",    "konsulentstöd", "kyrka",
        "hem",        "mottagning", "klubb",       "bibliotek",     "konditori",
        "bageri",     "livs",       "åkeri",       "kiosk",         "grill",
        "restaurang", "pizzeria",   "salong",      "handel",        "krog",
        "café",       "hotell",     "camping",     "tandvård",      "familjecentral",
        "apotek",     "verkstad",   "fritidsgård", "sjukhus",       "lasarett",
        "måleri",     "städ",       "snickeri",    "bostad",        "byrå",
        "assistans",  "omsorg",     "hemtjänst",   "stiftelse",     "moské",
        "stall",      "herrgård",   "kapell",      "förlag",        "frisör",
        "bygg",       "taxi",       "gatukök",     "kök",           "museum",
        "kulturhus",  "badhus",     "simhall",     "ishall",        "sporthall"};

    return f != NULL && f->kind == EFTI_WORD && (f->lists & EFTI_LIST_FUNCTION) == 0 &&
           org_ends_in(f, houses, EFTI_COUNT(houses));
}

/* Those whose name stands before them without a genitive too: Lyckebo äldreboende. */
static bool
is_home(const struct efti_form *f)
{
    static const char *const homes[] = {
        "äldreboende", "gruppboende", "demensboende",   "boende",         "servicehus",
        "förskola",    "skola",       "vårdcentral",    "hälsocentral",   "gymnasium",
        "kyrka",       "församling",  "hemtjänst",      "familjecentral", "folkhögskola",
        "sjukhus",     "lasarett",    "behandlingshem", "vårdhem",        "friskola"};

    return org_ends_in(f, homes, EFTI_COUNT(homes));
}

static bool
in_genitive(const struct efti_form *f)
{
    char c = f->folded[f->folded_size - 1];

    return c == 's' || c == 'x' || c == 'z';
}

/* Kullens ridskola, Lyckebo äldreboende, Lindhs Trädgård: `i` is the house. */
static void
org_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *before = i > 0 ? org_word(v, i - 1) : NULL;
    size_t first = i - 1;

    if (before == NULL || !efti_veil_follows(v, i) || org_kept(before) ||
        !is_house(org_word(v, i)->form) || (before->bits & VEIL_CAPITAL) == 0 ||
        before->form->kind != EFTI_WORD || before->form->code_points < 3 ||
        v->casing == VEIL_CASING_HIGH)
        return;
    bool given =
        (before->bits & VEIL_GIVEN_1) != 0 && (org_word(v, i)->bits & VEIL_CAPITAL) == 0;
    if (given || (before->bits & VEIL_ROLE) != 0) /* Annas skola, Mammas kök */
        return;
    if (!in_genitive(before->form) && !is_home(org_word(v, i)->form))
        return;
    bool known = (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0;
    if (!org_named(v, first) && known && !efti_veil_is_mid(v, first) &&
        before->form->shape == EFTI_SHAPE_NONE)
        return;
    mark_org(v, first, i, VEIL_RULE_ORG_HEAD);
}

/* Västra skolan, Norra kyrkan: a quarter of the sky and a house. */
static void
org_quarter(struct efti_veil *v, size_t i)
{
    static const char *const quarters[] = {
        "västra", "östra", "norra", "södra", "gamla", "nya",      "lilla",
        "stora",  "övre",  "nedre", "inre",  "yttre", "mellersta"};
    static const char *const houses[] = {
        "skolan",  "förskolan",   "kyrkan",     "stationen", "gymnasiet",    "enheten",
        "teamet",  "gruppen",     "distriktet", "boendet",   "församlingen", "gården",
        "området", "hemtjänsten", "sjukhuset",  "skola",     "station",      "torget"};

    if (efti_veil_follows(v, i + 1) &&
        org_is_one_of(v, i, quarters, EFTI_COUNT(quarters)) &&
        org_ends_in(org_word(v, i + 1)->form != NULL ? org_word(v, i + 1)->form
                                                     : org_word(v, i)->form,
                    houses, EFTI_COUNT(houses)))
        mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
}

/* ------------------------------------------------------------- titles, names alone */

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
           efti_veil_is_mid(v, i);
}

/* Glada Tassen, Arbetscentrum Kvarnen, Linjen i Väst: two capitals in mid-sentence that
 * only a name explains, ordinary as the words are. */
static bool
org_title(struct efti_veil *v, size_t i)
{
    size_t last = i;

    if (i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0)
        return false;
    if (efti_veil_follows(v, i + 1) && plain_capital(v, i + 1))
        last = i + 1;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
             efti_veil_follows(v, i + 2) && plain_capital(v, i + 2) &&
             !org_named(v, i + 2))
        last = i + 2;
    if (last > i)
        mark_org(v, i, last, VEIL_RULE_ORG_TITLE);
    return last > i;
}

/* "på Bryggan", "från Kompassen": a word that workplaces are called, with a capital,
 * where somebody works, lives or comes from; and who does something there. */
static void
org_called(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på",  "hos", "vid",  "från",    "till",
                                     "om",  "med", "runt", "utanför", "i",
                                     "via", "av",  "och",  "mot"};
    const struct veil_word *w = org_word(v, i);

    if ((w->form->lists & EFTI_LIST_ORG_NAME) != 0 && i > 0 && efti_veil_follows(v, i) &&
        org_is_one_of(v, i - 1, at, EFTI_COUNT(at)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}

static void
org_capital(struct efti_veil *v, size_t i)
{
    if (!org_named(v, i) && plain_capital(v, i)) {
        org_quarter(v, i);
        if (!org_named(v, i) && !org_title(v, i))
            org_called(v, i);
    }
    if (i + 1 < v->words.count)
        org_house(v, i + 1);
}

/* BUP Rönneholm, Ica Torghallen: what stays by itself is part of a name before one. */
static void
org_service(struct efti_veil *v, size_t i)
{
    const struct veil_word *before = i > 0 ? org_word(v, i - 1) : NULL;
    uint8_t category = org_word(v, i)->category;

    if (before == NULL || before->form == NULL || !efti_veil_follows(v, i) ||
        (category != EFTI_PLACE && category != EFTI_ORG) ||
        (before->bits & (VEIL_KEEP | VEIL_CAPITAL)) != (VEIL_KEEP | VEIL_CAPITAL) ||
        (org_word(v, i)->bits & VEIL_CAPITAL) == 0 || v->casing == VEIL_CASING_HIGH ||
        (before->state & VEIL_STATE_KEEP) != 0)
        return;
    mark_org(v, i - 1, i, VEIL_RULE_ORG_HEAD);
}

/* Names that the writer puts beside their kind: who is in the lists, or who is marked. */
static void
org_around(struct efti_veil *v, size_t i)
{
    if (org_word(v, i)->form == NULL)
        return;
    if (efti_veil_class(org_word(v, i)->bits) == VEIL_CLASS_COMPANY)
        org_company(v, i);
    if (org_named(v, i))
        return;
    org_head(v, i);
    org_phrase(v, i);
    org_ward(v, i);
    org_house(v, i);
}

void
efti_veil_orgs(struct efti_veil *v)
{
    size_t names;

    for (size_t h = 0; h < v->heads.count; h++)
        org_around(v, v->heads.items[h]);
    names = v->named.count;
    for (size_t h = 0; h < names; h++) {
        size_t i = v->named.items[h];

        if (efti_veil_follows(v, i + 1))
            org_house(v, i + 1);
        org_service(v, i);
    }
    for (size_t h = 0; h < v->capitals.count; h++)
        org_capital(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++)
        org_capital(v, v->candidates.items[h]);
}
