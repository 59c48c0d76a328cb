/* The whole page from made-up results, and read back from SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/report.h"
#include "store/store.h"
#include "support/failing.h"
#include "support/sample_results.h"
#include "support/scratch.h"

static const eft_text manifest = {
    "{\"format\":\"eftertanke-results-1\",\"k\":5,\"records\":{\"empty\":3},"
    "\"missing\":[\"term_pairs\"],\"instrument\":{\"lexicon <b>\":\"1\"}}",
    137};

static eft_status
render(const eft_allocator *mem, const struct eft_results *r,
       const struct efti_report_options *o, struct efti_bytes *out)
{
    eft_text m = manifest;

    m.size = strlen(manifest.bytes);
    efti_bytes_init(out, mem);
    return efti_report_html(mem, r, m, o, out, NULL, NULL, NULL);
}

static void
end_string(struct efti_bytes *b)
{
    efti_put_char(b, '\0');
    assert_false(b->failed);
}

static void
theme_row(struct sample *s, const char *id, const char *polarity, int64_t reflections)
{
    sample_row(s);
    sample_text(s, "theme", id);
    sample_text(s, "label_sv", id);
    sample_text(s, "label_en", id);
    sample_text(s, "polarity", polarity);
    sample_integer(s, "shown", reflections >= 0);
    if (reflections < 0)
        return;
    sample_integer(s, "reflections", reflections);
    sample_real(s, "share", (double)reflections / 60.0);
    sample_integer(s, "writers", reflections / 2);
}

static void
quote_row(struct sample *s, const char *theme, const char *quote)
{
    sample_row(s);
    sample_text(s, "theme", theme);
    sample_text(s, "quote", quote);
    sample_text(s, "approved", "by a person");
}

/* Themes with a hostile name, quotes. */
static struct eft_results *
full_results(const eft_allocator *mem)
{
    struct sample s = {.results = sample_results(mem, true)};

    if (s.results == NULL)
        return NULL;
    struct eft_results *r = s.results;
    for (size_t i = 0; s.st == EFT_OK && i < r->tables.count; i++) {
        if (strcmp(eft_table_name(r->tables.items[i]), "themes") == 0)
            s.t = r->tables.items[i];
    }
    theme_row(&s, "oro", "any", 31);
    theme_row(&s, "oro", "negated", 7);
    theme_row(&s, "gladje", "any", 40);
    theme_row(&s, "<script>alert(1)</script>", "any", 12);
    theme_row(&s, "tillit", "any", -1);
    sample_done(&s);
    sample_table(&s, EFTI_TABLE_QUOTES, NULL);
    quote_row(&s, "oro", "Det <i>kändes</i> svårt.");
    quote_row(&s, "oro",
              "Vi vågade \xE2\x80\xAE"
              "fråga.");
    quote_row(&s, "gladje", "Vi skrattade.");
    sample_done(&s);
    if (s.st == EFT_OK)
        return r;
    eft_results_free(r);
    return NULL;
}

static void
what_decides_is_told_where_weights_do(void **state)
{
    static const char *const manifests[] = {"{}",
                                            "{\"instrument\":{\"decide\":\"none\"}}",
                                            "{\"instrument\":{\"decide\":\"9d\"}}"};
    struct eft_results *r = full_results(&efti_malloc);

    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < 3; i++) {
        struct efti_report_options o = {.language = EFTI_ENGLISH};
        struct efti_bytes b;
        efti_bytes_init(&b, &efti_malloc);
        assert_int_equal(efti_report_html(&efti_malloc, r,
                                          (eft_text){manifests[i], strlen(manifests[i])},
                                          &o, &b, NULL, NULL, NULL),
                         EFT_OK);
        end_string(&b);
        assert_int_equal(strstr(b.data, "decided by weights") != NULL, i == 2);
        efti_bytes_free(&b);
    }
    eft_results_free(r);
}

static void
both_languages_are_whole_pages(void **state)
{
    struct eft_results *r = full_results(&efti_malloc);

    (void)state;
    assert_non_null(r);
    for (int l = 0; l < EFTI_LANGUAGES; l++) {
        struct efti_report_options o = {.language = (enum efti_language)l};
        struct efti_bytes b;
        assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_OK);
        end_string(&b);
        assert_non_null(strstr(b.data, l == EFTI_ENGLISH ? "<html lang=\"en\">"
                                                         : "<html lang=\"sv\">"));
        assert_non_null(strstr(b.data, "default-src 'none'"));
        assert_non_null(strstr(b.data, "</html>"));
        assert_null(strstr(b.data, "{0}"));
        assert_null(strstr(b.data, "http://www.w3.org/1999"));
        efti_bytes_free(&b);
    }
    eft_results_free(r);
}

static void
hostile_content_is_text(void **state)
{
    struct eft_results *r = full_results(&efti_malloc);
    struct efti_report_options o = {.title = "</title><script>alert(2)</script>"};
    struct efti_bytes b;

    (void)state;
    assert_non_null(r);
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_OK);
    end_string(&b);
    assert_null(strstr(b.data, "<script>alert"));
    assert_null(strstr(b.data, "<i>k"));
    assert_null(strstr(b.data, "lexicon <b>"));
    assert_null(strstr(b.data, "\xE2\x80\xAE"));
    assert_non_null(strstr(b.data, "&lt;i&gt;"));
    efti_bytes_free(&b);
    eft_results_free(r);
}

static void
sections_and_quotes_can_be_chosen(void **state)
{
    struct eft_results *r = full_results(&efti_malloc);
    struct efti_report_options o = {.sections = "themes,quotes", .no_quotes = true};
    struct efti_bytes b;

    (void)state;
    assert_non_null(r);
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_OK);
    end_string(&b);
    assert_non_null(strstr(b.data, "<section id=\"themes\""));
    assert_null(strstr(b.data, "<section id=\"who\""));
    assert_null(strstr(b.data, "Vi skrattade."));
    efti_bytes_free(&b);
    o.sections = "themes,citat";
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_E_RANGE);
    assert_int_equal(b.size, 0);
    efti_bytes_free(&b);
    o = (struct efti_report_options){.logo = {"MZ nothing", 10}};
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_E_RANGE);
    efti_bytes_free(&b);
    eft_results_free(r);
}

static void
what_did_not_pass_the_gate_is_refused(void **state)
{
    struct eft_results *r = sample_results(&efti_malloc, true);
    const struct efti_report_options o = {.language = EFTI_SWEDISH};
    struct efti_bytes b;

    (void)state;
    assert_non_null(r);
    r->k = 0;
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_E_REFUSED);
    efti_bytes_free(&b);
    eft_results_free(r);
}

static void
a_report_without_tables_says_so_kindly(void **state)
{
    const struct efti_report_options o = {.language = EFTI_ENGLISH};
    struct eft_results *r;
    struct efti_bytes b;

    (void)state;
    assert_int_equal(efti_results_new(&efti_malloc, &r, NULL), EFT_OK);
    r->k = 5;
    assert_int_equal(render(&efti_malloc, r, &o, &b), EFT_OK);
    end_string(&b);
    assert_non_null(strstr(b.data, "Too few have written yet"));
    efti_bytes_free(&b);
    eft_results_free(r);
}

/* What is read back from the folder gives the same page. */
static void
sqlite_gives_the_same_page(void **state)
{
    struct eft_results *r = full_results(&efti_malloc), *back;
    const struct efti_report_options o = {.language = EFTI_SWEDISH};
    struct efti_bytes a, b;
    struct scratch scratch;

    (void)state;
    assert_non_null(r);
    assert_true(scratch_open(&scratch));
    const char *path = scratch_path(&scratch, "results.sqlite");
    assert_int_equal(efti_store_write(&efti_malloc, path, r, NULL), EFT_OK);
    assert_int_equal(efti_store_read(&efti_malloc, path, &back, NULL), EFT_OK);
    assert_int_equal(render(&efti_malloc, r, &o, &a), EFT_OK);
    assert_int_equal(render(&efti_malloc, back, &o, &b), EFT_OK);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    efti_bytes_free(&a);
    efti_bytes_free(&b);
    eft_results_free(r);
    eft_results_free(back);
    scratch_close(&scratch);
}

static void
a_file_that_is_no_database_is_refused(void **state)
{
    struct eft_results *back;
    struct scratch scratch;

    (void)state;
    assert_true(scratch_open(&scratch));
    const char *path = scratch_path(&scratch, "results.sqlite");
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (int i = 0; i < 5000; i++)
        (void)fputc(i % 251, f);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(efti_store_read(&efti_malloc, path, &back, NULL), EFT_E_FORMAT);
    assert_null(back);
    scratch_close(&scratch);
}

static void
every_refused_request_is_told(void **state)
{
    struct eft_results *r = full_results(&efti_malloc);
    const struct efti_report_options o = {.language = EFTI_SWEDISH};

    (void)state;
    assert_non_null(r);
    for (uint64_t n = 1;; n++) {
        struct failing f;
        const eft_allocator mem = failing_at(&f, n);
        struct efti_bytes b;
        eft_status st = render(&mem, r, &o, &b);
        assert_true(!f.failed || b.size == 0);
        efti_bytes_free(&b);
        if (failing_got_through(&f, st))
            break;
    }
    eft_results_free(r);
}

static void
the_summary_speaks_both_languages(void **state)
{
    struct eft_results *r = full_results(&efti_malloc);
    const eft_run_counts counts = {.read = 60, .empty = 2};

    (void)state;
    assert_non_null(r);
    for (int l = 0; l < EFTI_LANGUAGES; l++) {
        struct efti_bytes b;
        efti_bytes_init(&b, &efti_malloc);
        assert_int_equal(efti_report_summary(&efti_malloc, r, &counts,
                                             (enum efti_language)l, false, &b, NULL),
                         EFT_OK);
        end_string(&b);
        assert_non_null(
            strstr(b.data, l == EFTI_ENGLISH ? "60 reflections" : "60 reflektioner"));
        assert_null(strchr(b.data, '\033'));
        efti_bytes_free(&b);
    }
    eft_results_free(r);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_are_whole_pages),
        cmocka_unit_test(what_decides_is_told_where_weights_do),
        cmocka_unit_test(hostile_content_is_text),
        cmocka_unit_test(sections_and_quotes_can_be_chosen),
        cmocka_unit_test(what_did_not_pass_the_gate_is_refused),
        cmocka_unit_test(a_report_without_tables_says_so_kindly),
        cmocka_unit_test(sqlite_gives_the_same_page),
        cmocka_unit_test(a_file_that_is_no_database_is_refused),
        cmocka_unit_test(every_refused_request_is_told),
        cmocka_unit_test(the_summary_speaks_both_languages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
