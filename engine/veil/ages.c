/*
 * ages.c - how old somebody is (the model is told in dates.c): what every age has
 *
 *   a number that may be one           0-119, in figures or words, with its half
 *   where it ends what is said         else a noun follows, and that is counted
 *   somebody                           a role, a name, or another word for a person
 *
 * And the order in which the other files look for ages. It runs after the names, because
 * "Rahel, 15:" and "Jasmin (13)" lean on them.
 */
#include "veil/ages.h"
#include "veil/small.h"

/* 4,5: half years are told only where "år" follows. */
static bool
is_half_form(const struct efti_form *f)
{
    size_t n = f->folded_size;

    return n >= 3 && n <= 4 && (f->folded[n - 2] == ',' || f->folded[n - 2] == '.') &&
           f->folded[0] >= '0' && f->folded[0] <= '9' && f->folded[n - 1] == '5';
}

bool
efti_age_is_half(const struct efti_veil *v, size_t i)
{
    return is_half_form(age_word(v, i)->form);
}

bool
efti_veil_may_be_age(const struct efti_form *f)
{
    uint32_t n = 0;

    if (efti_veil_class(f->veil) == VEIL_CLASS_NUMBER || is_half_form(f))
        return true;
    if (f->folded_size > 3 || f->folded_size == 0)
        return false;
    for (uint32_t k = 0; k < f->folded_size; k++) {
        if (f->folded[k] < '0' || f->folded[k] > '9')
            return false;
        n = n * 10 + (uint32_t)(f->folded[k] - '0');
    }
    return n < 120;
}

bool
efti_age_is_band(const struct efti_veil *v, size_t i)
{
    const char *at = v->text.bytes + v->segments->tokens.items[i].end;

    if (!efti_age_possible(v, i + 1) || age_word(v, i + 1)->glue != VEIL_GLUE_MARK)
        return false;
    return *at == '-' || /* U+2010 to U+2015 */
           (memcmp(at, "\xE2\x80", 2) == 0 && (unsigned char)at[2] >= 0x90 &&
            (unsigned char)at[2] <= 0x95);
}

bool
efti_age_is_state(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? age_word(v, i)->form : NULL;

    return f != NULL && (age_word(v, i)->bits & VEIL_CAPITAL) == 0 &&
           efti_veil_in(v, i, GROUP_STATES);
}

/* Does what is said about the number end before token `i`? A noun there would be what is
 * counted. */
bool
efti_age_ends_before(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f;

    if (i >= v->words.count || age_word(v, i)->glue != VEIL_GLUE_SPACE)
        return true;
    f = age_word(v, i)->form;
    if (f == NULL || efti_veil_in(v, i, GROUP_COUNTED))
        return false;
    switch (efti_veil_class(age_word(v, i)->bits)) {
    case VEIL_CLASS_AND:
    case VEIL_CLASS_IN:
    case VEIL_CLASS_DEN:
    case VEIL_CLASS_DAY:
    case VEIL_CLASS_BE:
    case VEIL_CLASS_HAVE:
    case VEIL_CLASS_PRONOUN: return true;
    default:
        return (f->lists & EFTI_LIST_FUNCTION) != 0 || efti_age_is_state(v, i) ||
               (v->casing == VEIL_CASING_LOW && /* som e 99 klappa mej */
                ((age_word(v, i)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
                 efti_small_is_said_past(v, i)));
    }
}

/* "och ett halvt", "å en halv": tokens `i` to i + 2. */
bool
efti_age_and_a_half(const struct efti_veil *v, size_t i)
{
    return efti_veil_is(v, i, VEIL_CLASS_AND) &&
           efti_veil_in(v, i + 1, GROUP_ONE_WITH_HALF) &&
           efti_veil_in(v, i + 2, GROUP_HALF);
}

/* 4 1/2: a half in figures. */
bool
efti_age_has_fraction(const struct efti_veil *v, size_t i)
{
    size_t end = v->segments->tokens.items[i].end;

    return v->text.size - end >= 4 && memcmp(v->text.bytes + end, " 1/2", 4) == 0 &&
           !efti_veil_is_alnum(efti_veil_byte(v, end + 4));
}

void
efti_age_propose(struct efti_veil *v, size_t i, uint16_t rule, uint32_t evidence)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t last = i, end;

    v->words.items[i].state |= VEIL_STATE_AGE;
    v->any_age = true;

    if (efti_veil_follows(v, i + 3) && efti_age_and_a_half(v, i + 1))
        last = i + 3;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i, VEIL_CLASS_NUMBER) &&
             efti_veil_is(v, i + 1, VEIL_CLASS_NUMBER))
        last = i + 1; /* femtio ett */
    end = v->segments->tokens.items[last].end;
    size_t half = end + (efti_veil_byte(v, end) == ' ');
    if (half + 1 < v->text.size && memcmp(v->text.bytes + half, "\xC2\xBD", 2) == 0)
        end = half + 2; /* 5½, 16 ½ */
    else if (efti_age_has_fraction(v, last))
        end += 4; /* 4 1/2 */
    efti_veil_propose(v, t->start, end, rule, evidence);
}

void
efti_age_propose_list(struct efti_veil *v, size_t first, size_t last, uint16_t rule,
                      uint32_t evidence)
{
    for (size_t i = first; i <= last; i++)
        if (efti_age_possible(v, i) && (!age_is_ett(v, i) || first < last))
            efti_age_propose(v, i, rule, evidence);
}

bool
efti_age_is_person_noun(const struct efti_form *f)
{
    return efti_veil_form_in(f, GROUP_PERSON_NOUNS) ||
           efti_veil_ends_in(f, ENDS_PERSONS, 2);
}

bool
efti_age_is_person(const struct efti_veil *v, size_t i)
{
    return i < v->words.count &&
           ((age_word(v, i)->bits & VEIL_ROLE) != 0 ||
            ((age_word(v, i)->state & VEIL_STATE_NAME) != 0 &&
             age_word(v, i)->category == EFTI_PERSON) ||
            efti_veil_ask(v, i, VEIL_ASK_PERSON, efti_age_is_person_noun));
}

/* ------------------------------------------------------------------- the order */

/* Is a number that may be an age at most AGE_REACH tokens from token `i`? `*next` goes
 * along with the text. */
#define AGE_REACH 8
static bool
number_near(const struct efti_veil *v, size_t i, size_t *next)
{
    while (*next < v->numbers.count && v->numbers.items[*next] + AGE_REACH < i)
        ++*next;
    return *next < v->numbers.count && v->numbers.items[*next] <= i + AGE_REACH;
}

void
efti_veil_ages(struct efti_veil *v)
{
    size_t near = 0;

    for (size_t h = 0; h < v->terms.count; h++) {
        size_t i = v->terms.items[h];

        if (!number_near(v, i, &near)) {
            if (efti_veil_is(v, i, VEIL_CLASS_YEARLING)) /* has its number in it */
                efti_age_yearling(v, i);
            continue;
        }
        switch (efti_veil_class(age_word(v, i)->bits)) {
        case VEIL_CLASS_YEAR: efti_age_years(v, i); break;
        case VEIL_CLASS_OLD:
            efti_age_months_old(v, i);
            efti_age_stated(v, i);
            efti_age_yearling_apart(v, i);
            break;
        case VEIL_CLASS_YEARLING: efti_age_yearling(v, i); break;
        case VEIL_CLASS_TURNS: efti_age_turns(v, i); break;
        case VEIL_CLASS_BE: efti_age_is_so_old(v, i); break;
        case VEIL_CLASS_HAVE: efti_age_has_years(v, i); break;
        default: break;
        }
        efti_age_apart(v, i);
        if ((age_word(v, i)->bits & VEIL_ROLE) != 0) {
            efti_age_beside_name(v, i);
            efti_age_person_on(v, i);
            efti_age_person_and_number(v, i);
        }
    }
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];
        const struct veil_word *w = age_word(v, i);

        if (w->form == NULL)
            continue;
        if (w->form->kind != EFTI_NUMBER) {
            efti_age_glued(v, i);
            continue;
        }
        if ((w->cues & VEIL_CUE_AGE) != 0) {
            efti_age_number_beside(v, i);
            efti_age_number(v, i);
        }
        efti_age_year_noun(v, i);
        efti_age_born(v, i);
    }
    for (size_t h = 0; h < v->named.count && v->numbers.count > 0; h++)
        if ((age_word(v, v->named.items[h])->bits & VEIL_ROLE) == 0)
            efti_age_beside_name(v, v->named.items[h]);
    for (size_t h = 0, before = v->words.count; h < v->numbers.count; h++) {
        const size_t i = v->numbers.items[h];

        efti_age_alone(v, i);
        if (EFTI_UNLIKELY(i == before + 1)) /* sjuttiotre elva: of somebody, perhaps */
            efti_veil_spoken_behind(v, i);
        before = i;
    }
}
