/*
 * chart.c - bars with intervals, and dot plots
 *
 *     Barn och familj  ████████████├──●──┤      36 %      wide
 *
 *     Barn och familj                    36 %             narrow: the label above
 *     ████████████├──●──┤
 *
 * A part of a bar (what is negated) is a thinner bar inside it. Series of a dot plot have
 * a shape each: circle, square, diamond, triangle, cross, ring; six are told apart.
 */
#include "report/internal.h"

struct layout {
    double label, plot, width, value, row, bar;
    bool narrow;
};

static struct layout
layout_of(const struct efti_figure *f, int width)
{
    bool narrow = width < EFTI_WIDE;
    double room = f->notes != NULL ? 170 : 62; /* at the right */

    if (narrow)
        return (struct layout){.label = 2,
                               .plot = 4,
                               .width = width - 12,
                               .value = width - 4,
                               .row = f->bare ? 37 : 44,
                               .bar = f->bare ? 9 : 14,
                               .narrow = true};
    return (struct layout){.label = 0,
                           .plot = 236,
                           .width = width - 236 - room,
                           .value = f->notes != NULL ? width - room + 20 : width - 4,
                           .row = f->bare ? 26 : 28,
                           .bar = 14};
}

/* The row's label, and on the right its number or note. */
static void
put_row_text(struct efti_bytes *b, const struct efti_figure *f, const struct layout *l,
             size_t row, double y)
{
    const struct efti_mark *m = &f->marks[row * f->columns];
    bool single = f->columns == 1 || f->kind == EFTI_BARS;
    double text_y = l->narrow ? y + 14 : y + 18;

    efti_svg_text(b, l->label, text_y, "l", f->row_labels[row],
                  l->narrow ? l->value - (f->notes == NULL ? 70 : 150) : 226);
    if (f->notes != NULL)
        efti_svg_text(b, l->value, text_y, l->narrow ? "n e" : "n", f->notes[row], 190);
    else if (single)
        efti_svg_mark_text(b, f, m, l->value, text_y, "v e");
}

static void
put_interval(struct efti_bytes *b, const struct efti_figure *f, const struct layout *l,
             const struct efti_mark *m, double y)
{
    double low = efti_scale(f, m->low, l->plot, l->plot + l->width);
    double high = efti_scale(f, m->high, l->plot, l->plot + l->width);

    efti_svg_line(b, low - 2, y, high + 2, y, "ih"); /* seen on the bar as well */
    efti_svg_line(b, low, y, high, y, "i");
    efti_svg_line(b, low, y - 3, low, y + 3, "i");
    efti_svg_line(b, high, y - 3, high, y + 3, "i");
}

double
efti_draw_bars(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    const struct layout l = layout_of(f, width);
    double bottom = (double)f->rows * l.row + 4;
    double axis = efti_svg_axis(b, f, l.plot, l.width, l.narrow ? bottom - 5 : 0, bottom);

    for (size_t i = 0; i < f->rows; i++) {
        const struct efti_mark *m = &f->marks[i * f->columns];
        double y = (double)i * l.row, bar = l.narrow ? y + 20 : y + 7;
        put_row_text(b, f, &l, i, y);
        if (!m->shown)
            continue;
        double from = efti_scale(f, 0, l.plot, l.plot + l.width);
        double to = efti_scale(f, m->value, l.plot, l.plot + l.width);
        efti_svg_box(b, from < to ? from : to, bar, from < to ? to - from : from - to,
                     l.bar, "b");
        if (f->columns > 1 && m[1].shown)
            efti_svg_box(b, from, bar + l.bar / 4, efti_scale(f, m[1].value, 0, l.width),
                         l.bar / 2, "part");
        if (m->interval)
            put_interval(b, f, &l, m, bar + l.bar / 2);
    }
    return bottom + axis + 4;
}

/* ----------------------------------------------------------------------- dots */

static void
put_point(struct efti_bytes *b, double x, double y)
{
    efti_put_coordinate(b, x);
    efti_put_char(b, ',');
    efti_put_coordinate(b, y);
    efti_put_char(b, ' ');
}

static void
put_polygon(struct efti_bytes *b, double x, double y, const double (*at)[2], size_t n,
            const char *series)
{
    efti_put_text(b, "<polygon class=\"s s");
    efti_put_text(b, series);
    efti_put_text(b, "\" points=\"");
    for (size_t i = 0; i < n; i++)
        put_point(b, x + at[i][0], y + at[i][1]);
    efti_put_text(b, "\"/>");
}

static void
put_circle(struct efti_bytes *b, double x, double y, double r, const char *class_name)
{
    efti_put_text(b, "<circle class=\"");
    efti_put_text(b, class_name);
    efti_put_text(b, "\" cx=\"");
    efti_put_coordinate(b, x);
    efti_put_text(b, "\" cy=\"");
    efti_put_coordinate(b, y);
    efti_put_text(b, "\" r=\"");
    efti_put_coordinate(b, r);
    efti_put_text(b, "\"/>");
}

void
efti_svg_shape(struct efti_bytes *b, double x, double y, size_t series)
{
    static const double diamond[][2] = {{0, -6.5}, {6.5, 0}, {0, 6.5}, {-6.5, 0}};
    static const double triangle[][2] = {{0, -6}, {6, 5}, {-6, 5}};
    static const double square[][2] = {{-5, -5}, {5, -5}, {5, 5}, {-5, 5}};
    static const double down[][2] = {{0, 6}, {6, -5}, {-6, -5}};

    switch (series % EFTI_SHAPES) {
    case 0: put_circle(b, x, y, 5.5, "s s0"); break;
    case 1: put_polygon(b, x, y, square, 4, "1"); break;
    case 2: put_polygon(b, x, y, diamond, 4, "2"); break;
    case 3: put_polygon(b, x, y, triangle, 3, "3"); break;
    case 4: put_polygon(b, x, y, down, 3, "4"); break;
    default: put_circle(b, x, y, 5, "s s5"); break;
    }
}

/* Shapes with their names, in lines that fit. Answers the height. */
static double
put_legend(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    double x = 8, y = 12;

    for (size_t c = 0; c < f->columns; c++) {
        double room = 30 + 7.8 * (double)efti_characters(f->column_labels[c]);
        if (x + room > width && x > 8) {
            x = 8;
            y += 22;
        }
        efti_svg_shape(b, x, y, c);
        efti_svg_text(b, x + 12, y + 4.5, "l", f->column_labels[c], width - x - 14);
        x += room;
    }
    return y + 16;
}

/* Series stand a little above and below the line, so that equal ones do not hide each
 * other; their numbers are in the table. Up to three have their intervals, and more
 * room between them; of more the lines would be a thicket. */
#define DODGE 3.0
#define DODGE_INTERVALS 7.0
#define MOST_INTERVALS 3
static void
put_dots(struct efti_bytes *b, const struct efti_figure *f, const struct layout *l,
         size_t row, double y)
{
    const struct efti_mark *marks = &f->marks[row * f->columns];

    for (size_t c = 0; c < f->columns; c++) {
        if (!marks[c].shown)
            continue;
        bool intervals = f->columns <= MOST_INTERVALS && marks[c].interval;
        double aside = ((double)c - (double)(f->columns - 1) / 2) *
                       (intervals ? DODGE_INTERVALS : DODGE);
        if (intervals)
            put_interval(b, f, l, &marks[c], y + aside);
        efti_svg_shape(b, efti_scale(f, marks[c].value, l->plot, l->plot + l->width),
                       y + aside, c);
    }
}

double
efti_draw_dots(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    const struct layout l = layout_of(f, width);
    double top = f->columns > 1 ? put_legend(b, f, width) : 0;
    double bottom = top + (double)f->rows * l.row + 4;
    double axis =
        efti_svg_axis(b, f, l.plot, l.width, l.narrow ? bottom - 5 : top, bottom);

    for (size_t i = 0; i < f->rows; i++) {
        double y = top + (double)i * l.row, middle = l.narrow ? y + 29 : y + 14;
        efti_svg_line(b, l.plot, middle, l.plot + l.width, middle, "grid");
        put_row_text(b, f, &l, i, y);
        put_dots(b, f, &l, i, middle);
    }
    return bottom + axis + 4;
}
