/*
 * test_compounds_gold.c - how many words of tests/data/compounds are split right
 *
 *   test_compounds_gold ordbok.efd FOLDER
 *
 * dev.tsv is what the splitter was built on and must not fall below the bar of the
 * README; unseen.tsv was written before the first rule and is only measured. Right
 * means every piece and every link. The words that are wrong are printed as they come
 * out, since both files are ours. Without ordbok.efd (hunspell-sv not installed) there is
 * nothing to test.
 */
#include "tokenizers/compounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define BAR 0.90

static const char *dictionary_path, *folder;

struct score {
    unsigned words, right, pieces_right, whole, whole_right;
};

/* The split as a gold file writes it: nätverk+s|arbete. */
static void
spell(const char *word, size_t size, const struct efti_compound_parts *parts, char *out)
{
    size_t at = 0;

    for (uint8_t i = 0; i < parts->count; i++) {
        size_t stem = parts->ends[i] - at - parts->link[i];
        out += sprintf(out, "%s%.*s", i == 0 ? "" : "|", (int)stem, word + at);
        if (parts->link[i] > 0)
            out += sprintf(out, "+%.*s", (int)parts->link[i], word + at + stem);
        at = parts->ends[i];
    }
    if (parts->count == 0)
        (void)sprintf(out, "%.*s", (int)size, word);
}

static void
without_links(char *spelled)
{
    char *to = spelled;

    for (; *spelled != '\0'; spelled++) {
        if (*spelled != '+')
            *to++ = *spelled;
    }
    *to = '\0';
}

static void
score_word(const struct efti_dictionary *d, const struct efti_lists *lists, char *line,
           struct score *score)
{
    const struct efti_compounds c = efti_compounds_of(d, lists, NULL);
    struct efti_compound_parts parts;
    char ours[256], *gold = strchr(line, '\t');

    assert_non_null(gold);
    *gold++ = '\0';
    (void)efti_compound_split(&c, line, strlen(line), &parts);
    spell(line, strlen(line), &parts, ours);
    bool right = strcmp(ours, gold) == 0, whole = strchr(gold, '|') == NULL;
    score->words++;
    score->right += right;
    score->whole += whole;
    score->whole_right += whole && right;
    if (!right)
        printf("#   %s, not %s\n", ours, gold);
    without_links(ours);
    without_links(gold);
    score->pieces_right += strcmp(ours, gold) == 0;
}

static double
score_file(const char *name)
{
    struct efti_dictionary *d;
    struct efti_lists *lists;
    struct score score = {0};
    char path[4096], line[512];

    assert_int_equal(efti_dictionary_open(&efti_malloc, dictionary_path, &d, NULL),
                     EFT_OK);
    assert_int_equal(efti_lists_new(&efti_malloc, &lists, NULL), EFT_OK);
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while (fgets(line, sizeof(line), in) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '#' && line[0] != '\0')
            score_word(d, lists, line, &score);
    }
    assert_int_equal(fclose(in), 0);
    efti_lists_free(lists);
    efti_dictionary_free(d);
    assert_true(score.words > 0);
    printf("# %s: %u words, %.3f right, %.3f in their pieces; whole ones %u, %.3f\n",
           name, score.words, (double)score.right / score.words,
           (double)score.pieces_right / score.words, score.whole,
           (double)score.whole_right / score.whole);
    return (double)score.right / score.words;
}

static void
known_words_are_split_right_above_the_bar(void **state)
{
    (void)state;
    if (dictionary_path[0] != '\0')
        assert_true(score_file("dev.tsv") >= BAR);
}

static void
unseen_words_are_measured(void **state)
{
    (void)state;
    if (dictionary_path[0] != '\0')
        (void)score_file("unseen.tsv");
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_words_are_split_right_above_the_bar),
        cmocka_unit_test(unseen_words_are_measured),
    };

    dictionary_path = argc > 1 ? argv[1] : "";
    folder = argc > 2 ? argv[2] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
