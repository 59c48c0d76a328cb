/*
 * prompts.c - what was asked: the table `prompts`
 *
 * A prompt is no writer's word and counts nowhere, but whoever reads what people answered
 * wants to know the question. It comes veiled out of the spools and is held to what holds
 * for a quote: every word of it closed, no digit, no veiled span. It is told only if its
 * answers pass the gate (at least k writers, none of them with more than half of the
 * answers, no two with more than 85 percent), and without a number, so that nothing can
 * be subtracted from it: in an assignment that is shown and where k writers did; if there
 * is none, once without an assignment.
 */
#include "pipeline/review.h"

#include "release/release.h"

enum { MOST_OF_TABLE = 200 };

struct prompt {
    uint32_t key;          /* number of (assignment, prompt) */
    struct efti_cell cell; /* its answers */
};
struct answers { /* of one writer to one prompt */
    uint32_t prompt, count;
};
struct prompts {
    const eft_allocator *mem;
    struct efti_strings *keys;          /* assignment, 0, prompt */
    struct efti_strings *seen;          /* (key, writer) */
    EFTI_ARRAY(struct answers) answers; /* by number of `seen` */
    EFTI_ARRAY(struct prompt) items;
    struct efti_bytes key;
    struct efti_worker worker;
};

/* One more answer to a prompt within an assignment; "": in whatever assignment. */
static eft_status
count_answer(struct prompts *p, eft_text assignment, eft_text prompt, uint32_t writer,
             eft_error *err)
{
    bool added = false, first = false;
    char pair[8];

    efti_bytes_clear(&p->key);
    efti_put(&p->key, assignment.bytes, assignment.size);
    efti_put_char(&p->key, '\0');
    efti_put(&p->key, prompt.bytes, prompt.size);
    uint32_t at = p->key.failed
                      ? EFTI_NOT_FOUND
                      : efti_strings_add(p->keys, p->key.data, p->key.size, &added);
    if (at == EFTI_NOT_FOUND || (added && !EFTI_PUSH(p->mem, &p->items)))
        return efti_no_memory(err, "the prompts");
    if (added)
        p->items.items[at] = (struct prompt){.key = at};
    memcpy(pair, &at, 4);
    memcpy(pair + 4, &writer, 4);
    uint32_t own = efti_strings_add(p->seen, pair, sizeof(pair), &first);
    if (own == EFTI_NOT_FOUND || (first && !EFTI_PUSH(p->mem, &p->answers)))
        return efti_no_memory(err, "the prompts");
    if (first)
        p->answers.items[own] = (struct answers){.prompt = at};
    p->answers.items[own].count++;
    return EFT_OK;
}

static eft_status
prompt_in_record(void *user, const struct efti_spooled *r, uint32_t writer,
                 eft_error *err)
{
    struct prompts *p = user;

    if (r->prompt.size == 0)
        return EFT_OK;
    eft_status st = count_answer(p, (eft_text){"", 0}, r->prompt, writer, err);
    if (st == EFT_OK && r->assignment.size > 0)
        st = count_answer(p, r->assignment, r->prompt, writer, err);
    return st;
}

static int
by_prompt_bytes(const void *a, const void *b, void *user)
{
    const struct prompt *x = a, *y = b;
    const struct prompts *p = user;
    const eft_text s = efti_strings_get(p->keys, x->key);
    const eft_text t = efti_strings_get(p->keys, y->key);

    return efti_compare(s.bytes, s.size, t.bytes, t.size);
}

/* As for a quote: nothing in it that nobody knows, no digit, nothing veiled. */
static eft_status
may_be_told(struct prompts *p, eft_text prompt, bool *may, eft_error *err)
{
    eft_status st = efti_worker_match(&p->worker, prompt, err);
    const struct efti_veiled *v = &p->worker.veiled;
    size_t words = 0;

    *may = st == EFT_OK && !v->withheld;
    for (size_t i = 0; *may && i < v->tokens.sentences.count; i++) {
        size_t n = efti_quotable_words(&p->worker, prompt, &v->tokens.sentences.items[i]);
        *may = n != SIZE_MAX;
        words += n;
    }
    *may = *may && words > 0;
    return st;
}

static bool
has_row(const eft_table *table, eft_text prompt)
{
    size_t column = eft_table_column_find(table, "prompt");

    for (size_t row = 0; row < eft_table_rows(table); row++) {
        const eft_text told = eft_table_text(table, row, column);
        if (efti_equal(told.bytes, told.size, prompt.bytes, prompt.size))
            return true;
    }
    return false;
}

/* `alone`: the turn of prompts without an assignment. */
static eft_status
put_prompt(struct prompts *p, const eft_results *results, eft_table *table,
           const struct prompt *of, bool alone, eft_error *err)
{
    const eft_text key = efti_strings_get(p->keys, of->key);
    const char *end = memchr(key.bytes, '\0', key.size);
    const eft_text assignment = {key.bytes, (size_t)(end - key.bytes)};
    const eft_text prompt = {end + 1, key.size - assignment.size - 1};
    bool may;

    if ((assignment.size == 0) != alone || (alone && has_row(table, prompt)))
        return EFT_OK;
    if (!alone && (efti_equal(assignment.bytes, assignment.size, "other", 5) ||
                   !efti_has_shown_row(results, "overview", "label", assignment, "scope",
                                       (eft_text){"assignment", 10})))
        return EFT_OK;
    eft_status st = may_be_told(p, prompt, &may, err);
    if (st != EFT_OK || !may || eft_table_rows(table) == MOST_OF_TABLE)
        return st;
    if ((st = efti_table_row(table, err)) != EFT_OK)
        return st;
    efti_table_set_text(table, "assignment", assignment);
    efti_table_set_text(table, "prompt", prompt);
    return EFT_OK;
}

static eft_status
print_prompts(struct prompts *p, const struct efti_gate *gate, eft_results *results,
              eft_error *err)
{
    eft_table *table;
    eft_status st = efti_results_add(results, EFTI_TABLE_PROMPTS, NULL, &table, err);

    for (size_t i = 0; i < p->answers.count; i++)
        efti_cell_add(&p->items.items[p->answers.items[i].prompt].cell,
                      p->answers.items[i].count);
    efti_sort(p->items.items, p->items.count, sizeof(struct prompt), by_prompt_bytes, p);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < p->items.count && st == EFT_OK; i++) {
            const struct prompt *of = &p->items.items[i];
            if (efti_gate_passes(gate, &of->cell))
                st = put_prompt(p, results, table, of, turn == 1, err);
        }
    }
    return st == EFT_OK ? efti_table_done(table, err) : st;
}

eft_status
efti_release_prompts(eft_tally *t, const struct efti_gate *gate, eft_results *results,
                     eft_error *err)
{
    struct prompts p = {.mem = t->mem};
    eft_status st;

    if (!t->has_prompts || t->spool == NULL || t->from_state)
        return EFT_OK;
    efti_bytes_init(&p.key, t->mem);
    if ((st = efti_strings_new(t->mem, &p.keys, err)) == EFT_OK &&
        (st = efti_strings_new(t->mem, &p.seen, err)) == EFT_OK &&
        (st = efti_each_spooled(t, prompt_in_record, &p, err)) == EFT_OK &&
        (st = efti_worker_open(&p.worker, t->plan, err)) == EFT_OK) {
        st = print_prompts(&p, gate, results, err);
        efti_worker_close(&p.worker);
    }
    efti_strings_free(p.keys);
    efti_strings_free(p.seen);
    EFTI_ARRAY_FREE(t->mem, &p.answers);
    EFTI_ARRAY_FREE(t->mem, &p.items);
    efti_bytes_free(&p.key);
    return st;
}
