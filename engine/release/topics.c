/*
 * topics.c - word lists that the released pairs fall into, where there are enough
 *
 * The matrix holds phi of each pair of words that attract, within reflections, as
 * term_pairs tells it; discover/factor.c takes it apart. So a topic tells nothing that
 * the pairs did not, but misses what pairs below the gate would have said.
 *
 * How many topics there are nobody knows. Some numbers are tried, each with several
 * seeds, and the one with the highest coherence * stability is told; of its seeds the one
 * that agrees most with the others.
 *
 *     coherence   mean NPMI of the 45 pairs among the ten first words (Bouma 2009; Roder,
 *                 Both and Hinneburg 2015); a pair that is not released counts as 0
 *     stability   of the ten words, how many stand in the best topic of another seed
 *     diversity   distinct words among the ten of all topics
 *
 * Below 1000 reflections or 100 words with edges there is no such table: topics of small
 * corpora are made of chance and read like findings. `tests` says why.
 */
#include "release/internal.h"

#include "stats/random.h"

#include <math.h>

#define LEAST_REFLECTIONS 1000
#define LEAST_WORDS 100u
#define TOP_WORDS 10u
#define TOPIC_SEEDS 4u
#define MOST_TOPICS 16u

static const uint32_t topic_numbers[] = {5, 8, 12, MOST_TOPICS};

/* Ten words of each topic of one seed. */
struct topic_words {
    uint32_t word[MOST_TOPICS][TOP_WORDS];
    double weight[MOST_TOPICS][TOP_WORDS];
};
struct topic_model {
    uint32_t count;
    struct topic_words seeds[TOPIC_SEEDS];
    uint32_t told; /* which of the seeds */
    double coherence[MOST_TOPICS], stability[MOST_TOPICS];
    double quality, diversity;
};
struct topics {
    struct eft_results *results;
    struct release_network words; /* phi */
    struct release_network all;   /* npmi of every pair */
    struct topic_model *best, *tried;
};

static void
top_words(const struct efti_factors *f, uint32_t topic, struct topic_words *out)
{
    uint32_t count = 0;
    uint32_t *word = out->word[topic];
    double *weight = out->weight[topic];

    for (uint32_t v = 0; v < f->nodes; v++) {
        double w = f->h[(size_t)v * f->rank + topic];
        uint32_t at = count < TOP_WORDS ? count : TOP_WORDS - 1;
        if (count == TOP_WORDS && !(w > weight[TOP_WORDS - 1]))
            continue;
        for (; at > 0 && weight[at - 1] < w; at--) {
            weight[at] = weight[at - 1];
            word[at] = word[at - 1];
        }
        weight[at] = w;
        word[at] = v;
        count += count < TOP_WORDS;
    }
}

/* Of ten words, how many both have. */
static double
words_shared(const uint32_t *a, const uint32_t *b)
{
    double shared = 0;

    for (uint32_t i = 0; i < TOP_WORDS; i++) {
        for (uint32_t k = 0; k < TOP_WORDS; k++)
            shared += a[i] == b[k];
    }
    return shared / TOP_WORDS;
}

static double
best_shared(const struct topic_model *m, const uint32_t *words, uint32_t seed)
{
    double best = 0;

    for (uint32_t k = 0; k < m->count; k++)
        best = fmax(best, words_shared(words, m->seeds[seed].word[k]));
    return best;
}

/* Choose the seed to tell: its topics come back best in the others. */
static void
choose_seed(struct topic_model *m)
{
    double best = -1;

    for (uint32_t s = 0; s < TOPIC_SEEDS; s++) {
        double found[MOST_TOPICS] = {0}, sum = 0;
        for (uint32_t k = 0; k < m->count; k++) {
            for (uint32_t o = 0; o < TOPIC_SEEDS; o++) {
                if (o != s)
                    found[k] += best_shared(m, m->seeds[s].word[k], o);
            }
            found[k] /= TOPIC_SEEDS - 1;
            sum += found[k];
        }
        if (!(sum > best))
            continue;
        best = sum;
        m->told = s;
        memcpy(m->stability, found, sizeof(found));
    }
}

static const struct efti_edge *
find_edge(const struct release_network *n, uint32_t a, uint32_t b)
{
    size_t low = 0, high = n->edges.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct efti_edge *e = &n->edges.items[mid];
        if (e->a == a && e->b == b)
            return e;
        if (e->a < a || (e->a == a && e->b < b))
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* The word in the network of all pairs; it is there, for `words` is a part of that. */
static uint32_t
find_word(const struct topics *x, uint32_t word)
{
    const eft_text name = x->words.nodes.items[word].name;
    size_t low = 0, high = x->all.nodes.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const eft_text at = x->all.nodes.items[mid].name;
        int c = efti_compare(at.bytes, at.size, name.bytes, name.size);
        if (c == 0)
            return (uint32_t)mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return UINT32_MAX;
}

static double
coherence_of(const struct topics *x, const uint32_t *words)
{
    uint32_t place[TOP_WORDS];
    double sum = 0;

    for (uint32_t i = 0; i < TOP_WORDS; i++)
        place[i] = find_word(x, words[i]);
    for (uint32_t i = 0; i < TOP_WORDS; i++) {
        for (uint32_t k = i + 1; k < TOP_WORDS; k++) {
            uint32_t a = place[i], b = place[k];
            const struct efti_edge *e = find_edge(&x->all, a < b ? a : b, a < b ? b : a);
            sum += e != NULL ? e->weight : 0;
        }
    }
    return sum / (TOP_WORDS * (TOP_WORDS - 1) / 2.0);
}

static double
diversity_of(const struct topic_model *m)
{
    const struct topic_words *w = &m->seeds[m->told];
    uint32_t distinct = 0;

    for (uint32_t i = 0; i < m->count * TOP_WORDS; i++) {
        bool again = false;
        for (uint32_t k = 0; k < i && !again; k++)
            again = w->word[k / TOP_WORDS][k % TOP_WORDS] ==
                    w->word[i / TOP_WORDS][i % TOP_WORDS];
        distinct += !again;
    }
    return (double)distinct / (double)(m->count * TOP_WORDS);
}

static eft_status
try_number(struct topics *x, uint32_t count, eft_error *err)
{
    const eft_allocator *mem = &x->results->allocator;
    struct efti_graph g = efti_network_graph(&x->words);
    struct topic_model *m = x->tried;
    double coherence = 0, stability = 0;

    memset(m, 0, sizeof(*m));
    m->count = count;
    for (uint32_t s = 0; s < TOPIC_SEEDS; s++) {
        struct efti_factors f;
        eft_status st = efti_factorise(mem, &g, count, EFTI_SEED + s, &f, err);
        if (st != EFT_OK)
            return st;
        for (uint32_t k = 0; k < count; k++)
            top_words(&f, k, &m->seeds[s]);
        efti_factors_free(mem, &f);
    }
    choose_seed(m);
    m->diversity = diversity_of(m);
    for (uint32_t k = 0; k < count; k++) {
        m->coherence[k] = coherence_of(x, m->seeds[m->told].word[k]);
        coherence += m->coherence[k] / count;
        stability += m->stability[k] / count;
    }
    m->quality = fmax(coherence, 0) * stability;
    if (x->best->count == 0 || m->quality > x->best->quality) {
        x->tried = x->best;
        x->best = m;
    }
    return EFT_OK;
}

/* --------------------------------------------------------------------- telling */

static void
set_decimals(struct eft_table *t, const char *column, double value)
{
    efti_table_set_real(t, column, round(value * 1000) / 1000);
}

static eft_status
topic_rows(const struct topics *x, struct eft_table *t, eft_error *err)
{
    const struct topic_model *m = x->best;
    const struct topic_words *w = &m->seeds[m->told];
    eft_status st;

    for (uint32_t k = 0; k < m->count; k++) {
        for (uint32_t i = 0; i < TOP_WORDS; i++) {
            if ((st = efti_table_row(t, err)) != EFT_OK)
                return st;
            const struct release_node *node = &x->words.nodes.items[w->word[k][i]];
            efti_table_set_integer(t, "topic", (int64_t)k + 1);
            efti_table_set_integer(t, "rank", (int64_t)i + 1);
            efti_table_set_text(t, "term", node->name);
            efti_table_set_text(t, "label", node->label);
            set_decimals(t, "weight", w->weight[k][i]);
            set_decimals(t, "coherence", m->coherence[k]);
            set_decimals(t, "stability", m->stability[k]);
            set_decimals(t, "diversity", m->diversity);
        }
    }
    return EFT_OK;
}

/* A row of `tests` that says why there are no topics. */
static eft_status
say_why(struct eft_results *results, const char *why, eft_error *err)
{
    for (size_t i = 0; i < results->tables.count; i++) {
        struct eft_table *t = results->tables.items[i];
        if (efti_table_id_of(t) != EFTI_TABLE_TESTS)
            continue;
        if (eft_table_rows(t) == 0) /* nothing is shown anywhere */
            return EFT_OK;
        eft_status st = efti_table_row(t, err);
        if (st != EFT_OK)
            return st;
        efti_table_set_text(t, "table_name", (eft_text){"topics", 6});
        efti_table_set_text(t, "test", (eft_text){"topics", 6});
        efti_table_set_text(t, "note", (eft_text){why, strlen(why)});
        return efti_table_done(t, err);
    }
    return EFT_OK;
}

/* Reflections behind the pairs, as every row tells; 0 without rows. */
static int64_t
reflections_of(const struct eft_results *results)
{
    const eft_table *t = eft_results_find(results, "term_pairs");

    return eft_table_rows(t) == 0
               ? 0
               : eft_table_integer(t, 0, eft_table_column_find(t, "n"));
}

static eft_status
find_topics(struct topics *x, eft_error *err)
{
    const eft_allocator *mem = &x->results->allocator;
    struct topic_model *room = efti_zalloc(mem, 2, sizeof(*room));
    struct eft_table *t;
    eft_status st = EFT_OK;

    if (room == NULL)
        return efti_no_memory(err, "the topics");
    x->best = room;
    x->tried = room + 1;
    for (size_t i = 0; i < EFTI_COUNT(topic_numbers) && st == EFT_OK; i++)
        st = try_number(x, topic_numbers[i], err);
    if (st == EFT_OK &&
        (st = efti_results_add(x->results, EFTI_TABLE_TOPICS, NULL, &t, err)) == EFT_OK &&
        (st = topic_rows(x, t, err)) == EFT_OK)
        st = efti_table_done(t, err);
    efti_release(mem, room, 2 * sizeof(*room));
    return st;
}

eft_status
efti_release_topics(struct eft_results *results, eft_error *err)
{
    struct release_network_options o = {.table = "term_pairs",
                                        .first = "term_a",
                                        .second = "term_b",
                                        .first_label = "label_a",
                                        .second_label = "label_b",
                                        .weight = "phi",
                                        .least_g2 = 10.83,
                                        .neighbours = 20};
    struct topics x = {.results = results};
    eft_status st;

    if (eft_results_find(results, "term_pairs") == NULL) {
        if (!EFTI_PUSH(&results->allocator, &results->missing))
            return efti_no_memory(err, "the names of missing tables");
        results->missing.items[results->missing.count - 1] =
            efti_schema[EFTI_TABLE_TOPICS].name;
        return EFT_OK;
    }
    if (eft_table_rows(eft_results_find(results, "term_pairs")) == 0)
        return say_why(results, "no pairs of words are shown", err);
    if (reflections_of(results) < LEAST_REFLECTIONS)
        return say_why(results, "fewer than 1000 reflections", err);
    if ((st = efti_network_read(results, &o, &x.words, err)) != EFT_OK)
        return st;
    if (x.words.nodes.count < LEAST_WORDS) {
        st = say_why(results, "fewer than 100 words that go together", err);
    } else {
        o.weight = "npmi";
        o.every = true;
        st = efti_network_read(results, &o, &x.all, err);
        if (st == EFT_OK)
            st = find_topics(&x, err);
        efti_network_free(&results->allocator, &x.all);
    }
    efti_network_free(&results->allocator, &x.words);
    return st;
}
