/* Jobs of photos: what was uploaded is scaled within a second, what nobody shows is thrown away. */
#include "photos.h"
#include "registry.h"

enum { PHOTOS_A_TURN_MAX = 8 }; /* other jobs wait that long */

static text column(const struct rows *rows, const char *name)
{
    int at = rows_column(rows, name);
    return at < 0 || rows_count(rows) == 0 ? TEXT_NONE : rows_value(rows, 0, (size_t)at);
}

static enum problem add_file(struct db *db, struct arena *arena, text photo_id, const struct photo_file *file)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "photos/file_add", &outcome, {"photo_id", photo_id}, {"format", file->format},
                  {"size", text_format(arena, "%lld", (long long)file->size)},
                  {"width", text_format(arena, "%lld", (long long)file->width)},
                  {"height", text_format(arena, "%lld", (long long)file->height)},
                  {"bytes", personal_to_bytea(arena, file->bytes)});
}

static enum problem finish(struct db *db, struct arena *arena, instant now, text photo_id,
                           const struct photo_scaled *scaled)
{
    struct outcome outcome = {0};
    bool refused = scaled->refusal.at != NULL;
    text width = text_format(arena, "%lld", (long long)scaled->width);
    text height = text_format(arena, "%lld", (long long)scaled->height);
    return DB_RUN(db, "photos/finish", &outcome, {"photo_id", photo_id}, {"now", instant_format(arena, now)},
                  {"refusal", scaled->refusal}, {"width", refused ? TEXT_NONE : width},
                  {"height", refused ? TEXT_NONE : height});
}

static enum problem keep(struct db *db, struct arena *arena, instant now, text photo_id,
                         const struct photo_scaled *scaled)
{
    struct outcome outcome = {0};
    enum problem problem = db_run(db, "db/begin", NULL, 0, &outcome);
    for (size_t i = 0; problem == PROBLEM_NONE && i < scaled->files_count; i++)
        problem = add_file(db, arena, photo_id, &scaled->files[i]);
    if (problem == PROBLEM_NONE)
        problem = finish(db, arena, now, photo_id, scaled);
    if (problem == PROBLEM_NONE)
        return db_run(db, "db/commit", NULL, 0, &outcome);
    if (!db_is_up(db))
        return PROBLEM_UNAVAILABLE;
    enum problem rolled_back = db_run(db, "db/rollback", NULL, 0, &outcome);
    return rolled_back == PROBLEM_NONE ? problem : rolled_back;
}

/* The oldest that waits. *found is false when none does. */
static enum problem scale_next(struct db *db, struct arena *arena, instant now, bool *found)
{
    struct outcome outcome = {0};
    struct photo_scaled scaled;
    text original;
    enum problem problem = db_run(db, "photos/next", NULL, 0, &outcome);
    *found = problem == PROBLEM_NONE && rows_count(outcome.rows) > 0;
    if (!*found)
        return problem;
    text photo_id = column(outcome.rows, "photo_id");
    must(personal_from_bytea(arena, column(outcome.rows, "bytes"), &original));
    problem = photo_scale(arena, original, &scaled);
    if (problem != PROBLEM_NONE)
        return problem;
    log_info("photo_scaled", LOG_TEXT("photo_id", photo_id), LOG_INT("files", (int64_t)scaled.files_count),
             LOG_TEXT("refusal", scaled.refusal.at == NULL ? TEXT("") : scaled.refusal));
    return keep(db, arena, now, photo_id, &scaled);
}

/* Each picture has memory of its own: some are large. */
static enum problem scale_run(struct db *db, struct arena *arena, instant now)
{
    enum problem problem = PROBLEM_NONE;
    bool found = true;
    for (int i = 0; i < PHOTOS_A_TURN_MAX && found && problem == PROBLEM_NONE; i++) {
        struct arena *own = arena_new();
        db_rows_in(db, own);
        problem = scale_next(db, own, now, &found);
        db_rows_in(db, arena);
        arena_free(own);
    }
    return problem;
}

static enum problem purge_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome outcome = {0};
    return DB_RUN(db, "photos/purge", &outcome, {"now", instant_format(arena, now)});
}

const struct job photos_jobs[] = {
    {.name = "photos/scale", .every_ms = 500, .run = scale_run},
    {.name = "photos/purge", .every_ms = 3600000, .run = purge_run},
    JOBS_END,
};
