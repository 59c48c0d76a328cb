/*
 * io.c - bytes to and from a descriptor, all of them
 *
 * read() and write() may do a part and may be interrupted by a signal; callers here want
 * all or an error. What errno says is left for them: they know which file it was.
 */
#include "base/base.h"

#include <errno.h>
#include <unistd.h>

bool
efti_write_all(int fd, const void *bytes, size_t size)
{
    const char *p = bytes;

    while (size > 0) {
        ssize_t n = write(fd, p, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

bool
efti_read_all(int fd, void *bytes, size_t size, size_t *got)
{
    char *to = bytes;

    *got = 0;
    while (*got < size) {
        ssize_t n = read(fd, to + *got, size - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return true;
}
