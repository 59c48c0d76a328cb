/*
 * ages_apart.c - ages without a verb, a name or "år" right beside them
 *
 *   38 fyllda, närmar sig nittio      a word of filling up on the other side
 *   79 år och lär sig släp            a start, and a verb whose subject is left out
 *   72 är hon, 72 år är hon           the subject behind
 *   åtta och ett halvt                a half of something neuter: of a year
 *   en bebis på tre månader           months of somebody
 *   ser ut som 30 men är 44           the subject stands before "men"
 *   Barn 1: 4 år                      labelled
 */
#include "veil/ages.h"

static const uint32_t apart_starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

/* A number above 12, of which there are fewer in running text: dozens, hours. */
static bool
is_grown_number(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? age_word(v, i)->form : NULL;

    if (f == NULL || !efti_age_possible(v, i))
        return false;
    if (f->kind == EFTI_NUMBER)
        return f->folded_size == 2 && efti_veil_number(f->folded, 2) > 12;
    return f->code_points > 5; /* tretton and up, all but a few */
}

/* 38 fyllda, 18 år fyllda; token `i` is "fyllda". */
static void
filled(struct efti_veil *v, size_t i)
{
    size_t n = i - 1;

    if (i == 0 || !efti_veil_follows(v, i) || !efti_veil_in(v, i, GROUP_FILLED))
        return;
    if (n > 0 && efti_veil_is(v, n, VEIL_CLASS_YEAR) && efti_veil_follows(v, n))
        n--;
    if (efti_age_possible(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* närmar sig nittio; token `i` is "närmar". */
static void
nears(struct efti_veil *v, size_t i)
{
    if (efti_veil_in(v, i, GROUP_NEARS) && efti_veil_follows(v, i + 2) &&
        efti_veil_in(v, i + 1, GROUP_ONESELF) && is_grown_number(v, i + 2) &&
        (age_is_year(v, i + 3) ? !efti_veil_in(v, i + 4, GROUP_AGO)
                               : efti_age_ends_before(v, i + 3)))
        efti_age_propose(v, i + 2, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* väntar, lär, cyklade: a present or past tense in small letters. */
static bool
is_apart_verb(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? age_word(v, i)->form : NULL;

    if (f == NULL || (age_word(v, i)->bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD)
        return false;
    if ((age_word(v, i)->bits & VEIL_AFTER_STRONG) != 0 ||
        efti_veil_in(v, i, GROUP_LEARNS))
        return true;
    return (f->lists & EFTI_LIST_FUNCTION) == 0 &&
           efti_veil_ends_in(f, ENDS_VERBS_APART, 0);
}

/* "Nitton år och redan trött", "84 år, ensam": behind "år" how one person is. */
static bool
is_somebody_so(const struct efti_veil *v, size_t i)
{
    size_t n = i;

    if (n >= v->words.count || (age_word(v, n)->glue != VEIL_GLUE_SPACE &&
                                age_word(v, n)->glue != VEIL_GLUE_COMMA))
        return false;
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA && efti_age_possible(v, n) &&
        efti_veil_follows(v, n + 1) && efti_veil_is_word(v, n + 1, "barn"))
        return true; /* 53 år, tre barn, frånskild */
    if (efti_veil_is(v, n, VEIL_CLASS_AND))
        n++;
    if (efti_veil_in(v, n, GROUP_ADVERBS_OF_STATE))
        n++;
    return efti_age_is_state(v, n);
}

/* "79 år och lär sig", "72 år är hon"; token `i` is "år". */
static void
years_at_start(struct efti_veil *v, size_t i)
{
    size_t n = i - 1;

    if (i == 0 || !efti_veil_follows(v, i) || !efti_age_possible(v, n))
        return;
    size_t from =
        n > 0 && efti_veil_follows(v, n) && efti_veil_in(v, n - 1, GROUP_SOON_AT_START)
            ? n - 1
            : n;
    bool start = from == 0 || age_word(v, from)->glue != VEIL_GLUE_SPACE ||
                 (v->segments->tokens.items[from].flags & apart_starts) != 0;
    if (start && is_somebody_so(v, i + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (start && efti_veil_follows(v, i + 2) &&
             efti_veil_is(v, i + 1, VEIL_CLASS_AND) && is_apart_verb(v, i + 2))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (start && efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 1, GROUP_IS) &&
             efti_veil_in(v, i + 2, GROUP_ONE_PERSON))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* "Barn 1: 4 år", "Pojke: 12 år"; token `i` is "år". */
static void
years_labelled(struct efti_veil *v, size_t i)
{
    size_t n = i - 1, who;

    if (i < 2 || !efti_veil_follows(v, i) || !efti_age_possible(v, n) ||
        age_word(v, n)->glue != VEIL_GLUE_MARK ||
        efti_veil_byte(v, v->segments->tokens.items[n - 1].end) != ':')
        return;
    who = n - 1;
    if (who > 0 && v->segments->tokens.items[who].kind == EFTI_NUMBER)
        who--;
    if (efti_veil_in(v, who, GROUP_LABEL_KIN))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* "åtta och ett halvt", "åtta & ett halvt": an hour is "en halv", a year neuter; token
 * `i` is "halvt". */
static void
and_a_half(struct efti_veil *v, size_t i)
{
    size_t n;

    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_is_word(v, i, "halvt") ||
        !efti_veil_in(v, i - 1, GROUP_ONE_IN_HALF) ||
        efti_veil_is(v, i + 1, VEIL_CLASS_YEAR) || !efti_age_ends_before(v, i + 1))
        return;
    if (age_word(v, i - 1)->glue == VEIL_GLUE_AMP)
        n = i - 2;
    else if (i > 2 && efti_veil_follows(v, i - 1) &&
             efti_veil_is(v, i - 2, VEIL_CLASS_AND) && efti_veil_follows(v, i - 2))
        n = i - 3;
    else
        return;
    if (efti_age_possible(v, n) && !efti_veil_in(v, n, GROUP_ONE_IN_HALF))
        efti_veil_propose(v, v->segments->tokens.items[n].start,
                          v->segments->tokens.items[i].end, VEIL_RULE_AGE_IS,
                          EFTI_EVIDENCE_FRAME);
}

/* "en bebis på tre månader", "hennes baby, elva veckor"; token `i` is who it is. */
static void
months_of(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (!efti_veil_in(v, i, GROUP_SMALL_ONES))
        return;
    if (i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
        (efti_veil_is_word(v, i - 1, "månaders") ||
         efti_veil_is_word(v, i - 1, "veckors")) &&
        efti_age_possible(v, i - 2))
        efti_age_propose(v, i - 2, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    if (efti_veil_follows(v, n) && efti_veil_in(v, n, GROUP_AT_OR_ABOUT))
        n++;
    else if (n >= v->words.count || age_word(v, n)->glue != VEIL_GLUE_COMMA)
        return;
    if (efti_veil_follows(v, n + 1) && efti_age_possible(v, n) &&
        efti_veil_in(v, n + 1, GROUP_MONTHS_WEEKS_DAYS))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "ett barn på 4 och ett på 7": the second of them; token `i` is who it is. */
static void
another_aged(struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i + 1) && efti_veil_is_word(v, i + 1, "på") &&
        efti_age_possible(v, i + 2) && efti_veil_is(v, i + 3, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i + 4) && efti_veil_in(v, i + 4, GROUP_A_OR_ONE) &&
        efti_veil_follows(v, i + 5) && efti_veil_is_word(v, i + 5, "på") &&
        efti_veil_follows(v, i + 6) && efti_age_possible(v, i + 6) &&
        efti_age_ends_before(v, i + 7))
        efti_age_propose(v, i + 6, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "ser ut som 30 men är 44": whoever is spoken of; token `i` is "är". */
static void
but_is(struct efti_veil *v, size_t i)
{
    bool somebody = false;

    /* "går i åk 3 och är nio." */
    bool together = i > 2 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
                    efti_age_possible(v, i + 1) && !efti_veil_follows(v, i + 2);

    if (i < 2 || !efti_veil_follows(v, i) ||
        !(together ||
          (efti_veil_is_word(v, i - 1, "men") && is_grown_number(v, i + 1))) ||
        !efti_veil_follows(v, i + 1) ||
        !(efti_age_ends_before(v, i + 2) || age_is_year(v, i + 2)))
        return;
    for (size_t k = i - 1; k > 0 && i - k < 10 && !somebody; k--) {
        if ((v->segments->tokens.items[k].flags & apart_starts) != 0)
            somebody = efti_veil_is(v, k, VEIL_CLASS_PRONOUN) || efti_age_is_person(v, k);
        if ((v->segments->tokens.items[k].flags & apart_starts) != 0)
            break;
        somebody =
            efti_veil_is(v, k - 1, VEIL_CLASS_PRONOUN) || efti_age_is_person(v, k - 1);
    }
    if (somebody)
        efti_age_propose(v, i + 1, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "Äldst i gruppen är 61", "Den ena är nio, den andra elva"; token `i` is "är". */
static void
one_of_them(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;
    bool most = false;

    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, n) ||
        !efti_age_possible(v, n) || efti_veil_follows(v, n + 1))
        return;
    for (size_t k = i; k > 0 && i - k < 4 && efti_veil_follows(v, k) && !most; k--)
        most = efti_veil_in(v, k - 1, GROUP_OLDEST_OR_YOUNGEST);
    bool den_ena =
        efti_veil_in(v, i - 1, GROUP_ONE_OR_OTHER) && efti_veil_is_word(v, i - 2, "den");
    if (!most && !den_ena)
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    if (den_ena && n + 3 < v->words.count &&
        age_word(v, n + 1)->glue == VEIL_GLUE_COMMA &&
        efti_veil_is_word(v, n + 1, "den") &&
        efti_veil_in(v, n + 2, GROUP_ONE_OR_OTHER) && efti_age_possible(v, n + 3) &&
        !efti_veil_follows(v, n + 4))
        efti_age_propose(v, n + 3, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "hon måste vara 50 minst", "han kan vara 17"; token `i` is "vara". */
static void
may_be(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (i < 2 || !efti_veil_in(v, i, GROUP_TO_BE) ||
        !efti_veil_in(v, i - 1, GROUP_MAY_BE) || !efti_veil_follows(v, i) ||
        !efti_veil_follows(v, n) || !is_grown_number(v, n) ||
        efti_veil_in(v, i - 2, GROUP_ANYBODY) ||
        !(efti_veil_is(v, i - 2, VEIL_CLASS_PRONOUN) || efti_age_is_person(v, i - 2)))
        return;
    if (efti_age_ends_before(v, n + 1) || age_is_year(v, n + 1) ||
        efti_veil_in(v, n + 1, GROUP_BOUNDS))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* Barn: 6, 8 och 13; no "Barn: 4 platser". */
static void
labelled_ages(struct efti_veil *v, size_t n)
{
    size_t ages[8], count = 0, k = n;

    while (count < EFTI_COUNT(ages) && k < v->words.count && efti_age_possible(v, k) &&
           (k == n || age_word(v, k)->glue == VEIL_GLUE_COMMA ||
            (efti_veil_follows(v, k) && efti_veil_is(v, k - 1, VEIL_CLASS_AND)))) {
        ages[count++] = k++;
        if (efti_veil_is(v, k, VEIL_CLASS_AND) && efti_veil_follows(v, k))
            k++;
    }
    if (count == 0 || !(efti_age_ends_before(v, ages[count - 1] + 1) ||
                        age_is_year(v, ages[count - 1] + 1)))
        return;
    for (size_t a = 0; a < count; a++)
        efti_age_propose(v, ages[a], VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* "Jag (34) och sambon", "Barn: 6, 8, 13.", "Snart 16 och aldrig", "Olle 8, Anna 6."; `n`
 * is a number in figures. */
void
efti_age_number(struct efti_veil *v, size_t n)
{
    const struct efti_token *t = &v->segments->tokens.items[n];
    bool marked = n > 0 && age_word(v, n)->glue == VEIL_GLUE_MARK;

    if (!efti_age_possible(v, n))
        return;
    if ((n == 0 || (t->flags & apart_starts) != 0) && efti_veil_follows(v, n + 1) &&
        ((efti_veil_is(v, n + 1, VEIL_CLASS_AND) && is_somebody_so(v, n + 1)) ||
         (!efti_veil_follows(v, n + 2) && efti_veil_is_word(v, n + 1, "idag"))) &&
        is_grown_number(v, n)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return; /* 29 och arbetslös. 18 idag! */
    }
    if ((n == 0 || (t->flags & apart_starts) != 0) && n + 1 < v->words.count &&
        age_word(v, n + 1)->glue == VEIL_GLUE_COMMA && efti_age_is_state(v, n + 1) &&
        is_grown_number(v, n)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
        return; /* 27, trött, ensam. */
    }
    if (n == 0)
        return;
    if (marked && v->text.bytes[t->start - 1] == '(' &&
        efti_veil_byte(v, t->end) == ')' && efti_veil_is(v, n - 1, VEIL_CLASS_PRONOUN))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (efti_veil_follows(v, n) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
             efti_veil_in(v, n - 1, GROUP_SOON_AT_END) && is_grown_number(v, n) &&
             (n == 1 || (t[-1].flags & apart_starts) != 0 ||
              age_word(v, n - 1)->glue != VEIL_GLUE_SPACE))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (marked && efti_veil_byte(v, t[-1].end) == ':' &&
             efti_veil_in(v, n - 1, GROUP_KIN_LABELS))
        labelled_ages(v, n);
    else if (n > 2 && efti_veil_follows(v, n) && !efti_veil_follows(v, n + 1) &&
             (age_word(v, n - 1)->state & VEIL_STATE_NAME) != 0 &&
             age_word(v, n - 1)->category == EFTI_PERSON &&
             age_word(v, n - 1)->glue == VEIL_GLUE_COMMA && efti_age_possible(v, n - 2) &&
             (age_word(v, n - 3)->state & VEIL_STATE_NAME) != 0)
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "15 år 3 mån": only an age is told so; `i` is "år". */
static void
years_months(struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i) || !efti_age_possible(v, i - 1) ||
        !efti_veil_follows(v, i + 1) || !efti_veil_follows(v, i + 2) ||
        !efti_age_possible(v, i + 1) ||
        !efti_veil_in(v, i + 2, GROUP_MONTHS_BEHIND_YEARS) ||
        (i > 1 && efti_veil_in(v, i - 2, GROUP_TERMS)))
        return;
    efti_age_propose(v, i - 1, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    efti_age_propose(v, i + 1, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* "trettiåtta blev han", "72 är hon"; token `i` is the verb. */
static void
number_first(struct efti_veil *v, size_t i)
{
    if (i == 0 || !efti_veil_follows(v, i) || !is_grown_number(v, i - 1) ||
        !efti_veil_follows(v, i + 1) || !efti_veil_in(v, i + 1, GROUP_ONE_PERSON) ||
        (i > 1 && age_word(v, i - 1)->glue == VEIL_GLUE_SPACE &&
         !efti_veil_in(v, i - 2, GROUP_SOON_BEFORE_SUBJECT)))
        return;
    efti_age_propose(v, i - 1, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "Tjejen min är nitton": whose it is stands behind; `i` is the verb. */
static void
mine_is(struct efti_veil *v, size_t i)
{
    if (i > 1 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_WHOSE_NUMBER) &&
        efti_veil_follows(v, i - 1) && efti_age_is_person(v, i - 2) &&
        efti_veil_follows(v, i + 1) && efti_age_possible(v, i + 1) &&
        efti_age_ends_before(v, i + 2))
        efti_age_propose(v, i + 1, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

void
efti_age_apart(struct efti_veil *v, size_t i)
{
    switch (efti_veil_class(age_word(v, i)->bits)) {
    case VEIL_CLASS_YEAR:
        years_at_start(v, i);
        years_labelled(v, i);
        years_months(v, i);
        break;
    case VEIL_CLASS_OLD: and_a_half(v, i); break;
    case VEIL_CLASS_TURNS:
        filled(v, i);
        nears(v, i);
        break;
    case VEIL_CLASS_BE:
        one_of_them(v, i);
        but_is(v, i);
        may_be(v, i);
        number_first(v, i);
        mine_is(v, i);
        break;
    default: break;
    }
    if ((age_word(v, i)->bits & VEIL_ROLE) != 0) {
        months_of(v, i);
        another_aged(v, i);
    }
}
