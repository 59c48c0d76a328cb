/*
 * orgs_whole.c - the whole of an organisation's name: a span that stops short tells it
 *
 *   Hemtjänst Sydväst 2, Kungsbrinkens F-6   which of several, the stage of a school
 *   Psykiatri 4 Norr, Kirurgen plan 6        a ward by number, side and floor
 *   Neuropsykiatriska teamet Haga            an adjective before a common word and a name
 *   viljans hemtjänst                        a house's name in small letters
 *
 * It runs behind the groups: each span proposed here holds one of theirs, and the longer
 * one stays (decide.c).
 */
#include "veil/orgs.h"
#include "veil/small.h"

/* ------------------------------------------------------------------- what is behind */

static bool
is_org(const struct efti_veil *v, size_t i)
{
    return org_named(v, i) && org_word(v, i)->category == EFTI_ORG;
}

static bool
is_place(const struct efti_veil *v, size_t i)
{
    return org_named(v, i) && org_word(v, i)->category == EFTI_PLACE;
}

/* F-6, 7-9, F-3: the years that a school has. */
static bool
is_stage(const struct efti_form *f)
{
    return f != NULL && f->folded_size == 3 && f->folded[1] == '-' &&
           (f->folded[0] == 'f' || (f->folded[0] >= '1' && f->folded[0] <= '7')) &&
           f->folded[2] >= '3' && f->folded[2] <= '9' && f->raw[0] != 'f';
}

/* The same in two tokens, with a long dash between: `i` is the first. */
static bool
is_split_stage(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct efti_form *a, *b;

    if (i + 1 >= v->words.count || (a = org_word(v, i)->form) == NULL ||
        (b = org_word(v, i + 1)->form) == NULL || a->raw_size != 1 || b->raw_size != 1 ||
        !(a->raw[0] == 'F' || (a->raw[0] >= '1' && a->raw[0] <= '7')) ||
        b->raw[0] < '3' || b->raw[0] > '9')
        return false;
    return t[1].start - t->end == 3 && memcmp(v->text.bytes + t->end, "\xE2\x80", 2) == 0;
}

bool
efti_veil_is_side(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && (org_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
           efti_veil_in(v, i, GROUP_TOWN_PARTS);
}

/* "plan 6", ", modul C": a floor or wing, and which. */
static bool
is_floor(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f =
        efti_veil_follows(v, i + 1) ? org_word(v, i + 1)->form : NULL;

    return f != NULL && f->raw_size <= 2 &&
           (org_word(v, i)->glue == VEIL_GLUE_SPACE ||
            org_word(v, i)->glue == VEIL_GLUE_COMMA) &&
           efti_veil_in(v, i, GROUP_FLOORS) &&
           (f->kind == EFTI_NUMBER ||
            (f->raw_size == 1 && f->raw[0] >= 'A' && f->raw[0] <= 'H'));
}

/* "Väggar" of Fina Väggar, "dialys" of Ljungnäs lasaretts dialys, "verksamhet" of Lyktans
 * dagliga verksamhet: behind a name that ends in `i`. */
static bool
is_more_of_name(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;

    if (efti_veil_follows(v, i + 1) && f != NULL &&
        ((org_named(v, i) && efti_veil_in(v, i + 1, GROUP_OF_HOSPITAL)) ||
         (efti_veil_in(v, i, GROUP_OF_HOSPITAL) && (org_word(v, i + 1)->form != NULL) &&
          (efti_veil_is_kind_of_house(v, i + 1) ||
           efti_veil_in(v, i + 1, GROUP_CLINICS)))))
        return true;                                      /* Ljungnäs lasaretts dialys */
    if (org_named(v, i) && efti_veil_follows(v, i + 1) && /* Östangård LSS */
        (org_word(v, i)->category != EFTI_PERSON ||
         (org_word(v, i)->bits & VEIL_NAME) == 0) &&
        (org_word(v, i + 1)->bits & VEIL_UPPER) != 0 && v->casing != VEIL_CASING_HIGH &&
        efti_veil_in(v, i + 1, GROUP_UNIT_LETTERS))
        return true;
    if (!is_org(v, i) || f == NULL || f->folded_size == 0 || !efti_veil_follows(v, i + 1))
        return false;
    if (efti_veil_in(v, i, GROUP_DAILY))
        return efti_veil_is_word(v, i + 1, "verksamhet");
    if (f->folded[f->folded_size - 1] == 's' && efti_veil_is_kind_of_house(v, i + 1))
        return true;
    return org_word(v, i)->rule == VEIL_RULE_ORG_TITLE &&
           efti_veil_plain_capital(v, i + 1) && !org_named(v, i + 1);
}

/* "vård- och omsorgsboende" behind a name in the genitive */
static bool
is_suspended_house(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 2) && efti_veil_follows(v, i) &&
           (v->segments->tokens.items[i].flags & EFTI_TOKEN_SUSPENDED) != 0 &&
           efti_veil_is(v, i + 1, VEIL_CLASS_AND) && efti_veil_is_kind_of_house(v, i + 2);
}

/* "AB" of Larmcentralen Trygg i Väst AB */
static bool
is_company_behind(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_COMPANY) &&
           (org_word(v, i + 1)->bits & VEIL_UPPER) != 0 && v->casing != VEIL_CASING_HIGH;
}

/* "natt" of Hemtjänst Ådalen natt */
static bool
is_night_shift(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_follows(v, i + 1) &&
           efti_veil_in(v, i + 1, GROUP_SHIFTS) &&
           (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
           efti_veil_in(v, i - 1, GROUP_NIGHT_SERVICES);
}

/* "och Buss" of Bergströms Taxi och Buss */
static bool
is_second_trade(const struct efti_veil *v, size_t i)
{
    return is_org(v, i) && efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
           efti_veil_is(v, i + 1, VEIL_CLASS_AND) && efti_veil_is_trade(v, i) &&
           !org_named(v, i + 2) && efti_veil_is_trade(v, i + 2) &&
           efti_veil_is_mid(v, i + 2);
}

/* "i Väst" of Rent Hus i Väst */
static bool
is_in_side(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is_word(v, i, "i") &&
           efti_veil_is_side(v, i + 1);
}

/* The last token of what belongs to the name that ends in `i`: its stage, number, side
 * and floor; `staged` says whether the years of a school are among them. */
static size_t
tail_of(const struct efti_veil *v, size_t i, bool *staged)
{
    *staged = false;
    if (i + 1 < v->words.count && is_split_stage(v, i)) {
        *staged = true;
        i++;
    }
    for (int k = 0; k < 3 && i + 1 < v->words.count; k++) {
        if (is_more_of_name(v, i) || is_company_behind(v, i)) {
            i++;
        } else if (is_night_shift(v, i)) {
            i++;
        } else if (is_suspended_house(v, i)) {
            i += 2;
        } else if (is_second_trade(v, i)) {
            i += 2;
        } else if (is_suspended_house(v, i + 1)) {
            i += 3;
        } else if (efti_veil_follows(v, i + 1) && is_stage(org_word(v, i + 1)->form)) {
            *staged = true;
            i++;
        } else if (efti_veil_follows(v, i + 1) && is_split_stage(v, i + 1)) {
            *staged = true;
            i += 2;
        } else if (efti_veil_is_side(v, i + 1)) {
            i++;
        } else if (is_floor(v, i + 1)) {
            i += 2;
        } else if (is_in_side(v, i + 1)) {
            i += 2;
        } else if (efti_veil_is_which(v, i + 1) ||
                   (efti_veil_is_side(v, i) &&
                    efti_veil_follows(v, i + 1) && /* Nordost 3 */
                    org_word(v, i + 1)->form != NULL &&
                    org_word(v, i + 1)->form->kind == EFTI_NUMBER &&
                    org_word(v, i + 1)->form->folded_size == 1) ||
                   /* Psykiatri 4 Norr */
                   (efti_veil_is_side(v, i + 2) && org_word(v, i + 1)->form != NULL &&
                    org_word(v, i + 1)->form->kind == EFTI_NUMBER &&
                    org_word(v, i + 1)->form->folded_size <= 2 &&
                    efti_veil_follows(v, i + 1))) {
            i++;
        } else {
            break;
        }
    }
    return i;
}

/* ------------------------------------------------------------------------ proposing */

/* No workplace has a longer name; a longer row of names (A & B & C ...) is looked at in
 * pieces, as each of its words asks. */
#define LONGEST_GROUP 16

/* The first token of the group of names that `i` stands in. */
size_t
efti_veil_group_start(const struct efti_veil *v, size_t i)
{
    for (int n = 0;
         n < LONGEST_GROUP && i > 0 && org_named(v, i - 1) && org_named(v, i) &&
         (org_word(v, i)->glue == VEIL_GLUE_SPACE ||
          org_word(v, i)->glue == VEIL_GLUE_AMP);
         n++)
        i--;
    return i;
}

void
efti_veil_propose_org(struct efti_veil *v, size_t first, size_t last)
{
    efti_veil_propose_as(v, v->segments->tokens.items[first].start,
                         v->segments->tokens.items[last].end, VEIL_RULE_ORG_WARD,
                         EFTI_EVIDENCE_SHAPE, EFTI_ORG);
}

/* A capital that may be a school's name before its years: unknown, in the genitive, a
 * place, or a school by shape. */
static bool
may_be_school(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (efti_veil_is_title_word(v, i))
        return efti_veil_is_mid(v, i); /* Norra F-6 */
    if (w->form == NULL || (w->bits & VEIL_CAPITAL) == 0 || w->form->kind != EFTI_WORD ||
        w->form->code_points < 4 ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_FIELD)) != 0)
        return false;
    return org_named(v, i) ||
           (!org_kept(w) &&
            ((w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0 ||
             w->form->shape != EFTI_SHAPE_NONE || efti_veil_is_called(v, w->form) ||
             (w->form->folded[w->form->folded_size - 1] == 's' &&
              efti_veil_is_mid(v, i))));
}

/* Is a number of the text the years of a school, or the last of them? */
static bool
has_stages(const struct efti_veil *v)
{
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];

        if (is_stage(org_word(v, i)->form) || (i > 0 && is_split_stage(v, i - 1)))
            return true;
    }
    return false;
}

/* Token `i` ends a name, or may: what stands behind belongs to it. */
static void
with_tail(struct efti_veil *v, size_t i, bool stages)
{
    bool staged, ward;
    size_t last;

    /* before nearly all numbers stands neither a name nor a capital of a ward */
    if (!org_named(v, i) && (org_word(v, i)->bits & VEIL_CAPITAL) == 0)
        return;
    if (!is_org(v, i) && !is_place(v, i) && !stages &&
        ((org_word(v, i)->bits & VEIL_CAPITAL) == 0 ||
         !efti_veil_in(v, i, GROUP_CLINICS)))
        return;
    last = tail_of(v, i, &staged);
    if (last == i)
        return;
    ward = last > i + 1 && org_word(v, i)->form != NULL &&
           (org_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
           efti_veil_in(v, i, GROUP_CLINICS);
    if (is_org(v, i) || (is_place(v, i) && !efti_veil_is_which(v, i + 1)) || ward ||
        (staged &&
         may_be_school(v, is_split_stage(v, i) ? efti_veil_group_start(v, i) : i)))
        efti_veil_propose_org(v, efti_veil_group_start(v, i), last);
}

/* ---------------------------------------------------------- what is before or in it */

/* A capital in mid-sentence that belongs to the name behind it. */
static bool
begins_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD && !org_named(v, i) &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) == VEIL_CAPITAL &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 && efti_veil_is_mid(v, i);
}

/* Neuropsykiatriska: the same, taken for somebody because no list has it. */
static bool
begins_unnamed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return org_named(v, i) && w->category == EFTI_PERSON && w->form != NULL &&
           w->form->code_points > 7 && (w->form->lists & EFTI_LIST_ANY_NAME) == 0;
}

/* "Uppsökande teamet Haga", "Internationella Engelska Skolan": adjectives with a capital,
 * and a common word in the definite form, before a name that ends in `i`. */
static void
with_adjective(struct efti_veil *v, size_t i)
{
    const size_t start = efti_veil_group_start(v, i);
    size_t first = start, before = start - 1;

    if (start == 0 || !efti_veil_follows(v, start) || org_word(v, before)->form == NULL)
        return;
    if ((org_word(v, before)->bits & VEIL_CAPITAL) == 0 && before > 0 &&
        (org_is_definite(org_word(v, before)) ||
         (org_word(v, before)->bits & VEIL_HEAD) != 0) &&
        efti_veil_follows(v, before))
        before--;
    while ((begins_name(v, before) || begins_unnamed(v, before)) &&
           efti_veil_ends_in(org_word(v, before)->form, ENDS_ADJECTIVES, 0)) {
        first = before;
        if (before == 0 || !efti_veil_follows(v, before))
            break;
        before--;
    }
    if (first < start)
        efti_veil_propose_org(v, first, i);
}

/* "på Vux Kvarnholm", "på BB Fjordgatan", "från Vc Hamnporten": a house by two capitals,
 * of which the second is no person's; token `i` is the second. */
static void
after_capital_at(struct efti_veil *v, size_t i)
{
    const uint32_t place = VEIL_PLACE | VEIL_PLACE_WORD;
    const struct veil_word *w = org_word(v, i), *before = i > 1 ? w - 1 : NULL;

    if (before == NULL || before->form == NULL || w->form == NULL ||
        !efti_veil_follows(v, i) || org_named(v, i - 1) ||
        (before->bits & (VEIL_CAPITAL | VEIL_ROLE)) != VEIL_CAPITAL ||
        before->form->kind != EFTI_WORD || before->form->code_points < 2 ||
        (before->form->lists & EFTI_LIST_FUNCTION) != 0 ||
        v->casing == VEIL_CASING_HIGH ||
        !(efti_veil_after_at(v, i - 1) || /* ringde BB Fjordgatan */
          ((before->bits & VEIL_UPPER) != 0 && before->form->code_points < 5 &&
           efti_veil_is_mid(v, i - 1) && w->category == EFTI_ADDRESS)) ||

        (before->state & VEIL_STATE_AUTHOR) != 0 ||
        (w->bits & (VEIL_GIVEN | VEIL_ALSO | VEIL_SURNAME | VEIL_UPPER)) != 0)
        return;
    if (org_named(v, i)
            ? w->category == EFTI_PERSON || w->category == EFTI_ADDRESS
            : (org_kept(before) &&
               ((w->bits & place) != 0 ||        /* Verdandi Dalarna */
                efti_veil_plain_capital(v, i) || /* FoU Dalälven */
                (before->form->capitals > 1 && org_kept(w) &&
                 efti_veil_may_be_house(v, i))) &&
               (org_is_definite(w) || efti_veil_is_called(v, w->form) ||
                (w->bits & place) != 0) &&
               ((w->bits & place) != 0 || /* Bergslagen is no law */
                !efti_veil_ask(v, i, VEIL_ASK_COMMON, efti_veil_is_common_kind))))
        efti_veil_propose_org(v, i - 1, i);
}

/* "viljans hemtjänst", "på ekens fritids": a house's name in small letters. */
static void
genitive_in_small(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;
    size_t last = i;

    if (w == NULL || w->form == NULL || !efti_veil_follows(v, i) ||
        (w->bits & (VEIL_CAPITAL | VEIL_ROLE | VEIL_HEAD)) != 0 || org_named(v, i) ||
        w->form->folded_size < 5 || w->form->folded[w->form->folded_size - 1] != 's')
        return;
    if (efti_veil_in(v, i, GROUP_DAILY) && efti_veil_follows(v, i + 1) &&
        efti_veil_is_word(v, i + 1, "verksamhet"))
        last++;
    else if (!efti_veil_in(v, i, GROUP_KINDS_IN_SMALL))
        return;
    if (efti_veil_is_called(v, w->form) && !efti_veil_in(v, i - 1, GROUP_EVERYONES))
        efti_veil_propose_org(v, i - 1, last);
}

void
efti_veil_org_whole(struct efti_veil *v)
{
    const bool stages = has_stages(v);

    for (size_t h = 0; h < v->named.count && !v->no_memory; h++) {
        size_t i = v->named.items[h];

        if (org_named(v, i + 1) && org_word(v, i + 1)->glue == VEIL_GLUE_SPACE)
            continue; /* seen from its end */
        if (is_org(v, i) || is_place(v, i)) {
            with_tail(v, i, stages);
            with_adjective(v, i);
        } else if (org_word(v, i)->form != NULL &&
                   (org_word(v, i)->bits & VEIL_NAME) == 0 &&
                   org_word(v, i)->form->folded[org_word(v, i)->form->folded_size - 1] ==
                       's' &&
                   is_more_of_name(v, i))
            efti_veil_propose_org(v, i, i + 1); /* Tallhöjdens LSS */
        after_capital_at(v, i);
    }
    for (size_t h = 0; h < v->digit_tokens.count && !v->no_memory; h++) {
        size_t i = v->digit_tokens.items[h];

        if (i == 0 ||
            ((org_word(v, i - 1)->bits | (i > 1 ? org_word(v, i - 2)->bits : 0)) &
             VEIL_CAPITAL) == 0)
            continue;

        if (i > 1 && !org_named(v, i - 1) && org_word(v, i)->glue == VEIL_GLUE_MARK)
            with_tail(v, i - 2, stages); /* Granliden F–6 */
        else if (i > 0 && !is_org(v, i - 1) && !is_place(v, i - 1) &&
                 efti_veil_follows(v, i))
            with_tail(v, i - 1, stages);
        if (i > 1 && !org_named(v, i - 2))
            with_tail(v, i - 2, stages); /* Kirurgen plan 6 */
    }
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        size_t i = v->candidates.items[h];

        if (!org_named(v, i) && (org_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
            (org_word(v, i)->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0)
            after_capital_at(v, i);
    }
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++) {
        size_t i = v->capitals.items[h];

        if (!org_named(v, i))
            after_capital_at(v, i);
    }
    for (size_t h = 0; h < v->heads.count && !v->no_memory; h++)
        genitive_in_small(v, v->heads.items[h]);
    if (v->casing == VEIL_CASING_LOW && v->dictionary != NULL)
        efti_small_houses(v);
}
