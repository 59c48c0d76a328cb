/*
 * kept_used.c - words that no list knows, where only a thing can stand
 *
 *   appen Zimplex, av märket X     behind the word for what it is
 *   ladda ner X, logga in i X      what one does with programs
 *   dokumentera i X
 *   Xs syndrom, Mb X               what has been found by somebody
 *   hon tar X 20 mg                what is dosed
 *
 * A word that is on a list of names or places or shaped as one says what it is itself:
 * none of this is asked of it. And what is called so may be somebody where more is told:
 * in "medicinen X tar" X takes it. So behind the word there must be an end or a small
 * word that begins something new. What is played, cooked, bought or used is not enough
 * (vi använde X, vi spelade X): a name that no list has stays hidden there.
 */
#include "veil/find.h"

/* Is a capital right before or behind it, that of a sentence's first word apart? The two
 * may be one name. */
static bool
has_capital_beside(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    bool behind_start = i > 0 && (w[-1].bits & (VEIL_WORD | VEIL_ORDINARY)) != 0 &&
                        (v->segments->tokens.items[i - 1].flags & VEIL_START_FLAGS) != 0;

    return (i > 0 && efti_veil_follows(v, i) && (w[-1].bits & VEIL_CAPITAL) != 0 &&
            !behind_start) ||
           (efti_veil_follows(v, i + 1) && (w[1].bits & VEIL_CAPITAL) != 0);
}

/* A word with a capital that nothing explains, and nobody is met beside it. */
static bool
is_unexplained(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return !has_capital_beside(v, i) &&
           (w->bits & (VEIL_CAPITAL | VEIL_NAME | VEIL_PLACE | VEIL_PLACE_WORD |
                       VEIL_WORD | VEIL_ORDINARY)) == VEIL_CAPITAL &&
           w->form->shape == EFTI_SHAPE_NONE && w->form->kind == EFTI_WORD &&
           (w->evidence & (EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED |
                           VEIL_SEES_AFTER)) == 0;
}

/* Does what is said go no further than token `i`, or begin anew behind it? */
static bool
ends_with(const struct efti_veil *v, size_t i)
{
    return !efti_veil_follows(v, i + 1) || (!efti_veil_is_word(v, i + 1, "som") &&
                                            (efti_veil_is(v, i + 1, VEIL_CLASS_AND) ||
                                             efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
                                             efti_veil_in(v, i + 1, GROUP_BEHIND_SAID) ||
                                             efti_veil_in(v, i + 1, GROUP_BESIDE_USED)));
}

static bool
starts(const struct efti_veil *v, size_t i)
{
    return i == 0 || (v->segments->tokens.items[i].flags & VEIL_START_FLAGS) != 0 ||
           (efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_BEFORE_SAID));
}

/* "appen Zimplex", at a start "Appen Zimplex fungerar", "en bil av märket X stod". */
static bool
is_of_kind(const struct efti_veil *v, size_t i)
{
    if ((v->words.items[i].bits & VEIL_GENITIVE) != 0 ||
        !efti_veil_in(v, i - 1, GROUP_KINDS_OF_THINGS))
        return false;
    return ends_with(v, i) ||
           (i > 1 && efti_veil_follows(v, i - 1) && efti_veil_is_word(v, i - 2, "av")) ||
           (starts(v, i - 1) && (efti_veil_is(v, i + 1, VEIL_CLASS_BE) ||
                                 efti_veil_in(v, i + 1, GROUP_THINGS_DO)));
}

/* "logga in i X", "laddade ner X", "dokumenterar i X" */
static bool
is_program(const struct efti_veil *v, size_t i)
{
    if (i < 2 || !efti_veil_follows(v, i - 1) || !ends_with(v, i))
        return false;
    if (efti_veil_in(v, i - 1, GROUP_DOWN) && efti_veil_in(v, i - 2, GROUP_LOADS))
        return true;
    if (!efti_veil_in(v, i - 1, GROUP_INTO_ALONE) &&
        !efti_veil_in(v, i - 1, GROUP_ON_ALONE))
        return false;
    return (i > 2 && efti_veil_is_word(v, i - 2, "in") && efti_veil_follows(v, i - 2) &&
            efti_veil_in(v, i - 3, GROUP_LOGS_IN)) ||
           (efti_veil_in(v, i - 1, GROUP_INTO_ALONE) &&
            efti_veil_in(v, i - 2, GROUP_KEEPS_RECORDS));
}

/* "Xs syndrom" */
static bool
is_finder(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_FOUND_BY) &&
           v->words.items[i].form->folded[v->words.items[i].form->folded_size - 1] == 's';
}

/* "Mb Sandström": a disease by its finder, whoever is called so too. */
static bool
is_disease(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_DISEASE_OF) &&
           (v->words.items[i].bits & (VEIL_CAPITAL | VEIL_GIVEN)) == VEIL_CAPITAL;
}

/* "hon tar X 20 mg", "att få X 5 mg", "på X 5 mg"; not "nu tar X 20 mg", "igår fick X 5
 * mg", "gav X 5 mg Stesolid", where X is who takes or gets it. */
static bool
is_dosed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i + 1) ||
        (w[1].bits & VEIL_DIGITS) == 0 || !efti_veil_follows(v, i + 2) ||
        !efti_veil_in(v, i + 2, GROUP_DOSES))
        return false;
    if (efti_veil_in(v, i - 1, GROUP_BEFORE_DOSED))
        return true;
    return efti_veil_in(v, i - 1, GROUP_TAKES) && i > 1 && efti_veil_follows(v, i - 1) &&
           (efti_veil_in(v, i - 2, GROUP_SMALL_SUBJECTS) ||
            (w[-2].bits & VEIL_ROLE) != 0);
}

bool
efti_veil_is_used_as_thing(const struct efti_veil *v, size_t i)
{
    if (v->casing != VEIL_CASING_USUAL)
        return false;
    return is_disease(v, i) ||
           (is_unexplained(v, i) && (is_finder(v, i) || is_dosed(v, i) ||
                                     (i > 0 && efti_veil_follows(v, i) &&
                                      (is_of_kind(v, i) || is_program(v, i)))));
}
