/* impact: what sales did: reports with their evidence level, trace pages, public statistics. */
#ifndef IMPACT_H
#define IMPACT_H

#include "base.h"

extern const struct route impact_routes[];

#endif
