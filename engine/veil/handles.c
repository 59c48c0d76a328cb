/*
 * handles.c - user names, with and without the name of a service beside them
 *
 *   annika_h_85              an underscore in a word of letters: nothing else looks so
 *   anbe04, Frostbite#4821   letters that are no word and figures; a name on Discord
 *   zorro.99 på snap         letters with figures or a stop inside, near a service or a
 *   användare malin.k2       word for a user name
 *   på snap heter hon X      any one word where the name must stand, if it is no word of
 *   han heter X på roblox    the language as it is written, or stands in quotes or with
 *   nick: X, kontot "X"      a capital
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
        t->kind == EFTI_NUMBER || t->kind >= EFTI_EMAIL ||
        (v->words.items[i].form->lists & EFTI_LIST_FUNCTION) != 0)
        return false;
    handle_around(v, i, &start, &end);
    struct handle_shape s = handle_shape_of(v->text.bytes + start, end - start);
    return is_near_handle(&s);
}

/* A word that may be what somebody is called, and no small word of the language. */
static bool
is_content(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i < v->words.count ? &v->words.items[i] : NULL;

    return w != NULL && w->form != NULL && w->form->code_points >= 3 &&
           v->segments->tokens.items[i].kind <= EFTI_CODE &&
           v->segments->tokens.items[i].kind != EFTI_NUMBER &&
           (w->bits & (VEIL_KEEP | VEIL_ROLE)) == 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           efti_veil_class(w->bits) != VEIL_CLASS_SERVICE;
}

/* A word by itself that the dictionary does not know in small letters, or one with a
 * capital that its place does not ask for. */
static bool
is_odd_word(const struct efti_veil *v, size_t i)
{
    return is_content(v, i) && (((v->words.items[i].bits & VEIL_WORD) == 0 &&
                                 v->words.items[i].form->code_points >= 4) ||
                                efti_veil_is_mid(v, i));
}

/* Does a quotation mark stand right before token `i`? */
static bool
is_quoted_handle(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;

    if (v->words.items[i].glue != VEIL_GLUE_MARK || at == 0)
        return false;
    return v->text.bytes[at - 1] == '"' || v->text.bytes[at - 1] == '\'' ||
           (at > 2 && memcmp(v->text.bytes + at - 3, "\xE2\x80", 2) == 0) ||
           (at > 1 && memcmp(v->text.bytes + at - 2, "\xC2\xBB", 2) == 0);
}

/* What token `first` begins: with capitals the words behind it (Mr Potatis), in quotes
 * all that is quoted (Nisse i Hult). */
#define HANDLE_WORDS 4
static void
propose_called(struct efti_veil *v, size_t first)
{
    bool quoted = is_quoted_handle(v, first), capital = efti_veil_is_mid(v, first);
    size_t last = first, start, end, unused;

    while (last + 1 < v->words.count && last - first + 1 < HANDLE_WORDS &&
           efti_veil_follows(v, last + 1) && v->words.items[last + 1].form != NULL &&
           (quoted || (capital && efti_veil_is_mid(v, last + 1))))
        last++;
    if (quoted && last + 1 < v->words.count && efti_veil_follows(v, last + 1))
        last = first; /* no end of the quote in sight */
    handle_around(v, first, &start, &end);
    if (last > first)
        handle_around(v, last, &unused, &end);
    efti_veil_propose(v, start, end, VEIL_RULE_HANDLE_SERVICE, EFTI_EVIDENCE_CONTEXT);
}

/* "på snap heter hon X", "hennes insta är X", "snap: X": the word right there. */
static void
named_after(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;
    bool verb = false, called = false;

    for (; n < i + 6 && n < v->words.count && v->words.items[n].glue != VEIL_GLUE_FAR;
         n++) {
        if (efti_veil_in(v, n, GROUP_IS_CALLED))
            verb = called = true;
        else if (efti_veil_in(v, n, GROUP_PLAYS_OR_WRITES))
            verb = true;
        else if (!efti_veil_in(v, n, GROUP_UNDER_NAME))
            break;
    }
    if (n >= v->words.count || v->words.items[n].glue == VEIL_GLUE_FAR)
        return;
    if (verb && (is_odd_word(v, n) || (called && is_content(v, n))))
        propose_called(v, n);
}

/* "Snap: X", "Nick - X", "på snap (X)", "nicket X", "användarnamn X": right behind. */
static void
right_behind(struct efti_veil *v, size_t i)
{
    size_t n = i + 1, end = v->segments->tokens.items[i].end;

    if (n >= v->words.count)
        return;
    if (v->words.items[n].glue == VEIL_GLUE_MARK) {
        char mark = efti_veil_byte(v, end);

        mark = mark == ' ' ? efti_veil_byte(v, end + 1) : mark;
        if (mark == ':' || is_quoted_handle(v, n) ? is_content(v, n) : is_odd_word(v, n))
            propose_called(v, n);
    } else if (v->words.items[n].glue == VEIL_GLUE_SPACE &&
               efti_veil_is(v, i, VEIL_CLASS_ALIAS) && is_odd_word(v, n)) {
        propose_called(v, n);
    }
}

/* Somebody is called something, and a service or a word for a user name is near: "kallar
 * sig X på nätet", "inloggad som X", "under namnet X". */
static void
called_here(struct efti_veil *v, size_t k)
{
    bool odd =
        k + 1 < v->words.count && v->words.items[k + 1].glue != VEIL_GLUE_FAR &&
        (is_odd_word(v, k + 1) || (is_quoted_handle(v, k + 1) && is_content(v, k + 1)));

    if (!odd)
        return;
    if (efti_veil_in(v, k, GROUP_CALLS_ONESELF) ||
        (k > 0 && efti_veil_is_word(v, k, "som") &&
         (is_quoted_handle(v, k + 1) || efti_veil_in(v, k - 1, GROUP_ACTS_AS) ||
          efti_veil_is(v, k - 1, VEIL_CLASS_SERVICE))))
        propose_called(v, k + 1);
}

/* Token `i` is a service or a word for a user name: look on both sides,
 * in the sentence. */
void
efti_veil_handle_near(struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;

    for (size_t k = i; k > 0 && i - k < NEAR; k--) {
        if ((tokens[k].flags & EFTI_TOKEN_SENTENCE_START) != 0 ||
            (v->words.items[k - 1].state & VEIL_STATE_TAG) != 0)
            break;
        called_here(v, k - 1);
        if (stands_as_handle(v, k - 1))
            propose_handle(v, k - 1, VEIL_RULE_HANDLE_SERVICE);
    }
    for (size_t k = i + 1; k < v->words.count && k - i <= NEAR; k++) {
        if ((tokens[k].flags & EFTI_TOKEN_SENTENCE_START) != 0 ||
            (v->words.items[k].state & VEIL_STATE_TAG) != 0)
            break;
        called_here(v, k);
        if (stands_as_handle(v, k))
            propose_handle(v, k, VEIL_RULE_HANDLE_SERVICE);
    }
    named_after(v, i);
    right_behind(v, i);
}

/* NaHCO3, C6H12O6: symbols of elements and how many there are of each. */
static bool
is_formula(const char *bytes, size_t size)
{
    static const char elements[] =
        " H Li B C N O F Na Mg Al Si P S Cl K Ca Cr Mn Fe Cu Zn "
        "Br Ag I Ba Pb Hg Sn ";
    size_t symbols = 0, at = 0;

    while (at < size) {
        char symbol[5] = {' ', bytes[at], ' ', '\0', '\0'};

        if (!(bytes[at] >= 'A' && bytes[at] <= 'Z'))
            return false;
        at++;
        if (at < size && bytes[at] >= 'a' && bytes[at] <= 'z') {
            symbol[2] = bytes[at++];
            symbol[3] = ' ';
        }
        if (strstr(elements, symbol) == NULL)
            return false;
        symbols++;
        for (size_t figures = 0; at < size && bytes[at] >= '0' && bytes[at] <= '9'; at++)
            if (figures++ == 2 || (figures == 1 && bytes[at] == '0'))
                return false;
    }
    return symbols > 1;
}

/* A token whose form has an underscore in it, or is a word and figures (words.c). */
void
efti_veil_handle_alone(struct efti_veil *v, size_t i)
{
    size_t start, end;

    if (v->words.items[i].form == NULL ||
        (i > 0 && v->words.items[i].glue == VEIL_GLUE_NONE &&
         (v->words.items[i - 1].state & VEIL_STATE_TAG) != 0))
        return; /* what is left of a word that a tag has begun */
    handle_around(v, i, &start, &end);
    struct handle_shape s = handle_shape_of(v->text.bytes + start, end - start);
    if (s.lines == 0 && ((v->words.items[i].bits & VEIL_KEEP) != 0 || /* Prince2 */
                         is_formula(v->text.bytes + start, end - start)))
        return;
    if (is_plain_handle(&s) || (s.lines == 0 && s.dashes == 0))
        propose_handle(v, i, VEIL_RULE_HANDLE);
}

/* "under namnet Ensamvarg61", "inloggad som Skuggan7": letters and figures where one says
 * what somebody is called; token `i` has a figure in it. */
void
efti_veil_handle_under_name(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    size_t letters = 0;

    if (i == 0 || f == NULL || f->code_points < 5 || f->folded[0] < 'a' ||
        !efti_veil_follows(v, i) || (v->words.items[i].bits & VEIL_KEEP) != 0)
        return;
    while (letters < f->folded_size &&
           ((f->folded[letters] & '\x80') != 0 || f->folded[letters] > '9'))
        letters++;
    if (letters < 4 || letters >= f->folded_size || f->folded[f->folded_size - 1] < '0' ||
        f->folded[f->folded_size - 1] > '9')
        return;
    if (efti_veil_in(v, i - 1, GROUP_NAME_LABELS) ||
        (i > 1 && /* kallar sig prinsessan123 */
         (efti_veil_is_word(v, i - 1, "sig") || efti_veil_is_word(v, i - 1, "mig")) &&
         (efti_veil_is_word(v, i - 2, "kallar") ||
          efti_veil_is_word(v, i - 2, "kallade"))) ||
        (i > 1 && efti_veil_is_word(v, i - 1, "som") &&
         efti_veil_in(v, i - 2, GROUP_LOGGED_IN)))
        propose_handle(v, i, VEIL_RULE_HANDLE_SERVICE);
}

/* Frostbite#4821: token `i` is the figures of a name on Discord. */
void
efti_veil_handle_tag(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t start = t->start;

    if (t->end - start != 4 || start < 4 || v->text.bytes[start - 1] != '#')
        return;
    for (start--; start > 0 && t->start - start < 40 &&
                  (is_handle_edge(v->text.bytes[start - 1]) ||
                   (v->text.bytes[start - 1] & '\x80') != 0 ||
                   v->text.bytes[start - 1] == '_' || v->text.bytes[start - 1] == '.');)
        start--;
    while (((unsigned char)v->text.bytes[start] & 0xC0) == 0x80)
        start++; /* the 40 bytes may end inside a character, and half of one is no text */
    if (t->start - start > 3)
        efti_veil_propose(v, start, t->end, VEIL_RULE_HANDLE, EFTI_EVIDENCE_SHAPE);
}

/* drak3tämjaren, j0hnny: one figure or two, and letters on both sides that a word with a
 * number hung on does not have (10km, mp3-fil). */
static bool
has_figure_inside(const char *folded, size_t size)
{
    size_t first = 0, last, letters = 0;

    while (first < size && (folded[first] < '0' || folded[first] > '9'))
        first++;
    for (last = first; last < size && folded[last] >= '0' && folded[last] <= '9';)
        last++;
    if (first < 3 || last == first || last - first > 2 || size - last < 3)
        return false;
    for (size_t i = 0; i < size; i++) {
        bool letter = (folded[i] >= 'a' && folded[i] <= 'z') || (folded[i] & '\x80') != 0;

        if (!letter && (i < first || i >= last))
            return false;
        letters += letter;
    }
    return letters >= 6;
}

/* blomman88, anbe04, hampus9: letters in lower case, then figures, and the letters are
 * no word of the language (vecka40, covid19). Asked once per form. */
bool
efti_veil_is_login(const struct efti_veil *v, const char *folded, size_t size)
{
    size_t letters = 0;

    if (has_figure_inside(folded, size))
        return true;
    while (letters < size && (folded[letters] < '0' || folded[letters] > '9'))
        letters++;
    if (letters < 4 || letters + 1 > size || size - letters > 6)
        return false;
    for (size_t i = 0; i < size; i++)
        if (i < letters ? folded[i] < 'a' || folded[i] > 'z'
                        : folded[i] < '0' || folded[i] > '9')
            return false;
    if (efti_veil_word_class(&v->number_map, folded, letters) != VEIL_CLASS_NONE ||
        (efti_lists_word(v->lists, folded, size) & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) !=
            0) /* Unit4, Skola24 */
        return false;
    return (efti_dictionary_find(v->dictionary, folded, letters) &
            (EFTI_DICT_LOWER | EFTI_DICT_ACRONYM)) == 0 &&
           (efti_lists_word(v->lists, folded, letters) &
            (EFTI_LIST_KEEP | EFTI_LIST_FIELD | EFTI_LIST_FUNCTION)) == 0 &&
           v->dictionary != NULL;
}
