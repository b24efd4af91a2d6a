/* One step of a case: may this person take it now, where does the case go, and what does its last step write. */
#include "registry/case.h"

enum { TAKEN_MAX = CASE_STAGES_MAX };

static void position_read(const struct case_step_facts *facts, enum case_kind kind, struct case_taken *taken,
                          struct case_position *position)
{
    *position = (struct case_position){
        .kind = kind, .one_notice = facts->one_notice, .notice_over = facts->notice_over, .taken = taken};
    must(facts->taken_count <= TAKEN_MAX);
    for (size_t i = 0; i < facts->taken_count; i++) {
        must(case_step_read(facts->taken[i].step, &taken[i].step));
        taken[i].actor_id = facts->taken[i].actor_id;
    }
    position->taken_count = facts->taken_count;
}

/* A token may hold less than the person: both must allow it. */
static struct case_taker taker_read(const struct request *request, const struct case_step_facts *facts)
{
    struct case_taker taker = {.account_id = request->actor.account_id};
    for (size_t i = 0; i < facts->roles_count; i++)
        taker.roles |= case_role_read(facts->roles[i].role);
    taker.roles &= request->actor.roles;
    return taker;
}

static void needs_check(const struct case_stage *stage, const struct case_step_form *body,
                        const struct case_taker *taker, struct problems *problems)
{
    switch (stage->needs) {
    case NEEDS_VOTES:
        case_votes_check(body->votes_present, body->votes_for, body->accepted, problems);
        break;
    case NEEDS_SIGNATURE: /* the household itself needs none */
        if (body->accepted && (taker->roles & MAY(ROLE_HOUSEHOLD)) == 0 && body->evidence.at == NULL)
            problems_add(problems, TEXT("/evidence"), "required", TEXT_NONE);
        break;
    case NEEDS_NOTHING:
        break;
    }
    if (!body->accepted && body->note.at == NULL)
        problems_add(problems, TEXT("/note"), "required", TEXT_NONE);
}

static uuid drafter_of(const struct case_stage *stage, const struct case_position *position)
{
    uuid drafter = {0};
    for (size_t i = 0; i < position->taken_count; i++)
        if ((stage->apart & TAKEN(position->taken[i].step)) != 0)
            drafter = position->taken[i].actor_id;
    return drafter;
}

/* ---- What the last step writes ---- */

static void write_status(const struct request *request, const struct case_step_facts *facts, enum case_kind kind,
                         struct case_step_plan *plan)
{
    struct status_row *row = arena_alloc(request->arena, sizeof *row);
    bool corrects = kind == CASE_CORRECTION;
    *row = (struct status_row){
        .county = text_from(plan->case_id.county),
        .household_id = facts->household_id,
        .status = corrects ? facts->asked_status : text_from(case_flow_of(kind)->status),
        .valid_from = corrects ? facts->asked_valid_from : instant_business_day(request->now),
        .reason = facts->reason,
        .source = corrects ? facts->asked_source : county_id_format(request->arena, plan->case_id),
        .origin = corrects ? TEXT("correction") : TEXT("case"),
        .case_id = plan->case_id.id,
    };
    if (!corrects)
        row->publicity_id = facts->publicity_id;
    plan->statuses = row;
    plan->statuses_count = 1;
}

static void write_village_status(const struct request *request, const struct case_step_facts *facts,
                                 enum case_kind kind, struct case_step_plan *plan)
{
    struct village_status_row *row = arena_alloc(request->arena, sizeof *row);
    *row = (struct village_status_row){
        .county = text_from(plan->case_id.county),
        .area_code = facts->area_code,
        .status = text_from(case_flow_of(kind)->status),
        .valid_from = instant_business_day(request->now),
        .persons = facts->persons,
        .poor_persons = facts->poor_persons,
        .case_id = plan->case_id.id,
        .publicity_id = facts->publicity_id,
    };
    plan->village_statuses = row;
    plan->village_statuses_count = 1;
}

static void write_effect(const struct request *request, const struct case_step_facts *facts, enum case_kind kind,
                         struct case_step_plan *plan)
{
    switch (case_flow_of(kind)->effect) {
    case EFFECT_STATUS:
        write_status(request, facts, kind, plan);
        break;
    case EFFECT_MEMBER_IN:
        plan->members = facts->members;
        plan->findings = facts->findings;
        break;
    case EFFECT_MEMBER_OUT:
        plan->endings = facts->endings;
        break;
    case EFFECT_MOVE:
    case EFFECT_MERGER:
        plan->moves = facts->moves;
        break;
    case EFFECT_VILLAGE_STATUS:
        write_village_status(request, facts, kind, plan);
        break;
    }
}

/* ---- The step ---- */

static void step_on(const struct case_step_form *body, const struct case_position *position,
                    const struct case_stage *stage, struct case_step_plan *plan)
{
    const struct case_stage *next = case_stage_after(position->kind, position->one_notice, stage->step);
    plan->members = plan->findings = plan->endings = plan->moves = TEXT("[]");
    plan->step = body->step;
    plan->from_state = text_from(case_step_name(position->waits_for));
    plan->note = body->note;
    plan->evidence = body->evidence;
    plan->accepted = body->accepted;
    plan->votes_present = stage->needs == NEEDS_VOTES ? body->votes_present : 0;
    plan->votes_for = stage->needs == NEEDS_VOTES ? body->votes_for : 0;
    plan->decides = stage->step == STEP_DECISION;
    plan->ends = !body->accepted || next == NULL;
    plan->state = !body->accepted ? TEXT("refused")
                  : next == NULL  ? TEXT("done")
                                  : text_from(case_step_name(next->step));
    if (!body->accepted)
        return;
    plan->passes = stage->behind_notice;
    if (stage->hangs == NULL)
        return;
    plan->hangs = text_from(stage->hangs);
    plan->title = text_from(case_flow_of(position->kind)->title);
    plan->drafted_by = drafter_of(stage, position);
    plan->gates = stage->step != STEP_ANNOUNCEMENT;
}

enum problem case_step_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct case_step_form *body = request->body;
    const struct case_step_facts *facts = facts_;
    struct case_step_plan *plan = plan_;
    struct case_taken taken[TAKEN_MAX];
    struct case_position position;
    enum case_kind kind;
    enum case_step step;
    must(case_kind_read(facts->kind, &kind) && case_step_read(body->step, &step));
    position_read(facts, kind, taken, &position);
    if (!case_step_read(facts->state, &position.waits_for))
        return PROBLEM_WRONG_STATE; /* it has ended */
    struct case_taker taker = taker_read(request, facts);
    enum problem problem = case_step_check(&position, step, &taker, body->accepted);
    if (problem != PROBLEM_NONE)
        return problem;
    const struct case_stage *stage = case_stage_of(kind, facts->one_notice, step);
    needs_check(stage, body, &taker, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (body->accepted && !case_begins_from(kind, facts->status))
        return PROBLEM_WRONG_STATE; /* it was changed another way meanwhile: only a no ends this case */
    uuid id;
    must(uuid_parse(request->parameter(request, "case_id"), &id));
    plan->case_id = county_id_of(text_part(facts->area_code, 0, 6), id);
    step_on(body, &position, stage, plan);
    if (plan->ends && body->accepted)
        write_effect(request, facts, kind, plan);
    return PROBLEM_NONE;
}

enum problem case_stages_prepare(const struct request *request, const void *facts, void *plan,
                                 struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "stages", case_stages_json(request->arena));
    return PROBLEM_NONE;
}
