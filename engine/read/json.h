/*
 * json.h - jansson, asked so that short memory does not pass for bad data
 *
 * For the files that read JSON (jsonl.c, evaluate/gold.c): jansson's types go no further.
 */
#ifndef EFTI_READ_JSON_H
#define EFTI_READ_JSON_H

#include "base/base.h"

#include <jansson.h>

/**
 * Parse one document, with jansson's `flags`. EFT_OK with `*out` NULL: it is no JSON, or
 * not what the flags allow, at `*column` of it (may be NULL). EFT_E_NOMEM. The caller
 * frees with json_decref(). Cost: one parse and one more pass over the bytes; two parses
 * when it is no JSON.
 */
eft_status efti_json_parse(eft_text bytes, size_t flags, json_t **out, int *column,
                           eft_error *err);

#endif
