/* Bodies, facts and plans of the acts on a webhook. */
#ifndef WEBHOOKS_HOOKS_H
#define WEBHOOKS_HOOKS_H

#include "registry.h"
#include "webhooks/sending.h"

struct webhook_add_body {
    county_id shop_id, unit_id;
    text county, name, address, events;
};
struct webhook_add_facts {
    text owner_kind, county;
    uuid owner_id;
    int64_t webhooks_count;
};
struct webhook_add_plan {
    county_id webhook_id;
    uuid owner_id;
    text owner_kind, name, address, events, secret_sealed, secret;
};
struct webhook_change_body {
    text name, address, events;
};
struct webhook_facts {
    text owner_kind;
    int64_t version;
};
struct webhook_change_plan {
    text name, address, events;
};
struct webhook_secret_plan {
    text secret_sealed, secret;
    instant old_secret_until;
    int64_t seen_version;
};
extern const struct field webhook_add_body_fields[], webhook_add_facts_fields[], webhook_add_plan_fields[],
    webhook_add_answer_fields[], webhook_change_body_fields[], webhook_facts_fields[], webhook_change_plan_fields[],
    webhook_secret_plan_fields[], webhook_secret_answer_fields[];
decide_function webhook_add_prepare, webhook_add_decide, webhook_change_decide, webhook_secret_decide;

#endif
