/*
 * draw.c - the pieces of every figure, and the picture around them
 *
 *     viewBox 760 wide (page, paper, projector) or 340 (phone: labels above their rows)
 *
 * A figure knows no colours and no fonts: it gives classes, and palette.css and
 * figure.css, the one place for both, say the rest. Nothing is told by colour alone:
 * parts are thinner, series have shapes of their own, cells of a heat map hold their
 * number.
 *
 * Widths of text are not known here. 0.6 em a character holds for the widest of the usual
 * sans-serif fonts (DejaVu Sans); a label that would be longer is cut with an ellipsis,
 * and its title element has it whole.
 */
#include "report/internal.h"

#include <math.h>

#define LETTER 7.4 /* of a label: 12.5 px at 0.59 em */

/* Bytes of the first `count` characters. */
static size_t
first_characters(eft_text t, size_t count)
{
    size_t i = 0;

    for (; i < t.size; i++) {
        bool begins = ((unsigned char)t.bytes[i] & 0xC0) != 0x80;
        if (begins && count-- == 0)
            break;
    }
    return i;
}

void
efti_svg_text(struct efti_bytes *b, double x, double y, const char *class_name,
              eft_text text, double room)
{
    size_t fits = room < LETTER * 3 ? 3 : (size_t)(room / LETTER);
    bool cut = efti_characters(text) > fits;

    efti_put_text(b, "<text x=\"");
    efti_put_coordinate(b, x);
    efti_put_text(b, "\" y=\"");
    efti_put_coordinate(b, y);
    efti_put_text(b, "\" class=\"");
    efti_put_text(b, class_name);
    efti_put_text(b, "\">");
    if (cut) {
        efti_put_text(b, "<title>");
        efti_put_html(b, text);
        efti_put_text(b, "</title>");
        text.size = first_characters(text, fits - 1);
    }
    efti_put_html(b, text);
    efti_put_text(b, cut ? "\xE2\x80\xA6</text>" : "</text>");
}

/* The place of the number, so that a test finds it in the table. */
static void
put_drawing_source(struct efti_bytes *b, const struct efti_mark *m)
{
    if (m->table == NULL)
        return;
    efti_put_text(b, " data-s=\"");
    efti_put_text(b, eft_table_name(m->table));
    efti_put_char(b, ':');
    efti_put_u64(b, m->row);
    efti_put_char(b, ':');
    efti_put_text(b, m->column);
    efti_put_text(b, "\" data-v=\"");
    efti_put_double(b, m->value);
    efti_put_char(b, '"');
}

void
efti_svg_mark_text(struct efti_bytes *b, const struct efti_figure *f,
                   const struct efti_mark *m, double x, double y, const char *class_name)
{
    efti_put_text(b, "<text x=\"");
    efti_put_coordinate(b, x);
    efti_put_text(b, "\" y=\"");
    efti_put_coordinate(b, y);
    efti_put_text(b, "\" class=\"");
    efti_put_text(b, class_name);
    efti_put_char(b, '"');
    if (m->shown)
        put_drawing_source(b, m);
    efti_put_char(b, '>');
    if (m->shown)
        efti_put_number(b, f->language, m->value, m->how);
    else
        efti_put_text(b, "..");
    if (m->shown && m->flag != 0)
        efti_put_text(b, m->flag > 0 ? "\xE2\x96\xB4" : "\xE2\x96\xBE"); /* ▴ ▾ */
    efti_put_text(b, "</text>");
}

static void
put_attribute(struct efti_bytes *b, const char *name, double value)
{
    efti_put_char(b, ' ');
    efti_put_text(b, name);
    efti_put_text(b, "=\"");
    efti_put_coordinate(b, value);
    efti_put_char(b, '"');
}

void
efti_svg_box(struct efti_bytes *b, double x, double y, double w, double h,
             const char *class_name)
{
    efti_put_text(b, "<rect class=\"");
    efti_put_text(b, class_name);
    efti_put_char(b, '"');
    put_attribute(b, "x", x);
    put_attribute(b, "y", y);
    put_attribute(b, "width", w < 0 ? 0 : w);
    put_attribute(b, "height", h < 0 ? 0 : h);
    efti_put_text(b, "/>");
}

void
efti_svg_line(struct efti_bytes *b, double x1, double y1, double x2, double y2,
              const char *class_name)
{
    efti_put_text(b, "<line class=\"");
    efti_put_text(b, class_name);
    efti_put_char(b, '"');
    put_attribute(b, "x1", x1);
    put_attribute(b, "y1", y1);
    put_attribute(b, "x2", x2);
    put_attribute(b, "y2", y2);
    efti_put_text(b, "/>");
}

double
efti_scale(const struct efti_figure *f, double value, double from, double to)
{
    double span = f->high - f->low;
    double at = span > 0 ? (value - f->low) / span : 0;

    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return from + at * (to - from);
}

/* ------------------------------------------------------------------ the axis */

/* The least of 1, 2, 5 times a power of ten with at most `most` steps. */
static double
tick_step(double span, double most)
{
    double step = pow(10, floor(log10(span / most)));
    static const double times[] = {1, 2, 5, 10, 20};

    for (size_t i = 0; i < EFTI_COUNT(times); i++) {
        if (span / (step * times[i]) <= most + 1e-9)
            return step * times[i];
    }
    return span;
}

/* Numbers at the ends of a narrow figure stay inside it. */
static void
put_tick(struct efti_bytes *b, const struct efti_figure *f, const struct efti_mark *tick,
         double at, double left, double right, double y)
{
    bool narrow = left < 14;

    if (narrow && at - left < 10)
        efti_svg_mark_text(b, f, tick, 1, y, "a");
    else if (narrow && right - at < 10)
        efti_svg_mark_text(b, f, tick, right + 6, y, "a e");
    else
        efti_svg_mark_text(b, f, tick, at, y, "a m");
}

/* An axis of bars and dots ends at a step, so that no mark lies on its edge. */
static double
rounded_end(const struct efti_figure *f)
{
    double step = f->high > f->low ? tick_step(f->high - f->low, 6) : 1;
    double end = ceil(f->high / step - 1e-9) * step;
    bool share = f->rows * f->columns > 0 && f->marks[0].how == EFTI_PERCENT;

    return share && end > 1 ? 1 : end;
}

double
efti_svg_axis(struct efti_bytes *b, const struct efti_figure *f, double x, double width,
              double top, double y)
{
    double span = f->high - f->low;
    enum efti_number how = f->rows * f->columns > 0 ? f->marks[0].how : EFTI_WHOLE;

    if (!(span > 0) || f->bare)
        return 0;
    double step = tick_step(span, width > 300 ? 6 : 4);
    if (how == EFTI_PERCENT_TENTH)
        how = EFTI_PERCENT;
    if (how == EFTI_HUNDREDTH && step >= 0.1)
        how = EFTI_TENTH;
    if (how == EFTI_TENTH && step >= 1)
        how = EFTI_WHOLE;
    int64_t first = (int64_t)ceil(f->low / step - 1e-9);
    int64_t last = (int64_t)floor(f->high / step + 1e-9);
    for (int64_t i = first; i <= last && i < first + 100; i++) {
        double t = (double)i * step;
        struct efti_mark tick = {.shown = true, .value = t, .how = how};
        double at = efti_scale(f, t, x, x + width);
        efti_svg_line(b, at, top, at, y, i == 0 ? "zero" : "grid");
        put_tick(b, f, &tick, at, x, x + width, y + 14);
    }
    if (f->axis.size == 0)
        return 20;
    efti_svg_text(b, x + width / 2, y + 30, "a m", f->axis, 1000);
    return 38;
}

/* -------------------------------------------------------------- the picture */

static void
put_drawing_head(struct efti_bytes *b, const struct efti_figure *f, int width,
                 double height, bool alone)
{
    const char *which = alone ? "" : width == EFTI_WIDE ? "-w" : "-n";

    efti_put_text(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    efti_put_i64(b, width);
    efti_put_char(b, ' ');
    efti_put_coordinate(b, ceil(height));
    efti_put_text(b, alone ? "\" width=\"" : "\" class=\"f ");
    if (alone) {
        efti_put_i64(b, width);
        efti_put_text(b, "\" height=\"");
        efti_put_coordinate(b, ceil(height));
        efti_put_text(b, "\" class=\"f");
    } else {
        efti_put_text(b, width == EFTI_WIDE ? "wide" : "narrow");
    }
    efti_put_text(b, "\" role=\"img\" aria-labelledby=\"");
    for (int i = 0; i < 2; i++) {
        efti_put_text(b, i == 0 ? "" : " ");
        efti_put_text(b, f->id);
        efti_put_text(b, which);
        efti_put_text(b, i == 0 ? "-t" : "-d");
    }
    efti_put_text(b, "\">");
    for (int i = 0; i < 2; i++) {
        efti_put_text(b, i == 0 ? "<title id=\"" : "<desc id=\"");
        efti_put_text(b, f->id);
        efti_put_text(b, which);
        efti_put_text(b, i == 0 ? "-t\">" : "-d\">");
        efti_put_html(b, i == 0 ? f->title : f->description);
        efti_put_text(b, i == 0 ? "</title>" : "</desc>");
    }
}

static double
put_body(struct efti_bytes *b, const struct efti_figure *f, int width)
{
    switch (f->kind) {
    case EFTI_BARS: return efti_draw_bars(b, f, width);
    case EFTI_DOTS: return efti_draw_dots(b, f, width);
    case EFTI_HEAT: return efti_draw_heat(b, f, width);
    case EFTI_MULTIPLES: return efti_draw_multiples(b, f, width);
    case EFTI_TIMELINE: return efti_draw_timeline(b, f, width);
    case EFTI_NETWORK: return efti_draw_network(b, f, width);
    }
    return 0;
}

/* A file of its own is for papers: it carries the light palette. */
static void
put_style(struct efti_bytes *b)
{
    efti_put_text(b, "<style>");
    efti_put(b, efti_palette_css, efti_palette_css_size);
    efti_put(b, efti_figure_css, efti_figure_css_size);
    efti_put_text(b, "</style>");
}

void
efti_figure_svg(struct efti_bytes *b, const struct efti_figure *f, int width, bool alone)
{
    struct efti_figure own = *f;
    struct efti_bytes body;

    if ((f->kind == EFTI_BARS && !f->bare) || f->kind == EFTI_DOTS)
        own.high = rounded_end(f);
    efti_bytes_init(&body, b->mem);
    double height = put_body(&body, &own, width);
    put_drawing_head(b, f, width, height, alone);
    if (alone)
        put_style(b);
    efti_put(b, body.data, body.size);
    efti_put_text(b, "</svg>\n");
    b->failed = b->failed || body.failed;
    efti_bytes_free(&body);
}
