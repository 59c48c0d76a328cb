/*
 * cancelled.c - negators that deny nothing where they stand
 *
 *     inte ... förrän                  it happens, later
 *     aldrig haft så bra handledning   the most ever
 *     det har ingen frågat förut       now somebody has
 *     hade vi inte mätt hade jag ...   they did
 *     jag sa nej till surfplattan      what one turns down is there
 *     ... eller inte                   at the end of a question
 *     inte utan oro                    two that take each other back
 *     inte så att vi inte får stöd     through an "att" too
 */
#include "match/clause.h"

/* "inte förrän", "inte på flera veckor förrän". */
#define REACH_UNTIL 8
/* "det har ingen någonsin frågat mig om förut": from a negation to what ends its time. */
#define REACH_SINCE 10

static bool
is_never(const struct efti_form *f)
{
    static const char *const words[] = {"aldrig", "aldri", "alldrig", "aldig", "allri"};

    return form_among(f, words, EFTI_COUNT(words));
}

/* "från noll till nitton": a number. */
static bool
is_range(polarity_view v, uint32_t cue)
{
    return form_is(form_of(v, cue), "noll") && form_is(form_of(v, cue - 1), "från");
}

/* "inte varit så orolig som i natt": more than ever. "inte så orolig som förut" is less,
 * and so is "inte varit så bra som vi trodde". */
static bool
is_more_than_before(polarity_view v, uint32_t so)
{
    static const char *const been[] = {"varit", "haft", "känt", "mått", "blivit"};
    static const char *const today[] = {"nu",    "idag", "igår",  "ikväll",
                                        "inatt", "just", "denna", "i"};

    if (!form_among(form_of(v, so - 1), been, EFTI_COUNT(been)))
        return false;
    for (uint32_t i = so + 1; i + 1 < v->end && i < so + 4; i++)
        if (form_is(form_of(v, i), "som"))
            return form_among(form_of(v, i + 1), today, EFTI_COUNT(today));
    return false;
}

/* "aldrig haft så bra handledning", "sällan haft så roligt", "inte haft så roligt sedan
 * dess", "inte varit så glad på länge": the most ever. */
static bool
is_superlative(polarity_view v, uint32_t cue)
{
    bool never = is_never(form_of(v, cue)) || form_is(form_of(v, cue), "sällan");
    uint32_t i = cue + 1, far = cue + (never ? REACH_UNTIL + 1 : 5);

    while (i < v->end && i < far && clause_word(v, i)->edge == EDGE_NONE &&
           !form_is(form_of(v, i), "så"))
        i++;
    if (!form_is(form_of(v, i), "så"))
        return false;
    if (never || form_is(form_of(v, cue + 1), "ofta"))
        return i + 1 < v->end &&
               (clause_says(v, i + 1) & (EFTI_SAYS_SUBJECT | EFTI_SAYS_ATT)) == 0 &&
               !efti_looks_like_verb(form_of(v, i + 1));
    if (is_more_than_before(v, i))
        return true;
    for (uint32_t end = i + REACH_UNTIL; i < v->end && i < end; i++) {
        const struct efti_form *f = form_of(v, i);
        if (form_is(f, "sedan") || form_is(f, "sen") || form_is(f, "länge") ||
            form_is(f, "läng"))
            return true;
    }
    return false;
}

/* "det har ingen frågat förut", "hade aldrig provat det tidigare": not until now. */
static bool
is_new_now(polarity_view v, uint32_t cue)
{
    static const char *const before[] = {"förut", "tidigare", "innan", "förr"};
    static const char *const compared[] = {"som", "än", "så"};

    for (uint32_t i = cue + 1; i < v->end && i < cue + REACH_SINCE; i++) {
        if (clause_word(v, i)->edge == EDGE_CLAUSE)
            return false;
        if (form_among(form_of(v, i), before, EFTI_COUNT(before)))
            return (i + 1 == v->end || clause_word(v, i + 1)->edge != EDGE_NONE) &&
                   !form_among(form_of(v, i - 1), compared, EFTI_COUNT(compared));
    }
    return false;
}

/* "hade vi inte mätt hade jag svurit på det": they did. */
static bool
is_contrary(polarity_view v, uint32_t cue)
{
    uint32_t start = cue;

    while (start > v->first && cue - start < 3 &&
           clause_word(v, start)->edge == EDGE_NONE)
        start--;
    if (!form_is(form_of(v, start), "hade") ||
        (clause_says(v, start + 1) & EFTI_SAYS_SUBJECT) == 0)
        return false;
    for (uint32_t i = cue + 1; i < v->end && i < cue + REACH_SINCE; i++) {
        if (form_is(form_of(v, i), "hade") || form_is(form_of(v, i), "skulle"))
            return true;
    }
    return false;
}

/* "jag sa nej till surfplattan": what one turns down is there. "rektorn sa nej till
 * handledning": what others refuse is not. */
static bool
is_own_refusal(polarity_view v, uint32_t cue)
{
    return form_is(form_of(v, cue + 1), "nej") &&
           (cue == v->first || clause_word(v, cue)->edge == EDGE_CLAUSE ||
            form_is(form_of(v, cue - 1), "jag") || form_is(form_of(v, cue - 1), "vi"));
}

/* "det slutade med att hon kom": it came about. */
static bool
is_outcome(polarity_view v, uint32_t cue)
{
    return (clause_says(v, cue) & EFTI_SAYS_CEASE) != 0 &&
           form_is(form_of(v, cue + 1), "med") &&
           (clause_says(v, cue + 2) & EFTI_SAYS_ATT) != 0;
}

/* "det är inte så att", "ingen påstår att", "tror inte att": what is behind is not so. */
static bool
denies_behind(polarity_view v, uint32_t att)
{
    static const char *const said[] = {"så",    "sant",   "säga",   "påstå",
                                       "hävda", "säger",  "påstår", "hävdar",
                                       "tror",  "tycker", "menar"};
    uint32_t verb = att - (is_plain(clause_says(v, att - 1)) ? 2 : 1);

    if (!form_among(form_of(v, verb), said, EFTI_COUNT(said)))
        return false;
    return verb + 1 < att || (clause_says(v, verb - 1) & EFTI_SAYS_NO) != 0 ||
           any_says(v, verb < 2 ? 0 : verb - 2, verb, EFTI_SAYS_PLAIN);
}

/* "man kan inte säga att stödet saknas": not said to be missing. "det är inte så att vi
 * inte får stöd": nor that they get none. */
static bool
is_denied_lack(polarity_view v, uint32_t cue)
{
    static const char *const lacks[] = {"saknar", "saknade", "slipper", "slapp"};
    uint32_t i = cue;

    if ((clause_says(v, cue) & (EFTI_SAYS_ABSENT | EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) ==
            0 &&
        !form_among(form_of(v, cue), lacks, EFTI_COUNT(lacks)))
        return false;
    for (uint32_t n = 0; i > v->first && n < REACH_BACK; n++) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            return false;
        i--;
        if ((clause_says(v, i) & EFTI_SAYS_ATT) != 0)
            break;
    }
    if (i > v->first + 1 && (clause_says(v, i) & EFTI_SAYS_ATT) != 0 &&
        denies_behind(v, i))
        return true;
    uint32_t from = i < v->first + 3 ? v->first : i - 3;
    return (clause_says(v, cue) & EFTI_SAYS_ABSENT) != 0 &&
           (clause_says(v, i) & EFTI_SAYS_ATT) != 0 &&
           any_says(v, from, i, EFTI_SAYS_BELIEVE) &&
           any_says(v, from, i, EFTI_SAYS_PLAIN);
}

/* "ingen brist på stöd", "knappast någon brist": where the lack is said; 0: nowhere. */
static uint32_t
lack_denied(polarity_view v, uint32_t cue)
{
    static const char *const lack[] = {"brist", "brister", "avsaknad"};
    uint32_t at = cue + 1;

    if (is_plain(clause_says(v, cue)) && at < v->end &&
        (clause_says(v, at) & EFTI_SAYS_SOME) != 0)
        at++;
    else if ((clause_says(v, cue) & EFTI_SAYS_NO) == 0)
        return 0;
    return at < v->end && is_cue(v, at) &&
                   form_among(form_of(v, at), lack, EFTI_COUNT(lack))
               ? at
               : 0;
}

/* Negators that are none here: "inte ... förrän" (it happens, later), "eller inte" at an
 * end, and two that take each other back ("inte utan oro", "saknar inte stöd"). */
void
efti_mark_cancelled(polarity_view v)
{
    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        if (!is_cue(v, i))
            continue;
        if (is_plain(word->says) &&
            (any_says(v, i + 1, i + REACH_UNTIL, EFTI_SAYS_UNTIL) ||
             is_superlative(v, i)))
            word->cancelled = true;
        if (is_outcome(v, i) || is_range(v, i) || is_own_refusal(v, i) ||
            ((word->says & (EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) != 0 && is_new_now(v, i)) ||
            (is_plain(word->says) && is_contrary(v, i)))
            word->cancelled = true;
        if (is_denied_lack(v, i)) {
            word->cancelled = true;
            for (uint32_t k = i; k-- > v->first && i - k < REACH_BACK + 4;)
                clause_word(v, k)->cancelled |=
                    (clause_says(v, k) & (EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) != 0;
        }
        const uint32_t lack = lack_denied(v, i);
        if (lack != 0) {
            word->cancelled = true;
            clause_word(v, lack)->cancelled = true;
        }
        if (i > v->first && (clause_says(v, i - 1) & EFTI_SAYS_OR) != 0 &&
            (i + 1 == v->end || clause_word(v, i + 1)->edge != EDGE_NONE))
            word->cancelled = true;
        bool near = i + 1 < v->end && clause_word(v, i + 1)->edge == EDGE_NONE &&
                    efti_stands_beside(v, i + 1);
        if (near && is_plain(word->says) && i + 2 < v->end &&
            clause_word(v, i + 2)->edge == EDGE_NONE && is_cue(v, i + 2) &&
            (clause_says(v, i + 2) & EFTI_SAYS_ABSENT) != 0) {
            word->cancelled = true; /* "kan inte kallas obefintlig" */
            clause_word(v, i + 2)->cancelled = true;
        }
        if (near && is_cue(v, i + 1) &&
            is_plain(word->says) != is_plain(clause_says(v, i + 1)) &&
            ((word->says | clause_says(v, i + 1)) & EFTI_SAYS_NO) == 0) {
            word->cancelled = true;
            clause_word(v, i + 1)->cancelled = true;
        }
    }
}
