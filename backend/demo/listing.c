/* What shops list and where it comes from: products with packs, lots of mixed suppliers, sold first-expired-first-out. */
#include "base/words.h"
#include "demo/world.h"

/* ---- Products and offers ---- */
static void offer_add(struct world *world, const struct demo_shop *shop, struct demo_product *product, int64_t packs,
                      int64_t off_percent, instant at)
{
    const struct goods *goods = product->goods;
    const struct sink *sink = &world->sink;
    struct demo_offer *offer = &product->offers[product->offers_count++];
    *offer = (struct demo_offer){
        .id = world_id(world, at),
        .name = packs == 1 ? text_from(goods->unit_name)
                           : text_format(world->arena, "%s × %lld", goods->unit_name, (long long)packs),
        .pack_qty = goods->pack_qty * packs,
    };
    offer->price_fen = goods->price_fen * offer->pack_qty / goods->price_qty * (100 - off_percent) / 100;
    text sku = of_words(sink, "%s%02zu-%lld", goods->category, shop->products_count, (long long)packs);
    SINK_ADD(&world->sink, INTO_OFFERS, shop->county->code, of_id(sink, offer->id), of_id(sink, shop->id),
             of_id(sink, product->id), TEXT("一级"), of_id(sink, shop->station_id), sku, offer->name,
             of_count(sink, offer->pack_qty), of_count(sink, offer->price_fen), of_count(sink, 50),
             of_instant(sink, at));
}

static void product_list(struct world *world, struct demo_shop *shop, const struct goods *goods)
{
    const struct sink *sink = &world->sink;
    struct demo_product *product = &shop->products[shop->products_count++];
    instant at = day_at(world->first_day - 20, 9) + (instant)shop->products_count * DEMO_MINUTE_US;
    product->goods = goods;
    product->id = world_id(world, at);
    product->name = text_format(world->arena, "%.*s%s", TEXT_ARGUMENTS(shop->village->township), goods->variety);
    text names[] = {product->name, text_from(goods->name), shop->village->name, shop->county->name};
    struct words words = words_of_listing(sink->scratch, names, sizeof names / sizeof *names);
    text handle = of_words(sink, "%s-%02zu", goods->category, shop->products_count);
    SINK_ADD(&world->sink, INTO_PRODUCTS, shop->county->code, of_id(sink, product->id), of_id(sink, shop->id), handle,
             text_from(goods->category), product->name, text_from(goods->description), text_from(goods->base_unit),
             of_count(sink, goods->gross_weight_ppm), words_to_array(sink->scratch, words), TEXT("approved"),
             of_id(sink, shop->operator_id), of_id(sink, world->staff.first_officer), of_instant(sink, at));
    offer_add(world, shop, product, 1, 0, at);
    offer_add(world, shop, product, 2, 4, at);
    if (world_chance(world, 50))
        offer_add(world, shop, product, 5, 10, at);
}

void shop_list_products(struct world *world, struct demo_shop *shop)
{
    size_t first = (size_t)(shop - world->shops), count = 4 + (size_t)world_below(world, DEMO_PRODUCTS_MAX - 4);
    for (size_t i = 0; i < count; i++)
        product_list(world, shop, goods_at(first + i));
}

/* ---- Lots ---- */
struct sack {
    uuid supplier_id;
    const struct demo_household *household; /* NULL: not a household's */
    int64_t weight;
};
struct slip {
    struct sack sacks[4];
    size_t sacks_count;
};

static const struct demo_household *some_household(struct world *world, const struct demo_shop *shop)
{
    return &shop->households[world_below(world, (int64_t)shop->households_count)];
}

static void slip_add(struct slip *slip, uuid supplier_id, const struct demo_household *household, int64_t weight)
{
    for (size_t i = 0; i < slip->sacks_count; i++)
        if (uuid_equal(slip->sacks[i].supplier_id, supplier_id))
            return;
    slip->sacks[slip->sacks_count++] = (struct sack){supplier_id, household, weight};
}

static void slip_add_household(struct world *world, const struct demo_shop *shop, struct slip *slip)
{
    const struct demo_household *household = some_household(world, shop);
    slip_add(slip, household->supplier_id, household, 1 + world_below(world, 5));
}

/* Most lots are one household's; some are mixed, some come over the cooperative, some hold goods that never count. */
static struct slip slip_choose(struct world *world, const struct demo_shop *shop)
{
    struct slip slip = {.sacks_count = 0};
    int64_t chance = world_below(world, 100);
    if (chance >= 62 && chance < 74)
        slip_add(&slip, shop->cooperative.id, NULL, 4);
    else
        slip_add_household(world, shop, &slip);
    if (chance >= 74)
        slip_add_household(world, shop, &slip);
    if (chance >= 88)
        slip_add_household(world, shop, &slip);
    if (chance >= 95)
        slip_add(&slip, shop->other_supplier_id, NULL, 3);
    return slip;
}

static const struct agreement *agreement_of_day(const struct demo_household *household, calendar_day day)
{
    bool in_force =
        household != NULL && !uuid_is_zero(household->with_shop.agreement_id) && household->with_shop.valid_from <= day;
    return in_force ? &household->with_shop : NULL;
}

static void terms_choose(struct world *world, const struct goods *goods, const struct sack *sack,
                         struct contribution_left *terms)
{
    int64_t chance = world_below(world, 100);
    bool by_share = chance >= 50 && chance < 60;
    terms->mode = sack->household != NULL && world_chance(world, 15) ? TEXT("bought") : TEXT("consigned");
    terms->price_rule = chance < 50 || text_equal(terms->mode, TEXT("bought")) ? TEXT("farm_gate")
                        : by_share                                             ? TEXT("share")
                                                                               : TEXT("larger_of");
    terms->farm_gate_price_fen = text_equal(terms->price_rule, TEXT("share")) ? 0 : goods->farm_gate_fen;
    terms->price_qty = goods->price_qty;
    terms->share_ppm = text_equal(terms->price_rule, TEXT("farm_gate")) ? 0 : 600000;
}

static void contribution_write(struct world *world, const struct demo_shop *shop, const struct demo_lot *lot,
                               const struct sack *sack, const struct contribution_left *contribution)
{
    const struct sink *sink = &world->sink;
    const struct agreement *agreement = agreement_of_day(sack->household, contribution->delivered_on);
    SINK_ADD(&world->sink, INTO_CONTRIBUTIONS, shop->county->code, of_id(sink, contribution->contribution_id),
             of_id(sink, lot->facts.lot_id), of_id(sink, contribution->supplier_id),
             sack->household == NULL ? TEXT_NONE : of_id(sink, sack->household->id),
             of_count(sink, contribution->position), of_count(sink, contribution->quantity_qty), contribution->mode,
             contribution->price_rule, of_count(sink, contribution->farm_gate_price_fen),
             of_count(sink, contribution->price_qty), of_count(sink, contribution->share_ppm),
             agreement == NULL ? TEXT_NONE : of_id(sink, agreement->agreement_id),
             agreement == NULL ? TEXT_NONE : of_count(sink, agreement->agreement_version), TEXT("过磅单"),
             of_day(sink, contribution->delivered_on));
}

/* Bought goods are owed once their lot passed; the shop pays for them some days later, but for the last ones it still owes. */
static void bought_post(struct world *world, const struct demo_shop *shop, const struct demo_lot *lot,
                        const struct sack *sack, const struct contribution_left *contribution, instant at)
{
    struct sink *sink = &world->sink;
    struct account payee = {ACCOUNT_HOUSEHOLD_PAYABLE, sack->household->id};
    struct ledger_due due = {.payee = payee};
    struct transfer_plan transfer;
    must(attribution_due(contribution, 0, contribution->quantity_qty, 0, &due.amount_fen) == PROBLEM_NONE);
    must(ledger_goods_bought(sink->scratch, world_id(world, at), lot->facts.lot_id, shop->id, &due, 1, &transfer) ==
         PROBLEM_NONE);
    transfer_post(world, shop->county, &transfer, at);
    struct settlement settled = due_settle(world, purse_find(world, shop->county, payee), at, due.amount_fen);
    SINK_ADD(sink, INTO_DUES, shop->county->code, of_id(sink, world_id(world, at)), TEXT("household"),
             of_id(sink, payee.holder), TEXT("bought"), of_none(), of_none(), of_id(sink, lot->facts.lot_id),
             of_count(sink, due.amount_fen), text_from(settled.state), of_day(sink, instant_business_day(at)),
             of_instant(sink, at), of_id(sink, settled.item_id), of_instant(sink, settled.paid_at),
             of_instant(sink, settled.answered_at));
    instant funded_at = at + 5 * DEMO_DAY_US;
    if (funded_at > world->now - 30 * DEMO_DAY_US)
        return;
    struct account owed = {ACCOUNT_GOODS_BOUGHT, shop->id};
    must(ledger_money_received(sink->scratch, world_id(world, funded_at), world_id(world, funded_at), owed,
                               due.amount_fen, &transfer) == PROBLEM_NONE);
    transfer_post(world, shop->county, &transfer, funded_at);
}

/* One lot may hold goods of several on own terms, but bought goods of one household only: one transfer a lot. */
static void lot_fill(struct world *world, const struct demo_shop *shop, const struct demo_product *product,
                     struct demo_lot *lot)
{
    struct slip slip = slip_choose(world, shop);
    int64_t weights[4];
    qty parts[4];
    for (size_t i = 0; i < slip.sacks_count; i++)
        weights[i] = slip.sacks[i].weight;
    must(money_split(lot->taken_in_qty, weights, slip.sacks_count, parts));
    lot->facts.contributions = arena_alloc_items(world->arena, slip.sacks_count, sizeof *lot->facts.contributions);
    lot->facts.contributions_count = slip.sacks_count;
    /* Goods of the last weeks are on consignment: what the shop owes for bought ones would hide what was sold. */
    bool has_bought = lot->taken_in_at > world->now - 45 * DEMO_DAY_US;
    for (size_t i = 0; i < slip.sacks_count; i++) {
        struct contribution_left *contribution = &lot->facts.contributions[i];
        *contribution = (struct contribution_left){
            .contribution_id = world_id(world, lot->taken_in_at),
            .supplier_id = slip.sacks[i].supplier_id,
            .position = (int64_t)i + 1,
            .quantity_qty = parts[i],
            .left_qty = parts[i],
            .delivered_on = instant_business_day(lot->taken_in_at),
        };
        terms_choose(world, product->goods, &slip.sacks[i], contribution);
        bool bought = text_equal(contribution->mode, TEXT("bought"));
        if (bought && has_bought)
            contribution->mode = TEXT("consigned");
        else if (bought)
            bought_post(world, shop, lot, &slip.sacks[i], contribution, lot->taken_in_at + 5 * DEMO_HOUR_US);
        has_bought = has_bought || bought;
        contribution_write(world, shop, lot, &slip.sacks[i], contribution);
    }
}

static text trace_code(struct world *world)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    uint64_t bits = seeded_next(&world->random);
    char code[13];
    for (size_t i = 0; i < sizeof code; i++, bits >>= 5)
        code[i] = alphabet[bits % 32];
    return text_copy(world->sink.scratch, (text){code, sizeof code});
}

static instant inspected_at(const struct demo_lot *lot)
{
    return lot->taken_in_at + 5 * DEMO_HOUR_US;
}

static text inspection_note(bool passed)
{
    return passed ? TEXT("感官和水分合格") : TEXT("水分超标，退回");
}

static void lot_row(struct world *world, const struct demo_shop *shop, const struct demo_product *product,
                    const struct demo_lot *lot, text code, qty left, bool expired)
{
    struct sink *sink = &world->sink;
    bool passed = strcmp(lot->inspection, "passed") == 0, waiting = strcmp(lot->inspection, "waiting") == 0;
    qty gone = lot->taken_in_qty - left;
    SINK_ADD(sink, INTO_LOTS, shop->county->code, of_id(sink, lot->facts.lot_id), of_id(sink, shop->id),
             of_id(sink, product->id), of_id(sink, shop->station_id), TEXT("一级"), of_day(sink, lot->harvested_on),
             of_day(sink, lot->facts.expires_on), of_instant(sink, lot->taken_in_at), of_count(sink, lot->taken_in_qty),
             of_count(sink, passed ? gone : 0), of_count(sink, passed ? 0 : gone), text_from(lot->inspection),
             waiting ? TEXT_NONE : of_id(sink, world->staff.inspector),
             waiting ? TEXT_NONE : of_instant(sink, inspected_at(lot)), waiting ? TEXT_NONE : inspection_note(passed),
             product->goods->covered ? of_words(sink, "CN-DEMO-%.*s", TEXT_ARGUMENTS(code)) : TEXT_NONE,
             of_flag(expired), of_id(sink, world_id(world, lot->taken_in_at)), code, of_id(sink, shop->operator_id));
}

static void move_write(struct world *world, const struct demo_shop *shop, const struct demo_lot *lot, const char *kind,
                       qty quantity, text reason, uuid made_by, instant at)
{
    struct sink *sink = &world->sink;
    SINK_ADD(sink, INTO_STOCK_MOVES, shop->county->code, of_id(sink, world_id(world, at)),
             of_id(sink, lot->facts.lot_id), text_from(kind), of_count(sink, quantity), reason, of_id(sink, made_by),
             of_instant(sink, at));
}

static void lot_write(struct world *world, const struct demo_shop *shop, const struct demo_product *product,
                      const struct demo_lot *lot, bool expired)
{
    struct sink *sink = &world->sink;
    text county = shop->county->code, id = of_id(sink, lot->facts.lot_id), code = trace_code(world);
    bool rejected = strcmp(lot->inspection, "rejected") == 0, waiting = strcmp(lot->inspection, "waiting") == 0;
    qty left = 0;
    for (size_t i = 0; i < lot->facts.contributions_count; i++) {
        const struct contribution_left *contribution = &lot->facts.contributions[i];
        qty of_contribution = rejected ? 0 : contribution->left_qty;
        left += of_contribution;
        SINK_ADD(sink, INTO_CONTRIBUTION_BALANCES, county, of_id(sink, contribution->contribution_id), id,
                 of_count(sink, of_contribution));
    }
    lot_row(world, shop, product, lot, code, left, expired);
    SINK_ADD(sink, INTO_TRACE_CODES, code, county, id);
    if (!waiting)
        move_write(world, shop, lot, rejected ? "withdrawal" : "passed", lot->taken_in_qty, inspection_note(!rejected),
                   world->staff.inspector, inspected_at(lot));
    if (expired && left > 0)
        move_write(world, shop, lot, "expiry", left, TEXT("expired"), (uuid){0}, day_at(lot->facts.expires_on, 0));
}

static struct demo_lot lot_make(struct world *world, const struct demo_shop *shop, const struct demo_product *product,
                                qty wanted, const char *inspection, instant at)
{
    calendar_day day = instant_business_day(at);
    struct demo_lot lot = {
        .facts = {.lot_id = world_id(world, at), .expires_on = day + (calendar_day)product->goods->shelf_days},
        .taken_in_at = at,
        .harvested_on = day - 1 - (calendar_day)world_below(world, 5),
        .taken_in_qty = wanted > product->lot_qty ? wanted : product->lot_qty,
        .inspection = inspection,
    };
    lot_fill(world, shop, product, &lot);
    return lot;
}

static void lot_take_in(struct world *world, const struct demo_shop *shop, struct demo_product *product, qty wanted,
                        instant at)
{
    must(product->lots_count < DEMO_LOTS_MAX);
    product->lots[product->lots_count++] = lot_make(world, shop, product, wanted, "passed", at);
}

/* Something for the inspector to look at, and something he sent back. */
static void lots_not_passed(struct world *world, const struct demo_shop *shop, const struct demo_product *product)
{
    static const struct {
        const char *inspection;
        int64_t percent;
        instant before_us;
    } kinds[] = {{"waiting", 10, DEMO_HOUR_US * 30}, {"rejected", 5, DEMO_DAY_US * 20}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (world_chance(world, kinds[i].percent)) {
            struct demo_lot lot =
                lot_make(world, shop, product, 0, kinds[i].inspection, world->now - kinds[i].before_us);
            lot_write(world, shop, product, &lot, lot.facts.expires_on <= world->today);
        }
}

static qty lot_left(const struct demo_lot *lot)
{
    qty left = 0;
    for (size_t i = 0; i < lot->facts.contributions_count; i++)
        left += lot->facts.contributions[i].left_qty;
    return left;
}

/* Lots that are sold out or out of date are written and forgotten. */
static qty lots_sort_out(struct world *world, const struct demo_shop *shop, struct demo_product *product,
                         calendar_day day)
{
    qty left = 0;
    size_t kept = 0;
    for (size_t i = 0; i < product->lots_count; i++) {
        struct demo_lot lot = product->lots[i];
        bool expired = lot.facts.expires_on <= day;
        qty of_lot = lot_left(&lot);
        if (expired || of_lot == 0) {
            lot_write(world, shop, product, &lot, lot.facts.expires_on <= world->today);
            continue;
        }
        left += of_lot;
        product->lots[kept++] = lot;
    }
    product->lots_count = kept;
    return left;
}

void product_stock_up(struct world *world, struct demo_shop *shop, struct demo_product *product, qty needed, instant at)
{
    qty left = lots_sort_out(world, shop, product, instant_business_day(at));
    if (left < needed)
        lot_take_in(world, shop, product, needed - left, at - DEMO_DAY_US - DEMO_HOUR_US * (1 + world_below(world, 6)));
}

/* The first shop has something to look after: goods about to expire, and a shelf that runs low. */
static bool is_expiring(const struct world *world, const struct demo_shop *shop, const struct demo_product *product)
{
    return shop == &world->shops[0] && product == &shop->products[0] && product->goods->shelf_days > 30;
}

static bool is_scarce(const struct world *world, const struct demo_shop *shop, const struct demo_product *product)
{
    return shop == &world->shops[0] && product == &shop->products[1];
}

/* Everything listed can be bought today. */
void product_close(struct world *world, struct demo_shop *shop, struct demo_product *product)
{
    struct sink *sink = &world->sink;
    qty fresh = 0, left = 0;
    lots_not_passed(world, shop, product);
    (void)lots_sort_out(world, shop, product, world->today);
    for (size_t i = 0; i < product->lots_count; i++)
        fresh += product->lots[i].facts.expires_on > world->today + 7 ? lot_left(&product->lots[i]) : 0;
    if (fresh < product->goods->pack_qty * 100)
        lot_take_in(world, shop, product, is_scarce(world, shop, product) ? 0 : product->goods->pack_qty * 200,
                    world->now - 2 * DEMO_DAY_US);
    if (is_expiring(world, shop, product))
        lot_take_in(world, shop, product, 0, world->now - (product->goods->shelf_days - 6) * DEMO_DAY_US);
    for (size_t i = 0; i < product->lots_count; i++) {
        left += lot_left(&product->lots[i]);
        lot_write(world, shop, product, &product->lots[i], false);
    }
    product_rate(world, shop, product);
    SINK_ADD(sink, INTO_STOCKS, shop->county->code, of_id(sink, product->id), TEXT("一级"),
             of_id(sink, shop->station_id), of_count(sink, left));
}

/* ---- Who shares in what lies in the lots ---- */
static struct beneficiary beneficiary_of(const struct demo_household *household, int64_t shares, instant at,
                                         struct arena *arena)
{
    calendar_day day = instant_business_day(at);
    struct beneficiary beneficiary = {
        .household_id = household->id,
        .area_code = household->area_code,
        .status = text_from(household_status(household, day)),
        .shares = shares,
        .open_finding = household->finding_from != 0 && household->finding_from <= day,
        .agreements = arena_alloc_items(arena, 2, sizeof *beneficiary.agreements),
    };
    const struct agreement *both[] = {&household->with_shop, &household->with_cooperative};
    for (size_t i = 0; i < 2; i++)
        if (!uuid_is_zero(both[i]->agreement_id))
            beneficiary.agreements[beneficiary.agreements_count++] = *both[i];
    return beneficiary;
}

static struct supplier supplier_of_cooperative(const struct demo_shop *shop, instant at, struct arena *arena)
{
    const struct cooperative *cooperative = &shop->cooperative;
    struct supplier supplier = {
        .supplier_id = cooperative->id,
        .kind = TEXT("cooperative"),
        .area_code = cooperative->area_code,
        .rule_kind = TEXT("shares"),
        .retain_ppm = 100000,
        .rule_version = 1,
        .beneficiaries = arena_alloc_items(arena, cooperative->members_count, sizeof *supplier.beneficiaries),
        .beneficiaries_count = cooperative->members_count,
    };
    for (size_t i = 0; i < cooperative->members_count; i++)
        supplier.beneficiaries[i] = beneficiary_of(cooperative->members[i], cooperative->shares[i], at, arena);
    return supplier;
}

static struct supplier supplier_of(const struct demo_shop *shop, uuid supplier_id, instant at, struct arena *arena)
{
    if (uuid_equal(supplier_id, shop->cooperative.id))
        return supplier_of_cooperative(shop, at, arena);
    for (size_t i = 0; i < shop->households_count; i++) {
        const struct demo_household *household = &shop->households[i];
        if (!uuid_equal(household->supplier_id, supplier_id))
            continue;
        struct supplier supplier = {
            .supplier_id = supplier_id, .kind = TEXT("household"), .area_code = household->area_code};
        supplier.beneficiaries = arena_alloc(arena, sizeof *supplier.beneficiaries);
        supplier.beneficiaries[0] = beneficiary_of(household, 1, at, arena);
        supplier.beneficiaries_count = 1;
        return supplier;
    }
    return (struct supplier){.supplier_id = supplier_id, .kind = TEXT("other"), .area_code = shop->village->code};
}

struct supplier *product_suppliers(const struct world *world, const struct demo_shop *shop,
                                   const struct demo_product *product, instant at, struct arena *arena, size_t *count)
{
    size_t room = 0;
    (void)world;
    *count = 0;
    for (size_t i = 0; i < product->lots_count; i++)
        room += product->lots[i].facts.contributions_count;
    struct supplier *suppliers = arena_alloc_items(arena, room, sizeof *suppliers);
    for (size_t i = 0; i < product->lots_count; i++)
        for (size_t c = 0; c < product->lots[i].facts.contributions_count; c++) {
            uuid id = product->lots[i].facts.contributions[c].supplier_id;
            size_t known = 0;
            while (known < *count && !uuid_equal(suppliers[known].supplier_id, id))
                known++;
            if (known == *count)
                suppliers[(*count)++] = supplier_of(shop, id, at, arena);
        }
    return suppliers;
}
