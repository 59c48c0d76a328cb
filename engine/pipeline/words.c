/*
 * words.c - lists of words that a plan was given: allowed ones, and those left out
 *
 * Words are folded as forms are, and sorted: two lists that hold the same words are one
 * setting, whatever their order and case.
 *
 * The words left out of pairs and keyness (--stop) stand there as themselves and as the
 * terms they count as: "varit" leaves out "vara" too, for a table knows no more than
 * terms. Our own list of function words works by form in the texts where it can (uses.c);
 * a list of the user's works by term everywhere, also for states, which have no forms.
 */
#include "pipeline/pipeline.h"

#include "tokenizers/terms.h"

#include <sodium.h>
#include <stdio.h>

static int
by_bytes(const void *a, const void *b, void *user)
{
    const eft_text *x = a, *y = b;

    (void)user;
    return efti_compare(x->bytes, x->size, y->bytes, y->size);
}

static void
tidy(struct efti_words *w)
{
    size_t kept = 0;

    efti_sort(w->items, w->count, sizeof(eft_text), by_bytes, NULL);
    for (size_t i = 0; i < w->count; i++) {
        if (kept == 0 || by_bytes(&w->items[kept - 1], &w->items[i], NULL) != 0)
            w->items[kept++] = w->items[i];
    }
    w->count = kept;
}

static eft_status
fold_word(eft_plan *plan, struct efti_unicode *u, const char *what, eft_text word,
          size_t i, struct efti_bytes *folded, eft_text *out, eft_error *err)
{
    if (efti_utf8_valid_prefix(word.bytes, word.size) != word.size)
        return efti_fail(err, EFT_E_ENCODING, i, "%s word %zu is not UTF-8", what, i + 1);
    if (efti_garbled(word)) /* it would stand for nothing, and say nothing of it */
        return efti_fail(err, EFT_E_ENCODING, i,
                         "%s word %zu has lost letters: save the file as UTF-8 anew",
                         what, i + 1);
    eft_status st = efti_fold(u, word.bytes, word.size, folded, err);
    if (st != EFT_OK)
        return st;
    out->bytes = efti_arena_copy(&plan->arena, folded->data, folded->size);
    out->size = folded->size;
    return out->bytes == NULL ? efti_no_memory(err, "the words of a plan") : EFT_OK;
}

eft_status
efti_plan_words(eft_plan *plan, const char *what, const eft_text *words, size_t count,
                struct efti_words *out, eft_error *err)
{
    struct efti_unicode *u = NULL;
    struct efti_bytes folded;
    size_t size;
    eft_status st;

    if (count == 0)
        return EFT_OK;
    if (efti_mul(count, sizeof(eft_text), &size))
        out->items = efti_arena_alloc(&plan->arena, size, alignof(eft_text));
    if (out->items == NULL)
        return efti_no_memory(err, "the words of a plan");
    if ((st = efti_unicode_new(&plan->allocator, &u, err)) != EFT_OK)
        return st;
    efti_bytes_init(&folded, &plan->allocator);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        st = fold_word(plan, u, what, words[i], i, &folded, &out->items[i], err);
        out->count += st == EFT_OK;
    }
    efti_bytes_free(&folded);
    efti_unicode_free(u);
    tidy(out);
    return st;
}

/* Is `word` more than one token? "t ex" is not. */
static eft_status
is_several(struct efti_tokenizer *t, struct efti_segments *s, eft_text word, bool *out,
           eft_error *err)
{
    eft_status st = efti_segment(t, word, s, err);

    *out = st == EFT_OK && s->tokens.count > 1;
    return st;
}

eft_status
efti_plan_single_words(eft_plan *plan, const char *what, const eft_text *words,
                       size_t count, struct efti_words *out, eft_error *err)
{
    struct efti_tokenizer *t = NULL;
    struct efti_segments s = {0};
    bool several = false;
    eft_status st = efti_plan_words(plan, what, words, count, out, err);

    for (size_t i = 0; i < count && st == EFT_OK && !several; i++) {
        if (words[i].size == 0 || memchr(words[i].bytes, ' ', words[i].size) == NULL)
            continue;
        if (t == NULL)
            st = efti_tokenizer_new(&plan->allocator, plan->lists, &t, err);
        if (st == EFT_OK)
            st = is_several(t, &s, words[i], &several, err);
        if (several)
            st = efti_fail(err, EFT_E_RANGE, i, "%s word %zu is several words", what,
                           i + 1);
    }
    efti_segments_free(&plan->allocator, &s);
    efti_tokenizer_free(t);
    return st;
}

void
efti_words_hash(const struct efti_words *w, char hex[2 * 8 + 1])
{
    unsigned char sum[32];
    crypto_hash_sha256_state st;

    memcpy(hex, "none", 5);
    if (w->count == 0)
        return;
    crypto_hash_sha256_init(&st);
    for (size_t i = 0; i < w->count; i++)
        crypto_hash_sha256_update(&st, (const unsigned char *)w->items[i].bytes,
                                  w->items[i].size + 1); /* with the NUL */
    crypto_hash_sha256_final(&st, sum);
    efti_hex(sum, 8, hex);
}

void
efti_words_line(const eft_plan *plan, size_t count, const char *domain, eft_text bytes,
                char line[48])
{
    int n = snprintf(line, 24, "%zu", count);

    if (!plan->has_key || n < 0)
        return;
    struct efti_id id = efti_identity(plan->key, domain, bytes.bytes, bytes.size);
    line[n] = ' ';
    efti_hex(id.b, 8, line + n + 1);
}

/* ------------------------------------------------------------------ left out */

static bool
add_stop(eft_plan *plan, eft_text word)
{
    return word.size == 0 ||
           efti_strings_add(plan->stop, word.bytes, word.size, NULL) != EFTI_NOT_FOUND;
}

static eft_status
add_stop_term(eft_plan *plan, struct efti_stemmer *s, eft_text word, struct efti_bytes *b,
              eft_error *err)
{
    eft_text term = {NULL, 0};

    if (plan->terms == EFT_TERMS_STEM) {
        term = efti_stem(s, word.bytes, word.size);
    } else if (efti_term(plan->dictionary, s, word.bytes, word.size, b) !=
               EFTI_TERM_NONE) {
        term = (eft_text){b->data, b->size};
    }
    return word.size > 0 && (term.size == 0 || !add_stop(plan, term))
               ? efti_no_memory(err, "the words to leave out")
               : EFT_OK;
}

eft_status
efti_plan_stop(eft_plan *plan, const eft_text *words, size_t count, eft_error *err)
{
    struct efti_words w = {NULL, 0};
    struct efti_stemmer *s = NULL;
    struct efti_bytes term;
    eft_status st;

    if (count == 0)
        return EFT_OK;
    if ((st = efti_plan_single_words(plan, "left out", words, count, &w, err)) !=
            EFT_OK ||
        (st = efti_strings_new(&plan->allocator, &plan->stop, err)) != EFT_OK ||
        (st = efti_stemmer_new(&plan->allocator, &s, err)) != EFT_OK)
        return st;
    efti_words_hash(&w, plan->stop_hash);
    efti_bytes_init(&term, &plan->allocator);
    for (size_t i = 0; i < w.count && st == EFT_OK; i++) {
        eft_text word = w.items[i];
        if ((efti_lists_phrase(plan->lists, word.bytes, word.size) &
             (1u << EFTI_PHRASE_NEGATOR)) != 0)
            plan->stop_negations++;
        st = add_stop(plan, word) ? add_stop_term(plan, s, word, &term, err)
                                  : efti_no_memory(err, "the words to leave out");
    }
    efti_bytes_free(&term);
    efti_stemmer_free(s);
    return st;
}
