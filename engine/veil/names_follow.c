/*
 * names_follow.c - may a word belong to the name right before it?
 *
 *   Mikael Öst                   a capital, though the dictionary makes a word of it
 *   Omar Bandura                 who stays by a surname alone, behind a given name
 *   Mohammed al-Khatib           an article of two or three letters and a hyphen
 *   VIGGO STENMARCK              both shouted
 *   det här är lennart falk      in small letters a surname, and nothing behind it that
 *                                it could belong to
 *   Sören "Kubben" Åslund        a nickname in quotes or brackets
 *   Zam|qorra                    joined by a mark that nobody sees
 *
 * and not Anna EKG, Leif Kurator, eva stark: acronyms, roles, what somebody is like.
 * These are only questions; names_joined.c asks them and marks the words.
 */
#include "veil/names.h"
#include "veil/small.h"

/* al-Khatib, el-Sayed, ash-Shami: a short word, a hyphen and a capital. */
static bool
has_article(const struct efti_form *f)
{
    const char *hyphen = memchr(f->raw, '-', f->raw_size < 4 ? f->raw_size : 4);

    return hyphen != NULL && f->raw[0] >= 'a' && f->raw[0] <= 'z' &&
           hyphen + 1 < f->raw + f->raw_size && efti_veil_is_capital(hyphen[1]);
}

/* Anna Liljefors, Omar Bandura: who stays by a surname alone is not who bears it. */
static bool
is_kept_surname(const struct veil_word *w)
{
    return w->glue == VEIL_GLUE_SPACE && (w->state & VEIL_STATE_KEEP) == 0 &&
           (w->bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_WORD | VEIL_HEAD | VEIL_ROLE)) ==
               (VEIL_KEEP | VEIL_CAPITAL) &&
           w->form != NULL && w->form->kind == EFTI_WORD &&
           w->form->casing == EFTI_CASING_INITIAL && w[-1].category == EFTI_PERSON &&
           (w[-1].bits & VEIL_GIVEN) != 0 && /* Ragnvald Åkerö, but not Björn Alvedon */
           (w[-1].bits & (VEIL_GENITIVE | VEIL_CAPITAL)) == VEIL_CAPITAL &&
           ((w[-1].bits & VEIL_GIVEN_1) != 0 || (w[-1].bits & VEIL_WORD) == 0);
}

/* "träffade läkaren leif ström": a word too, behind a given name that a role has. */
static bool
is_surname_in_small(const struct veil_word *w)
{
    return (w[-1].evidence & (EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED)) != 0 &&
           (w[-1].bits & VEIL_GIVEN) != 0 && (w[-1].bits & VEIL_GENITIVE) == 0 &&
           (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0 &&
           !efti_veil_form_in(w->form, GROUP_QUALITIES);
}

/* "det här är lennart falk", "eva lund ringde": a surname that is a word too, behind a
 * given name that is none, and nothing behind that it could belong to. */
static bool
is_small_pair(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w[-1].bits & (VEIL_CAPITAL | VEIL_GENITIVE | VEIL_WORD)) != 0 ||
        (w[-1].bits & VEIL_GIVEN) == 0 ||
        (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) == 0 ||
        (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        efti_veil_form_in(w->form, GROUP_QUALITIES))
        return false;
    return !efti_veil_follows(v, i + 1) || w[1].form == NULL ||
           (w[1].form->lists & EFTI_LIST_FUNCTION) != 0 ||
           (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
           efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
           efti_veil_is(v, i + 1, VEIL_CLASS_AND);
}

/* "evald stålnacke ringde", where the writer has no capitals: no word of the dictionary
 * behind a given name, and nothing behind it that it could belong to. */
static bool
is_small_stranger(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w[-1].bits & (VEIL_CAPITAL | VEIL_GENITIVE)) != 0 ||
        (w[-1].bits & VEIL_GIVEN) == 0 || (w->bits & (VEIL_WORD | VEIL_ORDINARY)) != 0 ||
        (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
        w->form->code_points < 4 || !efti_small_is_bare(v, i))
        return false;
    return w->form->shape == EFTI_SHAPE_SURNAME ||
           memchr(w->form->folded, '-', w->form->folded_size) != NULL ||
           ((w->bits & VEIL_KNOWN) == 0 && !efti_veil_is_slip(v, i));
}

/* VIGGO STENMARCK, RAGNHILD BRUN: both shouted, and the second is no word, or a surname
 * too. What a genitive owns (ANNIKAS MATLÅDA) is none. */
static bool
is_shouted_surname(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    if ((w[-1].bits & (VEIL_UPPER | VEIL_GENITIVE)) != VEIL_UPPER ||
        w[-1].category != EFTI_PERSON || w->glue != VEIL_GLUE_SPACE ||
        f->casing != EFTI_CASING_UPPER || f->code_points < 3)
        return false;
    if ((w->bits & (VEIL_WORD | VEIL_KNOWN)) == 0)
        return f->code_points > 5 || (w->bits & VEIL_SURNAME) != 0;
    if ((w->bits & VEIL_WORD) == 0)
        return f->shape == EFTI_SHAPE_SURNAME || f->shape == EFTI_SHAPE_SETTLEMENT;
    return (w[-1].bits & VEIL_GIVEN_1) != 0 &&
           (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
           (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (f->lists & EFTI_LIST_FUNCTION) == 0 && !efti_veil_form_in(f, GROUP_QUALITIES);
}

/* A capital right after a name; acronyms and roles are no part of it. */
bool
efti_name_may_follow(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count)
        return false;
    w = &v->words.items[i];
    if (i > 0 && v->casing == VEIL_CASING_USUAL && is_kept_surname(w))
        return true;
    if (name_stays(w) || (w->bits & (VEIL_ROLE | VEIL_HEAD)) != 0)
        return false;
    /* Kött & Vilt: the ampersand joins inside a name of several words only */
    if (w->glue != VEIL_GLUE_SPACE &&
        !(w->glue == VEIL_GLUE_STOP && efti_veil_is_initial(w - 1)) &&
        !(w->glue == VEIL_GLUE_AMP && w[-1].rule == VEIL_RULE_NAME_FULL))
        return false;
    if (efti_veil_is_initial(w))
        return w->glue == VEIL_GLUE_SPACE &&
               (!efti_veil_is_bare_letter(w) || efti_veil_is_odd_initial(v, i));
    if (w->form->kind != EFTI_WORD)
        return false;
    if (has_article(w->form)) /* Mohammed al-Khatib */
        return true;
    if ((w->bits & VEIL_UPPER) != 0 && is_shouted_surname(w))
        return true;
    if (v->casing == VEIL_CASING_HIGH || (w->bits & VEIL_CAPITAL) == 0)
        return (w->bits & (VEIL_SURNAME | VEIL_WORD)) == VEIL_SURNAME ||
               ((w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
                is_surname_in_small(w)) ||
               (v->casing != VEIL_CASING_HIGH && is_small_pair(v, i)) ||
               (v->casing == VEIL_CASING_LOW && is_small_stranger(v, i));
    return (w->bits & VEIL_UPPER) == 0 || (w->bits & VEIL_ORDINARY) == 0;
}

/* Sören "Kubben" Åslund, Anna-Lena (Nettan) Grip: a capital in quotes or brackets between
 * a given name and what may be a surname. */
bool
efti_name_has_nickname(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i + 2 >= v->words.count || w[1].glue != VEIL_GLUE_MARK ||
        w[2].glue != VEIL_GLUE_MARK || v->casing != VEIL_CASING_USUAL ||
        (w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0 || (w->bits & VEIL_GENITIVE) != 0 ||
        w[1].form == NULL || w[2].form == NULL)
        return false;
    /* a mark touches the nickname on either side, a blank the names */
    return efti_veil_byte(v, t->end) == ' ' && v->text.bytes[t[1].start - 1] != ' ' &&
           efti_veil_byte(v, t[1].end) != ' ' && v->text.bytes[t[2].start - 1] == ' ' &&
           strchr(":;/", v->text.bytes[t[1].start - 1]) == NULL &&
           strchr(":;/.!?", efti_veil_byte(v, t[1].end)) == NULL &&
           w[1].form->casing == EFTI_CASING_INITIAL &&
           w[2].form->casing == EFTI_CASING_INITIAL &&
           (w[2].form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0 &&
           !name_stays(&w[2]);
}

/* "Zam<zero width space>qorra": what nobody sees between two tokens joins them. */
bool
efti_name_goes_on_unseen(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t from = i + 1 < v->words.count ? t->end : 0, to = from > 0 ? t[1].start : 0;

    if (from == to || (to - from) % 3 != 0 || v->words.items[i + 1].form == NULL)
        return false;
    for (; from < to; from += 3) /* U+200B to U+200F */
        if (memcmp(v->text.bytes + from, "\xE2\x80", 2) != 0 ||
            (unsigned char)v->text.bytes[from + 2] < 0x8B ||
            (unsigned char)v->text.bytes[from + 2] > 0x8F)
            return false;
    return true;
}
