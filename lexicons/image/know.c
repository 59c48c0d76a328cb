/*
 * know.c - build step: what veil, patterns and splitter make of each form goes into
 * ordbok.efd
 *
 *   know IN.efd OUT.efd
 *
 *   each form ─► the form table, the veil, the matcher of the core lexicon
 *             ─► lists, veil in small letters and behind a capital, set of atoms, shape,
 *                closed ─► a number, the same for all forms of which the same is known
 *             ─► the splitter of compounds ─► cuts
 *
 * The matcher of the core lexicon, compiled, follows behind (match/matcher_image.c).
 *
 * The rooms themselves are asked, so that no answer is told twice in code; a test asks
 * both ways again (tests/pipeline/test_known.c). The hot part is asked first and by rank:
 * low numbers lie in few cache lines. A form of which the answers differ with its casing
 * otherwise than in the word of the veil, or one beyond the last number, stays unknown
 * and is analysed when it comes.
 */
#include "lexicons/build/files.h"
#include "lexicons/dictionary_format.h"
#include "match/compiled.h"
#include "tokenizers/compounds.h"
#include "veil/veil.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

struct know {
    struct efti_bytes file;
    struct efti_dictionary *dictionary; /* over a copy of the file */
    struct efti_bytes copy;
    struct efti_lists *lists;
    eft_lexicon *lexicon;
    struct efti_matcher *matcher;
    struct efti_forms *forms;
    struct efti_veil *veil;
    struct efti_match_worker *worker;
    struct efti_strings *records, *sets;
    /* Of the worker's sets: number in the file; 0: not yet. */
    EFTI_ARRAY(uint32_t) set_ids;
    struct efti_bytes words;
};

/* --------------------------------------------------------------------- rooms */

static bool
open_rooms(struct know *k, eft_error *err)
{
    const struct efti_veil_options plain = {0};
    const eft_allocator *mem = &efti_malloc;
    eft_text core = efti_core_lexicon();

    return efti_dictionary_over(mem, k->copy.data, k->copy.size, &k->dictionary, err) ==
               EFT_OK &&
           efti_lists_new(mem, &k->lists, err) == EFT_OK &&
           efti_lexicon_parse(mem, core.bytes, core.size, &k->lexicon, err) == EFT_OK &&
           efti_matcher_new(mem,
                            &(struct efti_matcher_parts){.lexicons = &k->lexicon,
                                                         .lexicon_count = 1,
                                                         .lists = k->lists,
                                                         .dictionary = k->dictionary},
                            &k->matcher, err) == EFT_OK &&
           efti_forms_new(mem, k->lists, k->dictionary, &k->forms, err) == EFT_OK &&
           efti_veil_new(mem, k->lists, k->dictionary, k->forms, &plain, &k->veil, err) ==
               EFT_OK &&
           efti_match_worker_new(mem, k->matcher, k->forms, &k->worker, err) == EFT_OK &&
           efti_strings_new(mem, &k->records, err) == EFT_OK &&
           efti_strings_new(mem, &k->sets, err) == EFT_OK;
}

static void
close_rooms(struct know *k)
{
    efti_strings_free(k->sets);
    efti_strings_free(k->records);
    efti_match_worker_free(k->worker);
    efti_veil_free(k->veil);
    efti_forms_free(k->forms);
    efti_matcher_free(k->matcher);
    eft_lexicon_unref(k->lexicon);
    efti_lists_free(k->lists);
    efti_dictionary_free(k->dictionary);
    EFTI_ARRAY_FREE(&efti_malloc, &k->set_ids);
    efti_bytes_free(&k->words);
    efti_bytes_free(&k->copy);
    efti_bytes_free(&k->file);
}

/* ---------------------------------------------------------------------- sets */

/* The number of a form's set in the file. EFTI_NOT_FOUND: it cannot be kept; 0: none. */
static uint32_t
number_set(struct know *k, uint32_t match)
{
    uint32_t number = EFTI_MATCH_SET(match);

    if (number == 0)
        return 0;
    while (k->set_ids.count <= number) {
        if (!EFTI_PUSH(&efti_malloc, &k->set_ids))
            return EFTI_NOT_FOUND;
        k->set_ids.items[k->set_ids.count - 1] = 0;
    }
    if (k->set_ids.items[number] != 0)
        return k->set_ids.items[number];
    efti_bytes_clear(&k->words);
    if (!efti_match_keep_set(k->worker, number, &k->words))
        return EFTI_NOT_FOUND;
    uint32_t id = efti_strings_add(k->sets, k->words.data, k->words.size, NULL);
    return k->set_ids.items[number] = id == EFTI_NOT_FOUND ? id : id + 1;
}

/* --------------------------------------------------------------------- forms */

static bool
look_at(struct know *k, const char *bytes, size_t size, uint32_t *id,
        struct efti_form *out)
{
    if (efti_forms_word(k->forms, (eft_text){bytes, size}, id, NULL) != EFT_OK)
        return false;
    *out = *efti_forms_get(k->forms, *id);
    return true;
}

/* Behind a capital of ASCII or Latin-1, as a word at the start of a sentence is. */
static void
put_capital(char *word)
{
    unsigned char *p = (unsigned char *)word;

    if (p[0] >= 'a' && p[0] <= 'z')
        p[0] = (unsigned char)(p[0] - 0x20);
    else if (p[0] == 0xC3 && p[1] >= 0xA0 && p[1] != 0xB7 && p[1] != 0xBF)
        p[1] = (unsigned char)(p[1] - 0x20);
}

static bool
same_but_for_veil(const struct efti_form *a, const struct efti_form *b)
{
    return a->lists == b->lists && a->match == b->match && a->shape == b->shape &&
           a->closed == b->closed && a->dict == b->dict &&
           efti_equal(a->folded, a->folded_size, b->folded, b->folded_size);
}

/* The number of what is known of a form; 0: nothing. False: no memory. */
static bool
number_form(struct know *k, const char *folded, size_t size, uint32_t *number)
{
    char capital[EFTI_DICT_FORM_MAX + 1] = {0};
    struct efti_form low, high;
    uint32_t small, large;

    *number = 0;
    memcpy(capital, folded, size);
    put_capital(capital);
    if (!look_at(k, folded, size, &small, &low) ||
        !look_at(k, capital, size, &large, &high))
        return false;
    uint32_t set = number_set(k, low.match);
    if (set == EFTI_NOT_FOUND || !same_but_for_veil(&low, &high) ||
        !efti_equal(low.folded, low.folded_size, folded, size))
        return true;
    efti_bytes_clear(&k->words);
    efti_put_le32(&k->words, low.lists);
    efti_put_le32(&k->words, low.veil);
    efti_put_le32(&k->words, high.veil);
    efti_put_le32(&k->words, set);
    efti_put_char(&k->words, (char)low.shape);
    efti_put_char(&k->words, (char)low.closed);
    uint16_t asks = efti_veil_asks(k->veil, small, large);
    efti_put_char(&k->words, (char)(asks & 0xFF));
    efti_put_char(&k->words, (char)(asks >> 8));
    uint32_t id = k->words.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(k->records, k->words.data, k->words.size, NULL);
    if (id == EFTI_NOT_FOUND)
        return false;
    *number = id < EFTI_DICT_KNOWN_MOST ? id + 1 : 0;
    return true;
}

/* Where letters that the dictionary told of lie in the file that is written. */
static unsigned char *
in_file(struct know *k, const char *letters)
{
    return (unsigned char *)k->file.data + (letters - k->copy.data);
}

static bool
know_hot(struct know *k)
{
    struct efti_dictionary_word word;
    size_t at = 0, size = 0;
    uint32_t number;

    while (efti_dictionary_hot_next(k->dictionary, &at, &word, &size)) {
        if (!number_form(k, word.bytes, size, &number))
            return false;
        efti_dict_put_le32(
            in_file(k, word.bytes) - EFTI_DICT_HOT_SIZE + EFTI_DICT_HOT_KNOWN, number);
    }
    return true;
}

static bool
know_forms(struct know *k)
{
    uint32_t flags, number;
    size_t at = 0;

    for (eft_text f; (f = efti_dictionary_next(k->dictionary, &at, &flags)).size > 0;) {
        if (!number_form(k, f.bytes, f.size, &number))
            return false;
        uint32_t cuts = efti_compound_cuts(k->dictionary, f.bytes, f.size, flags);
        unsigned char *p = in_file(k, f.bytes);
        flags = efti_dict_le32(p - EFTI_DICT_RECORD_SIZE);
        p += f.size + ((flags & EFTI_DICT_HAS_BASE) != 0 ? EFTI_DICT_BASE_SIZE : 0);
        efti_dict_put_le32(p, number | cuts << 16);
    }
    return true;
}

/* ----------------------------------------------------------------- known part */

static bool
put_digits(struct efti_bytes *out, const char *hex)
{
    unsigned char bytes[32];
    size_t size = 0;

    if (sodium_hex2bin(bytes, sizeof(bytes), hex, 64, NULL, &size, NULL) != 0)
        return false;
    efti_put(out, (const char *)bytes, sizeof(bytes));
    return size == sizeof(bytes);
}

static void
put_sets(const struct know *k, struct efti_bytes *out)
{
    uint32_t count = efti_strings_count(k->sets), words = 0;

    for (uint32_t i = 0; i < count; i++) {
        efti_put_le32(out, words);
        words += (uint32_t)(efti_strings_get(k->sets, i).size / 4);
    }
    efti_put_le32(out, words);
    for (uint32_t i = 0; i < count; i++) {
        eft_text set = efti_strings_get(k->sets, i);
        efti_put(out, set.bytes, set.size);
    }
}

static bool
put_known(struct know *k, const struct efti_bytes *matcher)
{
    struct efti_bytes *out = &k->file;
    size_t from = out->size, total = 0;
    uint32_t records = efti_strings_count(k->records);

    records = records < EFTI_DICT_KNOWN_MOST ? records : EFTI_DICT_KNOWN_MOST;
    for (uint32_t i = 0; i < efti_strings_count(k->sets); i++)
        total += efti_strings_get(k->sets, i).size / 4;
    if (from % 4 != 0 || from > UINT32_MAX || total > UINT32_MAX ||
        !put_digits(out, efti_forms_engine()) || !put_digits(out, k->lexicon->hash))
        return false;
    efti_put_le32(out, records);
    efti_put_le32(out, efti_strings_count(k->sets));
    efti_put_le32(out, (uint32_t)total);
    efti_put_le32(out, (uint32_t)matcher->size);
    for (uint32_t i = 0; i < records; i++) {
        eft_text record = efti_strings_get(k->records, i);
        efti_put(out, record.bytes, record.size);
    }
    put_sets(k, out);
    efti_put(out, matcher->data, matcher->size);
    if (out->failed || out->size > UINT32_MAX)
        return false;
    unsigned char *p = (unsigned char *)out->data;
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_KNOWN_AT, (uint32_t)from);
    efti_dict_put_le32(p + 8 + 4 * EFTI_DICT_F_SIZE, (uint32_t)out->size);
    return true;
}

/* A file without a hot part stays as it is. */
static bool
know(struct know *k)
{
    if (efti_dictionary_hot_count(k->dictionary) == 0)
        return true;
    struct efti_bytes matcher;
    efti_bytes_init(&matcher, &efti_malloc);
    bool ok = know_hot(k) && know_forms(k) && efti_matcher_pack(k->matcher, &matcher) &&
              put_known(k, &matcher);
    efti_bytes_free(&matcher);
    if (ok)
        efti_dict_put_sum((unsigned char *)k->file.data, k->file.size);
    return ok;
}

int
main(int argc, char **argv)
{
    struct know k = {0};
    eft_error err = {0};
    bool ok = false;

    if (argc != 3 || sodium_init() < 0) {
        fprintf(stderr, "usage: know IN OUT\n");
        return EXIT_FAILURE;
    }
    efti_bytes_init(&k.file, &efti_malloc);
    efti_bytes_init(&k.copy, &efti_malloc);
    efti_bytes_init(&k.words, &efti_malloc);
    if (!build_read(argv[1], &k.file) || !build_read(argv[1], &k.copy))
        fprintf(stderr, "know: cannot read the dictionary\n");
    else if (!open_rooms(&k, &err))
        fprintf(stderr, "know: %s\n", err.message);
    else if (!know(&k))
        fprintf(stderr, "know: no memory\n");
    else if (!build_write(argv[2], &k.file))
        fprintf(stderr, "know: cannot write the result\n");
    else
        ok = true;
    close_rooms(&k);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
