/*
 * run.c - whole inputs through the rooms, on one thread or several
 *
 * The calling thread reads, drops duplicates and numbers writers and labels in data
 * order; the lanes veil, match and count. Each lane has a tally of its own; in the end
 * they are merged, which is exact.
 */
#include "pipeline/batch.h"
#include "pipeline/lines.h"

#include "base/context.h"

#include <stdlib.h>

EFTI_PIN_SIZE(eft_input_options, 88);

/* Records in a batch when nobody says: so many that the ring is seldom touched, and so
 * few that no lane waits long for another at the end. Results do not depend on it. */
#define DEFAULT_BATCH 256

struct lane_state {
    struct efti_worker worker; /* line formats */
    bool open;
    eft_tally *tally; /* counting */
};

struct run {
    eft_context *ctx;
    const eft_allocator *mem;
    const eft_input_options *input;
    eft_plan *plan;
    struct efti_reader *reader;
    struct efti_record pending; /* read ahead to know the columns */
    bool has_pending;
    struct efti_worker front; /* of the reading thread: normal forms for keys */
    struct efti_keys keys;
    struct efti_strings *numbers; /* writers and labels, numbered in data order */
    uint64_t next_number[6 + EFTI_MAX_FACETS];
    EFTI_ARRAY(uint64_t) number_of;
    uint64_t records, duplicates, no_writer;
    eft_line_format format; /* 0: counting */
    struct lane_state lanes[EFTI_MAX_LANES];
    uint32_t lane_count;
    eft_write_fn write, map, set_aside; /* map NULL: none is made */
    void *write_user, *map_user, *set_aside_user;
    eft_status set_aside_answer;
    struct efti_bytes line;
};

/* --------------------------------------------------------------- set aside */

static eft_status
set_aside_line(void *user, uint32_t input, uint64_t row, uint64_t byte,
               enum efti_reason reason)
{
    struct run *r = user;

    if (r->set_aside == NULL)
        return EFT_OK;
    efti_bytes_clear(&r->line);
    efti_put_text(&r->line, "{\"input\":");
    efti_put_u64(&r->line, input);
    efti_put_text(&r->line, ",\"row\":");
    efti_put_u64(&r->line, row);
    efti_put_text(&r->line, ",\"byte\":");
    efti_put_u64(&r->line, byte);
    efti_put_text(&r->line, ",\"reason\":\"");
    efti_put_text(&r->line, efti_reason_name(reason));
    efti_put_text(&r->line, "\"}\n");
    r->set_aside_answer =
        r->line.failed ? EFT_E_NOMEM
                       : r->set_aside(r->set_aside_user, r->line.data, r->line.size);
    return r->set_aside_answer;
}

/* --------------------------------------------------------------- numbering */

/* The number of a value within its kind, in order of first appearance, from 1. */
static eft_status
number_of(struct run *r, uint32_t kind, eft_text value, bool fold, uint64_t *out,
          eft_error *err)
{
    struct efti_id id;
    bool added;
    char key[1 + EFTI_ID_SIZE];
    eft_status st;

    *out = 0;
    if (value.size == 0)
        return EFT_OK;
    efti_bytes_clear(&r->line);
    st = fold ? efti_writer_identity(&r->front, value, &id, err)
              : efti_label_identity(&r->front, "number", value, &r->line, &id, err);
    if (st != EFT_OK)
        return st;
    key[0] = (char)kind;
    memcpy(key + 1, id.b, EFTI_ID_SIZE);
    uint32_t at = efti_strings_add(r->numbers, key, sizeof(key), &added);
    if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(r->mem, &r->number_of)))
        return efti_no_memory(err, "the numbers of writers and labels");
    if (added)
        r->number_of.items[at] = ++r->next_number[kind];
    *out = r->number_of.items[at];
    return EFT_OK;
}

static eft_status
number_record(struct run *r, struct efti_batch_record *b, eft_error *err)
{
    const struct efti_record *rec = &b->record;
    eft_status st;

    if ((st = number_of(r, 0, rec->writer, true, &b->writer_number, err)) != EFT_OK ||
        (st = number_of(r, 1, rec->unit, false, &b->label_numbers[0], err)) != EFT_OK ||
        (st = number_of(r, 2, rec->assignment, false, &b->label_numbers[1], err)) !=
            EFT_OK)
        return st;
    for (uint32_t i = 0; i < r->plan->settings.facet_count; i++) {
        st = number_of(r, 4 + i, rec->facets[i], false, &b->label_numbers[3 + i], err);
        if (st != EFT_OK)
            return st;
    }
    for (size_t i = 0; i < rec->tag_count; i++) {
        if ((st = number_of(r, 3, rec->tags[i], false, &b->tag_numbers[i], err)) !=
            EFT_OK)
            return st;
    }
    return EFT_OK;
}

/* -------------------------------------------------------------------- fill */

static bool
copy_text(struct efti_batch *b, eft_text *text)
{
    char *copy = efti_arena_copy(&b->arena, text->bytes, text->size);

    b->bytes += text->size;
    text->bytes = copy;
    return copy != NULL;
}

static bool
copy_record(struct efti_batch *b, struct efti_record *rec)
{
    bool ok = copy_text(b, &rec->id) && copy_text(b, &rec->writer) &&
              copy_text(b, &rec->unit) && copy_text(b, &rec->assignment) &&
              copy_text(b, &rec->prompt) && copy_text(b, &rec->comments) &&
              copy_text(b, &rec->text);

    for (size_t i = 0; i < EFTI_MAX_FACETS && ok; i++)
        ok = copy_text(b, &rec->facets[i]);
    for (size_t i = 0; i < rec->tag_count && ok; i++)
        ok = copy_text(b, &rec->tags[i]);
    return ok;
}

static eft_status
next_record(struct run *r, struct efti_record *out, eft_error *err)
{
    if (r->has_pending) {
        r->has_pending = false;
        *out = r->pending;
        return EFT_OK;
    }
    bool had_writer = efti_reader_shape(r->reader)->has[EFTI_ROLE_WRITER];
    eft_status st = efti_reader_next(r->reader, out, err);
    if (st != EFT_OK && r->set_aside_answer != EFT_OK && r->set_aside_answer != EFT_STOP)
        return efti_callback_answer(r->set_aside_answer,
                                    "the receiver of set-aside lines", err);
    bool first = st == EFT_OK && efti_reader_counts(r->reader)->records == 1;
    if (st == EFT_OK && !first && !had_writer &&
        efti_reader_shape(r->reader)->has[EFTI_ROLE_WRITER])
        return efti_fail(
            err, EFT_E_CONFLICT, EFT_NO_OFFSET,
            "input-%u has writers and the records before it have none: analyse "
            "them apart, or give all records the member (null is fine)",
            out->input);
    return st;
}

static eft_status
is_duplicate(struct run *r, const struct efti_record *rec, struct efti_id *key,
             bool *seen, eft_error *err)
{
    *seen = false;
    if (efti_blank(rec->id))
        return EFT_OK;
    eft_status st = efti_record_identity(&r->front, rec->id, rec->assignment, key, err);
    return st == EFT_OK ? efti_keys_add(&r->keys, key, seen, err) : st;
}

/* EFT_STOP from `progress` ends the input here: what was read before it is worked on. */
static eft_status
may_go_on(struct run *r, eft_error *err)
{
    eft_status st = EFT_OK;

    if (r->records == 0 || r->records % 256 != 0)
        return EFT_OK;
    if (r->input->progress != NULL)
        st = r->input->progress(r->input->progress_user, r->records);
    if (st == EFT_STOP)
        return EFT_END;
    if (st == EFT_OK)
        st = efti_context_cancelled(r->ctx);
    return st == EFT_OK ? st : efti_fail(err, st, EFT_NO_OFFSET, "cancelled");
}

static eft_status
fill(void *user, struct efti_batch *batch, eft_error *err)
{
    struct run *r = user;
    struct efti_record rec;
    struct efti_id key = {{0}};
    bool seen = true;
    eft_status st = EFT_OK;

    while (seen) {
        if ((st = may_go_on(r, err)) != EFT_OK ||
            (st = next_record(r, &rec, err)) != EFT_OK ||
            (st = is_duplicate(r, &rec, &key, &seen, err)) != EFT_OK)
            return st;
        r->records++;
        r->duplicates += seen;
    }
    if (!EFTI_PUSH(r->mem, &batch->records))
        return efti_no_memory(err, "a batch");
    struct efti_batch_record *b = &batch->records.items[batch->records.count - 1];
    *b = (struct efti_batch_record){.record = rec, .number = r->records, .key = key};
    b->has_key = !efti_blank(rec.id);
    if (!copy_record(batch, &b->record))
        st = efti_no_memory(err, "a batch");
    else if (r->format == EFT_LINES_VEILED)
        st = number_record(r, b, err);
    if (st != EFT_OK)
        batch->records.count--; /* nobody is to work on half a record */
    r->no_writer += rec.writer.size == 0;
    return st;
}

/* -------------------------------------------------------------------- work */

static eft_reflection
reflection_of(const struct efti_record *rec)
{
    return (eft_reflection){
        .struct_size = sizeof(eft_reflection),
        .id = rec->id,
        .writer = rec->writer,
        .unit = rec->unit,
        .assignment = rec->assignment,
        .text = rec->text,
        .prompt = rec->prompt,
        .comments = rec->comments,
        .facets = rec->facets,
        .tags = rec->tags,
        .tag_count = rec->tag_count,
        .day = rec->day == EFTI_NO_DAY ? EFT_NO_DAY : rec->day,
        .has_feeling = rec->has_feeling,
        .feeling = rec->feeling,
        .votes = rec->votes < 0 ? 0 : rec->votes,
    };
}

/* The texts of the records from `*seen` on. */
static eft_status
look_at_records(eft_tally *t, const struct efti_batch *batch, size_t *seen,
                eft_error *err)
{
    eft_text texts[EFTI_AHEAD_MOST];
    size_t n = 0;

    for (; n < EFTI_AHEAD_MOST && *seen + n < batch->records.count; n++)
        texts[n] = batch->records.items[*seen + n].record.text;
    *seen += n;
    return efti_tally_look_ahead(t, texts, n, err);
}

static eft_status
feed_one(eft_tally *t, const struct efti_batch_record *b, eft_error *err)
{
    eft_reflection reflection = reflection_of(&b->record);

    t->number = b->number;
    t->input = b->record.input;
    t->row = b->record.row;
    return efti_tally_feed(t, &reflection, b->has_key ? &b->key : NULL, err);
}

static eft_status
count_batch(eft_tally *t, const struct efti_batch *batch, eft_error *err)
{
    size_t seen = 0; /* texts of records before were looked at */
    eft_status st = EFT_OK;

    for (size_t i = 0; i < batch->records.count && st == EFT_OK; i++) {
        if (i == seen)
            st = look_at_records(t, batch, &seen, err);
        if (st == EFT_OK)
            st = feed_one(t, &batch->records.items[i], err);
    }
    efti_tally_look_back(t); /* the batch goes */
    return st;
}

static eft_status
work(void *user, uint32_t lane, struct efti_batch *batch, eft_error *err)
{
    struct run *r = user;
    struct lane_state *l = &r->lanes[lane];
    eft_status st = EFT_OK;

    if (r->format == 0)
        return count_batch(l->tally, batch, err);
    for (size_t i = 0; i < batch->records.count && st == EFT_OK; i++)
        st = efti_line(&l->worker, &batch->records.items[i], r->format,
                       r->map == NULL ? NULL : &batch->map, &batch->out, err);
    return st;
}

static eft_status
take(void *user, struct efti_batch *batch, eft_error *err)
{
    struct run *r = user;

    if (r->format == 0 || batch->out.size == 0)
        return EFT_OK;
    eft_status st = EFT_OK;
    if (batch->map.size > 0) /* before the text that it leads back from */
        st = r->map(r->map_user, batch->map.data, batch->map.size);
    if (st == EFT_OK)
        st = r->write(r->write_user, batch->out.data, batch->out.size);
    if (st == EFT_OK || st == EFT_STOP)
        return st;
    return efti_fail(err, st, EFT_NO_OFFSET, "the output could not be written");
}

/* ------------------------------------------------------------------ set up */

static enum efti_role
role_of(const char *name)
{
    for (int role = EFTI_ROLE_NONE + 1; role < EFTI_ROLE_COUNT; role++) {
        if (strcmp(name, efti_role_name((enum efti_role)role)) == 0)
            return (enum efti_role)role;
    }
    return EFTI_ROLE_NONE;
}

eft_status
efti_take_maps(const eft_input_options *input, struct efti_mapping *out, eft_error *err)
{
    if (input->map_count > EFTI_MAX_MAPS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d --map and --facet",
                         EFTI_MAX_MAPS);
    for (size_t i = 0; i < input->map_count; i++) {
        const eft_column_map *m = &input->maps[i];
        out[i] = (struct efti_mapping){.role = m->role == NULL ? EFTI_ROLE_NONE
                                                               : role_of(m->role),
                                       .facet = m->facet};
        if (m->column == NULL || m->column[0] == '\0')
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "mapping %zu (--map, --facet) names no column", i + 1);
        if (out[i].role == EFTI_ROLE_NONE ||
            (out[i].role == EFTI_ROLE_FACET) != (m->facet != NULL))
            return efti_fail(
                err, EFT_E_RANGE, EFT_NO_OFFSET,
                "mapping %zu (--map) names no role: text, id, writer, unit, assignment, "
                "prompt, time, feeling, tags, comments, votes or consent",
                i + 1);
        if (m->column[0] != '#') {
            out[i].column = m->column;
            continue;
        }
        char *end;
        unsigned long position = strtoul(m->column + 1, &end, 10);
        if (*end != '\0' || position == 0 || position > 100000)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "mapping %zu (--map, --facet): a position is written "
                             "#1, #2 ...",
                             i + 1);
        out[i].position = (uint32_t)position;
    }
    return EFT_OK;
}

static eft_status
open_reader(struct run *r, const eft_plan_options *plan, eft_error *err)
{
    struct efti_mapping maps[EFTI_MAX_MAPS];
    eft_status st = efti_take_maps(r->input, maps, err);

    if (st != EFT_OK)
        return st;
    struct efti_read_options o = {
        .mappings = maps,
        .mapping_count = r->input->map_count,
        .feeling_low = plan->feeling_low,
        .feeling_high = plan->feeling_high,
        .max_text = r->input->max_text,
        .strict = (r->input->flags & EFT_INPUT_STRICT) != 0,
        .arguments = r->input->arguments,
        .set_aside = set_aside_line,
        .set_aside_user = r,
    };
    return efti_reader_new(r->mem, r->input->paths, r->input->path_count, &o, &r->reader,
                           err);
}

/* The columns decide whether there are writers at all; so one record is read ahead. */
static eft_status
open_plan(struct run *r, const eft_plan_options *plan, eft_error *err)
{
    eft_plan_options o = *plan;
    const char *facets[EFTI_MAX_FACETS];
    eft_status st = next_record(r, &r->pending, err);

    if (st != EFT_OK && st != EFT_END)
        return st;
    r->has_pending = st == EFT_OK;
    if (!efti_reader_shape(r->reader)->has[EFTI_ROLE_WRITER])
        o.flags |= EFT_PLAN_NO_WRITERS;
    o.facet_count = 0;
    o.facets = facets;
    for (size_t i = 0; i < r->input->map_count; i++) {
        if (r->input->maps[i].facet == NULL)
            continue;
        if (o.facet_count == EFTI_MAX_FACETS)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d facets",
                             EFTI_MAX_FACETS);
        facets[o.facet_count++] = r->input->maps[i].facet;
    }
    return eft_plan_new(r->ctx, &o, &r->plan, err);
}

static eft_status
open_lanes(struct run *r, eft_error *err)
{
    eft_status st = efti_worker_open(&r->front, r->plan, err);

    if (st != EFT_OK)
        return st;
    for (uint32_t i = 0; i < r->lane_count; i++) {
        struct lane_state *l = &r->lanes[i];
        if (r->format != 0) {
            st = efti_worker_open(&l->worker, r->plan, err);
            l->open = st == EFT_OK;
        } else if ((st = eft_tally_new(r->plan, &l->tally, err)) == EFT_OK) {
            l->tally->no_keys = true;
        }
        if (st != EFT_OK)
            return st;
    }
    return EFT_OK;
}

static void
close_run(struct run *r)
{
    for (uint32_t i = 0; i < r->lane_count; i++) {
        eft_tally_free(r->lanes[i].tally);
        if (r->lanes[i].open)
            efti_worker_close(&r->lanes[i].worker);
    }
    efti_worker_close(&r->front);
    efti_reader_free(r->reader);
    efti_keys_free(&r->keys);
    efti_strings_free(r->numbers);
    EFTI_ARRAY_FREE(r->mem, &r->number_of);
    efti_bytes_free(&r->line);
    eft_plan_unref(r->plan);
}

eft_status
efti_take_input(eft_input_options *own, const eft_input_options *input, eft_error *err)
{
    eft_status st = efti_options_take(own, sizeof(*own), input, "eft_input_options", err);

    if (st != EFT_OK)
        return st;
    if ((own->paths == NULL && own->path_count > 0) ||
        (own->maps == NULL && own->map_count > 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a list of the input options is NULL and has a count");
    for (size_t i = 0; i < own->path_count; i++)
        if (own->paths[i] == NULL)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "path %zu is NULL", i + 1);
    for (size_t i = 0; i < own->map_count; i++)
        if (own->maps[i].role == NULL || own->maps[i].column == NULL)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "map %zu has no role or no column", i + 1);
    return EFT_OK;
}

static eft_status
take_input(eft_input_options *own, const eft_input_options *input, eft_error *err)
{
    const uint32_t known = EFT_INPUT_STRICT | EFT_INPUT_STATES;
    eft_status st = efti_take_input(own, input, err);

    if (st != EFT_OK)
        return st;
    if ((own->flags & ~known) != 0 || own->reserved != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown flag in the input");
    if (own->path_count == 0)
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET, "no input was named");
    if (own->threads > EFTI_MAX_LANES)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d threads",
                         EFTI_MAX_LANES);
    return EFT_OK;
}

/* `input` was taken, and outlives the run. */
static eft_status
open_run(struct run *r, eft_context *ctx, const eft_plan_options *options,
         const eft_input_options *input, eft_error *err)
{
    eft_plan_options plan;
    eft_status st;

    r->ctx = ctx;
    r->mem = efti_context_allocator(ctx);
    r->input = input;
    efti_keys_init(&r->keys, r->mem);
    efti_bytes_init(&r->line, r->mem);
    r->lane_count = input->threads == 0 ? 1 : input->threads;
    if ((st = efti_options_take(&plan, sizeof(plan), options, "eft_plan_options", err)) !=
            EFT_OK ||
        (st = efti_strings_new(r->mem, &r->numbers, err)) != EFT_OK ||
        (st = open_reader(r, &plan, err)) != EFT_OK ||
        (st = open_plan(r, &plan, err)) != EFT_OK)
        return st;
    return open_lanes(r, err);
}

static eft_status
run_all(struct run *r, eft_error *err)
{
    struct efti_batch_job job = {.user = r, .work = work, .take = take, .fill = fill};
    eft_status st =
        efti_batches(r->mem, &job, r->lane_count,
                     r->input->batch == 0 ? DEFAULT_BATCH : r->input->batch, err);

    return st == EFT_STOP ? EFT_OK : st; /* a sink has seen enough */
}

/* ------------------------------------------------------------------ counts */

static void
reader_counts(const struct run *r, eft_run_counts *c)
{
    const struct efti_read_counts *rc = efti_reader_counts(r->reader);

    *c = (eft_run_counts){.read = r->records, .duplicate = r->duplicates};
    for (int i = 0; i < EFTI_REASON_COUNT; i++)
        c->set_aside += rc->set_aside[i];
    for (int i = 0; i < EFTI_ROLE_COUNT; i++)
        c->field_errors += rc->field_errors[i];
    c->unread_dates = rc->field_errors[EFTI_ROLE_TIME];
    c->unread_feelings = rc->field_errors[EFTI_ROLE_FEELING];
    c->unknown_columns = rc->unknown_columns;
    c->cp1252_inputs = rc->cp1252_inputs;
    c->no_consent = rc->no_consent;
    c->writer_column = efti_reader_shape(r->reader)->has[EFTI_ROLE_WRITER];
    c->dictionary = eft_plan_has_dictionary(r->plan);
    c->no_writer = c->writer_column ? r->no_writer : 0;
    c->counted = r->records - r->duplicates;
}

/* The reader's counters belong to the state as much as what it counted. */
static void
add_reader_counts(struct run *r, eft_tally *t)
{
    const struct efti_read_counts *rc = efti_reader_counts(r->reader);

    efti_tally_count(t->counts, EFTI_COUNT_DUPLICATE, r->duplicates);
    for (uint32_t i = 0; i < EFTI_REASON_COUNT; i++)
        efti_tally_count(t->counts, EFTI_COUNT_SET_ASIDE0 + i, rc->set_aside[i]);
    efti_tally_count(t->counts, EFTI_COUNT_NO_CONSENT, rc->no_consent);
}

static eft_status
merge_lanes(struct run *r, eft_tally **out, eft_error *err)
{
    eft_tally *all = r->lanes[0].tally;

    for (uint32_t i = 1; i < r->lane_count; i++) {
        eft_status st = eft_tally_merge(all, r->lanes[i].tally, err);
        if (st != EFT_OK)
            return st;
    }
    all->number = 0; /* what the caller adds is numbered by the tally */
    efti_keys_free(&all->keys);
    all->keys = r->keys; /* the reading thread's set: adding goes on where it stopped */
    all->no_keys = false;
    efti_keys_init(&r->keys, r->mem);
    all->keys.mem = all->mem;
    add_reader_counts(r, all);
    r->lanes[0].tally = NULL;
    *out = all;
    return EFT_OK;
}

/* ------------------------------------------------------------------ public */

/* All lines of a run whose format and receivers are set. */
static eft_status
run_lines(struct run *r, eft_context *ctx, const eft_plan_options *plan,
          const eft_input_options *input, eft_run_counts *counts, eft_error *err)
{
    eft_input_options own;

    eft_status st = take_input(&own, input, err);

    if (st != EFT_OK)
        return st;
    st = open_run(r, ctx, plan, &own, err);
    if (st == EFT_OK)
        st = run_all(r, err);
    if (st == EFT_OK)
        reader_counts(r, counts);
    close_run(r);
    return st;
}

eft_status
eft_run_lines(eft_context *ctx, const eft_plan_options *plan,
              const eft_input_options *input, eft_line_format format, eft_write_fn write,
              void *user, eft_write_fn set_aside, void *set_aside_user,
              eft_run_counts *counts, eft_error *err)
{
    struct run r = {.format = format,
                    .write = write,
                    .write_user = user,
                    .set_aside = set_aside,
                    .set_aside_user = set_aside_user};
    eft_run_counts ignored;

    counts = counts != NULL ? counts : &ignored;
    *counts = (eft_run_counts){0};
    if (ctx == NULL || write == NULL)
        return efti_left_out(err);
    if (format < EFT_LINES_TOKENS || format > EFT_LINES_KWIC)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "unknown line format");
    return run_lines(&r, ctx, plan, input, counts, err);
}

eft_status // NOLINTNEXTLINE(readability-function-size): two sinks more than eft_run_lines
eft_run_veil(eft_context *ctx, const eft_plan_options *plan,
             const eft_input_options *input, eft_line_format format, eft_write_fn write,
             void *user, eft_write_fn map, void *map_user, eft_write_fn set_aside,
             void *set_aside_user, eft_run_counts *counts, eft_error *err)
{
    struct run r = {.format = format,
                    .write = write,
                    .write_user = user,
                    .map = map,
                    .map_user = map_user,
                    .set_aside = set_aside,
                    .set_aside_user = set_aside_user};
    eft_run_counts ignored;

    counts = counts != NULL ? counts : &ignored;
    *counts = (eft_run_counts){0};
    if (ctx == NULL || write == NULL)
        return efti_left_out(err);
    if (format != EFT_LINES_VEILED && format != EFT_LINES_SPANS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "only veiled text has a map that leads back");
    return run_lines(&r, ctx, plan, input, counts, err);
}

static eft_status
tally_texts(struct run *r, eft_context *ctx, const eft_plan_options *plan,
            const eft_input_options *input, eft_tally **out, eft_run_counts *counts,
            eft_error *err)
{
    eft_status st = open_run(r, ctx, plan, input, err);

    if (st == EFT_OK)
        st = run_all(r, err);
    if (st == EFT_OK)
        st = merge_lanes(r, out, err);
    if (st == EFT_OK)
        reader_counts(r, counts);
    close_run(r);
    return st;
}

eft_status
eft_run_tally(eft_context *ctx, const eft_plan_options *plan,
              const eft_input_options *input, eft_tally **out, eft_write_fn set_aside,
              void *set_aside_user, eft_run_counts *counts, eft_error *err)
{
    struct run r = {.set_aside = set_aside, .set_aside_user = set_aside_user};
    eft_input_options own;
    eft_run_counts ignored;
    bool states = false;
    eft_status st;

    counts = counts != NULL ? counts : &ignored;
    *counts = (eft_run_counts){0};
    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    if ((st = take_input(&own, input, err)) != EFT_OK ||
        (st = efti_are_states(&own, &states, err)) != EFT_OK)
        return st;
    st = states ? efti_merge_states(ctx, plan, &own, out, counts, err)
                : tally_texts(&r, ctx, plan, &own, out, counts, err);
    if (st == EFT_OK) {
        (*out)->threads = own.threads;
        efti_state_counts(*out, counts);
    }
    return st;
}
