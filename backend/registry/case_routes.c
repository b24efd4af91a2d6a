/* registry's second table of contents: whatever changes who is registered, as cases; and the rules their ways are taken by. */
#include "registry/case.h"
#include "registry/look_back.h"

static const char *const statuses[] = {"registered", "exited_supported", "returned",
                                       "removed",    "never_registered", NULL};
static const char *const household_kinds[] = {"entry", "recognition", "exit", "return", NULL};
static const char *const village_kinds[] = {"village_entry", "village_exit", "village_merger", NULL};
static const char *const comings[] = {"birth", "marriage", "moved_in", "returned", "other", NULL};
static const char *const goings[] = {"death", "marriage", "moved_out", "other", NULL};
#define NAME(name, words) words,
static const char *const kinds[] = {CASE_KINDS(NAME) NULL};
static const char *const steps[] = {CASE_STEPS(NAME) NULL};
static const char *const states[] = {CASE_STEPS(NAME) "done", "refused", "withdrawn", "open", "ended", NULL};
#undef NAME

/* ---- Bodies ---- */

static const struct field guarantee_body_fields[] = {
    FIELD(case_guarantee, guarantee, FIELD_CHOICE, .choices = case_guarantee_names),
    FIELD(case_guarantee, met, FIELD_BOOL),
    FIELD(case_guarantee, evidence, FIELD_TEXT, .min = 2, .max = 200),
    FIELD(case_guarantee, seen_on, FIELD_DATE),
    FIELDS_END,
};
static const struct field case_fields[] = {
    FIELD(case_form, kind, FIELD_CHOICE, .choices = household_kinds),
    FIELD(case_form, reason, FIELD_TEXT, .min = 2, .max = 500),
    FIELD(case_form, evidence, FIELD_TEXT, .min = 2, .max = 200, .optional = true),
    FIELD(case_form, votes_present, FIELD_COUNT, .max = 100000, .optional = true),
    FIELD(case_form, votes_for, FIELD_COUNT, .max = 100000, .optional = true),
    FIELD_ITEMS(case_form, guarantees, case_guarantee, guarantee_body_fields, .max = GUARANTEES_COUNT,
                .optional = true),
    FIELDS_END,
};
static const struct field correction_fields[] = {
    FIELD(correction_form, status, FIELD_CHOICE, .choices = statuses),
    FIELD(correction_form, valid_from, FIELD_DATE),
    FIELD(correction_form, reason, FIELD_TEXT, .min = 1, .max = 500),
    FIELD(correction_form, source, FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field move_fields[] = {
    FIELD(move_form, area_code, FIELD_CODE, .min = 9, .max = 15),
    FIELD(move_form, moved_on, FIELD_DATE),
    FIELD(move_form, reason, FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};
static const struct field member_addition_fields[] = {
    FIELD(member_addition, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(member_addition, id_number, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(member_addition, relation, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(member_addition, phone, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(member_addition, work_ability, FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD(member_addition, disabled, FIELD_BOOL, .optional = true),
    FIELD(member_addition, minority, FIELD_BOOL, .optional = true),
    FIELD(member_addition, resident, FIELD_BOOL),
    FIELD(member_addition, valid_from, FIELD_DATE),
    FIELD(member_addition, change, FIELD_CHOICE, .choices = comings),
    FIELD(member_addition, reason, FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};
static const struct field member_end_fields[] = {
    FIELD(member_end_form, change, FIELD_CHOICE, .choices = goings),
    FIELD(member_end_form, valid_to, FIELD_DATE),
    FIELD(member_end_form, reason, FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};
static const struct field village_fields[] = {
    FIELD(village_form, kind, FIELD_CHOICE, .choices = village_kinds),
    FIELD(village_form, reason, FIELD_TEXT, .min = 2, .max = 500),
    FIELD(village_form, evidence, FIELD_TEXT, .min = 2, .max = 200, .optional = true),
    FIELD(village_form, persons, FIELD_COUNT, .max = 1000000, .optional = true),
    FIELD(village_form, poor_persons, FIELD_COUNT, .max = 1000000, .optional = true),
    FIELD(village_form, into_code, FIELD_CODE, .min = 9, .max = 15, .optional = true),
    FIELD(village_form, merged_on, FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field step_fields[] = {
    FIELD(case_step_form, step, FIELD_CHOICE, .choices = steps),
    FIELD(case_step_form, accepted, FIELD_BOOL),
    FIELD(case_step_form, note, FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELD(case_step_form, evidence, FIELD_TEXT, .min = 2, .max = 200, .optional = true),
    FIELD(case_step_form, votes_present, FIELD_COUNT, .max = 100000, .optional = true),
    FIELD(case_step_form, votes_for, FIELD_COUNT, .max = 100000, .optional = true),
    FIELDS_END,
};
static const struct field withdraw_fields[] = {
    FIELD_NAMED("reason", FIELD_TEXT, .min = 2, .max = 500),
    FIELDS_END,
};
static const struct field publicity_rule_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 6, .max = 15),
    FIELD_NAMED("one_notice", FIELD_BOOL),
    FIELD_NAMED("source", FIELD_TEXT, .min = 2, .max = 200),
    FIELDS_END,
};
static const struct field threshold_fields[] = {
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 15),
    FIELD_NAMED("incidence_ppm", FIELD_COUNT, .min = 1, .max = 1000000),
    FIELD_NAMED("source", FIELD_TEXT, .min = 2, .max = 200),
    FIELDS_END,
};

static const struct field look_back_fields[] = {
    FIELD(look_back_decision, accepted, FIELD_BOOL),
    FIELD(look_back_decision, reason, FIELD_TEXT, .min = 2, .max = 500, .optional = true),
    FIELDS_END,
};

/* ---- Queries ---- */

static const struct field cases_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELD_NAMED("kind", FIELD_CHOICE, .choices = kinds, .optional = true),
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELD_NAMED("household_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("waiting", FIELD_BOOL, .optional = true),
    FIELDS_END,
};
static const struct field county_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELDS_END,
};
static const struct field look_back_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("title", FIELD_TEXT, .min = 2, .max = 80),
    FIELD_NAMED("source", FIELD_TEXT, .min = 2, .max = 200),
    FIELD_NAMED("dry_run", FIELD_BOOL, .optional = true),
    FIELD_NAMED("file_name", FIELD_TEXT, .min = 1, .max = 100, .optional = true),
    FIELDS_END,
};
static const struct field register_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15),
    FIELD_NAMED("from", FIELD_DATE),
    FIELD_NAMED("to", FIELD_DATE),
    FIELD_NAMED("known_on", FIELD_DATE, .optional = true),
    FIELDS_END,
};
static const struct field villages_query[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 15, .optional = true),
    FIELDS_END,
};

/* ---- Facts and plans ---- */

static const struct field start_facts_fields[] = {
    FIELD(case_start_facts, area_code, FIELD_TEXT),
    FIELD(case_start_facts, status, FIELD_TEXT),
    FIELD(case_start_facts, one_notice, FIELD_BOOL),
    FIELDS_END,
};
static const struct field move_facts_fields[] = {
    FIELD(move_facts, area_code, FIELD_TEXT),
    FIELD(move_facts, card_number, FIELD_TEXT),
    FIELD(move_facts, into_code, FIELD_TEXT, .optional = true),
    FIELD(move_facts, into_name, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
static const struct field member_addition_facts_fields[] = {
    FIELD(member_addition_facts, area_code, FIELD_TEXT),
    FIELD(member_addition_facts, card_number, FIELD_TEXT),
    FIELD(member_addition_facts, held, FIELD_BOOL),
    FIELD(member_addition_facts, present, FIELD_BOOL),
    FIELDS_END,
};
static const struct field member_plan_fields[] = {
    FIELD(case_member_plan, opened, FIELD_OBJECT, .fields = case_opened_fields),
    FIELDS_END,
};
static const struct field member_answer_fields[] = {
    {.name = "case_id", .kind = FIELD_COUNTY_ID, .offset = offsetof(struct case_member_plan, opened.case_id)},
    {.name = "kind", .kind = FIELD_TEXT, .offset = offsetof(struct case_member_plan, opened.kind)},
    {.name = "state", .kind = FIELD_TEXT, .offset = offsetof(struct case_member_plan, opened.state)},
    FIELD(case_member_plan, member_id, FIELD_COUNTY_ID),
    FIELDS_END,
};
static const struct field member_end_facts_fields[] = {
    FIELD(member_end_facts, area_code, FIELD_TEXT), FIELD(member_end_facts, name_masked, FIELD_TEXT),
    FIELD(member_end_facts, relation, FIELD_TEXT),  FIELD(member_end_facts, valid_from, FIELD_DATE),
    FIELD(member_end_facts, gone, FIELD_BOOL),      FIELDS_END,
};
static const struct field village_facts_fields[] = {
    FIELD(village_facts, county, FIELD_TEXT),
    FIELD(village_facts, area_code, FIELD_TEXT),
    FIELD(village_facts, status, FIELD_TEXT),
    FIELD(village_facts, incidence_ppm, FIELD_COUNT, .optional = true),
    FIELD(village_facts, into_code, FIELD_TEXT, .optional = true),
    FIELD(village_facts, into_name, FIELD_TEXT, .optional = true),
    FIELD(village_facts, merged, FIELD_BOOL),
    FIELDS_END,
};
static const struct field role_fields[] = {
    FIELD(case_role, role, FIELD_TEXT),
    FIELDS_END,
};
static const struct field taken_fields[] = {
    FIELD(case_taken_row, step, FIELD_TEXT),
    FIELD(case_taken_row, actor_id, FIELD_UUID),
    FIELDS_END,
};
static const struct field step_facts_fields[] = {
    FIELD(case_step_facts, kind, FIELD_TEXT),
    FIELD(case_step_facts, state, FIELD_TEXT),
    FIELD(case_step_facts, one_notice, FIELD_BOOL),
    FIELD(case_step_facts, area_code, FIELD_TEXT),
    FIELD(case_step_facts, household_id, FIELD_UUID, .optional = true),
    FIELD(case_step_facts, reason, FIELD_TEXT),
    FIELD(case_step_facts, publicity_id, FIELD_UUID, .optional = true),
    FIELD(case_step_facts, status, FIELD_TEXT),
    FIELD(case_step_facts, notice_over, FIELD_BOOL),
    FIELD_ITEMS(case_step_facts, roles, case_role, role_fields, .max = ROLE_GRANTS_MAX),
    FIELD_ITEMS(case_step_facts, taken, case_taken_row, taken_fields, .max = CASE_STAGES_MAX),
    FIELD(case_step_facts, asked_status, FIELD_TEXT, .optional = true),
    FIELD(case_step_facts, asked_valid_from, FIELD_DATE, .optional = true),
    FIELD(case_step_facts, asked_source, FIELD_TEXT, .optional = true),
    FIELD(case_step_facts, persons, FIELD_COUNT),
    FIELD(case_step_facts, poor_persons, FIELD_COUNT),
    FIELD(case_step_facts, members, FIELD_JSON, .optional = true),
    FIELD(case_step_facts, findings, FIELD_JSON, .optional = true),
    FIELD(case_step_facts, endings, FIELD_JSON, .optional = true),
    FIELD(case_step_facts, moves, FIELD_JSON, .optional = true),
    FIELDS_END,
};
static const struct field status_row_fields[] = {
    FIELD(status_row, county, FIELD_TEXT),
    FIELD(status_row, household_id, FIELD_UUID),
    FIELD(status_row, status, FIELD_TEXT),
    FIELD(status_row, valid_from, FIELD_DATE),
    FIELD(status_row, reason, FIELD_TEXT),
    FIELD(status_row, source, FIELD_TEXT),
    FIELD(status_row, origin, FIELD_TEXT),
    FIELD(status_row, case_id, FIELD_UUID),
    FIELD(status_row, publicity_id, FIELD_UUID, .optional = true),
    FIELDS_END,
};
static const struct field village_status_row_fields[] = {
    FIELD(village_status_row, county, FIELD_TEXT),
    FIELD(village_status_row, area_code, FIELD_TEXT),
    FIELD(village_status_row, status, FIELD_TEXT),
    FIELD(village_status_row, valid_from, FIELD_DATE),
    FIELD(village_status_row, persons, FIELD_COUNT),
    FIELD(village_status_row, poor_persons, FIELD_COUNT),
    FIELD(village_status_row, case_id, FIELD_UUID),
    FIELD(village_status_row, publicity_id, FIELD_UUID),
    FIELDS_END,
};
static const struct field step_plan_fields[] = {
    FIELD(case_step_plan, case_id, FIELD_COUNTY_ID),
    FIELD(case_step_plan, step, FIELD_TEXT),
    FIELD(case_step_plan, from_state, FIELD_TEXT),
    FIELD(case_step_plan, state, FIELD_TEXT),
    FIELD(case_step_plan, accepted, FIELD_BOOL),
    FIELD(case_step_plan, note, FIELD_TEXT),
    FIELD(case_step_plan, evidence, FIELD_TEXT),
    FIELD(case_step_plan, votes_present, FIELD_COUNT),
    FIELD(case_step_plan, votes_for, FIELD_COUNT),
    FIELD(case_step_plan, ends, FIELD_BOOL),
    FIELD(case_step_plan, decides, FIELD_BOOL),
    FIELD(case_step_plan, passes, FIELD_BOOL),
    FIELD(case_step_plan, gates, FIELD_BOOL),
    FIELD(case_step_plan, hangs, FIELD_TEXT),
    FIELD(case_step_plan, title, FIELD_TEXT),
    FIELD(case_step_plan, drafted_by, FIELD_UUID, .optional = true),
    FIELD_ITEMS(case_step_plan, statuses, status_row, status_row_fields),
    FIELD_ITEMS(case_step_plan, village_statuses, village_status_row, village_status_row_fields),
    FIELD(case_step_plan, members, FIELD_JSON),
    FIELD(case_step_plan, findings, FIELD_JSON),
    FIELD(case_step_plan, endings, FIELD_JSON),
    FIELD(case_step_plan, moves, FIELD_JSON),
    FIELDS_END,
};
static const struct field step_answer_fields[] = {
    FIELD(case_step_plan, case_id, FIELD_COUNTY_ID),
    FIELD(case_step_plan, step, FIELD_TEXT),
    FIELD(case_step_plan, state, FIELD_TEXT),
    FIELDS_END,
};

static const struct field look_back_facts_fields[] = {
    FIELD(look_back_facts, state, FIELD_TEXT),
    FIELD(look_back_facts, proposed_by, FIELD_UUID),
    FIELDS_END,
};
static const struct field look_back_plan_fields[] = {
    FIELD(look_back_plan, look_back_id, FIELD_COUNTY_ID),
    FIELD(look_back_plan, state, FIELD_TEXT),
    FIELD(look_back_plan, reason, FIELD_TEXT),
    FIELDS_END,
};
static const struct field look_back_answer_fields[] = {
    FIELD(look_back_plan, look_back_id, FIELD_COUNTY_ID),
    FIELD(look_back_plan, state, FIELD_TEXT),
    FIELDS_END,
};

static enum problem register_prepare(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    calendar_day from, to;
    (void)facts;
    (void)plan;
    if (day_parse(request->parameter(request, "from"), &from) && day_parse(request->parameter(request, "to"), &to) &&
        to >= from)
        return PROBLEM_NONE;
    problems_add(problems, TEXT("/to"), "below-min", TEXT_NONE);
    return PROBLEM_INVALID;
}

#define IN_THE_VILLAGE (MAY(ROLE_CADRE) | MAY(ROLE_TEAM) | MAY(ROLE_TOWNSHIP))
#define MAY_PROPOSE_CASES (IN_THE_VILLAGE | MAY(ROLE_COUNTY))
#define MAY_SEE_CASES (MAY_PROPOSE_CASES | MAY(ROLE_AUDITOR) | MAY(ROLE_HOUSEHOLD))
#define WRITES .lane = LANE_WRITE, .idempotent = true, .shape = ANSWER_OBJECT
#define LISTS .method = GET, .lane = LANE_READ, .shape = ANSWER_LIST
/* A proposal: facts, then a plan whose `opened` becomes the case. */
#define PROPOSES(body_, fields_, facts_, facts_fields_, plan_, plan_fields_, answer_)                                  \
    .method = POST, .lane = LANE_WRITE, .idempotent = true, .body = fields_, .body_size = sizeof(struct body_),        \
    .facts = facts_fields_, .facts_size = sizeof(struct facts_), .apply = {"registry/case_open"},                      \
    .plan = plan_fields_, .plan_size = sizeof(struct plan_), .shape = ANSWER_PLAN, .answer = answer_, .status = 201

/* clang-format off */
const struct route registry_case_routes[] = {
    {LISTS, .path = "/cases", .titles = {"办理事项", "Cases"}, .may = MAY_SEE_CASES, .query = cases_query,
     .prepare = case_stages_prepare, .load = "registry/cases_list"},
    {.method = GET,
     .path = "/cases/{case_id}",
     .may = MAY_SEE_CASES,
     .lane = LANE_READ,
     .prepare = case_stages_prepare,
     .load = "registry/case_show",
     .shape = ANSWER_OBJECT},
    {PROPOSES(case_form, case_fields, case_start_facts, start_facts_fields, case_plan, case_plan_fields, case_answer_fields),
     .path = "/households/{household_id}/cases", .may = MAY_PROPOSE_CASES, .load = "registry/case_start_load",
     .decide = case_start_decide},
    {PROPOSES(correction_form, correction_fields, case_start_facts, start_facts_fields, case_plan, case_plan_fields,
              case_answer_fields),
     .path = "/households/{household_id}/statuses", .may = MAY(ROLE_COUNTY), .load = "registry/case_start_load",
     .decide = case_correction_decide},
    {PROPOSES(move_form, move_fields, move_facts, move_facts_fields, case_plan, case_plan_fields, case_answer_fields),
     .path = "/households/{household_id}/move", .may = MAY_PROPOSE_CASES, .load = "registry/case_move_load",
     .decide = case_move_decide},
    {PROPOSES(member_addition, member_addition_fields, member_addition_facts, member_addition_facts_fields, case_member_plan,
              member_plan_fields, member_answer_fields),
     .path = "/households/{household_id}/members", .may = MAY_PROPOSE_CASES, .prepare = member_addition_prepare,
     .load = "registry/member_add_load", .decide = case_member_in_decide},
    {PROPOSES(member_end_form, member_end_fields, member_end_facts, member_end_facts_fields, case_plan, case_plan_fields,
              case_answer_fields),
     .path = "/households/{household_id}/members/{member_id}/end", .may = MAY_PROPOSE_CASES,
     .load = "registry/member_end_load", .decide = case_member_out_decide},
    {PROPOSES(village_form, village_fields, village_facts, village_facts_fields, case_plan, case_plan_fields, case_answer_fields),
     .path = "/villages/{village}/cases", .may = MAY_PROPOSE_CASES, .load = "registry/case_village_load",
     .decide = case_village_decide},
    {.method = POST,
     .path = "/cases/{case_id}/steps",
     .may = MAY_PROPOSE_CASES | MAY(ROLE_HOUSEHOLD),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = step_fields,
     .body_size = sizeof(struct case_step_form),
     .load = "registry/case_step_load",
     .facts = step_facts_fields,
     .facts_size = sizeof(struct case_step_facts),
     .decide = case_step_decide,
     .apply = {"registry/case_step_apply", "registry/statuses_record", "registry/members_add", "findings/open_planned",
               "registry/members_repeated", "registry/members_end", "registry/numbers_pass_on", "registry/households_move",
               "registry/village_statuses_record"},
     .plan = step_plan_fields,
     .plan_size = sizeof(struct case_step_plan),
     .shape = ANSWER_PLAN,
     .answer = step_answer_fields},
    {WRITES, .method = POST, .path = "/cases/{case_id}/withdraw", .may = MAY_PROPOSE_CASES, .body = withdraw_fields,
     .load = "registry/case_withdraw"},

    {WRITES, .method = POST, .path = "/look-backs", .may = MAY(ROLE_COUNTY), .upload = true, .content_type = UPLOADS_OF_SHEETS,
     .query = look_back_query, .prepare = import_request_prepare, .load = "registry/look_back_request", .status = 202},
    {LISTS, .path = "/look-backs", .titles = {"回头看", "Looking-backs"}, .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR),
     .query = county_query, .load = "registry/look_backs_list"},
    {.method = GET,
     .path = "/look-backs/{look_back_id}",
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR),
     .lane = LANE_READ,
     .load = "registry/look_back_show",
     .shape = ANSWER_OBJECT},
    {LISTS, .path = "/look-backs/{look_back_id}/rows", .titles = {"回头看更正名单", "Households a looking-back corrects"},
     .may = MAY(ROLE_COUNTY) | MAY(ROLE_AUDITOR), .load = "registry/look_back_rows_list"},
    {.method = POST,
     .path = "/look-backs/{look_back_id}/decide",
     .may = MAY(ROLE_COUNTY),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = look_back_fields,
     .body_size = sizeof(struct look_back_decision),
     .load = "registry/look_back_load",
     .facts = look_back_facts_fields,
     .facts_size = sizeof(struct look_back_facts),
     .decide = look_back_decide,
     .apply = {"registry/look_back_apply", "registry/statuses_record"},
     .plan = look_back_plan_fields,
     .plan_size = sizeof(struct look_back_plan),
     .shape = ANSWER_PLAN,
     .answer = look_back_answer_fields},
    {.method = GET,
     .path = "/reports/register", .titles = {"建档立卡存量与增减表", "Register: stock and flow"},
     .may = MAY_PROPOSE_CASES | MAY_VIEW,
     .lane = LANE_REPORT,
     .query = register_query,
     .prepare = register_prepare,
     .load = "registry/register_flow",
     .shape = ANSWER_LIST},

    {LISTS, .path = "/villages", .titles = {"村名册", "Villages"}, .may = MAY_PROPOSE_CASES | MAY(ROLE_AUDITOR),
     .query = villages_query, .load = "registry/villages_list"},
    {LISTS, .path = "/publicity-rules", .may = MAY_PROPOSE_CASES | MAY(ROLE_AUDITOR), .query = county_query,
     .load = "registry/publicity_rules_list"},
    {WRITES, .method = POST, .path = "/publicity-rules", .may = MAY(ROLE_COUNTY), .body = publicity_rule_fields,
     .load = "registry/publicity_rule_set"},
    {LISTS, .path = "/village-thresholds", .may = MAY_ANYONE, .load = "registry/village_thresholds_list"},
    {WRITES, .method = POST, .path = "/village-thresholds", .may = MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR),
     .body = threshold_fields, .load = "registry/village_threshold_add", .status = 201},
    ROUTES_END,
};
/* clang-format on */
