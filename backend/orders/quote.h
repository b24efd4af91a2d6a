/* Inside orders: what a cart would cost, shop by shop, with what keeps a line from being sold. */
#ifndef ORDERS_QUOTE_H
#define ORDERS_QUOTE_H

#include "orders.h"

struct quote_body {
    struct checkout_line *lines;
    size_t lines_count;
    text destination_code;
};
struct quote_facts {
    text destination_code;
    struct offered *offers;
    size_t offers_count;
    struct freight_rule *freights;
    size_t freights_count;
};
struct quote_line {
    county_id offer_id, product_id;
    text name, availability, problems;
    int64_t packs, available_packs; /* of no more than twenty is told how many, unless more were asked for */
    qty pack_qty;
    money price_fen, line_gross_fen;
};
struct quote_shop {
    county_id shop_id;
    text shop_name;
    struct quote_line *lines;
    size_t lines_count;
    money goods_fen; /* of lines that can be had */
    __int128 microgrammes;
    text freight_fen, freight_problem;
};
/* A line whose offer nobody knows. */
struct quote_lost {
    county_id offer_id;
    int64_t packs;
    text problems;
};
struct quote_plan {
    struct quote_shop *shops;
    size_t shops_count;
    struct quote_lost *lost;
    size_t lost_count;
    money goods_fen;
    text freight_fen, total_fen; /* null until every shop's freight is known */
};

decide_function quote_decide;
extern const struct field quote_body_fields[], quote_facts_fields[], quote_answer_fields[];

#endif
