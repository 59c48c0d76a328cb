/*
 * texts.h - the texts to measure on, read before any clock starts
 */
#ifndef BENCH_TEXTS_H
#define BENCH_TEXTS_H

#include <eftertanke/text.h>

struct bench_texts {
    eft_text *items;
    size_t count;
    size_t bytes; /* of all texts together */
    char *buffer;
};

/** "-" is standard input. `member` NULL: every line that is not blank is a text, else the
 *  file is JSON Lines and the text is that member. Says why on stderr when it fails. */
bool bench_texts_read(const char *path, const char *member, struct bench_texts *out);
void bench_texts_free(struct bench_texts *texts);

#endif
