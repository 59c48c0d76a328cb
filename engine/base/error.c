/*
 * error.c - filling an eft_error, and the names of the statuses
 *
 * The message is cut at a code point so that it stays valid UTF-8 on a terminal. Formats
 * are literals of ours: nothing here can see a document.
 */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>

static void
cut_at_code_point(char *message, size_t capacity)
{
    size_t n = strlen(message);

    if (n + 1 < capacity)
        return;
    while (n > 0 && ((unsigned char)message[n - 1] & 0xC0) == 0x80)
        n--;
    if (n > 0 && (unsigned char)message[n - 1] >= 0xC0)
        n--;
    message[n] = '\0';
}

void
efti_set_error(eft_error *err, eft_status status, uint64_t offset, const char *format,
               ...)
{
    va_list args;

    if (err == NULL)
        return;
    err->status = status;
    err->offset = offset;
    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): va_start is two lines above */
    int written = vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    if (written < 0)
        err->message[0] = '\0';
    cut_at_code_point(err->message, sizeof(err->message));
}

eft_status
efti_callback_answer(eft_status answer, const char *what, eft_error *err)
{
    if (answer == EFT_OK || answer == EFT_STOP)
        return EFT_OK;
    return efti_fail(err, answer, EFT_NO_OFFSET, "%s ended the call: %s", what,
                     eft_status_name(answer));
}

const char *
eft_status_name(eft_status status)
{
    switch (status) {
    case EFT_OK: return "EFT_OK";
    case EFT_END: return "EFT_END";
    case EFT_STOP: return "EFT_STOP";
    case EFT_E_NOMEM: return "EFT_E_NOMEM";
    case EFT_E_RANGE: return "EFT_E_RANGE";
    case EFT_E_FORMAT: return "EFT_E_FORMAT";
    case EFT_E_ENCODING: return "EFT_E_ENCODING";
    case EFT_E_IO: return "EFT_E_IO";
    case EFT_E_ABI: return "EFT_E_ABI";
    case EFT_E_MISSING: return "EFT_E_MISSING";
    case EFT_E_CONFLICT: return "EFT_E_CONFLICT";
    case EFT_E_REFUSED: return "EFT_E_REFUSED";
    case EFT_E_LIMIT: return "EFT_E_LIMIT";
    case EFT_E_CANCELLED: return "EFT_E_CANCELLED";
    case EFT_E_INTERNAL: return "EFT_E_INTERNAL";
    }
    return "unknown status";
}

eft_status
efti_in_turn(uint32_t threads, struct efti_task *first, struct efti_task *second,
             eft_error *err)
{
    struct efti_task *tasks[2] = {first, second};

    (void)threads;
    for (size_t i = 0; i < EFTI_COUNT(tasks); i++) {
        struct efti_task *t = tasks[i];
        t->status = t->run(t->user, &t->error);
        if (t->status == EFT_OK)
            continue;
        if (err != NULL)
            *err = t->error;
        return t->status;
    }
    return EFT_OK;
}
