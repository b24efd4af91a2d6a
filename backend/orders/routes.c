/* orders: the table of contents. From the cart to what was sold, shipped, received and given back. */
#include "orders.h"
#include "orders/callback.h"
#include "orders/checkout.h"
#include "orders/purchase.h"

static const struct field cart_line_fields[] = {
    FIELD_NAMED("offer_id", FIELD_COUNTY_ID),
    FIELD_NAMED("packs", FIELD_COUNT, .min = 1, .max = 999),
    FIELDS_END,
};
static const struct field cart_fields[] = {
    FIELD_NAMED("lines", FIELD_LIST, .fields = cart_line_fields, .max = CART_LINES_MAX),
    FIELDS_END,
};
static const struct field address_change_fields[] = {
    FIELD_NAMED("recipient", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("phone", FIELD_TEXT, .min = 5, .max = 20, .optional = true),
    FIELD_NAMED("area_code", FIELD_CODE, .min = 2, .max = 12, .optional = true),
    FIELD_NAMED("street", FIELD_TEXT, .min = 1, .max = 200, .optional = true),
    FIELDS_END,
};

static const struct field callback_answer_fields[] = {
    FIELD(money_plan, result, FIELD_TEXT),
    FIELDS_END,
};

const struct route orders_routes[] = {
    /* The cart has one owner and reserves nothing: the last write holds, without versions or keys. */
    { .method = GET, .path = "/cart", .may = MAY_BUY, .lane = LANE_READ, .load = "orders/cart_show", .shape = ANSWER_OBJECT },
    { .method = PUT, .path = "/cart", .may = MAY_BUY, .lane = LANE_WRITE, .body = cart_fields, .load = "orders/cart_put",
      .shape = ANSWER_OBJECT },
    { .method = DELETE, .path = "/cart", .may = MAY_BUY, .lane = LANE_WRITE, .load = "orders/cart_empty", .shape = ANSWER_OBJECT },

    { .method = GET, .path = "/me/addresses", .may = MAY_BUY, .lane = LANE_READ, .load = "orders/address_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/me/addresses", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true, .body = delivery_address_fields,
      .load = "orders/address_add", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = PATCH, .path = "/me/addresses/{address_id}", .plain_ids = "address_id", .may = MAY_BUY, .lane = LANE_WRITE,
      .versioned = true, .body = address_change_fields, .load = "orders/address_change", .shape = ANSWER_OBJECT },
    { .method = DELETE, .path = "/me/addresses/{address_id}", .plain_ids = "address_id", .may = MAY_BUY, .lane = LANE_WRITE,
      .load = "orders/address_remove", .shape = ANSWER_OBJECT },

    { .method = POST, .path = "/checkout", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true, .body = checkout_body_fields,
      .body_size = sizeof(struct checkout_body), .load = "orders/checkout_load", .facts = checkout_facts_fields,
      .facts_size = sizeof(struct checkout_facts), .decide = checkout_decide, .apply = { "products/reserve", "orders/checkout_apply" },
      .plan = checkout_plan_fields, .plan_size = sizeof(struct checkout_plan), .shape = ANSWER_PLAN, .answer = checkout_answer_fields,
      .status = 201 },
    { .method = GET, .path = "/purchases", .may = MAY_BUY, .lane = LANE_READ, .load = "orders/purchases", .shape = ANSWER_LIST },
    { .method = GET, .path = "/purchases/{purchase_id}", .plain_ids = "purchase_id", .may = MAY_BUY, .lane = LANE_READ,
      .load = "orders/purchase", .shape = ANSWER_OBJECT },
    { .method = POST, .path = "/purchases/{purchase_id}/pay", .plain_ids = "purchase_id", .may = MAY_BUY, .lane = LANE_WRITE,
      .idempotent = true, .body = pay_body_fields, .body_size = sizeof(struct pay_body), .load = "orders/pay_load",
      .facts = pay_facts_fields, .facts_size = sizeof(struct pay_facts), .decide = purchase_pay_decide, .apply = { "payments/ask" },
      .plan = pay_plan_fields, .plan_size = sizeof(struct pay_plan), .shape = ANSWER_PLAN, .answer = pay_plan_fields, .status = 201 },
    { .method = POST, .path = "/purchases/{purchase_id}/cancel", .plain_ids = "purchase_id", .may = MAY_BUY, .lane = LANE_WRITE,
      .idempotent = true, .load = "orders/cancel_load", .facts = cancel_facts_fields, .facts_size = sizeof(struct cancel_facts),
      .decide = purchase_cancel_decide, .apply = { "orders/cancel_apply", "products/release" }, .plan = cancel_plan_fields,
      .plan_size = sizeof(struct cancel_plan), .shape = ANSWER_PLAN, .answer = cancel_answer_fields },

    /* A provider calls: its transaction id is the key, and every answer but a refusal is 200. */
    { .method = POST, .path = "/callbacks/payments/{provider}", .may = MAY_ANYONE, .lane = LANE_WRITE, .verify = payments_verify,
      .body = payment_notice_fields, .body_size = sizeof(struct payment_notice), .load = "orders/callback_load",
      .facts = callback_facts_fields, .facts_size = sizeof(struct callback_facts), .decide = callback_decide,
      .apply = { "payments/record", "orders/money_apply", "intake/sell", "products/sell", "attribution/post", "payouts/owe",
                 "ledger/post", "findings/open_planned" },
      .plan = money_plan_fields, .plan_size = sizeof(struct money_plan), .shape = ANSWER_PLAN, .answer = callback_answer_fields },
    { .method = POST, .path = "/callbacks/payments/{provider}/refunds", .may = MAY_ANYONE, .lane = LANE_WRITE,
      .verify = payments_verify, .body = payment_notice_fields, .body_size = sizeof(struct payment_notice),
      .load = "orders/refunded_load", .facts = refunded_facts_fields, .facts_size = sizeof(struct refunded_facts),
      .decide = refunded_decide, .apply = { "payments/record", "ledger/post" }, .plan = money_plan_fields,
      .plan_size = sizeof(struct money_plan), .shape = ANSWER_PLAN, .answer = callback_answer_fields },
    ROUTES_END,
};
