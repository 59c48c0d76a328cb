/*
 * test_veil_evidence.c - docs/evidence.md says what the tables of rules.c say
 *
 * The tables of the page are made here from those that decide; the test compares, and
 * prints what should stand there. To remake the page: test_veil_evidence --print.
 */
#include "veil_tool.h"

#include "veil/find.h"

#include <stdio.h>

static const char *page_path;

/* Evidence by bit: the public names, then what only the table of names sees. */
static const char *
name_of_bit(unsigned bit)
{
    static const char *const seen[] = {
        "any capital", "also a word", "surname",     "word, capital mid",
        "word, frame", "weak frame",  "low text",    "never a name",
        "frame after", "called",      "misspelling", "subject"};

    if (bit < 16)
        return efti_evidence_name(bit);
    return bit - 16 < EFTI_COUNT(seen) ? seen[bit - 16] : "?";
}

static void
put_bits(struct efti_bytes *out, uint32_t bits, const char *between)
{
    bool first = true;

    for (unsigned bit = 0; bit < 32; bit++) {
        if ((bits >> bit & 1) == 0)
            continue;
        efti_put_text(out, first ? "" : between);
        efti_put_text(out, name_of_bit(bit));
        first = false;
    }
    if (first)
        efti_put_text(out, "-");
}

static void
put_rules(struct efti_bytes *out)
{
    static const char *const ranks[] = {"whole", "structured", "name"};

    efti_put_text(out,
                  "| Rule | Category | Rank | Needs | Score |\n|---|---|---|---|---:|\n");
    for (uint16_t id = 1; id < VEIL_RULE_COUNT; id++) {
        const struct veil_rule *r = efti_veil_rule(id);
        efti_put_text(out, "| `");
        efti_put_text(out, r->name);
        efti_put_text(out, "` | ");
        efti_put_text(out, efti_category_name((enum efti_category)r->category));
        efti_put_text(out, " | ");
        efti_put_text(out, ranks[r->rank]);
        efti_put_text(out, " | ");
        put_bits(out, r->all, ", ");
        efti_put_text(out, " | ");
        efti_put_u64(out, r->score);
        efti_put_text(out, " |\n");
    }
}

static void
put_worth(struct efti_bytes *out)
{
    efti_put_text(out, "| Evidence | Adds |\n|---|---:|\n");
    for (unsigned bit = 0; efti_evidence_name(bit) != NULL; bit++) {
        if (efti_evidence_worth(1u << bit) == 0)
            continue;
        efti_put_text(out, "| ");
        efti_put_text(out, efti_evidence_name(bit));
        efti_put_text(out, " | ");
        efti_put_u64(out, efti_evidence_worth(1u << bit));
        efti_put_text(out, " |\n");
    }
}

static void
put_names(struct efti_bytes *out)
{
    const struct veil_name_rule *r;

    efti_put_text(out, "| | Rule | All of | One of | And one of | None of "
                       "|\n|---:|---|---|---|---|---|\n");
    for (size_t i = 0; (r = efti_veil_name_rule_at(i)) != NULL; i++) {
        const uint32_t columns[] = {r->all, r->any, r->other, r->none};
        efti_put_text(out, "| ");
        efti_put_u64(out, i + 1);
        efti_put_text(out, " | `");
        efti_put_text(out, efti_rule_name(r->rule));
        efti_put_text(out, "`");
        for (size_t k = 0; k < EFTI_COUNT(columns); k++) {
            efti_put_text(out, " | ");
            put_bits(out, columns[k], ", ");
        }
        efti_put_text(out, " |\n");
    }
}

static void (*const tables[])(struct efti_bytes *) = {put_rules, put_worth, put_names};

static char *
read_page(void)
{
    static char page[65536];
    FILE *f = page_path == NULL ? NULL : fopen(page_path, "rb");

    assert_non_null(f);
    size_t n = fread(page, 1, sizeof(page) - 1, f);
    assert_int_equal(fclose(f), 0);
    page[n] = '\0';
    return page;
}

static void
the_page_has_the_tables_that_decide(void **state)
{
    const char *page = read_page();
    struct efti_bytes b;

    (void)state;
    efti_bytes_init(&b, &efti_malloc);
    for (size_t i = 0; i < EFTI_COUNT(tables); i++) {
        efti_bytes_clear(&b);
        tables[i](&b);
        efti_put_char(&b, '\0');
        if (strstr(page, b.data) == NULL)
            print_message("# docs/evidence.md should have:\n%s", b.data);
        assert_non_null(strstr(page, b.data));
    }
    efti_bytes_free(&b);
}

static void
a_rule_does_nothing_without_its_evidence(void **state)
{
    struct efti_veil v = {.mem = &efti_malloc};

    (void)state;
    for (uint16_t id = 1; id < VEIL_RULE_COUNT; id++) {
        uint32_t all = efti_veil_rule(id)->all;
        for (unsigned bit = 0; bit < 16; bit++) {
            if ((all >> bit & 1) == 0)
                continue;
            efti_veil_propose(&v, 0, 1, id, all & ~(1u << bit));
            assert_int_equal(v.found.count, 0);
        }
    }
    EFTI_ARRAY_FREE(&efti_malloc, &v.found);
}

static void
more_evidence_never_lowers_a_score(void **state)
{
    (void)state;
    for (uint16_t id = 1; id < VEIL_RULE_COUNT; id++) {
        uint32_t all = efti_veil_rule(id)->all;
        for (unsigned bit = 0; bit < 16; bit++)
            assert_true(efti_veil_score(id, all | 1u << bit) >= efti_veil_score(id, all));
    }
}

int
main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_the_tables_that_decide),
        cmocka_unit_test(a_rule_does_nothing_without_its_evidence),
        cmocka_unit_test(more_evidence_never_lowers_a_score),
    };

    veil_tool_dictionary = NULL;
    if (argc > 1 && strcmp(argv[1], "--print") == 0) {
        for (size_t i = 0; i < EFTI_COUNT(tables); i++) {
            struct efti_bytes b;
            efti_bytes_init(&b, &efti_malloc);
            tables[i](&b);
            printf("%.*s\n", (int)b.size, b.data);
            efti_bytes_free(&b);
        }
        return 0;
    }
    page_path = argc > 1 ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
