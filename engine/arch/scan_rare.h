/*
 * scan_rare.h - the part of a kernel that is the same code for all CPUs (scan.c)
 */
#ifndef EFTI_ARCH_SCAN_RARE_H
#define EFTI_ARCH_SCAN_RARE_H

#include "arch/scan.h"

/* What a block says about words: bit i for byte i, all bytes of a character alike. */
struct efti_scan_word {
    uint64_t letter; /* the commercial at too: a letter to ICU */
    uint64_t digit, low, joined;
    uint64_t mark; /* in a word but not ordinary, although letter or digit */
    uint64_t semicolon;
};

/* A character as its neighbours see it */
enum scan_near { NEAR_OTHER, NEAR_LETTER, NEAR_DIGIT, NEAR_STRANGE };

/* The character at `at` (`at` may be the size), as what stands behind a joiner. */
enum scan_near efti_scan_near(const struct efti_scan *s, uint32_t at);
/* Decide the characters at the bits of `rare`; `c` has the spills. False: s->strange says
 * where ICU must. */
bool efti_scan_rare(struct efti_scan *s, struct efti_scan_carry *c,
                    struct efti_scan_word *w, uint64_t rare, uint32_t base);
/* Find the border before s->strange: s->cut. If it does not lie behind `base`, where this
 * group of blocks begins, records behind it are dropped; true: there were some. */
bool efti_scan_cut(struct efti_scan *s, struct efti_scan_carry *c, uint32_t base);

/* The last eight bytes of a record, the number of which is given */
static inline void
efti_scan_rest(const struct efti_scan *s, uint32_t number, unsigned char *record)
{
    uint64_t is_number = s->numbers[number / 64] >> number % 64 & 1;
    uint64_t is_opened = s->opened[number / 64] >> number % 64 & 1;
    uint64_t rest = s->rest ^ (s->number & -is_number) ^ (s->opening & -is_opened);

    memcpy(record + 8, &rest, sizeof(rest));
}

/* The kernels; which of them a build has is for scan.c and meson.build. */
efti_scan_fn efti_scan_run_portable, efti_scan_run_sse2, efti_scan_run_avx2,
    efti_scan_run_avx512, efti_scan_run_neon;
bool efti_scan_has_portable(void);
bool efti_scan_has_sse2(void);
bool efti_scan_has_avx2(void);
bool efti_scan_has_avx512(void);
bool efti_scan_has_neon(void);

#endif
