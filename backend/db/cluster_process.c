/* Processes of the embedded cluster: started so that they die with us, found and ended when we did not see them die. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/cluster.h"

enum { POLL_MS = 10, LEFTOVERS_MAX = 512, FAST_MS_MAX = 8000, IMMEDIATE_MS_MAX = 4000, KILL_MS_MAX = 3000 };

void sleep_ms(int64_t ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000};
    (void)nanosleep(&time, NULL);
}

/* ---- Starting ---- */

/* Between fork and exec: only what is safe in a child of a program with threads. */
static NORETURN void child_become(const struct process_start *start, pid_t parent)
{
    sigset_t none;
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int output = open(start->output_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    (void)setsid(); /* Ctrl-C in a terminal is for the server, which then stops the cluster in order */
    (void)prctl(PR_SET_PDEATHSIG, start->signal_when_parent_dies);
    if (getppid() != parent || nothing < 0 || output < 0) /* it died before the line above */
        _exit(127);
    (void)dup2(nothing, STDIN_FILENO);
    (void)dup2(output, STDOUT_FILENO);
    (void)dup2(output, STDERR_FILENO);
    (void)close_range(STDERR_FILENO + 1, ~0U, 0);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)signal(SIGPIPE, SIG_DFL);
    (void)execv(start->arguments[0], (char *const *)(uintptr_t)start->arguments);
    _exit(127);
}

pid_t process_start(const struct process_start *start)
{
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0)
        child_become(start, parent);
    if (pid < 0)
        log_error("process_not_started", LOG_TEXT("program", text_from(start->arguments[0])),
                  LOG_TEXT("reason", text_from(strerror(errno))));
    return pid;
}

bool process_wait(pid_t pid, int64_t ms_max, int *status)
{
    for (int64_t waited = 0;; waited += POLL_MS) {
        const pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno == ECHILD))
            return true;
        if (waited >= ms_max)
            return false;
        sleep_ms(POLL_MS);
    }
}

/* ---- Leftovers of a killed program ---- */

static text link_target(struct arena *arena, const char *process, const char *link)
{
    char target[PATH_MAX];
    const text path = text_format(arena, "/proc/%s/%s", process, link);
    const ssize_t length = readlink(text_terminated(arena, path), target, sizeof target);
    return length < 0 ? TEXT_NONE : text_copy(arena, (text){target, (size_t)length});
}

/* A postmaster and its children stand in their data folder; a shell that stands there too is not theirs. */
static bool process_is_left_over(struct arena *arena, const char *process, text postgres_folder)
{
    return text_equal(link_target(arena, process, "cwd"), postgres_folder) &&
           text_ends_with(link_target(arena, process, "exe"), TEXT("/bin/postgres"));
}

static size_t leftovers_list(const char *postgres_folder, pid_t *pids)
{
    struct arena *arena = arena_new();
    DIR *processes = opendir("/proc");
    size_t count = 0;
    const struct dirent *entry;
    while (processes != NULL && count < LEFTOVERS_MAX && (entry = readdir(processes)) != NULL) {
        int64_t pid;
        if (text_to_int64(text_from(entry->d_name), 2, INT32_MAX, &pid) &&
            process_is_left_over(arena, entry->d_name, text_from(postgres_folder)))
            pids[count++] = (pid_t)pid;
    }
    if (processes != NULL)
        (void)closedir(processes);
    arena_free(arena);
    return count;
}

static pid_t postmaster_of_folder(struct arena *arena, const char *postgres_folder)
{
    const text path = text_format(arena, "%s/postmaster.pid", postgres_folder);
    text contents = file_tail(arena, text_terminated(arena, path), 4096);
    int64_t pid = 0;
    return text_to_int64(text_cut(&contents, '\n'), 2, INT32_MAX, &pid) ? (pid_t)pid : 0;
}

/* `only` 0: all of them. True when none is left. */
static bool leftovers_signal(const char *postgres_folder, int signal_number, pid_t only, int64_t ms_max)
{
    pid_t pids[LEFTOVERS_MAX];
    size_t count = leftovers_list(postgres_folder, pids);
    for (size_t i = 0; i < count; i++)
        if (only == 0 || pids[i] == only)
            (void)kill(pids[i], signal_number);
    for (int64_t waited = 0; count > 0 && waited < ms_max; waited += POLL_MS) {
        sleep_ms(POLL_MS);
        count = leftovers_list(postgres_folder, pids);
    }
    return count == 0;
}

bool processes_await_end(const char *postgres_folder, int64_t ms_max)
{
    return leftovers_signal(postgres_folder, 0, 0, ms_max); /* signal 0 only asks */
}

bool processes_end(const char *postgres_folder)
{
    pid_t pids[LEFTOVERS_MAX];
    if (leftovers_list(postgres_folder, pids) == 0)
        return true;
    struct arena *arena = arena_new();
    const pid_t postmaster = postmaster_of_folder(arena, postgres_folder);
    arena_free(arena);
    log_warn("cluster_left_running", LOG_TEXT("path", text_from(postgres_folder)), LOG_INT("postmaster", postmaster));
    /* SIGINT is a fast shutdown to the postmaster, but only cancels a query in its children. */
    return leftovers_signal(postgres_folder, SIGINT, postmaster == 0 ? -1 : postmaster, FAST_MS_MAX) ||
           leftovers_signal(postgres_folder, SIGQUIT, 0, IMMEDIATE_MS_MAX) ||
           leftovers_signal(postgres_folder, SIGKILL, 0, KILL_MS_MAX);
}
