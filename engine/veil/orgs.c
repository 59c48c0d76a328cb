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
           (w->form->kind == EFTI_WORD ||
            (w->form->kind == EFTI_ABBREVIATION && i == head + 1)) && /* S:ta Klara */
           (w->bits & VEIL_ROLE) == 0 &&
           v->casing != VEIL_CASING_HIGH &&
           !(w->glue == VEIL_GLUE_MARK && (w->form->lists & EFTI_LIST_FUNCTION) != 0) &&
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

/* Second hand Kupan: a head of two words that begins with a capital is part of the name;
 * a common word in small letters is not. */
static size_t
org_phrase_start(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    char phrase[64];
    size_t n;

    if (i == 0 || !efti_veil_follows(v, i) || w[-1].form == NULL ||
        (w[-1].bits & VEIL_CAPITAL) == 0)
        return i + 1;
    n = w[-1].form->folded_size;
    if (n + 1 + w->form->folded_size > sizeof(phrase))
        return i + 1;
    memcpy(phrase, w[-1].form->folded, n);
    phrase[n] = ' ';
    memcpy(phrase + n + 1, w->form->folded, w->form->folded_size);
    uint32_t classes = efti_lists_phrase(v->lists, phrase, n + 1 + w->form->folded_size);
    return (classes & (1u << EFTI_PHRASE_ORG_HEAD)) != 0 ? i - 1 : i + 1;
}

/* Familjecentralen Lönnen, hunddagiset Glada Tassen, förskolan "Solrosen". */
static void
org_head(struct efti_veil *v, size_t i)
{
    size_t last = i;
    size_t first = i;

    if ((org_word(v, i)->bits & VEIL_CAPITAL) == 0)
        first = org_phrase_start(v, i);
    while (last + 1 < v->words.count && last - i < 5) {
        if (after_head(v, last + 1, i))
            last++;
        else if (last > i && joins_name(v, last + 1, i))
            last += 2;
        else
            break;
    }
    if (last > i)
        mark_org(v, first, last, VEIL_RULE_ORG_HEAD);
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

/* On the list of what workplaces are called, in the genitive too. */
static bool
is_called(const struct efti_veil *v, const struct efti_form *f)
{
    return (f->lists & EFTI_LIST_ORG_NAME) != 0 ||
           (f->folded_size > 4 && f->folded[f->folded_size - 1] == 's' &&
            (efti_lists_word(v->lists, f->folded, f->folded_size - 1) &
             EFTI_LIST_ORG_NAME) != 0);
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
    /* Guldkant Hemservice: a capital of its own in mid-sentence speaks for the house */
    bool titled = efti_veil_is_mid(v, i) && (org_word(v, i)->bits & VEIL_UPPER) == 0;
    if (!in_genitive(before->form) && !is_home(org_word(v, i)->form) && !titled)
        return;
    bool known =
        (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 && !is_called(v, before->form);
    if (!org_named(v, first) && known && !efti_veil_is_mid(v, first) && !titled &&
        before->form->shape == EFTI_SHAPE_NONE)
        return;
    if (titled && (before->form->lists & EFTI_LIST_FUNCTION) != 0)
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

/* Endings of what every place has: capitals there are habit (på Vuxenenheten). */
static bool
is_generic(const struct efti_form *f)
{
    static const char *const ends[] = {
        "enheten",       "gruppen",       "kontoret",  "förvaltningen", "mottagningen",
        "nämnden",       "byrån",         "centralen", "kliniken",      "avdelningen",
        "skolan",        "vården",        "tjänsten",  "verksamheten",  "träffen",
        "mötet",         "dagen",         "aftonen",   "helgen",        "programmet",
        "jouren",        "centret",       "linjen",    "utbildningen",  "kursen",
        "plattformen",   "portalen",      "appen",     "systemet",      "sidan",
        "gymnasiet",     "universitetet", "akuten",    "biblioteket",   "teamet",
        "ledningen",     "styrelsen",     "utskottet", "rådet",         "planen",
        "grunden",       "modellen",      "metoden",   "insatsen",      "processen",
        "arbetet",       "samtalet",      "stödet",    "boendet",       "hemmet",
        "huset",         "rummet",        "tiden",     "veckan",        "kanalen",
        "ordningen",     "myndigheten",   "verket",    "rätten",        "staten",
        "kommunen",      "regionen",      "landet",    "sektionen",     "hälsan",
        "pedagogiken",   "ministern",     "lagen",     "balken",        "utredningen",
        "handledningen", "chefen",        "ledaren",   "läraren",       "personalen"};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* "på Bryggan", "va Bojen har för tider": a word that workplaces are called, with a
 * capital; behind på and hos any compound in the definite form that is nothing generic.
 */
static void
org_called(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på", "hos"};
    const struct veil_word *w = org_word(v, i);

    if ((w->form->lists & EFTI_LIST_ORG_NAME) != 0)
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (i > 0 && efti_veil_follows(v, i) && w->form->code_points >= 9 &&
             org_is_one_of(v, i - 1, at, EFTI_COUNT(at)) && (w->bits & VEIL_HEAD) == 0 &&
             is_definite(w) && !is_generic(w->form))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}

/* "tillhör Återbruket i Sala": a capital in mid-sentence and where it is. */
static bool
org_in_place(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || !is_definite(org_word(v, i)))
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_TITLE);
    return true;
}

static void
org_capital(struct efti_veil *v, size_t i)
{
    if (!org_named(v, i) && plain_capital(v, i)) {
        org_quarter(v, i);
        if (!org_named(v, i) && !org_title(v, i) && !org_in_place(v, i))
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

/* "vi på Barn- och familjeenheten i Norrviken": a service that stays, and its place. */
static void
service_in_place(struct efti_veil *v, size_t i)
{
    static const char *const ends[] = {
        "enheten",   "tjänsten", "förvaltningen", "kontoret", "nämnden",      "vården",
        "missionen", "jouren",   "centralen",     "gruppen",  "mottagningen", "hälsan",
        "rätten",    "teamet",   "polisen",       "förskolan"};
    size_t last = i - 2, first;

    if (i < 2 || org_word(v, i)->category != EFTI_PLACE || !efti_veil_follows(v, i) ||
        !efti_veil_is(v, i - 1, VEIL_CLASS_IN) || !efti_veil_follows(v, i - 1) ||
        !org_kept(org_word(v, last)) || org_word(v, last)->form == NULL)
        return;
    const struct veil_word *w = org_word(v, last);
    if ((w->bits & VEIL_UPPER) == 0 && !org_ends_in(w->form, ends, EFTI_COUNT(ends)))
        return;
    for (first = last; (org_word(v, first)->bits & VEIL_CAPITAL) == 0;) {
        if (first == 0 || last - first > 3 || org_word(v, first)->form == NULL ||
            (org_word(v, first)->state & VEIL_STATE_KEEP) == 0 ||
            org_word(v, first)->glue == VEIL_GLUE_FAR)
            return;
        first--;
    }
    if (org_word(v, first)->form != NULL)
        mark_org(v, first, i, VEIL_RULE_ORG_HEAD);
}

/* solgläntan, almskolan, björkgården: the first piece is a name or stands in many. */
static bool
begins_as_name(const struct efti_veil *v, const struct efti_form *f)
{
    static const char *const ends[] = {"skolan", "gården", "gläntan",  "ängen",  "lunden",
                                       "hagen",  "källan", "backen",   "stugan", "villan",
                                       "hemmet", "borgen", "förskolan"};
    static const char *const seasons[] = {"sommar", "vinter", "kristen"};

    for (size_t k = 0; k < EFTI_COUNT(ends); k++) {
        size_t n = strlen(ends[k]), size = f->folded_size;

        if (size < n + 2 || memcmp(f->folded + size - n, ends[k], n) != 0)
            continue;
        size -= n;
        if (size > 3 && f->folded[size - 1] == 's')
            size--;
        for (size_t s = 0; s < EFTI_COUNT(seasons); s++)
            if (efti_equal(f->folded, size, seasons[s], strlen(seasons[s])))
                return false;
        if ((efti_lists_word(v->lists, f->folded, size) &
             (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0)
            return true;
    }
    return false;
}

/* "till åkerboskolan", "på solgläntan": in small letters the shape of a school or home
 * behind a word of place, if the dictionary does not know the word or the lists know its
 * beginning as a name. */
static void
org_in_small(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på", "till", "från", "hos", "vid"};
    const struct veil_word *w = org_word(v, i);

    if (w->form == NULL || org_named(v, i) || org_kept(w) ||
        (w->bits & (VEIL_CAPITAL | VEIL_WORD)) != 0 || i == 0 ||
        (w->form->shape != EFTI_SHAPE_SCHOOL && w->form->shape != EFTI_SHAPE_HOME) ||
        !efti_veil_follows(v, i) || !org_is_one_of(v, i - 1, at, EFTI_COUNT(at)))
        return;
    if ((w->bits & VEIL_KNOWN) != 0 && !begins_as_name(v, w->form))
        return;
    mark_org(v, i, i, VEIL_RULE_ORG_SHAPE);
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
        service_in_place(v, i);
    }
    for (size_t h = 0; h < v->capitals.count; h++)
        org_capital(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++) {
        org_capital(v, v->candidates.items[h]);
        org_in_small(v, v->candidates.items[h]);
    }
}
