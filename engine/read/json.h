/*
 * json.h - jansson, asked so that short memory does not pass for bad data
 *
 * For the files that read JSON (jsonl.c, evaluate/gold.c): jansson's types go no further.
 */
#ifndef EFTI_READ_JSON_H
#define EFTI_READ_JSON_H

#include "base/base.h"

#include <jansson.h>

/** Where a document ceases to be JSON; line and column (of code points) from 1. */
struct efti_json_fault {
    int line, column;
};
/**
 * Parse one document, with jansson's `flags`. EFT_OK with `*out` NULL: it is no JSON, or
 * not what the flags allow, at `*fault` of it (may be NULL). EFT_E_NOMEM. The caller
 * frees with json_decref(). Cost: one parse and one more pass over the bytes; two parses
 * when it is no JSON.
 */
eft_status efti_json_parse(eft_text bytes, size_t flags, json_t **out,
                           struct efti_json_fault *fault, eft_error *err);

/** Into an object: its member `key`. Where that is NULL, into a list: element `index`. */
struct efti_json_step {
    const char *key;
    size_t index;
};
/** The byte where the value stands that the steps lead to, in a document that was
 *  parsed; where one leads nowhere, the value before it. One pass, for messages
 *  (json_where.c). */
size_t efti_json_where(eft_text doc, const struct efti_json_step *steps, size_t count);
/** The line of a byte, from 1. */
size_t efti_json_line(eft_text doc, size_t at);

#endif
