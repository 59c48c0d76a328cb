/*
 * authors.c - people who are read, not met: theorists and authors stay
 *
 *   Jean Watson har tio faktorer      a full name of the lists (a phrase that stays)
 *   ... Watsons modell säger          its surname, elsewhere in the same text
 *   enligt Nilholm; Nilholm menar     a rare surname where it is cited
 *   (Eriksson & Berg, 1994)           a common one only with a year and a second sign
 *   klienten Adam Grant, Mvh Karpman  none of these: somebody who is met
 *   Argyris och Schön                 joined to one that stays
 *   Hattie, Leithwood, Timperley      among two at least that stay, on no list of names
 *
 * "Theorists are not identifying" (facts/conventions.md), but their surnames are those of
 * clients and colleagues too. So a surname beside a given name, an initial or a role
 * ("Karin Nilholm", "handläggare Watson") is never one of these, whatever else speaks
 * for it; and a surname that no list of authors has is nothing here. Which surname needs
 * what is said by lexicons/data/keep/authors.tsv. What says that somebody is met is in
 * authors_met.c, what says that somebody is cited in authors_cited.c.
 */
#include "veil/authors.h"

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

/* What the list of authors says of a word with a capital; `*surname` is its bare form. */
static uint32_t
listed_author(const struct efti_veil *v, const struct efti_form *f, eft_text *surname)
{
    uint32_t flags = f->lists & AUTHOR_FLAGS;

    *surname = bare_surname(f, false);
    if (flags == 0 && f->folded_size >= 4 && f->folded[f->folded_size - 1] == 's') {
        flags = efti_lists_word(v->lists, f->folded, f->folded_size - 1) & AUTHOR_FLAGS;
        *surname = bare_surname(f, true);
    }
    return flags;
}

/* The same of word `i`: nearly all words have no such cue. */
uint32_t
efti_author_flags(const struct efti_veil *v, size_t i, eft_text *surname)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->cues & VEIL_CUE_AUTHOR) == 0 ? 0 : listed_author(v, w->form, surname);
}

bool
efti_veil_is_author(const struct efti_veil *v, const struct efti_form *form)
{
    eft_text surname;

    return form->kind == EFTI_WORD && listed_author(v, form, &surname) != 0;
}

static bool
is_author_remembered(const struct cited *c, eft_text surname)
{
    for (size_t k = 0; k < c->count; k++)
        if (efti_equal(c->names[k].bytes, c->names[k].size, surname.bytes, surname.size))
            return true;
    return false;
}

static void
remember(struct cited *c, eft_text surname)
{
    if (c->count < MOST_CITED && !is_author_remembered(c, surname))
        c->names[c->count++] = surname;
}

/* ------------------------------------------------------------------- the passes */

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
    if (n < v->words.count && author_stands(&v->words.items[n]) &&
        efti_author_flags(v, n, &other) != 0)
        return true;
    if (i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        n = i - 2;
    else if (i >= 1 && (w->glue == VEIL_GLUE_COMMA || w->glue == VEIL_GLUE_AMP))
        n = i - 1;
    else
        return false;
    return author_stands(&v->words.items[n]) && efti_author_flags(v, n, &other) != 0;
}

/* May a surname that no list has be a reference here? (is_reference() of
 * authors_cited.c says when) */
static bool
has_references(const struct efti_veil *v)
{
    return v->any_amp || (v->present & VEIL_CUE_OTHERS) != 0;
}

static bool
is_capital_word(const struct veil_word *w)
{
    return w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 && w->form->kind == EFTI_WORD;
}

/* Is token `n` joined to the one before it as what one counts up is? */
static bool
is_counted_up(const struct efti_veil *v, size_t n)
{
    return n > 0 && n < v->words.count && v->words.items[n].glue == VEIL_GLUE_COMMA;
}

/* Hattie, Leithwood, Timperley och Fullan: a capital that no list of names has, among
 * single words of which two at least are authors that stay. */
static bool
is_among_authors(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const uint32_t told = VEIL_CAPITAL | VEIL_UPPER | VEIL_NAME | VEIL_PLACE |
                          VEIL_ORDINARY | VEIL_WORD | VEIL_KEEP;
    size_t authors = 0, first = i, last = i;
    eft_text other;

    if ((w->bits & told) != VEIL_CAPITAL || !is_capital_word(w))
        return false;
    while (i - first < 6 && is_counted_up(v, first) &&
           is_capital_word(&v->words.items[first - 1]))
        first--;
    while (last - i < 6 && is_counted_up(v, last + 1) &&
           is_capital_word(&v->words.items[last + 1]))
        last++;
    if (efti_veil_follows(v, last + 1) && efti_veil_is(v, last + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, last + 2) && is_capital_word(&v->words.items[last + 2]))
        last += 2;
    for (size_t k = first; k <= last; k++)
        authors +=
            author_stands(&v->words.items[k]) && efti_author_flags(v, k, &other) != 0;
    return authors >= 2;
}

static void
author_stays(struct efti_veil *v, size_t i, struct cited *c, bool again)
{
    struct veil_word *w = &v->words.items[i];
    eft_text surname = {NULL, 0};
    uint32_t flags = efti_author_flags(v, i, &surname);

    if (flags == 0 && v->surnames.count >= 2 && is_among_authors(v, i)) {
        w->state |= VEIL_STATE_KEEP;
        return;
    }
    if (flags == 0 && !(has_references(v) && is_capital_word(w)))
        return;
    if (!author_stands(w)) {
        if (!(efti_author_is_cited(v, i, flags) ||
              (flags != 0 && is_beside_author(v, i)) ||
              (again && flags != 0 && is_author_remembered(c, surname))) ||
            efti_author_is_somebodys(v, i))
            return;
        w->state |= VEIL_STATE_KEEP;
    }
    if (flags != 0)
        remember(c, surname);
}

/* What seemed to be somebody who is read is somebody who is met. */
static void
take_back(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    w->state &= (uint8_t) ~(VEIL_STATE_KEEP | VEIL_STATE_AUTHOR);
    w->bits &= ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY);
    efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Given names of any tier, and those that are words too (Jan, Björn). */
#define LISTED_GIVEN                                                                     \
    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME)

/* "skriver om", "har skrivit om" */
static bool
writes_about(const struct efti_veil *v, size_t i)
{
    if (efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_HAVE))
        i++;
    return efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_WRITES) &&
           efti_veil_follows(v, i + 1) && efti_veil_is_word(v, i + 1, "om");
}

/* Is a full name one that everybody knows (Astrid Lindgren, Clas Ohlson)? */
static bool
is_known_to_all(struct efti_veil *v, size_t first, size_t last)
{
    bool more;

    return (efti_veil_phrase_of(v, first, last, &more) & 1u << EFTI_PHRASE_KNOWN) != 0 &&
           !efti_author_is_of_daily_life(v, first, last);
}

/* A full name stays unless it is met; one that somebody here may bear (Adam Grant, Ulla
 * Holm) only where something says that it is read or heard, or where everybody thinks of
 * one alone. `alone`: names that the list holds to be nobody else's (Vygotskij). */
static bool
full_name_stays(struct efti_veil *v, size_t first, size_t last)
{
    const struct veil_word *w = v->words.items;
    uint32_t evidence = 0;

    if (efti_author_is_met(v, first, last))
        return false;
    for (size_t i = first; i <= last; i++)
        evidence |= w[i].evidence;
    uint32_t frames =
        EFTI_EVIDENCE_FRAME |
        (efti_author_citing(v, last + 1) == CITES_NOT ? (uint32_t)VEIL_SEES_AFTER : 0);
    const uint32_t names = LISTED_GIVEN | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2;
    bool alone = (w[last].bits & VEIL_KEEP) != 0 && (w[last].form->lists & names) == 0;
    bool common = !alone && (w[first].form->lists & LISTED_GIVEN) != 0 &&
                  ((w[last].form->lists & names) != 0 ||
                   (last == first + 1 && w[last].form->shape == EFTI_SHAPE_SURNAME &&
                    (w[last].bits & VEIL_GENITIVE) == 0)); /* Philipsson */
    enum cites before = efti_author_cited_before(v, first);

    if (alone)
        return true;
    if (efti_author_is_seen(v, first, last))
        return false;
    if ((evidence & frames) == 0 && (!common || is_known_to_all(v, first, last)))
        return true;
    /* enligt, se: of colleagues too, so that it says little of a name that many have */
    return (common ? before == CITES : before != CITES_NOT) ||
           efti_author_citing(v, last + 1) == CITES || writes_about(v, last + 1) ||
           efti_author_has_sign(v, first, last, !common);
}

/* Who is met once is met in the whole text. */
static void
take_back_others(struct efti_veil *v, const struct cited *met)
{
    eft_text surname;

    for (size_t h = 0; met->count > 0 && h < v->surnames.count; h++) {
        size_t i = v->surnames.items[h];

        if (!author_stands(&v->words.items[i]) ||
            efti_author_flags(v, i, &surname) == 0 || !is_author_remembered(met, surname))
            continue;
        for (size_t k = i; k > 0 && (v->words.items[k].state & VEIL_STATE_AUTHOR) != 0 &&
                           (v->words.items[k].state & VEIL_STATE_FIRST) == 0;
             k--)
            take_back(v, k - 1);
        take_back(v, i);
    }
}

/* The full name that begins with token `first` stays or not; its last token. */
static size_t
look_at_full_name(struct efti_veil *v, size_t first, struct cited *met)
{
    const struct veil_word *w = v->words.items;
    size_t last = first;
    eft_text surname;

    while (last + 1 < v->words.count &&
           (w[last + 1].state & (VEIL_STATE_AUTHOR | VEIL_STATE_FIRST)) ==
               VEIL_STATE_AUTHOR)
        last++;
    if (!full_name_stays(v, first, last)) {
        if (efti_author_flags(v, last, &surname) != 0)
            remember(met, surname);
        for (size_t k = first; k <= last; k++)
            take_back(v, k);
    }
    return last;
}

static void
look_at_surname(struct efti_veil *v, size_t i, struct cited *met)
{
    const struct veil_word *w = &v->words.items[i];
    eft_text surname;

    if ((w->bits & (VEIL_CAPITAL | VEIL_KEEP)) != (VEIL_CAPITAL | VEIL_KEEP) ||
        efti_author_flags(v, i, &surname) == 0 || !efti_author_is_somebodys(v, i))
        return;
    remember(met, surname);
    take_back(v, i);
    if (efti_veil_follows(v, i) && efti_author_is_name(v, i - 1) &&
        (v->words.items[i - 1].bits & VEIL_NAME) != 0)
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Full names, and between them surnames that would stay alone, in the order
 * of the text. */
static void
take_back_who_is_met(struct efti_veil *v)
{
    struct cited met = {.count = 0};
    size_t full = 0, done = 0;

    for (size_t h = 0; h <= v->surnames.count; h++) {
        bool end = h == v->surnames.count;
        size_t i = end ? SIZE_MAX : v->surnames.items[h];

        for (; full < v->full_names.count && v->full_names.items[full] <= i; full++)
            if (v->full_names.items[full] >= done)
                done = look_at_full_name(v, v->full_names.items[full], &met) + 1;
        if (!end && i >= done)
            look_at_surname(v, i, &met);
    }
    take_back_others(v, &met);
}

void
efti_veil_authors(struct efti_veil *v)
{
    struct cited c = {.count = 0};

    if (v->surnames.count > 0 || v->full_names.count > 0)
        take_back_who_is_met(v);
    if (v->surnames.count == 0 && !has_references(v))
        return;
    /* from the left, then from the right: what joins may stand on either side */
    for (size_t h = 0; h < v->candidates.count; h++)
        author_stays(v, v->candidates.items[h], &c, false);
    for (size_t h = v->candidates.count; h-- > 0;)
        author_stays(v, v->candidates.items[h], &c, true);
}
