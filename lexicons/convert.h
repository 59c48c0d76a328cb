/*
 * convert.h - what the writers of lexicons share with the reader of CSV
 */
#ifndef EFTI_LEXICONS_CONVERT_H
#define EFTI_LEXICONS_CONVERT_H

#include "lexicons/lexicon.h"

/* What a lexicon or theme says of itself, from a file of either kind. */
struct efti_convert_head {
    eft_text id, version, licence, role, parent;
    eft_text label_sv, label_en, definition_sv, definition_en, source;
};
void efti_convert_lexicon(struct efti_bytes *out, const struct efti_convert_head *h);
void efti_convert_theme(struct efti_bytes *out, const struct efti_convert_head *h);
/** ' name="value"', escaped; nothing for an empty value. */
void efti_convert_attribute(struct efti_bytes *out, const char *name, eft_text value);
/** The text of an element, escaped, in one line. */
void efti_convert_escaped(struct efti_bytes *out, const char *bytes, size_t size);
/** <name xml:lang="sv">text</name>; `attribute` may be empty. */
void efti_convert_element(struct efti_bytes *out, const char *name, const char *attribute,
                          eft_text text);

/* convert_plain.c: how many patterns the format cannot say; QDC says none. */
size_t efti_convert_dic(struct efti_bytes *out, const struct eft_lexicon *lex);
size_t efti_convert_dicx(struct efti_bytes *out, const struct eft_lexicon *lex);
size_t efti_convert_yaml(struct efti_bytes *out, const struct eft_lexicon *lex);
void efti_convert_qdc(struct efti_bytes *out, const struct eft_lexicon *lex);

/* Columns of the CSV: kind, theme, text, the attributes of an entry, the head. */
enum { EFTI_CSV_KIND, EFTI_CSV_THEME, EFTI_CSV_TEXT, EFTI_CSV_ATTRIBUTES };
#define EFTI_CSV_ROLE 14u
#define EFTI_CSV_COLUMNS 21u
const char *efti_convert_column(size_t column);
/** CSV as the XML of a lexicon, each row on its own line; `id` is that of a table that
 *  has none. EFT_E_FORMAT: "line N: ..." */
eft_status efti_convert_csv(eft_text csv, eft_text id, struct efti_bytes *xml,
                            eft_error *err);
/** As eft_lexicon_read_csv(), of that id if the table has none. */
eft_status efti_lexicon_read_csv(eft_context *ctx, eft_text source, eft_text id,
                                 eft_lexicon **out, eft_error *err);
/** What a file that says no id is called. */
#define EFTI_OWN_LEXICON ((eft_text){"eget", 4})

#endif
