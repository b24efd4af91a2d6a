/* Looking-backs: a file of corrections is read by a job, waits, and counts once a second officer agreed. */
#ifndef REGISTRY_LOOK_BACK_H
#define REGISTRY_LOOK_BACK_H

#include "registry/look_back_file.h"

enum problem look_backs_run(struct db *db, struct arena *arena, instant now);

struct look_back_decision {
    bool accepted;
    text reason;
};
struct look_back_facts {
    text state;
    uuid proposed_by;
};
struct look_back_plan {
    county_id look_back_id;
    text state, reason;
};
decide_function look_back_decide;

#endif
