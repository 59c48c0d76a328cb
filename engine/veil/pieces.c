/*
 * pieces.c - the flags of one piece of a word
 *
 * Names and places by the lists, also in the genitive and at the beginning of a compound
 * (Karlssonfamiljen); ordinary words by rule 8.1; heads of workplaces by their ending
 * (hunddagiset).
 */
#include "veil/piece.h"

size_t
efti_veil_without_genitive(const char *folded, size_t size)
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
           efti_strings_find(v->allow, p->folded,
                             efti_veil_without_genitive(p->folded, p->size)) !=
               EFTI_NOT_FOUND;
}

uint32_t
efti_piece_name_bits(uint32_t lists)
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

static bool
begins_with_day(const struct piece *p)
{
    return efti_veil_word_begins_with(p->folded, p->size, BEGINS_DAYS, 1);
}

/* Karlssonfamiljen, Göteborgskontoret: a listed beginning and an ordinary last part. Such
 * a word needs the support of its beginning where its own capital says nothing. */
uint32_t
efti_piece_name_inside(const struct efti_veil *v, const struct piece *p)
{
    if (begins_with_day(p)) /* Torsdagsdansen is not Tor's */
        return 0;
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        size_t from = cut;
        uint32_t bits;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        bits = efti_piece_name_bits(efti_lists_word(v->lists, p->folded, cut)) &
               (VEIL_GIVEN_1 | VEIL_SURNAME | VEIL_PLACE);
        /* in small letters no surname as short as in transerfarenhet */
        if (bits == 0 && p->folded[cut - 1] == 's' && cut > (p->capital ? 4u : 5u))
            bits = efti_piece_name_bits(efti_lists_word(v->lists, p->folded, cut - 1)) &
                   (VEIL_GIVEN_1 | VEIL_SURNAME | VEIL_PLACE);
        if (bits == 0)
            continue;
        if ((efti_dictionary_find(v->dictionary, p->folded + from, p->size - from) &
             (EFTI_DICT_LOWER | EFTI_DICT_END)) != 0)
            return (bits & VEIL_PLACE) != 0 ? VEIL_PLACE : VEIL_GIVEN_2;
    }
    return 0;
}

/* Vuxenenheten, Utredningsgruppen: parts that every organisation has, if no name or place
 * begins the word. */
static bool
is_generic_part(const struct efti_veil *v, const struct piece *p)
{
    return efti_veil_word_ends_in(p->folded, p->size, ENDS_GENERIC_PARTS, 4) &&
           efti_piece_name_inside(v, p) == 0;
}

/* Rule 8.1: what lets a capital in mid-sentence stay. */
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

/* On the roster, also in the genitive: a name, and no country, method or ordinary
 * word. One that stands in the dictionary needs its capital or a frame, as the
 * second tier does. */
static uint32_t
apply_roster(const struct efti_veil *v, struct piece *p)
{
    size_t base = efti_veil_without_genitive(p->folded, p->size);

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

/* Hunddagiset, demensboendet, frisörsalongen: a compound of a head is one too. */
bool
efti_piece_is_head(const struct piece *p)
{
    if ((p->lists & EFTI_LIST_ORG_HEAD) != 0)
        return true;
    if (p->size < 10)
        return false;
    return efti_veil_word_ends_in(p->folded, p->size, ENDS_UNIT_HEADS, 4) ||
           ((p->dict & (EFTI_DICT_LOWER | EFTI_DICT_COMPOUND)) != 0 &&
            efti_veil_word_ends_in(p->folded, p->size, ENDS_HEADS, 1));
}

void
efti_piece_count_capitals(struct piece *p, const char *raw, size_t size)
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
        if (raw[at] == '\xC3' && size - at > 1 && (unsigned char)raw[at + 1] >= 0xA0 &&
            raw[at + 1] != '\xB7') { /* à to ÿ, without ÷ */
            p->letters++;
            small = true;
            first = false;
            at += 2;
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

/* kvarnis, Ugglebo: ice and nest are the last word of few compounds that no dictionary
 * has; of many houses, in short and in full. */
bool
efti_piece_is_short_or_home(const struct piece *p, size_t last)
{
    const char *end = p->folded + last;

    return p->size - last == 2 && ((end[0] == 'i' && end[1] == 's') ||
                                   (end[0] == 'b' && end[1] == 'o' && p->capital));
}

void
efti_piece_look_up(const struct efti_veil *v, struct piece *p)
{
    p->dict = efti_dictionary_find(v->dictionary, p->folded, p->size);
    size_t last = 0;
    if (p->dict == 0 && p->size > 5 &&
        efti_dictionary_compound(v->dictionary, p->folded, p->size, &last) &&
        !efti_piece_is_short_or_home(p, last))
        p->dict = EFTI_DICT_COMPOUND;
    p->lists = efti_lists_word(v->lists, p->folded, p->size);
    p->shape = efti_lists_shape(v->lists, p->folded, p->size);
}

/* A given name that is no word, on the first tier. */
static bool
is_name_alone(uint32_t lists)
{
    return (lists & EFTI_LIST_GIVEN_1) != 0 &&
           (lists & (EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME | EFTI_LIST_ALSO_NEVER |
                     EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0;
}

/* lenas, malins: forms of len and malin, and with a capital Lena's and Malin's; bilans
 * and minnas are words by themselves. */
static bool
is_inflected(const struct efti_veil *v, const struct piece *p)
{
    eft_text base = efti_dictionary_base(v->dictionary, p->folded, p->size);

    return !efti_equal(base.bytes, base.size, p->folded, p->size);
}

/* Is it a word of its own? Without a dictionary the list of names that are words too says
 * which are. */
static bool
is_own_word(const struct efti_veil *v, const struct piece *p)
{
    const uint32_t words =
        EFTI_LIST_FUNCTION | EFTI_LIST_ROLE |
        (v->dictionary == NULL ? EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME : 0u);

    return (p->dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
           (p->lists & words) != 0;
}

/* A piece that stays: what it says of the words beside it. */
static uint32_t
kept_bits(const struct piece *p, bool word)
{
    return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN | (word ? VEIL_WORD : 0) |
           ((p->lists & EFTI_LIST_ORG_HEAD) != 0 ? VEIL_HEAD : 0) |
           ((p->lists & EFTI_LIST_ROLE) != 0 ? VEIL_ROLE : 0) |
           /* Charlotta af Ekenhielm: AF is kept in capitals */
           ((p->lists & EFTI_LIST_PARTICLE) != 0 && !p->capital ? VEIL_PARTICLE : 0);
}

/* No word, and on no list as it stands: a thing, what is formed of something that stays,
 * a name in the genitive or at the beginning of a compound. With VEIL_KEEP they are all
 * that there is to say. */
static uint32_t
unlisted_bits(const struct efti_veil *v, struct piece *p)
{
    size_t base = efti_veil_without_genitive(p->folded, p->size);
    uint32_t lists = base < p->size ? efti_piece_lists(v, p, 0, base) : 0;
    bool named = (lists & EFTI_LIST_GIVEN_1) != 0; /* Xiaomins is Xiaomin's */
    bool compound = (p->dict & EFTI_DICT_COMPOUND) != 0;
    uint32_t bits = 0;

    if (!named && efti_piece_is_thing(v, p)) /* kept if no frame of people is there */
        return VEIL_KEEP | VEIL_KNOWN | (p->part || !p->capital ? VEIL_ORDINARY : 0u) |
               (efti_piece_is_head(p) ? VEIL_HEAD : 0u);
    if ((lists & PIECE_KEPT) != 0 ||
        (!named &&
         (efti_piece_is_kept_inflected(v, p) || efti_piece_is_goods(v, p) ||
          (p->dict == 0 && (p->shape == EFTI_SHAPE_NONE || efti_piece_is_chat(p)) &&
           efti_piece_is_kept_compound(v, p)))))
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN | /* Avhopparverksamheten X */
               (!efti_piece_is_chat(p) && efti_piece_is_head(p) ? VEIL_HEAD : 0u);
    /* "vilas", "sagas": the genitive of a name that is a word is no support, but where a
     * capital stands: Ågrens, Kolbjörns, Mariestads */
    if (!compound || named ||
        (p->capital && (lists & (PIECE_PEOPLE | EFTI_LIST_PLACE)) != 0))
        bits = efti_piece_name_bits(lists);
    if (bits != 0) {
        p->lists |= lists;
        return bits | VEIL_GENITIVE;
    }
    return compound ? 0 : efti_piece_name_inside(v, p);
}

/* Björns, Dahlias: genitives of names that are words too need what Björn needs. */
static uint32_t
word_genitive_bits(const struct efti_veil *v, const struct piece *p)
{
    size_t base = efti_veil_without_genitive(p->folded, p->size);

    if (!p->capital || base == p->size)
        return 0;
    uint32_t lists = efti_lists_word(v->lists, p->folded, base);
    if ((lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)) != 0 &&
        (lists & EFTI_LIST_FUNCTION) == 0)
        return VEIL_GENITIVE |
               (is_name_alone(lists) && is_inflected(v, p) ? VEIL_GIVEN_1
                                                           : VEIL_ALSO_MID);
    if ((lists & EFTI_LIST_SURNAME_1) != 0 && p->shape == EFTI_SHAPE_SURNAME)
        return VEIL_SURNAME | VEIL_GENITIVE; /* Malmbergs, Sjöstrands */
    if ((lists & (EFTI_LIST_PLACE | EFTI_LIST_PLACE_WORD)) != 0)
        return VEIL_PLACE_WORD | VEIL_GENITIVE; /* Köpings, Kils */
    return 0;
}

uint32_t
efti_piece_bits(const struct efti_veil *v, struct piece *p)
{
    uint32_t hanging = apply_roster(v, p);
    uint32_t bits = efti_piece_name_bits(p->lists) | hanging;
    bool word = is_own_word(v, p);
    bool kept = efti_piece_is_kept(p), allowed = is_allowed(v, p);

    /* KIA stays, but not where a frame of people speaks (titles.c): "min kollega ULF" */
    if (kept && !allowed && p->upper && !p->part && (p->lists & EFTI_LIST_GIVEN_1) != 0)
        return VEIL_KEEP | VEIL_KNOWN;
    if (kept || allowed)
        return kept_bits(p, word);
    if (bits == 0)
        bits = word ? word_genitive_bits(v, p) : unlisted_bits(v, p);
    if ((bits & VEIL_KEEP) != 0)
        return bits;
    if (word)
        bits |= VEIL_WORD;
    if ((p->lists & EFTI_LIST_ROLE) != 0)
        bits |= VEIL_ROLE;
    if ((p->lists & EFTI_LIST_PARTICLE) != 0)
        bits |= VEIL_PARTICLE;
    if (efti_piece_is_head(p))
        bits |= VEIL_HEAD;
    if (word || (p->dict & (EFTI_DICT_COMPOUND | EFTI_DICT_ACRONYM)) != 0)
        bits |= VEIL_KNOWN;
    if (is_ordinary(v, p))
        bits |= VEIL_ORDINARY;
    return bits;
}
