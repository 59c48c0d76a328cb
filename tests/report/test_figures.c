/* Every kind of figure, small and made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>

#include "report/internal.h"
#include "support/failing.h"

#define NAMES 4
#define NAME(s)                                                                          \
    {                                                                                    \
        s, sizeof(s) - 1                                                                 \
    }
static const eft_text names[NAMES] = {
    NAME("Nord"),
    NAME("S\xC3\xB6"
         "der"),
    NAME("<b>V&"),
    NAME("en etikett som \xC3\xA4r l\xC3\xA5ng nog f\xC3\xB6r att kapas"),
};

static struct efti_figure
figure_of(enum efti_kind kind, size_t columns, const struct efti_mark *marks)
{
    return (struct efti_figure){.kind = kind,
                                .id = "prov",
                                .title = {"Ett & annat", 11},
                                .description = {"Prov med <tecken>", 17},
                                .rows = NAMES,
                                .columns = columns,
                                .row_labels = names,
                                .column_labels = names,
                                .marks = marks,
                                .high = 1,
                                .hidden = {"dold", 4}};
}

/* A caller frees it. */
static char *
drawn(const struct efti_figure *f, int width, bool alone)
{
    struct efti_bytes b;

    efti_bytes_init(&b, &efti_malloc);
    efti_figure_svg(&b, f, width, alone);
    efti_put_char(&b, '\0');
    assert_false(b.failed);
    char *copy = strdup(b.data);
    assert_non_null(copy);
    efti_bytes_free(&b);
    return copy;
}

static void
fill(struct efti_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        marks[i] = (struct efti_mark){.shown = true,
                                      .interval = i % 2 == 0,
                                      .value = (double)(i + 1) / (double)(count + 1),
                                      .low = 0.1,
                                      .high = 0.9,
                                      .how = EFTI_PERCENT};
}

/* Tags open and close in order: what an XML parser would want of it. */
static void
assert_well_formed(const char *svg)
{
    const char *stack[64];
    size_t lengths[64], depth = 0;

    for (const char *s = strchr(svg, '<'); s != NULL; s = strchr(s + 1, '<')) {
        size_t n = strcspn(s + 1, " />\n");
        const char *end = strchr(s, '>');
        assert_non_null(end);
        if (s[1] == '/') {
            n = strcspn(s + 2, ">");
            assert_true(depth > 0);
            depth--;
            assert_int_equal(n, lengths[depth]);
            assert_memory_equal(s + 2, stack[depth], n);
        } else if (end[-1] != '/') {
            assert_true(depth < 64);
            stack[depth] = s + 1;
            lengths[depth++] = n;
        }
    }
    assert_int_equal(depth, 0);
}

static void
every_kind_has_a_name_and_an_alternative(void **state)
{
    struct efti_mark marks[NAMES * NAMES];

    (void)state;
    fill(marks, NAMES * NAMES);
    for (int kind = EFTI_BARS; kind <= EFTI_NETWORK; kind++) {
        struct efti_figure f = figure_of((enum efti_kind)kind, NAMES, marks);
        for (int i = 0; i < 3; i++) {
            char *svg = drawn(&f, i == 1 ? EFTI_NARROW : EFTI_WIDE, i == 2);
            assert_non_null(strstr(svg, "role=\"img\""));
            assert_non_null(strstr(svg, ">Ett &amp; annat</title>"));
            assert_non_null(strstr(svg, ">Prov med &lt;tecken&gt;</desc>"));
            assert_non_null(
                strstr(svg, i == 1 ? "viewBox=\"0 0 340 " : "viewBox=\"0 0 760 "));
            assert_null(strstr(svg, "<b>"));
            assert_null(strstr(svg, "nan"));
            assert_null(strstr(svg, "style=\"")); /* the policy forbids it */
            assert_well_formed(svg);
            free(svg);
        }
    }
}

static void
a_hidden_cell_holds_the_mark_alone(void **state)
{
    struct efti_mark marks[NAMES];

    (void)state;
    for (int kind = EFTI_BARS; kind <= EFTI_TIMELINE; kind++) {
        fill(marks, NAMES);
        for (size_t i = 0; i < NAMES; i++) {
            marks[i].shown = false;
            marks[i].value = 0.7777; /* must not be read */
            marks[i].interval = false;
        }
        struct efti_figure f = figure_of((enum efti_kind)kind, 1, marks);
        char *svg = drawn(&f, EFTI_WIDE, false);
        assert_non_null(strstr(svg, ">..</text>"));
        assert_null(strstr(svg, ">78"));
        assert_null(strstr(svg, "class=\"b\""));
        assert_null(strstr(svg, "class=\"i\""));
        free(svg);
    }
}

static double
width_after(const char **at)
{
    *at = strstr(*at, "class=\"b\"");
    assert_non_null(*at);
    *at = strstr(*at, "width=\"");
    assert_non_null(*at);
    return strtod(*at + 7, NULL);
}

static void
bars_are_as_long_as_their_values(void **state)
{
    struct efti_mark marks[NAMES];

    (void)state;
    fill(marks, NAMES); /* 1/5, 2/5 ... */
    struct efti_figure f = figure_of(EFTI_BARS, 1, marks);
    char *svg = drawn(&f, EFTI_WIDE, false);
    const char *at = svg;
    double first = width_after(&at);
    for (int i = 2; i <= NAMES; i++) {
        double next = width_after(&at);
        assert_true(next > first * i - 0.3 && next < first * i + 0.3);
    }
    free(svg);
}

static void
a_long_label_is_cut_and_kept_whole_beside(void **state)
{
    struct efti_mark marks[NAMES];

    (void)state;
    fill(marks, NAMES);
    struct efti_figure f = figure_of(EFTI_BARS, 1, marks);
    char *svg = drawn(&f, EFTI_WIDE, false);
    assert_non_null(strstr(svg, "f\xC3\xB6r att kapas</title>"));
    assert_non_null(strstr(svg, "\xE2\x80\xA6</text>"));
    free(svg);
}

/* Two pairs with strong ties, weak ones across: each pair ends up side by side. */
static void
strong_ties_are_short(void **state)
{
    struct efti_mark marks[36] = {0};
    size_t order[6], place[6];

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        size_t other = (i + 3) % 6;
        marks[i * 6 + other] = (struct efti_mark){.shown = true, .value = 10};
    }
    struct efti_figure f = figure_of(EFTI_NETWORK, 6, marks);
    f.rows = 6;
    efti_circle_order(&f, order);
    for (size_t i = 0; i < 6; i++)
        place[order[i]] = i;
    for (size_t i = 0; i < 3; i++) {
        size_t far =
            place[i] > place[i + 3] ? place[i] - place[i + 3] : place[i + 3] - place[i];
        assert_true(far == 1 || far == 5);
    }
}

/* Ties across groups would pull nodes together; groups hold their own all the same. */
static void
groups_stand_together_with_a_shape_each(void **state)
{
    static const size_t groups[6] = {2, 1, 0, 1, 2, 0};
    struct efti_mark marks[36] = {0};
    size_t order[6];

    (void)state;
    for (size_t i = 0; i < 6; i++)
        marks[i * 6 + (i + 1) % 6] = (struct efti_mark){.shown = true, .value = 10};
    struct efti_figure f = figure_of(EFTI_NETWORK, 6, marks);
    f.groups = groups;
    f.rows = 6;
    efti_circle_order(&f, order);
    static const size_t expected[6] = {1, 1, 2, 2, 0, 0};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(groups[order[i]], expected[i]);
    f.rows = f.columns = NAMES;
    char *svg = drawn(&f, EFTI_WIDE, false);
    assert_non_null(strstr(svg, "class=\"s s0\""));
    assert_non_null(strstr(svg, "class=\"s s1\""));
    assert_non_null(strstr(svg, "class=\"s s5\"")); /* in no group */
    assert_well_formed(svg);
    free(svg);
}

/* Two months, the second hidden: the number of the first must not stand for it. */
static void
a_panel_gives_the_number_of_its_last_period_only(void **state)
{
    struct efti_mark marks[NAMES * 2];

    (void)state;
    fill(marks, NAMES * 2);
    for (size_t i = 0; i < NAMES; i++) {
        marks[2 * i].value = 0.7777;
        marks[2 * i + 1].shown = marks[2 * i + 1].interval = false;
    }
    struct efti_figure f = figure_of(EFTI_MULTIPLES, 2, marks);
    char *svg = drawn(&f, EFTI_WIDE, false);
    assert_null(strstr(svg, ">78"));
    assert_non_null(strstr(svg, ">..</text>"));
    free(svg);
}

static void
vega_is_json_with_the_shown_values(void **state)
{
    struct efti_mark marks[NAMES * NAMES];

    (void)state;
    for (int kind = EFTI_BARS; kind <= EFTI_NETWORK; kind++) {
        struct efti_bytes b;
        fill(marks, NAMES * NAMES);
        marks[1].shown = false;
        struct efti_figure f = figure_of((enum efti_kind)kind, NAMES, marks);
        efti_bytes_init(&b, &efti_malloc);
        efti_figure_vega(&b, &f);
        assert_false(b.failed);
        json_t *root = json_loadb(b.data, b.size, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        const json_t *values = json_object_get(json_object_get(root, "data"), "values");
        assert_int_equal(json_array_size(values), NAMES * NAMES - 1);
        json_decref(root);
        efti_bytes_free(&b);
    }
}

static void
no_memory_is_told(void **state)
{
    struct efti_mark marks[NAMES * NAMES];

    (void)state;
    fill(marks, NAMES * NAMES);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_bytes b;
        efti_bytes_init(&b, &mem);
        struct efti_figure figure = figure_of(EFTI_HEAT, NAMES, marks);
        efti_figure_svg(&b, &figure, EFTI_WIDE, true);
        assert_int_equal(b.failed, f.failed);
        efti_bytes_free(&b);
        assert_int_equal(f.held, 0);
        assert_false(f.wrong_size);
        if (!f.failed)
            break;
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_name_and_an_alternative),
        cmocka_unit_test(a_hidden_cell_holds_the_mark_alone),
        cmocka_unit_test(bars_are_as_long_as_their_values),
        cmocka_unit_test(a_long_label_is_cut_and_kept_whole_beside),
        cmocka_unit_test(strong_ties_are_short),
        cmocka_unit_test(groups_stand_together_with_a_shape_each),
        cmocka_unit_test(a_panel_gives_the_number_of_its_last_period_only),
        cmocka_unit_test(vega_is_json_with_the_shown_values),
        cmocka_unit_test(no_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
