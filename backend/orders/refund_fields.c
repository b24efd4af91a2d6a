/* Field tables of refunds. */
#include "orders/refund.h"

static const struct field due_fields[] = {
    FIELD(line_due, due_id, FIELD_UUID),
    FIELD(line_due, settled, FIELD_BOOL),
    FIELDS_END,
};
static const struct field source_fields[] = {
    FIELD(goods_source, allocation_id, FIELD_UUID),
    FIELD(goods_source, lot_id, FIELD_UUID),
    FIELD(goods_source, contribution_id, FIELD_UUID),
    FIELD(goods_source, sellable, FIELD_BOOL),
    FIELDS_END,
};
static const struct field line_fields[] = {
    FIELD(refund_line, order_line_id, FIELD_UUID),
    FIELD(refund_line, product_id, FIELD_UUID),
    FIELD(refund_line, grade, FIELD_TEXT),
    FIELD(refund_line, place_id, FIELD_UUID),
    FIELD(refund_line, packs, FIELD_COUNT),
    FIELD(refund_line, served_packs, FIELD_COUNT),
    FIELD(refund_line, refunded_packs, FIELD_COUNT),
    FIELD(refund_line, line_gross_fen, FIELD_FEN),
    FIELD(refund_line, refunded_fen, FIELD_FEN),
    FIELD(refund_line, spared_fen, FIELD_FEN),
    FIELD_ITEMS(refund_line, sold, attributed, attributed_fields, .max = 100000),
    FIELD_ITEMS(refund_line, dues, line_due, due_fields, .max = 100000),
    FIELD_ITEMS(refund_line, sources, goods_source, source_fields, .max = 100000),
    FIELDS_END,
};
static const struct field order_fields[] = {
    FIELD(refund_order, order_id, FIELD_COUNTY_ID),
    FIELD(refund_order, shop_id, FIELD_UUID),
    FIELD(refund_order, area_code, FIELD_TEXT),
    FIELD(refund_order, state, FIELD_TEXT),
    FIELD(refund_order, goods_fen, FIELD_FEN),
    FIELD(refund_order, freight_fen, FIELD_FEN),
    FIELD(refund_order, refunded_fen, FIELD_FEN),
    FIELD(refund_order, provider, FIELD_TEXT, .optional = true),
    FIELD(refund_order, payment_reference, FIELD_TEXT, .optional = true),
    FIELD_ITEMS(refund_order, lines, refund_line, line_fields, .max = CART_LINES_MAX),
    FIELDS_END,
};
const struct field return_facts_fields[] = {
    FIELD(return_facts, return_state, FIELD_TEXT),
    FIELD(return_facts, order_line_id, FIELD_UUID),
    FIELD(return_facts, return_packs, FIELD_COUNT),
    FIELD(return_facts, asked_fen, FIELD_FEN),
    FIELD(return_facts, cause, FIELD_TEXT),
    FIELD(return_facts, of_order, FIELD_OBJECT, .fields = order_fields),
    FIELDS_END,
};
const struct field return_body_fields[] = {
    FIELD(return_body, accepted, FIELD_BOOL),
    FIELD(return_body, answer, FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELD(return_body, goods_back, FIELD_BOOL, .optional = true),
    FIELD(return_body, refund_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000), .optional = true),
    FIELD(return_body, freight_fen, FIELD_FEN, .optional = true),
    FIELDS_END,
};
const struct field order_cancel_facts_fields[] = {
    FIELD(order_cancel_facts, of_order, FIELD_OBJECT, .fields = order_fields),
    FIELDS_END,
};
