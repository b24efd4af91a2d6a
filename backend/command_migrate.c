/* shanhuo migrate: brings the database's tables up to this build. `serve` does it by itself. */
#include "command.h"

static int migrate_run(const struct invocation *invocation)
{
    struct database database;
    size_t applied = 0;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    bool done = database.owner_url != NULL && database_migrate(&database, &applied);
    if (database.owner_url == NULL)
        fputs("shanhuo migrate: set DATABASE_OWNER_URL: the application's role may not change tables.\n", stderr);
    if (done)
        printf("%zu migrations applied\n", applied);
    database_close(&database);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

extern const struct command migrate_command;
const struct command migrate_command = {"migrate", "apply the migrations that are missing", .run = migrate_run};
