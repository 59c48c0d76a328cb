/*
 * abbreviations.c - one abbreviation, many spellings
 *
 *     t.ex.   t.ex   t. ex.   t ex   tex   T.ex.
 *
 * all stand for "t.ex.". The list knows each by its letters alone ("tex") and says
 * whether it may also be joined or spaced. A spelling in the text is right when it has
 * the letters and, at every stop inside the canonical form, one of
 *
 *     "."      always               ". "     always (t. ex.)
 *     " "      if `spaced`          nothing  if `joined`, and then everywhere
 *
 * where a space may be one that breaks no line, U+00A0 or U+202F.
 *
 * The last stop may be missing where there is another mark of abbreviation (a stop or a
 * space inside) or `joined` allows it: "kap" alone is the word. Capitals without a mark
 * inside are an acronym: FN is not f.n., SKR. at the end of a sentence is not skr. The
 * last stop belongs to the token even when it also ends the sentence, but not when it is
 * part of an ellipsis.
 *
 * Short words make up most of running text, so filters of one bit for each beginning turn
 * away nearly all of them (engine/arch/scan.h): `begins` what needs no stop (tex and the
 * t of t ex; `wholes` of these tex alone), `stopped` what stands before one (kl., t.
 * ex.), `pairs` the first two pieces of a spaced one, `heads` these through the first
 * byte of the second and through its second byte. The answers for the others are
 * remembered by their bytes.
 */
#include "tokenizers/internal.h"

#define MOST_LETTERS                                                                     \
    16 /* bytes of "föreskr" and such; longer words are no abbreviations */
#define MOST_PIECES 4 /* i st f, o dyl, d v s */
/* bytes of a spelling: letters, and a stop and a space or so behind each */
#define MOST_SPELT (3 * MOST_LETTERS)
#define MOST_BARE 6 /* bytes without any stop or space: forts, milj, mån */

/* Letters without stops and spaces, small. 0: too long, or not Latin-1 letters. */
static size_t
letters_of(const char *bytes, size_t size, char out[MOST_LETTERS])
{
    size_t n = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        size_t space = efti_space_size(bytes + i, size - i);
        if (space > 0)
            i += space - 1;
        if (c == '.' || space > 0)
            continue;
        if (n == MOST_LETTERS)
            return 0;
        if (c >= 'A' && c <= 'Z')
            c |= 32;
        if (i > 0 && (unsigned char)bytes[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E)
            c = (unsigned char)(c + 0x20);
        out[n++] = (char)c;
    }
    return n;
}

/* FN, SKR, TF: two capitals or more and no small letter. */
static bool
is_acronym(const char *bytes, size_t size)
{
    size_t high = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c >= 'a' && c <= 'z') || (c >= 0xA0 && c < 0xC0)) /* å is C3 A5, Å C3 85 */
            return false;
        high += c != '.' && c < 0xC0;
    }
    return high > 1;
}

/* Does the text follow the canonical form in an allowed way? */
static bool
spelled(const struct efti_abbreviation *a, const char *bytes, size_t size)
{
    const char *want = a->canonical.bytes;
    size_t want_size = a->canonical.size, at = 0;
    bool marked = false, bare = false;

    for (size_t i = 0; i < want_size; i++) {
        bool inside = i + 1 < want_size;
        if (want[i] != '.' && want[i] != ' ') {
            if (at == size || bytes[at] == '.' ||
                efti_space_size(bytes + at, size - at) > 0)
                return false;
            if (want_size == 2 &&
                bytes[at] != want[i]) /* B. is an initial, b. is "born" */
                return false;
            at++;
        } else if (!inside) {
            bool stop = at < size && bytes[at] == '.';
            at += stop;
            if (!stop && !marked && !a->joined)
                return false;
        } else if (at < size && bytes[at] == '.') {
            at++;
            at += efti_space_size(bytes + at, size - at);
            marked = true;
        } else if (efti_space_size(bytes + at, size - at) > 0) {
            if (!a->spaced)
                return false;
            at += efti_space_size(bytes + at, size - at);
            marked = true;
        } else {
            bare = true;
        }
    }
    if (!marked && is_acronym(bytes, size))
        return false;
    return at == size && (!bare || (a->joined && !marked));
}

const struct efti_abbreviation *
efti_abbreviation_of(const struct efti_lists *lists, const char *bytes, size_t size)
{
    char letters[MOST_LETTERS];
    size_t n = letters_of(bytes, size, letters);

    return n == 0 || lists == NULL ? NULL : efti_lists_abbreviation(lists, letters, n);
}

/* ---------------------------------------------------------------------- the filters */

static void
add(uint64_t *filter, const char *bytes, size_t size)
{
    uint32_t bit = efti_scan_filter_bit(efti_scan_fold(bytes, size < 8 ? size : 8));

    filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* Into `begins`, and into the scanner's sieve before it; `all` bytes are there, the first
 * `size` of them are one word */
static void
add_beginning(struct efti_tokenizer *t, const char *bytes, size_t size, size_t all)
{
    uint32_t four = 0;

    for (size_t i = 0; i < 4 && i < all; i++)
        four |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    uint32_t bit = efti_scan_sieve_bit(four | 0x20202020u, (uint32_t)size);
    t->sieve[bit / 64] |= (uint64_t)1 << bit % 64;
    add(t->begins, bytes, size);
    /* a letter that is one by itself, whatever stands behind: none is listed so far */
    if (size == 1 && all == 1)
        memset(t->sieve, 0xFF, EFTI_SCAN_FILTER_WORDS * sizeof(*t->sieve));
}

/* One that may be written in pieces: its first word of `first` bytes, a space, and its
 * second word, `size` bytes in all; with each kind of space. Words beside U+202F are
 * ICU's and not asked for by the scanner, but `pairs` must know them. */
static void
add_pair(struct efti_tokenizer *t, const char *pair, size_t first, size_t size)
{
    static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};

    for (size_t i = 0; i < EFTI_COUNT(spaces); i++) {
        char way[2 * MOST_LETTERS + 4];
        size_t space = strlen(spaces[i]), all = size - 1 + space;
        memcpy(way, pair, first);
        memcpy(way + first, spaces[i], space);
        memcpy(way + first + space, pair + first + 1, size - first - 1);
        add_beginning(t, way, first, all);
        add(t->pairs, way, all);
        add(t->heads, way, first + 2);
        if (all > first + 2)
            add(t->heads, way, first + 3);
    }
}

void
efti_abbreviation_filters(struct efti_tokenizer *t)
{
    const struct efti_abbreviation *all;
    size_t count = efti_lists_abbreviations(t->lists, &all);

    for (size_t i = 0; i < count; i++) {
        const struct efti_abbreviation *a = &all[i];
        char letters[MOST_LETTERS], pair[2 * MOST_LETTERS + 1];
        size_t n = letters_of(a->canonical.bytes, a->canonical.size, letters);
        size_t first = 0, pieces = 0, size = 0;
        for (size_t j = 0; j < a->canonical.size && size < MOST_LETTERS; j++) {
            bool stop = a->canonical.bytes[j] == '.' || a->canonical.bytes[j] == ' ';
            if (!stop)
                pair[size++] = a->canonical.bytes[j];
            else if (pieces++ == 0 && j + 1 < a->canonical.size)
                pair[first = size, size++] = ' ';
            else if (pieces == 2)
                break;
        }
        if (n == 0)
            continue;
        add(t->stopped, letters, n);
        t->longest = n > t->longest ? (uint32_t)n : t->longest;
        if (n <= MOST_BARE && (a->joined || pieces == 0)) {
            add_beginning(t, letters, n, n);
            add(t->wholes, letters, n);
        }
        if (first == 0)
            continue;
        add(t->stopped, pair, first);
        if (a->spaced)
            add_pair(t, pair, first, size);
    }
}

/* ------------------------------------------------------------------------ look-up */

static inline uint64_t
exact_key_of(eft_text text, uint32_t start, uint32_t size)
{
    uint64_t key = 0;

    if (EFTI_UNLIKELY(text.size - start < sizeof(key))) {
        memcpy(&key, text.bytes + start, size);
        return key;
    }
    memcpy(&key, text.bytes + start, sizeof(key));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return key >> (64 - 8 * size) << (64 - 8 * size);
#else
    return key << (64 - 8 * size) >> (64 - 8 * size);
#endif
}

static struct abbreviation_answer
answer(const struct efti_lists *lists, const char *bytes, uint32_t size)
{
    struct abbreviation_answer a = {.found = efti_abbreviation_of(lists, bytes, size)};
    char stopped[MOST_SPELT + 1];

    if (a.found == NULL || size > MOST_SPELT)
        return (struct abbreviation_answer){0};
    eft_text canonical = a.found->canonical;
    memcpy(stopped, bytes, size);
    stopped[size] = '.';
    a.bare = spelled(a.found, bytes, size);
    a.stopped = canonical.size > 0 && canonical.bytes[canonical.size - 1] == '.' &&
                spelled(a.found, stopped, (size_t)size + 1);
    return a;
}

static struct abbreviation_answer
remembered(struct efti_tokenizer *t, eft_text text, uint32_t start, uint32_t size)
{
    const char *bytes = text.bytes + start;

    if (size > sizeof(uint64_t))
        return answer(t->lists, bytes, size);
    uint64_t key = exact_key_of(text, start, size);
    /* Fibonacci hashing again */
    struct abbreviation_slot *slot =
        &t->slots[key * 0x9E3779B97F4A7C15u >> 54]; /* 64 - log2(ABBREVIATION_SLOTS) */
    if (slot->key != key) {
        slot->key = key;
        slot->answer = answer(t->lists, bytes, size);
    }
    return slot->answer;
}

static bool
may_be_piece(const struct efti_token *raw)
{
    return (raw->holds & ~(uint32_t)(RAW_LETTER | RAW_DOT)) == 0 &&
           raw->end - raw->start <= 5;
}

/* The end with the stop that follows, unless it begins an ellipsis. */
static uint32_t
with_stop(eft_text text, uint32_t end)
{
    if (end < text.size && text.bytes[end] == '.' &&
        (end + 1 == text.size || text.bytes[end + 1] != '.'))
        return end + 1;
    return end;
}

static const struct efti_abbreviation *
try_span(struct efti_tokenizer *t, eft_text text, uint32_t start, uint32_t *end)
{
    const struct abbreviation_answer a = remembered(t, text, start, *end - start);
    uint32_t longer = with_stop(text, *end);

    if (a.stopped && longer > *end)
        *end = longer;
    else if (!a.bare)
        return NULL;
    return a.found;
}

/* May the two pieces at `raw` begin one that is written in pieces? With a space alone
 * between them (t ex, bl a, i st) they must be two that some abbreviation begins with. */
static bool
may_begin(const struct efti_tokenizer *t, eft_text text, const struct efti_token *raw)
{
    uint32_t second = raw[1].end - raw[1].start, both = raw[1].end - raw[0].start;
    uint32_t gap = raw[1].start - raw[0].end;

    if (!may_be_piece(raw))
        return false;
    if (raw[0].holds == EFTI_HOLDS_PLAIN && raw[1].holds == EFTI_HOLDS_PLAIN && gap > 0 &&
        efti_space_size(text.bytes + raw[0].end, gap) == gap)
        return both <= 8 &&
               efti_filter_has(t->pairs, efti_filter_key(text, raw->start, both));
    return raw->end - raw->start == 1 || second == 1 ||
           (unsigned char)text.bytes[raw->start] == 0xC3 || (raw->holds & RAW_DOT) != 0;
}

static size_t
count_pieces(eft_text text, const struct efti_token *raw, size_t left)
{
    size_t pieces = 1;

    while (pieces < MOST_PIECES && pieces < left && may_be_piece(raw + pieces)) {
        uint32_t gap = raw[pieces].start - raw[pieces - 1].end;
        const char *p = text.bytes + raw[pieces - 1].end;
        uint32_t stop = gap > 0 && p[0] == '.';
        if (gap == 0 ||
            (gap > stop && efti_space_size(p + stop, gap - stop) != gap - stop))
            break;
        pieces++;
    }
    return pieces;
}

/*
 * The longest abbreviation that begins at segment `index`. On success `*last` is its last
 * segment and `*end` the byte behind it.
 */
const struct efti_abbreviation *
efti_abbreviation_at(struct efti_tokenizer *t, eft_text text, size_t index, size_t *last,
                     uint32_t *end)
{
    const struct efti_token *raw = t->raw.items + index;
    size_t pieces = 1, left = t->raw.count - index;

    if (t->lists == NULL)
        return NULL;
    if (EFTI_LIKELY(!efti_may_be_abbreviated(t, text, raw)))
        return NULL;
    if (raw->end - raw->start <= 3 && left > 1 && may_begin(t, text, raw))
        pieces = count_pieces(text, raw, left);
    else if (raw->end - raw->start > MOST_BARE &&
             (raw->end == text.size || text.bytes[raw->end] != '.') &&
             (raw->holds & RAW_DOT) == 0)
        return NULL;
    for (; pieces > 0; pieces--) {
        *end = raw[pieces - 1].end;
        const struct efti_abbreviation *a = try_span(t, text, raw->start, end);
        if (a != NULL) {
            *last = index + pieces - 1;
            return a;
        }
    }
    return NULL;
}
