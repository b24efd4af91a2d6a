/* Inside demo: the county world while it is made. What sales need stays in memory; rows leave through the sink. */
#ifndef DEMO_WORLD_H
#define DEMO_WORLD_H

#include "attribution.h"
#include "demo.h"
#include "demo/sink.h"

#define DEMO_SOURCE "演示数据 synthetic" /* stands in every record that could be taken for a real one */

enum {
    DEMO_COUNTIES_COUNT = 3,
    DEMO_GROUP_SHOPS = 5, /* shops whose goods meet in one cart; history is made a group at a time */
    DEMO_HISTORY_DAYS = 730,
    DEMO_MONTHS_MAX = 26,
    DEMO_STATUS_CHANGES_MAX = 3,
    DEMO_COOPERATIVE_MEMBERS_MAX = 6,
    DEMO_PRODUCTS_MAX = 8, /* of a shop */
    DEMO_OFFERS_MAX = 3,
    DEMO_LOTS_MAX = 12, /* of a product, with goods left */
    DEMO_MINUTE_US = 60 * 1000000,
};
#define DEMO_HOUR_US (INT64_C(60) * DEMO_MINUTE_US)
#define DEMO_DAY_US (INT64_C(24) * DEMO_HOUR_US)

struct village {
    text code, name, township;
};
struct demo_county {
    text code, name;
    struct village *villages;
    size_t villages_count;
};
struct status_change {
    calendar_day from;
    const char *status;
};
struct demo_household {
    uuid id, supplier_id;
    const struct demo_county *county;
    text area_code;
    struct status_change changes[DEMO_STATUS_CHANGES_MAX];
    size_t changes_count; /* 0: never registered */
    calendar_day finding_from;
    struct agreement with_shop, with_cooperative; /* zero id: none */
};
struct cooperative {
    uuid id;
    text area_code;
    struct demo_household *members[DEMO_COOPERATIVE_MEMBERS_MAX];
    int64_t shares[DEMO_COOPERATIVE_MEMBERS_MAX];
    size_t members_count;
};
struct goods; /* a kind of goods with its prices, goods.c */
struct demo_offer {
    uuid id;
    text name;
    qty pack_qty;
    money price_fen;
};
struct demo_lot {
    struct lot_left facts;
    instant taken_in_at;
    calendar_day harvested_on;
    qty taken_in_qty;
    const char *inspection;
};
struct demo_product {
    uuid id;
    text name;
    const struct goods *goods;
    struct demo_offer offers[DEMO_OFFERS_MAX];
    size_t offers_count;
    struct demo_lot lots[DEMO_LOTS_MAX];
    size_t lots_count;
    qty lot_qty; /* taken in at once */
    int64_t reviews_count, rating_sum;
};
struct demo_shop {
    uuid id, station_id, operator_id, other_supplier_id;
    const struct demo_county *county;
    const struct village *village;
    text name;
    int64_t platform_fee_ppm;
    struct demo_household *households;
    size_t households_count;
    struct cooperative cooperative;
    struct demo_product products[DEMO_PRODUCTS_MAX];
    size_t products_count;
};
struct staff {
    uuid administrator, first_officer, second_officer, finance, inspector, cadre, second_cadre, team, township;
};

/* An account of the ledger with what was paid out of it month by month. */
struct purse {
    const struct demo_county *county;
    struct account account;
    text label, account_masked; /* as a payout notice shows them */
    money balance_fen;
    money month_fen[DEMO_MONTHS_MAX];
};

struct world {
    struct arena *arena;
    struct sink sink;
    struct demo_size size;
    uint64_t seed, random, ids_made;
    int64_t members_made;
    calendar_day first_day, today;
    instant now; /* the end of history */
    int month_of[DEMO_HISTORY_DAYS + 1];
    calendar_day month_starts[DEMO_MONTHS_MAX + 1];
    int this_month;
    bool has_late_return; /* one sale comes back after its household was paid */
    struct demo_county counties[DEMO_COUNTIES_COUNT];
    struct demo_shop *shops;
    struct demo_household *households;
    uuid *buyers;
    struct staff staff;
    struct purse *purses;
    size_t purses_count, purses_room;
    uint32_t *purse_slots; /* open addressing, index + 1 */
    size_t purse_slots_count;
};

/* ---- world.c: chance, ids, days ---- */
int64_t world_below(struct world *world, int64_t bound); /* 0 … bound − 1 */
bool world_chance(struct world *world, int64_t percent);
uuid world_id(struct world *world, instant at);
instant day_at(calendar_day day, int64_t hour);
int world_month(const struct world *world, calendar_day day);
void world_calendar(struct world *world);

/* ---- names.c: people who do not exist ---- */
text synthetic_name(struct world *world);
/* A number GB 11643 accepts, born in Longnan's counties on a birthday. */
text synthetic_id_number(struct world *world, text county, calendar_day birthday, int64_t serial);
text synthetic_phone(struct world *world);
text synthetic_bank_card(struct world *world);

/* ---- goods.c ---- */
struct goods {
    const char *category, *name, *variety, *base_unit, *description;
    qty price_qty; /* what price_fen and farm_gate_fen are for */
    money price_fen, farm_gate_fen;
    const char *unit_name; /* of a pack: "500 克" */
    qty pack_qty;
    int64_t gross_weight_ppm;
    int64_t shelf_days;
    bool covered;
};
const struct goods *goods_at(size_t index); /* wraps around */

/* ---- registry.c: stations, shops, households, agreements ---- */
bool world_read_counties(struct world *world);
void world_make_shops(struct world *world);
void world_make_households(struct world *world);
/* A shop's cooperative: its rule of dividends, and one dividend that waits in the first of each county. */
void world_make_incomes(struct world *world, const struct demo_shop *shop, bool is_first_of_county);
const char *household_status(const struct demo_household *household, calendar_day day);
/* Of the first shop: whose passbook the demo's household opens, and who is asked for its word on an exit. */
const struct demo_household *household_with_login(const struct world *world);

/* ---- logins.c ---- */
void world_make_staff(struct world *world);
void world_make_logins(struct world *world); /* once shops, households and buyers are there */

/* ---- listing.c: products, offers, lots ---- */
void shop_list_products(struct world *world, struct demo_shop *shop);
/* Lots that hold `needed` on this day: takes goods in beforehand if there are not enough. */
void product_stock_up(struct world *world, struct demo_shop *shop, struct demo_product *product, qty needed,
                      instant at);
void product_close(struct world *world, struct demo_shop *shop, struct demo_product *product);
/* Suppliers of what lies in the lots, as they stand on the day. */
struct supplier *product_suppliers(const struct world *world, const struct demo_shop *shop,
                                   const struct demo_product *product, instant at, struct arena *arena, size_t *count);

/* ---- reviews.c ---- */
/* One line of an order that has come. */
struct demo_bought {
    const struct demo_shop *shop;
    struct demo_product *product;
    const struct demo_offer *offer;
    uuid order_id, line_id, buyer_id;
    text buyer_name;
    instant received_at;
};
void bought_review(struct world *world, const struct demo_bought *bought); /* some say something, most nothing */
void product_rate(struct world *world, const struct demo_shop *shop, const struct demo_product *product);

/* ---- sales.c ---- */
void group_sell(struct world *world, struct demo_shop *shops, size_t shops_count, int64_t lines);

/* ---- settle.c: ledger, purses, payouts ---- */
struct purse *purse_open(struct world *world, const struct demo_county *county, struct account account, text label,
                         text account_masked);
struct purse *purse_find(struct world *world, const struct demo_county *county, struct account account);
/* Writes a transfer and moves the purses; a plan without entries moves nothing. */
void transfer_post(struct world *world, const struct demo_county *county, const struct transfer_plan *plan, instant at);
/* Where a due stands today that became payable at `payable_at` (0: not yet), and the payment that settled it. */
struct settlement {
    const char *state;
    uuid item_id;
    instant paid_at, answered_at;
};
struct settlement due_settle(struct world *world, struct purse *purse, instant payable_at, money amount);
void world_pay_out(struct world *world);

/* ---- cases.c: changes of the register on their way ---- */
void world_make_cases(struct world *world);

/* ---- look_back.c: corrections that wait for a second officer ---- */
void world_make_look_back(struct world *world);

/* ---- complaints.c ---- */
#define DEMO_COMPLAINT_CODE "2016-2016-20" /* opens every complaint of the demo */
void world_complain(struct world *world);
text demo_complaint_number(struct arena *arena); /* of one that is being looked into */

/* ---- statements.c: once all is loaded and summed up ---- */
MUST_USE bool world_hand_in(struct world *world);

/* ---- bills.c: likewise ---- */
MUST_USE bool world_bill(struct world *world);

/* ---- webhooks.c ---- */
MUST_USE bool world_hook(struct world *world);

#endif
