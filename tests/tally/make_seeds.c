/*
 * make_seeds.c - writes the seeds of tests/fuzz/fuzz_state.c
 *
 *     make_seeds tests/fuzz/seeds/state
 *
 * Run by hand when the state format changes; the seeds are in the tree.
 */
#include "made.h"

static int
write_seed(const char *folder, const char *name, uint32_t count,
           const struct made_options *m)
{
    struct efti_tally_settings s = made_settings(m);
    struct efti_tally *t;
    struct efti_bytes b;
    char path[4096];
    int failed = 1;

    if (efti_tally_new(&efti_malloc, &s, &t, NULL) != EFT_OK)
        return 1;
    for (uint32_t i = 0; i < count; i++)
        (void)made_add(t, i, m);
    efti_bytes_init(&b, &efti_malloc);
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (f != NULL && efti_tally_write(t, &b, NULL) == EFT_OK &&
        fwrite(b.data, 1, b.size, f) == b.size)
        failed = 0;
    if (f != NULL && fclose(f) != 0)
        failed = 1;
    efti_bytes_free(&b);
    efti_tally_free(t);
    return failed;
}

int
main(int argc, char **argv)
{
    static const struct made_options named = {true, true, 4, 9, 4, 1};
    static const struct made_options anonymous = {false, false, 4, 3, 2, 1};

    if (argc != 2)
        return 2;
    return write_seed(argv[1], "empty.state", 0, &named) +
           write_seed(argv[1], "named.state", 9, &named) +
           write_seed(argv[1], "anonymous.state", 12, &anonymous);
}
