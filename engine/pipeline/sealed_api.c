/*
 * sealed_api.c - sealed states as bytes, files and results (eftertanke/sealed.h)
 *
 * At a party a sealed state takes the place of a results folder: it is written after its
 * line in the release log. At the receiver nothing is logged: what is added up there was
 * released by the parties, and adding tells nobody more than its parts do.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"
#include "export/export.h"
#include "release/release.h"
#include "release/sealing.h"
#include "text/unicode.h"

/* Sealing and logging need the very state that was released. */
static eft_status
check_fresh(const eft_tally *tally, const eft_results *results, eft_error *err)
{
    if (results->fingerprint[0] == '\0' || efti_tally_frozen(tally->counts) == NULL ||
        strcmp(results->fingerprint, tally->released) != 0)
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "the tally has changed since these results were released: "
                         "release it again");
    return EFT_OK;
}

/* Nobody can tell a small town from a surname: one word of letters is taken as it is. */
static bool
is_one_word(eft_text name)
{
    for (size_t at = 0; at < name.size;) {
        uint32_t c = efti_utf8_next(name.bytes, name.size, &at);
        if (c < 'A' || (c > 'Z' && c < 'a') || (c > 'z' && c < 0xC0))
            return false;
    }
    return true;
}

/* Everybody sees the name of a party: it is held to what holds for a label, or for the
 * name of a municipality. */
static eft_status
check_party(eft_tally *tally, eft_text party, eft_error *err)
{
    static const char *const frames[] = {"", " kommun"};
    struct efti_worker worker;
    struct efti_bytes name;
    bool visible = false;

    if (!efti_party_name_fits(party) || is_one_word(party))
        return EFT_OK; /* what does not fit is refused with its own message */
    eft_status st = efti_worker_open(&worker, tally->plan, err);
    if (st != EFT_OK)
        return st;
    efti_bytes_init(&name, tally->mem);
    for (size_t i = 0; i < EFTI_COUNT(frames) && !visible && st == EFT_OK; i++) {
        efti_bytes_clear(&name);
        efti_put(&name, party.bytes, party.size);
        efti_put_text(&name, frames[i]);
        st = name.failed
                 ? efti_no_memory(err, "the name of a party")
                 : efti_veil_label(worker.veil, worker.tokenizer,
                                   (eft_text){name.data, name.size}, &visible, err);
    }
    efti_bytes_free(&name);
    efti_worker_close(&worker);
    if (st == EFT_OK && !visible)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the name of the party could point at a person: take that of a "
                         "place or an organisation");
    return st;
}

eft_status
eft_results_seal(eft_tally *tally, const eft_results *results, eft_text party,
                 eft_sealed **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (tally == NULL || results == NULL)
        return efti_left_out(err);
    eft_status st = check_fresh(tally, results, err);
    if (st != EFT_OK)
        return st;
    if (efti_utf8_valid_prefix(party.bytes, party.size) != party.size)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET,
                         "the name of the party is not UTF-8");
    if ((st = check_party(tally, party, err)) != EFT_OK)
        return st;
    return efti_seal(tally->mem, results, &efti_tally_frozen(tally->counts)->settings,
                     party, out, err);
}

void
eft_sealed_free(eft_sealed *sealed)
{
    efti_sealed_free(sealed);
}

eft_status
eft_sealed_write(const eft_sealed *sealed, eft_write_fn write, void *user, eft_error *err)
{
    struct efti_bytes bytes;

    if (sealed == NULL || write == NULL)
        return efti_left_out(err);
    efti_bytes_init(&bytes, &sealed->mem);
    eft_status st = efti_sealed_put(sealed, &bytes, err);
    if (st == EFT_OK)
        st = efti_callback_answer(write(user, bytes.data, bytes.size),
                                  "the receiver of the sealed state", err);
    efti_bytes_free(&bytes);
    return st;
}

eft_status
eft_sealed_read(eft_context *ctx, eft_text bytes, eft_sealed **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    return efti_sealed_take(efti_context_allocator(ctx), bytes.bytes, bytes.size, out,
                            err);
}

eft_status
eft_sealed_merge(eft_sealed *into, const eft_sealed *from, eft_error *err)
{
    if (into == NULL || from == NULL)
        return efti_left_out(err);
    if (into == from)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a sealed state merged with itself");
    return efti_sealed_join(into, from, err);
}

size_t
eft_sealed_count(const eft_sealed *sealed)
{
    return sealed == NULL ? 0 : sealed->parties.count;
}

eft_text
eft_sealed_party(const eft_sealed *sealed, size_t index)
{
    return index < eft_sealed_count(sealed) ? sealed->parties.items[index].name
                                            : (eft_text){"", 0};
}

eft_status
eft_sealed_release(eft_context *ctx, const eft_sealed *sealed, uint32_t flags,
                   eft_results **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL || sealed == NULL)
        return efti_left_out(err);
    if ((flags & ~(uint32_t)EFT_SEALED_DISJOINT) != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown flag for sealed states");
    if (sealed->parties.count > 1 && (flags & EFT_SEALED_DISJOINT) == 0)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "writers of several parties are added up: affirm that nobody "
                         "writes in two of them");
    return efti_unseal(efti_context_allocator(ctx), sealed, out, err);
}

/* --------------------------------------------------------------------- files */

eft_status
eft_save_merged(eft_context *ctx, const eft_sealed *sealed, const char *path,
                bool replace, eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    struct efti_bytes bytes;

    if (ctx == NULL || sealed == NULL || path == NULL)
        return efti_left_out(err);
    efti_bytes_init(&bytes, mem);
    eft_status st = efti_sealed_put(sealed, &bytes, err);
    if (st == EFT_OK)
        st = efti_file_put(mem, path, bytes.data, bytes.size, replace, err);
    efti_bytes_free(&bytes);
    return st;
}

eft_status
eft_save_sealed(eft_context *ctx, eft_tally *tally, const eft_results *results,
                const eft_sealed *sealed, const eft_save_options *save, eft_error *err)
{
    eft_save_options o;
    uint64_t number;

    if (ctx == NULL || tally == NULL || results == NULL || sealed == NULL)
        return efti_left_out(err);
    eft_status st = efti_options_take(&o, sizeof(o), save, "eft_save_options", err);
    if (st != EFT_OK || (st = check_fresh(tally, results, err)) != EFT_OK)
        return st;
    if ((o.flags & ~(uint32_t)EFT_SAVE_REPLACE) != 0 || o.reserved != 0 ||
        o.folder == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a sealed state needs a path, and knows no flag but replace");
    if (o.log != NULL && (st = efti_release_log_append(efti_context_allocator(ctx), o.log,
                                                       efti_tally_frozen(tally->counts),
                                                       results, &number, err)) != EFT_OK)
        return st;
    return eft_save_merged(ctx, sealed, o.folder, (o.flags & EFT_SAVE_REPLACE) != 0, err);
}

eft_status
eft_load_sealed(eft_context *ctx, const char *path, eft_sealed **out, eft_error *err)
{
    struct efti_bytes bytes;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL || path == NULL)
        return efti_left_out(err);
    efti_bytes_init(&bytes, efti_context_allocator(ctx));
    eft_status st = efti_file_get(path, &bytes, err);
    if (st == EFT_OK)
        st = efti_sealed_take(efti_context_allocator(ctx), bytes.data, bytes.size, out,
                              err);
    efti_bytes_free(&bytes);
    return st;
}

eft_status
eft_are_sealed(eft_context *ctx, const eft_input_options *input, bool *sealed,
               eft_error *err)
{
    eft_input_options own;

    if (sealed == NULL)
        return efti_left_out(err);
    *sealed = false;
    if (ctx == NULL)
        return efti_left_out(err);
    eft_status st = efti_take_input(&own, input, err);
    return st == EFT_OK ? efti_are_sealed(&own, sealed, err) : st;
}

eft_status
eft_run_sealed(eft_context *ctx, const eft_input_options *input, eft_sealed **out,
               eft_error *err)
{
    eft_input_options own;
    eft_sealed *all = NULL;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    eft_status st = efti_take_input(&own, input, err);
    for (size_t i = 0; i < own.path_count && st == EFT_OK; i++) {
        eft_sealed *one = NULL;
        eft_error inner = {0};
        st = eft_load_sealed(ctx, own.paths[i], &one, &inner);
        if (st == EFT_OK && all != NULL)
            st = efti_sealed_join(all, one, &inner);
        if (st != EFT_OK)
            (void)efti_fail(err, st, inner.offset, "input-%zu (argument %u): %s", i + 1,
                            own.arguments == NULL ? (unsigned)i + 1 : own.arguments[i],
                            inner.message);
        if (all == NULL)
            all = one;
        else
            efti_sealed_free(one);
    }
    if (st == EFT_OK && all == NULL)
        st = efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no input was named");
    if (st != EFT_OK) {
        efti_sealed_free(all);
        return st;
    }
    *out = all;
    return EFT_OK;
}

eft_status
eft_save_sealed_results(eft_context *ctx, const eft_sealed *sealed,
                        const eft_results *results, const eft_save_options *save,
                        eft_error *err)
{
    const eft_allocator *mem = efti_context_allocator(ctx);
    const struct efti_subject subject = {.sealed = sealed, .stop = ""};
    struct efti_output *folder = NULL;
    struct efti_bytes scratch;
    eft_save_options o;

    if (ctx == NULL || sealed == NULL || results == NULL)
        return efti_left_out(err);
    eft_status st = efti_options_take(&o, sizeof(o), save, "eft_save_options", err);
    if (st != EFT_OK)
        return st;
    if ((o.flags & ~(uint32_t)(EFT_SAVE_REPLACE | EFT_SAVE_NO_REPORT)) != 0 ||
        o.reserved != 0 || o.folder == NULL || o.log != NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "tables over parties need a folder, have no texts to review and "
                         "are in their parties' logs");
    efti_bytes_init(&scratch, mem);
    st = efti_output_open(mem, o.folder, (o.flags & EFT_SAVE_REPLACE) != 0, &folder, err);
    const struct efti_saving saving = {mem, &subject, results, &o, folder, &scratch};
    if (st == EFT_OK)
        st = efti_save_folder(&saving, 1, err);
    if (st == EFT_OK)
        st = efti_still_wanted(ctx, err);
    if (st == EFT_OK)
        st = efti_output_finish(folder, err);
    efti_output_close(folder);
    efti_bytes_free(&scratch);
    return st;
}
