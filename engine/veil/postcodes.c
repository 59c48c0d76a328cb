/*
 * postcodes.c - postcodes with the town behind and the address before them
 *
 *   Lillmyra 45, | 824 93 | Hudiksvall      an address before it, a town behind it
 *                SE-571 38                  the letters of the country
 *   Postnummer   | 57138 |                  the word for it, before or behind
 *   bor i        | 972 41 |                 somebody lives in it
 *                | 972 41 |                 three figures and two, as no sum is written
 *
 * Five figures alone may be anything, and so may three and two that count something or
 * that the word before them explains (rum, felkod, buss); no postcode begins with 0.
 * Before a postcode a word and a number are an address whatever they look like.
 */
#include "veil/address.h"

/* Does an address end right before byte `at` (", " or a blank between)? `*span` goes
 * along with the text: addresses were found in its order. */
static bool
address_before(const struct efti_veil *v, size_t *span, size_t at)
{
    const struct efti_span *found = v->found.items;

    for (; *span < v->found.count && found[*span].end <= at; ++*span)
        if (found[*span].category == EFTI_ADDRESS && at - found[*span].end <= 3)
            return true;
    return false;
}

static bool
may_be_town(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count || (w = address_word(v, i))->form == NULL ||
        w->glue != VEIL_GLUE_SPACE)
        return false;
    if ((w->bits & VEIL_PLACE) != 0)
        return true;
    return (w->bits & VEIL_CAPITAL) != 0 &&
           ((w->bits & VEIL_PLACE_WORD) != 0 ||
            (w->bits & (VEIL_ORDINARY | VEIL_KEEP)) == 0);
}

/* 972 41: three figures and two, which no sum is written in. By itself it is a postcode
 * unless the word before it has numbers of its own. */
static bool
stands_as_postcode(const struct efti_veil *v, size_t at, size_t last)
{
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);
    size_t next =
        efti_veil_token_near(v, v->runs.items[last].token, v->runs.items[last].end);

    if (last == at || v->runs.items[at].gap != VEIL_GAP_FAR ||
        efti_veil_next_gap(v, last) != VEIL_GAP_FAR ||
        v->runs.items[last].start - v->runs.items[at].end != 1 ||
        efti_veil_key_after(v->text, v->runs.items[last].end) == VEIL_KEY_UNIT)
        return false;
    if (i > 0 && address_word(v, i)->glue != VEIL_GLUE_FAR &&
        (efti_veil_in(v, i - 1, GROUP_OTHER_NUMBERS) ||
         (address_word(v, i - 1)->bits & VEIL_DIGITS) != 0))
        return false;
    return efti_address_counts_nothing(v, next);
}

/* "Postnummer 57138", "postadress: 571 38". */
static bool
says_postcode(const struct efti_veil *v, size_t start)
{
    size_t i = efti_veil_token_at(v, start);

    for (size_t n = i; n > 0 && i - n < 6 && n < v->words.count &&
                       address_word(v, n)->glue != VEIL_GLUE_FAR;
         n--) /* postnumret av misstag, 972 41 */
        if (efti_veil_in(v, n - 1, GROUP_POSTCODE_WORDS))
            return true;
    for (size_t n = i + 1; n < i + 6; n++) /* 417 22 är mitt postnummer */
        if (efti_veil_in(v, n, GROUP_POSTCODE_WORDS) &&
            v->words.items[n].glue == VEIL_GLUE_SPACE)
            return true;
    return false;
}

/* "Lillmyra 45, 824 93 Hudiksvall": before a postcode and its town a word and a number
 * are an address whatever they look like. */
static void
address_by_postcode(struct efti_veil *v, size_t start)
{
    size_t i = efti_veil_token_at(v, start);

    if (i < 2 || i >= v->words.count || address_word(v, i)->glue == VEIL_GLUE_FAR ||
        !efti_address_is_house_number(v, i - 1) || address_word(v, i - 2)->form == NULL ||
        address_word(v, i - 2)->form->kind != EFTI_WORD ||
        ((address_word(v, i - 2)->bits & VEIL_CAPITAL) == 0 &&
         !efti_address_ends_as_street(address_word(v, i - 2)->form)))
        return;
    efti_veil_propose(v, address_token(v, efti_address_words_before(v, i - 2))->start,
                      address_token(v, i - 1)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

void
efti_address_postcode(struct efti_veil *v, size_t at, size_t *span)
{
    struct veil_run *run = &v->runs.items[at];
    size_t last = at, start = run->start, town;
    bool prefixed, thousands = false;

    if (run->taken != 0 || efti_veil_digits(v, at)[0] == '0')
        return;
    if (run->count == 3 && at + 1 < v->runs.count && v->runs.items[at + 1].count == 2 &&
        v->runs.items[at + 1].taken == 0 && v->runs.items[at + 1].gap == VEIL_GAP_SPACE)
        last = at + 1;
    else if (run->count == 2 && at + 1 < v->runs.count &&
             v->runs.items[at + 1].count == 3 && v->runs.items[at + 1].taken == 0 &&
             v->runs.items[at + 1].gap == VEIL_GAP_SPACE) { /* as a sum is written */
        last = at + 1;
        thousands = true;
    } else if (run->count != 5)
        return;
    prefixed = start >= 3 && memcmp(v->text.bytes + start - 3, "SE-", 3) == 0;
    size_t prefix = prefixed                                                        ? 3
                    : start >= 2 && memcmp(v->text.bytes + start - 2, "S-", 2) == 0 ? 2
                                                                                    : 0;
    town = efti_veil_token_near(v, v->runs.items[last].token, v->runs.items[last].end);
    bool lives = start > 2 && memcmp(v->text.bytes + start - 3, " i ", 3) == 0 &&
                 (last > at || (memcmp(efti_veil_digits(v, at) + 3, "00", 2) != 0 &&
                                efti_address_counts_nothing(v, town))) &&
                 efti_veil_key_after(v->text, v->runs.items[last].end) != VEIL_KEY_UNIT;
    if (thousands && !says_postcode(v, start) &&
        (!may_be_town(v, town) || !address_before(v, span, start)))
        return;
    if (!prefixed && !lives && !address_before(v, span, start) && !may_be_town(v, town) &&
        !says_postcode(v, start) && !stands_as_postcode(v, at, last))
        return;
    run->taken = v->runs.items[last].taken = 1;
    address_by_postcode(v, start);
    efti_veil_propose(v, start - prefix, v->runs.items[last].end, VEIL_RULE_POSTCODE,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_CONTEXT);
    if (efti_veil_follows(v, town) && address_word(v, town)->form != NULL &&
        (may_be_town(v, town) || (address_word(v, town)->bits & VEIL_CAPITAL) != 0))
        efti_veil_propose(v, address_token(v, town)->start, address_token(v, town)->end,
                          VEIL_RULE_PLACE_FRAME,
                          EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_FRAME);
}
