/*
 * replace.c - what stands where an identifier stood
 *
 *   tag         [PERSON_1]        class and number; the same person keeps the number
 *   mask        [PERSON_0]        class alone
 *   key         [PERSON_73920184] a pseudonym: HMAC of the identifier, the user's key
 *   surrogate   Maria             made up, from a seed: class, feel of gender, casing and
 *                                 genitive stay; the same word gives the same surrogate
 *   generalise  14 -> 13-17       ages become bands, days months, postcodes and
 *                                 municipalities regions
 *
 * With a shift of days (one for each writer) the days of a text are moved instead,
 * whatever the operator.
 *
 * A person is one pseudonym within a text: Anna, Annas and Anna Svensson get that of the
 * fullest name. In the other fields of a reflection they keep it, as they keep the number
 * of a tag (tag_numbers.c), so that a text is the same with its comments and without.
 * Over texts the surface is all there is: "Anna" alone in another text gets the
 * pseudonym of every lone Anna. Numbers are normalised first, so that 811218-9876 and
 * 19811218-9876, or 070 and +4670, are one.
 *
 * Tag, mask and key all print the grammar of tags, which the tokenizer reads back as one
 * token: veiling the result again changes nothing. Surrogates, generalised values and
 * moved days are ordinary words and may be veiled again. What an operator has no rule for
 * gets a tag: nothing is ever passed on for want of one.
 *
 * A surrogate hides a name that was missed among invented ones, and is therefore no help
 * to a reader who has to judge what was found; the seed must stay secret, or the words
 * can be guessed and compared. So must a shift, which the seed or key decides.
 */
#include "veil/replace.h"

/* A number from the key (or seed) and some bytes of `use`. */
static uint64_t
draw_for(const unsigned char *key, uint64_t seed, const char *use, eft_text bytes,
         struct efti_bytes *scratch)
{
    struct efti_id id;
    uint64_t n = 0;

    efti_bytes_clear(scratch);
    efti_put_u64(scratch, seed);
    efti_put_char(scratch, ' ');
    efti_put_text(scratch, use);
    efti_put_char(scratch, ' ');
    efti_put(scratch, bytes.bytes, bytes.size);
    if (scratch->failed)
        return 0;
    id = efti_identity(key, "replacement", scratch->data, scratch->size);
    for (size_t i = 0; i < 8; i++)
        n = n << 8 | id.b[i];
    return n;
}

uint64_t
efti_veil_draw(const struct veil_printing *p, enum efti_category category,
               eft_text folded)
{
    uint64_t n = draw_for(p->how->key, p->how->seed, efti_category_name(category), folded,
                          &p->veil->phrase);

    if (p->veil->phrase.failed) /* the next draw clears that; the end of the text asks */
        p->veil->no_memory = true;
    return n;
}

eft_status
efti_veil_shift(struct efti_veil *v, const unsigned char *key, uint64_t seed,
                eft_text writer, uint32_t most, int32_t *days, eft_error *err)
{
    uint32_t step = most >= 7 ? 7 : 1, steps = most / step;

    *days = 0;
    if (steps == 0 || most > EFTI_MOST_SHIFT)
        return EFT_OK;
    uint64_t n = draw_for(key, seed, "days", writer, &v->phrase);
    bool failed = v->phrase.failed;
    v->phrase.failed = false;
    if (failed)
        return efti_no_memory(err, "a replacement");
    int32_t by = (int32_t)((1 + n % steps) * step);
    *days = (n >> 40) % 2 == 0 ? by : -by;
    return EFT_OK;
}

static void
put_tag(enum efti_category category, uint64_t number, struct efti_bytes *out)
{
    efti_put_char(out, '[');
    efti_put_text(out, efti_category_name(category));
    efti_put_char(out, '_');
    efti_put_u64(out, number);
    efti_put_char(out, ']');
}

/* ------------------------------------------------------------------- pseudonyms */

/* Runs of blanks become one; the stops of initials go. */
static void
put_name_key(eft_text folded, struct efti_bytes *out)
{
    for (size_t i = 0; i < folded.size; i++) {
        char c = folded.bytes[i];
        bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';

        if (c == '.' || (blank && (out->size == 0 || out->data[out->size - 1] == ' ')))
            continue;
        efti_put_char(out, blank ? ' ' : c);
    }
}

/* The digits and letters alone; a person's number in ten, a telephone without +46. */
static void
put_number_key(enum efti_category category, eft_text folded, struct efti_bytes *out)
{
    size_t skip = 0;

    for (size_t i = 0; i < folded.size; i++)
        if (efti_veil_is_alnum(folded.bytes[i]))
            efti_put_char(out, folded.bytes[i]);
    if (out->failed || out->size == 0)
        return;
    if (category == EFTI_PERSONNUMMER && out->size == 12)
        skip = 2;
    else if (category == EFTI_PHONE && out->size > 4 && memcmp(out->data, "0046", 4) == 0)
        skip = 4;
    else if (category == EFTI_PHONE && out->size > 2 && memcmp(out->data, "46", 2) == 0)
        skip = 2;
    else if (category == EFTI_PHONE && out->size > 1 && out->data[0] == '0')
        skip = 1;
    size_t kept = out->size - skip;
    if (category == EFTI_PHONE && skip > 1 && kept > 1 && out->data[skip] == '0')
        skip++; /* +46 (0)70 */
    memmove(out->data, out->data + skip, out->size - skip);
    out->size -= skip;
}

static eft_status
put_pseudonym(const struct veil_printing *p, const struct efti_span *s,
              struct efti_bytes *out, eft_error *err)
{
    enum efti_category category = (enum efti_category)s->category;
    eft_text raw = {p->text.bytes + s->start, s->end - s->start};
    struct efti_bytes folded, key;

    if (category == EFTI_PERSON)
        raw = p->fullest[s - p->veiled->spans.items];
    efti_bytes_init(&folded, p->veil->mem);
    efti_bytes_init(&key, p->veil->mem);
    eft_status st = efti_fold(p->veil->unicode, raw.bytes, raw.size, &folded, err);
    eft_text surface = {folded.data, folded.size};
    switch (category) {
    case EFTI_PERSONNUMMER:
    case EFTI_ORGNR:
    case EFTI_PHONE:
    case EFTI_POSTCODE:
    case EFTI_VEHICLE:
    case EFTI_BANK: put_number_key(category, surface, &key); break;
    default: put_name_key(surface, &key); break;
    }
    if (st == EFT_OK && key.failed)
        st = efti_no_memory(err, "a replacement");
    if (st == EFT_OK)
        put_tag(category,
                1 + efti_veil_draw(p, category, (eft_text){key.data, key.size}) %
                        999999999u,
                out);
    efti_bytes_free(&folded);
    efti_bytes_free(&key);
    return st;
}

/* ------------------------------------------------------------------- one span */

/* A day moved, if it can be read. */
static bool
put_shifted(const struct veil_printing *p, const struct efti_span *s, eft_text raw,
            struct efti_bytes *out)
{
    struct veil_day day;

    if (p->how->shift == 0 || s->category != EFTI_DATE)
        return false;
    if (!efti_veil_read_day(raw, &day) ||
        !efti_veil_put_moved(raw, &day, p->how->shift, p->how->near, out))
        efti_veil_tag(s, out);
    return true;
}

static eft_status
replace_span(const struct veil_printing *p, const struct efti_span *s,
             struct efti_bytes *out, eft_error *err)
{
    enum efti_category category = (enum efti_category)s->category;
    eft_text raw = {p->text.bytes + s->start, s->end - s->start};
    bool whole = category == EFTI_LANGUAGE || category == EFTI_OTHER_LONG;
    struct efti_bytes folded;
    eft_status st = EFT_OK;

    if (whole) {
        efti_veil_tag(s, out);
        return EFT_OK;
    }
    if (put_shifted(p, s, raw, out))
        return EFT_OK;
    switch (p->how->mode) {
    case EFTI_REPLACE_TAG: efti_veil_tag(s, out); return EFT_OK;
    case EFTI_REPLACE_MASK: put_tag(category, 0, out); return EFT_OK;
    case EFTI_REPLACE_KEY: return put_pseudonym(p, s, out, err);
    case EFTI_REPLACE_SURROGATE:
    case EFTI_REPLACE_GENERALISE: break;
    }
    efti_bytes_init(&folded, p->veil->mem);
    st = efti_fold(p->veil->unicode, raw.bytes, raw.size, &folded, err);
    eft_text surface = {folded.data, folded.size};
    if (st == EFT_OK && p->how->mode == EFTI_REPLACE_GENERALISE)
        efti_veil_put_coarse(s, raw, surface, out);
    else if (st == EFT_OK)
        st = efti_veil_put_surrogate(p, s, raw, surface, out, err);
    efti_bytes_free(&folded);
    return st;
}

/* --------------------------------------------------------------------- a text */

/* More words say more; then more bytes; then the first. */
static bool
says_more(eft_text a, eft_text b)
{
    size_t words[2] = {0, 0};
    const eft_text both[2] = {a, b};

    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k].size; i++)
            words[k] += both[k].bytes[i] == ' ' || both[k].bytes[i] == '\n';
    if (words[0] != words[1])
        return words[0] > words[1];
    return a.size > b.size;
}

/* A span of a person. */
struct person_span {
    uint32_t number, place;
};

static int
by_person(const void *a, const void *b, void *user)
{
    const struct person_span *x = a, *y = b;

    (void)user;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int
by_named(const void *a, const void *b, void *user)
{
    const struct veil_named *x = a, *y = b;

    (void)user;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The first `count` of those named are sorted. NULL: nobody of that number. */
static struct veil_named *
find_named(struct efti_veil *v, size_t count, uint32_t number)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (v->people.items[mid].number < number)
            low = mid + 1;
        else
            high = mid;
    }
    return low < count && v->people.items[low].number == number ? &v->people.items[low]
                                                                : NULL;
}

/* A person of this field, `name` in full, beside the first `count` of earlier ones. A
 * pseudonym that was given stays; for a surrogate, which goes word by word, the name only
 * tells which of them is of a family, and the longest tells that best. */
static bool
join_named(struct efti_veil *v, const struct efti_replacer *how, size_t count,
           uint32_t number, eft_text *name)
{
    struct veil_named *met = find_named(v, count, number);

    if (!v->in_record ||
        (how->mode != EFTI_REPLACE_KEY && how->mode != EFTI_REPLACE_SURROGATE))
        return true;
    if (met != NULL && (how->mode == EFTI_REPLACE_KEY || !says_more(*name, met->name))) {
        *name = met->name;
        return true;
    }
    const char *copy = efti_arena_copy(&v->record, name->bytes, name->size);
    if (copy == NULL || (met == NULL && !EFTI_PUSH(v->mem, &v->people)))
        return false;
    if (met == NULL)
        met = &v->people.items[v->people.count - 1];
    *met = (struct veil_named){number, {copy, name->size}};
    return true;
}

/* By span, the name that says most of its person. In the veil's arena; NULL: no memory.
 * Numbers go on after tags of the input and may be large: they are no places in a
 * list. */
static const eft_text *
find_fullest(struct efti_veil *v, const struct efti_replacer *how, eft_text text,
             const struct efti_veiled *veiled)
{
    size_t count = veiled->spans.count, people = 0, named = v->people.count;

    efti_arena_reset(&v->arena);
    eft_text *fullest =
        efti_arena_alloc(&v->arena, (count + 1) * sizeof(*fullest), alignof(eft_text));
    struct person_span *sorted = efti_arena_alloc(
        &v->arena, (count + 1) * sizeof(*sorted), alignof(struct person_span));
    if (fullest == NULL || sorted == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const struct efti_span *s = &veiled->spans.items[i];
        fullest[i] = (eft_text){text.bytes + s->start, s->end - s->start};
        if (s->category == EFTI_PERSON)
            sorted[people++] = (struct person_span){s->number, (uint32_t)i};
    }
    efti_sort(sorted, people, sizeof(*sorted), by_person, NULL);
    for (size_t i = 0, end; i < people; i = end) {
        eft_text most = fullest[sorted[i].place];
        for (end = i + 1; end < people && sorted[end].number == sorted[i].number; end++)
            if (says_more(fullest[sorted[end].place], most))
                most = fullest[sorted[end].place];
        if (!join_named(v, how, named, sorted[i].number, &most))
            return NULL;
        for (size_t k = i; k < end; k++)
            fullest[sorted[k].place] = most;
    }
    efti_sort(v->people.items, v->people.count, sizeof(*v->people.items), by_named, NULL);
    return fullest;
}

static eft_status
print_spans(const struct veil_printing *p, struct efti_span_places *places,
            struct efti_bytes *out, eft_error *err)
{
    size_t at = 0;

    for (size_t i = 0; i < p->veiled->spans.count; i++) {
        const struct efti_span *s = &p->veiled->spans.items[i];

        if (s->start < at || s->end < s->start || s->end > p->text.size)
            return efti_fail(err, EFT_E_INTERNAL, s->start,
                             "a span lies outside its text");
        efti_put(out, p->text.bytes + at, s->start - at);
        size_t from = out->size;
        eft_status st = replace_span(p, s, out, err);
        if (st != EFT_OK)
            return st;
        if (out->size == from)
            efti_veil_tag(s, out); /* never nothing: offsets go both ways */
        if (places != NULL) {
            places->items[i].start = from;
            places->items[i].end = out->size;
        }
        at = s->end;
    }
    if (at < p->text.size)
        efti_put(out, p->text.bytes + at, p->text.size - at);
    return EFT_OK;
}

eft_status
efti_veil_print_as(struct efti_veil *v, const struct efti_replacer *r, eft_text text,
                   const struct efti_veiled *veiled, struct efti_span_places *places,
                   struct efti_bytes *out, eft_error *err)
{
    struct veil_printing p = {.veil = v,
                              .how = r,
                              .text = text,
                              .veiled = veiled,
                              .fullest = find_fullest(v, r, text, veiled)};

    if (p.fullest == NULL ||
        (places != NULL && !EFTI_ARRAY_RESERVE(v->mem, places, veiled->spans.count)))
        return efti_no_memory(err, "a veiled text");
    if (places != NULL)
        places->count = veiled->spans.count;
    v->no_memory = false;
    eft_status st = print_spans(&p, places, out, err);
    bool failed = v->no_memory || out->failed;
    v->no_memory = v->phrase.failed = false;
    if (st == EFT_OK && failed)
        st = efti_no_memory(err, "a veiled text");
    if (st != EFT_OK && places != NULL)
        places->count = 0;
    return st;
}
