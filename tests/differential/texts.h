/*
 * texts.h - strings to try the scanner on, the same ones for the same seed
 */
#ifndef TESTS_DIFFERENTIAL_TEXTS_H
#define TESTS_DIFFERENTIAL_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_TEXT = 8192 }; /* bytes of one text */

struct texts {
    uint64_t seed;
    char *real; /* all files, valid UTF-8, NUL bytes between them */
    size_t real_size;
    char *lines; /* the strings of WordBreakTest.txt, NUL behind each */
    size_t lines_size;
    uint32_t code_point; /* where the walk over all of them is */
};

/* Append a file: what is valid UTF-8 of it in runs of 32 bytes or more. False: unread. */
bool texts_add_file(struct texts *t, const char *path);
/* WordBreakTest.txt, or SentenceBreakTest.txt. */
bool texts_add_break_test(struct texts *t, const char *path);
void texts_free(struct texts *t);

/* One text of each kind into `out` (MOST_TEXT bytes of room); its size. */
size_t texts_of_alphabets(struct texts *t, char *out);
size_t texts_of_mutations(struct texts *t, char *out); /* 0: there is no real text */
size_t texts_of_unicode(struct texts *t, char *out);   /* 0: there are no such lines */
/* The next code points, each between letters, digits and blanks; 0: all are done. */
size_t texts_of_code_points(struct texts *t, char *out);
/* Real text as it is, from `*at` on, a few KiB of whole lines; 0: at the end. */
size_t texts_of_real(const struct texts *t, size_t *at, char *out);

#endif
