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
 * What is left out: negation across sentences ("Delaktighet? Glöm det."), irony, and
 * subjects that only meaning tells from objects. A hit is affirmed when no rule speaks.
 */
#include "match/compiled.h"

enum { EDGE_NONE, EDGE_COMMA, EDGE_CLAUSE };

/* Words. Longer clauses are rare, and a limit keeps the cost of one hit constant in a
 * text without any full stop. */
#define REACH_AHEAD 20
#define REACH_BACK 9
/* "utan stöd från någon chef": behind that, "utan" has mostly been forgotten. */
#define REACH_WITHOUT 6
/* "tror jag faktiskt inte att": from the negation to its "att". */
#define REACH_ATT 6
/* "inte förrän", "inte på flera veckor förrän". */
#define REACH_UNTIL 8

typedef const struct efti_polarity_view *polarity_view;

static struct efti_clause_word *
clause_word(polarity_view v, uint32_t token)
{
    return &v->w->clause.items[token - v->first];
}

static uint32_t
clause_says(polarity_view v, uint32_t token)
{
    return token < v->first || token >= v->end ? 0 : clause_word(v, token)->says;
}

static bool
is_cue(polarity_view v, uint32_t token)
{
    return (clause_says(v, token) & EFTI_SAYS_NEGATOR) != 0 &&
           !clause_word(v, token)->cancelled;
}

/* Adverbs (inte, ej, aldrig), which stand in the middle of what they negate. */
static bool
is_plain(uint32_t says)
{
    return (says & EFTI_SAYS_PLAIN) != 0;
}

static bool
any_says(polarity_view v, uint32_t from, uint32_t to, uint32_t says)
{
    for (uint32_t i = from < v->first ? v->first : from; i < to && i < v->end; i++) {
        if ((clause_says(v, i) & says) != 0)
            return true;
    }
    return false;
}

static const struct efti_form *
form_of(polarity_view v, uint32_t token)
{
    return v->tokens[token].kind == EFTI_VEIL
               ? NULL
               : efti_forms_get(v->w->forms, v->tokens[token].form);
}

static bool
form_ends(const struct efti_form *f, const char *ending)
{
    size_t size = strlen(ending);

    return f != NULL && f->folded_size > size + 1 &&
           memcmp(f->folded + f->folded_size - size, ending, size) == 0;
}

/* Endings of finite verbs. Plural nouns share -ar and -er, so callers look at the place
 * in the clause as well. */
static bool
looks_like_verb(const struct efti_form *f)
{
    static const char *const endings[] = {"ade", "dde", "te", "ar", "er",
                                          "as",  "des", "år", "ör"};

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        if (form_ends(f, endings[i]))
            return true;
    }
    return false;
}

static bool
is_definite(const struct efti_form *f)
{
    return form_ends(f, "en") || form_ends(f, "et") || form_ends(f, "an") ||
           form_ends(f, "na");
}

/* ------------------------------------------------------- making a sentence ready */

/* What the characters between two tokens say. A hyphen with blanks is a dash. */
static uint8_t
edge_between(eft_text text, size_t from, size_t to)
{
    uint8_t edge = EDGE_NONE;

    for (size_t at = from; at < to;) {
        uint32_t c = efti_utf8_next(text.bytes, to, &at);
        if (c == ',')
            edge = EDGE_COMMA;
        if (c == ';' || c == ':' || c == '(' || c == ')' || c == 0x2013 || c == 0x2014 ||
            c == '.' || c == '!' || c == '?' || c == 0x2026 ||
            (c == '-' && at < to && text.bytes[at] == ' '))
            return EDGE_CLAUSE;
    }
    return edge;
}

/* Classes of a listed phrase of 2 or more words that begins at `token`, the longest. */
static eft_status
mark_phrase(polarity_view v, uint32_t token, eft_error *err)
{
    struct efti_match_worker *w = v->w;
    uint32_t most = efti_lists_phrase_words(w->matcher->lists);
    uint32_t best = 0, best_says = 0;
    bool best_pseudo = false;

    efti_bytes_clear(&w->phrase);
    for (uint32_t n = 1; n <= most && token + n <= v->end; n++) {
        const struct efti_form *f = form_of(v, token + n - 1);
        if (f == NULL)
            break;
        if (n > 1)
            efti_put_char(&w->phrase, ' ');
        efti_put(&w->phrase, f->folded, f->folded_size);
        if (w->phrase.failed)
            return efti_no_memory(err, "a phrase");
        bool pseudo;
        uint32_t says = efti_grammar_phrase(w->matcher->lists, w->phrase.data,
                                            w->phrase.size, &pseudo);
        if (n > 1 && (pseudo || says != 0)) {
            best = n;
            best_says = says;
            best_pseudo = pseudo;
        }
    }
    for (uint32_t i = 0; i < best && best_pseudo; i++)
        clause_word(v, token + i)->cancelled = true;
    if (best == 0 || best_pseudo)
        return EFT_OK;
    /* "inte alls", "hinner inte": the cue is the word inside, where it stands. */
    if (any_says(v, token, token + best, EFTI_SAYS_NEGATOR))
        best_says &= ~(uint32_t)EFTI_SAYS_NEGATOR;
    clause_word(v, token)->says |= best_says;
    return EFT_OK;
}

/* The reach of a cue without a row in grammar.c, and cues that are none. */
static void
mark_reach(polarity_view v, uint32_t token)
{
    const uint32_t known =
        EFTI_SAYS_PLAIN | EFTI_SAYS_NO | EFTI_SAYS_ABSENT | EFTI_SAYS_WITHOUT;
    struct efti_clause_word *word = clause_word(v, token);
    const struct efti_form *f = form_of(v, token);

    if ((word->says & EFTI_SAYS_NO_CUE) != 0)
        word->cancelled = true;
    if ((word->says & (EFTI_SAYS_CERTAIN | EFTI_SAYS_IF)) != 0)
        word->says &= ~(uint32_t)EFTI_SAYS_UNCERTAIN;
    /* "ställdes in", "utesluts": a passive, whose subject is what is gone; "misslyckas"
     * only looks like one. */
    if ((word->says & EFTI_SAYS_NEGATOR) != 0 && (word->says & known) == 0 &&
        (form_ends(f, "s") || form_ends(f, "ts")) && f->folded[0] != 'm')
        word->says |= EFTI_SAYS_ABSENT;
}

static eft_status
mark_words(polarity_view v, eft_error *err)
{
    struct efti_match_worker *w = v->w;
    eft_status st = EFT_OK;

    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        uint32_t set = EFTI_MATCH_SET(efti_token_match(w, &v->tokens[i]));
        *word = (struct efti_clause_word){.says = w->sets.items[set].says};
        if (i > v->first)
            word->edge = edge_between(v->text, v->tokens[i - 1].end, v->tokens[i].start);
    }
    for (uint32_t i = v->first; i < v->end && st == EFT_OK; i++) {
        const struct efti_form *f = form_of(v, i);
        if (f != NULL && (f->lists & EFTI_LIST_STARTS_PHRASE) != 0 &&
            w->matcher->lists != NULL)
            st = mark_phrase(v, i, err);
    }
    for (uint32_t i = v->first; i < v->end && st == EFT_OK; i++)
        mark_reach(v, i);
    return st;
}

/* Does a clause of its own begin at `i`, behind "och" or a comma? A pronoun ("och vi"), a
 * word and its verb ("stressen var", "barnen skrattar"); "rädsla" alone goes on a list.
 */
static bool
clause_begins(polarity_view v, uint32_t i)
{
    uint32_t says = clause_says(v, i);

    if ((says & (EFTI_SAYS_NO | EFTI_SAYS_SOME | EFTI_SAYS_ATT)) != 0)
        return false;
    if ((says & (EFTI_SAYS_SUBJECT | EFTI_SAYS_SUBORDINATE)) != 0)
        return true;
    if (i + 1 >= v->end || clause_word(v, i + 1)->edge != EDGE_NONE)
        return false;
    return (clause_says(v, i + 1) & EFTI_SAYS_FINITE) != 0 ||
           (is_definite(form_of(v, i)) && looks_like_verb(form_of(v, i + 1)));
}

/* "utan" after a negation in the same clause is "but"; else it is "without". */
static bool
without_is_but(polarity_view v, uint32_t i)
{
    if ((clause_says(v, i + 1) & EFTI_SAYS_ATT) != 0)
        return false;
    for (uint32_t n = 0; i > v->first && n < 2 * REACH_AHEAD; n++) {
        if (clause_word(v, i)->edge == EDGE_CLAUSE)
            return false;
        i--;
        if ((clause_says(v, i) & EFTI_SAYS_NEGATOR) != 0)
            return true;
    }
    return false;
}

static void
mark_clauses(polarity_view v)
{
    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        if ((word->says & (EFTI_SAYS_AND | EFTI_SAYS_OR)) != 0) {
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (clause_begins(v, i + 1))
                word->says |= EFTI_SAYS_STOP;
        }
        if ((word->says & EFTI_SAYS_WITHOUT) != 0) {
            bool but = without_is_but(v, i);
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (but)
                word->says |= EFTI_SAYS_STOP;
            word->cancelled |= but;
        }
        /* Swedish has no comma before the "och" of a list. */
        if (word->edge == EDGE_COMMA &&
            ((word->says & EFTI_SAYS_AND) != 0 || clause_begins(v, i)))
            word->edge = EDGE_CLAUSE;
    }
}

/* Negators that are none here: "inte ... förrän" (it happens, later), "eller inte" at an
 * end, and two that take each other back ("inte utan oro", "saknar inte stöd"). */
static void
mark_cancelled(polarity_view v)
{
    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        if (!is_cue(v, i))
            continue;
        if (is_plain(word->says) && any_says(v, i + 1, i + REACH_UNTIL, EFTI_SAYS_UNTIL))
            word->cancelled = true;
        if (i > v->first && (clause_says(v, i - 1) & EFTI_SAYS_OR) != 0 &&
            (i + 1 == v->end || clause_word(v, i + 1)->edge != EDGE_NONE))
            word->cancelled = true;
        bool near = i + 1 < v->end && clause_word(v, i + 1)->edge == EDGE_NONE;
        if (near && is_cue(v, i + 1) &&
            is_plain(word->says) != is_plain(clause_says(v, i + 1)) &&
            ((word->says | clause_says(v, i + 1)) & EFTI_SAYS_NO) == 0) {
            word->cancelled = true;
            clause_word(v, i + 1)->cancelled = true;
        }
    }
}

/* A question mark among what ends the sentence. */
static bool
sentence_asks(eft_text text, const struct efti_sentence *s, uint32_t last_end)
{
    for (size_t i = last_end; i < s->end && i < text.size; i++) {
        if (text.bytes[i] == '?')
            return true;
    }
    return false;
}

eft_status
efti_polarity_open(struct efti_match_worker *w, eft_text text,
                   const struct efti_segments *tokens, uint32_t sentence,
                   struct efti_polarity_view *view, eft_error *err)
{
    const struct efti_sentence *s = &tokens->sentences.items[sentence];
    uint32_t count = s->end_token - s->first_token;

    *view = (struct efti_polarity_view){
        w, text, tokens->tokens.items, s->first_token, s->end_token, false};
    if (!EFTI_ARRAY_RESERVE(w->mem, &w->clause, count))
        return efti_no_memory(err, "a sentence");
    w->clause.count = count;
    eft_status st = mark_words(view, err);
    if (st != EFT_OK)
        return st;
    mark_clauses(view);
    mark_cancelled(view);
    view->question = sentence_asks(text, s, tokens->tokens.items[s->end_token - 1].end);
    return EFT_OK;
}

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
        if ((clause_says(v, cue) & EFTI_SAYS_STOP) != 0)
            return false;
    }
    if (!is_cue(v, cue))
        return false;
    if ((clause_says(v, cue) & (EFTI_SAYS_PLAIN | EFTI_SAYS_NO)) == 0)
        return true; /* utan att, slippa att, hindrar dem från att */
    uint32_t from = cue < 2 ? 0 : cue - 2;
    if (any_says(v, from, att, EFTI_SAYS_FACT))
        return false;
    if (any_says(v, from, att, EFTI_SAYS_BELIEVE))
        return true;
    return att + 1 < v->end && (clause_says(v, att + 1) & EFTI_SAYS_SUBJECT) == 0 &&
           form_ends(form_of(v, att + 1), "a");
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

/* "den som inte blir bättre är lika mycket värd": the verb behind the negated one belongs
 * to the main clause again. */
static bool
clause_is_over(polarity_view v, uint32_t cue, uint32_t hit)
{
    return (clause_says(v, clause_start(v, cue)) & EFTI_SAYS_SUBORDINATE) != 0 &&
           hit > cue + 2 && any_says(v, cue + 2, hit, EFTI_SAYS_FINITE);
}

static bool
reaches_ahead(polarity_view v, uint32_t cue, uint32_t hit, bool comma)
{
    uint32_t says = clause_says(v, cue);

    if ((says & EFTI_SAYS_WITHOUT) != 0)
        return hit - cue <= REACH_WITHOUT;
    if (is_plain(says)) /* a list behind a comma goes on for "inga", not for "inte" */
        return !comma && !denies_an_end(v, cue) && !clause_is_over(v, cue, hit);
    return true;
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

static bool
negated_from_before(polarity_view v, const struct efti_raw_hit *hit)
{
    bool comma = false;
    uint32_t i = hit->first;

    for (uint32_t n = 0; i > v->first && n < REACH_AHEAD; n++) {
        uint8_t edge = clause_word(v, i)->edge;
        if (edge == EDGE_CLAUSE)
            return false;
        comma |= edge == EDGE_COMMA;
        i--;
        uint32_t says = clause_says(v, i);
        if (is_cue(v, i))
            return !is_cleft(v, i, hit->end) && reaches_ahead(v, i, hit->first, comma);
        if ((says & EFTI_SAYS_ATT) != 0)
            return passes_att(v, i);
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
    return looks_like_verb(form_of(v, hit->end - 1));
}

/* "Delaktighet får de inte", "tid till det har vi aldrig": object, verb, pronoun. */
static bool
is_fronted_object(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t start = clause_start(v, hit->first);

    if (hit->first - start > 4 || (clause_says(v, start) & EFTI_SAYS_SUBORDINATE) != 0 ||
        any_says(v, start, hit->first, EFTI_SAYS_FINITE | EFTI_SAYS_SUBJECT))
        return false;
    for (uint32_t p = hit->end + 1; p < cue && p <= hit->end + 3; p++) {
        if ((clause_says(v, p) & EFTI_SAYS_SUBJECT) != 0)
            return cue - p <= 3;
    }
    return false;
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
           form_of(v, cue + 1) == NULL ||
           efti_equal(form_of(v, cue + 1)->folded, form_of(v, cue + 1)->folded_size, "av",
                      2);
}

/* "någon återkoppling": within the noun phrase that the hit ends. */
static bool
is_some(polarity_view v, const struct efti_raw_hit *hit)
{
    return any_says(v, hit->first < 3 ? 0 : hit->first - 3, hit->end, EFTI_SAYS_SOME);
}

/* Does the negator `cue` behind the hit take the hit back? */
static bool
reaches_back(polarity_view v, const struct efti_raw_hit *hit, uint32_t cue)
{
    uint32_t says = clause_says(v, cue);

    if ((says & EFTI_SAYS_ABSENT) != 0)
        return true;
    if ((says & EFTI_SAYS_NO) != 0) /* "samarbete har vi inget", "någon ... varken" */
        return is_some(v, hit) ||
               ((cue + 1 == v->end || clause_word(v, cue + 1)->edge != EDGE_NONE) &&
                cue > hit->end);
    if (!is_plain(says) || denies_an_end(v, cue))
        return false;
    return is_some(v, hit) || is_negated_verb(v, hit, cue) ||
           is_fronted_object(v, hit, cue) || is_missing(v, hit->end, cue);
}

static bool
negated_from_behind(polarity_view v, const struct efti_raw_hit *hit)
{
    bool some = is_some(v, hit);

    for (uint32_t i = hit->end; i < v->end && i < hit->end + REACH_BACK; i++) {
        uint32_t says = clause_says(v, i);
        if (clause_word(v, i)->edge == EDGE_CLAUSE ||
            (clause_word(v, i)->edge == EDGE_COMMA && !some))
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

/* "om vi hinner", "om beslutet är": a condition. "pratade om stress" is a preposition. */
static bool
opens_condition(polarity_view v, uint32_t i)
{
    return (clause_says(v, i) & EFTI_SAYS_IF) != 0 &&
           ((clause_says(v, i + 1) & (EFTI_SAYS_SUBJECT | EFTI_SAYS_SOME)) != 0 ||
            ((clause_says(v, i + 1) & EFTI_SAYS_SUBORDINATE) == 0 &&
             (clause_says(v, i + 2) & EFTI_SAYS_FINITE) != 0));
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
    return looks_like_verb(form_of(v, token)) && (next & EFTI_SAYS_SUBJECT) != 0;
}

static bool
is_uncertain(polarity_view v, const struct efti_raw_hit *hit)
{
    uint32_t i = hit->first;

    if (is_asked(v, i))
        return true;
    for (uint32_t n = 0; i > v->first && n < REACH_AHEAD; n++) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            break;
        i--;
        uint32_t says = clause_says(v, i);
        if ((says & EFTI_SAYS_UNCERTAIN) != 0 || opens_condition(v, i))
            return true;
        if ((says & EFTI_SAYS_STOP) != 0 && (says & EFTI_SAYS_ATT) == 0)
            break;
        /* "om vi hinner | ska vi ...": behind its verb the main clause has begun */
        if ((says & EFTI_SAYS_FINITE) != 0 &&
            (clause_says(v, i + 1) & EFTI_SAYS_SUBJECT) != 0)
            break;
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

enum efti_polarity
efti_polarity_of(const struct efti_polarity_view *v, const struct efti_raw_hit *hit)
{
    bool own_cue = v->w->matcher->patterns.items[hit->pattern].own_cue;

    if (is_uncertain(v, hit))
        return EFTI_UNCERTAIN;
    if (own_cue) /* "hinner inte med" says what it says */
        return EFTI_AFFIRMED;
    bool negated = negated_from_before(v, hit) || negated_from_behind(v, hit);
    return negated != hit->opposite ? EFTI_NEGATED : EFTI_AFFIRMED;
}

const char *
efti_polarity_name(enum efti_polarity polarity)
{
    static const char *const names[EFTI_POLARITY_COUNT] = {"affirmed", "negated",
                                                           "uncertain"};

    return (unsigned)polarity < EFTI_POLARITY_COUNT ? names[polarity] : "";
}
