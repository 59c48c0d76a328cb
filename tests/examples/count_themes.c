/*
 * count_themes.c - feed reflections, release tables, print one
 *
 * Twelve writers, two reflections each. With fewer than five writers behind a number the
 * row stays, without the number.
 */
#include <eftertanke.h>

#include <stdio.h>
#include <string.h>

static eft_text
text_of(const char *s)
{
    return (eft_text){s, strlen(s)};
}

static eft_status
feed(eft_tally *tally, eft_error *err)
{
    static const char *const texts[] = {
        "Vi hinner inte med dokumentationen, det är stressigt.",
        "Eleverna fick vara med och bestämma själva."};
    eft_status st = EFT_OK;

    for (int i = 0; i < 24 && st == EFT_OK; i++) {
        char id[16], writer[16];
        (void)snprintf(id, sizeof(id), "r%d", i);
        (void)snprintf(writer, sizeof(writer), "w%d", i / 2);
        eft_reflection r = {.struct_size = sizeof(r), .day = EFT_NO_DAY};
        r.id = text_of(id);
        r.writer = text_of(writer);
        r.unit = text_of(i < 12 ? "Norr" : "Söder");
        r.text = text_of(texts[(i + (i / 4)) % 2]);
        st = eft_tally_add(tally, &r, err);
    }
    return st;
}

static void
print_table(const eft_table *t)
{
    size_t theme = eft_table_column_find(t, "theme"),
           polarity = eft_table_column_find(t, "polarity"),
           shown = eft_table_column_find(t, "shown"),
           n = eft_table_column_find(t, "reflections");

    for (size_t row = 0; row < eft_table_rows(t); row++) {
        eft_text id = eft_table_text(t, row, theme), p = eft_table_text(t, row, polarity);
        if (eft_table_integer(t, row, shown) == 1)
            printf("%.*s %.*s: %lld reflections\n", (int)id.size, id.bytes, (int)p.size,
                   p.bytes, (long long)eft_table_integer(t, row, n));
    }
}

int
main(void)
{
    eft_context *ctx = NULL;
    eft_plan *plan = NULL;
    eft_tally *tally = NULL;
    eft_results *results = NULL;
    eft_error err = {0};

    if (eft_context_new(NULL, &ctx, &err) == EFT_OK &&
        eft_plan_new(ctx, NULL, &plan, &err) == EFT_OK &&
        eft_tally_new(plan, &tally, &err) == EFT_OK && feed(tally, &err) == EFT_OK &&
        eft_tally_release(tally, NULL, &results, &err) == EFT_OK)
        print_table(eft_results_find(results, "themes"));
    else
        fprintf(stderr, "%s\n", err.message);
    eft_results_free(results);
    eft_tally_free(tally);
    eft_plan_unref(plan);
    eft_context_free(ctx);
    return err.status == EFT_OK ? 0 : 1;
}
