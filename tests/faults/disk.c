/* A disk that fails, or a machine that stops, at the n-th call of one kind; loaded by LD_PRELOAD.
 *
 * Only files below one folder count. What a kind is:
 *   open     a file is opened or made        write   bytes are written
 *   rename   a file takes a name             fsync   a file or folder is flushed
 *   connect  a database is opened            commit  a database or its journal is written, flushed
 * arm() says at which call what happens: an error (once, or at each call from then on), or SIGKILL.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE, OPEN, WRITE, RENAME, FSYNC, CONNECT, COMMIT, KINDS };
#define MOST_FILES 4096
#define KILL (-1)

static char folder[4096];
static enum kind armed = NONE;
static long at, counted[KINDS];
static int error, lasting, last_failed;
static char failed_path[4096];
static unsigned char below[MOST_FILES]; /* 1 a file of the folder, 2 a database or its journal */

/* The n-th call of a kind below `root` fails with `code` (KILL: ends the process); 0 only counts. */
void arm(const char *root, long kind, long n, long code, long from_then_on) {
    snprintf(folder, sizeof folder, "%s", root);
    at = n, error = (int)code, lasting = (int)from_then_on, last_failed = 0;
    memset(counted, 0, sizeof counted);
    failed_path[0] = 0;
    __atomic_store_n(&armed, (enum kind)kind, __ATOMIC_SEQ_CST);
}

/* Stop failing and counting. */
void disarm(void) { __atomic_store_n(&armed, NONE, __ATOMIC_SEQ_CST); }

/* How many calls of a kind there were. */
long calls_of(long kind) { return counted[kind]; }

int failed(void) { return last_failed; }
const char *where(void) { return failed_path; }

static int is_below(const char *path) {
    size_t length = strlen(folder);
    if (!length || !path) return 0;
    char whole[4096];
    if (path[0] != '/') {
        char here[2048];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    if (strncmp(path, folder, length) || (path[length] != '/' && path[length])) return 0;
    return strstr(path, ".db") ? 2 : 1;
}

static int fails(enum kind kind, const char *path) {
    enum kind wanted = __atomic_load_n(&armed, __ATOMIC_SEQ_CST);
    if (wanted == NONE) return 0;
    long n = __atomic_add_fetch(&counted[kind], 1, __ATOMIC_SEQ_CST);
    if (wanted != kind || !at || n < at || (n > at && !lasting)) return 0;
    if (error == KILL) kill(getpid(), SIGKILL);
    last_failed++;
    snprintf(failed_path, sizeof failed_path, "%s", path ? path : "");
    errno = error;
    return 1;
}

static int fd_kind(int fd) { return fd >= 0 && fd < MOST_FILES ? below[fd] : 0; }

static int opened(int fd, int is) {
    if (fd >= 0 && fd < MOST_FILES) below[fd] = (unsigned char)is;
    return fd;
}

static const char *name_of(int fd) {
    static __thread char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return path;
}

static int written_fails(int fd) {
    int is = fd_kind(fd);
    return is && fails(is == 2 ? COMMIT : WRITE, name_of(fd));
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define MODE                                                                                        \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;                              \
    va_end(rest);
#define OPENED(call)                                                                               \
    int is = is_below(path);                                                                       \
    if (is && fails(is == 2 ? CONNECT : OPEN, path)) return -1;                                    \
    return opened(call, is);

int open(const char *path, int flags, ...) { MODE OPENED(REAL(open)(path, flags, mode)) }
int open64(const char *path, int flags, ...) { MODE OPENED(REAL(open64)(path, flags, mode)) }
int openat(int at_fd, const char *path, int flags, ...) { MODE OPENED(REAL(openat)(at_fd, path, flags, mode)) }
int openat64(int at_fd, const char *path, int flags, ...) { MODE OPENED(REAL(openat64)(at_fd, path, flags, mode)) }

FILE *fopen(const char *path, const char *mode) {
    int is = is_below(path);
    if (is && fails(is == 2 ? CONNECT : OPEN, path)) return NULL;
    FILE *file = REAL(fopen)(path, mode);
    if (file) opened(fileno(file), is);
    return file;
}

FILE *fopen64(const char *path, const char *mode) {
    int is = is_below(path);
    if (is && fails(is == 2 ? CONNECT : OPEN, path)) return NULL;
    FILE *file = REAL(fopen64)(path, mode);
    if (file) opened(fileno(file), is);
    return file;
}

int close(int fd) {
    opened(fd, 0);
    return REAL(close)(fd);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    return written_fails(fd) ? -1 : REAL(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    return written_fails(fd) ? -1 : REAL(pwrite)(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    return written_fails(fd) ? -1 : REAL(pwrite64)(fd, bytes, count, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    return written_fails(fd) ? -1 : REAL(writev)(fd, parts, count);
}

static int flush_fails(int fd) {
    int is = fd_kind(fd);
    return is && fails(is == 2 ? COMMIT : FSYNC, name_of(fd));
}

int fsync(int fd) { return flush_fails(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return flush_fails(fd) ? -1 : REAL(fdatasync)(fd); }

int rename(const char *from, const char *to) {
    return is_below(to) && fails(RENAME, to) ? -1 : REAL(rename)(from, to);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
    return is_below(to) && fails(RENAME, to) ? -1 : REAL(renameat)(from_fd, from, to_fd, to);
}
