/*
 * orgs_heads.c - a word for a kind of house, and the name behind it
 *
 *   Familjecentralen Lönnen       a head before a capital
 *   hunddagiset Glada Tassen      up to five words; small ones between them (Hand i Hand)
 *   förskolan Pippi               homes and the schools of small children bear the names
 *                                 of tales, guest houses what would stay by itself
 *   vårdcentralen kronan          the same in small letters: two nouns in the definite
 *                                 form side by side are a thing and its name
 */
#include "veil/orgs.h"

/* A quote may stand between head and name, no colon or slash. */
static bool
is_quoted(const struct efti_veil *v, size_t i)
{
    char c = v->text.bytes[v->segments->tokens.items[i].start - 1];

    return (c & '\x80') != 0 || c == '"' || c == '\'';
}

/* "Skolan (Tallbackens)": whose it is, by itself in brackets. */
static bool
is_in_brackets(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct efti_form *f = org_word(v, i)->form;

    return v->text.bytes[t->start - 1] == '(' && efti_veil_byte(v, t->end) == ')' &&
           f->code_points > 4 && f->casing == EFTI_CASING_INITIAL &&
           (f->folded[f->folded_size - 1] == 's' || efti_veil_is_called(v, f) ||
            (org_word(v, i)->bits & (VEIL_WORD | VEIL_ORDINARY)) == 0);
}

/* Barnen på förskolan Pippi: homes and the schools of small children bear the names of
 * tales; who is read about elsewhere (lexicons keep/titles.txt) is no name here. */
static bool
is_home_of_tales(const struct efti_veil *v, size_t head)
{
    const struct efti_form *f = org_word(v, head)->form;

    return f != NULL && f->folded_size > 0 &&
           efti_veil_ends_in(f, ENDS_HOMES_OF_TALES, 0);
}

/* A capital in mid-sentence, no acronym: what stays by itself and may be
 * a house's name. */
bool
efti_veil_may_be_house(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);

    return w->form != NULL && w->form->kind == EFTI_WORD &&
           v->casing != VEIL_CASING_HIGH && w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) == VEIL_CAPITAL &&
           efti_veil_is_mid(v, i);
}

/* Team Barn, Enheten Vuxna: whom a unit is for stands behind it. */
static bool
is_of_unit(const struct efti_veil *v, size_t head)
{
    return efti_veil_in(v, head, GROUP_UNIT_HEADS) &&
           (org_word(v, head)->bits & VEIL_CAPITAL) != 0;
}

/* May token `i` be the next word of a name behind the head `head`? */
static bool
after_head(const struct efti_veil *v, size_t i, size_t head)
{
    const struct veil_word *w = org_word(v, i);
    bool near = w->glue == VEIL_GLUE_SPACE ||
                (w->glue == VEIL_GLUE_AMP && i > head + 1) ||
                (w->glue == VEIL_GLUE_MARK && i == head + 1 &&
                 (is_quoted(v, i) || (w->form != NULL && is_in_brackets(v, i))));

    if (w->form == NULL ||
        (org_kept(w) && !efti_veil_in(v, head, GROUP_GUEST_HOUSES) &&
         !(is_home_of_tales(v, head) && efti_veil_may_be_house(v, i)) &&
         !((w->form->lists & EFTI_LIST_ORG_NAME) != 0 && efti_veil_may_be_house(v, i))))
        return false;
    return near && (w->bits & VEIL_CAPITAL) != 0 &&
           (w->form->kind == EFTI_WORD ||
            (w->form->kind == EFTI_ABBREVIATION && i == head + 1)) && /* S:ta Klara */
           ((w->bits & VEIL_ROLE) == 0 || is_of_unit(v, head) ||
            (w->form->lists & EFTI_LIST_ORG_NAME) != 0) && /* Anhörigföreningen Lotsen */
           v->casing != VEIL_CASING_HIGH &&
           !(w->glue == VEIL_GLUE_MARK && (w->form->lists & EFTI_LIST_FUNCTION) != 0) &&
           !((w->bits & VEIL_UPPER) != 0 && (w->bits & VEIL_ORDINARY) != 0);
}

/* Linjen i Väst, Hand i Hand: a small word inside a name. */
static bool
joins_name(const struct efti_veil *v, size_t i, size_t head)
{
    return efti_veil_follows(v, i) && i + 1 < v->words.count &&
           (efti_veil_is(v, i, VEIL_CLASS_IN) || efti_veil_is(v, i, VEIL_CLASS_AND)) &&
           efti_veil_follows(v, i + 1) && after_head(v, i + 1, head);
}

/* dagen, veckan, sällan: what may stand behind a house and is no name of it. */
static bool
is_when(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_WHEN, 0);
}

/* "hos vårdcentralen kronan": in small letters only behind what is mostly called
 * something, and a word that workplaces are called or that nobody knows. */
static void
head_in_small(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;
    const struct veil_word *w;

    if (!efti_veil_follows(v, n) || org_named(v, n) || org_word(v, n)->form == NULL ||
        ((org_word(v, n)->form->lists & EFTI_LIST_ORG_NAME) ==
             0 && /* demensenheten linden */
         !efti_veil_in(v, i, GROUP_CALLED_HEADS)))
        return;
    w = org_word(v, n);
    if (w->form == NULL || org_kept(w) ||
        ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH))
        return;
    bool called = (w->form->lists & EFTI_LIST_ORG_NAME) != 0;
    bool unknown = (w->bits & VEIL_WORD) == 0 &&
                   (w->form->shape != EFTI_SHAPE_NONE ||
                    (w->bits & (VEIL_PLACE | VEIL_SURNAME | VEIL_KNOWN)) != VEIL_KNOWN);
    bool named = (w->bits & VEIL_WORD) == 0 && unknown && w->form->code_points > 3 &&
                 (w->form->lists & EFTI_LIST_FUNCTION) == 0 && !efti_veil_is_slip(v, n);
    /* "på hvb stenbrottet": no noun in the definite form follows one without an end */
    bool bare = efti_veil_in(v, i, GROUP_BARE_HEADS) && i > 0 &&
                efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_IN) &&
                org_is_definite(w) && (w->bits & (VEIL_HEAD | VEIL_ROLE)) == 0;
    /* "på vårdcentralen kusten": where something is, and two nouns in
     * the definite form */
    bool twice = i > 0 && efti_veil_after_at(v, i) && org_is_definite(w) &&
                 w->form->code_points > 4 && !is_when(w->form) &&
                 (w->bits & (VEIL_HEAD | VEIL_ROLE)) == 0 &&
                 (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
                 efti_veil_in(v, i, GROUP_CALLED_HEADS);
    if (called || named || bare || twice ||
        (org_is_definite(w) &&
         (unknown || (w->bits & VEIL_ORDINARY) == 0 || (w->bits & VEIL_KNOWN) == 0)))
        mark_org(v, v->casing == VEIL_CASING_HIGH ? i : n, n, VEIL_RULE_ORG_HEAD);
}

/* Second hand Kupan: a head of two words that begins with a capital is part of the name;
 * a common word in small letters is not. */
static size_t
org_phrase_start(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = org_word(v, i);
    char phrase[64];
    size_t n;

    if (i == 0 || !efti_veil_follows(v, i) || w[-1].form == NULL ||
        (w[-1].bits & VEIL_CAPITAL) == 0)
        return i + 1;
    n = w[-1].form->folded_size;
    if (n + 1 + w->form->folded_size > sizeof(phrase))
        return i + 1;
    memcpy(phrase, w[-1].form->folded, n);
    phrase[n] = ' ';
    memcpy(phrase + n + 1, w->form->folded, w->form->folded_size);
    uint32_t classes = efti_lists_phrase(v->lists, phrase, n + 1 + w->form->folded_size);
    return (classes & (1u << EFTI_PHRASE_ORG_HEAD)) != 0 ? i - 1 : i + 1;
}

/* Familjecentralen Lönnen, hunddagiset Glada Tassen, förskolan "Solrosen". */
void
efti_veil_org_head(struct efti_veil *v, size_t i)
{
    size_t last = i, first = i;

    if ((org_word(v, i)->bits & VEIL_CAPITAL) == 0)
        first = org_phrase_start(v, i);
    while (last + 1 < v->words.count && last - i < 5) {
        if (after_head(v, last + 1, i))
            last++;
        else if (last > i && joins_name(v, last + 1, i))
            last += 2;
        else
            break;
    }
    if (last == i + 1 && efti_veil_in(v, i, GROUP_SHOPS) &&
        efti_veil_in(v, last, GROUP_SHOP_SIZES))
        return; /* Ica Maxi is a chain, Ica Nära Torget a shop */
    if (last > i && last + 1 < v->words.count && /* Kvarteret Lejonet 3 is land */
        v->segments->tokens.items[last + 1].kind == EFTI_NUMBER &&
        efti_veil_in(v, i, GROUP_LAND))
        return;
    if (last > i && efti_veil_follows(v, last + 1) &&
        efti_veil_in(v, last + 1, GROUP_REMEMBERS))
        last++; /* Stiftelsen Kung Karls minne */
    if (last == i + 1 && org_word(v, last)->glue == VEIL_GLUE_MARK && !is_quoted(v, last))
        first = last; /* Skolan (Tallbackens) */
    if (last > i)
        mark_org(v, first, last, VEIL_RULE_ORG_HEAD);
    else
        head_in_small(v, i);
}
