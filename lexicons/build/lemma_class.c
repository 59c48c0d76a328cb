/*
 * lemma_class.c - verbs, nouns, adjectives: by the forms that a headword has
 *
 * The dictionary does not tell parts of speech, and its compressor has spread the forms
 * of one verb over several headwords ("vinn" gives vinna, "vård" gives vårdar). So verbs
 * are known by forms that are listed anywhere, nouns and adjectives by their own
 * paradigm. A word may be several (fara: noun and verb). These are hints for lemma_join.c
 * and lemma_choose.c, wrong for some rare word; nothing else leans on them.
 */
#include "lemma.h"

#include "lexicons/dictionary_format.h"

/* springa springande; kalla kallar kallade; köpa köper köpte; bära bär burit. */
static bool
class_is_verb_in_a(const struct lemmas *l, uint32_t word)
{
    if (lemma_listed(l, word, "a", "ande"))
        return true;
    if (lemma_listed(l, word, "a", "ar"))
        return lemma_listed(l, word, "a", "ade");
    if (lemma_listed(l, word, "ra", "r") || lemma_listed(l, word, "la", "l"))
        return lemma_listed(l, word, "a", "de") || lemma_listed(l, word, "a", "it");
    if (lemma_listed(l, word, "mma", "mde") || lemma_listed(l, word, "nna", "nde"))
        return true;
    return lemma_listed(l, word, "a", "er") &&
           (lemma_listed(l, word, "a", "te") || lemma_listed(l, word, "a", "de") ||
            lemma_listed(l, word, "a", "it"));
}

/* se seende; gå gående; tro trodde. */
static bool
class_is_verb(const struct lemmas *l, uint32_t word)
{
    if (lemma_ends(l, word, "a"))
        return class_is_verb_in_a(l, word);
    if (lemma_listed(l, word, "", "ende"))
        return lemma_has_swap(l, word, "", "r") || lemma_has_swap(l, word, "", "s");
    return lemma_listed(l, word, "", "dde") && lemma_has_swap(l, word, "", "r");
}

/* A genitive of a definite form: stolens, husets, skolorna(s), skolans. The -n of a verb
 * alone (påverkan) makes no noun of the verb. */
static bool
class_is_noun(const struct lemmas *l, uint32_t word, bool verb)
{
    static const char *const ends[] = {"ens", "ets", "nas"};
    const struct lemma_word *w = &l->words.items[word];
    uint32_t common = lemma_with(l, word, 0, "ns"), neuter = lemma_with(l, word, 0, "ts");

    for (uint32_t i = 0; i < w->forms; i++) {
        uint32_t form = l->by_base[w->forms_at + i].form;
        for (size_t k = 0; k < EFTI_COUNT(ends); k++) {
            if (lemma_ends(l, form, ends[k]))
                return true;
        }
        if ((form == common && !verb) || (form == neuter && !lemma_ends(l, word, "a")))
            return true;
    }
    return false;
}

/* stor stora; öppen öppna; enkel enkla; vacker vackra; fast fastast. */
static bool
class_is_adjective(const struct lemmas *l, uint32_t word)
{
    return lemma_has_swap(l, word, "", "a") || lemma_has_swap(l, word, "en", "na") ||
           lemma_has_swap(l, word, "el", "la") || lemma_has_swap(l, word, "er", "ra") ||
           lemma_has_swap(l, word, "", "ast") || lemma_has_swap(l, word, "", "ma");
}

void
lemmas_classify(struct lemmas *l)
{
    for (uint32_t i = 0; i < l->words.count; i++) {
        struct lemma_word *w = &l->words.items[i];
        if ((w->bits & LEMMA_LISTED) == 0)
            continue;
        bool verb = class_is_verb(l, i);
        if (verb)
            w->bits |= LEMMA_VERB;
        if (class_is_noun(l, i, verb))
            w->bits |= LEMMA_NOUN;
        if (class_is_adjective(l, i))
            w->bits |= LEMMA_ADJECTIVE;
        if (lemma_has_swap(l, i, "", "ast") || lemma_has_swap(l, i, "en", "nast") ||
            lemma_has_swap(l, i, "el", "last") || lemma_has_swap(l, i, "er", "rast"))
            w->bits |= LEMMA_COMPARES;
    }
}
