/*
 * record.c - one record as bytes, in the log and in the state file alike
 *
 *     content:  bits | flags | categories | tokens | sentences | words | long words
 *               | forms | [day] | [feeling] | [votes] | n (theme, polarity, hits)*
 *     labels:   unit | assignment | facets | n tags         label id + 1, 0 for none
 *     key:      [16 bytes]
 *
 * `bits` says which of the bracketed parts are there. The order is chosen for sorting:
 * bytes compare by what was counted first, then by labels, then by the hash of the id, so
 * that hashes decide only between records that are alike in everything else.
 *
 * Left to others: that ids are in range and lists sorted. Freezing sees to it, reading a
 * state compares with what freezing would have written.
 */
#include "tally/state.h"

enum { BODY_KEY = 1, BODY_FEELING = 2, BODY_DAY = 4, BODY_VOTES = 8, BODY_ALL = 15 };

void
efti_scratch_free(const eft_allocator *mem, struct tally_scratch *s)
{
    EFTI_ARRAY_FREE(mem, &s->themes);
    EFTI_ARRAY_FREE(mem, &s->tags);
}

size_t
efti_body_bound(size_t theme_count, size_t tag_count)
{
    /* bits 1, eight numbers of 5, day 5, feeling 8, votes 10, labels 10 * 5, tags' number
     * 5, key 16: 135 */
    return 160 + theme_count * 15 + tag_count * 5;
}

static unsigned char *
put_fixed64(unsigned char *p, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        *p++ = (unsigned char)(value >> (8 * i));
    return p;
}

/* Small days of either sign are short: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
static uint32_t
fold_sign(int32_t value)
{
    return (uint32_t)value << 1 ^ (value < 0 ? UINT32_MAX : 0);
}

static int32_t
unfold_sign(uint32_t value)
{
    uint32_t half = value >> 1;

    return (value & 1) != 0 ? -1 - (int32_t)half : (int32_t)half;
}

static unsigned char *
put_numbers(unsigned char *p, const struct efti_record_view *r)
{
    unsigned bits = (r->has_key ? BODY_KEY : 0u) | (r->has_feeling ? BODY_FEELING : 0u) |
                    (r->day != EFTI_NO_DAY_VALUE ? BODY_DAY : 0u) |
                    (r->votes >= 0 ? BODY_VOTES : 0u);
    p = tally_put32(p, bits);
    p = tally_put32(p, r->flags);
    p = tally_put32(p, r->categories);
    p = tally_put32(p, r->tokens);
    p = tally_put32(p, r->sentences);
    p = tally_put32(p, r->words);
    p = tally_put32(p, r->long_words);
    p = tally_put32(p, r->forms);
    if ((bits & BODY_DAY) != 0)
        p = tally_put32(p, fold_sign(r->day));
    if ((bits & BODY_FEELING) != 0) {
        uint64_t word;
        double feeling = r->feeling + 0.0; /* no -0: equal feelings, equal bytes */
        memcpy(&word, &feeling, sizeof(word));
        p = put_fixed64(p, word);
    }
    if ((bits & BODY_VOTES) != 0)
        p = tally_put64(p, (uint64_t)r->votes);
    return p;
}

unsigned char *
efti_body_put(unsigned char *p, const struct efti_record_view *r, uint32_t facet_count,
              unsigned char **content_end)
{
    p = put_numbers(p, r);
    p = tally_put32(p, r->theme_count);
    for (uint32_t i = 0; i < r->theme_count; i++) {
        p = tally_put32(p, r->themes[i].theme);
        p = tally_put32(p, r->themes[i].polarity);
        p = tally_put32(p, r->themes[i].hits);
    }
    if (content_end != NULL)
        *content_end = p;
    p = tally_put32(p, r->unit + 1u); /* EFTI_NO_ID + 1 is 0 */
    p = tally_put32(p, r->assignment + 1u);
    for (uint32_t i = 0; i < facet_count; i++)
        p = tally_put32(p, r->facets[i] + 1u);
    p = tally_put32(p, r->tag_count);
    for (uint32_t i = 0; i < r->tag_count; i++)
        p = tally_put32(p, r->tags[i] + 1u);
    if (r->has_key) {
        memcpy(p, r->key.b, EFTI_ID_SIZE);
        p += EFTI_ID_SIZE;
    }
    return p;
}

static uint32_t
take32(struct efti_cursor *c)
{
    uint64_t value = efti_take_varint(c);

    if (value > UINT32_MAX)
        c->failed = true;
    return (uint32_t)value;
}

/* A list of items that take at least `least` bytes each cannot be longer than what is
 * left: checked before memory is asked for. */
static uint32_t
take_count(struct efti_cursor *c, size_t least)
{
    uint32_t count = take32(c);

    if (count > TALLY_LIST_MAX || (size_t)(c->end - c->at) / least < count)
        c->failed = true;
    return c->failed ? 0 : count;
}

static void
take_numbers(struct efti_cursor *c, struct efti_record_view *r)
{
    uint32_t bits = take32(c);
    uint32_t *const numbers[] = {&r->flags, &r->categories, &r->tokens, &r->sentences,
                                 &r->words, &r->long_words, &r->forms};

    if (bits > BODY_ALL)
        c->failed = true;
    for (size_t i = 0; i < EFTI_COUNT(numbers); i++)
        *numbers[i] = take32(c);
    r->has_key = (bits & BODY_KEY) != 0;
    r->day = (bits & BODY_DAY) != 0 ? unfold_sign(take32(c)) : EFTI_NO_DAY_VALUE;
    if ((bits & BODY_FEELING) != 0) {
        uint64_t word = efti_take_le64(c);
        r->has_feeling = true;
        memcpy(&r->feeling, &word, sizeof(word));
        if (r->feeling - r->feeling != 0.0) /* NaN and infinities */
            c->failed = true;
    }
    r->votes = -1;
    if ((bits & BODY_VOTES) != 0) {
        uint64_t votes = efti_take_varint(c);
        if (votes > INT64_MAX)
            c->failed = true;
        r->votes = c->failed ? -1 : (int64_t)votes;
    }
}

static bool
take_themes(struct efti_cursor *c, const eft_allocator *mem, struct tally_scratch *s)
{
    uint32_t count = take_count(c, 3);

    s->themes.count = 0;
    if (!EFTI_ARRAY_RESERVE(mem, &s->themes, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct efti_theme_count *t = &s->themes.items[s->themes.count++];
        memset(t, 0, sizeof(*t));
        t->theme = take32(c);
        uint32_t polarity = take32(c);
        if (polarity > UINT8_MAX)
            c->failed = true;
        t->polarity = (uint8_t)polarity;
        t->hits = take32(c);
    }
    return true;
}

static bool
take_labels(struct efti_cursor *c, const eft_allocator *mem, uint32_t facet_count,
            struct tally_scratch *s, struct efti_record_view *r)
{
    r->unit = take32(c) - 1u;
    r->assignment = take32(c) - 1u;
    for (uint32_t i = 0; i < 8; i++)
        s->facets[i] = i < facet_count ? take32(c) - 1u : EFTI_NO_ID;
    uint32_t count = take_count(c, 1);
    s->tags.count = 0;
    if (!EFTI_ARRAY_RESERVE(mem, &s->tags, count))
        return false;
    for (uint32_t i = 0; i < count; i++)
        s->tags.items[s->tags.count++] = take32(c) - 1u;
    return true;
}

static void
show_lists(const struct tally_scratch *scratch, struct efti_record_view *r)
{
    r->facets = scratch->facets;
    r->themes = scratch->themes.items;
    r->theme_count = (uint32_t)scratch->themes.count;
    r->tags = scratch->tags.items;
    r->tag_count = (uint32_t)scratch->tags.count;
}

eft_status
efti_body_take(struct efti_cursor *c, const eft_allocator *mem, uint32_t facet_count,
               struct tally_scratch *scratch, struct efti_record_view *r, eft_error *err)
{
    *r = (struct efti_record_view){.writer = EFTI_NO_ID};
    take_numbers(c, r);
    if (!take_themes(c, mem, scratch) || !take_labels(c, mem, facet_count, scratch, r))
        return efti_no_memory(err, "a record of a state");
    if (r->has_key) {
        const unsigned char *key = efti_take(c, EFTI_ID_SIZE);
        if (key != NULL)
            memcpy(r->key.b, key, EFTI_ID_SIZE);
    }
    show_lists(scratch, r);
    return EFT_OK;
}

/* ------------------------------------------------------------------ our own log */

/* As efti_body_take(), of bytes that efti_body_put() wrote in this process: nothing is
 * compared with the end, which is a third of the time. */
static bool
get_lists(const unsigned char **at, const eft_allocator *mem, uint32_t facet_count,
          struct tally_scratch *s, struct efti_record_view *r)
{
    uint32_t count = tally_get32(at);

    if (!EFTI_ARRAY_RESERVE(mem, &s->themes, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct efti_theme_count *t = &s->themes.items[i];
        memset(t, 0, sizeof(*t));
        t->theme = tally_get32(at);
        t->polarity = (uint8_t)tally_get32(at);
        t->hits = tally_get32(at);
    }
    s->themes.count = count;
    r->unit = tally_get32(at) - 1u;
    r->assignment = tally_get32(at) - 1u;
    for (uint32_t i = 0; i < facet_count; i++) /* others: efti_walk_init() */
        s->facets[i] = tally_get32(at) - 1u;
    count = tally_get32(at);
    if (!EFTI_ARRAY_RESERVE(mem, &s->tags, count))
        return false;
    for (uint32_t i = 0; i < count; i++)
        s->tags.items[i] = tally_get32(at) - 1u;
    s->tags.count = count;
    return true;
}

static void
get_numbers(const unsigned char **at, struct efti_record_view *r)
{
    uint32_t bits = tally_get32(at);

    r->flags = tally_get32(at);
    r->categories = tally_get32(at);
    r->tokens = tally_get32(at);
    r->sentences = tally_get32(at);
    r->words = tally_get32(at);
    r->long_words = tally_get32(at);
    r->forms = tally_get32(at);
    r->has_key = (bits & BODY_KEY) != 0;
    r->has_feeling = (bits & BODY_FEELING) != 0;
    r->day = (bits & BODY_DAY) != 0 ? unfold_sign(tally_get32(at)) : EFTI_NO_DAY_VALUE;
    if (r->has_feeling) {
        uint64_t word = 0;
        for (int i = 0; i < 8; i++)
            word |= (uint64_t) * (*at)++ << (8 * i);
        memcpy(&r->feeling, &word, sizeof(word));
    }
    r->votes = (bits & BODY_VOTES) != 0 ? (int64_t)tally_get64(at) : -1;
}

static eft_status
get_body(const unsigned char **at, const eft_allocator *mem, uint32_t facet_count,
         struct tally_scratch *scratch, struct efti_record_view *r, eft_error *err)
{
    *r = (struct efti_record_view){.writer = EFTI_NO_ID};
    get_numbers(at, r);
    if (!get_lists(at, mem, facet_count, scratch, r))
        return efti_no_memory(err, "a record of a tally");
    if (r->has_key) {
        memcpy(r->key.b, *at, EFTI_ID_SIZE);
        *at += EFTI_ID_SIZE;
    }
    show_lists(scratch, r);
    return EFT_OK;
}

void
efti_walk_init(struct tally_walk *w, const struct efti_bytes *log, uint32_t facet_count,
               const eft_allocator *mem)
{
    *w = (struct tally_walk){.mem = mem, .facet_count = facet_count};
    for (size_t i = 0; i < EFTI_COUNT(w->scratch.facets); i++)
        w->scratch.facets[i] = EFTI_NO_ID;
    w->at = (const unsigned char *)log->data;
    w->end = log->size == 0 ? w->at : w->at + log->size;
}

eft_status
efti_walk_next(struct tally_walk *w, eft_error *err)
{
    if (w->at == w->end)
        return EFT_END;
    uint32_t writer = tally_get32(&w->at), size = 0;
    eft_status st =
        get_body(&w->at, w->mem, w->facet_count, &w->scratch, &w->record, err);
    if (st != EFT_OK)
        return st;
    w->record.writer = writer;
    for (int i = 0; i < 4; i++)
        size |= (uint32_t)*w->at++ << (8 * i);
    w->tail = w->at;
    w->tail_end = w->at += size;
    return EFT_OK;
}

void
efti_walk_free(struct tally_walk *w)
{
    if (w->mem != NULL)
        efti_scratch_free(w->mem, &w->scratch);
}

const unsigned char *
efti_tail_terms(const unsigned char *tail, const unsigned char *end)
{
    if (tail == end)
        return NULL;
    for (uint32_t n = 3 * tally_get32(&tail); n > 0; n--)
        (void)tally_get32(&tail);
    for (uint32_t n = tally_get32(&tail); n > 0; n--)
        (void)tally_get32(&tail);
    for (uint32_t n = 3 * tally_get32(&tail); n > 0; n--)
        (void)tally_get32(&tail);
    return tail;
}
