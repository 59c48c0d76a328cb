/*
 * fuzz_veil.c - any text through tokens, forms, veil and print
 *
 * Besides not crashing: spans rise, lie apart, inside the text and on code points; what
 * is printed is UTF-8; veiled tokens rise. Bytes that are not UTF-8 end at the first
 * fault. There is no dictionary, so that seeds do not depend on one.
 */
#include "veil/veil.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct worker {
    struct efti_lists *lists;
    struct efti_forms *forms;
    struct efti_tokenizer *tokenizer;
    struct efti_veil *veil;
};

static void
check(eft_text text, const struct efti_veiled *found)
{
    size_t last = 0;

    for (size_t i = 0; i < found->spans.count; i++) {
        const struct efti_span *s = &found->spans.items[i];

        if (s->start < last || s->start >= s->end || s->end > text.size ||
            ((unsigned char)text.bytes[s->start] & 0xC0) == 0x80 ||
            (s->end < text.size && ((unsigned char)text.bytes[s->end] & 0xC0) == 0x80))
            __builtin_trap();
        last = s->end;
    }
    for (size_t i = 1; i < found->tokens.tokens.count; i++)
        if (found->tokens.tokens.items[i].start < found->tokens.tokens.items[i - 1].end)
            __builtin_trap();
}

static void
run(const struct worker *w, eft_text text)
{
    struct efti_segments segments = {0};
    struct efti_veiled found = {0};
    struct efti_bytes out;
    bool answer;

    efti_bytes_init(&out, &efti_malloc);
    if (efti_segment(w->tokenizer, text, &segments, NULL) != EFT_OK ||
        efti_forms_intern(w->forms, text, &segments, NULL) != EFT_OK ||
        efti_veil_find(w->veil, text, &segments, &found, NULL) != EFT_OK ||
        efti_veil_print(text, &found, &out, NULL) != EFT_OK)
        __builtin_trap();
    check(text, &found);
    if (efti_utf8_valid_prefix(out.data, out.size) != out.size)
        __builtin_trap();
    (void)efti_veil_label(w->veil, w->tokenizer, text, &answer, NULL);
    (void)efti_veil_id(w->veil, w->tokenizer, text, &answer, NULL);
    efti_bytes_free(&out);
    efti_veiled_free(&efti_malloc, &found);
    efti_segments_free(&efti_malloc, &segments);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = size > 0 ? (const char *)data : "";
    eft_text text = {bytes, efti_utf8_valid_prefix(bytes, size)};
    static struct worker w; /* lists and tokenizer are slow to make and hold no text */

    if (w.lists == NULL &&
        (efti_lists_new(&efti_malloc, &w.lists, NULL) != EFT_OK ||
         efti_tokenizer_new(&efti_malloc, w.lists, &w.tokenizer, NULL) != EFT_OK))
        __builtin_trap();
    if (efti_forms_new(&efti_malloc, w.lists, NULL, &w.forms, NULL) != EFT_OK ||
        efti_veil_new(&efti_malloc, w.lists, NULL, w.forms, NULL, &w.veil, NULL) !=
            EFT_OK)
        __builtin_trap();
    run(&w, text);
    efti_veil_free(w.veil);
    efti_forms_free(w.forms);
    return 0;
}
