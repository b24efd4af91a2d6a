/* Folders and files of the embedded cluster: nobody but us may enter them, and no file is ever half written. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "db/cluster.h"

enum { REMOVE_DESCRIPTORS_MAX = 16 };

static bool complain(const char *event, const char *path)
{
    log_error(event, LOG_TEXT("path", text_from(path)), LOG_TEXT("reason", text_from(strerror(errno))));
    return false;
}

bool folder_make(struct arena *arena, text path)
{
    for (size_t i = 1; i <= path.length; i++) {
        if (i < path.length && path.at[i] != '/')
            continue;
        const char *part = text_terminated(arena, text_part(path, 0, i));
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return complain("folder_not_made", part);
    }
    return true;
}

bool folder_make_private(const char *path)
{
    struct stat found;
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return complain("folder_not_made", path);
    if (lstat(path, &found) != 0)
        return complain("folder_not_made", path);
    /* lstat: a link planted by somebody else would lead our socket into his folder. */
    if (S_ISDIR(found.st_mode) && found.st_uid == geteuid() && (found.st_mode & 0077) == 0)
        return true;
    log_error("folder_not_private", LOG_TEXT("path", text_from(path)),
              LOG_TEXT("reason", TEXT("it must be a folder of this user with mode 0700")));
    return false;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

bool folder_remove(const char *path)
{
    if (nftw(path, remove_one, REMOVE_DESCRIPTORS_MAX, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
        return true;
    return complain("folder_not_removed", path);
}

static bool descriptor_write(int descriptor, text contents)
{
    while (contents.length > 0) {
        const ssize_t written = write(descriptor, contents.at, contents.length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            contents = text_part(contents, (size_t)written, contents.length);
    }
    return true;
}

static bool file_put(const char *path, int flags, text contents)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    if (descriptor < 0)
        return complain("file_not_written", path);
    const bool written = descriptor_write(descriptor, contents) && fsync(descriptor) == 0;
    if (close(descriptor) != 0 || !written)
        return complain("file_not_written", path);
    return true;
}

bool file_write(struct arena *arena, const char *path, text contents)
{
    const text temporary = text_format(arena, "%s.new", path);
    const char *new_path = text_terminated(arena, temporary);
    if (!file_put(new_path, O_TRUNC, contents))
        return false;
    return rename(new_path, path) == 0 || complain("file_not_written", path);
}

bool file_append(const char *path, text contents)
{
    return file_put(path, O_APPEND, contents);
}

text file_tail(struct arena *arena, const char *path, size_t bytes_max)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return TEXT_NONE;
    const off_t size = lseek(descriptor, 0, SEEK_END);
    const off_t from = size > (off_t)bytes_max ? size - (off_t)bytes_max : 0;
    char *at = arena_alloc(arena, bytes_max + 1);
    const ssize_t length = pread(descriptor, at, bytes_max, from);
    (void)close(descriptor);
    return length < 0 ? TEXT_NONE : text_trim((text){at, (size_t)length});
}

/* ---- The socket's folder ---- */

/* FNV-1a: tells data folders apart, no secret. */
static uint64_t path_hash(const char *path)
{
    uint64_t hash = 14695981039346656037u;
    for (; *path != '\0'; path++)
        hash = (hash ^ (unsigned char)*path) * 1099511628211u;
    return hash;
}

static bool socket_fits(text folder)
{
    return folder.length + sizeof "/.s.PGSQL.00000" <= sizeof((struct sockaddr_un *)NULL)->sun_path;
}

const char *socket_folder_choose(struct arena *arena, const char *data_folder)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    const unsigned long long hash = path_hash(data_folder);
    const text choices[] = {
        text_format(arena, "%s/socket", data_folder),
        runtime == NULL || runtime[0] != '/' ? TEXT_NONE : text_format(arena, "%s/shanhuo-%016llx", runtime, hash),
        text_format(arena, "/tmp/shanhuo-%u-%016llx", (unsigned)geteuid(), hash),
    };
    size_t choice = 0;
    while (choices[choice].at == NULL || !socket_fits(choices[choice]))
        choice++;
    return text_terminated(arena, choices[choice]);
}
