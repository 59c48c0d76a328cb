/*
 * lemma_choose.c - one base for each form
 *
 * In this order:
 *
 *   1. our list (base_forms.tsv), also for its genitive or passive and for longer words
 *      with that end: bestod goes to bestå as stod to stå;
 *   2. a function word stands for itself;
 *   3. a headword that was not joined stands for itself (stöd, although also the
 *      imperative of stöda), but
 *        - the -a form of an adjective goes to the adjective (svenska, permanenta), if
 *          it is no verb, or the adjective has several syllables (klara, lösa: verbs);
 *        - a participle that is also the definite form of a noun is the noun (gången);
 *   4. else one of the headwords that give the form, after joins. hunspell-sv often lists
 *      only one of two readings (vårdar by vård, not by vårda), so the other is added
 *      when its headword and a sister form are listed. Then
 *        - what only an imperative gives is a noun where its definite form is listed;
 *        - a passive in -s is the verb (begärs, not the genitive of begär);
 *        - a verb beats its participle (berett);
 *        - the reading that changes fewest bytes of the form wins (fallet: fall before
 *          fallen; vårdar: vårda before vård), then the shorter base, then bytes.
 *
 * Frequent forms for which a rule is wrong stand in the list (dagar: dag, not daga).
 */
#include "lemma.h"

#include "lexicons/dictionary_format.h"
#include "text/unicode.h"

#define CHOOSE_MAX 12u

struct readings {
    uint32_t items[CHOOSE_MAX];
    uint32_t count;
};

static void
readings_add(struct readings *r, uint32_t base)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->items[i] == base)
            return;
    }
    if (base != LEMMA_NONE && r->count < CHOOSE_MAX)
        r->items[r->count++] = base;
}

/* ------------------------------------------------------------------ the list */

/* Rows that only keep a word as it is (sten) say nothing of longer ones (hösten). */
static uint32_t
row_of_end(const struct lemmas *l, const char *bytes, size_t size)
{
    uint32_t id = efti_strings_find(l->strings, bytes, size);

    if (id == LEMMA_NONE || l->words.items[id].end_row == id)
        return LEMMA_NONE;
    return l->words.items[id].end_row;
}

/* Whether a row may speak for the end of `word`. For a noun only rows of nouns count
 * (sjömän): besök is not be + sök, nor ansvar ans + var. For an adjective only those of
 * adjectives (jättesmå; mager is not ma + ger). */
static bool
row_fits(const struct lemmas *l, uint32_t word, uint32_t row)
{
    if (!lemma_is(l, word, LEMMA_ROOT))
        return true;
    if (lemma_is(l, word, LEMMA_NOUN))
        return !lemma_is(l, row, LEMMA_VERB | LEMMA_ADJECTIVE);
    return !lemma_is(l, word, LEMMA_COMPARES) || lemma_is(l, row, LEMMA_ADJECTIVE);
}

/* bestod: be + stod, stod stands for stå, and bestå is listed. */
static uint32_t
list_by_end(const struct lemmas *l, uint32_t word)
{
    char bytes[2 * EFTI_DICT_FORM_MAX];
    eft_text w = lemma_text(l, word);

    for (size_t at = 2; at + 3 <= w.size; at++) {
        if (((unsigned char)w.bytes[at] & 0xC0) == 0x80)
            continue;
        uint32_t row = row_of_end(l, w.bytes + at, w.size - at);
        if (row == LEMMA_NONE && w.bytes[w.size - 1] == 's')
            row = row_of_end(l, w.bytes + at, w.size - at - 1);
        if (row == LEMMA_NONE || !row_fits(l, word, row))
            continue;
        eft_text base = lemma_text(l, row);
        memcpy(bytes, w.bytes, at);
        memcpy(bytes + at, base.bytes, base.size);
        uint32_t id = efti_strings_find(l->strings, bytes, at + base.size);
        if (id != word && lemma_is(l, id, LEMMA_LISTED) && !lemma_kept_apart(l, word, id))
            return id;
    }
    return LEMMA_NONE;
}

uint32_t
lemma_by_list(const struct lemmas *l, uint32_t word)
{
    const struct lemma_word *w = &l->words.items[word];

    if (w->bits & LEMMA_ROW_WORD)
        return w->row;
    uint32_t plain = lemma_swap(l, word, "s", "");
    if (lemma_is(l, plain, LEMMA_ROW_END) && lemma_is(l, plain, LEMMA_ROW_WORD) &&
        (!lemma_is(l, word, LEMMA_ROOT) || lemma_is_tiny(l, word)))
        return l->words.items[plain].row;
    return list_by_end(l, word);
}

/* Forms of regular words end like rows by chance (handlade: hand + lade; vårdslöst): the
 * end counts only if no other headword than the form itself gives it, or that headword
 * ends so too (sjömännens by sjömän). */
static bool
list_may_decide(const struct lemmas *l, uint32_t word)
{
    const struct lemma_word *w = &l->words.items[word];

    if (w->bits & LEMMA_ROW_WORD)
        return true;
    if (w->bits & (LEMMA_FUNCTION | LEMMA_APART))
        return false;
    for (uint32_t i = 0; i < w->bases; i++) {
        uint32_t base = l->by_form.items[w->bases_at + i].base;
        if (base != word && lemma_by_list(l, base) == LEMMA_NONE)
            return false;
    }
    return true;
}

/* ------------------------------------------------------------ more readings */

static uint32_t
listed_word(const struct lemmas *l, uint32_t word, uint32_t bits)
{
    return lemma_is(l, word, LEMMA_LISTED) && lemma_is(l, word, bits) ? word : LEMMA_NONE;
}

/* Verbs whose present or passive is put down to a noun or an adjective. */
static void
add_verbs(const struct lemmas *l, uint32_t form, struct readings *r)
{
    if (lemma_ends(l, form, "ar") && lemma_listed(l, form, "ar", "ade"))
        readings_add(r, listed_word(l, lemma_swap(l, form, "ar", "a"), LEMMA_VERB));
    if (lemma_ends(l, form, "as") ||
        (lemma_ends(l, form, "es") && !lemma_listed(l, form, "s", "")))
        readings_add(r, listed_word(l, lemma_with(l, form, 2, "a"), LEMMA_VERB));
    if (lemma_listed(l, form, "s", "er") && !lemma_listed(l, form, "s", "erna") &&
        !lemma_listed(l, form, "s", "ade"))
        readings_add(r, listed_word(l, lemma_swap(l, form, "s", "a"), LEMMA_VERB));
    if (lemma_ends(l, form, "er") && !lemma_listed(l, form, "er", "erna"))
        readings_add(r, listed_word(l, lemma_swap(l, form, "er", "a"), LEMMA_VERB));
    if (lemma_ends(l, form, "de") || lemma_ends(l, form, "te"))
        readings_add(r, listed_word(l, lemma_with(l, form, 2, "a"), LEMMA_VERB));
    if (lemma_ends(l, form, "ade"))
        readings_add(r, listed_word(l, lemma_with(l, form, 2, ""), LEMMA_VERB));
    readings_add(r, listed_word(l, lemma_swap(l, form, "mde", "mma"), LEMMA_VERB));
    readings_add(r, listed_word(l, lemma_swap(l, form, "nde", "nna"), LEMMA_VERB));
}

/* Nouns whose plural is put down to a verb in -a (röster by rösta, not röst) or to an
 * agent in -are (timmarna by timmare, not timme), or whose genitive to a verb with
 * passives in -as (besluts). */
static void
add_nouns(const struct lemmas *l, uint32_t form, struct readings *r)
{
    static const char *const plurals[] = {"er", "ers", "erna", "ernas"};
    uint32_t plain = lemma_swap(l, form, "s", "");

    if (lemma_is(l, plain, LEMMA_ROOT) && lemma_listed(l, form, "s", "ade"))
        readings_add(r, listed_word(l, plain, LEMMA_NOUN));
    for (size_t i = 0; i < EFTI_COUNT(plurals); i++) {
        uint32_t noun = lemma_swap(l, form, plurals[i], "");
        if (noun != LEMMA_NONE && lemma_has(l, lemma_with(l, noun, 0, "a"), form))
            readings_add(r, lemma_is(l, noun, LEMMA_ROOT)
                                ? listed_word(l, noun, LEMMA_NOUN)
                                : LEMMA_NONE);
    }
    for (size_t i = 0; i < 2; i++) {
        const char *end = i == 0 ? "arna" : "arnas";
        if (!lemma_has(l, lemma_swap(l, form, end, "are"), form))
            continue;
        for (size_t k = 0; k < 2; k++) {
            uint32_t noun = lemma_swap(l, form, end, k == 0 ? "e" : "");
            if (lemma_has(l, noun, lemma_swap(l, form, end, "ar")))
                readings_add(r, listed_word(l, noun, LEMMA_NOUN));
        }
    }
}

/* nöjda, put down to nöja although nöjd is a word of its own. */
static void
add_participles(const struct lemmas *l, uint32_t form, struct readings *r)
{
    uint32_t participle = lemma_swap(l, form, "a", "");

    if ((lemma_ends(l, form, "da") || lemma_ends(l, form, "ta")) &&
        lemma_is(l, participle, LEMMA_ROOT) && lemma_top(l, participle) == participle &&
        lemma_is(l, participle, LEMMA_COMPARES | LEMMA_ADJECTIVE))
        readings_add(r, participle);
}

/* påverkan from påverka: an own word, if the verb is no noun with a plural. */
static uint32_t
verbal_noun(const struct lemmas *l, uint32_t form, uint32_t base)
{
    uint32_t noun = lemma_swap(l, base, "", "n");

    if (noun == LEMMA_NONE || !lemma_ends(l, base, "a") ||
        !lemma_is(l, base, LEMMA_VERB) || lemma_listed(l, base, "a", "or"))
        return base;
    return form == noun || form == lemma_swap(l, base, "", "ns") ? noun : base;
}

/* By bytes: is_better() is no total order, and numbers of words depend on the order of
 * the dictionary's lines. */
static void
sort_readings(const struct lemmas *l, struct readings *r)
{
    for (uint32_t i = 1; i < r->count; i++) {
        for (uint32_t k = i; k > 0; k--) {
            eft_text a = lemma_text(l, r->items[k - 1]), b = lemma_text(l, r->items[k]);
            if (efti_compare(a.bytes, a.size, b.bytes, b.size) <= 0)
                break;
            uint32_t kept = r->items[k];
            r->items[k] = r->items[k - 1];
            r->items[k - 1] = kept;
        }
    }
}

static void
collect(const struct lemmas *l, uint32_t form, struct readings *r)
{
    const struct lemma_word *w = &l->words.items[form];

    r->count = 0;
    for (uint32_t i = 0; i < w->bases; i++) {
        uint32_t base = l->by_form.items[w->bases_at + i].base;
        readings_add(r, lemma_top(l, verbal_noun(l, form, base)));
    }
    if ((w->bits & LEMMA_LISTED) != 0 && !lemma_is(l, form, LEMMA_ROOT)) {
        add_verbs(l, form, r);
        add_nouns(l, form, r);
        add_participles(l, form, r);
    }
    sort_readings(l, r);
}

/* ---------------------------------------------------------------- the choice */

static unsigned
syllables(eft_text w)
{
    unsigned count = 0;

    for (size_t at = 0; at < w.size;) {
        uint32_t c = efti_utf8_next(w.bytes, w.size, &at);
        count += c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' ||
                 c == 0xE5 || c == 0xE4 || c == 0xF6 || c == 0xE9; /* å ä ö é */
    }
    return count;
}

/* An unjoined headword: itself, or the adjective or noun that it is a form of. */
static uint32_t
choose_for_root(const struct lemmas *l, uint32_t form)
{
    const struct lemma_word *w = &l->words.items[form];
    uint32_t adjective = lemma_swap(l, form, "a", "");
    uint32_t noun = lemma_swap(l, form, "en", "");
    bool verb = lemma_is(l, form, LEMMA_VERB);

    if (w->bits & LEMMA_APART)
        return form;
    /* ryska: listed for the language, and so not once more by rysk */
    if (!verb && lemma_ends(l, form, "ska") && lemma_is(l, adjective, LEMMA_LISTED) &&
        lemma_listed(l, form, "a", "t"))
        return lemma_top(l, adjective);
    if (adjective != LEMMA_NONE && lemma_has(l, adjective, form) &&
        lemma_is(l, adjective, LEMMA_ROOT) && lemma_is(l, adjective, LEMMA_ADJECTIVE) &&
        (!verb || (syllables(lemma_text(l, adjective)) > 1 &&
                   !lemma_is(l, lemma_swap(l, form, "a", "er"), LEMMA_ROOT))))
        return lemma_top(l, adjective);
    if (noun != LEMMA_NONE && lemma_has(l, noun, form) && lemma_is(l, noun, LEMMA_NOUN) &&
        lemma_is(l, form, LEMMA_ADJECTIVE) && !lemma_is(l, form, LEMMA_NOUN))
        return lemma_top(l, noun);
    return form;
}

static size_t
changed_bytes(eft_text a, eft_text b)
{
    size_t same = 0;

    while (same < a.size && same < b.size && a.bytes[same] == b.bytes[same])
        same++;
    return a.size + b.size - 2 * same;
}

/* Of a form that may be that of `verb` or of `other`, which is none: the endings for
 * which the verb is the commoner reading. The passive of a verb in -ar ends in -as, so
 * that samtals is none of samtala. */
static bool
is_form_of_verb(const struct lemmas *l, uint32_t form, uint32_t verb, uint32_t other)
{
    static const char *const after_any[] = {"s", "as", "es", "ts"};
    static const char *const after_participle[] = {"s", "t", "d", "de", "te"};

    if (lemma_swap(l, form, "s", "a") == verb && lemma_listed(l, form, "s", "ade"))
        return false;
    for (size_t i = 0; i < EFTI_COUNT(after_any); i++) {
        if (lemma_swap(l, form, after_any[i], "") == other)
            return true;
    }
    if (lemma_ends(l, form, "er"))
        return !lemma_listed(l, form, "er", "erna");
    for (size_t i = 0; i < EFTI_COUNT(after_participle); i++) {
        if (lemma_ends(l, form, after_participle[i]))
            return !lemma_is(l, other, LEMMA_NOUN);
    }
    return false;
}

/* delarna, timmarna: a noun with a plural in -ar before the agent in -are, unless our
 * list keeps the agent (handledarna). */
static bool
is_noun_of_agent(const struct lemmas *l, uint32_t noun, uint32_t agent)
{
    return (lemma_swap(l, agent, "are", "") == noun ||
            lemma_swap(l, agent, "are", "e") == noun) &&
           !lemma_kept_apart(l, agent, noun);
}

/* Whether `a` is the better base of the form. */
static bool
is_better(const struct lemmas *l, uint32_t form, uint32_t a, uint32_t b)
{
    eft_text f = lemma_text(l, form), x = lemma_text(l, a), y = lemma_text(l, b);
    bool a_verb = lemma_is(l, a, LEMMA_VERB), b_verb = lemma_is(l, b, LEMMA_VERB);
    size_t p = changed_bytes(f, x), q = changed_bytes(f, y);

    if (is_noun_of_agent(l, a, b) || is_noun_of_agent(l, b, a))
        return is_noun_of_agent(l, a, b);
    if (a_verb != b_verb && is_form_of_verb(l, form, a_verb ? a : b, a_verb ? b : a))
        return a_verb;
    if (p != q)
        return p < q;
    if (x.size != y.size)
        return x.size < y.size;
    return efti_compare(x.bytes, x.size, y.bytes, y.size) < 0;
}

/* What only an imperative gives: besvär from besvära, max from maxa. */
static bool
is_no_imperative(const struct lemmas *l, uint32_t form, uint32_t base)
{
    eft_text f = lemma_text(l, form);

    if (lemma_swap(l, base, "a", "") != form)
        return false;
    if (!lemma_is(l, base, LEMMA_VERB))
        return true;
    return efti_utf8_length(f.bytes, f.size) < 4 || lemma_listed(l, form, "", "et") ||
           lemma_listed(l, form, "", "en");
}

static uint32_t
choose(const struct lemmas *l, uint32_t form)
{
    const struct lemma_word *w = &l->words.items[form];
    struct readings r;

    if (w->bits & LEMMA_ROW_WORD)
        return w->row;
    if ((w->bits & LEMMA_FUNCTION) || w->bases == 0)
        return form;
    if ((w->bits & LEMMA_LISTED) && list_may_decide(l, form)) {
        uint32_t listed = lemma_by_list(l, form);
        if (listed != LEMMA_NONE)
            return listed;
    }
    if ((w->bits & LEMMA_ROOT) && lemma_top(l, form) == form)
        return choose_for_root(l, form);
    collect(l, form, &r);
    uint32_t best = r.count == 0 ? form : r.items[0];
    for (uint32_t i = 1; i < r.count; i++) {
        if (is_better(l, form, r.items[i], best))
            best = r.items[i];
    }
    return is_no_imperative(l, form, best) ? form : best;
}

void
lemmas_choose(struct lemmas *l)
{
    for (uint32_t i = 0; i < l->words.count; i++)
        l->words.items[i].base = choose(l, i);
}
