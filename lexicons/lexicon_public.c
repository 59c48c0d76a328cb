/*
 * lexicon_public.c - the calls of eftertanke/lexicon.h
 */
#include "lexicons/lexicon.h"

#include "base/context.h"
#include "lexicons/embedded.h"

#include <stdatomic.h>

static const eft_text no_text = {NULL, 0};

eft_status
eft_lexicon_read(eft_context *ctx, eft_text source, eft_lexicon **out, eft_error *err)
{
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    eft_status st = efti_text_is_there(source, "the lexicon", err);
    return st == EFT_OK ? efti_lexicon_parse(efti_context_allocator(ctx), source.bytes,
                                             source.size, out, err)
                        : st;
}

eft_status
eft_lexicon_core(eft_context *ctx, eft_lexicon **out, eft_error *err)
{
    return eft_lexicon_read(ctx, efti_core_lexicon(), out, err);
}

static const char *const builtin_ids[] = {"karna", "salutogent", "enkat", "verkstad"};

const char *
eft_lexicon_builtin_id(size_t number)
{
    return number < EFTI_COUNT(builtin_ids) ? builtin_ids[number] : NULL;
}

eft_status
eft_lexicon_builtin(eft_context *ctx, const char *id, eft_lexicon **out, eft_error *err)
{
    static const char *const files[] = {"themes/karna.xml", "themes/salutogent.xml",
                                        "themes/enkat.xml", "themes/verkstad.xml"};

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL || id == NULL)
        return efti_left_out(err);
    for (size_t i = 0; i < EFTI_COUNT(files); i++) {
        if (strcmp(id, builtin_ids[i]) == 0)
            return eft_lexicon_read(ctx, efti_embedded(files[i]), out, err);
    }
    return efti_fail(
        err, EFT_E_RANGE, EFT_NO_OFFSET,
        "no built-in lexicon has that id (karna, salutogent, enkat, verkstad)");
}

eft_lexicon *
eft_lexicon_ref(eft_lexicon *lexicon)
{
    if (lexicon != NULL)
        (void)atomic_fetch_add_explicit(&lexicon->references, 1, memory_order_relaxed);
    return lexicon;
}

void
eft_lexicon_unref(eft_lexicon *lexicon)
{
    if (lexicon == NULL ||
        atomic_fetch_sub_explicit(&lexicon->references, 1, memory_order_acq_rel) != 1)
        return;
    const eft_allocator mem = lexicon->allocator;
    efti_arena_free(&lexicon->arena);
    efti_release(&mem, lexicon, sizeof(*lexicon));
}

static bool
is_language(const char *language, const char *wanted)
{
    return language != NULL && strcmp(language, wanted) == 0;
}

static eft_text
by_language(const char *language, eft_text swedish, eft_text english)
{
    if (is_language(language, "sv"))
        return swedish;
    return is_language(language, "en") ? english : no_text;
}

eft_text
eft_lexicon_id(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? no_text : lexicon->id;
}

eft_text
eft_lexicon_version(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? no_text : lexicon->version;
}

eft_text
eft_lexicon_title(const eft_lexicon *lexicon, const char *language)
{
    return lexicon == NULL ? no_text
                           : by_language(language, lexicon->title_sv, lexicon->title_en);
}

eft_text
eft_lexicon_licence(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? no_text : lexicon->licence;
}

eft_text
eft_lexicon_source(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? no_text : lexicon->source;
}

const char *
eft_lexicon_hash(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? "" : lexicon->hash;
}

size_t
eft_lexicon_theme_count(const eft_lexicon *lexicon)
{
    return lexicon == NULL ? 0 : lexicon->theme_count;
}

size_t
eft_lexicon_theme_find(const eft_lexicon *lexicon, eft_text id)
{
    for (uint32_t i = 0; lexicon != NULL && i < lexicon->theme_count; i++) {
        const struct efti_theme *t = &lexicon->themes[i];
        if (efti_equal(t->id.bytes, t->id.size, id.bytes, id.size))
            return i;
    }
    return SIZE_MAX;
}

static const struct efti_theme *
theme_at(const eft_lexicon *lexicon, size_t theme)
{
    return lexicon != NULL && theme < lexicon->theme_count ? &lexicon->themes[theme]
                                                           : NULL;
}

eft_text
eft_lexicon_theme_id(const eft_lexicon *lexicon, size_t theme)
{
    const struct efti_theme *t = theme_at(lexicon, theme);
    return t == NULL ? no_text : t->id;
}

eft_text
eft_lexicon_theme_label(const eft_lexicon *lexicon, size_t theme, const char *language)
{
    const struct efti_theme *t = theme_at(lexicon, theme);
    return t == NULL ? no_text : by_language(language, t->label_sv, t->label_en);
}

eft_text
eft_lexicon_theme_definition(const eft_lexicon *lexicon, size_t theme,
                             const char *language)
{
    const struct efti_theme *t = theme_at(lexicon, theme);
    return t == NULL ? no_text
                     : by_language(language, t->definition_sv, t->definition_en);
}

eft_text
eft_lexicon_theme_source(const eft_lexicon *lexicon, size_t theme)
{
    const struct efti_theme *t = theme_at(lexicon, theme);
    return t == NULL ? no_text : t->source;
}

size_t
eft_lexicon_theme_entry_count(const eft_lexicon *lexicon, size_t theme)
{
    const struct efti_theme *t = theme_at(lexicon, theme);
    return t == NULL ? 0 : t->entry_count;
}
