/*
 * words.c - what a form is to the veil, found once per distinct form
 *
 *   Annas       lists know "anna", not "annas"     GIVEN_1 | GENITIVE, a capital
 *   Anna-fallet the first piece is a name          GIVEN_1 | HYPHEN
 *   SIP:en      at most five capitals, no name     ORDINARY
 *   björn       dictionary and list of words that
 *               are also names                     WORD | ALSO_MID
 *   Solgläntan  two dictionary words               ORDINARY
 *   Lindängen   the same, but shaped like a name   nothing: unknown
 *
 * The result is 24 flags and a small class, so that the passes over tokens only compare
 * bits. Names and places come from lexicons/, the words of the veil's own grammar
 * from classes.c.
 */
#include "veil/find.h"

/* ---------------------------------------------------------------- one piece */

/* A word, or a piece of a hyphenated one, with what the tables say about it. */
struct piece {
    const char *folded;
    size_t size;
    uint32_t dict, lists;
    enum efti_shape shape;
    bool capital, upper;
    uint32_t capitals, letters;
    bool part; /* of a hyphenated word */
};

#define KEPT (EFTI_LIST_KEEP | EFTI_LIST_FIELD)
#define GIVEN (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)

/* BO, SAM and KIA are kept as authorities and methods write them: Bo, Sam and Kia are
 * people, and then the lists of what is kept say nothing, of Bos and Sams neither. A
 * second capital inside, as in SoL, no name on those lists has. */
static uint32_t
without_kept_name(const struct piece *p, uint32_t lists)
{
    return p->capitals < 2 && (lists & GIVEN) != 0 ? lists & ~(uint32_t)KEPT : lists;
}

/* What the lists say of `size` bytes of the piece, by the rule above. */
static uint32_t
lists_of(const struct efti_veil *v, const struct piece *p, size_t from, size_t size)
{
    return without_kept_name(p, efti_lists_word(v->lists, p->folded + from, size));
}

static size_t
without_genitive(const char *folded, size_t size)
{
    if (size < 4 || folded[size - 1] != 's')
        return size;
    return folded[size - 2] == '\'' || folded[size - 2] == ':' ? size - 2 : size - 1;
}

static bool
is_allowed(const struct efti_veil *v, const struct piece *p)
{
    if (v->allow == NULL)
        return false;
    return efti_strings_find(v->allow, p->folded, p->size) != EFTI_NOT_FOUND ||
           efti_strings_find(v->allow, p->folded, without_genitive(p->folded, p->size)) !=
               EFTI_NOT_FOUND;
}

/* An ending, with its size so that no look at a word has to measure it. */
struct word_end {
    const char *word;
    size_t size;
};
#define END(word)                                                                        \
    {                                                                                    \
        word, sizeof(word) - 1                                                           \
    }

/* Volvon, Instans, Piagetsk: a kept word in the definite form, or made into another. */
static bool
is_kept_inflected(const struct efti_veil *v, const struct piece *p)
{
    static const struct word_end endings[] = {
        END("n"),     END("s"),     END("ns"),    END("en"),     END("et"),
        END("ens"),   END("ets"),   END("sk"),    END("ska"),    END("skt"),
        END("ansk"),  END("anska"), END("anskt"), END("ian"),    END("aner"),
        END("ianer"), END("ianen"), END("iansk"), END("ianska"), END("ianskt"),
        END("ism"),   END("ismen")};
    const char last = p->size > 0 ? p->folded[p->size - 1] : '\0';

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        size_t n = endings[i].size;

        if (endings[i].word[n - 1] != last || p->size < n + 4 ||
            memcmp(p->folded + p->size - n, endings[i].word, n) != 0)
            continue;
        if ((lists_of(v, p, 0, p->size - n) & KEPT) != 0)
            return true;
    }
    return false;
}

static uint32_t
name_bits(uint32_t lists)
{
    static const struct {
        uint32_t list, bit;
    } map[] = {
        {EFTI_LIST_GIVEN_1, VEIL_GIVEN_1},
        {EFTI_LIST_GIVEN_2, VEIL_GIVEN_2},
        {EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2, VEIL_SURNAME},
        {EFTI_LIST_ALSO_MID, VEIL_ALSO_MID},
        {EFTI_LIST_ALSO_FRAME, VEIL_ALSO_FRAME},
        {EFTI_LIST_PLACE, VEIL_PLACE},
        {EFTI_LIST_PLACE_WORD, VEIL_PLACE_WORD},
    };
    uint32_t bits = 0;

    for (size_t i = 0; i < EFTI_COUNT(map); i++)
        if ((lists & map[i].list) != 0)
            bits |= map[i].bit;
    return bits;
}

/* Karlssonfamiljen, Göteborgskontoret: a listed beginning and an ordinary last part. Such
 * a word needs the support of its beginning where its own capital says nothing. */
static uint32_t
name_inside(const struct efti_veil *v, const struct piece *p)
{
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        size_t from = cut;
        uint32_t bits;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        bits = name_bits(efti_lists_word(v->lists, p->folded, cut)) &
               (VEIL_GIVEN_1 | VEIL_SURNAME | VEIL_PLACE);
        if (bits == 0 && p->folded[cut - 1] == 's' && cut > 4)
            bits = name_bits(efti_lists_word(v->lists, p->folded, cut - 1)) &
                   (VEIL_GIVEN_1 | VEIL_SURNAME | VEIL_PLACE);
        if (bits == 0)
            continue;
        if ((efti_dictionary_find(v->dictionary, p->folded + from, p->size - from) &
             (EFTI_DICT_LOWER | EFTI_DICT_END)) != 0)
            return (bits & VEIL_PLACE) != 0 ? VEIL_PLACE : VEIL_GIVEN_2;
    }
    return 0;
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
            (lists_of(v, p, n, p->size - n) & EFTI_LIST_KEEP) != 0)
            return true;
    }
    return false;
}

/* Facebookgruppen, Teamsgrupp: no workplace, though it ends like one. */
static bool
is_chat(const struct piece *p)
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
static bool
is_kept_compound(const struct efti_veil *v, const struct piece *p)
{
    if (is_part_of_kept(v, p))
        return true;
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        uint32_t lists;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        lists = lists_of(v, p, 0, cut);
        if ((lists & KEPT) == 0 && p->folded[cut - 1] == 's' && cut > 4)
            lists = lists_of(v, p, 0, cut - 1);
        if ((lists & KEPT) != 0 &&
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) != 0)
            return true;
    }
    return false;
}

/* Validationsmetoden, Fikalista, Roxmodellen: what such a compound names is a thing, and
 * the dictionary need not know what it is called. A name before it, which the lists have,
 * makes it that name's (Karlssonmodellen). */
static bool
is_thing(const struct efti_veil *v, const struct piece *p)
{
    static const struct word_end ends[] = {
        END("metoden"),    END("metod"),      END("modellen"),    END("modell"),
        END("terapin"),    END("terapi"),     END("pedagogiken"), END("pedagogik"),
        END("programmet"), END("program"),    END("appen"),       END("systemet"),
        END("testet"),     END("skalan"),     END("kursen"),      END("utbildningen"),
        END("enkäten"),    END("enkät"),      END("lagen"),       END("syndromet"),
        END("syndrom"),    END("formuläret"), END("schemat"),     END("samtalet"),
        END("samtal"),     END("samtalen"),   END("intervjun"),   END("analysen"),
        END("analys"),     END("effekten"),   END("teorin"),      END("teori"),
        END("principen"),  END("lista"),      END("listan"),      END("listor"),
        END("listorna"),   END("projektet"),  END("spelet"),      END("rapporten"),
        END("sjukdomen"),  END("tabletter"),  END("sprutan"),     END("medicinen"),
        END("heten"),      END("ationen"),    END("ningen"),      END("ningar"),
        END("ningarna"),   END("ismen"),      END("ologi"),       END("ologin"),
        END("iskt"),       END("ivt"),        END("aktivt"),      END("skapet"),
        END("inriktad"),   END("baserad"),    END("baserat"),     END("fokuserad"),
        END("fokuserat"),  END("certifierad")};

    if (p->size < 9 || (p->lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0 ||
        (p->shape != EFTI_SHAPE_SETTLEMENT && /* Fikalista */
         (p->dict != 0 || p->shape != EFTI_SHAPE_NONE)))
        return false;
    for (size_t i = 0; i < EFTI_COUNT(ends); i++) {
        size_t n = ends[i].size;

        if (p->size >= n + 3 && p->folded[p->size - 1] == ends[i].word[n - 1] &&
            memcmp(p->folded + p->size - n, ends[i].word, n) == 0)
            return name_inside(v, p) == 0;
    }
    return false;
}
#undef END

/* Vuxenenheten, Utredningsgruppen: parts that every organisation has, if no name or place
 * begins the word. */
static bool
is_generic_part(const struct efti_veil *v, const struct piece *p)
{
    static const char *const ends[] = {"enheten",     "gruppen",      "teamet",
                                       "kontoret",    "mottagningen", "verksamheten",
                                       "avdelningen", "rådgivningen", "kliniken",
                                       "byrån",       "enheterna",    "grupperna"};

    for (size_t i = 0; i < EFTI_COUNT(ends); i++) {
        size_t n = strlen(ends[i]);

        if (p->size > n + 3 && memcmp(p->folded + p->size - n, ends[i], n) == 0)
            return name_inside(v, p) == 0;
    }
    return false;
}

/* DESIGN 8.1: what lets a capital in mid-sentence stay. */
static bool
is_ordinary(const struct efti_veil *v, const struct piece *p)
{
    bool named = (p->lists & EFTI_LIST_ANY_NAME) != 0;

    if ((p->dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
        (p->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_SHAPE_ORDINARY |
                     EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0)
        return true;
    if (p->letters <= 1) /* klient A */
        return true;
    if (named)
        return false;
    /* Health, Stories: words of a title, though not Swedish ones; with a capital the
     * words around it tell (frames.c) */
    if ((p->lists & EFTI_LIST_ENGLISH) != 0 && (p->part || !p->capital))
        return true;
    if ((p->dict & EFTI_DICT_ACRONYM) != 0 && p->upper)
        return true;
    if ((p->dict & EFTI_DICT_CAPITAL) == 0 &&
        (p->dict & (EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE | EFTI_DICT_END)) != 0)
        return true; /* hälso- */
    if ((p->dict & EFTI_DICT_COMPOUND) != 0)
        return (p->shape == EFTI_SHAPE_NONE ||
                (p->shape == EFTI_SHAPE_ORG && is_generic_part(v, p))) &&
               (p->lists & EFTI_LIST_PLACE) == 0;
    return p->upper && p->capitals <= 5 && (p->lists & EFTI_LIST_PLACE) == 0;
}

/* On the roster, also in the genitive: a name, and no country, method or ordinary word.
 * One that stands in the dictionary needs its capital or a frame, as the second tier
 * does.
 */
static uint32_t
apply_roster(const struct efti_veil *v, struct piece *p)
{
    size_t base = without_genitive(p->folded, p->size);

    if (v->roster == NULL)
        return 0;
    bool whole = efti_strings_find(v->roster, p->folded, p->size) != EFTI_NOT_FOUND;
    if (!whole && efti_strings_find(v->roster, p->folded, base) == EFTI_NOT_FOUND)
        return 0;
    p->lists &= ~(uint32_t)(EFTI_LIST_KEEP | EFTI_LIST_FIELD | EFTI_LIST_ALSO_FRAME |
                            EFTI_LIST_ALSO_NEVER | EFTI_LIST_SHAPE_ORDINARY);
    p->lists |= (p->dict & EFTI_DICT_LOWER) != 0 ? EFTI_LIST_GIVEN_2 : EFTI_LIST_GIVEN_1;
    return whole ? 0 : VEIL_GENITIVE;
}

#define END(word)                                                                        \
    {                                                                                    \
        word, sizeof(word) - 1                                                           \
    }
/* Hunddagiset, demensboendet, frisörsalongen: a compound of a head is one too. */
static bool
is_head(const struct piece *p)
{
    static const struct {
        const char *word;
        size_t size; /* so that no comparison has to measure it */
    } ends[] = {
        END("boendet"),   END("hemmet"),       END("förskolan"),  END("skolan"),
        END("centralen"), END("föreningen"),   END("klubben"),    END("gården"),
        END("kliniken"),  END("mottagningen"), END("företaget"),  END("bolaget"),
        END("kyrkan"),    END("församlingen"), END("salongen"),   END("butiken"),
        END("caféet"),    END("kaféet"),       END("stiftelsen"), END("jouren"),
        END("bostaden"),  END("restaurangen"), END("dagiset"),    END("huset"),
        END("firman"),    END("kooperativet"), END("byrån"),      END("affären"),
        END("gymnasiet"), END("enheten"),      END("teamet"),     END("distriktet")};

    if ((p->lists & EFTI_LIST_ORG_HEAD) != 0)
        return true;
    if (p->size < 10 || (p->dict & (EFTI_DICT_LOWER | EFTI_DICT_COMPOUND)) == 0)
        return false;
    const char *end = p->folded + p->size;
    if (end[-1] != 'n' && end[-1] != 't') /* the definite forms: all of them end so */
        return false;
    for (size_t i = 0; i < EFTI_COUNT(ends); i++) {
        size_t n = ends[i].size;

        if (ends[i].word[n - 2] == end[-2] && ends[i].word[n - 3] == end[-3] &&
            p->size > n && memcmp(end - n, ends[i].word, n) == 0)
            return true;
    }
    return false;
}
#undef END

static bool
is_kept(struct piece *p)
{
    p->lists = without_kept_name(p, p->lists);
    return (p->lists & KEPT) != 0;
}

static uint32_t
piece_bits(const struct efti_veil *v, struct piece *p)
{
    uint32_t hanging = apply_roster(v, p);
    uint32_t bits = name_bits(p->lists) | hanging;
    /* without a dictionary the list of names that are words says which are */
    uint32_t words =
        EFTI_LIST_FUNCTION | EFTI_LIST_ROLE |
        (v->dictionary == NULL ? EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME : 0u);
    bool word = (p->dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
                (p->lists & words) != 0;

    if (is_kept(p) || is_allowed(v, p))
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN | (word ? VEIL_WORD : 0) |
               ((p->lists & EFTI_LIST_ORG_HEAD) != 0 ? VEIL_HEAD : 0) |
               ((p->lists & EFTI_LIST_ROLE) != 0 ? VEIL_ROLE : 0);
    if (bits == 0 && !word && is_thing(v, p)) /* kept if no frame of people is there */
        return VEIL_KEEP | VEIL_KNOWN | (p->part || !p->capital ? VEIL_ORDINARY : 0u);
    if (bits == 0 && !word) {
        size_t base = without_genitive(p->folded, p->size);
        uint32_t lists = base == p->size ? 0 : lists_of(v, p, 0, base);

        if ((lists & KEPT) != 0 || is_kept_inflected(v, p) ||
            (p->dict == 0 && (p->shape == EFTI_SHAPE_NONE || is_chat(p)) &&
             is_kept_compound(v, p)))
            return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN;
        /* "vilas", "sagas": the genitive of a name that is a word is no support */
        if ((p->dict & EFTI_DICT_COMPOUND) == 0 || (lists & EFTI_LIST_GIVEN_1) != 0)
            bits = name_bits(lists);
        if (bits != 0) {
            bits |= VEIL_GENITIVE;
            p->lists |= lists;
        } else if ((p->dict & EFTI_DICT_COMPOUND) == 0) {
            bits = name_inside(v, p);
        }
    }
    if (word && bits == 0 && p->capital && p->folded[p->size - 1] == 's') {
        /* Björns, Dahlias: genitives that are words too need what Björn needs */
        size_t base = without_genitive(p->folded, p->size);
        uint32_t lists = efti_lists_word(v->lists, p->folded, base);

        if (base < p->size &&
            (lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)) != 0 &&
            (lists & EFTI_LIST_FUNCTION) == 0)
            bits = VEIL_ALSO_MID | VEIL_GENITIVE;
    }
    if (word)
        bits |= VEIL_WORD;
    if ((p->lists & EFTI_LIST_ROLE) != 0)
        bits |= VEIL_ROLE;
    if ((p->lists & EFTI_LIST_PARTICLE) != 0)
        bits |= VEIL_PARTICLE;
    if (is_head(p))
        bits |= VEIL_HEAD;
    if (word || (p->dict & (EFTI_DICT_COMPOUND | EFTI_DICT_ACRONYM)) != 0)
        bits |= VEIL_KNOWN;
    if (is_ordinary(v, p))
        bits |= VEIL_ORDINARY;
    return bits;
}

/* ------------------------------------------------------------- hyphenated forms */

static size_t
hyphen_at(const char *raw, size_t size, size_t at)
{
    if (raw[at] == '-')
        return 1;
    if (size - at >= 3 && raw[at] == '\xE2' && raw[at + 1] == '\x80' &&
        (raw[at + 2] == '\x90' || raw[at + 2] == '\x91'))
        return 3;
    return 0;
}

static void
count_capitals(struct piece *p, const char *raw, size_t size)
{
    size_t at = 0;
    bool small = false, first = true;

    while (at < size) {
        if (raw[at] >= 'a' && raw[at] <= 'z') { /* nearly always */
            p->letters++;
            small = true;
            first = false;
            at++;
            continue;
        }
        uint32_t c = efti_utf8_next(raw, size, &at);

        if (!efti_is_letter(c))
            continue;
        p->letters++;
        if (efti_is_upper(c)) {
            p->capitals++;
            p->capital = p->capital || first;
        } else if (efti_is_lower(c)) {
            small = true;
        }
        first = false;
    }
    p->upper = p->capitals >= 2 && !small;
}

static void
look_up(const struct efti_veil *v, struct piece *p)
{
    p->dict = efti_dictionary_find(v->dictionary, p->folded, p->size);
    if (p->dict == 0 && p->size > 5 &&
        efti_dictionary_compound(v->dictionary, p->folded, p->size, NULL))
        p->dict = EFTI_DICT_COMPOUND;
    p->lists = efti_lists_word(v->lists, p->folded, p->size);
    p->shape = efti_lists_shape(v->lists, p->folded, p->size);
}

/* Prader-Willi, Ehlers-Danlos': on the lists as it is, or in the genitive. */
static bool
is_kept_whole(const struct efti_veil *v, struct piece *p)
{
    size_t base = without_genitive(p->folded, p->size);

    if (is_kept(p))
        return true;
    return base < p->size && (p->lists & EFTI_LIST_ANY_NAME) == 0 &&
           (lists_of(v, p, 0, base) & KEPT) != 0;
}

/* Pieces in raw and folded form; the first decides, a later capital may join. */
static uint32_t
hyphen_bits(const struct efti_veil *v, const struct efti_form *form, struct piece *whole)
{
    size_t raw = 0, folded = 0, n = 0;
    uint32_t bits = 0;
    bool ordinary = true, known = true, last_head = false;

    if (is_kept_whole(v, whole))
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN;
    while (raw < form->raw_size && folded < form->folded_size) {
        size_t raw_end = raw, folded_end = folded;
        struct piece p = {.part = true};

        while (raw_end < form->raw_size &&
               hyphen_at(form->raw, form->raw_size, raw_end) == 0)
            raw_end++;
        while (folded_end < form->folded_size && form->folded[folded_end] != '-')
            folded_end++;
        p.folded = form->folded + folded;
        p.size = folded_end - folded;
        count_capitals(&p, form->raw + raw, raw_end - raw);
        look_up(v, &p);

        uint32_t own = p.size > 0 ? piece_bits(v, &p) : VEIL_ORDINARY;
        if (n == 0) {
            bits = own & ~(uint32_t)(VEIL_KEEP | VEIL_ROLE | VEIL_HEAD);
        } else if (p.capital == ((bits & VEIL_CAPITAL) != 0) &&
                   (p.capital || (own & VEIL_GIVEN) != 0)) {
            bits |= own & (VEIL_NAME | VEIL_PLACE); /* Anna-Karin, anna-karin */
        } else if ((bits & (VEIL_ORDINARY | VEIL_WORD)) == 0) {
            bits |= VEIL_HYPHEN; /* Anna-fallet */
        }
        if (n == 0 && p.capital)
            bits |= VEIL_CAPITAL;
        if ((n == 0 || p.capital) && (own & VEIL_ORDINARY) == 0)
            ordinary = false;
        if ((own & VEIL_HEAD) != 0 && n > 0) /* LSS-boendet */
            last_head = true;
        known = known && (own & (VEIL_KNOWN | VEIL_ORDINARY)) != 0;
        raw = raw_end + (raw_end < form->raw_size
                             ? hyphen_at(form->raw, form->raw_size, raw_end)
                             : 0);
        folded = folded_end + 1;
        n++;
    }
    bits &= ~(uint32_t)(VEIL_ORDINARY | VEIL_KNOWN);
    if ((form->lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0) {
        bits = (bits & VEIL_CAPITAL) | name_bits(form->lists); /* eva-lott, Inga-Lill */
        ordinary = false;
    }
    return bits | (ordinary ? VEIL_ORDINARY : 0) | (known ? VEIL_KNOWN : 0) |
           (last_head ? VEIL_HEAD : 0);
}

/* ------------------------------------------------------------------ the form */

static uint32_t
phrase_bits(const struct efti_veil *v, const struct efti_form *form)
{
    /* the lists mark every word with a class of its own, and the first of several */
    if ((form->lists & (EFTI_LIST_STARTS_PHRASE | EFTI_LIST_NAME_PHRASE)) == 0)
        return 0;
    uint32_t classes = efti_lists_phrase(v->lists, form->folded, form->folded_size);
    uint32_t bits = 0;

    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_STRONG)) != 0)
        bits |= VEIL_BEFORE_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_WEAK)) != 0)
        bits |= VEIL_BEFORE_WEAK;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_STRONG)) != 0)
        bits |= VEIL_AFTER_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_WEAK)) != 0)
        bits |= VEIL_AFTER_WEAK;
    if ((classes & (1u << EFTI_PHRASE_KEEP)) != 0)
        bits |= VEIL_KEEP | VEIL_ORDINARY;
    if ((form->lists & EFTI_LIST_NAME_PHRASE) != 0)
        bits |= VEIL_PHRASE;
    return bits;
}

/* .se, .com at the end, and something before: contact.c looks closer. */
static bool
ends_as_domain(const struct efti_form *form)
{
    size_t size = form->folded_size;

    for (size_t n = 3; n <= 5 && n + 1 < size; n++)
        if (form->folded[size - n] == '.')
            return true;
    return false;
}

/* A digit of any width in it? Runs are looked for nowhere else (numbers.c). And a mark
 * that joins, so that a word begins inside? Nearly all forms have neither. */
static void
find_marks(const struct efti_form *form, bool *digit, bool *joined)
{
    unsigned char any = 0;

    *digit = *joined = false;
    for (uint32_t i = 0; i < form->raw_size; i++) {
        unsigned char c = (unsigned char)form->raw[i];

        any |= (unsigned char)((c < 'A') | (c == '_') | (c >= 0xC4));
    }
    for (uint32_t i = 0; any != 0 && i < form->raw_size; i++) {
        unsigned char c = (unsigned char)form->raw[i];

        if ((unsigned char)(c - '0') < 10 || c == 0xEF)
            *digit = true;
        else if (c < 'A' || c == '_' || c >= 0xC4)
            *joined = true;
    }
}

/* Nothing but what most words are? */
static bool
is_plain(uint32_t bits)
{
    const uint32_t quiet = VEIL_KNOWN | VEIL_ORDINARY | VEIL_WORD | VEIL_GENITIVE;

    return (bits & ~quiet) == 0 && (bits & VEIL_KNOWN) != 0;
}

/* instakontot, facebookprofilen, blocketanvändaren: a user name is near. */
static bool
is_account(const struct efti_form *form)
{
    static const struct {
        const char *word;
        size_t size;
    } ends[] = {{"kontot", 6}, {"profilen", 8}, {"användaren", 11}, {"konto", 5}};
    size_t size = form->folded_size;

    for (size_t i = 0; i < EFTI_COUNT(ends); i++)
        if (size > ends[i].size + 3 &&
            memcmp(form->folded + size - ends[i].size, ends[i].word, ends[i].size) == 0)
            return true;
    return false;
}

/* Michael Whites, Röda Korsets, Lex Sarah-rapport: the second word of a phrase, with the
 * genitive or more on it. */
static bool
is_next_in_genitive(const struct efti_veil *v, const struct efti_form *form)
{
    const char *hyphen;
    size_t base;

    if (form->casing == EFTI_CASING_LOWER)
        return false;
    hyphen = memchr(form->folded, '-', form->folded_size);
    base = hyphen != NULL ? (size_t)(hyphen - form->folded)
                          : without_genitive(form->folded, form->folded_size);
    return base < form->folded_size &&
           (efti_lists_word(v->lists, form->folded, base) & EFTI_LIST_NAME_NEXT) != 0;
}

/* The class, the flags that it brings, and whether a pass looks at such a form. */
static uint32_t
with_class(const struct efti_veil *v, const struct efti_form *form, uint32_t bits)
{
    enum veil_class class =
        efti_veil_word_class(&v->class_map, form->folded, form->folded_size);
    bool digit, joined;

    if (class != VEIL_CLASS_NONE) {
        bits |= VEIL_KNOWN;
        if (class != VEIL_CLASS_COMPANY && class != VEIL_CLASS_SERVICE &&
            class != VEIL_CLASS_YEARLING)
            bits |= VEIL_WORD; /* jan, tors, ho: words, in dialect and in short */
    } else if (form->shape != EFTI_SHAPE_NONE) {
        class = VEIL_CLASS_SHAPED;
    }
    find_marks(form, &digit, &joined);
    if (joined && class == VEIL_CLASS_NONE &&
        memchr(form->folded, '_', form->folded_size) != NULL)
        class = VEIL_CLASS_HANDLE;
    if (digit && class == VEIL_CLASS_NONE && (bits & VEIL_UPPER) == 0 &&
        efti_veil_is_login(v, form->folded, form->folded_size))
        class = VEIL_CLASS_HANDLE;
    if ((class == VEIL_CLASS_NONE || class == VEIL_CLASS_WITH ||
         class == VEIL_CLASS_AND) &&
        form->raw_size <= 2 && form->raw[0] >= 'A' && form->raw[0] <= 'Z' &&
        form->raw[0] != 'I' && form->kind == EFTI_WORD)
        class = VEIL_CLASS_SHAPED; /* M. berättade: a letter may be somebody */
    if (class == VEIL_CLASS_NONE && is_account(form))
        class = VEIL_CLASS_ALIAS;
    bool plain = class == VEIL_CLASS_NONE || class == VEIL_CLASS_SHAPED;
    if (plain && joined && form->raw_size > 8 && ends_as_domain(form))
        class = VEIL_CLASS_DOMAIN;
    else if (plain && (class == VEIL_CLASS_SHAPED || !is_plain(bits))) {
        if (ends_as_domain(form))
            class = VEIL_CLASS_DOMAIN;
        else if (form->raw_size > 0 && (unsigned char)form->raw[0] >= 0xCD)
            class = VEIL_CLASS_SCRIPT; /* code points from 0x340 on */
    }
    if ((form->lists & EFTI_LIST_NAME_NEXT) != 0 || is_next_in_genitive(v, form))
        bits |= VEIL_NEXT;
    if (digit)
        bits |= VEIL_DIGITS;
    if (efti_veil_has_keyword(&v->key_chains, form->folded, form->folded_size, joined))
        bits |= VEIL_KEY;
    bits |= (uint32_t) class << VEIL_CLASS_SHIFT;
    return bits | (efti_veil_is_listed(bits) ? VEIL_LISTED : 0);
}

/* A dictionary word of which no list says anything, in lower case or with a capital where
 * it belongs: three new forms in four. For it the long way comes to the same (a test
 * compares them). */
static bool
is_quiet_word(const struct efti_veil *v, const struct efti_form *form)
{
    return form->kind == EFTI_WORD && (form->dict & EFTI_DICT_LOWER) != 0 &&
           form->lists == 0 && form->shape == EFTI_SHAPE_NONE &&
           (form->casing == EFTI_CASING_LOWER ||
            (form->casing == EFTI_CASING_INITIAL && /* Björns, Dahlias: looked at below */
             form->folded[form->folded_size - 1] != 's')) &&
           v->allow == NULL && v->roster == NULL;
}

/* Did is_kept() take it for a person? */
static bool
stopped_keeping(const struct efti_form *form, const struct piece *p)
{
    return (form->lists & ~p->lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0;
}

eft_status
efti_veil_analyse(void *user, struct efti_form *form, eft_error *err)
{
    const struct efti_veil *v = user;
    struct piece p = {.folded = form->folded,
                      .size = form->folded_size,
                      .dict = form->dict,
                      .lists = form->lists,
                      .shape = (enum efti_shape)form->shape};
    uint32_t bits;

    (void)err;
    form->veil = 0;
    if (is_quiet_word(v, form)) {
        bits = VEIL_WORD | VEIL_KNOWN | VEIL_ORDINARY | (is_head(&p) ? VEIL_HEAD : 0u) |
               (form->casing == EFTI_CASING_INITIAL ? VEIL_CAPITAL : 0u);
        form->veil = with_class(v, form, bits);
        return EFT_OK;
    }
    if (form->kind != EFTI_WORD && form->kind != EFTI_CODE &&
        form->kind != EFTI_ABBREVIATION && form->kind != EFTI_NUMBER)
        return EFT_OK;

    count_capitals(&p, form->raw, form->raw_size);
    if (p.letters == 0)
        bits = VEIL_ORDINARY | VEIL_KNOWN;
    else if (form->kind == EFTI_ABBREVIATION)
        bits = VEIL_ORDINARY | VEIL_KNOWN | phrase_bits(v, form) |
               (form->folded_size >= 3 && memcmp(form->folded, "avd", 3) == 0 ? VEIL_HEAD
                                                                              : 0);
    else if (memchr(form->folded, '-', form->folded_size) != NULL &&
             (form->dict & EFTI_DICT_LOWER) == 0)
        bits = hyphen_bits(v, form, &p);
    else
        bits = piece_bits(v, &p) |
               (stopped_keeping(form, &p)
                    ? phrase_bits(v, form) & ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY)
                    : phrase_bits(v, form));
    if (form->kind == EFTI_CODE || efti_veil_is_inflected_acronym(v, form) ||
        efti_veil_is_two_words(v, form))
        bits |= VEIL_ORDINARY | VEIL_KNOWN;
    else if ((bits & (VEIL_NAME | VEIL_PLACE | VEIL_ORDINARY)) == 0 &&
             efti_veil_is_product(v, form))
        bits |= VEIL_ORDINARY;
    if (p.letters > 1 && p.letters <= 3 && p.capitals == p.letters &&
        form->raw_size > p.letters && form->kind == EFTI_WORD &&
        (bits & VEIL_KEEP) == 0 && efti_veil_is_initials(form))
        bits = VEIL_GIVEN_1;
    if (p.capital)
        bits |= VEIL_CAPITAL;
    if (p.upper)
        bits |= VEIL_UPPER;
    form->veil = with_class(v, form, bits);
    return EFT_OK;
}

uint32_t
efti_veil_shouted(const struct efti_veil *v, const struct efti_form *form, uint32_t bits)
{
    size_t base = without_genitive(form->folded, form->folded_size);
    uint32_t lists = form->lists, hanging = 0;

    if ((bits & (VEIL_KEEP | VEIL_UPPER)) != (VEIL_KEEP | VEIL_UPPER))
        return bits;
    if ((lists & GIVEN) == 0 && base < form->folded_size) {
        lists = efti_lists_word(v->lists, form->folded, base);
        hanging = VEIL_GENITIVE;
    }
    if ((lists & GIVEN) == 0)
        return bits;
    return (bits & ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY)) | name_bits(lists) | hanging;
}

size_t
efti_veil_name_size(const struct veil_word *word)
{
    const char *raw = word->form->raw;
    size_t size = word->form->raw_size;

    if ((word->bits & VEIL_HYPHEN) != 0) {
        for (size_t at = 1; at < size; at++) {
            size_t next = at, n = hyphen_at(raw, size, at);

            if (n == 0)
                continue;
            next += n;
            if (next < size && !efti_is_upper(efti_utf8_next(raw, size, &next)))
                return at;
        }
    }
    if ((word->bits & VEIL_GENITIVE) == 0 || size < 3)
        return size;
    size--; /* the s, in either case */
    if (raw[size - 1] == '\'' || raw[size - 1] == ':')
        return size - 1;
    if (size >= 4 && memcmp(raw + size - 3, "\xE2\x80\x99", 3) == 0)
        return size - 3;
    return size;
}
