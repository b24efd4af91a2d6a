/* Commands that only print: config, routes, statements. */
#include "command.h"

/* No setting, but what `make trust` and whoever writes a client ask for. */
static void authority_print(void)
{
    if (config_text(SETTING_CERTIFICATE_FILE) == NULL)
        printf("%-19s %s/tls/ca.pem\n", "authority_file", config_text(SETTING_DATA_FOLDER));
}

static int config_run(const struct invocation *invocation)
{
    config_print(stdout, invocation_has(invocation, "explain"));
    authority_print();
    return EXIT_SUCCESS;
}

static int routes_run(const struct invocation *invocation)
{
    if (invocation_has(invocation, "json"))
        http_print_routes_json(invocation->program->routes, stdout);
    else
        http_print_routes(invocation->program->routes, stdout);
    return EXIT_SUCCESS;
}

static void statement_print(const struct statement *statement)
{
    fputs(statement->name, stdout);
    for (size_t i = 0; i < statement->parameters_count; i++)
        printf(" :%s", statement->parameters[i]);
    putchar('\n');
}

/* PREPARE takes what reads or writes rows, not these three. */
static bool is_transaction_command(const struct statement *statement)
{
    return text_starts_with(text_from(statement->name), TEXT("db/")) && statement->parameters_count == 0 &&
           (text_starts_with(text_from(statement->sql), TEXT("BEGIN")) ||
            text_starts_with(text_from(statement->sql), TEXT("COMMIT")) ||
            text_starts_with(text_from(statement->sql), TEXT("ROLLBACK")));
}

static bool statement_check(struct db *db, const struct statement *statement)
{
    struct arena *arena = arena_new();
    struct outcome outcome = {0};
    db_rows_in(db, arena);
    enum problem problem = db_script(db, text_format(arena, "PREPARE checked AS %s", statement->sql), &outcome);
    if (problem != PROBLEM_NONE)
        printf("%s: %s %s\n", statement->name, outcome.sqlstate, outcome.message);
    else if (db_script(db, TEXT("DEALLOCATE checked"), &outcome) != PROBLEM_NONE)
        problem = PROBLEM_UNAVAILABLE;
    db_rows_in(db, NULL);
    arena_free(arena);
    return problem == PROBLEM_NONE;
}

/* The worker stops at the first that is wrong; whoever writes SQL wants to see all. */
static int statements_check(struct arena *arena, const char *url)
{
    struct db *db = db_open(arena, url);
    size_t wrong = 0;
    for (size_t i = 0; db != NULL && i < statements_count(); i++)
        if (!is_transaction_command(statement_at(i)) && !statement_check(db, statement_at(i)))
            wrong++;
    if (db == NULL)
        return EXIT_FAILURE;
    db_close(db);
    printf("%zu statements, %zu wrong\n", statements_count(), wrong);
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Every statement under its own name in one session, for psql: EXPLAIN EXECUTE "catalog/list" (…). */
static int statements_print_sql(void)
{
    for (size_t i = 0; i < statements_count(); i++)
        if (!is_transaction_command(statement_at(i)))
            printf("PREPARE \"%s\" AS\n%s;\n", statement_at(i)->name, statement_at(i)->sql);
    return EXIT_SUCCESS;
}

static int statements_run(const struct invocation *invocation)
{
    if (invocation_has(invocation, "sql"))
        return statements_print_sql();
    if (!invocation_has(invocation, "check")) {
        for (size_t i = 0; i < statements_count(); i++)
            statement_print(statement_at(i));
        return EXIT_SUCCESS;
    }
    struct database database;
    size_t applied = 0;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    int code =
        database_migrate(&database, &applied) ? statements_check(invocation->arena, database.app_url) : EXIT_FAILURE;
    database_close(&database);
    return code;
}

static const struct command_option routes_options[] = {
    {"json", NULL, "one JSON list"},
    COMMAND_OPTIONS_END,
};

static const struct command_option config_options[] = {
    {"explain", NULL, "also each setting's flag, environment variable and purpose"},
    {"demo", NULL, "the values `serve --demo` would use"},
    COMMAND_OPTIONS_END,
};

static const struct command_option statements_options[] = {
    {"check", NULL, "let the database read each as the application's role, name all that it refuses"},
    {"sql", NULL, "as PREPARE commands for psql"},
    COMMAND_OPTIONS_END,
};

extern const struct command config_command, routes_command, statements_command;
const struct command config_command = {"config", "print every setting and where it came from",
                                       .options = config_options, .run = config_run};
const struct command routes_command = {"routes", "print every route: method, path, roles, statements",
                                       .options = routes_options, .run = routes_run};
const struct command statements_command = {"statements", "print every SQL statement and its parameters",
                                           .options = statements_options, .run = statements_run};
