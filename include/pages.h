/* pages: what the buyer's first pages say without scripts, to search engines, and where a link to them is shared. */
#ifndef PAGES_H
#define PAGES_H

#include "base.h"

extern const struct route pages_routes[];

#endif
