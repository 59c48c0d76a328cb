/*
 * sink.c - the one file that a command writes, which appears whole or not at all
 *
 *     out.jsonl.XXXXXX  ──► renamed to out.jsonl when all is well
 *                       └─► taken away by an error, and by a signal
 *
 * What the library writes itself (folders, states) it takes away itself: while it does, a
 * signal waits (cli_hold_signals), and the library asks now and then whether one does.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
sink_refused(int code, const char *why)
{
    fprintf(stderr, "eftertanke: the output file could not be made: %s\n", why);
    return code;
}

static const char *
why_not_made(int why)
{
    if (why == ENOENT || why == ENOTDIR)
        return "the folder it should lie in is not there";
    return why == EACCES || why == EPERM || why == EROFS ? "you may not write there"
                                                         : strerror(why);
}

/* The sinks that are being written (a text and its map): what a signal must not leave
 * behind. */
static const char *volatile unfinished_names[2];

/* Put `name` in the place of `was`, NULL for none. */
static void
set_unfinished(const char *was, const char *name)
{
    for (size_t i = 0; i < sizeof(unfinished_names) / sizeof(unfinished_names[0]); i++) {
        if (unfinished_names[i] == was) {
            unfinished_names[i] = name;
            return;
        }
    }
}

/* Held, the first signal waits; whoever sends another does not want to. Any thread may be
 * the one that is asked (igraph's algebra starts some), so masks would not do. */
static atomic_int held, waiting;

static void
on_signal(int number)
{
    if (atomic_load(&held) != 0 && atomic_exchange(&waiting, number) == 0)
        return;
    for (size_t i = 0; i < sizeof(unfinished_names) / sizeof(unfinished_names[0]); i++) {
        const char *name = unfinished_names[i];
        if (name != NULL)
            (void)unlink(name);
    }
    (void)signal(number, SIG_DFL); /* and die of it, so that a shell sees why */
    (void)raise(number);
}

void
cli_catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction now, ours = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

    (void)sigemptyset(&ours.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (sigaction(numbers[i], NULL, &now) == 0 &&
            now.sa_handler != SIG_IGN) /* nohup */
            (void)sigaction(numbers[i], &ours, NULL);
    }
}

static void
hold(void)
{
    atomic_store(&held, 1);
}

static void
let_go(void)
{
    atomic_store(&held, 0);
    int number = atomic_exchange(&waiting, 0);
    if (number != 0)
        (void)raise(number);
}

static eft_status
is_signal_waiting(void *user)
{
    (void)user;
    return atomic_load(&waiting) == 0 ? EFT_OK : EFT_E_CANCELLED;
}

void
cli_hold_signals(eft_context *ctx)
{
    hold();
    eft_context_on_cancel(ctx, is_signal_waiting, NULL);
}

void
cli_release_signals(eft_context *ctx)
{
    eft_context_on_cancel(ctx, NULL, NULL);
    let_go(); /* where one waits, the program ends here */
}

int
cli_output_check(const char *path, const char *what, bool force)
{
    struct stat st;

    if (lstat(path, &st) == 0) {
        if (force)
            return CLI_DONE;
        fprintf(stderr, "eftertanke: %s exists; --force replaces it\n", what);
        return CLI_USAGE;
    }
    return cli_folder_check(path, what);
}

int
cli_folder_check(const char *path, const char *what)
{
    char folder[4096];
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/') /* results/ */
        n--;
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n >= sizeof(folder) - 2)
        return CLI_DONE; /* the name is too long; said where it is made */
    memcpy(folder, path, n);
    memcpy(folder + n, ".", 2);
    if (access(folder, W_OK | X_OK) == 0)
        return CLI_DONE;
    fprintf(stderr, "eftertanke: %s could not be made: %s\n", what, why_not_made(errno));
    return CLI_INPUT;
}

/* The folder that a path lies in, and its last name. */
static const char *
folder_of(const char *path, struct stat *folder)
{
    char name[4200];
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;

    if (n >= sizeof(name))
        return NULL;
    memcpy(name, n == 0 ? "." : path, n == 0 ? 1 : n);
    name[n == 0 ? 1 : n] = '\0';
    return stat(name, folder) == 0 ? path + n : NULL;
}

bool
cli_is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    if (stat(a, &x) == 0 && stat(b, &y) == 0)
        return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    const char *name_a = folder_of(a, &x), *name_b = folder_of(b, &y);
    return name_a != NULL && name_b != NULL && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino && strcmp(name_a, name_b) == 0;
}

bool
cli_spares_inputs(const struct cli *c)
{
    struct stat st;

    if (c->out == NULL || stat(c->out, &st) != 0 || !S_ISREG(st.st_mode))
        return true;
    bool taken = c->gold != NULL && cli_is_same_file(c->out, c->gold);
    for (size_t i = 0; i < c->path_count && !taken; i++)
        taken = cli_is_same_file(c->out, c->paths[i]);
    if (taken)
        fprintf(stderr, "eftertanke: the output is one of the inputs: give it a name of "
                        "its own\n");
    return !taken;
}

int
cli_output_spares(const char *path, const char *file, const char *option)
{
    char *folder = realpath(path, NULL), *given = realpath(file, NULL);
    size_t n = folder == NULL ? 0 : strlen(folder);
    bool inside =
        n > 0 && given != NULL && strncmp(given, folder, n) == 0 && given[n] == '/';

    free(folder);
    free(given);
    if (!inside)
        return CLI_DONE;
    fprintf(stderr,
            "eftertanke: the file of %s stands in the folder that --force replaces, and "
            "what a person decided would be gone: give another --out\n",
            option);
    return CLI_USAGE;
}

/* /dev/stdout, a named pipe, >(gzip > x.gz): written to, never replaced. */
static int
open_as_it_is(struct cli_sink *s, const char *path)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    s->file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (s->file != NULL)
        return CLI_DONE;
    int why = errno;
    if (fd >= 0)
        (void)close(fd);
    return sink_refused(CLI_INPUT, strerror(why));
}

int
cli_sink_open(struct cli_sink *s, const char *path, bool force)
{
    struct stat st;

    *s = (struct cli_sink){.file = stdout, .force = force};
    if (path == NULL || strcmp(path, "-") == 0)
        return CLI_DONE;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return sink_refused(CLI_USAGE, "it is a folder");
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return open_as_it_is(s, path);
    if (lstat(path, &st) == 0 && !force)
        return sink_refused(CLI_USAGE, "it exists; --force replaces it");
    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return sink_refused(CLI_USAGE, "it is a link; name the file itself");
    int n = snprintf(s->unfinished, sizeof(s->unfinished), "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof(s->unfinished))
        return sink_refused(CLI_USAGE, "the name is too long");
    hold();
    int fd = mkostemp(s->unfinished, O_CLOEXEC); /* mode 0600 */
    int why = errno;
    if (fd >= 0)
        set_unfinished(NULL, s->unfinished);
    let_go();
    if (fd < 0)
        return sink_refused(CLI_INPUT, why_not_made(why));
    s->final_name = path;
    s->file = fdopen(fd, "wb");
    if (s->file != NULL)
        return CLI_DONE;
    (void)close(fd);
    (void)unlink(s->unfinished);
    set_unfinished(s->unfinished, NULL);
    return sink_refused(CLI_INTERNAL, "no memory");
}

eft_status
cli_sink_write(void *user, const void *bytes, size_t size)
{
    struct cli_sink *s = user;

    if (fwrite(bytes, 1, size, s->file) == size)
        return EFT_OK;
    s->why = errno;
    return EFT_E_IO;
}

const char *
cli_why_refused(int number)
{
    switch (number) {
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "no more room is allowed to you on that disk";
    case EFBIG: return "the file would be too large";
    case EPIPE: return "the program that reads it has ended";
    default: return "the disk refused it";
    }
}

int
cli_sink_fail(const struct cli_sink *s, const eft_error *err)
{
    if (err->status != EFT_E_IO || s->why == 0)
        return cli_fail(err);
    fprintf(stderr, "eftertanke: the output could not be written: %s\n",
            cli_why_refused(s->why));
    return CLI_INPUT;
}

/* Without --force nothing that came to be there in the meantime is replaced either. */
static bool
put_in_place(const struct cli_sink *s)
{
    if (s->force)
        return rename(s->unfinished, s->final_name) == 0;
    if (link(s->unfinished, s->final_name) == 0)
        return unlink(s->unfinished) == 0;
    if (errno == EEXIST)
        return false;
    return rename(s->unfinished, s->final_name) == 0; /* no links on this file system */
}

/* All that waits in buffers goes out; false, and `why` says so: it does not. */
static bool
finish(struct cli_sink *s)
{
    bool ok =
        fflush(s->file) == 0 && (s->final_name == NULL || fsync(fileno(s->file)) == 0);

    s->why = ok ? s->why : errno;
    if (fclose(s->file) == 0)
        return ok;
    s->why = ok ? errno : s->why;
    return false;
}

int
cli_sink_close(struct cli_sink *s, bool keep)
{
    if (s->file == stdout)
        return CLI_DONE; /* main looks whether all of it went out */
    bool ok = finish(s);
    hold(); /* not between its new name and its old one */
    if (s->final_name != NULL && (!keep || !ok || !put_in_place(s))) {
        s->why = ok && keep ? errno : s->why;
        (void)unlink(s->unfinished);
        ok = false;
    }
    set_unfinished(s->unfinished, NULL);
    let_go();
    return !keep || ok ? CLI_DONE
                       : sink_refused(CLI_INPUT, s->why == EEXIST
                                                     ? "it came to be there meanwhile"
                                                     : cli_why_refused(s->why));
}
