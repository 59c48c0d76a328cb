/*
 * bake.c - build step: the word lists and the core lexicon, read, folded and packed
 *
 *   bake OUT.c FOLDER
 *
 * The program is the reading part of this room, linked without its own answer
 * (unbaked.c). It reads lexicons/data as a user's folder would be read, so a fault in a
 * list or in the lexicon stops the build with list, line and hint, and writes the tables
 * of list_table.h and the image of lexicon_image.h as C arrays. The same input gives the
 * same bytes.
 */
#include "lexicons/lexicon_image.h"
#include "lexicons/list_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void
print_bytes(FILE *out, const char *name, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;

    fprintf(out, "%s[] = {\n", name);
    for (size_t i = 0; i < size; i++)
        fprintf(out, "%u,%s", p[i], i % 24 == 23 ? "\n" : "");
    fprintf(out, "0};\n\n"); /* also keeps an empty array legal C */
}

static void
print_forms(FILE *out, const struct efti_list_table *t)
{
    fprintf(out, "static const struct efti_list_form forms[] = {\n");
    for (uint32_t i = 0; i < t->form_count; i++) {
        const struct efti_list_form *f = &t->forms[i];
        fprintf(out, "{%u,%u,%u,%u,%u,%u,%u,%u},\n", f->at, f->flags, f->phrases, f->size,
                f->abbreviation, f->shape, f->uninformative, f->goes_on);
    }
    fprintf(out, "{0,0,0,0,0,0,0,0}};\n\nstatic const uint32_t slots[] = {\n");
    for (uint32_t i = 0; i < t->slot_count; i++)
        fprintf(out, "%u,%s", t->slots[i], i % 12 == 11 ? "\n" : "");
    fprintf(out, "0};\n\n");
}

static void
print_words(FILE *out, const uint64_t *words, size_t count, const char *end)
{
    fprintf(out, "{");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "0x%" PRIx64 "u,%s", words[i], i % 16 == 15 ? "\n" : "");
    fprintf(out, "}%s\n", end);
}

/* The spellings lie one after another behind `spellings`. */
static void
print_abbreviations(FILE *out, const struct efti_list_table *t, struct efti_bytes *spelt)
{
    size_t at = 0;

    for (uint32_t i = 0; i < t->abbreviation_count; i++) {
        efti_put(spelt, t->abbreviations[i].canonical.bytes,
                 t->abbreviations[i].canonical.size);
        efti_put_char(spelt, '\0');
    }
    print_bytes(out, "static const unsigned char spellings", spelt->data, spelt->size);
    fprintf(out, "static const struct efti_abbreviation abbreviations[] = {\n");
    for (uint32_t i = 0; i < t->abbreviation_count; i++) {
        const struct efti_abbreviation *a = &t->abbreviations[i];
        fprintf(out, "{{(const char *)spellings + %zu, %zu}, %d, %d, %d, %d},\n", at,
                a->canonical.size, a->joined, a->spaced, a->ends, a->number);
        at += a->canonical.size + 1;
    }
    fprintf(out, "{{NULL, 0}, 0, 0, 0, 0}};\n\n");
}

static void
print_numbers(FILE *out, const uint32_t *numbers, size_t count, const char *end)
{
    fprintf(out, "{");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%u,%s", numbers[i], i % 16 == 15 ? "\n" : "");
    fprintf(out, "}%s\n", end);
}

static void
print_ends(FILE *out, const char *name, const struct efti_list_ends *ends)
{
    fprintf(out, "static const struct efti_list_ends %s = {\n", name);
    print_numbers(out, ends->by_four, EFTI_COUNT(ends->by_four), ",");
    print_numbers(out, ends->by_three, EFTI_COUNT(ends->by_three), ",");
    print_numbers(out, ends->by_one, EFTI_COUNT(ends->by_one), "");
    fprintf(out, "};\n\n");
}

static void
print_table(FILE *out, const struct efti_list_table *t, struct efti_bytes *spelt)
{
    print_bytes(out, "static const unsigned char letters", t->letters, t->letter_count);
    print_forms(out, t);
    print_abbreviations(out, t, spelt);
    fprintf(out, "static const uint64_t map[] = ");
    print_words(out, t->map, ((size_t)1 << t->map_bits) / 64, ";");
    fprintf(out, "static const uint64_t abbreviation_map[] = ");
    print_words(out, t->abbreviation_map, EFTI_ABBREVIATION_WORDS, ";");
    fprintf(out, "static const uint64_t pair_map[] = ");
    print_words(out, t->pair_map, EFTI_PAIR_WORDS, ";");
    print_ends(out, "shapes", t->shapes);
    print_ends(out, "things", t->things);
    fprintf(out,
            "const struct efti_list_table efti_baked_lists = {\n"
            ".forms = forms, .letters = (const char *)letters, .slots = slots,\n"
            ".map = map, .map_bits = %u, .abbreviation_map = abbreviation_map,\n"
            ".pair_map = pair_map,\n"
            ".abbreviations = abbreviations, .shapes = &shapes, .things = "
            "&things,\n"
            ".form_count = %u, .slot_count = %u, .number_bits = %u,\n"
            ".abbreviation_count = %u, .phrase_words = %u, .letter_count = %zu,\n"
            ".hash = \"%s\"};\n\n",
            t->map_bits, t->form_count, t->slot_count, t->number_bits,
            t->abbreviation_count, t->phrase_words, t->letter_count, t->hash);
}

static void
print_lexicon(FILE *out, const struct efti_bytes *image)
{
    print_bytes(out, "const unsigned char efti_baked_lexicon", image->data, image->size);
    fprintf(out, "const size_t efti_baked_lexicon_size = %zu;\n", image->size);
}

static bool
write_file(const char *path, const struct efti_list_table *lists,
           const struct eft_lexicon *lexicon)
{
    struct efti_bytes image, spelt;
    FILE *out = fopen(path, "wb");

    if (out == NULL)
        return false;
    efti_bytes_init(&image, &efti_malloc);
    efti_bytes_init(&spelt, &efti_malloc);
    efti_lexicon_pack(lexicon, &image);
    fprintf(out, "/* generated by lexicons/build/bake.c */\n"
                 "#include \"lexicons/lexicon_image.h\"\n"
                 "#include \"lexicons/list_table.h\"\n\n");
    print_table(out, lists, &spelt);
    print_lexicon(out, &image);
    bool done = !image.failed && !spelt.failed && !ferror(out);
    efti_bytes_free(&image);
    efti_bytes_free(&spelt);
    return fclose(out) == 0 && done;
}

int
main(int argc, char **argv)
{
    struct efti_lists *lists = NULL;
    struct eft_lexicon *lexicon = NULL;
    eft_text core = efti_core_lexicon();
    eft_error err = {0};
    int status = EXIT_FAILURE;

    if (argc != 3) {
        fprintf(stderr, "usage: bake OUT FOLDER\n");
        return EXIT_FAILURE;
    }
    if (efti_lists_open(&efti_malloc, argv[2], &lists, &err) != EFT_OK)
        fprintf(stderr, "bake: %s\n", err.message);
    else if (efti_lexicon_parse(&efti_malloc, core.bytes, core.size, &lexicon, &err) !=
             EFT_OK)
        fprintf(stderr, "bake: the core lexicon: %s\n", err.message);
    else if (!write_file(argv[1], efti_lists_table(lists), lexicon))
        fprintf(stderr, "bake: cannot write the result\n");
    else
        status = EXIT_SUCCESS;
    efti_lists_free(lists);
    eft_lexicon_unref(lexicon);
    return status;
}
