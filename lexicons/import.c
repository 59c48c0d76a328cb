/*
 * import.c - categories and patterns become a lexicon
 *
 * LIWC and quanteda compare whole words as they are written, so a word becomes "=word"
 * and a beginning "word*"; to have every inflection, take the sign away afterwards. What
 * is left out: smileys and other signs, a star behind fewer than three letters (half the
 * language), more than eight words, the conditions of old LIWC.
 *
 * A category that is only a heading (its words stand in those below) is no theme: the
 * ones below carry its name in theirs.
 */
#include "lexicons/import.h"

#include "base/context.h"

/* A word copied for each number on its line grows by the product: these end that. */
#define LONGEST_NAME 512
#define MOST_PATTERNS 500000

eft_status
efti_import_fault(uint32_t line, const char *what, eft_error *err)
{
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s", line, what);
}

eft_status
efti_import_keep(struct efti_import *im, eft_text from, eft_text *to, eft_error *err)
{
    char *copy = efti_arena_copy(&im->arena, from.bytes, from.size);

    *to = (eft_text){copy, from.size};
    return copy == NULL ? efti_no_memory(err, "the lexicon") : EFT_OK;
}

/* ---------------------------------------------------------------------- themes */

/* a-z and digits as they are, Swedish letters without their marks, all else "_". */
static char
slug_letter(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return (char)c;
    switch (c) {
    case 0xC0:
    case 0xC1:
    case 0xC4:
    case 0xC5: /* clang-format off */
    case 0xE0: case 0xE1: case 0xE4: case 0xE5: return 'a';
    case 0xC8: case 0xC9: case 0xE8: case 0xE9: return 'e';
    case 0xD6: case 0xD8: case 0xF6: case 0xF8: return 'o';
    case 0xDC: case 0xFC: return 'u'; /* clang-format on */
    default: return '_';
    }
}

void
efti_import_slug(struct efti_bytes *out, eft_text name)
{
    for (size_t at = 0; at < name.size && out->size < 56;) {
        char c = slug_letter(efti_utf8_next(name.bytes, name.size, &at));
        if (c != '_' || (out->size > 0 && out->data[out->size - 1] != '_'))
            efti_put_char(out, c);
    }
    while (out->size > 0 && out->data[out->size - 1] == '_')
        out->size--;
    if (out->size == 0)
        efti_put_text(out, "tema");
}

/* An id nobody has yet: oro, oro_2, oro_3 ... */
static eft_status
make_id(struct efti_import *im, eft_text name, eft_text *id, eft_error *err)
{
    struct efti_bytes slug;
    bool added = false;
    eft_status st = EFT_OK;

    efti_bytes_init(&slug, im->mem);
    efti_import_slug(&slug, name);
    size_t stem = slug.size;
    for (uint32_t n = 2; !added && st == EFT_OK; n++) {
        if (slug.failed ||
            efti_strings_add(im->ids, slug.data, slug.size, &added) == EFTI_NOT_FOUND)
            st = efti_no_memory(err, "the lexicon");
        if (added && st == EFT_OK)
            st = efti_import_keep(im, (eft_text){slug.data, slug.size}, id, err);
        slug.size = added || slug.failed ? slug.size : stem;
        if (!added) {
            efti_put_char(&slug, '_');
            efti_put_u64(&slug, n);
        }
    }
    efti_bytes_free(&slug);
    return st;
}

eft_status
efti_import_theme(struct efti_import *im, eft_text name, uint32_t parent, uint32_t *out,
                  eft_error *err)
{
    struct efti_import_theme t = {.parent = parent};
    eft_status st;

    if (name.size > LONGEST_NAME)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the name of a category is longer than %d bytes", LONGEST_NAME);
    if (im->themes.count >= EFTI_IMPORT_THEMES)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "more than %u categories",
                         EFTI_IMPORT_THEMES);
    if ((st = make_id(im, name, &t.id, err)) != EFT_OK ||
        (st = efti_import_keep(im, name, &t.label, err)) != EFT_OK)
        return st;
    if (!EFTI_PUSH(im->mem, &im->themes))
        return efti_no_memory(err, "the lexicon");
    *out = (uint32_t)im->themes.count - 1;
    im->themes.items[*out] = t;
    return EFT_OK;
}

/* --------------------------------------------------------------------- patterns */

static bool
is_word_sign(uint32_t c)
{
    return efti_is_letter(c) || efti_is_digit(c) || c == '-' || c == '\'' || c == ':' ||
           c == '.' || c == '&';
}

/* One word in our signs; false: they cannot say it. */
static bool
put_foreign_word(struct efti_bytes *out, eft_text word, bool globs)
{
    size_t letters = 0, wild = 0, inner = 0;

    for (size_t at = 0; at < word.size;) {
        size_t from = at;
        uint32_t c = efti_utf8_next(word.bytes, word.size, &at);
        bool star = c == '*' || c == '?';
        wild += star;
        inner += star && (c == '?' || at < word.size);
        letters += efti_is_letter(c) || efti_is_digit(c);
        if (!star && !is_word_sign(c))
            return false;
        if (from == 0 && !star && !efti_is_letter(c) && !efti_is_digit(c))
            return false; /* -ord, 'ord: no word begins so */
    }
    if (letters == 0 || (wild > 0 && letters < 3) || (inner > 0 && !globs))
        return false;
    if (wild == 0)
        efti_put_char(out, '=');
    efti_put(out, word.bytes, word.size);
    return true;
}

static eft_text
next_word(eft_text *rest)
{
    size_t at = 0, end;

    while (at < rest->size && (rest->bytes[at] == ' ' || rest->bytes[at] == '\t'))
        at++;
    for (end = at;
         end < rest->size && rest->bytes[end] != ' ' && rest->bytes[end] != '\t';)
        end++;
    const eft_text word = {rest->bytes + at, end - at};
    *rest = (eft_text){rest->bytes + end, rest->size - end};
    return word;
}

eft_status
efti_import_add(struct efti_import *im, uint32_t theme, eft_text text, eft_error *err)
{
    struct efti_import_pattern p = {.theme = theme,
                                    .order = (uint32_t)im->patterns.count};

    if (im->patterns.count >= MOST_PATTERNS || text.size > LONGEST_NAME)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "a pattern is longer than %d bytes, or there are more than %d "
                         "over all categories",
                         LONGEST_NAME, MOST_PATTERNS);
    eft_status st = efti_import_keep(im, text, &p.text, err);

    if (st != EFT_OK)
        return st;
    if (!EFTI_PUSH(im->mem, &im->patterns))
        return efti_no_memory(err, "the lexicon");
    im->patterns.items[im->patterns.count - 1] = p;
    im->themes.items[theme].patterns++;
    return EFT_OK;
}

eft_status
efti_import_pattern(struct efti_import *im, uint32_t theme, eft_text pattern, bool globs,
                    eft_error *err)
{
    struct efti_bytes out;
    size_t words = 0;
    bool fine = true;
    eft_status st = EFT_OK;

    efti_bytes_init(&out, im->mem);
    for (eft_text word = next_word(&pattern); word.size > 0 && fine;
         word = next_word(&pattern)) {
        if (words++ > 0)
            efti_put_char(&out, ' ');
        fine = words <= 8 && put_foreign_word(&out, word, globs);
    }
    if (out.failed)
        st = efti_no_memory(err, "the lexicon");
    else if (!fine || words == 0)
        im->left_out++;
    else
        st = efti_import_add(im, theme, (eft_text){out.data, out.size}, err);
    efti_bytes_free(&out);
    return st;
}

/* ----------------------------------------------------------------------- writing */

/* The nearest theme above that has patterns of its own. */
static uint32_t
living_parent(const struct efti_import *im, uint32_t theme)
{
    uint32_t parent = im->themes.items[theme].parent;

    while (parent != EFTI_NO_PARENT && im->themes.items[parent].patterns == 0)
        parent = im->themes.items[parent].parent;
    return parent;
}

static int
by_theme_then_order(const void *a, const void *b, void *user)
{
    const struct efti_import_pattern *x = a, *y = b;

    (void)user;
    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Its patterns begin at `*at`; afterwards that is the first of the next theme. */
static void
put_imported(struct efti_bytes *xml, const struct efti_import *im, uint32_t theme,
             size_t *at)
{
    const struct efti_import_theme *t = &im->themes.items[theme];
    const uint32_t parent = living_parent(im, theme);
    const eft_text definition = t->definition.size > 0 ? t->definition : t->label;
    const eft_text source = {"imported", 8};
    const struct efti_convert_head h = {
        .id = t->id,
        .parent =
            parent == EFTI_NO_PARENT ? (eft_text){NULL, 0} : im->themes.items[parent].id,
        .label_sv = t->label,
        .label_en = t->label,
        .definition_sv = definition,
        .definition_en = definition,
        .source = source,
    };

    efti_convert_theme(xml, &h);
    for (; *at < im->patterns.count && im->patterns.items[*at].theme == theme; ++*at) {
        const eft_text text = im->patterns.items[*at].text;
        efti_put_text(xml, "<entry>");
        efti_convert_escaped(xml, text.bytes, text.size);
        efti_put_text(xml, "</entry>\n");
    }
    efti_put_text(xml, "</theme>\n");
}

static eft_status
put_lexicon_of(struct efti_bytes *xml, struct efti_import *im, eft_error *err)
{
    const eft_text id = im->id, one = {"1.0.0", 5}, unknown = {"unknown", 7};
    const struct efti_convert_head head = {.id = id,
                                           .version = one,
                                           .licence = unknown,
                                           .label_sv = id,
                                           .label_en = id,
                                           .source = unknown};

    size_t at = 0;

    if (im->patterns.count == 0)
        return efti_import_fault(
            1, "no pattern that a lexicon can say (is it the right file?)", err);
    efti_sort(im->patterns.items, im->patterns.count, sizeof(*im->patterns.items),
              by_theme_then_order, NULL);
    efti_convert_lexicon(xml, &head);
    for (uint32_t t = 0; t < im->themes.count; t++) {
        if (im->themes.items[t].patterns > 0)
            put_imported(xml, im, t, &at);
    }
    efti_put_text(xml, "</lexicon>\n");
    return xml->failed ? efti_no_memory(err, "the lexicon") : EFT_OK;
}

/* ------------------------------------------------------------------------ public */

/* UTF-8 as it is, else Windows-1252; line ends as they are. No NUL, no
 * byte order mark. */
static eft_status
take_text(eft_text source, struct efti_bytes *own, eft_text *out, eft_error *err)
{
    if (source.size > ((size_t)16 << 20))
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "a dictionary above 16 MiB");
    if (source.size >= 3 && memcmp(source.bytes, "\xEF\xBB\xBF", 3) == 0)
        source = (eft_text){source.bytes + 3, source.size - 3};
    *out = source;
    if (source.size == 0 || memchr(source.bytes, '\0', source.size) != NULL)
        return efti_import_fault(1, "this is no text (is it the right file?)", err);
    if (efti_utf8_valid_prefix(source.bytes, source.size) == source.size)
        return EFT_OK;
    if (efti_from_cp1252(source.bytes, source.size, own, err) != EFT_OK || own->failed)
        return own->failed
                   ? efti_no_memory(err, "the lexicon")
                   : efti_import_fault(1, "bytes that are not UTF-8 (save it so)", err);
    *out = (eft_text){own->data, own->size};
    return EFT_OK;
}

static eft_status
read_foreign(struct efti_import *im, eft_text text, eft_lexicon_format format,
             eft_error *err)
{
    switch (format) {
    case EFT_LEXICON_DIC: return efti_import_dic(im, text, err);
    case EFT_LEXICON_DICX: return efti_import_dicx(im, text, err);
    case EFT_LEXICON_YAML: return efti_import_yaml(im, text, err);
    case EFT_LEXICON_QDC: return efti_import_qdc(im, text, err);
    default:
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "an unknown format of lexicons");
    }
}

static eft_status
import_lexicon(struct efti_import *im, eft_text source, eft_lexicon_format format,
               struct efti_bytes *xml, eft_error *err)
{
    struct efti_bytes own;
    eft_text text;

    efti_bytes_init(&own, im->mem);
    eft_status st = take_text(source, &own, &text, err);
    if (st == EFT_OK)
        st = read_foreign(im, text, format, err);
    efti_bytes_free(&own);
    return st == EFT_OK ? put_lexicon_of(xml, im, err) : st;
}

/* A file of any format; `id` is that of one that says none. */
static eft_status
import_as(eft_context *ctx, eft_text source, eft_lexicon_format format, eft_text id,
          eft_lexicon **out, size_t *left_out, eft_error *err)
{
    struct efti_import im = {.mem = efti_context_allocator(ctx), .id = id};
    struct efti_bytes xml;
    eft_status st;

    if (format == EFT_LEXICON_XML)
        return eft_lexicon_read(ctx, source, out, err);
    if (format == EFT_LEXICON_CSV)
        return efti_lexicon_read_csv(ctx, source, id, out, err);
    if ((st = efti_text_is_there(source, "the dictionary", err)) != EFT_OK)
        return st;
    efti_arena_init(&im.arena, im.mem);
    efti_bytes_init(&xml, im.mem);
    st = efti_strings_new(im.mem, &im.ids, err);
    if (st == EFT_OK)
        st = import_lexicon(&im, source, format, &xml, err);
    if (st == EFT_OK)
        st = efti_lexicon_parse(im.mem, xml.data, xml.size, out, err);
    if (st == EFT_OK && left_out != NULL)
        *left_out = im.left_out;
    efti_bytes_free(&xml);
    efti_strings_free(im.ids);
    EFTI_ARRAY_FREE(im.mem, &im.themes);
    EFTI_ARRAY_FREE(im.mem, &im.patterns);
    efti_arena_free(&im.arena);
    return st;
}

/* As lexicon.rng has it: entries are named by it, and tables by theirs. */
static bool
is_id(eft_text id)
{
    bool word = id.size > 0;

    for (size_t i = 0; word && i < id.size; i++) {
        const char c = id.bytes[i];
        word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    return word;
}

eft_status
eft_lexicon_import_as(eft_context *ctx, eft_text source, eft_lexicon_format format,
                      const char *id, eft_lexicon **out, size_t *left_out, eft_error *err)
{
    const eft_text given = {id, id == NULL ? 0 : strlen(id)};

    if (left_out != NULL)
        *left_out = 0;
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    if (id != NULL && !is_id(given))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the id of a lexicon is a word of a-z, 0-9 and _");
    eft_status st = import_as(ctx, source, format, id == NULL ? EFTI_OWN_LEXICON : given,
                              out, left_out, err);
    if (st != EFT_OK || id == NULL)
        return st;
    const eft_text own = (*out)->id;
    if (efti_equal(own.bytes, own.size, given.bytes, given.size))
        return EFT_OK;
    st = efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                   "the file says an id of its own, %.*s: leave the other out",
                   (int)own.size, own.bytes);
    eft_lexicon_unref(*out);
    *out = NULL;
    if (left_out != NULL)
        *left_out = 0;
    return st;
}

eft_status
eft_lexicon_import(eft_context *ctx, eft_text source, eft_lexicon_format format,
                   eft_lexicon **out, size_t *left_out, eft_error *err)
{
    return eft_lexicon_import_as(ctx, source, format, NULL, out, left_out, err);
}
