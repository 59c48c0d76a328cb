/*
 * context.h - the allocator, the cancel callback and the versions
 *
 * A context is the first thing a program makes and the last it frees. It may be used
 * from one thread at a time; the compiled things made from it are shared freely.
 */
#ifndef EFTERTANKE_CONTEXT_H
#define EFTERTANKE_CONTEXT_H

#include <eftertanke/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where all memory of the library comes from. Must be callable from every thread, and
 *  align as malloc() does. Sizes are bytes, never 0; `ptr` is never NULL. */
typedef struct eft_allocator {
    void *(*alloc)(void *user, size_t size); /**< NULL: none is left (EFT_E_NOMEM) */
    /** Keeps the first min(old_size, new_size) bytes; may move. NULL: none is left, and
     *  `ptr` stays as it was. */
    void *(*resize)(void *user, void *ptr, size_t old_size, size_t new_size);
    void (*release)(void *user, void *ptr, size_t size); /**< `size` as last asked for */
    void *user;                                          /**< handed to each call */
} eft_allocator;

/** Asked now and then in long calls; anything but EFT_OK ends the call with it. */
typedef eft_status (*eft_cancel_fn)(void *user);

/** One thread at a time. */
typedef struct eft_context eft_context;

/**
 * `allocator` may be NULL: malloc. It is copied.
 *
 * @return EFT_E_NOMEM; EFT_E_INTERNAL when the random source cannot be opened.
 */
EFT_API EFT_MUST_CHECK eft_status eft_context_new(const eft_allocator *allocator,
                                                  eft_context **out, eft_error *err);

/** NULL is fine. Objects made from the context hold what they need of it. */
EFT_API void eft_context_free(eft_context *ctx);

/** Set or clear (NULL) the cancel callback. */
EFT_API void eft_context_on_cancel(eft_context *ctx, eft_cancel_fn fn, void *user);

/** "0.1.0", static. */
EFT_API const char *eft_version(void);
/**
 * The library at `index` that this build stands on: its name, static, and its version as
 * loaded (`version` may be NULL). NULL past the last.
 */
EFT_API const char *eft_library(size_t index, const char **version);

#ifdef __cplusplus
}
#endif
#endif
