/*
 * shared.c - parties that had different assignments, compared on those they share
 *
 *                    Samtal            Möten             Resor
 *     Mjölby    oro  12 of 40          8 of 20           -
 *     Höör      oro   6 of 30          -                 9 of 25
 *     Hörby     oro  -                 10 of 40          3 of 30
 *
 * What people are asked decides much of what they write, so shares over all assignments
 * compare the assignments and not the parties. Of each party only assignments count that
 * another party tells as well. What was to be expected there is indirect standardisation:
 * its own numbers of reflections, with the shares of everybody who tells the assignment,
 *
 *     expected = sum over assignments of n(party) * x(all) / n(all)
 *
 * and `ratio` is what there is to that: above 1 more than the same assignments bring
 * elsewhere. Parties may share some assignments with some and others with others; a ratio
 * compares a party with those, not two parties with each other (Breslow and Day 1987,
 * chapter 2). Where nothing is shared the row says so.
 *
 * Everything follows from rows of assignment_themes that the seals tell; there is no
 * interval, for writers stand in several assignments. Labels that are pooled (other) or
 * numbered (assignment-3) are nobody else's.
 */
#include "release/sealing.h"

#include <math.h>

struct shared_cell {
    eft_text theme, assignment;
    size_t party;
    uint64_t x, n;
    bool is_shared;
    double expected;
};
struct sharing {
    const eft_allocator *mem;
    const struct eft_sealed *sealed;
    EFTI_ARRAY(struct shared_cell) cells;
    EFTI_ARRAY(eft_text) themes; /* that any party tells, by bytes */
};

static int
compare_texts(eft_text a, eft_text b)
{
    return efti_compare(a.bytes, a.size, b.bytes, b.size);
}

static int
by_theme_and_assignment(const void *a, const void *b, void *user)
{
    const struct shared_cell *x = a, *y = b;
    int c = compare_texts(x->theme, y->theme);

    (void)user;
    if (c == 0)
        c = compare_texts(x->assignment, y->assignment);
    return c != 0 ? c : (x->party < y->party ? -1 : x->party > y->party);
}

/* Nobody else's: the pool, and names that the veil hid. */
static bool
is_own_label(eft_text label)
{
    static const char role[] = "assignment-";

    return label.size == 0 || efti_equal(label.bytes, label.size, "other", 5) ||
           (label.size > sizeof(role) - 1 &&
            memcmp(label.bytes, role, sizeof(role) - 1) == 0);
}

static eft_status
gather_cells(struct sharing *s, eft_error *err)
{
    for (size_t p = 0; p < s->sealed->parties.count; p++) {
        const struct efti_sealed_rows *rows =
            &s->sealed->parties.items[p].tables[EFTI_SEALED_ASSIGNMENT_THEMES];
        for (size_t r = 0; r < rows->list.count; r++) {
            const struct efti_sealed_row *row = &rows->list.items[r];
            if (!row->shown || !row->has_x || !row->has_n || row->n == 0 ||
                is_own_label(row->key[0]))
                continue;
            if (!EFTI_PUSH(s->mem, &s->cells))
                return efti_no_memory(err, "the assignments that parties share");
            s->cells.items[s->cells.count - 1] =
                (struct shared_cell){.theme = row->key[1],
                                     .assignment = row->key[0],
                                     .party = p,
                                     .x = row->x,
                                     .n = row->n};
        }
    }
    efti_sort(s->cells.items, s->cells.count, sizeof(*s->cells.items),
              by_theme_and_assignment, NULL);
    return EFT_OK;
}

/* What each cell would have with everybody's share; and the themes there are. */
static eft_status
find_expected(struct sharing *s, eft_error *err)
{
    struct shared_cell *cells = s->cells.items;

    for (size_t from = 0, to; from < s->cells.count; from = to) {
        uint64_t x = 0, n = 0;
        for (to = from; to < s->cells.count; to++) {
            if (compare_texts(cells[from].theme, cells[to].theme) != 0 ||
                compare_texts(cells[from].assignment, cells[to].assignment) != 0)
                break;
            x += cells[to].x;
            n += cells[to].n;
        }
        for (size_t i = from; i < to; i++) {
            cells[i].is_shared = to > from + 1;
            cells[i].expected = (double)cells[i].n * ((double)x / (double)n);
        }
        if (from > 0 && compare_texts(cells[from - 1].theme, cells[from].theme) == 0)
            continue;
        if (!EFTI_PUSH(s->mem, &s->themes))
            return efti_no_memory(err, "the assignments that parties share");
        s->themes.items[s->themes.count - 1] = cells[from].theme;
    }
    return EFT_OK;
}

static void
put_shared(struct eft_table *t, uint64_t x, uint64_t n, double expected, int64_t shared)
{
    static const char none[] = "no assignment of it is shared with another party";

    if (shared == 0) {
        efti_table_set_integer(t, "shown", 0);
        efti_table_set_text(t, "note", (eft_text){none, sizeof(none) - 1});
        return;
    }
    efti_table_set_integer(t, "shown", 1);
    efti_table_set_integer(t, "assignments", shared);
    efti_table_set_integer(t, "reflections", (int64_t)x);
    efti_table_set_integer(t, "of", (int64_t)n);
    efti_table_set_real(t, "share", (double)x / (double)n);
    efti_table_set_real(t, "expected_share", round(expected / (double)n * 1e4) / 1e4);
    if (expected > 0)
        efti_table_set_real(t, "ratio", round((double)x / expected * 1e3) / 1e3);
}

static eft_status
row_of_party(const struct sharing *s, struct eft_table *t, size_t party, eft_text theme,
             eft_error *err)
{
    uint64_t x = 0, n = 0;
    double expected = 0;
    int64_t shared = 0;
    eft_status st = efti_table_row(t, err);

    if (st != EFT_OK)
        return st;
    for (size_t i = 0; i < s->cells.count; i++) {
        const struct shared_cell *c = &s->cells.items[i];
        if (c->party != party || !c->is_shared || compare_texts(c->theme, theme) != 0)
            continue;
        x += c->x;
        n += c->n;
        expected += c->expected;
        shared++;
    }
    efti_table_set_text(t, "party", s->sealed->parties.items[party].name);
    efti_table_set_text(t, "theme", theme);
    put_shared(t, x, n, expected, shared);
    return EFT_OK;
}

eft_status
efti_unseal_shared(const eft_allocator *mem, const struct eft_sealed *sealed,
                   struct eft_results *results, eft_error *err)
{
    struct sharing s = {.mem = mem, .sealed = sealed};
    struct eft_table *t;

    if (sealed->parties.count < 2)
        return EFT_OK; /* nobody to compare with */
    eft_status st = efti_results_add(results, EFTI_TABLE_SHARED, NULL, &t, err);
    if (st == EFT_OK && (st = gather_cells(&s, err)) == EFT_OK)
        st = find_expected(&s, err);
    for (size_t p = 0; p < sealed->parties.count && st == EFT_OK; p++) {
        for (size_t i = 0; i < s.themes.count && st == EFT_OK; i++)
            st = row_of_party(&s, t, p, s.themes.items[i], err);
    }
    EFTI_ARRAY_FREE(mem, &s.cells);
    EFTI_ARRAY_FREE(mem, &s.themes);
    return st == EFT_OK ? efti_table_done(t, err) : st;
}
