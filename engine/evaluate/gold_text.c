/*
 * gold_text.c - gold in lines of text: compounds, terms, CoNLL-U, IOB
 *
 * CoNLL-U and IOB give tokens; the text is put together from them, with a blank between
 * where nothing says otherwise (SpaceAfter=No), sentence behind sentence.
 */
#include "evaluate/evaluate.h"

#include "text/unicode.h"

/* ----------------------------------------------------------------- word lists */

/* "nätverk+s|arbete" without its signs is the word itself. */
static bool
is_split_of(eft_text word, eft_text split)
{
    size_t at = 0;

    for (size_t i = 0; i < split.size; i++) {
        if (split.bytes[i] == '+' || split.bytes[i] == '|')
            continue;
        if (at == word.size || word.bytes[at++] != split.bytes[i])
            return false;
    }
    return at == word.size;
}

/* What is wrong with a line of a word list; NULL: nothing. A line of one word fits
 * both. */
static const char *
wrong_words(const struct efti_gold *g, eft_text word, eft_text other, bool told,
            enum efti_gold_form form)
{
    if (form == EFTI_GOLD_TERMS && memchr(other.bytes, '|', other.size) != NULL)
        return "the pieces of the compound do not make up its word";
    if (word.size == 0 || other.size == 0 ||
        memchr(other.bytes, '\t', other.size) != NULL || (told && form != g->form))
        return "expected word<tab>nätverk+s|arbete on every line, or lemma<tab>form form "
               "...";
    return NULL;
}

eft_status
efti_gold_table(struct efti_gold *g, eft_error *err)
{
    eft_text rest = g->body, line;
    bool told = false, tabs = false; /* the form, by a line of more than one word */

    g->form = EFTI_GOLD_COMPOUNDS;
    for (uint32_t number = 1; efti_gold_line(&rest, &line); number++) {
        if (efti_blank(line) || line.bytes[0] == '#')
            continue;
        const char *tab = memchr(line.bytes, '\t', line.size);
        size_t n = tab == NULL ? line.size : (size_t)(tab - line.bytes);
        eft_text word = {line.bytes, n};
        eft_text other = tab == NULL ? word : (eft_text){tab + 1, line.size - n - 1};
        bool alone = efti_equal(word.bytes, word.size, other.bytes, other.size);
        enum efti_gold_form form = alone                      ? g->form
                                   : is_split_of(word, other) ? EFTI_GOLD_COMPOUNDS
                                                              : EFTI_GOLD_TERMS;
        const char *wrong = wrong_words(g, word, other, told, form);
        if (wrong != NULL)
            return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s, line %u: %s", g->name,
                             number, wrong);
        g->form = form;
        told = told || !alone;
        tabs = tabs || tab != NULL;
        if (!EFTI_PUSH(g->mem, &g->words))
            return efti_no_memory(err, "the gold words");
        g->words.items[g->words.count - 1] = (struct efti_gold_word){word, other, number};
    }
    if (!tabs)
        return efti_fail(
            err, EFT_E_FORMAT, EFT_NO_OFFSET,
            "%s is no gold that is known here: neither JSON Lines, nor a table with a "
            "column themes, nor columns set apart by tabs",
            g->name);
    return EFT_OK;
}

/* ------------------------------------------------------- texts put together */

struct assembly {
    struct efti_gold *g;
    struct efti_bytes text;
    struct efti_gold_part sentences, tokens, spans;
    EFTI_ARRAY(struct efti_gold_span) sentence_spans, token_spans, name_spans;
    size_t points;         /* code points in `text` */
    size_t named, strange; /* tokens with a label of ours, with another one */
    uint32_t sentence_from;
    bool space, in_sentence;
};

static void
assembly_free(struct assembly *a)
{
    efti_bytes_free(&a->text);
    EFTI_ARRAY_FREE(a->g->mem, &a->sentence_spans);
    EFTI_ARRAY_FREE(a->g->mem, &a->token_spans);
    EFTI_ARRAY_FREE(a->g->mem, &a->name_spans);
}

/* Append a token; answers where it begins and ends. */
static struct efti_gold_span
put_token(struct assembly *a, eft_text form)
{
    struct efti_gold_span s = {0};

    if (a->space && a->text.size > 0) {
        efti_put_char(&a->text, ' ');
        a->points++;
    }
    s.start = (uint32_t)a->points;
    efti_put(&a->text, form.bytes, form.size);
    a->points += efti_utf8_length(form.bytes, form.size);
    s.end = (uint32_t)a->points;
    if (!a->in_sentence)
        a->sentence_from = s.start;
    a->in_sentence = true;
    a->space = true;
    return s;
}

static bool
end_sentence(struct assembly *a)
{
    if (!a->in_sentence)
        return true;
    a->in_sentence = false;
    a->space = true;
    if (!EFTI_PUSH(a->g->mem, &a->sentence_spans))
        return false;
    a->sentence_spans.items[a->sentence_spans.count - 1] =
        (struct efti_gold_span){.start = a->sentence_from, .end = (uint32_t)a->points};
    return true;
}

static bool
move_spans(struct efti_gold *g, const struct efti_gold_span *items, size_t count,
           struct efti_gold_part *part)
{
    part->first = (uint32_t)g->spans.count;
    part->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        if (!EFTI_PUSH(g->mem, &g->spans))
            return false;
        g->spans.items[g->spans.count - 1] = items[i];
    }
    return true;
}

/* What has been put together becomes one document. */
static eft_status
finish_document(struct assembly *a, uint32_t line, uint32_t has, eft_error *err)
{
    struct efti_gold *g = a->g;

    if (!end_sentence(a) || a->text.failed)
        return efti_no_memory(err, "a gold document");
    if (a->text.size == 0)
        return EFT_OK;
    struct efti_gold_doc *doc = efti_gold_add(g, EFTI_ALL, line, err);
    char *copy = efti_arena_copy(&g->arena, a->text.data, a->text.size);
    if (doc == NULL || copy == NULL ||
        !move_spans(g, a->sentence_spans.items, a->sentence_spans.count,
                    &doc->sentences) ||
        !move_spans(g, a->token_spans.items, a->token_spans.count, &doc->tokens) ||
        !move_spans(g, a->name_spans.items, a->name_spans.count, &doc->spans))
        return efti_no_memory(err, "a gold document");
    doc->text = (eft_text){copy, a->text.size};
    doc->has = EFTI_GOLD_TEXT | has;
    efti_bytes_clear(&a->text);
    a->sentence_spans.count = a->token_spans.count = a->name_spans.count = 0;
    a->points = 0;
    a->space = false;
    return EFT_OK;
}

/* The n-th column, from 0; empty when there are fewer. */
static eft_text
column_of(eft_text line, size_t n)
{
    size_t from = 0;

    for (size_t i = 0; i <= line.size; i++) {
        if (i < line.size && line.bytes[i] != '\t')
            continue;
        if (n-- == 0)
            return (eft_text){line.bytes + from, i - from};
        from = i + 1;
    }
    return EFTI_ALL;
}

/* -------------------------------------------------------------------- CoNLL-U */

static bool
holds(eft_text text, const char *word)
{
    return memmem(text.bytes, text.size, word, strlen(word)) != NULL;
}

static bool
is_text(eft_text a, const char *b)
{
    return efti_equal(a.bytes, a.size, b, strlen(b));
}

/* Lemma and form go to the words, for whether all forms of a lemma get one term. */
static eft_status
put_lemma(struct efti_gold *g, eft_text line, uint32_t number, eft_error *err)
{
    eft_text part = column_of(line, 3);

    if (!is_text(part, "NOUN") && !is_text(part, "VERB") && !is_text(part, "ADJ"))
        return EFT_OK;
    if (!EFTI_PUSH(g->mem, &g->words))
        return efti_no_memory(err, "the gold words");
    g->words.items[g->words.count - 1] =
        (struct efti_gold_word){column_of(line, 2), column_of(line, 1), number};
    return EFT_OK;
}

static eft_status
conllu_token(struct assembly *a, eft_text line, uint32_t number, eft_error *err)
{
    eft_text id = column_of(line, 0), part = column_of(line, 3),
             form = column_of(line, 1);

    if (column_of(line, 9).size == 0 || form.size == 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "%s, line %u: a token has ten columns, set apart by tabs",
                         a->g->name, number);
    if (memchr(id.bytes, '-', id.size) != NULL || memchr(id.bytes, '.', id.size) != NULL)
        return EFT_OK; /* a span of tokens, or one that is not written */
    struct efti_gold_span s = put_token(a, form);
    a->space = !holds(column_of(line, 9), "SpaceAfter=No");
    if (is_text(part, "PUNCT") || is_text(part, "SYM"))
        return EFT_OK;
    if (!EFTI_PUSH(a->g->mem, &a->token_spans))
        return efti_no_memory(err, "the gold tokens");
    a->token_spans.items[a->token_spans.count - 1] = s;
    return put_lemma(a->g, line, number, err);
}

static eft_status
read_conllu(struct assembly *a, eft_error *err)
{
    const uint32_t has = EFTI_GOLD_SENTENCES | EFTI_GOLD_TOKENS;
    eft_text rest = a->g->body, line;
    uint32_t number = 1, from = 1;
    eft_status st = EFT_OK;

    for (; st == EFT_OK && efti_gold_line(&rest, &line); number++) {
        if (line.size > 0 && line.bytes[0] == '#') {
            if (holds(line, "newdoc")) {
                st = finish_document(a, from, has, err);
                from = number;
            }
        } else if (efti_blank(line)) {
            if (!end_sentence(a))
                return efti_no_memory(err, "the gold sentences");
        } else {
            st = conllu_token(a, line, number, err);
        }
    }
    return st == EFT_OK ? finish_document(a, from, has, err) : st;
}

eft_status
efti_gold_conllu(struct efti_gold *g, eft_error *err)
{
    struct assembly a = {.g = g};

    efti_bytes_init(&a.text, g->mem);
    eft_status st = read_conllu(&a, err);
    assembly_free(&a);
    return st;
}

/* ------------------------------------------------------------------------ IOB */

eft_text
efti_gold_category(eft_text label)
{
    static const char *const known[][2] = {
        {"PER", "PERSON"}, {"PRS", "PERSON"}, {"LOC", "PLACE"}, {"GPE", "PLACE"}};

    if (label.size > 2 && label.bytes[1] == '-') {
        label.bytes += 2;
        label.size -= 2;
    }
    if (efti_category_of(label.bytes, label.size) != EFTI_CATEGORY_COUNT)
        return label;
    for (size_t i = 0; i < EFTI_COUNT(known); i++) {
        if (is_text(label, known[i][0]))
            return (eft_text){known[i][1], strlen(known[i][1])};
    }
    return EFTI_ALL;
}

/* "Anna B-PER" or, with tabs, "3 Anna B-PER - -". */
static bool
split_iob(eft_text line, eft_text *form, eft_text *label)
{
    size_t at = line.size, n = 0;

    if (column_of(line, 4).size > 0) {
        *form = column_of(line, 1);
        *label = column_of(line, 2);
        return form->size > 0 && label->size > 0;
    }
    while (at > 0 && line.bytes[at - 1] != ' ' && line.bytes[at - 1] != '\t')
        at--;
    while (n < at && line.bytes[n] != ' ' && line.bytes[n] != '\t')
        n++;
    *form = (eft_text){line.bytes, n};
    *label = (eft_text){line.bytes + at, line.size - at};
    return n > 0 && label->size > 0;
}

/* A token that goes on the name that ended at `before`. */
static bool
extend_name(struct assembly *a, const struct efti_gold_span *s, size_t before)
{
    for (size_t i = a->name_spans.count; i-- > 0;) {
        struct efti_gold_span *last = &a->name_spans.items[i];
        bool same = last->end == before && efti_equal(last->label.bytes, last->label.size,
                                                      s->label.bytes, s->label.size);
        if (same)
            last->end = s->end;
        return same;
    }
    return false;
}

static eft_status
iob_token(struct assembly *a, eft_text line, uint32_t number, eft_error *err)
{
    eft_text form, label;

    if (!split_iob(line, &form, &label))
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "%s, line %u: expected a token and its label", a->g->name,
                         number);
    bool begins = label.size > 2 && label.bytes[1] == '-' && label.bytes[0] == 'B';
    eft_text category = efti_gold_category(label);
    size_t before = a->points;
    struct efti_gold_span s = put_token(a, form);
    s.label = category;
    if (category.size == 0) {
        a->strange += !is_text(label, "O") && !is_text(label, "0");
        return EFT_OK;
    }
    a->named++;
    if (!begins && extend_name(a, &s, before))
        return EFT_OK;
    if (!EFTI_PUSH(a->g->mem, &a->name_spans))
        return efti_no_memory(err, "the gold spans");
    a->name_spans.items[a->name_spans.count - 1] = s;
    return EFT_OK;
}

static eft_status
read_iob(struct assembly *a, eft_error *err)
{
    eft_text rest = a->g->body, line;
    uint32_t number = 1, from = 1;
    eft_status st = EFT_OK;

    for (; st == EFT_OK && efti_gold_line(&rest, &line); number++) {
        if (line.size > 0 && line.bytes[0] == '#')
            continue;
        if (efti_blank(line)) { /* each sentence is a text of its own */
            st = finish_document(a, from, EFTI_GOLD_SPANS, err);
            from = number + 1;
        } else {
            st = iob_token(a, line, number, err);
        }
    }
    if (st == EFT_OK && a->strange > 0 && a->named == 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "%s: none of its labels is known: they are PER, LOC and ORG, or "
                         "categories of ours, behind B- and I-",
                         a->g->name);
    return st == EFT_OK ? finish_document(a, from, EFTI_GOLD_SPANS, err) : st;
}

eft_status
efti_gold_iob(struct efti_gold *g, eft_error *err)
{
    struct assembly a = {.g = g};

    efti_bytes_init(&a.text, g->mem);
    eft_status st = read_iob(&a, err);
    assembly_free(&a);
    return st;
}
