/*
 * clause.c - a sentence cut into clauses, its negators sorted
 *
 * Each token gets what its form says (found once per form), the listed phrases that begin
 * at it, and the edge before it. Then what only the neighbours can tell:
 *
 *     och            goes on a list, or begins a clause ("och vi", "och stressen var")
 *     utan           "but" behind a negation, else "without"
 *     om             opens a condition, or is the preposition of "prata om stress"
 *     dock, alltså   begin a clause behind a comma, else stand in the middle of one
 *     inte ... förrän, eller inte, inte utan: no negation after all
 *
 * Done only for sentences with a hit, once for all its hits.
 */
#include "match/clause.h"

/* "inte förrän", "inte på flera veckor förrän". */
#define REACH_UNTIL 8
/* Words in the longest cue of negation.tsv; other lists may have longer rows. */
#define CUE_WORDS 4

bool
efti_form_ends(const struct efti_form *f, const char *ending)
{
    size_t size = strlen(ending);

    return f != NULL && f->folded_size > size + 1 &&
           memcmp(f->folded + f->folded_size - size, ending, size) == 0;
}

bool
efti_looks_like_verb(const struct efti_form *f)
{
    static const char *const endings[] = {"te", "ar", "er", "as", "des", "år", "ör"};

    for (size_t i = 0; i < EFTI_COUNT(endings); i++) {
        if (efti_form_ends(f, endings[i]))
            return true;
    }
    /* kände, valde, körde; not the participles boende, lärande */
    return efti_form_ends(f, "de") && !efti_form_ends(f, "ande") &&
           !efti_form_ends(f, "ende");
}

static bool
is_definite(const struct efti_form *f)
{
    return efti_form_ends(f, "en") || efti_form_ends(f, "et") ||
           efti_form_ends(f, "an") || efti_form_ends(f, "na");
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

    if (most > CUE_WORDS)
        most = CUE_WORDS;
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
        if (n == 1)
            continue; /* what a single word says is known from its form */
        bool pseudo;
        uint32_t says = efti_grammar_phrase(w->matcher->lists, w->phrase.data,
                                            w->phrase.size, &pseudo);
        if (pseudo || says != 0) {
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
        (efti_form_ends(f, "s") || efti_form_ends(f, "ts")) && f->folded[0] != 'm')
        word->says |= EFTI_SAYS_ABSENT;
}

static eft_status
mark_words(polarity_view v, eft_error *err)
{
    struct efti_match_worker *w = v->w;
    eft_status st = EFT_OK;

    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        uint32_t set = w->marks.items[i - v->first].set;
        *word = (struct efti_clause_word){.says = w->sets.items[set].says};
        if ((word->says & EFTI_SAYS_ALONE) != 0)
            word->says &= ~(uint32_t)EFTI_SAYS_UNCERTAIN;
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
           (is_definite(form_of(v, i)) && efti_looks_like_verb(form_of(v, i + 1)));
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

/* "om vi hinner", "om beslutet är": a condition. "pratade om stress" is a preposition. */
static bool
opens_condition(polarity_view v, uint32_t i)
{
    return (clause_says(v, i) & EFTI_SAYS_IF) != 0 &&
           ((clause_says(v, i + 1) & (EFTI_SAYS_SUBJECT | EFTI_SAYS_SOME)) != 0 ||
            ((clause_says(v, i + 1) & EFTI_SAYS_SUBORDINATE) == 0 &&
             (clause_says(v, i + 2) & EFTI_SAYS_FINITE) != 0));
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
        if ((word->says & EFTI_SAYS_IF) != 0) {
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (opens_condition(v, i))
                word->says |= EFTI_SAYS_STOP;
        }
        if ((word->says & EFTI_SAYS_MIDDLE) != 0 && i > v->first &&
            word->edge == EDGE_NONE)
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
        /* Swedish has no comma before the "och" of a list, and ", för" is "because". */
        if (word->edge == EDGE_COMMA &&
            ((word->says & EFTI_SAYS_AND) != 0 || clause_begins(v, i) ||
             form_is(form_of(v, i), "för")))
            word->edge = EDGE_CLAUSE;
    }
}

/* "inte haft så roligt sedan dess", "inte varit så glad på länge": the most ever. */
static bool
is_superlative(polarity_view v, uint32_t cue)
{
    uint32_t i = cue + 1;

    while (i < v->end && i < cue + 4 && !form_is(form_of(v, i), "så"))
        i++;
    if (!form_is(form_of(v, i), "så"))
        return false;
    for (uint32_t end = i + REACH_UNTIL; i < v->end && i < end; i++) {
        const struct efti_form *f = form_of(v, i);
        if (form_is(f, "sedan") || form_is(f, "sen") || form_is(f, "länge"))
            return true;
    }
    return false;
}

/* "det slutade med att hon kom": it came about. */
static bool
is_outcome(polarity_view v, uint32_t cue)
{
    return (clause_says(v, cue) & EFTI_SAYS_CEASE) != 0 &&
           form_is(form_of(v, cue + 1), "med") &&
           (clause_says(v, cue + 2) & EFTI_SAYS_ATT) != 0;
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
        if (is_plain(word->says) &&
            (any_says(v, i + 1, i + REACH_UNTIL, EFTI_SAYS_UNTIL) ||
             is_superlative(v, i)))
            word->cancelled = true;
        if (is_outcome(v, i))
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
