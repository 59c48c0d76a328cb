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
 * What is left out: other negation across sentences ("Tid? Den äts upp."), irony,
 * and subjects that only meaning tells from objects. A hit is affirmed when no rule
 * speaks.
 */
#include "match/clause.h"

/* "utan stöd från någon chef": behind that, "utan" has mostly been forgotten. */
#define REACH_WITHOUT 6
/* "återkoppling på inskickat: noll": from a word to the colon behind it. */
#define REACH_LISTED 3
/* "Di säger att en ska skriva på plattan. En sån ...": from a word to the end before what
 * points back to it. */
#define REACH_LAST 2
/* "inga möten på kvällen, kurser eller": from "inga" to the comma behind its first item.
 */
#define REACH_ITEM 5

/* ----------------------------------------------------------------- negation ahead */

/* The first token of the clause in which the hit stands, or the word that opens it. */
static uint32_t
clause_start(polarity_view v, uint32_t token)
{
    for (uint32_t n = 0; token > v->first && n < REACH_BACK; n++) {
        if (clause_word(v, token)->edge == EDGE_CLAUSE ||
            (clause_says(v, token) & EFTI_SAYS_STOP) != 0)
            return token;
        token--;
    }
    return token;
}

/* "minskade inte", "släpper inte": what is named is still there. */
static bool
denies_an_end(polarity_view v, uint32_t cue)
{
    return any_says(v, cue < 2 ? 0 : cue - 2, cue, EFTI_SAYS_CEASE) ||
           any_says(v, cue + 1, cue + 3, EFTI_SAYS_CEASE);
}

/* "trodde inte att hon skulle lyssna": what nobody had thought came about. */
static bool
is_surprise(polarity_view v, uint32_t from, uint32_t to)
{
    static const char *const thought[] = {"trodde", "trott", "anade", "anat"};

    for (uint32_t i = from < v->first ? v->first : from; i < to; i++) {
        if (form_among(form_of(v, i), thought, EFTI_COUNT(thought)))
            return true;
    }
    return false;
}

/* "saknar att ha någon att bolla med": the "att" of "att ha". */
static bool
is_infinitive(polarity_view v, uint32_t token)
{
    const struct efti_form *verb = form_of(v, token + 1);

    return (clause_says(v, token) & EFTI_SAYS_ATT) != 0 &&
           (clause_says(v, token + 1) & EFTI_SAYS_SUBJECT) == 0 &&
           (form_is(verb, "ha") || form_is(verb, "få") || efti_form_ends(verb, "a"));
}

/* Does a negation before this "att" hold behind it? */
static bool
passes_att(polarity_view v, uint32_t att)
{
    uint32_t cue = att;

    for (uint32_t n = 0; cue > v->first && n < REACH_ATT; n++) {
        if (clause_word(v, cue)->edge == EDGE_CLAUSE)
            return false;
        cue--;
        if (is_cue(v, cue))
            break;
        if ((clause_says(v, cue) & EFTI_SAYS_STOP) != 0 && !is_infinitive(v, cue))
            return false;
    }
    if (!is_cue(v, cue))
        return false;
    if ((clause_says(v, cue) & (EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) == 0)
        return true; /* utan att, slippa att, hindrar dem från att */
    uint32_t from = cue < 2 ? 0 : cue - 2;
    if (any_says(v, from, att, EFTI_SAYS_FACT) || is_surprise(v, from, att))
        return false;
    if (any_says(v, from, att, EFTI_SAYS_BELIEVE))
        return true;
    return att + 1 < v->end && (clause_says(v, att + 1) & EFTI_SAYS_SUBJECT) == 0 &&
           efti_form_ends(form_of(v, att + 1), "a");
}

/* "ingen som lyssnar", "inte någon som lyssnar": the relative clause is the negated one.
 */
static bool
passes_relative(polarity_view v, uint32_t stop)
{
    uint32_t before = stop == 0 ? 0 : clause_says(v, stop - 1);

    return (clause_says(v, stop) & EFTI_SAYS_SUBORDINATE) != 0 &&
           clause_word(v, stop)->edge == EDGE_NONE &&
           (before & (EFTI_SAYS_NO | EFTI_SAYS_SOME)) != 0;
}

/* Has the main clause begun again between cue and hit? After a subordinate clause it
 * shows by a second verb ("den som inte blir bättre är lika mycket värd") or by a verb
 * before its subject ("trots att ingen svarade kände jag tillit"). */
static bool
clause_is_over(polarity_view v, uint32_t cue, uint32_t hit)
{
    if ((clause_says(v, clause_start(v, cue)) & EFTI_SAYS_SUBORDINATE) == 0)
        return false;
    for (uint32_t i = cue + 2; i <= hit; i++) {
        bool finite = (clause_says(v, i) & EFTI_SAYS_FINITE) != 0;
        if (finite && is_plain(clause_says(v, cue)))
            return true;
        if (i < hit && (finite || efti_looks_like_verb(form_of(v, i))) &&
            (clause_says(v, i + 1) & EFTI_SAYS_SUBJECT) != 0)
            return true;
    }
    return false;
}

/* "har inte tänkt på annat och går omkring och ler": behind "och" a finite verb of its
 * own, where the negated one was none. "inte lyssnat och frågat" goes on. */
static bool
is_joined_verb(polarity_view v, uint32_t cue, uint32_t hit)
{
    for (uint32_t i = cue + 2; i < hit; i++) {
        const struct efti_form *f = form_of(v, i + 1);

        if ((clause_says(v, i) & EFTI_SAYS_AND) == 0 || f == NULL)
            continue;
        if ((clause_says(v, i + 1) & EFTI_SAYS_FINITE) != 0 ||
            (efti_form_ends(f, "er") && efti_form_ends(form_of(v, cue + 1), "t")))
            return true;
    }
    return false;
}

/* "det finns ingen ruta för det i formuläret": what is missing is the box; the form is
 * only the place of it. */
static bool
is_place_of_none(polarity_view v, uint32_t cue, uint32_t hit)
{
    static const char *const places[] = {"i", "på", "under", "vid", "inom", "efter"};

    return hit >= cue + 3 && efti_is_definite(form_of(v, hit)) &&
           form_among(form_of(v, hit - 1), places, EFTI_COUNT(places)) &&
           form_of(v, cue + 1) != NULL && !efti_looks_like_verb(form_of(v, cue + 1)) &&
           (clause_says(v, cue + 1) & (EFTI_SAYS_FINITE | EFTI_SAYS_SUBORDINATE)) == 0;
}

/* "utan handledningen hade jag slutat": what would be without it; it is there. */
static bool
is_unthinkable(polarity_view v, uint32_t cue, uint32_t hit)
{
    if (cue > v->first && clause_word(v, cue)->edge != EDGE_CLAUSE)
        return false;
    for (uint32_t i = hit; i < v->end && i < hit + REACH_CALLED; i++) {
        const struct efti_form *f = form_of(v, i);
        if (clause_word(v, i)->edge != EDGE_NONE)
            return false;
        if (form_is(f, "hade") || form_is(f, "skulle"))
            return true;
    }
    return false;
}

/* "tre är borta på grund av utmattning": what is behind is why. */
static bool
is_reason(polarity_view v, uint32_t cue, uint32_t hit)
{
    for (uint32_t i = cue + 1; i < hit; i++) {
        if (form_is(form_of(v, i), "grund") || form_is(form_of(v, i), "pga") ||
            form_is(form_of(v, i), "p.g.a."))
            return true;
    }
    return false;
}

static bool
reaches_ahead(polarity_view v, uint32_t cue, uint32_t hit, uint32_t comma)
{
    uint32_t says = clause_says(v, cue);

    if ((says & EFTI_SAYS_WITHOUT) != 0)
        return hit - cue <= REACH_WITHOUT && !is_unthinkable(v, cue, hit);
    if (clause_is_over(v, cue, hit) ||
        ((says & EFTI_SAYS_CEASE) != 0 && any_says(v, cue + 1, hit, EFTI_SAYS_AND)))
        return false; /* "slutade ringa och provar nu": the second verb is not ended */
    if (((says & EFTI_SAYS_NO) != 0 && is_place_of_none(v, cue, hit)) ||
        ((says & EFTI_SAYS_ABSENT) != 0 && is_reason(v, cue, hit)))
        return false;
    /* a list of short items behind a comma goes on for "inga", not for "inte" */
    if (!is_plain(says))
        return comma == 0 || comma - cue <= REACH_ITEM;
    return comma == 0 && !denies_an_end(v, cue) && !is_joined_verb(v, cue, hit);
}

/* "det är inte familjen som har ...": another one has; the family is there. */
static bool
is_cleft(polarity_view v, uint32_t cue, uint32_t hit_end)
{
    return is_plain(clause_says(v, cue)) && cue > v->first &&
           any_says(v, cue < 3 ? 0 : cue - 3, cue, EFTI_SAYS_FINITE) &&
           hit_end - cue <= 3 && hit_end < v->end &&
           clause_word(v, hit_end)->edge == EDGE_NONE && form_of(v, hit_end) != NULL &&
           efti_equal(form_of(v, hit_end)->folded, form_of(v, hit_end)->folded_size,
                      "som", 3);
}

/* "det är länge sedan vi hade handledning"; "för länge sedan" only tells when. */
static bool
is_long_ago(polarity_view v, uint32_t stop)
{
    const struct efti_form *f = form_of(v, stop);

    return stop > v->first && (form_is(f, "sedan") || form_is(f, "sen")) &&
           form_is(form_of(v, stop - 1), "länge") &&
           !form_is(form_of(v, stop - 2), "för");
}

/* "har inte ont | när vi sjunger": the hit itself begins what no negation reaches. */
static bool
opens_clause(polarity_view v, uint32_t token)
{
    uint32_t says = clause_says(v, token);

    return (says & EFTI_SAYS_STOP) != 0 && (says & EFTI_SAYS_SUBORDINATE) != 0 &&
           (says & EFTI_SAYS_ATT) == 0 && !passes_relative(v, token);
}

/* "jag är inget nätverk", "två dagar är ingen evidens": what somebody or something is
 * not. "det är ingen handledning i dag" tells what is missing. */
static bool
is_what_one_is_not(polarity_view v, uint32_t cue)
{
    static const char *const copulas[] = {"är", "e", "ä", "var", "va"};
    static const char *const there[] = {"det", "de", "där", "här", "nu"};
    static const char *const one[] = {"en", "ett", "någon", "nån", "någons"};

    return cue >= v->first + 2 &&
           form_among(form_of(v, cue - 1), copulas, EFTI_COUNT(copulas)) &&
           clause_word(v, cue - 1)->edge == EDGE_NONE &&
           !form_among(form_of(v, cue - 2), there, EFTI_COUNT(there)) &&
           ((clause_says(v, cue) & EFTI_SAYS_NO) != 0 ||
            (is_plain(clause_says(v, cue)) &&
             form_among(form_of(v, cue + 1), one, EFTI_COUNT(one))));
}

static bool
negated_from_before(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->first, comma = 0; /* the comma nearest to the cue */

    if (opens_clause(v, i))
        return false;
    for (uint32_t n = 0; i > v->first && n < REACH_AHEAD; n++) {
        uint8_t edge = clause_word(v, i)->edge;
        if (edge == EDGE_CLAUSE)
            return false;
        if (edge == EDGE_COMMA)
            comma = i;
        i--;
        uint32_t says = clause_says(v, i);
        if (is_cue(v, i))
            return !is_cleft(v, i, hit->end) && !is_what_one_is_not(v, i) &&
                   reaches_ahead(v, i, hit->first, comma);
        if ((says & EFTI_SAYS_ATT) != 0)
            return (comma == 0 || comma - i <= REACH_ITEM) && passes_att(v, i);
        if ((says & EFTI_SAYS_STOP) != 0 && is_long_ago(v, i))
            return true;
        if ((says & EFTI_SAYS_STOP) != 0 && !passes_relative(v, i))
            return false;
    }
    return false;
}

/* ------------------------------------------------------------------ negation back */

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
    if ((clause_says(v, clause_start(v, hit->first)) & EFTI_SAYS_SUBORDINATE) != 0)
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
    uint32_t start = clause_start(v, hit->first);

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
    uint32_t start = clause_start(v, hit->first);

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

/* "styrkorna glömde jag", "reflektionen hoppade vi över": the verb itself takes it away.
 */
static bool
is_left_out(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t start = clause_start(v, hit->first);

    return cue == hit->end && hit->first - start <= 3 &&
           (clause_says(v, cue + 1) & EFTI_SAYS_SUBJECT) != 0 &&
           !any_says(v, start, hit->end, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT);
}

/* "tillit finns inte", "när tid inte finns", "handledning blev det inte". */
static bool
is_missing(polarity_view v, uint32_t hit_end, uint32_t cue)
{
    uint32_t before = cue < hit_end + 2 ? hit_end : cue - 2;

    if (any_says(v, before, cue, EFTI_SAYS_EXIST) ||
        (clause_says(v, cue + 1) & EFTI_SAYS_EXIST) != 0)
        return true;
    if (!any_says(v, before, cue, EFTI_SAYS_BECOME))
        return false;
    return cue + 1 == v->end || clause_word(v, cue + 1)->edge != EDGE_NONE ||
           form_of(v, cue + 1) == NULL || form_is(form_of(v, cue + 1), "av");
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
    if (denies_an_end(v, cue))
        return false;
    return is_some(v, hit) || is_negated_verb(v, hit, cue) ||
           is_fronted_object(v, hit, cue) || is_missing(v, hit->end, cue);
}

/* "fick [inte] tycka till", "fick [klara oss utan] handledning": in a gap of the phrase,
 * which has no negation among its own words. */
static bool
negated_inside(polarity_view v, const struct efti_raw_hit *hit)
{
    for (uint32_t i = hit->first + 1; i + 1 < hit->end; i++) {
        /* a cue of several words ("en för lite") is the phrase's own */
        if (is_cue(v, i) && efti_says_alone(v, i))
            return true;
    }
    return false;
}

/* "återkoppling: noll hittills", "tid att tänka - nej". */
static bool
is_listed_as_none(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->end;

    while (i < v->end && i < hit->end + REACH_LISTED &&
           clause_word(v, i)->edge != EDGE_CLAUSE)
        i++;
    if (i >= v->end || clause_word(v, i)->edge != EDGE_CLAUSE || v->end - i > 2)
        return false;
    return (clause_says(v, i) & (EFTI_SAYS_NO | EFTI_SAYS_NO_CUE | EFTI_SAYS_ABSENT)) !=
               0 &&
           (is_cue(v, i) || v->end - i == 1);
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
        for (uint32_t cue = i + 1; cue < v->end && cue <= i + 4; cue++) {
            uint32_t says = clause_says(v, cue);
            bool gone = (says & EFTI_SAYS_ABSENT) != 0 && is_cue(v, cue);
            bool never = is_plain(says) && (verb & EFTI_SAYS_EXIST) != 0;
            uint32_t behind = cue == i + 1 ? cue + 2 : cue + 1; /* "är borta" */

            if (gone || never)
                return behind >= v->end || clause_word(v, behind)->edge != EDGE_NONE;
        }
    }
    return false;
}

/* "hade jag gjort en karta | hade hon inte funnits": a second verb before its subject,
 * where the hit's own clause has its verb. */
static bool
begins_anew(polarity_view v, const struct efti_raw_hit *hit, uint32_t token)
{
    return (clause_says(v, token) & EFTI_SAYS_FINITE) != 0 &&
           (clause_says(v, token + 1) & EFTI_SAYS_SUBJECT) != 0 &&
           any_says(v, clause_start(v, hit->first), hit->first, EFTI_SAYS_FINITE);
}

static bool
negated_from_behind(polarity_view v, const struct efti_raw_hit *hit)
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

/* ------------------------------------------------------------------- uncertainty */

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
        may_negate(v) && (negated_inside(v, hit) || negated_from_before(v, hit) ||
                          negated_from_behind(v, hit));
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

enum efti_polarity
efti_polarity_of(const struct efti_polarity_view *v, const struct efti_raw_hit *hit)
{
    if (v->plain && !v->denied && !v->never_came && !hit->opposite)
        return EFTI_AFFIRMED;
    bool own_cue = v->w->matcher->patterns.items[hit->pattern].own_cue;
    /* "vi hinner inte. Det gör vi inte." agrees, and takes nothing back */
    if (v->denied && !own_cue && !hit->opposite && !is_before_another(v, hit))
        return EFTI_NEGATED;
    /* "Vi blev lovade handledning. Den kom aldrig." */
    if (v->never_came && !own_cue && !hit->opposite &&
        (v->end - hit->end <= REACH_LAST || efti_may_be_broken(v, hit)))
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
