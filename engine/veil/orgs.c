/*
 * orgs.c - named workplaces, homes and schools: labels, wards and where they are
 *
 *   på Bryggan, på Solgläntan     an ordinary word with a capital where one works or
 *                                 lives, if workplaces are called so
 *   Hagaviks gymnasium            a name in the genitive before a house
 *   Enhet: Humlan                 a label and the rest of its line
 *   boendet heter Ny Väg          what it is called, whatever the words are else
 *   Enheten för unga i Hallsta    where it is belongs to it
 *   Glada Tassen                  two capitals in mid-sentence that only a name explains
 *   BUP Rönneholm                 a service that stays, and the place it is named with
 *   avdelning 4B                  a ward
 *
 * Heads with a name behind them are orgs_heads.c's, firms and clubs orgs_firms.c's, tales
 * orgs_tales.c's; words that only their place tells are the files of houses'.
 *
 * Generic ones stay (skolan, enheten, Socialtjänsten): a head alone names nobody.
 * Authorities, countries and methods never come here: the lists keep them (words.c).
 */
#include "veil/orgs.h"

/* -------------------------------------------------------------------- wards */

/* 4B, 62, B12, C: what a ward is told by. */
static bool
is_ward_code(const struct efti_form *f)
{
    size_t digits = 0;

    if (f == NULL || f->folded_size == 0 || f->folded_size > 4)
        return false;
    if (f->raw_size == 1 && f->raw[0] >= 'A' && f->raw[0] <= 'H')
        return true;
    for (size_t k = 0; k < f->folded_size; k++)
        digits += f->folded[k] >= '0' && f->folded[k] <= '9';
    return digits > 0;
}

/* utredningsenhet 1, hemtjänstgrupp 5: compounds of what there are several of. */
static bool
is_numbered_unit(const struct efti_form *f)
{
    if (f == NULL || f->code_points < 8 || !efti_veil_ends_in(f, ENDS_NUMBERED_UNITS, 0))
        return false;
    return !efti_veil_form_in(f, GROUP_GROUPS_OF_PEOPLE);
}

/* avdelning 4B, avd. 62, Team 3, "i team 2", arbetslag blå: figures, a letter or a colour
 * behind what there are several of. */
static void
org_ward(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (n >= v->words.count || org_word(v, n)->form == NULL ||
        (org_word(v, n)->glue != VEIL_GLUE_SPACE &&
         org_word(v, n)->glue != VEIL_GLUE_STOP) ||
        (!is_ward_code(org_word(v, n)->form) && !efti_veil_in(v, n, GROUP_WARD_COLOURS)))
        return;
    bool ward =
        efti_veil_in(v, i, GROUP_WARD_WORDS) || is_numbered_unit(org_word(v, i)->form);
    bool group = efti_veil_in(v, i, GROUP_UNIT_WORDS);
    bool place =
        i > 0 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_IN);

    if (efti_veil_in(v, n, GROUP_WARD_COLOURS) && efti_veil_follows(v, n) &&
        (ward || group || efti_veil_in(v, i, GROUP_COLOURED_SERVICES))) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD);
        return;
    }
    if (!is_ward_code(org_word(v, n)->form) ||
        (org_word(v, n)->form->folded_size == 4 && /* enhet 2023 */
         org_word(v, n)->form->kind == EFTI_NUMBER))
        return;
    bool capital = (org_word(v, i)->bits & VEIL_CAPITAL) != 0;
    size_t last = efti_veil_follows(v, n + 1) &&
                          efti_veil_in(v, n + 1, GROUP_WARD_COLOURS) &&
                          (org_word(v, n + 1)->bits & VEIL_CAPITAL) != 0
                      ? n + 1
                      : n; /* Avd. 31 Öst */
    if (ward || (group && (capital || place)) ||
        (efti_veil_in(v, i, GROUP_HOUSE_OR_HOME) && capital &&
         (efti_veil_is_mid(v, i) || org_word(v, n)->form->kind != EFTI_NUMBER)))
        mark_org(v, i, last, VEIL_RULE_ORG_WARD);
}

/* ------------------------------------------------- what it is called, where it is */

/* "på soc öst", "hemvården syd": a service and a part of the town, all in small
 * letters. */
static void
service_aside(struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_SIDE_OF_SERVICE) &&
        efti_veil_in(v, i, GROUP_SERVICES_ASIDE) &&
        !(efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_IN_AND_OUT)))
        mark_org(v, i, i + 1, VEIL_RULE_ORG_WARD);
}

/* "Enhet: Humlan", "Avdelning: Norra flygeln", and the line or sentence ends. */
static bool
org_labelled(struct efti_veil *v, size_t i)
{
    size_t n = i + 1, last = n;

    if (n >= v->words.count || org_word(v, n)->glue != VEIL_GLUE_MARK ||
        efti_veil_byte(v, v->segments->tokens.items[i].end) != ':' ||
        org_word(v, n)->form == NULL || v->casing == VEIL_CASING_HIGH ||
        !efti_veil_in(v, i, GROUP_UNIT_LABELS))
        return false;
    while (efti_veil_follows(v, last + 1) && last - n < 3)
        last++;
    for (size_t k = n; k <= last; k++)
        if (org_word(v, k)->form == NULL || org_kept(org_word(v, k)) ||
            org_word(v, k)->form->kind != EFTI_WORD ||
            (org_word(v, k)->form->lists & EFTI_LIST_FUNCTION) != 0 ||
            (k == n && (org_word(v, k)->bits & VEIL_CAPITAL) == 0))
            return false;
    if (efti_veil_follows(v, last + 1))
        return false;
    mark_org(v, n, last, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Boendet heter Ny Väg; förskolan heter Äventyret: whatever the words are else. */
static void
org_named_so(struct efti_veil *v, size_t i)
{
    size_t n = i + 2, last;

    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) &&
        efti_veil_follows(v, n) && org_word(v, n)->form != NULL &&
        (org_word(v, n)->bits & VEIL_CAPITAL) == 0 &&
        (org_word(v, n)->form->lists & EFTI_LIST_ORG_NAME) != 0) {
        mark_org(v, n, n, VEIL_RULE_ORG_HEAD); /* förskolan heter humlan */
        return;
    }
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) ||
        !efti_veil_follows(v, n) || !efti_veil_is_mid(v, n) ||
        (org_kept(org_word(v, n)) && !efti_veil_may_be_house(v, n)))
        return;
    for (last = n;
         efti_veil_follows(v, last + 1) && efti_veil_is_mid(v, last + 1) &&
         (!org_kept(org_word(v, last + 1)) || efti_veil_may_be_house(v, last + 1)) &&
         last - n < 3;)
        last++;
    mark_org(v, n, last, VEIL_RULE_ORG_HEAD);
}

/* Socialkontoret i Rönneholm: the words of a phrase before its last belong to it. */
static void
org_phrase(struct efti_veil *v, size_t i)
{
    size_t first = i;

    if (!efti_veil_is(v, i, VEIL_CLASS_IN) || i == 0 || !efti_veil_follows(v, i) ||
        !org_named(v, i + 1))
        return;
    for (first = i - 1; first > 0 && efti_veil_follows(v, first) &&
                        (org_word(v, first)->bits & VEIL_CAPITAL) == 0 && i - first < 4;)
        first--;
    if ((org_word(v, first)->bits & VEIL_CAPITAL) != 0)
        mark_org(v, first, i + 1, VEIL_RULE_ORG_HEAD);
}

/* Rättspsyk i Växjö: a head with a capital of its own, and where it is. */
static bool
org_somewhere(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if ((w->bits & (VEIL_HEAD | VEIL_CAPITAL)) != (VEIL_HEAD | VEIL_CAPITAL) ||
        (!efti_veil_is_mid(v, i) && (w->bits & VEIL_WORD) != 0) ||
        !efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || v->casing == VEIL_CASING_HIGH)
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Enheten för unga vuxna i Hallsta: whom it is for stands before where it is. */
static bool
org_for_somewhere(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    size_t n = i + 2;

    if ((w->bits & (VEIL_HEAD | VEIL_CAPITAL)) != (VEIL_HEAD | VEIL_CAPITAL) ||
        v->casing == VEIL_CASING_HIGH || !efti_veil_follows(v, i + 1) ||
        !efti_veil_in(v, i + 1, GROUP_FOR_OR_AGAINST))
        return false;
    while (n < i + 6 && efti_veil_follows(v, n) && !efti_veil_is_word(v, n, "i"))
        n++;
    if (n == i + 2 || !efti_veil_follows(v, n) || !efti_veil_is_word(v, n, "i") ||
        !efti_veil_follows(v, n + 1) || !org_named(v, n + 1) ||
        org_word(v, n + 1)->category != EFTI_PLACE)
        return false;
    mark_org(v, i, n + 1, VEIL_RULE_ORG_HEAD);
    return true;
}

/* Names that the writer puts beside their kind: who is in the lists, or who is marked. */
static void
org_around(struct efti_veil *v, size_t i)
{
    if (org_word(v, i)->form == NULL)
        return;
    if (efti_veil_class(org_word(v, i)->bits) == VEIL_CLASS_COMPANY)
        efti_veil_org_company(v, i);
    if (org_named(v, i))
        return;
    if ((org_word(v, i)->form->lists & EFTI_LIST_ORG_NAME) != 0 &&
        ((org_word(v, i)->bits & VEIL_CAPITAL) == 0 || v->casing == VEIL_CASING_HIGH)) {
        efti_veil_house_in_small(v, i);
        if ((org_word(v, i)->form->lists & EFTI_LIST_ORG_HEAD) == 0)
            return;
    }
    org_named_so(v, i);
    if (org_labelled(v, i) || org_somewhere(v, i) || org_for_somewhere(v, i))
        return;
    efti_veil_org_head(v, i);
    org_phrase(v, i);
    org_ward(v, i);
    service_aside(v, i);
    efti_veil_house(v, i);
}

void
efti_veil_orgs(struct efti_veil *v)
{
    size_t names;

    if ((v->present & VEIL_CUE_TALE) != 0)
        for (size_t i = 1; i < v->words.count; i++)
            efti_veil_org_of_tale(v, i);
    for (size_t h = 0; h < v->heads.count; h++)
        org_around(v, v->heads.items[h]);
    names = v->named.count;
    for (size_t h = 0; h < names; h++) {
        size_t i = v->named.items[h];

        if (efti_veil_follows(v, i + 1))
            efti_veil_house(v, i + 1);
        if (efti_veil_follows(v, i + 2) && i + 2 < v->words.count)
            efti_veil_house(v, i + 2);
    }
    efti_veil_houses(v);
    efti_veil_orgs_again(v);
    names = v->named.count; /* what joined meanwhile: Pysslingen Solstrålen */
    for (size_t h = 0; h < names; h++)
        efti_veil_service(v, v->named.items[h]);
}
