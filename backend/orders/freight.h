/* Inside orders: what a parcel costs by a shop's table. */
#ifndef ORDERS_FREIGHT_H
#define ORDERS_FREIGHT_H

#include "orders.h"

PURE bool county_id_equal(const county_id *a, const county_id *b);
/* The rule of this shop with the longest prefix of the destination; all given rules reach it. NULL: none. */
const struct freight_rule *freight_rule_find(const struct freight_rule *rules, size_t count, const county_id *shop_id);
/* Grams of parcel, rounded up; false when they don't fit. */
MUST_USE bool freight_weight(__int128 microgrammes, int64_t *weight_g);
MUST_USE bool freight_of_weight(const struct freight_rule *rule, int64_t weight_g, money *freight);

#endif
