/*
 * veil_one.c - take out what points at a person, from one text
 *
 *     cc veil_one.c $(pkg-config --cflags --libs eftertanke) && ./a.out
 */
#include <eftertanke.h>

#include <stdio.h>
#include <string.h>

int
main(void)
{
    static const char text[] =
        "Ringde Samira Lindqvist på 070-174 06 21 om mötet i Höör.";
    eft_context *ctx = NULL;
    eft_plan *plan = NULL;
    eft_worker *worker = NULL;
    eft_veiled veiled;
    eft_error err = {0};

    if (eft_context_new(NULL, &ctx, &err) == EFT_OK &&
        eft_plan_new(ctx, NULL, &plan, &err) == EFT_OK &&
        eft_worker_new(plan, &worker, &err) == EFT_OK &&
        eft_worker_veil(worker, (eft_text){text, strlen(text)}, &veiled, &err) ==
            EFT_OK) {
        printf("%.*s\n", (int)veiled.text.size, veiled.text.bytes);
        for (size_t i = 0; i < veiled.count; i++)
            printf("%s by rule %s, bytes %llu-%llu\n", veiled.categories[i],
                   veiled.rules[i], (unsigned long long)veiled.starts[i],
                   (unsigned long long)veiled.ends[i]);
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    eft_worker_free(worker);
    eft_plan_unref(plan);
    eft_context_free(ctx);
    return err.status == EFT_OK ? 0 : 1;
}
