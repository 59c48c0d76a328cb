/*
 * internal.h - shared inside report/ only
 *
 *     tables ─► marks (one number to draw, with where it stands) ─► figure ─► SVG, Vega
 *            └► values in sentences and tables
 *               (<data value="..." data-s="table:row:col">)
 *
 * A number never reaches the page in another way: what is printed carries the exact value
 * of the table and its place, and a test reads both back.
 */
#ifndef EFTI_REPORT_INTERNAL_H
#define EFTI_REPORT_INTERNAL_H

#include "report/messages.h"
#include "report/report.h"

/* ------------------------------------------------------------------ writing */

/** Text from the data as HTML or XML text or attribute: & < > " ' as references;
 *  controls, also those that turn the direction of writing, and what is not UTF-8 as
 *  U+FFFD. */
void efti_put_html(struct efti_bytes *b, eft_text text);
/** The same with <wbr> in words of more than 24 characters. Not for attributes. */
void efti_put_html_broken(struct efti_bytes *b, eft_text text);
void efti_put_base64(struct efti_bytes *b, const void *bytes, size_t size);
/** One decimal, without the locale: coordinates. */
void efti_put_coordinate(struct efti_bytes *b, double value);
/** Characters (code points) of a text. */
size_t efti_characters(eft_text text);
static inline eft_text
efti_text_of(const char *s)
{
    return (eft_text){s, strlen(s)};
}

enum efti_number {
    EFTI_WHOLE,        /* 24 038 */
    EFTI_PERCENT,      /* a share as whole per cent */
    EFTI_PERCENT_BARE, /* the same without its sign, where the heading says per cent */
    EFTI_TENTH,        /* 3,5 */
    EFTI_HUNDREDTH,
    EFTI_PERCENT_TENTH, /* 13,6 % */
    EFTI_EXACT          /* as in the table */
};
/** A number as people of the language write it: 24 038 or 24,038; 3,5 or 3.5. */
void efti_put_number(struct efti_bytes *b, enum efti_language language, double value,
                     enum efti_number how);

/* ------------------------------------------------------------------ figures */

/** One number to draw. */
struct efti_mark {
    bool shown, interval, blank; /* blank: there is no such cell */
    double value, low, high;
    enum efti_number how;
    const eft_table *table; /* where it stands, NULL: nowhere (weights) */
    size_t row;
    const char *column;
    int flag; /* heat map: 1 more, -1 fewer than expected */
};

enum efti_kind {
    EFTI_BARS,      /* a bar a row; a second column is a part of the first */
    EFTI_DOTS,      /* a row of dots, one for each column; with one: its interval */
    EFTI_HEAT,      /* rows by columns */
    EFTI_MULTIPLES, /* a small line for each row over the columns */
    EFTI_TIMELINE,  /* one row, upright bars over the columns */
    EFTI_NETWORK    /* rows are nodes on a circle, marks are ties */
};

struct efti_figure {
    enum efti_kind kind;
    const char *id;
    eft_text title, description, axis;
    size_t rows, columns;
    const eft_text *row_labels, *column_labels;
    const eft_text *notes; /* one a row, or NULL */
    const struct efti_mark *marks;
    const size_t *groups; /* of a network: one a row, 0: none; or NULL */
    double low, high;     /* of the axis */
    bool bare;            /* no axis: every bar has its number beside it */
    eft_text hidden;      /* the word for hidden */
    enum efti_language language;
};

enum { EFTI_WIDE = 760, EFTI_NARROW = 340 };

/** <svg> of the width, wide or narrow. `alone`: a file of its own, with style. */
void efti_figure_svg(struct efti_bytes *b, const struct efti_figure *f, int width,
                     bool alone);
/** The same as a Vega-Lite 5 specification with its data. */
void efti_figure_vega(struct efti_bytes *b, const struct efti_figure *f);
/** Nodes in an order round the circle in which strong ties are short. `order` has
 *  `rows` places. Needs no memory. */
void efti_circle_order(const struct efti_figure *f, size_t *order);

/* Pieces shared by the kinds (draw.c). */
void efti_svg_text(struct efti_bytes *b, double x, double y, const char *class_name,
                   eft_text text, double room);
void efti_svg_mark_text(struct efti_bytes *b, const struct efti_figure *f,
                        const struct efti_mark *m, double x, double y,
                        const char *class_name);
void efti_svg_box(struct efti_bytes *b, double x, double y, double w, double h,
                  const char *class_name);
void efti_svg_line(struct efti_bytes *b, double x1, double y1, double x2, double y2,
                   const char *class_name);
/** The shape of a series or group: six are told apart. */
void efti_svg_shape(struct efti_bytes *b, double x, double y, size_t series);
enum { EFTI_SHAPES = 6, EFTI_OPEN_RING = 5 };
double efti_scale(const struct efti_figure *f, double value, double from, double to);
double efti_draw_bars(struct efti_bytes *b, const struct efti_figure *f, int width);
double efti_draw_dots(struct efti_bytes *b, const struct efti_figure *f, int width);
double efti_draw_heat(struct efti_bytes *b, const struct efti_figure *f, int width);
double efti_draw_multiples(struct efti_bytes *b, const struct efti_figure *f, int width);
double efti_draw_timeline(struct efti_bytes *b, const struct efti_figure *f, int width);
double efti_draw_network(struct efti_bytes *b, const struct efti_figure *f, int width);
/** Ticks and unit of a horizontal axis at `y`; answers the height it took. */
double efti_svg_axis(struct efti_bytes *b, const struct efti_figure *f, double x,
                     double width, double top, double y);

/* Files of the folder, embedded by build/embed.c. */
extern const char efti_palette_css[], efti_figure_css[], efti_page_css[],
    efti_report_js[];
extern const size_t efti_palette_css_size, efti_figure_css_size, efti_page_css_size,
    efti_report_js_size;

#endif
