/*
 * sealed.c - making, ordering and joining sealed states (the model is in sealed.h)
 *
 * Joining is a union of parties: nothing is added up until tables are made of it
 * (release/unseal.c), so it does not matter in which order parties are joined. What must
 * agree is what makes numbers comparable: version, column of writers, scale, facets and
 * the instrument. Key and roster are each party's own and not even kept.
 */
#include "tally/sealed.h"

#include "text/unicode.h"

#include "tally/state.h"

/* The fingerprints without the lines that are a party's own business. */
static bool
copy_fingerprints(struct efti_arena *arena, eft_text from, eft_text *to)
{
    char *copy = efti_arena_alloc(arena, from.size + 1, 1);
    size_t size = 0;

    if (copy == NULL)
        return false;
    for (size_t at = 0, end; at < from.size; at = end) {
        const char *stop = memchr(from.bytes + at, '\n', from.size - at);
        end = stop == NULL ? from.size : (size_t)(stop - from.bytes) + 1;
        bool own = (end - at > 4 && memcmp(from.bytes + at, "key ", 4) == 0) ||
                   (end - at > 7 && memcmp(from.bytes + at, "roster ", 7) == 0);
        if (own)
            continue;
        memcpy(copy + size, from.bytes + at, end - at);
        size += end - at;
    }
    *to = (eft_text){copy, size};
    return true;
}

static bool
copy_text(struct efti_arena *arena, eft_text *text)
{
    const char *copy = efti_arena_copy(arena, text->bytes, text->size);

    text->bytes = copy;
    return copy != NULL;
}

eft_status
efti_sealed_new(const eft_allocator *mem, const struct efti_tally_settings *settings,
                struct eft_sealed **out, eft_error *err)
{
    *out = NULL;
    struct eft_sealed *s = efti_zalloc(mem, 1, sizeof(*s));
    if (s == NULL)
        return efti_no_memory(err, "a sealed state");
    s->mem = *mem;
    efti_arena_init(&s->arena, &s->mem);
    s->settings = *settings;
    bool ok =
        copy_fingerprints(&s->arena, settings->fingerprints, &s->settings.fingerprints);
    for (uint32_t i = 0; i < settings->facet_count && ok; i++)
        ok = copy_text(&s->arena, &s->settings.facet_names[i]);
    if (!ok) {
        efti_sealed_free(s);
        return efti_no_memory(err, "a sealed state");
    }
    *out = s;
    return EFT_OK;
}

void
efti_sealed_free(struct eft_sealed *s)
{
    if (s == NULL)
        return;
    eft_allocator mem = s->mem;
    for (size_t i = 0; i < s->parties.count; i++) {
        for (int t = 0; t < EFTI_SEALED_TABLES; t++)
            EFTI_ARRAY_FREE(&mem, &s->parties.items[i].tables[t].list);
    }
    EFTI_ARRAY_FREE(&mem, &s->parties);
    efti_arena_free(&s->arena);
    efti_release(&mem, s, sizeof(*s));
}

/* Where a party of that name stands or would stand. */
static size_t
party_place(const struct eft_sealed *s, eft_text name, bool *found)
{
    size_t at = 0;

    *found = false;
    for (; at < s->parties.count; at++) {
        eft_text other = s->parties.items[at].name;
        int c = efti_compare(other.bytes, other.size, name.bytes, name.size);
        *found = c == 0;
        if (c >= 0)
            break;
    }
    return at;
}

static eft_status
refuse_same_party(eft_error *err)
{
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     "two parties have the same name: each needs its own, and none may "
                     "count twice");
}

bool
efti_party_name_fits(eft_text name)
{
    if (name.size == 0 || name.size > EFTI_MOST_PARTY_NAME ||
        efti_utf8_valid_prefix(name.bytes, name.size) != name.size)
        return false;
    bool blank = true;
    for (size_t at = 0; at < name.size;) {
        uint32_t c = efti_utf8_next(name.bytes, name.size, &at);
        blank = blank && (c == ' ' || c == 0xA0);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
            (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF)
            return false;
    }
    return !blank;
}

eft_status
efti_sealed_add_party(struct eft_sealed *s, eft_text name, struct efti_sealed_party **out,
                      eft_error *err)
{
    bool found;
    size_t at = party_place(s, name, &found);

    *out = NULL;
    if (found)
        return refuse_same_party(err);
    if (!copy_text(&s->arena, &name) || !EFTI_PUSH(&s->mem, &s->parties))
        return efti_no_memory(err, "a party of a sealed state");
    struct efti_sealed_party *to = s->parties.items + at;
    memmove(to + 1, to, (s->parties.count - 1 - at) * sizeof(*to));
    *to = (struct efti_sealed_party){.name = name};
    *out = to;
    return EFT_OK;
}

eft_status
efti_sealed_add_row(struct eft_sealed *s, struct efti_sealed_party *party,
                    enum efti_sealed_table table, const struct efti_sealed_row *row,
                    eft_error *err)
{
    struct efti_sealed_rows *rows = &party->tables[table];
    struct efti_sealed_row copy = *row;
    bool ok = true;

    for (size_t i = 0; i < EFTI_COUNT(copy.key) && ok; i++)
        ok = copy_text(&s->arena, &copy.key[i]);
    for (size_t i = 0; i < EFTI_COUNT(copy.label) && ok; i++)
        ok = copy_text(&s->arena, &copy.label[i]);
    if (!ok || !EFTI_PUSH(&s->mem, &rows->list))
        return efti_no_memory(err, "a row of a sealed state");
    rows->list.items[rows->list.count - 1] = copy;
    return EFT_OK;
}

static int
by_key(const void *a, const void *b, void *user)
{
    const struct efti_sealed_row *x = a, *y = b;

    (void)user;
    return efti_sealed_compare(x->key, y->key);
}

eft_status
efti_sealed_settle(struct efti_sealed_party *party, eft_error *err)
{
    for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
        struct efti_sealed_rows *rows = &party->tables[t];
        efti_sort(rows->list.items, rows->list.count, sizeof(*rows->list.items), by_key,
                  NULL);
        for (size_t i = 1; i < rows->list.count; i++) {
            if (by_key(&rows->list.items[i - 1], &rows->list.items[i], NULL) == 0)
                return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                                 "two rows of a sealed state have the same key");
        }
    }
    return EFT_OK;
}

static eft_status
copy_party(struct eft_sealed *into, const struct efti_sealed_party *from, eft_error *err)
{
    struct efti_sealed_party *to;
    eft_status st = efti_sealed_add_party(into, from->name, &to, err);

    if (st != EFT_OK)
        return st;
    to->k = from->k;
    to->external = from->external;
    for (int t = 0; t < EFTI_SEALED_TABLES; t++) {
        const struct efti_sealed_rows *rows = &from->tables[t];
        for (size_t i = 0; i < rows->list.count && st == EFT_OK; i++)
            st = efti_sealed_add_row(into, to, (enum efti_sealed_table)t,
                                     &rows->list.items[i], err);
    }
    return st;
}

static void
drop_party(struct eft_sealed *s, eft_text name)
{
    bool found;
    size_t at = party_place(s, name, &found);

    if (!found)
        return;
    struct efti_sealed_party *p = s->parties.items + at;
    for (int t = 0; t < EFTI_SEALED_TABLES; t++)
        EFTI_ARRAY_FREE(&s->mem, &p->tables[t].list);
    s->parties.count--;
    memmove(p, p + 1, (s->parties.count - at) * sizeof(*p));
}

/* Is a party of `from` in `into` already? */
static bool
share_a_party(const struct eft_sealed *into, const struct eft_sealed *from)
{
    bool found = false;

    for (size_t i = 0; i < from->parties.count && !found; i++)
        (void)party_place(into, from->parties.items[i].name, &found);
    return found;
}

eft_status
efti_sealed_join(struct eft_sealed *into, const struct eft_sealed *from, eft_error *err)
{
    eft_status st = efti_settings_compare(&into->settings, &from->settings,
                                          "seal all with the same settings", err);

    if (st != EFT_OK)
        return st;
    if (share_a_party(into, from))
        return refuse_same_party(err);
    for (size_t i = 0; i < from->parties.count && st == EFT_OK; i++)
        st = copy_party(into, &from->parties.items[i], err);
    for (size_t i = 0; i < from->parties.count && st != EFT_OK; i++)
        drop_party(into, from->parties.items[i].name);
    return st;
}
