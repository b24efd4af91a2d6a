/* shanhuo ledger verify: proves the whole ledger to anyone who may read it, also against the heads that a county kept. */
#include <fcntl.h>
#include <unistd.h>

#include "base/progress.h"
#include "command.h"
#include "ledger_verify.h"

#define COMMAND "shanhuo ledger verify: "
enum { HEADS_BYTES_MAX = 16 * 1024 * 1024 };

static void show_step(int64_t transfers)
{
    progress_step(transfers);
}

/* Opened before home_enter: afterwards root's folders are out of reach. Absent when none was named. */
static bool heads_read(const struct invocation *invocation, text *heads)
{
    const char *path = invocation_value(invocation, "heads");
    *heads = TEXT_NONE;
    if (path == NULL)
        return true;
    char *at = arena_alloc(invocation->arena, HEADS_BYTES_MAX);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : 1;
    *heads = (text){at, 0};
    while (got > 0 && heads->length < HEADS_BYTES_MAX) {
        got = read(file, at + heads->length, HEADS_BYTES_MAX - heads->length);
        heads->length += got > 0 ? (size_t)got : 0;
    }
    if (file >= 0)
        close(file);
    if (got == 0)
        return true;
    fprintf(stderr, COMMAND "%s can't be read, or is no file of at most %d MB\n", path, HEADS_BYTES_MAX >> 20);
    return false;
}

static int tell_proof(enum problem problem, const struct ledger_proof *proof)
{
    if (problem == PROBLEM_INVALID) {
        fprintf(stderr, COMMAND "%.*s; nothing was proven\n", TEXT_ARGUMENTS(proof->broken));
        return EXIT_MISUSE;
    }
    if (problem != PROBLEM_NONE) {
        fprintf(stderr, COMMAND "%s; nothing was proven\n", problem_title(problem, LANGUAGE_EN));
        return EXIT_FAILURE;
    }
    if (proof->broken.at != NULL) {
        fprintf(stderr, COMMAND "BROKEN: %.*s\n", TEXT_ARGUMENTS(proof->broken));
        return EXIT_FAILURE;
    }
    printf("ledger holds: %lld counties, %lld seals over %lld transfers and %lld other records, %lld kept heads; "
           "every balance is the sum of its entries\n",
           (long long)proof->counties, (long long)proof->seals, (long long)proof->transfers, (long long)proof->records,
           (long long)proof->heads);
    return EXIT_SUCCESS;
}

static int verify_run(const struct invocation *invocation)
{
    struct database database;
    struct ledger_proof proof = {0};
    text heads;
    if (!heads_read(invocation, &heads))
        return EXIT_MISUSE;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    enum problem problem = PROBLEM_UNAVAILABLE;
    if (config_keys_open(invocation->arena, false)) {
        invocation->program->hand_over_keys();
        progress_begin("ledger", 0);
        problem = ledger_verify(database.app_url, invocation->arena, heads, show_step, &proof);
        progress_end();
    }
    database_close(&database);
    return tell_proof(problem, &proof);
}

static const struct command_option options[] = {
    {"heads", "FILE", "also hold the seals against the heads that the county kept"},
    COMMAND_OPTIONS_END,
};

extern const struct command ledger_verify_command;
const struct command ledger_verify_command = {
    "ledger verify", "recompute the sealed chain and every balance, name the first broken record", .options = options,
    .run = verify_run};
