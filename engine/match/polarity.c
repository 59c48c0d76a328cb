/*
 * polarity.c - is the theme affirmed, negated or uncertain where it was found?
 *
 * Swedish puts "inte" behind the verb of a main clause and before that of a subordinate
 * one, so what is negated may stand on either side:
 *
 *     vi hinner inte [reflektera]          ahead, to the end of the clause
 *     vi [samarbetar] inte                 the verb itself, right before it
 *     [delaktighet] får de inte            an object moved to the front
 *     någon [återkoppling] gavs inte       "någon ... inte" is "ingen"
 *     [tillit] finns inte                  a verb of being: the subject is missing
 *     skulle [gå bredvid] men det blev inte av
 *   but
 *     [samverkan] fungerar inte            works badly, and is there: affirmed
 *     [stressen] minskade inte             still there: affirmed
 *     inte bara [stress]                   no negation at all (the list of such phrases)
 *
 * A clause ends at a listed word (men, eftersom, som, när ...), at a colon, dash or
 * bracket, at a comma or "och" before a pronoun, and at the end of the sentence. Through
 * "att" a negation goes on where the first verb only passes it on ("tror inte att vi är
 * delaktiga") or an infinitive follows, and not after verbs of fact ("glömde inte att").
 *
 * The sentence behind may take it back ("Delaktighet? Knappast.", "Det är jag inte.",
 * and where something was promised or stands last, "Den kom aldrig.").
 *
 * negated_ahead.c and negated_back.c have the two sides, clause.c the clauses; here is
 * what else is asked of a hit, and in which order: what was called off or only wished
 * for, what is asked or uncertain, and then negation.
 *
 * What is left out: other negation across sentences ("Tid? Den äts upp."), irony,
 * and subjects that only meaning tells from objects. A hit is affirmed when no rule
 * speaks.
 */
#include "match/clause.h"

/* "Di säger att en ska skriva på plattan. En sån ...": from a word to the end before what
 * points back to it. */
#define REACH_LAST 2

/* "om" and the like where clause.c found that a condition begins. */
static bool
is_condition(uint32_t says)
{
    return (says & EFTI_SAYS_IF) != 0 && (says & EFTI_SAYS_STOP) != 0;
}

/* A question that leaves the thing open begins with its verb ("Hinner vi reflektera?").
 * One with varför, hur, vem takes for granted what it asks about, and words in the order
 * of a statement with a mark behind ("mamman skrattade??") state it. */
static bool
is_asked(polarity_view v, uint32_t token)
{
    if (!v->question)
        return false;
    while (token > v->first && clause_word(v, token)->edge != EDGE_CLAUSE)
        token--;
    uint32_t says = clause_says(v, token), next = clause_says(v, token + 1);
    if ((says & (EFTI_SAYS_FINITE | EFTI_SAYS_UNCERTAIN)) != 0)
        return true;
    return efti_looks_like_verb(form_of(v, token)) && (next & EFTI_SAYS_SUBJECT) != 0;
}

static bool
is_uncertain(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->first;
    bool main = false; /* "om vi hinner | ska vi ...": behind its verb, no condition */

    if (is_asked(v, i))
        return true;
    if ((v->all & (EFTI_SAYS_UNCERTAIN | EFTI_SAYS_IF)) == 0)
        return false;
    for (uint32_t n = 0; i > v->first && n < REACH_AHEAD; n++) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            break;
        i--;
        uint32_t says = clause_says(v, i);
        if ((says & EFTI_SAYS_UNCERTAIN) != 0 || (!main && is_condition(says)))
            return true;
        if ((says & EFTI_SAYS_STOP) != 0 && (says & EFTI_SAYS_ATT) == 0)
            break;
        main |= (says & EFTI_SAYS_FINITE) != 0 &&
                (clause_says(v, i + 1) & EFTI_SAYS_SUBJECT) != 0;
    }
    for (i = hit->end; i < v->end && i < hit->end + REACH_BACK; i++) {
        uint32_t says = clause_says(v, i);
        if (clause_word(v, i)->edge != EDGE_NONE || (says & EFTI_SAYS_STOP) != 0)
            break;
        if ((says & EFTI_SAYS_UNCERTAIN) != 0 && (says & EFTI_SAYS_ADVERB) != 0)
            return true;
    }
    return false;
}

/* "hade önskat att någon frågat", "hade velat ha handledning": a wish that is over says
 * that the thing was not there. */
static bool
is_missed(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->first;

    if ((v->all & EFTI_SAYS_WISHED) == 0)
        return false;

    for (uint32_t n = 0; i > v->first && n < REACH_AHEAD; n++) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            return false;
        i--;
        if ((clause_says(v, i) & EFTI_SAYS_WISHED) == 0)
            continue;
        for (uint32_t back = 1; back <= 4 && i >= v->first + back; back++) {
            if (form_is(form_of(v, i - back), "hade"))
                return true;
        }
        return false;
    }
    return false;
}

/* "träffas utan dagordning och lär" names only what they are without; "jag missade, och
 * är rädd för": the clause of the negation is over. */
static bool
reaches_inside(polarity_view v, uint32_t cue, uint32_t last)
{
    if ((clause_says(v, cue) & EFTI_SAYS_WITHOUT) != 0)
        return cue + 1 == last;
    for (uint32_t i = cue + 1; i <= last && !is_plain(clause_says(v, cue)); i++) {
        if (clause_word(v, i)->edge == EDGE_CLAUSE)
            return false;
    }
    return true;
}

/* "fick [inte] tycka till", "fick [klara oss utan] handledning": in a gap of the phrase,
 * which has no negation among its own words. */
static bool
negated_inside(polarity_view v, const struct efti_raw_hit *hit)
{
    for (uint32_t i = hit->first + 1; i + 1 < hit->end; i++) {
        /* a cue of several words ("en för lite") is the phrase's own */
        if (is_cue(v, i) && efti_says_alone(v, i) && reaches_inside(v, i, hit->end - 1))
            return true;
    }
    return false;
}

/* Is there any word in the sentence that the rules of negation begin from? */
static bool
may_negate(polarity_view v)
{
    return (v->all & (EFTI_SAYS_NEGATOR | EFTI_SAYS_NO | EFTI_SAYS_NO_CUE |
                      EFTI_SAYS_ABSENT | EFTI_SAYS_MIDDLE)) != 0;
}

static enum efti_polarity
polarity_in_sentence(polarity_view v, const struct efti_raw_hit *hit, bool own_cue)
{
    if (v->plain)
        return hit->opposite && !own_cue ? EFTI_NEGATED : EFTI_AFFIRMED;
    if (efti_is_called_off(v, hit) || (!own_cue && !hit->opposite && is_missed(v, hit)))
        return EFTI_NEGATED;
    if (is_uncertain(v, hit))
        return EFTI_UNCERTAIN;
    if (own_cue) /* "hinner inte med" says what it says */
        return EFTI_AFFIRMED;
    bool negated =
        may_negate(v) && (negated_inside(v, hit) || efti_negated_from_before(v, hit) ||
                          efti_negated_from_behind(v, hit));
    return negated != hit->opposite ? EFTI_NEGATED : EFTI_AFFIRMED;
}

/* "min syster kom och låtsades att hon handlat. Det gjorde hon inte.": what is taken back
 * is the last of several clauses. A question is answered whole. */
static bool
is_before_another(polarity_view v, const struct efti_raw_hit *hit)
{
    for (uint32_t i = hit->end; i + 1 < v->end && !v->question; i++) {
        const uint32_t says = clause_says(v, i);

        if (clause_word(v, i)->edge == EDGE_CLAUSE ||
            (says & (EFTI_SAYS_STOP | EFTI_SAYS_SUBORDINATE)) == EFTI_SAYS_STOP)
            return true;
        if ((says & EFTI_SAYS_AND) != 0 &&
            ((clause_says(v, i + 1) & EFTI_SAYS_FINITE) != 0 ||
             efti_looks_like_verb(form_of(v, i + 1))))
            return true;
    }
    return false;
}

/* "jag trodde att jag skulle vara rädd när mor flyttade. Det var jag inte.": she did. */
static bool
is_beside(polarity_view v, const struct efti_raw_hit *hit)
{
    static const char *const whens[] = {"när", "då", "sedan", "sen", "eftersom", "medan"};
    uint32_t start = efti_clause_start(v, hit->first);

    return start > v->first && !v->question &&
           form_among(form_of(v, start), whens, EFTI_COUNT(whens));
}

enum efti_polarity
efti_polarity_of(const struct efti_polarity_view *v, const struct efti_raw_hit *hit)
{
    if (v->plain && !v->denied && !v->never_came && !v->broken && !hit->opposite)
        return EFTI_AFFIRMED;
    bool own_cue = v->w->matcher->patterns.items[hit->pattern].own_cue;
    /* "vi hinner inte. Det gör vi inte." agrees, and takes nothing back */
    if (v->denied && !own_cue && !hit->opposite && !is_before_another(v, hit) &&
        !is_beside(v, hit))
        return EFTI_NEGATED;
    /* "Vi blev lovade handledning. Den kom aldrig." */
    if (v->never_came && !own_cue && !hit->opposite &&
        (v->end - hit->end <= REACH_LAST || efti_may_be_broken(v, hit)))
        return EFTI_NEGATED;
    /* "Vi skulle få handledning. Ingen har hört av sig." */
    if (v->broken && !own_cue && !hit->opposite && efti_was_promised(v, hit))
        return EFTI_NEGATED;
    return polarity_in_sentence(v, hit, own_cue);
}

const char *
efti_polarity_name(enum efti_polarity polarity)
{
    static const char *const names[EFTI_POLARITY_COUNT] = {"affirmed", "negated",
                                                           "uncertain"};

    return (unsigned)polarity < EFTI_POLARITY_COUNT ? names[polarity] : "";
}
