/*
 * say.c - sentences: messages with their places filled, numbers with where they stand
 *
 *     "{0} reflektioner av {1} skribenter"
 *         └─ <a class="n" href="#t-overview"><data data-s="overview:0:reflections" ...>
 *
 * A number in a sentence is a link to its table, so that hand and keyboard come from what
 * is said to what it rests on. Numbers of figures, lists and sheets are no links: there
 * are hundreds of them, the table stands right after the figure, and a keyboard should
 * not have to walk through them all. The script takes a pointer from any of them to its
 * row. A screen reader says "26 %, link, to the table" (aria-describedby, one hidden
 * element).
 */
#include "report/page.h"

const char *
efti_word(const struct efti_page *p, enum efti_message m)
{
    return efti_message(p->language, m);
}

void
efti_html(struct efti_page *p, const char *literal)
{
    efti_put_text(p->out, literal);
}

void
efti_html_word(struct efti_page *p, enum efti_message m)
{
    efti_put_html(p->out, efti_text_of(efti_word(p, m)));
}

/* To the table in the page; to its file when this page has not got it. */
static void
open_link(struct efti_page *p, const eft_table *t)
{
    bool here = efti_page_has_table(p, eft_table_name(t));

    efti_html(p, here ? "<a class=\"n\" href=\"#" : "<a class=\"n\" href=\"tables/");
    if (here)
        efti_put_table_id(p, t, "");
    else
        efti_html(p, eft_table_name(t));
    efti_html(p,
              here ? "\" aria-describedby=\"tt\">" : ".csv\" aria-describedby=\"tt\">");
}

void
efti_put_value(struct efti_page *p, const eft_table *t, size_t row, const char *column,
               enum efti_number how)
{
    if (row == SIZE_MAX || !efti_shown(t, row) || !efti_has(t, row, column)) {
        efti_html(p, "<span class=\"dold\">..</span>");
        return;
    }
    if (p->linked)
        open_link(p, t);
    efti_html(p, "<data data-s=\"");
    efti_html(p, eft_table_name(t));
    efti_html(p, ":");
    efti_put_u64(p->out, row);
    efti_html(p, ":");
    efti_html(p, column);
    efti_html(p, "\" value=\"");
    efti_put_double(p->out, efti_value(t, row, column));
    efti_html(p, "\">");
    efti_put_number(p->out, p->language, efti_value(t, row, column), how);
    efti_html(p, p->linked ? "</data></a>" : "</data>");
}

void
efti_put_writers(struct efti_page *p, const eft_table *t, size_t row)
{
    if (efti_has(t, row, "writers")) {
        efti_put_value(p, t, row, "writers", EFTI_WHOLE);
    } else if (efti_has(t, row, "writers_min")) {
        efti_html(p, "\xE2\x89\xA5\xC2\xA0"); /* ≥ */
        efti_put_value(p, t, row, "writers_min", EFTI_WHOLE);
    }
}

static void
put_argument(struct efti_page *p, const struct efti_argument *a, bool plain)
{
    switch (a->kind) {
    case EFTI_ARG_TEXT:
        if (plain)
            efti_put(p->out, a->text.bytes, a->text.size);
        else
            efti_put_html_broken(p->out, a->text);
        return;
    case EFTI_ARG_COUNT:
        efti_put_number(p->out, p->language, (double)a->count, EFTI_WHOLE);
        return;
    case EFTI_ARG_VALUE:
        if (!plain && strcmp(a->column, "writers") == 0)
            efti_put_writers(p, a->table, a->row);
        else if (!plain)
            efti_put_value(p, a->table, a->row, a->column, a->how);
        else if (strcmp(a->column, "writers") == 0 &&
                 !efti_has(a->table, a->row, "writers")) {
            efti_put_text(p->out, "\xE2\x89\xA5\xC2\xA0");
            efti_put_number(p->out, p->language,
                            efti_value(a->table, a->row, "writers_min"), EFTI_WHOLE);
        } else {
            efti_put_number(p->out, p->language, efti_value(a->table, a->row, a->column),
                            a->how);
        }
        return;
    }
}

static void
fill(struct efti_page *p, enum efti_message m, const struct efti_argument *args,
     size_t count, bool plain)
{
    for (const char *s = efti_word(p, m); *s != '\0'; s++) {
        size_t i = (size_t)(s[1] - '0');
        if (*s == '{' && s[1] >= '0' && s[1] <= '9' && s[2] == '}') {
            if (i < count)
                put_argument(p, &args[i], plain);
            s += 2;
        } else if (plain) {
            efti_put_char(p->out, *s);
        } else {
            size_t n = strcspn(s, "{");
            n = n == 0 ? 1 : n;
            efti_put_html(p->out, (eft_text){s, n});
            s += n - 1;
        }
    }
}

void
efti_say(struct efti_page *p, enum efti_message m, const struct efti_argument *args,
         size_t count)
{
    fill(p, m, args, count, false);
    efti_html(p, " ");
}

eft_text
efti_plain(struct efti_page *p, enum efti_message m, const struct efti_argument *args,
           size_t count)
{
    struct efti_bytes own, *kept = p->out;

    efti_bytes_init(&own, p->mem);
    p->out = &own;
    fill(p, m, args, count, true);
    p->out = kept;
    const char *copy =
        own.failed ? NULL
                   : efti_arena_copy(&p->arena, own.size == 0 ? "" : own.data, own.size);
    eft_text text = {copy == NULL ? "" : copy, copy == NULL ? 0 : own.size};
    p->failed = p->failed || copy == NULL;
    efti_bytes_free(&own);
    return text;
}

eft_text
efti_list(struct efti_page *p, const eft_text *names, size_t count)
{
    struct efti_bytes own;

    efti_bytes_init(&own, p->mem);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            efti_put_text(&own, i + 1 < count ? ", " : efti_word(p, EFTI_MSG_AND));
        efti_put_text(&own, efti_word(p, EFTI_MSG_QUOTE_OPEN));
        efti_put(&own, names[i].bytes, names[i].size);
        efti_put_text(&own, efti_word(p, EFTI_MSG_QUOTE_CLOSE));
    }
    const char *copy = own.failed || own.size == 0
                           ? NULL
                           : efti_arena_copy(&p->arena, own.data, own.size);
    eft_text text = {copy == NULL ? "" : copy, copy == NULL ? 0 : own.size};
    p->failed = p->failed || copy == NULL;
    efti_bytes_free(&own);
    return text;
}

void
efti_say_open(struct efti_page *p)
{
    efti_html(p, "<p class=\"say\">");
    p->linked = true;
}

void
efti_say_close(struct efti_page *p)
{
    p->linked = false;
    efti_html(p, "</p>\n");
}

void
efti_say_count(struct efti_page *p, enum efti_message one, enum efti_message many,
               uint64_t count)
{
    EFTI_SAY(p, count == 1 ? one : many, EFTI_NUMBER(count));
}

/* ------------------------------------------------------------------ periods */

/* The word at `index` of "januari|februari|...". */
static eft_text
word_at(const char *list, size_t index)
{
    for (; index > 0 && *list != '\0'; index--)
        list += strcspn(list, "|") + 1;
    return (eft_text){list, strcspn(list, "|")};
}

static size_t
two_digits(eft_text t, size_t at)
{
    return t.size == at + 2 && t.bytes[at] >= '0' && t.bytes[at] <= '9' &&
                   t.bytes[at + 1] >= '0' && t.bytes[at + 1] <= '9'
               ? (size_t)(t.bytes[at] - '0') * 10 + (size_t)(t.bytes[at + 1] - '0')
               : 0;
}

eft_text
efti_period(struct efti_page *p, eft_text period, bool brief)
{
    const eft_text year = {period.bytes, 4};

    if (period.size < 7 || period.bytes[4] != '-')
        return efti_label(p, period);
    const eft_text rest = {period.bytes + 5, period.size - 5};
    if (efti_is(rest, "VT"))
        return EFTI_PLAIN(p, brief ? EFTI_MSG_SPRING_BRIEF : EFTI_MSG_SPRING,
                          EFTI_TEXT(year));
    if (efti_is(rest, "HT"))
        return EFTI_PLAIN(p, brief ? EFTI_MSG_AUTUMN_BRIEF : EFTI_MSG_AUTUMN,
                          EFTI_TEXT(year));
    size_t week = rest.bytes[0] == 'W' ? two_digits(rest, 1) : 0;
    size_t month = two_digits(rest, 0);
    if (week > 0)
        return EFTI_PLAIN(p, brief ? EFTI_MSG_WEEK_BRIEF : EFTI_MSG_WEEK,
                          EFTI_NUMBER(week), EFTI_TEXT(year));
    if (month < 1 || month > 12)
        return efti_label(p, period);
    eft_text name =
        word_at(efti_word(p, brief ? EFTI_MSG_MONTHS_BRIEF : EFTI_MSG_MONTHS), month - 1);
    return EFTI_PLAIN(p, EFTI_MSG_MONTH, EFTI_TEXT(name), EFTI_TEXT(year));
}

eft_text
efti_why_missing(const struct efti_page *p, eft_text table)
{
    static const struct {
        const char *table;
        enum efti_message why;
    } known[] = {{"readability", EFTI_MSG_WHY_SENTENCES},
                 {"suggestions", EFTI_MSG_WHY_SUGGESTIONS},
                 {"communities", EFTI_MSG_WHY_COMMUNITIES},
                 {"terms", EFTI_MSG_WHY_SEALED},
                 {"keyness_by_unit", EFTI_MSG_WHY_SEALED},
                 {"dispersion", EFTI_MSG_WHY_SEALED},
                 {"tests", EFTI_MSG_WHY_SEALED}};
    enum efti_message why = EFTI_MSG_WHY_TEXTS;

    for (size_t i = 0; i < EFTI_COUNT(known); i++) {
        if (efti_is(table, known[i].table))
            why = known[i].why;
    }
    return efti_text_of(efti_word(p, why));
}
