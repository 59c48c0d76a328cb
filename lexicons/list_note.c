/*
 * list_note.c - what a row of a list says of a form, noted in the pool
 *
 * Rows with blanks in the first field are phrases; their first word gets
 * EFTI_LIST_STARTS_PHRASE, so that running text pays for phrases only where one may
 * start. Rows of one word with a class ("inte") get the mark too. Each beginning of a
 * phrase ("i stället" of "i stället för") is known as one, so that a search knows when no
 * further word can help.
 */
#include "lexicons/list_rows.h"

bool
efti_list_fold(struct efti_list_reader *r, eft_text field)
{
    if (efti_fold(r->unicode, field.bytes, field.size, &r->folded, NULL) != EFT_OK)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < r->folded.size; i++) {
        char c = r->folded.data[i];
        if (c == ' ' && kept > 0 && r->folded.data[kept - 1] == '-')
            kept--;
        if (c == '&' && kept > 0 && r->folded.data[kept - 1] == ' ' &&
            i + 1 < r->folded.size && r->folded.data[i + 1] == ' ')
            continue; /* Bang & Olufsen: two tokens, and the mark between is no word */
        if (c != ' ' || (kept > 0 && r->folded.data[kept - 1] != ' '))
            r->folded.data[kept++] = c;
    }
    while (kept > 0 && r->folded.data[kept - 1] == ' ')
        kept--;
    r->folded.size = kept;
    return true;
}

struct efti_list_says *
efti_list_form(struct efti_list_pool *pool, const char *bytes, size_t size)
{
    bool added;
    uint32_t id = efti_strings_add(pool->strings, bytes, size, &added);

    if (id == EFTI_NOT_FOUND)
        return NULL;
    if (id == pool->forms.count) {
        if (!EFTI_PUSH(pool->mem, &pool->forms))
            return NULL;
        pool->forms.items[id] = (struct efti_list_says){0};
    }
    return &pool->forms.items[id];
}

static bool
mark_first_word(struct efti_list_reader *r, uint32_t flags)
{
    const char *space = memchr(r->folded.data, ' ', r->folded.size);
    size_t size = space == NULL ? r->folded.size : (size_t)(space - r->folded.data);
    struct efti_list_says *f = efti_list_form(r->pool, r->folded.data, size);

    if (f == NULL)
        return false;
    f->flags |= flags;
    return true;
}

static uint32_t
phrase_flag(uint32_t class)
{
    switch (class) {
    case EFTI_PHRASE_NEGATOR:
    case EFTI_PHRASE_NEGATION_PSEUDO:
    case EFTI_PHRASE_UNCERTAIN:
    case EFTI_PHRASE_NEGATION_PREFIX:
    case EFTI_PHRASE_CLAUSE_STOP: return EFTI_LIST_CUE_PHRASE;
    default: return EFTI_LIST_NAME_PHRASE;
    }
}

static bool
mark_second_word(struct efti_list_reader *r, size_t from, uint32_t flag)
{
    const char *word = r->folded.data + from;
    const char *space = memchr(word, ' ', r->folded.size - from);
    struct efti_list_says *f = efti_list_form(
        r->pool, word, space == NULL ? r->folded.size - from : (size_t)(space - word));

    if (f != NULL)
        f->flags |= flag;
    return f != NULL;
}

/* The words that a phrase begins with, all but the last: something may follow them. */
static bool
mark_beginnings(struct efti_list_reader *r, uint32_t class)
{
    uint32_t first = phrase_flag(class);
    uint32_t second =
        first == EFTI_LIST_CUE_PHRASE ? EFTI_LIST_CUE_NEXT : EFTI_LIST_NAME_NEXT;

    for (size_t i = 0; i < r->folded.size; i++) {
        if (r->folded.data[i] != ' ')
            continue;
        struct efti_list_says *f = efti_list_form(r->pool, r->folded.data, i);
        if (f == NULL)
            return false;
        f->goes_on = true;
        f->flags |= first; /* of the first word; the later beginnings have blanks */
        if (second != 0 && !mark_second_word(r, i + 1, second))
            return false;
        first = second = 0;
    }
    return true;
}

bool
efti_list_note(struct efti_list_reader *r, eft_text field, uint32_t flags, uint32_t class)
{
    if (!efti_list_fold(r, field))
        return false;
    struct efti_list_says *f = efti_list_form(r->pool, r->folded.data, r->folded.size);
    uint32_t words = 1;

    if (f == NULL)
        return false;
    for (size_t i = 0; i < r->folded.size; i++)
        words += r->folded.data[i] == ' ';
    if (words == 1)
        f->flags |= flags;
    if (class == EFTI_PHRASE_NONE)
        return true;
    f->phrases |= 1u << class;
    if (words > r->pool->phrase_words)
        r->pool->phrase_words = words;
    return mark_first_word(r, EFTI_LIST_STARTS_PHRASE) && mark_beginnings(r, class);
}

size_t
efti_list_without_stops(const char *bytes, size_t size)
{
    while (size > 0 && (bytes[size - 1] == '.' || bytes[size - 1] == '!' ||
                        bytes[size - 1] == '?' || bytes[size - 1] == ' '))
        size--;
    return size;
}
