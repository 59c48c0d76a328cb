/*
 * houses_named.c - workplaces that are told by a house with a name before it
 *
 *   Kullens ridskola, Lindhs Trädgård     a genitive and a house
 *   Lyckebo äldreboende, ekeby vårdcentral  homes and schools: without a genitive too
 *   Somaliska föreningen                  whose club it is
 *   Strandgläntans särskilda boende       an adjective between
 *   Sankt Eriks skola                     but Annas skola is where Anna goes
 */
#include "veil/orgs.h"

/* Larm, Flytt, Express: what a firm does, which names one only with a capital of its own
 * behind another: Kevra Larm. */
static bool
is_trade(const struct efti_form *f)
{
    return f->kind == EFTI_WORD && f->casing == EFTI_CASING_INITIAL &&
           efti_veil_ends_in(f, ENDS_TRADES, 0);
}

/* skola, gymnasium, konditori: houses and shops in the form that stands behind a
 * genitive, and compounds of them. */
static bool
is_house(const struct efti_form *f)
{
    return f != NULL && (f->lists & EFTI_LIST_FUNCTION) == 0 &&
           (efti_veil_form_in(f, GROUP_SHORT_KINDS) ||
            (f->kind == EFTI_WORD && efti_veil_ends_in(f, ENDS_HOUSES, 0)));
}

/* Those whose name stands before them without a genitive too: Lyckebo äldreboende. */
static bool
is_home(const struct efti_form *f)
{
    return efti_veil_form_in(f, GROUP_SHORT_HOMES) || efti_veil_ends_in(f, ENDS_HOMES, 0);
}

static bool
in_genitive(const struct efti_form *f)
{
    char c = f->folded[f->folded_size - 1];

    return c == 's' || c == 'x' || c == 'z';
}

/* föreningen: that of a people, by what stands before it. */
static bool
is_peoples_club(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_PEOPLES_CLUBS, 0);
}

/* Can it be the house in any of the ways below? */
static bool
is_any_house(const struct efti_form *f)
{
    return is_house(f) || is_home(f) || is_peoples_club(f) || is_trade(f);
}

bool
efti_veil_is_kind_of_house(const struct efti_veil *v, size_t i)
{
    return efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house) &&
           is_house(org_word(v, i)->form);
}

bool
efti_veil_is_trade(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house) &&
           (is_house(w->form) || is_trade(w->form));
}

/* Somaliska föreningen, Irakiska kulturföreningen: whose club it is. */
static bool
org_of_people(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;

    if (f == NULL || !efti_veil_follows(v, i + 1) || f->code_points < 6 ||
        (org_word(v, i)->bits & (VEIL_CAPITAL | VEIL_UPPER)) != VEIL_CAPITAL ||
        (memcmp(f->folded + f->folded_size - 4, "iska", 4) != 0 &&
         (memcmp(f->folded + f->folded_size - 3, "ska", 3) != 0 ||
          (org_word(v, i)->bits & VEIL_KEEP) == 0)) ||
        efti_veil_in(v, i, GROUP_OF_AUTHORITIES) || org_word(v, i + 1)->form == NULL ||
        !is_peoples_club(org_word(v, i + 1)->form))
        return false;
    bool somewhere = efti_veil_follows(v, i + 3) && /* Finska klubben i Surahammar */
                     efti_veil_is(v, i + 2, VEIL_CLASS_IN) && org_named(v, i + 3) &&
                     org_word(v, i + 3)->category == EFTI_PLACE;
    mark_org(v, i, somewhere ? i + 3 : i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Strandgläntans särskilda boende: an adjective between the name and its house. */
static bool
special_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 1 ? org_word(v, i - 2) : NULL;

    if (w == NULL || w->form == NULL || (w->bits & VEIL_CAPITAL) == 0 || org_kept(w) ||
        !in_genitive(w->form) || !org_named(v, i - 2) || !efti_veil_follows(v, i) ||
        !efti_veil_follows(v, i - 1) || !is_house(org_word(v, i)->form) ||
        !efti_veil_in(v, i - 1, GROUP_SPECIAL_KINDS) || (w->bits & VEIL_GIVEN_1) != 0)
        return false;
    mark_org(v, i - 2, i, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Tallmons korttids, Hagmarkens förskola: no word of the dictionary but made of some, in
 * the genitive before a home, at a start too. A part of a town or county is nobody's. */
static bool
is_only_a_name(const struct efti_veil *v, const struct veil_word *w,
               const struct efti_form *house)
{
    struct efti_form bare = *w->form;

    if ((w->bits & VEIL_WORD) != 0 || w->form->code_points < 7 || !in_genitive(w->form) ||
        !is_home(house) || efti_veil_ends_in(w->form, ENDS_ONLY_NAME, 0))
        return false;
    bare.folded_size--;
    return !efti_veil_is_common_kind(&bare) &&
           !efti_lists_thing_end(v->lists, bare.folded, bare.folded_size);
}

/* The same of token `i`, which is a house, behind a capital. */
static void
house_behind(struct efti_veil *v, size_t i)
{
    const struct veil_word *before = org_word(v, i - 1);
    size_t first = i - 1;

    if (org_of_people(v, first) || special_house(v, i))
        return;
    /* Guldkant Hemservice: a capital of its own in mid-sentence speaks for the house */
    bool titled = (org_word(v, i)->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
                  efti_veil_is_mid(v, i);
    if ((before->bits & VEIL_CAPITAL) == 0 || before->form == NULL ||
        (org_kept(before) && !(titled && (before->bits & VEIL_UPPER) == 0 &&
                               efti_veil_in(v, i, GROUP_KITCHENS))) ||
        org_word(v, i)->form == NULL || before->form->kind != EFTI_WORD ||
        before->form->code_points < 3 ||
        (v->casing == VEIL_CASING_HIGH && !efti_veil_is_called(v, before->form) &&
         before->form->shape == EFTI_SHAPE_NONE))
        return;
    if (in_genitive(before->form) || titled
            ? !is_house(org_word(v, i)->form) &&
                  !(titled && is_trade(org_word(v, i)->form))
            : !is_home(org_word(v, i)->form))
        return;
    if (!in_genitive(before->form) && /* Öppen förskola, which every town has */
        efti_veil_in(v, i - 1, GROUP_COMMON_KINDS) &&
        !(efti_veil_follows(v, i + 1) && (org_word(v, i + 1)->bits & VEIL_CAPITAL) != 0))
        return;
    bool given =
        (before->bits & VEIL_GIVEN_1) != 0 && (org_word(v, i)->bits & VEIL_CAPITAL) == 0;
    if (given && first > 0 && efti_veil_follows(v, first) && /* Sankt Eriks skola */
        efti_veil_in(v, first - 1, GROUP_SAINTS))
        given = false;
    if (given || (before->bits & VEIL_ROLE) != 0) /* Annas skola, Mammas kök */
        return;
    bool known = (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 &&
                 !efti_veil_is_called(v, before->form) &&
                 !is_only_a_name(v, before, org_word(v, i)->form);
    if (!org_named(v, first) && known && !efti_veil_is_mid(v, first) && !titled &&
        before->form->shape == EFTI_SHAPE_NONE)
        return;
    if (titled && (before->form->lists & EFTI_LIST_FUNCTION) != 0)
        return;
    while (first > 0 && efti_veil_follows(v, first) &&
           (org_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
           efti_veil_in(v, first - 1, GROUP_SAINTS_AND_QUARTERS))
        first--;
    mark_org(v, first, i, VEIL_RULE_ORG_HEAD);
}

/* Kullens ridskola, Lyckebo äldreboende, Lindhs Trädgård: `i` is the house. */
void
efti_veil_house(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (i > 0 && (w[-1].bits & (VEIL_PLACE | VEIL_CAPITAL | VEIL_WORD)) == VEIL_PLACE &&
        efti_veil_follows(v, i) && w->form != NULL && w[-1].form != NULL &&
        (w->bits & VEIL_CAPITAL) == 0 && !org_named(v, i) && is_home(w->form)) {
        mark_org(v, i - 1, i, VEIL_RULE_ORG_HEAD); /* ekeby vårdcentral */
        return;
    }
    if (efti_veil_follows(v, i) &&
        ((w[-1].bits | (i > 1 ? w[-2].bits : 0)) & VEIL_CAPITAL) != 0 &&
        efti_veil_ask(v, i, VEIL_ASK_HOUSE, is_any_house))
        house_behind(v, i);
}
