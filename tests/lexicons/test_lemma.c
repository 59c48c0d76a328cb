/*
 * test_lemma.c - base forms: each rule on a few made-up lines, then the real dictionary
 *
 * Arguments: the path of ordbok.efd ("": not built, only the made-up lines are tested)
 * and the folder of the word lists.
 */
#include "tiny.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *dictionary_path, *lists_folder;

/* Enough of Swedish inflection: A genitive, E utrum, G plural -ar, H plural -er, O plural
 * -or, N neuter, P first conjugation, K second, Q adjective, C comparative, D -ande, T
 * -are. */
static const char aff[] =
    "SET UTF-8\nFULLSTRIP\nSFX A Y 1\nSFX A 0 s .\n"
    "SFX E Y 4\nSFX E 0 en [^ae]\nSFX E 0 ens [^ae]\nSFX E 0 n [ae]\nSFX E 0 ns [ae]\n"
    "SFX G Y 6\nSFX G 0 ar [^ae]\nSFX G 0 arna [^ae]\nSFX G 0 arnas [^ae]\n"
    "SFX G e ar e\nSFX G e arna e\nSFX G e arnas e\n"
    "SFX H Y 3\nSFX H 0 er .\nSFX H 0 erna .\nSFX H 0 ernas .\n"
    "SFX O Y 3\nSFX O a or a\nSFX O a orna a\nSFX O a ornas a\n"
    "SFX N Y 2\nSFX N 0 et .\nSFX N 0 ets .\n"
    "SFX P Y 6\nSFX P 0 r a\nSFX P 0 de a\nSFX P 0 t a\nSFX P 0 d a\nSFX P 0 s a\n"
    "SFX P 0 des a\n"
    "SFX K Y 5\nSFX K a er a\nSFX K a de a\nSFX K a t a\nSFX K a s a\nSFX K a 0 a\n"
    "SFX Q Y 2\nSFX Q 0 t .\nSFX Q 0 a .\n"
    "SFX C Y 3\nSFX C 0 are .\nSFX C 0 ast .\nSFX C 0 aste .\n"
    "SFX D Y 3\nSFX D 0 nde a\nSFX D 0 ndet a\nSFX D 0 ndes a\n"
    "SFX T Y 3\nSFX T 0 re a\nSFX T 0 ren a\nSFX T 0 rna a\n"
    "SFX J Y 1\nSFX J e na re\n";

struct tiny {
    struct efti_bytes bytes;
    struct efti_dictionary *d;
};

static void
make_with(struct tiny *t, const char *dic, const char *base_forms,
          const char *no_conflate, const char *function_words)
{
    assert_true(
        tiny_expand_with(aff, dic, base_forms, no_conflate, function_words, &t->bytes));
    assert_int_equal(
        efti_dictionary_over(&efti_malloc, t->bytes.data, t->bytes.size, &t->d, NULL),
        EFT_OK);
}

static void
make(struct tiny *t, const char *dic)
{
    make_with(t, dic, "", "", "");
}

static void
drop(struct tiny *t)
{
    efti_dictionary_free(t->d);
    efti_bytes_free(&t->bytes);
}

static void
assert_base(const struct efti_dictionary *d, const char *form, const char *base)
{
    eft_text found = efti_dictionary_base(d, form, strlen(form));

    if (!efti_equal(found.bytes, found.size, base, strlen(base)))
        fail_msg("%s has the base \"%.*s\", not \"%s\"", form, (int)found.size,
                 found.size == 0 ? "" : found.bytes, base);
}

static void
a_form_goes_to_its_headword(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nskola/AEO\nbil/AEG\nråd/AN\n");
    assert_base(t.d, "skolornas", "skola");
    assert_base(t.d, "skolan", "skola");
    assert_base(t.d, "skolas", "skola");
    assert_base(t.d, "skola", "skola");
    assert_base(t.d, "bilarna", "bil");
    assert_base(t.d, "rådets", "råd");
    assert_base(t.d, "okänd", "");
    drop(&t);
}

static void
participles_and_agents_are_words_of_their_own(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nbetala/DPT\n");
    assert_base(t.d, "betalade", "betala");
    assert_base(t.d, "betalad", "betala");
    assert_base(t.d, "betalandet", "betalande");
    assert_base(t.d, "betalarna", "betalare");
    assert_base(t.d, "betalaren", "betalare");
    drop(&t);
}

static void
a_headword_that_is_a_form_joins_its_word(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nvinna/DK\nfinna/DK\nfinner/\nröstad/Q\nrösta/DP\nlångsam/C\n"
             "långsamt\nstol/AEG\nstolens\n");
    assert_base(t.d, "finner", "finna");
    assert_base(t.d, "röstad", "rösta");
    assert_base(t.d, "röstada", "rösta");
    assert_base(t.d, "långsamt", "långsam");
    assert_base(t.d, "stolens", "stol");
    drop(&t);
}

static void
a_headword_with_a_paradigm_stays(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nstöda/DK\nstöd/AN\ntystna/DP\ntystnad/AE\n");
    assert_base(t.d, "stöd", "stöd");
    assert_base(t.d, "stödet", "stöd");
    assert_base(t.d, "tystnad", "tystnad");
    assert_base(t.d, "tystnaden", "tystnad");
    assert_base(t.d, "tystnar", "tystna");
    drop(&t);
}

static void
adjectives_win_over_nouns_and_long_ones_over_verbs(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nsvensk/Q\nsvenska/AEO\nklar/Q\nklara/DP\npermanent/Q\npermanenta/DP\n");
    assert_base(t.d, "svenska", "svensk");
    assert_base(t.d, "svenskan", "svenska");
    assert_base(t.d, "klara", "klara");
    assert_base(t.d, "permanenta", "permanent");
    drop(&t);
}

static void
a_verb_is_found_where_only_a_noun_is_listed(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nvård/AEG\nvårda\nvårdad\nvårdade\nvårdande\nröst/AEH\nrösta/DPH\n");
    assert_base(t.d, "vårdar", "vårda");
    assert_base(t.d, "vården", "vård");
    assert_base(t.d, "röster", "röst");
    drop(&t);
}

static void
genitives_are_no_passives_of_verbs_in_ar(void **state)
{
    struct tiny t;

    (void)state;
    /* K gives verbs a passive in -s: besluts as if by besluta, begärs by begära */
    make(&t, "1\nbeslut/EN\nbesluta/DPK\nbesluten\nbeslutens\n"
             "begär/N\nbegära/DK\nbegärens\n");
    assert_base(t.d, "besluts", "beslut");
    assert_base(t.d, "beslutas", "besluta");
    assert_base(t.d, "begärs", "begära");
    drop(&t);
}

static void
definite_plurals_of_neuters_in_a_join_them(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nschema/E\nschemat/A\nschemana/A\nva\nvana/AE\n");
    assert_base(t.d, "schemana", "schema");
    assert_base(t.d, "vana", "vana");
    drop(&t);
}

static void
the_list_decides_and_speaks_for_longer_words(void **state)
{
    struct tiny t;

    (void)state;
    make_with(&t, "1\nstå/A\nbestå\nstod\nbestod/A\nansvar/AN\nansvara/DP\nvar\nvara\n",
              "# head\nstod\tstå\tboth\nvar\tvara\tword\n", "", "");
    assert_base(t.d, "stod", "stå");
    assert_base(t.d, "bestod", "bestå");
    assert_base(t.d, "bestods", "bestå");
    assert_base(t.d, "var", "vara");
    assert_base(t.d, "ansvar", "ansvar");
    assert_base(t.d, "ansvaret", "ansvar");
    drop(&t);
}

static void
words_of_the_list_alone_have_a_base_but_are_not_listed(void **state)
{
    struct tiny t;
    uint32_t flags, count = 0;

    (void)state;
    make_with(&t, "1\nbil/AEG\n", "nåt\tnågot\tword\n", "", "");
    assert_base(t.d, "nåt", "något");
    assert_base(t.d, "något", "något");
    assert_int_equal(efti_dictionary_find(t.d, "nåt", 4), 0);
    for (size_t at = 0; efti_dictionary_next(t.d, &at, &flags).size > 0; count++)
        assert_int_not_equal(flags, 0);
    assert_int_equal(count, efti_dictionary_count(t.d));
    drop(&t);
}

static void
words_kept_apart_do_not_join(void **state)
{
    struct tiny t;

    (void)state;
    make_with(&t, "1\nröstad/Q\nrösta/DP\n", "", "röstad\trösta\n", "");
    assert_base(t.d, "röstad", "röstad");
    assert_base(t.d, "röstade", "rösta");
    drop(&t);
}

static void
function_words_stand_for_themselves(void **state)
{
    struct tiny t;

    (void)state;
    make_with(&t, "1\nmot\nmoa/DK\n", "", "", "# head\nmot\n");
    assert_base(t.d, "mot", "mot");
    drop(&t);
}

static void
names_lose_a_genitive_and_nothing_else(void **state)
{
    struct tiny t;

    (void)state;
    make(&t, "1\nFredrika/AK\nBjörn/A\nbjörn/AEG\n");
    assert_base(t.d, "fredrikas", "fredrika");
    assert_base(t.d, "fredrik", "fredrik");
    assert_base(t.d, "björnar", "björn");
    drop(&t);
}

static void
bad_lists_are_refused(void **state)
{
    static const char *const rows[] = {
        "stod\tstå\n",
        "stod\tstå\tboth\tmore\n",
        "stod\tstå\tnowhere\n",
        "stod\t\tword\n",
        "stod\tstå\tword\nstod\tståta\tboth\n",
    };
    struct efti_bytes out;

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(rows); i++) {
        assert_false(tiny_expand_with(aff, "1\nstå\n", rows[i], "", "", &out));
        efti_bytes_free(&out);
    }
    assert_false(tiny_expand_with(aff, "1\nstå\n", "", "stå\n", "", &out));
    efti_bytes_free(&out);
}

static void
the_order_of_lines_does_not_matter(void **state)
{
    struct tiny a, b;

    (void)state;
    make(&a, "1\nvård/AEG\nvårda/DP\nringa/DK\nring/AEG\nfall/ANQ\nfallen/Q\n");
    make(&b, "1\nfallen/Q\nringa/DK\nfall/ANQ\nvårda/DP\nring/AEG\nvård/AEG\n");
    assert_int_equal(a.bytes.size, b.bytes.size);
    assert_memory_equal(a.bytes.data, b.bytes.data, a.bytes.size);
    drop(&a);
    drop(&b);
}

/* ------------------------------------------------------------- the real dictionary */

static void
paradigms_of_hunspell_are_whole(void **state)
{
    static const char *const words[][10] = {
        {"skola", "skolan", "skolor", "skolorna", "skolans", "skolornas"},
        {"möte", "mötet", "möten", "mötena", "mötets"},
        {"ansvar", "ansvaret", "ansvarets"},
        {"insats", "insatsen", "insatser", "insatserna"},
        {"förälder", "föräldrar", "föräldrarna", "föräldrarnas"},
        {"nätverk", "nätverket", "nätverken"},
        {"barn", "barnet", "barnen", "barnens", "barns"},
        {"gå", "går", "gick", "gått"},
        {"bra", "bättre", "bäst", "bästa"},
        {"man", "män", "mannen", "männen", "männens"},
        {"stor", "stora", "stort", "större", "störst", "största"},
        {"vara", "är", "var", "varit"},
        {"förstå", "förstår", "förstod", "förstått"},
        {"uppleva", "upplever", "upplevde", "upplevt", "upplevs"},
        {"stödja", "stödjer", "stödde"},
        {"lärare", "läraren", "lärarna", "lärares"},
        {"samverka", "samverkar", "samverkade", "samverkat"},
        {"trygg", "trygga", "tryggt", "tryggare", "tryggast"},
        {"känsla", "känslan", "känslor", "känslorna"},
        {"vårda", "vårdar", "vårdade", "vårdas"},
    };
    struct efti_dictionary *d = open_real(dictionary_path);

    (void)state;
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        for (size_t k = 0; k < 10 && words[i][k] != NULL; k++)
            assert_base(d, words[i][k], words[i][0]);
    }
    efti_dictionary_free(d);
}

/* Each ordinary word has a base, which is an ordinary word itself. */
static void
bases_of_words_are_words(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);
    uint32_t flags, odd = 0;

    (void)state;
    for (size_t at = 0;;) {
        eft_text form = efti_dictionary_next(d, &at, &flags);
        if (form.size == 0)
            break;
        if ((flags & EFTI_DICT_LOWER) == 0)
            continue;
        eft_text base = efti_dictionary_base(d, form.bytes, form.size);
        assert_true(base.size > 0);
        if ((efti_dictionary_find(d, base.bytes, base.size) & EFTI_DICT_LOWER) == 0)
            odd++;
    }
    /* acronyms written with a small ending (wc:n), headwords that need an affix */
    assert_in_range(odd, 0, 500);
    efti_dictionary_free(d);
}

static FILE *
open_list(const char *name)
{
    char path[4096];

    (void)snprintf(path, sizeof(path), "%s/%s", lists_folder, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    return f;
}

static void
the_list_of_base_forms_holds(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);
    FILE *f = open_list("base_forms.tsv");
    char line[512], form[128], base[128], where[16];
    unsigned rows = 0;

    (void)state;
    while (fgets(line, sizeof(line), f) != NULL) {
        if (line[0] == '#' ||
            sscanf(line, "%127s\t%127s\t%15s", form, base, where) != 3 ||
            strcmp(where, "end") == 0)
            continue;
        assert_base(d, form, base);
        rows++;
    }
    assert_in_range(rows, 1000, 3000);
    (void)fclose(f);
    efti_dictionary_free(d);
}

static void
words_of_the_no_conflate_list_have_two_bases(void **state)
{
    struct efti_dictionary *d = open_real(dictionary_path);
    FILE *f = open_list("no_conflate.tsv");
    char line[512], word[128], other[128];
    unsigned rows = 0;

    (void)state;
    while (fgets(line, sizeof(line), f) != NULL) {
        if (line[0] == '#' || sscanf(line, "%127s\t%127s", word, other) != 2)
            continue;
        eft_text a = efti_dictionary_base(d, word, strlen(word));
        eft_text b = efti_dictionary_base(d, other, strlen(other));
        if (a.size == 0 || efti_equal(a.bytes, a.size, b.bytes, b.size))
            fail_msg("%s and %s are one", word, other);
        rows++;
    }
    assert_in_range(rows, 100, 1000);
    (void)fclose(f);
    efti_dictionary_free(d);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest made_up[] = {
        cmocka_unit_test(a_form_goes_to_its_headword),
        cmocka_unit_test(participles_and_agents_are_words_of_their_own),
        cmocka_unit_test(a_headword_that_is_a_form_joins_its_word),
        cmocka_unit_test(a_headword_with_a_paradigm_stays),
        cmocka_unit_test(adjectives_win_over_nouns_and_long_ones_over_verbs),
        cmocka_unit_test(a_verb_is_found_where_only_a_noun_is_listed),
        cmocka_unit_test(genitives_are_no_passives_of_verbs_in_ar),
        cmocka_unit_test(definite_plurals_of_neuters_in_a_join_them),
        cmocka_unit_test(the_list_decides_and_speaks_for_longer_words),
        cmocka_unit_test(words_of_the_list_alone_have_a_base_but_are_not_listed),
        cmocka_unit_test(words_kept_apart_do_not_join),
        cmocka_unit_test(function_words_stand_for_themselves),
        cmocka_unit_test(names_lose_a_genitive_and_nothing_else),
        cmocka_unit_test(bad_lists_are_refused),
        cmocka_unit_test(the_order_of_lines_does_not_matter),
    };
    const struct CMUnitTest on_the_dictionary[] = {
        cmocka_unit_test(paradigms_of_hunspell_are_whole),
        cmocka_unit_test(bases_of_words_are_words),
        cmocka_unit_test(the_list_of_base_forms_holds),
        cmocka_unit_test(words_of_the_no_conflate_list_have_two_bases),
    };
    struct CMUnitTest all[EFTI_COUNT(made_up) + EFTI_COUNT(on_the_dictionary)];

    memcpy(all, made_up, sizeof(made_up));
    memcpy(all + EFTI_COUNT(made_up), on_the_dictionary, sizeof(on_the_dictionary));
    dictionary_path = argc > 1 ? argv[1] : "";
    lists_folder = argc > 2 ? argv[2] : "";
    if (dictionary_path[0] == '\0')
        return cmocka_run_group_tests(made_up, NULL, NULL);
    return cmocka_run_group_tests(all, NULL, NULL);
}
