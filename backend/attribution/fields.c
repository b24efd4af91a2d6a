/* Field tables of attribution: facts come from SQL by them, plan rows go to SQL by them. Names are column names of migrations 0006 and 0011. */
#include "attribution/rules.h"

#define PPM(type, member) FIELD(type, member, FIELD_COUNT, .max = PPM_WHOLE)
#define SIGNED_MAX INT64_C(1000000000000000)
#define SIGNED_FEN(type, member) FIELD(type, member, FIELD_FEN, .min = -SIGNED_MAX, .max = SIGNED_MAX)
#define SIGNED_QTY(type, member) FIELD(type, member, FIELD_QTY, .min = -SIGNED_MAX, .max = SIGNED_MAX)

const struct field contribution_left_fields[] = {
    FIELD(contribution_left, contribution_id, FIELD_UUID),
    FIELD(contribution_left, supplier_id, FIELD_UUID),
    FIELD(contribution_left, position, FIELD_COUNT),
    FIELD(contribution_left, quantity_qty, FIELD_QTY),
    FIELD(contribution_left, left_qty, FIELD_QTY),
    FIELD(contribution_left, mode, FIELD_CHOICE, .choices = contribution_modes),
    FIELD(contribution_left, price_rule, FIELD_CHOICE, .choices = price_rules),
    FIELD(contribution_left, farm_gate_price_fen, FIELD_FEN),
    FIELD(contribution_left, price_qty, FIELD_QTY, .min = 1, .max = SIGNED_MAX),
    PPM(contribution_left, share_ppm),
    FIELD(contribution_left, delivered_on, FIELD_DATE),
    FIELDS_END,
};
const struct field lot_left_fields[] = {
    FIELD(lot_left, lot_id, FIELD_UUID),
    FIELD(lot_left, expires_on, FIELD_DATE, .optional = true),
    FIELD_ITEMS(lot_left, contributions, contribution_left, contribution_left_fields, .max = LOT_CONTRIBUTIONS_MAX),
    FIELDS_END,
};
const struct field agreement_fields[] = {
    FIELD(agreement, agreement_id, FIELD_UUID),
    FIELD(agreement, agreement_version, FIELD_COUNT),
    FIELD(agreement, signed_at, FIELD_INSTANT),
    FIELD(agreement, valid_from, FIELD_DATE),
    FIELD(agreement, valid_to, FIELD_DATE, .optional = true),
    FIELDS_END,
};
const struct field beneficiary_fields[] = {
    FIELD(beneficiary, household_id, FIELD_UUID),
    FIELD(beneficiary, area_code, FIELD_CODE, .min = 2, .max = 12),
    FIELD(beneficiary, status, FIELD_TEXT),
    FIELD(beneficiary, shares, FIELD_COUNT, .max = SIGNED_MAX),
    FIELD(beneficiary, open_finding, FIELD_BOOL),
    FIELD_ITEMS(beneficiary, agreements, agreement, agreement_fields),
    FIELDS_END,
};
const struct field supplier_fields[] = {
    FIELD(supplier, supplier_id, FIELD_UUID),
    FIELD(supplier, kind, FIELD_CHOICE, .choices = supplier_kinds),
    FIELD(supplier, area_code, FIELD_CODE, .min = 2, .max = 12),
    FIELD(supplier, rule_kind, FIELD_CHOICE, .choices = distribution_kinds, .optional = true),
    FIELD(supplier, retain_ppm, FIELD_COUNT, .max = PPM_WHOLE, .optional = true),
    FIELD(supplier, rule_version, FIELD_COUNT, .optional = true),
    FIELD_ITEMS(supplier, beneficiaries, beneficiary, beneficiary_fields, .max = SUPPLIER_MEMBERS_MAX),
    FIELDS_END,
};
const struct field paid_line_fields[] = {
    FIELD(paid_line, order_line_id, FIELD_UUID),
    FIELD(paid_line, packs, FIELD_COUNT, .min = 1, .max = 999),
    FIELD(paid_line, pack_qty, FIELD_QTY, .min = 1, .max = SIGNED_MAX),
    FIELD(paid_line, line_gross_fen, FIELD_FEN),
    PPM(paid_line, platform_fee_ppm),
    FIELD(paid_line, shop_freight_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field allocation_fields[] = {
    FIELD(allocation, allocation_id, FIELD_UUID), FIELD(allocation, order_line_id, FIELD_UUID),
    FIELD(allocation, lot_id, FIELD_UUID),        FIELD(allocation, contribution_id, FIELD_UUID),
    FIELD(allocation, quantity_qty, FIELD_QTY),   FIELDS_END,
};
const struct field attribution_fields[] = {
    FIELD(attribution, attribution_id, FIELD_UUID),
    FIELD(attribution, allocation_id, FIELD_UUID),
    FIELD(attribution, order_line_id, FIELD_UUID),
    FIELD(attribution, contribution_id, FIELD_UUID),
    FIELD(attribution, supplier_id, FIELD_UUID),
    FIELD(attribution, household_id, FIELD_UUID, .optional = true),
    FIELD(attribution, reverses_id, FIELD_UUID, .optional = true),
    FIELD(attribution, kind, FIELD_TEXT),
    FIELD(attribution, supplier_kind, FIELD_CHOICE, .choices = supplier_kinds),
    FIELD(attribution, area_code, FIELD_CODE, .min = 2, .max = 12),
    SIGNED_QTY(attribution, quantity_qty),
    SIGNED_FEN(attribution, gross_fen),
    SIGNED_FEN(attribution, due_fen),
    SIGNED_FEN(attribution, fee_fen),
    SIGNED_FEN(attribution, freight_fen),
    SIGNED_FEN(attribution, margin_fen),
    FIELD(attribution, goods_cost_fen, FIELD_FEN, .optional = true),
    FIELD(attribution, charged_fen, FIELD_FEN, .min = -SIGNED_MAX, .max = SIGNED_MAX, .optional = true),
    FIELD(attribution, counted, FIELD_BOOL),
    FIELD(attribution, reason, FIELD_TEXT, .optional = true),
    FIELD(attribution, status, FIELD_TEXT),
    FIELD(attribution, mode, FIELD_CHOICE, .choices = contribution_modes),
    FIELD(attribution, agreement_id, FIELD_UUID, .optional = true),
    FIELD(attribution, agreement_version, FIELD_COUNT, .optional = true),
    FIELD(attribution, rule_version, FIELD_COUNT, .optional = true),
    FIELDS_END,
};
const struct field attributed_fields[] = {
    FIELD(attributed, row, FIELD_OBJECT, .fields = attribution_fields),
    FIELD(attributed, reversed_qty, FIELD_QTY),
    FIELD(attributed, reversed_gross_fen, FIELD_FEN),
    SIGNED_FEN(attributed, reversed_due_fen),
    FIELD(attributed, reversed_fee_fen, FIELD_FEN),
    FIELD(attributed, reversed_freight_fen, FIELD_FEN),
    SIGNED_FEN(attributed, charged_fen),
    FIELD(attributed, due_is_settled, FIELD_BOOL),
    FIELDS_END,
};
const struct field line_refund_fields[] = {
    FIELD(line_refund, order_line_id, FIELD_UUID),   FIELD(line_refund, served_packs, FIELD_COUNT),
    FIELD(line_refund, refunded_packs, FIELD_COUNT), FIELD(line_refund, refunded_fen, FIELD_FEN),
    FIELD(line_refund, spared_fen, FIELD_FEN),       FIELDS_END,
};
