/*
 * authors.c - people who are read, not met: theorists and authors stay
 *
 *   Jean Watson har tio faktorer      a full name of the lists (a phrase that stays)
 *   ... Watsons modell säger          its surname, elsewhere in the same text
 *   enligt Nilholm; Nilholm menar     a rare surname where it is cited
 *   (Eriksson & Berg, 1994)           a common one only with a year and a second sign
 *   Argyris och Schön                 joined to one that stays
 *
 * "Theorists are not identifying" (facts/conventions.md), but their surnames are those of
 * clients and colleagues too. So a surname beside a given name, an initial or a role
 * ("Karin Nilholm", "handläggare Watson") is never one of these, whatever else speaks
 * for it; and a surname that no list of authors has is nothing here. Which surname needs
 * what is said by lexicons/data/keep/authors.tsv.
 */
#include "veil/find.h"

#define AUTHOR_FLAGS (EFTI_LIST_AUTHOR | EFTI_LIST_CITED)
#define MOST_CITED 16 /* different surnames remembered in a text */

/* The surnames that the text has cited so far, folded, without the genitive. */
struct cited {
    eft_text names[MOST_CITED];
    size_t count;
};

static eft_text
bare_surname(const struct efti_form *f, bool genitive)
{
    return (eft_text){f->folded, f->folded_size - (genitive ? 1 : 0)};
}

/* What the list of authors says of word `i`; `*surname` is its bare form. */
static uint32_t
author_flags(const struct efti_veil *v, size_t i, eft_text *surname)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;

    if (f == NULL || (w->bits & VEIL_CAPITAL) == 0 || f->kind != EFTI_WORD)
        return 0;
    uint32_t flags = f->lists & AUTHOR_FLAGS;
    *surname = bare_surname(f, false);
    if (flags == 0 && f->folded_size >= 4 && f->folded[f->folded_size - 1] == 's') {
        flags = efti_lists_word(v->lists, f->folded, f->folded_size - 1) & AUTHOR_FLAGS;
        *surname = bare_surname(f, true);
    }
    return flags;
}

static bool
is_initial(const struct efti_form *f)
{
    return f->code_points == 1 ||
           (f->code_points == 2 && f->folded[f->folded_size - 1] == '.');
}

/* A given name, an initial, a role or an unknown capital before it: somebody's own. */
static bool
is_somebodys(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i], *before = w - 1;

    if ((w->evidence & (EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED)) != 0)
        return true;
    if (i == 0 || before->form == NULL || (before->state & VEIL_STATE_KEEP) != 0 ||
        (w->glue != VEIL_GLUE_SPACE && w->glue != VEIL_GLUE_STOP) ||
        (before->bits & VEIL_CAPITAL) == 0)
        return false;
    return (before->bits & VEIL_NAME) != 0 || is_initial(before->form) ||
           (before->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

static bool
stays(const struct veil_word *w)
{
    return (w->state & VEIL_STATE_KEEP) != 0 || (w->bits & VEIL_KEEP) != 0;
}

/* --------------------------------------------------------------------- what cites */

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
    static const char *const short_ones[] = {"m.fl.", "m.fl", "mfl", "mfl."};
    static const char *const et[] = {"et"}, *const al[] = {"al", "al."};

    if (!efti_veil_follows(v, i + 1))
        return 0;
    if (efti_veil_is_one_of(v, i + 1, short_ones, EFTI_COUNT(short_ones)))
        return 1;
    return efti_veil_is_one_of(v, i + 1, et, 1) && efti_veil_follows(v, i + 2) &&
                   efti_veil_is_one_of(v, i + 2, al, 2)
               ? 2
               : 0;
}

static bool
is_cited_before(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {
        "enligt",    "läst",    "läste",      "läser",       "citerar",    "citerade",
        "forskaren", "utifrån", "sociologen", "teoretikern", "teoretiker", "forskare",
        "filosofen", "filosof", "poeten",     "författaren"};

    return efti_veil_follows(v, i) &&
           efti_veil_is_one_of(v, i - 1, words, EFTI_COUNT(words));
}

static bool
is_citing(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "menar",       "skriver",  "beskriver",  "hävdar",     "talar",     "kallar",
        "definierar",  "betonar",  "framhåller", "påpekar",    "visar",     "visade",
        "utvecklade",  "myntade",  "skiljer",    "diskuterar", "resonerar", "menade",
        "skrev",       "beskrev",  "hävdade",    "kallade",    "talade",    "grundade",
        "formulerade", "betonade", "lyfter"};

    return i < v->words.count &&
           (v->words.items[i].glue == VEIL_GLUE_SPACE ||
            v->words.items[i].glue == VEIL_GLUE_MARK) &&
           efti_veil_is_one_of(v, i, verbs, EFTI_COUNT(verbs));
}

/* Nilholms perspektiv, Harts delaktighetsstege: what only a thinker has. */
static bool
has_theory(const struct efti_veil *v, size_t i)
{
    static const char *const ends[] = {
        "teori",      "teorier",    "modell",    "modeller", "begrepp",    "begreppet",
        "perspektiv", "taxonomi",   "stege",     "trappa",   "cirkel",     "cykel",
        "stadier",    "faser",      "forskning", "studie",   "studier",    "diskurser",
        "ramverk",    "definition", "pedagogik", "triangel", "kategorier", "teman",
        "avhandling", "metod",      "analys",    "tankar",   "bok",        "böcker"};

    if (!efti_veil_follows(v, i + 1) || v->words.items[i + 1].form == NULL ||
        v->words.items[i].form->folded[v->words.items[i].form->folded_size - 1] != 's')
        return false;
    const struct efti_form *f = v->words.items[i + 1].form;
    for (size_t k = 0; k < EFTI_COUNT(ends); k++) {
        size_t n = strlen(ends[k]);

        if (f->folded_size >= n &&
            memcmp(f->folded + f->folded_size - n, ends[k], n) == 0)
            return true;
    }
    return false;
}

/* (Karlberg & Ek, 2017), Karlberg m.fl. (2017): no private person stands so, on whatever
 * list the surname is. */
static bool
is_reference(const struct efti_veil *v, size_t i)
{
    size_t others = others_behind(v, i);

    if (others > 0)
        return has_year(v, i + others);
    return has_year(v, i) && v->words.items[i].glue == VEIL_GLUE_AMP;
}

/* Is word `i`, a surname that the list says `flags` of, cited where it stands? */
static bool
is_cited(const struct efti_veil *v, size_t i, uint32_t flags)
{
    bool year = has_year(v, i), before = is_cited_before(v, i);

    if (is_reference(v, i) ||
        (i + 1 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_AMP &&
         is_reference(v, i + 1)))
        return true;
    if ((flags & EFTI_LIST_CITED) != 0)
        return year || before || others_behind(v, i) > 0 || has_theory(v, i) ||
               is_citing(v, i + 1);
    return (flags & EFTI_LIST_AUTHOR) != 0 && year &&
           (before || is_citing(v, i + 2) ||
            efti_veil_byte(v, v->segments->tokens.items[i + 1].end) == ';');
}

/* ------------------------------------------------------------------- the passes */

static bool
is_remembered(const struct cited *c, eft_text surname)
{
    for (size_t k = 0; k < c->count; k++)
        if (efti_equal(c->names[k].bytes, c->names[k].size, surname.bytes, surname.size))
            return true;
    return false;
}

static void
remember(struct cited *c, eft_text surname)
{
    if (c->count < MOST_CITED && !is_remembered(c, surname))
        c->names[c->count++] = surname;
}

/* Argyris och Schön, Giddens, Beck och Bauman: beside an author that stays. */
static bool
is_beside_author(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    eft_text other;
    size_t n = i + 1;

    if (n + 1 < v->words.count && efti_veil_follows(v, n) &&
        efti_veil_is(v, n, VEIL_CLASS_AND) && efti_veil_follows(v, n + 1))
        n++;
    else if (n < v->words.count && w[1].glue != VEIL_GLUE_COMMA &&
             w[1].glue != VEIL_GLUE_AMP)
        n = v->words.count;
    if (n < v->words.count && stays(&v->words.items[n]) &&
        author_flags(v, n, &other) != 0)
        return true;
    if (i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        n = i - 2;
    else if (i >= 1 && (w->glue == VEIL_GLUE_COMMA || w->glue == VEIL_GLUE_AMP))
        n = i - 1;
    else
        return false;
    return stays(&v->words.items[n]) && author_flags(v, n, &other) != 0;
}

static void
author_stays(struct efti_veil *v, size_t i, struct cited *c, bool again)
{
    struct veil_word *w = &v->words.items[i];
    eft_text surname = {NULL, 0};
    uint32_t flags = author_flags(v, i, &surname);

    if (surname.size == 0)
        return;
    if (!stays(w)) {
        if (is_somebodys(v, i) ||
            !(is_cited(v, i, flags) || (flags != 0 && is_beside_author(v, i)) ||
              (again && flags != 0 && is_remembered(c, surname))))
            return;
        w->state |= VEIL_STATE_KEEP;
    }
    if (flags != 0)
        remember(c, surname);
}

void
efti_veil_authors(struct efti_veil *v)
{
    struct cited c = {.count = 0};

    /* from the left, then from the right: what joins may stand on either side */
    for (size_t h = 0; h < v->candidates.count; h++)
        author_stays(v, v->candidates.items[h], &c, false);
    for (size_t h = v->candidates.count; h-- > 0;)
        author_stays(v, v->candidates.items[h], &c, true);
}
