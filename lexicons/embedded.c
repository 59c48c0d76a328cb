/*
 * embedded.c - finding a compiled-in file by its name
 */
#include "lexicons/embedded.h"

eft_text
efti_embedded(const char *name)
{
    for (size_t i = 0; i < efti_embedded_count; i++) {
        const struct efti_embedded *f = &efti_embedded_files[i];
        if (strcmp(f->name, name) == 0)
            return (eft_text){(const char *)f->bytes, f->size};
    }
    return (eft_text){NULL, 0};
}
