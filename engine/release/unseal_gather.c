/*
 * unseal_gather.c - rows of sealed states under the keys that they get together
 *
 * Labels that were numbered (unit-1) are different ones in each party and get its name in
 * front. The same name is the same label. Where one party tells months and another terms,
 * months are added up to terms; of a term of which one month is hidden nothing is told.
 * Weeks fit into neither and are left out then.
 */
#include "release/unseal.h"

#include "release/sealing.h"

/* ---------------------------------------------------------------------- text */

static bool
is_numbered(eft_text label, eft_text role)
{
    if (label.size < role.size + 2 || memcmp(label.bytes, role.bytes, role.size) != 0 ||
        label.bytes[role.size] != '-')
        return false;
    for (size_t i = role.size + 1; i < label.size; i++) {
        if (label.bytes[i] < '0' || label.bytes[i] > '9')
            return false;
    }
    return true;
}

static bool
put_party_before(struct unseal *u, eft_text party, eft_text *label)
{
    char *copy =
        efti_arena_alloc(&u->results->arena, party.size + 1 + label->size + 1, 1);

    if (copy == NULL)
        return false;
    memcpy(copy, party.bytes, party.size);
    copy[party.size] = ' ';
    memcpy(copy + party.size + 1, label->bytes, label->size);
    *label = (eft_text){copy, party.size + 1 + label->size};
    return true;
}

/* Numbers of labels are each party's own. */
static bool
name_apart(struct unseal *u, int table, eft_text party, struct unsealed *to)
{
    static const eft_text assignment = {"assignment", 10}, tag = {"tag", 3};

    switch (table) {
    case EFTI_SEALED_OVERVIEW:
    case EFTI_SEALED_THEMES_BY_FACET:
        return !is_numbered(to->key[1], to->key[0]) ||
               put_party_before(u, party, &to->key[1]);
    case EFTI_SEALED_ASSIGNMENT_TAGS:
        if (is_numbered(to->key[1], tag) && !put_party_before(u, party, &to->key[1]))
            return false;
        return !is_numbered(to->key[0], assignment) ||
               put_party_before(u, party, &to->key[0]);
    case EFTI_SEALED_ASSIGNMENT_THEMES:
        return !is_numbered(to->key[0], assignment) ||
               put_party_before(u, party, &to->key[0]);
    default: return true;
    }
}

/* -------------------------------------------------------------------- periods */

enum { UNIT_WEEK, UNIT_MONTH, UNIT_TERM, UNIT_YEAR };

/* 2023-W07, 2023-02, 2023-VT, 2023; a year may have more digits or a sign. */
static int
unit_of_period(eft_text p)
{
    if (p.size >= 4 && p.bytes[p.size - 3] == 'W')
        return UNIT_WEEK;
    if (p.size >= 3 && p.bytes[p.size - 3] == '-')
        return p.bytes[p.size - 1] == 'T' ? UNIT_TERM : UNIT_MONTH;
    return UNIT_YEAR;
}

/* The period of unit `to` that holds `p`, which is finer. */
static bool
coarser_period(struct unseal *u, eft_text *p, int to)
{
    int from = unit_of_period(*p);

    if (from == to)
        return true;
    char *copy = efti_arena_copy(&u->results->arena, p->bytes, p->size);
    if (copy == NULL)
        return false;
    if (to == UNIT_TERM) { /* from a month */
        bool spring = copy[p->size - 2] == '0' && copy[p->size - 1] <= '6';
        memcpy(copy + p->size - 2, spring ? "VT" : "HT", 2);
    }
    *p = (eft_text){copy, to == UNIT_YEAR ? p->size - 3 : p->size};
    return true;
}

void
efti_unseal_periods(struct unseal *u)
{
    for (size_t i = 0; i < u->sealed->parties.count; i++) {
        const struct efti_sealed_rows *rows =
            &u->sealed->parties.items[i].tables[EFTI_SEALED_TREND];
        for (size_t r = 0; r < rows->list.count; r++) {
            int unit = unit_of_period(rows->list.items[r].key[0]);
            u->coarsest = unit > u->coarsest ? unit : u->coarsest;
        }
    }
}

int
efti_unsealed_by_keys(const void *a, const void *b, void *user)
{
    const struct unsealed *x = a, *y = b;

    (void)user;
    return efti_sealed_compare(x->key, y->key);
}

/* Rows of one party and key, from..to, as one row: writers are in several periods, so
 * only a bound is left of their number, and no moments. */
static eft_status
add_periods(struct unseal *u, size_t from, size_t to, eft_error *err)
{
    struct efti_sealed_row *sum = efti_arena_alloc(&u->results->arena, sizeof(*sum),
                                                   _Alignof(struct efti_sealed_row));

    if (sum == NULL)
        return efti_no_memory(err, "the periods of a sealed state");
    *sum = *u->rows.items[from].row;
    sum->has_moments = sum->exact = false;
    for (size_t i = from + 1; i < to; i++) {
        const struct efti_sealed_row *r = u->rows.items[i].row;
        sum->shown = sum->shown && r->shown;
        sum->has_x = sum->has_x && r->has_x;
        sum->has_n = sum->has_n && r->has_n;
        sum->x += r->x;
        sum->n += r->n;
        sum->writers = r->writers > sum->writers ? r->writers : sum->writers;
        if (sum->mean != EFTI_MEAN_EXACT || r->mean != EFTI_MEAN_EXACT)
            sum->mean = EFTI_MEAN_NONE;
        sum->sum += r->sum;
        sum->count += r->count;
    }
    u->rows.items[from].made = sum;
    return EFT_OK;
}

/* The rows of one party from `start` on: equal keys become one row. In `overview` the
 * share of a period is of everybody, which is the same for each of its parts. */
static eft_status
join_periods(struct unseal *u, size_t start, bool overview, eft_error *err)
{
    size_t kept = start;
    eft_status st = EFT_OK;

    efti_sort(u->rows.items + start, u->rows.count - start, sizeof(*u->rows.items),
              efti_unsealed_by_keys, NULL);
    for (size_t from = start, to; from < u->rows.count && st == EFT_OK; from = to) {
        for (to = from + 1; to < u->rows.count; to++) {
            if (efti_unsealed_by_keys(&u->rows.items[from], &u->rows.items[to], NULL) !=
                0)
                break;
        }
        if (to > from + 1)
            st = add_periods(u, from, to, err);
        if (to > from + 1 && st == EFT_OK && overview)
            u->rows.items[from].made->n = u->rows.items[from].row->n;
        u->rows.items[kept++] = u->rows.items[from];
    }
    u->rows.count = kept;
    return st;
}

/* ------------------------------------------------------------------ gathering */

static eft_status
push_row(struct unseal *u, int table, eft_text party, const struct efti_sealed_row *row,
         eft_error *err)
{
    struct unsealed to = {.key = {row->key[0], row->key[1], row->key[2]}, .row = row};
    bool overview = table == EFTI_SEALED_OVERVIEW && efti_is_word(row->key[0], "period");
    bool ok = name_apart(u, table, party, &to);

    if (ok && (overview || table == EFTI_SEALED_TREND)) {
        eft_text *period = &to.key[overview ? 1 : 0];
        if (unit_of_period(*period) == UNIT_WEEK && u->coarsest != UNIT_WEEK)
            return EFT_OK; /* weeks fit into nothing */
        ok = coarser_period(u, period, u->coarsest);
    }
    if (!ok || !EFTI_PUSH(u->mem, &u->rows))
        return efti_no_memory(err, "the rows of sealed states");
    u->rows.items[u->rows.count - 1] = to;
    return EFT_OK;
}

eft_status
efti_unseal_rows(struct unseal *u, int table, eft_error *err)
{
    bool overview = table == EFTI_SEALED_OVERVIEW;
    eft_status st = EFT_OK;

    u->rows.count = 0;
    for (size_t i = 0; i < u->sealed->parties.count && st == EFT_OK; i++) {
        const struct efti_sealed_party *p = &u->sealed->parties.items[i];
        size_t start = u->rows.count;
        for (size_t r = 0; r < p->tables[table].list.count && st == EFT_OK; r++)
            st = push_row(u, table, p->name, &p->tables[table].list.items[r], err);
        if (st == EFT_OK && (overview || table == EFTI_SEALED_TREND))
            st = join_periods(u, start, overview, err);
    }
    return st;
}

/* The parties side by side: their rows of all reflections, under their names. */
eft_status
efti_unseal_parties(struct unseal *u, int table, eft_error *err)
{
    for (size_t i = 0; i < u->sealed->parties.count; i++) {
        const struct efti_sealed_party *p = &u->sealed->parties.items[i];
        for (size_t r = 0; r < p->tables[table].list.count; r++) {
            const struct efti_sealed_row *row = &p->tables[table].list.items[r];
            bool all = table == EFTI_SEALED_OVERVIEW ? efti_is_word(row->key[0], "all")
                                                     : efti_is_word(row->key[1], "any");
            if (!all)
                continue;
            if (!EFTI_PUSH(u->mem, &u->rows))
                return efti_no_memory(err, "the rows of sealed states");
            struct unsealed *to = &u->rows.items[u->rows.count - 1];
            *to = (struct unsealed){.row = row};
            to->key[0] = (eft_text){"party", 5};
            to->key[1] = p->name;
            to->key[2] = table == EFTI_SEALED_OVERVIEW ? (eft_text){"", 0} : row->key[0];
        }
    }
    return EFT_OK;
}
