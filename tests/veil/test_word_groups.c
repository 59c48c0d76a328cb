/*
 * test_word_groups.c - the table of groups against the files that it is made from
 *
 *   test_word_groups FILE.tsv...    lexicons/data/context/groups
 *
 * The files are read here once more, by other code than that which makes the table.
 * Groups of a kind are numbered in the order of their names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "veil/find.h"

enum { WORDS, ENDINGS, BEGINNINGS, KINDS };
static const char *const kinds[] = {"words", "endings", "beginnings"};
static const size_t counts[] = {VEIL_GROUP_COUNT, VEIL_ENDS_COUNT, VEIL_BEGINS_COUNT};

struct row {
    char group[64], word[64];
    size_t number; /* of the group */
};
static char **paths;
static struct row *rows[KINDS];
static size_t row_counts[KINDS];

static void
add_row(int kind, const char *group, const char *word)
{
    if (row_counts[kind] % 4096 == 0) {
        size_t room = (row_counts[kind] + 4096) * sizeof(struct row);
        rows[kind] = realloc(rows[kind], room);
        assert_non_null(rows[kind]);
    }
    struct row *r = &rows[kind][row_counts[kind]++];
    assert_true(strlen(group) < sizeof(r->group) && strlen(word) < sizeof(r->word));
    snprintf(r->group, sizeof(r->group), "%s", group);
    snprintf(r->word, sizeof(r->word), "%s", word);
}

static void
read_file(const char *path)
{
    static char line[4096];
    char group[64] = "";
    int kind = KINDS;
    FILE *f = fopen(path, "r");

    assert_non_null(f);
    while (fgets(line, sizeof(line), f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "# kind: ", 8) == 0)
            for (kind = 0; kind < KINDS && strcmp(line + 8, kinds[kind]) != 0; kind++)
                ;
        if (line[0] == '#')
            continue;
        assert_true(kind < KINDS);
        if (line[0] != '\t') {
            size_t size = strcspn(line, "\t");
            assert_true(size < sizeof(group));
            memcpy(group, line, size);
            group[size] = '\0';
            continue;
        }
        for (char *word = strtok(line + 1, " "); word != NULL; word = strtok(NULL, " "))
            add_row(kind, group, word);
    }
    fclose(f);
}

static int
by_group(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->group, ((const struct row *)b)->group);
}

static int
read_files(void **state)
{
    (void)state;
    for (size_t i = 0; paths[i] != NULL; i++)
        read_file(paths[i]);
    for (int kind = 0; kind < KINDS; kind++) {
        struct row *r = rows[kind];
        size_t number = 0;

        assert_true(row_counts[kind] > 0);
        qsort(r, row_counts[kind], sizeof(*r), by_group);
        for (size_t i = 0; i < row_counts[kind]; i++) {
            number += i > 0 && strcmp(r[i].group, r[i - 1].group) != 0;
            r[i].number = number;
        }
        assert_int_equal(number + 1, counts[kind]);
    }
    return 0;
}

static int
forget_files(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++)
        free(rows[kind]);
    return 0;
}

/* An exact copy on the heap: a sanitizer sees a look beyond it. */
static char *
exactly(const char *bytes, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    return copy;
}

static bool
is_listed(const char *bytes, size_t size, size_t group)
{
    for (size_t i = 0; i < row_counts[WORDS]; i++)
        if (rows[WORDS][i].number == group &&
            efti_equal(bytes, size, rows[WORDS][i].word, strlen(rows[WORDS][i].word)))
            return true;
    return false;
}

static void
every_word_is_in_its_groups_and_in_no_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < row_counts[WORDS]; i++) {
        const char *word = rows[WORDS][i].word;
        size_t size = strlen(word);
        char *copy = exactly(word, size);
        bool in[VEIL_GROUP_COUNT] = {false};

        for (size_t k = 0; k < row_counts[WORDS]; k++)
            if (strcmp(rows[WORDS][k].word, word) == 0)
                in[rows[WORDS][k].number] = true;
        for (size_t g = 0; g < VEIL_GROUP_COUNT; g++)
            assert_int_equal(efti_veil_word_in(copy, size, (enum veil_group)g), in[g]);
        free(copy);
    }
}

static void
groups_have_the_names_that_rules_ask_by(void **state)
{
    (void)state;
    assert_true(efti_veil_word_in("hon", 3, GROUP_SHE_OR_HE));
    assert_false(efti_veil_word_in("jag", 3, GROUP_SHE_OR_HE));
    assert_true(efti_veil_word_in("jag", 3, GROUP_I_OR_WE));
    assert_true(efti_veil_word_in("från", 5, GROUP_AT_WORK));
    assert_true(efti_veil_word_in("noaks_ark", 9, GROUP_TALE_PAIRS));
    assert_true(efti_veil_word_ends_in("lillskolan", 10, ENDS_GENERIC, 0));
    assert_true(efti_veil_word_begins_with("fredagsmys", 10, BEGINS_DAYS, 1));
    assert_false(efti_veil_word_begins_with("fredags", 7, BEGINS_DAYS, 1));
}

/* A tale of two words is looked for where its first word stands. */
static void
tales_of_two_words_begin_with_a_first_word(void **state)
{
    size_t pairs = 0;

    (void)state;
    for (size_t i = 0; i < row_counts[WORDS]; i++)
        if (rows[WORDS][i].number == GROUP_TALE_PAIRS) {
            assert_non_null(strchr(rows[WORDS][i].word, '_'));
            assert_true(is_listed(rows[WORDS][i].word, strcspn(rows[WORDS][i].word, "_"),
                                  GROUP_TALE_FIRST_WORDS));
            pairs++;
        }
    assert_true(pairs > 0);
}

/* Any bytes: cut, joined, doubled words, and what is no text at all. */
static void
what_is_no_word_of_a_file_is_in_no_group(void **state)
{
    uint32_t seed = 1;
    char bytes[300];

    (void)state;
    assert_null(efti_veil_group_word("", 0));
    memset(bytes, 'a', sizeof(bytes));
    assert_null(efti_veil_group_word(bytes, sizeof(bytes)));
    for (size_t n = 0; n < 20000; n++) {
        const char *word = rows[WORDS][n % row_counts[WORDS]].word;
        size_t size = strlen(word);

        memcpy(bytes, word, size);
        seed = seed * 1664525u + 1013904223u;
        if (n % 4 == 0)
            size -= seed >> 8 & 1;
        else if (n % 4 == 1)
            bytes[size++] = (char)(seed >> 16);
        else if (n % 4 == 2)
            bytes[seed % size] = (char)(seed >> 16);
        else
            for (size = seed >> 24 & 31; size > 0; size--)
                seed = seed * 1664525u + 1013904223u;
        char *copy = exactly(bytes, size);
        const struct veil_group_word *w = efti_veil_group_word(copy, size);
        if (w != NULL)
            assert_true(efti_equal(copy, size, efti_veil_group_bytes + w->at, w->size));
        for (size_t g = n % 7; g < VEIL_GROUP_COUNT; g += 29)
            assert_int_equal(efti_veil_word_in(copy, size, (enum veil_group)g),
                             is_listed(copy, size, g));
        free(copy);
    }
}

static bool
has_affix(int kind, size_t group, const char *bytes, size_t size, size_t more)
{
    for (size_t i = 0; i < row_counts[kind]; i++) {
        const char *affix = rows[kind][i].word;
        size_t n = strlen(affix);

        if (rows[kind][i].number == group && size >= n + more &&
            memcmp(kind == ENDINGS ? bytes + size - n : bytes, affix, n) == 0)
            return true;
    }
    return false;
}

static void
check_affixes(const char *bytes, size_t size, size_t more)
{
    char *copy = exactly(bytes, size);

    for (size_t g = 0; g < VEIL_ENDS_COUNT; g++)
        assert_int_equal(efti_veil_word_ends_in(copy, size, (enum veil_ends)g, more),
                         has_affix(ENDINGS, g, copy, size, more));
    for (size_t g = 0; g < VEIL_BEGINS_COUNT; g++)
        assert_int_equal(
            efti_veil_word_begins_with(copy, size, (enum veil_begins)g, more),
            has_affix(BEGINNINGS, g, copy, size, more));
    free(copy);
}

static void
words_end_and_begin_as_the_files_say(void **state)
{
    char bytes[128];

    (void)state;
    check_affixes("", 0, 0);
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < row_counts[kind]; i += kind == WORDS ? 9 : 1) {
            const char *word = rows[kind][i].word;
            size_t size = strlen(word);

            for (size_t more = 0; more < 4; more += 2)
                check_affixes(word, size, more);
            snprintf(bytes, sizeof(bytes), "ab%sx", word);
            check_affixes(bytes, size + 2, 2);     /* behind two letters */
            check_affixes(bytes + 2, size + 1, 1); /* before one */
        }
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_in_its_groups_and_in_no_others),
        cmocka_unit_test(groups_have_the_names_that_rules_ask_by),
        cmocka_unit_test(tales_of_two_words_begin_with_a_first_word),
        cmocka_unit_test(what_is_no_word_of_a_file_is_in_no_group),
        cmocka_unit_test(words_end_and_begin_as_the_files_say),
    };

    paths = argv + 1;
    return argc < 2 ? 2 : cmocka_run_group_tests(tests, read_files, forget_files);
}
