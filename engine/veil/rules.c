/*
 * rules.c - from evidence to rule and score
 *
 * Two tables. rules.inc names every rule; the table below chooses the rule for a single
 * word that may be a person's name. Read it from the top: the first line whose evidence
 * is met decides, and a word that meets none is left alone.
 *
 *   all    every bit must be there
 *   any    at least one, if the mask is not empty
 *   other  the same for a second group
 *   none   none of these
 *
 * "Ordinary" below means that the word stands in the dictionary in lower case.
 */
#include "veil/find.h"

static const struct veil_rule rules[VEIL_RULE_COUNT] = {
    [VEIL_RULE_NONE] = {"none", 0, EFTI_CATEGORY_COUNT, VEIL_RANK_NAME, 0},
#define VEIL_RULE(id, name, category, rank, all, score)                                  \
    [VEIL_RULE_##id] = {name, all, category, rank, score},
#include "veil/rules.inc"
#undef VEIL_RULE
};

#define LIST_1 EFTI_EVIDENCE_LIST_1
#define LIST_2 EFTI_EVIDENCE_LIST_2
#define FRAME EFTI_EVIDENCE_FRAME
#define ROLE EFTI_EVIDENCE_ROLE
#define MID EFTI_EVIDENCE_CAPITAL_MID
#define NAME_SHAPE EFTI_EVIDENCE_NAME_SHAPE
#define UNKNOWN EFTI_EVIDENCE_UNKNOWN
#define NEIGHBOUR EFTI_EVIDENCE_NEIGHBOUR
#define REPEAT EFTI_EVIDENCE_REPEAT
#define SIGNATURE EFTI_EVIDENCE_SIGNATURE
#define CAPITAL VEIL_SEES_CAPITAL
#define WORD VEIL_SEES_WORD
#define SURNAME VEIL_SEES_SURNAME
#define ALSO_MID VEIL_SEES_ALSO_MID
#define ALSO_FRAME VEIL_SEES_ALSO_FRAME
#define WEAK VEIL_SEES_WEAK
#define LOW_TEXT VEIL_SEES_LOW_TEXT
#define NEVER VEIL_SEES_NEVER
#define AFTER VEIL_SEES_AFTER
#define SLIP VEIL_SEES_SLIP
#define CALLED VEIL_SEES_CALLED
#define SUBJECT VEIL_SEES_SUBJECT

static const struct veil_name_rule name_rules[] = {
    {VEIL_RULE_NAME_SIGNATURE, SIGNATURE, 0, 0, NEVER},
    /* a given name that is nothing else, wherever it stands and however it is
     * written; the list keeps those that are words apart (lisa is in the
     * dictionary too: comfort) */
    {VEIL_RULE_NAME_LISTED, LIST_1, 0, 0, NEVER},
    {VEIL_RULE_NAME_LISTED, ALSO_MID | UNKNOWN, 0, 0, WORD | NEVER},
    /* fail closed (rule 8.1) */
    {VEIL_RULE_NAME_CAPITAL, MID | UNKNOWN, 0, 0, 0},
    /* Björn, Stig, Hans: ordinary words, but listed as names */
    {VEIL_RULE_NAME_WORD, MID, LIST_1 | LIST_2 | ALSO_MID, 0, NEVER},
    {VEIL_RULE_NAME_WORD, MID | ALSO_FRAME, FRAME | ROLE | CALLED | NEIGHBOUR | AFTER, 0,
     NEVER},
    /* kollegan Malmberg: the dictionary has many surnames, and no one says
     * what they are */
    {VEIL_RULE_NAME_WORD, MID, SURNAME, FRAME | ROLE | CALLED | AFTER, NEVER},
    {VEIL_RULE_NAME_WORD, MID | SURNAME | NAME_SHAPE, 0, 0, NEVER},
    /* after a start, colon or bullet a capital says nothing: it needs support */
    {VEIL_RULE_NAME_START, CAPITAL | UNKNOWN,
     LIST_1 | LIST_2 | SURNAME | ALSO_MID | NAME_SHAPE | FRAME | ROLE | REPEAT |
         NEIGHBOUR,
     0, 0},
    /* a verb behind it says little where the word may be a misspelt
     * one: Handlegaren är */
    {VEIL_RULE_NAME_START, CAPITAL | UNKNOWN, AFTER | WEAK, 0, SLIP},
    {VEIL_RULE_NAME_START, CAPITAL | WORD, LIST_1 | LIST_2 | ALSO_MID,
     FRAME | AFTER | ROLE | REPEAT | NEIGHBOUR, NEVER},
    /* Malmberg ringde */
    {VEIL_RULE_NAME_START, CAPITAL | WORD | SURNAME, FRAME | AFTER | ROLE | CALLED, 0,
     NEVER},
    /* Lotta kom, Björn är: words too, but far oftener names (names/given.tsv, tier 2) */
    {VEIL_RULE_NAME_START, CAPITAL | WORD | LIST_2, WEAK, 0, NEVER},
    {VEIL_RULE_NAME_START, CAPITAL | WORD | ALSO_FRAME, CALLED | ROLE | NEIGHBOUR | AFTER,
     0, NEVER},
    /* lower case: pratade med björn, mamman noor, en kille som heter love */
    {VEIL_RULE_NAME_FRAME, FRAME, LIST_1 | LIST_2 | ALSO_MID, 0, NEVER},
    {VEIL_RULE_NAME_FRAME, CALLED, LIST_1 | LIST_2 | SURNAME | ALSO_MID | ALSO_FRAME, 0,
     NEVER},
    /* björn ringde igår, då sa stig; nobody knows the word, and no slip explains it */
    {VEIL_RULE_NAME_FRAME, SUBJECT, LIST_1 | LIST_2 | ALSO_MID, 0, NEVER},
    {VEIL_RULE_NAME_FRAME, SUBJECT | UNKNOWN, 0, 0, WORD | NEVER | SLIP},
    /* fail closed here too: nobody knows the word, and a name is what belongs there */
    {VEIL_RULE_NAME_FRAME, UNKNOWN, FRAME | CALLED, 0, WORD | NEVER},
    {VEIL_RULE_NAME_ROLE, UNKNOWN, LIST_1 | LIST_2, ROLE | WEAK | AFTER | NEIGHBOUR, 0},
    {VEIL_RULE_NAME_ROLE, LOW_TEXT | UNKNOWN | LIST_2, 0, 0, WORD},
    /* on the list, and far from any word: viorica från härbärget */
    {VEIL_RULE_NAME_ROLE, UNKNOWN | LIST_2, 0, 0, WORD | NEVER | SLIP},
    {VEIL_RULE_NAME_ROLE, UNKNOWN, ROLE, 0, WORD | NEVER | SLIP},
    {VEIL_RULE_NAME_ROLE, LOW_TEXT | UNKNOWN, WEAK, 0, WORD | NEVER | SLIP},
    /* brukaren dag ville inte, tandsköterskan gun sa */
    {VEIL_RULE_NAME_ROLE, ROLE | ALSO_MID | WORD, AFTER | WEAK, 0, NEVER},
    /* dr strand ordinerade, brukaren sven ville */
    {VEIL_RULE_NAME_ROLE, ROLE | SURNAME | WORD, AFTER | WEAK, 0, NEVER},
    {VEIL_RULE_NAME_ROLE, ROLE | LIST_2 | WORD, AFTER | WEAK, 0, NEVER},
    {VEIL_RULE_NAME_REPEAT, REPEAT, 0, 0, WORD},
};

const struct veil_rule *
efti_veil_rule(uint16_t id)
{
    return &rules[id < VEIL_RULE_COUNT ? id : VEIL_RULE_NONE];
}

const char *
efti_rule_name(uint16_t rule)
{
    return efti_veil_rule(rule)->name;
}

/* By bit of EFTI_EVIDENCE_*, as --explain prints them. */
static const char *const evidence_names[] = {
    "shape",  "checksum",  "date",    "keyword",    "list-1",  "list-2",
    "frame",  "role",      "capital", "name-shape", "unknown", "neighbour",
    "repeat", "signature", "forced",  "own-list"};

const char *
efti_evidence_name(unsigned bit)
{
    return bit < EFTI_COUNT(evidence_names) ? evidence_names[bit] : NULL;
}

uint16_t
efti_veil_name_rule(uint32_t evidence)
{
    if ((evidence & VEIL_NEEDED_EVIDENCE) == 0)
        return VEIL_RULE_NONE;
    for (size_t i = 0; i < EFTI_COUNT(name_rules); i++) {
        const struct veil_name_rule *r = &name_rules[i];

        if ((evidence & r->all) == r->all && (evidence & r->none) == 0 &&
            (r->any == 0 || (evidence & r->any) != 0) &&
            (r->other == 0 || (evidence & r->other) != 0))
            return r->rule;
    }
    return VEIL_RULE_NONE;
}

/* What a further piece of evidence adds to the score of a rule. Tens, not units: the
 * order of rules is what counts, and a reader of the spans sorts by it. */
static const struct {
    uint32_t bit;
    uint8_t worth;
} extras[] = {
    {EFTI_EVIDENCE_CHECKSUM, 8}, {EFTI_EVIDENCE_CONTEXT, 10},
    {EFTI_EVIDENCE_DATE_OK, 5},  {EFTI_EVIDENCE_LIST_1, 15},
    {EFTI_EVIDENCE_LIST_2, 8},   {EFTI_EVIDENCE_FRAME, 10},
    {EFTI_EVIDENCE_ROLE, 8},     {EFTI_EVIDENCE_NEIGHBOUR, 8},
    {EFTI_EVIDENCE_REPEAT, 5},   {EFTI_EVIDENCE_NAME_SHAPE, 5},
};

const struct veil_name_rule *
efti_veil_name_rule_at(size_t line)
{
    return line < EFTI_COUNT(name_rules) ? &name_rules[line] : NULL;
}

uint8_t
efti_evidence_worth(uint32_t bit)
{
    for (size_t i = 0; i < EFTI_COUNT(extras); i++)
        if (extras[i].bit == bit)
            return extras[i].worth;
    return 0;
}

uint8_t
efti_veil_score(uint16_t rule, uint32_t evidence)
{
    const struct veil_rule *r = efti_veil_rule(rule);
    uint32_t score = r->score;

    for (size_t i = 0; i < EFTI_COUNT(extras); i++)
        if ((evidence & extras[i].bit) != 0 && (r->all & extras[i].bit) == 0)
            score += extras[i].worth;
    return (uint8_t)(score > 99 ? 99 : score);
}
