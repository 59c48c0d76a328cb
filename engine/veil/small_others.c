/*
 * small_others.c - names in small letters that no verb tells
 *
 *   stens | ögondroppar               a noun alone owns nothing: it would need an article
 *   dags | fru                        kin has somebody
 *   n | kan vi kalla henne            a letter for somebody
 *   um | yusuf, von | essen           short words that only names begin with
 *   bonus-mats                        the last part is a name
 *   hon heter | loppan                what somebody is called
 *   stig, | maj, | sten               one after the other
 *   loppan ... | loppan               who was named once
 *   ... bara de. | tilde              the last word of all signs
 */
#include "veil/ages.h"
#include "veil/small.h"

/* What the lists say of a word without its -s; 0: it has none. */
static uint32_t
lists_of_owner(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;

    if (f == NULL || f->kind != EFTI_WORD || f->folded_size < 3 ||
        f->folded[f->folded_size - 1] != 's' ||
        (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) != VEIL_WORD ||
        (w->state & (VEIL_STATE_KEEP | VEIL_STATE_NAME)) != 0 ||
        (f->lists & EFTI_LIST_FUNCTION) != 0)
        return 0;
    uint32_t lists = efti_lists_word(v->lists, f->folded, f->folded_size - 1);
    if (efti_veil_in(v, i, GROUP_SMALL_FUNCTION_OWNERS))
        return EFTI_LIST_ALSO_FRAME;
    if ((lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_ALSO_NEVER)) != 0)
        return 0;
    return lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID |
                    EFTI_LIST_ALSO_FRAME);
}

/* "stens ögondroppar", "dags fru". Compounds written apart (skogs promenad, dags tid)
 * begin with the same words. */
bool
efti_small_is_owner(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    uint32_t lists = efti_veil_follows(v, i + 1) ? lists_of_owner(v, i) : 0;

    if (lists == 0 || w[1].form == NULL || w[1].form->kind != EFTI_WORD ||
        (i > 0 && w->glue == VEIL_GLUE_SPACE && efti_small_is_before_noun(v, i - 1)))
        return false;
    if ((w[1].bits & VEIL_ROLE) != 0 ||
        efti_veil_ask(v, i + 1, VEIL_ASK_PERSON, efti_age_is_person_noun))
        return true;
    return (lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)) != 0 &&
           !efti_veil_is(v, i, VEIL_CLASS_DAY) && (w[1].bits & VEIL_WORD) != 0 &&
           (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (w[1].form->lists & EFTI_LIST_FUNCTION) == 0 &&
           !efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
           !efti_veil_in(v, i, GROUP_SMALL_LINKS);
}

/* stavas med k, carina med c */
static bool
is_spelled_behind(const struct efti_veil *v, size_t i)
{
    return i > 1 && (efti_veil_in(v, i - 2, GROUP_SMALL_SPELLED) ||
                     (v->words.items[i - 2].bits & VEIL_NAME) != 0);
}

/* "n kan vi kalla henne", "som jag kallar t": a letter for somebody. */
bool
efti_small_is_letter(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    if (f == NULL || f->raw_size != 1 || f->raw[0] < 'a' || f->raw[0] > 'z')
        return false;
    if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
        efti_veil_follows(v, i + 3) && efti_veil_in(v, i + 2, GROUP_SMALL_CALLERS) &&
        efti_veil_in(v, i + 3, GROUP_SMALL_CALLS_LETTERS))
        return true;
    if (strchr("aeio", f->raw[0]) == NULL && efti_veil_follows(v, i + 1) &&
        (v->words.items[i + 1].bits & VEIL_AFTER_STRONG) != 0 &&
        efti_small_may_begin_clause(v, i) && !efti_small_has_other_subject(v, i + 1) &&
        !efti_veil_is_label(v, i))
        return true; /* k sa att hon inte orkar */
    if (i > 0 && efti_veil_follows(v, i) && strchr("aeioqmxyz", f->raw[0]) == NULL &&
        efti_small_is_bare(v, i) &&
        !(efti_veil_follows(v, i + 1) && /* m 2 */
          (v->words.items[i + 1].bits & VEIL_DIGITS) != 0) &&
        (efti_veil_in(v, i - 1, GROUP_SMALL_CARE) ||
         (efti_veil_in(v, i - 1, GROUP_SMALL_MET_LETTERS) && !is_spelled_behind(v, i))))
        return true; /* pratade m s idag */
    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1) ||
        (efti_veil_follows(v, i + 1) && strchr("aeio", f->raw[0]) != NULL))
        return false;
    return (efti_veil_in(v, i - 1, GROUP_SMALL_CALLS_LETTERS) &&
            efti_veil_in(v, i - 2, GROUP_SMALL_CALLERS)) ||
           (efti_veil_in(v, i - 1, GROUP_SMALL_CALLERS) &&
            efti_veil_in(v, i - 2, GROUP_SMALL_CALLS_LETTERS));
}

/* "um yusuf", "von essen": what stands behind is a name, whatever it is. */
bool
efti_small_begins_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_follows(v, i + 1) || w[1].form == NULL ||
        w[1].form->kind != EFTI_WORD || w[1].form->code_points < 3 ||
        (w[1].form->lists & EFTI_LIST_FUNCTION) != 0 || (w[1].bits & VEIL_KEEP) != 0)
        return false;
    if (efti_veil_is_word(v, i, "von"))
        return true;
    if (efti_veil_is_word(v, i, "af"))
        return (w[1].bits & VEIL_SURNAME) != 0 || (w[1].bits & VEIL_WORD) == 0;
    return efti_veil_in(v, i, GROUP_SMALL_KUNYAS) &&
           (w[1].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0;
}

/* lill-maj, tuva-li, bonus-mats: the last part is a name, so all of it is one. */
bool
efti_small_ends_in_name(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    const char *hyphen =
        f->kind == EFTI_WORD ? memchr(f->folded, '-', f->folded_size) : NULL;

    if (hyphen == NULL || hyphen < f->folded + 3)
        return false;
    size_t size = (size_t)(f->folded + f->folded_size - ++hyphen);
    uint32_t lists = size < 2 ? 0 : efti_lists_word(v->lists, hyphen, size);
    if (size > 3 && (lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0 &&
        hyphen[size - 1] == 's')
        lists = efti_lists_word(v->lists, hyphen, size - 1);
    return (lists & EFTI_LIST_FUNCTION) == 0 &&
           ((lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0 ||
            ((v->words.items[i].bits & VEIL_NAME) != 0 &&
             (lists & (EFTI_LIST_ALSO_MID | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)) !=
                 0));
}

/* "... bara de. tilde": the last word of all, alone, with no stop behind it. */
void
efti_small_sign(struct efti_veil *v)
{
    size_t i = v->words.count - 1;
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i < 4 || w->form == NULL || w->form->kind != EFTI_WORD ||
        (t->flags & (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) == 0 ||
        (t->end < v->text.size && strchr(".!?:", v->text.bytes[t->end]) != NULL))
        return;
    if (efti_small_is_name(v, i)
            ? !efti_small_is_mass(v, i) && !efti_veil_in(v, i, GROUP_SMALL_QUALITIES)
            : (w->bits & (VEIL_WORD | VEIL_ORDINARY | VEIL_KNOWN | VEIL_KEEP)) == 0 &&
                  w->form->code_points > 3 && !efti_veil_is_slip(v, i))
        efti_veil_mark(v, i, VEIL_RULE_NAME_SIGNATURE, EFTI_PERSON);
}

/* heter, henne, smeknamnet, är, säger: right before what somebody is called. */
static bool
is_before_nickname(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const uint32_t set = w->form != NULL ? efti_veil_set_at(v, i) : 0;

    return efti_veil_class(w->bits) == VEIL_CLASS_CALLED ||
           efti_veil_class(w->bits) == VEIL_CLASS_BE ||
           (set != 0 && (efti_veil_set_holds(set, GROUP_SMALL_CALLED_WHOM) ||
                         efti_veil_set_holds(set, GROUP_SMALL_BYNAMES) ||
                         efti_veil_set_holds(set, GROUP_SMALL_SAYS_NICKNAME)));
}

/* "hon heter loppan", "kallar han räven", "under namnet kotten": any word, if it ends as
 * what somebody is called does. */
bool
efti_small_is_nickname(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i < 2 || !efti_veil_follows(v, i) || !efti_veil_follows(v, i - 1) ||
        !is_before_nickname(v, i - 1) || w->form == NULL || w->form->kind != EFTI_WORD ||
        w->form->code_points < 4 ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        (w->bits & (VEIL_KEEP | VEIL_ROLE)) != 0 || efti_small_is_adverbial(v, i) ||
        efti_veil_in(v, i, GROUP_SMALL_NO_NICKNAMES) ||
        !efti_veil_ends_in(w->form, ENDS_PET_NAMES, 2))
        return false;
    if (efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) &&
        (efti_veil_in(v, i - 2, GROUP_SMALL_I_OR_SHE) ||
         (efti_veil_is(v, i - 2, VEIL_CLASS_WHO) && i > 2 &&
          (efti_veil_in(v, i - 3, GROUP_SMALL_I_OR_SHE) ||
           (v->words.items[i - 3].bits & VEIL_ROLE) != 0))))
        return true;
    if (efti_veil_in(v, i - 1, GROUP_SMALL_CALLED_WHOM) &&
        efti_veil_in(v, i - 2, GROUP_SMALL_CALLS))
        return true;
    if (efti_veil_in(v, i - 1, GROUP_SMALL_BYNAMES) ||
        (efti_veil_is(v, i - 1, VEIL_CLASS_BE) &&
         efti_veil_in(v, i - 2, GROUP_SMALL_BYNAMES)))
        return true;
    return efti_veil_in(v, i - 1, GROUP_SMALL_SAYS_NICKNAME) &&
           efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
           efti_veil_in(v, i + 1, GROUP_SMALL_SAYS_TO) &&
           efti_veil_in(v, i + 2, GROUP_SMALL_CALLED_WHOM);
}

static bool
is_person_here(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (v->words.items[i].state & VEIL_STATE_NAME) != 0 &&
           v->words.items[i].category == EFTI_PERSON;
}

/* "stig, maj, sten o lilja", "grupp 1 saga hugo ifrah": one name after the other. */
static bool
is_small_in_row(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_small_is_name(v, i) || efti_veil_in(v, i, GROUP_SMALL_QUALITIES) ||
        efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES))
        return false;
    bool before = i > 0 && w->glue == VEIL_GLUE_COMMA && is_person_here(v, i - 1);
    bool behind = i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
                  is_person_here(v, i + 1);
    if (before && (behind || !efti_veil_follows(v, i + 1) ||
                   efti_veil_is(v, i + 1, VEIL_CLASS_AND)))
        return true;
    if (behind && (i == 0 || w->glue != VEIL_GLUE_SPACE))
        return true;
    if (w->form->code_points == 2 && efti_veil_follows(v, i) && /* tuva li som */
        is_person_here(v, i - 1) && efti_small_is_bare(v, i) &&
        (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0)
        return true;
    return (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
           is_person_here(v, i + 1) && is_person_here(v, i + 2) &&
           (i == 0 || w->glue != VEIL_GLUE_SPACE || (w[-1].bits & VEIL_DIGITS) != 0 ||
            efti_veil_is(v, i - 1, VEIL_CLASS_NUMBER) || is_person_here(v, i - 1));
}

/* Every word would be held against every name: no reflection has so many. */
#define MOST_NAMED 256

/* "hon heter loppan ... loppan vill inte": who was named once is so again, unless an
 * article or a noun says otherwise (glöm inte stens droppar; en sten i dörren). */
static bool
is_small_again(const struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct veil_word *w = &v->words.items[i];

    if (w->form == NULL || w->form->kind != EFTI_WORD || w->form->code_points < 2 ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 || (w->bits & VEIL_WORD) == 0 ||
        (w->state & (VEIL_STATE_KEEP | VEIL_STATE_NAME)) != 0 ||
        (efti_veil_in(v, i,
                      GROUP_SMALL_INFINITIVE_NAMES) && /* bo kan inte bo hos pappa */
         !(!efti_veil_follows(v, i) || efti_veil_in(v, i - 1, GROUP_SMALL_MET) ||
           efti_veil_in(v, i - 1, GROUP_SMALL_CARE) ||
           (efti_small_may_begin_clause(v, i) && efti_veil_follows(v, i + 1) &&
            efti_small_is_verb(v, i + 1)))) ||
        (efti_veil_follows(v, i) &&
         (efti_small_is_before_noun(v, i - 1) || efti_veil_is(v, i - 1, VEIL_CLASS_IN) ||
          efti_veil_in(v, i - 1, GROUP_SMALL_WORKS))) ||
        !(efti_small_is_bare(v, i) ||
          (efti_veil_follows(v, i + 1) &&
           (efti_small_is_verb(v, i + 1) || efti_veil_in(v, i + 1, GROUP_SMALL_STATES)))))
        return false;
    for (size_t h = 0; h < v->named.count && h < MOST_NAMED; h++) {
        size_t k = v->named.items[h];

        if (tokens[k].form == tokens[i].form && is_person_here(v, k) &&
            (v->words.items[k].bits & VEIL_GENITIVE) == 0)
            return true;
    }
    return false;
}

void
efti_small_look_again(struct efti_veil *v)
{
    const size_t count = v->words.count;

    if (v->named.count == 0)
        return;
    for (size_t i = 0; i < count && !v->no_memory; i++)
        if (is_small_in_row(v, i))
            efti_veil_mark(v, i, VEIL_RULE_NAME_AND, EFTI_PERSON);
    for (size_t i = count; i-- > 0 && !v->no_memory;)
        if (is_small_in_row(v, i))
            efti_veil_mark(v, i, VEIL_RULE_NAME_AND, EFTI_PERSON);
    for (size_t i = 0; i < count && !v->no_memory; i++)
        if (is_small_again(v, i))
            efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, EFTI_PERSON);
}
