/*
 * report.h - released results as something people read: a page, figures, a summary
 *
 * Everything here is made from released tables and the manifest alone, so that a report
 * drawn while analysing and one drawn again from the finished folder are the same bytes.
 */
#ifndef EFTI_REPORT_H
#define EFTI_REPORT_H

#include "base/base.h"
#include "tally/table.h"

#include <eftertanke/run.h>

enum efti_language { EFTI_SWEDISH, EFTI_ENGLISH, EFTI_LANGUAGES };

/** Zero: Swedish, all sections, quotes if there are any, no logo. */
struct efti_report_options {
    enum efti_language language;
    const char *title;    /* NULL: the title of the language */
    const char *sections; /* "themes,units"; NULL: all */
    bool no_quotes;
    eft_text logo; /* bytes of a PNG, JPEG or SVG file */
};

/** One figure as files: `name` is [a-z0-9-]+. */
typedef eft_status (*efti_figure_fn)(void *user, const char *name,
                                     const struct efti_bytes *svg,
                                     const struct efti_bytes *vega, eft_error *err);

/**
 * The whole page into `html`. `manifest` is manifest.json (may be empty). `figure` (may
 * be NULL) gets each figure as a picture of its own and as Vega-Lite.
 *
 * @return EFT_E_REFUSED for results that did not come through the gate, EFT_E_RANGE for
 *         an unknown section or a logo that is no picture, EFT_E_LIMIT for a large one,
 *         EFT_E_FORMAT for a manifest that is none, EFT_E_NOMEM, what `figure` answers.
 */
eft_status efti_report_html(const eft_allocator *mem, const struct eft_results *results,
                            eft_text manifest, const struct efti_report_options *options,
                            struct efti_bytes *html, efti_figure_fn figure, void *user,
                            eft_error *err);

/** What a person reads in a terminal after analyse. `counts` may be NULL. */
eft_status efti_report_summary(const eft_allocator *mem,
                               const struct eft_results *results,
                               const eft_run_counts *counts, enum efti_language language,
                               bool color, struct efti_bytes *out, eft_error *err);

#endif
