/*
 * test_hostile.c - texts and files that nobody writes, through the public calls
 *
 *     test_hostile DICTIONARY [MEGABYTES]
 *
 * Each is taken at two sizes, the second four times the first (by default 128 KiB). It
 * has to end without a crash, in time and memory that grow with the size: processor time
 * to at most eight times (a square would be sixteen), memory, as the library's allocator
 * sees it, to at most six. What is refused, or set aside, is refused in that time, too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "pipeline/plan_tool.h"
#include "support/scratch.h"

static size_t large = (size_t)1 << 17;

/* ------------------------------------------------------------------ memory */

static atomic_size_t in_use, most_in_use;

static void
count(size_t more, size_t less)
{
    size_t now = atomic_fetch_add(&in_use, more - less) + more - less;
    size_t most = atomic_load(&most_in_use);

    while (now > most && !atomic_compare_exchange_weak(&most_in_use, &most, now))
        ;
}

static void *
counted_alloc(void *user, size_t size)
{
    void *p = malloc(size);

    (void)user;
    if (p != NULL)
        count(size, 0);
    return p;
}

static void *
counted_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    void *p = realloc(old, new_size);

    (void)user;
    if (p != NULL)
        count(new_size, old_size);
    return p;
}

static void
counted_release(void *user, void *p, size_t size)
{
    (void)user;
    if (p != NULL)
        count(0, size);
    free(p);
}

static int
set_up(void **state)
{
    eft_allocator counted = {counted_alloc, counted_resize, counted_release, NULL};
    eft_plan_options o = plan_options(EFT_PLAN_ACCEPT_LANGUAGE);

    (void)state;
    return eft_context_new(&counted, &ctx, NULL) != EFT_OK ||
           eft_plan_new(ctx, &o, &plan, NULL) != EFT_OK;
}

/* ------------------------------------------------------------------- sizes */

struct cost {
    double seconds;
    size_t memory; /* at most, beyond what was there before */
};

static double
processor_time(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
begin(struct cost *c)
{
    c->memory = atomic_load(&in_use);
    atomic_store(&most_in_use, c->memory);
    c->seconds = processor_time();
}

static void
end(struct cost *c)
{
    c->seconds = processor_time() - c->seconds;
    c->memory = atomic_load(&most_in_use) - c->memory;
}

/* What is lost in the noise, or asked for once whatever the size, is not held against. */
static void
grows_with_the_size(const char *what, size_t size, const struct cost *of)
{
    (void)printf(
        "# %-34s %9zu bytes: %7.1f ns and %6.1f bytes a byte, %4.1fx and %4.1fx\n", what,
        size, of[1].seconds * 1e9 / (double)size, (double)of[1].memory / (double)size,
        of[1].seconds / of[0].seconds, (double)of[1].memory / ((double)of[0].memory + 1));
    assert_true(of[1].seconds <= 8 * of[0].seconds + 0.2);
    assert_true(of[1].memory <= 6 * of[0].memory + ((size_t)4 << 20));
}

/* ------------------------------------------------------------------- texts */

/* Words of four to ten letters, no two alike. */
static size_t
put_word(char *to, size_t n)
{
    static const char first[] = "bdfghjklmnprstv", then[] = "aeiouy";
    size_t size = 0;

    for (n += 90; n > 0; n /= 90) {
        to[size++] = first[n % 15];
        to[size++] = then[n / 15 % 6];
    }
    return size;
}

static void
fill_words(char *to, size_t size, const char *between)
{
    size_t at = 0, n = 0;
    char word[32];

    for (; at + sizeof(word) < size; n++) {
        size_t length = put_word(word, n);
        memcpy(to + at, word, length);
        at += length;
        memcpy(to + at, between, strlen(between));
        at += strlen(between);
    }
    memset(to + at, 'a', size - at);
}

/* Whole pieces of UTF-8 only; letters for the rest. */
static void
fill(char *to, size_t size, const char *piece)
{
    size_t length = strlen(piece), at = 0;

    for (; at + length <= size; at += length)
        memcpy(to + at, piece, length);
    memset(to + at, 'a', size - at);
}

static const struct {
    const char *name, *piece; /* NULL: distinct words */
    const char *between;
} texts[] = {
    {"one token", "a", NULL},
    {"distinct words", NULL, " "},
    {"distinct words without spaces", NULL, ""},
    {"distinct words with hyphens", NULL, "-"},
    {"emoji", "\xF0\x9F\x98\x80", NULL},
    {"families of emoji", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", NULL},
    {"flags", "\xF0\x9F\x87\xB8\xF0\x9F\x87\xAA", NULL},
    {"combining marks", "\xCC\x81", NULL},
    {"a letter and marks out of order", "a\xCC\x81\xCC\xA7", NULL},
    {"marks of two classes by turns", "\xCC\x81\xCC\xA7", NULL},
    {"soft hyphens", "a\xC2\xAD", NULL},
    {"zero-width marks", "\xE2\x80\x8D\xE2\x80\x8B", NULL},
    {"ideographs", "\xE6\xBC\xA2", NULL},
    {"digits", "1", NULL},
    {"letters and stops", "a.", NULL},
    {"line feeds", "\n", NULL},
    {"names", "Anna Berg ", NULL},
    {"two letters, told and untold", "JK ringde till QZ. Anna sov. XQ och WZ. ", NULL},
    {"names in a list", "- Anna\n", NULL},
    {"at signs", "a@", NULL},
};

static void
take_text(eft_text text, struct cost *c)
{
    eft_reflection r = {.struct_size = sizeof(r), .text = text, .day = EFT_NO_DAY};
    eft_worker *w = NULL;
    eft_tally *tally = NULL;
    eft_tokens tokens;
    eft_veiled veiled;
    eft_hits hits;

    begin(c);
    assert_int_equal(eft_worker_new(plan, &w, NULL), EFT_OK);
    assert_int_equal(eft_worker_tokenise(w, text, &tokens, NULL), EFT_OK);
    for (size_t i = 0; i < tokens.count; i++)
        assert_true(tokens.starts[i] < tokens.ends[i] && tokens.ends[i] <= text.size);
    assert_int_equal(eft_worker_veil(w, text, &veiled, NULL), EFT_OK);
    assert_int_equal(veiled.size, text.size);
    assert_int_equal(eft_worker_themes(w, text, &hits, NULL), EFT_OK);
    eft_worker_free(w);
    assert_int_equal(eft_tally_new(plan, &tally, NULL), EFT_OK);
    assert_int_equal(eft_tally_add(tally, &r, NULL), EFT_OK);
    assert_int_equal(eft_tally_count(tally), 1);
    eft_tally_free(tally);
    end(c);
}

static void
hostile_texts_take_time_and_memory_by_their_size(void **state)
{
    char *bytes = malloc(large);

    (void)state;
    assert_non_null(bytes);
    fill(bytes, 1 << 10, "a ");
    for (int i = 0; i < 2; i++) { /* what is made at the first use is made */
        struct cost c;
        take_text((eft_text){bytes, 1 << 10}, &c);
    }
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct cost of[2];
        for (int k = 0; k < 2; k++) {
            size_t size = k == 0 ? large / 4 : large;
            if (texts[i].piece == NULL)
                fill_words(bytes, size, texts[i].between);
            else
                fill(bytes, size, texts[i].piece);
            take_text((eft_text){bytes, size}, &of[k]);
        }
        grows_with_the_size(texts[i].name, large, of);
    }
    free(bytes);
}

/* ------------------------------------------------------------------- files */

static void
write_without_a_line_feed(FILE *f, size_t size)
{
    for (size_t n = 0; n < size; n += 9)
        (void)fputs("reflekt, ", f);
}

static void
write_an_open_quote(FILE *f, size_t size)
{
    (void)fputs("id,writer,text\n1,a,\"", f);
    write_without_a_line_feed(f, size);
}

static void
write_columns(FILE *f, size_t size)
{
    (void)fputs("id,writer,text", f);
    for (size_t i = 0, n = 0; n < size / 2; i++)
        n += (size_t)fprintf(f, ",k%zu", i);
    (void)fputs("\n1,a,Vi hann inte med allt i dag", f);
    for (size_t i = 0, n = 0; n < size / 2; i++)
        n += (size_t)fprintf(f, ",v%zu", i);
    (void)fputs("\n", f);
}

static void
write_cells_of_nothing(FILE *f, size_t size)
{
    (void)fputs("id,writer,text\n1,a,Hej", f);
    for (size_t n = 0; n < size; n++)
        (void)fputc(',', f);
    (void)fputs("\n", f);
}

static void
write_nesting(FILE *f, size_t size)
{
    (void)fputs("{\"text\":\"Hej\"}\n{\"text\":\"Hej\",\"x\":", f);
    for (size_t n = 0; n < size / 2; n++)
        (void)fputc('[', f);
    for (size_t n = 0; n < size / 2; n++)
        (void)fputc(']', f);
    (void)fputs("}\n", f);
}

static void
write_members(FILE *f, size_t size)
{
    (void)fputs("{\"text\":\"Hej\"", f);
    for (size_t i = 0, n = 0; n < size; i++)
        n += (size_t)fprintf(f, ",\"m%zu\":%zu", i, i);
    (void)fputs("}\n", f);
}

static void
write_writers(FILE *f, size_t size)
{
    (void)fputs("id,writer,text\n", f);
    for (size_t i = 0, n = 0; n < size; i++)
        n += (size_t)fprintf(f, "%zu,w%zu,Vi hann inte med\n", i, i);
}

static void
write_labels(FILE *f, size_t size)
{
    (void)fputs("id,writer,unit,tags,text\n", f);
    for (size_t i = 0, n = 0; n < size; i++)
        n += (size_t)fprintf(f, "%zu,w%zu,Enhet %zu,tagg %zu,Oro\n", i, i % 9, i, i);
}

static void
write_rows_of_nothing(FILE *f, size_t size)
{
    (void)fputs("id,writer,text\n", f);
    for (size_t n = 0; n < size; n++)
        (void)fputc('\n', f);
}

/* `records`: how many of them are counted where that is told; else any number may be. */
static const struct {
    const char *name, *file;
    void (*write)(FILE *f, size_t size);
    int records;
} files[] = {
    {"CSV without a line feed", "a.csv", write_without_a_line_feed, 0},
    {"a quote that is never closed", "b.csv", write_an_open_quote, -1},
    {"columns without end", "c.csv", write_columns, -1},
    {"cells without a column", "d.csv", write_cells_of_nothing, 0},
    {"nesting without end", "e.jsonl", write_nesting, 1},
    {"members without end", "f.jsonl", write_members, -1},
    {"a writer for each text", "g.csv", write_writers, -1},
    {"a unit and a tag for each text", "h.csv", write_labels, -1},
    {"rows of nothing", "i.csv", write_rows_of_nothing, -1},
};

static eft_status
ignore(void *user, const void *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return EFT_OK;
}

static void
take_file(const char *path, int records, struct cost *c)
{
    eft_plan_options p = plan_options(EFT_PLAN_ACCEPT_LANGUAGE);
    eft_input_options in = {
        .struct_size = sizeof(in), .paths = &path, .path_count = 1, .threads = 1};
    eft_run_counts counts = {0};
    eft_tally *tally = NULL;
    eft_error err = {0};

    begin(c);
    eft_status status = eft_run_tally(ctx, &p, &in, &tally, ignore, NULL, &counts, &err);
    eft_tally_free(tally);
    end(c);
    assert_true(status == EFT_OK || status == EFT_E_FORMAT || status == EFT_E_LIMIT ||
                status == EFT_E_MISSING);
    if (records >= 0)
        assert_int_equal(counts.counted, records);
}

static void
hostile_files_take_time_and_memory_by_their_size(void **state)
{
    struct scratch *s = *state;

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct cost of[2];
        for (int k = 0; k < 2; k++) {
            const char *path = scratch_path(s, files[i].file);
            FILE *f = fopen(path, "wb");
            assert_non_null(f);
            files[i].write(f, k == 0 ? large / 4 : large);
            assert_int_equal(fclose(f), 0);
            take_file(path, files[i].records, &of[k]);
            assert_int_equal(remove(path), 0);
        }
        grows_with_the_size(files[i].name, large, of);
    }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_texts_take_time_and_memory_by_their_size),
        cmocka_unit_test_setup_teardown(hostile_files_take_time_and_memory_by_their_size,
                                        scratch_setup, scratch_teardown),
    };

    plan_tool_arguments(argc, argv);
    if (argc > 2)
        large = (size_t)strtoul(argv[2], NULL, 10) * 1000000;
    return cmocka_run_group_tests(tests, set_up, plan_tear_down);
}
