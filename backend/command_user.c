/* shanhuo user: accounts by hand. The first administrator and the first county officer are made here; passwords never pass through. */
#include "accounts.h"
#include "command.h"

#define USERS_SHOWN "100"

typedef enum problem user_work(const struct invocation *invocation, struct db *db, struct problems *problems);

static text value_of(const struct invocation *invocation, const char *option)
{
    const char *value = invocation_value(invocation, option);
    return value == NULL ? TEXT_NONE : text_from(value);
}

static text word_of(const struct invocation *invocation, size_t index)
{
    return text_from(invocation->words[index]);
}

static void tell(const struct invocation *invocation, enum problem problem, const struct problems *problems)
{
    fprintf(stderr, "shanhuo %s: %s\n", invocation->command->name, problem_title(problem, LANGUAGE_EN));
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "  %.*s: %s\n", TEXT_ARGUMENTS(problems->details[i].pointer),
                problem_code_words(problems->details[i].code, LANGUAGE_EN));
}

static int with_database(const struct invocation *invocation, user_work *work)
{
    struct arena *arena = invocation->arena;
    struct database database;
    struct problems problems;
    size_t applied;
    if (!home_enter(arena) || !config_keys_open(arena, true) || !database_open(arena, false, &database))
        return EXIT_FAILURE;
    invocation->program->hand_over_keys();
    problems_init(&problems, arena);
    enum problem problem = PROBLEM_UNAVAILABLE;
    if (database_migrate(&database, &applied)) {
        struct db *db = db_open(arena, database.app_url);
        if (db != NULL) {
            problem = work(invocation, db, &problems);
            db_close(db);
        }
    }
    database_close(&database);
    if (problem != PROBLEM_NONE)
        tell(invocation, problem, &problems);
    return problem == PROBLEM_NONE ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool read_day(const struct invocation *invocation, const char *option, calendar_day *day)
{
    text given = value_of(invocation, option);
    if (given.at == NULL || day_parse(given, day))
        return true;
    fprintf(stderr, "shanhuo %s: --%s must be a day such as 2026-11-23\n", invocation->command->name, option);
    return false;
}

static bool read_staff(const struct invocation *invocation, struct staff_by_hand *staff)
{
    *staff = (struct staff_by_hand){
        .login = word_of(invocation, 0),
        .role = word_of(invocation, 1),
        .area_code = value_of(invocation, "area"),
        .organisation = value_of(invocation, "organisation"),
    };
    return read_day(invocation, "from", &staff->valid_from) && read_day(invocation, "to", &staff->valid_to);
}

static void print_code(const struct invocation *invocation, const struct printed_code *printed)
{
    printf("one-time code: %.*s (until %.*s); it sets the password under /auth/reset\n", TEXT_ARGUMENTS(printed->code),
           TEXT_ARGUMENTS(instant_format(invocation->arena, printed->expires_at)));
}

static enum problem add(const struct invocation *invocation, struct db *db, struct problems *problems)
{
    struct staff_by_hand staff;
    struct printed_code printed;
    if (!read_staff(invocation, &staff))
        return PROBLEM_INVALID;
    staff.display_name = value_of(invocation, "name");
    if (staff.display_name.at == NULL)
        staff.display_name = staff.login;
    enum problem problem =
        staff_add(db, invocation->arena, &staff, config_period(TEXT("reset_code")), problems, &printed);
    if (problem == PROBLEM_NONE)
        print_code(invocation, &printed);
    return problem;
}

static enum problem grant(const struct invocation *invocation, struct db *db, struct problems *problems)
{
    struct staff_by_hand staff;
    if (!read_staff(invocation, &staff))
        return PROBLEM_INVALID;
    return staff_grant(db, invocation->arena, &staff, problems);
}

static enum problem revoke(const struct invocation *invocation, struct db *db, struct problems *problems)
{
    (void)problems;
    return staff_revoke(db, invocation->arena, word_of(invocation, 0), word_of(invocation, 1));
}

static enum problem reset(const struct invocation *invocation, struct db *db, struct problems *problems)
{
    struct printed_code printed;
    (void)problems;
    enum problem problem =
        staff_reset(db, invocation->arena, word_of(invocation, 0), config_period(TEXT("reset_code")), &printed);
    if (problem == PROBLEM_NONE)
        print_code(invocation, &printed);
    return problem;
}

static enum problem list(const struct invocation *invocation, struct db *db, struct problems *problems)
{
    struct outcome outcome;
    struct arena *arena = invocation->arena;
    (void)problems;
    enum problem problem =
        DB_RUN(db, "accounts/list", &outcome, {"actor_areas", TEXT("{\"\"}")}, {"limit", TEXT(USERS_SHOWN)},
               {"q", invocation->words_count > 0 ? word_of(invocation, 0) : TEXT_NONE},
               {"today", day_format(arena, instant_business_day(instant_now()))});
    if (problem != PROBLEM_NONE)
        return problem;
    const char *const columns[] = {"login", "display_name", "state", "roles"};
    for (size_t row = 0; row < rows_count(outcome.rows); row++)
        for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
            int column = rows_column(outcome.rows, columns[i]);
            text value = rows_value(outcome.rows, row, (size_t)column);
            printf("%.*s%c", TEXT_ARGUMENTS(value), i + 1 < sizeof columns / sizeof columns[0] ? '\t' : '\n');
        }
    return PROBLEM_NONE;
}

static int user_add_run(const struct invocation *invocation)
{
    return with_database(invocation, add);
}

static int user_grant_run(const struct invocation *invocation)
{
    return with_database(invocation, grant);
}

static int user_revoke_run(const struct invocation *invocation)
{
    return with_database(invocation, revoke);
}

static int user_reset_run(const struct invocation *invocation)
{
    return with_database(invocation, reset);
}

static int user_list_run(const struct invocation *invocation)
{
    return with_database(invocation, list);
}

#define PLACE_AND_PERIOD                                                                                               \
    {"area", "CODE", "the area the role is bound to"},                                                                 \
        {"organisation", "ID", "the shop, station, supplier or household instead"},                                    \
        {"from", "DAY", "first day it holds (today)"},                                                                 \
    {                                                                                                                  \
        "to", "DAY", "first day it no longer holds (open)"                                                             \
    }

static const struct command_option add_options[] = {
    {"name", "NAME", "what pages call the account (its login)"},
    PLACE_AND_PERIOD,
    COMMAND_OPTIONS_END,
};
static const struct command_option grant_options[] = {PLACE_AND_PERIOD, COMMAND_OPTIONS_END};

extern const struct command user_add_command, user_grant_command, user_revoke_command, user_reset_command,
    user_list_command;
const struct command user_add_command = {
    "user add",  "make an account with a role and print its one-time code", "LOGIN ROLE", 2, 2, add_options,
    user_add_run};
const struct command user_grant_command = {"user grant",  "give an account a role", "LOGIN ROLE", 2, 2, grant_options,
                                           user_grant_run};
const struct command user_revoke_command = {
    "user revoke", "end a role of an account; `user list` shows its id", "LOGIN ROLE_ID", 2, 2, NULL, user_revoke_run};
const struct command user_reset_command = {
    "user reset", "print a one-time code for a forgotten password", "LOGIN", 1, 1, NULL, user_reset_run};
const struct command user_list_command = {
    "user list",  "print accounts with their roles; BEGINNING is of a login or name", "[BEGINNING]", 0, 1, NULL,
    user_list_run};
