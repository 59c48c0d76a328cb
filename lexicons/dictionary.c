/*
 * dictionary.c - looking words up in ordbok.efd
 *
 * The file is mapped and read in place (dictionary_format.h tells its layout). Opening
 * checks the header, that each section lies inside, and the sum of the hot part; every
 * offset found later is checked when it is followed, and no search visits more slots than
 * the header allows, so damaged bytes elsewhere give wrong answers at worst.
 */
#include "lexicons/dictionary.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct section {
    const unsigned char *bytes;
    uint32_t size; /* bytes of records, or slots of an index */
};

struct efti_dictionary {
    const eft_allocator *mem;
    const unsigned char *bytes;
    size_t size;
    bool mapped;
    uint32_t count;
    struct section forms, index, stems, stem_index, parts, hot, hot_index;
    uint32_t part_bits;
    uint32_t reach, stem_reach, hot_reach, hot_count;
    uint32_t joins[EFTI_DICT_JOINS];
    char hash[65], stemmer[65], lists[65];
    char *source;
    size_t source_size;
};

static uint32_t
field(const struct efti_dictionary *d, unsigned number)
{
    return efti_dict_le32(d->bytes + 8 + 4 * number);
}

/* A section of `size` items of `item` bytes: inside the file and at a multiple of four.
 */
static bool
take_section(const struct efti_dictionary *d, unsigned at_field, unsigned size_field,
             size_t item, struct section *out)
{
    size_t at = field(d, at_field), size = field(d, size_field);

    if (at % 4 != 0 || at < EFTI_DICT_HEADER_SIZE || at > d->size ||
        size > (d->size - at) / item)
        return false;
    *out = (struct section){d->bytes + at, (uint32_t)size};
    return true;
}

static bool
is_power_of_two(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static bool
read_parts(struct efti_dictionary *d)
{
    size_t at = field(d, EFTI_DICT_F_PARTS_AT);
    uint32_t bits = field(d, EFTI_DICT_F_PARTS_BITS);

    if (bits < 5 || bits > 24 || at % 4 != 0 || at < EFTI_DICT_HEADER_SIZE ||
        at > d->size || ((size_t)1 << bits) * 8 > d->size - at)
        return false;
    d->parts = (struct section){d->bytes + at, (uint32_t)1 << bits};
    d->part_bits = bits;
    return true;
}

static bool
read_joins(struct efti_dictionary *d)
{
    size_t at = field(d, EFTI_DICT_F_JOINS_AT);

    if (at < EFTI_DICT_HEADER_SIZE || at > d->size || EFTI_DICT_JOINS * 4 > d->size - at)
        return false;
    for (size_t i = 0; i < EFTI_DICT_JOINS; i++)
        d->joins[i] = efti_dict_le32(d->bytes + at + 4 * i);
    return true;
}

/* The hot part lies at the end, its index behind it. It is read for nearly every form, so
 * summing it up costs its pages nothing that they do not cost later. */
static bool
read_hot(struct efti_dictionary *d)
{
    unsigned char header[EFTI_DICT_HEADER_SIZE];
    size_t at = field(d, EFTI_DICT_F_HOT_AT);

    if (at == 0) {
        d->hot_index = (struct section){d->index.bytes, 1};
        return true; /* and hot_reach is 0: nothing is looked up */
    }
    if (!take_section(d, EFTI_DICT_F_HOT_AT, EFTI_DICT_F_HOT_SIZE, 1, &d->hot) ||
        !take_section(d, EFTI_DICT_F_HOT_INDEX_AT, EFTI_DICT_F_HOT_INDEX_COUNT, 4,
                      &d->hot_index) ||
        !is_power_of_two(d->hot_index.size))
        return false;
    d->hot_reach = field(d, EFTI_DICT_F_HOT_INDEX_REACH);
    d->hot_count = field(d, EFTI_DICT_F_HOT_COUNT);
    memcpy(header, d->bytes, sizeof(header));
    memset(header + EFTI_DICT_SUM_AT, 0, 8);
    uint64_t sum = efti_dict_sum(0, header, sizeof(header));
    return d->hot_reach <= 4096 && efti_dict_sum(sum, d->bytes + at, d->size - at) ==
                                       efti_dict_le64(d->bytes + EFTI_DICT_SUM_AT);
}

static eft_status
read_header(struct efti_dictionary *d, eft_error *err)
{
    const char *damaged = "the dictionary is damaged (build it anew)";

    if (d->size < EFTI_DICT_HEADER_SIZE || memcmp(d->bytes, EFTI_DICT_MAGIC, 8) != 0)
        return efti_fail(err, EFT_E_FORMAT, 0, "this is no dictionary of eftertanke");
    if (field(d, EFTI_DICT_F_VERSION) != EFTI_DICT_VERSION)
        return efti_fail(err, EFT_E_FORMAT, 8, "the dictionary has version %u, not %u",
                         field(d, EFTI_DICT_F_VERSION), EFTI_DICT_VERSION);
    struct section source;
    if (field(d, EFTI_DICT_F_SIZE) != d->size || !read_joins(d) || !read_parts(d) ||
        !take_section(d, EFTI_DICT_F_FORMS_AT, EFTI_DICT_F_FORMS_SIZE, 1, &d->forms) ||
        !take_section(d, EFTI_DICT_F_INDEX_AT, EFTI_DICT_F_INDEX_COUNT, 4, &d->index) ||
        !take_section(d, EFTI_DICT_F_STEMS_AT, EFTI_DICT_F_STEMS_SIZE, 1, &d->stems) ||
        !take_section(d, EFTI_DICT_F_STEM_INDEX_AT, EFTI_DICT_F_STEM_INDEX_COUNT, 4,
                      &d->stem_index) ||
        !take_section(d, EFTI_DICT_F_SOURCE_AT, EFTI_DICT_F_SOURCE_SIZE, 1, &source) ||
        !is_power_of_two(d->index.size) || !is_power_of_two(d->stem_index.size) ||
        !read_hot(d))
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s", damaged);
    d->count = field(d, EFTI_DICT_F_FORM_COUNT);
    d->reach = field(d, EFTI_DICT_F_INDEX_REACH);
    d->stem_reach = field(d, EFTI_DICT_F_STEM_INDEX_REACH);
    /* A third of the slots is free, so runs are short; the builder's longest is some 60.
     */
    if (d->reach > 4096 || d->stem_reach > 4096)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s", damaged);
    efti_hex(d->bytes + EFTI_DICT_HASH_AT, 32, d->hash);
    efti_hex(d->bytes + EFTI_DICT_STEMMER_AT, 32, d->stemmer);
    efti_hex(d->bytes + EFTI_DICT_LISTS_AT, 32, d->lists);
    d->source_size = (size_t)source.size + 1;
    d->source = efti_alloc(d->mem, d->source_size);
    if (d->source == NULL)
        return efti_no_memory(err, "the dictionary");
    memcpy(d->source, source.bytes, source.size);
    d->source[source.size] = '\0';
    return EFT_OK;
}

static eft_status
dictionary_new(const eft_allocator *mem, const void *bytes, size_t size, bool mapped,
               struct efti_dictionary **out, eft_error *err)
{
    *out = NULL;
    struct efti_dictionary *d = efti_zalloc(mem, 1, sizeof(*d));
    if (d == NULL)
        return efti_no_memory(err, "the dictionary");
    d->mem = mem;
    d->bytes = bytes;
    d->size = size;
    eft_status st = read_header(d, err);
    if (st != EFT_OK) {
        efti_dictionary_free(d);
        return st;
    }
    d->mapped = mapped; /* from here on the mapping is ours */
    *out = d;
    return EFT_OK;
}

eft_status
efti_dictionary_over(const eft_allocator *mem, const void *bytes, size_t size,
                     struct efti_dictionary **out, eft_error *err)
{
    return dictionary_new(mem, bytes, size, false, out, err);
}

eft_status
efti_dictionary_open(const eft_allocator *mem, const char *path,
                     struct efti_dictionary **out, eft_error *err)
{
    struct stat info;
    *out = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "the dictionary cannot be opened (is ordbok.efd installed?)");
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) {
        (void)close(fd);
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "the dictionary is not a regular file, or empty");
    }
    size_t size = (size_t)info.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    (void)close(fd);
    if (bytes == MAP_FAILED && errno == ENOMEM)
        return efti_no_memory(err, "the dictionary");
    if (bytes == MAP_FAILED)
        return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET, "the dictionary cannot be mapped");
    eft_status st = dictionary_new(mem, bytes, size, true, out, err);
    if (st != EFT_OK)
        (void)munmap(bytes, size);
    return st;
}

void
efti_dictionary_free(struct efti_dictionary *d)
{
    if (d == NULL)
        return;
    if (d->mapped) {
        void *bytes;
        memcpy(&bytes, &d->bytes, sizeof(bytes)); /* munmap wants it without const */
        (void)munmap(bytes, d->size);
    }
    efti_release(d->mem, d->source, d->source_size);
    efti_release(d->mem, d, sizeof(*d));
}

/* The bytes of the record at `at`; its number goes to *number. Empty: outside. */
static eft_text
record_at(struct section records, size_t at, uint32_t *number)
{
    const eft_text none = {NULL, 0};

    if (at == 0 || at > records.size || records.size - at < EFTI_DICT_RECORD_SIZE)
        return none;
    const unsigned char *p = records.bytes + at;
    if (p[4] > records.size - at - EFTI_DICT_RECORD_SIZE)
        return none;
    *number = efti_dict_le32(p);
    return (eft_text){(const char *)p + EFTI_DICT_RECORD_SIZE, p[4]};
}

/* What stands behind the letters of a form: the record of its base, / 4; 0: none. */
static uint32_t
base_behind(const struct efti_dictionary *d, eft_text form, uint32_t flags)
{
    if (form.size == 0 || (flags & EFTI_DICT_HAS_BASE) == 0)
        return 0;
    const unsigned char *p = (const unsigned char *)form.bytes + form.size;
    if ((size_t)(d->forms.bytes + d->forms.size - p) < EFTI_DICT_BASE_SIZE)
        return 0;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

/* The record's bytes; empty: not found. */
static eft_text
look_up_hash(struct section index, uint32_t reach, struct section records, uint64_t hash,
             const char *bytes, size_t size, uint32_t *number)
{
    uint32_t tag = (uint32_t)(hash >> 56), at = (uint32_t)hash & (index.size - 1);

    for (uint32_t steps = 0; steps < reach; steps++, at = (at + 1) & (index.size - 1)) {
        uint32_t slot = efti_dict_le32(index.bytes + (size_t)at * 4);
        if (slot == 0)
            break;
        if (slot >> 24 != tag)
            continue;
        eft_text found = record_at(records, (size_t)(slot & 0xFFFFFFu) * 4, number);
        if (efti_equal(found.bytes, found.size, bytes, size))
            return found;
    }
    return (eft_text){NULL, 0};
}

static eft_text
look_up(struct section index, uint32_t reach, struct section records, const char *bytes,
        size_t size, uint32_t *number)
{
    return look_up_hash(index, reach, records, efti_dict_hash(bytes, size), bytes, size,
                        number);
}

/* ------------------------------------------------------------- many at a time */

static const unsigned char *
index_slot(struct section index, uint64_t hash)
{
    return index.bytes + (size_t)((uint32_t)hash & (index.size - 1)) * 4;
}

void
efti_dictionary_prefetch(const struct efti_dictionary *d, uint64_t hash)
{
    if (d == NULL)
        return;
    EFTI_PREFETCH(index_slot(d->hot_index, hash));
    EFTI_PREFETCH(index_slot(d->index, hash));
}

void
efti_dictionary_prefetch_form(const struct efti_dictionary *d, uint64_t hash)
{
    EFTI_PREFETCH(index_slot(d->index, hash));
}

/* The record of the first slot with the right tag; NULL: there is none. It is prefetched
 * by the caller: a compiler may take a function that only prefetches for one without
 * effect. An address past the section harms nobody. */
static const unsigned char *
record_ahead(struct section index, uint32_t reach, struct section records, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 56), at = (uint32_t)hash & (index.size - 1);

    for (uint32_t steps = 0; steps < reach; steps++, at = (at + 1) & (index.size - 1)) {
        uint32_t slot = efti_dict_le32(index.bytes + (size_t)at * 4);
        if (slot == 0)
            return NULL;
        if (slot >> 24 == tag)
            return records.bytes + (size_t)(slot & 0xFFFFFFu) * 4;
    }
    return NULL;
}

void
efti_dictionary_prefetch_word(const struct efti_dictionary *d, uint64_t hash)
{
    if (d == NULL)
        return;
    const unsigned char *record = record_ahead(d->hot_index, d->hot_reach, d->hot, hash);
    if (record == NULL)
        record = record_ahead(d->index, d->reach, d->forms, hash);
    EFTI_PREFETCH(record);
}

/* The hot record at `at`; false: outside. */
static bool
hot_record(const struct efti_dictionary *d, size_t at, struct efti_dictionary_word *out,
           size_t *size)
{
    const unsigned char *p = d->hot.bytes + at;

    if (at == 0 || at > d->hot.size || d->hot.size - at < EFTI_DICT_HOT_SIZE ||
        p[8] > d->hot.size - at - EFTI_DICT_HOT_SIZE || p[9] > p[8] || p[12] > p[8])
        return false;
    *size = p[8];
    *out = (struct efti_dictionary_word){
        .bytes = (const char *)p + EFTI_DICT_HOT_SIZE,
        .flags = efti_dict_le32(p) & EFTI_DICT_PUBLIC,
        .lists = efti_dict_le32(p + 4),
        .base = efti_dict_le32(p + 12) >> 8,
        .stem_size = p[9],
        .shape = p[10],
        .last_part = p[12],
        .told = true,
        .hot = true,
    };
    return true;
}

static bool
look_up_hot(const struct efti_dictionary *d, const char *folded, size_t size,
            uint64_t hash, struct efti_dictionary_word *out)
{
    uint32_t tag = (uint32_t)(hash >> 56), at = (uint32_t)hash & (d->hot_index.size - 1);
    size_t found = 0;

    for (uint32_t steps = 0; steps < d->hot_reach; steps++) {
        uint32_t slot = efti_dict_le32(d->hot_index.bytes + (size_t)at * 4);
        if (slot == 0)
            return false;
        if (slot >> 24 == tag &&
            hot_record(d, (size_t)(slot & 0xFFFFFFu) * 4, out, &found) &&
            efti_equal(out->bytes, found, folded, size))
            return true;
        at = (at + 1) & (d->hot_index.size - 1);
    }
    return false;
}

bool
efti_dictionary_word(const struct efti_dictionary *d, const char *folded, size_t size,
                     uint64_t hash, struct efti_dictionary_word *out)
{
    uint32_t flags;

    if (d != NULL && look_up_hot(d, folded, size, hash, out))
        return true;
    *out = (struct efti_dictionary_word){0};
    if (d == NULL || size == 0 || size > EFTI_DICT_FORM_MAX)
        return false;
    eft_text form =
        look_up_hash(d->index, d->reach, d->forms, hash, folded, size, &flags);
    if (form.size == 0)
        return false;
    unsigned char stem = ((const unsigned char *)form.bytes)[-1];
    out->bytes = form.bytes;
    out->flags = flags & EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
    out->stem_size = stem <= form.size ? stem : 0;
    out->told = (flags & EFTI_DICT_QUIET) != 0;
    out->base = base_behind(d, form, flags);
    return true;
}

uint32_t
efti_dictionary_hot_count(const struct efti_dictionary *d)
{
    return d == NULL ? 0 : d->hot_count;
}

bool
efti_dictionary_hot_next(const struct efti_dictionary *d, size_t *at,
                         struct efti_dictionary_word *out, size_t *size)
{
    if (*at == 0)
        *at = 4; /* no record lies at 0 */
    if (d == NULL || d->hot_count == 0 || !hot_record(d, *at, out, size))
        return false;
    *at += (EFTI_DICT_HOT_SIZE + *size + 3) / 4 * 4;
    return true;
}

bool
efti_dictionary_lists_by(const struct efti_dictionary *d, const char *hash)
{
    return d != NULL && d->hot_count > 0 && strcmp(d->lists, hash) == 0;
}

bool
efti_dictionary_look(const struct efti_dictionary *d, const char *folded, size_t size,
                     struct efti_dictionary_word *out)
{
    return efti_dictionary_word(d, folded, size, efti_dict_hash(folded, size), out);
}

bool
efti_dictionary_stems_by(const struct efti_dictionary *d, const char *fingerprint)
{
    return d != NULL && strcmp(d->stemmer, fingerprint) == 0;
}

static uint32_t
find_all_flags(const struct efti_dictionary *d, const char *folded, size_t size)
{
    uint32_t flags;

    if (d == NULL || size == 0 || size > EFTI_DICT_FORM_MAX ||
        look_up(d->index, d->reach, d->forms, folded, size, &flags).size == 0)
        return 0;
    return flags;
}

uint32_t
efti_dictionary_find(const struct efti_dictionary *d, const char *folded, size_t size)
{
    return find_all_flags(d, folded, size) & EFTI_DICT_PUBLIC &
           ~(uint32_t)EFTI_DICT_COMPOUND;
}

eft_text
efti_dictionary_base(const struct efti_dictionary *d, const char *folded, size_t size)
{
    const eft_text none = {NULL, 0};
    uint32_t flags;

    if (d == NULL || size == 0 || size > EFTI_DICT_FORM_MAX)
        return none;
    eft_text form = look_up(d->index, d->reach, d->forms, folded, size, &flags);
    return record_at(d->forms, (size_t)base_behind(d, form, flags) * 4, &flags);
}

eft_text
efti_dictionary_record(const struct efti_dictionary *d, uint32_t base, uint32_t *flags,
                       bool *quiet)
{
    uint32_t own = 0;
    eft_text form = {NULL, 0};

    if (d != NULL)
        form = record_at(d->forms, (size_t)base * 4, &own);
    *quiet = (own & EFTI_DICT_QUIET) != 0;
    *flags = own & EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
    return form;
}

void
efti_dictionary_prefetch_record(const struct efti_dictionary *d, uint32_t base)
{
    if (d != NULL && (size_t)base * 4 < d->forms.size)
        EFTI_PREFETCH(d->forms.bytes + (size_t)base * 4);
}

eft_text
efti_dictionary_label(const struct efti_dictionary *d, const char *stem, size_t size)
{
    uint32_t record, flags;

    if (d == NULL || size == 0 || size > EFTI_DICT_FORM_MAX ||
        look_up(d->stem_index, d->stem_reach, d->stems, stem, size, &record).size == 0)
        return (eft_text){NULL, 0};
    return record_at(d->forms, record, &flags);
}

eft_text
efti_dictionary_next(const struct efti_dictionary *d, size_t *at, uint32_t *flags)
{
    if (d == NULL)
        return (eft_text){NULL, 0};
    if (*at == 0)
        *at = 4; /* no record lies at 0 */
    for (;;) {
        eft_text form = record_at(d->forms, *at, flags);
        if (form.size == 0)
            return form;
        size_t base = *flags & EFTI_DICT_HAS_BASE ? EFTI_DICT_BASE_SIZE : 0;
        *at += (EFTI_DICT_RECORD_SIZE + form.size + base + 3) / 4 * 4;
        if ((*flags & ~(EFTI_DICT_HAS_BASE | EFTI_DICT_QUIET)) == 0)
            continue; /* known to our lists alone: not listed */
        *flags &= EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
        return form;
    }
}

uint32_t
efti_dictionary_count(const struct efti_dictionary *d)
{
    return d == NULL ? 0 : d->count;
}

const char *
efti_dictionary_hash(const struct efti_dictionary *d)
{
    return d == NULL ? "" : d->hash;
}

const char *
efti_dictionary_source(const struct efti_dictionary *d)
{
    return d == NULL ? "" : d->source;
}

uint32_t
efti_dictionary_joins(const struct efti_dictionary *d, uint32_t first)
{
    uint32_t ends = 0;

    for (uint32_t a = 0; first >> a != 0; a++) {
        if (first >> a & 1)
            ends |= d->joins[a];
    }
    return ends;
}

uint32_t
efti_dictionary_joins_after(const struct efti_dictionary *d, uint32_t first,
                            uint32_t second)
{
    uint32_t ends = 0;

    for (uint32_t a = 0; first >> a != 0; a++) {
        for (uint32_t b = 0; (first >> a & 1) && second >> b != 0; b++) {
            if (second >> b & 1)
                ends |= d->joins[EFTI_DICT_CLASSES + a * EFTI_DICT_CLASSES + b];
        }
    }
    return ends;
}

uint32_t
efti_dictionary_flags(const struct efti_dictionary *d, const char *folded, size_t size)
{
    return find_all_flags(d, folded, size);
}

uint32_t
efti_dictionary_flags_hashed(const struct efti_dictionary *d, const char *folded,
                             size_t size, uint64_t hash)
{
    uint32_t flags;

    if (size == 0 || size > EFTI_DICT_FORM_MAX)
        return 0;
    if (look_up_hash(d->index, d->reach, d->forms, hash, folded, size, &flags).size == 0)
        return 0;
    return flags;
}

struct efti_dictionary_parts
efti_dictionary_parts(const struct efti_dictionary *d)
{
    return (struct efti_dictionary_parts){d->parts.bytes, d->part_bits};
}

const char *
efti_dictionary_installed_path(void)
{
    return EFTI_DICTIONARY_PATH; /* from lexicons/meson.build */
}
