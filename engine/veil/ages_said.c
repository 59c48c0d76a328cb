/*
 * ages_said.c - ages that are said of a clause, not of the word beside them
 *
 *   Plötsligt satt hon i soffan, 16, med   between commas, behind where, when or how
 *   Han är ny, 19.                         the same at the end
 *   den yngsta i gruppen, nyss 22,         with soon or just before it
 *   hos oss, 19 vid inflytten              how old one was when it happened
 *   hon fick diagnosen vid 42              the same, without a comma
 *   Jag som skriver är 19 och              the subject stands before "som"
 *   Kort om mig: 41, f.d. kock             about oneself
 *   Är 47, har tre barn. Blev 50 i går     the subject is left out
 *   13, 14 bast                            the first of two
 *   på mina 63 år                          more than one has worked
 *
 * Nothing beside the number says whose it is, so all of it must fit: one person in the
 * clause, no word of what has numbers (rum, poäng), nothing counted behind.
 */
#include "veil/ages.h"

static const uint32_t said_starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

/* Does nothing go on behind token `i`: 16, and 19. but not 6 § or 17:30? */
static bool
ends_at(const struct efti_veil *v, size_t i)
{
    size_t end = v->segments->tokens.items[i].end;
    char mark = efti_veil_byte(v, end), next = efti_veil_byte(v, end + (mark == ' '));

    if (mark == ')')
        return true;
    if (mark != '\0' && strchr(" ,.!?)\n", mark) == NULL)
        return false;
    if (i + 1 >= v->words.count)
        return mark != ' ' || next == '\0' || next == '\n';
    const struct veil_word *w = age_word(v, i + 1);
    return w->glue == VEIL_GLUE_COMMA || (w->glue == VEIL_GLUE_FAR && mark != ' ') ||
           (v->segments->tokens.items[i + 1].flags & said_starts) != 0;
}

static bool
is_said_start(const struct efti_veil *v, size_t i)
{
    return i == 0 || (v->segments->tokens.items[i].flags & said_starts) != 0;
}

/* han, jag: somebody alone; "de" and "vi" have no age. */
static bool
is_one_person(const struct efti_veil *v, size_t i)
{
    if (efti_veil_is(v, i, VEIL_CLASS_PRONOUN))
        return !efti_veil_in(v, i, GROUP_SEVERAL_OR_STAFF);
    return efti_age_is_person(v, i) && !efti_veil_in(v, i, GROUP_SEVERAL_OR_STAFF);
}

/* The number that such a rule may speak of: in figures, or tretton and up in words. */
static bool
is_said_number(const struct efti_veil *v, size_t n, uint32_t least)
{
    const struct efti_form *f = n < v->words.count ? age_word(v, n)->form : NULL;

    if (f == NULL || !efti_age_possible(v, n) ||
        (age_word(v, n)->state & VEIL_STATE_AGE) != 0)
        return false;
    if ((age_word(v, n)->bits & VEIL_DIGITS) == 0)
        return f->code_points > 5;
    return f->kind == EFTI_NUMBER && !efti_age_is_half(v, n) &&
           efti_veil_number(f->folded, f->folded_size) >= least;
}

/* frågorna, stolarna: several, which the number counts. */
static bool
is_counted_before(const struct efti_veil *v, size_t i)
{
    return efti_veil_ends_in(age_word(v, i)->form, ENDS_DEFINITE_PLURAL, 1);
}

/* One person between the start of the sentence and token `i`, and what stands before the
 * comma behind `i`: where, when, how or what was done, and nothing that has a number. */
static bool
is_said_of(const struct efti_veil *v, size_t i, bool soon)
{
    bool one = false, fits = soon || efti_veil_in(v, i, GROUP_CLAUSE_ENDS) ||
                             efti_age_is_past_verb(v, i) ||
                             (age_word(v, i)->bits & VEIL_AFTER_STRONG) != 0;

    for (size_t k = i + 1; k > 0 && i + 1 - k < 10;) {
        k--;
        if (age_word(v, k)->form == NULL ||
            (efti_veil_in(v, k, GROUP_NUMBER_WORDS) && !soon) ||
            (age_word(v, k)->bits & VEIL_DIGITS) != 0)
            return false;
        fits = fits ||
               (i - k < 4 && k < i && efti_veil_in(v, k, GROUP_ABOVE_OR_BEHIND)) ||
               (i - k < 4 && k < i && /* i soffan; är ny, blev inte gammal */
                (efti_veil_is(v, k, VEIL_CLASS_IN) || efti_veil_is(v, k, VEIL_CLASS_BE)));
        one = one || is_one_person(v, k);
        if (is_said_start(v, k) || age_word(v, k)->glue == VEIL_GLUE_FAR)
            break;
    }
    return one && fits;
}

/* "71 i förrgår", "90 i maj": when the age was reached. */
static bool
is_on_day(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_in(v, i, GROUP_IN_OR_ON) &&
           (efti_veil_in(v, i + 1, GROUP_DAYS_PAST) ||
            efti_veil_is(v, i + 1, VEIL_CLASS_MONTH) ||
            efti_veil_is(v, i + 1, VEIL_CLASS_DAY));
}

/* ", 16, med", ", 19.", ", nyss 22,": token `n` is the number. */
static bool
between_commas(const struct efti_veil *v, size_t n)
{
    size_t comma = n;

    if (age_word(v, n)->glue == VEIL_GLUE_SPACE && n > 1 &&
        age_word(v, n - 1)->glue == VEIL_GLUE_COMMA && efti_veil_in(v, n - 1, GROUP_SOON))
        comma--;
    if (comma == 0 || age_word(v, comma)->glue != VEIL_GLUE_COMMA ||
        !is_said_number(v, n, 6) || !(ends_at(v, n) || is_on_day(v, n + 1)) ||
        (n + 1 < v->words.count && efti_age_possible(v, n + 1) &&
         age_word(v, n + 1)->glue != VEIL_GLUE_FAR))
        return false;
    return !is_counted_before(v, comma - 1) &&
           is_said_of(v, comma - 1, comma < n || is_on_day(v, n + 1));
}

/* inflytten, placeringen, dödsfallet: what happens to somebody at some age. */
static bool
is_event(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = efti_veil_follows(v, i) ? age_word(v, i)->form : NULL;

    return efti_veil_begins_with(f, BEGINS_EVENTS, 0);
}

/* "hos oss, 19 vid inflytten": somebody in the sentence before. */
static bool
at_event(const struct efti_veil *v, size_t n)
{
    if (age_word(v, n)->glue != VEIL_GLUE_COMMA || !efti_veil_follows(v, n + 1) ||
        !efti_veil_is_word(v, n + 1, "vid") || !is_event(v, n + 2))
        return false;
    for (size_t k = n; k > 0 && n - k < 12;) {
        if (is_one_person(v, --k))
            return true;
        if (is_said_start(v, k))
            break;
    }
    return false;
}

/* "Hon fick diagnosen vid 42", "han debuterade vid 13": a clock goes to 24, unless what
 * happened is what comes once in a life. */
static bool
happened_at(const struct efti_veil *v, size_t n)
{
    bool event = false, one = false;

    if (n < 3 || !efti_veil_follows(v, n) || !efti_veil_is_word(v, n - 1, "vid") ||
        !efti_veil_follows(v, n - 1) || (age_word(v, n)->bits & VEIL_DIGITS) == 0 ||
        !is_said_number(v, n, 5) || !efti_age_ends_before(v, n + 1))
        return false;
    for (size_t k = n - 1; k > 0 && n - k < 9;) {
        k--;
        if (efti_veil_in(v, k, GROUP_NUMBER_WORDS) ||
            (age_word(v, k)->bits & VEIL_DIGITS) != 0)
            return false;
        event = event || efti_veil_in(v, k, GROUP_ONCE);
        one = one || is_one_person(v, k);
        if (is_said_start(v, k) || age_word(v, k)->glue != VEIL_GLUE_SPACE)
            break;
    }
    return one && (event || is_said_number(v, n, 25));
}

/* "Vid 67 gick hon i pension": at a start, and more than any clock has. */
static bool
at_start_at(const struct efti_veil *v, size_t n)
{
    return n > 0 && efti_veil_follows(v, n) && efti_veil_is_word(v, n - 1, "vid") &&
           is_said_start(v, n - 1) && is_said_number(v, n, 25) &&
           efti_veil_follows(v, n + 1) && efti_veil_follows(v, n + 2) &&
           efti_veil_in(v, n + 2, GROUP_ONE_PERSON);
}

/* "Jag som skriver är 19 och": token `n` is behind the verb. */
static bool
i_who_write(const struct efti_veil *v, size_t n)
{
    if (n < 4 || !efti_veil_follows(v, n) || !efti_veil_is(v, n - 1, VEIL_CLASS_BE) ||
        !is_said_number(v, n, 6) || !efti_age_ends_before(v, n + 1))
        return false;
    for (size_t k = n - 1; k > 1 && n - k < 8 && efti_veil_follows(v, k); k--)
        if (efti_veil_is(v, k - 1, VEIL_CLASS_WHO))
            return efti_veil_follows(v, k - 1) &&
                   efti_veil_in(v, k - 2, GROUP_ONE_PERSON);
    return false;
}

/* "Kort om mig: 41, f.d. kock": what stands before the colon is about oneself. */
static bool
about_me(const struct efti_veil *v, size_t n)
{
    return n > 0 && age_word(v, n)->glue == VEIL_GLUE_MARK && ends_at(v, n) &&
           efti_veil_byte(v, v->segments->tokens.items[n - 1].end) == ':' &&
           efti_veil_in(v, n - 1, GROUP_ABOUT_ME) && is_said_number(v, n, 6);
}

/* "Är 47, har tre barn.", "Blev 50 i går": the subject is left out at a start. */
static bool
left_out(const struct efti_veil *v, size_t n)
{
    if (n == 0 || !efti_veil_follows(v, n) || !is_said_start(v, n - 1) ||
        !is_said_number(v, n, 13))
        return false;
    size_t next = n + 1;
    if (efti_veil_in(v, n - 1, GROUP_BECAME))
        return ends_at(v, n) || (efti_veil_in(v, next, GROUP_BIRTHDAY_GOES_ON) &&
                                 efti_veil_follows(v, next + 1));
    if (!efti_veil_is(v, n - 1, VEIL_CLASS_BE))
        return false;
    if (efti_veil_follows(v, next) && efti_veil_is(v, next, VEIL_CLASS_AND))
        return efti_veil_follows(v, next + 1) &&
               (efti_age_is_state(v, next + 1) ||
                (age_word(v, next + 1)->bits & VEIL_AFTER_STRONG) != 0);
    return next < v->words.count && age_word(v, next)->glue == VEIL_GLUE_COMMA &&
           !efti_age_possible(v, next);
}

/* "13, 14 bast", "13-14 bast": `n` is the first. */
static bool
first_of_bast(const struct efti_veil *v, size_t n)
{
    return n + 2 < v->words.count && age_word(v, n + 1)->glue != VEIL_GLUE_SPACE &&
           (age_word(v, n + 1)->glue == VEIL_GLUE_COMMA ||
            age_word(v, n + 1)->glue == VEIL_GLUE_MARK) &&
           efti_age_possible(v, n + 1) && efti_veil_follows(v, n + 2) &&
           efti_veil_in(v, n + 2, GROUP_BAST);
}

/* "på mina 63 år": nobody has worked so long; token `n` + 1 is "år". */
static bool
long_life(const struct efti_veil *v, size_t n)
{
    return n > 1 && efti_veil_follows(v, n) &&
           efti_veil_in(v, n - 1, GROUP_WHOSE_YEARS) && efti_veil_follows(v, n - 1) &&
           efti_veil_in(v, n - 2, GROUP_DURING) && is_said_number(v, n, 50);
}

/* "Tage 4 och Märta 8 mån.": months right behind a given name, in figures; in words they
 * are as often how long something was done ("Nu har vi mätt Fadi tre månader"). */
static bool
months_behind_name(const struct efti_veil *v, size_t n)
{
    return n > 0 && efti_veil_follows(v, n) && efti_veil_follows(v, n + 1) &&
           (age_word(v, n)->bits & VEIL_DIGITS) != 0 &&
           (age_word(v, n - 1)->state & VEIL_STATE_NAME) != 0 &&
           (age_word(v, n - 1)->bits & VEIL_GIVEN) != 0 &&
           age_word(v, n - 1)->category == EFTI_PERSON &&
           efti_veil_in(v, n + 1, GROUP_MONTHS);
}

/* A number that stands apart: between commas, behind a colon, at the start of two. */
static bool
may_be_apart(const struct efti_veil *v, size_t n)
{
    const struct veil_word *w = age_word(v, n);
    const bool more = n + 1 < v->words.count;

    if (w->glue == VEIL_GLUE_MARK)
        return efti_veil_byte(v, v->segments->tokens.items[n - 1].end) == ':' ||
               (more && w[1].glue != VEIL_GLUE_SPACE && (w[1].cues & VEIL_CUE_AGE) != 0);
    if (w->glue != VEIL_GLUE_COMMA ||
        ((w[-1].bits & VEIL_DIGITS) != 0 && (w[-1].state & VEIL_STATE_AGE) == 0))
        return more && w[1].glue == VEIL_GLUE_COMMA && (w[1].cues & VEIL_CUE_AGE) != 0;
    return !more || w[1].glue != VEIL_GLUE_SPACE ||
           efti_veil_is(v, n + 1, VEIL_CLASS_IN) ||
           efti_veil_is(v, n + 1, VEIL_CLASS_AND);
}

/* snart, båda, mina, barn: does one of the rules here or in ages_kin.c want this word
 * right before a number? */
static bool
is_before_age(const struct efti_form *f)
{
    static const enum veil_group groups[] = {
        GROUP_SOON,
        GROUP_BOTH,
        GROUP_HAS_BEEN,
        GROUP_BECAME,
        GROUP_WHOSE_YEARS,
        GROUP_CHILDREN,
        GROUP_SMALL_ONES_APART,
        GROUP_ONE_OTHER_OR_THIRD,
    };
    const uint32_t set = efti_veil_set_of(f->folded, f->folded_size);

    for (size_t k = 0; k < EFTI_COUNT(groups); k++)
        if (efti_veil_set_holds(set, groups[k]))
            return true;
    return efti_equal(f->folded, f->folded_size, "vid", 3) ||
           efti_equal(f->folded, f->folded_size, "årgång", 8);
}

/* Most numbers are followed by what they count, and no rule wants what is before them. */
bool
efti_age_may_be_said(const struct efti_veil *v, size_t n)
{
    const struct veil_word *w = age_word(v, n);

    if (n == 0)
        return false;
    if (w->glue != VEIL_GLUE_SPACE)
        return may_be_apart(v, n);
    switch (efti_veil_class(w[-1].bits)) {
    case VEIL_CLASS_BE: return true;
    case VEIL_CLASS_AND:
    case VEIL_CLASS_PRONOUN: return v->any_age;
    default: break;
    }
    if (n + 1 < v->words.count &&
        (efti_veil_is(v, n + 1, VEIL_CLASS_YEAR) ||
         (w[1].glue == VEIL_GLUE_COMMA && (w[1].cues & VEIL_CUE_AGE) != 0)))
        return true;
    return (w[-1].state & VEIL_STATE_NAME) != 0 ||
           (v->any_age && (efti_age_is_person(v, n - 1) || /* den stora fem */
                           efti_veil_in(v, n - 1, GROUP_LITTLE_ONES))) ||
           efti_veil_ask(v, n - 1, VEIL_ASK_SAID, is_before_age);
}

bool
efti_age_said(struct efti_veil *v, size_t n)
{
    if (between_commas(v, n) || at_event(v, n) || months_behind_name(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (happened_at(v, n) || at_start_at(v, n) || i_who_write(v, n) ||
             about_me(v, n) || left_out(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (first_of_bast(v, n) || long_life(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else
        return false;
    return true;
}
