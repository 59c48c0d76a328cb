/*
 * lexicon_image.c - writing and reading the image of a lexicon (lexicon_image.h)
 *
 * Reading makes no copy of a text, and takes any bytes: a text that is longer than what
 * is left is empty, and a number beyond what it may be marks the cursor as failed, after
 * which numbers are 0, so that loops end by themselves.
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
        pack_text(out, t->role);
        efti_put_varint(out, t->parent);
        efti_put_varint(out, t->entry_count);
        efti_put_varint(out, t->example_count);
        for (uint32_t e = 0; e < t->example_count; e++) {
            pack_text(out, t->examples[e].text);
            efti_put_varint(out, t->examples[e].counts);
            efti_put_varint(out, t->examples[e].line);
        }
    }
}

static void
pack_words(struct efti_bytes *out, const struct efti_pattern_word *words, uint32_t count)
{
    efti_put_varint(out, count);
    for (uint32_t k = 0; k < count; k++) {
        efti_put_varint(out, words[k].kind);
        if (words[k].kind == EFTI_PATTERN_SET)
            efti_put_varint(out, words[k].set);
        else
            pack_text(out, words[k].folded);
    }
}

static void
pack_sets(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    size_t words = 0;

    for (uint32_t i = 0; i < lex->set_count; i++)
        words += lex->sets[i].word_count;
    efti_put_varint(out, lex->set_count);
    efti_put_varint(out, words);
    for (uint32_t i = 0; i < lex->set_count; i++) {
        efti_put_varint(out, lex->sets[i].line);
        pack_words(out, lex->sets[i].words, lex->sets[i].word_count);
    }
}

/* Patterns of an entry follow one another and share their rules. */
static void
pack_rules(struct efti_bytes *out, const struct efti_entry_rules *rules,
           const struct efti_entry_rules *before)
{
    if (rules == NULL || rules == before) {
        efti_put_varint(out, rules == NULL ? 0 : 1);
        return;
    }
    efti_put_varint(out, 2);
    const uint8_t fields[] = {rules->flags,      rules->within,       rules->reach,
                              rules->polarities, rules->casing,       rules->weight,
                              rules->near_count, rules->without_count};
    efti_put(out, fields, sizeof(fields));
    for (uint32_t i = 0; i < rules->near_count; i++)
        efti_put_varint(out, rules->near[i]);
    for (uint32_t i = 0; i < rules->without_count; i++)
        efti_put_varint(out, rules->without[i]);
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
        pack_rules(out, p->rules, i == 0 ? NULL : p[-1].rules);
        pack_words(out, p->words, p->word_count);
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
    pack_sets(out, lex);
    pack_patterns(out, lex);
}

/* ------------------------------------------------------------------ reading */

/* Nearly all are below 128: one byte. */
static inline uint64_t
take_number(struct efti_cursor *c)
{
    if (EFTI_LIKELY(!c->failed && c->at < c->end && *c->at < 0x80))
        return *c->at++;
    return efti_take_varint(c);
}

static inline eft_text
unpack_text(struct efti_cursor *c)
{
    uint64_t size = take_number(c);
    const char *bytes = (const char *)c->at;

    if (size == 0 || size > (uint64_t)(c->end - c->at))
        return (eft_text){NULL, 0};
    c->at += size;
    return (eft_text){bytes, (size_t)size - 1};
}

static inline uint32_t
unpack_number(struct efti_cursor *c, uint64_t most)
{
    uint64_t number = take_number(c);

    c->failed = c->failed || number > most;
    return c->failed ? 0 : (uint32_t)number;
}

static void *
unpack_array(struct efti_cursor *c, struct efti_arena *arena, size_t count, size_t item)
{
    size_t size;

    if (c->failed || !efti_mul(count + 1, item, &size))
        return NULL;
    void *array = efti_arena_alloc(arena, size, alignof(max_align_t));
    if (array != NULL)
        efti_write_soon(array, size);
    return array;
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
        t->role = unpack_text(c);
        t->parent = unpack_number(c, UINT32_MAX);
        t->entry_count = unpack_number(c, UINT32_MAX);
        t->example_count = unpack_number(c, left);
        struct efti_example *examples =
            unpack_array(c, &lex->arena, t->example_count, sizeof(*examples));
        if (examples == NULL)
            return false;
        for (uint32_t e = 0; e < t->example_count && !c->failed; e++) {
            examples[e].text = unpack_text(c);
            examples[e].counts = unpack_number(c, 1) != 0;
            examples[e].line = unpack_number(c, UINT32_MAX);
        }
        t->examples = examples;
    }
    lex->themes = themes;
    return true;
}

/* The number of words read, 0 after a fault; at most `most`. */
static uint32_t
unpack_words(struct efti_cursor *c, const struct eft_lexicon *lex,
             struct efti_pattern_word *words, uint32_t most)
{
    uint32_t count = unpack_number(c, most);

    for (uint32_t k = 0; k < count && !c->failed; k++) {
        words[k] = (struct efti_pattern_word){
            .kind = (enum efti_pattern_kind)unpack_number(c, EFTI_PATTERN_KINDS - 1)};
        if (words[k].kind == EFTI_PATTERN_SET) {
            words[k].set = unpack_number(c, UINT32_MAX);
            c->failed = c->failed || words[k].set >= lex->set_count;
        } else {
            words[k].folded = unpack_text(c);
            c->failed = c->failed || words[k].folded.bytes == NULL;
        }
    }
    return c->failed ? 0 : count;
}

static bool
unpack_sets(struct efti_cursor *c, struct eft_lexicon *lex)
{
    size_t left = (size_t)(c->end - c->at);
    uint32_t count = unpack_number(c, left), word_count = unpack_number(c, left);
    uint32_t used = 0;
    struct efti_word_set *sets = unpack_array(c, &lex->arena, count, sizeof(*sets));
    struct efti_pattern_word *words =
        unpack_array(c, &lex->arena, word_count, sizeof(*words));

    if (sets == NULL || words == NULL)
        return false;
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        sets[i].line = unpack_number(c, UINT32_MAX);
        sets[i].words = words + used;
        sets[i].word_count = unpack_words(c, lex, words + used, word_count - used);
        used += sets[i].word_count;
    }
    lex->sets = sets;
    lex->set_count = count;
    return true;
}

static void
unpack_condition(struct efti_cursor *c, const struct eft_lexicon *lex, uint32_t *sets,
                 uint32_t count)
{
    c->failed = c->failed || count > EFTI_CONDITIONS;
    for (uint32_t i = 0; i < count && !c->failed; i++) {
        sets[i] = unpack_number(c, UINT32_MAX);
        c->failed = c->failed || sets[i] >= lex->set_count;
    }
}

/* False: no memory. */
static bool
unpack_rules(struct efti_cursor *c, struct eft_lexicon *lex,
             const struct efti_entry_rules **last, const struct efti_entry_rules **out)
{
    uint32_t how = unpack_number(c, 2);

    *out = how == 1 ? *last : NULL;
    if (how != 2 || c->failed)
        return true;
    struct efti_entry_rules *rules =
        efti_arena_alloc(&lex->arena, sizeof(*rules), alignof(struct efti_entry_rules));
    if (rules == NULL)
        return false;
    *rules = (struct efti_entry_rules){0};
    const unsigned char *field = efti_take(c, 8);
    if (field == NULL)
        return true; /* c->failed */
    rules->flags = field[0];
    rules->within = field[1];
    rules->reach = field[2];
    rules->polarities = field[3];
    rules->casing = field[4];
    rules->weight = field[5];
    rules->near_count = field[6];
    rules->without_count = field[7];
    unpack_condition(c, lex, rules->near, rules->near_count);
    unpack_condition(c, lex, rules->without, rules->without_count);
    *last = *out = rules;
    return true;
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
    const struct efti_entry_rules *last = NULL;
    if (patterns == NULL || words == NULL)
        return false;
    for (uint32_t i = 0; i < lex->pattern_count && !c->failed; i++) {
        struct efti_pattern *p = &patterns[i];
        p->theme = unpack_number(c, lex->theme_count);
        p->entry = unpack_number(c, UINT32_MAX);
        p->gap = unpack_number(c, UINT32_MAX);
        p->line = unpack_number(c, UINT32_MAX);
        if (!unpack_rules(c, lex, &last, &p->rules))
            return false;
        p->words = words + used;
        p->word_count = unpack_words(c, lex, words + used, word_count - used);
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
    bool done =
        unpack_themes(&c, lex) && unpack_sets(&c, lex) && unpack_patterns(&c, lex);
    if (c.failed || hash.size != HASH_DIGITS)
        return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                         "the core lexicon was built wrongly");
    return done ? EFT_OK : efti_no_memory(err, "the lexicon");
}
