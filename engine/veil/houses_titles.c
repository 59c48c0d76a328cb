/*
 * houses_titles.c - workplaces of several words that only a name explains together
 *
 *   Västra skolan, Norra IFO              a quarter of the sky
 *   Hemtjänst City, Team Familj Norr      a part of the town behind capitals
 *   Blå huset, "till gula villan"         a colour
 *   Glada Tassen, Utredning Ung 1         two capitals in mid-sentence
 *   från Råg till Vete                    two houses
 *   Återbruket i Sala                     where it is
 */
#include "veil/orgs.h"

bool
efti_veil_is_title_word(const struct efti_veil *v, size_t i)
{
    const uint32_t set = v->words.items[i].form != NULL ? efti_veil_set_at(v, i) : 0;

    return set != 0 && (efti_veil_set_holds(set, GROUP_QUARTERS) ||
                        efti_veil_set_holds(set, GROUP_COLOURS) ||
                        efti_veil_set_holds(set, GROUP_TOWN_PARTS));
}

/* Västra skolan, Norra kyrkan: a quarter of the sky and a house. */
void
efti_veil_org_quarter(struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i, GROUP_QUARTERS) &&
        efti_veil_ends_in(org_word(v, i + 1)->form != NULL ? org_word(v, i + 1)->form
                                                           : org_word(v, i)->form,
                          ENDS_QUARTER_HOUSES, 0))
        mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
}

/* "till gula villan": no article stands there, as it would before any yellow house. */
static bool
is_bare_before(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_AT_HOUSE);
}

/* Blå huset, Gula villan, "gröna gruppen": a colour and a house or group. */
bool
efti_veil_coloured(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_in(v, i, GROUP_COLOURS))
        return false;
    bool house =
        (((org_word(v, i)->bits & VEIL_CAPITAL) != 0 && efti_veil_is_mid(v, i)) ||
         is_bare_before(v, i)) &&
        efti_veil_in(v, i + 1, GROUP_COLOURED_HOUSES);
    if (!house && !efti_veil_in(v, i + 1, GROUP_COLOURED_GROUPS))
        return false;
    mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Norra IFO, Västra BUP: a quarter of the sky and a service by its letters. */
bool
efti_veil_org_side(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_in(v, i, GROUP_SIDE_QUARTERS) ||
        (org_word(v, i + 1)->bits & VEIL_UPPER) == 0 ||
        org_word(v, i + 1)->form == NULL || org_word(v, i + 1)->form->code_points > 5)
        return false;
    mark_org(v, i, i + 1, VEIL_RULE_ORG_TITLE);
    return true;
}

/* Hemtjänst City, Team Familj Norr: a part of the town behind capitals. */
bool
efti_veil_org_direction(struct efti_veil *v, size_t i)
{
    size_t first = i;

    if (!efti_veil_in(v, i, GROUP_TOWN_PARTS))
        return false;
    while (first > 0 && i - first < 3 && efti_veil_follows(v, first) &&
           org_word(v, first - 1)->form != NULL &&
           (org_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
           (org_word(v, first - 1)->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           org_word(v, first - 1)->form->code_points > 1 &&
           (efti_veil_is_mid(v, first - 1) || /* "Ringde Norra" is a verb */
            (org_word(v, first - 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0))
        first--;
    /* handläggargrupp Syd 2: a unit in small letters */
    if (first == i && i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & (VEIL_HEAD | VEIL_CAPITAL)) == VEIL_HEAD &&
        org_word(v, i - 1)->form != NULL &&
        (org_word(v, i - 1)->form->lists & EFTI_LIST_ORG_NAME) == 0)
        first = i - 1;
    bool turned = first == i && i > 0 && efti_veil_follows(v, i) && /* Ringde Norra */
                  efti_veil_is_mid(v, i) &&
                  (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
                  (org_word(v, i - 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0;
    if ((first == i && !turned) || /* Mikael Öst */
        (org_word(v, i - 1)->bits & VEIL_GIVEN) != 0)
        return false;
    mark_org(v, first, efti_veil_is_which(v, i + 1) ? i + 1 : i, VEIL_RULE_ORG_TITLE);
    return true;
}

/* ------------------------------------------------------------ two capitals together */

/* Mottag Barn, Utredning Ungdom: for whom a unit is. */
static bool
is_of_whom(const struct efti_veil *v, size_t i)
{
    return org_word(v, i)->form != NULL && efti_veil_is_mid(v, i) &&
           (org_word(v, i)->bits & VEIL_UPPER) == 0 && efti_veil_in(v, i, GROUP_OF_WHOM);
}

/* "från Råg till Vete": two houses, unless they are what every place has. */
static bool
from_one_to_another(const struct efti_veil *v, size_t i)
{
    if (i > 1 && efti_veil_in(v, i - 2, GROUP_WAYS))
        return false; /* det går från Studera till Planera */
    if (!efti_veil_is(v, i + 1, VEIL_CLASS_IN) || !efti_veil_follows(v, i + 1) ||
        !efti_veil_follows(v, i + 2) || !efti_veil_is_word(v, i + 1, "till") ||
        !efti_veil_plain_capital(v, i + 2))
        return false;
    for (size_t k = i; k <= i + 2; k += 2)
        if ((org_word(v, k)->bits & VEIL_HEAD) != 0 || org_named(v, k) ||
            efti_veil_class(org_word(v, k)->bits) != VEIL_CLASS_NONE ||
            (org_word(v, k)->form->lists & (EFTI_LIST_FIELD | EFTI_LIST_FUNCTION)) != 0 ||
            efti_veil_in(v, k, GROUP_DEGREES) || efti_veil_in(v, k, GROUP_CLINICS) ||
            efti_veil_ask(v, k, VEIL_ASK_COMMON, efti_veil_is_common_kind))
            return false;
    return true;
}

/* Glada Tassen, Arbetscentrum Kvarnen, Linjen i Väst: two capitals in mid-sentence that
 * only a name explains, ordinary as the words are. */
bool
efti_veil_org_title(struct efti_veil *v, size_t i)
{
    size_t last = i;

    if (i > 0 && efti_veil_follows(v, i) &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
        !(efti_veil_is(v, i - 1, VEIL_CLASS_IN) && !efti_veil_is_mid(v, i - 1)))
        return false; /* but "På Mottagning Ekonomi" */
    if (efti_veil_follows(v, i + 1) &&
        (efti_veil_plain_capital(v, i + 1) || is_of_whom(v, i + 1)))
        last = i + 1;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
             !efti_veil_in(v, i + 1, GROUP_WAY_BETWEEN) && efti_veil_follows(v, i + 2) &&
             efti_veil_plain_capital(v, i + 2) && !org_named(v, i + 2))
        last = i + 2;
    if (last == i && from_one_to_another(v, i)) {
        mark_org(v, i, i, VEIL_RULE_ORG_CALLED);
        mark_org(v, i + 2, i + 2, VEIL_RULE_ORG_CALLED);
        return true;
    }
    if (last > i && efti_veil_in(v, i, GROUP_DEGREES))
        return false; /* Master i Ledarskap */
    if (last > i) {   /* Utredning Ung 1, IFO Vux i Tibro */
        if (efti_veil_is_which(v, last + 1))
            last++;
        else if (efti_veil_follows(v, last + 1) &&
                 efti_veil_is(v, last + 1, VEIL_CLASS_IN) &&
                 efti_veil_follows(v, last + 2) && org_named(v, last + 2) &&
                 org_word(v, last + 2)->category == EFTI_PLACE)
            last += 2;
        mark_org(v, i, last, VEIL_RULE_ORG_TITLE);
    }
    return last > i;
}

/* "tillhör Återbruket i Sala": a capital in mid-sentence and where it is. */
bool
efti_veil_org_in_place(struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
        !efti_veil_follows(v, i + 2) || !org_named(v, i + 2) ||
        org_word(v, i + 2)->category != EFTI_PLACE || !org_is_definite(org_word(v, i)))
        return false;
    mark_org(v, i, i + 2, VEIL_RULE_ORG_TITLE);
    return true;
}
