/*
 * affix.c - reading the .aff file of a hunspell dictionary
 *
 * hunspell(5) describes the format. Honoured: FLAG types, SFX and PFX with conditions,
 * continuation flags and cross products, NEEDAFFIX, ONLYINCOMPOUND, FORBIDDENWORD,
 * COMPOUNDFLAG/BEGIN/MIDDLE/END, COMPOUNDPERMITFLAG, COMPOUNDFORBIDFLAG, FORCEUCASE,
 * FULLSTRIP and COMPOUNDRULE. Left out: all that serves suggestions (REP, MAP, KEY), and
 * CHECKCOMPOUNDREP, which would refuse compounds that look like a slip of the pen: here a
 * word that is too kindly accepted costs nothing.
 *
 * Compound rules are unrolled. A rule is a small regular expression over flags; all its
 * sequences of two or three flags are listed, since the compound test stops at three
 * parts, and land in the table of joins. "4?2?6" gives 46, 26, 426.
 */
#include "affix.h"

#include "lexicons/dictionary_format.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>

bool
next_line(eft_text *rest, eft_text *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->bytes, '\n', rest->size);
    size_t size = end == NULL ? rest->size : (size_t)(end - rest->bytes);
    *line = (eft_text){rest->bytes, size};
    size_t eaten = end == NULL ? size : size + 1;
    rest->bytes += eaten;
    rest->size -= eaten;
    if (line->size > 0 && line->bytes[line->size - 1] == '\r')
        line->size--;
    return true;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

eft_text
next_field(eft_text *line)
{
    size_t from = 0, to;

    while (from < line->size && is_blank(line->bytes[from]))
        from++;
    for (to = from; to < line->size && !is_blank(line->bytes[to]);)
        to++;
    eft_text field = {line->bytes + from, to - from};
    line->bytes += to;
    line->size -= to;
    return field;
}

static bool
is(eft_text a, const char *word)
{
    return efti_equal(a.bytes, a.size, word, strlen(word));
}

bool
flag_in(const struct flag_set *set, uint32_t flag)
{
    for (uint32_t i = 0; flag != 0 && i < set->count; i++) {
        if (set->items[i] == flag)
            return true;
    }
    return false;
}

static bool
next_flag(enum flag_type type, eft_text text, size_t *at, uint32_t *flag)
{
    if (*at >= text.size)
        return false;
    if (type == FLAG_CHAR) {
        *flag = efti_utf8_next(text.bytes, text.size, at);
    } else if (type == FLAG_LONG) {
        if (text.size - *at < 2)
            return false;
        *flag = (uint32_t)(unsigned char)text.bytes[*at] << 8 |
                (unsigned char)text.bytes[*at + 1];
        *at += 2;
    } else {
        *flag = 0;
        for (; *at < text.size && text.bytes[*at] != ','; ++*at)
            *flag = *flag * 10 + (uint32_t)(text.bytes[*at] - '0');
        ++*at;
    }
    return *flag != 0;
}

bool
affix_flags(enum flag_type type, struct efti_arena *arena, eft_text text,
            struct flag_set *out)
{
    uint32_t *items = efti_arena_alloc(arena, text.size * sizeof(*items), 4);
    uint32_t flag;
    size_t at = 0;

    *out = (struct flag_set){items, 0};
    if (items == NULL)
        return false;
    while (next_flag(type, text, &at, &flag))
        items[out->count++] = flag;
    return true;
}

static uint32_t
one_flag(const struct affix_file *a, eft_text *line)
{
    eft_text field = next_field(line);
    uint32_t flag = 0;
    size_t at = 0;

    return next_flag(a->flag_type, field, &at, &flag) ? flag : 0;
}

/* "SFX x strip append/FLAGS condition", or a head "SFX x Y 4" whose cross mark is kept
 * for the lines below it. */
static bool
read_affix(struct affix_file *a, eft_text line, bool prefix, uint32_t *head, bool *cross)
{
    struct affix_entry e = {.prefix = prefix, .flag = one_flag(a, &line)};

    if (e.flag != *head) {
        *head = e.flag;
        *cross = is(next_field(&line), "Y");
        return true;
    }
    e.cross = *cross;
    e.strip = next_field(&line);
    e.append = next_field(&line);
    e.condition = next_field(&line);
    const char *slash = memchr(e.append.bytes, '/', e.append.size);
    if (slash != NULL) {
        size_t n = (size_t)(slash - e.append.bytes);
        eft_text flags = {slash + 1, e.append.size - n - 1};
        if (!affix_flags(a->flag_type, &a->arena, flags, &e.next))
            return false;
        e.append.size = n;
    }
    if (is(e.strip, "0"))
        e.strip.size = 0;
    if (is(e.append, "0"))
        e.append.size = 0;
    if (!EFTI_PUSH(&efti_malloc, &a->entries))
        return false;
    a->entries.items[a->entries.count - 1] = e;
    return true;
}

/* ------------------------------------------------------------ compound rules */

struct rule_item {
    uint32_t flag;
    char how; /* '1', '?', '*' */
};

static uint32_t
class_number(struct affix_file *a, uint32_t flag) /* EFTI_DICT_CLASSES: no room */
{
    uint32_t known = 3 + (uint32_t)a->class_flags.count;

    if (flag == a->begin)
        return EFTI_DICT_CLASS_BEGIN;
    if (flag == a->middle)
        return EFTI_DICT_CLASS_MIDDLE;
    if (flag == a->end)
        return EFTI_DICT_CLASS_END;
    for (uint32_t i = 3; i < known; i++) {
        if (a->class_flags.items[i - 3] == flag)
            return i;
    }
    if (known == EFTI_DICT_CLASSES || !EFTI_PUSH(&efti_malloc, &a->class_flags))
        return EFTI_DICT_CLASSES;
    a->class_flags.items[known - 3] = flag;
    return known;
}

static void
add_join(struct affix_file *a, const uint32_t *flags, size_t count)
{
    uint32_t class[3];

    for (size_t i = 0; i < count; i++) {
        class[i] = class_number(a, flags[i]);
        if (class[i] == EFTI_DICT_CLASSES)
            return;
    }
    if (count == 2)
        a->joins[class[0]] |= 1u << class[1];
    else
        a->joins[EFTI_DICT_CLASSES + class[0] * EFTI_DICT_CLASSES + class[1]] |=
            1u << class[2];
}

static void
unroll(struct affix_file *a, const struct rule_item *items, size_t left, uint32_t *flags,
       size_t count)
{
    if (left == 0) {
        if (count >= 2)
            add_join(a, flags, count);
        return;
    }
    if (items->how != '1')
        unroll(a, items + 1, left - 1, flags, count);
    if (count == 3)
        return;
    flags[count] = items->flag;
    unroll(a, items + 1, left - 1, flags, count + 1);
    if (items->how == '*')
        unroll(a, items, left, flags, count + 1);
}

static void
read_rule(struct affix_file *a, eft_text rule)
{
    struct rule_item items[16];
    uint32_t flags[3], flag;
    size_t count = 0, at = 0;

    if (a->flag_type != FLAG_CHAR)
        return; /* written in brackets there; no Swedish file has them */
    while (count < EFTI_COUNT(items) && next_flag(FLAG_CHAR, rule, &at, &flag)) {
        items[count] = (struct rule_item){flag, '1'};
        if (at < rule.size && (rule.bytes[at] == '?' || rule.bytes[at] == '*'))
            items[count].how = rule.bytes[at++];
        count++;
    }
    unroll(a, items, count, flags, 0);
}

uint32_t
affix_classes(const struct affix_file *a, const struct flag_set *set)
{
    uint32_t classes = 0;

    if (flag_in(set, a->begin) || flag_in(set, a->anywhere))
        classes |= 1u << EFTI_DICT_CLASS_BEGIN;
    if (flag_in(set, a->middle) || flag_in(set, a->anywhere))
        classes |= 1u << EFTI_DICT_CLASS_MIDDLE;
    if (flag_in(set, a->end) || flag_in(set, a->anywhere))
        classes |= 1u << EFTI_DICT_CLASS_END;
    for (uint32_t i = 0; i < a->class_flags.count; i++) {
        if (flag_in(set, a->class_flags.items[i]))
            classes |= 1u << (i + 3);
    }
    return classes;
}

uint32_t
affix_end_classes(const struct affix_file *a)
{
    uint32_t ends = 0;

    for (size_t i = 0; i < EFTI_DICT_JOINS; i++)
        ends |= a->joins[i];
    return ends;
}

/* ------------------------------------------------------------------ the file */

/* Options whose only argument is a flag; returns false for any other keyword. */
static bool
read_flag_option(struct affix_file *a, eft_text key, eft_text line)
{
    const struct {
        const char *name;
        uint32_t *flag;
    } options[] = {
        {"FORBIDDENWORD", &a->forbidden},
        {"NEEDAFFIX", &a->need_affix},
        {"PSEUDOROOT", &a->need_affix},
        {"ONLYINCOMPOUND", &a->only_in_compound},
        {"COMPOUNDPERMITFLAG", &a->permit},
        {"COMPOUNDFORBIDFLAG", &a->forbid_in_compound},
        {"FORCEUCASE", &a->force_upper},
        {"COMPOUNDFLAG", &a->anywhere},
        {"COMPOUNDBEGIN", &a->begin},
        {"COMPOUNDMIDDLE", &a->middle},
        {"COMPOUNDEND", &a->end},
        {"COMPOUNDLAST", &a->end},
    };

    for (size_t i = 0; i < EFTI_COUNT(options); i++) {
        if (is(key, options[i].name)) {
            *options[i].flag = one_flag(a, &line);
            return true;
        }
    }
    return false;
}

/* FLAG says how all others are written, so it is looked for before them. */
static bool
read_encoding(struct affix_file *a, eft_text file)
{
    bool utf8 = false;

    for (eft_text line; next_line(&file, &line);) {
        eft_text key = next_field(&line);
        if (is(key, "SET")) {
            utf8 = is(next_field(&line), "UTF-8");
        } else if (is(key, "FLAG")) {
            eft_text type = next_field(&line);
            a->flag_type = is(type, "long")  ? FLAG_LONG
                           : is(type, "num") ? FLAG_NUMBER
                                             : FLAG_CHAR;
        } else if (is(key, "FULLSTRIP")) {
            a->full_strip = true;
        } else if (is(key, "AF")) {
            fprintf(stderr, "expand: flag aliases (AF) are not supported\n");
            return false;
        }
    }
    if (!utf8)
        fprintf(stderr, "expand: the affix file must say SET UTF-8\n");
    return utf8;
}

static int
by_flag(const void *x, const void *y, void *user)
{
    const struct affix_entry *a = x, *b = y;

    (void)user;
    if (a->flag != b->flag)
        return a->flag < b->flag ? -1 : 1;
    return a->append.bytes < b->append.bytes ? -1 : a->append.bytes > b->append.bytes;
}

static bool
read_lines(struct affix_file *a, eft_text file)
{
    uint32_t head = 0;
    bool cross = false, ok = true;

    for (eft_text line; ok && next_line(&file, &line);) {
        eft_text key = next_field(&line);
        if (is(key, "SFX") || is(key, "PFX"))
            ok = read_affix(a, line, key.bytes[0] == 'P', &head, &cross);
        else if (is(key, "COMPOUNDRULE"))
            read_rule(a, next_field(&line));
    }
    return ok;
}

bool
affix_read(struct affix_file *a, eft_text file)
{
    *a = (struct affix_file){0};
    efti_arena_init(&a->arena, &efti_malloc);
    efti_arena_init(&a->scratch, &efti_malloc);
    a->joins = efti_zalloc(&efti_malloc, EFTI_DICT_JOINS, sizeof(*a->joins));
    if (a->joins == NULL || efti_utf8_valid_prefix(file.bytes, file.size) != file.size ||
        !read_encoding(a, file))
        return false;
    eft_text rest = file;
    for (eft_text line; next_line(&rest, &line);) {
        eft_text key = next_field(&line);
        (void)read_flag_option(a, key, line);
    }
    const uint32_t begin = EFTI_DICT_CLASS_BEGIN, end = 1u << EFTI_DICT_CLASS_END;
    a->joins[begin] |= end;
    a->joins[EFTI_DICT_CLASSES + begin * EFTI_DICT_CLASSES + EFTI_DICT_CLASS_MIDDLE] |=
        end;
    if (!read_lines(a, file))
        return false;
    efti_sort(a->entries.items, a->entries.count, sizeof(*a->entries.items), by_flag,
              NULL);
    return true;
}

void
affix_free(struct affix_file *a)
{
    EFTI_ARRAY_FREE(&efti_malloc, &a->entries);
    EFTI_ARRAY_FREE(&efti_malloc, &a->class_flags);
    efti_release(&efti_malloc, a->joins, EFTI_DICT_JOINS * sizeof(*a->joins));
    efti_arena_free(&a->arena);
    efti_arena_free(&a->scratch);
}
