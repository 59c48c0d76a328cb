/*
 * houses_small.c - workplaces in small letters
 *
 *   på almskolan, till åkerboskolan         by shape, where the dictionary does not
 *                                           know the word
 *   jobbar natt på myran, vi på lotsen      by what houses are called, where one works
 *                                           or lives
 */
#include "veil/orgs.h"

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

/* Words of the list that are places too: one lives at the station, works
 * in the garden. */
static bool
is_any_place(const struct efti_form *f)
{
    static const char *const places[] = {
        "arenan",       "annexet",      "backen",      "bryggan",     "borgen",
        "boet",         "bron",         "brunnen",     "bäcken",      "båten",
        "dalen",        "dammen",       "fönstret",    "gården",      "gränden",
        "hagen",        "hamnen",       "herrgården",  "holmen",      "huset",
        "hyddan",       "hållplatsen",  "höjden",      "hörnet",      "kajen",
        "kanalen",      "klippan",      "korsningen",  "kullen",      "kvarnen",
        "källan",       "ladan",        "lyan",        "magasinet",   "navet",
        "parken",       "passagen",     "paviljongen", "perrongen",   "piren",
        "planeten",     "portalen",     "porten",      "rondellen",   "scenen",
        "skeppet",      "skogsbrynet",  "slottet",     "slussen",     "sluttningen",
        "smedjan",      "soffan",       "stallet",     "stationen",   "stranden",
        "strandkanten", "stugan",       "tornet",      "torpet",      "trappan",
        "trädgården",   "tronen",       "tunneln",     "udden",       "verandan",
        "verkstan",     "viadukten",    "viken",       "villan",      "vägen",
        "växthuset",    "ängen",        "åkern",       "åkanten",     "ån",
        "åsen",         "ön",           "längan",      "dungen",      "lunden",
        "skogsbacken",  "skogsgläntan", "gläntan",     "växeln",      "snickeriet",
        "soffan",       "linken",       "spåret",      "köksbordet",  "bordet",
        "navet",        "basen",        "golvet",      "åran",        "matbordet",
        "skafferiet",   "ljuset",       "molnet",      "solen",       "månen",
        "havsutsikten", "valen",        "vågen",       "steget",      "lampan",
        "spegeln",      "barren",       "stigen",      "stenen",      "valvet",
        "länken",       "nyckeln",      "tråden",      "pulsen",      "lägret",
        "lyftet",       "hoppet",       "kransen",     "kaffepannan", "manegen",
        "utsikten",     "flygeln",      "almen",       "logen",       "marken",
        "alfa",         "lägerelden",   "granen",      "lägereld",    "boklådan",
        "ön",           "flotten",      "sågen",       "träslottet",  "älven",
        "horisonten",   "verkstaden",   "restaurangen"};

    return efti_is_among(f->folded, f->folded_size, places, EFTI_COUNT(places));
}

/* Words of the list that much else is done with: one works on the puzzle, has it from the
 * heart. They need somebody who works or lives there, as places do. */
static bool
is_loose_place(const struct efti_form *f)
{
    static const char *const loose[] = {
        "harmonin",      "glädjen",      "pusslet",      "väven",
        "hjärtat",       "vingarna",     "ryggraden",    "kvisten",
        "trumman",       "raketen",      "kitteln",      "stubben",
        "barret",        "biet",         "nålen",        "omstarten",
        "trollet",       "melodin",      "orkestern",    "korpen",
        "nystarten",     "etappen",      "facklan",      "famnen",
        "falken",        "forsen",       "frizonen",     "fröet",
        "gamma",         "sigma",        "glöden",       "gnistan",
        "grenen",        "grinden",      "grytan",       "gärdet",
        "hängmattan",    "hällen",       "härden",       "hästskon",
        "hörnstenen",    "idet",         "istappen",     "karusellen",
        "kedjan",        "knoppen",      "knuten",       "kojan",
        "kompassen",     "kompaniet",    "kritan",       "krukan",
        "kulissen",      "kvarnstenen",  "kåtan",        "lagunen",
        "lansen",        "lanternan",    "leksaken",     "livlinan",
        "livslusten",    "lyktan",       "lyktstolpen",  "lågan",
        "löparen",       "lövet",        "mandeln",      "marmorn",
        "masten",        "mosaiken",     "mossan",       "mossen",
        "muren",         "musslan",      "nyckelhålet",  "nystanet",
        "nästet",        "näven",        "omtanken",     "oliven",
        "orren",         "palett",       "paletten",     "panorama",
        "parasollet",    "penséen",      "plommonet",    "pluto",
        "porslinan",     "prinsen",      "prisma",       "propellern",
        "pumpan",        "pusselbiten",  "päronet",      "refrängen",
        "regnbågen",     "riddaren",     "rodret",       "rosen",
        "rosorna",       "rundabordet",  "rutschkanan",  "rötterna",
        "samklangen",    "saxofonen",    "seglet",       "selleriet",
        "skatan",        "skattkistan",  "skogsmusen",   "skymningen",
        "skölden",       "skörden",      "snabeln",      "snurran",
        "snäckan",       "snöbollen",    "solnedgången", "soluppgången",
        "spettet",       "spiran",       "sporren",      "språnget",
        "språngbrädan",  "startpunkten", "stenmuren",    "stjärnan",
        "studsbollen",   "svansen",      "sålen",        "tassen",
        "trädkojan",     "träskeden",    "uttern",       "valnöten",
        "vingen",        "vingslaget",   "vinkeln",      "vassen",
        "vävstolen",     "äpplet",       "äppelträdet",  "lusthuset",
        "redet",         "barken",       "arken",        "asken",
        "ballongen",     "bikupan",      "boken",        "brasan",
        "broarna",       "cirkusen",     "druvan",       "ekan",
        "fikonet",       "flygödlan",    "galaxen",      "idegranen",
        "jollen",        "julen",        "katten",       "kronan",
        "kåken",         "larven",       "laven",        "lon",
        "myran",         "pärlan",       "skutan",       "skäret",
        "vattendroppen", "viloplatsen",  "ormen",        "bålgetingen",
        "hackspetten",   "spindeln",     "lejonet",      "vargen",
        "bina",          "älgen",        "räven",        "renen",
        "laxen",         "gäddan",       "daggdroppen",  "ankaret",
        "backstugan",    "bågen",        "ingången",     "vändpunkten",
        "återbruket",    "frizon",       "draken",       "sjön",
        "skeppet",       "tjärnen",      "vattentornet", "vinterträdgården",
        "orangeriet",    "trädet",       "fristaden"};

    return efti_is_among(f->folded, f->folded_size, loose, EFTI_COUNT(loose));
}

/* "tittar på svanarna", "rädd för": what is looked at, painted or hunted is no house. */
static bool
is_flown_by(const struct efti_veil *v, size_t i)
{
    static const char *const looks[] = {
        "tittar",    "tittade",  "titta",   "tittat",  "kollar", "kollade", "lyssnar",
        "lyssnade",  "pekar",    "pekade",  "skjuter", "sköt",   "kör",     "körde",
        "bild",      "bilden",   "bilder",  "foto",    "tavla",  "klappar", "klättrar",
        "klättrade", "trampade", "trampar", "trött",   "arg",    "kastade", "exempel",
        "växer",     "växte",    "mossa",   "föll",    "faller", "doften",  "lukten",
        "namnet",    "rädd",     "målat",   "ritat",   "steg",   "luktar",  "luktade"};

    return i > 1 && efti_veil_follows(v, i - 1) &&
           efti_veil_is_one_of(v, i - 2, looks, EFTI_COUNT(looks));
}

/* "hej det är stina här från spegeln": who writes, and from where. */
static bool
is_sender(const struct efti_veil *v, size_t i)
{
    static const char *const from[] = {"från", "fr", "ifrån"}, *const here[] = {"här"};
    size_t who = i - 2;

    if (!efti_veil_is_one_of(v, i - 1, from, EFTI_COUNT(from)))
        return false;
    if (who > 0 && efti_veil_is_one_of(v, who, here, 1) && efti_veil_follows(v, who))
        who--;
    return org_named(v, who) && org_word(v, who)->category == EFTI_PERSON;
}

/* "jobbar natt på myran", "vi på solrosen", "läget på lotsen": who works or lives there
 * says that it is a house; a place of its own right needs more (efti_veil_at_work). */
void
efti_veil_house_in_small(struct efti_veil *v, size_t i)
{
    static const char *const at[] = {"på", "hos"};
    static const char *const we[] = {
        "vi",          "oss",      "jag",      "personalen",  "natt",     "natten",
        "läget",       "alla",     "kvar",     "här",         "er",       "du",
        "dom",         "e",        "är",       "ä",           "va",       "var",
        "va",          "bor",      "går",      "gick",        "kvar",     "börja",
        "fortfarande", "tillbaka", "inne",     "möte",        "plats",    "chefen",
        "dagarna",     "helgen",   "praktik",  "prao",        "folk",     "fröken",
        "fröknarna",   "avstängd", "hon",      "han",         "barnen",   "ungdomarna",
        "ungarna",     "eleverna", "brukarna", "föräldrarna", "personal", "kollegorna",
        "vikarierna",  "praktiken"};
    const struct veil_word *w = org_word(v, i);

    if (i > 1 && efti_veil_follows(v, i) && efti_veil_coloured(v, i - 1))
        return;
    if (i < 2 || org_named(v, i) || org_kept(w) || !efti_veil_follows(v, i) ||
        !efti_veil_follows(v, i - 1) || !efti_veil_after_at(v, i))
        return;
    if (is_sender(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
        return;
    }
    if (is_any_place(w->form) && !efti_veil_at_work(v, i))
        return;
    if (is_flown_by(v, i) || efti_veil_is_heard(v, i))
        return;
    if (efti_veil_at_work(v, i) || !is_loose_place(w->form) ||
        (efti_veil_is_one_of(v, i - 1, at, EFTI_COUNT(at)) &&
         (efti_veil_is_one_of(v, i - 2, we, EFTI_COUNT(we)) ||
          (org_word(v, i - 2)->state & VEIL_STATE_NAME) != 0)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}

/* bergis, kulturis, vasagymnas: schools and houses as those call them who go there. */
static bool
is_called_in_short(const struct efti_form *f)
{
    static const struct word_end ends[] = {WORD_END("is"), WORD_END("gymnas")};
    static const struct word_end common[] = {
        WORD_END("dagis"),    WORD_END("godis"),  WORD_END("kompis"),
        WORD_END("loppis"),   WORD_END("mellis"), WORD_END("servis"),
        WORD_END("polis"),    WORD_END("tennis"), WORD_END("notis"),
        WORD_END("kondis"),   WORD_END("ändis"),  WORD_END("fritis"),
        WORD_END("analys"),   WORD_END("rabis"),  WORD_END("mais"),
        WORD_END("precis"),   WORD_END("ävlis"),  WORD_END("frallis"),
        WORD_END("serveris"), WORD_END("sis"),    WORD_END("rvis"),
        WORD_END("vis"),      WORD_END("ärnis"),  WORD_END("nyis"),
        WORD_END("jöis"),     WORD_END("rossis"), WORD_END("lankis"),
        WORD_END("attenis"),  WORD_END("avsis"),  WORD_END("ackis"),
        WORD_END("tandis")};

    return org_ends_in(f, ends, EFTI_COUNT(ends)) &&
           !org_ends_in(f, common, EFTI_COUNT(common));
}

/* "till åkerboskolan", "på solgläntan": in small letters the shape of a school or home
 * behind a word of place, if the dictionary does not know the word or the lists know its
 * beginning as a name. */
void
efti_veil_org_in_small(struct efti_veil *v, size_t i)
{
    static const char *const in[] = {"i"}; /* går i åkerbyskolan */
    static const char *const whole[] = {"hela"};
    const struct veil_word *w = org_word(v, i);

    if (w->form == NULL || org_named(v, i) || org_kept(w) || i == 0)
        return;
    if (v->casing == VEIL_CASING_HIGH && (w->bits & VEIL_UPPER) != 0 &&
        (w->form->shape == EFTI_SHAPE_SCHOOL || w->form->shape == EFTI_SHAPE_HOME) &&
        ((w->bits & VEIL_WORD) == 0 || begins_as_name(v, w->form)) &&
        (efti_veil_after_at(v, i) ||
         (i > 1 && efti_veil_is_one_of(v, i - 1, whole, 1) && efti_veil_follows(v, i) &&
          efti_veil_after_at(v, i - 1)))) {
        mark_org(v, i, i, VEIL_RULE_ORG_SHAPE); /* PÅ HELA ÄNGSGÅRDEN */
        return;
    }
    if ((w->bits & (VEIL_CAPITAL | VEIL_WORD)) != 0)
        return;
    if (w->form->kind == EFTI_WORD && w->form->code_points >= 5 &&
        v->dictionary != NULL && efti_veil_after_at(v, i) &&
        is_called_in_short(w->form) &&
        ((w->form->dict & EFTI_DICT_COMPOUND) != 0 || !efti_veil_is_slip(v, i))) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED); /* går inte till bergis */
        return;
    }
    if ((w->bits & (VEIL_KNOWN | VEIL_ORDINARY | VEIL_DIGITS)) == 0 &&
        w->form->kind == EFTI_WORD && w->form->code_points >= 4 &&
        v->dictionary != NULL && efti_veil_after_at(v, i) && efti_veil_at_work(v, i) &&
        !efti_veil_is_slip(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED); /* vi som jobbar på mottag */
        return;
    }
    if ((w->form->shape == EFTI_SHAPE_NONE || w->form->shape == EFTI_SHAPE_SURNAME ||
         w->form->shape == EFTI_SHAPE_SETTLEMENT) ||
        !(efti_veil_after_at(v, i) ||
          (w->form->shape == EFTI_SHAPE_SCHOOL && efti_veil_follows(v, i) &&
           efti_veil_is_one_of(v, i - 1, in, EFTI_COUNT(in)))))
        return;
    bool house = w->form->shape == EFTI_SHAPE_SCHOOL || w->form->shape == EFTI_SHAPE_HOME;
    if (((w->bits & VEIL_KNOWN) != 0 || !house) && !begins_as_name(v, w->form))
        return;
    mark_org(v, i, i, VEIL_RULE_ORG_SHAPE);
}
