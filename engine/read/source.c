/*
 * source.c - the bytes of one input, in blocks, and which encoding they are in
 *
 *     file, pipe, memory  ->  [ used | record being read ....... | free ]
 *                                    ^start                      ^end
 *
 * A parser looks at [start, end), asks for another block when its record is not complete,
 * and moves `start` when it is. A fill first closes the gap in front, so memory stays at
 * one record plus one block. Blocks are always filled up (a pipe gives its bytes in
 * portions that depend on timing), so that nothing depends on how the bytes arrive.
 *
 * Encoding. UTF-8 unless the bytes say otherwise. Swedish Excel writes Windows-1252,
 * where å is the lone byte E5, which no UTF-8 text contains. The input is undecided while
 * it is pure ASCII. At the first byte above 7F:
 *
 *     it begins a well-formed sequence           -> UTF-8, for good: a later row with a
 *                                                   bad byte is that row's fault
 *     it does not, and in the rest of the block
 *     ill-formed bytes outnumber well-formed
 *     sequences, and nearly all of them have a
 *     meaning in Windows-1252                     -> Windows-1252, the whole input
 *     otherwise                                   -> UTF-8
 *
 * A file of DOS or of an old Macintosh is bad UTF-8 too, but has its å, ä and ö below C0,
 * where Windows-1252 has quotes and dashes, which stand beside words and not in them. It
 * is held to be UTF-8, so that its rows are set aside: read as Windows-1252 it would give
 * words and names that nobody knows.
 *
 * A letter in Windows-1252 followed by a sign of 80-BF can look like UTF-8 (Ä and a curly
 * quote), which is why the block votes and not one byte. A sequence cut by the end of the
 * block waits for the next one.
 */
#include "read/reader.h"

#include <errno.h>
#include <unistd.h>

void
efti_source_init(struct efti_source *s, const eft_allocator *mem, size_t block)
{
    memset(s, 0, sizeof *s);
    s->mem = mem;
    s->fd = -1;
    s->block = block != 0 ? block : EFTI_READ_BLOCK;
}

void
efti_source_end(struct efti_source *s)
{
    if (s->fd >= 0 && s->close_fd)
        (void)close(s->fd); /* only read from: nothing can be lost */
    s->fd = -1;
}

void
efti_source_free(struct efti_source *s)
{
    efti_source_end(s);
    efti_release(s->mem, s->buffer, s->capacity);
    s->buffer = NULL;
    s->capacity = 0;
}

/* ------------------------------------------------------------------ encoding */

static size_t
source_ascii(const char *bytes, size_t size)
{
    size_t at = 0;

    while (size - at >= 8) {
        uint64_t w;
        memcpy(&w, bytes + at, sizeof w);
        if ((w & UINT64_C(0x8080808080808080)) != 0)
            break;
        at += 8;
    }
    while (at < size && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

static bool
source_has_meaning(unsigned char b)
{
    return b != 0x81 && b != 0x8D && b != 0x8F && b != 0x90 && b != 0x9D;
}

static bool
source_in_word(const char *bytes, size_t size, size_t at)
{
    if (at == 0 || at + 1 >= size)
        return false;
    unsigned before = (unsigned char)bytes[at - 1] | 0x20U;
    unsigned after = (unsigned char)bytes[at + 1] | 0x20U;
    return before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z';
}

/* Letters within words: more below C0, apostrophes and dashes apart, than above? */
static bool
source_is_elsewhere(const char *bytes, size_t size)
{
    size_t below = 0, above = 0;

    for (size_t i = 0; i < size; i++) {
        const unsigned char b = (unsigned char)bytes[i];
        if (b < 0x80 || b == 0x92 || b == 0x96 || b == 0x97 ||
            !source_in_word(bytes, size, i))
            continue;
        below += b < 0xA0;
        above += b >= 0xC0;
    }
    return below > above;
}

/* The vote of the block, from its first byte above 7F. */
static bool
source_votes_cp1252(const char *bytes, size_t size)
{
    size_t well = 0, ill = 0, senseless = 0, at = 0;

    while (at < size) {
        const size_t valid = efti_utf8_valid_prefix(bytes + at, size - at);
        for (size_t i = at; i < at + valid; i++)
            well += (unsigned char)bytes[i] >= 0xC0;
        at += valid;
        if (at == size)
            break;
        ill++;
        senseless += !source_has_meaning((unsigned char)bytes[at]);
        at++;
    }
    /* Windows-1252 text has no senseless bytes; a row of garbage should not make a whole
     * file unreadable, so one in sixteen is forgiven (its row is set aside). */
    return ill > well && senseless * 16 <= ill && !source_is_elsewhere(bytes, size);
}

/* May `bytes` be the beginning of a longer well-formed sequence? */
static bool
source_is_cut(const char *bytes, size_t size)
{
    const unsigned char lead = (unsigned char)bytes[0];
    const size_t length = lead < 0xC2 || lead > 0xF4 ? 1
                          : lead < 0xE0              ? 2
                          : lead < 0xF0              ? 3
                                                     : 4;

    if (size >= length)
        return false;
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return false;
    }
    return true;
}

static void
source_look(struct efti_source *s)
{
    const char *rest;
    size_t left;

    if (!s->began || s->encoding != EFTI_UNDECIDED)
        return;
    s->looked += source_ascii(s->buffer + s->looked, s->end - s->looked);
    rest = s->buffer + s->looked;
    left = s->end - s->looked;
    if (left == 0)
        return;
    if (efti_utf8_valid_prefix(rest, left) > 0)
        s->encoding = EFTI_UTF8;
    else if (s->eof || !source_is_cut(rest, left))
        s->encoding = source_votes_cp1252(rest, left) ? EFTI_CP1252 : EFTI_UTF8;
}

/* ------------------------------------------------------------------- reading */

static eft_status
source_read(struct efti_source *s, char *to, size_t size, size_t *got, int *error_number)
{
    *got = 0;
    if (s->fd < 0) {
        *got = s->memory_left < size ? s->memory_left : size;
        if (*got > 0)
            memcpy(to, s->memory, *got);
        s->memory += *got;
        s->memory_left -= *got;
        return EFT_OK;
    }
    if (!efti_read_all(s->fd, to, size, got)) {
        *error_number = errno;
        return EFT_E_IO;
    }
    return EFT_OK;
}

eft_status
efti_source_fill(struct efti_source *s, int *error_number)
{
    size_t got;
    eft_status status;

    if (s->start > 0) {
        memmove(s->buffer, s->buffer + s->start, s->end - s->start);
        s->offset += s->start;
        s->looked = s->looked > s->start ? s->looked - s->start : 0;
        s->end -= s->start;
        s->start = 0;
    }
    if (s->capacity - s->end < s->block) {
        /* doubling: a record of n bytes is copied O(n) in all */
        const size_t grown =
            s->capacity * 2 > s->end + s->block ? s->capacity * 2 : s->end + s->block;
        char *p = efti_resize(s->mem, s->buffer, s->capacity, grown);
        if (p == NULL)
            return EFT_E_NOMEM;
        s->buffer = p;
        s->capacity = grown;
    }
    status = source_read(s, s->buffer + s->end, s->block, &got, error_number);
    if (status != EFT_OK)
        return status;
    s->end += got;
    s->eof = got < s->block;
    source_look(s);
    return EFT_OK;
}

/* Byte order marks: UTF-8's is taken off, UTF-16's makes the input EFTI_UTF16. */
static eft_status
source_begin(struct efti_source *s, int *error_number)
{
    s->start = s->end = s->looked = 0;
    s->offset = 0;
    s->encoding = EFTI_UNDECIDED;
    s->began = s->eof = false;
    while (s->end < 3 && !s->eof) {
        const eft_status status = efti_source_fill(s, error_number);
        if (status != EFT_OK)
            return status;
    }
    if (s->end >= 3 && memcmp(s->buffer, "\xEF\xBB\xBF", 3) == 0) {
        s->start = 3;
        s->encoding = EFTI_UTF8;
    } else if (s->end >= 2 && (memcmp(s->buffer, "\xFF\xFE", 2) == 0 ||
                               memcmp(s->buffer, "\xFE\xFF", 2) == 0)) {
        s->encoding = EFTI_UTF16;
    }
    s->began = true;
    source_look(s);
    return EFT_OK;
}

eft_status
efti_source_fd(struct efti_source *s, int fd, bool close_fd, int *error_number)
{
    s->fd = fd;
    s->close_fd = close_fd;
    return source_begin(s, error_number);
}

eft_status
efti_source_memory(struct efti_source *s, eft_text bytes)
{
    int unused = 0;

    s->fd = -1;
    s->memory = bytes.bytes;
    s->memory_left = bytes.size;
    return source_begin(s, &unused);
}

eft_status
efti_source_skip_line(struct efti_source *s, bool cr_too, int *error_number)
{
    for (;;) {
        while (s->start < s->end) {
            const char c = s->buffer[s->start++];
            if (c == '\n')
                return EFT_OK;
            if (c != '\r' || !cr_too)
                continue;
            if (s->start == s->end && !s->eof) {
                const eft_status status = efti_source_fill(s, error_number);
                if (status != EFT_OK)
                    return status;
            }
            if (s->start < s->end && s->buffer[s->start] == '\n')
                s->start++;
            return EFT_OK;
        }
        if (s->eof)
            return EFT_OK;
        const eft_status status = efti_source_fill(s, error_number);
        if (status != EFT_OK)
            return status;
    }
}
