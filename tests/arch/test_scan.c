/*
 * test_scan.c - all kernels give the same records and the same marks
 *
 * The differential test against ICU compares starts and ends; here the kernels are held
 * against the portable one in all that they say (special, attend, perhaps, where they
 * stop), which needs neither ICU nor the tokenizer. So it can be tried for other CPUs by
 * hand:
 *
 *     aarch64-linux-gnu-gcc -std=c17 -O2 -static -DEFTI_ARCH_NEON -DWITHOUT_CMOCKA \
 *         -Iengine -Iengine/include tests/arch/test_scan.c engine/arch/scan.c \
 *         engine/arch/scan_portable.c engine/arch/scan_neon.c && qemu-aarch64 ./a.out
 */
#include "arch/scan.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef WITHOUT_CMOCKA
#define print_message printf
#define assert_true(x)                                                                   \
    do {                                                                                 \
        if (!(x))                                                                        \
            abort();                                                                     \
    } while (0)
#else
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#endif

enum { MOST_TEXT = 9000, MOST_WORDS = MOST_TEXT / 2 + EFTI_SCAN_PENDING };

/* All that a kernel says of a text */
struct said {
    unsigned char records[MOST_WORDS * EFTI_SCAN_RECORD];
    uint64_t special[MOST_TEXT / 128 + 2], attend[MOST_TEXT / 128 + 2];
    uint64_t perhaps[MOST_TEXT / 128 + 2];
    uint64_t numbers[MOST_TEXT / 128 + 2], opened[MOST_TEXT / 128 + 2];
    uint32_t stops[2 * MOST_TEXT]; /* strange bytes and the borders before them */
    uint32_t count, stop_count;
};

static uint64_t sieve[EFTI_SCAN_FILTER_WORDS], wholes[EFTI_SCAN_FILTER_WORDS],
    heads[EFTI_SCAN_FILTER_WORDS];
static uint64_t seed = 0x1234567890ABCDEFu;

static uint64_t
next_random(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (seed * 0x2545F4914F6CDD1Du) >> 16;
}

static void
scan(efti_scan_fn *run, const char *text, uint32_t size, struct said *out)
{
    static uint32_t pending[2 * EFTI_SCAN_PENDING];
    const unsigned char *bytes = (const unsigned char *)text;

    memset(out, 0, sizeof(*out));
    struct efti_scan s = {.bytes = bytes,
                          .size = size,
                          .records = out->records,
                          .starts = pending,
                          .ends = pending + EFTI_SCAN_PENDING,
                          .special = out->special,
                          .attend = out->attend,
                          .perhaps = out->perhaps,
                          .numbers = out->numbers,
                          .opened = out->opened,
                          .sieve = sieve,
                          .wholes = wholes,
                          .heads = heads,
                          .rest = 0x0102030405060708u,
                          .number = 0x3000u,
                          .opening = 0xC0000000u};
    while (s.at < size) {
        uint32_t left = size - s.at;
        if (!run(&s, left > EFTI_SCAN_WINDOW ? s.at + EFTI_SCAN_WINDOW : size)) {
            out->stops[out->stop_count++] = s.strange;
            out->stops[out->stop_count++] = s.cut;
            efti_scan_restart(&s, efti_scan_border_after(bytes, s.strange, size));
        }
    }
    efti_scan_finish(&s);
    out->count = s.count;
}

static bool
same(const struct said *a, const struct said *b)
{
    return a->count == b->count && a->stop_count == b->stop_count &&
           memcmp(a->stops, b->stops, sizeof(a->stops)) == 0 &&
           memcmp(a->records, b->records, (size_t)a->count * EFTI_SCAN_RECORD) == 0 &&
           memcmp(a->special, b->special, sizeof(a->special)) == 0 &&
           memcmp(a->attend, b->attend, sizeof(a->attend)) == 0 &&
           memcmp(a->numbers, b->numbers, sizeof(a->numbers)) == 0 &&
           memcmp(a->opened, b->opened, sizeof(a->opened)) == 0 &&
           memcmp(a->perhaps, b->perhaps, sizeof(a->perhaps)) == 0;
}

/* Characters that the kernels know, then some that they do not. */
static const char *const common[] = {"a",        "e",        "n",        "r", "E",
                                     " ",        " ",        " ",        ".", ",",
                                     "\xC3\xA5", "\xC3\xA4", "\xC3\xB6", "t"};
static const char *const rare[] = {
    "\n",
    "1",
    "2",
    ":",
    "'",
    ";",
    "-",
    "_",
    "@",
    "\xC2\xB7",
    "\xC2\xAD",
    "\xE2\x80\x99",
    "\xC3\x97",
    "\xC3\xB7",
    "\xC2\xAA",
    "\xCC\x88",
    "\xC2\xA0",
    "\xE2\x82\xAC",
    "\xE2\x80\xA6",
    "\xC5\x81",
    "\xC3\x85",
    "(",
    ")",
    "3",
};
static const char *const strange[] = {"\xE2\x80\x8D", "\xF0\x9F\x98\x80", "\xE2\x80\xAF",
                                      "\xD0\x96"};

#define PICK(set) (set)[next_random() % EFTI_COUNT(set)]

static uint32_t
make_text(char *out)
{
    size_t most = next_random() % 16 == 0 ? MOST_TEXT - 8 : 1 + next_random() % 400;
    uint64_t odd = next_random() % 3 == 0 ? 4 : 0, mixed = 16 + next_random() % 160;
    size_t size = 0;

    while (size < most) {
        uint64_t r = next_random() % 256;
        const char *c = r < odd           ? PICK(strange)
                        : r < odd + mixed ? PICK(rare)
                                          : PICK(common);
        memcpy(out + size, c, strlen(c));
        size += strlen(c);
    }
    return (uint32_t)size;
}

static void
kernels_say_the_same_of_any_text(void **state)
{
    static struct said expected, got;
    static char text[MOST_TEXT];
    size_t count, differing = 0;
    const struct efti_scan_path *paths = efti_scan_paths(&count);

    (void)state;
    for (size_t i = 0; i < EFTI_SCAN_FILTER_WORDS; i++)
        sieve[i] = next_random() & next_random(), wholes[i] = next_random(),
        heads[i] = next_random();
    for (size_t i = 1; i < count; i++)
        print_message("# %s: %s\n", paths[i].name,
                      paths[i].available() ? "compared" : "skipped, not on this CPU");
    for (int round = 0; round < 6000; round++) {
        uint32_t size = make_text(text);
        char *exact = malloc(size);
        assert_true(exact != NULL);
        memcpy(exact, text, size);
        scan(paths[0].run, exact, size, &expected);
        for (size_t i = 1; i < count; i++) {
            if (!paths[i].available())
                continue;
            scan(paths[i].run, exact, size, &got);
            differing += !same(&expected, &got);
        }
        free(exact);
    }
    assert_true(differing == 0);
}

static void
span_of(const struct said *s, uint32_t record, uint32_t *start, uint32_t *end)
{
    const unsigned char *at = s->records + (size_t)record * EFTI_SCAN_RECORD;

    memcpy(start, at, sizeof(*start));
    memcpy(end, at + 4, sizeof(*end));
}

static bool
is_number(const char *text, uint32_t start, uint32_t end)
{
    for (; start < end; start++)
        if (text[start] < '0' || text[start] > '9')
            return false;
    return true;
}

/* `gap`: from the end of the word before to `start` */
static bool
is_opened(const char *text, uint32_t gap, uint32_t start)
{
    if (start - gap == 1)
        return text[gap] == ':' && is_number(text, start, start + 1);
    return start - gap == 2 &&
           (memcmp(text + gap, " (", 2) == 0 || memcmp(text + gap, ": ", 2) == 0);
}

static bool
is_in(const uint64_t *set, uint32_t number)
{
    return (set[number / 64] >> number % 64 & 1) != 0;
}

/* One word at a time: what the kernel says, in its sets and in the record itself */
static bool
is_told(const struct said *s, const char *text, uint32_t record, uint32_t before)
{
    uint32_t start, end;
    uint64_t rest;

    span_of(s, record, &start, &end);
    memcpy(&rest, s->records + (size_t)record * EFTI_SCAN_RECORD + 8, sizeof(rest));
    bool number = is_number(text, start, end);
    bool opened = record > 0 && is_opened(text, before, start);
    uint64_t expected =
        0x0102030405060708u ^ (number ? 0x3000u : 0) ^ (opened ? 0xC0000000u : 0);
    bool attended = record > 0 && is_in(s->attend, record - 1);

    return is_in(s->numbers, record) == number && is_in(s->opened, record) == opened &&
           rest == expected && !(number && is_in(s->special, record)) &&
           !(opened && attended);
}

/* In texts that no kernel stops in: behind a stop nothing is known of what
 * stood before. */
static void
numbers_and_words_behind_an_opening_mark_are_told(void **state)
{
    static struct said got;
    static char text[MOST_TEXT];
    uint32_t numbers = 0, opened = 0, wrong = 0;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        uint32_t size = make_text(text), before = 0, start;
        scan(efti_scan_best()->run, text, size, &got);
        for (uint32_t i = 0; got.stop_count == 0 && i < got.count; i++) {
            wrong += !is_told(&got, text, i, before);
            numbers += is_in(got.numbers, i);
            opened += is_in(got.opened, i);
            span_of(&got, i, &start, &before);
        }
    }
    assert_true(wrong == 0);
    print_message("# %u numbers, %u openings\n", numbers, opened);
    assert_true(numbers > 500 && opened > 100);
}

int
main(void)
{
#ifdef WITHOUT_CMOCKA
    kernels_say_the_same_of_any_text(NULL);
    numbers_and_words_behind_an_opening_mark_are_told(NULL);
    return 0;
#else
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_say_the_same_of_any_text),
        cmocka_unit_test(numbers_and_words_behind_an_opening_mark_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
