/*
 * check.c - what a writer of a lexicon should look at
 *
 * Compiling shows what reading cannot: two patterns are the same when their atoms are
 * ("delaktig" and "delaktiga" share a stem), and an exact word may be taken by an earlier
 * stem or wildcard of its theme, so that its entry never gets a hit. Alternatives of one
 * entry may well meet, they are one group; only entries are compared.
 *
 * Examples in the file are texts of their own: each is matched, so that a change of one
 * entry shows what it does to what the lexicon promised.
 *
 * Nothing here is an error. A word may be missing from the dictionary because it is new
 * or spoken, and two themes may share a phrase on purpose.
 */
#include "match/compiled.h"

struct check_pattern { /* what makes a pattern the same as another */
    uint32_t gap, count, pattern;
    uint32_t atoms[EFTI_PHRASE_MOST];
};

struct check_state {
    const eft_allocator *mem;
    struct efti_matcher *matcher;
    struct efti_stemmer *stemmer;
    const struct efti_lists *lists;
    const struct efti_dictionary *dictionary;
    struct efti_match_worker scratch; /* only its list of found atoms is used */
    EFTI_ARRAY(struct check_pattern) sorted;
    EFTI_ARRAY(uint32_t) place; /* pattern -> index in `sorted` */
    uint32_t line;              /* of the example at hand */
    efti_check_fn fn;
    void *user;
};

const char *
efti_check_name(enum efti_check_kind kind)
{
    static const char *const names[EFTI_CHECK_COUNT] = {"repeated", "shared", "dead",
                                                        "function", "missed", "taken"};

    return (unsigned)kind < EFTI_CHECK_COUNT ? names[kind] : "";
}

static int
check_same(const struct check_pattern *x, const struct check_pattern *y)
{
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    if (x->gap != y->gap)
        return x->gap < y->gap ? -1 : 1;
    for (uint32_t i = 0; i < x->count; i++) {
        if (x->atoms[i] != y->atoms[i])
            return x->atoms[i] < y->atoms[i] ? -1 : 1;
    }
    return 0;
}

static int
check_order(const void *a, const void *b, void *user)
{
    const struct check_pattern *x = a, *y = b;
    int same = check_same(x, y);

    (void)user;
    if (same != 0)
        return same;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static bool
check_collect(struct check_state *s)
{
    const struct efti_matcher *m = s->matcher;
    size_t count = m->patterns.count;

    if (!EFTI_ARRAY_RESERVE(s->mem, &s->sorted, count) ||
        !EFTI_ARRAY_RESERVE(s->mem, &s->place, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct efti_pattern *p = m->patterns.items[i].pattern;
        struct check_pattern c = {.gap = p->gap, .count = p->word_count, .pattern = i};
        for (uint32_t k = 0; k < p->word_count; k++)
            c.atoms[k] = efti_pattern_atom(m, &m->patterns.items[i], k);
        s->sorted.items[s->sorted.count++] = c;
    }
    efti_sort(s->sorted.items, count, sizeof(*s->sorted.items), check_order, NULL);
    s->place.count = count;
    for (uint32_t i = 0; i < count; i++)
        s->place.items[s->sorted.items[i].pattern] = i;
    return true;
}

static eft_status
check_tell(struct check_state *s, enum efti_check_kind kind, uint32_t pattern,
           uint32_t other, eft_text word)
{
    static const char *const hints[EFTI_CHECK_COUNT] = {
        "remove one of the two, or make this one say more",
        "add a word to one of them, unless both themes are meant",
        "correct the spelling, or write =word if it is meant so",
        "add a word that carries the meaning",
        "add an entry that finds this example, or change the example",
        "make an entry say more, add an exception, or change the example",
    };
    const struct efti_compiled *all = s->matcher->patterns.items;
    struct efti_check_note note = {
        .kind = kind,
        .pattern = pattern,
        .other = other,
        .line = pattern == UINT32_MAX ? s->line : all[pattern].pattern->line,
        .other_line = other == UINT32_MAX ? 0 : all[other].pattern->line,
        .word = word,
        .hint = hints[kind],
    };

    return s->fn(s->user, &note);
}

/* Does `other` find all that `pattern` finds, wherever their words are the same? Not
 * where it asks for more, or weighs less. */
static bool
check_covers(const struct check_state *s, uint32_t other, uint32_t pattern)
{
    const struct efti_compiled *all = s->matcher->patterns.items;
    const struct efti_entry_rules none = {0};
    const struct efti_entry_rules *x = all[other].pattern->rules;
    const struct efti_entry_rules *y = all[pattern].pattern->rules;

    return x == NULL || memcmp(x, y == NULL ? &none : y, sizeof(none)) == 0;
}

/* An earlier single of the same theme and another entry that takes this word first. */
static eft_status
check_swallowed(struct check_state *s, uint32_t pattern, uint32_t *by, eft_error *err)
{
    const struct efti_matcher *m = s->matcher;
    const struct efti_compiled *c = &m->patterns.items[pattern];
    const struct efti_pattern_word *word = &c->pattern->words[0];

    *by = UINT32_MAX;
    if (c->pattern->word_count != 1 || word->kind != EFTI_PATTERN_EXACT)
        return EFT_OK;
    eft_text stem = efti_stem(s->stemmer, word->folded.bytes, word->folded.size);
    if (stem.size == 0 || !efti_match_atoms(&s->scratch, NULL, word->folded.bytes,
                                            word->folded.size, stem.bytes, stem.size))
        return efti_no_memory(err, "the check of a lexicon");
    for (size_t a = 0; a < s->scratch.found.count; a++) {
        struct efti_range range = m->atoms.items[s->scratch.found.items[a]].singles;
        for (uint32_t i = range.first; i < range.first + range.count; i++) {
            const struct efti_single *other = &m->singles.items[i];
            if (other->theme == c->theme && other->pattern < pattern &&
                m->patterns.items[other->pattern].pattern->entry != c->pattern->entry &&
                check_covers(s, other->pattern, pattern) && other->pattern < *by)
                *by = other->pattern;
        }
    }
    return EFT_OK;
}

/* The first same pattern before this one in another entry: of its theme, of another. */
static void
check_twins(const struct check_state *s, uint32_t pattern, uint32_t *repeated,
            uint32_t *shared)
{
    const struct efti_compiled *all = s->matcher->patterns.items;
    uint32_t at = s->place.items[pattern];

    *repeated = *shared = UINT32_MAX;
    for (uint32_t i = at;
         i-- > 0 && check_same(&s->sorted.items[i], &s->sorted.items[at]) == 0;) {
        uint32_t other = s->sorted.items[i].pattern;
        if (all[other].theme != all[pattern].theme) {
            if (check_covers(s, other, pattern) && check_covers(s, pattern, other))
                *shared = other;
        } else if (all[other].pattern->entry != all[pattern].pattern->entry &&
                   check_covers(s, other, pattern)) {
            *repeated = other;
        }
    }
}

static eft_status
check_words(struct check_state *s, uint32_t pattern)
{
    const struct efti_pattern *p = s->matcher->patterns.items[pattern].pattern;
    /* a phrase of small words can say much ("fick inte vara med"), and so can one word in
     * company */
    bool function = p->word_count == 1 && p->rules == NULL;

    for (uint32_t i = 0; i < p->word_count; i++) {
        const struct efti_pattern_word *word = &p->words[i];
        eft_text f = word->folded;
        bool literal =
            word->kind == EFTI_PATTERN_STEM || word->kind == EFTI_PATTERN_EXACT;
        if (word->kind == EFTI_PATTERN_SET)
            return EFT_OK; /* its words are of one theme only together with others */
        function = function && literal && s->lists != NULL &&
                   (efti_lists_word(s->lists, f.bytes, f.size) & EFTI_LIST_FUNCTION) != 0;
        if ((unsigned char)f.bytes[0] >=
            0xE0) /* beyond U+07FF: emoji, in no dictionary */
            continue;
        if (word->kind != EFTI_PATTERN_STEM || s->dictionary == NULL ||
            efti_dictionary_find(s->dictionary, f.bytes, f.size) != 0 ||
            efti_dictionary_compound(s->dictionary, f.bytes, f.size, NULL))
            continue;
        eft_status st = check_tell(s, EFTI_CHECK_DEAD, pattern, UINT32_MAX, f);
        if (st != EFT_OK)
            return st;
    }
    return function ? check_tell(s, EFTI_CHECK_FUNCTION, pattern, UINT32_MAX,
                                 (eft_text){NULL, 0})
                    : EFT_OK;
}

static eft_status
check_pattern(struct check_state *s, uint32_t pattern, eft_error *err)
{
    const eft_text none = {NULL, 0};
    uint32_t repeated, shared, swallowed;
    eft_status st = check_swallowed(s, pattern, &swallowed, err);

    check_twins(s, pattern, &repeated, &shared);
    if (repeated == UINT32_MAX)
        repeated = swallowed;
    if (st == EFT_OK && repeated != UINT32_MAX)
        st = check_tell(s, EFTI_CHECK_REPEATED, pattern, repeated, none);
    if (st == EFT_OK && shared != UINT32_MAX)
        st = check_tell(s, EFTI_CHECK_SHARED, pattern, shared, none);
    return st == EFT_OK ? check_words(s, pattern) : st;
}

/* ---------------------------------------------------------------------- examples */

struct check_tools {
    struct efti_tokenizer *tokenizer;
    struct efti_forms *forms;
    struct efti_match_worker *worker;
    struct efti_segments tokens;
    struct efti_hits hits;
};

static eft_status
check_tools_open(struct check_state *s, struct check_tools *t, eft_error *err)
{
    eft_status st = efti_tokenizer_new(s->mem, s->lists, &t->tokenizer, err);

    if (st == EFT_OK)
        st = efti_forms_new(s->mem, s->lists, s->dictionary, &t->forms, err);
    if (st == EFT_OK)
        st = efti_match_worker_new(s->mem, s->matcher, t->forms, &t->worker, err);
    return st;
}

static void
check_tools_close(struct check_state *s, struct check_tools *t)
{
    EFTI_ARRAY_FREE(s->mem, &t->hits.hits);
    efti_segments_free(s->mem, &t->tokens);
    efti_match_worker_free(t->worker);
    efti_forms_free(t->forms);
    efti_tokenizer_free(t->tokenizer);
}

/* Is the theme there in the words of one example? Without a veil: it has no names. */
static eft_status
check_finds(struct check_tools *t, eft_text text, uint32_t theme, bool *finds,
            eft_error *err)
{
    eft_status st = efti_segment(t->tokenizer, text, &t->tokens, err);

    *finds = false;
    if (st == EFT_OK)
        st = efti_forms_intern(t->forms, text, &t->tokens, err);
    if (st == EFT_OK)
        st = efti_match_find(t->worker, text, &t->tokens, &t->hits, err);
    for (size_t i = 0; st == EFT_OK && i < t->hits.hits.count; i++)
        *finds |= t->hits.hits.items[i].theme == theme &&
                  t->hits.hits.items[i].polarity != EFTI_UNCERTAIN;
    return st;
}

static eft_status
check_examples(struct check_state *s, eft_error *err)
{
    const eft_text none = {NULL, 0};
    struct check_tools tools = {0};
    eft_status st = s->lists == NULL ? EFT_OK : check_tools_open(s, &tools, err);

    for (uint32_t i = 0; s->lists != NULL && i < s->matcher->themes.count; i++) {
        const struct efti_theme *theme = s->matcher->themes.items[i].theme;
        for (uint32_t k = 0; st == EFT_OK && k < theme->example_count; k++) {
            const struct efti_example *example = &theme->examples[k];
            bool finds;
            st = check_finds(&tools, example->text, i, &finds, err);
            s->line = example->line;
            if (st == EFT_OK && finds != example->counts)
                st = check_tell(s, finds ? EFTI_CHECK_TAKEN : EFTI_CHECK_MISSED,
                                UINT32_MAX, UINT32_MAX, none);
        }
    }
    check_tools_close(s, &tools);
    return st;
}

eft_status
efti_matcher_check(const eft_allocator *mem, eft_lexicon *lexicon,
                   const struct efti_lists *lists,
                   const struct efti_dictionary *dictionary, efti_check_fn fn, void *user,
                   eft_error *err)
{
    struct check_state s = {
        .mem = mem, .lists = lists, .dictionary = dictionary, .fn = fn, .user = user};
    const struct efti_matcher_parts parts = {.lexicons = &lexicon,
                                             .lexicon_count = 1,
                                             .lists = lists,
                                             .dictionary = dictionary};
    eft_status st = efti_matcher_new(mem, &parts, &s.matcher, err);

    if (st == EFT_OK)
        st = efti_stemmer_new(mem, &s.stemmer, err);
    s.scratch.mem = mem;
    s.scratch.matcher = s.matcher;
    s.scratch.stemmer = s.stemmer;
    efti_bytes_init(&s.scratch.term, mem);
    if (st == EFT_OK && !check_collect(&s))
        st = efti_no_memory(err, "the check of a lexicon");
    for (uint32_t i = 0; st == EFT_OK && i < s.matcher->patterns.count; i++)
        st = check_pattern(&s, i, err);
    if (st == EFT_OK)
        st = check_examples(&s, err);
    EFTI_ARRAY_FREE(mem, &s.scratch.found);
    efti_bytes_free(&s.scratch.term);
    EFTI_ARRAY_FREE(mem, &s.sorted);
    EFTI_ARRAY_FREE(mem, &s.place);
    efti_stemmer_free(s.stemmer);
    efti_matcher_free(s.matcher);
    return st == EFT_STOP ? EFT_OK : st;
}
