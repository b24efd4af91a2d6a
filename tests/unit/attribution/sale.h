/* Builders for attribution's tests: named ids, contributions, suppliers, and whole random sales from a seed. */
#ifndef SALE_H
#define SALE_H

#include "unit.h"
#include "attribution.h"

/* Builders override their own defaults on purpose. */
#ifdef __clang__
#pragma clang diagnostic ignored "-Winitializer-overrides"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#pragma GCC diagnostic ignored "-Woverride-init-side-effects"
#endif

#define SOLD_AT INT64_C(1767225600000000)
#define DELIVERED_ON ((calendar_day)20400)
#define DAYS_US(days) ((int64_t)(days)*86400 * 1000000)

uuid id_of(uint64_t n);
#define NEW_IDS ((struct id_run){.base = uuid_from_seed(9, 9, SOLD_AT)})

/* a_contribution(.left_qty = 500, .mode = TEXT("bought")): 1 kg by household 1 at 26.00 a kg unless said otherwise. */
#define a_contribution(...)                                                                                            \
    ((struct contribution_left){.contribution_id = id_of(101),                                                         \
                                .supplier_id = id_of(1),                                                               \
                                .position = 1,                                                                         \
                                .quantity_qty = 1000,                                                                  \
                                .left_qty = 1000,                                                                      \
                                .mode = TEXT("consigned"),                                                             \
                                .price_rule = TEXT("farm_gate"),                                                       \
                                .farm_gate_price_fen = 2600,                                                           \
                                .price_qty = 1000,                                                                     \
                                .delivered_on = DELIVERED_ON,                                                          \
                                __VA_ARGS__})
/* a_household(.status = TEXT("removed")): registered, agreement signed long before, unless said otherwise. */
#define a_household(...)                                                                                               \
    ((struct beneficiary){.household_id = id_of(1001),                                                                 \
                          .area_code = TEXT("621202100201"),                                                           \
                          .status = TEXT("registered"),                                                                \
                          .shares = 1,                                                                                 \
                          .agreements = &agreement_long_ago,                                                           \
                          .agreements_count = 1,                                                                       \
                          __VA_ARGS__})
extern struct agreement agreement_long_ago;
/* The supplier that is this household. */
struct supplier a_household_supplier(uint64_t n, struct beneficiary *household);

/* A random sale: some lines of one product, lots, suppliers of every kind. */
struct sale {
    struct paid_line *lines;
    struct lot_left *lots;
    struct supplier *suppliers;
    size_t lines_count, lots_count, suppliers_count;
};
void sale_random(struct arena *arena, uint64_t *state, struct sale *sale);
/* Allocated and attributed: all rows of all lines, one after another. */
struct served_line *sale_serve(struct arena *arena, struct sale *sale);
struct attribution *sale_attribute(struct arena *arena, const struct sale *sale, const struct served_line *served,
                                   size_t *count);

#endif
