/* Runs shanhuo-photos on one picture: two files in memory, no pipe, no shell, a deadline. What it answers is not believed blindly. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "photos.h"

#define PROGRAM_NAME SCALER_NAME

/* The program lies beside this one, wherever that was installed, or in the data folder, where all processes work. */
static bool find_program(char *path, size_t room)
{
    ssize_t length = readlink("/proc/self/exe", path, room - sizeof PROGRAM_NAME);
    if (length <= 0)
        return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return false;
    memcpy(slash + 1, PROGRAM_NAME, sizeof PROGRAM_NAME);
    if (access(path, X_OK) != 0)
        memcpy(path, "./" PROGRAM_NAME, sizeof "./" PROGRAM_NAME);
    return true;
}

static int file_in_memory(text bytes)
{
    int file = memfd_create("photo", MFD_CLOEXEC);
    for (size_t done = 0; file >= 0 && done < bytes.length;) {
        ssize_t written = write(file, bytes.at + done, bytes.length - done);
        if (written <= 0) {
            close(file);
            return -1;
        }
        done += (size_t)written;
    }
    if (file >= 0)
        (void)lseek(file, 0, SEEK_SET);
    return file;
}

static pid_t start(const char *path, int input, int output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none); /* the jobs' loop holds signals back */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    char *const words[] = {(char *)PROGRAM_NAME, NULL};
    char *const environment[] = {NULL}; /* keys and addresses stand in ours */
    pid_t child = -1;
    if (posix_spawn(&child, path, &files, &attributes, words, environment) != 0)
        child = -1;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return child;
}

/* False: it failed, or was given up. */
static bool ended_well(pid_t child)
{
    int handle = pidfd_open(child, 0), status = 0;
    struct pollfd ending = {.fd = handle, .events = POLLIN};
    if (handle < 0 || poll(&ending, 1, PHOTO_SCALING_MS_MAX) != 1)
        kill(child, SIGKILL);
    if (handle >= 0)
        close(handle);
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* 127: the child could not become the program; that is not the picture's fault. */
static bool can_run(const char *path)
{
    return access(path, X_OK) == 0;
}

static text contents(struct arena *arena, int file)
{
    off_t length = lseek(file, 0, SEEK_END);
    if (length <= 0 || length > PHOTO_FILES_BYTES_MAX)
        return TEXT("");
    char *bytes = arena_alloc(arena, (size_t)length);
    ssize_t got = pread(file, bytes, (size_t)length, 0);
    return (text){bytes, got < 0 ? 0 : (size_t)got};
}

/* ---- Its answer: a line, then for each file a line and its bytes. ---- */

static bool take_number(text *line, int64_t most, int64_t *number)
{
    return text_to_int64(text_cut(line, ' '), 1, most, number);
}

static bool take_file(text *rest, struct photo_file *file)
{
    int64_t count = 0;
    text line = text_cut(rest, '\n');
    file->format = text_cut(&line, ' ');
    bool is_known = text_equal(file->format, TEXT("webp")) || text_equal(file->format, TEXT("jpg"));
    if (!is_known || !take_number(&line, PHOTO_SIDE_PIXELS_MAX, &file->size) ||
        !take_number(&line, file->size, &file->width) || !take_number(&line, PHOTO_SIDE_PIXELS_MAX, &file->height) ||
        !take_number(&line, PHOTO_FILES_BYTES_MAX, &count) || rest->at == NULL || (size_t)count > rest->length)
        return false;
    file->bytes = text_part(*rest, 0, (size_t)count);
    *rest = text_part(*rest, (size_t)count, rest->length);
    return true;
}

static bool take_answer(text rest, struct photo_scaled *scaled)
{
    text line = text_cut(&rest, '\n');
    text word = text_cut(&line, ' ');
    if (text_equal(word, TEXT("refused"))) {
        scaled->refusal = text_equal(line, TEXT("too-large")) ? TEXT("too-large") : TEXT("unreadable");
        return true;
    }
    if (!text_equal(word, TEXT("photo")) || !take_number(&line, PHOTO_SIDE_PIXELS_MAX, &scaled->width) ||
        !take_number(&line, PHOTO_SIDE_PIXELS_MAX, &scaled->height))
        return false;
    while (rest.length > 0) {
        if (scaled->files_count == PHOTO_FILES_MAX || !take_file(&rest, &scaled->files[scaled->files_count]))
            return false;
        scaled->files_count++;
    }
    return scaled->files_count > 0;
}

enum problem photo_scale(struct arena *arena, text original, struct photo_scaled *scaled)
{
    char path[4096];
    *scaled = (struct photo_scaled){0};
    int input = file_in_memory(original), output = file_in_memory(TEXT(""));
    bool can_start = input >= 0 && output >= 0 && find_program(path, sizeof path) && can_run(path);
    pid_t child = can_start ? start(path, input, output) : -1;
    bool worked = child > 0 && ended_well(child) && take_answer(contents(arena, output), scaled);
    if (input >= 0)
        close(input);
    if (output >= 0)
        close(output);
    if (child <= 0) {
        log_error("photo_program_missing", LOG_TEXT("name", TEXT(PROGRAM_NAME)));
        return PROBLEM_OURS;
    }
    if (!worked)
        *scaled = (struct photo_scaled){.refusal = TEXT("unreadable")};
    return PROBLEM_NONE;
}
