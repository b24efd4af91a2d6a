/* The ways of cases: what every way must keep, then the walks people really take. */
#include "unit.h"
#include "registry/case_flow.h"

TestSuite(cases);

enum { PEOPLE_MAX = 16 };

/* A case in memory, walked by people who each have one role. */
struct walk {
    struct case_position position;
    struct case_taken taken[CASE_STAGES_MAX];
    bool ended, refused;
};

static struct case_taker person(uint8_t number, enum role role)
{
    return (struct case_taker){.account_id = {{number}}, .roles = MAY(role)};
}

static void walk_begin(struct walk *walk, enum case_kind kind, bool one_notice, struct case_taker who)
{
    *walk = (struct walk){.position = {.kind = kind, .one_notice = one_notice, .notice_over = true}};
    walk->taken[0] = (struct case_taken){STEP_PROPOSAL, who.account_id};
    walk->position.taken = walk->taken;
    walk->position.taken_count = 1;
    walk->position.waits_for = case_stage_after(kind, one_notice, STEP_PROPOSAL)->step;
}

static enum problem walk_on(struct walk *walk, enum case_step step, struct case_taker who)
{
    struct case_position *at = &walk->position;
    if (walk->ended)
        return PROBLEM_WRONG_STATE;
    enum problem problem = case_step_check(at, step, &who, true);
    if (problem != PROBLEM_NONE)
        return problem;
    const struct case_stage *next = case_stage_after(at->kind, at->one_notice, step);
    walk->taken[at->taken_count++] = (struct case_taken){step, who.account_id};
    walk->ended = next == NULL;
    at->waits_for = next == NULL ? STEP_PROPOSAL : next->step;
    return PROBLEM_NONE;
}

#define EACH_STAGE(kind, i)                                                                                            \
    size_t i = 0;                                                                                                      \
    i < case_flow_of(kind)->stages_count;                                                                              \
    i++

Test(cases, names_are_read_back)
{
    enum case_kind kind;
    enum case_step step;
    for (enum case_kind one = 0; one < CASE_KINDS_COUNT; one++)
        cr_assert(case_kind_read(text_from(case_kind_name(one)), &kind) && kind == one);
    for (enum case_step one = 0; one < CASE_STEPS_COUNT; one++)
        cr_assert(case_step_read(text_from(case_step_name(one)), &step) && step == one);
    cr_assert_not(case_kind_read(TEXT("divorce"), &kind));
    cr_assert_not(case_step_read(TEXT(""), &step));
}

Test(cases, every_way_begins_with_a_proposal_and_knows_only_earlier_steps)
{
    for (enum case_kind kind = 0; kind < CASE_KINDS_COUNT; kind++) {
        const struct case_flow *flow = case_flow_of(kind);
        unsigned earlier = 0;
        cr_assert_geq(flow->stages_count, 2, "%s", case_kind_name(kind));
        cr_assert_eq(flow->stages[0].step, STEP_PROPOSAL);
        for (EACH_STAGE(kind, i)) {
            const struct case_stage *stage = &flow->stages[i];
            cr_assert_neq(stage->may, 0, "%s %zu: nobody may", case_kind_name(kind), i);
            cr_assert_eq(stage->apart & ~earlier, 0, "%s %zu: apart from what comes later", case_kind_name(kind), i);
            cr_assert_eq(earlier & TAKEN(stage->step), 0, "%s %zu: a step twice", case_kind_name(kind), i);
            earlier |= TAKEN(stage->step);
        }
    }
}

Test(cases, nobody_decides_on_what_they_entered)
{
    for (enum case_kind kind = 0; kind < CASE_KINDS_COUNT; kind++)
        for (EACH_STAGE(kind, i)) {
            const struct case_stage *stage = &case_flow_of(kind)->stages[i];
            bool decides = stage->step == STEP_REVIEW || stage->step == STEP_DECISION ||
                           stage->step == STEP_VILLAGE_CHECK || stage->step == STEP_TEAM_CHECK;
            if (decides)
                cr_assert(stage->apart & TAKEN(STEP_PROPOSAL), "%s %s", case_kind_name(kind),
                          case_step_name(stage->step));
        }
}

Test(cases, what_hangs_out_is_released_by_another_than_who_stood_before_it)
{
    for (enum case_kind kind = 0; kind < CASE_KINDS_COUNT; kind++)
        for (EACH_STAGE(kind, i)) {
            const struct case_stage *stages = case_flow_of(kind)->stages;
            if (stages[i].hangs == NULL || stages[i - 1].step == STEP_ACCEPTANCE)
                continue;
            cr_assert(stages[i].apart & TAKEN(stages[i - 1].step), "%s %zu", case_kind_name(kind), i);
        }
}

Test(cases, no_status_of_a_household_comes_without_a_notice_but_by_correction)
{
    for (enum case_kind kind = 0; kind < CASE_KINDS_COUNT; kind++) {
        if (case_flow_of(kind)->effect != EFFECT_STATUS || kind == CASE_CORRECTION)
            continue;
        for (int one_notice = 0; one_notice < 2; one_notice++) {
            bool hangs = false, behind = false;
            for (const struct case_stage *stage = case_stage_of(kind, one_notice, STEP_PROPOSAL); stage != NULL;
                 stage = case_stage_after(kind, one_notice, stage->step)) {
                hangs = hangs || stage->hangs != NULL;
                behind = behind || (hangs && stage->behind_notice);
            }
            cr_assert(behind, "%s", case_kind_name(kind));
        }
    }
}

Test(cases, an_entry_hangs_out_twice_and_is_announced)
{
    struct walk walk;
    walk_begin(&walk, CASE_ENTRY, false, person(1, ROLE_CADRE));
    cr_assert_eq(walk_on(&walk, STEP_EVALUATION, person(1, ROLE_CADRE)), PROBLEM_NONE,
                 "the meeting decides, he writes it down");
    cr_assert_eq(walk_on(&walk, STEP_NOTICE, person(1, ROLE_CADRE)), PROBLEM_OWN_ENTRY);
    cr_assert_eq(walk_on(&walk, STEP_NOTICE, person(2, ROLE_TOWNSHIP)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_REVIEW, person(2, ROLE_TOWNSHIP)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_SECOND_NOTICE, person(2, ROLE_TOWNSHIP)), PROBLEM_OWN_ENTRY);
    cr_assert_eq(walk_on(&walk, STEP_SECOND_NOTICE, person(3, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_DECISION, person(3, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_ANNOUNCEMENT, person(3, ROLE_COUNTY)), PROBLEM_OWN_ENTRY);
    cr_assert_eq(walk_on(&walk, STEP_ANNOUNCEMENT, person(4, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert(walk.ended);
    cr_assert_eq(walk_on(&walk, STEP_ANNOUNCEMENT, person(5, ROLE_COUNTY)), PROBLEM_WRONG_STATE);
}

Test(cases, a_village_with_one_publicity_leaves_the_second_out)
{
    struct walk walk;
    walk_begin(&walk, CASE_ENTRY, true, person(1, ROLE_CADRE));
    cr_assert_eq(walk_on(&walk, STEP_EVALUATION, person(1, ROLE_CADRE)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_NOTICE, person(2, ROLE_TEAM)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_REVIEW, person(3, ROLE_TOWNSHIP)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_SECOND_NOTICE, person(4, ROLE_COUNTY)), PROBLEM_WRONG_STATE);
    cr_assert_eq(walk_on(&walk, STEP_DECISION, person(4, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_ANNOUNCEMENT, person(5, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert(walk.ended);
}

Test(cases, an_exit_is_verified_by_two_others_and_accepted_by_the_household)
{
    struct walk walk;
    struct case_taker both = person(2, ROLE_CADRE);
    both.roles |= MAY(ROLE_TEAM);
    walk_begin(&walk, CASE_EXIT, false, person(1, ROLE_CADRE));
    cr_assert_eq(walk_on(&walk, STEP_DECISION, person(9, ROLE_COUNTY)), PROBLEM_WRONG_STATE);
    cr_assert_eq(walk_on(&walk, STEP_VILLAGE_CHECK, person(1, ROLE_CADRE)), PROBLEM_OWN_ENTRY);
    cr_assert_eq(walk_on(&walk, STEP_VILLAGE_CHECK, person(3, ROLE_TEAM)), PROBLEM_FORBIDDEN);
    cr_assert_eq(walk_on(&walk, STEP_VILLAGE_CHECK, both), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_TEAM_CHECK, both), PROBLEM_OWN_ENTRY, "he verified for the village");
    cr_assert_eq(walk_on(&walk, STEP_TEAM_CHECK, person(3, ROLE_TEAM)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_NOTICE, person(4, ROLE_TOWNSHIP)), PROBLEM_WRONG_STATE,
                 "the household has its word first");
    cr_assert_eq(walk_on(&walk, STEP_ACCEPTANCE, person(5, ROLE_HOUSEHOLD)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_NOTICE, person(4, ROLE_TOWNSHIP)), PROBLEM_NONE);
    walk.position.notice_over = false;
    cr_assert_eq(walk_on(&walk, STEP_DECISION, person(6, ROLE_COUNTY)), PROBLEM_NOTICE_OPEN);
    walk.position.notice_over = true;
    cr_assert_eq(walk_on(&walk, STEP_DECISION, person(6, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert_eq(walk_on(&walk, STEP_ANNOUNCEMENT, person(7, ROLE_COUNTY)), PROBLEM_NONE);
    cr_assert(walk.ended);
}

Test(cases, a_no_never_waits_for_the_notice)
{
    const struct case_taken taken[] = {{STEP_PROPOSAL, {{1}}}};
    const struct case_position position = {
        .kind = CASE_EXIT, .waits_for = STEP_DECISION, .taken = taken, .taken_count = 1};
    const struct case_taker officer = person(2, ROLE_COUNTY);
    cr_assert_eq(case_step_check(&position, STEP_DECISION, &officer, true), PROBLEM_NOTICE_OPEN);
    cr_assert_eq(case_step_check(&position, STEP_DECISION, &officer, false), PROBLEM_NONE);
}

Test(cases, which_status_a_case_may_begin_from)
{
    cr_assert(case_begins_from(CASE_EXIT, TEXT("registered")) && case_begins_from(CASE_EXIT, TEXT("returned")));
    cr_assert_not(case_begins_from(CASE_EXIT, TEXT("exited_supported")));
    cr_assert_not(case_begins_from(CASE_ENTRY, TEXT("registered")));
    cr_assert_not(case_begins_from(CASE_RETURN, TEXT("registered")));
    cr_assert(case_begins_from(CASE_CORRECTION, TEXT("removed")) && case_begins_from(CASE_MOVE, TEXT("registered")));
}

/* Random people try random steps: whatever they manage, four eyes have seen it and the end is reached by no short cut. */
Test(cases, random_walks_keep_four_eyes)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < 2000; round++) {
        enum case_kind kind = (enum case_kind)seeded_between(&state, 0, CASE_KINDS_COUNT - 1);
        bool one_notice = seeded_between(&state, 0, 1);
        struct walk walk;
        walk_begin(&walk, kind, one_notice, person(1, ROLE_COUNTY));
        for (int tries = 0; tries < 300 && !walk.ended; tries++) {
            struct case_taker who = person((uint8_t)seeded_between(&state, 1, PEOPLE_MAX),
                                           (enum role)seeded_between(&state, 0, ROLES_COUNT - 1));
            walk.position.notice_over = seeded_between(&state, 0, 1);
            (void)walk_on(&walk, (enum case_step)seeded_between(&state, 0, CASE_STEPS_COUNT - 1), who);
        }
        for (size_t i = 0; i < walk.position.taken_count; i++) {
            const struct case_stage *stage = case_stage_of(kind, one_notice, walk.taken[i].step);
            EXPECT_SEEDED(stage != NULL, seed);
            for (size_t j = 0; j < i; j++)
                EXPECT_SEEDED((stage->apart & TAKEN(walk.taken[j].step)) == 0 ||
                                  !uuid_equal(walk.taken[i].actor_id, walk.taken[j].actor_id),
                              seed);
        }
        size_t stages =
            case_flow_of(kind)->stages_count - (one_notice && case_stage_of(kind, false, STEP_SECOND_NOTICE) != NULL);
        EXPECT_SEEDED(!walk.ended || walk.position.taken_count == stages, seed);
    }
}

Test(cases, sql_is_given_the_same_table)
{
    SCRATCH(arena);
    text json = case_stages_json(arena);
    cr_assert(
        text_starts_with(json, TEXT("[{\"kind\":\"entry\",\"one_notice\":false,\"place\":0,\"step\":\"proposal\"")));
    cr_assert(text_ends_with(json, TEXT("}]")));
}
