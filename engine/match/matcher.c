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
 *          └─► anchors                       for phrases (anchors.c)
 *
 * A lexicon says "=jag" and "=inte" hundreds of times, so stem, letters and negation of a
 * word are found once, with its first use, and nothing is sorted: lists by atom are made
 * by counting.
 *
 * The matcher of the core lexicon lies in the dictionary's file, where that was built
 * with the same lexicon, lists, stemmer and engine; then it is taken from there
 * (matcher_image.c).
 */
#include "match/compiled.h"

#include "tokenizers/terms.h"

#include <eftertanke/model.h>

/* A pattern that no reader of lexicons lets through. */
static bool
matcher_refuses(const struct eft_lexicon *lex, const struct efti_pattern *p)
{
    if (p->word_count == 0 || p->word_count > EFTI_PHRASE_MOST ||
        p->gap > EFTI_GAP_MOST || p->theme >= lex->theme_count)
        return true;
    return p->rules != NULL &&
           (p->rules->within > EFTI_REACH_MOST || p->rules->reach > EFTI_REACH_MOST);
}

static eft_status
matcher_add_themes(struct efti_matcher *m, uint32_t lexicon, eft_error *err)
{
    const struct eft_lexicon *lex = m->lexicons[lexicon];
    uint32_t base = (uint32_t)m->themes.count;

    for (uint32_t i = 0; i < lex->theme_count; i++) {
        if (!EFTI_PUSH(m->mem, &m->themes))
            return efti_no_memory(err, "the themes");
        uint32_t parent = lex->themes[i].parent;
        m->themes.items[base + i] = (struct efti_compiled_theme){
            &lex->themes[i], lexicon,
            parent == EFTI_NO_PARENT ? EFTI_NO_PARENT : base + parent};
    }
    if (!EFTI_ARRAY_RESERVE(m->mem, &m->patterns, m->patterns.count + lex->pattern_count))
        return efti_no_memory(err, "the patterns");
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        const struct efti_pattern *p = &lex->patterns[i];
        if (matcher_refuses(lex, p))
            return efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                             "a pattern that no lexicon can hold");
        if (!EFTI_PUSH(m->mem, &m->patterns))
            return efti_no_memory(err, "the patterns");
        uint32_t number = (uint32_t)m->patterns.count - 1;
        bool goes_on = i > 0 && p[-1].theme == p->theme && p[-1].entry == p->entry &&
                       p[-1].rules == p->rules;
        m->patterns.items[number] = (struct efti_compiled){
            .pattern = p,
            .theme = base + p->theme,
            .lexicon = lexicon,
            .weight = efti_match_weight(p->rules),
            .first_of_entry =
                goes_on ? m->patterns.items[number - 1].first_of_entry : number,
        };
    }
    return EFT_OK;
}

/* What is found once for the own word of stem and exact patterns. */
struct matcher_literal {
    uint32_t ids[2]; /* as EFTI_PATTERN_STEM and _EXACT; EFTI_NOT_FOUND: not yet */
    bool negates;
};
struct matcher_build {
    struct efti_matcher *m;
    struct efti_stemmer *stemmer;
    EFTI_ARRAY(struct matcher_literal) literals; /* by number in m->literals */
    struct efti_bytes term;
    uint32_t first_set; /* of the lexicon at hand, in m->sets */
};

/* The letters under which a pattern word is filed. Empty: memory is out. */
static eft_text
pattern_word_key(struct matcher_build *b, const struct efti_pattern_word *word)
{
    const char *bytes = word->folded.bytes;
    size_t size = word->folded.size;

    switch (word->kind) {
    case EFTI_PATTERN_STEM: return efti_stem(b->stemmer, bytes, size);
    case EFTI_PATTERN_HEAD:
    case EFTI_PATTERN_MODIFIER:
    case EFTI_PATTERN_PART:
    case EFTI_PATTERN_TERM:
        if (efti_term(b->m->dictionary, b->stemmer, bytes, size, &b->term) ==
            EFTI_TERM_NONE)
            return (eft_text){NULL, 0};
        return (eft_text){b->term.data, b->term.size};
    default: return word->folded;
    }
}

static void
matcher_wild(struct efti_wild_map *map, const char *bytes, size_t size, bool backwards)
{
    uint32_t hash = EFTI_WILD_START;

    if (map->longest == 0 || size < map->shortest)
        map->shortest = size;
    if (size > map->longest)
        map->longest = size;
    for (size_t i = 0; i < size; i++)
        hash = efti_wild_add(hash, bytes[backwards ? size - 1 - i : i]);
    uint32_t bit = efti_wild_bit(hash);
    map->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    if (size < EFTI_WILD_FIRST) {
        memset(map->starts, 0xFF, sizeof(map->starts)); /* any word may go on */
        return;
    }
    bit = efti_wild_first(backwards ? bytes + size - EFTI_WILD_FIRST : bytes);
    map->starts[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

static void
matcher_term_start(struct efti_matcher *m, eft_text term)
{
    if (term.size < 2) {
        memset(m->term_starts, 0xFF, sizeof(m->term_starts));
        return;
    }
    uint32_t bit = efti_term_start(term.bytes);
    m->term_starts[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

/* The letters of each glob: a word without one of them need not be tried. */
static bool
matcher_glob_letters(struct efti_matcher *m)
{
    const struct efti_strings *globs = m->words[EFTI_PATTERN_GLOB].strings;

    for (uint32_t i = 0; i < efti_strings_count(globs); i++) {
        eft_text glob = efti_strings_get(globs, i);
        uint64_t letters = 0;
        for (size_t k = 0; k < glob.size; k++)
            if (glob.bytes[k] != '*' && glob.bytes[k] != '?')
                letters |= efti_letter_bit(glob.bytes[k]);
        if (!EFTI_PUSH(m->mem, &m->glob_letters))
            return false;
        m->glob_letters.items[i] = letters;
    }
    return true;
}

/* The number of a word among those of its kind. EFTI_NOT_FOUND: no memory. */
static uint32_t
matcher_word_id(struct matcher_build *b, const struct efti_pattern_word *word)
{
    struct efti_matcher *m = b->m;
    eft_text key = pattern_word_key(b, word);
    bool added;

    if (key.size == 0)
        return EFTI_NOT_FOUND;
    uint32_t id =
        efti_strings_add(m->words[word->kind].strings, key.bytes, key.size, &added);
    if (added && word->kind == EFTI_PATTERN_STEM)
        matcher_wild(&m->stems, key.bytes, key.size, false);
    if (added && word->kind == EFTI_PATTERN_EXACT)
        matcher_wild(&m->wholes, key.bytes, key.size, false);
    if (added && word->kind == EFTI_PATTERN_TERM) {
        matcher_wild(&m->terms, key.bytes, key.size, false);
        matcher_term_start(m, key);
    }
    if (added && word->kind == EFTI_PATTERN_PREFIX)
        matcher_wild(&m->beginnings, key.bytes, key.size, false);
    if (added && word->kind == EFTI_PATTERN_SUFFIX)
        matcher_wild(&m->endings, key.bytes, key.size, true);
    if (added &&
        (word->kind == EFTI_PATTERN_HEAD || word->kind == EFTI_PATTERN_MODIFIER ||
         word->kind == EFTI_PATTERN_PART)) {
        eft_text stem = efti_stem(b->stemmer, word->folded.bytes, word->folded.size);
        matcher_wild(&m->pieces, stem.bytes, stem.size, false);
        id = stem.size == 0 ? EFTI_NOT_FOUND : id;
    }
    return id;
}

/* The record of an own word; its number in m->literals, EFTI_NOT_FOUND: no memory. */
static uint32_t
matcher_literal_id(struct matcher_build *b, eft_text folded)
{
    struct efti_matcher *m = b->m;
    bool added;
    uint32_t id = efti_strings_add(m->literals, folded.bytes, folded.size, &added);

    if (id == EFTI_NOT_FOUND || !added)
        return id;
    if (!EFTI_PUSH(m->mem, &b->literals))
        return EFTI_NOT_FOUND;
    b->literals.items[id] = (struct matcher_literal){
        .ids = {EFTI_NOT_FOUND, EFTI_NOT_FOUND},
        .negates = (efti_grammar_says(m->grammar, m->lists, folded.bytes, folded.size) &
                    EFTI_SAYS_NEGATOR) != 0,
    };
    return id;
}

/* The number of a word within its kind. `negates` is set for the own words that do. A
 * wildcard is no word: "ingen*" is not looked at. */
static bool
matcher_number(struct matcher_build *b, const struct efti_pattern_word *word,
               uint32_t *out, bool *negates)
{
    uint32_t id;

    *negates = false;
    if (word->kind == EFTI_PATTERN_SET) {
        id = b->first_set + word->set;
        *negates = b->m->sets.items[id].negates;
    } else if (word->kind == EFTI_PATTERN_STEM || word->kind == EFTI_PATTERN_EXACT) {
        uint32_t number = matcher_literal_id(b, word->folded);
        if (number == EFTI_NOT_FOUND)
            return false;
        struct matcher_literal *literal = &b->literals.items[number];
        id = literal->ids[word->kind == EFTI_PATTERN_EXACT];
        if (id == EFTI_NOT_FOUND)
            id = matcher_word_id(b, word);
        literal->ids[word->kind == EFTI_PATTERN_EXACT] = id;
        *negates = literal->negates;
    } else {
        if (word->kind == EFTI_PATTERN_TERM &&
            matcher_literal_id(b, word->folded) == EFTI_NOT_FOUND)
            return false;
        id = matcher_word_id(b, word);
    }
    *out = id;
    return id != EFTI_NOT_FOUND;
}

static bool
matcher_add_word(struct matcher_build *b, const struct efti_pattern_word *word,
                 bool *negates)
{
    struct efti_matcher *m = b->m;
    bool does;
    uint32_t id;

    if (!matcher_number(b, word, &id, &does) || !EFTI_PUSH(m->mem, &m->word_atoms))
        return false;
    *negates |= does;
    m->word_atoms.items[m->word_atoms.count - 1] = id;
    return true;
}

/* The sets of one lexicon. Their words are no sets themselves. */
static eft_status
matcher_add_sets(struct matcher_build *b, uint32_t lexicon, eft_error *err)
{
    struct efti_matcher *m = b->m;
    const struct eft_lexicon *lex = m->lexicons[lexicon];

    for (uint32_t i = 0; i < lex->set_count; i++) {
        const struct efti_word_set *set = &lex->sets[i];
        bool all = set->word_count > 0;
        uint32_t first = (uint32_t)m->set_words.count;
        if (!EFTI_ARRAY_RESERVE(m->mem, &m->set_words, first + set->word_count) ||
            !EFTI_PUSH(m->mem, &m->sets))
            return efti_no_memory(err, "the sets of words");
        for (uint32_t k = 0; k < set->word_count; k++) {
            bool negates;
            if (!matcher_number(b, &set->words[k], &m->set_words.items[first + k],
                                &negates))
                return efti_no_memory(err, "the sets of words");
            all = all && negates;
        }
        m->set_words.count += set->word_count;
        m->sets.items[m->sets.count - 1] = (struct efti_compiled_set){set, first, all};
    }
    return EFT_OK;
}

/* Numbers within a kind become numbers of atoms. */
static eft_status
matcher_number_atoms(struct efti_matcher *m, eft_error *err)
{
    uint32_t base = 0;

    for (size_t kind = 0; kind < EFTI_PATTERN_SET; kind++) {
        m->words[kind].base = base;
        base += efti_strings_count(m->words[kind].strings);
    }
    m->words[EFTI_PATTERN_SET].base = base;
    base += (uint32_t)m->sets.count;
    for (size_t i = 0; i < m->patterns.count; i++) {
        struct efti_compiled *c = &m->patterns.items[i];
        c->first_set += m->words[EFTI_PATTERN_SET].base;
        for (uint32_t k = 0; k < c->pattern->word_count; k++)
            m->word_atoms.items[c->first_word + k] +=
                m->words[c->pattern->words[k].kind].base;
    }
    for (size_t i = 0; i < m->sets.count; i++) {
        const struct efti_compiled_set *s = &m->sets.items[i];
        for (uint32_t k = 0; k < s->set->word_count; k++)
            m->set_words.items[s->first_word + k] += m->words[s->set->words[k].kind].base;
    }
    if (!EFTI_ARRAY_RESERVE(m->mem, &m->atoms, base))
        return efti_no_memory(err, "the words of patterns");
    m->atoms.count = base;
    for (uint32_t i = 0; i < base; i++)
        m->atoms.items[i] = (struct efti_atom){0};
    return EFT_OK;
}

static eft_status
matcher_add_words(struct matcher_build *b, eft_error *err)
{
    struct efti_matcher *m = b->m;
    uint32_t lexicon = UINT32_MAX;

    for (size_t i = 0; i < m->patterns.count; i++) {
        struct efti_compiled *c = &m->patterns.items[i];
        bool negates = false;
        if (c->lexicon != lexicon) {
            lexicon = c->lexicon;
            b->first_set = (uint32_t)m->sets.count;
            eft_status st = matcher_add_sets(b, lexicon, err);
            if (st != EFT_OK)
                return st;
        }
        c->first_word = (uint32_t)m->word_atoms.count;
        c->first_set = b->first_set;
        for (uint32_t k = 0; k < c->pattern->word_count; k++) {
            if (!matcher_add_word(b, &c->pattern->words[k], &negates))
                return efti_no_memory(err, "the words of patterns");
        }
        /* a phrase with a negation in its own words: "hinner inte med" */
        c->own_cue = negates && c->pattern->word_count > 1;
    }
    return matcher_number_atoms(m, err);
}

/* The sets listed under the atoms of their words, by counting, and conditions. */
static eft_status
matcher_link_sets(struct efti_matcher *m, eft_error *err)
{
    uint32_t base = m->words[EFTI_PATTERN_SET].base, first = 0;

    if (!EFTI_ARRAY_RESERVE(m->mem, &m->atom_sets, m->set_words.count))
        return efti_no_memory(err, "the sets of words");
    for (size_t i = 0; i < m->set_words.count; i++)
        m->atoms.items[m->set_words.items[i]].sets.count++;
    for (size_t i = 0; i < m->atoms.count; i++) {
        struct efti_range *range = &m->atoms.items[i].sets;
        range->first = first;
        first += range->count;
        range->count = 0;
    }
    m->atom_sets.count = first;
    for (uint32_t i = 0; i < m->sets.count; i++) {
        const struct efti_compiled_set *s = &m->sets.items[i];
        for (uint32_t k = 0; k < s->set->word_count; k++) {
            struct efti_range *range =
                &m->atoms.items[m->set_words.items[s->first_word + k]].sets;
            m->atom_sets.items[range->first + range->count++] = base + i;
        }
    }
    for (size_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        const struct efti_entry_rules *rules = c->pattern->rules;
        for (uint32_t k = 0; rules != NULL && k < rules->near_count; k++)
            m->atoms.items[c->first_set + rules->near[k]].phrase = 1;
        for (uint32_t k = 0; rules != NULL && k < rules->without_count; k++)
            m->atoms.items[c->first_set + rules->without[k]].phrase = 1;
    }
    return EFT_OK;
}

/* Listed under their atoms by counting: first how many, then where, then which. */
static eft_status
matcher_add_singles(struct efti_matcher *m, eft_error *err)
{
    uint32_t count = 0, first = 0;

    for (size_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        if (c->pattern->word_count == 1) {
            m->atoms.items[efti_pattern_atom(m, c, 0)].singles.count++;
            count++;
        }
    }
    if (!EFTI_ARRAY_RESERVE(m->mem, &m->singles, count))
        return efti_no_memory(err, "the patterns");
    m->singles.count = count;
    for (size_t i = 0; i < m->atoms.count; i++) {
        struct efti_range *range = &m->atoms.items[i].singles;
        range->first = first;
        first += range->count;
        range->count = 0;
    }
    for (uint32_t i = 0; i < m->patterns.count; i++) {
        const struct efti_compiled *c = &m->patterns.items[i];
        if (c->pattern->word_count != 1)
            continue;
        struct efti_range *range = &m->atoms.items[efti_pattern_atom(m, c, 0)].singles;
        m->singles.items[range->first + range->count++] =
            (struct efti_single){c->theme, i, false};
    }
    return EFT_OK;
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
    for (size_t kind = 0; kind < EFTI_PATTERN_SET && st == EFT_OK; kind++)
        st = efti_strings_new(m->mem, &m->words[kind].strings, err);
    if (st == EFT_OK)
        st = efti_grammar_new(m->mem, &m->grammar, err);
    for (uint32_t i = 0; st == EFT_OK && i < efti_grammar_words(m->grammar); i++) {
        eft_text word = efti_grammar_word(m->grammar, i);
        matcher_wild(&m->wholes, word.bytes, word.size, false);
    }
    for (size_t i = 0; efti_match_spoken(i) != NULL; i++)
        matcher_wild(&m->wholes, efti_match_spoken(i), strlen(efti_match_spoken(i)),
                     false);
    return st;
}

/* Numbers for the atoms of phrases and conditions, which are half of all. Those of the
 * dictionary's file have theirs, which come to the same. */
static bool
matcher_number_phrases(struct efti_matcher *m)
{
    const size_t words = m->word_atoms.count;

    if (!EFTI_ARRAY_RESERVE(m->mem, &m->word_phrases, words))
        return false;
    m->phrase_count = 1;
    for (size_t i = 0; i < m->atoms.count; i++) {
        struct efti_atom *atom = &m->atoms.items[i];
        atom->phrase = atom->phrase == 0 ? 0 : m->phrase_count++;
    }
    for (size_t i = 0; i < words; i++)
        m->word_phrases.items[i] = m->atoms.items[m->word_atoms.items[i]].phrase;
    m->word_phrases.count = words;
    return true;
}

static unsigned
matcher_facts(const struct efti_entry_rules *rules)
{
    bool near = rules->near_count == 1 && rules->without_count == 0 && rules->reach == 0;
    bool company = (rules->near_count | rules->without_count) != 0;
    uint32_t flags = rules->flags;

    return ((company && !near) || rules->casing != EFTI_CASE_ANY ? EFTI_FACT_ASKS : 0u) |
           (near ? EFTI_FACT_NEAR : 0u) |
           ((flags & EFTI_ENTRY_VEIL) != 0 ? EFTI_FACT_VEIL : 0u) |
           ((flags & EFTI_ENTRY_EXCEPT) != 0 ? EFTI_FACT_EXCEPT : 0u) |
           ((flags & EFTI_ENTRY_NEGATED) != 0 ? EFTI_FACT_NEGATED : 0u) |
           ((flags & EFTI_ENTRY_NEVER) != 0 ? EFTI_FACT_NEVER : 0u) |
           (rules->weight != 0 ? EFTI_FACT_LIGHT : 0u);
}

/* What conditions ask for was numbered first (anchors.c): where that ends. */
static void
matcher_count_near(struct efti_matcher *m, const struct efti_compiled *c)
{
    const struct efti_entry_rules *rules = c->pattern->rules;
    const uint32_t count = (uint32_t)rules->near_count + rules->without_count;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t set = i < rules->near_count ? rules->near[i]
                                             : rules->without[i - rules->near_count];
        uint32_t number = m->atoms.items[c->first_set + set].watch;
        m->near_end = number >= m->near_end ? number + 1 : m->near_end;
    }
}

/* What a hit asks of its pattern's rules, beside the pattern. */
static void
matcher_add_facts(struct efti_matcher *m)
{
    for (size_t i = 0; i < m->patterns.count; i++) {
        struct efti_compiled *c = &m->patterns.items[i];
        const struct efti_entry_rules *rules = c->pattern->rules;
        c->facts = c->pattern->word_count == 1 ? EFTI_FACT_WORD : 0;
        if (rules == NULL)
            continue;
        if (rules->near_count > 0)
            c->near = m->atoms.items[c->first_set + rules->near[0]].watch;
        matcher_count_near(m, c);
        c->facts |= (uint8_t)matcher_facts(rules);
        c->raw =
            (uint8_t)((rules->flags & EFTI_ENTRY_EXCEPT) != 0 ? EFTI_RAW_EXCEPTS : 0);
        c->raw |= rules->polarities != 0 ? EFTI_RAW_POLARITY : 0;
        c->raw |= rules->weight != 0 ? EFTI_RAW_WEIGHTS : 0;
    }
}

bool
efti_matcher_is_known(const struct efti_matcher *m)
{
    return m->lexicon_count == 1 && m->lists != NULL &&
           efti_dictionary_known_by(m->dictionary, efti_forms_engine()) &&
           efti_dictionary_known_with(m->dictionary, m->lexicons[0]->hash) &&
           efti_dictionary_lists_by(m->dictionary, efti_lists_hash(m->lists));
}

/* Words, sets, singles and anchors, from the patterns. */
static eft_status
matcher_find_words(struct matcher_build *b, eft_error *err)
{
    struct efti_matcher *m = b->m;
    eft_status st = matcher_add_words(b, err);

    if (st == EFT_OK)
        st = matcher_link_sets(m, err);
    if (st == EFT_OK)
        st = matcher_add_singles(m, err);
    if (st == EFT_OK)
        st = efti_anchors_build(m, err);
    return st;
}

static eft_status
matcher_compile(struct efti_matcher *m, const eft_text *allow, size_t allow_count,
                eft_error *err)
{
    struct matcher_build b = {.m = m};
    eft_text known = efti_dictionary_known_matcher(m->dictionary);
    eft_status st = efti_stemmer_new(m->mem, &b.stemmer, err);

    efti_bytes_init(&b.term, m->mem);
    if (st == EFT_OK)
        st = matcher_tables(m, err);
    for (uint32_t i = 0; i < m->lexicon_count && st == EFT_OK; i++)
        st = matcher_add_themes(m, i, err);
    if (st == EFT_OK && known.size > 0 && efti_matcher_is_known(m) &&
        efti_dictionary_stems_by(m->dictionary, efti_stemmer_fingerprint(b.stemmer)))
        st = efti_matcher_unpack(m, known, err);
    else if (st == EFT_OK)
        st = matcher_find_words(&b, err);
    if (st == EFT_OK && (!matcher_glob_letters(m) || !matcher_number_phrases(m)))
        st = efti_no_memory(err, "a matcher");
    if (st == EFT_OK) {
        matcher_add_facts(m);
        st = matcher_add_allowed(m, allow, allow_count, err);
    }
    efti_stemmer_free(b.stemmer);
    efti_bytes_free(&b.term);
    EFTI_ARRAY_FREE(m->mem, &b.literals);
    return st;
}

eft_status
efti_matcher_new(const eft_allocator *mem, const struct efti_matcher_parts *parts,
                 struct efti_matcher **out, eft_error *err)
{
    const size_t count = parts->lexicon_count;

    *out = NULL;
    struct efti_matcher *m = efti_zalloc(mem, 1, sizeof(*m));
    if (m == NULL)
        return efti_no_memory(err, "a matcher");
    m->mem = mem;
    m->lists = parts->lists;
    m->dictionary = parts->dictionary;
    m->compounds =
        efti_compounds_of(parts->dictionary, parts->lists, efti_forms_engine());
    m->lexicons = efti_zalloc(mem, count + 1, sizeof(*m->lexicons)); /* none is fine */
    if (m->lexicons == NULL) {
        efti_release(mem, m, sizeof(*m));
        return efti_no_memory(err, "a matcher");
    }
    m->lexicon_slots = count + 1;
    for (m->lexicon_count = 0; m->lexicon_count < count; m->lexicon_count++)
        m->lexicons[m->lexicon_count] =
            eft_lexicon_ref(parts->lexicons[m->lexicon_count]);
    eft_status st = matcher_compile(m, parts->allow, parts->allow_count, err);
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
    for (size_t kind = 0; kind < EFTI_PATTERN_SET; kind++)
        efti_strings_free(m->words[kind].strings);
    efti_strings_free(m->literals);
    efti_strings_free(m->allowed);
    efti_grammar_free(m->grammar);
    EFTI_ARRAY_FREE(mem, &m->themes);
    EFTI_ARRAY_FREE(mem, &m->patterns);
    EFTI_ARRAY_FREE(mem, &m->sets);
    EFTI_ARRAY_FREE(mem, &m->set_words);
    EFTI_ARRAY_FREE(mem, &m->atom_sets);
    EFTI_ARRAY_FREE(mem, &m->word_atoms);
    EFTI_ARRAY_FREE(mem, &m->word_phrases);
    EFTI_ARRAY_FREE(mem, &m->atoms);
    EFTI_ARRAY_FREE(mem, &m->singles);
    EFTI_ARRAY_FREE(mem, &m->anchors);
    EFTI_ARRAY_FREE(mem, &m->glob_letters);
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

static void
put_entry(const struct efti_matcher *m, uint32_t theme, uint32_t number,
          struct efti_bytes *out)
{
    const struct efti_compiled_theme *of = &m->themes.items[theme];
    const struct eft_lexicon *lex = m->lexicons[of->lexicon];

    efti_put(out, lex->id.bytes, lex->id.size);
    efti_put_char(out, ':');
    efti_put(out, of->theme->id.bytes, of->theme->id.size);
    efti_put_char(out, ':');
    efti_put_u64(out, number);
}

void
efti_matcher_entry(const struct efti_matcher *m, uint32_t theme, uint32_t pattern,
                   struct efti_bytes *out)
{
    if (pattern < m->patterns.count) {
        const struct efti_compiled *c = &m->patterns.items[pattern];
        put_entry(m, c->theme, c->pattern->entry, out);
    } else if ((pattern & EFTI_LEARNT) != 0 && theme < m->themes.count) {
        put_entry(m, theme, EFT_FIRST_LEARNT + (pattern & ~EFTI_LEARNT), out);
    }
}
