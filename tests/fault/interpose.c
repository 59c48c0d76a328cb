/*
 * interpose.c - malloc that fails once, for the whole program (LD_PRELOAD, glibc)
 *
 * Our own memory goes through eft_allocator, which test_fault.c makes fail at every call.
 * ICU, libxml2, jansson, libyaml, SQLite, libstemmer, the C library and the command line
 * call malloc themselves. Preloaded, this counts all of their calls together:
 *
 *     EFT_MALLOC_FAIL_AT=n   call n answers NULL and ENOMEM, all others work
 *     EFT_MALLOC_FAIL_TO=m   ... all from n to m do
 *     EFT_MALLOC_SPARE=a:b   not where a library or function of such a name is on the
 *                            stack
 *     EFT_MALLOC_COUNT=fd    at the end, the number of calls is written there
 *
 * Calls are counted from the constructor on: what the loader does before is not ours. The
 * __libc_ names are the functions that this hides; asking dlsym for them would allocate.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size); /* no C17 */

#define SEEN __attribute__((visibility("default")))

static atomic_ullong calls;
static unsigned long long fail_from = UINT64_MAX, fail_to;
static int count_fd = -1;
static char names[128];

static unsigned long long
number_of(const char *name, unsigned long long otherwise)
{
    const char *value = getenv(name);

    return value == NULL ? otherwise : strtoull(value, NULL, 10);
}

/* Is the call on behalf of one that is spared? Asked of the few calls that
 * are to fail. */
static int
is_spared(void)
{
    void *frames[64];
    Dl_info info;
    int n = names[0] == '\0' ? 0 : backtrace(frames, 64);

    for (int i = 0; i < n; i++) {
        if (dladdr(frames[i], &info) == 0)
            continue;
        for (const char *name = names; *name != '\0'; name += strlen(name) + 1) {
            if ((info.dli_fname != NULL && strstr(info.dli_fname, name) != NULL) ||
                (info.dli_sname != NULL && strstr(info.dli_sname, name) != NULL))
                return 1;
        }
    }
    return 0;
}

/* "a:b" becomes a list, closed by an empty name. */
static void
take_names(const char *from)
{
    if (from == NULL || strlen(from) + 2 > sizeof(names))
        return;
    for (size_t i = 0; from[i] != '\0'; i++)
        names[i] = from[i] == ':' ? '\0' : from[i];
}

__attribute__((constructor)) static void
begin(void)
{
    unsigned long long from = number_of("EFT_MALLOC_FAIL_AT", UINT64_MAX);
    void *frame[1];

    (void)backtrace(frame, 1); /* loads what it needs now, with malloc */
    take_names(getenv("EFT_MALLOC_SPARE"));
    fail_to = number_of("EFT_MALLOC_FAIL_TO", from);
    count_fd = (int)number_of("EFT_MALLOC_COUNT", (unsigned long long)-1);
    atomic_store(&calls, 0);
    fail_from = from; /* last: nothing fails before */
}

__attribute__((destructor)) static void
tell(void)
{
    char line[32];

    if (count_fd < 0)
        return;
    int n = snprintf(line, sizeof(line), "%llu\n", atomic_load(&calls));
    if (n > 0 && write(count_fd, line, (size_t)n) != n)
        _exit(99);
}

static int
fails(void)
{
    unsigned long long n = atomic_fetch_add(&calls, 1) + 1;

    if (n < fail_from || n > fail_to || is_spared())
        return 0;
    errno = ENOMEM;
    return 1;
}

SEEN void *
malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

SEEN void *
calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

SEEN void *
realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}

SEEN void *
memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

SEEN void *
aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

SEEN int
posix_memalign(void **out, size_t alignment, size_t size)
{
    int kept = errno;
    void *p = fails() ? NULL : __libc_memalign(alignment, size);

    errno = kept; /* it answers, and leaves errno alone */
    if (p == NULL)
        return ENOMEM;
    *out = p;
    return 0;
}
