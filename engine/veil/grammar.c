/*
 * grammar.c - a word that may be a name, told by what one says of people only
 *
 *   Rosa, som är ny; Maj, hennes mamma    who, or whose, behind a comma
 *   Lo, hette hon; Jonni med två n        a name is said, or spelled
 *   kallar mig Träskallen                 what somebody is called
 *   alla säger Kotten till honom          the same
 *   Maj gick hem, Sten fick åka           what only somebody does
 *   skrivit om tuva, litar på björn       of whom one speaks or thinks
 *
 * frames.c asks these of words that are names too (Maj, Sten, Rosa), at a start or in
 * small letters, where the capital says nothing.
 */
#include "veil/ages.h"

/* "Lo, hette hon", "Vide heter han": the name comes first. */
static bool
is_told_before(const struct efti_veil *v, size_t i)
{
    return i + 2 < v->words.count && efti_veil_is(v, i + 1, VEIL_CLASS_CALLED) &&
           efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_SHE_OR_HE);
}

/* "Jonni med två n", "Erika med k": how it is spelled, in quotes or not. */
static bool
is_spelled(const struct efti_veil *v, size_t i)
{
    size_t n = i + 2;

    if (i + 2 >= v->words.count || !efti_veil_is_word(v, i + 1, "med") ||
        !efti_veil_follows(v, n))
        return false;
    bool counted = efti_veil_in(v, n, GROUP_SPELLED_WITH);
    n += counted;
    const struct efti_form *f =
        n < v->words.count && efti_veil_follows(v, n) ? v->words.items[n].form : NULL;
    return f != NULL && f->code_points == 1 && f->kind == EFTI_WORD &&
           (counted || strchr("ioe", f->folded[0]) == NULL) && f->folded_size == 1;
}

/* "i går träffade jag X", "nu bor hon på X": who does it stands behind the verb. */
size_t
efti_veil_before_subject(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) &&
                   efti_veil_in(v, i, GROUP_WHO_HAS_VERB_BEFORE)
               ? i - 1
               : i;
}

bool
efti_veil_is_said_or_spelled(const struct efti_veil *v, size_t i)
{
    return is_told_before(v, i) || is_spelled(v, i);
}

/* bilförare, sköterska, granne: a role, or what the endings of roles make one. */
static bool
is_some_role(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & VEIL_ROLE) != 0 ||
           ((w->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
            efti_veil_ends_in(w->form, ENDS_ROLES, 2)) ||
           efti_veil_ask(v, i, VEIL_ASK_PERSON, efti_age_is_person_noun);
}

/* "X, brukaren på trean, har", "X (syrran, 9)": a role as it stands right behind. */
static bool
is_role_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w[1].glue == VEIL_GLUE_MARK)
        return v->text.bytes[v->segments->tokens.items[i + 1].start - 1] == '(' &&
               is_some_role(v, i + 1);
    if (!efti_veil_is(v, i + 2, VEIL_CLASS_IN) || !is_some_role(v, i + 1))
        return false;
    for (size_t k = i + 3; k < i + 6 && k < v->words.count; k++)
        if (v->words.items[k].glue != VEIL_GLUE_SPACE)
            return v->words.items[k].glue == VEIL_GLUE_COMMA;
    return false;
}

/* "Rosa, som är ny", "Maj, hennes mamma", "Vide (brorsan)": what only somebody is,
 * behind a comma or in brackets. */
bool
efti_veil_is_before_who(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0 ||
        i + 2 >= v->words.count ||
        (w[1].glue != VEIL_GLUE_COMMA && w[1].glue != VEIL_GLUE_MARK))
        return false;
    if (w[1].glue == VEIL_GLUE_COMMA && efti_veil_is(v, i + 1, VEIL_CLASS_WHO))
        return true;
    if (is_role_behind(v, i))
        return true;
    return efti_veil_in(v, i + 1, GROUP_WHOSE) &&
           (w[1].glue == VEIL_GLUE_COMMA ||
            v->text.bytes[v->segments->tokens.items[i + 1].start - 1] == '(') &&
           efti_veil_follows(v, i + 2) && is_some_role(v, i + 2);
}

/* "alla säger Kotten till honom", "sa dom Pinnen till mig", "De sa Sockan.": the same,
 * and no word that one says to somebody. */
static bool
is_said_of_somebody(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i < 2 || ((w[-1].bits | w[-2].bits) & VEIL_AFTER_STRONG) == 0 || /* sa, säger */
        !efti_veil_follows(v, i) ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        efti_veil_form_in(w->form, GROUP_SAID_WORDS))
        return false;
    size_t verb = i - 1;
    bool many = efti_veil_in(v, verb, GROUP_ALL_WHO_SAY);
    if (many && verb > 0 && efti_veil_follows(v, verb))
        verb--;
    if (!efti_veil_in(v, verb, GROUP_SAYS))
        return false;
    if (efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_CALLED_TO))
        return efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_TO_SOMEBODY);
    return verb == i - 1 && verb > 0 && efti_veil_follows(v, verb) &&
           efti_veil_in(v, verb - 1, GROUP_ALL_WHO_SAY) &&
           efti_veil_ends_in(w->form, ENDS_PET_NAMES, 3) &&
           efti_veil_byte(v, v->segments->tokens.items[i].end) == '.';
}

/* "kallar mig Träskallen", "kallade honom Lillpojken": what somebody is called. */
bool
efti_veil_is_nicknamed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const bool capital = (w->bits & VEIL_CAPITAL) != 0;
    const uint32_t before = i > 0 && w[-1].form != NULL ? efti_veil_set_at(v, i - 1) : 0;

    if (capital && (w->glue == VEIL_GLUE_COMMA || w->glue == VEIL_GLUE_SPACE) &&
        efti_veil_set_holds(before, GROUP_BYNAMES))
        return true; /* hans smeknamn, Bulan, kommer från */
    if (before != 0 && i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1)) {
        if (efti_veil_set_holds(before, GROUP_WHOM_ONE_CALLS) &&
            efti_veil_in(v, i - 2, GROUP_CALLS))
            return true;
        if (capital && efti_veil_is(v, i - 2, VEIL_CLASS_CALLED) &&
            efti_veil_set_holds(before, GROUP_ONE_PERSON))
            return true; /* i efternamn heter hon Kull */
        if (capital && efti_veil_set_holds(before, GROUP_CALLS) &&
            efti_veil_in(v, i - 2, GROUP_ALL_WHO_CALL))
            return true; /* som alla kallar Knotten */
    }
    return (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) == VEIL_CAPITAL &&
           is_said_of_somebody(v, i);
}

/* "Sen tog Inga upp det", "i köket satt Inga och grät": a function word with a capital in
 * mid-sentence, where a verb has its subject behind it and no noun follows. */
bool
efti_veil_is_behind_verb(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (!efti_veil_follows(v, i) || w->form->casing != EFTI_CASING_INITIAL ||
        !efti_veil_is_mid(v, i) || (w[-1].bits & VEIL_CAPITAL) != 0 ||
        !((w[-1].bits & VEIL_AFTER_STRONG) != 0 ||
          efti_veil_in(v, i - 1, GROUP_VERBS_BEFORE_SUBJECT)))
        return false;
    if (!efti_veil_follows(v, i + 1))
        return strchr(".,!?", efti_veil_byte(v, t->end)) != NULL;
    return w[1].form != NULL && (w[1].bits & VEIL_CAPITAL) == 0 &&
           (w[1].form->lists & EFTI_LIST_FUNCTION) != 0;
}

/* "Stig lägger", "Gry slutar", "Vide får": a verb behind a word that is no subject
 * without an article. "Klara regler": adjectives have nouns with the same endings. */
static bool
is_named_doer(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form, *verb = w[1].form;

    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0 ||
        efti_veil_in(v, i, GROUP_BARE_NOUNS) || verb == NULL ||
        (w[1].bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD)
        return false;
    if (efti_veil_in(v, i + 1, GROUP_VERBS_OF_DOER))
        return true;
    return (verb->lists & EFTI_LIST_FUNCTION) == 0 &&
           (efti_veil_ends_in(verb, ENDS_PAST_ONLY, 2) ||
            (f->folded[f->folded_size - 1] != 'a' &&
             efti_veil_ends_in(verb, ENDS_PRESENT, 2)));
}

/* "Kvist är min nya handläggare": what only somebody is, behind är. */
static bool
is_somebodys_role(const struct efti_veil *v, size_t be)
{
    size_t n = be + 2;

    if (!efti_veil_follows(v, be + 1) || !efti_veil_in(v, be + 1, GROUP_WHOSE))
        return false;
    if (efti_veil_follows(v, n) && (v->words.items[n].bits & VEIL_ROLE) == 0 &&
        v->words.items[n].form != NULL &&
        v->words.items[n].form->folded[v->words.items[n].form->folded_size - 1] == 'a')
        n++; /* nya, bästa */
    return efti_veil_follows(v, n) && (v->words.items[n].bits & VEIL_ROLE) != 0;
}

/* "Elva och hennes pappa", "Juni och April är systrar": together with one's kin. */
static bool
is_with_kin(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_follows(v, i + 1) || !efti_veil_is(v, i + 1, VEIL_CLASS_AND) ||
        !efti_veil_follows(v, i + 2) || !efti_veil_follows(v, i + 3))
        return false;
    if (efti_veil_in(v, i + 2, GROUP_HIS_OR_HER))
        return (w[3].bits & VEIL_ROLE) != 0;
    return (w[2].bits & VEIL_CAPITAL) != 0 && efti_veil_is(v, i + 3, VEIL_CLASS_BE) &&
           efti_veil_follows(v, i + 4) && efti_veil_in(v, i + 4, GROUP_KIN_OF_BOTH);
}

/* "Sten har sovit", "Lillan har inte börjat äta": what only somebody has done. */
static bool
has_done(const struct efti_veil *v, size_t i)
{
    size_t n = i + 2;

    if (!efti_veil_is(v, i + 1, VEIL_CLASS_HAVE) || !efti_veil_follows(v, n))
        return false;
    if (efti_veil_in(v, n, GROUP_NOT_YET) && efti_veil_follows(v, n + 1))
        n++;
    if (efti_veil_in(v, n, GROUP_HAS_BEGUN))
        return efti_veil_follows(v, n + 1) &&
               efti_veil_in(v, n + 1, GROUP_BEGUN_BY_SOMEBODY);
    return efti_veil_in(v, n, GROUP_DONE_BEFORE);
}

/* "Maj gick hem", "Sten fick åka", "Maj och jag": a name that is a word too, at a start,
 * and what only somebody does; "Sol fick vi" has its subject behind the verb. */
bool
efti_veil_is_doer(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    bool loud = v->casing == VEIL_CASING_HIGH; /* STIG VILL INTE: where a clause begins */

    if ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0 ||
        (w->bits & VEIL_KEEP) != 0 || (loud && w->glue == VEIL_GLUE_SPACE && i > 0) ||
        w->form->casing != (loud ? EFTI_CASING_UPPER : EFTI_CASING_INITIAL))
        return false;
    if (is_with_kin(v, i))
        return true;
    if ((w->form->lists & EFTI_LIST_FUNCTION) != 0 || efti_veil_is_mid(v, i) ||
        efti_veil_class(w->bits) == VEIL_CLASS_DAY)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[i];
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
        t[1].kind == EFTI_NUMBER && t[1].end - t[1].start <= 2)
        return efti_veil_byte(v, t[1].end) == ','; /* Juni, 8, räknade */
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA &&
        efti_veil_class(w->bits) != VEIL_CLASS_MONTH)
        return efti_veil_in(v, i + 1, GROUP_CALLED_UPON);
    if (!efti_veil_follows(v, i + 1))
        return false;
    if (efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        return efti_veil_follows(v, i + 2) &&
               efti_veil_in(v, i + 2, GROUP_TOGETHER_WITH_NAME);
    if (efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_SUBJECT_BEHIND_VERB))
        return false;
    if (efti_veil_is(v, i + 1, VEIL_CLASS_BE) && efti_veil_follows(v, i + 2))
        return efti_veil_in(v, i + 2, GROUP_SO) || is_somebodys_role(v, i + 1) ||
               efti_veil_in(v, i, GROUP_NO_SUBJECTS);
    return efti_veil_in(v, i + 1, GROUP_DOES) || is_named_doer(v, i) || has_done(v, i) ||
           (efti_veil_in(v, i, GROUP_NO_SUBJECTS) &&
            ((w[1].bits & VEIL_AFTER_STRONG) != 0 ||
             efti_veil_in(v, i + 1, GROUP_COMMON_VERBS_OF_DOER)));
}

/* "det är viola som har nyckeln", "björn som jobbar natt": who does what people do. */
static bool
is_the_one_who(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_is(v, i + 1, VEIL_CLASS_WHO) || !efti_veil_follows(v, i + 1) ||
        !efti_veil_follows(v, i + 2) || w[2].form == NULL ||
        !((w[2].bits & VEIL_AFTER_STRONG) != 0 ||
          efti_veil_in(v, i + 2, GROUP_DOES_WHAT)))
        return false;
    return i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_BE) &&
           efti_veil_in(v, i - 2, GROUP_IT_IS);
}

/* "skrivit om tuva", "litar på björn": a name that is a word too, in small letters, where
 * one speaks or thinks of somebody. */
bool
efti_veil_is_spoken_of(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || !efti_veil_follows(v, i))
        return false;
    bool after = i > 1 && efti_veil_follows(v, i - 1);
    bool bare = !efti_veil_follows(v, i + 1) || w[1].form == NULL || /* klara regler */
                (w[1].form->lists & EFTI_LIST_FUNCTION) != 0;
    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) != 0 &&
        (is_the_one_who(v, i) ||
         (after && bare && efti_veil_in(v, i - 1, GROUP_FROM_SOMEBODY) &&
          efti_veil_in(v, i - 2, GROUP_COMES_FROM_SOMEBODY))))
        return true; /* fick skjuts av stig */
    if ((w->bits & VEIL_GIVEN) == 0)
        return false;
    if (efti_veil_in(v, i - 1, GROUP_LIKES))
        return true; /* jag gillar saga mest */
    return after && efti_veil_in(v, i - 1, GROUP_SPOKEN_OF) &&
           efti_veil_in(v, i - 2, GROUP_SPEAKS);
}
