/*
 * yearlings.c - how old somebody is, in one word: treåring, 14-årig, åttioårsdag, 05:a
 */
#include "veil/ages.h"

/* -årig, -åriga, -årigt; the noun is -åring. */
static bool
is_adjective(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_YEARLONG, 1);
}

/* svetsare, kassörska, pianist, kvinna: what a person is. */
static bool
is_agent(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_AGENTS, 1);
}

/* "Överenskommelsen är tvåårig": what it is said of stands right before, and
 * is nobody. */
static bool
is_said_of_thing(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_BE) &&
           efti_veil_follows(v, i - 1) && (age_word(v, i - 2)->bits & VEIL_ROLE) == 0 &&
           efti_veil_ends_in(age_word(v, i - 2)->form, ENDS_THINGS, 3);
}

/* "Femåringarna sorterar skräp", "ett fritids för sjuåringar": all of an age are nobody.
 * "Mina treåringar", "de två femåringarna" and those that a name stands beside are. */
static bool
is_said_of_all(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_ends_in(age_word(v, i)->form, ENDS_YEARLINGS, 1))
        return false;
    if (i == 0 || !efti_veil_follows(v, i))
        return true;
    return !efti_veil_in(v, i - 1, GROUP_WHOSE_YEARLINGS) &&
           (efti_veil_is(v, i - 1, VEIL_CLASS_NUMBER) || /* elva, alla: also names */
            efti_veil_is_word(v, i - 1, "alla") ||
            (age_word(v, i - 1)->bits & (VEIL_NAME | VEIL_GENITIVE | VEIL_ROLE)) == 0);
}

/* treåring, 14-årig pojke, 70-årsdagen; laws and agreements last for years too. */
void
efti_age_yearling(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = age_word(v, i)->form;
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t n = 0;

    while (n < f->folded_size && f->folded[n] >= '0' && f->folded[n] <= '9')
        n++;
    if (n == 0)
        n = efti_veil_number_word(f->folded, f->folded_size);
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_YEARLY_THINGS))
        return;
    if (is_said_of_all(v, i))
        return;
    /* "tioårig grundskola" and laws have many nouns; "14-årig pojke" few */
    if (is_adjective(f) && efti_veil_follows(v, i + 1) && !efti_age_is_person(v, i + 1) &&
        !is_agent(age_word(v, i + 1)->form) && age_word(v, i + 1)->form != NULL &&
        (age_word(v, i + 1)->form->lists & EFTI_LIST_FUNCTION) == 0 &&
        (age_word(v, i + 1)->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD)
        return;
    if (is_adjective(f) && is_said_of_thing(v, i))
        return;
    /* 7- och 9-åringen */
    if (i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) && efti_age_possible(v, i - 2) &&
        (t[-2].flags & EFTI_TOKEN_SUSPENDED) != 0)
        efti_age_propose(v, i - 2, VEIL_RULE_AGE_YEARLING, EFTI_EVIDENCE_SHAPE);
    /* a form of other bytes than its folded one is taken whole */
    efti_veil_propose(v, t->start, f->raw_size == f->folded_size ? t->start + n : t->end,
                      VEIL_RULE_AGE_YEARLING, EFTI_EVIDENCE_SHAPE);
}

/* "14 årig", "14 åring": written apart. */
void
efti_age_yearling_apart(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = age_word(v, i)->form;

    if (i > 0 && efti_veil_follows(v, i) && f->folded_size >= 5 &&
        memcmp(f->folded, "åri", 4) == 0 && efti_age_possible(v, i - 1))
        efti_age_propose(v, i - 1, VEIL_RULE_AGE_YEARLING, EFTI_EVIDENCE_SHAPE);
}

/* "han är 98:a", "jag är en 98:a" */
static bool
is_slang_of_somebody(const struct efti_veil *v, size_t i)
{
    size_t be = i - 1;

    if (i < 2 || !efti_veil_follows(v, i))
        return false;
    if (efti_veil_is_word(v, be, "en") && efti_veil_follows(v, be))
        be--;
    return be > 0 && efti_veil_follows(v, be) && efti_veil_is(v, be, VEIL_CLASS_BE) &&
           (efti_veil_in(v, be - 1, GROUP_ONE_PERSON) || efti_age_is_person(v, be - 1));
}

/* 05:a, 98:orna: born that year. From 40 on also a bus, a size, a speed. */
void
efti_age_year_noun(struct efti_veil *v, size_t i)
{
    static const char *const endings[] = {":a", ":an", ":or", ":orna"};
    const struct efti_form *f = age_word(v, i)->form;
    const size_t start = v->segments->tokens.items[i].start, digits = 2;
    bool ends = false;

    if (f->folded_size <= digits || f->folded[digits] != ':')
        return;
    for (size_t k = 0; k < EFTI_COUNT(endings); k++)
        ends = ends || efti_equal(f->folded + digits, f->folded_size - digits, endings[k],
                                  strlen(endings[k]));
    if (!ends ||
        (f->folded[0] != '0' && (f->folded[0] < '4' || !is_slang_of_somebody(v, i))))
        return;
    efti_veil_propose(v, start, start + digits, VEIL_RULE_AGE_YEARLING,
                      EFTI_EVIDENCE_SHAPE);
}
