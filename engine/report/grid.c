/*
 * grid.c - heat maps, small multiples, timelines
 *
 * A cell of a heat map holds its number; its shade (seven steps from the least to the
 * greatest that is shown) only helps the eye. A hidden cell is hatched and holds "..",
 * the mark that Statistics Sweden uses for what is not given. ▴ and ▾ mark cells with
 * more or fewer than expected.
 *
 * Panels of small multiples share one scale, else the eye compares what is not alike.
 */
#include "report/internal.h"

#define STEPS 7
#define ROOM_FOR_SIGN 44 /* of a cell: "100 %" and a triangle; else the title says it */
#define LEAN 0.643       /* cos 50 degrees: headings of columns lean */

static int
step_of(const struct efti_figure *f, double value)
{
    int step = (int)efti_scale(f, value, 0, STEPS);

    return step >= STEPS ? STEPS - 1 : step;
}

/* A cell with its number. */
static void
put_cell(struct efti_bytes *b, const struct efti_figure *f, const struct efti_mark *m,
         double x, double y, double w, double h)
{
    char box[] = "h0", text[] = "c m lo";
    int step = m->shown ? step_of(f, m->value) : 0;

    if (m->blank)
        return;
    box[1] = (char)('0' + step);
    if (step >= 4)
        memcpy(text + 4, "hi", 2);
    struct efti_mark own = *m;
    if (w < ROOM_FOR_SIGN && own.how == EFTI_PERCENT)
        own.how = EFTI_PERCENT_BARE;
    efti_svg_box(b, x + 1, y + 1, w - 2, h - 2, m->shown ? box : "hid");
    efti_svg_mark_text(b, f, &own, x + w / 2, y + h / 2 + 4.5,
                       m->shown ? text : "c m hx");
}

/* Headings of columns stand on end when there is no room. */
static void
put_heading(struct efti_bytes *b, eft_text label, double x, double y, double width)
{
    double room = (width - x) / LEAN; /* what would lean out at the right is cut */

    efti_put_text(b, "<g transform=\"translate(");
    efti_put_coordinate(b, x);
    efti_put_char(b, ' ');
    efti_put_coordinate(b, y);
    efti_put_text(b, ") rotate(-50)\">");
    efti_svg_text(b, 0, 0, "l", label, room < 215 ? room : 215);
    efti_put_text(b, "</g>");
}

static double
heading_height(const struct efti_figure *f)
{
    size_t longest = 0;

    for (size_t c = 0; c < f->columns; c++) {
        size_t n = efti_characters(f->column_labels[c]);
        longest = n > longest ? n : longest;
    }
    longest = longest > 29 ? 29 : longest;
    return 14 + 7.4 * 0.77 * (double)longest; /* sin 50 degrees */
}

/* Room at the right for the last heading. */
static double
leaning(const struct efti_figure *f, bool narrow)
{
    size_t last = f->columns == 0 ? 0 : efti_characters(f->column_labels[f->columns - 1]);
    double room = 7.4 * LEAN * (double)last;

    return narrow || room < 60 ? 60 : room > 130 ? 130 : room;
}

double
efti_draw_heat(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    bool narrow = width < EFTI_WIDE;
    double label = narrow ? 0 : 232, head = heading_height(f);
    double right = leaning(f, narrow);
    double w = (width - label - right) / (double)(f->columns == 0 ? 1 : f->columns);
    double row = narrow ? 46 : 28, cell = 28;

    w = w > 96 ? 96 : w;
    for (size_t c = 0; c < f->columns; c++)
        put_heading(b, f->column_labels[c], label + ((double)c + 0.5) * w, head - 6,
                    width);
    for (size_t r = 0; r < f->rows; r++) {
        double y = head + (double)r * row;
        if (narrow)
            efti_svg_text(b, 2, y + 13, "l", f->row_labels[r], width - 4);
        else
            efti_svg_text(b, label - 8, y + 18, "l e", f->row_labels[r], label - 10);
        for (size_t c = 0; c < f->columns; c++)
            put_cell(b, f, &f->marks[r * f->columns + c], label + (double)c * w,
                     narrow ? y + 17 : y, w, cell);
    }
    return head + (double)f->rows * row + 6;
}

/* ------------------------------------------------------------------ multiples */

struct panel {
    double x, y, w, h;
};

static double
panel_x(const struct panel *p, const struct efti_figure *f, size_t column)
{
    return f->columns < 2 ? p->x + p->w / 2
                          : p->x + p->w * (double)column / (double)(f->columns - 1);
}

/* The band of the intervals, where two periods next to each other have one. */
static void
put_band(struct efti_bytes *b, const struct efti_figure *f, const struct panel *p,
         const struct efti_mark *m)
{
    for (size_t c = 0; c + 1 < f->columns; c++) {
        if (!m[c].shown || !m[c + 1].shown || !m[c].interval || !m[c + 1].interval)
            continue;
        double x[] = {panel_x(p, f, c), panel_x(p, f, c + 1), panel_x(p, f, c + 1),
                      panel_x(p, f, c)};
        double v[] = {m[c].high, m[c + 1].high, m[c + 1].low, m[c].low};
        efti_put_text(b, "<polygon class=\"band\" points=\"");
        for (int i = 0; i < 4; i++) {
            efti_put_coordinate(b, x[i]);
            efti_put_char(b, ',');
            efti_put_coordinate(b, efti_scale(f, v[i], p->y + p->h, p->y));
            efti_put_char(b, ' ');
        }
        efti_put_text(b, "\"/>");
    }
}

static void
put_panel(struct efti_bytes *b, const struct efti_figure *f, const struct panel *p,
          size_t row)
{
    const struct efti_mark *m = &f->marks[row * f->columns];
    size_t last = f->columns;

    efti_svg_text(b, p->x, p->y - 8, "l", f->row_labels[row], p->w - 44);
    efti_svg_line(b, p->x, p->y + p->h, p->x + p->w, p->y + p->h, "zero");
    put_band(b, f, p, m);
    for (size_t c = 0; c < f->columns; c++) {
        if (!m[c].shown)
            continue;
        double y = efti_scale(f, m[c].value, p->y + p->h, p->y);
        if (last + 1 == c)
            efti_svg_line(b, panel_x(p, f, last),
                          efti_scale(f, m[last].value, p->y + p->h, p->y),
                          panel_x(p, f, c), y, "t");
        efti_put_text(b, "<circle class=\"s s0\" r=\"3\" cx=\"");
        efti_put_coordinate(b, panel_x(p, f, c));
        efti_put_text(b, "\" cy=\"");
        efti_put_coordinate(b, y);
        efti_put_text(b, "\"/>");
        last = c;
    }
    if (f->columns > 0) /* of the last period, also where it is hidden */
        efti_svg_mark_text(b, f, &m[f->columns - 1], p->x + p->w, p->y - 8,
                           m[f->columns - 1].shown ? "v e" : "a e");
}

double
efti_draw_multiples(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    size_t across = width < EFTI_WIDE ? 1 : 3;
    double gap = 24, cell = (width - gap * (double)(across - 1) - 12) / (double)across;

    for (size_t r = 0; r < f->rows; r++) {
        size_t line = r / across;
        struct panel p = {.x = 6 + (double)(r % across) * (cell + gap),
                          .y = 24 + (double)line * 116,
                          .w = cell,
                          .h = 60};
        put_panel(b, f, &p, r);
        if (f->columns > 0) {
            efti_svg_text(b, p.x, p.y + p.h + 15, "a", f->column_labels[0], cell / 2);
            if (f->columns > 1)
                efti_svg_text(b, p.x + p.w, p.y + p.h + 15, "a e",
                              f->column_labels[f->columns - 1], cell / 2);
        }
    }
    size_t lines = (f->rows + across - 1) / across;
    return (double)lines * 116 + 4;
}

/* ------------------------------------------------------------------- timeline */

double
efti_draw_timeline(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    const double top = 22, high = 150;
    double w = f->columns == 0 ? 0 : (double)(width - 8) / (double)f->columns;
    size_t every = w > 0 ? (size_t)(70 / w) + 1 : 1;
    bool crowded = w < 34;

    w = w > 120 ? 120 : w;
    efti_svg_line(b, 4, top + high, 4 + w * (double)f->columns, top + high, "zero");
    for (size_t c = 0; c < f->columns; c++) {
        const struct efti_mark *m = &f->marks[c];
        double x = 4 + (double)c * w, tall = efti_scale(f, m->value, 0, high);
        if (m->shown)
            efti_svg_box(b, x + w * 0.12, top + high - tall, w * 0.76, tall, "b");
        else
            efti_svg_box(b, x + w * 0.12, top + high - 14, w * 0.76, 14, "hid");
        if (!crowded)
            efti_svg_mark_text(b, f, m, x + w / 2,
                               top + high - (m->shown ? tall : 14) - 5, "v m");
        if (c % every == 0)
            efti_svg_text(b, x + w * 0.12, top + high + 16, "a", f->column_labels[c],
                          w * (double)every);
    }
    return top + high + 26;
}
