/*
 * orgs_placed.c - what an organisation is told by: where it is
 *
 *   Folkuniversitetet i Mora      what stays by itself, and its town
 *   Rädda Barnen Kalmar, NTI Lund what is nationwide, without a small word
 *   Nattvandrarna i Farsta        several of a kind, or a house at a start
 *   Betel i Osby                  what is nobody's given name, where one goes
 *   Flens Pingisvänner            a town in the genitive, and whoever they are
 *   Kiosken vid Slussgatan        a house by a street
 *   Assistans i Fokus             and what no town is called
 *   Enheten för bistånd Mark      a unit, what it is for, and its town
 *   Internatet, rum 14            a house and its door are an address
 *
 * The town alone is a place; here the longer span is proposed, which stays (decide.c).
 */
#include "veil/orgs.h"

static bool
is_town(const struct efti_veil *v, size_t i)
{
    return org_named(v, i) && org_word(v, i)->category == EFTI_PLACE;
}

/* "Folkuniversitetet i Mora", "Ria i Eskilstuna": what stays by itself, and where it is;
 * token `i` is the place. */
static void
kept_in_place(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 2 ? org_word(v, i - 2) : NULL;

    if (w != NULL && is_town(v, i) && efti_veil_follows(v, i) &&
        efti_veil_follows(v, i - 1) && efti_veil_is_word(v, i - 1, "i") &&
        w->form != NULL &&
        (!org_named(v, i - 2) || /* Betlehemskyrkan, a place by the lists */
         (is_town(v, i - 2) && efti_veil_ends_in(w->form, ENDS_CHURCHES, 0))) &&
        (org_kept(w) || is_town(v, i - 2) || /* "på Tempo i Vassbäck" */
         (efti_veil_plain_capital(v, i - 2) &&
          !efti_veil_ask(v, i - 2, VEIL_ASK_COMMON, efti_veil_is_common_kind))) &&
        (w->bits & (VEIL_CAPITAL | VEIL_ROLE)) == VEIL_CAPITAL &&
        (w->form->lists & EFTI_LIST_FUNCTION) == 0 && w->form->code_points > 2 &&
        (efti_veil_after_at(v, i - 2) || efti_veil_ends_in(w->form, ENDS_CHURCHES, 0) ||
         (org_is_definite(w) && efti_veil_follows(v, i - 2) && /* i Missionskyrkan i */
          efti_veil_is_word(v, i - 3, "i"))) &&
        v->casing != VEIL_CASING_HIGH)
        efti_veil_propose_org(v, i - 2, i);
}

/* The first word of what stays together as a phrase and ends in `i`. */
static size_t
kept_start(const struct efti_veil *v, size_t i)
{
    while (i > 0 && efti_veil_follows(v, i) &&
           (org_word(v, i - 1)->state & VEIL_STATE_KEEP) != 0 &&
           (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0)
        i--;
    return i;
}

/* "Rädda Barnen Kalmar", "Röda Korset i Mjölby", NTI Lund: what is nationwide, and its
 * town, which token `i` ends. */
static void
nationwide_in_town(struct efti_veil *v, size_t i)
{
    const size_t town = efti_veil_group_start(v, i);
    size_t last = town - 1;

    if (town == 0 || !efti_veil_follows(v, town) || v->casing != VEIL_CASING_USUAL ||
        (org_word(v, town)->bits & VEIL_CAPITAL) == 0)
        return;
    if (town > 1 && efti_veil_is_word(v, last, "i") && efti_veil_follows(v, last))
        last--;
    const struct veil_word *w = org_word(v, last);
    if (w->form == NULL || (w->state & VEIL_STATE_AUTHOR) != 0 || org_named(v, last) ||
        (w->bits & VEIL_CAPITAL) == 0)
        return;
    bool phrase = (w->state & VEIL_STATE_KEEP) != 0 && kept_start(v, last) < last &&
                  org_word(v, town)->category == EFTI_PLACE;
    bool letters =
        last + 1 == town && (w->bits & VEIL_UPPER) != 0 && town == i &&
        w->form->code_points <= 4 && w->form->code_points > 1 &&
        (org_word(v, town)->bits & VEIL_PLACE) != 0 &&
        (org_word(v, town)->form->lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0;
    if (phrase || letters)
        efti_veil_propose_org(v, kept_start(v, last), i);
}

/* Cykel-Kalle, Moped-Måns: what is done before the hyphen, who does it behind. */
static bool
is_trade_and_name(const struct efti_veil *v, const struct efti_form *f)
{
    const char *hyphen = memchr(f->folded, '-', f->folded_size);
    size_t n = hyphen == NULL ? 0 : (size_t)(hyphen - f->folded);

    return n > 2 && (efti_lists_word(v->lists, f->folded, n) & EFTI_LIST_ANY_NAME) == 0 &&
           (efti_dictionary_find(v->dictionary, f->folded, n) & EFTI_DICT_LOWER) != 0;
}

/* "Betel i Osby", "Cykel-Kalle i Vemdalen": a name that is nobody's given one, where one
 * comes from or goes, and where it is; token `i` is the place. */
static void
in_its_place(struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i < 3 || !is_town(v, i) || !efti_veil_follows(v, i) ||
        !efti_veil_is_word(v, i - 1, "i") || !efti_veil_follows(v, i - 1) ||
        !org_named(v, i - 2) || (w = org_word(v, i - 2))->form == NULL ||
        (w->category != EFTI_PERSON && (w->bits & VEIL_PLACE) != 0))
        return;
    if (is_trade_and_name(v, w->form) || /* Mvh Kontaktpoolen i Nacka */
        (w->rule == VEIL_RULE_NAME_SIGNATURE && org_is_definite(w) &&
         (w->bits & VEIL_NAME) == 0) ||
        (efti_veil_after_at(v, efti_veil_group_start(v, i - 2)) &&
         (w->bits & (VEIL_GIVEN | VEIL_ALSO | VEIL_PLACE)) == 0))
        efti_veil_propose_org(v, efti_veil_group_start(v, i - 2), i);
}

/* "ringde Nattvandrarna i Farsta", "Barnhälsan i Malung har": several of a kind, or at a
 * start a house by its ending, and the town; token `i` is that. */
static void
in_its_town(struct efti_veil *v, size_t i)
{
    const size_t town = efti_veil_group_start(v, i), at = town - 2;
    const struct veil_word *w = town > 1 ? org_word(v, at) : NULL;

    if (w == NULL || org_word(v, town)->category != EFTI_PLACE ||
        !efti_veil_follows(v, town) || !efti_veil_follows(v, town - 1) ||
        !efti_veil_is_word(v, town - 1, "i") || w->form == NULL ||
        w->form->casing != EFTI_CASING_INITIAL || w->form->code_points < 8 ||
        w->form->kind != EFTI_WORD ||
        (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) != VEIL_CAPITAL ||
        org_kept(w) || org_named(v, at) || v->casing != VEIL_CASING_USUAL)
        return;
    if (efti_veil_is_mid(v, at)
            ? efti_veil_ends_in(w->form, ENDS_DEFINITE_PLURAL, 0) ||
                  efti_veil_is_trade(v, at)
            : (w->bits & VEIL_HEAD) != 0 || efti_veil_is_called(v, w->form) ||
                  ((w->bits & VEIL_WORD) == 0 && org_is_definite(w)))
        efti_veil_propose_org(v, at, i);
}

/* Flens Pingisvänner: a place in the genitive and a capital of its own; token `i` is the
 * place. */
void
efti_veil_org_of_town(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (w->category == EFTI_PLACE && w->form != NULL && efti_veil_follows(v, i + 1) &&
        v->casing == VEIL_CASING_USUAL &&
        (w->bits & (VEIL_CAPITAL | VEIL_GENITIVE)) == (VEIL_CAPITAL | VEIL_GENITIVE) &&
        (org_named(v, i + 1) ? org_word(v, i + 1)->category == EFTI_PERSON &&
                                   (org_word(v, i + 1)->form->lists &
                                    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0
                             : efti_veil_plain_capital(v, i + 1)))
        efti_veil_propose_org(v, i, i + 1);
}

/* "Kiosken vid Slussgatan", "Grillen vid Lasarettsrondellen": token `i` ends where it is.
 */
static void
house_by(struct efti_veil *v, size_t i)
{
    const size_t start = org_named(v, i) ? efti_veil_group_start(v, i) : i;

    if (start < 2 || !efti_veil_follows(v, start) || !efti_veil_follows(v, start - 1) ||
        !efti_veil_in(v, start - 1, GROUP_BY_OR_ON) ||
        (org_named(v, i) && org_word(v, i)->category == EFTI_PERSON &&
         (org_word(v, i)->bits & VEIL_GIVEN) != 0) ||
        !efti_veil_may_be_house(v, start - 2) || org_kept(org_word(v, start - 2)) ||
        !(org_is_definite(org_word(v, start - 2)) ||
          (org_word(v, start - 2)->bits & VEIL_HEAD) != 0) ||
        (org_named(v, start - 2) && org_word(v, start - 2)->category != EFTI_ORG))
        return;
    efti_veil_propose_org(v, start - 2, i);
}

/* "Enheten för ekonomiskt bistånd Mark": a unit with a capital, what it is for in small
 * letters, and its town, which token `i` ends. */
void
efti_veil_org_unit_for(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    size_t first = org_named(v, i) ? efti_veil_group_start(v, i) : i, unit;

    if (!(is_town(v, i) || (!org_named(v, i) && (w->bits & VEIL_PLACE_WORD) != 0)) ||
        (w->bits & VEIL_CAPITAL) == 0 || v->casing != VEIL_CASING_USUAL)
        return;
    for (unit = first; unit > 1 && first - unit < 6 && efti_veil_follows(v, unit); unit--)
        if ((org_word(v, unit - 1)->bits & VEIL_CAPITAL) != 0 ||
            org_word(v, unit - 1)->form == NULL || efti_veil_is_word(v, unit - 1, "i") ||
            (!efti_veil_is(v, unit - 1, VEIL_CLASS_AND) &&
             (org_word(v, unit - 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0))
            break;
    if (unit == first || unit == 0 || !efti_veil_follows(v, unit) ||
        !efti_veil_is_word(v, unit, "för") || !efti_veil_in(v, unit - 1, GROUP_UNITS_FOR))
        return;
    efti_veil_propose_org(v, unit - 1, i);
}

/* Assistans i Fokus: a trade at a start, and what no town is called; token `i`
 * is that. */
void
efti_veil_org_trade_in(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 1 ? org_word(v, i - 2) : NULL;

    if (w != NULL && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
        efti_veil_is_word(v, i - 1, "i") && w->form != NULL &&
        w->form->casing == EFTI_CASING_INITIAL && !org_named(v, i - 2) &&
        efti_veil_is_trade(v, i - 2) &&
        (org_named(v, i) ? org_word(v, i)->category == EFTI_PERSON
                         : efti_veil_plain_capital(v, i)))
        efti_veil_propose_org(v, i - 2, i);
}

/* "Internatet, rum 14": where one lives, told by the house and the door. */
void
efti_veil_org_room(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    const struct efti_form *f = i + 2 < v->words.count ? w[2].form : NULL;

    if (f == NULL || f->kind != EFTI_NUMBER || f->folded_size > 4 ||
        w[1].glue != VEIL_GLUE_COMMA || !efti_veil_follows(v, i + 2) ||
        !efti_veil_in(v, i + 1, GROUP_ROOM_DOORS) || w->form == NULL ||
        (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) != VEIL_CAPITAL ||
        !efti_veil_is_mid(v, i) ||
        (org_named(v, i) && w->category == EFTI_PERSON && (w->bits & VEIL_NAME) != 0))
        return;
    efti_veil_propose_as(v, v->segments->tokens.items[efti_veil_group_start(v, i)].start,
                         v->segments->tokens.items[i + 2].end, VEIL_RULE_BOX,
                         EFTI_EVIDENCE_SHAPE, EFTI_ADDRESS);
}

void
efti_veil_org_placed(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    in_its_place(v, i);
    if (w->category == EFTI_ORG || w->category == EFTI_PLACE)
        kept_in_place(v, i);
    house_by(v, i);
    efti_veil_org_unit_for(v, i);
    nationwide_in_town(v, i);
    in_its_town(v, i);
}
