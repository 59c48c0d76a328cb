/*
 * report.c - the report in a results folder, and drawn again from a finished one
 */
#include "report/report.h"
#include "pipeline/pipeline.h"

#include "base/context.h"
#include "export/export.h"
#include "store/store.h"

#include <stdio.h>

EFTI_PIN_SIZE(eft_report_options, 56);

static eft_status
language_of(const char *name, enum efti_language *out, eft_error *err)
{
    *out = name != NULL && strcmp(name, "en") == 0 ? EFTI_ENGLISH : EFTI_SWEDISH;
    if (name != NULL && strcmp(name, "en") != 0 && strcmp(name, "sv") != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the language is sv (Swedish) or en (English)");
    return EFT_OK;
}

static eft_status
take_options(const eft_report_options *given, eft_report_options *own,
             struct efti_report_options *out, eft_error *err)
{
    eft_status st =
        efti_options_take(own, sizeof(*own), given, "eft_report_options", err);

    if (st != EFT_OK)
        return st;
    if ((own->flags & ~(uint32_t)EFT_REPORT_NO_QUOTES) != 0 || own->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown flag in the report options");
    *out = (struct efti_report_options){
        .title = own->title,
        .sections = own->sections,
        .no_quotes = (own->flags & EFT_REPORT_NO_QUOTES) != 0,
        .logo = own->logo,
    };
    return language_of(own->language, &out->language, err);
}

/* -------------------------------------------------------------- in a new folder */

static eft_status
save_figure(void *user, const char *name, const struct efti_bytes *svg,
            const struct efti_bytes *vega, eft_error *err)
{
    struct efti_output *folder = user;
    char file[128];

    (void)snprintf(file, sizeof(file), "figures/%s.svg", name);
    eft_status st = efti_output_put(folder, file, svg->data, svg->size, false, err);
    (void)snprintf(file, sizeof(file), "figures/%s.vl.json", name);
    return st == EFT_OK
               ? efti_output_put(folder, file, vega->data, vega->size, false, err)
               : st;
}

eft_status
efti_save_report(const eft_allocator *mem, struct efti_output *folder,
                 const eft_results *results, eft_text manifest,
                 const eft_report_options *options, eft_error *err)
{
    struct efti_report_options o;
    eft_report_options own;
    struct efti_bytes html;
    eft_status st = take_options(options, &own, &o, err);

    if (st != EFT_OK || (st = efti_output_sub(folder, "figures", err)) != EFT_OK)
        return st;
    efti_bytes_init(&html, mem);
    st = efti_report_html(mem, results, manifest, &o, &html, save_figure, folder, err);
    if (st == EFT_OK)
        st = efti_output_put(folder, "report.html", html.data, html.size, false, err);
    efti_bytes_free(&html);
    return st;
}

/* ------------------------------------------------------- from a finished folder */

eft_status
efti_path_in(const eft_allocator *mem, const char *folder, const char *name,
             struct efti_bytes *out, eft_error *err)
{
    efti_bytes_init(out, mem);
    efti_put_text(out, folder);
    efti_put_char(out, '/');
    efti_put(out, name, strlen(name) + 1);
    if (!out->failed)
        return EFT_OK;
    efti_bytes_free(out);
    return efti_no_memory(err, "a file name");
}

static eft_status
read_folder(const eft_allocator *mem, const char *folder, struct efti_bytes *manifest,
            eft_results **results, eft_error *err)
{
    struct efti_bytes path;
    eft_status st = efti_path_in(mem, folder, "manifest.json", &path, err);

    if (st == EFT_OK && (st = efti_file_get(path.data, manifest, NULL)) == EFT_E_NOMEM)
        st = efti_no_memory(err, "the manifest");
    else if (st != EFT_OK && st != EFT_E_NOMEM)
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "this is no results folder, or not one that you may read: "
                       "manifest.json cannot be read");
    efti_bytes_free(&path);
    if (st != EFT_OK ||
        (st = efti_path_in(mem, folder, "results.sqlite", &path, err)) != EFT_OK)
        return st;
    st = efti_store_read(mem, path.data, results, err);
    efti_bytes_free(&path);
    return st;
}

eft_status
eft_report_folder(eft_context *ctx, const char *folder, const eft_report_options *opts,
                  eft_write_fn write, void *user, eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct efti_bytes manifest, html;
    struct efti_report_options o;
    eft_report_options own;
    eft_results *results = NULL;

    if (ctx == NULL || folder == NULL || write == NULL)
        return efti_left_out(err);
    eft_status st = take_options(opts, &own, &o, err);
    if (st != EFT_OK)
        return st;
    efti_bytes_init(&manifest, mem);
    efti_bytes_init(&html, mem);
    st = read_folder(mem, folder, &manifest, &results, err);
    if (st == EFT_OK)
        st = efti_report_html(mem, results, (eft_text){manifest.data, manifest.size}, &o,
                              &html, NULL, NULL, err);
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, html.data, html.size),
                                  "the receiver of the report", err);
    eft_results_free(results);
    efti_bytes_free(&html);
    efti_bytes_free(&manifest);
    return st;
}

/* -------------------------------------------------------------- in the terminal */

eft_status
eft_summary(eft_context *ctx, const eft_results *results, const eft_run_counts *counts,
            const char *language, bool color, eft_write_fn write, void *user,
            eft_error *err)
{
    enum efti_language l;
    struct efti_bytes out;

    if (ctx == NULL || results == NULL || write == NULL)
        return efti_left_out(err);
    eft_status st = language_of(language, &l, err);
    if (st != EFT_OK)
        return st;
    efti_bytes_init(&out, efti_context_allocator(ctx));
    st = efti_report_summary(efti_context_allocator(ctx), results, counts, l, color, &out,
                             err);
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, out.data, out.size),
                                  "the receiver of the summary", err);
    efti_bytes_free(&out);
    return st;
}
