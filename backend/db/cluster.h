/* Inside db: the parts of the embedded cluster that know about folders and processes. */
#ifndef DB_CLUSTER_H
#define DB_CLUSTER_H

#include <sys/types.h>

#include "db.h"

enum { CLUSTER_PORT = 5432 }; /* names the socket only: nothing listens on TCP */

/* ---- Folders (cluster_folder.c). All answer false after logging why. ---- */
MUST_USE bool folder_make(struct arena *arena, text path); /* with its parents, mode 0700 */
/* A folder of our own that nobody else can enter, also below /tmp where anybody may have been first. */
MUST_USE bool folder_make_private(const char *path);
MUST_USE bool folder_remove(const char *path); /* with all that is in it; true when there is none */
MUST_USE bool file_write(struct arena *arena, const char *path, text contents); /* whole or not at all */
MUST_USE bool file_append(const char *path, text contents);
text file_tail(struct arena *arena, const char *path, size_t bytes_max);
/* Short enough for a Unix socket's address, and the same after each start. */
const char *socket_folder_choose(struct arena *arena, const char *data_folder);

/* ---- Processes (cluster_process.c) ---- */
struct process_start {
    const char *const *arguments; /* the first is the program's path */
    const char *output_path;      /* stdout and stderr are appended here */
    int signal_when_parent_dies;
};
pid_t process_start(const struct process_start *start);             /* -1 after logging why */
MUST_USE bool process_wait(pid_t pid, int64_t ms_max, int *status); /* false: still running */
/* Ends what a killed program left running in this folder. False: some would not go. */
bool processes_await_end(const char *postgres_folder, int64_t ms_max); /* touches none of them */
MUST_USE bool processes_end(const char *postgres_folder);
void sleep_ms(int64_t ms);

#endif
