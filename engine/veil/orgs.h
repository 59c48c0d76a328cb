/*
 * orgs.h - what orgs.c and houses.c share: questions about one word of a name
 */
#ifndef EFTI_VEIL_ORGS_H
#define EFTI_VEIL_ORGS_H

#include "veil/find.h"

static inline const struct veil_word *
org_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static inline bool
org_named(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (org_word(v, i)->state & VEIL_STATE_NAME) != 0;
}

static inline bool
org_kept(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
}

static inline void
mark_org(struct efti_veil *v, size_t first, size_t last, uint16_t rule)
{
    for (size_t i = first; i <= last; i++)
        efti_veil_mark(v, i, rule, EFTI_ORG);
}

static inline bool
org_is_one_of(const struct efti_veil *v, size_t i, const char *const *words, size_t count)
{
    const struct efti_form *f = i < v->words.count ? org_word(v, i)->form : NULL;

    for (size_t k = 0; f != NULL && k < count; k++)
        if (efti_equal(f->folded, f->folded_size, words[k], strlen(words[k])))
            return true;
    return false;
}

static inline bool
org_ends_in(const struct efti_form *f, const char *const *ends, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t n = strlen(ends[k]);

        if (f->folded_size >= n &&
            memcmp(f->folded + f->folded_size - n, ends[k], n) == 0)
            return true;
    }
    return false;
}

/* The definite form of a noun, and no small word: kronan, tallhöjden, ankaret. */
static inline bool
org_is_definite(const struct veil_word *w)
{
    static const char *const ends[] = {"an", "en", "et", "gården", "on"};

    return w->form->kind == EFTI_WORD && w->form->code_points > 3 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_ORG_HEAD |
                              EFTI_LIST_FIELD | EFTI_LIST_KEEP)) == 0 &&
           org_ends_in(w->form, ends, EFTI_COUNT(ends));
}

/** Kullens ridskola: token `i` is the house, the name stands before it. */
void efti_veil_house(struct efti_veil *v, size_t i);
/** BUP Rönneholm, Familjeenheten i Rönneholm: what stays by itself before name `i`. */
void efti_veil_service(struct efti_veil *v, size_t i);
/** Capitals that no head explains, and shapes in small letters. */
void efti_veil_houses(struct efti_veil *v);

#endif
