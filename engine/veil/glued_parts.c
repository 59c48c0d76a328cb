/*
 * glued_parts.c - names inside what is no word: files, tags, signs of a program
 *
 *   plan_anna_svensson_2024.pdf   parts between marks, one of which is a listed name
 *   Plan-AnnaSvensson.docx        a capital behind a small letter begins a part
 *   Öberg2, Åsa2                  a listed name and a figure
 *   #annasvensson                 a given name and another name, and no word together
 *   \nFatima                      the sign for a new line that a program wrote out
 *   **F**atima, An-<line>na       one name on both sides of marks
 *   F-a-t-i-m-a                   a name letter by letter
 *
 * Tokens of this kind are few; nothing here is asked of ordinary words. Only the lists
 * speak: an unknown part of a file's name may be anything.
 */
#include "veil/names.h"
#include "veil/piece.h"

#define MOST_LETTERS 64 /* bytes of a name put together of pieces */
#define MOST_GAP 12     /* bytes of marks inside one: </strong> and the like are longer */

/* What some letters are if they are a listed name and no word (or one with a capital, if
 * `words`), else EFTI_CATEGORY_COUNT. */
static enum efti_category
listed_category(struct efti_veil *v, const char *raw, size_t size, bool words)
{
    const uint32_t surnames = EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2;
    struct piece p = {0};

    if (size < 3 || size > MOST_LETTERS)
        return EFTI_CATEGORY_COUNT;
    if (efti_fold(v->unicode, raw, size, &v->phrase, NULL) != EFT_OK) {
        v->no_memory = true;
        return EFTI_CATEGORY_COUNT;
    }
    p.folded = v->phrase.data;
    p.size = v->phrase.size;
    if (p.size == 0 || efti_veil_word_class(&v->number_map, p.folded, p.size) !=
                           VEIL_CLASS_NONE) /* maj, mars */
        return EFTI_CATEGORY_COUNT;
    efti_piece_count_capitals(&p, raw, size);
    efti_piece_look_up(v, &p);
    bool word = (p.dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
                (p.lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0;
    bool given = (p.lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0;
    if (p.letters < 3 || (p.lists & PIECE_KEPT) != 0 ||
        (word && !(words && p.capital && !p.upper && given)))
        return EFTI_CATEGORY_COUNT;
    if (given || (p.lists & surnames) != 0)
        return EFTI_PERSON;
    return (p.lists & EFTI_LIST_PLACE) != 0 ? EFTI_PLACE : EFTI_CATEGORY_COUNT;
}

static bool
is_part_letter(char c)
{
    return efti_veil_is_ascii_letter(c) || (c & '\x80') != 0;
}

/* A to Z, Å, Ä, Ö at `at`. */
static bool
is_part_capital(const char *bytes, size_t at, size_t end)
{
    if (bytes[at] >= 'A' && bytes[at] <= 'Z')
        return true;
    return at + 1 < end && bytes[at] == '\xC3' &&
           (bytes[at + 1] == '\x85' || bytes[at + 1] == '\x84' ||
            bytes[at + 1] == '\x96');
}

/* The end of the part at `at`: letters, up to a capital behind a small one. */
static size_t
end_of_part(const char *bytes, size_t at, size_t to)
{
    size_t end = at;
    bool small = false;

    while (end < to && is_part_letter(bytes[end])) {
        bool capital = is_part_capital(bytes, end, to);

        if (capital && small)
            break;
        small = !capital && ((unsigned char)bytes[end] & 0xC0) != 0x80;
        end++;
        while (end < to && ((unsigned char)bytes[end] & 0xC0) == 0x80)
            end++;
    }
    return end;
}

/* From the first listed name among the parts of [from, to) to the last. */
static void
names_among_parts(struct efti_veil *v, size_t from, size_t to)
{
    struct veil_named_parts named = VEIL_NO_PARTS;

    for (size_t at = from, end; at < to && !v->no_memory; at = end) {
        end = end_of_part(v->text.bytes, at, to);
        if (end == at) {
            end++;
            continue;
        }
        efti_veil_add_part(&named, at, end,
                           listed_category(v, v->text.bytes + at, end - at, true));
    }
    efti_veil_propose_parts(v, &named);
}

/* The same of a whole token; its form keeps that there are none. */
static void
names_among_parts_of(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    uint32_t *answers = efti_veil_answers(v, i);
    const size_t found = v->found.count;

    if ((*answers >> 2 * VEIL_ASK_PARTS & 1) != 0)
        return;
    names_among_parts(v, t->start, t->end);
    if (v->found.count == found && !v->no_memory)
        *answers |= 1u << 2 * VEIL_ASK_PARTS;
}

/* Is token `i` letters with marks, figures or capitals inside, that nobody writes as a
 * word? */
static bool
has_parts(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return w->form != NULL && w->form->raw_size > 3 && w->form->raw_size < 256 &&
           w->form->kind != EFTI_NUMBER && (w->state & VEIL_STATE_KEEP) == 0 &&
           (w->bits & VEIL_KEEP) == 0;
}

/* "#annasvensson": of the word behind the mark, a given name and what is left. */
static void
behind_hash(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;

    if (f == NULL || f->kind != EFTI_WORD || f->dict != 0 || f->lists != 0 ||
        f->folded_size < 6 || f->folded_size > 40 || (w->state & VEIL_STATE_NAME) != 0)
        return;
    for (size_t cut = 3; cut + 3 <= f->folded_size; cut++) {
        if (((unsigned char)f->folded[cut] & 0xC0) == 0x80)
            continue;
        uint32_t given = efti_lists_word(v->lists, f->folded, cut);
        uint32_t rest = efti_lists_word(v->lists, f->folded + cut, f->folded_size - cut);
        if ((given & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0 &&
            (rest & PIECE_PEOPLE) != 0) {
            const struct efti_token *t = &v->segments->tokens.items[i];

            efti_veil_propose_as(v, t->start, t->end, VEIL_RULE_NAME_LISTED, 0,
                                 EFTI_PERSON);
            return;
        }
    }
}

/* "\nFatima": behind the letter of the sign. */
static void
behind_backslash(struct efti_veil *v, size_t at, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (t->start != at || t->end - at < 4 || v->words.items[i].form == NULL ||
        memchr("nrt", v->text.bytes[at], 3) == NULL ||
        !is_part_capital(v->text.bytes, at + 1, t->end))
        return;
    enum efti_category c =
        listed_category(v, v->text.bytes + at + 1, t->end - at - 1, false);
    if (c != EFTI_CATEGORY_COUNT)
        efti_veil_propose_as(v, at + 1, t->end, VEIL_RULE_NAME_LISTED, 0, c);
}

/* Each `mark` of the text and the token right behind it. */
static void
behind_marks(struct efti_veil *v, char mark)
{
    const char *bytes = v->text.bytes, *end = bytes + v->text.size, *at = bytes;

    while (at < end && !v->no_memory &&
           (at = memchr(at, mark, (size_t)(end - at))) != NULL) {
        size_t start = (size_t)(++at - bytes);
        size_t i = start < v->text.size ? efti_veil_token_at(v, start) : v->words.count;

        if (i >= v->words.count || v->segments->tokens.items[i].start != start)
            continue;
        if (mark == '#')
            behind_hash(v, i);
        else
            behind_backslash(v, start, i);
    }
}

/* Do only marks stand between token `i` and the one before it? A line may end behind a
 * hyphen, or the = of mail. */
static bool
is_across_marks(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const char *gap = v->text.bytes + t[-1].end;
    size_t size = t->start - t[-1].end;

    if (size == 0 || size > MOST_GAP || v->words.items[i].form == NULL ||
        v->words.items[i - 1].form == NULL || memchr(gap, ' ', size) != NULL ||
        memchr(gap, '\t', size) != NULL)
        return false;
    return gap[0] == '-' || gap[0] == '=' ||
           (memchr(gap, '\n', size) == NULL && memchr(gap, '\r', size) == NULL);
}

/* "**F**atima", "An-<line>na": what the letters on both sides are together. */
static void
across_marks(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_word *w = &v->words.items[i];
    char letters[MOST_LETTERS];
    size_t left = t[-1].end - t[-1].start, right = t->end - t->start;

    if (!is_across_marks(v, i) || left + right > sizeof(letters) || right < 2 ||
        !is_part_capital(v->text.bytes, t[-1].start, t[-1].end) ||
        is_part_capital(v->text.bytes, t->start, t->end) ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0)
        return;
    memcpy(letters, v->text.bytes + t[-1].start, left);
    memcpy(letters + left, v->text.bytes + t->start, right);
    enum efti_category c = listed_category(v, letters, left + right, false);
    bool unknown = w->form->kind == EFTI_WORD && w->form->dict == 0 &&
                   w->form->lists == 0 && (w->bits & (VEIL_KNOWN | VEIL_WORD)) == 0;
    if (c == EFTI_CATEGORY_COUNT && unknown && right > 2 && v->dictionary != NULL &&
        ((w[-1].state & VEIL_STATE_NAME) != 0 || w[-1].form->code_points == 1) &&
        (efti_dictionary_find(v->dictionary, v->phrase.data, v->phrase.size) &
         EFTI_DICT_LOWER) == 0)
        c = EFTI_PERSON; /* **Z**orbella, Zo-<line>rbella; not **S**nart */
    if (c != EFTI_CATEGORY_COUNT)
        efti_veil_propose_as(v, t[-1].start, t->end, VEIL_RULE_NAME_LISTED, 0, c);
}

/* "F-a-t-i-m-a": letters with a hyphen between each. */
static void
letter_by_letter(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const char *bytes = v->text.bytes;
    char letters[MOST_LETTERS];
    size_t size = 0, at = t->start;

    for (; at < t->end && size + 4 < sizeof(letters); at++) {
        if (!is_part_letter(bytes[at]))
            return;
        do
            letters[size++] = bytes[at++];
        while (at < t->end && ((unsigned char)bytes[at] & 0xC0) == 0x80 &&
               size < sizeof(letters));
        if (at < t->end && bytes[at] != '-')
            return;
    }
    if (at < t->end || size < 3)
        return;
    enum efti_category c = listed_category(v, letters, size, true);
    if (c != EFTI_CATEGORY_COUNT)
        efti_veil_propose_as(v, t->start, t->end, VEIL_RULE_NAME_LISTED, 0, c);
}

void
efti_veil_glued_parts(struct efti_veil *v)
{
    for (size_t h = 0; h < v->terms.count && !v->no_memory; h++) {
        size_t i = v->terms.items[h];
        enum veil_class class = efti_veil_class(v->words.items[i].bits);

        if ((class == VEIL_CLASS_HANDLE || class == VEIL_CLASS_DOMAIN) &&
            has_parts(v, i)) {
            names_among_parts_of(v, i);
            letter_by_letter(v, i);
        }
    }
    for (size_t h = 0; h < v->digit_tokens.count && !v->no_memory; h++) {
        size_t i = v->digit_tokens.items[h];

        if (has_parts(v, i))
            names_among_parts_of(v, i);
    }
    for (size_t h = 0; h < v->splits.count && !v->no_memory; h++)
        across_marks(v, v->splits.items[h]);
    if (v->any_sign) {
        behind_marks(v, '#');
        behind_marks(v, '\\');
    }
}
