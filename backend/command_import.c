/* shanhuo import areas: an edition of the official division codes, into the database of this installation. */
#include "base/progress.h"
#include "command.h"
#include "registry.h"

#define AREAS_FOLDER_DEFAULT "build/areas"

struct import_progress {
    int64_t shown;
};

static void show_progress(void *owner, int64_t bytes_done, int64_t bytes_total)
{
    (void)bytes_total;
    struct import_progress *progress = owner;
    progress_step(bytes_done - progress->shown);
    progress->shown = bytes_done;
}

static bool read_valid_from(const struct invocation *invocation, struct areas_import *import)
{
    const char *given = invocation_value(invocation, "valid-from");
    if (given == NULL || day_parse(text_from(given), &import->valid_from))
        return true;
    fprintf(stderr, "shanhuo import areas: --valid-from is \"%s\", but must be a day such as 2023-06-30\n", given);
    return false;
}

static void tell_fault(const struct areas_imported *imported, enum problem problem)
{
    const struct csv_fault *fault = &imported->fault;
    if (problem == PROBLEM_INVALID && fault->code != NULL)
        fprintf(stderr, "shanhuo import areas: file %zu, row %lld: %s; nothing was changed\n", imported->file + 1,
                (long long)fault->row, problem_code_words(fault->code, LANGUAGE_EN));
    else
        fprintf(stderr, "shanhuo import areas: %s; nothing was changed\n", problem_title(problem, LANGUAGE_EN));
}

static int import_into(struct arena *arena, const struct database *database, const struct areas_import *import)
{
    struct areas_imported imported;
    struct db *owner = db_open(arena, database->owner_url);
    if (owner == NULL)
        return EXIT_FAILURE;
    int64_t total = 0;
    for (size_t i = 0; i < AREAS_FILES_COUNT; i++)
        total += (int64_t)import->files[i].length;
    progress_begin("areas", total);
    enum problem problem = registry_import_areas(owner, import, &imported);
    progress_end();
    db_close(owner);
    if (problem != PROBLEM_NONE) {
        tell_fault(&imported, problem);
        return EXIT_FAILURE;
    }
    printf("%lld areas read: %lld added, %lld changed, %lld ended\n", (long long)imported.read,
           (long long)imported.added, (long long)imported.changed, (long long)imported.ended);
    return EXIT_SUCCESS;
}

static int import_migrated(const struct invocation *invocation, const struct areas_import *import)
{
    struct database database;
    size_t applied;
    if (!home_enter(invocation->arena) || !database_open(invocation->arena, false, &database))
        return EXIT_FAILURE;
    int code = EXIT_FAILURE;
    if (database.owner_url == NULL)
        fputs("shanhuo import areas: set DATABASE_OWNER_URL: the application's role may not change areas.\n", stderr);
    else if (database_migrate(&database, &applied))
        code = import_into(invocation->arena, &database, import);
    database_close(&database);
    return code;
}

static int import_areas_run(const struct invocation *invocation)
{
    struct areas_import import;
    struct import_progress progress = {0};
    const char *folder = invocation->words_count > 0 ? invocation->words[0] : AREAS_FOLDER_DEFAULT;
    /* Before home_enter: the folder is named from where the caller stands, and may be the caller's alone. */
    const char *unreadable = registry_areas_folder(invocation->arena, folder, &import);
    if (unreadable != NULL) {
        fprintf(stderr, "shanhuo import areas: %s/%s can't be read; `make areas` fetches the files into %s\n", folder,
                unreadable, AREAS_FOLDER_DEFAULT);
        return EXIT_FAILURE;
    }
    if (!read_valid_from(invocation, &import))
        return EXIT_MISUSE;
    import.progress = show_progress;
    import.owner = &progress;
    return import_migrated(invocation, &import);
}

static const struct command_option import_areas_options[] = {
    {"valid-from", "DAY", "first day of what is new, and day what vanished ended (default 2023-06-30)"},
    COMMAND_OPTIONS_END,
};
extern const struct command import_areas_command;
const struct command import_areas_command = {
    "import areas", "import the official division codes", "[FOLDER]", 0, 1, import_areas_options, import_areas_run,
};
