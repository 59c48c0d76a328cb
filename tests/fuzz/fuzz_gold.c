/*
 * fuzz_gold.c - foreign bytes as a gold file; positions that were accepted must lie
 * inside
 */
#include "evaluate/evaluate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct efti_gold g;
    eft_error err;
    char *bytes = efti_alloc(&efti_malloc, size + 1);

    if (bytes == NULL)
        return 0;
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    eft_status st = efti_gold_parse(&g, &efti_malloc, "gold", bytes, size, &err);
    for (size_t i = 0; i < g.docs.count && st == EFT_OK; i++) {
        struct efti_gold_doc *doc = &g.docs.items[i];
        if (efti_gold_place(&g, doc, &err) != EFT_OK)
            continue;
        for (uint32_t j = 0; j < doc->spans.count; j++) {
            const struct efti_gold_span *s = &g.spans.items[doc->spans.first + j];
            if (s->end > doc->text.size || s->start > s->end)
                abort();
        }
    }
    efti_gold_free(&g);
    return 0;
}
