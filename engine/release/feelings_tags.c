/*
 * feelings_tags.c - steps of a tag beside those of assignments and of other tags
 *
 *     tag ht    1: 7+2   2: 7+8 ...        tagged ht are all texts of P and of Q
 *     P         1: 7     2: 7   ...
 *     Q         hidden, for two people are at 1: follows from ht less P
 *
 * Steps of assignments add up to nothing that is told, so each is judged by itself. A tag
 * may be made of assignments, or of assignments and one text more. So its steps are told
 * only where, for each assignment and each other tag that it shares a text with, at each
 * step what they share and what only the other has is each nothing or passes the gate by
 * itself; where the other is all within the tag it has all steps, else its hidden zero
 * would follow. What only the tag has is in other assignments, and judged there. Tags
 * that share a text stand or fall together: one that is not told could follow from two
 * that are. The same holds for classes.
 *
 * Earlier releases told steps of fewer texts. So each of these is asked of the texts of
 * each age alone: those up to the first release that told steps, those that came until
 * the second, and so on. Then any difference of two releases is sums of what passes.
 * Past MOST_AGES, or where a line of the log cannot be read, no steps of tags are told.
 *
 * Otherwise a tag has its row 'all' alone; steps that an earlier release told stay as
 * they were (hold.c). Not looked through: what three tags and assignments together leave
 * of a piece of one of them. Means of 'all': tag_means.c.
 */
#include "release/feelings.h"

#define MOST_AGES 16

/* A cell that is counted record by record, writers one after the other. */
struct tag_part {
    uint64_t count, here, top1, top2; /* here: of the writer at hand */
    uint32_t writers, writer;
};
struct tag_sides { /* what another set shares with the tag, and what it has alone */
    struct tag_part both, alone;
};
struct tag_parts {
    const struct feeling_table *x;
    const struct release_role *assignments;
    size_t others, parts; /* sets beside the tag; steps or classes */
    uint64_t bases[MOST_AGES];
    size_t base_count;
    bool unknown;                       /* too many bases, or lost ones */
    EFTI_ARRAY(struct tag_sides) sides; /* by other, age and part */
    EFTI_ARRAY(uint8_t) meets;          /* by tag and tag: a text of both */
};

static void
part_close(struct tag_part *p)
{
    p->writers += p->here > 0;
    if (p->here > p->top1) {
        p->top2 = p->top1;
        p->top1 = p->here;
    } else if (p->here > p->top2) {
        p->top2 = p->here;
    }
    p->here = 0;
}

static void
part_add(struct tag_part *p, uint32_t writer)
{
    if (p->writer != writer)
        part_close(p);
    p->writer = writer;
    p->here++;
    p->count++;
}

static bool
part_passes(const struct release_job *j, struct tag_part *p)
{
    part_close(p);
    const struct efti_cell cell = {
        .count = p->count, .writers = p->writers, .top1 = p->top1, .top2 = p->top2};
    struct efti_gate gate = j->gate;

    gate.k = efti_history_k(j->o->history, gate.k);
    return p->count == 0 || efti_gate_passes(&gate, &cell);
}

/* ------------------------------------------------------------------------ ages */

static void
note_age(struct tag_parts *p, uint64_t base)
{
    size_t at = 0;

    while (at < p->base_count && p->bases[at] < base)
        at++;
    if (base == 0 || (at < p->base_count && p->bases[at] == base))
        return;
    if (p->base_count == MOST_AGES) {
        p->unknown = true;
        return;
    }
    memmove(p->bases + at + 1, p->bases + at, (p->base_count - at) * sizeof(*p->bases));
    p->bases[at] = base;
    p->base_count++;
}

/* Releases that told any steps of tags or assignments. */
static void
list_ages(struct tag_parts *p)
{
    const struct efti_history *h = p->x->j->o->history;

    if (h == NULL || h->told == NULL)
        return;
    p->unknown = h->told_lost;
    for (size_t i = 0; i < h->told->tables.count; i++) {
        const struct eft_table *t = h->told->tables.items[i];
        if (efti_table_id_of(t) != EFTI_TABLE_FEELING_BY_TAG &&
            efti_table_id_of(t) != EFTI_TABLE_FEELING_BY_ASSIGNMENT)
            continue;
        size_t column = eft_table_column_find(t, "feeling");
        for (size_t r = 0; r < eft_table_rows(t); r++) {
            eft_text feeling = eft_table_text(t, r, column);
            uint64_t release = efti_table_release(t, r);
            if (!efti_equal(feeling.bytes, feeling.size, "all", 3) &&
                release < h->same_as_count)
                note_age(p, h->same_as[release]);
        }
    }
}

static size_t
tag_age(const struct tag_parts *p, uint32_t record)
{
    const struct efti_history *h = p->x->j->o->history;
    size_t age = 0;

    while (age < p->base_count && p->bases[age] < h->first_seen[record])
        age++;
    return age;
}

/* ----------------------------------------------------------------------- parts */

static bool
has_tag(const struct release_role *tags, const struct efti_record_view *r, size_t tag)
{
    for (uint32_t i = 0; i < r->tag_count; i++) {
        if (efti_label_slot(tags, r->tags[i]) == tag)
            return true;
    }
    return false;
}

static void
add_side(struct tag_parts *p, size_t other, size_t age, size_t part, bool tagged,
         uint32_t writer)
{
    size_t at = (other * (p->base_count + 1) + age) * p->parts + part;
    struct tag_sides *s = &p->sides.items[at];

    part_add(tagged ? &s->both : &s->alone, writer);
}

/* One record, seen from the tag: its assignment (the last of these: none), its other
 * tags. Two labels of one slot count once. */
static void
add_record(struct tag_parts *p, size_t tag, uint32_t record, bool classes)
{
    const struct feeling_table *x = p->x;
    const struct efti_record_view *r = &x->j->f->records[record];
    size_t assignments = p->assignments->slots.count, age = tag_age(p, record);
    size_t part = efti_feeling_part(x, r->feeling, classes);
    bool tagged = has_tag(x->role, r, tag);
    uint32_t slot = efti_record_slot(x->j, p->assignments, r);

    add_side(p, slot == EFTI_NO_ID ? assignments : slot, age, part, tagged, r->writer);
    for (uint32_t i = 0; i < r->tag_count; i++) {
        uint32_t other = efti_label_slot(x->role, r->tags[i]);
        bool again = other == EFTI_NO_ID || other == tag;
        for (uint32_t k = 0; k < i && !again; k++)
            again = efti_label_slot(x->role, r->tags[k]) == other;
        if (again)
            continue;
        add_side(p, assignments + 1 + other, age, part, tagged, r->writer);
        p->meets.items[tag * x->subjects + other] |= tagged;
    }
}

/* Nothing, or passing, on both sides; and at no step nothing where all of it is within
 * the tag. */
static bool
other_is_apart(struct tag_parts *p, size_t other)
{
    const struct release_job *j = p->x->j;
    size_t ages = p->base_count + 1;
    bool shared = false, apart = true, within = true, empty = false;

    for (size_t part = 0; part < p->parts; part++) {
        uint64_t count = 0;
        for (size_t age = 0; age < ages; age++) {
            struct tag_sides *s = &p->sides.items[(other * ages + age) * p->parts + part];
            shared = shared || s->both.count > 0;
            within = within && s->alone.count == 0;
            count += s->both.count + s->alone.count;
            apart = part_passes(j, &s->both) && part_passes(j, &s->alone) && apart;
        }
        empty = empty || count == 0;
    }
    return !shared || (apart && !(within && empty));
}

static bool
tag_is_apart(struct tag_parts *p, size_t tag, bool classes)
{
    const struct release_job *j = p->x->j;
    bool apart = true;

    for (size_t i = 0; i < p->sides.count; i++)
        p->sides.items[i] = (struct tag_sides){0};
    for (size_t i = 0; i < j->order.count; i++) {
        if (j->f->records[j->order.items[i]].has_feeling)
            add_record(p, tag, j->order.items[i], classes);
    }
    for (size_t other = 0; other < p->others && apart; other++)
        apart = other_is_apart(p, other);
    return apart;
}

/* Tags that share a text stand or fall together. */
static void
fall_together(const struct tag_parts *p, uint8_t *may)
{
    size_t count = p->x->subjects;
    bool changed = true;

    while (changed) {
        changed = false;
        for (size_t t = 0; t < count; t++) {
            for (size_t o = 0; o < count && may[t] != 0; o++) {
                if (p->meets.items[t * count + o] == 0 || may[o] != 0)
                    continue;
                may[t] = 0;
                changed = true;
            }
        }
    }
}

eft_status
efti_feeling_tags(struct feeling_table *x, bool classes, uint8_t *may, eft_error *err)
{
    struct tag_parts p = {.x = x,
                          .assignments = &x->j->roles.items[EFTI_LABEL_ASSIGNMENT]};
    const eft_allocator *mem = x->j->mem;
    size_t sides, pairs;
    eft_status st = EFT_OK;

    list_ages(&p);
    p.parts = classes ? x->classes : x->steps;
    p.others = p.assignments->slots.count + 1 + x->subjects;
    if (!efti_mul(p.others, (p.base_count + 1) * p.parts, &sides) ||
        !efti_mul(x->subjects, x->subjects, &pairs) ||
        !RELEASE_ARRAY_MAKE(mem, &p.sides, sides) ||
        !RELEASE_ARRAY_MAKE(mem, &p.meets, pairs))
        st = efti_no_memory(err, "the feelings of tags");
    if (st == EFT_OK && pairs > 0)
        memset(p.meets.items, 0, pairs);
    for (size_t t = 0; t < x->subjects && st == EFT_OK; t++)
        may[t] = may[t] != 0 && !p.unknown && tag_is_apart(&p, t, classes);
    if (st == EFT_OK)
        fall_together(&p, may);
    EFTI_ARRAY_FREE(mem, &p.sides);
    EFTI_ARRAY_FREE(mem, &p.meets);
    return st;
}
