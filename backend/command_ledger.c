/* shanhuo ledger verify: proves the whole ledger to anyone who may read it. */
#include "base/progress.h"
#include "command.h"
#include "ledger_verify.h"

static void show_step(int64_t transfers)
{
    progress_step(transfers);
}

static int tell_proof(enum problem problem, const struct ledger_proof *proof)
{
    if (problem != PROBLEM_NONE) {
        fprintf(stderr, "shanhuo ledger verify: %s; nothing was proven\n", problem_title(problem, LANGUAGE_EN));
        return EXIT_FAILURE;
    }
    if (proof->broken.at != NULL) {
        fprintf(stderr, "shanhuo ledger verify: BROKEN: %.*s\n", TEXT_ARGUMENTS(proof->broken));
        return EXIT_FAILURE;
    }
    printf("ledger holds: %lld counties, %lld seals, %lld sealed transfers; every balance is the sum of its entries\n",
           (long long)proof->counties, (long long)proof->seals, (long long)proof->transfers);
    return EXIT_SUCCESS;
}

static int verify_run(const struct invocation *invocation)
{
    struct database database;
    struct ledger_proof proof = {0};
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    struct db *db = db_open(invocation->arena, database.app_url);
    enum problem problem = PROBLEM_UNAVAILABLE;
    if (db != NULL) {
        progress_begin("ledger", 0);
        problem = ledger_verify(db, invocation->arena, show_step, &proof);
        progress_end();
        db_close(db);
    }
    database_close(&database);
    return tell_proof(problem, &proof);
}

extern const struct command ledger_verify_command;
const struct command ledger_verify_command = {
    "ledger verify", "recompute the sealed chain and every balance, name the first broken record", .run = verify_run};
