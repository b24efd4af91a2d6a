/* reporting: what counties hand in and what everybody may take along. Monthly county statements: computed, frozen, handed in by a second
   person, locked, restated in the open. */
#ifndef REPORTING_H
#define REPORTING_H

#include "db.h"

extern const struct route reporting_routes[];
extern const struct job reporting_jobs[];

/* ---- A month's statement ---- */
#define STATEMENT_FORMULA "statement 1"
#define STATEMENT_FIGURES_MAX 64
#define STATEMENT_BYTES_MAX 16384 /* of the text that is hashed */
struct statement_wish {
    text county, month, reason;
};
struct statement_figure {
    text name, level, label, meaning; /* a count has no level */
    int64_t value;                    /* fen or a count, as the name says */
};
struct statement_facts {
    text county, county_name, month; /* 2026-10 */
    bool is_over;                    /* the month has ended */
    bool is_behind;                  /* what was posted is not in the sums yet */
    instant as_of;
    text reconciled;      /* equal, different, unknown */
    text prepared_id;     /* waits to be handed in */
    text last_id;         /* the edition that holds */
    int64_t last_edition; /* 0: nothing was handed in */
    text last_hash;
    struct statement_figure *last_figures; /* name and value */
    size_t last_figures_count;
    struct statement_figure *figures;
    size_t figures_count;
};
/* A figure that is no longer what was handed in; of a figure the edition before did not have, before is null. */
struct statement_change {
    text name, before; /* JSON: a number or null */
    int64_t after;
};
struct statement_plan {
    county_id statement_id;
    text county, month, formula;
    int64_t edition, version;
    instant as_of;
    text reconciled, reason, previous_hash, canonical, hash, state;
    struct statement_figure *figures;
    size_t figures_count;
    struct statement_change *changes;
    size_t changes_count;
};
/* A month as it stands now, beside what was handed in of it. */
struct statement_live {
    text county, county_name, month, formula;
    bool is_over, is_behind;
    instant as_of;
    text reconciled, prepared_id, last_id;
    int64_t last_edition;
    struct statement_figure *figures;
    size_t figures_count;
    struct statement_change *changes;
    size_t changes_count;
};
decide_function statement_month_prepare, statement_prepare_decide, statement_live_decide;
extern const struct field statement_facts_fields[], statement_plan_fields[], statement_live_fields[];

#endif
