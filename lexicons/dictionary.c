/*
 * dictionary.c - looking words up in ordbok.efd
 *
 * The file is mapped and read in place (dictionary_format.h tells its layout,
 * dictionary_open.c checks its header). Every offset is checked when it is followed, and
 * no search visits more slots than the header allows, so damaged bytes give wrong answers
 * at worst.
 */
#include "lexicons/dictionary.h"

#include "lexicons/compound.h"
#include "lexicons/dictionary_file.h"

/* The bytes of the record at `at`; its number goes to *number. Empty: outside. */
static eft_text
record_at(struct efti_dict_section records, size_t at, uint32_t *number)
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

/* What stands behind that: its number in the known part, and above that its cuts. */
static uint32_t
known_behind(const struct efti_dictionary *d, eft_text form, uint32_t flags)
{
    size_t base = (flags & EFTI_DICT_HAS_BASE) != 0 ? EFTI_DICT_BASE_SIZE : 0;
    const unsigned char *p = (const unsigned char *)form.bytes + form.size;

    if ((size_t)(d->forms.bytes + d->forms.size - p) < base + EFTI_DICT_KNOWN_BEHIND)
        return 0;
    return efti_dict_le32(p + base);
}

/* The record's bytes; empty: not found. */
static eft_text
look_up_hash(struct efti_dict_section index, uint32_t reach,
             struct efti_dict_section records, uint64_t hash, const char *bytes,
             size_t size, uint32_t *number)
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
look_up(struct efti_dict_section index, uint32_t reach, struct efti_dict_section records,
        const char *bytes, size_t size, uint32_t *number)
{
    return look_up_hash(index, reach, records, efti_dict_hash(bytes, size), bytes, size,
                        number);
}

/* ------------------------------------------------------------- many at a time */

static const unsigned char *
index_slot(struct efti_dict_section index, uint64_t hash)
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

bool
efti_dictionary_may_hold(const struct efti_dictionary *d, uint64_t hash)
{
    const uint32_t tag = (uint32_t)(hash >> 56), mask = d->index.size - 1;
    uint32_t at = (uint32_t)hash & mask;

    for (uint32_t steps = 0; steps < d->reach; steps++, at = (at + 1) & mask) {
        uint32_t slot = efti_dict_le32(d->index.bytes + (size_t)at * 4);
        if (slot == 0)
            return false;
        if (slot >> 24 == tag)
            return true;
    }
    return false;
}

/* The record of the first slot with the right tag, / 4; 0: there is none. */
static uint32_t
record_ahead(struct efti_dict_section index, uint32_t reach, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 56), at = (uint32_t)hash & (index.size - 1);

    for (uint32_t steps = 0; steps < reach; steps++, at = (at + 1) & (index.size - 1)) {
        uint32_t slot = efti_dict_le32(index.bytes + (size_t)at * 4);
        if (slot == 0)
            return 0;
        if (slot >> 24 == tag)
            return slot & 0xFFFFFFu;
    }
    return 0;
}

void
efti_dictionary_prefetch_found(const struct efti_dictionary *d, uint64_t hash)
{
    EFTI_PREFETCH(d->forms.bytes + (size_t)record_ahead(d->index, d->reach, hash) * 4);
}

/* From its first byte to its last: every third record lies in two lines. An address past
 * the section, in a damaged file, is asked for without harm. */
static void
prefetch_bytes(const unsigned char *first, size_t size)
{
    EFTI_PREFETCH(first);
    EFTI_PREFETCH(first + size - 1);
}

/* A place is the record, / 4, above a bit: in the hot part. */
#define PLACE_HOT 1u

uint32_t
efti_dictionary_place(const struct efti_dictionary *d, uint64_t hash, size_t size)
{
    const size_t behind = EFTI_DICT_BASE_SIZE + EFTI_DICT_KNOWN_BEHIND;

    if (d == NULL)
        return 0;
    uint32_t record = record_ahead(d->hot_index, d->hot_reach, hash);
    if (record != 0) {
        prefetch_bytes(d->hot.bytes + (size_t)record * 4, EFTI_DICT_HOT_SIZE + size);
        return record << 1 | PLACE_HOT;
    }
    record = record_ahead(d->index, d->reach, hash);
    prefetch_bytes(d->forms.bytes + (size_t)record * 4,
                   EFTI_DICT_RECORD_SIZE + size + behind);
    return record << 1;
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
        .known = efti_dict_le32(p + EFTI_DICT_HOT_KNOWN),
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

/* What the record of a form tells; empty: there is none. */
static bool
take_form(const struct efti_dictionary *d, eft_text form, uint32_t flags,
          struct efti_dictionary_word *out)
{
    *out = (struct efti_dictionary_word){0};
    if (form.size == 0)
        return false;
    unsigned char stem = ((const unsigned char *)form.bytes)[-1];
    out->bytes = form.bytes;
    out->flags = flags & EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
    out->stem_size = stem <= form.size ? stem : 0;
    out->told = (flags & EFTI_DICT_QUIET) != 0;
    out->base = base_behind(d, form, flags);
    out->known = known_behind(d, form, flags) & 0xFFFF;
    return true;
}

static bool
look_up_word(const struct efti_dictionary *d, const char *folded, size_t size,
             uint64_t hash, struct efti_dictionary_word *out)
{
    eft_text form = {NULL, 0};
    uint32_t flags = 0;

    if (d != NULL && look_up_hot(d, folded, size, hash, out))
        return true;
    if (d != NULL && size > 0 && size <= EFTI_DICT_FORM_MAX)
        form = look_up_hash(d->index, d->reach, d->forms, hash, folded, size, &flags);
    return take_form(d, form, flags, out);
}

/* Where another form has the tag, all is looked up. */
bool
efti_dictionary_word(const struct efti_dictionary *d, const char *folded, size_t size,
                     uint64_t hash, uint32_t place, struct efti_dictionary_word *out)
{
    const size_t at = (size_t)(place >> 1) * 4;
    uint32_t flags = 0;
    size_t found;

    if (place == 0) {
        *out = (struct efti_dictionary_word){0};
        return false;
    }
    if ((place & PLACE_HOT) != 0) {
        if (hot_record(d, at, out, &found) && efti_equal(out->bytes, found, folded, size))
            return true;
    } else {
        eft_text form = record_at(d->forms, at, &flags);
        if (efti_equal(form.bytes, form.size, folded, size))
            return take_form(d, form, flags, out);
    }
    return look_up_word(d, folded, size, hash, out);
}

void
efti_dictionary_prefetch_known(const struct efti_dictionary *d, uint32_t number)
{
    if (d != NULL && number > 0 && number <= d->known_count)
        EFTI_PREFETCH(d->known_records + (size_t)(number - 1) * EFTI_DICT_KNOWN_SIZE);
}

bool
efti_dictionary_known(const struct efti_dictionary *d, uint32_t number,
                      struct efti_known *out)
{
    if (d == NULL || number == 0 || number > d->known_count) {
        *out = (struct efti_known){0};
        return false;
    }
    const unsigned char *p =
        d->known_records + (size_t)(number - 1) * EFTI_DICT_KNOWN_SIZE;
    *out = (struct efti_known){
        .number = number,
        .lists = efti_dict_le32(p),
        .veil = efti_dict_le32(p + 4),
        .capital = efti_dict_le32(p + 8),
        .set = efti_dict_le32(p + 12),
        .shape = p[16],
        .closed = p[17],
        .asks = (uint16_t)(p[18] | p[19] << 8),
    };
    return true;
}

const unsigned char *
efti_dictionary_known_set(const struct efti_dictionary *d, uint32_t number, size_t *count)
{
    *count = 0;
    if (d == NULL || number == 0 || number > d->known_sets)
        return NULL;
    const unsigned char *start = d->known_starts + (size_t)(number - 1) * 4;
    uint32_t from = efti_dict_le32(start), to = efti_dict_le32(start + 4);
    uint32_t words = efti_dict_le32(d->known_starts + (size_t)d->known_sets * 4);
    if (from > to || to > words)
        return NULL;
    *count = to - from;
    return d->known_words + (size_t)from * 4;
}

void
efti_dictionary_prefetch_set(const struct efti_dictionary *d, uint32_t number)
{
    if (d == NULL || number == 0 || number > d->known_sets)
        return;
    /* past the words, in a damaged file, is asked for without harm; most have
     * two lines */
    const unsigned char *words =
        d->known_words +
        (size_t)efti_dict_le32(d->known_starts + (size_t)(number - 1) * 4) * 4;
    EFTI_PREFETCH(words);
    EFTI_PREFETCH(words + 64);
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
efti_dictionary_look(const struct efti_dictionary *d, const char *folded, size_t size,
                     struct efti_dictionary_word *out)
{
    return look_up_word(d, folded, size, efti_dict_hash(folded, size), out);
}

uint32_t
efti_dictionary_find(const struct efti_dictionary *d, const char *folded, size_t size)
{
    uint32_t flags;

    if (d == NULL || size == 0 || size > EFTI_DICT_FORM_MAX ||
        look_up(d->index, d->reach, d->forms, folded, size, &flags).size == 0)
        return 0;
    return flags & EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
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

uint32_t
efti_dictionary_record_known(const struct efti_dictionary *d, uint32_t base)
{
    uint32_t flags = 0;
    eft_text form = {NULL, 0};

    if (d != NULL)
        form = record_at(d->forms, (size_t)base * 4, &flags);
    return form.size == 0 ? 0 : known_behind(d, form, flags) & 0xFFFF;
}

#define BASE_BYTES 18u /* of a usual base form's record, as far as it is read */

void
efti_dictionary_prefetch_record(const struct efti_dictionary *d, uint32_t base)
{
    if (d != NULL && (size_t)base * 4 < d->forms.size)
        prefetch_bytes(d->forms.bytes + (size_t)base * 4, BASE_BYTES);
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
        *at += (EFTI_DICT_RECORD_SIZE + form.size + base + EFTI_DICT_KNOWN_BEHIND + 3) /
               4 * 4;
        if ((*flags & ~(EFTI_DICT_HAS_BASE | EFTI_DICT_QUIET)) == 0)
            continue; /* known to our lists alone: not listed */
        *flags &= EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
        return form;
    }
}

uint32_t
efti_dictionary_joins(const struct efti_dictionary *d, uint32_t first)
{
    uint64_t classes = first;
    uint32_t ends = 0;

    while (classes != 0)
        ends |= d->joins[efti_next_end(&classes) - 1];
    return ends;
}

uint32_t
efti_dictionary_joins_after(const struct efti_dictionary *d, uint32_t first,
                            uint32_t second)
{
    uint64_t firsts = first;
    uint32_t ends = 0;

    while (firsts != 0) {
        const uint32_t *joins =
            d->joins + EFTI_DICT_CLASSES * efti_next_end(&firsts); /* its row */
        for (uint64_t seconds = second; seconds != 0;)
            ends |= joins[efti_next_end(&seconds) - 1];
    }
    return ends;
}

uint32_t
efti_dictionary_flags_hashed(const struct efti_dictionary *d, const char *folded,
                             size_t size, uint64_t hash, uint32_t *base)
{
    uint32_t flags;

    *base = 0;
    if (size == 0 || size > EFTI_DICT_FORM_MAX)
        return 0;
    eft_text form =
        look_up_hash(d->index, d->reach, d->forms, hash, folded, size, &flags);
    if (form.size == 0)
        return 0;
    *base = base_behind(d, form, flags);
    return flags;
}

uint32_t
efti_dictionary_listed(const struct efti_dictionary *d, const char *folded, size_t size,
                       uint64_t hash, uint32_t *cuts)
{
    uint32_t flags;

    *cuts = 0;
    if (size > EFTI_DICT_FORM_MAX)
        return 0;
    eft_text form =
        look_up_hash(d->index, d->reach, d->forms, hash, folded, size, &flags);
    if (form.size == 0)
        return 0;
    *cuts = known_behind(d, form, flags) >> 16;
    return flags & EFTI_DICT_PUBLIC & ~(uint32_t)EFTI_DICT_COMPOUND;
}

struct efti_dictionary_parts
efti_dictionary_parts(const struct efti_dictionary *d)
{
    return (struct efti_dictionary_parts){
        d->parts.bytes, d->parts.bytes + (size_t)d->parts.size * 8, d->part_bits};
}
