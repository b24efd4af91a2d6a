/* Embedded migrations, applied once each, in order, in a transaction of their own. Forward only: what was applied may not change. */
#include <ctype.h>
#include <stdlib.h>

#include "db/statement.h"

extern const struct embedded __start_migrations[] __attribute__((weak));
extern const struct embedded __stop_migrations[] __attribute__((weak));

struct migration {
    int64_t number;
    text name, source; /* name "0001_areas" */
};

static const char schema_migration_create[] =
    "CREATE TABLE IF NOT EXISTS schema_migration (\n"
    "    number integer PRIMARY KEY,\n"
    "    name text NOT NULL,\n"
    "    checksum bytea NOT NULL,\n"
    "    applied_at timestamptz NOT NULL\n"
    ");\n"
    "COMMENT ON TABLE schema_migration IS 'Which migrations were applied, with the SHA-256 of their text';\n"
    "COMMENT ON COLUMN schema_migration.number IS 'first part of the file name';\n"
    "COMMENT ON COLUMN schema_migration.name IS 'file name without its ending';\n"
    "COMMENT ON COLUMN schema_migration.checksum IS 'SHA-256 of the text as applied';\n"
    "COMMENT ON COLUMN schema_migration.applied_at IS 'when'";

/* ---- What is built in ---- */

static int by_number(const void *left, const void *right)
{
    const struct migration *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static struct migration migration_read(const struct embedded *file)
{
    text rest = text_from(file->name);
    struct migration migration = {.name = rest, .source = {file->at, (size_t)(file->end - file->at)}};
    const bool numbered = text_to_int64(text_cut(&rest, '_'), 1, 9999, &migration.number);
    must(numbered && rest.at != NULL);
    return migration;
}

static struct migration *migrations_read(struct arena *arena, size_t *count)
{
    *count = (size_t)(__stop_migrations - __start_migrations);
    struct migration *all = arena_alloc_items(arena, *count + 1, sizeof *all);
    for (size_t i = 0; i < *count; i++)
        all[i] = migration_read(&__start_migrations[i]);
    qsort(all, *count, sizeof *all, by_number);
    for (size_t i = 1; i < *count; i++)
        must(all[i - 1].number < all[i].number);
    return all;
}

/* ---- What the database knows ---- */

static text numbers_array(struct arena *arena, const struct migration *all, size_t count)
{
    struct bytes array;
    bytes_init(&array, arena, 16 * (count + 1));
    bytes_add_char(&array, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            bytes_add_char(&array, ',');
        bytes_add_int64(&array, all[i].number);
    }
    bytes_add_char(&array, '}');
    return bytes_text(&array);
}

static bool migrations_all_known(struct db *db, struct arena *arena, const struct migration *all, size_t count)
{
    struct outcome outcome;
    if (DB_RUN(db, "db/migration_unknown", &outcome, {"numbers", numbers_array(arena, all, count)}) != PROBLEM_NONE)
        return false;
    for (size_t row = 0; row < rows_count(outcome.rows); row++)
        log_error("migration_unknown", LOG_TEXT("migration", rows_value(outcome.rows, row, 1)),
                  LOG_TEXT("reason", TEXT("the database was migrated by a newer program")));
    return rows_count(outcome.rows) == 0;
}

enum migration_state { MIGRATION_MISSING, MIGRATION_APPLIED, MIGRATION_CHANGED, MIGRATION_UNREADABLE };

static enum migration_state migration_state(struct db *db, struct arena *arena, const struct migration *migration)
{
    struct outcome outcome;
    const text number = text_format(arena, "%lld", (long long)migration->number);
    if (DB_RUN(db, "db/migration_state", &outcome, {"number", number}, {"source", migration->source}) != PROBLEM_NONE)
        return MIGRATION_UNREADABLE;
    if (rows_count(outcome.rows) == 0)
        return MIGRATION_MISSING;
    return text_equal(rows_value(outcome.rows, 0, 1), TEXT("t")) ? MIGRATION_APPLIED : MIGRATION_CHANGED;
}

/* ---- Applying ---- */

static bool script_runs(struct db *db, text sql)
{
    struct outcome outcome;
    if (db_script(db, sql, &outcome) == PROBLEM_NONE)
        return true;
    log_error("migration_refused", LOG_TEXT("sqlstate", text_from(outcome.sqlstate)),
              LOG_TEXT("message", text_from(outcome.message)));
    return false;
}

static bool migration_steps(struct db *db, struct arena *arena, const struct migration *migration)
{
    struct outcome outcome;
    if (!script_runs(db, TEXT("BEGIN")) || !script_runs(db, migration->source))
        return false;
    if (DB_RUN(db, "db/migration_add", &outcome, {"number", text_format(arena, "%lld", (long long)migration->number)},
               {"name", migration->name}, {"source", migration->source},
               {"now", instant_format(arena, instant_now())}) != PROBLEM_NONE)
        return false;
    return DB_RUN(db, "db/commit", &outcome, {"", TEXT_NONE}) == PROBLEM_NONE &&
           strcmp(rows_tag(outcome.rows), "COMMIT") == 0;
}

static bool migration_apply(struct db *db, struct arena *arena, const struct migration *migration)
{
    const instant started = instant_now();
    const bool applied = migration_steps(db, arena, migration);
    if (applied)
        log_info("migration_applied", LOG_TEXT("migration", migration->name),
                 LOG_INT("took_ms", (instant_now() - started) / 1000));
    else
        log_error("migration_failed", LOG_TEXT("migration", migration->name));
    if (!applied && db_is_up(db))
        (void)script_runs(db, TEXT("ROLLBACK"));
    return applied;
}

static bool migration_settle(struct db *db, struct arena *arena, const struct migration *migration, size_t *applied)
{
    switch (migration_state(db, arena, migration)) {
    case MIGRATION_APPLIED:
        return true;
    case MIGRATION_MISSING:
        if (!migration_apply(db, arena, migration))
            return false;
        (*applied)++;
        return true;
    case MIGRATION_CHANGED:
        log_error("migration_changed", LOG_TEXT("migration", migration->name),
                  LOG_TEXT("reason", TEXT("its text differs from what was applied; write a new one instead")));
        return false;
    case MIGRATION_UNREADABLE:
        break;
    }
    return false;
}

static bool migrations_apply_locked(struct db *db, struct arena *arena, size_t *applied)
{
    size_t count = 0;
    const struct migration *all = migrations_read(arena, &count);
    if (!script_runs(db, text_from(schema_migration_create)) || !migrations_all_known(db, arena, all, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!migration_settle(db, arena, &all[i], applied))
            return false;
    return true;
}

bool migrations_apply(struct db *owner, size_t *applied)
{
    struct arena *arena = arena_new();
    struct outcome outcome;
    *applied = 0;
    db_rows_in(owner, arena);
    bool done = db_run(owner, "db/migrations_lock", NULL, 0, &outcome) == PROBLEM_NONE;
    if (done) {
        done = migrations_apply_locked(owner, arena, applied);
        done = db_is_up(owner) && db_run(owner, "db/migrations_unlock", NULL, 0, &outcome) == PROBLEM_NONE && done;
    }
    db_rows_in(owner, NULL);
    arena_free(arena);
    return done;
}
