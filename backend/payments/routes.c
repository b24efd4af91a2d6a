/* payments: the table of contents. Callbacks stand in orders, which knows what a payment means; here is the simulator's own door. */
#include "payments/provider.h"

const struct route payments_routes[] = {
    { .method = POST, .path = "/simulator/payments/{reference}", .may = MAY_ANYONE, .lane = LANE_WRITE, .open_to_simulator = true,
      .body = simulator_body_fields, .body_size = sizeof(struct simulator_body), .load = "payments/asked",
      .facts = simulator_facts_fields, .facts_size = sizeof(struct simulator_facts), .decide = simulator_pay_decide,
      .apply = { "payments/outbox_add" }, .plan = simulator_plan_fields, .plan_size = sizeof(struct simulator_plan),
      .shape = ANSWER_PLAN, .answer = simulator_answer_fields, .status = 202 },
    { .method = POST, .path = "/simulator/refunds", .may = MAY_ANYONE, .lane = LANE_WRITE, .open_to_simulator = true,
      .verify = simulator_refund_verify, .body = simulator_refund_fields, .body_size = sizeof(struct simulator_refund_body),
      .decide = simulator_refund_decide, .apply = { "payments/outbox_add" }, .plan = simulator_plan_fields,
      .plan_size = sizeof(struct simulator_plan), .shape = ANSWER_PLAN, .answer = simulator_answer_fields, .status = 202 },
    ROUTES_END,
};
