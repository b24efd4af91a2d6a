/* intake: lots, the contributions they are made of, inspection, stocktake, loss and withdrawal. */
#ifndef INTAKE_H
#define INTAKE_H

#include "db.h"

extern const struct route intake_routes[];
extern const struct job intake_jobs[];

/* What the slip says of one supplier's sack. Terms left out come from the link agreement in force. */
struct contribution_given {
    county_id supplier_id;
    qty quantity_qty;
    text mode, price_rule, evidence;
    money farm_gate_price_fen;
    qty price_qty;
    int64_t share_ppm;
};
struct take_in_body {
    county_id product_id;
    uuid slip_id, place_id;
    text grade, certificate;
    calendar_day harvested_on, expires_on;
    struct contribution_given *contributions;
    size_t contributions_count;
};
/* What the registry says of that supplier today. */
struct contribution_facts {
    int64_t position;
    bool known;
    uuid household_id, agreement_id;
    text area_code, price_rule;
    int64_t agreement_version;
    money floor_price_fen;
    qty price_qty, produce_qty_max, delivered_qty;
    int64_t share_ppm;
};
struct take_in_facts {
    uuid shop_station_id;
    text category_code, product_state, area_code;
    bool covered, place_open, slip_known;
    struct contribution_facts *contributions;
    size_t contributions_count;
};
struct contribution_plan {
    uuid contribution_id, supplier_id, household_id, agreement_id;
    int64_t position, agreement_version;
    qty quantity_qty, price_qty;
    text mode, price_rule, evidence;
    money farm_gate_price_fen;
    int64_t share_ppm;
};
struct finding_plan {
    text county, class, rule, area_code, subject_kind;
    uuid finding_id, subject_id;
    bool blocks_counting;
    text detail;
};
struct take_in_plan {
    county_id lot_id;
    uuid place_id;
    qty taken_in_qty;
    text trace_code;
    struct contribution_plan *contributions;
    size_t contributions_count;
    struct finding_plan *findings;
    size_t findings_count;
};
/* A lot with its contributions frozen; a contribution beyond what the household can produce is taken in and opens a finding. */
decide_function take_in_decide;

/* What products/adjust takes: goods that enter stock (positive) or leave it. */
struct stock_adjustment {
    text county, grade;
    uuid product_id, place_id;
    qty change_qty;
};

struct inspection_body {
    text result, note;
};
struct inspection_facts {
    text inspection, grade;
    uuid product_id, place_id;
    qty on_hand_qty;
    int64_t version;
    bool expired, own_entry;
};
struct inspection_plan {
    county_id lot_id;
    text inspection;
    qty on_hand_qty;
    int64_t lot_version, version;
    struct stock_adjustment *adjustments;
    size_t adjustments_count;
};
/* What passes enters stock, what is rejected is withdrawn; never by who took it in. */
decide_function inspection_decide;

struct balance_left {
    uuid contribution_id;
    qty left_qty, quantity_qty;
};
struct move_facts {
    uuid shop_id, product_id, place_id;
    text inspection, grade;
    bool expired;
    qty on_hand_qty, lost_qty;
    int64_t version;
    struct balance_left *balances;
    size_t balances_count;
};
struct move_body {
    text kind, reason;
    qty quantity_qty;
};
struct balance_taken {
    uuid contribution_id;
    qty left_qty, taken_qty;
};
struct move_plan {
    county_id lot_id;
    text kind;
    int64_t version;
    qty on_hand_qty, taken_qty, lost_qty, withdrawn_qty, left_after_qty;
    struct balance_taken *balances;
    size_t balances_count;
    struct stock_adjustment *adjustments;
    size_t adjustments_count;
};
/* Stocktake, loss or withdrawal: contributions give in proportion to what they have left; goods found again never exceed what was lost. */
decide_function lot_move_decide;

#endif
