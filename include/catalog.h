/* catalog: what is shown and sold: shops, products, offers, search. */
#ifndef CATALOG_H
#define CATALOG_H

#include "base.h"

extern const struct route catalog_routes[];
extern const struct job catalog_jobs[];

/* Turns the query field q into :words, all of which a product must have. */
decide_function catalog_search_prepare;
/* The same for what is suggested; no word, no suggestion. */
decide_function catalog_suggest_prepare;
decide_function catalog_photo_prepare, catalog_review_hide_prepare, catalog_review_show_prepare,
    catalog_review_delete_prepare;

#endif
