/*
 * piece.h - a word, or a piece of a hyphenated one, and what the tables say about it
 *
 * words.c makes the flags of a form from its pieces; pieces.c asks what one piece is, and
 * kept.c whether it stays: authorities, methods, products and what is formed from them.
 */
#ifndef EFTI_VEIL_PIECE_H
#define EFTI_VEIL_PIECE_H

#include "veil/find.h"

struct piece {
    const char *folded;
    size_t size;
    uint32_t dict, lists;
    enum efti_shape shape;
    bool capital, upper;
    uint32_t capitals, letters;
    bool part; /* of a hyphenated word */
};

/* Lists of what stays, and of names that a person is called by. */
#define PIECE_PEOPLE                                                                     \
    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)
#define PIECE_KEPT (EFTI_LIST_KEEP | EFTI_LIST_FIELD)
#define PIECE_GIVEN (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID)

/* pieces.c */
/** Casing and number of letters from the raw bytes. */
void efti_piece_count_capitals(struct piece *p, const char *raw, size_t size);
/** What dictionary, lists and shapes say of the folded bytes. */
void efti_piece_look_up(const struct efti_veil *v, struct piece *p);
/** Does a compound whose last part begins at `last` end as houses do:
 *  kvarnis, Ugglebo? */
bool efti_piece_is_short_or_home(const struct piece *p, size_t last);
/** VEIL_* bits of a piece that was looked up; a roster may change its lists. */
uint32_t efti_piece_bits(const struct efti_veil *v, struct piece *p);
/** The bits of names and places that lists stand for. */
uint32_t efti_piece_name_bits(uint32_t lists);
/** A listed name or place that begins a compound with an ordinary last part, as bits. */
uint32_t efti_piece_name_inside(const struct efti_veil *v, const struct piece *p);
/** Does an organisation's name begin or end with it? */
bool efti_piece_is_head(const struct piece *p);
/** Bytes without the s of a genitive. */
size_t efti_veil_without_genitive(const char *folded, size_t size);

/* kept.c */
/** What the lists say of `size` bytes of the piece from `from` on; nothing of what stays
 *  where it may be somebody's name. */
uint32_t efti_piece_lists(const struct efti_veil *v, const struct piece *p, size_t from,
                          size_t size);
/** On the lists of what stays? Takes the piece from them where it may be a name. */
bool efti_piece_is_kept(struct piece *p);
/** The same, as it is or in the genitive. */
bool efti_piece_is_kept_whole(const struct efti_veil *v, struct piece *p);
/** Did efti_piece_is_kept() take it for a person? */
bool efti_piece_stopped_keeping(const struct efti_form *form, const struct piece *p);
bool efti_piece_is_kept_inflected(const struct efti_veil *v, const struct piece *p);
bool efti_piece_is_kept_compound(const struct efti_veil *v, const struct piece *p);
bool efti_piece_is_thing(const struct efti_veil *v, const struct piece *p);
bool efti_piece_is_goods(const struct efti_veil *v, const struct piece *p);
bool efti_piece_is_chat(const struct piece *p);

#endif
