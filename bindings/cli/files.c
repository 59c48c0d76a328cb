/*
 * files.c - files that are read whole, errors, and bytes that wait in memory
 *
 * Paths are never echoed: they can hold a name. The role of the file is named instead.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int
cli_fail(const eft_error *err)
{
    fprintf(stderr, "eftertanke: %s\n",
            err->message[0] == '\0' ? eft_status_name(err->status) : err->message);
    switch (err->status) {
    case EFT_E_RANGE:
    case EFT_E_CONFLICT:
    case EFT_E_REFUSED:
    case EFT_E_LIMIT:
    case EFT_E_CANCELLED: return CLI_USAGE;
    case EFT_E_FORMAT:
    case EFT_E_ENCODING:
    case EFT_E_IO:
    case EFT_E_MISSING: return CLI_INPUT;
    default: return CLI_INTERNAL;
    }
}

char *
cli_read_file(const char *path, const char *what, size_t *size)
{
    struct stat st;
    char *bytes = NULL;
    FILE *f = fopen(path, "rb");

    *size = 0;
    if (f != NULL && fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) &&
        st.st_size < (off_t)1 << 30)
        bytes = malloc((size_t)st.st_size + 1);
    if (bytes != NULL) {
        *size = fread(bytes, 1, (size_t)st.st_size, f);
        bytes[*size] = '\0';
        if (ferror(f)) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (bytes == NULL)
        fprintf(stderr,
                "eftertanke: %s could not be read: is it a file that you may read?\n",
                what);
    if (f != NULL)
        (void)fclose(f);
    return bytes;
}

eft_status
cli_buffer_write(void *user, const void *bytes, size_t size)
{
    struct cli_buffer *b = user;

    if (b->capacity - b->size < size) {
        size_t capacity = (b->capacity + size) * 2;
        char *grown = realloc(b->bytes, capacity);
        if (grown == NULL)
            return EFT_E_NOMEM;
        b->bytes = grown;
        b->capacity = capacity;
    }
    memcpy(b->bytes + b->size, bytes, size);
    b->size += size;
    return EFT_OK;
}

void
cli_put_text(FILE *to, eft_text t)
{
    for (size_t i = 0; i < t.size; i++) {
        unsigned char b = (unsigned char)t.bytes[i];
        /* C0, DEL, and C1, which is C2 80 to C2 9F: a terminal may obey any of them */
        bool c1 = b == 0xC2 && i + 1 < t.size && (unsigned char)t.bytes[i + 1] < 0xA0;
        i += c1;
        (void)fputc(c1 || b < 0x20 || b == 0x7F ? '?' : b, to);
    }
}
