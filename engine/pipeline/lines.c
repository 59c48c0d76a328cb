/*
 * lines.c - the JSON Lines of themes and tokenise, and what all lines share
 *
 * Positions are code points of the original text. Tokens, spans and hits come sorted by
 * their start, so one running count serves a whole text.
 */
#include "pipeline/lines.h"

#include "tokenizers/compounds.h"

#define KWIC_WORDS 8u /* before and behind, as concordances have them */

/* ------------------------------------------------------------ code points */

uint64_t
efti_position(struct efti_positions *p, size_t byte)
{
    if (byte < p->byte)
        p->byte = p->code_points = 0; /* never for sorted starts; correct all the same */
    p->code_points += efti_utf8_length(p->text.bytes + p->byte, byte - p->byte);
    p->byte = byte;
    return p->code_points;
}

void
efti_put_range(struct efti_positions *p, size_t start, size_t end, struct efti_bytes *out)
{
    uint64_t from = efti_position(p, start);

    efti_put_text(out, "\"start\":");
    efti_put_u64(out, from);
    efti_put_text(out, ",\"end\":");
    efti_put_u64(out, from + efti_utf8_length(p->text.bytes + start, end - start));
}

/* --------------------------------------------------------- id and records */

eft_status
efti_put_id(struct efti_worker *w, const struct efti_batch_record *r,
            struct efti_bytes *out, eft_error *err)
{
    bool keep = false;
    eft_status st;

    if (r->record.id.size > 0 &&
        (st = efti_veil_id(w->veil, w->tokenizer, r->record.id, &keep, err)) != EFT_OK)
        return st;
    efti_put_text(out, "{\"id\":");
    if (keep) {
        efti_put_json(out, r->record.id.bytes, r->record.id.size);
        return EFT_OK;
    }
    efti_put_text(out, "\"i");
    efti_put_u64(out, r->record.input);
    efti_put_char(out, '-');
    efti_put_u64(out, r->record.row);
    efti_put_char(out, '"');
    return EFT_OK;
}

/* ------------------------------------------------------------------ themes */

/* The first theme present, by bytes of its id, behind `last`; NULL bytes: no more. One id
 * of two lexicons is one theme, as in the counts. */
static eft_text
next_present(const struct efti_matcher *m, const struct efti_hits *h, eft_text last)
{
    eft_text next = {NULL, 0};

    for (size_t i = 0; i < h->hits.count; i++) {
        eft_text id = efti_matcher_theme(m, h->hits.items[i].theme)->id;
        if (h->hits.items[i].polarity == EFTI_UNCERTAIN ||
            efti_compare(id.bytes, id.size, last.bytes, last.size) <= 0)
            continue;
        if (next.bytes == NULL ||
            efti_compare(id.bytes, id.size, next.bytes, next.size) < 0)
            next = id;
    }
    return next;
}

static void
put_present(const struct efti_matcher *m, const struct efti_hits *h,
            struct efti_bytes *out)
{
    eft_text id = next_present(m, h, (eft_text){"", 0});

    efti_put_text(out, "],\"themes\":[");
    for (bool first = true; id.bytes != NULL; first = false) {
        if (!first)
            efti_put_char(out, ',');
        efti_put_json(out, id.bytes, id.size);
        id = next_present(m, h, id);
    }
    efti_put_char(out, ']');
}

/* What the lexicon says of a theme of the model: does any hit count? */
static bool
lexicon_has(const struct efti_worker *w, eft_text id)
{
    bool has = false;

    for (size_t i = 0; i < w->hits.hits.count && !has; i++) {
        const struct efti_hit *hit = &w->hits.hits.items[i];
        const eft_text theme = efti_matcher_theme(w->plan->matcher, hit->theme)->id;
        has = hit->polarity != EFTI_UNCERTAIN &&
              efti_equal(theme.bytes, theme.size, id.bytes, id.size);
    }
    return has;
}

/* "model": every theme that the model finds, with its chance; "used": whether it counts,
 * so that a reader can put the two together. */
static eft_status
put_model(struct efti_worker *w, bool counted, struct efti_bytes *out, eft_error *err)
{
    const eft_model *m = w->plan->model;
    bool first = true;

    if (m == NULL)
        return EFT_OK;
    eft_status st = efti_worker_decide(w, counted, err);
    efti_put_text(out, ",\"model\":[");
    for (size_t i = 0; st == EFT_OK && counted && i < m->themes.count; i++) {
        const struct efti_model_theme *t = &m->themes.items[i];
        if (!efti_model_present(w, i))
            continue;
        efti_put_text(out, first ? "{\"theme\":" : ",{\"theme\":");
        efti_put_json(out, t->id.bytes, t->id.size);
        efti_put_text(out, ",\"chance\":");
        efti_put_u64(out, (uint64_t)(100 * efti_model_chance(m, i, w->scores.items[i])));
        efti_put_text(out, t->used ? ",\"used\":true" : ",\"used\":false");
        efti_put_text(out, lexicon_has(w, t->id) ? ",\"lexicon\":true}"
                                                 : ",\"lexicon\":false}");
        first = false;
    }
    efti_put_char(out, ']');
    return st;
}

static eft_status
line_themes(struct efti_worker *w, const struct efti_batch_record *r,
            struct efti_bytes *out, eft_error *err)
{
    const struct efti_matcher *m = w->plan->matcher;
    struct efti_positions p = {.text = r->record.text};
    uint32_t flags = 0;
    eft_status st;

    if ((st = efti_worker_answer(w, r->record.text, &flags, err)) != EFT_OK ||
        (st = efti_worker_match(w, r->record.text, err)) != EFT_OK)
        return st;
    if (flags != 0 || w->veiled.withheld) /* what is not counted has no hits */
        w->hits.hits.count = 0;
    efti_put_text(out, ",\"hits\":[");
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        const struct efti_hit *hit = &w->hits.hits.items[i];
        eft_text id = efti_matcher_theme(m, hit->theme)->id;
        efti_put_text(out, i == 0 ? "{\"theme\":" : ",{\"theme\":");
        efti_put_json(out, id.bytes, id.size);
        efti_put_char(out, ',');
        efti_put_range(&p, hit->start, hit->end, out);
        efti_put_text(out, ",\"polarity\":\"");
        efti_put_text(out, efti_polarity_name((enum efti_polarity)hit->polarity));
        efti_put_text(out, "\",\"entry\":\"");
        efti_matcher_entry(m, hit->theme, hit->pattern, out);
        efti_put_text(out, "\"}");
    }
    put_present(m, &w->hits, out);
    return put_model(w, flags == 0 && !w->veiled.withheld, out, err);
}

/* ------------------------------------------------------- key word in context */

static void put_veil_tag(const struct efti_worker *w, const struct efti_token *t,
                         struct efti_bytes *out);

/* Tokens [from, to) as one JSON string, joined by blanks: only what is no part of a
 * veiled span is printed, and no byte from between tokens. */
static void
put_context(struct efti_worker *w, eft_text text, uint32_t from, uint32_t to,
            struct efti_bytes *scratch, struct efti_bytes *out)
{
    efti_bytes_clear(scratch);
    for (uint32_t i = from; i < to; i++) {
        const struct efti_token *t = &w->veiled.tokens.tokens.items[i];
        if (i > from)
            efti_put_char(scratch, ' ');
        if (t->kind == EFTI_VEIL)
            put_veil_tag(w, t, scratch);
        else
            efti_put(scratch, text.bytes + t->start, t->end - t->start);
    }
    out->failed |= scratch->failed;
    efti_put_json(out, scratch->data == NULL ? "" : scratch->data, scratch->size);
}

/* One line a hit: the words before and behind it within its sentence. */
static eft_status
lines_kwic(struct efti_worker *w, const struct efti_batch_record *r,
           struct efti_bytes *out, eft_error *err)
{
    const struct efti_matcher *m = w->plan->matcher;
    struct efti_bytes scratch;
    uint32_t flags = 0;
    eft_status st;

    if ((st = efti_worker_answer(w, r->record.text, &flags, err)) != EFT_OK ||
        (st = efti_worker_match(w, r->record.text, err)) != EFT_OK)
        return st;
    size_t count = flags != 0 || w->veiled.withheld ? 0 : w->hits.hits.count;
    efti_bytes_init(&scratch, w->mem);
    for (size_t i = 0; i < count && st == EFT_OK; i++) {
        const struct efti_hit hit = w->hits.hits.items[i];
        const struct efti_sentence *s = &w->veiled.tokens.sentences.items[hit.sentence];
        uint32_t from = hit.first_token - s->first_token > KWIC_WORDS
                            ? hit.first_token - KWIC_WORDS
                            : s->first_token;
        uint32_t to = s->end_token - hit.end_token > KWIC_WORDS
                          ? hit.end_token + KWIC_WORDS
                          : s->end_token;
        eft_text id = efti_matcher_theme(m, hit.theme)->id;
        st = efti_put_id(w, r, out, err);
        efti_put_text(out, ",\"theme\":");
        efti_put_json(out, id.bytes, id.size);
        efti_put_text(out, ",\"entry\":\"");
        efti_matcher_entry(m, hit.theme, hit.pattern, out);
        efti_put_text(out, "\",\"polarity\":\"");
        efti_put_text(out, efti_polarity_name((enum efti_polarity)hit.polarity));
        efti_put_text(out, "\",\"left\":");
        put_context(w, r->record.text, from, hit.first_token, &scratch, out);
        efti_put_text(out, ",\"match\":");
        put_context(w, r->record.text, hit.first_token, hit.end_token, &scratch, out);
        efti_put_text(out, ",\"right\":");
        put_context(w, r->record.text, hit.end_token, to, &scratch, out);
        efti_put_text(out, "}\n");
    }
    efti_bytes_free(&scratch);
    return st == EFT_OK && out->failed ? efti_no_memory(err, "the lines") : st;
}

/* ------------------------------------------------------------------ tokens */

static void
put_veil_tag(const struct efti_worker *w, const struct efti_token *t,
             struct efti_bytes *out)
{
    for (size_t i = 0; i < w->veiled.spans.count; i++) {
        const struct efti_span *span = &w->veiled.spans.items[i];
        if (span->start < t->end && span->end > t->start) {
            efti_veil_tag(span, out);
            return;
        }
    }
    efti_put_text(out, "[VEIL]"); /* a tag that stood in the input */
}

static void
put_veil_token(const struct efti_worker *w, const struct efti_token *t,
               struct efti_bytes *out)
{
    efti_put_char(out, '"');
    put_veil_tag(w, t, out);
    efti_put_char(out, '"');
}

/* Did folding leave every character where it was? */
static bool
folded_in_place(const struct efti_form *form)
{
    bool same = form->folded_size == form->raw_size;

    for (uint32_t i = 0; i < form->raw_size && same; i++)
        same = ((unsigned char)form->raw[i] & 0xC0) == 0x80
                   ? ((unsigned char)form->folded[i] & 0xC0) == 0x80
                   : ((unsigned char)form->folded[i] & 0xC0) != 0x80;
    return same;
}

/* The surface pieces of a compound, which concatenate to the form; else the form whole.
 * Pieces are found in the folded form: where folding moved bytes the word stays whole. */
static void
put_parts(const struct efti_worker *w, const struct efti_form *form,
          struct efti_bytes *out)
{
    const struct efti_compounds compounds =
        efti_compounds_of(w->plan->dictionary, w->plan->lists, efti_forms_engine());
    struct efti_compound_parts parts = {0};
    size_t from = 0;

    if (form->kind == EFTI_WORD && folded_in_place(form))
        (void)efti_compound_split(&compounds, form->folded, form->folded_size, &parts);
    efti_put_text(out, ",\"parts\":[");
    for (unsigned i = 0; i + 1 < parts.count; i++) {
        efti_put_json(out, form->raw + from, parts.ends[i] - from);
        efti_put_char(out, ',');
        from = parts.ends[i];
    }
    efti_put_json(out, form->raw + from, form->raw_size - from);
    efti_put_char(out, ']');
}

static eft_status
put_token(struct efti_worker *w, const struct efti_token *t, struct efti_positions *p,
          struct efti_bytes *out, eft_error *err)
{
    bool veil = t->kind == EFTI_VEIL && t->form == EFTI_NOT_FOUND;
    const struct efti_form *form = veil ? NULL : efti_forms_get(w->forms, t->form);

    efti_put_char(out, '{');
    efti_put_range(p, t->start, t->end, out);
    efti_put_text(out, ",\"form\":");
    if (veil)
        put_veil_token(w, t, out);
    else
        efti_put_json(out, form->raw, form->raw_size);
    if (!veil) {
        eft_text stem = efti_form_stem(form), term;
        efti_put_text(out, ",\"stem\":");
        efti_put_json(out, stem.bytes, stem.size);
        eft_status st = efti_worker_term(w, form, &term, err);
        if (st != EFT_OK)
            return st;
        efti_put_text(out, ",\"term\":");
        efti_put_json(out, term.bytes, term.size);
        put_parts(w, form, out);
    }
    efti_put_text(out, ",\"kind\":\"");
    efti_put_text(out, efti_kind_name((enum efti_kind)t->kind));
    efti_put_text(out, (t->flags & EFTI_TOKEN_SUSPENDED) != 0 ? "\",\"suspended\":true}"
                                                              : "\"}");
    return EFT_OK;
}

static eft_status
line_tokens(struct efti_worker *w, const struct efti_batch_record *r, bool veiled,
            struct efti_bytes *out, eft_error *err)
{
    struct efti_positions p = {.text = r->record.text};
    eft_status st = veiled ? efti_worker_veil(w, r->record.text, err)
                           : efti_worker_segment(w, r->record.text, err);

    if (st != EFT_OK)
        return st;
    const struct efti_segments *s = veiled ? &w->veiled.tokens : &w->segments;
    efti_put_text(out, ",\"sentences\":[");
    for (size_t i = 0; i < s->sentences.count; i++) {
        efti_put_text(out, i == 0 ? "[" : ",[");
        efti_put_u64(out, efti_position(&p, s->sentences.items[i].start));
        efti_put_char(out, ',');
        efti_put_u64(out, efti_position(&p, s->sentences.items[i].end));
        efti_put_char(out, ']');
    }
    efti_put_text(out, "],\"tokens\":[");
    p = (struct efti_positions){.text = r->record.text};
    for (size_t i = 0; i < s->tokens.count; i++) {
        if (i > 0)
            efti_put_char(out, ',');
        if ((st = put_token(w, &s->tokens.items[i], &p, out, err)) != EFT_OK)
            return st;
    }
    efti_put_char(out, ']');
    return EFT_OK;
}

eft_status
efti_line(struct efti_worker *w, const struct efti_batch_record *r,
          eft_line_format format, struct efti_bytes *map, struct efti_bytes *out,
          eft_error *err)
{
    if (format == EFT_LINES_KWIC)
        return lines_kwic(w, r, out, err);
    eft_status st = efti_put_id(w, r, out, err);
    if (st != EFT_OK)
        return st;
    switch (format) {
    case EFT_LINES_TOKENS: st = line_tokens(w, r, false, out, err); break;
    case EFT_LINES_TOKENS_VEILED: st = line_tokens(w, r, true, out, err); break;
    case EFT_LINES_VEILED: st = efti_line_veiled(w, r, map, out, err); break;
    case EFT_LINES_SPANS: st = efti_line_spans(w, r, map, out, err); break;
    case EFT_LINES_THEMES: st = line_themes(w, r, out, err); break;
    default: return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown line format");
    }
    efti_put_text(out, "}\n");
    return st == EFT_OK && out->failed ? efti_no_memory(err, "the lines") : st;
}
