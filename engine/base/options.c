/*
 * options.c - structs that a caller compiled against another release of the headers
 *
 * Every public struct that a caller fills begins with its size. New fields are added at
 * the end, and zero means "the default", so both directions work without versions:
 *
 *     caller older:  [ size | fields ]              what is not there is zero
 *     caller newer:  [ size | fields | more ]       fine as long as `more` is zero: the
 *                                                   caller asks for nothing we lack
 *
 * A size of 0 is the common slip (nobody set it), an odd or a huge one is memory that was
 * never filled: neither is read any further.
 */
#include "base/base.h"

/* In bytes. No struct of ours comes near; a wild size makes us read no further. */
#define LARGEST 1024

eft_status
efti_text_is_there(eft_text text, const char *what, eft_error *err)
{
    if (text.size > 0 && text.bytes == NULL)
        return efti_fail(err, EFT_E_ENCODING, EFT_NO_OFFSET, "%s has a size and no bytes",
                         what);
    return EFT_OK;
}

eft_status
efti_options_take(void *own, size_t own_size, const void *given, const char *name,
                  eft_error *err)
{
    uint32_t size;
    bool known;

    memset(own, 0, own_size);
    if (given != NULL) {
        memcpy(&size, given, sizeof(size));
        known = size >= 2 * sizeof(uint32_t) && size <= LARGEST &&
                size % alignof(void *) == 0;
        for (size_t i = own_size; known && i < size; i++)
            known = ((const unsigned char *)given)[i] == 0;
        if (!known)
            return efti_fail(err, EFT_E_ABI, EFT_NO_OFFSET,
                             "%s has a struct_size this library cannot read: set it to "
                             "sizeof(%s)",
                             name, name);
        memcpy(own, given, size < own_size ? size : own_size);
    }
    size = (uint32_t)own_size;
    memcpy(own, &size, sizeof(size));
    return EFT_OK;
}
