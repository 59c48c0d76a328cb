/*
 * clause.c - a sentence cut into clauses, ready for polarity
 *
 * Each token gets what its form says (found once per form), the listed phrases that begin
 * at it, and the edge before it. Then what only the neighbours can tell:
 *
 *     och            goes on a list, or begins a clause ("och vi", "och stressen var")
 *     utan           "but" behind a negation, else "without"
 *     om             opens a condition, or is the preposition of "prata om stress"
 *     dock, alltså   begin a clause behind a comma, else stand in the middle of one
 *
 * Done only for sentences with a hit, once for all its hits; and no further than the
 * words where none of them negates or makes uncertain, as in half of all sentences.
 */
#include "match/clause.h"

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

bool
efti_is_definite(const struct efti_form *f)
{
    return efti_form_ends(f, "en") || efti_form_ends(f, "et") ||
           efti_form_ends(f, "an") || efti_form_ends(f, "na");
}

/* ------------------------------------------------------- making a sentence ready */

/* What one character between two tokens says. A hyphen with blanks is a dash. */
static uint8_t
edge_of(uint32_t c, bool before_blank)
{
    switch (c) {
    case ',': return EDGE_COMMA;
    case ';':
    case ':':
    case '(':
    case ')':
    case '.':
    case '!':
    case '?':
    case 0x2013:
    case 0x2014:
    case 0x2026: return EDGE_CLAUSE;
    case '-': return before_blank ? EDGE_CLAUSE : EDGE_NONE;
    default: return EDGE_NONE;
    }
}

static uint8_t
edge_between(eft_text text, size_t from, size_t to)
{
    uint8_t edge = EDGE_NONE;

    if (EFTI_LIKELY(to == from + 1 && text.bytes[from] == ' '))
        return EDGE_NONE;
    for (size_t at = from; at < to;) {
        uint32_t c = efti_utf8_next(text.bytes, to, &at);
        uint8_t here = edge_of(c, at < to && text.bytes[at] == ' ');
        if (here == EDGE_CLAUSE)
            return EDGE_CLAUSE;
        edge |= here;
    }
    return edge;
}

/* The longest listed phrase of 2 or more words that begins at a token. */
struct clause_phrase {
    uint32_t words; /* 0: none */
    uint32_t says;
    bool pseudo;
};

/* "inte\" utan att", "inte, men": what is written between them keeps two words apart. */
bool
efti_stands_beside(polarity_view v, uint32_t token)
{
    for (size_t i = v->tokens[token - 1].end; i < v->tokens[token].start; i++) {
        if (strchr(" \t\r\n\xC2\xA0", v->text.bytes[i]) == NULL) /* and U+00A0 */
            return false;
    }
    return true;
}

static eft_status
find_phrase(polarity_view v, uint32_t token, struct clause_phrase *best, eft_error *err)
{
    struct efti_match_worker *w = v->w;
    uint32_t most = efti_lists_phrase_words(w->matcher->lists);
    bool more = true;

    if (most > CUE_WORDS)
        most = CUE_WORDS;
    efti_bytes_clear(&w->phrase);
    for (uint32_t n = 1; n <= most && more && token + n <= v->end; n++) {
        const struct efti_form *f = form_of(v, token + n - 1);
        if (f == NULL || (n > 1 && !efti_stands_beside(v, token + n - 1)))
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
                                            w->phrase.size, &pseudo, &more);
        if (pseudo || says != 0)
            *best = (struct clause_phrase){n, says, pseudo};
    }
    return EFT_OK;
}

/* What a listed phrase that begins at `token` does to its words. */
static eft_status
mark_phrase(polarity_view v, uint32_t token, eft_error *err)
{
    struct clause_phrase best = {0};

    if (token + 1 == v->end || form_of(v, token + 1) == NULL)
        return EFT_OK;
    eft_status st = find_phrase(v, token, &best, err);
    if (st != EFT_OK || best.words == 0)
        return st;
    if (best.pseudo) {
        for (uint32_t i = 0; i < best.words; i++)
            clause_word(v, token + i)->cancelled = true;
        return EFT_OK;
    }
    /* "inte alls", "hinner inte": the cue is the word inside, where it stands; not so
     * "sa nej till", whose "nej" is none. */
    for (uint32_t i = token; i < token + best.words; i++) {
        if ((clause_says(v, i) & (EFTI_SAYS_NEGATOR | EFTI_SAYS_NO_CUE)) ==
            EFTI_SAYS_NEGATOR)
            best.says &= ~(uint32_t)EFTI_SAYS_NEGATOR;
    }
    clause_word(v, token)->says |= best.says;
    return EFT_OK;
}

/* The reach of a cue without a row in grammar.c, and cues that are none. */
static void
mark_reach(polarity_view v, uint32_t token)
{
    const uint32_t known =
        EFTI_SAYS_PLAIN | EFTI_SAYS_NO | EFTI_SAYS_ABSENT | EFTI_SAYS_WITHOUT;
    struct efti_clause_word *word = clause_word(v, token);

    if ((word->says & EFTI_SAYS_NO_CUE) != 0)
        word->cancelled = true;
    if ((word->says & (EFTI_SAYS_CERTAIN | EFTI_SAYS_IF)) != 0)
        word->says &= ~(uint32_t)EFTI_SAYS_UNCERTAIN;
    if ((word->says & EFTI_SAYS_NEGATOR) == 0 || (word->says & known) != 0)
        return;
    /* "ställdes in", "utesluts": a passive, whose subject is what is gone; "misslyckas"
     * only looks like one. */
    const struct efti_form *f = form_of(v, token);
    if ((efti_form_ends(f, "s") || efti_form_ends(f, "ts")) && f->folded[0] != 'm')
        word->says |= EFTI_SAYS_ABSENT;
}

/* Does a listed cue, or a longer one, begin with the forms of these two tokens? True
 * where memory is out, so that whoever looks closer says so. */
static bool
pair_begins(struct efti_match_worker *w, const struct efti_token *token)
{
    const struct efti_form *a = efti_forms_get(w->forms, token[0].form);
    const struct efti_form *b = efti_forms_get(w->forms, token[1].form);
    bool pseudo, more;

    efti_bytes_clear(&w->phrase);
    efti_put(&w->phrase, a->folded, a->folded_size);
    efti_put_char(&w->phrase, ' ');
    efti_put(&w->phrase, b->folded, b->folded_size);
    return w->phrase.failed ||
           efti_grammar_phrase(w->matcher->lists, w->phrase.data, w->phrase.size, &pseudo,
                               &more) != 0 ||
           pseudo || more;
}

/* Asked of tokens whose marks say that the one may begin a listed cue, and the other
 * stand second in one (never tokens of the veil). */
static bool
pair_is_cue(struct efti_match_worker *w, const struct efti_token *token)
{
    uint32_t first = token[0].form + 1, second = token[1].form + 1;
    uint32_t hash = (first * 0x9E3779B1u ^ second) * 0xC2B2AE35u;
    struct efti_cue_pair *pair = &w->pairs[hash >> 16 & (EFTI_PAIRS - 1)];

    if (pair->first != first || pair->second != second) {
        bool begins = pair_begins(w, token);
        *pair = w->phrase.failed ? (struct efti_cue_pair){0}
                                 : (struct efti_cue_pair){first, second, begins};
        return begins;
    }
    return pair->begins;
}

/* Does a listed cue begin at the `i`-th token of the sentence, one before the last? */
static inline bool
begins_listed(polarity_view v, uint32_t i)
{
    /* one test of both, for what the next word is nobody can guess */
    _Static_assert(EFTI_MATCH_LISTED >> 1 == EFTI_MATCH_NEXT, "one beside the other");
    return (v->marks[i] >> 1 & v->marks[i + 1] & EFTI_MATCH_NEXT) != 0 &&
           pair_is_cue(v->w, v->tokens + v->first + i);
}

/* Can anything in the sentence negate, or make uncertain? In most sentences nothing can,
 * and they cost no more than this. */
static bool
has_cue(polarity_view v)
{
    const uint32_t pair = EFTI_MATCH_LISTED | EFTI_MATCH_NEXT;
    uint32_t count = v->end - v->first, all = 0;

    for (uint32_t i = 0; i < count; i++)
        all |= v->marks[i];
    if ((all & EFTI_MATCH_CUE) != 0 || (all & pair) != pair)
        return (all & EFTI_MATCH_CUE) != 0;
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (begins_listed(v, i))
            return true;
    }
    return false;
}

/* What the words say, one by one and as listed phrases. */
static eft_status
mark_words(struct efti_polarity_view *v, eft_error *err)
{
    struct efti_match_worker *w = v->w;
    const uint32_t *marks = v->marks;
    uint32_t count = v->end - v->first, said = 0;
    eft_status st = EFT_OK;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t says = w->says.items[EFTI_MATCH_SET(marks[i])];
        v->words[i] = (struct efti_clause_word){.says = says};
        said |= says;
    }
    v->all = said;
    for (uint32_t i = 0; i + 1 < count && st == EFT_OK; i++) {
        if (!begins_listed(v, i))
            continue;
        st = mark_phrase(v, v->first + i, err);
        v->all |= v->words[i].says;
    }
    return st;
}

static void
mark_edges(polarity_view v)
{
    for (uint32_t i = v->first + 1; i < v->end; i++)
        clause_word(v, i)->edge =
            edge_between(v->text, v->tokens[i - 1].end, v->tokens[i].start);
}

/* Does a clause of its own begin at `i`, behind "och" or a comma? A pronoun ("och
 * vi"), a word and its verb ("stressen var", "barnen skrattar"); "rädsla" alone goes
 * on a list. */
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
    return ((clause_says(v, i + 1) & EFTI_SAYS_FINITE) != 0 &&
            !form_is(form_of(v, i + 1), "åt")) || /* "å glädjas åt" */
           (efti_is_definite(form_of(v, i)) && efti_looks_like_verb(form_of(v, i + 1)));
}

/* "hann inte med allt och kände oro": behind "och" a verb that tells of the writer, with
 * words between it and the negation. "satt inte och kände" is one deed, and a condition
 * goes on behind its "och". */
static bool
tells_anew(polarity_view v, uint32_t i)
{
    static const char *const verbs[] = {"kände", "känner", "mådde", "mår",
                                        "blev",  "blir",   "grät",  "gråter"};

    if ((v->all & EFTI_SAYS_IF) != 0 || i + 1 >= v->end ||
        clause_word(v, i + 1)->edge != EDGE_NONE ||
        !form_among(form_of(v, i + 1), verbs, EFTI_COUNT(verbs)))
        return false;
    for (uint32_t back = 1; back <= REACH_AHEAD && i >= v->first + back; back++) {
        if (clause_word(v, i - back + 1)->edge != EDGE_NONE)
            return false;
        if ((clause_says(v, i - back) & EFTI_SAYS_NEGATOR) != 0)
            return back > 1; /* not right before the "och" */
    }
    return false;
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
        if ((clause_says(v, i) & EFTI_SAYS_WITHOUT) != 0)
            return false; /* "utan tid och utan stöd" */
        if ((clause_says(v, i) & EFTI_SAYS_NEGATOR) != 0)
            return true;
    }
    return false;
}

/* "vet inte om vi", "ingen säger om det": a question within, and no condition. */
static bool
asks_within(polarity_view v, uint32_t i)
{
    static const char *const verbs[] = {"säger", "sa",     "vet",   "veta",   "kollar",
                                        "mäter", "frågar", "fråga", "frågade"};

    for (uint32_t back = 1; back <= 3 && i >= v->first + back; back++) {
        if (clause_word(v, i - back + 1)->edge != EDGE_NONE)
            return false;
        if (form_among(form_of(v, i - back), verbs, EFTI_COUNT(verbs)))
            return true;
    }
    return false;
}

/* "det går inte en dag utan att någon frågar": two that take each other back. */
static bool
is_never_without(polarity_view v, uint32_t i)
{
    static const char *const verbs[] = {"går", "gick", "kan", "kunde"};

    if ((clause_says(v, i + 1) & EFTI_SAYS_ATT) == 0)
        return false;
    for (uint32_t n = 0; i > v->first && n < REACH_ANSWER; n++) {
        if (clause_word(v, i)->edge != EDGE_NONE)
            return false;
        i--;
        if (is_plain(clause_says(v, i)))
            return form_among(form_of(v, i - 1), verbs, EFTI_COUNT(verbs)) ||
                   form_is(form_of(v, i + 1), "en"); /* "inte en natt utan att" */
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

/* Asked before the sentence is cut: opens_condition() looks at nothing that cutting
 * changes. */
static bool
has_condition(polarity_view v)
{
    for (uint32_t i = v->first; (v->all & EFTI_SAYS_IF) != 0 && i < v->end; i++) {
        if ((clause_says(v, i) & EFTI_SAYS_IF) != 0 && opens_condition(v, i))
            return true;
    }
    return false;
}

/* "satt på golvet för det fanns inte stol": "because", where a clause follows. */
static bool
gives_reason(polarity_view v, uint32_t i)
{
    return form_is(form_of(v, i), "för") &&
           (clause_says(v, i + 1) & EFTI_SAYS_SUBJECT) != 0 &&
           ((clause_says(v, i + 2) & EFTI_SAYS_FINITE) != 0 ||
            (clause_says(v, i + 2) & EFTI_SAYS_EXIST) != 0 ||
            efti_looks_like_verb(form_of(v, i + 2)));
}

/* "höll inte längre så vi kastade om": "and therefore", where a clause follows. */
static bool
gives_result(polarity_view v, uint32_t i)
{
    return form_is(form_of(v, i), "så") &&
           ((clause_says(v, i + 2) & EFTI_SAYS_FINITE) != 0 ||
            efti_looks_like_verb(form_of(v, i + 2)));
}

static void
mark_clauses(polarity_view v)
{
    const uint32_t asked = EFTI_SAYS_JOINS | EFTI_SAYS_AND | EFTI_SAYS_OR |
                           EFTI_SAYS_WITHOUT | EFTI_SAYS_IF | EFTI_SAYS_MIDDLE;

    for (uint32_t i = v->first; i < v->end; i++) {
        struct efti_clause_word *word = clause_word(v, i);
        if (word->edge != EDGE_COMMA && (word->says & asked) == 0)
            continue;
        if ((word->says & EFTI_SAYS_JOINS) != 0 && i > v->first &&
            (clause_says(v, i + 1) & EFTI_SAYS_SUBJECT) != 0 &&
            (gives_reason(v, i) || gives_result(v, i)))
            word->says |= EFTI_SAYS_STOP | EFTI_SAYS_SUBORDINATE;
        if ((word->says & (EFTI_SAYS_AND | EFTI_SAYS_OR)) != 0) {
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (clause_begins(v, i + 1) ||
                ((word->says & EFTI_SAYS_AND) != 0 && tells_anew(v, i)))
                word->says |= EFTI_SAYS_STOP;
        }
        if ((word->says & EFTI_SAYS_WITHOUT) != 0) {
            bool but = without_is_but(v, i) || is_never_without(v, i);
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (but)
                word->says |= EFTI_SAYS_STOP;
            word->cancelled |= but;
        }
        if ((word->says & EFTI_SAYS_IF) != 0) {
            word->says &= ~(uint32_t)EFTI_SAYS_STOP;
            if (opens_condition(v, i) && !asks_within(v, i))
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

bool
efti_says_alone(polarity_view v, uint32_t token)
{
    return (v->w->says.items[EFTI_MATCH_SET(v->marks[token - v->first])] &
            EFTI_SAYS_NEGATOR) != 0;
}

eft_status
efti_polarity_open(struct efti_match_worker *w, eft_text text,
                   const struct efti_segments *tokens, uint32_t sentence,
                   struct efti_polarity_view *view, eft_error *err)
{
    const struct efti_sentence *s = &tokens->sentences.items[sentence];
    const uint32_t asked =
        EFTI_SAYS_NEGATOR | EFTI_SAYS_NO_CUE | EFTI_SAYS_CERTAIN | EFTI_SAYS_IF;
    uint32_t count = s->end_token - s->first_token;

    if (!EFTI_ARRAY_RESERVE(w->mem, &w->clause, count))
        return efti_no_memory(err, "a sentence");
    *view = (struct efti_polarity_view){
        .w = w,
        .text = text,
        .tokens = tokens->tokens.items,
        .marks = efti_marks(w) + s->first_token,
        .words = w->clause.items,
        .first = s->first_token,
        .end = s->end_token,
        .question = sentence_asks(text, s, tokens->tokens.items[s->end_token - 1].end),
    };
    if (sentence + 1 < tokens->sentences.count && s[1].end_token != s[1].first_token)
        efti_look_behind(view, s);
    view->plain = !view->question && !view->denied && !has_cue(view);
    if (view->plain)
        return EFT_OK;
    eft_status st = mark_words(view, err);
    if (st != EFT_OK)
        return st;
    view->plain = !view->question && !view->denied &&
                  (view->all & (EFTI_SAYS_NEGATOR | EFTI_SAYS_UNCERTAIN)) == 0 &&
                  !has_condition(view);
    if (view->plain)
        return EFT_OK;
    for (uint32_t i = view->first; i < view->end; i++) {
        if ((clause_says(view, i) & asked) != 0)
            mark_reach(view, i);
    }
    mark_edges(view);
    mark_clauses(view);
    if ((view->all & EFTI_SAYS_NEGATOR) != 0)
        efti_mark_cancelled(view);
    return EFT_OK;
}
