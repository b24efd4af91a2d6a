/* Field tables of money plans: how they reach the statements that write them. */
#include "orders/plan.h"

#define SIGNED_MAX INT64_C(1000000000000000)
#define SIGNED_FEN(type, member) FIELD(type, member, FIELD_FEN, .min = -SIGNED_MAX, .max = SIGNED_MAX)

static const struct field purchase_fields[] = {
    FIELD(paid_purchase, buyer_id, FIELD_UUID),
    FIELD(paid_purchase, purchase_id, FIELD_UUID),
    FIELDS_END,
};
static const struct field state_fields[] = {
    FIELD(planned_state, county, FIELD_TEXT),
    FIELD(planned_state, order_id, FIELD_UUID),
    FIELD(planned_state, from_state, FIELD_TEXT),
    FIELD(planned_state, state, FIELD_TEXT),
    FIELD(planned_state, refunded_fen, FIELD_FEN),
    FIELD(planned_state, seen_refunded_fen, FIELD_FEN),
    FIELDS_END,
};
static const struct field line_state_fields[] = {
    FIELD(planned_line_state, county, FIELD_TEXT),           FIELD(planned_line_state, order_line_id, FIELD_UUID),
    FIELD(planned_line_state, served_packs, FIELD_COUNT),    FIELD(planned_line_state, refunded_packs, FIELD_COUNT),
    FIELD(planned_line_state, refunded_fen, FIELD_FEN),      FIELD(planned_line_state, spared_fen, FIELD_FEN),
    FIELD(planned_line_state, seen_refunded_fen, FIELD_FEN), FIELDS_END,
};
static const struct field sale_fields[] = {
    FIELD(planned_sale, county, FIELD_TEXT),
    FIELD(planned_sale, product_id, FIELD_UUID),
    FIELD(planned_sale, grade, FIELD_TEXT),
    FIELD(planned_sale, place_id, FIELD_UUID),
    FIELD(planned_sale, reserved_qty, FIELD_QTY),
    FIELD(planned_sale, sold_qty, FIELD_QTY),
    FIELDS_END,
};
static const struct field take_fields[] = {
    FIELD(planned_take, county, FIELD_TEXT),          FIELD(planned_take, lot_id, FIELD_UUID),
    FIELD(planned_take, contribution_id, FIELD_UUID), FIELD(planned_take, left_qty, FIELD_QTY),
    FIELD(planned_take, taken_qty, FIELD_QTY),        FIELDS_END,
};
static const struct field put_fields[] = {
    FIELD(planned_put, county, FIELD_TEXT),          FIELD(planned_put, move_id, FIELD_UUID),
    FIELD(planned_put, product_id, FIELD_UUID),      FIELD(planned_put, grade, FIELD_TEXT),
    FIELD(planned_put, place_id, FIELD_UUID),        FIELD(planned_put, lot_id, FIELD_UUID),
    FIELD(planned_put, contribution_id, FIELD_UUID), FIELD(planned_put, quantity_qty, FIELD_QTY),
    FIELD(planned_put, sellable, FIELD_BOOL),        FIELDS_END,
};
static const struct field tag_fields[] = {
    FIELD(planned_tag, county, FIELD_TEXT),
    FIELD(planned_tag, order_id, FIELD_UUID),
    FIELD(planned_tag, shop_id, FIELD_UUID),
    FIELD(planned_tag, product_id, FIELD_UUID),
    FIELD_ITEMS(planned_tag, allocations, allocation, allocation_fields),
    FIELD_ITEMS(planned_tag, attributions, attribution, attribution_fields),
    FIELDS_END,
};
static const struct field due_fields[] = {
    FIELD(planned_due, county, FIELD_TEXT),
    FIELD(planned_due, due_id, FIELD_UUID),
    FIELD(planned_due, payee_kind, FIELD_TEXT),
    FIELD(planned_due, payee_id, FIELD_UUID),
    FIELD(planned_due, source_kind, FIELD_TEXT),
    FIELD(planned_due, order_id, FIELD_UUID),
    FIELD(planned_due, attribution_id, FIELD_UUID, .optional = true),
    SIGNED_FEN(planned_due, amount_fen),
    FIELD(planned_due, state, FIELD_TEXT),
    FIELDS_END,
};
static const struct field seen_fields[] = {
    FIELD(seen_due, county, FIELD_TEXT),
    FIELD(seen_due, due_id, FIELD_UUID),
    FIELD(seen_due, settled, FIELD_BOOL),
    FIELDS_END,
};
static const struct field transfer_fields[] = {
    FIELD(planned_transfer, county, FIELD_TEXT),
    FIELD(planned_transfer, transfer_id, FIELD_UUID),
    FIELD(planned_transfer, kind, FIELD_TEXT),
    FIELD(planned_transfer, reference, FIELD_TEXT),
    FIELD_ITEMS(planned_transfer, entries, ledger_entry, ledger_entry_fields),
    FIELDS_END,
};
static const struct field finding_fields[] = {
    FIELD(planned_finding, county, FIELD_TEXT),     FIELD(planned_finding, finding_id, FIELD_UUID),
    FIELD(planned_finding, class, FIELD_TEXT),      FIELD(planned_finding, rule, FIELD_TEXT),
    FIELD(planned_finding, area_code, FIELD_TEXT),  FIELD(planned_finding, subject_kind, FIELD_TEXT),
    FIELD(planned_finding, subject_id, FIELD_UUID), FIELD(planned_finding, blocks_counting, FIELD_BOOL),
    FIELD(planned_finding, detail, FIELD_JSON),     FIELDS_END,
};
const struct field money_plan_fields[] = {
    FIELD(money_plan, result, FIELD_TEXT),
    FIELD(money_plan, return_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(money_plan, state, FIELD_TEXT, .optional = true),
    FIELD(money_plan, refund_fen, FIELD_FEN),
    FIELD_ITEMS(money_plan, transactions, provider_transaction, provider_transaction_fields),
    FIELD_ITEMS(money_plan, refunds, planned_refund, planned_refund_fields),
    FIELD_ITEMS(money_plan, purchases, paid_purchase, purchase_fields),
    FIELD_ITEMS(money_plan, states, planned_state, state_fields),
    FIELD_ITEMS(money_plan, line_states, planned_line_state, line_state_fields),
    FIELD_ITEMS(money_plan, sales, planned_sale, sale_fields),
    FIELD_ITEMS(money_plan, takes, planned_take, take_fields),
    FIELD_ITEMS(money_plan, puts, planned_put, put_fields),
    FIELD_ITEMS(money_plan, tagged, planned_tag, tag_fields),
    FIELD_ITEMS(money_plan, dues, planned_due, due_fields),
    FIELD_ITEMS(money_plan, dues_seen, seen_due, seen_fields),
    FIELD_ITEMS(money_plan, transfers, planned_transfer, transfer_fields),
    FIELD_ITEMS(money_plan, findings, planned_finding, finding_fields),
    FIELDS_END,
};
