/*
 * lexicon.h - themes and the patterns that find them
 *
 * A lexicon is an XML file (namespace urn:eftertanke:lexicon:1, schema
 * lexicons/lexicon.rng). Each theme has labels and definitions in Swedish and English, a
 * source, and entries. One entry is one group of ways to say a thing:
 *
 *   <theme id="oro">
 *     <label xml:lang="sv">Oro</label> ...
 *     <entry>oro | oron | =orolig</entry>
 *     <entry gap="2">ont =i magen</entry>
 *   </theme>
 *
 * Alternatives are split at "|". A word `ord` matches every form with its stem, `=ord`
 * that form alone, `ord*` what begins so, `*ord` what ends so, all without regard to
 * case. Several words are a phrase within one sentence; gap="n" allows up to n (1-5)
 * other words between each two of them.
 *
 * Where hits are written, an entry is named "lexicon:theme:n", n counted from 1; from
 * EFT_FIRST_LEARNT on n is a word of the weights that decide (model.h).
 */
#ifndef EFTERTANKE_LEXICON_H
#define EFTERTANKE_LEXICON_H

#include <eftertanke/context.h>
#include <eftertanke/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Immutable and reference counted; share it freely between threads. */
typedef struct eft_lexicon eft_lexicon;

/**
 * Read a lexicon from the bytes of an XML file, which may be freed afterwards.
 *
 * Entities of your own and a DOCTYPE are refused, nothing is ever fetched. On success
 * the caller owns `*out` and releases it with eft_lexicon_unref(); on failure `*out` is
 * NULL and the message says "line N: what is wrong (what to do)". Linear in the size.
 *
 * @return EFT_E_FORMAT for what is not a valid lexicon, EFT_E_LIMIT above 16 MiB,
 *         EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_read(eft_context *ctx, eft_text source,
                                                   eft_lexicon **out, eft_error *err);

/**
 * The core lexicon that the library carries: 18 themes of social work and school.
 *
 * @return EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_core(eft_context *ctx, eft_lexicon **out,
                                                   eft_error *err);

/**
 * A lexicon that the library carries, by its id: "karna" (the core lexicon), "salutogent"
 * (sense of coherence), "enkat" (the yearly user survey), "verkstad" (phases of the
 * future workshop). Lexicons but the core one are parsed: some milliseconds.
 *
 * @return EFT_E_RANGE for another id, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_builtin(eft_context *ctx, const char *id,
                                                      eft_lexicon **out, eft_error *err);

/** The ids of eft_lexicon_builtin(), from 0; NULL behind the last. */
EFT_API const char *eft_lexicon_builtin_id(size_t number);

typedef enum eft_lexicon_format {
    EFT_LEXICON_XML = 1,  /**< all of it; what eft_lexicon_read() reads */
    EFT_LEXICON_CSV = 2,  /**< all of it, a row for each theme, example and entry */
    EFT_LEXICON_DIC = 3,  /**< LIWC: words and phrases without attributes */
    EFT_LEXICON_YAML = 4, /**< quanteda: the same, and globs */
    EFT_LEXICON_QDC = 5,  /**< REFI-QDA codebook: themes and definitions, no words */
    EFT_LEXICON_DICX = 6  /**< LIWC-22: a table, as LIWC */
} eft_lexicon_format;

/**
 * Write a lexicon for another program. `write` is called once, with UTF-8. `left_out`
 * (may be NULL) gets the number of patterns that the format cannot say.
 *
 * @return EFT_E_RANGE for an unknown format, what `write` answered, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status
eft_lexicon_write(const eft_lexicon *lexicon, eft_lexicon_format format,
                  eft_status (*write)(void *user, const void *bytes, size_t size),
                  void *user, size_t *left_out, eft_error *err);

/**
 * Read a lexicon from a table with at least the columns theme and text (or entry); more
 * stand in docs/themes.md. As eft_lexicon_read() otherwise; "line N" counts lines of the
 * CSV.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_read_csv(eft_context *ctx, eft_text source,
                                                       eft_lexicon **out, eft_error *err);

/**
 * Read a dictionary of another program. Its words become exact forms (=ord) or beginnings
 * (ord*), its categories themes. A codebook has no words: each code gets its name as its
 * first entry. UTF-8 or Windows-1252. `left_out` (may be NULL) gets the number of
 * patterns that a lexicon cannot say. The lexicon is called "eget", as that of a table
 * that does not say its id is.
 *
 * @return EFT_E_FORMAT with "line N: ...", EFT_E_LIMIT above 16 MiB or 1024 categories,
 *         EFT_E_RANGE for an unknown format, EFT_E_NOMEM.
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_import(eft_context *ctx, eft_text source,
                                                     eft_lexicon_format format,
                                                     eft_lexicon **out, size_t *left_out,
                                                     eft_error *err);
/**
 * The same, of the id `id` ("kasam": a-z, 0-9 and _) if the file says none, so that
 * several can be used together. NULL: "eget".
 *
 * @return EFT_E_RANGE for what is no id, EFT_E_CONFLICT when the file says another; else
 *         as eft_lexicon_import().
 */
EFT_API EFT_MUST_CHECK eft_status eft_lexicon_import_as(eft_context *ctx, eft_text source,
                                                        eft_lexicon_format format,
                                                        const char *id, eft_lexicon **out,
                                                        size_t *left_out, eft_error *err);

/** One more owner; answers `lexicon`. NULL is fine. */
EFT_API eft_lexicon *eft_lexicon_ref(eft_lexicon *lexicon);
/** One owner less; the last one frees. NULL is fine. */
EFT_API void eft_lexicon_unref(eft_lexicon *lexicon);

/* All texts below are UTF-8, borrowed, and live as long as the lexicon. */

/** "karna": names the lexicon in outputs. */
EFT_API eft_text eft_lexicon_id(const eft_lexicon *lexicon);
/** "1.0.0", as the file says. */
EFT_API eft_text eft_lexicon_version(const eft_lexicon *lexicon);
/** Title in Swedish ("sv") or English ("en"); empty for any other language. */
EFT_API eft_text eft_lexicon_title(const eft_lexicon *lexicon, const char *language);
/** Licence and source, as the file says. */
EFT_API eft_text eft_lexicon_licence(const eft_lexicon *lexicon);
EFT_API eft_text eft_lexicon_source(const eft_lexicon *lexicon);
/** 64 hexadecimal digits: SHA-256 of the file. */
EFT_API const char *eft_lexicon_hash(const eft_lexicon *lexicon);

/** How many themes; they are numbered from 0 in the order of the file. */
EFT_API size_t eft_lexicon_theme_count(const eft_lexicon *lexicon);
/** The number of the theme called `id`, or SIZE_MAX. Linear in the themes. */
EFT_API size_t eft_lexicon_theme_find(const eft_lexicon *lexicon, eft_text id);

/* A number outside the lexicon gives an empty text or 0 below. */

/** "oro": names the theme in tables and hits. */
EFT_API eft_text eft_lexicon_theme_id(const eft_lexicon *lexicon, size_t theme);
/** What a reader is shown, in Swedish ("sv") or English ("en"). */
EFT_API eft_text eft_lexicon_theme_label(const eft_lexicon *lexicon, size_t theme,
                                         const char *language);
/** What counts as the theme, in the same languages. */
EFT_API eft_text eft_lexicon_theme_definition(const eft_lexicon *lexicon, size_t theme,
                                              const char *language);
/** Where the theme comes from, as the file says. */
EFT_API eft_text eft_lexicon_theme_source(const eft_lexicon *lexicon, size_t theme);
/** Entries of the theme, that is, groups of ways to say it. */
EFT_API size_t eft_lexicon_theme_entry_count(const eft_lexicon *lexicon, size_t theme);

#ifdef __cplusplus
}
#endif
#endif
