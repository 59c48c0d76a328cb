/*
 * fuzz_dictionary.c - foreign bytes as a dictionary; words to ask for are its own tail
 */
#include "lexicons/dictionary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask(const struct efti_dictionary *d, const char *word, size_t size)
{
    size_t last = 0;
    eft_text label = efti_dictionary_label(d, word, size);
    eft_text base = efti_dictionary_base(d, word, size);

    (void)efti_dictionary_find(d, word, size);
    if (efti_dictionary_compound(d, word, size, &last) && last >= size)
        __builtin_trap();
    if (base.size > 0)
        (void)efti_dictionary_base(d, base.bytes, base.size);
    if (label.size > 0)
        (void)efti_dictionary_find(d, label.bytes, label.size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {"skol",    "skolan", "skolgård",
                                        "tillåta", "bilbil", "nattåg",
                                        "å",       "afrika", "aaaaaaaaaaaaaaaaaaaaaaaa"};
    struct efti_dictionary *d;

    if (efti_dictionary_over(&efti_malloc, data, size, &d, NULL) != EFT_OK)
        return 0;
    for (size_t i = 0; i < EFTI_COUNT(words); i++)
        ask(d, words[i], strlen(words[i]));
    for (size_t n = 1; n < 80 && n <= size; n += 7)
        ask(d, (const char *)data + size - n, n);
    efti_dictionary_free(d);
    return 0;
}
