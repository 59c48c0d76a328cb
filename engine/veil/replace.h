/*
 * replace.h - what the files of replacement share
 *
 *   replace.c     which operator, tags and keys, the text printed with its offsets
 *   surrogates.c  words and numbers made up
 *   coarse.c      bands, months, regions
 *   days.c        a day as it is written: read, moved, printed again
 *
 * None of them copies bytes of a span into what leaves, but for marks, blanks, particles
 * of names and the word "den": what cannot be read becomes a tag.
 */
#ifndef EFTI_VEIL_REPLACE_H
#define EFTI_VEIL_REPLACE_H

#include "veil/find.h"

/** One text that is being printed. */
struct veil_printing {
    struct efti_veil *veil;
    const struct efti_replacer *how;
    eft_text text;
    const struct efti_veiled *veiled;
    const eft_text *fullest; /* by span: the name that says most of that person */
};

/** A number from the key (or seed), the category and some bytes. */
uint64_t efti_veil_draw(const struct veil_printing *p, enum efti_category category,
                        eft_text folded);

/** A day as it is written ("fredag den 5:e maj 2024", "3/5-24"): its parts, and where
 *  each stands. */
enum veil_day_part { VEIL_PART_DAY, VEIL_PART_MONTH, VEIL_PART_YEAR, VEIL_PART_WEEKDAY };
struct veil_day {
    struct {
        size_t start, end;
    } parts[4];       /* by enum veil_day_part; empty: not there */
    int day, month;   /* month 0: none was written, and nothing can be counted from */
    int year;         /* 0: none */
    int weekday;      /* 0 Monday; -1: none */
    bool named;       /* the month is a word */
    bool several;     /* 5 och 7 maj */
    bool ordinal;     /* 5:e, femte */
    bool joined;      /* 20240503 */
    bool short_month; /* okt */
};
/** False: something in it is no part of a day. */
bool efti_veil_read_day(eft_text raw, struct veil_day *out);
/** `raw` with its day moved by `days`, in the same style. A day without a year is counted
 * in the year that brings it closest to `near`, if that is not 0. False: it cannot be,
 * nothing was written. */
bool efti_veil_put_moved(eft_text raw, const struct veil_day *day, int32_t days,
                         int32_t near, struct efti_bytes *out);
/** "maj 2024", "2024-05", "maj". False: no month in it, nothing was written. */
bool efti_veil_put_month(const struct veil_day *day, struct efti_bytes *out);

/* The operators; what one has no rule for becomes a tag. */
void efti_veil_put_coarse(const struct efti_span *span, eft_text raw, eft_text folded,
                          struct efti_bytes *out);
eft_status efti_veil_put_surrogate(const struct veil_printing *p,
                                   const struct efti_span *span, eft_text raw,
                                   eft_text folded, struct efti_bytes *out,
                                   eft_error *err);

#endif
