/*
 * sort.c - heapsort with a user pointer
 *
 * No memory of its own (qsort_r may call malloc, which a failing allocator could not
 * see) and O(n log n) on every input. Callers give a total order, so that the result does
 * not depend on the order of arrival.
 */
#include "base/base.h"

typedef int (*compare_fn)(const void *, const void *, void *);

static void
swap_items(unsigned char *a, unsigned char *b, size_t size)
{
    unsigned char hold[64];

    while (size > 0) {
        size_t n = size < sizeof(hold) ? size : sizeof(hold);
        memcpy(hold, a, n);
        memcpy(a, b, n);
        memcpy(b, hold, n);
        a += n;
        b += n;
        size -= n;
    }
}

static void
sift_down(unsigned char *base, size_t root, size_t count, size_t size, compare_fn compare,
          void *user)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count)
            return;
        if (child + 1 < count &&
            compare(base + child * size, base + (child + 1) * size, user) < 0)
            child++;
        if (compare(base + root * size, base + child * size, user) >= 0)
            return;
        swap_items(base + root * size, base + child * size, size);
        root = child;
    }
}

void
efti_sort(void *items, size_t count, size_t size, compare_fn compare, void *user)
{
    unsigned char *base = items;

    if (count < 2)
        return;
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = compare(base + (i - 1) * size, base + i * size, user) <= 0;
    if (sorted)
        return;
    for (size_t i = count / 2; i-- > 0;)
        sift_down(base, i, count, size, compare, user);
    for (size_t end = count - 1; end > 0; end--) {
        swap_items(base, base + end * size, size);
        sift_down(base, 0, end, size, compare, user);
    }
}
