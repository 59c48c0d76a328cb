/*
 * icu_words.h - what ICU says about the words of a text, as plainly as can be
 *
 * One break iterator over the whole text. A word is a segment with status >= 100, or one
 * that holds a pictograph or flag.
 */
#ifndef TESTS_ICU_WORDS_H
#define TESTS_ICU_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct icu_word {
    uint32_t start, end; /* bytes */
};

struct icu_words {
    void *breaker;
    uint16_t *units;
    uint32_t *places; /* the byte of each unit */
    struct icu_word *items;
    size_t count, room; /* in bytes of text */
};

bool icu_words_open(struct icu_words *w);
void icu_words_close(struct icu_words *w);
/* Valid UTF-8. False: out of memory, or ICU failed. */
bool icu_words_find(struct icu_words *w, const char *bytes, size_t size);

#endif
