/* Watches: what looks too good or too neat is asked about, every night. A watch accuses nobody; it opens a finding with what it saw. */
#include "db.h"
#include "oversight.h"

static const struct watch {
    const char *rule, *class, *statement;
} watches[] = {
    {"self_purchase", "audit", "oversight/watch_self_purchase"},
    {"circular_order", "audit", "oversight/watch_circular_order"},
    {"lot_claimed_twice", "contradiction", "oversight/watch_lot_claimed_twice"},
    {"names_spread", "abnormal_value", "oversight/watch_names_spread"},
    {"late_link", "contradiction", "oversight/watch_late_link"},
    {"shop_without_sales", "audit", "oversight/watch_shop_without_sales"},
    {"exits_near_line", "abnormal_value", "oversight/watch_exits_near_line"},
};
enum { WATCHES_COUNT = sizeof watches / sizeof watches[0], COUNTY = 0, SUBJECT_KIND, SUBJECT_ID, AREA_CODE, DETAIL };

static enum problem watch_run(const struct watch *watch, struct db *db, struct arena *arena, instant now)
{
    struct outcome seen = {0}, opened = {0};
    text at = instant_format(arena, now);
    enum problem problem = DB_RUN(db, watch->statement, &seen, {"now", at});
    for (size_t row = 0; problem == PROBLEM_NONE && row < rows_count(seen.rows); row++)
        problem = DB_RUN(db, "oversight/watch_open", &opened, {"county", rows_value(seen.rows, row, COUNTY)},
                         {"class", text_from(watch->class)}, {"rule", text_from(watch->rule)},
                         {"area_code", rows_value(seen.rows, row, AREA_CODE)},
                         {"subject_kind", rows_value(seen.rows, row, SUBJECT_KIND)},
                         {"subject_id", rows_value(seen.rows, row, SUBJECT_ID)},
                         {"detail", rows_value(seen.rows, row, DETAIL)}, {"now", at});
    return problem;
}

static enum problem watches_run(struct db *db, struct arena *arena, instant now)
{
    enum problem problem = PROBLEM_NONE;
    for (size_t i = 0; problem == PROBLEM_NONE && i < WATCHES_COUNT; i++)
        problem = watch_run(&watches[i], db, arena, now);
    return problem;
}

const struct job oversight_jobs[] = {
    {.name = "oversight/watches", .every_ms = INT64_C(24) * 3600 * 1000, .run = watches_run},
    JOBS_END,
};
