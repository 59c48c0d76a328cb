/*
 * lemma_join.c - headwords that are forms of another headword
 *
 * hunspell-sv lists many inflected forms as headwords: irregular ones (sprang, bättre,
 * män), and regular ones that its compressor found cheaper so (finner, avläst, långsamt,
 * förtroendevalda). A row of `rules` joins such a headword, with all its own forms, to
 * the headword made by exchanging its end, if
 *
 *   - that headword is of the class that the row asks for, and
 *   - the joined one has no paradigm of its own: for strict rows nothing but a genitive;
 *     for the others nothing that makes it a noun, a verb or an adjective that compares
 *     (utmärkt, utmärktare stays; avläst, avlästa goes to avläsa); and
 *   - neither a function word nor the no-conflate list keeps it where it is.
 *
 * A past participle is a form of its verb where the two share forms (ökad, ökade, ökat
 * from öka): as a form without its sentence they cannot be told apart. Participles of
 * strong verbs (skriven, skrivna) share none and stay words of their own, and so do those
 * that hunspell does not derive from the verb (anställd) and present participles
 * (ledande).
 */
#include "lemma.h"

#include "lexicons/dictionary_format.h"

enum {
    JOIN_STRICT = 1 << 0,  /* tiny only */
    JOIN_DERIVED = 1 << 1, /* only if an affix rule gives the one from the other */
    JOIN_ROOT = 1 << 2,    /* the other must be a headword */
    JOIN_NO_VERB = 1 << 3, /* the other must be no verb besides */
    JOIN_BARE = 1 << 4     /* no noun's or adjective's endings are listed */
};

static const struct join_rule {
    const char *from, *to;
    uint32_t class;
    unsigned how;
} rules[] = {
    /* participles and past forms; the longest ends first */
    {"ade", "a", LEMMA_VERB, JOIN_ROOT},
    {"ad", "a", LEMMA_VERB, JOIN_ROOT},
    {"dde", "", LEMMA_VERB, JOIN_ROOT},
    {"dde", "da", LEMMA_VERB, JOIN_ROOT},
    {"mde", "mma", LEMMA_VERB, 0},
    {"nde", "nna", LEMMA_VERB, 0},
    {"de", "a", LEMMA_VERB, 0},
    {"te", "a", LEMMA_VERB, 0},
    {"it", "a", LEMMA_VERB, 0},
    {"da", "a", LEMMA_VERB, JOIN_ROOT},
    {"ta", "a", LEMMA_VERB, JOIN_DERIVED},
    {"d", "a", LEMMA_VERB, JOIN_DERIVED},
    {"d", "da", LEMMA_VERB, JOIN_DERIVED},
    {"dd", "da", LEMMA_VERB, JOIN_DERIVED},
    {"dd", "", LEMMA_VERB, JOIN_DERIVED},
    {"tt", "ta", LEMMA_VERB, JOIN_DERIVED},
    {"t", "a", LEMMA_VERB, JOIN_DERIVED},
    {"tt", "da", LEMMA_VERB, JOIN_DERIVED},
    {"tt", "", LEMMA_VERB, JOIN_DERIVED},
    {"nd", "nna", LEMMA_VERB, JOIN_DERIVED},
    {"md", "mma", LEMMA_VERB, JOIN_DERIVED},
    {"nt", "nna", LEMMA_VERB, JOIN_DERIVED},
    {"mt", "mma", LEMMA_VERB, JOIN_DERIVED},
    /* present, passive, imperative */
    {"er", "a", LEMMA_VERB, JOIN_STRICT},
    {"ar", "a", LEMMA_VERB, JOIN_STRICT},
    {"as", "a", LEMMA_VERB, JOIN_ROOT},
    {"s", "a", LEMMA_VERB, 0},
    {"as", "a", LEMMA_VERB, JOIN_STRICT | JOIN_DERIVED},
    {"es", "a", LEMMA_VERB, JOIN_STRICT | JOIN_DERIVED},
    {"tes", "a", LEMMA_VERB, JOIN_STRICT | JOIN_DERIVED},
    {"des", "a", LEMMA_VERB, JOIN_STRICT | JOIN_DERIVED},
    {"ts", "a", LEMMA_VERB, JOIN_STRICT | JOIN_DERIVED},
    {"its", "a", LEMMA_VERB, JOIN_STRICT},
    {"m", "mma", LEMMA_VERB, JOIN_STRICT | JOIN_ROOT},
    {"", "a", LEMMA_VERB, JOIN_STRICT | JOIN_ROOT | JOIN_BARE},
    /* genitives and inflected nouns */
    {"s", "", LEMMA_NOUN | LEMMA_VERB | LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_DERIVED},
    {"en", "", LEMMA_NOUN, JOIN_STRICT | JOIN_ROOT},
    {"et", "", LEMMA_NOUN, JOIN_STRICT | JOIN_ROOT},
    {"n", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED | JOIN_NO_VERB},
    {"t", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ana", "a", LEMMA_NOUN, JOIN_STRICT | JOIN_ROOT}, /* schemana */
    {"ar", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"er", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ers", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ars", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"or", "a", LEMMA_NOUN, JOIN_STRICT | JOIN_ROOT},
    {"ors", "a", LEMMA_NOUN, JOIN_STRICT | JOIN_ROOT},
    {"erna", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ens", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ets", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED},
    {"ns", "", LEMMA_NOUN, JOIN_STRICT | JOIN_DERIVED | JOIN_NO_VERB},
    /* adjectives: neuter, plural, degrees */
    {"samt", "sam", LEMMA_ROOT, JOIN_STRICT},
    {"samma", "sam", LEMMA_ROOT, JOIN_STRICT},
    {"änt", "än", LEMMA_ROOT, JOIN_STRICT},
    {"änna", "än", LEMMA_ROOT, JOIN_STRICT},
    {"t", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"t", "d", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT | JOIN_DERIVED},
    {"t", "n", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT | JOIN_DERIVED},
    {"et", "en", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"na", "en", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"na", "n", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"ma", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"a", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"are", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT},
    {"ast", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT | JOIN_DERIVED},
    {"aste", "", LEMMA_ADJECTIVE, JOIN_STRICT | JOIN_ROOT | JOIN_DERIVED},
};

static bool
join_is_allowed(const struct lemmas *l, const struct join_rule *r, uint32_t word,
                uint32_t other)
{
    if (other == LEMMA_NONE || other == word || !lemma_is(l, other, r->class))
        return false;
    if ((r->how & JOIN_DERIVED) && !lemma_has(l, other, word))
        return false;
    if ((r->how & JOIN_ROOT) && !lemma_is(l, other, LEMMA_ROOT))
        return false;
    if ((r->how & JOIN_NO_VERB) && lemma_is(l, other, LEMMA_VERB))
        return false; /* begäran */
    if ((r->how & JOIN_BARE) &&
        (lemma_listed(l, word, "", "et") || lemma_listed(l, word, "", "en") ||
         lemma_listed(l, word, "", "are")))
        return false; /* besvär, besväret; slät, slätare */
    return !lemma_kept_apart(l, word, other);
}

static uint32_t
join_by_rule(const struct lemmas *l, uint32_t word)
{
    bool tiny = lemma_is_tiny(l, word);

    if (!tiny && lemma_is(l, word, LEMMA_NOUN | LEMMA_VERB | LEMMA_COMPARES))
        return LEMMA_NONE;
    for (size_t i = 0; i < EFTI_COUNT(rules); i++) {
        const struct join_rule *r = &rules[i];
        if ((r->how & JOIN_STRICT) && !tiny)
            continue;
        uint32_t other = lemma_swap(l, word, r->from, r->to);
        if (join_is_allowed(l, r, word, other))
            return other;
    }
    return LEMMA_NONE;
}

/* By our list: not for nouns, whose rows stand for single forms ("var" is a noun too, and
 * "varet" no form of vara). */
static uint32_t
join_by_list(const struct lemmas *l, uint32_t word)
{
    if (lemma_is(l, word, LEMMA_NOUN) && l->words.items[word].row == LEMMA_NONE)
        return LEMMA_NONE;
    if (lemma_is(l, word, LEMMA_NOUN) && !lemma_is_tiny(l, word))
        return LEMMA_NONE;
    return lemma_by_list(l, word);
}

void
lemmas_join(struct lemmas *l)
{
    for (uint32_t i = 0; i < l->words.count; i++) {
        struct lemma_word *w = &l->words.items[i];
        if ((w->bits & LEMMA_LISTED) == 0 || (w->bits & LEMMA_ROOT) == 0)
            continue;
        uint32_t other = join_by_list(l, i);
        if (other == LEMMA_NONE && (w->bits & (LEMMA_FUNCTION | LEMMA_APART)) == 0)
            other = join_by_rule(l, i);
        if (other != i)
            w->join = other;
    }
}
