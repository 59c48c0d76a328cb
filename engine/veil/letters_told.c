/*
 * letters_told.c - a letter that the words around it make somebody
 *
 *   Barnet kallas här för | A |     what the writer says that somebody is called
 *   Klienten (nedan | F | )         the same in brackets, and "eleven (K)"
 *   mamma | S |, min chef | L |     behind kin, or somebody of somebody's
 *   L | och | P skrev               two who do something
 *   när | N | berättade             a subject, and what somebody does
 *   D | (14 år)                     beside an age
 *   K:s | mamma                     whose kin it is
 *
 * "Klient A", "elev B", "kvinna C" are codes that say nothing of a name, and stay: who
 * writes so has taken the names out. "Metoden kallas A" is no person either.
 */
#include "veil/ages.h"
#include "veil/frames.h"

/* One capital, perhaps with its stop; "kallar henne A. A är" has the letter twice, and
 * reads as an abbreviation of works (A. A.) before anything else. */
static bool
is_one_capital(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    return f != NULL && f->raw_size > 0 && efti_veil_is_capital(f->raw[0]) &&
           (f->raw_size == 1 || (f->raw_size == 2 && f->raw[1] == '.') ||
            (f->raw_size == 4 && memcmp(f->raw, "A. A", 4) == 0));
}

static char
letter_of(const struct veil_word *w)
{
    return w->form->raw[0];
}

/* Does somebody stand there who is not named: barnet, henne, min kollega? */
static bool
is_somebody(const struct efti_veil *v, size_t i)
{
    return (efti_age_is_person(v, i) && (v->words.items[i].bits & VEIL_CAPITAL) == 0) ||
           ((v->words.items[i].bits & VEIL_ROLE) != 0) ||
           efti_veil_in(v, i, GROUP_CALLED_BY_LETTER) ||
           efti_veil_in(v, i, GROUP_KIN_OF_LETTER);
}

/* "som jag kallar", "barnet kallas här": is somebody the one who is called so? Token
 * `verb` calls; they stand before it, the writer and small words between. */
static bool
calls_somebody(const struct efti_veil *v, size_t verb)
{
    size_t i = verb;

    for (int n = 0; n < 5 && i > 0 && v->words.items[i].glue != VEIL_GLUE_FAR; n++) {
        i--;
        const struct efti_form *f = v->words.items[i].form;

        if (is_somebody(v, i))
            return true;
        if (f == NULL || (f->lists & EFTI_LIST_FUNCTION) == 0 ||
            efti_veil_in(v, i, GROUP_CALLED_NO_ONE))
            return false;
    }
    return false;
}

/* "kallas här för A", "kallar henne B", "en av dem kallar vi här L.": back over small
 * words to the verb. */
static bool
is_introduced(const struct efti_veil *v, size_t i)
{
    bool somebody = false;

    for (size_t k = i; k > 0 && i - k < 6; k--) {
        if (!efti_veil_follows(v, k))
            return false;
        if (efti_veil_in(v, k - 1, GROUP_CALLS_BY_LETTER))
            return somebody || calls_somebody(v, k - 1);
        if (efti_veil_in(v, k - 1, GROUP_CALLED_SO))
            somebody = true;
        else if (!efti_veil_in(v, k - 1, GROUP_BEHIND_CALLING))
            return false;
    }
    return false;
}

/* "(nedan F)", "eleven (K)", "min kollega (S)": in brackets behind who it is. Five
 * letters are parties, behind whoever has an office. */
static bool
is_bracketed_letter(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = v->segments->tokens.items;
    size_t first = i;

    if (efti_veil_byte(v, t[i].end) != ')')
        return false;
    if (efti_veil_follows(v, i) && (efti_veil_in(v, i - 1, GROUP_FROM_HERE_ON) ||
                                    efti_veil_is_word(v, i - 1, "nedan")))
        first--;
    if (first == 0 || v->words.items[first].glue != VEIL_GLUE_MARK ||
        v->text.bytes[t[first].start - 1] != '(' || !is_somebody(v, first - 1))
        return false;
    const struct efti_form *who = v->words.items[first - 1].form;
    if (first == i && strchr("CLMSV", letter_of(&v->words.items[i])) != NULL &&
        !efti_veil_in(v, i - 1, GROUP_KIN_OF_LETTER) && !efti_age_is_person_noun(who))
        return false;
    return first < i || (who != NULL && efti_veil_ends_in(who, ENDS_THE_ONE, 3)) ||
           (first > 1 && efti_veil_in(v, first - 2, GROUP_WHOSE_LETTER));
}

/* mamma S, systern L; min handledare M, kollegan M. A code is one of the first letters
 * behind a role (eleven B). */
static bool
is_behind_who(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i) || efti_veil_is_bare_letter(&v->words.items[i]))
        return false;
    if (efti_veil_in(v, i - 1, GROUP_KIN_OF_LETTER))
        return true;
    if (!is_somebody(v, i - 1))
        return false;
    if (i > 1 && efti_veil_follows(v, i - 1) &&
        efti_veil_in(v, i - 2, GROUP_WHOSE_LETTER))
        return true;
    return strchr("ABCDXYZ", letter_of(&v->words.items[i])) == NULL &&
           efti_veil_ends_in(v->words.items[i - 1].form, ENDS_THE_ONE, 3);
}

/* Does somebody do what token `i` says? */
static bool
is_deed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i < v->words.count ? &v->words.items[i] : NULL;

    return w != NULL && w->form != NULL && efti_veil_follows(v, i) &&
           (w->bits & VEIL_CAPITAL) == 0 &&
           ((w->bits & VEIL_AFTER_STRONG) != 0 || efti_frame_is_past(w) ||
            efti_veil_in(v, i, GROUP_IS_THERE));
}

/* "när N berättade", "att N vågade": in mid-sentence, where a subject stands. */
static bool
does_in_clause(const struct efti_veil *v, size_t i)
{
    return v->casing == VEIL_CASING_USUAL && efti_veil_follows(v, i) &&
           efti_veil_in(v, i - 1, GROUP_CLAUSE_JOINS) &&
           !efti_veil_is_bare_letter(&v->words.items[i]) && is_deed(v, i + 1);
}

/* "L och P skrev": two letters, and none as alternatives have them. */
static bool
is_of_two(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (v->casing != VEIL_CASING_USUAL || !efti_frame_begins_clause(v, i) ||
        i + 3 >= v->words.count || !efti_veil_follows(v, i + 1) ||
        !efti_veil_is(v, i + 1, VEIL_CLASS_AND) || !efti_veil_follows(v, i + 2) ||
        !is_one_capital(&w[2]) || efti_veil_is_bare_letter(w) ||
        efti_veil_is_bare_letter(&w[2]))
        return false;
    bool codes = strchr("ABCDXYZ", letter_of(w)) != NULL &&
                 strchr("ABCDXYZ", letter_of(&w[2])) != NULL;
    return !codes && is_deed(v, i + 3);
}

/* "D (14 år)", "D, 14 år,": an age beside it. */
static bool
has_age(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return i + 2 < v->words.count && !efti_veil_is_bare_letter(w) &&
           (w[1].glue == VEIL_GLUE_COMMA ||
            (w[1].glue == VEIL_GLUE_MARK &&
             v->text.bytes[v->segments->tokens.items[i + 1].start - 1] == '(')) &&
           efti_age_possible(v, i + 1) && efti_veil_is(v, i + 2, VEIL_CLASS_YEAR) &&
           efti_veil_follows(v, i + 2);
}

/* "jag frågade N om skolan": right behind what one does to somebody only. */
static bool
is_asked(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i) || v->words.items[i].form->raw[0] == 'I')
        return false;
    size_t verb = efti_veil_before_subject(v, i - 1); /* frågade jag N */
    return efti_veil_in(v, verb, GROUP_MEETS_PERSON) ||
           efti_veil_in(v, verb, GROUP_ASKS_LETTER);
}

bool
efti_veil_is_told_letter(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!is_one_capital(w) || v->casing == VEIL_CASING_HIGH || efti_veil_is_label(v, i))
        return false;
    return is_introduced(v, i) || is_bracketed_letter(v, i) || is_behind_who(v, i) ||
           does_in_clause(v, i) || is_of_two(v, i) || has_age(v, i) || is_asked(v, i);
}

/* K:s, Ks: a letter in the genitive. */
static bool
is_owner(const struct efti_form *f)
{
    return efti_veil_is_capital(f->raw[0]) &&
           ((f->raw_size == 3 && memcmp(f->raw + 1, ":s", 2) == 0) ||
            (f->raw_size == 2 && f->raw[1] == 's' && f->raw[0] != 'M'));
}

bool
efti_veil_is_owning_letter(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    if (f == NULL || f->raw_size == 0 || !is_owner(f) || v->casing != VEIL_CASING_USUAL)
        return false;
    if ((v->letters >> (f->raw[0] - 'A') & 1) != 0)
        return true;
    return efti_veil_follows(v, i + 1) && (efti_veil_in(v, i + 1, GROUP_KIN_OF_LETTER) ||
                                           efti_veil_in(v, i + 1, GROUP_BONDS));
}
