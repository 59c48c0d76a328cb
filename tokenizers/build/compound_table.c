/*
 * compound_table.c - build step: the splitter's word lists become a C table
 *
 *   compound_table OUT.c whole_compounds.txt compound_parts.tsv
 *
 * A whole word that ends in a or e also gives its stem without that vowel: those are lost
 * before endings and inside compounds (förskol-or, handledar-samtal). "+" in a first part
 * shows its link. Lists are small and ours, so limits are fixed and a word that does not
 * fit, or stands twice, stops the build.
 */
#include "lexicons/dictionary_format.h"
#include "tokenizers/compound_words.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST_WORDS 16384u
#define MOST_TEXT 65536u

struct table {
    struct entry {
        uint64_t hash;
        uint16_t at;
        uint8_t size, flags;
    } entries[MOST_WORDS];
    uint32_t count;
    char text[MOST_TEXT];
    size_t used;
};

static struct table table; /* 0.5 MiB: too much for a stack */

static bool
add_word(const char *word, size_t size, uint8_t flags)
{
    for (uint32_t i = 0; i < table.count; i++) {
        struct entry *e = &table.entries[i];
        if (e->size == size && memcmp(table.text + e->at, word, size) == 0) {
            bool said_before = (e->flags & flags & 0x1F) != 0;
            e->flags |= flags;
            return !said_before;
        }
    }
    if (size == 0 || size > 64 || table.count == MOST_WORDS ||
        size > MOST_TEXT - table.used)
        return false;
    memcpy(table.text + table.used, word, size);
    table.entries[table.count++] = (struct entry){
        efti_dict_hash(word, size), (uint16_t)table.used, (uint8_t)size, flags};
    table.used += size;
    return true;
}

static bool
add_whole(const char *word)
{
    size_t size = strlen(word);

    if (!add_word(word, size, EFTI_PIECE_WHOLE))
        return false;
    if (size > 4 && (word[size - 1] == 'a' || word[size - 1] == 'e'))
        return add_word(word, size - 1, EFTI_PIECE_STEM);
    return true;
}

static uint8_t
class_flag(const char *name)
{
    static const struct {
        const char *name;
        uint8_t flag;
    } classes[] = {{"first", EFTI_PIECE_FIRST},
                   {"last", EFTI_PIECE_LAST},
                   {"prefix", EFTI_PIECE_PREFIX},
                   {"never", EFTI_PIECE_NEVER}};

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strcmp(name, classes[i].name) == 0)
            return classes[i].flag;
    }
    return 0;
}

/* "gat+u<TAB>first last" */
static bool
add_part(char *line)
{
    char *classes = strchr(line, '\t'), *plus = strchr(line, '+');
    uint8_t flags = 0;

    if (classes == NULL)
        return false;
    *classes++ = '\0';
    if (plus != NULL) {
        size_t link = strlen(plus + 1);
        if (link == 0 || link > 3)
            return false;
        memmove(plus, plus + 1, link + 1);
        flags = (uint8_t)(link << EFTI_PIECE_LINK_SHIFT);
    }
    for (char *name = strtok(classes, " "); name != NULL; name = strtok(NULL, " ")) {
        uint8_t flag = class_flag(name);
        if (flag == 0)
            return false;
        flags |= flag;
    }
    return add_word(line, strlen(line), flags);
}

static bool
read_list(const char *path, bool parts)
{
    char line[256];
    unsigned number = 0;
    FILE *in = fopen(path, "rb");
    bool ok = in != NULL;

    while (ok && fgets(line, sizeof(line), in) != NULL) {
        number++;
        if (line[0] == '#') { /* head lines may be longer than the buffer */
            while (strchr(line, '\n') == NULL && fgets(line, sizeof(line), in) != NULL)
                continue;
            continue;
        }
        line[strcspn(line, "\r\n")] = '\0';
        ok = parts ? add_part(line) : add_whole(line);
        if (!ok)
            fprintf(stderr, "compound_table: line %u does not fit or stands twice\n",
                    number);
    }
    return in != NULL && fclose(in) == 0 && ok;
}

static uint32_t
power_of_two_above(uint32_t n)
{
    uint32_t power = 64;

    while (power < n)
        power *= 2;
    return power;
}

static void
write_slots(FILE *out, struct efti_piece_slot *slots, uint32_t count)
{
    for (uint32_t i = 0; i < table.count; i++) {
        const struct entry *e = &table.entries[i];
        uint32_t at = (uint32_t)e->hash & (count - 1);
        while (slots[at].size != 0)
            at = (at + 1) & (count - 1);
        slots[at] =
            (struct efti_piece_slot){(uint32_t)(e->hash >> 32), e->at, e->size, e->flags};
    }
    fprintf(out, "const uint32_t efti_piece_mask = %u;\n", count - 1);
    fprintf(out, "const struct efti_piece_slot efti_piece_slots[] = {\n");
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "    {%uu, %u, %u, %u},\n", slots[i].tag, slots[i].at, slots[i].size,
                slots[i].flags);
    fprintf(out, "};\n\n");
}

static void
write_map(FILE *out, uint64_t *map, uint32_t bits)
{
    for (uint32_t i = 0; i < table.count; i++) {
        size_t bit = efti_piece_bit(table.entries[i].hash) & (bits - 1);
        map[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    fprintf(out, "const uint32_t efti_piece_map_mask = %u;\n", bits - 1);
    fprintf(out, "const uint64_t efti_piece_map[] = {\n");
    for (uint32_t i = 0; i < bits / 64; i++)
        fprintf(out, "    0x%016llxu,\n", (unsigned long long)map[i]);
    fprintf(out, "};\n\n");
}

static bool
write_table(FILE *out)
{
    /* At most half full, so that a word that is not there is refused soon; 64 bits
     * of the map a word let one wrong word of 64 pass. */
    uint32_t count = power_of_two_above(2 * table.count);
    uint32_t bits = power_of_two_above(64 * table.count);
    struct efti_piece_slot *slots = calloc(count, sizeof(*slots));
    uint64_t *map = calloc(bits / 64, sizeof(*map));
    bool ok = slots != NULL && map != NULL;

    fprintf(out, "/* generated by tokenizers/build/compound_table.c */\n"
                 "#include \"tokenizers/compound_words.h\"\n\n");
    if (ok) {
        write_slots(out, slots, count);
        write_map(out, map, bits);
        fprintf(out, "const char efti_piece_text[] = {");
        for (size_t i = 0; i < table.used; i++)
            fprintf(out, "%s'\\x%02x',", i % 12 == 0 ? "\n    " : "",
                    (unsigned)(unsigned char)table.text[i]);
        fprintf(out, "\n};\n");
    }
    free(slots);
    free(map);
    return ok;
}

int
main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: compound_table OUT WHOLE PARTS\n");
        return EXIT_FAILURE;
    }
    if (!read_list(argv[2], false) || !read_list(argv[3], true))
        return EXIT_FAILURE;
    FILE *out = fopen(argv[1], "wb");
    if (out == NULL)
        return EXIT_FAILURE;
    bool ok = write_table(out);
    return fclose(out) == 0 && ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
