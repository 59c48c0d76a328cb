/*
 * test_edges.c - kernels stay inside the memory that they are handed
 *
 *     | no access | ...... text | no access |    | no access | text ...... | no access |
 *
 * Wide loads take more than a text has, and wide stores more than is kept. Here every
 * buffer ends where a page ends, or begins where one does, and the pages beside it cannot
 * be touched: one byte too far ends the test. (Sanitizers do not see what masked loads
 * and gathers read.) Words looked up this way are held against the portable kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arch/probe.h"
#include "arch/scan.h"

enum { MOST_TEXT = 1300, ROOM = 1 << 16 };

/* Memory between two pages that cannot be touched */
struct fenced {
    char *first;
    size_t size; /* of whole pages */
};

static struct fenced
fence(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (ROOM + page - 1) / page * page;
    char *all =
        mmap(NULL, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    assert_true(all != MAP_FAILED);
    assert_int_equal(mprotect(all + page, size, PROT_READ | PROT_WRITE), 0);
    return (struct fenced){all + page, size};
}

static void
unfence(struct fenced f)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    assert_int_equal(munmap(f.first - page, f.size + 2 * page), 0);
}

/* `size` bytes of zeros at one edge */
static void *
at_edge(struct fenced f, size_t size, bool last)
{
    assert_true(size <= f.size);
    memset(f.first, 0, f.size);
    return last ? f.first + (f.size - size) : f.first;
}

static uint64_t seed = 0x9E3779B97F4A7C15u;

static uint32_t
next_random(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 33) % below);
}

/* Characters that no kernel stops in; the last one is whole. */
static void
write_text(char *out, uint32_t size)
{
    static const char *const some[] = {"a", "n", "E", "i", " ",        " ",        ".",
                                       "t", "2", ",", "s", "\xC3\xA5", "\xC3\xB6", "-",
                                       ":", "r", "(", "e", "\xC2\xA7", "\xC2\xAD"};
    uint32_t at = 0, words = next_random(3) == 0 ? 2 : 20; /* long words, or any text */

    while (at < size) {
        const char *c = some[next_random(words == 2 && next_random(40) != 0 ? 4 : 20)];
        uint32_t n = (uint32_t)strlen(c);
        if (n > size - at)
            continue;
        memcpy(out + at, c, n);
        at += n;
    }
}

/* ------------------------------------------------------------------------------- scan */

struct sets {
    struct fenced memory[10];
};

static void
scan_at_edge(efti_scan_fn *run, const char *text, uint32_t size, struct sets *sets,
             bool last)
{
    static uint64_t filter[EFTI_SCAN_FILTER_WORDS];
    const size_t most = size / 2 + 1, words = (most / 64 + 2) * sizeof(uint64_t);
    const size_t pending = EFTI_SCAN_PENDING * sizeof(uint32_t);
    struct fenced *m = sets->memory;

    memset(filter, 0xFF, sizeof(filter)); /* each word is looked at more closely */
    struct efti_scan s = {
        .bytes = (const unsigned char *)text,
        .size = size,
        .records = at_edge(m[0], (most + EFTI_SCAN_PENDING) * EFTI_SCAN_RECORD, last),
        .starts = at_edge(m[1], pending, last),
        .ends = at_edge(m[2], pending, last),
        .special = at_edge(m[3], words, last),
        .attend = at_edge(m[4], words, last),
        .perhaps = at_edge(m[5], words, last),
        .numbers = at_edge(m[6], words, last),
        .opened = at_edge(m[7], words, last),
        .sieve = memcpy(at_edge(m[8], sizeof(filter), last), filter, sizeof(filter)),
        .wholes = memcpy(at_edge(m[9], sizeof(filter), last), filter, sizeof(filter)),
        .heads = filter};
    while (s.at < size) {
        uint32_t left = size - s.at;
        if (!run(&s, left > EFTI_SCAN_WINDOW ? s.at + EFTI_SCAN_WINDOW : size))
            efti_scan_restart(
                &s, efti_scan_border_after((const unsigned char *)text, s.strange, size));
    }
    efti_scan_finish(&s);
}

static void
no_scan_looks_past_an_edge(void **state)
{
    size_t count;
    const struct efti_scan_path *paths = efti_scan_paths(&count);
    struct fenced text = fence();
    struct sets sets;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(sets.memory); i++)
        sets.memory[i] = fence();
    for (uint32_t size = 0; size <= MOST_TEXT; size++) {
        char *last = at_edge(text, size, true);
        write_text(last, size);
        memmove(text.first, last, size);
        for (size_t i = 0; i < count; i++) {
            if (!paths[i].available())
                continue;
            scan_at_edge(paths[i].run, last, size, &sets, true);
            scan_at_edge(paths[i].run, text.first, size, &sets, false);
        }
    }
    for (size_t i = 0; i < EFTI_COUNT(sets.memory); i++)
        unfence(sets.memory[i]);
    unfence(text);
}

/* ------------------------------------------------------------------------- look-up */

struct token {
    uint32_t start, end, form;
    uint16_t flags;
    uint8_t kind, holds;
};

/* All that a kernel is handed and says; in memory of its own */
struct looked {
    struct fenced memory[5];
    struct token *tokens;
    struct efti_key *keys;
    uint32_t *places, *longer, *missing;
    size_t longer_count, missing_count;
};

static void
hand_out(struct looked *l, const struct token *tokens, size_t count, bool last)
{
    const size_t list = EFTI_PROBE_MOST * sizeof(uint32_t);

    l->tokens = at_edge(l->memory[0], count * sizeof(*tokens), last);
    l->keys = at_edge(l->memory[1], EFTI_PROBE_MOST * sizeof(*l->keys), last);
    l->places = at_edge(l->memory[2], list, last);
    l->longer = at_edge(l->memory[3], list, last);
    l->missing = at_edge(l->memory[4], list, last);
    memcpy(l->tokens, tokens, count * sizeof(*tokens));
}

/* Words, one behind another or with gaps, up to the end of the text */
static size_t
make_tokens(struct token *tokens, uint32_t size)
{
    size_t count = 0;

    for (uint32_t at = 0; at < size && count < EFTI_PROBE_MOST;) {
        uint32_t left = size - at, n = 1 + next_random(next_random(8) == 0 ? 300 : 17);
        struct token *t = &tokens[count++];
        *t = (struct token){.start = at,
                            .end = at + (n < left ? n : left),
                            .kind = (uint8_t)(1 + next_random(10)),
                            .flags = 0x5555,
                            .holds = 0xAA};
        at = t->end + next_random(3);
    }
    return count;
}

static void
look_up(const struct efti_probe *probe, struct efti_probe_table *table, eft_text text,
        size_t count, struct looked *l)
{
    l->longer_count = probe->keys(text, l->tokens, count, l->keys, l->longer);
    for (size_t i = 0; i < l->longer_count; i++) /* as a long word's */
        l->keys[l->longer[i]] = (struct efti_key){l->longer[i], 1};
    probe->ask(table, l->keys, count, l->places);
    l->missing_count =
        probe->find(table->buckets, l->places, l->keys, count, l->tokens, l->missing);
    for (size_t i = 0; i < l->missing_count; i++) /* they have none: it may be any */
        l->tokens[l->missing[i]].form = 0;
}

static bool
say_the_same(const struct looked *a, const struct looked *b, size_t count)
{
    bool same = a->longer_count == b->longer_count &&
                a->missing_count == b->missing_count &&
                memcmp(a->keys, b->keys, count * sizeof(*a->keys)) == 0 &&
                memcmp(a->places, b->places, count * sizeof(*a->places)) == 0 &&
                memcmp(a->tokens, b->tokens, count * sizeof(*a->tokens)) == 0;

    return same && memcmp(a->longer, b->longer, a->longer_count * 4) == 0 &&
           memcmp(a->missing, b->missing, a->missing_count * 4) == 0;
}

/* Half of the words are in the table, which has a few buckets at an edge too. */
static void
fill_table(struct efti_probe_table *table, struct efti_bucket *buckets,
           const struct looked *l, size_t count)
{
    memset(buckets, 0, table->count * sizeof(*buckets));
    for (size_t i = 0; i < count; i++) {
        struct efti_bucket *b = &buckets[l->places[i]];
        unsigned at = 0;
        while (at < EFTI_BUCKET_KEYS && b->keys[at].second != 0 &&
               memcmp(&b->keys[at], &l->keys[i], sizeof(l->keys[i])) != 0)
            at++;
        if (next_random(2) == 0 && at < EFTI_BUCKET_KEYS) {
            b->keys[at] = l->keys[i];
            b->ids[at] = 1000 + (uint32_t)i;
        }
    }
}

static void
look_up_everywhere(struct looked *l, struct fenced text, struct fenced table_memory,
                   uint32_t size, bool last)
{
    static const char *const names[] = {"avx2", "avx512"};
    static struct token tokens[EFTI_PROBE_MOST];
    struct efti_probe_table table = {.count = 1 + next_random(50),
                                     .secrets = {next_random(UINT32_MAX) * 77777777777u,
                                                 next_random(UINT32_MAX) * 999999999999u,
                                                 2 * (uint64_t)next_random(9999999) + 1}};
    const eft_text bytes = {last ? text.first + (text.size - size) : text.first, size};
    size_t count = make_tokens(tokens, size);
    struct efti_bucket *buckets =
        at_edge(table_memory, table.count * sizeof(*buckets), last);

    table.buckets = buckets;
    hand_out(&l[0], tokens, count, last);
    look_up(&efti_probe_portable, &table, bytes, count, &l[0]);
    fill_table(&table, buckets, &l[0], count);
    hand_out(&l[0], tokens, count, last);
    look_up(&efti_probe_portable, &table, bytes, count, &l[0]);
    for (size_t i = 0; i < EFTI_COUNT(names); i++) {
        const struct efti_probe *probe = efti_probe_find(names[i]);
        if (probe == NULL)
            continue;
        hand_out(&l[1], tokens, count, last);
        look_up(probe, &table, bytes, count, &l[1]);
        assert_true(say_the_same(&l[0], &l[1], count));
    }
}

static void
no_look_up_looks_past_an_edge_and_all_find_the_same(void **state)
{
    struct fenced text = fence(), table = fence();
    struct looked l[2];

    (void)state;
    for (size_t i = 0; i < 2 * EFTI_COUNT(l[0].memory); i++)
        l[i % 2].memory[i / 2] = fence();
    for (uint32_t round = 0; round < 4 * MOST_TEXT; round++) {
        uint32_t size = round % MOST_TEXT;
        bool last = round % 3 != 0;
        write_text(at_edge(text, size, last), size);
        look_up_everywhere(l, text, table, size, last);
    }
    for (size_t i = 0; i < 2 * EFTI_COUNT(l[0].memory); i++)
        unfence(l[i % 2].memory[i / 2]);
    unfence(table);
    unfence(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_scan_looks_past_an_edge),
        cmocka_unit_test(no_look_up_looks_past_an_edge_and_all_find_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
