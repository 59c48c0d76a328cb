/*
 * ages_alone.c - ages that nothing beside them says whose they are
 *
 *   Då kom resten. Femton år.             a sentence of its own, somebody before it
 *   62 år och ingen hade frågat           a start, and a number that years of waiting
 *                                         seldom have; 79 år själv
 *   15 bast, 91 gammal, 40 årskalas       words that only ages have
 *   tjugosex, eller nej tjugosju          put right
 *   fem och tre kvart                     children count quarters
 *   Hur gammal? Åtta.                     answered
 *   Siv på avdelningen, 102, skrattade    whose it is, and where
 *   sekreterare i föreningen och 81       what somebody is
 *
 * Durations, prices and norms stay: what is said before a number alone may speak of time
 * (straffet, hur länge), and a number that is counted goes on with what is counted.
 */
#include "veil/ages.h"

static const uint32_t alone_starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

/* Does token `i` begin a sentence, a line, or what stands between marks? */
static bool
begins_alone(const struct efti_veil *v, size_t i)
{
    return i == 0 || age_word(v, i)->glue != VEIL_GLUE_SPACE ||
           (v->segments->tokens.items[i].flags & alone_starts) != 0;
}

/* Is nothing said behind token `i - 1` in its clause? */
static bool
ends_alone(const struct efti_veil *v, size_t i)
{
    return i >= v->words.count || age_word(v, i)->glue != VEIL_GLUE_SPACE ||
           (v->segments->tokens.items[i].flags & alone_starts) != 0;
}

/* 13 and up: years of waiting, agreements and sentences are mostly fewer. */
static bool
is_many_years(const struct efti_veil *v, size_t n)
{
    const struct efti_form *f = age_word(v, n)->form;

    if (efti_veil_in(v, n, GROUP_HUNDRED))
        return false;
    if ((age_word(v, n)->bits & VEIL_DIGITS) != 0)
        return f->kind == EFTI_NUMBER && efti_veil_number(f->folded, f->folded_size) > 12;
    return f->code_points > 5; /* tretton and up */
}

/* fängelse, avtal, väntat: time goes by in these. */
static bool
is_duration_word(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_DURATION_WORDS) ||
           (efti_veil_in(v, i, GROUP_DURING_YEARS) &&
            (age_word(v, i + 1)->cues & VEIL_CUE_AGE) != 0);
}

/* What is said before token `n`: somebody in the sentence before, and no time that goes
 * by. */
static void
said_before(const struct efti_veil *v, size_t n, bool *somebody, bool *duration)
{
    *somebody = *duration = false;
    for (size_t i = n; i > 0 && n - i < 10;) {
        i--;
        *duration = *duration || is_duration_word(v, i);
        *somebody = *somebody || efti_veil_is(v, i, VEIL_CLASS_PRONOUN) ||
                    efti_age_is_person(v, i);
        if ((v->segments->tokens.items[i].flags & alone_starts) != 0)
            break;
    }
}

/* "62 år själv", "79 år nu", "84 år på fredag" */
static bool
is_said_now(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && (efti_veil_in(v, i, GROUP_SAID_NOW) ||
                                       (efti_veil_is(v, i, VEIL_CLASS_IN) &&
                                        efti_veil_is(v, i + 1, VEIL_CLASS_DAY)));
}

/* "Femton år." "62 år och ingen hade frågat"; `n` is the number. */
static void
years_alone(struct efti_veil *v, size_t n)
{
    size_t after = n + 2;
    bool somebody, duration, ends = ends_alone(v, after);
    bool goes_on = !ends && efti_veil_is(v, after, VEIL_CLASS_AND);

    if (!begins_alone(v, n) || age_is_ett(v, n) ||
        (age_word(v, n)->glue == VEIL_GLUE_MARK &&
         (v->segments->tokens.items[n - 1].kind == EFTI_NUMBER ||
          efti_veil_byte(v, v->segments->tokens.items[n - 1].end) == ':')))
        return;
    /* sju år och två mån. */
    bool further = goes_on && efti_age_possible(v, after + 1) &&
                   efti_veil_in(v, after + 2, GROUP_MONTHS_ALONE) &&
                   ends_alone(v, after + 3);
    if (!ends && !goes_on && !is_said_now(v, after))
        return;
    if (!further && goes_on && (!is_many_years(v, n) || efti_age_possible(v, after + 1)))
        return;
    said_before(v, n, &somebody, &duration);
    bool cried = efti_veil_byte(v, v->segments->tokens.items[n + 1].end) == '!';
    if (duration || !(somebody || cried || (is_many_years(v, n) && !further)))
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    if (further)
        efti_age_propose(v, after + 1, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* 15 bast, 91 gammal, 40 årskalas, 50 års kris: only ages are measured so. */
static bool
measures_age(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) &&
           (efti_veil_in(v, i, GROUP_AGE_UNITS) ||
            (efti_veil_is_word(v, i, "års") && efti_veil_follows(v, i + 1) &&
             efti_veil_in(v, i + 1, GROUP_FEASTS)) ||
            efti_veil_begins_with(age_word(v, i)->form, BEGINS_YEARLY_FEASTS, 0));
}

/* "fem och tre kvart": `n` is the number; a clock says kvart i and kvart över. */
static bool
and_three_quarters(struct efti_veil *v, size_t n)
{
    size_t last = n + 2;

    if (!efti_veil_follows(v, last) || !efti_veil_is(v, n + 1, VEIL_CLASS_AND) ||
        (n > 0 && efti_veil_is(v, n - 1, VEIL_CLASS_DAY)))
        return false;
    if (efti_veil_in(v, last, GROUP_THREE_OF_QUARTERS) &&
        efti_veil_follows(v, last + 1) &&
        efti_veil_in(v, last + 1, GROUP_QUARTERS_OF_YEAR))
        last++;
    else if (!efti_veil_in(v, last, GROUP_THREE_QUARTERS))
        return false;
    if (efti_veil_follows(v, last + 1) && efti_veil_in(v, last + 1, GROUP_TIME_OF_DAY))
        return false;
    efti_veil_propose(v, v->segments->tokens.items[n].start,
                      v->segments->tokens.items[last].end, VEIL_RULE_AGE_IS,
                      EFTI_EVIDENCE_FRAME);
    return true;
}

/* Does what stands right before `n` put an age right that was told in this sentence:
 * "tjugosex, eller nej tjugosju", "18 bast men jag tror 15"? */
static bool
puts_right(const struct efti_veil *v, size_t n)
{
    if (n == 0 || !v->any_age || age_word(v, n)->glue == VEIL_GLUE_FAR ||
        !efti_veil_in(v, n - 1, GROUP_CORRECTING))
        return false;
    for (size_t i = n; i > 0 && n - i < 9;) {
        if (age_word(v, i)->glue == VEIL_GLUE_FAR ||
            (v->segments->tokens.items[i].flags & alone_starts) != 0)
            return false;
        if ((age_word(v, --i)->state & VEIL_STATE_AGE) != 0)
            return true;
    }
    return false;
}

/* "Hur gammal är du? 37.": is an age asked for before a number alone? */
static bool
is_answer(const struct efti_veil *v, size_t n)
{
    if (n == 0 || (v->classes & VEIL_CLASS_BIT(OLD)) == 0 || !begins_alone(v, n) ||
        !ends_alone(v, n + 1))
        return false;
    for (size_t i = n; i > 0 && n - i < 7;) {
        i--;
        if (efti_veil_in(v, i, GROUP_ASKED_AGE))
            return !efti_veil_is(v, i, VEIL_CLASS_OLD) ||
                   efti_veil_byte(v, v->segments->tokens.items[i].end) == '?' ||
                   (i > 0 && efti_veil_is_word(v, i - 1, "hur"));
    }
    return false;
}

/* "Siv på avdelningen, 102, skrattade": who it is and where stand before the comma. */
static bool
somebody_somewhere(const struct efti_veil *v, size_t n)
{
    size_t i = n - 1;

    if (n < 3 || age_word(v, n)->glue != VEIL_GLUE_COMMA || n + 1 >= v->words.count ||
        age_word(v, n + 1)->glue != VEIL_GLUE_COMMA || efti_age_possible(v, n + 1) ||
        (age_word(v, n)->bits & VEIL_DIGITS) == 0)
        return false;
    while (i > 0 && n - i < 6 && efti_veil_follows(v, i) &&
           (age_word(v, i)->bits & VEIL_DIGITS) == 0 && age_word(v, i)->form != NULL)
        i--;
    return i + 2 < n && efti_veil_is(v, i + 1, VEIL_CLASS_IN) && efti_age_is_person(v, i);
}

/* "Guled, 18 mån. Vi", "bebis Sagal, 3 v.": weeks of somebody small. */
static bool
weeks_beside(const struct efti_veil *v, size_t n)
{
    const struct veil_word *w = n > 0 ? age_word(v, n - 1) : NULL;

    return w != NULL && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
           ((w->state & VEIL_STATE_NAME) != 0
                ? w->category == EFTI_PERSON
                : efti_veil_ask(v, n - 1, VEIL_ASK_PERSON, efti_age_is_person_noun)) &&
           efti_veil_follows(v, n + 1) && efti_veil_in(v, n + 1, GROUP_SMALL_UNITS) &&
           (ends_alone(v, n + 2) || (age_word(v, n + 2)->bits & VEIL_CAPITAL) != 0);
}

/* "sekreterare i föreningen och 81.": what somebody is, and how old. */
static bool
is_so_and(const struct efti_veil *v, size_t n)
{
    if (n < 4 || !ends_alone(v, n + 1) || !efti_veil_follows(v, n) ||
        !efti_veil_is(v, n - 1, VEIL_CLASS_AND) || !is_many_years(v, n) ||
        (age_word(v, n - 2)->cues & VEIL_CUE_AGE) != 0)
        return false;
    for (size_t i = n - 1; i > 1 && n - i < 9 && efti_veil_follows(v, i); i--) {
        if ((age_word(v, i - 1)->bits & VEIL_DIGITS) != 0)
            return false;
        if (efti_veil_is(v, i - 1, VEIL_CLASS_BE))
            return (efti_veil_is(v, i - 2, VEIL_CLASS_PRONOUN) ||
                    efti_age_is_person(v, i - 2)) &&
                   efti_veil_follows(v, i - 1);
    }
    return false;
}

/* "jämngammal med mig, 52", "gammal nu, nittioett i juni": of age is spoken before. */
static bool
is_old_and(const struct efti_veil *v, size_t n)
{
    bool bracket = age_word(v, n)->glue == VEIL_GLUE_MARK && /* hon är yngst (3) */
                   efti_veil_byte(v, v->segments->tokens.items[n].end) == ')';

    if (n < 2 || (age_word(v, n)->glue != VEIL_GLUE_COMMA && !bracket) ||
        (age_word(v, n - 1)->cues & VEIL_CUE_AGE) != 0 || /* äldre sedlar på 5, 10 */
        (!ends_alone(v, n + 1) && !efti_veil_in(v, n + 1, GROUP_MAY_FOLLOW_AGE)))
        return false;
    for (size_t i = n; i > 0 && n - i < 6;) {
        i--;
        if (efti_veil_in(v, i, GROUP_OLDER_OR_YOUNGER))
            return true;
        if ((v->segments->tokens.items[i].flags & alone_starts) != 0 ||
            age_word(v, i)->glue == VEIL_GLUE_COMMA)
            return false;
    }
    return false;
}

void
efti_age_alone(struct efti_veil *v, size_t n)
{
    if (!efti_age_possible(v, n) || (age_word(v, n)->state & VEIL_STATE_AGE) != 0 ||
        and_three_quarters(v, n) || efti_age_loose(v, n))
        return;
    if (measures_age(v, n + 1) || weeks_beside(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (age_is_ett(v, n) ||
             (efti_age_may_be_said(v, n) && (efti_age_said(v, n) || efti_age_kin(v, n))))
        return;
    else if (efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_YEAR))
        years_alone(v, n);
    else if ((puts_right(v, n) &&
              (efti_age_ends_before(v, n + 1) || is_said_now(v, n + 1))) ||
             is_answer(v, n) || is_so_and(v, n) || is_old_and(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (somebody_somewhere(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}
