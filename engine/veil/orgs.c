/*
 * orgs.c - named workplaces, homes, schools, firms and clubs: heads, firms, wards
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
#include "veil/orgs.h"

/* ------------------------------------------------------------------ firms and clubs */

/* May token `i` be a word of a firm's name, seen from its end? */
static bool
firm_word(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (w->form == NULL || org_kept(w) || (w->bits & VEIL_CAPITAL) == 0 ||
        w->form->kind != EFTI_WORD)
        return false;
    return efti_veil_is_mid(v, i) || (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

/* Nordanvind Omsorg AB at a start: an ordinary word with the capital of the sentence. */
static bool
starts_firm(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && !org_kept(w) && w->form->kind == EFTI_WORD &&
           w->form->code_points > 2 &&
           (w->bits & (VEIL_CAPITAL | VEIL_ROLE)) == VEIL_CAPITAL &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 && v->casing != VEIL_CASING_HIGH;
}

/* One step back from word `first` of a firm; how many words it takes, 0: none. */
static size_t
firm_step(const struct efti_veil *v, size_t first)
{
    uint8_t glue = org_word(v, first)->glue;

    if (first == 0 || (glue != VEIL_GLUE_SPACE && glue != VEIL_GLUE_AMP))
        return 0;
    if (firm_word(v, first - 1) || starts_firm(v, first - 1))
        return 1;
    /* Plåt och Svets; Stöd i Väst: a small word between two of them */
    if (first > 1 && firm_word(v, first - 2) && efti_veil_follows(v, first - 1) &&
        firm_word(v, first) &&
        (efti_veil_is(v, first - 1, VEIL_CLASS_AND) ||
         efti_veil_is(v, first - 1, VEIL_CLASS_IN)))
        return 2;
    return 0;
}

/* Havsnäs BK P14, IFK Dösjöbro F11: the team of an age. */
static size_t
team_behind(const struct efti_veil *v, size_t last)
{
    const struct efti_form *f =
        efti_veil_follows(v, last + 1) ? org_word(v, last + 1)->form : NULL;

    return f != NULL && f->folded_size >= 2 && f->folded_size <= 4 &&
                   strchr("PFUA", f->raw[0]) != NULL && f->folded[1] >= '0' &&
                   f->folded[1] <= '9'
               ? last + 1
               : last;
}

static bool
is_club(const struct efti_veil *v, size_t i)
{
    static const char *const clubs[] = {"fc", "if", "ik", "bk", "ff", "sk", "ibk", "hk"};

    return efti_veil_is_one_of(v, i, clubs, EFTI_COUNT(clubs));
}

/* IFK Rönneholm, FC Rönneholm: clubs and firms that say first what they are. */
static void
firm_ahead(struct efti_veil *v, size_t i)
{
    static const char *const before[] = {"fc",  "if",  "ifk", "ik", "bk",  "gif", "ibk",
                                         "hk",  "fk",  "sk",  "gk", "aik", "ff",  "ab",
                                         "brf", "hvb", "hb",  "kb", "kf"};

    bool club = is_club(v, i) && (org_word(v, i)->state & VEIL_STATE_KEEP) == 0 &&
                efti_veil_follows(v, i + 1) && /* IK Sleipner */
                org_word(v, i + 1)->form != NULL && org_kept(org_word(v, i + 1)) &&
                org_word(v, i + 1)->form->casing == EFTI_CASING_INITIAL;

    if (efti_veil_is_one_of(v, i, before, EFTI_COUNT(before)) &&
        efti_veil_follows(v, i + 1) && (club || firm_word(v, i + 1)) &&
        (org_word(v, i + 1)->bits & VEIL_UPPER) == 0)
        mark_org(v, i, team_behind(v, i + 1), VEIL_RULE_ORG_COMPANY);
}

/* "Sandells Plåt & Svets AB": back over capitals, & and och between them. */
static void
org_company(struct efti_veil *v, size_t i)
{
    size_t first = i, step;

    if ((org_word(v, i)->bits & VEIL_UPPER) == 0)
        return;
    if (i > 0 && efti_veil_follows(v, i) && is_club(v, i) &&
        org_word(v, i - 1)->form != NULL &&
        (org_word(v, i - 1)->bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_UPPER)) ==
            (VEIL_KEEP | VEIL_CAPITAL))
        first--; /* Syrianska FC */
    while (i - first < 6 && (step = firm_step(v, first)) > 0)
        first -= step;
    if (first < i)
        mark_org(v, first, team_behind(v, i), VEIL_RULE_ORG_COMPANY);
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

/* Restaurang Akropolis, Hotell Alexandra: named after what would stay by itself. */
static bool
is_guest_house(const struct efti_veil *v, size_t head)
{
    static const char *const houses[] = {
        "restaurang", "restaurangen",   "pizzeria",  "pizzerian", "café",   "caféet",
        "kafé",       "kaféet",         "hotell",    "hotellet",  "krogen", "puben",
        "salongen",   "frisörsalongen", "biografen", "klubben"};

    return efti_veil_is_one_of(v, head, houses, EFTI_COUNT(houses));
}

/* Barnen på förskolan Pippi: homes and the schools of small children bear the names of
 * tales; who is read about elsewhere (lexicons keep/titles.txt) is no name here. */
static bool
is_home_of_tales(const struct efti_veil *v, size_t head)
{
    static const struct org_end homes[] = {ORG_END("förskola"),
                                           ORG_END("förskolan"),
                                           ORG_END("boende"),
                                           ORG_END("boendet"),
                                           ORG_END("bostad"),
                                           ORG_END("bostaden"),
                                           ORG_END("dagis"),
                                           ORG_END("dagiset"),
                                           ORG_END("daghem"),
                                           ORG_END("daghemmet"),
                                           ORG_END("fritids"),
                                           ORG_END("fritidshem"),
                                           ORG_END("fritidshemmet"),
                                           ORG_END("servicehus"),
                                           ORG_END("servicehuset"),
                                           ORG_END("fritidsgården"),
                                           ORG_END("hvb"),
                                           ORG_END("hvb-hemmet"),
                                           ORG_END("vårdhemmet"),
                                           ORG_END("korttids"),
                                           ORG_END("korttidshemmet"),
                                           ORG_END("familjecentralen"),
                                           ORG_END("fsk")};
    const struct efti_form *f = org_word(v, head)->form;

    return f != NULL && f->folded_size > 0 && org_ends_in(f, homes, EFTI_COUNT(homes));
}

/* A capital in mid-sentence, no acronym: what stays by itself and may be a house's name.
 */
static bool
may_be_house(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD &&
           v->casing != VEIL_CASING_HIGH && w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) == VEIL_CAPITAL &&
           efti_veil_is_mid(v, i);
}

/* Team Barn, Enheten Vuxna: whom a unit is for stands behind it. */
static bool
is_of_unit(const struct efti_veil *v, size_t head)
{
    static const char *const units[] = {"team", "enhet", "enheten", "mottagning",
                                        "teamet"};

    return efti_veil_is_one_of(v, head, units, EFTI_COUNT(units)) &&
           (org_word(v, head)->bits & VEIL_CAPITAL) != 0;
}

/* May token `i` be the next word of a name behind the head `head`? */
static bool
after_head(const struct efti_veil *v, size_t i, size_t head)
{
    const struct veil_word *w = org_word(v, i);
    bool near = w->glue == VEIL_GLUE_SPACE ||
                (w->glue == VEIL_GLUE_AMP && i > head + 1) ||
                (w->glue == VEIL_GLUE_MARK && i == head + 1 && is_quoted(v, i));

    if (w->form == NULL ||
        (org_kept(w) && !is_guest_house(v, head) &&
         !(is_home_of_tales(v, head) && may_be_house(v, i)) &&
         !((w->form->lists & EFTI_LIST_ORG_NAME) != 0 && may_be_house(v, i))))
        return false;
    return near && (w->bits & VEIL_CAPITAL) != 0 &&
           (w->form->kind == EFTI_WORD ||
            (w->form->kind == EFTI_ABBREVIATION && i == head + 1)) && /* S:ta Klara */
           ((w->bits & VEIL_ROLE) == 0 || is_of_unit(v, head) ||
            (w->form->lists & EFTI_LIST_ORG_NAME) != 0) && /* Anhörigföreningen Lotsen */
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

/* What is mostly called something, in small letters too. */
static const char *const called_heads[] = {"förskolan",
                                           "vårdcentralen",
                                           "hvb",
                                           "fritidsgården",
                                           "boendet",
                                           "familjecentralen",
                                           "gruppbostaden",
                                           "gruppboendet",
                                           "äldreboendet",
                                           "demensboendet",
                                           "stödboendet",
                                           "hvb-hemmet",
                                           "lss-boendet",
                                           "resursskolan",
                                           "korttids",
                                           "kvinnojouren",
                                           "tjejjouren",
                                           "servicebostaden",
                                           "dagiset",
                                           "serviceboendet",
                                           "behandlingshemmet",
                                           "korttidshemmet",
                                           "verksamhet",
                                           "hälsocentralen",
                                           "korttidsboendet",
                                           "familjehemmet",
                                           "pizzerian",
                                           "pizzeria",
                                           "restaurangen",
                                           "restaurang",
                                           "caféet",
                                           "café",
                                           "kaféet",
                                           "gymnasiet",
                                           "friskolan",
                                           "anstalten",
                                           "trygghetsboendet",
                                           "seniorboendet",
                                           "vårdboendet",
                                           "särskolan",
                                           "folkhögskolan",
                                           "ungdomshemmet",
                                           "servicehuset",
                                           "vc",
                                           "församlingen",
                                           "föreningen",
                                           "klubben",
                                           "salongen",
                                           "gymmet",
                                           "kyrkan",
                                           "moskén",
                                           "stallet",
                                           "akutboendet",
                                           "jourhemmet",
                                           "träffpunkten",
                                           "dagverksamheten",
                                           "motivationsboendet",
                                           "utslussboendet",
                                           "härbärget",
                                           "ridskolan",
                                           "medborgarkontoret",
                                           "omsorgsbolaget",
                                           "vårdbolaget",
                                           "hemtjänstföretaget",
                                           "taxi",
                                           "lärcentrum",
                                           "familjehemsföretaget",
                                           "konsulentföretaget",
                                           "bemanningsföretaget",
                                           "fritids",
                                           "avdelning",
                                           "avdelningen",
                                           "avd",
                                           "avd.",
                                           "arbetslag",
                                           "arbetslaget",
                                           "hemgruppen",
                                           "fsk",
                                           "gruppbostad",
                                           "gruppboende",
                                           "stödboende",
                                           "servicebostad",
                                           "dagcenter",
                                           "dagverksamhet",
                                           "träffpunkt",
                                           "mötesplats",
                                           "mötesplatsen",
                                           "servicehus",
                                           "demensboende",
                                           "äldreboende",
                                           "korttidsboende",
                                           "förskola",
                                           "familjecentral",
                                           "hotell",
                                           "hotellet",
                                           "puben",
                                           "krogen",
                                           "dagis",
                                           "boende"};

static bool
is_small_head(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, called_heads,
                         EFTI_COUNT(called_heads));
}

/* Those without an ending: no noun in the definite form follows but a name. */
static const char *const bare_heads[] = {
    "hvb",           "fritids",      "avdelning",   "avd",           "avd.",
    "korttids",      "restaurang",   "pizzeria",    "café",          "taxi",
    "fsk",           "vc",           "förskola",    "gruppbostad",   "gruppboende",
    "stödboende",    "arbetslag",    "dagcenter",   "dagverksamhet", "träffpunkt",
    "servicebostad", "demensboende", "äldreboende", "mötesplats",    "servicehus",
    "dagis",         "boende"};

/* dagen, veckan, sällan: what may stand behind a house and is no name of it. */
static bool
is_when(const struct efti_form *f)
{
    static const struct org_end ends[] = {
        ORG_END("dagen"),      ORG_END("natten"),   ORG_END("kvällen"),
        ORG_END("morgonen"),   ORG_END("veckan"),   ORG_END("månaden"),
        ORG_END("året"),       ORG_END("helgen"),   ORG_END("tiden"),
        ORG_END("sommaren"),   ORG_END("vintern"),  ORG_END("hösten"),
        ORG_END("våren"),      ORG_END("gången"),   ORG_END("stunden"),
        ORG_END("skriven"),    ORG_END("vuxen"),    ORG_END("mogen"),
        ORG_END("tvungen"),    ORG_END("sällan"),   ORG_END("nästan"),
        ORG_END("innan"),      ORG_END("liten"),    ORG_END("egen"),
        ORG_END("öppen"),      ORG_END("terminen"), ORG_END("perioden"),
        ORG_END("personalen"), ORG_END("lunchen"),  ORG_END("rasten"),
        ORG_END("redan"),      ORG_END("annan")};

    return org_ends_in(f, ends, EFTI_COUNT(ends));
}

/* "hos vårdcentralen kronan": in small letters only behind what is mostly called
 * something, and a word that workplaces are called or that nobody knows. */
static void
head_in_small(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;
    const struct veil_word *w;

    if (!efti_veil_follows(v, n) || org_named(v, n) || org_word(v, n)->form == NULL ||
        ((org_word(v, n)->form->lists & EFTI_LIST_ORG_NAME) ==
             0 && /* demensenheten linden */
         !efti_veil_ask(v, i, VEIL_ASK_SMALL_HEAD, is_small_head)))
        return;
    w = org_word(v, n);
    if (w->form == NULL || org_kept(w) ||
        ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH))
        return;
    bool called = (w->form->lists & EFTI_LIST_ORG_NAME) != 0;
    bool unknown = (w->bits & VEIL_WORD) == 0 &&
                   (w->form->shape != EFTI_SHAPE_NONE ||
                    (w->bits & (VEIL_PLACE | VEIL_SURNAME | VEIL_KNOWN)) != VEIL_KNOWN);
    bool named = (w->bits & VEIL_WORD) == 0 && unknown && w->form->code_points > 3 &&
                 (w->form->lists & EFTI_LIST_FUNCTION) == 0 && !efti_veil_is_slip(v, n);
    /* "på hvb stenbrottet": no noun in the definite form follows one without an end */
    bool bare = efti_veil_is_one_of(v, i, bare_heads, EFTI_COUNT(bare_heads)) && i > 0 &&
                efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_IN) &&
                org_is_definite(w) && (w->bits & (VEIL_HEAD | VEIL_ROLE)) == 0;
    /* "på vårdcentralen kusten": where something is, and two nouns in the definite form
     */
    bool twice = i > 0 && efti_veil_after_at(v, i) && org_is_definite(w) &&
                 w->form->code_points > 4 && !is_when(w->form) &&
                 (w->bits & (VEIL_HEAD | VEIL_ROLE)) == 0 &&
                 (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
                 efti_veil_ask(v, i, VEIL_ASK_SMALL_HEAD, is_small_head);
    if (called || named || bare || twice ||
        (org_is_definite(w) &&
         (unknown || (w->bits & VEIL_ORDINARY) == 0 || (w->bits & VEIL_KNOWN) == 0)))
        mark_org(v, v->casing == VEIL_CASING_HIGH ? i : n, n, VEIL_RULE_ORG_HEAD);
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
    static const char *const land[] = {"kvarteret", "gården"};
    static const char *const shops[] = {"ica", "coop"};
    static const char *const sizes[] = {"maxi",   "kvantum", "nära",  "supermarket",
                                        "banken", "forum",   "konsum"};
    static const char *const remembers[] = {"minne", "minnesfond", "fond", "vänner"};
    size_t last = i, first = i;

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
    if (last == i + 1 && efti_veil_is_one_of(v, i, shops, EFTI_COUNT(shops)) &&
        efti_veil_is_one_of(v, last, sizes, EFTI_COUNT(sizes)))
        return; /* Ica Maxi is a chain, Ica Nära Torget a shop */
    if (last > i && last + 1 < v->words.count && /* Kvarteret Lejonet 3 is land */
        v->segments->tokens.items[last + 1].kind == EFTI_NUMBER &&
        efti_veil_is_one_of(v, i, land, EFTI_COUNT(land)))
        return;
    if (last > i && efti_veil_follows(v, last + 1) &&
        efti_veil_is_one_of(v, last + 1, remembers, EFTI_COUNT(remembers)))
        last++; /* Stiftelsen Kung Karls minne */
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

/* 4B, 62, B12, C: what a ward is told by. */
static bool
is_ward_code(const struct efti_form *f)
{
    size_t digits = 0;

    if (f == NULL || f->folded_size == 0 || f->folded_size > 4)
        return false;
    if (f->raw_size == 1 && f->raw[0] >= 'A' && f->raw[0] <= 'H')
        return true;
    for (size_t k = 0; k < f->folded_size; k++)
        digits += f->folded[k] >= '0' && f->folded[k] <= '9';
    return digits > 0;
}

/* grön, blå, norr, väst: groups are told apart by them in small letters too. */
static bool
is_ward_colour(const struct efti_form *f)
{
    static const char *const words[] = {
        "röd",   "röda",  "rött",   "grön",  "gröna",   "grönt", "blå",
        "blåa",  "blått", "gul",    "gula",  "gult",    "lila",  "orange",
        "rosa",  "svart", "turkos", "norr",  "söder",   "öst",   "väst",
        "ettan", "tvåan", "trean",  "fyran", "femman",  "sexan", "sjuan",
        "syd",   "öster", "väster", "city",  "centrum", "nord",  "mitt"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

static bool
is_ward_word(const struct efti_veil *v, size_t i)
{
    return efti_veil_ask(v, i, VEIL_ASK_WARD, is_ward_colour);
}

/* utredningsenhet 1, hemtjänstgrupp 5: compounds of what there are several of. */
static bool
is_numbered_unit(const struct efti_form *f)
{
    static const struct org_end ends[] = {ORG_END("enhet"), ORG_END("grupp"),
                                          ORG_END("team"),  ORG_END("avdelning"),
                                          ORG_END("avd"),   ORG_END("distrikt")};
    static const char *const whole[] = {"fokusgrupp", "målgrupp",     "åldersgrupp",
                                        "folkgrupp",  "yrkesgrupp",   "kontrollgrupp",
                                        "blodgrupp",  "samtalsgrupp", "fokusgrupp"};

    if (f == NULL || f->code_points < 9 || !org_ends_in(f, ends, EFTI_COUNT(ends)))
        return false;
    for (size_t k = 0; k < EFTI_COUNT(whole); k++)
        if (efti_equal(f->folded, f->folded_size, whole[k], strlen(whole[k])))
            return false;
    return true;
}

/* avdelning 4B, avd. 62, Team 3, "i team 2", arbetslag blå: figures, a letter or a colour
 * behind what there are several of. */
static void
org_ward(struct efti_veil *v, size_t i)
{
    static const char *const wards[] = {"avdelning", "avd", "avd.", "vårdavdelning",
                                        "avdelningen"};
    static const char *const groups[] = {"team",    "enhet",  "arbetslag",
                                         "enheten", "teamet", "arbetslaget"};
    static const char *const houses[] = {"hus", "boende"};
    static const char *const coloured[] = {"hemtjänst",  "hemtjänsten", "ifo",
                                           "boendestöd", "hemvård",     "distrikt"};
    size_t n = i + 1;

    if (n >= v->words.count || org_word(v, n)->form == NULL ||
        (org_word(v, n)->glue != VEIL_GLUE_SPACE &&
         org_word(v, n)->glue != VEIL_GLUE_STOP) ||
        (!is_ward_code(org_word(v, n)->form) && !is_ward_word(v, n)))
        return;
    bool ward = efti_veil_is_one_of(v, i, wards, EFTI_COUNT(wards)) ||
                is_numbered_unit(org_word(v, i)->form);
    bool group = efti_veil_is_one_of(v, i, groups, EFTI_COUNT(groups));
    bool place =
        i > 0 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_IN);

    if (is_ward_word(v, n) && efti_veil_follows(v, n) &&
        (ward || group || efti_veil_is_one_of(v, i, coloured, EFTI_COUNT(coloured)))) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD);
        return;
    }
    if (!is_ward_code(org_word(v, n)->form) ||
        (org_word(v, n)->form->folded_size == 4 && /* enhet 2023 */
         org_word(v, n)->form->kind == EFTI_NUMBER))
        return;
    bool capital = (org_word(v, i)->bits & VEIL_CAPITAL) != 0;
    size_t last = efti_veil_follows(v, n + 1) && is_ward_word(v, n + 1) &&
                          (org_word(v, n + 1)->bits & VEIL_CAPITAL) != 0
                      ? n + 1
                      : n; /* Avd. 31 Öst */
    if (ward || (group && (capital || place)) ||
        (efti_veil_is_one_of(v, i, houses, EFTI_COUNT(houses)) && capital &&
         (efti_veil_is_mid(v, i) || org_word(v, n)->form->kind != EFTI_NUMBER)))
        mark_org(v, i, last, VEIL_RULE_ORG_WARD);
}

/* "Enhet: Humlan", "Avdelning: Norra flygeln", and the line or sentence ends. */
static bool
org_labelled(struct efti_veil *v, size_t i)
{
    static const char *const labels[] = {
        "enhet", "avdelning", "förskola",    "arbetslag", "team",
        "skola", "boende",    "arbetsplats", "enheten",   "avdelningen"};
    size_t n = i + 1, last = n;

    if (n >= v->words.count || org_word(v, n)->glue != VEIL_GLUE_MARK ||
        efti_veil_byte(v, v->segments->tokens.items[i].end) != ':' ||
        org_word(v, n)->form == NULL || v->casing == VEIL_CASING_HIGH ||
        !efti_veil_is_one_of(v, i, labels, EFTI_COUNT(labels)))
        return false;
    while (efti_veil_follows(v, last + 1) && last - n < 3)
        last++;
    for (size_t k = n; k <= last; k++)
        if (org_word(v, k)->form == NULL || org_kept(org_word(v, k)) ||
            org_word(v, k)->form->kind != EFTI_WORD ||
            (org_word(v, k)->form->lists & EFTI_LIST_FUNCTION) != 0 ||
            (k == n && (org_word(v, k)->bits & VEIL_CAPITAL) == 0))
            return false;
    if (efti_veil_follows(v, last + 1))
        return false;
    mark_org(v, n, last, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Boendet heter Ny Väg; förskolan heter Äventyret: whatever the words are else. */
static void
org_named_so(struct efti_veil *v, size_t i)
{
    size_t n = i + 2, last;

    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) &&
        efti_veil_follows(v, n) && org_word(v, n)->form != NULL &&
        (org_word(v, n)->bits & VEIL_CAPITAL) == 0 &&
        (org_word(v, n)->form->lists & EFTI_LIST_ORG_NAME) != 0) {
        mark_org(v, n, n, VEIL_RULE_ORG_HEAD); /* förskolan heter humlan */
        return;
    }
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) ||
        !efti_veil_follows(v, n) || !efti_veil_is_mid(v, n) ||
        (org_kept(org_word(v, n)) && !may_be_house(v, n)))
        return;
    for (last = n; efti_veil_follows(v, last + 1) && efti_veil_is_mid(v, last + 1) &&
                   (!org_kept(org_word(v, last + 1)) || may_be_house(v, last + 1)) &&
                   last - n < 3;)
        last++;
    mark_org(v, n, last, VEIL_RULE_ORG_HEAD);
}

static const char *const tales[] = {
    "bullerbyn",     "mumindalen",  "saltkråkan", "junibacken",    "katthult",
    "lönneberga",    "grönkulla",   "änglagård",  "sjumilaskogen", "nangijala",
    "körsbärsdalen", "bamse",       "pippi",      "madicken",      "findus",
    "pettson",       "mulle",       "totte",      "muminhuset",    "pippilotta",
    "barbapapa",     "babblarna",   "skalman",    "shrek",         "bambi",
    "pinocchio",     "rasmus",      "snövit",     "törnrosa",      "askungen",
    "prästkragar",   "rövardottern"};
static const char *const tale_pairs[][2] = {
    {"noaks", "ark"},  {"abels", "hus"},   {"kajsa", "kavat"},     {"pelle", "plutt"},
    {"mulle", "meck"}, {"nalle", "puh"},   {"pelle", "svanslös"},  {"lilla", "my"},
    {"mamma", "mu"},   {"lille", "skutt"}, {"pippi", "långstrump"}};

/* Is it a tale of one word, in the genitive too? */
static bool
is_whole_tale(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, tales, EFTI_COUNT(tales)) ||
           (f->folded[f->folded_size - 1] == 's' &&
            efti_is_among(f->folded, f->folded_size - 1, tales, EFTI_COUNT(tales)));
}

void
efti_veil_map_tales(struct veil_class_map *map)
{
    for (size_t k = 0; k < EFTI_COUNT(tales); k++)
        efti_veil_map_word(map, tales[k]);
    for (size_t k = 0; k < EFTI_COUNT(tale_pairs); k++)
        efti_veil_map_word(map, tale_pairs[k][0]);
}

bool
efti_veil_begins_tale(const struct efti_veil *v, const struct efti_form *f)
{
    const struct veil_class_map *map = &v->tale_map;
    size_t bare = f->folded_size - (f->folded[f->folded_size - 1] == 's');

    if (!efti_veil_is_mapped(map, f->folded, f->folded_size) &&
        (bare == 0 || !efti_veil_is_mapped(map, f->folded, bare)))
        return false;
    for (size_t k = 0; k < EFTI_COUNT(tale_pairs); k++)
        if (efti_is_among(f->folded, f->folded_size, &tale_pairs[k][0], 1))
            return true;
    return is_whole_tale(f);
}

/* The first word of a tale that homes are called after; `*size`: its words. */
static bool
is_tale(const struct efti_veil *v, size_t i, size_t *size)
{
    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0)
        return false;
    for (size_t k = 0; efti_veil_follows(v, i + 1) && k < EFTI_COUNT(tale_pairs); k++)
        if (efti_veil_is_one_of(v, i, &tale_pairs[k][0], 1) &&
            efti_veil_is_one_of(v, i + 1, &tale_pairs[k][1], 1)) {
            *size = 2;
            return true;
        }
    *size = 1;
    return is_whole_tale(org_word(v, i)->form);
}

/* "jobbar på Mumindalen", "Vårt boende heter Noaks ark", "Igår på Abels hus": one is on
 * and at a house, and in a tale. */
static void
org_of_tale(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på", "hos", "från", "till", "vid"};
    size_t size;

    if ((org_word(v, i)->cues & VEIL_CUE_TALE) == 0 || !efti_veil_follows(v, i) ||
        !may_be_house(v, i) ||
        !(efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) ||
          efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
          (org_word(v, i - 1)->bits & VEIL_HEAD) != 0) ||
        !is_tale(v, i, &size))
        return;
    if (size == 1 && (efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) ||
                      (org_word(v, i)->bits & VEIL_GIVEN_1) != 0))
        return; /* heter Rasmus, hos Rasmus: a person, names.c */
    mark_org(v, i, i + size - 1, VEIL_RULE_ORG_CALLED);
}

/* Rättspsyk i Växjö: a head with a capital of its own, and where it is. */
static bool
org_somewhere(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if ((w->bits & (VEIL_HEAD | VEIL_CAPITAL)) != (VEIL_HEAD | VEIL_CAPITAL) ||
        (!efti_veil_is_mid(v, i) && (w->bits & VEIL_WORD) != 0) ||
        !efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || v->casing == VEIL_CASING_HIGH)
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Enheten för unga vuxna i Hallsta: whom it is for stands before where it is. */
static bool
org_for_somewhere(struct efti_veil *v, size_t i)
{
    static const char *const for_whom[] = {"för", "mot"};
    static const char *const in[] = {"i"};
    const struct veil_word *w = org_word(v, i);
    size_t n = i + 2;

    if ((w->bits & (VEIL_HEAD | VEIL_CAPITAL)) != (VEIL_HEAD | VEIL_CAPITAL) ||
        v->casing == VEIL_CASING_HIGH || !efti_veil_follows(v, i + 1) ||
        !efti_veil_is_one_of(v, i + 1, for_whom, EFTI_COUNT(for_whom)))
        return false;
    while (n < i + 6 && efti_veil_follows(v, n) &&
           !efti_veil_is_one_of(v, n, in, EFTI_COUNT(in)))
        n++;
    if (n == i + 2 || !efti_veil_follows(v, n) ||
        !efti_veil_is_one_of(v, n, in, EFTI_COUNT(in)) || !efti_veil_follows(v, n + 1) ||
        !org_named(v, n + 1) || org_word(v, n + 1)->category != EFTI_PLACE)
        return false;
    mark_org(v, i, n + 1, VEIL_RULE_ORG_HEAD);
    return true;
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
    if ((org_word(v, i)->form->lists & EFTI_LIST_ORG_NAME) != 0 &&
        ((org_word(v, i)->bits & VEIL_CAPITAL) == 0 || v->casing == VEIL_CASING_HIGH)) {
        efti_veil_house_in_small(v, i);
        if ((org_word(v, i)->form->lists & EFTI_LIST_ORG_HEAD) == 0)
            return;
    }
    org_named_so(v, i);
    if (org_labelled(v, i) || org_somewhere(v, i) || org_for_somewhere(v, i))
        return;
    org_head(v, i);
    org_phrase(v, i);
    org_ward(v, i);
    efti_veil_house(v, i);
}

void
efti_veil_orgs(struct efti_veil *v)
{
    size_t names;

    if ((v->present & VEIL_CUE_TALE) != 0)
        for (size_t i = 1; i < v->words.count; i++)
            org_of_tale(v, i);
    for (size_t h = 0; h < v->heads.count; h++)
        org_around(v, v->heads.items[h]);
    names = v->named.count;
    for (size_t h = 0; h < names; h++) {
        size_t i = v->named.items[h];

        if (efti_veil_follows(v, i + 1))
            efti_veil_house(v, i + 1);
        if (efti_veil_follows(v, i + 2) && i + 2 < v->words.count)
            efti_veil_house(v, i + 2);
    }
    efti_veil_houses(v);
    names = v->named.count; /* what joined meanwhile: Pysslingen Solstrålen */
    for (size_t h = 0; h < names; h++)
        efti_veil_service(v, v->named.items[h]);
}
