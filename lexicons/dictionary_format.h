/*
 * dictionary_format.h - the bytes of ordbok.efd, shared by its writer and its reader
 *
 *   header     256 bytes, below
 *   joins      COUNT + COUNT * COUNT u32: which places may follow which in a compound
 *   forms      records sorted by bytes, each at a multiple of four:
 *              u32 flags, u8 size, u8 bytes of its stem (0: all; a Snowball stem is a
 *              beginning of its word), the folded form, with HAS_BASE three bytes: the
 *              record of its base form / 4, u16 number in the known part (0: none) and
 *              u16 cuts (tokenizers/compounds.h; 0: nothing is told)
 *   form index u32 slots, open addressing: tag (8 bits) | record / 4 (24 bits); 0: free
 *   stems      records sorted by bytes: u32 record of the label, u8 size, u8 0, the stem
 *   stem index like the form index
 *   parts      the forms that may begin or go on a compound once more, without their
 *              bytes: 1 << BITS slots, open addressing: u32 upper half of the hash, u32
 *              flags (0: free)
 *   part map   behind them: 8 << BITS bits, one set for each part
 *   source     where the words come from and their licence
 *
 *   hot        the commonest forms once more, by rank, each at a multiple of four: u32
 *              flags, u32 flags of the lists, u8 size, u8 bytes of its stem, u8 name
 *              shape, u8 code points, u8 where the last part of a compound begins, u24
 *              record of its base form / 4 (0: none), u32 number in the known part (0:
 *              none), the folded form
 *   hot index  like the form index
 *
 *   known      what the engine makes of forms, each answer once (lexicons/image/know.c):
 *              32 bytes fingerprint of the engine's sources, 32 bytes hash of the lexicon
 *              whose patterns were asked, u32 records, u32 sets, u32 words of sets, u32
 *              bytes of the matcher
 *     records  u32 flags of the lists, u32 word of the veil, u32 the same behind a
 *              capital, u32 set (0: none), u8 name shape, u8 closed, u16 what the veil
 *              asks of it further (engine/veil/cues.c)
 *     starts   u32 for each set and for the end: its first word
 *     words    of each set, u32: what match/sets.c keeps
 *     matcher  of that lexicon (engine/match/matcher_image.c), to the end of the file
 *
 * The hot part and the known part say nothing that could not be found without them: one
 * keeps what running text needs most in few pages, with the answers of the word lists
 * beside it; the other holds, for all forms, what veil and patterns find in the bytes of
 * a form alone (829,000 forms have some 12,000 different answers). The hot part may hold
 * words that the forms do not (flags then say what they are, COMPOUND too). Both share a
 * checksum of their own, taken when the file is opened, and are no part of the file's
 * SHA-256, since they change no figure.
 *
 * All numbers are little-endian. A look-up costs one cache miss in the index and one in
 * the record: the tag turns away 255 of 256 wrong slots. A search for compounds asks for
 * each beginning of a word, nearly always in vain: there the map of parts (64 KiB)
 * answers, which stays in a near cache, and then the parts (512 KiB). The reader checks
 * each offset when it follows it, so that opening costs nothing and damaged bytes can
 * mislead but never harm.
 *
 * What is promised: no bytes, whoever made them, make a reader leave the file or what it
 * made of it (the matcher and the sets of the known part are held against their bounds
 * when they are taken). Damage to the hot and the known part is found when the file is
 * opened; damage before them is not, and may give wrong answers: the SHA-256 names the
 * file, opening does not take it again. Against who makes a file there is no promise as
 * to answers: it can call a name a word, and the veil believes it. Nor may the file be
 * written to or cut short while it is in use; put a new one in its place by renaming.
 *
 * The lower 12 bits of the flags are those of dictionary.h, the upper 20 say which places
 * of a compound the form may fill ("classes": begin, middle, end, and one for each flag
 * that the affix file uses in a COMPOUNDRULE). joins[a] is the set of classes that may
 * end a word begun by class a; joins[COUNT + a * COUNT + b] the set that may end it after
 * a, b.
 */
#ifndef EFTI_LEXICONS_DICTIONARY_FORMAT_H
#define EFTI_LEXICONS_DICTIONARY_FORMAT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EFTI_DICT_MAGIC "EFTORDB\n"
#define EFTI_DICT_VERSION 7u
#define EFTI_DICT_HEADER_SIZE 256u
/* 32 bytes: SHA-256 of all before the hot part, with this, the size, QUIET, the numbers
 * of the known part, cuts and all that is told of the hot part zero. */
#define EFTI_DICT_HASH_AT 112u
#define EFTI_DICT_STEMMER_AT 144u /* 32 bytes: efti_stemmer_fingerprint() */
#define EFTI_DICT_LISTS_AT 176u   /* 32 bytes: efti_lists_hash() of the hot part */
#define EFTI_DICT_SUM_AT 208u     /* u64: efti_dict_sum() of header, hot, known part */
#define EFTI_DICT_RECORD_SIZE 6u  /* of a record, before its letters */
#define EFTI_DICT_HOT_SIZE 20u    /* of a hot record, before its letters */
#define EFTI_DICT_HOT_KNOWN 16u   /* where its number in the known part stands */

enum { /* u32 fields of the header, by number; field n lies at byte 8 + 4 n */
       EFTI_DICT_F_VERSION,
       EFTI_DICT_F_SIZE,
       EFTI_DICT_F_FORM_COUNT,
       EFTI_DICT_F_JOINS_AT,
       EFTI_DICT_F_FORMS_AT,
       EFTI_DICT_F_FORMS_SIZE,
       EFTI_DICT_F_INDEX_AT,
       EFTI_DICT_F_INDEX_COUNT,
       EFTI_DICT_F_INDEX_REACH, /* most slots a look-up may visit */
       EFTI_DICT_F_STEM_COUNT,
       EFTI_DICT_F_STEMS_AT,
       EFTI_DICT_F_STEMS_SIZE,
       EFTI_DICT_F_STEM_INDEX_AT,
       EFTI_DICT_F_STEM_INDEX_COUNT,
       EFTI_DICT_F_STEM_INDEX_REACH,
       EFTI_DICT_F_SOURCE_AT,
       EFTI_DICT_F_SOURCE_SIZE,
       EFTI_DICT_F_PARTS_AT,
       EFTI_DICT_F_PARTS_BITS, /* log2 of the slots, 5 to 24 */
       EFTI_DICT_F_HOT_COUNT,
       EFTI_DICT_F_HOT_AT, /* 0: there is none */
       EFTI_DICT_F_HOT_SIZE,
       EFTI_DICT_F_HOT_INDEX_AT,
       EFTI_DICT_F_HOT_INDEX_COUNT,
       EFTI_DICT_F_HOT_INDEX_REACH,
       EFTI_DICT_F_KNOWN_AT, /* 0: there is none; else behind the hot part, to the end */
       EFTI_DICT_F_COUNT
};

/* Bits of the flags that are not public. */
/* The lists of LISTS_AT say nothing of the form, nor has it a name shape. Like the hot
 * part no part of the file's SHA-256: it is set after that was taken. */
#define EFTI_DICT_QUIET (1u << 9)
#define EFTI_DICT_HAS_BASE (1u << 10)  /* a word, or a word of our lists alone */
#define EFTI_DICT_FORBIDDEN (1u << 11) /* looks like a compound, is a known mistake */
#define EFTI_DICT_PUBLIC 0x1FFu        /* the bits that dictionary.h names */
#define EFTI_DICT_CLASS_SHIFT 12u
#define EFTI_DICT_CLASSES 20u
#define EFTI_DICT_JOINS (EFTI_DICT_CLASSES + EFTI_DICT_CLASSES * EFTI_DICT_CLASSES)
#define EFTI_DICT_CLASS_BEGIN 0u /* COMPOUNDBEGIN; the rest come from COMPOUNDRULE */
#define EFTI_DICT_CLASS_MIDDLE 1u
#define EFTI_DICT_CLASS_END 2u

#define EFTI_DICT_FORM_MAX 255u
#define EFTI_DICT_BASE_SIZE 3u
#define EFTI_DICT_KNOWN_BEHIND 4u /* a form's number in the known part, and its cuts */
/* The known part: its head, a record, where the counts stand in the head. */
#define EFTI_DICT_KNOWN_HEAD 80u
#define EFTI_DICT_KNOWN_SIZE 20u
#define EFTI_DICT_KNOWN_LEXICON 32u
#define EFTI_DICT_KNOWN_COUNTS 64u
#define EFTI_DICT_KNOWN_MOST 0xFFFFu
/* Parts shorter than three letters only by a list that the builder keeps. */
#define EFTI_DICT_PART_LETTERS 3u

static inline uint32_t
efti_dict_le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static inline void
efti_dict_put_le32(unsigned char *p, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> (8 * i));
}

/* FNV-1a (public domain), then a mixing step so that both ends of the hash are good. Not
 * efti_hash(): that one follows the byte order of the machine, and this one can be taken
 * of all beginnings of a word in one walk. */
#define EFTI_DICT_HASH_START 0xCBF29CE484222325u

static inline uint64_t
efti_dict_hash_add(uint64_t h, char byte)
{
    return (h ^ (unsigned char)byte) * 0x100000001B3u;
}

static inline uint64_t
efti_dict_hash_end(uint64_t h)
{
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static inline uint64_t
efti_dict_hash_of(const char *bytes, size_t size)
{
    uint64_t h = EFTI_DICT_HASH_START;

    for (size_t i = 0; i < size; i++)
        h = efti_dict_hash_add(h, bytes[i]);
    return h;
}

static inline uint64_t
efti_dict_hash(const char *bytes, size_t size)
{
    return efti_dict_hash_end(efti_dict_hash_of(bytes, size));
}

/* A checksum against damage, not against malice: eight bytes a step, at the speed of
 * memory, whatever the machine's order of bytes. */
static inline uint64_t
efti_dict_le64(const unsigned char *p)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t word;

    memcpy(&word, p, 8);
    return word;
#else
    return (uint64_t)efti_dict_le32(p + 4) << 32 | efti_dict_le32(p);
#endif
}

static inline uint64_t
efti_dict_sum_step(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
    return sum ^ sum >> 29;
}

/* Four sums side by side, since each step waits for its product; in variables of their
 * own, since an array would wait for memory as well. */
static inline uint64_t
efti_dict_sum(uint64_t sum, const unsigned char *p, size_t size)
{
    uint64_t a = sum, b = sum + 1, c = sum + 2, d = sum + 3;
    unsigned char last[8] = {0};
    size_t at = 0;

    for (; size - at >= 32; at += 32) {
        a = efti_dict_sum_step(a, efti_dict_le64(p + at));
        b = efti_dict_sum_step(b, efti_dict_le64(p + at + 8));
        c = efti_dict_sum_step(c, efti_dict_le64(p + at + 16));
        d = efti_dict_sum_step(d, efti_dict_le64(p + at + 24));
    }
    uint64_t lanes[4] = {a, b, c, d};
    for (size_t i = 0; i < 4 && size - at >= 8; i++, at += 8)
        lanes[i] = efti_dict_sum_step(lanes[i], efti_dict_le64(p + at));
    if (at < size) {
        memcpy(last, p + at, size - at);
        lanes[3] = efti_dict_sum_step(lanes[3], efti_dict_le64(last));
    }
    for (size_t i = 1; i < 4; i++)
        lanes[0] = efti_dict_sum_step(lanes[0], lanes[i]);
    return lanes[0];
}

/* Of the header and all from the hot part on, which lies inside; SUM_AT
 * counts as zero. */
static inline uint64_t
efti_dict_sum_of(const unsigned char *file, size_t size)
{
    unsigned char header[EFTI_DICT_HEADER_SIZE];
    size_t hot = efti_dict_le32(file + 8 + 4 * EFTI_DICT_F_HOT_AT);

    memcpy(header, file, sizeof(header));
    memset(header + EFTI_DICT_SUM_AT, 0, 8);
    return efti_dict_sum(efti_dict_sum(0, header, sizeof(header)), file + hot,
                         size - hot);
}

static inline void
efti_dict_put_sum(unsigned char *file, size_t size)
{
    uint64_t sum = efti_dict_sum_of(file, size);

    efti_dict_put_le32(file + EFTI_DICT_SUM_AT, (uint32_t)sum);
    efti_dict_put_le32(file + EFTI_DICT_SUM_AT + 4, (uint32_t)(sum >> 32));
}

/* Where the search for a part begins. With the upper half of the hash as well, 47 bits
 * and more tell forms apart: among the 30,000 parts a wrong form is taken for one of them
 * once in 10^10. */
#define EFTI_DICT_PARTS_REACH 64u

static inline size_t
efti_dict_part_slot(uint64_t hash, uint32_t bits)
{
    return (size_t)hash & (((size_t)1 << bits) - 1);
}

/* Its bit in the map: at 16 bits a part, one wrong stretch in sixteen passes. */
static inline size_t
efti_dict_part_bit(uint64_t hash, uint32_t bits)
{
    return (size_t)(hash >> 24) & (((size_t)8 << bits) - 1);
}

#endif
