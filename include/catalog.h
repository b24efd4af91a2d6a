/* catalog: what is shown and sold: shops, products, offers, search. */
#ifndef CATALOG_H
#define CATALOG_H

#include "base.h"

extern const struct route catalog_routes[];

/* Turns the query field q into :words, all of which a product must have. */
decide_function catalog_search_prepare;

#endif
