/*
 * probe.c - the choice of a kernel that looks words up, and the portable one
 */
#include "arch/probe.h"

#include "arch/scan_rare.h"

const struct efti_probe *
efti_probe_find(const char *name)
{
#if defined(EFTI_ARCH_X86)
    if ((name == NULL || strcmp(name, "avx512") == 0) && efti_scan_has_avx512())
        return &efti_probe_avx512;
    if ((name == NULL || strcmp(name, "avx2") == 0) && efti_scan_has_avx2())
        return &efti_probe_avx2;
#endif
    return name == NULL || strcmp(name, "portable") == 0 ? &efti_probe_portable : NULL;
}

static inline uint64_t
load_word(const void *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof(v));
    return v;
}

/* The first 16 of `size` bytes, zeros behind them; 16 are read. */
static inline struct efti_key
first_bytes(const char *bytes, size_t size)
{
    static const unsigned char masks[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                            0xFF, 0xFF, 0xFF, 0xFF};
    const unsigned char *mask = masks + 16 - size;

    return (struct efti_key){load_word(bytes) & load_word(mask),
                             load_word(bytes + 8) & load_word(mask + 8)};
}

static size_t
keys_portable(eft_text text, const void *tokens, size_t count, struct efti_key *keys,
              uint32_t *longer)
{
    const unsigned char *token = tokens;
    size_t more = 0;

    for (size_t i = 0; i < count; i++, token += EFTI_PROBE_TOKEN) {
        uint32_t start, end;
        char copy[16] = {0};
        memcpy(&start, token, sizeof(start));
        memcpy(&end, token + 4, sizeof(end));
        size_t size = end - start, kept = size < EFTI_KEY_BYTES ? size : EFTI_KEY_BYTES;
        const char *bytes = text.bytes + start;
        if (EFTI_UNLIKELY(text.size - start < sizeof(copy)))
            bytes = memcpy(copy, bytes, kept);
        keys[i] = first_bytes(bytes, kept);
        keys[i].second |= efti_key_rest(kept, token[14]);
        longer[more] = (uint32_t)i;
        more += size > EFTI_KEY_BYTES;
    }
    return more;
}

static void
ask_portable(const struct efti_probe_table *table, const struct efti_key *keys,
             size_t count, uint32_t *places)
{
    for (size_t i = 0; i < count; i++) {
        places[i] = efti_bucket_of(efti_key_tag(keys[i], table->secrets), table->count);
        EFTI_PREFETCH(&table->buckets[places[i]]);
    }
}

static inline bool
same_key(struct efti_key a, struct efti_key b)
{
    return ((a.first ^ b.first) | (a.second ^ b.second)) == 0;
}

/* Which of the three it is cannot be guessed: so no branch asks. */
static size_t
find_portable(const struct efti_bucket *buckets, const uint32_t *places,
              const struct efti_key *keys, size_t count, void *tokens, uint32_t *missing)
{
    size_t none = 0;
    unsigned char *token = tokens;

    for (size_t i = 0; i < count; i++, token += EFTI_PROBE_TOKEN) {
        const struct efti_bucket *b = &buckets[places[i]];
        unsigned second = same_key(b->keys[1], keys[i]);
        unsigned third = same_key(b->keys[2], keys[i]);
        bool found = (second | third | (unsigned)same_key(b->keys[0], keys[i])) != 0;
        memcpy(token + 8, &b->ids[second + 2 * third], sizeof(b->ids[0]));
        missing[none] = (uint32_t)i;
        none += !found;
    }
    return none;
}

const struct efti_probe efti_probe_portable = {
    .name = "portable",
    .keys = keys_portable,
    .ask = ask_portable,
    .find = find_portable,
};
