/*
 * cues.c - what a token says about a sentence end beside it
 *
 * Small closed lists of Swedish words (verbs of saying, words that begin sentences,
 * months, nouns that take a letter) and shapes. They are only asked where a stop stands.
 */
#include "tokenizers/internal.h"

enum efti_begins
efti_token_begins(eft_text text, const struct efti_token *token)
{
    size_t at = token->start;
    uint32_t c = efti_utf8_next(text.bytes, text.size, &at);

    if (token->kind == EFTI_URL || token->kind == EFTI_EMAIL || token->kind == EFTI_VEIL)
        return BEGINS_HIGH;
    return efti_is_lower(c)   ? BEGINS_LOWER
           : efti_is_digit(c) ? BEGINS_DIGIT
                              : BEGINS_HIGH;
}

static bool
in_words(eft_text text, const struct efti_token *token, const char *const *words,
         size_t n)
{
    size_t size = token->end - token->start;
    char small[16];

    if (size > sizeof(small))
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.bytes[token->start + i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
        if (i > 0 && (unsigned char)small[i - 1] == 0xC3 && (unsigned char)c < 0x9F)
            small[i] = (char)((unsigned char)c | 0x20);
    }
    for (size_t i = 0; i < n; i++)
        if (efti_equal(words[i], strlen(words[i]), small, size))
            return true;
    return false;
}

bool
efti_token_saying(eft_text text, const struct efti_token *token)
{
    static const char *const verbs[] = {
        "sa",      "sade",         "säger",      "frågade",   "frågar",   "undrade",
        "undrar",  "svarade",      "svarar",     "tänkte",    "tänker",   "ropade",
        "ropar",   "skrek",        "viskade",    "mumlade",   "menade",   "menar",
        "tyckte",  "tycker",       "förklarade", "utbrast",   "suckade",  "fortsatte",
        "löd",     "skrev",        "skriver",    "berättade", "påpekade", "skrattade",
        "invände", "konstaterade",
    };
    return in_words(text, token, verbs, EFTI_COUNT(verbs));
}

/* Words that begin sentences and are no names: after an initial they end the doubt. */
bool
efti_token_starter(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "jag",  "vi",     "du",       "ni",    "han",      "hon",    "hen",     "de",
        "det",  "den",    "dom",      "man",   "detta",    "dessa",  "denna",   "där",
        "då",   "här",    "nu",       "sedan", "sen",      "men",    "och",     "så",
        "när",  "om",     "att",      "som",   "i",        "på",     "för",     "med",
        "av",   "efter",  "innan",    "under", "idag",     "igår",   "ibland",  "ändå",
        "alla", "ingen",  "inget",    "vissa", "mina",     "min",    "mitt",    "vår",
        "våra", "vårt",   "deras",    "hans",  "hennes",   "vad",    "varför",  "hur",
        "vem",  "kanske", "eftersom", "trots", "dessutom", "därför", "däremot", "en",
        "ett",  "båda",   "många",    "till",  "genom",    "först",  "både",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Those of them that begin a clause of their own even in small letters: Vad hände? ingen
 * visste. Prepositions and "och" go on: Vi läste Vem är du? i bokcirkeln. */
bool
efti_token_subject(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "jag",  "vi",     "du",  "ni",  "han",   "hon",    "hen",
        "de",   "det",    "den", "dom", "man",   "hur",    "detta",
        "där",  "då",     "här", "nu",  "sedan", "ingen",  "inget",
        "alla", "varför", "vad", "vem", "sen",   "kanske", "att",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

bool
efti_token_month(eft_text text, const struct efti_token *token)
{
    static const char *const months[] = {
        "januari", "februari",  "mars",    "april",    "maj",      "juni", "juli",
        "augusti", "september", "oktober", "november", "december", "jan",  "feb",
        "apr",     "aug",       "sept",    "okt",      "nov",      "dec",
    };
    return in_words(text, token, months, EFTI_COUNT(months));
}

/* Nouns that take a letter: plan B, vitamin D. The letter behind them is no initial. */
bool
efti_token_takes_letter(eft_text text, const struct efti_token *token)
{
    static const char *const nouns[] = {
        "plan",      "vitamin", "hepatit", "grupp", "klass", "alternativ",
        "typ",       "nivå",    "team",    "lag",   "del",   "bilaga",
        "avdelning", "betyg",   "ett",     "fick",  "block", "spår",
        "modell",    "variant", "punkt",   "steg",  "hus",   "sal",
    };
    return in_words(text, token, nouns, EFTI_COUNT(nouns));
}

/* What is counted off: Steg 1. Lyssna. Steg 2. Fråga. */
bool
efti_token_step(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "steg",    "punkt", "fas",    "del",   "moment",  "uppgift",
        "kapitel", "regel", "råd",    "fråga", "uppdrag", "övning",
        "exempel", "tema",  "lärdom", "tips",  "mål",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Shortened words that a number follows: ung. 20, bil. 3, max. 5. Most are whole words as
 * well, so they are on no list of abbreviations. */
bool
efti_token_takes_number(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "ung",    "max", "min",  "bil", "art", "avsn",   "punkt", "fråga",
        "bilaga", "anm", "cap",  "tot", "vol", "upp",    "plan",  "rum",
        "sal",    "trp", "port", "hus", "pkt", "ärende",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

/* max. fyra, min. en, ung. tio: shortened words before a number in words. */
bool
efti_token_measure(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {"max", "min", "ung", "tot"};

    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Abbreviated units, which end a sentence behind a number: satt i 2 h. Others that a
 * number follows are units too: v. 12, but 12 v. */
bool
efti_token_unit(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {
        "d.", "g.", "h.", "l.", "m.", "p.", "t.", "v.", "vån.",
    };
    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Bltr., grndk.: four letters and more without any vowel are no word. */
bool
efti_token_no_vowel(eft_text text, const struct efti_token *token)
{
    if (token->kind != EFTI_WORD || token->end - token->start < 4)
        return false;
    for (uint32_t i = token->start; i < token->end; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c >= 0x80 || memchr("aeiouyAEIOUY", c, 12) != NULL)
            return false;
    }
    return true;
}

/* N. Kyrkogatan, Ö. Torggatan: a point of the compass before a street. */
bool
efti_token_compass(eft_text text, const struct efti_token *letter,
                   const struct efti_token *next)
{
    static const char *const points[] = {"n", "s", "v", "\xC3\xB6"};
    static const char *const streets[] = {"gatan",        "torget",       "allén",
                                          "v\xC3\xA4gen", "gr\xC3\xA4nd", "hamnen",
                                          "promenaden",   "esplanaden"};

    if (!in_words(text, letter, points, EFTI_COUNT(points)))
        return false;
    for (size_t i = 0; i < EFTI_COUNT(streets); i++) {
        size_t n = strlen(streets[i]);
        if (next->end - next->start > n + 1 &&
            memcmp(text.bytes + next->end - n, streets[i], n) == 0)
            return true;
    }
    return false;
}

/* A line or sentence that begins so goes on behind the stop: PS. Glöm inte ... */
bool
efti_token_opens_note(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {"ps", "p.s.", "p.s", "pps", "nb", "n.b.", "obs"};

    return in_words(text, token, words, EFTI_COUNT(words));
}

/* On a list of names, or shaped like a surname. Without lists every word may be one. */
bool
efti_token_name(const struct efti_lists *lists, eft_text text,
                const struct efti_token *token)
{
    size_t size = token->end - token->start;
    char small[32];

    if (lists == NULL || size > sizeof(small))
        return lists == NULL;
    for (size_t i = 0; i < size; i++) {
        char c = text.bytes[token->start + i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
        if (i > 0 && (unsigned char)small[i - 1] == 0xC3 && (unsigned char)c < 0x9F)
            small[i] = (char)((unsigned char)c | 0x20);
    }
    return (efti_lists_word(lists, small, size) &
            (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_SURNAME_1 |
             EFTI_LIST_SURNAME_2)) != 0 ||
           efti_lists_shape(lists, small, size) == EFTI_SHAPE_SURNAME;
}

/* Faculties in front of a degree: fil. dr, jur. kand. */
bool
efti_token_degree(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {"fil",  "jur", "med",  "tekn",
                                        "ekon", "civ", "teol", "pol"};

    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Storg. 5, Björkv. 12: the name of a street cut behind the g of gatan or the v of vägen,
 * in front of which another consonant stands. Names of towns end alike and are none. */
bool
efti_token_street(eft_text text, const struct efti_token *token)
{
    size_t size = token->end - token->start;
    const char *end = text.bytes + token->end;

    if (size < 4 || efti_token_begins(text, token) != BEGINS_HIGH ||
        token->kind != EFTI_WORD || (end[-1] != 'g' && end[-1] != 'v') ||
        (unsigned char)end[-2] >= 0x80 || strchr("aeiouyn", end[-2]) != NULL)
        return false;
    return size < 5 ||
           (memcmp(end - 4, "borg", 4) != 0 && memcmp(end - 4, "berg", 4) != 0);
}

/* Digits alone: their value, else -1. */
long
efti_token_value(eft_text text, const struct efti_token *token)
{
    long value = 0;

    if (token->end - token->start > 6)
        return -1;
    for (uint32_t i = token->start; i < token->end; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
    }
    return value;
}

size_t
efti_token_letters(eft_text text, const struct efti_token *token)
{
    return efti_utf8_length(text.bytes + token->start, token->end - token->start);
}

/* Words of two letters that end in a consonant */
static bool
is_short_word(eft_text text, const struct efti_token *token)
{
    static const char *const words[] = {"ok", "in", "ut", "om", "av",
                                        "är", "åt", "ur", "er", "än"};

    return in_words(text, token, words, EFTI_COUNT(words));
}

/* Is it plausibly a whole word, not an unlisted abbreviation? Three letters with a vowel,
 * or two with a vowel last (så, nu, ja). */
bool
efti_token_plain_word(eft_text text, const struct efti_token *token)
{
    size_t letters = efti_token_letters(text, token);
    bool vowel = false, last = false;

    if (token->kind != EFTI_WORD)
        return token->kind != EFTI_ABBREVIATION;
    if (memchr(text.bytes + token->start, '.', token->end - token->start) != NULL)
        return false;
    for (uint32_t i = token->start; i < token->end; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        last = c >= 0x80 || memchr("aeiouyAEIOUY", c, 12) != NULL;
        vowel = vowel || last;
    }
    return letters >= 3 ? vowel : letters == 2 && (last || is_short_word(text, token));
}

/* plan.docx: bytes behind the last stop that name a kind of file. */
static bool
is_file_name(eft_text text, const struct efti_token *token)
{
    static const char *const endings[] = {
        ".csv", ".doc", ".docx", ".gif", ".htm",  ".html", ".jpg",
        ".mp3", ".mp4", ".odt",  ".pdf", ".png",  ".ppt",  ".pptx",
        ".txt", ".xls", ".xlsx", ".zip", ".jpeg", ".xml",
    };
    struct efti_token ending = *token;

    ending.start = token->end;
    do
        ending.start--;
    while (ending.start > token->start && text.bytes[ending.start] != '.');
    return ending.start > token->start &&
           in_words(text, &ending, endings, EFTI_COUNT(endings));
}

/* Dotted and short throughout, but on no list: f.ö, e.m */
bool
efti_token_looks_abbreviated(eft_text text, const struct efti_token *token)
{
    uint32_t run = 0;
    bool dotted = false;

    for (uint32_t i = token->start; i < token->end; i++) {
        dotted = dotted || text.bytes[i] == '.';
        run = text.bytes[i] == '.' ? 0 : run + 1;
        if (run > 4)
            return false;
    }
    return dotted && token->kind == EFTI_WORD && !is_file_name(text, token);
}
