/*
 * nicknames.c - what somebody is called, whatever word it is
 *
 *   alla kallar | Morsan                   a word for kin or a role too
 *   hon heter | draga                      nothing but a name stands there
 *   kallas för | knatten, bli kallad | Hulken
 *   heter draga men alla säger | baka      the name is told, and what is said instead
 *   alla säger | bumpen till honom, han heter
 *   kalle, bettan och | stora affe         how one of several is told from others
 *   musen från | östberga                  where somebody comes from
 *
 * A house, a method and a thing are called something too, so somebody must stand before
 * the verb. In small letters any noun may follow "säger": only what is said instead of a
 * name, or of somebody, is a nickname.
 */
#include "veil/names.h"
#include "veil/small.h"

/* Is token `i` somebody: hon, min bror, who was found? */
static bool
is_one_of_people(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_ONE_PERSON) ||
           (v->words.items[i].bits & VEIL_ROLE) != 0 ||
           (is_name(v, i) && v->words.items[i].category == EFTI_PERSON);
}

/* "hon heter", "killen som heter": who is told of stands right before token `i`. */
static bool
is_told_of_somebody(const struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i))
        return false;
    if (efti_veil_is(v, i - 1, VEIL_CLASS_WHO))
        return i > 1 && efti_veil_follows(v, i - 1) && is_one_of_people(v, i - 2);
    return is_one_of_people(v, i - 1);
}

/* "vill bli kallad", "boendestödjare, kallad": further away. */
static bool
is_told_of_somebody_far(const struct efti_veil *v, size_t i)
{
    if (is_told_of_somebody(v, i))
        return true;
    if (i > 0 && v->words.items[i].glue == VEIL_GLUE_COMMA)
        return is_one_of_people(v, i - 1);
    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_is(v, i - 1, VEIL_CLASS_BE))
        return false;
    for (size_t k = i - 1; k > 0 && i - k < 4 && efti_veil_follows(v, k); k--)
        if (is_one_of_people(v, k - 1))
            return true;
    return false;
}

/* May token `n` be what somebody is called: a word alone, with nothing behind it that it
 * could belong to? */
static bool
may_be_byname(const struct efti_veil *v, size_t n)
{
    const struct veil_word *w = &v->words.items[n];

    return efti_veil_follows(v, n) && w->form != NULL && w->form->kind == EFTI_WORD &&
           w->form->code_points > 2 && (w->state & VEIL_STATE_NAME) == 0 &&
           !name_stays(w) && (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           !efti_veil_in(v, n, GROUP_NO_BYNAMES) && !efti_small_is_adverbial(v, n) &&
           (!efti_veil_follows(v, n + 1) || w[1].form == NULL ||
            (w[1].form->lists & EFTI_LIST_FUNCTION) != 0 ||
            efti_veil_class(w[1].bits) == VEIL_CLASS_AND ||
            efti_veil_class(w[1].bits) == VEIL_CLASS_IN ||
            (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0);
}

static void
mark_byname(struct efti_veil *v, size_t n)
{
    efti_veil_mark(v, n, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
}

/* "alla säger baka", "vi kallar honom bara Bumpen": token `k` is who says so; the place
 * of what is said, or 0. */
static size_t
said_instead(const struct efti_veil *v, size_t k)
{
    size_t n = k + 2;

    if (!(efti_veil_in(v, k, GROUP_ALL_WHO_SAY) || efti_veil_is_word(v, k, "vi")) ||
        !efti_veil_follows(v, k + 1) ||
        !(efti_veil_in(v, k + 1, GROUP_SAYS) || efti_veil_in(v, k + 1, GROUP_CALLS) ||
          efti_veil_in(v, k + 1, GROUP_SMALL_SAYS)))
        return 0;
    while (n < k + 4 && efti_veil_follows(v, n) &&
           (efti_veil_in(v, n, GROUP_SMALL_ONLY) ||
            efti_veil_in(v, n, GROUP_WHOM_ONE_CALLS)))
        n++;
    return n < v->words.count && may_be_byname(v, n) ? n : 0;
}

/* Token `i` is heter, of somebody. */
static void
beside_own_name(struct efti_veil *v, size_t i)
{
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

    for (size_t k = i + 2; k < i + 8 && k + 2 < v->words.count &&
                           (v->segments->tokens.items[k].flags & starts) == 0;
         k++) {
        size_t n = said_instead(v, k);
        if (n != 0) {
            mark_byname(v, n);
            break;
        }
    }
    for (size_t k = i; k > 0 && i - k < 9; k--) {
        size_t n = said_instead(v, k - 1);
        if (n != 0 && efti_veil_follows(v, n + 2) &&
            efti_veil_in(v, n + 1, GROUP_CALLED_TO) &&
            efti_veil_in(v, n + 2, GROUP_TO_SOMEBODY)) {
            mark_byname(v, n); /* alla säger bumpen till honom fast han heter */
            break;
        }
        if ((v->segments->tokens.items[k - 1].flags & starts) != 0)
            break;
    }
}

/* Token `i` is heter, kallas or the like. */
static void
behind_called(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (efti_veil_in(v, i, GROUP_HAS_NAME)) { /* heter; not "vad jag heter utan att" */
        if (!is_told_of_somebody(v, i) || (i > 1 && efti_veil_follows(v, i - 1) &&
                                           efti_veil_in(v, i - 2, GROUP_ASKS_NAME)))
            return;
        if (n < v->words.count && (v->words.items[n].bits & VEIL_CAPITAL) == 0 &&
            may_be_byname(v, n))
            mark_byname(v, n);
        beside_own_name(v, i);
        return;
    }
    if (!efti_veil_in(v, i, GROUP_IS_CALLED_SO))
        return;
    if (efti_veil_follows(v, n) && efti_veil_is_word(v, n, "för"))
        n++;
    if (n >= v->words.count || !may_be_byname(v, n) || !is_told_of_somebody_far(v, i))
        return;
    const struct veil_word *w = &v->words.items[n];
    if ((w->bits & VEIL_CAPITAL) != 0 ||
        ((w->bits & VEIL_ROLE) == 0 && efti_veil_ends_in(w->form, ENDS_PET_NAMES, 2)))
        mark_byname(v, n);
}

void
efti_name_nicknames(struct efti_veil *v)
{
    const struct veil_word *words = v->words.items;

    for (size_t h = 0; h < v->terms.count && !v->no_memory; h++) {
        size_t i = v->terms.items[h];

        if (efti_veil_is(v, i, VEIL_CLASS_CALLED))
            behind_called(v, i);
        else if ((words[i].bits & (VEIL_ROLE | VEIL_CAPITAL | VEIL_UPPER)) ==
                     (VEIL_ROLE | VEIL_CAPITAL) &&
                 efti_veil_is_mid(v, i) && efti_veil_is_nicknamed(v, i))
            mark_byname(v, i); /* som alla kallar Morsan */
    }
}

/* ------------------------------------------------- beside a name in small letters */

/* "kalle, bettan och stora affe": two names before it, and how one is told from
 * others. */
static void
little_in_row(struct efti_veil *v, size_t i)
{
    size_t little = i + 1, n = i + 2;

    if (efti_veil_is(v, little, VEIL_CLASS_AND) && efti_veil_follows(v, little))
        little++, n++;
    else if (little >= v->words.count || v->words.items[little].glue != VEIL_GLUE_COMMA)
        return;
    if (n >= v->words.count || !efti_veil_in(v, little, GROUP_SMALL_LITTLE_NAMES) ||
        !efti_veil_follows(v, n) || v->words.items[n].form == NULL ||
        v->words.items[n].form->kind != EFTI_WORD || name_stays(&v->words.items[n]) ||
        (v->words.items[n].form->lists & EFTI_LIST_FUNCTION) != 0 ||
        !(efti_small_is_bare(v, n) || efti_veil_is(v, n + 1, VEIL_CLASS_IN)))
        return;
    if ((v->words.items[little].state & VEIL_STATE_NAME) == 0)
        efti_veil_mark(v, little, VEIL_RULE_NAME_AND, EFTI_PERSON);
    if ((v->words.items[n].state & VEIL_STATE_NAME) == 0)
        efti_veil_mark(v, n, VEIL_RULE_NAME_AND, EFTI_PERSON);
}

/* "musen från östberga": a word that has the shape of a settlement and is no other. */
static void
from_small_place(struct efti_veil *v, size_t i)
{
    size_t n = i + 2;
    const struct veil_word *w = n < v->words.count ? &v->words.items[n] : NULL;

    if (w != NULL && efti_veil_is_word(v, i + 1, "från") && efti_veil_follows(v, i + 1) &&
        efti_veil_follows(v, n) && w->form != NULL &&
        w->form->shape == EFTI_SHAPE_SETTLEMENT &&
        (w->bits & (VEIL_CAPITAL | VEIL_WORD | VEIL_ROLE | VEIL_HEAD)) == 0 &&
        (w->state & VEIL_STATE_NAME) == 0 && !name_stays(w))
        efti_veil_mark(v, n, VEIL_RULE_PLACE_SHAPE, EFTI_PLACE);
}

void
efti_name_beside_small(struct efti_veil *v)
{
    for (size_t h = 0; h < v->named.count && !v->no_memory; h++) {
        size_t i = v->named.items[h];
        const struct veil_word *w = &v->words.items[i];

        if ((w->bits & VEIL_CAPITAL) != 0 || w->category != EFTI_PERSON ||
            (w->bits & VEIL_GENITIVE) != 0)
            continue;
        if (i > 0 && (is_name(v, i - 1) || (w[-1].bits & VEIL_ROLE) != 0))
            little_in_row(v, i);
        from_small_place(v, i);
    }
}
