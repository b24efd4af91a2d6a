/* bills: the payment provider's bill of each day against what it told us. What is not the same is a finding; nothing is set right by itself. */
#ifndef BILLS_H
#define BILLS_H

#include "base.h"

extern const struct route bills_routes[];

#endif
