/*
 * dictionary_file.h - an opened ordbok.efd, as the files of the dictionary see it
 */
#ifndef EFTI_LEXICONS_DICTIONARY_FILE_H
#define EFTI_LEXICONS_DICTIONARY_FILE_H

#include "lexicons/dictionary.h"
#include "lexicons/dictionary_format.h"

struct efti_dict_section {
    const unsigned char *bytes;
    uint32_t size; /* bytes of records, or slots of an index */
};

struct efti_dictionary {
    const eft_allocator *mem;
    const unsigned char *bytes;
    size_t size;
    bool mapped;
    uint32_t count;
    struct efti_dict_section forms, index, stems, stem_index, parts, hot, hot_index;
    uint32_t part_bits;
    uint32_t reach, stem_reach, hot_reach, hot_count;
    const unsigned char *known_records, *known_starts, *known_words;
    uint32_t known_count, known_sets;
    eft_text matcher;
    uint32_t joins[EFTI_DICT_JOINS];
    char hash[65], stemmer[65], lists[65], engine[65], lexicon[65];
    char *source;
    size_t source_size;
};

#endif
