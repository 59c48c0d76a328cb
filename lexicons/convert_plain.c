/*
 * convert_plain.c - a lexicon for programs that know words alone, or themes alone
 *
 *   DIC    LIWC: numbers and names of categories, then words with their numbers
 *   DICX   LIWC-22: a table of words and categories
 *   YAML   quanteda: a list of globs for each theme
 *   QDC    REFI-QDA codebook: themes with definitions, no words
 *
 * DIC, DICX and YAML know words, beginnings and phrases of them: entries with attributes
 * and compounds are left out, and counted. import.c reads them.
 */
#include "lexicons/convert.h"

/* ------------------------------------------------------------ words for others */

/* Can LIWC or quanteda say it: words side by side, no attributes, no set? A stem is said
 * as a beginning, which is what their users write. `globs`: a star may stand anywhere. */
static bool
is_plain(const struct efti_pattern *p, bool globs)
{
    bool plain = p->rules == NULL && p->gap == 0;

    for (uint32_t i = 0; i < p->word_count && plain; i++) {
        const enum efti_pattern_kind kind = p->words[i].kind;
        plain = kind == EFTI_PATTERN_STEM || kind == EFTI_PATTERN_EXACT ||
                kind == EFTI_PATTERN_PREFIX || kind == EFTI_PATTERN_TERM ||
                (globs && (kind == EFTI_PATTERN_SUFFIX || kind == EFTI_PATTERN_GLOB));
    }
    return plain;
}

static void
put_plain(struct efti_bytes *out, const struct efti_pattern *p)
{
    for (uint32_t i = 0; i < p->word_count; i++) {
        const struct efti_pattern_word *word = &p->words[i];
        if (i > 0)
            efti_put_char(out, ' ');
        if (word->kind == EFTI_PATTERN_SUFFIX)
            efti_put_char(out, '*');
        efti_put(out, word->folded.bytes, word->folded.size);
        if (word->kind == EFTI_PATTERN_PREFIX || word->kind == EFTI_PATTERN_STEM)
            efti_put_char(out, '*');
    }
}

/* LIWC-22: a row for each pattern, a cell for each theme. */
size_t
efti_convert_dicx(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    size_t left_out = 0;

    efti_put_text(out, "DicTerm");
    for (uint32_t t = 0; t < lex->theme_count; t++) {
        efti_put_char(out, ',');
        efti_put(out, lex->themes[t].id.bytes, lex->themes[t].id.size);
    }
    efti_put_char(out, '\n');
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        if (!is_plain(&lex->patterns[i], false)) {
            left_out++;
            continue;
        }
        put_plain(out, &lex->patterns[i]); /* no pattern has a comma or a quote */
        for (uint32_t t = 0; t < lex->theme_count; t++)
            efti_put_text(out, t == lex->patterns[i].theme ? ",X" : ",");
        efti_put_char(out, '\n');
    }
    return left_out;
}

size_t
efti_convert_dic(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    size_t left_out = 0;

    efti_put_text(out, "%\n");
    for (uint32_t t = 0; t < lex->theme_count; t++) {
        efti_put_u64(out, t + 1);
        efti_put_char(out, '\t');
        efti_put(out, lex->themes[t].id.bytes, lex->themes[t].id.size);
        efti_put_char(out, '\n');
    }
    efti_put_text(out, "%\n");
    for (uint32_t i = 0; i < lex->pattern_count; i++) {
        if (!is_plain(&lex->patterns[i], false)) {
            left_out++;
            continue;
        }
        put_plain(out, &lex->patterns[i]);
        efti_put_char(out, '\t');
        efti_put_u64(out, lex->patterns[i].theme + 1);
        efti_put_char(out, '\n');
    }
    return left_out;
}

size_t
efti_convert_yaml(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    size_t left_out = 0;

    for (uint32_t t = 0, i = 0; t < lex->theme_count; t++) {
        efti_put(out, lex->themes[t].id.bytes, lex->themes[t].id.size);
        efti_put_text(out, ":\n");
        for (; i < lex->pattern_count && lex->patterns[i].theme == t; i++) {
            if (!is_plain(&lex->patterns[i], true)) {
                left_out++;
                continue;
            }
            efti_put_text(out, "  - \""); /* no pattern has a quote or a backslash */
            put_plain(out, &lex->patterns[i]);
            efti_put_text(out, "\"\n");
        }
    }
    return left_out;
}

/* ------------------------------------------------------------------ codebook */

/* A name that stays the same for the same theme: the first half of a SHA-256, in the form
 * of a UUID of version 8 (RFC 9562: made as one likes). */
static void
put_guid(struct efti_bytes *out, const struct eft_lexicon *lex, eft_text theme)
{
    struct efti_bytes name;
    unsigned char digest[32];
    char hex[65];

    efti_bytes_init(&name, lex->mem);
    efti_put(&name, lex->id.bytes, lex->id.size);
    efti_put_char(&name, ':');
    efti_put(&name, theme.bytes, theme.size);
    out->failed |= name.failed;
    efti_sha256(name.data == NULL ? "" : name.data, name.size, digest);
    efti_bytes_free(&name);
    digest[6] = (unsigned char)((digest[6] & 0x0Fu) | 0x80u);
    digest[8] = (unsigned char)((digest[8] & 0x3Fu) | 0x80u);
    efti_hex(digest, sizeof(digest), hex);
    for (size_t i = 0, from = 0; i < 5; i++) {
        static const size_t sizes[] = {8, 4, 4, 4, 12};
        if (i > 0)
            efti_put_char(out, '-');
        efti_put(out, hex + from, sizes[i]);
        from += sizes[i];
    }
}

static void
qdc_code(struct efti_bytes *out, const struct eft_lexicon *lex, uint32_t t)
{
    const struct efti_theme *theme = &lex->themes[t];

    efti_put_text(out, "<Code guid=\"");
    put_guid(out, lex, theme->id);
    efti_put_text(out, "\" name=\"");
    efti_convert_escaped(out, theme->label_sv.bytes, theme->label_sv.size);
    efti_put_text(out, "\" isCodable=\"true\">");
    efti_convert_element(out, "Description", "", theme->definition_sv);
    for (uint32_t i = t + 1; i < lex->theme_count; i++) {
        if (lex->themes[i].parent == t)
            qdc_code(out, lex, i);
    }
    efti_put_text(out, "</Code>\n");
}

void
efti_convert_qdc(struct efti_bytes *out, const struct eft_lexicon *lex)
{
    efti_put_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" "
                       "origin=\"eftertanke\">\n<Codes>\n");
    for (uint32_t t = 0; t < lex->theme_count; t++) {
        if (lex->themes[t].parent == EFTI_NO_PARENT)
            qdc_code(out, lex, t);
    }
    efti_put_text(out, "</Codes>\n</CodeBook>\n");
}
