/*
 * ages.c - how old somebody is (the model is told in dates.c)
 *
 * Runs after the names, because "Rahel, 15:" and "Jasmin (13)" lean on them.
 */
#include "veil/ages.h"

static const struct veil_word *
age_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

#define IS_ONE_OF(v, i, words) efti_veil_is_one_of(v, i, words, EFTI_COUNT(words))

/* 4,5: half years are told only where "år" follows. */
static bool
is_half_form(const struct efti_form *f)
{
    size_t n = f->folded_size;

    return n >= 3 && n <= 4 && (f->folded[n - 2] == ',' || f->folded[n - 2] == '.') &&
           f->folded[0] >= '0' && f->folded[0] <= '9' && f->folded[n - 1] == '5';
}

static bool
is_half(const struct efti_veil *v, size_t i)
{
    return is_half_form(age_word(v, i)->form);
}

bool
efti_veil_may_be_age(const struct efti_form *f)
{
    uint32_t n = 0;

    if (efti_veil_class(f->veil) == VEIL_CLASS_NUMBER || is_half_form(f))
        return true;
    if (f->folded_size > 3 || f->folded_size == 0)
        return false;
    for (uint32_t k = 0; k < f->folded_size; k++) {
        if (f->folded[k] < '0' || f->folded[k] > '9')
            return false;
        n = n * 10 + (uint32_t)(f->folded[k] - '0');
    }
    return n < 120;
}

bool
efti_age_possible(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || (age_word(v, i)->cues & VEIL_CUE_AGE) == 0)
        return false;
    return efti_veil_class(age_word(v, i)->bits) == VEIL_CLASS_NUMBER || !is_half(v, i) ||
           (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_YEAR));
}

/* ensam, trött, hemlös: how one person is. */
static bool
is_state_form(const struct efti_form *f)
{
    static const char *const states[] = {"ensam",
                                         "ensamstående",
                                         "trött",
                                         "rädd",
                                         "arg",
                                         "pigg",
                                         "frisk",
                                         "sjuk",
                                         "gravid",
                                         "hemlös",
                                         "arbetslös",
                                         "änka",
                                         "änkling",
                                         "gift",
                                         "ogift",
                                         "skild",
                                         "frånskild",
                                         "sängliggande",
                                         "döv",
                                         "blind",
                                         "dement",
                                         "nykter",
                                         "drogfri",
                                         "singel",
                                         "pensionär",
                                         "sjukskriven",
                                         "ledsen",
                                         "modig",
                                         "blyg",
                                         "envis",
                                         "född",
                                         "placerad",
                                         "utskriven",
                                         "ensamboende",
                                         "uppsagd",
                                         "nyanländ",
                                         "adopterad",
                                         "fosterhemsplacerad",
                                         "familjehemsplacerad",
                                         "halvblind"};

    return efti_is_among(f->folded, f->folded_size, states, EFTI_COUNT(states));
}

bool
efti_age_is_state(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? age_word(v, i)->form : NULL;

    return f != NULL && (age_word(v, i)->bits & VEIL_CAPITAL) == 0 && is_state_form(f);
}

/* Does what is said about the number end before token `i`? A noun there would be what is
 * counted. */
bool
efti_age_ends_before(const struct efti_veil *v, size_t i)
{
    static const char *const counted[] = {"av", "till", "stycken", "st"};
    const struct efti_form *f;

    if (i >= v->words.count || age_word(v, i)->glue != VEIL_GLUE_SPACE)
        return true;
    f = age_word(v, i)->form;
    if (f == NULL || IS_ONE_OF(v, i, counted))
        return false;
    switch (efti_veil_class(age_word(v, i)->bits)) {
    case VEIL_CLASS_AND:
    case VEIL_CLASS_IN:
    case VEIL_CLASS_DEN:
    case VEIL_CLASS_DAY:
    case VEIL_CLASS_BE:
    case VEIL_CLASS_HAVE:
    case VEIL_CLASS_PRONOUN: return true;
    default: return (f->lists & EFTI_LIST_FUNCTION) != 0 || efti_age_is_state(v, i);
    }
}

/* "och ett halvt", "å en halv": tokens `i` to i + 2. */
static bool
is_and_a_half(const struct efti_veil *v, size_t i)
{
    static const char *const one[] = {"ett", "en", "et"};
    static const char *const half[] = {"halvt", "halv"};

    return efti_veil_is(v, i, VEIL_CLASS_AND) && IS_ONE_OF(v, i + 1, one) &&
           IS_ONE_OF(v, i + 2, half);
}

void
efti_age_propose(struct efti_veil *v, size_t i, uint16_t rule, uint32_t evidence)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t last = i, end;

    if (efti_veil_follows(v, i + 3) && is_and_a_half(v, i + 1))
        last = i + 3;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i, VEIL_CLASS_NUMBER) &&
             efti_veil_is(v, i + 1, VEIL_CLASS_NUMBER))
        last = i + 1; /* femtio ett */
    end = v->segments->tokens.items[last].end;
    size_t half = end + (efti_veil_byte(v, end) == ' ');
    if (half + 1 < v->text.size && memcmp(v->text.bytes + half, "\xC2\xBD", 2) == 0)
        end = half + 2; /* 5½, 16 ½ */
    efti_veil_propose(v, t->start, end, rule, evidence);
}

static bool
is_year_word(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is(v, i, VEIL_CLASS_YEAR);
}

/* -------------------------------------------------------------------- N år */

static bool
is_person_noun(const struct efti_form *f)
{
    static const char *const nouns[] = {
        "man",         "mannen",        "kvinna",       "kvinnan",
        "änka",        "änkan",         "pojke",        "pojken",
        "flicka",      "flickan",       "kille",        "killen",
        "tjej",        "tjejen",        "barn",         "barnet",
        "person",      "personen",      "unge",         "ungen",
        "son",         "sonen",         "dotter",       "dottern",
        "bebis",       "bebisen",       "gubbe",        "gubben",
        "dam",         "damen",         "elev",         "eleven",
        "klient",      "klienten",      "änkling",      "grabb",
        "grabben",     "jänta",         "jäntan",       "syskon",
        "bror",        "syster",        "pat",          "pat.",
        "äldsta",      "äldste",        "yngsta",       "yngste",
        "minsta",      "minste",        "minstingen",   "lillen",
        "lillan",      "ensamkommande", "ungdom",       "baby",
        "babyn",       "bebin",         "ungdomen",     "maken",
        "makan",       "hustrun",       "frun",         "lillebror",
        "lillasyster", "storebror",     "storasyster",  "brorsan",
        "syrran",      "småsyskonet",   "tvillingarna", "mellanbarnet",
        "yngst",       "äldst",         "mellansonen",  "mellandottern",
        "mellersta",   "sökande",       "sökanden",     "kund",
        "kunden",      "bästis",        "bästisen",     "kv",
        "polaren",     "kompisen",      "bäbisen",      "bäbis"};

    return efti_is_among(f->folded, f->folded_size, nouns, EFTI_COUNT(nouns));
}

bool
efti_age_is_person(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && ((age_word(v, i)->bits & VEIL_ROLE) != 0 ||
                                  (age_word(v, i)->state & VEIL_STATE_NAME) != 0 ||
                                  efti_veil_ask(v, i, VEIL_ASK_PERSON, is_person_noun));
}

static bool
is_ett(const struct efti_veil *v, size_t i)
{
    static const char *const ett[] = {"ett"};

    return IS_ONE_OF(v, i, ett);
}

/* The first number of a list that ends in `n`: 2, 5 och 9. */
static size_t
first_of_list(const struct efti_veil *v, size_t n)
{
    for (int k = 0; k < 6; k++) {
        if (n > 0 && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
            efti_age_possible(v, n - 1))
            n--;
        else if (n > 1 && efti_veil_follows(v, n) &&
                 efti_veil_is(v, n - 1, VEIL_CLASS_AND) && efti_age_possible(v, n - 2) &&
                 efti_veil_follows(v, n - 1))
            n -= 2;
        else
            break;
    }
    return n;
}

static void
propose_list(struct efti_veil *v, size_t first, size_t last, uint16_t rule,
             uint32_t evidence)
{
    for (size_t i = first; i <= last; i++)
        if (efti_age_possible(v, i) && (!is_ett(v, i) || first < last))
            efti_age_propose(v, i, rule, evidence);
}

/* "med sina 20 år i yrket": years of something, not of a life. */
static bool
years_of(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is(v, i, VEIL_CLASS_IN);
}

/* Does what stands before the number say that it is somebody's: "flicka 6 år", "man, 47
 * år", "flickan på sex år"? */
static bool
whose_years(const struct efti_veil *v, size_t n, bool ends)
{
    static const char *const about[] = {"på", "om"};
    static const char *const aged[] = {"ålder", "åldern"};
    static const char *const own[] = {"sina", "mina", "hennes", "hans"};
    static const char *const despite[] = {"trots", "med"};
    static const char *const neck[] = {"nacken"};
    static const char *const alone[] = {"jag", "han", "hon", "ja"};
    static const char *const later[] = {"senare", "sedan", "sen",
                                        "kvar",   "till",  "efter"};

    if (n == 0 || (age_word(v, n)->glue == VEIL_GLUE_MARK &&
                   v->segments->tokens.items[n - 1].kind == EFTI_NUMBER))
        return false; /* för barn 2–4 år */
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA || age_word(v, n)->glue == VEIL_GLUE_MARK)
        return ends || efti_age_is_person(v, n - 1);
    if (age_word(v, n)->glue != VEIL_GLUE_SPACE)
        return false;
    if (efti_age_is_person(v, n - 1))
        return true;
    if ((n == 1 || age_word(v, n - 1)->glue != VEIL_GLUE_SPACE) &&
        IS_ONE_OF(v, n - 1, alone) && !years_of(v, n + 2)) /* jag 34 år kommer från */
        return !IS_ONE_OF(v, n + 2, later);
    if (n + 3 < v->words.count && age_word(v, n + 3)->form != NULL &&
        age_word(v, n + 3)->form->folded_size == 6 && IS_ONE_OF(v, n + 3, neck) &&
        IS_ONE_OF(v, n - 1, despite))
        return true; /* trots 91 år på nacken */
    if (n > 1 && IS_ONE_OF(v, n - 1, own) && efti_veil_follows(v, n - 1) &&
        IS_ONE_OF(v, n - 2, despite)) /* trots sina 84 år cyklar hon */
        return ends || !years_of(v, n + 2);
    if (n > 1 && efti_veil_follows(v, n - 1) && IS_ONE_OF(v, n - 2, aged))
        return true; /* i en ålder av 78 år */
    return n > 1 && IS_ONE_OF(v, n - 1, about) &&
           age_word(v, n - 1)->glue == VEIL_GLUE_SPACE && efti_age_is_person(v, n - 2);
}

/* "tre år och fyra månader": the months behind an age. */
static void
and_months(struct efti_veil *v, size_t year)
{
    static const char *const units[] = {"månader", "mån", "månad", "veckor"};
    size_t n = year + 2;

    if (efti_veil_is(v, year + 1, VEIL_CLASS_AND) && efti_veil_follows(v, n) &&
        efti_age_possible(v, n) && efti_veil_follows(v, n + 1) &&
        IS_ONE_OF(v, n + 1, units))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* Token `i` is år: 14 år gammal; en man, 47 år, på; flickan på sex år. */
static void
age_years(struct efti_veil *v, size_t i)
{
    size_t n = i - 1, first;

    if (i == 0 || age_word(v, i)->glue != VEIL_GLUE_SPACE || !efti_age_possible(v, n))
        return;
    first = first_of_list(v, n);
    if ((efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_OLD)) ||
        whose_years(v, first, !efti_veil_follows(v, i + 1)))
        propose_list(v, first, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (first == n && age_word(v, n)->glue != VEIL_GLUE_SPACE && n > 0 &&
             (age_word(v, n - 1)->state & VEIL_STATE_NAME) != 0 &&
             age_word(v, n - 1)->category == EFTI_PERSON &&
             efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        propose_list(v, first, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else
        return;
    and_months(v, i);
}

/* "17 år, snart 18." when the age before it is one. */
static void
soon_older(struct efti_veil *v, size_t year)
{
    static const char *const soon[] = {"snart", "nyss", "nästan", "alltså"};
    size_t n = year + 2;

    if (n < v->words.count && age_word(v, n)->glue == VEIL_GLUE_SPACE &&
        IS_ONE_OF(v, n - 1, soon) && age_word(v, n - 1)->glue != VEIL_GLUE_FAR &&
        efti_age_possible(v, n) && !is_ett(v, n) && efti_age_ends_before(v, n + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "tjejen på 17 satt tyst", "en dotter på 12": no år, so something must end there. */
static void
aged_person(struct efti_veil *v, size_t i)
{
    static const char *const about[] = {"på"};
    size_t n = i + 2;

    if (!efti_veil_follows(v, i + 1) || !IS_ONE_OF(v, i + 1, about) ||
        !efti_veil_follows(v, n) || !efti_age_possible(v, n) || is_ett(v, n))
        return;
    bool figures = (age_word(v, n)->bits & VEIL_DIGITS) != 0;
    if ((figures ? efti_age_ends_before(v, n + 1) : !efti_veil_follows(v, n + 1)) ||
        (figures && age_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) !=
            0)
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* Ålder: 42; åldern är 42; i en ålder av 13 placerades han. */
static void
stated_age(struct efti_veil *v, size_t i)
{
    static const char *const words[] = {"ålder", "åldern"};
    static const char *const between[] = {"är", "var", "av", "ca", "cirka"};
    size_t n = i + 1;

    if (n >= v->words.count || !IS_ONE_OF(v, i, words))
        return;
    bool said = age_word(v, n)->glue == VEIL_GLUE_MARK;
    if (efti_veil_follows(v, n) && IS_ONE_OF(v, n, between)) {
        said = true;
        n++;
    }
    said = said || (efti_veil_follows(v, n) &&
                    (is_year_word(v, n + 1) || !efti_veil_follows(v, n + 1)));
    if (said && n < v->words.count && age_word(v, n)->glue != VEIL_GLUE_FAR &&
        efti_age_possible(v, n) && !is_ett(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* Token `i` is gammal: 8 månader gammal. */
static void
months_old(struct efti_veil *v, size_t i)
{
    static const char *const units[] = {"månader", "månad", "mån", "veckor", "dagar"};

    if (i >= 2 && age_word(v, i)->glue == VEIL_GLUE_SPACE && IS_ONE_OF(v, i - 1, units) &&
        efti_age_possible(v, i - 2))
        efti_age_propose(v, i - 2, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* --------------------------------------------------- fyller 12, hon är 15 och */

static size_t
skip_adverbs(const struct efti_veil *v, size_t i)
{
    static const char *const adverbs[] = {
        "bara",     "ju",          "redan",   "snart",   "nu",      "typ",    "väl",
        "nog",      "just",        "precis",  "nästan",  "drygt",   "knappt", "ca",
        "cirka",    "ungefär",     "också",   "ändå",    "närmare", "över",   "runt",
        "hela",     "fortfarande", "även",    "idag",    "då",      "nyss",   "själv",
        "kanske",   "alltså",      "numera",  "minst",   "c:a",     "ca.",    "väldigt",
        "faktiskt", "egentligen",  "omkring", "uppemot", "blott",   "exakt",  "kring",
        "säkert"};
    static const char *const in[] = {"i"}, *const day[] = {"dag"};

    for (int n = 0; n < 3 && efti_veil_follows(v, i); n++) {
        if (IS_ONE_OF(v, i, in) && efti_veil_follows(v, i + 1) &&
            IS_ONE_OF(v, i + 1, day))
            i += 2;
        else if (IS_ONE_OF(v, i, adverbs))
            i++;
        else
            break;
    }
    return i;
}

static bool
is_months(const struct efti_veil *v, size_t i)
{
    static const char *const months[] = {"månader", "mån", "månad", "veckor", "dagar"};

    return efti_veil_follows(v, i) && IS_ONE_OF(v, i, months) &&
           efti_age_ends_before(v, i + 1);
}

/* "när hon var 12 slutade hon": a word, and somebody who does it. */
static bool
goes_on_with_verb(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) &&
           (efti_veil_is(v, i + 1, VEIL_CLASS_PRONOUN) ||
            (age_word(v, i + 1)->state & VEIL_STATE_NAME) != 0);
}

/* The number at `n` after a verb; also the second in "sex och nio". */
static bool
is_time_word(const struct efti_veil *v, size_t i)
{
    static const char *const times[] = {
        "nästa",  "förra", "snart",  "strax",   "imorgon", "imorrn",
        "igår",   "idag",  "äldsta", "yngsta",  "nyligen", "redan",
        "senare", "medan", "innan",  "slutade", "började", "fortfarande"};

    return efti_veil_follows(v, i) && IS_ONE_OF(v, i, times);
}

/* "när hon fyllde 12 flyttade pappan": what is done then */
static bool
is_past_verb(const struct efti_veil *v, size_t i)
{
    static const char *const ends[] = {"ade",  "dde", "nde",  "tte",  "kte", "gick",
                                       "blev", "kom", "fick", "drog", "lade"};
    static const char *const strong[] = {"dog", "såg",   "satt",  "stod", "tog",  "höll",
                                         "lät", "la",    "sa",    "föll", "for",  "sov",
                                         "åt",  "skrev", "stack", "flög", "slog", "bröt"};

    if (efti_veil_follows(v, i) && IS_ONE_OF(v, i, strong))
        return true;
    return efti_veil_follows(v, i) && age_word(v, i)->form != NULL &&
           (age_word(v, i)->bits & VEIL_CAPITAL) == 0 &&
           efti_age_ends_in(age_word(v, i)->form, ends, EFTI_COUNT(ends));
}

/* "den som fyller 20", "när man har fyllt 65", "alla som är 18": whoever that may be. */
static bool
is_anybody(const struct efti_veil *v, size_t n)
{
    static const char *const man[] = {"man"};
    static const char *const en[] = {"en",     "ung",  "äldre", "min",
                                     "hennes", "hans", "sin",   "gammal"};
    static const char *const who[] = {"den", "de", "dem", "alla", "dom", "helst"};
    static const char *const som[] = {"som"};

    for (size_t i = n; i > 1 && n - i < 5 && efti_veil_follows(v, i);) {
        i--;
        if (IS_ONE_OF(v, i, man) && !IS_ONE_OF(v, i - 1, en))
            return true;
        if (efti_veil_follows(v, i) && IS_ONE_OF(v, i, som) && IS_ONE_OF(v, i - 1, who))
            return true;
    }
    return false;
}

static void
number_after_verb(struct efti_veil *v, size_t n, bool many)
{
    static const char *const older[] = {"äldre",  "yngre", "sedan",
                                        "senare", "kvar",  "sen"};
    static const char *const all[] = {"100", "hundra"};
    bool both, year;

    if (!efti_veil_follows(v, n) || !efti_age_possible(v, n) || is_anybody(v, n))
        return;
    size_t last = n;
    for (size_t k = n; k < n + 6 && k + 1 < v->words.count; k++) { /* 2, 5 och 9 år */
        if (age_word(v, k + 1)->glue == VEIL_GLUE_COMMA && efti_age_possible(v, k + 1))
            last = k + 1;
        else if (efti_veil_follows(v, k + 1) && efti_veil_is(v, k + 1, VEIL_CLASS_AND) &&
                 efti_veil_follows(v, k + 2) && efti_age_possible(v, k + 2))
            last = ++k + 1;
        else
            break;
    }
    if (last > n + 1 && (is_year_word(v, last + 1) ||
                         (many && last > n + 2 && efti_age_ends_before(v, last + 1)))) {
        propose_list(v, n, last, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return;
    }
    if (efti_veil_follows(v, n + 3) && is_and_a_half(v, n + 1)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return;
    }
    size_t next = n + 1;
    if (efti_veil_is(v, n, VEIL_CLASS_NUMBER) &&
        efti_veil_is(v, next, VEIL_CLASS_NUMBER) && is_year_word(v, next + 1))
        next++; /* femtio ett år */
    year = is_year_word(v, next) || is_months(v, next);
    if (!year && IS_ONE_OF(v, n, all)) /* jag är 100 på det */
        return;
    both = efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
           efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
           efti_age_ends_before(v, n + 3);
    if (year ? IS_ONE_OF(v, n + 2, older)
             : !(efti_age_ends_before(v, n + 1) || goes_on_with_verb(v, n + 1) ||
                 is_time_word(v, n + 1) || is_past_verb(v, n + 1)) ||
                   is_ett(v, n))
        return;
    if (many && !both && !year)
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    soon_older(v, year ? n + 1 : n);
    if (year)
        and_months(v, next);
    if (both && !is_ett(v, n + 2))
        efti_age_propose(v, n + 2, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* Who stands before the verb: 0 nobody, 1 one person, 2 several. */
static int
age_who(const struct efti_veil *v, size_t i)
{
    static const char *const several[] = {"de", "dom", "barnen", "syskonen"};

    if (i >= v->words.count)
        return 0;
    if (IS_ONE_OF(v, i, several))
        return 2;
    if (efti_veil_is(v, i, VEIL_CLASS_PRONOUN) || efti_veil_is(v, i, VEIL_CLASS_WHO) ||
        efti_age_is_person(v, i))
        return 1;
    return 0;
}

/* Is there a number where an age could stand, behind a pronoun and three adverbs? */
static bool
number_ahead(const struct efti_veil *v, size_t i)
{
    for (size_t k = i + 1; k <= i + 5 && efti_veil_follows(v, k); k++)
        if ((age_word(v, k)->cues & VEIL_CUE_AGE) != 0 &&
            ((age_word(v, k)->bits & VEIL_DIGITS) != 0 ||
             efti_veil_is(v, k, VEIL_CLASS_NUMBER)) &&
            efti_age_possible(v, k))
            return true;
    return false;
}

/* Token `i` is fyller: fyller 14, fyller hon 14 */
static void
turns(struct efti_veil *v, size_t i)
{
    static const char *const jubilees[] = {
        "vi",        "verksamheten", "enheten",   "föreningen", "kommunen", "skolan",
        "förskolan", "boendet",      "projektet", "företaget",  "huset",    "kören",
        "klubben",   "rörelsen",     "lagen",     "modellen",   "nätverket"};
    size_t n = i + 1;

    static const char *const bounds[] = {"före",   "efter", "vid",
                                         "intill", "från",  "till"};
    static const char *const filled[] = {"fyllda"};

    if (i > 0 && efti_veil_follows(v, i) &&
        (IS_ONE_OF(v, i - 1, jubilees) ||
         (IS_ONE_OF(v, i, filled) && IS_ONE_OF(v, i - 1, bounds))))
        return; /* efter fyllda 18 år: the law says so of everybody */
    if (efti_veil_follows(v, n) && age_who(v, n) != 0 && efti_veil_follows(v, n + 1))
        n++;
    number_after_verb(v, skip_adverbs(v, n), false);
}

/* "när ja va sju flytta vi": what goes on behind is a clause, unless it is counted. */
static bool
when_somebody_was(const struct efti_veil *v, size_t i, size_t n)
{
    static const char *const when[] = {"när", "då", "innan", "sen", "sedan", "tills"};
    static const char *const one[] = {"jag", "ja", "han", "hon", "hen", "ho", "hu"};
    static const char *const units[] = {
        "timmar", "minuter", "dagar", "veckor",  "mil", "månader", "gånger",
        "steg",   "kilo",    "meter", "poäng",   "av",  "till",    "procent",
        "grader", "nätter",  "dygn",  "klasser", "kg",  "cm"};

    return i > 1 && n == i + 1 && efti_veil_follows(v, i) &&
           efti_veil_follows(v, i - 1) && IS_ONE_OF(v, i - 1, one) &&
           IS_ONE_OF(v, i - 2, when) && efti_veil_follows(v, n) &&
           efti_age_possible(v, n) && !is_ett(v, n) && efti_veil_follows(v, n + 1) &&
           !IS_ONE_OF(v, n + 1, units) && !is_year_word(v, n + 1) &&
           !efti_veil_is(v, n + 1, VEIL_CLASS_AND);
}

static void
is_so_old(struct efti_veil *v, size_t i)
{
    static const char *const helpers[] = {"hunnit", "ska",    "skulle", "kommer",
                                          "hann",   "hinner", "har",    "hade"};
    static const char *const anybody[] = {"man"};
    static const char *const claimed[] = {"sig",    "bedöms", "bedömdes", "anses",
                                          "ansågs", "uppges", "sägs",     "påstås",
                                          "antas",  "tros"};
    static const char *const to[] = {"att", "vara"};

    if (!number_ahead(v, i)) /* "är" and "var" are common, ages are not */
        return;
    int subject = i > 0 && age_word(v, i)->glue != VEIL_GLUE_FAR ? age_who(v, i - 1) : 0;
    size_t n = i + 1, before = i;

    /* fast hon bara är 16; som redan är 15 */
    while (subject == 0 && before > 1 && i - before < 2 && efti_veil_follows(v, before) &&
           skip_adverbs(v, before - 1) > before - 1 && efti_veil_follows(v, before - 1)) {
        before--;
        subject = age_who(v, before - 1);
    }
    if (subject == 0 && i > 0 && efti_veil_follows(v, i) &&
        (IS_ONE_OF(v, i - 1, claimed) ||
         (IS_ONE_OF(v, i - 1, to) && IS_ONE_OF(v, i, to) &&
          efti_age_ends_before(v, n + 1))))
        subject = 1; /* uppger sig vara 17; att vara 15 och ensam */
    if (subject == 0 && efti_veil_follows(v, n) &&
        !IS_ONE_OF(v, n, anybody) && /* är man 20 eller 60 */
        (subject = age_who(v, n)) != 0)
        n++;                                                   /* nu är hon 7 */
    if (subject == 0 && i > 1 && IS_ONE_OF(v, i - 1, helpers)) /* har hunnit bli */
        subject = age_who(v, i - 2) == 1 || (i > 2 && age_who(v, i - 3) == 1);
    /* "jag heter Mbali och är sexton": one who was named before "och" */
    if (subject == 0 && i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
        (age_word(v, i - 2)->state & VEIL_STATE_NAME) != 0)
        subject = 1;
    if (subject == 1 && when_somebody_was(v, i, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (subject != 0)
        number_after_verb(v, skip_adverbs(v, n), subject == 2);
}

/* "Abdulkadir har 61 år och": said by those who speak other languages at home. */
static void
has_years(struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i + 1) || !efti_age_possible(v, i + 1) ||
        !is_year_word(v, i + 2) || age_who(v, i - 1) != 1)
        return;
    if (!efti_veil_follows(v, i + 3) || efti_veil_is(v, i + 3, VEIL_CLASS_AND))
        efti_age_propose(v, i + 1, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* ------------------------------------------------ Jasmin (13), Rahel, 15: */

/* "Ingegärd, nittiosju, rättar"; "Vilda och Vide, fem och nio.": small numbers in words
 * come in pairs, for "Anna, två gånger" counts something. */
static void
words_beside_name(struct efti_veil *v, size_t n)
{
    bool pair = efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
                efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
                !efti_veil_follows(v, n + 3);

    if (age_word(v, n)->glue != VEIL_GLUE_COMMA && age_word(v, n)->glue != VEIL_GLUE_MARK)
        return;
    if (pair) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        efti_age_propose(v, n + 2, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    } else if ((!efti_veil_follows(v, n + 1) &&
                (age_word(v, n)->form->code_points > 3 || /* Hedda, fem, förklarade */
                 (n + 1 < v->words.count && age_word(v, n + 1)->glue == VEIL_GLUE_COMMA &&
                  !is_ett(v, n)))) ||
               is_months(v, n + 1)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    }
}

/* "hustrun åttiotvå", right behind who it is: numbers in words from tolv on. With figures
 * a pupil or client may be one of several (elev 14): kin and girls and boys are not. */
static void
person_and_number(struct efti_veil *v, size_t i)
{
    static const char *const kin[] = {
        "man",          "mannen",    "kvinna",      "kvinnan",    "pojke",  "pojken",
        "flicka",       "flickan",   "kille",       "killen",     "tjej",   "tjejen",
        "son",          "sonen",     "dotter",      "dottern",    "bror",   "brodern",
        "syster",       "systern",   "mamma",       "mamman",     "pappa",  "pappan",
        "mormor",       "morfar",    "farmor",      "farfar",     "maken",  "makan",
        "hustrun",      "frun",      "fru",         "sambon",     "sambo",  "lillebror",
        "lillasyster",  "storebror", "storasyster", "brorsan",    "syrran", "grabb",
        "grabben",      "gubbe",     "gubben",      "tant",       "tanten", "dam",
        "damen",        "farbror",   "moster",      "faster",     "änka",   "änkling",
        "bebis",        "pat",       "pat.",        "äldsta",     "äldste", "yngsta",
        "yngste",       "minsta",    "minste",      "minstingen", "lillen", "lillan",
        "ungdom",       "ungdomen",  "kusin",       "kusinen",    "äldst",  "yngst",
        "bästis",       "bästisen",  "barnbarn",    "barnbarnet", "unge",   "ungen",
        "ensamkommande"};
    static const char *const anybody[] = {"man"};
    static const char *const one[] = {"en", "ung", "äldre", "ensam"};
    size_t n = i + 1;

    if (!efti_veil_follows(v, n) || !efti_age_possible(v, n) || is_ett(v, n) ||
        (IS_ONE_OF(v, i, anybody) && efti_veil_follows(v, i) && /* är man 20 */
         !IS_ONE_OF(v, i - 1, one)))
        return;
    bool figures = (age_word(v, n)->bits & VEIL_DIGITS) != 0;
    bool verb = n + 1 < v->words.count &&
                (age_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0;
    if (figures ? IS_ONE_OF(v, i, kin) && !is_half(v, n) &&
                      (efti_age_ends_before(v, n + 1) || verb) &&
                      !efti_veil_is(v, n + 1, VEIL_CLASS_IN)
                : age_word(v, n)->form->code_points > 5 && !efti_veil_follows(v, n + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "Hon, 17, tog hand om alla"; "kille 19, missbrukar": who it is stands before. */
static void
number_beside(struct efti_veil *v, size_t n)
{
    static const char *const both[] = {"båda", "bägge", "bara", "blott"};

    if (n == 0 || !efti_age_possible(v, n) || is_half(v, n))
        return;
    if (efti_veil_follows(v, n) && IS_ONE_OF(v, n - 1, both) && n > 1 && /* , båda 17. */
        age_word(v, n - 1)->glue == VEIL_GLUE_COMMA &&
        (n + 1 >= v->words.count || age_word(v, n + 1)->glue != VEIL_GLUE_SPACE))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA && is_months(v, n + 1) &&
        !efti_veil_follows(v, n + 2) &&
        efti_veil_ask(v, n - 1, VEIL_ASK_PERSON, is_person_noun)) { /* Lillan, 18 mån, */
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (efti_veil_follows(v, n) && efti_age_is_person(v, n - 1) &&
        (age_word(v, n - 1)->bits & VEIL_ROLE) == 0 &&
        (age_word(v, n - 1)->state & VEIL_STATE_NAME) == 0)
        person_and_number(v, n - 1);
    else if (age_word(v, n)->glue == VEIL_GLUE_COMMA && n + 1 < v->words.count &&
             (age_word(v, n + 1)->glue == VEIL_GLUE_COMMA) &&
             (efti_veil_is(v, n - 1, VEIL_CLASS_PRONOUN) || efti_age_is_person(v, n - 1)))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* född 2009, född -09, f. 1987, barn födda 2015 och 2018: how old somebody is now. */
static void
born_year(struct efti_veil *v, size_t n)
{
    static const char *const born[] = {"född", "födda", "fött", "f", "f."};
    size_t before = n;

    if (n == 0 || age_word(v, n)->glue == VEIL_GLUE_FAR)
        return;
    if (n > 2 && efti_veil_is(v, n - 1, VEIL_CLASS_AND) &&
        (age_word(v, n - 2)->bits & VEIL_DIGITS) != 0)
        before = n - 2; /* födda 2015 och 2018 */
    if (before > 1 && efti_veil_is(v, before - 1, VEIL_CLASS_YEAR) &&
        efti_veil_follows(v, before))
        before--; /* född år 1962 */
    if (!IS_ONE_OF(v, before - 1, born))
        return;
    const struct efti_form *f = age_word(v, n)->form;
    uint32_t year = f == NULL || f->folded_size > 5
                        ? 0
                        : efti_veil_number(f->folded + (f->folded[0] == '-'),
                                           f->folded_size - (f->folded[0] == '-'));
    bool four = year >= 1900 && year <= 2039;
    bool two = age_word(v, before - 1)->form->folded_size > 2 && year < 100 &&
               f != NULL && f->folded_size >= 2 &&
               (efti_age_ends_before(v, n + 1) || !efti_veil_follows(v, n + 1));
    if ((four || two) && !efti_veil_is(v, n + 1, VEIL_CLASS_MONTH))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

static void
beside_name(struct efti_veil *v, size_t i)
{
    static const char *const about[] = {"typ", "ca", "cirka", "runt", "ungefär"};
    static const char *const soon[] = {"snart", "nyss", "knappt", "drygt", "nästan"};
    static const char *const units[] = {"mån", "mån.", "månader", "veckor", "bast"};
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t n = i + 1;

    if (n < v->words.count && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
        efti_age_possible(v, n + 1) && skip_adverbs(v, n + 1) == n + 1 &&
        (IS_ONE_OF(v, n, about) ||
         (IS_ONE_OF(v, n, soon) && /* Min son, snart tolv, */
          ((age_word(v, i)->state & VEIL_STATE_NAME) != 0 ||
           efti_veil_ask(v, i, VEIL_ASK_PERSON, is_person_noun)))))
        n++; /* en kille, typ 13, */
    if (n >= v->words.count || !efti_age_possible(v, n))
        return;
    if (n > i + 1) {
        if (efti_age_ends_before(v, n + 1) && !is_ett(v, n) &&
            !efti_veil_follows(v, n + 1))
            efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (efti_veil_follows(v, n) && age_word(v, i)->category == EFTI_PERSON &&
        (age_word(v, i)->state & VEIL_STATE_NAME) != 0 && n + 1 < v->words.count &&
        (age_word(v, n + 1)->glue == VEIL_GLUE_COMMA ||
         efti_veil_byte(v, v->segments->tokens.items[n].end) == ')' || /* (Ebrima 8) */
         efti_veil_is(v, n + 1, VEIL_CLASS_AND) ||
         ((age_word(v, i)->bits & VEIL_GIVEN) != 0 && /* Birger 93 fick */
          (is_past_verb(v, n + 1) ||
           (age_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0))) &&
        (age_word(v, n)->bits & VEIL_DIGITS) != 0) { /* sorin 22 å jag */
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA && efti_veil_follows(v, n + 3) &&
        is_and_a_half(v, n + 1)) { /* Torvald, 95 och ett halvt år, */
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA && efti_veil_follows(v, n + 1) &&
        IS_ONE_OF(v, n + 1, units) && !efti_veil_follows(v, n + 2)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return; /* Lillan, 18 mån, gick */
    }
    if (age_word(v, n)->form->kind != EFTI_NUMBER) {
        words_beside_name(v, n);
        return;
    }
    if (age_word(v, n)->glue != VEIL_GLUE_COMMA && age_word(v, n)->glue != VEIL_GLUE_MARK)
        return;
    if (age_word(v, n)->glue == VEIL_GLUE_MARK &&
        v->text.bytes[v->segments->tokens.items[n].start - 1] != '(')
        return;
    if (efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
        efti_age_ends_before(v, n + 3) &&
        (n + 3 >= v->words.count || age_word(v, n + 3)->glue != VEIL_GLUE_SPACE)) {
        propose_list(v, n, n + 2, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return; /* två syskon, 7 och 9, */
    }
    if (v->text.bytes[t->end] == '/' || efti_veil_follows(v, n + 1) ||
        (n + 1 < v->words.count && age_word(v, n + 1)->glue == VEIL_GLUE_NONE))
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* Is a number that may be an age at most AGE_REACH tokens from token `i`? `*next` goes
 * along with the text. */
#define AGE_REACH 8
static bool
number_near(const struct efti_veil *v, size_t i, size_t *next)
{
    while (*next < v->numbers.count && v->numbers.items[*next] + AGE_REACH < i)
        ++*next;
    return *next < v->numbers.count && v->numbers.items[*next] <= i + AGE_REACH;
}

void
efti_veil_ages(struct efti_veil *v)
{
    size_t near = 0;

    for (size_t h = 0; h < v->terms.count; h++) {
        size_t i = v->terms.items[h];

        if (!number_near(v, i, &near)) {
            if (efti_veil_is(v, i, VEIL_CLASS_YEARLING)) /* has its number in it */
                efti_age_yearling(v, i);
            continue;
        }
        switch (efti_veil_class(age_word(v, i)->bits)) {
        case VEIL_CLASS_YEAR: age_years(v, i); break;
        case VEIL_CLASS_OLD:
            months_old(v, i);
            stated_age(v, i);
            efti_age_yearling_apart(v, i);
            break;
        case VEIL_CLASS_YEARLING: efti_age_yearling(v, i); break;
        case VEIL_CLASS_TURNS: turns(v, i); break;
        case VEIL_CLASS_BE: is_so_old(v, i); break;
        case VEIL_CLASS_HAVE: has_years(v, i); break;
        default: break;
        }
        efti_age_apart(v, i);
        if ((age_word(v, i)->bits & VEIL_ROLE) != 0) {
            beside_name(v, i);
            aged_person(v, i);
            person_and_number(v, i);
        }
    }
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];

        if (age_word(v, i)->form == NULL || age_word(v, i)->form->kind != EFTI_NUMBER)
            continue;
        number_beside(v, i);
        efti_age_number(v, i);
        born_year(v, i);
    }
    for (size_t h = 0; h < v->named.count && v->numbers.count > 0; h++)
        if ((age_word(v, v->named.items[h])->bits & VEIL_ROLE) == 0)
            beside_name(v, v->named.items[h]);
}
