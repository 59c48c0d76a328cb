/*
 * scan_x86.c - does this CPU have what a kernel was compiled for?
 *
 * In a file of its own, compiled for any x86-64: the kernels' files may use instructions
 * that are not there in every one of their functions. The compiler's own test includes
 * whether the system saves the wide registers.
 */
#include "arch/scan_rare.h"

bool
efti_scan_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

bool
efti_scan_has_avx512(void)
{
    return efti_scan_has_avx2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("gfni");
}
