/* An operator takes an order by phone for somebody without an account. It is the same checkout with another buyer; money never passes
   through the operator: the buyer pays by a link. One phone number is one buyer for ever, so limits per buyer and the search for people
   who buy from themselves hold here as well. */
#include "accounts.h"
#include "config.h"
#include "orders/phone_order.h"
#include "registry.h"

static const struct field line_fields[] = {
    FIELD(checkout_line, offer_id, FIELD_COUNTY_ID),
    FIELD(checkout_line, packs, FIELD_COUNT, .min = 1, .max = 999),
    FIELD(checkout_line, price_fen, FIELD_FEN, .min = 1, .max = 1000000000, .optional = true),
    FIELDS_END,
};
const struct field phone_order_fields[] = {
    FIELD_ITEMS(checkout_body, lines, checkout_line, line_fields, .min = 1, .max = CART_LINES_MAX),
    FIELD(checkout_body, address, FIELD_OBJECT, .fields = delivery_address_fields),
    FIELDS_END,
};
static const struct field answer_order_fields[] = {
    FIELD(planned_order, order_id, FIELD_COUNTY_ID),
    FIELD(planned_order, goods_fen, FIELD_FEN),
    FIELD(planned_order, freight_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field phone_order_answer_fields[] = {
    FIELD(checkout_plan, purchase_id, FIELD_UUID),
    FIELD(checkout_plan, state, FIELD_TEXT),
    FIELD(checkout_plan, total_fen, FIELD_FEN),
    FIELD(checkout_plan, deadline_at, FIELD_INSTANT),
    FIELD(checkout_plan, pay_code, FIELD_TEXT),
    FIELD_ITEMS(checkout_plan, orders, planned_order, answer_order_fields),
    FIELDS_END,
};

static bool acts_for(const struct actor *actor, text organisation_id)
{
    text all = actor->organisations;
    return all.at != NULL && memmem(all.at, all.length, organisation_id.at, organisation_id.length) != NULL;
}

/* The first half of the number's keyed hash, marked as an id of our own making (version 8). */
static uuid buyer_of(struct arena *arena, const struct phone *phone)
{
    text hash = personal_blind_index(config_personal_keys(), PERSONAL_INDEX_PHONE, text_from(phone->e164), arena);
    uuid id;
    must(uuid_parse(text_format(arena, "%.8s-%.4s-8%.3s-8%.3s-%.12s", hash.at, hash.at + 8, hash.at + 13, hash.at + 17,
                                hash.at + 20),
                    &id));
    return id;
}

static bool is_of_shop(const struct offered *offer, text shop_id)
{
    uuid shop;
    return uuid_parse(shop_id, &shop) && uuid_equal(offer->shop_id.id, shop);
}

/* An operator sells what is his shop's; another shop's goods are to him as if they were not there. */
static void lines_check_shop(const struct request *request, const struct checkout_facts *facts,
                             struct problems *problems)
{
    const struct checkout_body *body = request->body;
    text shop_id = request->parameter(request, "shop_id");
    for (size_t i = 0; i < body->lines_count; i++)
        for (size_t o = 0; o < facts->offers_count; o++)
            if (uuid_equal(facts->offers[o].offer_id.id, body->lines[i].offer_id.id) &&
                !is_of_shop(&facts->offers[o], shop_id))
                problems_add(problems, text_format(request->arena, "/lines/%zu/offer_id", i), "not-found", TEXT_NONE);
}

/* Nothing is looked up for whoever is not of this shop. */
enum problem phone_order_prepare(const struct request *request, const void *facts, void *plan,
                                 struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    return acts_for(&request->actor, request->parameter(request, "shop_id")) ? PROBLEM_NONE : PROBLEM_NOT_FOUND;
}

enum problem phone_order_decide(const struct request *request, const void *facts_, void *plan_,
                                struct problems *problems)
{
    const struct checkout_body *body = request->body;
    struct checkout_facts facts = *(const struct checkout_facts *)facts_;
    struct checkout_plan *plan = plan_;
    struct phone phone;
    struct token code;
    enum number_fault fault = phone_read(body->address.phone, &phone);
    if (fault != NUMBER_FINE)
        problems_add(problems, TEXT("/address/phone"), number_fault_code(fault), TEXT_NONE);
    lines_check_shop(request, &facts, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    facts.payment_deadline_s = facts.phone_deadline_s;
    enum problem problem = checkout_decide(request, &facts, plan, problems);
    token_new(&code);
    plan->buyer_id = buyer_of(request->arena, &phone);
    plan->phone =
        text_copy(request->arena, text_from(phone.e164 + strlen("+86"))); /* as it is masked and searched for */
    plan->placed_by = request->actor.account_id;
    plan->channel = TEXT("phone");
    plan->pay_code = text_copy(request->arena, text_from(code.characters));
    return problem;
}
