/* Inside demo: rows on their way into the database, one COPY stream a table, all committed together at the end. */
#ifndef DEMO_SINK_H
#define DEMO_SINK_H

#include "base.h"

/* clang-format off */
#define DEMO_TABLES(X) /* enum, table, columns */ \
    X(ACCOUNTS, "accounts", "id, login, display_name, password_hash, consent_version, consented_at, created_at") \
    X(ROLE_GRANTS, "role_grants", "account_id, id, role, area_code, organisation_county, organisation_id, valid_from, granted_at") \
    X(ADDRESSES, "addresses", "buyer_id, id, recipient, phone, area_code, street, created_at") \
    X(STATIONS, "stations", "county, id, area_code, name, services, state, opened_on, proposed_by, decided_by, created_at") \
    X(SHOPS, "shops", "county, id, station_id, area_code, name, story, platform_fee_ppm, state, proposed_by, decided_by, created_at") \
    X(FREIGHT_RULES, "freight_rules", "county, shop_id, destination, first_g, first_fen, further_g, further_fen, delivered") \
    X(HOUSEHOLDS, "households", "county, id, area_code, card_number, head_name_masked, head_name_sealed, phone_masked, phone_sealed, " \
      "phone_tail, payee_bank, payee_account_masked, payee_account_sealed, cause, degree, land_mu_hundredths, helper_account_id, " \
      "consent_on, created_at") \
    X(MEMBERS, "members", "county, id, household_id, relation, name_masked, name_sealed, id_number_masked, id_number_sealed, " \
      "id_number_index, birth_on, sex, work_ability, disabled, minority, resident, valid_from") \
    X(HOLDERS, "id_number_holders", "id_number_index, county, member_id") \
    X(STATUSES, "household_statuses", "county, id, household_id, status, valid, known, reason, source, recorded_by, origin") \
    X(HELPERS, "household_helpers", "county, id, household_id, account_id, valid, entered_by, entered_at") \
    X(BASELINES, "income_baselines", "county, id, household_id, year, kind, category_code, amount_fen, concept, method, full_survey, " \
      "source, collected_on") \
    X(COSTS, "household_costs", "county, id, household_id, category_code, year, amount_fen, produced_qty, evidence, document, " \
      "recorded_by, recorded_at") \
    X(CAPACITIES, "household_capacities", "county, household_id, category_code, year, produce_qty_max, basis") \
    X(LINES_OF_POVERTY, "poverty_lines", "area_code, year, name, price_basis_year, concept, amount_fen, source, recorded_at") \
    X(NORMS, "cost_norms", "area_code, category_code, year, amount_fen, per_qty, source, entered_by, entered_at") \
    X(TARGETS, "targets", "area_code, id, indicator, part, year, base_year, value, source, entered_by, entered_at") \
    X(PLANS, "sales_plans", "county, id, area_code, year, months_fen, source, entered_by, entered_at") \
    X(SUPPLIERS, "suppliers", "county, id, kind, household_id, area_code, name, payee_bank, payee_account_masked, " \
      "payee_account_sealed, name_index, state, proposed_by, decided_by, created_at") \
    X(RULES, "distribution_rules", "county, supplier_id, version, purpose, kind, retain_ppm, steps, valid_from, words, proposed_by, decided_by, " \
      "decided_at") \
    X(DISTRIBUTIONS, "distributions", "county, id, supplier_id, rule_version, purpose, income_kind, title, from_on, to_on, source, pool_fen, " \
      "income_fen, organisation_fen, villages_fen, households_fen, households_count, steps, explanation, proposed_by, proposed_at") \
    X(DISTRIBUTION_LINES, "distribution_lines", "county, distribution_id, position, payee_kind, payee_id, area_code, shares, received_fen, " \
      "amount_fen, parts") \
    X(MEMBERSHIPS, "memberships", "county, supplier_id, household_id, valid_from, shares") \
    X(AGREEMENTS, "link_agreements", "county, id, household_id, counterparty_kind, counterparty_id, mode, price_rule, " \
      "floor_price_fen, share_ppm, signed_at, valid_from, state, proposed_by, decided_by, decided_at") \
    X(FINDINGS, "findings", "county, id, class, rule, area_code, subject_kind, subject_id, blocks_counting, detail, due_on, opened_at") \
    X(PRODUCTS, "products", "county, id, shop_id, handle, category_code, name, description, base_unit, gross_weight_ppm, words, state, " \
      "proposed_by, decided_by, created_at") \
    X(STOCKS, "stocks", "county, product_id, grade, place_id, on_hand_qty") \
    X(LOTS, "lots", "county, id, shop_id, product_id, place_id, grade, harvested_on, expires_on, taken_in_at, taken_in_qty, sold_qty, " \
      "withdrawn_qty, inspection, inspected_by, inspected_at, inspection_note, certificate, expired, slip_id, trace_code, taken_in_by") \
    X(TRACE_CODES, "trace_codes", "code, county, lot_id") \
    X(CONTRIBUTIONS, "contributions", "county, id, lot_id, supplier_id, household_id, position, quantity_qty, mode, price_rule, " \
      "farm_gate_price_fen, price_qty, share_ppm, agreement_id, agreement_version, evidence, delivered_on") \
    X(CONTRIBUTION_BALANCES, "contribution_balances", "county, contribution_id, lot_id, left_qty") \
    X(STOCK_MOVES, "stock_moves", "county, id, lot_id, kind, quantity_qty, reason, made_by, made_at") \
    X(OFFERS, "offers", "county, id, shop_id, product_id, grade, place_id, sku, name, pack_qty, price_fen, packs_per_buyer_max, created_at") \
    X(PURCHASES, "purchases", "buyer_id, id, state, total_fen, counties, created_at, deadline_at, paid_at, ended_at") \
    X(ORDERS, "orders", "county, id, buyer_id, purchase_id, shop_id, state, goods_fen, freight_fen, refunded_fen, recipient, phone, " \
      "destination_code, street, created_at, paid_at, paid_on, shipped_at, carrier, waybill, received_at, received_by, closed_at, " \
      "packed_at") \
    X(ORDER_LINES, "order_lines", "county, id, order_id, position, offer_id, product_id, grade, place_id, name, packs, pack_qty, " \
      "price_fen, line_gross_fen, platform_fee_ppm, served_packs, refunded_packs, refunded_fen, spared_fen") \
    X(RETURNS, "returns", "county, id, order_id, order_line_id, packs, refund_fen, cause, words, state, requested_by, requested_at, " \
      "decided_by, decided_at, answer") \
    X(REVIEWS, "reviews", "county, id, product_id, shop_id, order_id, order_line_id, author_id, author_masked, bought, rating, words, " \
      "created_at, reply, replied_at") \
    X(PRODUCT_RATINGS, "product_ratings", "county, product_id, reviews_count, rating_sum") \
    X(PAYMENTS, "payments", "provider, reference, buyer_id, purchase_id, amount_fen, state, created_at, confirmed_at") \
    X(PROVIDER_TRANSACTIONS, "provider_transactions", "provider, transaction_id, reference, kind, amount_fen, result, happened_at, " \
      "received_at") \
    X(REFUNDS, "refunds", "provider, reference, payment_reference, county, order_id, amount_fen, cause, state, instructed_at, done_at") \
    X(TRANSFERS, "transfers", "county, id, kind, reference, posted_at, business_day, made_by") \
    X(ENTRIES, "entries", "county, transfer_id, position, debit_kind, debit_holder, credit_kind, credit_holder, amount_fen") \
    X(BALANCES, "balances", "county, kind, holder_id, balance_fen") \
    X(ALLOCATIONS, "allocations", "county, id, order_id, order_line_id, lot_id, contribution_id, quantity_qty, allocated_at") \
    X(ATTRIBUTIONS, "attributions", "county, id, kind, order_id, order_line_id, allocation_id, contribution_id, supplier_id, " \
      "household_id, shop_id, product_id, area_code, quantity_qty, gross_fen, due_fen, fee_fen, freight_fen, margin_fen, " \
      "goods_cost_fen, charged_fen, counted, reason, status, mode, agreement_id, agreement_version, rule_version, reverses_id, " \
      "business_day, posted_at") \
    X(DUES, "dues", "county, id, payee_kind, payee_id, source_kind, order_id, attribution_id, lot_id, amount_fen, state, expected_on, " \
      "payable_at, payout_item_id, paid_at, answered_at") \
    X(PUBLICITIES, "publicities", "county, id, kind, subject_kind, subject_id, area_code, title, content, starts_at, ends_at, " \
      "drafted_by, released_by, created_at") \
    X(BATCHES, "payout_batches", "county, id, title, state, total_fen, items_count, publicity_id, proposed_by, proposed_at, " \
      "approved_by, approved_at, paid_by, paid_at") \
    X(ITEMS, "payout_items", "county, id, batch_id, payee_kind, payee_id, payee_masked, account_masked, amount_fen, state, evidence, " \
      "result_on") \
    X(CASES, "cases", "county, id, kind, state, area_code, household_id, reason, about, payload, publicity_id, proposed_by, proposed_at, " \
      "decided_by, ended_at") \
    X(CASE_STEPS, "case_steps", "county, case_id, step, actor_id, at, accepted, note, votes_present, votes_for, evidence, publicity_id") \
    X(GUARANTEES, "case_guarantees", "county, case_id, guarantee, evidence, seen_on") \
    X(PASSES, "publicity_passes", "county, publicity_id, subject_id, ends_at, passed_at") \
    X(VILLAGE_STATUSES, "village_statuses", "county, id, area_code, status, valid, known, persons, poor_persons, case_id, publicity_id") \
    X(THRESHOLDS, "village_thresholds", "area_code, incidence_ppm, source, recorded_by, recorded_at") \
    X(PUBLICITY_RULES, "publicity_rules", "county, area_code, one_notice, source, set_by, set_at") \
    X(COMPLAINTS, "complaints", "county, id, number, code_hash, code_for, channel, category, about_level, area_code, words, received_at, " \
      "state, scope, sorted_by, sorted_at, sort_due_at, assigned_to, answer_due_at, referred_kind, referred_to, judgement, solved, " \
      "answer, answered_by, answered_at") \
    X(COMPLAINT_STEPS, "complaint_steps", "county, id, complaint_id, kind, at, actor_id, words, shown") \
    X(IMPORTS, "imports", "county, id, kind, file_name, file_hash, options, dry_run, only_clean, state, rows_read, rows_taken, report, " \
      "requested_by, requested_at, finished_at") \
    X(LOOK_BACKS, "look_backs", "county, id, title, source, rows_count, removed_count, added_count, proposed_by, proposed_at") \
    X(LOOK_BACK_ROWS, "look_back_rows", "county, look_back_id, household_id, status_before, status, valid_from, reason") \
    /* one more a line above */
/* clang-format on */
#define DEMO_TABLE_ENUM(name, table, columns) INTO_##name,
enum demo_table { DEMO_TABLES(DEMO_TABLE_ENUM) DEMO_TABLES_COUNT };
#undef DEMO_TABLE_ENUM

struct sink {
    struct arena *arena;   /* of the streams */
    struct arena *scratch; /* of the values of rows: whoever makes rows sets it, and frees it when he likes */
    const char *url;
    struct db *streams[DEMO_TABLES_COUNT]; /* opened by their first row */
    int64_t rows[DEMO_TABLES_COUNT];
    bool failed; /* rows after the first failure go nowhere */
};
void sink_add(struct sink *sink, enum demo_table table, const text *values, size_t count);
#define SINK_ADD(sink, table, ...)                                                                                     \
    sink_add(sink, table, (const text[]){__VA_ARGS__}, sizeof((const text[]){__VA_ARGS__}) / sizeof(text))
/* Ends every stream and commits; false when anything failed, and then nothing was kept. */
MUST_USE bool sink_commit(struct sink *sink);
void sink_close(struct sink *sink);

/* Values in PostgreSQL's words. Zero ids, instants and days are null. */
text of_id(const struct sink *sink, uuid id);
text of_count(const struct sink *sink, int64_t count);
text of_instant(const struct sink *sink, instant at);
text of_day(const struct sink *sink, calendar_day day);
text of_flag(bool flag);
text of_words(const struct sink *sink, const char *format, ...) PRINTF_LIKE(2, 3);
text of_none(void);

#endif
