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
 * bits. Words of the veil's own grammar (months, number words, "fyller") stand here,
 * because a rule and its words are read together; names and places come from lexicons/.
 */
#include "veil/find.h"

struct class_word {
    const char *word;
    uint8_t class;
};

/* Sorted by bytes for the binary search; a test checks the order. */
static const struct class_word class_words[] = {
    {"&", VEIL_CLASS_AND}, {"ab", VEIL_CLASS_COMPANY},
    {"aktiebolag", VEIL_CLASS_COMPANY}, {"allé", VEIL_CLASS_STREET},
    {"allén", VEIL_CLASS_STREET}, {"apr", VEIL_CLASS_MONTH}, {"april", VEIL_CLASS_MONTH},
    {"at", VEIL_CLASS_SPELLED}, {"aug", VEIL_CLASS_MONTH}, {"augusti", VEIL_CLASS_MONTH},
    {"backe", VEIL_CLASS_STREET}, {"bk", VEIL_CLASS_COMPANY}, {"blev", VEIL_CLASS_BE},
    {"bli", VEIL_CLASS_BE}, {"blir", VEIL_CLASS_BE}, {"blivit", VEIL_CLASS_BE},
    {"box", VEIL_CLASS_BOX}, {"daterad", VEIL_CLASS_DAY}, {"datum", VEIL_CLASS_DAY},
    {"de", VEIL_CLASS_PRONOUN}, {"dec", VEIL_CLASS_MONTH},
    {"december", VEIL_CLASS_MONTH}, {"den", VEIL_CLASS_DEN},
    {"denna", VEIL_CLASS_PRONOUN}, {"denne", VEIL_CLASS_PRONOUN},
    {"discord", VEIL_CLASS_SERVICE}, {"dom", VEIL_CLASS_PRONOUN},
    {"dot", VEIL_CLASS_SPELLED}, {"du", VEIL_CLASS_PRONOUN}, {"e", VEIL_CLASS_BE},
    {"ekonomisk", VEIL_CLASS_COMPANY}, {"eller", VEIL_CLASS_AND},
    {"facebook", VEIL_CLASS_SERVICE}, {"fb", VEIL_CLASS_SERVICE},
    {"feb", VEIL_CLASS_MONTH}, {"febr", VEIL_CLASS_MONTH},
    {"februari", VEIL_CLASS_MONTH}, {"ff", VEIL_CLASS_COMPANY},
    {"fk", VEIL_CLASS_COMPANY}, {"fre", VEIL_CLASS_DAY}, {"fredag", VEIL_CLASS_DAY},
    {"fredagen", VEIL_CLASS_DAY}, {"från", VEIL_CLASS_IN}, {"fylla", VEIL_CLASS_TURNS},
    {"fyllandes", VEIL_CLASS_TURNS}, {"fyllde", VEIL_CLASS_TURNS},
    {"fyller", VEIL_CLASS_TURNS}, {"fyllt", VEIL_CLASS_TURNS}, {"gamla", VEIL_CLASS_OLD},
    {"gammal", VEIL_CLASS_OLD}, {"gammalt", VEIL_CLASS_OLD}, {"gata", VEIL_CLASS_STREET},
    {"gatan", VEIL_CLASS_STREET}, {"genom", VEIL_CLASS_IN}, {"gk", VEIL_CLASS_COMPANY},
    {"gränd", VEIL_CLASS_STREET}, {"gränden", VEIL_CLASS_STREET},
    {"hade", VEIL_CLASS_HAVE}, {"han", VEIL_CLASS_PRONOUN},
    {"handelsbolag", VEIL_CLASS_COMPANY}, {"har", VEIL_CLASS_HAVE},
    {"hb", VEIL_CLASS_COMPANY}, {"hen", VEIL_CLASS_PRONOUN}, {"heta", VEIL_CLASS_CALLED},
    {"hetat", VEIL_CLASS_CALLED}, {"heter", VEIL_CLASS_CALLED},
    {"hette", VEIL_CLASS_CALLED}, {"hn", VEIL_CLASS_PRONOUN}, {"ho", VEIL_CLASS_PRONOUN},
    {"hon", VEIL_CLASS_PRONOUN}, {"hos", VEIL_CLASS_IN}, {"hvb", VEIL_CLASS_COMPANY},
    {"hälsar", VEIL_CLASS_SIGN_OFF}, {"hälsn", VEIL_CLASS_SIGN_OFF},
    {"hälsning", VEIL_CLASS_SIGN_OFF}, {"hälsningar", VEIL_CLASS_SIGN_OFF},
    {"i", VEIL_CLASS_IN}, {"if", VEIL_CLASS_COMPANY}, {"ifk", VEIL_CLASS_COMPANY},
    {"ifrån", VEIL_CLASS_IN}, {"ik", VEIL_CLASS_COMPANY}, {"insta", VEIL_CLASS_SERVICE},
    {"instagram", VEIL_CLASS_SERVICE}, {"ja", VEIL_CLASS_PRONOUN},
    {"jag", VEIL_CLASS_PRONOUN}, {"jan", VEIL_CLASS_MONTH},
    {"januari", VEIL_CLASS_MONTH}, {"jul", VEIL_CLASS_MONTH}, {"juli", VEIL_CLASS_MONTH},
    {"jun", VEIL_CLASS_MONTH}, {"juni", VEIL_CLASS_MONTH}, {"kallad", VEIL_CLASS_CALLED},
    {"kallade", VEIL_CLASS_CALLED}, {"kallas", VEIL_CLASS_CALLED},
    {"kb", VEIL_CLASS_COMPANY}, {"kf", VEIL_CLASS_COMPANY}, {"kik", VEIL_CLASS_SERVICE},
    {"kommanditbolag", VEIL_CLASS_COMPANY}, {"kram", VEIL_CLASS_SIGN_OFF},
    {"kramar", VEIL_CLASS_SIGN_OFF}, {"kring", VEIL_CLASS_IN}, {"lgh", VEIL_CLASS_DOOR},
    {"lägenhet", VEIL_CLASS_DOOR}, {"lör", VEIL_CLASS_DAY}, {"lördag", VEIL_CLASS_DAY},
    {"lördagen", VEIL_CLASS_DAY}, {"m", VEIL_CLASS_WITH}, {"maj", VEIL_CLASS_MONTH},
    {"mar", VEIL_CLASS_MONTH}, {"mars", VEIL_CLASS_MONTH},
    {"messenger", VEIL_CLASS_SERVICE}, {"mot", VEIL_CLASS_IN},
    {"mvh", VEIL_CLASS_SIGN_OFF}, {"mån", VEIL_CLASS_DAY}, {"måndag", VEIL_CLASS_DAY},
    {"måndagen", VEIL_CLASS_DAY}, {"namn", VEIL_CLASS_CALLED}, {"nov", VEIL_CLASS_MONTH},
    {"november", VEIL_CLASS_MONTH}, {"nära", VEIL_CLASS_IN}, {"o", VEIL_CLASS_AND},
    {"och", VEIL_CLASS_AND}, {"okt", VEIL_CLASS_MONTH}, {"oktober", VEIL_CLASS_MONTH},
    {"ons", VEIL_CLASS_DAY}, {"onsdag", VEIL_CLASS_DAY}, {"onsdagen", VEIL_CLASS_DAY},
    {"plan", VEIL_CLASS_STREET}, {"plats", VEIL_CLASS_STREET}, {"port", VEIL_CLASS_DOOR},
    {"postbox", VEIL_CLASS_BOX}, {"punkt", VEIL_CLASS_SPELLED}, {"på", VEIL_CLASS_IN},
    {"runt", VEIL_CLASS_IN}, {"samt", VEIL_CLASS_AND}, {"senast", VEIL_CLASS_DAY},
    {"sep", VEIL_CLASS_MONTH}, {"sept", VEIL_CLASS_MONTH},
    {"september", VEIL_CLASS_MONTH}, {"sk", VEIL_CLASS_COMPANY},
    {"snabel", VEIL_CLASS_SPELLED}, {"snabel-a", VEIL_CLASS_SPELLED},
    {"snabela", VEIL_CLASS_SPELLED}, {"snap", VEIL_CLASS_SERVICE},
    {"snapchat", VEIL_CLASS_SERVICE}, {"som", VEIL_CLASS_WHO},
    {"stig", VEIL_CLASS_STREET}, {"stigen", VEIL_CLASS_STREET}, {"sön", VEIL_CLASS_DAY},
    {"söndag", VEIL_CLASS_DAY}, {"söndagen", VEIL_CLASS_DAY}, {"te", VEIL_CLASS_IN},
    {"telegram", VEIL_CLASS_SERVICE}, {"tiktok", VEIL_CLASS_SERVICE},
    {"till", VEIL_CLASS_IN}, {"tis", VEIL_CLASS_DAY}, {"tisdag", VEIL_CLASS_DAY},
    {"tisdagen", VEIL_CLASS_DAY}, {"torg", VEIL_CLASS_STREET},
    {"torget", VEIL_CLASS_STREET}, {"tors", VEIL_CLASS_DAY}, {"torsdag", VEIL_CLASS_DAY},
    {"torsdagen", VEIL_CLASS_DAY}, {"tr", VEIL_CLASS_DOOR}, {"trappor", VEIL_CLASS_DOOR},
    {"twitch", VEIL_CLASS_SERVICE}, {"twitter", VEIL_CLASS_SERVICE},
    {"undertecknad", VEIL_CLASS_SIGN_OFF}, {"ung", VEIL_CLASS_OLD},
    {"unga", VEIL_CLASS_OLD}, {"uppgång", VEIL_CLASS_DOOR}, {"ur", VEIL_CLASS_IN},
    {"utanför", VEIL_CLASS_IN}, {"va", VEIL_CLASS_BE}, {"var", VEIL_CLASS_BE},
    {"vara", VEIL_CLASS_BE}, {"varit", VEIL_CLASS_BE}, {"vh", VEIL_CLASS_SIGN_OFF},
    {"via", VEIL_CLASS_IN}, {"vid", VEIL_CLASS_IN}, {"väg", VEIL_CLASS_STREET},
    {"vägen", VEIL_CLASS_STREET}, {"vån", VEIL_CLASS_DOOR}, {"våning", VEIL_CLASS_DOOR},
    {"ä", VEIL_CLASS_BE}, {"är", VEIL_CLASS_BE}, {"å", VEIL_CLASS_AND},
    {"ålder", VEIL_CLASS_OLD}, {"åldern", VEIL_CLASS_OLD}, {"år", VEIL_CLASS_YEAR},
    {"års", VEIL_CLASS_YEAR},
};

static const char *const number_units[] = {"ett", "två", "tre",  "fyra", "fem",
                                           "sex", "sju", "åtta", "nio",  "en"};
static const char *const number_teens[] = {
    "fjorton", "fjotton", "tretton", "sjutton", "femton", "sexton",
    "nitton",  "arton",   "aderton", "tolv",    "elva",   "tio"};
/* Spoken forms without the last vowel too: tretti, fyrti. */
static const char *const number_tens[] = {"tjugo", "tjugi", "trett", "fyrt", "femt",
                                          "sext",  "sjutt", "ått",   "nitt"};
static const char *const ordinals[] = {
    "första",    "andra",     "tredje",   "fjärde",    "femte",     "sjätte",   "sjunde",
    "åttonde",   "nionde",    "tionde",   "elfte",     "tolfte",    "trettonde", "fjortonde",
    "femtonde",  "sextonde",  "sjuttonde", "artonde",  "nittonde",  "tjugonde", "trettionde"};

/* Bytes of the first of `words` that `text` begins with. */
static size_t
begins_with_one_of(const char *text, size_t size, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(words[i]);

        if (n <= size && memcmp(text, words[i], n) == 0)
            return n;
    }
    return 0;
}

size_t
efti_veil_number_word(const char *folded, size_t size)
{
    size_t n = begins_with_one_of(folded, size, number_teens, EFTI_COUNT(number_teens));
    if (n > 0)
        return n;

    n = begins_with_one_of(folded, size, number_tens, EFTI_COUNT(number_tens));
    if (n > 0) {
        bool twenty = folded[n - 1] == 'o' || folded[n - 1] == 'i';

        if (!twenty && n < size && folded[n] == 'i') {
            n++;
            if (n < size && folded[n] == 'o')
                n++;
            twenty = true;
        }
        if (twenty) /* fyrtio, fyrtiofem */
            return n + begins_with_one_of(folded + n, size - n, number_units,
                                          EFTI_COUNT(number_units));
    }
    return begins_with_one_of(folded, size, number_units, EFTI_COUNT(number_units) - 1);
}

static bool
is_ordinal(const char *folded, size_t size)
{
    size_t at = 0;

    if (size >= 3 && folded[0] >= '0' && folded[0] <= '9') { /* 5:e, 21:a */
        while (at < size && folded[at] >= '0' && folded[at] <= '9')
            at++;
        return at <= 2 && size == at + 2 && folded[at] == ':' &&
               (folded[at + 1] == 'e' || folded[at + 1] == 'a');
    }
    if (size > 5 && memcmp(folded, "tjugo", 5) == 0 && folded[5] != 'n')
        at = 5;
    else if (size > 7 && memcmp(folded, "trettio", 7) == 0 && folded[7] != 'n')
        at = 7;
    size_t n = begins_with_one_of(folded + at, size - at, ordinals, EFTI_COUNT(ordinals));
    return n > 0 && at + n == size;
}

/* "treåring", "14-årig", "fjortonåringens": a number, then -åring or -årig. */
static bool
is_yearling(const char *folded, size_t size)
{
    size_t at = 0;

    while (at < size && folded[at] >= '0' && folded[at] <= '9')
        at++;
    if (at > 3)
        return false;
    if (at == 0)
        at = efti_veil_number_word(folded, size);
    if (at == 0)
        return false;
    if (at < size && folded[at] == '-')
        at++;
    return size - at >= 5 && memcmp(folded + at, "åri", 4) == 0;
}

enum veil_class
efti_veil_word_class(const char *folded, size_t size)
{
    size_t low = 0, high = EFTI_COUNT(class_words);

    if (size > 3 && folded[size - 1] == '.') /* okt. */
        size--;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const char *word = class_words[mid].word;
        int order = efti_compare(folded, size, word, strlen(word));

        if (order == 0)
            return (enum veil_class)class_words[mid].class;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    if (size > 1 && efti_veil_number_word(folded, size) == size)
        return VEIL_CLASS_NUMBER;
    if (is_ordinal(folded, size))
        return VEIL_CLASS_ORDINAL;
    return is_yearling(folded, size) ? VEIL_CLASS_YEARLING : VEIL_CLASS_NONE;
}

/* ---------------------------------------------------------------- one piece */

/* A word, or a piece of a hyphenated one, with what the tables say about it. */
struct piece {
    const char *folded;
    size_t size;
    uint32_t dict, lists;
    enum efti_shape shape;
    bool capital, upper;
    uint32_t capitals, letters;
};

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

/* Volvon, Instans: a kept word in the definite form. */
static bool
is_kept_inflected(const struct efti_veil *v, const struct piece *p)
{
    static const char *const endings[] = {"n", "s", "ns", "en", "et", "ens", "ets"};

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        size_t n = strlen(endings[i]);

        if (p->size < n + 4 || memcmp(p->folded + p->size - n, endings[i], n) != 0)
            continue;
        if ((efti_lists_word(v->lists, p->folded, p->size - n) &
             (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0)
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
        {EFTI_LIST_ALSO_NEVER, VEIL_NEVER},
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

/* Europadomstolen, Facebookuppdatering: a kept word and an ordinary one. */
static bool
is_kept_compound(const struct efti_veil *v, const struct piece *p)
{
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        uint32_t lists;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        lists = efti_lists_word(v->lists, p->folded, cut);
        if ((lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) == 0 && p->folded[cut - 1] == 's' &&
            cut > 4)
            lists = efti_lists_word(v->lists, p->folded, cut - 1);
        if ((lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0 &&
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) != 0)
            return true;
    }
    return false;
}

/* DESIGN 8.1: what lets a capital in mid-sentence stay. */
static bool
is_ordinary(const struct piece *p)
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
    if ((p->dict & EFTI_DICT_ACRONYM) != 0 && p->upper)
        return true;
    if ((p->dict & EFTI_DICT_CAPITAL) == 0 &&
        (p->dict & (EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE | EFTI_DICT_END)) != 0)
        return true; /* hälso- */
    if ((p->dict & EFTI_DICT_COMPOUND) != 0)
        return p->shape == EFTI_SHAPE_NONE && (p->lists & EFTI_LIST_PLACE) == 0;
    return p->upper && p->capitals <= 5 && (p->lists & EFTI_LIST_PLACE) == 0;
}

static uint32_t
piece_bits(const struct efti_veil *v, struct piece *p)
{
    uint32_t bits = name_bits(p->lists);
    bool word = (p->dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
                (p->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0;

    if ((p->lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0 || is_allowed(v, p))
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN | (word ? VEIL_WORD : 0) |
               ((p->lists & EFTI_LIST_ORG_HEAD) != 0 ? VEIL_HEAD : 0) |
               ((p->lists & EFTI_LIST_ROLE) != 0 ? VEIL_ROLE : 0);
    if (bits == 0 && !word) {
        size_t base = without_genitive(p->folded, p->size);
        uint32_t lists =
            base == p->size ? 0 : efti_lists_word(v->lists, p->folded, base);

        if ((lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0 || is_kept_inflected(v, p) ||
            (p->dict == 0 && p->shape == EFTI_SHAPE_NONE && is_kept_compound(v, p)))
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
    if (word)
        bits |= VEIL_WORD;
    if ((p->lists & EFTI_LIST_ROLE) != 0)
        bits |= VEIL_ROLE;
    if ((p->lists & EFTI_LIST_PARTICLE) != 0)
        bits |= VEIL_PARTICLE;
    if ((p->lists & EFTI_LIST_ORG_HEAD) != 0)
        bits |= VEIL_HEAD;
    if (word || (p->dict & (EFTI_DICT_COMPOUND | EFTI_DICT_ACRONYM)) != 0)
        bits |= VEIL_KNOWN;
    if (is_ordinary(p))
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

/* Pieces in raw and folded form; the first decides, a later capital may join. */
static uint32_t
hyphen_bits(const struct efti_veil *v, const struct efti_form *form)
{
    size_t raw = 0, folded = 0, n = 0;
    uint32_t bits = 0;
    bool ordinary = true, known = true;

    while (raw < form->raw_size && folded < form->folded_size) {
        size_t raw_end = raw, folded_end = folded;
        struct piece p = {0};

        while (raw_end < form->raw_size && hyphen_at(form->raw, form->raw_size, raw_end) == 0)
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
        known = known && (own & (VEIL_KNOWN | VEIL_ORDINARY)) != 0;
        raw = raw_end + (raw_end < form->raw_size ? hyphen_at(form->raw, form->raw_size, raw_end) : 0);
        folded = folded_end + 1;
        n++;
    }
    bits &= ~(uint32_t)(VEIL_ORDINARY | VEIL_KNOWN);
    return bits | (ordinary ? VEIL_ORDINARY : 0) | (known ? VEIL_KNOWN : 0);
}

/* SIP:en, EU:s, BUPen: capitals, then a Swedish ending that writers hang on. */
static bool
is_inflected_acronym(const struct efti_veil *v, const struct efti_form *form)
{
    size_t n = 0, tail;

    while (n < form->raw_size && form->raw[n] >= 'A' && form->raw[n] <= 'Z')
        n++;
    if (n < 2 || n > 5 || n == form->raw_size)
        return false;
    tail = form->raw_size - n;
    if (form->raw[n] != ':' && tail > 3)
        return false;
    for (size_t i = n + 1; i < form->raw_size; i++)
        if (form->raw[i] >= 'A' && form->raw[i] <= 'Z')
            return false;
    return n <= form->folded_size &&
           (efti_lists_word(v->lists, form->folded, n) & EFTI_LIST_ANY_NAME) == 0;
}

/* tack.han: two sentences without a blank between them, both ordinary. */
static bool
is_two_words(const struct efti_veil *v, const struct efti_form *form)
{
    const char *stop = memchr(form->folded, '.', form->folded_size);
    size_t first = stop == NULL ? 0 : (size_t)(stop - form->folded);

    if (first < 2 || first + 3 > form->folded_size)
        return false;
    return (efti_dictionary_find(v->dictionary, form->folded, first) & EFTI_DICT_LOWER) != 0 &&
           (efti_dictionary_find(v->dictionary, stop + 1, form->folded_size - first - 1) &
            EFTI_DICT_LOWER) != 0;
}

/* ------------------------------------------------------------------ the form */

static uint32_t
phrase_bits(const struct efti_veil *v, const struct efti_form *form)
{
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
    if ((form->lists & EFTI_LIST_STARTS_PHRASE) != 0)
        bits |= VEIL_PHRASE;
    return bits;
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
    if (form->kind != EFTI_WORD && form->kind != EFTI_CODE &&
        form->kind != EFTI_ABBREVIATION && form->kind != EFTI_NUMBER)
        return EFT_OK;

    count_capitals(&p, form->raw, form->raw_size);
    if (p.letters == 0)
        bits = VEIL_ORDINARY | VEIL_KNOWN;
    else if (form->kind == EFTI_ABBREVIATION)
        bits = VEIL_ORDINARY | VEIL_KNOWN | phrase_bits(v, form);
    else if (memchr(form->folded, '-', form->folded_size) != NULL &&
             (form->dict & EFTI_DICT_LOWER) == 0)
        bits = hyphen_bits(v, form);
    else
        bits = piece_bits(v, &p) | phrase_bits(v, form);
    if (form->kind == EFTI_CODE || is_inflected_acronym(v, form) || is_two_words(v, form))
        bits |= VEIL_ORDINARY | VEIL_KNOWN;
    if (p.capital)
        bits |= VEIL_CAPITAL;
    if (p.upper)
        bits |= VEIL_UPPER;
    enum veil_class class = efti_veil_word_class(form->folded, form->folded_size);
    if (class != VEIL_CLASS_NONE && class != VEIL_CLASS_COMPANY &&
        class != VEIL_CLASS_SERVICE && class != VEIL_CLASS_YEARLING)
        bits |= VEIL_KNOWN | VEIL_WORD; /* jan, tors, ho: words, in dialect and in short */
    else if (class != VEIL_CLASS_NONE)
        bits |= VEIL_KNOWN;
    else if (form->shape != EFTI_SHAPE_NONE)
        class = VEIL_CLASS_SHAPED;
    form->veil = bits | (uint32_t)class << VEIL_CLASS_SHIFT;
    return EFT_OK;
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
