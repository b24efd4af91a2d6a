/* The ways of all kinds of cases as one table, and the only place that says who may take which step. Never asks the clock or the database. */
#include "registry/case_flow.h"

#define VILLAGE MAY(ROLE_CADRE)
#define TEAM MAY(ROLE_TEAM)
#define TOWNSHIP MAY(ROLE_TOWNSHIP)
#define COUNTY MAY(ROLE_COUNTY)
#define HOUSEHOLD MAY(ROLE_HOUSEHOLD)
#define IN_THE_VILLAGE (VILLAGE | TEAM | TOWNSHIP)
#define ANY_OFFICE (IN_THE_VILLAGE | COUNTY)

#define STAGES(...)                                                                                                    \
    .stages = {__VA_ARGS__}, .stages_count = sizeof((struct case_stage[]){__VA_ARGS__}) / sizeof(struct case_stage)

/* clang-format off */
#define IDENTIFICATION                                                                                                 \
    STAGES({STEP_PROPOSAL, ANY_OFFICE},                                                                                \
           {STEP_EVALUATION, VILLAGE | TEAM, .needs = NEEDS_VOTES},                                                    \
           {STEP_NOTICE, IN_THE_VILLAGE, TAKEN(STEP_EVALUATION), .hangs = "identification"},                           \
           {STEP_REVIEW, TOWNSHIP, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_EVALUATION), .behind_notice = true},              \
           {STEP_SECOND_NOTICE, TOWNSHIP | COUNTY, TAKEN(STEP_REVIEW), .hangs = "identification"},                     \
           {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_EVALUATION) | TAKEN(STEP_REVIEW),                 \
            .behind_notice = true},                                                                                    \
           {STEP_ANNOUNCEMENT, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_EVALUATION) | TAKEN(STEP_DECISION),           \
            .hangs = "announcement"})
#define CHANGE_OF_RECORD                                                                                               \
    STAGES({STEP_PROPOSAL, ANY_OFFICE},                                                                                \
           {STEP_REVIEW, TOWNSHIP, TAKEN(STEP_PROPOSAL)},                                                              \
           {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_REVIEW)})
#define OF_A_VILLAGE(notice)                                                                                           \
    STAGES({STEP_PROPOSAL, VILLAGE | TOWNSHIP | COUNTY},                                                               \
           {STEP_REVIEW, TOWNSHIP, TAKEN(STEP_PROPOSAL)},                                                              \
           {STEP_NOTICE, TOWNSHIP | COUNTY, TAKEN(STEP_REVIEW), .hangs = notice},                                      \
           {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_REVIEW), .behind_notice = true},                  \
           {STEP_ANNOUNCEMENT, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_DECISION), .hangs = "announcement"})

static const struct case_flow flows[CASE_KINDS_COUNT] = {
    [CASE_ENTRY] = {EFFECT_STATUS, "registered", "帮扶对象识别公示", "never_registered removed", IDENTIFICATION},
    [CASE_RECOGNITION] = {EFFECT_STATUS, "registered", "帮扶对象新识别公示", "never_registered removed", IDENTIFICATION},
    [CASE_EXIT] = {EFFECT_STATUS, "exited_supported", "帮扶对象退出公示", "registered returned",
        STAGES({STEP_PROPOSAL, VILLAGE | TOWNSHIP | COUNTY, .needs = NEEDS_VOTES},
               {STEP_VILLAGE_CHECK, VILLAGE, TAKEN(STEP_PROPOSAL)},
               {STEP_TEAM_CHECK, TEAM, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_VILLAGE_CHECK)},
               {STEP_ACCEPTANCE, HOUSEHOLD | TEAM | TOWNSHIP, TAKEN(STEP_PROPOSAL), .needs = NEEDS_SIGNATURE},
               {STEP_NOTICE, IN_THE_VILLAGE, TAKEN(STEP_TEAM_CHECK), .hangs = "exit"},
               {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_VILLAGE_CHECK) | TAKEN(STEP_TEAM_CHECK),
                .behind_notice = true},
               {STEP_ANNOUNCEMENT, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_DECISION), .hangs = "announcement"})},
    [CASE_RETURN] = {EFFECT_STATUS, "returned", "帮扶对象重新纳入公示", "exited_supported",
        STAGES({STEP_PROPOSAL, ANY_OFFICE},
               {STEP_TEAM_CHECK, TEAM, TAKEN(STEP_PROPOSAL)},
               {STEP_NOTICE, IN_THE_VILLAGE, TAKEN(STEP_TEAM_CHECK), .hangs = "identification"},
               {STEP_REVIEW, TOWNSHIP, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_TEAM_CHECK), .behind_notice = true},
               {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_TEAM_CHECK) | TAKEN(STEP_REVIEW)})},
    [CASE_MEMBER_IN] = {EFFECT_MEMBER_IN, CHANGE_OF_RECORD},
    [CASE_MEMBER_OUT] = {EFFECT_MEMBER_OUT, CHANGE_OF_RECORD},
    [CASE_MOVE] = {EFFECT_MOVE, CHANGE_OF_RECORD},
    /* The official registry was wrong or is ahead of ours: no notice can be asked for, and so no exit can be had this way. */
    [CASE_CORRECTION] = {EFFECT_STATUS,
        STAGES({STEP_PROPOSAL, COUNTY}, {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL)})},
    [CASE_VILLAGE_ENTRY] = {EFFECT_VILLAGE_STATUS, "poor", "贫困村识别公示", "exited none", OF_A_VILLAGE("identification")},
    [CASE_VILLAGE_EXIT] = {EFFECT_VILLAGE_STATUS, "exited", "贫困村退出公示", "poor", OF_A_VILLAGE("exit")},
    [CASE_VILLAGE_MERGER] = {EFFECT_MERGER, NULL, "村并入公告",
        STAGES({STEP_PROPOSAL, TOWNSHIP | COUNTY},
               {STEP_DECISION, COUNTY, TAKEN(STEP_PROPOSAL)},
               {STEP_ANNOUNCEMENT, COUNTY, TAKEN(STEP_PROPOSAL) | TAKEN(STEP_DECISION), .hangs = "announcement"})},
};
/* clang-format on */

#define CASE_NAME(name, words) [name] = words,
static const char *const kind_names[CASE_KINDS_COUNT] = {CASE_KINDS(CASE_NAME)};
static const char *const step_names[CASE_STEPS_COUNT] = {CASE_STEPS(CASE_NAME)};
#define ROLE_WORD(name, words) [name] = words,
static const char *const role_names[ROLES_COUNT] = {ROLES(ROLE_WORD)};

const char *case_kind_name(enum case_kind kind)
{
    return kind_names[kind];
}

const char *case_step_name(enum case_step step)
{
    return step_names[step];
}

static bool name_find(const char *const *names, int count, text name, int *place)
{
    for (int i = 0; i < count; i++)
        if (text_equal(name, text_from(names[i]))) {
            *place = i;
            return true;
        }
    return false;
}

bool case_kind_read(text name, enum case_kind *kind)
{
    int place;
    bool known = name_find(kind_names, CASE_KINDS_COUNT, name, &place);
    if (known)
        *kind = (enum case_kind)place;
    return known;
}

bool case_step_read(text name, enum case_step *step)
{
    int place;
    bool known = name_find(step_names, CASE_STEPS_COUNT, name, &place);
    if (known)
        *step = (enum case_step)place;
    return known;
}

unsigned case_role_read(text name)
{
    int place;
    return name_find(role_names, ROLES_COUNT, name, &place) ? MAY(place) : 0;
}

const struct case_flow *case_flow_of(enum case_kind kind)
{
    return &flows[kind];
}

bool case_is_of_village(enum case_kind kind)
{
    return flows[kind].effect == EFFECT_VILLAGE_STATUS || flows[kind].effect == EFFECT_MERGER;
}

bool case_begins_from(enum case_kind kind, text status)
{
    if (flows[kind].begins_from == NULL)
        return true;
    text rest = text_from(flows[kind].begins_from);
    while (rest.at != NULL)
        if (text_equal(text_cut(&rest, ' '), status))
            return true;
    return false;
}

static bool is_left_out(const struct case_stage *stage, bool one_notice)
{
    return one_notice && stage->step == STEP_SECOND_NOTICE;
}

const struct case_stage *case_stage_of(enum case_kind kind, bool one_notice, enum case_step step)
{
    const struct case_flow *flow = &flows[kind];
    for (size_t i = 0; i < flow->stages_count; i++)
        if (flow->stages[i].step == step)
            return is_left_out(&flow->stages[i], one_notice) ? NULL : &flow->stages[i];
    return NULL;
}

const struct case_stage *case_stage_after(enum case_kind kind, bool one_notice, enum case_step step)
{
    const struct case_flow *flow = &flows[kind];
    bool passed = false;
    for (size_t i = 0; i < flow->stages_count; i++) {
        const struct case_stage *stage = &flow->stages[i];
        if (passed && !is_left_out(stage, one_notice))
            return stage;
        passed = passed || stage->step == step;
    }
    return NULL;
}

static unsigned steps_of(const struct case_position *position, uuid account_id)
{
    unsigned steps = 0;
    for (size_t i = 0; i < position->taken_count; i++)
        if (uuid_equal(position->taken[i].actor_id, account_id))
            steps |= TAKEN(position->taken[i].step);
    return steps;
}

enum problem case_step_check(const struct case_position *position, enum case_step step, const struct case_taker *taker,
                             bool accepted)
{
    const struct case_stage *stage = case_stage_of(position->kind, position->one_notice, step);
    if (stage == NULL || step != position->waits_for)
        return PROBLEM_WRONG_STATE;
    if ((stage->may & taker->roles) == 0)
        return PROBLEM_FORBIDDEN;
    if ((stage->apart & steps_of(position, taker->account_id)) != 0)
        return PROBLEM_OWN_ENTRY;
    if (accepted && stage->behind_notice && !position->notice_over)
        return PROBLEM_NOTICE_OPEN;
    return PROBLEM_NONE;
}

static void names_add(struct bytes *json, unsigned bits, const char *const *names, int count)
{
    bool first = true;
    bytes_add_char(json, '[');
    for (int i = 0; i < count; i++)
        if ((bits >> i & 1) != 0) {
            bytes_add_format(json, "%s\"%s\"", first ? "" : ",", names[i]);
            first = false;
        }
    bytes_add_char(json, ']');
}

static void stage_add(struct bytes *json, enum case_kind kind, bool one_notice, size_t place)
{
    const struct case_stage *stage = &flows[kind].stages[place];
    bytes_add_format(json, "%s{\"kind\":\"%s\",\"one_notice\":%s,\"place\":%zu,\"step\":\"%s\",\"roles\":",
                     json->length > 1 ? "," : "", kind_names[kind], one_notice ? "true" : "false", place,
                     step_names[stage->step]);
    names_add(json, stage->may, role_names, ROLES_COUNT);
    bytes_add_format(json, ",\"apart\":");
    names_add(json, stage->apart, step_names, CASE_STEPS_COUNT);
    bytes_add_format(json, ",\"behind_notice\":%s}", stage->behind_notice ? "true" : "false");
}

text case_stages_json(struct arena *arena)
{
    enum { STAGES_BYTES_MAX = 64 * 1024 };
    struct bytes json;
    bytes_init(&json, arena, STAGES_BYTES_MAX);
    bytes_add_char(&json, '[');
    for (enum case_kind kind = 0; kind < CASE_KINDS_COUNT; kind++)
        for (int one_notice = 0; one_notice < 2; one_notice++)
            for (size_t i = 0; i < flows[kind].stages_count; i++)
                if (!is_left_out(&flows[kind].stages[i], one_notice))
                    stage_add(&json, kind, one_notice, i);
    bytes_add_char(&json, ']');
    return bytes_text(&json);
}
