/*
 * internal.h - what the files of this room share
 *
 * One idea carries the room: a *set* is a list of (writer, count), rising by writer, that
 * says how much of something each writer has. Population, labels, themes and every cell
 * are sets; cells for the gate, rests and unions follow from them.
 *
 *     job ── base sets ── roles (which labels are printed) ── a family of sets per table
 */
#ifndef EFTI_RELEASE_INTERNAL_H
#define EFTI_RELEASE_INTERNAL_H

#include "discover/discover.h"
#include "match/match.h"
#include "release/history.h"
#include "release/release.h"
#include "stats/association.h"
#include "stats/cluster.h"
#include "veil/veil.h"

#include <sys/types.h>

/* The array gets `n` items of any content. */
#define RELEASE_ARRAY_MAKE(mem, a, n)                                                    \
    (EFTI_ARRAY_RESERVE(mem, a, n) ? ((a)->count = (n), true) : false)

struct release_share {
    uint32_t writer, count;
};
struct release_set {
    const struct release_share *items;
    size_t count;
};
/** What of a set was not yet in an earlier release (history.h). */
struct release_fresh {
    uint64_t count;
    uint32_t writers;
};
struct release_sets {
    EFTI_ARRAY(size_t) start; /* one more than sets */
    EFTI_ARRAY(struct release_share) shares;
    EFTI_ARRAY(struct release_fresh) fresh;
};

/** One label that may be printed, or the pool. */
struct release_slot {
    eft_text name;
    uint32_t label; /* EFTI_NO_ID: the pool `other`, or no label */
    bool printed;   /* has rows; false: the records without a label */
    bool shown; /* its population passes; only the pool can be printed and not shown */
};
/** Unit, assignment, tag or a facet: which of its labels stand in tables. */
struct release_role {
    uint32_t role;
    const char *word; /* "unit", "assignment", "tag"; NULL: a facet */
    eft_text name;    /* scope in overview */
    EFTI_ARRAY(struct release_slot) slots; /* by name, then other, then no label */
    EFTI_ARRAY(uint32_t) slot_of;          /* per label - first */
    EFTI_ARRAY(eft_text) names;            /* the same; of pooled ones too */
    uint32_t first, count;                 /* labels of this role in the tally */
    uint32_t none_slot;                    /* of records without a label; EFTI_NO_ID */
    EFTI_ARRAY(uint32_t) place; /* of assignments, by slot: 0 is the first; EFTI_NO_ID */
    uint32_t places;            /* 0: they have no order */
    const uint8_t *mask;        /* RELEASE_FILTER: of each record, does it meet it? */
    uint64_t left_out, pulled;  /* labels without a row; of these, only to hide others */
};

/** A test over a whole table: a row of `tests`. */
struct release_test {
    const char *table, *test, *null, *note; /* literals, or of the results' arena */
    eft_text subject, at;
    double value, p; /* NaN: none */
};

/* A term that is shown, and one that is known to be its own label (efti_term_label). */
enum { RELEASE_TERM_SHOWN = 1, RELEASE_TERM_OWN_LABEL = 2 };

struct release_job {
    const eft_allocator *mem;
    const struct efti_frozen *f;
    const struct efti_release_options *o;
    struct efti_gate gate;
    struct eft_results *results;
    double z; /* of a 95 % interval */

    EFTI_ARRAY(uint32_t) order; /* records of the population, by writer */
    struct release_sets base;
    bool open; /* the population passes; else nothing is shown */
    struct efti_cell population, feelings;
    uint64_t tokens, sentences;
    EFTI_ARRAY(uint32_t) by_size;   /* indexes into the population's set, largest first */
    EFTI_ARRAY(uint32_t) of_writer; /* of each, in the population */
    EFTI_ARRAY(uint64_t) sum;       /* per writer; all zero between uses */
    EFTI_ARRAY(uint32_t) touched;
    EFTI_ARRAY(struct release_role) roles; /* unit, assignment, tag, facets */
    EFTI_ARRAY(uint8_t) theme_shown;       /* row 'any' of `themes` */
    EFTI_ARRAY(uint8_t) term_shown;        /* RELEASE_TERM_* */
    struct release_role period;            /* no slots: none passes */
    int64_t period_first;                  /* number of the first one, see periods.c */
    const char *no_inference;              /* why; NULL: there is */
    uint64_t one_text; /* writers, if each has one text and so they are exchanged; or 0 */
    EFTI_ARRAY(struct release_role) filters; /* slots: it is met, it is not */
    uint64_t base_release; /* fresh: not in it nor before; 0: nobody asks */
    EFTI_ARRAY(struct release_test) tests;
};

/** Sums of its own, for a copy that works beside the one it was copied from: all else is
 *  read by both. (A copy makes no tests.) */
eft_status efti_job_sums(struct release_job *j, eft_error *err);
void efti_job_sums_free(struct release_job *j);

/* ------------------------------------------------------------- cells.c: sets */

struct release_builder;
/** `count` (0: nothing) more of set `set` for the writer of the record at hand. */
void efti_builder_add(struct release_builder *b, size_t set, uint32_t count);
typedef void (*release_emit)(void *user, const struct efti_record_view *r,
                             struct release_builder *b);
/** One pass over the population, writer by writer. */
eft_status efti_sets_build(struct release_job *j, size_t set_count, release_emit emit,
                           void *user, struct release_sets *out, eft_error *err);
void efti_sets_free(const eft_allocator *mem, struct release_sets *s);
static inline struct release_set
efti_set_at(const struct release_sets *s, size_t i)
{
    size_t from = s->start.items[i], to = s->start.items[i + 1];

    /* no pointer arithmetic on the NULL of an empty array */
    if (from == to)
        return (struct release_set){NULL, 0};
    return (struct release_set){s->shares.items + from, to - from};
}

struct efti_cell efti_set_cell(struct release_set s);
/** The cell of `whole` without `part`. */
struct efti_cell efti_set_rest(struct release_set whole, struct release_set part);
/** Indexes into a set, the largest share first; as many as it has. */
void efti_order_by_size(struct release_set all, uint32_t *by_size);
/** The shares of a set by writer; zeros stay where it has none. */
void efti_order_by_writer(struct release_set all, uint32_t *of_writer);
/** `all` without `part`, in O(writers of part): `whole` is the cell of all, `by_size` and
 *  `of_writer` its orders. */
struct efti_cell efti_ordered_rest(struct release_job *j, struct release_set all,
                                   const struct efti_cell *whole, const uint32_t *by_size,
                                   const uint32_t *of_writer, struct release_set part);
/** The population without `part`, the same way. */
struct efti_cell efti_population_rest(struct release_job *j, struct release_set part);
/** Sums of sets that share no reflection: add, ask, clear. */
void efti_sum_add(struct release_job *j, struct release_set s);
struct efti_cell efti_sum_cell(const struct release_job *j);
struct efti_cell efti_sum_rest(const struct release_job *j, struct release_set whole);
void efti_sum_clear(struct release_job *j);
/** Writers of a set that take part in inference: not the one who stands for all records
 *  without a writer. */
uint64_t efti_named_writers(const struct release_job *j, struct release_set s);
/** Rule 8.6, and the population passes as well. */
bool efti_job_shows(const struct release_job *j, const struct efti_cell *cell,
                    const struct efti_cell *rests, size_t rest_count);

/* ------------------------------------------------------------ job.c: the base */

enum release_polarity {                                    /* sets of themes */
                        RELEASE_ANY = EFTI_POLARITY_COUNT, /* affirmed or negated */
                        RELEASE_POLARITIES
};
/** Sets of job->base: these, then themes by polarity, their hits, the records without a
 *  label of each role, and the labels. */
enum {
    RELEASE_BASE_POPULATION,
    RELEASE_BASE_FEELING,  /* with a feeling */
    RELEASE_BASE_BELOW,    /* with one below the top of the scale */
    RELEASE_BASE_ABOVE,    /* with one above its bottom */
    RELEASE_BASE_CATEGORY, /* + category of identifiers */
    RELEASE_BASE_THEME = RELEASE_BASE_CATEGORY + EFTI_CATEGORY_COUNT
};
static inline size_t
efti_base_theme(const struct release_job *j, uint32_t theme, int polarity)
{
    return RELEASE_BASE_THEME + (size_t)polarity * j->f->theme_count + theme;
}
static inline size_t
efti_base_hits(const struct release_job *j, uint32_t theme, int polarity)
{
    return efti_base_theme(j, theme, RELEASE_POLARITIES + polarity);
}
static inline size_t
efti_base_none(const struct release_job *j, uint32_t role)
{
    return efti_base_theme(j, 0, 2 * RELEASE_POLARITIES) + role;
}
static inline size_t
efti_base_label(const struct release_job *j, uint32_t label)
{
    return efti_base_none(j, EFTI_LABEL_FACET0 + j->f->settings.facet_count) + label;
}
static inline struct release_set
efti_base_set(const struct release_job *j, size_t set)
{
    return efti_set_at(&j->base, set);
}
/** Order of records, base sets, roles. The job is zero but for mem, f, o and results. */
eft_status efti_job_open(struct release_job *j, eft_error *err);
void efti_job_close(struct release_job *j);

/* ----------------------------------------------------- labels.c: what is printed */

/** Names, gate and pool of one role (`role` is set, all else zero). */
eft_status efti_role_make(struct release_job *j, struct release_role *r, eft_error *err);
void efti_role_free(const eft_allocator *mem, struct release_role *r);
/** Label of a record that partitions (not a tag); EFTI_NO_ID: none. */
uint32_t efti_record_label(const struct efti_record_view *r, uint32_t role);
/** The slot of a record's label (EFTI_NO_ID: it has none), or EFTI_NO_ID. */
static inline uint32_t
efti_label_slot(const struct release_role *r, uint32_t label)
{
    return label == EFTI_NO_ID ? r->none_slot : r->slot_of.items[label - r->first];
}

/* -------------------------------------------------------- suppress.c: rule 8.8 */

struct release_part {
    struct release_set set;
    eft_text name;
    uint32_t writers;
    bool printed; /* false: no row, but the sum holds it */
    bool hidden;
};
/** One-way: hide further parts of a shown sum. Returns how many. */
uint64_t efti_suppress(struct release_job *j, struct release_part *parts, size_t count);

/* ---------------------------------------------------------- rows.c: values */

/** Labels of a theme by its index; NULL: the lexicon was not told. */
const struct efti_theme_name *efti_theme_name_of(const struct release_job *j,
                                                 uint32_t theme);
/** shown 1, reflections, writers. `exact`: cell and rests have at least k writers. */
void efti_row_cell(const struct release_job *j, struct eft_table *t,
                   const struct efti_cell *cell, bool exact);
/** Tell the row what of its set is fresh. */
static inline void
efti_row_fresh(struct eft_table *t, const struct release_sets *s, size_t set)
{
    efti_table_mark(t, s->fresh.items[set].count, s->fresh.items[set].writers);
}
bool efti_writers_exact(const struct release_job *j, const struct efti_cell *cell,
                        const struct efti_cell *rests, size_t rest_count);
/** shown 0, counted as hidden. */
void efti_row_hidden(struct eft_table *t);
void efti_row_share(struct eft_table *t, const char *column, uint64_t part,
                    uint64_t whole);
/** writer_share with its interval; nothing when there is no writer with a name. */
eft_status efti_row_wilson(const struct release_job *j, struct eft_table *t,
                           struct release_set part, struct release_set whole,
                           eft_error *err);
struct efti_contingency efti_pair_contingency(const struct efti_cell *cell,
                                              const struct efti_cell *rest_a,
                                              const struct efti_cell *rest_b, uint64_t n);
/** `apart`: what is counted does not overlap, as windows do; else no exact test. */
eft_status efti_row_measures(struct eft_table *t, const struct efti_contingency *c,
                             bool apart, eft_error *err);
/** Name a table as missing; `name` is a literal. */
eft_status efti_table_missing(struct release_job *j, const char *name, eft_error *err);
/** The end of every table: hidden cells are added up. */
eft_status efti_table_end(struct release_job *j, struct eft_table *t, eft_error *err);

/** Sets of a family that feelings are judged by: a run of each kind, one set for each of
 *  what they are asked of. */
struct release_felt {
    size_t whole, with;  /* reflections; of these, with a feeling */
    size_t below, above; /* of these, below the top of the scale; above its bottom */
};
/** The last two of a record. */
static inline bool
efti_feels_below(const struct release_job *j, const struct efti_record_view *r)
{
    return r->has_feeling && r->feeling < j->f->settings.feeling_high;
}
static inline bool
efti_feels_above(const struct release_job *j, const struct efti_record_view *r)
{
    return r->has_feeling && r->feeling > j->f->settings.feeling_low;
}
/** Has the scale two steps? Then number and mean say how many are at each. */
bool efti_feeling_is_yes_no(const struct release_job *j);
/** What may be told of the feelings of `whole`, of which `with` have one, `below` one
 *  below the top of the scale, `above` one above its bottom. */
struct release_feeling efti_feeling_gate(struct release_job *j, struct release_set whole,
                                         struct release_set with,
                                         struct release_set below,
                                         struct release_set above, bool is_population);
/** The same for each slot of a role (`out`, by slot); which counts are exact is settled
 *  over all of them where they add up. Sets of slot i are i behind those of `at`. */
eft_status efti_role_feelings(struct release_job *j, const struct release_role *role,
                              const struct release_sets *sets,
                              const struct release_felt *at, struct release_feeling *out,
                              eft_error *err);
/** Is there a mean to tell: does it not say what all but few felt? */
bool efti_mean_is_told(const struct release_job *j, const struct release_feeling *feeling,
                       double sum);
/** Steps to the unit that a mean of n is rounded to when n is not told. */
double efti_mean_parts(uint64_t n);
/** Rounded unless the count is told; left out when it says what all but few felt. */
void efti_row_mean(const struct release_job *j, struct eft_table *t, const char *column,
                   const struct release_feeling *feeling, double sum);

struct release_feeling {
    struct efti_cell cell;
    bool shown; /* the cell (with a feeling) and the rest over the other condition pass */
    bool exact; /* and so do those without a feeling, or there are none at all */
    bool mean;  /* those below the top and those above the bottom pass too */
};
/** tag_means.c: take the mean from each tag whose texts differ from those of an
 * assignment or another tag, or of all but these, by what does not pass. */
eft_status efti_tag_means(const struct release_job *j, const struct release_role *tags,
                          struct release_feeling *of, eft_error *err);
/* ------------------------------------------------------ inference.c: by writer */

/** share_low, share_high. */
void efti_row_share_interval(const struct release_job *j, struct eft_table *t,
                             struct release_set part, struct release_set whole);
/** Two ends, rounded outwards to `parts` to the unit; nothing where one is NaN. */
void efti_row_interval(struct eft_table *t, const char *low_column,
                       const char *high_column, double low, double high, double parts);
/** Two significant digits; NaN: nothing. */
void efti_row_p(struct eft_table *t, const char *column, double p);
/** Reflections of a label that have something, against the same writers' others. */
struct efti_within efti_within_of(const struct release_job *j, struct release_set label,
                                  struct release_set what, struct release_set both);

/** A mean by writer: fed record by record, all of a writer together. */
struct release_mean {
    struct efti_ratio ratio;
    double sum, n; /* of the writer at hand */
    uint32_t writer;
};
void efti_mean_add(const struct release_job *j, struct release_mean *m, uint32_t writer,
                   double value);
/** Its interval, where the mean itself is told exactly (rows.c). */
void efti_row_mean_interval(const struct release_job *j, struct eft_table *t,
                            const char *low_column, const char *high_column,
                            const struct release_feeling *feeling, double sum,
                            struct release_mean *m);

/** Remember a test; the family is its table and test. */
eft_status efti_test_add(struct release_job *j, const struct release_test *t,
                         eft_error *err);

/* --------------------------------------------------------- periods.c: over time */

#define RELEASE_PERIOD UINT32_MAX /* in the place of a role of labels */
/** j->period: the finest periods that pass, or no slots. */
eft_status efti_periods_make(struct release_job *j, eft_error *err);
#define RELEASE_FILTER (UINT32_MAX - 1) /* and in that of a filter */
/** j->filters: those of earlier releases, then those that are asked for (where.c). */
eft_status efti_filters_make(struct release_job *j, eft_error *err);
void efti_filters_free(struct release_job *j);
/**
 * May theme cells of a filter be told beside those of another set of reflections that is?
 * Then what is in one and not in the other is nothing, or passes by itself, with the
 * theme and without it. Sets of reflections: `a` and `b`, and what is in `both`.
 */
eft_status efti_far_apart(struct release_job *j, struct release_set a,
                          struct release_set b, struct release_set both, bool *far,
                          eft_error *err);
/** The same with the theme's parts of the three. */
eft_status efti_theme_far_apart(struct release_job *j, const struct release_set all[3],
                                const struct release_set theme[3], bool *far,
                                eft_error *err);
/** And what is in both is nothing or passes; `theme`, its part with a theme,
 *  may be NULL. */
bool efti_common_passes(const struct release_job *j, struct release_set both,
                        const struct release_set *theme);
/** order.c: places of the assignments. */
eft_status efti_assignments_order(struct release_job *j, eft_error *err);
/** EFTI_NO_ID: no day, or no periods. */
uint32_t efti_period_slot(const struct release_job *j, const struct efti_record_view *r);

/** Has the record an affirmed or negated hit of the theme? (crossed.c) */
bool efti_record_has(const struct efti_record_view *r, uint32_t theme);
/** Slot of a record in a partition: labels or periods. */
static inline uint32_t
efti_record_slot(const struct release_job *j, const struct release_role *role,
                 const struct efti_record_view *r)
{
    if (role->role == RELEASE_FILTER)
        return role->mask[r - j->f->records] != 0 ? 0 : 1;
    return role->role == RELEASE_PERIOD
               ? efti_period_slot(j, r)
               : efti_label_slot(role, efti_record_label(r, role->role));
}

/** "themes_by_" or "keyness_by_" and the slug of a facet, not taken yet, with NUL. */
eft_status efti_facet_table_name(const struct release_job *j, const char *stem,
                                 eft_text facet, struct efti_bytes *b, eft_error *err);

/* ------------------------------------------------------------------- tables */

eft_status efti_release_overview(struct release_job *j, eft_error *err);
eft_status efti_release_themes(struct release_job *j, eft_error *err);
eft_status efti_release_crossed(struct release_job *j, eft_error *err);
eft_status efti_release_feelings(struct release_job *j, eft_error *err);
eft_status efti_release_terms(struct release_job *j, eft_error *err);
/** keyness_by_<facet>, and dispersion; after terms. */
eft_status efti_release_words(struct release_job *j, eft_error *err);
eft_status efti_release_dispersion(struct release_job *j, eft_error *err);
eft_status efti_release_readability(struct release_job *j, eft_error *err);
/** Last: tests of all tables. */
eft_status efti_release_tests(struct release_job *j, eft_error *err);
eft_status efti_release_term_pairs(struct release_job *j, const struct efti_term_pairs *p,
                                   eft_error *err);
/** Of notes only. After themes. */
eft_status efti_release_votes(struct release_job *j, eft_error *err);
/** Of notes only. Last of the tables with counts: hold.c keeps it if any row is kept. */
eft_status efti_release_notes(struct release_job *j, eft_error *err);
eft_status efti_release_theme_pairs(struct release_job *j, eft_error *err);
/* --------------------------------------------- log.c: files of whole lines, 0600 */

/** Made if it is not there, and locked until closed; -1: no plain file. */
int efti_log_open(const char *path);
/** Whole lines, and where the last one ends. */
bool efti_log_lines(int fd, uint64_t *lines, off_t *end);
/** Put whole lines at `end`, on disk; cut back on failure. */
bool efti_log_put(int fd, const struct efti_bytes *b, off_t end);
eft_status efti_log_refused(eft_error *err);

/* --------------------------------- draws.c: what was perturbed, beside the log */

/** One perturbed release, as it is kept. */
struct release_draw {
    const char *corpus; /* its fingerprint, 64 hex digits */
    uint32_t method;    /* enum efti_protect */
    uint32_t amount;
    char themes[17]; /* hash of the list, 16 hex digits */
    uint32_t budget; /* thousandths of rho, over all draws of the log */
    EFTI_ARRAY(int64_t) values;
};
/** Under the lock of `<log>.private`: give what was drawn before, or let `make` fill the
 *  values and keep them. EFT_E_REFUSED: the budget, or other perturbed counts, say no. */
typedef eft_status (*release_make_draw)(void *user, struct release_draw *d,
                                        eft_error *err);
eft_status efti_draw_once(const eft_allocator *mem, const char *log,
                          struct release_draw *d, release_make_draw make, void *user,
                          eft_error *err);
/** EFT_E_REFUSED when something was perturbed under this log. */
eft_status efti_draws_none(const eft_allocator *mem, const char *log, eft_error *err);
/** The one table of a perturbed release. */
eft_status efti_release_counts(struct release_job *j, eft_error *err);

/* ------------------------------------- network.c: graphs out of finished tables */

/** Nodes in the order of their names by bytes; borrowed from the results. */
struct release_node {
    eft_text name, label;
};
struct release_network {
    EFTI_ARRAY(struct release_node) nodes;
    EFTI_ARRAY(struct efti_edge) edges;
};
struct release_network_options {
    const char *table, *first, *second;     /* names of the node columns */
    const char *first_label, *second_label; /* NULL: the names */
    const char *weight;                     /* a column; rows above 0 are edges */
    double least_g2;                        /* and at least so far from chance */
    bool every;          /* all rows are edges, also those that repel */
    uint32_t neighbours; /* an edge is among so many strongest of
                            either of its ends; 0: no limit */
};
/** Rows within reflections that attract. No such table: no nodes. */
eft_status efti_network_read(const struct eft_results *results,
                             const struct release_network_options *o,
                             struct release_network *out, eft_error *err);
void efti_network_free(const eft_allocator *mem, struct release_network *n);
static inline struct efti_graph
efti_network_graph(const struct release_network *n)
{
    return (struct efti_graph){(uint32_t)n->nodes.count, n->edges.items, n->edges.count};
}
/** Of finished results; named as missing without igraph. */
eft_status efti_release_communities(struct eft_results *results, eft_error *err);
/** role_pairs.c; no table where no theme has a role. */
eft_status efti_release_role_pairs(struct eft_results *results,
                                   const struct efti_release_options *options,
                                   eft_error *err);
/** Of finished results; a row of `tests` says why there are none. */
eft_status efti_release_topics(struct eft_results *results, eft_error *err);

/** How a term is printed; `b` is used for what is not in the dictionary. */
eft_text efti_word_label(const struct release_job *j, eft_text term,
                         struct efti_bytes *b);
eft_text efti_term_label(const struct release_job *j, uint32_t term,
                         struct efti_bytes *b);

#endif
