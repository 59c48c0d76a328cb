/*
 * page.c - the page: head, sentences, figures in place, sections in order
 *
 * One file that opens from disk: style and script are inside, and a content security
 * policy names their hashes and nothing else, so that markup which slipped through would
 * still not run (Content Security Policy Level 3, hash-source). Without script everything
 * is there; with it tables sort, ties light up and tables can be chosen among.
 */
#include "report/page.h"

#define NARROW_COLUMNS 8 /* of a heat map on a phone; broader ones scroll */
#define MOST_LOGO ((size_t)512 * 1024)
#define SVG_BEGINS_WITHIN 1024 /* bytes: declaration and remarks stand before <svg */

/* ------------------------------------------------------------------ parts */

void
efti_section_open(struct efti_page *p, const char *id, enum efti_message heading)
{
    efti_html(p, "\n<section id=\"");
    efti_html(p, id);
    efti_html(p, "\" aria-labelledby=\"h-");
    efti_html(p, id);
    efti_html(p, "\">\n<h2 id=\"h-");
    efti_html(p, id);
    efti_html(p, "\">");
    efti_html_word(p, heading);
    efti_html(p, "</h2>\n");
}

void
efti_section_close(struct efti_page *p)
{
    efti_html(p, "</section>\n");
}

/* The figure as files; the first answer that is no EFT_OK ends the report. */
static void
hand_out(struct efti_page *p, const struct efti_figure *f)
{
    struct efti_bytes svg, vega;

    if (p->figure == NULL || p->status != EFT_OK)
        return;
    efti_bytes_init(&svg, p->mem);
    efti_bytes_init(&vega, p->mem);
    efti_figure_svg(&svg, f, EFTI_WIDE, true);
    efti_figure_vega(&vega, f);
    if (svg.failed || vega.failed)
        p->failed = true;
    else
        p->status = p->figure(p->user, f->id, &svg, &vega, p->err);
    efti_bytes_free(&svg);
    efti_bytes_free(&vega);
}

void
efti_put_figure(struct efti_page *p, const struct efti_figure *f, enum efti_message note)
{
    struct efti_figure own = *f;

    own.language = p->language;
    own.hidden = efti_text_of(efti_word(p, EFTI_MSG_HIDDEN));
    efti_html(p, "<figure id=\"f-");
    efti_html(p, f->id);
    efti_html(p, "\"><figcaption>");
    efti_put_html_broken(p->out, f->title);
    efti_html(p, "</figcaption>");
    if (f->kind == EFTI_HEAT && f->columns > NARROW_COLUMNS) {
        efti_html(p, "<div class=\"broad\" tabindex=\"0\" role=\"group\" aria-label=\"");
        efti_put_html(p->out, f->title);
        efti_html(p, "\">");
        efti_figure_svg(p->out, &own, EFTI_WIDE, false);
        efti_html(p, "</div>");
    } else {
        efti_figure_svg(p->out, &own, EFTI_WIDE, false);
        efti_figure_svg(p->out, &own, EFTI_NARROW, false);
    }
    if (note != EFTI_MSG_NOTHING) {
        efti_html(p, "<p class=\"note\">");
        efti_html_word(p, note);
        efti_html(p, "</p>");
    }
    efti_html(p, "</figure>\n");
    hand_out(p, &own);
}

/* ------------------------------------------------------------------ sections */

static bool
always(const struct efti_page *p)
{
    (void)p;
    return true;
}

/* Perturbed counts have a section of their own; exact numbers have all the others. */
static bool
is_exact(const struct efti_page *p)
{
    return !efti_has_counts(p);
}

static bool
has_quotes(const struct efti_page *p)
{
    return p->has_quotes;
}

/* Sealed states carry no sentences, and none can be added. */
static bool
may_quote(const struct efti_page *p)
{
    return p->has_quotes || (is_exact(p) && !efti_has(p->overview, 0, "of_parties"));
}

static bool
has_assignments(const struct efti_page *p)
{
    const eft_table *tags = eft_results_find(p->results, "assignment_tags");
    const eft_table *themes = eft_results_find(p->results, "assignment_themes");

    return (tags != NULL && eft_table_rows(tags) > 0) ||
           (themes != NULL && eft_table_rows(themes) > 0);
}

/* Did anybody say how it felt? */
static bool
has_feelings(const struct efti_page *p)
{
    return p->overview != NULL && efti_shown(p->overview, 0) &&
           (efti_has(p->overview, 0, "feeling_mean") ||
            (efti_has(p->overview, 0, "feelings") &&
             efti_value(p->overview, 0, "feelings") > 0));
}

/* An assignment that is shown has a sheet. */
static bool
has_sheets(const struct efti_page *p)
{
    const eft_table *t = p->overview;

    for (size_t i = 0; t != NULL && i < eft_table_rows(t); i++) {
        if (efti_shown(t, i) && efti_is(efti_cell(t, i, "scope"), "assignment") &&
            !efti_is(efti_cell(t, i, "label"), "other"))
            return true;
    }
    return false;
}

static const struct section {
    const char *id;
    enum efti_message heading;
    bool (*there)(const struct efti_page *p);
    void (*write)(struct efti_page *p);
} sections[] = {
    {"counts", EFTI_MSG_H_COUNTS, efti_has_counts, efti_section_counts},
    {"who", EFTI_MSG_H_WHO, is_exact, efti_section_who},
    {"themes", EFTI_MSG_H_THEMES, is_exact, efti_section_themes},
    {"together", EFTI_MSG_H_TOGETHER, is_exact, efti_section_together},
    {"assignments", EFTI_MSG_H_ASSIGNMENTS, has_assignments, efti_section_assignments},
    {"feelings", EFTI_MSG_H_FEELINGS, has_feelings, efti_section_feelings},
    {"time", EFTI_MSG_H_TIME, efti_has_time, efti_section_time},
    {"units", EFTI_MSG_H_UNITS, efti_has_units, efti_section_units},
    {"words", EFTI_MSG_H_WORDS, efti_has_words, efti_section_words},
    {"years", EFTI_MSG_H_YEARS, efti_has_years, efti_section_years},
    {"quotes", EFTI_MSG_H_QUOTES, may_quote, efti_section_quotes},
    {"reading", EFTI_MSG_H_READING, has_quotes, efti_section_reading},
    {"sheets", EFTI_MSG_H_SHEETS, has_sheets, efti_section_sheets},
    {"explore", EFTI_MSG_H_EXPLORE, is_exact, efti_section_explore},
    {"method", EFTI_MSG_H_METHOD, always, efti_section_method},
};

/* Is `id` a word of the comma-separated list? */
static bool
is_listed(const char *list, const char *id)
{
    size_t n = strlen(id);

    for (const char *s = list; *s != '\0';) {
        size_t word = strcspn(s, ",");
        if (word == n && memcmp(s, id, n) == 0)
            return true;
        s += word + (s[word] == ',');
    }
    return false;
}

static bool
is_wanted(const struct efti_page *p, const struct section *s)
{
    return (p->options->sections == NULL || is_listed(p->options->sections, s->id)) &&
           s->there(p);
}

/* Where a table is printed. */
static const struct {
    const char *prefix, *section;
} homes[] = {{"overview", "who"},         {"counts", "counts"},
             {"themes_by_", "units"},     {"themes", "themes"},
             {"votes", "themes"},         {"notes", "themes"},
             {"theme_pairs", "together"}, {"role_pairs", "together"},
             {"communities", "together"}, {"assignment_", "assignments"},
             {"feeling_by_", "feelings"}, {"trend", "time"},
             {"keyness_by_", "words"},    {"term_pairs", "words"},
             {"terms", "words"},          {"dispersion", "words"},
             {"readability", "words"}};

bool
efti_page_has_table(const struct efti_page *p, const char *name)
{
    for (size_t i = 0; i < EFTI_COUNT(homes); i++) {
        if (strncmp(name, homes[i].prefix, strlen(homes[i].prefix)) != 0)
            continue;
        for (size_t k = 0; k < EFTI_COUNT(sections); k++) {
            if (strcmp(sections[k].id, homes[i].section) == 0)
                return is_wanted(p, &sections[k]);
        }
    }
    return false;
}

static eft_status
check_sections(const char *list, eft_error *err)
{
    for (const char *s = list; s != NULL && *s != '\0';) {
        size_t n = strcspn(s, ","), i = 0;
        while (i < EFTI_COUNT(sections) &&
               (strlen(sections[i].id) != n || memcmp(sections[i].id, s, n) != 0))
            i++;
        if (i == EFTI_COUNT(sections))
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "unknown section; there are who, themes, together, "
                             "assignments, feelings, time, units, words, years, quotes, "
                             "reading, sheets, explore, method, counts");
        s += n + (s[n] == ',');
    }
    return EFT_OK;
}

/* ------------------------------------------------------------------ head and foot */

static void
put_hash(struct efti_page *p, const char *parts[], const size_t *sizes, size_t count)
{
    struct efti_bytes all;
    unsigned char hash[32];

    efti_bytes_init(&all, p->mem);
    for (size_t i = 0; i < count; i++)
        efti_put(&all, parts[i], sizes[i]);
    p->failed = p->failed || all.failed;
    efti_sha256(all.size == 0 ? "" : all.data, all.failed ? 0 : all.size, hash);
    efti_html(p, "'sha256-");
    efti_put_base64(p->out, hash, sizeof(hash));
    efti_html(p, "'");
    efti_bytes_free(&all);
}

static void
put_policy(struct efti_page *p)
{
    const char *style[] = {efti_palette_css, efti_figure_css, efti_page_css};
    const size_t sizes[] = {efti_palette_css_size, efti_figure_css_size,
                            efti_page_css_size};
    const char *script[] = {efti_report_js};

    efti_html(p, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                 "'none'; style-src ");
    put_hash(p, style, sizes, 3);
    efti_html(p, "; script-src ");
    put_hash(p, script, &efti_report_js_size, 1);
    efti_html(p, "; img-src data:; base-uri 'none'; form-action 'none'\">\n");
}

static const char *
picture_type(eft_text logo)
{
    if (logo.size > 8 && memcmp(logo.bytes, "\x89PNG\r\n\x1A\n", 8) == 0)
        return "image/png";
    if (logo.size > 3 && memcmp(logo.bytes, "\xFF\xD8\xFF", 3) == 0)
        return "image/jpeg";
    for (size_t i = 0; i + 4 < logo.size && i < SVG_BEGINS_WITHIN; i++) {
        if (memcmp(logo.bytes + i, "<svg", 4) == 0)
            return "image/svg+xml"; /* as an image it can neither run nor load anything */
    }
    return NULL;
}

static eft_status
check_logo(eft_text logo, eft_error *err)
{
    eft_status st = efti_text_is_there(logo, "the logo", err);

    if (st != EFT_OK)
        return st;
    if (logo.size > MOST_LOGO)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the logo is larger than 512 KiB");
    if (logo.size > 0 && picture_type(logo) == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the logo is no PNG, JPEG or SVG file");
    return EFT_OK;
}

static void
put_logo(struct efti_page *p)
{
    eft_text logo = p->options->logo;

    if (logo.size == 0)
        return;
    efti_html(p, "<img class=\"logo\" alt=\"\" src=\"data:");
    efti_html(p, picture_type(logo));
    efti_html(p, ";base64,");
    efti_put_base64(p->out, logo.bytes, logo.size);
    efti_html(p, "\">\n");
}

static eft_text
title_of(const struct efti_page *p)
{
    return efti_text_of(p->options->title != NULL ? p->options->title
                                                  : efti_word(p, EFTI_MSG_TITLE));
}

static void
put_head(struct efti_page *p)
{
    efti_html(p, p->language == EFTI_ENGLISH ? "<!DOCTYPE html>\n<html lang=\"en\">\n"
                                             : "<!DOCTYPE html>\n<html lang=\"sv\">\n");
    efti_html(p, "<head>\n<meta charset=\"utf-8\">\n");
    put_policy(p);
    efti_html(p, "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
                 "dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    efti_put_html(p->out, title_of(p));
    efti_html(p, "</title>\n<style>");
    efti_put(p->out, efti_palette_css, efti_palette_css_size);
    efti_put(p->out, efti_figure_css, efti_figure_css_size);
    efti_put(p->out, efti_page_css, efti_page_css_size);
    efti_html(p, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
    efti_html_word(p, EFTI_MSG_SKIP);
    efti_html(p, "</a>\n<header>\n");
    put_logo(p);
    efti_html(p, "<h1>");
    efti_put_html_broken(p->out, title_of(p));
    efti_html(p, "</h1>\n<p class=\"lead\">");
    efti_html_word(p, efti_has_counts(p)  ? EFTI_MSG_LEAD_COUNTS
                      : p->facts.external ? EFTI_MSG_LEAD_EXTERNAL
                                          : EFTI_MSG_LEAD);
    efti_html(p, "</p>\n</header>\n");
}

static void
put_contents(struct efti_page *p)
{
    efti_html(p, "<nav aria-label=\"");
    efti_html_word(p, EFTI_MSG_CONTENTS);
    efti_html(p, "\"><ol>");
    for (size_t i = 0; i < EFTI_COUNT(sections); i++) {
        if (!is_wanted(p, &sections[i]))
            continue;
        efti_html(p, strcmp(sections[i].id, "explore") == 0 ? "<li class=\"script\">"
                                                            : "<li>");
        efti_html(p, "<a href=\"#");
        efti_html(p, sections[i].id);
        efti_html(p, "\">");
        efti_html_word(p, sections[i].heading);
        efti_html(p, "</a></li>");
    }
    efti_html(p, "</ol></nav>\n");
}

/* The words the script needs come with the page: the script has no language. */
static void
put_foot(struct efti_page *p)
{
    efti_html(p, "</main>\n<footer><p>");
    EFTI_SAY(p, EFTI_MSG_FOOT,
             EFTI_TEXT(p->facts.engine.size > 0 ? p->facts.engine
                                                : efti_text_of(eft_version())));
    efti_html(p, "</p><p id=\"tt\" hidden>");
    efti_html_word(p, EFTI_MSG_TO_TABLE);
    efti_html(p, "</p></footer>\n<script>");
    efti_put(p->out, efti_report_js, efti_report_js_size);
    efti_html(p, "</script>\n</body>\n</html>\n");
}

static void
put_page(struct efti_page *p)
{
    put_head(p);
    put_contents(p);
    efti_html(p, "<main id=\"main\">\n");
    for (size_t i = 0; i < EFTI_COUNT(sections) && !p->failed && p->status == EFT_OK;
         i++) {
        if (is_wanted(p, &sections[i]))
            sections[i].write(p);
    }
    put_foot(p);
}

static eft_status
check_input(const struct eft_results *results, const struct efti_report_options *o,
            eft_error *err)
{
    eft_status st = check_sections(o->sections, err);

    if (st == EFT_OK)
        st = check_logo(o->logo, err);
    if (st == EFT_OK && results->k < 3)
        st = efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                       "these results did not come through the release gate");
    return st;
}

eft_status
efti_report_html(const eft_allocator *mem, const struct eft_results *results,
                 eft_text manifest, const struct efti_report_options *options,
                 struct efti_bytes *html, efti_figure_fn figure, void *user,
                 eft_error *err)
{
    struct efti_page p = {.mem = mem,
                          .out = html,
                          .err = err,
                          .results = results,
                          .options = options,
                          .language = options->language,
                          .manifest = manifest,
                          .figure = figure,
                          .user = user};
    eft_status st = check_input(results, options, err);

    if (st != EFT_OK)
        return st;
    efti_arena_init(&p.arena, mem);
    st = efti_facts_read(&p, err);
    if (st == EFT_OK && efti_model_make(&p))
        put_page(&p);
    if (st == EFT_OK)
        st = p.status;
    if (st == EFT_OK && (p.failed || html->failed))
        st = efti_no_memory(err, "the report");
    efti_arena_free(&p.arena);
    if (st != EFT_OK)
        efti_bytes_clear(html);
    return st;
}
