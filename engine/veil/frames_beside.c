/*
 * frames_beside.c - what the words right beside a word say about it
 *
 *   dr | strand                    a role before                    ROLE
 *   med | fatima, c/o | Öberg      a frame before                   FRAME
 *   Närvarande: | ville, | sanna   names one after the other        ROLL FRAME CALLED
 *   Ailo | : ville inte            alone before a colon             AFTER
 *   om | Valborg | och jag         together with the one who tells  AFTER, FRAME
 *   Samsam | , brukaren,           a role between commas            ROLE, FRAME
 *   Hevin | berättade              a frame after                    AFTER, WEAK
 *
 * The evidence on the right is what names.c weighs (VEIL_SEES_*, EFTI_EVIDENCE_*). What
 * takes more grammar than a neighbour is asked in grammar.c.
 */
#include "veil/frames.h"

/* A frame after a word says much about a capital or a listed name,
 * little about others. */
void
efti_frame_give_before(struct efti_veil *v, size_t i, bool strong)
{
    const struct veil_word *w;

    if (i == 0 || !efti_veil_follows(v, i) || v->words.items[i - 1].form == NULL)
        return;
    w = &v->words.items[i - 1];
    if ((w->bits & VEIL_NAME) == 0 && w->form->code_points <= 3 &&
        !(strong && efti_frame_is_short_stranger(v, i - 1)))
        return; /* dialect: Hä, Int, Ho */
    bool likely = (w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0;
    efti_veil_give(v, i - 1,
                   likely && (strong || is_hans(w->form)) ? (uint32_t)VEIL_SEES_AFTER
                                                          : (uint32_t)VEIL_SEES_WEAK);
}

/* c/o: what follows is a person. */
static bool
is_care_of(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const char *bytes = v->text.bytes;

    return t->end - t->start == 1 && t->start >= 2 && bytes[t->start - 1] == '/' &&
           (bytes[t->start] | 0x20) == 'o' && (bytes[t->start - 2] | 0x20) == 'c' &&
           (t->start == 2 || !efti_veil_is_alnum(bytes[t->start - 3]));
}

/* "Ailo: ville inte vara med": alone on its line or sentence before a colon. */
static bool
before_colon(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    const uint32_t bits = v->words.items[i].bits;
    size_t at = t->start;

    if (efti_veil_byte(v, t->end) != ':' || (bits & VEIL_KEY) != 0)
        return false;
    while (at > 0 && v->text.bytes[at - 1] == ' ')
        at--;
    if (at > 0 && v->text.bytes[at - 1] == ']')
        return (bits & VEIL_KEEP) == 0; /* [09:14] nilla: nån som kan */
    return (bits & (VEIL_CAPITAL | VEIL_GIVEN)) != 0 &&
           !efti_veil_is_alnum(efti_veil_byte(v, t->end + 1)) &&
           (t->flags & (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) != 0;
}

/* "Närvarande: ville, sanna, klara och frank": names one after the other. */
static bool
on_a_roll(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0)
        return false;
    if (w->glue == VEIL_GLUE_COMMA)
        return (w[-1].evidence & VEIL_SEES_ROLL) != 0;
    if (w->glue == VEIL_GLUE_SPACE && efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        return i > 1 && (w[-2].evidence & VEIL_SEES_ROLL) != 0;
    return w->glue == VEIL_GLUE_MARK &&
           efti_veil_byte(v, v->segments->tokens.items[i - 1].end) == ':' &&
           efti_veil_in(v, i - 1, GROUP_ROLL_LABELS);
}

/* "om Valborg och jag", "mohammmed å jag": a capital, or what nobody knows, together with
 * the one who tells. */
static bool
is_beside_me(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
           efti_veil_in(v, i + 2, GROUP_ME_OR_US) && efti_frame_begins_clause(v, i) &&
           ((w->bits & VEIL_CAPITAL) != 0
                ? (w->bits & VEIL_NAME) != 0
                : (w->bits & (VEIL_WORD | VEIL_KNOWN)) == 0 && w->form->code_points > 4);
}

/* "maj säger att", "Maj ringde mig": a month says nothing, and "i maj ringde hon" has its
 * subject behind the verb. */
static bool
says_it(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i + 1) &&
           (v->words.items[i + 1].bits & VEIL_AFTER_STRONG) != 0 &&
           efti_frame_begins_clause(v, i) &&
           !(efti_veil_follows(v, i + 2) &&
             efti_veil_in(v, i + 2, GROUP_SUBJECT_BEHIND_VERB));
}

/* What the word right before `w` says of it: a role, a frame, "heter". */
static uint32_t
seen_before(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const uint32_t before = w[-1].bits;
    enum veil_class class = efti_veil_class(before);
    uint32_t seen = 0;

    if ((before & VEIL_ROLE) != 0) {
        bool counted = w->glue == VEIL_GLUE_COMMA && /* barn, unga och äldre */
                       (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_SURNAME | VEIL_GIVEN |
                                   VEIL_ALSO)) == (VEIL_WORD | VEIL_SURNAME);

        if (!counted)
            seen |= EFTI_EVIDENCE_ROLE;
        if (w->glue == VEIL_GLUE_SPACE &&
            (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
            efti_veil_follows(v, i + 1) && efti_frame_is_past(&w[1]))
            seen |= VEIL_SEES_WEAK; /* dr strand ordinerade */
    }
    if (w->glue != VEIL_GLUE_SPACE)
        return seen;
    if ((before & VEIL_BEFORE_STRONG) != 0 || class == VEIL_CLASS_WITH ||
        (class == VEIL_CLASS_AND && is_care_of(v, i - 1)))
        seen |= EFTI_EVIDENCE_FRAME;
    if ((before & VEIL_BEFORE_WEAK) != 0)
        seen |= VEIL_SEES_WEAK;
    if (class == VEIL_CLASS_CALLED)
        seen |= VEIL_SEES_CALLED;
    return seen;
}

/* barnets namn (Lo) */
static bool
is_name_in_brackets(const struct efti_veil *v, size_t i)
{
    return i > 0 && v->words.items[i].glue == VEIL_GLUE_MARK &&
           efti_veil_is_word(v, i - 1, "namn") &&
           v->text.bytes[v->segments->tokens.items[i].start - 1] == '(';
}

/* What is read off the clause that a name, or a word that is one too, stands in. */
static uint32_t
seen_of_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    uint32_t seen = 0;

    if (i > 1 && (w[-2].bits & VEIL_BEFORE_STRONG) != 0 &&
        w[-1].glue == VEIL_GLUE_SPACE && efti_veil_before_subject(v, i - 1) == i - 2 &&
        w->glue == VEIL_GLUE_SPACE)
        seen |= EFTI_EVIDENCE_FRAME; /* igår mötte jag björn */
    if (efti_veil_class(w->bits) == VEIL_CLASS_MONTH && says_it(v, i))
        seen |= VEIL_SEES_CALLED;
    if ((w->bits & VEIL_CAPITAL) != 0 && efti_veil_is_doer(v, i))
        seen |= VEIL_SEES_CALLED;
    if ((w->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
        efti_veil_is_spoken_of(v, i))
        seen |= EFTI_EVIDENCE_FRAME;
    return seen;
}

/* What the words behind say: a role between commas, one who is told of. */
static uint32_t
seen_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const bool capital = (w->bits & VEIL_CAPITAL) != 0;
    bool before_who = efti_veil_is_before_who(v, i);
    uint32_t seen = 0;

    if (before_colon(v, i) || before_who)
        seen |= VEIL_SEES_AFTER;
    if (before_who && efti_veil_class(w->bits) == VEIL_CLASS_MONTH &&
        !efti_veil_is(v, i + 1, VEIL_CLASS_WHO))
        seen |= VEIL_SEES_CALLED; /* Maj, hans mormor */
    if (efti_veil_is(v, i + 1, VEIL_CLASS_AND) && is_beside_me(v, i))
        seen |= capital ? (uint32_t)VEIL_SEES_AFTER : (uint32_t)EFTI_EVIDENCE_FRAME;
    if (i + 2 < v->words.count && w[1].glue == VEIL_GLUE_COMMA && /* Samsam, brukaren, */
        w[2].glue == VEIL_GLUE_COMMA && (w[1].bits & VEIL_ROLE) != 0 &&
        (w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0)
        seen |= capital ? EFTI_EVIDENCE_ROLE : EFTI_EVIDENCE_FRAME;
    return seen;
}

/* What the word before says about word `i`, and what the word behind it. */
void
efti_frame_pull(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if (i > 0 && (w->glue == VEIL_GLUE_SPACE || w->glue == VEIL_GLUE_COMMA))
        w->evidence |= seen_before(v, i);
    if (is_name_in_brackets(v, i))
        w->evidence |= VEIL_SEES_CALLED;
    if (on_a_roll(v, i))
        w->evidence |= VEIL_SEES_ROLL | EFTI_EVIDENCE_FRAME | VEIL_SEES_CALLED;
    w->evidence |= seen_behind(v, i);
    if ((w->bits & VEIL_CAPITAL) != 0 && efti_veil_is_said_or_spelled(v, i))
        w->evidence |= VEIL_SEES_AFTER | VEIL_SEES_CALLED;
    if ((w->bits & (VEIL_ALSO_FRAME | VEIL_CAPITAL)) ==
            (VEIL_ALSO_FRAME | VEIL_CAPITAL) &&
        efti_veil_is_behind_verb(v, i))
        w->evidence |= VEIL_SEES_AFTER;
    if (efti_veil_is_nicknamed(v, i))
        w->evidence |= VEIL_SEES_CALLED;
    if ((w->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0)
        w->evidence |= seen_of_name(v, i);
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_SPACE &&
        (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0)
        efti_frame_give_before(v, i + 1, (w[1].bits & VEIL_AFTER_STRONG) != 0);
}
