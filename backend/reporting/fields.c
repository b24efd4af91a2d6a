/* The tables by which statements are read from SQL and written as JSON. */
#include "reporting.h"

#define ANY_INT64 .min = -INT64_MAX, .max = INT64_MAX

static const struct field figure_fields[] = {
    FIELD(statement_figure, name, FIELD_TEXT),
    FIELD(statement_figure, level, FIELD_TEXT, .optional = true),
    FIELD(statement_figure, label, FIELD_TEXT),
    FIELD(statement_figure, meaning, FIELD_TEXT),
    FIELD(statement_figure, value, FIELD_FEN, ANY_INT64),
    FIELDS_END,
};
/* What is kept of a figure: its words belong to the formula. */
static const struct field kept_figure_fields[] = {
    FIELD(statement_figure, name, FIELD_TEXT),
    FIELD(statement_figure, value, FIELD_FEN, ANY_INT64),
    FIELDS_END,
};
static const struct field change_fields[] = {
    FIELD(statement_change, name, FIELD_TEXT),
    FIELD(statement_change, before, FIELD_JSON),
    FIELD(statement_change, after, FIELD_FEN, ANY_INT64),
    FIELDS_END,
};
const struct field statement_facts_fields[] = {
    FIELD(statement_facts, county, FIELD_TEXT),
    FIELD(statement_facts, county_name, FIELD_TEXT),
    FIELD(statement_facts, month, FIELD_TEXT),
    FIELD(statement_facts, is_over, FIELD_BOOL),
    FIELD(statement_facts, is_behind, FIELD_BOOL),
    FIELD(statement_facts, as_of, FIELD_INSTANT),
    FIELD(statement_facts, reconciled, FIELD_TEXT),
    FIELD(statement_facts, prepared_id, FIELD_TEXT, .optional = true),
    FIELD(statement_facts, last_id, FIELD_TEXT, .optional = true),
    FIELD(statement_facts, last_edition, FIELD_COUNT),
    FIELD(statement_facts, last_hash, FIELD_TEXT, .optional = true),
    FIELD_ITEMS(statement_facts, last_figures, statement_figure, kept_figure_fields, .max = STATEMENT_FIGURES_MAX),
    FIELD_ITEMS(statement_facts, figures, statement_figure, figure_fields, .max = STATEMENT_FIGURES_MAX),
    FIELDS_END,
};
const struct field statement_plan_fields[] = {
    FIELD(statement_plan, statement_id, FIELD_COUNTY_ID),
    FIELD(statement_plan, county, FIELD_TEXT),
    FIELD(statement_plan, month, FIELD_TEXT),
    FIELD(statement_plan, formula, FIELD_TEXT),
    FIELD(statement_plan, edition, FIELD_COUNT),
    FIELD(statement_plan, state, FIELD_TEXT),
    FIELD(statement_plan, as_of, FIELD_INSTANT),
    FIELD(statement_plan, reconciled, FIELD_TEXT),
    FIELD(statement_plan, reason, FIELD_TEXT, .optional = true),
    FIELD(statement_plan, previous_hash, FIELD_TEXT, .optional = true),
    FIELD(statement_plan, canonical, FIELD_TEXT, .max = STATEMENT_BYTES_MAX),
    FIELD(statement_plan, hash, FIELD_TEXT),
    FIELD_ITEMS(statement_plan, figures, statement_figure, kept_figure_fields, .max = STATEMENT_FIGURES_MAX),
    FIELD_ITEMS(statement_plan, changes, statement_change, change_fields, .max = STATEMENT_FIGURES_MAX),
    FIELD(statement_plan, version, FIELD_COUNT),
    FIELDS_END,
};
const struct field statement_live_fields[] = {
    FIELD(statement_live, county, FIELD_TEXT),
    FIELD(statement_live, county_name, FIELD_TEXT),
    FIELD(statement_live, month, FIELD_TEXT),
    FIELD(statement_live, formula, FIELD_TEXT),
    FIELD(statement_live, is_over, FIELD_BOOL),
    FIELD(statement_live, is_behind, FIELD_BOOL),
    FIELD(statement_live, as_of, FIELD_INSTANT),
    FIELD(statement_live, reconciled, FIELD_TEXT),
    FIELD(statement_live, prepared_id, FIELD_TEXT, .optional = true),
    FIELD(statement_live, last_id, FIELD_TEXT, .optional = true),
    FIELD(statement_live, last_edition, FIELD_COUNT),
    FIELD_ITEMS(statement_live, changes, statement_change, change_fields, .max = STATEMENT_FIGURES_MAX),
    FIELD_ITEMS(statement_live, figures, statement_figure, figure_fields, .max = STATEMENT_FIGURES_MAX),
    FIELDS_END,
};
