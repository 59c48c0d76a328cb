/*
 * evaluate.c - gold and texts joined, then the kind that was asked for
 *
 *     gold file ─┐
 *                ├─ by id ─► documents with text and codes ─► segment, spans or themes
 *     input     ─┘
 *
 * Every document of the gold needs a text, from itself or the input: figures over those
 * that happen to have one would be of another set than the one that is named. Where both
 * have a text, the gold's is used, for its codes are about that.
 */
#include "evaluate/evaluate.h"

#include "base/context.h"
#include "text/unicode.h"

#include <stdio.h>

EFTI_PIN_SIZE(eft_evaluate_options, 80);

/* ------------------------------------------------------------------- joining */

static eft_status
keep_text(struct efti_gold *g, eft_text from, eft_text *to, eft_error *err)
{
    char *copy = efti_arena_copy(&g->arena, from.bytes, from.size);

    if (copy == NULL)
        return efti_no_memory(err, "a gold document");
    *to = (eft_text){copy, from.size};
    return EFT_OK;
}

eft_status
efti_gold_join(struct efti_gold *g, struct efti_gold_doc *doc,
               const struct efti_record *r, eft_error *err)
{
    eft_status st = keep_text(g, r->text, &doc->text, err);

    if (st != EFT_OK)
        return st;
    doc->has |= EFTI_GOLD_TEXT;
    if (doc->writer.size == 0 && r->writer.size > 0)
        st = keep_text(g, r->writer, &doc->writer, err);
    if (st == EFT_OK && doc->group.size == 0 && r->unit.size > 0 &&
        (g->group_name == NULL || strcmp(g->group_name, "unit") == 0)) {
        g->group_name = "unit";
        st = keep_text(g, r->unit, &doc->group, err);
    }
    for (size_t i = 0; i < EFTI_MAX_FACETS && st == EFT_OK; i++) {
        if (r->facets[i].size > 0)
            st = keep_text(g, r->facets[i], &doc->facets[i], err);
    }
    return st;
}

/* Past blanks and ends of lines, of which every program has its own. */
static uint32_t
next_mark(eft_text text, size_t *at)
{
    uint32_t c = ' ';

    while (*at < text.size && efti_is_space(c))
        c = efti_utf8_next(text.bytes, text.size, at);
    return efti_is_space(c) ? 0 : c;
}

static bool
is_same_text(eft_text a, eft_text b)
{
    size_t i = 0, k = 0;
    uint32_t x, y;

    do {
        x = next_mark(a, &i);
        y = next_mark(b, &k);
    } while (x == y && x != 0);
    return x == y;
}

const struct efti_gold_doc *
efti_gold_other_text(const struct efti_gold *g)
{
    for (size_t i = 0; i < g->docs.count; i++)
        if ((g->docs.items[i].has & EFTI_GOLD_OTHER) != 0)
            return &g->docs.items[i];
    return NULL;
}

/* The first record of an id counts, as in a run. A gold file with texts of its own may be
 * the input as well: then that gives it facets, and the gold's texts are used. */
static eft_status
join_record(struct efti_gold *g, const struct efti_record *r, eft_error *err)
{
    uint32_t at = efti_strings_find(g->ids, r->id.bytes, r->id.size);

    if (r->id.size == 0 || at == EFTI_NOT_FOUND)
        return EFT_OK;
    struct efti_gold_doc *doc = &g->docs.items[at];
    if ((doc->has & EFTI_GOLD_JOINED) != 0)
        return EFT_OK;
    doc->has |= EFTI_GOLD_JOINED;
    const eft_text own = doc->text;
    bool has_text = (doc->has & EFTI_GOLD_TEXT) != 0;
    eft_status st = efti_gold_join(g, doc, r, err);
    if (has_text && st == EFT_OK && !is_same_text(own, doc->text))
        doc->has |= EFTI_GOLD_OTHER;
    if (has_text)
        doc->text = own;
    return st;
}

eft_status
efti_evaluation_reader(const eft_allocator *mem, const eft_input_options *in,
                       struct efti_mapping *maps, struct efti_reader **out,
                       eft_error *err)
{
    struct efti_read_options options = {.max_text = in->max_text,
                                        .arguments = in->arguments,
                                        .mappings = maps,
                                        .mapping_count = in->map_count,
                                        .strict = (in->flags & EFT_INPUT_STRICT) != 0};
    eft_status st = efti_take_maps(in, maps, err);

    return st == EFT_OK
               ? efti_reader_new(mem, in->paths, in->path_count, &options, out, err)
               : st;
}

eft_status
efti_gold_name_facets(struct efti_gold *g, const struct efti_read_shape *shape,
                      eft_error *err)
{
    for (size_t i = 0; i < shape->facet_count; i++) {
        g->facet_names[i] = efti_arena_copy(&g->arena, shape->facet_names[i],
                                            strlen(shape->facet_names[i]));
        if (g->facet_names[i] == NULL)
            return efti_no_memory(err, "the facets");
    }
    g->facet_count = shape->facet_count;
    return EFT_OK;
}

static eft_status
join_input(struct efti_gold *g, const eft_input_options *in, eft_error *err)
{
    struct efti_mapping maps[EFTI_MAX_MAPS];
    struct efti_reader *reader = NULL;
    struct efti_record record;

    if (g->docs.count == 0)
        return EFT_OK;
    eft_status st = efti_evaluation_reader(g->mem, in, maps, &reader, err);
    while (st == EFT_OK && (st = efti_reader_next(reader, &record, err)) == EFT_OK)
        st = join_record(g, &record, err);
    if (st == EFT_END)
        st = efti_gold_name_facets(g, efti_reader_shape(reader), err);
    efti_reader_free(reader);
    return st;
}

/* Every document has its text, or the figures would be over another set than said. */
static eft_status
place_all(struct efti_gold *g, eft_error *err)
{
    for (size_t i = 0; i < g->docs.count; i++) {
        struct efti_gold_doc *doc = &g->docs.items[i];
        if ((doc->has & EFTI_GOLD_TEXT) == 0)
            return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                             "%s, %s %u: there is no text; name the input that has it, "
                             "its ids must be the same",
                             g->name, efti_gold_place_name(g), doc->line);
        eft_status st = efti_gold_place(g, doc, err);
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* ------------------------------------------------------------------- running */

/* A text that was changed since it was coded, or an id that means another text now: the
 * gold's is used, for its codes are about that, and it is told. */
static eft_status
print_texts(struct efti_evaluation *e, eft_error *err)
{
    const struct efti_gold *g = &e->gold;
    uint64_t both = 0, same = 0;

    for (size_t i = 0; i < g->docs.count; i++) {
        const struct efti_gold_doc *doc = &g->docs.items[i];
        char place[24];

        if (e->by_tags || (~doc->has & (EFTI_GOLD_TEXT | EFTI_GOLD_JOINED)) != 0)
            continue;
        both++;
        same += (doc->has & EFTI_GOLD_OTHER) == 0;
        if ((doc->has & EFTI_GOLD_OTHER) == 0)
            continue;
        int n =
            snprintf(place, sizeof(place), "%s %u", efti_gold_place_name(g), doc->line);
        const struct efti_disagreement d = {.kind = "other text",
                                            .by = {place, (size_t)n}};
        eft_status st = efti_mistake_at(e, doc, &d, err);
        if (st != EFT_OK)
            return st;
    }
    return both == 0 ? EFT_OK
                     : efti_figure_share(e, "gold", EFTI_ALL, "texts as in the input",
                                         same, both, err);
}

static eft_status
evaluate_kind(struct efti_evaluation *e, eft_error *err)
{
    switch (e->options->kind) {
    case EFT_EVALUATE_SEGMENT:
        if (e->gold.form != EFTI_GOLD_DOCS)
            return efti_evaluate_words(e, err);
        return efti_evaluate_segment(e, err);
    case EFT_EVALUATE_ANONYMISE: return efti_evaluate_spans(e, err);
    case EFT_EVALUATE_THEMES: return efti_evaluate_themes(e, err);
    }
    return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown kind of evaluation");
}

/* Is there anything of this kind in the gold file? */
static eft_status
check_gold(const struct efti_gold *g, eft_evaluation kind, eft_error *err)
{
    static const uint32_t needed[] = {0, EFTI_GOLD_SENTENCES | EFTI_GOLD_TOKENS,
                                      EFTI_GOLD_SPANS, EFTI_GOLD_THEMES};
    static const char *const what[] = {"", "sentences, tokens, compounds or terms",
                                       "spans", "themes"};
    bool any = kind == EFT_EVALUATE_SEGMENT && g->words.count > 0;

    for (size_t i = 0; i < g->docs.count && !any; i++)
        any = (g->docs.items[i].has & needed[kind]) != 0;
    if (any)
        return EFT_OK;
    return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "%s has no %s%s", g->name,
                     what[kind],
                     kind == EFT_EVALUATE_SEGMENT
                         ? ""
                         : " (JSON Lines have them, or a table: docs/evaluate.md)");
}

/* "ANNA  EK " and "Anna Ek" are one writer, as in a run: k and the folds count people. */
static eft_status
fold_writers(struct efti_evaluation *e, eft_error *err)
{
    struct efti_bytes normal;
    eft_status st = EFT_OK;

    efti_bytes_init(&normal, e->mem);
    for (size_t i = 0; i < e->gold.docs.count && st == EFT_OK; i++) {
        struct efti_gold_doc *doc = &e->gold.docs.items[i];
        if (doc->writer.size == 0)
            continue;
        efti_bytes_clear(&normal);
        st = efti_normal_value(&e->core, doc->writer, true, &normal, err);
        if (st == EFT_OK && normal.size == 0)
            doc->writer.size = 0;
        else if (st == EFT_OK)
            st = keep_text(&e->gold, (eft_text){normal.data, normal.size}, &doc->writer,
                           err);
    }
    efti_bytes_free(&normal);
    return st;
}

/* The gold and the texts it is about. By tags that wants the workers. */
static eft_status
open_gold(struct efti_evaluation *e, const eft_input_options *input, eft_error *err)
{
    eft_status st =
        efti_gold_read(&e->gold, e->mem, e->options->gold, "the gold file", err);

    if (st == EFT_OK)
        st = check_gold(&e->gold, e->options->kind, err);
    if (st == EFT_OK && input != NULL && input->path_count > 0)
        st = join_input(&e->gold, input, err);
    return st == EFT_OK && e->options->against == NULL ? place_all(&e->gold, err) : st;
}

eft_status
efti_evaluation_open(struct efti_evaluation *e, eft_context *ctx,
                     const eft_plan_options *plan, const eft_input_options *input,
                     eft_error *err)
{
    eft_status st = EFT_OK;

    e->by_tags = (e->options->flags & EFT_EVALUATE_TAGS) != 0;
    if (e->options->against != NULL)
        st = efti_gold_read(&e->other, e->mem, e->options->against,
                            "the second gold file", err);
    if (st == EFT_OK && !e->by_tags)
        st = open_gold(e, input, err);
    if (st == EFT_OK)
        st = eft_plan_new(ctx, plan, &e->plan, err);
    if (st == EFT_OK)
        st = eft_worker_new(e->plan, &e->worker, err);
    if (st == EFT_OK)
        st = efti_worker_open(&e->core, e->plan, err);
    e->core_open = st == EFT_OK;
    if (st == EFT_OK && e->by_tags)
        st = efti_evaluation_take_tags(e, input, err);
    if (st == EFT_OK)
        st = efti_evaluation_name_themes(e, &e->gold, err);
    if (st == EFT_OK)
        st = efti_evaluation_name_themes(e, &e->other, err);
    return st == EFT_OK ? fold_writers(e, err) : st;
}

void
efti_evaluation_close(struct efti_evaluation *e)
{
    if (e->core_open)
        efti_worker_close(&e->core);
    eft_worker_free(e->worker);
    eft_plan_unref(e->plan);
    efti_gold_free(&e->gold);
    efti_gold_free(&e->other);
    efti_strings_free(e->judged);
}

static eft_status
check_options(const eft_evaluate_options *o, eft_error *err)
{
    const uint32_t known = EFT_EVALUATE_SHOW_TEXT | EFT_EVALUATE_TAGS;
    bool tags = (o->flags & EFT_EVALUATE_TAGS) != 0;

    if ((o->flags & ~known) != 0 || o->reserved != 0 || o->kind < EFT_EVALUATE_SEGMENT ||
        o->kind > EFT_EVALUATE_THEMES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "an unknown kind or flag of evaluation");
    if (tags && (o->kind != EFT_EVALUATE_THEMES || o->gold != NULL))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "tags take the place of a gold file, for themes only");
    if (!tags && o->tag_map != NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a tag map is for an evaluation by tags");
    if ((o->gold == NULL && !tags) || o->figure == NULL)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "an evaluation needs a gold file and a reader of figures");
    if (o->against != NULL && o->kind != EFT_EVALUATE_THEMES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "two gold files are compared for themes only");
    return EFT_OK;
}

eft_status
eft_evaluate(eft_context *ctx, const eft_plan_options *plan,
             const eft_input_options *input, const eft_evaluate_options *opts,
             eft_error *err)
{
    eft_evaluate_options own;
    struct efti_evaluation e = {.mem = efti_context_allocator(ctx), .options = &own};
    eft_input_options in = {0};
    eft_status st;

    if (ctx == NULL || opts == NULL)
        return efti_left_out(err);
    if ((st = efti_options_take(&own, sizeof(own), opts, "eft_evaluate_options", err)) !=
            EFT_OK ||
        (st = check_options(&own, err)) != EFT_OK)
        return st;
    if (input != NULL && (st = efti_take_input(&in, input, err)) != EFT_OK)
        return st;
    st = efti_evaluation_open(&e, ctx, plan, &in, err);
    if (st == EFT_OK)
        st = efti_gold_check_columns(&e, &e.gold, err);
    if (st == EFT_OK)
        st = efti_gold_check_columns(&e, &e.other, err);
    if (st == EFT_OK)
        st = print_texts(&e, err);
    if (st == EFT_OK)
        st = evaluate_kind(&e, err);
    efti_evaluation_close(&e);
    return st;
}
