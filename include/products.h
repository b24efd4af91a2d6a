/* products: what can be taken in and sold, and its stock per product, grade and place. */
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "base.h"

extern const struct route products_routes[];
extern const struct field
    product_propose_fields[]; /* of POST /shops/{shop_id}/products, and of each product of a file */

struct product_body {
    text handle, name, category_code, description;
    int64_t gross_weight_ppm;
};
struct product_facts {
    text base_unit, name;
    int64_t version;
};
struct product_plan {
    county_id product_id;
    text base_unit, words, state;
    int64_t version;
};
decide_function product_propose_decide, product_change_decide;

#endif
