/*
 * veil.c - one text through all recognisers
 *
 * The order of the passes is the order in which they lean on each other: digits before
 * dates, streets before postcodes, frames before names, names before ages.
 *
 * The tokens are gone over once (read.c), and those that a pass may look for go on its
 * list: candidates (may be names), phrases, terms of dates and addresses, heads of
 * organisations, digits. After that no pass looks at anything but its list and what
 * stands beside it, and none runs in a text that has nothing for it.
 */
#include "veil/find.h"

#include "text/unicode.h"

/* ---------------------------------------------------------------------- set-up */

/* The words of the roster's names, but for those of one or two letters. */
static bool
add_roster_name(struct efti_strings *roster, eft_text name)
{
    for (size_t at = 0, end; at < name.size; at = end + 1) {
        for (end = at; end < name.size && name.bytes[end] != ' ';)
            end++;
        if (efti_utf8_length(name.bytes + at, end - at) > 2 &&
            efti_strings_add(roster, name.bytes + at, end - at, NULL) == EFTI_NOT_FOUND)
            return false;
    }
    return true;
}

static eft_status
take_roster(struct efti_veil *v, const struct efti_veil_options *options, eft_error *err)
{
    eft_status st;

    if (options->roster_count == 0)
        return EFT_OK;
    if ((st = efti_strings_new(v->mem, &v->roster, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < options->roster_count; i++)
        if (!add_roster_name(v->roster, options->roster[i]))
            return efti_no_memory(err, "the roster");
    return EFT_OK;
}

static eft_status
take_options(struct efti_veil *v, const struct efti_veil_options *options, eft_error *err)
{
    eft_status st;

    if (options == NULL)
        return EFT_OK;
    v->flags = options->flags;
    v->off = options->off;
    v->weaken_per_mille = options->weaken_per_mille;
    v->weaken_seed = options->weaken_seed;
    st = efti_veil_own_new(v->mem, options->listed, options->listed_count, &v->own_lists,
                           err);
    if (st != EFT_OK)
        return st;
    if (options->allow_count == 0)
        return take_roster(v, options, err);
    if ((st = efti_strings_new(v->mem, &v->allow, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < options->allow_count; i++)
        if (efti_strings_add(v->allow, options->allow[i].bytes, options->allow[i].size,
                             NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the allow list");
    return take_roster(v, options, err);
}

eft_status
efti_veil_new(const eft_allocator *mem, const struct efti_lists *lists,
              const struct efti_dictionary *dictionary, struct efti_forms *forms,
              const struct efti_veil_options *options, struct efti_veil **out,
              eft_error *err)
{
    struct efti_veil *v = efti_zalloc(mem, 1, sizeof(*v));
    eft_status st;

    *out = NULL;
    if (v == NULL)
        return efti_no_memory(err, "a veil");
    v->mem = mem;
    v->lists = lists;
    v->dictionary = dictionary;
    v->forms = forms;
    v->unicode = efti_forms_unicode(forms);
    efti_veil_chain_keywords(&v->key_chains);
    efti_veil_map_numbers(&v->number_map);
    v->pair_map = efti_lists_pair_map(lists);
    efti_bytes_init(&v->digits, mem);
    efti_bytes_init(&v->phrase, mem);
    efti_arena_init(&v->arena, mem);
    efti_arena_init(&v->record, mem);
    st = take_options(v, options, err);
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_veil_analyse, v, err);
    if (st != EFT_OK) {
        efti_veil_free(v);
        return st;
    }
    *out = v;
    return EFT_OK;
}

static void
free_lists_of_tokens(const eft_allocator *mem, struct efti_veil *v)
{
    EFTI_ARRAY_FREE(mem, &v->words);
    EFTI_ARRAY_FREE(mem, &v->candidates);
    EFTI_ARRAY_FREE(mem, &v->phrases);
    EFTI_ARRAY_FREE(mem, &v->sign_offs);
    EFTI_ARRAY_FREE(mem, &v->terms);
    EFTI_ARRAY_FREE(mem, &v->capitals);
    EFTI_ARRAY_FREE(mem, &v->heads);
    EFTI_ARRAY_FREE(mem, &v->surnames);
    EFTI_ARRAY_FREE(mem, &v->full_names);
    EFTI_ARRAY_FREE(mem, &v->digit_tokens);
    EFTI_ARRAY_FREE(mem, &v->splits);
    EFTI_ARRAY_FREE(mem, &v->numbers);
    EFTI_ARRAY_FREE(mem, &v->keys);
    EFTI_ARRAY_FREE(mem, &v->named);
    EFTI_ARRAY_FREE(mem, &v->initials);
}

void
efti_veil_free(struct efti_veil *v)
{
    if (v == NULL)
        return;
    const eft_allocator *mem = v->mem;

    efti_strings_free(v->allow);
    efti_strings_free(v->roster);
    efti_veil_own_free(mem, v->own_lists);
    free_lists_of_tokens(mem, v);
    EFTI_ARRAY_FREE(mem, &v->kinds);
    EFTI_ARRAY_FREE(mem, &v->answers);
    EFTI_ARRAY_FREE(mem, &v->sets);
    EFTI_ARRAY_FREE(mem, &v->runs);
    EFTI_ARRAY_FREE(mem, &v->found);
    EFTI_ARRAY_FREE(mem, &v->repeats);
    efti_bytes_free(&v->digits);
    efti_bytes_free(&v->phrase);
    efti_arena_free(&v->arena);
    EFTI_ARRAY_FREE(mem, &v->met);
    EFTI_ARRAY_FREE(mem, &v->people);
    efti_arena_free(&v->record);
    efti_segments_free(mem, &v->own);
    efti_release(mem, v, sizeof(*v));
}

void
efti_veil_leave_numbers(struct efti_veil *v)
{
    v->unnumbered = true;
}

/* ------------------------------------------------------------- places of a text */

size_t
efti_veil_token_near(const struct efti_veil *v, size_t token, size_t at)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const size_t count = v->segments->tokens.count;

    while (token < count && tokens[token].end <= at)
        token++;
    while (token > 0 && token <= count && tokens[token - 1].end > at)
        token--;
    return token < count ? token : count;
}

size_t
efti_veil_token_at(const struct efti_veil *v, size_t at)
{
    size_t low = 0, high = v->segments->tokens.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (v->segments->tokens.items[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ------------------------------------------------------------------- find */

static void
veil_clear(struct efti_veiled *out)
{
    out->spans.count = 0;
    out->tokens.tokens.count = 0;
    out->tokens.sentences.count = 0;
    out->categories = 0;
    out->withheld = false;
}

eft_status
efti_veil_find(struct efti_veil *v, eft_text text, const struct efti_segments *segments,
               struct efti_veiled *out, eft_error *err)
{
    static void (*const passes[])(struct efti_veil *) = {
        efti_veil_contact, efti_veil_runs,
        efti_veil_numbers, efti_veil_dates,
        efti_veil_frames,  efti_veil_authors,
        efti_veil_address, efti_veil_names,
        efti_veil_ages,    efti_veil_names_together,
        efti_veil_glued,   efti_veil_glued_parts,
        efti_veil_own,
    };
    eft_status st;

    veil_clear(out);
    v->text = text;
    v->segments = segments;
    v->no_memory = v->foreign_all = false;
    v->found.count = 0;
    v->phrase.failed = v->digits.failed = false;
    if (!efti_veil_read(v))
        return efti_no_memory(err, "the words of a text");
    for (size_t i = 0; i < EFTI_COUNT(passes) && !v->no_memory; i++)
        passes[i](v);
    if (!v->no_memory && (v->flags & EFTI_VEIL_ACCEPT_LANGUAGE) == 0)
        efti_veil_language(v);
    if (v->no_memory)
        st = efti_no_memory(err, "the spans of a text");
    else
        st = efti_veil_decide(v, out, err);
    if (st != EFT_OK)
        veil_clear(out);
    v->segments = NULL;
    v->text = (eft_text){NULL, 0};
    return st;
}
