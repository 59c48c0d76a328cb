/*
 * frames_verbs.c - is a word the subject of a verb?
 *
 *   när | björn | kom              begins a clause, and a verb behind it
 *   marina | skyddade              a past tense that no list has to know
 *   då sa | stig                   the verb first, the subject behind it
 *   "nä", sa | björn               the same behind a quote
 *   Marilou | skickar              at a start, a word nobody knows: weak evidence
 *   Olu | stod                     three letters that are no word
 *   Thuvaraga, min klient          at a start, four letters and more, and no word known
 *
 * Small letters need this most, where a capital says nothing: björn and marina are words
 * too, but words without an article do not say, ask or fetch.
 */
#include "veil/frames.h"

/* May a subject begin at token `i`: at a start, after a comma or quote, a conjunction? */
bool
efti_frame_begins_clause(const struct efti_veil *v, size_t i)
{
    if (i == 0 || v->words.items[i].glue != VEIL_GLUE_SPACE)
        return true;
    return efti_veil_in(v, i - 1, GROUP_CLAUSE_JOINS) ||
           (v->segments->tokens.items[i].flags & VEIL_START_FLAGS) != 0;
}

/* "nä", sa björn: a quote and its comma, or the other way round, before token `i`. */
static bool
is_after_quote(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;
    const char *bytes = v->text.bytes;

    if (at < 3 || bytes[at - 1] != ' ')
        return false;
    if (bytes[at - 2] == ',')
        return bytes[at - 3] == '"' || bytes[at - 3] == '\'' ||
               (bytes[at - 3] & '\x80') != 0;
    return bytes[at - 2] == '"' && strchr(",!?.", bytes[at - 3]) != NULL;
}

/* "då sa stig", "", sa björn": a verb of saying or doing with the subject behind it. */
static bool
is_turned_verb(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    bool comes = (w[1].bits & VEIL_GIVEN) != 0 && /* idag kom vide */
                 efti_veil_in(v, i, GROUP_TURNED_VERBS);

    if ((w->bits & VEIL_AFTER_STRONG) == 0 && !comes)
        return false;
    if (!comes && (i == 0 || w->glue == VEIL_GLUE_MARK || w->glue == VEIL_GLUE_COMMA ||
                   is_after_quote(v, i)))
        return true;
    return w->glue == VEIL_GLUE_SPACE &&
           efti_veil_in(v, i - 1, GROUP_ADVERBS_BEFORE_VERB);
}

/* räddade, hämtade: a past tense that no list has to know */
bool
efti_frame_is_past(const struct veil_word *w)
{
    return w->form != NULL && w->form->folded_size > 5 && (w->bits & VEIL_WORD) != 0 &&
           memcmp(w->form->folded + w->form->folded_size - 3, "ade", 3) == 0;
}

/* väntar, skickar, ledde: the endings of verbs, on a word of the dictionary.
 * Nouns have some of them too, so it is weak evidence, and only for what no part
 * of a word explains. */
static bool
is_like_verb(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    if (f == NULL || (w->bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD ||
        (f->lists & EFTI_LIST_FUNCTION) != 0)
        return false;
    return !efti_veil_form_in(f, GROUP_NOUNS_LIKE_VERBS) &&
           efti_veil_ends_in(f, ENDS_VERBS, 2);
}

/* "Olu stod i dörren": three letters that are no word, of dialect or haste neither. */
bool
efti_frame_is_short_stranger(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_WORD | VEIL_ORDINARY |
                       VEIL_KNOWN | VEIL_KEEP)) == VEIL_CAPITAL &&
           w->form->code_points == 3 && w->form->kind == EFTI_WORD &&
           v->dictionary != NULL && !efti_veil_form_in(w->form, GROUP_IN_HASTE);
}

/* "Marilou skickar pengar hem": a start, a word nobody knows, a verb. */
void
efti_frame_look_before_verb(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if (w->form->code_points == 3 && efti_veil_follows(v, i + 1) &&
        efti_frame_is_short_stranger(v, i) &&
        efti_veil_in(v, i + 1, GROUP_STANDS_OR_WALKS))
        w->evidence |= VEIL_SEES_WEAK;
    if ((w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_KNOWN | VEIL_WORD |
                    VEIL_ORDINARY)) == VEIL_CAPITAL &&
        w->form->shape == EFTI_SHAPE_NONE && w->form->kind == EFTI_WORD &&
        w->form->code_points >= 4 && efti_veil_follows(v, i + 1) && is_like_verb(&w[1]))
        w->evidence |= VEIL_SEES_WEAK;
}

static uint32_t
kinds_of_word(const struct efti_veil *v, const char *folded, size_t size)
{
    return efti_dictionary_find(v->dictionary, folded, size) &
           (EFTI_DICT_LOWER | EFTI_DICT_BEGIN | EFTI_DICT_MIDDLE | EFTI_DICT_END);
}

/* Tankspolvätska, Mätplan: the end of a word is a word, or both of its parts are. Names
 * have short ends that are words too (Tsigereda, Oyinlola). */
static bool
ends_in_word(const struct efti_veil *v, const struct efti_form *f)
{
    const size_t size = f->folded_size, shortest = 3, clear = 6;

    for (size_t cut = 2; cut + shortest <= size; cut++) {
        if (((unsigned char)f->folded[cut] & 0xC0) == 0x80 ||
            (kinds_of_word(v, f->folded + cut, size - cut) &
             (EFTI_DICT_LOWER | EFTI_DICT_END)) == 0)
            continue;
        if (efti_utf8_length(f->folded + cut, size - cut) >= clear ||
            (cut >= shortest && kinds_of_word(v, f->folded, cut) != 0))
            return true;
    }
    return false;
}

/* "Barnet (Thuvaraga)": behind a bracket or quote stand titles, methods and goods, unless
 * a word for somebody is before it. */
static bool
is_set_apart(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t at = v->segments->tokens.items[i].start;

    if (at == 0 || (v->text.bytes[at - 1] & '\x80') != 0)
        return at > 0;
    return strchr("([\"'/", v->text.bytes[at - 1]) != NULL &&
           !(v->text.bytes[at - 1] == '(' && i > 0 && /* hon (Thuvaraga) */
             ((w[-1].bits & VEIL_ROLE) != 0 || efti_veil_in(v, i - 1, GROUP_ONE_PERSON)));
}

/* D'Angelo, O'Malley: a capital behind the apostrophe. */
static bool
has_apostrophe(const struct efti_form *f)
{
    const char *raw = f->raw;

    return f->raw_size > 4 &&
           ((raw[1] == '\'' && efti_veil_is_capital(raw[2])) ||
            (memcmp(raw + 1, "\xE2\x80\x99", 3) == 0 && efti_veil_is_capital(raw[4])));
}

/* "Thuvaraga, min klient", "Thuvaraga igen": at a start, a word that nothing explains is
 * somebody's name, as it would be in mid-sentence; a keyword, and what has a number or a
 * tag behind it (Kst 31200), is not. That longer ones are no slips is asked by
 * names.c. */
void
efti_frame_look_at_stranger(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if ((w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_KNOWN | VEIL_WORD | VEIL_ORDINARY |
                    VEIL_KEEP | VEIL_KEY | VEIL_DIGITS)) != VEIL_CAPITAL ||
        v->dictionary == NULL || w->form->kind != EFTI_WORD ||
        w->form->shape != EFTI_SHAPE_NONE ||
        !(w->form->casing == EFTI_CASING_INITIAL || has_apostrophe(w->form)) ||
        w->form->code_points < 4 || efti_veil_is_mid(v, i) || is_set_apart(v, i))
        return;
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_SPACE &&
        (w[1].form == NULL || w[1].form->kind == EFTI_ABBREVIATION ||
         (w[1].bits & VEIL_CAPITAL) != 0 ||
         ((w[1].bits & VEIL_DIGITS) != 0 && t[1].end - t[1].start > 2)))
        return;                                                    /* Ungbo Kv. Linet */
    if (!(w->form->code_points == 4 && efti_veil_is_slip(v, i)) && /* Ente: inte */
        !ends_in_word(v, w->form))
        w->evidence |= VEIL_SEES_WEAK;
}

/* A word in small letters that stands as a subject; capitals speak for themselves. */
void
efti_frame_look_for_subject(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->bits & (VEIL_KEEP | VEIL_ROLE)) != 0 ||
        ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH) ||
        w->form->code_points < 2 || w->form->kind != EFTI_WORD)
        return;
    if (w->form->code_points == 2 && /* "nej", sa bo. */
        ((w->bits & VEIL_GIVEN) == 0 || efti_veil_follows(v, i + 1) || i == 0 ||
         !is_after_quote(v, i - 1)))
        return;
    bool verb = efti_veil_follows(v, i + 1) &&
                ((w[1].bits & VEIL_AFTER_STRONG) != 0 ||
                 ((w->bits & VEIL_WORD) == 0 &&
                  efti_frame_is_past(&w[1])) ||  /* marina skyddade */
                 ((w->bits & VEIL_GIVEN) != 0 && /* nova har slutat; när björn kom */
                  ((w->evidence & VEIL_SEES_AFTER) != 0 ||
                   efti_veil_in(v, i + 1, GROUP_COMMON_VERBS))));
    if ((verb && efti_frame_begins_clause(v, i)) ||
        (efti_veil_follows(v, i) && is_turned_verb(v, i - 1)))
        w->evidence |= VEIL_SEES_SUBJECT;
}
