/*
 * texts.c - strings to try the scanner on (texts.h)
 */
#include "differential/texts.h"

#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* xorshift64*: the same strings on every machine */
static uint64_t
next_random(struct texts *t)
{
    t->seed ^= t->seed >> 12;
    t->seed ^= t->seed << 25;
    t->seed ^= t->seed >> 27;
    return (t->seed * 0x2545F4914F6CDD1Du) >> 16;
}

static size_t
below(struct texts *t, size_t limit)
{
    return (size_t)(next_random(t) % limit);
}

/* --- alphabets: what the kernels know, and what they do not --- */

static const uint32_t latin[] = {
    'a', 'e',  'i',  'n',  'r',  's',  't',  'l',  'd',  'o',  'k', 'E', 'S', 'T',
    'g', 'm',  'v',  'u',  'p',  'f',  'h',  ' ',  ' ',  ' ',  ' ', ' ', '.', ',',
    'b', 'j',  0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9, '\n', '1', '2', '0', '9',
    ':', '\'', ';',  '-',  '"',  '(',  ')',  '/',  '_',  '@',  '!', '?',
};
static const uint32_t joiners[] = {
    'a',    'B', '1',  '2',    '.',    ':',    ',',    ';',    '\'',  '_',
    0xB7,   ' ', '@',  0x2019, 0x2018, 0xAD,   0xE5,   0xD7,   0xF7,  0xAA,
    0x0308, '-', '\n', 0x20AC, 0x2013, 0x2026, 0x201D, 0x0141, 0x17F, 0xA0,
};
static const uint32_t strange[] = {
    0x200D, 0x200B, 0x200E,  0x200F,  0x202F,  0x2024,  0x2027, 0xFEFF,  0x2028, 0x2029,
    0x85,   '\r',   0xFE0F,  0x20E3,  0x1F600, 0x1F1F8, 0x2764, 0x1F3FD, 0x5D0,  0x5D1,
    0x3A9,  0x416,  0x30AB,  0x4EAC,  0xE01,   0xE40,   0xAC00, 0x1100,  0x1160, 0x11A8,
    0x660,  0x661,  0x1D7CE, 0x10400, 0xFF21,  0xFF11,  0x2040, 0x203F,  0x87,   0x387,
    0x55F,  0x5F4,  0x589,   0x60C,   0x66B,   0x66C,   0x37E,  0xFE13,  0xFE55, 0x1CE,
    0x345,  0x361,  0x903,   0x94D,   0xE0001, 0x2060,  0xB5,   0x2126,  0xFB01, 'a',
};

static uint32_t
any_code_point(struct texts *t, size_t limit)
{
    for (;;) {
        uint32_t c = (uint32_t)below(t, limit);
        if (c != 0 && (c < 0xD800 || c > 0xDFFF))
            return c;
    }
}

#define PICK(t, set) (set)[below(t, sizeof(set) / sizeof((set)[0]))]

/* `odd` of 256 are taken from what no kernel knows. */
static uint32_t
random_character(struct texts *t, size_t joining, size_t odd)
{
    size_t r = below(t, 256);

    if (r < odd)
        return r % 8 == 0   ? any_code_point(t, 0x110000)
               : r % 8 == 1 ? any_code_point(t, 0x3200)
                            : PICK(t, strange);
    return r < odd + joining ? PICK(t, joiners) : PICK(t, latin);
}

size_t
texts_of_alphabets(struct texts *t, char *out)
{
    static const uint8_t mixes[][2] = {/* joiners, strange of 256 */
                                       {16, 0}, {128, 0},  {40, 1},  {250, 0},
                                       {30, 3}, {100, 10}, {60, 96}, {8, 1}};
    const uint8_t *mix = mixes[below(t, sizeof(mixes) / sizeof(mixes[0]))];
    size_t most = below(t, 16) == 0 ? MOST_TEXT - 8 : 1 + below(t, 600), size = 0;

    while (size < most)
        size += efti_utf8_put(random_character(t, mix[0], mix[1]), out + size);
    return size;
}

/* --- real text, and what becomes of it --- */

static bool
append(char **all, size_t *size, const char *bytes, size_t more)
{
    char *grown = realloc(*all, *size + more + 1);

    if (grown == NULL)
        return false;
    memcpy(grown + *size, bytes, more);
    grown[*size + more] = '\0';
    *all = grown;
    *size += more + 1;
    return true;
}

static char *
read_all(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *all = NULL;
    long end;

    if (f == NULL)
        return NULL;
    if (fseek(f, 0, SEEK_END) == 0 && (end = ftell(f)) > 0 &&
        fseek(f, 0, SEEK_SET) == 0 && (all = malloc((size_t)end + 1)) != NULL) {
        *size = fread(all, 1, (size_t)end, f);
        all[*size] = '\0';
    }
    (void)fclose(f);
    return all;
}

bool
texts_add_file(struct texts *t, const char *path)
{
    size_t size = 0, at = 0;
    char *all = read_all(path, &size);
    bool done = all != NULL;

    while (done && at < size) {
        const char *nul = memchr(all + at, '\0', size - at);
        size_t run = nul == NULL ? size - at : (size_t)(nul - (all + at));
        size_t good = efti_utf8_valid_prefix(all + at, run);
        if (good >= 32)
            done = append(&t->real, &t->real_size, all + at, good);
        at += good == 0 || good == run ? good + 1 : good;
    }
    free(all);
    return done;
}

/* Back to the first byte of a character. */
static size_t
whole(const char *bytes, size_t at)
{
    while (at > 0 && ((unsigned char)bytes[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static size_t
next_character(const char *bytes, size_t size, size_t at)
{
    at++;
    while (at < size && ((unsigned char)bytes[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Replace, delete, insert or repeat at one place. */
static size_t
mutate(struct texts *t, char *out, size_t size)
{
    char fresh[4];
    size_t at = whole(out, below(t, size)), behind = next_character(out, size, at);
    size_t how = below(t, 4), cut = how == 0 || how == 1 ? behind - at : 0;
    size_t put = how == 1 ? 0 : efti_utf8_put(random_character(t, 140, 16), fresh);

    if (how == 3) { /* what stands here, again */
        put = behind - at;
        memcpy(fresh, out + at, put);
    }
    if (size - cut + put > MOST_TEXT)
        return size;
    memmove(out + at + put, out + at + cut, size - at - cut);
    memcpy(out + at, fresh, put);
    return size - cut + put;
}

size_t
texts_of_mutations(struct texts *t, char *out)
{
    if (t->real_size == 0)
        return 0;
    size_t at = whole(t->real, below(t, t->real_size)), size = 0;
    size_t most = 16 + below(t, 2000), times = 1 + below(t, 12);

    while (size < most && t->real[at + size] != '\0')
        size++;
    while (size > 0 && ((unsigned char)t->real[at + size] & 0xC0) == 0x80)
        size--;
    memcpy(out, t->real + at, size);
    for (size_t i = 0; i < times && size > 0; i++)
        size = mutate(t, out, size);
    return size;
}

size_t
texts_of_real(const struct texts *t, size_t *at, char *out)
{
    while (*at < t->real_size && t->real[*at] == '\0')
        ++*at;
    size_t size = 0, lines = 0;

    while (size < MOST_TEXT && *at + size < t->real_size && t->real[*at + size] != '\0') {
        size++;
        if (t->real[*at + size - 1] == '\n')
            lines = size;
    }
    if (size == MOST_TEXT) /* to the last line or character that is whole */
        size = lines > 0 ? lines : whole(t->real + *at, size);
    memcpy(out, t->real + *at, size);
    *at += size;
    return size;
}

/* --- Unicode's own test data: lines of hexadecimal numbers with marks between --- */

static size_t
characters_of(const char *line, char *out)
{
    size_t size = 0;

    while (*line != '\0' && *line != '#' && *line != '\n' && size < 200) {
        char *end;
        unsigned long c = strtoul(line, &end, 16);
        if (end == line) {
            line++;
            continue;
        }
        line = end;
        if (c > 0 && c < 0x110000 && (c < 0xD800 || c > 0xDFFF))
            size += efti_utf8_put((uint32_t)c, out + size);
    }
    return size;
}

bool
texts_add_break_test(struct texts *t, const char *path)
{
    char line[4096], bytes[256];
    FILE *f = fopen(path, "r");
    bool done = f != NULL;

    while (done && fgets(line, sizeof(line), f) != NULL) {
        size_t size = characters_of(line, bytes);
        if (size > 0)
            done = append(&t->lines, &t->lines_size, bytes, size);
    }
    if (f != NULL)
        (void)fclose(f);
    return done;
}

size_t
texts_of_unicode(struct texts *t, char *out)
{
    size_t size = 0, lines = 1 + below(t, 6);

    if (t->lines_size == 0)
        return 0;
    for (size_t i = 0; i < lines; i++) {
        size_t at = below(t, t->lines_size);
        while (at > 0 && t->lines[at - 1] != '\0')
            at--;
        size_t length = strlen(t->lines + at);
        memcpy(out + size, t->lines + at, length);
        size += length;
        if (below(t, 3) == 0)
            size += efti_utf8_put(PICK(t, latin), out + size);
    }
    return size;
}

size_t
texts_of_code_points(struct texts *t, char *out)
{
    static const char *const around[][2] = {{"a", "b"},  {"1", "2"},  {" ", " "},
                                            {"a ", "b"}, {"a", " b"}, {"a.", "b"},
                                            {"1", ",2"}};
    size_t size = 0;

    for (; size + 128 < MOST_TEXT && t->code_point < 0x110000; t->code_point++) {
        if (t->code_point == 0 || (t->code_point >= 0xD800 && t->code_point <= 0xDFFF))
            continue;
        for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
            for (const char *p = around[i][0]; *p != '\0'; p++)
                out[size++] = *p;
            size += efti_utf8_put(t->code_point, out + size);
            for (const char *p = around[i][1]; *p != '\0'; p++)
                out[size++] = *p;
            out[size++] = '\n';
        }
    }
    return size;
}

void
texts_free(struct texts *t)
{
    free(t->real);
    free(t->lines);
    *t = (struct texts){0};
}
