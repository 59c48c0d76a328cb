/*
 * scan.c - what the kernels share: rare characters, borders, the choice of a kernel
 *
 * A character that is no ASCII letter, digit, space, full stop or comma and no letter of
 * Latin-1 is one of these:
 *
 *     letter   ª µ º, Latin Extended-A, @ (a letter to ICU)
 *     low      _ joins letters and digits
 *     joiner   : · between letters; ; between digits; ' ‘ ’ between either
 *     absorbed soft hyphen, combining marks U+0300..U+036F: as what stands before (WB4)
 *     nothing  all other of U+0080..U+00BF; × ÷; dashes, quotes, dots of U+2010..U+203A
 *              but U+2024, U+2027 (they join), the line separators and the narrow space
 *              (it joins as well); the euro sign
 *     strange  everything else
 *
 * What is absorbed behind a joiner or a low line is strange as well: WB4 makes it part of
 * the joiner there, and of `a_` + U+00AD ICU 72 says that it is no word at all.
 */
#include "arch/scan_rare.h"

enum what {
    WHAT_NOTHING,
    WHAT_LETTER,
    WHAT_AT,
    WHAT_DIGIT,
    WHAT_LOW,
    WHAT_SEMICOLON,
    WHAT_MID_LETTER,
    WHAT_MID_BOTH,
    WHAT_ABSORBED,
    WHAT_TAIL, /* a continuation byte: belongs to the character before */
    WHAT_STRANGE
};

struct character {
    enum what what;
    uint32_t size;
};

static struct character
character_c2(unsigned char second)
{
    switch (second) {
    case 0xAA:
    case 0xB5:
    case 0xBA: return (struct character){WHAT_LETTER, 2};
    case 0xAD: return (struct character){WHAT_ABSORBED, 2};
    case 0xB7: return (struct character){WHAT_MID_LETTER, 2};
    default: return (struct character){WHAT_NOTHING, 2};
    }
}

static struct character
character_e2(unsigned char second, unsigned char third)
{
    const struct character nothing = {WHAT_NOTHING, 3};

    if (second == 0x82 && third == 0xAC) /* the euro sign */
        return nothing;
    if (second != 0x80)
        return (struct character){WHAT_STRANGE, 3};
    if (third == 0x98 || third == 0x99)
        return (struct character){WHAT_MID_BOTH, 3};
    if ((third >= 0x90 && third <= 0xA3) || third == 0xA6 ||
        (third >= 0xB0 && third <= 0xBA))
        return nothing;
    return (struct character){WHAT_STRANGE, 3};
}

static struct character
character_high(const unsigned char *p)
{
    if (p[0] < 0xC0)
        return (struct character){WHAT_TAIL, 1};
    switch (p[0]) {
    case 0xC2: return character_c2(p[1]);
    case 0xC3:
        return (struct character){
            p[1] == 0x97 || p[1] == 0xB7 ? WHAT_NOTHING : WHAT_LETTER, 2};
    case 0xC4:
    case 0xC5: return (struct character){WHAT_LETTER, 2};
    case 0xCC: return (struct character){WHAT_ABSORBED, 2};
    case 0xCD: return (struct character){p[1] < 0xB0 ? WHAT_ABSORBED : WHAT_STRANGE, 2};
    case 0xE2: return character_e2(p[1], p[2]);
    default:
        return (struct character){WHAT_STRANGE, p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4};
    }
}

/* Of valid UTF-8, so that the bytes of a character are there when its first one is. */
static struct character
character_at(const unsigned char *p)
{
    if (*p >= 0x80)
        return character_high(p);
    if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
        return (struct character){WHAT_LETTER, 1};
    if (*p >= '0' && *p <= '9')
        return (struct character){WHAT_DIGIT, 1};
    switch (*p) {
    case '@': return (struct character){WHAT_AT, 1};
    case '_': return (struct character){WHAT_LOW, 1};
    case ':': return (struct character){WHAT_MID_LETTER, 1};
    case ';': return (struct character){WHAT_SEMICOLON, 1};
    case '\'': return (struct character){WHAT_MID_BOTH, 1};
    default: return (struct character){WHAT_NOTHING, 1};
    }
}

enum scan_near
efti_scan_near(const struct efti_scan *s, uint32_t at)
{
    if (at >= s->size)
        return NEAR_OTHER;
    switch (character_at(s->bytes + at).what) {
    case WHAT_LETTER:
    case WHAT_AT: return NEAR_LETTER;
    case WHAT_DIGIT: return NEAR_DIGIT;
    case WHAT_ABSORBED:
    case WHAT_STRANGE: return NEAR_STRANGE;
    default: return NEAR_OTHER;
    }
}

bool
efti_scan_is_strange(const unsigned char *bytes, uint32_t at, uint32_t size)
{
    return at < size && character_at(bytes + at).what == WHAT_STRANGE;
}

/* ------------------------------------------------------------------ rare characters */

/* The bytes of a character as bits, cut at the end of the block, and those behind it. */
struct span {
    uint64_t here, spill;
};

static struct span
span_of(uint32_t bit, uint32_t size)
{
    uint64_t all = ((uint64_t)1 << size) - 1;

    return (struct span){all << bit, bit + size > 64 ? all >> (64 - bit) : 0};
}

static bool
absorbing_is_strange(const struct efti_scan *s, uint32_t at)
{
    const unsigned char *p = s->bytes + at;

    if (at == s->floor)
        return false;
    if (p[-1] < 0x80)
        return p[-1] == '\0' || strchr(".,;:'_", p[-1]) != NULL;
    if (at - s->floor >= 2 && p[-2] == 0xC2)
        return p[-1] == 0xB7;
    return at - s->floor >= 3 && p[-3] == 0xE2 && p[-2] == 0x80 &&
           (p[-1] == 0x98 || p[-1] == 0x99);
}

/* Soft hyphens and combining marks become what they stand behind. */
static bool
absorb(const struct efti_scan *s, struct efti_scan_carry *c, struct efti_scan_word *w,
       struct span b, uint32_t at, bool letter, bool digit)
{
    if (letter) {
        w->letter |= b.here;
        c->spill_letter |= b.spill;
    } else if (digit) {
        w->digit |= b.here;
        c->spill_digit |= b.spill;
    } else {
        return !absorbing_is_strange(s, at);
    }
    w->mark |= b.here;
    c->spill_mark |= b.spill;
    return true;
}

/* False: what stands behind decides, and that is for ICU. */
static bool
join(const struct efti_scan *s, struct efti_scan_carry *c, struct efti_scan_word *w,
     struct span b, uint32_t behind, bool letters, bool digits)
{
    if (!letters && !digits)
        return true;
    enum scan_near next = efti_scan_near(s, behind);
    if (next == NEAR_STRANGE)
        return false;
    if ((letters && next == NEAR_LETTER) || (digits && next == NEAR_DIGIT)) {
        w->joined |= b.here;
        c->spill_join |= b.spill;
    }
    return true;
}

static bool
decide(const struct efti_scan *s, struct efti_scan_carry *c, struct efti_scan_word *w,
       uint32_t bit, uint32_t at)
{
    struct character is = character_at(s->bytes + at);
    struct span b = span_of(bit, is.size);
    bool letter = bit == 0 ? c->letter : (w->letter >> (bit - 1) & 1) != 0;
    bool digit = bit == 0 ? c->digit : (w->digit >> (bit - 1) & 1) != 0;

    switch (is.what) {
    case WHAT_AT: w->mark |= b.here; /* fall through */
    case WHAT_LETTER:
        w->letter |= b.here;
        c->spill_letter |= b.spill;
        return true;
    case WHAT_LOW: w->low |= b.here; return true;
    case WHAT_SEMICOLON:
        w->semicolon |= b.here;
        return join(s, c, w, b, at + is.size, false, digit);
    case WHAT_MID_LETTER: return join(s, c, w, b, at + is.size, letter, false);
    case WHAT_MID_BOTH: return join(s, c, w, b, at + is.size, letter, digit);
    case WHAT_ABSORBED: return absorb(s, c, w, b, at, letter, digit);
    case WHAT_STRANGE: return false;
    default: return true;
    }
}

bool
efti_scan_rare(struct efti_scan *s, struct efti_scan_carry *c, struct efti_scan_word *w,
               uint64_t rare, uint32_t base)
{
    for (; rare != 0; rare &= rare - 1) {
        uint32_t bit = (uint32_t)__builtin_ctzll(rare);
        if (!decide(s, c, w, bit, base + bit)) {
            s->strange = base + bit;
            return false;
        }
    }
    return true;
}

/* -------------------------------------------------------------------------- borders */

uint32_t
efti_scan_border_before(const unsigned char *bytes, uint32_t at, uint32_t floor)
{
    while (at > floor) {
        if (bytes[at - 1] == '\n')
            break;
        if (bytes[at - 1] == ' ' && bytes[at] != ' ' && bytes[at] < 0x80)
            break;
        at--;
    }
    return at;
}

uint32_t
efti_scan_border_after(const unsigned char *bytes, uint32_t at, uint32_t size)
{
    while (at < size && bytes[at] != '\n') {
        if (bytes[at] == ' ' && at + 1 < size && bytes[at + 1] != ' ' &&
            bytes[at + 1] < 0x80 && bytes[at + 1] != '\n')
            return at + 1;
        at++;
    }
    return at;
}

static void
clear_from(uint64_t *set, uint32_t from, uint32_t to)
{
    if (from >= to)
        return;
    set[from / 64] &= ((uint64_t)1 << from % 64) - 1;
    for (uint32_t i = from / 64 + 1; i <= (to - 1) / 64; i++)
        set[i] = 0;
}

static uint32_t
start_of(const struct efti_scan *s, uint32_t record)
{
    uint32_t start;

    memcpy(&start, s->records + (size_t)record * EFTI_SCAN_RECORD, sizeof(start));
    return start;
}

bool
efti_scan_cut(struct efti_scan *s, struct efti_scan_carry *c, uint32_t base)
{
    uint32_t all = s->count + s->begun;

    s->cut = efti_scan_border_before(s->bytes, s->strange, s->floor);
    if (s->cut > base)
        return false;
    while (s->begun > 0 && s->starts[s->begun - 1] >= s->cut)
        s->begun--;
    while (s->begun == 0 && s->count > 0 && start_of(s, s->count - 1) >= s->cut)
        s->count--;
    if (s->ended > s->begun)
        s->ended = s->begun;
    if (s->count + s->begun < all) /* no word reaches over a border: none is open now */
        c->holds = c->others = false;
    clear_from(s->special, s->count + s->ended, all);
    clear_from(s->attend, s->count + s->ended, all);
    clear_from(s->perhaps, s->count + s->ended, all);
    clear_from(s->numbers, s->count + s->ended, all);
    clear_from(s->opened, s->count + s->begun, all);
    return s->count + s->begun < all;
}

/* ------------------------------------------------------------------- begin and end */

void
efti_scan_restart(struct efti_scan *s, uint32_t at)
{
    s->at = s->floor = at;
    s->begun = s->ended = 0;
    memset(&s->carry, 0, sizeof(s->carry));
}

void
efti_scan_finish(struct efti_scan *s)
{
    if (s->begun > 0) {
        unsigned char *record = s->records + (size_t)s->count * EFTI_SCAN_RECORD;
        memcpy(record, &s->starts[0], sizeof(s->starts[0]));
        memcpy(record + 4, &s->size, sizeof(s->size));
        uint64_t bit = (uint64_t)1 << s->count % 64;
        if (!s->carry.others)
            s->numbers[s->count / 64] |= bit;
        else if (s->carry.holds)
            s->special[s->count / 64] |= bit;
        efti_scan_rest(s, s->count, record);
        s->begun = 0;
        s->count++;
    }
    if (s->count > 0) /* nothing plain stands behind the last one */
        s->attend[(s->count - 1) / 64] |= (uint64_t)1 << (s->count - 1) % 64;
}

uint64_t
efti_scan_fold(const char *bytes, size_t size)
{
    uint64_t folded = 0;

    for (size_t i = size; i > 0; i--)
        folded = folded << 8 | (unsigned char)bytes[i - 1] | 0x20;
    return size == 0 || size > 8 ? 0 : folded << (64 - 8 * size);
}

/* ------------------------------------------------------------------------ the choice */

/* In order of speed */
static const struct efti_scan_path paths[] = {
    {"portable", efti_scan_run_portable, efti_scan_has_portable},
#if defined(EFTI_ARCH_X86)
    {"sse2", efti_scan_run_sse2, efti_scan_has_sse2},
    {"avx2", efti_scan_run_avx2, efti_scan_has_avx2},
    {"avx512", efti_scan_run_avx512, efti_scan_has_avx512},
#elif defined(EFTI_ARCH_NEON)
    {"neon", efti_scan_run_neon, efti_scan_has_neon},
#endif
};

const struct efti_scan_path *
efti_scan_paths(size_t *count)
{
    *count = EFTI_COUNT(paths);
    return paths;
}

const struct efti_scan_path *
efti_scan_best(void)
{
    size_t i = EFTI_COUNT(paths) - 1;

    while (i > 0 && !paths[i].available())
        i--;
    return &paths[i];
}
