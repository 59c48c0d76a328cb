/*
 * names_listed.c - names that are words too, in a row with one that is nothing else
 *
 *   Deltagare:            a line each, behind bullets, numbers or letters or none
 *   - Alma
 *   - | Sten |
 *   1. Alma 2. | Björn |  numbered on one line
 *   (| Sanna |+Micke)     with a plus, an ampersand or a slash
 *   (| Maj |, Kalle)      with a comma, where the row begins a line or a bracket
 *
 * At a start Sten and Sanna may be the words that they are: what stands in the same row
 * tells. "Björn, varg och lo" has nobody in it, so nothing in it is told.
 */
#include "veil/names.h"

/* Is somebody named there, by what is no word or where only somebody stands? */
static bool
is_told(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return w->category == EFTI_PERSON && w->form != NULL &&
           (w->bits & (VEIL_CAPITAL | VEIL_HYPHEN | VEIL_GENITIVE)) == VEIL_CAPITAL &&
           ((w->bits & VEIL_WORD) == 0 || (w->bits & VEIL_GIVEN) != 0 ||
            (w->evidence & EFTI_EVIDENCE_FRAME) != 0);
}

/* May it be somebody, as it stands in a row with one? */
static bool
may_be_told(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (name_stays(w) || (w->state & VEIL_STATE_NAME) != 0 ||
        w->form->kind != EFTI_WORD || w->form->casing != EFTI_CASING_INITIAL ||
        w->form->code_points < 3 || (w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
        (w->bits & (VEIL_ROLE | VEIL_HEAD)) != 0)
        return false;
    return (w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) != 0 ||
           (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

static bool
starts_line(const struct efti_veil *v, size_t i)
{
    return i == 0 || i >= v->words.count ||
           (v->segments->tokens.items[i].flags & EFTI_TOKEN_LINE_START) != 0;
}

/* 1. 2) a): what numbers an item. */
static bool
is_item_mark(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    char behind = efti_veil_byte(v, t->end);

    return t->end - t->start <= 2 && (behind == '.' || behind == ')') &&
           (t->kind == EFTI_NUMBER || t->end - t->start == 1);
}

/* Alone on its line, but for what numbers it. */
static bool
is_alone_on_line(const struct efti_veil *v, size_t i)
{
    return starts_line(v, i + 1) &&
           (starts_line(v, i) || (starts_line(v, i - 1) && is_item_mark(v, i - 1)));
}

/* A byte between token `i` and the one before, if there is but one mark. */
static char
mark_before(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t at = t[-1].end;

    while (at < t->start && v->text.bytes[at] == ' ')
        at++;
    return at < t->start ? v->text.bytes[at] : ' ';
}

/* Does a row begin at token `i`: a line, a bracket, behind a colon or dash? */
static bool
begins_row(const struct efti_veil *v, size_t i)
{
    return starts_line(v, i) ||
           (v->segments->tokens.items[i].flags & VEIL_START_FLAGS) != 0 ||
           mark_before(v, i) == '(';
}

/* Two that a plus or slash joins; or a comma, where the first begins a row that goes on
 * behind the second, or ends with its bracket. */
static bool
row_goes_on(const struct efti_veil *v, size_t first)
{
    const struct veil_word *w = &v->words.items[first + 1];

    if (w->glue == VEIL_GLUE_AMP)
        return true;
    if (w->glue == VEIL_GLUE_MARK)
        return mark_before(v, first + 1) == '/';
    if (w->glue != VEIL_GLUE_COMMA || (w->bits & VEIL_CAPITAL) == 0)
        return false;
    if (!begins_row(v, first))
        return w[-1].glue == VEIL_GLUE_COMMA && (w[-1].bits & VEIL_CAPITAL) != 0;
    return efti_veil_byte(v, v->segments->tokens.items[first + 1].end) == ')' ||
           (first + 2 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
            (w[1].bits & VEIL_CAPITAL) != 0) ||
           (efti_veil_is(v, first + 2, VEIL_CLASS_AND) && first + 3 < v->words.count &&
            (w[2].bits & VEIL_CAPITAL) != 0);
}

/* The item behind token `i`, or 0. */
static size_t
next_item(const struct efti_veil *v, size_t i)
{
    if (i + 1 >= v->words.count)
        return 0;
    if (starts_line(v, i + 1)) {
        size_t next = i + 1;

        if (next + 1 < v->words.count && is_item_mark(v, next) &&
            !starts_line(v, next + 1))
            next++;
        return is_alone_on_line(v, i) && is_alone_on_line(v, next) ? next : 0;
    }
    if (is_item_mark(v, i + 1) && i > 0 && is_item_mark(v, i - 1) &&
        i + 2 < v->words.count && !starts_line(v, i + 2))
        return i + 2;
    return row_goes_on(v, i) ? i + 1 : 0;
}

/* The item before token `i`, or `i`. */
static size_t
item_before(const struct efti_veil *v, size_t i)
{
    if (i == 0)
        return 0;
    if (i > 1 && is_item_mark(v, i - 1))
        return next_item(v, i - 2) == i ? i - 2 : i;
    return next_item(v, i - 1) == i ? i - 1 : i;
}

static bool
is_row_person(const struct efti_veil *v, size_t i)
{
    return (v->words.items[i].state & VEIL_STATE_NAME) != 0 &&
           v->words.items[i].category == EFTI_PERSON;
}

/* A row around token `i`: its first and last item, and how many in it are somebody or
 * have a name that is given to people first of all. */
struct row {
    size_t first, last, told;
};
#define LONGEST_ROW 64

static struct row
row_around(const struct efti_veil *v, size_t i)
{
    struct row row = {.first = i, .last = i, .told = 1};
    size_t next;

    for (int n = 0; n < LONGEST_ROW && (next = item_before(v, row.first)) != row.first &&
                    (is_row_person(v, next) || may_be_told(v, next));
         n++) {
        row.first = next;
        row.told +=
            is_row_person(v, next) || (v->words.items[next].bits & VEIL_GIVEN) != 0;
    }
    for (int n = 0; n < LONGEST_ROW && (next = next_item(v, row.last)) != 0 &&
                    (is_row_person(v, next) || may_be_told(v, next));
         n++) {
        row.last = next;
        row.told +=
            is_row_person(v, next) || (v->words.items[next].bits & VEIL_GIVEN) != 0;
    }
    return row;
}

/* What nobody is told by (Sol/Alma) needs two in the row who are. */
static void
tell(struct efti_veil *v, size_t i, size_t told)
{
    if (!may_be_told(v, i) || (told < 2 && efti_veil_in(v, i, GROUP_BARE_NOUNS)))
        return;
    v->words.items[i].evidence |= EFTI_EVIDENCE_NEIGHBOUR;
    efti_veil_mark(v, i, VEIL_RULE_NAME_AND, EFTI_PERSON);
}

/* Has the row of token `i` been gone through from an item before it? */
static bool
row_is_done(const struct efti_veil *v, size_t i)
{
    const size_t before = item_before(v, i);
    const struct veil_word *w = &v->words.items[before];

    return before != i && is_row_person(v, before) &&
           (is_told(v, before) || (w->rule == VEIL_RULE_NAME_AND &&
                                   (w->evidence & EFTI_EVIDENCE_NEIGHBOUR) != 0));
}

/* Does something stand between token `i` and the one before that may join two items? Most
 * names stand among blanks. */
static bool
may_join(const struct efti_veil *v, size_t i)
{
    switch ((enum veil_glue)v->words.items[i].glue) {
    case VEIL_GLUE_FAR: return starts_line(v, i);
    case VEIL_GLUE_MARK: return memchr("/)", mark_before(v, i), 2) != NULL;
    case VEIL_GLUE_AMP: return true;
    case VEIL_GLUE_STOP: return (v->words.items[i - 1].bits & VEIL_DIGITS) != 0;
    default: return false;
    }
}

/* May a row go on at either side of token `i`? Behind a comma a capital is told without
 * this, so only what stands before it matters. */
static bool
may_be_in_row(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i > 0 && (may_join(v, i) ||
                  (w->glue == VEIL_GLUE_COMMA && (w[-1].state & VEIL_STATE_NAME) == 0 &&
                   (w[-1].bits & VEIL_CAPITAL) != 0)))
        return true;
    return i + 1 < v->words.count && (w[1].bits & VEIL_DIGITS) != 0
               ? i > 0 && is_item_mark(v, i - 1)
               : i + 1 < v->words.count && may_join(v, i + 1);
}

void
efti_name_listed(struct efti_veil *v)
{
    const size_t count = v->named.count;

    for (size_t h = 0; h < count && !v->no_memory; h++) {
        const size_t i = v->named.items[h];

        const struct veil_word *w = &v->words.items[i]; /* nothing behind the last */
        if (EFTI_LIKELY(w->glue == VEIL_GLUE_SPACE && w[1].glue == VEIL_GLUE_SPACE &&
                        (w[1].bits & VEIL_DIGITS) == 0) ||
            !is_told(v, i) || !may_be_in_row(v, i) || row_is_done(v, i))
            continue;
        const struct row row = row_around(v, i);
        size_t item = row.first;
        for (tell(v, item, row.told); item != row.last; tell(v, item, row.told))
            item = next_item(v, item);
    }
    efti_veil_sort_named(v);
}
