/*
 * bytes.c - bytes that grow, whole numbers as text, and the small encodings of the state
 * format
 */
#include "base/base.h"

void
efti_bytes_init(struct efti_bytes *b, const eft_allocator *mem)
{
    *b = (struct efti_bytes){.mem = mem};
}

void
efti_bytes_free(struct efti_bytes *b)
{
    if (b->mem != NULL)
        efti_release(b->mem, b->data, b->capacity);
    b->data = NULL;
    b->size = b->capacity = 0;
}

void
efti_bytes_clear(struct efti_bytes *b)
{
    b->size = 0;
    b->failed = false;
}

void
efti_put(struct efti_bytes *b, const void *bytes, size_t size)
{
    size_t need;

    if (b->failed || size == 0)
        return;
    if (EFTI_UNLIKELY(size > b->capacity - b->size)) {
        if (!efti_add(b->size, size, &need) ||
            !efti_reserve(b->mem, &b->data, &b->capacity, need, 1)) {
            b->failed = true;
            return;
        }
    }
    memcpy(b->data + b->size, bytes, size);
    b->size += size;
}

void
efti_put_text(struct efti_bytes *b, const char *nul_terminated)
{
    efti_put(b, nul_terminated, strlen(nul_terminated));
}

void
efti_put_u64(struct efti_bytes *b, uint64_t value)
{
    char digits[20];
    size_t n = sizeof(digits);

    do {
        digits[--n] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    efti_put(b, digits + n, sizeof(digits) - n);
}

void
efti_put_i64(struct efti_bytes *b, int64_t value)
{
    if (value < 0) {
        efti_put_char(b, '-');
        efti_put_u64(b, (uint64_t)0 - (uint64_t)value);
    } else {
        efti_put_u64(b, (uint64_t)value);
    }
}

void
efti_put_json(struct efti_bytes *b, const char *bytes, size_t size)
{
    static const char hex[] = "0123456789abcdef";
    size_t from = 0;

    efti_put_char(b, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        const char *s = escape;
        size_t n = 6, skip = 1;
        if (c == '"' || c == '\\') {
            escape[1] = (char)c;
            n = 2;
        } else if (c == '\n') {
            s = "\\n", n = 2;
        } else if (c == '\t') {
            s = "\\t", n = 2;
        } else if (c == '\r') {
            s = "\\r", n = 2;
        } else if (c == 0xE2 && i + 2 < size && (unsigned char)bytes[i + 1] == 0x80 &&
                   ((unsigned char)bytes[i + 2] & 0xFE) == 0xA8) {
            s = (unsigned char)bytes[i + 2] == 0xA8 ? "\\u2028" : "\\u2029";
            skip = 3;
        } else if (c >= 0x20 && c != 0x7F) {
            continue;
        }
        efti_put(b, bytes + from, i - from);
        efti_put(b, s, n);
        i += skip - 1;
        from = i + 1;
    }
    if (from < size)
        efti_put(b, bytes + from, size - from);
    efti_put_char(b, '"');
}

void
efti_put_varint(struct efti_bytes *b, uint64_t value)
{
    unsigned char out[10];
    size_t n = 0;

    if (EFTI_LIKELY(value < 0x80)) {
        efti_put_char(b, (char)value);
        return;
    }
    do {
        out[n] = (unsigned char)(value & 0x7F);
        value >>= 7;
        if (value != 0)
            out[n] |= 0x80;
        n++;
    } while (value != 0);
    efti_put(b, out, n);
}

void
efti_put_le32(struct efti_bytes *b, uint32_t value)
{
    unsigned char out[4];

    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(value >> (8 * i));
    efti_put(b, out, 4);
}

void
efti_put_le64(struct efti_bytes *b, uint64_t value)
{
    efti_put_le32(b, (uint32_t)value);
    efti_put_le32(b, (uint32_t)(value >> 32));
}

const unsigned char *
efti_take(struct efti_cursor *c, size_t size)
{
    const unsigned char *p = c->at;

    if (c->failed || (size_t)(c->end - c->at) < size) {
        c->failed = true;
        return NULL;
    }
    c->at += size;
    return p;
}

uint64_t
efti_take_varint(struct efti_cursor *c)
{
    uint64_t value = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        const unsigned char *p = efti_take(c, 1);
        if (p == NULL)
            return 0;
        if (shift == 63 && *p > 1)
            break;
        value |= (uint64_t)(*p & 0x7F) << shift;
        if ((*p & 0x80) == 0) {
            if (*p == 0 && shift > 0)
                break; /* a longer spelling than needed: not canonical */
            return value;
        }
    }
    c->failed = true;
    return 0;
}

static uint32_t
take_le32(struct efti_cursor *c)
{
    const unsigned char *p = efti_take(c, 4);
    uint32_t value = 0;

    for (int i = 0; p != NULL && i < 4; i++)
        value |= (uint32_t)p[i] << (8 * i);
    return value;
}

uint64_t
efti_take_le64(struct efti_cursor *c)
{
    uint64_t low = take_le32(c);

    return low | (uint64_t)take_le32(c) << 32;
}
