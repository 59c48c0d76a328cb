/*
 * roles.c - which column is what
 *
 * A header is folded (NFC, case, invisible marks) and trimmed, then looked up among the
 * Swedish and English names of docs/input.md. The header of a feeling may carry its
 * scale in parentheses: "Känsla (1-5)". Mappings of the user go first:
 *
 *     --map text=Fritext     the column with that header is the text
 *     --map text=#4          the fourth column is, whatever its header
 *     --facet kön=Kolumn7    the column is a facet of that name
 *
 * A role that is mapped is not recognised any more, nor is a column that is mapped: what
 * the user said is the whole truth about both. Two columns for one role are an error,
 * because either choice could be the wrong one; the message gives positions, never names.
 */
#include "read/reader.h"

#include <strings.h>

static const struct roles_name {
    const char *name; /* folded */
    uint8_t role;
} roles_names[] = {
    {"id", EFTI_ROLE_ID},
    {"text", EFTI_ROLE_TEXT},
    {"reflektion", EFTI_ROLE_TEXT},
    {"svar", EFTI_ROLE_TEXT},
    {"berättelse", EFTI_ROLE_TEXT},
    {"anteckning", EFTI_ROLE_TEXT},
    {"note", EFTI_ROLE_TEXT},
    {"writer", EFTI_ROLE_WRITER},
    {"author", EFTI_ROLE_WRITER},
    {"skribent", EFTI_ROLE_WRITER},
    {"författare", EFTI_ROLE_WRITER},
    {"deltagare", EFTI_ROLE_WRITER},
    {"unit", EFTI_ROLE_UNIT},
    {"group", EFTI_ROLE_UNIT},
    {"enhet", EFTI_ROLE_UNIT},
    {"grupp", EFTI_ROLE_UNIT},
    {"kommun", EFTI_ROLE_UNIT},
    {"assignment", EFTI_ROLE_ASSIGNMENT},
    {"uppdrag", EFTI_ROLE_ASSIGNMENT},
    {"prompt", EFTI_ROLE_PROMPT},
    {"fråga", EFTI_ROLE_PROMPT},
    {"question", EFTI_ROLE_PROMPT},
    {"time", EFTI_ROLE_TIME},
    {"date", EFTI_ROLE_TIME},
    {"datum", EFTI_ROLE_TIME},
    {"tid", EFTI_ROLE_TIME},
    {"skickad", EFTI_ROLE_TIME},
    {"feeling", EFTI_ROLE_FEELING},
    {"rating", EFTI_ROLE_FEELING},
    {"känsla", EFTI_ROLE_FEELING},
    {"skattning", EFTI_ROLE_FEELING},
    {"tags", EFTI_ROLE_TAGS},
    {"taggar", EFTI_ROLE_TAGS},
    {"comments", EFTI_ROLE_COMMENTS},
    {"kommentarer", EFTI_ROLE_COMMENTS},
    {"votes", EFTI_ROLE_VOTES},
    {"röster", EFTI_ROLE_VOTES},
    {"consent", EFTI_ROLE_CONSENT},
    {"samtycke", EFTI_ROLE_CONSENT},
};

const char *
efti_role_name(enum efti_role role)
{
    static const char *const names[EFTI_ROLE_COUNT] = {
        [EFTI_ROLE_NONE] = "none",         [EFTI_ROLE_ID] = "id",
        [EFTI_ROLE_TEXT] = "text",         [EFTI_ROLE_WRITER] = "writer",
        [EFTI_ROLE_UNIT] = "unit",         [EFTI_ROLE_ASSIGNMENT] = "assignment",
        [EFTI_ROLE_PROMPT] = "prompt",     [EFTI_ROLE_TIME] = "time",
        [EFTI_ROLE_FEELING] = "feeling",   [EFTI_ROLE_TAGS] = "tags",
        [EFTI_ROLE_COMMENTS] = "comments", [EFTI_ROLE_VOTES] = "votes",
        [EFTI_ROLE_FACET] = "facet",       [EFTI_ROLE_CONSENT] = "consent",
    };
    return (unsigned)role < EFTI_ROLE_COUNT ? names[role] : "unknown";
}

/* ------------------------------------------------------------------ mappings */

/* Fold and trim `name` into r->folded; the answer points there. */
static eft_status
roles_fold(struct efti_reader *r, eft_text name, eft_text *out, eft_error *err)
{
    eft_status status;

    *out = (eft_text){"", 0};
    if (efti_utf8_valid_prefix(name.bytes, name.size) != name.size)
        return EFT_OK; /* a name nobody can ask for */
    status = efti_fold(r->unicode, name.bytes, name.size, &r->folded, err);
    if (status == EFT_OK && r->folded.size > 0)
        *out = efti_trim((eft_text){r->folded.data, r->folded.size});
    return status;
}

static eft_status
roles_prepare_facet(struct efti_reader *r, const struct efti_mapping *from,
                    struct efti_map *map, size_t number, eft_error *err)
{
    char *name;

    if (from->facet == NULL || from->facet[0] == '\0')
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "mapping %zu: a facet needs a name", number);
    for (size_t i = 0; i < r->shape.facet_count; i++) {
        if (strcmp(r->shape.facet_names[i], from->facet) == 0)
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "mapping %zu: the same facet is mapped twice", number);
    }
    if (r->shape.facet_count == EFTI_MAX_FACETS)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "there are more than %d facets",
                         EFTI_MAX_FACETS);
    name = efti_arena_copy(&r->keep, from->facet, strlen(from->facet));
    if (name == NULL)
        return efti_no_memory(err, "a mapping");
    map->facet = (uint8_t)r->shape.facet_count;
    r->shape.facet_names[r->shape.facet_count++] = name;
    return EFT_OK;
}

static eft_status
roles_prepare_one(struct efti_reader *r, const struct efti_mapping *from, size_t number,
                  eft_error *err)
{
    struct efti_map *map = &r->maps[r->map_count];
    eft_text folded;
    eft_status status = EFT_OK;

    *map = (struct efti_map){.role = from->role, .position = from->position};
    if (from->role <= EFTI_ROLE_NONE || from->role >= EFTI_ROLE_COUNT)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "mapping %zu: no such role",
                         number);
    if ((from->column == NULL) == (from->position == 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "mapping %zu: name the column, or give its position as #N",
                         number);
    if (from->role == EFTI_ROLE_FACET)
        status = roles_prepare_facet(r, from, map, number, err);
    else if (r->mapped[from->role])
        return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                         "mapping %zu: the role %s is mapped twice", number,
                         efti_role_name(from->role));
    if (status != EFT_OK)
        return status;
    r->mapped[from->role] = true;
    if (from->column != NULL) {
        status =
            roles_fold(r, (eft_text){from->column, strlen(from->column)}, &folded, err);
        if (status != EFT_OK)
            return status;
        map->column.size = folded.size;
        map->column.bytes = efti_arena_copy(&r->keep, folded.bytes, folded.size);
        if (map->column.bytes == NULL)
            return efti_no_memory(err, "a mapping");
    }
    r->map_count++;
    return EFT_OK;
}

eft_status
efti_roles_prepare(struct efti_reader *r, const struct efti_read_options *options,
                   eft_error *err)
{
    size_t bytes;

    if (options == NULL || options->mapping_count == 0)
        return EFT_OK;
    if (!efti_mul(options->mapping_count, sizeof *r->maps, &bytes))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "there are too many mappings");
    r->maps = efti_arena_alloc(&r->keep, bytes, alignof(struct efti_map));
    if (r->maps == NULL)
        return efti_no_memory(err, "the mappings");
    for (size_t i = 0; i < options->mapping_count; i++) {
        const eft_status status = roles_prepare_one(r, &options->mappings[i], i + 1, err);
        if (status != EFT_OK)
            return status;
    }
    return EFT_OK;
}

/* --------------------------------------------------------------- recognition */

enum efti_role
efti_role_of(eft_text header)
{
    for (size_t i = 0; i < EFTI_COUNT(roles_names); i++) {
        const char *name = roles_names[i].name;
        if (header.size == strlen(name) &&
            strncasecmp(header.bytes, name, header.size) == 0)
            return (enum efti_role)roles_names[i].role;
    }
    return EFTI_ROLE_NONE;
}

static enum efti_role
roles_known(eft_text folded)
{
    for (size_t i = 0; i < EFTI_COUNT(roles_names); i++) {
        const char *name = roles_names[i].name;
        if (efti_equal(folded.bytes, folded.size, name, strlen(name)))
            return (enum efti_role)roles_names[i].role;
    }
    return EFTI_ROLE_NONE;
}

/* "(0-10)": does it state a scale, and one other than 1-5? Anything else in parentheses
 * ("(hur mår du)") says nothing about the scale. */
static bool
roles_other_scale(eft_text inside)
{
    size_t split = 0, behind;
    double low, high;

    inside = efti_trim(inside);
    while (split < inside.size && inside.bytes[split] != '-' &&
           (unsigned char)inside.bytes[split] < 0x80)
        split++;
    behind = split + 1;
    if (inside.size - split >= 3 && memcmp(inside.bytes + split, "\xE2\x80\x93", 3) == 0)
        behind = split + 3; /* an en dash */
    if (split == 0 || behind >= inside.size)
        return false;
    if (!efti_parse_decimal((eft_text){inside.bytes, split}, &low) ||
        !efti_parse_decimal((eft_text){inside.bytes + behind, inside.size - behind},
                            &high))
        return false;
    return low < 1 || low > 1 || high < 5 || high > 5;
}

/* A feeling with something in parentheses behind its name. */
static bool
roles_is_scaled_feeling(eft_text folded, bool *other_scale)
{
    const char *open;
    eft_text name;

    if (folded.size < 3 || folded.bytes[folded.size - 1] != ')')
        return false;
    open = memchr(folded.bytes, '(', folded.size);
    if (open == NULL)
        return false;
    name = efti_trim((eft_text){folded.bytes, (size_t)(open - folded.bytes)});
    if (roles_known(name) != EFTI_ROLE_FEELING)
        return false;
    *other_scale = roles_other_scale(
        (eft_text){open + 1, folded.size - (size_t)(open - folded.bytes) - 2});
    return true;
}

eft_status
efti_roles_of_name(struct efti_reader *r, eft_text name, struct efti_slot *out,
                   bool *scale, eft_error *err)
{
    enum efti_role role;
    bool other_scale = false;
    eft_text folded;
    const eft_status status = roles_fold(r, name, &folded, err);

    *out = (struct efti_slot){EFTI_ROLE_NONE, 0};
    if (status != EFT_OK)
        return status;
    role = roles_known(folded);
    if (role == EFTI_ROLE_NONE && roles_is_scaled_feeling(folded, &other_scale))
        role = EFTI_ROLE_FEELING;
    for (size_t i = 0; i < r->map_count; i++) {
        const struct efti_map *map = &r->maps[i];
        if (map->position == 0 &&
            efti_equal(folded.bytes, folded.size, map->column.bytes, map->column.size)) {
            *out = (struct efti_slot){(uint8_t)map->role, map->facet};
            break;
        }
    }
    if (out->role == EFTI_ROLE_NONE && !r->mapped[role])
        out->role = (uint8_t)role;
    if (scale != NULL)
        *scale = other_scale && out->role == EFTI_ROLE_FEELING && !r->scale_given;
    return EFT_OK;
}

/* ------------------------------------------------------------------- columns */

static bool
roles_same(struct efti_slot a, struct efti_slot b)
{
    return a.role == b.role && a.facet == b.facet;
}

/* Mapped positions, over whatever the headers say. */
static eft_status
roles_by_position(struct efti_reader *r, size_t count, struct efti_slot *out,
                  eft_error *err)
{
    eft_status first = EFT_OK;

    for (size_t i = 0; i < r->map_count; i++) {
        const struct efti_map *map = &r->maps[i];
        if (map->position == 0)
            continue;
        if (map->position <= count)
            out[map->position - 1] = (struct efti_slot){(uint8_t)map->role, map->facet};
        else if (first == EFT_OK)
            first = efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                              EFTI_READ_AT " has %zu columns, and %s is mapped to #%u",
                              EFTI_READ_PLACE(r), count, efti_role_name(map->role),
                              map->position);
    }
    return first;
}

static eft_status
roles_check(struct efti_reader *r, const struct efti_slot *slots, size_t count,
            eft_error *err)
{
    size_t place[EFTI_ROLE_COUNT + EFTI_MAX_FACETS] = {0};

    for (size_t i = 0; i < count; i++) {
        const size_t at = slots[i].role == EFTI_ROLE_FACET
                              ? EFTI_ROLE_COUNT + slots[i].facet
                              : slots[i].role;
        if (slots[i].role == EFTI_ROLE_NONE)
            continue;
        if (place[at] != 0)
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             EFTI_READ_AT
                             ": columns %zu and %zu are both %s; choose one with "
                             "--map %s=#N",
                             EFTI_READ_PLACE(r), place[at], i + 1,
                             efti_role_name((enum efti_role)slots[i].role),
                             efti_role_name((enum efti_role)slots[i].role));
        place[at] = i + 1;
    }
    return EFT_OK;
}

static eft_status
roles_check_mapped(struct efti_reader *r, const struct efti_slot *slots, size_t count,
                   eft_error *err)
{
    for (size_t m = 0; m < r->map_count; m++) {
        const struct efti_slot want = {(uint8_t)r->maps[m].role, r->maps[m].facet};
        size_t i = 0;

        while (i < count && !roles_same(slots[i], want))
            i++;
        if (i == count)
            return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                             EFTI_READ_AT
                             ": the column of mapping %zu (%s) is not there, or "
                             "is mapped again; see \"eftertanke columns FILE\"",
                             EFTI_READ_PLACE(r), m + 1, efti_role_name(r->maps[m].role));
    }
    return EFT_OK;
}

static eft_status
roles_scale_unknown(struct efti_reader *r, size_t column, eft_error *err)
{
    return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                     EFTI_READ_AT
                     ", column %zu: its header states another scale than 1-5; "
                     "say which with --feeling-scale LOW-HIGH",
                     EFTI_READ_PLACE(r), column);
}

eft_status
efti_roles_assign(struct efti_reader *r, const eft_text *headers, size_t count,
                  struct efti_slot *out, eft_error *err)
{
    eft_status status = EFT_OK;
    size_t scale_at = 0;

    for (size_t i = 0; i < count; i++) {
        bool scale;
        status = efti_roles_of_name(r, headers[i], &out[i], &scale, err);
        if (status != EFT_OK)
            return status;
        if (scale)
            scale_at = i + 1;
    }
    status = roles_by_position(r, count, out, err);
    if (status == EFT_OK)
        status = roles_check(r, out, count, err);
    if (status == EFT_OK)
        status = roles_check_mapped(r, out, count, err);
    if (status == EFT_OK && scale_at != 0 && out[scale_at - 1].role == EFTI_ROLE_FEELING)
        status = roles_scale_unknown(r, scale_at, err);
    return status;
}

void
efti_roles_note(struct efti_reader *r, struct efti_slot slot)
{
    if (slot.role != EFTI_ROLE_NONE)
        r->shape.has[slot.role] = true;
}
