/* webhooks: the table of contents. Whoever may act for a shop, a unit or a county may tell its programs what happens. */
#include "webhooks/hooks.h"

#define MAY_HOOK (MAY_SELL | MAY_BUY | MAY(ROLE_COUNTY))

static const char *const settable_states[] = {"active", "paused", NULL};
static const char *const delivery_states[] = {"waiting", "delivered", "failed", NULL};
static const struct field list_query[] = {
    FIELD_NAMED("shop_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("unit_id", FIELD_COUNTY_ID, .optional = true),
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELDS_END,
};
static const struct field state_fields[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = settable_states),
    FIELDS_END,
};
static const struct field deliveries_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = delivery_states, .optional = true),
    FIELD_NAMED("type", FIELD_TEXT, .min = 1, .max = 60, .optional = true),
    FIELDS_END,
};
static const struct field since_fields[] = {
    FIELD_NAMED("since", FIELD_INSTANT),
    FIELDS_END,
};

/* clang-format off */
const struct route webhooks_routes[] = {
    {.method = POST, .path = "/webhooks", .may = MAY_HOOK, .lane = LANE_WRITE, .idempotent = true,
     .body = webhook_add_body_fields, .body_size = sizeof(struct webhook_add_body), .prepare = webhook_add_prepare,
     .load = "webhooks/add_load", .facts = webhook_add_facts_fields, .facts_size = sizeof(struct webhook_add_facts),
     .decide = webhook_add_decide, .apply = {"webhooks/add"}, .plan = webhook_add_plan_fields,
     .plan_size = sizeof(struct webhook_add_plan), .shape = ANSWER_PLAN, .answer = webhook_add_answer_fields, .status = 201},
    {.method = GET, .path = "/webhooks", .titles = {"消息推送", "Webhooks"}, .may = MAY_HOOK, .lane = LANE_READ,
     .query = list_query, .load = "webhooks/list", .shape = ANSWER_LIST},
    {.method = GET, .path = "/webhooks/{webhook_id}", .may = MAY_HOOK, .lane = LANE_READ,
     .load = "webhooks/show", .shape = ANSWER_OBJECT},
    {.method = PUT, .path = "/webhooks/{webhook_id}", .may = MAY_HOOK, .lane = LANE_WRITE, .versioned = true,
     .body = webhook_change_body_fields, .body_size = sizeof(struct webhook_change_body),
     .load = "webhooks/one_load", .facts = webhook_facts_fields, .facts_size = sizeof(struct webhook_facts),
     .decide = webhook_change_decide, .apply = {"webhooks/change"}, .plan = webhook_change_plan_fields,
     .plan_size = sizeof(struct webhook_change_plan), .shape = ANSWER_OBJECT},
    {.method = DELETE, .path = "/webhooks/{webhook_id}", .may = MAY_HOOK, .lane = LANE_WRITE,
     .load = "webhooks/end", .shape = ANSWER_NONE, .status = 204},
    {.method = POST, .path = "/webhooks/{webhook_id}/state", .may = MAY_HOOK, .lane = LANE_WRITE, .idempotent = true,
     .body = state_fields, .load = "webhooks/set_state", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/webhooks/{webhook_id}/secret", .may = MAY_HOOK, .lane = LANE_WRITE, .idempotent = true,
     .load = "webhooks/one_load", .facts = webhook_facts_fields, .facts_size = sizeof(struct webhook_facts),
     .decide = webhook_secret_decide, .apply = {"webhooks/secret"}, .plan = webhook_secret_plan_fields,
     .plan_size = sizeof(struct webhook_secret_plan), .shape = ANSWER_PLAN, .answer = webhook_secret_answer_fields},
    {.method = POST, .path = "/webhooks/{webhook_id}/test", .may = MAY_HOOK, .lane = LANE_WRITE, .idempotent = true,
     .load = "webhooks/test", .shape = ANSWER_OBJECT, .status = 201},
    {.method = POST, .path = "/webhooks/{webhook_id}/replay", .may = MAY_HOOK, .lane = LANE_WRITE, .idempotent = true,
     .body = since_fields, .load = "webhooks/replay_since", .shape = ANSWER_OBJECT},
    {.method = GET, .path = "/webhooks/{webhook_id}/deliveries", .titles = {"推送记录", "Deliveries"}, .may = MAY_HOOK, .lane = LANE_READ,
     .query = deliveries_query, .load = "webhooks/deliveries", .shape = ANSWER_LIST},
    {.method = GET, .path = "/webhooks/{webhook_id}/deliveries/{event_id}", .plain_ids = "event_id", .may = MAY_HOOK, .lane = LANE_READ,
     .load = "webhooks/delivery", .shape = ANSWER_OBJECT},
    {.method = POST, .path = "/webhooks/{webhook_id}/deliveries/{event_id}/replay", .plain_ids = "event_id", .may = MAY_HOOK,
     .lane = LANE_WRITE, .idempotent = true, .load = "webhooks/replay", .shape = ANSWER_OBJECT},
    ROUTES_END,
};
/* clang-format on */
