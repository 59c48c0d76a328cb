/*
 * sort.c - quicksort with a user pointer, heapsort where that goes wrong
 *
 * No memory of its own (qsort_r may call malloc, which a failing allocator could not
 * see) and O(n log n) on every input: a part that was split badly 2 log n times is given
 * to heapsort. Callers give a total order, so that the result depends neither on the
 * order of arrival nor on the way it is found.
 */
#include "base/base.h"

#define FEW 12 /* items that insertion sorts faster than any split */

typedef int (*compare_fn)(const void *, const void *, void *);

struct sorter {
    size_t size; /* of an item */
    compare_fn compare;
    void *user;
};

static inline void
swap_items(unsigned char *a, unsigned char *b, size_t size)
{
    uint64_t x, y;

    for (; size >= 8; a += 8, b += 8, size -= 8) {
        memcpy(&x, a, 8);
        memcpy(&y, b, 8);
        memcpy(a, &y, 8);
        memcpy(b, &x, 8);
    }
    for (; size > 0; a++, b++, size--) {
        unsigned char hold = *a;
        *a = *b;
        *b = hold;
    }
}

static inline bool
is_less(const struct sorter *s, const unsigned char *a, const unsigned char *b)
{
    return s->compare(a, b, s->user) < 0;
}

static void
sift_down(const struct sorter *s, unsigned char *base, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count)
            return;
        if (child + 1 < count &&
            is_less(s, base + child * s->size, base + (child + 1) * s->size))
            child++;
        if (!is_less(s, base + root * s->size, base + child * s->size))
            return;
        swap_items(base + root * s->size, base + child * s->size, s->size);
        root = child;
    }
}

static void
heap_sort(const struct sorter *s, unsigned char *base, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(s, base, i, count);
    for (size_t end = count - 1; end > 0; end--) {
        swap_items(base, base + end * s->size, s->size);
        sift_down(s, base, 0, end);
    }
}

static void
insertion_sort(const struct sorter *s, unsigned char *base, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        unsigned char *at = base + i * s->size;
        for (; at > base && is_less(s, at, at - s->size); at -= s->size)
            swap_items(at, at - s->size, s->size);
    }
}

/* The middle one of first, middle and last goes to the front: sorted and reversed input,
 * the usual kinds, are split in halves. */
static void
choose_pivot(const struct sorter *s, unsigned char *base, size_t count)
{
    unsigned char *a = base, *b = base + count / 2 * s->size;
    unsigned char *c = base + (count - 1) * s->size;

    if (is_less(s, b, a))
        swap_items(a, b, s->size);
    if (is_less(s, c, b)) {
        swap_items(b, c, s->size);
        if (is_less(s, b, a))
            swap_items(a, b, s->size);
    }
    swap_items(a, b, s->size);
}

/* Where the pivot, which is at the front, ends up: nothing before it is larger, nothing
 * behind it smaller. Items like it stop both walks, so that many of them split evenly. */
static size_t
split(const struct sorter *s, unsigned char *base, size_t count)
{
    size_t low = 1, high = count - 1;

    for (;; low++, high--) {
        while (low < count && is_less(s, base + low * s->size, base))
            low++;
        while (high > 0 && is_less(s, base, base + high * s->size))
            high--;
        if (low >= high)
            break;
        swap_items(base + low * s->size, base + high * s->size, s->size);
    }
    swap_items(base, base + high * s->size, s->size);
    return high;
}

/* The smaller part by recursion, the larger one in the loop: the stack stays
 * below log n. */
static void
quick_sort(const struct sorter *s, unsigned char *base, size_t count, unsigned splits)
{
    while (count > FEW) {
        if (splits-- == 0) {
            heap_sort(s, base, count);
            return;
        }
        choose_pivot(s, base, count);
        size_t at = split(s, base, count), behind = count - at - 1;
        unsigned char *right = base + (at + 1) * s->size;
        if (at < behind) {
            quick_sort(s, base, at, splits);
            base = right;
            count = behind;
        } else {
            quick_sort(s, right, behind, splits);
            count = at;
        }
    }
    insertion_sort(s, base, count);
}

void
efti_sort(void *items, size_t count, size_t size, compare_fn compare, void *user)
{
    const struct sorter s = {size, compare, user};
    unsigned char *base = items;
    unsigned splits = 2;
    bool sorted = true;

    for (size_t i = 1; i < count && sorted; i++)
        sorted = compare(base + (i - 1) * size, base + i * size, user) <= 0;
    if (sorted)
        return;
    for (size_t n = count; n > 1; n /= 2)
        splits += 2;
    quick_sort(&s, base, count, splits);
}
