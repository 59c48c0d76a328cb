/*
 * ages_kin.c - ages told by another age before them, or by words for children
 *
 *   Barnen (4, 7 och 11)               the list goes on
 *   Min bror är 13 och jag 11          another one, and the verb left out
 *   ena är 8 och andra tio             one and the other of them
 *   Syskonen 6 och 9 hämtades          several, with a number each
 *   tvillingar 4 mån., bebis 6 veckor  months and weeks of somebody small
 *   bor ensam, är 79 och vill          whoever the sentence began with
 *   han stod där och var 83 år         the same behind "och"
 *   Hassan (snart 18); vi är båda 25   soon, both
 *   levt i 83 år; 91 år på jorden      nobody counts jobs so
 */
#include "veil/ages.h"

static const uint32_t kin_starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

/* Does nothing go on behind the number at `n`: a comma, a bracket, the end? */
static bool
kin_ends(const struct efti_veil *v, size_t n)
{
    char mark = efti_veil_byte(v, v->segments->tokens.items[n].end);

    if (mark == ')')
        return true;
    return n + 1 >= v->words.count || age_word(v, n + 1)->glue == VEIL_GLUE_COMMA ||
           (age_word(v, n + 1)->glue == VEIL_GLUE_FAR && strchr(".!?\n", mark) != NULL) ||
           (v->segments->tokens.items[n + 1].flags & kin_starts) != 0;
}

static bool
is_aged(const struct efti_veil *v, size_t i)
{
    return (age_word(v, i)->state & VEIL_STATE_AGE) != 0;
}

/* "den stora fem", behind "min lilla är två": token `i` is how one of them is told. */
static bool
is_little_one(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_in(v, i, GROUP_LITTLE_ONES) && efti_veil_follows(v, i) &&
           efti_veil_is(v, i - 1, VEIL_CLASS_DEN);
}

/* han, jag, min syster: somebody alone. */
static bool
is_alone(const struct efti_veil *v, size_t i)
{
    return !efti_veil_in(v, i, GROUP_SEVERAL_OR_ANYBODY) &&
           (efti_veil_is(v, i, VEIL_CLASS_PRONOUN) || efti_age_is_person(v, i));
}

/* "(4, 7 och 11)": `n` goes on with a list whose number before it is an age. */
static bool
list_goes_on(const struct efti_veil *v, size_t n)
{
    if (n == 0 || age_word(v, n)->glue == VEIL_GLUE_FAR)
        return false;
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA && is_aged(v, n - 1))
        return kin_ends(v, n) ||
               (efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
                efti_age_possible(v, n + 2) && kin_ends(v, n + 2));
    return n > 1 && efti_veil_follows(v, n) && efti_veil_is(v, n - 1, VEIL_CLASS_AND) &&
           efti_veil_follows(v, n - 1) && is_aged(v, n - 2) && kin_ends(v, n);
}

/* "är 13 och jag 11.", "frun 41": who it is, an age before in the sentence. */
static bool
another_one(const struct efti_veil *v, size_t n)
{
    if (n < 3 || !v->any_age || !efti_veil_follows(v, n))
        return false;
    size_t who = is_little_one(v, n - 1) ? n - 2 : n - 1;
    if (!(who < n - 1 || is_alone(v, who)) || who == 0 ||
        !(kin_ends(v, n) || efti_veil_is(v, n + 1, VEIL_CLASS_AND)) ||
        !(age_word(v, who)->glue == VEIL_GLUE_COMMA ||
          efti_veil_is(v, who - 1, VEIL_CLASS_AND)))
        return false;
    for (size_t k = n - 1; k > 0 && n - k < 8;) {
        if (is_aged(v, --k))
            return true;
        if ((v->segments->tokens.items[k].flags & kin_starts) != 0)
            break;
    }
    return false;
}

/* barn, pojkar, förälder: children are spoken of. */
static bool
is_of_children(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_CHILDREN) || efti_veil_in(v, i, GROUP_PARENTS);
}

/* "ena är 8 och andra tio", "den ena 7 och den andra 12": children before. */
static bool
one_or_other(const struct efti_veil *v, size_t n)
{
    size_t i = n - 1;

    if (n < 3 || !efti_veil_follows(v, n) ||
        !(kin_ends(v, n) || efti_veil_is(v, n + 1, VEIL_CLASS_AND)))
        return false;
    if (efti_veil_is(v, i, VEIL_CLASS_BE) && efti_veil_follows(v, i))
        i--;
    if (!efti_veil_in(v, i, GROUP_ONE_OTHER_OR_THIRD))
        return false;
    for (size_t k = i; k > 0 && n - k < 14;)
        if (is_of_children(v, --k))
            return true;
    return false;
}

/* "hämtades", "vägrar", or the end */
static bool
is_behind_ages(const struct efti_veil *v, size_t i)
{
    return efti_age_ends_before(v, i) || efti_age_is_past_verb(v, i) ||
           (efti_veil_follows(v, i) && (age_word(v, i)->bits & VEIL_AFTER_STRONG) != 0);
}

/* "Syskonen 6 och 9 hämtades": `n` is the first or the second. */
static bool
several_each(const struct efti_veil *v, size_t n)
{
    size_t first = n;

    if ((age_word(v, n)->bits & VEIL_DIGITS) == 0 || !efti_veil_follows(v, n))
        return false;
    if (n > 2 && efti_veil_is(v, n - 1, VEIL_CLASS_AND) && efti_veil_follows(v, n - 1))
        first = n - 2;
    if (first == 0 || !efti_veil_follows(v, first) || !is_of_children(v, first - 1) ||
        !efti_age_possible(v, first))
        return false;
    return first < n
               ? is_behind_ages(v, n + 1)
               : efti_veil_is(v, n + 1, VEIL_CLASS_AND) && efti_veil_follows(v, n + 1) &&
                     efti_age_possible(v, n + 2) && is_behind_ages(v, n + 3);
}

/* "tvillingar 4 mån.", "bebis 6 veckor" */
static bool
small_one(const struct efti_veil *v, size_t n)
{
    return n > 0 && efti_veil_follows(v, n) && efti_veil_follows(v, n + 1) &&
           efti_veil_in(v, n + 1, GROUP_SMALL_UNITS) &&
           efti_veil_in(v, n - 1, GROUP_SMALL_ONES_APART) &&
           (age_word(v, n)->bits & VEIL_DIGITS) != 0 && kin_ends(v, n + 1);
}

/* "han stod där och var 83 år": the verb at `verb` behind "och", and an age that is said
 * with its years, or is that of a grown child and more. */
static bool
goes_on_behind_and(const struct efti_veil *v, size_t verb, size_t n)
{
    if (age_word(v, verb)->glue != VEIL_GLUE_SPACE ||
        !efti_veil_is(v, verb - 1, VEIL_CLASS_AND) || efti_veil_in(v, verb, GROUP_BECAME))
        return false;
    if (!age_is_year(v, n + 1)) /* tävlade och var 4 */
        return kin_ends(v, n) && efti_veil_number(age_word(v, n)->form->folded,
                                                  age_word(v, n)->form->folded_size) > 12;
    return kin_ends(v, n + 1) || efti_veil_is(v, n + 2, VEIL_CLASS_AND) ||
           efti_age_is_state(v, n + 2);
}

/* "bor ensam, är 79 och vill", "går i skolan, är 16,": the verb behind a comma, and the
 * subject at the start of the sentence; `n` is in figures. */
static bool
goes_on_with_age(const struct efti_veil *v, size_t n)
{
    bool one = false;

    if (n < 3 || (age_word(v, n)->bits & VEIL_DIGITS) == 0 || !efti_veil_follows(v, n) ||
        !efti_veil_is(v, n - 1, VEIL_CLASS_BE) || efti_age_possible(v, n + 2))
        return false;
    if (!goes_on_behind_and(v, n - 1, n) &&
        (age_word(v, n - 1)->glue != VEIL_GLUE_COMMA ||
         !(kin_ends(v, n) || efti_veil_is(v, n + 1, VEIL_CLASS_AND))))
        return false;
    for (size_t k = n - 1; k > 0 && n - k < 12;) {
        k--;
        if (efti_veil_in(v, k, GROUP_SEVERAL))
            return false;
        one = one || is_alone(v, k);
        if ((v->segments->tokens.items[k].flags & kin_starts) != 0)
            break;
    }
    return one;
}

/* "Mannen jag stöttar är 48", "pojken som bor hos oss är 10.": somebody begins the
 * sentence, and what tells who he is stands between. */
static bool
is_of_whom_is_told(const struct efti_veil *v, size_t n)
{
    size_t i = n - 2;

    if (n < 4 || !efti_veil_follows(v, n) || !efti_veil_is(v, n - 1, VEIL_CLASS_BE) ||
        !efti_veil_follows(v, n - 1) || !(kin_ends(v, n) || age_is_year(v, n + 1)))
        return false;
    while (i > 0 && n - i < 10 &&
           (v->segments->tokens.items[i].flags & kin_starts) == 0 &&
           efti_veil_follows(v, i)) {
        if (age_word(v, i)->form == NULL ||
            (efti_veil_in(v, i, GROUP_CLAUSE_OPENERS) && i + 2 < n) ||
            (age_word(v, i)->bits & VEIL_DIGITS) != 0)
            return false;
        i--;
    }
    return i + 2 < n && age_word(v, i)->form != NULL &&
           (i == 0 || (v->segments->tokens.items[i].flags & kin_starts) != 0) &&
           efti_age_is_person(v, i) &&
           !efti_veil_ends_in(age_word(v, i)->form, ENDS_SEVERAL, 0);
}

/* "Hassan (snart 18)", "Vi är båda 25.", "blivit 20 nu", "lika gamla, 33" */
static bool
soon_or_both(const struct efti_veil *v, size_t n)
{
    if (n < 2 || !efti_veil_follows(v, n))
        return false;
    if (efti_veil_in(v, n - 1, GROUP_SOON_OF_ONE))
        return age_word(v, n - 1)->glue == VEIL_GLUE_MARK &&
               efti_veil_byte(v, v->segments->tokens.items[n].end) == ')' &&
               is_alone(v, n - 2);
    if (efti_veil_in(v, n - 1, GROUP_BOTH))
        return efti_veil_is(v, n - 2, VEIL_CLASS_BE) && kin_ends(v, n);
    return ((age_word(v, n)->bits & VEIL_DIGITS) != 0 ||
            age_word(v, n)->form->code_points > 5) &&
           efti_veil_in(v, n - 1, GROUP_HAS_BEEN) &&
           !efti_veil_in(v, n - 2, GROUP_SEVERAL_OR_IT) &&
           (n < 3 || !efti_veil_in(v, n - 3, GROUP_SEVERAL_OR_IT)) &&
           (kin_ends(v, n) ||
            (efti_veil_follows(v, n + 1) && efti_veil_in(v, n + 1, GROUP_AGE_NOW)));
}

/* "levt i 83 år", "efter 91 år på jorden", "är årgång 58" */
static bool
whole_life(const struct efti_veil *v, size_t n)
{
    const struct efti_form *f = age_word(v, n)->form;

    if (n == 0 || !efti_veil_follows(v, n) || (age_word(v, n)->bits & VEIL_DIGITS) == 0 ||
        efti_veil_number(f->folded, f->folded_size) < 20)
        return false;
    if (efti_veil_is_word(v, n - 1, "årgång"))
        return n > 1 && (kin_ends(v, n) || efti_veil_is(v, n + 1, VEIL_CLASS_AND)) &&
               (is_alone(v, n - 2) ||
                (n > 2 && efti_veil_is(v, n - 2, VEIL_CLASS_BE) && is_alone(v, n - 3)));
    if (!age_is_year(v, n + 1))
        return false;
    return (n > 1 && efti_veil_is_word(v, n - 1, "i") &&
            efti_veil_in(v, n - 2, GROUP_LIVED)) ||
           (efti_veil_follows(v, n + 3) && efti_veil_in(v, n + 2, GROUP_IN_OR_ON) &&
            efti_veil_in(v, n + 3, GROUP_ON_EARTH));
}

bool
efti_age_kin(struct efti_veil *v, size_t n)
{
    if (list_goes_on(v, n) || another_one(v, n) || several_each(v, n) || small_one(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (one_or_other(v, n) || goes_on_with_age(v, n) || is_of_whom_is_told(v, n) ||
             soon_or_both(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (whole_life(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else
        return false;
    return true;
}
