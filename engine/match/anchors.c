/*
 * anchors.c - the phrases of all lexicons, each listed under its rarest word
 *
 *     "=jag =vet inte =om"   ──► vet
 *     "hinner inte med"      ──► hinner     (in fewer phrases than "inte" and "med")
 *
 * Seven running words in ten begin some phrase, since "jag", "att" and "i" begin
 * hundreds; one in ten is the rarest word of one. What is rare is asked of the commonest
 * words, of the list of function words and of the lexicons themselves: a word that stands
 * in few phrases makes a short list to try.
 *
 * An anchor knows the word that stands beside it, on the side where that is rarer, and
 * the rarest of the others: what asks first whether the phrase may be there. Such atoms,
 * and the sets that conditions ask for, are numbered apart (half of all that stand in
 * phrases), so that what is known of them while a text is read takes some kilobytes.
 */
#include "match/compiled.h"

/* Weights above any count of phrases: words with a letter or two of their own ("få*"),
 * function words, and the commonest words of running Swedish, commonest last. */
#define WEIGHT_SHORT 0x10000000u
#define WEIGHT_FUNCTION 0x20000000u
#define WEIGHT_COMMON 0x40000000u

/* Six in ten running words of our own reflections, the commonest last; a word in the
 * wrong place costs a little time only. */
static const char common_words[] =
    " sitt hålla räkna vår varit chef veckor skriva visade inga tredje familjen "
    "kommit tio papper mellan slut mötet mäta glad gruppen dörren annan ringde "
    "svar frågan varför sade ni ord bad nio folk hemma n steg nästan fanns karta "
    "höra namn sju sak barnen skolan sidan ligger kunde sex varandra tid mycket "
    "prata sagt tyst nästa helt ingenting ny lite höll se satte själva ringer "
    "mamman kommer gången lät fått innan står fast skriver barn började lärde o "
    "nån många kvar dagar alltid gjort fram kartan göra återkoppling ta över mina "
    "stället redan ritade sitter hans enda vara hennes kollega mitt få vem egen "
    "hem skrev före igen gå vecka tar inget också int bättre fel allt gånger fråga "
    "finns under säga ju gjorde tog veckan blir e mer bredvid något först me honom "
    "du ville bra hos vet än dag aldrig första fyra gör henne dom andra utan år "
    "satt in samma ha sen får ut frågade sin vid här oss fem va någon blev varje "
    "kom själv sedan dem åt gång där minuter skulle upp gick alla kan säger går "
    "hela bara ja då hur sig från efter vill tre min fick ska sa hade nu när två "
    "vad ingen man men å de mig var ett av den så han till för om med inte hon har "
    "är vi som en att det på i och jag ";

/* What anchors are built with, both by atom. */
struct anchor_job {
    struct efti_matcher *m;
    uint32_t *common;  /* weight of a common word; 0: it is none */
    uint32_t *weights; /* see anchors_weigh() */
};

/* The few common words are looked up among the many atoms, not the other way round. */
static void
anchors_find_common(struct anchor_job *j)
{
    static const uint8_t kinds[] = {EFTI_PATTERN_STEM, EFTI_PATTERN_EXACT,
                                    EFTI_PATTERN_TERM};

    for (const char *at = common_words; at[1] != '\0'; at += 1 + strcspn(at + 1, " ")) {
        for (size_t i = 0; i < EFTI_COUNT(kinds); i++) {
            const struct efti_pattern_words *words = &j->m->words[kinds[i]];
            uint32_t id = efti_strings_find(words->strings, at + 1, strcspn(at + 1, " "));
            if (id != EFTI_NOT_FOUND)
                j->common[words->base + id] =
                    WEIGHT_COMMON + ((uint32_t)(at - common_words) << 16);
        }
    }
}

/* How common a word is: 0 rare. Stems are asked as they are filed, for
 * "före" meets "för". */
static uint32_t
anchor_word_weight(const struct anchor_job *j, uint32_t atom)
{
    const struct efti_matcher *m = j->m;
    size_t kind = 0;

    while (kind + 1 < EFTI_PATTERN_SET && atom >= m->words[kind + 1].base)
        kind++;
    eft_text key = efti_strings_get(m->words[kind].strings, atom - m->words[kind].base);
    if (kind != EFTI_PATTERN_STEM && kind != EFTI_PATTERN_EXACT &&
        kind != EFTI_PATTERN_TERM)
        return key.size < 5 ? WEIGHT_SHORT : 0;
    if (j->common[atom] != 0)
        return j->common[atom];
    return m->lists != NULL && (efti_lists_word(m->lists, key.bytes, key.size) &
                                EFTI_LIST_FUNCTION) != 0
               ? WEIGHT_FUNCTION
               : 0;
}

/* A set is as common as its commonest word, and a little more. */
static uint32_t
anchor_weight(const struct anchor_job *j, uint32_t atom)
{
    const struct efti_matcher *m = j->m;
    uint32_t most = 0;

    if (atom < m->words[EFTI_PATTERN_SET].base)
        return anchor_word_weight(j, atom);
    const struct efti_compiled_set *s =
        &m->sets.items[atom - m->words[EFTI_PATTERN_SET].base];
    for (uint32_t i = 0; i < s->set->word_count; i++) {
        uint32_t weight = anchor_word_weight(j, m->set_words.items[s->first_word + i]);
        most = weight > most ? weight : most;
    }
    return most + s->set->word_count;
}

/* For each atom: in how many phrases it stands, function words above all others. */
static void
anchors_weigh(struct anchor_job *j)
{
    struct efti_matcher *m = j->m;

    for (size_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        for (uint32_t k = 0; k < c->pattern->word_count && c->pattern->word_count > 1;
             k++) {
            uint32_t atom = efti_pattern_atom(m, c, k);
            if (j->weights[atom] == 0)
                j->weights[atom] = anchor_weight(j, atom);
            m->atoms.items[atom].phrase = 1;
            j->weights[atom]++;
        }
    }
}

static uint32_t
anchor_of(const struct efti_matcher *m, const struct efti_compiled *c,
          const uint32_t *weights)
{
    uint32_t best = 0;

    for (uint32_t k = 1; k < c->pattern->word_count; k++) {
        if (weights[efti_pattern_atom(m, c, k)] < weights[efti_pattern_atom(m, c, best)])
            best = k;
    }
    return best;
}

static uint32_t
watch(struct efti_matcher *m, uint32_t atom)
{
    struct efti_atom *a = &m->atoms.items[atom];

    if (a->watch == 0)
        a->watch = m->watch_count++;
    return a->watch;
}

/* The rarest word but the anchor and its neighbour `beside`. */
static void
anchor_find_other(struct efti_matcher *m, const struct efti_compiled *c,
                  const uint32_t *weights, uint32_t beside, struct efti_anchor *a)
{
    uint32_t best = a->count;

    for (uint32_t k = 0; k < a->count; k++) {
        if (k != a->at && k != beside &&
            (best == a->count || weights[efti_pattern_atom(m, c, k)] <
                                     weights[efti_pattern_atom(m, c, best)]))
            best = k;
    }
    if (best == a->count)
        return;
    a->other = watch(m, efti_pattern_atom(m, c, best));
}

static struct efti_anchor
anchor_make(struct efti_matcher *m, uint32_t pattern, uint32_t at,
            const uint32_t *weights)
{
    const struct efti_compiled *c = &m->patterns.items[pattern];
    uint32_t count = c->pattern->word_count;
    uint32_t left = at == 0 ? 0 : efti_pattern_atom(m, c, at - 1);
    uint32_t right = at + 1 == count ? 0 : efti_pattern_atom(m, c, at + 1);
    bool by_right = at == 0 || (at + 1 < count && weights[right] < weights[left]);
    struct efti_anchor a = {
        .pattern = pattern,
        .first_word = c->first_word,
        .gap = efti_pattern_gap(c),
        .count = (uint8_t)count,
        .at = (uint8_t)at,
        .by_right = by_right,
    };

    if (a.gap == EFTI_GAP_FREE) { /* nothing is beside it */
        a.by_right = false;
        anchor_find_other(m, c, weights, at, &a);
        return a;
    }
    a.beside = watch(m, by_right ? right : left);
    anchor_find_other(m, c, weights, by_right ? at + 1 : at - 1, &a);
    return a;
}

static void
watch_conditions(struct efti_matcher *m)
{
    for (size_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        const struct efti_entry_rules *rules = c->pattern->rules;
        for (uint32_t k = 0; rules != NULL && k < rules->near_count; k++)
            (void)watch(m, c->first_set + rules->near[k]);
        for (uint32_t k = 0; rules != NULL && k < rules->without_count; k++)
            (void)watch(m, c->first_set + rules->without[k]);
    }
}

/* Put under their atoms by counting: first how many, then where, then which. */
static bool
anchors_place(struct efti_matcher *m, const uint32_t *weights)
{
    uint32_t count = 0, first = 0;

    for (size_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        if (c->pattern->word_count < 2)
            continue;
        uint32_t at = anchor_of(m, c, weights);
        m->atoms.items[efti_pattern_atom(m, c, at)].anchors.count++;
        count++;
    }
    if (count >= EFTI_ANCHORS_MOST || !EFTI_ARRAY_RESERVE(m->mem, &m->anchors, count))
        return false;
    m->anchors.count = count;
    for (size_t i = 0; i < m->atoms.count; i++) {
        struct efti_range *range = &m->atoms.items[i].anchors;
        range->first = first;
        first += range->count;
        range->count = 0;
    }
    for (uint32_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        if (c->pattern->word_count < 2)
            continue;
        uint32_t at = anchor_of(m, c, weights);
        struct efti_range *range = &m->atoms.items[efti_pattern_atom(m, c, at)].anchors;
        m->anchors.items[range->first + range->count++] = anchor_make(m, i, at, weights);
    }
    return true;
}

eft_status
efti_anchors_build(struct efti_matcher *m, eft_error *err)
{
    size_t count = m->atoms.count + 1; /* no atom is fine */
    struct anchor_job j = {.m = m};

    j.common = efti_zalloc(m->mem, count, sizeof(*j.common));
    j.weights = efti_zalloc(m->mem, count, sizeof(*j.weights));
    bool ok = j.common != NULL && j.weights != NULL;
    if (ok) {
        anchors_find_common(&j);
        anchors_weigh(&j);
        m->watch_count = 1;
        watch_conditions(m);
        ok = anchors_place(m, j.weights);
    }
    efti_release(m->mem, j.common, count * sizeof(*j.common));
    efti_release(m->mem, j.weights, count * sizeof(*j.weights));
    return ok ? EFT_OK : efti_no_memory(err, "the phrases");
}
