/*
 * signatures.c - names at the end of a text or line: "Mvh / Moa Öhrstedt", "/Annelie"
 */
#include "veil/find.h"

/* May this word stand in a signature? Lower case only if it is nothing else. */
static bool
may_sign(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w->form == NULL || w->form->kind == EFTI_NUMBER ||
        (w->bits & (VEIL_KEEP | VEIL_ROLE)) != 0)
        return false;
    if (w->form->code_points == 1 && (w->bits & VEIL_CAPITAL) != 0)
        return true; /* kram S */
    if ((w->bits & VEIL_WORD) != 0)
        return (w->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0;
    return (w->bits & (VEIL_ORDINARY | VEIL_UPPER)) == 0 || (w->bits & VEIL_CAPITAL) != 0;
}

static void
frame_sign(struct efti_veil *v, size_t first, size_t end)
{
    for (size_t i = first; i < end && i < first + 4; i++) {
        if (!may_sign(v, i))
            break;
        efti_veil_give(v, i, EFTI_EVIDENCE_SIGNATURE);
        if ((v->words.items[i].state & VEIL_STATE_SEEN) != 0)
            continue;
        efti_veil_look(v, i);
        if (!EFTI_PUSH(v->mem, &v->candidates))
            v->no_memory = true;
        else
            v->candidates.items[v->candidates.count - 1] = (uint32_t)i;
    }
}

/* Where the line of token `i` ends, as far as six tokens on: signatures are shorter. */
static size_t
line_end(const struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    size_t most = i + 6;

    while (i < v->words.count && i < most &&
           (tokens[i].flags & EFTI_TOKEN_LINE_START) == 0)
        i++;
    return i;
}

/* "Kram Sessan", last of all: what one is called may be any word, but those who sign
 * together have names for that. */
static bool
is_pet_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;

    if (f == NULL || f->casing != EFTI_CASING_INITIAL || f->kind != EFTI_WORD ||
        f->code_points < 3 || (w->bits & (VEIL_KEEP | VEIL_ROLE | VEIL_HEAD)) != 0 ||
        (w->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 || (f->lists & EFTI_LIST_FUNCTION) != 0)
        return false;
    return (w->bits & VEIL_WORD) != 0 && !efti_veil_ends_in(f, ENDS_GROUPS, 0);
}

/* "Mvh Katarina Wernhult", or the name on the line below: at most four words of it. */
void
efti_veil_after_sign_off(struct efti_veil *v, size_t i)
{
    size_t first = i + 1, end;

    if (first >= v->words.count || efti_veil_is(v, first, VEIL_CLASS_SIGN_OFF))
        return; /* the last of them speaks */
    end = line_end(v, first + 1);
    if (end == first + 1 && end == v->words.count && is_pet_name(v, first))
        efti_veil_mark(v, first, VEIL_RULE_NAME_SIGNATURE, EFTI_PERSON);
    else if (end - first <= 4)
        frame_sign(v, first, end);
}

/* Does a line, sentence or the text end behind token `i`, or "nås på" follow a comma? */
static bool
ends_line(const struct efti_veil *v, size_t i)
{
    size_t end = v->segments->tokens.items[i].end;

    while (efti_veil_byte(v, end) == ' ' || efti_veil_byte(v, end) == '.')
        end++;
    return end >= v->text.size || v->text.bytes[end] == '\n' ||
           v->text.bytes[end] == '\r' || v->text.bytes[end] == ',';
}

/* Has a sentence or line ended before byte `at`, the blanks before a slash? */
static bool
is_behind_stop(const struct efti_veil *v, size_t at)
{
    while (at > 0 && v->text.bytes[at - 1] == ' ')
        at--;
    return at == 0 || strchr(".!?)\n", v->text.bytes[at - 1]) != NULL;
}

/* "... bra jobbat. /Aga", "/Glans, nås på": any word with a capital signs behind a slash,
 * alone where a sentence or line has ended, but those of a group or an office. */
static bool
signs_behind_slash(const struct efti_veil *v, size_t i, size_t slash)
{
    const struct efti_form *f = v->words.items[i].form;

    return is_pet_name(v, i) && !efti_veil_ends_in(f, ENDS_DEFINITE, 3) &&
           !efti_veil_ends_in(f, ENDS_DEFINITE_PLURAL, 2) && is_behind_stop(v, slash) &&
           ends_line(v, i);
}

/* "... lugnt. // Jk", "lugnt /JK": two letters or three, any of them where a sentence has
 * ended. */
static bool
signs_by_letters(const struct efti_veil *v, size_t i, size_t slash)
{
    const struct efti_form *f = v->words.items[i].form;

    if (f == NULL || f->kind != EFTI_WORD || f->code_points < 2 || f->code_points > 3 ||
        (f->capitals != f->code_points && (f->capitals != 1 || f->code_points != 2)) ||
        !ends_line(v, i))
        return false;
    return is_behind_stop(v, slash) ||
           (f->code_points == 2 && !efti_veil_in(v, i, GROUP_SHORT_FORMS) &&
            (f->capitals == 2 || (v->words.items[i].bits & VEIL_WORD) == 0));
}

/* "/Annelie" at the end of a line; a slash inside a word is not one. */
void
efti_veil_after_slash(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t at = t->start, end;

    while (at > 0 && (v->text.bytes[at - 1] == '/' || v->text.bytes[at - 1] == ' '))
        at--;
    if (at == t->start || memchr(v->text.bytes + at, '/', t->start - at) == NULL ||
        (i > 0 && at > 0 && v->text.bytes[at - 1] == ']' && /* [PERSON_1]/vet mer */
         (v->words.items[i - 1].state & VEIL_STATE_TAG) != 0) ||
        (at > 0 && efti_veil_is_alnum(v->text.bytes[at - 1]) && v->text.bytes[at] == '/'))
        return;
    if (v->words.items[i].glue != VEIL_GLUE_NONE && signs_behind_slash(v, i, at)) {
        efti_veil_mark(v, i, VEIL_RULE_NAME_SIGNATURE, EFTI_PERSON);
        return;
    }
    if (signs_by_letters(v, i, at)) {
        efti_veil_mark(v, i, VEIL_RULE_NAME_SIGNATURE, EFTI_PERSON);
        return;
    }
    end = line_end(v, i + 1);
    if (end - i <= 3)
        frame_sign(v, i, end);
}

/* A last line of one to three capitalised words under other lines. */
void
efti_veil_last_line(struct efti_veil *v)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    size_t first = v->words.count;
    bool unknown = false;

    if (first == 0)
        return;
    do
        first--;
    while (first > 0 && v->words.count - first <= 3 &&
           (tokens[first].flags & EFTI_TOKEN_LINE_START) == 0);
    if (first == 0 || v->words.count - first > 3)
        return;
    for (size_t i = first; i < v->words.count; i++) {
        if ((v->words.items[i].bits & VEIL_CAPITAL) == 0 || !may_sign(v, i))
            return;
        unknown = unknown || (v->words.items[i].bits & VEIL_ORDINARY) == 0 ||
                  (v->words.items[i].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0;
    }
    if (unknown)
        frame_sign(v, first, v->words.count);
}
