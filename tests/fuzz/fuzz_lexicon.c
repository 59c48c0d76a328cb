/*
 * fuzz_lexicon.c - foreign bytes as a lexicon
 */
#include "lexicons/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    eft_error err;
    struct eft_lexicon *lex;

    if (efti_lexicon_parse(&efti_malloc, (const char *)data, size, &lex, &err) == EFT_OK)
        eft_lexicon_unref(lex);
    return 0;
}
