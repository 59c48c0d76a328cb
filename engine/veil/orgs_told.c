/*
 * orgs_told.c - organisations of several words, told by the form of their name
 *
 *   Bröderna Ahls Rör & Svets     brothers and what they do
 *   Hjelmqvist & Fura             partners: one a name, or where one works
 *   Svalan r.f., Lyktan Ek. för.  what an association ends with
 *   Kupans second hand            a shop of used things, and whose it is
 *   Norrsken-föreningen, Estet-Norr     a name and a hyphen
 *   Vård- och omsorgsboendet Klippan    the first of two houses waits for the second
 *   Barn och familj Söder         two fields and a part of the town
 *   IM Språk Norrstrand           letters before a name
 *   Vi heter Pappor På Väg        capitals that Swedish has in names only
 *
 * Where they are tells others (orgs_placed.c), and the start of a sentence
 * (orgs_starts.c). It runs behind the groups, as orgs_whole.c does: the longer span stays
 * (decide.c).
 */
#include "veil/orgs.h"

/* Bröderna Ahls Rör & Svets, Systrarna Bergs Flytt: token `end` ends a name. */
static void
brothers(struct efti_veil *v, size_t end)
{
    size_t i = efti_veil_group_start(v, end), last;
    bool firm = false;

    if (i-- == 0)
        return;
    last = i;
    if (!efti_veil_in(v, i, GROUP_BROTHERS) || (org_word(v, i)->bits & VEIL_CAPITAL) == 0)
        return;
    while (last + 1 < v->words.count && last - i < 6 &&
           (efti_veil_follows(v, last + 1) ||
            org_word(v, last + 1)->glue == VEIL_GLUE_AMP) &&
           (org_word(v, last + 1)->bits & VEIL_CAPITAL) != 0) {
        last++;
        firm = firm || org_word(v, last)->glue == VEIL_GLUE_AMP ||
               (last > i + 1 && (org_word(v, last)->bits & VEIL_WORD) != 0);
    }
    if (firm)
        efti_veil_propose_org(v, i, last);
}

/* Svalan r.f., Alfa ekonomisk förening: what an association ends with; token `i`. */
static void
association(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;
    size_t last = i;

    if (w == NULL || !efti_veil_follows(v, i) || w->form == NULL ||
        (w->bits & VEIL_CAPITAL) == 0 || (w->form->lists & EFTI_LIST_FUNCTION) != 0)
        return;
    if (efti_veil_in(v, i, GROUP_ASSOCIATION_KINDS) && efti_veil_follows(v, i + 1) &&
        efti_veil_is_word(v, i + 1, "förening"))
        last++;
    else if (efti_veil_in(v, i, GROUP_ASSOCIATION_SHORT) && /* Ek. för. */
             i + 1 < v->words.count && org_word(v, i + 1)->glue != VEIL_GLUE_FAR &&
             efti_veil_in(v, i + 1, GROUP_FOR_SHORT))
        last++;
    else if (!efti_veil_in(v, i, GROUP_ASSOCIATION_ENDS))
        return;
    size_t first = efti_veil_group_start(v, i - 1),
           end = v->segments->tokens.items[last].end;
    efti_veil_propose_as(v, v->segments->tokens.items[first].start,
                         end + (efti_veil_byte(v, end) == '.' && last > i), /* Ek. för. */
                         VEIL_RULE_ORG_WARD, EFTI_EVIDENCE_SHAPE, EFTI_ORG);
}

/* Karins Second Hand, "från Kupans second hand": a shop of used things, and whose it is;
 * token `i` ends the name. */
static void
used_things(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (efti_veil_follows(v, i + 2) && efti_veil_follows(v, i + 1) &&
        efti_veil_is_word(v, i + 1, "second") && efti_veil_is_word(v, i + 2, "hand") &&
        w->form != NULL && (w->bits & (VEIL_CAPITAL | VEIL_ROLE)) == VEIL_CAPITAL &&
        (w->form->lists & EFTI_LIST_FUNCTION) == 0)
        efti_veil_propose_org(v, efti_veil_group_start(v, i), i + 2);
}

/* Norrsken-föreningen, Orangeriet-gänget, Röda Korset-stugan: what is before the hyphen
 * is a name; LSS-boendet and IT-gruppen are everywhere. */
static void
hyphened(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;
    size_t first = i;

    if ((org_word(v, i)->bits & VEIL_CAPITAL) == 0 || f == NULL || f->code_points < 8 ||
        f->capitals > 2 || efti_veil_is_capital(f->raw[1]) ||
        memchr(f->folded, '-', f->folded_size) == NULL)
        return;
    /* Estet-Norr, but Nord-Syd */
    bool side = f->capitals == 2 && efti_veil_ends_in(f, ENDS_HYPHENED_SIDES, 0);
    if (!side && !efti_veil_ends_in(f, ENDS_HYPHENED, 0))
        return;
    size_t n = (size_t)((const char *)memchr(f->folded, '-', f->folded_size) - f->folded);
    if (side && efti_veil_word_in(f->folded, n, GROUP_SIDES_JOINED))
        return;
    if (!efti_veil_is_mid(v, i) && (efti_lists_word(v->lists, f->folded, n) &
                                    (EFTI_LIST_ORG_NAME | EFTI_LIST_PLACE)) == 0)
        return;
    if (i > 0 && efti_veil_follows(v, i) && !org_named(v, i - 1) &&
        org_word(v, i - 1)->form != NULL &&
        memchr(org_word(v, i - 1)->form->folded, '-',
               org_word(v, i - 1)->form->folded_size) == NULL &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
        (efti_veil_is_mid(v, i - 1) || /* Wat Norrsken-föreningen at a start */
         (org_word(v, i - 1)->bits & (VEIL_WORD | VEIL_ORDINARY)) == 0))
        first--;
    efti_veil_propose_org(v, first, i);
}

/* ------------------------------------------------------------------------- partners */

/* A word with one capital that nothing keeps: it may be a partner's. */
static bool
may_be_partner(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD &&
           w->form->casing == EFTI_CASING_INITIAL && w->form->code_points > 1 &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           ((w->bits & VEIL_ROLE) == 0 ||
            efti_veil_in(v, i, GROUP_FIELDS_OF_WORK)) && /* Familj */
           (w->state & (VEIL_STATE_KEEP | VEIL_STATE_AUTHOR)) == 0;
}

/* Hjelmqvist & Fura, Ådalens Plåt & Bleck, Individ & Familj Kullen, "från Bröd & Salt":
 * token `i` stands behind the sign. */
static void
partners(struct efti_veil *v, size_t i)
{
    size_t first = i - 1, last = i;

    if (i == 0 || org_word(v, i)->glue != VEIL_GLUE_AMP || !may_be_partner(v, i) ||
        !may_be_partner(v, i - 1) || v->casing == VEIL_CASING_HIGH ||
        org_word(v, i - 1)->glue == VEIL_GLUE_AMP || /* more than two are a list */
        (i + 1 < v->words.count && org_word(v, i + 1)->glue == VEIL_GLUE_AMP))
        return;
    const struct veil_word *a = org_word(v, i - 1), *b = org_word(v, i);
    bool named = org_named(v, i - 1) != org_named(v, i) &&
                 ((org_named(v, i) ? b : a)->bits & VEIL_GIVEN_1) == 0 &&
                 (org_named(v, i) || efti_veil_is_mid(v, i)) && !org_kept(a) &&
                 !org_kept(b);
    if (org_named(v, first))
        first = efti_veil_group_start(v, first);
    bool whose =
        first > 0 && efti_veil_follows(v, first) && may_be_partner(v, first - 1) &&
        org_word(v, first - 1)
                ->form->folded[org_word(v, first - 1)->form->folded_size - 1] == 's' &&
        (org_named(v, first - 1) || efti_veil_is_mid(v, first - 1));
    if (whose)
        first--;
    if (efti_veil_follows(v, i + 1) &&
        (efti_veil_is_side(v, i + 1) ||
         (org_named(v, i + 1) && (org_word(v, i + 1)->category != EFTI_PERSON ||
                                  efti_veil_is_called(v, org_word(v, i + 1)->form)))))
        last++;
    else if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) && /* i Alby */
             efti_veil_is(v, i + 1, VEIL_CLASS_IN) && org_named(v, i + 2) &&
             org_word(v, i + 2)->category == EFTI_PLACE)
        last += 2;
    bool at = efti_veil_after_at(v, i - 1) && !org_named(v, i - 1) && !org_named(v, i) &&
              efti_veil_plain_capital(v, i - 1) && efti_veil_plain_capital(v, i) &&
              !(efti_veil_form_in(a->form, GROUP_FIELDS_OF_WORK) &&
                efti_veil_form_in(b->form, GROUP_FIELDS_OF_WORK)) &&
              !efti_veil_is_heard(v, i - 1);
    if (named || whose || last > i || at)
        efti_veil_propose_org(v, first, last);
}

/* -------------------------------------------------------------- before and behind it */

/* "Vård- och omsorgsboendet Klippan": token `i` begins the name behind. */
static void
after_suspended(struct efti_veil *v, size_t i)
{
    if (i > 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 2, VEIL_CLASS_AND) &&
        (v->segments->tokens.items[i - 3].flags & EFTI_TOKEN_SUSPENDED) != 0 &&
        (org_word(v, i - 3)->bits & VEIL_CAPITAL) != 0 && efti_veil_follows(v, i - 1) &&
        org_word(v, i)->form != NULL && (org_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
        ((org_word(v, i - 1)->bits & VEIL_HEAD) != 0 ||
         (efti_veil_is_side(v, i) && efti_veil_in(v, i - 1, GROUP_FIELDS_OF_WORK)) ||
         efti_veil_is_kind_of_house(v, i - 1)) &&
        (org_named(v, i) || efti_veil_is_side(v, i) ||
         (org_word(v, i - 1)->bits & VEIL_HEAD) != 0))
        efti_veil_propose_org(v, i - 3, i);
}

/* "Barn och familj Söder", "Individ och familj Kullen": token `i` is the part of the
 * town, or a name that is nobody's. */
static void
after_two_fields(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 2 ? org_word(v, i - 3) : NULL;

    if (w == NULL || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1) ||
        !efti_veil_follows(v, i - 2) || !efti_veil_is(v, i - 2, VEIL_CLASS_AND) ||
        w->form == NULL || org_word(v, i - 1)->form == NULL ||
        (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) != VEIL_CAPITAL ||
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 ||
        !efti_veil_in(v, i - 3, GROUP_FIELDS_OF_WORK) ||
        !efti_veil_in(v, i - 1, GROUP_FIELDS_OF_WORK) || v->casing == VEIL_CASING_HIGH)
        return;
    if (efti_veil_is_side(v, i) ||
        (org_named(v, i) && org_word(v, i)->category != EFTI_PERSON) ||
        (efti_veil_plain_capital(v, i) && efti_veil_is_called(v, org_word(v, i)->form)))
        efti_veil_propose_org(v, i - 3, i);
}

/* IM Språk Vintergatan: letters before the capitals of a name that ends in `i`. */
static void
letters_before(struct efti_veil *v, size_t i)
{
    const size_t start = efti_veil_group_start(v, i);
    const struct veil_word *w = start > 0 ? org_word(v, start - 1) : NULL;

    if (w != NULL && start < i && org_word(v, i)->category == EFTI_ORG &&
        efti_veil_follows(v, start) && w->form != NULL && (w->bits & VEIL_UPPER) != 0 &&
        w->form->code_points >= 2 && w->form->code_points <= 4 &&
        (w->form->lists & EFTI_LIST_FUNCTION) == 0 && v->casing != VEIL_CASING_HIGH)
        efti_veil_propose_org(v, start - 1, i);
}

/* Maria Ungdom, Elsas Bageri: a given name, and what only a house does; token `i`. */
static void
name_and_field(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (i > 0 && efti_veil_follows(v, i) && org_named(v, i - 1) && !org_named(v, i) &&
        org_word(v, i - 1)->category == EFTI_PERSON && w->form != NULL &&
        (org_word(v, i - 1)->bits & VEIL_CAPITAL) != 0 &&
        efti_veil_in(v, i, GROUP_FIELDS_OF_WORK) &&
        w->form->casing == EFTI_CASING_INITIAL && efti_veil_is_mid(v, i) &&
        v->casing == VEIL_CASING_USUAL)
        efti_veil_propose_org(v, efti_veil_group_start(v, i - 1), i);
}

/* "Second Hand-hallen Gnistan": the word that the hyphen hangs on is two. */
static void
second_hand_house(struct efti_veil *v, size_t i)
{
    const size_t start = efti_veil_group_start(v, i);
    const struct efti_form *f = start > 1 ? org_word(v, start - 1)->form : NULL;

    if (f == NULL || !efti_veil_follows(v, start) || !efti_veil_follows(v, start - 1) ||
        memchr(f->folded, '-', f->folded_size) == NULL ||
        !efti_veil_in(v, start - 2, GROUP_SECOND_HAND) ||
        (org_word(v, start - 2)->bits & VEIL_CAPITAL) == 0)
        return;
    efti_veil_propose_org(v, start - 2, i);
}

/* A capital in mid-sentence that is no acronym: Mammor too, who are people. */
static bool
is_title_capital(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           efti_veil_is_mid(v, i);
}

/* "Vi heter Mammor Mot Tystnad", "på Rum För Alla": a small word with a capital of its
 * own between two others, where somebody is called so or one is; token `i`. */
static void
small_word_between(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    size_t first = i - 1, last = i + 1;

    if (i < 2 || w->form == NULL || (w->form->lists & EFTI_LIST_FUNCTION) == 0 ||
        (w->bits & VEIL_CAPITAL) == 0 || v->casing != VEIL_CASING_USUAL ||
        !efti_veil_follows(v, i) || !efti_veil_follows(v, i + 1) ||
        !is_title_capital(v, i - 1) || !is_title_capital(v, i + 1))
        return;
    while (first > 0 && i - first < 4 && efti_veil_follows(v, first) &&
           is_title_capital(v, first - 1))
        first--;
    while (last - i < 4 && efti_veil_follows(v, last + 1) &&
           is_title_capital(v, last + 1))
        last++;
    if (first == 0 || !efti_veil_follows(v, first) ||
        !(efti_veil_is(v, first - 1, VEIL_CLASS_CALLED) ||
          efti_veil_after_at(v, first)) ||
        (first > 1 && efti_veil_in(v, first - 2, GROUP_TITLED_WORKS)))
        return;
    efti_veil_propose_org(v, first, last);
}

/* Vuxnas Lärande Höga Kusten: what would stay by itself, behind a workplace that ends in
 * `i`. */
static void
goes_on_behind_org(struct efti_veil *v, size_t i)
{
    size_t last = i;

    if (org_word(v, i)->category != EFTI_ORG || v->casing != VEIL_CASING_USUAL ||
        (org_word(v, i)->bits & VEIL_CAPITAL) == 0)
        return;
    while (last < i + 2 && efti_veil_follows(v, last + 1) &&
           efti_veil_may_be_house(v, last + 1) &&
           (org_word(v, last + 1)->form->lists &
            (EFTI_LIST_FUNCTION | EFTI_LIST_ENGLISH)) == 0 && /* Teach for Sweden */
           (org_word(v, last + 1)->state & VEIL_STATE_AUTHOR) == 0)
        last++;
    if (last > i)
        efti_veil_propose_org(v, efti_veil_group_start(v, i), last);
}

/* -------------------------------------------------------------------------- the order */

/* "Stödhuset Vrångö", "Pingstkyrkan Elim": one after the other, what was taken for
 * a house and for its place or for somebody whom no list has: one name, which ends
 * in `i`. */
static void
joined(struct efti_veil *v, size_t i)
{
    const size_t start = efti_veil_group_start(v, i);
    const struct veil_word *w = org_word(v, i);

    if (start < i && org_word(v, start)->category == EFTI_ORG &&
        w->category != EFTI_ORG && w->form != NULL &&
        (org_word(v, start)->bits & VEIL_CAPITAL) != 0 && (w->bits & VEIL_CAPITAL) != 0 &&
        (w->form->lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0 &&
        v->casing == VEIL_CASING_USUAL)
        efti_veil_propose_org(v, start, i);
}

/* What neighbours say, asked before anything is called: is "och" two before it? */
static bool
is_behind_and(const struct efti_veil *v, size_t i)
{
    return i > 2 && efti_veil_class(org_word(v, i - 2)->bits) == VEIL_CLASS_AND;
}

/* What begins or ends at token `i`, be it part of a name by now or not. */
static void
told_at(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (w->glue == VEIL_GLUE_AMP)
        partners(v, i);
    if (is_behind_and(v, i)) {
        after_suspended(v, i);
        after_two_fields(v, i);
    }
    if (i > 1 && w[-1].form != NULL && w[-1].form->folded_size == 1)
        efti_veil_org_trade_in(v, i);
    if (i + 2 >= v->words.count)
        return;
    if (w[1].form != NULL && w[1].form->folded_size == 6 && w[1].form->folded[0] == 's')
        used_things(v, i);
    if (w[1].glue == VEIL_GLUE_COMMA && (w[2].bits & VEIL_DIGITS) != 0)
        efti_veil_org_room(v, i);
}

void
efti_veil_org_told(struct efti_veil *v)
{
    for (size_t h = 0; h < v->named.count && !v->no_memory; h++) {
        size_t i = v->named.items[h];

        efti_veil_org_of_town(v, i);
        told_at(v, i);
        if (i < 1 || (org_named(v, i + 1) && org_word(v, i + 1)->glue == VEIL_GLUE_SPACE))
            continue; /* seen from its end */
        brothers(v, i);
        joined(v, i);
        letters_before(v, i);
        efti_veil_org_placed(v, i);
        second_hand_house(v, i);
        efti_veil_org_begins_before(v, i);
        goes_on_behind_org(v, i);
    }
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        size_t i = v->candidates.items[h];

        association(v, i);
        if ((org_word(v, i)->bits & VEIL_CAPITAL) != 0) {
            hyphened(v, i);
            if (!org_named(v, i))
                efti_veil_org_unit_for(v, i);
        }
        if (!org_named(v, i) && is_behind_and(v, i))
            after_two_fields(v, i);
    }
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++) {
        size_t i = v->capitals.items[h];

        hyphened(v, i);
        if (!org_named(v, i)) {
            told_at(v, i);
            name_and_field(v, i);
            efti_veil_org_unit_at_start(v, i);
            small_word_between(v, i);
        }
    }
}
