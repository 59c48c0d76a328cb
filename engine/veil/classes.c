/*
 * classes.c - the small words of the veil's own grammar
 *
 * Months, number words, "fyller", "mvh", "lgh": a rule and its words are read together,
 * so they stand here and not in lexicons/. Dialect and chat spelling included (ho,
 * fjotton). Number words are composed, not listed: fyrtio + fem, tre + åring.
 */
#include "veil/find.h"

struct class_word {
    const char *word;
    uint8_t class;
};

/* Sorted by bytes for the binary search; a test checks the order. */
static const struct class_word class_words[] = {
    {"&", VEIL_CLASS_AND},
    {"ab", VEIL_CLASS_COMPANY},
    {"aik", VEIL_CLASS_COMPANY},
    {"aktiebolag", VEIL_CLASS_COMPANY},
    {"alias", VEIL_CLASS_ALIAS},
    {"allé", VEIL_CLASS_STREET},
    {"allén", VEIL_CLASS_STREET},
    {"anvnamn", VEIL_CLASS_ALIAS},
    {"användar-id", VEIL_CLASS_ALIAS},
    {"användare", VEIL_CLASS_ALIAS},
    {"användaren", VEIL_CLASS_ALIAS},
    {"användarens", VEIL_CLASS_ALIAS},
    {"användarid", VEIL_CLASS_ALIAS},
    {"användarkonto", VEIL_CLASS_ALIAS},
    {"användarnam", VEIL_CLASS_ALIAS},
    {"användarnamn", VEIL_CLASS_ALIAS},
    {"användarnamnet", VEIL_CLASS_ALIAS},
    {"appen", VEIL_CLASS_TITLE},
    {"apr", VEIL_CLASS_MONTH},
    {"april", VEIL_CLASS_MONTH},
    {"artikeln", VEIL_CLASS_TITLE},
    {"at", VEIL_CLASS_SPELLED},
    {"aug", VEIL_CLASS_MONTH},
    {"augusti", VEIL_CLASS_MONTH},
    {"avsnittet", VEIL_CLASS_TITLE},
    {"backe", VEIL_CLASS_STREET},
    {"badoo", VEIL_CLASS_SERVICE},
    {"barnboken", VEIL_CLASS_TITLE},
    {"bast", VEIL_CLASS_YEAR},
    {"begreppet", VEIL_CLASS_TITLE},
    {"bereal", VEIL_CLASS_SERVICE},
    {"bk", VEIL_CLASS_COMPANY},
    {"blev", VEIL_CLASS_BE},
    {"bli", VEIL_CLASS_BE},
    {"blir", VEIL_CLASS_BE},
    {"blivit", VEIL_CLASS_BE},
    {"bloggen", VEIL_CLASS_SERVICE},
    {"bluesky", VEIL_CLASS_SERVICE},
    {"bois", VEIL_CLASS_COMPANY},
    {"boken", VEIL_CLASS_TITLE},
    {"box", VEIL_CLASS_BOX},
    {"brawlstars", VEIL_CLASS_SERVICE},
    {"brettspelet", VEIL_CLASS_TITLE},
    {"brf", VEIL_CLASS_COMPANY},
    {"chatt", VEIL_CLASS_ALIAS},
    {"chattade", VEIL_CLASS_ALIAS},
    {"chatten", VEIL_CLASS_ALIAS},
    {"chattnamn", VEIL_CLASS_ALIAS},
    {"chattnamnet", VEIL_CLASS_ALIAS},
    {"dataspelet", VEIL_CLASS_TITLE},
    {"daterad", VEIL_CLASS_DAY},
    {"datum", VEIL_CLASS_DAY},
    {"de", VEIL_CLASS_PRONOUN},
    {"dec", VEIL_CLASS_MONTH},
    {"december", VEIL_CLASS_MONTH},
    {"den", VEIL_CLASS_DEN},
    {"denna", VEIL_CLASS_PRONOUN},
    {"denne", VEIL_CLASS_PRONOUN},
    {"dikten", VEIL_CLASS_TITLE},
    {"discord", VEIL_CLASS_SERVICE},
    {"discorden", VEIL_CLASS_SERVICE},
    {"dokumentären", VEIL_CLASS_TITLE},
    {"dom", VEIL_CLASS_PRONOUN},
    {"dot", VEIL_CLASS_SPELLED},
    {"du", VEIL_CLASS_PRONOUN},
    {"duolingo", VEIL_CLASS_SERVICE},
    {"e", VEIL_CLASS_BE},
    {"ekonomisk", VEIL_CLASS_COMPANY},
    {"eller", VEIL_CLASS_AND},
    {"facebook", VEIL_CLASS_SERVICE},
    {"familjeliv", VEIL_CLASS_SERVICE},
    {"fb", VEIL_CLASS_SERVICE},
    {"fc", VEIL_CLASS_COMPANY},
    {"feb", VEIL_CLASS_MONTH},
    {"febr", VEIL_CLASS_MONTH},
    {"februari", VEIL_CLASS_MONTH},
    {"ff", VEIL_CLASS_COMPANY},
    {"filmen", VEIL_CLASS_TITLE},
    {"fk", VEIL_CLASS_COMPANY},
    {"flashback", VEIL_CLASS_SERVICE},
    {"fortnite", VEIL_CLASS_SERVICE},
    {"forumet", VEIL_CLASS_ALIAS},
    {"forumnamn", VEIL_CLASS_ALIAS},
    {"forumnamnet", VEIL_CLASS_ALIAS},
    {"fre", VEIL_CLASS_DAY},
    {"fredag", VEIL_CLASS_DAY},
    {"fredagen", VEIL_CLASS_DAY},
    {"fredags", VEIL_CLASS_DAY},
    {"från", VEIL_CLASS_IN},
    {"fylla", VEIL_CLASS_TURNS},
    {"fyllandes", VEIL_CLASS_TURNS},
    {"fyllda", VEIL_CLASS_TURNS},
    {"fyllde", VEIL_CLASS_TURNS},
    {"fyller", VEIL_CLASS_TURNS},
    {"fyllt", VEIL_CLASS_TURNS},
    {"föreläsningen", VEIL_CLASS_TITLE},
    {"gamertag", VEIL_CLASS_ALIAS},
    {"gamertaggen", VEIL_CLASS_ALIAS},
    {"gamla", VEIL_CLASS_OLD},
    {"gammal", VEIL_CLASS_OLD},
    {"gammalt", VEIL_CLASS_OLD},
    {"gata", VEIL_CLASS_STREET},
    {"gatan", VEIL_CLASS_STREET},
    {"genom", VEIL_CLASS_IN},
    {"gif", VEIL_CLASS_COMPANY},
    {"gk", VEIL_CLASS_COMPANY},
    {"grindr", VEIL_CLASS_SERVICE},
    {"gränd", VEIL_CLASS_STREET},
    {"gränden", VEIL_CLASS_STREET},
    {"habbo", VEIL_CLASS_SERVICE},
    {"hade", VEIL_CLASS_HAVE},
    {"halvt", VEIL_CLASS_OLD},
    {"han", VEIL_CLASS_PRONOUN},
    {"handboken", VEIL_CLASS_TITLE},
    {"handelsbolag", VEIL_CLASS_COMPANY},
    {"happn", VEIL_CLASS_SERVICE},
    {"har", VEIL_CLASS_HAVE},
    {"hb", VEIL_CLASS_COMPANY},
    {"hbk", VEIL_CLASS_COMPANY},
    {"hen", VEIL_CLASS_PRONOUN},
    {"heta", VEIL_CLASS_CALLED},
    {"hetat", VEIL_CLASS_CALLED},
    {"heter", VEIL_CLASS_CALLED},
    {"hette", VEIL_CLASS_CALLED},
    {"hk", VEIL_CLASS_COMPANY},
    {"hn", VEIL_CLASS_PRONOUN},
    {"ho", VEIL_CLASS_PRONOUN},
    {"hon", VEIL_CLASS_PRONOUN},
    {"hos", VEIL_CLASS_IN},
    {"hvb", VEIL_CLASS_COMPANY},
    {"hälsar", VEIL_CLASS_SIGN_OFF},
    {"hälsn", VEIL_CLASS_SIGN_OFF},
    {"hälsning", VEIL_CLASS_SIGN_OFF},
    {"hälsningar", VEIL_CLASS_SIGN_OFF},
    {"i", VEIL_CLASS_IN},
    {"ibk", VEIL_CLASS_COMPANY},
    {"if", VEIL_CLASS_COMPANY},
    {"ifk", VEIL_CLASS_COMPANY},
    {"ifrån", VEIL_CLASS_IN},
    {"ik", VEIL_CLASS_COMPANY},
    {"ingång", VEIL_CLASS_DOOR},
    {"inlogg", VEIL_CLASS_ALIAS},
    {"inloggad", VEIL_CLASS_ALIAS},
    {"inloggning", VEIL_CLASS_ALIAS},
    {"inloggningen", VEIL_CLASS_ALIAS},
    {"insta", VEIL_CLASS_SERVICE},
    {"insta:t", VEIL_CLASS_SERVICE},
    {"instagram", VEIL_CLASS_SERVICE},
    {"instakonto", VEIL_CLASS_SERVICE},
    {"instan", VEIL_CLASS_SERVICE},
    {"ja", VEIL_CLASS_PRONOUN},
    {"jag", VEIL_CLASS_PRONOUN},
    {"jan", VEIL_CLASS_MONTH},
    {"januari", VEIL_CLASS_MONTH},
    {"jodel", VEIL_CLASS_SERVICE},
    {"jul", VEIL_CLASS_MONTH},
    {"juli", VEIL_CLASS_MONTH},
    {"jun", VEIL_CLASS_MONTH},
    {"juni", VEIL_CLASS_MONTH},
    {"kahoot", VEIL_CLASS_SERVICE},
    {"kallad", VEIL_CLASS_CALLED},
    {"kallade", VEIL_CLASS_CALLED},
    {"kallas", VEIL_CLASS_CALLED},
    {"kapitlet", VEIL_CLASS_TITLE},
    {"kb", VEIL_CLASS_COMPANY},
    {"kf", VEIL_CLASS_COMPANY},
    {"kik", VEIL_CLASS_SERVICE},
    {"klanen", VEIL_CLASS_ALIAS},
    {"kommanditbolag", VEIL_CLASS_COMPANY},
    {"konceptet", VEIL_CLASS_TITLE},
    {"konto", VEIL_CLASS_ALIAS},
    {"kontonamn", VEIL_CLASS_ALIAS},
    {"kontonamnet", VEIL_CLASS_ALIAS},
    {"kontot", VEIL_CLASS_ALIAS},
    {"kram", VEIL_CLASS_SIGN_OFF},
    {"kramar", VEIL_CLASS_SIGN_OFF},
    {"kring", VEIL_CLASS_IN},
    {"kursen", VEIL_CLASS_TITLE},
    {"lgh", VEIL_CLASS_DOOR},
    {"lghnr", VEIL_CLASS_DOOR},
    {"lägenhet", VEIL_CLASS_DOOR},
    {"lägenheten", VEIL_CLASS_DOOR},
    {"låten", VEIL_CLASS_TITLE},
    {"lör", VEIL_CLASS_DAY},
    {"lördag", VEIL_CLASS_DAY},
    {"lördagen", VEIL_CLASS_DAY},
    {"lördags", VEIL_CLASS_DAY},
    {"m", VEIL_CLASS_WITH},
    {"maj", VEIL_CLASS_MONTH},
    {"manualen", VEIL_CLASS_TITLE},
    {"mar", VEIL_CLASS_MONTH},
    {"mars", VEIL_CLASS_MONTH},
    {"mastodon", VEIL_CLASS_SERVICE},
    {"materialet", VEIL_CLASS_TITLE},
    {"messenger", VEIL_CLASS_SERVICE},
    {"metoden", VEIL_CLASS_TITLE},
    {"minecraft", VEIL_CLASS_SERVICE},
    {"modellen", VEIL_CLASS_TITLE},
    {"momio", VEIL_CLASS_SERVICE},
    {"mot", VEIL_CLASS_IN},
    {"moviestarplanet", VEIL_CLASS_SERVICE},
    {"musikalen", VEIL_CLASS_TITLE},
    {"mvh", VEIL_CLASS_SIGN_OFF},
    {"mån", VEIL_CLASS_DAY},
    {"måndag", VEIL_CLASS_DAY},
    {"måndagen", VEIL_CLASS_DAY},
    {"måndags", VEIL_CLASS_DAY},
    {"namn", VEIL_CLASS_CALLED},
    {"nick", VEIL_CLASS_ALIAS},
    {"nicket", VEIL_CLASS_ALIAS},
    {"nickname", VEIL_CLASS_ALIAS},
    {"noll", VEIL_CLASS_ZERO},
    {"nov", VEIL_CLASS_MONTH},
    {"november", VEIL_CLASS_MONTH},
    {"nära", VEIL_CLASS_IN},
    {"närma", VEIL_CLASS_TURNS},
    {"närmade", VEIL_CLASS_TURNS},
    {"närmar", VEIL_CLASS_TURNS},
    {"nätet", VEIL_CLASS_ALIAS},
    {"o", VEIL_CLASS_AND},
    {"och", VEIL_CLASS_AND},
    {"okt", VEIL_CLASS_MONTH},
    {"oktober", VEIL_CLASS_MONTH},
    {"omegle", VEIL_CLASS_SERVICE},
    {"onlyfans", VEIL_CLASS_SERVICE},
    {"ons", VEIL_CLASS_DAY},
    {"onsdag", VEIL_CLASS_DAY},
    {"onsdagen", VEIL_CLASS_DAY},
    {"onsdags", VEIL_CLASS_DAY},
    {"ordet", VEIL_CLASS_TITLE},
    {"pjäsen", VEIL_CLASS_TITLE},
    {"plan", VEIL_CLASS_STREET},
    {"plats", VEIL_CLASS_STREET},
    {"plattformen", VEIL_CLASS_TITLE},
    {"playstation", VEIL_CLASS_SERVICE},
    {"podcasten", VEIL_CLASS_TITLE},
    {"podden", VEIL_CLASS_TITLE},
    {"port", VEIL_CLASS_DOOR},
    {"postbox", VEIL_CLASS_BOX},
    {"postfack", VEIL_CLASS_BOX},
    {"postlåda", VEIL_CLASS_BOX},
    {"profil", VEIL_CLASS_ALIAS},
    {"profilen", VEIL_CLASS_ALIAS},
    {"profilnamn", VEIL_CLASS_ALIAS},
    {"programmet", VEIL_CLASS_TITLE},
    {"ps4", VEIL_CLASS_SERVICE},
    {"ps5", VEIL_CLASS_SERVICE},
    {"psn", VEIL_CLASS_SERVICE},
    {"punkt", VEIL_CLASS_SPELLED},
    {"på", VEIL_CLASS_IN},
    {"rapporten", VEIL_CLASS_TITLE},
    {"reddit", VEIL_CLASS_SERVICE},
    {"resp", VEIL_CLASS_AND},
    {"respektive", VEIL_CLASS_AND},
    {"roblox", VEIL_CLASS_SERVICE},
    {"romanen", VEIL_CLASS_TITLE},
    {"runt", VEIL_CLASS_IN},
    {"sagan", VEIL_CLASS_TITLE},
    {"samt", VEIL_CLASS_AND},
    {"senast", VEIL_CLASS_DAY},
    {"sep", VEIL_CLASS_MONTH},
    {"sept", VEIL_CLASS_MONTH},
    {"september", VEIL_CLASS_MONTH},
    {"serien", VEIL_CLASS_TITLE},
    {"signatur", VEIL_CLASS_ALIAS},
    {"signaturen", VEIL_CLASS_ALIAS},
    {"sk", VEIL_CLASS_COMPANY},
    {"skype", VEIL_CLASS_SERVICE},
    {"skypenamn", VEIL_CLASS_ALIAS},
    {"skypenamnet", VEIL_CLASS_ALIAS},
    {"skärmnamn", VEIL_CLASS_ALIAS},
    {"snabel", VEIL_CLASS_SPELLED},
    {"snabel-a", VEIL_CLASS_SPELLED},
    {"snabela", VEIL_CLASS_SPELLED},
    {"snap", VEIL_CLASS_SERVICE},
    {"snapchat", VEIL_CLASS_SERVICE},
    {"snapchatt", VEIL_CLASS_SERVICE},
    {"snapen", VEIL_CLASS_SERVICE},
    {"snapkonto", VEIL_CLASS_SERVICE},
    {"snappen", VEIL_CLASS_SERVICE},
    {"som", VEIL_CLASS_WHO},
    {"spelet", VEIL_CLASS_TITLE},
    {"steam", VEIL_CLASS_SERVICE},
    {"stig", VEIL_CLASS_STREET},
    {"stigen", VEIL_CLASS_STREET},
    {"strava", VEIL_CLASS_SERVICE},
    {"streamer", VEIL_CLASS_ALIAS},
    {"systemet", VEIL_CLASS_TITLE},
    {"sången", VEIL_CLASS_TITLE},
    {"sön", VEIL_CLASS_DAY},
    {"söndag", VEIL_CLASS_DAY},
    {"söndagen", VEIL_CLASS_DAY},
    {"söndags", VEIL_CLASS_DAY},
    {"tagg", VEIL_CLASS_ALIAS},
    {"taggen", VEIL_CLASS_ALIAS},
    {"te", VEIL_CLASS_IN},
    {"telegram", VEIL_CLASS_SERVICE},
    {"temat", VEIL_CLASS_TITLE},
    {"threads", VEIL_CLASS_SERVICE},
    {"tidningen", VEIL_CLASS_TITLE},
    {"tidskriften", VEIL_CLASS_TITLE},
    {"tiktok", VEIL_CLASS_SERVICE},
    {"tiktoken", VEIL_CLASS_SERVICE},
    {"till", VEIL_CLASS_IN},
    {"tinder", VEIL_CLASS_SERVICE},
    {"tis", VEIL_CLASS_DAY},
    {"tisdag", VEIL_CLASS_DAY},
    {"tisdagen", VEIL_CLASS_DAY},
    {"tisdags", VEIL_CLASS_DAY},
    {"torg", VEIL_CLASS_STREET},
    {"torget", VEIL_CLASS_STREET},
    {"tors", VEIL_CLASS_DAY},
    {"torsdag", VEIL_CLASS_DAY},
    {"torsdagen", VEIL_CLASS_DAY},
    {"torsdags", VEIL_CLASS_DAY},
    {"tr", VEIL_CLASS_DOOR},
    {"trappa", VEIL_CLASS_DOOR},
    {"trapphus", VEIL_CLASS_DOOR},
    {"trappor", VEIL_CLASS_DOOR},
    {"trp", VEIL_CLASS_DOOR},
    {"tumblr", VEIL_CLASS_SERVICE},
    {"tv-serien", VEIL_CLASS_TITLE},
    {"tv-spelet", VEIL_CLASS_TITLE},
    {"twitch", VEIL_CLASS_SERVICE},
    {"twitchkanal", VEIL_CLASS_SERVICE},
    {"twitchkanalen", VEIL_CLASS_SERVICE},
    {"twitter", VEIL_CLASS_SERVICE},
    {"undertecknad", VEIL_CLASS_SIGN_OFF},
    {"ung", VEIL_CLASS_OLD},
    {"unga", VEIL_CLASS_OLD},
    {"uppg", VEIL_CLASS_DOOR},
    {"uppgång", VEIL_CLASS_DOOR},
    {"ur", VEIL_CLASS_IN},
    {"user", VEIL_CLASS_ALIAS},
    {"utanför", VEIL_CLASS_IN},
    {"uttrycket", VEIL_CLASS_TITLE},
    {"va", VEIL_CLASS_BE},
    {"valorant", VEIL_CLASS_SERVICE},
    {"var", VEIL_CLASS_BE},
    {"vara", VEIL_CLASS_BE},
    {"varit", VEIL_CLASS_BE},
    {"verktyget", VEIL_CLASS_TITLE},
    {"vh", VEIL_CLASS_SIGN_OFF},
    {"via", VEIL_CLASS_IN},
    {"viber", VEIL_CLASS_SERVICE},
    {"vid", VEIL_CLASS_IN},
    {"vinted", VEIL_CLASS_SERVICE},
    {"visan", VEIL_CLASS_TITLE},
    {"väg", VEIL_CLASS_STREET},
    {"vägen", VEIL_CLASS_STREET},
    {"vån", VEIL_CLASS_DOOR},
    {"vån.", VEIL_CLASS_DOOR},
    {"våning", VEIL_CLASS_DOOR},
    {"wattpad", VEIL_CLASS_SERVICE},
    {"whatsapp", VEIL_CLASS_SERVICE},
    {"xbox", VEIL_CLASS_SERVICE},
    {"youtube", VEIL_CLASS_SERVICE},
    {"youtubekanal", VEIL_CLASS_SERVICE},
    {"youtubekanalen", VEIL_CLASS_SERVICE},
    {"yubo", VEIL_CLASS_SERVICE},
    {"ä", VEIL_CLASS_BE},
    {"är", VEIL_CLASS_BE},
    {"å", VEIL_CLASS_AND},
    {"ålder", VEIL_CLASS_OLD},
    {"åldern", VEIL_CLASS_OLD},
    {"år", VEIL_CLASS_YEAR},
    {"årig", VEIL_CLASS_OLD},
    {"åriga", VEIL_CLASS_OLD},
    {"åring", VEIL_CLASS_OLD},
    {"åringen", VEIL_CLASS_OLD},
    {"års", VEIL_CLASS_YEAR},
    {"é", VEIL_CLASS_BE},
};

/* A piece of a number word with its size, so that no comparison has to measure it. */
struct number_piece {
    const char *word;
    size_t size;
};
#define PIECE(word)                                                                      \
    {                                                                                    \
        word, sizeof(word) - 1                                                           \
    }

static const struct number_piece number_units[] = {
    PIECE("ett"), PIECE("två"),  PIECE("tre"), PIECE("fyra"), PIECE("fem"), PIECE("sex"),
    PIECE("sju"), PIECE("åtta"), PIECE("nio"), PIECE("nie"),  PIECE("en")};
static const struct number_piece number_teens[] = {
    PIECE("fjorton"), PIECE("fjotton"), PIECE("tretton"), PIECE("sjutton"),
    PIECE("femton"),  PIECE("sexton"),  PIECE("nitton"),  PIECE("arton"),
    PIECE("aderton"), PIECE("tolv"),    PIECE("elva"),    PIECE("tio")};
/* Spoken forms without the last vowel too: tretti, fyrti. */
static const struct number_piece number_tens[] = {
    PIECE("tjugo"), PIECE("tjugi"), PIECE("tjuge"), PIECE("tjuo"), PIECE("tju"),
    PIECE("trett"), PIECE("fyrt"),  PIECE("fört"),  PIECE("femt"), PIECE("sext"),
    PIECE("sjutt"), PIECE("ått"),   PIECE("nitt")};
static const struct number_piece ordinals[] = {
    PIECE("första"),    PIECE("andra"),     PIECE("tredje"),   PIECE("fjärde"),
    PIECE("femte"),     PIECE("sjätte"),    PIECE("sjunde"),   PIECE("åttonde"),
    PIECE("nionde"),    PIECE("tionde"),    PIECE("elfte"),    PIECE("tolfte"),
    PIECE("trettonde"), PIECE("fjortonde"), PIECE("femtonde"), PIECE("sextonde"),
    PIECE("sjuttonde"), PIECE("artonde"),   PIECE("nittonde"), PIECE("tjugonde"),
    PIECE("trettionde")};

/* Bytes of the first of `pieces` that `text` begins with. */
static size_t
begins_with_one_of(const char *text, size_t size, const struct number_piece *pieces,
                   size_t count)
{
    for (size_t i = 0; size > 0 && i < count; i++) {
        size_t n = pieces[i].size;

        if (pieces[i].word[0] == text[0] && n <= size &&
            memcmp(text, pieces[i].word, n) == 0)
            return n;
    }
    return 0;
}

/* Every number word and ordinal begins with one of these, or with a digit: nearly all
 * words end here. */
#define START_BITS 10
_Static_assert((1 << START_BITS) / 64 == VEIL_NUMBER_STARTS, "a map of them");

static const char number_starts[][4] = {
    "ade",    "and",    "art",       "elf", "elv", "ett", "fem",    "fjo",
    "fj\xC3", "fyr",    "f\xC3\xB6", "hun", "nie", "nio", "nit",    "sex",
    "sju",    "sj\xC3", "tio",       "tju", "tol", "tre", "tv\xC3", "\xC3\xA5t"};

static size_t
start_bit(const char *three)
{
    uint32_t bytes = (uint32_t)(unsigned char)three[0] << 16 |
                     (uint32_t)(unsigned char)three[1] << 8 | (unsigned char)three[2];

    return bytes * 0x9E3779B1u >> (32 - START_BITS);
}

static bool
may_begin_number(const struct veil_class_map *map, const char *folded, size_t size)
{
    if (size < 3)
        return false;
    size_t bit = start_bit(folded);
    return (map->number_starts[bit / 64] >> bit % 64 & 1) != 0 ||
           (folded[0] >= '0' && folded[0] <= '9');
}

static size_t
word_below_hundred(const char *folded, size_t size)
{
    size_t n = begins_with_one_of(folded, size, number_teens, EFTI_COUNT(number_teens));
    if (n > 0)
        return n;

    n = begins_with_one_of(folded, size, number_tens, EFTI_COUNT(number_tens));
    if (n > 0) {
        bool twenty = folded[0] == 't' && folded[1] == 'j';

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

size_t
efti_veil_number_word(const char *folded, size_t size)
{
    size_t ett = size > 9 && memcmp(folded, "etthundra", 9) == 0 ? 3 : 0;

    if (size >= 6 + ett && memcmp(folded + ett, "hundra", 6) == 0) /* hundratre */
        return 6 + ett + word_below_hundred(folded + 6 + ett, size - 6 - ett);
    return word_below_hundred(folded, size);
}

/* elvaochenhalv, treochetthalvt: said in one breath. */
static bool
is_number_and_half(const char *folded, size_t size)
{
    static const struct number_piece halves[] = {PIECE("ochenhalv"), PIECE("ochetthalvt"),
                                                 PIECE("åenhalv"), PIECE("ochetthalv")};
    size_t n = size > 9 ? efti_veil_number_word(folded, size) : 0;

    return n > 0 &&
           n + begins_with_one_of(folded + n, size - n, halves, EFTI_COUNT(halves)) ==
               size &&
           n < size;
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
    size -= at;
    folded += at;
    /* 14-årig, 70-årsdagen, femmånaders */
    return (size >= 5 && memcmp(folded, "åri", 4) == 0) ||
           (size >= 7 && memcmp(folded, "årsdag", 7) == 0) ||
           (size >= 9 && memcmp(folded, "årskalas", 9) == 0) ||
           (size >= 9 && memcmp(folded, "månaders", 9) == 0);
}

/* The longest word of the table has this many bytes. */
#define LONGEST_CLASS_WORD 16

static enum veil_class
listed_class(const char *folded, size_t size)
{
    size_t low = 0, high = EFTI_COUNT(class_words);

    if (size == 0 || size > LONGEST_CLASS_WORD)
        return VEIL_CLASS_NONE;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const char *word = class_words[mid].word;
        int order = (unsigned char)folded[0] - (unsigned char)word[0];

        if (order == 0)
            order = efti_compare(folded, size, word, strlen(word));
        if (order == 0)
            return (enum veil_class)class_words[mid].class;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return VEIL_CLASS_NONE;
}

static size_t
class_bit(const char *folded, size_t size)
{
    uint32_t ends = (uint32_t)(unsigned char)folded[0] << 16 |
                    (uint32_t)(unsigned char)folded[size - 1] << 8 | (uint8_t)size;

    return ends * 0x9E3779B1u >> (32 - VEIL_CLASS_MAP_BITS);
}

void
efti_veil_map_word(struct veil_class_map *map, const char *word)
{
    size_t bit = class_bit(word, strlen(word));

    map->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

bool
efti_veil_is_mapped(const struct veil_class_map *map, const char *folded, size_t size)
{
    size_t bit = class_bit(folded, size);

    return (map->bits[bit / 64] >> bit % 64 & 1) != 0;
}

void
efti_veil_map_classes(struct veil_class_map *map)
{
    memset(map, 0, sizeof(*map));
    for (size_t i = 0; i < EFTI_COUNT(class_words); i++)
        efti_veil_map_word(map, class_words[i].word);
    for (size_t i = 0; i < EFTI_COUNT(number_starts); i++) {
        size_t bit = start_bit(number_starts[i]);
        map->number_starts[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

enum veil_class
efti_veil_word_class(const struct veil_class_map *map, const char *folded, size_t size)
{
    enum veil_class class = VEIL_CLASS_NONE;

    if (size == 0)
        return class;
    if (size > 2 && folded[size - 1] == '.') /* okt., tr. */
        size--;
    if (efti_veil_is_mapped(map, folded, size))
        class = listed_class(folded, size);
    /* nollsju, nollsjuttio */
    if (class == VEIL_CLASS_NONE && size > 4 && folded[0] == 'n' &&
        memcmp(folded, "noll", 4) == 0 &&
        efti_veil_number_word(folded + 4, size - 4) == size - 4)
        class = VEIL_CLASS_ZERO;
    if (class != VEIL_CLASS_NONE || !may_begin_number(map, folded, size))
        return class;
    if ((folded[0] < '0' || folded[0] > '9') && /* no number word begins with a digit */
        (efti_veil_number_word(folded, size) == size || is_number_and_half(folded, size)))
        return VEIL_CLASS_NUMBER;
    if (is_ordinal(folded, size))
        return VEIL_CLASS_ORDINAL;
    return is_yearling(folded, size) ? VEIL_CLASS_YEARLING : VEIL_CLASS_NONE;
}
