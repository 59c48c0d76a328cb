/*
 * spans.c - what the veil took out against what it should have
 *
 * Definitions (docs/evaluate.md):
 *   recall             gold spans of which every character was taken out, whatever the
 *                      category: what protects a person
 *   recall category    those where also a span of the right category touches it
 *   recall exact       those where a span has the same ends and the right category
 *   recall partial     gold spans of which at least one character was taken out
 *   precision          spans taken out that touch a gold span
 *   token recall, precision   over running tokens that lie in gold, or were taken out
 *   untouched          tokens of texts without gold spans that no span touches
 *   characters leaked  code points of gold spans left in the text, of all of them
 *   clean texts        texts with gold spans of which nothing is left
 *   withheld           texts of which the language gate withheld anything
 *   gold inside words  gold spans that begin inside a word: many, and the positions are
 *                      of another text, or count other things than code points
 * By category, casing of the gold surface, origin (or unit), and by rule: precision, and
 * how much of what was rightly taken out came from it (the fail-closed rule among them).
 *
 * A name that is missed once is missed each time it returns: intervals take the texts of
 * a writer, or each text, as one source (stats/jackknife.h). Counts are kept for each.
 */
#include "evaluate/evaluate.h"

#include "stats/jackknife.h"
#include "text/unicode.h"

enum span_number {
    /* gold spans */
    GOLD,
    COVERED,
    CATEGORY,
    EXACT,
    PARTIAL,
    TAKEN, /* spans taken out */
    RIGHT,
    SPAN_NUMBERS,
    /* running tokens; of texts without gold spans */
    TOKEN_GOLD = SPAN_NUMBERS,
    TOKEN_TAKEN,
    TOKEN_BOTH,
    FREE_TOKENS,
    FREE_LEFT,
    CHARACTERS,
    LEAKED,
    TEXTS, /* with gold spans */
    CLEAN,
    DOCUMENTS,
    WITHHELD,
    NAMES_LOWER,
    NAMES_LOWER_FOUND,
    INSIDE, /* gold spans that begin inside a word */
    TEXT_NUMBERS
};
/* What one cluster adds; several rows may be of the same. */
struct span_row {
    uint32_t cluster;
    uint32_t n[SPAN_NUMBERS];
};
struct text_row {
    uint32_t cluster;
    uint32_t n[TEXT_NUMBERS]; /* those of spans are of all spans */
};
struct span_count {
    eft_text name;
    EFTI_ARRAY(struct span_row) rows;
};
struct span_counts {
    struct span_count *items;
    size_t count, capacity;
};
enum span_casing { NO_CASE, LOWER, INITIAL, UPPER, MIXED, CASINGS };

struct span_sums {
    const eft_allocator *mem;
    uint32_t cluster; /* of the document at hand */
    struct span_count by_casing[CASINGS];
    struct span_counts categories, groups, rules;
    EFTI_ARRAY(struct text_row) texts; /* one for each document */
    uint32_t *cluster_of;
    struct efti_strings *clusters;
    struct efti_ratio *of; /* scratch: part and whole of each cluster in x and n */
};

/* The numbers of the document at hand. */
static uint32_t *
here(struct span_sums *s)
{
    return s->texts.items[s->texts.count - 1].n;
}

static eft_text
text_of(const char *s)
{
    return (eft_text){s, strlen(s)};
}

static enum span_casing
casing_of(eft_text surface)
{
    size_t upper = 0, lower = 0, at = 0;
    bool first = false;

    while (at < surface.size) {
        uint32_t c = efti_utf8_next(surface.bytes, surface.size, &at);
        if (!efti_is_letter(c))
            continue;
        if (upper + lower == 0)
            first = efti_is_upper(c);
        if (efti_is_upper(c))
            upper++;
        else
            lower++;
    }
    if (upper + lower == 0)
        return NO_CASE;
    if (upper == 0)
        return LOWER;
    if (lower == 0 && upper > 1)
        return UPPER;
    return first ? INITIAL : MIXED;
}

/* Its row for the cluster at hand; NULL: no memory. */
static uint32_t *
row_of(struct span_sums *s, struct span_count *c)
{
    if (c->rows.count == 0 || c->rows.items[c->rows.count - 1].cluster != s->cluster) {
        if (!EFTI_PUSH(s->mem, &c->rows))
            return NULL;
        c->rows.items[c->rows.count - 1] = (struct span_row){.cluster = s->cluster};
    }
    return c->rows.items[c->rows.count - 1].n;
}

static uint32_t *
count_of(struct span_sums *s, struct span_counts *a, eft_text name)
{
    for (size_t i = 0; i < a->count; i++) {
        if (efti_equal(a->items[i].name.bytes, a->items[i].name.size, name.bytes,
                       name.size))
            return row_of(s, &a->items[i]);
    }
    if (!EFTI_PUSH(s->mem, a))
        return NULL;
    a->items[a->count - 1] = (struct span_count){.name = name};
    return row_of(s, &a->items[a->count - 1]);
}

/* How one gold span fared. */
struct fate {
    bool covered, category, exact, partial;
    size_t left; /* code points still readable */
};

static struct fate
fate_of(const struct efti_gold_span *g, eft_text text, const eft_veiled *v)
{
    struct fate f = {0};
    size_t at = g->start, taken = 0, points = 0;

    for (size_t i = 0; i < v->count; i++) {
        if (v->starts[i] >= g->end || v->ends[i] <= g->start)
            continue;
        bool same = efti_equal(g->label.bytes, g->label.size, v->categories[i],
                               strlen(v->categories[i]));
        f.partial = true;
        f.category = f.category || same;
        f.exact = f.exact || (same && v->starts[i] == g->start && v->ends[i] == g->end);
    }
    while (at < g->end) {
        size_t from = at;
        bool is_taken = false;
        (void)efti_utf8_next(text.bytes, text.size, &at);
        for (size_t i = 0; i < v->count && !is_taken; i++)
            is_taken = v->starts[i] <= from && from < v->ends[i];
        taken += is_taken;
        points++;
    }
    f.left = points - taken;
    f.covered = f.left == 0;
    f.category = f.category && f.covered;
    return f;
}

static void
add_fate(uint32_t *n, const struct fate *f)
{
    n[GOLD]++;
    n[COVERED] += f->covered;
    n[CATEGORY] += f->category;
    n[EXACT] += f->exact;
    n[PARTIAL] += f->partial;
}

static eft_status
add_gold(struct efti_evaluation *e, struct span_sums *s, const struct efti_gold_doc *doc,
         const struct efti_gold_span *g, const eft_veiled *v, size_t *left,
         eft_error *err)
{
    struct fate f = fate_of(g, doc->text, v);
    const eft_text surface = {doc->text.bytes + g->start, g->end - g->start};
    enum span_casing casing = casing_of(surface);
    uint32_t *category = count_of(s, &s->categories, g->label), *n = here(s);
    uint32_t *group = doc->group.size == 0 ? NULL : count_of(s, &s->groups, doc->group);
    uint32_t *cased = row_of(s, &s->by_casing[casing]);

    if (category == NULL || cased == NULL || (group == NULL && doc->group.size > 0))
        return efti_no_memory(err, "the counts of spans");
    add_fate(n, &f);
    add_fate(category, &f);
    add_fate(cased, &f);
    if (group != NULL)
        add_fate(group, &f);
    if (casing == LOWER &&
        efti_category_of(g->label.bytes, g->label.size) == EFTI_PERSON) {
        n[NAMES_LOWER]++;
        n[NAMES_LOWER_FOUND] += f.covered;
    }
    n[CHARACTERS] += (uint32_t)efti_utf8_length(surface.bytes, surface.size);
    n[LEAKED] += (uint32_t)f.left;
    *left += f.left;
    const struct efti_disagreement missed = {.kind = "missed",
                                             .start = g->start,
                                             .end = g->end,
                                             .label = g->label,
                                             .around = EFTI_AROUND};
    return f.covered ? EFT_OK : efti_mistake_at(e, doc, &missed, err);
}

static bool
touches_gold(const struct efti_gold *g, const struct efti_gold_doc *doc, uint64_t start,
             uint64_t end)
{
    for (uint32_t i = 0; i < doc->spans.count; i++) {
        const struct efti_gold_span *s = &g->spans.items[doc->spans.first + i];
        if (s->start < end && start < s->end)
            return true;
    }
    return false;
}

static eft_status
add_taken(struct efti_evaluation *e, struct span_sums *s, const struct efti_gold_doc *doc,
          const eft_veiled *v, size_t i, eft_error *err)
{
    const eft_text name = text_of(v->categories[i]), by = text_of(v->rules[i]);
    bool right = touches_gold(&e->gold, doc, v->starts[i], v->ends[i]);
    uint32_t *rows[] = {here(s), count_of(s, &s->categories, name),
                        count_of(s, &s->rules, by)};

    for (size_t k = 0; k < EFTI_COUNT(rows); k++) {
        if (rows[k] == NULL)
            return efti_no_memory(err, "the counts of spans");
        rows[k][TAKEN]++;
        rows[k][RIGHT] += right;
    }
    const struct efti_disagreement alarm = {.kind = "false alarm",
                                            .start = v->starts[i],
                                            .end = v->ends[i],
                                            .label = name,
                                            .by = by,
                                            .around = EFTI_AROUND};
    return right ? EFT_OK : efti_mistake_at(e, doc, &alarm, err);
}

/* Gold spans that begin inside a token; not those of an address or code, parts of which
 * may well be gold. */
static uint32_t
begun_inside(const struct efti_gold *g, const struct efti_gold_doc *doc, uint64_t start,
             uint64_t end)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < doc->spans.count; i++) {
        const struct efti_gold_span *s = &g->spans.items[doc->spans.first + i];
        n += start < s->start && s->start < end;
    }
    return n;
}

/* Running tokens in gold, taken out, both; and what is lost where there was nothing to
 * find. `taken` are the spans of the veil, in order. */
static eft_status
add_tokens(struct efti_evaluation *e, struct span_sums *s,
           const struct efti_gold_doc *doc, const struct efti_gold_span *taken,
           size_t count, eft_error *err)
{
    eft_tokens t;
    size_t at = 0;
    uint32_t *n = here(s);
    eft_status st = eft_worker_tokenise(e->worker, doc->text, &t, err);

    for (size_t i = 0; i < t.count && st == EFT_OK; i++) {
        while (at < count && taken[at].end <= t.starts[i])
            at++;
        bool out = at < count && taken[at].start < t.ends[i];
        bool gold = touches_gold(&e->gold, doc, t.starts[i], t.ends[i]);
        if (strcmp(t.kinds[i], "word") == 0)
            n[INSIDE] += begun_inside(&e->gold, doc, t.starts[i], t.ends[i]);
        n[TOKEN_GOLD] += gold;
        n[TOKEN_TAKEN] += out;
        n[TOKEN_BOTH] += gold && out;
        n[FREE_TOKENS] += doc->spans.count == 0;
        n[FREE_LEFT] += doc->spans.count == 0 && !out;
    }
    return st;
}

static eft_status
add_document(struct efti_evaluation *e, struct span_sums *s,
             const struct efti_gold_doc *doc, eft_error *err)
{
    EFTI_ARRAY(struct efti_gold_span) taken = {0};
    eft_veiled v;
    size_t left = 0;
    bool withheld = false;
    eft_status st;

    if (!EFTI_PUSH(e->mem, &s->texts))
        return efti_no_memory(err, "the counts of spans");
    s->texts.items[s->texts.count - 1] = (struct text_row){.cluster = s->cluster};
    st = eft_worker_veil(e->worker, doc->text, &v, err);

    for (uint32_t i = 0; i < doc->spans.count && st == EFT_OK; i++)
        st = add_gold(e, s, doc, &e->gold.spans.items[doc->spans.first + i], &v, &left,
                      err);
    for (size_t i = 0; i < v.count && st == EFT_OK; i++) {
        withheld = withheld || strcmp(v.categories[i], "LANGUAGE") == 0;
        if (!EFTI_PUSH(e->mem, &taken)) {
            st = efti_no_memory(err, "the spans of a text");
            break;
        }
        taken.items[i] = (struct efti_gold_span){.start = (uint32_t)v.starts[i],
                                                 .end = (uint32_t)v.ends[i]};
        st = add_taken(e, s, doc, &v, i, err);
    }
    if (st == EFT_OK)
        st = add_tokens(e, s, doc, taken.items, taken.count, err);
    EFTI_ARRAY_FREE(e->mem, &taken);
    uint32_t *n = here(s);
    n[DOCUMENTS]++;
    n[TEXTS] += doc->spans.count > 0;
    n[CLEAN] += doc->spans.count > 0 && left == 0;
    n[WITHHELD] += withheld;
    return st;
}

/* ------------------------------------------------------------------- figures */

/* Add part and whole of a row to those of its cluster. */
static void
gather_share(struct efti_ratio *of, uint32_t cluster, uint64_t part, uint64_t whole)
{
    of[cluster].x += (double)part;
    of[cluster].n += (double)whole;
}

/* The share that was gathered; what is gathered begins anew. */
static eft_status
print_gathered(struct efti_evaluation *e, struct span_sums *s, const char *group,
               eft_text name, const char *measure, eft_error *err)
{
    struct efti_ratio sums = {0};

    for (uint32_t k = 0; k < efti_strings_count(s->clusters); k++) {
        efti_ratio_add(&sums, s->of[k].x, s->of[k].n);
        s->of[k] = (struct efti_ratio){0};
    }
    const struct efti_interval i = efti_clustered_share(&sums, 0.95);
    return efti_figure_part(e, group, name, measure, (uint64_t)sums.x, (uint64_t)sums.n,
                            &i, err);
}

static eft_status
print_share(struct efti_evaluation *e, struct span_sums *s, const char *group,
            const struct span_count *c, const char *measure, enum span_number part,
            enum span_number whole, eft_error *err)
{
    for (size_t i = 0; i < c->rows.count; i++) {
        const struct span_row *r = &c->rows.items[i];
        gather_share(s->of, r->cluster, r->n[part], r->n[whole]);
    }
    return print_gathered(e, s, group, c->name, measure, err);
}

static eft_status
print_text_share(struct efti_evaluation *e, struct span_sums *s, const char *measure,
                 enum span_number part, enum span_number whole, eft_error *err)
{
    for (size_t i = 0; i < s->texts.count; i++) {
        const struct text_row *r = &s->texts.items[i];
        gather_share(s->of, r->cluster, r->n[part], r->n[whole]);
    }
    return print_gathered(e, s, "all", EFTI_ALL, measure, err);
}

static const struct {
    const char *measure;
    enum span_number part;
} recalls[] = {{"recall", COVERED},
               {"recall category", CATEGORY},
               {"recall exact", EXACT},
               {"recall partial", PARTIAL}};

static eft_status
print_recall(struct efti_evaluation *e, struct span_sums *s, const char *group,
             const struct span_count *c, eft_error *err)
{
    eft_status st = EFT_OK;

    for (size_t i = 0; i < EFTI_COUNT(recalls) && st == EFT_OK; i++)
        st = print_share(e, s, group, c, recalls[i].measure, recalls[i].part, GOLD, err);
    return st;
}

/* How much of what was rightly taken out a rule took. */
static eft_status
print_share_of_right(struct efti_evaluation *e, struct span_sums *s,
                     const struct span_count *rule, eft_error *err)
{
    for (size_t i = 0; i < rule->rows.count; i++)
        gather_share(s->of, rule->rows.items[i].cluster, rule->rows.items[i].n[RIGHT], 0);
    for (size_t i = 0; i < s->texts.count; i++)
        gather_share(s->of, s->texts.items[i].cluster, 0, s->texts.items[i].n[RIGHT]);
    return print_gathered(e, s, "rule", rule->name, "share of right", err);
}

static int
by_name(const void *a, const void *b, void *user)
{
    const struct span_count *x = a, *y = b;

    (void)user;
    return efti_compare(x->name.bytes, x->name.size, y->name.bytes, y->name.size);
}

static eft_status
print_all(struct efti_evaluation *e, struct span_sums *s, eft_error *err)
{
    static const struct {
        const char *measure;
        enum span_number part, whole;
    } rows[] = {{"precision", RIGHT, TAKEN},
                {"token recall", TOKEN_BOTH, TOKEN_GOLD},
                {"token precision", TOKEN_BOTH, TOKEN_TAKEN},
                {"untouched", FREE_LEFT, FREE_TOKENS},
                {"characters leaked", LEAKED, CHARACTERS},
                {"clean texts", CLEAN, TEXTS},
                {"withheld", WITHHELD, DOCUMENTS},
                {"lower-case names", NAMES_LOWER_FOUND, NAMES_LOWER},
                {"gold inside words", INSIDE, GOLD}};
    eft_status st = EFT_OK;

    for (size_t i = 0; i < EFTI_COUNT(recalls) && st == EFT_OK; i++)
        st = print_text_share(e, s, recalls[i].measure, recalls[i].part, GOLD, err);
    for (size_t i = 0; i < EFTI_COUNT(rows) && st == EFT_OK; i++)
        st = print_text_share(e, s, rows[i].measure, rows[i].part, rows[i].whole, err);
    return st;
}

/* A unit is somebody's word, and may name a person; where names come from is ours. */
static eft_status
print_group(struct efti_evaluation *e, struct span_sums *s,
            const struct span_count *group, uint32_t number, eft_error *err)
{
    struct span_count shown = *group;
    char buffer[EFTI_SHOWN_LABEL];
    eft_status st = EFT_OK;

    if (strcmp(e->gold.group_name, "unit") == 0)
        st = efti_evaluation_label(e, "unit", group->name, number, buffer, &shown.name,
                                   err);
    return st == EFT_OK ? print_recall(e, s, e->gold.group_name, &shown, err) : st;
}

static eft_status
print_groups(struct efti_evaluation *e, struct span_sums *s, eft_error *err)
{
    static const char *const casings[] = {"no case", "lower", "initial", "upper",
                                          "mixed"};
    eft_status st = EFT_OK;

    efti_sort(s->categories.items, s->categories.count, sizeof(struct span_count),
              by_name, NULL);
    efti_sort(s->groups.items, s->groups.count, sizeof(struct span_count), by_name, NULL);
    efti_sort(s->rules.items, s->rules.count, sizeof(struct span_count), by_name, NULL);
    for (size_t i = 0; i < s->categories.count && st == EFT_OK; i++) {
        const struct span_count *c = &s->categories.items[i];
        st = print_recall(e, s, "category", c, err);
        if (st == EFT_OK)
            st = print_share(e, s, "category", c, "precision", RIGHT, TAKEN, err);
    }
    for (size_t i = 0; i < CASINGS && st == EFT_OK; i++) {
        s->by_casing[i].name = text_of(casings[i]);
        if (s->by_casing[i].rows.count > 0)
            st = print_recall(e, s, "casing", &s->by_casing[i], err);
    }
    for (size_t i = 0; i < s->groups.count && st == EFT_OK; i++)
        st = print_group(e, s, &s->groups.items[i], (uint32_t)i + 1, err);
    for (size_t i = 0; i < s->rules.count && st == EFT_OK; i++) {
        const struct span_count *c = &s->rules.items[i];
        st = print_share(e, s, "rule", c, "precision", RIGHT, TAKEN, err);
        if (st == EFT_OK)
            st = print_share_of_right(e, s, c, err);
    }
    return st;
}

static eft_status
open_sums(struct efti_evaluation *e, struct span_sums *s, eft_error *err)
{
    size_t docs = e->gold.docs.count;
    eft_status st = efti_strings_new(e->mem, &s->clusters, err);

    if (st != EFT_OK)
        return st;
    s->mem = e->mem;
    s->cluster_of = efti_zalloc(e->mem, docs + 1, sizeof(*s->cluster_of));
    s->of =
        efti_zalloc(e->mem, docs + 1, sizeof(*s->of)); /* no more clusters than that */
    if (s->cluster_of == NULL || s->of == NULL)
        return efti_no_memory(err, "the counts of spans");
    return efti_evaluation_clusters(e, s->clusters, s->cluster_of, err);
}

static void
close_counts(const eft_allocator *mem, struct span_counts *a)
{
    for (size_t i = 0; i < a->count; i++)
        EFTI_ARRAY_FREE(mem, &a->items[i].rows);
    EFTI_ARRAY_FREE(mem, a);
}

static void
close_sums(const struct efti_evaluation *e, struct span_sums *s)
{
    size_t docs = e->gold.docs.count;

    close_counts(e->mem, &s->categories);
    close_counts(e->mem, &s->groups);
    close_counts(e->mem, &s->rules);
    for (size_t i = 0; i < CASINGS; i++)
        EFTI_ARRAY_FREE(e->mem, &s->by_casing[i].rows);
    EFTI_ARRAY_FREE(e->mem, &s->texts);
    efti_release(e->mem, s->cluster_of, (docs + 1) * sizeof(*s->cluster_of));
    efti_release(e->mem, s->of, (docs + 1) * sizeof(*s->of));
    efti_strings_free(s->clusters);
}

eft_status
efti_evaluate_spans(struct efti_evaluation *e, eft_error *err)
{
    struct span_sums s = {0};
    eft_status st = open_sums(e, &s, err);

    for (size_t i = 0; i < e->gold.docs.count && st == EFT_OK; i++) {
        s.cluster = s.cluster_of[i];
        if ((e->gold.docs.items[i].has & EFTI_GOLD_SPANS) != 0)
            st = add_document(e, &s, &e->gold.docs.items[i], err);
    }
    if (st == EFT_OK)
        st = print_all(e, &s, err);
    if (st == EFT_OK)
        st = print_groups(e, &s, err);
    close_sums(e, &s);
    return st;
}
