/* A quote: the guest's cart. Prices what can be had and says of the rest why not; refuses nothing for a line's sake and holds no stock. */
#include "orders/freight.h"
#include "orders/quote.h"

#define PACKS_TOLD_MAX 20 /* a buyer learns that there is plenty, not how much */

static const struct field line_fields[] = {
    FIELD(checkout_line, offer_id, FIELD_COUNTY_ID),
    FIELD(checkout_line, packs, FIELD_COUNT, .min = 1, .max = 999),
    FIELDS_END,
};
const struct field quote_body_fields[] = {
    FIELD_ITEMS(quote_body, lines, checkout_line, line_fields, .min = 1, .max = CART_LINES_MAX),
    FIELD(quote_body, destination_code, FIELD_CODE, .min = 2, .max = 12, .optional = true),
    FIELDS_END,
};
const struct field quote_facts_fields[] = {
    FIELD(quote_facts, destination_code, FIELD_TEXT, .optional = true),
    FIELD_ITEMS(quote_facts, offers, offered, offered_fields),
    FIELD_ITEMS(quote_facts, freights, freight_rule, freight_rule_fields, .max = 5000),
    FIELDS_END,
};
static const struct field quote_line_fields[] = {
    FIELD(quote_line, offer_id, FIELD_COUNTY_ID),
    FIELD(quote_line, product_id, FIELD_COUNTY_ID),
    FIELD(quote_line, name, FIELD_TEXT),
    FIELD(quote_line, packs, FIELD_COUNT),
    FIELD(quote_line, pack_qty, FIELD_QTY),
    FIELD(quote_line, price_fen, FIELD_FEN),
    FIELD(quote_line, line_gross_fen, FIELD_FEN),
    FIELD(quote_line, available_packs, FIELD_COUNT),
    FIELD(quote_line, availability, FIELD_TEXT),
    FIELD(quote_line, problems, FIELD_JSON),
    FIELDS_END,
};
static const struct field quote_shop_fields[] = {
    FIELD(quote_shop, shop_id, FIELD_COUNTY_ID),
    FIELD(quote_shop, shop_name, FIELD_TEXT),
    FIELD_ITEMS(quote_shop, lines, quote_line, quote_line_fields),
    FIELD(quote_shop, goods_fen, FIELD_FEN),
    FIELD(quote_shop, freight_fen, FIELD_JSON),
    FIELD(quote_shop, freight_problem, FIELD_JSON),
    FIELDS_END,
};
static const struct field quote_lost_fields[] = {
    FIELD(quote_lost, offer_id, FIELD_COUNTY_ID),
    FIELD(quote_lost, packs, FIELD_COUNT),
    FIELD(quote_lost, problems, FIELD_JSON),
    FIELDS_END,
};
const struct field quote_answer_fields[] = {
    FIELD_ITEMS(quote_plan, shops, quote_shop, quote_shop_fields),
    FIELD_ITEMS(quote_plan, lost, quote_lost, quote_lost_fields),
    FIELD(quote_plan, goods_fen, FIELD_FEN),
    FIELD(quote_plan, freight_fen, FIELD_JSON),
    FIELD(quote_plan, total_fen, FIELD_JSON),
    FIELDS_END,
};

struct quote {
    struct arena *arena;
    const struct quote_body *body;
    const struct quote_facts *facts;
    struct quote_plan *plan;
};

static const struct offered *offer_find(const struct quote *quote, const county_id *offer_id)
{
    for (size_t i = 0; i < quote->facts->offers_count; i++)
        if (county_id_equal(&quote->facts->offers[i].offer_id, offer_id))
            return &quote->facts->offers[i];
    return NULL;
}

static bool share_goods(const struct offered *one, const struct offered *other)
{
    return text_equal(text_from(one->offer_id.county), text_from(other->offer_id.county)) &&
           uuid_equal(one->product_id, other->product_id) && text_equal(one->grade, other->grade) &&
           uuid_equal(one->place_id, other->place_id);
}

/* What the lines before this one leave: several offers draw on the same goods. */
static qty left_for_line(const struct quote *quote, size_t line, const struct offered *offer)
{
    qty left = offer->left_qty;
    for (size_t i = 0; i < line; i++) {
        const struct offered *before = offer_find(quote, &quote->body->lines[i].offer_id);
        qty wanted;
        if (before == NULL || !before->on_sale || !share_goods(before, offer))
            continue;
        if (money_times(before->pack_qty, quote->body->lines[i].packs, &wanted) && wanted <= left)
            left -= wanted;
    }
    return left;
}

static int64_t packs_wanted(const struct quote *quote, const county_id *offer_id)
{
    int64_t packs = 0;
    for (size_t i = 0; i < quote->body->lines_count; i++)
        if (county_id_equal(&quote->body->lines[i].offer_id, offer_id))
            packs += quote->body->lines[i].packs;
    return packs;
}

static struct quote_shop *shop_for(struct quote *quote, const struct offered *offer)
{
    struct quote_plan *plan = quote->plan;
    for (size_t i = 0; i < plan->shops_count; i++)
        if (county_id_equal(&plan->shops[i].shop_id, &offer->shop_id))
            return &plan->shops[i];
    struct quote_shop *shop = &plan->shops[plan->shops_count++];
    *shop = (struct quote_shop){
        .shop_id = offer->shop_id,
        .shop_name = offer->shop_name,
        .lines = arena_alloc_items(quote->arena, quote->body->lines_count, sizeof *shop->lines),
    };
    return shop;
}

/* ["out-of-stock","over-limit"] */
static text problems_json(struct arena *arena, const char *const *codes, size_t count)
{
    struct bytes json;
    bytes_init(&json, arena, 256);
    bytes_add_char(&json, '[');
    for (size_t i = 0; i < count; i++)
        if (codes[i] != NULL)
            bytes_add_format(&json, "%s\"%s\"", json.length > 1 ? "," : "", codes[i]);
    bytes_add_char(&json, ']');
    return bytes_text(&json);
}

static enum problem line_price(struct quote *quote, size_t i, const struct offered *offer)
{
    const struct checkout_line *wanted = &quote->body->lines[i];
    struct quote_shop *shop = shop_for(quote, offer);
    struct quote_line *line = &shop->lines[shop->lines_count++];
    int64_t left = offer->on_sale ? left_for_line(quote, i, offer) / offer->pack_qty : 0;
    int64_t told = wanted->packs > PACKS_TOLD_MAX ? wanted->packs : PACKS_TOLD_MAX;
    const char *const codes[] = {
        offer->on_sale ? NULL : "not-on-sale",
        offer->on_sale && left < wanted->packs ? "out-of-stock" : NULL,
        packs_wanted(quote, &wanted->offer_id) > offer->packs_per_buyer_max ? "over-limit" : NULL,
    };
    size_t codes_count = sizeof codes / sizeof codes[0];
    *line = (struct quote_line){
        .offer_id = offer->offer_id,
        .product_id = county_id_of(text_from(offer->offer_id.county), offer->product_id),
        .name = offer->name,
        .packs = wanted->packs,
        .pack_qty = offer->pack_qty,
        .price_fen = offer->price_fen,
        .available_packs = left < told ? left : told,
        .availability = left <= 0               ? TEXT("sold_out")
                        : left < PACKS_TOLD_MAX ? TEXT("few")
                                                : TEXT("plenty"),
        .problems = problems_json(quote->arena, codes, codes_count),
    };
    if (!money_times(offer->price_fen, wanted->packs, &line->line_gross_fen))
        return PROBLEM_OVERFLOW;
    if (line->problems.length > 2)
        return PROBLEM_NONE;
    shop->microgrammes += (__int128)offer->pack_qty * wanted->packs * offer->gross_weight_ppm;
    return money_plus(shop->goods_fen, line->line_gross_fen, &shop->goods_fen) ? PROBLEM_NONE : PROBLEM_OVERFLOW;
}

static enum problem lines_price(struct quote *quote)
{
    struct quote_plan *plan = quote->plan;
    size_t count = quote->body->lines_count;
    enum problem problem = PROBLEM_NONE;
    plan->shops = arena_alloc_items(quote->arena, count, sizeof *plan->shops);
    plan->lost = arena_alloc_items(quote->arena, count, sizeof *plan->lost);
    for (size_t i = 0; i < count && problem == PROBLEM_NONE; i++) {
        const struct checkout_line *line = &quote->body->lines[i];
        const struct offered *offer = offer_find(quote, &line->offer_id);
        if (offer != NULL)
            problem = line_price(quote, i, offer);
        else
            plan->lost[plan->lost_count++] = (struct quote_lost){line->offer_id, line->packs, TEXT("[\"not-found\"]")};
    }
    return problem;
}

static text fen_json(struct arena *arena, money fen)
{
    return text_format(arena, "%lld", (long long)fen);
}

/* Null where there is nothing to send, no destination yet, or no way there. */
static enum problem shop_freight(const struct quote *quote, struct quote_shop *shop, money *freight, bool *known)
{
    const struct quote_facts *facts = quote->facts;
    const struct freight_rule *rule = freight_rule_find(facts->freights, facts->freights_count, &shop->shop_id);
    bool is_sent = shop->goods_fen > 0, has_place = facts->destination_code.length > 0;
    int64_t weight_g;
    money own = 0;
    shop->freight_fen = shop->freight_problem = TEXT("null");
    if (!is_sent)
        return PROBLEM_NONE;
    if (!has_place || rule == NULL || !rule->delivered) {
        *known = false;
        shop->freight_problem = has_place ? TEXT("\"not-delivered\"") : TEXT("null");
        return PROBLEM_NONE;
    }
    if (!freight_weight(shop->microgrammes, &weight_g) || !freight_of_weight(rule, weight_g, &own) ||
        !money_plus(*freight, own, freight))
        return PROBLEM_OVERFLOW;
    shop->freight_fen = fen_json(quote->arena, own);
    return PROBLEM_NONE;
}

enum problem quote_decide(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    struct quote quote = {request->arena, request->body, facts, plan};
    money freight = 0, total = 0;
    bool known = true;
    (void)problems;
    enum problem problem = lines_price(&quote);
    for (size_t i = 0; i < quote.plan->shops_count && problem == PROBLEM_NONE; i++) {
        struct quote_shop *shop = &quote.plan->shops[i];
        problem = shop_freight(&quote, shop, &freight, &known);
        if (!money_plus(quote.plan->goods_fen, shop->goods_fen, &quote.plan->goods_fen))
            problem = PROBLEM_OVERFLOW;
    }
    if (problem == PROBLEM_NONE && !money_plus(quote.plan->goods_fen, freight, &total))
        problem = PROBLEM_OVERFLOW;
    quote.plan->freight_fen = known ? fen_json(quote.arena, freight) : TEXT("null");
    quote.plan->total_fen = known ? fen_json(quote.arena, total) : TEXT("null");
    return problem;
}
