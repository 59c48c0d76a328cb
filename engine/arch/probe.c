/*
 * probe.c - the choice of a kernel that makes keys of words
 */
#include "arch/probe.h"

#include "arch/scan_rare.h"

efti_probe_fn *
efti_probe_find(const char *name)
{
#if defined(EFTI_ARCH_X86)
    if ((name == NULL || strcmp(name, "avx2") == 0) && efti_scan_has_avx2())
        return efti_probe_avx2;
#else
    (void)name;
#endif
    return NULL;
}
