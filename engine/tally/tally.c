/*
 * tally.c - making and freeing a tally, its dictionaries and counters
 *
 * The dictionaries number themes, terms, labels and writers in order of arrival; freezing
 * renumbers them. A tally counts the memory it holds by handing its parts an allocator of
 * its own that passes requests on.
 */
#include "tally/state.h"

static void *
tally_counted_alloc(void *user, size_t size)
{
    struct efti_tally *t = user;
    void *p = t->parent.alloc(t->parent.user, size);

    if (p != NULL)
        t->bytes += size;
    return p;
}

static void *
tally_counted_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    struct efti_tally *t = user;
    void *p = t->parent.resize(t->parent.user, ptr, old_size, new_size);

    if (p != NULL)
        t->bytes = t->bytes - old_size + new_size;
    return p;
}

static void
tally_counted_release(void *user, void *ptr, size_t size)
{
    struct efti_tally *t = user;

    t->bytes -= size;
    t->parent.release(t->parent.user, ptr, size);
}

eft_status
efti_dictionaries_new(const eft_allocator *mem, struct tally_dictionaries *d,
                      eft_error *err)
{
    eft_status st;

    *d = (struct tally_dictionaries){.no_writer = EFTI_NO_ID};
    if ((st = efti_strings_new(mem, &d->themes, err)) == EFT_OK &&
        (st = efti_strings_new(mem, &d->terms, err)) == EFT_OK &&
        (st = efti_strings_new(mem, &d->label_keys, err)) == EFT_OK &&
        (st = efti_strings_new(mem, &d->writer_keys, err)) == EFT_OK &&
        efti_strings_add(d->terms, "", 0, NULL) != EFTI_TERM_OPEN)
        st = efti_no_memory(err, "the dictionaries of a tally");
    if (st != EFT_OK)
        efti_dictionaries_free(mem, d);
    return st;
}

void
efti_dictionaries_free(const eft_allocator *mem, struct tally_dictionaries *d)
{
    efti_strings_free(d->themes);
    efti_strings_free(d->terms);
    efti_strings_free(d->label_keys);
    efti_strings_free(d->writer_keys);
    EFTI_ARRAY_FREE(mem, &d->labels);
    EFTI_ARRAY_FREE(mem, &d->writers);
    EFTI_ARRAY_FREE(mem, &d->hashed);
    *d = (struct tally_dictionaries){.no_writer = EFTI_NO_ID};
}

void
efti_sums_free(const eft_allocator *mem, struct tally_sums *s)
{
    EFTI_ARRAY_FREE(mem, &s->cells);
    efti_postings_free(mem, &s->postings);
    EFTI_ARRAY_FREE(mem, &s->pairs);
    EFTI_ARRAY_FREE(mem, &s->theme_sentences);
    EFTI_ARRAY_FREE(mem, &s->windows);
}

void
efti_views_free(const eft_allocator *mem, struct tally_views *v)
{
    EFTI_ARRAY_FREE(mem, &v->records);
    EFTI_ARRAY_FREE(mem, &v->labels);
    EFTI_ARRAY_FREE(mem, &v->themes);
    EFTI_ARRAY_FREE(mem, &v->theme_texts);
    EFTI_ARRAY_FREE(mem, &v->term_texts);
    EFTI_ARRAY_FREE(mem, &v->sentences);
}

uint32_t
efti_settings_window(const struct efti_tally_settings *s)
{
    static const char name[] = "window ";
    const size_t n = sizeof(name) - 1;
    const eft_text lines = s->fingerprints;

    for (size_t at = 0; at < lines.size;) {
        const char *end = memchr(lines.bytes + at, '\n', lines.size - at);
        size_t to = end == NULL ? lines.size : (size_t)(end - lines.bytes);
        if (to - at > n && memcmp(lines.bytes + at, name, n) == 0) {
            uint32_t words = 0;
            for (size_t i = at + n; i < to && words < 1000000; i++)
                words = words * 10 + (uint32_t)(lines.bytes[i] - '0');
            return words;
        }
        at = to + 1;
    }
    return 0;
}

static bool
settings_are_canonical(const struct efti_tally_settings *s)
{
    if (s->version != 0 && s->version != EFTI_STATE_VERSION)
        return false;
    if (s->feeling_low - s->feeling_low != 0.0 ||
        s->feeling_high - s->feeling_high != 0.0)
        return false;
    if (s->facet_count > EFTI_COUNT(s->facet_names))
        return false;
    for (uint32_t i = 1; i < s->facet_count; i++) {
        const eft_text *a = &s->facet_names[i - 1], *b = &s->facet_names[i];
        if (efti_compare(a->bytes, a->size, b->bytes, b->size) >= 0)
            return false;
    }
    return true;
}

static bool
copy_settings_text(struct efti_arena *arena, eft_text *text)
{
    const char *copy = efti_arena_copy(arena, text->bytes, text->size);

    text->bytes = copy;
    return copy != NULL;
}

static bool
copy_settings(struct efti_tally *t, const struct efti_tally_settings *s)
{
    struct efti_tally_settings *to = &t->settings;

    *to = (struct efti_tally_settings){
        .version = EFTI_STATE_VERSION,
        .writer_column = s->writer_column,
        .feeling_low = s->feeling_low + 0.0, /* no -0 */
        .feeling_high = s->feeling_high + 0.0,
        .facet_count = s->facet_count,
        .fingerprints = s->fingerprints,
    };
    for (uint32_t i = 0; i < s->facet_count; i++) {
        to->facet_names[i] = s->facet_names[i];
        if (!copy_settings_text(&t->arena, &to->facet_names[i]))
            return false;
    }
    return copy_settings_text(&t->arena, &to->fingerprints);
}

eft_status
efti_tally_new(const eft_allocator *mem, const struct efti_tally_settings *s,
               struct efti_tally **out, eft_error *err)
{
    *out = NULL;
    if (!settings_are_canonical(s))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "settings of a tally: version, scale or facets are not allowed");
    struct efti_tally *t = efti_zalloc(mem, 1, sizeof(*t));
    if (t == NULL)
        return efti_no_memory(err, "a tally");
    t->parent = *mem;
    t->mem = (eft_allocator){tally_counted_alloc, tally_counted_resize,
                             tally_counted_release, t};
    t->bytes = sizeof(*t);
    efti_arena_init(&t->arena, &t->mem);
    efti_bytes_init(&t->log, &t->mem);
    eft_status st = efti_dictionaries_new(&t->mem, &t->dict, err);
    if (st == EFT_OK && !copy_settings(t, s))
        st = efti_no_memory(err, "the settings of a tally");
    if (st != EFT_OK) {
        efti_tally_free(t);
        return st;
    }
    *out = t;
    return EFT_OK;
}

void
efti_tally_free(struct efti_tally *t)
{
    if (t == NULL)
        return;
    efti_dictionaries_free(&t->mem, &t->dict);
    efti_sums_free(&t->mem, &t->sums);
    efti_views_free(&t->mem, &t->views);
    efti_bytes_free(&t->log);
    efti_arena_free(&t->arena);
    eft_allocator parent = t->parent;
    efti_release(&parent, t, sizeof(*t));
}

void
efti_tally_thaw(struct efti_tally *t)
{
    if (!t->frozen)
        return;
    t->frozen = false;
    efti_views_free(&t->mem, &t->views);
    t->view = (struct efti_frozen){0};
}

uint32_t
efti_tally_theme(struct efti_tally *t, const char *id, size_t size)
{
    bool added;
    uint32_t theme = efti_strings_add(t->dict.themes, id, size, &added);

    if (added)
        efti_tally_thaw(t);
    return theme;
}

/* A term that efti_strings_soon() asked for. */
static uint32_t
term_soon(struct efti_tally *t, uint32_t soon, const char *term, size_t size)
{
    bool added;
    uint32_t id = efti_strings_add_soon(t->dict.terms, soon, term, size, &added);

    if (added)
        efti_tally_thaw(t);
    return id < TALLY_TERMS_MOST ? id : EFTI_NO_ID; /* as if memory were out */
}

uint32_t
efti_tally_term(struct efti_tally *t, const char *term, size_t size)
{
    return term_soon(t, efti_strings_soon(t->dict.terms, term, size), term, size);
}

#define TERMS_AT_ONCE 64

bool
efti_tally_terms(struct efti_tally *t, const struct efti_strings *from, uint32_t first,
                 size_t count, uint32_t *ids)
{
    uint32_t soon[TERMS_AT_ONCE];
    bool good = true;

    for (size_t done = 0; done < count && good; done += TERMS_AT_ONCE) {
        const uint32_t at = first + (uint32_t)done;
        const size_t rest = count - done;
        const uint32_t n = (uint32_t)(rest < TERMS_AT_ONCE ? rest : TERMS_AT_ONCE);
        for (uint32_t i = 0; i < n; i++) {
            const eft_text term = efti_strings_get(from, at + i);
            soon[i] = efti_strings_soon(t->dict.terms, term.bytes, term.size);
        }
        for (uint32_t i = 0; i < n && good; i++) {
            const eft_text term = efti_strings_get(from, at + i);
            ids[done + i] = term_soon(t, soon[i], term.bytes, term.size);
            good = ids[done + i] != EFTI_NO_ID;
        }
    }
    return good;
}

static void
label_key(uint32_t role, const struct efti_id *hash, char out[TALLY_LABEL_KEY])
{
    for (int i = 0; i < 4; i++)
        out[i] = (char)(role >> (24 - 8 * i)); /* so that bytes sort by role, then hash */
    memcpy(out + 4, hash->b, EFTI_ID_SIZE);
}

/* Equal labels have equal printables by construction. Where they differ all the same, the
 * label is hidden: that answer does not depend on which came first. */
static void
settle_printable(struct efti_tally *t, struct efti_label_view *label, eft_text printable)
{
    eft_text *old = &label->printable;

    if (efti_equal(old->bytes, old->size, printable.bytes, printable.size) ||
        old->size == 0)
        return;
    efti_tally_thaw(t);
    *old = (eft_text){"", 0};
}

uint32_t
efti_tally_label(struct efti_tally *t, uint32_t role, struct efti_id hash,
                 eft_text printable)
{
    struct tally_dictionaries *d = &t->dict;
    char key[TALLY_LABEL_KEY];

    label_key(role, &hash, key);
    uint32_t id = efti_strings_find(d->label_keys, key, sizeof(key));
    if (id != EFTI_NOT_FOUND) {
        settle_printable(t, &d->labels.items[id], printable);
        return id;
    }
    efti_tally_thaw(t); /* the view points at the labels, which may move */
    if (!EFTI_ARRAY_RESERVE(&t->mem, &d->labels, d->labels.count + 1))
        return EFTI_NO_ID;
    const char *copy = efti_arena_copy(&t->arena, printable.bytes, printable.size);
    if (copy == NULL)
        return EFTI_NO_ID;
    id = efti_strings_add(d->label_keys, key, sizeof(key), NULL);
    if (id == EFTI_NOT_FOUND)
        return EFTI_NO_ID;
    d->labels.items[d->labels.count++] = (struct efti_label_view){
        .role = role, .hash = hash, .printable = {copy, printable.size}};
    return id;
}

eft_text
efti_tally_label_text(const struct efti_tally *t, uint32_t label)
{
    return label < t->dict.labels.count ? t->dict.labels.items[label].printable
                                        : (eft_text){"", 0};
}

struct efti_id
efti_tally_label_hash(const struct efti_tally *t, uint32_t label)
{
    return t->dict.labels.items[label].hash;
}

static uint32_t
tally_push_writer(struct efti_tally *t, const struct tally_writer *w)
{
    struct tally_dictionaries *d = &t->dict;

    if (d->writers.count >= EFTI_NO_ID - 1u || !EFTI_PUSH(&t->mem, &d->writers))
        return EFTI_NO_ID;
    d->writers.items[d->writers.count - 1] = *w;
    return (uint32_t)d->writers.count - 1;
}

uint32_t
efti_tally_writer(struct efti_tally *t, const struct tally_writer *w)
{
    struct tally_dictionaries *d = &t->dict;
    bool added;

    if (w->kind == TALLY_WRITER_OWN)
        return tally_push_writer(t, w);
    if (w->kind == TALLY_WRITER_NONE) {
        if (d->no_writer == EFTI_NO_ID)
            d->no_writer = tally_push_writer(t, w);
        return d->no_writer;
    }
    uint32_t id =
        efti_strings_find(d->writer_keys, (const char *)w->hash.b, EFTI_ID_SIZE);
    if (id != EFTI_NOT_FOUND)
        return d->hashed.items[id];
    if (!EFTI_ARRAY_RESERVE(&t->mem, &d->hashed, d->hashed.count + 1) ||
        !EFTI_ARRAY_RESERVE(&t->mem, &d->writers, d->writers.count + 1))
        return EFTI_NO_ID;
    id = efti_strings_add(d->writer_keys, (const char *)w->hash.b, EFTI_ID_SIZE, &added);
    if (id == EFTI_NOT_FOUND)
        return EFTI_NO_ID;
    d->hashed.items[d->hashed.count++] = (uint32_t)d->writers.count;
    return tally_push_writer(t, w);
}

void
efti_tally_count(struct efti_tally *t, uint32_t counter, uint64_t by)
{
    if (counter < EFTI_COUNTER_COUNT)
        t->counters[counter] += by;
}

const struct efti_frozen *
efti_tally_frozen(const struct efti_tally *t)
{
    return t->frozen ? &t->view : NULL;
}

size_t
efti_tally_bytes(const struct efti_tally *t)
{
    return t->bytes;
}
