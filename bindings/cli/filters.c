/*
 * filters.c - what is said on stderr of a filter (--where) after a release
 *
 * Only what the released tables say already: that all rows of themes_where are hidden,
 * and which values no row of `overview` is called by. A value that is misspelt and one
 * that is there and hidden are told in the same words, so that nobody learns from them
 * which it is.
 */
#include "cli.h"

#include <string.h>

/* Is there a row of `overview` for this value of unit, assignment or a facet? */
static bool
is_named(const eft_results *results, eft_text scope, eft_text value)
{
    const eft_table *t = eft_results_find(results, "overview");
    const size_t scopes = eft_table_column_find(t, "scope");
    const size_t labels = eft_table_column_find(t, "label");

    for (size_t r = 0; r < eft_table_rows(t); r++) {
        const eft_text s = eft_table_text(t, r, scopes), l = eft_table_text(t, r, labels);
        if (s.size == scope.size && memcmp(s.bytes, scope.bytes, s.size) == 0 &&
            l.size == value.size && memcmp(l.bytes, value.bytes, l.size) == 0)
            return true;
    }
    return false;
}

static bool
is_word(eft_text t, const char *word)
{
    return t.size == strlen(word) && memcmp(t.bytes, word, t.size) == 0;
}

/* As the column is called in `overview`; empty for time, which has no values. */
static eft_text
scope_of(eft_text name)
{
    if (is_word(name, "time") || is_word(name, "tid"))
        return (eft_text){"", 0};
    if (is_word(name, "enhet"))
        return (eft_text){"unit", 4};
    if (is_word(name, "uppdrag"))
        return (eft_text){"assignment", 10};
    return name;
}

static eft_text
trimmed(eft_text t)
{
    while (t.size > 0 && t.bytes[0] == ' ')
        t = (eft_text){t.bytes + 1, t.size - 1};
    while (t.size > 0 && t.bytes[t.size - 1] == ' ')
        t.size--;
    return t;
}

/* The bytes up to `mark`, which is taken away with them; all of it where there is
 * none. */
static eft_text
cut(eft_text *left, const char *mark)
{
    const size_t n = strlen(mark);
    eft_text first = *left;

    for (size_t i = 0; i + n <= left->size; i++) {
        if (memcmp(left->bytes + i, mark, n) != 0)
            continue;
        first.size = i;
        *left = (eft_text){left->bytes + i + n, left->size - i - n};
        return first;
    }
    left->size = 0;
    return first;
}

/* One condition, which the library has read without complaint. */
static void
tell_unnamed(const eft_results *results, eft_text condition)
{
    eft_text values = condition;
    const eft_text scope = scope_of(cut(&values, "="));

    while (scope.size > 0 && values.size > 0) {
        const eft_text value = trimmed(cut(&values, "|"));
        if (is_named(results, scope, value))
            continue;
        fprintf(stderr,
                "eftertanke: the filter asks for %.*s=%.*s, which no row of overview is "
                "called: it is written otherwise in the data, or its name is not "
                "shown\n",
                (int)scope.size, scope.bytes, (int)value.size, value.bytes);
    }
}

void
cli_tell_filter(const struct cli *c, const eft_results *results)
{
    const eft_table *t = eft_results_find(results, "themes_where");

    if (c->quiet || t == NULL)
        return;
    for (size_t i = 0; i < c->where_count; i++) {
        eft_text left = c->where[i];
        while (left.size > 0)
            tell_unnamed(results, cut(&left, " & "));
    }
    if (eft_table_hidden(t) == eft_table_rows(t))
        fprintf(stderr,
                "eftertanke: the filter tells nothing, all rows of themes_where are "
                "hidden: too few writers stand behind what meets it, behind the rest, or "
                "behind its difference from a unit, facet, assignment or period; a wider "
                "one may tell more\n");
}
