/*
 * matcher.c - all patterns of all lexicons compiled into one immutable object
 *
 * Each word of a pattern becomes an atom, so that "inte" in forty phrases is looked for
 * once. Stem words meet forms on their Snowball stem; the stem of the pattern word is
 * taken here, with the same stemmer as the forms'. Atoms are numbered by kind and first
 * appearance, themes and patterns in the order of the lexicons and files, so nothing
 * depends on the keys of hash tables.
 *
 *     atom ──► singles (theme, pattern)      for patterns of one word
 *          └─► roots ──► forest              for phrases (forest.c)
 */
#include "match/compiled.h"

static eft_status
matcher_add_themes(struct efti_matcher *m, uint32_t lexicon, eft_error *err)
{
    const struct eft_lexicon *lex = m->lexicons[lexicon];
    uint32_t base = (uint32_t)m->themes.count;

    for (uint32_t i = 0; i < lex->theme_count; i++) {
        if (!EFTI_PUSH(m->mem, &m->themes))
            return efti_no_memory(err, "the themes");
        m->themes.items[base + i] =
            (struct efti_compiled_theme){&lex->themes[i], lexicon};
    }
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        if (p->word_count == 0 || p->word_count > EFTI_PHRASE_MOST ||
            p->gap > EFTI_GAP_MOST || p->theme >= lex->theme_count)
            return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                             "a pattern that no lexicon can hold");
        if (!EFTI_PUSH(m->mem, &m->patterns))
            return efti_no_memory(err, "the patterns");
        m->patterns.items[m->patterns.count - 1] = (struct efti_compiled){
            .pattern = p, .theme = base + p->theme, .lexicon = lexicon};
    }
    return EFT_OK;
}

/* The letters under which a pattern word is filed. Empty: memory is out. */
static eft_text
pattern_word_key(struct efti_stemmer *stemmer, const struct efti_pattern_word *word)
{
    return word->kind == EFTI_PATTERN_STEM
               ? efti_stem(stemmer, word->folded.bytes, word->folded.size)
               : word->folded;
}

static bool
matcher_add_word(struct efti_matcher *m, struct efti_stemmer *stemmer,
                 const struct efti_pattern_word *word)
{
    struct efti_pattern_words *words = &m->words[word->kind];
    bool literal = word->kind == EFTI_PATTERN_STEM || word->kind == EFTI_PATTERN_EXACT;
    eft_text key = pattern_word_key(stemmer, word);

    if (key.size == 0 || !EFTI_PUSH(m->mem, &m->word_ids))
        return false;
    if (words->longest == 0 || key.size < words->shortest)
        words->shortest = key.size;
    if (key.size > words->longest)
        words->longest = key.size;
    uint32_t id = efti_strings_add(words->strings, key.bytes, key.size, NULL);
    m->word_ids.items[m->word_ids.count - 1] = id;
    if (id == EFTI_NOT_FOUND)
        return false;
    return !literal || efti_strings_add(m->literals, word->folded.bytes,
                                        word->folded.size, NULL) != EFTI_NOT_FOUND;
}

/* Does the phrase hold a negation in its own words ("hinner inte med")? A wildcard is no
 * word, so "ingen*" is not looked at. */
static bool
has_own_cue(const struct efti_matcher *m, const struct efti_pattern *p)
{
    for (uint32_t i = 0; i < p->word_count && p->word_count > 1; i++) {
        const struct efti_pattern_word *word = &p->words[i];
        if (word->kind != EFTI_PATTERN_STEM && word->kind != EFTI_PATTERN_EXACT)
            continue;
        if ((efti_grammar_says(m->grammar, m->lists, word->folded.bytes,
                               word->folded.size) &
             EFTI_SAYS_NEGATOR) != 0)
            return true;
    }
    return false;
}

static eft_status
matcher_add_words(struct efti_matcher *m, struct efti_stemmer *stemmer, eft_error *err)
{
    for (size_t i = 0; i < m->patterns.count; i++) {
        struct efti_compiled *c = &m->patterns.items[i];
        c->first_word = (uint32_t)m->word_ids.count;
        for (uint32_t k = 0; k < c->pattern->word_count; k++) {
            if (!matcher_add_word(m, stemmer, &c->pattern->words[k]))
                return efti_no_memory(err, "the words of patterns");
        }
        c->own_cue = has_own_cue(m, c->pattern);
    }
    uint32_t base = 0;
    for (size_t kind = 0; kind < EFTI_PATTERN_KINDS; kind++) {
        m->words[kind].base = base;
        base += efti_strings_count(m->words[kind].strings);
    }
    if (!EFTI_ARRAY_RESERVE(m->mem, &m->atoms, base))
        return efti_no_memory(err, "the words of patterns");
    m->atoms.count = base;
    for (uint32_t i = 0; i < base; i++)
        m->atoms.items[i] = (struct efti_atom){0};
    return EFT_OK;
}

struct atom_single {
    uint32_t atom;
    struct efti_single single;
};

static int
by_atom_theme_pattern(const void *a, const void *b, void *user)
{
    const struct atom_single *x = a, *y = b;

    (void)user;
    if (x->atom != y->atom)
        return x->atom < y->atom ? -1 : 1;
    if (x->single.theme != y->single.theme)
        return x->single.theme < y->single.theme ? -1 : 1;
    return (x->single.pattern > y->single.pattern) -
           (x->single.pattern < y->single.pattern);
}

static eft_status
matcher_add_singles(struct efti_matcher *m, eft_error *err)
{
    EFTI_ARRAY(struct atom_single) list = {0};
    bool ok = true;

    for (uint32_t i = 0; i < m->patterns.count && ok; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        if (c->pattern->word_count != 1)
            continue;
        uint32_t atom = efti_pattern_atom(m, c, 0);
        ok = EFTI_PUSH(m->mem, &list);
        if (ok)
            list.items[list.count - 1] = (struct atom_single){atom, {c->theme, i, false}};
    }
    efti_sort(list.items, list.count, sizeof(*list.items), by_atom_theme_pattern, NULL);
    ok = ok && EFTI_ARRAY_RESERVE(m->mem, &m->singles, list.count);
    for (size_t i = 0; i < list.count && ok; i++) {
        struct efti_range *range = &m->atoms.items[list.items[i].atom].singles;
        if (range->count++ == 0)
            range->first = (uint32_t)i;
        m->singles.items[m->singles.count++] = list.items[i].single;
    }
    EFTI_ARRAY_FREE(m->mem, &list);
    return ok ? EFT_OK : efti_no_memory(err, "the patterns");
}

static eft_status
matcher_add_allowed(struct efti_matcher *m, const eft_text *allow, size_t count,
                    eft_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (efti_strings_add(m->allowed, allow[i].bytes, allow[i].size, NULL) ==
            EFTI_NOT_FOUND)
            return efti_no_memory(err, "the allowed words");
    }
    return EFT_OK;
}

static eft_status
matcher_tables(struct efti_matcher *m, eft_error *err)
{
    eft_status st = efti_strings_new(m->mem, &m->literals, err);

    if (st == EFT_OK)
        st = efti_strings_new(m->mem, &m->allowed, err);
    for (size_t kind = 0; kind < EFTI_PATTERN_KINDS && st == EFT_OK; kind++)
        st = efti_strings_new(m->mem, &m->words[kind].strings, err);
    return st == EFT_OK ? efti_grammar_new(m->mem, &m->grammar, err) : st;
}

static eft_status
matcher_compile(struct efti_matcher *m, const eft_text *allow, size_t allow_count,
                eft_error *err)
{
    struct efti_stemmer *stemmer = NULL;
    eft_status st = efti_stemmer_new(m->mem, &stemmer, err);

    if (st == EFT_OK)
        st = matcher_tables(m, err);
    for (uint32_t i = 0; i < m->lexicon_count && st == EFT_OK; i++)
        st = matcher_add_themes(m, i, err);
    if (st == EFT_OK)
        st = matcher_add_words(m, stemmer, err);
    if (st == EFT_OK)
        st = matcher_add_singles(m, err);
    if (st == EFT_OK)
        st = efti_forest_build(m, err);
    if (st == EFT_OK)
        st = matcher_add_allowed(m, allow, allow_count, err);
    efti_stemmer_free(stemmer);
    return st;
}

eft_status
efti_matcher_new(const eft_allocator *mem, eft_lexicon *const *lexicons, size_t count,
                 const struct efti_lists *lists, const eft_text *allow,
                 size_t allow_count, struct efti_matcher **out, eft_error *err)
{
    *out = NULL;
    struct efti_matcher *m = efti_zalloc(mem, 1, sizeof(*m));
    if (m == NULL)
        return efti_no_memory(err, "a matcher");
    m->mem = mem;
    m->lists = lists;
    m->lexicons = efti_zalloc(mem, count + 1, sizeof(*m->lexicons)); /* none is fine */
    if (m->lexicons == NULL) {
        efti_release(mem, m, sizeof(*m));
        return efti_no_memory(err, "a matcher");
    }
    m->lexicon_slots = count + 1;
    for (m->lexicon_count = 0; m->lexicon_count < count; m->lexicon_count++)
        m->lexicons[m->lexicon_count] = eft_lexicon_ref(lexicons[m->lexicon_count]);
    eft_status st = matcher_compile(m, allow, allow_count, err);
    if (st != EFT_OK) {
        efti_matcher_free(m);
        return st;
    }
    *out = m;
    return EFT_OK;
}

void
efti_matcher_free(struct efti_matcher *m)
{
    if (m == NULL)
        return;
    const eft_allocator *mem = m->mem;
    for (size_t i = 0; i < m->lexicon_count; i++)
        eft_lexicon_unref(m->lexicons[i]);
    efti_release(mem, m->lexicons, m->lexicon_slots * sizeof(*m->lexicons));
    for (size_t kind = 0; kind < EFTI_PATTERN_KINDS; kind++)
        efti_strings_free(m->words[kind].strings);
    efti_strings_free(m->literals);
    efti_strings_free(m->allowed);
    efti_grammar_free(m->grammar);
    EFTI_ARRAY_FREE(mem, &m->themes);
    EFTI_ARRAY_FREE(mem, &m->patterns);
    EFTI_ARRAY_FREE(mem, &m->word_ids);
    EFTI_ARRAY_FREE(mem, &m->atoms);
    EFTI_ARRAY_FREE(mem, &m->singles);
    EFTI_ARRAY_FREE(mem, &m->roots);
    EFTI_ARRAY_FREE(mem, &m->nodes);
    EFTI_ARRAY_FREE(mem, &m->edges);
    EFTI_ARRAY_FREE(mem, &m->ends);
    efti_release(mem, m, sizeof(*m));
}

uint32_t
efti_matcher_theme_count(const struct efti_matcher *m)
{
    return (uint32_t)m->themes.count;
}

const struct efti_theme *
efti_matcher_theme(const struct efti_matcher *m, uint32_t theme)
{
    return theme < m->themes.count ? m->themes.items[theme].theme : NULL;
}

void
efti_matcher_entry(const struct efti_matcher *m, uint32_t pattern, struct efti_bytes *out)
{
    if (pattern >= m->patterns.count)
        return;
    const struct efti_compiled *c = &m->patterns.items[pattern];
    const struct eft_lexicon *lex = m->lexicons[c->lexicon];
    const struct efti_theme *theme = m->themes.items[c->theme].theme;

    efti_put(out, lex->id.bytes, lex->id.size);
    efti_put_char(out, ':');
    efti_put(out, theme->id.bytes, theme->id.size);
    efti_put_char(out, ':');
    efti_put_u64(out, c->pattern->entry);
}

const struct eft_lexicon *
efti_matcher_lexicon(const struct efti_matcher *m, uint32_t i)
{
    return i < m->lexicon_count ? m->lexicons[i] : NULL;
}

uint32_t
efti_matcher_lexicon_count(const struct efti_matcher *m)
{
    return (uint32_t)m->lexicon_count;
}
