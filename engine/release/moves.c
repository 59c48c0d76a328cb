/*
 * moves.c - how far a sum can move while others stay
 *
 *     A x - z = 0,   low <= x <= high,   low <= z <= high         A of 0 and 1
 *
 * The truth is such a point. Asked is whether one z can be moved from there to a goal.
 * This is the primal simplex method with bounds on all variables (Dantzig 1963, chapter
 * 18), with the inverse of its basis, begun from a point that need not be a vertex: a
 * variable outside the basis may stand anywhere between its bounds, and is moved like any
 * other when that helps. Steps keep every bound, so each point on the way is a table that
 * an attacker must reckon with.
 *
 * What is reached may be halves: three partitions at a time are no flow. Then one amount
 * after the other is moved to a whole number, while the goal stays reached, and kept
 * there.
 *
 * Entries are small whole numbers or fractions of such; numbers that are nothing but
 * rounding are set to 0. Whoever gets an answer looks at it in whole numbers (joint.c),
 * so rounding can make this answer no where yes is right, never the other way about.
 */
#include "release/moves.h"

#include <math.h>

#define NOTHING 1e-9 /* smaller entries are rounding */
#define NEARLY 1e-6  /* a bound is reached, a number is whole */
#define STEPS 200u   /* and two for each sum: cycling ends here */

void
efti_moves_free(struct release_moves *m)
{
    EFTI_ARRAY_FREE(m->mem, &m->low);
    EFTI_ARRAY_FREE(m->mem, &m->high);
    EFTI_ARRAY_FREE(m->mem, &m->value);
    EFTI_ARRAY_FREE(m->mem, &m->inverse);
    EFTI_ARRAY_FREE(m->mem, &m->basic);
    EFTI_ARRAY_FREE(m->mem, &m->row);
    EFTI_ARRAY_FREE(m->mem, &m->change);
    EFTI_ARRAY_FREE(m->mem, &m->settled);
    EFTI_ARRAY_FREE(m->mem, &m->begun);
}

void
efti_moves_again(struct release_moves *m)
{
    memcpy(m->inverse.items, m->settled.items, m->sums * m->sums * sizeof(double));
    memcpy(m->basic.items, m->begun.items, m->sums * sizeof(uint32_t));
    for (size_t v = 0; v < m->count + m->sums; v++)
        m->row.items[v] = EFTI_NO_ID;
    for (size_t r = 0; r < m->sums; r++)
        m->row.items[m->basic.items[r]] = (uint32_t)r;
}

static void
all_sums(struct release_moves *m)
{
    for (size_t i = 0; i < m->sums * m->sums; i++)
        m->settled.items[i] = i % (m->sums + 1) == 0 ? -1 : 0; /* the column of z */
    for (size_t s = 0; s < m->sums; s++)
        m->begun.items[s] = (uint32_t)(m->count + s);
    efti_moves_again(m);
}

eft_status
efti_moves_make(struct release_moves *m, const uint32_t *parts, size_t width,
                size_t count, size_t sums, eft_error *err)
{
    size_t all = count + sums;

    m->count = count;
    m->sums = sums;
    m->width = width;
    m->parts = parts;
    if (!RELEASE_ARRAY_MAKE(m->mem, &m->low, all) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->high, all) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->value, all) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->inverse, sums * sums) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->basic, sums) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->row, all) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->change, sums) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->settled, sums * sums) ||
        !RELEASE_ARRAY_MAKE(m->mem, &m->begun, sums))
        return efti_no_memory(err, "the families of a release");
    all_sums(m);
    return EFT_OK;
}

/* ------------------------------------------------------------------- exchanges */

/* Row r of the inverse times the column of variable v. */
static double
entry_of(const struct release_moves *m, size_t r, size_t v)
{
    const double *row = m->inverse.items + r * m->sums;
    double sum = 0;

    if (v >= m->count)
        return -row[v - m->count];
    for (size_t i = 0; i < m->width; i++)
        sum += row[m->parts[v * m->width + i]];
    return sum;
}

/* Variable v takes the place of the one in row r; `change` has its column. */
static void
exchange(struct release_moves *m, size_t r, uint32_t v)
{
    double *row = m->inverse.items + r * m->sums, by = m->change.items[r];

    for (size_t j = 0; j < m->sums; j++)
        row[j] /= by;
    for (size_t i = 0; i < m->sums; i++) {
        double *other = m->inverse.items + i * m->sums, times = m->change.items[i];
        if (i == r || fabs(times) < NOTHING)
            continue;
        for (size_t j = 0; j < m->sums; j++) {
            other[j] -= times * row[j];
            if (fabs(other[j]) < NOTHING)
                other[j] = 0;
        }
    }
    m->row.items[m->basic.items[r]] = EFTI_NO_ID;
    m->row.items[v] = (uint32_t)r;
    m->basic.items[r] = v;
}

static void
find_change(struct release_moves *m, uint32_t v)
{
    for (size_t i = 0; i < m->sums; i++)
        m->change.items[i] = entry_of(m, i, v);
}

static double
room_up(const struct release_moves *m, uint32_t v)
{
    return m->high.items[v] - m->value.items[v];
}

static double
room_down(const struct release_moves *m, uint32_t v)
{
    return m->value.items[v] - m->low.items[v];
}

static bool
is_fixed(const struct release_moves *m, uint32_t v)
{
    return m->high.items[v] - m->low.items[v] < NEARLY;
}

void
efti_moves_settle(struct release_moves *m)
{
    all_sums(m);
    for (size_t r = 0; r < m->sums; r++) {
        uint32_t best = EFTI_NO_ID;
        double most = 0;
        if (!is_fixed(m, m->basic.items[r]))
            continue;
        for (uint32_t v = 0; v < m->count + m->sums; v++) {
            if (m->row.items[v] != EFTI_NO_ID || is_fixed(m, v))
                continue;
            double entry = fabs(entry_of(m, r, v));
            if (entry < NEARLY || entry < most + NEARLY)
                continue;
            most = entry;
            best = v;
        }
        if (best == EFTI_NO_ID)
            continue;
        find_change(m, best);
        exchange(m, r, best);
        m->work += m->sums * m->sums + (m->sums + m->count) * m->width;
    }
    memcpy(m->settled.items, m->inverse.items, m->sums * m->sums * sizeof(double));
    memcpy(m->begun.items, m->basic.items, m->sums * sizeof(uint32_t));
}

/* ----------------------------------------------------------------------- steps */

struct step {
    uint32_t variable; /* that enters */
    size_t row;        /* of the one that leaves; SIZE_MAX: none has to */
    double sign, size; /* of what enters */
    double rate;       /* of what is asked about, for a unit of it */
};

/* How fast the goal comes nearer when v grows by one. */
static double
gain_of(const struct release_moves *m, uint32_t asked, bool up, uint32_t v)
{
    uint32_t at = m->row.items[asked];
    double rate = at == EFTI_NO_ID ? (v == asked ? 1 : 0) : -entry_of(m, at, v);

    return up ? rate : -rate;
}

/* What helps most; after many steps without any the first one (Bland 1977). */
static bool
choose_entering(const struct release_moves *m, uint32_t asked, bool up, bool first,
                struct step *out)
{
    double best = NEARLY;

    out->variable = EFTI_NO_ID;
    for (uint32_t v = 0; v < m->count + m->sums; v++) {
        if (m->row.items[v] != EFTI_NO_ID)
            continue;
        double rate = gain_of(m, asked, up, v);
        double room = rate > 0 ? room_up(m, v) : room_down(m, v);
        if (fabs(rate) < best + NEARLY || room < NEARLY)
            continue;
        best = fabs(rate);
        *out = (struct step){.variable = v,
                             .row = SIZE_MAX,
                             .sign = rate > 0 ? 1 : -1,
                             .size = room,
                             .rate = fabs(rate)};
        if (first)
            break;
    }
    return out->variable != EFTI_NO_ID;
}

/* How far it goes until a basic variable meets its bound. Of those that meet it at once
 * one with the entry 1 or -1 leaves, so that entries stay whole numbers; sums that are
 * told before others. */
static void
limit_step(struct release_moves *m, struct step *s)
{
    double leaving = 0;

    find_change(m, s->variable);
    for (size_t i = 0; i < m->sums; i++) {
        double change = -m->change.items[i] * s->sign;
        uint32_t v = m->basic.items[i];
        if (fabs(change) < NEARLY)
            continue;
        double room = change > 0 ? room_up(m, v) : room_down(m, v);
        double size = room < NEARLY ? 0 : room / fabs(change);
        double weight =
            (fabs(fabs(change) - 1) < NEARLY ? 2 : 0) + (is_fixed(m, v) ? 1 : 0);
        if (size > s->size + NEARLY ||
            (size > s->size - NEARLY && s->row != SIZE_MAX && weight <= leaving))
            continue;
        s->size = size < s->size ? size : s->size;
        s->row = i;
        leaving = weight;
    }
}

static void
move_by(struct release_moves *m, const struct step *s, double size)
{
    m->value.items[s->variable] += s->sign * size;
    for (size_t i = 0; i < m->sums; i++)
        m->value.items[m->basic.items[i]] -= m->change.items[i] * s->sign * size;
}

/* Until the goal is reached, in whole numbers or not. */
static bool
reach(struct release_moves *m, uint32_t asked, bool up, double goal)
{
    size_t most = STEPS + 2 * m->sums, idle = 0;

    for (size_t n = 0; n < most; n++) {
        struct step s;
        double left = up ? goal - m->value.items[asked] : m->value.items[asked] - goal;
        if (left < NEARLY)
            return true;
        m->work += m->sums * m->sums + (m->sums + m->count) * m->width;
        if (!choose_entering(m, asked, up, idle > 10, &s))
            return false;
        limit_step(m, &s);
        if (s.size * s.rate > left - NEARLY) {
            move_by(m, &s, left / s.rate);
            return true;
        }
        idle = s.size < NEARLY ? idle + 1 : 0;
        move_by(m, &s, s.size);
        if (s.row != SIZE_MAX)
            exchange(m, s.row, s.variable);
    }
    return false;
}

/* The first amount that is not whole; UINT32_MAX: all are. */
static uint32_t
first_part(const struct release_moves *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        if (fabs(m->value.items[i] - round(m->value.items[i])) > NEARLY)
            return i;
    }
    return UINT32_MAX;
}

/* Amounts that are not whole are moved to a whole number one by one, and stay there. Each
 * is tried both ways; earlier ones are not taken back. */
static bool
make_whole(struct release_moves *m)
{
    uint32_t i;

    for (size_t n = 0; n <= m->count && (i = first_part(m)) != UINT32_MAX; n++) {
        double below = floor(m->value.items[i]);
        double at = reach(m, i, false, below)      ? below
                    : reach(m, i, true, below + 1) ? below + 1
                                                   : -1;
        if (at < 0)
            return false;
        m->value.items[i] = m->low.items[i] = m->high.items[i] = at;
    }
    for (size_t v = 0; v < m->count + m->sums; v++)
        m->value.items[v] = round(m->value.items[v]);
    return true;
}

bool
efti_moves_reach(struct release_moves *m, uint32_t variable, bool up, double goal)
{
    if (!reach(m, variable, up, goal))
        return false;
    if (up && m->low.items[variable] < goal)
        m->low.items[variable] = goal;
    if (!up && m->high.items[variable] > goal)
        m->high.items[variable] = goal;
    return make_whole(m);
}
