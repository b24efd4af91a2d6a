/* What becomes a case: each proposal is checked as far as one person can, and waits with all it will write. */
#include "registry/case.h"

enum { JSON_BYTES_MAX = 64 * 1024 };

const char *const case_guarantee_names[GUARANTEES_COUNT + 1] = {"food",         "clothing", "education",
                                                                "medical_care", "housing",  NULL};

static const struct field guarantee_fields[] = {
    FIELD(case_guarantee, guarantee, FIELD_TEXT),
    FIELD(case_guarantee, evidence, FIELD_TEXT),
    FIELD(case_guarantee, seen_on, FIELD_DATE),
    FIELDS_END,
};
const struct field case_opened_fields[] = {
    FIELD(case_opened, case_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(case_opened, household_id, FIELD_UUID, .optional = true),
    FIELD(case_opened, kind, FIELD_TEXT),
    FIELD(case_opened, state, FIELD_TEXT),
    FIELD(case_opened, area_code, FIELD_TEXT),
    FIELD(case_opened, reason, FIELD_TEXT),
    FIELD(case_opened, evidence, FIELD_TEXT),
    FIELD(case_opened, about, FIELD_JSON),
    FIELD(case_opened, payload, FIELD_JSON),
    FIELD(case_opened, votes_present, FIELD_COUNT),
    FIELD(case_opened, votes_for, FIELD_COUNT),
    FIELD_ITEMS(case_opened, guarantees, case_guarantee, guarantee_fields),
    FIELD(case_opened, one_notice, FIELD_BOOL),
    FIELDS_END,
};
const struct field case_plan_fields[] = {
    FIELD(case_plan, opened, FIELD_OBJECT, .fields = case_opened_fields),
    FIELDS_END,
};
const struct field case_answer_fields[] = {
    {.name = "case_id", .kind = FIELD_COUNTY_ID, .offset = offsetof(struct case_plan, opened.case_id)},
    {.name = "kind", .kind = FIELD_TEXT, .offset = offsetof(struct case_plan, opened.kind)},
    {.name = "state", .kind = FIELD_TEXT, .offset = offsetof(struct case_plan, opened.state)},
    FIELDS_END,
};

/* ---- JSON of a few words ---- */

struct object {
    struct bytes json;
};

static void object_begin(struct object *object, struct arena *arena)
{
    bytes_init(&object->json, arena, JSON_BYTES_MAX);
    bytes_add_char(&object->json, '{');
}

static void object_name(struct object *object, const char *name)
{
    bytes_add_format(&object->json, "%s\"%s\":", object->json.length > 1 ? "," : "", name);
}

static void object_text(struct object *object, const char *name, text value)
{
    if (value.at == NULL)
        return;
    object_name(object, name);
    bytes_add_json_string(&object->json, value);
}

static void object_count(struct object *object, const char *name, int64_t value)
{
    object_name(object, name);
    bytes_add_int64(&object->json, value);
}

static text object_end(struct object *object)
{
    bytes_add_char(&object->json, '}');
    return bytes_text(&object->json);
}

/* ---- What every case has ---- */

void case_open(const struct request *request, enum case_kind kind, text area_code, text reason,
               struct case_opened *opened)
{
    text county = text_part(area_code, 0, 6);
    opened->case_id = county_id_of(county, request->new_id);
    opened->kind = text_from(case_kind_name(kind));
    opened->state = text_from(case_step_name(case_stage_after(kind, opened->one_notice, STEP_PROPOSAL)->step));
    opened->area_code = area_code;
    opened->reason = reason;
    opened->about = opened->payload = TEXT("{}");
}

static void open_of_household(const struct request *request, enum case_kind kind, text area_code, text reason,
                              struct case_opened *opened)
{
    case_open(request, kind, area_code, reason, opened);
    must(uuid_parse(request->parameter(request, "household_id"), &opened->household_id));
}

void case_votes_check(int64_t present, int64_t in_favour, bool accepted, struct problems *problems)
{
    if (present == 0)
        problems_add(problems, TEXT("/votes_present"), "required", TEXT_NONE);
    else if (in_favour > present)
        problems_add(problems, TEXT("/votes_for"), "above-max", TEXT_NONE);
    else if (accepted && in_favour * 2 <= present)
        problems_add(problems, TEXT("/votes_for"), "no-majority", TEXT_NONE);
}

/* ---- Entry, recognition, exit, return ---- */

static void guarantee_check(const struct request *request, const struct case_form *body, size_t i,
                            struct problems *problems)
{
    const struct case_guarantee *guarantee = &body->guarantees[i];
    if (!guarantee->met)
        problems_add(problems, text_format(request->arena, "/guarantees/%zu/met", i), "guarantee-not-met", TEXT_NONE);
    if (guarantee->seen_on > instant_business_day(request->now))
        problems_add(problems, text_format(request->arena, "/guarantees/%zu/seen_on", i), "in-future", TEXT_NONE);
    for (size_t j = 0; j < i; j++)
        if (text_equal(body->guarantees[j].guarantee, guarantee->guarantee))
            problems_add(problems, text_format(request->arena, "/guarantees/%zu/guarantee", i), "repeated", TEXT_NONE);
}

/* Income is only one test; without all five guarantees seen nobody is proposed for exit. */
static void exit_check(const struct request *request, const struct case_form *body, struct problems *problems)
{
    case_votes_check(body->votes_present, body->votes_for, true, problems);
    if (body->guarantees_count < GUARANTEES_COUNT)
        problems_add(problems, TEXT("/guarantees"), "too-few", TEXT_NONE);
    for (size_t i = 0; i < body->guarantees_count; i++)
        guarantee_check(request, body, i, problems);
}

enum problem case_start_decide(const struct request *request, const void *facts_, void *plan_,
                               struct problems *problems)
{
    const struct case_form *body = request->body;
    const struct case_start_facts *facts = facts_;
    struct case_opened *opened = &((struct case_plan *)plan_)->opened;
    enum case_kind kind;
    must(case_kind_read(body->kind, &kind));
    if (kind == CASE_EXIT)
        exit_check(request, body, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (!case_begins_from(kind, facts->status))
        return PROBLEM_WRONG_STATE;
    opened->one_notice = facts->one_notice;
    open_of_household(request, kind, facts->area_code, body->reason, opened);
    opened->evidence = body->evidence;
    opened->votes_present = body->votes_present;
    opened->votes_for = body->votes_for;
    if (kind == CASE_EXIT) {
        opened->guarantees = body->guarantees;
        opened->guarantees_count = body->guarantees_count;
    }
    return PROBLEM_NONE;
}

/* ---- Correction ---- */

void case_open_correction(const struct request *request, const struct correction *correction,
                          struct case_opened *opened)
{
    struct object about;
    case_open(request, CASE_CORRECTION, correction->area_code, correction->reason, opened);
    opened->household_id = correction->household_id;
    object_begin(&about, request->arena);
    object_text(&about, "status", correction->status);
    object_text(&about, "valid_from", day_format(request->arena, correction->valid_from));
    object_text(&about, "source", correction->source);
    opened->about = object_end(&about);
    opened->payload = text_format(request->arena, "{\"statuses\":[%.*s]}", TEXT_ARGUMENTS(opened->about));
}

enum problem case_correction_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct correction_form *body = request->body;
    const struct case_start_facts *facts = facts_;
    if (text_equal(body->status, TEXT("exited_supported")))
        problems_add(problems, TEXT("/status"), "exit-needs-case", TEXT_NONE);
    if (body->valid_from > instant_business_day(request->now))
        problems_add(problems, TEXT("/valid_from"), "in-future", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    struct correction correction = {.area_code = facts->area_code,
                                    .status = body->status,
                                    .reason = body->reason,
                                    .source = body->source,
                                    .valid_from = body->valid_from};
    must(uuid_parse(request->parameter(request, "household_id"), &correction.household_id));
    case_open_correction(request, &correction, &((struct case_plan *)plan_)->opened);
    return PROBLEM_NONE;
}

/* ---- Move ---- */

enum problem case_move_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct move_form *body = request->body;
    const struct move_facts *facts = facts_;
    struct case_opened *opened = &((struct case_plan *)plan_)->opened;
    struct arena *arena = request->arena;
    struct object about, move;
    if (facts->into_code.at == NULL)
        problems_add(problems, TEXT("/area_code"), "area-unknown", TEXT_NONE);
    else if (text_equal(facts->into_code, facts->area_code))
        problems_add(problems, TEXT("/area_code"), "repeated", TEXT_NONE);
    if (body->moved_on > instant_business_day(request->now))
        problems_add(problems, TEXT("/moved_on"), "in-future", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    open_of_household(request, CASE_MOVE, facts->area_code, body->reason, opened);
    object_begin(&about, arena);
    object_text(&about, "into_code", facts->into_code);
    object_text(&about, "into_name", facts->into_name);
    object_text(&about, "valid_from", day_format(arena, body->moved_on));
    opened->about = object_end(&about);
    object_begin(&move, arena);
    object_text(&move, "county", text_from(opened->case_id.county));
    object_text(&move, "household_id", uuid_format(arena, opened->household_id));
    object_text(&move, "from_code", facts->area_code);
    object_text(&move, "into_code", facts->into_code);
    object_text(&move, "moved_on", day_format(arena, body->moved_on));
    object_text(&move, "case_id", uuid_format(arena, opened->case_id.id));
    text row = object_end(&move);
    opened->payload = text_format(arena, "{\"moves\":[%.*s]}", TEXT_ARGUMENTS(row));
    return PROBLEM_NONE;
}

/* ---- Members ---- */

enum problem case_member_in_decide(const struct request *request, const void *facts, void *plan_,
                                   struct problems *problems)
{
    const struct member_addition *body = request->body;
    struct case_member_plan *plan = plan_;
    struct member_addition_plan added = {0};
    struct object about;
    if (body->valid_from > instant_business_day(request->now))
        problems_add(problems, TEXT("/valid_from"), "in-future", TEXT_NONE);
    enum problem problem = member_addition_decide(request, facts, &added, problems);
    if (problem != PROBLEM_NONE || problems->count > 0)
        return problem != PROBLEM_NONE ? problem : PROBLEM_INVALID;
    text area_code = ((const struct member_addition_facts *)facts)->area_code;
    open_of_household(request, CASE_MEMBER_IN, area_code, body->reason, &plan->opened);
    plan->member_id = added.member_id;
    object_begin(&about, request->arena);
    object_text(&about, "change", body->change);
    object_text(&about, "name_masked", mask_name(request->arena, text_trim(body->name)));
    object_text(&about, "relation", body->relation);
    object_text(&about, "valid_from", day_format(request->arena, body->valid_from));
    plan->opened.about = object_end(&about);
    plan->opened.payload = text_format(request->arena, "{\"members\":%.*s,\"findings\":%.*s}",
                                       TEXT_ARGUMENTS(added.members), TEXT_ARGUMENTS(added.findings));
    return PROBLEM_NONE;
}

enum problem case_member_out_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct member_end_form *body = request->body;
    const struct member_end_facts *facts = facts_;
    struct case_opened *opened = &((struct case_plan *)plan_)->opened;
    struct arena *arena = request->arena;
    struct object about, ending;
    if (facts->gone)
        return PROBLEM_WRONG_STATE;
    if (body->valid_to <= facts->valid_from || body->valid_to > instant_business_day(request->now)) {
        problems_add(problems, TEXT("/valid_to"), body->valid_to <= facts->valid_from ? "in-past" : "in-future",
                     TEXT_NONE);
        return PROBLEM_INVALID;
    }
    open_of_household(request, CASE_MEMBER_OUT, facts->area_code, body->reason, opened);
    object_begin(&about, arena);
    object_text(&about, "change", body->change);
    object_text(&about, "name_masked", facts->name_masked);
    object_text(&about, "relation", facts->relation);
    object_text(&about, "valid_from", day_format(arena, body->valid_to));
    opened->about = object_end(&about);
    object_begin(&ending, arena);
    object_text(&ending, "county", text_from(opened->case_id.county));
    object_text(&ending, "member_id", request->parameter(request, "member_id"));
    object_text(&ending, "household_id", uuid_format(arena, opened->household_id));
    object_text(&ending, "valid_to", day_format(arena, body->valid_to));
    object_text(&ending, "reason", body->change);
    text row = object_end(&ending);
    opened->payload = text_format(arena, "{\"endings\":[%.*s]}", TEXT_ARGUMENTS(row));
    return PROBLEM_NONE;
}

/* ---- Villages ---- */

/* Exit: the rate must lie below what the place's threshold says, in parts per million so that no fraction is lost. */
static void rate_check(const struct village_form *body, const struct village_facts *facts, struct problems *problems)
{
    if (body->persons == 0)
        problems_add(problems, TEXT("/persons"), "required", TEXT_NONE);
    else if (body->poor_persons > body->persons)
        problems_add(problems, TEXT("/poor_persons"), "above-max", TEXT_NONE);
    else if (facts->incidence_ppm == 0)
        problems_add(problems, TEXT("/poor_persons"), "no-threshold", TEXT_NONE);
    else if (body->poor_persons * 1000000 >= body->persons * facts->incidence_ppm)
        problems_add(problems, TEXT("/poor_persons"), "above-threshold", TEXT_NONE);
}

static text merger_payload(struct arena *arena, const struct case_opened *opened, const struct village_facts *facts,
                           calendar_day merged_on)
{
    struct object move;
    object_begin(&move, arena);
    object_text(&move, "county", facts->county);
    object_text(&move, "from_code", facts->area_code);
    object_text(&move, "into_code", facts->into_code);
    object_text(&move, "moved_on", day_format(arena, merged_on));
    object_text(&move, "case_id", uuid_format(arena, opened->case_id.id));
    text row = object_end(&move);
    return text_format(arena, "{\"moves\":[%.*s]}", TEXT_ARGUMENTS(row));
}

static void merger_check(const struct request *request, const struct village_form *body,
                         const struct village_facts *facts, struct problems *problems)
{
    if (facts->into_code.at == NULL)
        problems_add(problems, TEXT("/into_code"), body->into_code.at == NULL ? "required" : "area-unknown", TEXT_NONE);
    else if (text_equal(facts->into_code, facts->area_code))
        problems_add(problems, TEXT("/into_code"), "repeated", TEXT_NONE);
    if (body->merged_on == 0)
        problems_add(problems, TEXT("/merged_on"), "required", TEXT_NONE);
    else if (body->merged_on > instant_business_day(request->now))
        problems_add(problems, TEXT("/merged_on"), "in-future", TEXT_NONE);
}

enum problem case_village_decide(const struct request *request, const void *facts_, void *plan_,
                                 struct problems *problems)
{
    const struct village_form *body = request->body;
    const struct village_facts *facts = facts_;
    struct case_opened *opened = &((struct case_plan *)plan_)->opened;
    struct object about;
    enum case_kind kind;
    must(case_kind_read(body->kind, &kind));
    bool merges = kind == CASE_VILLAGE_MERGER;
    if (merges)
        merger_check(request, body, facts, problems);
    if (kind == CASE_VILLAGE_EXIT)
        rate_check(body, facts, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (facts->merged || !case_begins_from(kind, facts->status))
        return PROBLEM_WRONG_STATE;
    case_open(request, kind, facts->area_code, body->reason, opened);
    opened->evidence = body->evidence;
    object_begin(&about, request->arena);
    if (body->persons > 0) {
        object_count(&about, "persons", body->persons);
        object_count(&about, "poor_persons", body->poor_persons);
    }
    if (merges) {
        object_text(&about, "into_code", facts->into_code);
        object_text(&about, "into_name", facts->into_name);
        object_text(&about, "valid_from", day_format(request->arena, body->merged_on));
        opened->payload = merger_payload(request->arena, opened, facts, body->merged_on);
    }
    opened->about = object_end(&about);
    return PROBLEM_NONE;
}
