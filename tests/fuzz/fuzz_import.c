/*
 * fuzz_import.c - foreign bytes as a dictionary of another program, or a table
 *
 * The first byte says which: c CSV, d LIWC, x LIWC-22, y quanteda, q REFI-QDA. What was
 * accepted must be a lexicon that can be written again.
 */
#include "lexicons/lexicon.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static eft_status
nowhere(void *user, const void *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return EFT_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        char name;
        eft_lexicon_format format;
    } formats[] = {{'c', EFT_LEXICON_CSV},
                   {'d', EFT_LEXICON_DIC},
                   {'x', EFT_LEXICON_DICX},
                   {'y', EFT_LEXICON_YAML},
                   {'q', EFT_LEXICON_QDC}};
    eft_context *ctx;
    eft_lexicon *lex;
    eft_error err = {0};

    if (size == 0 || eft_context_new(NULL, &ctx, &err) != EFT_OK)
        return 0;
    for (size_t i = 0; i < EFTI_COUNT(formats); i++) {
        if (data[0] != (uint8_t)formats[i].name)
            continue;
        const eft_text text = {(const char *)data + 1, size - 1};
        if (eft_lexicon_import(ctx, text, formats[i].format, &lex, NULL, &err) ==
            EFT_OK) {
            if (eft_lexicon_theme_count(lex) == 0 ||
                eft_lexicon_write(lex, formats[i].format, nowhere, NULL, NULL, &err) !=
                    EFT_OK)
                abort();
            eft_lexicon_unref(lex);
        } else if (err.message[0] == '\0') {
            abort();
        }
    }
    eft_context_free(ctx);
    return 0;
}
