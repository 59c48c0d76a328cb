/*
 * services.c - what a name takes with it: the service, the place or the saint beside it
 *
 *   BUP Rönneholm, Ica Torghallen      what stays by itself, before a name
 *   Familjeenheten i Rönneholm         a service that stays, and its place
 *   Tvätthuset i Hyltebruk             a workplace, and where it is
 *   sankt botulf                       a saint before his name
 */
#include "veil/orgs.h"

static bool
may_be_brand(const struct veil_word *w)
{
    return (w->bits & (VEIL_KEEP | VEIL_CAPITAL)) == (VEIL_KEEP | VEIL_CAPITAL);
}

/* BUP Rönneholm, Ica Torghallen: what stays by itself is part of a name before one; so is
 * an ordinary word with a capital in mid-sentence (Vc Hamnporten, Geriatriken Haga). */
static void
brand_and_name(struct efti_veil *v, size_t i)
{
    const struct veil_word *before = i > 0 ? org_word(v, i - 1) : NULL;
    uint8_t category = org_word(v, i)->category;

    if (before == NULL || before->form == NULL || !efti_veil_follows(v, i) ||
        (category != EFTI_PLACE && category != EFTI_ORG) ||
        !(may_be_brand(before) || efti_veil_is_mid(v, i - 1)) ||
        (before->bits & (VEIL_CAPITAL | VEIL_ROLE)) != VEIL_CAPITAL ||
        (before->form->lists & EFTI_LIST_FUNCTION) != 0 ||
        before->form->kind != EFTI_WORD || before->form->code_points < 2 ||
        org_named(v, i - 1) || (org_word(v, i)->bits & VEIL_CAPITAL) == 0 ||
        v->casing == VEIL_CASING_HIGH || (before->state & VEIL_STATE_KEEP) != 0)
        return;
    mark_org(v, i - 1, i, VEIL_RULE_ORG_HEAD);
}

/* "vi på Barn- och familjeenheten i Norrviken": a service that stays, and its place. */
static void
service_in_place(struct efti_veil *v, size_t i)
{
    size_t last = i - 2, first;

    if (i < 2 || org_word(v, i)->category != EFTI_PLACE || !efti_veil_follows(v, i) ||
        !efti_veil_is(v, i - 1, VEIL_CLASS_IN) || !efti_veil_follows(v, i - 1) ||
        org_word(v, last)->form == NULL)
        return;
    const struct veil_word *w = org_word(v, last);
    if ((w->form->lists & EFTI_LIST_ORG_NAME) != 0 && (w->bits & VEIL_CAPITAL) != 0) {
        mark_org(v, last, i, VEIL_RULE_ORG_CALLED); /* Omtanken i Bohuslän */
        return;
    }
    if (!org_kept(w) ||
        ((w->bits & VEIL_UPPER) == 0 && !efti_veil_ends_in(w->form, ENDS_SERVICES, 0)))
        return;
    for (first = last; (org_word(v, first)->bits & VEIL_CAPITAL) == 0;) {
        if (first == 0 || last - first > 3 || org_word(v, first)->form == NULL ||
            (org_word(v, first)->state & VEIL_STATE_KEEP) == 0 ||
            org_word(v, first)->glue == VEIL_GLUE_FAR)
            return;
        first--;
    }
    if (org_word(v, first)->form != NULL)
        mark_org(v, first, i, VEIL_RULE_ORG_HEAD);
}

/* Tvätthuset i Hyltebruk: where a workplace is belongs to its name. */
static void
house_in_place(struct efti_veil *v, size_t i)
{
    if (i > 1 && org_word(v, i)->category == EFTI_PLACE && efti_veil_follows(v, i) &&
        efti_veil_follows(v, i - 1) && efti_veil_is_word(v, i - 1, "i") &&
        org_named(v, i - 2) && org_word(v, i - 2)->category == EFTI_ORG)
        mark_org(v, i - 1, i, VEIL_RULE_ORG_HEAD);
}

/* "läraren på sankt botulf": the saint belongs to the name, in any letters. */
static void
saint_before(struct efti_veil *v, size_t i)
{
    if (i > 0 && efti_veil_follows(v, i) && !org_named(v, i - 1) &&
        efti_veil_in(v, i - 1, GROUP_SAINTS))
        efti_veil_mark(v, i - 1, VEIL_RULE_ORG_HEAD,
                       (enum efti_category)org_word(v, i)->category);
}

void
efti_veil_service(struct efti_veil *v, size_t i)
{
    saint_before(v, i);
    house_in_place(v, i);
    brand_and_name(v, i);
    service_in_place(v, i);
}
