/*
 * behind.c - what the sentence behind takes back
 *
 *     Delaktighet? Knappast.                      an answer
 *     Vi skulle reflektera. Det gör vi inte.      all of it, or its last clause
 *     Vi är lovade handledning. Den kom aldrig.   what was promised, or stands last
 *     Vi ska ha möten. Har vi haft ett enda? Nä.
 *
 * Only short sentences that point back are read. A sentence is known here by its tokens;
 * nothing in it has been marked.
 */
#include "match/clause.h"

static uint32_t
says_of(const struct efti_match_worker *w, uint32_t token)
{
    return w->says.items[EFTI_MATCH_SET(efti_marks(w)[token])];
}

/* The form of a token; NULL: taken out by the veil. */
static const struct efti_form *
form_at(const struct efti_match_worker *w, uint32_t token)
{
    const struct efti_token *t = &w->segments->tokens.items[token];

    return t->kind == EFTI_VEIL ? NULL : efti_forms_get(w->forms, t->form);
}

/* "Delaktighet? Knappast.", "Har vi tid att reflektera? Nej, det har vi inte.", "... Glöm
 * det."; in a transcript behind a letter ("R: nä"). */
static bool
answers_no(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    /* "Inte vad jag har märkt.", "Inte en chans.", "Inte hos oss." */
    static const char *const goes_on[] = {"vad", "som", "en",     "alls", "här",  "hos",
                                          "i",   "på",  "längre", "ens",  "någon"};
    uint32_t first = next->first_token, count = next->end_token - first;
    const struct efti_form *f = form_at(w, first);

    if (count == 2 && form_is(f, "glöm"))
        return true;
    if (count > 1 && f != NULL && f->folded_size == 1)
        first++;
    uint32_t says = says_of(w, first);
    return (says & EFTI_SAYS_NO_CUE) != 0 ||
           ((says & EFTI_SAYS_PLAIN) != 0 &&
            (count <= 2 ||
             (count <= REACH_ANSWER + 1 &&
              form_among(form_at(w, first + 1), goes_on, EFTI_COUNT(goes_on)))));
}

/* "Det är jag inte.", "Det har vi inte haft.", "Det gjorde ingen.": what stands before it
 * is not so. */
static bool
takes_back(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    uint32_t first = next->first_token, count = next->end_token - first;

    if (count < 3) /* also: the text may end with it */
        return false;
    if (count > 4 && form_is(form_at(w, first), "men")) {
        first++;
        count--;
    }
    if (count == 3 && form_is(form_at(w, first), "det") &&
        (says_of(w, first + 1) & EFTI_SAYS_FINITE) != 0 &&
        form_is(form_at(w, first + 2), "ingen"))
        return true;
    if ((says_of(w, first + 1) & (EFTI_SAYS_FACT | EFTI_SAYS_BELIEVE)) != 0)
        return false; /* "Det visste jag inte." */
    return count >= 4 && count <= REACH_ANSWER &&
           ((says_of(w, first + 1) & EFTI_SAYS_FINITE) != 0 ||
            efti_looks_like_verb(form_at(w, first + 1))) &&
           (says_of(w, first + 2) & EFTI_SAYS_SUBJECT) != 0 &&
           is_plain(says_of(w, first + 3)) && form_is(form_at(w, first), "det");
}

/* "den", "det": what the sentence before has named. */
static bool
points_back(const struct efti_match_worker *w, uint32_t first)
{
    static const char *const it[] = {"den", "det", "de", "dom"};

    return form_among(form_at(w, first), it, EFTI_COUNT(it));
}

/* "en sån", "någon sådan" */
static bool
is_such_a_one(const struct efti_match_worker *w, uint32_t first)
{
    static const char *const one[] = {"sån", "sådan", "sånt", "sådant", "såna", "sådana"};

    return form_among(form_at(w, first + 1), one, EFTI_COUNT(one));
}

/* "Nu är den borta.", "Nu finns det inte.": what was there is no more. */
static bool
is_gone_now(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    uint32_t first = next->first_token;

    if (next->end_token - first < 4 || !form_is(form_at(w, first), "nu") ||
        !points_back(w, first + 2))
        return false;
    uint32_t verb = says_of(w, first + 1), says = says_of(w, first + 3);
    return ((says & EFTI_SAYS_ABSENT) != 0 && (verb & EFTI_SAYS_FINITE) != 0) ||
           (is_plain(says) && (verb & EFTI_SAYS_EXIST) != 0);
}

/* "Har vi haft ett enda? Nä.": asked whether there was any at all, and answered. */
static bool
is_not_one(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    static const char *const any[] = {"enda", "någonsin", "nånsin", "hittills"};
    const struct efti_sentence *end =
        w->segments->sentences.items + w->segments->sentences.count;
    uint32_t count = next->end_token - next->first_token;

    if (next + 1 >= end || next[1].end_token == next[1].first_token ||
        count > 2 * REACH_ANSWER || form_at(w, next[1].first_token) == NULL ||
        !answers_no(w, next + 1))
        return false;
    for (uint32_t i = next->first_token; i < next->end_token; i++) {
        if (form_among(form_at(w, i), any, EFTI_COUNT(any)))
            return true;
    }
    return false;
}

/* "Ingen har hört av sig." behind what was promised */
static bool
nobody_did(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    uint32_t first = next->first_token, count = next->end_token - first;

    return count >= 3 && count <= REACH_ANSWER && form_is(form_at(w, first), "ingen") &&
           (says_of(w, first + 1) & EFTI_SAYS_FINITE) != 0;
}

/* "Inte ett enda möte har hållits.", "Det har inte varit en enda.",
 * "Ingen har kommit." */
static bool
is_none_of_it(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    static const char *const none[] = {"ingen", "inget", "inga"};
    static const char *const came[] = {"kom", "kommit", "blev", "blivit", "hållits"};
    uint32_t first = next->first_token, end = next->end_token;
    bool denied = form_is(form_at(w, first), "det");

    if (end - first < 2 || end - first > REACH_ANSWER + 2)
        return false;
    if (form_among(form_at(w, first), none, EFTI_COUNT(none)))
        return end - first <= 3 &&
               form_among(form_at(w, end - 1), came, EFTI_COUNT(came));
    if (!denied && !is_plain(says_of(w, first)))
        return false;
    denied = false;
    for (uint32_t i = first; i < end; i++) {
        if (denied && form_is(form_at(w, i), "enda"))
            return true;
        denied |= is_plain(says_of(w, i));
    }
    return false;
}

/* Is a token the last before a comma? */
static bool
ends_clause(const struct efti_match_worker *w, eft_text text, uint32_t token)
{
    uint32_t end = w->segments->tokens.items[token].end;

    return end < text.size && text.bytes[end] == ',';
}

/* "Den kom aldrig.", "Den är borttagen, och nu ...", "Det märks ju inte.", "Den är
 * borttagen.", "En sån har jag inte sett skymten av.": a short sentence with the denial
 * close to what points back. */
static bool
never_came(const struct efti_match_worker *w, eft_text text,
           const struct efti_sentence *next)
{
    uint32_t first = next->first_token, count = next->end_token - first;

    if (count < 2 || count > 2 * REACH_ANSWER)
        return false;
    bool comes = count > 2 && is_such_a_one(w, first);
    if (!comes && !points_back(w, first))
        return false;
    for (uint32_t i = first + 1; i < next->end_token && i < first + REACH_ANSWER; i++) {
        uint32_t says = says_of(w, i);
        if ((says & EFTI_SAYS_STOP) != 0)
            return false;
        if ((says & EFTI_SAYS_ABSENT) != 0 &&
            (count == 2 || (says & EFTI_SAYS_NEGATOR) != 0))
            return count <= REACH_ANSWER || ends_clause(w, text, i);
        if (is_plain(says)) /* "Det finns inte som val": something else is not there */
            return comes && !form_is(form_at(w, i + 1), "som");
        if ((says & EFTI_SAYS_NO) != 0)
            return comes && i + 1 == next->end_token;
        comes |= (says & (EFTI_SAYS_BECOME | EFTI_SAYS_EXIST)) != 0;
    }
    return false;
}

/* "Här finns ingen.", "Det finns inte.": an answer to "Vilken värdegrund?" */
static bool
is_nowhere(const struct efti_match_worker *w, const struct efti_sentence *next)
{
    uint32_t first = next->first_token, count = next->end_token - first;

    return count == 3 && (says_of(w, first + 1) & EFTI_SAYS_EXIST) != 0 &&
           (says_of(w, first + 2) & (EFTI_SAYS_NO | EFTI_SAYS_PLAIN)) != 0;
}

/* Does the next sentence deny this one? */
static bool
is_denied(const struct efti_match_worker *w, const struct efti_sentence *s, bool question)
{
    const struct efti_sentence *next = s + 1;

    if (question && is_nowhere(w, next))
        return true;
    if (question && (says_of(w, s->first_token) & EFTI_SAYS_SUBORDINATE) == 0)
        return answers_no(w, next) || takes_back(w, next);
    return takes_back(w, next);
}

void
efti_look_behind(struct efti_polarity_view *view, const struct efti_sentence *s)
{
    const struct efti_match_worker *w = view->w;

    if (form_at(w, s[1].first_token) == NULL)
        return;
    view->denied = is_denied(w, s, view->question);
    view->broken = nobody_did(w, s + 1);
    view->never_came = never_came(w, view->text, s + 1) || is_gone_now(w, s + 1) ||
                       is_not_one(w, s + 1) || is_none_of_it(w, s + 1);
}
