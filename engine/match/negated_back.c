/*
 * negated_back.c - what a negation behind the hit, in its own sentence, takes back
 *
 *     vi [samarbetar] inte                 the verb itself, right before it
 *     [delaktighet] får de inte            an object moved to the front
 *     [handledning] har ingen fått         nobody behind its verb
 *     någon [återkoppling] gavs inte       "någon ... inte" is "ingen"
 *     [tillit] finns inte                  a verb of being: the subject is missing
 *     [återkoppling]: noll                 a list of what there was
 *     [glädjen], den är borta              taken up again by a pronoun
 *   but
 *     [samverkan] fungerar inte            works badly, and is there: affirmed
 *     [stressen] minskade inte             still there: affirmed
 *
 * The walk goes from the hit to the right, and the first cue or border it meets settles
 * the matter. (What the next sentence takes back is in behind.c.)
 */
#include "match/clause.h"

/* "återkoppling på inskickat: noll": from a word to the colon behind it. */
#define REACH_LISTED 3

/* "vi samarbetar inte", "samarbetar vi inte", "oroade mig inte". In a subordinate clause
 * the verb stands behind "inte", so what stands before it is the subject. */
static bool
is_negated_verb(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t between = hit->end;

    while (between < cue &&
           (clause_says(v, between) & (EFTI_SAYS_SUBJECT | EFTI_SAYS_REFLEXIVE)) != 0)
        between++;
    if (between != cue || cue - hit->end > 2)
        return false;
    if ((clause_says(v, efti_clause_start(v, hit->first)) & EFTI_SAYS_SUBORDINATE) != 0)
        return false;
    if (hit->first > v->first && cue == hit->end &&
        (clause_says(v, hit->first - 1) & EFTI_SAYS_SUBJECT) != 0)
        return true;
    return (clause_says(v, hit->end - 1) & EFTI_SAYS_FINITE) != 0 ||
           efti_looks_like_verb(form_of(v, hit->end - 1));
}

/* "på hälsosamtalen börjar jag aldrig": where or when, and no object. */
static bool
is_preposition(polarity_view v, uint32_t token)
{
    static const char *const words[] = {"på",  "i",     "under", "med", "från", "hos",
                                        "för", "efter", "genom", "vid", "om"};

    return form_among(form_of(v, token), words, EFTI_COUNT(words));
}

/* "Delaktighet får de inte", "tid till det har vi aldrig": object, verb, pronoun. */
static bool
is_fronted_object(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t start = efti_clause_start(v, hit->first);

    if (hit->first - start > 4 || (clause_says(v, start) & EFTI_SAYS_SUBORDINATE) != 0 ||
        any_says(v, start, hit->first, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT) ||
        is_preposition(v, hit->first - 1))
        return false;
    for (uint32_t p = hit->end + 1; p < cue && p <= hit->end + 3; p++) {
        if ((clause_says(v, p) & EFTI_SAYS_SUBJECT) != 0)
            return cue - p <= 3 && ((clause_says(v, p - 1) & EFTI_SAYS_FINITE) != 0 ||
                                    efti_looks_like_verb(form_of(v, p - 1)));
    }
    return false;
}

/* "handledning har ingen fått", "handledning är det ingen som bokar": an object moved to
 * the front, and nobody behind its verb. "gav inget nytt" is no such thing. */
static bool
is_nobodys(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t start = efti_clause_start(v, hit->first);

    if (!form_is(form_of(v, cue), "ingen") || hit->first - start > 3 ||
        any_says(v, start, hit->end, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT))
        return false;
    if (form_is(form_of(v, cue + 1), "som"))
        return form_is(form_of(v, cue - 1), "det");
    if (cue - hit->end > 3 || cue == hit->end)
        return false;
    if (form_is(form_of(v, cue - 1), "har") || form_is(form_of(v, cue - 1), "hade"))
        return efti_form_ends(form_of(v, cue + 1), "t");
    return is_preposition(v, cue + 1) && efti_looks_like_verb(form_of(v, cue - 1)) &&
           (cue + 2 >= v->end || clause_word(v, cue + 2)->edge != EDGE_NONE);
}

/* "styrkorna glömde jag", "reflektionen hoppade vi över": the verb itself
 * takes it away. */
static bool
is_left_out(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t start = efti_clause_start(v, hit->first);

    return cue == hit->end && hit->first - start <= 3 &&
           (clause_says(v, cue + 1) & EFTI_SAYS_SUBJECT) != 0 &&
           !any_says(v, start, hit->end, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT);
}

/* "inte än", "knappt alls": behind a negation, only when or how much. */
static bool
is_only_when(const struct efti_form *f)
{
    static const char *const words[] = {"än",     "ännu", "alls",   "nu",
                                        "längre", "idag", "numera", "direkt"};

    return form_among(f, words, EFTI_COUNT(words));
}

/* "tillit finns inte", "när tid inte finns", "handledning blev det inte"; the verb may
 * be the last word of the hit ("uppföljning görs inte"). */
static bool
is_missing(polarity_view v, uint32_t hit_end, uint32_t cue)
{
    uint32_t before = cue < hit_end + 2 ? hit_end : cue - 2;

    if (any_says(v, before, cue, EFTI_SAYS_EXIST) ||
        (cue == hit_end && (clause_says(v, cue - 1) & EFTI_SAYS_EXIST) != 0) ||
        (clause_says(v, cue + 1) & EFTI_SAYS_EXIST) != 0)
        return true;
    if (!any_says(v, before, cue, EFTI_SAYS_BECOME))
        return false;
    return cue + 1 == v->end || clause_word(v, cue + 1)->edge != EDGE_NONE ||
           form_of(v, cue + 1) == NULL || form_is(form_of(v, cue + 1), "av");
}

/* "återkoppling sällan", "samverkan inte än": a note without any verb. */
static bool
is_bare(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    return cue == hit->end && v->end - cue <= 3 &&
           !any_says(v, v->first, v->end, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT) &&
           (cue + 1 == v->end || clause_word(v, cue + 1)->edge != EDGE_NONE ||
            (clause_says(v, cue + 1) & EFTI_SAYS_OR) != 0 ||
            is_only_when(form_of(v, cue + 1)));
}

/* "delaktighet är inte att tala om" */
static bool
is_not_worth_it(polarity_view v, uint32_t cue)
{
    return (clause_says(v, cue + 1) & EFTI_SAYS_ATT) != 0 &&
           (form_is(form_of(v, cue + 2), "tala") ||
            form_is(form_of(v, cue + 2), "prata"));
}

/* "någon återkoppling": within the noun phrase that the hit ends. */
static bool
is_some(polarity_view v, const struct efti_raw_hit *hit)
{
    return any_says(v, hit->first < 3 ? 0 : hit->first - 3, hit->end, EFTI_SAYS_SOME);
}

/* "mätningen avsåg uteblivna besök": said of the noun behind, not of the one before. */
static bool
is_attribute(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    static const char *const copulas[] = {"är",   "e",   "var",    "va",   "blev",
                                          "blir", "bli", "blivit", "varit"};
    const struct efti_form *f = form_of(v, cue), *next = form_of(v, cue + 1);
    bool participle = efti_form_ends(f, "na") || efti_form_ends(f, "da") ||
                      efti_form_ends(f, "de") || efti_form_ends(f, "net") ||
                      efti_form_ends(f, "vet");

    return participle && cue > hit->end && next != NULL &&
           clause_word(v, cue + 1)->edge == EDGE_NONE &&
           (clause_says(v, cue + 1) & (EFTI_SAYS_STOP | EFTI_SAYS_ADVERB |
                                       EFTI_SAYS_SUBJECT | EFTI_SAYS_AND)) == 0 &&
           !is_preposition(v, cue + 1) &&
           !form_among(form_of(v, cue - 1), copulas, EFTI_COUNT(copulas));
}

/* Does the negator `cue` behind the hit take the hit back? */
static bool
reaches_back(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t says = clause_says(v, cue);

    if ((says & EFTI_SAYS_ABSENT) != 0)
        return !is_attribute(v, hit, cue);
    if ((says & EFTI_SAYS_NO) != 0) /* "samarbete har vi inget", "någon ... varken" */
        return is_some(v, hit) || is_nobodys(v, hit, cue) ||
               ((cue + 1 == v->end || clause_word(v, cue + 1)->edge != EDGE_NONE) &&
                cue > hit->end && !any_says(v, hit->end, cue, EFTI_SAYS_AND));
    if (!is_plain(says))
        return is_left_out(v, hit, cue);
    if (efti_denies_an_end(v, cue))
        return false;
    return is_some(v, hit) || is_negated_verb(v, hit, cue) ||
           is_fronted_object(v, hit, cue) || is_missing(v, hit->end, cue) ||
           is_bare(v, hit, cue) || is_not_worth_it(v, cue);
}

/* "återkoppling: noll hittills", "tid att tänka - nej", "handledning, nej". */
static bool
is_listed_as_none(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->end;

    while (i < v->end && i < hit->end + REACH_LISTED &&
           clause_word(v, i)->edge != EDGE_CLAUSE) {
        if (i + 1 == v->end && clause_word(v, i)->edge == EDGE_COMMA &&
            (clause_says(v, i) & EFTI_SAYS_NO_CUE) != 0)
            return true;
        i++;
    }
    if (i >= v->end || clause_word(v, i)->edge != EDGE_CLAUSE || v->end - i > 2)
        return false;
    return (clause_says(v, i) & (EFTI_SAYS_NO | EFTI_SAYS_NO_CUE | EFTI_SAYS_ABSENT)) !=
               0 &&
           (is_cue(v, i) || v->end - i == 1);
}

/* ", det törs ingen här", ", det gör ingen" */
static bool
is_nobody_doing(polarity_view v, uint32_t it)
{
    return form_is(form_of(v, it), "det") && form_is(form_of(v, it + 2), "ingen") &&
           !form_is(form_of(v, it + 3), "som") &&
           (clause_says(v, it + 1) & (EFTI_SAYS_FACT | EFTI_SAYS_BELIEVE)) == 0 &&
           !form_is(form_of(v, it + 1), "är") && !form_is(form_of(v, it + 1), "finns");
}

/* "glädjen, den som fanns i våras, den är borta": taken up again by a pronoun behind a
 * comma, and the denial ends its clause. */
static bool
is_taken_up(polarity_view v, const struct efti_raw_hit *hit)
{
    static const char *const it[] = {"den", "det", "de", "dom"};

    for (uint32_t i = hit->end; i + 2 < v->end && i < hit->end + REACH_CALLED; i++) {
        const uint32_t verb = clause_says(v, i + 1);

        if (clause_word(v, i)->edge == EDGE_NONE || (verb & EFTI_SAYS_STOP) != 0 ||
            !form_among(form_of(v, i), it, EFTI_COUNT(it)))
            continue;
        if (is_nobody_doing(v, i))
            return true;
        for (uint32_t cue = i + 1; cue < v->end && cue <= i + 4; cue++) {
            uint32_t says = clause_says(v, cue);
            bool gone = (says & EFTI_SAYS_ABSENT) != 0 && is_cue(v, cue);
            bool comes =
                (verb & EFTI_SAYS_BECOME) != 0 && form_is(form_of(v, cue + 1), "av");
            bool never = is_plain(says) && ((verb & EFTI_SAYS_EXIST) != 0 || comes);
            uint32_t behind = cue == i + 1 || comes ? cue + 2 : cue + 1; /* "är borta" */

            if (gone || never)
                return behind >= v->end || clause_word(v, behind)->edge != EDGE_NONE;
        }
    }
    return false;
}

/* "hade jag gjort en karta | hade hon inte funnits": a second verb before its subject,
 * where the hit's own clause has its verb. "brodern har flyttat, någon vän kunde han inte
 * nämna": one that a comma has ended is not its own. */
static bool
begins_anew(polarity_view v, const struct efti_raw_hit *hit, uint32_t token)
{
    if ((clause_says(v, token) & EFTI_SAYS_FINITE) == 0 ||
        (clause_says(v, token + 1) & EFTI_SAYS_SUBJECT) == 0)
        return false;
    uint32_t start = efti_clause_start(v, hit->first);
    for (uint32_t i = hit->first; i > start && is_some(v, hit); i--) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            start = i;
    }
    return any_says(v, start, hit->first, EFTI_SAYS_FINITE);
}

bool
efti_negated_from_behind(polarity_view v, const struct efti_raw_hit *hit)
{
    bool some = is_some(v, hit);

    if (is_listed_as_none(v, hit) || is_taken_up(v, hit))
        return true;
    for (uint32_t i = hit->end; i < v->end && i < hit->end + REACH_BACK; i++) {
        uint32_t says = clause_says(v, i);
        if (clause_word(v, i)->edge == EDGE_CLAUSE ||
            (clause_word(v, i)->edge == EDGE_COMMA && !some) || begins_anew(v, hit, i))
            return false;
        if (is_cue(v, i))
            return reaches_back(v, hit, i);
        /* "någon som leder arbetet finns inte": the relative clause is passed over */
        if ((says & EFTI_SAYS_STOP) != 0 &&
            !(some && (says & EFTI_SAYS_SUBORDINATE) != 0))
            return false;
    }
    return false;
}
