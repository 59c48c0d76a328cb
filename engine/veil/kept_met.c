/*
 * kept_met.c - a word that stays, and somebody who is called so
 *
 *   Vi träffade Hattie; ringde Hattie        who is met is nobody that one reads
 *   pratade länge med Dewey, hemma hos X     the same, with a word between
 *   Hattie grät; Maslow fyllde år            what only somebody who is there does
 *   kompis med Bambi, mamma till Batman      who has friends and children is no film
 *   min kompis Bambi var ledsen              a role that is somebody's, and a verb
 *   Hon heter Bambi; Bambi, min son,         said outright
 *
 * A list says what stays of a word alone; what stands around it says more. The frames of
 * names (frames.c) are too many for this: authorities are rung up and written to, films
 * are talked about, thinkers are worked with. Here are those of people alone, and for
 * authors, whom nobody rings up, those of authorities too.
 */
#include "veil/authors.h"

/* "pratade jag länge med": the word of talk before "med", over two words at most. */
static bool
talks_with(const struct efti_veil *v, size_t with)
{
    size_t i = with;

    for (int k = 0; k < 3 && i > 0 && efti_veil_follows(v, i); k++) {
        i--;
        if (efti_veil_in(v, i, GROUP_TALK))
            return true;
        if (!efti_veil_in(v, i, GROUP_BETWEEN_TALK))
            break;
    }
    return false;
}

/* Migrationsverket, Polisen, Bup: somebody met, but an office. */
static bool
is_office(const struct efti_form *f)
{
    return f->code_points < 5 || efti_veil_ends_in(f, ENDS_OFFICE, 4);
}

static bool
before_person(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i))
        return false;
    if (efti_veil_follows(v, i - 1)) {
        if (efti_veil_is_word(v, i - 1, "om"))
            return efti_veil_in(v, i - 2, GROUP_HELD);
        /* kin are roles, and "gift med" has left its mark as a frame */
        bool bond = (v->words.items[i - 2].bits & VEIL_ROLE) != 0 ||
                    (v->words.items[i].evidence & EFTI_EVIDENCE_FRAME) != 0;
        if (efti_veil_is_word(v, i - 1, "åt") && /* Mamma åt Alvedon */
            (v->segments->tokens.items[i - 2].flags &
             (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) != 0)
            return false;
        if (efti_veil_in(v, i - 1, GROUP_TO_OR_WITH))
            return bond && efti_veil_in(v, i - 2, GROUP_BONDS);
    }
    return efti_veil_in(v, efti_veil_before_subject(v, i - 1), GROUP_MEETS_PERSON) &&
           !is_office(v->words.items[i].form);
}

/* Who is read is rung up, visited and talked with only when it is somebody else. */
static bool
before_reader(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i))
        return false;
    size_t verb = efti_veil_before_subject(v, i - 1);
    if (efti_veil_in(v, verb, GROUP_MEETS_PERSON) ||
        (efti_veil_in(v, verb, GROUP_MEETS_READER) &&
         (verb == i - 1 || !efti_veil_in(v, verb, GROUP_FOUND))))
        return true;
    if (!efti_veil_follows(v, i - 1))
        return false;
    if (efti_veil_is_word(v, i - 1, "med"))
        return talks_with(v, i - 1);
    if (efti_veil_is_word(v, i - 1, "hos"))
        return efti_veil_in(v, i - 2, GROUP_STAYS);
    if (efti_veil_is_word(v, i - 1, "på"))
        return efti_veil_in(v, i - 2, GROUP_GREETS);
    if (efti_veil_is_word(v, i - 1, "till"))
        return efti_veil_in(v, i - 2, GROUP_HOME_OR_UP) ||
               efti_veil_in(v, i - 2, GROUP_MEETS_READER);
    return efti_veil_in(v, i - 1, GROUP_HOME_OR_UP) &&
           (efti_veil_in(v, i - 2, GROUP_MEETS_READER) ||
            efti_veil_in(v, i - 2, GROUP_MEETS_PERSON));
}

/* "i natt sov X dåligt", "sen grät X": verbs that have nothing behind them but who does
 * it. */
static bool
is_behind_doing(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_BEHIND_DOING);
}

/* pratade, gick: what two do; not "jag och Netflix hela helgen". */
static bool
do_two(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && v->words.items[i].form != NULL &&
           (v->words.items[i].bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
           (efti_veil_in(v, i, GROUP_DO_TWO) ||
            efti_veil_ends_in(v->words.items[i].form, ENDS_PAST_SHORT, 2));
}

/* "jag och X pratade", "X och jag gick": who is counted with the writer. */
static bool
are_with_me(const struct efti_veil *v, size_t i, size_t last)
{
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    const struct efti_form *f = v->words.items[i].form;
    const bool before =
        efti_veil_is(v, last + 1, VEIL_CLASS_AND) && efti_veil_follows(v, last + 1) &&
        efti_veil_follows(v, last + 2) && efti_veil_is_word(v, last + 2, "jag");
    const bool behind = i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
                        efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
                        efti_veil_is_word(v, i - 2, "jag");

    if (!(before || behind) || f->code_points < 4 || is_office(f))
        return false;
    return (before && (v->segments->tokens.items[i].flags & starts) != 0 &&
            do_two(v, last + 3)) ||
           (behind && do_two(v, last + 1));
}

/* Hattie grät, Hattie ringde mig: what nobody does in a book that one cites. */
static bool
is_there(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) &&
           (efti_veil_in(v, i, GROUP_IS_THERE) ||
            (efti_veil_in(v, i, GROUP_CAME) && efti_veil_follows(v, i + 1) &&
             efti_veil_in(v, i + 1, GROUP_HOME_OR_HERE)));
}

bool
efti_author_is_seen(const struct efti_veil *v, size_t first, size_t last)
{
    const struct veil_word *w = v->words.items;

    /* a verb behind is a frame, of several words too: "kom hem" has left its mark */
    if (last + 1 < v->words.count &&
        ((w[last].evidence & VEIL_SEES_AFTER) != 0 ||
         (w[last + 1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0) &&
        is_there(v, last + 1))
        return true;
    if ((efti_veil_is(v, last + 1, VEIL_CLASS_AND) ||
         (first > 0 && efti_veil_is(v, first - 1, VEIL_CLASS_AND))) &&
        are_with_me(v, first, last))
        return true;
    return first > 0 && efti_veil_follows(v, first) &&
           (before_person(v, first) || before_reader(v, first) ||
            is_behind_doing(v, first));
}

/* ------------------------------------------------------------ other words that stay */

/* "min kompis Bambi var ledsen": a role that is somebody's before, a verb behind. */
static bool
is_of_role(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_follows(v, i) || (w[-1].bits & VEIL_ROLE) == 0 ||
        !efti_veil_follows(v, i + 1))
        return false;
    bool verb = (w[1].bits & VEIL_AFTER_STRONG) != 0 ||
                efti_veil_is(v, i + 1, VEIL_CLASS_BE) ||
                efti_veil_is(v, i + 1, VEIL_CLASS_HAVE);
    bool begins =
        i == 1 || !efti_veil_follows(v, i - 1) ||
        (efti_veil_in(v, i - 2, GROUP_WHOSE) && (i == 2 || !efti_veil_follows(v, i - 2)));
    return verb && begins; /* not "gav min son Alvedon", "visade kollegan Excel" */
}

/* "Hon heter Bambi", "min handläggare heter Bambi" */
static bool
is_named_so(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i) &&
           efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) && efti_veil_follows(v, i - 1) &&
           (efti_veil_in(v, i - 2, GROUP_ONE_PERSON) ||
            (v->words.items[i - 2].bits & VEIL_ROLE) != 0);
}

/* "Bambi är min kontaktperson" */
static bool
is_somebody_of(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_BE) &&
           efti_veil_follows(v, i + 2) && efti_veil_in(v, i + 2, GROUP_WHOSE) &&
           efti_veil_follows(v, i + 3) && (v->words.items[i + 3].bits & VEIL_ROLE) != 0;
}

/* "Bambi, min son," */
static bool
is_explained(const struct efti_veil *v, size_t i)
{
    return i + 3 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_COMMA &&
           v->words.items[i + 3].glue == VEIL_GLUE_COMMA &&
           efti_veil_in(v, i + 1, GROUP_WHOSE) && efti_veil_follows(v, i + 2) &&
           (v->words.items[i + 2].bits & VEIL_ROLE) != 0;
}

/* The frames of kept word `i`, each where the word beside it asks for it. */
static bool
is_framed(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    enum veil_class behind = VEIL_CLASS_NONE, before = VEIL_CLASS_NONE;

    if (i + 1 < v->words.count)
        behind = efti_veil_class(w[1].bits);
    if (i > 0)
        before = efti_veil_class(w[-1].bits);
    if (((before == VEIL_CLASS_AND || behind == VEIL_CLASS_AND) &&
         are_with_me(v, i, i)) ||
        (behind == VEIL_CLASS_BE && is_somebody_of(v, i)) ||
        (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_COMMA && is_explained(v, i)))
        return true;
    if (!efti_veil_follows(v, i))
        return false;
    if (before == VEIL_CLASS_CALLED)
        return is_named_so(v, i);
    if ((w[-1].bits & VEIL_ROLE) != 0 && is_of_role(v, i))
        return true;
    return before_person(v, i) || is_behind_doing(v, i);
}

static bool
is_kept_person(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->state & (VEIL_STATE_KEEP | VEIL_STATE_NAME)) == 0 && w->form != NULL &&
           w->form->kind == EFTI_WORD && w->form->casing == EFTI_CASING_INITIAL &&
           !(efti_veil_follows(v, i + 1) && (w[1].bits & VEIL_CAPITAL) != 0) &&
           is_framed(v, i);
}

bool
efti_veil_is_met_here(const struct efti_veil *v, size_t i)
{
    return efti_author_is_seen(v, i, i) || is_explained(v, i) || is_somebody_of(v, i);
}

#define MOST_MET 16 /* different words looked for again; each costs a pass */

/* The words of one list that are somebody; `*met`: how many so far. */
static void
look_at_kept(struct efti_veil *v, const uint32_t *list, size_t count, size_t *met)
{
    struct veil_word *w = v->words.items;
    const struct efti_token *tokens = v->segments->tokens.items;

    for (size_t h = 0; h < count && !v->no_memory; h++) {
        const size_t i = list[h];

        if (EFTI_LIKELY((w[i].bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_UPPER | VEIL_HEAD |
                                      VEIL_PLACE)) != (VEIL_KEEP | VEIL_CAPITAL)) ||
            !is_kept_person(v, i))
            continue;
        bool again = ++*met < MOST_MET; /* and wherever it stands again */
        for (size_t k = again ? 0 : h; k < (again ? count : h + 1); k++) {
            if (tokens[list[k]].form != tokens[i].form)
                continue;
            w[list[k]].bits &= ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY);
            efti_veil_mark(v, list[k], VEIL_RULE_NAME_FRAME, EFTI_PERSON);
        }
    }
}

void
efti_veil_kept_met(struct efti_veil *v)
{
    size_t met = 0;

    if (v->casing != VEIL_CASING_USUAL)
        return;
    look_at_kept(v, v->capitals.items, v->capitals.count, &met);
    look_at_kept(v, v->candidates.items, v->candidates.count, &met);
}
