/* Plain fork and waitpid. Must never wait for a child it does not name: PostgreSQL's processes are somebody else's. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

enum {
    RESTART_MS = 100, /* first restart; doubled for each quick death in a row */
    RESTART_MS_MAX = 30000,
    STEADY_MS = 10000, /* who lived this long begins at RESTART_MS again */
    STOP_LOOK_MS = 10,
    STEP_LOOK_MS = 1000,
    STEP_STOP_MS = 2000,
};

/* ---- Signals: a byte in a pipe, so that none is lost between a look and a wait ---- */

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
enum { SIGNALS_COUNT = sizeof(signals) / sizeof(signals[0]) };
static int wakes[2] = {-1, -1};
static volatile sig_atomic_t stop_wanted;

static void wake(int signal_number)
{
    int kept = errno;
    if (signal_number != SIGCHLD)
        stop_wanted = 1;
    (void)!write(wakes[1], "", 1);
    errno = kept;
}

bool supervisor_begin(void)
{
    if (pipe2(wakes, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < SIGNALS_COUNT; i++)
        sigaction(signals[i], &(struct sigaction){.sa_handler = wake, .sa_flags = SA_RESTART}, NULL);
    return true;
}

bool supervisor_must_stop(void)
{
    return stop_wanted != 0;
}

void supervisor_wait(int64_t ms)
{
    char woken[64];
    struct pollfd pipe_end = {.fd = wakes[0], .events = POLLIN};
    if (poll(&pipe_end, 1, (int)ms) > 0)
        while (read(wakes[0], woken, sizeof(woken)) > 0)
            continue;
}

/* ---- Children ---- */

static void become_child(pid_t supervisor)
{
    for (size_t i = 0; i < SIGNALS_COUNT; i++)
        signal(signals[i], SIG_DFL);
    close(wakes[0]);
    close(wakes[1]);
    /* Ctrl-C reaches the whole group of a terminal; only the supervisor shall act on it, in order. */
    setpgid(0, 0);
    /* SIGKILL: PostgreSQL goes at the same moment, so there is nothing left to finish. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor) /* it died before the line above */
        _exit(EXIT_FAILURE);
}

bool child_start(struct child *child)
{
    pid_t supervisor = getpid();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        become_child(supervisor);
        exit(child->run(child->owner));
    }
    child->pid = pid > 0 ? pid : 0;
    child->started_at = instant_now();
    if (pid > 0)
        return true;
    log_error("child_not_started", LOG_TEXT("child", text_from(child->name)),
              LOG_TEXT("reason", text_from(strerror(errno))));
    child->start_at = instant_now() + RESTART_MS_MAX * 1000LL;
    return false;
}

bool child_has_ended(struct child *child, int *status)
{
    if (child->pid == 0 || waitpid(child->pid, status, WNOHANG) != child->pid)
        return false;
    child->pid = 0;
    return true;
}

static void plan_restart(struct child *child, int status)
{
    int64_t lived_ms = (instant_now() - child->started_at) / 1000;
    bool again = lived_ms < STEADY_MS && child->wait_ms > 0;
    int64_t doubled_ms = child->wait_ms * 2 < RESTART_MS_MAX ? child->wait_ms * 2 : RESTART_MS_MAX;
    child->wait_ms = again ? doubled_ms : RESTART_MS;
    child->start_at = instant_now() + child->wait_ms * 1000;
    log_error("child_died", LOG_TEXT("child", text_from(child->name)),
              LOG_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
              LOG_INT("exit_code", WIFEXITED(status) ? WEXITSTATUS(status) : 0), LOG_INT("lived_ms", lived_ms),
              LOG_INT("restart_in_ms", child->wait_ms));
}

void child_watch(struct child *child)
{
    int status = 0;
    if (child_has_ended(child, &status))
        plan_restart(child, status);
    if (child->pid == 0 && child->start_at <= instant_now())
        (void)child_start(child);
}

void child_stop(struct child *child, int64_t ms_max)
{
    int status = 0;
    if (child->pid == 0)
        return;
    kill(child->pid, SIGTERM);
    instant give_up_at = instant_now() + ms_max * 1000;
    while (!child_has_ended(child, &status)) {
        if (instant_now() > give_up_at) {
            log_error("child_did_not_stop", LOG_TEXT("child", text_from(child->name)));
            kill(child->pid, SIGKILL);
            (void)waitpid(child->pid, &status, 0);
            child->pid = 0;
            return;
        }
        supervisor_wait(STOP_LOOK_MS);
    }
}

bool child_run_step(int (*run)(const void *owner), const void *owner)
{
    struct child step = {.name = "step", .run = run, .owner = owner};
    int status = 0;
    if (!child_start(&step))
        return false;
    while (!child_has_ended(&step, &status)) {
        if (supervisor_must_stop()) {
            child_stop(&step, STEP_STOP_MS);
            return false;
        }
        supervisor_wait(STEP_LOOK_MS);
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}
