/*
 * authors_cited.c - does the text say that a surname is cited?
 *
 *   Nilholm (2014), (Karlberg & Ek, 2017), Karlberg m.fl. (2017)   a reference
 *   definierar, myntade; läste Nilholm                             words of citing
 *   Nilholms perspektiv                                            what a thinker has
 *   menar, enligt                         said of colleagues too: with a second sign in
 *                                         the same sentence, a year, a word of theory or
 *                                         culture, another author
 */
#include "veil/authors.h"

/* "X (2014)", "(X, 2014)", "(X, 2014; Y, 2016)" : a year of the last two centuries. */
static bool
has_year(const struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (n >= v->words.count)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[n];
    const char *year = v->text.bytes + t->start;

    if (t->kind != EFTI_NUMBER || t->end - t->start != 4 ||
        !((year[0] == '1' && year[1] >= '8') || (year[0] == '2' && year[1] == '0')))
        return false;
    char behind = efti_veil_byte(v, t->end);

    if (v->words.items[n].glue == VEIL_GLUE_COMMA)
        return behind == ')' || behind == ';' || behind == ',';
    return v->words.items[n].glue == VEIL_GLUE_MARK && year[-1] == '(' &&
           (behind == ')' || behind == ',' || behind == ':');
}

/* How many tokens of "m.fl.", "et al." stand behind word `i`. */
static size_t
others_behind(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) ||
        (v->words.items[i + 1].cues & VEIL_CUE_OTHERS) == 0)
        return 0;
    if (!efti_veil_is_word(v, i + 1, "et"))
        return 1;
    return efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_ET_AL) ? 2 : 0;
}

/* ---------------------------------------------------------- the words of a citation */

/* "arbetat efter Ross Greene", "utgår vi från Ross Greene": by whose book one works. */
static bool
is_worked_by(const struct efti_veil *v, size_t i)
{
    size_t verb = i - 1;

    if (i < 2 || !efti_veil_follows(v, i - 1))
        return false;
    if (efti_veil_is_word(v, i - 1, "efter"))
        return efti_veil_in(v, i - 2, GROUP_WORKS_BY);
    if (!efti_veil_in(v, i - 1, GROUP_FROM_OR_BY))
        return false;
    verb--;
    if (verb > 0 && efti_veil_in(v, verb, GROUP_WHO_WORKS_BY))
        verb--;
    return efti_veil_in(v, verb, GROUP_STARTS_FROM);
}

enum cites
efti_author_cited_before(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i))
        return CITES_NOT;
    if (efti_author_is_public_role(v, i - 1) || efti_veil_in(v, i - 1, GROUP_READS) ||
        is_worked_by(v, i))
        return CITES;
    return efti_veil_in(v, i - 1, GROUP_ACCORDING_TO) ? CITES_PERHAPS : CITES_NOT;
}

enum cites
efti_author_citing(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || (v->words.items[i].glue != VEIL_GLUE_SPACE &&
                                v->words.items[i].glue != VEIL_GLUE_MARK))
        return CITES_NOT;
    if (efti_veil_in(v, i, GROUP_CITES) ||
        (efti_veil_in(v, i, GROUP_I_OR_WE) && efti_veil_in(v, i + 1, GROUP_HAS_READ)))
        return CITES; /* Marzano vi läste */
    return efti_veil_in(v, i, GROUP_CITES_WEAKLY) ? CITES_PERHAPS : CITES_NOT;
}

/* teori, begreppet, avhandling: what is written, and what only a thinker has */
static bool
is_theory(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_THEORY, 0);
}

/* Nilholms perspektiv, Harts delaktighetsstege. */
static bool
has_theory(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    return efti_veil_follows(v, i + 1) && f->folded[f->folded_size - 1] == 's' &&
           is_theory(v->words.items[i + 1].form);
}

/* ---------------------------------------------------------------------- a second sign */

/* What is read, heard or seen, and not met at work. */
static bool
is_of_culture(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_CULTURE) || efti_author_is_public_role(v, i) ||
           is_theory(v->words.items[i].form);
}

/* A second sign that the sentence of the tokens `first` to `last` is about what one has
 * read: a year, a word of theory, another author. */
bool
efti_author_has_sign(const struct efti_veil *v, size_t first, size_t last, bool rare)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    size_t from = first, end = last + 1;
    eft_text other;

    while (from > 0 && first - from < 25 && (tokens[from].flags & starts) == 0)
        from--;
    while (end < v->words.count && end - last < 25 && (tokens[end].flags & starts) == 0)
        end++;
    for (size_t k = from; k < end; k++) {
        if (k >= first && k <= last)
            continue;
        if (is_of_culture(v, k) || (rare && efti_veil_in(v, k, GROUP_OF_THEORY)) ||
            has_year(v, k) || others_behind(v, k) > 0)
            return true;
        if (rare && efti_author_flags(v, k, &other) != 0 &&
            author_stands(&v->words.items[k]) && !efti_author_is_somebodys(v, k))
            return true;
    }
    return has_year(v, last) || others_behind(v, last) > 0;
}

/* ------------------------------------------------------------------------ references */

/* Is byte `at` inside a bracket that was opened on this line, not far before? */
static bool
in_bracket(const struct efti_veil *v, size_t at)
{
    for (size_t back = 0; at > 0 && back < 100; back++) {
        char c = v->text.bytes[--at];

        if (c == '(' || c == ')' || c == '\n')
            return c == '(';
    }
    return false;
}

/* (Karlberg & Ek, 2017), Karlberg & Ek (2017, s. 4), Karlberg m.fl. (2017): no private
 * person stands so, on whatever list the surname is. `i` is the last surname. */
static bool
is_reference(const struct efti_veil *v, size_t i, uint32_t flags)
{
    size_t others = others_behind(v, i);

    if (others > 0)
        return has_year(v, i + others);
    if (!has_year(v, i) || v->words.items[i].glue != VEIL_GLUE_AMP || i == 0)
        return false;
    char behind = efti_veil_byte(v, v->segments->tokens.items[i + 1].end);
    if (v->words.items[i + 1].glue == VEIL_GLUE_COMMA)
        return in_bracket(v, v->segments->tokens.items[i - 1].start);
    return (flags & EFTI_LIST_CITED) != 0 || behind != ')' ||
           efti_author_cited_before(v, i - 1) != CITES_NOT ||
           efti_author_citing(v, i + 2) != CITES_NOT;
}

/* Turnell och Edwards: another surname of the list is joined to it. */
static bool
is_joined_author(const struct efti_veil *v, size_t i)
{
    eft_text other;

    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i + 2) && efti_author_flags(v, i + 2, &other) != 0)
        return true;
    return i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
           efti_author_flags(v, i - 2, &other) != 0;
}

/* Is word `i`, a surname that the list says `flags` of, cited where it stands? */
bool
efti_author_is_cited(const struct efti_veil *v, size_t i, uint32_t flags)
{
    bool year = has_year(v, i);
    enum cites before = efti_author_cited_before(v, i),
               behind = efti_author_citing(v, i + 1);

    if (is_reference(v, i, flags) ||
        (i + 1 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_AMP &&
         is_reference(v, i + 1, flags)))
        return true;
    if ((flags & EFTI_LIST_CITED) != 0 && is_joined_author(v, i) &&
        efti_author_has_sign(v, i, i, true))
        return true;
    if ((flags & EFTI_LIST_CITED) != 0)
        return year || others_behind(v, i) > 0 || has_theory(v, i) || before == CITES ||
               behind == CITES ||
               ((before != CITES_NOT || behind != CITES_NOT) &&
                efti_author_has_sign(v, i, i, true));
    return (flags & EFTI_LIST_AUTHOR) != 0 && year &&
           (before != CITES_NOT || efti_author_citing(v, i + 2) != CITES_NOT ||
            efti_veil_byte(v, v->segments->tokens.items[i + 1].end) == ';');
}
