/*
 * rules.h - evidence, and the tables that make rules and scores of it (rules.c,
 * rules.inc)
 *
 * Evidence is a set of bits: the public ones (veil.h), which --explain tells, and those
 * of this room, which stay in it.
 */
#ifndef EFTI_VEIL_RULES_H
#define EFTI_VEIL_RULES_H

#include "veil/veil.h"

/* Evidence of this room besides the public bits; kept out of what leaves. */
enum {
    VEIL_SEES_CAPITAL = 1 << 16, /* a capital, wherever it stands */
    VEIL_SEES_WORD = 1 << 17,    /* also an ordinary word in lower case */
    VEIL_SEES_SURNAME = 1 << 18,
    VEIL_SEES_ALSO_MID = 1 << 19,
    VEIL_SEES_ALSO_FRAME = 1 << 20,
    VEIL_SEES_WEAK = 1 << 21,     /* a weak frame */
    VEIL_SEES_LOW_TEXT = 1 << 22, /* the writer uses no capitals */
    VEIL_SEES_NEVER = 1 << 23,
    VEIL_SEES_AFTER = 1 << 24,  /* a strong frame after it */
    VEIL_SEES_SLIP = 1 << 26,   /* one step from an ordinary word */
    VEIL_SEES_CALLED = 1 << 25, /* heter, kallas, vid namn before it */
    VEIL_SEES_ROLL = 1 << 28,   /* in a list behind "närvarande:" */
    VEIL_SEES_JOINED = 1 << 29, /* what follows it has been joined to it */
    VEIL_SEES_SUBJECT = 1 << 27 /* in small letters where a subject stands, and a verb */
};
#define VEIL_PUBLIC_EVIDENCE 0xFFFFu
/* Every line of the table of names (rules.c) asks for one of these. */
#define VEIL_NEEDED_EVIDENCE                                                             \
    (EFTI_EVIDENCE_SIGNATURE | EFTI_EVIDENCE_LIST_1 | EFTI_EVIDENCE_LIST_2 |             \
     EFTI_EVIDENCE_UNKNOWN | EFTI_EVIDENCE_REPEAT | VEIL_SEES_SURNAME |                  \
     VEIL_SEES_ALSO_MID | VEIL_SEES_ALSO_FRAME)

#define VEIL_NAME_RULES 256 /* a power of two */

/* The rules (rules.c). Order is free; names are part of the output format. */
enum veil_rule_id {
    VEIL_RULE_NONE,
#define VEIL_RULE(id, name, category, rank, all, score) VEIL_RULE_##id,
#include "veil/rules.inc"
#undef VEIL_RULE
    VEIL_RULE_COUNT
};
enum { VEIL_RANK_WHOLE, VEIL_RANK_STRUCTURED, VEIL_RANK_NAME };
struct veil_rule {
    const char *name;
    uint32_t all; /* evidence that must be there */
    uint8_t category, rank, score;
};
const struct veil_rule *efti_veil_rule(uint16_t id);
/** A line of the table of names: for one word that may be a person's (rules.c). */
struct veil_name_rule {
    uint16_t rule;
    uint32_t all, any, other, none;
};
/** NULL behind the last. */
const struct veil_name_rule *efti_veil_name_rule_at(size_t line);
/** What a piece of evidence adds to the score of a rule that does not ask for it. */
uint8_t efti_evidence_worth(uint32_t bit);
/** The first line of the table of names that `evidence` meets, or VEIL_RULE_NONE. */
uint16_t efti_veil_name_rule(uint32_t evidence);
uint8_t efti_veil_score(uint16_t rule, uint32_t evidence);

#endif
