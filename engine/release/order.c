/*
 * order.c - the order of assignments, from the first to the last
 *
 * Who reads a theme from one assignment to the next needs to know which comes first, and
 * no file says. Three ways:
 *
 *     as the user says    places by label, from outside; the others have none
 *     by name             numbers in names as numbers: Uppdrag 2 before Uppdrag 10
 *     by day              the day by which half of its texts with a day had come (of an
 *                         even number the earlier of the two in the middle)
 *
 * The median day and not the first: one text with a wrong date, or from somebody who was
 * ahead, moves nothing, and no single person's day is told by the order. It is a property
 * of the texts, not of when they were read. Ties are by bytes of the name.
 *
 * The pool `other` is several assignments and has no place. Where an assignment has no
 * text with a day nothing is said about any: half an order would mislead.
 */
#include "release/internal.h"

struct order_slot {
    uint32_t slot, given;
    int64_t day;
    eft_text name;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number at `at`, without leading zeros: where it begins; `*end` is behind it. */
static size_t
number_in_name(eft_text t, size_t at, size_t *end)
{
    while (at + 1 < t.size && t.bytes[at] == '0' && is_digit(t.bytes[at + 1]))
        at++;
    *end = at;
    while (*end < t.size && is_digit(t.bytes[*end]))
        (*end)++;
    return at;
}

/* Runs of digits are numbers, all else is bytes. */
static int
compare_names(eft_text a, eft_text b)
{
    size_t i = 0, k = 0;

    while (i < a.size && k < b.size) {
        if (is_digit(a.bytes[i]) && is_digit(b.bytes[k])) {
            size_t a_end, b_end;
            i = number_in_name(a, i, &a_end);
            k = number_in_name(b, k, &b_end);
            if (a_end - i != b_end - k)
                return a_end - i < b_end - k ? -1 : 1;
            int c = memcmp(a.bytes + i, b.bytes + k, a_end - i);
            if (c != 0)
                return c;
            i = a_end;
            k = b_end;
            continue;
        }
        if (a.bytes[i] != b.bytes[k])
            return (unsigned char)a.bytes[i] < (unsigned char)b.bytes[k] ? -1 : 1;
        i++;
        k++;
    }
    if (i < a.size || k < b.size)
        return i < a.size ? 1 : -1;
    return efti_compare(a.bytes, a.size, b.bytes, b.size); /* 01 and 1 */
}

/* The first key that tells two apart: given place, day, name. */
static int
by_place(const void *a, const void *b, void *user)
{
    const struct order_slot *x = a, *y = b;

    (void)user;
    if (x->given != y->given)
        return x->given < y->given ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int c = compare_names(x->name, y->name);
    return c != 0 ? c : x->slot < y->slot ? -1 : x->slot > y->slot;
}

static int
by_number(const void *a, const void *b, void *user)
{
    const uint64_t *x = a, *y = b;

    (void)user;
    return *x < *y ? -1 : *x > *y;
}

/* Median days of the slots; `*all` false: some slot has no text with a day. */
static eft_status
median_days(struct release_job *j, const struct release_role *role,
            struct order_slot *order, size_t count, bool *all, eft_error *err)
{
    EFTI_ARRAY(uint64_t) days = {0};

    *all = true;
    if (!EFTI_ARRAY_RESERVE(j->mem, &days, j->order.count))
        return efti_no_memory(err, "the days of the assignments");
    for (size_t i = 0; i < j->order.count; i++) {
        const struct efti_record_view *r = &j->f->records[j->order.items[i]];
        uint32_t slot = efti_record_slot(j, role, r);
        if (slot != EFTI_NO_ID && r->day != EFTI_NO_DAY_VALUE)
            days.items[days.count++] =
                (uint64_t)slot << 32 | ((uint32_t)r->day ^ UINT32_C(0x80000000));
    }
    efti_sort(days.items, days.count, sizeof(*days.items), by_number, NULL);
    for (size_t s = 0, from = 0, to; s < count; s++, from = to) { /* both by slot */
        while (from < days.count && days.items[from] >> 32 < order[s].slot)
            from++;
        for (to = from; to < days.count && days.items[to] >> 32 == order[s].slot;)
            to++;
        *all = *all && to > from;
        if (to > from)
            order[s].day = (int64_t)(days.items[from + (to - from - 1) / 2] & UINT32_MAX);
    }
    EFTI_ARRAY_FREE(j->mem, &days);
    return EFT_OK;
}

/* Assignments that may have a place, with the one the user gave. */
static size_t
list_slots(const struct release_job *j, const struct release_role *role,
           struct order_slot *order)
{
    const uint32_t *given = j->o->assignment_places;
    size_t count = 0;

    for (uint32_t s = 0; s < role->slots.count; s++) {
        const struct release_slot *slot = &role->slots.items[s];
        if (!slot->printed || !slot->shown || slot->label == EFTI_NO_ID ||
            (given != NULL && given[slot->label] == EFTI_NO_ID))
            continue;
        order[count++] =
            (struct order_slot){.slot = s,
                                .given = given == NULL ? 0 : given[slot->label],
                                .name = slot->name};
    }
    return count;
}

eft_status
efti_assignments_order(struct release_job *j, eft_error *err)
{
    struct release_role *role = &j->roles.items[EFTI_LABEL_ASSIGNMENT];
    EFTI_ARRAY(struct order_slot) order = {0};
    bool all = true;
    eft_status st = EFT_OK;

    if (!RELEASE_ARRAY_MAKE(j->mem, &role->place, role->slots.count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &order, role->slots.count)) {
        EFTI_ARRAY_FREE(j->mem, &order);
        return efti_no_memory(err, "the order of the assignments");
    }
    for (size_t s = 0; s < role->slots.count; s++)
        role->place.items[s] = EFTI_NO_ID;
    size_t count = list_slots(j, role, order.items);
    if (count > 1 && j->o->assignment_places == NULL && !j->o->assignments_by_name)
        st = median_days(j, role, order.items, count, &all, err);
    if (st == EFT_OK && all && count > 1) {
        efti_sort(order.items, count, sizeof(*order.items), by_place, NULL);
        for (size_t i = 0; i < count; i++)
            role->place.items[order.items[i].slot] = (uint32_t)i;
        role->places = (uint32_t)count;
    }
    EFTI_ARRAY_FREE(j->mem, &order);
    return st;
}
