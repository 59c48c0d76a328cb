/*
 * authors_met.c - does the text say that the bearer of a name is met, not read?
 *
 *   Mvh Karpman, /Karpman                 signed
 *   Kontaktperson: Karpman, fru Watson    a label or a title before it
 *   Karpmans mamma                        kin, or a thing that somebody has
 *   Knut Sundell, 82, föll                an age
 *   Thomas Kuhn är min kontaktperson      a role that only somebody here has
 *   Karin Nilholm, Anna och Nilholm       a name of somebody's own beside it
 *   Astrid Lindgren fick hjälp            daily life, also of one whom all know
 *
 * författaren, artisten are roles of those who are read or heard, and say the opposite.
 */
#include "veil/authors.h"

#define MET                                                                              \
    (EFTI_EVIDENCE_ROLE | EFTI_EVIDENCE_SIGNATURE | VEIL_SEES_CALLED | VEIL_SEES_ROLL)

/* författaren, artisten: a role, but of somebody who is read or heard */
bool
efti_author_is_public_role(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_PUBLIC_PEOPLE);
}

/* Mvh Karpman, /Karpman, the name on the line below a sign-off. */
static bool
is_signed(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;

    for (size_t back = 1; back <= 2 && back <= i; back++)
        if (efti_veil_is(v, i - back, VEIL_CLASS_SIGN_OFF))
            return true;
    while (at > 0 && v->text.bytes[at - 1] == ' ')
        at--;
    return at > 0 && v->text.bytes[at - 1] == '/' &&
           (at == 1 || !efti_veil_is_alnum(v->text.bytes[at - 2]));
}

/* Kontaktperson: Karpman */
static bool
is_labelled(const struct efti_veil *v, size_t i)
{
    return i > 0 && v->words.items[i].glue == VEIL_GLUE_MARK &&
           efti_veil_byte(v, v->segments->tokens.items[i - 1].end) == ':' &&
           (v->words.items[i - 1].bits & VEIL_ROLE) != 0;
}

/* Karpmans mamma, Folkmans son: `i` is the word with the genitive. */
static bool
has_kin(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    return f != NULL && f->folded[f->folded_size - 1] == 's' &&
           efti_veil_follows(v, i + 1) &&
           ((v->words.items[i + 1].bits & VEIL_ROLE) != 0 ||
            efti_veil_in(v, i + 1, GROUP_KIN_OR_OWN));
}

/* ", 82,", ", 34 år", " (17)": an age of one or two figures. */
static bool
is_of_age(const struct efti_veil *v, size_t n)
{
    if (n >= v->words.count)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[n];
    enum veil_glue glue = v->words.items[n].glue;
    char behind = efti_veil_byte(v, t->end);

    return t->kind == EFTI_NUMBER && t->end - t->start <= 2 &&
           (glue == VEIL_GLUE_COMMA || glue == VEIL_GLUE_MARK) &&
           (behind == ',' || behind == ')' ||
            (efti_veil_follows(v, n + 1) && efti_veil_in(v, n + 1, GROUP_YEAR_UNITS)));
}

/* Thomas Kuhn är min kontaktperson; Knut Sundell, 82, föll: what only somebody who is met
 * is said to be. `last` is the last word of the name. */
static bool
is_described(const struct efti_veil *v, size_t last)
{
    size_t n = last + 1;

    if (is_of_age(v, n))
        return true;
    if (!efti_veil_follows(v, n) || !efti_veil_in(v, n, GROUP_IS_DESCRIBED))
        return false;
    n++;
    for (int k = 0;
         k < 2 && efti_veil_follows(v, n) && efti_veil_in(v, n, GROUP_WHOSE_IS_IT); k++)
        n++;
    return n > last + 2 && efti_veil_follows(v, n) &&
           (v->words.items[n].bits & VEIL_ROLE) != 0 &&
           !efti_author_is_public_role(v, n) &&
           efti_veil_in(v, last + 2, GROUP_WHOSE_NEAREST);
}

/* "Ärendet gäller X", "X fick hjälp med duschen", "X (rektor)": somebody here may bear
 * the name of one whom everybody knows (Astrid Lindgren). What is said of her books is
 * said otherwise; what she had or was may be either. */
bool
efti_author_is_of_daily_life(const struct efti_veil *v, size_t first, size_t last)
{
    const size_t n = last + 1;

    if (first > 0 && efti_veil_follows(v, first) &&
        (efti_veil_in(v, first - 1, GROUP_MATTER_OF) ||
         efti_veil_in(v, efti_veil_before_subject(v, first - 1), GROUP_DONE_TO_SOMEBODY)))
        return true;
    if (n >= v->words.count)
        return false;
    if (v->words.items[n].glue == VEIL_GLUE_MARK &&
        efti_veil_byte(v, v->segments->tokens.items[n].start - 1) == '(')
        return ((v->words.items[n].bits | v->words.items[n + 1].bits) & VEIL_ROLE) != 0 &&
               !efti_author_is_public_role(v, n);
    if (!efti_veil_follows(v, n))
        return false;
    return efti_veil_in(v, n, GROUP_DOES_IN_DAILY_LIFE) ||
           (efti_veil_in(v, n, GROUP_IS_OR_HAS) && efti_veil_follows(v, n + 1) &&
            efti_veil_in(v, n + 1, GROUP_IN_DAILY_LIFE));
}

/* Does what stands around the tokens `first` to `last` say that somebody is met? */
bool
efti_author_is_met(const struct efti_veil *v, size_t first, size_t last)
{
    uint32_t evidence = 0, public_role = 0;

    if (first > 0 && efti_author_is_public_role(v, first - 1))
        public_role = EFTI_EVIDENCE_ROLE;
    for (size_t i = first; i <= last; i++)
        evidence |= v->words.items[i].evidence;
    if ((evidence & MET & ~public_role) != 0 || is_signed(v, first) ||
        is_labelled(v, first) || has_kin(v, last) || is_described(v, last))
        return true;
    return efti_veil_follows(v, first) && public_role == 0 &&
           ((v->words.items[first - 1].bits & VEIL_ROLE) != 0 ||
            efti_veil_in(v, first - 1, GROUP_FORMS_OF_ADDRESS));
}

static bool
is_author_initial(const struct efti_form *f)
{
    return (f->code_points == 1 && (f->lists & EFTI_LIST_FUNCTION) == 0) ||
           (f->code_points == 2 && f->folded[f->folded_size - 1] == '.');
}

bool
efti_author_is_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w->form == NULL || author_stands(w))
        return false;
    if ((w->bits & VEIL_CAPITAL) == 0)
        return (w->bits & VEIL_GIVEN) != 0 && (w->bits & VEIL_WORD) == 0;
    return (w->bits & VEIL_NAME) != 0 || is_author_initial(w->form) ||
           (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

/* A given name, an initial, a role or an unknown capital before it; joined to a given
 * name: somebody's own. */
bool
efti_author_is_somebodys(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_AUTHOR) != 0)
        return false; /* as a whole: full_name_stays() */
    if (efti_author_is_met(v, i, i) || efti_author_is_seen(v, i, i))
        return true;
    if (i == 0 || (w->glue != VEIL_GLUE_SPACE &&
                   (w->glue != VEIL_GLUE_STOP || w[-1].form == NULL ||
                    !is_author_initial(w[-1].form)))) /* K. Hattie; Scherp. Hattie */
        return false;
    if (i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) && efti_veil_follows(v, i - 1) &&
        (w[-2].bits & VEIL_GIVEN) != 0 && efti_author_is_name(v, i - 2))
        return true;
    return efti_author_is_name(v, i - 1);
}
