/* Small values with a unit in their type: money, quantities, instants, days, identifiers. All arithmetic is checked. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/text.h"

typedef int64_t money; /* fen, 1/100 yuan */
typedef int64_t qty;   /* base units of a product: g, ml or piece */

MUST_USE bool money_plus(money a, money b, money *sum);
MUST_USE bool money_minus(money a, money b, money *difference);
MUST_USE bool money_times(money price, int64_t count, money *total);
/* amount × numerator ÷ denominator over __int128, rounded half up (away from zero for negatives); false on overflow or denominator ≤ 0. */
MUST_USE bool money_ratio(money amount, int64_t numerator, int64_t denominator, money *part);
/* Largest remainder, ties to the lower index: parts[i] ≈ total × weights[i] ÷ Σ weights and Σ parts = total exactly.
   Weights ≥ 0, at least one > 0; total may be negative. Source: features.md §4.9. */
MUST_USE bool money_split(money total, const int64_t *weights, size_t count, money *parts);
text money_format_yuan(struct arena *arena, money fen); /* "1234.05" */

typedef int64_t instant;      /* microseconds since 1970-01-01T00:00:00Z */
typedef int32_t calendar_day; /* days since 1970-01-01 */
instant instant_now(void);
MUST_USE bool instant_parse(text rfc3339, instant *at); /* 2026-11-23T03:15:36.123Z or with an offset */
text instant_format(struct arena *arena, instant at);   /* RFC 3339, UTC, milliseconds */
calendar_day instant_business_day(instant at);          /* Asia/Shanghai, UTC+8 all year */
instant business_day_start(calendar_day day);
MUST_USE bool day_parse(text iso, calendar_day *day); /* 2026-11-23, a real date of 1900–2200 */
text day_format(struct arena *arena, calendar_day day);

typedef struct uuid {
    uint8_t bytes[16];
} uuid;
uuid uuid_new(instant at); /* version 7, time-ordered, random tail */
uuid uuid_nth(uuid base,
              uint32_t n); /* the n-th follower of a fresh uuid, for many rows of one request; n = 0 is base */
uuid uuid_from_seed(uint64_t seed, uint64_t n, instant at); /* deterministic version 7, for demo and tests */
MUST_USE bool uuid_parse(text hyphenated, uuid *id);
text uuid_format(struct arena *arena, uuid id);
PURE bool uuid_equal(uuid a, uuid b);
PURE int uuid_compare(uuid a, uuid b);
PURE bool uuid_is_zero(uuid id);

/* The public id of a county-owned row: "621202-018f2f6e-…". */
typedef struct county_id {
    char county[8]; /* six digits and a terminator */
    uuid id;
} county_id;
county_id county_id_of(text county, uuid id);
MUST_USE bool county_id_parse(text public_id, county_id *id);
text county_id_format(struct arena *arena, county_id id);
/* What SQL calls the county of such an id: "lot_id" → "lot_county", "id" → "county". Terminated. */
text county_id_half(struct arena *arena, text id_name);

void random_bytes(void *into, size_t count);
/* One 64-bit step of a seeded generator (splitmix64): demo and tests only, never secrets. */
uint64_t seeded_next(uint64_t *state);

#endif
