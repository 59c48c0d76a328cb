/*
 * dictionary_open.c - mapping ordbok.efd, and what its header says
 *
 * Opening checks the header, that each section lies inside, and the sum of the hot and
 * the known part; the rest is checked where it is followed (dictionary.c). So it costs
 * the pages of those two and no others.
 */
#include "lexicons/dictionary_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static uint32_t
field(const struct efti_dictionary *d, unsigned number)
{
    return efti_dict_le32(d->bytes + 8 + 4 * number);
}

/* A section of `size` items of `item` bytes: inside the file and at a
 * multiple of four. */
static bool
take_section(const struct efti_dictionary *d, unsigned at_field, unsigned size_field,
             size_t item, struct efti_dict_section *out)
{
    size_t at = field(d, at_field), size = field(d, size_field);

    if (at % 4 != 0 || at < EFTI_DICT_HEADER_SIZE || at > d->size ||
        size > (d->size - at) / item)
        return false;
    *out = (struct efti_dict_section){d->bytes + at, (uint32_t)size};
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
        at > d->size || ((size_t)1 << bits) * 9 > d->size - at)
        return false;
    d->parts = (struct efti_dict_section){d->bytes + at, (uint32_t)1 << bits};
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

/* Its counts fill it to the last byte: what is read of it then lies inside. */
static bool
read_known(struct efti_dictionary *d)
{
    size_t at = field(d, EFTI_DICT_F_KNOWN_AT);

    if (at == 0)
        return true;
    if (at % 4 != 0 || at < field(d, EFTI_DICT_F_HOT_AT) || at > d->size ||
        d->size - at < EFTI_DICT_KNOWN_HEAD)
        return false;
    const unsigned char *p = d->bytes + at, *counts = p + EFTI_DICT_KNOWN_COUNTS;
    uint64_t records = efti_dict_le32(counts), sets = efti_dict_le32(counts + 4),
             words = efti_dict_le32(counts + 8), matcher = efti_dict_le32(counts + 12);
    if (EFTI_DICT_KNOWN_HEAD + records * EFTI_DICT_KNOWN_SIZE + (sets + 1 + words) * 4 +
            matcher !=
        d->size - at)
        return false;
    d->matcher =
        (eft_text){(const char *)d->bytes + (d->size - (size_t)matcher), (size_t)matcher};
    d->known_records = p + EFTI_DICT_KNOWN_HEAD;
    d->known_starts = d->known_records + records * EFTI_DICT_KNOWN_SIZE;
    d->known_words = d->known_starts + (sets + 1) * 4;
    d->known_count = (uint32_t)records;
    d->known_sets = (uint32_t)sets;
    efti_hex(p, 32, d->engine);
    efti_hex(p + EFTI_DICT_KNOWN_LEXICON, 32, d->lexicon);
    return efti_dict_le32(d->known_starts + sets * 4) == words;
}

/* The hot part lies at the end, behind it its index and the known part. They are read for
 * nearly every form, so summing them up costs their pages nothing that they do not cost
 * later. */
static bool
read_hot(struct efti_dictionary *d)
{
    size_t at = field(d, EFTI_DICT_F_HOT_AT);

    if (at == 0) {
        d->hot_index = (struct efti_dict_section){d->index.bytes, 1};
        return field(d, EFTI_DICT_F_KNOWN_AT) == 0; /* hot_reach is 0: no look-ups */
    }
    if (!take_section(d, EFTI_DICT_F_HOT_AT, EFTI_DICT_F_HOT_SIZE, 1, &d->hot) ||
        !take_section(d, EFTI_DICT_F_HOT_INDEX_AT, EFTI_DICT_F_HOT_INDEX_COUNT, 4,
                      &d->hot_index) ||
        !is_power_of_two(d->hot_index.size) || !read_known(d))
        return false;
    d->hot_reach = field(d, EFTI_DICT_F_HOT_INDEX_REACH);
    d->hot_count = field(d, EFTI_DICT_F_HOT_COUNT);
    return d->hot_reach <= 4096 && efti_dict_sum_of(d->bytes, d->size) ==
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
    struct efti_dict_section source;
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
    /* A third of the slots is free, so runs are short; the builder's longest
     * is some 60. */
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

/* ------------------------------------------------------ what the header says */

uint32_t
efti_dictionary_hot_count(const struct efti_dictionary *d)
{
    return d == NULL ? 0 : d->hot_count;
}

bool
efti_dictionary_lists_by(const struct efti_dictionary *d, const char *hash)
{
    return d != NULL && d->hot_count > 0 && strcmp(d->lists, hash) == 0;
}

bool
efti_dictionary_known_by(const struct efti_dictionary *d, const char *engine)
{
    return d != NULL && d->known_count > 0 && strcmp(d->engine, engine) == 0;
}

bool
efti_dictionary_known_with(const struct efti_dictionary *d, const char *lexicon)
{
    return d != NULL && d->known_count > 0 && strcmp(d->lexicon, lexicon) == 0;
}

eft_text
efti_dictionary_known_matcher(const struct efti_dictionary *d)
{
    return d == NULL ? (eft_text){NULL, 0} : d->matcher;
}

uint32_t
efti_dictionary_known_sets(const struct efti_dictionary *d)
{
    return d == NULL ? 0 : d->known_sets + 1;
}

bool
efti_dictionary_stems_by(const struct efti_dictionary *d, const char *fingerprint)
{
    return d != NULL && strcmp(d->stemmer, fingerprint) == 0;
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
