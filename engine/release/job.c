/*
 * job.c - what every table starts from: the population and its one-condition sets
 *
 * Population of every table: the records that have an answer, say something and were not
 * withheld by the language gate. How many the others are is told by the counters of the
 * tally, not here. Without a writer column the tally numbers each record as a writer of
 * its own; with one, all records that name nobody share one number and count as one
 * writer.
 *
 * A theme is present in a reflection ('any') when it has an affirmed or negated hit. Of a
 * polarity there is at least one hit.
 *
 * If the population itself does not pass the gate, nothing is shown anywhere.
 */
#include "release/internal.h"

#include "stats/gsl.h"
#include "stats/interval.h"

#define NOT_COUNTED (EFTI_RECORD_EMPTY | EFTI_RECORD_UNINFORMATIVE | EFTI_RECORD_WITHHELD)

/* Records of the population by writer, by counting: equal writers stay in order. */
static eft_status
order_records(struct release_job *j, eft_error *err)
{
    const struct efti_frozen *f = j->f;
    EFTI_ARRAY(uint32_t) at = {0};

    if (!RELEASE_ARRAY_MAKE(j->mem, &at, (size_t)f->writer_count + 1) ||
        !EFTI_ARRAY_RESERVE(j->mem, &j->order, f->record_count)) {
        EFTI_ARRAY_FREE(j->mem, &at);
        return efti_no_memory(err, "the order of the records");
    }
    memset(at.items, 0, at.count * sizeof(*at.items));
    eft_status st = EFT_OK;
    for (uint32_t i = 0; i < f->record_count; i++) {
        if (f->records[i].writer >= f->writer_count) {
            st = efti_fail(err, EFT_E_INTERNAL, EFT_NO_OFFSET,
                           "a record has a writer that the tally does not know");
            break;
        }
        if ((f->records[i].flags & NOT_COUNTED) == 0) {
            at.items[f->records[i].writer + 1]++;
            j->order.count++;
        }
    }
    for (uint32_t w = 0; w < f->writer_count; w++)
        at.items[w + 1] += at.items[w];
    for (uint32_t i = 0; st == EFT_OK && i < f->record_count; i++) {
        if ((f->records[i].flags & NOT_COUNTED) == 0)
            j->order.items[at.items[f->records[i].writer]++] = i;
    }
    EFTI_ARRAY_FREE(j->mem, &at);
    return st;
}

/* One theme of a record; a polarity that was named before is not counted again. */
static void
base_theme(struct release_job *j, const struct efti_record_view *r, uint32_t i,
           struct release_builder *b)
{
    const struct efti_theme_count *t = &r->themes[i];
    bool same = false, any = t->polarity == EFTI_UNCERTAIN;

    for (uint32_t k = 0; k < i; k++) {
        const struct efti_theme_count *before = &r->themes[k];
        if (before->theme != t->theme || before->hits == 0)
            continue;
        same = same || before->polarity == t->polarity;
        any = any || before->polarity != EFTI_UNCERTAIN;
    }
    efti_builder_add(b, efti_base_hits(j, t->theme, t->polarity), t->hits);
    if (t->polarity != EFTI_UNCERTAIN)
        efti_builder_add(b, efti_base_hits(j, t->theme, RELEASE_ANY), t->hits);
    if (!same)
        efti_builder_add(b, efti_base_theme(j, t->theme, t->polarity), t->hits > 0);
    if (!any)
        efti_builder_add(b, efti_base_theme(j, t->theme, RELEASE_ANY), t->hits > 0);
}

static void
base_labels(struct release_job *j, const struct efti_record_view *r,
            struct release_builder *b)
{
    for (uint32_t role = 0; role < EFTI_LABEL_FACET0 + j->f->settings.facet_count;
         role++) {
        if (role == EFTI_LABEL_TAG)
            continue;
        uint32_t label = efti_record_label(r, role);
        efti_builder_add(
            b, label == EFTI_NO_ID ? efti_base_none(j, role) : efti_base_label(j, label),
            1);
    }
    for (uint32_t i = 0; i < r->tag_count; i++) {
        bool same = false;
        for (uint32_t k = 0; k < i && !same; k++)
            same = r->tags[k] == r->tags[i];
        efti_builder_add(b, efti_base_label(j, r->tags[i]), !same);
    }
}

static void
base_emit(void *user, const struct efti_record_view *r, struct release_builder *b)
{
    struct release_job *j = user;

    efti_builder_add(b, RELEASE_BASE_POPULATION, 1);
    efti_builder_add(b, RELEASE_BASE_FEELING, r->has_feeling);
    efti_builder_add(b, RELEASE_BASE_BELOW, efti_feels_below(j, r));
    efti_builder_add(b, RELEASE_BASE_ABOVE, efti_feels_above(j, r));
    for (uint32_t c = 0; c < EFTI_CATEGORY_COUNT; c++)
        efti_builder_add(b, RELEASE_BASE_CATEGORY + c, (r->categories >> c) & 1u);
    for (uint32_t i = 0; i < r->theme_count; i++) {
        if (r->themes[i].polarity < EFTI_POLARITY_COUNT)
            base_theme(j, r, i, b);
    }
    base_labels(j, r, b);
    j->tokens += r->tokens;
    j->sentences += r->sentences;
}

eft_status
efti_job_sums(struct release_job *j, eft_error *err)
{
    size_t writers = j->f->writer_count;

    j->sum.items = NULL;
    j->touched.items = NULL;
    j->sum.capacity = j->touched.capacity = j->touched.count = 0;
    if (!RELEASE_ARRAY_MAKE(j->mem, &j->sum, writers) ||
        !EFTI_ARRAY_RESERVE(j->mem, &j->touched, writers))
        return efti_no_memory(err, "the writers of a release");
    if (writers > 0)
        memset(j->sum.items, 0, writers * sizeof(*j->sum.items));
    return EFT_OK;
}

void
efti_job_sums_free(struct release_job *j)
{
    EFTI_ARRAY_FREE(j->mem, &j->sum);
    EFTI_ARRAY_FREE(j->mem, &j->touched);
}

static eft_status
make_scratch(struct release_job *j, eft_error *err)
{
    struct release_set all = efti_base_set(j, RELEASE_BASE_POPULATION);
    size_t writers = j->f->writer_count;

    if (!RELEASE_ARRAY_MAKE(j->mem, &j->by_size, all.count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &j->of_writer, writers) ||
        !RELEASE_ARRAY_MAKE(j->mem, &j->theme_shown, j->f->theme_count) ||
        !RELEASE_ARRAY_MAKE(j->mem, &j->term_shown, j->f->term_count))
        return efti_no_memory(err, "the writers of a release");
    if (writers > 0)
        memset(j->of_writer.items, 0, writers * sizeof(*j->of_writer.items));
    if (j->theme_shown.count > 0)
        memset(j->theme_shown.items, 0, j->theme_shown.count);
    if (j->term_shown.count > 0)
        memset(j->term_shown.items, 0, j->term_shown.count);
    efti_order_by_size(all, j->by_size.items);
    efti_order_by_writer(all, j->of_writer.items);
    return EFT_OK;
}

static eft_status
make_roles(struct release_job *j, eft_error *err)
{
    static const char *const words[] = {"unit", "assignment", "tag"};
    uint32_t count = EFTI_LABEL_FACET0 + j->f->settings.facet_count;
    eft_status st = EFT_OK;

    if (!RELEASE_ARRAY_MAKE(j->mem, &j->roles, count))
        return efti_no_memory(err, "the labels of a release");
    memset(j->roles.items, 0, count * sizeof(*j->roles.items));
    for (uint32_t role = 0; role < count && st == EFT_OK; role++) {
        struct release_role *r = &j->roles.items[role];
        r->role = role;
        if (role < EFTI_LABEL_FACET0) {
            r->word = words[role];
            r->name = (eft_text){r->word, strlen(r->word)};
        } else {
            r->name = j->f->settings.facet_names[role - EFTI_LABEL_FACET0];
        }
        st = efti_role_make(j, r, err);
    }
    return st;
}

/* How many writers there are, if each has one text; else 0. */
static uint64_t
writers_of_one_text(const struct release_job *j)
{
    struct release_set all = efti_base_set(j, RELEASE_BASE_POPULATION);
    uint64_t writers = 0;

    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].writer == j->f->no_writer)
            continue;
        if (all.items[i].count > 1)
            return 0;
        writers++;
    }
    return writers;
}

eft_status
efti_job_open(struct release_job *j, eft_error *err)
{
    eft_status st;

    j->gate = j->o->gate;
    j->z = efti_normal_quantile(0.975);
    if ((st = order_records(j, err)) != EFT_OK)
        return st;
    size_t sets = efti_base_label(j, j->f->label_count);
    if ((st = efti_sets_build(j, sets, base_emit, j, &j->base, err)) != EFT_OK ||
        (st = efti_job_sums(j, err)) != EFT_OK || (st = make_scratch(j, err)) != EFT_OK)
        return st;
    j->population = efti_set_cell(efti_base_set(j, RELEASE_BASE_POPULATION));
    j->feelings = efti_set_cell(efti_base_set(j, RELEASE_BASE_FEELING));
    j->open = efti_gate_passes(&j->gate, &j->population);
    j->no_inference = j->o->no_inference ? "not asked for"
                      : !efti_has_gsl()  ? "built without GSL"
                      : !j->f->settings.writer_column && !j->o->one_text_per_writer
                          ? "no column of writers"
                          : NULL;
    j->one_text = writers_of_one_text(j);
    if ((st = efti_periods_make(j, err)) != EFT_OK)
        return st;
    if ((st = make_roles(j, err)) != EFT_OK ||
        (st = efti_assignments_order(j, err)) != EFT_OK)
        return st;
    return efti_filters_make(j, err);
}

void
efti_job_close(struct release_job *j)
{
    EFTI_ARRAY_FREE(j->mem, &j->order);
    efti_sets_free(j->mem, &j->base);
    EFTI_ARRAY_FREE(j->mem, &j->by_size);
    EFTI_ARRAY_FREE(j->mem, &j->of_writer);
    efti_job_sums_free(j);
    for (size_t i = 0; i < j->roles.count; i++)
        efti_role_free(j->mem, &j->roles.items[i]);
    EFTI_ARRAY_FREE(j->mem, &j->roles);
    efti_role_free(j->mem, &j->period);
    efti_filters_free(j);
    EFTI_ARRAY_FREE(j->mem, &j->tests);
    EFTI_ARRAY_FREE(j->mem, &j->theme_shown);
    EFTI_ARRAY_FREE(j->mem, &j->term_shown);
}
