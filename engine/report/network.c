/*
 * network.c - what goes together: nodes on a circle, ties across it
 *
 *              a ── b          The layout is the order round the circle. Strong ties
 *             ╱      ╲         should be short, so the order that makes the sum of
 *            f        c        tie times distance least is looked for: each node in turn
 *             ╲      ╱         is exchanged with each other while that helps. It is the
 *              e ── d          same for the same numbers, on every machine.
 *
 * Where the nodes are in groups (communities), each group has a shape and stands
 * together.
 *
 * A circle is calmer than a cloud: no label lies on another, and nobody reads a meaning
 * into places that have none.
 */
#include "report/internal.h"

#include <math.h>

#define TURN 6.283185307179586

static double
tie(const struct efti_figure *f, size_t a, size_t c)
{
    const struct efti_mark *m = &f->marks[a * f->columns + c];

    return m->shown ? m->value : 0;
}

/* Tie times distance of what stands at place `at`. */
static double
cost_at(const struct efti_figure *f, const size_t *order, size_t at)
{
    double sum = 0;

    for (size_t i = 0; i < f->rows; i++) {
        size_t far = i > at ? i - at : at - i;
        far = far * 2 > f->rows ? f->rows - far : far;
        sum += tie(f, order[at], order[i]) * (double)far;
    }
    return sum;
}

static size_t
group_of(const struct efti_figure *f, size_t node)
{
    return f->groups == NULL || f->groups[node] == 0 ? SIZE_MAX : f->groups[node];
}

/* Groups side by side, nodes without one last; within a group as they come. */
static void
order_by_group(const struct efti_figure *f, size_t *order)
{
    for (size_t i = 0; i < f->rows; i++) {
        size_t at = i;
        for (; at > 0 && group_of(f, order[at - 1]) > group_of(f, i); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static bool
exchange_helps(const struct efti_figure *f, size_t *order, size_t a, size_t c)
{
    if (group_of(f, order[a]) != group_of(f, order[c]))
        return false;
    double before = cost_at(f, order, a) + cost_at(f, order, c);
    size_t kept = order[a];

    order[a] = order[c];
    order[c] = kept;
    double after = cost_at(f, order, a) + cost_at(f, order, c);
    if (after < before - 1e-9)
        return true;
    order[c] = order[a];
    order[a] = kept;
    return false;
}

void
efti_circle_order(const struct efti_figure *f, size_t *order)
{
    bool better = true;

    order_by_group(f, order);
    for (int round = 0; round < 40 && better; round++) {
        better = false;
        for (size_t a = 0; a < f->rows; a++) {
            for (size_t c = a + 1; c < f->rows; c++)
                better = exchange_helps(f, order, a, c) || better;
        }
    }
}

struct circle {
    double x, y, r;
    size_t count;
};

static double
angle_of(const struct circle *c, size_t place)
{
    return TURN * ((double)place + 0.5) / (double)c->count - TURN / 4;
}

/* A tie bends towards the middle, so that it does not run through other nodes: much when
 * it goes far across, little between neighbours. The bend is a share of the chord's
 * middle, whose distance from the centre is the cosine of half the angle between. */
static void
put_tie(struct efti_bytes *b, const struct circle *c, size_t from, size_t to,
        int strength)
{
    char name[] = "k k0";
    double a = angle_of(c, from), z = angle_of(c, to);
    double bend = 0.5 * (0.25 + 0.6 * fabs(cos((a - z) / 2)));

    name[3] = (char)('0' + strength);
    efti_put_text(b, "<path class=\"");
    efti_put_text(b, name);
    efti_put_text(b, "\" data-k=\"");
    efti_put_u64(b, from);
    efti_put_char(b, ' ');
    efti_put_u64(b, to);
    efti_put_text(b, "\" d=\"M");
    efti_put_coordinate(b, c->x + c->r * cos(a));
    efti_put_char(b, ' ');
    efti_put_coordinate(b, c->y + c->r * sin(a));
    efti_put_text(b, " Q");
    efti_put_coordinate(b, c->x + c->r * bend * (cos(a) + cos(z)));
    efti_put_char(b, ' ');
    efti_put_coordinate(b, c->y + c->r * bend * (sin(a) + sin(z)));
    efti_put_char(b, ' ');
    efti_put_coordinate(b, c->x + c->r * cos(z));
    efti_put_char(b, ' ');
    efti_put_coordinate(b, c->y + c->r * sin(z));
    efti_put_text(b, "\"/>");
}

static void
put_node(struct efti_bytes *b, const struct circle *c, size_t place, eft_text label,
         size_t shape)
{
    double a = angle_of(c, place), x = cos(a), y = sin(a);
    double room = c->x - (c->r + 13) * fabs(x); /* to the edge */
    bool middle = fabs(x) < 0.12;

    efti_put_text(b, "<g class=\"node\" data-k=\"");
    efti_put_u64(b, place);
    efti_put_text(b, "\">");
    efti_svg_shape(b, c->x + c->r * x, c->y + c->r * y, shape);
    efti_svg_text(b, c->x + (c->r + (middle ? 0 : 13)) * x,
                  c->y + (c->r + (middle ? 16 : 13)) * y + 4.5,
                  middle  ? "l m"
                  : x < 0 ? "l e"
                          : "l",
                  label, middle ? 200 : room);
    efti_put_text(b, "</g>");
}

/* On a phone the circle is small: nodes have numbers, and their names stand below. */
static double
put_network_key(struct efti_bytes *b, const struct efti_figure *f, const size_t *order,
                double y)
{
    char number[24];

    for (size_t i = 0; i < f->rows; i++) {
        size_t n = 0, v = i + 1;
        if (v >= 10)
            number[n++] = (char)('0' + v / 10 % 10);
        number[n++] = (char)('0' + v % 10);
        efti_svg_text(b, 4, y + 16 + (double)i * 20, "v", (eft_text){number, n}, 60);
        efti_svg_text(b, 34, y + 16 + (double)i * 20, "l", f->row_labels[order[i]], 300);
    }
    return 20 * (double)f->rows + 10;
}

/* Five groups have a shape; what stands alone is an open ring. */
static size_t
shape_of(const struct efti_figure *f, size_t node)
{
    size_t group = f->groups == NULL ? 1 : f->groups[node];

    return group >= 1 && group <= EFTI_OPEN_RING ? group - 1 : EFTI_OPEN_RING;
}

double
efti_draw_network(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    size_t order[64];
    bool narrow = width < EFTI_WIDE;
    struct circle c = {.x = width / 2.0,
                       .y = narrow ? 160 : 230,
                       .r = narrow ? 126 : 180,
                       .count = f->rows};

    if (f->rows == 0 || f->rows > EFTI_COUNT(order))
        return 1;
    efti_circle_order(f, order);
    for (size_t i = 0; i < f->rows; i++) {
        for (size_t j = i + 1; j < f->rows; j++) {
            double t = tie(f, order[i], order[j]);
            if (t > 0)
                put_tie(b, &c, i, j, (int)efti_scale(f, t, 0, 3.99));
        }
    }
    for (size_t i = 0; i < f->rows; i++) {
        char number[2] = {(char)('0' + (i + 1) / 10), (char)('0' + (i + 1) % 10)};
        bool two = i + 1 >= 10;
        put_node(b, &c, i,
                 narrow ? (eft_text){number + !two, two ? 2u : 1u}
                        : f->row_labels[order[i]],
                 shape_of(f, order[i]));
    }
    return narrow ? 322 + put_network_key(b, f, order, 322) : 460;
}
