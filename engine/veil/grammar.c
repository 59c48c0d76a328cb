/*
 * grammar.c - a word that may be a name, told by what one says of people only
 *
 *   Rosa, som är ny; Maj, hennes mamma    who, or whose, behind a comma
 *   Lo, hette hon; Jonni med två n        a name is said, or spelled
 *   kallar mig Träskallen                 what somebody is called
 *   alla säger Kotten till honom          the same
 *   Maj gick hem, Sten fick åka           what only somebody does
 *   skrivit om tuva, litar på björn       of whom one speaks or thinks
 *
 * frames.c asks these of words that are names too (Maj, Sten, Rosa), at a start or in
 * small letters, where the capital says nothing.
 */
#include "veil/ages.h"

/* "Lo, hette hon", "Vide heter han": the name comes first. */
static bool
is_told_before(const struct efti_veil *v, size_t i)
{
    static const char *const who[] = {"hon", "han", "hen"};

    return i + 2 < v->words.count && efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) &&
           efti_veil_follows(v, i + 2) &&
           efti_veil_is_one_of(v, i + 2, who, EFTI_COUNT(who));
}

/* "Jonni med två n", "Erika med k": how it is spelled, in quotes or not. */
static bool
is_spelled(const struct efti_veil *v, size_t i)
{
    static const char *const with[] = {"med"};
    static const char *const count[] = {"ett",  "en",     "två",   "dubbelt", "dubbel",
                                        "bara", "dubbla", "mjukt", "hårt"};
    size_t n = i + 2;

    if (i + 2 >= v->words.count || !efti_veil_is_one_of(v, i + 1, with, 1) ||
        !efti_veil_follows(v, n))
        return false;
    bool counted = efti_veil_is_one_of(v, n, count, EFTI_COUNT(count));
    n += counted;
    const struct efti_form *f =
        n < v->words.count && efti_veil_follows(v, n) ? v->words.items[n].form : NULL;
    return f != NULL && f->code_points == 1 && f->kind == EFTI_WORD &&
           (counted || strchr("ioe", f->folded[0]) == NULL) && f->folded_size == 1;
}

/* "i går träffade jag X", "nu bor hon på X": who does it stands behind the verb. */
size_t
efti_veil_before_subject(const struct efti_veil *v, size_t i)
{
    static const char *const who[] = {"jag", "vi", "hon", "han", "de", "dom", "hen"};

    return i > 0 && efti_veil_follows(v, i) &&
                   efti_veil_is_one_of(v, i, who, EFTI_COUNT(who))
               ? i - 1
               : i;
}

bool
efti_veil_is_said_or_spelled(const struct efti_veil *v, size_t i)
{
    return is_told_before(v, i) || is_spelled(v, i);
}

/* bilförare, sköterska, granne: a role, or what the endings of roles make one. */
static bool
is_some_role(const struct efti_veil *v, size_t i)
{
    static const char *const ends[] = {"are", "ör",  "ist",  "terska", "log",
                                       "nom", "ant", "vakt", "värd",   "kamrat"};
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & VEIL_ROLE) != 0 ||
           ((w->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
            efti_veil_ends_in(w->form, ends, EFTI_COUNT(ends), 2)) ||
           efti_veil_ask(v, i, VEIL_ASK_PERSON, efti_age_is_person_noun);
}

/* "X, brukaren på trean, har", "X (syrran, 9)": a role as it stands right behind. */
static bool
is_role_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w[1].glue == VEIL_GLUE_MARK)
        return v->text.bytes[v->segments->tokens.items[i + 1].start - 1] == '(' &&
               is_some_role(v, i + 1);
    if (!efti_veil_is(v, i + 2, VEIL_CLASS_IN) || !is_some_role(v, i + 1))
        return false;
    for (size_t k = i + 3; k < i + 6 && k < v->words.count; k++)
        if (v->words.items[k].glue != VEIL_GLUE_SPACE)
            return v->words.items[k].glue == VEIL_GLUE_COMMA;
    return false;
}

/* "Rosa, som är ny", "Maj, hennes mamma", "Vide (brorsan)": what only somebody is,
 * behind a comma or in brackets. */
bool
efti_veil_is_before_who(const struct efti_veil *v, size_t i)
{
    static const char *const whose[] = {"hans",  "hennes", "min",   "vår",
                                        "deras", "mitt",   "våran", "sin"};
    const struct veil_word *w = &v->words.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0 ||
        i + 2 >= v->words.count ||
        (w[1].glue != VEIL_GLUE_COMMA && w[1].glue != VEIL_GLUE_MARK))
        return false;
    if (w[1].glue == VEIL_GLUE_COMMA && efti_veil_is(v, i + 1, VEIL_CLASS_WHO))
        return true;
    if (is_role_behind(v, i))
        return true;
    return efti_veil_is_one_of(v, i + 1, whose, EFTI_COUNT(whose)) &&
           (w[1].glue == VEIL_GLUE_COMMA ||
            v->text.bytes[v->segments->tokens.items[i + 1].start - 1] == '(') &&
           efti_veil_follows(v, i + 2) && is_some_role(v, i + 2);
}

/* "alla säger Kotten till honom", "sa dom Pinnen till mig", "De sa Sockan.": the same,
 * and no word that one says to somebody. */
static bool
is_said_of_somebody(const struct efti_veil *v, size_t i)
{
    static const char *const says[] = {"säger", "sa", "sade", "säg"};
    static const char *const they[] = {"de",      "dom",      "alla",      "folk",
                                       "man",     "andra",    "barnen",    "kompisarna",
                                       "ungarna", "eleverna", "kollegorna"};
    static const char *const to[] = {"till", "åt", "om"};
    static const char *const whom[] = {"mig", "mej", "dig", "honom", "henne", "hen"};
    static const char *const words[] = {
        "hej",     "nej",       "ja", "tack",  "stopp", "hejdå", "förlåt",
        "grattis", "välkommen", "jo", "sluta", "mamma", "pappa", "du"};
    static const char *const ends[] = {"an", "en", "is", "arn", "ern", "on"};
    const struct veil_word *w = &v->words.items[i];

    if (i < 2 || ((w[-1].bits | w[-2].bits) & VEIL_AFTER_STRONG) == 0 || /* sa, säger */
        !efti_veil_follows(v, i) ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        efti_is_among(w->form->folded, w->form->folded_size, words, EFTI_COUNT(words)))
        return false;
    size_t verb = i - 1;
    bool many = efti_veil_is_one_of(v, verb, they, EFTI_COUNT(they));
    if (many && verb > 0 && efti_veil_follows(v, verb))
        verb--;
    if (!efti_veil_is_one_of(v, verb, says, EFTI_COUNT(says)))
        return false;
    if (efti_veil_follows(v, i + 1) && efti_veil_is_one_of(v, i + 1, to, 3))
        return efti_veil_follows(v, i + 2) &&
               efti_veil_is_one_of(v, i + 2, whom, EFTI_COUNT(whom));
    return verb == i - 1 && verb > 0 && efti_veil_follows(v, verb) &&
           efti_veil_is_one_of(v, verb - 1, they, EFTI_COUNT(they)) &&
           efti_veil_ends_in(w->form, ends, EFTI_COUNT(ends), 3) &&
           efti_veil_byte(v, v->segments->tokens.items[i].end) == '.';
}

/* smeknamn, öknamnet, alias: what somebody is called follows. */
static bool
is_byname(const struct efti_veil *v, size_t i)
{
    static const char *const names[] = {"smeknamn",      "smeknamnet", "öknamn",
                                        "öknamnet",      "alias",      "smeknamnen",
                                        "tilltalsnamnet"};
    const struct efti_form *f = v->words.items[i].form;
    const char second = f != NULL && f->folded_size > 4 ? f->folded[1] : '\0';

    /* sm, ö, al, ti */
    return (second == 'm' || second == '\xB6' || second == 'l' || second == 'i') &&
           efti_is_among(f->folded, f->folded_size, names, EFTI_COUNT(names));
}

/* "kallar mig Träskallen", "kallade honom Lillpojken": what somebody is called. */
bool
efti_veil_is_nicknamed(const struct efti_veil *v, size_t i)
{
    static const char *const calls[] = {"kallar", "kallade", "kalla", "kallat", "kallas"};
    static const char *const whom[] = {"mig",   "mej", "dig", "dej", "honom",
                                       "henne", "oss", "sig", "sej"};

    static const char *const all[] = {"alla", "folk", "kompisarna", "barnen", "ungarna"};
    if (i > 0 && (v->words.items[i].bits & VEIL_CAPITAL) != 0 &&
        (v->words.items[i].glue == VEIL_GLUE_COMMA ||
         v->words.items[i].glue == VEIL_GLUE_SPACE) &&
        is_byname(v, i - 1))
        return true; /* hans smeknamn, Bulan, kommer från */
    if (i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1)) {
        if (efti_veil_is_one_of(v, i - 1, whom, EFTI_COUNT(whom)) &&
            efti_veil_is_one_of(v, i - 2, calls, EFTI_COUNT(calls)))
            return true;
        if ((v->words.items[i].bits & VEIL_CAPITAL) != 0 &&
            efti_veil_is_one_of(v, i - 1, calls, EFTI_COUNT(calls)) &&
            efti_veil_is_one_of(v, i - 2, all, EFTI_COUNT(all)))
            return true; /* som alla kallar Knotten */
    }
    return (v->words.items[i].bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           is_said_of_somebody(v, i);
}

/* "Sen tog Inga upp det", "i köket satt Inga och grät": a function word with a capital in
 * mid-sentence, where a verb has its subject behind it and no noun follows. */
bool
efti_veil_is_behind_verb(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "tog", "satt", "stod", "låg", "kom", "gick",  "bad",  "ville", "fick",  "hade",
        "har", "vill", "är",   "var", "ska", "kunde", "blev", "tar",   "kommer"};
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (!efti_veil_follows(v, i) || w->form->casing != EFTI_CASING_INITIAL ||
        !efti_veil_is_mid(v, i) || (w[-1].bits & VEIL_CAPITAL) != 0 ||
        !((w[-1].bits & VEIL_AFTER_STRONG) != 0 ||
          efti_veil_is_one_of(v, i - 1, verbs, EFTI_COUNT(verbs))))
        return false;
    if (!efti_veil_follows(v, i + 1))
        return strchr(".,!?", efti_veil_byte(v, t->end)) != NULL;
    return w[1].form != NULL && (w[1].bits & VEIL_CAPITAL) == 0 &&
           (w[1].form->lists & EFTI_LIST_FUNCTION) != 0;
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

/* sol, snö, maj: what a sentence may begin with and no article, and what it does. */
static bool
is_bare_noun(const struct efti_form *f)
{
    static const char *const words[] = {
        "sol",    "snö",    "regn",  "storm",  "maj",    "juli",   "juni",   "april",
        "ljus",   "skum",   "kraft", "heder",  "glans",  "melodi", "seger",  "liv",
        "björk",  "ek",     "ask",   "alm",    "asp",    "al",     "gran",   "tall",
        "lin",    "bark",   "mynta", "timjan", "salvia", "punka",  "gin",    "lax",
        "gädda",  "lager",  "skog",  "damm",   "granit", "silke",  "stål",   "vår",
        "sommar", "vinter", "höst",  "dag",    "natt",   "sand",   "sten",   "lera",
        "dans",   "mark",   "land",  "ost",    "korn",   "råg",    "hav",    "vind",
        "ängel",  "frid",   "fred",  "ära",    "hopp",   "tro",    "kärlek", "park",
        "bröd",   "vatten", "eld",   "is",     "kol",    "guld",   "sky",    "gull",
        "ljung",  "hassel", "lind",  "rönn",   "sälg",   "vass",   "tång",   "strand"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

/* "Stig lägger", "Gry slutar", "Vide får": a verb behind a word that is no subject
 * without an article. "Klara regler": adjectives have nouns with the same endings. */
static bool
is_named_doer(const struct efti_veil *v, size_t i)
{
    static const char *const past[] = {"ade", "dde", "tte", "kte", "ste"};
    static const char *const present[] = {"ar", "er"};
    static const char *const more[] = {"får", "går", "mår",   "står",  "slår", "dör",
                                       "kör", "gör", "tror",  "bor",   "ser",  "ber",
                                       "vet", "ger", "kräks", "sover", "trivs"};
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form, *verb = w[1].form;

    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0 || is_bare_noun(f) ||
        verb == NULL || (w[1].bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD)
        return false;
    if (efti_veil_is_one_of(v, i + 1, more, EFTI_COUNT(more)))
        return true;
    return (verb->lists & EFTI_LIST_FUNCTION) == 0 &&
           (efti_veil_ends_in(verb, past, EFTI_COUNT(past), 2) ||
            (f->folded[f->folded_size - 1] != 'a' &&
             efti_veil_ends_in(verb, present, EFTI_COUNT(present), 2)));
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

    bool loud = v->casing == VEIL_CASING_HIGH; /* STIG VILL INTE: where a clause begins */

    if ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0 ||
        (w->bits & VEIL_KEEP) != 0 || (loud && w->glue == VEIL_GLUE_SPACE && i > 0) ||
        w->form->casing != (loud ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL) ||
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
    return efti_veil_is_one_of(v, i + 1, does, EFTI_COUNT(does)) || is_named_doer(v, i) ||
           (is_no_subject(v, i) &&
            ((w[1].bits & VEIL_AFTER_STRONG) != 0 ||
             efti_veil_is_one_of(v, i + 1, verbs, EFTI_COUNT(verbs))));
}

/* "det är viola som har nyckeln", "björn som jobbar natt": who does what people do. */
static bool
is_the_one_who(const struct efti_veil *v, size_t i)
{
    static const char *const it[] = {"det", "de"};
    static const char *const does[] = {"har",      "hade", "ska",    "vill",   "ville",
                                       "kan",      "tog",  "tar",    "jobbar", "ringde",
                                       "bestämde", "gick", "lagade", "fixade", "hittade"};
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_is(v, i + 1, VEIL_CLASS_WHO) || !efti_veil_follows(v, i + 1) ||
        !efti_veil_follows(v, i + 2) || w[2].form == NULL ||
        !((w[2].bits & VEIL_AFTER_STRONG) != 0 ||
          efti_veil_is_one_of(v, i + 2, does, EFTI_COUNT(does))))
        return false;
    return i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_BE) &&
           efti_veil_is_one_of(v, i - 2, it, EFTI_COUNT(it));
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
        "drömde",  "drömmer",   "sa",       "säger",    "sagt",     "svarade",  "prata",
        "snacka",  "skriva",    "berätta",  "ljuga",    "lita",     "vänta",    "ropa",
        "lyssna",  "säga",      "skrika",   "ringa"};
    static const char *const of[] = {"om", "på", "till", "åt"};
    static const char *const likes[] = {"gillar",   "gillade", "älskar", "älskade",
                                        "hatar",    "hatade",  "saknar", "saknade",
                                        "kramade",  "kysste",  "slog",   "bet",
                                        "sparkade", "väckte",  "bad"};
    static const char *const by[] = {"av", "från"};
    static const char *const comes[] = {"skjuts",   "hjälp", "besök",  "sms",
                                        "mejl",     "brev",  "samtal", "kram",
                                        "hälsning", "stöd",  "svar",   "meddelande"};
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || !efti_veil_follows(v, i))
        return false;
    bool after = i > 1 && efti_veil_follows(v, i - 1);
    bool bare = !efti_veil_follows(v, i + 1) || w[1].form == NULL || /* klara regler */
                (w[1].form->lists & EFTI_LIST_FUNCTION) != 0;
    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) != 0 &&
        (is_the_one_who(v, i) ||
         (after && bare && efti_veil_is_one_of(v, i - 1, by, 2) &&
          efti_veil_is_one_of(v, i - 2, comes, EFTI_COUNT(comes)))))
        return true; /* fick skjuts av stig */
    if ((w->bits & VEIL_GIVEN) == 0)
        return false;
    if (efti_veil_is_one_of(v, i - 1, likes, EFTI_COUNT(likes)))
        return true; /* jag gillar saga mest */
    return after && efti_veil_is_one_of(v, i - 1, of, EFTI_COUNT(of)) &&
           efti_veil_is_one_of(v, i - 2, verbs, EFTI_COUNT(verbs));
}
