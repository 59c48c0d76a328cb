/*
 * error.h - what a call answers
 *
 * A call that can fail returns eft_status and fills an eft_error that the caller owns.
 * No message ever contains text from a document: only offsets, positions, counts and
 * names of rules.
 */
#ifndef EFTERTANKE_ERROR_H
#define EFTERTANKE_ERROR_H

#include <eftertanke/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Numbers are never reused. */
typedef enum eft_status {
    EFT_OK = 0,           /**< done */
    EFT_END = 1,          /**< an iteration is over; no error */
    EFT_STOP = 2,         /**< a callback asks to end early; the call answers EFT_OK */
    EFT_E_NOMEM = 10,     /**< the allocator answered NULL */
    EFT_E_RANGE = 11,     /**< an argument or setting is outside what is allowed */
    EFT_E_FORMAT = 12,    /**< foreign bytes do not have the form they should */
    EFT_E_ENCODING = 13,  /**< not UTF-8, or not the encoding that was named */
    EFT_E_IO = 14,        /**< the system refused to read or write */
    EFT_E_ABI = 15,       /**< a struct_size that this library cannot read */
    EFT_E_MISSING = 16,   /**< a file, column, lexicon or theme is not there */
    EFT_E_CONFLICT = 17,  /**< two things that cannot be together (unlike states) */
    EFT_E_REFUSED = 18,   /**< a privacy rule says no */
    EFT_E_LIMIT = 19,     /**< larger than a limit allows */
    EFT_E_CANCELLED = 20, /**< the cancel callback said so */
    EFT_E_INTERNAL = 21   /**< a promise inside the library is broken: a bug */
} eft_status;

/** "No place in the input": the error is not about a byte. */
#define EFT_NO_OFFSET UINT64_MAX

/** Owned by the caller, may be NULL, needs no memory. */
typedef struct eft_error {
    eft_status status; /**< what the call answered */
    uint64_t offset;   /**< byte in the input, or EFT_NO_OFFSET */
    char message[232]; /**< one line of English, NUL terminated, cut at a code point */
} eft_error;

/** The name of a status ("EFT_E_NOMEM"), static; never NULL. */
EFT_API const char *eft_status_name(eft_status status);

#ifdef __cplusplus
}
#endif
#endif
