/* The data folder and whom it belongs to. root never works here: it makes the system user shanhuo and becomes it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <spawn.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "photos.h"

#define SYSTEM_USER "shanhuo"
#define SYSTEM_HOME "/var/lib/shanhuo"

static bool say_trouble(const char *what, const char *path, int reason)
{
    fprintf(stderr, "shanhuo: %s %s: %s\n", what, path, strerror(reason));
    return false;
}

static bool run_useradd(void)
{
    const char *words[] = {"useradd",          "--system", "--user-group",      "--home-dir", SYSTEM_HOME,
                           "--no-create-home", "--shell",  "/usr/sbin/nologin", SYSTEM_USER,  NULL};
    pid_t child;
    int reason = posix_spawnp(&child, words[0], NULL, NULL, (char *const *)words, environ), status = 0;
    if (reason != 0)
        return say_trouble("cannot run", words[0], reason);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static const struct passwd *system_user(void)
{
    const struct passwd *user = getpwnam(SYSTEM_USER);
    if (user == NULL && run_useradd())
        user = getpwnam(SYSTEM_USER);
    if (user == NULL)
        fputs("shanhuo: cannot create the system user " SYSTEM_USER ". Run: useradd --system " SYSTEM_USER "\n",
              stderr);
    return user;
}

/* mkdir -p; only the last part is private. */
static bool folder_make(struct arena *arena, const char *path)
{
    char *part = (char *)text_copy(arena, text_from(path)).at;
    for (char *slash = strchr(part + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST)
            return say_trouble("cannot make the folder", part, errno);
        *slash = '/';
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return say_trouble("cannot make the folder", path, errno);
    return true;
}

static bool folder_is_empty(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return false;
    size_t entries = 0;
    while (readdir(folder) != NULL)
        entries++;
    closedir(folder);
    return entries <= 2; /* "." and ".." */
}

/* An empty folder counts as new: a container's fresh volume belongs to root. One with content is left as it is. */
static bool folder_hand_over(const char *path, const struct passwd *user)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return say_trouble("cannot look at", path, errno);
    if (found.st_uid == user->pw_uid || !folder_is_empty(path))
        return true;
    if (chown(path, user->pw_uid, user->pw_gid) != 0 || chmod(path, 0700) != 0)
        return say_trouble("cannot hand over", path, errno);
    return true;
}

static bool become(const struct passwd *user)
{
    if (initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
        return say_trouble("cannot become the user", user->pw_name, errno);
    /* libpq would look for certificates in root's home and fail on what it may not read. */
    setenv("HOME", user->pw_dir, 1);
    setenv("USER", user->pw_name, 1);
    return true;
}

/* The program that scales photos lies beside this one, where the system user may not come: a clone in root's home. So root opens it. */
static int scaler_open(struct arena *arena)
{
    char beside[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", beside, sizeof beside);
    const char *slash = length <= 0 ? NULL : memrchr(beside, '/', (size_t)length);
    if (slash == NULL)
        return -1;
    text directory = {beside, (size_t)(slash - beside)};
    return open(text_format(arena, "%.*s/" SCALER_NAME, TEXT_ARGUMENTS(directory)).at, O_RDONLY | O_CLOEXEC);
}

static bool file_copy(int from, int to)
{
    struct stat file;
    if (fstat(from, &file) != 0)
        return false;
    for (off_t left = file.st_size; left > 0;) {
        ssize_t some = sendfile(to, from, NULL, (size_t)left);
        if (some <= 0)
            return false;
        left -= some;
    }
    return fchmod(to, 0700) == 0;
}

/* Copies it into the data folder, where photos finds it. Never as root: the folder's owner could have laid a link there. */
static void scaler_carry(struct arena *arena, const char *folder, int scaler)
{
    const char *fresh = text_format(arena, "%s/" SCALER_NAME ".new", folder).at;
    (void)unlink(fresh);
    int to = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
    bool carried =
        to >= 0 && file_copy(scaler, to) && rename(fresh, text_format(arena, "%s/" SCALER_NAME, folder).at) == 0;
    if (to >= 0)
        close(to);
    if (!carried)
        say_trouble("cannot carry the scaler of photos into", folder, errno);
}

bool home_enter(struct arena *arena)
{
    const char *folder = config_text(SETTING_DATA_FOLDER);
    umask(077);
    if (geteuid() == 0) {
        const struct passwd *user = system_user();
        int scaler = scaler_open(arena);
        if (user == NULL || !folder_make(arena, folder) || !folder_hand_over(folder, user) || !become(user))
            return false;
        if (scaler >= 0) {
            scaler_carry(arena, folder, scaler);
            close(scaler);
        }
    } else if (access(folder, F_OK) != 0 && !folder_make(arena, folder)) {
        return false;
    }
    if (chdir(folder) != 0 || access(folder, R_OK | W_OK | X_OK) != 0) {
        say_trouble("cannot use the data folder", folder, errno);
        fputs("It must belong to the user who runs shanhuo (as root: " SYSTEM_USER
              "). Choose another with --data-folder or SHANHUO_DATA.\n",
              stderr);
        return false;
    }
    return true;
}

int home_lock(struct arena *arena, int64_t patience_ms)
{
    const char *path = text_format(arena, "%s/serve.lock", config_text(SETTING_DATA_FOLDER)).at;
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return -1;
    for (int64_t waited_ms = 0; flock(lock, LOCK_EX | LOCK_NB) != 0; waited_ms += 50) {
        if (waited_ms >= patience_ms) {
            close(lock);
            return -1;
        }
        usleep(50 * 1000);
    }
    return lock;
}
