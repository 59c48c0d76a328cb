/*
 * frames.c - what stands around a word and speaks for its being a name
 *
 *   pratade med | fatima            a strong frame before
 *   mamman | amina                  a role or kin word before
 *   Hevin | berättade               a frame after
 *   Mvh / Moa Öhrstedt              a signature
 *   ... att | Zahra                 a capital where the sentence gives no reason for one
 *
 * Frames are phrases of the lists; each puts a bit on its neighbour. What the bits amount
 * to is decided in names.c by the table in rules.c. A tag of ours in the input counts as
 * a start of a sentence and ends every frame: veiling twice sees less, never more.
 *
 * Here are the order of the steps, what a word says by itself, and whose kin stands
 * behind a genitive; the words around it are asked in frames_beside.c and frames_verbs.c,
 * phrases of several words in frames_phrases.c.
 */
#include "veil/frames.h"

bool
efti_veil_is_shouted(const struct efti_veil *v, size_t i)
{
    for (size_t k = i > 0 ? i - 1 : 0; k <= i + 1 && k < v->words.count; k++)
        if (k != i && (v->words.items[k].bits & VEIL_UPPER) != 0 &&
            (v->words.items[k].bits & VEIL_WORD) != 0)
            return true;
    return false;
}

/* In lower case also compounds that only look like a school or a street are known
 * (akutskola), and long words nobody knows are no names but slips of the pen. */
#define LONGEST_NAME 11

static bool
is_unknown(const struct efti_veil *v, const struct veil_word *w)
{
    if ((w->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0)
        return false;
    if ((w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0)
        return true;
    if (v->dictionary == NULL) /* then every word is unknown, and it means nothing */
        return false;
    return w->form->code_points <= LONGEST_NAME &&
           ((w->bits & VEIL_KNOWN) == 0 || w->form->shape == EFTI_SHAPE_SURNAME ||
            w->form->shape == EFTI_SHAPE_SETTLEMENT);
}

static uint32_t
listed_evidence(uint32_t bits)
{
    static const struct {
        uint32_t bit, evidence;
    } map[] = {
        {VEIL_GIVEN_1, EFTI_EVIDENCE_LIST_1},    {VEIL_GIVEN_2, EFTI_EVIDENCE_LIST_2},
        {VEIL_SURNAME, VEIL_SEES_SURNAME},       {VEIL_ALSO_MID, VEIL_SEES_ALSO_MID},
        {VEIL_ALSO_FRAME, VEIL_SEES_ALSO_FRAME},
    };
    uint32_t e = (bits & VEIL_WORD) != 0 ? (uint32_t)VEIL_SEES_WORD : 0;

    if ((bits & VEIL_NAME) == 0)
        return e;
    for (size_t k = 0; k < EFTI_COUNT(map); k++)
        if ((bits & map[k].bit) != 0)
            e |= map[k].evidence;
    return e;
}

/* "Ruta 2", "2 tim", "kl 3 på": a short name or word beside figures is a thing. */
static bool
is_counted(const struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct veil_word *w = &v->words.items[i];
    bool word = (w->bits & VEIL_WORD) != 0;

    if (word && efti_veil_follows(v, i + 1) && tokens[i + 1].kind == EFTI_NUMBER &&
        tokens[i + 1].end - tokens[i + 1].start <= 2 && (w->bits & VEIL_GIVEN_1) == 0)
        return true;
    return (w->bits & VEIL_CAPITAL) == 0 && w->form->code_points <= 3 &&
           efti_veil_follows(v, i) && tokens[i - 1].kind == EFTI_NUMBER;
}

/* karlsson, andersson: surnames that are nothing else, in small letters too. */
static bool
is_patronymic(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    return (w->bits & (VEIL_SURNAME | VEIL_WORD | VEIL_KEEP)) == VEIL_SURNAME &&
           f->folded_size > 7 && memcmp(f->folded + f->folded_size - 4, "sson", 4) == 0;
}

static uint32_t
own_evidence(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    uint32_t e = listed_evidence(w->bits);

    if ((w->form->lists & EFTI_LIST_ALSO_NEVER) != 0)
        e |= VEIL_SEES_NEVER;
    if (is_patronymic(w))
        e |= EFTI_EVIDENCE_LIST_1; /* det är karlsson igen */
    if ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH)
        e |= VEIL_SEES_CAPITAL;
    /* bror, sen, hans in lower case are what they say */
    else if ((w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0)
        e |= VEIL_SEES_NEVER;
    /* "Sen sa han", "Alla vill": at a start a function word is no name; Hans
     * may be one */
    enum veil_class class = efti_veil_class(w->bits);
    bool small = (w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
                 class == VEIL_CLASS_MONTH || class == VEIL_CLASS_DAY ||
                 class == VEIL_CLASS_PRONOUN; /* jan, tors, ho */
    bool mid = efti_veil_is_mid(v, i);
    if (!mid && efti_veil_in(v, i, GROUP_EVERYBODY))
        e |= VEIL_SEES_NEVER;
    bool called = (w->evidence & VEIL_SEES_CALLED) != 0 &&
                  (class == VEIL_CLASS_MONTH || class == VEIL_CLASS_DAY ||
                   class == VEIL_CLASS_NUMBER ||         /* Elva och hennes pappa */
                   (w->evidence & VEIL_SEES_ROLL) != 0); /* Frånvarande: Per */
    if (small && !mid && !called && !is_hans(w->form))
        e |= VEIL_SEES_NEVER;
    if (is_counted(v, i))
        e |= VEIL_SEES_NEVER; /* ruta 2, 2 tim */
    if (is_unknown(v, w))
        e |= EFTI_EVIDENCE_UNKNOWN;
    if (mid)
        e |= EFTI_EVIDENCE_CAPITAL_MID;
    /* at a start "Handledningsgruppen" is a group, "Solgläntan" a home */
    bool group = w->form->shape == EFTI_SHAPE_ORG && (w->bits & VEIL_KNOWN) != 0 && !mid;
    /* and "Julstressen" is no surname in -ssen */
    bool joined = w->form->shape == EFTI_SHAPE_SURNAME && !mid &&
                  efti_veil_is_joined_noun(v, w->form);
    /* Sjöstrand and Malmberg are words, but in mid-sentence far oftener somebody */
    bool listed = mid && (w->bits & VEIL_SURNAME) != 0;
    if (w->form->shape != EFTI_SHAPE_NONE && ((w->bits & VEIL_WORD) == 0 || listed) &&
        !group && !joined)
        e |= EFTI_EVIDENCE_NAME_SHAPE;
    if (v->casing != VEIL_CASING_USUAL)
        e |= VEIL_SEES_LOW_TEXT; /* capitals say nothing here */
    return e;
}

void
efti_veil_look(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_SEEN) != 0 || w->form == NULL)
        return;
    w->state |= VEIL_STATE_SEEN;
    w->evidence |= own_evidence(v, i);
    if (!efti_veil_is_mid(v, i) && (w->evidence & VEIL_SEES_CALLED) == 0 &&
        efti_veil_is_english(v, i))
        w->state |= VEIL_STATE_KEEP;
}

void
efti_veil_give(struct efti_veil *v, size_t i, uint32_t evidence)
{
    if (i < v->words.count && v->words.items[i].form != NULL)
        v->words.items[i].evidence |= evidence;
}

/* ------------------------------------------------------------------- whose kin */

/* "Emmelis mamma bakar": a capital with an -s, at a start, that nobody knows. */
static bool
is_unknown_owner(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return w->form != NULL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_WORD | VEIL_ORDINARY |
                       VEIL_KNOWN | VEIL_NAME | VEIL_KEEP)) == VEIL_CAPITAL &&
           w->form->kind == EFTI_WORD && w->form->code_points >= 5 &&
           w->form->folded[w->form->folded_size - 1] == 's' && !efti_veil_is_mid(v, i);
}

/* "Pärs pappa", "billys mamma", "Alexis farmor": at the end the -s of a listed name,
 * whatever else the word is; in small letters of one that is no word. */
static bool
is_owner_by_kin(const struct efti_veil *v, const struct veil_word *w)
{
    const uint32_t names =
        EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID | EFTI_LIST_SURNAME_1;
    const struct efti_form *f = w->form;

    if (f == NULL || f->kind != EFTI_WORD || f->folded_size < 4 ||
        f->folded[f->folded_size - 1] != 's' ||
        (f->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0)
        return false;
    uint32_t owner = efti_lists_word(v->lists, f->folded, f->folded_size - 1);
    return (w->bits & VEIL_CAPITAL) != 0 ? ((f->lists | owner) & names) != 0
                                         : (owner & EFTI_LIST_GIVEN_1) != 0;
}

/* "tuvas mamma ringde": a name that is a word, in the genitive and small letters, before
 * kin or role `i`. */
static void
whose_kin(struct efti_veil *v, size_t i)
{
    struct veil_word *w = i > 0 ? &v->words.items[i - 1] : NULL;

    if (w != NULL && is_unknown_owner(v, i - 1) && efti_veil_follows(v, i)) {
        w->bits |= VEIL_GENITIVE;
        w->evidence |= VEIL_SEES_AFTER;
        return;
    }
    if (w != NULL && is_owner_by_kin(v, w) && efti_veil_follows(v, i)) {
        if ((w->form->lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0)
            w->bits |= VEIL_GENITIVE;
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_ROLE, EFTI_PERSON);
        return;
    }
    if (w != NULL && w->form != NULL && efti_veil_follows(v, i) &&
        (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) == VEIL_WORD &&
        (w->bits & VEIL_GIVEN) != 0 && (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
        w->form->code_points >= 4 &&
        strchr("sxz", w->form->folded[w->form->folded_size - 1])) {
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_ROLE, EFTI_PERSON); /* iris mamma */
        return;
    }
    if (w == NULL || w->form == NULL || !efti_veil_follows(v, i) ||
        (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) != VEIL_WORD ||
        w->form->folded_size < 4 || w->form->folded[w->form->folded_size - 1] != 's' ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 || w->form->kind != EFTI_WORD)
        return;
    uint32_t lists = efti_lists_word(v->lists, w->form->folded, w->form->folded_size - 1);
    if ((lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0 ||
        (lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0)
        return;
    w->bits |= VEIL_GENITIVE;
    efti_veil_mark(v, i - 1, VEIL_RULE_NAME_ROLE, EFTI_PERSON);
}

/* ------------------------------------------------------------------- the steps */

/* A word in lower case that is a name only where something around it says so. */
static bool
needs_support(uint32_t bits)
{
    return (bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_GIVEN_1)) == VEIL_WORD;
}

/* Is the byte before token `i` a slash, or a blank with one, or another blank, before? */
static bool
may_follow_slash(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;
    const char *bytes = v->text.bytes + at;

    return at > 0 && (bytes[-1] == '/' || (at > 1 && bytes[-1] == ' ' &&
                                           (bytes[-2] == '/' || bytes[-2] == ' ')));
}

/* "Jasmin (13)", "Sam (16 år)": a small number in brackets behind a capital. */
static void
age_behind(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i + 1 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_COMMA &&
        t[1].kind == EFTI_NUMBER && t[1].end - t[1].start <= 2 &&
        efti_veil_byte(v, t[1].end) == ',' && v->words.items[i].glue == VEIL_GLUE_COMMA) {
        efti_veil_give(v, i, EFTI_EVIDENCE_FRAME); /* en kille här, zeke, 20, som */
        return;
    }
    size_t last =
        efti_veil_is(v, i + 2, VEIL_CLASS_YEAR) && efti_veil_follows(v, i + 2) ? 2 : 1;
    if ((v->words.items[i].bits & VEIL_CAPITAL) == 0 || i + 1 >= v->words.count ||
        v->words.items[i + 1].glue != VEIL_GLUE_MARK || t[1].kind != EFTI_NUMBER ||
        t[1].end - t[1].start > 2 || v->text.bytes[t[1].start - 1] != '(' ||
        efti_veil_byte(v, t[last].end) != ')')
        return;
    efti_veil_give(v, i, EFTI_EVIDENCE_FRAME);
}

/* Of these a word that nothing explains has a capital only. */
#define NOT_EXPLAINED (VEIL_CAPITAL | VEIL_UPPER | VEIL_KNOWN | VEIL_WORD | VEIL_ORDINARY)

void
efti_veil_frames(struct efti_veil *v)
{
    size_t count = v->candidates.count;

    for (size_t h = 0; h < v->phrases.count && !v->no_memory; h++)
        efti_frame_apply_phrases(v, v->phrases.items[h]);
    bool titles = (v->classes & VEIL_CLASS_BIT(TITLE)) != 0;
    for (size_t h = 0; titles && h < v->terms.count; h++)
        if (efti_veil_is(v, v->terms.items[h], VEIL_CLASS_TITLE))
            efti_veil_title_stays(v, v->terms.items[h]);
    const struct veil_word *words = v->words.items;
    const uint32_t *terms = v->terms.items, *last = terms + v->terms.count;
    for (const uint32_t *t = terms; t < last; t++)
        if ((words[*t].bits & VEIL_ROLE) != 0)
            whose_kin(v, *t);
    for (size_t h = 0; h < count; h++) {
        size_t i = v->candidates.items[h];
        struct veil_word *w = &v->words.items[i];

        if (w->form == NULL)
            continue;
        efti_frame_pull(v, i);
        efti_veil_settle_thing(v, i);
        efti_frame_look_for_subject(v, i);
        if ((w->bits & NOT_EXPLAINED) == VEIL_CAPITAL) {
            efti_frame_look_before_verb(v, i);
            efti_frame_look_at_stranger(v, i);
        }
        if (w->evidence != 0 || !needs_support(w->bits))
            efti_veil_look(v, i);
        if ((w->glue == VEIL_GLUE_MARK || w->glue == VEIL_GLUE_FAR) &&
            may_follow_slash(v, i))
            efti_veil_after_slash(v, i);
        age_behind(v, i);
    }
    for (size_t h = 0; h < v->sign_offs.count; h++)
        efti_veil_after_sign_off(v, v->sign_offs.items[h]);
    efti_veil_last_line(v);
    if (v->casing == VEIL_CASING_LOW && v->dictionary != NULL)
        efti_frame_in_small(v);
}
