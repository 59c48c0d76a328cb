/*
 * reference.c - the pipeline that a good C programmer writes in an afternoon
 *
 * Everything is measured against this:
 *
 *     UTF-8 -> UTF-16 -> ICU word break (sv) -> fold each token -> UTF-8 -> libstemmer
 *           -> hash table of stems with counts
 *
 * and, as the full reference, NFC before and ICU's sentence break after. It is written
 * with care but without tricks: buffers are reused, the table is open addressing with
 * FNV-1a and stores its keys in one block. Nothing of the library is used.
 */
#include "rows.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

struct count {
    char *key;
    uint32_t size;
    uint32_t hash;
    uint64_t n;
};

struct counts {
    struct count *slots;
    size_t room, used; /* room: power of two */
};

struct reference {
    UBreakIterator *words, *sentences;
    const UNormalizer2 *nfc;
    struct sb_stemmer *stemmer;
    struct counts counts;
    UChar *text, *normal;
    int32_t room;
    uint64_t tokens, sentence_count;
};

static uint32_t
fnv1a(const char *p, size_t size)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

static bool
counts_grow(struct counts *c)
{
    size_t room = c->room == 0 ? 1 << 12 : c->room * 2;
    struct count *slots = calloc(room, sizeof(*slots));

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < c->room; i++) {
        if (c->slots[i].key == NULL)
            continue;
        size_t at = c->slots[i].hash & (room - 1);
        while (slots[at].key != NULL)
            at = (at + 1) & (room - 1);
        slots[at] = c->slots[i];
    }
    free(c->slots);
    c->slots = slots;
    c->room = room;
    return true;
}

static bool
counts_add(struct counts *c, const char *key, size_t size)
{
    uint32_t hash = fnv1a(key, size);

    if (c->used * 10 >= c->room * 6 && !counts_grow(c))
        return false;
    size_t at = hash & (c->room - 1);
    while (c->slots[at].key != NULL) {
        struct count *s = &c->slots[at];
        if (s->hash == hash && s->size == size && memcmp(s->key, key, size) == 0) {
            s->n++;
            return true;
        }
        at = (at + 1) & (c->room - 1);
    }
    char *copy = malloc(size + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, key, size);
    c->slots[at] =
        (struct count){.key = copy, .size = (uint32_t)size, .hash = hash, .n = 1};
    c->used++;
    return true;
}

static bool
count_token(struct reference *r, const UChar *token, int32_t size)
{
    UChar folded[256];
    char utf8[768];
    UErrorCode code = U_ZERO_ERROR;
    int32_t bytes;

    int32_t n = u_strFoldCase(folded, 256, token, size, U_FOLD_CASE_DEFAULT, &code);
    u_strToUTF8(utf8, (int32_t)sizeof(utf8), &bytes, folded, n, &code);
    if (U_FAILURE(code)) /* a token above 256 units: left out, there are hardly any */
        return true;
    const sb_symbol *stem = sb_stemmer_stem(r->stemmer, (const sb_symbol *)utf8, bytes);
    r->tokens++;
    return stem != NULL && counts_add(&r->counts, (const char *)stem,
                                      (size_t)sb_stemmer_length(r->stemmer));
}

static bool
run_text(struct reference *r, eft_text text, bool full)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t units;
    const UChar *p = r->text;

    u_strFromUTF8(r->text, r->room, &units, text.bytes, (int32_t)text.size, &code);
    if (full) {
        units = unorm2_normalize(r->nfc, r->text, units, r->normal, r->room, &code);
        p = r->normal;
    }
    ubrk_setText(r->words, p, units, &code);
    if (U_FAILURE(code))
        return false;
    int32_t from = ubrk_first(r->words), to;
    while ((to = ubrk_next(r->words)) != UBRK_DONE) {
        if (ubrk_getRuleStatus(r->words) >= UBRK_WORD_NUMBER &&
            !count_token(r, p + from, to - from))
            return false;
        from = to;
    }
    if (!full)
        return true;
    ubrk_setText(r->sentences, p, units, &code);
    if (U_FAILURE(code))
        return false;
    (void)ubrk_first(r->sentences);
    while (ubrk_next(r->sentences) != UBRK_DONE)
        r->sentence_count++;
    return true;
}

bool
bench_reference_each(const struct bench_texts *texts, bool full, bench_count_fn each,
                     void *user, struct bench_result *out)
{
    struct reference r = {0};
    UErrorCode code = U_ZERO_ERROR;
    size_t longest = 0;
    bool done = true;

    for (size_t i = 0; i < texts->count; i++)
        if (texts->items[i].size > longest)
            longest = texts->items[i].size;
    double start = bench_now();
    r.room = (int32_t)(3 * longest + 16); /* NFC of UTF-16 grows at most threefold */
    r.text = malloc((size_t)r.room * sizeof(UChar));
    r.normal = malloc((size_t)r.room * sizeof(UChar));
    r.words = ubrk_open(UBRK_WORD, "sv", NULL, 0, &code);
    r.sentences = ubrk_open(UBRK_SENTENCE, "sv", NULL, 0, &code);
    r.nfc = unorm2_getNFCInstance(&code);
    r.stemmer = sb_stemmer_new("swedish", "UTF_8");
    if (U_FAILURE(code) || r.text == NULL || r.normal == NULL || r.stemmer == NULL)
        return false;
    for (size_t i = 0; i < texts->count && done; i++)
        done = run_text(&r, texts->items[i], full);
    for (size_t i = 0; each != NULL && i < r.counts.room && done; i++)
        if (r.counts.slots[i].key != NULL)
            done = each(user, r.counts.slots[i].key, r.counts.slots[i].size,
                        r.counts.slots[i].n);
    out->seconds = bench_now() - start;
    out->tokens = r.tokens;
    out->types = r.counts.used;
    out->sum = r.sentence_count;
    return done;
}

bool
bench_reference(const struct bench_texts *texts, struct bench_result *out)
{
    return bench_reference_each(texts, false, NULL, NULL, out);
}

bool
bench_reference_full(const struct bench_texts *texts, struct bench_result *out)
{
    return bench_reference_each(texts, true, NULL, NULL, out);
}
