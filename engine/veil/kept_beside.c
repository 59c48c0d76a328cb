/*
 * kept_beside.c - names that things have too, told by the words around them
 *
 *   i en röd Kia ... parkerade       a make of cars, what stands before it, and cars
 *   två luncher på Sibylla           where one eats
 *   Liseberg: vi åkte Balder         what one rides on, and queues for
 *   vi spelade Fia, han drack Solo   what one plays and drinks
 *   planeten är inte Pluto           a house may be called so: not "på Pluto"
 *   skrev avvikelsen i Stella        a system in which one writes
 *   BankID, Freja                    what one logs in with
 *   Siri i högtalaren                the voice of a machine; "på telefonen" is who rings
 *   Emil, Pippi och Madicken         a figure among two that nobody is called as
 *   ser ut som Elvis                 whom one looks like
 *   Moses i bibeln, tillsyn av Ivo   whom one reads of, who inspects
 *   Crohn, Sjögren, Bechterew        who has found a disease, among two more
 *   dockan Molly                     a toy, which nobody is called as
 *   guden Tor, seriefiguren Woody    whom one reads of, by what stands before
 *
 * Each word may be somebody, so two things must speak for the thing: what stands right
 * before the word, and what its sentence is about. Where these are words of everyday
 * life they must touch: "åt lunch på Max" is no "väntade på Max vid lunch", "vi spelade
 * Fia" no "sen spelade Fia fotboll". Where somebody is met, or does what only somebody
 * does, nothing here says anything. Which words: the groups of works.tsv.
 */
#include "veil/orgs.h"

#define NO_GROUP VEIL_GROUP_COUNT /* nothing is asked */
#define AROUND 12                 /* tokens of the sentence, on either side */

static const struct kept_row {
    enum veil_group names, before, around;
} kept_rows[] = {
    {GROUP_CARS_AS_PEOPLE, GROUP_BEFORE_CARS, GROUP_OF_CARS},
    {GROUP_SKY_AS_HOUSES, NO_GROUP, GROUP_OF_SKY},
    {GROUP_SWEETS_AS_PEOPLE, GROUP_JOINS_SWEETS, GROUP_OF_SWEETS},
    {GROUP_AUTHORITIES_AS_PEOPLE, GROUP_BEFORE_AUTHORITY, GROUP_OF_SUPERVISION},
};

static bool
starts_sentence(const struct efti_veil *v, size_t i)
{
    return (v->segments->tokens.items[i].flags &
            (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) != 0;
}

/* Is a word of the group in the sentence of token `i`? */
static bool
is_around(const struct efti_veil *v, size_t i, enum veil_group group)
{
    for (size_t k = i; k > 0 && i - k < AROUND && !starts_sentence(v, k); k--)
        if (efti_veil_in(v, k - 1, group))
            return true;
    for (size_t k = i + 1;
         k < v->words.count && k - i <= AROUND && !starts_sentence(v, k); k++)
        if (efti_veil_in(v, k, group))
            return true;
    return false;
}

/* Nothing behind token `i` makes it somebody's or a doer: the clause ends there, or goes
 * on with a small word. No article: "spelade Fia en låt" is played to her. */
static bool
goes_no_further(const struct efti_veil *v, size_t i)
{
    return !efti_veil_follows(v, i + 1) ||
           (v->words.items[i + 1].form != NULL &&
            (v->words.items[i + 1].form->lists & EFTI_LIST_FUNCTION) != 0 &&
            !efti_veil_in(v, i + 1, GROUP_A_OR_ONE));
}

/* "en macka med Kalles": token `i` right behind `joint`, and that behind `what`. */
static bool
hangs_on(const struct efti_veil *v, size_t i, enum veil_group joint, enum veil_group what)
{
    return i > 1 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, joint) &&
           efti_veil_follows(v, i - 1) && efti_veil_in(v, i - 2, what) &&
           goes_no_further(v, i);
}

/* "vi spelade Fia", "att dricka Solo": the verb has its subject before it, or none; not
 * "sen spelade Fia". */
static bool
is_object_of(const struct efti_veil *v, size_t i, enum veil_group verbs)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, verbs) &&
           goes_no_further(v, i) &&
           (efti_veil_in(v, i - 1, GROUP_NO_SUBJECT_BEHIND) ||
            (efti_veil_follows(v, i - 1) &&
             (efti_veil_in(v, i - 2, GROUP_SMALL_SUBJECTS) ||
              efti_veil_is(v, i - 2, VEIL_CLASS_AND)))); /* och drack Solo */
}

/* "vi åkte Balder", "åkte vi Balder", "i kö till Balder": not "åkte Balder hem", "hem
 * till Balder". */
static bool
is_ride(const struct efti_veil *v, size_t i)
{
    if (i < 2 || !efti_veil_in(v, i, GROUP_RIDES_AS_PEOPLE) || !efti_veil_follows(v, i) ||
        !goes_no_further(v, i) || !is_around(v, i, GROUP_OF_RIDES))
        return false;
    return is_object_of(v, i, GROUP_RIDES) ||
           (efti_veil_in(v, i - 2, GROUP_RIDES) && efti_veil_follows(v, i - 1) &&
            efti_veil_before_subject(v, i - 1) == i - 2) ||
           (efti_veil_is_word(v, i - 1, "till") && efti_veil_follows(v, i - 1) &&
            efti_veil_in(v, i - 2, GROUP_QUEUES));
}

/* "skrev avvikelsen i Stella", "logga in i Lisa": what one does there is at most one word
 * away; not "en oro i Lisa, och dokumenterade". */
static bool
is_system(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_in(v, i, GROUP_SYSTEMS_AS_PEOPLE))
        return false;
    return hangs_on(v, i, GROUP_INTO_ALONE, GROUP_DOCUMENTS) ||
           (hangs_on(v, i, GROUP_INTO_ALONE, GROUP_WRITTEN_INTO) && i > 2 &&
            efti_veil_follows(v, i - 2) && efti_veil_in(v, i - 3, GROUP_DOCUMENTS));
}

/* "solkräm, helst Evy", "SPF 50, helst Evy" */
static bool
is_cream(const struct efti_veil *v, size_t i)
{
    if (i < 2 || !efti_veil_in(v, i, GROUP_CREAMS_AS_PEOPLE))
        return false;
    size_t cream =
        i > 2 && (v->words.items[i - 2].bits & VEIL_DIGITS) != 0 ? i - 3 : i - 2;

    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_RATHER) &&
           efti_veil_in(v, cream, GROUP_OF_CREAMS) && goes_no_further(v, i);
}

/* "Siri i högtalaren" */
static bool
is_voice(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_VOICES_AS_PEOPLE) && efti_veil_follows(v, i + 1) &&
           efti_veil_in(v, i + 1, GROUP_INTO_ALONE) && efti_veil_follows(v, i + 2) &&
           efti_veil_in(v, i + 2, GROUP_HAVE_VOICES);
}

/* "ser ut som Elvis" */
static bool
is_looked_like(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_in(v, i, GROUP_LOOKED_LIKE) && efti_veil_follows(v, i) &&
           efti_veil_is_word(v, i - 1, "som") && efti_veil_follows(v, i - 1) &&
           efti_veil_is_word(v, i - 2, "ut");
}

/* "dockan Molly lär oss": what toys do; the doll that Alva carries is hers ("dockan Alva
 * alltid bär på"), and what it says or is, is told of itself only at a start ("dockan
 * Alva sa att hon ville ha"). */
static bool
is_toy(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_TOYS) &&
           !efti_veil_is_mid(v, i - 1) && /* på Ekorren Anna och jag */
           (v->words.items[i].bits & (VEIL_CAPITAL | VEIL_GENITIVE)) == VEIL_CAPITAL &&
           (!efti_veil_follows(v, i + 1) || efti_veil_in(v, i + 1, GROUP_TOYS_DO) ||
            (efti_veil_in(v, i + 1, GROUP_TOYS_ARE) && starts_sentence(v, i - 1)));
}

/* "guden Tor", "profeten Elia": a name of gods or of the Bible; "seriefiguren Woody":
 * any. */
static bool
is_told_of(const struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i) ||
        (efti_veil_follows(v, i + 1) && (v->words.items[i + 1].bits & VEIL_CAPITAL) != 0))
        return false;
    if (efti_veil_in(v, i - 1, GROUP_FICTIONS))
        return true;
    return efti_veil_in(v, i - 1, GROUP_TITLES_OF_GODS) &&
           (efti_veil_in(v, i, GROUP_GODS_AS_PEOPLE) ||
            efti_veil_in(v, i, GROUP_BIBLE_AS_PEOPLE));
}

/* Is token `n` joined to the one before it by a comma, or is it joined by och? */
static bool
is_joined(const struct efti_veil *v, size_t n)
{
    return n > 0 && n < v->words.count &&
           (v->words.items[n].glue == VEIL_GLUE_COMMA ||
            v->words.items[n].glue == VEIL_GLUE_AMP ||
            (efti_veil_follows(v, n) &&
             (efti_veil_is(v, n, VEIL_CLASS_AND) ||
              efti_veil_is(v, n - 1, VEIL_CLASS_AND) ||
              efti_veil_is_word(v, n, "eller") || efti_veil_is_word(v, n - 1, "eller"))));
}

/* How many words of a group token `i` is counted up with. */
static size_t
counted_with(const struct efti_veil *v, size_t i, enum veil_group group)
{
    size_t found = 0;

    for (size_t k = i; i - k < AROUND && is_joined(v, k); k--)
        found += efti_veil_in(v, k - 1, group) ? 1 : 0;
    for (size_t k = i + 1; k - i < AROUND && is_joined(v, k); k++)
        found += efti_veil_in(v, k, group) ? 1 : 0;
    return found;
}

/* "Emil, Pippi, Madicken": among two that nobody is called as; "Mello: Kaj, Loreen,
 * Tusse": three of those who sang there, one of whom hardly anybody is called as. */
static bool
is_among_figures(const struct efti_veil *v, size_t i)
{
    return (efti_veil_in(v, i, GROUP_FIGURES_AS_PEOPLE) &&
            counted_with(v, i, GROUP_FIGURES) >= 2) ||
           (efti_veil_in(v, i, GROUP_GAMES_AS_PEOPLE) && i > 0 &&
            efti_veil_in(v, i - 1, GROUP_PLAYS) && counted_with(v, i, GROUP_GAMES) > 0) ||
           (efti_veil_in(v, i, GROUP_ARTISTS_AS_PEOPLE) &&
            counted_with(v, i, GROUP_ARTISTS_AS_PEOPLE) >= 2 &&
            counted_with(v, i, GROUP_ARTISTS) + efti_veil_in(v, i, GROUP_ARTISTS) > 0 &&
            is_around(v, i, GROUP_OF_CONTESTS)) ||
           (efti_veil_in(v, i, GROUP_EPONYMS_AS_PEOPLE) &&
            counted_with(v, i, GROUP_EPONYMS) >= 2);
}

/* Is token `i` an ordinary word with a capital, which no list of names or heads has? */
static bool
is_plain_heading(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return w->form != NULL && w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_NAME | VEIL_PLACE |
                       VEIL_PLACE_WORD | VEIL_ROLE | VEIL_HEAD)) ==
               (VEIL_WORD | VEIL_CAPITAL) &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ORG_NAME)) == 0;
}

/* "mellan Glad, Ledsen och Arg": a word that is a name too, counted up with two that are
 * words alone and have capitals as well. */
static bool
is_among_headings(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t found = 0;

    if ((w->bits & (VEIL_WORD | VEIL_GIVEN | VEIL_GENITIVE)) != VEIL_WORD ||
        !efti_veil_is_mid(v, i))
        return false;
    for (size_t k = i; i - k < AROUND && is_joined(v, k); k--)
        found += is_plain_heading(v, k - 1) ? 1 : 0;
    for (size_t k = i + 1; k - i < AROUND && is_joined(v, k); k++)
        found += is_plain_heading(v, k) ? 1 : 0;
    return found >= 2;
}

/* "Moses i bibeln", "Loke i den nordiska mytologin": where one stands of whom one
 * reads. */
static bool
is_of_book(const struct efti_veil *v, size_t i)
{
    enum veil_group book = GROUP_OF_GODS;

    if (!efti_veil_follows(v, i + 1) || !efti_veil_is_word(v, i + 1, "i"))
        return false;
    if (efti_veil_in(v, i, GROUP_BIBLE_AS_PEOPLE))
        book = GROUP_OF_BIBLE;
    else if (!efti_veil_in(v, i, GROUP_GODS_AS_PEOPLE))
        return false;
    for (size_t n = i + 2; n < i + 5 && efti_veil_follows(v, n); n++)
        if (efti_veil_in(v, n, book))
            return true;
    return false;
}

/* "BankID, Freja, SITHS", "loggar in med Freja" */
static bool
is_login(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_LOGINS_AS_PEOPLE) &&
           (counted_with(v, i, GROUP_OF_LOGINS) > 0 ||
            (i > 2 && efti_veil_follows(v, i) && goes_no_further(v, i) &&
             efti_veil_is_word(v, i - 1, "med") && efti_veil_is_word(v, i - 2, "in") &&
             efti_veil_in(v, i - 3, GROUP_LOGS_IN)));
}

/* A role before it, a frame of people, or a verb of theirs behind it. */
static bool
may_be_met(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->evidence & (EFTI_EVIDENCE_ROLE | EFTI_EVIDENCE_SIGNATURE |
                           VEIL_SEES_CALLED | VEIL_SEES_ROLL)) != 0 ||
           (efti_veil_follows(v, i + 1) &&
            ((w[1].bits & (VEIL_AFTER_STRONG | VEIL_ROLE)) != 0 ||
             (w[1].bits & VEIL_CAPITAL) != 0)) ||
           (efti_veil_follows(v, i) && (w[-1].bits & (VEIL_ROLE | VEIL_HEAD)) != 0) ||
           efti_veil_is_met_here(v, i);
}

/* Pluto, Venus and Mars are planets; Sirius alone is a boy, also where rockets are. No
 * house ("på Pluto"), and nobody says or does it ("tyckte Sirius"). */
static bool
is_in_sky(const struct efti_veil *v, size_t i)
{
    if (efti_veil_after_at(v, i) ||
        (efti_veil_follows(v, i) &&
         (v->words.items[i - 1].bits & VEIL_AFTER_STRONG) != 0))
        return false;
    return !efti_veil_in(v, i, GROUP_SKY_AS_PEOPLE) ||
           counted_with(v, i, GROUP_SKY_AS_HOUSES) > 0;
}

static bool
is_thing_here(const struct efti_veil *v, size_t i)
{
    for (size_t r = 0; r < EFTI_COUNT(kept_rows); r++) {
        const struct kept_row *row = &kept_rows[r];

        if (!efti_veil_in(v, i, row->names))
            continue;
        if (row->before != NO_GROUP &&
            (i == 0 || !efti_veil_follows(v, i) || !efti_veil_in(v, i - 1, row->before)))
            continue;
        if (row->names == GROUP_SKY_AS_HOUSES && !is_in_sky(v, i))
            continue;
        if (is_around(v, i, row->around))
            return true;
    }
    return is_system(v, i) || is_ride(v, i) || is_cream(v, i) || is_voice(v, i) ||
           is_looked_like(v, i) || is_login(v, i) || is_among_figures(v, i) ||
           is_of_book(v, i) ||
           (efti_veil_in(v, i, GROUP_GAMES_AS_PEOPLE) &&
            is_object_of(v, i, GROUP_PLAYS)) ||
           (efti_veil_in(v, i, GROUP_DRINKS_AS_PEOPLE) &&
            is_object_of(v, i, GROUP_DRINKS)) ||
           (efti_veil_in(v, i, GROUP_EATERIES_AS_PEOPLE) &&
            hangs_on(v, i, GROUP_ON_ALONE, GROUP_OF_MEALS)) ||
           (efti_veil_in(v, i, GROUP_SPREADS_AS_PEOPLE) &&
            hangs_on(v, i, GROUP_JOINS_SWEETS, GROUP_OF_SPREADS)) ||
           (efti_veil_in(v, i, GROUP_BABBLERS) &&
            counted_with(v, i, GROUP_BABBLERS) + counted_with(v, i, GROUP_OF_BABBLERS) >
                0);
}

/* A toy, a heading, what is written or spoken of as a thing: all with a capital. */
static bool
is_thing_by_capital(const struct efti_veil *v, size_t i)
{
    return is_toy(v, i) || is_told_of(v, i) ||
           ((is_among_headings(v, i) || efti_veil_is_written_as_thing(v, i) ||
             efti_veil_is_said_of_thing(v, i)) &&
            !may_be_met(v, i));
}

void
efti_veil_kept_beside(struct efti_veil *v)
{
    if (v->casing == VEIL_CASING_HIGH)
        return;
    for (size_t h = 0; h < v->candidates.count; h++) {
        const size_t i = v->candidates.items[h];
        struct veil_word *w = &v->words.items[i];

        if (w->form == NULL || (w->state & VEIL_STATE_NAME) != 0)
            continue;
        if (((w->bits & VEIL_CAPITAL) != 0 && is_thing_by_capital(v, i)) ||
            efti_veil_is_machines_name(v, i) ||
            (efti_veil_in(v, i, GROUP_THINGS_AS_PEOPLE) && is_thing_here(v, i) &&
             !may_be_met(v, i)))
            w->state |= VEIL_STATE_KEEP;
    }
}
