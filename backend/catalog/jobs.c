/* catalog by the clock: kinds, places and shops become findable by what one types, a minute after they have goods. */
#include "base/words.h"
#include "catalog.h"
#include "catalog/product_import.h"
#include "db.h"

#define SUGGESTIONS_EVERY_MS (60 * 1000)
#define SUGGESTIONS_BYTES_MAX (16 * 1024 * 1024)
#define SUGGESTION_BATCHES_MAX 1000

static void write_words(struct bytes *json, struct arena *arena, const struct rows *rows, size_t row)
{
    const text names[] = {rows_value(rows, row, (size_t)rows_column(rows, "name")),
                          rows_value(rows, row, (size_t)rows_column(rows, "detail"))};
    /* Of a category the detail is its English name; a shop is not found by its county. */
    bool is_category = text_equal(rows_value(rows, row, 0), TEXT("category"));
    struct words words = words_of_listing(arena, names, is_category ? 2 : 1);
    for (size_t i = 0; i < words.count; i++) {
        if (i > 0)
            bytes_add_char(json, ',');
        bytes_add_json_string(json, words.at[i]);
    }
}

static text suggestions_json(struct arena *arena, const struct rows *rows)
{
    struct bytes json;
    bytes_init(&json, arena, SUGGESTIONS_BYTES_MAX);
    bytes_add_char(&json, '[');
    for (size_t row = 0; row < rows_count(rows); row++) {
        bytes_add(&json, row > 0 ? TEXT(",{") : TEXT("{"));
        for (size_t column = 0; column < rows_columns(rows); column++) {
            bytes_add_format(&json, "\"%s\":", rows_name(rows, column));
            bytes_add_json_string(&json, rows_value(rows, row, column));
            bytes_add_char(&json, ',');
        }
        bytes_add(&json, TEXT("\"words\":["));
        write_words(&json, arena, rows, row);
        bytes_add(&json, TEXT("]}"));
    }
    bytes_add_char(&json, ']');
    return bytes_text(&json);
}

static enum problem suggest_run(struct db *db, struct arena *arena, instant now)
{
    struct outcome missing = {0}, ignored = {0};
    (void)now;
    enum problem problem = DB_RUN(db, "catalog/suggestions_drop", &ignored, {"now", TEXT_NONE});
    for (int batch = 0; batch < SUGGESTION_BATCHES_MAX && problem == PROBLEM_NONE; batch++) {
        problem = DB_RUN(db, "catalog/suggestions_missing", &missing, {"now", TEXT_NONE});
        if (problem != PROBLEM_NONE || rows_count(missing.rows) == 0)
            return problem;
        problem =
            DB_RUN(db, "catalog/suggestions_put", &ignored, {"suggestions", suggestions_json(arena, missing.rows)});
    }
    return problem;
}

const struct job catalog_jobs[] = {
    {.name = "catalog/suggest", .every_ms = SUGGESTIONS_EVERY_MS, .run = suggest_run},
    {.name = "catalog/product_imports", .every_ms = 1000, .run = product_imports_run},
    JOBS_END,
};
