/*
 * report.h - released results as a page that people read together
 *
 * report.html is one file that opens offline: figures, tables, a reading page, sheets for
 * notes. Beside it lie figures/NAME.svg and figures/NAME.vl.json (Vega-Lite 5). The
 * report is made from released tables and the manifest alone, so that it can be made
 * again, in another language or with other sections, from a finished results folder.
 */
#ifndef EFTERTANKE_REPORT_H
#define EFTERTANKE_REPORT_H

#include <eftertanke/table.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    EFT_REPORT_NO_QUOTES = 1 << 0 /**< also where some are approved */
};

/** Fill with zeroes and set struct_size: a whole Swedish report. */
typedef struct eft_report_options {
    uint32_t struct_size;
    uint32_t flags;       /**< EFT_REPORT_* */
    const char *language; /**< "sv" (also NULL) or "en" */
    const char *title;    /**< NULL: one of ours */
    /** Comma-separated, NULL: all that there is something for. who themes
     *  together assignments feelings time units words years quotes reading
     *  sheets explore method counts */
    const char *sections;
    eft_text logo; /**< bytes of a PNG, JPEG or SVG file, at most 512 KiB; empty: none */
    uint64_t reserved; /**< 0 */
} eft_report_options;

#ifdef __cplusplus
}
#endif
#endif
