/* orders: cart, checkout, purchases, orders, shipping, returns; and the row that a payment provider calls back on. */
#ifndef ORDERS_H
#define ORDERS_H

#include "db.h"

extern const struct route orders_routes[];
extern const struct job orders_jobs[];

#endif
