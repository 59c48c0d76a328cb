/*
 * glued.c - what sticks to a number without a blank, and four figures of one
 *
 *   Fatima0701234567        a name before or behind it, in the same token
 *   O7O-1234567, 8ll2l8-... letters that look like figures, in a number
 *   fyra sista är 9876      the end of a personnummer, told as such
 *   Rönnbärsvägen12         a street and the house, or its number in words:
 *   kyrkogatan fjorton b
 *   omFatima, Zam|qorra     a blank forgotten before a listed name, or a mark inside one
 *                           that nobody sees
 *
 * The rules of numbers see runs of digits and those of names whole tokens, so that a name
 * with a number on it belonged to neither. It runs behind both and asks for the letters
 * alone: a listed name, a place, or what nobody knows with the capital of a name. Words
 * (tel, pnr, på) stay.
 */
#include "veil/ages.h"
#include "veil/names.h"
#include "veil/piece.h"

/* ------------------------------------------------------------- letters as figures */

/* A figure, or a letter that is written for one; 0: neither. */
static char
figure_of(char c)
{
    if (c >= '0' && c <= '9')
        return c;
    if (c == 'O' || c == 'o')
        return '0';
    return c == 'l' || c == 'I' ? '1' : '\0';
}

/* 8ll2l8-9876, O7O-1234567: figures and their look-alikes, and marks between them; most
 * are figures, and together they are a day and four more, or a number of a telephone. */
static void
look_alike(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    char digits[12];
    size_t count = 0, letters = 0, mark = 0;

    for (size_t at = t->start; at < t->end; at++) {
        char c = v->text.bytes[at], figure = figure_of(c);

        if (figure == '\0' && (c == '-' || c == '+')) {
            mark = mark == 0 ? count : mark;
            continue;
        }
        if (figure == '\0' || count == EFTI_COUNT(digits))
            return;
        letters += c > '9';
        digits[count++] = figure;
    }
    if (letters == 0 || letters * 2 > count)
        return;
    bool area = digits[0] == '0' && mark > 1 && mark < 5; /* O7O- */
    if (!area && count >= 10 && efti_veil_day(digits, count - 4, true))
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_PNR_FORCED,
                          EFTI_EVIDENCE_FORCED);
    else if ((count == 9 || count == 10) && digits[0] == '0' && digits[1] != '0')
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_PHONE, EFTI_EVIDENCE_SHAPE);
}

/* "hennes fyra sista är 9876", "fyra sista siffrorna: 9876": with a day of birth beside
 * them, as records have, they are a personnummer. */
static void
last_four(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (t->end - t->start != 4)
        return;
    size_t k = i;
    while (k > 2 && i - k < 2 && v->words.items[k].glue != VEIL_GLUE_FAR &&
           (efti_veil_is_word(v, k - 1, "är") || efti_veil_is_word(v, k - 1, "siffror") ||
            efti_veil_is_word(v, k - 1, "siffrorna")))
        k--;
    if (k > 1 && v->words.items[k].glue != VEIL_GLUE_FAR &&
        efti_veil_is_word(v, k - 1, "sista") &&
        (efti_veil_is_word(v, k - 2, "fyra") || efti_veil_is_word(v, k - 2, "4")))
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_PNR_FORCED,
                          EFTI_EVIDENCE_FORCED);
}

/* Rönnbärsvägen12, Storgatan5b: the shape of a street, then the house. */
static void
street_and_house(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    const struct efti_token *t = &v->segments->tokens.items[i];
    struct piece p = {.folded = f->folded};
    size_t digits = 0, end;

    while (p.size < f->folded_size &&
           (f->folded[p.size] < '0' || f->folded[p.size] > '9'))
        p.size++;
    for (end = p.size;
         end < f->folded_size && f->folded[end] >= '0' && f->folded[end] <= '9'; end++)
        digits++;
    if (p.size < 7 || digits == 0 || digits > 3 || end + 1 < f->folded_size)
        return;
    efti_piece_look_up(v, &p);
    if (p.shape == EFTI_SHAPE_STREET && (p.dict & EFTI_DICT_LOWER) == 0)
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_STREET_NUMBER,
                          EFTI_EVIDENCE_SHAPE);
}

/* "kyrkogatan fjorton b": token `n` is a number in words, and counts nothing. */
static void
house_in_words(struct efti_veil *v, size_t n)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct efti_form *f = n > 0 ? v->words.items[n - 1].form : NULL;
    size_t last = n;

    if (f == NULL || !efti_veil_follows(v, n) || f->shape != EFTI_SHAPE_STREET ||
        f->code_points < 7 ||
        efti_veil_class(v->words.items[n].bits) != VEIL_CLASS_NUMBER ||
        efti_veil_is_word(v, n, "en") || efti_veil_is_word(v, n, "ett"))
        return;
    size_t letter = n + 1 < v->words.count ? tokens[n + 1].end - tokens[n + 1].start : 0;
    bool stop = letter == 2 && v->text.bytes[tokens[n + 1].start + 1] == '.';
    if (efti_veil_follows(v, n + 1) && (letter == 1 || stop) &&
        (v->text.bytes[tokens[n + 1].start] | 0x20) != 'i')
        last = n + 1;                                            /* b */
    bool ends = last > n && stop && last + 1 < v->words.count && /* fjorton b. Bra. */
                (v->words.items[last + 1].bits & VEIL_CAPITAL) != 0;
    if (ends || efti_age_ends_before(v, last + 1))
        efti_veil_propose(v, tokens[n - 1].start, tokens[last].end - (last > n && stop),
                          VEIL_RULE_STREET_NUMBER, EFTI_EVIDENCE_SHAPE);
}

/* ---------------------------------------------------------------- letters beside it */

static bool
is_letter_at(const struct efti_veil *v, size_t at)
{
    return efti_veil_is_ascii_letter(v->text.bytes[at]) ||
           (v->text.bytes[at] & '\x80') != 0;
}

/* The category of some letters if they are a name, else EFTI_CATEGORY_COUNT. */
static enum efti_category
category_of_letters(struct efti_veil *v, const char *raw, size_t size)
{
    const uint32_t names = EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2 | EFTI_LIST_PLACE;
    struct piece p = {0};

    if (efti_fold(v->unicode, raw, size, &v->phrase, NULL) != EFT_OK) {
        v->no_memory = true;
        return EFTI_CATEGORY_COUNT;
    }
    p.folded = v->phrase.data;
    p.size = v->phrase.size;
    if (p.size == 0)
        return EFTI_CATEGORY_COUNT;
    efti_piece_count_capitals(&p, raw, size);
    efti_piece_look_up(v, &p);
    bool word = (p.dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0 ||
                (p.lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0;
    bool listed = (p.lists & (PIECE_GIVEN | names)) != 0;
    if (p.letters < 3 && (p.lists & EFTI_LIST_GIVEN_1) == 0)
        return EFTI_CATEGORY_COUNT;
    if (listed && (!word || (p.capital && !p.upper)))
        return (p.lists & (PIECE_GIVEN | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)) != 0
                   ? EFTI_PERSON
                   : EFTI_PLACE;
    if (word || !p.capital || p.capitals > 1 || v->dictionary == NULL ||
        (p.dict & EFTI_DICT_COMPOUND) != 0 || (p.lists & PIECE_KEPT) != 0)
        return EFTI_CATEGORY_COUNT;
    return EFTI_PERSON;
}

/* Has what stands beside a number in its token to be looked at? A long one is taken out
 * whole, and may hold more numbers than each could look over all of it. */
static bool
has_sides(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && v->segments->tokens.items[i].kind != EFTI_LONG;
}

void
efti_veil_add_part(struct veil_named_parts *named, size_t start, size_t end,
                   enum efti_category category)
{
    if (category == EFTI_CATEGORY_COUNT)
        return;
    if (named->category == EFTI_CATEGORY_COUNT)
        named->first = start;
    if (named->category != EFTI_PERSON)
        named->category = category;
    named->last = end;
}

void
efti_veil_propose_parts(struct efti_veil *v, const struct veil_named_parts *named)
{
    if (named->category != EFTI_CATEGORY_COUNT)
        efti_veil_propose_as(v, named->first, named->last, VEIL_RULE_NAME_LISTED, 0,
                             named->category);
}

/* The part [from, to) of a token beside a number: from its first name to its last. */
static void
letters_beside(struct efti_veil *v, size_t from, size_t to)
{
    struct veil_named_parts named = VEIL_NO_PARTS;

    for (size_t at = from, end; at < to && !v->no_memory; at = end) {
        for (end = at; end < to && is_letter_at(v, end);)
            end++;
        if (end == at) {
            end++;
            continue;
        }
        efti_veil_add_part(&named, at, end,
                           category_of_letters(v, v->text.bytes + at, end - at));
    }
    efti_veil_propose_parts(v, &named);
}

/* "12–[14/3]": the first of two days, joined by a dash to one that is told. */
static void
day_before(struct efti_veil *v, const struct efti_span *s)
{
    const char *bytes = v->text.bytes;
    size_t end = s->start, start;

    if (end > 3 && memcmp(bytes + end - 3, "\xE2\x80\x93", 3) == 0)
        end -= 3;
    else if (end > 1 && bytes[end - 1] == '-')
        end -= 1;
    else
        return;
    for (start = end; start > 0 && bytes[start - 1] >= '0' && bytes[start - 1] <= '9';)
        start--;
    if (start < end && end - start <= 2 &&
        (start == 0 || (!efti_veil_is_alnum(bytes[start - 1]) &&
                        strchr("-.:/", bytes[start - 1]) == NULL)))
        efti_veil_propose(v, start, end, VEIL_RULE_DATE_MONTH, EFTI_EVIDENCE_CONTEXT);
}

/* "070-l[23 45 67]", "O7O-[123 45 67]": the beginning of the number, which a letter
 * hides. */
static bool
is_rest_of_number(const struct efti_veil *v, size_t from, size_t to)
{
    size_t figures = 0;

    for (; from < to; from++) {
        char c = v->text.bytes[from];

        if (figure_of(c) == '\0' && c != '-' && c != '+')
            return false;
        figures += c >= '0' && c <= '9';
    }
    return figures > 0;
}

/* ---------------------------------------------------------------- inside a word */

/* omFatima, m.Sara: a word in small letters, or the letter of one (med, och, till), and
 * from the capital inside it on a given name of the lists. */
static void
blank_forgotten(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    struct piece before = {0}, name = {0};
    const char *raw = f->raw;
    size_t at = 0;

    while (at < f->raw_size && !efti_veil_is_capital(raw[at]))
        at++;
    if (at < 2 || at + 3 > f->raw_size || f->folded_size != f->raw_size)
        return;
    bool short_word = at == 2 && raw[1] == '.' && strchr("afmot", raw[0]) != NULL;
    before.folded = f->folded;
    before.size = at;
    name.folded = f->folded + at;
    name.size = f->raw_size - at;
    efti_piece_look_up(v, &before);
    efti_piece_look_up(v, &name);
    if ((short_word || (before.dict & (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) != 0) &&
        (name.lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0)
        efti_veil_propose(v, v->segments->tokens.items[i].start + at,
                          v->segments->tokens.items[i].end, VEIL_RULE_NAME_LISTED, 0);
}

/* "Fa|tima": pieces between marks that nobody sees are a name when they are joined. */
static void
joined_unseen(struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    char letters[64];
    size_t size = 0, last = i;

    if (i > 0 && efti_name_goes_on_unseen(v, i - 1))
        return;
    while (efti_name_goes_on_unseen(v, last))
        last++;
    for (size_t k = i; last > i && k <= last; k++) {
        size_t n = tokens[k].end - tokens[k].start;

        if (size + n > sizeof(letters))
            return;
        memcpy(letters + size, v->text.bytes + tokens[k].start, n);
        size += n;
    }
    enum efti_category category =
        size > 0 ? category_of_letters(v, letters, size) : EFTI_CATEGORY_COUNT;
    if (category != EFTI_CATEGORY_COUNT)
        efti_veil_propose_as(v, tokens[i].start, tokens[last].end, VEIL_RULE_NAME_LISTED,
                             0, category);
}

static bool
is_number(const struct efti_span *s)
{
    switch (s->category) {
    case EFTI_PERSONNUMMER:
    case EFTI_ORGNR:
    case EFTI_PHONE:
    case EFTI_POSTCODE:
    case EFTI_DATE:
    case EFTI_CASE_ID:
    case EFTI_BANK: return true;
    default: return false;
    }
}

void
efti_veil_glued(struct efti_veil *v)
{
    const struct efti_token *tokens = v->segments->tokens.items;

    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];
        const struct veil_word *w = &v->words.items[i];

        if (w->form != NULL && w->form->kind == EFTI_NUMBER)
            last_four(v, i);
        else if (w->form != NULL) {
            if (w->form->raw_size <= 16)
                look_alike(v, i);
            street_and_house(v, i);
        }
    }
    for (size_t h = 0; h < v->numbers.count && !v->no_memory; h++)
        house_in_words(v, v->numbers.items[h]);
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        const struct veil_word *w = &v->words.items[v->candidates.items[h]];

        if (w->form != NULL && w->form->casing == EFTI_CASING_MIXED &&
            (w->bits & (VEIL_CAPITAL | VEIL_HYPHEN)) == 0 &&
            (w->state & VEIL_STATE_NAME) == 0)
            blank_forgotten(v, v->candidates.items[h]);
    }
    for (size_t i = 0; v->any_unseen && i + 1 < v->words.count && !v->no_memory; i++)
        joined_unseen(v, i);
    for (size_t k = 0, count = v->found.count; k < count && !v->no_memory; k++) {
        const struct efti_span s = v->found.items[k];

        if (!is_number(&s))
            continue;
        if (s.category == EFTI_DATE)
            day_before(v, &s);
        size_t i = efti_veil_token_at(v, s.start);
        if (has_sides(v, i) && tokens[i].start < s.start) {
            if (is_rest_of_number(v, tokens[i].start, s.start))
                efti_veil_propose_as(v, tokens[i].start, s.end, s.rule, s.evidence,
                                     (enum efti_category)s.category);
            else
                letters_beside(v, tokens[i].start, s.start);
        }
        i = efti_veil_token_at(v, s.end - 1);
        if (has_sides(v, i) && tokens[i].start < s.end && tokens[i].end > s.end)
            letters_beside(v, s.end, tokens[i].end);
    }
}
