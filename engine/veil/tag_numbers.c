/*
 * tag_numbers.c - the n of [PERSON_n]
 *
 * Per category, in order of appearance: the same folded surface the same number, and
 * "Anna" that of "Anna Svensson"; what the user's roster says is one person or unit has
 * one number in every spelling ("Anna S", "A.S."). Counting goes on after the tags that
 * stand in the input, so that veiled text can be added to. Done only for those who print
 * spans: a tally counts them and no more.
 *
 * Fields of one reflection are numbered one after another, and a number once given stays:
 *
 *     text      Anna ringde. Svensson ringde.   Anna 1, Svensson 2
 *     comments  Tack, Anna Svensson!            1: that they are one is learnt too late
 *
 * so that a text has the same tags wherever it is printed, with or without its comments.
 */
#include "veil/find.h"

#define SURFACE_COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* A category, a number and what stands around them, with room to spare. */
enum { LONGEST_TAG = 32 };

/* What has a number or gets one: first those of earlier fields, then the spans at hand.
 * Each points at the first that it is one with. */
struct numbered {
    struct veil_surface *surfaces; /* sorted now by this, now by that */
    uint32_t *first;               /* by their place */
    size_t met, count;             /* of them from earlier fields; all */
};

static int
by_surface(const void *a, const void *b, void *user)
{
    const struct veil_surface *x = a, *y = b;
    int order = SURFACE_COMPARE(x->category, y->category);

    (void)user;
    if (order == 0)
        order = efti_compare(x->folded.bytes, x->folded.size, y->folded.bytes,
                             y->folded.size);
    return order != 0 ? order : SURFACE_COMPARE(x->place, y->place);
}

/* ---------------------------------------------------------------- numbers in use */

/* The tag "[CASE_ID_7]", or what only looks like one: then nothing is in use by it. */
static void
use_tag(const char *bytes, size_t size, uint32_t last[EFTI_CATEGORY_COUNT])
{
    size_t line = 0;

    for (size_t k = 1; k < size; k++)
        if (bytes[k] == '_')
            line = k;
    if (line == 0)
        return;
    enum efti_category c = efti_category_of(bytes + 1, line - 1);
    size_t end = line + 1;
    while (end < size && bytes[end] >= '0' && bytes[end] <= '9')
        end++;
    uint32_t n = efti_veil_number(bytes + line + 1, end - line - 1);
    if (c != EFTI_CATEGORY_COUNT && n > last[c])
        last[c] = n;
}

/* The highest number of a tag of ours in the input, per category. */
static void
numbers_in_use(const struct efti_veil *v, uint32_t last[EFTI_CATEGORY_COUNT])
{
    memset(last, 0, EFTI_CATEGORY_COUNT * sizeof(*last));
    for (size_t i = 0; v->any_tag && i < v->segments->tokens.count; i++) {
        const struct efti_token *t = &v->segments->tokens.items[i];

        if (t->kind == EFTI_VEIL)
            use_tag(v->text.bytes + t->start, t->end - t->start, last);
    }
}

/* The same of a field that is not segmented yet. */
static void
use_tags_of(eft_text text, uint32_t last[EFTI_CATEGORY_COUNT])
{
    const char *end = text.bytes + text.size, *at = text.bytes, *close;

    for (; text.size > 0 && at < end; at++) {
        if ((at = memchr(at, '[', (size_t)(end - at))) == NULL)
            return;
        size_t most = (size_t)(end - at) < LONGEST_TAG ? (size_t)(end - at) : LONGEST_TAG;
        if ((close = memchr(at, ']', most)) != NULL)
            use_tag(at, (size_t)(close - at), last);
    }
}

void
efti_veil_open_record(struct efti_veil *v, const eft_text *fields, size_t count)
{
    memset(v->last, 0, sizeof(v->last));
    v->in_record = true;
    v->met.count = v->people.count = 0;
    efti_arena_reset(&v->record);
    for (size_t i = 0; i < count; i++)
        use_tags_of(fields[i], v->last);
}

void
efti_veil_close_record(struct efti_veil *v)
{
    v->in_record = false;
    v->met.count = v->people.count = 0;
}

/* -------------------------------------------------------------------- surfaces */

static eft_status
fold_surface(struct efti_veil *v, const struct efti_span *s, struct veil_surface *f,
             eft_error *err)
{
    if (s->category == EFTI_LANGUAGE || s->category == EFTI_OTHER_LONG) {
        f->folded = (eft_text){v->text.bytes + s->start, s->end - s->start};
        return EFT_OK;
    }
    eft_status st = efti_fold(v->unicode, v->text.bytes + s->start, s->end - s->start,
                              &v->phrase, err);
    if (st != EFT_OK)
        return st;
    char *copy = efti_arena_copy(&v->arena, v->phrase.data, v->phrase.size);
    if (copy == NULL)
        return efti_no_memory(err, "the numbers of tags");
    f->folded = (eft_text){copy, v->phrase.size};
    return EFT_OK;
}

/* In the veil's arena. */
static eft_status
collect_surfaces(struct efti_veil *v, const struct efti_veiled *out, struct numbered *n,
                 eft_error *err)
{
    n->met = v->in_record ? v->met.count : 0;
    n->count = n->met + out->spans.count;
    n->surfaces = efti_arena_alloc(&v->arena, n->count * sizeof(*n->surfaces),
                                   alignof(struct veil_surface));
    n->first =
        efti_arena_alloc(&v->arena, n->count * sizeof(*n->first), alignof(uint32_t));
    if (n->surfaces == NULL || n->first == NULL)
        return efti_no_memory(err, "the numbers of tags");
    for (size_t i = 0; i < n->met; i++) {
        n->surfaces[i] = v->met.items[i];
        n->surfaces[i].place = (uint32_t)i;
    }
    for (size_t i = 0; i < out->spans.count; i++) {
        const struct efti_span *s = &out->spans.items[i];
        struct veil_surface *f = &n->surfaces[n->met + i];

        *f = (struct veil_surface){
            .place = (uint32_t)(n->met + i),
            .who = s->rule == VEIL_RULE_OWN ? s->number : 0,
            .category = s->category,
        };
        eft_status st = fold_surface(v, s, f, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* ------------------------------------------------ one person, several surfaces */

/* A word of a full name, and the place of that name. */
struct name_link {
    eft_text word;
    uint32_t place;
};

static int
by_link(const void *a, const void *b, void *user)
{
    const struct name_link *x = a, *y = b;
    int order = efti_compare(x->word.bytes, x->word.size, y->word.bytes, y->word.size);

    (void)user;
    return order != 0 ? order : SURFACE_COMPARE(x->place, y->place);
}

static uint32_t
root_of(const struct numbered *n, uint32_t place)
{
    while (n->first[place] != place)
        place = n->first[place];
    return place;
}

/* Two that have numbers from earlier fields keep them. */
static void
join_places(struct numbered *n, uint32_t one, uint32_t other)
{
    uint32_t a = root_of(n, one), b = root_of(n, other);

    if (a >= n->met || b >= n->met)
        n->first[a > b ? a : b] = a > b ? b : a;
}

static int
by_who(const void *a, const void *b, void *user)
{
    const struct veil_surface *x = a, *y = b;
    int order = SURFACE_COMPARE(x->who, y->who);

    (void)user;
    return order != 0 ? order : SURFACE_COMPARE(x->place, y->place);
}

/* Entries of the roster: those of one come next to each other. */
static void
join_listed(struct numbered *n)
{
    const struct veil_surface *s = n->surfaces;

    efti_sort(n->surfaces, n->count, sizeof(*s), by_who, NULL);
    for (size_t i = 1; i < n->count; i++)
        if (s[i].who != 0 && s[i].who == s[i - 1].who)
            join_places(n, s[i - 1].place, s[i].place);
}

/* The first and last word of every full name; how many. */
static size_t
collect_links(const struct numbered *all, struct name_link *links)
{
    size_t n = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct veil_surface *s = &all->surfaces[i];
        eft_text t = s->folded;
        const char *first = s->category == EFTI_PERSON && t.size > 0
                                ? memchr(t.bytes, ' ', t.size)
                                : NULL;
        size_t last = t.size;

        if (first == NULL)
            continue;
        while (t.bytes[last - 1] != ' ' && last > 1)
            last--;
        links[n++] = (struct name_link){{t.bytes, (size_t)(first - t.bytes)}, s->place};
        links[n++] = (struct name_link){{t.bytes + last, t.size - last}, s->place};
    }
    return n;
}

/* The first place of a full name that begins or ends in `word`; `none` without one. */
static uint32_t
place_of_full_name(const struct name_link *links, size_t count, eft_text word,
                   uint32_t none)
{
    const struct name_link one = {word, 0};
    size_t low = 0, high = count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (by_link(&links[mid], &one, NULL) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < count && efti_equal(links[low].word.bytes, links[low].word.size,
                                     word.bytes, word.size)
               ? links[low].place
               : none;
}

/* "Anna" and "Svensson" get the number of the first "Anna Svensson" of the text. Two
 * people called Anna are told apart by their full names only. */
static void
join_people(struct numbered *n, struct name_link *links)
{
    const size_t count = collect_links(n, links);

    efti_sort(links, count, sizeof(*links), by_link, NULL);
    for (size_t i = 0; i < n->count && count > 0; i++) {
        const struct veil_surface *s = &n->surfaces[i];

        if (s->category != EFTI_PERSON || s->folded.size == 0 ||
            s->who != 0 || /* the roster says who */
            memchr(s->folded.bytes, ' ', s->folded.size) != NULL)
            continue;
        join_places(n, s->place, place_of_full_name(links, count, s->folded, s->place));
    }
}

static int
by_tag_number(const void *a, const void *b, void *user)
{
    const struct veil_surface *x = a, *y = b;
    int order = SURFACE_COMPARE(x->category, y->category);

    (void)user;
    if (order == 0)
        order = SURFACE_COMPARE(x->number, y->number);
    return order != 0 ? order : SURFACE_COMPARE(x->place, y->place);
}

/* Surfaces of earlier fields with one number are one. They stand first still. */
static void
join_met(struct numbered *n)
{
    const struct veil_surface *s = n->surfaces;

    efti_sort(n->surfaces, n->met, sizeof(*s), by_tag_number, NULL);
    for (size_t i = 1; i < n->met; i++)
        if (s[i].category == s[i - 1].category && s[i].number == s[i - 1].number)
            n->first[s[i].place] = root_of(n, s[i - 1].place);
}

/* Sorted: the same surface of the same category comes next to itself. */
static bool
is_same(const struct numbered *n, size_t i)
{
    const struct veil_surface *x = &n->surfaces[i];

    return i > 0 && x->category == x[-1].category &&
           efti_equal(x->folded.bytes, x->folded.size, x[-1].folded.bytes,
                      x[-1].folded.size);
}

/* What later fields of the record have to know. `n` is sorted by surface. */
static eft_status
keep_number(struct efti_veil *v, const struct numbered *n, const struct efti_veiled *out,
            eft_error *err)
{
    for (size_t i = 0; i < n->count; i++) {
        struct veil_surface s = n->surfaces[i];

        if (s.place < n->met || is_same(n, i))
            continue;
        s.number = out->spans.items[s.place - n->met].number;
        s.folded.bytes = efti_arena_copy(&v->record, s.folded.bytes, s.folded.size);
        if (s.folded.bytes == NULL ||
            !EFTI_ARRAY_RESERVE(v->mem, &v->met, v->met.count + 1))
            return efti_no_memory(err, "the numbers of tags");
        v->met.items[v->met.count++] = s;
    }
    return EFT_OK;
}

/* Every place points at the first of its kind. */
static eft_status
join_all(struct efti_veil *v, struct numbered *n, eft_error *err)
{
    struct name_link *links = efti_arena_alloc(&v->arena, n->count * 2 * sizeof(*links),
                                               alignof(struct name_link));

    if (links == NULL)
        return efti_no_memory(err, "the numbers of tags");
    for (size_t i = 0; i < n->count; i++)
        n->first[i] = (uint32_t)i;
    join_met(n);
    efti_sort(n->surfaces, n->count, sizeof(*n->surfaces), by_surface, NULL);
    for (size_t i = 1; i < n->count; i++)
        if (is_same(n, i))
            join_places(n, n->surfaces[i - 1].place, n->surfaces[i].place);
    join_people(n, links);
    join_listed(n);
    return EFT_OK;
}

eft_status
efti_veil_number_spans(struct efti_veil *v, struct efti_veiled *out, eft_error *err)
{
    struct numbered n;
    eft_status st;

    if (!v->in_record)
        numbers_in_use(v, v->last);
    efti_arena_reset(&v->arena);
    if ((st = collect_surfaces(v, out, &n, err)) != EFT_OK ||
        (st = join_all(v, &n, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < out->spans.count; i++) {
        struct efti_span *s = &out->spans.items[i];
        const uint32_t root = root_of(&n, (uint32_t)(n.met + i));

        if (root < n.met)
            s->number = v->met.items[root].number;
        else if (root == n.met + i)
            s->number = ++v->last[s->category];
        else
            s->number = out->spans.items[root - n.met].number;
    }
    if (!v->in_record)
        return EFT_OK;
    efti_sort(n.surfaces, n.count, sizeof(*n.surfaces), by_surface, NULL);
    return keep_number(v, &n, out, err);
}
