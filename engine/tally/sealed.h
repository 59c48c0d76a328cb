/*
 * sealed.h - a release in a form that adds up with others': the sealed state
 *
 * A sealed state holds what one or several parties (municipalities) released, each in a
 * block of its own, so that a receiver can add and still say from how many parties a
 * number comes. Everything in it has been through the gate: there are no records, keys,
 * days, terms, texts or maxima.
 *
 *     party ── table ── row:  keys | shown | x of n | writers | mean | moments
 *
 * `moments` are three sums over writers, rounded to two significant digits, and only
 * where at least 10 writers stand behind the cell. With the party's own share or mean
 * p = X / N, and x, n of one writer, they are
 *
 *     sum (x - p n)^2,      sum (x - p n) n,      sum n^2
 *
 * which say the same as sums of x^2, xn and n^2, but stay exact to 5 % where those would
 * not: the variance is a small difference of large numbers, and rounding them first would
 * leave nothing of it. Around another p' they are moved by
 * sum (x - p' n)^2 = S - 2 (p' - p) C + (p' - p)^2 Q.
 */
#ifndef EFTI_TALLY_SEALED_H
#define EFTI_TALLY_SEALED_H

#include "tally/tally.h"

#define EFTI_SEALED_VERSION 1u

/** The tables that are sealed, in the order of the file. */
enum efti_sealed_table {
    EFTI_SEALED_OVERVIEW,          /* scope, label */
    EFTI_SEALED_THEMES,            /* theme, polarity */
    EFTI_SEALED_THEMES_BY_FACET,   /* facet, label, theme */
    EFTI_SEALED_ASSIGNMENT_TAGS,   /* assignment, tag */
    EFTI_SEALED_ASSIGNMENT_THEMES, /* assignment, theme */
    EFTI_SEALED_FEELING_BY_THEME,  /* theme, feeling */
    EFTI_SEALED_TREND,             /* period, theme */
    EFTI_SEALED_THEME_PAIRS,       /* level, theme, theme */
    EFTI_SEALED_TABLES
};

/** mantissa * 10^exponent; the mantissa is 0 or of two digits. */
struct efti_two_digits {
    int8_t mantissa, exponent;
};
enum { EFTI_MOMENT_SQUARES, EFTI_MOMENT_CROSS, EFTI_MOMENT_SIZES, EFTI_MOMENTS };

enum efti_sealed_mean {
    EFTI_MEAN_NONE,
    EFTI_MEAN_EXACT, /* `sum` over `count` reflections that have a feeling */
    EFTI_MEAN_ROUGH /* `sum` is the rounded mean, `count` the reflections it stands for */
};

struct efti_sealed_row {
    eft_text key[3];   /* empty where the table has fewer */
    eft_text label[2]; /* of a theme in `themes`: Swedish, English */
    bool shown;        /* else nothing below is set */
    bool has_x, has_n; /* reflections with it; of these; of pairs: o11 and n */
    bool exact;        /* `writers` is their number, else at least so many */
    uint64_t x, n, r1, c1;
    uint64_t writers;
    uint32_t mean; /* enum efti_sealed_mean */
    double sum;
    uint64_t count;
    bool has_moments; /* of the mean where there is one, else of the share */
    struct efti_two_digits moments[EFTI_MOMENTS];
};
struct efti_sealed_rows {
    EFTI_ARRAY(struct efti_sealed_row) list; /* by key */
};
struct efti_sealed_party {
    eft_text name; /* as its people chose to be called */
    uint32_t k;
    bool external;
    struct efti_sealed_rows tables[EFTI_SEALED_TABLES];
};
/** Parties by name, no two alike. Texts lie in the arena. One thread at a time. */
struct eft_sealed {
    eft_allocator mem;
    struct efti_arena arena;
    struct efti_tally_settings settings; /* without lines `key` and `roster` */
    EFTI_ARRAY(struct efti_sealed_party) parties;
};

/** By the bytes of three keys, the first weighs most. */
static inline int
efti_sealed_compare(const eft_text a[3], const eft_text b[3])
{
    int c = 0;

    for (size_t i = 0; i < 3 && c == 0; i++)
        c = efti_compare(a[i].bytes, a[i].size, b[i].bytes, b[i].size);
    return c;
}

/** An empty one; the settings are copied, less what is a party's own business (key,
 *  roster). */
eft_status efti_sealed_new(const eft_allocator *mem, const struct efti_tally_settings *s,
                           struct eft_sealed **out, eft_error *err);
void efti_sealed_free(struct eft_sealed *s);
/** May this be the name of a party: 1 to EFTI_MOST_PARTY_NAME bytes of UTF-8, and no
 *  characters that move what stands beside them (controls, line and direction marks)? */
bool efti_party_name_fits(eft_text name);
#define EFTI_MOST_PARTY_NAME 120 /* as of a label */
/** Add a party without rows; borrowed until the next is added. EFT_E_CONFLICT: there is
 *  one of that name. */
eft_status efti_sealed_add_party(struct eft_sealed *s, eft_text name,
                                 struct efti_sealed_party **out, eft_error *err);
/** Copy a row behind the last one of a table. */
eft_status efti_sealed_add_row(struct eft_sealed *s, struct efti_sealed_party *party,
                               enum efti_sealed_table table,
                               const struct efti_sealed_row *row, eft_error *err);
/** Sort the rows of a party; EFT_E_INTERNAL when two have one key. */
eft_status efti_sealed_settle(struct efti_sealed_party *party, eft_error *err);
/** Copy all parties of `from` into `into`. EFT_E_CONFLICT: unlike settings, which the
 *  message names, or parties of one name; `into` stays as it was then. */
eft_status efti_sealed_join(struct eft_sealed *into, const struct eft_sealed *from,
                            eft_error *err);

/** Canonical bytes with magic, version and checksum, appended to `out`. */
eft_status efti_sealed_put(const struct eft_sealed *s, struct efti_bytes *out,
                           eft_error *err);
/** Every byte is checked; EFT_E_FORMAT, never a crash. */
eft_status efti_sealed_take(const eft_allocator *mem, const void *bytes, size_t size,
                            struct eft_sealed **out, eft_error *err);

#define EFTI_SEALED_MAGIC "EFTSEALD"

#endif
