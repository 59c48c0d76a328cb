/*
 * kept_said.c - what is said of things alone
 *
 *   Makerspace kostar en slant       verbs that nobody is the subject of
 *   Pho är gott                      an adjective in the neuter
 *   Wilson är ett test med kort      what nobody is
 *   Erasmus+-resan, Hcf, de tre S:en, en Ankarsrum från 1998: what is written so
 *
 * Swedish agrees in gender: somebody is "dyr" and "svår", never "gott", "dyrt" or "svårt"
 * unless more follows (svårt sjuk); a house may be "mysigt", but not "gott". The first
 * two speak of words that no list knows; the last of names too, so its words are those
 * that nobody is called in jest: one may be a pearl or a machine, but no questionnaire.
 *
 * Only of a subject, which begins its sentence or stands behind "att": in "samtalet med X
 * blev svårt", "boken om X kostar" it is no subject, and somebody. What meeting somebody
 * is like is said in the neuter too (svårt, segt, enkelt), so these are not asked for;
 * nor is what a client costs, tastes or is used as.
 */
#include "veil/orgs.h"

/* "ett test med kort", and not "ett test för mig": token `i` is what nobody is. */
static bool
is_what_nobody_is(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_NOBODY_IS) &&
           !(efti_veil_is_word(v, i, "test") && efti_veil_follows(v, i + 1) &&
             (efti_veil_is_word(v, i + 1, "för") || efti_veil_is_word(v, i + 1, "av")));
}

/* Does token `i` end what is said, or does a small word follow it: "gott", "gott med"? */
static bool
ends_saying(const struct efti_veil *v, size_t i)
{
    return !efti_veil_follows(v, i + 1) || v->words.items[i + 1].form == NULL ||
           efti_veil_in(v, i + 1, GROUP_BEHIND_SAID);
}

/* Does token `i` begin its sentence, or the clause behind "att" or "men"? */
static bool
begins_saying(const struct efti_veil *v, size_t i)
{
    return (v->segments->tokens.items[i].flags &
            (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) != 0 ||
           (efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_BEFORE_SAID));
}

/* Hcf, Spk: no vowel, and nobody's initials, which are all capitals or all small. */
static bool
has_no_vowel(const struct efti_form *f)
{
    if (f->code_points < 3 || f->casing != EFTI_CASING_INITIAL)
        return false;
    for (uint32_t i = 0; i < f->folded_size; i++)
        if (f->folded[i] < 'a' || f->folded[i] > 'z' ||
            strchr("aeiouy", f->folded[i]) != NULL)
            return false;
    return true;
}

/* "de tre S:en": letters, many or certain ones; "S:s mamma" is somebody's. */
static bool
is_letter_of_many(const struct efti_form *f)
{
    return f->folded_size >= 4 && f->folded[1] == ':' &&
           efti_veil_word_in(f->folded + 2, f->folded_size - 2, GROUP_MANY_LETTERS);
}

/* "en Ankarsrum från 1998": what is made there; the town itself is "ett". */
static bool
is_made_there(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & (VEIL_PLACE | VEIL_NAME | VEIL_GENITIVE | VEIL_HYPHEN)) ==
               VEIL_PLACE &&
           i > 0 && efti_veil_follows(v, i) && efti_veil_is_word(v, i - 1, "en") &&
           ends_saying(v, i);
}

/* "Dammsugarroboten heter Sugge", "vi vet att skrivaren kallas Besten": a machine, and
 * what people call it; not "mannen med dammsugaren kallas Sugge". */
bool
efti_veil_is_machines_name(const struct efti_veil *v, size_t i)
{
    size_t named = i - 2;

    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1))
        return false;
    if (efti_veil_is_word(v, i - 1, "till") && i > 2 && efti_veil_follows(v, i - 2) &&
        efti_veil_in(v, i - 2, GROUP_WAS_NAMED))
        named--;
    else if (!efti_veil_is(v, i - 1, VEIL_CLASS_CALLED))
        return false;
    return efti_veil_in(v, named, GROUP_NAMED_THINGS) && begins_saying(v, named) &&
           ends_saying(v, i);
}

bool
efti_veil_is_written_as_thing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0)
        return false;
    if (efti_veil_byte(v, t->end) == '+' && /* Erasmus+, and not Anna+Lisa */
        !efti_veil_is_alnum(efti_veil_byte(v, t->end + 1)) &&
        efti_veil_byte(v, t->end + 1) != ' ')
        return true;
    return ((w->bits & (VEIL_NAME | VEIL_PLACE)) == 0 && has_no_vowel(w->form)) ||
           is_letter_of_many(w->form) || is_made_there(v, i);
}

bool
efti_veil_is_said_of_thing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const bool listed =
        (w->bits & VEIL_CANDIDATE_FLAGS) != 0 || w->form->shape != EFTI_SHAPE_NONE;
    size_t n = i + 2;

    if (!efti_veil_follows(v, i + 1) || !begins_saying(v, i))
        return false;
    if (!listed && efti_veil_in(v, i + 1, GROUP_ONLY_THINGS_DO))
        return !(efti_veil_follows(v, n) && efti_veil_is_word(v, n, "som"));
    if (!efti_veil_is(v, i + 1, VEIL_CLASS_BE) &&
        !efti_veil_in(v, i + 1, GROUP_FEELS_AND_SOUNDS))
        return false;
    while (n < i + 4 && efti_veil_follows(v, n) && efti_veil_in(v, n, GROUP_BESIDE_SAID))
        n++;
    if (!efti_veil_follows(v, n))
        return false;
    if (efti_veil_is_word(v, n, "ett") || efti_veil_is_word(v, n, "en"))
        return is_what_nobody_is(v, n + 1) ||
               (efti_veil_follows(v, n + 1) && /* ett bra formulär */
                v->words.items[n + 1].form != NULL &&
                (v->words.items[n + 1].form->lists & EFTI_LIST_FUNCTION) == 0 &&
                is_what_nobody_is(v, n + 2));
    return !listed && efti_veil_in(v, n, GROUP_NEUTER) && ends_saying(v, n);
}
