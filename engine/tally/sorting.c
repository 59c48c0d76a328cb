/*
 * sorting.c - the three sorts that freezing leans on
 *
 * Tens of millions of postings are sorted as 64-bit numbers, and rows of small numbers by
 * some of their columns, both by radix: bytes from the least significant, each pass
 * stable, passes in which all items agree left out. What is ordered by comparing bytes
 * goes through a merge sort of numbers (base's heapsort needs no memory, but jumps about
 * in it: three times slower from 10^5 items on).
 */
#include "tally/state.h"

/* Below this an insertion sort beats counting 256 buckets for each byte. */
#define FEW 32

static void
insert64(uint64_t *items, size_t count, unsigned from)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] >> from > item >> from; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* One stable pass by the byte at `shift`. */
static void
scatter64(const uint64_t *in, uint64_t *out, size_t count, unsigned shift)
{
    size_t starts[256] = {0};
    size_t at = 0;

    for (size_t i = 0; i < count; i++)
        starts[in[i] >> shift & 0xFF]++;
    for (size_t b = 0; b < 256; b++) {
        size_t n = starts[b];
        starts[b] = at;
        at += n;
    }
    for (size_t i = 0; i < count; i++)
        out[starts[in[i] >> shift & 0xFF]++] = in[i];
}

void
efti_sort64(uint64_t *items, uint64_t *scratch, size_t count, unsigned from)
{
    uint64_t differ = 0;
    bool sorted = true;
    uint64_t *in = items, *out = scratch;

    if (count <= FEW) {
        insert64(items, count, from);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        differ |= items[i] ^ items[0];
        sorted = sorted && items[i - 1] >> from <= items[i] >> from;
    }
    if (sorted)
        return;
    for (unsigned shift = from; shift < 64; shift += 8) {
        if ((differ >> shift & 0xFF) == 0)
            continue;
        scatter64(in, out, count, shift);
        uint64_t *swap = in;
        in = out;
        out = swap;
    }
    if (in != items)
        memcpy(items, in, count * sizeof(*items));
}

static int
compare_rows(const uint32_t *a, const uint32_t *b, const unsigned *keys, size_t key_count)
{
    for (size_t k = 0; k < key_count; k++) {
        if (a[keys[k]] != b[keys[k]])
            return a[keys[k]] < b[keys[k]] ? -1 : 1;
    }
    return 0;
}

static void
scatter_rows(const uint32_t *in, uint32_t *out, size_t count, size_t width, unsigned key,
             unsigned shift)
{
    size_t starts[256] = {0};
    size_t at = 0;

    for (size_t i = 0; i < count; i++)
        starts[in[i * width + key] >> shift & 0xFF]++;
    for (size_t b = 0; b < 256; b++) {
        size_t n = starts[b];
        starts[b] = at;
        at += n;
    }
    for (size_t i = 0; i < count; i++) {
        size_t to = starts[in[i * width + key] >> shift & 0xFF]++;
        memcpy(out + to * width, in + i * width, width * sizeof(*in));
    }
}

static uint32_t
differing_bits(const uint32_t *rows, size_t count, size_t width, unsigned key)
{
    uint32_t differ = 0;

    for (size_t i = 1; i < count; i++)
        differ |= rows[i * width + key] ^ rows[key];
    return differ;
}

void
efti_sort_rows(uint32_t *rows, uint32_t *scratch, size_t count, size_t width,
               const unsigned *keys, size_t key_count)
{
    uint32_t *in = rows, *out = scratch;
    bool sorted = true;

    for (size_t i = 1; i < count && sorted; i++)
        sorted =
            compare_rows(rows + (i - 1) * width, rows + i * width, keys, key_count) <= 0;
    if (sorted)
        return;
    for (size_t k = key_count; k-- > 0;) {
        uint32_t differ = differing_bits(rows, count, width, keys[k]);
        for (unsigned shift = 0; shift < 32; shift += 8) {
            if ((differ >> shift & 0xFF) == 0)
                continue;
            scatter_rows(in, out, count, width, keys[k], shift);
            uint32_t *swap = in;
            in = out;
            out = swap;
        }
    }
    if (in != rows)
        memcpy(rows, in, count * width * sizeof(*rows));
}

static void
insert_index(uint32_t *items, size_t count, tally_compare compare, const void *user)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t item = items[i];
        size_t at = i;
        for (; at > 0 && compare(user, items[at - 1], item) > 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

void
efti_sort_index(uint32_t *items, uint32_t *scratch, size_t count, tally_compare compare,
                const void *user)
{
    size_t half = count / 2, i = 0, j = half, to = 0;

    if (count <= 8) {
        insert_index(items, count, compare, user);
        return;
    }
    efti_sort_index(items, scratch, half, compare, user);
    efti_sort_index(items + half, scratch + half, count - half, compare, user);
    if (compare(user, items[half - 1], items[half]) <= 0)
        return;
    memcpy(scratch, items, half * sizeof(*items));
    while (i < half && j < count) {
        if (compare(user, scratch[i], items[j]) <= 0)
            items[to++] = scratch[i++];
        else
            items[to++] = items[j++];
    }
    memcpy(items + to, scratch + i, (half - i) * sizeof(*items));
}
