/*
 * test_segment.c - the scanner against ICU, on every path, over as many bytes as one
 * likes
 *
 *     test_segment [--bytes N] [--seed N] [--break-test FILE]... [FILE]...
 *
 * Each text goes to one ICU iterator and, without the project rules, to every path that
 * this CPU has; starts, ends and the number of words must be the same. Then a dozen of
 * them are segmented together, with the rules, and must be as each is alone. The texts
 * are strings over weighted alphabets, real text (the files) as it is and mutated, joined
 * lines of Unicode's test data, and every code point between letters, digits and blanks.
 * Without --bytes (the ordinary suite) there is a little of each; with it the whole walk
 * over the code points, all real text, and that many bytes of the rest.
 *
 * Prints TAP: for each path the bytes, how many of them ICU did not look at, and the
 * differences. The shares have least values: a scanner that let ICU do everything would
 * pass otherwise.
 */
#include "arch/scan.h"
#include "differential/icu_words.h"
#include "differential/texts.h"
#include "tokenizers/together_tool.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE 2000000u /* bytes of the ordinary suite */
#define LEAST_FUZZ 0.50
#define LEAST_REAL 0.99

#define TOGETHER 12

enum kind { FUZZ, REAL, WALK, KINDS }; /* WALK: every code point, so ICU's by nature */

struct path {
    const char *name;
    bool available;
    uint64_t bytes[KINDS], by_icu[KINDS];
    uint64_t differences;
};

struct run {
    struct icu_words icu;
    struct efti_tokenizer *tokenizer;
    struct efti_segments segments;
    struct efti_together together;
    char *pile[TOGETHER]; /* texts that wait for others to go together with */
    eft_text waiting[TOGETHER];
    size_t waiting_count;
    struct path paths[8];
    size_t count;
    uint64_t bytes[KINDS];
    bool failed; /* not a difference: memory, ICU */
};

static bool
same(const struct run *r)
{
    if (r->segments.tokens.count != r->icu.count)
        return false;
    for (size_t i = 0; i < r->icu.count; i++)
        if (r->segments.tokens.items[i].start != r->icu.items[i].start ||
            r->segments.tokens.items[i].end != r->icu.items[i].end)
            return false;
    return true;
}

/* The texts are made up or public, so they may be shown. */
static void
show(const struct run *r, const struct path *p, const char *bytes, size_t size)
{
    size_t i = 0;

    while (i < r->icu.count && i < r->segments.tokens.count &&
           r->segments.tokens.items[i].start == r->icu.items[i].start &&
           r->segments.tokens.items[i].end == r->icu.items[i].end)
        i++;
    size_t at = i < r->icu.count ? r->icu.items[i].start : size;
    if (i < r->segments.tokens.count && r->segments.tokens.items[i].start < at)
        at = r->segments.tokens.items[i].start;
    (void)printf("# %s differs at byte %zu of %zu:", p->name, at, size);
    for (size_t j = at < 24 ? 0 : at - 24; j < size && j < at + 24; j++)
        (void)printf("%s%02X", j == at ? " >" : " ", (unsigned char)bytes[j]);
    (void)printf("\n");
}

static void
compare(struct run *r, const char *bytes, size_t size, enum kind kind)
{
    char *exact = malloc(size + 1); /* a sanitizer sees what is read beyond it */

    r->failed = r->failed || exact == NULL || !icu_words_find(&r->icu, bytes, size);
    if (r->failed) {
        free(exact);
        return;
    }
    memcpy(exact + 1, bytes, size);
    r->bytes[kind] += size;
    for (size_t i = 0; i < r->count; i++) {
        struct path *p = &r->paths[i];
        uint64_t all, by_icu;
        if (!p->available || !efti_tokenizer_set_path(r->tokenizer, p->name))
            continue;
        eft_text text = {exact + 1, size};
        r->failed = r->failed ||
                    efti_segment_plain(r->tokenizer, text, &r->segments, NULL) != EFT_OK;
        efti_tokenizer_share(r->tokenizer, &all, &by_icu);
        p->bytes[kind] += all;
        p->by_icu[kind] += by_icu;
        if (!r->failed && !same(r) && ++p->differences <= 5)
            show(r, p, bytes, size);
    }
    free(exact);
}

static void
clear_pile(struct run *r)
{
    for (size_t i = 0; i < r->waiting_count; i++)
        free(r->pile[i]);
    r->waiting_count = 0;
}

/* All that wait, on every path. */
static void
compare_together(struct run *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct path *p = &r->paths[i];
        uint64_t all, by_icu;
        bool differs;
        if (!p->available || !efti_tokenizer_set_path(r->tokenizer, p->name))
            continue;
        size_t which = together_differs(r->tokenizer, r->waiting, r->waiting_count,
                                        &r->together, &r->segments, &differs);
        efti_tokenizer_share(r->tokenizer, &all, &by_icu); /* counted already */
        if (differs && ++p->differences <= 5)
            (void)printf("# %s: text %zu of %zu differs from itself alone\n", p->name,
                         which, r->waiting_count);
    }
    clear_pile(r);
}

/* A text waits, in memory of its own. */
static void
wait_for_others(struct run *r, const char *bytes, size_t size)
{
    char *exact = malloc(size + 1);

    r->failed = r->failed || exact == NULL;
    if (r->failed) {
        free(exact);
        return;
    }
    memcpy(exact + 1, bytes, size);
    r->pile[r->waiting_count] = exact;
    r->waiting[r->waiting_count++] = (eft_text){exact + 1, size};
    if (r->waiting_count == TOGETHER)
        compare_together(r);
}

/* A text by itself, and a piece of it with others. */
static void
try_one(struct run *r, const char *bytes, size_t size, enum kind kind)
{
    size_t piece = size;

    if (r->waiting_count % 3 != 0) /* short ones: more borders */
        piece = size < 40 * r->waiting_count ? size : 40 * r->waiting_count;
    while (piece < size && (unsigned char)bytes[piece] >> 6 == 2)
        piece++; /* not within a character */
    compare(r, bytes, size, kind);
    wait_for_others(r, bytes, piece);
}

static void
try_all(struct run *r, struct texts *t, uint64_t bytes)
{
    static char text[MOST_TEXT + 8];
    uint64_t most = bytes > 0 ? bytes : LITTLE;
    size_t at = 0, size, every = 0;

    while (!r->failed && (bytes > 0 || r->bytes[REAL] < LITTLE / 4) &&
           (size = texts_of_real(t, &at, text)) > 0)
        try_one(r, text, size, REAL);
    while (!r->failed && (size = texts_of_code_points(t, text)) > 0) {
        try_one(r, text, size, WALK);
        if (bytes == 0) /* one block of each sixteen in the ordinary suite */
            t->code_point += t->code_point < 0x3000 ? 0 : 0x800;
    }
    while (!r->failed && r->bytes[FUZZ] < most) {
        if (every % 2 == 0 || (size = texts_of_mutations(t, text)) == 0)
            size = texts_of_alphabets(t, text);
        try_one(r, text, size, FUZZ);
        if (++every % 8 == 0 && (size = texts_of_unicode(t, text)) > 0)
            try_one(r, text, size, FUZZ);
    }
    if (!r->failed)
        compare_together(r);
    clear_pile(r);
}

static double
share(const struct path *p, enum kind kind)
{
    return p->bytes[kind] == 0 ? 1 : 1 - (double)p->by_icu[kind] / (double)p->bytes[kind];
}

static int
report(const struct run *r)
{
    int bad = 0;

    (void)printf("1..%zu\n", r->count);
    for (size_t i = 0; i < r->count; i++) {
        const struct path *p = &r->paths[i];
        if (!p->available) {
            (void)printf("ok %zu - %s # SKIP this CPU has no such path\n", i + 1,
                         p->name);
            continue;
        }
        bool good = p->differences == 0 && share(p, FUZZ) >= LEAST_FUZZ &&
                    share(p, REAL) >= LEAST_REAL;
        bad += !good;
        (void)printf(
            "%sok %zu - %s: %" PRIu64 " bytes of fuzz, %.1f %% without ICU; %" PRIu64
            " of real text, %.2f %%; %" PRIu64 " of all code points; %" PRIu64
            " differences\n",
            good ? "" : "not ", i + 1, p->name, p->bytes[FUZZ], 100 * share(p, FUZZ),
            p->bytes[REAL], 100 * share(p, REAL), p->bytes[WALK], p->differences);
    }
    return bad > 0;
}

static bool
open_run(struct run *r)
{
    const struct efti_scan_path *paths = efti_scan_paths(&r->count);

    if (r->count > EFTI_COUNT(r->paths) || !icu_words_open(&r->icu) ||
        efti_tokenizer_new(&efti_malloc, NULL, &r->tokenizer, NULL) != EFT_OK)
        return false;
    for (size_t i = 0; i < r->count; i++)
        r->paths[i] =
            (struct path){.name = paths[i].name, .available = paths[i].available()};
    return true;
}

int
main(int argc, char **argv)
{
    struct texts texts = {.seed = 0x1234567890ABCDEFu};
    struct run run = {0};
    uint64_t bytes = 0;

    for (int i = 1; i < argc; i++) {
        bool done = true, more = i + 1 < argc;
        if (strcmp(argv[i], "--bytes") == 0 && more)
            bytes = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0 && more)
            texts.seed = strtoull(argv[++i], NULL, 10) * 2 + 1;
        else if (strcmp(argv[i], "--break-test") == 0 && more)
            done = texts_add_break_test(&texts, argv[++i]);
        else
            done = texts_add_file(&texts, argv[i]);
        if (!done)
            (void)printf("# argument %d could not be read\n", i);
    }
    if (!open_run(&run))
        return 2;
    try_all(&run, &texts, bytes);
    int bad = run.failed ? 2 : report(&run);
    efti_tokenizer_free(run.tokenizer);
    efti_segments_free(&efti_malloc, &run.segments);
    efti_together_free(&efti_malloc, &run.together);
    icu_words_close(&run.icu);
    texts_free(&texts);
    return bad;
}
