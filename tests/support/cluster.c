/* A scratch cluster for tests: `cluster [--migrated] [COMMAND…]`. Runs COMMAND with DATABASE_URL, DATABASE_OWNER_URL and
   DATABASE_SUPERUSER_URL set; without one it prints them, one a line, and stays until its standard input closes. Data is thrown away. */
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db.h"

static const char *const url_names[] = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL"};
enum { URLS_COUNT = sizeof url_names / sizeof url_names[0], URL_BYTES_MAX = 512 };

/* PostgreSQL refuses root, so tests run by root give the cluster to somebody harmless. */
static bool become_harmless(void)
{
    if (geteuid() != 0)
        return true;
    const struct passwd *harmless = getpwnam("shanhuo");
    if (harmless == NULL)
        harmless = getpwnam("nobody");
    return harmless != NULL && setgroups(0, NULL) == 0 && setgid(harmless->pw_gid) == 0 &&
           setuid(harmless->pw_uid) == 0;
}

static bool migrate(struct arena *arena, const char *owner_url)
{
    size_t applied;
    struct db *owner = db_open(arena, owner_url);
    const bool done = owner != NULL && migrations_apply(owner, &applied);
    db_close(owner);
    return done;
}

static void tell_urls(int to, const struct cluster *cluster)
{
    const char *const urls[URLS_COUNT] = {cluster_app_url(cluster), cluster_owner_url(cluster),
                                          cluster_superuser_url(cluster)};
    for (size_t i = 0; i < URLS_COUNT; i++)
        (void)dprintf(to, "%s\n", urls[i]);
    (void)close(to);
}

static void await_end(int descriptor)
{
    char ignored[256];
    while (read(descriptor, ignored, sizeof ignored) > 0) {
    }
}

/* Its own process: it outlives a test that crashes just long enough to clean up. */
static int keep_cluster(int tell, int until, bool migrated)
{
    char folder[] = "/tmp/shanhuo-test-XXXXXX";
    char *const remove_folder[] = {"rm", "-rf", folder, NULL};
    struct arena *arena = arena_new();
    (void)setsid();
    if (!become_harmless() || chdir("/") != 0 || mkdtemp(folder) == NULL)
        return 1;
    struct cluster *cluster =
        cluster_start(arena, &(struct cluster_settings){.data_folder = folder, .fast_for_tests = true});
    if (cluster != NULL && (!migrated || migrate(arena, cluster_owner_url(cluster)))) {
        tell_urls(tell, cluster);
        await_end(until);
    }
    if (cluster != NULL)
        cluster_stop(cluster);
    arena_free(arena);
    (void)execvp(remove_folder[0], remove_folder);
    return 1;
}

static bool take_urls(int from, bool print)
{
    char url[URL_BYTES_MAX];
    FILE *lines = fdopen(from, "r");
    for (size_t i = 0; lines != NULL && i < URLS_COUNT; i++) {
        if (fgets(url, sizeof url, lines) == NULL)
            return false;
        url[strcspn(url, "\n")] = '\0';
        (void)setenv(url_names[i], url, 1);
        if (print)
            (void)printf("%s=%s\n", url_names[i], url);
    }
    (void)fflush(stdout);
    return lines != NULL && fclose(lines) == 0;
}

static int run_command(char *const *command)
{
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        (void)execvp(command[0], command);
        _exit(127);
    }
    (void)waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char **words)
{
    int urls[2], end[2], exit_code = 1, status = 0;
    const bool migrated = count > 1 && strcmp(words[1], "--migrated") == 0;
    char *const *command = words + 1 + (migrated ? 1 : 0);
    log_open(STDERR_FILENO, LOG_LEVEL_WARN);
    must(pipe2(urls, O_CLOEXEC) == 0 && pipe2(end, O_CLOEXEC) == 0);
    const pid_t keeper = fork();
    if (keeper == 0) {
        (void)close(urls[0]);
        (void)close(end[1]);
        _exit(keep_cluster(urls[1], end[0], migrated));
    }
    (void)close(urls[1]);
    (void)close(end[0]);
    if (take_urls(urls[0], *command == NULL))
        exit_code = *command == NULL ? (await_end(STDIN_FILENO), 0) : run_command(command);
    (void)close(end[1]);
    (void)waitpid(keeper, &status, 0);
    return exit_code;
}
