/*
 * merge_results.c - several finished results in one database
 *
 * Folders are read as `report` reads them; what a run is comes from its manifest.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"
#include "export/export.h"
#include "read/json.h"
#include "store/store.h"

#define MOST_RUNS 256
#define MOST_RUN_NAME 120

struct merging {
    const eft_allocator *mem;
    struct efti_arena arena; /* what manifests say */
    EFTI_ARRAY(struct efti_store_run) runs;
    EFTI_ARRAY(struct eft_results *) results;
};

static eft_status
check_names(const eft_run_folder *runs, size_t count, eft_error *err)
{
    if (count == 0 || count > MOST_RUNS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "between 1 and %d runs go into one file", MOST_RUNS);
    for (size_t i = 0; i < count; i++) {
        size_t n = runs[i].name == NULL ? 0 : strlen(runs[i].name);
        if (n == 0 || n > MOST_RUN_NAME)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "run %zu needs a name of 1 to %d bytes", i + 1,
                             MOST_RUN_NAME);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(runs[i].name, runs[k].name) == 0)
                return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                                 "runs %zu and %zu have the same name", k + 1, i + 1);
        }
    }
    return EFT_OK;
}

/* A string of the manifest, or "". */
static const char *
manifest_text(struct merging *m, const json_t *manifest, const char *name)
{
    const json_t *value = json_object_get(manifest, name);

    return json_is_string(value) ? efti_arena_copy(&m->arena, json_string_value(value),
                                                   json_string_length(value))
                                 : "";
}

static eft_status
read_manifest(struct merging *m, const char *folder, struct efti_store_run *run,
              eft_error *err)
{
    struct efti_bytes path, bytes;
    json_t *manifest = NULL;
    eft_status st = efti_path_in(m->mem, folder, "manifest.json", &path, err);

    efti_bytes_init(&bytes, m->mem);
    if (st == EFT_OK && (st = efti_file_get(path.data, &bytes, NULL)) == EFT_E_NOMEM)
        st = efti_no_memory(err, "a manifest");
    bool unread = st != EFT_OK && st != EFT_E_NOMEM;
    if (st == EFT_OK)
        st = efti_json_parse((eft_text){bytes.data, bytes.size}, JSON_REJECT_DUPLICATES,
                             &manifest, NULL, err);
    if (unread || (st == EFT_OK && !json_is_object(manifest)))
        st = efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                       "this is no results folder, or not one that you may read: "
                       "manifest.json cannot be read");
    if (st == EFT_OK) {
        run->engine = manifest_text(m, manifest, "engine");
        run->corpus = manifest_text(m, manifest, "corpus");
        run->audience = manifest_text(m, manifest, "audience");
        if (run->engine == NULL || run->corpus == NULL || run->audience == NULL)
            st = efti_no_memory(err, "a manifest");
    }
    json_decref(manifest);
    efti_bytes_free(&bytes);
    efti_bytes_free(&path);
    return st;
}

static eft_status
read_run(struct merging *m, const eft_run_folder *from, eft_error *err)
{
    struct efti_store_run run = {.name = from->name};
    struct eft_results *results = NULL;
    struct efti_bytes path;
    eft_status st = read_manifest(m, from->folder, &run, err);

    if (st != EFT_OK)
        return st;
    st = efti_path_in(m->mem, from->folder, "results.sqlite", &path, err);
    if (st == EFT_OK)
        st = efti_store_read(m->mem, path.data, &results, err);
    efti_bytes_free(&path);
    if (st != EFT_OK)
        return st;
    if (!EFTI_PUSH(m->mem, &m->results)) {
        eft_results_free(results);
        return efti_no_memory(err, "the runs");
    }
    m->results.items[m->results.count - 1] = results;
    run.results = results;
    if (!EFTI_PUSH(m->mem, &m->runs))
        return efti_no_memory(err, "the runs");
    m->runs.items[m->runs.count - 1] = run;
    return EFT_OK;
}

static eft_status
fill_database(void *user, const char *path, eft_error *err)
{
    struct merging *m = user;

    return efti_store_merge(m->mem, path, m->runs.items, m->runs.count, err);
}

eft_status
eft_merge_results(eft_context *ctx, const eft_run_folder *runs, size_t count,
                  const char *path, eft_error *err)
{
    struct merging m = {.mem = efti_context_allocator(ctx)};

    if (ctx == NULL || path == NULL || (runs == NULL && count > 0))
        return efti_left_out(err);
    for (size_t i = 0; i < count; i++)
        if (runs[i].name == NULL || runs[i].folder == NULL)
            return efti_left_out(err);
    eft_status st = check_names(runs, count, err);
    efti_arena_init(&m.arena, m.mem);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        eft_error inner = {0};
        if ((st = read_run(&m, &runs[i], &inner)) != EFT_OK)
            (void)efti_fail(err, st, inner.offset, "run %zu: %s", i + 1, inner.message);
    }
    if (st == EFT_OK)
        st = efti_still_wanted(ctx, err);
    if (st == EFT_OK)
        st = efti_file_fill(m.mem, path, fill_database, &m, err);
    for (size_t i = 0; i < m.results.count; i++)
        eft_results_free(m.results.items[i]);
    EFTI_ARRAY_FREE(m.mem, &m.results);
    EFTI_ARRAY_FREE(m.mem, &m.runs);
    efti_arena_free(&m.arena);
    return st;
}
