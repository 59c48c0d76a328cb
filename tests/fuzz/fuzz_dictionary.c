/*
 * fuzz_dictionary.c - foreign bytes as a dictionary; words to ask for are its own tail
 */
#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A fuzzer cannot guess the checksum of the hot and the known part: it is made right
 * here, so that what lies behind it is fuzzed too. */
static void
mend_sum(unsigned char *p, size_t size)
{
    if (size >= EFTI_DICT_HEADER_SIZE &&
        efti_dict_le32(p + 8 + 4 * EFTI_DICT_F_HOT_AT) <= size)
        efti_dict_put_sum(p, size);
}

/* The sets that a form is said to have, to their last word. */
static void
read_known(const struct efti_dictionary *d, uint32_t number)
{
    struct efti_known known;
    size_t count;
    uint32_t sum = 0;

    (void)efti_dictionary_known(d, number, &known);
    const unsigned char *words = efti_dictionary_known_set(d, known.set, &count);
    for (size_t i = 0; i < count; i++)
        sum += efti_dict_le32(words + i * 4);
    if (words == NULL && (count > 0 || sum > 0))
        __builtin_trap();
}

static void
walk_hot(const struct efti_dictionary *d)
{
    struct efti_dictionary_word word, again;
    size_t at = 0, size = 0;

    while (efti_dictionary_hot_next(d, &at, &word, &size)) {
        (void)efti_dictionary_look(d, word.bytes, size, &again);
        read_known(d, word.known);
    }
}

static void
ask(const struct efti_dictionary *d, const char *word, size_t size)
{
    struct efti_dictionary_word found;
    size_t last = 0;
    eft_text label = efti_dictionary_label(d, word, size);
    eft_text base = efti_dictionary_base(d, word, size);

    if (efti_dictionary_look(d, word, size, &found))
        read_known(d, found.known);
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
    struct efti_dictionary *d = NULL;
    unsigned char *bytes = malloc(size + 1);

    if (bytes == NULL)
        return 0;
    memcpy(bytes, data, size);
    mend_sum(bytes, size);
    if (efti_dictionary_over(&efti_malloc, bytes, size, &d, NULL) != EFT_OK) {
        free(bytes);
        return 0;
    }
    walk_hot(d);
    for (uint32_t i = 0; i < 40; i++)
        read_known(d, i);
    for (size_t i = 0; i < EFTI_COUNT(words); i++)
        ask(d, words[i], strlen(words[i]));
    for (size_t n = 1; n < 80 && n <= size; n += 7)
        ask(d, (const char *)data + size - n, n);
    efti_dictionary_free(d);
    free(bytes);
    return 0;
}
