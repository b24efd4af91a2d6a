/* demand: units that buy, their budgets, purchase lists and pledges, and what became of them. Orders are made by the one checkout. */
#ifndef DEMAND_H
#define DEMAND_H

#include "base.h"

extern const struct route demand_routes[];

#endif
