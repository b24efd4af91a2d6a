/* How a case goes its way: for each kind the steps in order, who may take each, and whom it must not be. Pure tables. */
#ifndef REGISTRY_CASE_FLOW_H
#define REGISTRY_CASE_FLOW_H

#include "base.h"

/* clang-format off */
#define CASE_KINDS(X) \
    X(CASE_ENTRY, "entry") X(CASE_RECOGNITION, "recognition") X(CASE_EXIT, "exit") X(CASE_RETURN, "return") \
    X(CASE_MEMBER_IN, "member_in") X(CASE_MEMBER_OUT, "member_out") X(CASE_MOVE, "move") \
    X(CASE_CORRECTION, "correction") X(CASE_VILLAGE_ENTRY, "village_entry") X(CASE_VILLAGE_EXIT, "village_exit") \
    X(CASE_VILLAGE_MERGER, "village_merger")
#define CASE_STEPS(X) \
    X(STEP_PROPOSAL, "proposal") X(STEP_EVALUATION, "evaluation") X(STEP_VILLAGE_CHECK, "village_check") \
    X(STEP_TEAM_CHECK, "team_check") X(STEP_ACCEPTANCE, "acceptance") X(STEP_NOTICE, "notice") X(STEP_REVIEW, "review") \
    X(STEP_SECOND_NOTICE, "second_notice") X(STEP_DECISION, "decision") X(STEP_ANNOUNCEMENT, "announcement")
/* clang-format on */
#define CASE_ENUM(name, words) name,
enum case_kind { CASE_KINDS(CASE_ENUM) CASE_KINDS_COUNT };
enum case_step { CASE_STEPS(CASE_ENUM) CASE_STEPS_COUNT };
#undef CASE_ENUM
#define CASE_STAGES_MAX 8
#define TAKEN(step) (1u << (step))

/* What a step brings along besides a yes or no. */
enum case_need { NEEDS_NOTHING, NEEDS_VOTES, NEEDS_SIGNATURE };
/* What the last step of a case writes. */
enum case_effect {
    EFFECT_STATUS,
    EFFECT_MEMBER_IN,
    EFFECT_MEMBER_OUT,
    EFFECT_MOVE,
    EFFECT_VILLAGE_STATUS,
    EFFECT_MERGER
};

struct case_stage {
    enum case_step step;
    unsigned may;         /* roles, any of them */
    unsigned apart;       /* steps whose takers may not take this one: TAKEN bits */
    bool behind_notice;   /* only once the notice before it has ended without an open or upheld objection */
    const char *hangs;    /* the kind of public notice it releases; NULL: none */
    enum case_need needs; /* of whoever says yes */
};

struct case_flow {
    enum case_effect effect;
    const char *status;      /* that it ends in, NULL: what was asked for */
    const char *title;       /* of its notices, as the village reads it */
    const char *begins_from; /* statuses that allow it, space-separated; NULL: any */
    struct case_stage stages[CASE_STAGES_MAX];
    size_t stages_count;
};

const char *case_kind_name(enum case_kind kind);
const char *case_step_name(enum case_step step);
MUST_USE bool case_kind_read(text name, enum case_kind *kind);
MUST_USE bool case_step_read(text name, enum case_step *step);
/* The MAY bit of a role's name; 0: no role is called so. */
PURE unsigned case_role_read(text name);
const struct case_flow *case_flow_of(enum case_kind kind);
PURE bool case_is_of_village(enum case_kind kind);
bool case_begins_from(enum case_kind kind, text status);

/* The stage of a step; NULL: this kind of case has none. With one notice the second is left out. */
const struct case_stage *case_stage_of(enum case_kind kind, bool one_notice, enum case_step step);
/* What comes after it; NULL: nothing, the case has reached its end. */
const struct case_stage *case_stage_after(enum case_kind kind, bool one_notice, enum case_step step);

/* Who took which step so far. */
struct case_taken {
    enum case_step step;
    uuid actor_id;
};
struct case_taker {
    uuid account_id;
    unsigned roles; /* those that reach the place of the case */
};
struct case_position {
    enum case_kind kind;
    bool one_notice;
    enum case_step waits_for;
    bool notice_over; /* its last notice has ended, stands, and nothing is held against it */
    const struct case_taken *taken;
    size_t taken_count;
};
/* May this person take the step now? A no never waits for a notice. */
MUST_USE enum problem case_step_check(const struct case_position *position, enum case_step step,
                                      const struct case_taker *taker, bool accepted);
/* All stages as JSON rows, so that SQL asks the same table: [{"kind","one_notice","place","step","roles","apart","behind_notice"}]. */
text case_stages_json(struct arena *arena);

#endif
