/*
 * cues.c - what a form may begin, asked once per form and before any text is read
 *
 *   är           TERM                      ages.c looks there
 *   Nilholms     CANDIDATE AUTHOR          names.c, authors.c
 *   m.fl.        OTHERS                    makes a reference of any surname before it
 *
 * The bits of words.c say what a form is; these say who wants to look at it. Both lie in
 * one small record by form, so that most running tokens cost a look at it and nothing
 * else, and a recogniser whose cues are nowhere in a text does not run there at all.
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

static uint32_t
cues_of(const struct efti_veil *v, const struct efti_form *form, uint32_t set)
{
    uint32_t cues = casing_cues(form);

    if (form->kind > EFTI_ABBREVIATION)
        return 0;
    if ((form->veil & VEIL_LISTED) != 0)
        cues |= list_cues(form->veil);
    if (efti_veil_may_be_age(form))
        cues |= VEIL_CUE_AGE;
    if (form->folded[0] >= '0' && form->folded[0] <= '9')
        cues |= VEIL_CUE_FIGURE;
    cues |= efti_veil_author_cues(v, form, set) | efti_veil_phrase_cues(form);
    if ((form->veil & VEIL_CAPITAL) != 0 && efti_veil_begins_tale(form, set))
        cues |= VEIL_CUE_TALE;
    if ((form->veil & VEIL_KEY) != 0 && efti_veil_holds_keyword(v, form))
        cues |= VEIL_CUE_KEY;
    return cues;
}

bool
efti_veil_know_forms(struct efti_veil *v)
{
    size_t count = efti_forms_count(v->forms);

    if (EFTI_LIKELY(v->kinds.count == count))
        return true;
    if (!EFTI_ARRAY_RESERVE(v->mem, &v->kinds, count) ||
        !EFTI_ARRAY_RESERVE(v->mem, &v->answers, count) ||
        !EFTI_ARRAY_RESERVE(v->mem, &v->sets, count))
        return false;
    for (size_t i = v->kinds.count; i < count; i++) {
        const struct efti_form *form = efti_forms_get(v->forms, (uint32_t)i);

        uint32_t set = efti_veil_set_of(form->folded, form->folded_size);
        uint32_t bits = form->veil, cues = cues_of(v, form, set);

        /* keywords and numbers in words are on a list too, and what only begins as a
         * keyword does is on none */
        if ((cues & (VEIL_CUE_AGE | VEIL_CUE_KEY)) != 0)
            bits |= VEIL_LISTED;
        else if (!efti_veil_is_wanted(bits))
            bits &= ~VEIL_LISTED;
        v->kinds.items[i] = (struct veil_kind){bits, cues};
        v->answers.items[i] = 0;
        v->sets.items[i] = (uint16_t)set;
    }
    v->kinds.count = v->answers.count = v->sets.count = count;
    return true;
}
