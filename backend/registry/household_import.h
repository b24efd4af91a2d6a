/* Households on their way into the registry, from a file or a form: as rows that registry/add_*.sql insert, sealed and masked. */
#ifndef REGISTRY_HOUSEHOLD_IMPORT_H
#define REGISTRY_HOUSEHOLD_IMPORT_H

#include "registry/household_file.h"

/* Where the rows come from and what names them. */
struct household_origin {
    const struct personal_keys *keys;
    text county, source; /* "import 2026-households.csv", "form" */
    calendar_day today;
    uuid base; /* every row takes the next follower as its id */
    uint32_t ids_used;
    bool status_waits; /* for a second pair of eyes: it is not among the rows */
};
/* A household the registry has already: its id, and the rules findings were ever opened for ("a b c"). */
struct household_known {
    text card_number, rules;
    uuid household_id;
};
/* One JSON array of rows a kind. */
struct household_rows {
    text households, members, incomes, findings;
};
struct household_rows_writer;
struct household_rows_writer *household_rows_begin(struct arena *arena, struct household_origin *origin,
                                                   const struct household_file *file);
/* `known` NULL: a household the registry does not have. Of one it has only new people, baselines and findings are taken. */
uuid household_rows_add(struct household_rows_writer *writer, size_t household, const struct household_known *known);
struct household_rows household_rows_end(struct household_rows_writer *writer);

/* ---- A whole file ---- */
struct household_import {
    const struct personal_keys *keys;
    text county, file, file_name;
    bool dry_run, only_clean;
    uuid import_id, requested_by; /* requested_by zero: the command line */
};
struct household_imported {
    bool stopped; /* an error kept the file out */
    int64_t rows_read, rows_taken, households_read, households_taken, households_known;
    int64_t errors_count, findings_count;
    text report;  /* JSON: the counts and every problem with row, column, rule and reason */
    text refused; /* CSV of the rows not taken; TEXT_NONE: none */
};
/* Inside the caller's transaction, which must end in a rollback unless PROBLEM_NONE is answered. */
MUST_USE enum problem households_take(struct db *db, struct arena *arena, const struct household_import *import,
                                      instant now, struct household_imported *imported);

text household_file_hash(struct arena *arena, text file); /* SHA-256, hexadecimal */

/* ---- import_job.c: routes ---- */
struct import_refused_facts {
    county_id import_id;
    text file_name, sealed;
};
struct import_refused_plan {
    text file_name, content;
};
decide_function import_refused_decide;

/* A job: makes suppliers findable by name that are not yet. */
enum problem registry_index_names(struct db *db, struct arena *arena, instant now);

#endif
