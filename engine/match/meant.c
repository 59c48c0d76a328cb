/*
 * meant.c - what was meant to be, and was not
 *
 *     vi skulle gå bredvid men det blev inte av
 *     man ska få bestämma själv men det fick jag inte
 *     det talas om tillit men den finns inte
 */
#include "match/clause.h"

/* What was planned, promised or wished for. */
static bool
is_meant(polarity_view v, uint32_t from, uint32_t to)
{
    static const char *const meant[] = {
        "skulle",  "skull",     "tänkte",   "meningen", "planen",  "lovade",
        "lovades", "lovat",     "lovad",    "lovats",   "utlovad", "önskat",
        "önskade", "planerade", "planerat", "planerad", "bokade",  "bokat",
        "bad",     "bett",      "borde",    "ville",    "velat"};

    for (uint32_t i = from < v->first ? v->first : from; i < to; i++) {
        if (form_among(form_of(v, i), meant, EFTI_COUNT(meant)))
            return true;
    }
    return false;
}

/* What was there: "vi hade handledning", "handledning fick vi förut", "det fanns ett
 * råd", "vi ska ha möten". */
static bool
was_there(polarity_view v, const struct efti_raw_hit *hit)
{
    static const char *const past[] = {"hade", "fanns", "haft", "brukade", "förr", "ska"};
    static const char *const once[] = {"förut", "förr"};

    for (uint32_t i = v->first; i < hit->end; i++) {
        if (form_among(form_of(v, i), past, EFTI_COUNT(past)))
            return true;
    }
    for (uint32_t i = hit->end; i < v->end; i++) {
        if (form_among(form_of(v, i), once, EFTI_COUNT(once)))
            return true;
    }
    return false;
}

/* Behind "men": "det blev inte av", "det ställdes in", "fick inget". */
static bool
came_to_nothing(polarity_view v, uint32_t from)
{
    uint32_t to = from + REACH_ATT;

    for (uint32_t i = from; i < to && i < v->end; i++) {
        uint32_t says = clause_says(v, i);
        bool ends = i + 1 >= v->end || clause_word(v, i + 1)->edge != EDGE_NONE;
        if (i > from && clause_word(v, i)->edge != EDGE_NONE)
            return false;
        if ((says & EFTI_SAYS_NO_CUE) != 0)
            return ends; /* "men nä" */
        if (!is_cue(v, i))
            continue;
        if (is_plain(says))
            return any_says(v, from, i, EFTI_SAYS_BECOME);
        return (says & EFTI_SAYS_ABSENT) != 0 || ((says & EFTI_SAYS_NO) != 0 && ends);
    }
    return false;
}

/* "finns den inte", "den finns inte": what stood before "men" is only words. */
static bool
is_not_there(polarity_view v, uint32_t from)
{
    static const char *const it[] = {"den", "det", "de", "dom"};

    for (uint32_t i = from; i < from + REACH_ATT && i < v->end; i++) {
        bool pronoun = form_among(form_of(v, i), it, EFTI_COUNT(it));
        if (pronoun && is_plain(clause_says(v, i + 1)))
            return i > from && (clause_says(v, i - 1) & EFTI_SAYS_EXIST) != 0;
        if (pronoun && is_plain(clause_says(v, i + 2)))
            return (clause_says(v, i + 1) & EFTI_SAYS_EXIST) != 0;
    }
    return false;
}

/* "det fick jag inte", "det gör vi aldrig": all of a clause, taken back. */
static bool
is_refused(polarity_view v, uint32_t from)
{
    uint32_t cue = from + 3;

    if (!form_is(form_of(v, from), "det") ||
        (clause_says(v, from + 2) & EFTI_SAYS_SUBJECT) == 0 ||
        (clause_says(v, from + 1) & (EFTI_SAYS_FACT | EFTI_SAYS_BELIEVE)) != 0 ||
        ((clause_says(v, from + 1) & EFTI_SAYS_FINITE) == 0 &&
         !efti_looks_like_verb(form_of(v, from + 1))))
        return false;
    if (form_is(form_of(v, from + 2), "ingen"))
        return cue >= v->end || clause_word(v, cue)->edge != EDGE_NONE;
    cue += !is_plain(clause_says(v, cue));
    uint32_t behind = cue + 1 + efti_form_ends(form_of(v, cue + 1), "t"); /* "fått" */
    return is_plain(clause_says(v, cue)) && is_cue(v, cue) &&
           (behind >= v->end || clause_word(v, behind)->edge != EDGE_NONE);
}

/* The two or three words that end a sentence: "inte" and what it leaves out. */
static bool
ends_with_not(polarity_view v, uint32_t cue, uint32_t words)
{
    return is_plain(clause_says(v, cue)) && is_cue(v, cue) && v->end > cue + 1 &&
           v->end <= cue + words;
}

/* "handledning fanns förr men inte nu", "samverkan i teorin men inte i praktiken" */
static bool
is_not_now(polarity_view v, uint32_t cue)
{
    static const char *const now[] = {"nu",  "längre", "numera", "idag",
                                      "här", "hos",    "ännu",   "än"};
    static const char *const real[] = {"praktiken", "verkligheten", "år", "dag",
                                       "vardagen"};

    if (!ends_with_not(v, cue, 3))
        return false;
    if (form_among(form_of(v, cue + 1), now, EFTI_COUNT(now)))
        return true;
    return form_is(form_of(v, cue + 1), "i") &&
           form_among(form_of(v, cue + 2), real, EFTI_COUNT(real));
}

/* "grannarna har handledning men inte vi": not those who write. */
static bool
is_not_ours(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    static const char *const us[] = {"vi", "oss", "här", "jag", "mig", "mej"};
    /* "det var hon som gjorde fel, inte jag": of one person a comma tells who it was */
    size_t count = form_is(form_of(v, cue - 1), "men") ? EFTI_COUNT(us) : 3;

    if (!ends_with_not(v, cue, 2) || !form_among(form_of(v, cue + 1), us, count))
        return false;
    for (uint32_t i = v->first; i < hit->end; i++) {
        if (form_is(form_of(v, i), "vi") || form_is(form_of(v, i), "jag"))
            return false; /* "vi är glada men inte jag" is mixed */
    }
    return true;
}

/* "vi skulle gå bredvid men det blev inte av": what was meant to be and was not. The
 * intention stands before the hit, "men" and what came of it behind. */
bool
efti_is_called_off(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t low =
        hit->first < v->first + REACH_BACK ? v->first : hit->first - REACH_BACK;

    if ((v->all & (EFTI_SAYS_JOINS | EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) == 0)
        return false;
    for (uint32_t i = hit->end; i < v->end && i < hit->end + REACH_CALLED; i++) {
        uint32_t no = (clause_says(v, i) & EFTI_SAYS_NO_CUE) != 0; /* "nej" before it */
        if (clause_word(v, i)->edge != EDGE_NONE &&
            (is_refused(v, i + no) || is_not_ours(v, hit, i)))
            return true; /* "de borde prata, det gör de inte", "de har det, inte vi" */
        if ((clause_says(v, i) & EFTI_SAYS_JOINS) != 0 && form_is(form_of(v, i), "men"))
            return is_not_there(v, i + 1) || is_refused(v, i + 1) ||
                   is_not_now(v, i + 1) || is_not_ours(v, hit, i + 1) ||
                   (came_to_nothing(v, i + 1) && is_meant(v, low, hit->end));
    }
    return false;
}

bool
efti_may_be_broken(polarity_view v, const struct efti_raw_hit *hit)
{
    return is_meant(v, v->first, v->end) || was_there(v, hit);
}

bool
efti_was_promised(polarity_view v, const struct efti_raw_hit *hit)
{
    return is_meant(v, v->first, hit->first);
}
