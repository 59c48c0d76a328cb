/*
 * houses_called.c - workplaces that are called by one ordinary word with a capital
 *
 *   på Bryggan, hos Aftonstjärnan         what workplaces are called
 *   jobbar på Plåtteknik, chefen på Solsidan   where one works, lives or is placed
 *   Men Pelaren säger nej                 what does something
 *   folk på Rofylld.                      where the clause ends
 *
 * What every place has (på Vuxenenheten), what there is one of (på Jorden) and rooms
 * (sal Björken) have their capitals by habit and stay.
 */
#include "veil/orgs.h"

/* On the list of what workplaces are called, in the genitive too. */
bool
efti_veil_is_called(const struct efti_veil *v, const struct efti_form *f)
{
    return (f->lists & EFTI_LIST_ORG_NAME) != 0 ||
           (f->folded_size > 4 && f->folded[f->folded_size - 1] == 's' &&
            (efti_lists_word(v->lists, f->folded, f->folded_size - 1) &
             EFTI_LIST_ORG_NAME) != 0);
}

/* ------------------------------------------------------------- what every place has */

/* Endings of what every place has: capitals there are habit (på Vuxenenheten). */
static bool
is_generic(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_GENERIC, 0);
}

/* What there is one of, and what everybody goes to: på Jorden, till Kungen, på Nätet. */
static bool
is_one_of_a_kind(const struct efti_form *f)
{
    if (efti_veil_form_in(f, GROUP_ONE_OF_A_KIND) || efti_veil_form_in(f, GROUP_PAPERS))
        return true;
    /* Hjulet is a house, Deminghjulet none */
    return efti_veil_word_ends_in(f->folded, f->folded_size, ENDS_ONE_OF_A_KIND, 1);
}

/* Either of the two, asked once per form. */
bool
efti_veil_is_common_kind(const struct efti_form *f)
{
    return is_generic(f) || is_one_of_a_kind(f);
}

/* konferensrum Kråkan, sal Björken: rooms are called as houses are. */
static bool
is_room(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && org_word(v, i - 1)->form != NULL &&
           efti_veil_ends_in(org_word(v, i - 1)->form, ENDS_ROOMS, 0);
}

/* ---------------------------------------------------------------- one word as a name */

/* "jobbar på Plåtteknik", "chefen på Solsidan", "praktik hos Kinabambu": a capital where
 * one works, lives or is placed names the house, be the word as common as it will. */
bool
efti_veil_at_work(const struct efti_veil *v, size_t i)
{
    if (i > 1 && efti_veil_follows(v, i) && efti_veil_is_word(v, i - 1, "för") &&
        efti_veil_follows(v, i - 1) && org_is_definite(org_word(v, i)) &&
        efti_veil_in(v, i - 2, GROUP_BOSSES))
        return true; /* chefen för Hjulet */
    if (i < 2 || !efti_veil_after_at(v, i) || !efti_veil_follows(v, i - 1))
        return false;
    return efti_veil_in(v, i - 2, GROUP_ACTS_AT_WORK) ||
           efti_veil_in(v, efti_veil_before_subject(v, i - 2),
                        GROUP_LIVES_OR_WORKS); /* nu bor hon på Solsidan */
}

/* Klockargården, Prästgården: a yard that is not every place's; Fågelbo, Ugglebo. */
static bool
is_yard(const struct efti_form *f)
{
    if (f->code_points >= 7 && /* no Stockholmsbo, no Sambo */
        memcmp(f->folded + f->folded_size - 2, "bo", 2) == 0 &&
        strchr("saeo", f->folded[f->folded_size - 3]) == NULL)
        return true;
    if (f->code_points < 9 || !efti_veil_ends_in(f, ENDS_YARD, 0))
        return false;
    return !efti_veil_word_in(f->folded, f->folded_size - strlen("gården"),
                              GROUP_COMMON_YARDS);
}

/* "Men Pelaren säger nej", "På Havre finns en soffa": who says something with a capital
 * in mid-sentence, and where something is. */
static bool
is_acting_house(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if ((w->bits & VEIL_HEAD) != 0 || w->form->code_points < 5 ||
        !efti_veil_follows(v, i + 1))
        return false;
    if (efti_veil_after_at(v, i)
            ? !efti_veil_in(v, i + 1, GROUP_THERE_IS)
            : (w[1].bits & VEIL_AFTER_STRONG) == 0 || !org_is_definite(w))
        return false;
    return memchr(w->form->raw, '-', w->form->raw_size) == NULL && /* A-kassan */
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind);
}

/* "på Kapellet (vår mötesvilla)": token `i` tells whose it is. */
static bool
is_ours_by_bracket(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && org_word(v, i)->glue == VEIL_GLUE_MARK &&
           v->text.bytes[v->segments->tokens.items[i].start - 1] == '(' &&
           efti_veil_in(v, i, GROUP_WHOSE_HOUSE);
}

/* "folk på Rofylld.", "Skriver från Råg,": an ordinary word with a capital behind på and
 * från, and the clause ends there. */
static bool
ends_clause_at(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return ((w->bits & VEIL_HEAD) == 0 || is_ours_by_bracket(v, i + 1)) &&
           w->form->code_points >= 4 && efti_veil_class(w->bits) == VEIL_CLASS_NONE &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD |
                              EFTI_LIST_KEEP)) == 0 &&
           !efti_veil_follows(v, i + 1) &&
           memchr(w->form->raw, '-', w->form->raw_size) == NULL &&
           (is_ours_by_bracket(v, i + 1) || efti_veil_in(v, i - 1, GROUP_FROM_OR_AT) ||
            (efti_veil_is_word(v, i - 1, "på") && i > 1 && efti_veil_follows(v, i - 1) &&
             efti_veil_in(v, i - 2, GROUP_WHO_IS_FROM)));
}

/* Silverfjärilen, Nyponbusken: things that small children's houses are called by. */
static bool
ends_as_house(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_CALLED_HOUSE, 0);
}

/* "Vi på Pausen är fyra": a meal or break with a capital, and who works there. */
static bool
is_ours(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_in(v, i, GROUP_MEALS) && efti_veil_is_word(v, i - 1, "på") &&
           efti_veil_in(v, i - 2, GROUP_WHO_IS_THERE);
}

/* "på Hermelinens lärcenter", "till Lundagårdens stämma": a house's name in the genitive,
 * be it an ordinary noun, in mid-sentence where one is or goes. */
static bool
is_whose_house(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    struct efti_form bare = *w->form;

    if (w->form->code_points < 7 || (w->bits & VEIL_HEAD) != 0 ||
        (w->form->lists &
         (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0 ||
        !efti_veil_ends_in(w->form, ENDS_GENITIVE_DEFINITE, 0) ||
        efti_veil_ends_in(w->form, ENDS_STATES, 0) || !efti_veil_follows(v, i + 1) ||
        (org_word(v, i + 1)->bits & VEIL_CAPITAL) != 0 ||
        efti_veil_in(v, i + 1, GROUP_DAYS_OF)) /* på Barnens dag */
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare) &&
           !efti_lists_thing_end(v->lists, bare.folded, bare.folded_size);
}

/* "i Bulltofsens matsal", "Kullbackens aula": a room or body that houses have, and whose.
 */
static bool
is_in_house(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    struct efti_form bare = *w->form;

    if (!efti_veil_follows(v, i + 1) || w->form->code_points < 6 ||
        w->form->folded[w->form->folded_size - 1] != 's' ||
        (w->form->lists &
         (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD | EFTI_LIST_KEEP)) != 0 ||
        !efti_veil_in(v, i + 1, GROUP_ROOMS_INSIDE))
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare);
}

/* "Kåken kallades den", "stället hette Källaren", "bytte namn till Havet": a word with a
 * capital that something, nobody, is called. */
static bool
is_called_so(const struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
        efti_veil_in(v, i + 1, GROUP_HOUSE_IS_CALLED) &&
        efti_veil_in(v, i + 2, GROUP_WHAT_IS_CALLED))
        return true;
    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1))
        return false;
    return (efti_veil_in(v, i - 1, GROUP_HOUSE_IS_CALLED) &&
            efti_veil_in(v, i - 2, GROUP_PLACES_CALLED)) ||
           (efti_veil_is_word(v, i - 1, "till") &&
            efti_veil_in(v, i - 2, GROUP_NAME_WORD) && org_is_definite(org_word(v, i)) &&
            !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind));
}

/* "på Bryggan", "va Bojen har för tider": a word that workplaces are called,
 * with a capital; behind på and hos any compound in the definite form that
 * is nothing generic. */
void
efti_veil_org_called(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (is_room(v, i) || efti_veil_is_heard(v, i) || /* på Öppen scen */
        (efti_veil_follows(v, i + 1) && efti_veil_in(v, i, GROUP_ADJECTIVES_IN_EN) &&
         (w[1].bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) ==
             VEIL_WORD &&
         w[1].form != NULL && (w[1].form->lists & EFTI_LIST_FUNCTION) == 0))
        return;
    if (efti_veil_is_called(v, w->form) || is_acting_house(v, i) ||
        (is_yard(w->form) && efti_veil_after_at(v, i)) || is_ours(v, i) ||
        is_called_so(v, i) || is_in_house(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (!efti_veil_after_at(v, i) && !efti_veil_at_work(v, i))
        return;
    else if (is_whose_house(v, i))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (ends_clause_at(v, i) &&
             (is_ours_by_bracket(v, i + 1) ||
              !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points >= 5 && (w->bits & VEIL_HEAD) == 0 &&
             org_is_definite(w) &&
             !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind) &&
             (ends_as_house(w->form) ||
              !efti_lists_thing_end(v->lists, w->form->folded, w->form->folded_size)))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
    else if (w->form->code_points > 2 && (w->bits & VEIL_HEAD) == 0 &&
             (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_FIELD)) ==
                 0 &&
             efti_veil_at_work(v, i) && !is_generic(w->form))
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
}
