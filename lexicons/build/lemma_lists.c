/*
 * lemma_lists.c - our lists on top of hunspell: base forms, words kept apart
 *
 *   words/base_forms.tsv     form, base, where: "word" (the word itself), "end" (only
 *                            at the end of longer words), "both"
 *   words/no_conflate.tsv    word, other: never one term
 *   words/function_words.txt words that stand for themselves
 *
 * Lines that begin with '#' are the head. Words are folded already (lower case, NFC).
 * Forms of the lists that hunspell-sv does not know are added to the dictionary, but are
 * not listed in it: only their base is known.
 */
#include "lemma.h"

#include "affix.h"
#include "lexicons/dictionary_format.h"

#include <stdio.h>

struct list_line {
    eft_text fields[3];
    size_t count;
    unsigned number;
};

static bool
take_fields(struct list_line *line, eft_text text)
{
    line->count = 0;
    for (;;) {
        const char *tab = memchr(text.bytes, '\t', text.size);
        size_t size = tab == NULL ? text.size : (size_t)(tab - text.bytes);
        if (line->count == EFTI_COUNT(line->fields) || size == 0 ||
            size > EFTI_DICT_FORM_MAX)
            return false;
        line->fields[line->count++] = (eft_text){text.bytes, size};
        if (tab == NULL)
            return true;
        text.bytes += size + 1;
        text.size -= size + 1;
    }
}

/* The next data line; *bad tells one with a wrong number of columns. */
static bool
next_row(eft_text *file, struct list_line *line, size_t columns, bool *bad)
{
    eft_text text;

    while (next_line(file, &text)) {
        line->number++;
        if (text.size == 0 || text.bytes[0] == '#')
            continue;
        *bad = !take_fields(line, text) || line->count != columns;
        return !*bad;
    }
    return false;
}

static bool
field_is(eft_text field, const char *word)
{
    return efti_equal(field.bytes, field.size, word, strlen(word));
}

static bool
list_fault(const char *list, const struct list_line *line)
{
    fprintf(stderr, "expand: %s, line %u\n", list, line->number);
    return false;
}

static uint32_t
own_word(struct lemmas *l, eft_text field)
{
    uint32_t id = lemmas_word(l, field.bytes, field.size);

    if (id != LEMMA_NONE)
        l->words.items[id].bits |= LEMMA_OURS;
    return id;
}

static bool
add_row(struct lemmas *l, const struct list_line *line)
{
    uint32_t bits = 0;

    if (!field_is(line->fields[2], "end"))
        bits |= LEMMA_ROW_WORD;
    if (!field_is(line->fields[2], "word"))
        bits |= LEMMA_ROW_END;
    if (bits == (LEMMA_ROW_WORD | LEMMA_ROW_END) && !field_is(line->fields[2], "both"))
        return false;
    uint32_t form = lemmas_word(l, line->fields[0].bytes, line->fields[0].size);
    uint32_t base = own_word(l, line->fields[1]);
    if (form == LEMMA_NONE || base == LEMMA_NONE)
        return false;
    struct lemma_word *w = &l->words.items[form];
    if (w->bits & bits)
        return false; /* one base for the word, one for ends */
    w->bits |= bits;
    if (bits & LEMMA_ROW_END)
        w->end_row = base;
    if (bits & LEMMA_ROW_WORD) {
        w->row = base;
        w->bits |= LEMMA_OURS;
    }
    return true;
}

static bool
read_base_forms(struct lemmas *l, eft_text file)
{
    struct list_line line = {.number = 0};
    bool bad = false;

    while (next_row(&file, &line, 3, &bad)) {
        if (!add_row(l, &line))
            return list_fault("base_forms.tsv", &line);
    }
    return !bad || list_fault("base_forms.tsv", &line);
}

static bool
read_no_conflate(struct lemmas *l, eft_text file)
{
    struct list_line line = {.number = 0};
    bool bad = false;

    while (next_row(&file, &line, 2, &bad)) {
        struct lemma_apart a = {own_word(l, line.fields[0]), own_word(l, line.fields[1])};
        if (a.word == LEMMA_NONE || a.other == LEMMA_NONE ||
            !EFTI_PUSH(&efti_malloc, &l->apart))
            return list_fault("no_conflate.tsv", &line);
        l->words.items[a.word].bits |= LEMMA_APART;
        l->apart.items[l->apart.count - 1] = a;
    }
    return !bad || list_fault("no_conflate.tsv", &line);
}

static bool
read_function_words(struct lemmas *l, eft_text file)
{
    struct list_line line = {.number = 0};
    bool bad = false;

    while (next_row(&file, &line, 1, &bad)) {
        eft_text w = line.fields[0];
        uint32_t id = efti_strings_find(l->strings, w.bytes, w.size);
        if (id != LEMMA_NONE) /* one that hunspell does not know needs no base */
            l->words.items[id].bits |= LEMMA_FUNCTION;
    }
    return !bad || list_fault("function_words.txt", &line);
}

bool
lemmas_read_lists(struct lemmas *l, eft_text base_forms, eft_text no_conflate,
                  eft_text function_words)
{
    return read_base_forms(l, base_forms) && read_no_conflate(l, no_conflate) &&
           read_function_words(l, function_words);
}
