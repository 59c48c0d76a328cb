/*
 * list_rows.c - which lists there are, and what a row of each says
 *
 * Most lists are words that all say the same: those are a line of the table at the end,
 * with the flags and the class that their words get. A list with more columns has a
 * function that knows them. What it cannot use it tells as row->problem (list_read.c puts
 * file and line before it); false is no memory alone.
 */
#include "lexicons/list_rows.h"

static bool
text_is(eft_text a, const char *word)
{
    return efti_equal(a.bytes, a.size, word, strlen(word));
}

static bool
row_problem(struct efti_list_row *row, const char *problem)
{
    row->problem = problem;
    return true;
}

/* The words that a column may have, and what each of them means. */
struct row_choice {
    const char *word;
    uint32_t value;
};

static const struct row_choice *
chosen(eft_text field, const struct row_choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(field, choices[i].word))
            return &choices[i];
    }
    return NULL;
}

static bool
row_given(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice tiers[] = {{"1", EFTI_LIST_GIVEN_1},
                                              {"2", EFTI_LIST_GIVEN_2}};
    const struct row_choice *tier = chosen(row->fields[1], tiers, EFTI_COUNT(tiers));

    return tier != NULL ? efti_list_note(r, row->fields[0], tier->value, 0)
                        : row_problem(row, "the tier must be 1 or 2");
}

static bool
row_surname(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice tiers[] = {{"1", EFTI_LIST_SURNAME_1},
                                              {"2", EFTI_LIST_SURNAME_2}};
    const struct row_choice *tier = chosen(row->fields[1], tiers, EFTI_COUNT(tiers));

    return tier != NULL ? efti_list_note(r, row->fields[0], tier->value, 0)
                        : row_problem(row, "the tier must be 1 or 2");
}

static bool
row_also_word(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice rules[] = {{"mid", EFTI_LIST_ALSO_MID},
                                              {"frame", EFTI_LIST_ALSO_FRAME},
                                              {"never", EFTI_LIST_ALSO_NEVER}};
    const struct row_choice *rule = chosen(row->fields[1], rules, EFTI_COUNT(rules));

    return rule != NULL ? efti_list_note(r, row->fields[0], rule->value, 0)
                        : row_problem(row, "the rule must be mid, frame or never");
}

static const char ending_too_long[] = "an ending has at most 31 bytes";

static bool
note_ending(struct efti_list_reader *r, struct efti_list_row *row, enum efti_shape shape)
{
    eft_text ending = row->fields[0];

    if (ending.size > 1 && (ending.bytes[0] == '-' || ending.bytes[0] == '*')) {
        ending.bytes++;
        ending.size--;
    }
    if (!efti_list_fold(r, ending))
        return false;
    if (r->folded.size > EFTI_LIST_ENDING_MAX)
        return row_problem(row, ending_too_long);
    struct efti_list_says *f = efti_list_form(r->pool, r->folded.data, r->folded.size);
    if (f == NULL)
        return false;
    if (f->shape == EFTI_SHAPE_NONE) /* the list of name endings is read first */
        f->shape = (uint8_t)shape;
    return true;
}

static bool
row_shape_ending(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice kinds[] = {
        {"surname", EFTI_SHAPE_SURNAME}, {"settlement", EFTI_SHAPE_SETTLEMENT},
        {"street", EFTI_SHAPE_STREET},   {"home", EFTI_SHAPE_HOME},
        {"school", EFTI_SHAPE_SCHOOL},
    };
    const struct row_choice *kind = chosen(row->fields[1], kinds, EFTI_COUNT(kinds));

    return kind != NULL
               ? note_ending(r, row, (enum efti_shape)kind->value)
               : row_problem(
                     row, "the kind must be surname, settlement, street, home or school");
}

/* "district,word": the second part of the kind says that the name is also a word. */
static bool
row_place(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const char mark[] = ",word";
    const size_t n = sizeof(mark) - 1;
    eft_text kind = row->fields[1];
    uint32_t flags = EFTI_LIST_PLACE;

    if (row->count > 2 && text_is(row->fields[2], "word")) {
        flags |= EFTI_LIST_PLACE_WORD;
    } else if (kind.size > n && memcmp(kind.bytes + kind.size - n, mark, n) == 0) {
        flags |= EFTI_LIST_PLACE_WORD;
    } else if (memchr(kind.bytes, ',', kind.size) != NULL) {
        return row_problem(row, "after the kind only \",word\" may stand");
    }
    return efti_list_note(r, row->fields[0], flags, EFTI_PHRASE_PLACE);
}

static bool
row_last_part(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice kinds[] = {{"ending", EFTI_LIST_THING_END},
                                              {"made", EFTI_LIST_MADE}};
    const struct row_choice *kind = chosen(row->fields[1], kinds, EFTI_COUNT(kinds));

    if (kind == NULL)
        return row_problem(row, "the kind must be ending or made");
    if (!efti_list_note(r, row->fields[0], kind->value, 0))
        return false;
    return r->folded.size <= EFTI_LIST_ENDING_MAX || row_problem(row, ending_too_long);
}

/* "full,known": is the mark ",known" behind the rule? It is taken off. */
static bool
takes_known(eft_text *rule)
{
    static const char mark[] = ",known";
    const size_t n = sizeof(mark) - 1;

    if (rule->size <= n || memcmp(rule->bytes + rule->size - n, mark, n) != 0)
        return false;
    rule->size -= n;
    return true;
}

/* "Claes Nilholm": the full name stays; its last word is that of an author, and stays
 * alone, where it is cited, or only where a year or the full name says so. "Astrid
 * Lindgren", known to all, needs no sign that she is read; "Alfons Åberg" is a figure or
 * a shop, known too, whose last word is no author's. */
static bool
row_author(struct efti_list_reader *r, struct efti_list_row *row)
{
    eft_text name = row->fields[0], last = name, rule = row->fields[1];
    uint32_t flags = EFTI_LIST_AUTHOR;
    const bool figure = text_is(rule, "figure");
    const bool known = figure || takes_known(&rule);

    for (size_t i = 0; i < name.size; i++)
        if (name.bytes[i] == ' ')
            last = (eft_text){name.bytes + i + 1, name.size - i - 1};
    if (text_is(rule, "alone"))
        flags |= EFTI_LIST_KEEP;
    else if (text_is(rule, "cited"))
        flags |= EFTI_LIST_CITED;
    else if (!figure && !text_is(rule, "full"))
        return row_problem(row, "the rule must be alone, cited, full or figure");
    if (known && last.size == name.size)
        return row_problem(row, "who is known needs two words");
    return (figure || efti_list_note(r, last, flags, 0)) &&
           (!known || efti_list_note(r, name, 0, EFTI_PHRASE_KNOWN)) &&
           (last.size == name.size || efti_list_note(r, name, 0, EFTI_PHRASE_AUTHOR));
}

static bool
row_org_shape(struct efti_list_reader *r, struct efti_list_row *row)
{
    if (text_is(row->fields[1], "suffix"))
        return note_ending(r, row, EFTI_SHAPE_ORG);
    if (text_is(row->fields[1], "head"))
        return efti_list_note(r, row->fields[0], EFTI_LIST_ORG_HEAD,
                              EFTI_PHRASE_ORG_HEAD);
    if (text_is(row->fields[1], "called"))
        return efti_list_note(r, row->fields[0], EFTI_LIST_ORG_NAME, 0);
    return row_problem(row, "the kind must be suffix, head or called");
}

static bool
row_frame(struct efti_list_reader *r, struct efti_list_row *row)
{
    bool strong = text_is(row->fields[1], "strong");
    bool before = text_is(row->fields[2], "before");

    if (!strong && !text_is(row->fields[1], "weak"))
        return row_problem(row, "the strength must be strong or weak");
    if (!before && !text_is(row->fields[2], "after"))
        return row_problem(row, "the side must be before or after");
    uint32_t class =
        before ? EFTI_PHRASE_FRAME_BEFORE_STRONG : EFTI_PHRASE_FRAME_AFTER_STRONG;
    return efti_list_note(r, row->fields[0], 0, strong ? class : class + 1);
}

/* "t.ex." is looked up as "tex". Two rows with the same letters ("dvs.", "d.v.s.") are
 * one abbreviation; the first row gives its spelling. */
static bool
row_abbreviation(struct efti_list_reader *r, struct efti_list_row *row)
{
    struct efti_list_pool *pool = r->pool;
    struct efti_abbreviation a = {0};

    for (size_t i = 0; row->count > 1 && i < row->fields[1].size; i++) {
        switch (row->fields[1].bytes[i]) {
        case 'j': a.joined = true; break;
        case 's': a.spaced = true; break;
        case 'e': a.ends = true; break;
        case 'n': a.number = true; break;
        case '-': break;
        default: return row_problem(row, "flags are letters of j, s, e and n");
        }
    }
    if (!efti_list_fold(r, row->fields[0]))
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < r->folded.size; i++) {
        if (r->folded.data[i] != '.' && r->folded.data[i] != ' ')
            r->folded.data[kept++] = r->folded.data[i];
    }
    if (kept == 0)
        return row_problem(row, "an abbreviation needs letters");
    struct efti_list_says *f = efti_list_form(pool, r->folded.data, kept);
    if (f == NULL)
        return false;
    if (f->abbreviation != 0) {
        struct efti_abbreviation *known = &pool->abbreviations.items[f->abbreviation - 1];
        known->joined |= a.joined;
        known->spaced |= a.spaced;
        known->ends |= a.ends;
        known->number |= a.number;
        return true;
    }
    if (pool->abbreviations.count == UINT16_MAX)
        return row_problem(row, "there are more than 65535 abbreviations");
    eft_text name = row->fields[0];
    const char *copy = efti_arena_copy(&pool->arena, name.bytes, name.size);
    if (copy == NULL || !EFTI_PUSH(pool->mem, &pool->abbreviations))
        return false;
    a.canonical = (eft_text){copy, name.size};
    pool->abbreviations.items[pool->abbreviations.count - 1] = a;
    f->abbreviation = (uint16_t)pool->abbreviations.count;
    return true;
}

static bool
row_negation(struct efti_list_reader *r, struct efti_list_row *row)
{
    static const struct row_choice classes[] = {
        {"negator", EFTI_PHRASE_NEGATOR},     {"pseudo", EFTI_PHRASE_NEGATION_PSEUDO},
        {"uncertain", EFTI_PHRASE_UNCERTAIN}, {"prefix", EFTI_PHRASE_NEGATION_PREFIX},
        {"stop", EFTI_PHRASE_CLAUSE_STOP},
    };
    const struct row_choice *class = chosen(row->fields[1], classes, EFTI_COUNT(classes));

    return class != NULL
               ? efti_list_note(r, row->fields[0], 0, class->value)
               : row_problem(
                     row, "the class must be negator, pseudo, uncertain, prefix or stop");
}

static bool
row_uninformative(struct efti_list_reader *r, struct efti_list_row *row)
{
    if (!efti_list_fold(r, row->fields[0]))
        return false;
    size_t size = efti_list_without_stops(r->folded.data, r->folded.size);
    struct efti_list_says *f =
        efti_list_form(r->pool, r->folded.data, size > 0 ? size : r->folded.size);
    if (f == NULL)
        return false;
    f->uninformative = true;
    return true;
}

/* ------------------------------------------------------------------ the lists */

#define KEPT .flags = EFTI_LIST_KEEP, .class = EFTI_PHRASE_KEEP

static const struct efti_list_file list_files[] = {
    {"names/given.tsv", 2, .read = row_given},
    {"names/surnames.tsv", 2, .read = row_surname},
    {"names/also_words.tsv", 2, .read = row_also_word},
    {"names/particles.txt", 1, .flags = EFTI_LIST_PARTICLE},
    {"names/shape_endings.tsv", 2, .read = row_shape_ending},
    {"names/shape_ordinary.txt", 1, .flags = EFTI_LIST_SHAPE_ORDINARY},
    {"places/places.tsv", 2, .read = row_place},
    {"places/bases.txt", 1, .flags = EFTI_LIST_PLACE_TAIL},
    {"places/keep.txt", 1, KEPT},
    {"orgs/keep.txt", 1, KEPT},
    {"orgs/shape.tsv", 2, .read = row_org_shape},
    {"context/roles.txt", 1, .flags = EFTI_LIST_ROLE, .class = EFTI_PHRASE_ROLE},
    {"context/frames.tsv", 3, .read = row_frame},
    {"context/field_terms.txt", 1, .flags = EFTI_LIST_FIELD, .class = EFTI_PHRASE_KEEP},
    {"keep/authors.tsv", 2, .read = row_author},
    {"keep/methods.txt", 1, KEPT},
    {"keep/things.txt", 1, KEPT},
    {"keep/medicines.txt", 1, KEPT},
    {"keep/titles.txt", 1, KEPT},
    {"keep/phrases.txt", 1, KEPT},
    {"keep/spoken.txt", 1, KEPT},
    {"keep/last_parts.tsv", 2, .read = row_last_part},
    {"words/function_words.txt", 1, .flags = EFTI_LIST_FUNCTION},
    {"words/abbreviations.tsv", 1, .read = row_abbreviation},
    {"words/negation.tsv", 2, .read = row_negation},
    {"words/uninformative.txt", 1, .read = row_uninformative},
    {"language/foreign_function_words.tsv", 2, .flags = EFTI_LIST_FOREIGN},
    {"language/english_words.txt", 1, .flags = EFTI_LIST_ENGLISH},
};

size_t
efti_list_count(void)
{
    return EFTI_COUNT(list_files);
}

const char *
efti_list_name(size_t list)
{
    return list_files[list].name;
}

const struct efti_list_file *
efti_list_file(size_t list)
{
    return &list_files[list];
}
