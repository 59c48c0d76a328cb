/*
 * own_lists.c - lists of the user's own made into what the veil matches (veil/own.c)
 *
 * Each text is cut into tokens as the reflections are, folded, and joined by blanks: so
 * "Vårdcentralen  Eken" and "vårdcentralen eken" are one entry. A person of the roster
 * brings also the ways to shorten a name:
 *
 *   Anna Svensson -> anna svensson, a svensson, anna s, a s, a.s, a.s.
 *
 * and a unit the words that name nothing else (Solgläntan of Förskolan Solgläntan). The
 * manifest gets their number, and with a key the hash of all of them, which without one
 * would let anybody test a guess.
 */
#include "pipeline/pipeline.h"

struct own {
    eft_plan *plan;
    struct efti_tokenizer *tokenizer;
    struct efti_unicode *unicode;
    struct efti_segments segments;
    struct efti_bytes key, word;
    eft_text words[32]; /* of the text at hand, in `key` or the arena */
    size_t word_count;
    struct efti_strings *everybody; /* of the roster, by all their words */
    uint32_t who;                   /* the one at hand, from 1 */
    EFTI_ARRAY(struct efti_listed) items;
};

/* The folded tokens of `text`, kept in the arena of the plan. */
static eft_status
own_words(struct own *o, const char *what, eft_text text, size_t number, eft_error *err)
{
    eft_plan *plan = o->plan;

    o->word_count = 0;
    if (efti_utf8_valid_prefix(text.bytes, text.size) != text.size)
        return efti_fail(err, EFT_E_ENCODING, number, "%s %zu is not UTF-8", what,
                         number + 1);
    if (efti_garbled(text))
        return efti_fail(err, EFT_E_ENCODING, number,
                         "%s %zu has lost letters: save the file as UTF-8 anew", what,
                         number + 1);
    eft_status st = efti_segment(o->tokenizer, text, &o->segments, err);
    for (size_t i = 0; i < o->segments.tokens.count && st == EFT_OK; i++) {
        const struct efti_token *t = &o->segments.tokens.items[i];
        if (o->word_count == EFTI_COUNT(o->words))
            return efti_fail(err, EFT_E_LIMIT, number, "%s %zu has more than %zu words",
                             what, number + 1, EFTI_COUNT(o->words));
        st = efti_fold(o->unicode, text.bytes + t->start, t->end - t->start, &o->word,
                       err);
        if (st != EFT_OK)
            return st;
        char *copy = efti_arena_copy(&plan->arena, o->word.data, o->word.size);
        if (copy == NULL)
            return efti_no_memory(err, "the words of a plan");
        o->words[o->word_count++] = (eft_text){copy, o->word.size};
    }
    return st;
}

/* Words [0, count) of `words`, joined by blanks, as one entry. */
static eft_status
own_add(struct own *o, const eft_text *words, size_t count, enum efti_category category,
        enum efti_listed_kind kind, eft_error *err)
{
    efti_bytes_clear(&o->key);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            efti_put_char(&o->key, ' ');
        efti_put(&o->key, words[i].bytes, words[i].size);
    }
    char *copy =
        o->key.failed ? NULL : efti_arena_copy(&o->plan->arena, o->key.data, o->key.size);
    if (count == 0)
        return EFT_OK;
    if (copy == NULL || !EFTI_PUSH(&o->plan->allocator, &o->items))
        return efti_no_memory(err, "the words of a plan");
    o->items.items[o->items.count - 1] = (struct efti_listed){
        .key = {copy, o->key.size},
        .category = (uint8_t)category,
        .kind = (uint8_t)kind,
        .who = o->who,
    };
    return EFT_OK;
}

/* All words of somebody or some unit of the roster: what is added next is theirs. Who
 * stands there twice is one. */
static eft_status
own_add_whole(struct own *o, enum efti_category category, eft_error *err)
{
    size_t before = o->items.count;
    eft_status st = own_add(o, o->words, o->word_count, category, EFTI_LISTED_DENY, err);

    if (st != EFT_OK || o->items.count == before)
        return st;
    efti_put_char(&o->key, (char)(category + 1));
    uint32_t at = o->key.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(o->everybody, o->key.data, o->key.size, NULL);
    if (at == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the words of a plan");
    o->items.items[before].who = o->who = at + 1;
    return EFT_OK;
}

static eft_text
initial_of(eft_text word)
{
    size_t at = 0;

    if (word.size > 0)
        (void)efti_utf8_next(word.bytes, word.size, &at);
    return (eft_text){word.bytes, at};
}

/* A.S. is one token, with or without its last stop. */
static eft_status
add_dotted(struct own *o, eft_text first, eft_text last, eft_error *err)
{
    eft_status st = EFT_OK;

    for (int stop = 0; stop < 2 && st == EFT_OK; stop++) {
        char dotted[16];
        size_t n = 0;
        memcpy(dotted, first.bytes, first.size);
        n = first.size;
        dotted[n++] = '.';
        memcpy(dotted + n, last.bytes, last.size);
        n += last.size;
        if (stop != 0)
            dotted[n++] = '.';
        const eft_text one = {dotted, n};
        st = own_add(o, &one, 1, EFTI_PERSON, EFTI_LISTED_INITIALS, err);
    }
    return st;
}

static eft_status
add_person(struct own *o, eft_error *err)
{
    size_t n = o->word_count;
    eft_status st = own_add_whole(o, EFTI_PERSON, err);

    for (size_t i = 0; i < n && st == EFT_OK; i++)
        if (efti_utf8_length(o->words[i].bytes, o->words[i].size) > 3)
            st = own_add(o, &o->words[i], 1, EFTI_PERSON, EFTI_LISTED_WORD, err);
    if (n < 2 || st != EFT_OK)
        return st;
    const eft_text first = initial_of(o->words[0]), last = initial_of(o->words[n - 1]);
    const eft_text short_ways[][2] = {
        {first, o->words[n - 1]}, {o->words[0], last}, {first, last}};
    for (size_t i = 0; i < EFTI_COUNT(short_ways) && st == EFT_OK; i++)
        st = own_add(o, short_ways[i], 2, EFTI_PERSON, EFTI_LISTED_INITIALS, err);
    return st == EFT_OK ? add_dotted(o, first, last, err) : st;
}

/* Does the word mean nothing but this unit? */
static bool
names_nothing_else(const struct own *o, eft_text word)
{
    const struct efti_dictionary *d = o->plan->dictionary;
    uint32_t lists = efti_lists_word(o->plan->lists, word.bytes, word.size);

    return efti_utf8_length(word.bytes, word.size) > 3 &&
           (efti_dictionary_find(d, word.bytes, word.size) &
            (EFTI_DICT_LOWER | EFTI_DICT_FUNCTION)) == 0 &&
           (lists & (EFTI_LIST_ORG_HEAD | EFTI_LIST_ROLE | EFTI_LIST_FUNCTION |
                     EFTI_LIST_KEEP | EFTI_LIST_FIELD | EFTI_LIST_PLACE)) == 0;
}

static eft_status
add_unit(struct own *o, eft_error *err)
{
    eft_status st = own_add_whole(o, EFTI_ORG, err);

    for (size_t i = 0; i < o->word_count && st == EFT_OK && o->plan->dictionary != NULL;
         i++)
        if (names_nothing_else(o, o->words[i]))
            st = own_add(o, &o->words[i], 1, EFTI_ORG, EFTI_LISTED_WORD, err);
    return st;
}

/* A category by name; those that stand for whole stretches are not for lists. */
static eft_status
category_of(const char *what, const char *name, size_t number, enum efti_category *out,
            eft_error *err)
{
    *out = name == NULL ? EFTI_CATEGORY_COUNT : efti_category_of(name, strlen(name));
    if (*out >= EFTI_LANGUAGE)
        return efti_fail(err, EFT_E_RANGE, number, "%s %zu: unknown category", what,
                         number + 1);
    return EFT_OK;
}

static eft_status
add_listed(struct own *o, const char *what, const eft_listed *listed, size_t count,
           enum efti_listed_kind kind, eft_error *err)
{
    enum efti_category category;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        if ((st = category_of(what, listed[i].category, i, &category, err)) == EFT_OK &&
            (st = own_words(o, what, listed[i].text, i, err)) == EFT_OK)
            st = own_add(o, o->words, o->word_count, category, kind, err);
    }
    return st;
}

static int
by_key(const void *a, const void *b, void *user)
{
    const struct efti_listed *x = a, *y = b;
    int c = efti_compare(x->key.bytes, x->key.size, y->key.bytes, y->key.size);

    (void)user;
    if (c == 0)
        c = (x->kind > y->kind) - (x->kind < y->kind);
    if (c == 0)
        c = (x->category > y->category) - (x->category < y->category);
    return c != 0 ? c : (x->who > y->who) - (x->who < y->who);
}

/* "deny 3 0123456789abcdef": entries of a kind, and with a key their hash. */
static eft_status
set_line(struct own *o, enum efti_listed_kind kind, size_t count, char line[48],
         eft_error *err)
{
    efti_bytes_clear(&o->key);
    for (size_t i = 0; i < o->items.count; i++) {
        const struct efti_listed *e = &o->items.items[i];
        if (e->kind != kind)
            continue;
        efti_put_text(&o->key, efti_category_name((enum efti_category)e->category));
        efti_put_char(&o->key, '\t');
        efti_put(&o->key, e->key.bytes, e->key.size);
        efti_put_char(&o->key, '\n');
    }
    if (o->key.failed)
        return efti_no_memory(err, "the words of a plan");
    efti_words_line(o->plan, count, "listed", (eft_text){o->key.data, o->key.size}, line);
    return EFT_OK;
}

/* The units are what was added from `first` on. */
static eft_status
units_line(struct own *o, size_t first, size_t count, eft_error *err)
{
    efti_sort(o->items.items + first, o->items.count - first, sizeof(struct efti_listed),
              by_key, NULL);
    efti_bytes_clear(&o->key);
    for (size_t i = first; i < o->items.count; i++) {
        efti_put(&o->key, o->items.items[i].key.bytes, o->items.items[i].key.size);
        efti_put_char(&o->key, '\n');
    }
    if (o->key.failed)
        return efti_no_memory(err, "the words of a plan");
    efti_words_line(o->plan, count, "units", (eft_text){o->key.data, o->key.size},
                    o->plan->units_line);
    return EFT_OK;
}

static eft_status
take_off(eft_plan *plan, const eft_plan_options *options, eft_error *err)
{
    const uint32_t people = 1u << EFTI_PERSON | 1u << EFTI_PERSONNUMMER;
    enum efti_category category;

    for (size_t i = 0; i < options->category_off_count; i++) {
        eft_status st =
            category_of("category", options->categories_off[i], i, &category, err);
        if (st != EFT_OK)
            return st;
        plan->off |= 1u << category;
    }
    if ((plan->off & people) != 0 && (options->flags & EFT_PLAN_LEAVE_PEOPLE) == 0)
        return efti_fail(err, EFT_E_REFUSED, EFT_NO_OFFSET,
                         "names and personnummer are left in texts only if that is "
                         "affirmed");
    return EFT_OK;
}

static eft_status
fill_own(struct own *o, const eft_plan_options *options, eft_error *err)
{
    eft_plan *plan = o->plan;
    eft_status st = add_listed(o, "denied", options->deny, options->deny_count,
                               EFTI_LISTED_DENY, err);

    if (st == EFT_OK)
        st = add_listed(o, "allowed", options->allow_spans, options->allow_span_count,
                        EFTI_LISTED_ALLOW, err);
    efti_sort(o->items.items, o->items.count, sizeof(struct efti_listed), by_key, NULL);
    if (st == EFT_OK && options->deny_count > 0)
        st = set_line(o, EFTI_LISTED_DENY, options->deny_count, plan->deny_line, err);
    if (st == EFT_OK && options->allow_span_count > 0)
        st = set_line(o, EFTI_LISTED_ALLOW, options->allow_span_count, plan->allow_line,
                      err);
    for (size_t i = 0; i < options->roster_count && st == EFT_OK; i++)
        if ((st = own_words(o, "roster name", options->roster[i], i, err)) == EFT_OK)
            st = add_person(o, err);
    size_t before = o->items.count;
    for (size_t i = 0; i < options->unit_count && st == EFT_OK; i++)
        if ((st = own_words(o, "roster unit", options->units[i], i, err)) == EFT_OK)
            st = add_unit(o, err);
    if (st == EFT_OK && options->unit_count > 0)
        st = units_line(o, before, options->unit_count, err);
    efti_sort(o->items.items, o->items.count, sizeof(struct efti_listed), by_key, NULL);
    return st;
}

eft_status
efti_plan_own(eft_plan *plan, const eft_plan_options *options, eft_error *err)
{
    struct own o = {.plan = plan};
    eft_status st = take_off(plan, options, err);

    if (st != EFT_OK || options->deny_count + options->allow_span_count +
                                options->roster_count + options->unit_count ==
                            0)
        return st;
    efti_bytes_init(&o.key, &plan->allocator);
    efti_bytes_init(&o.word, &plan->allocator);
    st = efti_unicode_new(&plan->allocator, &o.unicode, err);
    if (st == EFT_OK)
        st = efti_tokenizer_new(&plan->allocator, plan->lists, &o.tokenizer, err);
    if (st == EFT_OK)
        st = efti_strings_new(&plan->allocator, &o.everybody, err);
    if (st == EFT_OK)
        st = fill_own(&o, options, err);
    if (st == EFT_OK && o.items.count > 0) {
        plan->listed =
            efti_arena_alloc(&plan->arena, o.items.count * sizeof(struct efti_listed),
                             alignof(struct efti_listed));
        if (plan->listed == NULL) {
            st = efti_no_memory(err, "the words of a plan");
        } else {
            memcpy(plan->listed, o.items.items,
                   o.items.count * sizeof(struct efti_listed));
            plan->listed_count = o.items.count;
        }
    }
    EFTI_ARRAY_FREE(&plan->allocator, &o.items);
    efti_segments_free(&plan->allocator, &o.segments);
    efti_bytes_free(&o.key);
    efti_bytes_free(&o.word);
    efti_strings_free(o.everybody);
    efti_tokenizer_free(o.tokenizer);
    efti_unicode_free(o.unicode);
    return st;
}
