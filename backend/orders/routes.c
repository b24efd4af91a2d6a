/* orders: the table of contents. From the cart to what was sold, shipped, received and given back. */
#include "orders.h"
#include "orders/callback.h"
#include "orders/checkout.h"
#include "orders/purchase.h"
#include "orders/refund.h"

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

static const char *const order_states[] = { "awaiting_payment", "paid", "shipped", "received", "closed", "refunded", "cancelled", "expired", NULL };
static const char *const return_states[] = { "open", "accepted", "refused", NULL };
static const char *const return_causes[] = { "transport", "shop", "quality", NULL };
static const struct field order_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = order_states, .optional = true),
    FIELDS_END,
};
static const struct field return_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = return_states, .optional = true),
    FIELDS_END,
};
static const struct field ship_fields[] = {
    FIELD_NAMED("carrier", FIELD_TEXT, .min = 1, .max = 40),
    FIELD_NAMED("waybill", FIELD_TEXT, .min = 1, .max = 40),
    FIELDS_END,
};
static const struct field return_ask_fields[] = {
    FIELD_NAMED("order_line_id", FIELD_COUNTY_ID),
    FIELD_NAMED("packs", FIELD_COUNT, .min = 0, .max = 999),
    FIELD_NAMED("refund_fen", FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000), .optional = true),
    FIELD_NAMED("cause", FIELD_CHOICE, .choices = return_causes),
    FIELD_NAMED("words", FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};
static const struct field refund_answer_fields[] = {
    FIELD(money_plan, order_id, FIELD_COUNTY_ID),
    FIELD(money_plan, state, FIELD_TEXT),
    FIELD(money_plan, refund_fen, FIELD_FEN),
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

    { .method = GET, .path = "/orders", .may = MAY_BUY, .lane = LANE_READ, .load = "orders/order_list", .shape = ANSWER_LIST },
    { .method = GET, .path = "/orders/{order_id}", .may = MAY_BUY | MAY_SELL | MAY_OVERSEE, .lane = LANE_READ, .load = "orders/order",
      .shape = ANSWER_OBJECT },
    { .method = GET, .path = "/shops/{shop_id}/orders", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_READ, .query = order_query,
      .load = "orders/shop_orders", .shape = ANSWER_LIST },
    { .method = POST, .path = "/orders/{order_id}/ship", .may = MAY_SELL, .lane = LANE_WRITE, .idempotent = true, .body = ship_fields,
      .load = "orders/ship", .shape = ANSWER_OBJECT },
    { .method = POST, .path = "/orders/{order_id}/receive", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
      .load = "orders/receive", .shape = ANSWER_OBJECT },
    { .method = POST, .path = "/orders/{order_id}/cancel", .may = MAY_BUY | MAY_SELL, .lane = LANE_WRITE, .idempotent = true,
      .load = "orders/order_cancel_load", .facts = order_cancel_facts_fields, .facts_size = sizeof(struct order_cancel_facts),
      .decide = order_cancel_decide,
      .apply = { "payments/record", "orders/money_apply", "intake/put_back", "products/put_back", "attribution/post", "payouts/owe",
                 "ledger/post" },
      .plan = money_plan_fields, .plan_size = sizeof(struct money_plan), .shape = ANSWER_PLAN, .answer = refund_answer_fields },
    { .method = POST, .path = "/orders/{order_id}/returns", .may = MAY_BUY, .lane = LANE_WRITE, .idempotent = true,
      .body = return_ask_fields, .load = "orders/return_ask", .shape = ANSWER_OBJECT, .status = 201 },
    { .method = GET, .path = "/shops/{shop_id}/returns", .may = MAY_SELL | MAY_OVERSEE, .lane = LANE_READ, .query = return_query,
      .load = "orders/shop_returns", .shape = ANSWER_LIST },
    { .method = POST, .path = "/returns/{return_id}/decide", .may = MAY_SELL | MAY(ROLE_COUNTY), .lane = LANE_WRITE, .idempotent = true,
      .body = return_body_fields, .body_size = sizeof(struct return_body), .load = "orders/return_load", .facts = return_facts_fields,
      .facts_size = sizeof(struct return_facts), .decide = return_decide,
      .apply = { "payments/record", "orders/return_apply", "orders/money_apply", "intake/put_back", "products/put_back",
                 "attribution/post", "payouts/owe", "ledger/post", "findings/open_planned" },
      .plan = money_plan_fields, .plan_size = sizeof(struct money_plan), .shape = ANSWER_PLAN, .answer = refund_answer_fields },

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
