/*
 * refuse.h - a child process to which the kernel says no
 *
 *   static int
 *   fill_a_full_disk(void *arg)
 *   {
 *       static const long calls[] = {__NR_write};
 *       if (!refuse_calls(calls, 1, ENOSPC))
 *           return CHILD_SKIPS;
 *       return the_call(arg) == EFT_E_IO ? 0 : 1;
 *   }
 *   ... int code = in_child(fill_a_full_disk, path); ...
 *
 * A filter of system calls (seccomp) answers for the kernel: full disks, file systems
 * that lack a call and missing rights can be had by everybody, root too.
 */
#ifndef EFTI_TESTS_REFUSE_H
#define EFTI_TESTS_REFUSE_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILD_SKIPS 77 /* this machine does not let us */

static inline bool
refuse_calls(const long *numbers, size_t count, int why)
{
    struct sock_filter filter[20];
    size_t n = 0;

    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                               offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < count && i < 8; i++) {
        filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                   (unsigned)numbers[i], 0, 1);
        filter[n++] = (struct sock_filter)BPF_STMT(
            BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((unsigned)why & SECCOMP_RET_DATA));
    }
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = (unsigned short)n, .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* What `work` answered, or -1 when it died. It must not use cmocka's assertions. */
static inline int
in_child(int (*work)(void *), void *arg)
{
    pid_t child = fork();
    int status;

    if (child == 0)
        _exit(work(arg));
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
