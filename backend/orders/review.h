/* Inside orders: a review begins with the line it was bought on; catalog keeps it. */
#ifndef ORDERS_REVIEW_H
#define ORDERS_REVIEW_H

#include "base.h"

struct review_facts {
    uuid order_line_id, shop_id;
    text bought, author, photos;
};
struct review_plan {
    county_id review_id;
    uuid order_line_id, shop_id;
    text bought, author_masked, photos;
    int64_t version;
};
extern const struct field review_facts_fields[], review_plan_fields[], review_answer_fields[];
decide_function review_decide, review_photos_prepare, return_photos_prepare;

#endif
