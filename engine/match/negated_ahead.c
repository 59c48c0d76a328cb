/*
 * negated_ahead.c - what a negation before the hit reaches
 *
 *     vi hinner inte [reflektera]          ahead, to the end of the clause
 *     tror inte att vi är [delaktiga]      through an "att" that only passes it on
 *     ingen som [lyssnar]                  into the relative clause of "ingen"
 *     inga möten, [kurser] eller           to the next item of a list: "inga", not "inte"
 *   but
 *     trots att ingen svarade kände jag [tillit]   the main clause has begun again
 *     det är inte [familjen] som har det           another one has
 *     utan [handledningen] hade jag slutat         it is there
 *     det finns ingen ruta i [formuläret]          the box is missing, not its place
 *
 * The walk goes from the hit to the left, and the first cue, border or "att" it meets
 * settles the matter.
 */
#include "match/clause.h"

/* "utan stöd från någon chef": behind that, "utan" has mostly been forgotten. */
#define REACH_WITHOUT 6
/* "inga möten på kvällen, kurser eller": from "inga" to the comma behind
 * its first item. */
#define REACH_ITEM 5

uint32_t
efti_clause_start(polarity_view v, uint32_t token)
{
    for (uint32_t n = 0; token > v->first && n < REACH_BACK; n++) {
        if (clause_word(v, token)->edge == EDGE_CLAUSE ||
            (clause_says(v, token) & EFTI_SAYS_STOP) != 0)
            return token;
        token--;
    }
    return token;
}

bool
efti_denies_an_end(polarity_view v, uint32_t cue)
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
    if (cue + 1 < att && (clause_says(v, att - 1) & EFTI_SAYS_FACT) != 0)
        return false; /* "utan att veta att de hade stöd" */
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

/* "ingen som lyssnar", "inte någon som lyssnar": the relative clause is
 * the negated one. */
static bool
passes_relative(polarity_view v, uint32_t stop)
{
    uint32_t before = stop == 0 ? 0 : clause_says(v, stop - 1);

    return (clause_says(v, stop) & EFTI_SAYS_SUBORDINATE) != 0 &&
           clause_word(v, stop)->edge == EDGE_NONE &&
           (before & (EFTI_SAYS_NO | EFTI_SAYS_SOME)) != 0;
}

/* "han som aldrig sov hos sin pappa skrattade": the verb of the main clause, where that
 * of the relative one stands beside its "aldrig". */
static bool
is_second(polarity_view v, uint32_t cue, uint32_t verb)
{
    return is_plain(clause_says(v, cue)) && efti_form_ends(form_of(v, verb), "ade") &&
           form_is(form_of(v, cue - 1), "som") &&
           ((clause_says(v, cue + 1) & EFTI_SAYS_FINITE) != 0 ||
            efti_looks_like_verb(form_of(v, cue + 1))) &&
           !any_says(v, cue + 2, verb, EFTI_SAYS_AND);
}

/* Has the main clause begun again between cue and hit? After a subordinate clause it
 * shows by a second verb ("den som inte blir bättre är lika mycket värd") or by a verb
 * before its subject ("trots att ingen svarade kände jag tillit"). */
static bool
clause_is_over(polarity_view v, uint32_t cue, uint32_t hit)
{
    if ((clause_says(v, efti_clause_start(v, cue)) & EFTI_SAYS_SUBORDINATE) == 0)
        return false;
    for (uint32_t i = cue + 2; i <= hit; i++) {
        bool finite = (clause_says(v, i) & EFTI_SAYS_FINITE) != 0;
        if ((finite && is_plain(clause_says(v, cue))) ||
            (i == hit && is_second(v, cue, i)))
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

/* "ingen av oss chefer svarade": they are there; none of them did it. */
static bool
is_part_of_none(polarity_view v, uint32_t cue, uint32_t hit)
{
    return hit <= cue + 3 && form_is(form_of(v, cue + 1), "av");
}

/* "har inte sovit sedan omorganisationen": only when. */
static bool
is_time(polarity_view v, uint32_t cue, uint32_t hit)
{
    static const char *const since[] = {"sedan", "sen", "efter", "före", "innan"};

    return hit > cue + 2 && efti_is_definite(form_of(v, hit)) &&
           form_among(form_of(v, hit - 1), since, EFTI_COUNT(since));
}

/* "via lärplattformen i stället för via Excel": another of its kind. */
static bool
is_other_way(polarity_view v, uint32_t cue, uint32_t hit)
{
    static const char *const ways[] = {"via", "med", "i", "på", "genom", "från"};
    uint32_t behind = cue + 2 + form_is(form_of(v, cue), "i");

    return hit > behind && form_is(form_of(v, behind - 1), "för") &&
           (form_is(form_of(v, behind - 2), "stället") ||
            form_is(form_of(v, behind - 2), "istället")) &&
           form_among(form_of(v, behind), ways, EFTI_COUNT(ways));
}

/* "utan handledningen hade jag slutat": what would be without it; it is there. */
static bool
is_unthinkable(polarity_view v, uint32_t cue, uint32_t hit)
{
    if (cue > v->first && clause_word(v, cue)->edge != EDGE_CLAUSE)
        return false;
    for (uint32_t i = cue + 1; i < v->end && i < hit + REACH_CALLED; i++) {
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

/* "beslut om nedlagd träffpunkt fattades av nämnden": behind the verb, other things are
 * told of what is gone. */
static bool
is_told_on(polarity_view v, uint32_t cue, uint32_t hit)
{
    for (uint32_t i = cue + 2; i < hit; i++) {
        if ((clause_says(v, i) & EFTI_SAYS_FINITE) != 0 ||
            efti_form_ends(form_of(v, i), "des"))
            return true;
    }
    return false;
}

/* "går inte det digitala låset att öppna": it works badly, and is there. */
static bool
is_out_of_order(polarity_view v, uint32_t cue, uint32_t hit_end)
{
    return is_plain(clause_says(v, cue)) &&
           (form_is(form_of(v, cue - 1), "går") ||
            form_is(form_of(v, cue - 1), "gick")) &&
           any_says(v, hit_end, hit_end + 2, EFTI_SAYS_ATT);
}

/* "prövar något nytt i stället": what is done in the place of another thing is done. */
static bool
is_instead(polarity_view v, uint32_t hit_end)
{
    uint32_t behind = hit_end + 1;

    if (clause_word(v, hit_end)->edge != EDGE_NONE)
        return false;
    if (form_is(form_of(v, hit_end), "i") && form_is(form_of(v, behind), "stället"))
        behind++;
    else if (!form_is(form_of(v, hit_end), "istället"))
        return false;
    return !form_is(form_of(v, behind), "för");
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
    if (is_part_of_none(v, cue, hit) || is_time(v, cue, hit) || is_other_way(v, cue, hit))
        return false;
    if (((says & EFTI_SAYS_NO) != 0 && is_place_of_none(v, cue, hit)) ||
        ((says & EFTI_SAYS_ABSENT) != 0 &&
         (is_reason(v, cue, hit) || is_told_on(v, cue, hit))))
        return false;
    if (comma != 0 &&
        (comma == cue + 1 || (says & EFTI_SAYS_CEASE) != 0 ||
         form_is(form_of(v, cue + 1), "stället") || form_is(form_of(v, cue), "istället")))
        return false; /* "personal slutar, vänner kommer" is no list */
    /* a list of short items behind a comma goes on for "inga", not for "inte" */
    if (!is_plain(says))
        return comma == 0 || comma - cue <= REACH_ITEM;
    return comma == 0 && !efti_denies_an_end(v, cue) && !is_joined_verb(v, cue, hit);
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

/* "minns inte när vi senast hade handledning" */
static bool
is_past_memory(polarity_view v, uint32_t when)
{
    static const char *const last[] = {"senast", "sist"};

    if (!form_is(form_of(v, when), "när") ||
        !any_says(v, when < 2 ? 0 : when - 2, when, EFTI_SAYS_PLAIN))
        return false;
    bool past = false;
    for (uint32_t i = when + 1; i < v->end && i < when + REACH_ATT; i++) {
        if (form_is(form_of(v, i), "så"))
            return false; /* "när jag senast var så glad" is praise of today */
        past |= i <= when + 3 && form_among(form_of(v, i), last, EFTI_COUNT(last));
    }
    return past;
}

/* "det är länge sedan vi hade handledning"; "för länge sedan" only tells when. */
static bool
is_long_ago(polarity_view v, uint32_t stop)
{
    const struct efti_form *f = form_of(v, stop);

    if (is_past_memory(v, stop))
        return true;
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

bool
efti_negated_from_before(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->first, comma = 0; /* the comma nearest to the cue */

    if (opens_clause(v, i) || (hit->end < v->end && is_instead(v, hit->end)))
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
                   !is_out_of_order(v, i, hit->end) &&
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
