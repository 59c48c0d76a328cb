/*
 * test_known.c - what the dictionary's file knows of a form is what the rooms find
 *
 * Two of everything: one form table takes what the known part of ordbok.efd says, the
 * other is told to leave it out and analyses each form itself. Every form of the hot part
 * and a large part of all others go through both, cased in every way, and their records
 * must be equal, the sets of patterns by what is in them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "lexicons/build/files.h"
#include "lexicons/compound.h"
#include "lexicons/dictionary_format.h"
#include "match/compiled.h"
#include "tokenizers/compounds.h"
#include "veil/find.h"

static const char *dictionary_path;

/* The rooms that a form passes. */
struct rooms {
    struct efti_forms *forms;
    struct efti_veil *veil;
    struct efti_match_worker *worker;
    EFTI_ARRAY(uint32_t) kept; /* by number of a set: 1 + that of what is in it */
};

struct pair {
    struct efti_lists *lists;
    struct efti_dictionary *dictionary;
    eft_lexicon *lexicon;
    struct efti_matcher *matcher;
    struct rooms file, self;       /* by the file, by the rooms themselves */
    struct efti_strings *contents; /* of the sets of both */
};

static void
open_rooms(struct rooms *r, const struct pair *p, const struct efti_veil_options *options,
           uint32_t leave_out)
{
    assert_int_equal(
        efti_forms_new(&efti_malloc, p->lists, p->dictionary, &r->forms, NULL), EFT_OK);
    efti_forms_leave_out(r->forms, leave_out);
    assert_int_equal(efti_veil_new(&efti_malloc, p->lists, p->dictionary, r->forms,
                                   options, &r->veil, NULL),
                     EFT_OK);
    assert_int_equal(
        efti_match_worker_new(&efti_malloc, p->matcher, r->forms, &r->worker, NULL),
        EFT_OK);
}

static void
close_rooms(struct rooms *r)
{
    EFTI_ARRAY_FREE(&efti_malloc, &r->kept);
    efti_match_worker_free(r->worker);
    efti_veil_free(r->veil);
    efti_forms_free(r->forms);
}

/* `lexicons`: how many, all of them the core lexicon. */
static void
open_pair(struct pair *p, struct efti_dictionary *dictionary, size_t lexicons,
          const struct efti_veil_options *options)
{
    eft_text core = efti_core_lexicon();

    *p = (struct pair){.dictionary = dictionary};
    assert_int_equal(efti_lists_new(&efti_malloc, &p->lists, NULL), EFT_OK);
    assert_int_equal(
        efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &p->lexicon, NULL),
        EFT_OK);
    eft_lexicon *const several[] = {p->lexicon, p->lexicon};
    assert_int_equal(efti_matcher_new(&efti_malloc,
                                      &(struct efti_matcher_parts){
                                          .lexicons = several,
                                          .lexicon_count = lexicons,
                                          .lists = p->lists,
                                          .dictionary = dictionary,
                                          .allow = options->allow,
                                          .allow_count = options->allow_count},
                                      &p->matcher, NULL),
                     EFT_OK);
    assert_int_equal(efti_strings_new(&efti_malloc, &p->contents, NULL), EFT_OK);
    open_rooms(&p->file, p, options, 0);
    open_rooms(&p->self, p, options, EFTI_FORM_KNOWN);
}

static void
close_pair(struct pair *p)
{
    close_rooms(&p->file);
    close_rooms(&p->self);
    efti_strings_free(p->contents);
    efti_matcher_free(p->matcher);
    eft_lexicon_unref(p->lexicon);
    efti_lists_free(p->lists);
}

static struct efti_dictionary *
open_dictionary(void)
{
    struct efti_dictionary *d;

    assert_int_equal(efti_dictionary_open(&efti_malloc, dictionary_path, &d, NULL),
                     EFT_OK);
    return d;
}

/* One token of the whole text, whatever the scanner would make of it. */
static uint32_t
form_in(struct rooms *r, const char *bytes, size_t size, enum efti_kind kind)
{
    struct efti_token token = {.end = (uint32_t)size, .kind = (uint8_t)kind};
    struct efti_segments segments = {0};

    segments.tokens.items = &token;
    segments.tokens.count = 1;
    assert_int_equal(
        efti_forms_intern(r->forms, (eft_text){bytes, size}, &segments, NULL), EFT_OK);
    return token.form;
}

/* A number for what is in the set of a form: all that a token of it is asked for. */
static uint32_t
set_of(struct pair *p, struct rooms *r, const struct efti_form *form)
{
    uint32_t number = EFTI_MATCH_SET(form->match);
    struct efti_bytes words;

    while (r->kept.count <= number) {
        assert_true(EFTI_PUSH(&efti_malloc, &r->kept));
        r->kept.items[r->kept.count - 1] = 0;
    }
    if (number == 0 || r->kept.items[number] != 0)
        return r->kept.items[number];
    efti_bytes_init(&words, &efti_malloc);
    assert_true(efti_match_keep_set(r->worker, number, &words));
    r->kept.items[number] =
        1 + efti_strings_add(p->contents, words.data, words.size, NULL);
    efti_bytes_free(&words);
    return r->kept.items[number];
}

static bool
are_alike(struct pair *p, const struct efti_form *a, const struct efti_form *b)
{
    eft_text x = efti_form_stem(a), y = efti_form_stem(b);
    const uint32_t bits = ~EFTI_MATCH_SET(UINT32_MAX);

    return efti_equal(a->folded, a->folded_size, b->folded, b->folded_size) &&
           efti_equal(x.bytes, x.size, y.bytes, y.size) &&
           set_of(p, &p->file, a) == set_of(p, &p->self, b) &&
           (a->match & bits) == (b->match & bits) && a->veil == b->veil &&
           a->lists == b->lists && a->shape == b->shape && a->dict == b->dict &&
           a->base == b->base && a->closed == b->closed && a->casing == b->casing &&
           a->capitals == b->capitals && a->code_points == b->code_points &&
           a->last_part == b->last_part;
}

static void
ask_both(struct pair *p, const char *bytes, size_t size, enum efti_kind kind)
{
    const struct efti_veil *v = p->file.veil, *w = p->self.veil;
    uint32_t a = form_in(&p->file, bytes, size, kind);
    uint32_t b = form_in(&p->self, bytes, size, kind);

    assert_true(
        are_alike(p, efti_forms_get(p->file.forms, a), efti_forms_get(p->self.forms, b)));
    assert_int_equal(v->kinds.items[a].bits, w->kinds.items[b].bits);
    assert_int_equal(v->kinds.items[a].cues, w->kinds.items[b].cues);
    assert_int_equal(v->sets.items[a], w->sets.items[b]);
}

/* Capitals of Latin-1 from `from` on, at most `most` letters. */
static size_t
shout(char *to, const char *bytes, size_t size, size_t from, size_t most)
{
    size_t n = 0;

    memcpy(to, bytes, size);
    for (size_t i = from; i < size && n < most; i++) {
        unsigned char *c = (unsigned char *)to + i;
        bool second = i > 0 && (unsigned char)to[i - 1] == 0xC3;
        n += (*c & 0xC0) != 0x80;
        if (*c >= 'a' && *c <= 'z')
            *c = (unsigned char)(*c - 0x20);
        else if (second && *c >= 0xA0 && *c != 0xB7 && *c != 0xBF)
            *c = (unsigned char)(*c - 0x20);
        if (second && n == most)
            break;
        if (*c == 0xC3 && n == most && i + 1 < size)
            n--; /* its second byte is still to come */
    }
    return size;
}

/* A form in every way it may stand in a text. */
static void
ask_cased(struct pair *p, const char *bytes, size_t size)
{
    char other[300];

    ask_both(p, bytes, size, EFTI_WORD);
    ask_both(p, bytes, size, EFTI_CODE);
    ask_both(p, other, shout(other, bytes, size, 0, 1), EFTI_WORD);
    ask_both(p, other, shout(other, bytes, size, 0, 300), EFTI_WORD);
    ask_both(p, other, shout(other, bytes, size, 1, 1), EFTI_WORD);
    memcpy(other, bytes, size);
    memcpy(other + size, "\xC2\xAD", 2); /* a soft hyphen folds away */
    ask_both(p, other, size + 2, EFTI_WORD);
    size_t from = size / 2; /* in the middle, behind a capital and small */
    from += ((unsigned char)bytes[from] & 0xC0) == 0x80;
    (void)shout(other, bytes, size, 0, 1);
    memmove(other + from + 2, other + from, size - from);
    memcpy(other + from, "\xC2\xAD", 2);
    ask_both(p, other, size + 2, EFTI_WORD);
    memcpy(other, bytes, from);
    ask_both(p, other, size + 2, EFTI_WORD);
}

/* The hot part whole, and every `step`th of the rest. */
static size_t
ask_all(struct pair *p, uint32_t step)
{
    struct efti_dictionary_word word;
    uint32_t flags, n = 0;
    size_t at = 0, size = 0, known = 0;

    while (efti_dictionary_hot_next(p->dictionary, &at, &word, &size)) {
        ask_cased(p, word.bytes, size);
        known += word.known != 0;
    }
    at = 0;
    for (eft_text f; (f = efti_dictionary_next(p->dictionary, &at, &flags)).size > 0;)
        if (n++ % step == 0)
            ask_cased(p, f.bytes, f.size);
    return known;
}

static void
the_file_knows_what_the_rooms_find(void **state)
{
    const struct efti_veil_options plain = {0};
    struct efti_dictionary *d = open_dictionary();
    struct pair p;

    (void)state;
    open_pair(&p, d, 1, &plain);
    assert_true(efti_dictionary_known_by(d, efti_forms_engine()));
    assert_true(efti_dictionary_known_with(d, p.lexicon->hash));
    assert_true(p.file.worker->known_sets.count > 1000);
    assert_int_equal(ask_all(&p, 7), efti_dictionary_hot_count(d));
    close_pair(&p);
    efti_dictionary_free(d);
}

/* The same parts, told and found anew, with our lists and without: how many. */
static unsigned
same_parts(const struct efti_dictionary *d, const struct efti_lists *lists,
           const char *bytes, size_t size)
{
    const struct efti_compounds ways[] = {
        efti_compounds_of(d, lists, NULL),
        efti_compounds_of(d, NULL, efti_forms_engine()),
        efti_compounds_of(d, lists, efti_forms_engine())};
    struct efti_compound_parts parts[EFTI_COUNT(ways)];

    for (size_t i = 0; i < EFTI_COUNT(ways); i++)
        (void)efti_compound_split(&ways[i], bytes, size, &parts[i]);
    assert_memory_equal(&parts[0], &parts[1], sizeof(parts[0]));
    assert_memory_equal(&parts[0], &parts[2], sizeof(parts[0]));
    return parts[0].count;
}

static void
the_file_knows_how_words_are_taken_apart(void **state)
{
    struct efti_dictionary *d = open_dictionary();
    struct efti_lists *lists;
    uint32_t flags, cuts, n = 0, told = 0, found[EFTI_COMPOUND_PARTS + 1] = {0};
    size_t at = 0;

    (void)state;
    assert_int_equal(efti_lists_new(&efti_malloc, &lists, NULL), EFT_OK);
    for (eft_text f; (f = efti_dictionary_next(d, &at, &flags)).size > 0;) {
        if (n++ % 13 != 0)
            continue;
        (void)efti_dictionary_listed(d, f.bytes, f.size, efti_dict_hash(f.bytes, f.size),
                                     &cuts);
        told += cuts != 0;
        if (cuts != 0)
            found[same_parts(d, lists, f.bytes, f.size)]++;
    }
    print_message(
        "# of %u words %u are told, %u of them whole, %u two, %u three pieces\n", n / 13,
        told, found[0], found[2], found[3]);
    assert_true(told > n / 13 / 100 * 95 && found[0] > 1000 && found[3] > 100);
    efti_lists_free(lists);
    efti_dictionary_free(d);
}

/* Lists of the user's own, and two lexicons, are not in the file. */
static void
what_is_the_users_own_is_found_by_the_rooms(void **state)
{
    const eft_text words[] = {{"anna", 4}, {"skolan", 6}, {"fatima", 6}};
    const struct efti_veil_options own[] = {
        {.allow = words, .allow_count = 3},
        {.roster = words, .roster_count = 3},
        {.allow_count = 0},
    };
    struct efti_dictionary *d = open_dictionary();
    struct pair p;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(own); i++) {
        open_pair(&p, d, i + 1 == EFTI_COUNT(own) ? 2 : 1, &own[i]);
        (void)ask_all(&p, 401);
        for (size_t k = 0; k < EFTI_COUNT(words); k++)
            ask_cased(&p, words[k].bytes, words[k].size);
        close_pair(&p);
    }
    efti_dictionary_free(d);
}

/* ------------------------------------------------------------------ other files */

static void
read_file(struct efti_bytes *out)
{
    efti_bytes_init(out, &efti_malloc);
    assert_true(build_read(dictionary_path, out));
}

static unsigned char *
known_part(struct efti_bytes *file)
{
    unsigned char *p = (unsigned char *)file->data;

    return p + efti_dict_le32(p + 8 + 4 * EFTI_DICT_F_KNOWN_AT);
}

static void
mend_sum(struct efti_bytes *file)
{
    efti_dict_put_sum((unsigned char *)file->data, file->size);
}

static void
a_damaged_known_part_is_refused(void **state)
{
    struct efti_bytes file;
    struct efti_dictionary *d;

    (void)state;
    read_file(&file);
    unsigned char *p = known_part(&file);
    size_t size = (size_t)((unsigned char *)file.data + file.size - p);
    for (size_t at = 0; at < size; at += size / 50) {
        p[at] ^= 0x10;
        assert_int_equal(
            efti_dictionary_over(&efti_malloc, file.data, file.size, &d, NULL),
            EFT_E_FORMAT);
        p[at] ^= 0x10;
    }
    for (size_t at = EFTI_DICT_KNOWN_COUNTS; at < EFTI_DICT_KNOWN_COUNTS + 16; at++) {
        p[at] ^= 0x41; /* counts that do not fill the file */
        mend_sum(&file);
        assert_int_equal(
            efti_dictionary_over(&efti_malloc, file.data, file.size, &d, NULL),
            EFT_E_FORMAT);
        p[at] ^= 0x41;
    }
    efti_bytes_free(&file);
}

/* The file of another engine, or for another lexicon: its words alone are taken. */
static void
what_others_know_is_left_alone(void **state)
{
    static const size_t prints[] = {0, EFTI_DICT_KNOWN_LEXICON};
    const struct efti_veil_options plain = {0};
    struct efti_bytes file;
    struct efti_dictionary *d;
    struct pair p;

    (void)state;
    read_file(&file);
    unsigned char *known = known_part(&file), *records = known + EFTI_DICT_KNOWN_HEAD;
    uint32_t count = efti_dict_le32(known + EFTI_DICT_KNOWN_COUNTS);
    for (size_t i = 0; i < EFTI_COUNT(prints); i++) {
        known[prints[i]] ^= 1;
        for (uint32_t n = 0; n < count; n++) { /* nonsense, if anybody took it */
            records[(size_t)n * EFTI_DICT_KNOWN_SIZE + 17] ^= 1;
            if (i == 0)
                records[(size_t)n * EFTI_DICT_KNOWN_SIZE + 4] ^= 1;
        }
        mend_sum(&file);
        assert_int_equal(
            efti_dictionary_over(&efti_malloc, file.data, file.size, &d, NULL), EFT_OK);
        open_pair(&p, d, 1, &plain);
        (void)ask_all(&p, 401);
        close_pair(&p);
        efti_dictionary_free(d);
        known[prints[i]] ^= 1;
        for (uint32_t n = 0; n < count; n++) {
            records[(size_t)n * EFTI_DICT_KNOWN_SIZE + 17] ^= 1;
            if (i == 0)
                records[(size_t)n * EFTI_DICT_KNOWN_SIZE + 4] ^= 1;
        }
    }
    efti_bytes_free(&file);
}

/* ---------------------------------------------------------- bytes that mislead */

static uint64_t
next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* All forms of the hot part, and a text of some of them, with nothing asked of them. */
static void
use_rooms(struct rooms *r, const struct efti_dictionary *d)
{
    struct efti_dictionary_word word;
    struct efti_segments tokens = {0};
    struct efti_hits hits = {0};
    struct efti_bytes text;
    size_t at = 0, size = 0;

    efti_bytes_init(&text, &efti_malloc);
    while (efti_dictionary_hot_next(d, &at, &word, &size)) {
        assert_true(text.size > 4000 || EFTI_PUSH(&efti_malloc, &tokens.tokens));
        if (text.size <= 4000)
            tokens.tokens.items[tokens.tokens.count - 1] =
                (struct efti_token){.start = (uint32_t)text.size,
                                    .end = (uint32_t)(text.size + size),
                                    .kind = EFTI_WORD};
        else
            (void)form_in(r, word.bytes, size, EFTI_WORD);
        if (text.size <= 4000) {
            efti_put(&text, word.bytes, size);
            efti_put_char(&text, ' ');
        }
    }
    assert_true(EFTI_PUSH(&efti_malloc, &tokens.sentences));
    tokens.sentences.items[0] = (struct efti_sentence){
        .end = (uint32_t)text.size, .end_token = (uint32_t)tokens.tokens.count};
    const eft_text whole = {text.data, text.size};
    assert_int_equal(efti_forms_intern(r->forms, whole, &tokens, NULL), EFT_OK);
    assert_int_equal(efti_match_find(r->worker, whole, &tokens, &hits, NULL), EFT_OK);
    EFTI_ARRAY_FREE(&efti_malloc, &hits.hits);
    efti_segments_free(&efti_malloc, &tokens);
    efti_bytes_free(&text);
}

/* A file whose sums are right and whose numbers are not: its matcher is refused or taken,
 * its answers are wrong, and nothing is read that is not there. */
static bool
use_file(const struct efti_bytes *file)
{
    const struct efti_veil_options plain = {0};
    eft_text core = efti_core_lexicon();
    struct pair p = {0};

    assert_int_equal(
        efti_dictionary_over(&efti_malloc, file->data, file->size, &p.dictionary, NULL),
        EFT_OK);
    assert_int_equal(efti_lists_new(&efti_malloc, &p.lists, NULL), EFT_OK);
    assert_int_equal(
        efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &p.lexicon, NULL),
        EFT_OK);
    eft_status st =
        efti_matcher_new(&efti_malloc,
                         &(struct efti_matcher_parts){.lexicons = &p.lexicon,
                                                      .lexicon_count = 1,
                                                      .lists = p.lists,
                                                      .dictionary = p.dictionary},
                         &p.matcher, NULL);
    assert_true(st == EFT_OK || st == EFT_E_FORMAT);
    if (st == EFT_OK) {
        open_rooms(&p.file, &p, &plain, 0);
        use_rooms(&p.file, p.dictionary);
        close_rooms(&p.file);
    }
    efti_matcher_free(p.matcher);
    eft_lexicon_unref(p.lexicon);
    efti_lists_free(p.lists);
    efti_dictionary_free(p.dictionary);
    return st == EFT_OK;
}

/* Where the words of sets end and the matcher begins. */
static unsigned char *
matcher_part(struct efti_bytes *file)
{
    return (unsigned char *)file->data + file->size -
           efti_dict_le32(known_part(file) + EFTI_DICT_KNOWN_COUNTS + 12);
}

static void
misleading_records_do_no_harm(void **state)
{
    struct efti_bytes file;
    uint64_t seed = 20261123;

    (void)state;
    read_file(&file);
    unsigned char *known = known_part(&file), *end = matcher_part(&file);
    for (unsigned char *p = known + EFTI_DICT_KNOWN_HEAD; p < end;
         p += 1 + next_random(&seed) % 64)
        *p = (unsigned char)next_random(&seed);
    uint32_t records = efti_dict_le32(known + EFTI_DICT_KNOWN_COUNTS);
    uint32_t sets = efti_dict_le32(known + EFTI_DICT_KNOWN_COUNTS + 4);
    efti_dict_put_le32(known + EFTI_DICT_KNOWN_HEAD +
                           (size_t)records * EFTI_DICT_KNOWN_SIZE + (size_t)sets * 4,
                       efti_dict_le32(known + EFTI_DICT_KNOWN_COUNTS + 8));
    mend_sum(&file);
    assert_true(use_file(&file));
    efti_bytes_free(&file);
}

/* A listed word of twelve bytes and more, for which the file may be made to tell all. */
static eft_text
some_word(const struct efti_dictionary *d)
{
    uint32_t flags;
    size_t at = 0;
    eft_text word = {NULL, 0};

    do
        word = efti_dictionary_next(d, &at, &flags);
    while (word.size < 12 || (flags & EFTI_DICT_LOWER) == 0);
    return word;
}

static void
misleading_cuts_do_no_harm(void **state)
{
    struct efti_bytes file;
    struct efti_dictionary *d;
    struct efti_compound_parts parts;

    (void)state;
    read_file(&file);
    assert_int_equal(efti_dictionary_over(&efti_malloc, file.data, file.size, &d, NULL),
                     EFT_OK);
    const struct efti_compounds c = efti_compounds_of(d, NULL, efti_forms_engine());
    eft_text word = some_word(d);
    unsigned char *p = (unsigned char *)file.data + (word.bytes - file.data);
    uint32_t flags = efti_dict_le32(p - EFTI_DICT_RECORD_SIZE);
    p += word.size + ((flags & EFTI_DICT_HAS_BASE) != 0 ? EFTI_DICT_BASE_SIZE : 0);
    for (uint32_t cuts = 0; cuts <= UINT16_MAX; cuts++) {
        size_t at = 0;
        efti_dict_put_le32(p, cuts << 16);
        bool split = efti_compound_split(&c, word.bytes, word.size, &parts);
        assert_int_equal(split, parts.count > 1);
        for (uint8_t i = 0; i < parts.count; at = parts.ends[i++])
            assert_true(parts.ends[i] > at + parts.link[i]);
        assert_int_equal(at, split ? word.size : 0);
    }
    efti_dictionary_free(d);
    efti_bytes_free(&file);
}

static void
a_misleading_matcher_does_no_harm(void **state)
{
    struct efti_bytes file;
    uint64_t seed = 20261124;
    size_t taken = 0, tries = 0;

    (void)state;
    read_file(&file);
    size_t at = (size_t)(matcher_part(&file) - (unsigned char *)file.data);
    for (; tries < 40; tries++) {
        size_t many = tries < 20 ? 1 : 12, places[12]; /* one, or some in each table */
        char were[12];
        for (size_t i = 0; i < many; i++) {
            places[i] =
                at + (tries % 4 == 0 && i == 0 ? next_random(&seed) % 80
                                               : next_random(&seed) % (file.size - at));
            were[i] = file.data[places[i]];
            file.data[places[i]] = (char)next_random(&seed);
        }
        mend_sum(&file);
        taken += use_file(&file);
        for (size_t i = many; i-- > 0;)
            file.data[places[i]] = were[i];
    }
    assert_true(taken > 0 && taken < tries); /* both are seen */
    efti_bytes_free(&file);
}

/* ------------------------------------------------------------------ the matcher */

static void
assert_same_words(const struct efti_strings *a, const struct efti_strings *b)
{
    assert_int_equal(efti_strings_count(a), efti_strings_count(b));
    for (uint32_t i = 0; i < efti_strings_count(a); i++) {
        eft_text x = efti_strings_get(a, i), y = efti_strings_get(b, i);
        assert_true(efti_equal(x.bytes, x.size, y.bytes, y.size));
        assert_int_equal(efti_strings_find(a, x.bytes, x.size), i);
    }
}

#define ASSERT_SAME_NUMBERS(a, b)                                                        \
    do {                                                                                 \
        assert_int_equal((a).count, (b).count);                                          \
        assert_memory_equal((a).items, (b).items, (a).count * sizeof(*(a).items));       \
    } while (0)

static void
assert_same_patterns(const struct efti_matcher *a, const struct efti_matcher *b)
{
    assert_int_equal(a->patterns.count, b->patterns.count);
    for (size_t i = 0; i < a->patterns.count; i++) {
        const struct efti_compiled *x = &a->patterns.items[i], *y = &b->patterns.items[i];
        assert_ptr_equal(x->pattern, y->pattern);
        assert_true(x->theme == y->theme && x->lexicon == y->lexicon &&
                    x->first_word == y->first_word && x->first_set == y->first_set &&
                    x->first_of_entry == y->first_of_entry && x->near == y->near &&
                    x->own_cue == y->own_cue && x->weight == y->weight &&
                    x->facts == y->facts && x->raw == y->raw);
    }
    assert_int_equal(a->sets.count, b->sets.count);
    for (size_t i = 0; i < a->sets.count; i++) {
        const struct efti_compiled_set *x = &a->sets.items[i], *y = &b->sets.items[i];
        assert_true(x->set == y->set && x->first_word == y->first_word &&
                    x->negates == y->negates);
    }
    assert_int_equal(a->singles.count, b->singles.count);
    for (size_t i = 0; i < a->singles.count; i++) {
        const struct efti_single *x = &a->singles.items[i], *y = &b->singles.items[i];
        assert_true(x->theme == y->theme && x->pattern == y->pattern &&
                    x->opposite == y->opposite);
    }
}

static void
assert_same_map(const struct efti_wild_map *a, const struct efti_wild_map *b)
{
    assert_int_equal(a->shortest, b->shortest);
    assert_int_equal(a->longest, b->longest);
    assert_memory_equal(a->bits, b->bits, sizeof(a->bits));
    assert_memory_equal(a->starts, b->starts, sizeof(a->starts));
}

/* The matcher of the file is the one that is compiled where there is no such file. */
static void
the_matcher_in_the_file_is_the_one_compiled(void **state)
{
    const struct efti_veil_options plain = {0};
    struct efti_bytes file;
    struct efti_dictionary *d, *other;
    struct pair p, q;

    (void)state;
    read_file(&file);
    known_part(&file)[0] ^= 1; /* of another engine */
    mend_sum(&file);
    assert_int_equal(
        efti_dictionary_over(&efti_malloc, file.data, file.size, &other, NULL), EFT_OK);
    d = open_dictionary();
    assert_true(efti_dictionary_known_matcher(d).size > 100000);
    open_pair(&p, d, 1, &plain);
    open_pair(&q, other, 1, &plain);
    struct efti_matcher *a = p.matcher, *b;
    assert_int_equal(efti_matcher_new(&efti_malloc,
                                      &(struct efti_matcher_parts){.lexicons = &p.lexicon,
                                                                   .lexicon_count = 1,
                                                                   .lists = q.lists,
                                                                   .dictionary = other},
                                      &b, NULL),
                     EFT_OK);
    assert_true(efti_matcher_is_known(a));
    assert_false(efti_matcher_is_known(b));
    assert_same_patterns(a, b);
    for (size_t kind = 0; kind < EFTI_PATTERN_SET; kind++) {
        assert_int_equal(a->words[kind].base, b->words[kind].base);
        assert_same_words(a->words[kind].strings, b->words[kind].strings);
    }
    assert_same_words(a->literals, b->literals);
    ASSERT_SAME_NUMBERS(a->set_words, b->set_words);
    ASSERT_SAME_NUMBERS(a->atom_sets, b->atom_sets);
    ASSERT_SAME_NUMBERS(a->word_atoms, b->word_atoms);
    ASSERT_SAME_NUMBERS(a->word_phrases, b->word_phrases);
    ASSERT_SAME_NUMBERS(a->atoms, b->atoms);
    ASSERT_SAME_NUMBERS(a->anchors, b->anchors);
    ASSERT_SAME_NUMBERS(a->glob_letters, b->glob_letters);
    assert_int_equal(a->watch_count, b->watch_count);
    assert_int_equal(a->phrase_count, b->phrase_count);
    assert_memory_equal(a->term_starts, b->term_starts, sizeof(a->term_starts));
    assert_same_map(&a->beginnings, &b->beginnings);
    assert_same_map(&a->endings, &b->endings);
    assert_same_map(&a->stems, &b->stems);
    assert_same_map(&a->wholes, &b->wholes);
    assert_same_map(&a->terms, &b->terms);
    assert_same_map(&a->pieces, &b->pieces);
    efti_matcher_free(b);
    close_pair(&p);
    close_pair(&q);
    efti_dictionary_free(d);
    efti_dictionary_free(other);
    efti_bytes_free(&file);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_knows_what_the_rooms_find),
        cmocka_unit_test(the_file_knows_how_words_are_taken_apart),
        cmocka_unit_test(what_is_the_users_own_is_found_by_the_rooms),
        cmocka_unit_test(a_damaged_known_part_is_refused),
        cmocka_unit_test(what_others_know_is_left_alone),
        cmocka_unit_test(the_matcher_in_the_file_is_the_one_compiled),
        cmocka_unit_test(misleading_records_do_no_harm),
        cmocka_unit_test(misleading_cuts_do_no_harm),
        cmocka_unit_test(a_misleading_matcher_does_no_harm),
    };

    dictionary_path = argc > 1 ? argv[1] : "";
    if (*dictionary_path == '\0') {
        print_message("1..0 # SKIP hunspell-sv was not there when this was built\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
