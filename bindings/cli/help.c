/*
 * help.c - help texts: examples first, then options
 */
#include "cli.h"

#include <string.h>

static const char general_help[] =
    "Examples\n"
    "  eftertanke analyse reflektioner.csv --out resultat\n"
    "  eftertanke anonymise reflektioner.csv > veiled.jsonl\n"
    "  eftertanke themes reflektioner.csv > hits.jsonl\n"
    "  eftertanke tally mjolby.csv -o mjolby.state\n"
    "  eftertanke merge mjolby.state hoor.state -o all.state\n"
    "  eftertanke analyse all.state --out resultat\n"
    "\n"
    "Commands\n";

static const char general_end[] =
    "\n"
    "eftertanke COMMAND --help tells the options. Inputs are CSV, TSV, semicolon,\n"
    "JSON Lines, folders of .txt, or - for standard input. Exit codes: 0 done; 1\n"
    "done, but records were set aside or a check failed; 2 usage; 3 unreadable input;\n"
    "4 internal.\n";

static const char reading_help[] =
    "Reading\n"
    "  --map ROLE=COLUMN      take a column for a role: --map text=Fritext, --map\n"
    "                         text=#4 (text id writer unit assignment prompt time\n"
    "                         feeling tags comments votes consent)\n"
    "  --facet NAME=COLUMN    a further category: --facet kön=Kolumn7\n"
    "  --feeling-scale A-B    the scale of feelings (default 1-5)\n"
    "  --strict               stop at the first damaged row\n"
    "  --max-text BYTES       texts above this are set aside (default 16777216; 0:\n"
    "                         none)\n"
    "  -j N                   threads (default 1); the results are the same\n"
    "  --config FILE          settings from a YAML file; what is said here wins\n"
    "  -q                     say nothing but errors\n";

static const char instrument_help[] =
    "Instrument\n"
    "  --lexicon FILE         instead of the core lexicon; may be repeated. Also the\n"
    "                         id of one that is carried: karna salutogent enkat\n"
    "                         verkstad; ID=FILE gives a table or dictionary the id,\n"
    "                         which else is eget\n"
    "  --model FILE           themes learnt from codes (eftertanke train), beside the\n"
    "                         lexicon, whose entries then decide alone\n"
    "  --decide WHAT          which themes a text has is decided by core (weights\n"
    "                         that the core lexicon comes with; default where they\n"
    "                         fit), none (the entries alone) or FILE (eftertanke\n"
    "                         train)\n"
    "  --allow FILE           words, one a line, that are no names here and may be\n"
    "                         shown; CATEGORY<TAB>words: such a span is left where it\n"
    "                         is\n"
    "  --deny FILE            CATEGORY<TAB>words, one a line: always taken out\n"
    "  --roster FILE          your own people, one a line, and units, ORG<TAB>name:\n"
    "                         taken out in all forms\n"
    "  --categories LIST      leave these in the texts: -DATE,-AGE. -PERSON and\n"
    "                         -PERSONNUMMER need --leave-people besides\n"
    "  --accept-language      do not withhold text that is not Swedish: the veil is\n"
    "                         right for Swedish only\n"
    "  --terms KIND           what inflected forms count as: base (default;\n"
    "                         skolornas: skola) or stem (skol)\n"
    "  --compounds HOW        count a compound whole (default), by its head or by its\n"
    "                         parts\n"
    "  --window N             analyse, tally: count themes, and terms, together\n"
    "                         within windows of N words (2 to 100) too\n"
    "  --pair-terms N         count pairs among the N words that most writers use\n"
    "                         (default 2000); the table grows with its square\n"
    "  --dictionary FILE      another ordbok.efd; --no-dictionary: work without\n"
    "  --key FILE             32 bytes (or 64 hexadecimal digits) for keyed hashes\n";

static const char analyse_help[] =
    "Examples\n"
    "  eftertanke analyse reflektioner.csv --out resultat\n"
    "  eftertanke analyse export.csv --map text=Fritext --facet kön=Kolumn7 \\\n"
    "      --out resultat\n"
    "  eftertanke analyse a.state b.state --out resultat --audience external\n"
    "  eftertanke analyse a.sealed b.sealed --disjoint-writers --out resultat\n"
    "\n"
    "Writes report.html with figures/, results.sqlite, tables/*.csv, summary.json,\n"
    "manifest.json and run.json. The folder appears whole or not at all.\n"
    "\n"
    "Release\n"
    "  --out DIR              where the results go (needed)\n"
    "  --force                replace an earlier results folder\n"
    "  --k N                  least distinct writers behind a number (default 5; 10\n"
    "                         for an external audience; never below 3)\n"
    "  --audience WHO         internal (default) or external\n"
    "  --one-text-per-writer  affirm it when there is no column of writers; else k is\n"
    "                         doubled\n"
    "  --where CONDITION      add the table themes_where: themes of the reflections\n"
    "                         that meet unit=Norr, assignment=Samtal|Möten,\n"
    "                         FACET=value or time=2024-01..2024-06; several must all\n"
    "                         hold\n"
    "  --disjoint-writers     of sealed states: affirm that nobody writes in two of\n"
    "                         them\n"
    "  --hide-labels unit     number all units instead of naming them\n"
    "  --suggest              add the table suggestions: words that go with a theme\n"
    "                         and are not in its lexicon yet; the texts are read once\n"
    "                         more\n"
    "  --no-pairs             leave out term pairs (no spool is written)\n"
    "  --notes                notes of a few words, as from workshops: nothing by\n"
    "                         sentence, a table of votes by theme, and one of notes\n"
    "                         that say the same\n"
    "  --no-stop              keep function words in term pairs and keyness\n"
    "  --stop FILE            leave out these words instead of our list of function\n"
    "                         words: one a line, in any inflection; # starts a\n"
    "                         comment\n"
    "  --protect WAY          instead of hiding: one table of writers per theme,\n"
    "                         rounded or with noise: round:10, noise (needs --key),\n"
    "                         laplace:EPSILON, gaussian:RHO; drawn once, kept in the\n"
    "                         log\n"
    "  --privacy-budget RHO   of all draws of a log together (default 0.5; a laplace\n"
    "                         draw uses EPSILON^2/2)\n"
    "  --no-inference         no intervals by writer, no tests\n"
    "  --fdr WAY              p-values of a family are adjusted by bh (Benjamini and\n"
    "                         Hochberg, default), by (any dependence) or holm\n"
    "  --assignment-order O   of assignments, for their trend: day (default: when\n"
    "                         half of the texts had come), name, or\n"
    "                         'Första|Andra|Tredje'\n"
    "  --review               add review/: quotes and words that wait for a person\n"
    "  --keep-hits            add working.sqlite: which texts stand behind each\n"
    "                         number and where in them (sensitive; see eftertanke\n"
    "                         trace --help)\n"
    "  --veiled               add veiled.jsonl: the veiled texts that are counted\n"
    "                         (sensitive)\n"
    "  --quotes FILE          print the quotes that a person approved in FILE\n"
    "                         (review/quotes.jsonl); --quotes auto: by rules alone,\n"
    "                         which the results say; --no-quotes\n"
    "  --log FILE             the release log (default: in your state folder), in a\n"
    "                         folder that is there; --no-log\n"
    "  --json                 print summary.json instead of the summary\n"
    "\n"
    "Report (eftertanke report DIR draws it again)\n"
    "  --lang LANGUAGE        sv (default) or en: report and summary\n"
    "  --title TEXT           instead of ours; --logo FILE: PNG, JPEG or SVG\n"
    "  --sections LIST        who,themes,together,assignments,feelings,time,units,\n"
    "                         words,years,quotes,reading,sheets,explore,method,counts\n"
    "  --no-quotes            also where some are approved\n"
    "  --no-report            neither report.html nor figures\n"
    "\n";

static const char report_help[] =
    "Examples\n"
    "  eftertanke report resultat --lang en --out report-en.html\n"
    "  eftertanke report resultat --title 'Höstens reflektioner' --logo logga.svg\n"
    "  eftertanke report resultat --sections themes,sheets\n"
    "\n"
    "Draws report.html again from a finished results folder (results.sqlite and\n"
    "manifest.json). Without --out it takes the place of DIR/report.html.\n"
    "\n"
    "  --lang LANGUAGE        sv (default) or en\n"
    "  --title TEXT           instead of ours; --logo FILE: PNG, JPEG or SVG\n"
    "  --sections LIST        who,themes,together,assignments,feelings,time,units,\n"
    "                         words,years,quotes,reading,sheets,explore,method,counts\n"
    "  --no-quotes            also where some are approved\n"
    "  --out FILE             elsewhere (-: standard output); --force to replace\n";

static const char anonymise_help[] =
    "Examples\n"
    "  eftertanke anonymise reflektioner.csv > veiled.jsonl\n"
    "  eftertanke anonymise --spans reflektioner.csv -o spans.jsonl\n"
    "\n"
    "One JSON object a line: id, veiled text and fields, writer as a number in data\n"
    "order.\n"
    "\n"
    "  --spans                id, veiled text and spans: start, end, category,\n"
    "                         replacement, rule, score (code points of the original)\n"
    "  --explain              with --spans: the evidence for each span\n"
    "  --replace HOW          tag (default: [PERSON_1]), mask ([PERSON_0]), surrogate\n"
    "                         (made up), generalise (ages, days and municipalities\n"
    "                         made coarse), or key (a keyed pseudonym, with --key\n"
    "                         FILE)\n"
    "  --shift-dates DAYS     move the days of each writer by up to so many days,\n"
    "                         whole weeks from 7 on; needs --seed or --key, which\n"
    "                         decide by how much\n"
    "  --seed N               of surrogates and moved days; keep it secret\n"
    "  --map-out FILE         what was taken out and where it stood, in a file of its\n"
    "                         own (mode 0600): as sensitive as the input; never on\n"
    "                         standard output\n"
    "  -o FILE                instead of standard output; --force to replace\n"
    "\n";

static const char themes_help[] =
    "Examples\n"
    "  eftertanke themes reflektioner.csv > hits.jsonl\n"
    "  eftertanke themes --lexicon eget.xml reflektioner.csv\n"
    "\n"
    "  eftertanke themes --kwic oro reflektioner.csv | head\n"
    "\n"
    "One JSON object a line: id, hits (theme, start, end, polarity, entry), themes.\n"
    "\n"
    "  --kwic THEME           a line for each hit of the theme: the entry, and the\n"
    "                         veiled words before and behind it, so that false\n"
    "                         friends are seen\n"
    "  -o FILE                instead of standard output; --force to replace\n"
    "\n";

static const char tokenise_help[] =
    "Examples\n"
    "  eftertanke tokenise reflektioner.csv | head -1\n"
    "  eftertanke tokenise --veil reflektioner.csv -o tokens.jsonl\n"
    "\n"
    "One JSON object a line: id, sentences, tokens. Without --veil the tokens are raw\n"
    "and contain names: they go to standard output only.\n"
    "\n"
    "  --veil                 tokens after the veil\n"
    "  -o FILE                with --veil: instead of standard output; --force to\n"
    "                         replace\n"
    "\n";

static const char tally_help[] =
    "Examples\n"
    "  eftertanke tally reflektioner.csv -o mjolby.state\n"
    "  eftertanke merge mjolby.state hoor.state -o all.state\n"
    "  eftertanke tally mjolby.state --withdraw avgick.txt -o mjolby.state --force\n"
    "\n"
    "A working state is everything counted, without text. It is sensitive (mode\n"
    "0600).\n"
    "Merging is exact: the same bytes as one run over all input. States that share a\n"
    "reflection, or were made with other settings, are refused.\n"
    "\n"
    "  -o FILE                where the state goes (needed); --force to replace\n"
    "  --withdraw FILE        tally: take these people out, one a line, named as in\n"
    "                         the column of writers (with the same --key); without\n"
    "                         such a column ids, with a tab and the assignment. As if\n"
    "                         they had never been in it; who is not found gives exit\n"
    "                         code 1\n"
    "\n";

static const char merge_results_help[] =
    "Examples\n"
    "  eftertanke merge-results 2024=resultat24 2025=resultat25 -o alla.sqlite\n"
    "\n"
    "Puts finished results into one SQLite file: every table with a column run, a\n"
    "table runs, and views that set runs side by side (themes_over_runs). Folders\n"
    "without a name are called run-1, run-2. Nothing new is released.\n"
    "\n"
    "  -o FILE                where the database goes (needed); it must not be there\n";

static const char trace_help[] =
    "Examples\n"
    "  eftertanke analyse reflektioner.csv --out resultat --keep-hits --veiled\n"
    "  eftertanke trace resultat --table themes --where theme=oro\n"
    "  eftertanke trace resultat --table themes_by_unit \\\n"
    "      --where label=Norr --where theme=oro --veiled\n"
    "\n"
    "One JSON object a line: number and id of a reflection, number of its writer, and\n"
    "the hits that the number counts: theme, entry, polarity, span and sentence in\n"
    "the original, and in the veiled text (code points, half open). It passes no\n"
    "gate: for those who hold the texts.\n"
    "\n"
    "  --table NAME           themes, themes_by_unit (or another facet),\n"
    "                         assignment_themes, assignment_tags, feeling_by_theme,\n"
    "                         feeling_by_tag, feeling_by_assignment, trend,\n"
    "                         theme_pairs\n"
    "  --where KEY=VALUE      a key of the table; several must all hold\n"
    "  --veiled               with the veiled text\n";

static const char verify_help[] =
    "Examples\n"
    "  eftertanke verify resultat\n"
    "\n"
    "Checks the hash of every file (run.json), the tables as CSV and JSON against the\n"
    "database, and that hidden rows have no numbers and shown ones stand on k. Prints\n"
    "file and row of each difference; exit code 1 when there is one. A report that\n"
    "was drawn again differs too. Sensitive files (run.json lists them) are not\n"
    "checked: a person works on review/. Somebody who makes the hashes anew is not\n"
    "found: keep run.json elsewhere for that.\n";

static const char seal_help[] =
    "Examples\n"
    "  eftertanke seal mjolby.state --party Mjölby -o mjolby.sealed\n"
    "  eftertanke analyse *.sealed --disjoint-writers --out resultat\n"
    "  eftertanke merge *.sealed -o alla.sealed\n"
    "\n"
    "A sealed state holds released numbers in a form that adds up with others'. It is\n"
    "a release: the gate and the log are those of analyse. It has no records, texts,\n"
    "terms or keys and may be sent. docs/learning-centre.md says what a receiver can\n"
    "learn.\n"
    "\n"
    "  --party NAME           the name that others see (needed)\n"
    "  -o FILE                where the sealed state goes (needed); --force to\n"
    "                         replace\n"
    "  --k N                  least distinct writers behind a number (default 5)\n"
    "  --audience WHO         internal (default) or external\n"
    "  --one-text-per-writer, --hide-labels unit, --no-inference, --log FILE,\n"
    "                         --no-log as for analyse\n"
    "\n";

static const char lexicon_help[] =
    "Examples\n"
    "  eftertanke lexicon check eget.xml\n"
    "  eftertanke lexicon check eget.xml --corpus texter.csv\n"
    "  eftertanke lexicon list [eget.xml]\n"
    "  eftertanke lexicon list --weights [--decide FILE]\n"
    "  eftertanke lexicon convert eget.csv eget.xml\n"
    "\n"
    "check reads the file against the schema, then looks for entries that are\n"
    "swallowed by others, shared between themes, or that no ordinary word can match,\n"
    "and for examples that come out otherwise than they say. Exit code 1 when there\n"
    "is something to see.\n"
    "With --corpus IN ...: in how many reflections and by how many writers each entry\n"
    "is found, the share of reflections with a theme, and entries without a hit\n"
    "(alone with -q).\n"
    "convert goes between .xml, .csv, .dic and .dicx (LIWC), .yaml (quanteda) and\n"
    ".qdc (REFI-QDA codebook), by the endings of the two files, and says how many\n"
    "patterns a format cannot say; --force replaces the second. convert karna\n"
    "karna.csv writes the entries of the core lexicon: karna:oro:33 is the 33rd of\n"
    "oro.\n"
    "Where a table or dictionary is read, ID=FILE (kasam=ord.csv) gives it the id,\n"
    "which else is eget.\n"
    "list shows the themes of a lexicon, without a file of all that the library\n"
    "carries. list --weights shows the words that decide with the entries, numbered as\n"
    "hits name them; denial:text above 0 is for a theme that is missing, denial:cue\n"
    "besides, in a sentence that has it.\n"
    "\n";

static const char columns_help[] =
    "Examples\n"
    "  eftertanke columns export.csv\n"
    "  eftertanke columns export.csv --map text=Fritext --facet kön=#7\n"
    "\n"
    "Shows each column with its position and the role it was taken for. Headers can\n"
    "hold names, so they are shown on a terminal only.\n"
    "\n"
    "  --map ROLE=COLUMN      take a column for a role, by its header or as #POSITION\n"
    "  --facet NAME=COLUMN    a further category\n"
    "  --config FILE          settings from a YAML file; what is said here wins\n";

static const char evaluate_help[] =
    "Examples\n"
    "  eftertanke evaluate anonymise --gold gold.jsonl\n"
    "  eftertanke evaluate themes --gold codes.jsonl reflektioner.csv --mistakes\n"
    "  eftertanke evaluate themes --gold a.jsonl --against b.jsonl\n"
    "  eftertanke evaluate themes --by-tags --tag-map tags.csv reflektioner.csv\n"
    "  eftertanke evaluate segment --gold sentences.jsonl\n"
    "\n"
    "Runs the engine on texts that somebody has labelled by hand and prints how well\n"
    "it did, with 95 % intervals (by writer, or by text).\n"
    "Gold is JSON Lines (spans, themes, sentences), a CSV (id and themes; id and a\n"
    "column for each theme; or id, start, end, category), tab-separated words, CoNLL-U\n"
    "or IOB; texts stand in it or come from an input with the same ids. What each\n"
    "figure means: docs/evaluate.md.\n"
    "\n"
    "  --gold FILE            the labels (needed, unless --by-tags)\n"
    "  --against FILE         themes: a second reader in place of the engine\n"
    "  --by-tags              themes: the writers' own tags in place of --gold\n"
    "  --tag-map FILE         which tag is which theme: a line tag;theme each\n"
    "  --facet NAME=COLUMN    themes: F1 for each value of it too, as for unit\n"
    "  --mistakes             list what was missed or wrong, by id and position\n"
    "  --show-text            with their raw text, on the screen only\n"
    "  --replicates N         themes: intervals by drawing writers again N times (2000,\n"
    "                         say); --seed N. Else writers are left out in turn\n"
    "  --json                 JSON Lines: one object a figure or mistake\n"
    "\n";

static const char train_help[] =
    "Examples\n"
    "  eftertanke train --gold codes.jsonl reflektioner.csv -o modell.json\n"
    "  eftertanke analyse reflektioner.csv --model modell.json --out resultat\n"
    "  eftertanke evaluate themes --gold other.jsonl --model modell.json\n"
    "\n"
    "Learns each theme from texts that people have coded: {\"id\",\"themes\":[...]} a\n"
    "line, with \"text\" and \"writer\" or an input with the same ids. At least 50. For\n"
    "each theme it says whether the model is better than the lexicon in texts of\n"
    "writers it has not seen; where it is not, the lexicon stands. The model is a\n"
    "readable file of words that may be shown and their weights; it holds no text.\n"
    "\n"
    "  --gold FILE            the codes (needed); -o MODEL: where it goes (needed)\n"
    "  --k N                  least writers behind a code or a word (default 5;\n"
    "                         doubled when no writer is known)\n"
    "  --hands                texts have \"hand\", who coded: hands are left out in\n"
    "                         turn, one threshold for all themes, and every theme is\n"
    "                         used; from 50 codes in \"negated\" on also what says that\n"
    "                         a theme is missing\n"
    "  --seed N               of the folds; --json: what became of each theme as JSON\n"
    "                         Lines\n"
    "\n";

static const char review_help[] =
    "Examples\n"
    "  eftertanke analyse reflektioner.csv --out utkast --review\n"
    "  eftertanke review utkast/review/quotes.jsonl\n"
    "  eftertanke review utkast/review/terms.tsv\n"
    "  eftertanke review utkast/review/risks.jsonl\n"
    "  eftertanke analyse reflektioner.csv --out resultat \\\n"
    "      --quotes utkast/review/quotes.jsonl --allow utkast/review/terms.tsv\n"
    "\n"
    "Shows what waits one by one: y allows, n refuses, b goes back, q ends; return\n"
    "leaves it open. The file of risks is shown whole: texts that point at somebody\n"
    "without a name, by id and reason. Decisions are written to the file after each\n"
    "answer. Files hold words of people: they stay where they are, mode 0600.\n";

static const char config_help[] =
    "Examples\n"
    "  eftertanke config --show > eftertanke.yaml\n"
    "  eftertanke config --show --config eftertanke.yaml --k 7\n"
    "  eftertanke analyse reflektioner.csv --config eftertanke.yaml --out resultat\n"
    "\n"
    "A file of settings has one key for each long option, without its dashes:\n"
    "\n"
    "  k: 7\n"
    "  strict: true\n"
    "  lexicon: [eget.xml, enkat.xml]\n"
    "  map: {text: Fritext, writer: Kolumn3}\n"
    "  facet: {kön: Kolumn7}\n"
    "\n"
    "Paths in it are taken from where you stand, as on the command line. Keys that a\n"
    "command has no use for are left alone; unknown keys are errors. --show prints\n"
    "all settings with who said them: the default, the file or the command line.\n";

static const struct about {
    const char *command, *what, *text;
    bool inputs, tools; /* takes the options of reading, those of the instrument */
} abouts[] = {
    {"analyse", "from reflections (or states) to a folder of released results",
     analyse_help, true, true},
    {"anonymise", "JSON Lines with everything identifying taken out", anonymise_help,
     true, true},
    {"themes", "JSON Lines with the themes found, and where", themes_help, true, true},
    {"tokenise", "JSON Lines with raw tokens and sentences: they contain names",
     tokenise_help, true, true},
    {"tally", "count into a working state (sensitive, mode 0600)", tally_help, true,
     true},
    {"merge", "working states into one, exactly; or sealed states side by side",
     tally_help, false, false},
    {"seal", "released numbers that add up with others' and may be sent", seal_help, true,
     true},
    {"lexicon", "check, convert or list lexicons, list weights", lexicon_help, true,
     true},
    {"train", "learn themes from texts that people have coded: a model", train_help, true,
     true},
    {"evaluate", "segment, anonymise or themes against gold, with mistakes",
     evaluate_help, true, true},
    {"review", "approve quotes and words one by one, after analyse --review", review_help,
     false, false},
    {"merge-results", "several results into one SQLite file, with a column run",
     merge_results_help, false, false},
    {"verify", "do finished results still say what was released?", verify_help, false,
     false},
    {"trace", "which texts stand behind a number, after analyse --keep-hits", trace_help,
     false, false},
    {"report", "draw report.html again: eftertanke report resultat --lang en",
     report_help, false, false},
    {"columns", "which column was taken for what (terminal only)", columns_help, false,
     false},
    {"config", "the settings as they stand: eftertanke config --show", config_help, false,
     false},
};

/* Options are told by the paragraph, "  --name VALUE  what it does", going on under the
 * second column. One that the command does not take is left out. */
static void
put_known(FILE *to, const char *text, const char *command)
{
    bool left_out = false;

    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        bool option = strncmp(text, "  -", 3) == 0;
        bool goes_on = strncmp(text, "     ", 5) == 0;
        if (option)
            left_out = command != NULL &&
                       !cli_knows(command, text + 2, strcspn(text + 2, " \n"));
        else
            left_out = left_out && goes_on;
        n += text[n] == '\n';
        if (!left_out)
            (void)fwrite(text, 1, n, to);
        text += n;
    }
}

static void
put_general(FILE *to)
{
    fprintf(to,
            "eftertanke %s - reads reflections, takes out what points at people, "
            "counts\n\n",
            eft_version());
    fputs(general_help, to);
    for (size_t i = 0; i < sizeof(abouts) / sizeof(*abouts); i++)
        fprintf(to, "  %-10s %s\n", abouts[i].command, abouts[i].what);
    fputs(general_end, to);
}

void
cli_help(FILE *to, const char *command)
{
    const size_t count = sizeof(abouts) / sizeof(*abouts);
    size_t i = 0;

    while (command != NULL && i < count && strcmp(command, abouts[i].command) != 0)
        i++;
    if (command == NULL || i == count) {
        put_general(to);
        return;
    }
    fprintf(to, "eftertanke %s - %s\n\n", command, abouts[i].what);
    put_known(to, abouts[i].text, command);
    if (abouts[i].inputs)
        put_known(to, reading_help, command);
    if (abouts[i].tools)
        fputs("\n", to);
    if (abouts[i].tools)
        put_known(to, instrument_help, command);
}
