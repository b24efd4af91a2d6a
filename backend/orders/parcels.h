/* Inside orders: several parcels at once, for pick lists, labels and waybills. */
#ifndef ORDERS_PARCELS_H
#define ORDERS_PARCELS_H

#include "base.h"

#define PARCELS_MAX 100 /* orders of one sheet */

/* Binds the query field `orders` ("id,id,…", all of the path's shop) as :order_ids; absent: all that wait. */
decide_function parcels_prepare;
extern const struct field parcels_query[], waybills_fields[];

#endif
