/*
 * names_joined.c - names of several words, and words joined to a name
 *
 *   Jan | van der Hoeven           from every name to the right
 *   I. | Ek, Le Thi | Mai          then from every name to the left
 *   ordförande von | Essen         the particle before a surname
 *   sanna och | mirre              small letters, joined by och or a comma
 *   Fatemeh Daneshvar | (F.D.)     the letters of the name itself
 *
 * v->named is brought into the order of the text between the steps, so that each step
 * sees what the one before has found. A row of names is walked once, however long.
 */
#include "veil/names.h"

/* One step to the right of name `i`; the last word that joined, or `i`. */
static size_t
join_step(struct efti_veil *v, size_t i)
{
    enum efti_category category = (enum efti_category)v->words.items[i].category;

    if ((v->words.items[i].bits & VEIL_HYPHEN) != 0)
        return i;
    size_t n = i + 1;
    while (n <= i + 3 && efti_veil_follows(v, n) && /* Jan van der Hoeven, van den Berg */
           ((v->words.items[n].bits & VEIL_PARTICLE) != 0 ||
            (n > i + 1 && efti_veil_is(v, n, VEIL_CLASS_DEN))))
        n++;
    if (n > i + 1 && efti_name_may_follow(v, n) &&
        (v->words.items[n].bits & VEIL_CAPITAL) != 0) {
        for (size_t k = i + 1; k <= n; k++)
            efti_veil_mark(v, k, VEIL_RULE_NAME_FULL, category);
        return n;
    }
    if (efti_name_has_nickname(v, i)) {
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
        efti_veil_mark(v, i + 2, VEIL_RULE_NAME_FULL, category);
        return i + 2;
    }
    if (efti_veil_is_small_initial(v, i + 1) || efti_name_goes_on_unseen(v, i)) {
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
        return i + 1;
    }
    if (is_name(v, i + 1) || !efti_name_may_follow(v, i + 1))
        return i;
    efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
    return i + 1;
}

/* A row of names is walked once: what an earlier one came through has been joined. */
static void
join_right(struct efti_veil *v, size_t i)
{
    size_t next;

    while (!v->no_memory && (v->words.items[i].evidence & VEIL_SEES_JOINED) == 0 &&
           (next = join_step(v, i)) != i) {
        v->words.items[i].evidence |= VEIL_SEES_JOINED;
        i = next;
    }
}

/* What stands before a name and got nothing of its own: Tsegay B at a start, I. Ek. */
static bool
join_left(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i], *before = w - 1;

    if (i == 0 || name_stays(before) || (before->state & VEIL_STATE_NAME) != 0 ||
        (before->bits & VEIL_CAPITAL) == 0 || v->casing == VEIL_CASING_HIGH)
        return false;
    if (w->glue == VEIL_GLUE_STOP
            ? !efti_veil_is_initial(before) || efti_veil_is_label(v, i - 1)
            : w->glue != VEIL_GLUE_SPACE)
        return false;
    if (efti_veil_is_initial(before)
            ? w->glue == VEIL_GLUE_SPACE && efti_veil_is_bare_letter(before)
            : before->form->kind != EFTI_WORD)
        return false;
    if ((before->bits & (VEIL_ROLE | VEIL_HEAD)) != 0)
        return false;
    /* Ebba De Geer */
    if ((before->bits & VEIL_PARTICLE) != 0 && i > 1 && efti_veil_follows(v, i - 1) &&
        (before[-1].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
        (before[-1].bits & VEIL_CAPITAL) != 0) {
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        return true;
    }
    bool named = (before->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
                 (w->bits & (VEIL_SURNAME | VEIL_WORD | VEIL_PARTICLE)) != 0;
    /* Le Thi Mai, Ström Isabelle: the surname first, as lists have it */
    named = named || ((before->bits & (VEIL_SURNAME | VEIL_ALSO)) != 0 &&
                      (w->bits & VEIL_GIVEN_1) != 0 &&
                      (before->form->lists & EFTI_LIST_FUNCTION) == 0);
    /* Pa Nhia, Ba Lan: short words with a capital of their own */
    named = named || (before->form->code_points <= 3 && efti_veil_is_mid(v, i - 1) &&
                      (before->bits & VEIL_UPPER) == 0 && w->category == EFTI_PERSON &&
                      (before->form->lists & EFTI_LIST_FUNCTION) == 0);
    if (!efti_veil_is_initial(before) &&
        (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 && !named)
        return false;
    efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
    return true;
}

/* "ordförande von Essen", "Hos de la Gardie": particle and capital behind a role. */
static void
after_particle(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = i > 0 ? w[-1].form : NULL;

    if (f == NULL || !efti_veil_follows(v, i) || (w->bits & VEIL_CAPITAL) == 0 ||
        (w->state & VEIL_STATE_NAME) == 0 || (w[-1].bits & VEIL_PARTICLE) == 0 ||
        (w[-1].state & VEIL_STATE_NAME) != 0)
        return;
    if (efti_veil_in(v, i - 1, GROUP_PARTICLES))
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* -------------------------------------------------------------------- och, komma */

/* Lower case joined to a name: a listed name, or a word that nobody knows. */
static void
join_other(struct efti_veil *v, size_t i)
{
    struct veil_word *w;

    if (i >= v->words.count || is_name(v, i))
        return;
    w = &v->words.items[i];
    efti_veil_look(v, i);
    if (name_stays(w) || w->form->kind != EFTI_WORD ||
        (w->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0) {
        if (w->form == NULL || name_stays(w) ||
            (w->bits & (VEIL_ALSO_MID | VEIL_GIVEN)) == 0 ||
            (w->evidence & VEIL_SEES_NEVER) != 0)
            return;
    } else if ((w->evidence & EFTI_EVIDENCE_UNKNOWN) == 0 || efti_veil_is_slip(v, i)) {
        return;
    }
    efti_veil_mark(v, i, VEIL_RULE_NAME_AND, EFTI_PERSON);
}

static void
name_joined(struct efti_veil *v, size_t i)
{
    if (v->words.items[i].category != EFTI_PERSON)
        return;
    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i + 2))
        join_other(v, i + 2);
    if (i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i - 1))
        join_other(v, i - 2);
    if (i >= 1 && v->words.items[i].glue == VEIL_GLUE_COMMA && !is_name(v, i - 1) &&
        (v->words.items[i - 1].bits & VEIL_GIVEN) != 0)
        join_other(v, i - 1);
}

/* Every name in the order of the text, those that join meanwhile too. */
void
efti_name_join_all(struct efti_veil *v)
{
    size_t n = v->named.count;

    efti_veil_sort_named(v);
    for (size_t h = 0; h < n; h++)
        join_right(v, v->named.items[h]);
    efti_veil_sort_named(v);
    for (size_t h = v->named.count; h-- > 0;)
        for (size_t i = v->named.items[h]; join_left(v, i) && !v->no_memory;)
            i--;
    efti_veil_sort_named(v);
    n = v->named.count;
    for (size_t h = 0; h < n; h++) {
        after_particle(v, v->named.items[h]);
        name_joined(v, v->named.items[h]);
    }
}

/* ---------------------------------------------------------------------- brackets */

/* "Fatemeh Daneshvar (F.D.)": the letters of the name that ends with token `i`, in
 * brackets behind it. */
void
efti_name_letters_in_brackets(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t first = i, at = 0;

    if (i + 1 >= v->words.count || w[1].glue != VEIL_GLUE_MARK || w[1].form == NULL ||
        w[1].form->code_points > 5 || w[1].form->capitals > 3 ||
        (w[1].bits & VEIL_CAPITAL) == 0 ||
        v->text.bytes[v->segments->tokens.items[i + 1].start - 1] != '(' ||
        w->category != EFTI_PERSON)
        return;
    while (first > 0 && i - first < 4 && efti_veil_follows(v, first) &&
           is_name(v, first - 1) && (v->words.items[first - 1].bits & VEIL_CAPITAL) != 0)
        first--;
    const struct efti_form *letters = w[1].form;
    for (size_t k = first; first < i && k <= i; k++) {
        const struct efti_form *f = v->words.items[k].form;
        size_t size = f != NULL && (f->folded[0] & '\x80') != 0 ? 2 : 1;

        while (at < letters->folded_size &&
               (letters->folded[at] == '.' || letters->folded[at] == '-'))
            at++;
        if (f == NULL || at + size > letters->folded_size ||
            memcmp(letters->folded + at, f->folded, size) != 0)
            return;
        at += size;
    }
    if (at > 1 && (at == letters->folded_size || letters->folded[at] == '.'))
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}
