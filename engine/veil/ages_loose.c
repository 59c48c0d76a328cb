/*
 * ages_loose.c - ages with words between them and who has them
 *
 *   Hon är strax över 70 och pigg         about, over or under an age
 *   Damen, väl över 90, skrattade         the same between commas
 *   Han kom förbi, numera 21 och lärling  with now or soon, and what one is
 *   Är 36 idag och har slutat             the subject left out, now or soon behind
 *   i åldrarna 2, 5 och 9                 ages of several
 *   en tant på typ 85                     somebody "of" about an age
 *   en gubbe på åttiotre som är ensam     in words, and more is said of them
 *   en 4- och en 7-åring                  the first of two
 *   sitt första barn vid 17               what happens once
 *   nådde 90; bär sina 90 år väl           as far as somebody came
 *   hon är 16år, en 14-års kille           the unit hangs on the figures
 *   hon 10, jag 41; milo 5 år o nova 3    two who are told alike
 *   Lo heter jag, rom, 52, brobyggare     who presents himself
 *
 * Here too somebody must be told of and nothing be counted: "över 30 minuter" has a noun
 * behind, "mellan åldrarna 6 och 12" and "i 60-årsåldern" are bands.
 */
#include "veil/ages.h"
#include "veil/frames.h"

static const uint32_t loose_starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;

static bool
is_loose_start(const struct efti_veil *v, size_t i)
{
    return i == 0 || (v->segments->tokens.items[i].flags & loose_starts) != 0;
}

/* 13 and up, below a hundred: one counts fewer in running text. */
static bool
is_loose_number(const struct efti_veil *v, size_t n)
{
    const struct efti_form *f = age_word(v, n)->form;

    if (!efti_age_possible(v, n) || (age_word(v, n)->state & VEIL_STATE_AGE) != 0 ||
        efti_age_is_band(v, n))
        return false;
    if (f->kind == EFTI_NUMBER)
        return f->folded_size == 2 && efti_veil_number(f->folded, 2) > 12;
    return f->code_points > 5 && !efti_veil_in(v, n, GROUP_HUNDRED);
}

/* hon, farmor, killen: one who has an age. */
static bool
is_one(const struct efti_veil *v, size_t i)
{
    if (efti_veil_in(v, i, GROUP_SEVERAL_OR_STAFF))
        return false;
    return efti_veil_in(v, i, GROUP_ONE_PERSON) || efti_age_is_person(v, i);
}

/* The first of the words before `i` that make an age less exact: "strax över", "inte mer
 * än", "en bit över"; `i` if there is none. */
static size_t
skip_back(const struct efti_veil *v, size_t i, enum veil_group group)
{
    for (int n = 0;
         n < 4 && i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, group); n++)
        i--;
    return i;
}

/* Is token `i` the verb of one person: är, blev, verkar vara? */
static bool
is_verb_of_one(const struct efti_veil *v, size_t i)
{
    size_t verb = i;

    if (efti_veil_in(v, i, GROUP_TO_BE) && i > 0 && efti_veil_follows(v, i))
        verb = skip_back(v, i, GROUP_SEEMS);
    else if (!efti_veil_is(v, i, VEIL_CLASS_BE))
        return false;
    if (verb == 0 || !efti_veil_follows(v, verb))
        return false;
    if (is_one(v, verb - 1))
        return true;
    return verb + 1 < v->words.count && efti_veil_follows(v, verb + 1) &&
           efti_veil_in(v, verb + 1, GROUP_ONE_PERSON);
}

/* "Hon är strax över 70", "Damen, väl över 90,", "verkar vara runt 30" */
static bool
is_bounded(const struct efti_veil *v, size_t n)
{
    size_t first;

    if (!efti_veil_follows(v, n) || !efti_veil_in(v, n - 1, GROUP_AGE_BOUNDS) ||
        !is_loose_number(v, n) || !efti_age_ends_before(v, n + 1))
        return false;
    first = skip_back(v, n - 1, GROUP_BEFORE_BOUND);
    if (first == 0)
        return false;
    if (age_word(v, first)->glue == VEIL_GLUE_COMMA)
        return !efti_veil_follows(v, n + 1) && is_one(v, first - 1);
    return efti_veil_follows(v, first) && is_verb_of_one(v, first - 1);
}

/* "kom förbi, numera 21 och lärling": behind a comma, somebody in the clause before, and
 * what one is behind it. */
static bool
is_now_and(const struct efti_veil *v, size_t n)
{
    if (n < 3 || !efti_veil_follows(v, n) || !efti_veil_in(v, n - 1, GROUP_SOON) ||
        age_word(v, n - 1)->glue != VEIL_GLUE_COMMA || !is_loose_number(v, n) ||
        !efti_veil_follows(v, n + 1) || !efti_veil_is(v, n + 1, VEIL_CLASS_AND) ||
        efti_age_possible(v, n + 2))
        return false;
    for (size_t k = n - 1; k > 0 && n - k < 8;) {
        if (is_one(v, --k))
            return true;
        if (is_loose_start(v, k))
            break;
    }
    return false;
}

/* "Numera 34 år och sambo": at a start, what one is behind it. */
static bool
is_now_at_start(const struct efti_veil *v, size_t n)
{
    return efti_veil_follows(v, n) && is_loose_start(v, n - 1) &&
           efti_veil_in(v, n - 1, GROUP_SOON) && is_loose_number(v, n) &&
           efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_YEAR) &&
           efti_veil_follows(v, n + 3) && efti_veil_is(v, n + 2, VEIL_CLASS_AND) &&
           (efti_age_is_state(v, n + 3) || efti_age_is_person(v, n + 3));
}

/* "Är 36 idag", "är 15 snart", "Är 36 och har": the subject left out at a start. */
static bool
is_left_out(const struct efti_veil *v, size_t n)
{
    if (!efti_veil_follows(v, n) || !efti_veil_is(v, n - 1, VEIL_CLASS_BE) ||
        !is_loose_start(v, n - 1) || !is_loose_number(v, n) ||
        !efti_veil_follows(v, n + 1))
        return false;
    if (efti_veil_in(v, n + 1, GROUP_SAID_NOW))
        return true;
    return efti_veil_is(v, n + 1, VEIL_CLASS_AND) && efti_veil_follows(v, n + 2) &&
           (efti_veil_is(v, n + 2, VEIL_CLASS_HAVE) ||
            efti_veil_is(v, n + 2, VEIL_CLASS_BE));
}

/* "i åldrarna 2, 5 och 9", "Åldrar: 3 och 6": the first of a list. */
static bool
ages_of_several(struct efti_veil *v, size_t n)
{
    size_t word = n - 1, k = n, count = 0;

    if (age_word(v, n)->glue == VEIL_GLUE_SPACE &&
        efti_veil_is(v, n - 1, VEIL_CLASS_BE) && n > 1 && efti_veil_follows(v, n - 1))
        word--;
    if (!efti_veil_in(v, word, GROUP_AGES_WORD) ||
        (word > 0 && efti_veil_is_word(v, word - 1, "mellan")))
        return false;
    while (k < v->words.count && count < 8 && efti_age_possible(v, k) &&
           !efti_age_is_band(v, k)) {
        count++;
        k++;
        if (efti_veil_is(v, k, VEIL_CLASS_AND) && efti_veil_follows(v, k))
            k++;
        else if (k >= v->words.count || age_word(v, k)->glue != VEIL_GLUE_COMMA)
            break;
    }
    if (count < 2 || !efti_age_ends_before(v, k))
        return false;
    efti_age_propose_list(v, n, k - 1, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    return true;
}

/* "en tant på typ 85", "en gubbe på åttiotre som", "pojken på sju gömde sig" */
static bool
tells_age_of_somebody(const struct efti_veil *v, size_t n)
{
    bool about = efti_veil_follows(v, n) && efti_veil_in(v, n - 1, GROUP_ABOUT_SO_OLD);
    size_t on = n - 1 - about;

    if (n < 2u + about || !efti_veil_follows(v, n) || !efti_veil_follows(v, on + 1) ||
        !efti_veil_is_word(v, on, "på") || on == 0 || !efti_veil_follows(v, on) ||
        !is_one(v, on - 1) || age_is_ett(v, n) ||
        (age_word(v, n)->state & VEIL_STATE_AGE) != 0)
        return false;
    if (is_loose_number(v, n) && efti_age_ends_before(v, n + 1))
        return about || (age_word(v, n)->bits & VEIL_DIGITS) == 0;
    return efti_age_possible(v, n) && efti_veil_follows(v, n + 1) &&
           efti_frame_is_past(age_word(v, n + 1));
}

/* "en 4- och en 7-åring" */
static bool
is_first_yearling(const struct efti_veil *v, size_t n)
{
    return efti_age_possible(v, n) &&
           (v->segments->tokens.items[n].flags & EFTI_TOKEN_SUSPENDED) != 0 &&
           n + 3 < v->words.count && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
           efti_veil_in(v, n + 2, GROUP_A_OR_ONE) &&
           efti_veil_is(v, n + 3, VEIL_CLASS_YEARLING);
}

/* "sitt första barn vid 17", "vid 16 flyttade han hemifrån": what happens once. */
static bool
is_once(const struct efti_veil *v, size_t n)
{
    if (n < 1 || !efti_veil_follows(v, n) || !efti_veil_is_word(v, n - 1, "vid") ||
        !is_loose_number(v, n))
        return false;
    if (is_loose_start(v, n - 1)) {
        for (size_t k = n + 1; k < n + 7 && efti_veil_follows(v, k); k++)
            if (efti_veil_in(v, k, GROUP_ONCE) || efti_veil_is_word(v, k, "hemifrån"))
                return efti_veil_in(v, n + 2, GROUP_ONE_PERSON);
        return false;
    }
    return n > 2 && efti_veil_follows(v, n - 1) && efti_veil_in(v, n - 2, GROUP_CHILD) &&
           efti_veil_is_word(v, n - 3, "första") && efti_age_ends_before(v, n + 1);
}

/* "hon 10, jag 41 och": two who are told with their numbers; `n` is the first. */
static bool
is_pair_of_pronouns(const struct efti_veil *v, size_t n)
{
    return efti_veil_follows(v, n) && efti_veil_in(v, n - 1, GROUP_ONE_PERSON) &&
           efti_age_possible(v, n) && efti_age_possible(v, n + 2) &&
           age_word(v, n + 1)->glue == VEIL_GLUE_COMMA &&
           efti_veil_in(v, n + 1, GROUP_ONE_PERSON) && efti_veil_follows(v, n + 2) &&
           efti_age_ends_before(v, n + 3);
}

/* "milo 5 år o nova 3": the second of two, `n`, told as the first was. */
static bool
is_second_of_two(struct efti_veil *v, size_t n)
{
    size_t before = n - 3;

    if (n < 5 || !efti_veil_follows(v, n) || !efti_veil_follows(v, n - 1) ||
        !efti_veil_is(v, n - 2, VEIL_CLASS_AND) || !efti_veil_follows(v, n - 2) ||
        !efti_age_possible(v, n) || (age_word(v, n)->bits & VEIL_DIGITS) == 0 ||
        !(efti_age_ends_before(v, n + 1) || age_is_year(v, n + 1)))
        return false;
    if (efti_veil_is(v, before, VEIL_CLASS_YEAR))
        before--;
    size_t first = before - 1;
    if (first > 0 && efti_veil_is(v, first, VEIL_CLASS_BE)) /* Milo är 5 och Nova 3 */
        first--;
    if ((age_word(v, before)->state & VEIL_STATE_AGE) == 0 ||
        (age_word(v, first)->state & VEIL_STATE_NAME) == 0)
        return false;
    struct veil_word *w = &v->words.items[n - 1];
    if ((w->state & VEIL_STATE_NAME) == 0) {
        if (w->form == NULL || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0)
            return false;
        efti_veil_mark(v, n - 1, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
    }
    return w->category == EFTI_PERSON;
}

/* "Hon är 3 1/2 år" */
static bool
is_half_of_one(const struct efti_veil *v, size_t n)
{
    return n > 1 && efti_veil_follows(v, n) && efti_age_has_fraction(v, n) &&
           efti_age_possible(v, n) && efti_veil_is(v, n - 1, VEIL_CLASS_BE) &&
           is_one(v, n - 2);
}

/* "Jo Lind heter jag, rom, 52, brobyggare": between commas, who one is before it. */
static bool
is_presented(const struct efti_veil *v, size_t n)
{
    if (n < 4 || age_word(v, n)->glue != VEIL_GLUE_COMMA || n + 1 >= v->words.count ||
        age_word(v, n + 1)->glue != VEIL_GLUE_COMMA || !is_loose_number(v, n) ||
        efti_age_possible(v, n + 1))
        return false;
    for (size_t k = n - 1; k > 0 && n - k < 8; k--)
        if (efti_veil_is(v, k, VEIL_CLASS_CALLED))
            return (k > 0 && efti_veil_in(v, k - 1, GROUP_ONE_PERSON)) ||
                   efti_veil_in(v, k + 1, GROUP_ONE_PERSON);
    return false;
}

/* "nådde 90", "har passerat 90", "levde till 90": as far as somebody came. */
static bool
is_reached(const struct efti_veil *v, size_t n)
{
    size_t verb = n - 1;

    if (!efti_veil_follows(v, n) || !is_loose_number(v, n) ||
        !efti_age_ends_before(v, n + 1))
        return false;
    if (efti_veil_is_word(v, verb, "till") && efti_veil_follows(v, verb) &&
        efti_veil_in(v, verb - 1, GROUP_LIVED))
        verb--;
    else if (!efti_veil_in(v, verb, GROUP_REACHES_AGE))
        return false;
    if (verb > 0 && efti_veil_follows(v, verb) &&
        efti_veil_is(v, verb - 1, VEIL_CLASS_HAVE))
        verb--;
    return verb > 0 && efti_veil_follows(v, verb) && is_one(v, verb - 1);
}

/* "bär sina 90 år väl": a life, as no one has worked so long. */
static bool
is_of_a_life(const struct efti_veil *v, size_t n)
{
    const struct efti_form *f = age_word(v, n)->form;

    return efti_veil_follows(v, n) && efti_veil_in(v, n - 1, GROUP_WHOSE_YEARS) &&
           efti_veil_is(v, n + 1, VEIL_CLASS_YEAR) && efti_veil_follows(v, n + 1) &&
           is_loose_number(v, n) && f->kind == EFTI_NUMBER &&
           efti_veil_number(f->folded, f->folded_size) >= 60;
}

/* "hon är 16år", "min son 8år går", "en 14-års kille": the unit hangs on the figures;
 * token `i` has some. */
void
efti_age_glued(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = age_word(v, i)->form;
    size_t digits = 0, unit;
    bool whose;

    while (digits < f->folded_size && f->folded[digits] >= '0' &&
           f->folded[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 2 || f->raw_size != f->folded_size)
        return;
    unit = digits + (f->folded[digits] == '-');
    if (f->folded_size - unit == 4 && memcmp(f->folded + unit, "års", 4) == 0)
        whose = efti_veil_follows(v, i + 1) && efti_age_is_person(v, i + 1);
    else if (f->folded_size - digits == 3 && memcmp(f->folded + digits, "år", 3) == 0)
        whose = i > 0 && age_word(v, i)->glue != VEIL_GLUE_FAR &&
                ((efti_age_is_person(v, i - 1) &&
                  !efti_veil_in(v, i - 1, GROUP_SEVERAL_OR_STAFF)) ||
                 (i > 1 && efti_veil_follows(v, i) && is_one(v, i - 2) &&
                  (efti_veil_is(v, i - 1, VEIL_CLASS_BE) ||
                   efti_veil_is(v, i - 1, VEIL_CLASS_TURNS) ||
                   efti_veil_in(v, i - 1, GROUP_BECAME) ||
                   efti_veil_is_word(v, i - 1, "på"))));
    else
        return;
    size_t start = v->segments->tokens.items[i].start;
    if (whose)
        efti_veil_propose(v, start, start + digits, VEIL_RULE_AGE_YEARS,
                          EFTI_EVIDENCE_CONTEXT);
}

/* hon, över, numera, vid, på: right before a number, a rule here may speak of it. */
static bool
is_before_loose(const struct efti_form *f)
{
    static const enum veil_group groups[] = {
        GROUP_ONE_PERSON,  GROUP_AGE_BOUNDS,   GROUP_SOON,      GROUP_REACHES_AGE,
        GROUP_WHOSE_YEARS, GROUP_ABOUT_SO_OLD, GROUP_AGES_WORD,
    };
    const uint32_t set = efti_veil_set_of(f->folded, f->folded_size);

    for (size_t k = 0; k < EFTI_COUNT(groups); k++)
        if (efti_veil_set_holds(set, groups[k]))
            return true;
    return efti_equal(f->folded, f->folded_size, "vid", 3) ||
           efti_equal(f->folded, f->folded_size, "på", 3) ||
           efti_equal(f->folded, f->folded_size, "till", 4);
}

/* Each rule here wants one of these beside the number; most numbers have none. */
static bool
may_be_loose(const struct efti_veil *v, size_t n)
{
    const struct veil_word *w = age_word(v, n);

    if (efti_veil_class(w[-1].bits) == VEIL_CLASS_BE ||
        (n > 4 && efti_veil_class(w[-2].bits) == VEIL_CLASS_AND))
        return true;
    if ((v->segments->tokens.items[n].flags & EFTI_TOKEN_SUSPENDED) != 0 ||
        (w->glue == VEIL_GLUE_COMMA && n + 1 < v->words.count &&
         w[1].glue == VEIL_GLUE_COMMA))
        return true;
    return efti_veil_ask(v, n - 1, VEIL_ASK_LOOSE, is_before_loose);
}

bool
efti_age_loose(struct efti_veil *v, size_t n)
{
    if (n == 0 || (age_word(v, n)->state & VEIL_STATE_AGE) != 0 || !may_be_loose(v, n))
        return false;
    if (is_pair_of_pronouns(v, n) || (n > 2 && is_pair_of_pronouns(v, n - 2)))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (is_second_of_two(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (is_bounded(v, n) || is_now_and(v, n) || is_left_out(v, n) || is_once(v, n) ||
             is_presented(v, n) || is_half_of_one(v, n) || is_reached(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
    else if (is_now_at_start(v, n) || is_of_a_life(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (tells_age_of_somebody(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (is_first_yearling(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARLING, EFTI_EVIDENCE_SHAPE);
    else
        return ages_of_several(v, n);
    return true;
}
