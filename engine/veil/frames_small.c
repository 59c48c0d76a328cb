/*
 * frames_small.c - people in a text that is wholly in small letters
 *
 *   trodde | stig | levde             a clause begins, and somebody does something
 *   att | dag | åkt in                the same without "har"
 *   igår fyllde | maj | 96            the verb first
 *   hans | sov gott                   no possessive has a verb behind it
 *   stig | på fyran                   who lives where
 *   jag (| liv |) kommer              who is meant, in brackets
 *   alla säger bara | lilja           what somebody is called
 *   hjälpte | gull | i duschen        what is done to people
 *   maj o | stig                      together
 *
 * Who writes so has names that are words too (stig, sten, maj) and no capital to tell
 * them by. What tells them is that a noun in Swedish has an article, or an ending for it,
 * where it is the subject of a clause; a name has none. Nothing here is asked about texts
 * with capitals: there the small letter itself says that it is the word.
 *
 * What kind of word it is stands in small_words.c, verbs in small_verbs.c, what no verb
 * tells in small_others.c.
 */
#include "veil/ages.h"
#include "veil/frames.h"
#include "veil/small.h"

/* "tror stig levde", "att klara ska fasta", "dag jobbar natt". */
static bool
is_small_subject(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_follows(v, i + 1) || w[1].form == NULL ||
        !efti_small_may_begin_clause(v, i) || efti_small_has_other_subject(v, i + 1))
        return false;
    bool deed =
        efti_small_is_deed(v, i + 1) || /* har ont, har sovit, e ledsen */
        ((w->evidence & VEIL_SEES_AFTER) != 0 && efti_frame_begins_clause(v, i)) ||
        (efti_veil_follows(v, i + 2) && ((efti_veil_is(v, i + 1, VEIL_CLASS_HAVE) &&
                                          efti_veil_in(v, i + 2, GROUP_SMALL_SUPINES)) ||
                                         (efti_veil_is(v, i + 1, VEIL_CLASS_BE) &&
                                          efti_veil_in(v, i + 2, GROUP_SMALL_FEELINGS))));
    if (deed) /* o lugn sa; stark fråga */
        return !efti_veil_in(v, i, GROUP_SMALL_QUALITIES) ||
               ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) != 0 &&
                !efti_small_is_said_past(v, i + 1));
    bool together =
        i > 0 && w->glue == VEIL_GLUE_SPACE && efti_veil_is(v, i - 1, VEIL_CLASS_AND);
    if (efti_veil_in(v, i + 1, GROUP_SMALL_SUPINES))
        return i > 0 && w->glue == VEIL_GLUE_SPACE &&
               !efti_veil_in(v, i, GROUP_SMALL_QUALITIES);
    if (efti_small_is_mass(v, i) || (together && (w->bits & VEIL_GIVEN) == 0))
        return false;
    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0 &&
        !efti_veil_in(v, i, GROUP_SMALL_ENGLISH_NAMES))
        return false;
    if (efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES) ||
        efti_veil_in(v, i, GROUP_SMALL_QUALITIES))
        return efti_small_is_verb(v, i + 1) &&
               (!efti_veil_in(v, i + 1, GROUP_SMALL_WEAK_VERBS) ||
                (efti_veil_is(v, i + 1, VEIL_CLASS_BE) && efti_veil_follows(v, i + 2) &&
                 (efti_veil_in(v, i + 2, GROUP_SMALL_STATES) ||
                  efti_veil_is(v, i + 2, VEIL_CLASS_IN))));
    return efti_small_is_verb(v, i + 1);
}

/* "igår fyllde maj 96", "sen lärde stig mig", "i morse ramlade sten". */
static bool
is_small_turned(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    bool known = (w->bits & (VEIL_WORD | VEIL_ORDINARY | VEIL_KNOWN)) != 0;

    if (i == 0 || !efti_veil_follows(v, i) || !efti_small_is_bare(v, i) ||
        efti_veil_in(v, i, GROUP_SMALL_QUALITIES) ||
        efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES))
        return false;
    bool deed = efti_small_is_deed(v, i - 1);
    if (!deed && (!efti_small_is_verb(v, i - 1) || efti_small_is_mass(v, i) ||
                  (known && (w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0)))
        return false;
    return i > 1 && efti_veil_follows(v, i - 1) && efti_small_is_adverbial(v, i - 2);
}

/* på fyran, på rum 6, på avd 2: where somebody lives */
static bool
is_at_room(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i + 1) || !efti_veil_follows(v, i + 2) ||
        !efti_veil_in(v, i + 1, GROUP_IN_OR_ON))
        return false;
    return efti_veil_in(v, i + 2, GROUP_SMALL_ROOMS) ||
           (efti_veil_follows(v, i + 3) &&
            (v->words.items[i + 3].bits & VEIL_DIGITS) != 0 &&
            efti_veil_in(v, i + 2, GROUP_SMALL_KINDS_OF_ROOMS));
}

/* "tina på köket lagar mat": where somebody works, and what is done there */
static bool
is_at_work_doing(const struct efti_veil *v, size_t i)
{
    return efti_frame_begins_clause(v, i) && efti_veil_follows(v, i + 1) &&
           efti_veil_follows(v, i + 2) && efti_veil_follows(v, i + 3) &&
           efti_veil_is(v, i + 1, VEIL_CLASS_IN) && !efti_small_is_mass(v, i) &&
           efti_veil_ends_in(v->words.items[i + 2].form, ENDS_DEFINITE, 2) &&
           (efti_small_is_verb(v, i + 3) || efti_small_is_deed(v, i + 3) ||
            (v->words.items[i + 3].bits & VEIL_AFTER_WEAK) != 0) &&
           !efti_small_has_other_subject(v, i + 3);
}

/* "inga på fyran har": a word for none or many too, but not where one does something. */
static bool
is_inga_at_room(const struct efti_veil *v, size_t i)
{
    return efti_veil_is_word(v, i, "inga") && is_at_room(v, i) &&
           efti_frame_begins_clause(v, i) &&
           (efti_veil_follows(v, i + 3) || efti_veil_follows(v, i + 4));
}

/* "hans sov gott": behind the possessive there would be a noun. */
static bool
is_hans_doing(const struct efti_veil *v, size_t i)
{
    return is_hans(v->words.items[i].form) && efti_veil_follows(v, i + 1) &&
           efti_small_may_begin_clause(v, i) && !efti_small_has_other_subject(v, i + 1) &&
           (efti_veil_in(v, i + 1, GROUP_SMALL_HANS_VERBS) ||
            efti_frame_is_past(&v->words.items[i + 1]));
}

/* "jag (liv) kommer", "min syrra (saga)": one word in brackets behind somebody. */
static bool
is_meant_in_brackets(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || w->glue != VEIL_GLUE_MARK || v->text.bytes[t->start - 1] != '(' ||
        efti_veil_byte(v, t->end) != ')' || w[-1].form == NULL)
        return false;
    return efti_veil_is(v, i - 1, VEIL_CLASS_PRONOUN) || (w[-1].bits & VEIL_ROLE) != 0 ||
           efti_veil_in(v, i - 1, GROUP_SMALL_ME);
}

/* "alla säger bara lilja", "dom kallar honom sten". */
static bool
is_called_small(const struct efti_veil *v, size_t i)
{
    size_t k = i;

    if (i < 2 || !efti_veil_follows(v, i) ||
        !(efti_small_is_bare(v, i) || efti_veil_is(v, i + 1, VEIL_CLASS_WHO)))
        return false;
    bool told = efti_veil_in(v, k - 1, GROUP_SMALL_WHOM) ||
                efti_veil_in(v, k - 1, GROUP_SMALL_ONLY);
    if (told && efti_veil_follows(v, k - 1))
        k--;
    return k > 1 && efti_veil_follows(v, k) && efti_veil_follows(v, k - 1) &&
           efti_veil_in(v, k - 1, GROUP_SMALL_SAYS) &&
           (told || !efti_veil_follows(v, i + 1)) &&
           efti_veil_in(v, k - 2, GROUP_SMALL_THEY);
}

/* "de va sol som börja", "de e maj som har": who it is. */
static bool
is_small_one_who(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_in(v, i - 2, GROUP_SMALL_IT) &&
           efti_veil_is(v, i - 1, VEIL_CLASS_BE) && efti_veil_follows(v, i + 1) &&
           efti_veil_follows(v, i + 2) && efti_veil_is(v, i + 1, VEIL_CLASS_WHO) &&
           (efti_small_is_deed(v, i + 2) || efti_small_is_verb(v, i + 2)) &&
           !efti_veil_is(v, i + 2, VEIL_CLASS_BE) &&
           !efti_veil_in(v, i, GROUP_SMALL_QUALITIES);
}

/* hos nisse, från tova, till max: a name that seldom is a word, where somebody stands */
static bool
is_small_goal(const struct efti_veil *v, size_t i)
{
    return i > 0 && (v->words.items[i].bits & VEIL_GIVEN) != 0 &&
           !efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES) &&
           !efti_veil_in(v, i, GROUP_SMALL_QUALITIES) && efti_veil_follows(v, i) &&
           efti_small_is_bare(v, i) && efti_veil_in(v, i - 1, GROUP_SMALL_GOALS);
}

/* Behind a verb, a preposition, a pronoun, at a start: where a noun would have an
 * article. */
static bool
is_article_missing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = i > 0 ? w[-1].form : NULL;

    if (!efti_veil_in(v, i, GROUP_SMALL_COUNTED) ||
        !(efti_small_is_bare(v, i) || efti_veil_in(v, i + 1, GROUP_SMALL_STATES) ||
          efti_small_is_verb(v, i + 1)))
        return false;
    if (efti_veil_follows(v, i + 1) && w[1].form != NULL &&
        (w[1].form->kind == EFTI_NUMBER || (w[1].bits & VEIL_DIGITS) != 0))
        return false;
    if (efti_veil_is_word(v, i, "stig") && /* stig in */
        efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_SMALL_WAYS))
        return false;
    if (i == 0 || w->glue != VEIL_GLUE_SPACE || f == NULL)
        return efti_veil_follows(v, i + 1) ||
               (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA);
    if (efti_small_is_before_noun(v, i - 1) ||
        (efti_veil_in(v, i - 1, GROUP_SMALL_LITTLE) && i > 1 &&
         efti_small_is_before_noun(v, i - 2)))
        return false;
    if (efti_veil_is_word(v, i, "max") && /* till max */
        efti_veil_in(v, i - 1, GROUP_SMALL_TO_MAX))
        return false;
    return (f->lists & EFTI_LIST_FUNCTION) != 0 || efti_small_is_verb(v, i - 1) ||
           (w[-1].bits & VEIL_DIGITS) != 0 || /* rum 4 stig orolig */
           efti_veil_in(v, i - 1, GROUP_SMALL_LOOSE) ||
           efti_veil_in(v, i - 1, GROUP_SMALL_CARE) ||
           efti_small_is_adverbial(v, i - 1) || efti_veil_is(v, i - 1, VEIL_CLASS_AND) ||
           efti_veil_is(v, i - 1, VEIL_CLASS_IN) ||
           (w[-1].bits & (VEIL_AFTER_STRONG | VEIL_BEFORE_STRONG | VEIL_BEFORE_WEAK)) !=
               0;
}

/* "gav dag medicin", "matade maj", "hjälpte inga på toa". */
static bool
is_cared_for(const struct efti_veil *v, size_t i)
{
    return i > 0 && efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_SMALL_CARE) &&
           (efti_small_is_bare(v, i) ||
            !efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES)) &&
           !efti_veil_in(v, i, GROUP_SMALL_QUALITIES) &&
           !efti_small_is_before_noun(v, i - 1);
}

/* "maj o stig", "rosa och sol", "stig o jag": together, and at least one of them needs an
 * article as a word. */
static bool
is_small_couple(const struct efti_veil *v, size_t i)
{
    size_t other = i;

    if (efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
        efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        other = i + 2;
    else if (i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
             efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        other = i - 2;
    if (other == i || efti_veil_in(v, i, GROUP_SMALL_QUALITIES) ||
        efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES) ||
        efti_small_is_before_noun(v, (i < other ? i : other) - 1))
        return false;
    if (efti_veil_in(v, other, GROUP_ME_OR_US))
        return efti_frame_begins_clause(v, i < other ? i : other);
    return (v->words.items[other].state & VEIL_STATE_NAME) != 0 ||
           (v->words.items[other].bits & (VEIL_GIVEN_1 | VEIL_WORD)) == VEIL_GIVEN_1 ||
           (efti_small_is_name(v, other) &&
            !efti_veil_in(v, other, GROUP_SMALL_QUALITIES) &&
            !efti_veil_in(v, other, GROUP_SMALL_INFINITIVE_NAMES) &&
            (efti_veil_in(v, i, GROUP_SMALL_COUNTED) ||
             efti_veil_in(v, other, GROUP_SMALL_COUNTED)));
}

/* "till per.", "chefen jan", "ringde hans igår": behind what is met or asked, and no noun
 * behind it. */
static bool
is_function_met(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || !efti_veil_follows(v, i) ||
        (efti_veil_follows(v, i + 1) && w[1].form != NULL &&
         ((w[1].form->lists & EFTI_LIST_FUNCTION) == 0 || /* hans egna, mina fyra */
          (w[1].bits & VEIL_DIGITS) != 0 || (w[1].cues & VEIL_CUE_AGE) != 0) &&
         !efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
         !efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
         !efti_veil_is(v, i + 1, VEIL_CLASS_DAY) && !efti_small_is_adverbial(v, i + 1) &&
         !((w[1].bits & VEIL_AFTER_STRONG) != 0 && (w[-1].bits & VEIL_ROLE) != 0)))
        return false;
    if (is_hans(w->form) && efti_veil_follows(v, i + 1) && /* ett av hans få mål */
        !efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
        !efti_veil_is(v, i + 1, VEIL_CLASS_IN) && !efti_small_is_adverbial(v, i + 1))
        return false;
    if (is_hans(w->form) && /* den som söker och hans eller hennes barn */
        efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        return false;
    return efti_veil_in(v, i - 1, GROUP_SMALL_CARE) || (w[-1].bits & VEIL_ROLE) != 0 ||
           efti_veil_in(v, i - 1, GROUP_SMALL_MET) ||
           ((w[-1].bits & VEIL_AFTER_STRONG) != 0 && i > 1 && /* då sa per */
            efti_veil_follows(v, i - 1) && efti_small_is_adverbial(v, i - 2));
}

/* "per sa", "mina har feber", "ville ringde", "inga e ledsen": function words that are
 * names too, where no such word can stand. */
static bool
is_function_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *verb = efti_veil_follows(v, i + 1) ? w[1].form : NULL;

    if (!efti_veil_in(v, i, GROUP_SMALL_FUNCTION_NAMES) ||
        (i > 0 && efti_veil_follows(v, i) &&
         ((w[-1].bits & VEIL_DIGITS) != 0 || efti_veil_is(v, i - 1, VEIL_CLASS_NUMBER))))
        return false;
    bool many = (efti_veil_is_word(v, i, "mina") || efti_veil_is_word(v, i, "inga")),
         ville = w->form->folded[0] == 'v';
    if (!many && !ville && is_function_met(v, i))
        return true;
    if (many && i > 0 && efti_veil_follows(v, i) &&
        efti_veil_in(v, i - 1, GROUP_SMALL_CARE))
        return efti_small_is_bare(v, i) && verb != NULL &&
               (w[1].cues & VEIL_CUE_AGE) == 0;
    if (verb == NULL || !efti_small_may_begin_clause(v, i) ||
        efti_small_has_other_subject(v, i + 1) ||
        (ville && i > 0 && efti_veil_is(v, i - 1, VEIL_CLASS_WHO)))
        return false;
    bool be = efti_veil_is(v, i + 1, VEIL_CLASS_BE);
    if (be && efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_SMALL_FEELINGS))
        return true;
    if (w->form->folded[0] == 'i' || is_hans(w->form))
        return false;
    if (be)
        return !many || efti_veil_is_word(v, i + 2, "hos");
    if (efti_small_is_deed(v, i + 1)) /* ville prata */
        return verb->folded[verb->folded_size - 1] != 'a' || verb->folded_size == 2 ||
               !ville;
    return !ville && efti_small_is_verb(v, i + 1) &&
           !efti_veil_in(v, i + 1, GROUP_SMALL_NO_VERBS);
}

/* "maj 84 glömmer", "saga 9 år", "nisse 7 o hans syrra": a name and how old. */
static bool
is_small_with_age(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t n = i + 1;

    if (!efti_veil_follows(v, n) || (w[1].bits & VEIL_DIGITS) == 0 ||
        (w[1].cues & VEIL_CUE_AGE) == 0 || !efti_small_may_begin_clause(v, i) ||
        efti_veil_is_word(v, i, "max") || efti_veil_in(v, i, GROUP_SMALL_QUALITIES) ||
        efti_veil_in(v, i, GROUP_NUMBERED_BY_LETTER) || /* dag 3 sa hon */
        (efti_small_is_mass(v, i) && !efti_veil_is(v, i, VEIL_CLASS_MONTH)) || /* dag 1 */
        !efti_veil_follows(v, n + 1))
        return false;
    if (efti_veil_is(v, n + 1, VEIL_CLASS_YEAR) || efti_small_is_deed(v, n + 1))
        return true;
    return efti_veil_in(v, i, GROUP_SMALL_COUNTED) &&
           efti_veil_is(v, n + 1, VEIL_CLASS_AND);
}

/* A name that needs an article as a word, or seldom is one, and has none; a surname that
 * is no word. Wherever it stands it is somebody. */
static bool
is_small_alone(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    bool noun = i > 0 && efti_veil_follows(v, i) && efti_small_is_before_noun(v, i - 1);

    if ((w->bits & (VEIL_SURNAME | VEIL_WORD | VEIL_ORDINARY | VEIL_KEEP | VEIL_PLACE)) ==
            VEIL_SURNAME &&
        !noun && w->form->code_points > 4 && /* en gong till */
        (w->form->lists & (EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)) != 0)
        return true;
    if (!efti_small_is_name(v, i) || (w->bits & VEIL_KEEP) != 0 || noun)
        return false;
    if (efti_veil_in(v, i, GROUP_SMALL_NEED_MORE) && efti_veil_follows(v, i + 1) &&
        ((w[1].bits & VEIL_DIGITS) != 0 || efti_veil_in(v, i + 1, GROUP_SMALL_WAYS) ||
         !(efti_small_is_bare(v, i) || efti_small_is_verb(v, i + 1))))
        return false; /* rosa mössan, max 4, stig in */
    return efti_veil_in(v, i, GROUP_SMALL_COUNTED) ||
           ((w->bits & VEIL_GIVEN) != 0 &&
            !efti_veil_in(v, i, GROUP_SMALL_INFINITIVE_NAMES) &&
            !efti_veil_in(v, i, GROUP_SMALL_QUALITIES) &&
            !efti_veil_ends_in(w->form, ENDS_DEFINITE, 2));
}

static bool
is_small_person(const struct efti_veil *v, size_t i)
{
    if (is_hans(v->words.items[i].form) && is_hans_doing(v, i))
        return true;
    if (is_inga_at_room(v, i) || is_function_name(v, i))
        return true;
    return efti_small_is_name(v, i) &&
           (is_small_subject(v, i) || is_small_with_age(v, i) || is_at_work_doing(v, i) ||
            is_small_turned(v, i) || is_small_goal(v, i) || is_small_one_who(v, i) ||
            is_meant_in_brackets(v, i) || is_called_small(v, i) ||
            is_article_missing(v, i) || is_cared_for(v, i) || is_small_couple(v, i) ||
            (is_at_room(v, i) && !efti_small_is_mass(v, i) &&
             !efti_veil_in(v, i, GROUP_SMALL_QUALITIES)));
}

/* tuva-li, stens, um: what efti_small_ends_in_name(), efti_small_is_owner() and
 * efti_small_begins_name() want of a form. */
static bool
may_hold_small_name(const struct efti_form *f)
{
    return (f->kind == EFTI_WORD && f->folded_size > 2 &&
            (f->folded[f->folded_size - 1] == 's' ||
             memchr(f->folded, '-', f->folded_size) != NULL)) ||
           efti_equal(f->folded, f->folded_size, "von", 3) ||
           efti_equal(f->folded, f->folded_size, "af", 2) ||
           efti_veil_form_in(f, GROUP_SMALL_KUNYAS);
}

void
efti_frame_in_small(struct efti_veil *v)
{
    for (size_t i = 0; i < v->words.count && !v->no_memory; i++) {
        struct veil_word *w = &v->words.items[i];

        if (w->form == NULL || (w->state & (VEIL_STATE_KEEP | VEIL_STATE_NAME)) != 0)
            continue;
        if (efti_small_is_letter(v, i) || efti_small_is_nickname(v, i) ||
            ((w->bits & VEIL_NAME) != 0 &&
             (is_small_person(v, i) || is_small_alone(v, i)))) {
            bool month = efti_veil_is(v, i, VEIL_CLASS_MONTH) && is_small_with_age(v, i);

            efti_veil_mark(v, i, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
            if (month) /* maj 84 glömmer: nothing else takes it for an age */
                efti_age_propose(v, i + 1, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        } else if (!efti_veil_ask(v, i, VEIL_ASK_SMALL, may_hold_small_name)) {
            continue;
        } else if (efti_small_ends_in_name(v, i)) {
            w->bits &= ~(uint32_t)VEIL_HYPHEN;
            efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        } else if (efti_small_is_owner(v, i)) {
            w->bits |= VEIL_GENITIVE;
            efti_veil_mark(v, i, VEIL_RULE_NAME_ROLE, EFTI_PERSON);
        } else if (efti_small_begins_name(v, i)) {
            efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
            efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        }
    }
    if (v->words.count > 0)
        efti_small_sign(v);
}
