/*
 * figures.c - counts become figures, disagreements become mistakes
 *
 * Both go to callbacks of the caller. Ids and values of categories pass the veil first:
 * what could name a person is told by its line or its number.
 */
#include "evaluate/evaluate.h"

#include "stats/interval.h"
#include "text/unicode.h"

#include <math.h>

static eft_status
hand_over(struct efti_evaluation *e, eft_figure *figure, eft_error *err)
{
    figure->source = e->source;
    return efti_callback_answer(e->options->figure(e->options->user, figure),
                                "the reader of figures", err);
}

eft_status
efti_figure_share(struct efti_evaluation *e, const char *group, eft_text value,
                  const char *measure, uint64_t part, uint64_t whole, eft_error *err)
{
    eft_figure figure = {.group = group,
                         .value = value,
                         .measure = measure,
                         .part = part,
                         .whole = whole,
                         .estimate = NAN,
                         .low = NAN,
                         .high = NAN};

    if (whole > 0) {
        figure.estimate = (double)part / (double)whole;
        eft_status st =
            efti_wilson(part, whole, EFTI_Z95, &figure.low, &figure.high, err);
        if (st != EFT_OK)
            return st;
    }
    return hand_over(e, &figure, err);
}

eft_status
efti_figure_part(struct efti_evaluation *e, const char *group, eft_text value,
                 const char *measure, uint64_t part, uint64_t whole,
                 const struct efti_interval *i, eft_error *err)
{
    eft_figure figure = {.group = group,
                         .value = value,
                         .measure = measure,
                         .part = part,
                         .whole = whole,
                         .estimate = i->value,
                         .low = i->low,
                         .high = i->high};

    return hand_over(e, &figure, err);
}

eft_status
efti_figure_value(struct efti_evaluation *e, const char *group, eft_text value,
                  const char *measure, const struct efti_interval *i, eft_error *err)
{
    return efti_figure_part(e, group, value, measure, 0, 0, i, err);
}

eft_status
efti_figure_f1(struct efti_evaluation *e, const char *group, eft_text value,
               const char *measure, uint64_t tp, uint64_t fp, uint64_t fn, eft_error *err)
{
    uint64_t whole = 2 * tp + fp + fn;
    const struct efti_interval f1 = {
        .value = whole == 0 ? NAN : 2.0 * (double)tp / (double)whole,
        .low = NAN,
        .high = NAN};

    return efti_figure_value(e, group, value, measure, &f1, err);
}

eft_status
efti_evaluation_clusters(const struct efti_evaluation *e, struct efti_strings *clusters,
                         uint32_t *cluster_of, eft_error *err)
{
    for (size_t i = 0; i < e->gold.docs.count; i++) {
        const struct efti_gold_doc *doc = &e->gold.docs.items[i];
        char own[sizeof(size_t)];
        memcpy(own, &i, sizeof(own));
        const eft_text name =
            doc->writer.size > 0 ? doc->writer : (eft_text){own, sizeof(own)};
        struct efti_bytes key;
        efti_bytes_init(&key, e->mem);
        efti_put_char(&key, doc->writer.size > 0 ? 'w' : 't');
        efti_put(&key, name.bytes, name.size);
        cluster_of[i] = key.failed ? EFTI_NOT_FOUND
                                   : efti_strings_add(clusters, key.data, key.size, NULL);
        efti_bytes_free(&key);
        if (cluster_of[i] == EFTI_NOT_FOUND)
            return efti_no_memory(err, "the writers");
    }
    return EFT_OK;
}

/* The place moved outwards by `around` bytes, then to borders of characters. */
static eft_text
text_around(eft_text text, size_t start, size_t end, size_t around)
{
    size_t from = start > around ? start - around : 0;
    size_t to = text.size - end > around ? end + around : text.size;

    while (from > 0 && ((unsigned char)text.bytes[from] & 0xC0) == 0x80)
        from--;
    while (to < text.size && ((unsigned char)text.bytes[to] & 0xC0) == 0x80)
        to++;
    return (eft_text){text.bytes + from, to - from};
}

/* An id is shown as the line formats would: only if nothing in it may name a person. */
static eft_status
shown_id(struct efti_evaluation *e, const struct efti_gold_doc *doc, char number[24],
         eft_text *out, eft_error *err)
{
    struct efti_bytes b;
    bool keep = false;
    eft_status st = EFT_OK;

    if (doc->id.size > 0)
        st = efti_veil_id(e->core.veil, e->core.tokenizer, doc->id, &keep, err);
    if (st != EFT_OK)
        return st;
    *out = doc->id;
    if (keep)
        return EFT_OK;
    efti_bytes_init(&b, e->mem);
    efti_put_text(&b, "line ");
    efti_put_u64(&b, doc->line);
    if (!b.failed && b.size < 24) {
        memcpy(number, b.data, b.size);
        *out = (eft_text){number, b.size};
    } else {
        st = efti_no_memory(err, "a mistake");
    }
    efti_bytes_free(&b);
    return st;
}

static eft_text
text_or_empty(eft_text text)
{
    return text.bytes != NULL ? text : EFTI_ALL;
}

eft_status
efti_mistake_at(struct efti_evaluation *e, const struct efti_gold_doc *doc,
                const struct efti_disagreement *d, eft_error *err)
{
    char number[24];
    eft_mistake m = {
        .kind = d->kind, .label = text_or_empty(d->label), .by = text_or_empty(d->by)};
    eft_status st;

    if (e->options->mistake == NULL)
        return EFT_OK;
    if ((st = shown_id(e, doc, number, &m.id, err)) != EFT_OK)
        return st;
    if (d->end > 0) {
        m.start = efti_utf8_length(doc->text.bytes, d->start);
        m.end = m.start + efti_utf8_length(doc->text.bytes + d->start, d->end - d->start);
    }
    if ((e->options->flags & EFT_EVALUATE_SHOW_TEXT) != 0 && doc->text.size > 0)
        m.text = text_around(doc->text, d->start, d->end, d->around);
    return efti_callback_answer(e->options->mistake(e->options->user, &m),
                                "the reader of mistakes", err);
}

eft_status
efti_evaluation_label(const struct efti_evaluation *e, const char *group, eft_text value,
                      uint32_t number, char buffer[EFTI_SHOWN_LABEL], eft_text *out,
                      eft_error *err)
{
    struct efti_bytes b;
    bool visible = false;
    eft_status st = EFT_OK;

    *out = value;
    if (value.size > 0 && value.size <= EFTI_MAX_LABEL)
        st = efti_veil_label(e->core.veil, e->core.tokenizer, value, &visible, err);
    if (st != EFT_OK || visible)
        return st;
    efti_bytes_init(&b, e->mem);
    efti_put_text(&b, group);
    efti_put_char(&b, '-');
    efti_put_u64(&b, number);
    if (b.failed || b.size > EFTI_SHOWN_LABEL)
        st = efti_no_memory(err, "a label");
    else
        memcpy(buffer, b.data, b.size);
    *out = (eft_text){buffer, b.failed ? 0 : b.size};
    efti_bytes_free(&b);
    return st;
}
