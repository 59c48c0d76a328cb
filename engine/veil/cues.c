/*
 * cues.c - what a form may begin, asked once per form and before any text is read
 *
 *   är           TERM                      ages.c looks there
 *   Nilholms     CANDIDATE AUTHOR          names.c, authors.c
 *   m.fl.        OTHERS                    makes a reference of any surname before it
 *
 * The bits of words.c say what a form is; these say who wants to look at it. Both lie in
 * one small record by form, so that most running tokens cost a look at it and nothing
 * else, and a recogniser whose cues are nowhere in a text does not run there at all. What
 * takes the longest to find the dictionary's file tells of the words that it knows.
 */
#include "veil/find.h"

/* Casing and language are told by words alone; the first pass looks no closer at those
 * that no list wants, and takes them for small letters. */
static uint32_t
casing_cues(const struct efti_form *form)
{
    if (form->kind != EFTI_WORD)
        return 0;
    if ((form->veil & VEIL_LISTED) == 0 || form->casing == EFTI_CASING_LOWER)
        return VEIL_CUE_SMALL | ((form->veil & VEIL_KNOWN) != 0 ? VEIL_CUE_KNOWN : 0u);
    if (form->code_points < 2)
        return VEIL_CUE_LARGE;
    return VEIL_CUE_LARGE |
           (form->casing == EFTI_CASING_INITIAL ? (uint32_t)VEIL_CUE_INITIAL : 0u) |
           (form->casing == EFTI_CASING_UPPER ? (uint32_t)VEIL_CUE_UPPER : 0u);
}

static uint32_t
list_cues(uint32_t bits)
{
    enum veil_class class = efti_veil_class(bits);
    uint32_t cues = 0;

    if (efti_veil_is_candidate(bits))
        cues |= VEIL_CUE_CANDIDATE;
    if (efti_veil_is_term(bits))
        cues |= VEIL_CUE_TERM;
    if (efti_veil_is_head(bits))
        cues |= VEIL_CUE_HEAD;
    if (class == VEIL_CLASS_SIGN_OFF)
        cues |= VEIL_CUE_SIGN_OFF;
    if (class == VEIL_CLASS_SCRIPT || class == VEIL_CLASS_DOMAIN)
        cues |= VEIL_CUE_SCRIPT;
    return cues;
}

/* What takes the longest to find; the file tells it of the forms that it knows. */
static uint32_t
asked_cues(const struct efti_veil *v, const struct efti_form *form, uint32_t set)
{
    const bool capital = (form->veil & VEIL_CAPITAL) != 0;
    uint32_t cues = 0;

    if (capital && efti_veil_is_author(v, form))
        cues |= VEIL_CUE_AUTHOR;
    if (capital && efti_veil_begins_tale(form, set))
        cues |= VEIL_CUE_TALE;
    if ((form->veil & VEIL_KEY) != 0 && efti_veil_holds_keyword(v, form))
        cues |= VEIL_CUE_KEY;
    return cues;
}

/* efti_known.asks: the number of the set, and above it who asks. */
#define ASKS_SETS 0x1FFFu
#define ASKS_AUTHOR 0x2000u
#define ASKS_TALE 0x4000u
#define ASKS_KEY 0x8000u
_Static_assert(VEIL_GROUP_SETS <= ASKS_SETS, "numbers of sets and who asks overlap");

static uint32_t
told_cues(const struct efti_form *form, uint32_t asks)
{
    uint32_t cues = 0;

    if ((form->veil & VEIL_CAPITAL) != 0)
        cues |= ((asks & ASKS_AUTHOR) != 0 ? (uint32_t)VEIL_CUE_AUTHOR : 0) |
                ((asks & ASKS_TALE) != 0 ? (uint32_t)VEIL_CUE_TALE : 0);
    return cues | ((asks & ASKS_KEY) != 0 ? (uint32_t)VEIL_CUE_KEY : 0);
}

uint16_t
efti_veil_asks(const struct efti_veil *v, uint32_t small, uint32_t capital)
{
    const uint32_t cues = v->kinds.items[small].cues, high = v->kinds.items[capital].cues;
    uint32_t asks = v->sets.items[small];

    asks |= (high & VEIL_CUE_AUTHOR) != 0 ? ASKS_AUTHOR : 0;
    asks |= (high & VEIL_CUE_TALE) != 0 ? ASKS_TALE : 0;
    return (uint16_t)(asks | ((cues & VEIL_CUE_KEY) != 0 ? ASKS_KEY : 0));
}

/* Those that the form itself tells. */
static uint32_t
own_cues(const struct efti_form *form, uint32_t set)
{
    uint32_t cues = casing_cues(form) | efti_veil_phrase_cues(form);

    if ((form->veil & VEIL_LISTED) != 0)
        cues |= list_cues(form->veil);
    if (efti_veil_may_be_age(form))
        cues |= VEIL_CUE_AGE;
    if (form->folded[0] >= '0' && form->folded[0] <= '9')
        cues |= VEIL_CUE_FIGURE;
    if (efti_veil_set_holds(set, GROUP_AND_OTHERS))
        cues |= VEIL_CUE_OTHERS;
    return cues;
}

/* A table that forgot forms has others by their ids: what was kept of them is written
 * over. */
static bool
cover_form(struct efti_veil *v, uint32_t id)
{
    const size_t count = (size_t)id + 1;

    if (EFTI_UNLIKELY(count <= v->kinds.count))
        return true;
    if (!EFTI_ARRAY_RESERVE(v->mem, &v->kinds, count) ||
        !EFTI_ARRAY_RESERVE(v->mem, &v->answers, count) ||
        !EFTI_ARRAY_RESERVE(v->mem, &v->sets, count))
        return false;
    v->kinds.count = v->answers.count = v->sets.count = count;
    return true;
}

bool
efti_veil_keep_kind(struct efti_veil *v, uint32_t id, const struct efti_form *form,
                    const uint16_t *asks)
{
    uint32_t bits = form->veil, cues = 0, set = 0;

    if (!cover_form(v, id))
        return false;
    if (asks == NULL)
        set = efti_veil_set_of(form->folded, form->folded_size);
    else if ((*asks & ASKS_SETS) < VEIL_GROUP_SETS) /* else the file is damaged */
        set = *asks & ASKS_SETS;
    if (form->kind <= EFTI_ABBREVIATION)
        cues = own_cues(form, set) |
               (asks != NULL ? told_cues(form, *asks) : asked_cues(v, form, set));
    /* keywords and numbers in words are on a list too, and what only begins as a keyword
     * does is on none */
    if ((cues & (VEIL_CUE_AGE | VEIL_CUE_KEY)) != 0)
        bits |= VEIL_LISTED;
    else if (!efti_veil_is_wanted(bits))
        bits &= ~VEIL_LISTED;
    v->kinds.items[id] = (struct veil_kind){bits, cues};
    v->answers.items[id] = 0;
    v->sets.items[id] = (uint16_t)set;
    return true;
}
