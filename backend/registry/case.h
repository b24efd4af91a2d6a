/* Cases over HTTP: what is proposed, what a step brings, and what the last one writes. The ways themselves stand in case_flow.h. */
#ifndef REGISTRY_CASE_H
#define REGISTRY_CASE_H

#include "registry.h"
#include "registry/case_flow.h"
#include "registry/household_form.h"

#define GUARANTEES_COUNT 5
extern const char *const case_guarantee_names[]; /* ends with NULL */

/* ---- A proposal: plan.opened becomes the case ---- */
struct case_guarantee {
    text guarantee, evidence;
    calendar_day seen_on;
    bool met;
};
struct case_opened {
    county_id case_id;
    uuid household_id; /* zero: about a village */
    text kind, state, area_code, reason, evidence;
    text about, payload; /* JSON */
    int64_t votes_present, votes_for;
    const struct case_guarantee *guarantees;
    size_t guarantees_count;
    bool one_notice;
};
struct case_plan {
    struct case_opened opened;
};
extern const struct field case_opened_fields[], case_plan_fields[], case_answer_fields[];
/* Fills what every case has; about and payload are {} until the caller says more. The case's id is the request's new one. */
void case_open(const struct request *request, enum case_kind kind, text area_code, text reason,
               struct case_opened *opened);

struct case_form {
    text kind, reason, evidence;
    const struct case_guarantee *guarantees;
    size_t guarantees_count;
    int64_t votes_present, votes_for;
};
struct case_start_facts {
    text area_code, status;
    bool one_notice;
};
decide_function case_start_decide;

struct correction_form {
    text status, reason, source;
    calendar_day valid_from;
};
decide_function case_correction_decide;
/* What the official registry says of a household, to be agreed by a second officer. */
struct correction {
    text area_code, status, reason, source;
    uuid household_id;
    calendar_day valid_from;
};
void case_open_correction(const struct request *request, const struct correction *correction,
                          struct case_opened *opened);

/* A household by form: its status is proposed as a correction, and until another officer agrees it has none. */
struct household_form_plan {
    county_id household_id;
    text households, members, findings; /* JSON rows */
    const struct form_finding *found;
    size_t found_count;
    struct case_opened opened; /* none when it comes as never registered */
};
decide_function household_form_decide;

struct move_form {
    text area_code, reason;
    calendar_day moved_on;
};
struct move_facts {
    text area_code, card_number, into_code, into_name;
};
decide_function case_move_decide;

/* Body and facts are those of a member that is added; the person waits sealed in the case. */
struct case_member_plan {
    struct case_opened opened;
    county_id member_id;
};
decide_function case_member_in_decide;

struct member_end_form {
    text change, reason;
    calendar_day valid_to;
};
struct member_end_facts {
    text area_code, name_masked, relation;
    calendar_day valid_from;
    bool gone;
};
decide_function case_member_out_decide;

struct village_form {
    text kind, reason, evidence, into_code;
    calendar_day merged_on;
    int64_t persons, poor_persons;
};
struct village_facts {
    text county, area_code, status, into_code, into_name;
    int64_t incidence_ppm;
    bool merged;
};
decide_function case_village_decide;

/* ---- A step ---- */
struct case_step_form {
    text step, note, evidence;
    int64_t votes_present, votes_for;
    bool accepted;
};
struct case_role {
    text role;
};
struct case_taken_row {
    text step;
    uuid actor_id;
};
struct case_step_facts {
    text kind, state, area_code, reason, status, asked_status, asked_source;
    text members, findings, endings, moves; /* JSON, as the proposal left it */
    uuid household_id, publicity_id;
    calendar_day asked_valid_from;
    int64_t persons, poor_persons;
    const struct case_role *roles;
    const struct case_taken_row *taken;
    size_t roles_count, taken_count;
    bool one_notice, notice_over;
};
struct status_row {
    text county, status, reason, source, origin;
    uuid household_id, case_id, publicity_id;
    calendar_day valid_from;
};
struct village_status_row {
    text county, area_code, status;
    uuid case_id, publicity_id;
    calendar_day valid_from;
    int64_t persons, poor_persons;
};
struct case_step_plan {
    county_id case_id;
    uuid drafted_by; /* of a notice: whose step it tells of */
    text step, from_state, state, note, evidence, hangs, title;
    text members, findings, endings, moves; /* JSON, only of the last step */
    int64_t votes_present, votes_for;
    const struct status_row *statuses;
    const struct village_status_row *village_statuses;
    size_t statuses_count, village_statuses_count;
    bool accepted, ends, decides, passes, gates;
};
decide_function case_step_decide;

/* Votes as a meeting gives them; `accepted` needs more than half of those present. */
void case_votes_check(int64_t present, int64_t in_favour, bool accepted, struct problems *problems);
/* For route.prepare: binds :stages, so that statements know the ways. */
decide_function case_stages_prepare;

#endif
