/*
 * list_table.c - from the pool that was read to the table that is asked
 *
 * Forms keep the order in which the lists name them, so the same lists give the same
 * table wherever it is made. At most half of the slots are taken: a form that is not
 * there, the usual case, is turned away at the first slot or the second.
 */
#include "lexicons/list_table.h"

struct list_packer {
    struct efti_list_form *forms;
    char *letters;
    uint32_t *slots;
    uint64_t *map, *abbreviation_map, *pair_map;
    struct efti_abbreviation *abbreviations;
    struct efti_list_ends *shapes, *things;
};

static size_t
count_letters(const struct efti_list_pool *pool)
{
    size_t all = 0;

    for (uint32_t i = 0; i < pool->forms.count; i++)
        all += efti_strings_get(pool->strings, i).size;
    return all;
}

static void *
zeroed(struct efti_arena *arena, size_t count, size_t item, size_t align)
{
    size_t size;
    void *p =
        efti_mul(count + 1, item, &size) ? efti_arena_alloc(arena, size, align) : NULL;

    if (p != NULL)
        memset(p, 0, size);
    return p;
}

static void
pack_slot(const struct efti_list_table *t, struct list_packer *p, eft_text letters,
          uint32_t number)
{
    uint64_t hash = efti_list_hash(letters.bytes, letters.size);
    uint32_t at = (uint32_t)hash & (t->slot_count - 1);
    size_t bit = efti_list_bit(hash, t->map_bits);

    while (p->slots[at] != 0)
        at = (at + 1) & (t->slot_count - 1);
    p->slots[at] = efti_list_tag(hash, t->number_bits) | (number + 1);
    p->map[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void
pack_ending(struct efti_list_ends *ends, eft_text letters)
{
    const char *end = letters.bytes + letters.size;

    if (letters.size == 0 || letters.size > EFTI_LIST_ENDING_MAX)
        return; /* list_read.c has refused the row */
    uint32_t bit = (uint32_t)1 << letters.size;
    if (letters.size > 3)
        ends->by_four[efti_list_four(end)] |= bit;
    else if (letters.size == 3)
        ends->by_three[efti_list_three(end)] |= bit;
    else
        ends->by_one[(unsigned char)end[-1]] |= bit;
}

static void
pack_abbreviation_bit(uint64_t *map, eft_text letters)
{
    if (letters.size == 0 || letters.size > 8)
        return;
    size_t bit = efti_abbreviation_bit(letters.bytes, letters.size);
    map[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* The first two words, if there are two. */
static void
pack_pair(uint64_t *map, eft_text letters)
{
    const char *end = letters.bytes + letters.size;
    const char *blank = memchr(letters.bytes, ' ', letters.size);

    if (blank == NULL)
        return;
    const char *second = blank + 1;
    const char *more = memchr(second, ' ', (size_t)(end - second));
    size_t bit = efti_pair_bit(
        efti_list_pair_word(letters.bytes, (size_t)(blank - letters.bytes)),
        efti_list_pair_word(second, (size_t)((more != NULL ? more : end) - second)));
    map[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void
pack_forms(const struct efti_list_pool *pool, const struct efti_list_table *t,
           struct list_packer *p)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < t->form_count; i++) {
        const struct efti_list_says *says = &pool->forms.items[i];
        eft_text letters = efti_strings_get(pool->strings, i);
        p->forms[i] = (struct efti_list_form){
            .at = at,
            .flags = says->flags,
            .phrases = says->phrases,
            .size = (uint16_t)letters.size, /* list_read.c bounds it */
            .abbreviation = says->abbreviation,
            .shape = says->shape,
            .uninformative = says->uninformative,
            .goes_on = says->goes_on,
        };
        if (letters.size > 0)
            memcpy(p->letters + at, letters.bytes, letters.size);
        at += (uint32_t)letters.size;
        pack_slot(t, p, letters, i);
        if (says->shape != EFTI_SHAPE_NONE)
            pack_ending(p->shapes, letters);
        if ((says->flags & EFTI_LIST_THING_END) != 0)
            pack_ending(p->things, letters);
        if (says->phrases != 0 || says->goes_on)
            pack_pair(p->pair_map, letters);
        if (says->abbreviation != 0)
            pack_abbreviation_bit(p->abbreviation_map, letters);
    }
}

static bool
pack_abbreviations(const struct efti_list_pool *pool, struct efti_arena *arena,
                   struct efti_abbreviation *out)
{
    for (size_t i = 0; i < pool->abbreviations.count; i++) {
        const struct efti_abbreviation *a = &pool->abbreviations.items[i];
        char *copy = efti_arena_copy(arena, a->canonical.bytes, a->canonical.size);
        if (copy == NULL)
            return false;
        out[i] = *a;
        out[i].canonical.bytes = copy;
    }
    return true;
}

bool
efti_list_pack(const struct efti_list_pool *pool, struct efti_arena *arena,
               struct efti_list_table *out)
{
    struct list_packer p;
    struct efti_list_table t = {.form_count = (uint32_t)pool->forms.count,
                                .abbreviation_count = (uint32_t)pool->abbreviations.count,
                                .phrase_words = pool->phrase_words,
                                .letter_count = count_letters(pool),
                                .slot_count = 64,
                                .map_bits = 6};

    while (t.slot_count / 2 < t.form_count)
        t.slot_count *= 2;
    while (t.form_count >> t.number_bits != 0)
        t.number_bits++;
    while ((size_t)1 << t.map_bits < 8 * (size_t)t.form_count)
        t.map_bits++;
    p.forms =
        zeroed(arena, t.form_count, sizeof(*p.forms), alignof(struct efti_list_form));
    p.letters = zeroed(arena, t.letter_count, 1, 1);
    p.slots = zeroed(arena, t.slot_count, sizeof(*p.slots), alignof(uint32_t));
    p.map =
        zeroed(arena, ((size_t)1 << t.map_bits) / 64, sizeof(*p.map), alignof(uint64_t));
    p.abbreviation_map = zeroed(arena, EFTI_ABBREVIATION_WORDS,
                                sizeof(*p.abbreviation_map), alignof(uint64_t));
    p.pair_map = zeroed(arena, EFTI_PAIR_WORDS, sizeof(*p.pair_map), alignof(uint64_t));
    p.abbreviations = zeroed(arena, t.abbreviation_count, sizeof(*p.abbreviations),
                             alignof(struct efti_abbreviation));
    p.shapes = zeroed(arena, 1, sizeof(*p.shapes), alignof(struct efti_list_ends));
    p.things = zeroed(arena, 1, sizeof(*p.things), alignof(struct efti_list_ends));
    if (p.forms == NULL || p.letters == NULL || p.slots == NULL || p.map == NULL ||
        p.abbreviation_map == NULL || p.pair_map == NULL || p.abbreviations == NULL ||
        p.shapes == NULL || p.things == NULL ||
        !pack_abbreviations(pool, arena, p.abbreviations))
        return false;
    pack_forms(pool, &t, &p);
    t.forms = p.forms;
    t.letters = p.letters;
    t.slots = p.slots;
    t.map = p.map;
    t.abbreviation_map = p.abbreviation_map;
    t.pair_map = p.pair_map;
    t.abbreviations = p.abbreviations;
    t.shapes = p.shapes;
    t.things = p.things;
    *out = t;
    return true;
}
