/*
 * grammar.c - a word that may be a name, told by what one says of people only
 *
 *   Rosa, som är ny; Maj, hennes mamma    who, or whose, behind a comma
 *   kallar mig Träskallen                 what somebody is called
 *   Maj gick hem, Sten fick åka           what only somebody does
 *   skrivit om tuva, litar på björn       of whom one speaks or thinks
 *
 * frames.c asks these of words that are names too (Maj, Sten, Rosa), at a start or in
 * small letters, where the capital says nothing.
 */
#include "veil/find.h"

/* "Rosa, som är ny", "Maj, hennes mamma": what only somebody is, behind a comma. */
bool
efti_veil_is_before_who(const struct efti_veil *v, size_t i)
{
    static const char *const whose[] = {"hans",  "hennes", "min",   "vår",
                                        "deras", "mitt",   "våran", "sin"};
    const struct veil_word *w = &v->words.items[i];

    if (i + 2 >= v->words.count || w[1].glue != VEIL_GLUE_COMMA ||
        (w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0)
        return false;
    if (efti_veil_is(v, i + 1, VEIL_CLASS_WHO))
        return true;
    return efti_veil_is_one_of(v, i + 1, whose, EFTI_COUNT(whose)) &&
           efti_veil_follows(v, i + 2) && (w[2].bits & VEIL_ROLE) != 0;
}

/* "kallar mig Träskallen", "kallade honom Lillpojken": what somebody is called. */
bool
efti_veil_is_nicknamed(const struct efti_veil *v, size_t i)
{
    static const char *const calls[] = {"kallar", "kallade", "kalla", "kallat", "kallas"};
    static const char *const whom[] = {"mig",   "mej", "dig", "dej", "honom",
                                       "henne", "oss", "sig", "sej"};

    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_is_one_of(v, i - 1, whom, EFTI_COUNT(whom)) &&
           efti_veil_is_one_of(v, i - 2, calls, EFTI_COUNT(calls));
}

/* "Stig vill hem", "Can ringde": words of which no sentence has a verb behind, so that
 * any verb there makes them somebody. */
static bool
is_no_subject(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {"stig", "can",  "bo", "tage",
                                        "love", "will", "may"};

    return efti_veil_is_one_of(v, i, words, EFTI_COUNT(words));
}

/* "Maj gick hem", "Sten fick åka", "Maj och jag": a name that is a word too, at a start,
 * and what only somebody does; "Sol fick vi" has its subject behind the verb. */
bool
efti_veil_is_doer(const struct efti_veil *v, size_t i)
{
    static const char *const called[] = {"du", "snälla"}; /* Björn, du kan väl ringa? */
    static const char *const does[] = {"vill",  "ville",  "orkar",   "orkade", "tog",
                                       "tar",   "fick",   "gick",    "satt",   "sitter",
                                       "vågar", "vågade", "svarade", "svarar", "ligger",
                                       "log",   "ler",    "lovade"};
    static const char *const verbs[] = {
        "kan", "ska", "skall", "får", "måste",  "skulle", "har",    "hade",
        "är",  "var", "blev",  "kom", "kommer", "gör",    "gjorde", "kunde"};
    static const char *const subjects[] = {"han", "hon", "hen",  "jag",    "vi",  "ni",
                                           "du",  "de",  "dom",  "det",    "den", "man",
                                           "en",  "ett", "fort", "snabbt", "mot"};
    static const char *const so[] = {
        "sjuk",     "frisk",  "arg",     "ledsen",    "trött",  "utskriven", "inskriven",
        "inlagd",   "ensam",  "hemma",   "borta",     "rädd",   "orolig",    "glad",
        "placerad", "gravid", "hungrig", "död",       "snäll",  "född",      "ute",
        "anhörig",  "vaken",  "sur",     "förbannad", "utredd", "informerad"};
    static const char *const together[] = {"jag", "hon",    "han", "vi",
                                           "min", "hennes", "hans"};
    const struct veil_word *w = &v->words.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0 ||
        (w->bits & VEIL_KEEP) != 0 || v->casing == VEIL_CASING_HIGH ||
        w->form->casing != EFTI_CASING_INITIAL ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 || efti_veil_is_mid(v, i) ||
        efti_veil_class(w->bits) == VEIL_CLASS_DAY)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[i];
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
        t[1].kind == EFTI_NUMBER && t[1].end - t[1].start <= 2)
        return efti_veil_byte(v, t[1].end) == ','; /* Juni, 8, räknade */
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
        efti_veil_class(w->bits) != VEIL_CLASS_MONTH)
        return efti_veil_is_one_of(v, i + 1, called, EFTI_COUNT(called));
    if (!efti_veil_follows(v, i + 1))
        return false;
    if (efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        return efti_veil_follows(v, i + 2) &&
               efti_veil_is_one_of(v, i + 2, together, EFTI_COUNT(together));
    if (efti_veil_follows(v, i + 2) &&
        efti_veil_is_one_of(v, i + 2, subjects, EFTI_COUNT(subjects)))
        return false;
    if (efti_veil_is(v, i + 1, VEIL_CLASS_BE) && efti_veil_follows(v, i + 2))
        return efti_veil_is_one_of(v, i + 2, so, EFTI_COUNT(so)) || is_no_subject(v, i);
    return efti_veil_is_one_of(v, i + 1, does, EFTI_COUNT(does)) ||
           (is_no_subject(v, i) &&
            ((w[1].bits & VEIL_AFTER_STRONG) != 0 ||
             efti_veil_is_one_of(v, i + 1, verbs, EFTI_COUNT(verbs))));
}

/* "skrivit om tuva", "litar på björn": a name that is a word too, in small letters, where
 * one speaks or thinks of somebody. */
bool
efti_veil_is_spoken_of(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "pratar",  "pratade",   "pratat",   "snackar",  "snackade", "skrivit",  "skrev",
        "skriver", "berättade", "berättar", "berättat", "tjatar",   "ljög",     "ljuger",
        "tänker",  "tänkte",    "litar",    "litade",   "väntar",   "väntade",  "skrek",
        "skriker", "skällde",   "ropade",   "ropar",    "lyssnar",  "lyssnade", "oroar",
        "drömde",  "drömmer",   "sa",       "säger",    "sagt",     "svarade"};
    static const char *const of[] = {"om", "på", "till", "åt"};
    static const char *const likes[] = {"gillar",   "gillade", "älskar", "älskade",
                                        "hatar",    "hatade",  "saknar", "saknade",
                                        "kramade",  "kysste",  "slog",   "bet",
                                        "sparkade", "väckte",  "bad"};
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || (w->bits & VEIL_GIVEN) == 0 || !efti_veil_follows(v, i))
        return false;
    if (efti_veil_is_one_of(v, i - 1, likes, EFTI_COUNT(likes)))
        return true; /* jag gillar saga mest */
    return i > 1 && efti_veil_follows(v, i - 1) &&
           efti_veil_is_one_of(v, i - 1, of, EFTI_COUNT(of)) &&
           efti_veil_is_one_of(v, i - 2, verbs, EFTI_COUNT(verbs));
}
