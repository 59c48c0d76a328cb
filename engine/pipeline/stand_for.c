/*
 * stand_for.c - which sentences stand for a pair of themes, or for a community
 *
 *     edge        what is told of it              a sentence that has both ends
 *     ledning ── oro    theme_pairs, shown        "Jag blev orolig när chefen slutade."
 *
 * A subject is a pair of themes that attract, or a community with its edges. An edge is a
 * pair that is shown at both levels: in reflections, where it attracts, and in sentences,
 * for what is told are sentences. One is a candidate of a subject if it (with its
 * neighbours, as any quote) has both ends of an edge of it. Such sentences are a cell of
 * their own: unless k writers have one, none is told, nor how many there are. It keeps
 * all rules of a quote (quotes.c), and where a person approved, its very words were
 * approved.
 *
 * Central is what is most like the others: of each candidate the mean Dice coefficient of
 * its content words with those of the other candidates of the subject, in thousandths;
 * five are taken off for each word above eighteen. Candidates are at most 64 (or k, if
 * that is more) a subject, one of each writer, the best by edges and length, ties by
 * bytes: so neither the order of texts nor the number of threads matters. Three are told,
 * of different writers.
 *
 * What stands is held against earlier releases by its writers, as terms and pairs are
 * (release/hold.c): where fewer than k had a sentence when it was asked before, it stands
 * only when k more have. The log has these numbers, and no sentence.
 *
 * Cost: a look for each term of a sentence, and its edges to other terms of the sentence.
 */
#include "pipeline/stand_for.h"

#define TOLD 3u              /* of a subject */
#define CANDIDATES 64u       /* of a subject, or k */
#define MOST_SUBJECTS 20u    /* of a kind */
#define SHORT_WORDS 18u      /* as in quotes.c: some twice as long as a line */
#define WORD_COST 5u         /* thousandths of likeness for a word more */
#define THEMES_LEAST_G2 3.84 /* as the edges of communities (release/communities.c) */
#define TERMS_LEAST_G2 10.83

struct stand_subject {
    bool of_terms;
    int64_t community; /* 0: a pair */
    eft_text name;     /* in the arena, or of the results */
    double g2;
    uint32_t writers; /* that have a candidate, as far as these are kept */
    bool stands;
};
struct stand_edge {
    uint32_t a, b; /* nodes, a < b */
    uint32_t subject;
};
struct stand_candidate {
    uint32_t subject, writer, score;
    eft_text text;
    size_t word_count;
    const uint32_t *words; /* content words, rising */
    bool wanted;           /* a person approved it, or nobody was asked */
    uint32_t likeness;
};

struct efti_stand_for {
    const eft_tally *tally;
    const eft_allocator *mem;
    struct efti_arena arena;
    uint32_t k, most;           /* candidates of a subject: least, most */
    struct efti_strings *nodes; /* 'h' theme or 't' term */
    struct efti_strings *close; /* pairs that are shown in sentences */
    struct efti_strings *words; /* content terms of candidates */
    struct efti_strings *only;  /* approved texts; NULL: all */
    EFTI_ARRAY(struct stand_subject) subjects;
    EFTI_ARRAY(struct stand_edge) edges; /* by a, b, subject */
    EFTI_ARRAY(size_t) first;            /* of each node in edges, one more */
    EFTI_ARRAY(uint8_t) present;         /* of each node */
    EFTI_ARRAY(uint32_t) met;            /* those that are */
    EFTI_ARRAY(uint32_t) counts;         /* edges of each subject in the window */
    EFTI_ARRAY(uint32_t) of_window;      /* content words */
    EFTI_ARRAY(struct stand_candidate) pool, wanted;
    struct efti_bytes key, text;
};

void
efti_stand_for_free(struct efti_stand_for *s)
{
    if (s == NULL)
        return;
    efti_strings_free(s->nodes);
    efti_strings_free(s->close);
    efti_strings_free(s->words);
    efti_strings_free(s->only);
    EFTI_ARRAY_FREE(s->mem, &s->subjects);
    EFTI_ARRAY_FREE(s->mem, &s->edges);
    EFTI_ARRAY_FREE(s->mem, &s->first);
    EFTI_ARRAY_FREE(s->mem, &s->present);
    EFTI_ARRAY_FREE(s->mem, &s->met);
    EFTI_ARRAY_FREE(s->mem, &s->counts);
    EFTI_ARRAY_FREE(s->mem, &s->of_window);
    EFTI_ARRAY_FREE(s->mem, &s->pool);
    EFTI_ARRAY_FREE(s->mem, &s->wanted);
    efti_bytes_free(&s->key);
    efti_bytes_free(&s->text);
    efti_arena_free(&s->arena);
    efti_release(s->mem, s, sizeof(*s));
}

/* -------------------------------------------------------------- subjects, edges */

static void
stand_key(struct efti_stand_for *s, bool of_terms, eft_text name)
{
    efti_bytes_clear(&s->key);
    efti_put_char(&s->key, of_terms ? 't' : 'h');
    efti_put(&s->key, name.bytes, name.size);
}

static eft_status
add_edge(struct efti_stand_for *s, bool of_terms, eft_text a, eft_text b,
         uint32_t subject, eft_error *err)
{
    uint32_t ends[2];
    const eft_text names[2] = {a, b};

    for (int i = 0; i < 2; i++) {
        stand_key(s, of_terms, names[i]);
        ends[i] = s->key.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(s->nodes, s->key.data, s->key.size, NULL);
        if (ends[i] == EFTI_NOT_FOUND)
            return efti_no_memory(err, "what sentences stand for");
    }
    if (!EFTI_PUSH(s->mem, &s->edges))
        return efti_no_memory(err, "what sentences stand for");
    s->edges.items[s->edges.count - 1] =
        (struct stand_edge){ends[0] < ends[1] ? ends[0] : ends[1],
                            ends[0] < ends[1] ? ends[1] : ends[0], subject};
    return EFT_OK;
}

/* Rows of a table of pairs that attract. */
struct pair_reading {
    const eft_table *table;
    bool of_terms;
    size_t level, a, b, npmi, g2, shown; /* columns */
};

static bool
read_pairs(const eft_results *results, bool of_terms, struct pair_reading *out)
{
    const eft_table *t =
        eft_results_find(results, of_terms ? "term_pairs" : "theme_pairs");

    if (t == NULL)
        return false;
    *out = (struct pair_reading){
        .table = t,
        .of_terms = of_terms,
        .level = eft_table_column_find(t, "level"),
        .a = eft_table_column_find(t, of_terms ? "term_a" : "theme_a"),
        .b = eft_table_column_find(t, of_terms ? "term_b" : "theme_b"),
        .npmi = eft_table_column_find(t, "npmi"),
        .g2 = eft_table_column_find(t, "g2"),
        .shown = eft_table_column_find(t, "shown")};
    return true;
}

/* Rows of terms that are not shown are not there. */
static bool
is_shown_at(const struct pair_reading *p, size_t row, const char *at)
{
    eft_text level = eft_table_text(p->table, row, p->level);

    return efti_equal(level.bytes, level.size, at, strlen(at)) &&
           (p->of_terms || eft_table_integer(p->table, row, p->shown) == 1);
}

static void
pair_key(struct efti_stand_for *s, const struct pair_reading *p, size_t row)
{
    eft_text b = eft_table_text(p->table, row, p->b);

    stand_key(s, p->of_terms, eft_table_text(p->table, row, p->a));
    efti_put_char(&s->key, '\n');
    efti_put(&s->key, b.bytes, b.size);
}

static eft_status
list_close(struct efti_stand_for *s, const eft_results *results, bool of_terms,
           eft_error *err)
{
    struct pair_reading p;

    if (!read_pairs(results, of_terms, &p))
        return EFT_OK;
    for (size_t row = 0; row < eft_table_rows(p.table); row++) {
        if (!is_shown_at(&p, row, "sentence"))
            continue;
        pair_key(s, &p, row);
        if (s->key.failed ||
            efti_strings_add(s->close, s->key.data, s->key.size, NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the pairs within sentences");
    }
    return EFT_OK;
}

static bool
attracts(const struct pair_reading *p, size_t row)
{
    return is_shown_at(p, row, "reflection") &&
           !eft_table_missing(p->table, row, p->npmi) &&
           eft_table_real(p->table, row, p->npmi) > 0 &&
           eft_table_real(p->table, row, p->g2) >=
               (p->of_terms ? TERMS_LEAST_G2 : THEMES_LEAST_G2);
}

static eft_status
is_edge(struct efti_stand_for *s, const struct pair_reading *p, size_t row, bool *yes,
        eft_error *err)
{
    *yes = false;
    if (!attracts(p, row))
        return EFT_OK;
    pair_key(s, p, row);
    if (s->key.failed)
        return efti_no_memory(err, "what sentences stand for");
    *yes = efti_strings_find(s->close, s->key.data, s->key.size) != EFTI_NOT_FOUND;
    return EFT_OK;
}

static int
strongest_pair_first(const void *a, const void *b, void *user)
{
    const struct stand_subject *x = a, *y = b;

    (void)user;
    if (x->g2 > y->g2 || x->g2 < y->g2)
        return x->g2 > y->g2 ? -1 : 1;
    return efti_compare(x->name.bytes, x->name.size, y->name.bytes, y->name.size);
}

/* The strongest pairs of themes; names are "a, b", so the ends are in them. */
static eft_status
add_pairs(struct efti_stand_for *s, const eft_results *results, eft_error *err)
{
    struct pair_reading p;
    eft_status st = EFT_OK;
    bool edge;

    if (!read_pairs(results, false, &p))
        return EFT_OK;
    for (size_t row = 0; row < eft_table_rows(p.table); row++) {
        if ((st = is_edge(s, &p, row, &edge, err)) != EFT_OK)
            return st;
        if (!edge)
            continue;
        eft_text a = eft_table_text(p.table, row, p.a);
        eft_text b = eft_table_text(p.table, row, p.b);
        efti_bytes_clear(&s->key);
        efti_put(&s->key, a.bytes, a.size);
        efti_put_text(&s->key, ", ");
        efti_put(&s->key, b.bytes, b.size);
        char *name =
            s->key.failed ? NULL : efti_arena_copy(&s->arena, s->key.data, s->key.size);
        if (name == NULL || !EFTI_PUSH(s->mem, &s->subjects))
            return efti_no_memory(err, "what sentences stand for");
        s->subjects.items[s->subjects.count - 1] =
            (struct stand_subject){.name = {name, a.size + 2 + b.size},
                                   .g2 = eft_table_real(p.table, row, p.g2)};
    }
    efti_sort(s->subjects.items, s->subjects.count, sizeof(struct stand_subject),
              strongest_pair_first, NULL);
    if (s->subjects.count > MOST_SUBJECTS)
        s->subjects.count = MOST_SUBJECTS;
    for (size_t i = 0; i < s->subjects.count && st == EFT_OK; i++) {
        const eft_text n = s->subjects.items[i].name;
        const char *comma = memchr(n.bytes, ',', n.size); /* ids of themes have none */
        size_t size = (size_t)(comma - n.bytes);
        st = add_edge(s, false, (eft_text){n.bytes, size},
                      (eft_text){comma + 2, n.size - size - 2}, (uint32_t)i, err);
    }
    return st;
}

/* Subject + 1 of a node of `communities`; 0: in none of those that are asked for. */
static eft_status
add_members(struct efti_stand_for *s, const eft_table *t, bool of_terms,
            struct efti_strings *members, uint32_t **subject_of, eft_error *err)
{
    size_t network = eft_table_column_find(t, "network");
    size_t number = eft_table_column_find(t, "community");
    size_t node = eft_table_column_find(t, "node"), rows = eft_table_rows(t);
    const char *wanted = of_terms ? "terms" : "themes";

    *subject_of = efti_zalloc(s->mem, rows + 1, sizeof(uint32_t));
    if (*subject_of == NULL)
        return efti_no_memory(err, "what sentences stand for");
    for (size_t row = 0; row < rows; row++) {
        eft_text of = eft_table_text(t, row, network);
        int64_t community = eft_table_integer(t, row, number);
        if (!efti_equal(of.bytes, of.size, wanted, strlen(wanted)) ||
            community > (int64_t)MOST_SUBJECTS)
            continue;
        const struct stand_subject *last =
            s->subjects.count > 0 ? &s->subjects.items[s->subjects.count - 1] : NULL;
        if (last == NULL || last->of_terms != of_terms || last->community != community) {
            if (!EFTI_PUSH(s->mem, &s->subjects))
                return efti_no_memory(err, "what sentences stand for");
            s->subjects.items[s->subjects.count - 1] = (struct stand_subject){
                .of_terms = of_terms,
                .community = community,
                .name = eft_table_text(t, row, eft_table_column_find(t, "name"))};
        }
        eft_text name = eft_table_text(t, row, node);
        uint32_t id = efti_strings_add(members, name.bytes, name.size, NULL);
        if (id == EFTI_NOT_FOUND)
            return efti_no_memory(err, "what sentences stand for");
        (*subject_of)[id] = (uint32_t)s->subjects.count;
    }
    return EFT_OK;
}

/* Rows come community by community. */
static eft_status
add_communities(struct efti_stand_for *s, const eft_results *results, bool of_terms,
                eft_error *err)
{
    const eft_table *t = eft_results_find(results, "communities");
    struct efti_strings *members = NULL;
    uint32_t *subject_of = NULL;
    struct pair_reading p;
    eft_status st;

    if (t == NULL || !read_pairs(results, of_terms, &p))
        return EFT_OK;
    if ((st = efti_strings_new(s->mem, &members, err)) == EFT_OK)
        st = add_members(s, t, of_terms, members, &subject_of, err);
    for (size_t row = 0; st == EFT_OK && row < eft_table_rows(p.table); row++) {
        eft_text a = eft_table_text(p.table, row, p.a);
        eft_text b = eft_table_text(p.table, row, p.b);
        uint32_t m = efti_strings_find(members, a.bytes, a.size);
        uint32_t n = efti_strings_find(members, b.bytes, b.size);
        if (m == EFTI_NOT_FOUND || n == EFTI_NOT_FOUND || subject_of[m] != subject_of[n])
            continue;
        bool edge;
        st = is_edge(s, &p, row, &edge, err);
        if (st == EFT_OK && edge)
            st = add_edge(s, of_terms, a, b, subject_of[m] - 1, err);
    }
    efti_release(s->mem, subject_of, (eft_table_rows(t) + 1) * sizeof(uint32_t));
    efti_strings_free(members);
    return st;
}

static int
by_ends(const void *a, const void *b, void *user)
{
    const struct stand_edge *x = a, *y = b;

    (void)user;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static eft_status
index_edges(struct efti_stand_for *s, eft_error *err)
{
    size_t nodes = efti_strings_count(s->nodes), n = s->subjects.count;

    if (!EFTI_ARRAY_RESERVE(s->mem, &s->first, nodes + 1) ||
        !EFTI_ARRAY_RESERVE(s->mem, &s->present, nodes + 1) ||
        !EFTI_ARRAY_RESERVE(s->mem, &s->met, nodes + 1) ||
        !EFTI_ARRAY_RESERVE(s->mem, &s->counts, n + 1))
        return efti_no_memory(err, "what sentences stand for");
    memset(s->present.items, 0, nodes + 1);
    memset(s->counts.items, 0, (n + 1) * sizeof(uint32_t));
    efti_sort(s->edges.items, s->edges.count, sizeof(struct stand_edge), by_ends, NULL);
    size_t at = 0;
    for (uint32_t node = 0; node <= nodes; node++) {
        while (at < s->edges.count && s->edges.items[at].a < node)
            at++;
        s->first.items[node] = at;
    }
    return EFT_OK;
}

static eft_status
list_texts(struct efti_stand_for *s, const eft_quote *only, size_t count, eft_error *err)
{
    eft_status st = efti_strings_new(s->mem, &s->only, err);

    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if (efti_strings_add(s->only, only[i].text.bytes, only[i].text.size, NULL) ==
            EFTI_NOT_FOUND)
            st = efti_no_memory(err, "the approved quotes");
    }
    return st;
}

eft_status
efti_stand_for_new(const eft_tally *t, const eft_results *results, const eft_quote *only,
                   size_t only_count, struct efti_stand_for **out, eft_error *err)
{
    struct efti_stand_for *s = efti_zalloc(t->mem, 1, sizeof(*s));
    eft_status st;

    *out = NULL;
    if (s == NULL)
        return efti_no_memory(err, "what sentences stand for");
    s->tally = t;
    s->mem = t->mem;
    s->k = results->k;
    s->most = s->k > CANDIDATES ? s->k : CANDIDATES;
    efti_arena_init(&s->arena, t->mem);
    efti_bytes_init(&s->key, t->mem);
    efti_bytes_init(&s->text, t->mem);
    if ((st = efti_strings_new(s->mem, &s->nodes, err)) == EFT_OK &&
        (st = efti_strings_new(s->mem, &s->words, err)) == EFT_OK &&
        (st = efti_strings_new(s->mem, &s->close, err)) == EFT_OK &&
        (st = list_close(s, results, false, err)) == EFT_OK &&
        (st = list_close(s, results, true, err)) == EFT_OK &&
        (only == NULL || (st = list_texts(s, only, only_count, err)) == EFT_OK) &&
        (st = add_pairs(s, results, err)) == EFT_OK &&
        (st = add_communities(s, results, false, err)) == EFT_OK &&
        (st = add_communities(s, results, true, err)) == EFT_OK &&
        (st = index_edges(s, err)) == EFT_OK) {
        *out = s;
        return EFT_OK;
    }
    efti_stand_for_free(s);
    return st;
}

/* ------------------------------------------------------------------ one window */

static void
see_node(struct efti_stand_for *s, bool of_terms, eft_text name)
{
    stand_key(s, of_terms, name);
    uint32_t node = s->key.failed ? EFTI_NOT_FOUND
                                  : efti_strings_find(s->nodes, s->key.data, s->key.size);

    if (node == EFTI_NOT_FOUND || s->present.items[node] != 0)
        return;
    s->present.items[node] = 1;
    s->met.items[s->met.count++] = node;
}

/* Nodes and content words of a window. */
static eft_status
see_window(struct efti_stand_for *s, struct efti_worker *w, const struct efti_window *at,
           eft_error *err)
{
    const struct efti_segments *tokens = &w->veiled.tokens;
    const struct efti_sentence *sentences = tokens->sentences.items;
    const struct efti_matcher *m = s->tally->plan->matcher;
    struct efti_form_terms terms;

    s->met.count = s->of_window.count = 0;
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        const struct efti_hit *h = &w->hits.hits.items[i];
        if (h->polarity != EFTI_UNCERTAIN && h->sentence >= at->first &&
            h->sentence < at->end)
            see_node(s, false, efti_matcher_theme(m, h->theme)->id);
    }
    for (uint32_t i = sentences[at->first].first_token;
         i < sentences[at->end - 1].end_token; i++) {
        const struct efti_token *t = &tokens->tokens.items[i];
        if (t->kind != EFTI_WORD || t->form == EFTI_NOT_FOUND)
            continue;
        const struct efti_form *form = efti_forms_get(w->forms, t->form);
        bool function = (form->lists & EFTI_LIST_FUNCTION) != 0;
        eft_status st = efti_form_terms(w, form, &terms, err);
        if (st != EFT_OK)
            return st;
        for (uint32_t k = 0; k < terms.count && !function; k++) {
            see_node(s, true, terms.items[k]);
            uint32_t word = efti_strings_add(s->words, terms.items[k].bytes,
                                             terms.items[k].size, NULL);
            if (word == EFTI_NOT_FOUND || !EFTI_PUSH(s->mem, &s->of_window))
                return efti_no_memory(err, "the words of a sentence");
            s->of_window.items[s->of_window.count - 1] = word;
        }
    }
    return s->key.failed ? efti_no_memory(err, "the words of a sentence") : EFT_OK;
}

static int
by_number(const void *a, const void *b, void *user)
{
    const uint32_t *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

static void
sort_words(struct efti_stand_for *s)
{
    size_t kept = 0;

    efti_sort(s->of_window.items, s->of_window.count, sizeof(uint32_t), by_number, NULL);
    for (size_t i = 0; i < s->of_window.count; i++) {
        if (kept == 0 || s->of_window.items[kept - 1] != s->of_window.items[i])
            s->of_window.items[kept++] = s->of_window.items[i];
    }
    s->of_window.count = kept;
}

/* ------------------------------------------------------------------ candidates */

static int
better_candidate(const struct stand_candidate *a, const struct stand_candidate *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return efti_compare(a->text.bytes, a->text.size, b->text.bytes, b->text.size);
}

static eft_status
keep_candidate(struct efti_stand_for *s, struct stand_candidate *slot,
               const struct stand_candidate *c, eft_error *err)
{
    char *text = efti_arena_copy(&s->arena, c->text.bytes, c->text.size);
    uint32_t *words =
        efti_arena_alloc(&s->arena, (c->word_count + 1) * sizeof(*words), sizeof(*words));

    if (text == NULL || words == NULL)
        return efti_no_memory(err, "what sentences stand for");
    memcpy(words, c->words, c->word_count * sizeof(*words));
    *slot = *c;
    slot->text.bytes = text;
    slot->words = words;
    return EFT_OK;
}

/* At most one of a (subject, writer), at most `most` of a subject. */
static eft_status
offer_candidate(struct efti_stand_for *s, bool wanted, const struct stand_candidate *c,
                eft_error *err)
{
    struct stand_candidate *items = wanted ? s->wanted.items : s->pool.items,
                           *worst = NULL;
    size_t count = wanted ? s->wanted.count : s->pool.count, of_subject = 0;

    for (size_t i = 0; i < count; i++) {
        if (items[i].subject != c->subject)
            continue;
        if (items[i].writer == c->writer)
            return better_candidate(c, &items[i]) < 0
                       ? keep_candidate(s, &items[i], c, err)
                       : EFT_OK;
        of_subject++;
        if (worst == NULL || better_candidate(worst, &items[i]) < 0)
            worst = &items[i];
    }
    if (worst != NULL && of_subject >= s->most)
        return better_candidate(c, worst) < 0 ? keep_candidate(s, worst, c, err) : EFT_OK;
    if (wanted ? !EFTI_PUSH(s->mem, &s->wanted) : !EFTI_PUSH(s->mem, &s->pool))
        return efti_no_memory(err, "what sentences stand for");
    struct stand_candidate *slot = wanted ? &s->wanted.items[s->wanted.count - 1]
                                          : &s->pool.items[s->pool.count - 1];
    eft_status st = keep_candidate(s, slot, c, err);
    if (wanted)
        s->wanted.count -= st != EFT_OK;
    else
        s->pool.count -= st != EFT_OK;
    return st;
}

/* Edges of each subject that have both ends in the window, into `counts`. */
static bool
count_edges(struct efti_stand_for *s)
{
    bool any = false;

    for (size_t i = 0; i < s->met.count; i++) {
        uint32_t node = s->met.items[i];
        for (size_t e = s->first.items[node]; e < s->first.items[node + 1]; e++) {
            if (s->present.items[s->edges.items[e].b] == 0)
                continue;
            s->counts.items[s->edges.items[e].subject]++;
            any = true;
        }
    }
    for (size_t i = 0; i < s->met.count; i++)
        s->present.items[s->met.items[i]] = 0;
    return any;
}

static eft_status
offer_window(struct efti_stand_for *s, const struct efti_window *window, uint32_t writer,
             eft_error *err)
{
    bool wanted = s->only == NULL || efti_strings_find(s->only, s->text.data,
                                                       s->text.size) != EFTI_NOT_FOUND;
    uint32_t words = (uint32_t)window->words;
    eft_status st = EFT_OK;

    sort_words(s);
    for (uint32_t i = 0; i < s->subjects.count; i++) {
        uint32_t edges = s->counts.items[i] < 5 ? s->counts.items[i] : 5;
        s->counts.items[i] = 0;
        if (edges == 0 || st != EFT_OK)
            continue;
        const struct stand_candidate c = {
            .subject = i,
            .writer = writer,
            .score = 100 + 10 * edges -
                     (words > SHORT_WORDS ? words - SHORT_WORDS : SHORT_WORDS - words),
            .text = {s->text.data, s->text.size},
            .word_count = s->of_window.count,
            .words = s->of_window.items};
        st = offer_candidate(s, false, &c, err);
        if (st == EFT_OK && wanted)
            st = offer_candidate(s, true, &c, err);
    }
    return st;
}

eft_status
efti_stand_for_text(struct efti_stand_for *s, struct efti_worker *w, eft_text text,
                    uint32_t writer, eft_error *err)
{
    struct efti_window window, last = {0};
    eft_status st = EFT_OK;

    if (s->edges.count == 0)
        return EFT_OK;
    for (uint32_t i = 0; i < w->veiled.tokens.sentences.count && st == EFT_OK; i++) {
        if (!efti_quote_window(w, i, text, &window) ||
            (window.first == last.first && window.end == last.end))
            continue;
        last = window;
        if ((st = see_window(s, w, &window, err)) != EFT_OK || !count_edges(s))
            continue;
        efti_quote_copy(w, text, &window, &s->text);
        st = s->text.failed ? efti_no_memory(err, "what sentences stand for")
                            : offer_window(s, &window, writer, err);
    }
    return st;
}

/* ------------------------------------------------------------------- the table */

/* Dice's coefficient of two sets of words, in thousandths. */
static uint32_t
dice(const struct stand_candidate *a, const struct stand_candidate *b)
{
    size_t i = 0, k = 0, both = 0, all = a->word_count + b->word_count;

    while (i < a->word_count && k < b->word_count) {
        both += a->words[i] == b->words[k];
        bool first = a->words[i] <= b->words[k], second = b->words[k] <= a->words[i];
        i += first;
        k += second;
    }
    return all == 0 ? 0 : (uint32_t)(2000 * both / all);
}

static void
measure_likeness(const struct efti_stand_for *s, struct stand_candidate *c)
{
    uint64_t sum = 0, others = 0;

    for (size_t i = 0; i < s->pool.count; i++) {
        const struct stand_candidate *o = &s->pool.items[i];
        if (o->subject != c->subject || o->writer == c->writer)
            continue;
        sum += dice(c, o);
        others++;
    }
    c->likeness = others == 0 ? 0 : (uint32_t)(sum / others);
}

/* How central, less what it is too long. Words are counted by blanks. */
static int64_t
standing(const struct stand_candidate *c)
{
    int64_t words = 1;

    for (size_t i = 0; i < c->text.size; i++)
        words += c->text.bytes[i] == ' ';
    return (int64_t)c->likeness -
           (words > SHORT_WORDS ? (words - SHORT_WORDS) * WORD_COST : 0);
}

static int
by_subject_then_standing(const void *a, const void *b, void *user)
{
    const struct stand_candidate *x = a, *y = b;
    int64_t m = standing(x), n = standing(y);

    (void)user;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    if (m != n)
        return m > n ? -1 : 1;
    return better_candidate(x, y);
}

/* May sentences of the subject be told? And what the log is to know of it. */
static eft_status
settle_subject(const struct efti_stand_for *s, struct stand_subject *of,
               eft_results *results, eft_error *err)
{
    const char *kind = of->community == 0 ? "pair" : of->of_terms ? "terms" : "themes";
    struct efti_stood now = {
        .kind = {kind, strlen(kind)}, .name = of->name, .writers = of->writers};
    const struct efti_stood *before =
        efti_results_stood_before(results, now.kind, now.name);
    bool silent = before != NULL && before->writers < s->k; /* it did not stand */

    of->stands = of->writers >= s->k &&
                 (!silent || of->writers >= (uint64_t)before->writers + s->k);
    if (silent && !of->stands)
        now.writers = before->writers;
    return efti_results_stood(results, false, &now, err);
}

eft_status
efti_stand_for_release(struct efti_stand_for *s, eft_results *results, bool approved,
                       eft_error *err)
{
    const eft_text by =
        approved ? (eft_text){"by a person", 11} : (eft_text){"by rules alone", 14};
    eft_table *t;
    uint32_t rank = 0;
    eft_status st = efti_results_add(results, EFTI_TABLE_REPRESENTATIVES, NULL, &t, err);

    for (size_t i = 0; i < s->pool.count; i++) /* one of each writer */
        s->subjects.items[s->pool.items[i].subject].writers++;
    for (size_t i = 0; i < s->subjects.count && st == EFT_OK; i++)
        st = settle_subject(s, &s->subjects.items[i], results, err);
    for (size_t i = 0; i < s->wanted.count; i++)
        measure_likeness(s, &s->wanted.items[i]);
    efti_sort(s->wanted.items, s->wanted.count, sizeof(struct stand_candidate),
              by_subject_then_standing, NULL);
    for (size_t i = 0; i < s->wanted.count && st == EFT_OK; i++) {
        const struct stand_candidate *c = &s->wanted.items[i];
        const struct stand_subject *of = &s->subjects.items[c->subject];
        rank = i > 0 && c[-1].subject == c->subject ? rank + 1 : 1;
        if (rank > TOLD || !of->stands || (st = efti_table_row(t, err)) != EFT_OK)
            continue;
        efti_table_set_text(t, "network",
                            of->of_terms ? (eft_text){"terms", 5}
                                         : (eft_text){"themes", 6});
        if (of->community != 0)
            efti_table_set_integer(t, "community", of->community);
        efti_table_set_text(t, "name", of->name);
        efti_table_set_integer(t, "rank", rank);
        efti_table_set_text(t, "quote", c->text);
        efti_table_set_text(t, "approved", by);
    }
    return st == EFT_OK ? efti_table_done(t, err) : st;
}
