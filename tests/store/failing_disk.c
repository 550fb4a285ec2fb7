/* A disk that fails: what a process writes, syncs, cuts and removes below one folder, counted; the n-th of it fails.

   For LD_PRELOAD on Linux; see io_faults.py. How it fails: 0 the n-th alone, 1 from the n-th on, 2 the n-th, after half of
   what was to be written was, 3 the n-th, after all was done. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char below[4096];
static char first[32], trace[8192];
static long seen, at;
static int failure, manner;

void disk_fails(const char *folder, long n, int error, int how) {
    snprintf(below, sizeof below, "%s", folder);
    first[0] = 0;
    memset(trace, 0, sizeof trace);
    seen = 0, at = n, failure = error, manner = how;
}

/* One letter for each that was seen: w, s, t, u. */
const char *disk_trace(void) { return trace; }
const char *disk_first(void) { return first; }

static int fails(const char *path, const char *what, int needs_space) {
    if (!below[0] || strncmp(path, below, strlen(below))) return 0;
    if (seen < (long) sizeof trace - 1) trace[seen] = what[0];
    seen++;
    if (manner == 1 ? seen < at : seen != at) return 0;
    /* A full disk still syncs and removes. */
    if (failure == ENOSPC && !needs_space) return 0;
    if (!first[0]) snprintf(first, sizeof first, "%s", what);
    return 1;
}

static int fails_at(int descriptor, const char *what, int needs_space) {
    char link[64], path[4096];
    if (!below[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path, what, needs_space);
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

#define WRITES(name, offset_in, offset_on, part)                                                                       \
    ssize_t name(int fd, const void *data, size_t size offset_in) {                                                    \
        if (!fails_at(fd, "write", 1)) return REAL(name)(fd, data, size offset_on);                                    \
        if (manner >= 2) { ssize_t done = REAL(name)(fd, data, part offset_on); (void) done; }                         \
        errno = failure;                                                                                               \
        return -1;                                                                                                     \
    }
#define COMMA ,
WRITES(write, , , manner == 2 ? size / 2 : size)
WRITES(pwrite, COMMA off_t offset, COMMA offset, manner == 2 ? size / 2 : size)
WRITES(pwrite64, COMMA off64_t offset, COMMA offset, manner == 2 ? size / 2 : size)

#define DOES(name, what, needs_space, in, on, check)                                                                   \
    int name in {                                                                                                      \
        if (!check(first_argument, what, needs_space)) return REAL(name) on;                                           \
        if (manner == 3) REAL(name) on;                                                                                \
        errno = failure;                                                                                               \
        return -1;                                                                                                     \
    }
DOES(fsync, "sync", 0, (int first_argument), (first_argument), fails_at)
DOES(fdatasync, "sync", 0, (int first_argument), (first_argument), fails_at)
DOES(ftruncate, "truncate", 1, (int first_argument, off_t size), (first_argument, size), fails_at)
DOES(ftruncate64, "truncate", 1, (int first_argument, off64_t size), (first_argument, size), fails_at)
DOES(unlink, "unlink", 0, (const char *first_argument), (first_argument), fails)
