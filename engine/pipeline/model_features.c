/*
 * model_features.c - the words of one text, as a model knows them
 *
 * Only what passed the veil is looked at, and only closed forms give words. What is not
 * closed breaks a pair, as does the end of a sentence: no pair reaches over a name.
 */
#include "pipeline/model_features.h"

#define NOT_ASKED (EFTI_NOT_FOUND - 1) /* no number of a feature either */

/* Bits of the words of a model by their ends and size: most terms are none of them, and
 * for those nothing is named or looked up. */
static inline size_t
word_bit(eft_text what)
{
    uint32_t first = 0, last = 0;

    if (what.size >= 4) {
        memcpy(&first, what.bytes, 4);
        memcpy(&last, what.bytes + what.size - 4, 4);
    } else {
        memcpy(&first, what.bytes, what.size);
    }
    const uint64_t ends = (uint64_t)last << 32 | first;
    return (ends ^ what.size) * 0x9E3779B97F4A7C15u >> (64 - EFTI_FEATURE_BITS);
}

static void
map_words(struct efti_features *f)
{
    const uint32_t count = efti_strings_count(f->names);

    for (uint32_t i = 0; i < count; i++) {
        const eft_text name = efti_strings_get(f->names, i);
        const char *colon = memchr(name.bytes, ':', name.size);
        const size_t from = colon != NULL ? (size_t)(colon + 1 - name.bytes) : 0;
        const size_t bit = word_bit((eft_text){name.bytes + from, name.size - from});
        f->may[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

eft_status
efti_features_open(struct efti_features *f, struct efti_worker *w,
                   struct efti_strings *known, eft_error *err)
{
    eft_status st = EFT_OK;

    *f = (struct efti_features){
        .worker = w, .mem = w->mem, .names = known, .known = known != NULL};
    efti_bytes_init(&f->name, f->mem);
    if (known == NULL)
        st = efti_strings_new(f->mem, &f->names, err);
    else
        map_words(f);
    return st;
}

eft_status
efti_features_open_pairs(struct efti_features *f, struct efti_worker *w, eft_error *err)
{
    eft_status st = efti_features_open(f, w, NULL, err);

    return st == EFT_OK ? efti_strings_new(f->mem, &f->words, err) : st;
}

void
efti_features_close(struct efti_features *f)
{
    if (f->mem == NULL)
        return;
    if (!f->known)
        efti_strings_free(f->names);
    efti_strings_free(f->words);
    EFTI_ARRAY_FREE(f->mem, &f->terms);
    EFTI_ARRAY_FREE(f->mem, &f->forms);
    EFTI_ARRAY_FREE(f->mem, &f->twos);
    EFTI_ARRAY_FREE(f->mem, &f->word_of);
    EFTI_ARRAY_FREE(f->mem, &f->seen);
    EFTI_ARRAY_FREE(f->mem, &f->present);
    efti_bytes_free(&f->name);
    *f = (struct efti_features){0};
}

/* ---------------------------------------------------------------------- names */

static void
name_feature(struct efti_features *f, const char *kind, eft_text what)
{
    efti_bytes_clear(&f->name);
    efti_put_text(&f->name, kind);
    efti_put(&f->name, what.bytes, what.size);
}

/* The number of the feature that was named; EFTI_NOT_FOUND: the model has none such. */
static eft_status
number_feature(struct efti_features *f, uint32_t *out, eft_error *err)
{
    *out = EFTI_NOT_FOUND;
    if (f->name.failed)
        return efti_no_memory(err, "a feature");
    if (f->known) {
        *out = efti_strings_find(f->names, f->name.data, f->name.size);
        return EFT_OK;
    }
    *out = efti_strings_add(f->names, f->name.data, f->name.size, NULL);
    return *out == EFTI_NOT_FOUND ? efti_no_memory(err, "a feature") : EFT_OK;
}

static eft_status
see_feature(struct efti_features *f, uint32_t id, eft_error *err)
{
    size_t need = (size_t)id + 1, had = f->seen.count;

    if (id == EFTI_NOT_FOUND)
        return EFT_OK;
    if (need > had) {
        if (!EFTI_ARRAY_RESERVE(f->mem, &f->seen, need))
            return efti_no_memory(err, "the features of a text");
        f->seen.count = f->seen.capacity;
        memset(f->seen.items + had, 0, f->seen.count - had);
    }
    if (f->seen.items[id] != 0)
        return EFT_OK;
    if (!EFTI_PUSH(f->mem, &f->present))
        return efti_no_memory(err, "the features of a text");
    f->present.items[f->present.count - 1] = id;
    f->seen.items[id] = 1;
    return EFT_OK;
}

/* ---------------------------------------------------------------------- a form */

/* The number of a term or part; EFTI_NOT_FOUND: the model has none such. */
static eft_status
word_of_kind(struct efti_features *f, const char *kind, eft_text what, uint32_t *out,
             eft_error *err)
{
    const size_t bit = word_bit(what);

    *out = EFTI_NOT_FOUND;
    if (f->known && (f->may[bit / 64] >> bit % 64 & 1) == 0)
        return EFT_OK;
    name_feature(f, kind, what);
    return number_feature(f, out, err);
}

static eft_status
keep_word(struct efti_features *f, eft_text term, bool function,
          struct efti_form_features *of, eft_error *err)
{
    uint32_t word = efti_strings_add(f->words, term.bytes, term.size, NULL);

    if (word >= EFTI_NOT_FOUND / 2)
        return efti_no_memory(err, "the words of a text");
    of->word = word * 2 + function;
    return EFT_OK;
}

/* The number of a term among the model's words, found once for all forms of it. */
static eft_status
word_of_term(struct efti_features *f, uint32_t term, uint32_t *out, eft_error *err)
{
    size_t had = f->terms.count;

    if (term >= had) {
        if (!EFTI_ARRAY_RESERVE(f->mem, &f->terms, (size_t)term + 1))
            return efti_no_memory(err, "the features of terms");
        for (; f->terms.count < f->terms.capacity; f->terms.count++)
            f->terms.items[f->terms.count] = NOT_ASKED;
    }
    *out = f->terms.items[term];
    if (*out != NOT_ASKED)
        return EFT_OK;
    eft_status st =
        word_of_kind(f, "term:", efti_worker_term_text(f->worker, term), out, err);
    if (st == EFT_OK)
        f->terms.items[term] = *out;
    return st;
}

/* The last part of a compound that the dictionary knows by that alone. Its other parts
 * gained nothing on texts of other hands, and taking words apart is what costs most. */
static eft_status
word_of_last_part(struct efti_features *f, const struct efti_form *form, uint32_t *out,
                  eft_error *err)
{
    uint32_t flags;
    bool quiet;

    *out = EFTI_NOT_FOUND;
    if ((form->base & EFTI_FORM_BASE_LAST) == 0)
        return EFT_OK;
    eft_text base = efti_dictionary_record(f->worker->plan->dictionary,
                                           EFTI_FORM_BASE(form), &flags, &quiet);
    bool ordinary = base.size > 0 && quiet && (flags & EFTI_DICT_LOWER) != 0;
    return ordinary ? word_of_kind(f, "part:", base, out, err) : EFT_OK;
}

/* Its term and last part. The plan counts whole words (plan.c sees to it); where it does
 * not, the first part will do. */
static eft_status
look_into(struct efti_features *f, uint32_t form_id, struct efti_form_features *of,
          eft_error *err)
{
    uint32_t number, count, word;

    *of = (struct efti_form_features){.word = EFTI_NOT_FOUND};
    if (efti_forms_get(f->worker->forms, form_id)->kind == EFTI_VEIL)
        return EFT_OK;
    eft_status st = efti_worker_number(f->worker, form_id, &number, err);
    if (st != EFT_OK || number == 0)
        return st;
    const struct efti_form *form = efti_forms_get(f->worker->forms, form_id);
    const bool function = (form->lists & EFTI_LIST_FUNCTION) != 0;
    uint32_t term = efti_worker_terms(f->worker, &number, &count)[0];
    if (f->words != NULL && ((st = keep_word(f, efti_worker_term_text(f->worker, term),
                                             function, of, err)) != EFT_OK ||
                             function))
        return st;
    if ((st = word_of_term(f, term, &word, err)) != EFT_OK)
        return st;
    if (word != EFTI_NOT_FOUND)
        of->ids[of->count++] = word;
    if ((st = word_of_last_part(f, form, &word, err)) == EFT_OK && word != EFTI_NOT_FOUND)
        of->ids[of->count++] = word;
    return st;
}

/* What was found before is found again by its number. */
static eft_status
form_features(struct efti_features *f, uint32_t form, struct efti_form_features *out,
              eft_error *err)
{
    size_t need = (size_t)form + 1;

    if (need > f->forms.count) {
        if (!EFTI_ARRAY_RESERVE(f->mem, &f->forms, need))
            return efti_no_memory(err, "the features of forms");
        for (; f->forms.count < f->forms.capacity; f->forms.count++)
            f->forms.items[f->forms.count].count = NOT_ASKED;
    }
    *out = f->forms.items[form];
    if (out->count != NOT_ASKED)
        return EFT_OK;
    eft_status st = look_into(f, form, out, err);
    if (st == EFT_OK)
        f->forms.items[form] = *out;
    return st;
}

/* ---------------------------------------------------------------------- a text */

static eft_status
see_pair(struct efti_features *f, uint32_t before, uint32_t word, eft_error *err)
{
    uint32_t id;

    if (before == EFTI_NOT_FOUND || word == EFTI_NOT_FOUND || (before & word & 1) != 0)
        return EFT_OK;
    const eft_text second = efti_strings_get(f->words, word >> 1);
    name_feature(f, "pair:", efti_strings_get(f->words, before >> 1));
    efti_put_char(&f->name, ' ');
    efti_put(&f->name, second.bytes, second.size);
    eft_status st = number_feature(f, &id, err);
    return st == EFT_OK ? see_feature(f, id, err) : st;
}

static eft_status
see_token(struct efti_features *f, const struct efti_token *token, uint32_t *before,
          eft_error *err)
{
    struct efti_form_features of;
    uint32_t last = *before;
    eft_status st;

    *before = EFTI_NOT_FOUND;
    if (token->kind == EFTI_VEIL || token->form == EFTI_NOT_FOUND)
        return EFT_OK;
    if ((st = form_features(f, token->form, &of, err)) != EFT_OK)
        return st;
    for (uint32_t i = 0; i < of.count && st == EFT_OK; i++)
        st = see_feature(f, of.ids[i], err);
    *before = of.word;
    return st == EFT_OK ? see_pair(f, last, of.word, err) : st;
}

static eft_status
find_pairs(struct efti_features *f, eft_error *err)
{
    const struct efti_segments *s = &f->worker->veiled.tokens;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < s->sentences.count && st == EFT_OK; i++) {
        const struct efti_sentence *sentence = &s->sentences.items[i];
        uint32_t before = EFTI_NOT_FOUND;
        for (uint32_t k = sentence->first_token; k < sentence->end_token && st == EFT_OK;
             k++)
            st = see_token(f, &s->tokens.items[k], &before, err);
    }
    return st;
}

/* ------------------------------------------------------- a text, by a model's words */

/* In word_of: a word of the model; their number where the form has none; behind it a
 * place in `twos`, for a form that has two; or this. One token in fifty is of the last
 * two kinds. */
#define NOT_YET UINT32_MAX

/* What a form has goes where a token finds it. */
static eft_status
look_once(struct efti_features *f, uint32_t form, eft_error *err)
{
    const uint32_t none = efti_strings_count(f->names);
    uint32_t *word = &f->word_of.items[(size_t)form + 1];
    struct efti_form_features of;
    eft_status st = look_into(f, form, &of, err);

    if (st != EFT_OK || of.count < 2) {
        *word = st != EFT_OK ? NOT_YET : of.count == 0 ? none : of.ids[0];
        return st;
    }
    if (f->twos.count >= NOT_YET - 1 - none || !EFTI_PUSH(f->mem, &f->twos))
        return efti_no_memory(err, "the features of a form");
    f->twos.items[f->twos.count - 1] = of;
    *word = none + (uint32_t)f->twos.count;
    return EFT_OK;
}

static inline const struct efti_form_features *
two_words(const struct efti_features *f, uint32_t word)
{
    return &f->twos.items[word - efti_strings_count(f->names) - 1];
}

/* A form that was not looked into, or that has two words. */
static eft_status
see_rare(struct efti_features *f, uint32_t form, eft_error *err)
{
    const uint32_t *word = &f->word_of.items[(size_t)form + 1];
    eft_status st = *word == NOT_YET ? look_once(f, form, err) : EFT_OK;

    if (st != EFT_OK || *word == efti_strings_count(f->names))
        return st;
    if (*word < efti_strings_count(f->names))
        return see_feature(f, *word, err);
    const struct efti_form_features *of = two_words(f, *word);
    for (uint32_t i = 0; i < of->count && st == EFT_OK; i++)
        st = see_feature(f, of->ids[i], err);
    return st;
}

#define FORMS_AHEAD 24 /* tokens: a line from the cache behind the next */

/* Each has one look at the word of its form, which goes behind the others unless it was
 * there. The first token that asks for more than that. */
static const struct efti_token *
see_plain(struct efti_features *f, const struct efti_token *token,
          const struct efti_token *end)
{
    const uint32_t *word_of = f->word_of.items, words = efti_strings_count(f->names);
    const struct efti_token *last = end - 1;
    uint32_t *present = f->present.items, word;
    uint8_t *seen = f->seen.items;
    size_t n = f->present.count;

    for (; token < end && EFTI_LIKELY((word = word_of[token->form + 1u]) <= words);
         token++) {
        const struct efti_token *ahead =
            last - token > FORMS_AHEAD ? token + FORMS_AHEAD : last;
        EFTI_PREFETCH(&word_of[ahead->form + 1u]);
        present[n] = word;
        n += seen[word] == 0;
        seen[word] = 1;
    }
    f->present.count = n;
    return token;
}

/* Room for all forms and all words. What the veil took, and what has no word, is seen
 * from the first. */
static eft_status
find_known(struct efti_features *f, eft_error *err)
{
    const size_t forms = (size_t)efti_forms_count(f->worker->forms) + 1;
    const size_t words = efti_strings_count(f->names);
    const struct efti_segments *s = &f->worker->veiled.tokens;

    if (!EFTI_ARRAY_RESERVE(f->mem, &f->word_of, forms) ||
        !EFTI_ARRAY_RESERVE(f->mem, &f->seen, words + 1) ||
        !EFTI_ARRAY_RESERVE(f->mem, &f->present, words + 1))
        return efti_no_memory(err, "the features of a text");
    for (; f->word_of.count < forms; f->word_of.count++)
        f->word_of.items[f->word_of.count] =
            f->word_of.count == 0 ? (uint32_t)words : NOT_YET;
    if (f->seen.count == 0) {
        memset(f->seen.items, 0, words);
        f->seen.items[words] = 1;
        f->seen.count = words + 1;
    }
    const struct efti_token *token = s->tokens.items, *end = token + s->tokens.count;
    eft_status st = EFT_OK;
    while (st == EFT_OK && (token = see_plain(f, token, end)) < end)
        st = see_rare(f, token++->form, err);
    return st;
}

uint32_t
efti_features_of(const struct efti_features *f, uint32_t form, uint32_t *words)
{
    const uint32_t word = f->word_of.items[(size_t)form + 1];
    const uint32_t none = efti_strings_count(f->names);

    if (word <= none) {
        words[0] = word;
        return word < none;
    }
    const struct efti_form_features *of = two_words(f, word);
    memcpy(words, of->ids, of->count * sizeof(*words));
    return of->count;
}

eft_status
efti_features_find(struct efti_features *f, eft_error *err)
{
    for (size_t i = 0; i < f->present.count; i++)
        f->seen.items[f->present.items[i]] = 0;
    f->present.count = 0;
    return f->known ? find_known(f, err) : find_pairs(f, err);
}

static inline uint64_t
bit_of(uint8_t cue)
{
    return cue == EFTI_NO_CUE ? 0 : (uint64_t)1 << cue;
}

uint64_t
efti_features_cues(const struct efti_features *f, const uint8_t *cue_of, uint32_t first,
                   uint32_t end)
{
    const struct efti_token *tokens = f->worker->veiled.tokens.tokens.items;
    const uint32_t none = efti_strings_count(f->names);
    uint64_t cues = 0;

    for (uint32_t i = first; i < end; i++) {
        uint32_t word = f->word_of.items[tokens[i].form + 1u];
        if (EFTI_UNLIKELY(word > none)) {
            const struct efti_form_features *of = two_words(f, word);
            for (uint32_t k = 0; k < of->count; k++)
                cues |= bit_of(cue_of[of->ids[k]]);
        } else {
            cues |= bit_of(cue_of[word]);
        }
    }
    return cues;
}
