/*
 * orgs_firms.c - firms and clubs by their end or their beginning
 *
 *   Sandells Plåt & Svets AB      back over capitals, & and och from what it ends with
 *   Nordanvind Omsorg AB          an ordinary word with the capital of the sentence too
 *   Rönneholms IF, Havsnäs BK P14 a club, and the team of an age
 *   IFK Rönneholm, Brf Lönnen     those that say first what they are
 */
#include "veil/orgs.h"

/* May token `i` be a word of a firm's name, seen from its end? */
static bool
firm_word(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    if (w->form == NULL || org_kept(w) || (w->bits & VEIL_CAPITAL) == 0 ||
        w->form->kind != EFTI_WORD)
        return false;
    return efti_veil_is_mid(v, i) || (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

/* Nordanvind Omsorg AB at a start: an ordinary word with the capital of the sentence. */
static bool
starts_firm(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && !org_kept(w) && w->form->kind == EFTI_WORD &&
           w->form->code_points > 2 &&
           (w->bits & (VEIL_CAPITAL | VEIL_ROLE)) == VEIL_CAPITAL &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 && v->casing != VEIL_CASING_HIGH;
}

/* One step back from word `first` of a firm; how many words it takes, 0: none. */
static size_t
firm_step(const struct efti_veil *v, size_t first)
{
    uint8_t glue = org_word(v, first)->glue;

    if (first == 0 || (glue != VEIL_GLUE_SPACE && glue != VEIL_GLUE_AMP))
        return 0;
    if (firm_word(v, first - 1) || starts_firm(v, first - 1))
        return 1;
    /* Plåt och Svets; Stöd i Väst: a small word between two of them */
    if (first > 1 && firm_word(v, first - 2) && efti_veil_follows(v, first - 1) &&
        (firm_word(v, first) || starts_firm(v, first)) &&
        (efti_veil_is(v, first - 1, VEIL_CLASS_AND) ||
         efti_veil_is(v, first - 1, VEIL_CLASS_IN)))
        return 2;
    return 0;
}

/* Havsnäs BK P14, IFK Dösjöbro F11: the team of an age. */
static size_t
team_behind(const struct efti_veil *v, size_t last)
{
    const struct efti_form *f =
        efti_veil_follows(v, last + 1) ? org_word(v, last + 1)->form : NULL;

    return f != NULL && f->folded_size >= 2 && f->folded_size <= 4 &&
                   strchr("PFUA", f->raw[0]) != NULL && f->folded[1] >= '0' &&
                   f->folded[1] <= '9'
               ? last + 1
               : last;
}

/* IFK Rönneholm, FC Rönneholm: clubs and firms that say first what they are. */
static void
firm_ahead(struct efti_veil *v, size_t i)
{
    bool club = efti_veil_in(v, i, GROUP_CLUBS) &&
                (org_word(v, i)->state & VEIL_STATE_KEEP) == 0 &&
                efti_veil_follows(v, i + 1) && /* IK Sleipner */
                org_word(v, i + 1)->form != NULL && org_kept(org_word(v, i + 1)) &&
                org_word(v, i + 1)->form->casing == EFTI_CASING_INITIAL;

    if (efti_veil_in(v, i, GROUP_CLUBS_AND_FIRMS) && efti_veil_follows(v, i + 1) &&
        (club || firm_word(v, i + 1)) && (org_word(v, i + 1)->bits & VEIL_UPPER) == 0)
        mark_org(v, i, team_behind(v, i + 1), VEIL_RULE_ORG_COMPANY);
}

/* Fastighets AB Tornsvalan: what it does before AB, and what it is called behind; the
 * last token of the name. */
static size_t
named_behind(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i > 0 ? org_word(v, i - 1)->form : NULL;

    if (f == NULL || !efti_veil_follows(v, i) || !efti_veil_follows(v, i + 1) ||
        (f->folded[f->folded_size - 1] != 's' && !efti_veil_form_in(f, GROUP_TRADES)) ||
        (org_word(v, i - 1)->bits & (VEIL_GIVEN | VEIL_SURNAME | VEIL_PLACE)) != 0 ||
        !efti_veil_may_be_house(v, i + 1) || org_kept(org_word(v, i + 1)))
        return i;
    return efti_veil_follows(v, i + 2) && firm_word(v, i + 2) ? i + 2 : i + 1;
}

/* "hyresgården ab kom", "jobb på granlunds bil ab": in small letters, where the word
 * before is no word or a name of firms; ab is a medicine too. */
static void
company_in_small(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;
    size_t first = i - 1;

    if (w == NULL || w->form == NULL || !efti_veil_follows(v, i) || org_kept(w) ||
        w->form->kind != EFTI_WORD || !efti_veil_in(v, i, GROUP_FIRMS_IN_SMALL) ||
        (w->bits & (VEIL_ROLE | VEIL_CAPITAL)) != 0)
        return;
    if (first > 0 && efti_veil_follows(v, first) &&
        (org_word(v, first - 1)->bits & VEIL_WORD) == 0 &&
        org_word(v, first - 1)->form != NULL &&
        org_word(v, first - 1)->form->kind == EFTI_WORD &&
        !org_kept(org_word(v, first - 1)))
        first--; /* granlunds bil ab */
    bool unknown = (org_word(v, first)->bits & VEIL_WORD) == 0;
    bool house = org_is_definite(w) && (first == 0 || !efti_veil_follows(v, first) ||
                                        efti_veil_after_at(v, first));
    if (unknown || house)
        mark_org(v, first, i, VEIL_RULE_ORG_COMPANY);
}

/* "Sandells Plåt & Svets AB": back over capitals, & and och between them. */
void
efti_veil_org_company(struct efti_veil *v, size_t i)
{
    size_t first = i, step;

    if ((org_word(v, i)->bits & VEIL_UPPER) == 0) {
        company_in_small(v, i);
        return;
    }
    if (i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_CLUBS) &&
        org_word(v, i - 1)->form != NULL &&
        (org_word(v, i - 1)->bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_UPPER)) ==
            (VEIL_KEEP | VEIL_CAPITAL))
        first--; /* Syrianska FC */
    while (i - first < 6 && (step = firm_step(v, first)) > 0)
        first -= step;
    if (first < i)
        mark_org(v, first, named_behind(v, team_behind(v, i)), VEIL_RULE_ORG_COMPANY);
    else
        firm_ahead(v, i);
}
