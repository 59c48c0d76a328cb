/*
 * spool.c - what phase B reads again, so that nothing is read or veiled twice
 *
 * An unnamed file (O_TMPFILE, mode 0600; memory when no folder can hold one), written in
 * blocks of 1 MiB, each one message of libsodium's secretstream. The key lives in memory
 * only and is wiped: after a crash the blocks on disk are noise. Blocks cannot be
 * changed, swapped or cut off without the reading end seeing it.
 *
 *   block on disk:  u32 length of the sealed bytes | sealed bytes
 *   plain stream:   records, one after the other, running over block borders
 *   record:         varint bytes that follow | varint record, input, row
 *                   | writer flag [16 bytes]
 *                   | varint sizes and bytes of id, veiled text, assignment, prompt, kept
 *                   | varint votes | varint sentences
 *                   | per sentence: varint terms, varint local term ids
 *                   | varint words, or 0 | unless 0: steps from term to term, in words
 *
 * A put that runs out of memory has written nothing and may be repeated. After a failed
 * write the file cannot be trusted: every later call fails. Once read from the start, the
 * stream is closed and takes no more records; it may be read again.
 */
#include "pipeline/pipeline.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)
#define SEALED (BLOCK + crypto_secretstream_xchacha20poly1305_ABYTES)

struct efti_spool {
    const eft_allocator *mem;
    int fd;
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    crypto_secretstream_xchacha20poly1305_state stream;
    struct efti_bytes plain;  /* waiting to be sealed, or unsealed and not yet taken */
    size_t taken;             /* of plain, when reading */
    unsigned char *sealed;    /* one block */
    struct efti_bytes record; /* being put together */
    bool reading, at_end;
    bool broken; /* a write failed half way */
    EFTI_ARRAY(uint32_t) terms;
    EFTI_ARRAY(uint32_t) ends;
    EFTI_ARRAY(uint32_t) places;
};

static int
unnamed_file(void)
{
    static const char *const folders[] = {"/tmp", "/var/tmp"};
    int fd = -1;

    /* O_EXCL: it can never be given a name later either. */
    for (size_t i = 0; i < EFTI_COUNT(folders) && fd < 0; i++)
        fd = open(folders[i], O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    return fd >= 0 ? fd : memfd_create("spool", MFD_CLOEXEC);
}

/* While writing, `plain` never grows beyond a block: growing would leave veiled text
 * behind in memory that is not wiped. */
static bool
spool_buffers(struct efti_spool *s)
{
    s->sealed = efti_alloc(s->mem, SEALED);
    efti_bytes_init(&s->plain, s->mem);
    efti_bytes_init(&s->record, s->mem);
    return s->sealed != NULL &&
           efti_reserve(s->mem, &s->plain.data, &s->plain.capacity, BLOCK, 1);
}

eft_status
efti_spool_new(const eft_allocator *mem, struct efti_spool **out, eft_error *err)
{
    *out = NULL;
    struct efti_spool *s = efti_zalloc(mem, 1, sizeof(*s));
    if (s == NULL)
        return efti_no_memory(err, "a spool");
    s->mem = mem;
    s->fd = -1;
    if (!spool_buffers(s)) {
        efti_spool_free(s);
        return efti_no_memory(err, "a spool");
    }
    s->fd = unnamed_file();
    if (s->fd < 0) {
        efti_spool_free(s);
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "no unnamed file could be made for the spool: make room in /tmp "
                         "or /var/tmp");
    }
    crypto_secretstream_xchacha20poly1305_keygen(s->key);
    if (crypto_secretstream_xchacha20poly1305_init_push(&s->stream, s->header, s->key) !=
        0) {
        efti_spool_free(s);
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "the spool could not be keyed");
    }
    *out = s;
    return EFT_OK;
}

void
efti_spool_free(struct efti_spool *s)
{
    if (s == NULL)
        return;
    if (s->fd >= 0)
        (void)close(s->fd);
    sodium_memzero(s->key, sizeof(s->key));
    sodium_memzero(&s->stream, sizeof(s->stream));
    if (s->plain.data != NULL)
        sodium_memzero(s->plain.data, s->plain.capacity);
    if (s->record.data != NULL)
        sodium_memzero(s->record.data, s->record.capacity);
    efti_bytes_free(&s->plain);
    efti_bytes_free(&s->record);
    efti_release(s->mem, s->sealed, SEALED);
    EFTI_ARRAY_FREE(s->mem, &s->terms);
    EFTI_ARRAY_FREE(s->mem, &s->ends);
    EFTI_ARRAY_FREE(s->mem, &s->places);
    efti_release(s->mem, s, sizeof(*s));
}

/* Seal what waits in `plain` and write it. */
static eft_status
seal_block(struct efti_spool *s, unsigned char tag, eft_error *err)
{
    unsigned long long length = 0;
    unsigned char head[4];

    (void)crypto_secretstream_xchacha20poly1305_push(&s->stream, s->sealed, &length,
                                                     (const unsigned char *)s->plain.data,
                                                     s->plain.size, NULL, 0, tag);
    for (int i = 0; i < 4; i++)
        head[i] = (unsigned char)(length >> (8 * i));
    s->plain.size = 0;
    s->broken = !efti_write_all(s->fd, head, sizeof(head)) ||
                !efti_write_all(s->fd, s->sealed, (size_t)length);
    return s->broken ? efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                                 "the spool could not be written: is there room in /tmp "
                                 "and /var/tmp?")
                     : EFT_OK;
}

static eft_status
put_plain(struct efti_spool *s, const char *bytes, size_t size, eft_error *err)
{
    while (size > 0) {
        size_t room = BLOCK - s->plain.size, n = size < room ? size : room;
        memcpy(s->plain.data + s->plain.size, bytes, n);
        s->plain.size += n;
        bytes += n;
        size -= n;
        eft_status st = s->plain.size == BLOCK ? seal_block(s, 0, err) : EFT_OK;
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static void
put_sized(struct efti_bytes *b, eft_text text)
{
    efti_put_varint(b, text.size);
    efti_put(b, text.bytes, text.size);
}

static void
put_record(struct efti_bytes *b, const struct efti_spooled *r)
{
    efti_put_varint(b, r->record);
    efti_put_varint(b, r->input);
    efti_put_varint(b, r->row);
    efti_put_char(b, r->has_writer ? 1 : 0);
    if (r->has_writer)
        efti_put(b, r->writer.b, EFTI_ID_SIZE);
    put_sized(b, r->id);
    put_sized(b, r->veiled);
    put_sized(b, r->assignment);
    put_sized(b, r->prompt);
    put_sized(b, r->kept);
    efti_put_varint(b, r->votes);
    efti_put_varint(b, r->sentence_count);
    for (size_t i = 0, at = 0; i < r->sentence_count; i++) {
        efti_put_varint(b, r->sentence_ends[i] - at);
        for (; at < r->sentence_ends[i]; at++)
            efti_put_varint(b, r->terms[at]);
    }
    efti_put_varint(b, r->words);
    for (size_t i = 0; r->words > 0 && i < r->term_count; i++)
        efti_put_varint(b, r->places[i] - (i == 0 ? 0 : r->places[i - 1]));
}

static eft_status
spool_is_broken(eft_error *err)
{
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     "the spool could not be written earlier and is of no use now");
}

eft_status
efti_spool_put(struct efti_spool *s, const struct efti_spooled *record, eft_error *err)
{
    if (s->broken)
        return spool_is_broken(err);
    if (s->reading)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "pairs have been counted already: no reflection can be added");
    efti_bytes_clear(&s->record);
    put_record(&s->record, record);
    if (s->record.failed)
        return efti_no_memory(err, "the spool");
    char size[10];
    struct efti_bytes prefix = {.data = size, .capacity = sizeof(size)};
    efti_put_varint(&prefix, s->record.size);
    eft_status st = put_plain(s, prefix.data, prefix.size, err);
    return st == EFT_OK ? put_plain(s, s->record.data, s->record.size, err) : st;
}

eft_status
efti_spool_rewind(struct efti_spool *s, eft_error *err)
{
    eft_status st = s->broken ? spool_is_broken(err) : EFT_OK;

    if (st == EFT_OK && !s->reading)
        st = seal_block(s, crypto_secretstream_xchacha20poly1305_TAG_FINAL, err);
    if (st != EFT_OK)
        return st;
    s->reading = true;
    s->at_end = false;
    s->taken = 0;
    efti_bytes_clear(&s->plain);
    if (lseek(s->fd, 0, SEEK_SET) != 0 || crypto_secretstream_xchacha20poly1305_init_pull(
                                              &s->stream, s->header, s->key) != 0)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                         "the spool could not be read again");
    return EFT_OK;
}

/* Unseal the next block behind what is left of the last. */
static eft_status
next_block(struct efti_spool *s, eft_error *err)
{
    unsigned char head[4], tag = 0;
    unsigned long long length = 0;
    size_t got;

    if (s->taken > 0) {
        memmove(s->plain.data, s->plain.data + s->taken, s->plain.size - s->taken);
        s->plain.size -= s->taken;
        s->taken = 0;
    }
    /* First, so that the file stays where it is when there is no memory. */
    if (!efti_reserve(s->mem, &s->plain.data, &s->plain.capacity, s->plain.size + BLOCK,
                      1))
        return efti_no_memory(err, "the spool");
    if (!efti_read_all(s->fd, head, sizeof(head), &got) || got < sizeof(head))
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the spool ends too early");
    size_t size = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 |
                  (size_t)head[3] << 24;
    if (size > SEALED || !efti_read_all(s->fd, s->sealed, size, &got) || got < size)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the spool is damaged");
    if (crypto_secretstream_xchacha20poly1305_pull(
            &s->stream, (unsigned char *)s->plain.data + s->plain.size, &length, &tag,
            s->sealed, size, NULL, 0) != 0)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the spool is damaged");
    s->plain.size += (size_t)length;
    s->at_end = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return EFT_OK;
}

static eft_status
take_sentences(struct efti_spool *s, struct efti_cursor *c, eft_error *err)
{
    s->terms.count = s->ends.count = 0;
    for (uint64_t n = efti_take_varint(c); n > 0 && !c->failed; n--) {
        for (uint64_t k = efti_take_varint(c); k > 0 && !c->failed; k--) {
            if (!EFTI_PUSH(s->mem, &s->terms))
                return efti_no_memory(err, "the spool");
            s->terms.items[s->terms.count - 1] = (uint32_t)efti_take_varint(c);
        }
        if (!EFTI_PUSH(s->mem, &s->ends))
            return efti_no_memory(err, "the spool");
        s->ends.items[s->ends.count - 1] = (uint32_t)s->terms.count;
    }
    return EFT_OK;
}

static eft_status
take_places(struct efti_spool *s, struct efti_cursor *c, uint32_t words, eft_error *err)
{
    uint32_t place = 0;

    s->places.count = 0;
    if (words == 0)
        return EFT_OK;
    if (!EFTI_ARRAY_RESERVE(s->mem, &s->places, s->terms.count))
        return efti_no_memory(err, "the spool");
    while (s->places.count < s->terms.count) {
        place += (uint32_t)efti_take_varint(c);
        s->places.items[s->places.count++] = place;
    }
    return EFT_OK;
}

static eft_text
take_sized(struct efti_cursor *c)
{
    size_t size = (size_t)efti_take_varint(c);

    return (eft_text){(const char *)efti_take(c, size), size};
}

static eft_status
take_record(struct efti_spool *s, struct efti_cursor *c, struct efti_spooled *out,
            eft_error *err)
{
    out->record = efti_take_varint(c);
    out->input = efti_take_varint(c);
    out->row = efti_take_varint(c);
    const unsigned char *flag = efti_take(c, 1);
    out->has_writer = flag != NULL && *flag != 0;
    const unsigned char *id = out->has_writer ? efti_take(c, EFTI_ID_SIZE) : NULL;
    if (id != NULL)
        memcpy(out->writer.b, id, EFTI_ID_SIZE);
    out->id = take_sized(c);
    out->veiled = take_sized(c);
    out->assignment = take_sized(c);
    out->prompt = take_sized(c);
    out->kept = take_sized(c);
    out->votes = (uint32_t)efti_take_varint(c);
    eft_status st = take_sentences(s, c, err);
    if (st != EFT_OK)
        return st;
    out->words = (uint32_t)efti_take_varint(c);
    if ((st = take_places(s, c, out->words, err)) != EFT_OK)
        return st;
    out->places = s->places.items;
    if (c->failed || c->at != c->end)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "a spool record is malformed");
    out->terms = s->terms.items;
    out->term_count = s->terms.count;
    out->sentence_ends = s->ends.items;
    out->sentence_count = s->ends.count;
    return EFT_OK;
}

/* The next record, if all of it is in `plain`. */
static bool
record_is_whole(const struct efti_spool *s, struct efti_cursor *c)
{
    c->at = (const unsigned char *)s->plain.data + s->taken;
    c->end = (const unsigned char *)s->plain.data + s->plain.size;
    uint64_t size = efti_take_varint(c);
    if (c->failed || (uint64_t)(c->end - c->at) < size)
        return false;
    c->end = c->at + size;
    return true;
}

eft_status
efti_spool_next(struct efti_spool *s, struct efti_spooled *out, eft_error *err)
{
    *out = (struct efti_spooled){0};
    if (!s->reading)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET, "the spool was not rewound");
    for (;;) {
        struct efti_cursor c = {0};
        if (record_is_whole(s, &c)) {
            eft_status taken = take_record(s, &c, out, err);
            if (taken == EFT_OK)
                s->taken = (size_t)(c.end - (const unsigned char *)s->plain.data);
            else
                *out = (struct efti_spooled){0};
            return taken;
        }
        if (s->at_end)
            return s->taken == s->plain.size
                       ? EFT_END
                       : efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the spool is cut");
        eft_status st = next_block(s, err);
        if (st != EFT_OK)
            return st;
    }
}
