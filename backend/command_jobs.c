/* shanhuo jobs: the clock's work, apart from `serve`, and single jobs by hand. */
#include "command.h"

static int run_once(const struct program *program, const char *name, const char *url)
{
    const struct job *job = job_find(program->jobs, text_from(name));
    if (job == NULL) {
        fprintf(stderr, "shanhuo jobs: no job is called %s; see `shanhuo jobs --list`\n", name);
        return EXIT_MISUSE;
    }
    enum problem problem = job_run_once(url, job);
    if (problem != PROBLEM_NONE)
        fprintf(stderr, "shanhuo jobs: %s failed: %s\n", name, problem_slug(problem));
    return problem == PROBLEM_NONE ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int jobs_command_run(const struct invocation *invocation)
{
    const struct program *program = invocation->program;
    if (invocation_has(invocation, "list")) {
        jobs_print(program->jobs, stdout);
        return EXIT_SUCCESS;
    }
    struct database database;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    const char *once = invocation_value(invocation, "once");
    const struct jobs_settings settings = {database.app_url, program->jobs, config_count(SETTING_JOBS_TICK_MS)};
    int code = EXIT_FAILURE;
    if (config_keys_open(invocation->arena, false)) {
        program->hand_over_keys();
        code = once != NULL ? run_once(program, once, database.app_url) : jobs_serve(&settings);
    }
    database_close(&database);
    return code;
}

static const struct command_option options[] = {
    {"once", "NAME", "run this job now and end, whoever leads"},
    {"list", NULL, "print every job and its period"},
    COMMAND_OPTIONS_END,
};

extern const struct command jobs_command;
const struct command jobs_command = {"jobs", "run what is due by the clock; one process leads, others stand by",
                                     .options = options, .run = jobs_command_run};
