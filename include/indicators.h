/* indicators: the catalogue K01 … K50 and I1 … I23 with their figures. Money in fen, shares in parts of a million, months whole.
   A figure is measured from the books, recorded from outside with its source, or missing with the reason: never guessed, never nought. */
#ifndef INDICATORS_H
#define INDICATORS_H

#include "base.h"

enum { OUTSIDE_ITEMS_MAX = 500, INDICATOR_DAYS_MAX = 3700 };
#define OUTSIDE_VALUE_MAX INT64_C(1000000000000000000)

extern const struct route indicator_routes[];

#endif
