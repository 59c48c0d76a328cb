/*
 * stand_subjects.c - the pairs and communities that sentences are sought for
 *
 *     theme_pairs, term_pairs   shown at both levels, attracting  ──► edges
 *     the strongest pairs of themes  ──► subjects of one edge
 *     communities                    ──► subjects with the edges between their members
 *
 * A node is a theme or a term, by a key; edges are ordered by their ends, so that those
 * of a node that stands in a window are found at once.
 */
#include "pipeline/standing.h"

#define MOST_SUBJECTS 20u    /* of a kind */
#define THEMES_LEAST_G2 3.84 /* as the edges of communities (release/communities.c) */
#define TERMS_LEAST_G2 10.83

void
efti_stand_key(struct efti_stand_for *s, bool of_terms, eft_text name)
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
        efti_stand_key(s, of_terms, names[i]);
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

    efti_stand_key(s, p->of_terms, eft_table_text(p->table, row, p->a));
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

eft_status
efti_stand_subjects(struct efti_stand_for *s, const eft_results *results, eft_error *err)
{
    eft_status st;

    if ((st = list_close(s, results, false, err)) == EFT_OK &&
        (st = list_close(s, results, true, err)) == EFT_OK &&
        (st = add_pairs(s, results, err)) == EFT_OK &&
        (st = add_communities(s, results, false, err)) == EFT_OK &&
        (st = add_communities(s, results, true, err)) == EFT_OK)
        st = index_edges(s, err);
    return st;
}
