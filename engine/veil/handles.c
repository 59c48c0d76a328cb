/*
 * handles.c - user names, with and without the name of a service beside them
 *
 *   annika_h_85              an underscore in a word of letters: nothing else looks so
 *   zorro.99 på snap         letters with figures or a stop inside, near a service or a
 *   användare malin.k2       word for a user name
 *   på snap heter hon X      any one word where the name must stand, if it is no word of
 *   han heter X på roblox    the language as it is written
 *
 * A name ends where the bytes do that may stand in one; the tokenizer parts "zorro.99".
 * Files (protokoll_v2.docx) and inventory (LAPTOP_043) are told by ending and capitals.
 */
#include "veil/find.h"

#define NEAR 7 /* tokens between the word for a service and a user name */

/* User names are ASCII beyond the token they are found by: emoji and ellipses behind one
 * are no part of it, and no byte of a longer character is left alone. */
static bool
is_handle_edge(char c)
{
    return (c & '\x80') == 0 && efti_veil_is_alnum(c);
}

static bool
handle_byte(char c)
{
    return is_handle_edge(c) || c == '_' || c == '.' || c == '-';
}

/* The stretch of such bytes around a token. */
static void
handle_around(const struct efti_veil *v, size_t i, size_t *start, size_t *end)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    *start = t->start;
    *end = t->end;
    while (*start > 0 && t->start - *start < 40 && handle_byte(v->text.bytes[*start - 1]))
        --*start;
    while (*end < v->text.size && *end - t->end < 40 && handle_byte(v->text.bytes[*end]))
        ++*end;
    while (*start < t->start && !is_handle_edge(v->text.bytes[*start]))
        ++*start;
    while (*end > t->end && !is_handle_edge(v->text.bytes[*end - 1]))
        --*end;
}

struct handle_shape {
    size_t letters, digits, lines, stops, capitals, dashes, tail;
};

static struct handle_shape
handle_shape_of(const char *bytes, size_t size)
{
    struct handle_shape s = {0};

    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        bool letter = efti_veil_is_alnum(c) && !(c >= '0' && c <= '9');

        s.letters += letter && ((unsigned char)c & 0xC0) != 0x80;
        s.capitals += efti_veil_is_capital(c);
        s.digits += c >= '0' && c <= '9';
        s.lines += c == '_';
        s.stops += c == '.';
        s.dashes += c == '-';
        s.tail = letter ? s.tail + 1 : 0; /* letters behind the last mark */
    }
    return s;
}

/* mr_mango, annika_h_85: by its shape alone. */
static bool
is_plain_handle(const struct handle_shape *s)
{
    return s->lines > 0 && s->letters >= 3 && s->stops == 0 &&
           s->capitals * 2 < s->letters;
}

/* zorro.99, flux1988, elsa.rosen, xX-lo-Xx: where a user name is spoken of. */
static bool
is_near_handle(const struct handle_shape *s)
{
    return s->letters >= 3 && (s->lines > 0 || s->digits > 0 || s->stops > 0);
}

static void
propose_handle(struct efti_veil *v, size_t i, uint16_t rule)
{
    size_t start, end;

    handle_around(v, i, &start, &end);
    efti_veil_propose(v, start, end, rule,
                      rule == VEIL_RULE_HANDLE ? EFTI_EVIDENCE_SHAPE
                                               : EFTI_EVIDENCE_CONTEXT);
}

/* May token `i` be a user name, seen with its surroundings? */
static bool
stands_as_handle(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t start, end;

    if (v->words.items[i].form == NULL || t->kind == EFTI_ABBREVIATION ||
        t->kind == EFTI_NUMBER || t->kind >= EFTI_EMAIL)
        return false;
    handle_around(v, i, &start, &end);
    struct handle_shape s = handle_shape_of(v->text.bytes + start, end - start);
    return is_near_handle(&s);
}

/* A word by itself that the dictionary does not know in small letters. */
static bool
is_odd_word(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i < v->words.count ? &v->words.items[i] : NULL;

    return w != NULL && w->form != NULL && w->form->code_points >= 4 &&
           v->segments->tokens.items[i].kind <= EFTI_CODE &&
           (w->bits & (VEIL_WORD | VEIL_KEEP | VEIL_ROLE)) == 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0;
}

/* "på snap heter hon X", "hennes insta är X", "snap: X": the word right there. */
static void
named_after(struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {"heter", "hette",  "är",    "e",      "kallar",
                                        "var",   "kallas", "finns", "kallade"};
    static const char *const who[] = {"jag", "hon", "han", "hen", "de",
                                      "sig", "dom", "mig", "som", "där"};
    size_t n = i + 1;
    bool verb = false;

    for (; n < i + 5 && n < v->words.count && v->words.items[n].glue != VEIL_GLUE_FAR;
         n++) {
        if (efti_veil_is_one_of(v, n, verbs, EFTI_COUNT(verbs)))
            verb = true;
        else if (!efti_veil_is_one_of(v, n, who, EFTI_COUNT(who)))
            break;
    }
    bool colon = n == i + 1 && n < v->words.count &&
                 v->words.items[n].glue == VEIL_GLUE_MARK &&
                 efti_veil_byte(v, v->segments->tokens.items[i].end) == ':';
    if ((verb || colon) && n < v->words.count && is_odd_word(v, n) &&
        v->words.items[n].glue != VEIL_GLUE_FAR)
        propose_handle(v, n, VEIL_RULE_HANDLE_SERVICE);
}

/* "heter X på roblox", "finns som X på insta". */
static void
named_before(struct efti_veil *v, size_t i)
{
    static const char *const on[] = {"på", "i", "via"};
    static const char *const called[] = {"heter", "hette", "sig", "som", "kallad"};

    if (i < 3 || !efti_veil_follows(v, i) ||
        !efti_veil_is_one_of(v, i - 1, on, EFTI_COUNT(on)) ||
        !efti_veil_follows(v, i - 1) || !is_odd_word(v, i - 2) ||
        (v->words.items[i - 2].bits & VEIL_CAPITAL) != 0 || !efti_veil_follows(v, i - 2))
        return;
    if (efti_veil_is_one_of(v, i - 3, called, EFTI_COUNT(called)))
        propose_handle(v, i - 2, VEIL_RULE_HANDLE_SERVICE);
}

/* Token `i` is a service or a word for a user name: look on both sides, in the sentence.
 */
void
efti_veil_handle_near(struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;

    for (size_t k = i; k > 0 && i - k < NEAR; k--) {
        if ((tokens[k].flags & EFTI_TOKEN_SENTENCE_START) != 0)
            break;
        if (stands_as_handle(v, k - 1))
            propose_handle(v, k - 1, VEIL_RULE_HANDLE_SERVICE);
    }
    for (size_t k = i + 1; k < v->words.count && k - i <= NEAR; k++) {
        if ((tokens[k].flags & EFTI_TOKEN_SENTENCE_START) != 0)
            break;
        if (stands_as_handle(v, k))
            propose_handle(v, k, VEIL_RULE_HANDLE_SERVICE);
    }
    named_after(v, i);
    named_before(v, i);
}

/* A token whose form has an underscore in it. */
void
efti_veil_handle_alone(struct efti_veil *v, size_t i)
{
    size_t start, end;

    if (v->words.items[i].form == NULL)
        return;
    handle_around(v, i, &start, &end);
    struct handle_shape s = handle_shape_of(v->text.bytes + start, end - start);
    if (is_plain_handle(&s))
        propose_handle(v, i, VEIL_RULE_HANDLE);
}
