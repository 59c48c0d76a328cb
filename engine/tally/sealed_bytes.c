/*
 * sealed_bytes.c - a sealed state as canonical bytes, and back
 *
 *     "EFTSEALD" | version
 *     settings:  writer column | scale, twice 8 bytes | n facet names | fingerprints
 *     parties:   n | (name | k | external | tables), rising by name
 *     table:     n | rows, rising by key
 *     row:       keys (as many as the table has) | [labels of a theme] | bits
 *                | [x] | [n] | [r1 | c1] | [writers] | [mean, 8 bytes | count]
 *                | [moments]
 *     BLAKE2b-256 of all before
 *
 * `bits` say what of a row is there. Bytes come from somebody else: the checksum stops
 * accidents, every number is compared with what it may be, and what was read is written
 * anew and must give the same bytes, so that there is one spelling of each sealed state.
 */
#include "tally/sealed.h"

#include "tally/state_format.h"
#include "text/unicode.h"

#define SEALED_DIGEST 32
#define SEALED_MAGIC_SIZE 8
#define MOST_COUNT ((uint64_t)1 << 53) /* what a double holds exactly */
#define MOST_PARTIES 1024              /* so that their sums fit into 64 bits */

enum {
    ROW_SHOWN = 1,
    ROW_X = 2,
    ROW_N = 4,
    ROW_EXACT = 8,
    ROW_MEAN = 16,
    ROW_ROUGH = 32, /* beside ROW_MEAN */
    ROW_MOMENTS = 64,
    ROW_ALL = 127
};

static const unsigned keys_of[EFTI_SEALED_TABLES] = {
    [EFTI_SEALED_OVERVIEW] = 2,
    [EFTI_SEALED_THEMES] = 2,
    [EFTI_SEALED_THEMES_BY_FACET] = 3,
    [EFTI_SEALED_ASSIGNMENT_TAGS] = 2,
    [EFTI_SEALED_ASSIGNMENT_THEMES] = 2,
    [EFTI_SEALED_FEELING_BY_THEME] = 2,
    [EFTI_SEALED_TREND] = 2,
    [EFTI_SEALED_THEME_PAIRS] = 3,
};

/* ------------------------------------------------------------------- writing */

static void
put_row(struct efti_bytes *b, int table, const struct efti_sealed_row *r)
{
    unsigned bits = !r->shown
                        ? 0u
                        : ROW_SHOWN | (r->has_x ? ROW_X : 0u) | (r->has_n ? ROW_N : 0u) |
                              (r->exact ? ROW_EXACT : 0u) |
                              (r->mean != EFTI_MEAN_NONE ? ROW_MEAN : 0u) |
                              (r->mean == EFTI_MEAN_ROUGH ? ROW_ROUGH : 0u) |
                              (r->has_moments ? ROW_MOMENTS : 0u);

    for (unsigned i = 0; i < keys_of[table]; i++)
        efti_state_put_text(b, r->key[i]);
    for (unsigned i = 0; table == EFTI_SEALED_THEMES && i < 2; i++)
        efti_state_put_text(b, r->label[i]);
    efti_put_char(b, (char)bits);
    if ((bits & ROW_X) != 0)
        efti_put_varint(b, r->x);
    if ((bits & ROW_N) != 0)
        efti_put_varint(b, r->n);
    if (bits != 0 && table == EFTI_SEALED_THEME_PAIRS) {
        efti_put_varint(b, r->r1);
        efti_put_varint(b, r->c1);
    }
    if (bits != 0)
        efti_put_varint(b, r->writers);
    if ((bits & ROW_MEAN) != 0) {
        efti_state_put_double(b, r->sum);
        efti_put_varint(b, r->count);
    }
    for (int i = 0; (bits & ROW_MOMENTS) != 0 && i < EFTI_MOMENTS; i++) {
        efti_put_char(b, (char)r->moments[i].mantissa);
        efti_put_char(b, (char)r->moments[i].exponent);
    }
}

eft_status
efti_sealed_put(const struct eft_sealed *s, struct efti_bytes *out, eft_error *err)
{
    unsigned char digest[SEALED_DIGEST];
    size_t start = out->size;

    efti_put(out, EFTI_SEALED_MAGIC, SEALED_MAGIC_SIZE);
    efti_put_varint(out, EFTI_SEALED_VERSION);
    efti_put_varint(out, s->settings.version);
    efti_state_put_settings(out, &s->settings);
    efti_put_varint(out, s->parties.count);
    for (size_t i = 0; i < s->parties.count; i++) {
        const struct efti_sealed_party *p = &s->parties.items[i];
        efti_state_put_text(out, p->name);
        efti_put_varint(out, p->k);
        efti_put_char(out, p->external ? 1 : 0);
        for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
            efti_put_varint(out, p->tables[t].list.count);
            for (size_t r = 0; r < p->tables[t].list.count; r++)
                put_row(out, t, &p->tables[t].list.items[r]);
        }
    }
    if (!out->failed) {
        efti_checksum(out->data + start, out->size - start, digest);
        efti_put(out, digest, sizeof(digest));
    }
    return out->failed ? efti_no_memory(err, "a sealed state") : EFT_OK;
}

/* ------------------------------------------------------------------- reading */

static eft_status
bad_seal(eft_error *err, const char *what)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "not a sealed state that eftertanke wrote, or damaged (%s): ask for "
                     "it again",
                     what);
}

/* At most `most`. */
static uint64_t
take_number(struct efti_cursor *c, uint64_t most)
{
    uint64_t value = efti_take_varint(c);

    if (value > most)
        c->failed = true;
    return c->failed ? 0 : value;
}

/* A count of items of at least `least` bytes: no memory on the word of a number. */
static uint64_t
take_items(struct efti_cursor *c, size_t least)
{
    return take_number(c, (uint64_t)(c->end - c->at) / least);
}

static eft_text
take_string(struct efti_cursor *c)
{
    size_t size = (size_t)take_items(c, 1);
    const char *bytes = (const char *)efti_take(c, size);

    if (bytes == NULL || efti_utf8_valid_prefix(bytes, size) != size) {
        c->failed = true;
        return (eft_text){"", 0};
    }
    return (eft_text){bytes, size};
}

static double
take_double(struct efti_cursor *c)
{
    uint64_t word = efti_take_le64(c);
    double value;

    memcpy(&value, &word, sizeof(value));
    if (value - value != 0.0) /* NaN and infinities */
        c->failed = true;
    return c->failed ? 0 : value;
}

static int
take_byte(struct efti_cursor *c)
{
    const unsigned char *p = efti_take(c, 1);

    return p == NULL ? 0 : *p;
}

/* 0, or two digits with an exponent that no sum of squares leaves. */
static struct efti_two_digits
take_digits(struct efti_cursor *c, bool sign)
{
    struct efti_two_digits d = {(int8_t)take_byte(c), 0};

    d.exponent = (int8_t)take_byte(c);
    int size = d.mantissa < 0 ? -d.mantissa : d.mantissa;
    bool zero = d.mantissa == 0 && d.exponent == 0;
    if (!zero && (size < 10 || size > 99 || d.exponent < -30 || d.exponent > 60 ||
                  (d.mantissa < 0 && !sign)))
        c->failed = true;
    return d;
}

static void
take_row_numbers(struct efti_cursor *c, int table, struct efti_sealed_row *r)
{
    unsigned bits = (unsigned)take_byte(c);

    if (bits > ROW_ALL || (bits != 0 && (bits & ROW_SHOWN) == 0) ||
        (bits & (ROW_MEAN | ROW_ROUGH)) == ROW_ROUGH)
        c->failed = true;
    r->shown = (bits & ROW_SHOWN) != 0;
    r->has_x = (bits & ROW_X) != 0;
    r->has_n = (bits & ROW_N) != 0;
    r->exact = (bits & ROW_EXACT) != 0;
    r->mean = (bits & ROW_ROUGH) != 0  ? EFTI_MEAN_ROUGH
              : (bits & ROW_MEAN) != 0 ? EFTI_MEAN_EXACT
                                       : EFTI_MEAN_NONE;
    r->has_moments = (bits & ROW_MOMENTS) != 0;
    if (r->has_x)
        r->x = take_number(c, MOST_COUNT);
    if (r->has_n)
        r->n = take_number(c, MOST_COUNT);
    if (r->shown && table == EFTI_SEALED_THEME_PAIRS) {
        r->r1 = take_number(c, r->n);
        r->c1 = take_number(c, r->n);
        c->failed = c->failed || !r->has_x || !r->has_n || r->x > r->r1 || r->x > r->c1 ||
                    r->r1 > r->n - (r->c1 - r->x);
    }
    if (r->has_n && (r->n == 0 || (r->has_x && r->x > r->n)))
        c->failed = true;
    if (r->shown)
        r->writers = take_number(c, MOST_COUNT);
    if (r->has_x && r->writers > r->x)
        c->failed = true;
    if (r->mean != EFTI_MEAN_NONE) {
        r->sum = take_double(c);
        r->count = take_number(c, MOST_COUNT);
        c->failed = c->failed || r->count == 0;
    }
    if (r->has_moments && !(r->has_x && r->has_n) && r->mean != EFTI_MEAN_EXACT)
        c->failed = true;
    for (int i = 0; r->has_moments && i < EFTI_MOMENTS; i++)
        r->moments[i] = take_digits(c, i == EFTI_MOMENT_CROSS);
}

static struct efti_sealed_row
take_row(struct efti_cursor *c, int table)
{
    struct efti_sealed_row r = {.key = {{"", 0}, {"", 0}, {"", 0}},
                                .label = {{"", 0}, {"", 0}}};

    for (unsigned i = 0; i < keys_of[table]; i++)
        r.key[i] = take_string(c);
    for (unsigned i = 0; table == EFTI_SEALED_THEMES && i < 2; i++)
        r.label[i] = take_string(c);
    take_row_numbers(c, table, &r);
    return r;
}

static eft_status
take_party(struct efti_cursor *c, struct eft_sealed *s, eft_error *err)
{
    struct efti_sealed_party *p;
    eft_text name = take_string(c);
    uint32_t k = (uint32_t)take_number(c, UINT32_MAX);
    int external = take_byte(c);
    eft_status st;

    if (c->failed || !efti_party_name_fits(name) || k < 3 || external > 1)
        return bad_seal(err, "a party");
    if ((st = efti_sealed_add_party(s, name, &p, err)) != EFT_OK)
        return st == EFT_E_CONFLICT ? bad_seal(err, "a party") : st;
    p->k = k;
    p->external = external == 1;
    for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
        for (uint64_t n = take_items(c, 3); n > 0; n--) {
            struct efti_sealed_row row = take_row(c, t);
            if (c->failed)
                return bad_seal(err, "a row");
            if ((st = efti_sealed_add_row(s, p, (enum efti_sealed_table)t, &row, err)) !=
                EFT_OK)
                return st;
        }
    }
    if (c->failed)
        return bad_seal(err, "a table");
    st = efti_sealed_settle(p, err);
    return st == EFT_E_INTERNAL ? bad_seal(err, "two rows of one key") : st;
}

static bool
take_sealed_settings(struct efti_cursor *c, struct efti_tally_settings *s)
{
    *s = (struct efti_tally_settings){.version = (uint32_t)take_number(c, UINT32_MAX)};
    s->writer_column = take_number(c, 1) == 1;
    s->feeling_low = take_double(c);
    s->feeling_high = take_double(c);
    s->facet_count = (uint32_t)take_number(c, EFTI_COUNT(s->facet_names));
    for (uint32_t i = 0; i < s->facet_count; i++)
        s->facet_names[i] = take_string(c);
    s->fingerprints = take_string(c);
    return !c->failed;
}

/* One spelling alone: what was read is written again. */
static eft_status
check_spelling(const struct eft_sealed *s, const void *bytes, size_t size, eft_error *err)
{
    struct efti_bytes again;

    efti_bytes_init(&again, &s->mem);
    eft_status st = efti_sealed_put(s, &again, err);
    if (st == EFT_OK && !efti_equal(again.data, again.size, bytes, size))
        st = bad_seal(err, "order");
    efti_bytes_free(&again);
    return st;
}

static eft_status
take_parties(struct efti_cursor *c, struct eft_sealed *s, eft_error *err)
{
    eft_status st = EFT_OK;

    for (uint64_t n = take_number(c, MOST_PARTIES); n > 0 && st == EFT_OK; n--)
        st = take_party(c, s, err);
    if (st == EFT_OK && (c->failed || c->at != c->end))
        st = bad_seal(err, "length");
    return st;
}

eft_status
efti_sealed_take(const eft_allocator *mem, const void *bytes, size_t size,
                 struct eft_sealed **out, eft_error *err)
{
    unsigned char digest[SEALED_DIGEST];
    struct efti_cursor c = {bytes, NULL, false};
    struct efti_tally_settings settings;
    struct eft_sealed *s = NULL;

    *out = NULL;
    if (size < SEALED_MAGIC_SIZE + SEALED_DIGEST ||
        memcmp(bytes, EFTI_SEALED_MAGIC, SEALED_MAGIC_SIZE) != 0)
        return bad_seal(err, "its beginning");
    c.end = c.at + size - SEALED_DIGEST;
    c.at += SEALED_MAGIC_SIZE;
    efti_checksum(bytes, size - SEALED_DIGEST, digest);
    if (memcmp(digest, c.end, sizeof(digest)) != 0)
        return bad_seal(err, "checksum");
    uint64_t version = efti_take_varint(&c);
    if (!c.failed && version != EFTI_SEALED_VERSION)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "a sealed state of another version: this program reads %u",
                         EFTI_SEALED_VERSION);
    if (!take_sealed_settings(&c, &settings))
        return bad_seal(err, "settings");
    eft_status st = efti_sealed_new(mem, &settings, &s, err);
    if (st == EFT_OK)
        st = take_parties(&c, s, err);
    if (st == EFT_OK)
        st = check_spelling(s, bytes, size, err);
    if (st != EFT_OK) {
        efti_sealed_free(s);
        return st;
    }
    *out = s;
    return EFT_OK;
}
