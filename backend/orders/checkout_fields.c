/* Field tables of a checkout: body, facts, plan and what of the plan the buyer is told. */
#include "orders.h"

const struct field delivery_address_fields[] = {
    FIELD(delivery_address, recipient, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(delivery_address, phone, FIELD_TEXT, .min = 5, .max = 20),
    FIELD(delivery_address, area_code, FIELD_CODE, .min = 2, .max = 12),
    FIELD(delivery_address, street, FIELD_TEXT, .min = 1, .max = 200),
    FIELDS_END,
};
static const struct field line_fields[] = {
    FIELD(checkout_line, offer_id, FIELD_COUNTY_ID),
    FIELD(checkout_line, packs, FIELD_COUNT, .min = 1, .max = 999),
    FIELD(checkout_line, price_fen, FIELD_FEN, .min = 1, .max = 1000000000, .optional = true),
    FIELDS_END,
};
const struct field checkout_body_fields[] = {
    FIELD_ITEMS(checkout_body, lines, checkout_line, line_fields, .min = 1, .max = CART_LINES_MAX),
    FIELD(checkout_body, address_id, FIELD_UUID, .optional = true),
    FIELD(checkout_body, address, FIELD_OBJECT, .fields = delivery_address_fields, .optional = true),
    FIELDS_END,
};

const struct field offered_fields[] = {
    FIELD(offered, offer_id, FIELD_COUNTY_ID),
    FIELD(offered, shop_id, FIELD_COUNTY_ID),
    FIELD(offered, shop_name, FIELD_TEXT),
    FIELD(offered, product_id, FIELD_UUID),
    FIELD(offered, grade, FIELD_TEXT),
    FIELD(offered, place_id, FIELD_UUID),
    FIELD(offered, name, FIELD_TEXT),
    FIELD(offered, pack_qty, FIELD_QTY),
    FIELD(offered, price_fen, FIELD_FEN),
    FIELD(offered, packs_per_buyer_max, FIELD_COUNT),
    FIELD(offered, gross_weight_ppm, FIELD_COUNT),
    FIELD(offered, platform_fee_ppm, FIELD_COUNT),
    FIELD(offered, on_sale, FIELD_BOOL),
    FIELD(offered, left_qty, FIELD_QTY),
    FIELDS_END,
};
const struct field freight_rule_fields[] = {
    FIELD(freight_rule, shop_id, FIELD_COUNTY_ID), FIELD(freight_rule, destination, FIELD_TEXT, .optional = true),
    FIELD(freight_rule, first_g, FIELD_QTY),       FIELD(freight_rule, first_fen, FIELD_FEN),
    FIELD(freight_rule, further_g, FIELD_QTY),     FIELD(freight_rule, further_fen, FIELD_FEN),
    FIELD(freight_rule, delivered, FIELD_BOOL),    FIELDS_END,
};
const struct field checkout_facts_fields[] = {
    FIELD(checkout_facts, payment_deadline_s, FIELD_COUNT),
    FIELD(checkout_facts, phone_deadline_s, FIELD_COUNT),
    FIELD(checkout_facts, address, FIELD_OBJECT, .fields = delivery_address_fields, .optional = true),
    FIELD(checkout_facts, area_known, FIELD_BOOL),
    FIELD_ITEMS(checkout_facts, offers, offered, offered_fields),
    FIELD_ITEMS(checkout_facts, freights, freight_rule, freight_rule_fields, .max = 5000),
    FIELDS_END,
};

const struct field reservation_fields[] = {
    FIELD(reservation, county, FIELD_TEXT),      FIELD(reservation, product_id, FIELD_UUID),
    FIELD(reservation, grade, FIELD_TEXT),       FIELD(reservation, place_id, FIELD_UUID),
    FIELD(reservation, quantity_qty, FIELD_QTY), FIELDS_END,
};
static const struct field planned_line_fields[] = {
    FIELD(planned_line, order_line_id, FIELD_UUID),
    FIELD(planned_line, offer_id, FIELD_COUNTY_ID),
    FIELD(planned_line, position, FIELD_COUNT),
    FIELD(planned_line, product_id, FIELD_UUID),
    FIELD(planned_line, grade, FIELD_TEXT),
    FIELD(planned_line, place_id, FIELD_UUID),
    FIELD(planned_line, name, FIELD_TEXT),
    FIELD(planned_line, packs, FIELD_COUNT),
    FIELD(planned_line, pack_qty, FIELD_QTY),
    FIELD(planned_line, price_fen, FIELD_FEN),
    FIELD(planned_line, line_gross_fen, FIELD_FEN),
    FIELD(planned_line, platform_fee_ppm, FIELD_COUNT),
    FIELDS_END,
};
static const struct field planned_order_fields[] = {
    FIELD(planned_order, order_id, FIELD_COUNTY_ID),
    FIELD(planned_order, shop_id, FIELD_COUNTY_ID),
    FIELD(planned_order, goods_fen, FIELD_FEN),
    FIELD(planned_order, freight_fen, FIELD_FEN),
    FIELD_ITEMS(planned_order, lines, planned_line, planned_line_fields),
    FIELDS_END,
};
const struct field checkout_plan_fields[] = {
    FIELD(checkout_plan, purchase_id, FIELD_UUID),
    FIELD(checkout_plan, total_fen, FIELD_FEN),
    FIELD(checkout_plan, deadline_at, FIELD_INSTANT),
    FIELD(checkout_plan, recipient, FIELD_TEXT),
    FIELD(checkout_plan, phone, FIELD_TEXT),
    FIELD(checkout_plan, destination_code, FIELD_TEXT),
    FIELD(checkout_plan, street, FIELD_TEXT),
    FIELD(checkout_plan, buyer_id, FIELD_UUID, .optional = true),
    FIELD(checkout_plan, placed_by, FIELD_UUID, .optional = true),
    FIELD(checkout_plan, channel, FIELD_TEXT, .optional = true),
    FIELD(checkout_plan, pay_code, FIELD_TEXT, .optional = true),
    FIELD_ITEMS(checkout_plan, orders, planned_order, planned_order_fields),
    FIELD_ITEMS(checkout_plan, reservations, reservation, reservation_fields),
    FIELDS_END,
};

static const struct field answer_line_fields[] = {
    FIELD(planned_line, offer_id, FIELD_COUNTY_ID), FIELD(planned_line, name, FIELD_TEXT),
    FIELD(planned_line, packs, FIELD_COUNT),        FIELD(planned_line, price_fen, FIELD_FEN),
    FIELD(planned_line, line_gross_fen, FIELD_FEN), FIELDS_END,
};
static const struct field answer_order_fields[] = {
    FIELD(planned_order, order_id, FIELD_COUNTY_ID),
    FIELD(planned_order, shop_id, FIELD_COUNTY_ID),
    FIELD(planned_order, shop_name, FIELD_TEXT),
    FIELD(planned_order, goods_fen, FIELD_FEN),
    FIELD(planned_order, freight_fen, FIELD_FEN),
    FIELD_ITEMS(planned_order, lines, planned_line, answer_line_fields),
    FIELDS_END,
};
const struct field checkout_answer_fields[] = {
    FIELD(checkout_plan, purchase_id, FIELD_UUID),
    FIELD(checkout_plan, state, FIELD_TEXT),
    FIELD(checkout_plan, total_fen, FIELD_FEN),
    FIELD(checkout_plan, deadline_at, FIELD_INSTANT),
    FIELD_ITEMS(checkout_plan, orders, planned_order, answer_order_fields),
    FIELDS_END,
};
