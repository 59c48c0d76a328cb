/*
 * freeze.c - from order of arrival to the canonical order
 *
 *     uses      which terms and labels some record needs         orders.c
 *     orders    dictionaries by bytes; maps from old to new      orders.c
 *     records   bodies with new ids; cells of labels, numbered by their labels
 *     writers   ordered by the content of their records          writers.c
 *     sums      postings, pairs and sentences, added up          sums.c
 *     views     what struct efti_frozen shows                    views.c
 *
 * Nothing that depends on arrival survives: what is equal is summed, what is different is
 * sorted by content. All is built beside the tally and put in place at the end, so that
 * a freeze that fails changes nothing.
 */
#include "tally/freeze.h"

static void
plan_free(struct tally_plan *p)
{
    const eft_allocator *mem = p->mem;

    EFTI_ARRAY_FREE(mem, &p->theme_order);
    EFTI_ARRAY_FREE(mem, &p->theme_map);
    EFTI_ARRAY_FREE(mem, &p->term_order);
    EFTI_ARRAY_FREE(mem, &p->term_map);
    EFTI_ARRAY_FREE(mem, &p->label_order);
    EFTI_ARRAY_FREE(mem, &p->label_map);
    EFTI_ARRAY_FREE(mem, &p->writer_order);
    EFTI_ARRAY_FREE(mem, &p->writer_map);
    EFTI_ARRAY_FREE(mem, &p->cell_map);
    EFTI_ARRAY_FREE(mem, &p->uses);
    efti_bytes_free(&p->bodies);
    EFTI_ARRAY_FREE(mem, &p->body_at);
    EFTI_ARRAY_FREE(mem, &p->content_size);
    EFTI_ARRAY_FREE(mem, &p->record_writer);
    EFTI_ARRAY_FREE(mem, &p->record_cell);
    EFTI_ARRAY_FREE(mem, &p->tails);
    EFTI_ARRAY_FREE(mem, &p->record_order);
    efti_strings_free(p->cell_keys);
    efti_dictionaries_free(mem, &p->dict);
    efti_bytes_free(&p->log);
    efti_sums_free(mem, &p->sums);
    efti_views_free(mem, &p->views);
}

/* ------------------------------------------------------------------ records */

static int
by_theme(const void *a, const void *b, void *user)
{
    const struct efti_theme_count *x = a, *y = b;

    (void)user;
    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    return (x->polarity > y->polarity) - (x->polarity < y->polarity);
}

/* Few, and half in order: the lexicon is, as it is read. */
static void
sort_themes(struct efti_theme_count *themes, uint32_t count)
{
    if (count > 32) {
        efti_sort(themes, count, sizeof(*themes), by_theme, NULL);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        struct efti_theme_count x = themes[i];
        uint32_t at = i;
        for (; at > 0 && by_theme(&themes[at - 1], &x, NULL) > 0; at--)
            themes[at] = themes[at - 1];
        themes[at] = x;
    }
}

/* New ids, sorted, each (theme, polarity) once. */
static eft_status
settle_themes(struct tally_plan *p, struct tally_walk *w, eft_error *err)
{
    struct efti_theme_count *themes = w->scratch.themes.items;
    uint32_t count = w->record.theme_count, kept = 0;

    for (uint32_t i = 0; i < count; i++)
        themes[i].theme = p->theme_map.items[themes[i].theme];
    sort_themes(themes, count);
    for (uint32_t i = 0; i < count; i++) {
        if (themes[i].hits == 0)
            continue;
        if (kept > 0 && by_theme(&themes[kept - 1], &themes[i], NULL) == 0) {
            if (themes[i].hits > UINT32_MAX - themes[kept - 1].hits)
                return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                                 "too many hits to count");
            themes[kept - 1].hits += themes[i].hits;
        } else {
            themes[kept++] = themes[i];
        }
    }
    w->record.theme_count = kept;
    return EFT_OK;
}

static int
by_number(const void *a, const void *b, void *user)
{
    const uint32_t *x = a, *y = b;

    (void)user;
    return (*x > *y) - (*x < *y);
}

static uint32_t
new_label(const struct tally_plan *p, uint32_t label)
{
    return label == EFTI_NO_ID ? EFTI_NO_ID : p->label_map.items[label];
}

static void
settle_labels(struct tally_plan *p, struct tally_walk *w)
{
    struct efti_record_view *r = &w->record;
    uint32_t *tags = w->scratch.tags.items;
    uint32_t kept = 0;

    r->unit = new_label(p, r->unit);
    r->assignment = new_label(p, r->assignment);
    for (uint32_t i = 0; i < p->t->settings.facet_count; i++)
        w->scratch.facets[i] = new_label(p, w->scratch.facets[i]);
    for (uint32_t i = 0; i < r->tag_count; i++)
        tags[i] = new_label(p, tags[i]);
    if (r->tag_count > 1)
        efti_sort(tags, r->tag_count, sizeof(*tags), by_number, NULL);
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (kept == 0 || tags[kept - 1] != tags[i])
            tags[kept++] = tags[i];
    }
    r->tag_count = kept;
}

#define CELL_KEY 40 /* unit, assignment and eight facets, four bytes each */

/* Big-endian, so that the bytes of cells compare as their labels do. */
static size_t
cell_key(const struct tally_plan *p, uint32_t unit, uint32_t assignment,
         const uint32_t *facets, char out[CELL_KEY])
{
    size_t count = 2 + p->t->settings.facet_count;

    for (size_t i = 0; i < count; i++) {
        uint32_t label = i == 0 ? unit : i == 1 ? assignment : facets[i - 2];
        for (size_t j = 0; j < 4; j++)
            out[4 * i + j] = (char)(label >> (24 - 8 * j));
    }
    return 4 * count;
}

static eft_status
put_body(struct tally_plan *p, const struct efti_record_view *r, eft_error *err)
{
    struct efti_bytes *b = &p->bodies;
    unsigned char *content_end;
    size_t need;

    if (!efti_add(b->size, efti_body_bound(r->theme_count, r->tag_count), &need) ||
        !efti_reserve(p->mem, (void **)&b->data, &b->capacity, need, 1))
        return efti_no_memory(err, "the records of a tally");
    unsigned char *begin = (unsigned char *)b->data + b->size;
    unsigned char *end =
        efti_body_put(begin, r, p->t->settings.facet_count, &content_end);
    p->content_size.items[p->content_size.count++] = (uint32_t)(content_end - begin);
    p->body_at.items[p->body_at.count++] = b->size;
    b->size += (size_t)(end - begin);
    p->tag_total += r->tag_count;
    p->theme_total += r->theme_count;
    return EFT_OK;
}

static eft_status
settle_record(struct tally_plan *p, struct tally_walk *w, eft_error *err)
{
    const struct efti_record_view *r = &w->record;
    char key[CELL_KEY];
    eft_status st = settle_themes(p, w, err);

    if (st != EFT_OK)
        return st;
    settle_labels(p, w);
    size_t size = cell_key(p, r->unit, r->assignment, r->facets, key);
    uint32_t cell = efti_strings_add(p->cell_keys, key, size, NULL);
    if (cell == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the cells of a tally");
    p->record_cell.items[p->record_cell.count++] = cell;
    p->record_writer.items[p->record_writer.count++] = r->writer;
    p->tails.items[p->tails.count++] = w->tail == w->tail_end ? NULL : w->tail;
    return put_body(p, r, err);
}

static eft_status
plan_records(struct tally_plan *p, eft_error *err)
{
    size_t n = p->t->record_count;
    struct tally_walk w;
    eft_status st = efti_strings_new(p->mem, &p->cell_keys, err);

    if (st != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(p->mem, &p->body_at, n + 1) ||
        !EFTI_ARRAY_RESERVE(p->mem, &p->content_size, n) ||
        !EFTI_ARRAY_RESERVE(p->mem, &p->record_writer, n) ||
        !EFTI_ARRAY_RESERVE(p->mem, &p->record_cell, n) ||
        !EFTI_ARRAY_RESERVE(p->mem, &p->tails, n))
        return efti_no_memory(err, "the records of a tally");
    efti_walk_init(&w, &p->t->log, p->t->settings.facet_count, p->mem);
    while ((st = efti_walk_next(&w, err)) == EFT_OK &&
           (st = settle_record(p, &w, err)) == EFT_OK)
        ;
    efti_walk_free(&w);
    if (st != EFT_END)
        return st;
    p->body_at.items[p->body_at.count++] = p->bodies.size;
    return EFT_OK;
}

/* -------------------------------------------------------------------- cells */

static struct efti_label_cell
cell_of_key(const char *key, uint32_t facet_count)
{
    struct efti_label_cell cell;
    uint32_t labels[10];

    for (size_t i = 0; i < 10; i++) {
        labels[i] = i < 2 + (size_t)facet_count ? 0 : EFTI_NO_ID;
        for (size_t j = 0; j < 4 && i < 2 + (size_t)facet_count; j++)
            labels[i] = labels[i] << 8 | (unsigned char)key[4 * i + j];
    }
    cell.unit = labels[0];
    cell.assignment = labels[1];
    memcpy(cell.facets, labels + 2, sizeof(cell.facets));
    return cell;
}

/* Cells of the sums so far: the same labels, now with new numbers. EFTI_NO_ID when no
 * record has them. */
static void
map_old_cells(struct tally_plan *p, const uint32_t *map)
{
    const struct tally_sums *s = &p->t->sums;
    char key[CELL_KEY];

    for (size_t i = 0; i < s->cells.count; i++) {
        uint32_t facets[8];
        const struct efti_label_cell *old = &s->cells.items[i];
        for (size_t j = 0; j < 8; j++)
            facets[j] = new_label(p, old->facets[j]);
        size_t size = cell_key(p, new_label(p, old->unit), new_label(p, old->assignment),
                               facets, key);
        uint32_t cell = efti_strings_find(p->cell_keys, key, size);
        p->cell_map.items[i] = cell == EFTI_NOT_FOUND ? EFTI_NO_ID : map[cell];
    }
}

static void
number_cells(struct tally_plan *p, const uint32_t *order, uint32_t *map)
{
    uint32_t count = efti_strings_count(p->cell_keys);

    for (uint32_t i = 0; i < count; i++) {
        map[order[i]] = i;
        p->sums.cells.items[i] = cell_of_key(
            efti_strings_get(p->cell_keys, order[i]).bytes, p->t->settings.facet_count);
    }
    for (size_t i = 0; i < p->record_cell.count; i++)
        p->record_cell.items[i] = map[p->record_cell.items[i]];
    map_old_cells(p, map);
}

static eft_status
plan_cells(struct tally_plan *p, eft_error *err)
{
    uint32_t count = efti_strings_count(p->cell_keys);
    EFTI_ARRAY(uint32_t) order = {0};
    EFTI_ARRAY(uint32_t) map = {0};
    eft_status st = EFT_OK;

    if (!TALLY_ARRAY_MAKE(p->mem, &order, count) ||
        !TALLY_ARRAY_MAKE(p->mem, &map, count) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->sums.cells, count) ||
        !TALLY_ARRAY_MAKE(p->mem, &p->cell_map, p->t->sums.cells.count))
        st = efti_no_memory(err, "the cells of a tally");
    for (uint32_t i = 0; st == EFT_OK && i < count; i++)
        order.items[i] = i;
    if (st == EFT_OK)
        st = efti_sort_strings(p->mem, p->cell_keys, order.items, count, err);
    if (st == EFT_OK)
        number_cells(p, order.items, map.items);
    EFTI_ARRAY_FREE(p->mem, &order);
    EFTI_ARRAY_FREE(p->mem, &map);
    return st;
}

/* ------------------------------------------------------- what the tally gets */

static bool
fill_writers(struct tally_plan *p)
{
    const struct tally_dictionaries *old = &p->t->dict;
    struct tally_dictionaries *d = &p->dict;

    if (!TALLY_ARRAY_MAKE(p->mem, &d->writers, p->writer_order.count))
        return false;
    for (uint32_t i = 0; i < p->writer_order.count; i++) {
        const struct tally_writer *w = &old->writers.items[p->writer_order.items[i]];
        d->writers.items[i] = *w;
        if (w->kind == TALLY_WRITER_NONE)
            d->no_writer = i;
        if (w->kind != TALLY_WRITER_HASHED)
            continue;
        if (!EFTI_PUSH(p->mem, &d->hashed) ||
            efti_strings_add(d->writer_keys, (const char *)w->hash.b, EFTI_ID_SIZE,
                             NULL) == EFTI_NOT_FOUND)
            return false;
        d->hashed.items[d->hashed.count - 1] = i;
    }
    return true;
}

static eft_status
plan_dictionaries(struct tally_plan *p, eft_error *err)
{
    const struct tally_dictionaries *old = &p->t->dict;
    struct tally_dictionaries *d = &p->dict;
    eft_status st = efti_dictionaries_new(p->mem, d, err);

    if (st != EFT_OK)
        return st;
    if (!efti_strings_take(d->themes, old->themes, p->theme_order.items,
                           p->theme_order.count) ||
        !efti_strings_take(d->terms, old->terms, p->term_order.items,
                           p->term_order.count) ||
        !efti_strings_take(d->label_keys, old->label_keys, p->label_order.items,
                           p->label_order.count) ||
        !TALLY_ARRAY_MAKE(p->mem, &d->labels, p->label_order.count) || !fill_writers(p))
        return efti_no_memory(err, "the dictionaries of a tally");
    for (size_t i = 0; i < d->labels.count; i++)
        d->labels.items[i] = old->labels.items[p->label_order.items[i]];
    return EFT_OK;
}

/* The records again, in their order, without tails: those are in the sums now. */
static eft_status
plan_log(struct tally_plan *p, eft_error *err)
{
    size_t n = p->record_order.count, need;

    if (!efti_mul(n, 9, &need) || !efti_add(need, p->bodies.size, &need) ||
        !efti_reserve(p->mem, (void **)&p->log.data, &p->log.capacity, need, 1))
        return efti_no_memory(err, "the records of a tally");
    unsigned char *to = (unsigned char *)p->log.data;
    for (size_t i = 0; i < n; i++) {
        uint32_t old = p->record_order.items[i];
        size_t from = p->body_at.items[old], size = p->body_at.items[old + 1] - from;
        to = tally_put32(to, p->writer_map.items[p->record_writer.items[old]]);
        memcpy(to, p->bodies.data + from, size);
        memset(to + size, 0, 4);
        to += size + 4;
    }
    p->log.size = n == 0 ? 0 : (size_t)(to - (unsigned char *)p->log.data);
    efti_bytes_free(&p->bodies);
    return EFT_OK;
}

static eft_status
plan_make(struct tally_plan *p, eft_error *err)
{
    static eft_status (*const steps[])(struct tally_plan *, eft_error *) = {
        efti_plan_uses, efti_plan_orders,  plan_records,
        plan_cells,     efti_plan_writers, plan_log,
        efti_plan_sums, plan_dictionaries, efti_plan_views,
    };

    for (size_t i = 0; i < EFTI_COUNT(steps); i++) {
        eft_status st = steps[i](p, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* Swapped, so that freeing the plan frees what the tally held. */
static void
plan_commit(struct efti_tally *t, struct tally_plan *p)
{
    struct tally_dictionaries dict = t->dict;
    struct efti_bytes log = t->log;
    struct tally_sums sums = t->sums;

    t->dict = p->dict;
    t->log = p->log;
    t->sums = p->sums;
    t->views = p->views;
    p->dict = dict;
    p->log = log;
    p->sums = sums;
    p->views = (struct tally_views){0};
    t->frozen = true;
    efti_tally_show(t);
}

eft_status
efti_tally_freeze(struct efti_tally *t, eft_error *err)
{
    struct tally_plan plan = {.t = t, .mem = &t->mem, .dict = {.no_writer = EFTI_NO_ID}};

    if (t->frozen)
        return EFT_OK;
    efti_bytes_init(&plan.bodies, &t->mem);
    efti_bytes_init(&plan.log, &t->mem);
    eft_status st = plan_make(&plan, err);
    if (st == EFT_OK)
        plan_commit(t, &plan);
    plan_free(&plan);
    return st;
}
