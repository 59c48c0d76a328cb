/*
 * manifest_write.c - manifest.json: what makes a run citable
 *
 * It says what the figures depend on and nothing else (no time, host, threads or inputs:
 * those are in run.json), so equal data give equal bytes.
 */
#include "pipeline/pipeline.h"

#include "release/release.h"
#include "tally/sealed.h"

#include <assert.h>

static void
put_member(struct efti_bytes *b, const char *name, const char *value)
{
    efti_put_text(b, ",\n  \"");
    efti_put_text(b, name);
    efti_put_text(b, "\": ");
    efti_put_json(b, value, strlen(value));
}

static void
put_count(struct efti_bytes *b, const char *name, uint64_t value)
{
    efti_put_text(b, ",\n  \"");
    efti_put_text(b, name);
    efti_put_text(b, "\": ");
    efti_put_u64(b, value);
}

/* "lexicon karna 1.0.0 ab12..." lines become members of "instrument". */
static void
put_instrument(struct efti_bytes *b, eft_text lines)
{
    bool first = true;

    efti_put_text(b, ",\n  \"instrument\": {");
    for (size_t at = 0; at < lines.size;) {
        size_t end = at;
        while (end < lines.size && lines.bytes[end] != '\n')
            end++;
        size_t space = at;
        bool lexicon = end - at > 8 && memcmp(lines.bytes + at, "lexicon ", 8) == 0;
        if (lexicon)
            space = at + 8;
        while (space < end && lines.bytes[space] != ' ')
            space++;
        efti_put_text(b, first ? "\n    " : ",\n    ");
        efti_put_json(b, lines.bytes + at, space - at);
        efti_put_text(b, ": ");
        efti_put_json(b, lines.bytes + space + (space < end),
                      end - space - (space < end));
        first = false;
        at = end + 1;
    }
    efti_put_text(b, "\n  }");
}

static void
put_counters(struct efti_bytes *b, const uint64_t *c)
{
    static const struct {
        const char *name;
        int counter;
    } counted[] = {
        {"counted", EFTI_COUNT_READ},        {"duplicates", EFTI_COUNT_DUPLICATE},
        {"empty", EFTI_COUNT_EMPTY},         {"uninformative", EFTI_COUNT_UNINFORMATIVE},
        {"language", EFTI_COUNT_WITHHELD},   {"no_consent", EFTI_COUNT_NO_CONSENT},
        {"no_writer", EFTI_COUNT_NO_WRITER},
    };
    bool first = true;

    efti_put_text(b, ",\n  \"records\": {");
    for (size_t i = 0; i < EFTI_COUNT(counted); i++) {
        efti_put_text(b, "\"");
        efti_put_text(b, counted[i].name);
        efti_put_text(b, "\": ");
        efti_put_u64(b, c[counted[i].counter]);
        efti_put_text(b, ", ");
    }
    efti_put_text(b, "\"set_aside\": {");
    for (int i = 0; i < EFTI_REASON_COUNT; i++) {
        uint64_t n = c[EFTI_COUNT_SET_ASIDE0 + i];
        if (n == 0)
            continue;
        efti_put_text(b, first ? "\"" : ", \"");
        efti_put_text(b, efti_reason_name((enum efti_reason)i));
        efti_put_text(b, "\": ");
        efti_put_u64(b, n);
        first = false;
    }
    efti_put_text(b, "}}");
}

/* How many quotes, and who chose them. */
static void
put_quotes(struct efti_bytes *b, const eft_results *results)
{
    const eft_table *quotes = eft_results_find(results, "quotes");
    eft_text by = {"none", 4};

    if (quotes != NULL && eft_table_rows(quotes) > 0)
        by = eft_table_text(quotes, 0, eft_table_column_find(quotes, "approved"));
    efti_put_text(b, ",\n  \"quotes\": {\"count\": ");
    efti_put_u64(b, quotes == NULL ? 0 : eft_table_rows(quotes));
    efti_put_text(b, ", \"approved\": ");
    efti_put_json(b, by.bytes, by.size);
    efti_put_char(b, '}');
}

/* Who is in it; that nobody writes in two of them was affirmed, or there is only one. */
static void
put_parties(struct efti_bytes *b, const struct eft_sealed *sealed)
{
    efti_put_text(b, ",\n  \"sealed\": {\"parties\": [");
    for (size_t i = 0; i < sealed->parties.count; i++) {
        eft_text name = sealed->parties.items[i].name;
        efti_put_text(b, i == 0 ? "" : ", ");
        efti_put_json(b, name.bytes, name.size);
    }
    efti_put_text(b,
                  "], \"writers\": \"declared disjoint\", \"absent\": \"parties that "
                  "are not in a number have no such label or too few writers: they are "
                  "the small ones\"}");
}

/* How p-values were adjusted, and what was adjusted together. */
static void
put_families(struct efti_bytes *b, const eft_results *results)
{
    static const char *const families[][2] = {
        {"assignment_tags, assignment_themes", "the cells of the table that are shown"},
        {"feeling_by_theme, feeling_by_tag, feeling_by_assignment",
         "the means of the table that are told"},
        {"theme_pairs", "the pairs within reflections that are shown"},
        {"keyness", "the words that are more frequent in a label"},
        {"tests", "the subjects of one table and test"}};

    efti_put_text(b, ",\n  \"false_discovery\": {\"method\": \"");
    efti_put_text(b, efti_adjustment_name(results->adjustment));
    efti_put_text(b, "\", \"families\": {");
    for (size_t i = 0; i < EFTI_COUNT(families); i++) {
        efti_put_text(b, i == 0 ? "\"" : ", \"");
        efti_put_text(b, families[i][0]);
        efti_put_text(b, "\": \"");
        efti_put_text(b, families[i][1]);
        efti_put_text(b, "\"");
    }
    efti_put_text(b, "}}");
}

void
efti_write_manifest(struct efti_bytes *b, const struct efti_subject *subject,
                    const eft_results *results)
{
    const struct efti_frozen *f = subject->frozen;

    efti_put_text(b, "{\n  \"format\": \"eftertanke-results-1\"");
    put_member(b, "engine", eft_version());
    /* a hash and exact counts of the texts would take the noise away again */
    if (!results->perturbed)
        put_member(b, "corpus", results->fingerprint);
    put_count(b, "k", results->k);
    if (results->pair_terms != 0)
        put_count(b, "pair_terms", results->pair_terms);
    put_member(b, "audience", results->external ? "external" : "internal");
    put_member(b, "writers", results->writer_column ? "column" : "none: k is doubled");
    put_count(b, "cells_hidden", results->hidden_cells);
    if (subject->frozen != NULL)
        put_member(b, "joint_check", results->pairs_only ? "pairs" : "whole");
    if (f != NULL && !results->perturbed)
        put_families(b, results);
    if (subject->stop[0] != '\0')
        put_member(b, "stop", subject->stop);
    put_quotes(b, results);
    if (results->log_read) {
        put_count(b, "earlier_releases", results->earlier);
        put_member(b, "earlier_fingerprint", results->earlier_fingerprint);
        put_count(b, "rows_kept", results->kept_rows);
    }
    assert(f != NULL || subject->sealed != NULL); /* results are of one or the other */
    if (f != NULL && !results->perturbed)
        put_counters(b, f->counters);
    else if (f == NULL)
        put_parties(b, subject->sealed);
    put_instrument(b, f != NULL ? f->settings.fingerprints
                                : subject->sealed->settings.fingerprints);
    efti_put_text(b, ",\n  \"libraries\": {");
    const char *version, *name;
    for (size_t i = 0; (name = eft_library(i, &version)) != NULL; i++) {
        efti_put_text(b, i == 0 ? "" : ", ");
        efti_put_json(b, name, strlen(name));
        efti_put_text(b, ": ");
        efti_put_json(b, version, strlen(version));
    }
    efti_put_text(b, "}");
    efti_put_text(b, ",\n  \"missing\": [");
    for (size_t i = 0; i < results->missing.count; i++) {
        if (i > 0)
            efti_put_text(b, ", ");
        efti_put_json(b, results->missing.items[i], strlen(results->missing.items[i]));
    }
    efti_put_text(b, "]\n}\n");
}
