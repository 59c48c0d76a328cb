/*
 * ages_years.c - ages whose measure is said: years, months, the year of birth
 *
 *   14 år gammal, 8 månader gammal        gammal behind it
 *   flicka 6 år; en man, 47 år,           somebody before it
 *   jag 34 år, trots sina 84 år           the one who tells; years that somebody carries
 *   åldern är 42; i en ålder av 13        the word age
 *   född 2009, f. 1987, f. -87, födda -15 och -18
 *                                         how old somebody is now
 *   han är 05:a, hon är en 98:a           the same in slang
 *
 * "med sina 20 år i yrket" and "för barn 2-4 år" are years of something else, and
 * "diskmaskinen är tio år gammal" tells nobody's age.
 */
#include "veil/ages.h"

/* The first number of a list that ends in `n`: 2, 5 och 9. */
static size_t
first_of_list(const struct efti_veil *v, size_t n)
{
    for (int k = 0; k < 6; k++) {
        if (n > 0 && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
            efti_age_possible(v, n - 1))
            n--;
        else if (n > 1 && efti_veil_follows(v, n) &&
                 efti_veil_is(v, n - 1, VEIL_CLASS_AND) && efti_age_possible(v, n - 2) &&
                 efti_veil_follows(v, n - 1))
            n -= 2;
        else
            break;
    }
    return n;
}

/* "med sina 20 år i yrket": years of something, not of a life. */
static bool
years_of(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is(v, i, VEIL_CLASS_IN);
}

/* "undersköterska 31 år i yrket": years of work, whoever has them. */
static bool
years_of_work(const struct efti_veil *v, size_t i)
{
    return years_of(v, i) && efti_veil_follows(v, i + 1) &&
           efti_veil_in(v, i + 1, GROUP_WORKING_LIFE);
}

/* Does what stands before the number say that it is somebody's: "flicka 6 år", "man, 47
 * år", "flickan på sex år"? */
static bool
whose_years(const struct efti_veil *v, size_t n, bool ends)
{
    if (n == 0 || (age_word(v, n)->glue == VEIL_GLUE_MARK &&
                   v->segments->tokens.items[n - 1].kind == EFTI_NUMBER))
        return false; /* för barn 2–4 år */
    if (age_word(v, n)->glue == VEIL_GLUE_COMMA || age_word(v, n)->glue == VEIL_GLUE_MARK)
        return ends || efti_age_is_person(v, n - 1);
    if (age_word(v, n)->glue != VEIL_GLUE_SPACE)
        return false;
    if (efti_age_is_person(v, n - 1))
        return !years_of_work(v, n + 2);
    if ((n == 1 || age_word(v, n - 1)->glue != VEIL_GLUE_SPACE) &&
        efti_veil_in(v, n - 1, GROUP_ONE_PERSON) &&
        !years_of(v, n + 2)) /* jag 34 år kommer från */
        return !efti_veil_in(v, n + 2, GROUP_LATER);
    if (efti_veil_is_word(v, n + 3, "nacken") && efti_veil_in(v, n - 1, GROUP_DESPITE))
        return true; /* trots 91 år på nacken */
    if (n > 1 && efti_veil_in(v, n - 1, GROUP_WHOSE_YEARS) &&
        efti_veil_follows(v, n - 1) &&
        efti_veil_in(v, n - 2, GROUP_DESPITE)) /* trots sina 84 år cyklar hon */
        return ends || !years_of(v, n + 2);
    if (n > 1 && efti_veil_follows(v, n - 1) && efti_veil_in(v, n - 2, GROUP_AGE_WORD))
        return true; /* i en ålder av 78 år */
    return n > 1 && efti_veil_in(v, n - 1, GROUP_AT_OR_ABOUT) &&
           age_word(v, n - 1)->glue == VEIL_GLUE_SPACE && efti_age_is_person(v, n - 2);
}

/* "tre år och fyra månader": the months behind an age. */
void
efti_age_and_months(struct efti_veil *v, size_t year)
{
    size_t n = year + 2;

    if (efti_veil_is(v, year + 1, VEIL_CLASS_AND) && efti_veil_follows(v, n) &&
        efti_age_possible(v, n) && efti_veil_follows(v, n + 1) &&
        efti_veil_in(v, n + 1, GROUP_MONTHS_WEEKS_DAYS))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}

/* "diskmaskinen", "att vår gamla dator": a thing is the subject, with nobody before it.
 * "Mannen i huset är" has more words before. */
static bool
is_thing_of_clause(const struct efti_veil *v, size_t thing)
{
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    size_t k = thing;

    if (age_word(v, k)->form == NULL || (age_word(v, k)->state & VEIL_STATE_NAME) != 0)
        return false;
    bool definite = efti_veil_ends_in(age_word(v, k)->form, ENDS_THINGS_THAT_AGE, 0);
    if (!definite && !efti_veil_ends_in(age_word(v, k)->form, ENDS_THINGS_THAT_AGED, 0))
        return false;
    for (int n = 0; n < 3; n++) {
        if ((v->segments->tokens.items[k].flags & starts) != 0)
            return definite || n > 0;
        if (k == 0 || !efti_veil_follows(v, k) ||
            !efti_veil_in(v, k - 1, GROUP_BEFORE_THINGS))
            return false;
        if (efti_veil_is_word(v, k - 1, "att")) /* a clause begins */
            return definite || n > 0;
        k--;
    }
    return false;
}

static bool
is_thing_that_is(const struct efti_veil *v, size_t be)
{
    return be > 0 && efti_veil_is(v, be, VEIL_CLASS_BE) && efti_veil_follows(v, be) &&
           is_thing_of_clause(v, be - 1);
}

/* "Diskmaskinen, tio år gammal, gick sönder": token `n` is the number. */
static bool
is_behind_thing(const struct efti_veil *v, size_t n)
{
    return n > 0 && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
           is_thing_of_clause(v, n - 1);
}

/* "En tio år gammal dator", where token `i` is år. */
static bool
is_old_thing(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 2) &&
           efti_veil_ends_in(age_word(v, i + 2)->form, ENDS_THINGS_THAT_AGED, 0);
}

/* Token `i` is år: 14 år gammal; en man, 47 år, på; flickan på sex år. */
void
efti_age_years(struct efti_veil *v, size_t i)
{
    size_t n = i - 1, first;

    if (i == 0 || age_word(v, i)->glue != VEIL_GLUE_SPACE || !efti_age_possible(v, n))
        return;
    first = first_of_list(v, n);
    bool old = efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_OLD);
    if (old && first == n && n > 0 &&
        (age_word(v, n)->glue == VEIL_GLUE_SPACE
             ? is_thing_that_is(v, n - 1) || is_old_thing(v, i)
             : is_behind_thing(v, n)))
        return;
    if (old || whose_years(v, first, !efti_veil_follows(v, i + 1)))
        efti_age_propose_list(v, first, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else if (first == n && age_word(v, n)->glue != VEIL_GLUE_SPACE && n > 0 &&
             (age_word(v, n - 1)->state & VEIL_STATE_NAME) != 0 &&
             age_word(v, n - 1)->category == EFTI_PERSON &&
             efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        efti_age_propose_list(v, first, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
    else
        return;
    efti_age_and_months(v, i);
}

/* Ålder: 42; åldern är 42; i en ålder av 13 placerades han. */
void
efti_age_stated(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (n >= v->words.count || !efti_veil_in(v, i, GROUP_AGE_WORD))
        return;
    bool said = age_word(v, n)->glue == VEIL_GLUE_MARK;
    if (efti_veil_follows(v, n) && efti_veil_in(v, n, GROUP_BETWEEN_AGE)) {
        said = true;
        n++;
    }
    said = said || (efti_veil_follows(v, n) &&
                    (age_is_year(v, n + 1) || !efti_veil_follows(v, n + 1)));
    if (said && n < v->words.count && age_word(v, n)->glue != VEIL_GLUE_FAR &&
        efti_age_possible(v, n) && !age_is_ett(v, n) && !efti_age_is_band(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* Token `i` is gammal: 8 månader gammal. */
void
efti_age_months_old(struct efti_veil *v, size_t i)
{
    if (i >= 2 && age_word(v, i)->glue == VEIL_GLUE_SPACE &&
        efti_veil_in(v, i - 1, GROUP_MONTHS_WEEKS_DAYS) && efti_age_possible(v, i - 2))
        efti_age_propose(v, i - 2, VEIL_RULE_AGE_YEARS, EFTI_EVIDENCE_CONTEXT);
}

/* Two figures that are the last ones of a year: -87, or behind a letter all that stands
 * in brackets, "(f. 87)". */
static bool
is_cut_year(const struct efti_veil *v, size_t born, size_t n)
{
    const char *text = v->text.bytes;
    const size_t start = v->segments->tokens.items[n].start,
                 letter = v->segments->tokens.items[born].start;

    if (!efti_age_ends_before(v, n + 1) && efti_veil_follows(v, n + 1))
        return false;
    return age_word(v, born)->form->folded_size > 2 ||
           (start > 0 && text[start - 1] == '-') ||
           (start > 2 && memcmp(text + start - 3, "\xE2\x80\x93", 3) == 0) ||
           (letter > 0 && text[letter - 1] == '(');
}

/* född 2009, född -09, f. 1987, barn födda 2015 och 2018: how old somebody is now. */
void
efti_age_born(struct efti_veil *v, size_t n)
{
    size_t before = n;

    if (n == 0 || age_word(v, n)->glue == VEIL_GLUE_FAR)
        return;
    if (n > 2 && efti_veil_is(v, n - 1, VEIL_CLASS_AND) &&
        (age_word(v, n - 2)->bits & VEIL_DIGITS) != 0)
        before = n - 2; /* födda 2015 och 2018 */
    if (before > 1 && efti_veil_is(v, before - 1, VEIL_CLASS_YEAR) &&
        efti_veil_follows(v, before))
        before--; /* född år 1962 */
    if (!efti_veil_in(v, before - 1, GROUP_BORN))
        return;
    const struct efti_form *f = age_word(v, n)->form;
    uint32_t year = f == NULL || f->folded_size > 5
                        ? 0
                        : efti_veil_number(f->folded + (f->folded[0] == '-'),
                                           f->folded_size - (f->folded[0] == '-'));
    bool four = year >= 1900 && year <= 2039;
    bool two =
        year < 100 && f != NULL && f->folded_size >= 2 && is_cut_year(v, before - 1, n);
    if ((four || two) && !efti_veil_is(v, n + 1, VEIL_CLASS_MONTH))
        efti_age_propose(v, n, VEIL_RULE_AGE_IS, EFTI_EVIDENCE_FRAME);
}
