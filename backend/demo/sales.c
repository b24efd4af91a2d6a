/* Two years of purchases of a few shops in time order. Each is paid through the very decision that production takes on a callback;
   refunds and releases go through attribution and ledger as well. Writes what those planned. */
#include "demo/world.h"
#include "orders/callback.h"

enum { CART_SHOPS_MAX = 2, CART_GOODS_MAX = 3, SCRATCH_PERCENT = 5 };

struct cart_line {
    struct demo_product *product;
    const struct demo_offer *offer;
    int64_t packs;
    uuid line_id;
    money gross_fen;
    int64_t refunded_packs;
    money refunded_fen, spared_fen;
};
/* One shop's order from checkout to the end of its return window. */
struct sale {
    struct demo_shop *shop;
    uuid order_id;
    struct cart_line lines[CART_GOODS_MAX];
    size_t lines_count;
    money goods_fen, freight_fen, refunded_fen;
    const char *state;
    instant paid_at, packed_at, shipped_at, received_at, refunded_at, closed_at; /* 0: not yet, or never */
    struct attribution *rows;                                                    /* sales, then refunds */
    size_t rows_count;
    size_t refunded_line; /* with refunded_at */
    bool returned_late;   /* refunded after its dues were paid */
};
/* What has become of an order of the last days, in the first shop. */
struct fresh {
    int64_t hours_ago;
    const char *state;
    bool packed, returning;
};
struct cart {
    const struct fresh *fresh; /* NULL: as chance will have it */
    struct world *world;
    struct arena *arena;
    uuid buyer_id, purchase_id, payment_id;
    instant placed_at;
    bool cancelled;
    text recipient, phone;
    const struct destination *destination;
    struct sale sales[CART_SHOPS_MAX];
    size_t sales_count;
    money total_fen;
    struct money_plan plan;
};
struct destination {
    const char *code, *street;
};

/* ---- Checkout ---- */
static const struct destination *destination_choose(struct world *world)
{
    static const struct destination all[] = {
        {"110105", "北京市朝阳区演示路 1 号"}, {"310104", "上海市徐汇区演示路 2 号"},
        {"440106", "广州市天河区演示路 3 号"}, {"330106", "杭州市西湖区演示路 4 号"},
        {"510107", "成都市武侯区演示路 5 号"}, {"610113", "西安市雁塔区演示路 6 号"},
        {"620102", "兰州市城关区演示路 7 号"}, {"370202", "青岛市市南区演示路 8 号"},
        {"420106", "武汉市武昌区演示路 9 号"},
    };
    return &all[world_below(world, sizeof all / sizeof *all)];
}

static money sale_freight(const struct sale *sale, const struct destination *destination)
{
    bool near = destination->code[0] == '6' && destination->code[1] == '2';
    __int128 microgrammes = 0;
    for (size_t i = 0; i < sale->lines_count; i++)
        microgrammes += (__int128)sale->lines[i].offer->pack_qty * sale->lines[i].packs *
                        sale->lines[i].product->goods->gross_weight_ppm;
    int64_t grammes = (int64_t)((microgrammes + 999999) / 1000000), over = grammes > 1000 ? grammes - 1000 : 0;
    return (near ? 500 : 800) + (over + 999) / 1000 * (near ? 150 : 300);
}

static void sale_place(struct cart *cart, struct sale *sale, struct demo_shop *shop)
{
    struct world *world = cart->world;
    size_t first = (size_t)world_below(world, (int64_t)shop->products_count),
           wanted = 1 + (size_t)world_below(world, CART_GOODS_MAX);
    *sale = (struct sale){.shop = shop, .order_id = world_id(world, cart->placed_at), .state = "paid"};
    for (size_t i = 0; i < wanted && i < shop->products_count; i++) {
        struct cart_line *line = &sale->lines[sale->lines_count++];
        line->product = &shop->products[(first + i) % shop->products_count];
        line->offer = &line->product->offers[world_below(world, (int64_t)line->product->offers_count)];
        line->packs = 1 + world_below(world, 3) / 2;
        line->line_id = world_id(world, cart->placed_at);
        line->gross_fen = line->packs * line->offer->price_fen;
        sale->goods_fen += line->gross_fen;
        if (!cart->cancelled)
            product_stock_up(world, shop, line->product, line->packs * line->offer->pack_qty, cart->placed_at);
    }
    sale->freight_fen = sale_freight(sale, cart->destination);
    cart->total_fen += sale->goods_fen + sale->freight_fen;
}

/* ---- Payment ---- */
static struct paid_goods goods_facts(const struct cart *cart, const struct sale *sale, const struct cart_line *line)
{
    const struct demo_product *product = line->product;
    struct paid_goods goods = {.product_id = product->id, .place_id = sale->shop->station_id, .grade = TEXT("一级")};
    goods.lines = arena_alloc(cart->arena, sizeof *goods.lines);
    goods.lines_count = 1;
    goods.lines[0] = (struct paid_line){
        .order_line_id = line->line_id,
        .packs = line->packs,
        .pack_qty = line->offer->pack_qty,
        .line_gross_fen = line->gross_fen,
        .platform_fee_ppm = sale->shop->platform_fee_ppm,
    };
    goods.lots = arena_alloc_items(cart->arena, product->lots_count, sizeof *goods.lots);
    goods.lots_count = product->lots_count;
    for (size_t i = 0; i < product->lots_count; i++)
        goods.lots[i] = product->lots[i].facts;
    goods.suppliers =
        product_suppliers(cart->world, sale->shop, product, sale->paid_at, cart->arena, &goods.suppliers_count);
    return goods;
}

static struct paying_order order_facts(const struct cart *cart, const struct sale *sale)
{
    struct paying_order order = {
        .order_id = county_id_of(sale->shop->county->code, sale->order_id),
        .shop_id = sale->shop->id,
        .area_code = sale->shop->village->code,
        .goods_fen = sale->goods_fen,
        .freight_fen = sale->freight_fen,
        .goods = arena_alloc_items(cart->arena, sale->lines_count, sizeof *order.goods),
        .goods_count = sale->lines_count,
    };
    for (size_t i = 0; i < sale->lines_count; i++)
        order.goods[i] = goods_facts(cart, sale, &sale->lines[i]);
    return order;
}

static text provider_parameter(const struct request *request, const char *name)
{
    (void)request;
    return strcmp(name, "provider") == 0 ? TEXT("simulator") : TEXT_NONE;
}

static void cart_pay(struct cart *cart, instant paid_at)
{
    struct paying_order *orders = arena_alloc_items(cart->arena, cart->sales_count, sizeof *orders);
    for (size_t i = 0; i < cart->sales_count; i++) {
        cart->sales[i].paid_at = paid_at;
        orders[i] = order_facts(cart, &cart->sales[i]);
    }
    struct callback_facts facts = {
        .payment_state = TEXT("waiting"),
        .purchase_state = TEXT("awaiting_payment"),
        .asked_fen = cart->total_fen,
        .buyer_id = cart->buyer_id,
        .purchase_id = cart->purchase_id,
        .orders = orders,
        .orders_count = cart->sales_count,
    };
    struct payment_notice notice = {
        .reference = uuid_format(cart->arena, cart->payment_id),
        .transaction_id = uuid_format(cart->arena, world_id(cart->world, paid_at)),
        .outcome = TEXT("succeeded"),
        .amount_fen = cart->total_fen,
        .happened_at = paid_at,
    };
    struct request request = {.arena = cart->arena,
                              .now = paid_at,
                              .new_id = world_id(cart->world, paid_at),
                              .body = &notice,
                              .parameter = provider_parameter};
    must(callback_decide(&request, &facts, &cart->plan, NULL) == PROBLEM_NONE && cart->plan.findings_count == 0);
}

/* ---- What the plan holds of one order ---- */
static void rows_append(struct cart *cart, struct sale *sale, const struct attribution *rows, size_t count)
{
    struct attribution *all = arena_alloc_items(cart->arena, sale->rows_count + count, sizeof *all);
    if (sale->rows_count > 0)
        memcpy(all, sale->rows, sale->rows_count * sizeof *all);
    if (count > 0)
        memcpy(all + sale->rows_count, rows, count * sizeof *all);
    sale->rows = all;
    sale->rows_count += count;
}

static void attributions_write(struct cart *cart, const struct sale *sale, const struct attribution *rows, size_t count,
                               instant at)
{
    struct sink *sink = &cart->world->sink;
    text order = of_id(sink, sale->order_id), day = of_day(sink, instant_business_day(at)),
         posted = of_instant(sink, at);
    for (size_t i = 0; i < count; i++) {
        const struct attribution *row = &rows[i];
        uuid product = {0};
        for (size_t l = 0; l < sale->lines_count; l++)
            if (uuid_equal(sale->lines[l].line_id, row->order_line_id))
                product = sale->lines[l].product->id;
        SINK_ADD(sink, INTO_ATTRIBUTIONS, sale->shop->county->code, of_id(sink, row->attribution_id), row->kind, order,
                 of_id(sink, row->order_line_id), of_id(sink, row->allocation_id), of_id(sink, row->contribution_id),
                 of_id(sink, row->supplier_id), of_id(sink, row->household_id), of_id(sink, sale->shop->id),
                 of_id(sink, product), row->area_code, of_count(sink, row->quantity_qty),
                 of_count(sink, row->gross_fen), of_count(sink, row->due_fen), of_count(sink, row->fee_fen),
                 of_count(sink, row->freight_fen), of_count(sink, row->margin_fen), of_count(sink, row->goods_cost_fen),
                 of_count(sink, row->charged_fen), of_flag(row->counted), row->reason, row->status, row->mode,
                 of_id(sink, row->agreement_id),
                 row->agreement_version == 0 ? TEXT_NONE : of_count(sink, row->agreement_version),
                 row->rule_version == 0 ? TEXT_NONE : of_count(sink, row->rule_version), of_id(sink, row->reverses_id),
                 day, posted);
    }
}

static void tags_write(struct cart *cart)
{
    struct sink *sink = &cart->world->sink;
    for (size_t t = 0; t < cart->plan.tagged_count; t++) {
        const struct planned_tag *tag = &cart->plan.tagged[t];
        struct sale *sale = &cart->sales[0];
        while (!uuid_equal(sale->order_id, tag->order_id))
            sale++;
        for (size_t i = 0; i < tag->allocations_count; i++) {
            const struct allocation *allocation = &tag->allocations[i];
            SINK_ADD(sink, INTO_ALLOCATIONS, tag->county, of_id(sink, allocation->allocation_id),
                     of_id(sink, tag->order_id), of_id(sink, allocation->order_line_id),
                     of_id(sink, allocation->lot_id), of_id(sink, allocation->contribution_id),
                     of_count(sink, allocation->quantity_qty), of_instant(sink, sale->paid_at));
        }
        rows_append(cart, sale, tag->attributions, tag->attributions_count);
        attributions_write(cart, sale, tag->attributions, tag->attributions_count, sale->paid_at);
    }
}

static const struct demo_county *county_named(const struct world *world, text code)
{
    const struct demo_county *county = world->counties;
    while (!text_equal(county->code, code))
        county++;
    return county;
}

static void payments_post(struct cart *cart)
{
    for (size_t i = 0; i < cart->plan.transfers_count; i++) {
        const struct planned_transfer *planned = &cart->plan.transfers[i];
        struct transfer_plan transfer = {.transfer_id = planned->transfer_id,
                                         .kind = planned->kind,
                                         .reference = planned->reference,
                                         .entries = planned->entries,
                                         .entries_count = planned->entries_count};
        transfer_post(cart->world, county_named(cart->world, planned->county), &transfer, cart->sales[0].paid_at);
    }
}

/* ---- Shipping, refunds, release ---- */
/* The moment, if it has come already. */
static instant if_past(const struct world *world, instant at)
{
    return at < world->now ? at : 0;
}

static void sale_rest(struct sale *sale, const struct fresh *fresh)
{
    bool received = strcmp(fresh->state, "received") == 0;
    sale->state = fresh->state;
    sale->packed_at = fresh->packed ? sale->paid_at + 2 * DEMO_HOUR_US : 0;
    sale->shipped_at = received ? sale->paid_at + 6 * DEMO_HOUR_US : 0;
    sale->received_at = received ? sale->paid_at + 60 * DEMO_HOUR_US : 0;
}

/* One shop has sent nothing for a month, so that there is something to find. */
static bool has_stopped(const struct world *world, const struct sale *sale)
{
    enum { STOPPED_DAYS = 30 };
    return sale->shop == &world->shops[world->size.shops / 2] &&
           sale->paid_at > world->now - STOPPED_DAYS * DEMO_DAY_US;
}

/* In the first shop one sale comes back after its household was paid for it, so that there is something to take back. */
static bool is_returned_late(const struct world *world, const struct sale *sale)
{
    bool paid_out = sale->closed_at != 0 && sale->refunded_at == 0 &&
                    world_month(world, instant_business_day(sale->closed_at)) == world->this_month - 2;
    if (!paid_out || world->has_late_return || sale->shop != &world->shops[0])
        return false;
    for (size_t i = 0; i < sale->rows_count; i++)
        if (!uuid_is_zero(sale->rows[i].household_id) && sale->rows[i].due_fen > 0 &&
            uuid_equal(sale->rows[i].order_line_id, sale->lines[0].line_id))
            return true;
    return false;
}

static void sale_travel(struct cart *cart, struct sale *sale)
{
    struct world *world = cart->world;
    if (cart->fresh != NULL) {
        sale_rest(sale, cart->fresh);
        return;
    }
    if (has_stopped(world, sale)) {
        sale->state = "paid";
        return;
    }
    instant at = sale->paid_at + DEMO_HOUR_US * (6 + world_below(world, 36));
    sale->shipped_at = if_past(world, at);
    sale->packed_at = if_past(world, at - 2 * DEMO_HOUR_US);
    at += DEMO_DAY_US * (2 + world_below(world, 4));
    sale->received_at = if_past(world, at);
    if (world_chance(world, 3)) {
        sale->refunded_at = if_past(world, at + DEMO_DAY_US);
        sale->refunded_line = (size_t)world_below(world, (int64_t)sale->lines_count);
    }
    sale->closed_at = if_past(world, at + 7 * DEMO_DAY_US);
    sale->state = sale->closed_at != 0     ? "closed"
                  : sale->received_at != 0 ? "received"
                  : sale->shipped_at != 0  ? "shipped"
                                           : "paid";
    if (is_returned_late(world, sale)) {
        world->has_late_return = sale->returned_late = true;
        sale->refunded_at = world->now - 2 * DEMO_DAY_US;
    }
}

struct sale_refund {
    uuid refund_id;
    const char *cause;
    money freight_fen;
    struct refund_plan plan;
};

/* Either the whole line goes back, or a little money for a scratch the shop answers for, which spares the household's due. */
static void refund_decide(struct cart *cart, struct sale *sale, struct sale_refund *refund)
{
    struct world *world = cart->world;
    struct cart_line *line = &sale->lines[sale->refunded_line];
    bool whole = sale->returned_late || world_chance(world, 65);
    struct id_run ids = {.base = world_id(world, sale->refunded_at)};
    struct attributed *sold = arena_alloc_items(cart->arena, sale->rows_count, sizeof *sold);
    size_t sold_count = 0;
    for (size_t i = 0; i < sale->rows_count; i++)
        if (uuid_equal(sale->rows[i].order_line_id, line->line_id))
            sold[sold_count++] = (struct attributed){.row = sale->rows[i], .due_is_settled = sale->returned_late};
    line->refunded_packs = whole ? line->packs : 0;
    line->refunded_fen = whole ? line->gross_fen : line->gross_fen * SCRATCH_PERCENT / 100;
    line->spared_fen = whole ? 0 : line->refunded_fen;
    refund->cause = whole ? "quality" : "shop";
    refund->refund_id = world_id(world, sale->refunded_at);
    struct line_refund facts = {line->line_id, line->packs, line->refunded_packs, line->refunded_fen, line->spared_fen};
    must(attribution_refund(cart->arena, &ids, &facts, sold, sold_count, &refund->plan) == PROBLEM_NONE);
    bool all_back = whole && sale->lines_count == 1 && !sale->returned_late;
    refund->freight_fen = all_back ? sale->freight_fen : 0;
    sale->refunded_fen = line->refunded_fen + refund->freight_fen;
    if (all_back) {
        sale->state = "refunded";
        sale->closed_at = 0;
    }
}

static void refund_post(struct cart *cart, const struct sale *sale, const struct sale_refund *refund)
{
    struct world *world = cart->world;
    struct refund_posted posted = {
        .transfer_id = world_id(world, sale->refunded_at),
        .refund_id = refund->refund_id,
        .order_id = sale->order_id,
        .shop_id = sale->shop->id,
        .released = sale->returned_late,
        .freight_fen = refund->freight_fen,
    };
    struct transfer_plan transfer;
    must(attribution_sum(cart->arena, refund->plan.rows, refund->plan.rows_count, &posted.parts) == PROBLEM_NONE);
    must(ledger_refund_posted(cart->arena, &posted, &transfer) == PROBLEM_NONE);
    transfer_post(world, sale->shop->county, &transfer, sale->refunded_at);
    must(ledger_refund_done(cart->arena, world_id(world, sale->refunded_at), refund->refund_id, sale->order_id,
                            sale->refunded_fen, &transfer) == PROBLEM_NONE);
    transfer_post(world, sale->shop->county, &transfer, sale->refunded_at + DEMO_HOUR_US);
}

static void refund_write(struct cart *cart, const struct sale *sale, const struct sale_refund *refund)
{
    struct world *world = cart->world;
    struct sink *sink = &world->sink;
    const struct cart_line *line = &sale->lines[sale->refunded_line];
    text county = sale->shop->county->code, reference = uuid_format(cart->arena, refund->refund_id);
    text asked = of_instant(sink, sale->refunded_at - DEMO_HOUR_US * 5), decided = of_instant(sink, sale->refunded_at);
    text done = of_instant(sink, sale->refunded_at + DEMO_HOUR_US);
    SINK_ADD(sink, INTO_RETURNS, county, of_id(sink, world_id(world, sale->refunded_at)), of_id(sink, sale->order_id),
             of_id(sink, line->line_id), of_count(sink, line->refunded_packs), of_count(sink, line->refunded_fen),
             text_from(refund->cause), line->refunded_packs > 0 ? TEXT("与描述不符") : TEXT("外包装破损"),
             TEXT("accepted"), of_id(sink, cart->buyer_id), asked, of_id(sink, sale->shop->operator_id), decided,
             TEXT("同意"));
    SINK_ADD(sink, INTO_REFUNDS, TEXT("simulator"), reference, uuid_format(cart->arena, cart->payment_id), county,
             of_id(sink, sale->order_id), of_count(sink, sale->refunded_fen), text_from(refund->cause), TEXT("done"),
             decided, done);
    SINK_ADD(sink, INTO_PROVIDER_TRANSACTIONS, TEXT("simulator"), of_id(sink, world_id(world, sale->refunded_at)),
             reference, TEXT("refund"), of_count(sink, sale->refunded_fen), TEXT("refund_done"), done, done);
}

/* The buyer waits for an answer. */
static void return_write(struct cart *cart, const struct sale *sale)
{
    struct sink *sink = &cart->world->sink;
    instant asked_at = sale->received_at + 3 * DEMO_HOUR_US;
    SINK_ADD(sink, INTO_RETURNS, sale->shop->county->code, of_id(sink, world_id(cart->world, asked_at)),
             of_id(sink, sale->order_id), of_id(sink, sale->lines[0].line_id), of_count(sink, 1), of_count(sink, 0),
             TEXT("quality"), TEXT("打开后发现受潮"), TEXT("open"), of_id(sink, cart->buyer_id),
             of_instant(sink, asked_at), of_none(), TEXT_NONE, TEXT_NONE);
}

static void late_return_find(struct world *world, const struct sale *sale, const struct sale_refund *refund)
{
    struct sink *sink = &world->sink;
    SINK_ADD(sink, INTO_FINDINGS, sale->shop->county->code, of_id(sink, world_id(world, sale->refunded_at)),
             TEXT("paid_then_refunded"), TEXT("due_settled_before_refund"), sale->shop->village->code, TEXT("orders"),
             of_id(sink, sale->order_id), of_flag(false),
             of_words(sink, "{\"charged_fen\":%lld}", (long long)refund->plan.charge_shop_fen), TEXT_NONE,
             of_instant(sink, sale->refunded_at));
}

static void sale_refund(struct cart *cart, struct sale *sale)
{
    struct planning planning = {
        .arena = cart->arena, .plan = &cart->plan, .ids = {.base = world_id(cart->world, sale->refunded_at)}};
    county_id *order = arena_alloc(cart->arena, sizeof *order); /* the plan keeps a view of its county */
    struct sale_refund refund;
    *order = county_id_of(sale->shop->county->code, sale->order_id);
    refund_decide(cart, sale, &refund);
    refund_post(cart, sale, &refund);
    refund_write(cart, sale, &refund);
    attributions_write(cart, sale, refund.plan.rows, refund.plan.rows_count, sale->refunded_at);
    plan_dues(&planning, order, sale->shop->id, TEXT("refund"),
              sale->returned_late ? TEXT("payable") : TEXT("expected"), refund.plan.rows, refund.plan.rows_count,
              -refund.freight_fen);
    if (sale->returned_late)
        late_return_find(cart->world, sale, &refund);
    rows_append(cart, sale, refund.plan.rows, refund.plan.rows_count);
}

static void sale_release(struct cart *cart, const struct sale *sale)
{
    struct due_payable payable = {
        .transfer_id = world_id(cart->world, sale->closed_at),
        .order_id = sale->order_id,
        .shop_id = sale->shop->id,
        .freight_fen = sale->freight_fen,
    };
    struct transfer_plan transfer;
    must(attribution_sum(cart->arena, sale->rows, sale->rows_count, &payable.parts) == PROBLEM_NONE);
    must(ledger_due_payable(cart->arena, &payable, &transfer) == PROBLEM_NONE);
    transfer_post(cart->world, sale->shop->county, &transfer, sale->closed_at);
}

/* ---- Dues ---- */
static struct account due_account(const struct sale *sale, const struct planned_due *due)
{
    static const struct {
        const char *payee_kind;
        enum account_kind kind;
    } kinds[] = {{"household", ACCOUNT_HOUSEHOLD_PAYABLE},
                 {"shop", ACCOUNT_SHOP},
                 {"freight", ACCOUNT_FREIGHT},
                 {"platform", ACCOUNT_PLATFORM_FEE}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal(due->payee_kind, text_from(kinds[i].payee_kind)))
            return (struct account){kinds[i].kind, due->payee_id};
    bool of_cooperative = uuid_equal(due->payee_id, sale->shop->cooperative.id);
    return (struct account){of_cooperative ? ACCOUNT_COOPERATIVE : ACCOUNT_SUPPLIER_PAYABLE, due->payee_id};
}

/* Of a line that went back whole nothing is owed: its dues cancel each other and are paid to no one. */
static bool due_is_reversed(const struct sale *sale, const struct planned_due *due)
{
    if (strcmp(sale->state, "refunded") == 0)
        return true;
    if (sale->refunded_at == 0 || sale->returned_late || uuid_is_zero(due->attribution_id))
        return false;
    const struct cart_line *line = &sale->lines[sale->refunded_line];
    for (size_t i = 0; i < sale->rows_count; i++)
        if (uuid_equal(sale->rows[i].attribution_id, due->attribution_id))
            return line->refunded_packs == line->packs && uuid_equal(sale->rows[i].order_line_id, line->line_id);
    return false;
}

static void dues_write(struct cart *cart, const struct sale *sale)
{
    struct world *world = cart->world;
    struct sink *sink = &world->sink;
    for (size_t i = 0; i < cart->plan.dues_count; i++) {
        const struct planned_due *due = &cart->plan.dues[i];
        if (!uuid_equal(due->order_id, sale->order_id))
            continue;
        bool of_refund = text_equal(due->source_kind, TEXT("refund")) || text_equal(due->source_kind, TEXT("charge"));
        bool reversed = due_is_reversed(sale, due);
        instant at = of_refund ? sale->refunded_at : sale->paid_at;
        instant payable_at = of_refund && sale->returned_late ? sale->refunded_at : sale->closed_at;
        struct settlement settled = {.state = "reversed"};
        if (!reversed)
            settled = due_settle(world, purse_find(world, sale->shop->county, due_account(sale, due)), payable_at,
                                 due->amount_fen);
        SINK_ADD(sink, INTO_DUES, due->county, of_id(sink, due->due_id), due->payee_kind,
                 uuid_format(sink->scratch, due->payee_id), due->source_kind, of_id(sink, due->order_id),
                 of_id(sink, due->attribution_id), of_none(), of_count(sink, due->amount_fen), text_from(settled.state),
                 of_day(sink, instant_business_day(at)), reversed ? TEXT_NONE : of_instant(sink, payable_at),
                 of_id(sink, settled.item_id), of_instant(sink, settled.paid_at),
                 of_instant(sink, settled.answered_at));
    }
}

/* ---- Rows of the order itself ---- */
static void lines_write(struct cart *cart, const struct sale *sale)
{
    struct sink *sink = &cart->world->sink;
    for (size_t i = 0; i < sale->lines_count; i++) {
        const struct cart_line *line = &sale->lines[i];
        SINK_ADD(sink, INTO_ORDER_LINES, sale->shop->county->code, of_id(sink, line->line_id),
                 of_id(sink, sale->order_id), of_count(sink, (int64_t)i + 1), of_id(sink, line->offer->id),
                 of_id(sink, line->product->id), TEXT("一级"), of_id(sink, sale->shop->station_id),
                 of_words(sink, "%.*s %.*s", TEXT_ARGUMENTS(line->product->name), TEXT_ARGUMENTS(line->offer->name)),
                 of_count(sink, line->packs), of_count(sink, line->offer->pack_qty),
                 of_count(sink, line->offer->price_fen), of_count(sink, line->gross_fen),
                 of_count(sink, sale->shop->platform_fee_ppm), of_count(sink, cart->cancelled ? 0 : line->packs),
                 of_count(sink, line->refunded_packs), of_count(sink, line->refunded_fen),
                 of_count(sink, line->spared_fen));
    }
}

static void sale_review(const struct cart *cart, const struct sale *sale)
{
    for (size_t i = 0; i < sale->lines_count && sale->received_at != 0; i++)
        bought_review(cart->world, &(struct demo_bought){.shop = sale->shop,
                                                         .product = sale->lines[i].product,
                                                         .offer = sale->lines[i].offer,
                                                         .order_id = sale->order_id,
                                                         .line_id = sale->lines[i].line_id,
                                                         .buyer_id = cart->buyer_id,
                                                         .buyer_name = cart->recipient,
                                                         .received_at = sale->received_at});
}

static void sale_write(struct cart *cart, const struct sale *sale)
{
    struct sink *sink = &cart->world->sink;
    bool shipped = sale->shipped_at != 0;
    SINK_ADD(sink, INTO_ORDERS, sale->shop->county->code, of_id(sink, sale->order_id), of_id(sink, cart->buyer_id),
             of_id(sink, cart->purchase_id), of_id(sink, sale->shop->id), text_from(sale->state),
             of_count(sink, sale->goods_fen), of_count(sink, sale->freight_fen), of_count(sink, sale->refunded_fen),
             cart->recipient, cart->phone, text_from(cart->destination->code), text_from(cart->destination->street),
             of_instant(sink, cart->placed_at), of_instant(sink, sale->paid_at),
             sale->paid_at == 0 ? TEXT_NONE : of_day(sink, instant_business_day(sale->paid_at)),
             of_instant(sink, sale->shipped_at), shipped ? TEXT("邮政快递") : TEXT_NONE,
             shipped ? of_words(sink, "DEMO%010lld", (long long)world_below(cart->world, 10000000000)) : TEXT_NONE,
             of_instant(sink, sale->received_at),
             sale->received_at == 0          ? TEXT_NONE
             : world_chance(cart->world, 70) ? TEXT("buyer")
                                             : TEXT("job"),
             of_instant(sink, sale->closed_at), of_instant(sink, sale->packed_at));
    lines_write(cart, sale);
    sale_review(cart, sale);
}

static void purchase_write(struct cart *cart)
{
    struct sink *sink = &cart->world->sink;
    instant paid_at = cart->sales[0].paid_at, ended_at = cart->cancelled ? cart->placed_at + 20 * DEMO_MINUTE_US : 0;
    text first = cart->sales[0].shop->county->code, last = cart->sales[cart->sales_count - 1].shop->county->code;
    if (text_compare(first, last) > 0) {
        text swapped = first;
        first = last;
        last = swapped;
    }
    text counties = text_equal(first, last)
                        ? of_words(sink, "{%.*s}", TEXT_ARGUMENTS(first))
                        : of_words(sink, "{%.*s,%.*s}", TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(last));
    text reference = uuid_format(cart->arena, cart->payment_id), total = of_count(sink, cart->total_fen);
    SINK_ADD(sink, INTO_PURCHASES, of_id(sink, cart->buyer_id), of_id(sink, cart->purchase_id),
             cart->cancelled ? TEXT("cancelled") : TEXT("paid"), total, counties, of_instant(sink, cart->placed_at),
             of_instant(sink, cart->placed_at + 30 * DEMO_MINUTE_US), of_instant(sink, paid_at),
             of_instant(sink, ended_at));
    if (cart->cancelled)
        return;
    SINK_ADD(sink, INTO_PAYMENTS, TEXT("simulator"), reference, of_id(sink, cart->buyer_id),
             of_id(sink, cart->purchase_id), total, TEXT("confirmed"), of_instant(sink, cart->placed_at),
             of_instant(sink, paid_at));
    SINK_ADD(sink, INTO_PROVIDER_TRANSACTIONS, TEXT("simulator"), cart->plan.transactions[0].transaction_id, reference,
             TEXT("payment"), total, TEXT("applied"), of_instant(sink, paid_at), of_instant(sink, paid_at));
}

static void cart_live(struct cart *cart)
{
    tags_write(cart);
    payments_post(cart);
    for (size_t i = 0; i < cart->sales_count; i++) {
        struct sale *sale = &cart->sales[i];
        sale_travel(cart, sale);
        if (sale->refunded_at != 0 && !sale->returned_late)
            sale_refund(cart, sale);
        if (cart->fresh != NULL && cart->fresh->returning)
            return_write(cart, sale);
        if (sale->closed_at != 0)
            sale_release(cart, sale);
        if (sale->returned_late)
            sale_refund(cart, sale);
        dues_write(cart, sale);
    }
}

static int64_t cart_make(struct world *world, struct demo_shop *shops, size_t shops_count, instant at,
                         const struct fresh *fresh)
{
    struct cart cart = {.fresh = fresh, .world = world, .arena = arena_new(), .placed_at = at};
    int64_t lines = 0;
    size_t first = (size_t)world_below(world, (int64_t)shops_count);
    world->sink.scratch = cart.arena;
    cart.buyer_id = world->buyers[world_below(world, world->size.buyers)];
    cart.purchase_id = world_id(world, at);
    cart.payment_id = world_id(world, at);
    cart.cancelled = world_chance(world, 2) && fresh == NULL;
    cart.recipient = synthetic_name(world);
    cart.phone = synthetic_phone(world);
    cart.destination = destination_choose(world);
    cart.sales_count = shops_count > 1 && world_chance(world, 6) ? 2 : 1;
    for (size_t i = 0; i < cart.sales_count; i++) {
        sale_place(&cart, &cart.sales[i], &shops[(first + i) % shops_count]);
        cart.sales[i].state = cart.cancelled ? "cancelled" : "paid";
        lines += (int64_t)cart.sales[i].lines_count;
    }
    if (!cart.cancelled) {
        cart_pay(&cart, at + 2 * DEMO_MINUTE_US);
        cart_live(&cart);
    }
    purchase_write(&cart);
    for (size_t i = 0; i < cart.sales_count; i++)
        sale_write(&cart, &cart.sales[i]);
    world->sink.scratch = world->arena;
    arena_free(cart.arena);
    return lines;
}

/* ---- A group's two years ---- */
/* What a product sells in some two months, so that lots pass through its shelf and several are there at once. */
static void lots_size(struct demo_shop *shops, size_t shops_count, int64_t lines)
{
    int64_t products = 0;
    for (size_t i = 0; i < shops_count; i++)
        products += (int64_t)shops[i].products_count;
    for (size_t i = 0; i < shops_count; i++)
        for (size_t p = 0; p < shops[i].products_count; p++) {
            struct demo_product *product = &shops[i].products[p];
            int64_t packs = lines * 3 / products / 12;
            product->lot_qty = product->goods->pack_qty * (packs < 20 ? 20 : packs);
        }
}

/* Growing: in the last days twice as much is sold as at the beginning it were by an even pace. */
static instant moment_of(const struct world *world, int64_t lines_done, int64_t lines)
{
    const int64_t whole = 1000000;
    int64_t through = (int64_t)((__int128)lines_done * whole / lines);
    int64_t elapsed = (int64_t)((__int128)through * (3 * whole - through) / (2 * whole));
    instant from = day_at(world->first_day, 8);
    return from + (instant)((__int128)(world->now - 30 * DEMO_MINUTE_US - from) * elapsed / whole) / 1000000 * 1000000;
}

/* The first shop's last days, so that its people find something to do. */
static void shop_sell_lately(struct world *world)
{
    static const struct fresh fresh[] = {{110, "received", true, true}, {86, "received", true, true},
                                         {57, "paid", false, false},    {30, "paid", true, false},
                                         {21, "paid", true, false},     {11, "paid", false, false},
                                         {7, "paid", false, false},     {3, "paid", false, false}};
    for (size_t i = 0; i < sizeof fresh / sizeof *fresh; i++)
        cart_make(world, &world->shops[0], 1, world->now - fresh[i].hours_ago * DEMO_HOUR_US, &fresh[i]);
}

void group_sell(struct world *world, struct demo_shop *shops, size_t shops_count, int64_t lines)
{
    int64_t made = 0, shown = 0;
    struct arena *arena = arena_new();
    world->sink.scratch = arena;
    for (size_t i = 0; i < shops_count; i++)
        shop_list_products(world, &shops[i]);
    lots_size(shops, shops_count, lines);
    while (made < lines) {
        made += cart_make(world, shops, shops_count, moment_of(world, made, lines), NULL);
        progress_step(made - shown);
        shown = made;
    }
    if (shops == world->shops)
        shop_sell_lately(world);
    world->sink.scratch = arena;
    for (size_t i = 0; i < shops_count; i++)
        for (size_t p = 0; p < shops[i].products_count; p++)
            product_close(world, &shops[i], &shops[i].products[p]);
    world->sink.scratch = world->arena;
    arena_free(arena);
}
