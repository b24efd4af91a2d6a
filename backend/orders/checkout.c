/* A checkout: sums the cart before it promises anything, prices it, and plans one order a shop. Names every line that cannot be served,
   with what is left. Reads no clock, no database; never promises more than the facts hold, and apply fails if they no longer do. */
#include "orders.h"
#include "orders/freight.h"

#define TOTAL_FEN_MAX INT64_C(1000000000000000)

/* What a refused checkout is refused for: the first of these that any line shows. */
static const enum problem by_severity[] = {
    PROBLEM_INVALID, PROBLEM_OVERFLOW, PROBLEM_PRICE_CHANGED, PROBLEM_OUT_OF_STOCK, PROBLEM_NOT_DELIVERED,
};

struct checkout {
    struct arena *arena;
    const struct checkout_body *body;
    const struct checkout_facts *facts;
    const struct offered **offers; /* of each line; NULL: unknown */
    struct checkout_plan *plan;
    struct problems *problems;
    bool seen[PROBLEMS_COUNT];
    uuid new_id;
    uint32_t ids_used;
};

static void checkout_refuse(struct checkout *checkout, enum problem problem, text pointer, const char *code,
                            text message)
{
    checkout->seen[problem] = true;
    problems_add(checkout->problems, pointer, code, message);
}

static text line_pointer(const struct checkout *checkout, size_t line, const char *member)
{
    return text_format(checkout->arena, "/lines/%zu/%s", line, member);
}

static text number_text(const struct checkout *checkout, int64_t number)
{
    return text_format(checkout->arena, "%lld", (long long)number);
}

/* ---- Lines: known, on sale, at the price the buyer saw, within the limit ---- */

static const struct offered *offer_of(const struct checkout_facts *facts, const county_id *offer_id)
{
    for (size_t i = 0; i < facts->offers_count; i++)
        if (county_id_equal(&facts->offers[i].offer_id, offer_id))
            return &facts->offers[i];
    return NULL;
}

/* The same offer may stand in two lines of a cart: its limit is for the purchase. */
static int64_t packs_of_offer(const struct checkout *checkout, const struct offered *offer)
{
    int64_t packs = 0;
    for (size_t i = 0; i < checkout->body->lines_count; i++)
        if (checkout->offers[i] == offer)
            packs += checkout->body->lines[i].packs;
    return packs;
}

static void line_check(struct checkout *checkout, size_t i)
{
    const struct checkout_line *line = &checkout->body->lines[i];
    const struct offered *offer = checkout->offers[i];
    if (offer == NULL)
        checkout_refuse(checkout, PROBLEM_INVALID, line_pointer(checkout, i, "offer_id"), "not-found", TEXT_NONE);
    else if (!offer->on_sale)
        checkout_refuse(checkout, PROBLEM_OUT_OF_STOCK, line_pointer(checkout, i, "offer_id"), "not-on-sale",
                        TEXT("0"));
    else if (line->price_fen != 0 && line->price_fen != offer->price_fen)
        checkout_refuse(checkout, PROBLEM_PRICE_CHANGED, line_pointer(checkout, i, "price_fen"), "price-changed",
                        number_text(checkout, offer->price_fen));
    else if (packs_of_offer(checkout, offer) > offer->packs_per_buyer_max)
        checkout_refuse(checkout, PROBLEM_INVALID, line_pointer(checkout, i, "packs"), "over-limit",
                        number_text(checkout, offer->packs_per_buyer_max));
}

static void lines_check(struct checkout *checkout)
{
    size_t count = checkout->body->lines_count;
    checkout->offers = arena_alloc_items(checkout->arena, count, sizeof *checkout->offers);
    for (size_t i = 0; i < count; i++)
        checkout->offers[i] = offer_of(checkout->facts, &checkout->body->lines[i].offer_id);
    for (size_t i = 0; i < count; i++)
        line_check(checkout, i);
}

/* ---- Stock: summed by product, grade and place, since several offers draw on the same goods ---- */

static bool draws_on(const struct reservation *reservation, const struct offered *offer)
{
    return text_equal(reservation->county, text_from(offer->offer_id.county)) &&
           uuid_equal(reservation->product_id, offer->product_id) && text_equal(reservation->grade, offer->grade) &&
           uuid_equal(reservation->place_id, offer->place_id);
}

static struct reservation *reservation_for(struct checkout_plan *plan, const struct offered *offer)
{
    for (size_t i = 0; i < plan->reservations_count; i++)
        if (draws_on(&plan->reservations[i], offer))
            return &plan->reservations[i];
    struct reservation *fresh = &plan->reservations[plan->reservations_count++];
    *fresh = (struct reservation){
        .county = text_from(offer->offer_id.county),
        .product_id = offer->product_id,
        .grade = offer->grade,
        .place_id = offer->place_id,
    };
    return fresh;
}

/* Lines are served in the order of the cart; one that no longer fits is named with the packs that are left for it. */
static void line_reserve(struct checkout *checkout, size_t i)
{
    const struct checkout_line *line = &checkout->body->lines[i];
    const struct offered *offer = checkout->offers[i];
    qty wanted;
    if (offer == NULL || !offer->on_sale)
        return;
    struct reservation *reservation = reservation_for(checkout->plan, offer);
    qty left = offer->left_qty - reservation->quantity_qty;
    if (!money_times(offer->pack_qty, line->packs, &wanted))
        checkout_refuse(checkout, PROBLEM_OVERFLOW, line_pointer(checkout, i, "packs"), "above-max", TEXT_NONE);
    else if (wanted > left)
        checkout_refuse(checkout, PROBLEM_OUT_OF_STOCK, line_pointer(checkout, i, "packs"), "out-of-stock",
                        number_text(checkout, left / offer->pack_qty));
    else
        reservation->quantity_qty += wanted;
}

static int reservation_compare(const void *a, const void *b)
{
    const struct reservation *one = a, *other = b;
    int order = text_compare(one->county, other->county);
    if (order == 0)
        order = uuid_compare(one->product_id, other->product_id);
    if (order == 0)
        order = text_compare(one->grade, other->grade);
    return order != 0 ? order : uuid_compare(one->place_id, other->place_id);
}

static void stock_reserve(struct checkout *checkout)
{
    struct checkout_plan *plan = checkout->plan;
    plan->reservations = arena_alloc_items(checkout->arena, checkout->body->lines_count, sizeof *plan->reservations);
    for (size_t i = 0; i < checkout->body->lines_count; i++)
        line_reserve(checkout, i);
    /* Key order: two carts that share goods must not wait for each other. */
    if (plan->reservations_count > 1)
        qsort(plan->reservations, plan->reservations_count, sizeof *plan->reservations, reservation_compare);
}

/* ---- Orders: one a shop ---- */

static uuid checkout_new_id(struct checkout *checkout)
{
    return uuid_nth(checkout->new_id, checkout->ids_used++);
}

static struct planned_order *order_for(struct checkout *checkout, const struct offered *offer)
{
    struct checkout_plan *plan = checkout->plan;
    for (size_t i = 0; i < plan->orders_count; i++)
        if (county_id_equal(&plan->orders[i].shop_id, &offer->shop_id))
            return &plan->orders[i];
    struct planned_order *order = &plan->orders[plan->orders_count++];
    *order = (struct planned_order){
        .order_id = county_id_of(text_from(offer->shop_id.county), checkout_new_id(checkout)),
        .shop_id = offer->shop_id,
        .shop_name = offer->shop_name,
        .lines = arena_alloc_items(checkout->arena, checkout->body->lines_count, sizeof *order->lines),
    };
    return order;
}

static void line_order(struct checkout *checkout, size_t i)
{
    const struct checkout_line *line = &checkout->body->lines[i];
    const struct offered *offer = checkout->offers[i];
    struct planned_order *order = order_for(checkout, offer);
    money gross;
    if (!money_times(offer->price_fen, line->packs, &gross) ||
        !money_plus(order->goods_fen, gross, &order->goods_fen)) {
        checkout_refuse(checkout, PROBLEM_OVERFLOW, line_pointer(checkout, i, "packs"), "above-max", TEXT_NONE);
        return;
    }
    size_t position = order->lines_count++;
    order->lines[position] = (struct planned_line){
        .order_line_id = checkout_new_id(checkout),
        .offer_id = offer->offer_id,
        .position = (int64_t)position + 1,
        .product_id = offer->product_id,
        .grade = offer->grade,
        .place_id = offer->place_id,
        .name = offer->name,
        .packs = line->packs,
        .pack_qty = offer->pack_qty,
        .price_fen = offer->price_fen,
        .line_gross_fen = gross,
        .platform_fee_ppm = offer->platform_fee_ppm,
    };
}

static void lines_order(struct checkout *checkout)
{
    size_t count = checkout->body->lines_count;
    checkout->plan->orders = arena_alloc_items(checkout->arena, count, sizeof *checkout->plan->orders);
    for (size_t i = 0; i < count; i++)
        line_order(checkout, i);
}

/* ---- Freight ---- */

/* Grams of parcel, rounded up; false when they don't fit. */
static bool weight_of(const struct checkout *checkout, const struct planned_order *order, int64_t *weight_g)
{
    __int128 microgrammes = 0;
    for (size_t i = 0; i < checkout->body->lines_count; i++) {
        const struct offered *offer = checkout->offers[i];
        if (county_id_equal(&offer->shop_id, &order->shop_id))
            microgrammes += (__int128)offer->pack_qty * checkout->body->lines[i].packs * offer->gross_weight_ppm;
    }
    return freight_weight(microgrammes, weight_g);
}

static void order_not_delivered(struct checkout *checkout, const struct planned_order *order)
{
    for (size_t i = 0; i < checkout->body->lines_count; i++)
        if (county_id_equal(&checkout->offers[i]->shop_id, &order->shop_id))
            checkout_refuse(checkout, PROBLEM_NOT_DELIVERED, line_pointer(checkout, i, "offer_id"), "not-delivered",
                            TEXT_NONE);
}

static void orders_freight(struct checkout *checkout)
{
    struct checkout_plan *plan = checkout->plan;
    for (size_t i = 0; i < plan->orders_count; i++) {
        struct planned_order *order = &plan->orders[i];
        const struct freight_rule *rule =
            freight_rule_find(checkout->facts->freights, checkout->facts->freights_count, &order->shop_id);
        int64_t weight_g;
        if (rule == NULL || !rule->delivered)
            order_not_delivered(checkout, order);
        else if (!weight_of(checkout, order, &weight_g) || !freight_of_weight(rule, weight_g, &order->freight_fen))
            checkout_refuse(checkout, PROBLEM_OVERFLOW, TEXT("/lines"), "above-max", TEXT_NONE);
    }
}

static void orders_total(struct checkout *checkout)
{
    struct checkout_plan *plan = checkout->plan;
    for (size_t i = 0; i < plan->orders_count; i++)
        if (!money_plus(plan->total_fen, plan->orders[i].goods_fen, &plan->total_fen) ||
            !money_plus(plan->total_fen, plan->orders[i].freight_fen, &plan->total_fen) ||
            plan->total_fen > TOTAL_FEN_MAX) {
            checkout_refuse(checkout, PROBLEM_OVERFLOW, TEXT("/lines"), "above-max", TEXT_NONE);
            return;
        }
}

/* ---- Where to ---- */

static void address_check(struct checkout *checkout)
{
    const struct delivery_address *address = &checkout->facts->address;
    bool chosen = !uuid_is_zero(checkout->body->address_id);
    if (address->recipient.at == NULL)
        checkout_refuse(checkout, PROBLEM_INVALID, chosen ? TEXT("/address_id") : TEXT("/address"),
                        chosen ? "not-found" : "required", TEXT_NONE);
    else if (!checkout->facts->area_known)
        checkout_refuse(checkout, PROBLEM_INVALID, TEXT("/address/area_code"), "not-found", TEXT_NONE);
    checkout->plan->recipient = address->recipient;
    checkout->plan->phone = address->phone;
    checkout->plan->destination_code = address->area_code;
    checkout->plan->street = address->street;
}

static enum problem checkout_verdict(const struct checkout *checkout)
{
    for (size_t i = 0; i < sizeof by_severity / sizeof *by_severity; i++)
        if (checkout->seen[by_severity[i]])
            return by_severity[i];
    return PROBLEM_NONE;
}

enum problem checkout_decide(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    struct checkout checkout = {
        .arena = request->arena,
        .body = request->body,
        .facts = facts,
        .plan = plan,
        .problems = problems,
        .new_id = request->new_id,
    };
    checkout.plan->purchase_id = checkout_new_id(&checkout);
    checkout.plan->state = TEXT("awaiting_payment");
    checkout.plan->deadline_at = request->now + checkout.facts->payment_deadline_s * 1000000;
    address_check(&checkout);
    lines_check(&checkout);
    stock_reserve(&checkout);
    if (checkout_verdict(&checkout) != PROBLEM_NONE)
        return checkout_verdict(&checkout);
    lines_order(&checkout);
    orders_freight(&checkout);
    orders_total(&checkout);
    return checkout_verdict(&checkout);
}
