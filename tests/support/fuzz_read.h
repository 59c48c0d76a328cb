/*
 * fuzz_read.h - read bytes to the end and abort when a promise of the reader is broken
 */
#ifndef EFTI_TESTS_FUZZ_READ_H
#define EFTI_TESTS_FUZZ_READ_H

#include "read/read.h"
#include "text/unicode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
fuzz_demand(bool kept)
{
    if (!kept)
        abort();
}

static inline void
fuzz_text(eft_text t)
{
    fuzz_demand(t.size == 0 || efti_utf8_valid_prefix(t.bytes, t.size) == t.size);
}

static inline void
fuzz_label(eft_text t)
{
    size_t first = 0;

    fuzz_text(t);
    if (t.size == 0)
        return;
    fuzz_demand(!efti_is_space(efti_utf8_next(t.bytes, t.size, &first)));
    fuzz_demand(!efti_is_space(efti_utf8_before(t.bytes, t.size)));
}

static inline void
fuzz_record(const struct efti_record *r, uint64_t *row, uint64_t *byte, size_t size)
{
    fuzz_text(r->text);
    fuzz_label(r->id);
    fuzz_label(r->writer);
    fuzz_label(r->unit);
    fuzz_label(r->assignment);
    fuzz_label(r->prompt);
    fuzz_label(r->comments);
    fuzz_label(r->facets[0]);
    fuzz_demand(r->tag_count <= EFTI_MAX_TAGS);
    for (size_t i = 0; i < r->tag_count; i++) {
        fuzz_label(r->tags[i]);
        fuzz_demand(r->tags[i].size > 0);
    }
    fuzz_demand(r->input == 1 && r->row > *row && r->byte < size);
    fuzz_demand(*row == 0 || r->byte > *byte);
    fuzz_demand(!r->has_feeling || (r->feeling >= 1 && r->feeling <= 5));
    fuzz_demand(r->votes >= -1);
    *row = r->row;
    *byte = r->byte;
}

static inline void
fuzz_read(const uint8_t *data, size_t size, const char *suffix, size_t block)
{
    static const struct efti_mapping facet = {
        .role = EFTI_ROLE_FACET, .facet = "f", .column = "f"};
    struct efti_read_options options = {.block_size = block, .max_text = 4096};
    struct efti_reader *reader;
    struct efti_record record;
    uint64_t row = 0, byte = 0, given = 0;

    if (size > 0 && suffix[0] == 'j' && data[0] == '\n') {
        options.mappings = &facet;
        options.mapping_count = 1;
    }
    if (efti_reader_over(&efti_malloc, (eft_text){(const char *)data, size}, suffix,
                         &options, &reader, NULL) != EFT_OK)
        return;
    while (efti_reader_next(reader, &record, NULL) == EFT_OK) {
        fuzz_record(&record, &row, &byte, size);
        given++;
    }
    fuzz_demand(efti_reader_counts(reader)->records == given);
    efti_reader_free(reader);
}

#endif
