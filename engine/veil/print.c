/*
 * print.c - the text with its tags
 *
 * "[PERSON_1]" is the whole grammar: a category and the number of the surface within the
 * reflection. The tokenizer reads such a tag back as one token, so veiling the result
 * again finds nothing.
 */
#include "veil/veil.h"

void
efti_veil_tag(const struct efti_span *span, struct efti_bytes *out)
{
    efti_put_char(out, '[');
    efti_put_text(out, efti_category_name((enum efti_category)span->category));
    efti_put_char(out, '_');
    efti_put_u64(out, span->number);
    efti_put_char(out, ']');
}

eft_status
efti_veil_print(eft_text text, const struct efti_veiled *veiled, struct efti_bytes *out,
                eft_error *err)
{
    size_t at = 0;

    for (size_t i = 0; i < veiled->spans.count; i++) {
        const struct efti_span *s = &veiled->spans.items[i];

        if (s->start < at || s->end < s->start || s->end > text.size)
            return efti_fail(err, EFT_E_INTERNAL, s->start,
                             "a span lies outside its text");
        efti_put(out, text.bytes + at, s->start - at);
        efti_veil_tag(s, out);
        at = s->end;
    }
    if (at < text.size)
        efti_put(out, text.bytes + at, text.size - at);
    return out->failed ? efti_no_memory(err, "a veiled text") : EFT_OK;
}
