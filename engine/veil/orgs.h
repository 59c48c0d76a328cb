/*
 * orgs.h - what the files of organisations and houses, services.c and matters.c share
 */
#ifndef EFTI_VEIL_ORGS_H
#define EFTI_VEIL_ORGS_H

#include "veil/piece.h"

static inline const struct veil_word *
org_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static inline bool
org_named(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (org_word(v, i)->state & VEIL_STATE_NAME) != 0;
}

static inline bool
org_kept(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
}

static inline void
mark_org(struct efti_veil *v, size_t first, size_t last, uint16_t rule)
{
    for (size_t i = first; i <= last; i++)
        efti_veil_mark(v, i, rule, EFTI_ORG);
}

/* The definite form of a noun, and no small word: kronan, tallhöjden, ankaret. */
static inline bool
org_is_definite(const struct veil_word *w)
{
    return w->form->kind == EFTI_WORD && w->form->code_points > 3 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE | EFTI_LIST_ORG_HEAD |
                              EFTI_LIST_FIELD | EFTI_LIST_KEEP)) == 0 &&
           efti_veil_ends_in(w->form, ENDS_DEFINITE, 0);
}

/* orgs_firms.c, orgs_heads.c, orgs_tales.c: what token `i` ends or begins */
/** Plåt & Svets AB, IFK Rönneholm: token `i` is AB, IFK or the like. */
void efti_veil_org_company(struct efti_veil *v, size_t i);
/** Familjecentralen Lönnen: token `i` is the head. */
void efti_veil_org_head(struct efti_veil *v, size_t i);
/** "på Mumindalen": token `i` begins a tale. */
void efti_veil_org_of_tale(struct efti_veil *v, size_t i);
/** A capital in mid-sentence, no acronym: what stays by itself and may name a house? */
bool efti_veil_may_be_house(const struct efti_veil *v, size_t i);

/** Kullens ridskola: token `i` is the house, the name stands before it. */
void efti_veil_house(struct efti_veil *v, size_t i);
/** "jobbar på solrosen": token `i` is what workplaces are called, in small letters. */
void efti_veil_house_in_small(struct efti_veil *v, size_t i);
/** BUP Rönneholm, Familjeenheten i Rönneholm: what stays by itself before name `i`. */
void efti_veil_service(struct efti_veil *v, size_t i);
/** Does token `i` stand behind på, hos, från, till, vid? */
bool efti_veil_after_at(const struct efti_veil *v, size_t i);
/** Is token `i` what one hears or watches (lyssnade vi på Bamse), and so no house? */
bool efti_veil_is_heard(const struct efti_veil *v, size_t i);
/** The same behind what is done or who is at a workplace: jobbar på, chefen på. */
bool efti_veil_at_work(const struct efti_veil *v, size_t i);
/** Blå huset, "till gula villan": token `i` is a colour; marks both. */
bool efti_veil_coloured(struct efti_veil *v, size_t i);
/** "till åkerboskolan": token `i` by its shape, in small letters. */
void efti_veil_org_in_small(struct efti_veil *v, size_t i);
/** Capitals that no head explains, and shapes in small letters. */
void efti_veil_houses(struct efti_veil *v);

/* orgs_whole.c */
/** Norr, City, Mitt with a capital, behind a blank: a part of the town. */
bool efti_veil_is_side(const struct efti_veil *v, size_t i);
/** The first token of the group of names that `i` stands in. */
size_t efti_veil_group_start(const struct efti_veil *v, size_t i);
/** Propose tokens `first` to `last` as one organisation. */
void efti_veil_propose_org(struct efti_veil *v, size_t first, size_t last);

/* orgs_placed.c */
/** Token `i` ends a name: what is before it, told by this place? */
void efti_veil_org_placed(struct efti_veil *v, size_t i);
/** Flens Pingisvänner: token `i` is the town. */
void efti_veil_org_of_town(struct efti_veil *v, size_t i);
/** "Enheten för ekonomiskt bistånd Mark": a unit, what it is for and its town, `i`. */
void efti_veil_org_unit_for(struct efti_veil *v, size_t i);
/** Assistans i Fokus: token `i` is Fokus. */
void efti_veil_org_trade_in(struct efti_veil *v, size_t i);
/** "Internatet, rum 14": token `i` is the house. */
void efti_veil_org_room(struct efti_veil *v, size_t i);

/* orgs_starts.c */
/** Apotek Lejonet: token `i` ends the name that the first word belongs to. */
void efti_veil_org_begins_before(struct efti_veil *v, size_t i);
/** Patrullen Kust: token `i` is the second capital. */
void efti_veil_org_unit_at_start(struct efti_veil *v, size_t i);

/* houses.c */
/** A word with a capital in mid-sentence, nobody's role and nothing that stays? */
bool efti_veil_plain_capital(const struct efti_veil *v, size_t i);
/** The number of one among several: small, and nothing is counted by it. */
bool efti_veil_is_which(const struct efti_veil *v, size_t i);

/* houses_named.c */
/** skola, rehab, hemtjänst: what may stand behind a house's name in the genitive. */
bool efti_veil_is_kind_of_house(const struct efti_veil *v, size_t i);
/** The same, or Buss, Larm, Express: what a firm does, with a capital. */
bool efti_veil_is_trade(const struct efti_veil *v, size_t i);

/* houses_titles.c: `i` begins what is marked, or (direction) is its part of the town */
bool efti_veil_is_title_word(const struct efti_veil *v, size_t i);
void efti_veil_org_quarter(struct efti_veil *v, size_t i);
bool efti_veil_org_side(struct efti_veil *v, size_t i);
bool efti_veil_org_direction(struct efti_veil *v, size_t i);
bool efti_veil_org_title(struct efti_veil *v, size_t i);
bool efti_veil_org_in_place(struct efti_veil *v, size_t i);

/* houses_called.c */
/** On the list of what workplaces are called, in the genitive too. */
bool efti_veil_is_called(const struct efti_veil *v, const struct efti_form *f);
/** What every place has, or of which there is one (VEIL_ASK_COMMON). */
bool efti_veil_is_common_kind(const struct efti_form *f);
/** Token `i` is an ordinary word with a capital: marks it where it names a house. */
void efti_veil_org_called(struct efti_veil *v, size_t i);

/* orgs_again.c */
/** The houses of the text once more, and what is joined to them or put beside its
 *  kind. */
void efti_veil_orgs_again(struct efti_veil *v);

#endif
