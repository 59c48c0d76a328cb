/*
 * where.c - the conditions of a filter, as the user writes them, asked of each record
 *
 *     filter    = condition { " & " condition }
 *     condition = name "=" value { "|" value }      unit, assignment or a facet
 *               | "time=" [ date ] ".." [ date ]    from and to, both included
 *               | "time=" date
 *     date      = yyyy | yyyy-mm | yyyy-mm-dd       a year or month is all of its days
 *
 * Swedish names do as well: enhet, uppdrag, tid. A value is compared as a label is: NFC,
 * trimmed, hashed under the key of the plan, so that a hidden label can be asked for too.
 * Conditions are put in order of bytes: the same filter has one spelling.
 */
#include "pipeline/pipeline.h"

#include "read/read.h"
#include "text/unicode.h"

#define MOST_FILTER 400 /* bytes */
#define MOST_SHOWN 60   /* bytes of a condition, in a message */

struct condition {
    uint32_t role; /* of a label; or CONDITION_TIME */
    eft_text values;
    int32_t first, last; /* days */
};
#define CONDITION_TIME UINT32_MAX

/* The first place in a condition that cannot be meant so, and what should be there. */
static eft_status
bad_condition(eft_text condition, const char *at, const char *expected, eft_error *err)
{
    const size_t place = at == NULL ? 0 : (size_t)(at - condition.bytes);
    const size_t shown = efti_utf8_valid_prefix(
        condition.bytes, condition.size < MOST_SHOWN ? condition.size : MOST_SHOWN);

    return efti_fail(err, EFT_E_RANGE, place, "the filter %.*s%s, character %zu: %s",
                     (int)shown, condition.size == 0 ? "" : condition.bytes,
                     shown < condition.size ? "..." : "",
                     efti_utf8_length(condition.bytes, place) + 1, expected);
}

/* yyyy, yyyy-mm or yyyy-mm-dd: its first and last day. */
static bool
parse_date(eft_text t, int32_t *first, int32_t *last)
{
    int part[3] = {0, 0, 0}, digits[3] = {0, 0, 0}, at = 0;

    for (size_t i = 0; i < t.size; i++) {
        if (t.bytes[i] == '-' && at < 2) {
            at++;
            continue;
        }
        if (t.bytes[i] < '0' || t.bytes[i] > '9' || digits[at] == (at == 0 ? 4 : 2))
            return false;
        part[at] = part[at] * 10 + (t.bytes[i] - '0');
        digits[at]++;
    }
    if (digits[0] != 4 || (at >= 1 && digits[1] != 2) || (at == 2 && digits[2] != 2))
        return false;
    int month = at >= 1 ? part[1] : 1, day = at == 2 ? part[2] : 1;
    *first = efti_day_of(part[0], month, day);
    *last = *first;
    if (*first == EFTI_NO_DAY)
        return false;
    if (at == 1 && month < 12)
        *last = efti_day_of(part[0], month + 1, 1) - 1;
    else if (at < 2)
        *last = efti_day_of(part[0], 12, 31);
    return true;
}

/* NULL: fine; else the date that is none, or the first behind the last. */
static const char *
parse_time(eft_text t, struct condition *out)
{
    int32_t unused;

    *out = (struct condition){
        .role = CONDITION_TIME, .first = INT32_MIN + 1, .last = INT32_MAX};
    for (size_t i = 0; i + 1 < t.size; i++) {
        if (t.bytes[i] != '.' || t.bytes[i + 1] != '.')
            continue;
        eft_text from = {t.bytes, i}, to = {t.bytes + i + 2, t.size - i - 2};
        if ((from.size == 0 && to.size == 0) ||
            (from.size > 0 && !parse_date(from, &out->first, &unused)))
            return from.bytes;
        if ((to.size > 0 && !parse_date(to, &unused, &out->last)) ||
            out->first > out->last)
            return to.bytes;
        return NULL;
    }
    return parse_date(t, &out->first, &out->last) ? NULL : t.bytes;
}

static bool
is_where_name(eft_text t, const char *a, const char *b)
{
    return efti_equal(t.bytes, t.size, a, strlen(a)) ||
           efti_equal(t.bytes, t.size, b, strlen(b));
}

static eft_status
parse_condition(const struct efti_tally_settings *s, eft_text t, struct condition *out,
                eft_error *err)
{
    const char *at, *eq = t.size == 0 ? NULL : memchr(t.bytes, '=', t.size);
    size_t n = eq == NULL ? 0 : (size_t)(eq - t.bytes);
    eft_text name = {t.bytes, n};

    if (eq == NULL)
        return bad_condition(t, t.bytes + t.size,
                             "a condition is written NAME=value, as unit=Norr", err);
    if (n == 0)
        return bad_condition(t, t.bytes,
                             "unit, assignment, time or a facet goes before the =", err);
    if (n + 1 == t.size)
        return bad_condition(t, eq + 1, "a value was expected behind the =", err);
    eft_text value = {eq + 1, t.size - n - 1};
    if (is_where_name(name, "time", "tid"))
        return (at = parse_time(value, out)) == NULL
                   ? EFT_OK
                   : bad_condition(t, at,
                                   "a date was expected, 2024, 2024-01 or 2024-01-31, "
                                   "or two with .. between, the earlier one first",
                                   err);
    *out = (struct condition){.role = EFTI_LABEL_UNIT, .values = value};
    if (is_where_name(name, "unit", "enhet"))
        return EFT_OK;
    out->role = EFTI_LABEL_ASSIGNMENT;
    if (is_where_name(name, "assignment", "uppdrag"))
        return EFT_OK;
    for (uint32_t i = 0; i < s->facet_count; i++) {
        out->role = EFTI_LABEL_FACET0 + i;
        if (efti_equal(name.bytes, n, s->facet_names[i].bytes, s->facet_names[i].size))
            return EFT_OK;
    }
    return bad_condition(t, t.bytes,
                         "the data have no such category; a filter asks for unit, "
                         "assignment, time or a facet",
                         err);
}

/* -------------------------------------------------------------------- masks */

/* The domain of a label's hash, as when it was counted (observe.c). */
static void
domain_of(const struct efti_tally_settings *s, uint32_t role, char out[80])
{
    static const char unit[] = "unit", assignment[] = "assignment";

    if (role == EFTI_LABEL_UNIT)
        memcpy(out, unit, sizeof(unit));
    if (role == EFTI_LABEL_ASSIGNMENT)
        memcpy(out, assignment, sizeof(assignment));
    if (role < EFTI_LABEL_FACET0)
        return;
    eft_text facet = s->facet_names[role - EFTI_LABEL_FACET0];
    size_t n = facet.size < 72 ? facet.size : 72;
    memcpy(out, "facet:", 6);
    memcpy(out + 6, facet.bytes, n);
    out[6 + n] = '\0';
}

/* Labels with this value become 1. */
static eft_status
mark_value(struct efti_worker *w, const struct efti_frozen *f, const struct condition *c,
           eft_text value, uint8_t *labels, eft_error *err)
{
    struct efti_bytes normal;
    struct efti_id hash;
    char domain[80];

    domain_of(&f->settings, c->role, domain);
    efti_bytes_init(&normal, w->mem);
    eft_status st = efti_label_identity(w, domain, value, &normal, &hash, err);
    for (uint32_t i = 0; i < f->label_count && st == EFT_OK; i++) {
        if (f->labels[i].role == c->role && efti_id_equal(&f->labels[i].hash, &hash))
            labels[i] = 1;
    }
    efti_bytes_free(&normal);
    return st;
}

static eft_status
mark_labels(struct efti_worker *w, const struct efti_frozen *f, const struct condition *c,
            uint8_t *labels, eft_error *err)
{
    eft_text left = c->values;
    eft_status st = EFT_OK;

    memset(labels, 0, f->label_count + 1u);
    while (left.size > 0 && st == EFT_OK) {
        const char *bar = memchr(left.bytes, '|', left.size);
        size_t n = bar == NULL ? left.size : (size_t)(bar - left.bytes);
        st = mark_value(w, f, c, (eft_text){left.bytes, n}, labels, err);
        left.bytes += bar == NULL ? n : n + 1;
        left.size -= bar == NULL ? n : n + 1;
    }
    return st;
}

static bool
meets(const struct efti_record_view *r, const struct condition *c, const uint8_t *labels)
{
    if (c->role == CONDITION_TIME)
        return r->day != EFTI_NO_DAY_VALUE && r->day >= c->first && r->day <= c->last;
    uint32_t label = c->role == EFTI_LABEL_UNIT ? r->unit
                     : c->role == EFTI_LABEL_ASSIGNMENT
                         ? r->assignment
                         : r->facets[c->role - EFTI_LABEL_FACET0];
    return label != EFTI_NO_ID && labels[label] != 0;
}

static eft_status
apply_condition(struct efti_worker *w, const struct efti_frozen *f, eft_text text,
                uint8_t *mask, uint8_t *labels, eft_error *err)
{
    struct condition c = {0};
    eft_status st = parse_condition(&f->settings, text, &c, err);

    if (st == EFT_OK && c.role != CONDITION_TIME)
        st = mark_labels(w, f, &c, labels, err);
    for (uint32_t i = 0; i < f->record_count && st == EFT_OK; i++) {
        if (mask[i] != 0 && !meets(&f->records[i], &c, labels))
            mask[i] = 0;
    }
    return st;
}

/* The first condition of `filter`; what is behind its " & " is left in it. */
static eft_text
next_condition(eft_text *filter)
{
    eft_text all = *filter;

    for (size_t i = 0; i + 3 <= all.size; i++) {
        if (memcmp(all.bytes + i, " & ", 3) != 0)
            continue;
        *filter = (eft_text){all.bytes + i + 3, all.size - i - 3};
        return (eft_text){all.bytes, i};
    }
    *filter = (eft_text){all.bytes + all.size, 0};
    return all;
}

eft_status
efti_where_mask(void *user, const struct efti_frozen *f, eft_text filter, uint8_t *mask,
                eft_error *err)
{
    struct efti_worker *w = user;
    eft_status st = EFT_OK;

    uint8_t *labels = efti_alloc(w->mem, f->label_count + 1u);
    if (labels == NULL)
        return efti_no_memory(err, "a filter");
    memset(mask, 1, f->record_count);
    while (filter.size > 0 && st == EFT_OK)
        st = apply_condition(w, f, next_condition(&filter), mask, labels, err);
    efti_release(w->mem, labels, f->label_count + 1u);
    return st;
}

/* ------------------------------------------------------------------ spelling */

static int
by_condition(const void *a, const void *b, void *user)
{
    const eft_text *x = a, *y = b;

    (void)user;
    return efti_compare(x->bytes, x->size, y->bytes, y->size);
}

eft_status
efti_where_spell(const eft_allocator *mem, const eft_text *conditions, size_t count,
                 struct efti_bytes *out, eft_error *err)
{
    size_t total = 0;

    if (count == 0)
        return EFT_OK;
    eft_text *sorted = efti_zalloc(mem, count, sizeof(*sorted));
    if (sorted == NULL)
        return efti_no_memory(err, "a filter");
    bool readable = true, empty = false;
    for (size_t i = 0; i < count; i++) {
        readable =
            readable && efti_utf8_valid_prefix(conditions[i].bytes, conditions[i].size) ==
                            conditions[i].size;
        empty = empty || conditions[i].size == 0;
        sorted[i] = conditions[i];
        total += conditions[i].size + 3;
    }
    if (!readable) { /* there may be a size and no bytes */
        efti_release(mem, sorted, count * sizeof(*sorted));
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a filter must be written in UTF-8");
    }
    efti_sort(sorted, count, sizeof(*sorted), by_condition, NULL);
    for (size_t i = 0; i < count && total <= MOST_FILTER; i++) {
        if (i > 0)
            efti_put_text(out, " & ");
        efti_put(out, sorted[i].bytes, sorted[i].size);
    }
    efti_release(mem, sorted, count * sizeof(*sorted));
    if (empty)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a filter asks for nothing");
    if (total > MOST_FILTER)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "a filter has at most %d bytes",
                         MOST_FILTER);
    return out->failed ? efti_no_memory(err, "a filter") : EFT_OK;
}
