/*
 * test_veil_measured.c - promises of the veil, measured on text made for them
 *
 * The language gate (data/veil-dev/language.tsv): Swedish passes as dyslexic writers,
 * chats, dialects and learners write it, and with English quoted; Arabic, Dari, Tigrinya,
 * Somali, English, Finnish, Norwegian, Danish and others do not.
 *
 * Number rules: at most 0.1 false spans in 100 sentences that are full of numbers and
 * hold no identifier, from the templates below, filled at random from a fixed seed.
 *
 * Sentences that the rules were written on (data/veil-dev/sentences.txt) and hard
 * identifiers (data/veil-dev/recall.txt: user names, case numbers, ages, workplaces,
 * names in small letters) keep what was reached: fences, no measurement.
 *
 * Traps (data/veil-dev/traps2.txt): theorists, methods, systems and titles stay, and
 * people who look like them do not.
 *
 * The arguments are the file of paragraphs, those of sentences, of traps and of hard
 * identifiers, and the dictionary.
 */
#include "veil_tool.h"

#include <stdio.h>

static const char *paragraphs, *sentence_file, *trap_file, *recall_file;

/* Is all of the text withheld as another language? */
static bool
is_withheld(const char *text)
{
    veil_tool_run(&tool, text);
    return tool.found.withheld;
}

/* Counts the paragraphs of a kind that are (not) withheld. */
static void
count_paragraphs(bool swedish, size_t *all, size_t *withheld)
{
    char line[1024];
    FILE *f = fopen(paragraphs, "rb");

    assert_non_null(f);
    *all = *withheld = 0;
    while (fgets(line, sizeof(line), f) != NULL) {
        char *text = strchr(line, '\t');

        if (line[0] == '#' || text == NULL)
            continue;
        *text++ = '\0';
        text[strcspn(text, "\n")] = '\0';
        if ((strncmp(line, "sv-", 3) == 0) != swedish)
            continue;
        ++*all;
        bool gone = is_withheld(text);
        *withheld += gone;
        if (gone == swedish)
            print_message("# %s: number %zu of its side\n", line, *all);
    }
    fclose(f);
}

static void
swedish_passes_however_it_is_spelt(void **state)
{
    size_t all, withheld;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    count_paragraphs(true, &all, &withheld);
    print_message("# withheld %zu of %zu\n", withheld, all);
    assert_true(all >= 60);
    assert_int_equal(withheld, 0);
}

static void
other_languages_do_not_pass(void **state)
{
    size_t all, withheld;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    count_paragraphs(false, &all, &withheld);
    print_message("# withheld %zu of %zu\n", withheld, all);
    assert_true(all > 40);
    /* a Danish sentence of words that are all Swedish too cannot be told by its words */
    assert_true(withheld * 100 >= all * 95);
}

static void
a_foreign_paragraph_among_swedish_ones_goes_alone(void **state)
{
    static const struct veil_case cases[] = {
        {"Vi hade ett bra möte i dag och alla fick prata till punkt.\n"
         "the mother said that she was really worried about everything\n"
         "Sedan gick vi hem och var nöjda med dagen som den blev.",
         "Vi hade ett bra möte i dag och alla fick prata till punkt.\n"
         "[LANGUAGE_1]\n"
         "Sedan gick vi hem och var nöjda med dagen som den blev."},
    };

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    veil_tool_check(&tool, cases, EFTI_COUNT(cases));
}

/* '#' becomes a number of one or two figures, '%' one of three or four, no year. */
static const char *const templates[] = {
    "Mötet varade i # minuter och nästa blir # minuter längre.",
    "Vi hade # ärenden i våras och har # nu.",
    "Det kostade % kronor, alltså # procent mer än väntat.",
    "Budgeten är # miljoner och underskottet # procent.",
    "Vi satt i rum % på plan # hela dagen.",
    "På skalan fick hen # poäng, förra gången #.",
    "Av # elever i klassen svarade # på enkäten.",
    "Det tog # timmar att skriva # sidor.",
    "Bussen går var #:e minut från klockan 7 till 19.",
    "Vi väntade i # veckor och fick sedan # dagar på oss.",
    "Enligt 11 kap. # § ska vi svara inom # dagar.",
    "Se sidan % i rapporten och tabell #.",
    "Hyran är % kr och elen % kr i månaden.",
    "Matchen slutade 3-2 efter # minuter.",
    "Vi är # kollegor på # tjänster.",
    "Hon tog # mg och sov # timmar.",
    "Temperaturen var # grader och det blåste # meter i sekunden.",
    "Han gick % steg och åkte # km buss.",
    "I åk 7 går # elever och i åk 8 går #.",
    "Barnet väger # kg och är % cm långt.",
    "Fråga #: Vad gick bra? Fråga #: Vad gick dåligt?",
    "# av 10 var nöjda, # procent visste inte.",
    "Vecka # hade vi # besök, vecka # bara två.",
    "Lokalen är # kvadratmeter och rymmer # personer.",
    "Vi började kl. 8.# och slutade kl. 16.#, tror jag.",
    "Under # år har vi haft # chefer.",
    "Kön är på # månader, målet är # dagar.",
    "Snittet blev #,# på en femgradig skala (n = %).",
    "Vi skickade % enkäter och fick % svar.",
    "Version #.# av rutinen gäller från årsskiftet.",
    "Det finns # platser, # är tagna.",
    "Vi delade på # pizzor, # läsk och en tårta.",
    "Projektet får % timmar och # tkr.",
    "Paragraf # i avtalet och punkt # i planen säger olika.",
    "Resan tog # minuter med tåg och # med bil.",
    "Läs kapitel # och # till nästa gång.",
    "Vi har sparat # procent sedan 2019 och # sedan 2021.",
    "Felkod E# kom upp # gånger.",
    "Linje # och linje # går förbi skolan.",
    "Vi fick plats # av # i tävlingen.",
};

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void
fill_template(const char *template, uint32_t *seed, char *out, size_t size)
{
    size_t n = 0;

    for (; *template != '\0' && n + 8 < size; template ++) {
        if (*template == '#') {
            n += (size_t)snprintf(out + n, size - n, "%u", next_random(seed) % 89 + 2);
        } else if (*template == '%') {
            uint32_t big = next_random(seed) % 1700 + 101;
            n += (size_t)snprintf(out + n, size - n, "%u", big);
        } else {
            out[n++] = *template;
        }
    }
    out[n] = '\0';
}

static void
numbers_that_name_nobody_stay(void **state)
{
    uint32_t seed = 20260101;
    size_t sentences = 0, spans = 0;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    for (unsigned round = 0; round < 50; round++) {
        for (size_t i = 0; i < EFTI_COUNT(templates); i++, sentences++) {
            char text[256];

            fill_template(templates[i], &seed, text, sizeof(text));
            veil_tool_run(&tool, text);
            spans += tool.found.spans.count;
            if (tool.found.spans.count > 0)
                print_message("# template %zu: %s\n", i,
                              efti_rule_name(tool.found.spans.items[0].rule));
        }
    }
    print_message("# %zu false spans in %zu sentences\n", spans, sentences);
    assert_true(spans * 1000 <= sentences); /* 0.1 in 100 */
}

/* A line without its marks; the marked stretches in `spans`, how many. */
struct marked {
    char text[1024];
    size_t starts[16], ends[16], count;
};

static void
read_marks(const char *line, struct marked *m)
{
    size_t n = 0;

    m->count = 0;
    while (*line != '\0' && *line != '\n' && n + 1 < sizeof(m->text)) {
        if (strncmp(line, "[[", 2) == 0 && m->count < EFTI_COUNT(m->starts)) {
            line = strchr(line, '|') + 1;
            m->starts[m->count] = n;
        } else if (strncmp(line, "]]", 2) == 0) {
            line += 2;
            m->ends[m->count++] = n;
        } else if (strncmp(line, "\\n", 2) == 0) {
            line += 2;
            m->text[n++] = '\n';
        } else {
            m->text[n++] = *line++;
        }
    }
    m->text[n] = '\0';
}

/* Is every byte of [start, end) but blanks inside a span? */
static bool
is_covered(size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        bool inside = false;

        for (size_t k = 0; k < tool.found.spans.count && !inside; k++)
            inside =
                tool.found.spans.items[k].start <= i && i < tool.found.spans.items[k].end;
        if (!inside)
            return false;
    }
    return true;
}

struct reached {
    size_t marked, found, traps, touched;
};

/* Marked stretches of a file that are found, and of its sentences without a mark those
 * that lose a word. */
static void
measure_sentences(const char *path, struct reached *r)
{
    char line[1024];
    FILE *f = fopen(path, "rb");

    *r = (struct reached){0};
    assert_non_null(f);
    while (veil_tool_dictionary != NULL && fgets(line, sizeof(line), f) != NULL) {
        struct marked m;

        if (line[0] == '#')
            continue;
        read_marks(line, &m);
        veil_tool_run(&tool, m.text);
        for (size_t i = 0; i < m.count; i++, r->marked++)
            r->found += is_covered(m.starts[i], m.ends[i]);
        r->traps += m.count == 0;
        r->touched += m.count == 0 && tool.found.spans.count > 0;
    }
    fclose(f);
    print_message("# found %zu of %zu; touched %zu of %zu traps\n", r->found, r->marked,
                  r->touched, r->traps);
}

static void
what_was_reached_on_the_sentences_stays(void **state)
{
    struct reached r;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    measure_sentences(sentence_file, &r);
    assert_true(r.marked > 500 && r.traps > 300);
    assert_true(r.found * 100 >= r.marked * 96);
    assert_true(r.touched * 100 <= r.traps * 2);
}

/* A sentence here has three or four traps, many of them names that no word tells from
 * people ("Alma betyder själ"), so more is touched than in anything one writes. */
static void
what_names_nobody_stays(void **state)
{
    struct reached r;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    measure_sentences(trap_file, &r);
    assert_true(r.traps > 500);
    assert_true(r.touched * 100 <= r.traps * 8);
    assert_int_equal(r.found, r.marked); /* those who look like authors and are not */
}

static void
what_was_reached_of_hard_identifiers_stays(void **state)
{
    struct reached r;

    (void)state;
    VEIL_TOOL_NEEDS_DICTIONARY();
    measure_sentences(recall_file, &r);
    assert_true(r.marked > 1700);
    assert_true(r.found * 100 >= r.marked * 95);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swedish_passes_however_it_is_spelt),
        cmocka_unit_test(other_languages_do_not_pass),
        cmocka_unit_test(a_foreign_paragraph_among_swedish_ones_goes_alone),
        cmocka_unit_test(numbers_that_name_nobody_stay),
        cmocka_unit_test(what_was_reached_on_the_sentences_stays),
        cmocka_unit_test(what_names_nobody_stays),
        cmocka_unit_test(what_was_reached_of_hard_identifiers_stays),
    };

    if (argc < 5)
        return EXIT_FAILURE;
    paragraphs = argv[1];
    sentence_file = argv[2];
    trap_file = argv[3];
    recall_file = argv[4];
    veil_tool_dictionary = argc > 5 && argv[5][0] != '\0' ? argv[5] : NULL;
    return cmocka_run_group_tests(tests, open_tool, close_tool);
}
