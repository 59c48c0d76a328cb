/*
 * ages_verbs.c - ages that somebody turns, is or has: fyller 12, hon är 15 och
 *
 *   nu är hon bara 7, fast hon är 16      a subject on either side, adverbs between
 *   barnen är 2, 5 och 9 år               several, with a number for each
 *   när hon fyllde 12 flyttade pappan     what is done then goes on behind the number
 *   fyller 90 till jul                    when it will be
 *   min lilla är två                      a child, by how it is
 *   har 61 år                             said by those who speak other languages at home
 *
 * "de är 12 barn" counts children, and "den som fyller 20" is anybody: both stay.
 */
#include "veil/ages.h"

size_t
efti_age_skip_adverbs(const struct efti_veil *v, size_t i)
{
    for (int n = 0; n < 3 && efti_veil_follows(v, i); n++) {
        if (efti_veil_is_word(v, i, "inte") && efti_veil_follows(v, i + 1) &&
            efti_veil_is_word(v, i + 1, "ens"))
            i += 2;
        else if (efti_veil_is_word(v, i, "i") && efti_veil_follows(v, i + 1) &&
                 efti_veil_is_word(v, i + 1, "dag"))
            i += 2;
        else if (efti_veil_in(v, i, GROUP_ADVERBS_BEFORE_AGE))
            i++;
        else
            break;
    }
    return i;
}

bool
efti_age_is_months(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_MONTHS_WEEKS_DAYS) &&
           efti_age_ends_before(v, i + 1);
}

/* "när hon var 12 slutade hon": a word, and somebody who does it. */
static bool
goes_on_with_verb(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) &&
           (efti_veil_is(v, i + 1, VEIL_CLASS_PRONOUN) ||
            (age_word(v, i + 1)->state & VEIL_STATE_NAME) != 0);
}

static bool
is_time_word(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_TIME_WORDS);
}

/* "när hon fyllde 12 flyttade pappan": what is done then */
bool
efti_age_is_past_verb(const struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_PAST_VERBS))
        return true;
    return efti_veil_follows(v, i) && age_word(v, i)->form != NULL &&
           (age_word(v, i)->bits & VEIL_CAPITAL) == 0 &&
           efti_veil_ends_in(age_word(v, i)->form, ENDS_PAST, 1);
}

/* "den som fyller 20", "när man har fyllt 65", "alla som är 18": whoever that may be. */
static bool
is_anybody(const struct efti_veil *v, size_t n)
{
    for (size_t i = n; i > 1 && n - i < 5 && efti_veil_follows(v, i);) {
        i--;
        if (efti_veil_is_word(v, i, "man") && !efti_veil_in(v, i - 1, GROUP_ONE_MAN))
            return true;
        if (efti_veil_follows(v, i) && efti_veil_is_word(v, i, "som") &&
            efti_veil_in(v, i - 1, GROUP_WHOEVER))
            return true;
    }
    return false;
}

/* "17 år, snart 18." when the age before it is one. */
static void
soon_older(struct efti_veil *v, size_t year)
{
    size_t n = year + 2;

    if (n < v->words.count && age_word(v, n)->glue == VEIL_GLUE_SPACE &&
        efti_veil_in(v, n - 1, GROUP_SOON_SET_OFF) &&
        age_word(v, n - 1)->glue != VEIL_GLUE_FAR && efti_age_possible(v, n) &&
        !age_is_ett(v, n) && efti_age_ends_before(v, n + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "fyllde Aina hundra": the verb of birthdays before token `n`, or before its subject. */
static bool
is_turned(const struct efti_veil *v, size_t n)
{
    return efti_veil_follows(v, n) && (efti_veil_is(v, n - 1, VEIL_CLASS_TURNS) ||
                                       (n > 1 && efti_veil_follows(v, n - 1) &&
                                        efti_veil_is(v, n - 2, VEIL_CLASS_TURNS)));
}

/* The number at `n` after a verb; also the second in "sex och nio". */
static void
number_after_verb(struct efti_veil *v, size_t n, bool many)
{
    bool both, year;

    if (!efti_veil_follows(v, n) || !efti_age_possible(v, n) || is_anybody(v, n) ||
        efti_age_is_band(v, n))
        return;
    size_t last = n;
    for (size_t k = n; k < n + 6 && k + 1 < v->words.count; k++) { /* 2, 5 och 9 år */
        if (age_word(v, k + 1)->glue == VEIL_GLUE_COMMA && efti_age_possible(v, k + 1))
            last = k + 1;
        else if (efti_veil_follows(v, k + 1) && efti_veil_is(v, k + 1, VEIL_CLASS_AND) &&
                 efti_veil_follows(v, k + 2) && efti_age_possible(v, k + 2))
            last = ++k + 1;
        else
            break;
    }
    if (last > n + 1 && (age_is_year(v, last + 1) ||
                         (many && last > n + 2 && efti_age_ends_before(v, last + 1)))) {
        efti_age_propose_list(v, n, last, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return;
    }
    if (efti_veil_follows(v, n + 3) && efti_age_and_a_half(v, n + 1)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return;
    }
    size_t next = n + 1;
    if (efti_veil_is(v, n, VEIL_CLASS_NUMBER) &&
        efti_veil_is(v, next, VEIL_CLASS_NUMBER) && age_is_year(v, next + 1))
        next++; /* femtio ett år */
    year = age_is_year(v, next) || efti_age_is_months(v, next);
    if (!year && efti_veil_in(v, n, GROUP_HUNDRED) && !is_turned(v, n))
        return; /* jag är 100 på det */
    both = efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
           efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
           efti_age_ends_before(v, n + 3);
    /* från att jag var 10 till att jag var 15 */
    bool until = efti_veil_follows(v, n + 2) && efti_veil_in(v, n + 1, GROUP_UNTIL) &&
                 efti_veil_is_word(v, n + 2, "att");
    if (year ? efti_veil_in(v, n + 2, GROUP_LATER_THAN)
             : !(efti_age_ends_before(v, n + 1) || until || goes_on_with_verb(v, n + 1) ||
                 is_time_word(v, n + 1) || efti_age_is_past_verb(v, n + 1)) ||
                   age_is_ett(v, n))
        return;
    if (many && !both && !year)
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    soon_older(v, year ? n + 1 : n);
    if (year)
        efti_age_and_months(v, next);
    if (both && !age_is_ett(v, n + 2))
        efti_age_propose(v, n + 2, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* Who stands before the verb: 0 nobody, 1 one person, 2 several. */
static int
age_who(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count)
        return 0;
    if (efti_veil_in(v, i, GROUP_SEVERAL_TOLD))
        return 2;
    if (efti_veil_is(v, i, VEIL_CLASS_PRONOUN) || efti_veil_is(v, i, VEIL_CLASS_WHO) ||
        efti_age_is_person(v, i) ||
        (i > 0 && efti_veil_in(v, i, GROUP_LITTLE_ONES) && efti_veil_follows(v, i) &&
         efti_veil_in(v, i - 1, GROUP_WHOSE))) /* min lilla */
        return 1;
    return 0;
}

/* Is there a number where an age could stand, behind a pronoun and three adverbs? */
static bool
number_ahead(const struct efti_veil *v, size_t i)
{
    for (size_t k = i + 1; k <= i + 5 && efti_veil_follows(v, k); k++)
        if ((age_word(v, k)->cues & VEIL_CUE_AGE) != 0 &&
            ((age_word(v, k)->bits & VEIL_DIGITS) != 0 ||
             efti_veil_is(v, k, VEIL_CLASS_NUMBER)) &&
            efti_age_possible(v, k))
            return true;
    return false;
}

/* Does the name right before token `i` begin with a head of a workplace's name? "Anna på
 * Lotsen fyller" is Anna. */
static bool
is_house_before(const struct efti_veil *v, size_t i)
{
    bool head = false;

    if (i > 0 && (age_word(v, i - 1)->state & VEIL_STATE_TAG) != 0) /* [ORG_1] fyller */
        return efti_veil_byte(v, v->segments->tokens.items[i - 1].start + 1) == 'O';
    for (size_t k = i; k > 0 && i - k < 5 && efti_veil_follows(v, k); k--) {
        const struct veil_word *w = age_word(v, k - 1);

        if ((w->bits & VEIL_CAPITAL) == 0)
            return head && !efti_veil_is(v, k - 1, VEIL_CLASS_IN);
        head = (w->bits & VEIL_HEAD) != 0;
        if (k == 1)
            return head;
        if (!efti_veil_follows(v, k - 1))
            return head;
    }
    return false;
}

/* Token `i` is fyller: fyller 14, fyller hon 14 */
void
efti_age_turns(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (i > 0 && efti_veil_follows(v, i) &&
        (efti_veil_in(v, i - 1, GROUP_JUBILEES) ||
         (efti_veil_is_word(v, i, "fyllda") &&
          efti_veil_in(v, i - 1, GROUP_BEFORE_OR_AFTER_FILLED))))
        return; /* efter fyllda 18 år: the law says so of everybody */
    if (is_house_before(v, i))
        return; /* Träffpunkt Gamla Posten fyller tio */
    if (efti_veil_follows(v, n) && age_who(v, n) != 0 && efti_veil_follows(v, n + 1))
        n++;
    n = efti_age_skip_adverbs(v, n);
    if (efti_veil_follows(v, n) && efti_age_possible(v, n) && !is_anybody(v, n) &&
        efti_veil_follows(v, n + 2) && efti_veil_is_word(v, n + 1, "till") &&
        !efti_age_possible(v, n + 2))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME); /* 90 till jul */
    else
        number_after_verb(v, n, false);
}

/* "när ja va sju flytta vi": what goes on behind is a clause, unless it is counted. */
static bool
when_somebody_was(const struct efti_veil *v, size_t i, size_t n)
{
    return i > 1 && n == i + 1 && efti_veil_follows(v, i) &&
           efti_veil_follows(v, i - 1) && efti_veil_in(v, i - 1, GROUP_ONE_PERSON) &&
           efti_veil_in(v, i - 2, GROUP_WHEN_WORDS) && efti_veil_follows(v, n) &&
           efti_age_possible(v, n) && !age_is_ett(v, n) && efti_veil_follows(v, n + 1) &&
           !efti_veil_in(v, n + 1, GROUP_UNITS_WHEN) && !age_is_year(v, n + 1) &&
           !efti_veil_is(v, n + 1, VEIL_CLASS_AND);
}

void
efti_age_is_so_old(struct efti_veil *v, size_t i)
{
    if (!number_ahead(v, i)) /* "är" and "var" are common, ages are not */
        return;
    int subject = i > 0 && age_word(v, i)->glue != VEIL_GLUE_FAR ? age_who(v, i - 1) : 0;
    size_t n = i + 1, before = i;

    /* fast hon bara är 16; som redan är 15 */
    while (subject == 0 && before > 1 && i - before < 2 && efti_veil_follows(v, before) &&
           efti_age_skip_adverbs(v, before - 1) > before - 1 &&
           efti_veil_follows(v, before - 1)) {
        before--;
        subject = age_who(v, before - 1);
    }
    if (subject == 0 && i > 0 && efti_veil_follows(v, i) &&
        (efti_veil_in(v, i - 1, GROUP_CLAIMED) ||
         (efti_veil_in(v, i - 1, GROUP_TO_BE_THAT_OLD) &&
          efti_veil_in(v, i, GROUP_TO_BE_THAT_OLD) && efti_age_ends_before(v, n + 1))))
        subject = 1; /* uppger sig vara 17; att vara 15 och ensam */
    if (subject == 0 && efti_veil_follows(v, n) &&
        !efti_veil_is_word(v, n, "man") && /* är man 20 eller 60 */
        (subject = age_who(v, n)) != 0)
        n++; /* nu är hon 7 */
    if (subject == 0 && i > 1 &&
        efti_veil_in(v, i - 1, GROUP_HAS_COME_TO)) /* har hunnit bli */
        subject = age_who(v, i - 2) == 1 || (i > 2 && age_who(v, i - 3) == 1);
    /* "jag heter Mbali och är sexton": one who was named before "och" */
    if (subject == 0 && i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
        (age_word(v, i - 2)->state & VEIL_STATE_NAME) != 0)
        subject = 1;
    if (subject == 1 && when_somebody_was(v, i, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (subject != 0)
        number_after_verb(v, efti_age_skip_adverbs(v, n), subject == 2);
}

/* "Abdulkadir har 61 år och": said by those who speak other languages at home. */
void
efti_age_has_years(struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i + 1) || !efti_age_possible(v, i + 1) ||
        !age_is_year(v, i + 2) || age_who(v, i - 1) != 1)
        return;
    if (!efti_veil_follows(v, i + 3) || efti_veil_is(v, i + 3, VEIL_CLASS_AND))
        efti_age_propose(v, i + 1, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}
