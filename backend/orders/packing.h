/* Inside orders: packing, and the lists of orders that a packer asks about at once. */
#ifndef ORDERS_PACKING_H
#define ORDERS_PACKING_H

#include "base.h"

#define PARCELS_MAX 100 /* orders of one pick list, one sheet of labels */

extern const struct field pack_fields[], unpack_fields[];
decide_function pack_prepare, unpack_prepare;

#endif
