/*
 * tag_numbers.c - the n of [PERSON_n]
 *
 * Per category, in order of appearance: the same folded surface the same number, and
 * "Anna" that of "Anna Svensson"; what the user's roster says is one person or unit has
 * one number in every spelling ("Anna S", "A.S."). Counting goes on after the tags that
 * stand in the input, so that veiled text can be added to. Done only for those who print
 * spans: a tally counts them and no more.
 */
#include "veil/find.h"

#define SURFACE_COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

struct surface {
    uint32_t span, who; /* who: of the roster, 0 for nobody */
    uint8_t category;
    eft_text folded;
};

static int
by_surface(const void *a, const void *b, void *user)
{
    const struct surface *x = a, *y = b;
    int order = SURFACE_COMPARE(x->category, y->category);

    (void)user;
    if (order == 0)
        order = efti_compare(x->folded.bytes, x->folded.size, y->folded.bytes,
                             y->folded.size);
    return order != 0 ? order : SURFACE_COMPARE(x->span, y->span);
}

/* The highest number of a tag of ours in the input, per category. */
static void
numbers_in_use(const struct efti_veil *v, uint32_t last[EFTI_CATEGORY_COUNT])
{
    memset(last, 0, EFTI_CATEGORY_COUNT * sizeof(*last));
    for (size_t i = 0; v->any_tag && i < v->segments->tokens.count; i++) {
        const struct efti_token *t = &v->segments->tokens.items[i];
        const char *bytes = v->text.bytes + t->start;
        size_t size = t->end - t->start, line = 0;

        if (t->kind != EFTI_VEIL)
            continue;
        for (size_t k = 1; k < size; k++)
            if (bytes[k] == '_')
                line = k;
        if (line == 0)
            continue;
        enum efti_category c = efti_category_of(bytes + 1, line - 1);
        size_t end = line + 1;
        while (end < size && bytes[end] >= '0' && bytes[end] <= '9')
            end++;
        uint32_t n = efti_veil_number(bytes + line + 1, end - line - 1);
        if (c != EFTI_CATEGORY_COUNT && n > last[c])
            last[c] = n;
    }
}

static eft_status
fold_surfaces(struct efti_veil *v, const struct efti_veiled *out,
              struct surface *surfaces, eft_error *err)
{
    for (size_t i = 0; i < out->spans.count; i++) {
        const struct efti_span *s = &out->spans.items[i];
        struct surface *f = &surfaces[i];

        *f = (struct surface){
            .span = (uint32_t)i,
            .who = s->rule == VEIL_RULE_OWN ? s->number : 0,
            .category = s->category,
        };
        if (s->category == EFTI_LANGUAGE || s->category == EFTI_OTHER_LONG) {
            f->folded = (eft_text){v->text.bytes + s->start, s->end - s->start};
            continue;
        }
        eft_status st = efti_fold(v->unicode, v->text.bytes + s->start, s->end - s->start,
                                  &v->phrase, err);
        if (st != EFT_OK)
            return st;
        char *copy = efti_arena_copy(&v->arena, v->phrase.data, v->phrase.size);
        if (copy == NULL)
            return efti_no_memory(err, "no memory for the numbers of tags");
        f->folded = (eft_text){copy, v->phrase.size};
    }
    return EFT_OK;
}

/* ------------------------------------------------ one person, several surfaces */

/* A word of a full name, and the span of that name. */
struct name_link {
    eft_text word;
    uint32_t span;
};

static int
by_link(const void *a, const void *b, void *user)
{
    const struct name_link *x = a, *y = b;
    int order = efti_compare(x->word.bytes, x->word.size, y->word.bytes, y->word.size);

    (void)user;
    return order != 0 ? order : SURFACE_COMPARE(x->span, y->span);
}

static uint32_t
root_of(const struct efti_veiled *out, uint32_t span)
{
    while (out->spans.items[span].number != span)
        span = out->spans.items[span].number;
    return span;
}

static void
join_spans(struct efti_veiled *out, uint32_t one, uint32_t other)
{
    uint32_t a = root_of(out, one), b = root_of(out, other);

    out->spans.items[a > b ? a : b].number = a > b ? b : a;
}

static int
by_who(const void *a, const void *b, void *user)
{
    const struct surface *x = a, *y = b;
    int order = SURFACE_COMPARE(x->who, y->who);

    (void)user;
    return order != 0 ? order : SURFACE_COMPARE(x->span, y->span);
}

/* Entries of the roster: those of one come next to each other. */
static void
join_listed(struct efti_veiled *out, struct surface *surfaces, size_t count)
{
    efti_sort(surfaces, count, sizeof(*surfaces), by_who, NULL);
    for (size_t i = 1; i < count; i++)
        if (surfaces[i].who != 0 && surfaces[i].who == surfaces[i - 1].who)
            join_spans(out, surfaces[i - 1].span, surfaces[i].span);
}

/* The first and last word of every full name; how many. */
static size_t
collect_links(const struct surface *surfaces, size_t count, struct name_link *links)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        eft_text t = surfaces[i].folded;
        const char *first = surfaces[i].category == EFTI_PERSON && t.size > 0
                                ? memchr(t.bytes, ' ', t.size)
                                : NULL;
        size_t last = t.size;

        if (first == NULL)
            continue;
        while (t.bytes[last - 1] != ' ' && last > 1)
            last--;
        links[n++] =
            (struct name_link){{t.bytes, (size_t)(first - t.bytes)}, surfaces[i].span};
        links[n++] =
            (struct name_link){{t.bytes + last, t.size - last}, surfaces[i].span};
    }
    return n;
}

/* "Anna" and "Svensson" get the number of the first "Anna Svensson" of the text. Two
 * people called Anna are told apart by their full names only. */
static void
join_people(struct efti_veiled *out, const struct surface *surfaces, size_t count,
            struct name_link *links)
{
    size_t n = collect_links(surfaces, count, links);

    efti_sort(links, n, sizeof(*links), by_link, NULL);
    for (size_t i = 0; i < count && n > 0; i++) {
        struct name_link one = {surfaces[i].folded, 0};
        size_t low = 0, high = n;

        if (surfaces[i].category != EFTI_PERSON || one.word.size == 0 ||
            surfaces[i].who != 0 || /* the roster says who */
            memchr(one.word.bytes, ' ', one.word.size) != NULL)
            continue;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (by_link(&links[mid], &one, NULL) < 0)
                low = mid + 1;
            else
                high = mid;
        }
        if (low == n || !efti_equal(links[low].word.bytes, links[low].word.size,
                                    one.word.bytes, one.word.size))
            continue;
        join_spans(out, surfaces[i].span, links[low].span);
    }
}

eft_status
efti_veil_number_spans(struct efti_veil *v, struct efti_veiled *out, eft_error *err)
{
    uint32_t last[EFTI_CATEGORY_COUNT];
    struct surface *surfaces;
    size_t count = out->spans.count;

    numbers_in_use(v, last);
    efti_arena_reset(&v->arena);
    surfaces =
        efti_arena_alloc(&v->arena, count * sizeof(*surfaces), alignof(struct surface));
    if (surfaces == NULL)
        return efti_no_memory(err, "no memory for the numbers of tags");
    eft_status st = fold_surfaces(v, out, surfaces, err);
    if (st != EFT_OK)
        return st;
    efti_sort(surfaces, count, sizeof(*surfaces), by_surface, NULL);
    /* first every span points at the first of its kind, then those are
     * numbered in order */
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && surfaces[i].category == surfaces[i - 1].category &&
                    efti_equal(surfaces[i].folded.bytes, surfaces[i].folded.size,
                               surfaces[i - 1].folded.bytes, surfaces[i - 1].folded.size);
        out->spans.items[surfaces[i].span].number =
            same ? out->spans.items[surfaces[i - 1].span].number : surfaces[i].span;
    }
    struct name_link *links = efti_arena_alloc(&v->arena, count * 2 * sizeof(*links),
                                               alignof(struct name_link));
    if (links == NULL)
        return efti_no_memory(err, "no memory for the numbers of tags");
    join_people(out, surfaces, count, links);
    join_listed(out, surfaces, count);
    for (size_t i = 0; i < count; i++) {
        struct efti_span *s = &out->spans.items[i];

        s->number =
            s->number == i ? ++last[s->category] : out->spans.items[s->number].number;
    }
    return EFT_OK;
}
