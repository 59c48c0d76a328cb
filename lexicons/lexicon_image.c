/*
 * lexicon_image.c - writing and reading the image of a lexicon (lexicon_image.h)
 */
#include "lexicons/lexicon_image.h"

#define HASH_DIGITS 64u

/* ------------------------------------------------------------------ writing */

static void
pack_text(struct efti_bytes *out, eft_text text)
{
    efti_put_varint(out, text.bytes == NULL ? 0 : text.size + 1);
    if (text.bytes == NULL)
        return;
    efti_put(out, text.bytes, text.size);
    efti_put_char(out, '\0');
}

static void
pack_themes(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    efti_put_varint(out, lex->theme_count);
    for (uint32_t i = 0; i < lex->theme_count; i++) {
        const struct efti_theme *t = &lex->themes[i];
        pack_text(out, t->id);
        pack_text(out, t->label_sv);
        pack_text(out, t->label_en);
        pack_text(out, t->definition_sv);
        pack_text(out, t->definition_en);
        pack_text(out, t->source);
        efti_put_varint(out, t->entry_count);
    }
}

static void
pack_patterns(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    size_t words = 0;

    for (uint32_t i = 0; i < lex->pattern_count; i++)
        words += lex->patterns[i].word_count;
    efti_put_varint(out, lex->pattern_count);
    efti_put_varint(out, words);
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        efti_put_varint(out, p->theme);
        efti_put_varint(out, p->entry);
        efti_put_varint(out, p->gap);
        efti_put_varint(out, p->line);
        efti_put_varint(out, p->word_count);
        for (uint32_t k = 0; k < p->word_count; k++) {
            efti_put_varint(out, p->words[k].kind);
            pack_text(out, p->words[k].folded);
        }
    }
}

void
efti_lexicon_pack(const struct eft_lexicon *lex, struct efti_bytes *out)
{
    pack_text(out, lex->id);
    pack_text(out, lex->version);
    pack_text(out, lex->title_sv);
    pack_text(out, lex->title_en);
    pack_text(out, lex->licence);
    pack_text(out, lex->source);
    pack_text(out, (eft_text){lex->hash, HASH_DIGITS});
    pack_themes(out, lex);
    pack_patterns(out, lex);
}

/* ------------------------------------------------------------------ reading */

static eft_text
unpack_text(struct efti_cursor *c)
{
    uint64_t size = efti_take_varint(c);

    if (size == 0 || size > (uint64_t)(c->end - c->at))
        return (eft_text){NULL, 0};
    const unsigned char *bytes = efti_take(c, (size_t)size);
    return (eft_text){(const char *)bytes, (size_t)size - 1};
}

static uint32_t
unpack_number(struct efti_cursor *c, uint64_t most)
{
    uint64_t number = efti_take_varint(c);

    c->failed = c->failed || number > most;
    return c->failed ? 0 : (uint32_t)number;
}

static void *
unpack_array(struct efti_cursor *c, struct efti_arena *arena, size_t count, size_t item)
{
    size_t size;

    if (c->failed || !efti_mul(count + 1, item, &size))
        return NULL;
    return efti_arena_alloc(arena, size, alignof(max_align_t));
}

static bool
unpack_themes(struct efti_cursor *c, struct eft_lexicon *lex)
{
    size_t left = (size_t)(c->end - c->at); /* a theme takes some bytes */

    lex->theme_count = unpack_number(c, left);
    struct efti_theme *themes =
        unpack_array(c, &lex->arena, lex->theme_count, sizeof(*themes));
    if (themes == NULL)
        return false;
    for (uint32_t i = 0; i < lex->theme_count; i++) {
        struct efti_theme *t = &themes[i];
        t->id = unpack_text(c);
        t->label_sv = unpack_text(c);
        t->label_en = unpack_text(c);
        t->definition_sv = unpack_text(c);
        t->definition_en = unpack_text(c);
        t->source = unpack_text(c);
        t->entry_count = unpack_number(c, UINT32_MAX);
    }
    lex->themes = themes;
    return true;
}

static void
unpack_words(struct efti_cursor *c, struct efti_pattern_word *words, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        words[k].kind = (enum efti_pattern_kind)unpack_number(c, EFTI_PATTERN_SUFFIX);
        words[k].folded = unpack_text(c);
        c->failed = c->failed || words[k].folded.bytes == NULL;
    }
}

static bool
unpack_patterns(struct efti_cursor *c, struct eft_lexicon *lex)
{
    size_t left = (size_t)(c->end - c->at);

    lex->pattern_count = unpack_number(c, left);
    uint32_t word_count = unpack_number(c, left), used = 0;
    struct efti_pattern *patterns =
        unpack_array(c, &lex->arena, lex->pattern_count, sizeof(*patterns));
    struct efti_pattern_word *words =
        unpack_array(c, &lex->arena, word_count, sizeof(*words));
    if (patterns == NULL || words == NULL)
        return false;
    for (uint32_t i = 0; i < lex->pattern_count && !c->failed; i++) {
        struct efti_pattern *p = &patterns[i];
        p->theme = unpack_number(c, lex->theme_count);
        p->entry = unpack_number(c, UINT32_MAX);
        p->gap = unpack_number(c, UINT32_MAX);
        p->line = unpack_number(c, UINT32_MAX);
        p->word_count = unpack_number(c, word_count - used);
        p->words = words + used;
        unpack_words(c, words + used, p->word_count);
        used += p->word_count;
    }
    lex->patterns = patterns;
    return true;
}

eft_status
efti_lexicon_unpack(const unsigned char *bytes, size_t size, struct eft_lexicon *lex,
                    eft_error *err)
{
    struct efti_cursor c = {.at = bytes, .end = bytes + size};

    lex->id = unpack_text(&c);
    lex->version = unpack_text(&c);
    lex->title_sv = unpack_text(&c);
    lex->title_en = unpack_text(&c);
    lex->licence = unpack_text(&c);
    lex->source = unpack_text(&c);
    eft_text hash = unpack_text(&c);
    if (hash.size == HASH_DIGITS)
        memcpy(lex->hash, hash.bytes, HASH_DIGITS + 1);
    bool done = unpack_themes(&c, lex) && unpack_patterns(&c, lex);
    if (c.failed || hash.size != HASH_DIGITS)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "the core lexicon was built wrongly");
    return done ? EFT_OK : efti_no_memory(err, "the lexicon");
}
