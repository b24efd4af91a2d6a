/* The anatomy of a price: how one pack of each offer would split today. For this folder only. */
#ifndef ATTRIBUTION_ANATOMY_H
#define ATTRIBUTION_ANATOMY_H

#include "attribution.h"

struct offer_in_line {
    county_id offer_id;
    qty pack_qty;
    money price_fen;
    int64_t platform_fee_ppm;
    struct lot_left *lots; /* its own copy: each offer is served as if alone */
    size_t lots_count;
};
struct anatomy_facts {
    county_id product_id;
    struct offer_in_line *offers; /* only those that have goods in line */
    size_t offers_count;
    struct supplier *suppliers;
    size_t suppliers_count;
};
/* price = due + fee + shop freight + margin. */
struct offer_anatomy {
    county_id offer_id;
    money price_fen, due_fen, household_due_fen, fee_fen, shop_freight_fen, margin_fen;
    money guaranteed_minimum_fen; /* of the due: what the farm-gate price alone owes */
    money goods_cost_fen;         /* of bought goods: paid beforehand, inside the margin */
};
struct anatomy_plan {
    county_id product_id;
    struct offer_anatomy *offers;
    size_t offers_count;
};

decide_function anatomy_decide;

#endif
