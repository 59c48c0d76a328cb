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
 */
#include "evaluate/evaluate.h"

#include "text/unicode.h"

struct span_count {
    eft_text name;
    uint64_t gold, covered, category, exact, partial; /* of gold spans */
    uint64_t taken, right;                            /* of spans taken out */
};
struct span_counts {
    struct span_count *items;
    size_t count, capacity;
};
enum span_casing { NO_CASE, LOWER, INITIAL, UPPER, MIXED, CASINGS };

struct span_sums {
    struct span_count all, by_casing[CASINGS];
    struct span_counts categories, groups, rules;
    uint64_t token_gold, token_taken, token_both;
    uint64_t free_tokens, free_left; /* of texts without gold spans */
    uint64_t characters, leaked;
    uint64_t texts, clean, withheld, documents;
    uint64_t names_lower, names_lower_found;
    uint64_t inside; /* gold spans that begin inside a word */
};

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

static struct span_count *
count_of(const eft_allocator *mem, struct span_counts *a, eft_text name)
{
    for (size_t i = 0; i < a->count; i++) {
        if (efti_equal(a->items[i].name.bytes, a->items[i].name.size, name.bytes,
                       name.size))
            return &a->items[i];
    }
    if (!EFTI_PUSH(mem, a))
        return NULL;
    a->items[a->count - 1] = (struct span_count){.name = name};
    return &a->items[a->count - 1];
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
add_fate(struct span_count *c, const struct fate *f)
{
    c->gold++;
    c->covered += f->covered;
    c->category += f->category;
    c->exact += f->exact;
    c->partial += f->partial;
}

static eft_status
add_gold(struct efti_evaluation *e, struct span_sums *s, const struct efti_gold_doc *doc,
         const struct efti_gold_span *g, const eft_veiled *v, size_t *left,
         eft_error *err)
{
    struct fate f = fate_of(g, doc->text, v);
    struct span_count *category = count_of(e->mem, &s->categories, g->label);
    struct span_count *group =
        doc->group.size == 0 ? NULL : count_of(e->mem, &s->groups, doc->group);

    if (category == NULL || (group == NULL && doc->group.size > 0))
        return efti_no_memory(err, "the counts of spans");
    add_fate(&s->all, &f);
    add_fate(category, &f);
    if (group != NULL)
        add_fate(group, &f);
    const eft_text surface = {doc->text.bytes + g->start, g->end - g->start};
    enum span_casing casing = casing_of(surface);
    add_fate(&s->by_casing[casing], &f);
    if (casing == LOWER &&
        efti_category_of(g->label.bytes, g->label.size) == EFTI_PERSON) {
        s->names_lower++;
        s->names_lower_found += f.covered;
    }
    s->characters += efti_utf8_length(surface.bytes, surface.size);
    s->leaked += f.left;
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
    struct span_count *category = count_of(e->mem, &s->categories, name);
    struct span_count *rule = count_of(e->mem, &s->rules, by);

    if (category == NULL || rule == NULL)
        return efti_no_memory(err, "the counts of spans");
    s->all.taken++;
    s->all.right += right;
    category->taken++;
    category->right += right;
    rule->taken++;
    rule->right += right;
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
static uint64_t
begun_inside(const struct efti_gold *g, const struct efti_gold_doc *doc, uint64_t start,
             uint64_t end)
{
    uint64_t n = 0;

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
    eft_status st = eft_worker_tokenise(e->worker, doc->text, &t, err);

    for (size_t i = 0; i < t.count && st == EFT_OK; i++) {
        while (at < count && taken[at].end <= t.starts[i])
            at++;
        bool out = at < count && taken[at].start < t.ends[i];
        bool gold = touches_gold(&e->gold, doc, t.starts[i], t.ends[i]);
        if (strcmp(t.kinds[i], "word") == 0)
            s->inside += begun_inside(&e->gold, doc, t.starts[i], t.ends[i]);
        s->token_gold += gold;
        s->token_taken += out;
        s->token_both += gold && out;
        s->free_tokens += doc->spans.count == 0;
        s->free_left += doc->spans.count == 0 && !out;
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
    eft_status st = eft_worker_veil(e->worker, doc->text, &v, err);

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
    s->documents++;
    s->texts += doc->spans.count > 0;
    s->clean += doc->spans.count > 0 && left == 0;
    s->withheld += withheld;
    return st;
}

/* ------------------------------------------------------------------- figures */

static eft_status
print_recall(struct efti_evaluation *e, const char *group, const struct span_count *c,
             eft_error *err)
{
    const struct {
        const char *measure;
        uint64_t part;
    } rows[] = {{"recall", c->covered},
                {"recall category", c->category},
                {"recall exact", c->exact},
                {"recall partial", c->partial}};

    for (size_t i = 0; i < EFTI_COUNT(rows); i++) {
        eft_status st = efti_figure_share(e, group, c->name, rows[i].measure,
                                          rows[i].part, c->gold, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static int
by_name(const void *a, const void *b, void *user)
{
    const struct span_count *x = a, *y = b;

    (void)user;
    return efti_compare(x->name.bytes, x->name.size, y->name.bytes, y->name.size);
}

static eft_status
print_all(struct efti_evaluation *e, const struct span_sums *s, eft_error *err)
{
    const struct {
        const char *measure;
        uint64_t part, whole;
    } rows[] = {{"precision", s->all.right, s->all.taken},
                {"token recall", s->token_both, s->token_gold},
                {"token precision", s->token_both, s->token_taken},
                {"untouched", s->free_left, s->free_tokens},
                {"characters leaked", s->leaked, s->characters},
                {"clean texts", s->clean, s->texts},
                {"withheld", s->withheld, s->documents},
                {"lower-case names", s->names_lower_found, s->names_lower},
                {"gold inside words", s->inside, s->all.gold}};
    eft_status st = print_recall(e, "all", &s->all, err);

    for (size_t i = 0; i < EFTI_COUNT(rows) && st == EFT_OK; i++)
        st = efti_figure_share(e, "all", EFTI_ALL, rows[i].measure, rows[i].part,
                               rows[i].whole, err);
    return st;
}

/* A unit is somebody's word, and may name a person; where names come from is ours. */
static eft_status
print_group(struct efti_evaluation *e, const struct span_count *group, uint32_t number,
            eft_error *err)
{
    struct span_count shown = *group;
    char buffer[EFTI_SHOWN_LABEL];
    eft_status st = EFT_OK;

    if (strcmp(e->gold.group_name, "unit") == 0)
        st = efti_evaluation_label(e, "unit", group->name, number, buffer, &shown.name,
                                   err);
    return st == EFT_OK ? print_recall(e, e->gold.group_name, &shown, err) : st;
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
        st = print_recall(e, "category", c, err);
        if (st == EFT_OK)
            st = efti_figure_share(e, "category", c->name, "precision", c->right,
                                   c->taken, err);
    }
    for (size_t i = 0; i < CASINGS && st == EFT_OK; i++) {
        s->by_casing[i].name = text_of(casings[i]);
        if (s->by_casing[i].gold > 0)
            st = print_recall(e, "casing", &s->by_casing[i], err);
    }
    for (size_t i = 0; i < s->groups.count && st == EFT_OK; i++)
        st = print_group(e, &s->groups.items[i], (uint32_t)i + 1, err);
    for (size_t i = 0; i < s->rules.count && st == EFT_OK; i++) {
        const struct span_count *c = &s->rules.items[i];
        st = efti_figure_share(e, "rule", c->name, "precision", c->right, c->taken, err);
        if (st == EFT_OK)
            st = efti_figure_share(e, "rule", c->name, "share of right", c->right,
                                   s->all.right, err);
    }
    return st;
}

eft_status
efti_evaluate_spans(struct efti_evaluation *e, eft_error *err)
{
    struct span_sums s = {0};
    eft_status st = EFT_OK;

    for (size_t i = 0; i < e->gold.docs.count && st == EFT_OK; i++) {
        if ((e->gold.docs.items[i].has & EFTI_GOLD_SPANS) != 0)
            st = add_document(e, &s, &e->gold.docs.items[i], err);
    }
    if (st == EFT_OK)
        st = print_all(e, &s, err);
    if (st == EFT_OK)
        st = print_groups(e, &s, err);
    EFTI_ARRAY_FREE(e->mem, &s.categories);
    EFTI_ARRAY_FREE(e->mem, &s.groups);
    EFTI_ARRAY_FREE(e->mem, &s.rules);
    return st;
}
