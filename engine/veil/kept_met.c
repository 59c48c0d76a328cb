/*
 * kept_met.c - a word that stays, and somebody who is called so
 *
 *   Vi träffade Hattie; ringde Hattie        who is met is nobody that one reads
 *   pratade länge med Dewey, hemma hos X     the same, with a word between
 *   Hattie grät; Maslow fyllde år            what only somebody who is there does
 *   kompis med Bambi, mamma till Batman      who has friends and children is no film
 *   min kompis Bambi var ledsen              a role that is somebody's, and a verb
 *   Hon heter Bambi; Bambi, min son,         said outright
 *
 * A list says what stays of a word alone; what stands around it says more. The frames of
 * names (frames.c) are too many for this: authorities are rung up and written to, films
 * are talked about, thinkers are worked with. Here are those of people alone, and for
 * authors, whom nobody rings up, those of authorities too.
 */
#include "veil/authors.h"

#define MET_ONE_OF(v, i, words) efti_veil_is_one_of(v, i, words, EFTI_COUNT(words))

/* The verb stands right before who is met. */
static bool
meets_person(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "träffade", "träffat", "träffar",  "träffa",   "kramade", "kramar",
        "krama",    "matade",  "matar",    "duschade", "duschar", "skjutsade",
        "skjutsar", "nattade", "tröstade", "lugnade",  "väckte",  "dejtar",
        "dejtade",  "pussade", "peppade",  "badade"};

    return MET_ONE_OF(v, i, verbs);
}

/* The same of those whom one reads: authorities and films are rung and met so too. */
static bool
meets_reader(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "ringde", "ringer",  "ringt",   "ringa",       "mötte",   "mött",
        "smsade", "sms:ade", "messade", "messar",      "mejlade", "mailade",
        "mejlar", "hämtade", "hämtar",  "bad",         "besökte", "besöker",
        "besökt", "hälsade", "bjöd",    "medicinerade"};

    return MET_ONE_OF(v, i, verbs);
}

/* prata, möte, lunch: with somebody; "med" follows. */
static bool
is_talk(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {
        "pratade",  "pratar",  "prata",    "pratat",   "snackade",  "snackar",  "snacka",
        "snackat",  "talade",  "samtal",   "samtalet", "samtalade", "möte",     "mötet",
        "träff",    "träffen", "fika",     "fikade",   "lunch",     "lunchade", "åt",
        "satt",     "sitta",   "sitter",   "gick",     "åkte",      "umgicks",  "umgås",
        "promenad", "kontakt", "hembesök", "bråkade",  "bråk",      "chattade", "telefon",
        "dansade",  "sjöng",   "grät",     "skrattade"};

    return MET_ONE_OF(v, i, words);
}

/* kompis, gift: what only a person is with, or of, somebody. */
static bool
is_bond(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {
        "kompis",    "kompisar",    "vän",     "vänner",   "bästis",  "gift",
        "sambo",     "förlovad",    "ihop",    "granne",   "syskon",  "tvilling",
        "dejt",      "flickvän",    "pojkvän", "barn",     "barnet",  "mamma",
        "mamman",    "pappa",       "pappan",  "mor",      "far",     "syster",
        "systern",   "bror",        "brodern", "dotter",   "dottern", "son",
        "sonen",     "mormor",      "morfar",  "farmor",   "farfar",  "moster",
        "faster",    "farbror",     "kusin",   "fru",      "frun",    "maken",
        "föräldrar", "föräldrarna", "mannen",  "kompisen", "god"};

    return MET_ONE_OF(v, i, words);
}

/* "pratade jag länge med": the word of talk before "med", over two words at most. */
static bool
talks_with(const struct efti_veil *v, size_t with)
{
    static const char *const between[] = {"jag",   "vi",   "hon",    "han",   "de",
                                          "länge", "lite", "mycket", "ensam", "bara",
                                          "även",  "igår", "en",     "också"};
    size_t i = with;

    for (int k = 0; k < 3 && i > 0 && efti_veil_follows(v, i); k++) {
        i--;
        if (is_talk(v, i))
            return true;
        if (!MET_ONE_OF(v, i, between))
            break;
    }
    return false;
}

/* Migrationsverket, Polisen, Bup: somebody met, but an office. */
static bool
is_office(const struct efti_form *f)
{
    static const char *const ends[] = {"et", "en", "an", "na", "ten", "s", "ring", "ing"};

    return f->code_points < 5 || efti_veil_ends_in(f, ends, EFTI_COUNT(ends), 4);
}

static bool
before_person(const struct efti_veil *v, size_t i)
{
    static const char *const to[] = {"till", "åt", "med"};
    static const char *const about[] = {"om"}, *const held[] = {"kramade", "höll"};

    if (!efti_veil_follows(v, i))
        return false;
    const struct efti_form *f = v->words.items[i - 1].form;
    if (f != NULL && f->folded_size <= 4 && efti_veil_follows(v, i - 1)) {
        if (MET_ONE_OF(v, i - 1, about))
            return MET_ONE_OF(v, i - 2, held);
        /* kin are roles, and "gift med" has left its mark as a frame */
        bool bond = (v->words.items[i - 2].bits & VEIL_ROLE) != 0 ||
                    (v->words.items[i].evidence & EFTI_EVIDENCE_FRAME) != 0;
        if (MET_ONE_OF(v, i - 1, to))
            return bond && is_bond(v, i - 2);
    }
    return meets_person(v, efti_veil_before_subject(v, i - 1)) &&
           !is_office(v->words.items[i].form);
}

/* Who is read is rung up, visited and talked with only when it is somebody else. */
static bool
before_reader(const struct efti_veil *v, size_t i)
{
    static const char *const with[] = {"med"}, *const at[] = {"hos"},
                             *const on[] = {"på"};
    static const char *const home[] = {"hem", "upp"}, *const to[] = {"till"};
    static const char *const stays[] = {"hemma", "besök", "hembesök", "bor",  "bodde",
                                        "sov",   "var",   "fika",     "inne", "insats"};
    static const char *const greets[] = {"hälsade", "hälsar", "hälsa", "hälsat"};

    if (!efti_veil_follows(v, i))
        return false;
    static const char *const found[] = {"mötte", "mött"}; /* mötte jag Foucault: read */
    size_t verb = efti_veil_before_subject(v, i - 1);
    if (meets_person(v, verb) ||
        (meets_reader(v, verb) && (verb == i - 1 || !MET_ONE_OF(v, verb, found))))
        return true;
    if (!efti_veil_follows(v, i - 1))
        return false;
    if (MET_ONE_OF(v, i - 1, with))
        return talks_with(v, i - 1);
    if (MET_ONE_OF(v, i - 1, at))
        return MET_ONE_OF(v, i - 2, stays);
    if (MET_ONE_OF(v, i - 1, on))
        return MET_ONE_OF(v, i - 2, greets);
    if (MET_ONE_OF(v, i - 1, to))
        return MET_ONE_OF(v, i - 2, home) || meets_reader(v, i - 2);
    return MET_ONE_OF(v, i - 1, home) &&
           (meets_reader(v, i - 2) || meets_person(v, i - 2));
}

/* "i natt sov X dåligt", "sen grät X": verbs that have nothing behind them but who does
 * it. */
static bool
is_behind_doing(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {"grät",    "gråter",  "kräktes", "somnade",
                                        "vaknade", "hostade", "vabbade", "sov",
                                        "sover",   "rymde",   "ramlade", "fnissade"};

    return efti_veil_follows(v, i) && MET_ONE_OF(v, i - 1, verbs);
}

/* pratade, gick: what two do; not "jag och Netflix hela helgen". */
static bool
do_two(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {"gick",   "går",  "var",  "är",  "satt",
                                        "sitter", "ska",  "har",  "åt",  "såg",
                                        "skulle", "fick", "hade", "bor", "brukar"};
    static const char *const ends[] = {"ade", "de", "te"};

    return efti_veil_follows(v, i) && v->words.items[i].form != NULL &&
           (v->words.items[i].bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
           (MET_ONE_OF(v, i, verbs) ||
            efti_veil_ends_in(v->words.items[i].form, ends, EFTI_COUNT(ends), 2));
}

/* "jag och X pratade", "X och jag gick": who is counted with the writer. */
static bool
are_with_me(const struct efti_veil *v, size_t i, size_t last)
{
    static const char *const me[] = {"jag"};
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    const struct efti_form *f = v->words.items[i].form;
    const bool before = efti_veil_is(v, last + 1, VEIL_CLASS_AND) &&
                        efti_veil_follows(v, last + 1) &&
                        efti_veil_follows(v, last + 2) && MET_ONE_OF(v, last + 2, me);
    const bool behind = i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
                        efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
                        MET_ONE_OF(v, i - 2, me);

    if (!(before || behind) || f->code_points < 4 || is_office(f))
        return false;
    return (before && (v->segments->tokens.items[i].flags & starts) != 0 &&
            do_two(v, last + 3)) ||
           (behind && do_two(v, last + 1));
}

/* Hattie grät, Hattie ringde mig: what nobody does in a book that one cites. */
static bool
is_there(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "ringde",   "ringer",    "grät",    "gråter",    "kräktes", "somnade",
        "vaknade",  "sms:ade",   "smsade",  "messade",   "mejlade", "hostade",
        "vabbade",  "vabbar",    "kramade", "rymde",     "sov",     "sover",
        "fyllde",   "duschade",  "åkte",    "sjukskrev", "ramlade", "vägrade",
        "fnissade", "skjutsade", "hämtade", "cyklade",   "mår",     "mådde"};
    static const char *const came[] = {"kom", "gick", "kommer"};
    static const char *const home[] = {"hem", "hit", "förbi", "dit", "tillbaka"};

    return efti_veil_follows(v, i) &&
           (MET_ONE_OF(v, i, verbs) ||
            (MET_ONE_OF(v, i, came) && efti_veil_follows(v, i + 1) &&
             MET_ONE_OF(v, i + 1, home)));
}

/* May the word before say that somebody is met: träffade, till, jag, grät? Most
 * do not. */
static bool
is_meeting_word(const struct efti_form *f)
{
    static const char *const words[] = {
        "träffade",     "träffat", "träffar",  "träffa",   "kramade", "kramar",
        "krama",        "matade",  "matar",    "duschade", "duschar", "skjutsar",
        "skjutsade",    "nattade", "tröstade", "lugnade",  "väckte",  "dejtar",
        "dejtade",      "pussade", "peppade",  "badade",   "jag",     "vi",
        "hon",          "han",     "de",       "dom",      "hen",     "till",
        "åt",           "med",     "om",       "grät",     "gråter",  "kräktes",
        "somnade",      "vaknade", "hostade",  "vabbade",  "sov",     "sover",
        "rymde",        "ramlade", "fnissade", "ringde",   "ringer",  "ringt",
        "ringa",        "mötte",   "mött",     "smsade",   "sms:ade", "messade",
        "messar",       "mejlade", "mailade",  "mejlar",   "hämtade", "hämtar",
        "bad",          "besökte", "besöker",  "besökt",   "hälsade", "bjöd",
        "medicinerade", "hos",     "på",       "hem",      "upp"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

bool
efti_author_is_seen(const struct efti_veil *v, size_t first, size_t last)
{
    const struct veil_word *w = v->words.items;

    /* a verb behind is a frame, of several words too: "kom hem" has left its mark */
    if (last + 1 < v->words.count &&
        ((w[last].evidence & VEIL_SEES_AFTER) != 0 ||
         (w[last + 1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0) &&
        is_there(v, last + 1))
        return true;
    if ((efti_veil_is(v, last + 1, VEIL_CLASS_AND) ||
         (first > 0 && efti_veil_is(v, first - 1, VEIL_CLASS_AND))) &&
        are_with_me(v, first, last))
        return true;
    return first > 0 && efti_veil_follows(v, first) &&
           efti_veil_ask(v, first - 1, VEIL_ASK_MEETING, is_meeting_word) &&
           (before_person(v, first) || before_reader(v, first) ||
            is_behind_doing(v, first));
}

/* ------------------------------------------------------------ other words that stay */

static const char *const met_whose[] = {"min",    "mitt",  "vår",   "vårt", "hans",
                                        "hennes", "deras", "våran", "sin"};

/* "min kompis Bambi var ledsen": a role that is somebody's before, a verb behind. */
static bool
is_of_role(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_follows(v, i) || (w[-1].bits & VEIL_ROLE) == 0 ||
        !efti_veil_follows(v, i + 1))
        return false;
    bool verb = (w[1].bits & VEIL_AFTER_STRONG) != 0 ||
                efti_veil_is(v, i + 1, VEIL_CLASS_BE) ||
                efti_veil_is(v, i + 1, VEIL_CLASS_HAVE);
    bool begins =
        i == 1 || !efti_veil_follows(v, i - 1) ||
        (MET_ONE_OF(v, i - 2, met_whose) && (i == 2 || !efti_veil_follows(v, i - 2)));
    return verb && begins; /* not "gav min son Alvedon", "visade kollegan Excel" */
}

/* "Hon heter Bambi", "min handläggare heter Bambi" */
static bool
is_named_so(const struct efti_veil *v, size_t i)
{
    static const char *const one[] = {"hon", "han", "jag", "hen", "ja"};

    return i > 1 && efti_veil_follows(v, i) &&
           efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) && efti_veil_follows(v, i - 1) &&
           (MET_ONE_OF(v, i - 2, one) || (v->words.items[i - 2].bits & VEIL_ROLE) != 0);
}

/* "Bambi är min kontaktperson" */
static bool
is_somebody_of(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_BE) &&
           efti_veil_follows(v, i + 2) && MET_ONE_OF(v, i + 2, met_whose) &&
           efti_veil_follows(v, i + 3) && (v->words.items[i + 3].bits & VEIL_ROLE) != 0;
}

/* "Bambi, min son," */
static bool
is_explained(const struct efti_veil *v, size_t i)
{
    return i + 3 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_COMMA &&
           v->words.items[i + 3].glue == VEIL_GLUE_COMMA &&
           MET_ONE_OF(v, i + 1, met_whose) && efti_veil_follows(v, i + 2) &&
           (v->words.items[i + 2].bits & VEIL_ROLE) != 0;
}

/* The frames of kept word `i`, each where the word beside it asks for it. */
static bool
is_framed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    enum veil_class behind = VEIL_CLASS_NONE, before = VEIL_CLASS_NONE;

    if (i + 1 < v->words.count)
        behind = efti_veil_class(w[1].bits);
    if (i > 0)
        before = efti_veil_class(w[-1].bits);
    if (((before == VEIL_CLASS_AND || behind == VEIL_CLASS_AND) &&
         are_with_me(v, i, i)) ||
        (behind == VEIL_CLASS_BE && is_somebody_of(v, i)) ||
        (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA && is_explained(v, i)))
        return true;
    if (!efti_veil_follows(v, i))
        return false;
    if (before == VEIL_CLASS_CALLED)
        return is_named_so(v, i);
    if ((w[-1].bits & VEIL_ROLE) != 0 && is_of_role(v, i))
        return true;
    return efti_veil_ask(v, i - 1, VEIL_ASK_MEETING, is_meeting_word) &&
           (before_person(v, i) || is_behind_doing(v, i));
}

static bool
is_kept_person(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->state & (VEIL_STATE_KEEP | VEIL_STATE_NAME)) == 0 && w->form != NULL &&
           w->form->kind == EFTI_WORD && w->form->casing == EFTI_CASING_INITIAL &&
           !(efti_veil_follows(v, i + 1) && (w[1].bits & VEIL_CAPITAL) != 0) &&
           is_framed(v, i);
}

bool
efti_veil_is_met_here(const struct efti_veil *v, size_t i)
{
    return efti_author_is_seen(v, i, i) || is_explained(v, i) || is_somebody_of(v, i);
}

#define MOST_MET 16 /* different words looked for again; each costs a pass */

/* The words of one list that are somebody; `*met`: how many so far. */
static void
look_at_kept(struct efti_veil *v, const uint32_t *list, size_t count, size_t *met)
{
    struct veil_word *w = v->words.items;
    const struct efti_token *tokens = v->segments->tokens.items;

    for (size_t h = 0; h < count && !v->no_memory; h++) {
        const size_t i = list[h];

        if (EFTI_LIKELY((w[i].bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_UPPER | VEIL_HEAD |
                                      VEIL_PLACE)) != (VEIL_KEEP | VEIL_CAPITAL)) ||
            !is_kept_person(v, i))
            continue;
        bool again = ++*met < MOST_MET; /* and wherever it stands again */
        for (size_t k = again ? 0 : h; k < (again ? count : h + 1); k++) {
            if (tokens[list[k]].form != tokens[i].form)
                continue;
            w[list[k]].bits &= ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY);
            efti_veil_mark(v, list[k], VEIL_RULE_NAME_FRAME, EFTI_PERSON);
        }
    }
}

void
efti_veil_kept_met(struct efti_veil *v)
{
    size_t met = 0;

    if (v->casing != VEIL_CASING_USUAL)
        return;
    look_at_kept(v, v->capitals.items, v->capitals.count, &met);
    look_at_kept(v, v->candidates.items, v->candidates.count, &met);
}
