/*
 * gold.c - a gold file becomes documents, its form told by the first line
 *
 *     {  JSON Lines          10 columns  CoNLL-U          a header `themes`  codes
 *     a header `id`  a column a theme, or spans (gold_sheet.c)
 *     token LABEL, or number token LABEL - -  IOB
 *     word <tab> ...  compounds or terms
 *
 * Gold is written by people who will look for their own slips: every error names the
 * line. It is refused as a whole, for figures over the rest would answer another
 * question.
 */
#include "evaluate/evaluate.h"

#include "text/unicode.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------ the file */

static eft_status
gold_unreadable(const char *name, eft_error *err)
{
    return efti_fail(err, EFT_E_IO, EFT_NO_OFFSET,
                     "%s could not be read: is it a file that you may read?", name);
}

eft_status
efti_gold_load(const eft_allocator *mem, const char *path, const char *name, char **out,
               size_t *size, eft_error *err)
{
    struct stat st;
    size_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return gold_unreadable(name, err);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0) {
        (void)close(fd);
        return gold_unreadable(name, err);
    }
    if ((uintmax_t)st.st_size > EFTI_MOST_GOLD) {
        (void)close(fd);
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET, "%s is larger than 1 GiB",
                         name);
    }
    *size = (size_t)st.st_size;
    char *bytes = efti_alloc(mem, *size + 1);
    if (bytes == NULL) {
        (void)close(fd);
        return efti_no_memory(err, "a gold file");
    }
    bool good = efti_read_all(fd, bytes, *size, &got) && got == *size;
    (void)close(fd);
    if (!good) {
        efti_release(mem, bytes, *size + 1);
        return gold_unreadable(name, err);
    }
    bytes[*size] = '\0';
    *out = bytes;
    return EFT_OK;
}

bool
efti_gold_line(eft_text *rest, eft_text *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->bytes, '\n', rest->size);
    size_t n = end == NULL ? rest->size : (size_t)(end - rest->bytes);
    size_t used = end == NULL ? n : n + 1;

    *line = (eft_text){rest->bytes, n};
    if (n > 0 && rest->bytes[n - 1] == '\r')
        line->size--;
    rest->bytes += used;
    rest->size -= used;
    return true;
}

struct efti_gold_doc *
efti_gold_add(struct efti_gold *g, eft_text id, uint32_t line, eft_error *err)
{
    bool added = true;

    if (g->docs.count >= UINT32_MAX || !EFTI_PUSH(g->mem, &g->docs)) {
        (void)efti_no_memory(err, "the gold documents");
        return NULL;
    }
    struct efti_gold_doc *doc = &g->docs.items[g->docs.count - 1];
    *doc = (struct efti_gold_doc){.id = id, .line = line};
    if (id.size > 0 &&
        efti_strings_add(g->ids, id.bytes, id.size, &added) == EFTI_NOT_FOUND) {
        (void)efti_no_memory(err, "the gold documents");
        return NULL;
    }
    if (!added) {
        (void)efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                        "%s, %s %u: this id stands on an earlier %s too", g->name,
                        efti_gold_place_name(g), line, efti_gold_place_name(g));
        return NULL;
    }
    return doc;
}

/* ------------------------------------------------------------- what is negated */

static bool
is_named(const struct efti_gold *g, const struct efti_gold_part *part, eft_text name)
{
    for (uint32_t i = 0; i < part->count; i++) {
        eft_text own = g->names.items[part->first + i];
        if (efti_equal(own.bytes, own.size, name.bytes, name.size))
            return true;
    }
    return false;
}

static eft_status
push_name(struct efti_gold *g, struct efti_gold_doc *doc, eft_text name, eft_error *err)
{
    if (!EFTI_PUSH(g->mem, &g->names))
        return efti_no_memory(err, "the gold themes");
    g->names.items[g->names.count - 1] = name;
    doc->themes.count++;
    return EFT_OK;
}

/* A theme that is said to be missing is one that the text is about, also where
 * a coder named it among the negated alone. */
eft_status
efti_gold_join_negated(struct efti_gold *g, struct efti_gold_doc *doc, eft_error *err)
{
    const struct efti_gold_part themes = doc->themes, negated = doc->negated;
    eft_status st = EFT_OK;

    if (negated.count == 0)
        return EFT_OK;
    doc->themes = (struct efti_gold_part){.first = (uint32_t)g->names.count, .count = 0};
    for (uint32_t i = 0; i < themes.count && st == EFT_OK; i++)
        st = push_name(g, doc, g->names.items[themes.first + i], err);
    for (uint32_t i = 0; i < negated.count && st == EFT_OK; i++) {
        eft_text name = g->names.items[negated.first + i];
        if (!is_named(g, &doc->themes, name))
            st = push_name(g, doc, name, err);
    }
    return st;
}

/* ------------------------------------------------------------------- reading */

static size_t
count_tabs(eft_text line)
{
    size_t tabs = 0;

    for (size_t i = 0; i < line.size; i++)
        tabs += line.bytes[i] == '\t';
    return tabs;
}

/* "Anna B-PER", "Anna\tB-PER", "var 0": the last word of the line is a label. */
static bool
is_iob(eft_text line)
{
    size_t at = line.size;

    while (at > 0 && line.bytes[at - 1] != ' ' && line.bytes[at - 1] != '\t')
        at--;
    size_t n = line.size - at;
    const char *label = line.bytes + at;
    return at > 0 && ((n == 1 && (*label == 'O' || *label == '0')) ||
                      (n > 2 && label[1] == '-' && (*label == 'B' || *label == 'I')) ||
                      (n >= 3 && n <= 4 && label[0] >= 'A' && label[0] <= 'Z' &&
                       label[1] >= 'A' && label[1] <= 'Z'));
}

static eft_status
read_form(struct efti_gold *g, eft_error *err)
{
    eft_text rest = g->body, line = {0};

    bool found = false;

    while (!found && efti_gold_line(&rest, &line))
        found = !efti_blank(line) && line.bytes[0] != '#';
    if (!found)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "%s is empty", g->name);
    if (line.bytes[0] == '{')
        return efti_gold_jsonl(g, err);
    if (efti_gold_is_codes(line))
        return efti_gold_codes(g, err);
    eft_status st = efti_gold_is_sheet(g, &found, err);
    if (st != EFT_OK || found)
        return st == EFT_OK ? efti_gold_sheet(g, err) : st;
    size_t tabs = count_tabs(line);
    if (tabs == 9)
        return efti_gold_conllu(g, err);
    if (tabs == 4 || is_iob(line))
        return efti_gold_iob(g, err);
    return efti_gold_table(g, err);
}

eft_status
efti_gold_parse(struct efti_gold *g, const eft_allocator *mem, const char *name,
                char *bytes, size_t size, eft_error *err)
{
    *g = (struct efti_gold){.mem = mem, .name = name, .bytes = bytes, .size = size};
    efti_arena_init(&g->arena, mem);
    eft_status st = efti_strings_new(mem, &g->ids, err);
    if (st != EFT_OK)
        return st;
    size_t mark = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t good = efti_utf8_valid_prefix(bytes, size);
    if (good != size)
        return efti_fail(err, EFT_E_ENCODING, good, "%s is not UTF-8 (byte %zu)", name,
                         good);
    g->body = (eft_text){bytes + mark, size - mark};
    return read_form(g, err);
}

eft_status
efti_gold_read(struct efti_gold *g, const eft_allocator *mem, const char *path,
               const char *name, eft_error *err)
{
    char *bytes = NULL;
    size_t size = 0;

    *g = (struct efti_gold){.mem = mem};
    eft_status st = efti_gold_load(mem, path, name, &bytes, &size, err);
    return st == EFT_OK ? efti_gold_parse(g, mem, name, bytes, size, err) : st;
}

void
efti_gold_free(struct efti_gold *g)
{
    if (g->mem == NULL)
        return;
    EFTI_ARRAY_FREE(g->mem, &g->docs);
    EFTI_ARRAY_FREE(g->mem, &g->spans);
    EFTI_ARRAY_FREE(g->mem, &g->names);
    EFTI_ARRAY_FREE(g->mem, &g->columns);
    EFTI_ARRAY_FREE(g->mem, &g->words);
    efti_strings_free(g->ids);
    if (g->bytes != NULL) {
        efti_arena_free(&g->arena);
        efti_release(g->mem, g->bytes, g->size + 1);
    }
    *g = (struct efti_gold){0};
}

/* ------------------------------------------------------------------- placing */

/* `*line`: of the span that lies outside. */
static bool
place_part(struct efti_gold *g, const struct efti_gold_part *part, eft_text text,
           uint32_t *line)
{
    size_t at = 0, points = 0;

    for (uint32_t i = 0; i < part->count; i++) {
        struct efti_gold_span *s = &g->spans.items[part->first + i];
        uint32_t wanted[2] = {s->start, s->end}, found[2];
        if (s->start < points)
            at = points = 0; /* out of order: from the start again */
        for (size_t j = 0; j < 2; j++) {
            while (points < wanted[j] && at < text.size) {
                for (at++;
                     at < text.size && ((unsigned char)text.bytes[at] & 0xC0) == 0x80;)
                    at++;
                points++;
            }
            if (points != wanted[j]) {
                *line = s->line != 0 ? s->line : *line;
                return false;
            }
            found[j] = (uint32_t)at;
        }
        s->start = found[0];
        s->end = found[1];
    }
    return true;
}

eft_status
efti_gold_place(struct efti_gold *g, struct efti_gold_doc *doc, eft_error *err)
{
    uint32_t line = doc->line;

    if (place_part(g, &doc->spans, doc->text, &line) &&
        place_part(g, &doc->sentences, doc->text, &line) &&
        place_part(g, &doc->tokens, doc->text, &line))
        return EFT_OK;
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "%s, %s %u: a position lies outside the text", g->name,
                     efti_gold_place_name(g), line);
}
