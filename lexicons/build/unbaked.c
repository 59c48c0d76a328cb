/*
 * unbaked.c - what bake.c is linked with in place of its own answer
 */
#include "lexicons/lexicon_image.h"
#include "lexicons/list_table.h"

static const struct efti_list_form no_form = {0};
static const uint32_t no_slot = 0;
static const uint64_t no_map = 0;
static const uint64_t no_abbreviation[EFTI_ABBREVIATION_WORDS] = {0};
static const uint64_t no_pair[EFTI_PAIR_WORDS] = {0};
static const struct efti_list_ends no_ends = {{0}, {0}, {0}};

const struct efti_list_table efti_baked_lists = {
    .forms = &no_form,
    .letters = "",
    .slots = &no_slot,
    .map = &no_map,
    .map_bits = 6,
    .abbreviation_map = no_abbreviation,
    .pair_map = no_pair,
    .shapes = &no_ends,
    .things = &no_ends,
    .slot_count = 1,
    .phrase_words = 1,
};
const unsigned char efti_baked_lexicon[] = {0};
const size_t efti_baked_lexicon_size = 0;
