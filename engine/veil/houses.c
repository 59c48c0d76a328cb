/*
 * houses.c - workplaces that no head explains: what all of them ask, and the order
 *
 *   houses_named.c    Kullens ridskola        a name before a house
 *   houses_titles.c   Hemtjänst City          capitals that belong together
 *   houses_called.c   på Bryggan              an ordinary word with a capital
 *   here              på Medicin 3, psyk 84   which of several
 *
 * What every place has (på Vuxenenheten, i Ledningsgruppen) stays: capitals there are
 * habit.
 */
#include "veil/orgs.h"

/* Does one of the words stand before token `i` that one is at a place by? */
bool
efti_veil_after_at(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_AT_WORK);
}

/* "lyssnade vi på Bamse", "tittar på Tussilago": "på" stands before token `i`, and what
 * is heard is no place; what is looked at may be one where it is called as houses are. */
bool
efti_veil_is_heard(const struct efti_veil *v, size_t i)
{
    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1) ||
        !efti_veil_is_word(v, i - 1, "på"))
        return false;
    size_t verb = efti_veil_before_subject(v, i - 2);

    return efti_veil_in(v, verb, GROUP_HEARS) ||
           (!org_is_definite(org_word(v, i)) && efti_veil_in(v, verb, GROUP_SEES));
}

bool
efti_veil_plain_capital(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count)
        return false;
    w = org_word(v, i);
    return !org_kept(w) && w->form->kind == EFTI_WORD && w->form->code_points > 1 &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           ((w->bits & VEIL_ROLE) == 0 || /* på Lotsen */
            ((w->form->lists & EFTI_LIST_ORG_NAME) != 0 && efti_veil_after_at(v, i))) &&
           (v->segments->tokens.items[i].flags & EFTI_TOKEN_SUSPENDED) == 0 &&
           efti_veil_is_mid(v, i);
}

/* ----------------------------------------------------------------- which of several */

/* The number of one among several: small, and nothing is counted by it. */
bool
efti_veil_is_which(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = efti_veil_follows(v, i) ? org_word(v, i)->form : NULL;

    if (f == NULL || f->folded_size > 2 || f->kind != EFTI_NUMBER)
        return false;
    if (efti_veil_follows(v, i + 1) && org_word(v, i + 1)->form == NULL)
        return (org_word(v, i + 1)->state & VEIL_STATE_TAG) == 0; /* it was a name */
    return !efti_veil_follows(v, i + 1) ||
           (org_word(v, i + 1)->form->lists & EFTI_LIST_FUNCTION) != 0 ||
           (org_word(v, i + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0;
}

static bool
is_one_letter(const struct efti_form *f)
{
    return f->raw_size == 1 && f->raw[0] >= 'A' && f->raw[0] <= 'H';
}

/* "på Medicin 3", "på Haga 3:an", "Psyk 4 Norr": a capital where one is, and which of
 * several. */
static bool
org_numbered(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    size_t n = i + 1, last;

    if (efti_veil_in(v, i, GROUP_CURRICULA))
        return false; /* enligt Lgr 22, till Lpfö 18 */
    if (efti_veil_in(v, i + 2, GROUP_CHAPTERS))
        return false; /* till Skollagen 5 kap. */
    if (!efti_veil_follows(v, n) || org_word(v, n)->form == NULL ||
        ((org_word(v, n)->bits & VEIL_DIGITS) == 0 &&
         !is_one_letter(org_word(v, n)->form)))
        return false;
    if (efti_veil_is_mid(v, i) && /* i Hus F */
        efti_veil_in(v, i, GROUP_NUMBERED_HOUSES) &&
        (is_one_letter(org_word(v, n)->form) || efti_veil_is_which(v, n))) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD);
        return true;
    }

    if (i == 0 || !efti_veil_follows(v, i) || !efti_veil_follows(v, n) ||
        !efti_veil_in(v, i - 1, GROUP_AT_OR_RANG) || w->form == NULL ||
        w->form->kind != EFTI_WORD || !efti_veil_is_mid(v, i) ||
        ((w->bits & VEIL_UPPER) != 0 && w->form->code_points < 4) || /* PIVA 2 */
        org_word(v, n)->form == NULL)
        return false;
    if (efti_veil_in(v, i, GROUP_CLINICS) && is_one_letter(org_word(v, n)->form)) {
        mark_org(v, i, n, VEIL_RULE_ORG_WARD); /* Medicin B */
        return true;
    }
    if ((org_word(v, n)->bits & VEIL_DIGITS) == 0)
        return false;
    const struct efti_form *f = org_word(v, n)->form;
    if (f->folded_size > 4 || (f->folded_size > 2 && f->folded[1] != ':') ||
        (efti_veil_follows(v, n + 1) &&
         (org_word(v, n + 1)->form == NULL ||
          ((org_word(v, n + 1)->bits & VEIL_WORD) != 0 &&
           (org_word(v, n + 1)->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           (org_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (org_word(v, n + 1)->bits & VEIL_CAPITAL) == 0))))
        return false; /* på Coop 3 gånger */
    last = n;
    if (efti_veil_follows(v, n + 1) && efti_veil_is_mid(v, n + 1) &&
        (org_word(v, n + 1)->bits & VEIL_UPPER) == 0)
        last = n + 1;
    mark_org(v, i, last, VEIL_RULE_ORG_WARD);
    return true;
}

/* psyk, mava, kirurgen: what has wards that are told apart by numbers. */
static bool
is_warded(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return efti_veil_in(v, i, GROUP_WARDS) ||
           ((w->bits & (VEIL_UPPER | VEIL_KEEP)) == VEIL_UPPER &&
            w->form->code_points >= 3 && w->form->code_points <= 5 &&
            v->casing != VEIL_CASING_HIGH);
}

/* "inne på psyk 84", "på MAVA 2", "Slussen 4 skyller på oss"; token `i` is the number. */
static void
org_number(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = org_word(v, i)->form;
    const struct veil_word *w = i > 0 ? org_word(v, i - 1) : NULL;

    if (w == NULL || w->form == NULL || f == NULL ||
        !((w->bits & VEIL_CAPITAL) != 0 || efti_veil_after_at(v, i - 1)) ||
        !efti_veil_follows(v, i) || org_named(v, i) || w->form->kind != EFTI_WORD ||
        !efti_veil_is_which(v, i))
        return;
    bool ward = efti_veil_after_at(v, i - 1) && is_warded(v, i - 1);
    bool house = (w->bits & VEIL_CAPITAL) != 0 &&
                 (w->form->lists & EFTI_LIST_ORG_NAME) != 0 && w->form->code_points > 3 &&
                 (w->bits & VEIL_GIVEN_1) == 0;

    if (ward || house)
        mark_org(v, i - 1, i, VEIL_RULE_ORG_WARD);
}

/* ------------------------------------------------------------------------ the order */

static void
org_capital(struct efti_veil *v, size_t i)
{
    bool plain = efti_veil_plain_capital(v, i);
    bool title = efti_veil_is_title_word(v, i);

    if (title &&
        ((plain && (efti_veil_org_side(v, i) || efti_veil_org_direction(v, i))) ||
         efti_veil_coloured(v, i)))
        return;
    if (org_numbered(v, i))
        return;
    if (!org_named(v, i) && plain) {
        if (title)
            efti_veil_org_quarter(v, i);
        if (!org_named(v, i) && !efti_veil_org_title(v, i) &&
            !efti_veil_org_in_place(v, i))
            efti_veil_org_called(v, i);
    }
    if (i + 1 < v->words.count)
        efti_veil_house(v, i + 1);
    if (i > 0 && !org_named(v, i))
        efti_veil_house(v, i); /* Guldkant Hemservice at a start */
}

/* A word that may be a name: without a capital on it or on the two before it nothing of
 * the above can begin there, but for what is in small letters. */
static void
org_candidate(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    uint32_t bits = w->bits | (i > 0 ? w[-1].bits : 0) | (i > 1 ? w[-2].bits : 0);

    if ((bits & VEIL_CAPITAL) != 0)
        org_capital(v, i);
    else if (efti_veil_is_title_word(v, i))
        (void)efti_veil_coloured(v, i);
    if ((w->bits & (VEIL_CAPITAL | VEIL_WORD)) == 0 || v->casing == VEIL_CASING_HIGH)
        efti_veil_org_in_small(v, i);
}

void
efti_veil_houses(struct efti_veil *v)
{
    for (size_t h = 0; h < v->numbers.count; h++)
        if ((org_word(v, v->numbers.items[h])->bits & VEIL_DIGITS) != 0)
            org_number(v, v->numbers.items[h]);
    for (size_t h = 0; h < v->capitals.count; h++)
        org_capital(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++)
        org_candidate(v, v->candidates.items[h]);
}
