/*
 * context.h - the inside of an eft_context, for the rooms
 *
 * Rooms see the allocator and the cancel callback through these two calls, never the
 * struct.
 */
#ifndef EFTI_BASE_CONTEXT_H
#define EFTI_BASE_CONTEXT_H

#include "base/base.h"

/** Lives as long as the context: an object that outlives it copies the struct. */
const eft_allocator *efti_context_allocator(const eft_context *ctx);

/** EFT_OK without a callback or when it answers so; else what it answers, EFT_STOP and
 *  EFT_END as EFT_E_CANCELLED. */
eft_status efti_context_cancelled(const eft_context *ctx);

#endif
