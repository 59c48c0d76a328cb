/*
 * small_houses.c - workplaces in a text that is wholly in small letters
 *
 *   på norrsols hemtjänst          an owner that no dictionary knows
 *   på vallmons skola              an owner that is a thing: it has no school; also
 *                                  where a clause begins, and behind "ring"
 *   på bohus assistans             a place before a house
 *   föreningen hjärterum           a noun behind one that has its article already
 *   från avdelning två             a ward by its number in words
 *
 * Mammas jobb, barnens skola and kommunens äldreboende are somebody's and stay.
 */
#include "veil/ages.h"
#include "veil/frames.h"
#include "veil/orgs.h"
#include "veil/small.h"

/* kommunens, barnens, brukarens: whose house it is, and not what it is called. */
static bool
owns_many(const struct efti_veil *v, size_t i, const struct efti_form *form)
{
    struct efti_form bare = *form;
    uint32_t lists;

    bare.folded_size--;
    lists = efti_lists_word(v->lists, bare.folded, bare.folded_size);
    return efti_veil_in(v, i, GROUP_EVERYONES) ||
           efti_veil_in(v, i, GROUP_SMALL_OWNERS_OF_ALL) ||
           (lists & (EFTI_LIST_ROLE | EFTI_LIST_FUNCTION | EFTI_LIST_KEEP |
                     EFTI_LIST_FIELD | EFTI_LIST_ORG_HEAD)) != 0 ||
           efti_veil_is_common_kind(&bare) || efti_age_is_person_noun(&bare) ||
           efti_veil_ends_in(form, ENDS_SMALL_OWNERS_OF_ALL, 2);
}

/* "på vallmons skola", "till hillerbergs bageri": token `i` is the house. */
static void
owned_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i), *owner = w - 1;

    if (!efti_veil_follows(v, i) || owner->form == NULL || w->form == NULL ||
        owner->form->kind != EFTI_WORD || owner->form->code_points < 5 ||
        (owner->bits & (VEIL_KEEP | VEIL_ROLE | VEIL_CAPITAL)) != 0 ||
        (owner->form->lists & EFTI_LIST_FUNCTION) != 0)
        return;
    bool genitive = owner->form->folded[owner->form->folded_size - 1] == 's';
    bool place = (owner->bits & (VEIL_PLACE | VEIL_WORD)) == VEIL_PLACE;
    if ((!genitive && !place) || (genitive && owns_many(v, i - 1, owner->form)))
        return;
    bool given = (owner->bits & VEIL_GIVEN) != 0; /* annas skola */
    bool house = efti_veil_is_kind_of_house(v, i);
    if (given || !(house || (efti_veil_ends_in(w->form, ENDS_TRADES, 0) && i > 1 &&
                             efti_veil_after_at(v, i - 1))))
        return;
    if ((owner->bits & VEIL_WORD) != 0 &&
        !(efti_veil_ends_in(w->form, ENDS_HOMES, 0) &&
          (efti_frame_begins_clause(v, i - 1) || efti_veil_after_at(v, i - 1) ||
           efti_veil_in(v, i - 2, GROUP_SMALL_NEAR) ||
           efti_veil_in(v, i - 2, GROUP_CALLS_HOUSE)) &&
          efti_veil_ends_in(owner->form, ENDS_SMALL_THINGS_OWNING, 2)))
        return;
    efti_veil_propose_org(v, i - 1, i);
}

static bool
is_house_called(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_SMALL_HOUSES_CALLED, 0);
}

/* "föreningen hjärterum", "kvinnohuset lyktan": token `i` is the house. */
static void
called_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i), *name = w + 1;

    if (w->form == NULL || !efti_veil_follows(v, i + 1) || name->form == NULL ||
        !efti_veil_ask(v, i, VEIL_ASK_CALLED, is_house_called) ||
        name->form->kind != EFTI_WORD || name->form->code_points < 4 ||
        (name->bits & (VEIL_KEEP | VEIL_ROLE | VEIL_AFTER_STRONG | VEIL_AFTER_WEAK |
                       VEIL_DIGITS)) != 0 ||
        (name->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_FIELD)) != 0 ||
        efti_small_is_verb(v, i + 1) || efti_veil_in(v, i + 1, GROUP_SMALL_STATES) ||
        efti_small_is_adverbial(v, i + 1) || !efti_small_is_bare(v, i + 1) ||
        (name->state & VEIL_STATE_TAKEN) != 0 ||
        efti_veil_in(v, i + 1, GROUP_SMALL_NO_NICKNAMES) ||
        efti_veil_ends_in(name->form, ENDS_SMALL_NO_NAMES_OF_HOUSES, 2))
        return;
    bool noun = org_is_definite(name) ||
                ((name->bits & (VEIL_WORD | VEIL_ORDINARY)) == 0 &&
                 ((name->bits & VEIL_KNOWN) != 0 || !efti_veil_is_slip(v, i + 1)));
    if (noun)
        efti_veil_propose_org(v, i, i + 1);
}

/* "från avdelning två": token `i` is the ward. */
static void
numbered_ward(struct efti_veil *v, size_t i)
{
    if (efti_veil_in(v, i, GROUP_SMALL_WARDS) && efti_veil_after_at(v, i) &&
        efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_NUMBER) &&
        (org_word(v, i + 1)->bits & VEIL_DIGITS) == 0 && efti_small_is_bare(v, i + 1))
        efti_veil_propose_org(v, i, i + 1);
}

void
efti_small_houses(struct efti_veil *v)
{
    for (size_t i = 0; i < v->words.count && !v->no_memory; i++) {
        const struct veil_word *w = org_word(v, i);

        if (w->form == NULL || (w->state & VEIL_STATE_TAKEN) != 0)
            continue;
        if (i > 0)
            owned_house(v, i);
        if (i + 1 < v->words.count) {
            called_house(v, i);
            numbered_ward(v, i);
        }
    }
}
