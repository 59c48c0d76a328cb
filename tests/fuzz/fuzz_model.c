/*
 * fuzz_model.c - foreign bytes as a model; what was accepted must give scores
 */
#include "pipeline/model.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t scores[1025]; /* denial has one too */
    eft_context *ctx;
    eft_model *m;
    eft_error err;

    if (eft_context_new(NULL, &ctx, &err) != EFT_OK)
        return 0;
    if (eft_model_read(ctx, (eft_text){(const char *)data, size}, &m, &err) == EFT_OK) {
        uint32_t words = efti_strings_count(m->words), cues = 0;
        if (eft_model_theme_count(m) > 1024 ||
            m->row_count != (size_t)words * m->stride + 1)
            abort();
        for (uint32_t w = 0; w < words; w++) {
            efti_model_scores(m, &w, 1, NULL, scores);
            (void)eft_model_word_denial(m, w);
            cues += eft_model_word_is_cue(m, w, NULL);
        }
        if (cues != m->denial.cue_count)
            abort();
        eft_model_unref(m);
    } else if (err.offset != EFT_NO_OFFSET && err.offset > size) {
        abort();
    }
    eft_context_free(ctx);
    return 0;
}
