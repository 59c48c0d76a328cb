/*
 * kept.c - words that stay though they look like names
 *
 *   Volvon, Piagetsk          a kept word, inflected
 *   Europadomstolen           a kept word and an ordinary one
 *   Mellansverige             a part of a kept place
 *   Validationsmetoden        a thing by its last part, whatever it is called
 *
 * The lists are lexicons/data/keep and field; this file knows what is formed from them.
 * When in doubt a word may be a person: then none of this says anything.
 */
#include "veil/piece.h"

/* BO, SAM and KIA are kept as authorities and methods write them: Bo, Sam and Kia are
 * people, and then the lists of what is kept say nothing, of Bos and Sams neither. A
 * second capital inside, as in SoL, no name on those lists has. */
static uint32_t
without_kept_name(const struct piece *p, uint32_t lists)
{
    return p->capitals < 2 && (lists & PIECE_GIVEN) != 0 ? lists & ~(uint32_t)PIECE_KEPT
                                                         : lists;
}

/* What the lists say of `size` bytes of the piece, by the rule above. */
uint32_t
efti_piece_lists(const struct efti_veil *v, const struct piece *p, size_t from,
                 size_t size)
{
    return without_kept_name(p, efti_lists_word(v->lists, p->folded + from, size));
}

/* Volvon, Instans, Piagetsk: a kept word in the definite form, or made into another. */
bool
efti_piece_is_kept_inflected(const struct efti_veil *v, const struct piece *p)
{
    static const struct word_end endings[] = {
        WORD_END("n"),     WORD_END("s"),     WORD_END("ns"),     WORD_END("en"),
        WORD_END("et"),    WORD_END("ens"),   WORD_END("ets"),    WORD_END("sk"),
        WORD_END("ska"),   WORD_END("skt"),   WORD_END("ansk"),   WORD_END("anska"),
        WORD_END("anskt"), WORD_END("ian"),   WORD_END("aner"),   WORD_END("ianer"),
        WORD_END("ianen"), WORD_END("iansk"), WORD_END("ianska"), WORD_END("ianskt"),
        WORD_END("ism"),   WORD_END("ismen")};
    const char last = p->size > 0 ? p->folded[p->size - 1] : '\0';

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        size_t n = endings[i].size;

        if (endings[i].word[n - 1] != last || p->size < n + 4 ||
            memcmp(p->folded + p->size - n, endings[i].word, n) != 0)
            continue;
        if ((efti_piece_lists(v, p, 0, p->size - n) & PIECE_KEPT) != 0)
            return true;
    }
    return false;
}

/* Mellansverige, Östeuropa, Nordirak: a part of what stays. */
static bool
is_part_of_kept(const struct efti_veil *v, const struct piece *p)
{
    static const char *const parts[] = {
        "mellan", "central", "nord",   "syd",     "öst",      "ost",    "väst",
        "norra",  "södra",   "sydöst", "sydväst", "nordväst", "nordöst"};

    for (size_t i = 0; i < EFTI_COUNT(parts); i++) {
        size_t n = strlen(parts[i]);

        if (p->size > n + 3 && memcmp(p->folded, parts[i], n) == 0 &&
            (efti_piece_lists(v, p, n, p->size - n) & EFTI_LIST_KEEP) != 0)
            return true;
    }
    return false;
}

/* Facebookgruppen, Teamsgrupp: no workplace, though it ends like one. */
bool
efti_piece_is_chat(const struct piece *p)
{
    static const char *const ends[] = {"gruppen", "grupp"};

    for (size_t i = 0; i < EFTI_COUNT(ends); i++) {
        size_t n = strlen(ends[i]);

        if (p->size > n && memcmp(p->folded + p->size - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

/* Europadomstolen, Facebookuppdatering: a kept word and an ordinary one. */
bool
efti_piece_is_kept_compound(const struct efti_veil *v, const struct piece *p)
{
    if (is_part_of_kept(v, p))
        return true;
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        uint32_t lists;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        lists = efti_piece_lists(v, p, 0, cut);
        if ((lists & PIECE_KEPT) == 0 && p->folded[cut - 1] == 's' && cut > 4)
            lists = efti_piece_lists(v, p, 0, cut - 1);
        if ((lists & PIECE_KEPT) != 0 &&
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) != 0)
            return true;
    }
    return false;
}

static const struct word_end thing_ends[] = {
    WORD_END("metoden"), WORD_END("metod"), WORD_END("modellen"), WORD_END("modell"),
    WORD_END("terapin"), WORD_END("terapi"), WORD_END("pedagogiken"),
    WORD_END("pedagogik"), WORD_END("programmet"), WORD_END("program"), WORD_END("appen"),
    WORD_END("systemet"), WORD_END("testet"), WORD_END("skalan"), WORD_END("kursen"),
    WORD_END("utbildningen"), WORD_END("enkäten"), WORD_END("enkät"), WORD_END("lagen"),
    WORD_END("syndromet"), WORD_END("syndrom"), WORD_END("formuläret"),
    WORD_END("schemat"), WORD_END("samtalet"), WORD_END("samtal"), WORD_END("samtalen"),
    WORD_END("intervjun"), WORD_END("analysen"), WORD_END("analys"), WORD_END("effekten"),
    WORD_END("teorin"), WORD_END("teori"), WORD_END("principen"), WORD_END("faktorer"),
    WORD_END("faktorn"), WORD_END("lista"), WORD_END("listan"), WORD_END("listor"),
    WORD_END("listorna"), WORD_END("projektet"), WORD_END("spelet"),
    WORD_END("rapporten"), WORD_END("sjukdomen"), WORD_END("tabletter"),
    WORD_END("sprutan"), WORD_END("medicinen"), WORD_END("heten"), WORD_END("ationen"),
    WORD_END("ningen"), WORD_END("ningar"), WORD_END("ningarna"), WORD_END("ismen"),
    WORD_END("ologi"), WORD_END("ologin"), WORD_END("iskt"), WORD_END("ivt"),
    WORD_END("aktivt"), WORD_END("skapet"), WORD_END("inriktad"),
    /* what medicines are called by their substance */
    WORD_END("statin"), WORD_END("sartan"), WORD_END("prazol"), WORD_END("oxetin"),
    WORD_END("azepam"), WORD_END("cillin"), WORD_END("mycin"), WORD_END("cyklin"),
    WORD_END("floxacin"), WORD_END("dipin"), WORD_END("triptan"), WORD_END("gliptin"),
    WORD_END("gliflozin"), WORD_END("glutid"), WORD_END("xaban"), WORD_END("setron"),
    WORD_END("fenak"), WORD_END("profen"), WORD_END("histin"), WORD_END("lukast"),
    WORD_END("tiazid"), WORD_END("prednisolon"), WORD_END("ciklovir"), WORD_END("formin"),
    WORD_END("zolam"), WORD_END("idipin"), WORD_END("tropin"), WORD_END("barbital"),
    WORD_END("metason"), WORD_END("morfin"), WORD_END("gabalin"), WORD_END("pentin"),
    WORD_END("triptylin"), WORD_END("piprazol"), WORD_END("zapin"), WORD_END("tiapin"),
    WORD_END("virapin"), WORD_END("enapin"), WORD_END("peridon"),
    /* bread, plants and animals of a kind */
    WORD_END("bakelse"), WORD_END("rulle"), WORD_END("limpa"), WORD_END("baserad"),
    WORD_END("baserat"), WORD_END("fokuserad"), WORD_END("fokuserat"),
    WORD_END("certifierad"),
    /* what things of all trades are called */
    WORD_END("söm"), WORD_END("svamp"), WORD_END("svampen"), WORD_END("finten"),
    WORD_END("sånger"), WORD_END("sången"), WORD_END("sångerna"), WORD_END("lampor"),
    WORD_END("lampan"), WORD_END("dämpare"), WORD_END("dämparen"), WORD_END("stolen"),
    WORD_END("soffan"), WORD_END("diagram"), WORD_END("diagrammet"),
    WORD_END("karusellen"), WORD_END("greppet"), WORD_END("kragen"), WORD_END("färjan"),
    WORD_END("maskinen"), WORD_END("maskin"), WORD_END("valsen"), WORD_END("marschen"),
    WORD_END("sonaten"), WORD_END("symfonin"), WORD_END("konserten"), WORD_END("operan"),
    WORD_END("psalmen"), WORD_END("filmen"), WORD_END("serien"), WORD_END("tidningen"),
    WORD_END("tävlingen"), WORD_END("turneringen"), WORD_END("cupen"),
    WORD_END("matchen"), WORD_END("loppet"), WORD_END("pokalen"), WORD_END("medaljen"),
    WORD_END("stipendiet"), WORD_END("regeln"), WORD_END("satsen"),
    WORD_END("konstanten"), WORD_END("ekvationen"), WORD_END("kurvan"),
    WORD_END("matrisen"), WORD_END("tekniken"), WORD_END("teknik"), WORD_END("manövern"),
    WORD_END("reflexen"), WORD_END("reflex"), WORD_END("tecknet"), WORD_END("tecken"),
    WORD_END("kateter"), WORD_END("katetern"), WORD_END("sonden"), WORD_END("kanylen"),
    WORD_END("saxen"), WORD_END("tången"), WORD_END("förbandet"), WORD_END("förband"),
    WORD_END("bandage"), WORD_END("strumpor"), WORD_END("strumpan"), WORD_END("skorna"),
    WORD_END("stövlar"), WORD_END("byxor"), WORD_END("jackan"), WORD_END("tröjan"),
    WORD_END("mössan"), WORD_END("väskan"), WORD_END("klänning"), WORD_END("klänningen"),
    WORD_END("frisyren"), WORD_END("frisyr"), WORD_END("tårta"), WORD_END("tårtan"),
    WORD_END("kakan"), WORD_END("kakor"), WORD_END("soppa"), WORD_END("soppan"),
    WORD_END("såsen"), WORD_END("grytan"), WORD_END("bröd"), WORD_END("brödet"),
    WORD_END("burgare"), WORD_END("godis"), WORD_END("glassen"), WORD_END("pizzan"),
    WORD_END("sallad"), WORD_END("salladen"), WORD_END("dressing"), WORD_END("potatis"),
    WORD_END("tomater"), WORD_END("tomaten"), WORD_END("äpplen"), WORD_END("päron"),
    WORD_END("blommor"), WORD_END("plantor"), WORD_END("busken"), WORD_END("gräset"),
    WORD_END("fjärilen"), WORD_END("skalbaggen"), WORD_END("skalbagge"),
    WORD_END("hundar"), WORD_END("hästar"), WORD_END("motorn"), WORD_END("pumpen"),
    WORD_END("nyckeln"), WORD_END("koden"), WORD_END("filter"), WORD_END("filtret"),
    WORD_END("skärmen"), WORD_END("kortet"), WORD_END("korten"), WORD_END("pennan"),
    WORD_END("papper"), WORD_END("papperet"), WORD_END("böcker"), WORD_END("böckerna"),
    WORD_END("häftet"), WORD_END("kompendiet"), WORD_END("tavlan"), WORD_END("tavlor"),
    WORD_END("porträttet"), WORD_END("statyn"), WORD_END("spelen"), WORD_END("pusslet"),
    WORD_END("klossar"), WORD_END("figurer"), WORD_END("dockor"), WORD_END("dansen"),
    WORD_END("danser"), WORD_END("träningen"), WORD_END("träning"), WORD_END("gymnastik"),
    WORD_END("massage"), WORD_END("massagen"), WORD_END("övning"), WORD_END("cirkeln"),
    WORD_END("index"), WORD_END("indexet"), WORD_END("poäng"), WORD_END("kvoten"),
    WORD_END("screening"), WORD_END("effekt"), WORD_END("effekter"),
    WORD_END("effekterna"), WORD_END("problemet"), WORD_END("problem"),
    WORD_END("paradoxen"), WORD_END("paradox"), WORD_END("krisen"), WORD_END("kriget"),
    WORD_END("fördraget"), WORD_END("fördrag"), WORD_END("konventionen"),
    WORD_END("protokollet"), WORD_END("protokoll"), WORD_END("direktivet"),
    WORD_END("rapport"), WORD_END("utredning"), WORD_END("kommissionen"),
    WORD_END("kommission"), WORD_END("alliansen"), WORD_END("rörelsen"),
    WORD_END("stilen"), WORD_END("konsten"), WORD_END("musiken"), WORD_END("musik"),
    WORD_END("visor"), WORD_END("visan"), WORD_END("låtar"), WORD_END("låten"),
    WORD_END("kvartetten"), WORD_END("kvartett"), WORD_END("symboler"),
    WORD_END("symbolen"), WORD_END("flagga"), WORD_END("flaggan")};

/* Is it a compound whose last part is a thing? */
bool
efti_veil_ends_as_thing(const char *folded, size_t size)
{
    for (size_t i = 0; size >= 9 && i < EFTI_COUNT(thing_ends); i++) {
        size_t n = thing_ends[i].size;

        if (size >= n + 3 && folded[size - 1] == thing_ends[i].word[n - 1] &&
            memcmp(folded + size - n, thing_ends[i].word, n) == 0)
            return true;
    }
    return false;
}

/* Tuvaprotokollet, Sagasmetoden, Wijkmanmodellen: whose thing it is. A name that is a
 * word too has no other reading here, or the dictionary would know the whole; a surname's
 * shape counts where the beginning is no word. */
static bool
is_thing_of_somebody(const struct efti_veil *v, const struct piece *p)
{
    for (size_t cut = p->size - 4; cut >= 4; cut--) {
        size_t own = p->folded[cut - 1] == 's' && cut > 4 ? cut - 1 : cut;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80 ||
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) == 0)
            continue;
        if (((efti_lists_word(v->lists, p->folded, cut) |
              efti_lists_word(v->lists, p->folded, own)) &
             (EFTI_LIST_ANY_NAME & ~EFTI_LIST_ALSO_FRAME)) != 0)
            return true;
        if (own >= 6 &&
            efti_lists_shape(v->lists, p->folded, own) == EFTI_SHAPE_SURNAME &&
            efti_dictionary_find(v->dictionary, p->folded, own) == 0 &&
            !efti_dictionary_compound(v->dictionary, p->folded, own, NULL))
            return true;
    }
    return false;
}

/* Validationsmetoden, Fikalista, Roxmodellen: what such a compound names is a thing, and
 * the dictionary need not know what it is called. A name before it, which the lists have,
 * makes it that name's (Karlssonmodellen). */
bool
efti_piece_is_thing(const struct efti_veil *v, const struct piece *p)
{
    if (p->size < 9 || (p->lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0 ||
        (p->shape != EFTI_SHAPE_SETTLEMENT && /* Fikalista */
         (p->dict != 0 || p->shape != EFTI_SHAPE_NONE)))
        return false;
    return efti_veil_ends_as_thing(p->folded, p->size) &&
           efti_piece_name_inside(v, p) == 0 && !is_thing_of_somebody(v, p);
}

/* Petri-skålar, Hilti-borren, Ektorp-soffa: of whose make or kind a thing is. The last
 * piece of Anna-fallet and Anna-gruppen is none of these. */
/* The forms of a noun that may hang on one of the words. */
static bool
is_form_of(const char *folded, size_t size, const char *const *words, size_t count)
{
    static const char *const ends[] = {"",   "en",  "n",   "et",   "t",    "er",
                                       "ar", "or",  "na",  "erna", "arna", "orna",
                                       "s",  "ens", "ets", "ns",   "an"};

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(words[i]);

        if (size < n || memcmp(folded, words[i], n) != 0)
            continue;
        for (size_t k = 0; k < EFTI_COUNT(ends); k++)
            if (efti_equal(folded + n, size - n, ends[k], strlen(ends[k])))
                return true;
    }
    return false;
}

bool
efti_piece_is_made(const char *folded, size_t size)
{
    static const char *const things[] = {
        "apparat",    "maskin",     "docka",      "dockan",    "skål",      "klämma",
        "klämmor",    "lyft",       "tröja",      "soffa",     "soffan",    "borr",
        "skruv",      "kniv",       "sax",        "penna",     "färgning",  "stol",
        "säng",       "bord",       "hylla",      "hyllan",    "lampa",     "lampan",
        "skor",       "skorna",     "väska",      "väskan",    "jacka",     "jackan",
        "mössa",      "mössan",     "kaffe",      "ost",       "kaka",      "kakor",
        "bulle",      "bullar",     "tårta",      "tårtan",    "bil",       "cykel",
        "moped",      "telefon",    "dator",      "skärm",     "platta",    "plattan",
        "app",        "appar",      "program",    "system",    "kurs",      "metod",
        "modell",     "teori",      "test",       "skala",     "skalan",    "formulär",
        "enkät",      "film",       "spel",       "pussel",    "kateter",   "spruta",
        "sprutan",    "tablett",    "plåster",    "dropp",     "pump",      "slang",
        "mask",       "rullator",   "rullstol",   "hiss",      "kudde",     "kudden",
        "täcke",      "madrass",    "blandare",   "kran",      "effekt",    "syndrom",
        "princip",    "förordning", "konvention", "domstol",   "fördrag",   "avtal",
        "stil",       "frisyr",     "hund",       "katt",      "potatis",   "äpple",
        "äpplen",     "choklad",    "läsk",       "öl",        "vin",       "snus",
        "kort",       "klossar",    "bitar",      "figur",     "figurer",   "klocka",
        "klockan",    "ring",       "glas",       "kopp",      "mugg",      "gryta",
        "grytan",     "sås",        "sallad",     "pizza",     "pizzan",    "smörgås",
        "macka",      "mackor",     "macka",      "dressing",  "bakelse",   "bakelser",
        "byråkrat",   "byråkrater", "fond",       "aktie",     "konto",     "licens",
        "server",     "nätverk",    "router",     "skrivare",  "printer",   "kamera",
        "mikrofon",   "högtalare",  "gitarr",     "piano",     "fiol",      "vals",
        "visa",       "visan",      "låt",        "kalender",  "bok",       "mapp",
        "pärm",       "lista",      "listan",     "protokoll", "diagram",   "kurva",
        "kurvan",     "tabell",     "index",      "poäng",     "kvot",      "vaccin",
        "virus",      "bakterie",   "bakterier",  "infektion", "celler",    "cell",
        "prov",       "manöver",    "grepp",      "teknik",    "gymnastik", "yoga",
        "träning",    "medicin",    "kräm",       "salva",     "salvan",    "droppar",
        "näsdroppar", "gel",        "fint",       "sång",      "svamp",     "lopp",
        "tävling",    "regel",      "krage",      "sond",      "sax",       "förband",
        "strumpa",    "byxa",       "motor",      "filter",    "dans",      "psalm",
        "marsch",     "symfoni",    "konsert",    "diagram",   "reflex",    "tecken",
        "cup",        "match"};

    return is_form_of(folded, size, things, EFTI_COUNT(things));
}

bool
efti_piece_is_kept(struct piece *p)
{
    p->lists = without_kept_name(p, p->lists);
    return (p->lists & PIECE_KEPT) != 0;
}

/* Prader-Willi, Ehlers-Danlos': on the lists as it is, or in the genitive. */
bool
efti_piece_is_kept_whole(const struct efti_veil *v, struct piece *p)
{
    size_t base = efti_veil_without_genitive(p->folded, p->size);

    if (efti_piece_is_kept(p))
        return true;
    return base < p->size && (p->lists & EFTI_LIST_ANY_NAME) == 0 &&
           (efti_piece_lists(v, p, 0, base) & PIECE_KEPT) != 0;
}

/* Did efti_piece_is_kept() take it for a person? */
bool
efti_piece_stopped_keeping(const struct efti_form *form, const struct piece *p)
{
    return (form->lists & ~p->lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0;
}
