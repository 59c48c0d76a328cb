/*
 * own_joined.c - what a rule found around an entry of the user's lists, and the entry
 *
 *   Förskolan Solgläntan           [ORG_1]            one span, as the list says who
 *   Berit Lindkvist Holm           [PERSON_1]
 *   Gröna husets kök               [ORG_1]s kök       the list says where the name ends
 *
 * A rule that knows nothing of the lists takes more or less than the entry, and what is
 * left of it outside (decide.c) would be a second tag beside the first. Both become one
 * span of the entry, if they are of one category and only blanks or a hyphen stand
 * between. The exception is a unit's genitive with one ordinary word behind it: that word
 * is no part of a name. (A ward by a common noun is definite, *Eken*, and no word is
 * definite behind a genitive.)
 *
 * Two entries side by side stay two, and a new line parts people.
 */
#include "veil/find.h"

/* Does nothing stand between the two but what a name may have inside? */
static bool
is_one_stretch(const struct efti_veil *v, const struct efti_span *a,
               const struct efti_span *b)
{
    for (uint32_t i = a->end; i < b->start; i++)
        if (v->text.bytes[i] != ' ' && v->text.bytes[i] != '-')
            return false;
    return true;
}

static bool
are_joined(const struct efti_veil *v, const struct efti_span *a,
           const struct efti_span *b)
{
    return a->category == b->category &&
           (a->rule == VEIL_RULE_OWN) != (b->rule == VEIL_RULE_OWN) &&
           is_one_stretch(v, a, b);
}

/* "s kök" behind "Gröna huset". */
static bool
is_a_genitives_word(struct efti_veil *v, const struct efti_span *own,
                    const struct efti_span *rest)
{
    const uint32_t names = EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE;
    size_t i = efti_veil_token_at(v, rest->start) + 1;

    if (own->category != EFTI_ORG || own->end != rest->start ||
        v->text.bytes[rest->start] != 's' || efti_veil_byte(v, rest->start + 1) != ' ' ||
        i >= v->words.count || v->segments->tokens.items[i].end != rest->end)
        return false;
    const struct efti_form *f = v->words.items[i].form;
    return f != NULL && f->casing == EFTI_CASING_LOWER && (f->lists & names) == 0 &&
           (efti_dictionary_find(v->dictionary, f->folded, f->folded_size) &
            EFTI_DICT_LOWER) != 0;
}

/* The entry with all of the other; its number says which entry it is. With another first
 * name a surname alone may be somebody else's. */
static struct efti_span
span_of_both(const struct efti_veil *v, const struct efti_span *a,
             const struct efti_span *b)
{
    struct efti_span both = a->rule == VEIL_RULE_OWN ? *a : *b;

    if (both.category == EFTI_PERSON &&
        memchr(v->text.bytes + both.start, ' ', both.end - both.start) == NULL)
        both.number = 0;
    both.start = a->start;
    both.end = b->end;
    return both;
}

void
efti_veil_join_own(struct efti_veil *v, struct efti_veiled *out)
{
    struct efti_span *spans = out->spans.items;
    size_t kept = 0;

    if (v->own_lists == NULL)
        return;
    for (size_t i = 0; i < out->spans.count; i++) {
        if (kept == 0 || !are_joined(v, &spans[kept - 1], &spans[i]))
            spans[kept++] = spans[i];
        else if (spans[i].rule == VEIL_RULE_OWN ||
                 !is_a_genitives_word(v, &spans[kept - 1], &spans[i]))
            spans[kept - 1] = span_of_both(v, &spans[kept - 1], &spans[i]);
    }
    out->spans.count = kept;
}
